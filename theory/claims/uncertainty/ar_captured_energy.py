"""How little the unconstrained minimum captures under an AR(1) input (paper, Appendix C, end of the proof of Theorem 3)."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_unconstrained_minimum import (
    DISTINCT,
    WHERE_LARGER_GRAM,
    WHERE_MINIMUM,
    WHERE_STATE,
    C,
    D,
    H,
    v,
)
from theory.language import (
    SEQ,
    Abs,
    T,
    both,
    conj,
    delta,
    diag,
    entry,
    eq,
    eye,
    fn,
    forall,
    inv,
    invertible,
    le,
    lt,
    names,
    ne,
    statement,
    vec,
    within,
    zero,
)
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import STABLE, K, S, a, for_each_pole
from theory.papers.uncertainty_ar import (
    AR_INPUT,
    EXTENDED,
    LAST,
    input_variance,
    last_of_diagonal,
    regular,
    rho,
    stable_with_input_pole,
)
from theory.proof import explained
from theory.steps import inverse_of_definite, positive_quotient, positive_reciprocal

s, k, e, f, o, g, Q = names("s k e f o g Q")
SHARE = rho**2 / (1 - rho**2) + S * (1 + rho) / (1 - rho)
MONOTONE = forall({"k": "nat"}, [], le(H(k), H(k + 1)))
BOUND = le(1 - H(K), SHARE / K)

claim = Claim(
    title="What the unconstrained minimum captures under an AR(1) input",
    says="The minimum H_k grows with k, and 1 − H_K ≤ (1/K)(ρ²/(1 − ρ²) + S(1 + ρ)/(1 − ρ)) for K ≥ 1.",
    statement=statement(forall({"S": "nat", "K": "nat", "a": SEQ, "rho": "real"}, [le(1, K), STABLE, *AR_INPUT, eq(a[LAST], rho), DISTINCT],
                               both(MONOTONE, BOUND)), [WHERE_LARGER_GRAM, WHERE_STATE, WHERE_MINIMUM]),
    paper="UP", dossier="UP.T3b", reference="Appendix C, end of the proof of Theorem 3", source="text",
    hypotheses={"K ≥ 1": "division by K", "|a_s| < 1": "H_K is not a minimum", "0 ≤ ρ < 1": "the bound is negative or undefined",
                "a_{S+1} = ρ": "the space must hold the response of the input's pole: otherwise H need not grow",
                "distinct poles, ρ among them": "C is singular (Theorem 3 itself covers them)"},
    limits="Zero poles are allowed. Only v_K and the sizes of the bound matter here; the loss of a filter is at least H_K.",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=1, a=fn("n", delta("n", 1) / 2), rho=0)
    p.abbreviate("D", [], diag("s", LAST, a[s]))
    p.abbreviate("f", [], EXTENDED)
    p.abbreviate("o", [], vec("s", LAST, 1))
    p.abbreviate("Q", [], C / (1 - rho**2))
    stable, _ = stable_with_input_pole(p, p.given(2), p.given(3), p.given(4), p.given(5))
    _, inside, _ = regular(p, stable, p.given(3), p.given(4), LAST)
    positive = p.use("uncertainty.gram_definite", lt(zero(LAST, LAST), C), S=LAST, a=a)
    p.step("invertible", invertible(C), mode="positive", **{"from": positive})
    stein = p.use("uncertainty.gram_stein", eq(C - D @ C @ D.H, o @ o.H), S=LAST, a=a)
    _, proper, share, strict = input_variance(p, p.given(3), p.given(4))
    p.order("nonzero", ne(1 - rho, 0), p.given(4))
    innovation(p, stein, inside, proper)
    normalised(p, positive, share, proper)
    definite = p.squares(lt(zero(LAST, LAST), Q), [(1, [positive_quotient(p, 1 - rho**2, strict, proper)], positive, eye(LAST))])
    p.both(*conclusions(p, definite, positive, proper))


@explained
def innovation(p, stein, inside, proper):
    """v_0 − ρ D v_0 = 1, so that Q − D Q D* is the square of the innovation over 1 − ρ², for Q = C/(1 − ρ²)."""
    i, x = names("i_"), v(0) - rho * D @ v(0)
    with p.generalise({"i_": "int"}, within(1, i, LAST), eq(entry(x, i, 1), entry(o, i, 1))) as each:
        p.identity(each.shows[3], nonzero=[p.apply(inside, ne(1 - a[i] * rho, 0), s=i)])
    ones = p.entries(eq(x, o), each=each.fact)
    mirrored = p.step("congruence", eq(x.H, o.H), equal=ones, context=["fn", "m_", ["adj", "m_"]])
    scale = 1 / (1 - rho**2)
    p.squares(le(D @ Q @ D.H + x @ x.H / (1 - rho**2), Q), using=[(stein, -scale), (ones, scale, o.H), (mirrored, scale * x)])


@explained
def normalised(p, positive, share, proper):
    """v_0 is the column of C at the input's pole, so v_0 v_0* ⪯ Q, and f = (1 − ρ²) e has f*D = ρf*, f*v_0 = 1, f*Qf = 1."""
    i, unit = names("i_"), (1 - rho**2) * f
    with p.generalise({"i_": "int"}, within(1, i, LAST), eq(entry(C @ f, i, 1), entry(v(0), i, 1))) as each:
        p.step("congruence", each.shows[3], equal=p.given(5), context=fn("m_", 1 / (1 - a[i] * conj("m_"))))
    column = p.entries(eq(C @ f, v(0)), each=each.fact)
    last = p.step("congruence", eq(1 / (1 - a[LAST] * rho), 1 / (1 - rho**2)), equal=p.given(5), context=fn("m_", 1 / (1 - T("m_") * rho)))
    read = p.identity(eq(f.H @ v(0), 1 / (1 - rho**2)), [(p.entries(eq(f.H @ v(0), 1 / (1 - a[LAST] * rho))), 1), (last, 1)])
    size = p.identity(eq(f.H @ C @ f, 1 / (1 - rho**2)), [(column, f.H), (read, 1)])
    hermitian = p.step("quadratic_form", eq(C.H, C), mode="hermitian", **{"from": [positive]})
    across = p.step("congruence", eq(f.H @ C.H, v(0).H), equal=column, context=["fn", "m_", ["adj", "m_"]])
    row = p.operator(eq(f.H @ C, v(0).H), [(hermitian, -f.H), (across, 1)])
    x = 1 - rho**2
    p.squares(le(v(0) @ v(0).H, Q), [(1, [share], positive, eye(LAST) - x * f @ f.H @ C)],
              using=[(size, x * C.H @ f, f.H @ C), (column, -1, f.H @ C), (row, -v(0))], nonzero=[proper])
    conjugate = p.step("congruence", eq(conj(a[LAST]), rho), equal=p.given(5), context=fn("m_", conj("m_")))
    pole = last_of_diagonal(p, lambda n: conj(a[n]), rho, conjugate)
    turned = p.step("congruence", eq(f.H @ D, rho * f.H), equal=pole, context=["fn", "m_", ["adj", "m_"]])
    p.operator(eq(unit.H @ D, rho * unit.H), [(turned, x)])
    p.identity(eq(unit.H @ v(0), 1), [(read, x)], nonzero=[proper])
    p.identity(eq(unit.H @ Q @ unit, 1), [(size, x)], nonzero=[proper])


