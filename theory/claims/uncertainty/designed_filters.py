"""Filters that `eigenproof design` wrote: their loss, never above that of the paper's filter, and the gap to the lower bound."""
import json
from pathlib import Path

from theory.claim import Claim
from theory.language import T, both, forall, le, lt, statement
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import S
from theory.papers.uncertainty_design import Instance, Written, above, shown
from theory.proof import explained
from theory.steps import at

RECORDS = Path(__file__).with_suffix(".json")
FILTERS = [Written(**row) for row in json.loads(RECORDS.read_text())]
INSTANCES = [Instance(filter, str(j)) for j, filter in enumerate(FILTERS, 1)]
FIRST = INSTANCES[0]


def conclusion(**changes):
    return both(*(instance.states(**changes) for instance in INSTANCES))


def told(filter):
    return f"S = {filter.order}, K = {filter.K}, ρ = {filter.rho}: at most {float(quotient_of(filter.most)):.6f}"


def quotient_of(text):
    from fractions import Fraction

    return Fraction(text)


def families(lag, orders):
    """Rows (S, paper, designed, bound) of loss at one lag under white noise, from fresh designs."""
    from numeric import design

    found = [(order, design.design(order, lag)) for order in orders]
    return [(order, float(one.paper.mid()), float(one.loss.mid()), float(one.bound.value)) for order, one in found]


def draw(figure):
    """Captured energy per pole, F (K+1)/S, at K = 1000: the paper's filter, designed ones, the bound; and the certified filters."""
    lag, orders = 1000, (1, 3, 5, 9, 17, 33, 65)
    rows = families(lag, orders)
    axes = figure.subplots()
    for column, label, colour, marker in ((2, "designed", "#1f4e79", "o"), (1, "paper's filter", "#a5501d", "s")):
        shares = [(1 - row[column]) * (lag + 1) / row[0] for row in rows]
        axes.plot(orders, shares, marker=marker, ms=4, color=colour, label=f"{label}, $K=1000$")
    shares = {filter.order: (1 - quotient_of(filter.most)) * (filter.K + 1) / filter.order for filter in FILTERS if filter.rho == "0"}
    axes.plot(list(shares), list(map(float, shares.values())), "^", ms=6, mfc="none", color="#22262b", label="the certified filters")
    axes.axhline(1, color="#3d6b35", lw=1, label="no filter can exceed this (T2)")
    axes.plot(orders, [(1 - row[3]) * (lag + 1) / row[0] for row in rows], "--", color="#3d6b35", lw=1, label="nor this, $K=1000$ (S1+)")
    axes.set(xscale="log", xlabel="order $S$", ylabel="$(1-L)\\,(K+1)/S$", ylim=(0, 1.08), xticks=orders, xticklabels=orders)
    axes.minorticks_off()
    axes.legend(fontsize=8, loc="lower right")


claim = Claim(
    title="Designed filters, as written",
    says="Three filters written by the design tool, read as exact numbers: their poles lie in the disk; their loss is at most a stated "
         "decimal, at most a stated decimal above the lower bound for every filter of that order, and at most that of the paper's "
         "filter (" + "; ".join(map(told, FILTERS)) + ").",
    statement=statement(forall({}, [], conclusion()), [entry for instance in INSTANCES for entry in instance.where]),
    paper="UP", dossier="UP.design+", reference="stronger than the paper", source="own", strength="domain",
    hypotheses={"the values of the poles and weights": "they are what is certified"},
    limits="Three filters. For any other one the design tool makes the same statement in balls, and with --prove as a certificate of this "
           "form for the kernel. The paper's filter has α = 1/2, its closed-form weights, and the largest odd order up to S.",
    page=draw,
)


@claim.derive
def recomputed(step):
    from fractions import Fraction

    import sympy
    from mpmath import mp, mpf

    from theory.identities import below, equal

    a, c, b, beta = sympy.symbols("a abar b bbar")
    equal(step, "one pole: the Gram form", b * beta / (1 - a * c) - b * a**2 - beta * c**2 + 1,
          (b * beta * (1 / (1 - a * c)) + (b * a**2 - 1) * (beta * c**2 - 1) - b * beta * (a * c) ** 2),
          why="K = 2: the energy Σ|b|²|a|^{2k}, with the sample at K replaced by |b a² − 1|²")
    with mp.workdps(30):
        for j, filter in enumerate(FILTERS, 1):
            rate, lag, order = mpf(Fraction(filter.rho).numerator) / Fraction(filter.rho).denominator, filter.K, filter.order
            poles, weights = ([mp.mpc(*pair) / 2**filter.bits for pair in pairs] for pairs in (filter.poles, filter.weights))
            gram = mp.matrix(order, order)
            for s, x in enumerate(poles):
                for t, y in enumerate(map(mp.conj, poles)):
                    gram[s, t] = (1 - rate**2 * x * y) / ((1 - x * y) * (1 - x * rate) * (1 - y * rate))
            state = mp.matrix([(z ** (lag + 1) * (1 - rate**2) - rate ** (lag + 1) * (1 - z * rate)) / ((z - rate) * (1 - z * rate))
                               for z in poles])
            best = mp.lu_solve(gram, state)
            least = 1 - mp.fsum(mp.conj(x) * y for x, y in zip(best, state, strict=True)).real
            reached = 1 + mp.fsum(x * mp.conj(y) * gram[s, t] for s, x in enumerate(weights) for t, y in enumerate(weights)).real \
                - 2 * mp.fsum(x * y for x, y in zip(weights, state, strict=True)).real
            most, gap = (sympy.Rational(*Fraction(text).as_integer_ratio()) for text in (filter.most, filter.gap))
            rho = sympy.Rational(filter.rho)
            coloured = (rho**2 / (1 - rho**2) + order * (1 + rho) / (1 - rho)) / lag
            share = order / sympy.Integer(lag + 1) if rho == 0 else coloured
            best = sympy.Float(least, 28) - sympy.Rational(1, 10**20)
            below(step, f"filter {j}: S = {order}, K = {lag}, ρ = {filter.rho}", 1 - share, best, sympy.Float(reached, 28), most,
                  why="lower bound for every filter, least loss of these poles (less 10^{−20}), loss with the written weights, stated loss")
            below(step, f"filter {j}: gap", most - 1 + share, gap, why="between the stated loss and the lower bound")


