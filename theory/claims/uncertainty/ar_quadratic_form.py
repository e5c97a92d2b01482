"""The quadratic form of the AR(1) Toeplitz matrix as a sum of squares of a running sum."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Sum, T, both, conj, eq, fn, forall, names, statement
from theory.mutations import changed, fails_at
from theory.proof import explained

K, rho, f, j, k, m, c = names("K rho f j k m c")


def form(m):
    return Sum("j", 1, m, Sum("k", 1, m, conj(f[j]) * f[k] * rho ** Abs(j - k)))


def squares(m):
    return conj(c(m)) * c(m) + (1 - rho**2) * Sum("k", 1, m, conj(c(k - 1)) * c(k - 1))


def recursion(m):
    return eq(c(m + 1), rho * c(m) + f[m + 1])


RECURSION, VALUE = forall({"m": "nat"}, [], recursion(m)), eq(form(K), squares(K))
claim = Claim(
    title="Quadratic form of the AR(1) Toeplitz matrix",
    says="With c_m = Σ_{j=1}^m f_j ρ^|m−j|, so that c_{m+1} = ρc_m + f_{m+1}, the form Σ f̄_j f_k ρ^|j−k| over j, k = 1..K is "
         "|c_K|² + (1 − ρ²) Σ_{k=1}^K |c_{k−1}|².",
    statement=statement(forall({"K": "nat", "rho": "real", "f": SEQ}, [], both(RECURSION, VALUE)),
                        [("c", ["m"], Sum("j", 1, "m", f[j] * rho ** Abs(j - T("m"))))]),
    reference="elementary",
    limits="Any real ρ; finite sums. For |ρ| < 1 the form is positive.",
)


@claim.derive
def running_sums(step):
    import sympy

    from theory.identities import confirm, equal

    rho = sympy.Symbol("rho")
    f, g = sympy.symbols("f1:5"), sympy.symbols("g1:5")
    c, v = [0], [0]
    for x, y in zip(f, g, strict=True):
        c.append(rho * c[-1] + x)
        v.append(rho * v[-1] + y)
    for size in (1, 2, 3, 4):
        form = sum(g[j] * f[k] * rho ** abs(j - k) for j in range(size) for k in range(size))
        squares = v[size] * c[size] + (1 - rho**2) * sum(v[k] * c[k] for k in range(size))
        if size < 3:
            equal(step, f"K = {size}", form, squares, shown="Σ f̄_j f_k ρ^|j−k|",
                  why="c_m = ρ c_{m−1} + f_m, and g_k stands for the conjugate of f_k: c_1 = f_1, c_2 = ρf_1 + f_2")
        else:
            confirm(step, f"K = {size}", [sympy.expand(form - squares)], why="|c_K|² + (1 − ρ²) Σ |c_{k−1}|², multiplied out")


@claim.certify
def proof(p, _):
    p.inhabited(K=1, rho=0, f=fn("n", 1))
    with p.generalise({"m": "nat"}, [], recursion(m)) as every:
        stepping(p)
    with p.branch() as base:
        p.identity(eq(form(0), squares(0)))
    block = p.new_id()
    with p.branch() as step:
        here = p.apply(every.fact, recursion(m), m=m)
        mirrored = p.step("congruence", eq(conj(c(m + 1)), conj(rho * c(m) + f[m + 1])), equal=here, context=fn("m_", conj("m_")))
        p.identity(eq(form(m + 1), squares(m + 1)), [(f"{block}.2", 1), (here, -conj(c(m + 1) - f[m + 1])), (mirrored, -rho * c(m))])
    last = p.step("induction", forall({"m": "nat"}, [], eq(form(m), squares(m))), block, base=base, step=step)
    p.both(every.fact, p.apply(last, VALUE, m=K))


@explained
def stepping(p):
    """|j − m − 1| = |j − m| + 1 for j ≤ m, so the old terms of c_{m+1} are ρ times those of c_m."""
    h = names("h")
    with p.generalise({"h": SEQ}, [], eq(Sum("j", 1, m, rho * h[j]), rho * Sum("j", 1, m, h[j]))) as scaled:
        p.identity(scaled.shows[3])
    term = f[j] * rho ** Abs(j - m)
    moved = p.apply(scaled.fact, eq(Sum("j", 1, m, rho * term), rho * Sum("j", 1, m, term)), h=fn("j", term))
    return p.identity(recursion(m), [(moved, 1)])


claim.must_refuse(
    coefficient_dropped=changed(eq(form(K), conj(c(K)) * c(K) + Sum("k", 1, K, conj(c(k - 1)) * c(k - 1)))),
    sign_flipped=changed(eq(c(K + 1), f[K + 1] - rho * c(K))),
    last_dropped=changed(eq(form(K), (1 - rho**2) * Sum("k", 1, K, conj(c(k - 1)) * c(k - 1)))),
)
claim.refute("coefficient_dropped")(fails_at(K=2, rho=T(1) / 2, f=fn("n", 1)))
claim.refute("last_dropped")(fails_at(K=1, rho=0, f=fn("n", 1)))
