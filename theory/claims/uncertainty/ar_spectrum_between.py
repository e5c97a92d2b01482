"""The spectral density of an AR(1) input falls from 0 to π, and lies over a part of that interval between its values at the ends."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    T,
    atan,
    both,
    cos,
    derivative,
    eq,
    exp,
    fn,
    forall,
    im,
    integrates,
    le,
    lt,
    names,
    ne,
    sin,
    statement,
    tan,
    within,
)
from theory.mutations import changed, counterexample, opposite
from theory.papers.circle import by_antiderivative, wave
from theory.papers.uncertainty_sharp import reciprocal
from theory.proof import explained
from theory.steps import increasing

rho, x, y, u, t = names("rho alpha beta u t_")
spectrum, area, ratio = names("G A c")
FALLS, POSITIVE, TOP = le(spectrum(y), spectrum(x)), lt(0, spectrum(y)), le(spectrum(x), ratio)
LOWER, UPPER = le(spectrum(y) * (y - x), area(y) - area(x)), le(area(y) - area(x), spectrum(x) * (y - x))
REGULAR = forall({"u": "real"}, [], lt(0, 1 - 2 * rho * cos(u) + rho**2))
GIVEN = [le(0, rho), lt(rho, 1), le(0, x), le(x, y), lt(y, PI)]
WHERE = [("G", ["x"], (1 - rho**2) / (1 - 2 * rho * cos("x") + rho**2)), ("c", [], (1 + rho) / (1 - rho)),
         ("A", ["x"], 2 * atan(ratio * tan(T("x") / 2)))]

claim = Claim(
    title="The spectral density between two frequencies",
    says="For 0 ≤ α ≤ β < π and 0 ≤ ρ < 1, Γ(x) = (1 − ρ²)/(1 − 2ρ cos x + ρ²) and A(x) = 2 arctan(((1 + ρ)/(1 − ρ)) tan(x/2)): "
         "0 < Γ(β) ≤ Γ(α) ≤ (1 + ρ)/(1 − ρ) and (β − α) Γ(β) ≤ A(β) − A(α) ≤ (β − α) Γ(α).",
    statement=statement(forall({"rho": "real", "alpha": "real", "beta": "real"}, GIVEN,
                               both(REGULAR, POSITIVE, FALLS, TOP, LOWER, UPPER)), WHERE),
    reference="elementary; A is an antiderivative of Γ",
    hypotheses={"0 ≤ ρ": "for ρ < 0 the density rises", "ρ < 1": "ρ = 1 has no density", "α ≥ 0": "the density rises up to 0",
                "α ≤ β": "the first inequalities turn around", "β < π": "the tangent jumps at π/2"},
    limits="Frequencies from 0 to below π only; the density is even.",
)


@claim.derive
def antiderivative(step):
    import sympy

    z, r = sympy.symbols("x rho", real=True)
    F = step("antiderivative", 2 * sympy.atan((1 + r) / (1 - r) * sympy.tan(z / 2)), why="half-angle substitution")
    density = step("spectral density", (1 - r**2) / (1 - 2 * r * sympy.cos(z) + r**2), why="|1 − ρe^{−iω}|² = 1 − 2ρ cos ω + ρ²")
    change = step("its derivative", sympy.factor(sympy.diff(density, z)), why="negative for 0 < x < π")
    if sympy.simplify((sympy.diff(F, z) - density).rewrite(sympy.tan)) != 0 or change.subs({z: 1, r: sympy.Rational(1, 2)}) >= 0:
        raise ArithmeticError("not an antiderivative, or not decreasing")


@claim.certify
def proof(p, _):
    """Γ falls because the cosine does, so its integral A(β) − A(α) over [α, β] is between (β − α) times its values at the ends."""
    with p.inhabited_by(rho=0, alpha=0, beta=1):
        p.step("ball_bound", lt(T(1), PI), prec=53)
    known = numbers(p)
    distances = positive_distance(p, known)
    whole = area_between(p, known)
    falls = fall(p, known, x, y, p.given(3), p.given(4), p.given(5))
    end = p.squares(le(x, PI), [(1, [p.given(4)], "", 1), (1, [p.given(5)], "", 1)])
    top = fall(p, known, T(0), x, p.squares(le(0, T(0))), p.given(3), end, ratio)
    p.both(distances, inverse(p, known, y)[2], falls, top, *ends(p, known, whole))


@explained
def numbers(p):
    """1 − ρ, 1 + ρ, 1 − ρ² > 0."""
    room = p.squares(lt(0, 1 - rho), [(1, [p.given(2)], "", 1)])
    wide = p.squares(lt(0, 1 + rho), [(1, [], "", 1), (1, [p.given(1)], "", 1)])
    square = p.squares(lt(0, 1 - rho**2), [(1, [room, wide], "", 1)])
    return {"room": room, "square": square, "regular": p.order("nonzero", ne(1 - rho, 0), room)}


def distance(z):
    """|1 − ρe^{−iz}|²."""
    return 1 - 2 * rho * cos(z) + rho**2


@explained
def positive_distance(p, known):
    """1 − 2ρ cos u + ρ² = (1 − ρ)² + ρ|1 − e^{iu}|² > 0 for every u."""
    with p.generalise({"u": "real"}, [], eq(cos(u), (wave(u) + wave(-u)) / 2)) as euler:
        p.step("trigonometry", euler.shows[3], mode="euler")
    known["euler"] = euler.fact
    with p.generalise({"u": "real"}, [], lt(0, distance(u))) as block:
        p.squares(lt(0, distance(u)), [(1, [known["room"], known["room"]], "", 1), (1, [p.given(1)], "", 1 - wave(u))],
                  using=[(cosine(p, known, u), 2 * rho)])
    known["distance"] = block.fact
    with p.generalise({"u": "real"}, [], ne(distance(u), 0)) as block:
        p.order("nonzero", ne(distance(u), 0), p.apply(known["distance"], lt(0, distance(u)), u=u))
    known["apart"] = block.fact
    return known["distance"]


def cosine(p, known, z):
    return p.apply(known["euler"], eq(cos(z), (wave(z) + wave(-z)) / 2), u=z)


def inverse(p, known, z):
    """(|1 − ρe^{−iz}|² ≠ 0, its reciprocal is positive, 0 < Γ(z))."""
    proper, back = reciprocal(p, distance(z), p.apply(known["distance"], lt(0, distance(z)), u=z))
    return proper, back, p.squares(lt(0, spectrum(z)), [(1, [known["square"], back], "", 1)])


@explained
def fall(p, known, low, high, start, order, end, top=None):
    """Γ(high) ≤ Γ(low) for 0 ≤ low ≤ high ≤ π, because the derivative − sin of the cosine is not positive there."""
    z = names("z_")
    with p.generalise({"z_": "real"}, within(low, z, high), le(0, im(exp(IMAGINARY * z)))) as rising:
        p.squares(le(0, z), [(1, [rising(1)], "", 1), (1, [start], "", 1)])
        p.squares(le(z, PI), [(1, [rising(2)], "", 1), (1, [end], "", 1)])
        sign = p.use("algebra.sine_bounds", forall({}, [le(z, PI)], le(0, im(exp(IMAGINARY * z)))), u=z)
        p.apply(sign, le(0, im(exp(IMAGINARY * z))))
    less = increasing(p, lambda z: -(wave(z) + wave(-z)) / 2, low, high, rising.fact, order)
    more = p.squares(le(distance(low), distance(high)), [(2, [p.given(1), less], "", 1)],
                     using=[(cosine(p, known, high), 2 * rho), (cosine(p, known, low), -2 * rho)])
    (first, back, _), (second, other, _) = inverse(p, known, low), inverse(p, known, high)
    return p.squares(le(spectrum(high), top or spectrum(low)), [(1, [known["square"], back, other, more], "", 1)],
                     nonzero=[first, second, known["regular"]])


@explained
def area_between(p, known):
    """A is an antiderivative of Γ on [α, β]: with c = cos(t/2) > 0 and s = sin(t/2), |1 − ρe^{it}|² = (1 − ρ)²c² + (1 + ρ)²s²."""
    z, inside = T("x_"), within(x, t, y)
    primitive = 2 * atan(ratio * tan(z / 2))
    with p.generalise({"t_": "real"}, inside, derivative("x_", primitive, t, spectrum(t))) as rises:
        proper, away = half_angle(p, t, rises(1), rises(2)), p.apply(known["apart"], ne(distance(t), 0), u=t)
        s, c, E = sin(t / 2), cos(t / 2), 1 + ratio**2 * sin(t / 2) ** 2 / cos(t / 2) ** 2
        one = p.step("trigonometry", eq(c**2 + s**2, 1), mode="euler")
        form = p.step("trigonometry", eq(distance(t), (1 - rho) ** 2 * c**2 + (1 + rho) ** 2 * s**2), mode="euler")
        large = p.order("nonzero", ne(E, 0), p.squares(lt(0, E), [(1, [], "", 1), (1, [], "", ratio * s / c)]))
        part = ratio * (1 / c) ** 2 * (1 / E)
        slope = part * (c**2 + s**2)
        here = p.derivative(derivative("x_", primitive, t, slope), nonzero=[large, proper, known["regular"]])
        equal = p.identity(eq(slope, spectrum(t)), [(one, part), (form, part / distance(t))],
                           nonzero=[large, proper, known["regular"], away])
        p.step("congruence", rises.shows[3], equal=equal, context=fn("m_", derivative("x_", primitive, t, "m_")), **{"from": here})
    change = -(1 - rho**2) * 2 * rho * sin(t) * (1 / distance(t)) ** 2
    with p.generalise({"t_": "real"}, [], derivative("x_", spectrum("x_"), t, change)) as smooth:
        p.derivative(smooth.shows[3], nonzero=[p.apply(known["apart"], ne(distance(t), 0), u=t)])
    for z in (x, y):
        half_angle(p, z, p.given(4) if z is y else p.squares(le(x, x)), p.given(4) if z is x else p.squares(le(y, y)))
    return p.integral("fundamental", integrates("x_", x, y, spectrum("x_"), area(y) - area(x)), p.given(4), rises.fact, smooth.fact,
                      F=fn("x_", primitive))


def half_angle(p, z, low, high):
    """cos(z/2) > 0 for α ≤ z ≤ β."""
    circle = p.step("ball_bound", lt(0, PI), prec=64)
    first = p.squares(lt(-PI / 2, z / 2), [(T(1) / 2, [low], "", 1), (T(1) / 2, [p.given(3)], "", 1), (T(1) / 2, [circle], "", 1)])
    last = p.squares(lt(z / 2, PI / 2), [(T(1) / 2, [high], "", 1), (T(1) / 2, [p.given(5)], "", 1)])
    return p.order("nonzero", ne(cos(z / 2), 0), p.step("trigonometry", lt(0, cos(z / 2)), mode="positive", **{"from": [first, last]}))


@explained
def ends(p, known, whole):
    """Γ(β) ≤ Γ(t) ≤ Γ(α) for α ≤ t ≤ β, integrated."""
    flat = by_antiderivative(p, p.given(4), (x, y), T("x"), T(1), T(0))
    facts = []
    for low, high, place, goal in ((t, y, y, LOWER), (x, t, x, UPPER)):
        with p.generalise({"t_": "real"}, within(x, t, y), le(spectrum(high), spectrum(low))) as block:
            start = p.squares(le(0, t), [(1, [block(1)], "", 1), (1, [p.given(3)], "", 1)]) if low is t else p.given(3)
            end = p.given(5) if high is y else p.squares(lt(t, PI), [(1, [block(2)], "", 1), (1, [p.given(5)], "", 1)])
            fall(p, known, low, high, start, block(2) if low is t else block(1), end)
        level = p.integral("linear", integrates("x_", x, y, spectrum(place), spectrum(place) * (y - x)), using=[[flat, spectrum(place), 1]])
        facts.append(p.integral("order", goal, *((level, whole) if goal is LOWER else (whole, level)), block.fact))
    return facts


def mean(r, first, last):
    """The formula: (A(β) − A(α))/(β − α), in mpmath numbers."""
    from mpmath import mp

    c = (1 + r) / (1 - r)
    return 2 * (mp.atan(c * mp.tan(last / 2)) - mp.atan(c * mp.tan(first / 2))) / (last - first)


def density_series(x, r):
    """1 + 2 Σ ρ^k cos kx, summed until the terms are negligible."""
    from mpmath import mp

    return 1 + 2 * mp.fsum(r**k * mp.cos(k * x) for k in range(1, 400))


POINTS = (("0", "0.4", "1"), ("0.3", "0", "3"), ("0.5", "1", "1.25"), ("0.8", "2", "3.1"), ("0.8", "0", "0.01"))


@claim.oracle
def series():
    """The density by its Fourier series at both ends, and the mean between them."""
    from mpmath import mp

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(25):
        for r, first, last in (map(mp.mpf, point) for point in POINTS):
            high, low = density_series(first, r), density_series(last, r)
            middle = mean(r, first, last)
            tiny = mp.mpf(10) ** -20
            inside = 0 < low <= middle + tiny <= high + 2 * tiny <= (1 + r) / (1 - r) + 3 * tiny
            found.append(bounded("mean density", {"rho": float(r), "alpha": float(first), "beta": float(last)}, mp.nstr(middle, 12),
                                 f"{mp.nstr(low, 12)} to {mp.nstr(high, 12)}", bool(inside)))
    return found


@claim.oracle
def quadrature():
    """The mean of the density by Gauss–Legendre quadrature of (1 − ρ²)/|1 − ρe^{ix}|²."""
    from mpmath import mp

    from theory.papers.uncertainty_measurements import compared

    found = []
    with mp.workdps(25):
        for r, first, last in (map(mp.mpf, point) for point in POINTS):
            measured = mp.quad(lambda x, r=r: (1 - r**2) / abs(1 - r * mp.expj(x)) ** 2, mp.linspace(first, last, 9)) / (last - first)
            expected = mean(r, first, last)
            found.append(compared("mean density", {"rho": float(r), "alpha": float(first), "beta": float(last)}, mp.nstr(measured, 15),
                                  mp.nstr(expected, 15), abs(measured - expected) < mp.mpf(10) ** -15))
    return found


claim.must_refuse(
    rises=changed(le(spectrum(x), spectrum(y))),
    top_lowered=changed(le(spectrum(x), 1 / (1 - rho))),
    ends_exchanged=changed(le(spectrum(x) * (y - x), area(y) - area(x))),
    area_doubled=changed(le(2 * (area(y) - area(x)), spectrum(x) * (y - x))),
    beyond_the_circle=changed(given={5: None}),
    negative_correlation=changed(FALLS, given={1: lt(-1, rho)}),
)
HALF = T(1) / 2


def fails_on_one(r):
    """α = 0, β = 1 and this ρ: balls decide."""

    def refutation(p):
        values = {"rho": r, "alpha": 0, "beta": 1}
        with p.inhabited_by(**values):
            p.step("ball_bound", lt(T(1), PI), prec=53)
        here = counterexample(p, **values)
        p.step("ball_bound", lt(T(1), PI), prec=53)
        p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=100)

    return refutation


for edit in ("rises", "top_lowered", "ends_exchanged", "area_doubled"):
    claim.refute(edit)(fails_on_one(HALF))
claim.refute("negative_correlation")(fails_on_one(-HALF))
