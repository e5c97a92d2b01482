"""The best weights for the explicit poles: what they leave at the other points of the grid is bounded, whatever T and K."""
from theory.claim import Claim
from theory.claims.uncertainty.explicit_gram import decays, denominators
from theory.claims.uncertainty.explicit_weights import DISTANCE, NORMAL, WITNESS, one_pole
from theory.language import (
    PI,
    SEQ,
    Abs,
    Sum,
    T,
    conj,
    diag,
    entry,
    eq,
    exp,
    eye,
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
)
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_explicit import (
    GIVEN,
    LAG,
    PERIOD,
    VARIABLES,
    WEIGHT,
    WHERE_A,
    WHERE_B,
    WHERE_C,
    WHERE_DECAY,
    WHERE_LOST,
    WHERE_S,
    C,
    K,
    Q,
    S,
    a,
    alpha,
    b,
    below_one,
    cosh,
    decay,
    grow,
    k,
    kernel,
    lag_positive,
    lam,
    s,
    sinh,
    t,
    top,
    transformed,
    turn,
)
from theory.proof import explained

g, q, r, j, P, R, G = names("g q r j P R G")
REST = PERIOD - S


def combined(weight, n):
    """Σ_s w_s/(1 − a_n ā_s)."""
    return Sum("s", 1, S, weight(s) / (1 - a(n) * conj(a(s))))


def best(s):
    return conj(g[s])


OUTSIDE = 2 * sinh(2 * alpha) + 2 * exp(4 * alpha) * (cosh(2 * alpha) - 1)
BOUND = le(Sum("j", 1, REST, Abs(combined(best, S + j)) ** 2), OUTSIDE)

claim = Claim(
    title="The best weights at the other points of the grid",
    says="If g solves C ḡ = a^K for the explicit poles, then Σ_s ḡ_s/(1 − a_n ā_s), which is a_n^K at the poles, has over the other "
         "2K − S points a_n = e^{−α/K} e^{iπn/K} a total energy of at most 2 sinh 2α + 2e^{4α}(cosh 2α − 1).",
    statement=statement(forall({**VARIABLES, "g": SEQ}, [*GIVEN, NORMAL], BOUND), [WHERE_S, WHERE_A]),
    reference="own",
    hypotheses={"g solves the normal equations": "any other g may be large", "T < K": "there are only 2K points"},
    limits="An upper bound that does not depend on T and K.",
)


