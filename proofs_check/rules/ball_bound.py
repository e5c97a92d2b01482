"""A closed formula decided by ball arithmetic at the stated precision.

Soundness: `decide` says True only if the formula holds for all points of balls that contain the true values; the formula
is closed (free names are refused) and quantifiers run over finitely many integers, all of which are visited. Hypotheses
that are False are skipped, those not decided do not count. A ball is a proof only of strict or one-sided comparisons. What was
shown depends on nothing but the formula and the precision, so a process need not show it twice.
"""
from functools import lru_cache

from ..refusal import Malformed
from ..values import decide, settle

FIELDS = {"prec": "int"}
MOST_BITS = 20_000


def bits(step):
    prec = step.get("prec", 0)
    if not 2 <= prec <= MOST_BITS:
        raise Malformed("the precision is missing or out of range", f"prec, 2 to {MOST_BITS} bits", str(prec))
    return prec


@lru_cache(maxsize=4096)
def show(formula, prec):
    note = []
    settle(decide(formula, {}, prec, note=note), note, prec)


def check(step, ctx):
    show(step["shows"], bits(step))
