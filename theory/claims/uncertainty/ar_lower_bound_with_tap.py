"""Lower bound on the AR(1) loss of a filter with S poles and a direct term, which is a pole at 0."""
from typing import NamedTuple

from theory.claim import Claim
from theory.claims.uncertainty.ar_gram import COLUMN, INNOVATION, POSITIVE, ROW, STEIN, UNIT, WHERE_GRAM, A, Q, e, g, o
from theory.claims.uncertainty.ar_loss import ENERGY, RESPONSE
from theory.language import (
    Abs,
    Sum,
    T,
    both,
    conj,
    diag,
    entry,
    eq,
    eye,
    fn,
    forall,
    inv,
    le,
    lt,
    names,
    ne,
    re,
    statement,
    vec,
    within,
    zero,
)
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import K, L, S, a, b, k, s
from theory.papers.uncertainty_ar import (
    AR_FILTER,
    AR_INPUT,
    LAST,
    WHERE_AR_LOSS,
    WHERE_CORRELATION,
    R,
    ar_loss,
    correlation_facts,
    last_of_diagonal,
    one_pole_loss,
    rho,
)
from theory.proof import explained
from theory.steps import at, inverse_of_definite, modulus_square_below_one, positive_reciprocal

STABLE = forall({"s": "int"}, within(1, s, LAST), lt(Abs(a[s]), 1))
WHERE_TAP = ("c", ["k"], Sum("s", 1, LAST, b[s] * a[s] ** k))
SHARE = rho**2 / (1 - rho**2) + S * (1 + rho) / (1 - rho)
BOUND, POSITIVE_LOSS = le(1 - SHARE / K, L), le(0, L)
w, y, D, X, P, F, spread, eps, m = names("w y D X P F spread eps m")

claim = Claim(
    title="Lower bound under an AR(1) input, with a direct term",
    says="A filter with S poles and a direct term misses the shift by K, under an AR(1) input, by at least "
         "1 − (1/K)(ρ²/(1 − ρ²) + S(1 + ρ)/(1 − ρ)), and the loss is not negative.",
    statement=statement(forall(AR_FILTER, [le(1, K), STABLE, *AR_INPUT, eq(a[LAST], 0)], both(BOUND, POSITIVE_LOSS)),
                        [WHERE_TAP, WHERE_AR_LOSS]),
    paper="UP", reference="stronger than Theorem 3: the direct term is free",
    hypotheses={"K ≥ 1": "the bound divides by K", "|a_s| < 1": "the loss is infinite or undefined",
                "0 ≤ ρ < 1": "the bound is not defined at 1",
                "a_{S+1} = 0": "S + 1 poles need S + 1 in the place of S"},
    limits="Any poles: repeated, zero or equal to ρ. The direct term is the weight b_{S+1} of the pole 0.",
)


@claim.derive
def worst_direction(step):
    import sympy

    from theory.identities import confirm, equal, nonnegative

    rho, t = sympy.symbols("rho t", positive=True)
    a, c = [*sympy.symbols("a1:3"), 0], [*sympy.symbols("c1:3"), 0]
    X = sympy.diag(*(1 / (1 - x * y) for x, y in zip(a, c, strict=True)))
    ones, e = sympy.ones(3, 1), sympy.Matrix([0, 0, 1])
    A, mirrored = sympy.diag(*a) + rho * ones * e.T, sympy.diag(*c) + rho * ones * e.T
    P = t * X - (t - 1) * e * e.T
    right = t * sympy.eye(3) - (t - 1) * e * e.T - rho**2 * ones * ones.T
    confirm(step, "P − A P A*", [sympy.cancel(v) for v in P - A * P * mirrored.T - right],
            why="S = 2, P = tX − (t − 1) ee* with X = diag(1/(1 − |a_s|²)) and the pole 0 last: it is tI − (t − 1) ee* − ρ² 1 1*")
    order = sympy.symbols("S", positive=True)
    room = sympy.symbols("x", positive=True)
    share = room / (1 + room)
    determinant = ((order + 1) / (1 - share) - share * order) * (1 - share) - share**2 * order
    nonnegative(step, "worst direction", sympy.factor(determinant),
                why="determinant of [[1 − ρ², −ρ²√S], [−ρ²√S, t − ρ²S]] on e and the other ones, t = (S+1)/(1−ρ²), ρ² = x/(1+x)")
    energy, peak, w = sympy.symbols("E F w", positive=True)
    equal(step, "completing the square", 1 + energy * w**2 - 2 * peak * w, 1 - peak**2 / energy + energy * (w - peak / energy) ** 2,
          why="the loss is least at w = F/E")
    equal(step, "order 0", 1 + w**2 - 2 * w * rho, 1 - rho**2 + (w - rho) ** 2,
          why="S = 0, K = 1: only the direct term, whose best weight is ρ")


