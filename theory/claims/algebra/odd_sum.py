"""A sum over a symmetric range in which opposite terms cancel, all but the last."""
from theory.claim import Claim
from theory.language import SEQ, Sum, T, eq, fn, forall, le, names, statement, within
from theory.mutations import changed, fails_at

n, m, k, u, v = names("n m k u v")
CANCEL = forall({"k": "int"}, within(0, k, n + 1), eq(u[k], -u[n + 1 - k]))
GOAL = eq(Sum("k", 1, n + 1, u[k - 1]), -u[n + 1])

claim = Claim(
    title="A sum of opposite terms",
    says="If u(k) = −u(n + 1 − k) for k = 0..n+1, then u(0) + … + u(n) = −u(n + 1).",
    statement=statement(forall({"n": "nat", "u": SEQ}, [CANCEL], GOAL)),
    reference="elementary",
    hypotheses={"u(k) = −u(n+1−k)": "u = 1 sums to n + 1"},
    limits="Finite sums.",
)


@claim.derive
def opposite_terms(step):
    import sympy

    from theory.identities import equal

    for last in (1, 2, 3):
        free = sympy.symbols(f"u0:{last // 2 + 1}")
        u = dict(enumerate(free))
        u.update({last + 1 - k: -value for k, value in enumerate(free) if k != last + 1 - k})
        u = {k: 0 if 2 * k == last + 1 else u[k] for k in range(last + 2)}
        equal(step, f"n = {last}", sum(u[k] for k in range(last + 1)), -u[last + 1], shown="u(0) + … + u(n)",
              why="u(k) = −u(n+1−k), and 0 in the middle; only u(0) has its partner outside the sum")


@claim.certify
def proof(p, _):
    p.inhabited(n=0, u=fn("k", 0))

    def shifted(m):
        return eq(Sum("k", 1, m + 1, u[k - 1]), Sum("k", 0, m, u[k]))
    with p.branch() as base:
        p.identity(shifted(0))
    block = p.new_id()
    with p.branch() as step:
        p.identity(shifted(m + 1), [(f"{block}.2", 1)])
    every = p.step("induction", forall({"m": "nat"}, [], shifted(m)), block, base=base, step=step)
    at_n = p.apply(every, shifted(n), m=n)
    turned = p.use("algebra.sum_reversal", eq(Sum("k", 0, n + 1, u[k]), Sum("k", 0, n + 1, u[n + 1 - k])), n=n + 1, g=u)
    opposite = p.step("congruence", eq(Sum("k", 0, n + 1, u[k]), Sum("k", 0, n + 1, -u[n + 1 - k])), equal=p.given(1))
    p.identity(GOAL, [(at_n, 1), (turned, T(1) / 2), (opposite, T(1) / 2)])


claim.must_refuse(
    even_terms=changed(given={1: forall({"k": "int"}, within(0, k, n + 1), eq(u[k], u[n + 1 - k]))}),
    sign_flipped=changed(eq(Sum("k", 1, n + 1, u[k - 1]), u[n + 1])),
    middle_free=changed(given={1: forall({"k": "int"}, [le(0, k), le(k, n)], eq(u[k], -u[n - k]))}),
)
claim.refute("sign_flipped")(fails_at(n=0, u=fn("k", 1 - 2 * k)))
claim.refute("even_terms")(fails_at(n=0, u=fn("k", 1)))


@claim.oracle
def antisymmetric():
    """Rational numbers made antisymmetric, summed one by one."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import compared, numbers

    found = []
    for size in (1, 2, 5, 10):
        drawn = [re for re, _ in numbers(size + 1, size)]
        odd = [(x - y) / 2 for x, y in zip(drawn, reversed(drawn), strict=True)]
        found.append(compared("sum without the last", {"n": size - 1}, sum(odd[:-1], Fraction(0)), -odd[-1]))
    return found
