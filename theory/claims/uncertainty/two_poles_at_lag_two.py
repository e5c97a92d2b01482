"""The exact optimum of the white-noise loss for two poles at lag 2 (stronger than the paper)."""
from theory.claim import Claim
from theory.claims.uncertainty.two_pole_energy import CLOSED, TWO_STABLE, WEIGHTED, put_in
from theory.language import IMAGINARY, SEQ, Abs, Series, T, both, conj, delta, eq, fn, forall, le, lt, names, re, statement, sums
from theory.mutations import changed, counterexample
from theory.proof import explained
from theory.steps import at, modulus_square_below_one, no_unit_product, root_order

a, b, k, L, q, w = names("a b k L q w")
x, y = a[1], a[2]
BOUND = le(T(9) / 16, L)
AT = [eq(x, (1 + IMAGINARY) / 2), eq(y, (1 - IMAGINARY) / 2), eq(b[1], -(1 + 7 * IMAGINARY) / 16), eq(b[2], -(1 - 7 * IMAGINARY) / 16)]
ATTAINED = forall({}, AT, eq(L, T(9) / 16))
P, SIZE = (x + y) * conj(x + y), Abs(x) * Abs(y)
TURN = (x + y) ** 2 * conj(x * y)
ONLY = forall({}, [eq(L, T(9) / 16)], both(eq(Abs(x) * Abs(y), T(1) / 2), eq((x + y) * conj(x + y), 1), eq(TURN, T(1) / 2)))
VARIABLES = {"a": SEQ, "b": SEQ}
ENERGY = P * (1 - 3 * SIZE**2) - P**2 * (1 + SIZE**2) + SIZE**2 * (1 - SIZE**2) + 2 * (P + SIZE**2) * re(TURN)
HALF = T(1) / 2
TERM, FORM = Abs(WEIGHTED - delta(k, 2)) ** 2, at(CLOSED, "K", 2)


def draw(figure):
    """F_2 of the pairs r e^{±iφ} against φ, for five moduli, below 7/16."""
    from math import cos, pi

    axes, angles = figure.subplots(), [pi * j / 300 for j in range(301)]
    axes.axhline(7 / 16, color="#22262b", label="7/16")
    for square in (0.2, 0.35, 0.5, 0.65, 0.8):
        line = [energy(4 * square * cos(angle) ** 2, square) for angle in angles]
        axes.plot([angle / pi for angle in angles], line, label=f"$|a|^2 = {square}$")
    axes.plot([0.25], [7 / 16], "o", ms=5, color="#22262b")
    axes.set(xlabel=r"angle $\phi/\pi$ of the poles $re^{\pm i\phi}$", ylabel="captured energy $F_2$", ylim=(None, 0.6))
    axes.legend(fontsize=8, ncols=3, loc="upper right")


def energy(square, size):
    """F_2 where the turn is at its best, from P = |a₁ + a₂|² and |a₁a₂|."""
    return (1 - size) ** 2 * square * (1 + 2 * size - square) + size**2 - size**4


claim = Claim(
    title="The optimum for two poles at lag 2",
    says="No two poles in the disk and no weights have a loss below 9/16 at K = 2. The poles (1 ± i)/2 with the weights −(1 ± 7i)/16 have "
         "it, and where it is reached, |a₁a₂| = 1/2, |a₁ + a₂| = 1 and (a₁ + a₂)² conj(a₁a₂) = 1/2: (1 ± i)/2 up to a rotation.",
    statement=statement(forall(VARIABLES, [TWO_STABLE], both(BOUND, ATTAINED, ONLY)),
                        [("L", [], Series("k", 0, TERM))]),
    paper="UP", dossier="UP.S1+", reference="stronger than the paper", source="own",
    hypotheses={"|a_s| < 1": "the loss is infinite"},
    limits="K = 2 only. It is not assumed that the poles are conjugate to each other; that they are, up to a rotation, is a result.",
    page=draw,
)


@claim.certify
def proof(p, _):
    """With q = |a₁a₂|, P = |a₁ + a₂|² and w = (a₁ + a₂)² conj(a₁a₂), of modulus Pq,

    7/16 − F_2 = (q − 1/2)²(q + 3/4) + (1 − q)²(P − 1/2 − q)² + 2(P + q²)(|w| − Re w).
    """
    p.inhabited(a=fn("n", 0), b=fn("n", 0))
    stable = p.given(1)
    for n, z in ((1, x), (2, y)):
        modulus_square_below_one(p, z, p.apply(stable, lt(Abs(z), 1), s=n))
    no_unit_product(p, a, T(2), stable)
    gram = p.use("uncertainty.loss_in_gram_form", both(sums("k", 0, TERM, FORM), eq(L, FORM)), S=2, K=2, a=a, b=b)
    p.series("exists", sums("k", 0, TERM, L), p.part(gram, sums("k", 0, TERM, FORM)))
    below = energy_below(p)
    parts = pieces(p)
    bound = p.squares(BOUND, [(1, [below], "", 1), *parts.values()])
    with p.generalise({}, AT, eq(L, T(9) / 16)) as attained:
        at_the_optimum(p, attained, p.part(gram, eq(L, FORM)))
    with p.generalise({}, [eq(L, T(9) / 16)], ONLY.json[3]) as only:
        nowhere_else(p, only(1), below, parts)
    p.both(bound, attained.fact, only.fact)


