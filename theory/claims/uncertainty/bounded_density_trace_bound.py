"""Lower bound on the loss under every bounded density, in the trace."""
from theory.claim import Claim
from theory.claims.uncertainty.autoregressive_lower_bound import pole_choices
from theory.claims.uncertainty.bounded_density_lower_bound import (
    COLUMN,
    DENSITY,
    INPUT,
    LAGS,
    PAIR,
    ROWS,
    TAILS,
    B,
    J,
    ends_of,
    g,
    high,
    low,
    no_filter,
    taps,
    white_noise,
)
from theory.claims.uncertainty.earlier_lag import mirrored
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
    ne,
    statement,
    sums,
    zero,
)
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.proof import explained
from theory.steps import modulus_of_nonnegative

k, m, n, y = names("k m n y")
BOUND = le(g[0] - (S * high**2 + TAILS) / (low * J), L)
VARIABLES = {**FILTER, "g": SEQ, "B": "real", "J": "nat", "low": "real", "high": "real"}
WHERE = [WHERE_FILTER, ("G", ["y"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every density between two positive bounds, in the trace",
    says="Under an input whose spectral density lies between m > 0 and M, a filter with S poles misses the shift by K by at least "
         "γ(0) − (SM² + Σ_{r=1}^J Σ_{l=1}^{J−r} |γ(K + 1 − l)|²)/(mJ), for every J ≤ K + 1.",
    statement=statement(forall(VARIABLES, [STABLE, *INPUT], both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", reference="stronger than Theorem 3: every density between two positive bounds, in the trace",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "Σ|γ(k)| converges, γ(−k) = conj γ(k)": "the loss need not be defined or "
                "real", "m ≤ Γ ≤ M, m > 0": "the tail of γ may be captured", "1 ≤ J ≤ K + 1": "there are K + 1 lags"},
    limits="For white noise and J = K + 1 this is 1 − S/(K + 1). The form in eigenvalues is sharper.",
)


@claim.derive
def white(step):
    """m = M = 1."""
    from sympy import symbols

    from theory.papers.uncertainty_symbolic import confirm

    order, lag, least, most, tail = symbols("S K m M T", positive=True)
    bound = step("bound", 1 - (order * most**2 + tail) / (least * (lag + 1)), why="J = K + 1, γ(0) = 1")
    confirm(step, "white noise", [(bound - (1 - order / (lag + 1))).subs({least: 1, most: 1, tail: 0})], why="m = M = 1 and no tail: UP.T2")


@claim.certify
def proof(p, _):
    """[γ(k−j)] ⪯ M·I, so θ = M and H = 0 will do in the form with eigenvalues."""
    with p.inhabited_by(S=0, K=0, a=fn("n", 0), b=fn("n", 0), g=fn("n", delta("n", 0)), B=1, J=1, low=1, high=1):
        white_noise(p)
    applied(p, mirrored(p)[1])


@explained
def applied(p, proper):
    """The form with eigenvalues at θ = M and H = 0."""
    p.squares(le(0, high), [(1, [proper["top"]], "", 1)])
    p.order("product", ne(low * J, 0), proper["least"], p.order("nonzero", ne(J, 0), p.squares(
        lt(0, J), [(1, [], "", 1), (1, [p.given(7)], "", 1)])))
    p.squares(le(zero(J, J), zero(J, J)))
    below = p.use("uncertainty.toeplitz_below_density", le(LAGS, high * eye(J)), N=J, g=g, B=B, M=high)
    p.squares(le(LAGS, high * eye(J) + zero(J, J)), [(1, [], below, eye(J))])
    whole = p.use("uncertainty.bounded_density_lower_bound", both(ROWS, COLUMN, BOUND), S=S, K=K, a=a, b=b, g=g, B=B, J=J, low=low,
        high=high,
                  theta=high, H=zero(J, J))
    p.both(*(p.part(whole, shown) for shown in (ROWS, COLUMN, BOUND)))


claim.must_refuse(
    tail_forgotten=changed(le(g[0] - S * high**2 / (low * J), L)),
    ratio_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S * high + TAILS) / J, L))),
    sign_flipped=changed(lt(L, g[0] - (S * high**2 + TAILS) / (low * J))),
    density_reaches_zero=changed(given={6: None}),
)


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
    with p.generalise({"n": "int"}, [le(0, n)], eq(T(0) ** n, delta(n, 0))) as power:
        split, branches = p.new_id(), {}
        for name in ("less", "equal", "greater"):
            with p.branch() as branches[name]:
                case = f"{split}.{name}.1"
                if name == "equal":
                    one = p.step("congruence", eq(T(0) ** n, 1), equal=case, context=fn("m_", T(0) ** T("m_")))
                    two = p.step("congruence", eq(delta(n, 0), 1), equal=case, context=fn("m_", delta("m_", 0)))
                    p.identity(power.shows[3], [(one, 1), (two, -1)])
                elif name == "less":
                    p.step("contradiction", power.shows[3], **{"from": p.squares(lt(0, 0), [(1, [case], "", 1), (1, [power(1)], "", 1)])})
                else:
                    p.order("gap", le(1, n), case)
                    z = names("z_")
                    with p.generalise({"z_": "complex"}, [], eq(z**n, z * z ** (n - 1))) as every:
                        p.identity(every.shows[3])
                    p.identity(power.shows[3], [(p.apply(every.fact, eq(T(0) ** n, 0), z_=0), 1)])
        p.step("cases", power.shows[3], split, on=[n, 0], **branches)

    def error(n):
        return T(1) / 4 * T(0) ** n - delta(n, lag)

    def apart(n):
        return impulse(n) - delta(n, lag)
    old, new = (e(n) * conj(e(m)) * gamma(n - m) for e in (error, apart))
    with p.generalise({"n": "int"}, [le(0, n)], eq(Series("m", 0, old), Series("m", 0, new))) as lines:
        with p.generalise({"m": "int"}, [le(0, m)], eq(old, new)) as cells:
            first, second = (p.apply(power.fact, eq(T(0) ** q, delta(q, 0)), n=q) for q in (n, m))
            mirror = p.step("congruence", eq(conj(T(0) ** m), conj(delta(m, 0))), equal=second, context=fn("m_", conj("m_")))
            p.identity(cells.shows[3], [(first, conj(error(m)) * gamma(n - m) / 4), (mirror, apart(n) * gamma(n - m) / 4)])
        p.step("congruence", lines.shows[3], equal=cells.fact)
    return p.step("congruence", eq(Series("n", 0, Series("m", 0, old)), left), equal=lines.fact)