@claim.derive
def constants(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    x, lag, S = sympy.symbols("x K S", positive=True)
    share = (1 - x**-4) * x / (2 * lag)
    confirm(step, "4 sinh² 2α (cosh 2α − 1)/λ²", [sympy.simplify(
        4 * ((x**2 - x**-2) / 2) ** 2 * ((x**2 + x**-2) / 2 - 1) / (1 - x**-4) ** 2 - x**4 * ((x**2 + x**-2) / 2 - 1))], why="x = e^α")
    whole = step("explicit weights, all points", 2 * lag * share**2 * x**-4 / (1 - x**-4) ** 2
                 * (2 * lag * S + lag * ((x**4 + x**-4) / 2 - 1) + lag * (x**4 - x**-4) / 2), why="Parseval; the edge term with K ≥ 1")
    confirm(step, "less S e^{−2α} for the window: sinh 2α", [sympy.simplify(whole - S * x**-2 - (x**2 - x**-2) / 2)],
            why="e^{−2α}(e^{4α} − 1)/2")


@claim.certify
def proof(p, _):
    """The sums are the rows of V Q W*/λ, with V the phases of the whole period: V*V = 2K·I. The explicit weights b leave at most
    sinh 2α outside, and the difference of the best ones from them is small in norm.
    """
    with p.inhabited_by(**WITNESS):
        one_pole(p)
    for name, params, body in (WHERE_LOST, WHERE_C, WHERE_DECAY, WHERE_B):
        p.abbreviate(name, params, body)
    proper, back = lag_positive(p, p.given(2))
    p.order("product", ne(2 * K, 0), proper)
    natural = p.order("basic", le(0, top))
    p.squares(le(0, REST), [(2, [p.given(2)], "", 1), (1, [], "", 1)])
    p.squares(le(0, S), [(2, [natural], "", 1), (1, [], "", 1)])
    room = below_one(p, -4 * alpha, p.squares(lt(-4 * alpha, 0), [(4, [p.given(1)], "", 1)]))
    regular = p.order("nonzero", ne(lam, 0), room)
    frame = frames(p, denominators(p, back))
    inner = explicit_part(p, frame, back, room, [proper, regular])
    outer = difference_part(p, frame, back, room, regular)
    parts = two_parts(p)
    p.squares(BOUND, [(1, [parts], "", 1), (2, [inner], "", 1), (2, [outer], "", 1)])


@explained
def frames(p, regular):
    """V*V = 2K·I, and λ/(1 − a_n ā_s) are the entries of V Q W*: so λ² times the Gram matrix of the rows is 2K·W Q² W*."""
    (W, z, d), orthogonal, image = transformed(p)
    V = p.abbreviate("V_", [], matrix("t", PERIOD, "k", PERIOD, turn((t - top - 1) * (k - 1))))
    B = p.abbreviate("B_", [], matrix("t", PERIOD, "s", S, 1 / (1 - a(t) * conj(a(s)))))
    unitary = p.entries(eq(V.H @ V, PERIOD * eye(PERIOD)), each=columns(p, V))
    factored = p.entries(eq(lam * B, V @ Q @ W.H), each=geometric(p, B, V @ Q @ W.H, regular))
    star = p.step("congruence", eq((lam * B).H, (V @ Q @ W.H).H), equal=factored, context=fn("m_", T("m_").H))
    gram = p.operator(eq(lam**2 * (B.H @ B), PERIOD * W @ Q @ Q @ W.H),
                      [(factored, lam * B.H, 1), (star, 1, V @ Q @ W.H), (unitary, W @ Q, Q @ W.H)])
    return (W, z, d, B), orthogonal, image, gram, (V, unitary, factored)


@explained
def columns(p, V):
    """The columns of V are orthogonal: Σ_t e^{iπtm/K} = 0 over a period for 0 < |m| < 2K."""
    goal = eq(entry(V.H @ V, q, r), entry(PERIOD * eye(PERIOD), q, r))
    with p.generalise({"q": "int", "r": "int"}, [*within(1, q, PERIOD), *within(1, r, PERIOD)], goal) as block:
        split, branches = p.new_id(), {}
        for name, sign, low, high, ends in (("less", 1, q, r, (4, 1)), ("greater", -1, r, q, (2, 3))):
            with p.branch() as branches[name]:
                far, m = p.order("gap", le(low + 1, high), f"{split}.{name}.1"), high - low
                p.squares(le(1, m), [(1, [far], "", 1)])
                p.squares(le(m + 1, PERIOD), [(1, [block(ends[0])], "", 1), (1, [block(ends[1])], "", 1)])
                total = p.use("algebra.unit_root_sum", eq(Sum("k", 1, PERIOD, turn(sign * m * (k - 1))), 0), K=K, m=m)
                p.identity(goal, [(total, turn(-sign * top * m))])
        with p.branch() as branches["equal"]:
            own = p.identity(eq(entry(V.H @ V, r, r), entry(PERIOD * eye(PERIOD), r, r)))
            back = p.identity(eq(r, q), [(f"{split}.equal.1", -1)])
            p.step("congruence", goal, equal=back, context=fn("m_", eq(entry(V.H @ V, "m_", r), entry(PERIOD * eye(PERIOD), "m_", r))),
                   **{"from": own})
        p.step("cases", goal, split, on=[q, r], **branches)
    return block.fact


@explained
def geometric(p, B, product, regular):
    """(1 − x) Σ_{k<2K} x^k = 1 − e^{−4α} with x = a_n ā_s."""
    goal = eq(entry(lam * B, q, r), entry(product, q, r))
    with p.generalise({"q": "int", "r": "int"}, [*within(1, q, PERIOD), *within(1, r, S)], goal) as block:
        proper = p.apply(regular, ne(1 - a(q) * conj(a(r)), 0), s=q, t=r)

        def powers(k):
            return decay(k - 1) * turn((q - r) * (k - 1))
        total = p.step("telescoping", eq(Sum("k", 1, PERIOD, powers(k)), lam / (1 - a(q) * conj(a(r)))),
                       T=fn("j_", -powers(T("j_")) / (1 - a(q) * conj(a(r)))), nonzero=[proper])
        p.identity(goal, [(total, -1)], nonzero=[proper])
    return block.fact


def row(n):
    """Σ_s (−1)^s/(1 − a_n ā_s)."""
    return Sum("s", 1, S, turn((s - top - 1) * K) / (1 - a(n) * conj(a(s))))


def rest(n):
    """The sums for ḡ − b."""
    return combined(best, n) - combined(b, n)


@explained
def two_parts(p):
    """Σ|u|² ≤ 2 Σ|v|² + 2 Σ|u − v|²."""
    u, v = names("u_ v_")

    def goal(u, v):
        return le(squared(u, REST), 2 * squared(v, REST) + 2 * squared(lambda j: u(j) - v(j), REST))

    def gap(j):
        return 2 * Abs(v[j]) ** 2 + 2 * Abs(u[j] - v[j]) ** 2 - Abs(u[j]) ** 2
    with p.generalise({"u_": SEQ, "v_": SEQ}, [], goal(u.__getitem__, v.__getitem__)) as every:
        with p.generalise({"j": "int"}, within(1, j, REST), le(0, gap(j))):
            p.squares(le(0, gap(j)), [(1, [], "", 2 * v[j] - u[j])])
        total = p.use("algebra.sum_nonnegative", le(0, Sum("j", 1, REST, gap(j))), n=REST, f=fn("j", gap(j)))
        p.squares(goal(u.__getitem__, v.__getitem__), [(1, [total], "", 1)])
    left, right = (lambda j: combined(best, S + j)), (lambda j: combined(b, S + j))
    return p.apply(every.fact, goal(left, right), u_=fn("j", left(j)), v_=fn("j", right(j)))


def squared(f, size):
    return Sum("j", 1, size, Abs(f(j)) ** 2)


@explained
def tail_below_total(p, f):
    """Σ|f|² over the other points is at most that over the whole period."""
    h = names("h_")

    def goal(f):
        return le(squared(lambda j: f(S + j), REST), squared(f, PERIOD))
    with p.generalise({"h_": SEQ}, [], goal(h.__getitem__)) as every:
        with p.generalise({"j": "int"}, within(1, j, S), le(0, Abs(h[j]) ** 2)):
            p.squares(le(0, Abs(h[j]) ** 2), [(1, [], "", h[j])])
        first = p.use("algebra.sum_nonnegative", le(0, squared(h.__getitem__, S)), n=S, f=fn("j", Abs(h[j]) ** 2))
        split = p.use("algebra.sum_split", eq(squared(h.__getitem__, PERIOD), squared(h.__getitem__, S)
                                              + squared(lambda j: h[S + j], REST)), n=S, m=REST, g=fn("j", Abs(h[j]) ** 2))
        p.squares(goal(h.__getitem__), [(1, [first], "", 1)], using=[(split, -1)])
    return p.apply(every.fact, goal(f), h_=fn("j", f(j)))


def energy(p, column, size, entry_at):
    """y*y = Σ|y_n|² for a column with these entries."""
    y = vec("t", size, entry_at(t))

    def total(size, entry_at):
        y = vec("t", size, entry_at(t))
        return eq(y.H @ y, Sum("k", 1, size, Abs(entry_at(k)) ** 2))
    same = p.entries(eq(column, y))
    star = p.step("congruence", eq(column.H, y.H), equal=same, context=fn("m_", T("m_").H))
    with p.generalise({"n_": "nat", "f_": SEQ}, [], total(T("n_"), T("f_").__getitem__)) as every:
        p.entries(total(T("n_"), T("f_").__getitem__))
    total_here = p.apply(every.fact, total(size, entry_at), n_=size, f_=fn("k", entry_at(k)))
    return p.operator(eq(column.H @ column, Sum("k", 1, size, Abs(entry_at(k)) ** 2)),
                      [(same, column.H, 1), (star, 1, y), (total_here, 1)])


FALLING, STEEP = (Sum("k", 1, PERIOD, grow(-n * LAG) * Abs(kernel(LAG)) ** 2) for n in (1, 2))


@explained
def explicit_part(p, frame, back, room, proper):
    """The explicit weights have over the whole period the energy e^{−2α}/(2K) Σ_l e^{−4αl/K}|D_l|², and at the poles at least e^{−2α}S,
    because Σ|y|² ≥ 2 Re Σ y z̄ − Σ|z|²: the rest is at most e^{−2α}(cosh 4α − 1 + sinh 4α)/2 = sinh 2α."""
    (W, z, d, B), _, image, gram, _ = frame
    starred = p.step("congruence", eq(z.H @ W, d.H), equal=image, context=fn("m_", T("m_").H))
    steep = p.entries(eq(d.H @ Q @ Q @ d, exp(-4 * alpha) * STEEP))
    flat = p.entries(eq(d.H @ Q @ d, exp(-2 * alpha) * FALLING))
    squares = energy(p, B @ z, PERIOD, row)
    total = p.operator(eq(lam**2 * ((B @ z).H @ (B @ z)), PERIOD * (d.H @ Q @ Q @ d)),
                       [(gram, z.H, z), (image, PERIOD * z.H @ W @ Q @ Q, 1), (starred, PERIOD, Q @ Q @ d)])
    whole = p.identity(eq(WEIGHT**2 * Sum("k", 1, PERIOD, Abs(row(k)) ** 2), exp(-2 * alpha) / (2 * K) * STEEP),
                       [(squares, -WEIGHT**2), (total, WEIGHT**2 / lam**2), (steep, WEIGHT**2 / lam**2 * PERIOD)], nonzero=proper)
    values = {"T": top, "K": K, "alpha": alpha}
    poles = p.use("uncertainty.explicit_gram", eq(lam * C, W @ Q @ W.H), **values)
    response = p.operator(eq(lam * (z.H @ C @ z), d.H @ Q @ d), [(poles, z.H, z), (image, z.H @ W @ Q, 1), (starred, 1, Q @ d)])
    count = p.entries(eq(z.H @ z, S))
    mirrored = p.step("congruence", eq((lam * (z.H @ C @ z)).H, (d.H @ Q @ d).H), equal=response, context=fn("m_", T("m_").H))
    inside = energy(p, C @ z, S, row)
    poles_share = at_the_poles(p, C @ z, z, (inside, response, mirrored, flat, count), proper)
    split = p.use("algebra.sum_split", eq(Sum("k", 1, PERIOD, Abs(row(k)) ** 2),
                                          Sum("k", 1, S, Abs(row(k)) ** 2) + Sum("k", 1, REST, Abs(row(S + k)) ** 2)),
                  n=S, m=REST, g=fn("k", Abs(row(k)) ** 2))
    pi = p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=53))
    p.order("product", ne(PI**2, 0), pi, pi)
    low = p.use("uncertainty.explicit_period_sums", le(PERIOD * S + 8 * alpha**2 * K / PI**2 + sinh(2 * alpha), FALLING), **values)
    p.squares(lt(0, 2 * alpha), [(2, [p.given(1)], "", 1)])
    high = p.use("uncertainty.explicit_period_sums", le(STEEP, PERIOD * S + K * (cosh(4 * alpha) - 1) + sinh(4 * alpha)),
                 T=top, K=K, alpha=2 * alpha)
    share, growth = (p.order("basic", lt(0, exp(n * alpha))) for n in (-2, 2))
    lifted = p.squares(lt(0, exp(4 * alpha) - 1), [(1, [p.order("basic", lt(0, exp(4 * alpha))), room], "", 1)])
    more = p.squares(le(0, K - 1), [(1, [p.given(2)], "", 1), (1, [p.order("basic", le(0, top))], "", 1)])
    inner = le(WEIGHT**2 * Sum("k", 1, REST, Abs(row(S + k)) ** 2), sinh(2 * alpha))
    return p.squares(inner, [
        (1, [poles_share], "", 1), (1, [share, back, low], "", 1), (T(1) / 2, [share, back, high], "", 1),
        (8, [share], "", alpha / PI), (T(1) / 2, [share, back, growth, room], "", 1),
        (T(1) / 4, [share, back, more, lifted], "", 1), (T(1) / 4, [share, back, more, room], "", 1),
    ], using=[(split, -WEIGHT**2), (whole, 1)], nonzero=[*proper, pi])


