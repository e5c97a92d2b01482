"""Lower bound on the AR(1) loss of a filter with S poles and a direct term, by the largest eigenvalues of a Toeplitz matrix."""
from fractions import Fraction

from theory.claim import Claim
from theory.claims.uncertainty.ar_gram import COLUMN, INNOVATION, POSITIVE, ROW, STEIN, UNIT, WHERE_GRAM, A, Q, e, g, o
from theory.claims.uncertainty.ar_lower_bound_with_tap import (
    LAST,
    STABLE,
    WHERE_TAP,
    F,
    P,
    X,
    eps,
    quadratic_form,
    regular_part,
    spread,
    states_below,
    w,
    y,
)
from theory.language import (
    Abs,
    Sum,
    T,
    conj,
    diag,
    eq,
    eye,
    fn,
    forall,
    inv,
    le,
    lt,
    mat,
    matrix,
    names,
    ne,
    statement,
    tr,
    vec,
    zero,
)
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import K, L, S, a, b, s
from theory.papers.uncertainty_ar import AR_FILTER, AR_INPUT, WHERE_AR_LOSS, WHERE_CORRELATION, one_pole_loss, rho
from theory.proof import explained
from theory.steps import inverse_of_definite, positive_reciprocal

theta, H, j, k = names("theta H j k")
RESIDUAL = matrix("j", K, "k", K, rho ** Abs(j - k) - rho ** (j + k))
SHARE = Sum("k", 1, K, rho ** (2 * k)) + S * theta + tr(H)
BOUND = le(1 - SHARE / K, L)

def draw(figure):
    """The three numbers at S = 3, K = 40 against ρ: the bound in the trace, the bound in eigenvalues, and the loss of designed filters."""
    from numeric import design

    order, lag = 3, 40
    decays = [Fraction(j, 20) for j in range(1, 20)]
    axes = figure.subplots()
    shown = decays[::3]
    found = [design.design(order, lag, decay) for decay in shown]
    axes.plot(shown, [float(one.loss.mid()) for one in found], "o", ms=4, color="#a5501d", label="designed filters (certified loss)")
    axes.plot(decays, [eigenvalue_bound(order, lag, float(decay)) for decay in decays], color="#1f4e79", label="bound in eigenvalues")
    axes.plot(decays, [float(trace_bound(order, lag, decay)) for decay in decays], "--", color="#22262b", label="bound in the trace")
    axes.set(xlabel="$\\rho$", ylabel="loss", ylim=(0, 1), title="$S = 3$ poles, $K = 40$")
    axes.legend(fontsize=8, loc="lower left")


claim = Claim(
    title="Lower bound under an AR(1) input, by eigenvalues",
    says="A filter with S poles and a direct term misses the shift by K, under an AR(1) input, by at least "
         "1 − (1/K)(Σ_{k=1}^K ρ^{2k} + Sθ + tr H) for all θ ≥ 0 and H ⪰ 0 with [ρ^|j−k| − ρ^{j+k}] ⪯ θI + H; the least Sθ + tr H is the "
         "sum of the S largest eigenvalues of that K×K matrix.",
    statement=statement(forall({**AR_FILTER, "theta": "real", "H": mat(K, K)},
                               [le(1, K), STABLE, *AR_INPUT, eq(a[LAST], 0), le(0, theta), le(zero(K, K), H),
                                le(RESIDUAL, theta * eye(K) + H)], BOUND), [WHERE_TAP, WHERE_AR_LOSS]),
    paper="UP", dossier="UP.ar+", reference="Theorem 3, in the form with eigenvalues",
    hypotheses={"K ≥ 1": "the bound divides by K", "|a_s| < 1": "the loss is infinite or undefined", "0 ≤ ρ < 1": "the setting",
                "a_{S+1} = 0": "S + 1 poles need S + 1 in the place of S",
                "θ ≥ 0, H ⪰ 0, R ⪯ θI + H": "otherwise Sθ + tr H is no bound for sums of S eigenvalues of R"},
    limits="Any poles: repeated, zero or equal to ρ. The direct term is the weight b_{S+1} of the pole 0. That the least Sθ + tr H is a "
           "sum of eigenvalues is not part of what is proved. AR(1) inputs only.",
    page=draw,
)


