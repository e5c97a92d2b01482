"""Lower bound on the AR(1) loss of a filter with S poles and a direct term, by S values of the spectral density of the input."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_loss import ENERGY, RESPONSE
from theory.claims.uncertainty.ar_lower_bound_eigenvalues import SHARE
from theory.claims.uncertainty.ar_lower_bound_with_tap import LAST, STABLE, WHERE_TAP, widened
from theory.claims.uncertainty.ar_residual_waves import BELOW, LEVEL, POSITIVE, REGULAR, THETA, TOTAL, WHERE, H
from theory.language import Abs, Series, Sum, T, delta, eq, fn, forall, le, lt, names, ne, re, statement
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty import K, L, S, a, b
from theory.papers.uncertainty_ar import AR_FILTER, AR_INPUT, WHERE_AR_LOSS, WHERE_CORRELATION, ar_loss, regular, rho
from theory.proof import explained
from theory.steps import at

spectrum, j, k = names("G j k")
WHERE_PERIOD, WHERE_SPECTRUM, WHERE_WAVE = ("P", [], 2 * K + 1), *WHERE
PULSE, HELD = Sum("k", 1, K, rho ** (2 * k)), Sum("j", 1, S, spectrum(j))
BOUND = le(1 - (PULSE + HELD) / K, L)
GIVEN = [le(1, S), le(S, K), STABLE, *AR_INPUT, eq(a[LAST], 0)]


def draw(figure):
    """The two bounds and the limit against ρ, at S = 3 and K = 40, above 1 − L of designed filters."""
    from fractions import Fraction

    import numpy as np

    from numeric import design
    from theory.claims.uncertainty.ar_lower_bound_eigenvalues import eigenvalue_bound

    order, lag = 3, 40
    decays = [index / 20 for index in range(20)]
    shown = [Fraction(index, 20) for index in range(1, 20, 3)]
    axes = figure.subplots()
    axes.plot(shown, [float(design.design(order, lag, decay).loss.mid()) for decay in shown], "o", ms=4, color="#a5501d",
              label="designed filters (certified loss)")
    axes.plot(decays, [eigenvalue_bound(order, lag, r) for r in decays], color="#1f4e79", label="bound in eigenvalues")
    axes.plot(decays, [float(bound(order, lag, r)) for r in decays], "--", color="#22262b", label="bound in frequencies (this claim)")
    axes.set(xlabel="$\\rho$", ylabel="loss", ylim=(0, 1), xticks=np.linspace(0, 1, 6), title=f"$S = {order}$ poles, $K = {lag}$")
    axes.legend(fontsize=8, loc="lower left")


claim = Claim(
    title="Lower bound under an AR(1) input, by frequencies",
    says="A filter with S ≤ K poles and a direct term misses the shift by K, under an AR(1) input, by at least "
         "1 − (1/K)(Σ_{k=1}^K ρ^{2k} + Σ_{j=1}^S Γ(φ_j)), with Γ the spectral density of the input and φ_j = π(2j − 1)/(2K + 1).",
    statement=statement(forall(AR_FILTER, GIVEN, BOUND), [WHERE_PERIOD, WHERE_SPECTRUM, WHERE_TAP, WHERE_AR_LOSS]),
    paper="UP", reference="own; Theorem 3 in closed form, the lower side of the limit for AR(1) input",
    hypotheses={"S ≥ 1": "Γ(φ_S) is used as the least of the S values", "S ≤ K": "a delay line of K states loses nothing",
                "|a_s| < 1": "the loss is infinite or undefined", "0 ≤ ρ < 1": "for ρ < 0 the lowest frequencies are not the strongest",
                "a_{S+1} = 0": "S + 1 poles need S + 1 in the place of S"},
    limits="Any poles: repeated, zero or equal to ρ. Above 0 only where S/K is below a number that depends on ρ. The bound in "
           "eigenvalues is larger, by at most ((1 + ρ)/(1 − ρ))/K.",
    page=draw,
)


@claim.derive
def shares(step):
    """Sθ + tr H with θ = Γ_S, for S = 3."""
    import sympy

    values = sympy.symbols("Gamma_1:4")
    least = step("θ", values[-1], why="the least of the S values")
    trace = step("tr H", sum(value - least for value in values), why="each q_j q_j*/|q_j|² has the trace 1")
    step("Sθ + tr H", sympy.expand(len(values) * least + trace), why="the sum of the values")


@claim.certify
def proof(p, _):
    """The bound in eigenvalues with θ = Γ(φ_S) and H = (4/(2K + 1)) Σ_{j≤S} (Γ(φ_j) − Γ(φ_S)) q_j q_j* in the standing waves q_j."""
    p.inhabited(S=1, K=1, a=fn("n", 0), b=fn("n", 1), rho=0)
    p.abbreviate(*WHERE_WAVE)
    p.abbreviate(*WHERE_CORRELATION)
    converges(p)
    p.squares(le(1, K), [(1, [p.given(1)], "", 1), (1, [p.given(2)], "", 1)])
    p.identity(eq(T("P"), 2 * K + 1))
    values = {"S": S, "K": K, "P": T("P"), "rho": rho}
    proper = p.use("uncertainty.ar_residual_waves", REGULAR, **values)
    with p.generalise({"j": "int"}, [], ne(REGULAR.json[3][2], 0)):
        p.order("nonzero", ne(REGULAR.json[3][2], 0), p.apply(proper, REGULAR.json[3], j=j))
    for part in (LEVEL, BELOW, POSITIVE):
        p.use("uncertainty.ar_residual_waves", part, **values)
    total = p.use("uncertainty.ar_residual_waves", TOTAL, **values)
    bound = p.use("uncertainty.ar_lower_bound_eigenvalues", le(1 - at(at(SHARE, "theta", THETA), "H", H) / K, L), S=S, K=K, a=a, b=b,
                  rho=rho, theta=THETA, H=H)
    p.squares(BOUND, [(1, [bound], "", 1)], using=[(total, 1 / K)])




@explained
def converges(p):
    """The double series of the loss converges."""
    regular(p, p.given(3), p.given(4), p.given(5), LAST)
    ar_loss(p, widened(1 + ENERGY - 2 * re(RESPONSE)), LAST)


def bound(order, lag, decay):
    """The formula, in doubles."""
    from math import cos, fsum, pi

    r = float(decay)
    held = fsum((1 - r * r) / (1 - 2 * r * cos(pi * (2 * j - 1) / (2 * lag + 1)) + r * r) for j in range(1, order + 1))
    return 1 - (fsum(r ** (2 * k) for k in range(1, lag + 1)) + held) / lag


@claim.oracle
def best_weights():
    """Run the recurrences exactly at the best weights of drawn and tuned poles with a direct term: above the bound."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import ar_optimum, bounded, pole_sets, tuned

    results = []
    for order, lag, decay in ((1, 6, Fraction(1, 5)), (2, 12, Fraction(1, 2)), (2, 20, Fraction(9, 10))):
        for kind, drawn in {**pole_sets(order, order + 170), "tuned": tuned(order, lag)}.items():
            poles = [*drawn, (0, 0)]
            measured = float(reference.ar_loss_by_recurrence(poles, ar_optimum(poles, lag, decay), lag, decay))
            least = bound(order, lag, decay)
            results.append(bounded(f"{kind} poles", {"S": order, "K": lag, "rho": str(decay)}, measured, least, measured >= least + 1e-9))
    return results


