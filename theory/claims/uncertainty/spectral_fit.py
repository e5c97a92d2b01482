"""How well filters of bounded order and pulses at the first lags fit the pulses at N consecutive lags, under any spectral density."""
from fractions import Fraction
from math import isqrt

from numeric.reference import Gaussian, gaussian
from theory.claim import Claim
from theory.claims.analysis.toeplitz_integral import COEFFICIENTS, LAGS, halves
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    entry,
    eq,
    exp,
    eye,
    fn,
    forall,
    integrates,
    inv,
    le,
    lt,
    mat,
    matrix,
    names,
    ne,
    statement,
    sums,
    tr,
    within,
    zero,
)
from theory.mutations import changed
from theory.papers.circle import TURN, full_turn, wave
from theory.proof import explained
from theory.steps import at

S, p_, N, R, Z, a, g, d, B, M, theta, H = names("S p N R Z a g d B M theta H")
s, t, j, k, n, m, r, x, z, eps = names("s t j k n m r x z eps")
E, G, Q, W, V = names("E G Q W V")
STABLE = forall({"s": "int"}, within(1, s, S), lt(Abs(a[s]), 1))
DENSITY = Series("k", 0, g[k] * exp(-IMAGINARY * k * x)) + Series("k", 1, g[-k] * exp(IMAGINARY * k * x))
POSITIVE = forall({"x": "real"}, [], le(0, G(x)))
SUMMABLE = [sums("k", 0, Abs(g[k]), B), sums("k", 1, Abs(g[-k]), M)]
ABOVE = [le(0, theta), le(zero(N, N), H), le(LAGS, theta * eye(N) + H)]
PAIR = E(r, n) * conj(E(r, m)) * g[m - n]
ROW, COLUMN = Series("m", 0, PAIR), Series("n", 0, Series("m", 0, PAIR))
WHERE = [("E", ["r", "n"], Sum("s", 1, S, entry(R, s, r) * a[s] ** n) + Sum("j", 1, p_, entry(Z, j, r) * delta(n, j - 1)) - delta(n,
    r + d)),
         ("G", ["x"], DENSITY), ("Q", ["r"], COLUMN)]
SHARE = (S + p_) * theta + tr(H)
RESULT = le(N * g[0] - SHARE, Sum("r", 1, N, Q(r)))
ROWS = forall({"r": "int", "n": "int"}, [*within(1, r, N), le(0, n)], sums("m", 0, PAIR, ROW))
COLUMNS = forall({"r": "int"}, within(1, r, N), sums("n", 0, ROW, Q(r)))
VARIABLES = {"S": "nat", "p": "nat", "N": "nat", "d": "int", "a": SEQ, "R": mat(S, N), "Z": mat(p_, N), "g": SEQ, "B": "real", "M": "real",
             "theta": "real", "H": mat(N, N)}
GIVEN = [le(-1, d), STABLE, *SUMMABLE, POSITIVE, *ABOVE]

claim = Claim(
    title="Fitting consecutive pulses by filters of bounded order",
    says="Fit the pulses at the lags d + 1, …, d + N by filters with the poles a_1..a_S and by the pulses at 0, …, p − 1, in the norm "
         "Q = Σ e_n ē_m g_{m−n} of a spectral density Γ ≥ 0: the N errors add up to at least N g_0 − (S + p)θ − tr H whenever θ ≥ 0, "
         "H ⪰ 0 and [g_{j−k}] ⪯ θI + H; the least (S + p)θ + tr H is the sum of the S + p largest eigenvalues of that N×N matrix.",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMNS, RESULT)), WHERE),
    reference="the argument behind UP.ar+",
    hypotheses={"d ≥ −1": "a filter has no values at negative lags", "|a_s| < 1": "the errors are infinite or undefined",
                "Σ|g_k| converges": "Γ need not be continuous", "Γ ≥ 0": "an error may be negative: S = p = 0, and Γ takes the value "
                                                                         "g_0 = −1 "
                "in the mean", "θ ≥ 0, H ⪰ 0, [g_{j−k}] ⪯ θI + H": "θ and H say how much S + p functions can capture"},
    limits="Any poles, also repeated, and any weights. That the least (S + p)θ + tr H is a sum of eigenvalues is not part of what is "
           "proved.",
)


