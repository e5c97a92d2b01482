"""Figure 2: the transfer function of the explicit filter against the shift e^{−iKω}, and the part of one pole."""
from fractions import Fraction

from theory.claim import Claim
from theory.language import IMAGINARY, PI, Abs, Sum, T, both, eq, exp, forall, lt, names, ne, statement, within
from theory.mutations import changed, counterexample
from theory.papers.uncertainty_figures import (
    by_balls,
    enclosed,
    filter_of,
    half,
    order,
    pole,
    ratio,
    simulated_ratio,
    weight,
)
from theory.proof import explained

HALF, LAG, PLACES = 45, 450, 9
SIZE = 2 * HALF + 1
INSIDE = tuple(map(Fraction, (0, "1/2", 10, "41/2", 30, "81/2", 43)))
EDGE = tuple(map(Fraction, (44, "89/2", 45, "91/2", 46)))
OUTSIDE = tuple(map(Fraction, (50, "141/2", 100, 225)))
FOUND = {  # Ω: C/D, real and imaginary part in units of 10^−9
    Fraction(0): (1133786961, 0),
    Fraction('1/2'): (864768117, -1548346),
    Fraction(10): (1133776697, -2171694),
    Fraction('41/2'): (869972392, -1606567),
    Fraction(30): (1133560017, -10919824),
    Fraction('81/2'): (904168472, -4110696),
    Fraction(43): (1146494641, 78578061),
    Fraction(44): (1110549526, -123907121),
    Fraction('89/2'): (1034488817, -44621737),
    Fraction(45): (1236282635, 257160048),
    Fraction('91/2'): (434586780, 343158403),
    Fraction(46): (-100947173, 261669032),
    Fraction(50): (-4700576, 48555250),
    Fraction('141/2'): (-10197160, -1596082),
    Fraction(100): (-1509006, 5180525),
    Fraction(225): (1486148, -1560553),
}
Q, s = names("Q s")


def part_of(s, x):
    """b_s/(1 − a_s e^{−iπx/K})."""
    return weight(s, LAG) / (1 - pole(s, LAG) * exp(-IMAGINARY * PI * x / LAG))


x = names("x")
WHERE = [("Q", ["T", "x"], exp(IMAGINARY * PI * x) * Sum("s", -half, half, part_of(s, x)))]
LIMITS = {True: 1 + exp(-2), False: 1 - exp(-2)}


def point(place):
    """Ω as a term."""
    return T(place.numerator) / T(place.denominator)


def near_limit(place, distance):
    """Inside the band, C/D is near (1 − e^{−4})/(1 − e^{−2} e^{−2πiΩ})."""
    return lt(Abs(Q(half, point(place)) - LIMITS[place.denominator == 1]), T(1) / distance)


def values():
    """Ω ↦ the certified C/D, in doubles."""
    return {place: complex(*parts) / 10**PLACES for place, parts in FOUND.items()}


def conclusion(found=None, distance=10, small=5):
    enclosures = [enclosed(Q(half, point(place)), value, PLACES) for place, value in (found or values()).items()]
    near = [near_limit(place, distance) for place in INSIDE]
    far = [lt(Abs(Q(half, point(place))), T(1) / small) for place in OUTSIDE]
    lone = forall({"s": "int"}, within(-half, s, half), eq(part_of(s, s), weight(s, LAG) / (1 - exp(-T(1) / LAG))))
    return both(lone, *enclosures, *near, *far)


def draw(figure):
    """|C/D| and its phase over Ω = Kω/π with the certified points; below, Re C with the shift and one pole's part."""
    import numpy as np

    from theory.papers.uncertainty_figures import transfer

    a, b = filter_of(SIZE, LAG)
    (top, low) = figure.subplots(2, 1, sharex=False)
    grid = np.linspace(0, 110, 1761)
    top.plot(grid, np.abs(ratio(a, b, LAG, grid)), lw=0.9, label="$|C/D|$")
    known = {place: value for place, value in values().items() if place <= 110}
    top.plot([float(place) for place in known], [abs(value) for value in known.values()], "o", ms=4, color="#22262b",
             label="certified to $10^{-9}$")
    for level in (1 + np.exp(-2), 1 - np.exp(-2)):
        top.axhline(level, color="#a5501d", lw=0.8, ls="--")
    top.axvline(HALF, color="#9aa3ab", lw=0.8)
    top.set(xlabel="$\\Omega=K\\omega/\\pi$", ylabel="$|C/D|$")
    top.legend(fontsize=8)
    near = np.linspace(0, 6, 601)
    low.plot(near, np.cos(np.pi * near), color="#9aa3ab", lw=2.5, label="shift, Re $e^{-iK\\omega}$")
    low.plot(near, transfer(a, b, np.pi * near / LAG).real, lw=1, label="filter, Re $C$")
    low.plot(near, transfer(a[HALF + 3:HALF + 4], b[HALF + 3:HALF + 4], np.pi * near / LAG).real, lw=1, label="the pole $s=3$ alone")
    low.set(xlabel="$\\Omega$", ylabel="real part")
    low.legend(fontsize=8, loc="upper right", ncols=3)
    low.set_ylim(-1.6, 2.3)


