"""The uncertainty principle as an inequality between energy and peak (stronger than the paper)."""
from theory.claim import Claim
from theory.claims.uncertainty.filter_energy import ENERGY
from theory.language import Abs, Series, Sum, T, both, conj, delta, eq, fn, forall, le, lt, names, ne, re, statement, sums
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, S, a, b, c, for_each_pole, k
from theory.proof import explained
from theory.steps import lag_count, no_unit_product, nonnegative, positive_reciprocal, term_below_total

E, m, n = names("E m n")
PEAK = Abs(c(K)) ** 2
PRODUCT = le((K + 1) * PEAK, S * E)
QUOTIENT = le((K + 1) / S, E / PEAK)
RATIO = forall({}, [le(1, S), ne(c(K), 0)], QUOTIENT)

claim = Claim(
    title="Energy against peak: the width inequality",
    says="Every filter of order S has (K+1) |c_K|² ≤ S Σ|c_k|²; so its energy is at least (K+1)/S times its squared peak at K.",
    statement=statement(forall(FILTER, [STABLE], both(PRODUCT, RATIO)), [WHERE_FILTER, ("E", [], Series("k", 0, Abs(c(k)) ** 2))]),
    paper="UP", dossier="UP.width+", reference="stronger than the paper", source="own",
    hypotheses={"|a_s| < 1": "the energy is infinite or undefined", "c_K ≠ 0 (quotient)": "division by zero",
                "S ≥ 1 (quotient)": "division by zero"},
    limits="Poles may be repeated or zero. For non-diagonalisable realisations see UP.conf+.",
)


@claim.derive
def scaled(step):
    import sympy

    from theory.identities import equal

    E, S, lag, tau = sympy.symbols("E S K tau", positive=True)
    x, y = sympy.symbols("x y", real=True)
    peak = x**2 + y**2
    c, conjugate = x + sympy.I * y, x - sympy.I * y
    equal(step, "loss of a scaled filter", 1 + tau**2 * peak * E - tau * (conjugate * c + c * conjugate),
          1 + tau**2 * peak * E - 2 * tau * peak, why="weights τ c̄_K b: energy τ²|c_K|²E, response τ|c_K|² at K; c_K = x + iy")
    best = sympy.solve(sympy.diff(1 + tau**2 * peak * E - 2 * tau * peak, tau), tau)[0]
    equal(step, "best factor", best, 1 / E, shown="tau", why="the derivative in τ vanishes")
    least = equal(step, "its loss", (1 + tau**2 * peak * E - 2 * tau * peak).subs(tau, best), 1 - peak / E, shown="L",
                  why="so 1 − |c_K|²/E ≥ 1 − S/(K+1)")
    equal(step, "product form", (least - 1 + S / (lag + 1)) * E * (lag + 1), S * E - (lag + 1) * peak, why="times E (K+1) > 0")
    q = lag / (lag + 1)
    ratio = equal(step, "one pole at its best", 1 / (q**lag * (1 - q)) / (lag + 1), (1 + 1 / lag) ** lag,
                  why="E/|c_K|² = 1/(x^K (1 − x)) at x = |a|² = K/(K+1), in units of the bound K + 1")
    equal(step, "what one pole misses", sympy.Limit(ratio, lag, sympy.oo), sympy.E,
          why="for S = 1 the best filter is a factor e above the bound")


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, a=fn("k", 0), b=fn("k", 1))
    no_unit_product(p, a, S, p.given(1))
    energy = p.use("uncertainty.filter_energy", sums("k", 0, Abs(c(k)) ** 2, ENERGY), S=S, a=a, b=b)
    p.series("exists", sums("k", 0, Abs(c(k)) ** 2, E), energy)
    value = p.series("value", eq(E, ENERGY), energy)
    product = product_form(p, energy, value, lag_count(p, K))
    order = positive_under(p, S, lambda block: p.squares(lt(0, S), [(1, [block(1)], "", 1), (1, [], "", 1)]))
    square = positive_under(p, PEAK, lambda block: p.order("square", lt(0, PEAK), block(2)))
    with p.generalise({}, [le(1, S), ne(c(K), 0)], QUOTIENT) as ratio:
        quotient_form(p, product, order, square)
    p.both(product, ratio.fact)


