"""The loss as an integral over frequencies (paper, equation 6)."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    eq,
    exp,
    fn,
    forall,
    integral,
    integrates,
    le,
    lt,
    names,
    ne,
    statement,
    sums,
    within,
)
from theory.mutations import changed, counterexample
from theory.papers.circle import TURN
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b, c, k
from theory.proof import explained
from theory.steps import at

g, m, n, s, t, x, B = names("g m n s t x B")
C, G = names("C G")
FIRST, SECOND = g[k] * exp(-IMAGINARY * k * x), g[-k] * exp(IMAGINARY * k * x)


def error(k):
    """c_k − d_k."""
    return c(k) - delta(k, K)


PAIR = error(k) * conj(error(m)) * g[k - m]
ROWS = forall({"k": "int"}, [le(0, k)], sums("m", 0, PAIR, Series("m", 0, PAIR)))
COLUMN = sums("k", 0, Series("m", 0, PAIR), L)
INTEGRAND = Abs(C(x) - exp(-IMAGINARY * K * x)) ** 2 * G(x)
VALUE = eq(L, integral("x", 0, TURN, INTEGRAND) / (2 * PI))
WHERE = [WHERE_FILTER, ("C", ["x"], Sum("s", 1, S, b[s] / (1 - a[s] * exp(-IMAGINARY * x)))),
         ("G", ["x"], Series("k", 0, FIRST) + Series("k", 1, SECOND)), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]
VARIABLES = {**FILTER, "g": SEQ, "B": "real"}
EVEN = forall({"n": "int"}, [], eq(g[-n], g[n]))
GIVEN = [STABLE, sums("k", 0, Abs(g[k]), B), EVEN]

claim = Claim(
    title="The loss as an integral over frequencies",
    says="L = (1/2π) ∫ |C(e^{iω}) − e^{−iKω}|² Γ(e^{iω}) dω over one turn, with C(e^{iω}) = Σ b_s/(1 − a_s e^{−iω}) and "
         "Γ(e^{iω}) = Σ γ(k)e^{−ikω}, for every even summable autocorrelation γ.",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, VALUE)), WHERE),
    paper="UP", dossier="UP.E6", reference="equation 6", source="text",
    hypotheses={"|a_s| < 1": "the impulse response is not summable", "Σ|γ(k)| converges": "Γ need not be continuous",
                "γ(−k) = γ(k)": "without it the integral has γ(k' − k) in place of γ(k − k'): for γ(0) = 2, γ(±1) = ±i, a = 0, b = i "
                                "and K = 1 the loss is 2 and the integral 6"},
    limits="A real input has an even autocorrelation; for a complex (Hermitian) one the two indices in the loss have to be swapped. "
           "White noise is γ = δ and AR(1) is γ(k) = ρ^{|k|}. B names Σ_{k≥0}|γ(k)| and does not occur in the conclusion.",
)


@claim.derive
def three_samples(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    omega = sympy.symbols("omega", real=True)
    e, gamma = sympy.symbols("e0:3", real=True), sympy.symbols("gamma0:2", real=True)
    density = step("Γ", gamma[0] + 2 * gamma[1] * sympy.cos(omega), why="γ(0), γ(±1)")
    waves = [sum(x * f(k * omega) for k, x in enumerate(e)) for f in (sympy.cos, sympy.sin)]
    integral = sympy.integrate(sympy.expand((waves[0] ** 2 + waves[1] ** 2) * density), (omega, 0, 2 * sympy.pi)) / (2 * sympy.pi)
    loss = step("loss", sum(x * y * gamma[abs(j - k)] for j, x in enumerate(e) for k, y in enumerate(e) if abs(j - k) < 2), why="e = c − d")
    confirm(step, "the integral is the loss", [sympy.simplify(integral - loss)], why="three samples, lags up to 1")


@claim.certify
def proof(p, _):
    with p.inhabited_by(S=1, K=0, a=fn("n", 0), b=fn("n", 1), g=fn("n", delta(n, 0)), B=1):
        p.series("finite", sums("k", 0, Abs(delta(k, 0)), 1), K=0, g=fn("k", 1))
        with p.generalise({"n": "int"}, [], eq(delta(-n, 0), delta(n, 0))):
            p.identity(eq(delta(-n, 0), delta(n, 0)))
    parseval(p, *map(p.given, (1, 2, 3)))


@explained
def parseval(p, stable, total, even):
    """The error c − d is summable and has the transform C − D; the rest is the integral of a quadratic form."""
    p.order("product", ne(2 * PI, 0), p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64)))
    transform = error_transform(p, stable)
    here = p.apply(transform, sums("k", 0, error(k) * exp(-IMAGINARY * k * 0), C(0) - exp(-IMAGINARY * K * 0)), x=0)
    size = Series("j", 0, Abs(error(T("j"))))
    p.series("absolute", sums("j", 0, Abs(error(T("j"))), size), p.series("linear", sums(
        "j", 0, error(T("j")), C(0) - exp(-IMAGINARY * K * 0)), using=[[here, 1, 1]]))
    sides = mirrored(p, total, even)
    values = {"e": fn("n", error(n)), "g": fn("n", g[-n]), "A": size, "B": B, "M": B - Abs(g[0])}
    rows, column = (p.use("analysis.spectral_quadratic", shown, **values) for shown in (ROWS, COLUMN))
    E = Series("k", 0, error(k) * exp(-IMAGINARY * k * x))
    flipped = Series("k", 0, g[-k] * exp(-IMAGINARY * k * x)) + Series("k", 1, g[k] * exp(IMAGINARY * k * x))
    mean = p.use("analysis.spectral_quadratic", integrates("x", 0, TURN, Abs(E) ** 2 * flipped, TURN * L), **values)
    with p.generalise({"t": "real"}, [], eq(at(Abs(E) ** 2 * flipped, "x", t), at(INTEGRAND, "x", t))) as equal:
        pointwise(p, transform, sides)
    area = p.integral("equal", integrates("x", 0, TURN, INTEGRAND, TURN * L), mean, equal.fact)
    p.integral("exists", integrates("x", 0, TURN, INTEGRAND, integral("x", 0, TURN, INTEGRAND)), area)
    value = p.integral("value", eq(integral("x", 0, TURN, INTEGRAND), TURN * L), area)
    p.both(rows, column, p.identity(VALUE, [(value, -1 / TURN)]))


@explained
def error_transform(p, stable):
    """Σ (c_k − d_k) e^{−ikω} = Σ_s b_s/(1 − a_s e^{−iω}) − e^{−iKω}: geometric series, and one term."""
    with p.generalise({"x": "real", "s": "int"}, within(1, s, S), ne(1 - a[s] * exp(-IMAGINARY * x), 0)):
        z = a[s] * exp(-IMAGINARY * x)
        below = p.squares(lt(Abs(z), 1), [(1, [p.apply(stable, lt(Abs(a[s]), 1), s=s)], "", 1)])
        with p.contradiction(ne(1 - z, 0)) as absurd:
            one = p.step("congruence", eq(Abs(z), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - names("m_"))))
            p.squares(lt(0, 0), [(1, [below], "", 1)], using=[(one, -1)])
    goal = sums("k", 0, error(k) * exp(-IMAGINARY * k * x), C(x) - exp(-IMAGINARY * K * x))
    with p.generalise({"x": "real"}, [], goal) as block:
        z = a[s] * exp(-IMAGINARY * x)
        with p.generalise({"s": "int"}, within(1, s, S), sums("k", 0, b[s] * z**k, b[s] / (1 - z))) as cell:
            below = p.squares(lt(Abs(z), 1), [(1, [p.apply(stable, lt(Abs(a[s]), 1), s=s)], "", 1)])
            power = p.series("geometric", sums("k", 0, z**k, 1 / (1 - z)), below, z=z)
            p.series("linear", sums("k", 0, b[s] * z**k, b[s] / (1 - z)), using=[[power, b[s], 1]])
        column = p.series("exchange", sums("k", 0, Sum("s", 1, S, b[s] * z**k), C(x)), cell.fact)
        wave = exp(-IMAGINARY * k * x)
        once = p.series("finite", sums("k", 0, delta(k, K) * wave, exp(-IMAGINARY * K * x)), K=K, g=fn("k", wave))
        p.series("linear", goal, using=[[column, 1, 1], [once, -1, 1]])
    return block.fact


@explained
def mirrored(p, total, even):
    """γ(−k) = γ(k), so both halves of Γ converge absolutely, in either order."""
    def sizes(lo, value, old):
        with p.generalise({"k": "int"}, [le(lo, k)], eq(Abs(g[k]), Abs(g[-k]))) as same:
            back = p.apply(even, eq(g[-k], g[k]), n=k)
            p.step("congruence", eq(Abs(g[k]), Abs(g[-k])), equal=p.identity(eq(g[k], g[-k]), [(back, -1)]),
                   context=fn("m_", Abs(names("m_"))))
        return p.series("equal", sums("k", lo, Abs(g[-k]), value), old, same.fact)

    sizes(0, B, total)
    later = p.series("peel", sums("k", 1, Abs(g[k]), B - Abs(g[0])), total)
    rest = sizes(1, B - Abs(g[0]), later)
    facts = []
    for lo, wave, bound in ((0, exp(-IMAGINARY * k * x), total), (1, exp(IMAGINARY * k * x), rest)):
        value = g[k] if lo == 0 else g[-k]
        with p.generalise({"x": "real"}, [], sums("k", lo, value * wave, Series("k", lo, value * wave))):
            with p.generalise({"k": "int"}, [le(lo, k)], le(Abs(value * wave), Abs(value))) as below:
                p.squares(le(Abs(value * wave), Abs(value)))
            p.series("compare", sums("k", lo, value * wave, Series("k", lo, value * wave)), below.fact, bound)
        other = g[-k] if lo == 0 else g[k]
        goal = eq(Series("k", lo, other * wave), Series("k", lo, value * wave))
        with p.generalise({"x": "real"}, [], goal) as swap:
            with p.generalise({"k": "int"}, [le(lo, k)], eq(other * wave, value * wave)) as each:
                back = p.apply(even, eq(g[-k], g[k]), n=k)
                p.identity(eq(other * wave, value * wave), [(back, wave if lo == 0 else -wave)])
            p.step("congruence", goal, equal=each.fact)
        facts.append(swap.fact)
    return facts


@explained
def pointwise(p, transform, sides):
    """At each frequency |E|²Γ is |C − D|²Γ."""
    here = p.apply(transform, sums("k", 0, error(k) * exp(-IMAGINARY * k * t), C(t) - exp(-IMAGINARY * K * t)), x=t)
    E = Series("k", 0, error(k) * exp(-IMAGINARY * k * t))
    value = p.series("value", eq(E, C(t) - exp(-IMAGINARY * K * t)), here)
    squared = p.step("congruence", eq(Abs(E) ** 2, Abs(C(t) - exp(-IMAGINARY * K * t)) ** 2), equal=value,
                     context=fn("m_", Abs(names("m_")) ** 2))
    swaps, flipped = [], []
    for fact, lo, other, own, sign in ((sides[0], 0, g[-k], g[k], -1), (sides[1], 1, g[k], g[-k], 1)):
        wave = exp(sign * IMAGINARY * k * t)
        swaps.append(p.apply(fact, eq(Series("k", lo, other * wave), Series("k", lo, own * wave)), x=t))
        flipped.append(Series("k", lo, other * wave))
    p.identity(eq(Abs(E) ** 2 * (flipped[0] + flipped[1]), at(INTEGRAND, "x", t)),
               [(squared, G(t)), *((swap, Abs(E) ** 2) for swap in swaps)])


def double_sum(a, b, lag, gamma, count):
    """The definition: Σ_{k,m} (c_k − d_k) conj(c_m − d_m) γ(k − m) over count samples of the simulated impulse response."""
    import numpy as np

    state, response = np.zeros(len(a), complex), np.zeros(count, complex)
    for index in range(count):
        state = a * state + (b if index == 0 else 0)
        response[index] = state.sum()
    response[lag] -= 1
    lags = np.subtract.outer(np.arange(count), np.arange(count))
    return response @ np.vectorize(gamma, otypes=[complex])(lags) @ response.conj()


def over_frequencies(a, b, lag, gamma, points=2048, reach=400):
    """The integral by the trapezoidal rule."""
    import numpy as np

    w = 2 * np.pi * np.arange(points) / points
    C = sum(weight / (1 - pole * np.exp(-1j * w)) for pole, weight in zip(a, b, strict=True))
    G = sum(gamma(n) * np.exp(-1j * n * w) for n in range(-reach, reach + 1))
    return np.mean(np.abs(C - np.exp(-1j * lag * w)) ** 2 * G)


def inputs():
    """White noise, AR(1) and a moving average, all real and even."""
    return {"white noise": lambda n: float(n == 0), "AR(1), rho = 0.7": lambda n: 0.7 ** abs(n),
            "moving average": lambda n: {0: 2.25, 1: -1.0, 2: 0.5}.get(abs(n), 0.0)}


@claim.oracle
def simulated_response():
    """The double sum over 300 simulated samples against the integral on a grid, poles of modulus at most 0.9."""
    from theory.papers.uncertainty_measurements import compared, doubles, numbers

    found = []
    for order, lag in ((1, 0), (2, 3), (4, 8)):
        a, b = 0.9 * doubles(numbers(order, lag + 21, modulus=1)), doubles(numbers(order, lag + 22))
        for name, gamma in inputs().items():
            measured, expected = over_frequencies(a, b, lag, gamma), double_sum(a, b, lag, gamma, 300)
            found.append(compared(f"loss, {name}", {"S": order, "K": lag}, str(measured), str(expected),
                                  abs(measured - expected) < 1e-8 * (1 + abs(expected))))
    return found


@claim.oracle
def hermitian_input():
    """A complex autocorrelation, γ(0) = 2 and γ(±1) = ±i: the integral is 6 where the double sum is 2; with γ(k' − k) it is 6."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared

    def gamma(n):
        return {0: 2, 1: 1j, -1: -1j}.get(int(n), 0)

    a, b = np.array([0.0]), np.array([1j])
    values = {"integral": (over_frequencies(a, b, 1, gamma), 6), "double sum": (double_sum(a, b, 1, gamma, 5), 2),
              "double sum with the index swapped": (double_sum(a, b, 1, lambda n: gamma(-n), 5), 6)}
    return [compared(name, {"S": 1, "K": 1}, str(complex(measured)), str(expected), abs(measured - expected) < 1e-12)
            for name, (measured, expected) in values.items()]


AREA = integral("x", 0, TURN, INTEGRAND)
claim.must_refuse(
    not_even=changed(given={3: None}),
    not_summable=changed(given={2: None}),
    length_lost=changed(both(ROWS, COLUMN, eq(L, AREA))),
    doubled_alone=changed(eq(L, AREA / PI)),
    pulse_forgotten=changed(both(ROWS, COLUMN, eq(L, integral("x", 0, TURN, Abs(C(x)) ** 2 * G(x)) / (2 * PI)))),
    lag_conjugated=changed(both(ROWS, COLUMN, eq(L, integral("x", 0, TURN, Abs(C(x) - exp(IMAGINARY * K * x)) ** 2 * G(x)) / (2 * PI)))),
    reaches_circle=changed(given={1: forall({"s": "int"}, within(1, s, S), le(Abs(a[s]), 1))}),
)


@claim.refute("doubled_alone")
def no_filter(p):
    """S = 0 and white noise: the loss is the energy 1 of the pulse, and the other formula gives 2."""
    values = {"S": 0, "K": 0, "a": fn("n", 0), "b": fn("n", 0), "g": fn("n", delta(n, 0)), "B": 1}
    here = counterexample(p, **values)

    def facts():
        p.series("finite", sums("k", 0, Abs(delta(k, 0)), 1), K=0, g=fn("k", 1))
        with p.generalise({"n": "int"}, [], eq(delta(-n, 0), delta(n, 0))):
            p.identity(eq(delta(-n, 0), delta(n, 0)))
    with p.inhabited_by(**values):
        facts()
    facts()
    with p.generalise(VARIABLES, GIVEN, both(ROWS, COLUMN, VALUE)) as block:
        parseval(p, *map(block, (1, 2, 3)))
    value = p.apply(block.fact, here(VALUE), **values)
    row = Series("m", 0, delta(k, 0) * delta(m, 0) * delta(k - m, 0))
    with p.generalise({"k": "int"}, [le(0, k)], eq(row, delta(k, 0))) as rows:
        inner = p.series("finite", sums("m", 0, delta(m, 0) * delta(k, 0) * delta(k - m, 0), delta(k, 0)), K=0,
                         g=fn("m", delta(k, 0) * delta(k - m, 0)))
        p.series("value", eq(row, delta(k, 0)), inner)
    whole = p.step("congruence", eq(Series("k", 0, row), Series("k", 0, delta(k, 0))), equal=rows.fact)
    once = p.series("value", eq(Series("k", 0, delta(k, 0)), 1), p.series("finite", sums("k", 0, delta(k, 0), 1), K=0, g=fn("k", 1)))
    circle = p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64))
    loss = p.identity(here(eq(L, 1)), [(whole, 1), (once, 1)])
    with p.contradiction(here(ne(L, AREA / PI))) as absurd:
        p.identity(eq(1, 2), [(value, -2), (f"{absurd}.1", 1), (loss, 1)], nonzero=[circle])
    return absurd
