"""The Poisson kernel and the derivative of the Blaschke product (paper, appendix A)."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    Abs,
    Prod,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    derivative,
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
from theory.mutations import changed, counterexample, differs
from theory.papers.circle import TURN, by_antiderivative, full_turn, wave
from theory.papers.uncertainty import POLES, STABLE, S, a, for_each_pole
from theory.proof import explained
from theory.steps import conjugate_nonzero, modulus_square_below_one

s, k, w, r, z, c, v = names("s k w r z c v")
B = names("B")
point = exp(IMAGINARY * w)
KERNEL = 1 / Abs(a[s] - point) ** 2
POISSON = for_each_pole(eq(integral("w", 0, TURN, KERNEL) / (2 * PI), 1 / (1 - Abs(a[s]) ** 2)))
ANGULAR = Sum("s", 1, S, (1 - Abs(a[s]) ** 2) / Abs(a[s] - exp(IMAGINARY * T("v"))) ** 2)
TURNS = forall({"v": "real"}, [], derivative("w", B(point), v, IMAGINARY * B(exp(IMAGINARY * v)) * ANGULAR))
TOTAL = eq(integral("w", 0, TURN, Sum("s", 1, S, (1 - Abs(a[s]) ** 2) * KERNEL)) / (2 * PI), S)
WHERE = [("B", ["z"], Prod("m", 1, S, (a["m"] - T("z")) / (1 - conj(a["m"]) * T("z"))))]

claim = Claim(
    title="The Poisson kernel and the derivative of the Blaschke product",
    says="The mean of 1/|a_s − e^{iω}|² over the circle is 1/(1 − |a_s|²); the Blaschke product has dB(e^{iω})/dω = "
         "iB(e^{iω}) Σ (1 − |a_s|²)/|a_s − e^{iω}|², and the mean of this last sum is S.",
    statement=statement(forall(POLES, [STABLE], both(POISSON, TURNS, TOTAL)), WHERE),
    paper="UP", dossier="UP.C4", reference="Appendix A, winding of the Blaschke product", source="reconstructed",
    hypotheses={"|a_s| < 1": "on the circle the kernel is not integrable, outside the mean is 1/(|a_s|² − 1)"},
    limits="The derivative is the one along the circle, izB'(z) at z = e^{iω}: zB'/B = Σ [z/(z − a_s) + ā_s z/(1 − ā_s z)] there. "
           "The formula is derived here and not copied from the print.",
)


@claim.derive
def logarithmic_derivative(step):
    import sympy

    y, p, q = sympy.symbols("z a c")
    factor = (p - y) / (1 - q * y)
    rate = step("z f'/f for one factor", sympy.factor(sympy.simplify(y * sympy.diff(factor, y) / factor)), why="c is the conjugate of a")
    if sympy.simplify(rate - (1 - p * q) / ((p - y) * (q - 1 / y))) != 0:
        raise ArithmeticError("not the Poisson kernel")


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("k", T(1) / 2))
    p.order("product", ne(2 * PI, 0), p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64)))
    every = poisson_mean(p)
    denominators(p)
    proper = integrates("w", 0, TURN, KERNEL, integral("w", 0, TURN, KERNEL))
    with p.generalise({"s": "int"}, within(1, s, S), proper):
        p.integral("exists", proper, p.apply(every, integrates("w", 0, TURN, KERNEL, TURN / (1 - Abs(a[s]) ** 2)), s=s))
    with p.generalise({"s": "int"}, within(1, s, S), POISSON.json[3]) as poisson:
        area = p.apply(every, integrates("w", 0, TURN, KERNEL, TURN / (1 - Abs(a[s]) ** 2)), s=s)
        value = p.integral("value", eq(integral("w", 0, TURN, KERNEL), TURN / (1 - Abs(a[s]) ** 2)), area)
        p.identity(POISSON.json[3], [(value, 1 / TURN)])
    p.conclude(poisson.fact, turning(p), total(p, every))


@explained
def room(p, index):
    """1 − |a_s|² > 0."""
    inside = p.apply(p.given(1), lt(Abs(a[index]), 1), s=index)
    return inside, p.order("nonzero", ne(1 - Abs(a[index]) ** 2, 0), modulus_square_below_one(p, a[index], inside))


@explained
def denominators(p):
    """1 − |a_s|², a_s − e^{iω} and 1 − ā_s e^{iω} are not zero."""
    with p.generalise({"s": "int"}, within(1, s, S), ne(1 - Abs(a[s]) ** 2, 0)):
        room(p, s)
    with p.generalise({"s": "int", "v": "real"}, within(1, s, S), ne(Abs(a[s] - wave(v)) ** 2, 0)):
        first = apart(p, s)
        p.order("product", ne(Abs(a[s] - wave(v)) ** 2, 0), first, conjugate_nonzero(p, a[s] - wave(v), first))
    with p.generalise({"s": "int", "v": "real"}, within(1, s, S), ne(1 - conj(a[s]) * wave(v), 0)):
        mirrored(p, s)


@explained
def poisson_mean(p):
    """(1 − |a|²)/|a − e^{iω}|² = Σ_{k≥0} a^k e^{−ikω} + Σ_{k≥0} ā^k e^{ikω} − 1, and each series has the mean of its term k = 0."""
    goal = integrates("w", 0, TURN, KERNEL, TURN / (1 - Abs(a[s]) ** 2))
    with p.generalise({"s": "int"}, within(1, s, S), goal) as each:
        inside, regular = room(p, s)
        twice = p.squares(lt(Abs(Abs(a[s])), 1), [(1, [inside], "", 1)])
        p.order("nonzero", ne(1 - Abs(a[s]), 0), inside)
        powers = p.series("geometric", sums("k", 0, Abs(a[s]) ** k, 1 / (1 - Abs(a[s]))), twice, z=Abs(a[s]))
        means = [series_mean(p, powers, *pair) for pair in ((a[s] ** k, -k), (conj(a[s]) ** k, k))]
        one = by_antiderivative(p, full_turn(p), (T(0), TURN), T("x"), T(1), T(0))
        f, g = (Series("k", 0, term * exp(IMAGINARY * w * n)) for term, n in ((a[s] ** k, -k), (conj(a[s]) ** k, k)))
        share = 1 / (1 - Abs(a[s]) ** 2)
        whole = p.integral("linear", integrates("w", 0, TURN, share * (f + g - 1), TURN * share),
                           using=[[means[0], share, 1], [means[1], share, 1], [one, -share, 1]])
        with p.generalise({"v": "real"}, [], eq(share * (turned(f) + turned(g) - 1), turned(KERNEL))) as equal:
            spectrum_here(p, regular, turned(f), turned(g), share)
        p.integral("equal", goal, whole, equal.fact)
    return each.fact


def turned(term):
    """A term in w at v."""
    from theory.steps import at

    return at(term, "w", v)


@explained
def spectrum_here(p, regular, f, g, share):
    """The two geometric series at ω, from UP.B4; |a − e^{iω}| = |1 − ae^{−iω}|."""
    values = {"rho": a[s], "w": v}
    from theory.claims.uncertainty import ar1_spectrum as spectrum

    def here(term):
        from theory.steps import at

        return at(at(term, "rho", a[s]), "w", v)
    halves = []
    for half, series in zip(spectrum.HALVES, (f, g), strict=True):
        fact = p.use("uncertainty.ar1_spectrum", here(half), **values)
        halves.append(p.series("value", eq(series, T(here(half).json[4])), fact))
    square = p.use("uncertainty.ar1_spectrum", ne(here(spectrum.SQUARE), 0), **values)
    proper = [square, regular, apart(p, s), mirrored(p, s)]
    p.identity(eq(share * (f + g - 1), turned(KERNEL)), [(fact, share) for fact in halves], nonzero=proper)


@explained
def series_mean(p, powers, term, frequency):
    """∫ Σ f_k e^{ikω} = 2π f_0."""
    values = {"f": fn("k", term), "n": fn("k", frequency), "m": 0, "A": 1 / (1 - Abs(a[s]))}
    whole = Series("k", 0, term * exp(IMAGINARY * w * frequency))
    picked = Series("k", 0, term * delta(0, frequency))
    mean = p.use("analysis.fourier_coefficient", integrates("w", 0, TURN, wave(-w * 0) * whole, TURN * picked), **values)
    once = p.series("finite", sums("k", 0, delta(k, 0) * term, 1), K=0, g=fn("k", term))
    value = p.series("value", eq(picked, 1), once)
    return p.step("congruence", integrates("w", 0, TURN, whole, TURN), equal=value,
                  context=fn("m_", integrates("w", 0, TURN, whole, TURN * names("m_"))), **{"from": mean})


@explained
def turning(p):
    """The logarithmic derivative along the circle, factor by factor: i(1 − |a|²)/|a − z|² for each, since |z| = 1."""
    z = wave(v)
    with p.generalise({"v": "real"}, [], TURNS.json[3]) as block:
        with p.generalise({"s": "int"}, within(1, s, S), ne(a[s] - z, 0)) as zeros:
            apart(p, s)
        with p.generalise({"s": "int"}, within(1, s, S), ne(1 - conj(a[s]) * z, 0)) as poles:
            mirrored(p, s)
        with p.generalise({"s": "int"}, within(1, s, S), ne(conj(a[s]) * z - 1, 0)):
            p.order("product", ne(conj(a[s]) * z - 1, 0), p.apply(poles.fact, ne(1 - conj(a[s]) * z, 0), s=s))
        whole = p.use("algebra.product_nonzero", ne(Prod("m", 1, S, conj(a["m"]) * z - 1), 0), n=S, f=fn("k", conj(a[k]) * z - 1))
        rate = -IMAGINARY * z / (a[s] - z) + IMAGINARY * conj(a[s]) * z / (1 - conj(a[s]) * z)
        here = p.derivative(derivative("w", B(point), v, B(z) * Sum("s", 1, S, rate)), nonzero=[whole])
        density = (1 - Abs(a[s]) ** 2) / Abs(a[s] - z) ** 2
        with p.generalise({"s": "int"}, within(1, s, S), eq(rate, IMAGINARY * density)) as each:
            first = p.apply(zeros.fact, ne(a[s] - z, 0), s=s)
            second = p.apply(poles.fact, ne(1 - conj(a[s]) * z, 0), s=s)
            square = p.order("product", ne(Abs(a[s] - z) ** 2, 0), first, conjugate_nonzero(p, a[s] - z, first))
            p.identity(eq(rate, IMAGINARY * density), nonzero=[square, first, second])
        same = p.step("congruence", eq(Sum("s", 1, S, rate), Sum("s", 1, S, IMAGINARY * density)), equal=each.fact)
        p.step("congruence", TURNS.json[3], equal=same, context=fn("m_", derivative("w", B(point), v, B(z) * names("m_"))),
               **{"from": here})
    return block.fact


@explained
def apart(p, index):
    """a ≠ z on the circle, because |a| < 1 = |z|."""
    inside = p.apply(p.given(1), lt(Abs(a[index]), 1), s=index)
    with p.contradiction(ne(a[index] - wave(v), 0)) as absurd:
        one = p.step("congruence", eq(1, Abs(a[index])), equal=f"{absurd}.1", context=fn("m_", Abs(a[index] - names("m_"))))
        p.squares(lt(0, 0), [(1, [inside], "", 1)], using=[(one, 1)])
    return str(absurd)


@explained
def mirrored(p, index):
    """1 ≠ āz on the circle, because |āz| = |a| < 1."""
    inside = p.apply(p.given(1), lt(Abs(a[index]), 1), s=index)
    with p.contradiction(ne(1 - conj(a[index]) * wave(v), 0)) as absurd:
        one = p.step("congruence", eq(Abs(a[index]), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - names("m_"))))
        p.squares(lt(0, 0), [(1, [inside], "", 1)], using=[(one, -1)])
    return str(absurd)


@explained
def total(p, every):
    """Σ (1 − |a_s|²)·2π/(1 − |a_s|²) = 2πS."""
    with p.generalise({"s": "int"}, within(1, s, S), integrates("w", 0, TURN, (1 - Abs(a[s]) ** 2) * KERNEL, TURN)) as each:
        _, regular = room(p, s)
        area = p.apply(every, integrates("w", 0, TURN, KERNEL, TURN / (1 - Abs(a[s]) ** 2)), s=s)
        whole = p.integral("linear", integrates("w", 0, TURN, (1 - Abs(a[s]) ** 2) * KERNEL,
                                                (1 - Abs(a[s]) ** 2) * TURN / (1 - Abs(a[s]) ** 2)), using=[[area, 1 - Abs(a[s]) ** 2, 1]])
        value = p.identity(eq((1 - Abs(a[s]) ** 2) * TURN / (1 - Abs(a[s]) ** 2), TURN), nonzero=[regular])
        p.step("congruence", integrates("w", 0, TURN, (1 - Abs(a[s]) ** 2) * KERNEL, TURN), equal=value,
               context=fn("m_", integrates("w", 0, TURN, (1 - Abs(a[s]) ** 2) * KERNEL, "m_")), **{"from": whole})
    density = Sum("s", 1, S, (1 - Abs(a[s]) ** 2) * KERNEL)
    sum_of_all = p.integral("finite", integrates("w", 0, TURN, density, S * TURN), each.fact, full_turn(p))
    p.integral("exists", integrates("w", 0, TURN, density, integral("w", 0, TURN, density)), sum_of_all)
    value = p.integral("value", eq(integral("w", 0, TURN, density), S * TURN), sum_of_all)
    return p.identity(TOTAL, [(value, 1 / TURN)])


def expected_mean(modulus_square):
    """The formula: 1/(1 − |a|²)."""
    return 1 / (1 - modulus_square)


@claim.oracle
def sampled_circle():
    """The mean of 1/|a − e^{iω}|² over 4096 points of the circle; the trapezoidal rule errs by less than 2|a|^4096/(1 − |a|)²."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared, doubles, numbers

    found = []
    circle = np.exp(2j * np.pi * np.arange(4096) / 4096)
    for pole in doubles(numbers(6, 5, modulus=1)):
        measured, value = float(np.mean(1 / np.abs(pole - circle) ** 2)), float(expected_mean(abs(pole) ** 2))
        found.append(compared("mean of the kernel", {"a": str(pole)}, measured, value, abs(measured - value) < 1e-9 * value))
    return found


