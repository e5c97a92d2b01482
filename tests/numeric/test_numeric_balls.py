"""Enclosures and multiprecision values: exact rationals inside, narrow, and two routes agreeing. A wide ball does not pass."""

import math
from fractions import Fraction

import mpmath
import pytest
from flint import acb, arb, ctx, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numeric_strategies import WEIGHTS, distinct_pole_lists, filters, polar_poles

from numeric import balls, cauchy, families, multiprecision, poles, reference
from numeric.errors import PrecisionExhausted, Refused

DIGITS = 30
SHIFT = st.integers(0, 12)
ROUTES = pytest.mark.parametrize("method", ["closed", "solve"])


def holds(ball, value):
    """Whether the rational lies in the ball, decided at a precision at which the rational's own rounding cannot matter."""
    with ctx.workprec(8192):
        return ball.contains(fmpq(value.numerator, value.denominator))


def narrow(ball, digits=DIGITS):
    """Radius at most 10^−digits of the midpoint; the 1 % covers the difference between midpoint and least modulus."""
    return (ball.rad() <= abs(ball.mid()) * arb(10) ** -digits * 1.01) is True or ball.is_exact()


def close(number, value, digits=DIGITS):
    """Whether an mpmath number is within 10^−digits of the rational, relative; one unit more for its final rounding."""
    with mpmath.workdps(digits + 200):
        exact = mpmath.mpf(value.numerator) / value.denominator
        return abs(mpmath.mpf(number) - exact) <= 2 * abs(exact) * mpmath.mpf(10) ** -digits


@ROUTES
@given(a=distinct_pole_lists(size=4), K=SHIFT)
def test_capture_holds_the_exact_value(method, a, K):
    exact = reference.capture(a, K)
    ball = balls.capture(a, K, DIGITS, method)
    assert holds(ball, exact) and narrow(ball)
    assert close(multiprecision.capture(a, K, DIGITS, method), exact)


@ROUTES
def test_a_wrong_index_is_outside(method):
    ball, a = balls.capture(["1/2", "-3/4"], 5, DIGITS, method), ["1/2", "-3/4"]
    assert holds(ball, reference.capture(a, 5))
    assert not holds(ball, reference.capture(a, 6)) and not holds(ball, reference.capture(a, 4))
    assert not close(multiprecision.capture(a, 5, DIGITS, method), reference.capture(a, 6))
    assert not narrow(ball + arb(0, 1e-20))


@ROUTES
@given(a=distinct_pole_lists(size=3), K=SHIFT)
@settings(max_examples=25)
def test_best_weights_hold_the_exact_values(method, a, K):
    """Entrywise containment; narrowness and mpmath agreement relative to the largest weight, as documented."""
    exact = reference.optimal_weights(a, K)
    size = max(float(max(abs(b.re), abs(b.im))) for b in exact)
    for ball, number, b in zip(balls.optimal_weights(a, K, DIGITS, method),
                               multiprecision.optimal_weights(a, K, DIGITS, method), exact, strict=True):
        assert holds(ball.real, b.re) and holds(ball.imag, b.im)
        assert float(ball.real.rad()) <= 2 * size * 10.0**-DIGITS
        with mpmath.workdps(200):
            gap = mpmath.mpf(number.real) - mpmath.mpf(b.re.numerator) / b.re.denominator
            assert abs(gap) <= 4 * size * mpmath.mpf(10) ** -DIGITS


@given(filters(size=3, circle=True))
def test_loss_holds_the_exact_value(system):
    """Against the recurrence with its exact tail, which shares no formula with the ball."""
    a, b, K = system
    exact = reference.loss_by_recurrence(reference.diagonal(a), b, [1] * len(a), K)
    assume(exact != 0)  # a relative radius of an inexact zero is never reached
    ball = balls.loss(a, b, K, DIGITS)
    assert holds(ball, exact) and narrow(ball)
    assert close(multiprecision.loss(a, b, K, DIGITS), exact)