@claim.refute("tail_forgotten")
def captured_tail(p):
    """γ(0) = 1 and γ(±80) = 1/4, so 1/2 ≤ Γ ≤ 3/2: at K = 80 the filter 1/4 at lag 0 misses 15/16, less than 1 − (9/4)/(81/2) = 17/18."""
    echo(p, g[0] - S * high**2 / (low * J), T(1) / 144, J=81, low=T(1) / 2, high=T(3) / 2)


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
    pair, X = impulse(n) * conj(impulse(m)) * gamma(n - m), Series("n", 0, impulse(n) * gamma(n - lag))

    def apart(n):
        return impulse(n) - delta(n, lag)
    own, left = Series("n", 0, Series("m", 0, pair)), Series("n", 0, Series("m", 0, apart(n) * conj(apart(m)) * gamma(n - m)))
    distance = p.use("uncertainty.pulse_distance", eq(left, own - X - conj(X) + 1), **moved)
    met = p.series("value", eq(X, quarter * quarter), p.series(
        "finite", sums("n", 0, impulse(n) * gamma(n - lag), quarter * quarter), K=0, g=fn("n", quarter * gamma(n - lag))))
    mirrored_met = p.step("congruence", eq(conj(X), quarter * quarter), equal=met, context=fn("m_", conj("m_")))
    row = Series("m", 0, pair)
    with p.generalise({"n": "int"}, [le(0, n)], eq(row, quarter * impulse(n) * gamma(n))) as rows:
        p.series("value", rows.shows[3], p.series("finite", sums("m", 0, pair, quarter * impulse(n) * gamma(n)), K=0,
                                                  g=fn("m", quarter * impulse(n) * gamma(n - m))))
    whole = p.step("congruence", eq(own, Series("n", 0, quarter * impulse(n) * gamma(n))), equal=rows.fact)
    once = p.series("value", eq(Series("n", 0, quarter * impulse(n) * gamma(n)), quarter * quarter), p.series(
        "finite", sums("n", 0, quarter * impulse(n) * gamma(n), quarter * quarter), K=0, g=fn("n", quarter * quarter * gamma(n))))
    loss = at_zero(p, here, left, impulse, gamma, lag)
    return p.squares(here(lt(L, bound)), [(room, [], "", 1)],
                     using=[(loss, 1), (distance, 1), (met, -1), (mirrored_met, -1), (whole, 1), (once, 1)])


