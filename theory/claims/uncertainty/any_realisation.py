"""The uncertainty principle for every stable realisation: poles repeated, zero, or the matrix not diagonalisable."""
from theory.claim import Claim
from theory.language import (
    Abs,
    Series,
    Sum,
    T,
    conj,
    delta,
    eq,
    eye,
    fn,
    forall,
    inv,
    le,
    lt,
    mat,
    names,
    statement,
    sums,
    tr,
    zero,
)
from theory.mutations import changed, counterexample
from theory.proof import explained
from theory.steps import divide_by_lags, inverse_of_definite, lag_count, nonnegative

S, K, A, X, b, g, k, j, n, N, eps = names("S K A X b g k j n N eps")
c, L, P, E, Q = names("c L P E Q")
STEIN = eq(X, A @ X @ A.H + eye(S))
TERM = Abs(c(k) - delta(k, K)) ** 2

claim = Claim(
    title="Uncertainty principle for every stable realisation",
    says="If c_k = g*A^k b with A stable of size S, diagonalisable or not, the loss against the shift by K is at least 1 − S/(K+1).",
    statement=statement(
        forall({"S": "nat", "K": "nat", "A": mat(S, S), "X": mat(S, S), "b": mat(S), "g": mat(S)}, [le(zero(S, S), X), STEIN],
               le(1 - S / (K + 1), L)),
        [("c", ["k"], g.H @ A**k @ b), ("L", [], Series("k", 0, TERM))]),
    paper="UP", dossier="UP.conf+", reference="stronger than the paper", source="own",
    hypotheses={"X = A X A* + I with X ⪰ 0": "this says that A is stable (Stein); A = 2 makes the loss infinite or undefined"},
    limits="Stability is stated by the solution X of Stein's equation, which exists exactly when the spectral radius is below 1.",
)


