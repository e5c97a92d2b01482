"""The trace argument, for any matrices: energy captured at lag K is at most S/(K+1)."""
from theory.claim import Claim
from theory.language import Sum, both, eq, eye, forall, inv, le, lt, mat, names, statement, tr, zero
from theory.mutations import changed, fails_at
from theory.steps import contraction, inverse_of_definite

S, K, A, Q, b, j, k, n = names("S K A Q b j k n")
F, P = names("F P")
MONOTONE = forall({"k": "nat"}, [], le(F(k + 1), F(k)))
SHARE, TOTAL = le((K + 1) * F(K), Sum("k", 0, K, F(k))), le(Sum("k", 0, K, F(k)), S)
BOUND = le((K + 1) * F(K), S)


def draw(figure):
    """F_k for three systems of order 3 below the share S/(k+1)."""
    lags = list(range(16))
    axes = figure.subplots()
    axes.plot(lags, [min(1, 3 / (lag + 1)) for lag in lags], color="#22262b", label="bound $S/(k+1)$, $S = 3$")
    for (name, (A, b)), marker in zip(systems(3).items(), "os^", strict=True):
        energies = [float(captured(A, b, lag)) for lag in lags]
        axes.plot(lags, energies, marker, ms=4, mfc="white", label=name)
    axes.set(xlabel="lag $k$", ylabel="captured energy $F_k$")
    axes.legend(fontsize=9)


claim = Claim(
    title="Captured energy under a contraction",
    says="If Q is positive definite, A Q A* ⪯ Q and Q dominates the Gramian of the first K+1 states, the captured energy "
         "decreases and (K+1) F_K ≤ S.",
    statement=statement(
        forall({"S": "nat", "K": "nat", "A": mat(S, S), "Q": mat(S, S), "b": mat(S)},
               [lt(zero(S, S), Q), le(A @ Q @ A.H, Q), le(P(K), Q)], both(MONOTONE, SHARE, TOTAL, BOUND)),
        [("F", ["k"], b.H @ (A**k).H @ inv(Q) @ A**k @ b), ("P", ["k"], Sum("j", 0, k, A**j @ b @ b.H @ (A**j).H))]),
    reference="the argument behind UP.short+ and UP.conf+",
    hypotheses={"0 ≺ Q": "F is not defined", "A Q A* ⪯ Q": "F_k may grow: A = 2, Q = 1", "P_K ⪯ Q": "F_0 = b*b with Q = I"},
    limits="Equality for a delay line at K = S − 1; nothing is said about the loss.",
    page=draw,
)


@claim.derive
def decreasing_terms(step):
    import sympy

    from theory.identities import confirm, define, equal

    a, c, k = sympy.Symbol("a"), sympy.Symbol("abar"), sympy.symbols("k", integer=True, nonnegative=True)
    share = define(step, "one pole", "F_k", (a * c) ** k * (1 - a * c), why="Q = 1/(1 − |a|²), b = 1")
    equal(step, "the whole is 1",
          sympy.Limit(1 - (sympy.Symbol("x", positive=True) / (1 + sympy.Symbol("x", positive=True))) ** (k + 1), k, sympy.oo), sympy.S.One,
          shown="Σ F_k", why="|a|² = x/(1+x): F_0 + … + F_k = 1 − |a|^{2k+2}")
    equal(step, "partial sums", (1 - (a * c) ** (k + 2)) - (1 - (a * c) ** (k + 1)), share.subs(k, k + 1), why="by differences")
    entries = sympy.symbols("p11 p12 p21 p22")
    A, b = sympy.Matrix([[sympy.Symbol("a1"), 1], [0, sympy.Symbol("a2")]]), sympy.Matrix([0, 1])
    P = sympy.Matrix(2, 2, entries)
    found = sympy.solve(list(P - A * P * A.T - b * b.T), entries, dict=True)[0]
    P = P.subs(found)
    inverse = P.inv().applyfunc(sympy.cancel)
    drop = (inverse - A.T * inverse * A).applyfunc(sympy.cancel)
    confirm(step, "F_k − F_{k+1} is a square", [sympy.cancel(drop.det())],
            why="a full matrix with real poles a_1, a_2 and Q = A Q A* + bb*: Q⁻¹ − A*Q⁻¹A has rank one")
    total = sympy.cancel((inverse * (P - A * P * A.T)).trace() + (inverse * A * P * A.T).trace())
    equal(step, "trace", total, sympy.Integer(2), shown="tr(Q^{-1} bb^*) + tr(Q^{-1}AQA^*)", why="F_0 and all later terms add up to S")
    delay = sympy.Matrix(3, 3, lambda i, j: int(i == j + 1))
    start = sympy.Matrix([1, 0, 0])
    shares = [(start.T * (delay.T) ** m * delay**m * start)[0] for m in range(4)]
    equal(step, "a delay line of order 3", sum(shares[:3]), sympy.Integer(3), shown="F_0 + F_1 + F_2", why="Q = I: equality at K = S − 1")


