"""Lower bound on the loss under every autoregressive input, in γ(0) and the roots of its predictor alone."""
from theory.claim import Claim
from theory.claims.algebra.product_of_distances import inside
from theory.claims.uncertainty.autoregressive_density import V
from theory.claims.uncertainty.autoregressive_density_between import LINK, admitted
from theory.claims.uncertainty.autoregressive_explicit_bound import BOUND as WITH_VARIANCE
from theory.claims.uncertainty.autoregressive_explicit_bound import INPUTS, LEAST, VARIANCE, positive_product, quiet, r
from theory.claims.uncertainty.autoregressive_steps import (
    COLUMN,
    DENSITY,
    HERMITIAN,
    PAIR,
    POSITIVE,
    ROWS,
    SUMMABLE,
    YULE_WALKER,
    B,
    g,
    p_,
    phi,
)
from theory.claims.uncertainty.prediction_error import convergent, white_noise
from theory.claims.uncertainty.stationary_lower_bound import no_filter
from theory.language import SEQ, Abs, Prod, Series, T, both, eq, fn, forall, le, lt, names, ne, statement
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.papers.uncertainty_inputs import density_of, held_against, missed, missed_under, response
from theory.proof import explained
from theory.steps import lag_count

q, j = names("q j")
SIZES = Prod("j", 1, p_, Abs(r[j]))
SHARE = (S + p_) * (1 - SIZES**2) / ((K + 1) * LEAST**2)
BOUND = le(g[0] * (1 - SHARE), L)
VARIABLES = {**FILTER, "q": "nat", "phi": SEQ, "g": SEQ, "B": "real", "r": SEQ}
GIVEN = [STABLE, SUMMABLE, HERMITIAN, POSITIVE, YULE_WALKER, inside(r, p_), LINK]
WHERE = [("p", [], q + 1), WHERE_FILTER, ("G", ["x"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every autoregressive input, by its roots alone",
    says="Under an AR(p) input, p ≥ 1, whose predictor is 1 − Σ φ_j e^{−iωj} = Π_{j=1}^p (1 − r_j e^{−iω}) with |r_j| < 1, a filter with S "
         "poles misses the shift by K by at least γ(0)(1 − (S + p)(1 − Π|r_j|²)/((K + 1) Π(1 − |r_j|)²)).",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every order of the input, with constants in its roots",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined",
                "Σ|γ(k)| converges, γ(−k) = conj γ(k), Γ ≥ 0": "γ is no autocorrelation",
                "Yule and Walker": "γ(0) = 1 and γ(±80) = 1/4 with φ_1 = r_1 = 0: the filter 1/4 at lag 0 misses 15/16 at K = 80, less "
                                   "than 79/81",
                "|r_j| < 1": "with r = 1 the bound would have the denominator 0",
                "the roots": "AR(1) with ρ near 1 and r = 0: the bound is γ(0)(1 − 2/(K + 1)) for S = 1, and the filter ρ^K at lag 0 "
                             "misses 1 − ρ^{2K}"},
    limits="p = q + 1; white noise is p = 1 with r = 0. For p = 1 the constant is (1 + |r|)/(1 − |r|), as in UP.T3b, whose bounds "
           "are better by a constant over K. For p ≥ 2 the variance of the innovations is V = γ(0)Π(1 − |κ_j|²) with the partial "
           "correlations κ_j, of which only the last, |κ_p| = Π|r_j|, is used: uncertainty.autoregressive_explicit_bound, with V itself, "
           "is never worse.",
    symbols={"g": "γ"},
)


@claim.derive
def two_roots(step):
    """AR(1), and AR(2) with two positive roots: what is lost against the form with V."""
    from sympy import cancel, symbols

    from theory.identities import equal

    rho, s = symbols("rho s", positive=True)
    equal(step, "constant for AR(1)", cancel((1 - rho**2) / (1 - rho) ** 2), (1 + rho) / (1 - rho), shown="(1 − ρ²)/(1 − ρ)²",
          why="with S + 1 for S the constant of UP.T3b")
    power = (1 - rho**2) * (1 - s**2) * (1 - rho * s) / (1 + rho * s)
    partial = (rho + s) / (1 + rho * s)
    equal(step, "V/γ(0) for roots ρ and s", power, cancel((1 - rho**2 * s**2) * (1 - partial**2)),
          shown="(1 − ρ²)(1 − s²)(1 − ρs)/(1 + ρs)",
          why="the partial correlations are κ_1 = (ρ + s)/(1 + ρs) and κ_2 = −ρs; the factor 1 − κ_1² is what is lost")


@claim.certify
def proof(p, _):
    """V ≤ (1 − |φ_p|²)γ(0) and |φ_p| = Π|r_j|, in the bound with V."""
    with p.inhabited_by(**values()):
        hypotheses(p)
    convergent(p, p.given(2), p.given(3))
    p.abbreviate("V", [], VARIANCE)
    p.use("uncertainty.prediction_error", le(0, V), p=p_, f=phi, g=g, B=B)
    last = p.use("analysis.last_coefficient", both(eq(Abs(phi[p_]), SIZES), lt(SIZES, 1)), q=q, phi=phi, r=r)
    size, below = (p.part(last, T(shown)) for shown in last.shows[1:])
    p.squares(lt(Abs(phi[p_]), 1), [(1, [below], "", 1)], using=[(size, 1)])
    square = p.step("congruence", eq(Abs(phi[p_]) ** 2, SIZES**2), equal=size, context=fn("m_", T("m_") ** 2))
    small = p.use("uncertainty.innovation_variance", le(V, (1 - Abs(phi[p_]) ** 2) * g[0]), q=q, phi=phi, g=g, B=B)
    whole = p.use("uncertainty.autoregressive_explicit_bound", both(ROWS, COLUMN, WITH_VARIANCE), S=S, K=K, a=a, b=b, p=p_, phi=phi, g=g,
                  B=B, r=r)
    found = [p.part(whole, T(shown)) for shown in whole.shows[1:]]
    positive_product(p)
    p.squares(le(V, (1 - SIZES**2) * g[0]), [(1, [small], "", 1)], using=[(square, -g[0])])
    p.both(*found[:2], p.apply(divided(p), BOUND, low_=LEAST, high_=SIZES))


@explained
def divided(p):
    """γ(0) − (S + p)V/((K + 1)d²) ≤ L with V ≤ (1 − u²)γ(0), for d = Π(1 − |r_j|) and u = Π|r_j|."""
    low, high = names("low_ high_")
    share, many = lag_count(p, K)
    count = p.squares(le(0, S + p_), [(1, [p.order("basic", le(0, S))], "", 1), (1, [p.order("basic", le(0, q))], "", 1), (1, [], "", 1)])
    given = [ne(low, 0), le(g[0] - (S + p_) * V / ((K + 1) * low**2), L), le(V, (1 - high**2) * g[0])]
    goal = le(g[0] * (1 - (S + p_) * (1 - high**2) / ((K + 1) * low**2)), L)
    with p.generalise({"low_": "real", "high_": "real"}, given, goal) as block:
        p.squares(goal, [(1, [block(2)], "", 1), (1, [count, share, block(3)], "", 1 / low)], nonzero=[many, block(1)])
    return block.fact


def values():
    """No filter, and white noise as an input of order 1 with the root 0."""
    return {name: value for name, value in {**quiet(1), "q": 0}.items() if name != "p"}


def hypotheses(p):
    admitted(p, T(1), 1)
    white_noise(p)


claim.must_refuse(
    square_forgotten=changed(both(ROWS, COLUMN, le(g[0] * (1 - (S + p_) * (1 - SIZES**2) / ((K + 1) * LEAST)), L))),
    lags_squared=changed(both(ROWS, COLUMN, le(g[0] * (1 - (S + p_) * (1 - SIZES**2) / ((K + 1) ** 2 * LEAST**2)), L))),
    sign_flipped=changed(le(L, g[0] * (1 - SHARE))),
    not_predicted=changed(given={5: None}),
    roots_of_another=changed(given={7: None}),
)


@claim.refute("sign_flipped")
def silence_is_no_shift(p):
    """No filter under white noise: the loss is 1, and the bound is 0."""
    no_filter(p, lt(g[0] * (1 - SHARE), L), values(), hypotheses, room=1)


def floor(order, decays, lag):
    """The formula: 1 − (S + p)(1 − Π|r_j|²)/((K + 1) Π(1 − |r_j|)²)."""
    from math import prod

    share = (1 - prod(abs(decay) for decay in decays) ** 2) / prod((1 - abs(decay)) ** 2 for decay in decays)
    return 1 - (order + len(decays)) * share / (lag + 1)


SIZES_OF_FILTERS = ((1, 20), (2, 40), (4, 80))


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses of 2000 samples."""
    return held_against(SIZES_OF_FILTERS, lambda _: INPUTS, lambda decays, poles, lag: missed(response(decays, 2000), poles, lag), floor)


@claim.oracle
def weighted_frequencies():
    """Least squares in the frequency domain with the weight Γ."""
    return held_against(SIZES_OF_FILTERS, lambda _: INPUTS, lambda decays, poles, lag: missed_under(density_of(decays), poles, lag), floor)
