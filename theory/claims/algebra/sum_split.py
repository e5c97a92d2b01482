"""A finite sum in two parts."""
from theory.claim import Claim
from theory.language import SEQ, Sum, eq, fn, forall, names, statement
from theory.mutations import changed, fails_at

n, m, q, k, g = names("n m q k g")


def parts(m, first=n):
    """Σ_{k=1}^{n+m} g(k) = Σ_{k=1}^n g(k) + Σ_{k=1}^m g(n + k)."""
    return eq(Sum("k", 1, n + m, g[k]), Sum("k", 1, n, g[k]) + Sum("k", 1, m, g[first + k]))


claim = Claim(
    title="A sum in two parts",
    says="The sum of g(k) over k = 1..n+m is the sum over k = 1..n plus the sum of g(n + k) over k = 1..m.",
    statement=statement(forall({"n": "nat", "m": "nat", "g": SEQ}, [], parts(m))),
    reference="elementary",
    limits="Finite sums of complex numbers.",
)


@claim.derive
def any_terms(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    term = sympy.Function("g")
    gaps = [sum(term(j) for j in range(1, a + b + 1)) - sum(term(j) for j in range(1, a + 1)) - sum(term(a + j) for j in range(1, b + 1))
            for a in range(4) for b in range(4)]
    confirm(step, "Σ_{k≤n+m} = Σ_{k≤n} + Σ_{k≤m} shifted", gaps, why="n, m = 0..3 with terms g(1), g(2), … that are symbols")


@claim.certify
def proof(p, _):
    """Induction on m: the last term goes from one side to the other."""
    p.inhabited(n=0, m=0, g=fn("k", 0))
    with p.branch() as base:
        p.identity(parts(0))
    block = p.new_id()
    with p.branch() as step:
        p.identity(parts(q + 1), [(f"{block}.2", 1)])
    every = p.step("induction", forall({"q": "nat"}, [], parts(q)), block, base=base, step=step)
    p.apply(every, parts(m), q=m)


claim.must_refuse(not_shifted=changed(parts(m, 0)), shifted_too_far=changed(parts(m, n + 1)),
                  one_too_few=changed(eq(Sum("k", 1, n + m, g[k]), Sum("k", 1, n, g[k]) + Sum("k", 2, m, g[n + k]))))
for wrong in ("not_shifted", "shifted_too_far", "one_too_few"):
    claim.refute(wrong)(fails_at(n=1, m=1, g=fn("k", "k")))


@claim.oracle
def rational_sums():
    """Drawn rational numbers, added up one by one."""
    from theory.papers.uncertainty_measurements import compared, numbers

    g = [re for re, _ in numbers(30, 8)]
    return [compared("sum", {"n": first, "m": more}, sum(g[:first + more]), split_sum(g, first, more))
            for first, more in ((0, 0), (1, 4), (7, 0), (6, 11))]


def split_sum(g, first, more):
    total = 0
    for j in range(first):
        total += g[j]
    for j in range(more):
        total += g[first + j]
    return total
