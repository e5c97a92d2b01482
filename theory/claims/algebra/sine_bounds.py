"""Bounds of sine and cosine by their first terms, and the sign of the sine, with e^{iu} for both."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, T, both, exp, forall, im, le, lt, names, re, statement, within
from theory.mutations import changed, fails_in_balls
from theory.proof import explained
from theory.steps import increasing

u, v, y, z = names("u v y z")


def sin(x):
    return im(exp(IMAGINARY * x))


def cos(x):
    return re(exp(IMAGINARY * x))


BELOW_ONE, LINEAR = le(cos(u), 1), le(sin(u), u)
PARABOLA, CUBIC = le(1 - u**2 / 2, cos(u)), le(u - u**3 / 6, sin(u))
BOUNDS = both(BELOW_ONE, LINEAR, PARABOLA, CUBIC)
SIGN = forall({}, [le(u, PI)], le(0, sin(u)))
POSITIVE = forall({}, [lt(0, u), lt(u, PI)], lt(0, sin(u)))

claim = Claim(
    title="First bounds of sine and cosine",
    says="For u ≥ 0: cos u ≤ 1, sin u ≤ u, 1 − u²/2 ≤ cos u, u − u³/6 ≤ sin u; sin u ≥ 0 for u ≤ π and sin u > 0 for 0 < u < π.",
    statement=statement(forall({"u": "real"}, [le(0, u)], both(BELOW_ONE, LINEAR, PARABOLA, CUBIC, SIGN, POSITIVE))),
    reference="elementary calculus",
    hypotheses={"u ≥ 0": "sin(−1) = −0.84 > −1", "u ≤ π": "sin 4 < 0"},
    limits="u − u³/6 says nothing about the sign beyond √6.",
)


@claim.derive
def chain(step):
    from itertools import pairwise

    import sympy

    from theory.identities import equal, nonnegative

    u = sympy.symbols("u", real=True)
    gaps = [1 - sympy.cos(u), u - sympy.sin(u), u**2 / 2 - 1 + sympy.cos(u), sympy.sin(u) - u + u**3 / 6]
    equal(step, "first gap", gaps[0], 2 * sympy.sin(u / 2) ** 2, why="1 − cos u ≥ 0")
    for order, (low, high) in enumerate(pairwise(gaps), 1):
        equal(step, f"gap {order + 1}", sympy.Derivative(high, u), low, why="0 at u = 0 and its derivative is the gap before")
    positive = sympy.symbols("x", positive=True)
    half = positive / (1 + positive) * 2
    nonnegative(step, "sine up to 2", sympy.factor(half - half**3 / 6), why="u = 2x/(1+x) < 2: u − u³/6 > 0")
    equal(step, "sine up to π", 2 * sympy.sin(u / 2) * sympy.sin(sympy.pi / 2 - u / 2), sympy.sin(u),
          why="both angles lie between 0 and π/2 < 2")


@claim.certify
def proof(p, _):
    p.inhabited(u=0)
    facts = bounds(p)
    with p.generalise({}, [le(u, PI)], le(0, sin(u))) as sign:
        half = halves(p, facts, [p.given(1), sign(1)], le)
        p.squares(le(0, sin(u)), [(2, half, "", 1)])
    with p.generalise({}, [lt(0, u), lt(u, PI)], lt(0, sin(u))) as positive:
        half = halves(p, facts, [positive(1), positive(2)], lt)
        p.squares(lt(0, sin(u)), [(2, half, "", 1)])
    parts = [p.apply(facts, part, v=u) for part in BOUNDS.json[1:]]
    p.both(*parts, sign.fact, positive.fact)


def slope(p, f, df, sign):
    """∀v ≥ 0: f(0) ≤ f(v), where `sign` says ∀v ≥ 0: 0 ≤ f′(v)."""
    with p.generalise({"v": "real"}, [le(0, v)], le(f(T(0)), f(v))) as block:
        with p.generalise({"y": "real"}, within(0, y, v), le(0, df(y))) as inner:
            p.apply(sign, le(0, df(y)), v=y)
        increasing(p, f, 0, v, inner.fact, block(1))
    return block.fact


@explained
def bounds(p):
    """1 − cos v = |1 − e^{iv}|²/2 ≥ 0, and each next bound has the one before it as its derivative: v − sin v, cos v − 1 + v²/2,
    sin v − v + v³/6."""
    with p.generalise({"v": "real"}, [le(0, v)], le(0, 1 - cos(v))) as first:
        p.squares(le(0, 1 - cos(v)), [(T(1) / 2, [], "", 1 - exp(IMAGINARY * v))])
    linear = slope(p, lambda x: x - sin(x), lambda x: 1 - cos(x), first.fact)
    parabola = slope(p, lambda x: cos(x) - 1 + x**2 / 2, lambda x: x - sin(x), linear)
    cubic = slope(p, lambda x: sin(x) - x + x**3 / 6, lambda x: cos(x) - 1 + x**2 / 2, parabola)
    goals = [le(cos(v), 1), le(sin(v), v), le(1 - v**2 / 2, cos(v)), le(v - v**3 / 6, sin(v))]
    with p.generalise({"v": "real"}, [le(0, v)], both(*goals)) as block:
        known = [p.apply(fact, goal, v=v) for fact, goal in zip((first.fact, linear, parabola, cubic), goals, strict=True)]
        p.both(*known)
    return block.fact


@explained
def halves(p, facts, ends, order):
    """sin u = 2 sin(u/2) sin(π/2 − u/2), and both angles lie between 0 and π/2 < 2, where sin v ≥ v (1 − v²/6) with v² ≤ 4."""
    p.step("ball_bound", lt(0, PI), prec=53)
    four = p.step("ball_bound", lt(PI, 4), prec=53)
    signs = []
    for x, low, high in ((u / 2, ends[0], ends[1]), (PI / 2 - u / 2, ends[1], ends[0])):
        above = p.squares(order(0, x), [(T(1) / 2, [low], "", 1)])
        weak = above if order is le else p.squares(le(0, x), [(T(1) / 2, [low], "", 1)])
        gap = p.squares(lt(0, 2 - x), [(T(1) / 2, [high], "", 1), (T(1) / 2, [four], "", 1)])
        room = p.squares(lt(0, 4 - x**2), [(1, [gap, weak], "", 1), (2, [gap], "", 1)])
        cubic = p.apply(facts, le(x - x**3 / 6, sin(x)), v=x)
        signs.append(p.squares(order(0, sin(x)), [(1, [cubic], "", 1), (T(1) / 6, [above, room], "", 1), (T(1) / 3, [above], "", 1)]))
    return signs


@claim.oracle
def measured():
    """Sine and cosine in decimal arithmetic of 50 digits, from their own power series summed to the end."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(50):
        for j in (1, 5, 20, 40, 62, 63, 80):
            x = mpf(j) / 20
            terms = [(-1) ** (k // 2) * x**k / mp.factorial(k) for k in range(80)]
            sine, cosine = sum(terms[1::2]), sum(terms[0::2])
            inside = x - x**3 / 6 <= sine <= x and 1 - x**2 / 2 <= cosine <= 1 and (sine > 0) == (j < 63)
            found.append(bounded("sin u", {"u": f"{j}/20"}, float(sine), float(x), inside))
    return found


claim.must_refuse(
    cubic_raised=changed(le(u - u**3 / 7, sin(u))),
    parabola_raised=changed(le(1 - u**2 / 3, cos(u))),
    linear_improved=changed(le(sin(u), T(99) / 100 * u)),
    negative_allowed=changed(le(sin(u), u), given={1: None}),
    beyond_pi=changed(forall({}, [le(u, 2 * PI)], le(0, sin(u)))),
    strict_at_zero=changed(forall({}, [lt(u, PI)], lt(0, sin(u)))),
)
claim.refute("cubic_raised")(fails_in_balls(u=1))
claim.refute("negative_allowed")(fails_in_balls(u=-1))