@explained
def energy_below(p):
    """L ≥ 1 − F_2 (UP.S1+), with F_2 = P(1 − 3q²) − P²(1 + q²) + q²(1 − q²) + 2(P + q²) Re w."""
    said = p.use("uncertainty.two_pole_energy", le(1 - unfolded(), L), K=2, a=a, b=b)
    return p.squares(le(1 - ENERGY, L), [(1, [said], "", 1)])


def unfolded():
    """F_2 as in UP.S1+."""
    first, second = 1 - x * conj(x), 1 - y * conj(y)
    one, two = x + y, x**2 + x * y + y**2
    return first * Abs(x) ** 4 + second * Abs(y) ** 4 + first * second * (Abs(one) ** 2 - Abs(two) ** 2)


def signs(p):
    """q ≥ 0, P ≥ 0, and Re w ≤ |w| = Pq because |w|² − (Re w)² is a square."""
    size = p.order("basic", le(0, SIZE))
    total = p.squares(le(0, P), [(1, [], "", x + y)])
    modulus = p.squares(le(0, P * SIZE), [(1, [total, size], "", 1)])
    square = p.squares(le(re(TURN) ** 2, (P * SIZE) ** 2), [(1, [], "", (TURN - conj(TURN)) / 2)])
    return size, total, root_order(p, re(TURN), P * SIZE, modulus, square)


@explained
def pieces(p):
    """Every term is ≥ 0: q ≥ 0, P ≥ 0, and Re w ≤ |w| = Pq because |w|² − (Re w)² is a square."""
    size, total, turn = signs(p)
    return {
        "size": (T(3) / 4, [], "", SIZE - HALF), "size twice": (1, [size], "", SIZE - HALF),
        "sum": (1, [], "", (1 - SIZE) * (P - HALF - SIZE)),
        "turn": (2, [turn, total], "", 1), "turn twice": (2, [turn], "", SIZE),
    }


@explained
def at_the_optimum(p, given, loss):
    """The loss in Gram form at these numbers, put in one after the other."""
    value, form = put_in(p, 2, AT, given, loss)
    exactly = p.step("instance", eq(form, T(9) / 16))
    return p.identity(eq(L, T(9) / 16), [(value, 1), (exactly, 1)])


@explained
def nowhere_else(p, equal, below, parts):
    """Where the loss is 9/16 every term is 0."""
    def vanishing(name, Y, scale):
        rest = [(scale * c, refs, mid, Z) for n, (c, refs, mid, Z) in parts.items() if n != name]
        least = p.squares(le(Y * conj(Y), 0), [*rest, (scale, [below], "", 1)], using=[(equal, scale)])
        return p.order("vanish", eq(Y, 0), least, Y=Y)
    half = vanishing("size", SIZE - HALF, T(4) / 3)
    size = p.identity(eq(SIZE, HALF), [(half, 1)])
    product = vanishing("sum", (1 - SIZE) * (P - HALF - SIZE), T(1))
    whole = p.identity(eq(P, 1), [(product, 2), (size, 2 * (P - HALF - SIZE) + 1)])
    rest = [part for name, part in parts.items() if name not in ("turn", "turn twice")]
    gap = p.squares(le(2 * (P + SIZE**2) * (P * SIZE - re(TURN)), 0), [*rest, (1, [below], "", 1)], using=[(equal, 1)])
    share, place = T(4) / 5, re(TURN)
    by_sum = share * (SIZE * (P + 1) + SIZE**3 - place) - SIZE**2 * (P + 1)
    by_size = share * (T(5) / 4 + SIZE**2 + SIZE / 2 - place * (SIZE + HALF)) - SIZE - HALF
    least = p.squares(le((TURN - HALF) * conj(TURN - HALF), 0), [(T(2) / 5, [gap], "", 1)], using=[(whole, -by_sum), (size, -by_size)])
    turned = p.order("vanish", eq(TURN - HALF, 0), least, Y=TURN - HALF)
    p.both(size, whole, p.identity(eq(TURN, HALF), [(turned, 1)]))


def least_loss():
    """What the claim says."""
    from fractions import Fraction

    return Fraction(9, 16)


