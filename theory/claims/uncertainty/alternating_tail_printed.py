"""The tail of the alternating series of 1/(α + iπn), with the sign that the paper prints (Lemma 20)."""
from theory.claim import Claim
from theory.claims.uncertainty.alternating_harmonic import above
from theory.claims.uncertainty.alternating_tail import CASES, summed
from theory.language import IMAGINARY, PI, Abs, Series, Sum, T, eq, fn, forall, le, lt, names, re, statement, strays, tends
from theory.mutations import changed
from theory.proof import explained
from theory.steps import triangle_inequality

N, M, n, z, alpha, S = names("N M n z alpha S")
PARTIAL = Sum("n", N, M, T(-1) ** n / (alpha + IMAGINARY * PI * n))
SUMMED = forall({"N": "int"}, [le(1, N)], tends("M", N, PARTIAL, S[N]))
PRINTED = tends("N", 1, N * (S[N] - IMAGINARY / PI * T(-1) ** N / (2 * N)), 0)
MENDED = tends("N", 1, N * (S[N] + IMAGINARY / PI * T(-1) ** N / (2 * N)), 0)

claim = Claim(
    title="The tail of the alternating series of 1/(α + iπn), as printed",
    says="For Re α > 0, S_N = Σ_{n≥N} (−1)^n/(α + iπn) equals (i/π) (−1)^N/(2N) + o(1/N).",
    statement=statement(forall({"alpha": "complex", "S": ["seq", "complex"]}, [lt(0, re(alpha)), SUMMED], PRINTED)),
    paper="UP", dossier="UP.L20", reference="Lemma 20", source="text",
    hypotheses={"Re α > 0": "a term may be infinite"},
    limits="The sign is wrong: 1/(iπn) = −i/(πn). The statement that is true says −(i/π) (−1)^N/(2N), with an explicit error.",
)


@claim.derive
def both_signs(step):
    import sympy
    from mpmath import mp

    from theory.identities import Formula, below, equal

    alpha, h = sympy.symbols("alpha h", positive=True)
    g = sympy.Function("g")
    m = sympy.symbols("m", integer=True)
    equal(step, "by differences", sympy.Sum((-1) ** m * g(m), (m, 1, 4)),
          -g(1) / 2 + g(5) / 2 + sympy.Sum((-1) ** m * (g(m) - g(m + 1)), (m, 1, 4)) / 2,
          why="four terms: (−1)^n (g(n) + g(n+1))/2 telescopes; an endless sum keeps the first end, half its first term")
    term = 1 / (alpha + sympy.I * sympy.pi / h)
    first = sympy.series(term / 2, h, 0, 2).removeO()
    equal(step, "leading term", first, -sympy.I * h / (2 * sympy.pi), shown="½g(N)",
          why="N = 1/h, up to h²: 1/i = −i, where the print has +i")
    equal(step, "the next term is smaller", sympy.Limit((term - term.subs(h, h / (1 + h))) / h**2, h, 0), -sympy.I / sympy.pi,
          why="g(N) − g(N+1) is of the order 1/N², and its alternating sum too")
    step("what the print misses", Formula(sympy.I * h / (2 * sympy.pi) - first),
         why="printed less true leading term: twice as large as the term itself")
    with mp.workdps(30):
        for start in (10, 100, 1000):
            z = start + 1 / (1j * mp.pi)
            tail = (mp.digamma((z + 1) / 2) - mp.digamma(z / 2)) / (2j * mp.pi)
            lead = mp.mpc(0, -1) / (2 * mp.pi * start)
            true, printed = (sympy.Float((start * abs(tail - side * lead)).real, 20) for side in (1, -1))
            below(step, f"α = 1, N = {start}", true, sympy.Rational(1, start), sympy.Rational(3, 10), printed,
                  why="N times the distance of (−1)^N S_N = (ψ((z+1)/2) − ψ(z/2))/(2πi), z = N + 1/(iπ), from both terms")