@explained
def at_the_poles(p, y, z, facts, proper):
    """|βy − γz|² ≥ 0 with β = |b_s| and γ = e^{−α}."""
    inside, response, mirrored, flat, count = facts
    total = Sum("k", 1, S, Abs(row(k)) ** 2)
    u, v = names("u_ v_")
    goal = le(2 * exp(-2 * alpha) / (2 * K) * FALLING - exp(-2 * alpha) * S, WEIGHT**2 * total)
    column = {"u_": ["mat", S.json, 1], "v_": ["mat", S.json, 1]}
    gap = le(0, WEIGHT**2 * (u.H @ u) - WEIGHT * exp(-alpha) * (u.H @ v + v.H @ u) + exp(-2 * alpha) * (v.H @ v))
    with p.generalise(column, [], gap) as every:
        p.squares(gap, [(1, [], "", WEIGHT * u - exp(-alpha) * v)])
    here = p.apply(every.fact, le(0, WEIGHT**2 * (y.H @ y) - WEIGHT * exp(-alpha) * (y.H @ z + z.H @ y) + exp(-2 * alpha) * (z.H @ z)),
                   u_=y, v_=z)
    factor = WEIGHT * exp(-alpha) / lam
    known = [(inside, WEIGHT**2), (count, exp(-2 * alpha)), (response, -factor), (mirrored, -factor), (flat, -2 * factor)]
    return p.squares(goal, [(1, [here], "", 1)], using=known, nonzero=proper)


