"""The optimum of the white-noise loss for two poles at lag 3, to a relative 10^−5 (stronger than the paper)."""
from theory.claim import Claim
from theory.claims.uncertainty.two_pole_energy import CLOSED, TWO_STABLE, WEIGHTED, put_in
from theory.claims.uncertainty.two_poles_at_lag_two import SIZE, TURN, P, signs
from theory.language import IMAGINARY, SEQ, Abs, Series, T, both, conj, delta, eq, fn, forall, le, lt, names, re, statement, sums
from theory.mutations import changed, counterexample
from theory.proof import explained
from theory.steps import at, modulus_square_below_one, no_unit_product

a, b, k, L, p_, q_ = names("a b k L p_ q_")
x, y = a[1], a[2]
MILLION = 10**6
HIGH, LOW = T(300782) / MILLION, T(300779) / MILLION
TERM, FORM = Abs(WEIGHTED - delta(k, 3)) ** 2, at(CLOSED, "K", 3)
LOSS = ("L", [], Series("k", 0, TERM))
AT = [eq(x, (135 + 83 * IMAGINARY) / 200), eq(y, (135 - 83 * IMAGINARY) / 200),
      eq(b[1], -(34 + 149 * IMAGINARY) / 500), eq(b[2], -(34 - 149 * IMAGINARY) / 500)]
BOUND, CLOSE = le(1 - HIGH, L), forall({}, AT, le(L, 1 - LOW))
VARIABLES = {"a": SEQ, "b": SEQ}


def top(P, q):
    """F_3 where Re w = |w|."""
    return (1 - q) ** 2 * ((1 + 4 * q) * P**2 - P**3 - 2 * q * (1 + 2 * q) * P) + q**2 * (1 - q**2)


def slope(P, q):
    """The derivative of F_3 by Re w there."""
    return 2 * P**2 + 2 * P + 4 * P * q**2 + 6 * q**2 - 2 - 8 * P * q


def draw(figure):
    """The largest F_3 of poles with given |a₁a₂|, Re w = |w|, and the two bounds."""
    axes, sizes = figure.subplots(), [j / 400 for j in range(401)]
    axes.plot(sizes, [max(top(j / 100, size) for j in range(401)) for size in sizes], label=r"largest $F_3$ with $|a_1a_2| = q$")
    axes.axhline(0.300782, color="#22262b", lw=0.8, label="0.300779 and 0.300782")
    axes.axhline(0.300779, color="#22262b", lw=0.8)
    axes.set(xlabel="$q$", ylabel="captured energy $F_3$")
    axes.legend(fontsize=9)


claim = Claim(
    title="The optimum for two poles at lag 3",
    says="No two poles in the disk and no weights have a loss below 1 − 0.300782 at K = 3, and the poles (135 ± 83i)/200 with the weights "
         "−(34 ± 149i)/500 have one of at most 1 − 0.300779.",
    statement=statement(forall(VARIABLES, [TWO_STABLE], both(BOUND, CLOSE)), [LOSS]),
    paper="UP", dossier="UP.S1+", reference="stronger than the paper", source="own",
    hypotheses={"|a_s| < 1": "the loss is infinite"},
    limits="K = 3 only, and to a relative width of 10⁻⁵. It is not assumed that the poles are conjugate to each other. The exact optimum, "
           "as measured, is at a conjugate pair with 10q³ − 12q² + 2q + 1 = 0, q = |a₁a₂|; that is not shown.",
    page=draw,
)


@claim.certify
def proof(p, _):
    """With q = |a₁a₂|, P = |a₁ + a₂|² and w = (a₁ + a₂)² conj(a₁a₂), of modulus Pq, and T = Pq − Re w ≥ 0,

    F_3 = G(P, q) − D(P, q) T − 4T²,   G = (1 − q)²((1 + 4q)P² − P³ − 2q(1 + 2q)P) + q²(1 − q²).

    Where D ≥ 0 this is at most G, and everywhere at most G + D²/16. D ≥ 0 unless P < 9/10 and q < 13/20.
    """
    p.inhabited(a=fn("n", 0), b=fn("n", 0))
    stable = p.given(1)
    moduli = [p.apply(stable, lt(Abs(z), 1), s=n) for n, z in ((1, x), (2, y))]
    room = [modulus_square_below_one(p, z, fact) for z, fact in zip((x, y), moduli, strict=True)]
    no_unit_product(p, a, T(2), stable)
    gram = p.use("uncertainty.loss_in_gram_form", both(sums("k", 0, TERM, FORM), eq(L, FORM)), S=2, K=3, a=a, b=b)
    p.series("exists", sums("k", 0, TERM, L), p.part(gram, sums("k", 0, TERM, FORM)))
    below, (_, _, turn) = energy_below(p), signs(p)
    p.squares(le(P, 4), [(2, [room[0]], "", 1), (2, [room[1]], "", 1), (1, [], "", x - y)])
    positive = p.order("basic", le(0, Abs(x)))
    p.squares(le(SIZE, 1), [(1, [moduli[0]], "", 1), (1, [positive, moduli[1]], "", 1)])
    bound = bounded(p, below, turn, boxes(p))
    with p.generalise({}, AT, le(L, 1 - LOW)) as close:
        value, form = put_in(p, 3, AT, close, p.part(gram, eq(L, FORM)))
        enough = p.step("instance", le(form, 1 - LOW))
        p.squares(le(L, 1 - LOW), [(1, [enough], "", 1)], using=[(value, 1)])
    p.both(bound, close.fact)


