"""Energy captured at lag K by S states: sharper than S/(K+1) for K above 1.6 S, and the optimum itself for S = 1."""
from theory.claim import Claim
from theory.claims.uncertainty.captured_energy_bound import captured, systems
from theory.language import T, both, eq, exp, fn, forall, inv, le, lt, mat, names, re, statement, within, zero
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import inverse_of_definite

S, K, A, Q, b, k, m, F = names("S K A Q b k m F")
LARGEST = (K / (K + 1)) ** (K + 1)
BOUND, SIMPLE = le(K * F(K), S - 1 + LARGEST), le(K * F(K), S - 1 + exp(-T(1)))


def draw(figure):
    """K F_K of three systems and of the sharp family, below S − 1 + (K/(K+1))^{K+1} and K S/(K+1)."""
    from fractions import Fraction

    import numpy as np

    from numeric import families, gram, poles

    lags = list(range(1, 31))
    axes = figure.subplots()
    axes.plot(lags, [share(3, lag) for lag in lags], color="#22262b", label="$S - 1 + (K/(K+1))^{K+1}$, $S = 3$")
    axes.plot(lags, [3 * lag / (lag + 1) for lag in lags], "--", color="#22262b", label="$K S/(K+1)$")
    for (name, (A, b)), marker in zip(systems(3).items(), "os^", strict=True):
        axes.plot(lags[:10], [lag * float(captured(A, b, lag)) for lag in lags[:10]], marker, ms=4, mfc="white", label=name)
    sharp = {lag: families.sharp(3, lag + 2 * lag // 3, Fraction(1, 5)) for lag in lags[3:]}
    found = [lag * gram.capture(np.array([poles.to_complex(pole) for pole in drawn]), lag)[-1] for lag, drawn in sharp.items()]
    axes.plot(list(sharp), found, "d", ms=4, label="sharp family, $S = 3$")
    axes.set(xlabel="lag $K$", ylabel="$K F_K$")
    axes.legend(fontsize=8)


claim = Claim(
    title="Captured energy at a later lag",
    says="If Q = A Q A* + b b* is positive definite of size S ≥ 1, the energy F_K = (A^K b)* Q⁻¹ A^K b satisfies "
         "K F_K ≤ S − 1 + (K/(K+1))^{K+1} ≤ S − 1 + 1/e.",
    statement=statement(
        forall({"S": "nat", "K": "nat", "A": mat(S, S), "Q": mat(S, S), "b": mat(S)},
               [le(1, S), lt(zero(S, S), Q), eq(A @ Q @ A.H + b @ b.H, Q)], both(BOUND, SIMPLE)),
        [("F", ["k"], b.H @ (A**k).H @ inv(Q) @ A**k @ b)]),
    paper="UP", dossier="UP.S1+", reference="stronger than the paper", source="own",
    hypotheses={"S ≥ 1": "without states F is 0 and the bound negative", "0 ≺ Q": "F is not defined",
                "A Q A* + b b* = Q": "A = 1, Q = 1, b = 1: F_K = 1 at every lag"},
    limits="Equality for S = 1 at |A|² = K/(K+1): then it is the optimum of one pole. For S ≥ 2 the true optimum is smaller. It is below "
           "S/(K+1) exactly when S − 1 < K (1 − (K/(K+1))^K), which is about K ≥ 1.58 (S − 1). Nothing is said about the loss.",
    page=draw,
)


@claim.certify
def proof(p, _):
    """With F_0 = e, every start m ≤ K bounds F_K: (1 + (K − m) e) F_K ≤ e (S − 1 + (1 − e)^m). The best start is an m with
    m e ≤ 1 < (m+1) e, and what it gives is largest for e = 1/(K+1).
    """
    p.inhabited(S=1, K=0, A=0, Q=1, b=1)
    p.squares(le(0, S - 1), [(1, [p.given(1)], "", 1)])
    _, _, star, _, _ = inverse_of_definite(p, Q, p.given(2), S)
    e, f = re(F(0)), re(F(K))
    plain = [p.identity(eq(re(F(j)), F(j)), [(star, T(1) / 2 * (A**j @ b).H, A**j @ b)]) for j in (T(0), K)]
    values = {"S": S, "m": 0, "n": 0, "A": A, "Q": Q, "b": b}
    for fact in (le(0, F(0)), le(F(0), 1)):
        plain_fact = p.use("uncertainty.captured_energy_tradeoff", fact, **values)
        mirrored = le(0, e) if fact.json[1] == 0 else le(e, 1)
        p.squares(mirrored, [(1, [plain_fact], "", 1)], using=[(plain[0], -1 if fact.json[1] == 0 else 1)])
    every_start(p, plain, e, f)
    late = p.use("algebra.late_value", le(K * f, S - 1 + LARGEST), K=K, c=S - 1, e=e, f=f)
    bound = p.squares(BOUND, [(1, [late], "", 1)], using=[(plain[1], -K)])
    limit = p.use("algebra.last_power", le(LARGEST, exp(-T(1))), K=K, m=K, x=0)
    p.both(bound, p.squares(SIMPLE, [(1, [bound], "", 1), (1, [limit], "", 1)]))


@explained
def every_start(p, plain, e, f):
    """The bound with a free start, for m and n = K − m."""
    n = K - m
    goal = le((1 + n * e) * f, e * (S - 1 + (1 - e) ** m))
    with p.generalise({"m": "int"}, within(0, m, K), goal) as block:
        p.squares(le(0, n), [(1, [block(2)], "", 1)])
        known = p.use("uncertainty.captured_energy_tradeoff", le((1 + n * F(0)) * F(K), F(0) * (S - 1 + (1 - F(0)) ** m)),
                      S=S, m=m, n=n, A=A, Q=Q, b=b)
        power = p.step("congruence", eq((1 - e) ** m, (1 - F(0)) ** m), equal=plain[0], context=fn("m_", (1 - T("m_")) ** m))
        p.squares(goal, [(1, [known], "", 1)],
                  using=[(plain[0], n * F(K) - (S - 1 + (1 - e) ** m)), (power, -F(0)), (plain[1], 1 + n * e)])


def share(order, lag):
    """The formula: S − 1 + (K/(K+1))^{K+1}."""
    from fractions import Fraction

    return order - 1 + Fraction(lag, lag + 1) ** (lag + 1)


@claim.derive
def one_pole(step):
    """The first lag that suits one pole, as a check of the combination: (1 − e)^K e is largest at e = 1/(K+1)."""
    import sympy

    y, lag = sympy.symbols("e K", positive=True)
    energy = step("K F_K of one pole", lag * y * (1 - y) ** lag, why="F_k = e (1 − e)^k with e = 1 − |a|²")
    place = step("its stationary point", 1 / (lag + 1), why="the derivative in e vanishes")
    if sympy.simplify(sympy.diff(energy, y).subs(y, place)) != 0:
        raise ValueError("the derivative does not vanish at 1/(K+1)")
    value = step("K F_K there", sympy.simplify(energy.subs(y, place)), why="the bound for S = 1")
    for size in range(1, 7):
        if value.subs(lag, size) != share(1, size).numerator / sympy.Integer(share(1, size).denominator):
            raise ValueError("the optimum of one pole is not the bound")


@claim.oracle
def exact_energies():
    """F_1 … F_8 over the rationals, of Jordan blocks, delay lines and full matrices, and of the best pole for K = 1, 4, 9, 16: below the
    bound, and equal to it for the best pole."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import bounded, compared

    results = []
    for order in (1, 2, 3, 4):
        for name, (A, b) in systems(order).items():
            energies = {lag: lag * captured(A, b, lag) for lag in range(1, 9)}
            worst = max(energies, key=lambda lag: energies[lag] / share(order, lag))
            results.append(bounded(f"{name}, K F_K", {"S": order, "K": worst}, float(energies[worst]), float(share(order, worst)),
                                   inside=all(energy <= share(order, lag) for lag, energy in energies.items())))
    for n in (1, 2, 3, 4):
        pole = (Fraction(n * n, n * n + 1), Fraction(n, n * n + 1))  # of squared modulus n²/(n² + 1)
        results.append(compared("best pole, K F_K", {"S": 1, "K": n * n}, n * n * captured([[pole]], [1], n * n), share(1, n * n)))
    return results


@claim.oracle
def enclosures():
    """K F_K in balls for the sharp family, for K up to 10^9, and for poles found by a search: below the bound."""
    from fractions import Fraction

    from numeric import balls, best, families
    from numeric.poles import rational_ball
    from theory.papers.uncertainty_measurements import bounded

    results = []
    for order in (3, 9, 33):
        for lag in (2 * order, 1000, 10**9):
            top = share(order, min(lag, 1000))  # it grows with K: that of K = 1000 asks for more
            energy = lag * balls.capture(families.sharp(order, lag + 2 * lag // order, Fraction(1, 5)), lag, digits=20)
            results.append(bounded("sharp family, K F_K", {"S": order, "K": lag}, energy.str(10), float(top),
                                   inside=balls.less(energy, rational_ball(top)) is True))
    for order, lag in ((2, 5), (3, 20)):
        _, low = best.witness(order, lag, starts=1)
        top = share(order, lag)
        results.append(bounded("searched poles, K F_K", {"S": order, "K": lag}, (lag * low).str(10), float(top),
                               inside=balls.less(lag * low, rational_ball(top)) is True))
    return results


claim.must_refuse(
    constant_improved=changed(le(K * F(K), S - 1 + (K / (K + 1)) ** (K + 2))),
    order_improved=changed(le(K * F(K), S - 2 + LARGEST)),
    one_lag_more=changed(le((K + 1) * F(K), S - 1 + LARGEST)),
    strict=changed(lt(K * F(K), S - 1 + LARGEST)),
    no_states=changed(given={1: None}),
    not_decaying=changed(BOUND, given={3: None}),
    only_semidefinite=changed(given={2: le(zero(S, S), Q)}),
)
AT_ONE = {"S": 1, "K": 1, "A": T(3) / 5, "Q": 1, "b": T(4) / 5}
for name in ("constant_improved", "order_improved", "one_lag_more"):
    claim.refute(name)(fails_at(**AT_ONE))
claim.refute("strict")(fails_at(S=1, K=0, A=0, Q=1, b=1))
claim.refute("not_decaying")(fails_at(S=1, K=1, A=1, Q=1, b=1))
