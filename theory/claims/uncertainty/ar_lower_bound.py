"""The uncertainty principle under an AR(1) input (paper, Theorem 3), for every order, lag, correlation, pole set and weights."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_loss import CLOSED
from theory.claims.uncertainty.ar_lower_bound_with_tap import SHARE
from theory.language import Abs, T, both, delta, eq, fn, forall, le, lt, ne, statement, within
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import STABLE, WHERE_FILTER, K, L, S, a, b, for_each_pole, s
from theory.papers.uncertainty_ar import AR_FILTER, AR_INPUT, LAST, WHERE_AR_LOSS, WHERE_CORRELATION, ar_loss, one_pole_loss, rho
from theory.proof import explained
from theory.steps import positive_reciprocal

GIVEN = [le(1, S), le(1, K), STABLE, *AR_INPUT]
SHARP, PRINTED, POSITIVE = le(1 - SHARE / K, L), le(1 - 3 * S / (K * (1 - rho)), L), le(0, L)

claim = Claim(
    title="Uncertainty principle under an AR(1) input",
    says="Under the autocorrelation ρ^|n| a filter of order S ≥ 1 misses the shift by K ≥ 1 by at least 1 − 3S/(K(1 − ρ)), and by at "
         "least 1 − (1/K)(ρ²/(1 − ρ²) + S(1 + ρ)/(1 − ρ)); the loss is not negative.",
    statement=statement(forall(AR_FILTER, GIVEN, both(PRINTED, SHARP, POSITIVE)), [WHERE_FILTER, WHERE_AR_LOSS]),
    paper="UP", dossier="UP.T3", reference="Theorem 3", source="text",
    hypotheses={"S ≥ 1": "the theorem states it and the printed constant is derived from S ≥ 1; for S = 0 the loss is 1",
                "K ≥ 1": "the bound divides by K", "|a_s| < 1": "the loss is infinite or undefined",
                "0 ≤ ρ < 1": "the bound is not defined at ρ = 1"},
    limits="Any poles: repeated, zero or equal to ρ. The constant is not sharp: as ρ → 0 the second bound tends to 1 − S/K.",
)


@claim.certify
def proof(p, _):
    """The bound for S + 1 poles of which the last stands for a direct term is proved in `uncertainty.ar_lower_bound_with_tap`: in
    the inner product of the input the responses of the poles and the pulse at lag 0 span a space of dimension S + 1 that the
    adjoint shift keeps. The energy of the lag-K pulse that it captures falls with K, and over the lags 1..K the pulse at 0
    itself takes at most ρ²/(1 − ρ²) while the S other directions take at most the supremum (1 + ρ)/(1 − ρ) of the spectrum each.

    Here the direct term is given the weight 0, and 3S/(1 − ρ) is compared with that sum.
    """
    p.inhabited(S=1, K=1, a=fn("n", 0), b=fn("n", 1), rho=0)
    p.abbreviate(*WHERE_CORRELATION)
    ar_loss(p, CLOSED)
    sharp, positive = without_tap(p)
    p.both(printed(p, sharp), sharp, positive)


@explained
def without_tap(p):
    """A filter of order S is one with S + 1 poles, the last of them 0 with weight 0."""
    pole = (1 - delta(s, LAST)) * a[s]
    with p.generalise({"s": "int"}, within(1, s, LAST), lt(Abs(pole), 1)) as stable:
        split, goal = p.new_id(), lt(Abs(pole), 1)
        with p.branch() as less:
            p.order("gap", le(s + 1, LAST), f"{split}.less.1")
            p.apply(p.given(3), lt(Abs(a[s]), 1), s=s)
        with p.branch() as equal:
            none = p.step("congruence", eq(0, pole), equal=f"{split}.equal.1", context=fn("m_", (1 - delta("m_", LAST)) * a["m_"]))
            p.step("congruence", goal, equal=none, context=fn("m_", lt(Abs("m_"), 1)), **{"from": p.squares(lt(0, 1), [(1, [], "", 1)])})
        with p.branch() as greater:
            beyond = p.squares(lt(0, 0), [(1, [stable(2)], "", 1), (1, [f"{split}.greater.1"], "", 1)])
            p.step("contradiction", goal, **{"from": beyond})
        p.step("cases", goal, split, on=[s, LAST], less=less, equal=equal, greater=greater)
    at = {"S": S, "K": K, "a": fn("n", (1 - delta("n", LAST)) * a["n"]), "b": fn("n", (1 - delta("n", LAST)) * b["n"]), "rho": rho}
    return [p.use("uncertainty.ar_lower_bound_with_tap", goal, **at) for goal in (SHARP, POSITIVE)]


@explained
def printed(p, sharp):
    """3S/(1 − ρ) − S(1 + ρ)/(1 − ρ) − ρ²/(1 − ρ²) = (S − 1)/(1 − ρ) + (S − 1) + 2 + ρ/(1 − ρ²) ≥ 0 for S ≥ 1."""
    lags = p.squares(lt(0, K), [(1, [], "", 1), (1, [p.given(2)], "", 1)])
    room = p.squares(lt(0, 1 - rho), [(1, [p.given(5)], "", 1)])
    wide = p.squares(lt(0, 1 + rho), [(1, [], "", 1), (1, [p.given(4)], "", 1)])
    proper = [p.order("nonzero", ne(x, 0), ref) for x, ref in ((K, lags), (1 - rho, room), (1 + rho, wide))]
    square = p.order("product", ne(1 - rho**2, 0), proper[1], proper[2])
    p.order("product", ne(K * (1 - rho), 0), proper[0], proper[1])
    share, inverse, less = (positive_reciprocal(p, x, ref, regular)
                            for x, ref, regular in zip((K, 1 - rho, 1 + rho), (lags, room, wide), proper, strict=True))
    excess = p.squares(le(SHARE, 3 * S / (1 - rho)),
                       [(1, [inverse, p.given(1)], "", 1), (1, [p.given(1)], "", 1), (2, [], "", 1),
                        (1, [inverse, less, p.given(4)], "", 1)],
                       nonzero=[*proper, square])
    return p.squares(PRINTED, [(1, [sharp], "", 1), (1, [share, excess], "", 1)], nonzero=proper)


@claim.derive
def constants(step):
    """The printed constant against the sharper one."""
    from sympy import Symbol, cancel, factor

    from theory.papers.uncertainty_symbolic import confirm

    r, order = Symbol("r"), Symbol("S")
    sharper = r**2 / (1 - r**2) + order * (1 + r) / (1 - r)
    excess = step("printed − sharper", factor(3 * order / (1 - r) - sharper), why="both times K")
    confirm(step, "sign", [cancel(excess - (order - 1) / (1 - r) - (order - 1) - 2 - r / (1 - r**2))], "a sum of terms ≥ 0 for S ≥ 1")


claim.must_refuse(
    constant_improved=changed(le(1 - S / (5 * K * (1 - rho)), L)),
    correlation_helps=changed(le(1 - 3 * S * (1 - rho) / K, L)),
    no_filter_gains=changed(le(1, L)),
    sign_flipped=changed(le(L, 1 - 3 * S / (K * (1 - rho)))),
    white_noise=changed(le(1 - S / (K + 1), L)),
    order_zero=changed(le(1 - 3 * (S - 1) / (K * (1 - rho)), L)),
    domain_reaches_circle=changed(given={3: for_each_pole(le(Abs(a[s]), 1))}),
    any_poles=changed(given={3: None}),
    correlation_reaches_one=changed(given={5: le(rho, 1)}),
)


def one_pole(pole, weight, r, opposite, room):
    """S = 1, K = 1: the loss of one pole, and by how much the opposite holds."""

    def refutation(p):
        here = counterexample(p, S=1, K=1, a=fn("n", pole), b=fn("n", weight), rho=r)
        loss, _ = one_pole_loss(p, here, pole, weight, 1, r)
        p.squares(here(opposite), [(room, [], "", 1)], using=[(loss, 1 if opposite.json[1] == "L" else -1)])

    return refutation


SEVEN, WEIGHT = T(7) / 10, T(357) / 1000
claim.refute("constant_improved")(one_pole(SEVEN, WEIGHT, 0, lt(L, 1 - S / (5 * K * (1 - rho))), T(499) / 10000))
claim.refute("no_filter_gains")(one_pole(SEVEN, WEIGHT, 0, lt(L, 1), T(2499) / 10000))
claim.refute("correlation_helps")(one_pole(0, 1, T(9) / 10, lt(L, 1 - 3 * S * (1 - rho) / K), T(1) / 2))
claim.refute("white_noise")(one_pole(0, 1, T(9) / 10, lt(L, 1 - S / (K + 1)), T(3) / 10))
claim.refute("order_zero")(one_pole(0, 1, T(9) / 10, lt(L, 1 - 3 * (S - 1) / (K * (1 - rho))), T(4) / 5))
claim.refute("sign_flipped")(one_pole(0, 0, 0, lt(1 - 3 * S / (K * (1 - rho)), L), 3))


def bound(order, lag, rho):
    """The formula: the larger of 0, 1 − 3S/(K(1 − ρ)) and 1 − (1/K)(ρ²/(1 − ρ²) + S(1 + ρ)/(1 − ρ))."""
    return max(0, 1 - 3 * order / (lag * (1 - rho)), 1 - (rho**2 / (1 - rho**2) + order * (1 + rho) / (1 - rho)) / lag)


@claim.oracle
def best_weights():
    """Run the recurrences exactly at the best weights of poles of four kinds, and at drawn weights of repeated poles."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import ar_optimum, bounded, numbers, pole_sets, tuned

    results = []
    for order, lag, decay in ((1, 1, Fraction(0)), (1, 8, Fraction(1, 2)), (2, 12, Fraction(1, 3)), (3, 60, Fraction(4, 5))):
        drawn_sets = pole_sets(order, order + 170) | {"tuned": tuned(order, lag)}
        sets = {kind: (drawn, ar_optimum(drawn, lag, decay)) for kind, drawn in drawn_sets.items()}
        sets["repeated"] = [numbers(1, order + 171, modulus=1)[0]] * order, numbers(order, order + 172)
        for kind, (poles, weights) in sets.items():
            measured, least = reference.ar_loss_by_recurrence(poles, weights, lag, decay), bound(order, lag, decay)
            results.append(bounded(f"{kind} poles", {"S": order, "K": lag, "rho": str(decay)}, float(measured), float(least),
                                   measured >= least))
    return results


@claim.oracle
def explicit_filter():
    """The paper's explicit filter in float64, from the recurrence and from the spectrum, for ρ up to 0.8."""
    import math

    import numpy as np

    from numeric import families, loss, poles
    from theory.papers.uncertainty_measurements import bounded

    results = []
    for order, lag, decay in ((3, 60, 0.2), (9, 400, 0.5), (21, 2000, 0.8)):
        a = np.array([poles.to_complex(pole) for pole in families.paper(order, lag)])
        b = np.array(families.paper_weights(order, lag, 0.5, math.exp))
        for route in (loss.series, loss.quadrature):
            measured, least = route(a, b, lag, decay), bound(order, lag, decay)
            results.append(bounded(route.__name__, {"S": order, "K": lag, "rho": decay}, measured, least, least <= measured < 1))
    return results
