"""The exact recurrence against the exact closed forms, by equality of rationals: no tolerance anywhere."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numeric_strategies import WEIGHTS, distinct_pole_lists, filters, pole_lists

from numeric import reference
from numeric.errors import Refused
from numeric.reference import Gaussian

SHIFT = st.integers(0, 12)


@given(filters())
def test_loss_formula_equals_recurrence_and_stein_tail(system):
    a, b, K = system
    assert reference.loss(a, b, K) == reference.loss_by_recurrence(reference.diagonal(a), b, [1] * len(a), K)


@given(filters(size=2), SHIFT.filter(bool))
def test_a_wrong_shift_is_seen(system, step):
    """The formula at K+step must differ from the recurrence at K by exactly 2 Re(c_K − c_{K+step})."""
    a, b, K = system
    c = reference.impulse_response(a, b, K + step + 1)
    measured = reference.loss_by_recurrence(reference.diagonal(a), b, [1] * len(a), K)
    assert reference.loss(a, b, K + step) - measured == 2 * (c[K].re - c[K + step].re)
    assume(c[K].re != c[K + step].re)
    assert reference.loss(a, b, K + step) != measured


@given(distinct_pole_lists(size=3), SHIFT)
def test_capture_equals_reachability_form(a, K):
    """⟨a^K, C⁻¹a^K⟩ against ⟨A^K b, X⁻¹ A^K b⟩ with b = 1: one inverts the closed form, the other a solved Stein equation."""
    assert reference.capture(a, K) == reference.capture_dense(reference.diagonal(a), [1] * len(a), K)


@given(distinct_pole_lists(size=3), SHIFT, st.lists(WEIGHTS, min_size=3, max_size=3))
def test_best_weights_are_best(a, K, shift):
    """L(b* + h) − L(b*) is the energy of the filter with weights h, by the recurrence; and L(b*) = 1 − F_K."""
    best = reference.optimal_weights(a, K)
    moved = [b + h for b, h in zip(best, shift, strict=False)]
    A, p, h = reference.diagonal(a), [1] * len(a), shift[:len(a)]
    assert reference.loss_by_recurrence(A, best, p, K) == 1 - reference.capture(a, K)
    energy = reference.loss_by_recurrence(A, h, p, 0) - 1 + 2 * sum((w.re for w in h), Fraction(0))
    assert reference.loss_by_recurrence(A, moved, p, K) - reference.loss_by_recurrence(A, best, p, K) == energy


@given(pole_lists(size=3), st.lists(WEIGHTS, max_size=6), st.lists(WEIGHTS, min_size=6, max_size=6))
def test_diagonal_run_is_the_dense_run_and_the_convolution(a, u, weights):
    b, p = weights[:len(a)], weights[3:3 + len(a)]
    c = reference.impulse_response(a, b, len(u), p)
    convolution = [reference.dot(c[:n + 1], u[n::-1]) for n in range(len(u))]
    assert reference.run(a, b, u, p) == reference.run_dense(reference.diagonal(a), b, u, p) == convolution


@given(filters(size=3), st.lists(st.integers(-3, 3), min_size=9, max_size=9))
@settings(max_examples=30)
def test_loss_is_the_same_in_every_basis(system, entries):
    """A similarity T A T⁻¹, T b, T⁻ᵀ p changes neither c nor the loss: the dense route on full matrices."""
    a, b, K = system
    S = len(a)
    T = [[reference.gaussian(entries[s * S + t] if S < 4 else 0) for t in range(S)] for s in range(S)]
    try:
        columns = [reference.solve(T, [reference.ONE if s == t else reference.ZERO for s in range(S)]) for t in range(S)]
    except Refused:
        assume(False)
    inverse = [[columns[t][s] for t in range(S)] for s in range(S)]
    A = [[sum((T[s][k] * a[k] * inverse[k][t] for k in range(S)), reference.ZERO) for t in range(S)] for s in range(S)]
    moved_b = [reference.dot(row, b) for row in T]
    moved_p = [sum((inverse[k][t] for k in range(S)), reference.ZERO) for t in range(S)]
    assert reference.loss_by_recurrence(A, moved_b, moved_p, K) == reference.loss(a, b, K)


def test_single_pole_by_hand():
    """F_K = |a|^{2K}(1 − |a|²); at a = 1/2, K = 3 this is 3/256. At K+1 it is not."""
    assert reference.capture(["1/2"], 3) == Fraction(3, 256)
    assert reference.capture(["1/2"], 4) != Fraction(3, 256)


def test_jordan_block_by_hand():
    """A double pole 1/2: span of 2^{-k}, k 2^{-k}. F_0 = 1 − Π|a_s|² = 15/16 (UP.C2), though C is singular."""
    assert reference.capture_dense([["1/2", 1], [0, "1/2"]], [0, 1], 0) == Fraction(15, 16)
    with pytest.raises(Refused, match="singular"):
        reference.capture(["1/2", "1/2"], 0)


def test_exact_readings():
    assert reference.gaussian("0.1") == Gaussian(Fraction(1, 10))
    assert reference.gaussian(0.1) != reference.gaussian("0.1")
    assert reference.gaussian(("1/3", 2)) == Gaussian(Fraction(1, 3), Fraction(2))
