"""Lower bound on the loss under every autoregressive input, in the eigenvalues of a Toeplitz matrix."""
from theory.claim import Claim
from theory.claims.uncertainty.autoregressive_steps import (
    ABOVE,
    BOUND,
    COLUMN,
    DENSITY,
    INPUT,
    PAIR,
    ROWS,
    SHARE,
    B,
    H,
    L,
    convergent,
    g,
    inhabited,
    p_,
    phi,
    theta,
)
from theory.claims.uncertainty.prediction_error import white_noise
from theory.claims.uncertainty.stationary_lower_bound import no_filter
from theory.language import (
    SEQ,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    entry,
    eq,
    fn,
    forall,
    le,
    lt,
    mat,
    matrix,
    names,
    statement,
    tr,
    vec,
    within,
)
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, S, a, b, c
from theory.papers.uncertainty_inputs import correlations, density_of, held_against, missed, missed_under, response
from theory.proof import explained

j, k, m, n, x, y = names("j k m n x y")
place = names("l")
VARIABLES = {**FILTER, "p": "nat", "phi": SEQ, "g": SEQ, "B": "real", "theta": "real", "H": mat(K + 1, K + 1)}
GIVEN = [STABLE, *INPUT, *ABOVE]
WHERE = [WHERE_FILTER, ("G", ["x"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every autoregressive input",
    says="Under an AR(p) input, γ(k) = Σ_{j=1}^p φ_j γ(k−j) for k ≥ 1, a filter with S poles misses the shift by K by at least "
         "γ(0) − ((S + p)θ + tr H)/(K + 1) whenever θ ≥ 0, H ⪰ 0 and [γ(k−j)] ⪯ θI + H; the least (S + p)θ + tr H is the sum of the S + p "
         "largest eigenvalues of that Toeplitz matrix of K + 1 rows.",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every order of the input",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "Σ|γ(k)| converges, γ(−k) = conj γ(k)": "the loss need not be defined or "
                "real", "Γ ≥ 0": "γ is no autocorrelation, and the loss may be negative",
                "Yule and Walker": "γ(0) = 1 and γ(±K) = 1/4: the filter 1/4 at lag 0 captures 1/16, at every K",
                "θ ≥ 0, H ⪰ 0, [γ(k−j)] ⪯ θI + H": "otherwise (S + p)θ + tr H is no bound for sums of eigenvalues"},
    limits="Any poles: repeated, zero or those of the input. Complex inputs too. That the least (S + p)θ + tr H is a sum of eigenvalues is "
           "not part of what is proved. uncertainty.stationary_lower_bound, which needs γ for its D, "
           "is sharper in every case that was measured; that it always is, is not part of what is proved either.",
)


@claim.certify
def proof(p, _):
    """The shift that predicts does not increase the norm of the input, and it turns the error at the lag k + 1 into one at the lag k, by a
    filter with the same poles and p direct terms. So the K + 1 errors at the lags K, …, 0 add up to at most (K + 1)L, while S + p
    functions can fit K + 1 pulses only to tr[γ(k−j)] − (S + p)θ − tr H.
    """
    inhabited(p, H=0)
    convergent(p, p.given(2), p.given(3))
    column, companion = predictor(p)
    with p.generalise({"l": "int"}, [le(0, place)], eq(c(place), c(place))):
        p.identity(eq(c(place), c(place)))
    at = {"S": S, "K": K, "a": a, "b": b, "p": p_, "phi": phi, "g": g, "B": B, "theta": theta, "H": H, "F": column, "M": companion,
        "C": fn("n", c(n))}
    whole = p.use("uncertainty.autoregressive_companion", both(ROWS, COLUMN, BOUND), **at)
    p.both(*(p.part(whole, shown) for shown in (ROWS, COLUMN, BOUND)))


@explained
def predictor(p):
    """The column of the coefficients of the predictor and its companion matrix."""
    row, column_, v = names("row place v_")
    column = vec("row", p_, conj(phi[row]))
    companion = matrix("row", p_, "place", p_, delta(row + 1, column_) + conj(phi[row]) * delta(column_, 1))
    with p.generalise({"j": "int"}, within(1, j, p_), eq(entry(column, j, 1), conj(phi[j]))) as first:
        p.identity(first.shows[3])
    moved = Sum("v_", 1, p_, delta(j + 1, v) * entry(y, v, 1)) + conj(phi[j]) * Sum("v_", 1, p_, delta(v, 1) * entry(y, v, 1))
    with p.generalise({"y": mat(p_), "j": "int"}, within(1, j, p_), eq(entry(companion @ y, j, 1), moved)) as second:
        p.identity(second.shows[3])
    return column, companion


@claim.derive
def two_steps(step):
    """p = 2, one pole: the errors at three lags and what the shift that predicts takes from their energy."""
    from sympy import expand, symbols

    from theory.papers.uncertainty_symbolic import confirm

    f1, f2, x0, x1, x2 = symbols("f1 f2 x0 x1 x2", real=True)
    lags = [step("γ(0)", 1 - f2, why="up to a common factor"), step("γ(1)", f1, why="γ(1)(1 − φ_2) = φ_1 γ(0)")]
    for k in (2, 3):
        lags.append(step(f"γ({k})", expand(f1 * lags[k - 1] + f2 * lags[k - 2]), why="Yule and Walker"))

    def form(e):
        return sum(s * t * lags[abs(i - j)] for i, s in enumerate(e) for j, t in enumerate(e))
    moved = step("Ux", (x1 + f1 * x0, x2 + f2 * x0), why="what falls out goes to the predictor")
    variance = step("V", lags[0] - f1 * lags[1] - f2 * lags[2], why="γ(0) − φ_1γ(1) − φ_2γ(2)")
    confirm(step, "what is lost", [expand(form((x0, x1, x2)) - form(moved) - variance * x0**2)], why="V x_0²")


claim.must_refuse(
    order_of_the_input_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S * theta + tr(H)) / (K + 1), L))),
    without_the_trace=changed(both(ROWS, COLUMN, le(g[0] - (S + p_) * theta / (K + 1), L))),
    sign_flipped=changed(le(L, g[0] - SHARE / (K + 1))),
    not_predicted=changed(given={5: None}),
    density_of_any_sign=changed(given={4: None}),
    not_below=changed(given={8: None}),
)


