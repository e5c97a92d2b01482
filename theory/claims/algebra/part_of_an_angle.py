"""The sine is concave and the hyperbolic sine convex: what a part x of an angle gives, compared with the part x of the whole."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, T, both, exp, forall, im, le, names, re, statement, within
from theory.mutations import changed, fails_in_balls
from theory.proof import explained
from theory.steps import increasing

x, t, v, y, z = names("x t v y z")


def sin(u):
    return im(exp(IMAGINARY * u))


def cos(u):
    return re(exp(IMAGINARY * u))


def sinh(u):
    return (exp(u) - exp(-u)) / 2


def cosh(u):
    return (exp(u) + exp(-u)) / 2


CONCAVE = forall({}, [le(t, PI)], le(x * sin(t), sin(x * t)))
CONVEX, FLAT = le(sinh(x * t), x * sinh(t)), le(cosh(x * t), cosh(t))
LINEAR = le(x * t, sinh(x * t))

claim = Claim(
    title="Sine and hyperbolic sine of a part of an angle",
    says="For 0 ≤ x ≤ 1 and t ≥ 0: x sin t ≤ sin(xt) if t ≤ π, xt ≤ sinh(xt) ≤ x sinh t, and cosh(xt) ≤ cosh t.",
    statement=statement(forall({"x": "real", "t": "real"}, [*within(0, x, 1), le(0, t)], both(CONCAVE, LINEAR, CONVEX, FLAT))),
    reference="elementary calculus; x sin t ≤ sin(xt) at t = π/2 is Jordan's inequality",
    hypotheses={"x ≤ 1": "sinh(2t) > 2 sinh t", "t ≤ π": "x = 1/2, t = 2π + 1 has x sin t > 0 > sin(xt)"},
    limits="Equality at x = 0 and at x = 1.",
)


@claim.derive
def second_derivatives(step):
    import sympy

    from theory.identities import equal

    x, t = sympy.symbols("x t", positive=True)
    for name, f in (("sine", sympy.sin), ("hyperbolic sine", sympy.sinh)):
        gap = x * f(t) - f(x * t)
        equal(step, f"slope for the {name}", sympy.Derivative(gap, t), x * (sympy.diff(f(t), t) - sympy.diff(f(t), t).subs(t, x * t)),
              why="0 at t = 0; its sign is that of the difference of (hyperbolic) cosines at t and at xt")
        equal(step, f"small angles, {name}", sympy.series(gap, t, 0, 5).removeO().coeff(t, 3),
              sympy.diff(f(t), t, 3).subs(t, 0) * x * (1 - x**2) / 6, shown="c_3",
              why="leading coefficient of t³: negative for the sine, positive for sinh")
    equal(step, "cosh against its part", 2 * sympy.sinh((1 + x) * t / 2) * sympy.sinh((1 - x) * t / 2), sympy.cosh(t) - sympy.cosh(x * t),
          why="not negative for 0 ≤ x ≤ 1 and t ≥ 0")
    equal(step, "cos against its part", 2 * sympy.sin((1 + x) * t / 2) * sympy.sin((1 - x) * t / 2), sympy.cos(x * t) - sympy.cos(t),
          why="not negative for t ≤ π, where both angles are in [0, π]")


@claim.certify
def proof(p, _):
    p.inhabited(x=0, t=0)
    shrinks = shorter(p)
    with p.generalise({}, [le(t, PI)], le(x * sin(t), sin(x * t))) as concave:
        with p.generalise({"y": "real"}, within(0, y, t), le(0, x * (cos(x * y) - cos(y)))) as slope:
            p.squares(le(y, PI), [(1, [slope(2)], "", 1), (1, [concave(1)], "", 1)])
            higher = p.apply(shrinks[0], le(cos(y), cos(x * y)), v=y)
            p.squares(le(0, x * (cos(x * y) - cos(y))), [(1, [p.given(1), higher], "", 1)])
        increasing(p, lambda u: sin(x * u) - x * sin(u), 0, t, slope.fact, p.given(3), le(x * sin(t), sin(x * t)))
    linear, convex, flat = hyperbolic(p)
    p.both(concave.fact, linear, convex, flat)


@explained
def shorter(p):
    """xv ≤ v, and the cosine decreases on [0, π] because sin ≥ 0 there."""
    with p.generalise({"v": "real"}, [le(0, v), le(v, PI)], le(cos(v), cos(x * v))) as block:
        low = p.squares(le(0, x * v), [(1, [p.given(1), block(1)], "", 1)])
        order = p.squares(le(x * v, v), [(1, [p.given(2), block(1)], "", 1)])
        with p.generalise({"z": "real"}, within(x * v, z, v), le(0, sin(z))) as slope:
            p.squares(le(0, z), [(1, [low], "", 1), (1, [slope(1)], "", 1)])
            p.squares(le(z, PI), [(1, [slope(2)], "", 1), (1, [block(2)], "", 1)])
            sign = p.use("algebra.sine_bounds", forall({}, [le(z, PI)], le(0, sin(z))), u=z)
            p.apply(sign, le(0, sin(z)))
        increasing(p, lambda u: -cos(u), x * v, v, slope.fact, order, le(cos(v), cos(x * v)))
    return (block.fact,)


@explained
def hyperbolic(p):
    """cosh ≥ 1 gives sinh y ≥ y ≥ 0; so cosh(xy) ≤ cosh y, and x sinh y − sinh(xy) has the derivative x (cosh y − cosh(xy)) ≥ 0."""
    with p.generalise({"v": "real"}, [], le(0, cosh(v) - 1)) as above:
        p.squares(le(0, cosh(v) - 1), [(T(1) / 2, [], "", exp(v / 2) - exp(-v / 2))])
    with p.generalise({"v": "real"}, [le(0, v)], le(v, sinh(v))) as linear:
        with p.generalise({"z": "real"}, within(0, z, v), le(0, cosh(z) - 1)) as slope:
            p.apply(above.fact, le(0, cosh(z) - 1), v=z)
        increasing(p, lambda u: sinh(u) - u, 0, v, slope.fact, linear(1), le(v, sinh(v)))
    with p.generalise({"v": "real"}, [le(0, v)], le(cosh(x * v), cosh(v))) as flat:
        low = p.squares(le(0, x * v), [(1, [p.given(1), flat(1)], "", 1)])
        order = p.squares(le(x * v, v), [(1, [p.given(2), flat(1)], "", 1)])
        with p.generalise({"z": "real"}, within(x * v, z, v), le(0, sinh(z))) as slope:
            start = p.squares(le(0, z), [(1, [low], "", 1), (1, [slope(1)], "", 1)])
            bound = p.apply(linear.fact, le(z, sinh(z)), v=z)
            p.squares(le(0, sinh(z)), [(1, [start], "", 1), (1, [bound], "", 1)])
        increasing(p, cosh, x * v, v, slope.fact, order)
    with p.generalise({"v": "real"}, within(0, v, t), le(0, x * (cosh(v) - cosh(x * v)))) as slope:
        wider = p.apply(flat.fact, le(cosh(x * v), cosh(v)), v=v)
        p.squares(le(0, x * (cosh(v) - cosh(x * v))), [(1, [p.given(1), wider], "", 1)])
    convex = increasing(p, lambda u: x * sinh(u) - sinh(x * u), 0, t, slope.fact, p.given(3), CONVEX)
    p.squares(le(0, x * t), [(1, [p.given(1), p.given(3)], "", 1)])
    return p.apply(linear.fact, LINEAR, v=x * t), convex, p.apply(flat.fact, FLAT, v=t)


@claim.oracle
def chords():
    """The graph of the sine against its chord from the origin, that of the hyperbolic sine likewise, in 40 digits."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(40):
        for whole in (mpf(1) / 3, mpf(1), mpf(2), mp.pi):
            for part in (mpf(1) / 10, mpf(1) / 2, mpf(9) / 10):
                inputs = {"x": float(part), "t": float(whole)}
                at, end = mp.sin(part * whole), mp.sin(whole)
                found.append(bounded("sin(xt)", inputs, float(at), float(part * end), at >= part * end))
                at, end = mp.sinh(part * whole), mp.sinh(whole)
                found.append(bounded("sinh(xt)", inputs, float(at), float(part * end), part * whole <= at <= part * end))
    return found


claim.must_refuse(
    concave_improved=changed(le(T(11) / 10 * x * sin(t), sin(x * t))),
    convex_flipped=changed(le(x * sinh(t), sinh(x * t))),
    beyond_pi=changed(le(x * sin(t), sin(x * t))),
    part_beyond_whole=changed(CONVEX, given={2: le(x, 2)}),
)


claim.refute("convex_flipped")(fails_in_balls(x=T(1) / 2, t=1))
claim.refute("beyond_pi")(fails_in_balls(x=T(1) / 2, t=7))
claim.refute("part_beyond_whole")(fails_in_balls(x=2, t=1))