def product(drawn, angle):
    """The Blaschke product at e^{iω}."""
    import mpmath

    z = mpmath.expj(angle)
    return mpmath.fprod((pole - z) / (1 - mpmath.conj(pole) * z) for pole in drawn)


@claim.oracle
def numerical_derivative():
    """dB(e^{iω})/dω by central differences at 40 digits against the sum of kernels."""
    import mpmath

    from theory.papers.uncertainty_measurements import compared, numbers

    found = []
    for order in (1, 2, 5):
        with mpmath.workdps(40):
            drawn = [mpmath.mpc(float(re), float(im)) for re, im in numbers(order, order + 31, modulus=1)]
            for angle in (mpmath.mpf(1) / 3, mpmath.mpf(2), mpmath.mpf(5)):
                step = mpmath.mpf(10) ** -12
                slope = (product(drawn, angle + step) - product(drawn, angle - step)) / (2 * step)
                rate = sum((1 - abs(pole) ** 2) / abs(pole - mpmath.expj(angle)) ** 2 for pole in drawn)
                value = 1j * product(drawn, angle) * rate
                found.append(compared("dB/dω", {"S": order, "omega": str(angle)}, mpmath.nstr(slope, 15), mpmath.nstr(value, 15),
                                      abs(slope - value) < mpmath.mpf(10) ** -15))
    return found