@claim.refute("sign_flipped")
def silence_is_no_shift(p):
    """No filter under white noise: the loss is 1, and with θ = 1 the bound is 0."""
    no_filter(p, lt(T(BOUND.json[1]), L), white(theta=1, H=0), predicted, room=1)


def white(**more):
    """No filter, K = 0 and white noise, which is AR(1) with φ = 0."""
    return {"S": 0, "K": 0, "a": fn("n", 0), "b": fn("n", 0), "p": 1, "phi": fn("n", 0), "g": fn("n", delta(n, 0)), "B": 1, **more}


def predicted(p, below=False):
    """White noise meets the hypotheses on the input: its density, and the equations of Yule and Walker."""
    white_noise(p, below)
    with p.generalise({"k": "int"}, [le(1, k)], eq(delta(k, 0), Sum("j", 1, 1, 0 * delta(k - j, 0)))) as equations:
        p.identity(equations.shows[3])


def toeplitz(gamma):
    """[γ(j − k)], Hermitian."""
    import numpy as np

    lags = np.subtract.outer(np.arange(len(gamma)), np.arange(len(gamma)))
    return np.where(lags >= 0, gamma[np.abs(lags)], gamma[np.abs(lags)].conj())


def least_loss(count, gamma, lag):
    """The formula at its best θ and H: 1 less the largest `count` eigenvalues over K + 1."""
    import numpy as np

    return 1 - float(np.sum(np.linalg.eigvalsh(toeplitz(gamma[:lag + 1]))[::-1][:count])) / (lag + 1)


INPUTS = {"AR(1)": [0.6], "AR(2), a pair": [0.7 + 0.4j, 0.7 - 0.4j], "AR(3)": [0.8, -0.5, 0.3], "AR(2), complex": [0.5j, 0.6]}


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses of 4000 samples, against eigenvalues of [γ(j − k)] from the simulation."""
    inputs = {name: (len(decays), response(decays, 4000)) for name, decays in INPUTS.items()}
    return held_against(((1, 6), (2, 15), (4, 40)), lambda _: inputs, lambda given, poles, lag: missed(given[1], poles, lag),
                        lambda order, given, lag: least_loss(order + given[0], correlations(given[1], lag), lag))


@claim.oracle
def weighted_frequencies():
    """Least squares in the frequency domain with the weight Γ = σ²/|φ|², against eigenvalues of its Fourier coefficients."""
    import numpy as np

    return held_against(((1, 10), (3, 30)), lambda _: {name: (len(decays), density_of(decays)) for name, decays in INPUTS.items()},
                        lambda given, poles, lag: missed_under(given[1], poles, lag),
                        lambda order, given, lag: least_loss(order + given[0], np.fft.ifft(given[1])[:lag + 1], lag))
