"""A finite product of non-zero numbers is non-zero."""
from theory.claim import Claim
from theory.language import SEQ, Prod, eq, fn, forall, le, names, ne, statement, within
from theory.mutations import changed, fails_at

n, m, f, g, s = names("n m f g s")


def factors(f, n):
    return forall({"s": "int"}, within(1, s, n), ne(f[s], 0))


claim = Claim(
    title="A product of non-zero numbers is non-zero",
    says="If f_s ≠ 0 for s = 1..n, then Π f_s ≠ 0.",
    statement=statement(forall({"n": "nat", "f": SEQ}, [factors(f, n)], ne(Prod("s", 1, n, f[s]), 0))),
    reference="elementary",
    limits="Finite products; the empty product is 1.",
    hypotheses={"f_s ≠ 0": "one zero factor makes the product 0"},
)


@claim.derive
def reciprocals(step):
    import sympy

    from theory.identities import equal

    for size in (1, 2, 3):
        f = sympy.symbols(f"f1:{size + 1}", nonzero=True)
        equal(step, f"n = {size}", sympy.Mul(*f) * sympy.Mul(*(1 / value for value in f)), sympy.S.One, shown="Π f_s Π 1/f_s",
              why="the product has an inverse, which exists when every f_s ≠ 0")


@claim.certify
def proof(p, _):
    p.inhabited(n=1, f=fn("k", 1))

    def goal(m):
        return forall({"g": SEQ}, [factors(g, m)], ne(Prod("s", 1, m, g[s]), 0))
    with p.branch() as base, p.generalise({"g": SEQ}, [factors(g, 0)], ne(Prod("s", 1, 0, g[s]), 0)):
        p.order("nonzero", ne(Prod("s", 1, 0, g[s]), 0), p.step("instance", ne(1, 0)))
    block = p.new_id()
    with p.branch() as step, p.generalise({"g": SEQ}, [factors(g, m + 1)], ne(Prod("s", 1, m + 1, g[s]), 0)) as given:
        with p.generalise({"s": "int"}, within(1, s, m), ne(g[s], 0)) as fewer:
            p.squares(le(s, m + 1), [(1, [fewer(2)], "", 1), (1, [], "", 1)])
            p.apply(given(1), ne(g[s], 0), s=s)
        rest = p.apply(f"{block}.2", ne(Prod("s", 1, m, g[s]), 0), g=g)
        last = p.apply(given(1), ne(g[m + 1], 0), s=m + 1)
        p.order("product", ne(Prod("s", 1, m + 1, g[s]), 0), rest, last)
    induction = p.step("induction", forall({"m": "nat"}, [], goal(m)), block, base=base, step=step)
    p.apply(p.apply(induction, goal(n), m=n), ne(Prod("s", 1, n, f[s]), 0), g=f)


claim.must_refuse(
    factors_of_any_size=changed(given={1: None}),
    first_factor_of_any_size=changed(given={1: forall({"s": "int"}, within(2, s, n), ne(f[s], 0))}),
    sign_flipped=changed(eq(Prod("s", 1, n, f[s]), 0)),
)
claim.refute("first_factor_of_any_size")(fails_at(n=1, f=fn("k", 0)))