claim.must_refuse(
    sign_flipped=changed(for_each_pole(eq(integral("w", 0, TURN, KERNEL) / (2 * PI), 1 / (1 + Abs(a[s]) ** 2)))),
    not_normalised=changed(both(POISSON, TURNS, eq(integral("w", 0, TURN, Sum("s", 1, S, KERNEL)) / (2 * PI), S))),
    turned_backwards=changed(both(POISSON, forall({"v": "real"}, [], derivative(
        "w", B(point), v, -IMAGINARY * B(exp(IMAGINARY * v)) * ANGULAR)), TOTAL)),
    one_turn_less=changed(both(POISSON, TURNS, eq(TOTAL.json[1], S - 1))),
    one_turn_less_alone=changed(eq(T(TOTAL.json[1]), S - 1)),
    reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)


@claim.refute("one_turn_less_alone")
def one_pole(p):
    """One pole at 0: the kernel is 1 and its mean is 1, not 0."""
    here = counterexample(p, S=1, a=fn("k", 0))
    one = by_antiderivative(p, full_turn(p), (T(0), TURN), T("x"), T(1), T(0))
    area = p.integral("value", eq(integral("x", 0, TURN, 1), TURN), one)
    circle = p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64))
    differs(p, p.identity(here(eq(T(TOTAL.json[1]), 1)), [(area, 1 / TURN)], nonzero=[circle]), 0)
