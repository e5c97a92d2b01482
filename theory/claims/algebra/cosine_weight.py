"""cosh(2αx) − 1 lies between two multiples of 1 − cos(πx) on [−1, 1]."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, T, both, exp, forall, im, le, lt, names, ne, re, statement, within
from theory.mutations import changed, fails_in_balls
from theory.proof import explained

alpha, x = names("alpha x")


def cosh(u):
    return (exp(u) + exp(-u)) / 2


def sinh(u):
    return (exp(u) - exp(-u)) / 2


def sin(u):
    return im(exp(IMAGINARY * u))


def cos(u):
    return re(exp(IMAGINARY * u))


GROWTH, TURN = cosh(2 * alpha * x) - 1, 1 - cos(PI * x)
LOWER = le(4 * alpha**2 / PI**2 * TURN, GROWTH)
UPPER = le(GROWTH, (cosh(2 * alpha) - 1) / 2 * TURN)

claim = Claim(
    title="cosh(2αx) − 1 against 1 − cos πx",
    says="For 0 ≤ x ≤ 1 and α ≥ 0: (4α²/π²)(1 − cos πx) ≤ cosh(2αx) − 1 ≤ ½ (cosh 2α − 1)(1 − cos πx).",
    statement=statement(forall({"alpha": "real", "x": "real"}, [le(0, alpha), *within(0, x, 1)], both(LOWER, UPPER))),
    reference="own; from sinh(αx) ≤ x sinh α and Jordan's inequality x ≤ sin(πx/2)",
    hypotheses={"x ≤ 1": "at x = 2 the right side is 0"},
    limits="The upper bound is attained at x = 0 and x = 1, the lower one at x = 0 to second order.",
)


@claim.derive
def ratio_of_both(step):
    import sympy

    from theory.identities import below, equal

    alpha, x = sympy.symbols("alpha x", positive=True)
    growth, turn = sympy.cosh(2 * alpha * x) - 1, 1 - sympy.cos(sympy.pi * x)
    equal(step, "growth as a square", growth, 2 * sympy.sinh(alpha * x) ** 2, why="cosh 2u − 1 = 2 sinh² u")
    equal(step, "turn as a square", turn, 2 * sympy.sin(sympy.pi * x / 2) ** 2, why="1 − cos 2u = 2 sin² u")
    equal(step, "quotient at 0", sympy.Limit(growth / turn, x, 0), 4 * alpha**2 / sympy.pi**2, why="the constant of the lower bound")
    equal(step, "quotient at 1", growth.subs(x, 1) / 2, (sympy.cosh(2 * alpha) - 1) / 2, shown="(cosh 2α − 1)/(1 − cos π)",
          why="the constant of the upper bound")
    places = [sympy.Rational(j, 4) for j in range(1, 5)]
    below(step, "it grows in between", 4 / sympy.pi**2, *(sympy.N((growth / turn).subs({alpha: 1, x: place}), 20) for place in places),
          why="α = 1 at x = 1/4, 1/2, 3/4, 1")


@claim.certify
def proof(p, _):
    p.inhabited(alpha=0, x=0)
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    proper = p.order("nonzero", ne(PI, 0), pi)
    p.order("product", ne(PI**2, 0), proper, proper)
    growth = p.squares(le(0, alpha * x), [(1, [p.given(1), p.given(2)], "", 1)])
    values = {"x": x, "t": alpha}
    linear = p.use("algebra.part_of_an_angle", le(alpha * x, sinh(alpha * x)), **values)
    convex = p.use("algebra.part_of_an_angle", le(sinh(alpha * x), x * sinh(alpha)), **values)
    p.both(lower(p, proper, growth, linear, pi), upper(p, growth, linear, convex, pi))


@explained
def lower(p, proper, growth, linear, pi):
    """cosh(2αx) − 1 = 2 sinh²(αx) ≥ 2α²x², and 1 − cos πx ≤ π²x²/2."""
    p.squares(le(0, PI * x), [(1, [pi, p.given(2)], "", 1)])
    parabola = p.use("algebra.sine_bounds", le(1 - (PI * x) ** 2 / 2, cos(PI * x)), u=PI * x)
    square = p.squares(le(0, alpha**2 / PI**2), [(1, [], "", alpha / PI)])
    return p.squares(LOWER, [(2, [linear, linear], "", 1), (4, [growth, linear], "", 1), (4, [square, parabola], "", 1)], nonzero=[proper])


@explained
def upper(p, growth, linear, convex, pi):
    """cosh(2αx) − 1 = 2 sinh²(αx) ≤ 2 x² sinh² α and x ≤ sin(πx/2), with 1 − cos πx = 2 sin²(πx/2)."""
    p.squares(le(0, PI / 2), [(T(1) / 2, [pi], "", 1)])
    p.squares(le(PI / 2, PI), [(T(1) / 2, [pi], "", 1)])
    A, B, s = sinh(alpha), sin(PI * x / 2), sinh(alpha * x)
    jordan = p.use("algebra.part_of_an_angle", forall({}, [le(PI / 2, PI)], le(x * sin(PI / 2), sin(x * PI / 2))), x=x, t=PI / 2)
    chord = p.apply(jordan, le(x, B))
    sign = p.squares(le(0, s), [(1, [growth], "", 1), (1, [linear], "", 1)])
    return p.squares(UPPER, [(2, [chord, chord], "", A), (4, [chord, p.given(2)], "", A), (2, [convex, convex], "", 1),
                             (4, [convex, sign], "", 1)])


@claim.oracle
def on_a_grid():
    """Both inequalities on a grid, in 40 digits."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(40):
        for a in (mpf(1) / 5, mpf(1), mpf(3)):
            for j in range(1, 11):
                growth, turn = mp.cosh(2 * a * j / 10) - 1, 1 - mp.cos(mp.pi * j / 10)
                low, high = 4 * a * a / mp.pi**2 * turn, (mp.cosh(2 * a) - 1) / 2 * turn
                found.append(bounded("cosh(2αx) − 1", {"alpha": float(a), "x": j / 10}, float(growth), float(high),
                                     low <= growth <= high * (1 + mpf(10) ** -35)))
    return found


claim.must_refuse(
    lower_raised=changed(le(5 * alpha**2 / PI**2 * TURN, GROWTH)),
    upper_lowered=changed(le(GROWTH, (cosh(2 * alpha) - 1) / 3 * TURN)),
    beyond_one=changed(UPPER, given={3: le(x, 2)}),
)
claim.refute("lower_raised")(fails_in_balls(alpha=T(1) / 10, x=T(1) / 10))
claim.refute("upper_lowered")(fails_in_balls(alpha=1, x=1))
claim.refute("beyond_one")(fails_in_balls(alpha=1, x=T(3) / 2))
