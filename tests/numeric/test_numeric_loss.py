"""The loss in float64: closed form, series, quadrature and simulation, each against exact values or against one another."""

import ast
import inspect

import numpy as np
import pytest
from hypothesis import given
from numeric_strategies import double
from numeric_strategies import filters as systems

from numeric import filters, loss, reference
from numeric.errors import Refused

EPS = 2.0**-52
A = np.array([0.8 * np.exp(0.3j), 0.8 * np.exp(-0.3j), -0.5])
B = np.array([0.3 - 0.2j, 0.3 + 0.2j, 0.25])
K = 4


def rounding(a, b, K, L, rho=0.0):
    """What rounding can do to a loss of size L; each of the three routes is covered by one of the terms.

    Response: δc_k ≤ 4·eps·Σ|b|·(k + 2 + log₂S)·r^k (numeric.recurrence), and the same size in norm on the circle, where
    1/(1 − a z) is off by a few eps/|1 − a z|²; the loss then moves by 2‖e‖‖δc‖. Closed form: S² products, each below
    |b_s b_t|/(1 − r²), and powers off by K·eps. Coloured input: Γ ≤ gain, ‖e‖² ≤ gain·L, and v_k accumulates 1/(1 − ρ)² steps."""
    r, weight = np.max(np.abs(a)), np.sum(np.abs(b))
    k = np.arange(loss.memory("test", a, rho))
    response = weight * np.sqrt(np.sum((k + 2 + np.log2(len(a))) ** 2 * r ** (2 * k)))
    gain = (1 + rho) / (1 - rho) ** 3
    return 16 * EPS * gain * ((len(a) + K + 2) * (1 + weight**2 / (1 - r**2)) + response * np.sqrt(L) + L)


def as_doubles(values):
    return np.array([double(value) for value in values])


@given(systems(size=3))
def test_three_routes_against_the_exact_loss(system):
    a, b = as_doubles(system[0]), as_doubles(system[1])
    K = system[2]
    exact = float(reference.loss_by_recurrence(reference.diagonal(a.tolist()), b.tolist(), [1] * len(a), K))
    for route in (loss.closed, loss.series, loss.quadrature):
        assert abs(route(a, b, K) - exact) <= rounding(a, b, K, exact)
    assert rounding(a, b, K, exact) <= 1e-9 * (1 + exact + np.sum(np.abs(b)) ** 2)


@given(systems(size=3))
def test_coloured_input_series_against_quadrature(system):
    a, b = as_doubles(system[0]), as_doubles(system[1])
    for rho in (0.3, 0.9):
        value = loss.series(a, b, system[2], rho)
        assert abs(value - loss.quadrature(a, b, system[2], rho)) <= 2 * rounding(a, b, system[2], value, rho)


def test_coloured_input_against_a_double_sum():
    """Σ_{k,k'} e_k ē_{k'} ρ^{|k−k'|} over 300 samples written out; |a| ≤ 0.8 leaves 0.8^300 < 1e-29."""
    e = np.array([sum(b * a**k for a, b in zip(A, B, strict=True)) - (k == K) for k in range(300)])
    k = np.arange(300)
    direct = (e @ 0.6 ** np.abs(k[:, None] - k) @ e.conj()).real
    assert abs(loss.series(A, B, K, 0.6) - direct) <= rounding(A, B, K, direct, 0.6)
    assert abs(loss.series(A, B, K, 0.5) - direct) > 1e-3


def test_wrong_shift_and_wrong_sign_are_seen():
    exact = loss.closed(A, B, K)
    bound = rounding(A, B, K, exact)
    for route in (loss.series, loss.quadrature):
        assert abs(route(A, B, K) - exact) <= bound
        assert abs(route(A, B, K + 1) - exact) > 1e6 * bound
        assert abs(route(A, -B, K) - exact) > 1e6 * bound
        assert abs(route(A.conj() * 1j, B, K) - exact) > 1e6 * bound


def test_a_coarse_grid_is_seen():
    """Aliasing: with 16 points the trapezoid rule is off by far more than rounding."""
    exact = loss.closed(A, B, K)
    assert abs(loss.quadrature(A, B, K, points=16) - exact) > 1e6 * rounding(A, B, K, exact)


@pytest.mark.parametrize("kind", ["real", "circular"])
@pytest.mark.parametrize("rho", [0.0, 0.7])
def test_measured_loss(kind, rho):
    """Level 1 − 1e-6 for each of four seeded runs: a correct simulator passes. The interval is narrow; K+1 falls outside."""
    exact = loss.quadrature(A, B, K, rho)
    m = filters.measure(A, B, K, N=10**6, rho=rho, kind=kind, seed=11, level=1 - 1e-6)
    assert abs(m.estimate - exact) <= m.half_width
    assert m.half_width < 0.03 * exact
    assert abs(m.estimate - loss.quadrature(A, B, K + 1, rho)) > m.half_width


def test_interval_covers_as_often_as_stated():
    """100 seeded runs at level 0.9: hits are binomial; fewer than 78 or more than 99 has probability below 5e-4."""
    exact = loss.closed(A, B, K)
    runs = [filters.measure(A, B, K, N=16 * 400, batches=16, seed=seed, level=0.9) for seed in range(100)]
    hits = sum(abs(m.estimate - exact) <= m.half_width for m in runs)
    assert 78 <= hits <= 99


def test_measurement_repeats():
    first, again, other = (filters.measure(A, B, K, N=10**5, seed=seed) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("rho", [0.0, 0.7])
def test_pieces_of_a_run_join_exactly(rho):
    """Filter state, delayed inputs and noise state are carried over: cutting the run changes nothing, shorter than K or not."""
    def errors(*lengths):
        return np.concatenate(list(filters._squared_errors(A, B, K, iter(lengths), 5, "real", rho)))

    assert np.array_equal(errors(2, 1, 5, 40, 3), errors(51))
    assert not np.array_equal(errors(51), next(filters._squared_errors(A, B, K + 1, iter([51]), 5, "real", rho)))


def test_simulator_cannot_see_the_formula():
    tree = ast.parse(inspect.getsource(filters))
    seen = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in seen if name.startswith("numeric")} == {"numeric.errors", "numeric.recurrence"}


def test_refusals():
    with pytest.raises(Refused, match="forget within"):
        loss.series([1 - 1e-9], [1], 3)
    with pytest.raises(Refused, match="0 ≤ rho < 1"):
        loss.quadrature([0.5], [1], 3, rho=1.0)
    with pytest.raises(Refused, match="20 correlation times"):
        filters.measure([0.999], [1], 3, N=10**5)
    with pytest.raises(Refused, match="real or circular"):
        filters.measure([0.5], [1], 3, kind="pink")


@pytest.mark.slow
def test_measured_loss_at_ten_million():
    m = filters.measure(A, B, K, N=10**7, level=1 - 1e-6)
    assert abs(m.estimate - loss.closed(A, B, K)) <= m.half_width < 0.01
