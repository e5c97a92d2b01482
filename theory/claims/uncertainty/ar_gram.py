"""Gram matrix of geometric responses and the unit pulse at 0 under the autocorrelation ρ^|n|."""
from theory.claim import Claim
from theory.language import (
    Abs,
    T,
    both,
    conj,
    diag,
    entry,
    eq,
    fn,
    forall,
    le,
    lt,
    matrix,
    names,
    ne,
    statement,
    vec,
    within,
    zero,
)
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import a, s, t
from theory.papers.uncertainty_ar import AR_INPUT, EXTENDED, LAST, last_of_diagonal, pair, regular, rho
from theory.proof import explained

Q, A, e, o, g = names("Q A e o g")
POLES = {"S": "nat", "a": ["seq", "complex"], "rho": "real"}
STABLE = forall({"s": "int"}, within(1, s, LAST), lt(Abs(a[s]), 1))
WHERE_GRAM = [("Q", [], matrix("s", LAST, "t", LAST, pair(a[s], conj(a[t])))), ("e", [], EXTENDED), ("o", [], vec("s", LAST, 1)),
              ("g", [], vec("s", LAST, 1 / (1 - a[s] * rho))), ("A", [], diag("s", LAST, a[s]) + rho * vec("s", LAST, 1) @ EXTENDED.H)]
D0 = diag("s", LAST, a[s])
POSITIVE = le(zero(LAST, LAST), Q)
STEIN = eq(Q - A @ Q @ A.H, (1 - rho**2) * o @ o.H)
COLUMN, ROW, UNIT = eq(Q @ e, g), eq(e.H @ A, rho * e.H), eq(e.H @ g, 1)
INNOVATION = eq(g - rho * A @ g, (1 - rho**2) * o)
PARTS = (POSITIVE, STEIN, COLUMN, ROW, UNIT, INNOVATION)

claim = Claim(
    title="Stein equation of the AR(1) Gram matrix",
    says="For poles in the disk, the last of them 0, the Gram matrix Q of the responses a_s^k in the inner product of the AR(1) input is "
         "positive semidefinite and Q − A Q A* = (1 − ρ²) 1 1ᵀ with A = diag(a) + ρ 1 e*, e the last unit column; moreover Qe = g, "
         "e*A = ρe*, e*g = 1 and g − ρAg = (1 − ρ²) 1 for g_s = 1/(1 − a_sρ).",
    statement=statement(forall(POLES, [STABLE, *AR_INPUT, eq(a[LAST], 0)], both(*PARTS)), WHERE_GRAM),
    paper="UP", reference="inner product of Appendix C; the pulse at 0 is the response of the pole 0",
    hypotheses={"|a_s| < 1": "the inner products diverge", "0 ≤ ρ < 1": "the setting", "a_{S+1} = 0": "otherwise e is not the pulse at 0"},
    limits="Repeated poles are allowed, among them further zero poles and poles equal to ρ; Q is then singular.",
)


@claim.derive
def two_poles_and_the_pulse(step):
    import sympy

    from theory.identities import confirm, equal

    rho = sympy.Symbol("rho")
    a, c = [*sympy.symbols("a1:3"), 0], [*sympy.symbols("c1:3"), 0]

    def entry(x, y):
        return (1 - rho**2 * x * y) / ((1 - x * y) * (1 - x * rho) * (1 - y * rho))

    Q = sympy.Matrix(3, 3, lambda s, t: entry(a[s], c[t]))
    ones, e = sympy.ones(3, 1), sympy.Matrix([0, 0, 1])
    A, mirrored = sympy.diag(*a) + rho * ones * e.T, sympy.diag(*c) + rho * ones * e.T
    g = sympy.Matrix([1 / (1 - x * rho) for x in a])
    x, y = a[0], c[0]
    equal(step, "an entry", entry(x, y), (rho**2 + (1 - rho**2) / (1 - x * y)) / ((1 - x * rho) * (1 - y * rho)),
          why="so Q = U(ρ² 1 1ᵀ + (1 − ρ²) C)U* ⪰ 0 with U = diag(g); c_s stands for ā_s")
    confirm(step, "Stein equation", [sympy.cancel(v) for v in Q - A * Q * mirrored.T - (1 - rho**2) * ones * ones.T],
            why="two poles and the pulse: Q − A Q A* = (1 − ρ²) 1 1ᵀ, nine entries")
    confirm(step, "last column", [sympy.cancel(v) for v in Q * e - g], why="Qe = g, because the last pole is 0")
    confirm(step, "left eigenvector", list(e.T * A - rho * e.T), why="e*A = ρe*")
    confirm(step, "innovation", [sympy.cancel(v) for v in g - rho * A * g - (1 - rho**2) * ones], why="g − ρAg = (1 − ρ²) 1")


