"""The distance to a pulse, and the norm between two multiples of the energy, in the norm of a spectral density."""
from theory.claim import Claim
from theory.claims.uncertainty.predicted_shift import (
    A,
    B,
    autocorrelation,
    bounded_lags,
    column,
    double,
    g,
    k,
    m,
    n,
    own,
    own_energy,
    own_rows,
    r,
    rows,
    x,
)
from theory.claims.uncertainty.prediction_error import convergent
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    T,
    both,
    conj,
    delta,
    eq,
    exp,
    fn,
    forall,
    integrates,
    le,
    lt,
    names,
    statement,
    sums,
)
from theory.mutations import changed
from theory.papers.circle import TURN
from theory.proof import explained

q, low, high, y, w, G, Q, P, X, E = names("q low high y w G Q P X E")
BETWEEN = [forall({"y": "real"}, [], le(low, G(y))), forall({"y": "real"}, [], le(G(y), high))]
MEETS = sums("n", 0, x[n] * g[q - n], X)
ENERGY = sums("n", 0, Abs(x[n]) ** 2, E)


def apart(n):
    return x[n] - delta(n, q)


DISTANCE = eq(P, Q - X - conj(X) + g[0])
ORDER = both(le(low * E, Q), le(Q, high * E))
RESULT = both(MEETS, ENERGY, rows(own), column(own, Q), rows(apart), column(apart, P), DISTANCE, *map(T, ORDER.json[1:]))
WHERE = [("G", ["y"], Series("k", 0, g[k] * exp(-IMAGINARY * k * y)) + Series("k", 1, g[-k] * exp(IMAGINARY * k * y))), ("Q", [],
    double(own)),
         ("P", [], double(apart)), ("X", [], Series("n", 0, x[n] * g[q - n])), ("E", [], Series("n", 0, Abs(x[n]) ** 2))]

claim = Claim(
    title="Distance to a pulse under a density",
    says="For summable x and Q(x) = Σ x_n x̄_m g_{m−n} the distance to the pulse at q is Q(x) − 2 Re Σ x_n g_{q−n} + g_0, and Q(x) "
         "lies between "
         "m Σ|x_n|² and M Σ|x_n|² if the density does between m and M.",
    statement=statement(forall({"x": SEQ, "g": SEQ, "A": "real", "B": "real", "q": "nat", "low": "real", "high": "real"},
                               [sums("k", 0, Abs(x[k]), A), *autocorrelation(g), *BETWEEN], RESULT), WHERE),
    reference="the argument behind UP.ar+",
    hypotheses={"Σ|x_k|, Σ|g_k| converge": "the double series need not converge", "g_{−k} = ḡ_k": "Q need not be real",
                "m ≤ Γ ≤ M": "only the two inequalities need it"},
    limits="The pulse is at a natural number q.",
)


@claim.derive
def three_samples(step):
    """A sequence of three values: the distances expanded, the energies as constant terms, and one density between its bounds."""
    import sympy

    from theory.identities import confirm, equal, nonnegative

    count, z = 3, sympy.Symbol("z")
    values = [*sympy.symbols("x0:3"), 0]
    mirrored = [*sympy.symbols("c0:3"), 0]
    lags = {0: sympy.Symbol("g_0"), **{k: sympy.Symbol(f"g_{{{k}}}") for k in range(-3, 4) if k}}

    def form(first, second):
        return sum(s * t * lags[j - i] for i, s in enumerate(first) for j, t in enumerate(second))

    apart_by = []
    for lag in range(count + 1):
        pulse = [int(i == lag) for i in range(count + 1)]
        far = form([s - e for s, e in zip(values, pulse, strict=True)], [t - e for t, e in zip(mirrored, pulse, strict=True)])
        met_at = sum(s * lags[lag - i] for i, s in enumerate(values))
        conjugate = sum(t * lags[i - lag] for i, t in enumerate(mirrored))
        apart_by.append(sympy.expand(far - (form(values, mirrored) - met_at - conjugate + lags[0])))
    confirm(step, "distance to a pulse", apart_by,
            why="three values, the pulses at 0, 1, 2, 3: P = Q − X − X̄ + g_0; c_n stands for x̄_n, and g_{−k} for the conjugate of g_k")
    transform = sum(s * z**-i for i, s in enumerate(values)) * sum(t * z**j for j, t in enumerate(mirrored))
    mean = sympy.expand(transform * sum(lags[k] * z**-k for k in lags)).coeff(z, 0)
    confirm(step, "the norm is a mean", [sympy.expand(mean - form(values, mirrored))],
            why="Q is the constant term of |x|²Γ, z = e^{iy}: its mean over the circle")
    confirm(step, "the energy is a mean", [sympy.expand(transform).coeff(z, 0) - sum(s * t for s, t in zip(values, mirrored, strict=True))],
            why="the same for Γ = 1: E is the mean of |x|²")
    low, width = sympy.symbols("m D", nonnegative=True)
    x, y = sympy.symbols("x0 x1", real=True)
    norm = (low + width / 2) * (x**2 + y**2) + width / 2 * x * y
    lower, upper = (width / 2 * ((x + sign * y / 2) ** 2 + sympy.Rational(3, 4) * y**2) for sign in (1, -1))
    equal(step, "two values above the lower bound", norm - low * (x**2 + y**2), lower, shown="Q - m*E",
          why="Γ = m + D/2 + (D/2) cos y between m and M = m + D: g_0 = m + D/2 and g_1 = D/4")
    nonnegative(step, "mE ≤ Q", lower, why="a sum of squares")
    equal(step, "two values below the upper bound", (low + width) * (x**2 + y**2) - norm, upper, shown="M*E - Q", why="the same with −x_1")
    nonnegative(step, "Q ≤ ME", upper, why="a sum of squares")


