"""Determinants: the normal form knows det(MN) = det M det N, and det of diagonal matrices, inverses and adjoints; here the rest.

`rank_one`: det(I + xy) = 1 + yx for a column x and a row y. `nonzero`: an invertible matrix has det ≠ 0.
"""
from ..refusal import Rejected

FIELDS = {"mode": "word", "x": "term", "y": "term", "from": "ref"}


def check(step, ctx):
    goal, ok = step["shows"], False
    if step.get("mode") == "rank_one" and goal[0] == "=" and "x" in step and "y" in step:
        x, y = step["x"], step["y"]
        n = ctx.shape(x)[0]
        ok = ctx.shape(x) == (n, 1) and ctx.shape(y) == (1, n) \
            and ctx.same(goal, ("=", ("det", ("+", ("eye", n), ("*", x, y))), ("+", 1, ("*", y, x))))
    elif step.get("mode") == "nonzero":
        fact = ctx.expect(step.get("from"), "invertible")
        ok = ctx.same(goal, ("!=", ("det", fact[1]), 0))
    if not ok:
        raise Rejected("the determinant is not shown", "rank_one with x and y, or nonzero", goal)
