"""The explicit weights against the best ones, one by one: close wherever the ends of the arc are far."""
from theory.claim import Claim
from theory.claims.uncertainty.explicit_gram import denominators
from theory.claims.uncertainty.explicit_inverse_kernel import GAIN, WHERE_E, E
from theory.claims.uncertainty.explicit_outside_energy import OUTSIDE, REST, best, combined, frames
from theory.claims.uncertainty.explicit_weights import NORMAL, WITNESS, one_pole
from theory.language import (
    IMAGINARY,
    PI,
    SEQ,
    Abs,
    Sum,
    T,
    both,
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
    PERIOD,
    VARIABLES,
    WHERE_A,
    WHERE_B,
    WHERE_C,
    WHERE_DECAY,
    WHERE_LOST,
    WHERE_S,
    K,
    Q,
    S,
    a,
    alpha,
    b,
    below_one,
    grow,
    k,
    lag_positive,
    lam,
    s,
    sinh,
    t,
    top,
    turn,
)
from theory.proof import explained

g, m, n, j = names("g m n j")
SUM = 2 * OUTSIDE + 3 * exp(-2 * alpha) + 3 * PI**2 * exp(2 * alpha) / 2
NEAR = le(m * K**2 * Abs(g[n] - b(n)) ** 2, sinh(2 * alpha) ** 4 * SUM)
RELATIVE = le(m * Abs(g[n] - b(n)) ** 2, exp(2 * alpha) * sinh(2 * alpha) ** 2 * SUM * Abs(b(n)) ** 2)
PLACE = [le(1, m), le(m, n), le(n + m, S + 1)]

claim = Claim(
    title="The explicit weights are the best ones inside the arc, one by one",
    says="If g solves C ḡ = a^K for the explicit poles and m ≤ T + 1 − |s|, then |g_s/b_s − 1|² ≤ c(α)/m with "
         "c = e^{2α} sinh²(2α) (4 sinh 2α + 4e^{4α}(cosh 2α − 1) + 3e^{−2α} + (3/2)π²e^{2α}), for all T < K: the weights agree one by "
         "one wherever the distance to the ends of the arc grows, whatever T/K does.",
    statement=statement(forall({**VARIABLES, "g": SEQ, "n": "int", "m": "int"}, [*GIVEN, NORMAL, *PLACE], both(NEAR, RELATIVE)),
                        [WHERE_S, WHERE_A, WHERE_B]),
    paper="UP", dossier="UP.L4", reference="Lemma 4, read for each s", source="text",
    hypotheses={"g solves the normal equations": "any other g may be far away", "m ≤ T + 1 − |s|": "at the ends the error does not go to 0",
                "T < K": "the poles coincide"},
    limits="The rate is m^{−1/2}; measured, the relative error is about 0.45/m (α = 1), so the true rate seems to be 1/m.",
)


@claim.certify
def proof(p, _):
    """Over a whole period of 2K points the Gram matrix has an explicit inverse with entries (λ/4K²) E(t − s). The best weights give the
    powers a_t^K at the S poles and something else, of bounded energy, at the other points. The explicit weights would give (−1)^t e^{−α}
    everywhere. So K²(ḡ_s − b_s) is a sum over the other points only, where E(t − s) is small: Cauchy–Schwarz bounds the first part and
    the alternating signs the second.
    """
    with p.inhabited_by(**WITNESS, n=1, m=1):
        one_pole(p)
    for name, params, body in (WHERE_LOST, WHERE_C, WHERE_DECAY, WHERE_E):
        p.abbreviate(name, params, body)
    proper, back = lag_positive(p, p.given(2))
    p.order("product", ne(2 * K, 0), proper)
    natural = p.order("basic", le(0, top))
    p.squares(le(0, REST - 1), [(2, [p.given(2)], "", 1)])
    p.squares(le(0, REST), [(2, [p.given(2)], "", 1), (1, [], "", 1)])
    p.squares(le(0, S), [(2, [natural], "", 1), (1, [], "", 1)])
    room = below_one(p, -4 * alpha, p.squares(lt(-4 * alpha, 0), [(4, [p.given(1)], "", 1)]))
    regular = p.order("nonzero", ne(lam, 0), room)
    frame = frames(p, denominators(p, back))
    exact = difference(p, frame, regular)
    kernels = kernel_bounds(p)
    gain = lifted(p)
    natural = p.squares(le(0, m), [(1, [p.given(4)], "", 1), (1, [], "", 1)])
    rest = other_points(p, kernels[0], natural)
    twice, ends = alternating(p, kernels, (proper, back, gain), natural)
    close = together(p, (exact, twice, *ends, rest), (proper, natural))
    mirrored = p.identity(eq(conj(b(n)), b(n)))
    first = p.squares(NEAR, [(1, [close], "", 1)], using=[(mirrored, m * K**2 * (conj(g[n]) - g[n]))])
    relative = p.squares(RELATIVE, [(1, [back, back, first], "", 1)], nonzero=[proper])
    p.both(first, relative)