@claim.oracle
def exact_losses():
    """The loss from the recurrence in exact arithmetic, tail included: of the poles of the claim turned by rational rotations, and of
    poles and weights drawn or close by, which lose more."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, compared, numbers, pole_sets, text

    half, results = Fraction(1, 2), []

    def losses(poles):
        weights = reference.optimal_weights(poles, 2)
        return weights, lambda b: reference.loss_by_recurrence(reference.diagonal(poles), b, [reference.ONE] * 2, 2)

    for turn in ((1, 0), (0, 1), (Fraction(3, 5), Fraction(4, 5)), (Fraction(-5, 13), Fraction(12, 13))):
        poles = [reference.gaussian(pole) * reference.gaussian(turn) for pole in ((half, half), (half, -half))]
        weights, loss = losses(poles)
        results.append(compared("loss of the best poles", {"a": text(poles)}, loss(weights), least_loss()))
    near = [[(half + step, half), (half, -half + step)] for step in (Fraction(1, 50), Fraction(-1, 50), Fraction(1, 1000))]
    for n, drawn in enumerate([*pole_sets(2, 3).values(), *pole_sets(2, 4).values(), *near]):
        poles = [reference.gaussian(pole) for pole in drawn]
        weights, loss = losses(poles)
        other = [w + reference.gaussian(z) for w, z in zip(weights, numbers(2, n), strict=True)]
        for kind, b in (("best", weights), ("other", other)):
            found = loss(b)
            results.append(bounded(f"loss of two poles, {kind} weights", {"a": text(poles)}, float(found), float(least_loss()),
                                   inside=found > least_loss()))
    return results


@claim.oracle
def all_pairs():
    """Branch and bound in balls over every pair of poles, against a pair found by a search: 7/16 lies between."""
    from fractions import Fraction

    from numeric import best
    from theory.papers.uncertainty_measurements import bounded

    found = best.largest(2, 2, Fraction(1, 10**5))
    captured = 1 - least_loss()
    lower, upper = found.lower * captured.denominator, found.upper * captured.denominator
    holds = (lower <= captured.numerator) is True and (upper >= captured.numerator) is True
    return [bounded("enclosure of the largest energy", {"boxes": found.boxes, "lower": float(found.lower)}, float(found.upper),
                    float(captured), inside=holds and found.reached)]


@claim.derive
def decomposition(step):
    """7/16 − F_2 as a sum of terms that are ≥ 0, with e = a₁ + a₂, f = a₁a₂ and their conjugates as free symbols."""
    import sympy

    e, f, u, v, q = sympy.symbols("e f u v q")  # u, v the conjugates of e, f; q² = f v
    h = [e, e**2 - f, u, u**2 - v]
    energy_form = (1 - q**2) * (h[1] * h[3] + h[0] * h[2]) - (e - f * u) * h[0] * h[3] - (u - v * e) * h[2] * h[1]
    P, R, r = e * u, (e**2 * v + u**2 * f) / 2, sympy.Rational
    terms = (q - r(1, 2)) ** 2 * (q + r(3, 4)) + (1 - q) ** 2 * (P - r(1, 2) - q) ** 2 + 2 * (P + q**2) * (P * q - R)
    rest = sympy.rem(sympy.expand(r(7, 16) - energy_form - terms).subs(f * v, q**2), f * v - q**2, f)
    if sympy.expand(rest) != 0:
        raise ValueError(f"the terms miss {rest}")
    step("7/16 − F_2", terms, why="F_2 from the recurrence h_2 = e² − f, h_1 = e of the impulse response")


SHIFTED = Series("k", 0, Abs(WEIGHTED - delta(k, 3)) ** 2)
claim.must_refuse(
    constant_improved=changed(le(T(10) / 16, L)),
    strict=changed(lt(T(9) / 16, L)),
    lag_shifted=changed(both(BOUND, ATTAINED, ONLY), where={"L": SHIFTED}),
    other_weights=changed(forall({}, [*AT[:2], eq(b[1], AT[3].json[2]), eq(b[2], AT[2].json[2])], eq(L, T(9) / 16))),
    real_poles=changed(forall({}, [eq(x, HALF), eq(y, -HALF), *AT[2:]], eq(L, T(9) / 16))),
    only_real=changed(forall({}, [eq(L, T(9) / 16)], eq(x, conj(y)))),
    reaches_circle=changed(given={1: forall({"s": "int"}, [le(1, T("s")), le(T("s"), 2)], le(Abs(a[T("s")]), 1))}),
)


@claim.refute("constant_improved")
def close_by(p):
    """Poles (4 ± 3i)/7 and weights ∓3i/7: their loss in Gram form is below 10/16."""
    n = T("n")
    values = {"a": fn("n", 4 * delta(n, 1) / 7 + 4 * delta(n, 2) / 7 + 3 * IMAGINARY * (delta(n, 1) - delta(n, 2)) / 7),
              "b": fn("n", 3 * IMAGINARY * (delta(n, 2) - delta(n, 1)) / 7)}
    here = counterexample(p, **values)
    loss = p.use("uncertainty.loss_in_gram_form", here(eq(L, FORM)), S=2, K=2, **values)
    less = p.step("instance", here(lt(FORM, T(10) / 16)))
    p.squares(here(lt(L, T(10) / 16)), [(1, [less], "", 1)], using=[(loss, 1)])
