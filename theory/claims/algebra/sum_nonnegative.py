"""A finite sum of non-negative numbers is non-negative."""
from theory.claim import Claim
from theory.language import SEQ, Sum, fn, forall, le, lt, names, statement, within
from theory.mutations import changed, fails_at

n, m, f, g, s = names("n m f g s")


def terms(f, n):
    return forall({"s": "int"}, within(1, s, n), le(0, f[s]))


claim = Claim(
    title="A sum of non-negative numbers is non-negative",
    says="If f_s ≥ 0 for s = 1..n, then Σ f_s ≥ 0.",
    statement=statement(forall({"n": "nat", "f": SEQ}, [terms(f, n)], le(0, Sum("s", 1, n, f[s])))),
    reference="elementary",
    limits="Finite sums; the empty sum is 0.",
    hypotheses={"f_s ≥ 0": "one negative term makes a sum of one term negative"},
)


@claim.derive
def partial_sums(step):
    import sympy

    from theory.identities import equal, nonnegative

    f, s = sympy.Function("f"), sympy.symbols("s", integer=True)
    equal(step, "one term more", sympy.Sum(f(s), (s, 1, 3)) + f(4), sympy.Sum(f(s), (s, 1, 4)), why="the step of the induction")
    nonnegative(step, "its sign", sympy.Add(*sympy.symbols("f1:4", nonnegative=True)), why="three terms")


@claim.certify
def proof(p, _):
    p.inhabited(n=0, f=fn("k", 0))

    def goal(m):
        return forall({"g": SEQ}, [terms(g, m)], le(0, Sum("s", 1, m, g[s])))
    with p.branch() as base, p.generalise({"g": SEQ}, [terms(g, 0)], le(0, Sum("s", 1, 0, g[s]))):
        p.squares(le(0, Sum("s", 1, 0, g[s])))
    block = p.new_id()
    with p.branch() as step, p.generalise({"g": SEQ}, [terms(g, m + 1)], le(0, Sum("s", 1, m + 1, g[s]))) as given:
        with p.generalise({"s": "int"}, within(1, s, m), le(0, g[s])) as fewer:
            p.squares(le(s, m + 1), [(1, [fewer(2)], "", 1), (1, [], "", 1)])
            p.apply(given(1), le(0, g[s]), s=s)
        rest = p.apply(f"{block}.2", le(0, Sum("s", 1, m, g[s])), g=g)
        last = p.apply(given(1), le(0, g[m + 1]), s=m + 1)
        p.squares(le(0, Sum("s", 1, m + 1, g[s])), [(1, [rest], "", 1), (1, [last], "", 1)])
    induction = p.step("induction", forall({"m": "nat"}, [], goal(m)), block, base=base, step=step)
    p.apply(p.apply(induction, goal(n), m=n), le(0, Sum("s", 1, n, f[s])), g=f)


claim.must_refuse(
    strict=changed(lt(0, Sum("s", 1, n, f[s]))),
    terms_of_any_sign=changed(given={1: None}),
    first_term_of_any_sign=changed(given={1: forall({"s": "int"}, within(2, s, n), le(0, f[s]))}),
)
claim.refute("strict")(fails_at(n=0, f=fn("k", 0)))
claim.refute("first_term_of_any_sign")(fails_at(n=1, f=fn("k", -1)))