@claim.oracle
def eigenvalues():
    """Below the bound in the eigenvalues of a numerical library, by less than κ/K."""
    from theory.claims.uncertainty.ar_lower_bound_eigenvalues import eigenvalue_bound
    from theory.papers.uncertainty_measurements import bounded

    results = []
    for order, lag, decay in ((1, 1, 0.5), (3, 40, 0.5), (3, 40, 0.95), (20, 100, 0.8), (99, 100, 0.3)):
        least, more = bound(order, lag, decay), eigenvalue_bound(order, lag, decay)
        results.append(bounded("bound", {"S": order, "K": lag, "rho": decay}, least, more,
                               more - (1 + decay) / (1 - decay) / lag < least < more + 1e-12))
    return results


claim.must_refuse(
    without_the_input=changed(le(1 - HELD / K, L)),
    one_frequency_less=changed(le(1 - (PULSE + Sum("j", 1, S - 1, spectrum(j))) / K, L)),
    sign_flipped=changed(le(L, 1 - (PULSE + HELD) / K)),
    strict=changed(lt(1, L)),
    one_lag_more=changed(le(1 - (PULSE + HELD) / (K + 1), L)),
    tap_not_free=changed(given={6: None}),
    domain_reaches_circle=changed(given={3: forall({"s": "int"}, [le(1, "s"), le("s", LAST)], le(Abs(a["s"]), 1))}),
)


