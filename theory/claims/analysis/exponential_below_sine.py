"""An exponential under a constant and a multiple of sin²: what is paid for cutting a decaying function to one period."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, T, exp, forall, im, le, lt, names, ne, statement
from theory.mutations import changed, fails_in_balls
from theory.proof import explained
from theory.steps import positive_quotient

lam, d, x, y, z = names("lam d x y z")
GROWTH = exp(2 * lam)


def sin(u):
    return im(exp(IMAGINARY * u))


def curve(x):
    return 1 + d**2 + GROWTH * (sin(PI * x) / (2 * d)) ** 2


GOAL = le(exp(2 * lam * x), curve(x))

claim = Claim(
    title="An exponential below a constant and a squared sine",
    says="For λ ≥ 0, d > 0 and x ≤ 1 − d: e^{2λx} ≤ 1 + d² + e^{2λ} sin²(πx)/(4d²).",
    statement=statement(forall({"lam": "real", "d": "real", "x": "real"}, [le(0, lam), lt(0, d), le(x, 1 - d)], GOAL)),
    reference="own",
    hypotheses={"x ≤ 1 − d": "at x = 1 the left side is e^{2λ} and the right side 1 + d²",
                "λ ≥ 0": "for λ < 0 the left side grows as x → −∞",
                "d > 0": "the quotient is not defined"},
    limits="The constant 1 + d² is not the least possible; without d² the inequality fails for small x > 0.",
)


@claim.derive
def three_ranges(step):
    import sympy

    from theory.identities import below, equal

    rate, width, x = sympy.symbols("lambda d x", positive=True)
    growth = sympy.exp(2 * rate)
    middle = 1 + width**2 + growth * (2 * x) ** 2 / (4 * width**2) - (1 + 2 * x * sympy.exp(rate))
    equal(step, "0 ≤ x ≤ 1/2", middle, (width - x * sympy.exp(rate) / width) ** 2,
          why="Jordan's sin πx ≥ 2x on the right, convexity's e^{2λx} ≤ 1 + 2x e^λ on the left: what is left is a square")
    equal(step, "convexity", sympy.exp(2 * rate * x) - 1, 2 * sympy.exp(rate * x) * sympy.sinh(rate * x),
          why="at most 2e^{λ/2}·2x sinh(λ/2) = 2x(e^λ − 1) for x ≤ 1/2")
    equal(step, "the chord at 1/2", 2 * sympy.exp(rate / 2) * sympy.sinh(rate / 2), sympy.exp(rate) - 1, why="its end")
    equal(step, "1/2 ≤ x ≤ 1 − d", growth * (2 * width) ** 2 / (4 * width**2), growth, shown="e^{2λ}(2d)²/(4d²)",
          why="sin πx ≥ 2(1 − x) ≥ 2d: the last term alone is e^{2λ}")
    small = sympy.series(sympy.exp(2 * rate * x) - 1 - growth * (sympy.sin(sympy.pi * x) / (2 * width)) ** 2, x, 0, 2).removeO()
    equal(step, "without d²", small, 2 * rate * x, shown="e^{2λx} - curve",
          why="to first order in x > 0: positive, so the constant 1 alone is too small")
    numbers = {rate: 1, width: sympy.Rational(1, 4)}
    places = (sympy.Rational(1, 20), sympy.Rational(1, 4), sympy.Rational(3, 4))
    curve = 1 + width**2 + growth * (sympy.sin(sympy.pi * x) / (2 * width)) ** 2
    for place in places:
        below(step, f"λ = 1, d = 1/4, x = {place}",
              *(sympy.N(side.subs(numbers).subs(x, place), 12) for side in (sympy.exp(2 * rate * x), curve)),
              why="both sides")


@claim.certify
def proof(p, _):
    """Three ranges. For x ≤ 0 the left side is at most 1. For 0 ≤ x ≤ 1/2 convexity gives e^{2λx} ≤ 1 + 2x e^λ, Jordan's inequality
    sin πx ≥ 2x, and 1 + d² + e^{2λ}x²/d² − 1 − 2x e^λ = (d − x e^λ/d)². For 1/2 ≤ x ≤ 1 − d the sine is that of 1 − x, at least 2d,
    so the last term alone is at least e^{2λ}.
    """
    p.inhabited(lam=0, d=1, x=0)
    rises = growing(p)
    proper = p.order("nonzero", ne(d, 0), p.given(2))
    back = positive_quotient(p, d, p.given(2), proper)
    p.order("nonzero", ne(2 * d, 0), p.squares(lt(0, 2 * d), [(2, [p.given(2)], "", 1)]))
    first, second = p.new_id(), p.new_id()
    with p.branch() as less:
        on_the_left(p, p.squares(le(x, 0), [(1, [f"{first}.less.1"], "", 1)]), rises, proper)
    with p.branch() as equal:
        on_the_left(p, p.squares(le(x, 0), using=[(f"{first}.equal.1", 1)]), rises, proper)
    with p.branch() as greater:
        positive = p.squares(le(0, x), [(1, [f"{first}.greater.1"], "", 1)])
        with p.branch() as low:
            near(p, positive, p.squares(le(x, T(1) / 2), [(1, [f"{second}.less.1"], "", 1)]), rises, back, proper)
        with p.branch() as half:
            near(p, positive, p.squares(le(x, T(1) / 2), using=[(f"{second}.equal.1", 1)]), rises, back, proper)
        with p.branch() as high:
            far(p, p.squares(le(T(1) / 2, x), [(1, [f"{second}.greater.1"], "", 1)]), rises, back, proper)
        p.step("cases", GOAL, second, on=[x, T(1) / 2], less=low, equal=half, greater=high)
    p.step("cases", GOAL, first, on=[x, 0], less=less, equal=equal, greater=greater)


@explained
def growing(p):
    """e^y ≤ e^z for y ≤ z: e^z − e^y = e^y (e^{z−y} − 1) ≥ e^y (z − y)."""
    with p.generalise({"y": "real", "z": "real"}, [le(y, z)], le(exp(y), exp(z))) as block:
        tangent = p.use("algebra.exp_above_tangent", le(1 + z - y, exp(z - y)), x=z - y)
        size = p.order("basic", lt(0, exp(y)))
        p.squares(le(exp(y), exp(z)), [(1, [size, tangent], "", 1), (1, [size, block(1)], "", 1)])
    return block.fact


@explained
def on_the_left(p, negative, rises, proper):
    """e^{2λx} ≤ 1 for x ≤ 0."""
    p.squares(le(2 * lam * x, 0), [(2, [p.given(1), negative], "", 1)])
    below = p.apply(rises, le(exp(2 * lam * x), exp(T(0))), y=2 * lam * x, z=0)
    p.squares(GOAL, [(1, [below], "", 1), (1, [], "", d), (T(1) / 4, [], "", exp(lam) * sin(PI * x) / d)], nonzero=[proper])


def jordan(p, part, low, high):
    """2x ≤ sin(πx) for a part x of [0, 1/2]."""
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    low, high = p.squares(le(0, 2 * part), [(2, [low], "", 1)]), p.squares(le(2 * part, 1), [(2, [high], "", 1)])
    p.squares(le(0, PI / 2), [(T(1) / 2, [pi], "", 1)])
    goal = le(2 * part * sin(PI / 2), sin(2 * part * (PI / 2)))
    rule = p.use("algebra.part_of_an_angle", forall({}, [le(PI / 2, PI)], goal), x=2 * part, t=PI / 2)
    p.squares(le(PI / 2, PI), [(T(1) / 2, [pi], "", 1)])
    return p.apply(rule, goal)


@explained
def near(p, low, high, rises, back, proper):
    """For 0 ≤ x ≤ 1/2: e^{2λx} − 1 = 2 e^{λx} sinh(λx) ≤ 2 e^{λ/2}·2x sinh(λ/2) ≤ 2x e^λ."""
    sine = jordan(p, x, low, high)
    above = p.squares(le(0, sin(PI * x)), [(1, [sine], "", 1), (2, [low], "", 1)])
    square = p.squares(le(4 * x**2, sin(PI * x) ** 2), [(1, [sine, above], "", 1), (2, [sine, low], "", 1)])
    p.squares(le(0, 2 * x), [(2, [low], "", 1)])
    p.squares(le(2 * x, 1), [(2, [high], "", 1)])
    p.squares(le(0, lam / 2), [(T(1) / 2, [p.given(1)], "", 1)])

    def sinh(u):
        return (exp(u) - exp(-u)) / 2
    convex = p.use("algebra.part_of_an_angle", le(sinh(2 * x * (lam / 2)), 2 * x * sinh(lam / 2)), x=2 * x, t=lam / 2)
    linear = p.use("algebra.part_of_an_angle", le(2 * x * (lam / 2), sinh(2 * x * (lam / 2))), x=2 * x, t=lam / 2)
    p.squares(le(lam * x, lam / 2), [(1, [p.given(1), high], "", 1)])
    shorter = p.apply(rises, le(exp(lam * x), exp(lam / 2)), y=lam * x, z=lam / 2)
    size = p.order("basic", lt(0, exp(lam / 2)))
    sign = p.squares(le(0, sinh(lam * x)), [(1, [linear], "", 1), (1, [p.given(1), low], "", 1)])
    chord = p.squares(le(exp(2 * lam * x), 1 + 2 * x * exp(lam)),
                      [(2, [shorter, sign], "", 1), (2, [size, convex], "", 1), (2, [low], "", 1)])
    p.squares(GOAL, [(1, [chord], "", 1), (1, [], "", d - x * exp(lam) / d), (T(1) / 4, [square], "", exp(lam) / d)], nonzero=[proper])


@explained
def far(p, high, rises, back, proper):
    """For 1/2 ≤ x ≤ 1 − d: sin πx = sin π(1 − x) ≥ 2(1 − x) ≥ 2d, and e^{2λx} ≤ e^{2λ}."""
    low = p.squares(le(0, 1 - x), [(1, [p.given(3)], "", 1), (1, [p.given(2)], "", 1)])
    sine = jordan(p, 1 - x, low, p.squares(le(1 - x, T(1) / 2), [(1, [high], "", 1)]))
    above = p.squares(le(2 * d, sin(PI * x)), [(1, [sine], "", 1), (2, [p.given(3)], "", 1)])
    square = p.squares(le(4 * d**2, sin(PI * x) ** 2), [(1, [above, above], "", 1), (4, [p.given(2), above], "", 1)])
    p.squares(le(x, 1), [(1, [low], "", 1)])
    p.squares(le(2 * lam * x, 2 * lam), [(2, [p.given(1), low], "", 1)])
    grown = p.apply(rises, le(exp(2 * lam * x), exp(2 * lam)), y=2 * lam * x, z=2 * lam)
    p.squares(GOAL, [(1, [grown], "", 1), (1, [], "", 1), (1, [], "", d), (T(1) / 4, [square], "", exp(lam) / d)], nonzero=[proper])


def right_side(lam, d, x):
    """The formula."""
    from mpmath import mp

    return 1 + d**2 + mp.exp(2 * lam) * (mp.sin(mp.pi * x) / (2 * d)) ** 2


@claim.oracle
def measured():
    """Both sides in 30 digits on a grid that holds the ends of the ranges; the left side as a power series."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(30):
        for rate in (mpf(0), mpf(1) / 2, mpf(2), mpf(5)):
            for d in (mpf(1) / 100, mpf(1) / 10, mpf(1) / 2):
                points = [-mpf(1), -d, mpf(0), d / 2, d * mp.exp(-rate), mpf(1) / 2, 1 - d]
                for x in (x for x in points if x <= 1 - d):
                    left = mp.nsum(lambda j, u=2 * rate * x: u**j / mp.factorial(j), [0, mp.inf])
                    right = right_side(rate, d, x)
                    found.append(bounded("e^{2λx}", {"lam": float(rate), "d": float(d), "x": float(x)}, mp.nstr(left, 12),
                                         mp.nstr(right, 12), left <= right + mpf(10) ** -18))
    return found


claim.must_refuse(
    up_to_one=changed(given={3: le(x, 1)}),
    constant_one=changed(le(exp(2 * lam * x), curve(x) - d**2)),
    sine_halved=changed(le(exp(2 * lam * x), 1 + d**2 + GROWTH * (sin(PI * x) / (4 * d)) ** 2)),
    falling=changed(given={1: None}),
    growth_lost=changed(le(exp(2 * lam * x), 1 + d**2 + (sin(PI * x) / (2 * d)) ** 2)),
)
claim.refute("up_to_one")(fails_in_balls(lam=1, d=T(1) / 2, x=1))
claim.refute("constant_one")(fails_in_balls(lam=T(1) / 100, d=T(1) / 2, x=T(1) / 10000))
claim.refute("growth_lost")(fails_in_balls(lam=5, d=T(1) / 2, x=T(1) / 2))
