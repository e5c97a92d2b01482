"""How much the loss grows with the distance from the best weights."""
from theory.claim import Claim
from theory.language import (
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    conj,
    delta,
    entry,
    eq,
    eye,
    fn,
    forall,
    le,
    lt,
    names,
    re,
    statement,
    sums,
    vec,
    within,
)
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty import STABLE, WHERE_C, WHERE_FILTER, WHERE_LOSS, WHERE_POWER, C, K, L, S, a, b, c, k, s, t, v
from theory.proof import explained
from theory.steps import no_unit_product

g, mu, best, M = names("g mu h M")
NORMAL = forall({"s": "int"}, within(1, s, S), eq(Sum("t", 1, S, conj(g[t]) / (1 - a[s] * conj(a[t]))), a[s] ** K))
CONVEX = le(mu * eye(S), C)
DISTANCE = Sum("s", 1, S, Abs(b[s] - g[s]) ** 2)
BOUND = le(M + mu * DISTANCE, L)
WHERE_BEST = [("h", ["k"], Sum("s", 1, S, g[s] * a[s] ** k)), ("M", [], Series("k", 0, Abs(best(k) - delta(k, K)) ** 2))]

claim = Claim(
    title="Distance from the best weights",
    says="If g solves the normal equations C ḡ = a^K and μI ⪯ C, then the loss of any weights b is at least that of g plus "
         "μ Σ |b_s − g_s|².",
    statement=statement(forall({"S": "nat", "K": "nat", "a": SEQ, "b": SEQ, "g": SEQ, "mu": "real"}, [STABLE, NORMAL, CONVEX], BOUND),
                        [WHERE_C, WHERE_POWER, WHERE_FILTER, WHERE_LOSS, *WHERE_BEST]),
    reference="own; the quadratic form of UP.P16",
    hypotheses={"C ḡ = a^K": "another g may lose more than b", "μI ⪯ C": "b = g + 1 for one pole at 0 loses 1 more",
                "|a_s| < 1": "the loss is infinite"},
    limits="Equality for S = 1 with the largest μ.",
)


@claim.derive
def completed(step):
    import sympy

    from theory.identities import equal

    C = sympy.Matrix([[sympy.Symbol("c11"), sympy.Symbol("c12")], [sympy.Symbol("c12"), sympy.Symbol("c22")]])
    w, h = sympy.Matrix(sympy.symbols("w1:3")), sympy.Matrix(sympy.symbols("h1:3"))
    power = C * h

    def loss(column):
        return 1 + (column.T * C * column - 2 * column.T * power)[0]

    form = sum(C[s, t] * (w[s] - h[s]) * (w[t] - h[t]) for s in range(2) for t in range(2))
    equal(step, "two real weights", sympy.expand(loss(w) - loss(h)), form, shown="L(w) - L(h)",
          why="C h = a^K: the linear terms cancel, and what is left is (w − h)*C(w − h) ≥ μ|w − h|²")
    a, c, b, beta, g, gamma = sympy.symbols("a abar b bbar g gbar")
    normal = {g: c * (1 - a * c), gamma: a * (1 - a * c)}
    first = 1 + b * beta / (1 - a * c) - b * a - beta * c
    least = (1 + g * gamma / (1 - a * c) - g * a - gamma * c).subs(normal)
    equal(step, "one pole, K = 1", first - least, ((b - g) * (beta - gamma) / (1 - a * c)).subs(normal),
          why="equality with μ = 1/(1 − |a|²)")


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, a=fn("k", 0), b=fn("k", 1), g=fn("k", 1), mu=1)
    no_unit_product(p, a, S, p.given(1))
    first, second = p.abbreviate("w_", [], vec("s", S, conj(b[s]))), p.abbreviate("x_", [], vec("s", S, conj(g[s])))
    hermitian = p.step("quadratic_form", eq((C - mu * eye(S)).H, C - mu * eye(S)), mode="hermitian", **{"from": [p.given(3)]})
    solved = normal(p, second)
    starred = p.step("congruence", eq(second.H @ C.H, v(K).H), equal=solved, context=fn("m_", T("m_").H))
    losses = [quadratic(p, *case) for case in ((b, c, L, first), (g, best, M, second))]
    offset = first - second
    square = p.identity(eq(L, M + offset.H @ C @ offset),
                        [(losses[0], 1), (losses[1], -1), (solved, first.H - second.H, 1), (starred, 1, offset),
                         (hermitian, -second.H, offset)])
    distance = p.entries(eq(offset.H @ offset, DISTANCE))
    p.squares(BOUND, [(1, [], p.given(3), offset)], using=[(square, -1), (distance, -mu)])


