"""The limit of the transfer function of the explicit filter (paper, Theorem 7), on a grid that reaches T = 1600, K = 2560000."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Abs, T, both, exp, forall, le, lt, names, ne, statement
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_transfer import (
    INSIDE,
    PLACES,
    RATE,
    SYMBOLS,
    WHERE,
    C,
    E,
    P,
    V,
    circle_proper,
    end,
    every,
    fractions_proper,
    gap,
    j,
    limit_proper,
    over,
    place,
    prefactor,
    simulated,
    spread,
    top,
    transformed,
    x,
)
from theory.proof import explained

GRID, FAR = ((25, 100),), ((1600,), (2,))
LAG, m = top**2, names("m")
SHARP, FAR_POINTS = tuple(name for name in PLACES if name != "T+1/2"), ("T/2", "2T")


def ratio(y):
    """C/D at ω = πΩ/K."""
    return exp(IMAGINARY * PI * y) * C(top, j, LAG, y)


def limit(name):
    """The case of the printed limit at a point."""
    return P(j) * V(j, place(name)) if name in INSIDE else 0


def sharp(name, share=20):
    """|C − limit − P(E + (−1)^T/(2K))| ≤ P (1/(20 d³) + (α + πΩ)/(11 K²))."""
    y = place(name)
    centre = limit(name) + P(j) * (E(top, j, y) + T(-1) ** top / (2 * LAG))
    return le(Abs(C(top, j, LAG, y) - centre), P(j) * (1 / (share * gap(name) ** 3) + (RATE + PI * y) / (11 * LAG**2)))


def error(name):
    """|C − its printed limit|."""
    return Abs(C(top, j, LAG, place(name)) - limit(name))


def order(name, low, high):
    """low P/d ≤ |C − limit| ≤ high P/d."""
    return both(le(low * P(j) / gap(name), error(name)), le(error(name), high * P(j) / gap(name)))


def near(name, sign):
    """|C/D − (1 ± e^{−2α})| ≤ 2P/K, with K = T²."""
    return le(Abs(ratio(place(name)) - (1 + sign * exp(-2 * RATE))), 2 * P(j) / LAG)


MIDDLE = place("T+1/2")
HALFWAY = both(le(T(2) / 5 * P(j), Abs(C(top, j, LAG, MIDDLE))), le(T(2) / 5 * P(j), Abs(C(top, j, LAG, MIDDLE) - P(j) * V(j, MIDDLE))))
COARSE = (near("0", 1), near("3", 1), near("1/2", -1), order("T/2", T(1) / 10, T(1) / 9), order("2T", T(1) / 5, T(9) / 40),
          le(P(j) / 8, error("T-1/2")), le(P(j) / 5, error("T+1")), HALFWAY)


def conclusion(share=20, coarse=COARSE):
    return both(*(over(GRID, part) for part in coarse), *(over(GRID, sharp(name, share)) for name in SHARP),
                *(over(FAR, sharp(name, share)) for name in FAR_POINTS))


def draw(figure):
    """|C/D| over Ω for T = 25, 100 with K = T², α = 1; the limit inside, 0 outside, and 1, which is the modulus of the shift."""
    import numpy as np

    from theory.papers.uncertainty_figures import filter_of
    from theory.papers.uncertainty_figures import ratio as measured

    for axes, (size, low) in zip(figure.subplots(2, 1), ((25, 18), (100, 93)), strict=True):
        grid = np.linspace(low, size + 10, 1201)
        axes.plot(grid, np.abs(measured(*filter_of(2 * size + 1, size**2), size**2, grid)), lw=1, color="#1f4e79", label=f"$T={size}$")
        limits = np.abs((1 - np.exp(-4)) / (1 - np.exp(-2 - 2j * np.pi * grid)))
        axes.plot(grid, np.where(grid < size, limits, 0), lw=0.9, ls="--", color="#3d6b35", label="the two cases")
        axes.axvline(size + 0.5, color="#9aa3ab", lw=0.8, label="$\\Omega=T+1/2$")
        axes.axhline(1, color="#a5501d", lw=0.6, label="shift")
        axes.set(xlabel="$\\Omega=K\\omega/\\pi$", ylabel="$|C/D|$")
        axes.legend(fontsize=7, ncols=2)


claim = Claim(
    title="The limit of the transfer function",
    says="At the Ω tested, for K = T², T = 25, 100 (α = 1/2, 1), C(e^{iω}) is e^{−α}(e^{2α} − e^{−2α})/(e^α e^{iπΩ} − e^{−α} e^{−iπΩ}) "
         "for |Ω| ≤ T and 0 for |Ω| > T, plus P(E + (−1)^T/(2K)) with the end terms E of the simple fractions, up "
         "to P(1/(20 d³) + (α + πΩ)/(11 K²)), d = ||Ω| − T − ½|; so for T = 1600 at T/2, 2T.",
    statement=statement(forall({}, [], conclusion()), WHERE),
    paper="UP", dossier="UP.T7", reference="Theorem 7", source="reconstructed", strength="domain",
    limits="Ω ∈ {0, 1/4, 1/2, 3, T/2, T−½, T, T+1, T+10, 2T}; nothing between the grid points, and no limit is proved. The limit is not "
           "the shift: C/D is within 2P/K of 1 + e^{−2α} at Ω = 0, 3 and of 1 − e^{−2α} at 1/2. The error of the two cases at T/2 and 2T "
           "lies between constants times 1/||Ω| − T|; it is P/8 or more at T − ½, P/5 or more at T + 1, and at T + ½ C is 2P/5 or more "
           "away from both cases: they hold only as ||Ω| − T| grows.",
    page=draw, symbols=SYMBOLS,
)


@claim.derive
def product_of_constants(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    alpha, Omega = sympy.symbols("alpha Omega", real=True)
    P = step("P", sympy.exp(-alpha) * (sympy.exp(2 * alpha) - sympy.exp(-2 * alpha)) / 2, why="b_s = (−1)^s P/K")
    turn = sympy.exp(sympy.I * sympy.pi * Omega)
    sums = 2 / (sympy.exp(alpha + sympy.I * sympy.pi * Omega) - sympy.exp(-alpha - sympy.I * sympy.pi * Omega))
    printed = step("limit", 2 * P / (sympy.exp(alpha) * turn - sympy.exp(-alpha) / turn), why="as printed")
    confirm(step, "P times the sum of Lemma 23", [sympy.simplify(P * sums - printed)], why="K/w sums to 1/sinh w, w = α + iπΩ")


@claim.certify
def proof(p, _):
    """At each T, j and Ω of the grid both sides are finite expressions, so that ball arithmetic decides each inequality. Before that every
    denominator is shown not to be 0: α − iπ(s − Ω) has the real part α > 0; 1 − a_s e^{−iω} is not 0 because |a_s| = e^{−α/K} < 1; the
    others are evaluated at every point.

    Where the inequalities come from: with w = α − iπ(s − Ω), replacing 1/(1 − e^{−w/K}) by K/w changes C by P(−1)^T/(2K) to first order
    (`uncertainty.transfer_simple_fractions`), and the sum of simple fractions is its limit plus the end terms E
    (`uncertainty.transfer_two_cases`).
    """
    p.inhabited()
    fractions_proper(p, (GRID, FAR))
    for box, points in ((GRID, PLACES), (FAR, FAR_POINTS)):
        lag_proper(p, box[0][0])
        limit_proper(p, (box,), points)
        circle_proper(p, (box,), LAG)
    p.conclude(*(every(p, T(part)) for part in p.statement["holds"][3][1:]))


@explained
def lag_proper(p, first):
    """K = T² is not 0, nor are its multiples, for T from the first of the grid on."""
    for value, factor, degree in ((m**2, 1, 2), (2 * m**2, 2, 2), (11 * (m**2) ** 2, 11, 4)):
        with p.generalise({"m": "nat"}, [le(first, m)], ne(value, 0)) as block:
            positive = p.squares(lt(0, m), [(1, [block(1)], "", 1), (first, [], "", 1)])
            p.order("nonzero", ne(value, 0), p.squares(lt(0, value), [(factor, [positive] * degree, "", 1)]))


def two_cases(size, lag, rate, point):
    """The printed limit with the end terms and (−1)^T/(2K)."""
    from mpmath import mpc, mpf, pi, sinh

    middle = size + mpf(1) / 2
    ends = sum(1 / mpc(rate, pi * (point + sign * middle)) for sign in (1, -1)) + mpf(1) / lag
    return prefactor(rate) * (ends * (-1) ** size / 2 + (1 / sinh(mpc(rate, pi * point)) if point < middle else 0))


def share_of_bound(value, size, lag, rate, point):
    """|C − its two cases with the end terms| as a share of the bound."""
    from mpmath import mpf, pi

    bound = 1 / (20 * abs(size + mpf(1) / 2 - point) ** 3) + (rate + pi * point) / (11 * mpf(lag) ** 2)
    return abs(value - two_cases(size, lag, rate, point)) / (prefactor(rate) * bound)


@claim.oracle
def impulse_response():
    """The transfer function summed over 2K samples at 30 digits, for orders and lags off the grid too."""
    from mpmath import mp, mpf, nstr

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(30):
        for size, lag, rate in ((25, 625, mpf(1)), (10, 1000, mpf(1) / 2), (31, 1200, mpf(2))):
            for point in (mpf(0), mpf(1) / 4, mpf(3), mpf(size) / 2, mpf(size), mpf(size + 1), mpf(2 * size)):
                share = share_of_bound(transformed(size, lag, rate, point), size, lag, rate, point)
                found.append(bounded("error as a share of the bound", {"T": size, "K": lag, "α": nstr(rate, 3), "Ω": nstr(point, 6)},
                                     nstr(share, 6), 1, bool(share < 1)))
    return found


@claim.oracle
def recurrence():
    """The filter as the recurrence runs it, in doubles."""
    from mpmath import mpc, mpf, nstr

    from theory.papers.uncertainty_measurements import bounded

    found, size, lag, rate = [], 25, 625, 1
    points = (0, 0.5, 3, 12.5, 24.5, 25, 26, 35, 50)
    for point, value in zip(points, simulated(size, lag, float(rate), points), strict=True):
        share = share_of_bound(mpc(complex(value)), size, lag, mpf(rate), mpf(point))
        found.append(bounded("error as a share of the bound", {"T": size, "K": lag, "α": rate, "Ω": point}, nstr(share, 6), 1,
                             bool(share < 1)))
    return found


def at_point(y):
    """C for T = 25, K = 625, α = 1."""
    return C(25, 2, 625, y)


EDGE = T(51) / 2
claim.must_refuse(
    constant_improved=changed(conclusion(share=40)),
    ends_subtracted=changed(where={"E": T(-1) ** (top + 1) * (1 / end(1) + 1 / end(-1)) / 2}),
    limit_doubled=changed(where={"V": 4 / spread(x)}),
    tends_to_the_shift=changed(le(Abs(at_point(0) - 1), T(1) / 10)),
    zero_right_outside=changed(le(Abs(at_point(26)), T(1) / 10)),
    limit_right_at_the_edge=changed(le(Abs(at_point(EDGE) - P(2) * V(2, EDGE)), T(1) / 10)),
    zero_right_at_the_edge=changed(le(Abs(at_point(EDGE)), T(1) / 10)),
    limit_outside=changed(le(Abs(at_point(50) - P(2) * V(2, 50)), T(1) / 10)),
)


@claim.refute("tends_to_the_shift")
@claim.refute("zero_right_outside")
@claim.refute("limit_right_at_the_edge")
@claim.refute("zero_right_at_the_edge")
@claim.refute("limit_outside")
def at_twenty_five(p):
    """T = 25, K = 625, α = 1: one value in balls."""
    here = counterexample(p)
    p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=100)