@claim.derive
def one_filter_at_two_lags(step):
    """S + p = 1 and N = 2: the fit at one x, its mean, the trace; and white noise, where the best filter is known."""
    import sympy

    from theory.identities import confirm, equal, nonnegative

    small = sympy.Symbol("epsilon", positive=True)
    pair, mirrored = sympy.Matrix([sympy.symbols("y1 y2")]), sympy.Matrix([sympy.symbols("q1 q2")])
    weights, conjugates = sympy.Matrix([sympy.symbols("R1 R2")]), sympy.Matrix([sympy.symbols("C1 C2")])
    value, other = sympy.symbols("u v")
    J = (conjugates.T * weights + small * sympy.eye(2)).inv()
    size = (weights * conjugates.T)[0] + small
    best, best_other = (pair * conjugates.T)[0] / size, (mirrored * weights.T)[0] / size
    missed = ((pair - value * weights) * (mirrored - other * conjugates).T)[0] + small * value * other
    confirm(step, "the fit at one x", [sympy.cancel(missed - small * (pair * J * mirrored.T)[0]
                                                    - size * (value - best) * (other - best_other))],
            why="|y − uR|² + ε|u|² = εyJy* + (RR* + ε)|u − yR*/(RR* + ε)|² with J = (R*R + εI)⁻¹; q, C and v stand for ȳ, R̄ and ū")
    confirm(step, "a softened projection", [sympy.cancel(v) for v in small * J - sympy.eye(2) + conjugates.T * weights / size],
            why="εJ = I − R*R/(RR* + ε)")
    z, form = sympy.Symbol("z"), sympy.Matrix(2, 2, lambda j, k: sympy.Symbol(f"X{j + 1}{k + 1}"))
    lags = {k: sympy.Symbol(f"g_{{{k}}}") for k in range(-2, 3)}
    density = sum(lags[k] * z**-k for k in lags)
    toeplitz = sympy.Matrix(2, 2, lambda j, k: lags[j - k])
    means = []
    for start in (-1, 2):
        waves, turned = (sympy.Matrix([[z ** (sign * (j + start)) for j in (1, 2)]]) for sign in (-1, 1))
        means.append(sympy.expand(sympy.expand((waves * form * turned.T)[0] * density).coeff(z, 0) - (form * toeplitz).trace()))
    confirm(step, "the mean against the density", means,
            why="y = (z^{−1−d}, z^{−2−d}) with z = e^{ix}, d = −1 and d = 2: the constant term of yXy* Γ is tr(XT) with T = [g_{j−k}]")
    level, h, rest, first, second = sympy.symbols("theta h1 h2 rho1 rho2", nonnegative=True)
    kept = ((level + h) * first + (level + rest) * second) / (first + second + small)
    spare = (small * (level + h + rest) + h * second + rest * first) / (first + second + small)
    equal(step, "the trace", level + h + rest - kept, spare, why="T = θI + diag(h_1, h_2) and ρ_j = |R_j|²: θ + tr H less tr T − ε tr(JT)")
    nonnegative(step, "one function takes θ + tr H at most", spare, why="so ε tr(JT) ≥ tr T − θ − tr H")
    pole, weight = sympy.symbols("a u", real=True)
    power = sympy.Symbol("A", real=True)
    loss = weight**2 / (1 - pole**2) - 2 * weight * power + 1
    least = loss.subs(weight, sympy.solve(sympy.diff(loss, weight), weight)[0])
    equal(step, "white noise, one pulse", least, 1 - (1 - pole**2) * power**2, shown="Q",
          why="the least error at a lag where the filter has the value A = a^lag")
    total = sum(least.subs(power, pole**lag) for lag in range(3))
    equal(step, "white noise, the lags 0, 1, 2", total, 2 + pole**6, shown="Q_1 + Q_2 + Q_3",
          why="N = 3, d = −1, θ = 1 and H = 0: the bound N − 1 is missed by a^{2N} only")


