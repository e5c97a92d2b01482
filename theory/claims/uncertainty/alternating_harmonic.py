"""The tail of the alternating harmonic series (paper, Lemma 19)."""
from theory.claim import Claim
from theory.language import Abs, Series, Sum, T, both, eq, fn, forall, le, lt, names, ne, statement, strays, sums, tends, within
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import modulus_below, modulus_of_nonnegative, positive_reciprocal, triangle_inequality

N, M, n, q = names("N M n q")
SIGN = T(-1) ** n
STEP = SIGN / (n * (n + 1))
SIZE = 1 / (n * (n + 1))
WHERE = [("P", ["M"], Sum("n", N, M, SIGN / n)), ("R", [], T(-1) ** N / (2 * N) + Series("n", N, STEP) / 2)]
P, R = names("P R")
TAIL = Series("n", N, STEP)
REST = (Sum("n", N, M, STEP) - TAIL) / 2
CLOSE = forall({"M": "int"}, [le(N, M)], le(Abs(P(M) - R), 1 / (M + 1)))
LIMIT = tends("M", N, P(M), R)

claim = Claim(
    title="The tail of the alternating harmonic series",
    says="R_N = Σ_{n≥N} (−1)^n/n exists and equals (−1)^N/(2N) + ½ Σ_{n≥N} (−1)^n/(n(n+1)); the partial sum up to M is within "
         "1/(M+1) of it.",
    statement=statement(forall({"N": "nat"}, [le(1, N)], both(CLOSE, LIMIT)), WHERE),
    paper="UP", dossier="UP.L19", reference="Lemma 19", source="text",
    hypotheses={"N ≥ 1": "the term n = 0 is not defined"},
    limits="The series on the left converges conditionally: its value is the limit of its partial sums. The one on the right converges "
           "absolutely.",
)