@claim.certify
def proof(p, _):
    p.inhabited(S=0, a=fn("n", 0), rho=0)
    p.abbreviate("D", [], diag("s", LAST, a[s]))
    p.abbreviate("C", [], matrix("s", LAST, "t", LAST, 1 / (1 - a[s] * conj(a[t]))))
    p.abbreviate("U", [], diag("s", LAST, 1 / (1 - a[s] * rho)))
    D = names("D")
    known = regular(p, p.given(1), p.given(2), p.given(3), LAST)
    positive = semidefinite(p, known)
    column, unit = last_column(p, known)
    conjugate = p.step("congruence", eq(conj(a[LAST]), 0), equal=p.given(4), context=fn("m_", conj("m_")))
    killed = last_of_diagonal(p, lambda n: conj(a[n]), 0, conjugate)
    mirrored = p.step("congruence", eq(e.H @ D, zero(1, LAST)), equal=killed, context=["fn", "m_", ["adj", "m_"]])
    one = p.entries(eq(e.H @ o, 1))
    row = p.operator(ROW, [(mirrored, 1), (one, rho, e.H)])
    plain = cells(p, g - rho * D @ g, o, known, square=False)
    innovation = p.operator(INNOVATION, [(plain, 1), (unit, -(rho**2) * o)])
    p.both(positive, stein(p, positive, column, unit, known), column, row, unit, innovation)


def cells(p, left, right, known, square=True):
    """A matrix identity, entry by entry; the denominators are not zero."""
    i, j = names("i_ j_")
    variables, ranges, at = {"i_": "int"}, within(1, i, LAST), (i, 1)
    if square:
        variables, ranges, at = {**variables, "j_": "int"}, [*ranges, *within(1, j, LAST)], (i, j)
    products, inside, mirrored = known
    with p.generalise(variables, ranges, eq(entry(left, *at), entry(right, *at))) as each:
        proper = [p.apply(inside, ne(1 - a[i] * rho, 0), s=i)]
        if square:
            proper += [p.apply(mirrored, ne(1 - conj(a[j]) * rho, 0), t=j), p.apply(products, ne(1 - a[i] * conj(a[j]), 0), s=i, t=j)]
        p.identity(each.shows[3], nonzero=proper)
    return p.entries(eq(left, right), each=each.fact)


@explained
def semidefinite(p, known):
    """(1 − ρ²xȳ)/(1 − xȳ) = ρ² + (1 − ρ²)/(1 − xȳ), so Q = U(ρ² 1 1ᵀ + (1 − ρ²) C)U* with U = diag(g) and C the white-noise Gram matrix."""
    C, U = names("C U")
    half = p.use("uncertainty.gram_semidefinite", le(zero(LAST, LAST), C), S=LAST, a=a)
    factored = cells(p, U @ (rho**2 * o @ o.H + (1 - rho**2) * C) @ U.H, Q, known)
    room = p.squares(le(0, 1 - rho**2), [(1, [p.given(3)], "", 1), (1, [p.given(2), p.given(3)], "", 1)])
    return p.squares(POSITIVE, [(1, [], "", rho * (U @ o).H), (1, [room], half, U.H)], using=[(factored, 1)])


