"""The loss of every filter of order S under an AR(1) input stays above that of the ideal window, up to a multiple of 1/K."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_loss import CLOSED as GRAM_FORM
from theory.claims.uncertainty.ar_lower_bound_frequencies import BOUND as BY_FREQUENCIES
from theory.claims.uncertainty.ar_lower_bound_frequencies import WHERE_PERIOD, WHERE_SPECTRUM
from theory.claims.uncertainty.ar_lower_bound_window import (
    CLOSED,
    LIMIT,
    PULSES,
    SHARP,
    WHERE_KAPPA,
    angle,
    half_angle,
    kappa,
    numbers,
    sharper_bound,
)
from theory.claims.uncertainty.ar_lower_bound_window import bound as formula
from theory.claims.uncertainty.ar_residual_waves import REGULAR
from theory.language import PI, Abs, T, atan, both, delta, eq, fn, forall, le, lt, names, ne, statement, tan, within
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty import STABLE, WHERE_FILTER, K, L, S, a, b, s
from theory.papers.uncertainty_ar import AR_FILTER, AR_INPUT, WHERE_AR_LOSS, WHERE_CORRELATION, ar_loss, regular, rho
from theory.proof import explained

n = names("n")
ORDERS = (2, 4, 8, 16, 32)


def spaced_filter(order, lag, decay):
    """(poles, weights) of the evenly spaced filter with flat weights, its period and decay tuned on a grid of doubles."""
    import numpy as np

    from theory.claims.uncertainty.ar_spaced_loss import gram_form, spaced

    found = []
    for wide in np.geomspace(0.06, 0.4, 14):
        for rate in np.linspace(0.8, 2.4, 14):
            poles, weights = spaced(order, lag, lag * (1 + wide), rate)
            energy, peak = gram_form(poles, weights, lag, decay)
            found.append((1 - peak**2 / energy, wide, rate, peak / energy))
    _, wide, rate, scale = min(found)
    poles, weights = spaced(order, lag, lag * (1 + wide), rate)
    return poles, scale * weights


def paper_filter(order, lag):
    """(poles, weights) of the paper's filter, of the largest odd order up to `order`, in doubles."""
    import math

    import numpy as np

    from numeric import families, poles

    odd = order - 1 + order % 2
    weights = families.paper_weights(odd, lag, 0.5, math.exp)
    return np.array([poles.to_complex(a) for a in families.paper(odd, lag)]), np.array(weights, dtype=complex)


def draw(figure):
    """Loss and distance to the limit against S, at S/K = 1/4 and ρ = 1/2: the paper's filter, evenly spaced poles, free poles, bounds."""
    from fractions import Fraction

    from numeric import design
    from numeric import loss as losses
    from theory.claims.uncertainty.ar_lower_bound_eigenvalues import eigenvalue_bound
    from theory.claims.uncertainty.ar_lower_bound_window import limit

    decay, inverse = Fraction(1, 2), 4
    r, top = float(decay), limit(1, inverse, float(decay))
    designed = [float(design.design(order, inverse * order, decay).loss.mid()) for order in ORDERS]
    flat = [losses.series(*spaced_filter(order, inverse * order, r), inverse * order, r) for order in ORDERS]
    paper = [losses.series(*paper_filter(order, inverse * order), inverse * order, r) for order in ORDERS]
    least = [eigenvalue_bound(order, inverse * order, r) for order in ORDERS]
    closed = [formula(order, inverse * order, r) for order in ORDERS]
    upper, lower = figure.subplots(2, 1, sharex=True)
    curves = ((paper, "s-", "#8a8f98", "paper's filter"), (flat, "o-", "#a5501d", "evenly spaced, flat weights"),
              (designed, "^-", "#1f4e79", "designed poles"), (least, "v-", "#3d6b35", "lower bound, eigenvalues"),
              (closed, "d--", "#3d6b35", "lower bound, this claim"))
    for values, style, colour, label in curves:
        upper.plot(ORDERS, values, style, ms=4, lw=1, color=colour, mfc="white", label=label)
    upper.axhline(top, color="#22262b", lw=1, label="limit")
    upper.set(xscale="log", ylabel="loss", ylim=(0, 1), xticks=ORDERS, xticklabels=ORDERS)
    for values, style, colour, _ in curves[1:]:
        lower.plot(ORDERS, [abs(value - top) for value in values], style, ms=4, lw=1, color=colour, mfc="white")
    lower.set(yscale="log", xlabel="order $S$; lag $K = 4S$, $\\rho = 1/2$", ylabel="distance from the limit")
    for axes in (upper, lower):
        axes.minorticks_off()
    figure.legend(loc="outside upper center", ncols=3, fontsize=8)


