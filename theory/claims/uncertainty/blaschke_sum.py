"""The transform of u = C⁻¹1 is one minus a Blaschke product (paper, Appendix C), for every order at once by determinants."""
from theory.claim import Claim
from theory.language import (Abs, Prod, Sum, T, both, conj, det, diag, entry, eq, eye, fn, forall, inv, invertible, lt, names, ne,
                             statement, within)
from theory.papers.uncertainty import (DISTINCT, POLES, STABLE, WHERE_C, WHERE_ONE, C, D, S, a, e, for_each_pole)
from theory.steps import conjugate_nonzero, diagonal_inverse, no_unit_product, unit_modulus

s, l, z, u, B = names("s l z u B")
REGULAR = for_each_pole(ne(1 - z * conj(a[s]), 0))
FACTOR = (a[s] - z) / (1 - z * conj(a[s]))
TRANSFORM = forall({"z": "complex"}, [REGULAR],
                   eq(Sum("s", 1, S, entry(u, s, 1) / (1 - z * conj(a[s]))), 1 - Prod("s", 1, S, conj(a[s])) * B(z)))
DEFECT = eq(1 - e.H @ inv(C) @ e, Prod("s", 1, S, Abs(a[s]) ** 2))
UNIMODULAR = forall({"z": "complex"}, [eq(Abs(z), 1)], for_each_pole(eq(Abs(FACTOR), 1)))
WHERE = [WHERE_C, WHERE_ONE, ("u", [], inv(C) @ e), ("B", ["z"], Prod("s", 1, S, FACTOR))]

claim = Claim(
    title="The transform of C⁻¹1 is a Blaschke product",
    says="With u = C⁻¹1, Σ u_s/(1 − z ā_s) = 1 − Π ā_s · Π (a_s − z)/(1 − z ā_s); hence 1 − 1ᵀC⁻¹1 = Π |a_s|², and each factor has "
         "modulus 1 on the unit circle.",
    statement=statement(forall(POLES, [STABLE, DISTINCT], both(TRANSFORM, DEFECT, UNIMODULAR)), WHERE),
    paper="UP", dossier="UP.C2", reference="Appendix C, second step", source="text",
    hypotheses={"|a_s| < 1": "1 − a_s ā_t may vanish", "distinct poles": "C is singular",
                "z ā_s ≠ 1": "the left side has a pole there"},
    limits="Zero poles are allowed.",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("n", 0))
    no_unit_product(p, a, S, p.given(1))
    p.abbreviate("D", [], diag("s", S, a[s]))
    stein = p.use("uncertainty.gram_stein", eq(C - D @ C @ D.H, e @ e.H), S=S, a=a)
    definite = p.use("uncertainty.gram_definite", both(lt(T(["zero", "S", "S"]), C), invertible(C)), S=S, a=a)
    regular = p.part(definite, invertible(C))
    left = p.step("invertible", eq(inv(C) @ C, eye(S)), mode="inverse", **{"from": regular})
    nonsingular = p.step("determinant", ne(det(C), 0), mode="nonzero", **{"from": regular})
    with p.generalise({"z": "complex"}, [REGULAR], TRANSFORM.json[3]) as block:
        transform(p, block(1), stein, left, nonsingular)
    with p.generalise({"s": "int"}, within(1, s, S), ne(1 - 0 * conj(a[s]), 0)):
        p.step("congruence", ne(1 - 0 * conj(a[s]), 0), equal=p.identity(eq(1, 1 - 0 * conj(a[s]))),
               context=fn("m_", ne("m_", 0)), **{"from": p.step("instance", ne(1, 0))})
    at_zero = p.apply(block.fact, eq(Sum("s", 1, S, entry(u, s, 1)), 1 - Prod("s", 1, S, conj(a[s])) * Prod("s", 1, S, a[s])), z=0)
    total = p.entries(eq(e.H @ inv(C) @ e, Sum("s", 1, S, entry(u, s, 1))))
    defect = p.identity(DEFECT, [(at_zero, -1), (total, -1)])
    with p.generalise({"z": "complex", "l": "int"}, [REGULAR, *within(1, l, S)], ne(1 - z * conj(a[l]), 0)) as given:
        p.apply(given(1), ne(1 - z * conj(a[l]), 0), s=l)
    proper = no_pole_on_circle(p)
    with p.generalise({"z": "complex"}, [eq(Abs(z), 1)], for_each_pole(eq(Abs(FACTOR), 1))) as circle, \
            p.generalise({"s": "int"}, within(1, s, S), eq(Abs(FACTOR), 1)):
        unimodular(p, circle(1), p.apply(proper, ne(1 - z * conj(a[s]), 0), z=z, l=s))
    p.both(block.fact, defect, circle.fact)


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


def no_pole_on_circle(p):
    """|z| = 1 gives 1 − zā_s ≠ 0: otherwise 1 = |zā_s| = |a_s| < 1."""
    with p.generalise({"z": "complex", "l": "int"}, [eq(Abs(z), 1), *within(1, l, S)], ne(1 - z * conj(a[l]), 0)) as given:
        below = p.apply(p.given(1), lt(Abs(a[l]), 1), s=l)
        with p.contradiction(ne(1 - z * conj(a[l]), 0)) as absurd:
            product = p.step("congruence", eq(Abs(z) * Abs(a[l]), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - names("m_"))))
            p.squares(lt(0, 0), [(1, [below], "", 1)], using=[(product, -1), (given(1), Abs(a[l]))])
    return given.fact


def unimodular(p, on_circle, proper):
    """|a − z|² = |1 − zā|² when |z| = 1."""
    x, bottom = a[s], 1 - z * conj(a[s])
    mirrored = conjugate_nonzero(p, bottom, proper)
    circle = p.identity(eq(z * conj(z), 1), [(on_circle, 1 + Abs(z))])
    square = p.identity(eq(FACTOR * conj(FACTOR), 1), [(circle, (1 - x * conj(x)) / bottom / conj(bottom))], nonzero=[proper, mirrored])
    unit_modulus(p, FACTOR, square)
