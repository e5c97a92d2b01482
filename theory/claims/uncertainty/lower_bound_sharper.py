"""A lower bound under white noise that is sharper than Theorem 2 of the paper at all but the first lags."""
from theory.claim import Claim
from theory.claims.uncertainty.captured_energy_sharper import share
from theory.claims.uncertainty.loss_in_gram_form import CLOSED
from theory.claims.uncertainty.lower_bound_white import closed_loss, sharpened
from theory.language import Abs, T, both, diag, eq, exp, fn, forall, inv, le, lt, names, ne, statement, vec, zero
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import DISTINCT, FILTER, GRAM, STABLE, WHERE_FILTER, WHERE_LOSS, C, D, K, L, S, a, b, e, for_each_pole, s, v
from theory.papers.uncertainty_steps import power_column
from theory.steps import positive_reciprocal

LARGEST = (K / (K + 1)) ** (K + 1)
BOUND, SIMPLE = le(1 - (S - 1 + LARGEST) / K, L), le(1 - (S - 1 + exp(-T(1))) / K, L)


def draw(figure):
    """The two lower bounds of the loss for S = 3 and S = 9."""
    axes = figure.subplots()
    lags = [round(10 ** (x / 20)) for x in range(12, 61)]
    for order, color in ((3, "#22262b"), (9, "#a03030")):
        axes.plot(lags, [max(0, 1 - share(order, lag) / lag) for lag in lags], color=color, label=f"this bound, $S = {order}$")
        axes.plot(lags, [max(0, 1 - order / (lag + 1)) for lag in lags], "--", color=color, label=f"$1 - S/(K+1)$, $S = {order}$")
    axes.set(xscale="log", xlabel="lag $K$", ylabel="least loss")
    axes.legend(fontsize=9)


claim = Claim(
    title="A sharper lower bound under white noise",
    says="A filter of order S ≥ 1 with distinct poles misses the shift by K ≥ 1 by at least 1 − (S − 1 + (K/(K+1))^{K+1})/K, hence by at "
         "least 1 − (S − 1 + 1/e)/K.",
    statement=statement(forall(FILTER, [STABLE, DISTINCT, le(1, S), le(1, K)], both(BOUND, SIMPLE)), [WHERE_FILTER, WHERE_LOSS]),
    paper="UP", dossier="UP.S1+", reference="stronger than the paper", source="own",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "S ≥ 1": "S = 0 gives L = 1, below 1 + (1 − 1/e)/K",
                "K ≥ 1": "the bound divides by K; at K = 0 the pole 0 has the loss 0",
                "distinct poles": "used in the proof only: `uncertainty.lower_bound_sharper_any_poles` is without it"},
    limits="The first bound exceeds that of Theorem 2 (UP.T2) exactly when S − 1 < K (1 − (K/(K+1))^K), the second exactly when "
           "K > (S − 1 + 1/e)/(1 − 1/e), which is 1.58 (S − 1) + 0.58. Equality in the first for S = 1 at |a|² = K/(K+1); for S ≥ 2 the "
           "true optimum is larger.",
    page=draw,
)


@claim.derive
def comparison(step):
    """Where the bound exceeds that of Theorem 2."""
    import sympy

    order, lag, power = sympy.symbols("S K p", positive=True)  # p = (K/(K+1))^K
    gain = step("gain over Theorem 2", sympy.factor(order / (lag + 1) - (order - 1 + power * lag / (lag + 1)) / lag),
                why="S/(K+1) − (S − 1 + (K/(K+1))^{K+1})/K")
    place = step("it vanishes at S =", sympy.solve(gain, order)[0], why="positive for smaller S")
    if sympy.simplify(place - 1 - lag * (1 - power)) != 0:
        raise ValueError("the gain does not vanish at S − 1 = K (1 − p)")


@claim.certify
def proof(p, _):
    """The loss is at least 1 − F_K, where F_K = (a^K)* C⁻¹ a^K is the energy that the poles capture at lag K (UP.P16). The Gram matrix C is
    positive definite and C = D C D* + ee*, so K F_K ≤ S − 1 + (K/(K+1))^{K+1} ≤ S − 1 + 1/e.
    """
    p.inhabited(S=1, K=1, a=fn("n", 0), b=fn("n", 1))
    p.abbreviate("C", [], GRAM)
    p.abbreviate("D", [], diag("s", S, a[s]))
    p.abbreviate("e", [], vec("s", S, 1))
    p.abbreviate("v", ["k"], vec("s", S, a[s] ** names("k")))
    positive = p.squares(lt(0, K), [(1, [p.given(4)], "", 1), (1, [], "", 1)])
    proper = p.order("nonzero", ne(K, 0), positive)
    part = positive_reciprocal(p, K, positive, proper)
    closed_loss(p)
    p.use("uncertainty.gram_definite", lt(zero(S, S), C), S=S, a=a)
    stein = p.use("uncertainty.gram_stein", eq(C - D @ C @ D.H, e @ e.H), S=S, a=a)
    p.operator(eq(D @ C @ D.H + e @ e.H, C), [(stein, -1)])
    state = power_column(p, K)
    captured, energy = v(K).H @ inv(C) @ v(K), e.H @ (D**K).H @ inv(C) @ D**K @ e
    least = p.use("uncertainty.optimal_weights", le(1 - captured, L), S=S, K=K, a=a, b=b)
    M = names("M_")
    moved = p.step("congruence", eq(energy, captured), equal=state, context=fn("M_", M.H @ inv(C) @ M))
    values = {"S": S, "K": K, "A": D, "Q": C, "b": e}
    shown = []
    for top, goal in ((S - 1 + LARGEST, BOUND), (S - 1 + exp(-T(1)), SIMPLE)):
        share = p.use("uncertainty.captured_energy_sharper", le(K * energy, top), **values)
        shown.append(p.squares(goal, [(1, [least], "", 1), (1, [part, share], "", 1)], using=[(moved, -1)], nonzero=[proper]))
    p.both(*shown)