@given(distinct_pole_lists(size=3), SHIFT)
def test_best_loss_is_the_loss_at_the_best_weights(a, K):
    exact = reference.loss_by_recurrence(reference.diagonal(a), reference.optimal_weights(a, K), [1] * len(a), K)
    ball = balls.best_loss(a, K, DIGITS) if exact else None
    assert ball is None or (holds(ball, exact) and narrow(ball))


@given(polar_poles(), st.integers(0, 10**12))
@settings(max_examples=30)
def test_routes_overlap_at_any_shift(a, K):
    """Closed form against verified solve, and against mpmath, which forms every difference from rounded poles."""
    closed, solved = balls.capture(a, K, DIGITS), balls.capture(a, K, DIGITS, "solve")
    assert closed.overlaps(solved) and narrow(closed) and narrow(solved)
    value = multiprecision.capture(a, K, DIGITS)
    with ctx.workprec(400):
        sign, man, exp, _ = value._mpf_
        number = arb(mid=(-man if sign else man, exp), rad=(0, 0))
        assert (abs(number - closed) <= 2 * abs(closed) * arb(10) ** -DIGITS) is True


def test_single_pole_at_a_very_large_shift():
    """|a|^{2K}(1 − |a|²) with |a| = e^{−1/(2K)} is e^{−1}(1 − e^{−1/K}); K+1 would move the twelfth digit."""
    K = 10**12
    a = [poles.Polar(Fraction(1, 3), decay=Fraction(1, 2 * K))]
    ball = balls.capture(a, K, 40)
    with ctx.workprec(300):
        expected = -arb(-1).exp() * (-1 / arb(K)).expm1()
        assert ball.overlaps(expected) and narrow(ball, 40)
        assert not balls.capture(a, K + 1, 40).overlaps(expected)


@pytest.mark.parametrize("S", [5, 33])
def test_paper_filter_matches_its_recurrence(S):
    """Loss of the explicit filter: closed form in balls against head + tail of the response run in balls."""
    K, N = 40, 4000
    a = families.paper(S, K)
    weights = [Fraction(1, 50) * (-1) ** s for s in range(S)]
    ball = balls.loss(a, weights, K, DIGITS)
    c = balls.impulse_response(a, weights, N, 60)
    with ctx.workprec(256):
        head = sum((abs(value - (k == K)) ** 2 for k, value in enumerate(c)), arb(0))
        r2 = (arb(-1) / K).exp()  # |a|², and Σ_{k≥N}|c_k|² ≤ (Σ|b|)² r^{2N}/(1 − r²)
        tail = (arb(S) / 50) ** 2 * r2**N / (1 - r2)
        assert ball.overlaps(head + arb(mid=(0, 0), rad=tail.upper().man_exp())) and narrow(ball)
        assert not ball.overlaps(head - 2 * c[K].real + 2 * c[K + 1].real)


@given(polar_poles(size=2), st.integers(0, 10**9))
def test_exact_differences_hold_and_are_sharper(pair, K):
    """1 − a c̄, a − c and a^K from exact logarithms, at 64 bits, overlap the plain evaluation at 400 bits.

    They keep all but 8 bits (a few roundings each), a^K all but 8 + log₂(1 + |log a^K|) (an absolute error of the exponent
    is a relative one of the power), however much a and c, or |a| and 1, agree."""
    a, c = pair[0], pair[-1]
    lost = [8, 8, 8 + math.log2(1 + K * (float(a.decay) + 1) + math.pi)]  # 1 covers the share of base^exponent
    with ctx.workprec(400):
        x, y = poles.to_acb(a), poles.to_acb(c)
        plain = [1 - x * y.conjugate(), x - y, (x.log() * K).exp()]
    with ctx.workprec(64):
        sharp = [poles.defect_ball(a, c), poles.difference_ball(a, c), poles.power_ball(a, K)]
    for left, right, bits in zip(sharp, plain, lost, strict=True):
        with ctx.workprec(400):
            assert left.overlaps(right)
            assert left.is_exact() or abs(left).rel_accuracy_bits() >= 64 - bits


@given(st.lists(WEIGHTS, max_size=9))
def test_product_tree(values):
    exact = reference.ONE
    for value in values:
        exact = exact * value
    tree = cauchy.product([poles.cartesian_ball(value) for value in values])
    assert holds(tree.real, exact.re) and holds(tree.imag, exact.im)