def two_poles(p, poles, weights, r):
    """K = 1 and S = 1 with real poles and weights, one pair for the direct term: L in closed form, then the opposite of `bound`."""
    table = [sum((T(v) * delta("n", j) for j, v in enumerate(values, 1)), T(0)) for values in (poles, weights)]
    here = counterexample(p, S=1, K=1, a=fn("n", table[0]), b=fn("n", table[1]), rho=r)
    used, energy, response = [], T(0), T(0)
    for y, w in zip(poles, weights, strict=True):
        y, w = T(y), T(w)

        def series(n, y=y):
            return Series("m_", 0, y ** "m_" * r ** Abs(n - T("m_")))
        at_zero = p.use("uncertainty.ar_geometric_sums", eq(series(T(0)), 1 / (1 - y * r)), x=0, y=y, rho=r)
        every = p.use("uncertainty.ar_geometric_sums", forall({"n": "nat"}, [],
                                                              eq(series(T("n") + 1), y * series(T("n")) + r ** (T("n") + 1))),
                      x=0, y=y, rho=r)
        step = p.apply(every, eq(series(T(1)), y * series(T(0)) + r), n=0)
        used += [(step, -2 * w), (at_zero, -2 * w * y)]
        response = response + w * (y / (1 - y * r) + r)
        for z, v in zip(poles, weights, strict=True):
            energy = energy + w * v * (1 - r**2 * y * z) / (1 - y * z) / (1 - y * r) / (1 - z * r)
    closed = 1 + energy - 2 * sum((T(w) * Series("m_", 0, T(y) ** "m_" * r ** Abs(1 - T("m_")))
                                   for y, w in zip(poles, weights, strict=True)), T(0))
    total = p.use("uncertainty.ar_loss", eq(here(L), closed), S=2, K=1, a=here(fn("n", table[0])), b=here(fn("n", table[1])), rho=r)
    value = p.identity(eq(here(L), 1 + energy - 2 * response), [(total, 1), *used])
    name, left, right = p.statement["holds"][3]
    away = p.step("ball_bound", lt(*((right_of(here, part, 1 + energy - 2 * response)) for part in (right, left))) if name == "<=" else
                  le(*((right_of(here, part, 1 + energy - 2 * response)) for part in (right, left))), prec=100)
    goal = opposite(here(p.statement["holds"][3]))
    p.squares(goal, [(1, [away], "", 1)], using=[(value, 1 if right == "L" else -1)])


def right_of(here, part, value):
    """A side of the edited bound: the value of the loss in place of L."""
    return value if part == "L" else here(T(part))


def refuted(poles, weights, r):
    def refutation(p):
        two_poles(p, poles, weights, r)
    return refutation


# A pole 1/10 with the weight 10 and the direct term −10: c = (0, 1, 1/10, …) misses the shift by 1 by little; and no filter at all
NEAR = refuted((T(1) / 10, 0), (10, -10), T(3) / 4)
NOTHING = refuted((0, 0), (0, 0), T(1) / 2)
claim.refute("without_the_input")(NEAR)
claim.refute("one_frequency_less")(NEAR)
claim.refute("one_lag_more")(refuted((T(1) / 10, 0), (10, -10), T(1) / 4))
claim.refute("sign_flipped")(NOTHING)
claim.refute("strict")(NOTHING)
