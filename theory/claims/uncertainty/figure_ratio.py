"""The figure of Appendix D with the ratio C/D: its limit, the closed-form weights, the best weights and the ideal window."""
from fractions import Fraction

from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    Abs,
    Sum,
    T,
    both,
    conj,
    exp,
    forall,
    inv,
    invertible,
    le,
    lt,
    matrix,
    names,
    ne,
    re,
    statement,
    vec,
    within,
)
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_figures import by_balls, filter_of, half, optimal_of, order, pole, ratio, simulated_ratio, weight
from theory.proof import explained

HALF, LAG, PLACES = 25, 500, 9
SIZE = 2 * HALF + 1
FOUND = {  # Ω: C/D with the closed-form weights and with the best ones, real and imaginary parts in units of 10^−9
    Fraction(0): ((1133792961, 0), (1133342826, 0)),
    Fraction('1/2'): ((864991584, -1542561), (864373085, 1986203)),
    Fraction(5): ((1136903089, 3397263), (1136676098, 2944043)),
    Fraction('21/2'): ((872917167, -1686105), (858310122, -1356147)),
    Fraction(20): ((1131792393, -33541046), (1158750045, -9288157)),
    Fraction('41/2'): ((901980359, -3985131), (856251210, -26725883)),
    Fraction(24): ((1110678745, -121947524), (1217843043, 44159471)),
    Fraction('49/2'): ((1032558750, -44492062), (950544687, -99556926)),
    Fraction(25): ((1236152521, 255258809), (1025746067, -179470830)),
    Fraction('51/2'): ((436459872, 343027862), (433796721, 4278393)),
    Fraction(26): ((-100816219, 263514636), (105397083, 187484886)),
    Fraction('53/2'): ((-176152261, -44490024), (-94873198, 98592488)),
    Fraction(30): ((-4566745, 50202350), (37316226, -939562)),
    Fraction('61/2'): ((-45651418, -3974749), (2754233, 33802532)),
    Fraction(50): ((-1459001, 11404740), (5988899, -5983441)),
}
C, q, Q, R, V, s, t, x = names("C q Q R V s t x")


def a(s):
    """The s-th pole, s = 1..S."""
    return pole(s - half - 1, LAG)


def turn(x):
    return exp(-IMAGINARY * PI * x / LAG)


WHERE = [
    ("C", ["T"], matrix("s", 2 * half + 1, "t", 2 * half + 1, 1 / (1 - a(s) * conj(a(t))))),
    ("q", ["T"], vec("s", 2 * half + 1, a(s) ** LAG)),
    ("V", ["T", "x"], vec("s", 2 * half + 1, 1 / (1 - a(s) * turn(x)))),
    ("Q", ["T", "x"], exp(IMAGINARY * PI * x) * Sum("s", 1, 2 * half + 1, weight(s - half - 1, LAG) / (1 - a(s) * turn(x)))),
    ("R", ["T", "x"], exp(IMAGINARY * PI * x) * conj(V(half, x).H @ inv(C(half)) @ q(half))),
]
INSIDE = tuple(map(Fraction, (0, "1/2", 5, "21/2", 20, "41/2")))
SHARE = 50059102


def point(place):
    """Ω as a term."""
    return T(place.numerator) / T(place.denominator)


def near_limit(place, hundredths):
    """|C/D − (1 − e^{−4})/(1 − e^{−2} e^{−2πiΩ})| < hundredths/100 with the closed-form weights; 2Ω is an integer."""
    limit = 1 + exp(-2) if place.denominator == 1 else 1 - exp(-2)
    return lt(Abs(Q(half, point(place)) - limit), T(hundredths) / 100)


def near(term, parts):
    """|term − v| ≤ 10^−9."""
    return le(Abs(term - T(parts[0]) / 10**PLACES - IMAGINARY * (T(parts[1]) / 10**PLACES)), T(1) / 10**PLACES)