@claim.certify
def proof(p, _):
    """From A Q A* ⪯ Q follows A* Q⁻¹ A ⪯ Q⁻¹, so F_k = (A^k b)* Q⁻¹ A^k b does not increase with k. From Σ_{k≤K} A^k b b* A*^k ⪯ Q follows
    F_0 + … + F_K = tr(Q⁻¹ Σ …) ≤ tr(Q⁻¹ Q) = S. The last of K + 1 decreasing terms is at most their mean.
    """
    p.inhabited(S=1, K=0, A=0, Q=1, b=0)
    positive, decreasing, dominated = (p.given(j) for j in (1, 2, 3))
    Z = inv(Q)
    inverse = inverse_of_definite(p, Q, positive, S)
    _, left, _, _, sign = inverse
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


def systems(order):
    """Exact systems (A, b): a delay line, one Jordan block at 1/2 and a full matrix of row sums below 1."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import numbers

    first = [1] + [0] * (order - 1)
    line = [[int(s == t + 1) for t in range(order)] for s in range(order)]
    jordan = [[Fraction(1, 2) * (s == t) + (s == t + 1) for t in range(order)] for s in range(order)]
    full = [[(re / order, im / order) for re, im in numbers(order, 40 + s, modulus=1)] for s in range(order)]
    return {"delay line": (line, first), "Jordan block at 1/2": (jordan, first), "full matrix": (full, first)}


def captured(A, b, lag):
    """F_k with Q the Gramian of all states, exactly."""
    from numeric import reference

    return reference.capture_dense(A, b, lag)


def share(order, lag):
    """The formula: S/(K+1)."""
    from fractions import Fraction

    return Fraction(order, lag + 1)


@claim.oracle
def exact_energies():
    """F_0 … F_8 over the rationals: never growing, and below S/(K+1)."""
    from itertools import pairwise

    from theory.papers.uncertainty_measurements import bounded

    results = []
    for order in (1, 2, 3, 4):
        for name, (A, b) in systems(order).items():
            energies = [captured(A, b, lag) for lag in range(9)]
            decreasing = all(later <= earlier for earlier, later in pairwise(energies))
            worst = max(range(9), key=lambda lag: energies[lag] * (lag + 1))
            below = all(energy <= share(order, lag) for lag, energy in enumerate(energies))
            results.append(bounded(f"{name}, largest (K+1) F_K", {"S": order, "K": worst}, energies[worst], share(order, worst),
                                   inside=decreasing and below))
    return results


claim.must_refuse(
    constant_improved=changed(le((K + 2) * F(K), S)),
    strict=changed(lt((K + 1) * F(K), S)),
    energy_grows=changed(le(F(K), F(K + 1))),
    not_contracting=changed(le(F(K + 1), F(K)), given={2: None}),
    states_not_dominated=changed(le((K + 1) * F(K), S), given={3: None}),
    only_semidefinite=changed(given={1: le(zero(S, S), Q)}),
)
claim.refute("constant_improved")(fails_at(S=1, K=0, A=0, Q=1, b=1))
claim.refute("strict")(fails_at(S=1, K=0, A=0, Q=1, b=1))
claim.refute("energy_grows")(fails_at(S=1, K=0, A=0, Q=1, b=1))
claim.refute("not_contracting")(fails_at(S=1, K=0, A=2, Q=1, b=1))
claim.refute("states_not_dominated")(fails_at(S=1, K=0, A=0, Q=1, b=2))
