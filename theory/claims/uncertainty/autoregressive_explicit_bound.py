"""Lower bound on the loss under every autoregressive input, explicit in the roots of its predictor."""
from theory.claim import Claim
from theory.claims.algebra.product_of_distances import inside, result, sizes
from theory.claims.uncertainty.autoregressive_density import coefficients, variance
from theory.claims.uncertainty.autoregressive_density_between import LINK, RESULT, admitted
from theory.claims.uncertainty.autoregressive_steps import COLUMN, DENSITY, HERMITIAN, PAIR, ROWS, SUMMABLE, YULE_WALKER, B, g, p_, phi
from theory.claims.uncertainty.prediction_error import convergent
from theory.claims.uncertainty.stationary_lower_bound import no_filter
from theory.language import SEQ, Abs, Series, Sum, T, both, conj, delta, eq, fn, forall, le, lt, names, ne, re, statement
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.papers.uncertainty_inputs import correlations, density_of, held_against, missed, missed_under, response
from theory.proof import explained
from theory.steps import at

r, x, j, k, m, n, G, V = names("r x j k m n G V")
LEAST = sizes(r, p_)[0]
VARIANCE = g[0] - Sum("j", 1, p_, phi[j] * g[-j])
SHARE = (S + p_) * V / ((K + 1) * LEAST**2)
BOUND = le(g[0] - SHARE, L)
VARIABLES = {**FILTER, "p": "nat", "phi": SEQ, "g": SEQ, "B": "real", "r": SEQ}
GIVEN = [STABLE, SUMMABLE, HERMITIAN, YULE_WALKER, inside(r, p_), LINK, le(0, V)]
WHERE = [WHERE_FILTER, ("V", [], VARIANCE), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every autoregressive input, by its roots",
    says="Under an AR(p) input, γ(k) = Σ_{j=1}^p φ_j γ(k−j) for k ≥ 1, with 1 − Σ φ_j e^{−iωj} = Π_{j=1}^p (1 − r_j e^{−iω}), |r_j| < 1, "
         "and innovations of variance V = γ(0) − Σ φ_j γ(−j), a filter with S poles misses the shift by K by at least "
         "γ(0) − (S + p)V/((K + 1) Π(1 − |r_j|)²).",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every order of the input, with explicit constants",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined",
                "Σ|γ(k)| converges, γ(−k) = conj γ(k)": "the first follows from the rest, as |r_j| < 1, and is used in the "
                "proof; without the second the loss need not be real",
                "Yule and Walker": "γ(0) = 1, γ(±80) = 1/4 and p = 0, so V = 1: the filter 1/4 at lag 0 misses 15/16 at K = 80, less than "
                                   "80/81",
                "|r_j| < 1": "with r = 1 the bound would be γ(0) − V/0",
                "the roots": "AR(1) with ρ near 1 and r = 0: the bound is near γ(0), and the filter ρ^K at lag 0 misses 1 − ρ^{2K}",
                "V ≥ 0": "γ = −δ and no filter: the loss is −1, and with p = 1, r = 0, K = 0 the bound is 0"},
    limits="Any poles: repeated, zero or those of the input; complex inputs too. Γ ≥ 0 is not assumed: it follows. For V > 0, "
           "V/Π(1 − |r_j|)² is the supremum of the density exactly when the roots other than 0 lie on one ray, as for AR(1): "
           "γ(k) = ρ^{|k|} has V = 1 − ρ² and the constant (1 + ρ)/(1 − ρ). For roots in several directions the form with M = sup Γ "
           "(uncertainty.autoregressive_trace_bound) is sharper; the form in eigenvalues (uncertainty.autoregressive_lower_bound) is never "
           "worse. For p = 1 the bounds of UP.T3b are better by a constant over K. The loss is not in units of γ(0).",
    symbols={"g": "γ"},
)


@claim.derive
def first_order(step):
    """AR(1) and a pair of roots: V and the constant."""
    from sympy import cancel, expand, symbols

    from theory.identities import confirm, equal

    rho, s = symbols("rho s", positive=True)
    variance_ = step("V", 1 - rho * rho, why="γ(0) − ργ(−1) with γ(k) = ρ^{|k|}")
    equal(step, "constant for AR(1)", cancel(variance_ / (1 - rho) ** 2), (1 + rho) / (1 - rho), shown="V/(1 − ρ)²",
          why="the constant of UP.T3b, with S + 1 for S")
    f1, f2 = rho + s, -rho * s
    lags = [1 - f2, f1]
    lags.append(f1 * lags[1] + f2 * lags[0])
    confirm(step, "Yule and Walker at lag 1", [expand(f1 * lags[0] + f2 * lags[1] - lags[1])], why="roots ρ and s: φ_1 = ρ + s, φ_2 = −ρs")
    power = cancel((lags[0] - f1 * lags[1] - f2 * lags[2]) / lags[0])
    expected = (1 - rho**2) * (1 - s**2) * (1 - rho * s) / (1 + rho * s)
    equal(step, "V for AR(2), γ(0) = 1", power, expected, shown="V", why="(1 − ρ²)(1 − s²)(1 − ρs)/(1 + ρs)")
    equal(step, "constant for AR(2)", cancel(power / ((1 - rho) * (1 - s)) ** 2),
          (1 + rho) * (1 + s) * (1 - rho * s) / ((1 - rho) * (1 - s) * (1 + rho * s)), shown="V/((1 − ρ)(1 − s))²",
          why="less than the product of the constants of AR(1), by the factor (1 − ρs)/(1 + ρs)")


