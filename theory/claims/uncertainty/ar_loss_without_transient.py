"""The AR(1) loss of a filter whose direct term removes the transient: the loss for white input, with other targets."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Sum, T, both, conj, delta, eq, fn, forall, le, lt, names, ne, re, statement, sums, within
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import NONZERO, STABLE, K, L, S, a, s, t
from theory.papers.uncertainty_ar import AR_INPUT, AR_ROW, AR_ROWS, WHERE_AR_LOSS, WHERE_CORRELATION, R, modulus_of_correlation, pair, rho
from theory.proof import explained
from theory.steps import at, conjugate_nonzero, no_unit_product, not_one, product_in_disk

w, b, k, n, tau = names("w b k n tau")
TAP = rho * Sum("s", 1, S, w[s] / a[s])
COEFFICIENT = Sum("s", 1, S, w[s] * (1 - rho / a[s]) * a[s] ** k) + tau * T(0) ** k
WHITE = Sum("s", 1, S, Sum("t", 1, S, w[s] * conj(w[t]) / (1 - a[s] * conj(a[t]))))
PEAK = Sum("s", 1, S, w[s] * a[s] ** K / (1 - a[s] * rho))
VALUE = 1 + (1 - rho**2) * WHITE - 2 * (1 - rho**2) * re(PEAK)
EXISTS = sums("k", 0, AR_ROW, L)
VARIABLES = {"S": "nat", "K": "nat", "a": SEQ, "w": SEQ, "rho": "real"}
GIVEN = [STABLE, NONZERO, *AR_INPUT]
WHERE = [("tau", [], TAP), ("c", ["k"], COEFFICIENT), WHERE_AR_LOSS]

claim = Claim(
    title="The AR(1) loss without a transient",
    says="The filter with the poles a_s ≠ 0, the weights w_s(1 − ρ/a_s) and the direct term ρ Σ w_s/a_s has the AR(1) loss "
         "1 + (1 − ρ²) Σ w_s w̄_t/(1 − a_s ā_t) − 2(1 − ρ²) Re Σ w_s a_s^K/(1 − a_sρ).",
    statement=statement(forall(VARIABLES, GIVEN, both(AR_ROWS, EXISTS, eq(L, VALUE))), WHERE),
    paper="UP", reference="own; the form of the AR(1) loss for a proof of the limit from above",
    hypotheses={"a_s ≠ 0": "the weights divide by a_s", "|a_s| < 1": "the loss is infinite or undefined", "0 ≤ ρ < 1": "the setting"},
    limits="A special choice of the direct term, 0^k in the response: with it the filtered response is a sum of the modes a_s^k alone. Any "
           "other direct term adds a transient.",
)


@claim.derive
def cells(step):
    """The four products of weights at a pair of poles x, y add up to the cell of white input."""
    import sympy

    x, y, r = sympy.symbols("x y rho")
    cell = step("poles", (1 - r / x) * (1 - r / y) * (1 - r**2 * x * y) / ((1 - x * y) * (1 - x * r) * (1 - y * r)),
                why="weights times the cell")
    cross = step("pole and direct term", r / y * (1 - r / x) / (1 - x * r) + r / x * (1 - r / y) / (1 - y * r), why="the cell of x and 0")
    tap = step("direct term", r**2 / (x * y), why="the cell of 0 and 0 is 1")
    total = step("sum", sympy.factor(cell + cross + tap), why="the factors 1 − xρ and 1 − yρ cancel")
    if sympy.simplify(total - (1 - r**2) / (1 - x * y)) != 0:
        raise ArithmeticError("another cell")


@claim.certify
def proof(p, _):
    """The Gram form of the loss for the poles a_s and 0. At a pair of poles the products of weights with weights and with the direct
    term add up to (1 − ρ²)/(1 − a_sā_t); in the response the terms with ρ^{K+1} cancel.
    """
    p.inhabited(S=0, K=0, a=fn("n", 0), w=fn("n", 0), rho=0)
    p.abbreviate(*WHERE_CORRELATION)
    here = a[n] * (1 - delta(n, S + 1))
    weight = w[n] * (1 - rho / a[n]) * (1 - delta(n, S + 1)) + tau * delta(n, S + 1)
    facts = regular(p)
    values = {"S": S + 1, "K": K, "a": fn("n", here), "b": fn("n", weight), "rho": rho}
    inside(p, here)
    rows = p.use("uncertainty.ar_loss", AR_ROWS, **values)
    form = 1 + energy() - 2 * re(response())
    exists = p.series("exists", EXISTS, p.use("uncertainty.ar_loss", sums("k", 0, AR_ROW, form), **values))
    value = p.use("uncertainty.ar_loss", eq(L, form), **values)
    white, peak = white_cells(p, facts), peaks(p, facts)
    mirrored = p.step("congruence", eq(conj(response()), conj((1 - rho**2) * PEAK)), equal=peak, context=fn("m_", conj("m_")))
    p.both(rows, exists, p.identity(eq(L, VALUE), [(value, 1), (white, 1), (peak, -1), (mirrored, -1)]))


def energy():
    """Σ over pairs of the poles a_1 … a_S, 0."""
    x, y = a[s], conj(a[t])
    first, second = w[s] * (1 - rho / a[s]), conj(w[t] * (1 - rho / a[t]))
    return Sum("s", 1, S, Sum("t", 1, S, first * second * pair(x, y))) + Sum("s", 1, S, first / (1 - x * rho)) * conj(tau) \
        + tau * Sum("t", 1, S, second / (1 - y * rho)) + tau * conj(tau)


def response():
    return Sum("s", 1, S, w[s] * (1 - rho / a[s]) * R(a[s], K)) + tau * R(T(0), K)


@explained
def regular(p):
    """1 − a_sā_t, 1 − a_sρ, 1 − ā_tρ, a_s, ā_t are not zero."""
    facts = {"products": no_unit_product(p, a, S, p.given(1))}
    disk = modulus_of_correlation(p, p.given(3), p.given(4))
    for name, z in (("right", a[s]), ("left", conj(a[s]))):
        with p.generalise({"s": "int"}, within(1, s, S), ne(1 - z * rho, 0)) as block:
            not_one(p, z * rho, product_in_disk(p, z, rho, p.apply(p.given(1), lt(Abs(a[s]), 1), s=s), disk))
        facts[name] = block.fact
    with p.generalise({"s": "int"}, within(1, s, S), ne(conj(a[s]), 0)) as block:
        conjugate_nonzero(p, a[s], p.apply(p.given(2), ne(a[s], 0), s=s))
    facts["mirrored"] = block.fact
    return facts


@explained
def inside(p, here):
    """All poles 1..S + 1 lie in the disk."""
    goal = lt(Abs(at(here, "n", s)), 1)
    with p.generalise({"s": "int"}, within(1, s, S + 1), goal) as block:
        split = p.new_id()
        with p.branch() as less:
            p.order("gap", le(s + 1, S + 1), f"{split}.less.1")
            p.squares(goal, [(1, [p.apply(p.given(1), lt(Abs(a[s]), 1), s=s)], "", 1)])
        with p.branch() as equal:
            zero = p.squares(lt(Abs(a[S + 1] * (1 - delta(S + 1, S + 1))), 1), [(1, [], "", 1)])
            back = p.identity(eq(S + 1, s), [(f"{split}.equal.1", -1)])
            p.step("congruence", goal, equal=back, context=fn("m_", lt(Abs(a["m_"] * (1 - delta("m_", S + 1))), 1)), **{"from": zero})
        with p.branch() as greater:
            beyond = p.squares(lt(0, 0), [(1, [block(2)], "", 1), (1, [f"{split}.greater.1"], "", 1)])
            p.step("contradiction", goal, **{"from": beyond})
        p.step("cases", goal, split, on=[s, S + 1], less=less, equal=equal, greater=greater)


@explained
def white_cells(p, facts):
    """(1 − ρ/x)(1 − ρ/y)(1 − ρ²xy)/((1 − xy)(1 − xρ)(1 − yρ)) + (ρ/y)(1 − ρ/x)/(1 − xρ) + (ρ/x)(1 − ρ/y)/(1 − yρ) + ρ²/(xy) =
    (1 − ρ²)/(1 − xy) for x = a_s, y = ā_t.
    """
    x, y = a[s], conj(a[t])
    old = w[s] * conj(w[t]) * ((1 - rho / x) * (1 - rho / y) * pair(x, y) + rho / y * (1 - rho / x) / (1 - x * rho)
                               + rho / x * (1 - rho / y) / (1 - y * rho) + rho**2 / x / y)
    new = (1 - rho**2) * w[s] * conj(w[t]) / (1 - x * y)
    with p.generalise({"s": "int"}, within(1, s, S), eq(Sum("t", 1, S, old), Sum("t", 1, S, new))) as outer:
        with p.generalise({"t": "int"}, within(1, t, S), eq(old, new)) as inner:
            proper = [p.apply(facts["products"], ne(1 - x * y, 0), s=s, t=t), p.apply(facts["right"], ne(1 - x * rho, 0), s=s),
                      p.apply(facts["left"], ne(1 - y * rho, 0), s=t), p.apply(p.given(2), ne(x, 0), s=s),
                      p.apply(facts["mirrored"], ne(y, 0), s=t)]
            p.identity(eq(old, new), nonzero=proper)
        p.step("congruence", outer.shows[3], equal=inner.fact)
    whole = p.step("congruence", eq(Sum("s", 1, S, Sum("t", 1, S, old)), Sum("s", 1, S, Sum("t", 1, S, new))), equal=outer.fact)
    return p.identity(eq(energy(), (1 - rho**2) * WHITE), [(whole, 1)])


@explained
def peaks(p, facts):
    """w(1 − ρ/z) R_K(z) = w z^K(1 − ρ²)/(1 − zρ) − wρ^{K+1}/z, and τR_K(0) = τρ^K brings the last terms back."""
    def product(z):
        def at_lag(k):
            return eq((z - rho) * (1 - z * rho) * R(z, k), z ** (k + 1) * (1 - rho**2) - rho ** (k + 1) * (1 - z * rho))
        every = p.use("uncertainty.ar_correlation", forall({"k": "nat"}, [], at_lag(k)), z=z, rho=rho)
        return p.apply(every, at_lag(K), k=K)
    old = w[s] * (1 - rho / a[s]) * R(a[s], K)
    new = (1 - rho**2) * w[s] * a[s] ** K / (1 - a[s] * rho) - rho ** (K + 1) * w[s] / a[s]
    with p.generalise({"s": "int"}, within(1, s, S), eq(old, new)) as each:
        p.apply(p.given(1), lt(Abs(a[s]), 1), s=s)
        proper = [p.apply(facts["right"], ne(1 - a[s] * rho, 0), s=s), p.apply(p.given(2), ne(a[s], 0), s=s)]
        p.identity(eq(old, new), [(product(a[s]), w[s] / a[s] / (1 - a[s] * rho))], nonzero=proper)
    summed = p.step("congruence", eq(Sum("s", 1, S, old), Sum("s", 1, S, new)), equal=each.fact)
    p.squares(lt(Abs(T(0)), 1), [(1, [], "", 1)])
    direct = product(T(0))
    z, share = names("z"), Sum("s", 1, S, w[s] / a[s])
    with p.generalise({"z": "complex"}, [], eq(z ** (K + 1), z * z**K)) as power:
        p.identity(power.shows[3])
    nothing = p.apply(power.fact, eq(T(0) ** (K + 1), 0), z=0)
    return p.identity(eq(response(), (1 - rho**2) * PEAK), [(summed, 1), (direct, -share), (nothing, -(1 - rho**2) * share)])


def formula(poles, weights, lag, decay):
    """The formula, with the numbers of any field."""
    white = sum(w * v.conjugate() / (1 - x * y.conjugate()) for x, w in zip(poles, weights, strict=True)
                for y, v in zip(poles, weights, strict=True))
    peak = sum(w * x**lag / (1 - x * decay) for x, w in zip(poles, weights, strict=True))
    return 1 + (1 - decay**2) * (white - peak - peak.conjugate())


def with_tap(poles, weights, decay):
    """(poles with 0, the weights of the claim)."""
    tap = decay * sum(w / x for x, w in zip(poles, weights, strict=True))
    return [*poles, 0 * poles[0]], [*(w * (1 - decay / x) for x, w in zip(poles, weights, strict=True)), tap]


@claim.oracle
def exact_recurrence():
    """Real rational poles and weights: the recurrence in fractions."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared

    found = []
    for poles, weights, lag, decay in (((Fraction(1, 2),), (Fraction(1, 3),), 2, Fraction(1, 2)),
                                       ((Fraction(1, 2), Fraction(-2, 3)), (Fraction(1, 4), Fraction(1, 5)), 4, Fraction(4, 5)),
                                       ((Fraction(1, 3), Fraction(3, 4), Fraction(-1, 5)), (Fraction(2), Fraction(-1, 2), Fraction(1, 7)),
                                        3, Fraction(1, 3))):
        x, y = ([(value, 0) for value in values] for values in with_tap(poles, weights, decay))
        measured, expected = reference.ar_loss_by_recurrence(x, y, lag, decay), formula(poles, weights, lag, decay)
        found.append(compared("loss", {"S": len(poles), "K": lag, "rho": str(decay)}, str(measured), str(expected), measured == expected))
    return found


