"""The alternating vector is an eigenvector of the bi-infinite Toeplitz operator (paper, Lemma 18)."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Sum, T, eq, exp, fn, forall, le, lt, names, ne, raw, statement, tends
from theory.mutations import changed, fails_in_balls
from theory.proof import explained

M, s, t, r, j, alpha = names("M s t r j alpha")
SPREAD = exp(2 * alpha) - exp(-2 * alpha)
ENTRY = 1 / (2 * alpha - IMAGINARY * PI * (s - t))
ROW = Sum("t", s - M, s + M, ENTRY * T(-1) ** t)
EIGEN = forall({"s": "int"}, [], tends("M", 0, ROW, 2 / SPREAD * T(-1) ** s))

claim = Claim(
    title="An eigenvector of the bi-infinite Toeplitz operator",
    says="For the operator with entries 1/(2α − iπ(s − t)) over the integers, the vector (−1)^t is an eigenvector with eigenvalue "
         "2/(e^{2α} − e^{−2α}).",
    statement=statement(forall({"alpha": "real"}, [lt(0, alpha)], EIGEN)),
    paper="UP", dossier="UP.L18", reference="Lemma 18", source="text",
    hypotheses={"α > 0": "the diagonal of the operator is infinite at α = 0"},
    limits="Each row is summed symmetrically around the diagonal: the sums converge conditionally. An eigenvector has one eigenvalue, "
           "so another value printed for it is wrong; the weights of the explicit filter (UP.E13) are e^{−α}(−1)^s/(Kλ) with λ the "
           "eigenvalue here, so they agree with it.",
)


@claim.derive
def shifted_row(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    s, m = sympy.symbols("s m", integer=True)
    alpha = sympy.symbols("alpha", positive=True)
    entry = step("term of row s at t = s − m", (-1) ** (s - m) / (2 * alpha - sympy.I * sympy.pi * m), why="entry times (−1)^t")
    moved = (-1) ** s * (-1) ** m / (2 * alpha - sympy.I * sympy.pi * m)
    confirm(step, "(−1)^s times the term of row 0", [sympy.simplify(sympy.powsimp(entry / moved) - 1)],
            why="so every row sum is (−1)^s times the same one")


@claim.certify
def proof(p, _):
    """Row s, counted from the diagonal, is (−1)^s Σ_r (−1)^r/(2α + iπr), which is Lemma 21 read backwards."""
    p.inhabited(alpha=1)
    p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=53))
    with p.generalise({"s": "int", "t": "int"}, [], ne(2 * alpha - IMAGINARY * PI * (s - t), 0)), \
            p.contradiction(ne(2 * alpha - IMAGINARY * PI * (s - t), 0)) as absurd:
        real = p.step("congruence", eq(2 * alpha, 0), equal=f"{absurd}.1", context=fn("m_", (names("m_") + names("m_").bar) / 2))
        p.squares(lt(0, 0), [(2, [p.given(1)], "", 1)], using=[(real, 1)])
    tangent = p.use("algebra.exp_above_tangent", le(1 + 4 * alpha, exp(4 * alpha)), x=4 * alpha)
    with p.contradiction(ne(SPREAD, 0)) as absurd:
        p.squares(lt(0, 0), [(1, [tangent], "", 1), (4, [p.given(1)], "", 1)], using=[(f"{absurd}.1", exp(2 * alpha))])
    lemma = p.use("uncertainty.cosecant_series", tends("M", 0, Sum("s", -M, M, T(-1) ** s / (2 * alpha - IMAGINARY * PI * s)), 2 / SPREAD),
                  alpha=alpha)
    with p.generalise({"s": "int"}, [], tends("M", 0, ROW, 2 / SPREAD * T(-1) ** s)):
        row(p, lemma)


@explained
def row(p, lemma):
    """Both sums counted from 0: one is the other read backwards, times (−1)^s."""
    original = Sum("r", -M, M, T(-1) ** r / (2 * alpha - IMAGINARY * PI * r))
    turned = T(-1) ** s * original
    scaled = p.step("limits", tends("M", 0, turned, 2 / SPREAD * T(-1) ** s), mode="linear", using=[[lemma, raw(T(-1) ** s), 1]])
    with p.generalise({"M": "int"}, [le(0, M)], eq(turned, ROW)) as same:
        entry = T(-1) ** (s - M + j) / (2 * alpha + IMAGINARY * PI * (j - M))
        counted = p.use("algebra.sum_shift", eq(ROW, Sum("j", 0, 2 * M, entry)), n=2 * M, m=s - M, g=fn("t", ENTRY * T(-1) ** t))
        plain = T(-1) ** (j - M) / (2 * alpha - IMAGINARY * PI * (j - M))
        from_zero = p.use("algebra.sum_shift", eq(original, Sum("j", 0, 2 * M, plain)), n=2 * M, m=-M,
                          g=fn("r", T(-1) ** r / (2 * alpha - IMAGINARY * PI * r)))
        back = T(-1) ** (M - j) / (2 * alpha - IMAGINARY * PI * (M - j))
        backwards = p.use("algebra.sum_reversal", eq(Sum("j", 0, 2 * M, plain), Sum("j", 0, 2 * M, back)), n=2 * M, g=fn("j", plain))
        p.identity(eq(turned, ROW), [(from_zero, T(-1) ** s), (backwards, T(-1) ** s), (counted, -1)])
    p.step("limits", tends("M", 0, ROW, 2 / SPREAD * T(-1) ** s), mode="equal", **{"from": [scaled, same.fact]})


def window(last):
    """Row 1 cut at `last` from the diagonal."""
    return Sum("t", 1 - last, 1 + last, T(-1) ** t / (2 * alpha - IMAGINARY * PI * (1 - t)))


claim.must_refuse(
    value_doubled=changed(forall({"s": "int"}, [], tends("M", 0, ROW, 4 / SPREAD * T(-1) ** s))),
    sign_lost=changed(forall({"s": "int"}, [], tends("M", 0, ROW, 2 / SPREAD))),
    constant_vector=changed(forall({"s": "int"}, [], tends("M", 0, Sum("t", s - M, s + M, ENTRY), 2 / SPREAD))),
    finite_rows=changed(eq(window(5), -2 / SPREAD)),
    alpha_may_vanish=changed(given={1: le(0, alpha)}),
)
claim.refute("finite_rows")(fails_in_balls(alpha=1))


@claim.oracle
def finite_sections():
    """The middle row of large finite sections times the alternating vector."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared

    found = []
    for decay in (0.25, 0.5, 1.0, 2.0):
        for size in (1000, 100000):
            t = np.arange(-size, size + 1)
            signs = np.where(t % 2 == 0, 1.0, -1.0)
            signs[[0, -1]] /= 2  # the ends by halves: the error is then of the order of 1/size²
            for s in (0, 3):
                value = float(((signs * (-1) ** s) / (2 * decay + 1j * np.pi * t)).sum().real)
                expected = (-1) ** s / float(np.sinh(2 * decay))
                found.append(compared("row sum", {"α": decay, "rows": 2 * size + 1, "s": s}, value, expected,
                                      abs(value - expected) < 4 * decay / size**2 + 1e-11))
    return found
