"""Traces: the normal form knows that tr is linear and cyclic; here the sign of a product.

Two positive semidefinite matrices G, H have tr(GH) ≥ 0, because with G = Y*Y this is tr(YHY*), the trace of a positive semidefinite matrix.
"""
from ..refusal import Rejected

FIELDS = {"of": "refs"}


def check(step, ctx):
    G, H = (("-", *reversed(ctx.expect(ref, "<=", "<")[1:])) for ref in [*step.get("of", []), "", ""][:2])
    if not ctx.same(step["shows"], ("<=", 0, ("tr", ("*", G, H)))):
        raise Rejected("the trace of that product is something else", ("<=", 0, ("tr", ("*", G, H))), step["shows"])
