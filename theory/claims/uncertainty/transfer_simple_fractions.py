"""What replacing 1/(1 − e^{−w/K}) by K/w costs in the transfer function of the explicit filter (paper, Lemma 22)."""
from theory.claim import Claim
from theory.language import PI, Abs, Sum, T, both, forall, le, statement
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_transfer import (
    RATE,
    SYMBOLS,
    WHERE,
    C,
    G,
    P,
    circle_proper,
    denominator,
    distance_from_circle,
    every,
    fractions_proper,
    j,
    lag,
    over,
    place,
    prefactor,
    s,
    simulated,
    summed,
    top,
    transformed,
    weight,
    x,
)

GRID, FAR = ((25, 100),), ((1600,), (2,))
POINTS, FAR_POINTS = ("0", "1/4", "T/2", "T", "2T"), ("T/2",)
LAGS = {GRID: (100 * top, 10**4 * top), FAR: (1000 * top,)}


def cost(name, lag, share=11, halves=1):
    """|C − P(G + (−1)^T/(2K))| ≤ P(α + πΩ)/(11 K²)."""
    y = place(name)
    return le(Abs(C(top, j, lag, y) - P(j) * (G(top, j, y) + halves * T(-1) ** top / 2 / lag)), P(j) * (RATE + PI * y) / (share * lag**2))


def order(name, lag):
    """2/5 ≤ K |C − PG|/P ≤ 3/5."""
    y = place(name)
    difference = Abs(C(top, j, lag, y) - P(j) * G(top, j, y))
    return both(le(T(2) / 5 * P(j) / lag, difference), le(difference, T(3) / 5 * P(j) / lag))


def conclusion(share=11, halves=1):
    return both(*(over(GRID, cost(name, delay, share, halves)) for name in POINTS for delay in LAGS[GRID]),
                *(over(((25,),), order(name, delay)) for name in ("0", "2T") for delay in LAGS[GRID]),
                *(over(FAR, cost(name, delay, share, halves)) for name in FAR_POINTS for delay in LAGS[FAR]))


def draw(figure):
    """K|C − PG|/P over T for two K/T, at Ω = T/2, and the value 1/2."""
    import numpy as np

    axes, rate = figure.subplots(), 1.0
    for ratio, colour in ((20, "#1f4e79"), (1000, "#a5501d")):
        sizes, scaled = (10, 25, 50, 100, 200, 400), []
        for size in sizes:
            s = np.arange(-size, size + 1)
            z = rate - 1j * np.pi * (s - size / 2)
            scaled.append(abs(((-1.0) ** s * (1 / -np.expm1(-z / (ratio * size)) - ratio * size / z)).sum()))
        axes.semilogx(sizes, scaled, "o-", ms=4, lw=0.9, color=colour, label=f"$K={ratio}T$")
    axes.axhline(0.5, color="#9aa3ab", lw=0.8, ls="--")
    axes.set(xlabel="$T$", ylabel="$K|C-PG|/P$", ylim=(0.49, 0.51))
    axes.legend(fontsize=8)


claim = Claim(
    title="What simple fractions cost in the transfer function",
    says="At the Ω tested, for T = 25, 100 and K = 100T, 10^4 T (α = 1/2, 1) and for T = 1600, K = 1000T, replacing 1/(1 − e^{−w/K}) by "
         "K/w in C changes it by (−1)^T P/(2K), P = e^{−α}(e^{2α} − e^{−2α})/2, up to P(α + πΩ)/(11 K²).",
    statement=statement(forall({}, [], conclusion()), WHERE),
    paper="UP", dossier="UP.L22", reference="Lemma 22", source="reconstructed", strength="domain",
    limits="Ω ∈ {0, 1/4, T/2, T, 2T} (T/2 alone for T = 1600). A change of order 1/K in each of 2T + 1 terms would allow T/K; the signs "
           "alternate, so that the total is of order 1/K, not more and not less: P/(2K) to first order, inside the band, at its edge and "
           "outside.",
    page=draw, symbols=SYMBOLS,
)


