"""The two-case limit of the sum of simple fractions (paper, Lemma 23), on a grid that reaches T = 1600."""
from theory.claim import Claim
from theory.language import Abs, Sum, T, both, forall, im, le, re, statement
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_transfer import (
    INSIDE,
    PLACES,
    RATE,
    SYMBOLS,
    WHERE,
    E,
    G,
    V,
    denominator,
    end,
    every,
    fractions_proper,
    gap,
    j,
    kernel,
    limit_proper,
    over,
    place,
    s,
    spread,
    summed,
    top,
    x,
)

GRID, COARSE_GRID, FAR = ((25, 100, 400),), ((25, 100),), ((1600,), (2,))
LARGE = ("T/2", "T", "2T")


def sharp(name, share=20):
    """|G − V − E| ≤ 1/(20 d³) inside, |G − E| ≤ 1/(20 d³) outside, with d the distance from the middle of the edge."""
    y = place(name)
    centre = E(top, j, y) + (V(j, y) if name in INSIDE else 0)
    return le(Abs(G(top, j, y) - centre), 1 / (share * gap(name) ** 3))


def error(name):
    """|G − its printed limit|."""
    y = place(name)
    return Abs(G(top, j, y) - V(j, y)) if name in INSIDE else Abs(G(top, j, y))


def order(name, low, high):
    """low/d ≤ |G − limit| ≤ high/d."""
    return both(le(low / gap(name), error(name)), le(error(name), high / gap(name)))


MIDDLE, EDGE = place("T+1/2"), place("T")
HALFWAY = both(
    le(Abs(im(G(top, j, MIDDLE)) - im(V(j, MIDDLE)) / 2), 1 / (12 * top)),
    le(T(2) / 5, Abs(G(top, j, MIDDLE))), le(T(2) / 5, Abs(G(top, j, MIDDLE) - V(j, MIDDLE))),
    le(Abs(re(G(top, j, EDGE)) - re(V(j, EDGE) + T(-1) ** top / RATE) / 2), 1 / (50 * top**2)),
)
COARSE = (order("T/2", T(1) / 10, T(1) / 9), order("2T", T(1) / 5, T(9) / 40), order("T+10", T(3) / 20, T(1) / 5),
          le(T(1) / 8, error("T-1/2")), le(T(1) / 5, error("T+1")), HALFWAY)


def conclusion(share=20, coarse=COARSE):
    return both(*(over(GRID, sharp(name, share)) for name in PLACES if name != "T+1/2"), *(over(COARSE_GRID, part) for part in coarse),
                *(over(FAR, sharp(name, share)) for name in LARGE))


def draw(figure):
    """|G| over Ω around the edge for T = 100, α = 1: the two cases, the end terms E, and the point half-way."""
    import numpy as np

    (whole, edge), rate, size = figure.subplots(2, 1), 1.0, 100
    s = np.arange(-size, size + 1)[:, None]
    for axes, grid in ((whole, np.linspace(80, 120, 1601)), (edge, np.linspace(98, 103, 801))):
        sums = ((-1.0) ** s / (rate - 1j * np.pi * (s - grid))).sum(0)
        along = np.real(sums * np.sinh(rate + 1j * np.pi * grid))
        limit = np.where(grid < size, 1, 0)
        axes.plot(grid, limit, color="#9aa3ab", lw=1.2, label="the two cases")
        axes.plot(grid, along, color="#1f4e79", lw=0.9, label="real part of sum/limit, $T=100$, $\\alpha=1$")
        axes.plot([size + 0.5], [0.5], "o", ms=4, color="#a5501d", label="$\\Omega=T+1/2$")
        axes.set(xlabel="$\\Omega$", ylabel="sum/limit")
    whole.legend(fontsize=8)


claim = Claim(
    title="The two cases of the limit, and the edge between them",
    says="At the Ω tested, for T = 25, 100, 400 (α = 1/2, 1), the sum of (−1)^s/(α − iπ(s − Ω)) over |s| ≤ T is "
         "2/(e^{α+iπΩ} − e^{−α−iπΩ}) for |Ω| ≤ T and 0 for |Ω| > T, plus ½(−1)^T (1/(α + iπ(Ω+T+½)) + 1/(α + iπ(Ω−T−½))), "
         "up to 1/(20 d³), d = ||Ω| − T − ½|; so too for T = 1600 at three Ω.",
    statement=statement(forall({}, [], conclusion()), WHERE),
    paper="UP", dossier="UP.L23", reference="Lemma 23", source="reconstructed", strength="domain",
    corrects="uncertainty.transfer_outside",
    limits="Ω ∈ {0, 1/4, 1/2, 3, T/2, T−½, T, T+1, T+10, 2T}; nothing between the grid points, and no limit is proved. The cases hold only "
           "as ||Ω| − T| grows: their error is between 1/(10d) and 1/(9d) at T/2, between 1/(5d) and 9/(40d) at 2T, at least 1/8 at T − ½ "
           "and 1/5 at T + 1. The middle of the edge is T + ½: there the imaginary part is half that of the limit up to 1/(12T), and the "
           "sum is 2/5 or more away both from 0 and from the limit. At Ω = T the real part is (limit + (−1)^T/α)/2 up to 1/(50T²).",
    page=draw, symbols=SYMBOLS,
)