@claim.derive
def jordan_block(step):
    import sympy

    from theory.identities import confirm, define, equal

    a, c, k = sympy.Symbol("a"), sympy.Symbol("abar"), sympy.symbols("k", integer=True, nonnegative=True)
    x = a * c
    A, b = sympy.Matrix([[a, 1], [0, a]]), sympy.Matrix([0, 1])
    mirrored = A.T.subs(a, c)
    entries = sympy.symbols("p11 p12 p21 p22")
    P = sympy.Matrix(2, 2, entries)
    found = sympy.solve(list(P - A * P * mirrored - b * b.T), entries, dict=True)[0]
    P = P.subs(found).applyfunc(sympy.factor)
    for name, entry in (("p_22", P[1, 1]), ("p_12", P[0, 1]), ("p_11", P[0, 0])):
        define(step, f"Gramian of a Jordan block, {name}", name, entry,
               why="P − A P A* = b b* solved, for A = [[a, 1], [0, a]] and b = (0, 1)")
    q = sympy.Symbol("q")
    series = {(1, 1): 1 / (1 - q), (0, 1): c * sympy.diff(1 / (1 - q), q), (0, 0): sympy.diff(q * sympy.diff(1 / (1 - q), q), q)}
    confirm(step, "it is the sum of the states", [sympy.simplify(P[place] - value.subs(q, x)) for place, value in series.items()],
            why="A^k b = (k a^{k−1}, a^k), so the entries are Σ x^k, ā Σ k x^{k−1} and Σ k² x^{k−1} with x = |a|²")
    inverse = P.inv().applyfunc(sympy.factor)
    drop = (inverse - mirrored * inverse * A).applyfunc(sympy.factor)
    equal(step, "rank of P⁻¹ − A*P⁻¹A", sympy.factor(drop.det()), sympy.S.Zero, shown="det(P^{-1} - A^*P^{-1}A)",
          why="rank one and positive, so F_k = (A^k b)*P⁻¹A^k b decreases")
    state, dual = sympy.Matrix([k / a, 1]), sympy.Matrix([[k / c, 1]])  # divided by a^k
    power = sympy.Poly(sympy.expand((dual * inverse * state)[0] * x), k)
    moments = {0: 1 / (1 - q), 1: q / (1 - q) ** 2, 2: q * (1 + q) / (1 - q) ** 3}
    total = sum(sympy.cancel(power.coeff_monomial(k**n) / x) * moment.subs(q, x) for n, moment in moments.items())
    equal(step, "sum of all F_k", sympy.factor(sympy.together(total)), sympy.Integer(2), shown=r"\sum_{k\ge 0} F_k",
          why="Σ k^n x^k for n = 0, 1, 2; S = 2: (K+1) F_K ≤ F_0 + … + F_K ≤ 2")
    E, peak = sympy.symbols("E F", positive=True)
    g = sympy.symbols("g", real=True)
    equal(step, "completing the square", 1 + E * g**2 - 2 * peak * g, 1 - peak**2 / E + E * (g - peak / E) ** 2,
          why="one direction of the outputs: the loss is least at g = F/E")


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, A=0, X=1, b=1, g=1)
    p.abbreviate("P", ["k"], Sum("j", 0, k, A**j @ b @ b.H @ (A**j).H))
    p.abbreviate("Q", ["N", "eps"], P(N) + (eps + (A ** (N + 1) @ b).H @ A ** (N + 1) @ b) * X)
    p.abbreviate("E", [], Series("k", 0, Abs(c(k)) ** 2))
    lags, below = lag_count(p, K), states_below_stein(p)
    energy, loss = loss_and_energy(p, below)
    fading = states_fade(p, below)
    shifted, positive, growing, regular = gramian_facts(p)
    with p.generalise({"N": "int"}, [le(K, N)], le(1 - S / (K + 1) - L, (g.H @ X @ g) * residue(N))) as every:
        grown = p.apply(growing, le(P(K), P(N)), n=N)
        with p.generalise({"eps": "real"}, [lt(0, eps)], le(1 - S / (K + 1), L + (eps + residue(N)) * (g.H @ X @ g))) as strict:
            bound_with(p, strict(1), energy, loss, (shifted, positive, regular, grown, lags))
        reached = p.order("limit", le(1 - S / (K + 1), L + residue(N) * (g.H @ X @ g)), strict)
        p.squares(le(1 - S / (K + 1) - L, (g.H @ X @ g) * residue(N)), [(1, [reached], "", 1)])
    nothing = p.series("vanishing", le(1 - S / (K + 1) - L, 0), fading, every)
    p.squares(le(1 - S / (K + 1), L), [(1, [nothing], "", 1)])


def residue(N):
    """Squared norm of the state after the last lag that Q counts."""
    return (A ** (N + 1) @ b).H @ A ** (N + 1) @ b


@explained
def states_below_stein(p):
    """Σ_{j≤n} A^j b b* A*^j ⪯ (b*b) X for every n, because b b* ⪯ (b*b) I."""
    spread, m = b.H @ b, names("m")
    column = p.use("algebra.cauchy_schwarz", le(b @ b.H, spread * eye(S)), n=S, v=b)
    size = p.squares(le(0, spread), [(1, [], "", b)])

    def partial(m):
        return le(P(m), spread * (X - A ** (m + 1) @ X @ (A ** (m + 1)).H))
    with p.branch() as base:
        p.squares(partial(0), [(1, [], column, eye(S))], using=[(p.given(2), -spread * eye(S))])
    block = p.new_id()
    with p.branch() as step:
        p.squares(partial(m + 1), [(1, [], f"{block}.2", eye(S)), (1, [], column, (A ** (m + 1)).H)],
                  using=[(p.given(2), -spread * A ** (m + 1), (A ** (m + 1)).H)])
    induction = p.step("induction", forall({"m": "nat"}, [], partial(m)), block, base=base, step=step)
    with p.generalise({"n": "nat"}, [], le(P(n), spread * X)) as below:
        part = p.apply(induction, partial(n), m=n)
        p.squares(le(P(n), spread * X), [(1, [], part, eye(S)), (1, [size], p.given(1), (A ** (n + 1)).H)])
    return below.fact


