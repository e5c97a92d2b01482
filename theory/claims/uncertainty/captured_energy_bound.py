"""The trace argument, for any matrices: energy captured at lag K is at most S/(K+1)."""
from theory.claim import Claim
from theory.language import Sum, both, eq, eye, forall, inv, le, lt, mat, matrix, names, statement, tr, zero
from theory.steps import contraction, inverse_of_definite

S, K, A, Q, b, j, k, n = names("S K A Q b j k n")
F, P = names("F P")
MONOTONE = forall({"k": "nat"}, [], le(F(k + 1), F(k)))
SHARE, TOTAL = le((K + 1) * F(K), Sum("k", 0, K, F(k))), le(Sum("k", 0, K, F(k)), S)
BOUND = le((K + 1) * F(K), S)

claim = Claim(
    title="Captured energy under a contraction",
    says="If Q is positive definite, A Q A* ⪯ Q and Q dominates the Gramian of the first K+1 states, the captured energy decreases "
         "and (K+1) F_K ≤ S.",
    statement=statement(
        forall({"S": "nat", "K": "nat", "A": mat(S, S), "Q": mat(S, S), "b": mat(S)},
               [lt(zero(S, S), Q), le(A @ Q @ A.H, Q), le(P(K), Q)], both(MONOTONE, SHARE, TOTAL, BOUND)),
        [("F", ["k"], b.H @ (A**k).H @ inv(Q) @ A**k @ b), ("P", ["k"], Sum("j", 0, k, A**j @ b @ b.H @ (A**j).H))]),
    reference="the argument behind UP.short+ and UP.conf+",
    hypotheses={"A Q A* ⪯ Q": "F_K may grow", "P_K ⪯ Q": "the trace of Q⁻¹P_K may exceed S"},
)


@claim.certify
def proof(p, _):
    one = matrix("m", 1, "l", 1, 1)
    p.inhabited(S=1, K=0, A=0, Q=1, b=0)
    positive, decreasing, dominated = (p.given(j) for j in (1, 2, 3))
    Z = inv(Q)
    inverse = inverse_of_definite(p, Q, positive, S)
    right, left, star, _, sign = inverse
    shrinks = contraction(p, A, Q, (positive, decreasing), inverse)
    with p.generalise({"k": "nat"}, [], le(F(k + 1), F(k))) as monotone:
        p.squares(le(F(k + 1), F(k)), [(1, [], shrinks, A**k @ b)])
    trace = p.step("trace", le(0, tr(Z @ (Q - P(K)))), of=[sign, dominated])
    whole = p.step("congruence", eq(tr(Z @ Q), tr(eye(S))), equal=left, context=["fn", "M_", ["tr", "M_"]])
    total = p.squares(TOTAL, [(1, [trace], "", 1)], using=[(whole, 1)])

    def share(n):
        return le((n + 1) * F(n), Sum("k", 0, n, F(k)))
    with p.branch() as base:
        p.squares(share(0))
    block = p.new_id()
    with p.branch() as step:
        count = p.squares(le(0, n + 1), [(1, [f"{block}.1"], "", 1), (1, [], "", 1)])
        drop = p.apply(monotone.fact, le(F(n + 1), F(n)), k=n)
        p.squares(share(n + 1), [(1, [f"{block}.2"], "", 1), (1, [count, drop], "", 1)])
    induction = p.step("induction", forall({"n": "nat"}, [], share(n)), block, base=base, step=step)
    at_K = p.apply(induction, share(K), n=K)
    bound = p.squares(BOUND, [(1, [at_K], "", 1), (1, [total], "", 1)])
    p.both(monotone.fact, at_K, total, bound)
    assert one and star and right