def left(n):
    """What the best weights give at a point, less what the explicit weights would give with all the 2K points."""
    return combined(best, n) - exp(-alpha) * turn((n - top - 1) * K)


@explained
def difference(p, frame, regular):
    """4K²(ḡ_s − b_s) = λ Σ_t E(t − s)(Σ_r ḡ_r/(1 − a_t ā_r) − (−1)^t e^{−α}), where t runs over the other points."""
    (W, _, _, B), orthogonal, _, _, (V, unitary, factored) = frame
    y = p.abbreviate("y_", [], matrix("q", 1, "k", PERIOD, turn((n - top - 1) * (k - 1))))
    grown = p.abbreviate("G_", [], diag("k", PERIOD, grow(k - 1)))
    x = p.abbreviate("x_", [], vec("s", S, conj(g[s])))
    Z = p.abbreviate("Z_", [], vec("t", PERIOD, turn((t - top - 1) * K)))
    undone = p.entries(eq(grown @ Q, eye(PERIOD)))
    row = p.step("congruence", eq(entry(W @ W.H @ x, n, 1), entry(PERIOD * x, n, 1)),
                 equal=p.operator(eq(W @ W.H @ x, PERIOD * x), [(orthogonal, 1, x)]), context=fn("m_", entry("m_", n, 1)))
    same = p.entries(eq(y @ W.H @ x, entry(W @ W.H @ x, n, 1)))
    read = p.identity(eq(y @ W.H @ x, PERIOD * conj(g[n])), [(same, 1), (row, 1)])
    mine = p.operator(eq(lam * (y @ grown @ V.H @ B @ x), PERIOD**2 * conj(g[n])),
                      [(factored, y @ grown @ V.H, x), (unitary, y @ grown, Q @ W.H @ x), (undone, PERIOD * y, W.H @ x), (read, PERIOD)])
    framed = p.operator(eq(y @ grown @ V.H @ V, PERIOD * y @ grown), [(unitary, y @ grown, 1)])
    pick = p.step("congruence", eq(entry(y @ grown @ V.H @ V, 1, K + 1), entry(PERIOD * y @ grown, 1, K + 1)), equal=framed,
                  context=fn("m_", entry("m_", 1, K + 1)))
    column = p.entries(eq(y @ grown @ V.H @ Z, entry(y @ grown @ V.H @ V, 1, K + 1)))
    plain = p.identity(eq(y @ grown @ V.H @ Z, PERIOD * exp(2 * alpha) * turn((n - top - 1) * K)), [(column, 1), (pick, 1)])
    f = names("f_")
    unfolded = eq(y @ grown @ V.H @ vec("t", PERIOD, f[t]), Sum("k", 1, PERIOD, E(k - n) * f[k]))
    with p.generalise({"f_": SEQ}, [], unfolded) as every:
        p.entries(unfolded)
    gap = p.entries(eq(B @ x - exp(-alpha) * Z, vec("t", PERIOD, left(t))))
    total = Sum("k", 1, PERIOD, E(k - n) * left(k))
    here = p.apply(every.fact, eq(y @ grown @ V.H @ vec("t", PERIOD, left(t)), total), f_=fn("k", left(k)))
    whole = p.operator(eq(lam * total, PERIOD**2 * (conj(g[n]) - b(n))),
                       [(here, -lam), (gap, -lam * y @ grown @ V.H, 1), (mine, 1), (plain, -lam * exp(-alpha))])
    with p.generalise({"k": "int"}, within(1, k, S), eq(E(k - n) * left(k), 0)) as none:
        solved = p.apply(p.given(3), eq(Sum("t", 1, S, conj(g[t]) / (1 - a(k) * conj(a(t)))), a(k) ** K), s=k)
        p.identity(eq(E(k - n) * left(k), 0), [(solved, E(k - n))])
    nothing = p.step("congruence", eq(Sum("k", 1, S, E(k - n) * left(k)), Sum("k", 1, S, 0)), equal=none.fact)
    rest = Sum("k", 1, REST, E(S + k - n) * left(S + k))
    split = p.use("algebra.sum_split", eq(total, Sum("k", 1, S, E(k - n) * left(k)) + rest), n=S, m=REST, g=fn("k", E(k - n) * left(k)))
    return p.identity(eq(lam * rest, PERIOD**2 * (conj(g[n]) - b(n))), [(whole, 1), (split, -lam), (nothing, -lam)])