@explained
def loss_and_energy(p, below):
    """Σ|c_k|² converges to E, and L = 1 + E − 2 Re c_K."""
    bound = (b.H @ b) * (g.H @ X @ g)
    with p.generalise({"n": "int"}, [le(0, n)], le(Sum("k", 0, n, Abs(c(k)) ** 2), bound)) as partial:
        state = p.apply(below, le(P(n), (b.H @ b) * X), n=n)
        p.squares(le(Sum("k", 0, n, Abs(c(k)) ** 2), bound), [(1, [], state, g)])
    energy = p.series("bounded", sums("k", 0, Abs(c(k)) ** 2, E), nonnegative(p, c(k), k, 0), partial.fact, c=bound)
    pulse = delta(k, K)
    hits = [p.series("finite", sums("k", 0, pulse * x, y), K=K, g=fn("k", x))
            for x, y in ((c(k), c(K)), (conj(c(k)), conj(c(K))), (1, 1))]
    value = p.series("linear", sums("k", 0, TERM, 1 + E - c(K) - conj(c(K))),
                     using=[[energy, 1, 1], [hits[0], -1, 1], [hits[1], -1, 1], [hits[2], 1, 1]])
    p.series("exists", sums("k", 0, TERM, L), value)
    return energy, p.series("value", eq(L, 1 + E - c(K) - conj(c(K))), value)


@explained
def states_fade(p, below):
    """Σ |A^{n+1} b|²·(g*Xg) converges, because tr Σ A^j b b* A*^j ≤ (b*b) tr X."""
    identity = p.squares(le(zero(S, S), eye(S)), [(1, [], "", eye(S))])
    square, weight = (A**k @ b).H @ A**k @ b, g.H @ X @ g
    with p.generalise({"n": "int"}, [le(0, n)], le(Sum("k", 0, n, square), (b.H @ b) * tr(X))) as partial:
        state = p.apply(below, le(P(n), (b.H @ b) * X), n=n)
        trace = p.step("trace", le(0, tr(eye(S) @ ((b.H @ b) * X - P(n)))), of=[identity, state])
        p.squares(le(Sum("k", 0, n, square), (b.H @ b) * tr(X)), [(1, [trace], "", 1)])
    with p.generalise({"k": "int"}, [le(0, k)], le(0, square)) as positive:
        p.squares(le(0, square), [(1, [], "", A**k @ b)])
    whole = p.series("bounded", sums("k", 0, square, Series("k", 0, square)), positive.fact, partial.fact, c=(b.H @ b) * tr(X))
    later = p.series("peel", sums("k", 1, square, Series("k", 0, square) - b.H @ b), whole)
    shifted = p.series("shift", sums("k", 0, residue(k), Series("k", 0, square) - b.H @ b), later, by=1)
    return p.series("linear", sums("k", 0, weight * residue(k), weight * (Series("k", 0, square) - b.H @ b)), using=[[shifted, weight, 1]])


@explained
def gramian_facts(p):
    """A P(n) A* = P(n+1) − b b*, P(n) ⪰ 0, P(K) ⪯ P(n) for n ≥ K, and X ≻ 0."""
    def shift(n):
        return eq(A @ P(n) @ A.H, P(n + 1) - b @ b.H)
    with p.branch() as base:
        p.operator(shift(0))
    block = p.new_id()
    with p.branch() as step:
        p.operator(shift(n + 1), [(f"{block}.2", 1)])
    shifted = p.step("induction", forall({"n": "nat"}, [], shift(n)), block, base=base, step=step)
    positive = growth(p, zero(S, S), 0)
    growing = growth(p, P(K), K)
    regular = p.squares(lt(zero(S, S), X), [(1, [], "", eye(S)), (1, [], p.given(1), A.H)], using=[(p.given(2), -1)])
    return shifted, positive, growing, regular