@claim.certify
def proof(p, _):
    """0 ≤ Γ ≤ V/Π(1 − |r_j|)², which takes the place of M in the bound by the supremum of the density."""
    with p.inhabited_by(**quiet(1)):
        admitted(p, T(1), 1)
    convergent(p, p.given(2), p.given(3))
    p.abbreviate("G", ["x"], DENSITY)
    real = p.step("quadratic_form", eq(conj(V), V), mode="hermitian", **{"from": [p.given(7)]})
    same = p.identity(eq(re(V), V), [(real, T(1) / 2)])
    proper = positive_product(p)
    top = re(V) / LEAST**2
    density(p, top, same)
    whole = p.use("uncertainty.autoregressive_trace_bound", both(ROWS, COLUMN, le(g[0] - (S + p_) * top / (K + 1), L)),
                  S=S, K=K, a=a, b=b, p=p_, phi=phi, g=g, B=B, M=top)
    found = [p.part(whole, T(shown)) for shown in whole.shows[1:]]
    bound = p.squares(BOUND, [(1, [found[2]], "", 1)], using=[(same, (S + p_) / ((K + 1) * LEAST**2))], nonzero=proper)
    p.both(*found[:2], bound)


@explained
def positive_product(p):
    """Π(1 − |r_j|) > 0."""
    p.squares(le(Abs(T(1)), 1))
    known = p.use("algebra.product_of_distances", at(result(r, p_), "z", 1), n=p_, r=r, z=1)
    least = p.order("nonzero", ne(LEAST, 0), p.part(known, lt(0, LEAST)))
    square = p.order("product", ne(LEAST**2, 0), least, least)
    lags = p.squares(lt(0, K + 1), [(1, [], "", 1), (1, [p.order("basic", le(0, K))], "", 1)])
    many = p.order("nonzero", ne(K + 1, 0), lags)
    p.order("product", ne((K + 1) * LEAST**2, 0), many, square)
    return [least, many]


@explained
def density(p, top, same):
    """0 ≤ Γ ≤ V/Π(1 − |r_j|)²."""
    for goal in (le(0, G(x)), le(G(x), top)):
        with p.generalise({"x": "real"}, [], goal):
            here = at(RESULT, "w", x)
            whole = p.use("uncertainty.autoregressive_density_between", here, p=p_, phi=phi, g=g, B=B, r=r, w=x)
            low, under, over = (p.part(whole, T(part)) for part in here.json[1:])
            if goal.json[1] == 0:
                p.squares(goal, [(1, [low], "", 1), (1, [under], "", 1)])
            else:
                p.squares(goal, [(1, [over], "", 1)], using=[(same, -1 / LEAST**2)])


def quiet(level):
    """No filter, K = 0, and γ = level·δ as an input of order 1 with φ = 0 and r = 0."""
    return {"S": 0, "K": 0, "a": fn("n", 0), "b": fn("n", 0), "p": 1, "phi": fn("n", 0), "g": fn("n", level * delta(n, 0)), "B": 1,
            "r": fn("n", 0)}


claim.must_refuse(
    variance_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S + p_) / ((K + 1) * LEAST**2), L))),
    lags_squared=changed(both(ROWS, COLUMN, le(g[0] - (S + p_) * V / ((K + 1) ** 2 * LEAST**2), L))),
    square_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S + p_) * V / ((K + 1) * LEAST), L))),
    sign_flipped=changed(le(L, g[0] - SHARE)),
    not_predicted=changed(given={4: None}),
    roots_of_another=changed(given={6: None}),
    of_any_sign=changed(BOUND, given={7: None}),
)


@claim.refute("sign_flipped")
def silence_is_no_shift(p):
    """No filter under white noise: the loss is 1, and the bound is 0."""
    no_filter(p, lt(g[0] - SHARE, L), quiet(1), lambda p: admitted(p, T(1), 1), room=1)


@claim.refute("of_any_sign")
def negative_energy(p):
    """γ = −δ has V = −1: the loss without a filter is −1, and the bound is 0."""
    no_filter(p, lt(L, g[0] - SHARE), quiet(-1), lambda p: admitted(p, T(-1), 1), room=1, level=-1)


def floor(order, decays, power, lag):
    """The formula: 1 − (S + p)V/((K + 1) Π(1 − |r_j|)²)."""
    from math import prod

    return 1 - (order + len(decays)) * power / ((lag + 1) * prod((1 - abs(decay)) ** 2 for decay in decays))


INPUTS = {"white": [0.0], "AR(1)": [0.3], "AR(1), turned": [-0.2 + 0.1j], "AR(2), a pair": [0.2 + 0.1j, 0.2 - 0.1j],
          "AR(2), one ray": [0.3, 0.1], "AR(3)": [0.2, -0.1, 0.1j]}
SIZES = ((1, 20), (2, 40), (4, 80))


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses of 2000 samples; V by its definition from simulated correlations."""
    import numpy as np

    def least(order, given, lag):
        decays, own = given
        lags = correlations(own, len(decays))
        power = variance(coefficients(decays), lambda place: lags[place] if place >= 0 else np.conj(lags[-place]))
        return floor(order, decays, float(np.real(power)), lag)
    return held_against(SIZES, lambda _: {name: (decays, response(decays, 2000)) for name, decays in INPUTS.items()},
                        lambda given, poles, lag: missed(given[1], poles, lag), least)


@claim.oracle
def weighted_frequencies():
    """Least squares in the frequency domain with the weight Γ; V as the geometric mean of Γ (Szegő and Kolmogorov)."""
    import numpy as np

    return held_against(SIZES, lambda _: {name: (decays, density_of(decays)) for name, decays in INPUTS.items()},
                        lambda given, poles, lag: missed_under(given[1], poles, lag),
                        lambda order, given, lag: floor(order, given[0], float(np.exp(np.mean(np.log(given[1])))), lag))
