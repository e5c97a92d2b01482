"""The Toeplitz matrix of an autocorrelation is at most the supremum of the spectral density."""
from theory.claim import Claim
from theory.claims.analysis.toeplitz_integral import LAGS as MIRRORED
from theory.claims.uncertainty.prediction_error import DENSITY, autocorrelation, convergent
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    T,
    adj,
    conj,
    delta,
    eq,
    exp,
    eye,
    fn,
    forall,
    integrates,
    le,
    lt,
    mat,
    matrix,
    names,
    statement,
    sums,
    tr,
)
from theory.mutations import changed
from theory.papers.circle import TURN, wave
from theory.proof import explained

N, g, B, m, j, k, n, x, u, G = names("N g B M j k n x u G")
LAGS = matrix("j", N, "k", N, g[k - j])
WHITE = matrix("j", N, "k", N, delta(j - k, 0))
BELOW = forall({"x": "real"}, [], le(G(x), m))
RESULT = le(LAGS, m * eye(N))

claim = Claim(
    title="Toeplitz matrix below the density",
    says="If the spectral density Γ(x) = Σ γ(k)e^{−ikx} of a summable Hermitian γ is at most M everywhere, then [γ(k−j)] ⪯ M·I for every "
         "number of rows.",
    statement=statement(forall({"N": "nat", "g": SEQ, "B": "real", "M": "real"}, [*autocorrelation(g), BELOW], RESULT), [("G", ["x"],
        DENSITY)]),
    reference="Toeplitz (1911)",
    hypotheses={"Σ|γ(k)| converges, γ(−k) = conj γ(k)": "the density need not be defined or real", "Γ ≤ M": "γ = δ and M = 0"},
    limits="The supremum is approached as the number of rows grows (Szegő); that is not part of what is proved.",
)


@claim.derive
def two_rows(step):
    """N = 2: the form is the mean of |u_1 + u_2 e^{−ix}|²Γ."""
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    w, g0, g1, a, b = sympy.symbols("x g0 g1 u1 u2", real=True)
    density = step("Γ", g0 + 2 * g1 * sympy.cos(w), why="γ(0), γ(±1)")
    size = sympy.expand((a + b * sympy.cos(w)) ** 2 + (b * sympy.sin(w)) ** 2)
    mean = sympy.integrate(sympy.expand(size * density), (w, 0, 2 * sympy.pi)) / (2 * sympy.pi)
    form = step("form", g0 * a**2 + 2 * g1 * a * b + g0 * b**2, why="u*[γ(k−j)]u")
    confirm(step, "the mean is the form", [sympy.simplify(mean - form)], why="term by term")


@claim.certify
def proof(p, _):
    """u*[γ(k−j)]u is the mean of |Σ ū_k e^{−ikx}|²Γ(x), and |u|² is the mean of the first factor."""
    with p.inhabited_by(N=1, g=fn("n", 0), B=0, M=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        with p.generalise({"k": "int"}, [], eq(T(0), conj(T(0)))):
            p.identity(eq(T(0), conj(T(0))))
        goal = le(Series("k", 0, 0 * exp(-IMAGINARY * k * x)) + Series("k", 1, 0 * exp(IMAGINARY * k * x)), 0)
        with p.generalise({"x": "real"}, [], goal):
            nothing = [p.series("value", eq(Series("k", lo, 0 * exp(sign * IMAGINARY * k * x)), 0), p.series(
                "linear", sums("k", lo, 0 * exp(sign * IMAGINARY * k * x), 0), using=[])) for lo, sign in ((0, -1), (1, 1))]
            p.squares(goal, [], using=[(fact, 1) for fact in nothing])
    convergent(p, p.given(1), p.given(2))
    once, none = white(p)
    with p.generalise({"u": mat(N)}, [], le(0, u.H @ (m * eye(N) - LAGS) @ u)) as every:
        compared(p, every.shows[3], once, none)
    p.step("quadratic_form", RESULT, mode="semidefinite", **{"from": [every.fact]})


@explained
def white(p):
    """White noise, γ = δ, has the density 1."""
    once = p.series("finite", sums("k", 0, Abs(delta(k, 0)), 1), K=0, g=fn("k", 1))
    none = p.series("linear", sums("k", 1, Abs(delta(-k, 0)), 0), using=[])
    return once, none


@explained
def compared(p, goal, once, none):
    """|Σ ū_k e^{−ikx}|²Γ ≤ M|Σ ū_k e^{−ikx}|², and both sides are integrated."""
    y, X = matrix("r", 1, "k", N, wave(-x * (k + 0))), conj(u) @ adj(conj(u))
    form = y @ X @ y.H
    own = p.use("analysis.toeplitz_integral", integrates("x", 0, TURN, form * G(x), TURN * tr(X @ MIRRORED)), N=N, X=X, g=g, d=0, B=B,
                M=B - Abs(g[0]))
    noise = Series("k", 0, delta(k, 0) * exp(-IMAGINARY * k * x)) + Series("k", 1, delta(-k, 0) * exp(IMAGINARY * k * x))
    plain = p.use("analysis.toeplitz_integral", integrates("x", 0, TURN, form * noise, TURN * tr(X @ WHITE)), N=N, X=X, g=fn("n", delta(n,
        0)), d=0, B=1, M=0)
    scaled = p.integral("linear", integrates("x", 0, TURN, m * form * noise, m * TURN * tr(X @ WHITE)),
                        using=[[plain, m, 1]])
    with p.generalise({"x": "real"}, [], le(form * G(x), m * form * noise)) as pointwise:
        halves = []
        for lo, sign, value in ((0, -1, 1), (1, 1, 0)):
            term = delta(sign * -1 * k, 0) * exp(sign * IMAGINARY * k * x)
            fact = p.series("finite", sums("k", 0, term, 1), K=0, g=fn("k", exp(-IMAGINARY * k * x))) if lo == 0 else p.series(
                "linear", sums("k", 1, term, 0), using=[])
            halves.append(p.series("value", eq(Series("k", lo, term), value), fact))
        below = p.apply(p.given(3), le(G(x), m), x=x)
        p.squares(pointwise.shows[3], [(1, [below], "", adj(conj(u)) @ y.H)], using=[(half, -m * form) for half in halves])
    means = p.integral("order", le(TURN * tr(X @ MIRRORED), m * TURN * tr(X @ WHITE)), own, scaled,
                       pointwise.fact)
    turn = p.step("ball_bound", lt(0, 1 / TURN), prec=64)
    unit = p.entries(eq(WHITE, eye(N)))
    turned = p.entries(eq(u.H @ LAGS @ u, adj(conj(u)) @ MIRRORED @ conj(u)))
    square = p.entries(eq(u.H @ u, adj(conj(u)) @ conj(u)))
    read = p.step("congruence", eq(tr(X @ WHITE), tr(X)), equal=unit, context=["fn", "m_", tr(X @ T("m_")).json])
    p.squares(goal, [(1, [turn, means], "", 1)], using=[(turned, 1), (square, -m), (read, m)])


claim.must_refuse(
    bound_halved=changed(le(LAGS, m / 2 * eye(N))),
    sign_flipped=changed(le(m * eye(N), LAGS)),
    not_below=changed(given={3: None}),
    one_half_only=changed(where={"G": Series("k", 0, g[k] * exp(-IMAGINARY * k * x))}),
)
