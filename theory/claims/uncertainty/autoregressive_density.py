"""The spectral density of an autoregressive input: the variance of the prediction error over the squared modulus of the predictor."""
from theory.claim import Claim
from theory.claims.uncertainty.predicted_shift import yule_walker
from theory.claims.uncertainty.prediction_error import DENSITY, autocorrelation, convergent
from theory.language import SEQ, Abs, Series, Sum, T, both, conj, delta, eq, fn, forall, le, names, ne, statement, sums, within
from theory.mutations import changed, counterexample
from theory.papers.circle import wave
from theory.proof import explained

p_, phi, g, B, w, j, k, m, n, d = names("p phi g B w j k m n d_")
G, V, PSI, ETA, CHI = names("G V psi eta chi")
PREDICTOR = 1 - Sum("j", 1, p_, phi[j] * wave(-w * j))
GIVEN = [*autocorrelation(g), yule_walker(g, phi)]
WHERE = [("G", ["x"], DENSITY), ("V", [], g[0] - Sum("j", 1, p_, phi[j] * g[-j]))]
RESULT = eq(G(w) * Abs(PREDICTOR) ** 2, V)

claim = Claim(
    title="Spectral density of an autoregressive input",
    says="If γ(k) = Σ_{j=1}^p φ_j γ(k−j) for k ≥ 1 (Yule and Walker), the spectral density Γ(ω) = Σ γ(k)e^{−iωk} has "
         "Γ(ω)|1 − Σ φ_j e^{−iωj}|² = V = γ(0) − Σ φ_j γ(−j) at every frequency.",
    statement=statement(forall({"p": "nat", "phi": SEQ, "g": SEQ, "B": "real", "w": "real"}, GIVEN, RESULT), WHERE),
    paper="UP", reference="the argument behind UP.ar+, for every order of the input",
    hypotheses={"Σ|γ(k)| converges": "the density need not be defined", "γ(−k) = conj γ(k)": "p = 0: γ(−1) ≠ 0 makes Γ vary",
                "Yule and Walker": "p = 0: γ(1) ≠ 0 makes Γ vary"},
    limits="The predictor may have zeros anywhere, and complex coefficients. Where 1 − Σ φ_j e^{−iωj} = 0 the identity says V = 0. The "
           "sign of V is not part of what is proved; Γ has it wherever the predictor is not 0.",
    symbols={"w": "ω", "g": "γ"},
)


def lead(lag):
    """ψ_n = γ(n) − Σ φ_j γ(n − j)."""
    return g[lag] - Sum("j", 1, p_, phi[j] * g[lag - j])


def mirrored(lag):
    """The conjugate of ψ_n, by the symmetry of γ."""
    return g[-lag] - Sum("j", 1, p_, conj(phi[j]) * g[j - lag])


def twice(lag):
    """χ_n = ψ_n − Σ φ̄_j ψ_{n+j}."""
    return PSI(lag) - Sum("m", 1, p_, conj(phi[m]) * PSI(lag + m))


@claim.derive
def second_order(step):
    """p = 2: the coefficients of Γ|φ|² at the lags −3, …, 3, and AR(1) as UP.B4 has it."""
    from sympy import I, cancel, cos, exp, expand, symbols

    from theory.identities import confirm, equal

    f1, f2, x = symbols("f1 f2 x", real=True)
    lags = [step("γ(0)", 1 - f2, why="up to a common factor"), step("γ(1)", f1, why="γ(1)(1 − φ_2) = φ_1 γ(0)")]
    for _ in range(2, 6):
        lags.append(f1 * lags[-1] + f2 * lags[-2])
    square = {0: 1 + f1**2 + f2**2, 1: f1 * f2 - f1, 2: -f2}
    variance = step("V", expand(lags[0] - f1 * lags[1] - f2 * lags[2]), why="γ(0) − φ_1γ(1) − φ_2γ(2)")
    found = [sum(square[abs(m)] * lags[abs(lag - m)] for m in range(-2, 3)) - (variance if lag == 0 else 0) for lag in range(-3, 4)]
    confirm(step, "coefficients", [expand(value) for value in found], why="that of e^{−iωk} is 0 for k ≠ 0, and V for k = 0")
    rho = symbols("rho", positive=True)
    modulus = expand((1 - rho * exp(-I * x)) * (1 - rho * exp(I * x))).rewrite(cos)
    equal(step, "AR(1)", cancel(expand(modulus)), 1 - 2 * rho * cos(x) + rho**2, shown="|1 − ρe^{−iω}|²",
          why="with γ(k) = ρ^{|k|}, V = 1 − ρ²: Γ = (1 − ρ²)/(1 − 2ρ cos ω + ρ²), UP.B4")


