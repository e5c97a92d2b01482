"""From the quadratic form to the Loewner order.

`semidefinite`: x*(R−L)x ≥ 0 for every complex column x gives L ⪯ R (a complex form that is real everywhere belongs to a Hermitian matrix).
`definite`: L ⪯ R with R − L invertible gives L ≺ R. `positive`: L ≺ R and x ≠ 0 give
0 < x*(R−L)x. `hermitian`: L ⪯ R or L ≺ R gives (R − L)* = R − L.
"""
from ..normal import fresh
from ..refusal import Rejected

FIELDS = {"mode": "word", "from": "refs"}


def check(step, ctx):
    goal, mode, facts = step["shows"], step.get("mode"), [ctx.fact(r) for r in step.get("from", [])]
    ok = False
    if mode == "semidefinite" and goal[0] == "<=" and len(facts) == 1 and facts[0][0] == "forall" and len(facts[0][1]) == 1:
        x, n = next(fresh), ctx.shape(goal[1])[0]
        form = ("*", ("adj", x), ("-", goal[2], goal[1]), x)
        ok = ctx.same(facts[0], ("forall", ((x, ("mat", n, 1)),), (), ("<=", 0, form)))
    if mode == "definite" and goal[0] == "<" and len(facts) == 2:
        ok = ctx.same(facts[0], ("<=", *goal[1:])) and ctx.same(facts[1], ("invertible", ("-", goal[2], goal[1])))
    if mode == "positive" and len(facts) == 2 and (facts[0][0], facts[1][0]) == ("<", "!="):
        x = ("-", facts[1][1], facts[1][2])
        ok = ctx.shape(x) == (ctx.shape(facts[0][1])[0], 1) and ctx.same(goal, ("<", 0, ("*", ("adj", x), ("-", *facts[0][:0:-1]), x)))
    if mode == "hermitian" and len(facts) == 1 and facts[0][0] in ("<=", "<"):
        difference = ("-", facts[0][2], facts[0][1])
        ok = ctx.same(goal, ("=", ("adj", difference), difference))
    if not ok:
        raise Rejected(f"{mode} does not show this", facts, goal)
