"""The innovations of an autoregressive input have at most the variance γ(0)(1 − |φ_p|²)."""
from theory.claim import Claim
from theory.claims.uncertainty.autoregressive_density import (
    ETA,
    PSI,
    B,
    G,
    V,
    coefficients,
    g,
    j,
    k,
    later_lags,
    lead,
    m,
    mirrored,
    n,
    no_sum,
    p_,
    phi,
    variance,
)
from theory.claims.uncertainty.autoregressive_density import WHERE as DENSITY_AND_VARIANCE
from theory.claims.uncertainty.predicted_shift import yule_walker
from theory.claims.uncertainty.prediction_error import POSITIVE, autocorrelation, convergent, white_noise
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    conj,
    delta,
    eq,
    exp,
    fn,
    forall,
    integrates,
    le,
    lt,
    names,
    ne,
    statement,
    sums,
    within,
)
from theory.mutations import changed, counterexample
from theory.papers.circle import TURN, constant, full_turn
from theory.proof import explained
from theory.steps import modulus_square_below_one, positive_reciprocal

q, x, Y, ROW = names("q x y row")
LAST = 1 - Abs(phi[p_]) ** 2
GIVEN = [*autocorrelation(g), yule_walker(g, phi), POSITIVE, lt(Abs(phi[p_]), 1)]
WHERE = [("p", [], q + 1), *DENSITY_AND_VARIANCE]
RESULT = le(V, LAST * g[0])

claim = Claim(
    title="Variance of the innovations",
    says="If γ(k) = Σ_{j=1}^p φ_j γ(k−j) for k ≥ 1, p ≥ 1, the density of γ is nowhere negative and |φ_p| < 1, then "
         "V = γ(0) − Σ φ_j γ(−j) ≤ (1 − |φ_p|²)γ(0).",
    statement=statement(forall({"q": "nat", "phi": SEQ, "g": SEQ, "B": "real"}, GIVEN, RESULT), WHERE),
    reference="Levinson (1946), Durbin (1960): V = γ(0)Π(1 − |κ_j|²) with the partial correlations κ_j, and κ_p = φ_p",
    hypotheses={"Σ|γ(k)| converges, γ(−k) = conj γ(k)": "the density need not be defined or real",
                "Yule and Walker": "φ = 1/2 and γ = δ: V = 1 is more than 3/4",
                "Γ ≥ 0": "the opposite of any γ for which the inequality is strict, as p = 2 with γ(1) ≠ 0",
                "|φ_p| < 1": "kept for the proof, which divides by 1 − |φ_p|²; every γ other than 0 has it"},
    limits="p = q + 1. Equality for p = 1, and whenever the partial correlations before the last are 0.",
    symbols={"g": "γ"},
)


def combination(place):
    """(1 − |φ_p|²)e_0 − ε − φ_p ε^R, where ε = (1, −φ_1, …, −φ_p) and ε^R = (−φ̄_p, …, −φ̄_1, 1)."""
    return LAST * delta(place, 0) - delta(place, 0) + Sum("j", 1, p_, phi[j] * delta(place, j)) - phi[p_] * delta(place, p_) \
        + phi[p_] * Sum("j", 1, p_, conj(phi[j]) * delta(place, p_ - j))


def row_of(place):
    """Σ_m ȳ_m γ(m − n)."""
    return LAST * g[-place] - ETA(place) - conj(phi[p_]) * PSI(p_ - place)


@claim.derive
def orders_one_and_two(step):
    """p = 1, where there is equality, and p = 2."""
    from sympy import cancel, symbols

    from theory.identities import equal

    f1, f2 = symbols("f1 f2", real=True)
    equal(step, "p = 1", 1 - f1 * f1, 1 - f1**2, shown="V/γ(0)", why="γ(1) = φ_1 γ(0): equality")
    first = f1 / (1 - f2)
    lags = (1, first, f1 * first + f2)
    power = cancel(lags[0] - f1 * lags[1] - f2 * lags[2])
    equal(step, "p = 2", power, cancel((1 - f2**2) * (1 - first**2)), shown="V/γ(0)",
          why="(1 − φ_2²)(1 − κ²) with κ = φ_1/(1 − φ_2) = γ(1)/γ(0)")


@claim.certify
def proof(p, _):
    """ε = (1, −φ_1, …, −φ_p) meets every pulse but e_0 in 0, and e_0 in V; its mirror image ε^R every pulse but e_p. So the energy of
    y = c e_0 − ε − φ_p ε^R, c = 1 − |φ_p|², is c(cγ(0) − V). It is a mean of |y|²Γ, so it is not negative.
    """
    with p.inhabited_by(q=0, phi=fn("n", 0), g=fn("n", 0), B=0):
        admitted(p)
    convergent(p, p.given(1), p.given(2))
    p.abbreviate("psi", ["n_"], lead(names("n_")))
    p.abbreviate("eta", ["n_"], mirrored(names("n_")))
    p.abbreviate("y", ["n_"], combination(names("n_")))
    p.abbreviate("row", ["n_"], row_of(names("n_")))
    positive = energy(p, finite(p), column(p, rows(p)))
    turn = p.step("ball_bound", lt(0, 1 / TURN), prec=64)
    room = modulus_square_below_one(p, phi[p_], p.given(5))
    least = p.squares(lt(0, LAST), [(1, [room], "", 1)])
    proper = p.order("nonzero", ne(LAST, 0), least)
    share = positive_reciprocal(p, LAST, least, proper)
    p.squares(RESULT, [(1, [turn, share, positive[0]], "", 1)], using=[(positive[1], 1 / LAST)], nonzero=[proper])


