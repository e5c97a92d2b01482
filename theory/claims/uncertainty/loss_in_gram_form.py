"""The loss against a shift-K filter under white noise, in closed form (paper, Appendix A)."""
from theory.claim import Claim
from theory.language import Abs, Sum, T, both, conj, delta, eq, fn, forall, le, names, re, statement, sums
from theory.mutations import changed, counterexample, differs
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, WHERE_LOSS, K, L, S, a, b, c, for_each_pole, k
from theory.proof import explained
from theory.steps import no_unit_product

s, t = names("s t")
ENERGY = Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) / (1 - a[s] * conj(a[t]))))
RESPONSE = Sum("s", 1, S, b[s] * a[s] ** K)
CLOSED = 1 + ENERGY - 2 * re(RESPONSE)
TERM = Abs(c(k) - delta(k, K)) ** 2
VALUE = both(sums("k", 0, TERM, CLOSED), eq(L, CLOSED))

claim = Claim(
    title="The white-noise loss in Gram form",
    says="The squared distance of the impulse response to the unit pulse at K is 1 + Σ b_s b̄_t/(1 − a_s ā_t) − 2 Re Σ b_s a_s^K.",
    statement=statement(forall(FILTER, [STABLE], VALUE), [WHERE_FILTER, WHERE_LOSS]),
    paper="UP", dossier="UP.P15", reference="Proposition 15", source="text",
    hypotheses={"|a_s| < 1": "otherwise the loss is infinite or the geometric sums do not exist"},
    limits="Repeated and zero poles are allowed; 0⁰ = 1.",
)


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        symbolic.squared_distance(step, order)
        symbolic.impulse_energy(step, symbolic.Poles(order, "q"))


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, a=["fn", "n", 0], b=["fn", "n", 1])
    value(p, p.given(1))


@explained
def value(p, stable):
    """|c − δ|² = |c|² − δc − δc̄ + δ, summed term by term."""
    no_unit_product(p, a, S, stable)
    energy = p.use("uncertainty.filter_energy", sums("k", 0, Abs(c(k)) ** 2, ENERGY), S=S, a=a, b=b)
    pulse = delta(k, K)
    hits = [p.series("finite", sums("k", 0, pulse * x, y), K=K, g=fn("k", x))
            for x, y in ((c(k), c(K)), (conj(c(k)), conj(c(K))))]
    once = p.series("finite", sums("k", 0, pulse, 1), K=K, g=fn("k", 1))
    square = p.series("linear", sums("k", 0, Abs(c(k)) ** 2 - pulse * c(k) - pulse * conj(c(k)) + pulse, CLOSED),
                      using=[[energy, 1, 1], [hits[0], -1, 1], [hits[1], -1, 1], [once, 1, 1]])
    total = p.series("linear", sums("k", 0, TERM, CLOSED), using=[[square, 1, 1]])
    p.series("exists", sums("k", 0, TERM, L), total)
    p.both(total, p.series("value", eq(L, CLOSED), total))


@claim.oracle
def exact_recurrence():
    """Run the recurrence over Gaussian rationals, tail included by a linear equation; repeated and zero poles among them."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, numbers

    results = []
    for order, lag in ((1, 0), (1, 5), (2, 3), (3, 8), (4, 2)):
        a, b = numbers(order, lag + 1, modulus=1), numbers(order, lag + 2)
        cases = {"drawn": a, "repeated": [a[0]] * order, "with a zero": [(0, 0), *a[1:]]}
        for kind, poles in cases.items():
            measured = reference.loss_by_recurrence(reference.diagonal(poles), b, [reference.ONE] * order, lag)
            results.append(compared(f"{kind} poles", {"S": order, "K": lag}, measured, reference.loss(poles, b, lag)))
    return results


@claim.oracle
def time_and_frequency():
    """The float64 loss from the impulse response and from the transfer function on a grid of frequencies."""
    import math

    import numpy as np

    from numeric import families, loss, poles
    from theory.papers.uncertainty_measurements import compared

    results = []
    for order, lag in ((3, 20), (9, 100), (31, 500)):
        a = np.array([poles.to_complex(pole) for pole in families.paper(order, lag)])
        b = np.array(families.paper_weights(order, lag, 0.5, math.exp))
        expected = loss.closed(a, b, lag)
        for route in (loss.series, loss.quadrature):
            measured = route(a, b, lag)
            results.append(compared(route.__name__, {"S": order, "K": lag}, measured, expected, abs(measured - expected) < 1e-10))
    return results


claim.must_refuse(
    sign_flipped=changed(eq(L, 1 + ENERGY + 2 * re(RESPONSE))),
    cross_term_once=changed(eq(L, 1 + ENERGY - re(RESPONSE))),
    real_part_dropped=changed(eq(L, 1 + ENERGY - 2 * RESPONSE)),
    lag_shifted=changed(eq(L, 1 + ENERGY - 2 * re(Sum("s", 1, S, b[s] * a[s] ** (K + 1))))),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)


def at_half(wrong):
    """S = 1, K = 1, a = 1/2, b = 1: the loss is 4/3."""

    def refutation(p):
        values = {"S": 1, "K": 1, "a": fn("n", T(1) / 2), "b": fn("n", 1)}
        here = counterexample(p, **values)
        with p.generalise(FILTER, [STABLE], VALUE) as block:
            value(p, block(1))
        differs(p, p.apply(block.fact, here(eq(L, CLOSED)), **values), here(wrong))

    return refutation


claim.refute("sign_flipped")(at_half(1 + ENERGY + 2 * re(RESPONSE)))
claim.refute("cross_term_once")(at_half(1 + ENERGY - re(RESPONSE)))
