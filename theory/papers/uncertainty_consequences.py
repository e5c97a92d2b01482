"""What follows from the bound for a user who initialises a recurrent layer: every number computed when it is asked for.

Phases spaced by π/K repeat after 2K steps, so that half of what S poles can hold lies beyond the lag; spaced by nearly 2π/K they repeat
after K. Enclosures come from `numeric.optimum` and `numeric.population`, measurements from the summary of the learning experiments.
"""
from functools import cache

BOUND, HALF, S4D = "uncertainty.lower_bound_white", "uncertainty.explicit_every_weight", "uncertainty.explicit_poles_s4d"
PHASES, LAGS = "uncertainty.learning_from_phases", "uncertainty.learning_initial_lag"
FLOORS = ("uncertainty.lower_bound_sharper_any_poles", "uncertainty.ar_limit_below", "uncertainty.ar_limit_reached",
          "uncertainty.autoregressive_lower_bound", "uncertainty.stationary_lower_bound", "uncertainty.decorrelated_lower_bound")
ORDERS, SHIFTS = (9, 33, 127, 511), (1000, 10**6)
DIGITS = 4


def rule():
    """The sharp poles and their closed-form weights as definitions to be typeset."""
    from theory.language import IMAGINARY, PI, T, exp, forall, le, log, names, statement

    s, S, K, P, step, epsilon, alpha, beta = names("s S K P Delta epsilon alpha beta")
    where = [("epsilon", [], 1 / (2 * PI**2 * S) ** (T(1) / 3)), ("alpha", [], log(1 / epsilon) / (2 * (1 + epsilon))),
             ("beta", [], 2 / (1 + epsilon)), ("Delta", [], 1 / K), ("P", [], (1 + epsilon) * K),
             ("a", ["s"], exp(-(alpha * step) + IMAGINARY * PI * beta * s * step)),
             ("b", ["s"], (1 - epsilon) / P * exp(alpha - IMAGINARY * PI * beta * s))]
    return statement(forall({"S": "nat", "K": "nat"}, [], le(1, S)), where)


def constants(S):
    """ε, α and β of the rule at an order, in doubles."""
    import math

    from numeric.families import waste

    epsilon = waste(S)
    return epsilon, math.log(1 / epsilon) / (2 * (1 + epsilon)), 2 / (1 + epsilon)


def half_turn_share():
    """Decimals around κ = (1 − e^{−4α})/2 at α = 1/2: the share of S/K that the poles of S4D-Lin capture for large S, with any weights."""
    from flint import arb, ctx

    from numeric.written import enclosing

    with ctx.workprec(80):
        return enclosing((1 - arb(-2).exp()) / 2, DIGITS)


def share(poles, K):
    """Decimals around (1 − least loss)(K + 1)/S of exact poles, white noise."""
    from flint import arb, ctx

    from numeric.optimum import optimum
    from numeric.written import enclosing

    loss = optimum(poles, K, digits=20, weights=False).loss
    with ctx.workprec(120):
        return enclosing((1 - loss) * (K + 1) / arb(len(poles)), DIGITS)


@cache
def captured():
    """Rows (S, K, bound S/(K+1), share of it that S4D-Lin captures, share that the sharp poles capture): best weights, white noise;
    the bound as a double, the shares as decimals [lower, upper]."""
    from numeric.families import named

    return [(S, K, S / (K + 1), share(named("s4d-lin", S, K), K), share(named("sharp", S, K), K)) for K in SHIFTS for S in ORDERS]


@cache
def narrower(part=3):
    """For each order at the first shift, (S, what ε/part in place of ε adds to the share of the best weights), a lower bound of it."""
    from fractions import Fraction
    from math import ceil, sqrt

    from numeric.families import sharp, waste

    K, found = SHIFTS[0], []
    for S, _, _, _, (_, upper) in captured()[:len(ORDERS)]:
        epsilon = waste(S) / part
        moved = sharp(S, K + ceil(epsilon * K), Fraction(round(10**6 * sqrt(epsilon)), 10**6))
        found.append((S, float(share(moved, K)[0]) - float(upper)))
    return found


def paired(name):
    """{place: (mean, half-width of the 95 % band) of the loss from shift-K minus that from sharp}: pairs share the seed of sequences and
    mini-batches."""
    from numeric.experiments import band
    from theory.papers.uncertainty_learning import summary

    rows = {(row[0], row[1]): row for row in summary(name)}
    return {place: band(x - y for x, y in zip(row[3], rows[place, "sharp"][3], strict=True))
            for (place, kind), row in sorted(rows.items()) if kind == "shift"}


def measured(name):
    """{place: {kind: (mean, half-width, initial loss, decimals around the optimum of each seed)}}."""
    from numeric.experiments import band
    from theory.papers.uncertainty_learning import summary

    found = {}
    for place, kind, initial, losses, optima, *_ in summary(name):
        found.setdefault(place, {})[kind] = (*band(losses), initial, optima)
    return found


def verdicts(differences):
    """Places where sharp ends lower than shift-K beyond the 95 % band of the difference, where it ends higher, and where neither."""
    lower = [place for place, (mean, half) in differences.items() if mean > half]
    higher = [place for place, (mean, half) in differences.items() if -mean > half]
    return lower, higher, [place for place in differences if place not in lower and place not in higher]


def draw_phases(figure):
    """Loss against ρ from the three starts."""
    from theory.papers.uncertainty_learning import phases_panel

    phases_panel(figure.subplots(), legend=9)


def draw_lags(figure):
    """Loss against the K of the start."""
    from theory.papers.uncertainty_learning import lags_panel

    lags_panel(figure.subplots(), legend=9)
