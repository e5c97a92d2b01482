"""The exact optimum of the white-noise loss for two poles at lag 2 (stronger than the paper)."""
from theory.claim import Claim
from theory.claims.uncertainty.two_pole_energy import TWO_STABLE, WEIGHTED
from theory.language import IMAGINARY, SEQ, Abs, Series, T, both, conj, delta, eq, fn, forall, le, lt, names, re, statement
from theory.mutations import changed, counterexample
from theory.proof import explained
from theory.steps import modulus_square_below_one, root_order

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


def draw(figure):
    """F_2 of the pairs r e^{±iφ} against φ, for five moduli, below 7/16."""
    from math import cos, pi

    axes, angles = figure.subplots(), [pi * j / 300 for j in range(301)]
    axes.axhline(7 / 16, color="#22262b", label="7/16")
    for square in (0.2, 0.35, 0.5, 0.65, 0.8):
        line = [energy(4 * square * cos(angle) ** 2, square) for angle in angles]
        axes.plot([angle / pi for angle in angles], line, label=f"$|a|^2 = {square}$")
    axes.plot([0.25], [7 / 16], "o", ms=5, color="#22262b")
    axes.set(xlabel=r"angle $\phi/\pi$ of the poles $re^{\pm i\phi}$", ylabel="captured energy $F_2$")
    axes.legend(fontsize=9)


def energy(square, size):
    """F_2 where the turn is at its best, from P = |a₁ + a₂|² and |a₁a₂|."""
    return (1 - size) ** 2 * square * (1 + 2 * size - square) + size**2 - size**4


claim = Claim(
    title="The optimum for two poles at lag 2",
    says="No two poles in the disk and no weights have a loss below 9/16 at K = 2. The poles (1 ± i)/2 with the weights −(1 ± 7i)/16 have "
         "it, and where it is reached, |a₁a₂| = 1/2, |a₁ + a₂| = 1 and (a₁ + a₂)² conj(a₁a₂) = 1/2: (1 ± i)/2 up to a rotation.",
    statement=statement(forall(VARIABLES, [TWO_STABLE], both(BOUND, ATTAINED, ONLY)),
                        [("L", [], Series("k", 0, Abs(WEIGHTED - delta(k, 2)) ** 2))]),
    paper="UP", dossier="UP.S2+", reference="stronger than the paper", source="own",
    hypotheses={"|a_s| < 1": "the loss is infinite"},
    limits="K = 2 only. It is not assumed that the poles are conjugate to each other; that they are, up to a rotation, is a result.",
    page=draw,
)


@claim.certify
def proof(p, _):
    """With q = |a₁a₂|, P = |a₁ + a₂|² and w = (a₁ + a₂)² conj(a₁a₂), of modulus Pq,

    7/16 − F_2 = (q − 1/2)²(q + 3/4) + (1 − q)²(P − 1/2 − q)² + 2(P + q²)(|w| − Re w).
    """
    with p.inhabited_by(a=fn("n", 0), b=fn("n", 0)):
        pass
    stable = p.given(1)
    for n, z in ((1, x), (2, y)):
        modulus_square_below_one(p, z, p.apply(stable, lt(Abs(z), 1), s=n))
    below = energy_below(p)
    parts = pieces(p)
    bound = p.squares(BOUND, [(1, [below], "", 1), *parts.values()])
    with p.generalise({}, AT, eq(L, T(9) / 16)) as attained:
        at_the_optimum(p, attained)
    with p.generalise({}, [eq(L, T(9) / 16)], ONLY.json[3]) as only:
        nowhere_else(p, only(1), below, parts)
    p.both(bound, attained.fact, only.fact)


@explained
def energy_below(p):
    """L ≥ 1 − F_2 (UP.S2+), with F_2 = P(1 − 3q²) − P²(1 + q²) + q²(1 − q²) + 2(P + q²) Re w."""
    from theory.claims.uncertainty import two_pole_energy as two

    said = p.use("uncertainty.two_pole_energy", le(1 - unfolded(), L), K=2, a=a, b=b)
    return p.squares(le(1 - ENERGY, L), [(1, [said], "", 1)]) if two else said


def unfolded():
    """F_2 as in UP.S2+."""
    first, second = 1 - x * conj(x), 1 - y * conj(y)
    one, two = x + y, x**2 + x * y + y**2
    return first * Abs(x) ** 4 + second * Abs(y) ** 4 + first * second * (Abs(one) ** 2 - Abs(two) ** 2)


@explained
def pieces(p):
    """Every term is ≥ 0: q ≥ 0, P ≥ 0, and Re w ≤ |w| because |w|² − (Re w)² is a square."""
    size = p.order("basic", le(0, SIZE))
    total = p.order("basic", le(0, P), Y=x + y)
    modulus = p.order("basic", le(0, Abs(TURN)))
    square = p.squares(le(re(TURN) ** 2, Abs(TURN) ** 2), [(1, [], "", (TURN - conj(TURN)) / 2)])
    turn = root_order(p, re(TURN), Abs(TURN), modulus, square)
    return {
        "size": (T(3) / 4, [], "", SIZE - HALF), "size twice": (1, [size], "", SIZE - HALF),
        "sum": (1, [], "", (1 - SIZE) * (P - HALF - SIZE)),
        "turn": (2, [turn, total], "", 1), "turn twice": (2, [turn], "", SIZE),
    }


@explained
def at_the_optimum(p, given):
    """The loss in Gram form at these numbers."""
    from theory.claims.uncertainty.two_pole_energy import CLOSED

    values = {"S": 2, "K": 2, "a": a, "b": b}
    return p.use("uncertainty.loss_in_gram_form", eq(L, CLOSED), **values)


@explained
def nowhere_else(p, equal, below, parts):
    """Where the loss is 9/16 every term is 0."""
    def vanishing(name, Y, scale):
        rest = [(scale * c if isinstance(c, int) else scale * c, refs, mid, Z) for n, (c, refs, mid, Z) in parts.items() if n != name]
        least = p.squares(le(Y * conj(Y), 0), [*rest, (scale, [below], "", 1)], using=[(equal, -scale)])
        return p.order("vanish", eq(Y, 0), least, Y=Y)
    half = vanishing("size", SIZE - HALF, T(4) / 3)
    size = p.identity(eq(SIZE, HALF), [(half, 1)])
    product = vanishing("sum", (1 - SIZE) * (P - HALF - SIZE), T(1))
    whole = p.identity(eq(P, 1), [(product, 2), (size, (P - HALF - SIZE) * 2 + 1)])
    p.both(size, whole)
