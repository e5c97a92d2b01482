"""An alternating sum through the differences of its terms."""
from theory.claim import Claim
from theory.language import SEQ, Sum, T, eq, fn, forall, names, statement
from theory.mutations import changed, fails_at

N, m, q, n, g = names("N m q n g")


def alternating(m):
    """Σ_{n=N}^{N+m} (−1)^n g(n) = ½(−1)^N g(N) + ½(−1)^{N+m} g(N+m+1) + ½ Σ (−1)^n (g(n) − g(n+1))."""
    ends = T(-1) ** N * g[N] + T(-1) ** (N + m) * g[N + m + 1]
    return eq(Sum("n", N, N + m, T(-1) ** n * g[n]), ends / 2 + Sum("n", N, N + m, T(-1) ** n * (g[n] - g[n + 1])) / 2)


claim = Claim(
    title="An alternating sum through differences",
    says="Σ (−1)^n g(n) over n = N..N+m is half of (−1)^N g(N) + (−1)^{N+m} g(N+m+1) plus half of Σ (−1)^n (g(n) − g(n+1)).",
    statement=statement(forall({"N": "int", "m": "nat", "g": SEQ}, [], alternating(m))),
    reference="the method behind Lemma 19",
    limits="Finite sums of complex numbers.",
)


@claim.derive
def halves(step):
    import sympy

    from theory.identities import equal

    n, g = sympy.symbols("n", integer=True), sympy.Function("g")
    for last in (1, 2, 4):
        ends = -g(1) / 2 + (-1) ** last * g(last + 1) / 2
        equal(step, f"N = 1, {last} terms", sympy.Sum((-1) ** n * g(n), (n, 1, last)),
              ends + sympy.Sum((-1) ** n * (g(n) - g(n + 1)), (n, 1, last)) / 2,
              why="(−1)^n g(n) is half of (−1)^n g(n) − (−1)^{n+1} g(n+1), which telescopes, and half of (−1)^n (g(n) − g(n+1))")


@claim.certify
def proof(p, _):
    """(−1)^n g(n) is half of (−1)^n g(n) − (−1)^{n+1} g(n+1), which telescopes, plus half of (−1)^n (g(n) − g(n+1))."""
    p.inhabited(N=0, m=0, g=fn("k", 0))
    with p.branch() as base:
        p.identity(alternating(0))
    block = p.new_id()
    with p.branch() as step:
        p.identity(alternating(q + 1), [(f"{block}.2", 1)])
    every = p.step("induction", forall({"q": "nat"}, [], alternating(q)), block, base=base, step=step)
    p.apply(every, alternating(m), q=m)


def without(last):
    ends = T(-1) ** N * g[N] + last * T(-1) ** (N + m) * g[N + m + 1]
    return eq(Sum("n", N, N + m, T(-1) ** n * g[n]), ends / 2 + Sum("n", N, N + m, T(-1) ** n * (g[n] - g[n + 1])) / 2)


claim.must_refuse(last_lost=changed(without(0)), last_sign_flipped=changed(without(-1)), last_doubled=changed(without(2)))
for wrong in ("last_lost", "last_sign_flipped", "last_doubled"):
    claim.refute(wrong)(fails_at(N=1, m=1, g=fn("k", 1)))


@claim.oracle
def rational_sums():
    """Drawn rational numbers, added up one by one on both sides."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import compared, numbers

    g = [re for re, _ in numbers(30, 8)]
    found = []
    for first, more in ((0, 0), (1, 4), (6, 11), (3, 20)):
        span = range(first, first + more + 1)
        left = sum((-1) ** n * g[n] for n in span)
        right = sum(((-1) ** n * (g[n] - g[n + 1]) for n in span), Fraction(0))
        right += (-1) ** first * g[first] + (-1) ** (first + more) * g[first + more + 1]
        found.append(compared("alternating sum", {"N": first, "m": more}, left, right / 2))
    return found