C = S - n
MAIN = K**2 * GAIN**2


def squares_of(c, r):
    """Σ_{j=1}^r |E(c + j)|²."""
    return Sum("j", 1, r, Abs(E(c + j)) ** 2)


@explained
def kernel_bounds(p):
    """m Σ|E(t − s)|² ≤ K²(e^{4α} − 1)² over all the other points, over all but the first or last, and at the first and the last."""
    p.squares(le(0, alpha), [(1, [p.given(1)], "", 1)])
    p.squares(le(1, K), [(1, [p.given(2)], "", 1), (1, [p.order("basic", le(0, top))], "", 1)])
    less = p.squares(le(0, REST - 1), [(2, [p.given(2)], "", 1)])
    first, last = p.given(6), p.given(5)
    found = []
    for c, r, before, after in ((C, REST, [], []), (C, REST - 1, [], [(1, [], "", 1)]), (C + 1, REST - 1, [(1, [], "", 1)], []),
                                (C, T(1), [], [(1, [less], "", 1)]), (C + REST - 1, T(1), [(1, [less], "", 1)], [])):
        p.squares(le(m, c + 1), [(1, [first], "", 1), *before])
        p.squares(le(c + r + m, PERIOD), [(1, [last], "", 1), *after])
        found.append(p.use("uncertainty.explicit_inverse_kernel", le(m * squares_of(c, r), MAIN), K=K, alpha=alpha, c=c, r=r, m=m))
    return found


@explained
def lifted(p):
    """e^{4α} − 1 ≠ 0."""
    size = p.order("basic", lt(0, exp(4 * alpha)))
    below = below_one(p, -4 * alpha, p.squares(lt(-4 * alpha, 0), [(4, [p.given(1)], "", 1)]))
    positive = p.squares(lt(0, GAIN), [(1, [size, below], "", 1)])
    return p.order("nonzero", ne(GAIN, 0), positive)


def summed_squares(p, f, r):
    """Σ|f|² ≥ 0."""
    with p.generalise({"j": "int"}, within(1, j, r), le(0, Abs(f(j)) ** 2)):
        p.squares(le(0, Abs(f(j)) ** 2), [(1, [], "", f(j))])
    return p.use("algebra.sum_nonnegative", le(0, Sum("j", 1, r, Abs(f(j)) ** 2)), n=r, f=fn("j", Abs(f(j)) ** 2))


def near(k):
    return E(C + k)


def other(k):
    return combined(best, S + k)


def sign(k):
    return turn((S + k - top - 1) * K)


def product(f, h, r):
    return Sum("k", 1, r, f(k) * h(k))