def response(s, x):
    """1/(1 − a_s e^{−ix})."""
    return 1 / (1 - a[s] * exp(-IMAGINARY * x))


def error(r, x):
    """The transform of the error at the r-th lag."""
    return Sum("s", 1, S, entry(R, s, r) * response(s, x)) + Sum("j", 1, p_, entry(Z, j, r) * wave(-x * (j - 1))) - wave(-x * (r + d))


@claim.certify
def proof(p, _):
    """Pointwise on the circle the errors are what the rows of weights leave of the row y of waves, so for each ε > 0 they are at least
    ε·yJy* − ε(|v_1|² + … + |v_S|² + p) with J from the weights. Against Γ ≥ 0 the first term has the mean ε tr(JT) with the Toeplitz
    matrix T, which is at least tr T − (S + p)θ − tr H; and ε → 0.
    """
    with p.inhabited_by(S=0, p=0, N=1, d=-1, a=fn("n", 0), R=zero(0, 1), Z=zero(0, 1), g=fn("n", 0), B=0, M=0, theta=0, H=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        p.series("linear", sums("k", 1, Abs(T(0)), 0), using=[])
        with p.generalise({"x": "real"}, [], le(0, Series("k", 0, 0 * exp(-IMAGINARY * k * x)) + Series("k", 1,
            0 * exp(IMAGINARY * k * x)))):
            nothing = [p.series("value", eq(Series("k", lo, 0 * exp(sign * IMAGINARY * k * x)), 0), p.series(
                "linear", sums("k", lo, 0 * exp(sign * IMAGINARY * k * x), 0), using=[])) for lo, sign in ((0, -1), (1, 1))]
            p.squares(le(0, Series("k", 0, 0 * exp(-IMAGINARY * k * x)) + Series("k", 1, 0 * exp(IMAGINARY * k * x))), [],
                      using=[(fact, -1) for fact in nothing])
    p.abbreviate("W", ["r", "x"], error(r, x))
    p.abbreviate("V", ["s"], Series("n", 0, Series("m", 0, a[s] ** n * conj(a[s] ** m) * g[m - n])))
    halves(p, p.given(3), p.given(4))
    order = full_turn(p)
    proper = regular(p, p.given(2))
    powers = power_transform(p, proper)
    converging, errors = each_error(p, powers, order)
    captured = each_filter(p, powers, order)
    goal = le(N * g[0] - SHARE, Sum("r", 1, N, Q(r)) + eps * (Sum("s", 1, S, V(s)) + p_ * g[0]))
    with p.generalise({"eps": "real"}, [lt(0, eps)], goal) as every:
        averaged(p, every(1), goal, errors, captured)
    p.both(*converging, p.order("limit", RESULT, every.fact))


@explained
def regular(p, stable):
    """1 − a_s e^{−ix} ≠ 0, because |a_s e^{−ix}| < 1."""
    with p.generalise({"x": "real", "s": "int"}, within(1, s, S), ne(1 - a[s] * exp(-IMAGINARY * x), 0)) as block:
        u = a[s] * exp(-IMAGINARY * x)
        below = p.squares(lt(Abs(u), 1), [(1, [p.apply(stable, lt(Abs(a[s]), 1), s=s)], "", 1)])
        with p.contradiction(ne(1 - u, 0)) as absurd:
            one = p.step("congruence", eq(Abs(u), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - names("m_"))))
            p.squares(lt(0, 0), [(1, [below], "", 1)], using=[(one, -1)])
    return block.fact


