"""The trace of a matrix of bounded rank below another one: Ky Fan's sum of the largest eigenvalues, in its dual form."""
from theory.claim import Claim
from theory.language import T, eq, eye, forall, inv, le, lt, mat, names, statement, tr, zero
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import inverse_of_definite

n, K, theta, Z, Q, Y, X, delta_ = names("n K theta Z Q Y X d_")
N, J = names("N J")
ENERGY = Y.H @ Z @ Y
GIVEN = [le(0, theta), le(zero(n, n), Z), eq(Z @ Q @ Z, Z), le(zero(n, n), Q), le(zero(K, K), X), le(ENERGY, theta * eye(K) + X)]
RESULT = le(tr(ENERGY), theta * tr(Z @ Q) + tr(X))

claim = Claim(
    title="Trace of a matrix of bounded rank",
    says="If Z ⪰ 0, Q ⪰ 0, ZQZ = Z (so that tr(ZQ) is the rank of Z) and Y*ZY ⪯ θI + X with θ ≥ 0 and X ⪰ 0, then "
         "tr(Y*ZY) ≤ θ tr(ZQ) + tr X.",
    statement=statement(forall({"n": "nat", "K": "nat", "theta": "real", "Z": mat(n, n), "Q": mat(n, n), "Y": mat(n, K), "X": mat(K, K)},
                               GIVEN, RESULT)),
    reference="Ky Fan (1949), the dual form of the sum of the largest eigenvalues",
    hypotheses={"θ ≥ 0": "Y = 0 and X = −θI", "Z ⪰ 0, Q ⪰ 0": "the rank is not tr(ZQ)", "ZQZ = Z": "Q = 0 leaves tr X alone",
                "X ⪰ 0": "X = −I and θ = 1 with Y = 0", "Y*ZY ⪯ θI + X": "Y may be anything"},
    limits="The least right-hand side over θ and X is the sum of the tr(ZQ) largest eigenvalues of a matrix R with Y*ZY ⪯ R.",
)


@claim.derive
def eigenvalues(step):
    import sympy

    from theory.identities import define, equal

    value, d, level = sympy.symbols("lambda d theta", positive=True)
    soft = define(step, "softened projection", "p", value / (value + d),
                  why="eigenvalue of Π = I − d(N + dI)^{−1} where N has λ: between 0 and 1")
    equal(step, "trace of N", soft * value + d * soft, value, why="tr N = tr(ΠN) + d tr Π, eigenvalue by eigenvalue")
    equal(step, "a projection in the end", sympy.Limit(soft, d, 0, "+"), sympy.S.One,
          why="tr Π tends to the rank of N, which is at most that of Z")
    x, y, z, r = sympy.symbols("x y z r", nonnegative=True)
    large = [level + x + y, level + x]
    equal(step, "eigenvalues above θ", 2 * level + sum(sympy.Max(v - level, 0) for v in large), sum(large), shown="2θ + tr X",
          why="rank 2, R with the eigenvalues θ + x + y, θ + x and others below θ, X its part above θ: the two largest")
    wrong = sympy.Max(level + x - level - x - y - z, 0) + sympy.Max(level + x + y - level - x - y - z, 0)
    equal(step, "θ above both", 2 * (level + x + y + z) + wrong - sum(large), y + 2 * z, shown="excess",
          why="θ + x + y + z in the place of θ: the excess is not negative")
    equal(step, "θ below a third one", 2 * level + (x + y + r) + (x + r) + r - (2 * level + x + y + x + 2 * r), r, shown="excess",
          why="eigenvalues θ + x + y + r, θ + x + r, θ + r above θ: three parts are paid for, two are needed")