@claim.certify(kind="refutation")
def refutation(p, _):
    """At α = 1 the sums S_N are within C/N² of −(i/π)(−1)^N/(2N), by the mended lemma. So N times the distance of S_N from what is printed
    stays above 1/π − C/N ≥ 1/5 from N = 2 on, and does not tend to 0.
    """
    with p.inhabited_by(alpha=1, S=fn("N", CLOSED)):
        sums_to_closed(p)
    p.at = dict(p.witness)
    sums_to_closed(p)
    least = p.step("ball_bound", lt(0, T(1) / 5), prec=53)
    goal = le(T(1) / 5, Abs(N * (CLOSED + LEAD) - 0))
    with p.generalise({"N": "int"}, [le(2, N)], goal) as far:
        apart(p, far(1), goal)
    p.step("limits", strays("N", 1, N * (CLOSED + LEAD), 0), mode="apart", c=T(1) / 5, lo=2, **{"from": [least, far.fact]})


VALUE = T(-1) ** N / (1 + IMAGINARY * PI * N)
SLOPE = 1 / (1 + IMAGINARY * PI * n) - 1 / (1 + IMAGINARY * PI * (n + 1))
CLOSED = VALUE / 2 + Series("n", N, T(-1) ** n * SLOPE) / 2
LEAD = -IMAGINARY / PI * T(-1) ** N / (2 * N)
RATIO = Abs(T(1)) / (PI * re(T(1)))
CONSTANT = Abs(T(1)) * RATIO / (2 * PI) + PI * RATIO**2 / 4 + PI**2 * RATIO**3 / 4


@explained
def sums_to_closed(p):
    """At α = 1 the closed form is the sum, for every N."""
    partial = Sum("n", N, M, T(-1) ** n / (1 + IMAGINARY * PI * n))
    with p.generalise({"N": "int"}, [le(1, N)], tends("M", N, partial, CLOSED)):
        p.use("uncertainty.alternating_tail", tends("M", N, partial, CLOSED), N=N, alpha=1)


@explained
def apart(p, late, goal):
    """N|S_N + (−1)^N/(2iπN)| ≥ |2N lead| − N|S_N − lead| ≥ 1/π − C/N, and C < 2(1/π − 1/5)."""
    first = p.squares(le(1, N), [(1, [late], "", 1), (1, [], "", 1)])
    natural = p.squares(le(0, N), [(1, [late], "", 1), (2, [], "", 1)])
    proper, share = above(p, N, [first], 0)
    near = p.use("uncertainty.alternating_tail", le(Abs(CLOSED - LEAD), CONSTANT / N**2), N=N, alpha=1)
    triangle = triangle_inequality(p, N * (CLOSED + LEAD), -N * (CLOSED - LEAD))
    positive = p.step("ball_bound", lt(0, CONSTANT), prec=53)
    room = p.step("ball_bound", lt(T(1) / 5, 1 / PI - CONSTANT / 2), prec=53)
    half = p.squares(le(1 / N, T(1) / 2), [(T(1) / 2, [late, share], "", 1)], nonzero=[proper])
    with p.generalise({"z": "complex"}, [], eq(Abs(N * z), N * Abs(z))) as scaling:
        p.identity(eq(Abs(N * z), N * Abs(z)))
    gap = CLOSED - LEAD
    scaled = p.apply(scaling.fact, eq(Abs(N * gap), N * Abs(gap)), z=gap)
    p.squares(goal, [(1, [triangle], "", 1), (1, [room], "", 1), (1, [natural, near], "", 1), (1, [positive, half], "", 1)],
              using=[(scaled, 1)], nonzero=[proper])


claim.must_refuse(
    mended=changed(MENDED),
    mended_sum=changed(tends("N", 1, S[N], 0)),
    sign_flipped_twice=changed(strays("N", 1, N * (S[N] - IMAGINARY / PI * T(-1) ** N / (2 * N)), 1)),
)


@claim.oracle
def leading_terms():
    """N(−1)^N S_N by mpmath's acceleration of alternating series, against i/(2π)."""
    import mpmath

    from theory.papers.uncertainty_measurements import contradicted

    found = []
    with mpmath.workdps(40):
        for x, y in CASES:
            for first in (10, 100, 1000):
                measured, printed = first * (-1) ** first * summed(mpmath.mpc(x, y), first), 1j / (2 * mpmath.pi)
                found.append(contradicted("N (−1)^N S_N", {"α": str(complex(x, y)), "N": first}, mpmath.nstr(measured, 8),
                                          mpmath.nstr(printed, 8), bool(abs(measured - printed) > abs(printed))))
    return found
