"""A convergent series from a later term on."""
from theory.claim import Claim
from theory.language import SEQ, Sum, T, fn, forall, names, statement, sums
from theory.mutations import changed
from theory.proof import explained

n, q, f, V, k = names("n q f V k")


def after(n, first=0):
    """Σ_{k≥n+1} f(k) = V − Σ_{k=0}^n f(k)."""
    return sums("k", n + 1, f[k], V - Sum("k", first, n, f[k]))


claim = Claim(
    title="A series from a later term on",
    says="If Σ_{k≥0} f(k) = V, then Σ_{k≥n+1} f(k) = V − Σ_{k=0}^n f(k).",
    statement=statement(forall({"n": "nat", "f": SEQ, "V": "complex"}, [sums("k", 0, f[k], V)], after(n))),
    reference="elementary",
    hypotheses={"Σ f(k) = V": "f = 0 and V = 1"},
    limits="Absolutely convergent series, as everywhere here.",
)


@claim.derive
def geometric_tail(step):
    import sympy

    from theory.identities import equal

    z = sympy.Symbol("z")
    for count in (1, 4):
        equal(step, f"n = {count}", sympy.cancel(1 / (1 - z) - sum(z**index for index in range(count))), z**count / (1 - z),
              shown="V - Σ", why="f(k) = z^k, |z| < 1")


@claim.certify
@explained
def proof(p, _):
    """By induction: one more term is taken off."""
    with p.inhabited_by(n=0, f=fn("k", 0), V=0):
        p.series("linear", sums("k", 0, T(0), 0), using=[])
    with p.branch() as base:
        p.series("peel", after(T(0)), p.given(1))
    block = p.new_id()
    with p.branch() as step:
        p.series("peel", after(q + 1), f"{block}.2")
    every = p.step("induction", forall({"q": "nat"}, [], after(q)), block, base=base, step=step)
    p.apply(every, after(n), q=n)


claim.must_refuse(
    first_term_kept=changed(after(n, 1)),
    one_term_more=changed(sums("k", n, f[k], V - Sum("k", 0, n, f[k]))),
    any_value=changed(given={1: None}),
)
