"""Named families: exact identities between them, and float64, mpmath and Arb values of one pole against each other."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st
from numeric_strategies import polar_poles

from numeric import balls, families, loss, poles, reference
from numeric.errors import Refused

EPS = 2.0**-52


@given(st.integers(0, 10).map(lambda T: 2 * T + 1), st.integers(1, 1000))
def test_s4d_lin_is_the_paper_family_at_one_half(S, K):
    assert families.s4d_lin(S, Fraction(1, K)) == families.paper(S, K, Fraction(1, 2))
    assert families.s4d_lin(S, Fraction(1, K)) != families.paper(S, K + 1, Fraction(1, 2))


def test_paper_poles_by_their_formula():
    """e^{−α/K} e^{iπs/K} in plain double arithmetic: a few eps each for exp, cos and sin."""
    values = [poles.to_complex(a) for a in families.paper(5, 7, "1/3")]
    assert np.allclose(values, np.exp((-1 / 3 + 1j * np.pi * np.arange(-2, 3)) / 7), rtol=8 * EPS, atol=0)


def test_sharp_poles_by_their_formula():
    values = [poles.to_complex(a) for a in families.sharp(5, 11, "1/3")]
    assert np.allclose(values, 3 ** (-1 / 11) * np.exp(2j * np.pi * np.arange(-2, 3) / 11), rtol=8 * EPS, atol=0)


def test_lru_ring_stays_in_its_ring_and_repeats():
    ring = families.lru_ring(50, "0.8", "0.99", seed=3)
    radii = np.abs([poles.to_complex(a) for a in ring])
    assert np.all((radii >= 0.8) & (radii <= 0.99))
    assert ring == families.lru_ring(50, "0.8", "0.99", seed=3) != families.lru_ring(50, "0.8", "0.99", seed=4)


@given(polar_poles(size=1))
def test_three_values_of_one_pole(pole_list):
    """Double within 6 eps of the ball (exp, cosine, sine and two products), mpmath within 2^−195 at 200 bits."""
    a = pole_list[0]
    mp = mpmath.mp.clone()
    mp.prec = 200
    with ctx.workprec(300):
        ball = poles.to_acb(a)
        assert float(abs(ball - poles.to_complex(a)).upper()) <= 6 * EPS * float(abs(ball))
        z = poles.to_mpc(a, mp)
        for part, number in ((ball.real, z.real), (ball.imag, z.imag)):
            sign, man, exp, _ = number._mpf_
            gap = abs(part - arb(mid=(-man if sign else man, exp), rad=(0, 0)))
            assert (gap <= arb(2) ** -195 * abs(ball)) is True


def test_quarter_turns_are_exact():
    assert poles.to_complex(poles.Polar(Fraction(1, 2), decay=1)).real == 0
    assert poles.to_complex(poles.Polar(1, decay=1)).imag == 0
    assert poles.Polar(Fraction(5, 2), decay=1) == poles.Polar(Fraction(1, 2), decay=1)


@pytest.mark.parametrize(("S", "K"), [(5, 20), (21, 60)])
def test_paper_weights_in_two_fields(S, K):
    """Loss of the explicit filter in balls and by a float64 series: (S + K)·eps·(Σ|b|)²·K is below 1e-12 here.

    UP.T6 puts it near 1 − (1 − e^{−2})·S/(2K) at α = 1/2; a sign error in b would put it above 1."""
    a, alpha = families.paper(S, K), Fraction(1, 2)
    ball = balls.loss(a, lambda: families.paper_weights(S, K, arb(1) / 2, arb.exp), K, 20)
    values = [poles.to_complex(s) for s in a]
    weights = families.paper_weights(S, K, float(alpha), math.exp)
    assert abs(float(ball) - loss.series(values, weights, K)) < 1e-12
    assert abs(float(ball) - (1 - (1 - math.exp(-2)) * S / (2 * K))) < 1 / K
    assert loss.series(values, [-b for b in weights], K) > 1


@pytest.mark.parametrize("alpha", [0.25, 0.5, 2.0])
def test_paper_weights_as_printed(alpha):
    """(−1)^s e^{−α}(e^{2α} − e^{−2α})/(2K), s = −2..2: a few eps for three exponentials and a difference."""
    printed = [(-1) ** abs(s) * math.exp(-alpha) * 2 * math.sinh(2 * alpha) / 18 for s in range(-2, 3)]
    assert np.allclose(families.paper_weights(5, 9, alpha, math.exp), printed, rtol=16 * EPS, atol=0)


def test_by_name():
    assert families.family("s4d-lin", S=3, step="1/9") == families.s4d_lin(3, "1/9")
    assert families.family("single", re="1/2", im="1/3")[0].value == reference.gaussian(("1/2", "1/3"))
    with pytest.raises(Refused, match="there are paper"):
        families.family("papers", S=3, K=9)
    with pytest.raises(Refused, match="odd"):
        families.paper(4, 9)


@pytest.mark.parametrize("outside", [poles.Polar(0), poles.Polar(0, decay=-1), poles.Polar(0, base=2, exponent=1), 1, (0, "1.1")])
def test_poles_outside_are_refused(outside):
    with pytest.raises(Refused, match="should be < 1"):
        poles.exact([outside])