@explained
def product_form(p, energy, value, lags):
    """If the energy is zero so is the peak. Otherwise scale the weights by c̄_K/E, so that the loss is 1 − |c_K|²/E."""
    sign = p.series("partial", le(0, ENERGY), energy, nonnegative(p, c(k), k, 0), K=-1)
    below = term_below_total(p, energy, c, k, K, ENERGY)
    split = p.new_id()
    with p.branch() as equal:
        nothing = f"{split}.equal.1"
        count = p.squares(le(0, K + 1), [(1, [p.order("basic", le(0, K))], "", 1), (1, [], "", 1)])
        p.squares(PRODUCT, [(1, [count, below], "", 1)], using=[(nothing, K + 1 - S), (value, -S)])
    with p.branch() as unequal:
        scaled_loss(p, value, lags, sign, f"{split}.unequal.1")
    return p.step("cases", PRODUCT, split, on=[ENERGY, 0], equal=equal, unequal=unequal)


@explained
def scaled_loss(p, value, lags, sign, positive):
    """UP.T2 for the weights b c̄_K/E."""
    factor = conj(c(K)) / ENERGY
    weights = fn("n", b[n] * factor)
    response = Sum("m", 1, S, b[m] * factor * a[m] ** k)
    L = Series("k", 0, Abs(response - delta(k, K)) ** 2)
    closed = 1 + factor * conj(factor) * ENERGY - 2 * re(factor * c(K))
    values = {"S": S, "K": K, "a": a, "b": weights}
    bound = p.use("uncertainty.lower_bound_white", le(1 - S / (K + 1), L), **values)
    loss = p.use("uncertainty.loss_in_gram_form", eq(L, closed), **values)
    _, proper = lags
    count = p.squares(le(0, K + 1), [(1, [p.order("basic", le(0, K))], "", 1), (1, [], "", 1)])
    p.squares(PRODUCT, [(1, [bound, count, sign], "", 1)], using=[(loss, (K + 1) * ENERGY), (value, -S)],
              nonzero=[proper, positive])


@explained
def positive_under(p, x, show):
    """Under 1 ≤ S and c_K ≠ 0: 0 < x, shown by `show(block)`, and x ≠ 0."""
    with p.generalise({}, [le(1, S), ne(c(K), 0)], lt(0, x)) as positive:
        show(positive)
    with p.generalise({}, [le(1, S), ne(c(K), 0)], ne(x, 0)):
        p.order("nonzero", ne(x, 0), p.apply(positive.fact, lt(0, x)))
    return positive.fact


@explained
def quotient_form(p, product, order, square):
    """Divide by S > 0 and |c_K|² > 0."""
    positive = [p.apply(fact, lt(0, x)) for x, fact in ((S, order), (PEAK, square))]
    nonzero = [p.order("nonzero", ne(x, 0), fact) for x, fact in zip((S, PEAK), positive, strict=True)]
    share, height = (positive_reciprocal(p, x, *facts) for x, *facts in zip((S, PEAK), positive, nonzero, strict=True))
    p.squares(QUOTIENT, [(1, [product, share, height], "", 1)], nonzero=nonzero)


def least(order, lag):
    """The formula: the least energy over squared peak, (K+1)/S."""
    from fractions import Fraction

    return Fraction(lag + 1, order)


