"""The tail of the alternating series of 1/(α + iπn), with an explicit error (mends the paper's Lemma 20)."""
from theory.claim import Claim
from theory.claims.uncertainty.alternating_harmonic import above, reciprocal_products
from theory.language import IMAGINARY, PI, Abs, Series, Sum, T, both, eq, fn, forall, im, le, lt, names, ne, raw, re, statement, sums, tends
from theory.mutations import changed, fails_in_balls
from theory.proof import explained
from theory.steps import conjugate_nonzero, modulus_of_nonnegative, positive_reciprocal, root_order, triangle_inequality

N, M, n, q, alpha = names("N M n q alpha")
g, P, R, lead, kappa = names("g P R lead kappa")
SIGN = T(-1) ** n
SLOPE = g(n) - g(n + 1)
BEND = SLOPE - (g(n + 1) - g(n + 2))
WHERE = [
    ("g", ["n"], 1 / (alpha + IMAGINARY * PI * n)),
    ("P", ["M"], Sum("n", N, M, SIGN * g(n))),
    ("R", [], T(-1) ** N * g(N) / 2 + Series("n", N, SIGN * SLOPE) / 2),
    ("kappa", [], Abs(alpha) / (PI * re(alpha))),
    ("lead", [], -IMAGINARY / PI * T(-1) ** N / (2 * N)),
]
CONSTANT = Abs(alpha) * kappa / (2 * PI) + PI * kappa**2 / 4 + PI**2 * kappa**3 / 4
LATE = kappa / 2 + PI * kappa**2 / 4
CLOSE = forall({"M": "int"}, [le(N, M)], le(Abs(P(M) - lead), CONSTANT / N**2 + LATE / M))
CONVERGES = tends("M", N, P(M), R)
VALUE = le(Abs(R - lead), CONSTANT / N**2)

claim = Claim(
    title="The tail of the alternating series of 1/(α + iπn)",
    says="For Re α > 0 the sum Σ_{n≥N} (−1)^n/(α + iπn) exists and differs from −(i/π) (−1)^N/(2N) by at most C/N², where "
         "C = |α|κ/(2π) + πκ²/4 + π²κ³/4 and κ = |α|/(π Re α).",
    statement=statement(forall({"N": "nat", "alpha": "complex"}, [le(1, N), lt(0, re(alpha))], both(CLOSE, CONVERGES, VALUE)), WHERE),
    paper="UP", dossier="UP.L20.corrected", reference="Lemma 20, mended", source="own",
    corrects="uncertainty.alternating_tail_printed",
    hypotheses={"N ≥ 1": "the leading term is not defined", "Re α > 0": "a term may be infinite: α = −iπN"},
    limits="The sum converges conditionally: its value is the limit of its partial sums. The constant is not the best.",
)


