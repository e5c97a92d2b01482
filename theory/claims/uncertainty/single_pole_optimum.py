"""The exact optimum of the white-noise loss for one pole (stronger than the paper)."""
from theory.claim import Claim
from theory.language import Abs, Series, T, both, conj, delta, eq, fn, forall, le, lt, names, ne, re, statement, sums
from theory.mutations import changed, counterexample, fails_at
from theory.proof import explained
from theory.steps import modulus_square_below_one, nonnegative_power, positive_reciprocal

K, a, b, k, m, x, M, L = names("K a b k m x M L")
TERM = Abs(b * a**k - delta(k, K)) ** 2
SHARE = Abs(a) ** (2 * K) * (1 - Abs(a) ** 2)
LEAST, CAPTURED = le(1 - M, L), le(SHARE, M)
HERE = eq((K + 1) * Abs(a) ** 2, K)
ATTAINED = forall({}, [HERE, eq(b, conj(a) ** K * (1 - Abs(a) ** 2))], eq(L, 1 - M))
LARGEST = forall({}, [HERE], eq(SHARE, M))
CLOSED = 1 + b * conj(b) / (1 - a * conj(a)) - 2 * re(b * a**K)


def draw(figure):
    """|a|^{2K}(1 − |a|²) against |a|², with the largest value for each K."""
    axes, squares = figure.subplots(), [j / 400 for j in range(401)]
    for lag in (0, 1, 3, 10, 30):
        line, = axes.plot(squares, [q**lag * (1 - q) for q in squares], label=f"$K = {lag}$")
        axes.plot([lag / (lag + 1)], [lag**lag / (lag + 1) ** (lag + 1)], "o", ms=5, color=line.get_color())
    axes.set(xlabel="$|a|^2$", ylabel="captured energy $F_K$")
    axes.legend(fontsize=9)


claim = Claim(
    title="The optimum for one pole",
    says="For S = 1 the captured energy is |a|^{2K}(1 − |a|²) ≤ K^K/(K+1)^{K+1}, with equality at |a|² = K/(K+1); so the least loss is "
         "1 − K^K/(K+1)^{K+1}.",
    statement=statement(
        forall({"K": "nat", "a": "complex", "b": "complex"}, [lt(Abs(a), 1)], both(CAPTURED, LARGEST, LEAST, ATTAINED)),
        [("M", [], K**K / (K + 1) ** (K + 1)), ("L", [], Series("k", 0, TERM))]),
    paper="UP", dossier="UP.S1+", reference="stronger than the paper", source="own",
    hypotheses={"|a| < 1": "the loss is infinite"},
    limits="S = 1 only. K = 0 is included (0⁰ = 1): the best pole is 0 and the loss is 0. It does "
           "not say that the optimum is taken nowhere else.",
    page=draw,
)


@claim.certify
def proof(p, _):
    p.inhabited(K=1, a=T(1) / 2, b=1)
    count = p.squares(lt(0, K + 1), [(1, [], "", 1), (1, [p.order("basic", le(0, K))], "", 1)])
    proper = p.order("nonzero", ne(K + 1, 0), count)
    denominator_proper(p, proper)
    room = modulus_square_below_one(p, a, p.given(1))
    regular = p.order("nonzero", ne(1 - a * conj(a), 0), room)
    best = greatest_share(p)
    p.order("basic", le(0, a * conj(a)), Y=a)
    captured = p.apply(p.apply(best, forall({"x": "real"}, [le(0, x)], le(x**K * (1 - x), M)), m=K), CAPTURED, x=a * conj(a))
    with p.generalise({}, [HERE], eq(SHARE, M)) as largest:
        share_at_optimum(p, largest(1), proper)
    loss = closed_loss(p)
    offset = b - conj(a) ** K * (1 - a * conj(a))
    weight = positive_reciprocal(p, 1 - a * conj(a), room, regular)
    least = p.squares(LEAST, [(1, [weight], "", offset), (1, [captured], "", 1)], using=[(loss, -1)], nonzero=[regular, proper])
    with p.generalise({}, [HERE, eq(b, conj(a) ** K * (1 - Abs(a) ** 2))], eq(L, 1 - M)) as attained:
        share = p.apply(largest.fact, eq(SHARE, M))
        p.identity(eq(L, 1 - M), [(loss, 1), (share, -1), (attained(2), conj(offset) / (1 - a * conj(a)))], nonzero=[regular])
    p.both(captured, largest.fact, least, attained.fact)