GIVEN = [le(1, S), le(S + 1, K), STABLE, *AR_INPUT]

claim = Claim(
    title="The limit for AR(1) input, from below",
    says="For 1 ≤ S < K every filter of order S misses the shift by K, under an AR(1) input, by at least "
         "1 − (2/π) arctan(κ tan(πS/2K)) − (κ + ρ²/(1 − ρ²))/K, κ = (1 + ρ)/(1 − ρ).",
    statement=statement(forall(AR_FILTER, GIVEN, both(BY_FREQUENCIES, SHARP, CLOSED)),
                        [WHERE_PERIOD, WHERE_SPECTRUM, WHERE_KAPPA, WHERE_FILTER, WHERE_AR_LOSS]),
    paper="UP", dossier="UP.tightar+", reference="own; the lower side of the limit for AR(1) input",
    hypotheses={"S < K": "the tangent of π/2", "|a_s| < 1": "the loss is infinite or undefined", "0 ≤ ρ < 1": "κ is not defined at 1"},
    limits="Every filter, every S < K, every ρ; with the sharper forms by frequencies and with π(2S − 1)/(4K + 2) as conclusions too. The "
           "error is of the order 1/K, with a constant that grows like 1/(1 − ρ). It is the lower side only: "
           "uncertainty.ar_limit_above has filters with a direct term that come to the limit, "
           "uncertainty.ar_limit_grid twelve without one.",
    page=draw,
)


@claim.derive
def riemann_sum(step):
    import sympy

    x, r, share = sympy.symbols("x rho sigma", positive=True)
    kappa = step("κ", (1 + r) / (1 - r), why="the value of the spectral density at 0")
    area = 2 * sympy.atan(kappa * sympy.tan(x / 2))
    density = step("spectral density", sympy.simplify((1 - r**2) / (1 - 2 * r * sympy.cos(x) + r**2)), why="AR(1)")
    if sympy.simplify((sympy.diff(area, x) - density).rewrite(sympy.tan)) != 0:
        raise ArithmeticError("not an antiderivative")
    held = step("(1/K) Σ_{j≤S} Γ(φ_j) for K → ∞", area.subs(x, sympy.pi * share) / sympy.pi,
                why="a Riemann sum with steps 2π/(2K + 1) up to πS/K, σ = S/K")
    step("limit from below", 1 - held, why="the pulse at 0 and the ends of the sum are of the order 1/K")
    step("small σ", sympy.simplify(sympy.series(1 - held, share, 0, 2).removeO()), why="1 − κS/K: the bound of Theorem 3 to first order")


@claim.certify
def proof(p, _):
    """A filter of order S is one with a direct term of weight 0."""
    p.inhabited(S=1, K=2, a=fn("n", 0), b=fn("n", 1), rho=0)
    p.abbreviate(*WHERE_CORRELATION)
    regular(p, p.given(3), p.given(4), p.given(5))
    ar_loss(p, GRAM_FORM)
    tangents(p)
    more = {"a": fn("n", a[n] * (1 - delta(n, S + 1))), "b": fn("n", b[n] * (1 - delta(n, S + 1)))}
    with p.generalise({"s": "int"}, within(1, s, S + 1), lt(Abs(a[s] * (1 - delta(s, S + 1))), 1)) as block:
        split = p.new_id()
        with p.branch() as less:
            p.order("gap", le(s + 1, S + 1), f"{split}.less.1")
            p.apply(p.given(3), lt(Abs(a[s]), 1), s=s)
            p.squares(lt(Abs(a[s] * (1 - delta(s, S + 1))), 1), [(1, [p.apply(p.given(3), lt(Abs(a[s]), 1), s=s)], "", 1)])
        with p.branch() as equal:
            zero = p.squares(lt(Abs(a[S + 1] * (1 - delta(S + 1, S + 1))), 1), [(1, [], "", 1)])
            back = p.identity(eq(S + 1, s), [(f"{split}.equal.1", -1)])
            p.step("congruence", block.shows[3], equal=back, context=fn("m_", lt(Abs(a["m_"] * (1 - delta("m_", S + 1))), 1)),
                   **{"from": zero})
        with p.branch() as greater:
            beyond = p.squares(lt(0, 0), [(1, [block(2)], "", 1), (1, [f"{split}.greater.1"], "", 1)])
            p.step("contradiction", block.shows[3], **{"from": beyond})
        p.step("cases", block.shows[3], split, on=[s, S + 1], less=less, equal=equal, greater=greater)
    values = {"S": S, "K": K, "rho": rho, **more}
    p.both(p.use("uncertainty.ar_lower_bound_frequencies", BY_FREQUENCIES, **values),
           *(p.use("uncertainty.ar_lower_bound_window", part, **values) for part in (SHARP, CLOSED)))


