"""A finite sum in which one term is picked."""
from theory.claim import Claim
from theory.language import SEQ, Sum, delta, entry, eq, eye, fn, forall, matrix, names, statement, vec, within
from theory.mutations import changed, fails_at

n, m, g, j, k = names("n m g j k")


def picked(value):
    """Σ_{k=1}^n δ(k, m) g(k) = value."""
    return eq(Sum("k", 1, n, delta(k, m) * g[k]), value)


claim = Claim(
    title="One term of a sum",
    says="The sum of δ(k, m) g(k) over k = 1..n is g(m) if 1 ≤ m ≤ n.",
    statement=statement(forall({"n": "nat", "m": "int", "g": SEQ}, within(1, m, n), picked(g[m]))),
    reference="elementary",
    hypotheses={"1 ≤ m ≤ n": "otherwise the sum is 0"},
    limits="Finite sums of complex numbers.",
)


@claim.derive
def one_of_four(step):
    import sympy

    from theory.identities import confirm

    term, index = sympy.Function("g"), sympy.Symbol("k", integer=True)
    gaps = [sympy.Sum(sympy.KroneckerDelta(index, place) * term(index), (index, 1, 4)).doit() - term(place) for place in range(1, 5)]
    confirm(step, "one term stays", gaps, why="n = 4 and m = 1..4, with terms that are symbols")


@claim.certify
def proof(p, _):
    """Row m of the identity times the column of the values."""
    p.inhabited(n=1, m=1, g=fn("k", 0))
    unit, column = matrix("j", n, "k", n, delta(k, j)), vec("k", n, g[k])
    same = p.entries(eq(unit, eye(n)))
    whole = p.operator(eq(unit @ column, column), [(same, 1, column)])
    row = p.step("congruence", eq(entry(unit @ column, m, 1), entry(column, m, 1)), equal=whole, context=fn("m_", entry("m_", m, 1)))
    p.identity(picked(g[m]), [(row, 1)])


claim.must_refuse(
    wrong_term=changed(picked(g[m + 1])),
    below_the_range=changed(given={1: None}),
    above_the_range=changed(given={2: None}),
)
claim.refute("wrong_term")(fails_at(n=1, m=1, g=fn("k", "k")))
claim.refute("below_the_range")(fails_at(n=1, m=0, g=fn("k", 1)))
claim.refute("above_the_range")(fails_at(n=1, m=2, g=fn("k", 1)))
