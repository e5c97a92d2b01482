"""The real part of the hyperbolic cosecant is close to that of its pole at 0, in a strip."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Abs, T, both, eq, exp, fn, forall, im, le, lt, names, ne, raw, re, statement, within
from theory.mutations import changed, fails_in_balls
from theory.proof import explained
from theory.steps import increasing, modulus_below, positive_quotient

x, y, w = names("x y w")
S, c, r, E = names("S_ c_ r_ E_")
TURN = exp(IMAGINARY * y)
CHANGE = exp(x + IMAGINARY * y) - exp(-x - IMAGINARY * y)
A, B = x**2 + y**2, S**2 + r**2


def sinh(u):
    return (exp(u) - exp(-u)) / 2


def constant(growth):
    return T(2) / 3 * growth * (growth + 4)


GOAL = le(Abs(re(2 / CHANGE) - x / A), constant(exp(x)) * x)

claim = Claim(
    title="The hyperbolic cosecant near its pole",
    says="For x > 0 and 0 ≤ y ≤ π/2: |Re 1/sinh(x + iy) − x/(x² + y²)| ≤ (2/3) e^x (e^x + 4) x.",
    statement=statement(forall({"x": "real", "y": "real"}, [lt(0, x), *within(0, y, PI / 2)], both(ne(CHANGE, 0), GOAL))),
    reference="own",
    hypotheses={"x > 0": "x = y = 0 is the pole", "y ≤ π/2": "y = π is another pole, where the left side is of the order 1/x",
                "y ≥ 0": "for −π/2 ≤ y < 0 the same holds, because the left side is even in y"},
    limits="The order x is right (at y = π/2 the left side is x/(x² + π²/4)); the constant is far from the least. Without the real part "
           "the difference is of the order |x + iy|.",
)


@claim.derive
def numerator(step):
    import sympy

    from theory.identities import equal

    x, y, s, c, r, growth = sympy.symbols("x y S c r E", positive=True)
    a, b = x**2 + y**2, s**2 + r**2
    top = s * c * a - x * b
    equal(step, "difference", s * c / b - x / a, top / (a * b), why="S = sinh x, c = cos y, r = sin y: Re 1/sinh(x + iy) = Sc/(S² + r²)")
    equal(step, "numerator", top, (s - x) * a - s * (1 - c) * a + x * (x**2 - s**2) + x * (y**2 - r**2),
          why="each of the four is at most a multiple of x(x² + y²)²")
    bound = growth / 2 + growth * (growth + 1) / 6
    equal(step, "from below", bound * a**2 - growth * y**2 * a / 2 - growth * (growth + 1) * x**4 / 6,
          growth * a * x**2 / 2 + growth * (growth + 1) * (y**4 + 2 * x**2 * y**2) / 6, why="what is left over, divided by x")
    equal(step, "from above", bound * a**2 - growth * x**2 * a / 6 - y**4 / 3,
          (growth / 2 + growth**2 / 6 - sympy.Rational(1, 3)) * a**2 + growth * a * y**2 / 6 + (x**4 + 2 * x**2 * y**2) / 3,
          why="what is left over, divided by x; E ≥ 1")
    real = sympy.symbols("x y", real=True)
    z = real[0] + sympy.I * real[1]
    equal(step, "modulus", sympy.sinh(z) * sympy.sinh(sympy.conjugate(z)), sympy.sinh(real[0]) ** 2 + sympy.sin(real[1]) ** 2,
          why="|sinh(x + iy)|²")
    equal(step, "order", sympy.Limit((1 / sympy.sinh(x) - 1 / x) / x, x, 0), sympy.Rational(-1, 6), why="at y = 0, x → 0")


@claim.certify
def proof(p, _):
    """With S = sinh x, c = cos y, r = sin y and A = x² + y², B = S² + r²: Re 1/sinh(x + iy) = Sc/B, and the numerator ScA − xB of the
    difference is at most a multiple of xA² in modulus, while B ≥ A/4.
    """
    with p.inhabited_by(x=1, y=0):
        p.step("ball_bound", le(0, PI / 2), prec=53)
    whole = p.squares(lt(0, A), [(1, [p.given(1), p.given(1)], "", 1), (1, [], "", y)])
    lemma = quotients(p, whole, p.order("nonzero", ne(A, 0), whole))
    weak = p.squares(le(0, x), [(1, [p.given(1)], "", 1)])
    values = {"S_": sinh(x), "c_": re(TURN), "r_": im(TURN), "E_": exp(x)}
    hyperbolic(p, weak)
    trigonometric(p)
    close = p.apply(lemma, le(Abs(sinh(x) * re(TURN) / (sinh(x) ** 2 + im(TURN) ** 2) - x / A), constant(exp(x)) * x), **values)
    square, proper = denominators(p, weak)
    target = sinh(x) * re(TURN) / (sinh(x) ** 2 + im(TURN) ** 2)
    same = p.identity(eq(target, re(2 / CHANGE)), nonzero=[square, *proper])
    moved = p.step("congruence", GOAL, equal=same, context=fn("m_", raw(le(Abs(T("m_") - x / A), constant(exp(x)) * x))), **{"from": close})
    p.both(proper[0], moved)


HYPOTHESES = [le(x, S), le(S, E * x), le(S, x + E * x**3 / 6), le(1, E), le(r, y), le(y / 2, r), le(y - y**3 / 6, r), le(c, 1),
              le(1 - y**2 / 2, c)]


@explained
def quotients(p, whole, regular):
    """For real S, c, r, E with x ≤ S ≤ Ex, S − x ≤ Ex³/6, y/2 ≤ r ≤ y, y − r ≤ y³/6 and 1 − y²/2 ≤ c ≤ 1."""
    goal = le(Abs(S * c / B - x / A), constant(E) * x)
    with p.generalise({"S_": "real", "c_": "real", "r_": "real", "E_": "real"}, HYPOTHESES, goal) as block:
        rise, line, cubic, one, arc, half, sine, flat, bend = map(block, range(1, 10))
        xs, ys = p.given(1), p.given(2)
        s = p.squares(le(0, S), [(1, [rise], "", 1), (1, [xs], "", 1)])
        e = p.squares(le(0, E), [(1, [one], "", 1), (1, [], "", 1)])
        rs = p.squares(le(0, r), [(1, [half], "", 1), (T(1) / 2, [ys], "", 1)])
        longer = p.squares(le(x**2, S**2), [(1, [rise, s], "", 1), (1, [rise, xs], "", 1)])
        excess = p.squares(le(S**2, x**2 + E * (E + 1) * x**4 / 6),
                           [(1, [cubic, s], "", 1), (1, [cubic, xs], "", 1), (T(1) / 6, [e, xs, line], "", x)])
        shorter = p.squares(le(r**2, y**2), [(1, [arc, rs], "", 1), (1, [arc, ys], "", 1)])
        lost = p.squares(le(y**2 - y**4 / 3, r**2), [(1, [sine, ys], "", 1), (1, [sine, rs], "", 1), (T(1) / 6, [ys, arc], "", y)])
        quarter = p.squares(le(A / 4, B), [(1, [longer], "", 1), (T(3) / 4, [], "", x), (1, [half, rs], "", 1),
                                           (T(1) / 2, [half, ys], "", 1)])
        lower = p.squares(lt(0, B), [(1, [quarter], "", 1), (T(1) / 4, [whole], "", 1)])
        proper = [regular, p.order("nonzero", ne(B, 0), lower)]
        shares = [positive_quotient(p, q, fact, n) for q, fact, n in zip((A, B), (whole, lower), proper, strict=True)]
        top = S * c * A - x * B
        above = p.squares(le(top, constant(E) / 4 * x * A**2), [
            *((1, [cubic], "", q) for q in (x, y)), *((1, [s, flat], "", q) for q in (x, y)),
            (1, [xs, longer], "", 1), (1, [xs, lost], "", 1),
            (T(1) / 3, [xs], "", A), (T(5) / 6, [one, xs], "", A), (T(1) / 6, [one, one, xs], "", A),
            (T(1) / 6, [e, xs], "", x * y), (T(1) / 6, [e, xs], "", y**2), (T(1) / 3, [xs], "", x**2), (T(2) / 3, [xs], "", x * y)])
        below = p.squares(le(-top, constant(E) / 4 * x * A**2), [
            *((1, [s, bend], "", q) for q in (x, y)), *((1, [rise], "", q) for q in (x, y)),
            *((T(1) / 2, [line], "", y * q) for q in (x, y)), (1, [xs, shorter], "", 1), (1, [xs, excess], "", 1),
            (T(1) / 2, [e, xs], "", x**2), (T(1) / 2, [e, xs], "", x * y),
            *((T(1) / 6 * n, [e, xs], "", q) for n, q in ((1, y**2), (2, x * y))),
            *((T(1) / 6 * n, [xs], "", E * q) for n, q in ((1, y**2), (2, x * y)))])
        rest = [*((T(8) / 3, [e, xs, quarter], "", q) for q in (x, y)), *((T(2) / 3, [xs, quarter], "", E * q) for q in (x, y))]
        bounds = []
        for sign, fact in ((1, above), (-1, below)):
            product = p.squares(le(sign * top, constant(E) * x * A * B), [(1, [fact], "", 1), *rest])
            bounds.append(p.squares(le(sign * (S * c / B - x / A), constant(E) * x), [(1, [product, *shares], "", 1)], nonzero=proper))
        positive = p.squares(le(0, constant(E) * x), [(T(8) / 3, [e, xs], "", 1), (T(2) / 3, [xs], "", E)])
        modulus_below(p, S * c / B - x / A, constant(E) * x, positive, *bounds)
    return block.fact


@explained
def hyperbolic(p, weak):
    """x ≤ sinh x ≤ xe^x, and x + e^x x³/6 − sinh x grows, because cosh w − 1 = 2 sinh²(w/2) ≤ w² e^w/2."""
    def below(w, order):
        """sinh w ≤ w e^w, because e^{−2w} ≥ 1 − 2w."""
        tangent = p.use("algebra.exp_above_tangent", le(1 - 2 * w, exp(-2 * w)), x=-2 * w)
        size = p.order("basic", lt(0, exp(w)))
        return p.squares(le(sinh(w), w * exp(w)), [(T(1) / 2, [size, tangent], "", 1)])

    def above(w, order):
        return p.use("algebra.part_of_an_angle", le(w, sinh(w)), x=1, t=w)
    above(x, weak)
    below(x, weak)
    with p.generalise({"w": "real"}, within(0, w, x), le(0, 1 + exp(x) * w**2 / 2 - (exp(w) + exp(-w)) / 2)) as slope:
        half = p.squares(le(0, w / 2), [(T(1) / 2, [slope(1)], "", 1)])
        small, sign = below(w / 2, half), above(w / 2, half)
        tangent = p.use("algebra.exp_above_tangent", le(1 + x - w, exp(x - w)), x=x - w)
        size, root = p.order("basic", lt(0, exp(w))), p.order("basic", lt(0, exp(w / 2)))
        p.squares(le(0, 1 + exp(x) * w**2 / 2 - (exp(w) + exp(-w)) / 2), [
            (T(1) / 2, [size, tangent], "", w), (T(1) / 2, [size, slope(2)], "", w),
            (2, [small, sign], "", 1), (2, [small, half], "", 1), (2, [small, half, root], "", 1)])
    increasing(p, lambda u: u + exp(x) * u**3 / 6 - sinh(u), 0, x, slope.fact, weak, le(sinh(x), x + exp(x) * x**3 / 6))
    tangent = p.use("algebra.exp_above_tangent", le(1 + x, exp(x)), x=x)
    p.squares(le(1, exp(x)), [(1, [tangent], "", 1), (1, [weak], "", 1)])


@explained
def trigonometric(p):
    """y² ≤ (8/5)² < 3, so sin y ≥ y − y³/6 ≥ y/2."""
    for part in (le(im(TURN), y), le(y - y**3 / 6, im(TURN)), le(re(TURN), 1), le(1 - y**2 / 2, re(TURN))):
        sine = p.use("algebra.sine_bounds", part, u=y)
        if part.json == le(y - y**3 / 6, im(TURN)).json:
            cubic = sine
    pi = p.step("ball_bound", le(PI, T(16) / 5), prec=53)
    end = p.squares(le(0, T(8) / 5 - y), [(1, [p.given(3)], "", 1), (T(1) / 2, [pi], "", 1)])
    square = p.squares(le(y**2, 3), [(1, [end, end], "", 1), (2, [p.given(2), end], "", 1), (T(11) / 25, [], "", 1)])
    p.squares(le(y / 2, im(TURN)), [(1, [cubic], "", 1), (T(1) / 6, [p.given(2), square], "", 1)])


@explained
def denominators(p, weak):
    """|e^z − e^{−z}|² = 4(sinh² x + sin² y) > 0."""
    size = sinh(x) ** 2 + im(TURN) ** 2
    low = p.use("algebra.part_of_an_angle", le(x, sinh(x)), x=1, t=x)
    positive = p.squares(lt(0, size), [(1, [low, low], "", 1), (2, [low, p.given(1)], "", 1), (1, [p.given(1), p.given(1)], "", 1),
                                       (1, [], "", im(TURN))])
    square = p.order("nonzero", ne(size, 0), positive)
    found = []
    for term in (CHANGE, CHANGE.bar):
        with p.contradiction(ne(term, 0)) as absurd:
            p.squares(lt(0, 0), [(4, [positive], "", 1)], using=[(f"{absurd}.1", term.bar)])
        found.append(absurd.fact)
    return square, found


claim.must_refuse(
    order_improved=changed(le(Abs(re(2 / CHANGE) - x / A), constant(exp(x)) * x**2)),
    constant_improved=changed(le(Abs(re(2 / CHANGE) - x / A), constant(exp(x)) * x / 10)),
    whole_modulus=changed(le(Abs(2 / CHANGE - 1 / (x + IMAGINARY * y)), constant(exp(x)) * x)),
    next_pole=changed(GOAL, given={3: le(y, PI)}),
    sign_flipped=changed(le(Abs(re(2 / CHANGE) + x / A), constant(exp(x)) * x)),
    pole_itself=changed(both(ne(CHANGE, 0), GOAL), given={1: le(0, x)}),
)
claim.refute("order_improved")(fails_in_balls(given=[3], x=T(1) / 100, y=T(3) / 2))
claim.refute("constant_improved")(fails_in_balls(given=[3], x=T(1) / 100, y=T(3) / 2))
claim.refute("whole_modulus")(fails_in_balls(given=[3], x=T(1) / 100, y=1))
claim.refute("next_pole")(fails_in_balls(given=[3], x=T(1) / 10, y=3))
claim.refute("sign_flipped")(fails_in_balls(given=[3], x=T(1) / 10, y=0))


@claim.oracle
def strip():
    """The cosecant from the power series of the exponential of a complex number, at 30 digits, on a grid with both edges."""
    import mpmath

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mpmath.workdps(30):
        for x in ("0.001", "0.1", "1", "4"):
            for part in (0, 1, 2, 3):
                z = mpmath.mpc(x, mpmath.pi * part / 6)
                series = mpmath.fsum(z ** (2 * n + 1) / mpmath.factorial(2 * n + 1) for n in range(60))
                gap = abs((1 / series).real - (1 / z).real)
                growth = mpmath.exp(z.real)
                limit = 2 * growth * (growth + 4) * z.real / 3
                found.append(bounded("distance", {"x": x, "y": f"{part}π/6"}, mpmath.nstr(gap, 10), mpmath.nstr(limit, 10),
                                     bool(gap <= limit)))
    return found

