"""Lower bound on the loss under every input with a spectral density between two positive bounds."""
from theory.claim import Claim
from theory.claims.uncertainty.earlier_lag import mirrored
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    Sum,
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
    mat,
    matrix,
    names,
    ne,
    re,
    statement,
    sums,
    tr,
    within,
    zero,
)
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b, c, s
from theory.proof import explained
from theory.steps import positive_reciprocal

g, B, J, low, high, theta, H, G = names("g B J low high theta H G")
j, k, m, n, r, y = names("j k m n r y")
tap = names("l")
LAGS = matrix("j", J, "k", J, g[k - j])
DENSITY = Series("k", 0, g[k] * exp(-IMAGINARY * k * y)) + Series("k", 1, g[-k] * exp(IMAGINARY * k * y))
PAIR = (c(k) - delta(k, K)) * conj(c(m) - delta(m, K)) * g[k - m]
ROWS = forall({"k": "int"}, [le(0, k)], sums("m", 0, PAIR, Series("m", 0, PAIR)))
COLUMN = sums("k", 0, Series("m", 0, PAIR), L)
INPUT = [sums("k", 0, Abs(g[k]), B), forall({"k": "int"}, [], eq(g[-k], conj(g[k]))), forall({"y": "real"}, [], le(low, G(y))),
         forall({"y": "real"}, [], le(G(y), high)), lt(0, low), le(1, J), le(J, K + 1)]