@claim.certify
def proof(p, _):
    """With N = Y*ZY and d > 0 let J = (N + dI)⁻¹ and Π = I − dJ = NJ, a softened projection on the range of N: 0 ⪯ Π, and dJ = I − Π ⪰ 0.
    Its trace is at most the rank, tr Π = tr(ZYJY*Z Q) ≤ tr(ZQ), because ZYJY*Z ⪯ Z. Hence
    tr N = tr(ΠN) + d tr Π ≤ tr(Π(θI + X)) + d tr Π ≤ (θ + d) tr(ZQ) + tr X, and d → 0.
    """
    p.inhabited(n=1, K=1, theta=1, Z=1, Q=1, Y=1, X=0)
    p.abbreviate("N", [], ENERGY)
    p.abbreviate("J", ["d_"], inv(N + delta_ * eye(K)))
    with p.generalise({"d_": "real"}, [lt(0, delta_)], le(tr(ENERGY), theta * tr(Z @ Q) + tr(X) + delta_ * tr(Z @ Q))) as every:
        softened(p, every(1))
    p.order("limit", RESULT, every.fact)


@explained
def softened(p, small):
    """The bound with d tr(ZQ) to spare."""
    j, whole = J(delta_), N + delta_ * eye(K)
    energy = p.squares(le(zero(K, K), N), [(1, [], p.given(2), Y)])
    hermitian = p.step("quadratic_form", eq(N.H, N), mode="hermitian", **{"from": [energy]})
    definite = p.squares(lt(zero(K, K), whole), [(1, [], energy, eye(K)), (1, [small], "", eye(K))])
    right, _, star, adjoint_left, sign = inverse_of_definite(p, whole, definite, K)
    projection = p.squares(le(zero(K, K), eye(K) - delta_ * j), [(1, [], "", N @ j), (1, [small], energy, j)],
                           using=[(hermitian, j.H, N @ j), (right, j.H @ N), (adjoint_left, 1), (star, -delta_)])
    captured = Z @ Y @ j @ Y.H @ Z
    rank = p.squares(le(captured, Z), [(1, [], p.given(2), eye(n) - Y @ j @ Y.H @ Z), (1, [small], "", j @ Y.H @ Z)],
                     using=[(adjoint_left, Z.H @ Y, j @ Y.H @ Z), (star, -Z.H @ Y, Y.H @ Z)])
    top = p.step("trace", le(0, tr((Z - captured) @ Q)), of=[rank, p.given(4)])
    below = p.step("trace", le(0, tr((eye(K) - delta_ * j) @ (theta * eye(K) + X - N))), of=[projection, p.given(6)])
    rest = p.step("trace", le(0, tr(j @ X)), of=[sign, p.given(5)])
    same = p.step("congruence", eq(tr(Y @ j @ Y.H @ (Z @ Q @ Z)), tr(Y @ j @ Y.H @ Z)), equal=p.given(3),
                  context=["fn", "m_", ["tr", (Y @ j @ Y.H @ T("m_")).json]])
    size = p.step("congruence", eq(tr(whole @ j), tr(eye(K))), equal=right, context=["fn", "m_", ["tr", "m_"]])
    return p.squares(le(tr(ENERGY), theta * tr(Z @ Q) + tr(X) + delta_ * tr(Z @ Q)),
                     [(1, [below], "", 1), (1, [small, rest], "", 1), (1, [small, top], "", 1), (1, [p.given(1), top], "", 1)],
                     using=[(same, -(theta + delta_)), (size, -theta)])


claim.must_refuse(
    rank_forgotten=changed(le(tr(ENERGY), theta + tr(X))),
    remainder_forgotten=changed(le(tr(ENERGY), theta * tr(Z @ Q))),
    strict=changed(lt(tr(ENERGY), theta * tr(Z @ Q) + tr(X))),
    not_a_projection=changed(given={3: None}),
    not_below=changed(given={6: None}),
    remainder_of_any_sign=changed(given={5: None}),
)
ONE = {"n": 1, "K": 1, "Z": 1, "Q": 1}
claim.refute("remainder_forgotten")(fails_at(theta=0, Y=1, X=1, **ONE))
claim.refute("strict")(fails_at(theta=1, Y=1, X=0, **ONE))
claim.refute("not_a_projection")(fails_at(n=1, K=1, Z=1, Q=0, theta=1, Y=1, X=0))
claim.refute("not_below")(fails_at(theta=0, Y=1, X=0, **ONE))