@claim.derive
def expansion(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    y = sympy.symbols("y")
    rest = step("expansion", sympy.series(1 / (1 - sympy.exp(-y)) - 1 / y, y, 0, 2).removeO(), why="y = w/K, around y = 0")
    confirm(step, "constant and slope", [rest.coeff(y, 0) - sympy.Rational(1, 2), rest.coeff(y, 1) - sympy.Rational(1, 12)], why="½ + y/12")
    signs = [sum((-1) ** s for s in range(-T, T + 1)) - (-1) ** T for T in range(8)]
    confirm(step, "Σ (−1)^s = (−1)^T", signs, why="T = 0..7: the constants ½ P/K add up to (−1)^T P/(2K)")


@claim.certify
def proof(p, _):
    """At each T, j, K and Ω of the grid both sides are finite expressions, so that ball arithmetic decides each inequality, after every
    denominator was shown not to be 0: α − iπ(s − Ω) has the real part α > 0, and |a_s| = e^{−α/K} < 1.

    Where the inequalities come from: with w = α − iπ(s − Ω), 1/(1 − e^{−w/K}) = K/w + 1/2 + w/(12K) + …,
    and the sum of (−1)^s/2 over |s| ≤ T is (−1)^T/2; the
    next term gives the bound.
    """
    p.inhabited()
    fractions_proper(p, (GRID, FAR))
    for box in (GRID, ((25,),), FAR):
        for delay in LAGS[FAR if box == FAR else GRID]:
            circle_proper(p, (box,), delay)
    p.conclude(*(every(p, T(part)) for part in p.statement["holds"][3][1:]))


def change(value, size, lag, rate, point):
    """(|C − PG − (−1)^T P/(2K)| K²/(P(α + πΩ)), 1/11)."""
    from mpmath import mpf, pi

    left = value / prefactor(rate) - summed(size, rate, point) - mpf((-1) ** size) / (2 * lag)
    return abs(left) * lag**2 / (rate + pi * point)


@claim.oracle
def impulse_response():
    """The transfer function summed over 2K samples at 30 digits, the simple fractions from the digamma function."""
    from mpmath import mp, mpf, nstr

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(30):
        for size, lag, rate in ((3, 300, mpf(1)), (8, 1000, mpf(1) / 2), (25, 2500, mpf(2))):
            for point in (mpf(0), mpf(1) / 4, mpf(size) / 2, mpf(size), mpf(2 * size)):
                scaled = change(transformed(size, lag, rate, point), size, lag, rate, point)
                found.append(bounded("change left over, times K²/(P(α+πΩ))", {"T": size, "K": lag, "α": nstr(rate, 3), "Ω": nstr(point, 6)},
                                     nstr(scaled, 6), "1/11", bool(scaled < mpf(1) / 11)))
    return found


@claim.oracle
def recurrence():
    """The transfer function of the filter as the recurrence runs it; doubles, so that small Ω are left out."""
    from mpmath import mpc, mpf, nstr

    from theory.papers.uncertainty_measurements import bounded

    found, size, lag, rate = [], 10, 1000, 1
    points = (3, 5, 10, 20)
    for point, value in zip(points, simulated(size, lag, float(rate), points), strict=True):
        scaled = change(mpc(complex(value)), size, lag, mpf(rate), mpf(point))
        found.append(bounded("change left over, times K²/(P(α+πΩ))", {"T": size, "K": lag, "α": rate, "Ω": point}, nstr(scaled, 6), "1/11",
                             bool(scaled < mpf(1) / 11)))
    return found


LOST = C(25, 2, 2500, 0) - P(2) * G(25, 2, 0)
claim.must_refuse(
    constant_improved=changed(conclusion(share=13)),
    first_order_of_the_other_sign=changed(conclusion(halves=-1)),
    first_order_doubled=changed(conclusion(halves=2)),
    no_first_order=changed(le(Abs(LOST), T(1) / 2500**2)),
    grows_with_the_order=changed(le(T(25) / 4 * P(2) / 2500, Abs(LOST))),
    no_alternation=changed(where={"G": Sum("s", -top, top, 1 / denominator(s, x))}),
    weights_halved=changed(where={"C": Sum("s", -top, top, weight(s, lag) / (2 * distance_from_circle(s, lag, x)))}),
)


@claim.refute("no_first_order")
@claim.refute("grows_with_the_order")
def at_twenty_five(p):
    """T = 25, K = 2500, α = 1, Ω = 0: one value in balls."""
    here = counterexample(p)
    p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=100)
