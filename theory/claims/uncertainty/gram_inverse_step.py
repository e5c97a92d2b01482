"""What the inverse Gram matrix loses when a column is multiplied by the poles: a rank-one difference."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Prod, T, eq, fn, forall, inv, mat, names, statement, vec
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import DISTINCT, NONZERO, STABLE, WHERE_C, WHERE_D, WHERE_ONE, C, D, S, a, e
from theory.papers.uncertainty_steps import MODULI, gram_inverse, inverse_displacement

s, x, u, h = names("s x u h")
ENERGY, LATER = x.H @ inv(C) @ x, (D @ x).H @ inv(C) @ (D @ x)
DROP = eq(ENERGY - LATER, Abs((D @ x).H @ u) ** 2 / Prod("s", 1, S, Abs(a[s]) ** 2))

claim = Claim(
    title="Multiplying a column by the poles",
    says="For every column x, x*C⁻¹x − (Dx)*C⁻¹(Dx) = |(Dx)*u|² / Π |a_s|² with u = C⁻¹1.",
    statement=statement(forall({"S": "nat", "a": SEQ, "x": mat(S)}, [STABLE, DISTINCT, NONZERO], DROP),
                        [WHERE_C, WHERE_D, WHERE_ONE, ("u", [], inv(C) @ e)]),
    paper="UP", reference="Appendix C, third step, for any column in the place of a^K",
    hypotheses={"|a_s| < 1": "the Gram matrix need not be definite", "distinct poles": "C is singular", "a_s ≠ 0": "division by Π |a_s|² = 0"},
    limits="UP.C3 is the case x = a^K; UP.T3a is the case x_s = a_s^K/(1 − a_sρ).",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("k", T(1) / 2), x=1)
    p.abbreviate("h", [], inv(D.H) @ inv(C) @ inv(D) @ e)
    stein, inverse = gram_inverse(p)
    displaced, proportional, _ = inverse_displacement(p, stein, inverse)
    Z, H, w, scale = inv(C), inv(D.H) @ inv(C) @ inv(D), D @ x, 1 / MODULI
    forward = p.identity(eq(ENERGY, w.H @ H @ w), [(inverse.adjoint_right, -x.H, Z @ inv(D) @ w), (inverse.pole_left, -x.H @ Z, x)])
    mirrored = p.step("congruence", eq(h.H, scale * u.H), equal=proportional, context=["fn", "m_", ["adj", "m_"]])
    p.identity(DROP, [(forward, 1), (displaced, w.H, w), (mirrored, w.H @ u, w)])