@claim.derive
def residual_matrix(step):
    import sympy

    from theory.identities import confirm, equal, rounds

    decay = sympy.symbols("rho", positive=True)
    for size in (2, 3, 4):
        R = sympy.Matrix(size, size, lambda j, k: decay ** abs(j - k) - decay ** (j + k + 2))
        factor = sympy.Matrix(size, size, lambda j, k: decay ** (j - k) if j >= k else 0)
        confirm(step, f"K = {size}: R = (1 − ρ²) Λ Λᵀ", [sympy.expand(x) for x in R - (1 - decay**2) * factor * factor.T],
                why="Λ_jk = ρ^{j−k} for j ≥ k: the covariance of the AR(1) process started at 0, so R is definite")
        inverse = (1 + decay**2) * sympy.eye(size) - decay * sympy.Matrix(size, size, lambda j, k: int(abs(j - k) == 1))
        inverse[size - 1, size - 1] = 1
        confirm(step, f"K = {size}: R⁻¹ is tridiagonal", [sympy.expand(x) for x in R * inverse - (1 - decay**2) * sympy.eye(size)],
                why="(1 − ρ²) R⁻¹ has 1 + ρ² on the diagonal, 1 in its last place, and −ρ beside it")
        equal(step, f"K = {size}: trace of R", sympy.expand(R.trace()), size - sum(decay ** (2 * k) for k in range(1, size + 1)),
              shown="tr R", why="so for S = K the share is K and the bound is 0")
    angle = sympy.symbols("phi", real=True)
    equal(step, "eigenvalues below the trace form",
          (1 + decay) / (1 - decay) - (1 - decay**2) / (1 + decay**2 - 2 * decay * sympy.cos(angle)),
          2 * decay * (1 + decay) * (1 - sympy.cos(angle)) / ((1 - decay) * (1 + decay**2 - 2 * decay * sympy.cos(angle))),
          why="an eigenvalue is (1 − ρ²)/(1 + ρ² − 2ρ cos φ), not above the (1+ρ)/(1−ρ) of UP.T3b")
    half, x = sympy.Rational(1, 2), sympy.Symbol("x")
    numbers = sympy.Matrix(3, 3, lambda j, k: half ** abs(j - k) - half ** (j + k + 2))
    largest = sympy.Poly(numbers.charpoly(x).as_expr(), x).real_roots()[-1]
    rounds(step, "largest eigenvalue", largest.evalf(40), "1.6141",
           why="K = 3, ρ = 1/2: largest root of det(x − R); the trace form has 3 in its place", shown="lambda_1")


@claim.certify
def proof(p, _):
    """As for the trace form: L ≥ 1 − F_K with F_K the energy that the filters and the pulse at 0 capture at lag K; F decreases, so
    K F_K ≤ F_1 + … + F_K, and that is at most Σ ρ^{2k} for the pulse and Sθ + tr H for the S further directions.
    """
    p.inhabited(S=0, K=1, a=fn("n", 0), b=fn("n", 1), rho=0, theta=1, H=0)
    for entry_ in WHERE_GRAM:
        p.abbreviate(*entry_)
    p.abbreviate(*WHERE_CORRELATION)
    p.abbreviate("D", [], diag("s", LAST, a[s]))
    p.abbreviate("w", [], vec("s", LAST, conj(b[s])))
    p.abbreviate("y", [], A**K @ g)
    p.abbreviate("X", [], diag("s", LAST, 1 / (1 - a[s] * conj(a[s]))))
    p.abbreviate("spread", [], LAST / (1 - rho**2))
    p.abbreviate("P", [], spread * X - (spread - 1) * e @ e.H)
    p.abbreviate("F", ["eps"], y.H @ inv(Q + eps * P) @ y)
    gram = {name: p.use("uncertainty.ar_gram", goal, S=S, a=a, rho=rho) for name, goal in
            (("positive", POSITIVE), ("stein", STEIN), ("column", COLUMN), ("row", ROW), ("unit", UNIT), ("innovation", INNOVATION))}
    one = p.entries(eq(e.H @ e, 1))
    gram["size"] = p.identity(eq(e.H @ Q @ e, 1), [(gram["column"], e.H), (gram["unit"], 1)])
    quadratic = quadratic_form(p, gram)
    room = p.squares(le(0, 1 - rho**2), [(1, [p.given(4)], "", 1), (1, [p.given(3), p.given(4)], "", 1)])
    first, _ = states_below(p, gram, room)
    lags = p.squares(lt(0, K), [(1, [], "", 1), (1, [p.given(1)], "", 1)])
    proper = p.order("nonzero", ne(K, 0), lags)
    share = positive_reciprocal(p, K, lags, proper), proper
    p.order("nonzero", ne(1 - rho, 0), p.given(4))
    regular = regular_part(p, one, room)
    with p.generalise({"eps": "real"}, [lt(0, eps)], le(1 - SHARE / K, L + eps * (w.H @ P @ w))) as every:
        bound_with(p, every(1), gram, quadratic, first, regular, share)
    p.order("limit", BOUND, every)


