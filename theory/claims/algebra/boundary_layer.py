"""The window that is 1 inside and falls to 0 in a layer at both ends: the solution of w − h(h+1) Δ²w = 1 with zero ends."""
from itertools import pairwise

from theory.claim import Claim
from theory.language import Sum, T, both, eq, fn, forall, le, lt, names, statement, within
from theory.mutations import changed, fails_at
from theory.papers.uncertainty_sharp import WHERE_LAYER, WHERE_WINDOW, S, layer, q, reciprocal, s, window
from theory.proof import explained
from theory.steps import nonnegative_power

ENDS = both(eq(window(0), 0), eq(window(S + 1), 0))
TOTAL = Sum("s", 1, S, window(s))
SQUARES = Sum("s", 1, S, window(s) ** 2)
STEPS = Sum("s", 1, S + 1, (window(s) - window(s - 1)) ** 2)
GREEN = eq(SQUARES + layer * (layer + 1) * STEPS, TOTAL)
SUM = 1 + q ** (S + 1)
EXACT = eq(TOTAL, S - 2 * layer * (1 - q**S) / SUM)
AREA = le(S - 2 * layer, TOTAL)

claim = Claim(
    title="A window with boundary layers",
    says="For 0 < q < 1 and h = q/(1 − q), w_s = 1 − (q^s + q^{S+1−s})/(1 + q^{S+1}) vanishes at s = 0 and s = S + 1, and "
         "Σ w_s² + h(h+1) Σ (w_s − w_{s−1})² = Σ w_s = S − 2h (1 − q^S)/(1 + q^{S+1}) ≥ S − 2h.",
    statement=statement(forall({"S": "nat", "q": "real"}, [lt(0, q), lt(q, 1)],
                               both(eq(window(0), 0), eq(window(S + 1), 0), GREEN, EXACT, AREA)), [WHERE_LAYER, WHERE_WINDOW]),
    reference="own; the minimiser of Σw² + h(h+1)Σ(Δw)² at a given sum",
    hypotheses={"q < 1": "h is not defined at q = 1", "q > 0": "for q < 0 the layer width is negative and the window oscillates"},
    limits="For S = 0 both sums are empty.",
)


@claim.derive
def second_difference(step):
    import sympy

    from theory.identities import define, equal

    q, s, order = sympy.symbols("q s S", positive=True)
    root = sympy.symbols("r")
    layer = define(step, "width of the layers", "h", q / (1 - q), why="0 < q < 1")
    equal(step, "characteristic equation", sympy.expand(root - layer * (layer + 1) * (root**2 - 2 * root + 1)).subs(root, q), sympy.S.Zero,
          shown="q - h(h+1)(q - 1)^2", why="q^s, and 1/q^s, solve w − h(h+1) Δ²w = 0; the constant 1 solves it with the right side 1")
    wave = q**s + q ** (order + 1 - s)
    window = define(step, "both ends at 0", "w_s", 1 - wave / (1 + q ** (order + 1)),
                    why="the combination that is symmetric and vanishes at s = 0")
    equal(step, "equation", window - layer * (layer + 1) * (window.subs(s, s + 1) - 2 * window + window.subs(s, s - 1)), sympy.S.One,
          shown="w - h(h+1)Δ²w", why="for 1 ≤ s ≤ S")
    for number in (1, 2, 3):
        total = sum(window.subs({order: number, s: j}) for j in range(1, number + 1))
        equal(step, f"S = {number}: sum", total, number - 2 * layer * (1 - q**number) / (1 + q ** (number + 1)), shown="Σ w_s",
              why="geometric series")


@claim.certify
def proof(p, _):
    """q^s + q^{S+1−s} is an eigenvector of the second difference with eigenvalue (1 − q)²/q = 1/(h(h+1)), so w − h(h+1)Δ²w = 1. Multiplied
    with w and summed by parts this is the equation of energies; the sum itself is geometric.
    """
    p.inhabited(S=0, q=["/", 1, 2])
    room = reciprocal(p, 1 - q, p.squares(lt(0, 1 - q), [(1, [p.given(2)], "", 1)]))
    nonnegative = p.squares(le(0, q), [(1, [p.given(1)], "", 1)])
    power = nonnegative_power(p, q, nonnegative, S + 1)
    total = p.squares(lt(0, SUM), [(1, [power], "", 1), (1, [], "", 1)])
    whole = reciprocal(p, SUM, total)
    ends = [p.identity(eq(window(0), 0), nonzero=[whole[0]]), p.identity(eq(window(S + 1), 0), nonzero=[whole[0]])]
    green = energies(p, room, whole)
    exact = area(p, room, whole)
    low = nonnegative_power(p, q, nonnegative, S)
    bound = p.squares(AREA, [(2, [p.given(1), room[1], whole[1], low], "", 1), (2, [p.given(1), room[1], whole[1], power], "", 1)],
                      using=[(exact, -1)], nonzero=[whole[0], room[0]])
    p.both(*ends, green, exact, bound)