TAILS = Sum("r", 1, J, Sum("l", 1, J - r, Abs(g[K + 1 - tap]) ** 2))
SHARE = S * theta + tr(H)
BOUND = le(g[0] - (high * SHARE + TAILS) / (low * J), L)
VARIABLES = {**FILTER, "g": SEQ, "B": "real", "J": "nat", "low": "real", "high": "real", "theta": "real", "H": mat(J, J)}
GIVEN = [STABLE, *INPUT, le(0, theta), le(zero(J, J), H), le(LAGS, theta * eye(J) + H)]
WHERE = [WHERE_FILTER, ("G", ["y"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every density between two positive bounds",
    says="Under an input whose spectral density lies between m > 0 and M, a filter with S poles misses the shift by K by at least "
         "γ(0) − (M(Sθ + tr H) + Σ_{r=1}^J Σ_{l=1}^{J−r} |γ(K + 1 − l)|²)/(mJ), for every J ≤ K + 1, θ ≥ 0 and H ⪰ 0 with "
         "[γ(k−j)] ⪯ θI + H, J rows; the least Sθ + tr H is the sum of the S largest eigenvalues of that Toeplitz matrix.",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", reference="stronger than Theorem 3: every density between two positive bounds",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "Σ|γ(k)| converges, γ(−k) = conj γ(k)": "the loss need not be defined or "
                "real", "m ≤ Γ ≤ M, m > 0": "the tail of γ may be captured: γ(0) = 1, γ(±K) = 1/2, and the filter 1/2 at lag 0 misses 3/4",
                "1 ≤ J ≤ K + 1": "there are K + 1 lags", "θ ≥ 0, H ⪰ 0, [γ(k−j)] ⪯ θI + H": "otherwise Sθ + tr H is no bound"},
    limits="A density that touches 0, or whose γ is not summable, is not covered. For white noise and J = K + 1 this is "
           "1 − S/(K + 1). The tail of γ cannot be left out: a bound in S, K, m and M alone would be "
           "wrong for γ(±K) ≠ 0. For AR(p) inputs the bound of uncertainty.autoregressive_lower_bound is sharper when K is large.",
)


@claim.derive
def one_lag_back(step):
    """Three real values of a filter, moved back by one lag: what the earlier loss has to spare."""
    from sympy import expand, symbols

    from theory.papers.uncertainty_symbolic import confirm

    low, high, c0, c1, c2 = symbols("m M c0 c1 c2", positive=True)
    gamma = step("γ", symbols("gamma0:4", real=True), why="lags 0 to 3; K = 2, q = 1")
    share = step("share", low / high, why="what is left of the filter")

    def form(e):
        return sum(s * t * gamma[abs(i - j)] for i, s in enumerate(e) for j, t in enumerate(e))
    loss = step("L", expand(form((c0, c1, c2 - 1))), why="at the lag 2")
    earlier = step("Q", expand(form((share * c1, share * c2 - 1))), why="at the lag 1")
    claimed = share * (loss - gamma[0]) + gamma[0] + gamma[2] ** 2 / high
    spare = [share * (form((c0, c1, c2)) - low * (c0**2 + c1**2 + c2**2)), high * share**2 * (c1**2 + c2**2) - form((share * c1,
        share * c2)),
             share * low * (c0 - gamma[2] / low) ** 2]
    confirm(step, "what is spare", [expand(claimed - earlier - sum(spare))], why="Q(c) − mΣ|c|², MΣ|c|² − Q(c) moved back, and a square")


def earlier(n):
    """The error of the filter moved to the lag K − J + r."""
    return low / high * c(n + J - r) - delta(n, K - J + r)


USED = Series("n", 0, Series("m", 0, earlier(n) * conj(earlier(m)) * g[n - m]))
LAST = Sum("l", 1, J - r, Abs(g[K + 1 - tap]) ** 2)
ROOM = low / high * (L - g[0]) + g[0] + LAST / high - USED


@claim.certify
def proof(p, _):
    """A filter that has the loss L at the lag K, moved back by q lags and times m/M, has at most the loss
    (m/M)(L − γ(0)) + γ(0) + (1/M) Σ_{l≤q} |γ(K + 1 − l)|² at the lag K − q, and these filters have the same S poles. So J of them leave at
    least Jγ(0) − Sθ − tr H of J pulses.
    """
    values = {"S": 0, "K": 0, "a": fn("n", 0), "b": fn("n", 0), "g": fn("n", delta(n, 0)), "B": 1, "J": 1, "low": 1, "high": 1, "theta": 1,
              "H": 0}
    with p.inhabited_by(**values):
        white_noise(p)
    _, proper = mirrored(p)
    size, found = summable(p), moved(p)
    fit = fitted(p, proper["inside"])
    whole = together(p, proper, fit, found)
    p.both(*size, whole)


def white_noise(p):
    """γ = δ meets the hypotheses, with the density 1."""
    p.series("finite", sums("k", 0, Abs(delta(k, 0)), 1), K=0, g=fn("k", 1))
    with p.generalise({"k": "int"}, [], eq(delta(-k, 0), conj(delta(k, 0)))) as even:
        p.identity(even.shows[3])
    first, second = delta(k, 0) * exp(-IMAGINARY * k * y), delta(-k, 0) * exp(IMAGINARY * k * y)
    noise = Series("k", 0, first) + Series("k", 1, second)
    for goal, sign in ((le(1, noise), -1), (le(noise, 1), 1)):
        with p.generalise({"y": "real"}, [], goal):
            one = p.series("value", eq(Series("k", 0, first), 1), p.series(
                "finite", sums("k", 0, first, 1), K=0, g=fn("k", exp(-IMAGINARY * k * y))))
            none = p.series("value", eq(Series("k", 1, second), 0), p.series("linear", sums("k", 1, second, 0), using=[]))
            p.squares(goal, [], using=[(one, sign), (none, sign)])


@explained
def summable(p):
    """The impulse response is summable; the loss converges."""
    with p.generalise({"s": "int"}, within(1, s, S), sums("n", 0, b[s] * a[s] ** n, b[s] / (1 - a[s]))) as cell:
        below = p.apply(p.given(1), lt(Abs(a[s]), 1), s=s)
        with p.contradiction(ne(1 - a[s], 0)) as absurd:
            one = p.step("congruence", eq(Abs(a[s]), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - T("m_"))))
            p.squares(lt(0, 0), [(1, [below], "", 1)], using=[(one, -1)])
        plain = p.series("geometric", sums("n", 0, a[s] ** n, 1 / (1 - a[s])), below, z=a[s])
        p.series("linear", cell.shows[3], using=[[plain, b[s], 1]])
    whole = p.series("exchange", sums("n", 0, c(n), Sum("s", 1, S, b[s] / (1 - a[s]))), cell.fact)
    p.series("absolute", sums("k", 0, Abs(c(k)), Series("k", 0, Abs(c(k)))), whole)
    at = {"C": fn("n", c(n)), "g": g, "A": Series("k", 0, Abs(c(k))), "B": B, "K": K, "q": 0, "low": low, "high": high}
    return [p.use("uncertainty.earlier_lag", shown, **at) for shown in (ROWS, COLUMN)]