claim = Claim(
    title="Figure 2: transfer function and shift",
    says="For S = 91, K = 450, α = 1 the ratio of the transfer function to e^{−iKω} is enclosed within 10^{−9} at sixteen Ω = Kω/π: "
         "within 1/10 of 1 + e^{−2} (integer Ω) or 1 − e^{−2} (half-integer Ω) up to Ω = 43, and below 1/5 from 50 on.",
    statement=statement(forall({"T": "int"}, order(HALF), conclusion()), WHERE),
    paper="UP", dossier="UP.F2", reference="Figure 2", source="text", strength="domain",
    limits="The caption's S = 90 cannot be 2T+1: T = 45, S = 91 is taken; no α is given: α = 1. Single frequencies, nothing between "
           "them. The filter does not tend to the shift inside the band: the modulus of the ratio keeps moving between 1 − e^{−2} and "
           "1 + e^{−2}, and the phase is right at integer and half-integer Ω only.",
    page=draw,
)


@claim.derive
def one_period(step):
    import sympy
    from mpmath import mp

    from theory.identities import below, define, equal, predicts
    from theory.papers.uncertainty_predicted import ratio as predicted

    w, Omega = sympy.symbols("w"), sympy.symbols("Omega", real=True)
    y = sympy.symbols("y", positive=True)
    equal(step, "one pole, K → ∞", sympy.Limit(y / (1 - sympy.exp(-y * w)), y, 0), 1 / w,
          why="y = 1/K: the term s of C without its weight, (1/K)/(1 − e^{−w/K}) with w = 1 + iπ(Ω − s)")
    s = sympy.symbols("s", integer=True)
    zero = sympy.I * sympy.pi * s
    equal(step, "poles of 1/sinh w", sympy.sinh(zero).rewrite(sympy.sin), sympy.S.Zero, why="at w = iπs, for every integer s",
          shown="sinh(iπs)")
    equal(step, "residues of 1/sinh w", 1 / sympy.cosh(zero), (-1) ** s,
          why="over the derivative cosh w there: so 1/sinh w is the sum of (−1)^s/(w − iπs)", shown="1/cosh(iπs)")
    limit = define(step, "limit of C/D", "Q", sympy.exp(-1) * sympy.sinh(2) * sympy.exp(sympy.I * sympy.pi * Omega)
                   / sympy.sinh(1 + sympy.I * sympy.pi * Omega), why="with the factor e^{iπΩ} of the shift")
    equal(step, "without sinh", limit, (1 - sympy.exp(-4)) / (1 - sympy.exp(-2) * sympy.exp(-2 * sympy.I * sympy.pi * Omega)),
          why="numerator and denominator times 2e^{−1}e^{−iπΩ}")
    equal(step, "integer Ω", limit.subs(Omega, 0), 1 + sympy.exp(-2), why="e^{−2πiΩ} = 1")
    equal(step, "half-integer Ω", limit.subs(Omega, sympy.Rational(1, 2)), 1 - sympy.exp(-2),
          why="e^{−2πiΩ} = −1; in between the phase is not 0")
    with mp.workdps(30):
        predicts(step, "finite S and K", FOUND, lambda place: predicted(HALF, LAG, place), PLACES,
                 why="Σ_{k<2K} c_k e^{−iπΩk/K}/(1 − e^{−2}e^{−2πiΩ}) with c the Dirichlet kernel, against the sums over the poles")
    below(step, "how far from a shift", sympy.S.One / 10, sympy.exp(-2),
          why="the modulus of the limit keeps moving between 1 − e^{−2} and 1 + e^{−2}")


@claim.certify
def proof(p, _):
    p.inhabited(T=HALF)
    lone, *others = map(T, p.statement["holds"][3][1:])
    alone = own_frequency(p, lone)
    regular(p)
    p.conclude(alone, *(enclosure(p, other) for other in others))


@explained
def own_frequency(p, lone):
    """At the frequency of a pole, a_s e^{−iω} = e^{−1/K}."""
    p.step("ball_bound", ne(1 - exp(-T(1) / LAG), 0), prec=96)
    with p.generalise({"s": "int"}, within(-half, s, half), lone.json[3]) as every:
        p.identity(lone.json[3])
    return every.fact


@explained
def regular(p):
    """No pole lies on the unit circle, so no denominator is 0 at the frequencies shown."""
    with p.generalise({"s": "int"}, within(-half, s, half), ne(1 - pole(s, LAG) * exp(-IMAGINARY * PI * s / LAG), 0)):
        p.step("ball_bound", ne(1 - exp(-T(1) / LAG), 0), prec=96)
    for place in INSIDE + EDGE + OUTSIDE:
        proper = forall({"s": "int"}, within(-half, s, half), ne(1 - pole(s, LAG) * exp(-IMAGINARY * PI * point(place) / LAG), 0))
        by_balls(p, proper, HALF)


@explained
def enclosure(p, part):
    """A sum over the poles in ball arithmetic."""
    return by_balls(p, part, HALF)


@claim.oracle
def recurrence():
    """The same ratios from the recurrence, whose tail after 40 K samples is below 10^−13."""
    from theory.papers.uncertainty_measurements import compared

    found = values()
    run = simulated_ratio(*filter_of(SIZE, LAG), LAG, list(found), 40 * LAG)
    return [compared("C/D", {"Ω": str(place)}, f"{measured:.9f}", f"{value:.9f}", abs(measured - value) < 1e-9)
            for (place, value), measured in zip(found.items(), run, strict=True)]


claim.must_refuse(
    value_moved=changed(conclusion(found={place: value + 1e-6 for place, value in values().items()})),
    nearer_to_the_limit=changed(conclusion(distance=1000)),
    smaller_outside=changed(conclusion(small=1000)),
    band_too_wide=changed(near_limit(Fraction(50), 10)),
)


@claim.refute("band_too_wide")
def beyond_the_edge(p):
    """At Ω = 50 the ratio is far from the limit."""
    from theory.mutations import opposite

    here = counterexample(p, T=HALF)
    p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=96)
