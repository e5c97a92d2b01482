"""The chord is shorter than the arc."""
from theory.claim import Claim
from theory.language import Abs, T, both, cos, eq, forall, integrates, le, names, sin, statement
from theory.mutations import changed
from theory.papers.circle import by_antiderivative, wave, x
from theory.proof import explained

t, u, r = names("t u r")
GOAL = both(le(2 - 2 * cos(t), t**2), le(Abs(1 - wave(t)) ** 2, t**2))

claim = Claim(
    title="The chord is shorter than the arc",
    says="For every real t, |1 − e^{it}|² = 2 − 2 cos t ≤ t².",
    statement=statement(forall({"t": "real"}, [], GOAL)),
    source="own",
    hypotheses={"t is real": "for t = −iτ the left side grows like e^{2τ}"},
    limits="An upper bound, sharp to second order at t = 0.",
)


@claim.derive
def integrals(step):
    import sympy

    from theory.identities import equal

    t, x = sympy.symbols("t x", real=True)
    turn = sympy.exp(sympy.I * t)
    equal(step, "chord", (1 - turn) * (1 - 1 / turn), 2 - 2 * sympy.cos(t), 4 * sympy.sin(t / 2) ** 2, why="|1 − e^{it}|²")
    equal(step, "first integral", sympy.Integral(1 - sympy.cos(x), (x, 0, t)), t - sympy.sin(t),
          why="of a non-negative function: sin t ≤ t for t ≥ 0")
    equal(step, "second integral", sympy.Integral(x - sympy.sin(x), (x, 0, t)), t**2 / 2 - 1 + sympy.cos(t),
          why="again: half of t² less the squared chord")
    equal(step, "how close", sympy.Limit((t**2 - 2 + 2 * sympy.cos(t)) / t**4, t, 0), sympy.Rational(1, 12),
          why="equality to third order at t = 0")


@claim.certify
def proof(p, _):
    p.inhabited(t=0)
    later = parabola(p, sine_below(p))
    block, branches = p.new_id(), {}
    for name in ("less", "equal", "greater"):
        with p.branch() as branches[name]:
            side = -t if name == "less" else t
            if name == "equal":
                p.squares(le(0, t), using=[(f"{block}.equal.1", -1)])
            else:
                p.squares(le(0, side), [(1, [f"{block}.{name}.1"], "", 1)])
            p.apply(later, le(2 - 2 * cos(t), t**2), u=side)
    half = p.step("cases", le(2 - 2 * cos(t), t**2), block, on=[t, 0], **branches)
    square = p.step("trigonometry", eq(Abs(1 - wave(t)) ** 2, 2 - 2 * cos(t)), mode="euler")
    p.both(half, p.squares(le(Abs(1 - wave(t)) ** 2, t**2), [(1, [half], "", 1)], using=[(square, 1)]))


@explained
def sine_below(p):
    """sin u ≤ u for u ≥ 0: the integral of 1 − cos = 2 sin² (·/2) ≥ 0 from 0 to u is u − sin u."""
    with p.generalise({"u": "real"}, [le(0, u)], le(sin(u), u)) as block:
        area = by_antiderivative(p, block(1), (T(0), u), x - sin(x), 1 - cos(x), sin(x))
        with p.generalise({"r": "real"}, [], le(0, 1 - cos(r))) as sign:
            double = p.step("trigonometry", eq(1 - cos(r), 2 * sin(r / 2) ** 2), mode="euler")
            p.squares(le(0, 1 - cos(r)), [(2, [], "", sin(r / 2))], using=[(double, -1)])
        p.squares(le(sin(u), u), [(1, [positive(p, area, sign.fact, 1 - cos(x), u - sin(u))], "", 1)])
    return block.fact


@explained
def parabola(p, below):
    """2 − 2 cos u ≤ u² for u ≥ 0: the integral of s − sin s ≥ 0 from 0 to u is u²/2 − 1 + cos u."""
    with p.generalise({"u": "real"}, [le(0, u)], le(2 - 2 * cos(u), u**2)) as block:
        area = by_antiderivative(p, block(1), (T(0), u), x**2 / 2 + cos(x), x - sin(x), 1 - cos(x))
        with p.generalise({"r": "real"}, [le(0, r), le(r, u)], le(0, r - sin(r))) as sign:
            p.squares(le(0, r - sin(r)), [(1, [p.apply(below, le(sin(r), r), u=r)], "", 1)])
        p.squares(le(2 - 2 * cos(u), u**2), [(2, [positive(p, area, sign.fact, x - sin(x), u**2 / 2 + cos(u) - 1)], "", 1)])
    return block.fact


def positive(p, area, sign, f, value):
    """0 ≤ f on [0, u] gives 0 ≤ ∫ f."""
    nothing = p.integral("linear", integrates("x", 0, u, 0, 0), using=[[area, 0, 1]])
    return p.integral("order", le(0, value), nothing, area, sign)


claim.must_refuse(
    square_halved=changed(both(le(2 - 2 * cos(t), t**2 / 2), le(Abs(1 - wave(t)) ** 2, t**2))),
    reversed_=changed(both(le(t**2, 2 - 2 * cos(t)), le(Abs(1 - wave(t)) ** 2, t**2))),
    sign_flipped=changed(both(le(2 - 2 * cos(t), t**2), le(Abs(1 + wave(t)) ** 2, t**2))),
    complex_angle=lambda given: {**given, "holds": ["forall", [["t", "complex"]], *given["holds"][2:]]},
)
