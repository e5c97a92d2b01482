"""F_K and its gradient in doubles against enclosures, differences at sixty digits and a symbolic derivative."""

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import ctx
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numeric_strategies import polar_poles

from numeric import design, fast, optimum, reference
from numeric.errors import Refused
from numeric.families import named
from numeric.poles import Polar, exact, to_complex

RHOS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(9, 10)])


def doubles(poles, K, rho):
    return fast.captured(fast.logarithms(poles), K, float(rho), lambda n: fast.logarithms(poles, n))


def beyond(value, error, ball):
    """Whether a double is surely farther from an enclosed value than its bound."""
    with ctx.workprec(400):
        return (abs(ball - value) > error) is True


@given(polar_poles(), st.integers(0, 400), RHOS)
@settings(max_examples=60)
def test_captured_is_within_its_bound(poles, K, rho):
    value, error = doubles(poles, K, rho)
    assume(math.isfinite(error))
    assert not beyond(value, error, optimum.captured(poles, K, rho, 40))


@pytest.mark.parametrize("rho", [0, Fraction(1, 2)])
@pytest.mark.parametrize(("family", "S", "most"), [
    ("paper", 65, 1e-9), ("sharp", 33, 1e-9), ("lru-ring", 20, 1e-6), ("hippo-legs", 6, 1e-4)])
def test_the_bound_is_narrow_where_poles_are_apart(family, S, most, rho):
    poles = named(family, S, 300)
    value, error = doubles(poles, 300, rho)
    assert 0 < error < most * value and not beyond(value, error, optimum.captured(poles, 300, rho, 40))
    assert beyond(value * (1 + 3 * error / value), error, optimum.captured(poles, 300, rho, 40))  # a wrong value is seen


def test_close_poles_have_a_wide_bound():
    poles = named("hippo-legs", 40, 100)
    value, error = doubles(poles, 100, 0)
    assert not error < abs(value)
    assert not math.isfinite(sum(doubles((Polar(Fraction(0), Fraction(1)),) * 2, 3, 0)))


def test_the_angle_of_a_power_is_reduced_exactly():
    poles = exact([Polar(Fraction(1, 3), Fraction(1, 10**16))])
    log = fast.logarithms(poles, 10**15 + 1)[0]
    assert log.imag == pytest.approx(-math.pi / 3, rel=1e-15)  # 10^15 + 1 is 5 modulo 6
    assert log.real == pytest.approx(-0.1, rel=1e-14)


def turned(poles, s, decay, turn):
    """The poles with log a_s changed by −decay + iπ·turn, exactly."""
    moved = Polar(poles[s].half_turns + turn, poles[s].decay + decay, poles[s].base, poles[s].exponent)
    return (*poles[:s], moved, *poles[s + 1:])


@pytest.mark.parametrize("rho", [Fraction(0), Fraction(2, 5)])
@pytest.mark.parametrize("poles", [
    exact([Polar(Fraction(1, 7), Fraction(1, 5))]),
    exact(Polar(Fraction(2 * s + 1, 41), Fraction(3 + s % 3, 60)) for s in range(-3, 3)),
    exact([Polar(Fraction(0), Fraction(1, 9)), Polar(Fraction(1, 3), Fraction(1, 9)), Polar(Fraction(-1, 2), Fraction(2, 3))])])
def test_gradient_against_differences_at_sixty_digits(poles, rho):
    """Central differences with a step of 1e-18 are right to about 1e-30; the gradient is to about 1e-11 of its largest part."""
    K, step = 17, Fraction(1, 10**18)
    value, slope = fast.gradient(fast.logarithms(poles), K, float(rho))
    assert value == pytest.approx(doubles(poles, K, rho)[0], rel=1e-13)
    with ctx.workprec(400):
        for s in range(len(poles)):
            for change, ours in (((-step, 0), 2 * slope[s].real), ((0, step), -2 * math.pi * slope[s].imag)):
                up, down = (optimum.captured(turned(poles, s, sign * change[0], sign * change[1]), K, rho, 60) for sign in (1, -1))
                theirs = float(((up - down) * 10**18 / 2).mid())
                assert ours == pytest.approx(theirs, abs=1e-11 * np.abs(slope).max())


def test_gradient_against_a_symbolic_derivative():
    """F_K of two poles e^{−x ± iy} from the 2×2 Gram matrix, differentiated by SymPy."""
    x, y = sympy.symbols("x y", positive=True)
    K = 9
    a = [sympy.exp(-x + sympy.I * y), sympy.exp(-x - sympy.I * y)]
    bar = a[::-1]
    gram = sympy.Matrix(2, 2, lambda s, t: 1 / (1 - a[s] * bar[t]))
    top, mirror = sympy.Matrix([z**K for z in a]), sympy.Matrix([[z**K for z in bar]])
    energy = (mirror * gram.adjugate() * top)[0] / gram.det()
    place = {x: sympy.Rational(1, 12), y: sympy.Rational(1, 5)}
    dx, dy = (complex(sympy.N(sympy.diff(energy, symbol).subs(place), 40)).real for symbol in (x, y))
    value, slope = fast.gradient(np.array([-1 / 12 + 0.2j, -1 / 12 - 0.2j]), K)
    assert value == pytest.approx(complex(sympy.N(energy.subs(place), 40)).real, rel=1e-13)
    assert -2 * (slope[0] + slope[1]).real == pytest.approx(dx, rel=1e-12)
    assert -2 * (slope[0] - slope[1]).imag == pytest.approx(dy, rel=1e-12)


def test_freed_poles_are_stationary_and_no_worse():
    S, K = 21, 400
    found = dict(design.candidates(S, K, 0.0))
    free, tapered = found["free poles"], found["sharp, tapered towards the edge"]
    assert design.captured(free, K, 0.0) > design.captured(tapered, K, 0.0)
    assert np.abs(fast.gradient(free, K)[1]).max() < 1e-4 * np.abs(fast.gradient(tapered, K)[1]).max()


@pytest.mark.parametrize("N", [0, 1, 2, 7, 1000])
def test_vandermonde_against_exact_powers(N):
    a = np.array([0.5, -0.999 + 0.02j, to_complex(Polar(Fraction(1, 7), Fraction(1, 1000))), 0])
    V = fast.vandermonde(a, N)
    assert V.shape == (4, N)
    bound = 3 * (math.log2(max(N, 1)) + 1) * 2.0**-52
    for s, value in enumerate(a):
        power = reference.gaussian(1)
        for k in range(min(N, 120)):
            gap = reference.gaussian(complex(V[s, k])) - power
            assert gap.abs2() <= Fraction(bound) ** 2 * power.abs2()
            power = power * reference.gaussian(complex(value))


@pytest.mark.parametrize("logs", [np.zeros(0), np.zeros((2, 2)), np.array([0j]), np.array([1.0 + 0j]), np.array([np.nan]), -np.ones(2049)])
def test_refusals(logs):
    for function in (fast.captured, fast.gradient):
        with pytest.raises(Refused, match=r"REFUSED   numeric\.fast"):
            function(logs, 3)
