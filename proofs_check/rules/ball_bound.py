"""A closed formula decided by ball arithmetic at the stated precision.

Soundness: `decide` says True only if the formula holds for all points of balls that contain the true values; the formula
is closed (free names are refused) and quantifiers run over finitely many integers, all of which are visited. Hypotheses
that are False are skipped, those not decided do not count. A ball is a proof only of strict or one-sided comparisons.
"""
from ..refusal import Malformed
from ..values import decide, settle

FIELDS = {"prec": "int"}
MOST_BITS = 20_000


def bits(step):
    prec = step.get("prec", 0)
    if not 2 <= prec <= MOST_BITS:
        raise Malformed("the precision is missing or out of range", f"prec, 2 to {MOST_BITS} bits", str(prec))
    return prec


def check(step, ctx):
    prec, note = bits(step), []
    settle(decide(step["shows"], {}, prec, note=note), note, prec)