@claim.derive
def by_parts(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    n = sympy.symbols("n", integer=True, positive=True)
    term = step("term", 1 / n - 1 / (2 * n * (n + 1)), why="of Σ (−1)^n/n − ½ Σ (−1)^n/(n(n+1)), without (−1)^n")
    confirm(step, "telescopes", [sympy.simplify(term - (1 / (2 * (n + 1)) + 1 / (2 * n)))],
            why="(−1)^n (t_n + t_{n+1}) with t_n = 1/(2n) is a difference, so the sum from N is (−1)^N/(2N)")


@claim.certify
def proof(p, _):
    """(−1)^n/n is half of (−1)^n/n − (−1)^{n+1}/(n+1), which telescopes, plus half of (−1)^n/(n(n+1)). The tail of the last series is
    below Σ_{n>M} 1/(n(n+1)) = 1/(M+1) in modulus, and so is the end of the telescope.
    """
    p.inhabited(N=1)
    with p.generalise({"n": "int"}, [le(N, n)], ne(n * (n + 1), 0)) as proper:
        p.order("product", ne(n * (n + 1), 0), *(above(p, n + j, [proper(1), p.given(1)], j)[0] for j in (0, 1)))
    positive, majorant = reciprocal_products(p)
    with p.generalise({"n": "int"}, [le(N, n)], le(Abs(STEP), SIZE)) as below:
        modulus = modulus_of_nonnegative(p, SIZE, p.apply(positive, le(0, SIZE), n=n))
        p.squares(le(Abs(STEP), SIZE), [], using=[(modulus, 1)])
    signed = p.series("compare", sums("n", N, STEP, TAIL), below.fact, majorant)
    with p.generalise({"M": "int"}, [le(N, M)], le(Abs(P(M) - R), 1 / (M + 1))) as close:
        distance(p, close(1), majorant, signed)
    p.both(close.fact, limit_of(p, close.fact))


@explained
def reciprocal_products(p):
    """Σ_{n≥N} 1/(n(n+1)) = 1/N: the partial sums are 1/N − 1/(M+1)."""
    with p.generalise({"n": "int"}, [le(N, n)], le(0, SIZE)) as sign:
        first, second = (above(p, n + j, [sign(1), p.given(1)], j) for j in (0, 1))
        p.squares(le(0, SIZE), [(1, [first[1], second[1]], "", 1)])
    partial, rest = le(Sum("n", N, M, SIZE), 1 / N), le((1 / N - Sum("n", N, M, SIZE)) * (M - N + 1), 1)
    blocks = []
    for goal, share, factor in ((partial, [], 1), (rest, [p.order("basic", le(0, N))], N - M - 1)):
        with p.generalise({"M": "int"}, [le(N, M)], goal) as block:
            total = finite_total(p)
            nonzero, positive = above(p, M + 1, [block(1), p.given(1)], 1)
            p.squares(goal, [(1, [*share, positive], "", 1)], using=[(total, factor)], nonzero=[nonzero])
        blocks.append(block.fact)
    return sign.fact, p.series("remainder", sums("n", N, SIZE, 1 / N), sign.fact, *blocks, c=1)


def above(p, x, refs, more):
    """(x ≠ 0, 0 ≤ 1/x) for x = Σ gaps of refs + 1 + more."""
    positive = p.squares(lt(0, x), [*((1, [ref], "", 1) for ref in refs), (1 + more, [], "", 1)])
    proper = p.order("nonzero", ne(x, 0), positive)
    return proper, positive_reciprocal(p, x, positive, proper)


@explained
def finite_total(p):
    """Σ_{n=N}^M 1/(n(n+1)) = 1/N − 1/(M+1), because 1/(n(n+1)) = 1/n − 1/(n+1)."""
    def total(q):
        return eq(Sum("n", N, N + q, SIZE), 1 / N - 1 / (N + q + 1))
    proper = [above(p, N + j, [p.given(1)], j)[0] for j in (0, 1)]
    with p.branch() as base:
        p.identity(total(0), nonzero=proper)
    block = p.new_id()
    with p.branch() as step:
        proper = [above(p, N + q + j, [p.given(1), f"{block}.1"], j)[0] for j in (1, 2)]
        product = p.order("product", ne((N + q + 1) * (N + q + 2), 0), *proper)
        p.identity(total(q + 1), [(f"{block}.2", 1)], nonzero=[*proper, product])
    every = p.step("induction", forall({"q": "nat"}, [], total(q)), block, base=base, step=step)
    return p.apply(every, eq(Sum("n", N, M, SIZE), 1 / N - 1 / (M + 1)), q=M - N)


@explained
def distance(p, later, majorant, signed):
    """P − R = ½(−1)^M/(M+1) + ½(Σ_{n≤M} − Σ_{n<∞}), and each half is at most 1/(2(M+1))."""
    g = fn("n", 1 / n)
    difference = T(-1) ** n * (1 / n - 1 / (n + 1))
    halves = Sum("n", N, M, STEP)
    ends = (T(-1) ** N / N + T(-1) ** M / (M + 1)) / 2
    split = p.use("algebra.alternating_means", eq(P(M), ends + Sum("n", N, M, difference) / 2), N=N, m=M - N, g=g)
    with p.generalise({"n": "int"}, within(N, n, M), eq(difference, STEP)) as same:
        p.identity(eq(difference, STEP), nonzero=[above(p, n + j, [same(1), p.given(1)], j)[0] for j in (0, 1)])
    merged = p.step("congruence", eq(Sum("n", N, M, difference), halves), equal=same.fact)
    total = finite_total(p)
    _, share = above(p, M + 1, [later, p.given(1)], 1)
    bounds = [tail_bound(p, sign, majorant, signed, total) for sign in (1, -1)]
    half = p.squares(le(0, 1 / (M + 1) / 2), [(T(1) / 2, [share], "", 1)])
    tail = modulus_below(p, REST, 1 / (M + 1) / 2, half, *bounds)
    end = T(-1) ** M / (M + 1) / 2
    small = p.squares(le(Abs(end), 1 / (M + 1) / 2), [], using=[(modulus_of_nonnegative(p, 1 / (M + 1), share), T(1) / 2)])
    whole = p.identity(eq(P(M) - R, end + REST), [(split, 1), (merged, T(1) / 2)])
    moduli = p.step("congruence", eq(Abs(P(M) - R), Abs(end + REST)), equal=whole, context=fn("m_", Abs("m_")))
    triangle = triangle_inequality(p, end, REST)
    p.squares(le(Abs(P(M) - R), 1 / (M + 1)), [(1, [fact], "", 1) for fact in (triangle, tail, small)], using=[(moduli, 1)])


def tail_bound(p, sign, majorant, signed, total):
    """±(Σ_{n≤M} t_n − Σ_n t_n) ≤ 1/(M+1), from the non-negative terms u_n ± t_n."""
    term = SIZE + sign * STEP
    with p.generalise({"n": "int"}, [le(N, n)], le(0, term)) as positive:
        proper = [above(p, n + j, [positive(1), p.given(1)], j) for j in (0, 1)]
        p.squares(le(0, term), [(T(1) / 2, [proper[0][1], proper[1][1]], "", 1 + sign * T(-1) ** n)])
    both_parts = p.series("linear", sums("n", N, term, 1 / N + sign * TAIL), using=[[majorant, 1, 1], [signed, sign, 1]])
    partial = p.series("partial", le(Sum("n", N, M, term), 1 / N + sign * TAIL), both_parts, positive.fact, K=M)
    return p.squares(le(sign * REST, 1 / (M + 1) / 2), [(T(1) / 2, [partial], "", 1)], using=[(total, -T(1) / 2)])


@explained
def limit_of(p, close):
    """1/(M+1) ≤ 1/M → 0."""
    shrink = p.step("limits", tends("M", N, 1 / M, 0), mode="reciprocal", c=1)
    goal = le(Abs(P(M) - R), 1 / M)
    with p.generalise({"M": "int"}, [le(N, M)], goal) as slower:
        near = p.apply(close, le(Abs(P(M) - R), 1 / (M + 1)), M=M)
        (proper, share), (proper_next, share_next) = (above(p, M + j, [slower(1), p.given(1)], j) for j in (0, 1))
        p.squares(goal, [(1, [near], "", 1), (1, [share, share_next], "", 1)], nonzero=[proper, proper_next])
    return p.step("limits", LIMIT, mode="squeeze", lo=N, **{"from": [slower.fact, shrink]})


WRONG_SIGN = {"R": -(T(-1) ** N) / (2 * N) + Series("n", N, STEP) / 2}
THIRD = le(Abs(P(N + 2) - R), 1 / (N + 3))
claim.must_refuse(
    sign_flipped=changed(where=WRONG_SIGN),
    sign_of_tail_flipped=changed(where={"R": T(-1) ** N / (2 * N) - Series("n", N, STEP) / 2}),
    leading_term_doubled=changed(where={"R": T(-1) ** N / N + Series("n", N, STEP) / 2}),
    constant_improved=changed(forall({"M": "int"}, [le(N, M)], le(Abs(P(M) - R), 1 / (4 * (M + 1))))),
    limit_elsewhere=changed(tends("M", N, P(M), R + 1)),
    never_there=changed(strays("M", N, P(M), R)),
    tail_dropped=changed(THIRD, where={"R": T(-1) ** N / (2 * N)}),
    from_zero=changed(given={1: le(0, N)}),
)


claim.refute("tail_dropped")(fails_at(N=1))


@claim.oracle
def partial_sums():
    """Rational partial sums against the tail computed from log 2, to 50 digits."""
    import mpmath

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mpmath.workdps(50):
        for first, last in ((1, 1), (1, 50), (3, 200), (10, 1000)):
            tail = -mpmath.log(2) - mpmath.fsum(mpmath.mpf((-1) ** n) / n for n in range(1, first))
            rest = mpmath.nsum(lambda n: (-1) ** int(n) / (n * (n + 1)), [first, mpmath.inf])
            closed = mpmath.mpf((-1) ** first) / (2 * first) + rest / 2
            partial = mpmath.fsum(mpmath.mpf((-1) ** n) / n for n in range(first, last + 1))
            inputs = {"N": first, "M": last}
            found.append(bounded("distance of the partial sum from the tail of −log 2", inputs, mpmath.nstr(abs(partial - tail), 8),
                                 f"1/{last + 1}", bool(abs(partial - tail) <= mpmath.mpf(1) / (last + 1))))
            found.append(bounded("closed form against the tail of −log 2", inputs, mpmath.nstr(abs(closed - tail), 3), "1e-40",
                                 bool(abs(closed - tail) < mpmath.mpf(10) ** -40)))
    return found