def test_comparison_has_three_values():
    narrow_one, wide = arb("0.1"), arb(0.5, 1)
    assert balls.less(arb(1), arb(2)) is True
    assert balls.less(arb(2), arb(1)) is False
    assert balls.less(arb(1), arb(1)) is False
    assert balls.less(narrow_one, wide) is None
    assert balls.less(narrow_one, narrow_one) is None
    assert balls.less(arb("nan"), arb(1)) is None


@given(st.integers(-(2**300), 2**300), st.integers(-500, 500), st.integers(0, 2**29 - 1), st.integers(-500, 500))
def test_integer_form_is_exact(m, e, r, f):
    with ctx.workprec(2):  # the working precision must not matter
        ball = balls.unpack(m, e, r, f)
        packed = balls.pack(ball)
        assert balls.pack(balls.unpack(*packed)) == packed
    assert holds(ball.mid(), Fraction(m) * Fraction(2) ** e)
    assert holds(ball.rad(), Fraction(r) * Fraction(2) ** f) and ball.rad().is_exact()


def test_wide_radius_is_rounded_up():
    """Arithmetic makes 30-bit radii, which python-flint cannot read back unchanged: packed, they grow, by less than 2^−27."""
    with ctx.workprec(64):
        wide = [ball for ball in (arb(n).sqrt() * arb(n + 1).log() for n in range(2, 200)) if ball.rad().man_exp()[0] >= 2**29]
    assert len(wide) > 10
    for ball in wide:
        again = balls.unpack(*balls.pack(ball))
        with ctx.workprec(128):
            assert (again.rad() > ball.rad()) is True and (again.rad() <= ball.rad() * (1 + arb(2) ** -27)) is True
            assert (again.mid() == ball.mid()) is True
        assert balls.pack(again) == balls.pack(ball)


def test_infinite_balls_have_no_integer_form():
    with pytest.raises(Refused, match="finite"):
        balls.pack(arb("nan"))


def test_decimal_is_not_the_double():
    """'0.1' and 0.1 are different poles, and 30 digits tell them apart."""
    assert not balls.capture(["0.1"], 3).overlaps(balls.capture([0.1], 3))
    assert holds(balls.capture(["0.1"], 0), Fraction(99, 100))


def test_no_global_precision_is_used_or_changed():
    a = ["1/2", "-3/4"]
    before = balls.pack(balls.capture(a, 5)), str(multiprecision.capture(a, 5, 40))
    with ctx.workprec(20), mpmath.workdps(4):
        inside = balls.pack(balls.capture(a, 5)), str(multiprecision.capture(a, 5, 40))
        assert ctx.prec == 20 and mpmath.mp.dps == 4
    assert inside == before


@pytest.mark.parametrize("module", [balls, multiprecision])
def test_refusals(module):
    with pytest.raises(Refused, match="distinct"):
        module.capture(["1/2", "0.5"], 3, 20)
    with pytest.raises(Refused, match="should be < 1"):
        module.capture(["1/2", 1], 3, 20)
    with pytest.raises(Refused, match="closed, solve"):
        module.capture(["1/2"], 3, 20, "guess")


def test_precision_budget(monkeypatch):
    """Two names of one pole cannot be told apart: the search stops with an error, never with a wide ball."""
    monkeypatch.setattr(balls, "LIMIT", 4096)
    same = [Fraction(1, 2), poles.Polar(0, base=Fraction(1, 2), exponent=1)]
    with pytest.raises(PrecisionExhausted, match="equal poles"):
        balls.capture(same, 3)
    with pytest.raises(PrecisionExhausted):
        balls.capture(same, 3, method="solve")


@pytest.mark.slow
def test_large_paper_family_in_two_routes():
    a = families.paper(65, 10**6)
    closed, solved = balls.capture(a, 10**6, 50), balls.capture(a, 10**6, 50, "solve")
    assert closed.overlaps(solved) and narrow(closed, 50) and narrow(solved, 50)
    assert isinstance(balls.optimal_weights(a, 10**6, 20)[0], acb)
