"""Displacement structure of the Gram matrix and of its inverse (paper, Appendix C, first step)."""
from theory.claim import Claim
from theory.language import Abs, Prod, both, conj, diag, entry, eq, fn, forall, inv, names, ne, statement, within
from theory.papers.uncertainty import DISTINCT, NONZERO, POLES, STABLE, WHERE_C, WHERE_D, WHERE_ONE, C, D, S, a, e
from theory.papers.uncertainty_steps import gram_inverse, inverse_displacement
from theory.steps import conjugate_nonzero

s, t, u, h = names("s t u h")
STEIN = eq(C - D @ C @ D.H, e @ e.H)
ENTRIES = forall({"s": "int", "t": "int"}, [*within(1, s, S), *within(1, t, S)],
                 eq(entry(inv(C), s, t) * (1 / (conj(a[s]) * a[t]) - 1), entry(u, s, 1) * conj(entry(h, t, 1))))
PROPORTIONAL = eq(h, (1 / Prod("s", 1, S, Abs(a[s]) ** 2)) * u)
WHERE = [WHERE_C, WHERE_D, WHERE_ONE, ("u", [], inv(C) @ e), ("h", [], inv(D.H) @ inv(C) @ inv(D) @ e)]

claim = Claim(
    title="Displacement structure of the Gram matrix and its inverse",
    says="C − D C D* = 1 1ᵀ, and (C⁻¹)_{st} (1/(ā_s a_t) − 1) = u_s v̄_t with u = C⁻¹1 and v = D*⁻¹C⁻¹D⁻¹1 = u / Π |a_s|².",
    statement=statement(forall(POLES, [STABLE, DISTINCT, NONZERO], both(STEIN, ENTRIES, PROPORTIONAL)), WHERE),
    paper="UP", dossier="UP.C1", reference="Appendix C, first step", source="text",
    hypotheses={"|a_s| < 1": "1 − a_s ā_t may vanish", "distinct poles": "C is singular", "a_s ≠ 0": "D is singular"},
    limits="The first identity alone needs only |a_s| < 1.",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=["fn", "k", ["/", 1, 2]])
    stein, inverse = gram_inverse(p)
    displaced, proportional, _ = inverse_displacement(p, stein, inverse)
    reciprocal, mirrored = inverse.diagonal
    Di, Z = diag("s", S, 1 / a[s]), inv(C)
    explicit = p.operator(eq(Di.H @ Z @ Di - Z, u @ h.H), [(displaced, 1), (mirrored, -1, Z @ inv(D)), (reciprocal, -Di.H @ Z, 1)])
    with p.generalise({"s": "int", "t": "int"}, [*within(1, s, S), *within(1, t, S)], ENTRIES.json[3]) as block:
        p.step("congruence", ENTRIES.json[3], equal=explicit, context=fn("m_", entry("m_", s, t)))
    with p.generalise({"s": "int", "t": "int"}, [*within(1, s, S), *within(1, t, S)], ne(conj(a[s]) * a[t], 0)):
        left, right = (p.apply(p.given(3), ne(a[m], 0), s=m) for m in (s, t))
        p.order("product", ne(conj(a[s]) * a[t], 0), conjugate_nonzero(p, a[s], left), right)
    p.both(stein, block.fact, proportional)
