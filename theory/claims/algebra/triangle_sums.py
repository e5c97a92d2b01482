"""The modulus of a finite sum."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Sum, fn, forall, le, names, statement, within
from theory.mutations import changed, fails_at
from theory.proof import explained

n, q, f, h, k = names("n q f h k")


def below(n):
    """|Σ_{k=0}^n f(k)| ≤ Σ_{k=0}^n h(k)."""
    return le(Abs(Sum("k", 0, n, f[k])), Sum("k", 0, n, h[k]))


BOUND = forall({"k": "int"}, within(0, k, n), le(Abs(f[k]), h[k]))

claim = Claim(
    title="The triangle inequality for finite sums",
    says="|f(k)| ≤ h(k) for k = 0..n gives |Σ f(k)| ≤ Σ h(k).",
    statement=statement(forall({"n": "nat", "f": SEQ, "h": SEQ}, [BOUND], below(n))),
    reference="elementary",
    hypotheses={"|f(k)| ≤ h(k)": "f = 1 and h = 0"},
    limits="Finite sums of complex numbers.",
)


@claim.derive
def square(step):
    """Two terms."""
    import sympy

    from theory.identities import confirm

    a, b, c, d = sympy.symbols("a b c d", real=True)
    confirm(step, "(|x| + |y|)² − |x + y|² = 2(|x||y| − Re x̄y)",
            [sympy.expand((a + c) ** 2 + (b + d) ** 2 - (a**2 + b**2) - (c**2 + d**2) - 2 * (a * c + b * d)),
             sympy.expand((a**2 + b**2) * (c**2 + d**2) - (a * c + b * d) ** 2 - (a * d - b * c) ** 2)],
            why="x = a + ib, y = c + id; and |x|²|y|² − (Re x̄y)² is a square")


@claim.certify
@explained
def proof(p, _):
    """By induction with |x + y| ≤ |x| + |y|."""
    p.inhabited(n=0, f=fn("k", 0), h=fn("k", 0))
    block = p.new_id()
    with p.branch() as base, p.generalise({}, [le(0, n)], below(0)):
        p.apply(p.given(1), le(Abs(f[0]), h[0]), k=0)
    with p.branch() as step, p.generalise({}, [le(q + 1, n)], below(q + 1)) as more:
        p.squares(le(q, n), [(1, [more(1)], "", 1), (1, [], "", 1)])
        before = p.apply(f"{block}.2", below(q))
        p.squares(le(0, q + 1), [(1, [f"{block}.1"], "", 1), (1, [], "", 1)])
        last = p.apply(p.given(1), le(Abs(f[q + 1]), h[q + 1]), k=q + 1)
        whole = p.use("algebra.triangle", le(Abs(Sum("k", 0, q, f[k]) + f[q + 1]), Abs(Sum("k", 0, q, f[k])) + Abs(f[q + 1])),
                      x=Sum("k", 0, q, f[k]), y=f[q + 1])
        p.squares(below(q + 1), [(1, [before], "", 1), (1, [last], "", 1), (1, [whole], "", 1)])
    every = p.step("induction", forall({"q": "nat"}, [], forall({}, [le(q, n)], below(q))), block, base=base, step=step)
    p.apply(p.apply(every, forall({}, [le(n, n)], below(n)), q=n), below(n))


claim.must_refuse(
    half=changed(le(2 * Abs(Sum("k", 0, n, f[k])), Sum("k", 0, n, h[k]))),
    last_term_lost=changed(le(Abs(Sum("k", 0, n, f[k])), Sum("k", 0, n - 1, h[k]))),
    not_below=changed(given={1: None}),
)
claim.refute("half")(fails_at(n=0, f=fn("k", 1), h=fn("k", 1)))
claim.refute("last_term_lost")(fails_at(n=0, f=fn("k", 1), h=fn("k", 1)))
claim.refute("not_below")(fails_at(n=0, f=fn("k", 1), h=fn("k", 0)))


@claim.oracle
def drawn_sums():
    """Sums of drawn complex numbers in high precision, against the sum of their moduli; numbers on one ray come within their rounding."""
    import mpmath

    from theory.papers.uncertainty_measurements import bounded, numbers

    results = []
    with mpmath.workdps(40):
        drawn = [mpmath.mpc(*(mpmath.mpf(part.numerator) / part.denominator for part in pair)) for pair in numbers(12, 3)]
        for name, terms in (("drawn", drawn), ("nearly on one ray", [1 + term / 1000 for term in drawn])):
            size, most = abs(mpmath.fsum(terms)), mpmath.fsum(abs(term) for term in terms)
            results.append(bounded(name, {"n": len(terms) - 1}, most, size, most >= size))
    return results