@explained
def other_points(p, small, natural):
    """|Σ E(t − s) y_t|² ≤ Σ|E|² Σ|y|² ≤ K²(e^{4α} − 1)² M/m with y_t what the best weights give, M the bound of its energy."""
    energy = Sum("j", 1, REST, Abs(other(j)) ** 2)
    whole = product(near, other, REST)
    p.use("algebra.cauchy_schwarz_sums", le(Abs(whole) ** 2, squares_of(C, REST) * energy), n=REST,
          u=fn("k", near(k)), v=fn("k", other(k)))
    bounded = p.use("uncertainty.explicit_outside_energy", le(energy, OUTSIDE), T=top, K=K, alpha=alpha, g=g)
    sizes = [summed_squares(p, f, REST) for f in (near, other)]
    room = p.squares(le(0, OUTSIDE), [(1, [sizes[1]], "", 1), (1, [bounded], "", 1)])
    x, f, h = names("p_ f_ h_")
    u, v = (Sum("j", 1, REST, Abs(w[j]) ** 2) for w in (f, h))
    goal = le(m * Abs(x) ** 2, MAIN * OUTSIDE)
    with p.generalise({"p_": "complex", "f_": SEQ, "h_": SEQ},
                      [le(Abs(x) ** 2, u * v), le(m * u, MAIN), le(v, OUTSIDE), le(0, u)], goal) as every:
        p.squares(goal, [(1, [natural, every(1)], "", 1), (1, [natural, every(4), every(3)], "", 1), (1, [room, every(2)], "", 1)])
    return p.apply(every.fact, le(m * Abs(whole) ** 2, MAIN * OUTSIDE), p_=whole, f_=fn("k", near(k)), h_=fn("k", other(k)))


@explained
def alternating(p, kernels, signs, natural):
    """2 Σ (−1)^t E(t − s) is the first term and the last one and Σ (−1)^t (E(t − s) − E(t + 1 − s)), where (e^{4α} − 1)(E(d) − E(d + 1)) is
    e^{2α/K}(e^{−iπ/K} − 1) times E(d) E(d + 1) and a phase."""
    proper, back, gain = signs
    less = REST - 1

    def change(k):
        return near(k) - near(k + 1)
    p.squares(le(0, less), [(2, [p.given(2)], "", 1)])
    first, last = near(T(1)) * sign(T(1)), near(REST) * sign(REST)
    steps = p.step("telescoping", eq(Sum("k", 1, less, near(k) * sign(k) + near(k + 1) * sign(k)), first - last),
                   T=fn("j_", -near(T("j_")) * sign(T("j_"))))
    final = Sum("k", 1, 1, near(less + k) * sign(less + k))
    split = p.use("algebra.sum_split", eq(product(near, sign, REST), product(near, sign, less) + final), n=less, m=1,
                  g=fn("k", near(k) * sign(k)))
    inner = product(change, sign, less)
    twice = p.identity(eq(2 * product(near, sign, REST), inner + first + last), [(split, 2), (steps, 1)])

    def shifted(k):
        return near(k + 1) * turn(-C - k) * sign(k)
    R, bend = grow(1), turn(-1) - 1
    geometric = closed(p)
    with p.generalise({"k": "int"}, within(1, k, less), eq(GAIN * change(k) * sign(k), R * bend * near(k) * shifted(k))) as every:
        here, after = (p.apply(geometric, eq((R * turn(-d) - 1) * E(d), GAIN), d=d) for d in (C + k, C + k + 1))
        p.identity(every.shows[3], [(here, near(k + 1) * sign(k)), (after, -near(k) * sign(k))])
    summed = p.step("congruence", eq(Sum("k", 1, less, GAIN * change(k) * sign(k)), Sum("k", 1, less, R * bend * near(k) * shifted(k))),
                    equal=every.fact)
    pairs = product(near, shifted, less)
    p.identity(eq(inner, R / GAIN * bend * pairs), [(summed, 1 / GAIN)], nonzero=[gain])
    schwarz = p.use("algebra.cauchy_schwarz_sums", le(Abs(pairs) ** 2, squares_of(C, less) * Sum("k", 1, less, Abs(shifted(k)) ** 2)),
                    n=less, u=fn("k", near(k)), v=fn("k", shifted(k)))
    schwarz = p.squares(le(Abs(pairs) ** 2, squares_of(C, less) * squares_of(C + 1, less)), [(1, [schwarz], "", 1)])
    for f in (near, lambda k: E(C + 1 + k)):
        summed_squares(p, f, less)
    bound = changes(p, (proper, back, gain), natural)
    middle = p.apply(bound, le(m * Abs(inner) ** 2, exp(4 * alpha) * PI**2 * MAIN), p_=inner, q_=pairs, u_=squares_of(C, less),
                     v_=squares_of(C + 1, less))
    ends = [p.squares(le(m * Abs(x) ** 2, MAIN), [(1, [fact], "", 1)]) for x, fact in ((first, kernels[3]), (last, kernels[4]))]
    return twice, (middle, *ends)


