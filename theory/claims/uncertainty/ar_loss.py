"""The loss against a shift-K filter under an AR(1) input, for any poles (paper, Appendix C, before the change of weights)."""
from theory.claim import Claim
from theory.language import Abs, Sum, T, both, conj, delta, eq, fn, forall, le, lt, names, ne, re, statement, sums, within
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import STABLE, WHERE_FILTER, K, L, S, a, b, for_each_pole, k
from theory.papers.uncertainty_ar import (
    AR_FILTER,
    AR_INPUT,
    AR_ROW,
    AR_ROWS,
    AR_TERM,
    WHERE_AR_LOSS,
    WHERE_CORRELATION,
    R,
    error,
    m,
    one_pole_loss,
    pair,
    regular,
    rho,
)
from theory.proof import explained

s, t, n = names("s t n")
ENERGY = Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) * pair(a[s], conj(a[t]))))
RESPONSE = Sum("s", 1, S, b[s] * R(a[s], K))
CLOSED = 1 + ENERGY - 2 * re(RESPONSE)
TOTAL, VALUE = sums("k", 0, AR_ROW, CLOSED), eq(L, CLOSED)

claim = Claim(
    title="The AR(1) loss in Gram form",
    says="Under the autocorrelation ρ^|n| the loss is 1 + Σ b_s b̄_t (1 − ρ²a_sā_t)/((1 − a_sā_t)(1 − a_sρ)(1 − ā_tρ)) "
         "− 2 Re Σ b_s R_K(a_s), where R_K(z) = Σ_m z^m ρ^|K−m|.",
    statement=statement(forall(AR_FILTER, [STABLE, *AR_INPUT], both(AR_ROWS, TOTAL, VALUE)),
                        [WHERE_FILTER, WHERE_AR_LOSS, WHERE_CORRELATION]),
    paper="UP", reference="Appendix C, loss under an AR(1) input",
    hypotheses={"|a_s| < 1": "the loss is infinite as soon as one pole that carries weight lies on the circle",
                "ρ < 1": "ρ = 1 leaves |Σ (c_k − d_k)|², and the poles of the closed form need 1 − a_sρ only",
                "0 ≤ ρ": "the setting of the paper; nothing else uses it than |ρ| < 1"},
    limits="Any poles: repeated, zero or equal to ρ. The double series is summed over k' first, then over k, each absolutely.",
)


@claim.derive
def expanded_square(step):
    import sympy

    from theory.identities import equal

    rho = sympy.Symbol("rho")
    c, conjugate, d = sympy.symbols("c0:3"), sympy.symbols("v0:3"), (0, 1, 0)
    form = sum((c[k] - d[k]) * (conjugate[m] - d[m]) * rho ** abs(k - m) for k in range(3) for m in range(3))
    energy = sum(c[k] * conjugate[m] * rho ** abs(k - m) for k in range(3) for m in range(3))
    peak, mirrored = (sum(x * rho ** abs(m - 1) for m, x in enumerate(v)) for v in (c, conjugate))
    equal(step, "three samples, K = 1", sympy.expand(form), energy - peak - mirrored + 1, shown="L",
          why="energy, twice the real part of Σ c_m ρ^|K−m|, and ρ^0; v_k stands for the conjugate of c_k")
    a, y, q = sympy.symbols("a abar q")
    pair = (1 - rho**2 * a * y) / ((1 - a * y) * (1 - a * rho) * (1 - y * rho))
    cut = 4
    series = sympy.series(pair.subs({a: a * q, y: y * q, rho: rho * q}), q, 0, 2 * cut).removeO()
    direct = sum(a**k * y**m * rho ** abs(k - m) * q ** (k + m + abs(k - m)) for k in range(2 * cut) for m in range(2 * cut)
                 if k + m + abs(k - m) < 2 * cut)
    equal(step, "the energy of a pair of poles", sympy.expand(series - direct), sympy.S.Zero, shown="Σ a^k ā^m ρ^|k−m| − closed form",
          why="coefficients up to the total degree 7 in a, ā and ρ, each multiplied by q")
    optimum = 1 - (1 / (1 - a * rho)) * (1 / (1 - y * rho)) / pair
    equal(step, "one pole, K = 0", optimum, (1 - rho**2) * a * y / (1 - rho**2 * a * y),
          why="least loss 1 − |R_0|²/E: a pole at 0 passes the present sample on; otherwise something is lost")


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, a=fn("n", 0), b=fn("n", 1), rho=0)
    value(p, p.given(1), p.given(2), p.given(3))


