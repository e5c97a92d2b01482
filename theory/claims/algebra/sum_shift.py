"""A finite sum with its index counted from another place."""
from theory.claim import Claim
from theory.language import SEQ, Sum, eq, fn, forall, names, statement
from theory.mutations import changed, fails_at

n, m, q, s, j, g = names("n m q s j g")


def moved(n):
    """Σ_{s=m}^{m+n} g(s) = Σ_{j=0}^{n} g(j + m)."""
    return eq(Sum("s", m, m + n, g[s]), Sum("j", 0, n, g[j + m]))


claim = Claim(
    title="A finite sum counted from zero",
    says="The sum of g(s) over s = m..m+n equals the sum of g(j + m) over j = 0..n.",
    statement=statement(forall({"n": "nat", "m": "int", "g": SEQ}, [], moved(n))),
    reference="elementary",
    limits="Finite sums of complex numbers with at least one term.",
)


@claim.derive
def moved_index(step):
    import sympy

    from theory.identities import equal

    s, j, m, g = sympy.symbols("s", integer=True), sympy.symbols("j", integer=True), sympy.symbols("m", integer=True), sympy.Function("g")
    for number in (0, 2, 3):
        equal(step, f"n = {number}", sympy.Add(*(g(m + i) for i in range(number + 1))), sympy.Sum(g(j + m), (j, 0, number)),
              shown=sympy.Sum(g(s), (s, m, m + number)), why="s = j + m, term by term")


@claim.certify
def proof(p, _):
    """By induction on n: both sides gain the term g(m + n + 1)."""
    p.inhabited(n=0, m=0, g=fn("k", 0))
    with p.branch() as base:
        p.identity(moved(0))
    block = p.new_id()
    with p.branch() as step:
        p.identity(moved(q + 1), [(f"{block}.2", 1)])
    every = p.step("induction", forall({"q": "nat"}, [], moved(q)), block, base=base, step=step)
    p.apply(every, moved(n), q=n)


claim.must_refuse(
    index_lost=changed(eq(Sum("s", m, m + n, g[s]), Sum("j", 0, n, g[j]))),
    last_term_lost=changed(eq(Sum("s", m, m + n, g[s]), Sum("j", 0, n - 1, g[j + m]))),
    sign_flipped=changed(eq(Sum("s", m, m + n, g[s]), Sum("j", 0, n, g[j - m]))),
)
for wrong in ("index_lost", "last_term_lost", "sign_flipped"):
    claim.refute(wrong)(fails_at(n=1, m=2, g=fn("k", names("k") + 1)))


@claim.oracle
def partial_sums():
    """Rational numbers summed by hand from m and from 0."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import compared, numbers

    drawn = [re for re, _ in numbers(40, 5)]
    return [compared("sum", {"m": m, "n": n}, sum(drawn[s] for s in range(m, m + n + 1)),
                     sum((drawn[j + m] for j in range(n + 1)), Fraction(0)))
            for m, n in ((0, 3), (5, 1), (7, 20), (11, 0))]
