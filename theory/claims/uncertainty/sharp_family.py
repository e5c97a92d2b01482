"""An explicit family of filters whose loss comes as close to the lower bound as one likes, for every lag."""
from theory.claim import Claim
from theory.language import Sum, T, both, eq, exp, fn, forall, le, lt, ne, statement, sums
from theory.papers.uncertainty_sharp import (
    GIVEN,
    SHARE,
    TERM,
    VARIABLES,
    WHERE_A,
    WHERE_C,
    WHERE_D,
    WHERE_LAYER,
    WHERE_LOSS,
    WHERE_P,
    WHERE_SCALE,
    WHERE_WINDOW,
    K,
    L,
    S,
    d,
    gap,
    lam,
    layer,
    n,
    q,
    s,
    scales,
    sizes,
    weights,
    window,
)
from theory.steps import nonnegative_power

STIFF = le(exp(2 * lam), 16 * d**2 * (layer * (layer + 1)))
BOUND = le(L, 1 - SHARE * (S - 2 * layer))
WINDOW, STEPS = Sum("s", 1, S, window(s) ** 2), Sum("s", 1, S + 1, (window(s) - window(s - 1)) ** 2)
TOTAL = Sum("s", 1, S, window(s))

claim = Claim(
    title="A sharp family of filters",
    says="For S ≤ K, P = K + δ, d = δ/P and h = q/(1 − q) with h(h+1) ≥ e^{2λ}/(16 d²), the filter with poles e^{(−λ + 2πis)/P} and "
         "weights σ w_s e^{−2πisK/P}, w_s = 1 − (q^s + q^{S+1−s})/(1 + q^{S+1}), loses at most 1 − (1 − e^{−2λ})(S − 2h)/(P(1 + d²)).",
    statement=statement(forall({**VARIABLES, "q": "real"}, [*GIVEN, lt(0, q), lt(q, 1), STIFF], both(sums("k", 0, TERM, L), BOUND)),
                        [WHERE_P, WHERE_D, WHERE_A, WHERE_LAYER, WHERE_WINDOW, WHERE_SCALE, weights(window(n)), WHERE_C, WHERE_LOSS]),
    paper="UP", dossier="UP.tight+", reference="own; the family behind the sharpness of Theorem 2", source="own",
    hypotheses={"h(h+1) ≥ e^{2λ}/(16 d²)": "a window without layers has steps 1 at its ends, which are not free"},
    limits="An upper bound for every S ≤ K; it says something when e^{−2λ}, d and h/S are small together.",
)


@claim.certify
def proof(p, _):
    """The window solves w − h(h+1)Δ²w = 1 with zero ends, so Σw² + h(h+1)Σ(Δw)² = Σw ≥ S − 2h: it is balanced with r = h(h+1)."""
    with p.inhabited_by(S=0, K=0, gap=1, lam=1, q=T(1) / 2):
        p.step("ball_bound", le(exp(T(2) * 1), 16 * (T(1) / (T(0) + 1)) ** 2 * 2), prec=53)
    facts = sizes(p)
    _, regular, share = scales(p, facts)
    p.order("nonzero", ne(1 - q, 0), p.squares(lt(0, 1 - q), [(1, [p.given(5)], "", 1)]))
    power = nonnegative_power(p, q, p.squares(le(0, q), [(1, [p.given(4)], "", 1)]), S + 1)
    p.order("nonzero", ne(1 + q ** (S + 1), 0), p.squares(lt(0, 1 + q ** (S + 1)), [(1, [power], "", 1), (1, [], "", 1)]))
    inner = {"S": S, "q": q}
    for goal in (eq(window(0), 0), eq(window(S + 1), 0)):
        p.use("algebra.boundary_layer", goal, **inner)
    green = p.use("algebra.boundary_layer", eq(WINDOW + layer * (layer + 1) * STEPS, TOTAL), **inner)
    area = p.use("algebra.boundary_layer", le(S - 2 * layer, TOTAL), **inner)
    p.squares(le(WINDOW + layer * (layer + 1) * STEPS, TOTAL), [], using=[(green, 1)])
    outer = {"S": S, "K": K, "gap": gap, "lam": lam, "w": fn("s", window(s)), "r": layer * (layer + 1)}
    exists = p.use("uncertainty.windowed_loss", sums("k", 0, TERM, L), **outer)
    bound = p.use("uncertainty.windowed_loss", le(L, 1 - SHARE * TOTAL), **outer)
    p.both(exists, p.squares(BOUND, [(1, [bound], "", 1), (1, [share, area], "", 1)], nonzero=regular))