@claim.certify
def proof(p, _):
    """Poles and weights are doubles, that is, integers over a power of two. The Gram form of the loss is a finite sum of such numbers,
    which ball arithmetic encloses; the lower bound is the uncertainty principle, white or AR(1); the loss of the paper's filter is
    enclosed in the same way, and the two enclosures are apart.
    """
    p.inhabited()
    p.both(*(of_one(p, instance) for instance in INSTANCES))


@explained
def of_one(p, instance):
    """One filter."""
    return shown(p, instance)


def doubles(filter):
    """(poles, weights) as complex arrays: exactly what was written."""
    import numpy as np

    def read(pairs):
        return np.array([complex(*(value / 2**filter.bits for value in pair)) for pair in pairs])
    return read(filter.poles), read(filter.weights)


def paper_filter(filter):
    """(poles, weights) of the paper's filter for the same lag, in doubles."""
    import math

    from numeric import families, poles

    order = filter.order - 1 + filter.order % 2
    return [poles.to_complex(a) for a in families.paper(order, filter.K)], families.paper_weights(order, filter.K, 0.5, math.exp)


@claim.oracle
def recurrences():
    """Both filters run as recurrences in doubles: the losses against the certified decimal, and against one another."""
    from numeric import loss
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for filter in FILTERS:
        most, rho = float(quotient_of(filter.most)), float(quotient_of(filter.rho))
        ours, theirs = (loss.series(*one, filter.K, rho) for one in (doubles(filter), paper_filter(filter)))
        inputs = {"S": filter.order, "K": filter.K, "rho": filter.rho}
        found += [bounded("loss", inputs, ours, most, most - 3e-9 < ours < most + 1e-12),
                  bounded("against the paper's", inputs, ours, theirs, ours < theirs)]
    return found


@claim.oracle
def spectra():
    """The loss as an integral over frequencies, by the trapezoid rule, against the certified decimals."""
    from numeric import loss
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for filter in FILTERS:
        most, rho = float(quotient_of(filter.most)), float(quotient_of(filter.rho))
        ours = loss.quadrature(*doubles(filter), filter.K, rho)
        found.append(bounded("loss", {"S": filter.order, "K": filter.K, "rho": filter.rho}, ours, most, most - 3e-9 < ours < most + 1e-12))
    return found


@claim.oracle
def designed_again():
    """The design tool run again at the same sizes: its enclosure against the certified decimal, to four places, since a search in
    floats may end elsewhere on another machine."""
    from numeric import design
    from theory.papers.uncertainty_measurements import compared

    found = []
    for filter in FILTERS:
        again, most = design.design(filter.order, filter.K, quotient_of(filter.rho)), float(quotient_of(filter.most))
        inside = abs(float(again.loss.mid()) - most) < 1e-4 and (again.loss <= again.paper) is True
        found.append(compared("loss", {"S": filter.order, "K": filter.K, "rho": filter.rho}, again.loss.str(12), f"{most:.9f}", inside))
    return found


def less(text, units):
    """The decimal lowered by so many units of the ninth place."""
    from fractions import Fraction

    return str(Fraction(text) - Fraction(units, 10**9))


LOSS = at(at(FIRST.source.loss(FIRST.A, FIRST.B, S), "S", 1), "K", FIRST.filter.K)
ATTAINED = le(LOSS, T(FIRST.filter.K) / (FIRST.filter.K + 1))

claim.must_refuse(
    loss_lowered=changed(INSTANCES[1].states(most=less(FILTERS[1].most, 3))),
    bound_attained=changed(ATTAINED),
    weights_of_another=changed(where={FIRST.B.json: INSTANCES[1].where[1][2]}),
)


@claim.refute("bound_attained")
def above_the_bound(p):
    """The filter of order 1 stays above the lower bound."""
    here = counterexample(p)
    p.apply(above(p, FIRST), lt(T(FIRST.filter.K) / (FIRST.filter.K + 1), here(LOSS)), **FIRST.inhabits())
