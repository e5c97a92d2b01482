"""The hyperbolic cosecant of Nx as an alternating sum of N cosecants on a vertical line through x."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Sum, T, both, eq, exp, fn, forall, le, lt, names, ne, statement, within
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_sharp import turn
from theory.proof import explained

M, s, x = names("M s x")
N = 2 * M + 1


def point(s):
    return x - IMAGINARY * PI * s / N


def change(u):
    """2 sinh u."""
    return exp(u) - exp(-u)


REGULAR = forall({"s": "int"}, [], ne(change(point(s)), 0))
SUM = eq(Sum("s", -M, M, T(-1) ** s / change(point(s))), N / change(N * x))

claim = Claim(
    title="The hyperbolic cosecant as an alternating sum",
    says="With N = 2M + 1 and e^{2Nx} ≠ 1: Σ (−1)^s/sinh(x − iπs/N) over s = −M..M is N/sinh Nx.",
    statement=statement(forall({"M": "nat", "x": "complex"}, [ne(change(N * x), 0)], both(REGULAR, SUM))),
    reference="elementary",
    hypotheses={"e^{2Nx} ≠ 1": "a denominator is 0, on both sides"},
    limits="An odd number of terms; for an even number the terms have not the period N in s.",
)


@claim.derive
def small_cases(step):
    import sympy

    from theory.identities import confirm, equal

    z, w = sympy.symbols("z w", positive=True)
    equal(step, "one term", 1 / (z / w - w / z), w / z / (1 - w**2 / z**2), why="z = e^x, w = e^{iπs/N}: a quotient with w² = ω^s")
    for last in (1, 2):
        order = 2 * last + 1
        modulus = sympy.Poly(sympy.cyclotomic_poly(2 * order, w), w)
        terms = [(-1) ** s * z * w ** (s % (2 * order)) / (z**2 - w ** (2 * s % (2 * order))) for s in range(-last, last + 1)]
        gap = sympy.numer(sympy.together(sum(terms) - order * z**order / (z ** (2 * order) - 1)))
        confirm(step, f"N = {order}", [sympy.Poly(sympy.expand(gap), w).rem(modulus).as_expr()],
                why="z = e^x, w = e^{iπ/N}: (−1)^s/(z w^{−s} − w^s/z), modulo the cyclotomic polynomial")


@claim.certify
def proof(p, _):
    """(−1)^s/(e^{x−iπs/N} − e^{−x+iπs/N}) = e^{−x} ω^{−Ms}/(1 − e^{−2x} ω^s) with ω = e^{2πi/N}, because −2M/N = −1 + 1/N."""
    with p.inhabited_by(M=0, x=1):
        p.step("ball_bound", ne(change((2 * T(0) + 1) * 1), 0), prec=53)
    positive = p.squares(lt(0, N), [(2, [p.order("basic", le(0, M))], "", 1), (1, [], "", 1)])
    proper = p.order("nonzero", ne(N, 0), positive)
    z = exp(-2 * x)
    with p.contradiction(ne(z**N, 1)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", -exp(N * x) / change(N * x))], nonzero=[p.given(1)])
    quotient = p.use("algebra.period_quotients", forall({"s": "int"}, [], ne(1 - z * turn(s, N), 0)), P=N, m=-M, j=M, z=z)
    regular = points(p, z, quotient)
    base = Sum("s", -M, -M + N - 1, turn(-M * s, N) / (1 - z * turn(s, N)))
    whole = p.use("algebra.period_quotients", eq(base, N * z**M / (1 - z**N)), P=N, m=-M, j=M, z=z)
    power = p.order("nonzero", ne(1 - z**N, 0), absurd.fact)
    term = T(-1) ** s / change(point(s))
    with p.generalise({"s": "int"}, within(-M, s, M), eq(term, exp(-x) * turn(-M * s, N) / (1 - z * turn(s, N)))) as each:
        share = p.identity(eq(M / N, T(1) / 2 - 1 / (2 * N)), nonzero=[proper])
        phase = p.step("congruence", eq(turn(-M * s, N), T(-1) ** s * exp(IMAGINARY * PI * s / N)), equal=share,
                       context=fn("m_", exp(-2 * IMAGINARY * PI * s * T("m_"))))
        poles = [p.apply(quotient, ne(1 - z * turn(s, N), 0), s=s), p.apply(regular, ne(change(point(s)), 0), s=s)]
        p.identity(eq(term, exp(-x) * turn(-M * s, N) / (1 - z * turn(s, N))), [(phase, -exp(-x) / (1 - z * turn(s, N)))], nonzero=poles)
    summed = p.step("congruence", eq(Sum("s", -M, M, term), Sum("s", -M, M, exp(-x) * turn(-M * s, N) / (1 - z * turn(s, N)))),
                    equal=each.fact)
    p.both(regular, p.identity(SUM, [(summed, 1), (whole, exp(-x))], nonzero=[power, p.given(1)]))


@explained
def points(p, z, quotient):
    """e^u − e^{−u} = e^u (1 − e^{−2u}), and e^{−2u} = e^{−2x} ω^s at u = x − iπs/N."""
    with p.generalise({"s": "int"}, [], ne(change(point(s)), 0)) as block, p.contradiction(ne(change(point(s)), 0)) as absurd:
        pole = p.apply(quotient, ne(1 - z * turn(s, N), 0), s=s)
        p.identity(eq(1, 0), [(f"{absurd}.1", exp(-point(s)) / (1 - z * turn(s, N)))], nonzero=[pole])
    return block.fact


claim.must_refuse(
    without_signs=changed(eq(Sum("s", -M, M, 1 / change(point(s))), N / change(N * x))),
    factor_lost=changed(eq(Sum("s", -M, M, T(-1) ** s / change(point(s))), 1 / change(N * x))),
    one_term_more=changed(eq(Sum("s", -M, M + 1, T(-1) ** s / change(point(s))), N / change(N * x))),
    half_spacing=changed(eq(Sum("s", -M, M, T(-1) ** s / change(x - IMAGINARY * PI * s / (2 * N))), N / change(N * x))),
    pole_on_the_line=changed(both(REGULAR, SUM), given={1: None}),
)
claim.refute("without_signs")(fails_in_balls(given=[1], M=1, x=1))
claim.refute("factor_lost")(fails_in_balls(given=[1], M=1, x=1))
claim.refute("one_term_more")(fails_in_balls(given=[1], M=1, x=1))
claim.refute("half_spacing")(fails_in_balls(given=[1], M=1, x=1))


@claim.oracle
def summed():
    """The cosecants of mpmath at 30 digits, against the power series 2 Σ e^{−(2k+1)Nx} of the one cosecant."""
    import mpmath

    from theory.papers.uncertainty_measurements import compared

    found = []
    with mpmath.workdps(30):
        for last, place in ((0, "0.3"), (1, "1"), (4, "0.2+0.7j"), (20, "0.05-2j")):
            order, start = 2 * last + 1, mpmath.mpmathify(complex(place))
            total = mpmath.fsum((-1) ** s * mpmath.csch(start - 1j * mpmath.pi * s / order) for s in range(-last, last + 1))
            series = 2 * order * mpmath.fsum(mpmath.exp(-(2 * k + 1) * order * start) for k in range(200))
            found.append(compared("sum", {"M": last, "x": place}, mpmath.nstr(total, 12), mpmath.nstr(series, 12),
                                  bool(abs(total - series) < mpmath.mpf(10) ** -20)))
    return found
