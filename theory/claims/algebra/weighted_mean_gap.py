"""How much the inequality of weighted means gives away: it is strict unless the two numbers agree."""
from theory.claim import Claim
from theory.language import forall, le, lt, names, statement
from theory.mutations import changed, fails_at
from theory.steps import lag_count

n, u, w = names("n u w")


def means(m, x, y):
    """(m+1) x^m y ≤ y^{m+1} + m x^{m+1}."""
    return le((m + 1) * x**m * y, y ** (m + 1) + m * x ** (m + 1))


MISSING = w ** (n + 2) - (n + 2) * u ** (n + 1) * w + (n + 1) * u ** (n + 2)

claim = Claim(
    title="Weighted means, with the gap",
    says="For u, w ≥ 0 and every n, w^n (w − u)² ≤ w^{n+2} − (n+2) u^{n+1} w + (n+1) u^{n+2}.",
    statement=statement(forall({"n": "nat", "u": "real", "w": "real"}, [le(0, u), le(0, w)], le(w**n * (w - u) ** 2, MISSING))),
    reference="arithmetic and geometric mean with weights n + 1 and 1",
    hypotheses={"u ≥ 0": "n = 1, u = −1, w = 0 gives 0 ≤ −2", "w ≥ 0": "n = 2, u = 1, w = −2 gives 36 ≤ 27"},
    limits="Real numbers. Equality for n = 0 and where u = w; for w = 0 it says no more than 0 ≤ (n+1) u^{n+2} when n ≥ 1.",
)


@claim.derive
def factored(step):
    import sympy

    from theory.identities import equal, nonnegative

    u, w = sympy.symbols("u w", nonnegative=True)
    for n in (0, 1, 2, 3):
        missing = w ** (n + 2) - (n + 2) * u ** (n + 1) * w + (n + 1) * u ** (n + 2)
        rest = sum((j + 1) * u**j * w ** (n - j) for j in range(1, n + 1))
        equal(step, f"n = {n}", missing - w**n * (w - u) ** 2, (w - u) ** 2 * rest, shown="gap - w^n (w − u)²",
              why="the term j = 0 of the sum is w^n; the others remain")
        if n == 3:
            nonnegative(step, "what remains", rest, why="u, w ≥ 0")
    m = sympy.symbols("n", integer=True, positive=True)

    def means(x, y):
        return y ** (m + 1) + m * x ** (m + 1) - (m + 1) * x**m * y

    equal(step, "from two means", w ** (m + 2) - (m + 2) * u ** (m + 1) * w + (m + 1) * u ** (m + 2) - w**m * (w - u) ** 2,
          u * means(u, w) + u / (m + 1) * (means(u, w) + means(w, u)), shown="gap - w^n (w − u)²",
          why="weighted means of (u, w) and of (w, u), any n")


@claim.certify
def proof(p, _):
    p.inhabited(n=1, u=1, w=1)
    here, mirrored = (p.use("algebra.weighted_mean", means(n, x, y), K=n, u=x, w=y) for x, y in ((u, w), (w, u)))
    share, proper = lag_count(p, n)
    p.squares(le(w**n * (w - u) ** 2, MISSING), [(1, [p.given(1), here], "", 1), (1, [p.given(1), share, here], "", 1),
                                                 (1, [p.given(1), share, mirrored], "", 1)], nonzero=[proper])


claim.must_refuse(
    constant_improved=changed(le(2 * w**n * (w - u) ** 2, MISSING)),
    power_of_the_other=changed(le((n + 2) * u**n * (w - u) ** 2, MISSING)),
    strict=changed(lt(w**n * (w - u) ** 2, MISSING)),
    sign_flipped=changed(le(MISSING, w**n * (w - u) ** 2)),
    first_sign_dropped=changed(given={1: None}),
    second_sign_dropped=changed(given={2: None}),
)
claim.refute("constant_improved")(fails_at(n=0, u=0, w=1))
claim.refute("power_of_the_other")(fails_at(n=0, u=0, w=1))
claim.refute("strict")(fails_at(n=1, u=1, w=1))
claim.refute("sign_flipped")(fails_at(n=1, u=1, w=0))
claim.refute("first_sign_dropped")(fails_at(n=1, u=-1, w=0))
claim.refute("second_sign_dropped")(fails_at(n=2, u=1, w=-2))
