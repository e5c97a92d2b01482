"""A property of what a sampler draws has at least a probability, at a confidence, by its outcomes in independent trials.

The certificate holds the record of every trial as integers; the kernel itself evaluates the property on each record, exactly or in
balls. A property that is not decided counts as a failure. Soundness, given that the trials are independent draws of the sampler, all
of them and their number n fixed beforehand (that is trusted, and the trusted base names the sampler): were the probability below p, at
least the s successes seen would come with probability at most Σ_{j≥s} C(n,j) p^j (1−p)^{n−j}, because this tail grows with p
(Clopper and Pearson). The step needs it to be at most 1 − confidence, in integers. Equal records are refused: trials repeat themselves
with a sampler of continuous draws only when one of them is counted twice. Nothing is shown about a record that is too short.
"""
from math import comb

from ..language import free
from ..refusal import Malformed, Rejected, Undecided
from ..values import Budget, decide
from .ball_bound import MOST_BITS
from .sign import rational

FIELDS = {"trials": "data", "prec": "int"}
MOST_TRIALS = 2000


def reader(record):
    def at(n):
        if not 1 <= n <= len(record):
            raise Rejected("the record of a trial has no such entry", f"1..{len(record)}", str(n))
        return record[n - 1]
    return at


def holds(formula, name, record, prec, budget):
    try:
        return decide(formula, {name: reader(record)}, prec, budget) is True
    except Undecided:
        if budget.left < 0:
            raise
        return False


def check(step, ctx):
    shows, trials, prec = step["shows"], step.get("trials"), step.get("prec", 0)
    if shows[0] != "likely" or free(shows):
        raise Rejected("sampling shows a closed formula", '["likely", r, sampler, property, probability, confidence]', repr(shows)[:80])
    if not isinstance(trials, tuple) or not all(isinstance(r, tuple) and r and all(isinstance(x, int) for x in r) for r in trials):
        raise Malformed("trials is a list of records, each a list of integers", "[[1, 2], …]", repr(trials)[:80])
    if not 0 < len(trials) <= MOST_TRIALS or len(set(trials)) < len(trials) or len({len(r) for r in trials}) > 1:
        raise Rejected("records of trials are distinct and of one length", f"1 to {MOST_TRIALS} records", f"{len(trials)} records")
    if not (prec == 0 or 2 <= prec <= MOST_BITS):
        raise Malformed("the precision is out of range", f"prec, 2 to {MOST_BITS} bits", str(prec))
    _, name, sampler, formula, p, confidence = shows
    p, room = rational(p), 1 - rational(confidence)
    if sampler <= 0 or not 0 < p < 1 or not 0 < room < 1:
        raise Rejected("a sampler has a positive number; probability and confidence lie strictly between 0 and 1", "0 < p < 1", str(p))
    budget, n = Budget(50_000_000), len(trials)
    s = sum(holds(formula, name, record, prec, budget) for record in trials)
    a, b = int(p.p), int(p.q)
    tail = sum(comb(n, j) * a**j * (b - a) ** (n - j) for j in range(s, n + 1))
    if tail * int(room.q) > int(room.p) * b**n:
        raise Rejected("the trials do not show this probability at this confidence", str(shows[4:]), f"{s} successes in {n} trials")
    ctx.trace.samplers.add(sampler)