@claim.certify
def proof(p, _):
    p.inhabited(S=0, K=1, a=fn("n", 0), b=fn("n", 1), rho=0)
    for entry_ in WHERE_GRAM:
        p.abbreviate(*entry_)
    p.abbreviate(*WHERE_CORRELATION)
    p.abbreviate("D", [], diag("s", LAST, a[s]))
    p.abbreviate("w", [], vec("s", LAST, conj(b[s])))
    p.abbreviate("y", [], A**K @ g)
    p.abbreviate("X", [], diag("s", LAST, 1 / (1 - a[s] * conj(a[s]))))
    p.abbreviate("spread", [], LAST / (1 - rho**2))
    p.abbreviate("P", [], spread * X - (spread - 1) * e @ e.H)
    p.abbreviate("F", ["eps"], y.H @ inv(Q + eps * P) @ y)
    gram = {name: p.use("uncertainty.ar_gram", goal, S=S, a=a, rho=rho) for name, goal in
            (("positive", POSITIVE), ("stein", STEIN), ("column", COLUMN), ("row", ROW), ("unit", UNIT), ("innovation", INNOVATION))}
    one = p.entries(eq(e.H @ e, 1))
    gram["size"] = p.identity(eq(e.H @ Q @ e, 1), [(gram["column"], e.H), (gram["unit"], 1)])
    quadratic = quadratic_form(p, gram)
    room = p.squares(le(0, 1 - rho**2), [(1, [p.given(4)], "", 1), (1, [p.given(3), p.given(4)], "", 1)])
    first, state = states_below(p, gram, room)
    positive = p.squares(POSITIVE_LOSS, [(1, [], "", 1 - w.H @ y), (1, [], state, w)], using=[(quadratic, -1)])
    lags = p.squares(lt(0, K), [(1, [], "", 1), (1, [p.given(1)], "", 1)])
    proper = p.order("nonzero", ne(K, 0), lags)
    p.order("nonzero", ne(1 - rho, 0), p.given(4))
    share = positive_reciprocal(p, K, lags, proper), proper
    regular = regular_part(p, one, room)
    with p.generalise({"eps": "real"}, [lt(0, eps)], le(1 - SHARE / K, L + eps * (w.H @ P @ w))) as every:
        bound_with(p, every(1), gram, quadratic, first, regular, share)
    p.both(p.order("limit", BOUND, every), positive)


@explained
def quadratic_form(p, gram):
    """L = 1 + w*Qw − 2 Re w*y with w = b̄ and y = A^K g, whose entries are R_K(a_s)."""
    energy, response = (widened(x) for x in (ENERGY, RESPONSE))
    loss = ar_loss(p, 1 + energy - 2 * re(response), LAST)
    state = response_column(p, gram)
    value = p.entries(eq(w.H @ Q @ w, energy))
    read = p.entries(eq(w.H @ vec("s", LAST, R(a[s], K)), response))
    mirrored = p.step("congruence", eq(conj(w.H @ vec("s", LAST, R(a[s], K))), conj(response)), equal=read, context=fn("m_", conj("m_")))
    flipped = p.step("congruence", eq(y.H, vec("s", LAST, R(a[s], K)).H), equal=state, context=["fn", "m_", ["adj", "m_"]])
    return p.identity(eq(L, 1 + w.H @ Q @ w - 2 * re(w.H @ y)),
                      [(loss, 1), (value, -1), (read, 1), (mirrored, 1), (state, w.H), (flipped, 1, w)])