@explained
def growth(p, least, start):
    """least ⪯ P(n) for n ≥ start: each step adds a square."""
    with p.branch() as base:
        p.squares(le(least, P(start)), [(1, [], "", b.H)] if start == 0 else [])
    block = p.new_id()
    with p.branch() as step:
        p.squares(le(least, P(n + 1)), [(1, [], f"{block}.2", eye(S)), (1, [], "", (A ** (n + 1) @ b).H)])
    return p.step("induction", forall({"n": "int"}, [le(start, n)], le(least, P(n))), block, base=base, step=step)


@explained
def bound_with(p, eps_positive, energy, loss, facts):
    """Apply the trace argument to Q = P(N) + (ε + |A^{N+1}b|²) X, and complete the square in g."""
    shifted, positive, regular, grown, lags = facts
    R, Z, x, last = Q(N, eps), inv(Q(N, eps)), A**K @ b, A ** (N + 1) @ b
    small = p.squares(le(0, residue(N)), [(1, [], "", last)])
    semidefinite = p.apply(positive, le(zero(S, S), P(N)), n=N)
    definite = p.squares(lt(zero(S, S), R), [(1, [], semidefinite, eye(S)), (1, [eps_positive], regular, eye(S)),
                                             (1, [small], p.given(1), eye(S))])
    column = p.use("algebra.cauchy_schwarz", le(last @ last.H, (last.H @ last) * eye(S)), n=S, v=last)
    moved = p.apply(shifted, eq(A @ P(N) @ A.H, P(N + 1) - b @ b.H), n=N)
    p.squares(le(A @ R @ A.H, R), [(1, [], "", b.H), (1, [eps_positive], "", eye(S)), (1, [], column, eye(S))],
              using=[(moved, 1), (p.given(2), -(eps + residue(N)) * eye(S))])
    p.squares(le(P(K), R), [(1, [], grown, eye(S)), (1, [eps_positive], p.given(1), eye(S)), (1, [small], p.given(1), eye(S))])
    F = x.H @ Z @ x
    bound = p.use("uncertainty.captured_energy_bound", le((K + 1) * F, S), S=S, K=K, A=A, Q=R, b=b)
    right, _, star, adjoint_left, _ = inverse_of_definite(p, R, definite, S)
    partial = p.series("partial", le(Sum("k", 0, N, Abs(c(k)) ** 2), E), energy, nonnegative(p, c(k), k, 0), K=N)
    square = p.squares(le(1 - F - (eps + residue(N)) * (g.H @ X @ g), L), [(1, [], definite, g - Z @ x), (1, [partial], "", 1)],
                       using=[(loss, -1), (right, -g.H, x), (adjoint_left, -x.H, g), (right, x.H @ Z.H, x), (star, x.H, x)])
    divide_by_lags(p, lags, bound, square, le(1 - S / (K + 1), L + (eps + residue(N)) * (g.H @ X @ g)))


claim.must_refuse(
    constant_improved=changed(le(1 - S / (K + 2), L)),
    order_improved=changed(le(1 - (S - 1) / (K + 1), L)),
    strict=changed(lt(1 - S / (K + 1), L)),
    sign_flipped=changed(le(L, 1 - S / (K + 1))),
    lag_shifted=changed(where={"L": Series("k", 0, Abs(c(k) - delta(k + 1, K)) ** 2)}),
    unstable=changed(given={2: None}),
    indefinite=changed(given={1: None}),
)


def pole_at_zero(weight, loss, room, opposite):
    """S = 1, K = 0, A = 0, X = 1, g = 1 and b = `weight`: L is `loss`, and the opposite holds with `room` to spare."""

    def refutation(p):
        here = counterexample(p, S=1, K=0, A=0, X=1, b=weight, g=1)
        value = p.use("uncertainty.loss_in_gram_form", here(eq(L, loss)), S=1, K=0, a=fn("n", 0), b=fn("n", weight))
        p.squares(here(opposite), [(room, [], "", 1)], using=[(value, 1 if opposite.json[1] == "L" else -1)])

    return refutation