def captured(value=SHARE):
    """F_K of the best weights, below the share S/(2K) that the ideal window captures."""
    best = q(half).H @ inv(C(half)) @ q(half)
    return both(near(best, (value, 0)), lt(re(best), T(SIZE) / (2 * LAG)))


def conclusion(found=None, hundredths=5, share=SHARE):
    found = found or FOUND
    enclosures = [near(term(half, point(place)), value) for place, pair in found.items() for term, value in zip((Q, R), pair, strict=True)]
    return both(captured(share), *enclosures, *(near_limit(place, hundredths) for place in INSIDE),
                *(lt(Abs(Q(half, point(place))), T(1) / 10) for place in FOUND if place >= 30))


def draw(figure):
    """|C/D| over Ω: the limit, both choices of weights with the certified points, the ideal window."""
    import numpy as np

    axes, grid = figure.subplots(), np.linspace(0, 36, 1153)
    poles, weights = filter_of(SIZE, LAG)
    limit = np.abs((1 - np.exp(-4)) / (1 - np.exp(-2 - 2j * np.pi * grid)))
    axes.plot([0, SIZE / 2, SIZE / 2, 36], [1, 1, 0, 0], color="#9aa3ab", lw=1.2, label="ideal window")
    axes.plot(grid[grid < HALF], limit[grid < HALF], color="#3d6b35", lw=0.8, ls="--", label="limit, $|\\Omega|<T$")
    for label, chosen, column, marker, colour in (("closed-form weights", weights, 0, "o", "#1f4e79"),
                                                  ("best weights", optimal_of(poles, LAG), 1, "s", "#a5501d")):
        axes.plot(grid, np.abs(ratio(poles, chosen, LAG, grid)), lw=1, color=colour, label=label)
        shown = [place for place in FOUND if place <= 36]
        axes.plot([float(place) for place in shown], [abs(complex(*FOUND[place][column])) / 10**PLACES for place in shown], marker, ms=4,
                  color=colour)
    axes.set(xlabel="$\\Omega=K\\omega/\\pi$", ylabel="$|C/D|$", ylim=(-0.03, 1.62))
    axes.legend(fontsize=8, ncols=2, loc="upper right")


claim = Claim(
    title="The ratio C/D: limit, closed form, best weights",
    says="For S = 51, K = 500, α = 1 the ratio C/D is enclosed within 10^{−9} at fifteen Ω = Kω/π for the closed-form weights and for the "
         "best ones; up to Ω = 20.5 the former is within 1/20 of the limit, and the best weights capture 0.050059102 < S/(2K).",
    statement=statement(forall({"T": "int"}, order(HALF), conclusion()), WHERE),
    paper="UP", dossier="UP.FD2", reference="Appendix D, the figure of C/D", source="text", strength="domain",
    limits="Integer and half-integer Ω only, where the limit (1 − e^{−4})/(1 − e^{−2} e^{−2πiΩ}) is 1 ± e^{−2}. The caption gives no α; "
           "α = 1. The best weights differ from the closed form by up to 43 percent of a weight at the ends |s| = T.",
    page=draw,
)


