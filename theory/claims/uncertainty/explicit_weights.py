"""The explicit weights against the best ones for the same poles: close in norm, with a rate."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
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
    within,
)
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_explicit import (
    GIVEN,
    LEADING,
    PERIOD,
    VARIABLES,
    WHERE_A,
    WHERE_B,
    WHERE_KAPPA,
    WHERE_S,
    K,
    S,
    a,
    alpha,
    b,
    below_one,
    cosh,
    k,
    kappa,
    lag_positive,
    response,
    s,
    sinh,
    t,
    top,
    turn,
)
from theory.proof import explained

g = names("g")
NORMAL = forall({"s": "int"}, within(1, s, S), eq(Sum("t", 1, S, conj(g[t]) / (1 - a(s) * conj(a(t)))), a(s) ** K))
DISTANCE = Sum("s", 1, S, Abs(g[s] - b(s)) ** 2)
CLOSE = le(K**2 * DISTANCE, sinh(2 * alpha) ** 2 * (cosh(2 * alpha) - 1))
SIZE = eq(K**2 * Sum("s", 1, S, Abs(b(s)) ** 2), S * exp(-2 * alpha) * sinh(2 * alpha) ** 2)
RELATIVE = le(S * DISTANCE, exp(2 * alpha) * (cosh(2 * alpha) - 1) * Sum("s", 1, S, Abs(b(s)) ** 2))

claim = Claim(
    title="The explicit weights are the best ones in norm, asymptotically",
    says="If g solves C ḡ = a^K for the explicit poles, then K² Σ |g_s − b_s|² ≤ sinh²(2α)(cosh 2α − 1), while "
         "K² Σ |b_s|² = S e^{−2α} sinh²(2α); so the relative error in norm is at most (e^{2α}(cosh 2α − 1)/S)^{1/2}, for all T < K.",
    statement=statement(forall({**VARIABLES, "g": SEQ}, [*GIVEN, NORMAL], both(CLOSE, SIZE, RELATIVE)),
                        [WHERE_S, WHERE_A, WHERE_B, WHERE_KAPPA]),
    paper="UP", dossier="UP.L4", reference="Lemma 4: the optimal b is asymptotically the explicit one", source="text",
    hypotheses={"g solves the normal equations": "any other g may be far away", "T < K": "the poles coincide"},
    limits="In norm, hence for all but O(1/ε²) of the weights up to ε/K each; one by one inside the arc in "
           "uncertainty.explicit_weights_inside. Not uniformly in s: at the ends |s| = T the relative error does not go to 0 (measured "
           "0.43 at T = 8, K = 600, α = 1).",
)


WITNESS = {"T": 0, "K": 1, "alpha": 1, "g": fn("k", (1 - exp(T(-2))) * exp(T(-1)))}


@claim.derive
def size_of_the_weights(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    alpha, lag = sympy.symbols("alpha K", positive=True)
    weight = step("|b_s|", sympy.exp(-alpha) * (sympy.exp(2 * alpha) - sympy.exp(-2 * alpha)) / (2 * lag), why="definition")
    share = sympy.exp(-2 * alpha) * sympy.sinh(2 * alpha) ** 2
    confirm(step, "K²|b_s|² = e^{−2α} sinh² 2α", [sympy.simplify((lag**2 * weight**2 - share).rewrite(sympy.exp))],
            why="the same for every s")


@claim.certify
def proof(p, _):
    with p.inhabited_by(**WITNESS):
        one_pole(p)
    proper, back = lag_positive(p, p.given(2))
    p.order("product", ne(2 * K, 0), proper)
    p.order("product", ne(2 * K**2, 0), proper, proper)
    room = below_one(p, -4 * alpha, p.squares(lt(-4 * alpha, 0), [(4, [p.given(1)], "", 1)]))
    stable(p, back)
    gap = losses(p, room)
    positive = p.order("basic", lt(0, exp(4 * alpha)))
    count = p.order("basic", le(0, K))
    close = p.squares(CLOSE, [(T(1) / 2, [positive, room, count, gap], "", 1)], nonzero=[room])
    size = p.identity(SIZE)
    natural = p.squares(le(0, S), [(2, [p.order("basic", le(0, top))], "", 1), (1, [], "", 1)])
    relative = p.squares(RELATIVE, [(1, [natural, back, back, close], "", 1)],
                         using=[(size, exp(2 * alpha) * (cosh(2 * alpha) - 1) / K**2)], nonzero=[proper])
    p.both(close, size, relative)


@explained
def stable(p, back):
    """|a_s| = e^{−α/K} < 1, and 1 − a_s ā_t ≠ 0."""
    small = below_one(p, -alpha / K, p.squares(lt(-alpha / K, 0), [(1, [p.given(1), back], "", 1)]))
    half = below_one(p, -2 * alpha / K, p.squares(lt(-2 * alpha / K, 0), [(2, [p.given(1), back], "", 1)]))
    size = p.order("basic", lt(0, exp(-2 * alpha / K)))
    with p.generalise({"s": "int"}, within(1, s, S), lt(Abs(a(s)), 1)):
        p.squares(lt(Abs(a(s)), 1), [(1, [small], "", 1)])
    with p.generalise({"s": "int", "t": "int"}, [], ne(1 - a(s) * conj(a(t)), 0)), p.contradiction(ne(1 - a(s) * conj(a(t)), 0)) as absurd:
        p.squares(lt(0, 0), [(1, [half, half], "", 1), (1, [size], "", turn(s) - turn(t))],
                  using=[(f"{absurd}.1", 1, 1 - conj(a(s)) * a(t))])


@explained
def losses(p, room):
    """μ Σ |g_s − b_s|² ≤ L(b) − L(g) ≤ κ(cosh 2α − 1)/K with μ = 2K e^{−4α}/(1 − e^{−4α}): the loss is convex with this rate, the explicit
    weights lose at most, and any weights at least, 1 − κS/K and terms of order 1/K."""
    lam = 1 - exp(-4 * alpha)
    rate, sides = PERIOD * exp(-4 * alpha) / lam, (cosh(2 * alpha) - 1) / (2 * K)
    gram = matrix("s", S, "t", S, 1 / (1 - a(s) * conj(a(t))))
    values = {"T": top, "K": K, "alpha": alpha}
    below = p.use("uncertainty.explicit_gram", le((PERIOD * exp(-4 * alpha)) * eye(S), lam * gram), **values)
    regular = p.order("nonzero", ne(lam, 0), room)
    share = p.squares(le(0, 1 / lam), [(1, [room], "", 1 / lam)], nonzero=[regular])
    p.squares(le(rate * eye(S), gram), [(1, [share], below, eye(S))], nonzero=[regular])
    mine, best = (Series("k", 0, Abs(response(x, k) - delta(k, K)) ** 2) for x in (b, g.__getitem__))
    edge = kappa * sinh(2 * alpha) / (2 * K**2)
    convex = p.use("uncertainty.loss_convexity", le(best + rate * DISTANCE, mine), S=S, K=K, a=fn("k", a(k)), b=fn("k", b(k)), g=g, mu=rate)
    upper = p.use("uncertainty.explicit_loss", le(mine, LEADING + kappa * sides + edge), **values)
    lower = p.use("uncertainty.explicit_every_weight", le(LEADING - kappa * sides + edge, best), **values, b=g)
    return p.squares(le(rate * DISTANCE, 2 * kappa * sides), [(1, [fact], "", 1) for fact in (convex, upper, lower)])


@explained
def one_pole(p):
    """For T = 0, K = 1, α = 1 the normal equation is ḡ/(1 − e^{−2}) = e^{−1}."""
    value = T(WITNESS["g"].json[2])
    room = below_one(p, T(-2), p.step("instance", lt(-2, 0)))
    p.step("instance", lt(0, 1))

    def pole(s):
        return exp(T(-1)) * exp(IMAGINARY * PI * (s - 1))

    def row(s):
        return eq(conj(value) / (1 - pole(s) * conj(pole(T(1)))), pole(s))
    with p.generalise({"s": "int"}, within(1, s, 1), row(s)) as every:
        one = p.order("antisymmetric", eq(T(1), s), every(1), every(2))
        first = p.identity(row(T(1)), nonzero=[p.order("nonzero", ne(1 - exp(T(-2)), 0), room)])
        p.step("congruence", row(s), equal=one, context=fn("m_", row(T("m_"))), **{"from": first})


@claim.oracle
def solved_weights():
    """The best weights by linear algebra in 40 digits, against the explicit ones."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(40):
        for half, lag, rate in ((0, 1, 1), (1, 2, 1), (3, 40, 2), (5, 6, mpf(1) / 2), (8, 600, 1), (15, 16, 1), (20, 4000, 1)):
            poles = [mp.exp(mp.mpc(-rate, mp.pi * m) / lag) for m in range(-half, half + 1)]
            gram = mp.matrix([[1 / (1 - x * mp.conj(y)) for y in poles] for x in poles])
            best = mp.lu_solve(gram, mp.matrix([x**lag for x in poles]))
            plain = [mp.exp(-rate) * mp.sinh(2 * rate) / lag * (-1) ** (m % 2) for m in range(-half, half + 1)]
            distance = sum(abs(mp.conj(x) - y) ** 2 for x, y in zip(best, plain, strict=True))
            bound = mp.sinh(2 * rate) ** 2 * (mp.cosh(2 * rate) - 1)
            found.append(bounded("K² Σ|g − b|²", {"T": half, "K": lag, "alpha": float(rate)}, float(lag**2 * distance), float(bound),
                                 lag**2 * distance <= bound))
    return found


claim.must_refuse(
    far_closer=changed(le(100 * K**2 * DISTANCE, sinh(2 * alpha) ** 2 * (cosh(2 * alpha) - 1))),
    exactly_equal=changed(le(K**2 * DISTANCE, 0)),
    any_weights=changed(CLOSE, given={3: None}),
    smaller_weights=changed(eq(K**2 * Sum("s", 1, S, Abs(b(s)) ** 2), S * exp(-4 * alpha) * sinh(2 * alpha) ** 2)),
)


def one_pole_in_balls(p):
    """T = 0, K = 1, α = 1: the best weight is 0.31…, the explicit one 1.33… ."""
    with p.inhabited_by(**WITNESS):
        one_pole(p)
    here = counterexample(p, **WITNESS)
    one_pole(p)
    p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=200)


for name in ("far_closer", "exactly_equal", "smaller_weights"):
    claim.refute(name)(one_pole_in_balls)
