"""Displacement structure of the Gram matrix and of its inverse (paper, Appendix C, first step)."""
from theory.claim import Claim
from theory.language import Abs, Prod, T, both, conj, diag, entry, eq, fn, forall, inv, names, ne, statement, within
from theory.mutations import changed, fails_at
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


claim.must_refuse(
    sign_flipped=changed(eq(C + D @ C @ D.H, e @ e.H)),
    without_product=changed(both(STEIN, ENTRIES, eq(h, u))),
    zero_poles=changed(given={3: None}),
    poles_repeated=changed(given={2: None}),
)
claim.refute("sign_flipped")(fails_at(S=1, a=fn("n", T(1) / 2)))


@claim.oracle
def entries_of_the_inverse():
    """Exact inverses of random Gram matrices: both sides of the entrywise identity, solved column by column."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, poles

    found = []
    for order in (1, 2, 3, 4):
        a_values = [reference.gaussian(z) for z in poles(order, order + 30)]
        one, rows = reference.Gaussian(1), range(order)
        columns = [reference.solve(reference.gram(a_values), [one if t == s else reference.Gaussian(0) for t in rows]) for s in rows]
        u_values = [sum((columns[t][s] for t in rows), reference.Gaussian(0)) for s in rows]
        moduli = one
        for z in a_values:
            moduli = moduli * z * z.conjugate()
        gaps = [columns[t][s] * (one / (a_values[s].conjugate() * a_values[t]) - one) - u_values[s] * u_values[t].conjugate() / moduli
                for s in rows for t in rows]
        found.append(compared(f"largest difference of the two sides, S = {order}", {"S": order},
                              str(max(gap.abs2() for gap in gaps)), "0"))
    return found