def admitted(p):
    """γ = 0."""
    p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
    with p.generalise({"k": "int"}, [], eq(T(0), conj(T(0)))):
        p.identity(eq(T(0), conj(T(0))))
    with p.generalise({"k": "int"}, [le(1, k)], eq(T(0), Sum("j", 1, 1, T(0)))):
        p.identity(eq(T(0), Sum("j", 1, 1, T(0))))
    goal = le(0, Series("k", 0, 0 * exp(-IMAGINARY * k * x)) + Series("k", 1, 0 * exp(IMAGINARY * k * x)))
    with p.generalise({"x": "real"}, [], goal):
        nothing = [p.series("value", eq(Series("k", lo, 0 * exp(sign * IMAGINARY * k * x)), 0), p.series(
            "linear", sums("k", lo, 0 * exp(sign * IMAGINARY * k * x), 0), using=[])) for lo, sign in ((0, -1), (1, 1))]
        p.squares(goal, [], using=[(fact, -1) for fact in nothing])


def picked(p, index, turned, value):
    """Σ_n y_n value(n), or with the conjugates of y: the terms of y one by one."""
    bar = (lambda z: conj(z)) if turned else (lambda z: z)
    start = p.series("finite", sums(index.json, 0, delta(index, 0) * value(index), value(T(0))), K=0, g=fn(index.json, value(index)))
    end = p.series("finite", sums(index.json, 0, delta(index, p_) * value(index), value(p_)), K=p_, g=fn(index.json, value(index)))
    spread = []
    for factor, place in ((bar(phi[j]), j), (bar(conj(phi[j])), p_ - j)):
        term = factor * delta(index, place) * value(index)
        with p.generalise({"j": "int"}, within(1, j, p_), sums(index.json, 0, term, factor * value(place))) as each:
            p.squares(le(0, place), [(1, [each(1)], "", 1), (1, [], "", 1)] if place is j else [(1, [each(2)], "", 1)])
            p.series("finite", each.shows[3], K=place, g=fn(index.json, factor * value(index)))
        spread.append(p.series("exchange", sums(index.json, 0, Sum("j", 1, p_, term), Sum("j", 1, p_, factor * value(place))), each.fact))
    last = bar(phi[p_])
    using = [[start, LAST - 1, 1], [spread[0], 1, 1], [end, -last, 1], [spread[1], last, 1]]
    total = (LAST - 1) * value(T(0)) + Sum("j", 1, p_, bar(phi[j]) * value(j)) - last * value(p_) \
        + last * Sum("j", 1, p_, bar(conj(phi[j])) * value(p_ - j))
    return using, total


@explained
def finite(p):
    """y is summable."""
    using, total = picked(p, n, False, lambda place: T(1))
    whole = p.series("linear", sums("n", 0, Y(n), total), using=using)
    size = Series("n", 0, Abs(Y(n)))
    p.series("absolute", sums("n", 0, Abs(Y(n)), size), whole)
    return size


@explained
def rows(p):
    """Σ_m ȳ_m γ(m − n) = cγ(−n) − η_n − φ̄_p ψ_{p−n}, where η_n = γ(−n) − Σ φ̄_j γ(j − n) and ψ_n = γ(n) − Σ φ_j γ(n − j)."""
    pair = Y(n) * conj(Y(m)) * g[m - n]
    with p.generalise({"n": "int"}, [le(0, n)], eq(Y(n) * ROW(n), Series("m", 0, pair))) as block:
        using, _ = picked(p, m, True, lambda place: g[place - n])
        here = p.series("linear", sums("m", 0, conj(Y(m)) * g[m - n], ROW(n)), using=using)
        times = p.series("linear", sums("m", 0, pair, Y(n) * ROW(n)), using=[[here, Y(n), 1]])
        value = p.series("value", eq(Series("m", 0, pair), Y(n) * ROW(n)), times)
        p.identity(block.shows[3], [(value, -1)])
    return block.fact


