"""Minimising the loss over the weights (paper, Proposition 16)."""
from theory.claim import Claim
from theory.claims.uncertainty.loss_in_gram_form import CLOSED, TERM
from theory.language import (
    SEQ,
    Abs,
    T,
    both,
    conj,
    entry,
    eq,
    fn,
    forall,
    inv,
    invertible,
    le,
    lt,
    names,
    statement,
    sums,
    vec,
    within,
    zero,
)
from theory.mutations import changed, counterexample, differs
from theory.papers.uncertainty import (
    DISTINCT,
    STABLE,
    WHERE_C,
    WHERE_F,
    WHERE_FILTER,
    WHERE_LOSS,
    WHERE_POWER,
    C,
    F,
    K,
    L,
    S,
    a,
    b,
    for_each_pole,
    v,
)
from theory.papers.uncertainty_steps import loss_as_quadratic_form
from theory.proof import explained
from theory.steps import inverse_of_definite, no_unit_product

s, w = names("s w")
BEST = for_each_pole(eq(conj(b[s]), entry(inv(C) @ v(K), s, 1)))
MINIMUM, ATTAINED = le(1 - F(K), L), forall({}, [BEST], eq(L, 1 - F(K)))
UNIQUE = forall({}, [eq(L, 1 - F(K))], BEST)

claim = Claim(
    title="Optimal weights and the loss they reach",
    says="Over all weights the loss is at least 1 − F_K, and it equals 1 − F_K exactly for b̄ = C⁻¹a^K.",
    statement=statement(forall({"S": "nat", "K": "nat", "a": SEQ, "b": SEQ}, [STABLE, DISTINCT], both(MINIMUM, ATTAINED, UNIQUE)),
                        [WHERE_C, WHERE_POWER, WHERE_F, WHERE_FILTER, WHERE_LOSS]),
    paper="UP", dossier="UP.P16", reference="Proposition 16", source="text",
    hypotheses={"|a_s| < 1": "the loss is infinite", "distinct poles": "C is singular and the optimal weights are not unique"},
    limits="Zero poles are allowed.",
)


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in (1, 2):
        poles = symbolic.Poles(order)
        for lag in (0, 3):
            power = [x**lag for x in poles.a]
            best = [sum(poles.Z[s][t] * power[t] for t in poles.range) for s in poles.range]
            gradient = [sum(poles.C[s][t] * best[t] for t in poles.range) - power[s] for s in poles.range]
            symbolic.confirm(step, f"S = {order}, K = {lag}: the gradient of L vanishes", gradient,
                             why="∂L/∂b_s = (C b̄ − a^K)_s at b̄ = C⁻¹a^K")


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, a=fn("k", 0), b=fn("k", 1))
    no_unit_product(p, a, S, p.given(1))
    p.abbreviate("w", [], vec("s", S, conj(b[s])))
    closed = p.use("uncertainty.loss_in_gram_form", both(sums("k", 0, TERM, CLOSED), eq(L, CLOSED)), S=S, K=K, a=a, b=b)
    p.series("exists", sums("k", 0, TERM, L), p.part(closed, sums("k", 0, TERM, CLOSED)))
    quadratic = loss_as_quadratic_form(p, p.part(closed, eq(L, CLOSED)), w, v(K))
    definite = p.use("uncertainty.gram_definite", both(lt(zero(S, S), C), invertible(C)), S=S, a=a)
    positive = p.part(definite, lt(zero(S, S), C))
    p.part(definite, invertible(C))
    right, _, star, adjoint_left, _ = inverse_of_definite(p, C, positive, S)
    Z, offset = inv(C), w - inv(C) @ v(K)
    square = p.identity(eq(L, 1 - F(K) + offset.H @ C @ offset),
                        [(quadratic, 1), (right, w.H, v(K)), (adjoint_left, v(K).H, w), (right, -v(K).H @ Z.H, v(K)),
                         (star, -v(K).H, v(K))])
    minimum = p.squares(MINIMUM, [(1, [], positive, offset)], using=[(square, -1)])
    with p.generalise({}, [BEST], eq(L, 1 - F(K))) as best:
        matched = p.entries(eq(w, Z @ v(K)), each=best(1))
        p.identity(eq(L, 1 - F(K)), [(square, 1), (matched, offset.H @ C)])
    with p.generalise({}, [eq(L, 1 - F(K))], BEST) as only:
        unique(p, only(1), square, positive, offset)
    p.conclude(minimum, best.fact, only.fact)


@explained
def unique(p, attained, square, positive, offset):
    """L = 1 − F_K leaves (w − C⁻¹a^K)* C (w − C⁻¹a^K) = 0, so w = C⁻¹a^K."""
    with p.contradiction(eq(offset, zero(S))) as absurd:
        gap = p.step("quadratic_form", lt(0, offset.H @ C @ offset), mode="positive", **{"from": [positive, f"{absurd}.1"]})
        p.squares(lt(0, 0), [(1, [gap], "", 1)], using=[(square, -1), (attained, 1)])
    with p.generalise({"s": "int"}, within(1, s, S), eq(conj(b[s]), entry(inv(C) @ v(K), s, 1))):
        p.step("congruence", eq(conj(b[s]), entry(inv(C) @ v(K), s, 1)), equal=str(absurd), context=fn("m_", entry("m_", s, 1)))


