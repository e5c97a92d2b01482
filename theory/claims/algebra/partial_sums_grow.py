"""Partial sums of terms that are not negative."""
from theory.claim import Claim
from theory.language import SEQ, Sum, T, fn, forall, le, names, statement
from theory.mutations import changed, fails_at
from theory.proof import explained

n, m, q, f, k = names("n m q f k")


def grows(m):
    """Σ_{k=0}^n f(k) ≤ Σ_{k=0}^{n+m} f(k)."""
    return le(Sum("k", 0, n, f[k]), Sum("k", 0, n + m, f[k]))


claim = Claim(
    title="Partial sums grow",
    says="If f(k) ≥ 0 for every k ≥ 0, then Σ_{k=0}^n f(k) ≤ Σ_{k=0}^{n+m} f(k).",
    statement=statement(forall({"n": "nat", "m": "nat", "f": SEQ}, [forall({"k": "int"}, [le(0, k)], le(0, f[k]))], grows(m))),
    reference="elementary",
    hypotheses={"f ≥ 0": "f = −1, n = 0, m = 1"},
    limits="Finite sums.",
)


@claim.derive
def three_more(step):
    import sympy

    from theory.identities import nonnegative

    terms = sympy.symbols("f0:4", nonnegative=True)
    nonnegative(step, "n = 0, m = 3", sum(terms) - terms[0], why="what is added")


@claim.certify
@explained
def proof(p, _):
    """By induction on m: a term is added."""
    with p.inhabited_by(n=0, m=0, f=fn("k", 0)), p.generalise({"k": "int"}, [le(0, k)], le(0, T(0))) as none:
        p.squares(none.shows[3])
    with p.branch() as base:
        p.squares(grows(0))
    block = p.new_id()
    with p.branch() as step:
        p.squares(le(0, n + q + 1), [(1, [f"{block}.1"], "", 1), (1, [p.order("basic", le(0, n))], "", 1), (1, [], "", 1)])
        term = p.apply(p.given(1), le(0, f[n + q + 1]), k=n + q + 1)
        p.squares(grows(q + 1), [(1, [f"{block}.2"], "", 1), (1, [term], "", 1)])
    every = p.step("induction", forall({"q": "nat"}, [], grows(q)), block, base=base, step=step)
    p.apply(every, grows(m), q=m)


claim.must_refuse(
    falls=changed(le(Sum("k", 0, n + m, f[k]), Sum("k", 0, n, f[k]))),
    any_terms=changed(given={1: None}),
)
claim.refute("any_terms")(fails_at(n=0, m=1, f=fn("k", -1)))
