"""The alternating series of 1/(2α − iπs) over all integers (paper, Lemma 21)."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Sum, T, both, eq, exp, fn, forall, le, lt, names, ne, raw, statement, sums, tends
from theory.mutations import changed, fails_in_balls
from theory.proof import explained

M, n, s, j, alpha = names("M n s j alpha")
PARTIAL = Sum("s", -M, M, T(-1) ** s / (2 * alpha - IMAGINARY * PI * s))
SPREAD = exp(2 * alpha) - exp(-2 * alpha)
PAIR = T(-1) ** n * 4 * alpha / (4 * alpha**2 + PI**2 * n**2)
LIMIT = tends("M", 0, PARTIAL, 2 / SPREAD)
PAIRS = sums("n", 1, PAIR, 2 / SPREAD - 1 / (2 * alpha))
Z = -2 * IMAGINARY * alpha / PI

claim = Claim(
    title="The alternating series of 1/(2α − iπs)",
    says="For α > 0, Σ (−1)^s/(2α − iπs) over all integers s, summed symmetrically, is 2/(e^{2α} − e^{−2α}).",
    statement=statement(forall({"alpha": "real"}, [lt(0, alpha)], both(LIMIT, PAIRS))),
    paper="UP", dossier="UP.L21", reference="Lemma 21", source="text",
    hypotheses={"α > 0": "α = 0 has a term that is not defined; for α < 0 both sides change their sign"},
    limits="The series converges conditionally: opposite terms are taken together, and the pairs converge absolutely. It rests on "
           "Euler's partial fractions of the cosecant.",
)


@claim.derive
def residues(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    w = sympy.symbols("w")
    value = step("value", 1 / sympy.sinh(w), why="2/(e^{2α} − e^{−2α}) at w = 2α")
    found = [sympy.limit((w - sympy.I * sympy.pi * s) * value, w, sympy.I * sympy.pi * s) - (-1) ** s for s in range(-3, 4)]
    confirm(step, "residue (−1)^s at w = iπs", found, why="s = −3..3: the poles and residues of Σ (−1)^s/(w − iπs)")


@claim.certify
def proof(p, _):
    """Euler's expansion π/sin πz = 1/z + Σ_{n≥1} (−1)^n 2z/(z² − n²) at z = −2iα/π, where iπz = 2α. Two opposite terms of the series give
    (−1)^n 4α/(4α² + π²n²).
    """
    p.inhabited(alpha=1)
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    pi_proper = p.order("nonzero", ne(PI, 0), pi)
    proper = p.order("nonzero", ne(2 * alpha, 0), p.squares(lt(0, 2 * alpha), [(2, [p.given(1)], "", 1)]))
    spread = spread_proper(p)
    with p.generalise({"s": "int"}, [], ne(2 * alpha - IMAGINARY * PI * s, 0)) as pole:
        nonzero_sum(p)
    with p.generalise({"n": "int"}, [le(1, n)], ne(4 * alpha**2 + PI**2 * n**2, 0)) as square:
        positive = p.squares(lt(0, 4 * alpha**2 + PI**2 * n**2), [(4, [p.given(1), p.given(1)], "", 1), (1, [], "", PI * n)])
        p.order("nonzero", ne(4 * alpha**2 + PI**2 * n**2, 0), positive)
    pairs = expansion(p, pi_proper, proper, spread, square.fact)
    p.both(symmetric(p, pairs, pole.fact, square.fact, proper), pairs)


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


@explained
def expansion(p, pi_proper, proper, spread, square):
    """Euler's series at z = −2iα/π, divided by iπ."""
    z, k = names("z k")
    general = forall({"z": "complex"}, [forall({"k": "int"}, [], ne(z, k))], sums(
        "n", 1, T(-1) ** n * 2 * z / (z**2 - n**2),
        2 * IMAGINARY * PI / (exp(IMAGINARY * PI * z) - exp(-(IMAGINARY * PI * z))) - 1 / z))
    euler = p.axiom("cosecant_partial_fractions", general)
    with p.generalise({"k": "int"}, [], ne(Z, k)), p.contradiction(ne(Z, k)) as absurd:
        imaginary = p.step("congruence", eq(2 * alpha, 0), equal=f"{absurd}.1",
                           context=fn("m_", IMAGINARY * PI * (names("m_") - names("m_").bar) / 2))
        p.squares(lt(0, 0), [(2, [p.given(1)], "", 1)], using=[(imaginary, 1)])
    term = T(-1) ** n * 2 * Z / (Z**2 - n**2)
    value = 2 * IMAGINARY * PI / SPREAD - 1 / Z
    there = p.apply(euler, sums("n", 1, term, value), z=Z)
    divided = p.series("linear", sums("n", 1, term / (IMAGINARY * PI), value / (IMAGINARY * PI)),
                       using=[[there, raw(1 / (IMAGINARY * PI)), 1]])
    with p.generalise({"n": "int"}, [le(1, n)], eq(term / (IMAGINARY * PI), PAIR)) as same:
        p.identity(eq(term / (IMAGINARY * PI), PAIR), nonzero=[p.apply(square, ne(4 * alpha**2 + PI**2 * n**2, 0), n=n)])
    mended = p.series("equal", sums("n", 1, PAIR, value / (IMAGINARY * PI)), divided, same.fact)
    return p.series("linear", PAIRS, using=[[mended, 1, 1]])


@explained
def symmetric(p, pairs, pole, square, proper):
    """Σ_{s=−M}^{M} = 1/(2α) + Σ_{n=1}^{M} of the pairs."""
    f = T(-1) ** s / (2 * alpha - IMAGINARY * PI * s)
    head = 1 / (2 * alpha)
    partial = p.step("limits", tends("M", 1, Sum("n", 1, M, PAIR), 2 / SPREAD - head), mode="partial_sums", **{"from": [pairs]})
    with_head = p.step("limits", tends("M", 1, Sum("n", 1, M, PAIR) + head, 2 / SPREAD), mode="linear", using=[[partial, 1, 1]])
    opposite = 1 / (2 * alpha - IMAGINARY * PI * s) + 1 / (2 * alpha + IMAGINARY * PI * s)
    with p.generalise({"M": "int"}, [le(1, M)], eq(Sum("n", 1, M, PAIR) + head, PARTIAL)) as same:
        by_pairs = p.use("algebra.symmetric_sum", eq(PARTIAL, head + Sum("s", 1, M, T(-1) ** s * opposite)), M=M, f=fn("s", f))
        one = T(-1) ** s * 4 * alpha / (4 * alpha**2 + PI**2 * s**2)
        with p.generalise({"s": "int"}, [le(1, s), le(s, M)], eq(T(-1) ** s * opposite, one)) as each:
            regular = [p.apply(pole, ne(2 * alpha - IMAGINARY * PI * x, 0), s=x) for x in (s, -s)]
            whole = p.apply(square, ne(4 * alpha**2 + PI**2 * s**2, 0), n=s)
            p.identity(eq(T(-1) ** s * opposite, one), nonzero=[*regular, whole])
        summed = p.step("congruence", eq(Sum("s", 1, M, T(-1) ** s * opposite), Sum("s", 1, M, one)), equal=each.fact)
        p.identity(eq(Sum("n", 1, M, PAIR) + head, PARTIAL), [(by_pairs, -1), (summed, -1)])
    limit = p.step("limits", tends("M", 1, PARTIAL, 2 / SPREAD), mode="equal", **{"from": [with_head, same.fact]})
    return p.step("limits", LIMIT, mode="later", **{"from": [limit]})


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
