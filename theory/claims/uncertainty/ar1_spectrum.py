"""The spectral density of an AR(1) input as two geometric series (paper, appendix B)."""
from theory.claim import Claim
from theory.language import IMAGINARY, Abs, Series, T, both, conj, eq, exp, fn, forall, lt, names, ne, statement, sums
from theory.mutations import changed, counterexample, differs
from theory.proof import explained

rho, k, w = names("rho k w")
STEP = rho * exp(-IMAGINARY * w)
FORWARD, BACKWARD = rho**k * exp(-IMAGINARY * k * w), conj(rho) ** k * exp(IMAGINARY * k * w)
SQUARE = Abs(1 - STEP) ** 2
WHOLE = eq(Series("k", 0, FORWARD) + Series("k", 1, BACKWARD), (1 - Abs(rho) ** 2) / SQUARE)
HALVES = (sums("k", 0, FORWARD, 1 / (1 - STEP)), sums("k", 0, BACKWARD, 1 / (1 - conj(STEP))))
VARIABLES = {"rho": "complex", "w": "real"}

claim = Claim(
    title="The spectral density of an AR(1) input",
    says="Σ_k ρ^{|k|} e^{−iωk} over all integers k is (1 − ρ²)/|1 − ρe^{−iω}|²; for complex ρ the terms with k < 0 carry the conjugate.",
    statement=statement(forall(VARIABLES, [lt(Abs(rho), 1)], both(*HALVES, ne(SQUARE, 0), WHOLE))),
    paper="UP", dossier="UP.B4", reference="Appendix B", source="text",
    hypotheses={"|ρ| < 1": "neither half converges absolutely"},
    limits="The series over all integers is written as its two halves, k ≥ 0 and k ≥ 1. The paper has 0 ≤ ρ < 1; ρ = 0 is white noise.",
)


@claim.derive
def sum_of_halves(step):
    import sympy

    z, c = sympy.symbols("z c")
    whole = step("two geometric series", 1 / (1 - z) + c / (1 - c), why="z = ρe^{−iω} and c its conjugate")
    if sympy.simplify(whole - (1 - z * c) / ((1 - z) * (1 - c))) != 0:
        raise ArithmeticError("the halves do not add up")


@claim.certify
def proof(p, _):
    p.inhabited(rho=T(1) / 2, w=0)
    density(p, p.given(1))


@explained
def density(p, inside):
    """Geometric series in z = ρe^{−iω} and its conjugate, |z| = |ρ| < 1; and 1/(1−z) + 1/(1−z̄) − 1 = (1 − |z|²)/|1 − z|²."""
    proper = []
    for z in (STEP, conj(STEP)):
        below = p.squares(lt(Abs(z), 1), [(1, [inside], "", 1)])
        with p.contradiction(ne(1 - z, 0)) as absurd:
            one = p.step("congruence", eq(Abs(z), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - names("m_"))))
            p.squares(lt(0, 0), [(1, [below], "", 1)], using=[(one, -1)])
        proper.append((below, str(absurd)))
    square = p.order("product", ne(SQUARE, 0), *(regular for _, regular in proper))
    forward, backward = (p.series("geometric", half, below, z=z)
                         for half, (below, _), z in zip(HALVES, proper, (STEP, conj(STEP)), strict=True))
    later = p.series("peel", sums("k", 1, BACKWARD, 1 / (1 - conj(STEP)) - 1), backward)
    for fact, lo, term in ((forward, 0, FORWARD), (later, 1, BACKWARD)):
        p.series("exists", sums("k", lo, term, Series("k", lo, term)), fact)
    left = p.series("value", eq(Series("k", 0, FORWARD), 1 / (1 - STEP)), forward)
    right = p.series("value", eq(Series("k", 1, BACKWARD), 1 / (1 - conj(STEP)) - 1), later)
    whole = p.identity(WHOLE, [(left, 1), (right, 1)], nonzero=[square, *(regular for _, regular in proper)])
    p.both(forward, backward, square, whole)


@claim.oracle
def autoregression():
    """The two-sided sum from the impulse response of x_n = ρx_{n−1} + u_n: (1 − ρ²)|Σ_n ρ^n e^{−iωn}|² over 4000 simulated samples."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared

    found, count = [], 4000
    for r in (0.0, 0.3, 0.9, 0.99):
        response = np.empty(count)
        state = 0.0
        for index in range(count):
            state = r * state + (index == 0)
            response[index] = state
        for angle in (0.0, 0.4, 2.0, 3.1):
            measured = (1 - r * r) * abs(np.sum(response * np.exp(-1j * angle * np.arange(count)))) ** 2
            expected = two_sided(r, angle)
            found.append(compared("spectral density", {"rho": r, "omega": angle}, float(measured), float(expected),
                                  abs(measured - expected) < 1e-9 * (1 + expected)))
    return found


def two_sided(r, angle, count=4000):
    """The partial sums of the two halves."""
    import numpy as np

    lags = np.arange(1, count)
    return 1 + 2 * float(np.sum(r**lags * np.cos(angle * lags)))


claim.must_refuse(
    constant_lost=changed(eq(Series("k", 0, FORWARD) + Series("k", 1, BACKWARD), 1 / SQUARE)),
    zero_counted_twice=changed(eq(Series("k", 0, FORWARD) + Series("k", 0, BACKWARD), (1 - Abs(rho) ** 2) / SQUARE)),
    sign_flipped=changed(eq(Series("k", 0, FORWARD) + Series("k", 1, BACKWARD), (1 + Abs(rho) ** 2) / SQUARE)),
    not_conjugated=changed(eq(Series("k", 0, FORWARD) + Series("k", 1, rho**k * exp(IMAGINARY * k * w)), (1 - Abs(rho) ** 2) / SQUARE)),
    reaches_circle=changed(given={1: None}),
)


def at_half(wrong):
    """ρ = 1/2, ω = 0: the two halves are 2 and 1."""

    def refutation(p):
        values = {"rho": T(1) / 2, "w": 0}
        here = counterexample(p, **values)
        with p.generalise(VARIABLES, [lt(Abs(rho), 1)], both(*HALVES, ne(SQUARE, 0), WHOLE)) as block:
            density(p, block(1))
        differs(p, p.apply(block.fact, here(WHOLE), **values), here(wrong))

    return refutation


claim.refute("constant_lost")(at_half(1 / SQUARE))
claim.refute("sign_flipped")(at_half((1 + Abs(rho) ** 2) / SQUARE))