def J(k):
    """The inner sum of the loss, without the factor c_k − d_k."""
    return Sum("t", 1, S, conj(b[t]) * R(conj(a[t]), k)) - rho ** Abs(k - K)


@explained
def value(p, stable, sign, below):
    """The inner series at k is (c_k − d_k)(Σ b̄_t R_k(ā_t) − ρ^|k−K|); the outer one is four series, two of them finite."""
    regular(p, stable, sign, below)
    rows = inner_series(p, stable)
    pulse = delta(k, K)
    crossed = [both_poles(p, stable), pole_and_pulse(p, stable)]
    mirror = Sum("t", 1, S, conj(b[t]) * R(conj(a[t]), k))
    hits = [p.series("finite", sums("k", 0, pulse * x, y), K=K, g=fn("k", x))
            for x, y in ((mirror, at_lag(mirror)), (rho ** Abs(k - K), 1))]
    whole = p.series("linear", sums("k", 0, error(k) * J(k), CLOSED),
                     using=[[crossed[0], 1, 1], [crossed[1], -1, 1], [hits[0], -1, 1], [hits[1], 1, 1]])
    with p.generalise({"k": "nat"}, [], sums("m", 0, AR_TERM, AR_ROW)) as each_row:
        p.series("exists", sums("m", 0, AR_TERM, AR_ROW), p.apply(rows, sums("m", 0, AR_TERM, error(k) * J(k)), k=k))
    with p.generalise({"k": "int"}, [le(0, k)], eq(error(k) * J(k), AR_ROW)) as each:
        row = p.apply(rows, sums("m", 0, AR_TERM, error(k) * J(k)), k=k)
        p.series("value", eq(AR_ROW, error(k) * J(k)), row)
    total = p.series("equal", sums("k", 0, AR_ROW, CLOSED), whole, each.fact)
    p.series("exists", sums("k", 0, AR_ROW, L), total)
    p.both(each_row.fact, total, p.series("value", VALUE, total))


def at_lag(mirror):
    return Sum("t", 1, S, conj(b[t]) * R(conj(a[t]), K))


@explained
def inner_series(p, stable):
    """∀k ≥ 0: Σ_m (c_k − d_k)(c̄_m − d̄_m) ρ^|k−m| = (c_k − d_k)(Σ b̄_t R_k(ā_t) − ρ^|k−K|)."""
    with p.generalise({"k": "int"}, [le(0, k)], sums("m", 0, AR_TERM, error(k) * J(k))) as rows:
        term, value = conj(b[t]) * conj(a[t]) ** m * rho ** Abs(k - m), conj(b[t]) * R(conj(a[t]), k)
        with p.generalise({"t": "int"}, within(1, t, S), sums("m", 0, term, value)) as cell:
            p.apply(stable, lt(Abs(a[t]), 1), s=t)
            every = p.use("uncertainty.ar_geometric_sums",
                          forall({"n": "nat"}, [], sums("m", 0, conj(a[t]) ** m * rho ** Abs(n - m), R(conj(a[t]), n))),
                          x=0, y=conj(a[t]), rho=rho)
            here = p.apply(every, sums("m", 0, conj(a[t]) ** m * rho ** Abs(k - m), R(conj(a[t]), k)), n=k)
            p.series("linear", sums("m", 0, term, value), using=[[here, conj(b[t]), 1]])
        filtered = p.series("exchange", sums("m", 0, Sum("t", 1, S, term), Sum("t", 1, S, value)), cell)
        once = p.series("finite", sums("m", 0, delta(m, K) * rho ** Abs(k - m), rho ** Abs(k - K)), K=K, g=fn("m", rho ** Abs(k - m)))
        p.series("linear", sums("m", 0, AR_TERM, error(k) * J(k)), using=[[filtered, error(k), 1], [once, -error(k), 1]])
    return rows.fact


