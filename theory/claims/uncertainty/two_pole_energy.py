"""The energy that two poles capture, with no difference of the poles in a denominator (stronger than the paper)."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Series, Sum, T, both, conj, delta, eq, fn, forall, le, lt, names, ne, re, statement, sums
from theory.mutations import changed, counterexample
from theory.proof import explained
from theory.steps import modulus_square_below_one, no_unit_product, positive_reciprocal

K, a, b, k, s, j, F, L, h, d = names("K a b k s j F L h d")
x, y = a[1], a[2]
WEIGHTED = Sum("s", 1, 2, b[s] * a[s] ** k)
TERM = Abs(WEIGHTED - delta(k, K)) ** 2
CLOSED = 1 + Sum("s", 1, 2, Sum("t", 1, 2, b[s] * conj(b[T("t")]) / (1 - a[s] * conj(a[T("t")])))) - 2 * re(
    Sum("s", 1, 2, b[s] * a[s] ** K))
TWO_STABLE = forall({"s": "int"}, [le(1, s), le(s, 2)], lt(Abs(a[s]), 1))
SECOND = conj(h(K)) - x * conj(h(K + 1))
BELOW = le(1 - F, L)
BEST = [ne(y - x, 0), eq(b[2], d(2) * (1 - conj(x) * y) * SECOND / (y - x)), eq(b[1], d(1) * (conj(x) ** K - b[2] / (1 - conj(x) * y)))]
ATTAINED = forall({}, BEST, eq(L, 1 - F))
STEPPED = eq(h(K + 1), x * h(K) + y**K)
DEFECT = ("d", ["s"], 1 - a[s] * conj(a[s]))
COMPLETE = ("h", ["n"], Sum("j", 0, T("n") - 1, x**j * y ** (T("n") - 1 - j)))
ENERGY = ("F", [], d(1) * Abs(x) ** (2 * K) + d(2) * Abs(y) ** (2 * K) + d(1) * d(2) * (Abs(h(K)) ** 2 - Abs(h(K + 1)) ** 2))
LOSS = ("L", [], Series("k", 0, TERM))
VARIABLES = {"K": "nat", "a": SEQ, "b": SEQ}

def draw(figure):
    """(K + 1) sup F_K, enclosed: for two poles against K by branch and bound, and for S = 1..8 in the limit K → ∞ (UP.T2 gives 0 there)."""
    from fractions import Fraction

    from numeric import best

    left, right = figure.subplots(1, 2, gridspec_kw={"wspace": 0.4})
    lags = [2, 3, 5, 10, 30, 100]
    pairs = [best.largest(2, lag, Fraction(1, 100), starts=1) for lag in lags]
    left.plot(lags, [2] * len(lags), color="#22262b", label="bound $S$ (UP.T2)")
    for end, marker in (("upper", "v"), ("lower", "^")):
        left.plot(lags, [(lag + 1) * float(getattr(found, end)) for lag, found in zip(lags, pairs, strict=True)], marker, ms=4, mfc="white",
                  label=f"{end} end, all pairs")
    left.set(xlabel="lag $K$", ylabel=r"$(K+1)\,\sup F_K$", xscale="log", title="two poles", ylim=(0.9, 2.1))
    orders = list(range(1, 9))
    limits = [best.largest(order, None, Fraction(1, 100), starts=1) for order in orders]
    for end, marker in (("upper", "v"), ("lower", "^")):
        right.plot(orders, [order - float(getattr(found, end)) for order, found in zip(orders, limits, strict=True)], marker, ms=4,
                   mfc="white", label=f"{end} end")
    right.set(xlabel="number of poles $S$", ylabel=r"$S - \lim K \sup F_K$", title=r"$K \to \infty$")
    for axes in (left, right):
        axes.legend(fontsize=8)


claim = Claim(
    title="The energy captured by two poles",
    says="With h_n = Σ_{j<n} a₁^j a₂^{n−1−j}, no weights of two poles have a loss below 1 − F_K, "
         "F_K = (1 − |a₁|²)|a₁|^{2K} + (1 − |a₂|²)|a₂|^{2K} + (1 − |a₁|²)(1 − |a₂|²)(|h_K|² − |h_{K+1}|²), and distinct poles reach it.",
    statement=statement(forall(VARIABLES, [TWO_STABLE], both(BELOW, ATTAINED)), [DEFECT, COMPLETE, ENERGY, LOSS]),
    paper="UP", dossier="UP.S1+", reference="stronger than the paper", source="own",
    hypotheses={"|a_s| < 1": "the loss is infinite"},
    limits="Two poles. Equal poles are included in the inequality: there F_K is the energy of a Jordan block, which a diagonal recurrence "
           "only approaches.",
    page=draw,
)


@claim.certify
def proof(p, _):
    """Both squares are completed, first in b₁, then in b₂."""
    p.inhabited(K=1, a=fn("n", 0), b=fn("n", 0))
    stable = p.given(1)
    apart = no_unit_product(p, a, T(2), stable)
    crossed = [p.apply(apart, ne(1 - z * conj(w), 0), s=m, t=n) for m, n, z, w in ((1, 2, x, y), (2, 1, y, x))]
    room = [modulus_square_below_one(p, z, p.apply(stable, lt(Abs(z), 1), s=n)) for n, z in ((1, x), (2, y))]
    regular = [p.order("nonzero", ne(1 - z * conj(z), 0), fact) for z, fact in zip((x, y), room, strict=True)]
    weight = [positive_reciprocal(p, 1 - z * conj(z), fact, proper) for z, fact, proper in zip((x, y), room, regular, strict=True)]
    values = {"S": 2, "K": K, "a": a, "b": b}
    gram = p.use("uncertainty.loss_in_gram_form", both(sums("k", 0, TERM, CLOSED), eq(L, CLOSED)), **values)
    p.series("exists", sums("k", 0, TERM, L), p.part(gram, sums("k", 0, TERM, CLOSED)))
    loss = p.part(gram, eq(L, CLOSED))
    telescoped, stepped = powers(p)
    cross = 1 - conj(x) * y
    X = b[1] + d(1) * b[2] / cross - d(1) * conj(x) ** K
    Y = b[2] * (y - x) / cross - d(2) * SECOND
    square = completed(p, X, Y, loss, telescoped, stepped, [*regular, *crossed])
    below = p.squares(BELOW, [(1, [weight[0]], "", X), (1, [weight[1]], "", Y)], using=[(square, -1)], nonzero=regular)
    with p.generalise({}, BEST, eq(L, 1 - F)) as best:
        nothing = p.identity(eq(Y, 0), [(best(2), (y - x) / cross)], nonzero=[best(1), *crossed])
        neither = p.identity(eq(X, 0), [(best(3), 1)])
        p.identity(eq(L, 1 - F), [(square, 1), (neither, conj(X) / d(1)), (nothing, conj(Y) / d(2))], nonzero=regular)
    p.both(below, best.fact)


@explained
def powers(p):
    """(a₂ − a₁) h_K = a₂^K − a₁^K, because the terms cancel in pairs, and so h_{K+1} = a₁ h_K + a₂^K."""
    c, f, m = names("c_ f_ m_")
    with p.generalise({"c_": "complex", "f_": SEQ}, [], eq(Sum("j", 0, K - 1, c * f[j]), c * Sum("j", 0, K - 1, f[j]))) as factor:
        p.identity(eq(Sum("j", 0, K - 1, c * f[j]), c * Sum("j", 0, K - 1, f[j])))
    term = x**j * y ** (K - 1 - j)
    moved = {n: p.apply(factor.fact, eq(Sum("j", 0, K - 1, z * term), z * h(K)), c_=z, f_=fn("j", term)) for n, z in ((1, y - x), (2, y))}
    telescoped = p.step("telescoping", eq(Sum("j", 0, K - 1, (y - x) * term), y**K - x**K), T=fn("m_", -(x**m) * y ** (K - m)))
    difference = p.identity(eq((y - x) * h(K), y**K - x**K), [(moved[1], -1), (telescoped, 1)])
    last = p.apply(last_term(p), eq(h(K + 1), Sum("j", 0, K - 1, x**j * y ** (K - j)) + x**K), f_=fn("j", x**j * y ** (K - j)))
    last = p.identity(eq(h(K + 1), y * h(K) + x**K), [(moved[2], 1), (last, 1)])
    return difference, p.identity(STEPPED, [(last, 1), (difference, 1)])


@explained
def last_term(p):
    """Σ_{j≤K} f_j = Σ_{j<K} f_j + f_K."""
    f, q = names("f_ q_")

    def split(n):
        return eq(Sum("j", 0, n, f[j]), Sum("j", 0, n - 1, f[j]) + f[n])
    with p.generalise({"f_": SEQ}, [], split(K)) as every:
        with p.branch() as base:
            p.identity(split(T(0)))
        block = p.new_id()
        with p.branch() as step:
            p.identity(split(q + 1))
        induction = p.step("induction", forall({"q_": "nat"}, [], split(q)), block, base=base, step=step)
        p.apply(induction, split(K), q_=K)
    return every.fact


@explained
def completed(p, X, Y, loss, difference, stepped, regular):
    """L = 1 − F + |X|²/(1 − |a₁|²) + |Y|²/(1 − |a₂|²)."""
    conjugate = p.step("congruence", eq(conj((y - x) * h(K)), conj(y**K - x**K)), equal=difference, context=fn("m_", conj("m_")))
    cross = 1 - conj(x) * y

    def value(last):
        second = conj(h(K)) - x * conj(last)
        Y = b[2] * (y - x) / cross - d(2) * second
        energy = d(1) * Abs(x) ** (2 * K) + d(2) * Abs(y) ** (2 * K) + d(1) * d(2) * (Abs(h(K)) ** 2 - Abs(last) ** 2)
        return 1 - energy + X * conj(X) / d(1) + Y * conj(Y) / d(2)
    replaced = p.step("congruence", eq(value(h(K + 1)), value(x * h(K) + y**K)), equal=stepped, context=fn("m_", value(T("m_"))))
    factor = b[2] * d(1) / cross
    short = p.identity(eq(L, value(x * h(K) + y**K)), [(loss, 1), (difference, factor), (conjugate, conj(factor))], nonzero=regular)
    return p.identity(eq(L, 1 - F + X * conj(X) / d(1) + Y * conj(Y) / d(2)), [(short, 1), (replaced, -1)])


def gram_form(lag, first, second, weight, other):
    """1 + Σ b_s b̄_t/(1 − a_s ā_t) − 2 Re Σ b_s a_s^K of two poles and two weights."""
    pairs = [(first, weight), (second, other)]
    whole = T(1)
    for pole, c in pairs:
        for turned, e in pairs:
            whole = whole + c * conj(e) / (1 - pole * conj(turned))
    return whole - 2 * re(weight * first**lag + other * second**lag)


def put_in(p, lag, table, given, loss):
    """(L = the Gram form with the values of `table` in place of a₁, a₂, b₁, b₂, that form); given(1) … given(4) say that they are."""
    current = [x, y, b[1], b[2]]
    total = p.identity(eq(L, gram_form(lag, *current)), [(loss, 1)])
    for n, fact in enumerate(table):
        after = [*current[:n], T(fact.json[2]), *current[n + 1:]]
        moved = p.step("congruence", eq(gram_form(lag, *current), gram_form(lag, *after)), equal=given(n + 1),
                       context=fn("m_", gram_form(lag, *current[:n], T("m_"), *current[n + 1:])))
        total, current = p.identity(eq(L, gram_form(lag, *after)), [(total, 1), (moved, 1)]), after
    return total, gram_form(lag, *current)


def formula(poles, lag):
    """F_K as the claim says, over Gaussian rationals."""
    from numeric import reference

    x, y = map(reference.gaussian, poles)

    def power(z, n):
        out = reference.ONE
        for _ in range(n):
            out = out * z
        return out

    def complete(n):
        return sum((power(x, i) * power(y, n - 1 - i) for i in range(n)), reference.ZERO)

    def size(z):
        return (z * z.conjugate()).re

    first, second = 1 - size(x), 1 - size(y)
    return first * size(x) ** lag + second * size(y) ** lag + first * second * (size(complete(lag)) - size(complete(lag + 1)))


@claim.oracle
def exact_recurrence():
    """The recurrence in exact arithmetic, tail included, with the weights of least squares, and with weights next to them."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, compared, numbers, pole_sets, text

    results = []
    for lag in (0, 1, 2, 5, 9):
        for kind, poles in pole_sets(2, 10 + lag).items():
            drawn = [reference.gaussian(pole) for pole in poles]
            diagonal, ones = reference.diagonal(drawn), [reference.ONE] * 2
            weights = reference.optimal_weights(drawn, lag)
            least = reference.loss_by_recurrence(diagonal, weights, ones, lag)
            results.append(compared(f"{kind} poles, best weights", {"K": lag, "a": text(drawn)}, least, 1 - formula(poles, lag)))
            other = [w + reference.gaussian(z) for w, z in zip(weights, numbers(2, lag), strict=True)]
            loss = reference.loss_by_recurrence(diagonal, other, ones, lag)
            results.append(bounded(f"{kind} poles, other weights", {"K": lag}, float(loss), float(1 - formula(poles, lag)),
                                   inside=loss >= 1 - formula(poles, lag)))
    return results