def parted(P, q, turn):
    """F_3 = G − D T − 4T²."""
    T_ = P * q - turn
    return top(P, q) - slope(P, q) * T_ - 4 * T_**2


@explained
def energy_below(p):
    """L ≥ 1 − F_3 (UP.S1+), in P, q and Re w."""
    first, second = 1 - x * conj(x), 1 - y * conj(y)
    two, three = x**2 + x * y + y**2, x**3 + x**2 * y + x * y**2 + y**3
    energy = first * Abs(x) ** 6 + second * Abs(y) ** 6 + first * second * (Abs(two) ** 2 - Abs(three) ** 2)
    said = p.use("uncertainty.two_pole_energy", le(1 - energy, L), K=3, a=a, b=b)
    return p.squares(le(1 - parted(P, SIZE, re(TURN)), L), [(1, [said], "", 1)])


@explained
def boxes(p):
    """Four inequalities between polynomials in P and q on rectangles, by Bernstein coefficients."""
    def shown(ends, conclusion, name):
        (low, high), (less, more) = ends
        return p.step("sign", forall({"p_": "real", "q_": "real"}, [le(low, p_), le(p_, high), le(less, q_), le(q_, more)], conclusion),
                      name, method="bernstein", depth=60)
    short, part = T(9) / 10, T(13) / 20
    return {
        "top": shown(((0, 4), (0, 1)), le(top(p_, q_), HIGH), "top_box"),
        "corner": shown(((0, short), (0, part)), le(top(p_, q_) + slope(p_, q_) ** 2 / 16, HIGH), "corner_box"),
        "right": shown(((short, 4), (0, 1)), le(0, slope(p_, q_)), "right_box"),
        "above": shown(((0, 4), (part, 1)), le(0, slope(p_, q_)), "above_box"),
    }


@explained
def bounded(p, below, turn, facts):
    """P < 9/10 and q < 13/20, or not."""
    goal, outer, inner = le(1 - HIGH, L), p.new_id(), p.new_id()
    short, part = T(9) / 10, T(13) / 20
    rest = P * SIZE - re(TURN)

    def rising(name):
        """D ≥ 0."""
        sign = p.apply(facts[name], le(0, slope(P, SIZE)), p_=P, q_=SIZE)
        level = p.apply(facts["top"], le(top(P, SIZE), HIGH), p_=P, q_=SIZE)
        p.squares(goal, [(1, [below], "", 1), (1, [level], "", 1), (1, [sign, turn], "", 1), (4, [], "", rest)])

    with p.branch() as less:
        with p.branch() as low:
            p.squares(le(P, short), [(1, [f"{outer}.less.1"], "", 1)])
            p.squares(le(SIZE, part), [(1, [f"{inner}.less.1"], "", 1)])
            level = p.apply(facts["corner"], le(top(P, SIZE) + slope(P, SIZE) ** 2 / 16, HIGH), p_=P, q_=SIZE)
            p.squares(goal, [(1, [below], "", 1), (1, [level], "", 1), (4, [], "", rest + slope(P, SIZE) / 8)])
        with p.branch() as same:
            p.squares(le(part, SIZE), [], using=[(f"{inner}.equal.1", -1)])
            rising("above")
        with p.branch() as high:
            p.squares(le(part, SIZE), [(1, [f"{inner}.greater.1"], "", 1)])
            rising("above")
        p.step("cases", goal, inner, on=[SIZE, part], less=low, equal=same, greater=high)
    with p.branch() as equal:
        p.squares(le(short, P), [], using=[(f"{outer}.equal.1", -1)])
        rising("right")
    with p.branch() as greater:
        p.squares(le(short, P), [(1, [f"{outer}.greater.1"], "", 1)])
        rising("right")
    return p.step("cases", goal, outer, on=[P, short], less=less, equal=equal, greater=greater)