claim.must_refuse(
    captured_halved=changed(le(1 - F(K) / 2, L)),
    strict=changed(lt(1 - F(K), L)),
    sign_flipped=changed(le(L, 1 - F(K))),
    any_weights=changed(eq(L, 1 - F(K))),
    lag_shifted=changed(both(MINIMUM, forall({}, [BEST], eq(L, 1 - F(K + 1))), UNIQUE)),
    conjugate_dropped=changed(both(MINIMUM, forall({}, [for_each_pole(eq(b[s], entry(inv(C) @ v(K), s, 1)))], eq(L, 1 - F(K))), UNIQUE)),
    poles_may_coincide=changed(given={2: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)


def pole_at_zero(weight, opposite, room):
    """S = 1, K = 0, a = 0: F_0 = 1 and the loss is |1 − b|²; `room` is by how much the opposite holds."""

    def refutation(p):
        values = {"S": 1, "K": 0, "a": fn("n", 0), "b": fn("n", weight)}
        here = counterexample(p, **values)
        loss = p.use("uncertainty.loss_in_gram_form", here(eq(L, CLOSED)), **values)
        p.squares(here(opposite), [(room, [], "", 1)], using=[(loss, 1 if opposite.json[1] == "L" else -1)])

    return refutation


claim.refute("captured_halved")(pole_at_zero(1, lt(L, 1 - F(K) / 2), T(1) / 2))
claim.refute("strict")(pole_at_zero(1, le(L, 1 - F(K)), 0))
claim.refute("sign_flipped")(pole_at_zero(0, lt(1 - F(K), L), 1))


@claim.refute("any_weights")
def no_weight(p):
    """S = 1, K = 0, a = 0, b = 0: the loss is 1, not 0."""
    values = {"S": 1, "K": 0, "a": fn("n", 0), "b": fn("n", 0)}
    here = counterexample(p, **values)
    loss = p.use("uncertainty.loss_in_gram_form", here(eq(L, CLOSED)), **values)
    differs(p, p.identity(here(eq(L, 1)), [(loss, 1)]), here(1 - F(K)))


def least(a, lag):
    """The formula, exactly: 1 − F_K."""
    from numeric import reference

    return 1 - reference.capture(a, lag)


@claim.oracle
def exact_recurrence():
    """Run the recurrence, tail included, at the weights of the claim and at weights next to them: only the former reach 1 − F_K."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, compared, numbers, pole_sets

    results = []
    for order, lag in ((1, 0), (2, 3), (3, 5), (4, 9)):
        for kind, drawn in pole_sets(order, order + 20).items():
            A, ones, inputs = reference.diagonal(drawn), [reference.ONE] * order, {"S": order, "K": lag}
            best = reference.optimal_weights(drawn, lag)
            loss, expected = reference.loss_by_recurrence(A, best, ones, lag), least(drawn, lag)
            results.append(compared(f"{kind}, best weights", inputs, float(loss), float(expected), inside=loss == expected))
            shift = [reference.gaussian((re / 10**6, im / 10**6)) for re, im in numbers(order, order + 21)]
            nearby = [weight + step for weight, step in zip(best, shift, strict=True)]
            excess = reference.loss_by_recurrence(A, nearby, ones, lag) - expected
            results.append(bounded(f"{kind}, excess of other weights", inputs, float(excess), 0, inside=excess > 0))
    return results


@claim.oracle
def least_squares():
    """Fit the pulse by the impulse responses of the poles, as a least-squares problem in float64 that knows no Gram matrix."""
    import numpy as np

    from numeric import gram
    from theory.papers.uncertainty_measurements import compared, doubles, near_circle, numbers

    results = []
    for order, lag in ((1, 5), (4, 20), (8, 50)):
        sets = {"drawn": 0.95 * doubles(numbers(order, order + 24, modulus=1)), "near the circle": doubles(near_circle(order, order + 25))}
        for kind, drawn in sets.items():
            samples = 40_000 if kind == "near the circle" else 1000  # 0.999^40000 < 1e-17, 0.95^1000 < 1e-22
            responses = np.cumprod(np.vstack([np.ones(order), np.tile(drawn, (samples - 1, 1))]), axis=0)
            pulse = (np.arange(samples) == lag).astype(complex)
            weights = np.linalg.lstsq(responses, pulse, rcond=None)[0]
            measured, expected = float(np.sum(np.abs(responses @ weights - pulse) ** 2)), 1 - float(gram.capture(drawn, lag)[lag])
            results.append(compared(kind, {"S": order, "K": lag}, measured, expected, abs(measured - expected) < 1e-9))
    return results
