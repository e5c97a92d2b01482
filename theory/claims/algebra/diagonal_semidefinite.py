"""A diagonal matrix with non-negative entries is positive semidefinite."""
from theory.claim import Claim
from theory.language import Abs, Sum, diag, entry, eq, fn, forall, le, lt, mat, names, statement, within, zero
from theory.mutations import changed, fails_at

n, d, s, x = names("n d s x")
M = diag("s", n, d[s])

claim = Claim(
    title="Non-negative diagonal matrices",
    says="If d_s ≥ 0 for s = 1..n, then diag(d) is positive semidefinite.",
    statement=statement(forall({"n": "nat", "d": ["seq", "real"]}, [forall({"s": "int"}, within(1, s, n), le(0, d[s]))],
                               le(zero(n, n), M))),
    reference="elementary",
    limits="Semidefinite only: a zero on the diagonal is allowed.",
    hypotheses={"d_s ≥ 0": "d = −1 gives the matrix −1"},
)


@claim.derive
def quadratic_form(step):
    import sympy

    from theory.identities import equal, nonnegative

    d, x, y = sympy.symbols("d1:4", nonnegative=True), sympy.symbols("x1:4", real=True), sympy.symbols("y1:4", real=True)
    z = sympy.Matrix([a + sympy.I * b for a, b in zip(x, y, strict=True)])
    form = sympy.expand((z.H * sympy.diag(*d) * z)[0])
    weights = equal(step, "form", form, sum(a * (b**2 + c**2) for a, b, c in zip(d, x, y, strict=True)), shown="z^*diag(d)z",
                    why="three entries, z = x + iy")
    nonnegative(step, "sign", weights, why="every term is a non-negative number times a square")


@claim.certify
def proof(p, _):
    p.inhabited(n=1, d=fn("k", 0))
    with p.generalise({"x": mat(n)}, [], le(0, x.H @ M @ x)) as form:
        weight = d[s] * Abs(entry(x, s, 1)) ** 2
        value = p.entries(eq(x.H @ M @ x, Sum("s", 1, n, weight)))
        with p.generalise({"s": "int"}, within(1, s, n), le(0, weight)):
            sign = p.apply(p.given(1), le(0, d[s]), s=s)
            p.squares(le(0, weight), [(1, [sign], "", entry(x, s, 1))])
        total = p.use("algebra.sum_nonnegative", le(0, Sum("s", 1, n, weight)), n=n,
                      f=fn("k", d["k"] * Abs(entry(x, "k", 1)) ** 2))
        p.squares(le(0, x.H @ M @ x), [(1, [total], "", 1)], using=[(value, -1)])
    p.step("quadratic_form", le(zero(n, n), M), mode="semidefinite", **{"from": [form]})


claim.must_refuse(
    strict=changed(lt(zero(n, n), M)),
    entries_of_any_sign=changed(given={1: None}),
    sign_flipped=changed(le(M, zero(n, n))),
)
claim.refute("entries_of_any_sign")(fails_at(n=1, d=fn("k", -1)))