@explained
def conclusions(p, definite, positive, proper):
    """The trace argument for D, Q, v_0 and f; Q⁻¹ = (1 − ρ²) C⁻¹ and D^k v_0 = v_k."""
    def captured(k):
        return v(0).H @ (D**k).H @ inv(Q) @ D**k @ v(0)
    _, left, *_ = inverse_of_definite(p, C, positive, LAST)
    right, *_ = inverse_of_definite(p, Q, definite, LAST)
    scaled = p.operator(eq(inv(Q), (1 - rho**2) * inv(C)), [(left, -1, inv(Q)), (right, (1 - rho**2) * inv(C))], nonzero=[proper])
    with p.generalise({"k": "nat"}, [], eq(captured(k), 1 - H(k))) as agree:
        state = p.entries(eq(D**k @ v(0), v(k)))
        mirrored = p.step("congruence", eq((D**k @ v(0)).H, v(k).H), equal=state, context=["fn", "m_", ["adj", "m_"]])
        Z = (1 - rho**2) * inv(C)
        p.identity(agree.shows[3], [(scaled, (D**k @ v(0)).H, D**k @ v(0)), (mirrored, 1, Z @ D**k @ v(0)), (state, v(k).H @ Z)])
    at = {"n": LAST, "K": K, "rho": rho, "q": 1, "A": D, "Q": Q, "v": v(0), "e": (1 - rho**2) * f}
    decreasing = p.use("uncertainty.ar_captured_energy_bound", forall({"k": "nat"}, [], le(captured(k + 1), captured(k))), **at)
    total = p.use("uncertainty.ar_captured_energy_bound", le(K * captured(K), SHARE), **at)
    with p.generalise({"k": "nat"}, [], le(H(k), H(k + 1))) as monotone:
        drop = p.apply(decreasing, le(captured(k + 1), captured(k)), k=k)
        here, later = (p.apply(agree.fact, eq(captured(n), 1 - H(n)), k=n) for n in (k, k + 1))
        p.squares(le(H(k), H(k + 1)), [(1, [drop], "", 1)], using=[(here, 1), (later, -1)])
    lags = p.squares(lt(0, K), [(1, [], "", 1), (1, [p.given(1)], "", 1)])
    count = p.order("nonzero", ne(K, 0), lags)
    here = p.apply(agree.fact, eq(captured(K), 1 - H(K)), k=K)
    bound = p.squares(BOUND, [(1, [positive_reciprocal(p, K, lags, count), total], "", 1)], using=[(here, -1)], nonzero=[count])
    return monotone.fact, bound