@explained
def power_transform(p, proper):
    """Σ a_s^n e^{−inx} = 1/(1 − a_s e^{−ix})."""
    goal = sums("n", 0, a[s] ** n * wave(-x * n), response(s, x))
    with p.generalise({"x": "real", "s": "int"}, within(1, s, S), goal) as block:
        u = a[s] * exp(-IMAGINARY * x)
        below = p.squares(lt(Abs(u), 1), [(1, [p.apply(p.given(2), lt(Abs(a[s]), 1), s=s)], "", 1)])
        p.apply(proper, ne(1 - u, 0), x=x, s=s)
        power = p.series("geometric", sums("n", 0, u**n, 1 / (1 - u)), below, z=u)
        p.series("linear", goal, using=[[power, 1, 1]])
    return block.fact


def quadratic(p, transform, sequence, closed, pair, total):
    """Σ_n e_n e^{−inx} = closed(x) for every x gives (rows and column of Q converge, ∫|closed|²G = 2π total)."""
    here = p.apply(transform, sums("n", 0, sequence(n) * wave(-T(0) * n), closed(T(0))), x=0)
    plain = p.series("linear", sums("n", 0, sequence(n), closed(T(0))), using=[[here, 1, 1]])
    size = Series("n", 0, Abs(sequence(n)))
    p.series("absolute", sums("n", 0, Abs(sequence(n)), size), plain)
    values = {"e": fn("n", sequence(n)), "g": g, "A": size, "B": B, "M": M}
    row = Series("m", 0, pair)
    rows = p.use("analysis.spectral_quadratic", forall({"n": "int"}, [le(0, n)], sums("m", 0, pair, row)), **values)
    column = p.use("analysis.spectral_quadratic", sums("n", 0, row, total), **values)
    own = Series("n", 0, sequence(n) * exp(-IMAGINARY * n * x))
    mean = p.use("analysis.spectral_quadratic", integrates("x", 0, TURN, Abs(own) ** 2 * G(x), TURN * total), **values)
    with p.generalise({"z": "real"}, [], eq(at(Abs(own) ** 2 * G(x), "x", z), Abs(closed(z)) ** 2 * G(z))) as equal:
        value = p.series("value", eq(at(own, "x", z), closed(z)), p.apply(transform, sums("n", 0, sequence(n) * wave(-z * n), closed(z)),
            x=z))
        square = p.step("congruence", eq(Abs(at(own, "x", z)) ** 2, Abs(closed(z)) ** 2), equal=value, context=fn("m_", Abs("m_") ** 2))
        p.identity(equal.shows[3], [(square, G(z))])
    return rows, column, p.integral("equal", integrates("x", 0, TURN, Abs(closed(x)) ** 2 * G(x), TURN * total), mean, equal.fact)