@explained
def bound_with(p, small, gram, quadratic, first, regular, lags):
    """The trace argument by eigenvalues for Q + εP, completion of the square in w, and division by K."""
    G, Z = Q + eps * P, inv(Q + eps * P)
    definite = p.squares(lt(zero(LAST, LAST), G), [(1, [], gram["positive"], eye(LAST)), (1, [small], regular.definite, eye(LAST))])
    x = g - rho * A @ g
    mirrored = p.step("congruence", eq(x.H, (1 - rho**2) * o.H), equal=gram["innovation"], context=["fn", "m_", ["adj", "m_"]])
    p.squares(le(A @ G @ A.H + x @ x.H / (1 - rho**2), G), [(1, [small], regular.reduced, eye(LAST))],
              using=[(gram["stein"], -1), (gram["innovation"], 1, o.H), (mirrored, x / (1 - rho**2))], nonzero=[regular.proper])
    p.squares(le(g @ g.H, G), [(1, [], first, eye(LAST)), (1, [small], regular.definite, eye(LAST))])
    p.identity(eq(e.H @ G @ e, 1 + eps), [(gram["size"], 1), (regular.size, eps)])
    p.squares(le(1, 1 + eps), [(1, [small], "", 1)])
    bound = p.use("uncertainty.ar_captured_energy_eigenvalues", le(K * F(eps), SHARE), n=LAST, K=K, rho=rho, q=1 + eps, A=A, Q=G, v=g, e=e,
                  theta=theta, X=H)
    right, _, star, adjoint_left, _ = inverse_of_definite(p, G, definite, LAST)
    square = p.squares(le(1 - F(eps) - eps * (w.H @ P @ w), L), [(1, [], definite, w - Z @ y)],
                       using=[(quadratic, -1), (right, -w.H, y), (adjoint_left, -y.H, w), (right, y.H @ Z.H, y), (star, y.H, y)])
    share, proper = lags
    p.squares(le(1 - SHARE / K, L + eps * (w.H @ P @ w)), [(1, [square], "", 1), (1, [share, bound], "", 1)], nonzero=[proper])


claim.must_refuse(
    without_the_input=changed(le(1 - (S * theta + tr(H)) / K, L)),
    one_direction_less=changed(le(1 - (Sum("k", 1, K, rho ** (2 * k)) + (S - 1) * theta + tr(H)) / K, L)),
    sign_flipped=changed(le(L, 1 - SHARE / K)),
    strict=changed(lt(1, L)),
    without_the_trace=changed(le(1 - (Sum("k", 1, K, rho ** (2 * k)) + S * theta) / K, L)),
    one_lag_more=changed(le(1 - SHARE / (K + 1), L)),
    tap_not_free=changed(given={5: None}),
    negative_theta=changed(given={6: None}),
    any_sign=changed(given={7: None}),
    residual_not_below=changed(given={8: None}),
    domain_reaches_circle=changed(given={2: forall({"s": "int"}, [le(1, s), le(s, LAST)], le(Abs(a[s]), 1))}),
)


def only_a_tap(weight, bound, room):
    """S = 0, K = 1, ρ = 1/2, θ = 3/4, H = 0 and the direct term `weight`: the loss is 1 + weight² − weight."""

    def refutation(p):
        half = T(1) / 2
        here = counterexample(p, S=0, K=1, a=fn("n", 0), b=fn("n", weight), rho=half, theta=T(3) / 4, H=0)
        loss, _ = one_pole_loss(p, here, 0, weight, 1, half)
        p.squares(here(bound), [(room, [], "", 1)], using=[(loss, 1 if bound.json[1] == "L" else -1)])

    return refutation


claim.refute("without_the_input")(only_a_tap(T(1) / 2, lt(L, 1 - (S * theta + tr(H)) / K), T(1) / 4))
claim.refute("strict")(only_a_tap(0, le(L, 1), 0))
claim.refute("one_direction_less")(only_a_tap(T(1) / 2, lt(L, 1 - (Sum("k", 1, K, rho ** (2 * k)) + (S - 1) * theta + tr(H)) / K),
                                              T(3) / 4))
claim.refute("sign_flipped")(only_a_tap(0, lt(1 - SHARE / K, L), T(1) / 4))
claim.refute("one_lag_more")(only_a_tap(T(1) / 2, lt(L, 1 - SHARE / (K + 1)), T(1) / 8))


