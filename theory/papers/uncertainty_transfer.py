"""The transfer function of the explicit filter at ω = πΩ/K, its sum of simple fractions, and what the ends of that sum leave over.

α = j/2: every abbreviation has its arguments in full, so that balls can evaluate a closed formula about finitely many T and j. A point is
a function of the term T. The sums are far too long to be written out; they are only evaluated.
"""
from theory.language import IMAGINARY, PI, Abs, Sum, T, eq, exp, fn, forall, le, lt, names, ne, within
from theory.proof import explained
from theory.steps import at, not_one

top, j, s, x, r, w, height = names("T j s x r w y")
RATE = j / 2
G, E, V, P, C, lag = names("G E V P C K")


def pole(s, K):
    """a_s = e^{−α/K} e^{iπs/K}."""
    return exp(-RATE / K) * exp(IMAGINARY * PI * s / K)


def weight(s, K):
    """b_s."""
    return T(-1) ** s * exp(-RATE) * (exp(2 * RATE) - exp(-2 * RATE)) / (2 * K)


def denominator(s, x):
    """α − iπ(s − Ω)."""
    return RATE - IMAGINARY * PI * (s - x)


def distance_from_circle(s, K, x):
    """1 − a_s e^{−iω}."""
    return 1 - pole(s, K) * exp(-IMAGINARY * PI * x / K)


def end(sign):
    """α + iπ(Ω ± (T + 1/2))."""
    return RATE + IMAGINARY * PI * (x + sign * (top + T(1) / 2))


def spread(x):
    """e^{α+iπΩ} − e^{−α−iπΩ}."""
    return exp(RATE + IMAGINARY * PI * x) - exp(-RATE - IMAGINARY * PI * x)


WHERE = [
    ("G", ["T", "j", "x"], Sum("s", -top, top, T(-1) ** s / denominator(s, x))),
    ("V", ["j", "x"], 2 / spread(x)),
    ("E", ["T", "j", "x"], T(-1) ** top * (1 / end(1) + 1 / end(-1)) / 2),
    ("P", ["j"], exp(-RATE) * (exp(2 * RATE) - exp(-2 * RATE)) / 2),
    ("C", ["T", "j", "K", "x"], Sum("s", -top, top, weight(s, lag) / distance_from_circle(s, lag, x))),
]
SYMBOLS = {
    "j": "2α, so that α = j/2",
    "x": "Ω, where ω = πΩ/K is the frequency",
    "G(T, j, x)": "the sum of simple fractions Σ (−1)^s/(α − iπ(s − Ω)) over |s| ≤ T",
    "V(j, x)": "its limit inside, 2/(e^{α+iπΩ} − e^{−α−iπΩ})",
    "E(T, j, x)": "what the two ends of the sum leave over",
    "P_j": "e^{−α}(e^{2α} − e^{−2α})/2, the common factor of the weights times K",
    "C(T, j, K, x)": "the transfer function Σ b_s/(1 − a_s e^{−iω}) of the explicit filter",
}
PLACES = {  # Ω as a function of T
    "0": lambda t: T(0), "1/4": lambda t: T(1) / 4, "1/2": lambda t: T(1) / 2, "3": lambda t: T(3), "T/2": lambda t: t / 2,
    "T-1/2": lambda t: t - T(1) / 2, "T": lambda t: t, "T+1/2": lambda t: t + T(1) / 2, "T+1": lambda t: t + 1, "T+10": lambda t: t + 10,
    "2T": lambda t: 2 * t,
}
INSIDE = ("0", "1/4", "1/2", "3", "T/2", "T-1/2", "T")


def place(name):
    return PLACES[name](top)


def grid(tops, rates=(1, 2)):
    """Variables and hypotheses: T is one of `tops`, α = j/2 with j from the first of `rates` to the last."""
    product = T(1)
    for value in tops:
        product = product * (top - value)
    return {"T": "nat", "j": "nat"}, [*within(rates[0], j, rates[-1]), *within(tops[0], top, tops[-1]), eq(product, 0)]


def over(box, part):
    """The formula `part` on a box of the grid: the T, and the j if not both."""
    return forall(*grid(*box), part)


def gap(name):
    """| |Ω| − (T + 1/2) |, the distance of Ω from the middle of the edge."""
    inner = top + T(1) / 2 - place(name)
    return inner if name in INSIDE else -inner


