"""Gram matrix and F_K in float64 against exact rationals on the very same doubles, within the stated bounds."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from numeric_strategies import distinct_pole_lists, double, pole_lists

from numeric import balls, gram, reference
from numeric.errors import Refused

EPS = 2.0**-52
SHIFT = st.integers(0, 10)


def distinct_doubles(poles):
    return list(dict.fromkeys(double(a) for a in poles))


def capture_bound(S, K):
    """16·eps·S·(K+1): S rotations a step, each off by at most 8 eps of a norm that never grows, then squared; F_0 ≤ 1."""
    return 16 * EPS * S * (K + 1)


def jordan(a):
    """An order-S realisation that spans the same filters as the poles a, repeated or not: bidiagonal A, b = e_S."""
    S = len(a)
    A = [[a[s] if s == t else int(t == s + 1) for t in range(S)] for s in range(S)]
    return A, [0] * (S - 1) + [1]


def relative_error(C, exact):
    gap = reference.gaussian(complex(C)) - exact
    return float(gap.abs2() / exact.abs2()) ** 0.5


@given(pole_lists(size=4))
def test_gram_entries(poles):
    """8 eps relative: exact products leave only the rounding of one sum and one complex division."""
    a = [double(s) for s in poles]
    exact = reference.gram(a)
    C = gram.gram(a)
    assert all(relative_error(C[s, t], exact[s][t]) <= 8 * EPS for s in range(len(a)) for t in range(len(a)))


def test_plain_gram_would_be_refused():
    """1/(1 − |a|²) rounded the plain way is off by eps/(1 − |a|²), here 1e-7: the test above would see it."""
    a = (1 - 0.7e-9) * np.exp(0.3j)
    exact = reference.gram([complex(a)])[0][0]
    assert relative_error(gram.gram([a])[0, 0], exact) <= 8 * EPS
    assert relative_error(1 / (1 - a * np.conj(a)), exact) > 1000 * EPS


@given(pole_lists(size=3), SHIFT)
def test_capture_against_exact_realisation(poles, K):
    """Repeated, clustered and near-circle poles alike, through an exact Stein solve that inverts no Gram matrix."""
    a = [double(s) for s in poles]
    exact = reference.capture_dense(*jordan(a), K)
    F = gram.capture(a, K)
    assert abs(Fraction(F[K]) - exact) <= capture_bound(len(a), K)


@given(distinct_pole_lists(size=5), st.integers(0, 3000))
def test_capture_against_balls(poles, K):
    a = distinct_doubles(poles)
    enclosure = balls.capture(a, K, 25)
    with ctx.workprec(200):
        gap = abs(arb(float(gram.capture(a, K)[K])) - enclosure)
        assert (gap <= capture_bound(len(a), K)) is True


def test_a_wrong_index_is_seen():
    exact = reference.capture(["1/2", "-3/4"], 5)
    F = gram.capture([0.5, -0.75], 6)
    assert abs(Fraction(F[5]) - exact) <= capture_bound(2, 5)
    assert abs(Fraction(F[6]) - exact) > 1000 * capture_bound(2, 5)
    assert abs(Fraction(F[4]) - exact) > 1000 * capture_bound(2, 5)


@given(pole_lists(size=6))
def test_first_value_is_blaschke(poles):
    """F_0 = 1 − Π|a_s|² (UP.C2), repeated poles included."""
    a = [double(s) for s in poles]
    exact = 1 - np.prod([reference.gaussian(s).abs2() for s in a])
    assert abs(Fraction(gram.capture(a, 0)[0]) - exact) <= capture_bound(len(a), 0)


@given(pole_lists(size=6))
def test_capture_falls_and_stays_under_the_bound(poles):
    """F_{k+1} ≤ F_k and (k+1)F_k ≤ S (UP.short+), up to rounding."""
    F = gram.capture([double(s) for s in poles], 500)
    slack = capture_bound(len(poles), np.arange(501))
    assert np.all(F[1:] <= F[:-1] + 2 * slack[1:])
    assert np.all(np.arange(1, 502) * (F - slack) <= len(poles))


@given(pole_lists(size=6, circle=False))
@settings(max_examples=20)
def test_captured_energies_sum_to_the_order(poles):
    """Σ_{k≥0} F_k = tr I = S. Cut at 100,000, where F_k < 1e-90: r ≤ 12√2/17 + 2e-5 = 0.9983."""
    a = [double(s) for s in poles]
    k = np.arange(100_001)
    F = gram.capture(a, 100_000)
    assert F[-1] < 1e-90
    # an error made at step k is multiplied by contractions later, so it is at most capture_bound(S, k)·F_j at some j ≤ k:
    # the sum of all errors is within Σ_k 16·eps·S·(k+1)·F_{k/2}, doubled for the first half of the steps
    assert abs(F.sum() - len(a)) <= 2 * np.sum(capture_bound(len(a), k) * F[k // 2])


@pytest.mark.parametrize("a", [[0.5] * 4, [0.5, 0.5 + 1e-9], [0.0, 0.0, 0.3j], [1 - 1e-9] * 2])
def test_order_of_the_poles_does_not_matter(a):
    forward, backward = gram.capture(a, 200), gram.capture(a[::-1], 200)
    assert np.all(np.abs(forward - backward) <= 2 * capture_bound(len(a), np.arange(201)))


def test_near_the_circle_the_relative_error_is_small_too():
    """Eight poles with 1 − |a| of about 1e-9: 16·eps·S·(K+1) relative to F_0, as no energy leaks out over K ≪ 1e9 steps."""
    rng = np.random.default_rng(1)
    a = (1 - 1e-9 * rng.random(8)) * np.exp(1j * rng.uniform(-3, 3, 8))
    for K in (0, 10, 1000):
        with ctx.workprec(200):
            exact = balls.capture(a.tolist(), K, 25)
            F = float(gram.capture(a, K)[K])
            assert (abs(arb(F) - exact) <= 16 * EPS * 8 * (K + 1) * exact) is True


def test_refusals():
    with pytest.raises(Refused, match="K should be ≥ 0"):
        gram.capture([0.5], -1)
    with pytest.raises(Refused, match="should be < 1"):
        gram.gram([1.5])
