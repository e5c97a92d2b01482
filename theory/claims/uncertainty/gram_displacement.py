"""Displacement structure of the Gram matrix and of its inverse (paper, Appendix C, first step)."""
from theory.claim import Claim
from theory.language import Abs, Prod, T, both, conj, diag, entry, eq, fn, forall, inv, le, names, ne, statement, within
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import DISTINCT, NONZERO, POLES, STABLE, WHERE_C, WHERE_D, WHERE_ONE, C, D, S, a, e, for_each_pole
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


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        poles = symbolic.Poles(order)
        for check in (symbolic.inverse, symbolic.displacement, symbolic.inverse_displacement, symbolic.mirrored_column):
            check(step, poles)


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


SHARED = Prod("s", 1, S, Abs(a[s]))
UNCONJUGATED = forall({"s": "int", "t": "int"}, [*within(1, s, S), *within(1, t, S)],
                      eq(entry(inv(C), s, t) * (1 / (conj(a[s]) * a[t]) - 1), entry(u, s, 1) * entry(h, t, 1)))
claim.must_refuse(
    sign_flipped=changed(eq(C + D @ C @ D.H, e @ e.H)),
    without_product=changed(eq(h, u)),
    product_not_squared=changed(eq(h, (1 / SHARED) * u)),
    conjugate_dropped=changed(both(STEIN, UNCONJUGATED, PROPORTIONAL)),
    entry_sign_flipped=changed(eq(e.H @ (inv(D.H) @ inv(C) @ inv(D) + inv(C)) @ e, (e.H @ u) * (h.H @ e))),
    zero_poles=changed(given={3: None}),
    poles_may_coincide=changed(given={2: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)
for wrong in ("sign_flipped", "without_product", "product_not_squared", "entry_sign_flipped"):
    claim.refute(wrong)(fails_at(S=1, a=fn("n", T(1) / 2)))


def moduli(a):
    """The formula: Π |a_s|², exactly."""
    from math import prod

    from numeric import reference

    return prod(pole.abs2() for pole in reference.column(a))


@claim.oracle
def exact_solutions():
    """Invert the exact solution of X = D X D* + 1 1ᵀ column by column: entries where the two identities of C⁻¹ fail."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, pole_sets

    results = []
    for order in (1, 2, 3, 4):
        for kind, drawn in pole_sets(order, order + 30).items():
            a, ones, rows = reference.column(drawn), [reference.ONE] * order, range(order)
            X = reference.stein(reference.diagonal(drawn), reference.outer(ones))
            columns = [reference.solve(X, [reference.ONE if s == t else reference.ZERO for s in rows]) for t in rows]
            u = reference.solve(X, ones)
            scaled = reference.solve(X, [reference.ONE / pole for pole in a])
            h = [value / pole.conjugate() for value, pole in zip(scaled, a, strict=True)]
            scale = reference.gaussian(moduli(drawn))
            failures = sum(scale * h[s] != u[s] for s in rows) + sum(
                columns[t][s] * (reference.ONE / (a[s].conjugate() * a[t]) - reference.ONE) != u[s] * h[t].conjugate()
                for s in rows for t in rows)
            results.append(compared(f"{kind} poles: entries that differ", {"S": order}, failures, 0))
    return results
