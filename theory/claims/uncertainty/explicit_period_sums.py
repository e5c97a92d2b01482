"""The Dirichlet kernel over one period, weighted with e^{±2αl/K}: the sums that decide the loss of the explicit filter."""
from functools import partial

from theory.claim import Claim
from theory.language import PI, Abs, Sum, T, both, eq, fn, forall, le, lt, names, ne, statement, within
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_explicit import (
    GIVEN,
    LAG,
    PERIOD,
    VARIABLES,
    WHERE_S,
    K,
    S,
    alpha,
    cosh,
    grow,
    k,
    kernel,
    lag_positive,
    sinh,
    top,
    transformed,
    turn,
)
from theory.proof import explained

n, s, D = names("n s D")
WHERE_D = ("D", ["k"], kernel(k))
RISING = Sum("k", 1, PERIOD, grow(LAG) * Abs(D(LAG)) ** 2)
FALLING = Sum("k", 1, PERIOD, grow(-LAG) * Abs(D(LAG)) ** 2)
EXCESS, EDGE = K * (cosh(2 * alpha) - 1), sinh(2 * alpha)
PARSEVAL = eq(Sum("k", 1, PERIOD, Abs(D(LAG)) ** 2), PERIOD * S)
FALLING_LOW = le(PERIOD * S + 8 * alpha**2 * K / PI**2 + EDGE, FALLING)
FALLING_HIGH = le(FALLING, PERIOD * S + EXCESS + EDGE)
RISING_HIGH = le(RISING, PERIOD * S + EXCESS - EDGE)

claim = Claim(
    title="Weighted energy of the Dirichlet kernel over a period",
    says="With D_l = Σ_{|s|≤T} e^{iπsl/K} and l = −K..K−1, T < K: Σ |D_l|² = 2KS; Σ e^{−2αl/K}|D_l|² lies between "
         "2KS + 8α²K/π² + sinh 2α and 2KS + K (cosh 2α − 1) + sinh 2α; and Σ e^{2αl/K}|D_l|² ≤ 2KS + K (cosh 2α − 1) − sinh 2α.",
    statement=statement(forall(VARIABLES, GIVEN, both(PARSEVAL, FALLING_LOW, FALLING_HIGH, RISING_HIGH)), [WHERE_S, WHERE_D]),
    reference="own",
    hypotheses={"T < K": "the phases are not orthogonal over the period", "α > 0": "only α ≥ 0 is used in an essential way"},
    limits="The term sinh 2α comes from the single lag l = −K and is exact.",
)


@claim.derive
def small_periods(step):
    import sympy

    from theory.identities import confirm, equal

    x, y = sympy.symbols("x y", real=True)
    z = sympy.symbols("z", nonzero=True)
    for last in (1, 2):
        kernel = sum(z**s for s in range(-last, last + 1))
        equal(step, f"T = {last}: the squared kernel", kernel**2 * (2 - z - 1 / z), 2 - z ** (2 * last + 1) - z ** -(2 * last + 1),
              why="z = e^{iπl/K}: D_l² (2 − 2 cos(πl/K)) = 2 − 2 cos(πSl/K)")
    for last, lag in ((1, 2), (1, 3), (2, 3)):
        kernel = [1 + 2 * sum(sympy.cos(sympy.pi * s * sympy.Rational(j, lag)) for s in range(1, last + 1)) for j in range(-lag, lag)]
        order = 2 * last + 1
        energy = sum(d**2 for d in kernel)
        turns = sum(2 - 2 * sympy.cos(sympy.pi * order * sympy.Rational(j, lag)) for j in range(-lag, lag))
        confirm(step, f"T = {last}, K = {lag}: both sums",
                [sympy.simplify(energy - 2 * lag * order), sympy.simplify(turns - 4 * lag), kernel[0] ** 2 - 1],
                why="Σ D_l² = 2KS, Σ (2 − 2 cos(πSl/K)) = 4K, and |D_{−K}| = 1")
    equal(step, "opposite lags", sympy.exp(-y) + sympy.exp(y) - 2, 2 * (sympy.cosh(y) - 1),
          why="e^{∓2αl/K} summed over l and −l; l = −K stands alone: sinh 2α")
    alpha = sympy.symbols("alpha", positive=True)
    weight = (sympy.cosh(2 * alpha * x) - 1) / (2 - 2 * sympy.cos(sympy.pi * x))
    equal(step, "least weight", sympy.Limit(weight, x, 0), 2 * alpha**2 / sympy.pi**2, why="times 4K: the lower bound 8α²K/π²")
    equal(step, "largest weight", weight.subs(x, 1), (sympy.cosh(2 * alpha) - 1) / 4, shown="weight at x = 1",
          why="times 4K: the upper bound K (cosh 2α − 1)")


