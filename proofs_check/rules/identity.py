"""Rational-function identities over ℚ(atoms), modulo equations already shown.

Sound because left − right, after subtracting cofactor × (an equation's two sides) and multiplying by powers of terms shown not to be zero,
has the zero polynomial as its normal form; the atoms may then take any value.
"""
from ..refusal import Rejected

FIELDS = {"using": "using", "nonzero": "refs"}


def residual(step, ctx):
    """right − left of the shown relation, less the cited equations times their cofactors."""
    goal = step["shows"]
    gap = ("-", goal[2], goal[1])
    for ref, left, right in step.get("using", ()):
        _, a, b = ctx.expect(ref, "=")
        gap = ("-", gap, ("*", left, ("-", b, a), right))
    return gap


def check(step, ctx):
    goal = step["shows"]
    if goal[0] != "=":
        raise Rejected("this rule shows an equation", "=", goal[0])
    if step["rule"] == "identity" and ctx.shape(goal[1]) != (1, 1):
        raise Rejected("identity is for scalars; use operator_identity", (1, 1), ctx.shape(goal[1]))
    gap = residual(step, ctx)
    if not ctx.vanishes(ctx.nf(gap), step.get("nonzero", ())):
        raise Rejected("left − right is not zero", 0, ctx.show(gap, step.get("nonzero", ())))
