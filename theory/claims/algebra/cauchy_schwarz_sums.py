"""Cauchy–Schwarz for sums."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Sum, conj, eq, eye, fn, forall, le, names, statement, vec
from theory.mutations import changed, fails_at

n, u, v, k, s = names("n u v k s")


def energy(u):
    return Sum("k", 1, n, Abs(u[k]) ** 2)


PRODUCT = Sum("k", 1, n, u[k] * v[k])
GOAL = le(Abs(PRODUCT) ** 2, energy(u) * energy(v))

claim = Claim(
    title="Cauchy–Schwarz for sums",
    says="|Σ u_k v_k|² ≤ Σ |u_k|² · Σ |v_k|² for complex numbers, k = 1..n.",
    statement=statement(forall({"n": "nat", "u": SEQ, "v": SEQ}, [], GOAL)),
    reference="elementary",
    limits="Finite sums; equality when v is a multiple of ū.",
)


@claim.derive
def lagrange(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    u, v, x, y = (sympy.symbols(f"{name}1:4") for name in "uvxy")
    gaps = []
    for size in (1, 2, 3):
        left = sum(u[k] * x[k] for k in range(size)) * sum(v[k] * y[k] for k in range(size))
        left -= sum(u[k] * v[k] for k in range(size)) * sum(x[k] * y[k] for k in range(size))
        minors = sum((u[j] * y[k] - u[k] * y[j]) * (x[j] * v[k] - x[k] * v[j]) for j in range(size) for k in range(j + 1, size))
        gaps.append(sympy.expand(left - minors))
    confirm(step, "Lagrange's identity", gaps, why="x = ū, y = v̄: the gap is the sum of |u_j v̄_k − u_k v̄_j|²")


@claim.certify
def proof(p, _):
    """x*(vv*)x ≤ (v*v)(x*x) for the column x = ū."""
    p.inhabited(n=0, u=fn("k", 0), v=fn("k", 0))
    x, y = vec("s", n, conj(u[s])), vec("s", n, v[s])
    order = p.use("algebra.cauchy_schwarz", le(y @ y.H, (y.H @ y) * eye(n)), n=n, v=y)
    sizes = [p.entries(eq(z.H @ z, energy(w))) for z, w in ((x, u), (y, v))]
    form = p.squares(le(x.H @ y @ y.H @ x, (y.H @ y) * (x.H @ x)), [(1, [], order, x)])
    product = p.entries(eq(x.H @ y, PRODUCT))
    mirrored = p.step("congruence", eq((x.H @ y).H, conj(PRODUCT)), equal=product, context=fn("m_", ["adj", "m_"]))
    p.squares(GOAL, [(1, [form], "", 1)], using=[(sizes[0], y.H @ y), (sizes[1], energy(u)), (product, -1, y.H @ x), (mirrored, -PRODUCT)])


claim.must_refuse(
    constant_improved=changed(le(Abs(PRODUCT) ** 2, energy(u) * energy(v) / 2)),
    sign_flipped=changed(le(energy(u) * energy(v), Abs(PRODUCT) ** 2)),
    one_energy=changed(le(Abs(PRODUCT) ** 2, energy(u))),
)
claim.refute("constant_improved")(fails_at(n=1, u=fn("k", 1), v=fn("k", 1)))
claim.refute("sign_flipped")(fails_at(n=2, u=fn("k", 1), v=fn("k", "k")))
claim.refute("one_energy")(fails_at(n=1, u=fn("k", 1), v=fn("k", 2)))


@claim.oracle
def rational_sums():
    """Drawn Gaussian rationals, added up one by one."""
    from theory.papers.uncertainty_measurements import bounded, numbers

    drawn, found = numbers(30, 9), []
    for size in (1, 4, 15):
        left, right = drawn[:size], drawn[15:15 + size]
        real = sum(a * c - b * d for (a, b), (c, d) in zip(left, right, strict=True))
        imaginary = sum(a * d + b * c for (a, b), (c, d) in zip(left, right, strict=True))
        bound = total(left) * total(right)
        found.append(bounded("|Σuv|²", {"n": size}, real**2 + imaginary**2, bound, real**2 + imaginary**2 <= bound))
    return found


def total(values):
    return sum(a**2 + b**2 for a, b in values)
