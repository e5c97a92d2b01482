"""The Toeplitz matrix of an autocorrelation as the mean of waves against the spectral density."""
from theory.claim import Claim
from theory.claims.analysis.spectral_quadratic import FIRST, SECOND, coefficient
from theory.language import (
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    both,
    entry,
    eq,
    fn,
    forall,
    integrates,
    le,
    mat,
    matrix,
    names,
    statement,
    sums,
    tr,
    within,
)
from theory.mutations import changed
from theory.papers.circle import TURN, full_turn, wave, x
from theory.proof import explained
from theory.steps import at

N, X, g, d, B, M, j, k, m, n, y, G = names("N X g d B M j k m n y G")
LAGS = matrix("j", N, "k", N, g[j - k])
FORM = y(x) @ X @ y(x).H * G(x)
COEFFICIENTS = forall({"m": "int"}, [], integrates("x", 0, TURN, wave(-x * m) * G(x), TURN * g[-m]))
MEAN = integrates("x", 0, TURN, FORM, TURN * tr(X @ LAGS))
ROW = matrix("r", 1, "k", N, wave(-x * (k + d)))
WHERE = [("y", ["x"], ROW), ("G", ["x"], Series("k", 0, FIRST) + Series("k", 1, SECOND))]

claim = Claim(
    title="The Toeplitz matrix of a spectral density",
    says="With G(x) = Σ g_k e^{−ikx} over all integers k and the row y = (e^{−i(k+d)x})_{k=1..N}, the integral of e^{−imx}G over one "
         "turn is "
         "2π g_{−m}, and that of y X y* G is 2π tr(X [g_{j−k}]) for every N×N matrix X.",
    statement=statement(forall({"N": "nat", "X": mat(N, N), "g": SEQ, "d": "int", "B": "real", "M": "real"},
                               [sums("k", 0, Abs(g[k]), B), sums("k", 1, Abs(g[-k]), M)], both(COEFFICIENTS, MEAN)), WHERE),
    hypotheses={"Σ|g_k| converges": "the series need not converge"},
    limits="The series over all integers is two halves. X = uu* gives u*[g_{j−k}]u as the mean of |Σ u_k e^{−ikx}|² G.",
)


@claim.derive
def two_waves(step):
    """N = 2 and lags up to 1."""
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    w = sympy.symbols("x", real=True)
    lags, weights = dict(zip((-1, 0, 1), sympy.symbols("h g0 g1"), strict=True)), sympy.symbols("X0:4")
    density = step("G", sum(value * sympy.exp(-sympy.I * lag * w) for lag, value in lags.items()), why="g_0, g_{±1}")
    places = [(0, 0), (0, 1), (1, 0), (1, 1)]
    form = sum(weight * sympy.exp(-sympy.I * (s - u) * w) for weight, (s, u) in zip(weights, places, strict=True))
    mean = sympy.integrate(sympy.expand(form * density), (w, 0, 2 * sympy.pi)) / (2 * sympy.pi)
    trace = step("trace", sum(weight * lags[u - s] for weight, (s, u) in zip(weights, places, strict=True)), why="tr(X [g_{j−k}])")
    confirm(step, "the mean is the trace", [sympy.simplify(mean - trace)], why="term by term")


@claim.certify
def proof(p, _):
    with p.inhabited_by(N=1, X=1, g=fn("n", 0), d=0, B=0, M=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        p.series("linear", sums("k", 1, Abs(T(0)), 0), using=[])
    halves(p, p.given(1), p.given(2))
    single = coefficient(p, p.given(2))
    order = full_turn(p)
    p.both(single, form(p, single, order))


@explained
def halves(p, *totals):
    """Both halves of G converge absolutely at every x, because |e^{−ikx}| = 1."""
    for number, (lo, term) in enumerate(((0, FIRST), (1, SECOND))):
        with p.generalise({"x": "real"}, [], sums("k", lo, term, Series("k", lo, term))):
            size = Abs(g[k] if lo == 0 else g[-k])
            with p.generalise({"k": "int"}, [le(lo, k)], le(Abs(term), size)) as below:
                p.squares(le(Abs(term), size))
            p.series("compare", sums("k", lo, term, Series("k", lo, term)), below.fact, totals[number])


@explained
def form(p, single, order):
    """y X y* is the sum of X_{ab} e^{−i(a−b)x}, and each of these waves is integrated by itself."""
    a, b = names("a_ b_")
    lag = g[b - a]
    term, value = entry(X, a, b) * wave(-x * (a - b)) * G(x), TURN * entry(X, a, b) * lag
    line = integrates("x", 0, TURN, Sum("b_", 1, N, term), Sum("b_", 1, N, value))
    with p.generalise({"a_": "int"}, within(1, a, N), line) as rows:
        with p.generalise({"b_": "int"}, within(1, b, N), integrates("x", 0, TURN, term, value)) as each:
            one = p.apply(single, integrates("x", 0, TURN, wave(-x * (a - b)) * G(x), TURN * lag), m=a - b)
            p.integral("linear", integrates("x", 0, TURN, term, value), using=[[one, entry(X, a, b), 1]])
        p.integral("finite", line, each.fact, order)
    spelled, total = Sum("a_", 1, N, Sum("b_", 1, N, term)), Sum("a_", 1, N, Sum("b_", 1, N, value))
    area = p.integral("finite", integrates("x", 0, TURN, spelled, total), rows.fact, order)
    with p.generalise({"n": "real"}, [], eq(at(spelled, "x", n), y(n) @ X @ y(n).H * G(n))) as equal:
        plain = Sum("a_", 1, N, Sum("b_", 1, N, entry(X, a, b) * wave(-n * (a - b))))
        read = p.entries(eq(y(n) @ X @ y(n).H, plain))
        p.identity(equal.shows[3], [(read, -G(n))])
    moved = p.integral("equal", integrates("x", 0, TURN, FORM, total), area, equal.fact)
    with p.generalise({"W": mat(N, N)}, [], eq(tr(names("W")), Sum("c_", 1, N, entry(names("W"), "c_", "c_")))) as diagonal:
        p.entries(diagonal.shows[3])
    trace = p.apply(diagonal.fact, eq(tr(X @ LAGS), Sum("c_", 1, N, entry(X @ LAGS, "c_", "c_"))), W=X @ LAGS)
    same = p.identity(eq(total, TURN * tr(X @ LAGS)), [(trace, -TURN)])
    return p.step("congruence", MEAN, equal=same, context=fn("m_", integrates("x", 0, TURN, FORM, "m_")), **{"from": moved})


claim.must_refuse(
    index_flipped=changed(both(COEFFICIENTS, integrates("x", 0, TURN, FORM, TURN * tr(X @ matrix("j", N, "k", N, g[k - j]))))),
    length_lost=changed(both(COEFFICIENTS, integrates("x", 0, TURN, FORM, tr(X @ LAGS)))),
    one_half_only=changed(where={"G": Series("k", 0, FIRST)}),
    not_summable=changed(given={1: None}),
)
