"""Positivity as a sum: right − left = Σ c·h₁⋯hₙ·Y*MY with c ≥ 0, scalar facts hᵢ ≥ 0 and facts M ⪰ 0 (M = I if none is named).

Sound because Y*MY ⪰ 0 for M ⪰ 0 (congruence), products of non-negative scalars and sums of positive semidefinite matrices keep their
sign, and 1×1 is the scalar case, where this is a Positivstellensatz certificate. The strict conclusion needs one term that is strict in
every factor, with Y a non-zero multiple of I, a non-zero scalar or a matrix shown invertible.
"""
from ..normal import const
from ..refusal import Rejected
from .identity import residual

FIELDS = {"terms": "squares", "using": "using", "nonzero": "refs"}


def term(c, refs, mid, Y, ctx):
    factors = [("-", *reversed(ctx.expect(ref, "<=", "<")[1:])) for ref in refs]
    if any(ctx.shape(f) != (1, 1) for f in factors):
        raise Rejected("factors are scalars; a matrix goes in the middle", (1, 1), refs)
    value = const(ctx.nf(c))
    if value is None or value < 0:
        raise Rejected("a coefficient is a non-negative rational number", "c >= 0", c)
    middle = [("-", *reversed(ctx.expect(mid, "<=", "<")[1:]))] if mid else []
    return ("*", c, *factors, ("adj", Y), *middle, Y)


def strict(c, refs, mid, Y, ctx, nonzero):
    if const(ctx.nf(c)) == 0 or any(ctx.fact(ref)[0] != "<" for ref in [*refs, *([mid] if mid else [])]):
        return False
    value = const(ctx.nf(Y))
    if value is not None:
        return value != 0
    regular = [fact[1] for fact in map(ctx.fact, nonzero) if fact[0] == "invertible"]
    if any(ctx.nf(M) == ctx.nf(Y) and ctx.shape(M) == ctx.shape(Y) for M in regular):
        return True
    return ctx.shape(Y) == (1, 1) and any(ctx.gap(f) in (ctx.nf(Y), ctx.nf(("-", Y))) for f in map(ctx.fact, nonzero) if f[0] == "!=")


def check(step, ctx):
    goal, nonzero = step["shows"], step.get("nonzero", [])
    if goal[0] not in ("<=", "<"):
        raise Rejected("this rule shows an inequality", "<= or <", goal[0])
    gap = residual(step, ctx)
    for part in step.get("terms", ()):
        if ctx.shape(part[3]) != (1, 1) and ctx.shape(part[3])[1] != ctx.shape(goal[1])[1]:
            raise Rejected("the shape of Y does not fit", ctx.shape(goal[1]), ctx.shape(part[3]))
        gap = ("-", gap, term(*part, ctx))
    scalars = [ref for ref in nonzero if ctx.fact(ref)[0] != "invertible"]
    if not ctx.vanishes(ctx.nf(gap), scalars):
        raise Rejected("the sum of squares does not add up", 0, ctx.show(gap, scalars))
    if goal[0] == "<" and not any(strict(*part, ctx, nonzero) for part in step.get("terms", ())):
        raise Rejected("a strict inequality needs one strict term", "a term strict in every factor", "none")