@explained
def difference_part(p, frame, back, room, regular):
    """λ² Σ |(V Q W* x)_n|²/λ² = 2K x*W Q² W*x ≤ 4K² Σ|x_s|² for x = ḡ − b, because Q² ⪯ Q ⪯ I."""
    (W, _, _, B), orthogonal, _, gram, _ = frame
    x = p.abbreviate("x_", [], vec("s", S, conj(g[s]) - b(s)))
    root = p.abbreviate("Y_", [], diag("k", PERIOD, exp(-alpha * (k - 1) / K)))
    _, high = decays(p, back)
    once = p.entries(eq(root @ root, Q))
    twice = p.entries(eq(root @ Q @ root, Q @ Q))
    below = p.squares(le(W @ Q @ Q @ W.H, PERIOD * eye(S)), [(1, [], high, W.H), (1, [], high, root @ W.H)],
                      using=[(orthogonal, 1), (once, W, W.H), (twice, -W, W.H)])

    squares = energy(p, B @ x, PERIOD, rest)
    distance = p.entries(eq(x.H @ x, DISTANCE))
    close = p.use("uncertainty.explicit_weights", le(K**2 * DISTANCE, sinh(2 * alpha) ** 2 * (cosh(2 * alpha) - 1)),
                  T=top, K=K, alpha=alpha, g=g)
    below_total = tail_below_total(p, rest)
    positive = p.squares(le(0, 1 / lam), [(1, [room], "", 1 / lam)], nonzero=[regular])
    bounded = p.squares(le(lam**2 * (x.H @ B.H @ B @ x), 4 * K**2 * (x.H @ x)), [(2, [p.order("basic", le(0, K))], below, x)],
                        using=[(gram, x.H, x)])
    limit = exp(4 * alpha) * (cosh(2 * alpha) - 1)
    whole = p.squares(le(x.H @ B.H @ B @ x, limit), [(1, [positive, positive, bounded], "", 1), (4, [positive, positive, close], "", 1)],
                      using=[(distance, 4 * K**2 / lam**2)], nonzero=[regular])
    outside = squared(lambda j: rest(S + j), REST)
    return p.squares(le(outside, limit), [(1, [below_total], "", 1), (1, [whole], "", 1)], using=[(squares, -1)])