@claim.certify
def proof(p, _):
    """With r_n = Σ_m x̄_m g_{m−n} the rows of the difference are r_n − g_{q−n}; and Q(x) is the mean of |x|²Γ."""
    with p.inhabited_by(x=fn("n", 0), g=fn("n", 0), A=0, B=0, q=0, low=0, high=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        with p.generalise({"k": "int"}, [], eq(T(0), conj(T(0)))):
            p.identity(eq(T(0), conj(T(0))))
        zero_ = Series("k", 0, 0 * exp(-IMAGINARY * k * y)) + Series("k", 1, 0 * exp(IMAGINARY * k * y))
        for goal, c in ((le(0, zero_), -1), (le(zero_, 0), 1)):
            with p.generalise({"y": "real"}, [], goal):
                nothing = [p.series("value", eq(Series("k", lo, 0 * exp(sign * IMAGINARY * k * y)), 0), p.series(
                    "linear", sums("k", lo, 0 * exp(sign * IMAGINARY * k * y), 0), using=[])) for lo, sign in ((0, -1), (1, 1))]
                p.squares(goal, [], using=[(fact, c) for fact in nothing])
    p.abbreviate("r", ["n"], Series("m", 0, conj(x[m]) * g[m - n]))
    bounded = bounded_lags(p)
    response = own_rows(p, bounded)
    first = own_energy(p, response)
    meets, mirrored = met(p, bounded)
    distance = difference(p, response, first, meets, mirrored)
    energy, lower, upper = between(p)
    p.both(meets, energy, *first[:2], *distance, lower, upper)


@explained
def met(p, bounded):
    """X = Σ x_n g_{q−n} converges, and X̄ = r_q."""
    term = x[n] * g[q - n]
    with p.generalise({"n": "int"}, [le(0, n)], le(Abs(term), B * Abs(x[n]))) as below:
        size = p.apply(bounded, le(Abs(g[q - n]), B), k=q - n)
        p.squares(below.shows[3], [(1, [p.order("basic", le(0, Abs(x[n]))), size], "", 1)])
    scaled = p.series("linear", sums("k", 0, B * Abs(x[k]), B * A), using=[[p.given(1), B, 1]])
    meets = p.series("compare", MEETS, below.fact, scaled)
    with p.generalise({"n": "int"}, [le(0, n)], eq(conj(term), conj(x[n]) * g[n - q])) as each:
        back = p.apply(p.given(3), eq(g[n - q], conj(g[q - n])), k=q - n)
        p.identity(each.shows[3], [(back, -conj(x[n]))])
    spelled = p.step("congruence", eq(Series("n", 0, conj(term)), Series("n", 0, conj(x[n]) * g[n - q])), equal=each.fact)
    return meets, p.identity(eq(conj(X), r(q)), [(spelled, 1)])


@explained
def difference(p, response, first, meets, mirrored):
    """Row by row and then over the rows."""
    line = r(n) - g[q - n]
    fact = sums("m", 0, conj(apart(m)) * g[m - n], line)
    with p.generalise({"n": "int"}, [le(0, n)], fact) as moved:
        here = p.apply(response, sums("m", 0, conj(x[m]) * g[m - n], r(n)), n=n)
        once = p.series("finite", sums("m", 0, delta(m, q) * g[m - n], g[q - n]), K=q, g=fn("m", g[m - n]))
        p.series("linear", fact, using=[[here, 1, 1], [once, -1, 1]])
    pair = apart(n) * conj(apart(m)) * g[m - n]
    with p.generalise({"n": "int"}, [le(0, n)], sums("m", 0, pair, Series("m", 0, pair))) as each:
        here = p.apply(moved.fact, fact, n=n)
        p.series("exists", each.shows[3], p.series("linear", sums("m", 0, pair, apart(n) * line), using=[[here, apart(n), 1]]))
    with p.generalise({"n": "int"}, [le(0, n)], eq(apart(n) * line, Series("m", 0, pair))) as value:
        here = p.apply(moved.fact, fact, n=n)
        whole = p.series("value", eq(Series("m", 0, pair), apart(n) * line), p.series(
            "linear", sums("m", 0, pair, apart(n) * line), using=[[here, apart(n), 1]]))
        p.identity(value.shows[3], [(whole, -1)])
    lone = p.series("finite", sums("n", 0, delta(n, q) * line, r(q) - g[0]), K=q, g=fn("n", line))
    total = Q - X - r(q) + g[0]
    spelled = p.series("linear", sums("n", 0, apart(n) * line, total), using=[[first[2], 1, 1], [meets, -1, 1], [lone, -1, 1]])
    lines = p.series("equal", column(apart, total), spelled, value.fact)
    exact = p.series("value", eq(P, total), lines)
    return each.fact, p.series("exists", column(apart, P), lines), p.identity(DISTANCE, [(exact, 1), (mirrored, 1)])


@explained
def between(p):
    """∫|x|²Γ against m and M times ∫|x|², which is 2π Σ|x_n|²: the same for γ = δ."""
    convergent(p, p.given(2), p.given(3), "y")
    own_transform = Series("n", 0, x[n] * exp(-IMAGINARY * n * y))
    mean = p.use("analysis.spectral_quadratic", integrates("y", 0, TURN, Abs(own_transform) ** 2 * G(y), TURN * Q), e=x, g=g, A=A, B=B,
                 M=B - Abs(g[0]))
    p.series("finite", sums("k", 0, Abs(delta(k, 0)), 1), K=0, g=fn("k", 1))
    p.series("linear", sums("k", 1, Abs(delta(-k, 0)), 0), using=[])
    white = {"e": x, "g": fn("n", delta(n, 0)), "A": A, "B": 1, "M": 0}
    first, second = delta(k, 0) * exp(-IMAGINARY * k * y), delta(-k, 0) * exp(IMAGINARY * k * y)
    noise = Series("k", 0, first) + Series("k", 1, second)
    line = Series("m", 0, x[n] * conj(x[m]) * delta(m - n, 0))
    plain = p.use("analysis.spectral_quadratic", integrates("y", 0, TURN, Abs(own_transform) ** 2 * noise, TURN * Series("n", 0, line)),
        **white)
    rows_ = p.use("analysis.spectral_quadratic", sums("n", 0, line, Series("n", 0, line)), **white)
    with p.generalise({"n": "int"}, [le(0, n)], eq(line, Abs(x[n]) ** 2)) as square:
        here = p.series("finite", sums("m", 0, x[n] * conj(x[m]) * delta(m - n, 0), Abs(x[n]) ** 2), K=n, g=fn("m", x[n] * conj(x[m])))
        p.series("value", square.shows[3], here)
    energies = p.series("equal", sums("n", 0, Abs(x[n]) ** 2, Series("n", 0, line)), rows_, square.fact)
    same = p.series("value", eq(E, Series("n", 0, line)), energies)
    energy = p.series("exists", ENERGY, energies)
    turn, found = p.step("ball_bound", lt(0, 1 / TURN), prec=64), []
    for bound, given, c in ((low, p.given(4), 1), (high, p.given(5), -1)):
        scaled = p.integral("linear", integrates("y", 0, TURN, bound * Abs(own_transform) ** 2 * noise, bound * TURN * Series("n", 0,
            line)),
                            using=[[plain, bound, 1]])
        sides = (bound * Abs(own_transform) ** 2 * noise, Abs(own_transform) ** 2 * G(y))
        ends = (bound * TURN * Series("n", 0, line), TURN * Q)
        facts = (scaled, mean)
        if c < 0:
            sides, ends, facts = sides[::-1], ends[::-1], facts[::-1]
        with p.generalise({"y": "real"}, [], le(*sides)) as pointwise:
            one = p.series("value", eq(Series("k", 0, first), 1), p.series(
                "finite", sums("k", 0, first, 1), K=0, g=fn("k", exp(-IMAGINARY * k * y))))
            none = p.series("value", eq(Series("k", 1, second), 0), p.series("linear", sums("k", 1, second, 0), using=[]))
            inside = p.apply(given, le(low, G(y)) if c > 0 else le(G(y), high), y=y)
            p.squares(pointwise.shows[3], [(1, [inside], "", own_transform)],
                      using=[(part, c * bound * Abs(own_transform) ** 2) for part in (one, none)])
        means = p.integral("order", le(*ends), *facts, pointwise.fact)
        found.append(p.squares(le(low * E, Q) if c > 0 else le(Q, high * E), [(1, [turn, means], "", 1)], using=[(same, c * bound)]))
    return energy, *found


claim.must_refuse(
    sign_flipped=changed(eq(P, Q + X + conj(X) + g[0])),
    level_forgotten=changed(eq(P, Q - X - conj(X))),
    conjugate_forgotten=changed(eq(P, Q - 2 * X + g[0])),
    above_and_below_exchanged=changed(le(high * E, Q)),
)