@claim.derive
def residues(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    w = sympy.symbols("w")
    value = step("value", 2 / (sympy.exp(w) - sympy.exp(-w)), why="w = α + iπΩ, and α − iπ(s − Ω) = w − iπs")
    poles = {s: sympy.I * sympy.pi * s for s in range(-3, 4)}
    found = [sympy.limit((w - pole) * value.rewrite(sympy.sinh), w, pole) - (-1) ** s for s, pole in poles.items()]
    confirm(step, "residue (−1)^s at w = iπs", [sympy.simplify(x) for x in found], why="s = −3..3: the poles and residues of the sum")


@claim.certify
def proof(p, _):
    """At each T, j and Ω of the grid both sides are finite expressions, so that ball arithmetic decides each inequality, after every
    denominator was shown not to be 0: α − iπ(s − Ω) has the real part α > 0, the others are evaluated at every point.

    Where the inequalities come from: the sum over all integers s is V. For |Ω| < T two alternating tails are missing, each about half
    of what its term would be at the half-integer T + ½ or −T − ½. For |Ω| > T the finite sum itself alternates without passing
    the pole, so that only the same two halves are left. Both are exact up to the third order in 1/d.
    """
    p.inhabited()
    near = ("T/2", "T-1/2", "T", "T+1/2", "T+1", "T+10", "2T")
    fractions_proper(p, (GRID, FAR))
    for box, points in ((GRID, [name for name in PLACES if name != "T+1/2"]), (COARSE_GRID, near), (FAR, LARGE)):
        limit_proper(p, (box,), points)
    p.conclude(*(every(p, T(part)) for part in p.statement["holds"][3][1:]))


def expected(size, rate, point):
    """The case of the limit with the end terms."""
    from mpmath import mpc, mpf, pi, sinh

    middle = size + mpf(1) / 2
    ends = sum(1 / mpc(rate, pi * (point + sign * middle)) for sign in (1, -1)) * (-1) ** size / 2
    return ends + (1 / sinh(mpc(rate, pi * point)) if point < middle else 0)


@claim.oracle
def digamma_values():
    """Sums from the digamma function at 40 digits against the two cases with the end terms."""
    from mpmath import mp, mpf, nstr

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(40):
        for size, rate in ((25, mpf(1) / 2), (26, mpf(1)), (1600, mpf(1)), (10**5, mpf(2))):
            for point in (mpf(0), mpf(1) / 4, mpf(3), mpf(size) / 2, mpf(size), mpf(size + 1), mpf(2 * size)):
                distance = abs(size + mpf(1) / 2 - point)
                scaled = abs(summed(size, rate, point) - expected(size, rate, point)) * distance**3
                found.append(bounded("error times d³", {"T": size, "α": nstr(rate, 3), "Ω": nstr(point, 12)}, nstr(scaled, 6), "1/20",
                                     bool(scaled < mpf(1) / 20)))
    return found


@claim.oracle
def laplace_transform():
    """The sum as ∫_0^∞ e^{−(α+iπΩ)t} Σ(−1)^s e^{iπst} dt, folded to one period, by quadrature."""
    from mpmath import exp, linspace, mp, mpc, mpf, nstr, pi, quad

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(20):
        half, one = mpf(1) / 2, mpf(1)
        for size, rate, point in ((5, one, mpf(0)), (6, half, mpf(13) / 4), (8, one, mpf(8)), (8, one, mpf(9)), (7, one, mpf(14))):
            a = mpc(rate, pi * point)
            value = quad(lambda t, size=size, a=a: exp(-a * t) * kernel(size, t), linspace(0, 2, 4 * size + 2)) / (1 - exp(-2 * a))
            scaled = abs(value - expected(size, rate, point)) * abs(size + mpf(1) / 2 - point) ** 3
            found.append(bounded("error times d³", {"T": size, "α": nstr(rate, 3), "Ω": nstr(point, 6)}, nstr(scaled, 6), "1/20",
                                 bool(scaled < mpf(1) / 20)))
    return found


SMALL = T(25)
AT_EDGE = le(Abs(G(SMALL, 2, SMALL + 1)), T(1) / 10)
claim.must_refuse(
    constant_improved=changed(conclusion(share=40)),
    ends_subtracted=changed(where={"E": T(-1) ** (top + 1) * (1 / end(1) + 1 / end(-1)) / 2}),
    limit_of_the_other_sign=changed(where={"V": 2 / (-spread(x))}),
    limit_doubled=changed(where={"V": 4 / spread(x)}),
    no_alternation=changed(where={"G": Sum("s", -top, top, 1 / denominator(s, x))}),
    zero_right_outside=changed(AT_EDGE),
    limit_right_at_the_edge=changed(le(Abs(G(SMALL, 2, SMALL + T(1) / 2) - V(2, SMALL + T(1) / 2)), T(1) / 10)),
    faster_decay=changed(le(Abs(G(SMALL, 2, 2 * SMALL)), 1 / SMALL**2)),
)


@claim.refute("zero_right_outside")
@claim.refute("limit_right_at_the_edge")
@claim.refute("faster_decay")
def at_twenty_five(p):
    """T = 25, α = 1: one value in balls."""
    here = counterexample(p)
    p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=100)