def widened(term):
    """A sum over the poles 1..S, as the sum over 1..S + 1."""
    return at(term, "S", LAST)


@explained
def response_column(p, gram):
    """A^k g = (R_k(a_s))_s by induction, since (A^k g)_s moves by R_{k+1} = a_s R_k + ρ^{k+1} and e*A^k g = ρ^k."""
    def column(k):
        return vec("s", LAST, R(a[s], k))
    powers, ahead = left_powers(p, gram["row"]), step_ahead(p)
    with p.generalise({"s": "int"}, within(1, s, LAST), eq(1 / (1 - a[s] * rho), R(a[s], 0))) as first:
        p.apply(p.given(2), lt(Abs(a[s]), 1), s=s)
        p.identity(first.shows[3], [(correlation_facts(p, a[s])[0], -1)])
    with p.branch() as base:
        p.step("congruence", eq(g, column(0)), equal=first.fact)
        p.operator(eq(A**0 @ g, column(0)), [(f"s{p.count}", 1)])
    block = p.new_id()
    with p.branch() as step:
        row = p.apply(powers, eq(e.H @ A**k, rho**k * e.H), k=k)
        value = p.identity(eq(e.H @ A**k @ g, rho**k), [(row, 1, g), (gram["unit"], rho**k)])
        with p.generalise({"s": "int"}, within(1, s, LAST), eq(a[s] * R(a[s], k) + rho ** (k + 1), R(a[s], k + 1))) as each:
            p.apply(p.given(2), lt(Abs(a[s]), 1), s=s)
            here = p.apply(correlation_facts(p, a[s])[1], eq(R(a[s], k + 1), a[s] * R(a[s], k) + rho ** (k + 1)), n=k)
            p.identity(each.shows[3], [(here, -1)])
        moved = p.step("congruence", eq(vec("s", LAST, a[s] * R(a[s], k) + rho ** (k + 1)), column(k + 1)), equal=each.fact)
        split = p.entries(eq(D @ column(k) + rho ** (k + 1) * o, vec("s", LAST, a[s] * R(a[s], k) + rho ** (k + 1))))
        order = p.apply(ahead, eq(A @ A**k, A ** (k + 1)), k=k)
        p.operator(eq(A ** (k + 1) @ g, column(k + 1)), [(order, -1, g), (f"{block}.2", D), (value, rho * o), (split, 1), (moved, 1)])
    every = p.step("induction", forall({"k": "nat"}, [], eq(A**k @ g, column(k))), block, base=base, step=step)
    return p.apply(every, eq(y, column(K)), k=K)


@explained
def step_ahead(p):
    """A A^k = A^{k+1}."""
    with p.branch() as base:
        p.operator(eq(A @ A**0, A))
    block = p.new_id()
    with p.branch() as step:
        p.operator(eq(A @ A ** (k + 1), A ** (k + 2)), [(f"{block}.2", 1, A)])
    return p.step("induction", forall({"k": "nat"}, [], eq(A @ A**k, A ** (k + 1))), block, base=base, step=step)


@explained
def left_powers(p, row):
    """e*A^k = ρ^k e*."""
    with p.branch() as base:
        p.operator(eq(e.H @ A**0, rho**0 * e.H))
    block = p.new_id()
    with p.branch() as step:
        p.operator(eq(e.H @ A ** (k + 1), rho ** (k + 1) * e.H), [(f"{block}.2", 1, A), (row, rho**k)])
    return p.step("induction", forall({"k": "nat"}, [], eq(e.H @ A**k, rho**k * e.H)), block, base=base, step=step)