@claim.certify
def proof(p, _):
    p.inhabited(T=0, K=1, alpha=1)
    lag = lag_positive(p, p.given(2))
    p.order("product", ne(PI**2, 0), *[p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=53))] * 2)
    square = kernel_square(p)
    energy = parseval(p)
    odd = edge(p, square)
    total = turns(p)
    low, high = weights(p, square, lag)
    summed = [added(p, fact) for fact in (low, high)]
    falling_low = p.squares(FALLING_LOW, [(1, [summed[0]], "", 1)],
                            using=[(energy, -1), (odd, T(1) / 2), (total, -2 * alpha**2 / PI**2)])
    falling_high = p.squares(FALLING_HIGH, [(1, [summed[1]], "", 1)],
                             using=[(energy, 1), (odd, -T(1) / 2), (total, (cosh(2 * alpha) - 1) / 4)])
    rising_high = p.squares(RISING_HIGH, [(1, [summed[1]], "", 1)],
                            using=[(energy, 1), (odd, T(1) / 2), (total, (cosh(2 * alpha) - 1) / 4)])
    p.both(energy, falling_low, falling_high, rising_high)


def pair(n):
    """2 − 2 cos(πn/K)."""
    return 2 - turn(n) - turn(-n)


@explained
def kernel_square(p):
    """D_l (e^{iπl/K} − 1) = e^{iπ(T+1)l/K} − e^{−iπTl/K}, so |D_l|² (2 − 2 cos(πl/K)) = 2 − 2 cos(πSl/K)."""
    goal = eq(Abs(D(n)) ** 2 * pair(n), pair(S * n))
    with p.generalise({"n": "int"}, [], goal) as block:
        difference = Sum("s", 1, S, turn((s - top) * n) - turn((s - top - 1) * n))
        steps = p.step("telescoping", eq(difference, turn((top + 1) * n) - turn(-top * n)), T=fn("j_", turn((T("j_") - top - 1) * n)))
        closed = p.identity(eq(D(n) * (turn(n) - 1), turn((top + 1) * n) - turn(-top * n)), [(steps, 1)])
        mirrored = p.step("congruence", eq((D(n) * (turn(n) - 1)).bar, (turn((top + 1) * n) - turn(-top * n)).bar), equal=closed,
                          context=fn("m_", T("m_").bar))
        p.identity(goal, [(closed, (D(n) * (turn(n) - 1)).bar), (mirrored, turn((top + 1) * n) - turn(-top * n))])
    return block.fact


@explained
def parseval(p):
    """Σ |D_l|² = 2KS, from the orthogonality of the phases over a period."""
    (W, z, d), orthogonal, transform = transformed(p)
    framed = p.operator(eq(z.H @ W @ W.H @ z, PERIOD * z.H @ z), [(orthogonal, z.H, z)])
    starred = p.step("congruence", eq(z.H @ W, d.H), equal=transform, context=fn("m_", T("m_").H))
    left = p.operator(eq(z.H @ W @ W.H @ z, d.H @ d), [(transform, z.H @ W, 1), (starred, 1, d)])
    summed = p.entries(eq(d.H @ d, Sum("k", 1, PERIOD, Abs(D(LAG)) ** 2)))
    right = p.entries(eq(z.H @ z, S))
    return p.identity(PARSEVAL, [(framed, 1), (left, -1), (summed, -1), (right, PERIOD)])


@explained
def edge(p, square):
    """Σ (e^{2αl/K} − e^{−2αl/K})|D_l|²: opposite lags cancel, and l = −K, where |D_l| = 1, is left."""
    def term(n):
        return (grow(n) - grow(-n)) * Abs(D(n)) ** 2
    p.squares(le(0, PERIOD - 1), [(2, [p.given(2)], "", 1), (2, [p.order("basic", le(0, top))], "", 1), (1, [], "", 1)])
    with p.generalise({"k": "int"}, within(0, k, PERIOD), eq(term(k - K), -term(K - k))):
        p.identity(eq(term(k - K), -term(K - k)))
    rest = p.use("algebra.odd_sum", eq(Sum("k", 1, PERIOD, term(LAG)), -term(K)), n=PERIOD - 1, u=fn("k", term(k - K)))
    last = p.apply(square, eq(Abs(D(K)) ** 2 * pair(K), pair(S * K)), n=K)
    return p.identity(eq(Sum("k", 1, PERIOD, term(LAG)), -2 * sinh(2 * alpha)), [(rest, 1), (last, -sinh(2 * alpha) / 2)])


@explained
def turns(p):
    """Σ (2 − 2 cos(πSl/K)) = 4K, because 0 < S < 2K."""
    p.squares(le(1, S), [(2, [p.order("basic", le(0, top))], "", 1)])
    p.squares(le(S + 1, PERIOD), [(2, [p.given(2)], "", 1)])
    zero = [p.use("algebra.unit_root_sum", eq(Sum("k", 1, PERIOD, turn(sign * S * (k - 1))), 0), K=K, m=S) for sign in (1, -1)]
    return p.identity(eq(Sum("k", 1, PERIOD, pair(S * LAG)), 4 * K), [(zero[0], 1), (zero[1], 1)])