@explained
def energies(p, room, whole):
    """w_s − h(h+1)(w_{s+1} − 2w_s + w_{s−1}) = 1 for 1 ≤ s ≤ S."""
    def solves(r):
        return eq(window(s) - r * (window(s + 1) - 2 * window(s) + window(s - 1)), 1)
    goal = solves(layer * (layer + 1))
    with p.generalise({"s": "int"}, within(1, s, S), goal):
        p.identity(goal, nonzero=[whole[0], room[0]])
    r = names("r_")
    given = [eq(window(0), 0), eq(window(S + 1), 0), forall({"s": "int"}, within(1, s, S), solves(r))]
    general = forall({"r_": "real"}, given, eq(SQUARES + r * STEPS, TOTAL))
    green = p.use("algebra.summation_by_parts", general, n=S, u=fn("s", window(s)))
    return p.apply(green, GREEN, r_=layer * (layer + 1))


@explained
def area(p, room, whole):
    """Σ (q^s + q^{S+1−s}) = 2(q − q^{S+1})/(1 − q)."""
    def before(j):
        return (q ** (S + 2 - j) - q**j) / (1 - q)
    geometric = p.step("telescoping", eq(Sum("s", 1, S, q**s + q ** (S + 1 - s)), before(S + 1) - before(1)),
                       T=fn("j_", before(names("j_"))), nonzero=[room[0]])
    return p.identity(EXACT, [(geometric, -1 / SUM)], nonzero=[whole[0], room[0]])


@claim.oracle
def exact_windows():
    """The window as the solution of the difference equation by elimination over the rationals, and its energies."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import bounded, compared

    found = []
    for order in (0, 1, 2, 5, 12):
        for ratio in (Fraction(1, 2), Fraction(3, 4), Fraction(9, 10)):
            width = ratio / (1 - ratio)
            stiff = width * (width + 1)
            values = [0, *eliminated(order, stiff), 0]
            steps = sum((y - x) ** 2 for x, y in pairwise(values))
            squares, total = sum(x * x for x in values), sum(values)
            inputs = {"S": order, "q": str(ratio)}
            found.append(compared("both energies", inputs, squares + stiff * steps, total))
            found.append(compared("sum", inputs, total, order - 2 * width * (1 - ratio**order) / (1 + ratio ** (order + 1))))
            found.append(bounded("sum", inputs, total, order - 2 * width, total >= order - 2 * width))
    return found


def eliminated(order, stiff):
    """w_1 … w_S with (1 + 2c) w_s − c (w_{s−1} + w_{s+1}) = 1 and zero ends, c = h(h+1)."""
    pivots, rights = [], []
    for row in range(order):
        pivots.append(1 + 2 * stiff - (stiff**2 / pivots[-1] if row else 0))
        rights.append(1 + (stiff * rights[-1] / pivots[-2] if row else 0))
    values = []
    for pivot, right in zip(reversed(pivots), reversed(rights), strict=True):
        values.append((right + (stiff * values[-1] if values else 0)) / pivot)
    return values[::-1]


claim.must_refuse(
    area_improved=changed(le(S - layer, TOTAL)),
    layers_forgotten=changed(eq(SQUARES + layer**2 * STEPS, TOTAL)),
    minus_sign=changed(GREEN, where={"w": 1 - (q**s - q ** (S + 1 - s)) / (1 + q ** (S + 1))}),
    window_of_order_minus_one=changed(EXACT, where={"w": 1 - (q**s + q ** (S - s)) / (1 + q**S)}),
    beyond_one=changed(AREA, given={2: None}),
)
claim.refute("area_improved")(fails_at(S=4, q=T(1) / 2))
claim.refute("layers_forgotten")(fails_at(S=1, q=T(1) / 2))
claim.refute("minus_sign")(fails_at(S=1, q=T(1) / 2))