@explained
def states_below(p, gram, room):
    """(gg* ⪯ Q because gg* = Qee*Q, yy* ⪯ Q because A Q A* ⪯ Q and hence A^K Q A*^K ⪯ Q)."""
    hermitian = p.step("quadratic_form", eq(Q.H, Q), mode="hermitian", **{"from": [gram["positive"]]})
    across = p.step("congruence", eq(e.H @ Q.H, g.H), equal=gram["column"], context=["fn", "m_", ["adj", "m_"]])
    row = p.operator(eq(e.H @ Q, g.H), [(hermitian, -e.H), (across, 1)])
    first = p.squares(le(g @ g.H, Q), [(1, [], gram["positive"], eye(LAST) - e @ e.H @ Q)],
                      using=[(gram["size"], Q.H @ e, e.H @ Q), (gram["column"], -1, e.H @ Q), (row, -g)])
    reduced = p.squares(le(A @ Q @ A.H, Q), [(1, [room], "", o.H)], using=[(gram["stein"], -1)])
    with p.branch() as base:
        p.squares(le(A**0 @ Q @ (A**0).H, Q))
    block = p.new_id()
    with p.branch() as step:
        p.squares(le(A ** (k + 1) @ Q @ (A ** (k + 1)).H, Q), [(1, [], f"{block}.2", eye(LAST)), (1, [], reduced, (A**k).H)])
    every = p.step("induction", forall({"k": "nat"}, [], le(A**k @ Q @ (A**k).H, Q)), block, base=base, step=step)
    here = p.apply(every, le(A**K @ Q @ (A**K).H, Q), k=K)
    return first, p.squares(le(y @ y.H, Q), [(1, [], here, eye(LAST)), (1, [], first, (A**K).H)])


class Regular(NamedTuple):
    """Facts about P = tX − (t − 1) ee*: 0 ≺ P, A P A* ⪯ P, e*Pe = 1; and 1 − ρ² ≠ 0."""
    definite: str
    reduced: str
    size: str
    proper: str


@explained
def regular_part(p, one, room):
    """P = tX − (t − 1) ee* with X = diag(1/(1 − |a_s|²)) and t = (S + 1)/(1 − ρ²) is positive definite and A P A* ⪯ P: what Q lacks when
    poles are repeated."""
    positive = p.squares(lt(0, 1 - rho**2), [(1, [p.given(4)], "", 1), (1, [p.given(3), p.given(4)], "", 1)])
    proper = p.order("nonzero", ne(1 - rho**2, 0), positive)
    share, count = positive_reciprocal(p, 1 - rho**2, positive, proper), p.order("basic", le(0, S))
    size = p.squares(le(0, spread), [(1, [count, share], "", 1), (1, [share], "", 1)])
    beyond = p.squares(le(0, spread - 1), [(1, [count, share], "", 1), (1, [share], "", rho)], nonzero=[proper])
    stein, diagonal = diagonal_stein(p)
    rest = eye(LAST) - e @ e.H
    definite = p.squares(lt(zero(LAST, LAST), P), [(1, [], "", eye(LAST)), (1, [size], diagonal, D.H), (1, [beyond], "", rest)],
                         using=[(stein, -spread), (one, (spread - 1) * e, e.H)])
    pole = last_of_diagonal(p, lambda n: a[n], 0, p.given(5))
    inverse = p.step("congruence", eq(1 / (1 - a[LAST] * conj(a[LAST])), 1), equal=p.given(5),
                     context=fn("m_", 1 / (1 - T("m_") * conj("m_"))))
    column = last_of_diagonal(p, lambda n: 1 / (1 - a[n] * conj(a[n])), 1, inverse)
    difference, unit = displaced(p, stein, pole, column, one)
    rank = rest_of_ones(p, one)
    reduced = p.squares(le(A @ P @ A.H, P),
                        [(1, [room], "", (e - rho**2 / (1 - rho**2) * (o - e)).H), (1, [share], rank, rho * eye(LAST)),
                         (1, [count], "", rest), (1, [share], "", rest)],
                        using=[(difference, -1), (one, (S + 1 / (1 - rho**2)) * e, e.H)], nonzero=[proper])
    return Regular(definite, reduced, p.identity(eq(e.H @ P @ e, 1), [(unit, e.H), (one, 1)]), proper)