@explained
def tangents(p):
    """K, π > 0, and both angles under a tangent lie in [0, π/2)."""
    known = numbers(p)
    p.identity(eq(T("P"), 2 * K + 1))
    proper = p.use("uncertainty.ar_residual_waves", REGULAR, S=S, K=K, P=T("P"), rho=rho)
    with p.generalise({"j": "int"}, [], ne(REGULAR.json[3][2], 0)):
        p.order("nonzero", ne(REGULAR.json[3][2], 0), p.apply(proper, REGULAR.json[3], j="j"))
    near, far = [known["circle"], known["back"]], [known["circle"], known["lags"]]
    low = p.squares(le(0, angle(S)), [(2, [*near, p.given(1)], "", 1), (1, near, "", 1)])
    high = p.squares(lt(angle(S), PI), [(2, [*near, p.given(2)], "", 1), (4, near, "", 1)], nonzero=known["proper"])
    half_angle(p, angle(S), low, high, known)
    edge = PI * S / K
    low = p.squares(le(0, edge), [(1, [*far, p.order("basic", le(0, S))], "", 1)])
    high = p.squares(lt(edge, PI), [(1, [*far, p.given(2)], "", 1), (1, far, "", 1)], nonzero=known["proper"])
    half_angle(p, edge, low, high, known)


@claim.oracle
def explicit_filters():
    """The recurrences of the paper's filter and of the evenly spaced one, in doubles: above both bounds and above the limit."""
    from numeric import loss as losses
    from theory.claims.uncertainty.ar_lower_bound_window import limit
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, lag, decay in ((1, 4, 0.5), (3, 12, 0.8), (9, 90, 0.5), (15, 30, 0.3), (33, 66, 0.8)):
        for name, one in (("the paper's", paper_filter(order, lag)), ("evenly spaced", spaced_filter(order, lag, decay))):
            measured, least = losses.series(*one, lag, decay), formula(order, lag, decay)
            found.append(bounded(f"loss, {name}", {"S": order, "K": lag, "rho": decay}, measured, least,
                                 measured >= sharper_bound(order, lag, decay) >= least and measured >= limit(order, lag, decay)))
    return found


@claim.oracle
def best_weights():
    """Run the recurrences exactly at the best weights of drawn and tuned poles: above the bound."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import ar_optimum, bounded, pole_sets, tuned

    results = []
    for order, lag, decay in ((1, 6, Fraction(1, 5)), (2, 12, Fraction(1, 2)), (3, 30, Fraction(4, 5))):
        for kind, poles in {**pole_sets(order, order + 180), "tuned": tuned(order, lag)}.items():
            measured = float(reference.ar_loss_by_recurrence(poles, ar_optimum(poles, lag, decay), lag, decay))
            least = sharper_bound(order, lag, float(decay))
            results.append(bounded(f"{kind} poles", {"S": order, "K": lag, "rho": str(decay)}, measured, least, measured >= least))
    return results


claim.must_refuse(
    window_halved=changed(le(1 - 2 / PI * atan(kappa * tan(PI * S / (4 * K))) - (kappa + PULSES) / K, L)),
    without_error=changed(le(LIMIT, L)),
    sign_flipped=changed(le(L, LIMIT - (kappa + PULSES) / K)),
    above_one=changed(lt(1, L)),
    domain_reaches_circle=changed(given={3: forall({"s": "int"}, within(1, s, S), le(Abs(a[s]), 1))}),
)


def no_filter(p):
    """S = 1, K = 2, ρ = 1/2 and the weight 0: the loss is 1."""
    here = counterexample(p, S=1, K=2, a=fn("n", 0), b=fn("n", 0), rho=T(1) / 2)
    loss = p.use("uncertainty.ar_loss", eq(here(L), 1), S=1, K=2, a=here(fn("n", 0)), b=here(fn("n", 0)), rho=T(1) / 2)
    name, left, right = p.statement["holds"][3]
    sides = [T(1) if part == "L" else here(T(part)) for part in (right, left)]
    away = p.step("ball_bound", (lt if name == "<=" else le)(*sides), prec=100)
    p.squares(opposite(here(p.statement["holds"][3])), [(1, [away], "", 1)], using=[(loss, 1 if right == "L" else -1)])


claim.refute("sign_flipped")(no_filter)
claim.refute("above_one")(no_filter)
