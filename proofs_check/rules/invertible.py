"""Invertibility of square matrices, and the two equations of the inverse.

`positive` 0 ≺ M; `left` NM = I; `kernel` ∀x: Mx = 0 ⇒ x = 0; `determinant` det M ≠ 0: each makes M invertible (finite dimension).
`inverse` from it: M·M⁻¹ = I and M⁻¹·M = I.
"""
from ..normal import fresh
from ..refusal import Rejected

FIELDS = {"mode": "word", "from": "ref"}


def kernel(fact, M, ctx):
    if fact[0] != "forall" or len(fact[1]) != 1:
        return False
    x, n = next(fresh), ctx.shape(M)[0]
    want = ("forall", ((x, ("mat", n, 1)),), (("=", ("*", M, x), ("zero", n, 1)),), ("=", x, ("zero", n, 1)))
    return ctx.same(fact, want)


def check(step, ctx):
    goal, mode, fact = step["shows"], step.get("mode"), ctx.fact(step.get("from"))
    if mode == "inverse":
        if fact[0] != "invertible":
            raise Rejected("the cited fact is not invertibility", "invertible", fact[0])
        M, n = fact[1], ctx.shape(fact[1])[0]
        ok = any(ctx.same(goal, ("=", product, ("eye", n))) for product in (("*", M, ("inv", M)), ("*", ("inv", M), M)))
    elif goal[0] != "invertible":
        ok = False
    else:
        M = goal[1]
        n = ctx.shape(M)[0]
        ok = (mode == "positive" and fact[0] == "<" and ctx.shape(fact[1])[0] == n and ctx.gap(fact) == ctx.nf(M)) \
            or (mode == "left" and fact[0] == "=" and is_left_inverse(fact, M, n, ctx)) \
            or (mode == "kernel" and kernel(fact, M, ctx)) \
            or (mode == "determinant" and ctx.same(fact, ("!=", ("det", M), 0)))
    if not ok:
        raise Rejected(f"{mode} does not show this", fact, goal)


def is_left_inverse(fact, M, n, ctx):
    """The left side is written as a product [*, N, M] with the very M in question, the right side is I."""
    left = fact[1]
    return isinstance(left, tuple) and left[0] == "*" and len(left) == 3 and ctx.shape(left[1]) == ctx.shape(left[2]) == (n, n) \
        and ctx.nf(left[2]) == ctx.nf(M) and ctx.shape(fact[2]) == (n, n) and ctx.nf(fact[2]) == ctx.nf(("eye", n))
