"""The rule `sampling` and the formula `likely`, accepting and refusing."""

from fractions import Fraction
from math import comb

import pytest
from checking import proved

from proofs_check.engine import Context, Trace
from proofs_check.refusal import Malformed, Refusal, Rejected
from proofs_check.rules import sampling
from theory.language import T, eq, exp, forall, le, likely, lt, names, statement

r, x = names("r x")
POSITIVE = ("<", 0, ("at", "r", 1))


def outcome(trials, p=("/", 1, 2), confidence=("/", 9, 10), event=POSITIVE, sampler=7, **fields):
    ctx = Context(Trace(None), {})
    try:
        sampling.check({"shows": ("likely", "r", sampler, event, p, confidence), "trials": trials, **fields}, ctx)
    except Refusal as no:
        assert ctx.trace.samplers == set()
        return type(no)
    assert ctx.trace.samplers == {sampler}
    return True


def records(successes, failures=0):
    return tuple((j + 1,) for j in range(successes)) + tuple((-j,) for j in range(failures))


@pytest.mark.parametrize(("successes", "failures", "p", "confidence", "answer"), [
    (4, 0, (1, 2), (9, 10), True),
    (3, 0, (1, 2), (9, 10), Rejected),
    (44, 0, (9, 10), (99, 100), True),
    (43, 0, (9, 10), (99, 100), Rejected),
    (2, 0, (1, 10), (99, 100), True),  # the tail is exactly 1/100
    (2, 0, (1, 10), (9901, 10000), Rejected),
    (9, 1, (1, 2), (9, 10), True),
    (5, 5, (1, 2), (9, 10), Rejected),
    (0, 4, (1, 2), (9, 10), Rejected),
    (4, 0, (1, 1), (9, 10), Rejected),
    (4, 0, (0, 1), (9, 10), Rejected),
    (4, 0, (-1, 2), (9, 10), Rejected),
    (4, 0, (1, 2), (1, 1), Rejected),
    (4, 0, (1, 2), (0, 1), Rejected),
])
def test_counts_of_successes(successes, failures, p, confidence, answer):
    assert outcome(records(successes, failures), ("/", *p), ("/", *confidence)) is answer


@pytest.mark.parametrize(("trials", "fields", "answer"), [
    (((1,),) * 9, {}, Rejected),  # one trial counted nine times
    ((), {}, Rejected),
    (((),), {}, Malformed),
    (None, {}, Malformed),
    ((1, 2, 3, 4), {}, Malformed),
    ((("a",),) * 4, {}, Malformed),
    ((*records(9), (1, 2)), {}, Rejected),
    (records(9), {"event": ("<", 0, ("at", "r", 2))}, Rejected),
    (records(9), {"event": ("<", 0, ("at", "r", 0))}, Rejected),
    (records(9), {"event": ("<", 0, ("*", "y", ("at", "r", 1)))}, Rejected),
    (records(9), {"sampler": 0}, Rejected),
    (records(9), {"event": ("<", 0, ("exp", ("at", "r", 1)))}, Rejected),  # not decided exactly: failures
    (records(9), {"event": ("<", 0, ("exp", ("at", "r", 1))), "prec": 64}, True),
    (records(9), {"event": ("<=", ("exp", ("at", "r", 1)), ("exp", ("at", "r", 1))), "prec": 64}, Rejected),
    (records(9), {"event": ("<", 0, ("/", 1, ("-", ("at", "r", 1), 3)))}, Rejected),  # 1/0 in the third trial
    (records(9), {"prec": 1}, Malformed),
    (records(9), {"p": ("pi",)}, Rejected),
    (records(9), {"event": ("<", 0, ("sum", "k", 1, ("^", 10, 9), "k"))}, Rejected),
    (tuple((j,) for j in range(1, 2002)), {}, Rejected),
])
def test_records(trials, fields, answer):
    assert outcome(trials, **fields) is answer


