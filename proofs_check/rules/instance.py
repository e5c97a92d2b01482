"""A closed formula decided exactly: rationals, Gaussian rationals and matrices over them; never an approximation.

With `refutation` certificates this is the exact counterexample: the formula holds at the given numbers.
"""
from ..refusal import Rejected, Undecided
from ..values import decide

FIELDS = {}


def check(step, ctx):
    answer = decide(step["shows"], {}, 0)
    if answer is None:
        raise Undecided("exact evaluation does not decide this", "a closed formula over the Gaussian rationals", step["shows"])
    if answer is not True:
        raise Rejected("the formula is false", True, step["shows"])
