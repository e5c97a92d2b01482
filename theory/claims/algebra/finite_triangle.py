"""The triangle inequality for finite sums."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Sum, fn, forall, le, names, statement
from theory.mutations import changed, fails_at
from theory.steps import triangle_inequality

N, m, q, n, g = names("N m q n g")


def triangle(m):
    return le(Abs(Sum("n", N, N + m, g[n])), Sum("n", N, N + m, Abs(g[n])))


claim = Claim(
    title="Triangle inequality for finite sums",
    says="The modulus of a finite sum is at most the sum of the moduli.",
    statement=statement(forall({"N": "int", "m": "nat", "g": SEQ}, [], triangle(m))),
    reference="elementary",
    limits="Finite sums of complex numbers with at least one term.",
)


@claim.certify
def proof(p, _):
    """By induction from |x + y| ≤ |x| + |y|."""
    p.inhabited(N=0, m=0, g=fn("k", 0))
    with p.branch() as base:
        p.squares(triangle(0), [(1, [], "", 0)])
    block = p.new_id()
    with p.branch() as step:
        head, last = Sum("n", N, N + q, g[n]), g[N + q + 1]
        two = triangle_inequality(p, head, last)
        p.squares(triangle(q + 1), [(1, [two], "", 1), (1, [f"{block}.2"], "", 1)])
    every = p.step("induction", forall({"q": "nat"}, [], triangle(q)), block, base=base, step=step)
    p.apply(every, triangle(m), q=m)


claim.must_refuse(
    sign_flipped=changed(le(Sum("n", N, N + m, Abs(g[n])), Abs(Sum("n", N, N + m, g[n])))),
    last_lost=changed(le(Abs(Sum("n", N, N + m, g[n])), Sum("n", N, N + m - 1, Abs(g[n])))),
    halved=changed(le(Abs(Sum("n", N, N + m, g[n])), Sum("n", N, N + m, Abs(g[n])) / 2)),
)
claim.refute("sign_flipped")(fails_at(N=0, m=1, g=fn("k", 1 - 2 * names("k"))))
for wrong in ("last_lost", "halved"):
    claim.refute(wrong)(fails_at(N=0, m=0, g=fn("k", 1)))


@claim.oracle
def walks():
    """The end of a walk of drawn steps is no farther from the start than its length."""
    import math

    from theory.papers.uncertainty_measurements import bounded, numbers

    found = []
    for count, seed in ((1, 1), (5, 2), (50, 3)):
        walk = [tuple(map(float, step)) for step in numbers(count, seed)]
        distance = math.hypot(math.fsum(x for x, _ in walk), math.fsum(y for _, y in walk))
        length = math.fsum(math.hypot(*step) for step in walk)
        found.append(bounded("distance", {"steps": count, "seed": seed}, distance, length, distance <= length * (1 + 1e-12)))
    return found