@pytest.mark.parametrize("successes", range(0, 21, 4))
def test_the_bound_is_that_of_clopper_and_pearson(successes):
    """Over a grid of probabilities, accepted exactly when the binomial tail, summed in fractions, is at most 1/20."""
    for tenths in range(1, 10):
        p = Fraction(tenths, 10)
        tail = sum(comb(20, j) * p**j * (1 - p) ** (20 - j) for j in range(successes, 21))
        expected = True if tail <= Fraction(1, 20) else Rejected
        assert outcome(records(successes, 20 - successes), ("/", tenths, 10), ("/", 19, 20)) is expected


def certificate(shows, goal=None):
    def build(p):
        p.inhabited()
        p.step("sampling", shows, trials=[list(record) for record in records(9)])
    return proved(statement(forall({}, [], goal or shows)), build)


GOOD = likely("r", 7, lt(0, r[1]), T(1) / 2, T(9) / 10)


def test_the_strength_is_statistical_and_the_sampler_is_in_the_trusted_base():
    row = certificate(GOOD)
    assert (row["verdict"], row["strength"]) == ("checked", "statistical")
    assert any(line.startswith("sampler 7:") for line in row["trusted_base"])


@pytest.mark.parametrize("goal", [
    likely("r", 8, lt(0, r[1]), T(1) / 2, T(9) / 10),
    likely("r", 7, lt(0, r[2]), T(1) / 2, T(9) / 10),
    likely("r", 7, lt(0, r[1]), T(2) / 3, T(9) / 10),
    likely("r", 7, lt(0, r[1]), T(1) / 2, T(99) / 100),
    lt(0, 1),
])
def test_it_shows_nothing_else(goal):
    assert certificate(GOOD, goal)["outcome"] == "rejected"


def test_the_name_of_the_record_does_not_matter():
    assert certificate(GOOD, likely("q", 7, lt(0, names("q")[1]), T(1) / 2, T(9) / 10))["outcome"] == "accepted"


def test_a_sampler_has_a_literal_number_and_the_property_is_a_formula():
    assert certificate(likely("r", T(3) + 4, lt(0, r[1]), T(1) / 2, T(9) / 10))["outcome"] == "malformed"
    assert certificate(likely("r", 7, r[1], T(1) / 2, T(9) / 10))["outcome"] == "malformed"


def test_what_is_likely_is_not_so():
    """From `likely` neither an instance, nor a case, nor an exact decision is to be had."""
    for rule, fields in (("apply", {"of": "s1", "at": {"r": ["fn", "n_", 1]}}), ("instance", {}), ("conjunction", {"part": "s1"})):
        def build(p, rule=rule, fields=fields):
            p.inhabited()
            p.step("sampling", GOOD, trials=[list(record) for record in records(9)])
            p.step(rule, lt(0, -1), **fields)
        assert proved(statement(forall({}, [], lt(0, -1))), build)["outcome"] != "accepted"


def test_a_likely_statement_is_not_refuted():
    def build(p):
        p.inhabited()
        p.at = {}
        p.step("instance", lt(0, 1))
    assert proved(statement(forall({}, [], GOOD)), build, kind="refutation")["outcome"] == "rejected"


def test_a_variable_does_not_slip_into_the_property():
    event = likely("r", 7, le(x, r[1]), T(1) / 2, T(9) / 10)

    def build(p):
        p.inhabited(x=0)
        p.step("sampling", event, trials=[list(record) for record in records(9)])
    assert proved(statement(forall({"x": "real"}, [], event)), build)["outcome"] == "rejected"


def test_denominators_in_the_property_must_be_proper_for_every_record():
    event = likely("r", 7, lt(0, 1 / r[1]), T(1) / 2, T(9) / 10)
    assert certificate(event)["reason"]["message"] == "an obligation of the statement was not shown"
    fine = likely("r", 7, eq(exp(0) / T(2), T(1) / 2), T(1) / 2, T(9) / 10)
    assert certificate(fine)["outcome"] == "accepted"
