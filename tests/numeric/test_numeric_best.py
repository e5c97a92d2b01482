"""The optimum over pole sets: bounds of boxes against energies of poles in them, by another route; witnesses; planted errors."""

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx

from numeric import best
from numeric.design import dyadic
from numeric.errors import Refused
from numeric.optimum import optimum
from numeric.poles import Cartesian
from numeric.reference import Gaussian, capture, capture_dense
from numeric.two_poles import Energy, cover

LAGS = [1, 2, 3, 10, 200, None]


def drawn(K: int | None, count: int, seed: int = 0):
    """(u₁, u₂, v, K F_K): the energy by the Gram matrix of the poles (limit: of the numbers λ), not by the formula of the module."""
    draw = np.random.default_rng(seed)
    for _ in range(count):
        x, phi = np.sort(np.exp(draw.uniform(-2, 1.5, 2))), draw.uniform(0.05, 3.0 if K == 1 else 6.0)
        if K is None:
            value = best.limit_energy(np.array([-x[0], complex(-x[1], phi)]))
        else:
            poles = np.exp(np.array([-x[0], complex(-x[1], phi)]) / K)
            value = K * (1 - optimum([Cartesian(a) for a in dyadic(poles)], K, digits=25, weights=False).loss)
        yield math.exp(-x[0]), math.exp(-x[1]), phi / (4 + phi), value


def cell(x: float, depth: int) -> tuple[float, float]:
    """The dyadic interval of width 2^−depth around x."""
    low = math.floor(x * 2**depth)
    return low / 2**depth, (low + 1) / 2**depth


@pytest.mark.parametrize("K", LAGS)
def test_bounds_of_boxes_are_above_the_energies_of_poles_in_them(K):
    with ctx.workprec(90):
        energy = Energy(K)
        for depths in ((0, 0, 0), (1, 1, 1), (2, 3, 2), (4, 4, 4), (3, 6, 5), (8, 8, 8)):
            for u, w, v, value in drawn(K, 40, sum(depths)):
                box = tuple(cell(x, depth) for x, depth in zip((u, w, v), depths, strict=True))
                bound, axis = energy.bound(box)
                assert (value <= bound + arb("1e-12")) is True, (K, box)
                assert axis in (0, 1, 2)


@pytest.mark.parametrize("K", [2, 10, 200, None])
def test_small_boxes_have_narrow_bounds(K):
    with ctx.workprec(90):
        energy = Energy(K)
        for u, w, v, value in drawn(K, 20, 7):
            box = tuple(cell(x, 22) for x in (u, w, v))
            assert (energy.bound(box)[0] <= value + arb("1e-3")) is True


@pytest.mark.parametrize("K", [2, 10, 200, None])
def test_every_form_alone_is_above_the_energies(K):
    with ctx.workprec(90):
        energy = Energy(K)
        for u, w, v, value in drawn(K, 30, 3):
            box = [cell(x, 7) for x in (u, w, v)]
            if any(lo == 0 or hi == 1 for lo, hi in box):
                continue
            one, two, t = energy.side(*box[0]), energy.side(*box[1]), energy.angle(*box[2])
            mid = [f(*[(lo + hi) / 2] * 2) for f, (lo, hi) in zip((energy.side, energy.side, energy.angle), box, strict=True)]
            forms = [energy.natural(one, two, t, energy.parts(one, two, t)), energy.close(one, two, t, mid)]
            for form in forms:
                if form.is_finite():
                    assert form.overlaps(value), (K, box)
            for form in energy.small(one, two):
                assert not form.is_finite() or (form.upper() >= value.lower()) is True


@pytest.mark.parametrize("K", [2, 10, None])
def test_slopes_contain_differences(K):
    """The mean value theorem itself: the difference of two energies in a box is within slopes × moves."""
    with ctx.workprec(120):
        energy = Energy(K)
        for u, w, v, _ in drawn(K, 30, 11):
            for axis in range(3):
                box = [cell(x, 9) for x in (u, w, v)]
                ends = [[(lo + hi) / 2] * 2 for lo, hi in box]
                first = [*ends[:axis], [box[axis][0]] * 2, *ends[axis + 1:]]
                last = [*ends[:axis], [box[axis][1]] * 2, *ends[axis + 1:]]
                if box[axis][0] == 0 or box[axis][1] == 1:
                    continue
                whole = energy.side(*box[0]), energy.side(*box[1]), energy.angle(*box[2])
                slope = energy.slopes(*whole, energy.parts(*whole))[axis]
                values, places = [], []
                for end in (first, last):
                    point = energy.side(*end[0]), energy.side(*end[1]), energy.angle(*end[2])
                    values.append(energy.natural(*point, energy.parts(*point)))
                    places.append((point[0].x, point[1].x, point[2]["phi"])[axis])
                if slope.is_finite():
                    assert (slope * (places[1] - places[0])).overlaps(values[1] - values[0])
                    assert (values[1] - values[0]).rad() < 1e-20


def test_confluent_poles_are_covered():
    """A Jordan block, the limit of two poles that meet, is not above the bound of the box it lies in."""
    for K, x in ((2, Fraction(1, 2)), (5, Fraction(3, 4))):
        jordan = [[Gaussian(x), Gaussian(0)], [Gaussian(1), Gaussian(x)]]
        value = capture_dense(jordan, [Gaussian(1), Gaussian(0)], K)
        u = float(x) ** K
        with ctx.workprec(90):
            bound = Energy(K).bound((cell(u, 6), cell(u, 6), (0.0, 0.03125)))[0] / K
        assert float(value) <= float(bound) < 1


