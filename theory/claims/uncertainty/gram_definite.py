"""The Gram matrix is positive definite when the poles are distinct."""
from theory.claim import Claim
from theory.claims.uncertainty.gram_semidefinite import FORM, quadratic_form, response
from theory.language import Abs, both, conj, entry, eq, eye, fn, forall, invertible, le, lt, mat, names, statement, within, zero
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import DISTINCT, POLES, STABLE, WHERE_C, C, K, S, a, for_each_pole, k
from theory.steps import no_unit_product, term_below_total

s, x = names("s x")

claim = Claim(
    title="The Gram matrix is positive definite for distinct poles",
    says="For distinct poles in the open disk the Gram matrix is positive definite, hence invertible.",
    statement=statement(forall(POLES, [STABLE, DISTINCT], both(lt(zero(S, S), C), invertible(C))), [WHERE_C]),
    reference="stated in the setting of the paper",
    hypotheses={"|a_s| < 1": "a = 2 gives the entry −1/3", "distinct poles": "two equal poles give two equal rows"},
    limits="A pole at 0 is allowed. No lower bound on the eigenvalues: they shrink as poles approach each other.",
)


@claim.derive
def determinants(step):
    from itertools import permutations
    from math import prod

    import sympy
    from sympy.combinatorics import Permutation

    from theory.identities import equal
    from theory.papers import uncertainty_symbolic as symbolic

    def parity(turn):
        return Permutation(list(turn)).signature()

    for order in (1, 2, 3):
        poles = symbolic.Poles(order)
        a, c, one = poles.a, poles.c, poles.field.one
        value = sum(parity(turn) * prod((poles.C[s][t] for s, t in enumerate(turn)), start=one) for turn in permutations(poles.range))
        apart = prod(((a[s] - a[t]) * (c[s] - c[t]) for s in poles.range for t in range(s)), start=one)
        symbolic.confirm(step, f"S = {order}: Cauchy's determinant", [value - apart / prod(1 - x * y for x in a for y in c)],
                         why="Π_{s<t} |a_s − a_t|²/Π (1 − a_s ā_t): positive for distinct poles in the disk, as is every leading minor")
    x, y = sympy.symbols("a b", real=True)
    equal(step, "two real poles", sympy.Matrix(2, 2, lambda s, t: 1 / (1 - (x, y)[s] * (x, y)[t])).det(),
          (x - y) ** 2 / ((1 - x**2) * (1 - y**2) * (1 - x * y) ** 2), shown="det C",
          why="it vanishes where the poles meet, to second order")


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("n", 0))
    no_unit_product(p, a, S, p.given(1))
    with p.generalise({"x": mat(S)}, [eq(C @ x, zero(S))], eq(x, zero(S))) as trivial:
        value, energy = quadratic_form(p)
        with p.generalise({"K": "nat"}, [], eq(response(K), 0)):
            below = term_below_total(p, energy, response, k, K, FORM)
            nothing = p.squares(le(Abs(response(K)) ** 2, 0), [(1, [below], "", 1)], using=[(trivial(1), x.H, 1), (value, -1)])
            p.order("vanish", eq(response(K), 0), nothing, Y=response(K))
        zeros = p.use("algebra.distinct_nodes", forall({"s": "int"}, within(1, s, S), eq(conj(entry(x, s, 1)), 0)),
                      S=S, z=a, x=fn("n", conj(entry(x, names("n"), 1))))
        with p.generalise({"s": "int"}, within(1, s, S), eq(entry(x, s, 1), entry(zero(S), s, 1))) as each:
            flipped = p.apply(zeros, eq(conj(entry(x, s, 1)), 0), s=s)
            p.step("congruence", eq(entry(x, s, 1), entry(zero(S), s, 1)), equal=flipped, context=fn("n", conj(names("n"))))
        p.entries(eq(x, zero(S)), each=each)
    regular = p.step("invertible", invertible(C), mode="kernel", **{"from": trivial})
    half = p.use("uncertainty.gram_semidefinite", le(zero(S, S), C), S=S, a=a)
    definite = p.step("quadratic_form", lt(zero(S, S), C), mode="definite", **{"from": [half, regular]})
    p.both(definite, regular)


@claim.oracle
def exact_pivots():
    """Pivots of the exact solution of X = D X D* + 1 1ᵀ: all positive for distinct poles, one 0 for a repeated pole."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, poles

    results = []
    for order in (1, 2, 3, 4):
        a = poles(order, order + 30)
        least = min(pivots(reference.stein(reference.diagonal(a), reference.outer([reference.ONE] * order))))
        results.append(bounded("least pivot, distinct poles", {"S": order}, least, 0, inside=least > 0))
    a = [*a, a[0]]
    least = min(pivots(reference.stein(reference.diagonal(a), reference.outer([reference.ONE] * len(a)))))
    return [*results, bounded("least pivot, one pole repeated", {"S": len(a)}, least, 0, inside=least == 0)]


def pivots(matrix):
    """Pivots of a Hermitian matrix over the Gaussian rationals, without exchanges; elimination stops at the first that is 0."""
    rows, found = [list(row) for row in matrix], []
    for s, row in enumerate(rows):
        found.append(row[s].re)
        if not row[s]:
            break
        for other in rows[s + 1:]:
            factor = other[s] / row[s]
            other[:] = [x - factor * y for x, y in zip(other, row, strict=True)]
    return found


claim.must_refuse(
    poles_may_coincide=changed(given={2: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
    any_poles=changed(given={1: None}),
    constant_improved=changed(le(2 * eye(S), C)),
    sign_flipped=changed(lt(C, zero(S, S))),
)
claim.refute("constant_improved")(fails_at(S=1, a=fn("n", 0)))
claim.refute("sign_flipped")(fails_at(S=1, a=fn("n", 0)))
