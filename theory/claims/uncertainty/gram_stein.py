"""Displacement of the Gram matrix: the Stein equation that every later argument starts from."""
from theory.claim import Claim
from theory.language import IMAGINARY, Abs, T, conj, entry, eq, fn, forall, le, names, ne, statement, within
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import POLES, STABLE, WHERE_C, WHERE_D, WHERE_ONE, C, D, S, a, e, for_each_pole, s
from theory.steps import no_unit_product

claim = Claim(
    title="Stein equation of the Gram matrix",
    says="The Gram matrix of the impulse responses of the poles satisfies C − D C D* = 1 1ᵀ.",
    statement=statement(forall(POLES, [STABLE], eq(C - D @ C @ D.H, e @ e.H)), [WHERE_C, WHERE_D, WHERE_ONE]),
    paper="UP", reference="first half of UP.C1, without its conditions on the poles",
    hypotheses={"|a_s| < 1": "the entries 1/(1 − a_s ā_t) may be undefined: a_s = a_t = 1"},
    limits="Repeated and zero poles are allowed; nothing is said about the inverse of C.",
)


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        poles = symbolic.Poles(order)
        symbolic.displacement(step, poles)
        symbolic.inverse(step, poles)
        symbolic.inverse_displacement(step, poles)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("k", 0))
    regular = no_unit_product(p, a, S, p.given(1))
    i, j = names("m n")
    cell = eq(entry(C - D @ C @ D.H, i, j), entry(e @ e.H, i, j))
    with p.generalise({"m": "int", "n": "int"}, [*within(1, i, S), *within(1, j, S)], cell) as each:
        proper = p.apply(regular, ne(1 - a[i] * conj(a[j]), 0), s=i, t=j)
        p.identity(cell, nonzero=[proper])
    p.entries(eq(C - D @ C @ D.H, e @ e.H), each=each)


@claim.oracle
def summed_states():
    """Solve X = D X D* + 1 1ᵀ, whose solution is Σ_k a^k (a^k)*, and compare it with the entries 1/(1 − a_s ā_t)."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, poles, text

    results = []
    for order in (1, 2, 3, 4):
        a, ones = poles(order, seed=order), [reference.ONE] * order
        measured, expected = reference.stein(reference.diagonal(a), reference.outer(ones)), reference.gram(a)
        results.append(compared(f"order {order}: first entry, all compared", {"S": order}, text(measured[0][0]),
                                text(expected[0][0]), inside=measured == expected))
    return results


claim.must_refuse(
    sign_flipped=changed(eq(C + D @ C @ D.H, e @ e.H)),
    adjoint_dropped=changed(eq(C - D @ C @ D, e @ e.H)),
    power_shifted=changed(eq(C - D**2 @ C @ (D**2).H, e @ e.H)),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
    any_poles=changed(given={1: None}),
)
claim.refute("sign_flipped")(fails_at(S=1, a=fn("k", T(1) / 2)))
claim.refute("adjoint_dropped")(fails_at(S=1, a=fn("k", IMAGINARY / 2)))
