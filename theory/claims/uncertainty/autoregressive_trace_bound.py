"""Lower bound on the loss under every autoregressive input, in the supremum of its spectral density."""
from theory.claim import Claim
from theory.claims.uncertainty.autoregressive_lower_bound import inhabited, predicted, white
from theory.claims.uncertainty.autoregressive_steps import COLUMN, DENSITY, INPUT, LAGS, PAIR, ROWS, B, convergent, g, p_, phi
from theory.claims.uncertainty.stationary_lower_bound import no_filter, pulse
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    T,
    both,
    conj,
    delta,
    eq,
    exp,
    eye,
    fn,
    forall,
    le,
    lt,
    names,
    statement,
    sums,
    zero,
)
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.papers.uncertainty_inputs import density_of, held_against, missed, missed_under, response
from theory.steps import modulus_of_nonnegative

m, x, G = names("M x G")
k, n, o, y = names("k n o y")
BELOW = forall({"x": "real"}, [], le(G(x), m))
BOUND = le(g[0] - (S + p_) * m / (K + 1), L)
VARIABLES = {**FILTER, "p": "nat", "phi": SEQ, "g": SEQ, "B": "real", "M": "real"}
WHERE = [WHERE_FILTER, ("G", ["x"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every autoregressive input, by its density",
    says="Under an AR(p) input whose spectral density is at most M, a filter with S poles misses the shift by K by at least "
         "γ(0) − (S + p)M/(K + 1).",
    statement=statement(forall(VARIABLES, [STABLE, *INPUT, BELOW], both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every order of the input, in the trace",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "Σ|γ(k)| converges, γ(−k) = conj γ(k), Γ ≥ 0": "γ is no autocorrelation",
                "Yule and Walker": "γ(0) = 1 and γ(±K) = 1/4: the filter 1/4 at lag 0 captures 1/16, at every K", "Γ ≤ M": "M = 0"},
    limits="AR(1) has M = (1 + ρ)/(1 − ρ). With the roots r_j of the predictor, M = V/Π(1 − |r_j|)² will do "
           "(uncertainty.autoregressive_explicit_bound). The form in eigenvalues is sharper.",
)


@claim.derive
def first_order(step):
    """M for AR(1)."""
    from sympy import cancel, cos, pi, symbols

    from theory.papers.uncertainty_symbolic import confirm

    rho, w = symbols("rho omega", positive=True)
    density = step("Γ", (1 - rho**2) / (1 - 2 * rho * cos(w) + rho**2), why="UP.B4")
    top = step("M", (1 + rho) / (1 - rho), why="at ω = 0")
    confirm(step, "Γ(0)", [cancel(density.subs(w, 0) - top)], why="the supremum is taken at 0")
    room = cancel((top - density) * (1 - rho) * (1 - 2 * rho * cos(w) + rho**2) / (1 + rho))
    confirm(step, "M − Γ", [cancel(room - 2 * rho * (1 - cos(w))), density.subs(w, pi).subs(rho, 0) - 1],
        why="is 1 − cos ω times something positive")


@claim.certify
def proof(p, _):
    """[γ(k−j)] ⪯ M·I, so θ = M and H = 0 will do in the form with eigenvalues."""
    inhabited(p, H=None)
    convergent(p, p.given(2), p.given(3))
    count = K + 1
    low, high = (p.apply(p.given(n), shown, x=0) for n, shown in ((4, le(0, G(0))), (6, le(G(0), m))))
    p.squares(le(0, m), [(1, [low], "", 1), (1, [high], "", 1)])
    p.squares(le(zero(count, count), zero(count, count)))
    below = p.use("uncertainty.toeplitz_below_density", le(LAGS, m * eye(count)), N=count, g=g, B=B, M=m)
    p.squares(le(LAGS, m * eye(count) + zero(count, count)), [(1, [], below, eye(count))])
    at = {"S": S, "K": K, "a": a, "b": b, "p": p_, "phi": phi, "g": g, "B": B, "theta": m, "H": zero(count, count)}
    whole = p.use("uncertainty.autoregressive_lower_bound", both(ROWS, COLUMN, BOUND), **at)
    p.both(*(p.part(whole, shown) for shown in (ROWS, COLUMN, BOUND)))


claim.must_refuse(
    order_of_the_input_forgotten=changed(both(ROWS, COLUMN, le(g[0] - S * m / (K + 1), L))),
    sign_flipped=changed(le(L, g[0] - (S + p_) * m / (K + 1))),
    not_predicted=changed(le(g[0] - (S + p_) * m / (K + 1), L), given={5: None}),
    not_below=changed(given={6: None}),
)


@claim.refute("sign_flipped")
def silence_is_no_shift(p):
    """No filter under white noise: the loss is 1, and the bound is 0."""
    no_filter(p, lt(T(BOUND.json[1]), L), white(M=1), lambda p: predicted(p, below=True), room=1)


def echoes(p, gamma, lag):
    """γ = δ and a quarter at ±lag: summable, Hermitian, and its density 1 + (1/2) cos(lag·y) lies between 1/2 and 3/2."""
    quarter = T(1) / 4
    first = p.series("finite", sums("k", 0, delta(k, 0), 1), K=0, g=fn("k", 1))
    second = p.series("finite", sums("k", 0, delta(k, lag), 1), K=lag, g=fn("k", 1))
    whole = p.series("linear", sums("k", 0, gamma(k), T(5) / 4), using=[[first, 1, 1], [second, quarter, 1]])
    with p.generalise({"k": "int"}, [le(0, k)], eq(gamma(k), Abs(gamma(k)))) as same:
        parts = [p.order("basic", le(0, conj(d) * d), Y=d) for d in (delta(k, 0), delta(k, lag))]
        sign = p.squares(le(0, gamma(k)), [(1, [parts[0]], "", 1), (quarter, [parts[1]], "", 1)])
        p.identity(same.shows[3], [(modulus_of_nonnegative(p, gamma(k), sign), -1)])
    p.series("equal", sums("k", 0, Abs(gamma(k)), T(5) / 4), whole, same.fact)
    with p.generalise({"k": "int"}, [], eq(gamma(-k), conj(gamma(k)))) as even:
        p.identity(even.shows[3])
    wave = exp(IMAGINARY * lag * y)
    halves = ((0, gamma(k) * exp(-IMAGINARY * k * y), 1 + quarter * conj(wave)), (1, gamma(-k) * exp(IMAGINARY * k * y), quarter * wave))
    density = Series("k", 0, halves[0][1]) + Series("k", 1, halves[1][1])
    for goal, sign, room in ((le(T(1) / 2, density), 1, 0), (le(0, density), 1, T(1) / 2), (le(density, T(3) / 2), -1, 0)):
        with p.generalise({"y": "real"}, [], goal):
            values = []
            for lo, term, value in halves:
                pulse = exp((-1 if lo == 0 else 1) * IMAGINARY * k * y)
                once = [p.series("finite", sums("k", lo, delta(k, lag) * pulse, conj(wave) if lo == 0 else wave), K=lag, g=fn("k", pulse))]
                if lo == 0:
                    once.append(p.series("finite", sums("k", 0, delta(k, 0) * pulse, 1), K=0, g=fn("k", pulse)))
                total = p.series("linear", sums("k", lo, term, value), using=[[once[0], quarter, 1], *([part, 1, 1] for part in once[1:])])
                values.append(p.series("value", eq(Series("k", lo, term), value), total))
            p.squares(goal, [(quarter, [], "", 1 + sign * wave), (room, [], "", 1)], using=[(fact, -sign) for fact in values])


def at_zero(p, here, left, impulse, gamma, lag):
    """The loss at the pole 0 and the weight 1/4: 0^n is the pulse at 0."""
    power = pulse(p)

    def error(n):
        return T(1) / 4 * T(0) ** n - delta(n, lag)

    def apart(n):
        return impulse(n) - delta(n, lag)
    old, new = (e(n) * conj(e(o)) * gamma(n - o) for e in (error, apart))
    with p.generalise({"n": "int"}, [le(0, n)], eq(Series("o", 0, old), Series("o", 0, new))) as lines:
        with p.generalise({"o": "int"}, [le(0, o)], eq(old, new)) as cells:
            first, second = (p.apply(power, eq(T(0) ** q, delta(q, 0)), n=q) for q in (n, o))
            mirror = p.step("congruence", eq(conj(T(0) ** o), conj(delta(o, 0))), equal=second, context=fn("m_", conj("m_")))
            p.identity(cells.shows[3], [(first, conj(error(o)) * gamma(n - o) / 4), (mirror, apart(n) * gamma(n - o) / 4)])
        p.step("congruence", lines.shows[3], equal=cells.fact)
    return p.step("congruence", eq(Series("n", 0, Series("o", 0, old)), left), equal=lines.fact)


def echo(p, bound, room, /, **more):
    """γ(0) = 1 and γ(±80) = 1/4; the filter 1/4 at lag 0 misses 15/16 of the pulse at 80, less than the bound by the room."""
    quarter, lag = T(1) / 4, 80

    def gamma(n):
        return delta(n, 0) + quarter * delta(n, lag) + quarter * delta(n, -lag)

    def impulse(n):
        return quarter * delta(n, 0)
    values = {"S": 1, "K": lag, "a": fn("n", 0), "b": fn("n", quarter), "g": fn("n", gamma(n)), "B": T(5) / 4, **more}
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        echoes(p, gamma, lag)
    echoes(p, gamma, lag)
    p.series("finite", sums("k", 0, Abs(impulse(k)), quarter), K=0, g=fn("k", quarter))
    moved = {"x": fn("n", impulse(n)), "g": fn("n", gamma(-n)), "A": quarter, "B": T(5) / 4, "q": lag, "low": T(1) / 2, "high": T(3) / 2}
    pair, X = impulse(n) * conj(impulse(o)) * gamma(n - o), Series("n", 0, impulse(n) * gamma(n - lag))

    def apart(n):
        return impulse(n) - delta(n, lag)
    own, left = Series("n", 0, Series("o", 0, pair)), Series("n", 0, Series("o", 0, apart(n) * conj(apart(o)) * gamma(n - o)))
    distance = p.use("uncertainty.pulse_distance", eq(left, own - X - conj(X) + 1), **moved)
    met = p.series("value", eq(X, quarter * quarter), p.series(
        "finite", sums("n", 0, impulse(n) * gamma(n - lag), quarter * quarter), K=0, g=fn("n", quarter * gamma(n - lag))))
    mirrored_met = p.step("congruence", eq(conj(X), quarter * quarter), equal=met, context=fn("m_", conj("m_")))
    row = Series("o", 0, pair)
    with p.generalise({"n": "int"}, [le(0, n)], eq(row, quarter * impulse(n) * gamma(n))) as rows:
        p.series("value", rows.shows[3], p.series("finite", sums("o", 0, pair, quarter * impulse(n) * gamma(n)), K=0,
                                                  g=fn("o", quarter * impulse(n) * gamma(n - o))))
    whole = p.step("congruence", eq(own, Series("n", 0, quarter * impulse(n) * gamma(n))), equal=rows.fact)
    once = p.series("value", eq(Series("n", 0, quarter * impulse(n) * gamma(n)), quarter * quarter), p.series(
        "finite", sums("n", 0, quarter * impulse(n) * gamma(n), quarter * quarter), K=0, g=fn("n", quarter * quarter * gamma(n))))
    loss = at_zero(p, here, left, impulse, gamma, lag)
    return p.squares(here(lt(L, bound)), [(room, [], "", 1)],
                     using=[(loss, 1), (distance, 1), (met, -1), (mirrored_met, -1), (whole, 1), (once, 1)])


@claim.refute("not_predicted")
def captured_tail(p):
    """γ(0) = 1 and γ(±80) = 1/4 is no AR(0) input: at K = 80 the filter 1/4 at lag 0 misses 15/16, less than 1 − (3/2)/81 = 53/54."""
    echo(p, g[0] - (S + p_) * m / (K + 1), T(19) / 432, p=0, phi=fn("n", 0), M=T(3) / 2)


def floor(order, degree, top, lag):
    """The formula: 1 − (S + p)M/(K + 1)."""
    return 1 - (order + degree) * top / (lag + 1)


INPUTS = {"AR(1)": [0.3], "AR(2), a pair": [0.2 + 0.3j, 0.2 - 0.3j], "AR(3)": [0.3, -0.2, 0.1], "AR(2), complex": [0.3j, 0.2]}


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses of 3000 samples; M is the largest value of |Σ h_n e^{−iωn}|²."""
    import numpy as np

    return held_against(((1, 12), (2, 30), (4, 60)), lambda _: {name: (len(decays), response(decays, 3000)) for name, decays in
                                                                INPUTS.items()},
                        lambda given, poles, lag: missed(given[1], poles, lag),
                        lambda order, given, lag: floor(order, given[0], float(np.max(np.abs(np.fft.fft(given[1], 1 << 14)) ** 2)), lag))


@claim.oracle
def weighted_frequencies():
    """Least squares in the frequency domain with the weight Γ = σ²/|φ|²."""
    return held_against(((1, 20), (3, 50)), lambda _: {name: (len(decays), density_of(decays)) for name, decays in INPUTS.items()},
                        lambda given, poles, lag: missed_under(given[1], poles, lag),
                        lambda order, given, lag: floor(order, given[0], float(given[1].max()), lag))