@pytest.mark.parametrize("K", [2, 3, 10, 200])
def test_the_optimum_of_two_poles_within_a_thousandth(K):
    found = best.largest(2, K)
    assert found.reached and 0 < found.gap < 1e-3 and found.boxes < 60_000
    assert len(found.poles) == 2 and abs(found.poles[0] - found.poles[1].conjugate()) == 0


def test_two_poles_at_lag_two_enclose_seven_sixteenths():
    found = best.largest(2, 2, Fraction(1, 10**5))
    assert found.reached and found.lower <= arb(7) / 16 <= found.upper


def test_the_limit_is_between_neighbouring_lags():
    """K F_K and (K + 1) F_K at K = 200 hold the limit between them (as measured), and the witness is a pair."""
    at, limit = best.largest(2, 200), best.largest(2, None)
    assert 200 * at.lower < limit.upper and limit.lower < 201 * at.upper
    assert limit.reached


@pytest.mark.parametrize("K", [2, 200, None])
def test_a_bound_planted_below_the_witness_is_not_reached(K):
    _, lower = best.witness(2, K)
    found = cover(K, lower * 99 / 100, 40_000)
    assert not found.reached and (found.upper >= lower) is True


def test_boxes_above_the_target_are_split_and_not_discarded(monkeypatch):
    """The box of the optimum is split down to the limit; if it were discarded, the bound would fall below the witness."""
    _, lower = best.witness(2, 3)
    halved, kept = [], Energy.bound

    def watched(self, box, target=None):
        halved.append(box)
        return kept(self, box, target)

    monkeypatch.setattr(Energy, "bound", watched)
    few = cover(3, lower, 500)
    assert not few.reached and few.boxes <= 500 and (few.upper > lower) is True
    assert len(set(halved)) == len(halved) == few.boxes


def test_a_bound_that_is_too_small_is_contradicted_by_the_witness(monkeypatch):
    monkeypatch.setattr(Energy, "bound", lambda self, box, target=None: (arb(1) / 10, 0))
    with pytest.raises(ArithmeticError, match="defect"):
        best.largest(2, 2)


@pytest.mark.parametrize("S", [1, 3, 4, 8])
@pytest.mark.parametrize("K", [8, 100, None])
def test_other_orders(S, K):
    found = best.largest(S, K)
    assert (found.lower <= found.upper) is True
    assert found.gap < (1e-12 if S == 1 else 0.5) and found.boxes == 0
    if K is not None:
        again = optimum([Cartesian(a) for a in dyadic(found.poles)], K, digits=12, weights=False)
        assert (found.lower <= 1 - again.loss.lower()) is True


@pytest.mark.parametrize("S", [1, 2, 3, 4])
def test_the_argument_for_more_poles_holds_in_exact_arithmetic(S):
    """n F_{m+n} + F_{m+n}/F_0 ≤ S − 1 + (1 − F_0)^m for drawn poles, its parts, and equality for one pole and n = 0."""
    draw = np.random.default_rng(S)
    for _ in range(6):
        radii, turns = draw.uniform(0.2, 0.97, S), draw.uniform(0, 1 + S, S)
        poles = [Gaussian(Fraction(round(64 * r * math.cos(t)), 65), Fraction(round(64 * r * math.sin(t)), 65))
                 for r, t in zip(radii, turns, strict=True)]
        if len(set(poles)) < S:
            continue
        F = [capture(poles, k) for k in range(10)]
        first = F[0]
        for k in range(9):
            assert F[k + 1] <= F[k] and F[k] - F[k + 1] <= first * F[k] and F[k] >= first * (1 - first) ** k
            assert F[k] <= first * (S - sum(F[:k]))
        for m in range(10):
            for n in range(10 - m):
                left, right = (n + 1 / first) * F[m + n], S - 1 + (1 - first) ** m
                assert left <= right and (left == right) == (S == 1 and n == 0)
                assert float(F[m + n]) * (m + n) <= S - 1 + math.exp(-1)


def test_more_poles_than_lags():
    found = best.largest(4, 3)
    assert found.reached and found.upper == 1 and found.gap < 1e-12


def test_the_limit_of_one_pole_is_one_over_e():
    found = best.largest(1, None)
    assert (found.lower <= arb(-1).exp().upper()) is True and found.gap < 1e-12


def test_scaled_energies_approach_the_limit_energy():
    """(numbers λ) against poles e^{λ/K} at K = 10^6, another formula."""
    for S in (2, 3, 5):
        lam, value = best.witness(S, None)
        poles, K = np.exp(lam / 10**6), 10**6
        near = 10**6 * (1 - optimum([Cartesian(a) for a in dyadic(poles)], K, digits=25, weights=False).loss)
        assert abs(float(near) / float(value) - 1) < 1e-4


@pytest.mark.parametrize(("arguments", "word"), [
    ((0, 5), "order"), ((9, 5), "order"), ((2, 0), "shift"), ((2, 10**6 + 1), "shift"), ((3, 10**9 + 1), "shift"), ((2, 5, 0), "gap"),
    ((2, 5, Fraction(-1, 2)), "gap"), ((2, 5, Fraction(1, 10), 0), "boxes")])
def test_refusals(arguments, word):
    with pytest.raises(Refused, match=word):
        best.largest(*arguments)


def test_an_unusable_limit_witness_is_refused():
    with pytest.raises(Refused):
        best.limit_energy(np.array([-1.0, -1.0]))
    with pytest.raises(Refused):
        best.limit_energy(np.array([0.5, -1.0]))