@explained
def weights(p, square, lag):
    """For each l with |l| ≤ K: (2α²/π²)(2 − 2 cos(πSl/K)) ≤ (cosh(2αl/K) − 1)|D_l|² ≤ ¼ (cosh 2α − 1)(2 − 2 cos(πSl/K))."""
    weight = (grow(LAG) + grow(-LAG)) / 2 - 1
    low, high = 2 * alpha**2 / PI**2, (cosh(2 * alpha) - 1) / 4
    bounds = both(le(low * pair(LAG), weight), le(weight, high * pair(LAG)))
    with p.generalise({"k": "int"}, within(1, k, PERIOD), bounds) as every:
        split = p.new_id()
        branches = {}
        for name in ("less", "equal", "greater"):
            with p.branch() as body:
                scaled(p, f"{split}.{name}.1", name, every, lag, bounds)
            branches[name] = body
        p.step("cases", bounds, split, on=[k, K + 1], **branches)
    found = []
    gaps = weight * Abs(D(LAG)) ** 2 - low * pair(S * LAG), high * pair(S * LAG) - weight * Abs(D(LAG)) ** 2
    for part, goal in enumerate(map(partial(le, 0), gaps)):
        with p.generalise({"k": "int"}, within(1, k, PERIOD), goal) as block:
            one = p.apply(every.fact, T(bounds.json[1 + part]), k=k)
            here = p.apply(square, eq(Abs(D(LAG)) ** 2 * pair(LAG), pair(S * LAG)), n=LAG)
            sign = p.squares(le(0, Abs(D(LAG)) ** 2), [(1, [], "", D(LAG))])
            p.squares(goal, [(1, [sign, one], "", 1)], using=[(here, -low if part == 0 else high)])
        found.append(block.fact)
    return found


def scaled(p, case, name, every, lag, bounds):
    """The weight at x = |l|/K."""
    proper, back = lag
    sign, terms = (-1, [every(1)]) if name == "less" else (1, [every(2)])
    x = sign * LAG / K
    p.squares(le(0, x), [(1, [case, back], "", 1)] if name != "equal" else (), using=[(case, -1 / K)] if name == "equal" else ())
    p.squares(le(x, 1), [(1, [terms[0], back], "", 1)] + ([(1, [back], "", 1)] if name != "less" else []), nonzero=[proper])
    p.squares(le(0, alpha), [(1, [p.given(1)], "", 1)])
    parts = [p.use("algebra.cosine_weight", T(part), alpha=alpha, x=x) for part in bounds.json[1:]]
    p.both(*parts)


@explained
def added(p, fact):
    """The sum over the period."""
    body = T(fact.shows[3][2])
    return p.use("algebra.sum_nonnegative", le(0, Sum("k", 1, PERIOD, body)), n=PERIOD, f=fn("k", body))


@claim.oracle
def recurrences():
    """The kernel D_l by the two-term recurrence D_l(T) = D_l(T − 1) + 2 cos(πTl/K), summed over a period, in 30 digits."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(30):
        for half, lag, rate in ((0, 1, 1), (1, 2, 1), (2, 30, mpf(1) / 2), (7, 8, 2), (9, 200, 1)):
            falling = rising = mpf(0)
            for at_lag in range(-lag, lag):
                kernel = mpf(1)
                for m in range(1, half + 1):
                    kernel += 2 * mp.cos(mp.pi * m * at_lag / lag)
                falling += mp.exp(-2 * rate * mpf(at_lag) / lag) * kernel**2
                rising += mp.exp(2 * rate * mpf(at_lag) / lag) * kernel**2
            plain, excess, last = 2 * lag * (2 * half + 1), lag * (mp.cosh(2 * rate) - 1), mp.sinh(2 * rate)
            low, slack = plain + 8 * rate**2 * lag / mp.pi**2 + last, mpf(10) ** -20
            inputs = {"T": half, "K": lag, "alpha": float(rate)}
            found.append(bounded("falling", inputs, float(falling), float(plain + excess + last),
                                 low - slack <= falling <= plain + excess + last + slack))
            found.append(bounded("rising", inputs, float(rising), float(plain + excess - last), rising <= plain + excess - last + slack))
    return found


claim.must_refuse(
    low_raised=changed(le(PERIOD * S + 10 * alpha**2 * K / PI**2 + EDGE, FALLING)),
    edge_dropped=changed(le(FALLING, PERIOD * S + EXCESS)),
    edge_doubled=changed(le(RISING, PERIOD * S + EXCESS - 2 * EDGE)),
    phases_coincide=changed(PARSEVAL, given={2: le(1, K)}),
    half_period=changed(eq(Sum("k", 1, K, Abs(D(LAG)) ** 2), PERIOD * S)),
)
claim.refute("edge_dropped")(fails_in_balls(T=0, K=1, alpha=1))
claim.refute("edge_doubled")(fails_in_balls(T=0, K=1, alpha=1))
claim.refute("phases_coincide")(fails_in_balls(T=1, K=1, alpha=1))