@explained
def column(p, lines):
    """Σ_n y_n(cγ(−n) − η_n − φ̄_p ψ_{p−n}) = c(cγ(0) − V), because η_n = ψ_n = 0 for n ≥ 1."""
    using, total = picked(p, n, False, lambda place: ROW(place))
    plain = p.series("linear", sums("n", 0, Y(n) * ROW(n), total), using=using)
    double = Series("m", 0, Y(n) * conj(Y(m)) * g[m - n])
    whole = p.series("value", eq(Series("n", 0, double), total), p.series("equal", sums("n", 0, double, total), plain, lines))
    zero, mirror = later_lags(p)
    p.squares(le(1, p_), [(1, [p.order("basic", le(0, q))], "", 1)])
    alone = [p.apply(mirror, eq(ETA(p_), 0), n=p_), p.apply(zero, eq(PSI(p_), 0), n=p_)]

    def first(each):
        return [(1, [each(1)], "", 1)]

    def second(each):
        return [(1, [each(2)], "", 1)]
    forwards = [no_sum(p, phi[m], ETA, mirror, m, first), no_sum(p, conj(phi[m]), PSI, zero, m, first)]
    backwards = [no_sum(p, phi[m], PSI, zero, p_ - m, second, q), no_sum(p, conj(phi[m]), ETA, mirror, p_ - m, second, q)]
    last, shrink = phi[p_], LAST - 1
    return p.identity(eq(Series("n", 0, double), LAST * (LAST * g[0] - V)),
                      [(whole, 1), (alone[0], -last * shrink), (alone[1], -conj(last) * shrink), (forwards[0], -1),
                       (forwards[1], -last * conj(last)), (backwards[0], -conj(last)), (backwards[1], -last)])


@explained
def energy(p, size, value):
    """The energy of y is the mean of |Σ y_n e^{−inω}|²Γ ≥ 0."""
    own = Series("n", 0, Y(n) * exp(-IMAGINARY * n * x))
    double = T(value.shows[1])
    mean = p.use("analysis.spectral_quadratic", integrates("x", 0, TURN, Abs(own) ** 2 * G(x), TURN * double),
                 e=fn("n", Y(n)), g=g, A=size, B=B, M=B - Abs(g[0]))
    none = constant(p, full_turn(p), (T(0), TURN), T(0))
    with p.generalise({"x": "real"}, [], le(0, Abs(own) ** 2 * G(x))) as pointwise:
        sign = p.apply(p.given(4), le(0, G(x)), x=x)
        p.squares(pointwise.shows[3], [(1, [sign], "", own)])
    return p.integral("order", le(0, TURN * double), none, mean, pointwise.fact), value


claim.must_refuse(
    improved=changed(le(V, LAST**2 * g[0])),
    not_squared=changed(le(V, (1 - Abs(phi[p_])) * g[0])),
    sign_flipped=changed(le(LAST * g[0], V)),
    not_predicted=changed(given={3: None}),
    of_any_sign=changed(given={4: None}),
)


@claim.refute("not_predicted")
def wrong_predictor(p):
    """White noise and φ_1 = 1/2."""
    values = {"q": 0, "phi": fn("n", T(1) / 2), "g": fn("n", delta(n, 0)), "B": 1}
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        white_noise(p)
    white_noise(p)
    p.step("instance", here(lt(RESULT.json[2], RESULT.json[1])))


def room(last, energy_):
    """The formula: (1 − |φ_p|²)γ(0)."""
    return (1 - abs(last) ** 2) * energy_


INPUTS = {"AR(1)": [0.6], "AR(2), a pair": [0.7 + 0.4j, 0.7 - 0.4j], "AR(3)": [0.8, -0.5, 0.3], "AR(2), complex": [0.5j, 0.6]}


@claim.oracle
def simulated_recurrences():
    """γ from a simulated response of 2000 samples; V by its definition, and again as the energy of the first sample."""
    import numpy as np

    from theory.papers.uncertainty_measurements import bounded

    results = []
    for name, decays in INPUTS.items():
        predictor, own = coefficients(decays), [1.0]
        for index in range(1, 2000):
            own.append(sum(value * own[index - lag] for lag, value in enumerate(predictor[:index], 1)))
        own = np.array(own)
        lags = [complex(np.vdot(own[:len(own) - lag], own[lag:])) for lag in range(len(decays) + 1)]
        most = room(predictor[-1], lags[0].real)
        power = variance(predictor, lambda place, lags=lags: lags[place] if place >= 0 else lags[-place].conjugate())
        for kind, found in (("by correlations", power.real), ("first sample", float(abs(own[0]) ** 2))):
            results.append(bounded(f"{name}, {kind}", {}, found, most, found <= most + 1e-9))
    return results


@claim.oracle
def exact_recursion():
    """Drawn partial correlations as fractions; φ and γ by the recursion of Levinson and Durbin, V by its definition."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import bounded, numbers

    results = []
    for order in (1, 2, 3, 5):
        partial = [value for value, _ in numbers(4 * order, order, modulus=1) if value][:order]
        predictor, lags, power = [], [Fraction(1)], Fraction(1)
        for value in partial:
            lags.append(value * power + sum(a * b for a, b in zip(predictor, reversed(lags[1:]), strict=True)))
            predictor = [a - value * b for a, b in zip(predictor, reversed(predictor), strict=True)] + [value]
            power *= 1 - value * value
        found, most = variance(predictor, lambda place, lags=lags: lags[abs(place)]), room(predictor[-1], lags[0])
        results.append(bounded(f"order {order}", {"partial correlations": [str(value) for value in partial]}, str(found), str(most),
                               found <= most and (order > 1 or found == most)))
    return results