@claim.oracle
def recurrences():
    """Energy and peak from 20000 samples of the recurrence (the rest only adds energy): poles and weights drawn, and a sharp family
    with its best weights."""
    from fractions import Fraction

    import numpy as np

    from numeric import families, multiprecision, recurrence
    from numeric.poles import to_complex
    from theory.papers.uncertainty_measurements import bounded, doubles, numbers, poles

    cases = [("drawn", lag, doubles(poles(order, seed)), doubles(numbers(order, 10 + seed)))
             for order, lag, seed in ((1, 3, 1), (2, 5, 2), (4, 7, 3), (8, 40, 4))]
    for order, lag in ((3, 30), (9, 90), (21, 400)):
        sharp = families.sharp(order, lag + 2 * lag // order, Fraction(1, 5))
        weights = np.array([complex(weight) for weight in multiprecision.optimal_weights(sharp, lag, 30)])
        cases.append(("sharp", lag, np.array([to_complex(pole) for pole in sharp]), weights))
    found = []
    for kind, lag, a_values, b_values in cases:
        power = np.abs(recurrence.impulse_response(a_values, b_values, 20000)) ** 2
        width, bound = float(power.sum() / power[lag]), float(least(len(a_values), lag))
        found.append(bounded(f"energy over squared peak, {kind} poles", {"S": len(a_values), "K": lag}, width, bound, width >= bound))
    return found


@claim.oracle
def exact_widths():
    """Energy by Stein's equation and peak by the recurrence, exactly, at the best weights; S = 1, K = 0, a = 0 attains the bound."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, pole_sets

    cases = [("at zero", 0, [0])]
    cases += [(kind, lag, poles) for order, lag in ((1, 4), (2, 3), (3, 7)) for kind, poles in pole_sets(order, 40 + order).items()]
    found = []
    for kind, lag, poles in cases:
        weights = reference.optimal_weights(poles, lag)
        states = reference.stein(reference.diagonal(poles), reference.outer(weights))
        energy = sum(entry.re for row in states for entry in row)
        width = energy / reference.impulse_response(poles, weights, lag + 1)[lag].abs2()
        bound = least(len(poles), lag)
        found.append(bounded(f"energy over squared peak, poles {kind}", {"S": len(poles), "K": lag}, float(width), float(bound),
                             width == bound if kind == "at zero" else width >= bound))
    return found


claim.must_refuse(
    constant_improved=changed(both(le((K + 2) * PEAK, S * E), RATIO)),
    constant_improved_alone=changed(le((K + 2) * PEAK, S * E)),
    order_improved=changed(le((K + 1) * PEAK, (S - 1) * E)),
    strict=changed(lt((K + 1) * PEAK, S * E)),
    sign_flipped=changed(le(S * E, (K + 1) * PEAK)),
    energy_from_lag_one=changed(where={"E": Series("k", 1, Abs(c(k)) ** 2)}),
    energy_from_lag_one_alone=changed(PRODUCT, where={"E": Series("k", 1, Abs(c(k)) ** 2)}),
    peak_may_vanish=changed(both(PRODUCT, forall({}, [le(1, S)], QUOTIENT))),
    order_may_vanish=changed(both(PRODUCT, forall({}, [ne(c(K), 0)], QUOTIENT))),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[names("s")]), 1))}),
)


def at_pole(pole, room, cofactor, first=0):
    """S = 1, K = 0, b = 1: the peak is 1 and the energy 1/(1 − |a|²), less 1 if it is counted from lag `first` = 1. The opposite of the
    statement holds with `room` to spare, once E is replaced by its value; `cofactor` is what multiplies E there, with its sign turned."""

    def refutation(p):
        values = {"S": 1, "a": fn("n", pole), "b": fn("n", 1)}
        here = counterexample(p, K=0, **values)
        energy = p.use("uncertainty.filter_energy", here(sums("k", 0, Abs(c(k)) ** 2, ENERGY)), **values)
        total = here(ENERGY - Abs(c(0)) ** 2 if first else ENERGY)
        counted = p.series("peel", here(sums("k", 1, Abs(c(k)) ** 2, total)), energy) if first else energy
        value = p.series("value", here(eq(E, total)), counted)
        p.squares(opposite(here(p.statement["holds"][3])), [(room, [], "", 1)], using=[(value, cofactor)])

    return refutation


claim.refute("constant_improved_alone")(at_pole(0, 1, 1))
claim.refute("order_improved")(at_pole(0, 1, 0))
claim.refute("strict")(at_pole(0, 0, 1))
claim.refute("sign_flipped")(at_pole(T(1) / 2, T(1) / 3, -1))
claim.refute("energy_from_lag_one_alone")(at_pole(0, 1, 1, first=1))
