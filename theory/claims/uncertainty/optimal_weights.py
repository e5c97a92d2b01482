"""Minimising the loss over the weights (paper, Proposition 16)."""
from theory.claim import Claim
from theory.claims.uncertainty.loss_in_gram_form import CLOSED, TERM
from theory.language import (
    SEQ,
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
from theory.mutations import changed, counterexample
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
    p.both(minimum, best.fact, only.fact)


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
    sign_flipped=changed(le(L, 1 - F(K))),
    lag_shifted=changed(both(MINIMUM, forall({}, [BEST], eq(L, 1 - F(K + 1))), UNIQUE)),
    poles_repeated=changed(given={2: None}),
)


@claim.refute("captured_halved")
def pulse(p):
    """S = 1, K = 0, a = 0, b = 1: L = 0 and F_0 = 1."""
    values = {"S": 1, "K": 0, "a": fn("n", 0), "b": fn("n", 1)}
    here = counterexample(p, **values)
    loss = p.use("uncertainty.loss_in_gram_form", here(eq(L, CLOSED)), **values)
    p.squares(here(lt(L, 1 - F(K) / 2)), [(T(1) / 2, [], "", 1)], using=[(loss, 1)])


@claim.oracle
def losses_at_optimal_weights():
    """Exact optimal weights by elimination, their exact loss by the recurrence, against the exact captured energy."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, poles, text

    found = []
    for order, lag in ((1, 0), (2, 3), (3, 5), (4, 9)):
        drawn = poles(order, order + 20)
        loss = reference.loss(drawn, reference.optimal_weights(drawn, lag), lag)
        found.append(compared(f"loss at the optimal weights, S = {order}", {"S": order, "K": lag}, text(loss),
                              text(1 - reference.capture(drawn, lag))))
    return found