@claim.oracle
def jordan_blocks():
    """The energy of equal poles, by elimination on the Gramian of a Jordan block."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, numbers

    results = []
    for lag in (0, 1, 4, 7):
        pole = reference.gaussian(numbers(1, 30 + lag, modulus=1)[0])
        block = [[pole, reference.ZERO], [reference.ONE, pole]]
        energy = reference.capture_dense(block, [reference.ONE, reference.ZERO], lag)
        results.append(compared("energy of a Jordan block", {"K": lag}, energy, formula([pole, pole], lag)))
    return results


@claim.derive
def small_lags(step):
    """a* C⁻¹ a for two poles against the formula, for K = 0..4, in the field of rational functions."""
    import sympy

    x, y, u, v = sympy.symbols("a1 a2 c1 c2")  # c is the conjugate of a
    C = sympy.Matrix([[1 / (1 - x * u), 1 / (1 - x * v)], [1 / (1 - y * u), 1 / (1 - y * v)]])
    for lag in range(5):
        captured = (sympy.Matrix([[u**lag, v**lag]]) * C.inv() * sympy.Matrix([x**lag, y**lag]))[0]
        h = [sum(x**i * y ** (n - 1 - i) for i in range(n)) * sum(u**i * v ** (n - 1 - i) for i in range(n)) for n in (lag, lag + 1)]
        said = (1 - x * u) * (x * u) ** lag + (1 - y * v) * (y * v) ** lag + (1 - x * u) * (1 - y * v) * (h[0] - h[1])
        if sympy.cancel(captured - said) != 0:
            raise ValueError(f"the formula differs from a* C⁻¹ a at K = {lag}")
        step(f"F_{lag}", said, why="a* C⁻¹ a with the inverse of a 2 × 2 matrix")


claim.must_refuse(
    signs_exchanged=changed(where={"F": d(1) * Abs(x) ** (2 * K) + d(2) * Abs(y) ** (2 * K)
                                   - d(1) * d(2) * (Abs(h(K)) ** 2 - Abs(h(K + 1)) ** 2)}),
    cross_term_dropped=changed(BELOW, where={"F": d(1) * Abs(x) ** (2 * K) + d(2) * Abs(y) ** (2 * K)}),
    second_sum_dropped=changed(where={"F": d(1) * Abs(x) ** (2 * K) + d(2) * Abs(y) ** (2 * K) + d(1) * d(2) * Abs(h(K)) ** 2}),
    captured_halved=changed(le(1 - F / 2, L)),
    lag_shifted=changed(where={"L": Series("k", 0, Abs(WEIGHTED - delta(k, K + 1)) ** 2)}),
    poles_may_coincide=changed(both(BELOW, forall({}, BEST[1:], eq(L, 1 - F)))),
    weight_not_conjugated=changed(both(BELOW, forall({}, [BEST[0], BEST[1], eq(b[1], d(1) * (x**K - b[2] / (1 - conj(x) * y)))],
                                                     eq(L, 1 - F)))),
    reaches_circle=changed(given={1: forall({"s": "int"}, [le(1, s), le(s, 2)], le(Abs(a[s]), 1))}),
)


@claim.refute("captured_halved")
def pulse(p):
    """K = 0, both poles 0, b = (1, 0): F_0 = 1 and the loss is 0."""
    values = {"K": 0, "a": fn("n", 0), "b": fn("n", delta(T("n"), 1))}
    here = counterexample(p, **values)
    loss = p.use("uncertainty.loss_in_gram_form", here(eq(L, CLOSED)), S=2, **values)
    p.squares(here(lt(L, 1 - F / 2)), [(T(1) / 2, [], "", 1)], using=[(loss, 1)])