@claim.refute("sign_flipped")
def silence_is_no_shift(p):
    """No filter under white noise: the loss is 1, and the bound is 1."""
    no_filter(p, le(T(BOUND.json[1]), L), 0)


def floor(order, gamma, ends, lag, rows):
    """The formula: 1 − (SM² + tail)/(mJ)."""
    tail = sum((rows - place) * abs(gamma[lag + 1 - place]) ** 2 for place in range(1, rows))
    return 1 - float(order * ends[1] ** 2 + tail) / (ends[0] * rows)


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses to a moving average."""
    import numpy as np

    from theory.claims.uncertainty.bounded_density_lower_bound import autocorrelation
    from theory.papers.uncertainty_measurements import bounded

    results, count = [], 3000
    for order, lag in ((1, 8), (2, 20), (3, 60)):
        for name, response in taps(lag).items():
            h, ends = ends_of(response)
            own = np.concatenate([h, np.zeros(count - len(h))])
            for kind, poles in pole_choices(order, lag).items():
                state, driven = np.zeros(order, complex), np.zeros((count, order), complex)
                for index in range(count):
                    state = poles * state + own[index]
                    driven[index] = state
                target = np.concatenate([np.zeros(lag), own[:count - lag]])
                weights, *_ = np.linalg.lstsq(driven, target, rcond=None)
                measured = float(np.linalg.norm(driven @ weights - target) ** 2)
                least = floor(order, autocorrelation(h, lag), ends, lag, lag + 1)
                results.append(bounded(f"{name}, {kind} poles", {"S": order, "K": lag}, measured, least, measured >= least - 1e-9 > 0))
    return results


@claim.oracle
def weighted_frequencies():
    """Least squares in the frequency domain, with the autocorrelation from the density."""
    import numpy as np

    from theory.papers.uncertainty_measurements import bounded

    results, w = [], 2 * np.pi * np.arange(8192) / 8192
    for order, lag in ((1, 10), (3, 40)):
        for name, response in taps(lag).items():
            h, _ = ends_of(response)
            density = np.abs(sum(value * np.exp(-1j * index * w) for index, value in enumerate(h))) ** 2
            gamma = np.array([np.mean(density * np.exp(1j * k * w)) for k in range(lag + 1)])
            for kind, poles in pole_choices(order, lag).items():
                rows = np.sqrt(density)[:, None] / (1 - poles * np.exp(-1j * w)[:, None])
                target = np.sqrt(density) * np.exp(-1j * lag * w)
                weights, *_ = np.linalg.lstsq(rows, target, rcond=None)
                measured = float(np.mean(np.abs(rows @ weights - target) ** 2))
                least = floor(order, gamma, (float(density.min()), float(density.max())), lag, lag + 1)
                results.append(bounded(f"{name}, {kind} poles", {"S": order, "K": lag}, measured, least, measured >= least - 1e-9))
    return results