@explained
def moved(p):
    """The J filters at the lags K − J + 1, …, K, by their distance J − r to the lag K."""
    facts = []
    for shown in (le(0, re(ROOM)), eq(re(ROOM), ROOM)):
        with p.generalise({"r": "int"}, within(1, r, J), shown) as each:
            p.squares(le(J - r, K), [(1, [p.given(8)], "", 1), (1, [each(1)], "", 1)])
            bound = p.use("uncertainty.earlier_lag", le(USED, low / high * (L - g[0]) + g[0] + LAST / high), C=fn("n", c(n)), g=g,
                          A=Series("k", 0, Abs(c(k))), B=B, K=K, q=J - r, low=low, high=high)
            here = p.squares(le(0, ROOM), [(1, [bound], "", 1)])
            real = p.step("quadratic_form", eq(conj(ROOM), ROOM), mode="hermitian", **{"from": [here]})
            if shown.json[0] == "=":
                p.identity(shown, [(real, T(1) / 2)])
            else:
                p.squares(shown, [(1, [here], "", 1)], using=[(real, -T(1) / 2)])
        facts.append(each.fact)
    return facts


@explained
def fitted(p, inside):
    """J filters with S poles against J pulses."""
    backwards = Series("k", 0, g[-k] * exp(-IMAGINARY * k * y)) + Series("k", 1, g[k] * exp(IMAGINARY * k * y))
    with p.generalise({"y": "real"}, [], le(0, backwards)) as positive:
        here = p.apply(inside, le(low, backwards), y=y)
        p.squares(positive.shows[3], [(1, [here], "", 1), (1, [p.given(6)], "", 1)])
    p.squares(le(-1, K - J), [(1, [p.given(8)], "", 1)])
    p.series("peel", sums("k", 1, Abs(g[k]), B - Abs(g[0])), p.given(2))
    return p.use("uncertainty.spectral_fit", le(J * g[0] - SHARE, Sum("r", 1, J, USED)), S=S, p=0, N=J, d=K - J, a=a,
                 R=matrix("s", S, "r", J, low / high * b[s] * a[s] ** (J - r)), Z=zero(0, J), g=fn("n", g[-n]), B=B, M=B - Abs(g[0]),
                 theta=theta, H=H)


@explained
def together(p, proper, fit, found):
    """The J inequalities are added and divided by mJ/M."""
    sums_up = p.use("algebra.sum_nonnegative", le(0, Sum("r", 1, J, re(ROOM))), n=J, f=fn("r", re(ROOM)))
    same = p.step("congruence", eq(Sum("r", 1, J, re(ROOM)), Sum("r", 1, J, ROOM)), equal=found[1])
    total = p.squares(le(0, Sum("r", 1, J, ROOM)), [(1, [sums_up], "", 1)], using=[(same, 1)])
    lags = p.squares(lt(0, J), [(1, [], "", 1), (1, [p.given(7)], "", 1)])
    many = p.order("nonzero", ne(J, 0), lags)
    p.order("product", ne(low * J, 0), proper["least"], many)
    share = positive_reciprocal(p, J, lags, many)
    top = p.squares(le(0, high), [(1, [proper["top"]], "", 1)])
    factors = [share, proper["reciprocal"], top]
    return p.squares(BOUND, [(1, [*factors, total], "", 1), (1, [*factors, fit], "", 1)],
                     nonzero=[proper["least"], proper["high"], many])


claim.must_refuse(
    tail_forgotten=changed(both(ROWS, COLUMN, le(g[0] - high * SHARE / (low * J), L))),
    without_the_trace=changed(both(ROWS, COLUMN, le(g[0] - (high * S * theta + TAILS) / (low * J), L))),
    ratio_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (SHARE + TAILS) / J, L))),
    sign_flipped=changed(le(L, g[0] - (high * SHARE + TAILS) / (low * J))),
    density_reaches_zero=changed(given={6: None}),
    too_many_lags=changed(given={8: None}),
)