@explained
def diagonal_stein(p):
    """(X − D X D* = I, X ⪰ 0)."""
    i, j = names("i_ j_")
    with p.generalise({"s": "int"}, within(1, s, LAST), le(0, 1 / (1 - a[s] * conj(a[s])))):
        room = modulus_square_below_one(p, a[s], p.apply(p.given(2), lt(Abs(a[s]), 1), s=s))
        positive_reciprocal(p, 1 - a[s] * conj(a[s]), room, p.order("nonzero", ne(1 - a[s] * conj(a[s]), 0), room))
    with p.generalise({"i_": "int", "j_": "int"}, [*within(1, i, LAST), *within(1, j, LAST)],
                      eq(entry(X - D @ X @ D.H, i, j), entry(eye(LAST), i, j))) as each:
        room = modulus_square_below_one(p, a[i], p.apply(p.given(2), lt(Abs(a[i]), 1), s=i))
        p.identity(each.shows[3], nonzero=[p.order("nonzero", ne(1 - a[i] * conj(a[i]), 0), room)])
    stein = p.entries(eq(X - D @ X @ D.H, eye(LAST)), each=each.fact)
    return stein, p.use("algebra.diagonal_semidefinite", le(zero(LAST, LAST), X), n=LAST, d=fn("n", 1 / (1 - a["n"] * conj(a["n"]))))


@explained
def displaced(p, stein, pole, column, one):
    """(P − A P A* = tI − (t − 1) ee* − ρ² 1 1*, Pe = e), from De = 0 and Xe = e."""
    unit = p.operator(eq(P @ e, e), [(column, spread), (one, -(spread - 1) * e)])
    row = p.step("congruence", eq(e.H @ P, e.H), equal=unit, context=["fn", "m_", ["adj", "m_"]])
    gone = p.step("congruence", eq(e.H @ D.H, zero(1, LAST)), equal=pole, context=["fn", "m_", ["adj", "m_"]])
    goal = eq(P - A @ P @ A.H, spread * eye(LAST) - (spread - 1) * e @ e.H - rho**2 * o @ o.H)
    return p.operator(goal, [(stein, spread), (pole, spread - 1, e.H @ D.H), (row, -rho * o, D.H), (gone, -rho * o), (unit, -rho * D, o.H),
                             (pole, -rho, o.H), (row, -(rho**2) * o, e @ o.H), (one, -(rho**2) * o, o.H)]), unit


@explained
def rest_of_ones(p, one):
    """rr* ⪯ S (I − ee*) for r = 1 − e, the ones at the poles 1..S: Cauchy–Schwarz with r*r = S."""
    r, rest = o - e, eye(LAST) - e @ e.H
    count, apart = p.entries(eq(r.H @ r, S)), p.entries(eq(e.H @ r, 0))
    mirrored = p.step("congruence", eq(r.H @ e, 0), equal=apart, context=["fn", "m_", ["adj", "m_"]])
    spread_out = p.use("algebra.cauchy_schwarz", le(r @ r.H, (r.H @ r) * eye(LAST)), n=LAST, v=r)
    return p.squares(le(r @ r.H, S * rest), [(1, [], spread_out, rest)],
                     using=[(count, 1, rest), (one, (r.H @ r) * e, e.H), (apart, e, r.H), (mirrored, r, e.H), (apart, -e, r.H @ e @ e.H)])