@explained
def closed(p):
    """(e^{2α/K} e^{−iπd/K} − 1) E(d) = e^{4α} − 1."""
    goal = eq((grow(1) * turn(-T("d")) - 1) * E(T("d")), GAIN)
    with p.generalise({"d": "int"}, [], goal) as block:
        def powers(k):
            return grow(k - 1) * turn(-T("d") * (k - 1))
        steps = p.step("telescoping", eq(Sum("k", 1, PERIOD, powers(k + 1) - powers(k)), GAIN), T=fn("j_", powers(T("j_"))))
        p.identity(goal, [(steps, 1)])
    return block.fact


@explained
def changes(p, signs, natural):
    """For Gx = R(w̄ − 1)y with |y|² ≤ uv and mu, mv ≤ K²G²: m|x|² ≤ m²|x|² ≤ (R²|w − 1|²/G²) K⁴G⁴, |w − 1| ≤ π/K and R ≤ e^{2α}."""
    proper, back, gain = signs
    R, bend = grow(1), turn(-1) - 1
    chord = p.use("analysis.chord", le(Abs(1 - exp(IMAGINARY * (PI / K))) ** 2, (PI / K) ** 2), t=PI / K)
    more = p.squares(le(0, K - 1), [(1, [p.given(2)], "", 1), (1, [p.order("basic", le(0, top))], "", 1)])
    rate = 2 * alpha - 2 * alpha / K
    start = p.squares(le(0, rate), [(2, [p.given(1), more, back], "", 1)], nonzero=[proper])
    tangent = p.use("algebra.exp_above_tangent", le(1 + rate, exp(rate)), x=rate)
    positive = p.order("basic", lt(0, R))
    grows = p.squares(le(R, exp(2 * alpha)), [(1, [positive, tangent], "", 1), (1, [positive, start], "", 1)])
    x, y, u, v = names("p_ q_ u_ v_")
    factor = R / GAIN
    goal = le(m * Abs(x) ** 2, exp(4 * alpha) * PI**2 * MAIN)
    given = [eq(x, factor * bend * y), le(Abs(y) ** 2, u * v), le(m * u, MAIN), le(m * v, MAIN), le(0, u), le(0, v)]
    with p.generalise({"p_": "complex", "q_": "complex", "u_": "real", "v_": "real"}, given, goal) as every:
        square = p.step("congruence", eq(Abs(x) ** 2, Abs(factor * bend * y) ** 2), equal=every(1), context=fn("m_", Abs("m_") ** 2))
        p.squares(goal, [(1, [natural, p.given(4)], "", x), (1, [natural, natural, every(2)], "", factor * bend),
                         (1, [natural, natural, every(5), every(6), chord], "", factor), (1, [every(3)], "", factor * PI * GAIN),
                         (1, [natural, every(5), every(4)], "", factor * PI / K), (1, [grows, grows], "", PI * K * GAIN),
                         (2, [grows, positive], "", PI * K * GAIN)], using=[(square, m**2)], nonzero=[gain, proper])
    return every.fact


