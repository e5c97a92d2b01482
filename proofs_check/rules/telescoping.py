"""Telescoping sums: f(k) = T(k+1) − T(k) for lo ≤ k ≤ hi gives Σ_{k=lo}^{hi} f(k) = T(hi+1) − T(lo), provided hi + 1 ≥ lo.

The certificate hands over T only; the kernel redoes the subtraction. `nonzero` facts may clear denominators of T.
"""
from ..language import substitute
from ..normal import Scope, clear, fresh, nf
from ..refusal import Rejected

FIELDS = {"T": "fn", "nonzero": "refs"}


def check(step, ctx):
    goal = step["shows"]
    if goal[0] != "=" or not isinstance(goal[1], tuple) or goal[1][0] != "sum" or "T" not in step:
        raise Rejected("telescoping shows sum = value", "['=', ['sum', …], value]", goal)
    _, k, lo, hi, f = goal[1]
    _, x, T = step["T"]
    n = next(fresh)
    inner = Scope({n: "int"}, [("<=", lo, n), ("<=", n, hi)], ctx.scope)
    difference = ("-", substitute(T, {x: ("+", n, 1)}), substitute(T, {x: n}))
    rest = nf(("-", substitute(f, {k: n}), difference), inner)[0]
    if clear(rest, ctx.nonzero(step.get("nonzero", ())), inner):
        raise Rejected(f"T({k}+1) − T({k}) should equal the summand", f, substitute(difference, {n: k}))
    if not ctx.scope.nonneg(ctx.nf(("+", ("-", hi, lo), 1))):
        raise Rejected("the range may be shorter than empty", "lo <= hi + 1", (lo, hi))
    value = ("-", substitute(T, {x: ("+", hi, 1)}), substitute(T, {x: lo}))
    if not ctx.vanishes(ctx.nf(("-", goal[2], value)), step.get("nonzero", ())):
        raise Rejected("the value is T(hi+1) − T(lo)", value, goal[2])
