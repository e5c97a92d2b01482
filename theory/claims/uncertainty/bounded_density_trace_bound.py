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
from theory.language import SEQ, Series, T, both, delta, eye, fn, forall, le, lt, ne, statement, zero
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.proof import explained

BOUND = le(g[0] - (S * high**2 + TAILS) / (low * J), L)
VARIABLES = {**FILTER, "g": SEQ, "B": "real", "J": "nat", "low": "real", "high": "real"}
WHERE = [WHERE_FILTER, ("G", ["y"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every bounded density, in the trace",
    says="Under an input whose spectral density lies between m > 0 and M, a filter with S poles misses the shift by K by at least "
         "γ(0) − (SM² + Σ_{r=1}^J Σ_{l=1}^{J−r} |γ(K + 1 − l)|²)/(mJ), for every J ≤ K + 1.",
    statement=statement(forall(VARIABLES, [STABLE, *INPUT], both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every bounded density, in the trace",
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
    tail_forgotten=changed(both(ROWS, COLUMN, le(g[0] - S * high**2 / (low * J), L))),
    one_lag_more=changed(both(ROWS, COLUMN, le(g[0] - (S * high**2 + TAILS) / (low * (J + 1)), L))),
    ratio_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S * high + TAILS) / J, L))),
    sign_flipped=changed(lt(L, g[0] - (S * high**2 + TAILS) / (low * J))),
    density_reaches_zero=changed(given={6: None}),
)


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