def greatest_energy():
    """What the claim says that no two poles exceed."""
    from fractions import Fraction

    return Fraction(300782, 10**6)


@claim.oracle
def exact_energies():
    """Captured energies in exact arithmetic, from the recurrence with the weights of least squares: drawn poles, poles close to those of
    the claim, and its own."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, pole_sets, text

    place, step = (Fraction(135, 200), Fraction(83, 200)), Fraction(1, 500)
    near = [[(place[0] + m * step, place[1] + n * step), (place[0], -place[1])] for m in (-1, 0, 1) for n in (-1, 0, 1)]
    results = []
    for drawn in [*pole_sets(2, 5).values(), *pole_sets(2, 6).values(), *near]:
        poles = [reference.gaussian(pole) for pole in drawn]
        weights = reference.optimal_weights(poles, 3)
        energy = 1 - reference.loss_by_recurrence(reference.diagonal(poles), weights, [reference.ONE] * 2, 3)
        results.append(bounded("energy of two poles", {"a": text(poles)}, float(energy), float(greatest_energy()),
                               inside=energy <= greatest_energy()))
    return results


@claim.oracle
def all_pairs():
    """Branch and bound in balls over every pair of poles: no box reaches above the bound, and the search finds poles near it."""
    from fractions import Fraction

    from numeric import best
    from theory.papers.uncertainty_measurements import bounded

    found, said = best.largest(2, 3, Fraction(1, 10**6)), greatest_energy()
    below = (found.upper * said.denominator <= said.numerator) is True
    close = (found.lower * said.denominator * (1 + 10**5) >= said.numerator * 10**5) is True
    return [bounded("enclosure of the largest energy", {"boxes": found.boxes, "lower": float(found.lower)}, float(found.upper), float(said),
                    inside=below and close and found.reached)]


@claim.derive
def stationary(step):
    """Where Re w = |w|, the stationary points of F_3 satisfy 10q³ − 12q² + 2q + 1 = 0 or lie at q ≤ 0."""
    import sympy

    P, q = sympy.symbols("P q", positive=True)
    level = sympy.expand(top(P, q))
    found = step("resultant", sympy.factor(sympy.resultant(sympy.cancel(sympy.diff(level, P) / (1 - q) ** 2), sympy.diff(level, q), P)),
                 why="∂F_3/∂P = ∂F_3/∂q = 0 with P eliminated")
    if sympy.rem(found, 10 * q**3 - 12 * q**2 + 2 * q + 1, q) != 0:
        raise ValueError(f"the resultant is {found}")


claim.must_refuse(
    constant_improved=changed(le(1 - T(29) / 100, L)),
    constant_improved_to_the_witness=changed(le(1 - LOW, L)),
    lag_shifted=changed(where={"L": Series("k", 0, Abs(WEIGHTED - delta(k, 2)) ** 2)}),
    witness_improved=changed(both(BOUND, forall({}, AT, le(L, 1 - HIGH)))),
    weights_exchanged=changed(both(BOUND, forall({}, [*AT[:2], eq(b[1], AT[3].json[2]), eq(b[2], AT[2].json[2])], le(L, 1 - LOW)))),
    reaches_circle=changed(given={1: forall({"s": "int"}, [le(1, T("s")), le(T("s"), 2)], le(Abs(a[T("s")]), 1))}),
)


@claim.refute("constant_improved")
def close_by(p):
    """Poles (30 ± 16i)/43 and weights ∓3i/10 − 1/15: their loss in Gram form is below 1 − 0.29."""
    n = T("n")
    values = {"a": fn("n", 30 * (delta(n, 1) + delta(n, 2)) / 43 + 16 * IMAGINARY * (delta(n, 1) - delta(n, 2)) / 43),
              "b": fn("n", -(delta(n, 1) + delta(n, 2)) / 15 + 3 * IMAGINARY * (delta(n, 2) - delta(n, 1)) / 10)}
    here = counterexample(p, **values)
    loss = p.use("uncertainty.loss_in_gram_form", here(eq(L, FORM)), S=2, K=3, **values)
    less = p.step("instance", here(lt(FORM, 1 - T(29) / 100)))
    p.squares(here(lt(L, 1 - T(29) / 100)), [(1, [less], "", 1)], using=[(loss, 1)])