def bound(order, lag):
    """The formula: 1 − (S − 1 + (K/(K+1))^{K+1})/K."""
    return 1 - share(order, lag) / lag


@claim.oracle
def exact_optimum():
    """Run the recurrence at the best weights over Gaussian rationals, for drawn poles and for the best pole of S = 1: the loss is above the
    bound, and equal to it for the best pole."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, poles

    results = []
    cases = [("best pole", [(Fraction(n * n, n * n + 1), Fraction(n, n * n + 1))], n * n) for n in (1, 2, 3)]
    cases += [("drawn poles", poles(order, 60 + order), lag) for order, lag in ((1, 4), (2, 3), (3, 6), (4, 5))]
    for kind, drawn, lag in cases:
        weights, most = reference.optimal_weights(drawn, lag), bound(len(drawn), lag)
        loss = reference.loss_by_recurrence(reference.diagonal(drawn), weights, [reference.ONE] * len(drawn), lag)
        results.append(bounded(f"{kind}, best weights", {"S": len(drawn), "K": lag}, float(loss), float(most),
                               inside=loss == most if kind == "best pole" else loss >= most))
    return results


@claim.oracle
def certified_grid():
    """The least loss of several families in balls, for S up to 33 and K up to 10^4."""
    from numeric import balls, families
    from numeric.poles import rational_ball
    from theory.papers.uncertainty_measurements import bounded, evenly_spaced

    results = []
    for order in (2, 3, 9, 33):
        for lag in (order, 10 * order, 10**4):
            cases = {"evenly spaced": evenly_spaced(order, lag)}
            if order % 2 and order < lag:
                cases |= {"paper": families.paper(order, lag), "sharp": sharpened(order, lag)}
            for name, drawn in cases.items():
                loss, most = 1 - balls.capture(drawn, lag, digits=20), asked(order, lag)
                results.append(bounded(name, {"S": order, "K": lag}, loss.str(10), float(most),
                                       inside=balls.less(rational_ball(most), loss) is True))
    return results


def asked(order, lag):
    """The bound, or more than it: the power (K/(K+1))^{K+1}, which grows with K, is taken at 500 at most."""
    return 1 - share(order, min(lag, 500)) / lag


def simulated(samples):
    """Best weights driven by white noise: the upper end of the 99.9 % interval of the loss is above the bound."""
    import numpy as np

    from numeric import families, filters, multiprecision
    from numeric.poles import to_complex
    from theory.papers.uncertainty_measurements import bounded

    results = []
    for order, lag, seed in ((3, 20, 1), (9, 40, 2)):
        drawn = families.paper(order, lag)
        weights = np.array([complex(weight) for weight in multiprecision.optimal_weights(drawn, lag, 20)])
        found = filters.measure(np.array([to_complex(pole) for pole in drawn]), weights, lag, N=samples, seed=seed, level=0.999)
        most = float(bound(order, lag))
        results.append(bounded(f"{samples} samples", {"S": order, "K": lag, "seed": seed}, f"{found.estimate:.6f} ± {found.half_width:.6f}",
                               most, inside=found.estimate - found.half_width >= most))
    return results


@claim.oracle
def white_noise():
    """Half a million samples: the whole interval is above the bound."""
    return simulated(500_000)


claim.must_refuse(
    constant_improved=changed(le(1 - (S - 1 + LARGEST / 2) / K, L)),
    order_improved=changed(le(1 - (S - 2 + LARGEST) / K, L)),
    first_bound_strict=changed(lt(1 - (S - 1 + LARGEST) / K, L)),
    no_states=changed(BOUND, given={3: None}),
    any_poles=changed(given={1: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)


def at_good_pole(opposite, room, order=1):
    """K = 1, a = 3/5, b = 48/125, its best weight, where L = 481/625 (S = 0: L = 1): the opposite holds with this room to spare."""

    def refutation(p):
        values = {"S": order, "K": 1, "a": fn("n", T(3) / 5), "b": fn("n", T(48) / 125)}
        here = counterexample(p, **values)
        loss = p.use("uncertainty.loss_in_gram_form", here(eq(L, CLOSED)), **values)
        p.squares(here(opposite), [(room, [], "", 1)], using=[(loss, 1)])

    return refutation


claim.refute("constant_improved")(at_good_pole(lt(L, 1 - (S - 1 + LARGEST / 2) / K), T(527) / 5000))
claim.refute("order_improved")(at_good_pole(lt(L, 1 - (S - 2 + LARGEST) / K), T(2451) / 2500))
claim.refute("no_states")(at_good_pole(lt(L, 1 - (S - 1 + LARGEST) / K), T(3) / 4, order=0))