@claim.oracle
def spectra():
    """Complex poles: the loss as an integral over frequencies, by the trapezoid rule."""
    import numpy as np

    from numeric import loss as losses
    from theory.papers.uncertainty_measurements import compared, doubles, pole_sets

    found = []
    for order, lag, decay in ((2, 3, 0.5), (4, 7, 0.8), (5, 11, 0.0)):
        poles = [complex(x) for x in doubles(pole_sets(order, order + 190)["drawn"])]
        weights = [complex(np.exp(1j * index)) / order for index in range(order)]
        x, y = (np.array(values, dtype=complex) for values in with_tap(poles, weights, decay))
        measured, expected = losses.quadrature(x, y, lag, decay), formula(poles, weights, lag, decay).real
        found.append(compared("loss", {"S": order, "K": lag, "rho": decay}, float(measured), float(expected),
                              abs(measured - expected) < 1e-9 * (1 + abs(expected))))
    return found


claim.must_refuse(
    one_more=changed(eq(L, 1 + VALUE)),
    no_direct_term=changed(eq(L, VALUE), where={"tau": 0}),
    factor_lost=changed(eq(L, 1 + WHITE - 2 * re(PEAK))),
    response_doubled=changed(eq(L, VALUE - 2 * (1 - rho**2) * re(PEAK))),
    on_the_circle=changed(given={1: forall({"s": "int"}, within(1, s, S), le(Abs(a[s]), 1))}),
)


@claim.refute("one_more")
def nothing(p):
    """S = 0: the loss is 1."""
    here = counterexample(p, S=0, K=0, a=fn("n", 0), w=fn("n", 0), rho=0)
    loss = p.use("uncertainty.ar_loss", eq(here(L), 1), S=0, K=0, a=here(fn("n", 0)), b=here(fn("n", 0)), rho=0)
    away = p.step("ball_bound", ne(1, here(1 + VALUE)), prec=64)
    back = p.identity(eq(1, here(L)), [(loss, -1)])
    p.step("congruence", here(ne(L, 1 + VALUE)), equal=back, context=fn("m_", ne("m_", here(1 + VALUE))), **{"from": away})
