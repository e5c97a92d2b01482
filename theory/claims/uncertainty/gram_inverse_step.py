"""What the inverse Gram matrix loses when a column is multiplied by the poles: a rank-one difference."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Prod, T, eq, fn, forall, inv, mat, names, statement
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
    hypotheses={"|a_s| < 1": "the Gram matrix need not be definite", "distinct poles": "C is singular",
                "a_s ≠ 0": "division by Π |a_s|² = 0"},
    limits="UP.C3 is the case x = a^K; UP.T3a is the case x_s = a_s^K/(1 − a_sρ).",
)


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        poles = symbolic.Poles(order)
        symbolic.inverse(step, poles)
        symbolic.energy_drop(step, poles)


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


claim.must_refuse(
    sign_flipped=changed(eq(LATER - ENERGY, DROP.json[2])),
    product_not_squared=changed(eq(ENERGY - LATER, Abs((D @ x).H @ u) ** 2 / Prod("s", 1, S, Abs(a[s])))),
    column_not_moved=changed(eq(ENERGY - LATER, Abs(x.H @ u) ** 2 / Prod("s", 1, S, Abs(a[s]) ** 2))),
    poles_may_coincide=changed(given={2: None}),
    zero_poles=changed(given={3: None}),
    any_poles=changed(given={1: None}),
)
for name in ("sign_flipped", "product_not_squared", "column_not_moved"):
    claim.refute(name)(fails_at(S=1, a=fn("k", T(1) / 2), x=1))


def rank_one(u, later, moduli):
    """The formula: |(Dx)*u|²/Π|a_s|²."""
    from numeric import reference

    return reference.dot([value.conjugate() for value in later], u).abs2() / moduli


@claim.oracle
def exact_solutions():
    """Drawn columns over the Gaussian rationals, C the exact solution of X = D X D* + 1 1ᵀ, its inverse by elimination."""
    from math import prod

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, numbers, pole_sets

    results = []
    for order in (1, 2, 3, 4):
        for kind, poles in pole_sets(order, order + 110).items():
            a, x, ones = reference.column(poles), reference.column(numbers(order, order + 111)), [reference.ONE] * order
            X = reference.stein(reference.diagonal(a), reference.outer(ones))
            later = [pole * value for pole, value in zip(a, x, strict=True)]
            first, second = (reference.dot([value.conjugate() for value in z], reference.solve(X, z)).re for z in (x, later))
            expected = rank_one(reference.solve(X, ones), later, prod(pole.abs2() for pole in a))
            results.append(compared(f"{kind} poles", {"S": order}, float(first - second), float(expected),
                                    inside=first - second == expected))
    return results