@claim.derive
def one_lag(step):
    """The sum of squares behind the bound, for a scalar state v and its successor V = Av."""
    from sympy import Symbol, cancel

    from theory.papers.uncertainty_symbolic import confirm

    r, v, V = Symbol("r"), Symbol("v"), Symbol("V")
    innovation = (1 + r) / (1 - r) * (v - r * V) ** 2 / (1 - r**2)
    step("weight", r / (1 - r), why="W = κQ − weight·vv* falls by at least vv* at each lag")
    confirm(step, "fall of W", [cancel(innovation - r / (1 - r) * (v**2 - V**2) - v**2 - r * (v - V) ** 2 / (1 - r) ** 2)],
            "κ times the innovation, less the fall of the weight, less v², is a square")


claim.must_refuse(
    constant_halved=changed(le(1 - H(K), SHARE / (2 * K))),
    minimum_falls=changed(le(H(K + 1), H(K))),
    without_the_input=changed(le(1 - H(K), S * (1 + rho) / (1 - rho) / K)),
    lag_shifted=changed(le(1 - H(K), SHARE / K**2)),
    poles_may_coincide=changed(given={6: None}),
    last_pole_free=changed(given={5: None}),
    domain_reaches_circle=changed(given={2: for_each_pole(le(Abs(a[s]), 1))}),
)
for name in ("constant_halved", "minimum_falls", "without_the_input"):
    claim.refute(name)(fails_at(S=0, K=1, a=fn("n", T(1) / 2), rho=T(1) / 2))


def bound(order, lag, rho):
    """The formula: (1/K)(ρ²/(1 − ρ²) + S(1 + ρ)/(1 − ρ))."""
    return (rho**2 / (1 - rho**2) + order * (1 + rho) / (1 - rho)) / lag


@claim.oracle
def exact_energies():
    """1 − H_1 … 1 − H_8 over the rationals, C the exact solution of X = D X D* + 1 1ᵀ: decreasing and below the bound."""
    from fractions import Fraction
    from itertools import pairwise

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, pole_sets

    results = []
    for order, decay in ((1, Fraction(1, 2)), (2, Fraction(4, 5)), (3, Fraction(1, 7))):
        for kind, drawn in pole_sets(order, order + 150).items():
            a, r, one = [*drawn, (decay, 0)], reference.gaussian(decay), reference.ONE
            X, shares = reference.stein(reference.diagonal(a), reference.outer([one] * len(a))), {}
            for lag in range(1, 9):
                state = [power / (one - pole * r) for pole, power in zip(reference.column(a), reference.powers(a, lag), strict=True)]
                shares[lag] = (1 - decay**2) * reference.dot([value.conjugate() for value in state], reference.solve(X, state)).re
            worst = max(shares, key=lambda lag: shares[lag] / bound(order, lag, decay))
            inside = all(x >= y for x, y in pairwise(shares.values())) and all(x <= bound(order, lag, decay) for lag, x in shares.items())
            results.append(bounded(f"{kind} poles, closest lag", {"S": order, "K": worst, "rho": str(decay)}, float(shares[worst]),
                                   float(bound(order, worst, decay)), inside=inside))
    return results