@explained
def both_poles(p, stable):
    """Σ_k c_k Σ_t b̄_t R_k(ā_t) = Σ_s Σ_t b_s b̄_t Σ_k a_s^k R_k(ā_t)."""
    w, v = b[s] * conj(b[t]), pair(a[s], conj(a[t]))
    term = w * a[s] ** k * R(conj(a[t]), k)
    with p.generalise({"s": "int"}, within(1, s, S), sums("k", 0, Sum("t", 1, S, term), Sum("t", 1, S, w * v))) as row:
        with p.generalise({"t": "int"}, within(1, t, S), sums("k", 0, term, w * v)) as cell:
            for j in (s, t):
                p.apply(stable, lt(Abs(a[j]), 1), s=j)
            here = p.use("uncertainty.ar_geometric_sums", sums("k", 0, a[s] ** k * R(conj(a[t]), k), v), x=a[s], y=conj(a[t]), rho=rho)
            p.series("linear", sums("k", 0, term, w * v), using=[[here, w, 1]])
        p.series("exchange", sums("k", 0, Sum("t", 1, S, term), Sum("t", 1, S, w * v)), cell)
    return p.series("exchange", sums("k", 0, Sum("s", 1, S, Sum("t", 1, S, term)), ENERGY), row)


@explained
def pole_and_pulse(p, stable):
    """Σ_k c_k ρ^|k−K| = Σ_s b_s R_K(a_s)."""
    single, term = sums("m", 0, a[s] ** m * rho ** Abs(K - m), R(a[s], K)), b[s] * a[s] ** k * rho ** Abs(k - K)
    with p.generalise({"s": "int"}, within(1, s, S), single) as responses:
        p.apply(stable, lt(Abs(a[s]), 1), s=s)
        every = p.use("uncertainty.ar_geometric_sums", forall({"k": "nat"}, [], sums("m", 0, a[s] ** m * rho ** Abs(k - m), R(a[s], k))),
                      x=0, y=a[s], rho=rho)
        p.apply(every, single, k=K)
    with p.generalise({"s": "int"}, within(1, s, S), sums("k", 0, term, b[s] * R(a[s], K))) as cell:
        p.series("linear", sums("k", 0, term, b[s] * R(a[s], K)), using=[[p.apply(responses.fact, single, s=s), b[s], 1]])
    return p.series("exchange", sums("k", 0, Sum("s", 1, S, term), RESPONSE), cell)


claim.must_refuse(
    sign_flipped=changed(eq(L, 1 + ENERGY + 2 * re(RESPONSE))),
    cross_term_once=changed(eq(L, 1 + ENERGY - re(RESPONSE))),
    white_noise=changed(eq(L, 1 + Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) / (1 - a[s] * conj(a[t])))) - 2 * re(RESPONSE))),
    lag_shifted=changed(eq(L, 1 + ENERGY - 2 * re(Sum("s", 1, S, b[s] * R(a[s], K + 1))))),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
    correlation_reaches_one=changed(given={3: le(rho, 1)}),
)


