"""Energy captured at lag K under an AR(1) input, by the largest eigenvalues of a Toeplitz matrix less the pulse at 0."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_captured_energy_bound import (
    GIVEN as SYSTEM,
)
from theory.claims.uncertainty.ar_captured_energy_bound import (
    SHARE,
    A,
    G,
    K,
    Q,
    Z,
    decreasing,
    e,
    first_direction,
    n,
    numbers,
    powers,
    q,
    rho,
    share_of_sum,
    v,
)
from theory.claims.uncertainty.ar_states_below_toeplitz import RESULT as BELOW
from theory.claims.uncertainty.ar_states_below_toeplitz import STATES, TOEPLITZ
from theory.language import (
    Abs,
    Sum,
    T,
    both,
    conj,
    entry,
    eq,
    eye,
    forall,
    inv,
    le,
    lt,
    mat,
    matrix,
    names,
    statement,
    tr,
    vec,
    within,
    zero,
)
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import at, inverse_of_definite

theta, X, Y, j, k, r = names("theta X Y j k r")
RESIDUAL = matrix("j", K, "k", K, rho ** Abs(j - k) - rho ** (j + k))
VARIABLES = {"n": "nat", "K": "nat", "rho": "real", "q": "real", "A": mat(n, n), "Q": mat(n, n), "v": mat(n), "e": mat(n), "theta": "real",
             "X": mat(K, K)}
GIVEN = [*SYSTEM, le(0, theta), le(zero(K, K), X), le(RESIDUAL, theta * eye(K) + X)]
BOUND = Sum("k", 1, K, rho ** (2 * k)) + (n - 1) * theta + tr(X)
TOTAL, RESULT = le(Sum("k", 1, K, G(k)), BOUND), le(K * G(K), BOUND)

claim = Claim(
    title="Captured energy under an AR(1) input, by eigenvalues",
    says="Under the conditions of the trace argument, K·v*A*^K Q⁻¹ A^K v ≤ Σ_{k=1}^K ρ^{2k} + (n − 1)θ + tr X whenever θ ≥ 0, X ⪰ 0 and "
         "[ρ^|j−k| − ρ^{j+k}] ⪯ θI + X.",
    statement=statement(forall(VARIABLES, GIVEN, both(SHARE, TOTAL, RESULT)), [("G", ["k"], v.H @ (A**k).H @ inv(Q) @ A**k @ v)]),
    reference="the argument behind UP.ar+",
    hypotheses={"the conditions of the trace argument": "see uncertainty.ar_captured_energy_bound",
                "θ ≥ 0, X ⪰ 0, R ⪯ θI + X": "otherwise θ and X are not a bound for sums of eigenvalues of R"},
    limits="The least bound over θ and X is Σ ρ^{2k} and the n − 1 largest eigenvalues of R.",
)


@claim.derive
def split(step):
    import sympy

    from theory.identities import confirm, equal

    decay = sympy.symbols("rho", positive=True)
    for size in (2, 3):
        Q = sympy.Matrix(size, size, lambda j, k: sympy.Symbol(f"q{min(j, k) + 1}{max(j, k) + 1}"))
        e = sympy.Matrix([1] + [0] * (size - 1))
        q = (e.T * Q * e)[0]
        Z = Q.inv() - e * e.T / q
        confirm(step, f"n = {size}: Z Q e = 0", [sympy.cancel(x) for x in Z * Q * e],
                why="Z = Q⁻¹ − ee*/q with q = e*Qe; Q of real symbols, e = (1, 0, …)")
        confirm(step, f"n = {size}: Z Q Z = Z", [sympy.cancel(x) for x in Z * Q * Z - Z], why="hence tr(ZQ) is the rank of Z")
        equal(step, f"n = {size}: trace", sympy.cancel((Z * Q).trace()), sympy.Integer(size - 1), shown="tr(ZQ)",
              why="one direction is split off")
    j, k = sympy.symbols("j k", integer=True, positive=True)
    equal(step, "the Toeplitz matrix", decay ** sympy.Abs(j - k) - decay ** (j + k) + decay**j * decay**k, decay ** sympy.Abs(j - k),
          why="R + rr* with r_k = ρ^k; Y*Q⁻¹Y is below it")
    share, first = sympy.symbols("q s", positive=True)
    equal(step, "both directions", first / share + (1 - 1 / share) * first, first,
          why="s = Σ ρ^{2k}: s/q from e, and (1 − 1/q) s from (1 − 1/q) rr* in Y*ZY ⪯ θI + X + (1 − 1/q) rr*")
    total = sympy.symbols("theta", positive=True)
    values = sympy.symbols("lambda1:4", positive=True)
    equal(step, "the least bound", 2 * total + sum(value - total for value in values[:2]), values[0] + values[1], shown="2θ + tr X",
          why="n − 1 = 2 and λ_1, λ_2 ≥ θ ≥ λ_3: (n − 1)θ + tr X with X = Σ (λ_j − θ)₊ is the sum of the two largest eigenvalues")


@claim.certify
def proof(p, _):
    """Split Q⁻¹ = ee*/q + Z as in the trace argument; tr(ZQ) = n − 1 is the rank of Z, and Y*ZY ⪯ R + (1 − 1/q) rr* for the columns
    Av, …, A^K v of Y and r_k = ρ^k, because Y*Q⁻¹Y ⪯ [ρ^|j−k|] = R + rr* and e*Y = r*. The trace of a matrix of rank n − 1 below
    θI + X + (1 − 1/q) rr* is at most (n − 1)θ + tr X + (1 − 1/q) Σ ρ^{2k}; the first direction brings Σ ρ^{2k}/q.
    """
    p.inhabited(n=1, K=0, rho=0, q=1, A=0, Q=1, v=1, e=1, theta=0, X=zero(0, 0))
    p.abbreviate("M", ["k"], Sum("j", 1, "k", A ** "j" @ v @ v.H @ (A ** "j").H))
    p.abbreviate("kappa", [], (1 + rho) / (1 - rho))
    p.abbreviate("Z", [], inv(Q) - e @ e.H / q)
    p.abbreviate("powers", [], Sum("k", 1, K, rho ** (2 * k)))
    p.abbreviate("Y", [], STATES)
    p.abbreviate("r", [], vec("k", K, rho**k))
    known = numbers(p)
    inverse = inverse_of_definite(p, Q, p.given(3), n)
    share = share_of_sum(p, decreasing(p, known, inverse))
    total = energies(p, known, inverse)
    p.both(share, total, p.squares(RESULT, [(1, [share], "", 1), (1, [total], "", 1)]))


@explained
def energies(p, known, inverse):
    """Σ_{k=1}^{K} G_k ≤ Σ ρ^{2k} + (n − 1)θ + tr X."""
    right, left, _, adjoint_left, _ = inverse
    split = e @ e.H / q
    p.squares(le(zero(n, n), Z), [(1, [], p.given(3), Z)],
                using=[(adjoint_left, 1, inv(Q)), (adjoint_left, -1, split), (right, -split), (p.given(8), split / q)],
                nonzero=known.proper)
    p.operator(eq(Z @ Q @ Z, Z), [(left, 1, inv(Q)), (left, 1, -split), (right, -split), (p.given(8), e / q / q, e.H)],
               nonzero=known.proper)
    p.squares(le(zero(n, n), Q), [(1, [], p.given(3), eye(n))])
    beyond = p.squares(le(0, 1 - 1 / q), [(1, [p.given(9), known.size], "", 1)], nonzero=known.proper)
    first = first_direction(p)
    more = X + (1 - 1 / q) * r @ r.H
    p.squares(le(zero(K, K), more), [(1, [], p.given(11), eye(K)), (1, [beyond], "", r.H)])
    below_residual(p, known, more)
    ranked = p.use("algebra.rank_trace", le(tr(Y.H @ Z @ Y), theta * tr(Z @ Q) + tr(more)), n=n, K=K, theta=theta, Z=Z, Q=Q, Y=Y, X=more)
    same, folded = diagonal(p, known)
    whole = p.step("congruence", eq(tr(inv(Q) @ Q), tr(eye(n))), equal=left, context=["fn", "m_", ["tr", "m_"]])
    size = p.entries(eq(r.H @ r, powers))
    return p.squares(TOTAL, [(1, [ranked], "", 1)],
                     using=[(whole, theta), (p.given(8), -theta / q), (size, 1 - 1 / q), (same, -1), (folded, -1), (first, 1 / q)],
                     nonzero=known.proper)


@explained
def diagonal(p, known):
    """tr(Y*ZY) = Σ_k (A^k v)*Z A^k v, entry by entry."""
    c = names("c_")
    N, inner = names("N"), Y.H @ Z @ Y
    with p.generalise({"N": mat(K, K)}, [], eq(tr(N), Sum("c_", 1, K, entry(N, c, c)))) as sum_of_entries:
        p.entries(sum_of_entries.shows[3])
    H, w, i, t = names("H w i_ l_")

    def double(H, w):
        return Sum("i_", 1, n, conj(entry(w, i, 1)) * Sum("l_", 1, n, entry(H, i, t) * entry(w, t, 1)))
    with p.generalise({"H": mat(n, n), "w": mat(n)}, [], eq(w.H @ H @ w, double(H, w))) as spelled:
        p.entries(spelled.shows[3])
    same = p.apply(sum_of_entries.fact, eq(tr(inner), Sum("c_", 1, K, entry(inner, c, c))), N=inner)
    state = A**c @ v
    with p.generalise({"c_": "int"}, within(1, c, K), eq(entry(inner, c, c), state.H @ Z @ state)) as each:
        here = p.apply(spelled.fact, eq(state.H @ Z @ state, double(Z, state)), H=Z, w=state)
        p.identity(each.shows[3], [(here, -1)], nonzero=known.proper)
    return same, p.step("congruence", eq(Sum("c_", 1, K, entry(inner, c, c)), Sum("c_", 1, K, state.H @ Z @ state)), equal=each.fact)


@explained
def below_residual(p, known, more):
    """Y*ZY ⪯ θI + X + (1 − 1/q) rr*."""
    below = p.use("uncertainty.ar_states_below_toeplitz", at(BELOW, "Y", STATES), n=n, K=K, rho=rho, A=A, Q=Q, v=v)
    apart = p.entries(eq(TOEPLITZ, RESIDUAL + r @ r.H))
    row = first_row(p)
    mirrored = p.step("congruence", eq(Y.H @ e, r), equal=row, context=["fn", "m_", ["adj", "m_"]])
    return p.squares(le(Y.H @ Z @ Y, theta * eye(K) + more), [(1, [], below, eye(K)), (1, [], p.given(12), eye(K))],
                     using=[(apart, 1), (row, -Y.H @ e / q), (mirrored, -1 / q, r.H)], nonzero=known.proper)


@explained
def first_row(p):
    """e*Y = r*, because e*A^k v = ρ^k."""
    with p.branch() as base:
        p.operator(eq(e.H @ A**0, rho**0 * e.H))
    block = p.new_id()
    with p.branch() as step:
        p.operator(eq(e.H @ A ** (k + 1), rho ** (k + 1) * e.H), [(f"{block}.2", 1, A), (p.given(6), rho**k)])
    every = p.step("induction", forall({"k": "nat"}, [], eq(e.H @ A**k, rho**k * e.H)), block, base=base, step=step)
    c = names("c_")
    left, goal = e.H @ Y, r.H
    with p.generalise({"c_": "int"}, within(1, c, K), eq(entry(left, 1, c), entry(goal, 1, c))) as each:
        row = p.apply(every, eq(e.H @ A**c, rho**c * e.H), k=c)
        value = p.identity(eq(e.H @ A**c @ v, rho**c), [(row, 1, v), (p.given(7), rho**c)])
        read = p.entries(eq(e.H @ A**c @ v, entry(left, 1, c)))
        p.identity(each.shows[3], [(read, -1), (value, 1)])
    return p.entries(eq(left, goal), each=each.fact)


claim.must_refuse(
    one_less=changed(le(K * G(K), Sum("k", 1, K, rho ** (2 * k)) + (n - 2) * theta + tr(X))),
    input_forgotten=changed(le(K * G(K), (n - 1) * theta + tr(X))),
    strict=changed(lt(K * G(K), BOUND)),
    residual_not_below=changed(RESULT, given={12: None}),
)
ONE = {"n": 1, "q": 1, "Q": 1, "v": 1, "e": 1}
HALF = T(1) / 2
claim.refute("input_forgotten")(fails_at(K=1, rho=HALF, A=HALF, theta=T(3) / 4, X=0, **ONE))
claim.refute("strict")(fails_at(K=0, rho=0, A=0, theta=0, X=zero(0, 0), **ONE))


def share(order, lag, decay):
    """The formula at its best θ and X: Σ_{k=1}^K ρ^{2k} and the n − 1 largest eigenvalues, in doubles."""
    import numpy as np

    lags, r = np.arange(1, lag + 1), float(decay)
    values = np.linalg.eigvalsh(r ** np.abs(lags[:, None] - lags) - r ** (lags[:, None] + lags))
    return float(np.sum(r ** (2 * lags)) + np.sum(values[::-1][:order - 1]))


@claim.oracle
def exact_energies():
    """A = diag(a) with ρ the last pole and Q from the exact solution of X = A X A* + 1 1ᵀ: G decreases and K G_K, n ≤ K ≤ 12, is below the
    bound with the eigenvalues of a numerical library; the lag with the least room, relative to the bound, is reported."""
    from fractions import Fraction
    from itertools import pairwise

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, pole_sets

    results = []
    for order, decay in ((2, Fraction(1, 2)), (3, Fraction(4, 5)), (4, Fraction(1, 7))):
        for kind, drawn in pole_sets(order - 1, order + 90).items():
            a, r, one = reference.column([*drawn, (decay, 0)]), reference.gaussian(decay), reference.ONE
            X = reference.stein(reference.diagonal(a), reference.outer([one] * order))
            state, energies = [one / (one - pole * r) for pole in a], []
            for _ in range(13):
                energy = reference.dot([value.conjugate() for value in state], reference.solve(X, state)).re
                energies.append((1 - decay**2) * energy)
                state = [pole * value for pole, value in zip(a, state, strict=True)]
            used = {lag: float(lag * energies[lag]) / share(order, lag, decay) for lag in range(order, 13)}
            lag = max(used, key=used.get)
            decreasing = all(later <= earlier for earlier, later in pairwise(energies))
            results.append(bounded(f"{kind} poles, least room", {"n": order, "K": lag, "rho": str(decay)}, float(lag * energies[lag]),
                                   share(order, lag, decay), inside=decreasing and used[lag] <= 1))
    return results