def eigenvalue_bound(order, lag, rho):
    """The formula, with numpy's eigenvalues of the K×K matrix."""
    import numpy as np

    j = np.arange(1, lag + 1)
    values = np.linalg.eigvalsh(rho ** np.abs(j[:, None] - j) - rho ** (j[:, None] + j))
    return 1 - (float(np.sum(rho ** (2.0 * j))) + float(np.sum(np.sort(values)[lag - order:]))) / lag


def trace_bound(order, lag, decay):
    """The weaker bound of UP.T3b for filters with a direct term, 0 where it says nothing."""
    from theory.claims.uncertainty.ar_lower_bound_with_tap import bound as in_the_trace

    return max(0, in_the_trace(order, lag, decay))


def pair(order, lag, decay):
    """A rational pair (θ, H) close to the best one: eigenvectors in doubles, rounded to multiples of 2⁻³⁰, and 2⁻²⁰ added to H."""
    import numpy as np

    lags, r = np.arange(1, lag + 1), float(decay)
    values, vectors = np.linalg.eigh(r ** np.abs(lags[:, None] - lags) - r ** (lags[:, None] + lags))
    theta = Fraction(float(values[-order]))
    above = (vectors * np.maximum(values - values[-order], 0)) @ vectors.T
    grid = [[Fraction(round(float(above[min(s, t), max(s, t)]) * 2**30), 2**30) for t in range(lag)] for s in range(lag)]
    return theta, [[value + Fraction(s == t, 2**20) for t, value in enumerate(row)] for s, row in enumerate(grid)]


@claim.oracle
def best_weights():
    """Run the recurrences exactly at the best weights of drawn and tuned poles with a direct term: above the eigenvalue form."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import ar_optimum, bounded, pole_sets, tuned

    results = []
    for order, lag, decay in ((1, 6, Fraction(1, 5)), (2, 12, Fraction(1, 2)), (2, 20, Fraction(9, 10))):
        for kind, drawn in {**pole_sets(order, order + 160), "tuned": tuned(order, lag)}.items():
            poles = [*drawn, (0, 0)]
            measured = float(reference.ar_loss_by_recurrence(poles, ar_optimum(poles, lag, decay), lag, decay))
            least = eigenvalue_bound(order, lag, float(decay))
            results.append(bounded(f"{kind} poles", {"S": order, "K": lag, "rho": str(decay)}, measured, least, measured >= least + 1e-9))
    return results


@claim.oracle
def rounded_pairs():
    """A rational θ and H for which exact elimination shows 0 ≺ H and R ≺ θI + H: then K(1 − L) at the best weights is below the bound,
    all in fractions."""
    from numeric import reference
    from theory.claims.uncertainty.gram_definite import pivots
    from theory.papers.uncertainty_measurements import ar_optimum, bounded, tuned

    results = []
    for order, lag, decay in ((1, 4, Fraction(1, 2)), (2, 6, Fraction(4, 5)), (3, 8, Fraction(1, 3))):
        theta, more = pair(order, lag, decay)
        rest = [[theta * (s == t) + more[s][t] - decay ** abs(s - t) + decay ** (s + t + 2) for t in range(lag)] for s in range(lag)]
        proper = all(pivot > 0 for M in (more, rest) for pivot in pivots([[reference.gaussian(value) for value in row] for row in M]))
        poles = [*tuned(order, lag), (0, 0)]
        loss = reference.ar_loss_by_recurrence(poles, ar_optimum(poles, lag, decay), lag, decay)
        most = sum(decay ** (2 * k) for k in range(1, lag + 1)) + order * theta + sum(more[s][s] for s in range(lag))
        results.append(bounded("K(1 − L), tuned poles", {"S": order, "K": lag, "rho": str(decay)}, float(lag * (1 - loss)), float(most),
                               proper and lag * (1 - loss) <= most))
    return results


@claim.oracle
def designed_filters():
    """The certified loss of designed filters stays above the bound, and the bound above the one in the trace."""
    from numeric import design
    from theory.papers.uncertainty_measurements import bounded

    results = []
    for order, lag, decay in ((1, 10, Fraction(1, 2)), (3, 40, Fraction(1, 2)), (3, 40, Fraction(19, 20)), (5, 100, Fraction(4, 5))):
        loss, least = design.design(order, lag, decay).loss, eigenvalue_bound(order, lag, float(decay))
        results.append(bounded("designed filter", {"S": order, "K": lag, "rho": str(decay)}, float(loss.mid()), least,
                               float(loss.lower()) >= least >= trace_bound(order, lag, decay)))
    return results
