"""The Gram matrix is positive semidefinite for any poles in the disk: its quadratic form is an energy."""
from theory.claim import Claim
from theory.language import Abs, Sum, T, conj, entry, eq, eye, fn, forall, le, lt, mat, names, statement, sums, zero
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import POLES, STABLE, WHERE_C, C, S, a, for_each_pole, k
from theory.proof import explained
from theory.steps import no_unit_product, nonnegative

s, t, x = names("s t x")
FORM = Sum("s", 1, S, Sum("t", 1, S, conj(entry(x, s, 1)) * entry(x, t, 1) / (1 - a[s] * conj(a[t]))))

claim = Claim(
    title="The Gram matrix is positive semidefinite",
    says="For any poles in the open disk, repeated ones included, the matrix with entries 1/(1 − a_s ā_t) is positive "
         "semidefinite.",
    statement=statement(forall(POLES, [STABLE], le(zero(S, S), C)), [WHERE_C]),
    reference="Gram matrix of the impulse responses",
    hypotheses={"|a_s| < 1": "a = 2 gives the entry −1/3"},
    limits="Semidefinite only: two equal poles give two equal rows (definite for distinct poles: gram_definite).",
)


def response(k):
    """x* v_k, the k-th sample of the filter with weights x̄."""
    return Sum("s", 1, S, conj(entry(x, s, 1)) * a[s] ** k)


@explained
def quadratic_form(p):
    """(x*Cx = FORM, Σ_k |x*v_k|² = FORM), inside a block with x in scope."""
    energy = p.use("uncertainty.filter_energy", sums("k", 0, Abs(response(k)) ** 2, FORM), S=S, a=a,
                   b=fn("n", conj(entry(x, T("n"), 1))))
    return p.entries(eq(x.H @ C @ x, FORM)), energy


@claim.derive
def as_an_energy(step):
    import sympy

    from theory.identities import equal

    x, y, q = sympy.symbols("x1:3"), sympy.symbols("y1:3"), sympy.Symbol("q")
    a, c = sympy.symbols("a1:3"), sympy.symbols("c1:3")
    form = sum(x[s] * y[t] / (1 - a[s] * c[t] * q) for s in range(2) for t in range(2))
    samples = sum(sum(x[s] * a[s] ** k for s in range(2)) * sum(y[t] * c[t] ** k for t in range(2)) * q**k for k in range(4))
    equal(step, "two poles", sympy.expand(sympy.series(form, q, 0, 4).removeO() - samples), sympy.S.Zero,
          shown="x^*Cx − Σ_{k<4} |Σ x_s a_s^k|²",
          why="q counts the sample; y_s, c_s stand for the conjugates: each coefficient is a square, so x*Cx ≥ 0, poles repeated or not")
    pole = sympy.Symbol("a")
    equal(step, "a repeated pole", sympy.Matrix(2, 2, lambda s, t: 1 / (1 - pole * sympy.Symbol("c"))).det(), sympy.S.Zero, shown="det C",
          why="semidefinite only")
    equal(step, "outside the disk", (1 / (1 - pole**2)).subs(pole, 2), sympy.Rational(-1, 3), shown="1/(1 - a^2)",
          why="a = 2: the series diverges and the sign is lost")


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("n", 0))
    no_unit_product(p, a, S, p.given(1))
    with p.generalise({"x": mat(S)}, [], le(0, x.H @ C @ x)) as form:
        value, energy = quadratic_form(p)
        sign = p.series("partial", le(0, FORM), energy, nonnegative(p, response(k), k, 0), K=-1)
        p.squares(le(0, x.H @ C @ x), [(1, [sign], "", 1)], using=[(value, -1)])
    p.step("quadratic_form", le(zero(S, S), C), mode="semidefinite", **{"from": [form]})


@claim.oracle
def energies_of_filters():
    """x*Cx for drawn x, with C the exact solution of X = D X D* + 1 1ᵀ: real and not negative, repeated poles included."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, numbers, text

    results = []
    for order in (1, 2, 3, 4):
        a = numbers(order, order, modulus=1)
        for kind, poles in (("drawn", a), ("repeated", [a[0]] * order)):
            states = reference.stein(reference.diagonal(poles), reference.outer([reference.ONE] * order))
            x = reference.column(numbers(order, order + 20))
            form = reference.dot([value.conjugate() for value in x], [reference.dot(row, x) for row in states])
            results.append(bounded(f"{kind} poles", {"S": order}, text(form), 0, inside=form.im == 0 and form.re >= 0))
    return results


@claim.oracle
def least_eigenvalues():
    """The least eigenvalue in float64, poles up to 1e-9 from the circle: at most rounding below 0."""
    import numpy as np

    from numeric import gram
    from theory.papers.uncertainty_measurements import bounded

    results = []
    for order, gap in ((8, 1e-1), (16, 1e-4), (32, 1e-9)):
        poles = (1 - gap) * np.exp(2j * np.pi * np.arange(order) / (3 * order))
        values = np.linalg.eigvalsh(gram.gram(poles))
        slack = 1e-14 * order * values[-1]
        results.append(bounded(f"poles {gap:g} from the circle", {"S": order}, float(values[0]), -float(slack),
                               inside=bool(values[0] >= -slack)))
    return results


claim.must_refuse(
    sign_flipped=changed(le(C, zero(S, S))),
    strict=changed(lt(zero(S, S), C)),
    constant_improved=changed(le(2 * eye(S), C)),
    any_poles=changed(given={1: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)
claim.refute("sign_flipped")(fails_at(S=1, a=fn("n", 0)))
claim.refute("constant_improved")(fails_at(S=1, a=fn("n", 0)))
claim.refute("any_poles")(fails_at(S=1, a=fn("n", 2)))