@explained
def together(p, facts, signs):
    """16K⁴|ḡ_s − b_s|² = λ²|B − e^{−α}A|² ≤ 2λ²(|B|² + e^{−2α}|A|²), 4|A|² ≤ 3(|x|² + |y|² + |z|²), and λ(e^{4α} − 1) = 4 sinh² 2α."""
    exact, _, middle, first, last, _ = facts
    proper, natural = signs
    e, B, A, x, y, z = names("w_ b_ p_ q_ r_ o_")
    kinds = {v.json: "complex" for v in (e, B, A, x, y, z)}
    goal = le(m * K**2 * Abs(e) ** 2, sinh(2 * alpha) ** 4 * SUM)
    given = [eq(lam * (B - exp(-alpha) * A), PERIOD**2 * e), eq(2 * A, x + y + z), le(m * Abs(x) ** 2, exp(4 * alpha) * PI**2 * MAIN),
             le(m * Abs(y) ** 2, MAIN), le(m * Abs(z) ** 2, MAIN), le(m * Abs(B) ** 2, MAIN * OUTSIDE)]
    with p.generalise(kinds, given, goal) as every:
        half, fall = (x + y + z) / 2, exp(-alpha)
        value = lam / PERIOD**2 * (B - fall * half)
        same = p.identity(eq(e, value), [(every(1), -1 / PERIOD**2), (every(2), -fall * lam / PERIOD**2 / 2)], nonzero=[proper])
        square = p.step("congruence", eq(Abs(e) ** 2, Abs(value) ** 2), equal=same, context=fn("m_", Abs("m_") ** 2))
        gap, share = T(1) / 16, lam / K
        p.squares(goal, [(gap, [natural], "", share * (B + fall * half)), (gap * 2, [every(6)], "", share),
                         *((gap / 2, [natural], "", share * fall * (u - v)) for u, v in ((x, y), (y, z), (z, x))),
                         *((gap * 3 / 2, [every(j)], "", share * fall) for j in (3, 4, 5))],
                  using=[(square, m * K**2)], nonzero=[proper])
    whole, tail = (product(near, h, REST) for h in (other, sign))
    p.identity(eq(lam * (whole - exp(-alpha) * tail), PERIOD**2 * (conj(g[n]) - b(n))), [(exact, 1)])
    bounded = {"q_": inside(middle), "r_": inside(first), "o_": inside(last)}
    distance = conj(g[n]) - b(n)
    return p.apply(every.fact, le(m * K**2 * Abs(distance) ** 2, sinh(2 * alpha) ** 4 * SUM), w_=distance, b_=whole, p_=tail, **bounded)


def inside(fact):
    """x of the fact m|x|² ≤ …."""
    return T(fact.shows[1][2][1][1])