@claim.derive
def by_parts(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    alpha, h = sympy.symbols("alpha h", positive=True)
    term = step("term", 1 / (alpha + sympy.I * sympy.pi / h), why="n = 1/h")
    half = step("half of the first term", sympy.series(term / 2, h, 0, 3).removeO(),
                why="Σ (−1)^n g_n = (−1)^N g_N/2 + ½ Σ (−1)^n (g_n − g_{n+1})")
    confirm(step, "leading term", [sympy.simplify(half.coeff(h, 1) + sympy.I / (2 * sympy.pi))],
            why="−(i/π)/2: the sign of the print is the other one")
    g = sympy.symbols("g0 g1")
    confirm(step, "telescopes", [sympy.expand(g[0] - (g[0] - g[1]) / 2 - (g[0] + g[1]) / 2)],
            why="(−1)^n (g_n + g_{n+1})/2 is a difference")


@claim.certify
def proof(p, _):
    """Let g(n) = 1/(α + iπn). Since |α||α + iπn| ≥ πn Re α, |g(n)| ≤ κ/n. Writing an alternating sum through differences twice,

    Σ (−1)^n g(n) = ½(−1)^N g(N) + ¼(−1)^N (g(N) − g(N+1)) + ¼ Σ (−1)^n (g(n) − 2g(n+1) + g(n+2)) + terms at the end M.

    Here ½g(N) is 1/(2iπN) up to |α|κ/(2πN²), the first difference is iπ g(N) g(N+1) ≤ πκ²/N², and the second differences
    −2π² g(n) g(n+1) g(n+2) sum to at most π²κ³/N².
    """
    p.inhabited(N=1, alpha=1)
    base = setting(p)
    size = sizes(p, base)
    slope, bend = differences(p, base, size)
    with p.generalise({"M": "int"}, [le(N, M)], le(Abs(P(M) - lead), CONSTANT / N**2 + LATE / M)) as close:
        partial(p, close(1), base, size, slope, bend)
    converges = convergence(p, base, size, slope)
    p.both(close.fact, converges, value(p, close.fact, converges))


class Setting:
    """Facts about π, Re α and κ."""


@explained
def setting(p):
    """π > 0, Re α > 0 and κ ≥ 0; α + iπn is never zero, because its real part is Re α."""
    base = Setting()
    base.pi = p.step("ball_bound", lt(0, PI), prec=53)
    base.pi_proper = p.order("nonzero", ne(PI, 0), base.pi)
    base.pi_share = positive_reciprocal(p, PI, base.pi, base.pi_proper)
    base.x_proper = p.order("nonzero", ne(re(alpha), 0), p.given(2))
    base.x_share = positive_reciprocal(p, re(alpha), p.given(2), base.x_proper)
    base.modulus = p.order("basic", le(0, Abs(alpha)))
    p.order("product", ne(PI * re(alpha), 0), base.pi_proper, base.x_proper)
    first, _ = above(p, N, [p.given(1)], 0)
    p.order("product", ne(N**2, 0), first, first)
    p.order("nonzero", ne(2 * PI, 0), p.squares(lt(0, 2 * PI), [(2, [base.pi], "", 1)]))
    base.kappa = p.squares(le(0, kappa), [(1, [base.modulus, base.pi_share, base.x_share], "", 1)])
    with p.generalise({"n": "int"}, [], ne(alpha + IMAGINARY * PI * n, 0)) as regular, \
            p.contradiction(ne(alpha + IMAGINARY * PI * n, 0)) as absurd:
        real = p.step("congruence", eq(re(alpha), 0), equal=f"{absurd}.1", context=fn("m_", re("m_")))
        p.squares(lt(0, 0), [(1, [p.given(2)], "", 1)], using=[(real, 1)])
    base.regular = regular.fact
    return base


def proper(p, base, *indices):
    return [p.apply(base.regular, ne(alpha + IMAGINARY * PI * j, 0), n=j) for j in indices]


@explained
def sizes(p, base):
    """|α|²|α + iπn|² − (πn Re α)² = (|α|² + πn Im α)², so |g(n)| ≤ κ/n."""
    z, goal = alpha + IMAGINARY * PI * n, le(Abs(g(n)), kappa / n)
    with p.generalise({"n": "int"}, [le(1, n)], goal) as block:
        regular, = proper(p, base, n)
        n_proper, n_share = above(p, n, [block(1)], 0)
        product = p.squares(le(0, Abs(alpha) * Abs(z)), [(1, [base.modulus, p.order("basic", le(0, Abs(z)))], "", 1)])
        squared = p.squares(le((PI * n * re(alpha)) ** 2, (Abs(alpha) * Abs(z)) ** 2), [(1, [], "", Abs(alpha) ** 2 + PI * n * im(alpha))])
        far = root_order(p, PI * n * re(alpha), Abs(alpha) * Abs(z), product, squared)
        small = p.order("basic", le(0, Abs(g(n))))
        both_sizes = Abs(z) * Abs(g(n))
        more = p.squares(lt(0, 1 + both_sizes), [(1, [p.order("basic", le(0, both_sizes))], "", 1), (1, [], "", 1)])
        unit = p.identity(eq(both_sizes**2, 1), nonzero=[regular, conjugate_nonzero(p, z, regular)])
        one = p.identity(eq(both_sizes, 1), [(unit, 1 / (1 + both_sizes))], nonzero=[more])
        ratio = Abs(alpha) / (PI * re(alpha) * n)
        p.squares(goal, [(1, [far, small, base.pi_share, n_share, base.x_share], "", 1)], using=[(one, ratio)],
                  nonzero=[base.pi_proper, base.x_proper, n_proper])
    return block.fact


def product_below(p, left, right):
    """From 0 ≤ G ≤ b and 0 ≤ H ≤ c: GH ≤ bc, as (GH, bc, fact, 0 ≤ GH, 0 ≤ bc)."""
    (G, b, small, G_sign, b_sign), (H, c, low, H_sign, c_sign) = left, right
    fact = p.squares(le(G * H, b * c), [(1, [small, c_sign], "", 1), (1, [G_sign, low], "", 1)])
    signs = [p.squares(le(0, x * y), [(1, [s, t], "", 1)]) for x, y, s, t in ((G, H, G_sign, H_sign), (b, c, b_sign, c_sign))]
    return G * H, b * c, fact, *signs


def sized(p, base, size, j, first):
    """(|g(n+j)|, κ/(n+j), |g(n+j)| ≤ κ/(n+j), signs) inside a block with 1 ≤ n."""
    m = n + j
    p.squares(le(1, m), [(1, [first], "", 1), (j, [], "", 1)])
    _, share = above(p, m, [first], j)
    bound = p.squares(le(0, kappa / m), [(1, [base.kappa, share], "", 1)])
    return Abs(g(m)), kappa / m, p.apply(size, le(Abs(g(m)), kappa / m), n=m), p.order("basic", le(0, Abs(g(m)))), bound


@explained
def differences(p, base, size):
    """g(n) − g(n+1) = iπ g(n) g(n+1) and its difference is −2π² g(n) g(n+1) g(n+2)."""
    found = []
    for count, difference, scale, signed in ((2, SLOPE, PI, IMAGINARY * PI), (3, BEND, 2 * PI**2, -2 * PI**2)):
        bound, product = scale * kappa**count, signed * g(n) * g(n + 1) * (g(n + 2) if count == 3 else 1)
        for j in range(count):
            bound = bound / (n + j)
        with p.generalise({"n": "int"}, [le(1, n)], le(Abs(difference), bound)) as block:
            same = p.identity(eq(difference, product), nonzero=proper(p, base, *(n + j for j in range(count))))
            modulus = p.step("congruence", eq(Abs(difference), Abs(product)), equal=same, context=fn("m_", Abs("m_")))
            whole = sized(p, base, size, 0, block(1))
            for j in range(1, count):
                whole = product_below(p, whole, sized(p, base, size, j, block(1)))
            factors = [base.pi] * (count - 1) + [whole[2]]
            p.squares(le(Abs(difference), bound), [(count - 1, factors, "", 1)], using=[(modulus, 1)])
        found.append(block.fact)
    return found


def at(j):
    """g(j) − g(j+1)."""
    return g(j) - g(j + 1)


@explained
def partial(p, later, base, size, slope, bend):
    """The two steps of differences, and one bound for each of the five terms."""
    first = p.squares(le(1, M), [(1, [later], "", 1), (1, [p.given(1)], "", 1)])
    values = (T(-1) ** N * g(N) + T(-1) ** M * g(M + 1)) / 2
    once = p.use("algebra.alternating_means", eq(P(M), values + Sum("n", N, M, SIGN * SLOPE) / 2), N=N, m=M - N, g=fn("n", g(n)))
    ends = (T(-1) ** N * at(N) + T(-1) ** M * at(M + 1)) / 2
    twice = p.use("algebra.alternating_means", eq(Sum("n", N, M, SIGN * SLOPE), ends + Sum("n", N, M, SIGN * BEND) / 2),
                  N=N, m=M - N, g=fn("n", SLOPE))
    terms = [
        (T(-1) ** N * (g(N) + IMAGINARY / PI / N) / 2, Abs(alpha) * kappa / (2 * PI) / N**2, leading),
        (T(-1) ** M * g(M + 1) / 2, kappa / 2 / M, last_value),
        (T(-1) ** N * at(N) / 4, PI * kappa**2 / 4 / N**2, first_slope),
        (T(-1) ** M * at(M + 1) / 4, PI * kappa**2 / 4 / M, last_slope),
        (Sum("n", N, M, SIGN * BEND) / 4, PI**2 * kappa**3 / 4 / N**2, bends),
    ]
    bounds = [bounded(p, base, first, size, slope, bend, le(Abs(term), bound)) for term, bound, bounded in terms]
    total = terms[-1][0]
    moduli = []
    for term, _, _ in terms[-2::-1]:
        moduli.append(triangle_inequality(p, term, total))
        total = term + total
    whole = p.identity(eq(P(M) - lead, total), [(once, 1), (twice, T(1) / 2)])
    same = p.step("congruence", eq(Abs(P(M) - lead), Abs(total)), equal=whole, context=fn("m_", Abs("m_")))
    p.squares(le(Abs(P(M) - lead), CONSTANT / N**2 + LATE / M), [(1, [fact], "", 1) for fact in (*moduli, *bounds)], using=[(same, 1)])


@explained
def leading(p, base, first, size, slope, bend, goal):
    """g(N) − 1/(iπN) = iα g(N)/(πN)."""
    n_proper, share = above(p, N, [p.given(1)], 0)
    regular = proper(p, base, N)
    same = p.identity(eq(g(N) + IMAGINARY / PI / N, IMAGINARY * alpha * g(N) / PI / N), nonzero=[*regular, base.pi_proper, n_proper])
    modulus = p.step("congruence", eq(Abs(g(N) + IMAGINARY / PI / N), Abs(IMAGINARY * alpha * g(N) / PI / N)), equal=same,
                     context=fn("m_", Abs("m_")))
    plain = modulus_of_nonnegative(p, 1 / N, share)
    small = p.apply(size, le(Abs(g(N)), kappa / N), n=N)
    return p.squares(goal, [(T(1) / 2, [base.modulus, base.pi_share, share, small], "", 1)],
                     using=[(modulus, T(1) / 2), (plain, Abs(alpha) * Abs(g(N)) / PI / 2)], nonzero=[base.pi_proper])


def late(p, first):
    """(M ≠ 0, 1/M, M + 1 ≠ 0, 1/(M+1)) with their signs."""
    return *above(p, M, [first], 0), *above(p, M + 1, [first], 1)


@explained
def last_value(p, base, first, size, slope, bend, goal):
    """|g(M+1)| ≤ κ/(M+1) ≤ κ/M."""
    M_proper, share, next_proper, next_share = late(p, first)
    p.squares(le(1, M + 1), [(1, [first], "", 1), (1, [], "", 1)])
    small = p.apply(size, le(Abs(g(M + 1)), kappa / (M + 1)), n=M + 1)
    return p.squares(goal, [(T(1) / 2, [small], "", 1), (T(1) / 2, [base.kappa, share, next_share], "", 1)],
                     nonzero=[M_proper, next_proper])


@explained
def first_slope(p, base, first, size, slope, bend, goal):
    """|g(N) − g(N+1)| ≤ πκ²/(N(N+1)) ≤ πκ²/N²."""
    (n_proper, share), (next_proper, next_share) = (above(p, N + j, [p.given(1)], j) for j in (0, 1))
    small = p.apply(slope, le(Abs(at(N)), PI * kappa**2 / N / (N + 1)), n=N)
    square = p.squares(le(0, 1 / N**2), [(1, [share, share], "", 1)])
    return p.squares(goal, [(T(1) / 4, [small], "", 1), (T(1) / 4, [base.pi, base.kappa, base.kappa, square, next_share], "", 1)],
                     nonzero=[n_proper, next_proper])


@explained
def last_slope(p, base, first, size, slope, bend, goal):
    """|g(M+1) − g(M+2)| ≤ πκ²/((M+1)(M+2)) ≤ πκ²/M."""
    M_proper, share, next_proper, next_share = late(p, first)
    after_proper, after_share = above(p, M + 2, [first], 2)
    p.squares(le(1, M + 1), [(1, [first], "", 1), (1, [], "", 1)])
    small = p.apply(slope, le(Abs(at(M + 1)), PI * kappa**2 / (M + 1) / (M + 2)), n=M + 1)
    square = [base.pi, base.kappa, base.kappa]
    count = p.squares(le(0, M + 1), [(1, [first], "", 1), (2, [], "", 1)])
    below_one = p.squares(le(1 / (M + 2), 1), [(1, [after_share, count], "", 1)], nonzero=[after_proper])
    step = p.squares(le(1 / (M + 1) / (M + 2), 1 / M), [(1, [share, next_share], "", 1), (1, [next_share, below_one], "", 1)],
                     nonzero=[M_proper, next_proper, after_proper])
    return p.squares(goal, [(T(1) / 4, [small], "", 1), (T(1) / 4, [*square, step], "", 1)], nonzero=[M_proper, next_proper, after_proper])


@explained
def bends(p, base, first, size, slope, bend, goal):
    """Σ 2/(n(n+1)(n+2)) over n = N..M is 1/(N(N+1)) − 1/((M+1)(M+2)) ≤ 1/N²."""
    scale = PI**2 * kappa**3
    whole = Sum("n", N, M, SIGN * BEND)

    def bound(q):
        return le(Abs(Sum("n", N, N + q, SIGN * BEND)), scale * (1 / N / (N + 1) - 1 / (N + q + 1) / (N + q + 2)))

    def one(x, refs, more):
        """|(−1)^x bend(x)| ≤ c·2/(x(x+1)(x+2)) = c/(x(x+1)) − c/((x+1)(x+2))."""
        regular = [above(p, x + j, refs, more + j)[0] for j in range(3)]
        p.squares(le(1, x), [*((1, [ref], "", 1) for ref in refs), (more, [], "", 1)])
        value = at(x) - at(x + 1)
        small = p.apply(bend, le(Abs(value), 2 * scale / x / (x + 1) / (x + 2)), n=x)
        return p.squares(le(Abs(T(-1) ** x * value), scale * (1 / x / (x + 1) - 1 / (x + 1) / (x + 2))), [(1, [small], "", 1)],
                         nonzero=regular)
    with p.branch() as start:
        p.squares(bound(0), [(1, [one(N, [p.given(1)], 0)], "", 1)])
    block = p.new_id()
    with p.branch() as step:
        last = one(N + q + 1, [p.given(1), f"{block}.1"], 1)
        value = at(N + q + 1) - at(N + q + 2)
        triangle = triangle_inequality(p, Sum("n", N, N + q, SIGN * BEND), T(-1) ** (N + q + 1) * value)
        p.squares(bound(q + 1), [(1, [fact], "", 1) for fact in (triangle, f"{block}.2", last)])
    every = p.step("induction", forall({"q": "nat"}, [], bound(q)), block, base=start, step=step)
    below = p.apply(every, le(Abs(whole), scale * (1 / N / (N + 1) - 1 / (M + 1) / (M + 2))), q=M - N)
    (n_proper, share), (next_proper, next_share) = (above(p, N + j, [p.given(1)], j) for j in (0, 1))
    ends = [above(p, M + j, [first], j)[1] for j in (1, 2)]
    cube = [base.pi, base.pi, base.kappa, base.kappa, base.kappa]
    spare = [(T(1) / 4, [*cube, *signs], "", 1) for signs in ([share, share, next_share], ends)]
    return p.squares(goal, [(T(1) / 4, [below], "", 1), *spare], nonzero=[n_proper, next_proper])


@explained
def convergence(p, base, size, slope):
    """The series of the first differences converges absolutely, and the last value g(M+1) tends to 0."""
    _, majorant = reciprocal_products(p)
    scale = PI * kappa**2
    scaled = p.series("linear", sums("n", N, scale / n / (n + 1), scale / N), using=[[majorant, scale, 1]])
    with p.generalise({"n": "int"}, [le(N, n)], le(Abs(SIGN * SLOPE), scale / n / (n + 1))) as below:
        p.squares(le(1, n), [(1, [below(1)], "", 1), (1, [p.given(1)], "", 1)])
        small = p.apply(slope, le(Abs(SLOPE), scale / n / (n + 1)), n=n)
        p.squares(le(Abs(SIGN * SLOPE), scale / n / (n + 1)), [(1, [small], "", 1)])
    series = p.series("compare", sums("n", N, SIGN * SLOPE, Series("n", N, SIGN * SLOPE)), below.fact, scaled)
    steps = p.step("limits", tends("M", N, Sum("n", N, M, SIGN * SLOPE), Series("n", N, SIGN * SLOPE)), mode="partial_sums",
                   **{"from": [series]})
    end = T(-1) ** M * g(M + 1) / 2
    with p.generalise({"M": "int"}, [le(N, M)], le(Abs(end - 0), kappa / 2 / M)) as fades:
        first = p.squares(le(1, M), [(1, [fades(1)], "", 1), (1, [p.given(1)], "", 1)])
        last_value(p, base, first, size, slope, None, le(Abs(end - 0), kappa / 2 / M))
    null = p.step("limits", tends("M", N, kappa / 2 / M, 0), mode="reciprocal", c=kappa / 2)
    vanishes = p.step("limits", tends("M", N, end, 0), mode="squeeze", lo=N, **{"from": [fades.fact, null]})
    split = T(-1) ** N * g(N) / 2 + end + Sum("n", N, M, SIGN * SLOPE) / 2
    together = p.step("limits", tends("M", N, split, R), mode="linear", using=[[vanishes, 1, 1], [steps, raw(T(1) / 2), 1]])
    with p.generalise({"M": "int"}, [le(N, M)], eq(split, P(M))) as same:
        p.use("algebra.alternating_means", eq(split, P(M)), N=N, m=M - N, g=fn("n", g(n)))
    return p.step("limits", CONVERGES, mode="equal", **{"from": [together, same.fact]})


@explained
def value(p, close, converges):
    """M → ∞ in the bound for the partial sums."""
    null = p.step("limits", tends("M", N, LATE / M, 0), mode="reciprocal", c=LATE)
    bound = p.step("limits", tends("M", N, CONSTANT / N**2 + LATE / M, CONSTANT / N**2), mode="linear", using=[[null, 1, 1]])
    return p.step("limits", VALUE, mode="bound", lo=N, c=lead, **{"from": [converges, bound, close]})


claim.must_refuse(
    sign_as_printed=changed(where={"lead": IMAGINARY / PI * T(-1) ** N / (2 * N)}),
    leading_term_doubled=changed(where={"lead": -IMAGINARY / PI * T(-1) ** N / N}),
    constant_lost=changed(both(forall({"M": "int"}, [le(N, M)], le(Abs(P(M) - lead), LATE / M)), CONVERGES, VALUE)),
    constant_lost_alone=changed(le(Abs(P(2 * N) - lead), LATE / (40 * N))),
    rate_improved=changed(le(Abs(P(1000 * N) - lead), CONSTANT / (1000 * N) ** 2 + LATE / (1000 * N))),
    limit_elsewhere=changed(tends("M", N, P(M), R + 1)),
    imaginary_alpha=changed(given={2: le(0, re(alpha))}),
    negative_alpha=changed(given={2: lt(re(alpha), 0)}),
)
claim.refute("constant_lost_alone")(fails_in_balls(N=2, alpha=1))
claim.refute("rate_improved")(fails_in_balls(N=1, alpha=1))


def summed(decay, first):
    """Σ_{n≥N} (−1)^n/(α + iπn) by mpmath's acceleration of alternating series, to 40 digits."""
    import mpmath

    return mpmath.nsum(lambda n: (-1) ** int(n) / (decay + 1j * mpmath.pi * n), [first, mpmath.inf], method="a")


CASES = ((1, 0), (0.5, 0), (3, 2), (0.25, -1))


@claim.oracle
def accelerated_sums():
    """The sum against its leading term, for N up to 200."""
    import mpmath

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mpmath.workdps(40):
        for x, y in CASES:
            decay = mpmath.mpc(x, y)
            ratio = abs(decay) / (mpmath.pi * x)
            constant = abs(decay) * ratio / (2 * mpmath.pi) + mpmath.pi * ratio**2 / 4 + mpmath.pi**2 * ratio**3 / 4
            for first in (1, 2, 7, 50, 200):
                gap = abs(summed(decay, first) - -1j / mpmath.pi * (-1) ** first / (2 * first))
                found.append(bounded("distance from the leading term", {"α": str(complex(x, y)), "N": first}, mpmath.nstr(gap, 8),
                                     mpmath.nstr(constant / first**2, 8), bool(gap <= constant / first**2)))
    return found


@claim.oracle
def digamma_values():
    """The same sums through the digamma function: Σ (−1)^k/(z + k) = ½(ψ((z+1)/2) − ψ(z/2))."""
    import mpmath

    from theory.papers.uncertainty_measurements import compared

    found = []
    with mpmath.workdps(40):
        for x, y in CASES:
            for first in (1, 4, 30):
                z = mpmath.mpc(x, y) / (1j * mpmath.pi) + first
                exact = (-1) ** first / (1j * mpmath.pi) * (mpmath.digamma((z + 1) / 2) - mpmath.digamma(z / 2)) / 2
                partial = mpmath.fsum((-1) ** n / (mpmath.mpc(x, y) + 1j * mpmath.pi * n) for n in range(first, first + 2000))
                last = first + 2000  # half of the next term is the rest up to its square
                partial += (-1) ** last / (mpmath.mpc(x, y) + 1j * mpmath.pi * last) / 2
                found.append(compared("sum", {"α": str(complex(x, y)), "N": first}, mpmath.nstr(partial, 10), mpmath.nstr(exact, 10),
                                      bool(abs(partial - exact) < mpmath.mpf(1) / last**2)))
    return found