@explained
def last_column(p, known):
    """The last column of Q is g because a_{S+1} = 0, and g_{S+1} = 1."""
    i = names("i_")
    with p.generalise({"i_": "int"}, within(1, i, LAST), eq(entry(Q @ e, i, 1), entry(g, i, 1))) as each:
        x = pair(a[i], conj("m_"))
        p.step("congruence", each.shows[3], equal=p.given(4), context=fn("m_", x))
    column = p.entries(COLUMN, each=each.fact)
    value = p.step("congruence", eq(1 / (1 - a[LAST] * rho), 1), equal=p.given(4), context=fn("m_", 1 / (1 - T("m_") * rho)))
    read = p.entries(eq(e.H @ g, 1 / (1 - a[LAST] * rho)))
    return column, p.identity(UNIT, [(read, 1), (value, 1)])


@explained
def stein(p, positive, column, unit, known):
    """A Q A* = D Q D* + ρ 1 g*D* + ρ D g 1* + ρ² 1 1* with Qe = g and e*Qe = 1; the rest is checked entry by entry."""
    D = names("D")
    hermitian = p.step("quadratic_form", eq(Q.H, Q), mode="hermitian", **{"from": [positive]})
    row = p.step("congruence", eq(e.H @ Q.H, g.H), equal=column, context=["fn", "m_", ["adj", "m_"]])
    right = Q - (1 - rho**2) * o @ o.H
    plain = cells(p, D @ Q @ D.H + rho * o @ g.H @ D.H + rho * D @ g @ o.H + rho**2 * o @ o.H, right, known)
    across = p.operator(eq(e.H @ Q, g.H), [(hermitian, -1 * e.H, 1), (row, 1)])
    return p.operator(STEIN, [(plain, -1), (across, -rho * o, D.H), (column, -rho * D, o.H), (column, -(rho**2) * o @ e.H, o.H),
                              (unit, -(rho**2) * o, o.H)])


claim.must_refuse(
    sign_flipped=changed(eq(Q + A @ Q @ A.H, (1 - rho**2) * o @ o.H)),
    innovation_of_size_one=changed(eq(Q - A @ Q @ A.H, o @ o.H)),
    column_of_ones=changed(eq(Q @ e, o)),
    without_the_pulse=changed(eq(Q - D0 @ Q @ D0.H, (1 - rho**2) * o @ o.H)),
    last_pole_free=changed(given={4: None}),
    domain_reaches_circle=changed(given={1: forall({"s": "int"}, within(1, s, LAST), le(Abs(a[s]), 1))}),
)
HALF = {"S": 1, "a": fn("n", (2 - T("n")) / 2), "rho": T(1) / 2}
for name in ("sign_flipped", "innovation_of_size_one", "column_of_ones", "without_the_pulse"):
    claim.refute(name)(fails_at(**HALF))


def gram_entry(x, y, rho):
    """The formula for the inner product of the responses x^k and y^k (y conjugated)."""
    from numeric import reference

    one, r = reference.ONE, reference.gaussian(rho)
    return (one - r * r * x * y) / ((one - x * y) * (one - x * r) * (one - y * r))


@claim.oracle
def summed_states():
    """Solve X = A X A* + (1 − ρ²) 1 1ᵀ exactly, with A = diag(a) + ρ 1 e*, and compare all entries with the closed form."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, numbers, text

    results = []
    for order, decay in ((1, Fraction(1, 2)), (2, Fraction(3, 4)), (3, Fraction(1, 5))):
        drawn = numbers(order, order + 120, modulus=1)
        for kind, poles in {"drawn": drawn, "repeated": [drawn[0]] * order, "with ρ": [*drawn[1:], (decay, 0)]}.items():
            a, r, size = reference.column([*poles, 0]), reference.gaussian(decay), order + 1
            moves = [[(a[s] if s == t else reference.ZERO) + (r if t == order else reference.ZERO) for t in range(size)]
                     for s in range(size)]
            innovation = [[reference.gaussian(1 - decay**2)] * size for _ in range(size)]
            measured = reference.stein(moves, innovation)
            expected = [[gram_entry(x, y.conjugate(), decay) for y in a] for x in a]
            results.append(compared(f"{kind} poles: first entry, all compared", {"S": order, "rho": str(decay)}, text(measured[0][0]),
                                    text(expected[0][0]), inside=measured == expected))
    return results
