"""The transform of u = C⁻¹1 is one minus a Blaschke product (paper, Appendix C), for every order at once by determinants."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    Abs,
    Prod,
    Sum,
    T,
    both,
    conj,
    det,
    diag,
    entry,
    eq,
    eye,
    fn,
    forall,
    inv,
    invertible,
    le,
    lt,
    names,
    ne,
    statement,
    within,
    zero,
)
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import DISTINCT, POLES, STABLE, WHERE_C, WHERE_ONE, C, D, S, a, e, for_each_pole
from theory.proof import explained
from theory.steps import conjugate_nonzero, diagonal_inverse, no_unit_product, unit_modulus

s, r, z, u, B = names("s r z u B")
REGULAR = for_each_pole(ne(1 - z * conj(a[s]), 0))
FACTOR = (a[s] - z) / (1 - z * conj(a[s]))
TRANSFORM = forall({"z": "complex"}, [REGULAR],
                   eq(Sum("s", 1, S, entry(u, s, 1) / (1 - z * conj(a[s]))), 1 - Prod("s", 1, S, conj(a[s])) * B(z)))
DEFECT = eq(1 - e.H @ inv(C) @ e, Prod("s", 1, S, Abs(a[s]) ** 2))
UNIMODULAR = forall({"z": "complex"}, [eq(Abs(z), 1)], for_each_pole(eq(Abs(FACTOR), 1)))
WHERE = [WHERE_C, WHERE_ONE, ("u", [], inv(C) @ e), ("B", ["z"], Prod("s", 1, S, FACTOR))]


def draw(figure):
    """The phase of B on the unit circle: it grows by one turn for each pole, fastest next to the poles."""
    import numpy as np

    axes, omega = figure.subplots(), np.linspace(-np.pi, np.pi, 1001)
    for label, poles in (("one pole", [0.6]), ("two poles", [0.8j, -0.8j]), ("three poles", [0.9, 0.7j, -0.7j])):
        factors = [(pole - np.exp(1j * omega)) / (1 - np.exp(1j * omega) * np.conj(pole)) for pole in poles]
        turns = np.unwrap(np.angle(np.prod(factors, axis=0))) / (2 * np.pi)
        axes.plot(omega / np.pi, turns - turns[0], label=label)
    axes.set(xlabel=r"$\omega/\pi$ with $z = e^{i\omega}$", ylabel=r"turns of $B(z)$ since $\omega = -\pi$")
    axes.legend(fontsize=9)


claim = Claim(
    title="The transform of C⁻¹1 is a Blaschke product",
    says="With u = C⁻¹1, Σ u_s/(1 − z ā_s) = 1 − Π ā_s · Π (a_s − z)/(1 − z ā_s); hence 1 − 1ᵀC⁻¹1 = Π |a_s|², and each "
         "factor has modulus 1 on the unit circle.",
    statement=statement(forall(POLES, [STABLE, DISTINCT], both(TRANSFORM, DEFECT, UNIMODULAR)), WHERE),
    paper="UP", dossier="UP.C2", reference="Appendix C, second step", source="text",
    hypotheses={"|a_s| < 1": "1 − a_s ā_t may vanish", "distinct poles": "C is singular",
                "z ā_s ≠ 1": "the left side has a pole there"},
    limits="Zero poles are allowed; the left side is a rational function, nothing is said about convergence of series.",
    page=draw,
)


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        poles = symbolic.Poles(order, "z")
        symbolic.inverse(step, poles)
        symbolic.transform(step, poles)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("n", 0))
    no_unit_product(p, a, S, p.given(1))
    p.abbreviate("D", [], diag("s", S, a[s]))
    stein = p.use("uncertainty.gram_stein", eq(C - D @ C @ D.H, e @ e.H), S=S, a=a)
    definite = p.use("uncertainty.gram_definite", both(lt(zero(S, S), C), invertible(C)), S=S, a=a)
    regular = p.part(definite, invertible(C))
    left = p.step("invertible", eq(inv(C) @ C, eye(S)), mode="inverse", **{"from": regular})
    nonsingular = p.step("determinant", ne(det(C), 0), mode="nonzero", **{"from": regular})
    with p.generalise({"z": "complex"}, [REGULAR], TRANSFORM.json[3]) as block:
        transform(p, block(1), stein, left, nonsingular)
    with p.generalise({"s": "int"}, within(1, s, S), ne(1 - 0 * conj(a[s]), 0)):
        p.step("congruence", ne(1 - 0 * conj(a[s]), 0), equal=p.identity(eq(1, 1 - 0 * conj(a[s]))),
               context=fn("m_", ne("m_", 0)), **{"from": p.step("instance", ne(1, 0))})
    constant = 1 - Prod("s", 1, S, conj(a[s])) * Prod("s", 1, S, a[s])
    at_zero = p.apply(block.fact, eq(Sum("s", 1, S, entry(u, s, 1)), constant), z=0)
    total = p.entries(eq(e.H @ inv(C) @ e, Sum("s", 1, S, entry(u, s, 1))))
    defect = p.identity(DEFECT, [(at_zero, -1), (total, -1)])
    with p.generalise({"z": "complex", "r": "int"}, [REGULAR, *within(1, r, S)], ne(1 - z * conj(a[r]), 0)) as given:
        p.apply(given(1), ne(1 - z * conj(a[r]), 0), s=r)
    proper = no_pole_on_circle(p)
    with p.generalise({"z": "complex"}, [eq(Abs(z), 1)], for_each_pole(eq(Abs(FACTOR), 1))) as circle, \
            p.generalise({"s": "int"}, within(1, s, S), eq(Abs(FACTOR), 1)):
        unimodular(p, circle(1), p.apply(proper, ne(1 - z * conj(a[s]), 0), z=z, r=s))
    p.both(block.fact, defect, circle.fact)


@explained
def transform(p, proper, stein, left, nonsingular):
    """det(I − R C⁻¹ 1 1ᵀ) two ways, with R = (I − zD*)⁻¹: rank one, and R C⁻¹ (D − z) C D*."""
    R, E, Z = diag("s", S, 1 / (1 - z * conj(a[s]))), diag("s", S, a[s] - z), inv(C)
    resolvent = diagonal_inverse(p, S, 1 - z * conj(a[s]), proper, R @ (eye(S) - z * D.H))
    shifted = p.entries(eq(E, D - z * eye(S)))
    factored = p.operator(eq(eye(S) - R @ Z @ e @ e.H, R @ Z @ E @ C @ D.H),
                          [(shifted, -R @ Z, C @ D.H), (left, z * R, D.H), (stein, R @ Z), (left, -R, 1), (resolvent, -1)])
    determinants = p.step("congruence", eq(det(eye(S) - R @ Z @ e @ e.H), det(R @ Z @ E @ C @ D.H)), equal=factored,
                          context=["fn", "m_", ["det", "m_"]])
    lemma = p.step("determinant", eq(det(eye(S) - R @ Z @ e @ e.H), 1 - e.H @ R @ Z @ e), mode="rank_one", x=-R @ Z @ e, y=e.H)
    value = p.entries(eq(e.H @ R @ Z @ e, Sum("s", 1, S, entry(u, s, 1) / (1 - z * conj(a[s])))))
    p.identity(eq(Sum("s", 1, S, entry(u, s, 1) / (1 - z * conj(a[s]))), 1 - Prod("s", 1, S, conj(a[s])) * B(z)),
               [(value, -1), (lemma, 1), (determinants, -1)], nonzero=[nonsingular])


@explained
def no_pole_on_circle(p):
    """|z| = 1 gives 1 − zā_s ≠ 0: otherwise 1 = |zā_s| = |a_s| < 1."""
    with p.generalise({"z": "complex", "r": "int"}, [eq(Abs(z), 1), *within(1, r, S)], ne(1 - z * conj(a[r]), 0)) as given:
        below = p.apply(p.given(1), lt(Abs(a[r]), 1), s=r)
        with p.contradiction(ne(1 - z * conj(a[r]), 0)) as absurd:
            product = p.step("congruence", eq(Abs(z) * Abs(a[r]), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - names("m_"))))
            p.squares(lt(0, 0), [(1, [below], "", 1)], using=[(product, -1), (given(1), Abs(a[r]))])
    return given.fact


@explained
def unimodular(p, on_circle, proper):
    """|a − z|² = |1 − zā|² when |z| = 1."""
    x, bottom = a[s], 1 - z * conj(a[s])
    mirrored = conjugate_nonzero(p, bottom, proper)
    circle = p.identity(eq(z * conj(z), 1), [(on_circle, 1 + Abs(z))])
    square = p.identity(eq(FACTOR * conj(FACTOR), 1), [(circle, (1 - x * conj(x)) / bottom / conj(bottom))],
                        nonzero=[proper, mirrored])
    unit_modulus(p, FACTOR, square)


def blaschke_side(a, z):
    """The formula, exactly: 1 − Π ā_s (a_s − z)/(1 − z ā_s)."""
    from numeric import reference

    product = reference.ONE
    for pole in reference.column(a):
        product = product * pole.conjugate() * (pole - z) / (reference.ONE - z * pole.conjugate())
    return reference.ONE - product


def first_solution(a):
    """u with X u = 1, where X is the exact solution of X = D X D* + 1 1ᵀ."""
    from numeric import reference

    ones = [reference.ONE] * len(a)
    return reference.solve(reference.stein(reference.diagonal(a), reference.outer(ones)), ones)


@claim.oracle
def exact_transform():
    """Solve for u over the Gaussian rationals, sum u_s/(1 − z ā_s) at 0, inside, on and outside the circle."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, poles, text

    inside, on_circle = (Fraction(1, 3), Fraction(-1, 5)), (Fraction(3, 5), Fraction(4, 5))
    points = {"0": 0, "inside": inside, "on the circle": on_circle, "outside": 7}
    results = []
    for order in (1, 2, 3, 4):
        a = poles(order, order + 50)
        u = first_solution(a)
        for where, point in points.items():
            z = reference.gaussian(point)
            parts = [reference.ONE / (reference.ONE - z * pole.conjugate()) for pole in reference.column(a)]
            measured, expected = reference.dot(u, parts), blaschke_side(a, z)
            results.append(compared(f"z {where}", {"S": order, "z": text(z)}, text(measured), text(expected),
                                    inside=measured == expected))
    return results


claim.must_refuse(
    defect_not_squared=changed(eq(1 - e.H @ inv(C) @ e, Prod("s", 1, S, Abs(a[s])))),
    defect_sign_flipped=changed(eq(1 + e.H @ inv(C) @ e, Prod("s", 1, S, Abs(a[s]) ** 2))),
    conjugates_dropped=changed(eq(Sum("s", 1, S, entry(u, s, 1) / (1 - IMAGINARY * conj(a[s]))), 1 - Prod("s", 1, S, a[s]) * B(IMAGINARY))),
    unimodular_inside=changed(forall({"z": "complex"}, [le(Abs(z), 1)], for_each_pole(eq(Abs(FACTOR), 1)))),
    poles_may_coincide=changed(given={2: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)
claim.refute("defect_not_squared")(fails_at(S=1, a=fn("n", T(1) / 2)))
claim.refute("defect_sign_flipped")(fails_at(S=1, a=fn("n", T(1) / 2)))
claim.refute("conjugates_dropped")(fails_at(S=1, a=fn("n", IMAGINARY / 2)))
