"""The variance of the prediction error of an autoregressive input is not negative."""
from theory.claim import Claim
from theory.claims.uncertainty.predicted_shift import autocorrelation, yule_walker
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    Sum,
    T,
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
    within,
)
from theory.mutations import changed
from theory.papers.circle import TURN, constant, full_turn
from theory.proof import explained

p_, f, g, B, j, k, m, n, x, G, V = names("p f g B j k m n x G V")
DENSITY = Series("k", 0, g[k] * exp(-IMAGINARY * k * x)) + Series("k", 1, g[-k] * exp(IMAGINARY * k * x))
POSITIVE = forall({"x": "real"}, [], le(0, G(x)))
WHERE = [("G", ["x"], DENSITY), ("V", [], g[0] - Sum("j", 1, p_, f[j] * g[-j]))]
GIVEN = [*autocorrelation(g), yule_walker(g, f), POSITIVE]

claim = Claim(
    title="Variance of the prediction error",
    says="If g_k = Σ_{j=1}^p f_j g_{k−j} for k ≥ 1 and the spectral density Σ g_k e^{−ikx} is nowhere negative, then "
         "V = g_0 − Σ f_j g_{−j} ≥ 0.",
    statement=statement(forall({"p": "nat", "f": SEQ, "g": SEQ, "B": "real"}, GIVEN, le(0, V)), WHERE),
    reference="the argument behind UP.ar+",
    hypotheses={"Σ|g_k| converges, g_{−k} = ḡ_k": "the density need not be defined or real",
                "Yule and Walker": "p = 1, f_1 = 3 and g = δ + ½δ_{±1}: V = −1/2",
                "Γ ≥ 0": "p = 0 and g = −δ"},
    limits="V = 0 is possible only for g = 0 here, because Σ|g_k| converges; that is not part of what is proved.",
)


@claim.derive
def one_lag(step):
    """p = 1: V and the energy of the prediction error."""
    from sympy import expand, symbols

    from theory.papers.uncertainty_symbolic import confirm

    f1, g0 = symbols("f1 g0", real=True)
    g1 = step("g_1", f1 * g0, why="Yule and Walker")
    energy = step("energy of ε", expand(g0 - 2 * f1 * g1 + f1**2 * g0), why="ε = (1, −f_1)")
    confirm(step, "V", [expand(energy - (g0 - f1 * g1))], why="the energy is V")


