"""A sum over −M..M by opposite pairs."""
from theory.claim import Claim
from theory.language import SEQ, Sum, eq, fn, forall, names, statement
from theory.mutations import changed, fails_at
from theory.proof import explained

M, m, q, s, f = names("M m q s f")


def paired(M):
    """Σ_{s=−M}^{M} f(s) = f(0) + Σ_{s=1}^{M} (f(s) + f(−s))."""
    return eq(Sum("s", -M, M, f[s]), f[0] + Sum("s", 1, M, f[s] + f[-s]))


claim = Claim(
    title="A symmetric sum by opposite pairs",
    says="Σ f(s) over s = −M..M is f(0) plus Σ (f(s) + f(−s)) over s = 1..M.",
    statement=statement(forall({"M": "nat", "f": SEQ}, [], paired(M))),
    reference="elementary",
    limits="Finite sums of complex numbers.",
)


@claim.derive
def pairs(step):
    import sympy

    from theory.identities import equal

    s, f = sympy.symbols("s", integer=True), sympy.Function("f")
    for last in (0, 1, 3):
        equal(step, f"M = {last}", sympy.Sum(f(s), (s, -last, last)), f(0) + sympy.Sum(f(s) + f(-s), (s, 1, last)), why="s with −s")


@claim.certify
def proof(p, _):
    """By induction on M: the two new terms are f(−M−1) and f(M+1)."""
    p.inhabited(M=0, f=fn("k", 0))
    first = first_term(p)
    with p.branch() as base:
        p.identity(paired(0))
    block = p.new_id()
    with p.branch() as step:
        low = p.apply(first, eq(Sum("s", -q - 1, q + 1, f[s]), f[-q - 1] + Sum("s", -q, q + 1, f[s])), q=2 * q + 1, m=-q - 1)
        p.identity(paired(q + 1), [(f"{block}.2", 1), (low, 1)])
    every = p.step("induction", forall({"q": "nat"}, [], paired(q)), block, base=base, step=step)
    p.apply(every, paired(M), q=M)


@explained
def first_term(p):
    """The first term of a sum may be split off."""
    def split(q):
        return eq(Sum("s", m, m + q + 1, f[s]), f[m] + Sum("s", m + 1, m + q + 1, f[s]))
    with p.generalise({"q": "nat", "m": "int"}, [], split(q)) as block:
        inner = names("r_")
        with p.branch() as base:
            p.identity(split(0))
        name = p.new_id()
        with p.branch() as step:
            p.identity(split(inner + 1), [(f"{name}.2", 1)])
        every = p.step("induction", forall({"r_": "nat"}, [], split(inner)), name, base=base, step=step)
        p.apply(every, split(q), r_=q)
    return block.fact


claim.must_refuse(
    centre_twice=changed(eq(Sum("s", -M, M, f[s]), Sum("s", 0, M, f[s] + f[-s]))),
    opposite_lost=changed(eq(Sum("s", -M, M, f[s]), f[0] + Sum("s", 1, M, f[s]))),
    sign_flipped=changed(eq(Sum("s", -M, M, f[s]), f[0] + Sum("s", 1, M, f[s] - f[-s]))),
)
for wrong in ("centre_twice", "opposite_lost", "sign_flipped"):
    claim.refute(wrong)(fails_at(M=1, f=fn("k", 1)))


@claim.oracle
def rational_sums():
    """Drawn rational numbers, summed from −M upwards and by pairs."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import compared, numbers

    found = []
    for size in (0, 1, 4, 15):
        values = [re for re, _ in numbers(2 * size + 1, size)]
        centre = size
        pairs = sum((values[centre + s] + values[centre - s] for s in range(1, size + 1)), Fraction(0))
        found.append(compared("sum", {"M": size}, sum(values, Fraction(0)), values[centre] + pairs))
    return found
