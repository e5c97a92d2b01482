"""The poles of the explicit filter are those of S4D-Lin."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, T, conj, eq, exp, forall, le, lt, names, ne, statement
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_arc import pole

K, step, s = names("K Delta s")
S4D = exp(-step / 2 + IMAGINARY * PI * s * step)
SAME = forall({"s": "int"}, [], eq(T("a")(s), T("q")(s)))
WHERE = [("alpha", [], T(1) / 2), ("Delta", [], 1 / K), ("a", ["s"], pole(s)), ("q", ["s"], S4D)]

claim = Claim(
    title="The explicit poles are those of S4D-Lin",
    says="With α = 1/2 and Δ = 1/K the pole e^{−α/K} e^{iπs/K} is exp(−Δ/2 + iπsΔ), the pole of S4D-Lin with step Δ.",
    statement=statement(forall({"K": "nat"}, [le(1, K)], SAME), WHERE),
    paper="UP", dossier="UP.S4D", reference="Section on S4D-Lin", source="text",
    hypotheses={"K ≥ 1": "neither side is defined"},
    limits="Zero-order hold of the continuous poles −1/2 + iπs; other discretisations give other poles.",
)


@claim.derive
def substituted(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    lag, s = sympy.symbols("K s", positive=True)
    width, alpha = 1 / lag, sympy.Rational(1, 2)
    theirs = step("S4D-Lin", sympy.exp(-width / 2 + sympy.I * sympy.pi * s * width), why="Δ = 1/K")
    paper = step("paper", sympy.exp(-alpha / lag) * sympy.exp(sympy.I * sympy.pi * s / lag), why="α = 1/2")
    confirm(step, "equal", [sympy.expand(sympy.powsimp(theirs).args[0] - sympy.powsimp(paper).args[0])], why="the exponents agree")


@claim.certify
def proof(p, _):
    """e^{x + y} = e^x e^y."""
    p.inhabited(K=1)
    positive = p.squares(lt(0, K), [(1, [p.given(1)], "", 1), (1, [], "", 1)])
    p.order("nonzero", ne(K, 0), positive)
    with p.generalise({"s": "int"}, [], eq(T("a")(s), T("q")(s))):
        p.identity(eq(T("a")(s), T("q")(s)))


AT_ONE = eq(T("a")(1), T("q")(1))
claim.must_refuse(
    faster_decay=changed(AT_ONE, where={"alpha": T(1)}),
    half_step=changed(AT_ONE, where={"Delta": 1 / (2 * K)}),
    phase_not_pi=changed(AT_ONE, where={"q": exp(-step / 2 + IMAGINARY * s * step)}),
    conjugated=changed(eq(T("a")(1), conj(T("q")(1)))),
)
for wrong in ("faster_decay", "half_step", "phase_not_pi", "conjugated"):
    claim.refute(wrong)(fails_in_balls(K=2))


@claim.oracle
def discretised():
    """Zero-order hold of the continuous poles by the ODE x' = λx solved to 40 digits, against the family that the numbers use."""
    from fractions import Fraction

    import mpmath

    from numeric import families
    from numeric.poles import to_complex
    from theory.papers.uncertainty_measurements import compared

    found = []
    for order, lag in ((1, 3), (2, 10), (3, 200)):
        listed = [to_complex(exact) for exact in families.paper(2 * order + 1, lag, Fraction(1, 2))]
        for s, listed_pole in zip(range(-order, order + 1), listed, strict=True):
            with mpmath.workdps(40):
                rate = mpmath.mpc(-0.5, mpmath.pi * s)
                held = complex(mpmath.odefun(lambda t, x, rate=rate: [rate * x[0]], 0, [mpmath.mpc(1)])(mpmath.mpf(1) / lag)[0])
            found.append(compared("pole", {"s": s, "K": lag}, str(listed_pole), str(held), abs(listed_pole - held) < 1e-14))
    return found