claim.must_refuse(
    nothing_left=changed(le(Sum("j", 1, REST, Abs(combined(best, S + j)) ** 2), 0)),
    far_less=changed(le(10000 * Sum("j", 1, REST, Abs(combined(best, S + j)) ** 2), OUTSIDE)),
    any_weights=changed(BOUND, given={3: None}),
    poles_coincide=changed(BOUND, given={2: le(1, K)}),
)


def one_pole_in_balls(p):
    """T = 0, K = 1, α = 1: the other point is −e^{−1}, and ḡ/(1 + e^{−2}) = 0.28… there."""
    with p.inhabited_by(**WITNESS):
        one_pole(p)
    here = counterexample(p, **WITNESS)
    one_pole(p)
    p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=200)


for name in ("nothing_left", "far_less"):
    claim.refute(name)(one_pole_in_balls)


POINTS = ((0, 1, 1), (1, 2, 1), (3, 40, 2), (5, 6, 0.5), (8, 150, 1), (14, 15, 0.1))


def bound(rate):
    """2 sinh 2α + 2e^{4α}(cosh 2α − 1)."""
    import math

    return 2 * math.sinh(2 * rate) + 2 * math.exp(4 * rate) * (math.cosh(2 * rate) - 1)


@claim.oracle
def solved_weights():
    """The best weights by linear algebra in 30 digits, and the sums at the other points one by one."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(30):
        for half, lag, rate in POINTS:
            points = [mp.exp(mp.mpc(-mpf(rate), mp.pi * n) / lag) for n in range(-half, 2 * lag - half)]
            poles, others = points[:2 * half + 1], points[2 * half + 1:]
            gram = mp.matrix([[1 / (1 - x * mp.conj(y)) for y in poles] for x in poles])
            best = mp.lu_solve(gram, mp.matrix([x**lag for x in poles]))
            energy = sum(abs(sum(w / (1 - x * mp.conj(y)) for w, y in zip(best, poles, strict=True))) ** 2 for x in others)
            found.append(bounded("energy", {"T": half, "K": lag, "alpha": rate}, float(energy), bound(rate), energy <= bound(rate)))
    return found


@claim.oracle
def transformed_weights():
    """The same in doubles: the sums over all points are a Fourier transform over a period of the impulse response of the weights."""
    import numpy

    from theory.papers.uncertainty_measurements import bounded

    found = []
    for half, lag, rate in POINTS:
        poles = numpy.exp((-rate + 1j * numpy.pi * numpy.arange(-half, half + 1)) / lag)
        best = numpy.linalg.solve(1 / (1 - poles[:, None] * poles.conj()[None, :]), poles**lag)
        lags = numpy.arange(2 * lag)
        response = numpy.exp(-rate * lags / lag) * (poles.conj()[None, :] ** lags[:, None] @ best) / (1 - numpy.exp(-4 * rate))
        values = numpy.fft.ifft(response) * 2 * lag
        energy = (abs(values) ** 2).sum() - (2 * half + 1) * numpy.exp(-2 * rate)
        found.append(bounded("energy", {"T": half, "K": lag, "alpha": rate}, float(energy), bound(rate), bool(0 <= energy <= bound(rate))))
    return found