@explained
def each_error(p, powers, order):
    """Each error is summable and has the transform W_r; so 2πQ_r is the integral of |W_r|²Γ, and these add up."""
    area = integrates("x", 0, TURN, Abs(W(r, x)) ** 2 * G(x), TURN * Q(r))
    rows = forall({"n": "int"}, [le(0, n)], sums("m", 0, PAIR, ROW))
    goal = both(rows, sums("n", 0, ROW, Q(r)), area)
    with p.generalise({"r": "int"}, within(1, r, N), goal) as block:
        transform = sums("n", 0, E(r, n) * wave(-x * n), W(r, x))
        with p.generalise({"x": "real"}, [], transform) as every:
            parts = []
            for index, count, term, value in ((s, S, entry(R, s, r) * a[s] ** n, entry(R, s, r) * response(s, x)),
                                              (j, p_, entry(Z, j, r) * delta(n, j - 1), entry(Z, j, r) * wave(-x * (j - 1)))):
                fact = sums("n", 0, term * wave(-x * n), value)
                with p.generalise({index.json: "int"}, within(1, index, count), fact) as cell:
                    if index is s:
                        one = p.apply(powers, sums("n", 0, a[s] ** n * wave(-x * n), response(s, x)), x=x, s=s)
                        p.series("linear", fact, using=[[one, entry(R, s, r), 1]])
                    else:
                        p.series("finite", fact, K=j - 1, g=fn("n", entry(Z, j, r) * wave(-x * n)))
                spelled = Sum(index.json, 1, count, term * wave(-x * n)), Sum(index.json, 1, count, value)
                parts.append(p.series("exchange", sums("n", 0, *spelled), cell.fact))
            pulse = p.series("finite", sums("n", 0, delta(n, r + d) * wave(-x * n), wave(-x * (r + d))), K=r + d, g=fn("n", wave(-x * n)))
            p.series("linear", transform, using=[[parts[0], 1, 1], [parts[1], 1, 1], [pulse, -1, 1]])
        p.both(*quadratic(p, every.fact, lambda i: E(r, i), lambda y: W(r, y), PAIR, Q(r)))
    w = names("w_")
    here = at(T(ROWS.json[3]), "n", w)
    with p.generalise({"r": "int", "w_": "int"}, [*within(1, r, N), le(0, w)], here) as every_row:
        p.apply(p.part(p.apply(block.fact, goal, r=r), rows), here, n=w)
    found = [every_row.fact]
    for part in (COLUMNS.json[3], area):
        with p.generalise({"r": "int"}, within(1, r, N), part) as half:
            p.part(p.apply(block.fact, goal, r=r), part)
        found.append(half.fact)
    total = integrates("x", 0, TURN, Sum("r", 1, N, Abs(W(r, x)) ** 2 * G(x)), Sum("r", 1, N, TURN * Q(r)))
    return found[:2], p.integral("finite", total, found[2], order)


@explained
def each_filter(p, powers, order):
    """The same for each filter by itself: |v_s|²Γ has an integral."""
    area = integrates("x", 0, TURN, Abs(response(s, x)) ** 2 * G(x), TURN * V(s))
    with p.generalise({"s": "int"}, within(1, s, S), area) as block:
        with p.generalise({"x": "real"}, [], sums("n", 0, a[s] ** n * wave(-x * n), response(s, x))) as every:
            p.apply(powers, every.shows[3], x=x, s=s)
        quadratic(p, every.fact, lambda i: a[s] ** i, lambda y: response(s, y), a[s] ** n * conj(a[s] ** m) * g[m - n], V(s))
    total = integrates("x", 0, TURN, Sum("s", 1, S, Abs(response(s, x)) ** 2 * G(x)), Sum("s", 1, S, TURN * V(s)))
    return p.integral("finite", total, block.fact, order)