@claim.refute("sign_flipped")
def silence_is_no_shift(p):
    """No filter under white noise: the loss is 1, and with θ = 0 and H = 1 the bound is 0."""
    no_filter(p, lt(T(BOUND.json[1]), L), 1, theta=0, H=1)


def no_filter(p, shown, room, **more):
    """S = 0, K = 0, J = 1 and white noise: the loss is 1; what is shown has so much room."""
    values = {"S": 0, "K": 0, "a": fn("n", 0), "b": fn("n", 0), "g": fn("n", delta(n, 0)), "B": 1, "J": 1, "low": 1, "high": 1, **more}
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        white_noise(p)
    white_noise(p)
    row = Series("m", 0, delta(k, 0) * delta(m, 0) * delta(k - m, 0))
    with p.generalise({"k": "int"}, [le(0, k)], eq(row, delta(k, 0))) as rows:
        inner = p.series("finite", sums("m", 0, delta(m, 0) * delta(k, 0) * delta(k - m, 0), delta(k, 0)), K=0,
                         g=fn("m", delta(k, 0) * delta(k - m, 0)))
        p.series("value", eq(row, delta(k, 0)), inner)
    whole = p.step("congruence", eq(Series("k", 0, row), Series("k", 0, delta(k, 0))), equal=rows.fact)
    once = p.series("value", eq(Series("k", 0, delta(k, 0)), 1), p.series("finite", sums("k", 0, delta(k, 0), 1), K=0, g=fn("k", 1)))
    return p.squares(here(shown), [(room, [], "", 1)], using=[(whole, -1), (once, -1)])


def least_loss(order, gamma, ends, lag, rows):
    """The formula at its best θ and H: 1 less M times the S largest eigenvalues and the tail, over mJ."""
    import numpy as np

    from theory.claims.uncertainty.autoregressive_lower_bound import toeplitz

    largest = np.sum(np.linalg.eigvalsh(toeplitz(gamma[:rows]))[::-1][:order])
    tail = sum(abs(gamma[lag + 1 - place]) ** 2 for r in range(1, rows + 1) for place in range(1, rows - r + 1))
    return 1 - float(ends[1] * largest + tail) / (ends[0] * rows)


def taps(lag):
    """Moving averages, one of them with a correlation at the lag itself, and one complex."""
    echo = [1.0] + [0.0] * (lag - 1) + [0.08]
    return {"MA(1)": [1, 0.1], "MA(2)": [1, -0.1, 0.05], "an echo at the lag": echo, "MA(1), complex": [1, 0.1j]}


def ends_of(response):
    """The least and the largest value of |Σ h_n e^{−iωn}|² on a fine grid, and γ(0), …, of white noise through h, scaled to γ(0) = 1."""
    import numpy as np

    h = np.array(response, complex) / np.linalg.norm(response)
    density = np.abs(np.fft.fft(h, 1 << 14)) ** 2
    return h, (float(density.min()), float(density.max()))


def autocorrelation(h, count):
    """γ(0), …, γ(count) from the response, by the sum that defines it."""
    import numpy as np

    padded = np.concatenate([h, np.zeros(count + 1)])
    return np.array([np.vdot(padded[:len(h)], padded[lag:lag + len(h)]) for lag in range(count + 1)])


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses to a moving average, for several J."""
    import numpy as np

    from theory.claims.uncertainty.autoregressive_lower_bound import pole_choices
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
                least = max(least_loss(order, autocorrelation(h, lag), ends, lag, rows) for rows in (lag + 1, lag, lag // 2 + 1))
                results.append(bounded(f"{name}, {kind} poles", {"S": order, "K": lag}, measured, least, measured >= least - 1e-9 > 0))
    return results


@claim.oracle
def weighted_frequencies():
    """Least squares in the frequency domain, with the autocorrelation from the density."""
    import numpy as np

    from theory.claims.uncertainty.autoregressive_lower_bound import pole_choices
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
                least = least_loss(order, gamma, (float(density.min()), float(density.max())), lag, lag + 1)
                results.append(bounded(f"{name}, {kind} poles", {"S": order, "K": lag}, measured, least, measured >= least - 1e-9))
    return results
