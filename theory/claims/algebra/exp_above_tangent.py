"""The exponential lies above its tangent at 0, from the fact that its derivative is positive."""
from theory.claim import Claim
from theory.language import T, both, eq, exp, fn, forall, le, lt, names, statement, within
from theory.mutations import changed, fails_at, fails_in_balls
from theory.proof import explained
from theory.steps import increasing

x, y, z, w = names("x y z w")
TANGENT = le(1 + x, exp(x))
BELOW_ONE = forall({}, [lt(x, 0)], lt(exp(x), 1))

claim = Claim(
    title="The exponential lies above its tangent",
    says="For every real x: 1 + x ≤ e^x, and e^x < 1 if x < 0.",
    statement=statement(forall({"x": "real"}, [], both(TANGENT, BELOW_ONE))),
    reference="elementary calculus",
    limits="Equality at x = 0 only.",
)


@claim.derive
def distance(step):
    import sympy

    from theory.identities import equal

    x, t = sympy.symbols("x t", real=True)
    gap = sympy.exp(x) - 1 - x
    equal(step, "slope of the distance", sympy.Derivative(gap, x), sympy.exp(x) - 1, why="negative before 0 and positive after it")
    equal(step, "as an integral", sympy.Integral((x - t) * sympy.exp(t), (t, 0, x)), gap,
          why="the remainder of Taylor's formula: its integrand has one sign")
    equal(step, "strictness below 0", sympy.exp(x) * (sympy.exp(-x) - 1), 1 - sympy.exp(x), why="e^{−x} ≥ 1 − x > 1 for x < 0")
    equal(step, "how close", sympy.Limit(gap / x**2, x, 0), sympy.Rational(1, 2), why="equality to first order at 0 only")


@claim.certify
def proof(p, _):
    p.inhabited(x=0)
    above = grows(p)
    split = p.new_id()
    with p.branch() as less:
        on_the_left(p, above, p.squares(le(x, 0), [(1, [f"{split}.less.1"], "", 1)]))
    with p.branch() as equal:
        moved = p.step("congruence", eq(exp(x), 1), equal=f"{split}.equal.1", context=fn("m_", exp("m_")))
        p.squares(TANGENT, using=[(moved, -1), (f"{split}.equal.1", 1)])
    with p.branch() as greater:
        on_the_right(p, above, p.squares(le(0, x), [(1, [f"{split}.greater.1"], "", 1)]))
    tangent = p.step("cases", TANGENT, split, on=[x, 0], less=less, equal=equal, greater=greater)
    with p.generalise({}, [lt(x, 0)], lt(exp(x), 1)) as below:
        strictly(p, above, below(1))
    p.both(tangent, below.fact)


@explained
def grows(p):
    """e^y ≤ e^z for y ≤ z, because the derivative of the exponential is positive."""
    with p.generalise({"y": "real", "z": "real"}, [le(y, z)], le(exp(y), exp(z))) as block:
        with p.generalise({"w": "real"}, within(y, w, z), le(0, exp(w))) as slope:
            positive = p.order("basic", lt(0, exp(w)))
            p.squares(le(0, exp(w)), [(1, [positive], "", 1)])
        increasing(p, exp, y, z, slope.fact, block(1))
    return block.fact


@explained
def on_the_right(p, above, order):
    """e^w − w has the derivative e^w − 1 ≥ 0 for w ≥ 0."""
    with p.generalise({"w": "real"}, within(0, w, x), le(0, exp(w) - 1)) as slope:
        low = p.apply(above, le(exp(T(0)), exp(w)), y=0, z=w)
        p.squares(le(0, exp(w) - 1), [(1, [low], "", 1)])
    return increasing(p, lambda u: exp(u) - u, 0, x, slope.fact, order, TANGENT)


@explained
def on_the_left(p, above, order):
    """w − e^w has the derivative 1 − e^w ≥ 0 for w ≤ 0."""
    with p.generalise({"w": "real"}, within(x, w, 0), le(0, 1 - exp(w))) as slope:
        high = p.apply(above, le(exp(w), exp(T(0))), y=w, z=0)
        p.squares(le(0, 1 - exp(w)), [(1, [high], "", 1)])
    return increasing(p, lambda u: u - exp(u), x, 0, slope.fact, order, TANGENT)


@explained
def strictly(p, above, negative):
    """1 − e^x = e^x (e^{−x} − 1), and e^{−x} ≥ 1 − x > 1: the same tangent at −x."""
    order = p.squares(le(0, -x), [(1, [negative], "", 1)])
    with p.generalise({"w": "real"}, within(0, w, -x), le(0, exp(w) - 1)) as slope:
        low = p.apply(above, le(exp(T(0)), exp(w)), y=0, z=w)
        p.squares(le(0, exp(w) - 1), [(1, [low], "", 1)])
    tangent = increasing(p, lambda u: exp(u) - u, 0, -x, slope.fact, order)
    positive = p.order("basic", lt(0, exp(x)))
    p.squares(lt(exp(x), 1), [(1, [positive, tangent], "", 1), (1, [positive, negative], "", 1)])


@claim.oracle
def measured():
    """e^x as the power series in 40 digits."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(40):
        for j in (-30, -10, -1, 0, 1, 10, 30):
            value = sum(mpf(j) ** k / mpf(10) ** k / mp.factorial(k) for k in range(120))
            found.append(bounded("e^x", {"x": f"{j}/10"}, float(value), 1 + j / 10, value >= 1 + mpf(j) / 10 and (value < 1) == (j < 0)))
    return found


claim.must_refuse(
    steeper=changed(le(1 + T(11) / 10 * x, exp(x))),
    strict=changed(lt(1 + x, exp(x))),
    below_one_at_zero=changed(forall({}, [le(x, 0)], lt(exp(x), 1))),
)
claim.refute("strict")(fails_at(x=0))
claim.refute("steeper")(fails_in_balls(x=T(1) / 10))
