"""Poles drawn anywhere in the open disk, as exact rationals: spread out, clustered, near 0, within 1e-9 of the circle."""

from fractions import Fraction

from hypothesis import strategies as st

from numeric.poles import Polar, exact
from numeric.reference import Gaussian

COARSE = st.integers(-12, 12)


@st.composite
def rational_pole(draw, parts=17):
    """A Gaussian rational with |a| ≤ 12√2/17 < 1, on a coarse grid, so that repeats happen."""
    return Gaussian(Fraction(draw(COARSE), parts), Fraction(draw(COARSE), parts))


@st.composite
def unit_point(draw):
    """A rational point of the unit circle, (1−t² + 2it)/(1+t²)."""
    t = Fraction(draw(st.integers(-40, 40)), draw(st.integers(1, 40)))
    return Gaussian((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))


@st.composite
def near_circle(draw):
    """A rational pole with 1e-12 ≤ 1 − |a| ≤ 1e-9."""
    gap = Fraction(draw(st.integers(1, 1000)), 10**12)
    point = draw(unit_point())
    return Gaussian(point.re * (1 - gap), point.im * (1 - gap))


@st.composite
def near_zero(draw):
    return Gaussian(Fraction(draw(COARSE), 10**6), Fraction(draw(COARSE), 10**6))


@st.composite
def cluster(draw, size):
    """Poles within 2e-5 of one another."""
    centre = draw(rational_pole())
    shifts = draw(st.lists(st.tuples(COARSE, COARSE), min_size=1, max_size=size))
    return [Gaussian(centre.re + Fraction(x, 10**6), centre.im + Fraction(y, 10**6)) for x, y in shifts]


@st.composite
def circle_cluster(draw, size):
    """Poles within 1e-9 of the circle and of one another: both parts of 1 − a c̄ cancel."""
    point = draw(unit_point())
    places = draw(st.lists(st.tuples(st.integers(1, 1000), COARSE), min_size=1, max_size=size))
    moves = [Gaussian(1 - Fraction(gap, 10**12), Fraction(turn, 10**11)) for gap, turn in places]
    return [a for a in (point * move for move in moves) if a.abs2() < 1]


def pole_lists(size=4, circle=True):
    """Lists of 1 … size poles; repeated ones are allowed."""
    kinds = [rational_pole(), near_zero()] + ([near_circle()] if circle else [])
    lists = [st.lists(st.one_of(kinds), min_size=1, max_size=size), cluster(size)]
    return st.one_of(lists + ([circle_cluster(size)] if circle else []))


def distinct_pole_lists(size=4, circle=True):
    return pole_lists(size, circle).map(lambda a: list(dict.fromkeys(a)))


@st.composite
def polar_poles(draw, size=5):
    """Distinct polar poles e^{−decay} base^{exponent} e^{iπθ}, all four data rational; bases 1, 1/2 and 2/3."""
    bases = st.sampled_from([(1, 0), ("1/2", "1/3"), ("1/2", "1/97"), ("2/3", "1/50")])
    data = draw(st.lists(st.tuples(st.integers(-60, 60), st.integers(1, 400), bases), min_size=1, max_size=size, unique=True))
    return exact(Polar(Fraction(turn, 61), Fraction(decay, 100), *radius) for turn, decay, radius in data)


WEIGHTS = st.tuples(st.integers(-9, 9), st.integers(-9, 9)).map(lambda z: Gaussian(Fraction(z[0], 7), Fraction(z[1], 7)))


@st.composite
def filters(draw, size=4, circle=False):
    """Poles (possibly repeated), as many weights, and a shift 0 ≤ K ≤ 25."""
    a = draw(pole_lists(size, circle))
    return a, [draw(WEIGHTS) for _ in a], draw(st.integers(0, 25))


def double(z: Gaussian) -> complex:
    return complex(float(z.re), float(z.im))