@explained
def bound_with(p, small, gram, quadratic, first, regular, lags):
    """The trace argument for Q + εP, completion of the square in w, and division by K."""
    G, Z = Q + eps * P, inv(Q + eps * P)
    definite = p.squares(lt(zero(LAST, LAST), G), [(1, [], gram["positive"], eye(LAST)), (1, [small], regular.definite, eye(LAST))])
    x = g - rho * A @ g
    mirrored = p.step("congruence", eq(x.H, (1 - rho**2) * o.H), equal=gram["innovation"], context=["fn", "m_", ["adj", "m_"]])
    p.squares(le(A @ G @ A.H + x @ x.H / (1 - rho**2), G), [(1, [small], regular.reduced, eye(LAST))],
              using=[(gram["stein"], -1), (gram["innovation"], 1, o.H), (mirrored, x / (1 - rho**2))], nonzero=[regular.proper])
    p.squares(le(g @ g.H, G), [(1, [], first, eye(LAST)), (1, [small], regular.definite, eye(LAST))])
    p.identity(eq(e.H @ G @ e, 1 + eps), [(gram["size"], 1), (regular.size, eps)])
    p.squares(le(1, 1 + eps), [(1, [small], "", 1)])
    bound = p.use("uncertainty.ar_captured_energy_bound", le(K * F(eps), SHARE), n=LAST, K=K, rho=rho, q=1 + eps, A=A, Q=G, v=g, e=e)
    right, _, star, adjoint_left, _ = inverse_of_definite(p, G, definite, LAST)
    square = p.squares(le(1 - F(eps) - eps * (w.H @ P @ w), L), [(1, [], definite, w - Z @ y)],
                       using=[(quadratic, -1), (right, -w.H, y), (adjoint_left, -y.H, w), (right, y.H @ Z.H, y), (star, y.H, y)])
    share, proper = lags
    p.squares(le(1 - SHARE / K, L + eps * (w.H @ P @ w)), [(1, [square], "", 1), (1, [share, bound], "", 1)], nonzero=[proper])


claim.must_refuse(
    without_the_input=changed(le(1 - S * (1 + rho) / (1 - rho) / K, L)),
    white_noise_constant=changed(le(1 - (rho**2 / (1 - rho**2) + S) / K, L)),
    sign_flipped=changed(le(L, 1 - SHARE / K)),
    strict=changed(lt(1, L)),
    tap_not_free=changed(given={5: None}),
    domain_reaches_circle=changed(given={2: forall({"s": "int"}, within(1, s, LAST), le(Abs(a[s]), 1))}),
)


def only_a_tap(weight, opposite, room):
    """S = 0, K = 1, ρ = 1/2 and the direct term `weight`: the loss is 1 + weight² − weight; `room` is by how much the opposite holds."""

    def refutation(p):
        half = T(1) / 2
        here = counterexample(p, S=0, K=1, a=fn("n", 0), b=fn("n", weight), rho=half)
        loss, _ = one_pole_loss(p, here, 0, weight, 1, half)
        p.squares(here(opposite), [(room, [], "", 1)], using=[(loss, 1 if opposite.json[1] == "L" else -1)])

    return refutation


claim.refute("without_the_input")(only_a_tap(T(1) / 2, lt(L, 1 - S * (1 + rho) / (1 - rho) / K), T(1) / 4))
claim.refute("sign_flipped")(only_a_tap(0, lt(1 - SHARE / K, L), T(1) / 3))
claim.refute("strict")(only_a_tap(0, le(L, 1), 0))


def bound(order, lag, rho):
    """The formula: 1 − (1/K)(ρ²/(1 − ρ²) + S(1 + ρ)/(1 − ρ))."""
    return 1 - (rho**2 / (1 - rho**2) + order * (1 + rho) / (1 - rho)) / lag


@claim.oracle
def best_weights():
    """Run the recurrences exactly at the best weights of the poles and of the direct term; the loss stays above the bound."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import ar_optimum, bounded, pole_sets

    results = [tap_alone(lag, Fraction(9, 10)) for lag in (1, 4)] + [tap_alone(1, Fraction(1, 5))]
    for order, lag, decay in ((1, 6, Fraction(1, 5)), (2, 12, Fraction(1, 3)), (2, 40, Fraction(4, 5))):
        for kind, drawn in pole_sets(order, order + 160).items():
            poles = [*drawn, (0, 0)]
            measured, least = reference.ar_loss_by_recurrence(poles, ar_optimum(poles, lag, decay), lag, decay), bound(order, lag, decay)
            results.append(bounded(f"{kind} poles", {"S": order, "K": lag, "rho": str(decay)}, float(measured), float(least),
                                   measured >= least))
    return results


def tap_alone(lag, rho):
    """The best direct term without poles reaches 1 − ρ^{2K}."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded

    measured = reference.ar_loss_by_recurrence([0], [rho**lag], lag, rho)
    return bounded("no pole", {"S": 0, "K": lag, "rho": str(rho)}, float(measured), float(bound(0, lag, rho)),
                   1 - rho ** (2 * lag) == measured >= bound(0, lag, rho))
