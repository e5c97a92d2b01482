"""Lower bound on the loss under every bounded spectral density, in its supremum."""
from theory.claim import Claim
from theory.claims.uncertainty.consecutive_errors import FORESEEN, POSITIVE, SILENCE, WHERE_CROSS, WHERE_LAGS, D, J, g, lags, white_noise
from theory.claims.uncertainty.stationary_lower_bound import (
    COLUMN,
    PAIR,
    ROWS,
    autocorrelation,
    best_rows,
    moving_averages,
    near,
    no_filter,
    nothing_is_foretold,
    unforetold,
)
from theory.language import SEQ, Series, both, delta, eq, eye, forall, le, lt, mat, matrix, names, statement, tr, zero
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.papers.uncertainty_inputs import held_against, missed, unit

j, k, m, n, v, high = names("j k m n v M")
BELOW = forall({"n": "nat"}, [], le(lags(n), high * eye(n)))
BOUND = le((tr(D) - S * high) / J, L)
VARIABLES = {**FILTER, "J": "nat", "g": SEQ, "M": "real", "D": mat(J, J)}
WHERE = [WHERE_FILTER, WHERE_LAGS, WHERE_CROSS, ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every bounded spectral density",
    says="Under an input with a spectral density of at most M, which may touch 0 or jump, a filter with S poles misses the shift by K by "
         "at least (tr D − SM)/J, for every J ≥ 1 and every D that is at most the covariance of the errors with which the J − 1 samples "
         "from K + 1 to K + J − 1 places ahead of the first foretell J consecutive samples linearly.",
    statement=statement(forall(VARIABLES, [STABLE, le(1, J), POSITIVE, BELOW, FORESEEN], both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every bounded spectral density",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "0 ⪯ T_n ⪯ M·I for every n": "a density between 0 and M gives this, "
                "because u*T_n u is the mean of |Σ ū_k e^{−ikx}|²Γ(x); without M a filter may capture everything",
                "J ≥ 1": "there is nothing to miss",
                "D": "what is foretold need not be missed: γ(0) = 1, γ(±K) = 1/2, and the filter 1/2 at lag 0 misses 3/4"},
    limits="γ need not be summable, and a density need not be continuous or positive. That T_n between 0 and M·I belongs to such a "
           "density (Herglotz) is not used; for a summable γ uncertainty.spectral_density_lower_bound starts from Γ. White noise, "
           "J = K + 1, D = I: UP.T2. A moving average: uncertainty.moving_average_lower_bound. The form in eigenvalues, "
           "uncertainty.stationary_lower_bound, is sharper.",
    symbols={"g": "γ"},
)


@claim.derive
def white(step):
    """M = γ(0) = 1 and D = I."""
    from sympy import symbols

    from theory.identities import equal

    order, lag, top, rows = symbols("S K M J", positive=True)
    bound = step("bound", (rows - order * top) / rows, why="tr D = J")
    equal(step, "white noise", bound.subs({top: 1, rows: lag + 1}), 1 - order / (lag + 1), shown="(J - S M)/J",
          why="M = 1 and J = K + 1: UP.T2")


@claim.certify
def proof(p, _):
    """D ⪯ T_J ⪯ M·I, so θ = M and H = 0 will do in the form with eigenvalues."""
    with p.inhabited_by(**WHITE):
        below_one(p)
    first = p.squares(le(0, g[0]), [(1, [], p.apply(p.given(3), le(zero(1, 1), lags(1)), n=1), 1)])
    top = p.apply(p.given(4), le(lags(1), high * eye(1)), n=1)
    p.squares(le(0, high), [(1, [first], "", 1), (1, [], top, 1)])
    p.squares(le(zero(J, J), zero(J, J)))
    rows = p.apply(p.given(4), le(lags(J), high * eye(J)), n=J)
    p.squares(le(0, J - 1), [(1, [p.given(2)], "", 1)])
    with p.generalise({"v": mat(J)}, [], le(0, v.H @ (lags(J) - D) @ v)) as every:
        p.apply(p.given(5), every.shows[3], u=zero(J - 1, 1), v=v)
    part = p.step("quadratic_form", le(D, lags(J)), mode="semidefinite", **{"from": [every.fact]})
    p.squares(le(D, high * eye(J) + zero(J, J)), [(1, [], rows, eye(J)), (1, [], part, eye(J))])
    at = {"S": S, "K": K, "a": a, "b": b, "J": J, "g": g, "theta": high, "H": zero(J, J), "D": D}
    p.both(*(p.use("uncertainty.stationary_lower_bound", shown, **at) for shown in (ROWS, COLUMN, BOUND)))


WHITE = {name: value for name, value in SILENCE.items() if name not in ("theta", "H")} | {"M": 1}


def below_one(p):
    """White noise has the density 1."""
    white_noise(p)
    unit = matrix("j", n, "k", n, delta(k - j, 0))
    with p.generalise({"n": "nat"}, [], le(unit, 1 * eye(n))) as every:
        p.squares(every.shows[3], using=[(p.entries(eq(unit, eye(n))), 1)])


claim.must_refuse(
    one_pole_less=changed(le((tr(D) - (S - 1) * high) / J, L)),
    all_that_there_is=changed(both(ROWS, COLUMN, le(g[0] - S * high / J, L))),
    sign_flipped=changed(lt(L, (tr(D) - S * high) / J)),
    nothing_foretold=changed(given={5: None}),
    density_not_bounded=changed(given={4: None}),
)
claim.refute("one_pole_less")(lambda p: nothing_is_foretold(p, (tr(D) - (S - 1) * high) / J, WHITE, below_one))
claim.refute("sign_flipped")(lambda p: no_filter(p, BOUND, WHITE, below_one))


def ends(response):
    """The least and the largest value of the density of white noise through a response, scaled to γ(0) = 1, on a fine grid."""
    import numpy as np

    density = np.abs(np.fft.fft(np.array(response, complex), 1 << 12)) ** 2 / np.sum(np.abs(response) ** 2)
    return float(density.min()), float(density.max())


def floor(order, response, lag, rows):
    """The formula with the greatest D."""
    left = unforetold(autocorrelation(response), lag, rows)
    return float(sum(left[index, index].real for index in range(rows)) - order * ends(response)[1]) / rows


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses to moving averages, for several numbers of rows."""
    return held_against(((1, 6), (2, 12)), moving_averages,
                        lambda given, poles, lag: missed(unit(given), poles, lag), best_rows(floor, near))