@explained
def averaged(p, small, goal, errors, captured):
    """The fit at each x, its mean against Γ, and the trace of a matrix of bounded rank."""
    J = inv(R.H @ R + Z.H @ Z + eps * eye(N))
    fit = {"m": S, "p": p_, "N": N, "R": R, "Z": Z, "eps": eps}
    f, u, v, c, Y, C = names("f_ u_ v_ o_ Y_ C_")
    rest = f - u @ R - v @ Z
    rows = p.use("algebra.low_rank_fit", forall({"f_": mat(1, N), "u_": mat(1, S), "v_": mat(1, p_)}, [], le(
        eps * f @ J @ f.H, rest @ rest.H + eps * (u @ u.H + v @ v.H))), **fit)
    trace = p.use("algebra.low_rank_fit", forall(
        {"o_": "real", "Y_": mat(N, N), "C_": mat(N, N)}, [le(0, c), le(zero(N, N), Y), le(C, c * eye(N) + Y)],
        le(tr(C) - (S + p_) * c - tr(Y), eps * tr(J @ C))), **fit)
    density = {"N": N, "g": g, "d": d, "B": B, "M": M}
    single = p.use("analysis.toeplitz_integral", COEFFICIENTS, X=zero(N, N), **density)
    level = p.apply(single, integrates("x", 0, TURN, G(x), TURN * g[0]), m=0)

    def waves(x):
        return matrix("i_", 1, "k", N, wave(-x * (k + d))), matrix("i_", 1, "s", S, response(s, x)), matrix("i_", 1, "j", p_,
            wave(-x * (j - 1)))
    y, *_ = waves(x)
    form = eps * y @ J @ y.H * G(x)
    lower = p.use("analysis.toeplitz_integral", integrates("x", 0, TURN, form, TURN * tr(eps * J @ LAGS)), X=eps * J, **density)
    upper = Sum("r", 1, N, Abs(W(r, x)) ** 2 * G(x)) + eps * (Sum("s", 1, S, Abs(response(s, x)) ** 2 * G(x)) + p_ * G(x))
    value = Sum("r", 1, N, TURN * Q(r)) + eps * (Sum("s", 1, S, TURN * V(s)) + p_ * TURN * g[0])
    whole = p.integral("linear", integrates("x", 0, TURN, upper, value), using=[[errors, 1, 1], [captured, eps, 1], [level, eps * p_, 1]])
    with p.generalise({"z": "real"}, [], at(le(form, upper), "x", z)) as pointwise:
        y, u, v = waves(z)
        rest = y - u @ R - v @ Z
        bound = p.apply(rows, le(eps * y @ J @ y.H, rest @ rest.H + eps * (u @ u.H + v @ v.H)), f_=y, u_=u, v_=v)
        left = p.entries(eq(rest @ rest.H, Sum("r", 1, N, Abs(W(r, z)) ** 2)))
        sizes = [p.entries(eq(u @ u.H, Sum("s", 1, S, Abs(response(s, z)) ** 2))), p.entries(eq(v @ v.H, p_))]
        sign = p.apply(p.given(5), le(0, G(z)), x=z)
        p.squares(pointwise.shows[3], [(1, [bound, sign], "", 1)], using=[(left, G(z)), *((size, eps * G(z)) for size in sizes)])
    means = p.integral("order", le(TURN * tr(eps * J @ LAGS), value), lower, whole, pointwise.fact)
    turn = p.step("ball_bound", lt(0, 1 / TURN), prec=64)
    shared = p.squares(le(tr(eps * J @ LAGS), value / TURN), [(1, [turn, means], "", 1)])
    ranked = p.apply(trace, le(tr(LAGS) - (S + p_) * theta - tr(H), eps * tr(J @ LAGS)), o_=theta, Y_=H, C_=LAGS)
    with p.generalise({"C": mat(N, N)}, [], eq(tr(names("C")), Sum("c_", 1, N, entry(names("C"), "c_", "c_")))) as diagonal:
        p.entries(diagonal.shows[3])
    size = p.apply(diagonal.fact, eq(tr(LAGS), N * g[0]), C=LAGS)
    p.squares(goal, [(1, [shared], "", 1), (1, [ranked], "", 1)], using=[(size, -1)])


claim.must_refuse(
    one_function_less=changed(both(ROWS, COLUMNS, le(N * g[0] - (S + p_ - 1) * theta - tr(H), Sum("r", 1, N, Q(r))))),
    without_the_trace=changed(both(ROWS, COLUMNS, le(N * g[0] - (S + p_) * theta, Sum("r", 1, N, Q(r))))),
    density_of_any_sign=changed(given={5: None}),
    not_below=changed(given={8: None}),
)


def weights_near_best(response, poles, count, lags, start):
    """Rational weights near those of least squares: rows for the poles, then for the first pulses."""
    import numpy as np

    length = 80
    own = np.array([complex(h.re, h.im) for h in response] + [0] * (length - len(response)))
    driven = np.array([np.convolve(own, complex(pole.re, pole.im) ** np.arange(length))[:length] for pole in poles]
                      + [np.concatenate([np.zeros(index), own[:length - index]]) for index in range(count)]).T
    targets = np.array([np.concatenate([np.zeros(start + row), own[:length - start - row]]) for row in range(1, lags + 1)]).T
    found, *_ = np.linalg.lstsq(driven, targets, rcond=None)
    return [[Gaussian(*(Fraction(part).limit_denominator(10**4) for part in (value.real, value.imag))) for value in row] for row in found]


