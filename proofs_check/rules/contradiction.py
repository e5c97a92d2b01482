"""Reductio: an equation (or its denial) holds if assuming the opposite shows something false; and a false fact shows anything.

`False` is decided exactly, on a closed formula without quantifiers such as 1 = 0 or 0 < 0.
"""
from ..language import RELATIONS
from ..refusal import Rejected
from ..values import decide

FIELDS = {"steps": "block", "from": "ref"}


def false(formula, ctx):
    return formula[0] in RELATIONS and decide((formula[0], *map(ctx.canonical, formula[1:])), {}, 0) is False


def check(step, ctx):
    goal = step["shows"]
    if "from" in step:
        if not false(ctx.fact(step["from"]), ctx):
            raise Rejected("the cited fact is not false", "a false closed relation", ctx.fact(step["from"]))
        return
    if goal[0] not in ("=", "!="):
        raise Rejected("only equations and their denials are shown by contradiction", "= or !=", goal[0])
    opposite = ("!=" if goal[0] == "=" else "=", *goal[1:])
    steps = step.get("steps", [])
    shown = ctx.last(step["id"], (opposite,), steps)
    if not false(shown, ctx):
        raise Rejected("the block must end in a false relation", "for example 1 = 0", shown)