@claim.certify
def proof(p, _):
    """The sequence ε = (1, −f_1, …, −f_p, 0, …) is moved to 0 by the shift that predicts, so V = Q(ε) = (1/2π)∫|ε|²Γ ≥ 0."""
    with p.inhabited_by(p=0, f=fn("n", 0), g=fn("n", 0), B=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        with p.generalise({"k": "int"}, [], eq(T(0), conj(T(0)))):
            p.identity(eq(T(0), conj(T(0))))
        with p.generalise({"k": "int"}, [le(1, k)], eq(T(0), Sum("j", 1, 0, T(0)))):
            p.identity(eq(T(0), Sum("j", 1, 0, T(0))))
        goal = le(0, Series("k", 0, 0 * exp(-IMAGINARY * k * x)) + Series("k", 1, 0 * exp(IMAGINARY * k * x)))
        with p.generalise({"x": "real"}, [], goal):
            nothing = [p.series("value", eq(Series("k", lo, 0 * exp(sign * IMAGINARY * k * x)), 0), p.series(
                "linear", sums("k", lo, 0 * exp(sign * IMAGINARY * k * x), 0), using=[])) for lo, sign in ((0, -1), (1, 1))]
            p.squares(goal, [], using=[(fact, -1) for fact in nothing])
    convergent(p, p.given(1), p.given(2))
    size = finite_error(p)
    lost(p, size)


def epsilon(n):
    return delta(n, 0) - Sum("j", 1, p_, f[j] * delta(n, j))


def pairs(e):
    return Series("n", 0, Series("m", 0, e(n) * conj(e(m)) * g[m - n]))


@explained
def convergent(p, total, mirror, point="x"):
    """Both halves of the density converge absolutely; the second half has the sizes |g_{−k}| = |g_k|. Returns Σ_{k≥1}|g_{−k}|."""
    tail = p.series("peel", sums("k", 1, Abs(g[k]), B - Abs(g[0])), total)
    with p.generalise({"k": "int"}, [le(1, k)], eq(Abs(g[k]), Abs(g[-k]))) as same:
        back = p.apply(mirror, eq(g[-k], conj(g[k])), k=k)
        size = p.step("congruence", eq(Abs(g[-k]), Abs(conj(g[k]))), equal=back, context=fn("m_", Abs("m_")))
        p.identity(same.shows[3], [(size, -1)])
    rest = p.series("equal", sums("k", 1, Abs(g[-k]), B - Abs(g[0])), tail, same.fact)
    for lo, value, sign, sizes in ((0, g[k], -1, total), (1, g[-k], 1, rest)):
        wave = exp(sign * IMAGINARY * k * T(point))
        with p.generalise({point: "real"}, [], sums("k", lo, value * wave, Series("k", lo, value * wave))) as half:
            with p.generalise({"k": "int"}, [le(lo, k)], le(Abs(value * wave), Abs(value))) as below:
                p.squares(below.shows[3])
            p.series("compare", half.shows[3], below.fact, sizes)
    return rest


def white_noise(p, below=False):
    """γ = δ is summable and Hermitian, and has the density 1: not negative, and at most 1 where that is wanted."""
    p.series("finite", sums("k", 0, Abs(delta(k, 0)), 1), K=0, g=fn("k", 1))
    with p.generalise({"k": "int"}, [], eq(delta(-k, 0), conj(delta(k, 0)))) as even:
        p.identity(even.shows[3])
    first, second = delta(k, 0) * exp(-IMAGINARY * k * x), delta(-k, 0) * exp(IMAGINARY * k * x)
    density = Series("k", 0, first) + Series("k", 1, second)
    for goal, room, sign in ((le(0, density), 1, -1), (le(density, 1), 0, 1))[:1 + below]:
        with p.generalise({"x": "real"}, [], goal):
            one = p.series("value", eq(Series("k", 0, first), 1), p.series("finite", sums("k", 0, first, 1), K=0, g=fn(
                "k", exp(-IMAGINARY * k * x))))
            none = p.series("value", eq(Series("k", 1, second), 0), p.series("linear", sums("k", 1, second, 0), using=[]))
            p.squares(goal, [(room, [], "", 1)] if room else [], using=[(one, sign), (none, sign)])


@explained
def finite_error(p):
    """ε is summable."""
    with p.generalise({"j": "int"}, within(1, j, p_), sums("n", 0, f[j] * delta(n, j), f[j])) as each:
        p.series("finite", each.shows[3], K=j, g=fn("n", f[j]))
    spread = p.series("exchange", sums("n", 0, Sum("j", 1, p_, f[j] * delta(n, j)), Sum("j", 1, p_, f[j])), each.fact)
    start = p.series("finite", sums("n", 0, delta(n, 0), 1), K=0, g=fn("n", 1))
    whole = p.series("linear", sums("n", 0, epsilon(n), 1 - Sum("j", 1, p_, f[j])), using=[[start, 1, 1], [spread, -1, 1]])
    size = Series("n", 0, Abs(epsilon(n)))
    p.series("absolute", sums("n", 0, Abs(epsilon(n)), size), whole)
    return size


@explained
def lost(p, size):
    """0 = Q(Uε) = Q(ε) − V, and Q(ε) is the mean of |ε|²Γ."""
    def moved(n):
        return epsilon(n + 1) + epsilon(T(0)) * Sum("j", 1, p_, f[j] * delta(n, j - 1))
    energy, left = pairs(epsilon), pairs(moved)
    identity = p.use("uncertainty.predicted_shift", eq(left, energy - V * Abs(epsilon(T(0))) ** 2), p=p_, f=f, g=g, B=B,
                     x=fn("n", epsilon(n)), A=size)
    with p.generalise({"n": "int"}, [le(0, n)], eq(moved(n), 0)) as gone:
        p.identity(gone.shows[3])
    with p.generalise({"n": "int"}, [le(0, n)], eq(T(0), Series("m", 0, moved(n) * conj(moved(m)) * g[m - n]))) as rows:
        here = p.apply(gone.fact, eq(moved(n), 0), n=n)
        with p.generalise({"m": "int"}, [le(0, m)], eq(T(0), moved(n) * conj(moved(m)) * g[m - n])) as cells:
            p.identity(cells.shows[3], [(here, -conj(moved(m)) * g[m - n])])
        empty = p.series("equal", sums("m", 0, moved(n) * conj(moved(m)) * g[m - n], 0), p.series("linear", sums("m", 0, T(0), 0),
            using=[]),
                         cells.fact)
        row = p.series("value", eq(Series("m", 0, moved(n) * conj(moved(m)) * g[m - n]), 0), empty)
        p.identity(rows.shows[3], [(row, -1)])
    nothing = p.series("value", eq(left, 0), p.series(
        "equal", sums("n", 0, Series("m", 0, moved(n) * conj(moved(m)) * g[m - n]), 0), p.series("linear", sums("n", 0, T(0), 0), using=[]),
        rows.fact))
    own = Series("n", 0, epsilon(n) * exp(-IMAGINARY * n * x))
    mean = p.use("analysis.spectral_quadratic", integrates("x", 0, TURN, Abs(own) ** 2 * G(x), TURN * energy),
                 e=fn("n", epsilon(n)), g=g, A=size, B=B, M=B - Abs(g[0]))
    none = constant(p, full_turn(p), (T(0), TURN), T(0))
    with p.generalise({"x": "real"}, [], le(0, Abs(own) ** 2 * G(x))) as pointwise:
        sign = p.apply(p.given(4), le(0, G(x)), x=x)
        p.squares(pointwise.shows[3], [(1, [sign], "", own)])
    positive = p.integral("order", le(0, TURN * energy), none, mean, pointwise.fact)
    turn = p.step("ball_bound", lt(0, 1 / TURN), prec=64)
    p.squares(le(0, V), [(1, [turn, positive], "", 1)], using=[(identity, -1), (nothing, 1)])


claim.must_refuse(
    sign_flipped=changed(le(V, 0)),
    strict=changed(lt(0, V)),
    predictor_forgotten=changed(le(g[0], V)),
    not_predicted=changed(given={3: None}),
    of_any_sign=changed(given={4: None}),
)
