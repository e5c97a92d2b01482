"""A finite sum read backwards."""
from theory.claim import Claim
from theory.language import SEQ, Sum, eq, fn, forall, names, statement
from theory.mutations import changed, fails_at

g, h, n = names("g h n")
k = names("k")


def forwards(f, n):
    return Sum("k", 0, n, f(k))


def backwards(f, n):
    return Sum("k", 0, n, f(n - k))


claim = Claim(
    title="A finite sum read backwards",
    says="The sum of g(k) over k = 0..n equals the sum of g(n − k).",
    statement=statement(forall({"n": "nat", "g": SEQ}, [], eq(forwards(g.__getitem__, n), backwards(g.__getitem__, n)))),
    reference="elementary",
    limits="Finite sums of complex numbers; a series may not be reordered so.",
)


@claim.derive
def both_orders(step):
    import sympy

    from theory.identities import equal

    k, g = sympy.symbols("k", integer=True), sympy.Function("g")
    for last in (0, 1, 4):
        equal(step, f"n = {last}", sympy.Sum(g(k), (k, 0, last)), sympy.Sum(g(last - k), (k, 0, last)),
              why="the same terms in the other order")


@claim.certify
def proof(p, _):
    p.inhabited(n=0, g=fn("k", 0))
    m = names("m")
    q = names("q")
    shift = forall({"q": "nat"}, [], eq(Sum("k", 0, q, h[k + 1]), Sum("k", 0, q + 1, h[k]) - h[0]))
    with p.generalise({"h": SEQ}, [], shift) as shifted:
        with p.branch() as base:
            p.identity(eq(Sum("k", 0, 0, h[k + 1]), Sum("k", 0, 1, h[k]) - h[0]))
        block = p.new_id()
        with p.branch() as step:
            p.identity(eq(Sum("k", 0, q + 1, h[k + 1]), Sum("k", 0, q + 2, h[k]) - h[0]), [(f"{block}.2", 1)])
        p.step("induction", shift, block, base=base, step=step)

    def goal(m):
        return forall({"h": SEQ}, [], eq(forwards(h.__getitem__, m), backwards(h.__getitem__, m)))
    with p.branch() as base, p.generalise({"h": SEQ}, [], eq(forwards(h.__getitem__, 0), backwards(h.__getitem__, 0))):
        p.identity(eq(forwards(h.__getitem__, 0), backwards(h.__getitem__, 0)))
    block = p.new_id()
    with p.branch() as step, p.generalise({"h": SEQ}, [], eq(forwards(h.__getitem__, m + 1), backwards(h.__getitem__, m + 1))):
        turned = p.apply(f"{block}.2", eq(Sum("k", 0, m, h[k + 1]), Sum("k", 0, m, h[m - k + 1])), h=fn("k", h[k + 1]))
        every = p.apply(shifted, shift, h=h)
        moved = p.apply(every, eq(Sum("k", 0, m, h[k + 1]), Sum("k", 0, m + 1, h[k]) - h[0]), q=m)
        p.identity(eq(forwards(h.__getitem__, m + 1), backwards(h.__getitem__, m + 1)), [(moved, -1), (turned, 1)])
    induction = p.step("induction", forall({"m": "nat"}, [], goal(m)), block, base=base, step=step)
    at_n = p.apply(induction, goal(n), m=n)
    p.apply(at_n, eq(forwards(g.__getitem__, n), backwards(g.__getitem__, n)), h=g)


claim.must_refuse(
    index_shifted=changed(eq(Sum("k", 0, n, g[k]), Sum("k", 0, n, g[n - k + 1]))),
    sign_flipped=changed(eq(Sum("k", 0, n, g[k]), -Sum("k", 0, n, g[n - k]))),
    last_term_lost=changed(eq(Sum("k", 0, n, g[k]), Sum("k", 1, n, g[n - k]))),
)
claim.refute("index_shifted")(fails_at(n=0, g=fn("k", k)))