@claim.certify
def proof(p, _):
    """Γ(1 − Σ φ_j e^{−iωj}) has the coefficients ψ_n = γ(n) − Σ φ_j γ(n − j), which vanish for n ≥ 1 by Yule and Walker. The product of
    this with the conjugate of the predictor has the coefficients χ_n = ψ_n − Σ φ̄_j ψ_{n+j}, which vanish for n ≥ 1, too, and by symmetry
    for n ≤ −1. What is left is χ_0 = ψ_0 = V. All of it is multiplied by e^{−iωp}, so that every wave turns the series forwards.
    """
    with p.inhabited_by(p=0, phi=fn("n", 0), g=fn("n", 0), B=0, w=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        with p.generalise({"k": "int"}, [], eq(T(0), conj(T(0)))):
            p.identity(eq(T(0), conj(T(0))))
        with p.generalise({"k": "int"}, [le(1, k)], eq(T(0), Sum("j", 1, 0, T(0)))):
            p.identity(eq(T(0), Sum("j", 1, 0, T(0))))
    convergent(p, p.given(1), p.given(2), "x_")
    p.abbreviate("psi", ["n_"], lead(names("n_")))
    p.abbreviate("eta", ["n_"], mirrored(names("n_")))
    p.abbreviate("chi", ["n_"], twice(names("n_")))
    shifted = every_shift(p)
    each_part(p, shifted, moved(T(0)), d_=0)
    filtered = predicted(p, shifted)
    sides = both_factors(p, filtered)
    ahead, behind, middle = vanishing(p)
    left = only_one(p, sides[:2], ahead, behind, middle)
    p.identity(RESULT, [(fact, wave(w * p_)) for fact in (sides[2], *left)])


def halves(value, lag):
    """Σ value(k − lag) e^{−iωk} over all integers, split at 0."""
    return (0, value(k - lag) * wave(-w * k)), (1, value(-k - lag) * wave(w * k))


def series(lag):
    """Both halves of e^{−iω·lag}Γ."""
    return [Series("k", lo, term) for lo, term in halves(lambda place: g[place], lag)]


def combined(values, parts):
    """Two sums facts and what the two values add up to."""
    (terms, sides), total = values, parts
    return both(*(sums("k", lo, term, side) for (lo, term), side in zip(terms, sides, strict=True)), eq(total, sides[0] + sides[1]))


def moved(lag):
    return combined((halves(lambda place: g[place], lag), series(lag)), wave(-w * lag) * G(w))


def lead_sides(lag):
    """The halves of e^{−iω·lag}Γ(1 − Σ φ_j e^{−iωj}) by the halves of Γ's shifts."""
    return [series(lag)[side] - Sum("j", 1, p_, phi[j] * series(lag + j)[side]) for side in (0, 1)]


def led(lag):
    return combined((halves(PSI, lag), lead_sides(lag)), wave(-w * lag) * PREDICTOR * G(w))


@explained
def every_shift(p):
    """e^{−iωd}Γ = Σ γ(k − d)e^{−iωk} for d ≥ 0."""
    with p.generalise({"d_": "int"}, [le(0, d)], moved(d)) as block:
        p.use("analysis.wave_times_series", moved(d), g=g, d=d, x=w, B=B, M=B - Abs(g[0]))
    return block.fact


def each_part(p, fact, formula, **at):
    """The parts of a conjunction that a fact says of every lag."""
    whole = p.apply(fact, formula, **at)
    return [p.part(whole, T(part)) for part in formula.json[1:]]


@explained
def predicted(p, shifted):
    """e^{−iωd}Γ(1 − Σ φ_j e^{−iωj}) has the coefficients ψ_{k−d}."""
    with p.generalise({"d_": "int"}, [le(0, d)], led(d)) as block:
        own = each_part(p, shifted, moved(d), d_=d)
        found = []
        for side in (0, 1):
            lo, term = halves(lambda place: g[place], d + j)[side]
            with p.generalise({"j": "int"}, within(1, j, p_), sums("k", lo, phi[j] * term, phi[j] * series(d + j)[side])) as each:
                p.squares(le(0, d + j), [(1, [block(1)], "", 1), (1, [each(1)], "", 1), (1, [], "", 1)])
                here = each_part(p, shifted, moved(d + j), d_=d + j)[side]
                p.series("linear", each.shows[3], using=[[here, phi[j], 1]])
            spread = p.series("exchange", sums("k", lo, Sum("j", 1, p_, phi[j] * term), Sum("j", 1, p_, phi[j] * series(d + j)[side])),
                              each.fact)
            found.append(p.series("linear", T(led(d).json[1 + side]), using=[[own[side], 1, 1], [spread, -1, 1]]))
        two, one = (phi[j] * (series(d + j)[0] + series(d + j)[1]), phi[j] * wave(-w * (d + j)) * G(w))
        with p.generalise({"j": "int"}, within(1, j, p_), eq(two, one)) as each:
            p.squares(le(0, d + j), [(1, [block(1)], "", 1), (1, [each(1)], "", 1), (1, [], "", 1)])
            p.identity(each.shows[3], [(each_part(p, shifted, moved(d + j), d_=d + j)[2], -phi[j])])
        total = p.step("congruence", eq(Sum("j", 1, p_, two), Sum("j", 1, p_, one)), equal=each.fact)
        p.both(*found, p.identity(T(led(d).json[3]), [(own[2], 1), (total, 1)]))
    return block.fact


def both_sides():
    return [lead_sides(p_)[side] - Sum("m", 1, p_, conj(phi[m]) * lead_sides(p_ - m)[side]) for side in (0, 1)]


@explained
def both_factors(p, filtered):
    """e^{−iωp}Γ|1 − Σ φ_j e^{−iωj}|² has the coefficients χ_{k−p}."""
    p.squares(le(0, p_), [(1, [p.order("basic", le(0, p_))], "", 1)])
    own = each_part(p, filtered, led(p_), d_=p_)
    goal = combined((halves(CHI, p_), both_sides()), wave(-w * p_) * Abs(PREDICTOR) ** 2 * G(w))
    found = []
    for side in (0, 1):
        lo, term = halves(PSI, p_ - m)[side]
        value = lead_sides(p_ - m)[side]
        with p.generalise({"m": "int"}, within(1, m, p_), sums("k", lo, conj(phi[m]) * term, conj(phi[m]) * value)) as each:
            p.squares(le(0, p_ - m), [(1, [each(2)], "", 1)])
            here = each_part(p, filtered, led(p_ - m), d_=p_ - m)[side]
            p.series("linear", each.shows[3], using=[[here, conj(phi[m]), 1]])
        sides = (Sum("m", 1, p_, conj(phi[m]) * part) for part in (term, value))
        spread = p.series("exchange", sums("k", lo, *sides), each.fact)
        found.append(p.series("linear", T(goal.json[1 + side]), using=[[own[side], 1, 1], [spread, -1, 1]]))
    two = conj(phi[m]) * (lead_sides(p_ - m)[0] + lead_sides(p_ - m)[1])
    one = conj(phi[m]) * wave(-w * (p_ - m)) * PREDICTOR * G(w)
    with p.generalise({"m": "int"}, within(1, m, p_), eq(two, one)) as each:
        p.squares(le(0, p_ - m), [(1, [each(2)], "", 1)])
        p.identity(each.shows[3], [(each_part(p, filtered, led(p_ - m), d_=p_ - m)[2], -conj(phi[m]))])
    total = p.step("congruence", eq(Sum("m", 1, p_, two), Sum("m", 1, p_, one)), equal=each.fact)
    return *found, p.identity(T(goal.json[3]), [(own[2], 1), (total, 1)])


@explained
def later_lags(p):
    """ψ_n = 0 for n ≥ 1, and its conjugate too: γ(−n) − Σ φ̄_j γ(j − n) = 0."""
    with p.generalise({"n": "int"}, [le(1, n)], eq(PSI(n), 0)) as zero:
        p.identity(zero.shows[3], [(p.apply(p.given(3), eq(g[n], Sum("j", 1, p_, phi[j] * g[n - j])), k=n), 1)])
    with p.generalise({"n": "int"}, [le(1, n)], eq(ETA(n), 0)) as mirror:
        with p.generalise({"j": "int"}, within(1, j, p_), eq(conj(phi[j]) * g[j - n], conj(phi[j]) * conj(g[n - j]))) as each:
            p.identity(each.shows[3], [(p.apply(p.given(2), eq(g[j - n], conj(g[n - j])), k=n - j), conj(phi[j]))])
        lags = p.step("congruence", eq(Sum("j", 1, p_, conj(phi[j]) * g[j - n]), Sum("j", 1, p_, conj(phi[j]) * conj(g[n - j]))),
                      equal=each.fact)
        own = p.apply(p.given(2), eq(g[-n], conj(g[n])), k=n)
        here = p.apply(zero.fact, eq(PSI(n), 0), n=n)
        turned = p.step("congruence", eq(conj(PSI(n)), 0), equal=here, context=fn("m_", conj("m_")))
        p.identity(mirror.shows[3], [(own, 1), (lags, -1), (turned, 1)])
    return zero.fact, mirror.fact


@explained
def vanishing(p):
    """χ_n = 0 for n ≥ 1, χ_{−n} = 0 for n ≥ 1, and χ_0 = V."""
    zero, mirror = later_lags(p)
    with p.generalise({"n": "int"}, [le(0, n)], eq(CHI(n), PSI(n))) as ahead:
        none = no_sum(p, conj(phi[m]), PSI, zero, n + m, lambda each: [(1, [ahead(1)], "", 1), (1, [each(1)], "", 1)])
        p.identity(ahead.shows[3], [(none, -1)])
    with p.generalise({"n": "int"}, [le(1, n)], eq(CHI(n), 0)) as after:
        p.squares(le(0, n), [(1, [after(1)], "", 1), (1, [], "", 1)])
        same = p.apply(ahead.fact, eq(CHI(n), PSI(n)), n=n)
        p.identity(after.shows[3], [(same, 1), (p.apply(zero, eq(PSI(n), 0), n=n), 1)])
    with p.generalise({"n": "int"}, [le(1, n)], eq(CHI(-n), 0)) as before:
        none = no_sum(p, phi[m], ETA, mirror, n + m,
                      lambda each: [(1, [before(1)], "", 1), (1, [each(1)], "", 1), (1, [], "", 1)])
        p.identity(before.shows[3], [(p.apply(mirror, eq(ETA(n), 0), n=n), 1), (none, -1)])
    start = p.apply(ahead.fact, eq(CHI(0), PSI(0)), n=0)
    return after.fact, before.fact, p.identity(eq(CHI(0), V), [(start, 1)])


def no_sum(p, factor, value, zero, lag, why, last=p_):
    """Σ_m factor·value(lag) = 0, where value(n) = 0 for n ≥ 1; `why` says what shows lag ≥ 1, given the hypotheses on m."""
    with p.generalise({"m": "int"}, within(1, m, last), eq(factor * value(lag), 0)) as each:
        p.squares(le(1, lag), why(each))
        p.identity(each.shows[3], [(p.apply(zero, eq(value(lag), 0), n=lag), factor)])
    return p.step("congruence", eq(Sum("m", 1, last, factor * value(lag)), Sum("m", 1, last, T(0))), equal=each.fact)


@explained
def only_one(p, found, ahead, behind, middle):
    """Of the first half the term k = p is left, and nothing of the second."""
    (_, first), (_, second) = halves(CHI, p_)
    sides = both_sides()
    lone = delta(k, p_) * V * wave(-w * k)
    with p.generalise({"k": "int"}, [le(0, k)], eq(first, lone)) as each:
        split, branches = p.new_id(), {}
        for name in ("less", "equal", "greater"):
            with p.branch() as branches[name]:
                case = f"{split}.{name}.1"
                if name == "equal":
                    here = p.step("congruence", eq(CHI(k - p_), CHI(p_ - p_)), equal=case, context=fn("m_", CHI(T("m_") - p_)))
                    hit = p.step("congruence", eq(delta(k, p_), 1), equal=case, context=fn("m_", delta("m_", p_)))
                    p.identity(each.shows[3], [(here, wave(-w * k)), (middle, wave(-w * k)), (hit, -V * wave(-w * k))])
                else:
                    away = k - p_ if name == "greater" else p_ - k
                    gap = p.order("gap", le(k + 1, p_) if name == "less" else le(p_ + 1, k), case)
                    p.squares(le(1, away), [(1, [gap], "", 1)])
                    fact = ahead if name == "greater" else behind
                    none = p.apply(fact, eq(CHI(k - p_), 0), n=away)
                    p.identity(each.shows[3], [(none, wave(-w * k))])
        p.step("cases", each.shows[3], split, on=[k, p_], **branches)
    with p.generalise({"k": "int"}, [le(1, k)], eq(second, 0)) as rest:
        p.squares(le(1, k + p_), [(1, [rest(1)], "", 1), (1, [p.order("basic", le(0, p_))], "", 1)])
        p.identity(rest.shows[3], [(p.apply(behind, eq(CHI(-k - p_), 0), n=k + p_), wave(w * k))])
    known = [p.series("value", eq(Series("k", lo, term), side), fact) for (lo, term), side, fact in
             zip(halves(CHI, p_), sides, found, strict=True)]
    alone = p.series("value", eq(Series("k", 0, lone), V * wave(-w * p_)), p.series(
        "finite", sums("k", 0, lone, V * wave(-w * p_)), K=p_, g=fn("k", V * wave(-w * k))))
    nothing = p.series("value", eq(Series("k", 1, T(0)), 0), p.series("linear", sums("k", 1, T(0), 0), using=[]))
    same = [p.step("congruence", eq(Series("k", lo, old), Series("k", lo, new)), equal=fact) for lo, old, new, fact in
            ((0, first, lone, each.fact), (1, second, T(0), rest.fact))]
    return (p.identity(eq(sides[0], V * wave(-w * p_)), [(known[0], -1), (same[0], 1), (alone, 1)]),
            p.identity(eq(sides[1], 0), [(known[1], -1), (same[1], 1), (nothing, 1)]))


TURNED = 1 - Sum("j", 1, p_, phi[j] * wave(w * j))
claim.must_refuse(
    not_squared=changed(eq(G(w) * Abs(PREDICTOR), V)),
    turned_backwards=changed(eq(G(w) * Abs(TURNED) ** 2, V)),
    variance_of_the_input=changed(where={"V": g[0]}),
    lags_forwards=changed(where={"V": g[0] - Sum("j", 1, p_, phi[j] * g[j])}),
    not_predicted=changed(given={3: None}),
    not_hermitian=changed(given={2: None}),
    one_half_only=changed(where={"G": Series("k", 0, g[k] * wave(-T("x") * k))}),
)


def at_no_order(p, lags, total):
    """p = 0 and ω = 0: V = γ(0) = 0, but the density is `total`, the number of lags (±1) at which γ is 1."""
    def gamma(place):
        return sum((delta(place, lag) for lag in lags[1:]), delta(place, lags[0]))
    values = {"p": 0, "phi": fn("n", 0), "g": fn("n", gamma(n)), "B": lags.count(1), "w": 0}
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        admitted(p, gamma, lags)
    admitted(p, gamma, lags)
    found = []
    for lo, term in ((0, gamma(k) * wave(-k * T(0))), (1, gamma(-k) * wave(k * T(0)))):
        hit = (1 if lo == 0 else -1) in lags
        fact = p.series("finite", sums("k", lo, term, 1), K=1, g=fn("k", 1)) if hit else p.series(
            "linear", sums("k", lo, term, 0), using=[])
        found.append(p.series("value", eq(Series("k", lo, term), int(hit)), fact))
    with p.contradiction(here(ne(RESULT.json[1], RESULT.json[2]))) as absurd:
        p.identity(eq(total, 0), [(fact, -1) for fact in found] + [(f"{absurd}.1", 1)])


def admitted(p, gamma, lags):
    """γ is summable, and Hermitian when both lags are there; for the other lag alone it is 0 at every k ≥ 1."""
    one = 1 in lags
    p.series("finite", sums("k", 0, Abs(gamma(k)), 1), K=1, g=fn("k", 1)) if one else p.series(
        "linear", sums("k", 0, Abs(gamma(k)), 0), using=[])
    with p.generalise({"k": "int"}, [] if one else [le(1, k)],
                      eq(gamma(-k), conj(gamma(k))) if one else eq(gamma(k), Sum("j", 1, 0, 0 * gamma(k - j)))) as fact:
        p.identity(fact.shows[3])


@claim.refute("not_predicted")
def two_lags(p):
    """γ = 1 at ±1 alone: the density is 2 at ω = 0."""
    at_no_order(p, [1, -1], 2)


@claim.refute("not_hermitian")
def one_lag(p):
    """γ = 1 at −1 alone: the density is e^{iω}."""
    at_no_order(p, [-1], 1)


def coefficients(decays):
    """φ_1, …, φ_p of Π(1 − r_j z) = 1 − Σ φ_j z^j, multiplied out."""
    line = [1]
    for decay in decays:
        line = [value - decay * earlier for value, earlier in zip([*line, 0], [0, *line], strict=True)]
    return [-value for value in line[1:]]


def variance(predictor, gamma):
    """V by its definition; gamma(k) is the correlation at the lag k."""
    return gamma(0) - sum(value * gamma(-lag) for lag, value in enumerate(predictor, 1))


INPUTS = {"AR(1)": [0.6], "AR(2), a pair": [0.7 + 0.4j, 0.7 - 0.4j], "AR(3)": [0.8, -0.5, 0.3], "AR(2), complex": [0.5j, 0.6]}


@claim.oracle
def simulated_recurrences():
    """γ from a simulated response of 3000 samples; Γ and the predictor by discrete Fourier transforms of their coefficients."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared

    results, size = [], 1 << 13
    for name, decays in INPUTS.items():
        predictor, own = coefficients(decays), [1.0]
        for index in range(1, 3000):
            own.append(sum(value * own[index - lag] for lag, value in enumerate(predictor[:index], 1)))
        own = np.array(own) / np.linalg.norm(own)
        lags = correlated(own, 1200)
        line, short = np.zeros(size, complex), np.zeros(size, complex)
        line[:1200], line[-1199:] = lags, np.conj(lags[:0:-1])
        short[:len(predictor) + 1] = [1, *(-value for value in predictor)]
        product = np.fft.fft(line) * np.abs(np.fft.fft(short)) ** 2
        expected = variance(predictor, lambda k, lags=lags: lags[k] if k >= 0 else np.conj(lags[-k]))
        for index in (0, 700, 2048, 5000):
            results.append(compared(f"{name}, sample {index}", {}, complex(product[index]), complex(expected),
                                    abs(product[index] - expected) < 1e-10))
    return results


def correlated(own, count):
    """γ(0), …, γ(count − 1) of white noise through a response."""
    import numpy as np

    return np.array([np.vdot(own[:len(own) - lag], own[lag:]) for lag in range(count)])


@claim.oracle
def solved_equations():
    """γ(0), …, γ(p) from the linear equations of Yule and Walker with V = 1, at 40 digits; Γ summed over 400 lags."""
    import mpmath

    from theory.papers.uncertainty_measurements import compared

    results = []
    with mpmath.workdps(40):
        for decays in (["0.6"], ["0.7", "-0.4"], ["0.6", "-0.5", "0.3"]):
            predictor = coefficients([mpmath.mpf(decay) for decay in decays])
            order = len(predictor)
            rows = mpmath.eye(order + 1)
            for k in range(order + 1):
                for lag, value in enumerate(predictor, 1):
                    rows[k, abs(k - lag)] -= value
            lags = list(mpmath.lu_solve(rows, mpmath.matrix([1] + [0] * order)))
            while len(lags) < 400:
                lags.append(sum(value * lags[-lag] for lag, value in enumerate(predictor, 1)))
            expected = variance(predictor, lambda k, lags=lags: lags[abs(k)])
            for w in (mpmath.mpf(0), mpmath.mpf("0.7"), mpmath.mpf("2.9")):
                density = lags[0] + 2 * sum(value * mpmath.cos(k * w) for k, value in enumerate(lags) if k)
                filtered = abs(1 - sum(value * mpmath.expj(-lag * w) for lag, value in enumerate(predictor, 1))) ** 2
                product = density * filtered
                results.append(compared(f"AR({order})", {"w": str(w)}, mpmath.nstr(product, 30), mpmath.nstr(expected, 30),
                                        abs(product - expected) < mpmath.mpf(10) ** -35))
    return results
