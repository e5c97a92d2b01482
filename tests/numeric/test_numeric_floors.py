"""The numbers below every loss: against exact rationals, another precision, the best of one pole, and losses of poles."""

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numeric import loss
from numeric.floors import DECIMALS, floor


def test_white_input_takes_the_larger_of_two():
    """(9/10)^10 has ten decimals; for few poles the second is larger, at S ≥ K/1.6 or so the first."""
    assert 0 <= 1 - (2 + Fraction(9, 10) ** 10) / 9 - floor(3, 9, Fraction(0)).value <= Fraction(1, 10**DECIMALS)
    assert (floor(8, 9, Fraction(0)).value, floor(8, 9, Fraction(0)).claim) == (Fraction(1, 5), "UP.T2")
    assert (floor(3, 9, Fraction(0)).claim, floor(30, 9, Fraction(0)).value) == ("UP.S1+", 0)
    assert floor(0, 5, Fraction(0)).value == 1 and floor(1, 0, Fraction(0)).value == 0


@pytest.mark.parametrize("K", [1, 2, 10, 1000, 10**12])
def test_one_pole_is_met_from_below(K):
    """1 − K^K/(K+1)^{K+1} is the loss of the best pole, and the number falls short of it by its rounding only."""
    with mpmath.workdps(60):
        best = 1 - mpmath.mpf(K) ** K / mpmath.mpf(K + 1) ** (K + 1) if K < 10**6 else 1 - mpmath.exp(-(K + 1) * mpmath.log1p(
            mpmath.mpf(1) / K)) / K
        found = floor(1, K, Fraction(0)).value
        short = best - mpmath.mpf(found.numerator) / found.denominator
        assert 0 <= short <= mpmath.mpf(10) ** -DECIMALS / K + mpmath.mpf(10) ** -50


@given(st.integers(1, 40), st.integers(1, 400), st.fractions(Fraction(1, 50), Fraction(19, 20), max_denominator=50))
def test_coloured_input_takes_the_larger_of_two(S, K, rho):
    """The formulas in mpmath, rounded down by no more than one unit in the last decimal."""
    with mpmath.workdps(50):
        r = mpmath.mpf(rho.numerator) / rho.denominator
        kappa, memory = (1 + r) / (1 - r), r**2 / (1 - r**2)
        found = floor(S, K, rho)
        wanted = [mpmath.mpf(0), 1 - (memory + S * kappa) / K]
        if S < K:
            wanted.append(1 - 2 / mpmath.pi * mpmath.atan(kappa * mpmath.tan(mpmath.pi * S / (2 * K))) - (kappa + memory) / K)
        short = max(wanted) - mpmath.mpf(found.value.numerator) / found.value.denominator
        assert -mpmath.mpf(10) ** -45 <= short <= mpmath.mpf(10) ** -DECIMALS


@pytest.mark.parametrize(("S", "K", "rho"), [(1, 8, 0.0), (2, 30, 0.0), (3, 60, 0.5), (5, 300, 0.8)])
def test_no_loss_of_poles_is_below(S, K, rho):
    """Evenly spaced poles of several radii, with the best weights by least squares in the frequency domain."""
    import numpy as np

    w = 2 * np.pi * np.arange(1 << 13) / (1 << 13)
    density = (1 - rho**2) / np.abs(1 - rho * np.exp(-1j * w)) ** 2
    least = float(floor(S, K, Fraction(rho).limit_denominator(100)).value)
    for radius in (0.5, 1.0, 2.0):
        poles = np.exp((-radius + 2j * np.pi * (np.arange(S) - (S - 1) / 2)) / K)
        rows = np.sqrt(density)[:, None] / (1 - poles * np.exp(-1j * w)[:, None])
        target = np.sqrt(density) * np.exp(-1j * K * w)
        weights, *_ = np.linalg.lstsq(rows, target, rcond=None)
        measured = float(np.mean(np.abs(rows @ weights - target) ** 2))
        assert measured == pytest.approx(loss.series(poles, weights, K, rho), rel=1e-6) and 0 < least <= measured