@explained
def normal(p, x):
    """C ḡ = a^K as an equation of columns."""
    q = names("q_")
    with p.generalise({"q_": "int"}, within(1, q, S), eq(entry(C @ x, q, 1), entry(v(K), q, 1))) as each:
        row = p.apply(p.given(2), eq(Sum("t", 1, S, conj(g[t]) / (1 - a[q] * conj(a[t]))), a[q] ** K), s=q)
        p.identity(eq(entry(C @ x, q, 1), entry(v(K), q, 1)), [(row, 1)])
    return p.entries(eq(C @ x, v(K)), each=each)


@explained
def quadratic(p, weights, response, loss, w):
    """The loss is 1 + w*Cw − 2 Re w*a^K with w the column of the conjugate weights."""
    energy = Sum("s", 1, S, Sum("t", 1, S, weights[s] * conj(weights[t]) / (1 - a[s] * conj(a[t]))))
    answer = Sum("s", 1, S, weights[s] * a[s] ** K)
    values = {"S": S, "K": K, "a": a, "b": weights}
    term = Abs(response(k) - delta(k, K)) ** 2
    exists = p.use("uncertainty.loss_in_gram_form", sums("k", 0, term, 1 + energy - 2 * re(answer)), **values)
    p.series("exists", sums("k", 0, term, loss), exists)
    closed = p.use("uncertainty.loss_in_gram_form", eq(loss, 1 + energy - 2 * re(answer)), **values)
    form = p.entries(eq(w.H @ C @ w, energy))
    linear = p.entries(eq(w.H @ v(K), answer))
    mirrored = p.step("congruence", eq(conj(w.H @ v(K)), conj(answer)), equal=linear, context=fn("m_", conj("m_")))
    return p.identity(eq(loss, 1 + w.H @ C @ w - w.H @ v(K) - v(K).H @ w), [(closed, 1), (form, -1), (linear, 1), (mirrored, 1)])


@claim.oracle
def exact_losses():
    """Exact losses of drawn weights and of the solved ones; μ by a Gershgorin bound of the exact Gram matrix."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, numbers, poles

    found = []
    for order, lag in ((1, 0), (1, 3), (2, 1), (3, 2)):
        drawn = [reference.gaussian(x) * reference.gaussian(Fraction(1, 8)) for x in poles(order, 60 + order)]
        gram = reference.gram(drawn)
        rate = min(gram[i][i].re - sum(abs(gram[i][j].re) + abs(gram[i][j].im) for j in range(order) if j != i) for i in range(order))
        solved = reference.optimal_weights(drawn, lag)
        for seed in (1, 2):
            other = [reference.gaussian(x) for x in numbers(order, seed)]
            gap = reference.loss(drawn, other, lag) - reference.loss(drawn, solved, lag)
            distance = sum((x - y).abs2() for x, y in zip(other, solved, strict=True))
            found.append(bounded("loss beyond the least", {"S": order, "K": lag, "mu": float(rate)}, float(gap), float(rate * distance),
                                 gap >= rate * distance))
    return found


claim.must_refuse(
    rate_doubled=changed(le(M + 2 * mu * DISTANCE, L)),
    rate_unbounded=changed(given={3: None}),
    not_best=changed(given={2: None}),
)


def one_pole_at_zero(p):
    """S = 1, K = 0, a = 0, b = 0, g = 1, μ = 1: the losses are 1 and 0, the distance is 1."""
    here = counterexample(p, S=1, K=0, a=fn("k", 0), b=fn("k", 0), g=fn("k", 1), mu=1)
    values = {"S": 1, "K": 0, "a": fn("k", 0)}
    first = p.use("uncertainty.loss_in_gram_form", here(eq(L, 1)), **values, b=fn("k", 0))
    second = p.use("uncertainty.loss_in_gram_form", here(eq(M, 0)), **values, b=fn("k", 1))
    wrong = opposite(p.statement["holds"][3]).json[2]
    p.squares(here(lt(L, wrong)), [(1, [], "", 1)], using=[(first, 1), (second, -1)])


claim.refute("rate_doubled")(one_pole_at_zero)
