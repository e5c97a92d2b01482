"""The loss of the idealised window for an AR(1) input, corrected (paper, section on the explicit filter)."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    Abs,
    T,
    atan,
    both,
    cos,
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
    sin,
    statement,
    tan,
)
from theory.mutations import changed, counterexample
from theory.papers.circle import by_antiderivative, wave, x
from theory.proof import explained
from theory.steps import positive_reciprocal

rho, S, K, t = names("rho S K t_")
spectrum, edge, ratio = names("G theta c")
ENERGY = integral("x", -edge, edge, spectrum("x")) / (2 * PI)
INSIDE = 2 / PI * atan(ratio * tan(edge / 2))
FIRST = ratio * S / (2 * K)
ERROR = PI**2 * rho * (1 + rho) / 24 / (1 - rho) ** 3 * (S / K) ** 3
VALUE = eq(1 - ENERGY, 1 - INSIDE)
UPPER, LOWER = le(INSIDE, FIRST), le(FIRST - ERROR, INSIDE)
WHERE = [("G", ["x"], (1 - rho**2) / Abs(1 - rho * exp(-IMAGINARY * "x")) ** 2),
         ("theta", [], PI * S / (2 * K)), ("c", [], (1 + rho) / (1 - rho))]
VARIABLES = {"rho": "real", "S": "nat", "K": "nat"}
GIVEN = [le(0, rho), lt(rho, 1), lt(S, 2 * K)]


def draw(figure):
    """The loss of the ideal window against S/K: true and as printed."""
    import numpy as np

    axes, shares = figure.subplots(), np.linspace(0, 0.5, 401)[1:-1]
    for index, r in enumerate((0, 0.5)):
        c = (1 + r) / (1 - r)
        axes.plot(shares, 1 - 2 / np.pi * np.arctan(c * np.tan(np.pi * shares / 4)), color=f"C{index}", label=f"true, ρ = {r}")
        axes.plot(shares, 1 - 2 / np.pi * np.arctan(c * np.tan(np.pi * shares)), "--", color=f"C{index}", label=f"as printed, ρ = {r}")
    axes.set(xlabel="$S/K$", ylabel="loss of the ideal window")
    axes.legend(fontsize=9)


claim = Claim(
    title="The idealised window",
    says="Outside |ω| ≤ πS/2K an AR(1) input has the energy 1 − (2/π) arctan(((1+ρ)/(1−ρ)) tan(πS/4K)), and this is "
         "1 − ((1+ρ)/(1−ρ)) S/2K up to an error between 0 and π²ρ(1+ρ)/(24(1−ρ)³) (S/K)³.",
    statement=statement(forall(VARIABLES, GIVEN, both(VALUE, UPPER, LOWER)), WHERE),
    paper="UP", dossier="UP.W.corrected", reference="idealised window (main text)", source="reconstructed",
    corrects="uncertainty.ideal_window_as_printed",
    hypotheses={"0 ≤ ρ < 1": "for ρ = 1 there is no spectral density", "S < 2K": "the window is the whole circle, and the tangent jumps"},
    limits="The window is ideal: no filter of order S attains it exactly. What an optimal filter loses is not compared with it here.",
    page=draw,
)


@claim.derive
def antiderivative(step):
    import sympy

    y, r = sympy.symbols("x rho", real=True)
    F = step("antiderivative", 2 * sympy.atan((1 + r) / (1 - r) * sympy.tan(y / 2)), why="half-angle substitution")
    density = step("spectral density", (1 - r**2) / (1 - 2 * r * sympy.cos(y) + r**2), why="|1 − ρe^{−iω}|² = 1 − 2ρ cos ω + ρ²")
    if sympy.simplify((sympy.diff(F, y) - density).rewrite(sympy.tan)) != 0:
        raise ArithmeticError("not an antiderivative")


@claim.certify
def proof(p, _):
    p.inhabited(rho=0, S=0, K=1)
    room, regular, inverse = denominators(p)
    order, below = arc(p, inverse)
    half_angle(p, edge, (order, p.squares(le(edge, edge))), below)
    whole = window(p, order, below, room, regular)
    area = integral("x", -edge, edge, spectrum("x"))
    p.integral("exists", integrates("x", -edge, edge, spectrum("x"), area), whole)
    energy = p.integral("value", eq(area, 2 * PI * INSIDE), whole)
    value = p.identity(VALUE, [(energy, -1 / (2 * PI))])
    p.conclude(value, *expansion(p, whole, order, room, regular))


@explained
def denominators(p):
    """(0 < 1 − ρ, 1 − ρ ≠ 0, 0 ≤ 1/K), and the denominators of the statement are not zero."""
    room = p.squares(lt(0, 1 - rho), [(1, [p.given(2)], "", 1)])
    regular = p.order("nonzero", ne(1 - rho, 0), room)
    p.order("product", ne((1 - rho) ** 3, 0), *[regular] * 3)
    positive = p.squares(lt(0, K), [(T(1) / 2, [p.given(3)], "", 1), (T(1) / 2, [p.order("basic", le(0, S))], "", 1)])
    proper = p.order("nonzero", ne(K, 0), positive)
    p.order("product", ne(2 * K, 0), proper)
    circle = p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64))
    p.order("product", ne(2 * PI, 0), circle)
    return room, regular, (positive, proper)


@explained
def arc(p, count):
    """(−θ ≤ θ, θ < π) for θ = πS/2K: π − θ = π(2K − S)/2K."""
    positive, proper = count
    circle = p.step("ball_bound", lt(0, PI), prec=64)
    inverse = positive_reciprocal(p, K, positive, proper)
    with p.contradiction(ne(1 / K, 0)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", K)], nonzero=[proper])
    strict = p.order("separate", lt(0, 1 / K), inverse, str(absurd))
    below = p.squares(lt(edge, PI), [(T(1) / 2, [circle, p.given(3), strict], "", 1)], nonzero=[proper])
    return p.squares(le(-edge, edge), [(1, [circle, p.order("basic", le(0, S)), inverse], "", 1)]), below


@explained
def half_angle(p, z, inside, below):
    """cos(z/2) > 0 for −θ ≤ z ≤ θ < π."""
    low = p.squares(lt(-PI / 2, z / 2), [(T(1) / 2, [inside[0]], "", 1), (T(1) / 2, [below], "", 1)])
    high = p.squares(lt(z / 2, PI / 2), [(T(1) / 2, [inside[1]], "", 1), (T(1) / 2, [below], "", 1)])
    return p.order("nonzero", ne(cos(z / 2), 0), p.step("trigonometry", lt(0, cos(z / 2)), mode="positive", **{"from": [low, high]}))


@explained
def distance(p, room, z):
    """|1 − ρe^{−iz}|² = (1 − ρ)² + ρ|1 − e^{iz}|² > 0."""
    square = Abs(1 - rho * wave(-z)) ** 2
    away = p.squares(lt(0, square), [(1, [room, room], "", 1), (1, [p.given(1)], "", 1 - wave(z))])
    return p.order("nonzero", ne(square, 0), away)


@explained
def window(p, order, below, room, regular):
    """The spectral density has the antiderivative 2 arctan(c tan(x/2)), c = (1+ρ)/(1−ρ), on [−θ, θ]."""
    with p.generalise({"t_": "real"}, [], ne(Abs(1 - rho * exp(-IMAGINARY * t)) ** 2, 0)) as apart:
        distance(p, room, t)
    inside = [le(-edge, t), le(t, edge)]
    primitive = 2 * atan(ratio * tan(x / 2))
    with p.generalise({"t_": "real"}, inside, derivative("x", primitive, t, spectrum(t))) as rises:
        proper = half_angle(p, t, (rises(1), rises(2)), below)
        away = p.apply(apart.fact, ne(Abs(1 - rho * wave(-t)) ** 2, 0), t_=t)
        s, c, E = sin(t / 2), cos(t / 2), 1 + ratio**2 * sin(t / 2) ** 2 / cos(t / 2) ** 2
        one = p.step("trigonometry", eq(c**2 + s**2, 1), mode="euler")
        form = p.step("trigonometry", eq(Abs(1 - rho * wave(-t)) ** 2, (1 - rho) ** 2 * c**2 + (1 + rho) ** 2 * s**2), mode="euler")
        large = p.order("nonzero", ne(E, 0), p.squares(lt(0, E), [(1, [], "", 1), (1, [], "", ratio * s / c)]))
        part = ratio * (1 / c) ** 2 * (1 / E)
        slope = part * (c**2 + s**2)
        here = p.derivative(derivative("x", primitive, t, slope), nonzero=[large, proper, regular])
        equal = p.identity(eq(slope, spectrum(t)), [(one, part), (form, part * (1 / Abs(1 - rho * wave(-t)) ** 2))],
                           nonzero=[large, proper, regular, away])
        p.step("congruence", derivative("x", primitive, t, spectrum(t)), equal=equal,
               context=fn("m_", derivative("x", primitive, t, "m_")), **{"from": here})
    change = -(1 - rho**2) * IMAGINARY * rho * (wave(-t) - wave(t)) * (1 / Abs(1 - rho * wave(-t)) ** 2) ** 2
    with p.generalise({"t_": "real"}, [], derivative("x", spectrum("x"), t, change)) as smooth:
        away = p.apply(apart.fact, ne(Abs(1 - rho * wave(-t)) ** 2, 0), t_=t)
        p.derivative(derivative("x", spectrum("x"), t, change), nonzero=[away])
    return p.integral("fundamental", integrates("x", -edge, edge, spectrum("x"), 2 * PI * INSIDE), order, rises.fact, smooth.fact,
                      F=fn("x", primitive))


@explained
def expansion(p, whole, order, room, regular):
    """c − Γ(t) = cρ|1 − e^{it}|²/|1 − ρe^{−it}|² lies between 0 and cρt²/(1−ρ)²; integrate over [−θ, θ]."""
    near = T(1) / (1 - rho)
    least = positive_reciprocal(p, 1 - rho, room, regular)
    flat = by_antiderivative(p, order, (-edge, edge), x, T(1), T(0))
    bowl = by_antiderivative(p, order, (-edge, edge), x**3 / 3, x**2, 2 * x)
    height = p.squares(le(0, ratio), [(1, [least], "", 1), (1, [least, p.given(1)], "", 1)])
    top = p.integral("linear", integrates("x", -edge, edge, ratio, 2 * ratio * edge), using=[[flat, ratio, 1]])
    rest = ratio * rho * near**2
    bottom = p.integral("linear", integrates("x", -edge, edge, ratio - rest * x**2, 2 * ratio * edge - rest * 2 * edge**3 / 3),
                        using=[[flat, ratio, 1], [bowl, -rest, 1]])
    D = Abs(1 - rho * wave(-t)) ** 2
    facts = []
    for goal in (le(spectrum(t), ratio), le(ratio - rest * t**2, spectrum(t))):
        with p.generalise({"t_": "real"}, [], goal) as block:
            away = distance(p, room, t)
            small = p.squares(le(0, 1 / D), [(1, [room, room], "", 1 / D), (1, [p.given(1)], "", (1 - wave(t)) / D)], nonzero=[away])
            if not facts:
                p.squares(goal, [(1, [height, p.given(1), small], "", 1 - wave(t))], nonzero=[away, regular])
            else:
                chord = p.use("analysis.chord", le(Abs(1 - wave(t)) ** 2, t**2), t=t)
                # rest·(t² − |1 − e|²) + c ρ |1 − e|² (1/(1−ρ)² − 1/D), and the last bracket is ρ|1 − e|²/(D(1−ρ)²)
                p.squares(goal, [(1, [height, p.given(1), chord], "", near),
                                 (1, [height, p.given(1), p.given(1), small], "", near * (1 - wave(t)) * (1 - wave(-t)))],
                          nonzero=[away, regular])
        facts.append(block.fact)
    upper = p.integral("order", le(2 * PI * INSIDE, 2 * ratio * edge), whole, top, facts[0])
    lower = p.integral("order", le(2 * ratio * edge - rest * 2 * edge**3 / 3, 2 * PI * INSIDE), bottom, whole, facts[1])
    circle = p.step("ball_bound", lt(0, PI), prec=64)
    proper = p.order("nonzero", ne(PI, 0), circle)
    share = positive_reciprocal(p, PI, circle, proper)
    return tuple(p.squares(goal, [(T(1) / 2, [share, fact], "", 1)], nonzero=[proper])
                 for goal, fact in ((UPPER, upper), (LOWER, lower)))


def mean_over_window(ratio_of_lags, r, digits=30):
    """(1/2π)∫ Γ over |ω| ≤ πS/2K by quadrature, with the given S/K."""
    import mpmath

    with mpmath.workdps(digits):
        end = mpmath.pi * ratio_of_lags / 2
        density = lambda w: (1 - r**2) / abs(1 - r * mpmath.expj(-w)) ** 2  # noqa: E731
        return mpmath.quad(density, mpmath.linspace(-end, end, 9)) / (2 * mpmath.pi)


def captured(share, r, divisor=4):
    """The formula: (2/π) arctan(((1+ρ)/(1−ρ)) tan(πS/4K)); the print has the divisor 1."""
    import mpmath

    return 2 / mpmath.pi * mpmath.atan((1 + r) / (1 - r) * mpmath.tan(mpmath.pi * share / divisor))


def cases():
    """(S, K, ρ) with exact ρ."""
    from fractions import Fraction

    return [(1, 4, Fraction(0)), (3, 20, Fraction(3, 10)), (51, 500, Fraction(0)), (51, 500, Fraction(1, 2)), (5, 17, Fraction(7, 10)),
            (9, 5, Fraction(1, 5))]


@claim.oracle
def quadrature():
    """The integral by quadrature at 30 digits against the closed form."""
    import mpmath

    from theory.papers.uncertainty_measurements import compared

    found = []
    for order, lag, rho in cases():
        with mpmath.workdps(30):
            share, r = mpmath.mpf(order) / lag, mpmath.mpf(rho.numerator) / rho.denominator
            measured, expected = mean_over_window(share, r), captured(share, r)
            found.append(compared("energy inside the window", {"S": order, "K": lag, "rho": str(rho)}, mpmath.nstr(measured, 20),
                                  mpmath.nstr(expected, 20), abs(measured - expected) < mpmath.mpf(10) ** -20))
    return found


@claim.oracle
def autocorrelation():
    """The energy inside the window from the autocorrelation: Σ ρ^|k| sin(kθ)/(πk), with θ/π for k = 0; and its first-order bounds."""
    import mpmath

    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, lag, rho in cases():
        with mpmath.workdps(30):
            share, r = mpmath.mpf(order) / lag, mpmath.mpf(rho.numerator) / rho.denominator
            end = mpmath.pi * share / 2
            terms = (2 * r**k * mpmath.sin(k * end) / (mpmath.pi * k) for k in range(1, 400))
            measured = share / 2 + sum(terms)
            first = (1 + r) / (1 - r) * share / 2
            error = mpmath.pi**2 * r * (1 + r) / (24 * (1 - r) ** 3) * share**3
            inside = first - error - mpmath.mpf(10) ** -25 <= measured <= first + mpmath.mpf(10) ** -25
            found.append(bounded("energy inside the window", {"S": order, "K": lag, "rho": str(rho)}, mpmath.nstr(measured, 12),
                                 f"{mpmath.nstr(first - error, 12)} to {mpmath.nstr(first, 12)}", inside))
    return found


PRINTED = eq(1 - ENERGY, 1 - 2 / PI * atan(ratio * tan(PI * S / K)))
claim.must_refuse(
    as_printed=changed(PRINTED),
    half_argument=changed(eq(1 - ENERGY, 1 - 2 / PI * atan(ratio * tan(PI * S / (2 * K))))),
    ratio_inverted=changed(eq(1 - ENERGY, 1 - 2 / PI * atan((1 - rho) / (1 + rho) * tan(edge / 2)))),
    first_order_as_printed=changed(both(VALUE, le(INSIDE, FIRST), le(2 * ratio * S / K - ERROR, INSIDE))),
    error_halved=changed(both(VALUE, UPPER, le(FIRST - ERROR / 2, INSIDE))),
    window_wraps=changed(given={3: None}),
    density_degenerates=changed(given={2: le(rho, 1)}),
)


@claim.refute("half_argument")
def quarter(p):
    """White noise, S = 1, K = 4: the window holds 1/8 of the energy; the other formula gives 1/4."""
    refuted(p)


def refuted(p):
    """At ρ = 0, S = 1, K = 4 the loss is 7/8, and the statement gives another number."""
    here = counterexample(p, rho=0, S=1, K=4)
    _, left, right = p.statement["holds"][3]
    end = PI / 8
    half = p.step("ball_bound", lt(0, end), prec=64)
    order = p.squares(le(-end, end), [(2, [half], "", 1)])
    one = by_antiderivative(p, order, (-end, end), x, T(1), T(0))
    area = p.integral("value", eq(integral("x", -end, end, 1), PI / 4), one)
    circle = p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64))
    loss = p.identity(here(eq(T(7) / 8, T(left))), [(area, 1 / (2 * PI))], nonzero=[circle])
    other = p.step("ball_bound", here(ne(T(7) / 8, T(right))), prec=64)
    p.step("congruence", here(ne(T(left), T(right))), equal=loss, context=fn("m_", here(ne("m_", T(right)))), **{"from": other})
