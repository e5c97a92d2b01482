"""The inequality of weighted means behind the optimum of one pole."""
from theory.claim import Claim
from theory.language import forall, le, lt, names, statement
from theory.mutations import changed, fails_at
from theory.steps import nonnegative_power

K, n, u, w = names("K n u w")


def gap(K):
    return w ** (K + 1) - (K + 1) * u**K * w + K * u ** (K + 1)


claim = Claim(
    title="Weighted means, homogeneous form",
    says="For u, w ≥ 0 and every K, (K+1) u^K w ≤ w^{K+1} + K u^{K+1}.",
    statement=statement(forall({"K": "nat", "u": "real", "w": "real"}, [le(0, u), le(0, w)],
                               le((K + 1) * u**K * w, w ** (K + 1) + K * u ** (K + 1)))),
    reference="arithmetic and geometric mean with weights K and 1",
    hypotheses={"u, w ≥ 0": "K = 2, u = 1, w = −3 gives −9 ≤ −25"},
    limits="Real numbers; equality where u = w.",
)


@claim.derive
def factored(step):
    import sympy

    from theory.identities import equal, nonnegative

    u, w = sympy.symbols("u w", nonnegative=True)
    for lag in (1, 2, 3, 4):
        gap = w ** (lag + 1) - (lag + 1) * u**lag * w + lag * u ** (lag + 1)
        rest = sum((j + 1) * u**j * w ** (lag - 1 - j) for j in range(lag))
        equal(step, f"K = {lag}: the gap", gap, (w - u) ** 2 * rest, why="(w − u)² Σ (j+1) u^j w^{K−1−j}")
        if lag == 4:
            nonnegative(step, "the second factor", rest, why="u, w ≥ 0; shown for K = 4")
    n = sympy.symbols("n", integer=True, positive=True)
    equal(step, "from K to K + 1", (w ** (n + 2) - (n + 2) * u ** (n + 1) * w + (n + 1) * u ** (n + 2))
          - u * (w ** (n + 1) - (n + 1) * u**n * w + n * u ** (n + 1)), (w - u) * (w ** (n + 1) - u ** (n + 1)),
          shown="G_{n+1} - u G_n", why="the step of the induction: w − u and w^{n+1} − u^{n+1} have the same sign")


@claim.certify
def proof(p, _):
    p.inhabited(K=1, u=1, w=1)

    def falling(n):
        return le(0, (w - u) * (w**n - u**n))
    with p.branch() as base:
        p.squares(falling(0))
    block = p.new_id()
    with p.branch() as step:
        power = nonnegative_power(p, u, p.given(1), n)
        p.squares(falling(n + 1), [(1, [p.given(2), f"{block}.2"], "", 1), (1, [power], "", w - u)])
    decreasing = p.step("induction", forall({"n": "nat"}, [], falling(n)), block, base=base, step=step)
    with p.branch() as base:
        p.squares(le(0, gap(0)))
    block = p.new_id()
    with p.branch() as step:
        apart = p.apply(decreasing, falling(n + 1), n=n + 1)
        p.squares(le(0, gap(n + 1)), [(1, [p.given(1), f"{block}.2"], "", 1), (1, [apart], "", 1)])
    induction = p.step("induction", forall({"n": "nat"}, [], le(0, gap(n))), block, base=base, step=step)
    here = p.apply(induction, le(0, gap(K)), n=K)
    p.squares(le((K + 1) * u**K * w, w ** (K + 1) + K * u ** (K + 1)), [(1, [here], "", 1)])


claim.must_refuse(
    strict=changed(lt((K + 1) * u**K * w, w ** (K + 1) + K * u ** (K + 1))),
    weight_off=changed(le((K + 2) * u**K * w, w ** (K + 1) + K * u ** (K + 1))),
    sign_dropped=changed(given={2: None}),
)
claim.refute("strict")(fails_at(K=1, u=1, w=1))
claim.refute("weight_off")(fails_at(K=1, u=1, w=1))
claim.refute("sign_dropped")(fails_at(K=2, u=1, w=-3))
