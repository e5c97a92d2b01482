"""Energy of the impulse response: the series that makes the Gram matrix the Gram matrix."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Series, Sum, T, conj, eq, fn, forall, le, lt, names, statement, sums, within
from theory.mutations import changed, counterexample, differs
from theory.papers.uncertainty import STABLE, WHERE_FILTER, S, a, b, c, for_each_pole, k
from theory.proof import explained
from theory.steps import no_unit_product, product_in_disk

s, t = names("s t")
ENERGY = Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) / (1 - a[s] * conj(a[t]))))
SQUARE = Abs(c(k)) ** 2
VARIABLES = {"S": "nat", "a": SEQ, "b": SEQ}
TOTAL = sums("k", 0, SQUARE, ENERGY)

claim = Claim(
    title="Energy of a filter",
    says="The energy of the impulse response c_k = Σ b_s a_s^k is Σ b_s b̄_t / (1 − a_s ā_t).",
    statement=statement(forall(VARIABLES, [STABLE], TOTAL), [WHERE_FILTER]),
    paper="UP", reference="Appendix A, proof of the lower bound", source="own",
    hypotheses={"|a_s| < 1": "the energy is infinite as soon as one pole that carries weight lies on the circle"},
    limits="Repeated and zero poles are allowed.",
)


@claim.derive
def geometric_series(step):
    import sympy

    from theory.identities import equal
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        symbolic.impulse_energy(step, symbolic.Poles(order, "q"))
    a, c, b, beta, q = sympy.symbols("a abar b bbar q")
    response = [b * a**k for k in range(5)]
    series = sympy.series(b * beta / (1 - a * c * q), q, 0, 5).removeO()
    equal(step, "one pole, five samples", sum(x * beta * c**k * q**k for k, x in enumerate(response)), series,
          shown="Σ_{k<5} |c_k|² q^k", why="q counts the sample")


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=["fn", "n", 0], b=["fn", "n", 1])
    energy(p, p.given(1))


@explained
def energy(p, stable):
    """A double sum of geometric series, exchanged with the sum over k."""
    no_unit_product(p, a, S, stable)
    z, w = a[s] * conj(a[t]), b[s] * conj(b[t])
    with p.generalise({"s": "int"}, within(1, s, S), sums("k", 0, Sum("t", 1, S, w * z**k), Sum("t", 1, S, w / (1 - z)))) as row:
        with p.generalise({"t": "int"}, within(1, t, S), sums("k", 0, w * z**k, w / (1 - z))) as cell:
            below = [p.apply(stable, lt(Abs(a[n]), 1), s=n) for n in (s, t)]
            inside = product_in_disk(p, a[s], a[t], *below)
            power = p.series("geometric", sums("k", 0, z**k, 1 / (1 - z)), inside, z=z)
            p.series("linear", sums("k", 0, w * z**k, w / (1 - z)), using=[[power, w, 1]])
        p.series("exchange", sums("k", 0, Sum("t", 1, S, w * z**k), Sum("t", 1, S, w / (1 - z))), cell)
    p.series("exchange", TOTAL, row)


def closed_energy(a, b):
    """The formula, exactly: Σ b_s b̄_t/(1 − a_s ā_t)."""
    from numeric import reference

    b = reference.column(b)
    return reference.dot(b, [reference.dot(row, [weight.conjugate() for weight in b]) for row in reference.gram(a)]).re


@claim.oracle
def partial_energies():
    """Run the recurrence for 60 samples, exactly; what is left is at most (Σ|b_s|)² r^120/(1 − r²) with r = max |a_s|."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, numbers

    results = []
    for order in (1, 2, 3, 5):
        a, b = numbers(order, order, modulus=Fraction(9, 10)), numbers(order, order + 10)
        measured = sum(sample.abs2() for sample in reference.impulse_response(a, b, 60))
        tail = Fraction(2 * order**2) * Fraction(81, 100) ** 60 / (1 - Fraction(81, 100))
        rest = closed_energy(a, b) - measured
        results.append(bounded(f"order {order}: energy after 60 samples", {"S": order}, f"{float(rest):.3e}",
                               f"0 to {float(tail):.3e}", inside=0 <= rest <= tail))
    return results


claim.must_refuse(
    constant_doubled=changed(eq(Series("k", 0, SQUARE), 2 * ENERGY)),
    sign_flipped=changed(sums("k", 0, SQUARE, Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) / (1 + a[s] * conj(a[t])))))),
    conjugate_dropped=changed(sums("k", 0, SQUARE, Sum("s", 1, S, Sum("t", 1, S, b[s] * b[t] / (1 - a[s] * a[t]))))),
    first_sample_lost=changed(sums("k", 1, SQUARE, ENERGY)),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)


@claim.refute("constant_doubled")
def half_pole(p):
    values = {"S": 1, "a": fn("n", T(1) / 2), "b": fn("n", 1)}
    here = counterexample(p, **values)
    with p.generalise(VARIABLES, [STABLE], TOTAL) as block:
        energy(p, block(1))
    total = p.apply(block.fact, here(TOTAL), **values)
    differs(p, p.series("value", here(eq(Series("k", 0, SQUARE), ENERGY)), total), here(2 * ENERGY))