# Denominators ----------------------------------------------------------------------------------------------------------
@explained
def fractions_proper(p, boxes):
    """α − iπ(s − Ω) is not 0: its real part is α > 0."""
    goal = ne(r - IMAGINARY * PI * height, 0)
    with p.generalise({"r": "real", "y": "real"}, [lt(0, r)], goal) as general, p.contradiction(goal) as absurd:
        star = p.step("congruence", eq(r + IMAGINARY * PI * height, 0), equal=f"{absurd}.1", context=fn("m_", names("m_").bar))
        p.squares(lt(0, 0), [(1, [general(1)], "", 1)], using=[(f"{absurd}.1", T(1) / 2), (star, T(1) / 2)])
    for first in {grid(*box)[1][0].json[1] for box in boxes}:
        for variables, goal, y in (({"s": "int"}, ne(denominator(s, w), 0), s - w),
                                   *(({"T": "nat"}, ne(at(end(sign), "x", w), 0), -end_offset(sign)) for sign in (1, -1))):
            with p.generalise({"j": "nat", **variables, "w": "real"}, [le(first, j)], goal) as block:
                p.squares(lt(0, RATE), [(T(1) / 2, [block(1)], "", 1), (T(first) / 2, [], "", 1)])
                p.apply(general.fact, goal, r=RATE, y=y)


def end_offset(sign):
    return w + sign * (top + T(1) / 2)


@explained
def limit_proper(p, boxes, points):
    """The denominators without a sum are not 0: by balls."""
    for box in boxes:
        for name in points:
            p.step("ball_bound", over(box, ne(spread(place(name)), 0)), prec=96)
            if name != "T+1/2":
                p.step("ball_bound", over(box, ne(gap(name), 0)), prec=96)


@explained
def circle_proper(p, boxes, K):
    """|a_s e^{−iω}| = e^{−α/K} < 1, so 1 − a_s e^{−iω} is not 0."""
    for box in boxes:
        variables, hypotheses = grid(*box)
        proper = p.step("ball_bound", over(box, ne(K, 0)), prec=96)
        shrinking = p.step("ball_bound", over(box, lt(exp(-RATE / K), 1)), prec=96)
        goal = ne(distance_from_circle(s, K, w), 0)
        with p.generalise({**variables, "s": "int", "w": "real"}, [*hypotheses, *within(-top, s, top)], goal):
            p.apply(proper, ne(K, 0), T=top, j=j)
            below = p.apply(shrinking, lt(exp(-RATE / K), 1), T=top, j=j)
            z = pole(s, K) * exp(-IMAGINARY * PI * w / K)
            not_one(p, z, p.squares(lt(Abs(z), 1), [(1, [below], "", 1)]))


@explained
def every(p, part, prec=96):
    """Each of the finitely many instances, by ball arithmetic."""
    return p.step("ball_bound", part, prec=prec)


# Measurements ----------------------------------------------------------------------------------------------------------
def summed(size, rate, point):
    """The sum from differences of the digamma function: no term of it is added up."""
    from mpmath import digamma, mpc, pi

    def beta(y):
        return (digamma((y + 1) / 2) - digamma(y / 2)) / 2
    y = mpc(-point, rate / pi) - size
    return mpc(0, 1) / pi * (-1) ** size * (beta(y) + beta(y + 2 * size + 1))


def kernel(size, time):
    """Σ_{|s|≤T} (−1)^s e^{iπst}."""
    from mpmath import cos, mpf, pi

    return (-1) ** size * cos(pi * (size + mpf(1) / 2) * time) / cos(pi * time / 2)


def prefactor(rate):
    """e^{−α}(e^{2α} − e^{−2α})/2."""
    from mpmath import exp, sinh

    return exp(-rate) * sinh(2 * rate)


def transformed(size, lag, rate, point):
    """C(e^{iω}) from the impulse response in closed form, one period of 2K samples of it."""
    from mpmath import exp, fsum, mpc, mpf, pi

    turn = mpc(rate, pi * point)
    period = fsum((2 * size + 1 if n == lag else kernel(size, mpf(n) / lag)) * exp(-turn * n / lag) for n in range(2 * lag))
    return prefactor(rate) / lag * period / (1 - exp(-2 * turn))


def simulated(size, lag, rate, points):
    """C(e^{iω}) at several Ω from the recurrence, cut off after 40 K/α samples."""
    import numpy as np

    from theory.papers.uncertainty_figures import filter_of, simulated_ratio

    points = np.asarray(points, float)
    ratios = simulated_ratio(*filter_of(2 * size + 1, lag, rate), lag, points, int(40 * lag / rate))
    return ratios * np.exp(-1j * np.pi * points)
