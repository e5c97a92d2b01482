"""Positive definiteness, invertibility and comparisons with `inv` or `det` for concrete matrices.

Soundness: the matrices are closed terms. Over the Gaussian rationals LDL* decides definiteness (all pivots positive; a
zero pivot of a semidefinite matrix has a zero row) and elimination decides invertibility. Otherwise, if `prec` is given,
balls: Arb's solve succeeds only when every matrix in the ball is invertible, and pivots of LDL* that are positive balls
show definiteness of a matrix known to be Hermitian. An order needs a real (Hermitian) difference; where this cannot be
read off, `real` names proven facts ["=", T, ["conj", T]], ["=", T, ["adj", T]] or ["=", ["im", T], 0] about closed T.
"""
from ..language import free
from ..refusal import Rejected
from ..values import decide, mentions, settle
from .ball_bound import bits

FIELDS = {"prec": "int", "real": "refs"}


def own_adjoint(fact):
    """T if the fact shows that the closed term T is its own adjoint, ("conj", T) if only when T is a scalar."""
    a, b = fact[1:] if fact[0] == "=" and not free(fact) else (0, 0)
    if b == ("adj", a):
        return a
    if b == ("conj", a) or (b == 0 and isinstance(a, tuple) and a[0] == "im"):
        return ("conj", a) if b else ("conj", a[1])
    raise Rejected("this fact does not say that a closed term is real or Hermitian", '["=", T, ["adj", T]]', repr(fact)[:80])


def check(step, ctx):
    shows, prec, note = step["shows"], bits(step) if "prec" in step else 0, []
    if shows[0] not in ("invertible", "<=", "<", "=", "!=") or not (
            shows[0] == "invertible" or mentions(shows, {"inv", "det", "matrix", "diag", "eye", "zero", "vec"})):
        raise Rejected("not a statement about concrete matrices", "<=, <, =, != or invertible", repr(shows)[:80])
    known = frozenset(own_adjoint(ctx.fact(name)) for name in step.get("real", ()))
    settle(decide(shows, {}, prec, note=note, known=known), note, prec)
