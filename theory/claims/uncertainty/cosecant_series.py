"""The alternating series of 1/(2α − iπs) over all integers (paper, Lemma 21)."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    Abs,
    Series,
    Sum,
    T,
    both,
    eq,
    exp,
    fn,
    forall,
    le,
    lt,
    names,
    ne,
    re,
    statement,
    sums,
    tends,
    within,
)
from theory.mutations import changed, fails_in_balls
from theory.proof import explained
from theory.steps import at, modulus_of_nonnegative, positive_quotient, triangle_inequality

M, n, s, j, alpha = names("M n s j alpha")
PARTIAL = Sum("s", -M, M, T(-1) ** s / (2 * alpha - IMAGINARY * PI * s))
SPREAD = exp(2 * alpha) - exp(-2 * alpha)
PAIR = T(-1) ** n * 4 * alpha / (4 * alpha**2 + PI**2 * n**2)
LIMIT = tends("M", 0, PARTIAL, 2 / SPREAD)
PAIRS = sums("n", 1, PAIR, 2 / SPREAD - 1 / (2 * alpha))

claim = Claim(
    title="The alternating series of 1/(2α − iπs)",
    says="For α > 0, Σ (−1)^s/(2α − iπs) over all integers s, summed symmetrically, is 2/(e^{2α} − e^{−2α}).",
    statement=statement(forall({"alpha": "real"}, [lt(0, alpha)], both(LIMIT, PAIRS))),
    paper="UP", dossier="UP.L21", reference="Lemma 21", source="text",
    hypotheses={"α > 0": "α = 0 has a term that is not defined; for α < 0 both sides change their sign"},
    limits="The series converges conditionally: opposite terms are taken together, and the pairs converge absolutely. These are "
           "Euler's partial fractions of the cosecant on the imaginary axis only, not in the whole plane.",
)


@claim.derive
def residues(step):
    import sympy

    from theory.identities import confirm, equal

    w = sympy.symbols("w")
    value = step("value", 1 / sympy.sinh(w), why="2/(e^{2α} − e^{−2α}) at w = 2α")
    found = [sympy.limit((w - sympy.I * sympy.pi * s) * value, w, sympy.I * sympy.pi * s) - (-1) ** s for s in range(-3, 4)]
    confirm(step, "residue (−1)^s at w = iπs", found, why="s = −3..3: the poles and residues of Σ (−1)^s/(w − iπs)")
    rate, n, last = sympy.symbols("alpha n M", positive=True)
    pole = sympy.I * sympy.pi * n
    equal(step, "opposite terms", 1 / (2 * rate - pole) + 1 / (2 * rate + pole), 4 * rate / (4 * rate**2 + sympy.pi**2 * n**2),
          why="a pair is positive up to its sign, and at most 4α/(n(n+1))")
    equal(step, "majorant", sympy.Sum(1 / n - 1 / (n + 1), (n, 1, 5)), sympy.Rational(5, 6), why="telescopes: below 1")
    constant = 2 * sympy.exp(2 * rate) * (sympy.exp(2 * rate) + 4) / 3
    equal(step, "error of the partial sum", (last + sympy.Rational(1, 2)) * 4 * rate * constant / (2 * last + 1) ** 2,
          2 * rate * constant / (2 * last + 1), why="M pairs and half a pair of gaps, each at most 2/N · constant · 2α/N with N = 2M + 1")


@claim.certify
def proof(p, _):
    """With N = 2M + 1, 2/(e^{2α} − e^{−2α}) = 1/sinh 2α is the mean of (−1)^s/sinh((2α − iπs)/N) over s = −M..M, and the terms of the
    partial sum are those of the pole: (−1)^s/(2α − iπs) = (1/N)(−1)^s/((2α − iπs)/N). Opposite terms differ by O(1/N²), the sums by O(1/N).
    """
    p.inhabited(alpha=1)
    proper = p.order("nonzero", ne(2 * alpha, 0), p.squares(lt(0, 2 * alpha), [(2, [p.given(1)], "", 1)]))
    spread = spread_proper(p)
    with p.generalise({"s": "int"}, [], ne(2 * alpha - IMAGINARY * PI * s, 0)) as pole:
        nonzero_sum(p)
    with p.generalise({"n": "int"}, [le(1, n)], ne(4 * alpha**2 + PI**2 * n**2, 0)) as square:
        p.order("nonzero", ne(4 * alpha**2 + PI**2 * n**2, 0), squared(p))
    limit = symmetric(p, pole.fact, spread)
    p.both(p.step("limits", LIMIT, mode="later", **{"from": [limit]}), pairs(p, limit, pole.fact, square.fact, proper))


@explained
def spread_proper(p):
    """e^{4α} ≥ 1 + 4α > 1."""
    tangent = p.use("algebra.exp_above_tangent", le(1 + 4 * alpha, exp(4 * alpha)), x=4 * alpha)
    with p.contradiction(ne(SPREAD, 0)) as absurd:
        p.squares(lt(0, 0), [(1, [tangent], "", 1), (4, [p.given(1)], "", 1)], using=[(f"{absurd}.1", exp(2 * alpha))])
    return absurd.fact


def nonzero_sum(p):
    """2α − iπs has the real part 2α."""
    goal = ne(2 * alpha - IMAGINARY * PI * s, 0)
    with p.contradiction(goal) as absurd:
        real = p.step("congruence", eq(2 * alpha, 0), equal=f"{absurd}.1", context=fn("m_", (names("m_") + names("m_").bar) / 2))
        p.squares(lt(0, 0), [(2, [p.given(1)], "", 1)], using=[(real, 1)])


def squared(p):
    """0 < 4α² + π²n²."""
    return p.squares(lt(0, 4 * alpha**2 + PI**2 * n**2), [(4, [p.given(1), p.given(1)], "", 1), (1, [], "", PI * n)])


@explained
def symmetric(p, pole, spread):
    """|Σ_{s=−M}^{M} (−1)^s/(2α − iπs) − 2/(e^{2α} − e^{−2α})| ≤ c/M with c = (4/3) α e^{2α} (e^{2α} + 4)."""
    c = 2 * alpha * constant(exp(2 * alpha))
    goal = le(Abs(PARTIAL - 2 / SPREAD), c / M)
    with p.generalise({"M": "int"}, [le(1, M)], goal) as close:
        distance(p, close(1), pole, spread, c, goal)
    null = p.step("limits", tends("M", 1, c / M, 0), mode="reciprocal", c=c)
    return p.step("limits", tends("M", 1, PARTIAL, 2 / SPREAD), mode="squeeze", lo=1, **{"from": [close.fact, null]})


N = 2 * M + 1
WIDTH = 2 * alpha / N


def constant(growth):
    return T(2) / 3 * growth * (growth + 4)


def gap(s):
    """(−1)^s times the distance of two terms; the gaps sum to that of the sums."""
    u = point(s)
    return T(-1) ** s * (1 / (2 * alpha - IMAGINARY * PI * s) - 2 / N / (exp(u) - exp(-u)))


def point(s):
    return WIDTH - IMAGINARY * PI * s / N


def reciprocals(p, first):
    """(x ≠ 0, 0 < 1/x) for x = M and x = N."""
    found = []
    for x, terms in ((M, [(1, [first], "", 1), (1, [], "", 1)]), (N, [(2, [first], "", 1), (3, [], "", 1)])):
        positive = p.squares(lt(0, x), terms)
        proper = p.order("nonzero", ne(x, 0), positive)
        found.append((proper, positive_quotient(p, x, positive, proper)))
    return found


def distance(p, first, pole, spread, c, goal):
    """The sum of the gaps, in pairs."""
    (M_proper, M_share), (N_proper, N_share) = reciprocals(p, first)
    whole = as_gaps(p, N_proper, spread)
    each = pair_below(p, first, N_proper, N_share, pole, 2 * c / N**2)
    middle, rest, total, in_pairs = summed(p, each, 2 * c / N**2)
    joined = triangle_inequality(p, gap(T(0)), total)
    same = p.identity(eq(PARTIAL - 2 / SPREAD, gap(T(0)) + total), [(whole, 1), *((fact, 1) for fact in in_pairs)])
    modulus = p.step("congruence", eq(Abs(PARTIAL - 2 / SPREAD), Abs(gap(T(0)) + total)), equal=same, context=fn("m_", Abs("m_")))
    large = p.order("basic", lt(0, exp(2 * alpha)))
    sign = p.squares(le(0, c), [(T(4) / 3, [p.given(1)], "", exp(2 * alpha)), (T(16) / 3, [p.given(1), large], "", 1)])
    count = p.squares(lt(0, M + 1), [(1, [first], "", 1), (2, [], "", 1)])
    p.squares(goal, [(1, [joined], "", 1), (1, [rest], "", 1), (T(1) / 2, [middle], "", 1), (1, [sign, count, M_share, N_share], "", 1)],
              using=[(modulus, 1)], nonzero=[M_proper, N_proper])


@explained
def as_gaps(p, N_proper, spread):
    """1/sinh 2α = (1/N) Σ (−1)^s/sinh((2α − iπs)/N)."""
    u, hole = point(s), names("m_")
    total = Sum("s", -M, M, T(-1) ** s / (exp(u) - exp(-u)))
    there, back = (p.identity(equation, nonzero=[N_proper]) for equation in (eq(2 * alpha, N * WIDTH), eq(N * WIDTH, 2 * alpha)))
    p.step("congruence", ne(exp(N * WIDTH) - exp(-(N * WIDTH)), 0), equal=there, context=fn("m_", ne(exp(hole) - exp(-hole), 0)),
           **{"from": spread})
    scaled = p.use("algebra.cosecant_mean", eq(total, N / (exp(N * WIDTH) - exp(-(N * WIDTH)))), M=M, x=WIDTH)
    mean = p.step("congruence", eq(total, N / SPREAD), equal=back, context=fn("m_", eq(total, N / (exp(hole) - exp(-hole)))),
                  **{"from": scaled})
    return p.identity(eq(PARTIAL - 2 / SPREAD, Sum("s", -M, M, gap(s))), [(mean, 2 / N)], nonzero=[N_proper])


@explained
def summed(p, each, bound):
    """M pairs of gaps, and the gap of s = 0 alone, which is half of a pair."""
    j = names("j")
    pair, later = gap(s) + gap(-s), gap(j + 1) + gap(-(j + 1))
    total = Sum("j", 0, M - 1, later)
    middle = p.apply(each, le(Abs(gap(T(0)) + gap(-T(0))), bound), s=0)
    by_pairs = p.use("algebra.symmetric_sum", eq(Sum("s", -M, M, gap(s)), gap(T(0)) + Sum("s", 1, M, pair)), M=M, f=fn("s", gap(s)))
    moved = p.use("algebra.sum_shift", eq(Sum("s", 1, M, pair), total), n=M - 1, m=1, g=fn("s", pair))
    with p.generalise({"j": "int"}, within(0, j, M - 1), le(Abs(later), bound)) as one:
        p.squares(le(0, j + 1), [(1, [one(1)], "", 1), (1, [], "", 1)])
        p.squares(le(j + 1, M), [(1, [one(2)], "", 1)])
        p.apply(each, le(Abs(later), bound), s=j + 1)
    rest = p.use("algebra.triangle_sums", le(Abs(total), Sum("j", 0, M - 1, bound)), n=M - 1, f=fn("j", later), h=fn("j", bound))
    return middle, rest, total, (by_pairs, moved)


@explained
def pair_below(p, first, N_proper, N_share, pole, bound):
    """Two opposite gaps are 2/N times the distance of Re 1/sinh(x + iy) from x/(x² + y²) at x = 2α/N and y = πs/N ≤ π/2."""
    positive = p.squares(lt(0, WIDTH), [(2, [p.given(1), N_share], "", 1)])
    short = p.squares(le(WIDTH, 2 * alpha), [(4, [p.given(1), N_share, *more], "", 1) for more in ([first], [])], nonzero=[N_proper])
    tangent = p.use("algebra.exp_above_tangent", le(1 + 2 * alpha - WIDTH, exp(2 * alpha - WIDTH)), x=2 * alpha - WIDTH)
    size, large = (p.order("basic", lt(0, exp(v))) for v in (WIDTH, 2 * alpha))
    rise = p.squares(le(exp(WIDTH), exp(2 * alpha)), [(1, [size, tangent], "", 1), (1, [size, short], "", 1)])
    grown = p.squares(le(constant(exp(WIDTH)), constant(exp(2 * alpha))),
                      [(T(2) / 3, [rise, size], "", 1), (T(2) / 3, [rise, large], "", 1), (T(8) / 3, [rise], "", 1)])
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    plain = modulus_of_nonnegative(p, 1 / N, p.squares(le(0, 1 / N), [(1, [N_share], "", 1)]))
    goal, c = le(Abs(gap(s) + gap(-s)), bound), names("c_")
    with p.generalise({"c_": "complex"}, [], eq(re(2 / c), 1 / c + 1 / c.bar)) as halves:
        p.identity(eq(re(2 / c), 1 / c + 1 / c.bar))
    with p.generalise({"s": "int"}, within(0, s, M), goal) as block:
        y = PI * s / N
        p.squares(le(0, y), [(1, [pi, block(1), N_share], "", 1)])
        p.squares(le(y, PI / 2), [(1, [pi, block(2), N_share], "", 1), (T(1) / 2, [pi, N_share], "", 1)], nonzero=[N_proper])
        square = p.squares(lt(0, WIDTH**2 + y**2), [(1, [positive, positive], "", 1), (1, [], "", y)])
        change = exp(WIDTH + IMAGINARY * y) - exp(-WIDTH - IMAGINARY * y)
        away = re(2 / change) - WIDTH / (WIDTH**2 + y**2)
        close = p.use("analysis.hyperbolic_cosecant", le(Abs(away), constant(exp(WIDTH)) * WIDTH), x=WIDTH, y=y)
        proper = [N_proper, p.order("nonzero", ne(WIDTH**2 + y**2, 0), square)]
        proper += [p.apply(pole, ne(2 * alpha - IMAGINARY * PI * x, 0), s=x) for x in (s, -s)]
        poles = p.identity(eq(2 / N * WIDTH / (WIDTH**2 + y**2), sum(1 / (2 * alpha - IMAGINARY * PI * x) for x in (s, -s))),
                           nonzero=proper)
        real = p.apply(halves.fact, eq(re(2 / change), sum(1 / (exp(point(x)) - exp(-point(x))) for x in (s, -s))), c_=change)
        same = p.identity(eq(gap(s) + gap(-s), -2 / N * T(-1) ** s * away), [(real, 2 / N * T(-1) ** s), (poles, -T(-1) ** s)])
        modulus = p.step("congruence", eq(Abs(gap(s) + gap(-s)), Abs(-2 / N * T(-1) ** s * away)), equal=same, context=fn("m_", Abs("m_")))
        p.squares(goal, [(2, [N_share, close], "", 1), (2, [N_share, positive, grown], "", 1)],
                  using=[(modulus, 1), (plain, 2 * Abs(away))])
    return block.fact


@explained
def pairs(p, limit, pole, square, proper):
    """The pairs (−1)^n 4α/(4α² + π²n²) converge absolutely, because π² ≥ 2 and Σ 1/(n(n+1)) ≤ 1; their partial sums are those of the
    symmetric series without the term 1/(2α).
    """
    size = 4 * alpha / (4 * alpha**2 + PI**2 * n**2)
    with p.generalise({"n": "int"}, [le(1, n)], le(0, size)) as sign:
        share = positive_quotient(p, 4 * alpha**2 + PI**2 * n**2, squared(p), p.apply(square, ne(4 * alpha**2 + PI**2 * n**2, 0), n=n))
        p.squares(le(0, size), [(4, [p.given(1), share], "", 1)])
    total = Series("n", 1, size)
    absolute = p.series("bounded", sums("n", 1, size, total), sign.fact, partial_below(p, size, square), c=4 * alpha)
    with p.generalise({"n": "int"}, [le(1, n)], le(Abs(PAIR), size)) as below:
        modulus = modulus_of_nonnegative(p, size, p.apply(sign.fact, le(0, size), n=n))
        p.squares(le(Abs(PAIR), size), using=[(modulus, 1)])
    value = Series("n", 1, PAIR)
    series = p.series("compare", sums("n", 1, PAIR, value), below.fact, absolute)
    partial = p.step("limits", tends("M", 1, Sum("n", 1, M, PAIR), value), mode="partial_sums", **{"from": [series]})
    head = 1 / (2 * alpha)
    without = p.step("limits", tends("M", 1, PARTIAL - head, 2 / SPREAD - head), mode="linear", using=[[limit, 1, 1]])
    with p.generalise({"M": "int"}, [le(1, M)], eq(PARTIAL - head, Sum("n", 1, M, PAIR))) as same:
        in_pairs(p, pole, square, proper)
    other = p.step("limits", tends("M", 1, Sum("n", 1, M, PAIR), 2 / SPREAD - head), mode="equal", **{"from": [without, same.fact]})
    found = p.step("limits", eq(value, 2 / SPREAD - head), mode="unique", **{"from": [partial, other]})
    return p.step("congruence", PAIRS, equal=found, context=fn("m_", sums("n", 1, PAIR, T("m_"))), **{"from": series})


@explained
def partial_below(p, size, square):
    """Σ_{n=1}^{M} 4α/(4α² + π²n²) ≤ 4α(1 − 1/(M+1)), by 4α² + π²n² ≥ n(n+1)."""
    q = names("q")

    def bound(q):
        return le(Sum("n", 1, q, size), 4 * alpha * (1 - 1 / (q + 1)))
    pi = p.step("ball_bound", le(2, PI**2), prec=53)
    with p.generalise({"n": "int"}, [le(1, n)], le(size, 4 * alpha * (1 / n - 1 / (n + 1)))) as one:
        proper, shares = [p.apply(square, ne(4 * alpha**2 + PI**2 * n**2, 0), n=n)], []
        for x, more in ((n, 1), (n + 1, 2)):
            positive = p.squares(lt(0, x), [(1, [one(1)], "", 1), (more, [], "", 1)])
            proper.append(p.order("nonzero", ne(x, 0), positive))
            shares.append(positive_quotient(p, x, positive, proper[-1]))
        shares += [positive_quotient(p, 4 * alpha**2 + PI**2 * n**2, squared(p), proper[0]), p.given(1)]
        p.squares(le(size, 4 * alpha * (1 / n - 1 / (n + 1))), [
            (16, [*shares, p.given(1), p.given(1)], "", 1), (4, [*shares, pi], "", n), (4, [*shares, one(1)], "", 1),
            (4, [*shares, one(1), one(1)], "", 1)], nonzero=proper)
    with p.branch() as base:
        first = p.apply(one.fact, le(at(size, "n", 1), 4 * alpha * (1 - T(1) / 2)), n=1)
        p.squares(bound(T(1)), [(1, [first], "", 1)])
    block = p.new_id()
    with p.branch() as step:
        p.squares(le(1, q + 1), [(1, [f"{block}.1"], "", 1), (1, [], "", 1)])
        last = p.apply(one.fact, le(at(size, "n", q + 1), 4 * alpha * (1 / (q + 1) - 1 / (q + 1 + 1))), n=q + 1)
        p.squares(bound(q + 1), [(1, [f"{block}.2"], "", 1), (1, [last], "", 1)])
    every = p.step("induction", forall({"q": "int"}, [le(1, q)], bound(q)), block, base=base, step=step)
    with p.generalise({"M": "int"}, [le(1, M)], le(Sum("n", 1, M, size), 4 * alpha)) as below:
        positive = p.squares(lt(0, M + 1), [(1, [below(1)], "", 1), (2, [], "", 1)])
        share = positive_quotient(p, M + 1, positive, p.order("nonzero", ne(M + 1, 0), positive))
        p.squares(le(Sum("n", 1, M, size), 4 * alpha), [(1, [p.apply(every, bound(M), q=M)], "", 1), (4, [p.given(1), share], "", 1)])
    return below.fact


def in_pairs(p, pole, square, proper):
    """Σ_{s=−M}^{M} = 1/(2α) + Σ_{n=1}^{M} of the pairs."""
    head = 1 / (2 * alpha)
    opposite = 1 / (2 * alpha - IMAGINARY * PI * s) + 1 / (2 * alpha + IMAGINARY * PI * s)
    by_pairs = p.use("algebra.symmetric_sum", eq(PARTIAL, head + Sum("s", 1, M, T(-1) ** s * opposite)), M=M,
                     f=fn("s", T(-1) ** s / (2 * alpha - IMAGINARY * PI * s)))
    one = T(-1) ** s * 4 * alpha / (4 * alpha**2 + PI**2 * s**2)
    with p.generalise({"s": "int"}, within(1, s, M), eq(T(-1) ** s * opposite, one)) as each:
        regular = [p.apply(pole, ne(2 * alpha - IMAGINARY * PI * x, 0), s=x) for x in (s, -s)]
        whole = p.apply(square, ne(4 * alpha**2 + PI**2 * s**2, 0), n=s)
        p.identity(eq(T(-1) ** s * opposite, one), nonzero=[*regular, whole])
    summed = p.step("congruence", eq(Sum("s", 1, M, T(-1) ** s * opposite), Sum("s", 1, M, one)), equal=each.fact)
    p.identity(eq(PARTIAL - head, Sum("n", 1, M, PAIR)), [(by_pairs, 1), (summed, 1)])


def cut(last):
    """The sum over −last..last."""
    return Sum("s", -last, last, T(-1) ** s / (2 * alpha - IMAGINARY * PI * s))


claim.must_refuse(
    value_doubled=changed(both(tends("M", 0, PARTIAL, 4 / SPREAD), PAIRS)),
    sum_of_exponentials=changed(both(tends("M", 0, PARTIAL, 2 / (exp(2 * alpha) + exp(-2 * alpha))), PAIRS)),
    without_signs=changed(tends("M", 0, Sum("s", -M, M, 1 / (2 * alpha - IMAGINARY * PI * s)), 2 / SPREAD)),
    one_sided=changed(tends("M", 0, Sum("s", 0, M, T(-1) ** s / (2 * alpha - IMAGINARY * PI * s)), 2 / SPREAD)),
    few_terms_suffice=changed(eq(cut(3), 2 / SPREAD)),
    pairs_shifted=changed(both(LIMIT, sums("n", 0, PAIR, 2 / SPREAD - 1 / (2 * alpha)))),
    alpha_may_vanish=changed(given={1: le(0, alpha)}),
)
claim.refute("few_terms_suffice")(fails_in_balls(alpha=1))


@claim.oracle
def partial_sums():
    """Symmetric sums with the mean of two neighbours, at 40 digits, against the hyperbolic sine."""
    import mpmath

    from theory.papers.uncertainty_measurements import compared

    found = []
    with mpmath.workdps(40):
        for decay in ("0.1", "0.5", "1", "3"):
            rate, last = mpmath.mpf(decay), 3000
            term = [(-1) ** s / mpmath.mpc(2 * rate, -mpmath.pi * s) for s in range(last + 1)]
            whole = term[0] + 2 * mpmath.fsum(z.real for z in term[1:])
            whole -= term[last].real  # half of the last pair: the error is then of the order of its difference
            expected = 1 / mpmath.sinh(2 * rate)
            found.append(compared("sum", {"α": decay, "M": last}, mpmath.nstr(whole.real, 12), mpmath.nstr(expected, 12),
                                  bool(abs(whole - expected) < rate / mpmath.mpf(last) ** 2)))
    return found


@claim.oracle
def discrete_sums():
    """The same series as the limit of finite Fourier sums over 2P-th roots of unity, P up to 2000."""
    import cmath
    import math

    from theory.papers.uncertainty_measurements import compared

    found = []
    for decay in (0.5, 1.0):
        for period in (200, 2000):
            q = math.exp(-2 * decay / period)
            whole = sum((-1) ** s / (1 - q * cmath.exp(1j * math.pi * s / period)) for s in range(-period, period)) / period
            found.append(compared("finite Fourier sum", {"α": decay, "P": period}, whole.real, 1 / math.sinh(2 * decay),
                                  abs(whole - 1 / math.sinh(2 * decay)) < 1e-9))
    return found