claim.refute("constant_improved")(pole_at_zero(1, 0, T(1) / 2, lt(L, 1 - S / (K + 2))))
claim.refute("order_improved")(pole_at_zero(1, 0, 1, lt(L, 1 - (S - 1) / (K + 1))))
claim.refute("strict")(pole_at_zero(1, 0, 0, le(L, 1 - S / (K + 1))))
claim.refute("sign_flipped")(pole_at_zero(0, 1, 1, lt(1 - S / (K + 1), L)))


def realisations(order):
    """Systems (A, b) of that order, exactly: Jordan blocks at 0, at 4/5 and close to the circle, one pole repeated on a diagonal, a
    full matrix."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import numbers

    rows = range(order)

    def block(pole, link):
        return [[pole if s == t else Fraction(link * (s == t + 1)) for t in rows] for s in rows]

    first = [int(s == 0) for s in rows]
    full = [[(re / order, im / order) for re, im in numbers(order, 80 + s, modulus=1)] for s in rows]
    return {"delay line": (block(Fraction(0), 1), first), "Jordan block at 4/5": (block(Fraction(4, 5), 1), first),
            "Jordan block at 0.99": (block(Fraction(99, 100), 1), first), "repeated pole, diagonal": (block(Fraction(4, 5), 0), first),
            "full matrix": (full, first)}


def bound(order, lag):
    """The formula: 1 − S/(K+1)."""
    from fractions import Fraction

    return 1 - Fraction(order, lag + 1)


@claim.oracle
def random_outputs():
    """Run the recurrence of each system with a random output vector; the loss, tail included, is exact."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, numbers

    results = []
    for order, lag in ((1, 4), (2, 3), (3, 6), (4, 10)):
        for kind, (A, b) in realisations(order).items():
            loss = reference.loss_by_recurrence(A, b, numbers(order, order + lag), lag)
            results.append(bounded(kind, {"S": order, "K": lag}, float(loss), float(bound(order, lag)), loss >= bound(order, lag)))
    return results


@claim.oracle
def best_outputs():
    """The same with the best output vector of each system, by the exact normal equations; the delay line attains the bound."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded

    results = []
    for order, lag in ((1, 0), (1, 4), (2, 1), (2, 5), (3, 2), (4, 3)):
        for kind, (A, b) in realisations(order).items():
            if "diagonal" in kind and order > 1:
                continue  # only one of its states is ever reached, so the normal equations are singular
            start, target = reference.column(b), reference.states(A, b, [1] + [0] * lag)[lag]
            energy = reference.stein([reference.column(row) for row in A], reference.outer(start))
            output = [value.conjugate() for value in reference.solve(energy, target)]
            loss = reference.loss_by_recurrence(A, b, output, lag)
            attained = loss == 0 if kind == "delay line" and lag == order - 1 else True
            results.append(bounded(kind, {"S": order, "K": lag}, float(loss), float(bound(order, lag)),
                                   inside=attained and loss >= bound(order, lag)))
    return results


@claim.oracle
def long_recurrence():
    """Float64: dense systems of order 9 with nearly the best poles, run until they have decayed and fitted to the pulse."""
    from fractions import Fraction

    import numpy as np

    from numeric import families, poles
    from theory.papers.uncertainty_measurements import bounded

    results, order = [], 9
    for seed, lag in ((1, 10), (2, 50), (3, 200)):
        chance = np.random.default_rng(seed)
        change = chance.standard_normal((order, order)) + 1j * chance.standard_normal((order, order))
        best = [poles.to_complex(pole) for pole in families.sharp(order, lag + 2 * lag // order, Fraction(1, 5))]
        A, state, states = change @ np.diag(best) @ np.linalg.inv(change), chance.standard_normal(order) + 0j, []
        for _ in range(30 * lag):  # the moduli are (1/5)^{1/P} with the period P, so nothing above 1e-16 is left
            states.append(state)
            state = A @ state
        basis, _ = np.linalg.qr(np.array(states))
        loss, least = 1 - float(np.sum(np.abs(basis[lag]) ** 2)), float(bound(order, lag))
        results.append(bounded(f"dense matrix {seed}", {"S": order, "K": lag}, loss, least, loss >= least))
    return results