def filtered_energy(response, poles, strengths, impulses):
    """Σ|y_n|² of the response of h to Σ_s w_s a_s^n + Σ_i v_i δ(n, i): the recurrence until h has passed, then geometric series."""
    states, energy, total = list(strengths), Fraction(0), len(response) + len(impulses)
    inputs = []
    for index in range(total):
        here = sum(states, impulses[index] if index < len(impulses) else Gaussian())
        inputs.append(here)
        energy += sum((h * inputs[index - back] for back, h in enumerate(response[:index + 1])), Gaussian()).abs2()
        states = [pole * state for pole, state in zip(poles, states, strict=True)]
    last = [sum((h * strength * power(pole, total - back) for back, h in enumerate(response)), Gaussian())
            for pole, strength in zip(poles, strengths, strict=True)]
    one = Gaussian(Fraction(1))
    tail = sum((x * y.conjugate() / (one - first * second.conjugate()) for x, first in zip(last, poles, strict=True)
                for y, second in zip(last, poles, strict=True)), Gaussian())
    return energy + tail.re


def power(value, exponent):
    """A power of a Gaussian rational."""
    found = Gaussian(Fraction(1))
    for _ in range(exponent):
        found = found * value
    return found


def least_total(response, functions, lags):
    """The formula at the best level θ, with H = diag(Σ_k |g_{j−k}| − θ)₊ from the row sums: N g_0 − (S + p)θ − tr H."""
    length = len(response)
    sizes = [sum((response[i + shift] * response[i].conjugate() for i in range(length - shift)), Gaussian()) for shift in range(length)]
    rows_ = [sum(modulus_above(sizes[abs(i - j_)]) for j_ in range(lags) if abs(i - j_) < length) for i in range(lags)]
    captured = min(functions * level + sum(max(row - level, 0) for row in rows_) for level in [0, *rows_])
    return lags * sizes[0].re - captured


def modulus_above(value):
    """A rational that is not less than |value|, by less than 10⁻⁹: the root of the square, rounded up."""
    scale = 10**9
    size = value.abs2() * scale**2
    root = isqrt(size.numerator // size.denominator)
    return Fraction(root + (root * root != size), scale)


@claim.oracle
def exact_energies():
    """Rational filters near the best ones, each error simulated under a moving average and added up without rounding."""
    from theory.papers.uncertainty_measurements import bounded, poles

    colours = {"white noise": [1], "MA(1)": [1, Fraction(1, 10)], "MA(1), complex": [1, (0, Fraction(-1, 8))],
               "MA(2)": [1, Fraction(-1, 10), Fraction(1, 20)]}
    results = []
    for order, taps, lags, start in ((0, 2, 5, -1), (1, 0, 4, -1), (1, 1, 5, -1), (2, 1, 5, 1)):
        for name, values in colours.items():
            response = [gaussian(value) for value in values]
            drawn = [gaussian(pole) for pole in poles(order, seed=lags + order)]
            weights = weights_near_best(response, drawn, taps, lags, start)
            measured = Fraction(0)
            for row in range(1, lags + 1):
                impulses = [Gaussian()] * max(taps, start + row + 1)
                for index in range(taps):
                    impulses[index] = impulses[index] + weights[order + index][row - 1]
                impulses[start + row] = impulses[start + row] - Gaussian(Fraction(1))
                measured += filtered_energy(response, drawn, [weights[s_][row - 1] for s_ in range(order)], impulses)
            least = least_total(response, order + taps, lags)
            results.append(bounded(name, {"S": order, "p": taps, "N": lags, "d": start}, measured, least, measured >= least > 0))
    return results