@claim.oracle
def solved_weights():
    """The best weights by linear algebra in 40 digits: m (g_s/b_s − 1)² for every s with its greatest m."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(40):
        for half, lag, rate in ((0, 1, 1), (1, 2, 1), (3, 40, 2), (5, 6, mpf(1) / 2), (8, 600, 1), (14, 15, mpf(1) / 10)):
            poles = [mp.exp(mp.mpc(-rate, mp.pi * s) / lag) for s in range(-half, half + 1)]
            gram = mp.matrix([[1 / (1 - x * mp.conj(y)) for y in poles] for x in poles])
            weights = mp.lu_solve(gram, mp.matrix([x**lag for x in poles]))
            worst = max((half + 1 - abs(s)) * abs(mp.conj(w) / size(s, lag, rate) - 1) ** 2
                        for s, w in zip(range(-half, half + 1), weights, strict=True))
            x = mp.exp(rate)
            bound = x**2 * mp.sinh(2 * rate) ** 2 * (4 * mp.sinh(2 * rate) + 4 * x**4 * (mp.cosh(2 * rate) - 1) + 3 / x**2
                                                    + 3 * mp.pi**2 * x**2 / 2)
            found.append(bounded("m |g/b − 1|²", {"T": half, "K": lag, "alpha": float(rate)}, float(worst), float(bound), worst <= bound))
    return found


def size(s, lag, rate):
    """b_s by its definition."""
    from mpmath import mp

    return (-1) ** (s % 2) * mp.exp(-rate) * mp.sinh(2 * rate) / lag


@claim.oracle
def certified_weights():
    """The best weights in balls from the closed inverse, up to T = 1600 and K = 10⁶: m |g_s/b_s − 1| for α = 1 at the centre, half-way, at
    T − |s| = √T and at fixed T − |s| lies between 0.3 and 1, as the rate 1/m would have it."""
    from math import isqrt

    from flint import arb

    from numeric.families import paper
    from numeric.optimum import optimum
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for half, lag in ((100, 10**6), (100, 101), (400, 10**6), (400, 800), (1600, 10**6), (1600, 1601)):
        best = optimum(paper(2 * half + 1, lag, 1), lag).weights
        for distance in (2, 5, isqrt(half), half // 2, half + 1):
            s = half + 1 - distance
            value = float((distance * abs(best[half + s] / explicit(s, lag, arb(1)) - 1)).mid())
            found.append(bounded("m |g/b − 1|", {"T": half, "K": lag, "m": distance}, value, 1.0, 0.3 <= value <= 1))
    return found


def explicit(s, lag, rate):
    """b_s by its definition, in balls."""
    return (-1) ** (s % 2) * (-rate).exp() * (2 * rate).sinh() / lag


def draw(figure):
    """m |g_s/b_s − 1| with m = T + 1 − |s| for α = 1, K = 10⁶: it stays of the order 1 from the ends to the centre."""
    from flint import arb

    from numeric.families import paper
    from numeric.optimum import optimum

    axes = figure.subplots()
    for half, marker in ((50, "o"), (200, "s"), (800, "^")):
        best = optimum(paper(2 * half + 1, 10**6, 1), 10**6).weights
        distances = sorted({round(1.3**j) for j in range(40) if 1.3**j <= half + 1})
        values = [float((m_ * abs(best[2 * half + 1 - m_] / explicit(half + 1 - m_, 10**6, arb(1)) - 1)).mid()) for m_ in distances]
        axes.plot(distances, values, marker, ms=4, mfc="white", label=f"$T = {half}$")
    axes.set(xscale="log", xlabel="$m = T + 1 - |s|$", ylabel=r"$m\,|\hat b_s/b_s - 1|$", ylim=(0, None))
    axes.legend(fontsize=9)


claim.page = draw


@claim.derive
def one_pole_and_constants(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    r, x = sympy.symbols("r x", positive=True)
    gaps = []
    for lag in (1, 2):
        root = sympy.I if lag == 2 else -1
        weight = (1 - r**2) * r**lag
        total = sum(sum((root ** (-t) / r**2) ** k for k in range(2 * lag)) * (weight / (1 - r**2 * root**t) - (-1) ** t * r**lag)
                    for t in range(1, 2 * lag))
        size = r**lag * (r ** (-2 * lag) - r ** (2 * lag)) / (2 * lag)
        gaps.append(sympy.simplify((1 - r ** (4 * lag)) * total - 4 * lag**2 * (weight - size)))
    confirm(step, "4K²(ḡ − b) = λ Σ E(t)(ḡ/(1 − a_t ā) − (−1)^t e^{−α})", gaps, why="T = 0, K = 1 and 2, r = e^{−α/K}")
    gain = (1 - x**-4) * (x**4 - 1)
    confirm(step, "λ(e^{4α} − 1) = 4 sinh² 2α", [sympy.simplify(gain - (x**2 - x**-2) ** 2)], why="x = e^α")
    R, w, G = sympy.symbols("R w G", nonzero=True)
    change = G / (R * w - 1) - G / (R * w**2 - 1) - R * (w**2 - w) / G * G / (R * w - 1) * G / (R * w**2 - 1)
    confirm(step, "G(E(d) − E(d + 1)) = R(w̄ − 1) w^{−d} E(d) E(d + 1)", [sympy.simplify(change)], why="d = 1, w for w̄")


claim.must_refuse(
    at_the_ends_too=changed(NEAR, given={6: None}),
    any_weights=changed(NEAR, given={3: None}),
    exactly_equal=changed(le(m * K**2 * Abs(g[n] - b(n)) ** 2, 0)),
    far_closer=changed(le(1000 * m * K**2 * Abs(g[n] - b(n)) ** 2, sinh(2 * alpha) ** 4 * exp(-2 * alpha))),
    sign_flipped=changed(le(m * K**2 * Abs(g[n] + b(n)) ** 2, 0)),
    poles_coincide=changed(NEAR, given={2: le(1, K)}),
)


def one_pole_in_balls(p):
    """T = 0, K = 1, α = 1, s = 0: the best weight is 0.31…, the explicit one 1.33… ."""
    values = {**WITNESS, "n": 1, "m": 1}
    with p.inhabited_by(**values):
        one_pole(p)
    here = counterexample(p, **values)
    one_pole(p)
    p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=200)


for name in ("exactly_equal", "far_closer", "sign_flipped"):
    claim.refute(name)(one_pole_in_balls)