def at_pulse(sign):
    """S = 1, K = 0, a = 0, b = 1, ρ = 1/2: the filter is the pulse, the loss is 0, and the formula with `sign` for −2 gives 2 + sign."""

    def refutation(p):
        here = counterexample(p, S=1, K=0, a=fn("n", 0), b=fn("n", 1), rho=T(1) / 2)
        with p.generalise(AR_FILTER, [STABLE, *AR_INPUT], both(AR_ROWS, TOTAL, VALUE)) as block:
            value(p, *map(block, (1, 2, 3)))
        loss, start = one_pole_loss(p, here, 0, 1, 0, T(1) / 2, block.fact)
        wrong = here(1 + ENERGY + sign * re(RESPONSE))
        with p.contradiction(ne(here(L), wrong)) as absurd:
            p.identity(eq(0, 2 + sign), [(f"{absurd}.1", 1), (loss, -1), (start, sign)])

    return refutation


claim.refute("sign_flipped")(at_pulse(2))
claim.refute("cross_term_once")(at_pulse(-1))


def closed_loss(a, b, K, rho):
    """The formula, exactly: R_K(z) is summed up to m = K, the rest is a geometric series."""
    from numeric import reference

    a, b, r = reference.column(a), reference.column(b), reference.gaussian(rho)
    one = reference.ONE

    def correlation(z):
        head, power, powers = reference.ZERO, one, [one]
        for _ in range(K):
            powers.append(powers[-1] * r)
        for distance in reversed(powers):
            head, power = head + power * distance, power * z
        return head + power * r / (one - z * r)
    conjugates = [(z.conjugate(), w.conjugate()) for z, w in zip(a, b, strict=True)]
    energy = sum((w * v * (one - r * r * z * y) / ((one - z * y) * (one - z * r) * (one - y * r))
                  for z, w in zip(a, b, strict=True) for y, v in conjugates), reference.ZERO)
    return 1 + energy.re - 2 * sum((w * correlation(z) for z, w in zip(a, b, strict=True)), reference.ZERO).re


@claim.oracle
def exact_recurrence():
    """Run the filter and then the AR(1) recurrence over Gaussian rationals, tail included; repeated, zero and ρ among the poles."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, numbers

    results = []
    for order, lag, decay in ((1, 0, Fraction(1, 2)), (1, 4, Fraction(0)), (2, 3, Fraction(2, 3)), (3, 5, Fraction(1, 5))):
        drawn, weights = numbers(order, lag + 31, modulus=1), numbers(order, lag + 32)
        cases = {"drawn": drawn, "repeated": [drawn[0]] * order, "with a zero": [(0, 0), *drawn[1:]], "with ρ": [(decay, 0), *drawn[1:]]}
        for kind, poles in cases.items():
            measured = reference.ar_loss_by_recurrence(poles, weights, lag, decay)
            results.append(compared(f"{kind} poles", {"S": order, "K": lag, "rho": str(decay)}, measured,
                                    closed_loss(poles, weights, lag, decay)))
    return results


@claim.oracle
def time_and_frequency():
    """The float64 loss as the double sum of the first samples, from the recurrence, and from the spectrum on a grid of frequencies."""
    from fractions import Fraction

    import numpy as np

    from numeric import loss
    from theory.papers.uncertainty_measurements import compared, doubles, numbers

    def double_sum(a, b, lag, decay):
        k = np.arange(700)
        e = np.power(a[:, None], k).T @ b - (k == lag)
        return float((e @ decay ** np.abs(k[:, None] - k) @ e.conj()).real)

    results = []
    for order, lag, decay in ((1, 3, 0.5), (3, 10, 0.9), (5, 40, 0.25)):
        a, b = numbers(order, order + 51, modulus=Fraction(9, 10)), numbers(order, order + 52)
        expected = float(closed_loss(a, b, lag, Fraction(decay)))
        for route in (double_sum, loss.series, loss.quadrature):
            measured = route(doubles(a), doubles(b), lag, decay)
            results.append(compared(route.__name__, {"S": order, "K": lag, "rho": decay}, measured, expected,
                                    abs(measured - expected) < 1e-9 * (1 + expected)))
    return results