@claim.derive
def closed_inverse(step):
    import sympy
    from mpmath import mp

    from theory.identities import below, equal, predicts
    from theory.papers import uncertainty_predicted as predicted
    from theory.papers import uncertainty_symbolic as symbolic

    n, q = sympy.symbols("n", integer=True, nonnegative=True), sympy.symbols("q")
    periods = (1 - q ** (n + 1)) / (1 - q)
    equal(step, "periods", periods.subs(n, n + 1) - periods, q ** (n + 1),
          why="c_{k+2K} = e^{−2} c_k: the first n + 1 periods of 2K samples carry the factor (1 − q^{n+1})/(1 − q), q = e^{−2} e^{−2πiΩ}")
    for number in (2, 3):
        symbolic.inverse(step, symbolic.Poles(number))
    with mp.workdps(30):
        columns = [{place: pair[column] for place, pair in FOUND.items()} for column in (0, 1)]
        predicts(step, "closed-form weights", columns[0], lambda place: predicted.ratio(HALF, LAG, place), PLACES,
                 why="one period of the Dirichlet kernel transformed, times 1/(1 − q), against the sums over the poles of the statement")
        predicts(step, "best weights", columns[1], lambda place: predicted.best_ratio(HALF, LAG, place), PLACES,
                 why="b̄ = Z a^K with the closed inverse Z, against the linear systems of the statement")
        energy = predicted.best_weights(HALF, LAG)[2]
        predicts(step, "captured energy", {LAG: SHARE}, lambda _: energy, PLACES, why="F_K = Σ b_s a_s^K with the best weights")
        below(step, "below the ideal window", sympy.Float(energy, 25), sympy.Rational(SIZE, 2 * LAG),
              why="the share of the ideal window is S/(2K)")


@claim.certify
def proof(p, _):
    p.inhabited(T=HALF)
    share, *others = map(T, p.statement["holds"][3][1:])
    proper(p)
    best = p.both(*(by_balls(p, T(part), HALF, prec=160) for part in share.json[1:]))
    p.conclude(best, *(enclosure(p, other) for other in others))


@explained
def proper(p):
    """The poles are distinct and inside the circle: denominators do not vanish, and the Gram matrix has an inverse."""
    rows = within(1, s, 2 * half + 1)
    by_balls(p, forall({"s": "int", "t": "int"}, [*rows, *within(1, t, 2 * half + 1)], ne(1 - a(s) * conj(a(t)), 0)), HALF)
    by_balls(p, invertible(C(half)), HALF, prec=160)
    for place in FOUND:
        by_balls(p, forall({"s": "int"}, rows, ne(1 - a(s) * turn(point(place)), 0)), HALF)


@explained
def enclosure(p, part):
    """A sum over the poles, or the solution of the linear system of the best weights, in ball arithmetic."""
    return by_balls(p, part, HALF, prec=160)


def values(column):
    """Ω ↦ the certified ratio in doubles."""
    return {place: complex(*pair[column]) / 10**PLACES for place, pair in FOUND.items()}


def simulated(column, weights):
    """Measurements of one choice of weights by the recurrence, whose tail after 40 K samples is below 10^−13."""
    from theory.papers.uncertainty_measurements import compared

    found, poles = values(column), filter_of(SIZE, LAG)[0]
    run = simulated_ratio(poles, weights, LAG, list(found), 40 * LAG)
    return [compared("C/D", {"Ω": str(place)}, f"{measured:.9f}", f"{value:.9f}", abs(measured - value) < 2e-9)
            for (place, value), measured in zip(found.items(), run, strict=True)]


@claim.oracle
def recurrence():
    """The filter with the closed-form weights, run."""
    return simulated(0, filter_of(SIZE, LAG)[1])


@claim.oracle
def best_recurrence():
    """The filter with the best weights, from 30-digit multiprecision arithmetic that the kernel does not use, run."""
    from numeric import families, multiprecision

    return simulated(1, [complex(value) for value in multiprecision.optimal_weights(families.paper(SIZE, LAG, 1), LAG, 30)])


claim.must_refuse(
    value_moved=changed(conclusion(found={**FOUND, Fraction(0): ((FOUND[Fraction(0)][0][0] + 100, 0), FOUND[Fraction(0)][1])})),
    weights_exchanged=changed(conclusion(found={place: pair[::-1] for place, pair in FOUND.items()})),
    nearer_to_the_limit=changed(conclusion(hundredths=1)),
    more_captured=changed(conclusion(share=51 * 10**6)),
    limit_outside=changed(near_limit(Fraction(30), 5)),
)


@claim.refute("limit_outside")
def beyond_the_edge(p):
    """At Ω = 30 the ratio is far from the limit."""
    here = counterexample(p, T=HALF)
    p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=96)