@explained
def denominator_proper(p, proper):
    """(K+1)^{K+1} ≠ 0."""
    with p.contradiction(ne((K + 1) ** (K + 1), 0)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", (1 / (K + 1)) ** (K + 1))], nonzero=[proper])


def ratio(m):
    return m**m / (m + 1) ** (m + 1)


@explained
def greatest_share(p):
    """For x ≥ 0 and every m, x^m (1 − x) ≤ m^m/(m+1)^{m+1}: weighted means of u = (m+1) x and w = m, divided by m."""
    def share(m):
        return forall({"x": "real"}, [le(0, x)], le(x**m * (1 - x), ratio(m)))
    with p.branch() as base, p.generalise({"x": "real"}, [le(0, x)], le(x**0 * (1 - x), 1)) as start:
        p.squares(le(x**0 * (1 - x), 1), [(1, [start(1)], "", 1)])
    block = p.new_id()
    with p.branch() as step, p.generalise({"x": "real"}, [le(0, x)], le(x ** (m + 1) * (1 - x), ratio(m + 1))) as given:
        later_share(p, given(1), f"{block}.1")
    return p.step("induction", forall({"m": "nat"}, [], share(m)), block, base=base, step=step)


@explained
def later_share(p, sign, start):
    """The inequality at m + 1, from (m+1)^{m+2} − (m+2) u^{m+1} (m+1) + (m+1) u^{m+2} ≥ 0 with u = (m+2) x."""
    positive = {}
    for j in (1, 2):
        positive[j] = p.squares(lt(0, m + j), [(1, [start], "", 1), (j, [], "", 1)])
    nonzero = {j: p.order("nonzero", ne(m + j, 0), fact) for j, fact in positive.items()}
    half = {j: positive_reciprocal(p, m + j, positive[j], nonzero[j]) for j in (1, 2)}
    u, w = (m + 2) * x, m + 1
    p.squares(le(0, u), [(1, [positive[2], sign], "", 1)])
    p.squares(le(0, w), [(1, [positive[1]], "", 1)])
    means = p.use("algebra.weighted_mean", le((m + 2) * u ** (m + 1) * w, w ** (m + 2) + (m + 1) * u ** (m + 2)), K=m + 1, u=u, w=w)
    power = nonnegative_power(p, 1 / (m + 2), half[2], m)
    p.squares(le(x ** (m + 1) * (1 - x), ratio(m + 1)), [(1, [means, half[1], power, half[2], half[2]], "", 1)],
              nonzero=list(nonzero.values()))


@explained
def share_at_optimum(p, here, proper):
    """|a|² = K/(K+1)."""
    value = p.identity(eq(a * conj(a), K / (K + 1)), [(here, 1 / (K + 1))], nonzero=[proper])
    moved = p.step("congruence", eq((a * conj(a)) ** K * (1 - a * conj(a)), (K / (K + 1)) ** K * (1 - K / (K + 1))), equal=value,
                   context=fn("m_", names("m_") ** K * (1 - names("m_"))))
    p.identity(eq(SHARE, M), [(moved, 1)], nonzero=[proper])


@explained
def closed_loss(p):
    """UP.P15 for one pole, and the convergence of the series."""
    values = {"S": 1, "K": K, "a": fn("n", a), "b": fn("n", b)}
    p.series("exists", sums("k", 0, TERM, L), p.use("uncertainty.loss_in_gram_form", sums("k", 0, TERM, CLOSED), **values))
    return p.use("uncertainty.loss_in_gram_form", eq(L, CLOSED), **values)


def least(lag):
    """The formula: 1 − K^K/(K+1)^{K+1}."""
    from fractions import Fraction

    return 1 - Fraction(lag**lag, (lag + 1) ** (lag + 1))


@claim.oracle
def attained_losses():
    """The loss of the pole (n² + ni)/(n² + 1), of squared modulus n²/(n² + 1), for K = n² and at two phases: from the recurrence in
    exact arithmetic, tail included, with the weight of least squares."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, text

    found = []
    for n in range(5):
        for phase in ((1, 0), (Fraction(3, 5), Fraction(4, 5))):
            pole = reference.gaussian((Fraction(n * n, n * n + 1), Fraction(n, n * n + 1))) * reference.gaussian(phase)
            weight = reference.optimal_weights([pole], n * n)
            loss = reference.loss_by_recurrence([[pole]], weight, [1], n * n)
            found.append(compared("loss of one pole", {"K": n * n, "a": text(pole)}, loss, least(n * n)))
    return found


@claim.oracle
def other_losses():
    """The same for drawn poles with their best weight and with drawn weights, and for poles on both sides of the best modulus."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, numbers, text

    found = []
    for lag in (1, 2, 5, 12):
        drawn = [reference.gaussian(pole) for pole in [*numbers(3, lag, modulus=1), Fraction(lag, lag + 1), Fraction(19, 20)]]
        for pole, other in zip(drawn, numbers(len(drawn), 100 + lag), strict=True):
            for kind, weight in (("best", reference.optimal_weights([pole], lag)), ("drawn", [other])):
                loss = reference.loss_by_recurrence([[pole]], weight, [1], lag)
                found.append(bounded(f"loss of one pole, {kind} weight", {"K": lag, "a": text(pole)}, float(loss), float(least(lag)),
                                     inside=loss >= least(lag)))
    return found


@claim.derive
def stationary(step):
    """The derivative of x^K (1 − x) vanishes at K/(K+1), where the value is K^K/(K+1)^(K+1); checked for K = 1..6."""
    import sympy

    y = sympy.symbols("x", positive=True)
    for lag in range(1, 7):
        share = y**lag * (1 - y)
        place = step(f"stationary point, K = {lag}", sympy.solve(sympy.diff(share, y), y)[-1], why="d/dx x^K (1 − x) = 0")
        value = step(f"largest share, K = {lag}", share.subs(y, place), why="x^K (1 − x) there")
        if sympy.simplify(value - sympy.Rational(lag**lag, (lag + 1) ** (lag + 1))) != 0:
            raise ValueError(f"the largest share for K = {lag} is {value}")


claim.must_refuse(
    constant_improved=changed(both(CAPTURED, LARGEST, le(1 - M / 2, L), ATTAINED)),
    constant_improved_alone=changed(le(1 - M / 2, L)),
    share_halved=changed(le(SHARE, M / 2)),
    largest_lowered=changed(where={"M": K**K / (K + 1) ** (K + 2)}),
    largest_lowered_alone=changed(CAPTURED, where={"M": K**K / (K + 1) ** (K + 2)}),
    lag_shifted=changed(where={"L": Series("k", 0, Abs(b * a**k - delta(k, K + 1)) ** 2)}),
    weight_not_conjugated=changed(both(CAPTURED, LARGEST, LEAST, forall({}, [HERE, eq(b, a**K * (1 - Abs(a) ** 2))], eq(L, 1 - M)))),
    place_shifted=changed(forall({}, [eq((K + 2) * Abs(a) ** 2, K)], eq(SHARE, M))),
    reaches_circle=changed(given={1: le(Abs(a), 1)}),
)
claim.refute("share_halved")(fails_at(K=0, a=0, b=0))
claim.refute("largest_lowered_alone")(fails_at(K=1, a=T(1) / 2, b=0))


@claim.refute("constant_improved_alone")
def pulse(p):
    """K = 0, a = 0, b = 1: the loss is 0, and 1 − M/2 = 1/2."""
    here = counterexample(p, K=0, a=0, b=1)
    loss = p.use("uncertainty.loss_in_gram_form", here(eq(L, CLOSED)), S=1, K=0, a=fn("n", 0), b=fn("n", 1))
    p.squares(here(lt(L, 1 - M / 2)), [(T(1) / 2, [], "", 1)], using=[(loss, 1)])
