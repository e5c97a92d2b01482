"""The enclosed population optimum of the learning experiments: against least squares term by term in mpmath, against the optimum of the
infinite filters, against doubles; what it refuses; the sharp start."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import acb, arb, arb_mat, ctx

from numeric import experiments, families
from numeric.errors import PrecisionExhausted, Refused
from numeric.experiments import Rounded, Start
from numeric.optimum import optimum
from numeric.poles import to_complex
from numeric.population import least_loss, system

STARTS = [Start("shift", 6, 2), Start("random", 6, 3, seed=5), Start("sharp", 6, 2), Rounded("random", 7, 2, 1.0, 4, 20),
          Start("shift", 9, 0)]


def term_by_term(start, N, delay, rho):
    """The least loss to 60 digits: powers of the poles one by one, the matrix ρ^{|k−l|} written out, elimination in mpmath."""
    with ctx.workprec(250):
        poles = [log.exp() for log in start.logarithms()]
        values = [(z.real.mid().str(70, radius=False), z.imag.mid().str(70, radius=False)) for z in poles]
    with mpmath.workdps(60):
        a = [mpmath.mpc(*pair) for pair in values]
        columns = [[z**k for k in range(N)] for z in a]
        B = mpmath.matrix([[x.real for x in column] for column in columns] + [[x.imag for x in column] for column in columns[1:]])
        r = mpmath.mpf(rho.numerator) / rho.denominator
        gamma = mpmath.matrix(N, N)
        for k in range(N):
            for j in range(N):
                gamma[k, j] = r ** abs(k - j)
        smooth = B * gamma
        theta = mpmath.lu_solve(smooth * B.T, smooth[:, delay])
        miss = B.T * theta
        miss[delay] -= 1
        return (miss.T * gamma * miss)[0], [float(x) for x in theta]


@pytest.mark.parametrize("rho", [Fraction(0), Fraction(1, 5), Fraction(9, 10)])
@pytest.mark.parametrize("start", STARTS, ids=str)
def test_the_least_loss_summed_term_by_term_is_inside(start, rho):
    ball = least_loss(start.logarithms, 24, 6, rho, 20)
    value, theta = term_by_term(start, 24, 6, rho)
    with ctx.workprec(300):
        assert ball.contains(arb(mpmath.nstr(value, 45)) + arb(0, 1e-40)) and ball.rad() < arb("1e-20")
    for wrong in ((25, 6, rho), (24, 5, rho), (24, 6, rho + Fraction(1, 1000))):  # another problem has another value
        assert not ball.overlaps(least_loss(start.logarithms, *wrong, 20))
    law = experiments.population(start, 24, 6, float(rho))
    assert abs(law.loss(np.array(theta)) - float(ball.mid())) < 1e-12
    assert abs(law.float_optimum() - float(ball.mid())) < 1e-12
    chance = np.random.default_rng(1)
    for size in (1e-3, 1, 10):
        assert law.loss(np.array(theta) + size * chance.standard_normal(len(theta))) > float(ball.mid())


@pytest.mark.parametrize("rho", [Fraction(0), Fraction(7, 10)])
def test_the_gram_matrix_and_the_right_side_are_the_sums(rho):
    start, N, delay = Start("random", 5, 2, seed=2), 9, 3
    law = experiments.population(start, N, delay, float(rho))
    with ctx.workprec(80):
        G, g = system(start.logarithms(), N, delay, arb(rho.numerator) / rho.denominator)
    found = np.array([[float(G[p, q].mid()) for q in range(5)] for p in range(5)])
    assert np.abs(found - law.G).max() < 1e-13
    assert np.abs(np.array([float(g[p, 0].mid()) for p in range(5)]) - law.g).max() < 1e-13


@pytest.mark.parametrize("rho", [Fraction(0), Fraction(3, 5)])
def test_a_long_window_has_the_optimum_of_the_infinite_filters(rho):
    """Another program: complex weights, infinite sums, the inverse Gram matrix in closed form. A short window differs by e^{−2N/K}."""
    start, K, S = Start("shift", 10, 3), 10, 7
    infinite = optimum(families.paper(S, K, 1), K, rho, digits=20).loss
    with ctx.workprec(200):
        assert abs(least_loss(start.logarithms, 400, K, rho, 20) - infinite) < arb("1e-19")
        assert abs(least_loss(start.logarithms, 30, K, rho, 20) - infinite) > arb("1e-6")


def test_at_the_paper_sizes_doubles_agree_where_no_direction_is_lost():
    for kind in ("shift", "random", "sharp"):
        start = Start(kind, 200, seed=1)
        for rho in (0, 0.8):
            lower, upper = map(float, experiments.optimum(start, 1500, 200, rho))
            law = experiments.population(start, 1500, 200, rho)
            assert lower - 1e-9 < law.float_optimum() < upper + 1e-9 and upper - lower < 1e-11
            assert law.loss(start.weights()) > lower


def test_at_the_paper_sizes_doubles_lose_directions_when_the_window_is_short():
    """K = 2000 in a window of 2250: least squares in doubles leaves out directions that lower the optimum by almost 0.1."""
    start = Start("shift", 2000)
    lower, upper = map(float, experiments.optimum(start, 2250, 250, 0.7))
    assert upper - lower < 1e-11 and experiments.population(start, 2250, 250, 0.7).float_optimum() > upper + 0.05
    with pytest.raises(PrecisionExhausted):  # what cannot be told at a precision is not told
        least_loss(start.logarithms, 2250, 250, Fraction(7, 10), limit=256)


def test_a_constant_input_is_learned_exactly():
    for start in STARTS:
        assert experiments.optimum(start, 24, 6, 1.0) == ("0", "0")
        basis = start.basis(24)
        first = np.concatenate([[1 / basis[:, 0].sum()], np.zeros(basis.shape[1] - 1)])  # all of it from the real pole
        law = experiments.population(start, 24, 6, 1.0)
        assert abs(law.loss(first)) < 1e-13 and law.loss(2 * first) > 0.9


@pytest.mark.parametrize(("values", "text"), [
    ({"rho": Fraction(-1, 2)}, "0 ≤ rho ≤ 1"), ({"rho": Fraction(11, 10)}, "0 ≤ rho ≤ 1"), ({"delay": 24}, "delay should be < N"),
    ({"delay": -1}, "delay should be < N"), ({"N": 7}, "fewer than N = 7")])
def test_refusals(values, text):
    given = {"N": 24, "delay": 6, "rho": Fraction(1, 2), **values}
    with pytest.raises(Refused, match=text):
        least_loss(Start("shift", 6, 3).logarithms, **given)


def test_a_first_pole_that_is_not_real_is_refused():
    with pytest.raises(Refused, match="first pole should be real"):
        least_loss(lambda: [acb(-1, 1), acb(-1, 2)], 24, 6, Fraction(0))


def test_equal_poles_have_no_answer_rather_than_one_with_a_direction_left_out():
    log = acb(arb(-1) / 6, arb(1))
    with pytest.raises(PrecisionExhausted):
        least_loss(lambda: [acb(arb(-1) / 6), log, log], 24, 6, Fraction(0), limit=1000)


def test_decimals_enclose_and_name_the_decimal_rho():
    start = Start("sharp", 6, 2)
    lower, upper = experiments.optimum(start, 24, 6, 0.2)
    ball = least_loss(start.logarithms, 24, 6, Fraction(1, 5), 25)
    with ctx.workprec(200):
        assert arb(lower) <= ball <= arb(upper)
    assert Fraction(upper) - Fraction(lower) < Fraction(1, 10**12)
    assert not arb(lower) <= least_loss(start.logarithms, 24, 6, Fraction(201, 1000), 25) <= arb(upper)


def test_the_sharp_start_is_the_sharp_family_and_peaks_at_the_lag():
    start, K, N = Start("sharp", 40, 10), 40, 200
    r = families.waste(21) ** 0.5
    listed = np.array([to_complex(pole) for pole in families.sharp(21, start.period, Fraction(r))])
    weights = (1 - r * r) / start.period * r ** (-K / start.period) * np.exp(-2j * np.pi * np.arange(-10, 11) * K / start.period)
    response = (weights * listed ** np.arange(N)[:, None]).sum(axis=1)
    ours = start.basis(N) @ start.weights()
    assert np.abs(response - ours).max() < 1e-14 and ours.argmax() == K
    with ctx.workprec(80):
        logs = start.logarithms()
        assert max(abs(complex(log.exp()) - pole) for log, pole in zip(logs, listed[10:], strict=True)) < 1e-14
    assert np.array_equal(families.named("sharp", 21, 40), families.sharp(21, start.period, Fraction(round(r * 10**6), 10**6)))
    other = Start("shift", 40, 10).weights()
    assert not np.allclose(start.weights(), other)


@pytest.mark.parametrize(("S", "K"), [(9, 50), (33, 200), (127, 2000)])
def test_the_sharp_rule_captures_what_it_says(S, K):
    """The closed-form weights between 1 − 3ε and 1 − 2ε of S/(K+1), the best ones more; the paper's poles less than half of S/(K+1)."""
    start, bound = Start("sharp", K, S // 2), S / (K + 1)
    closed = 1 - experiments.population(start, 6 * K, K, 0.0).loss(start.weights()) if K < 1000 else None
    best = 1 - float(optimum(families.named("sharp", S, K), K, digits=12, weights=False).loss.mid())
    paper = 1 - float(optimum(families.paper(S, K), K, digits=12, weights=False).loss.mid())
    assert paper < bound / 2 and 1.5 * paper < best < bound
    if closed is not None:
        assert 1 - 3 * families.waste(S) < closed / bound < 1 - 2 * families.waste(S) and closed < best


def test_the_sharp_rule_is_near_the_best_of_its_kind():
    """With the closed-form weights neither half of ε nor twice ε captures as much, at order 127."""
    S, K = 127, 200
    kept = []
    for share in (0.5, 1, 2):
        epsilon = share * families.waste(S)
        P = K + int(np.ceil(epsilon * K))
        k, size = np.arange(10 * K)[:, None], (1 - epsilon) / P * epsilon ** (-K / (2 * P))
        waves = np.cos(2 * np.pi * np.arange(1, S // 2 + 1) * (k - K) / P).sum(axis=1, keepdims=True)
        response = (size * epsilon ** (k / (2 * P)) * (1 + 2 * waves)).ravel()
        kept.append(2 * response[K] - (response**2).sum())
    assert kept[1] > kept[0] and kept[1] > kept[2] and 2 * kept[1] > S / (K + 1)


def test_a_start_of_another_kind_is_refused():
    with pytest.raises(Refused, match="shift, random or sharp"):
        Start("sharpp", 6)


def test_arb_mat_is_the_one_that_refuses_singular_matrices():
    with pytest.raises(ZeroDivisionError):
        arb_mat([[1, 1], [1, 1]]).solve(arb_mat([[1], [1]]))
