"""The states of an AR(1) system against the Toeplitz matrix of the input: Y*Q⁻¹Y ⪯ [ρ^|j−k|]."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_captured_energy_bound import INNOVATION, A, K, Q, n, rho, v
from theory.language import Abs, Sum, T, conj, entry, eq, eye, fn, forall, inv, le, lt, mat, matrix, names, ne, statement, within, zero
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import inverse_of_definite

f, c, j, k, m, s, x, Y, Z, C = names("f c j k m s x Y Z C")
VARIABLES = {"n": "nat", "K": "nat", "rho": "real", "A": mat(n, n), "Q": mat(n, n), "v": mat(n)}
GIVEN = [le(0, rho), lt(rho, 1), lt(zero(n, n), Q), INNOVATION, le(v @ v.H, Q)]
STATES = matrix("s", n, "k", K, entry(A ** T("k") @ v, "s", 1))
TOEPLITZ = matrix("j", K, "k", K, rho ** Abs(j - k))
RESULT = le(Y.H @ inv(Q) @ Y, TOEPLITZ)

claim = Claim(
    title="States below the Toeplitz matrix of the input",
    says="If Q dominates A Q A* and the innovation v − ρAv of v, and vv* ⪯ Q, then the matrix Y of the columns Av, …, A^K v has "
         "Y*Q⁻¹Y ⪯ [ρ^|j−k|].",
    statement=statement(forall(VARIABLES, GIVEN, RESULT), [("Y", [], STATES)]),
    reference="the argument behind UP.ar+",
    hypotheses={"0 ≤ ρ < 1": "the innovation divides by 1 − ρ²", "0 ≺ Q": "Q has no inverse",
                "A Q A* + (v − ρAv)(v − ρAv)*/(1 − ρ²) ⪯ Q": "the states may be larger than the input", "vv* ⪯ Q": "scaling v scales Y"},
    limits="Any matrices that meet the hypotheses. A Gram matrix of the process meets them with equality.",
)


def states(m):
    return Sum("k", 1, m, entry(f, "k", 1) * A**k @ v)


def weight(j):
    return entry(f, j, 1)


def running(m):
    """c_m = Σ_{j≤m} f_j ρ^|m−j|."""
    return Sum("j", 1, m, weight("j") * rho ** Abs(j - m))


def innovation(k):
    return A ** (k - 1) @ (v - rho * A @ v)


def spread(m):
    return running(m) * A**m @ v + Sum("k", 1, m, running(k - 1) * innovation(k))


def past(m):
    return Sum("k", 1, m, innovation(k) @ innovation(k).H) / (1 - rho**2)


@claim.derive
def summation_by_parts(step):
    import sympy

    from theory.identities import confirm, equal

    rho = sympy.Symbol("rho")
    for size in (1, 2, 3, 4):
        f, state = sympy.symbols(f"f1:{size + 1}"), sympy.symbols(f"v0:{size + 1}")
        c = [0]
        for x in f:
            c.append(rho * c[-1] + x)
        left = sum(x * state[k] for k, x in enumerate(f, 1))
        right = c[size] * state[size] + sum(c[k - 1] * (state[k - 1] - rho * state[k]) for k in range(1, size + 1))
        confirm(step, f"K = {size}", [sympy.expand(left - right)],
                why="Σ f_k A^k v = c_K A^K v + Σ c_{k−1} A^{k−1}(v − ρAv), with v_k for A^k v")
    u, c, y, q, p = sympy.symbols("u c y q p", real=True)
    room = sympy.symbols("r", positive=True)
    equal(step, "completing the squares", c**2 + room * p**2 - 2 * u * (c * y + p * q) + u**2 * (y**2 + q**2 / room),
          (c - u * y) ** 2 + room * (p - u * q / room) ** 2,
          why="one direction u of Q⁻¹Yf, r = 1 − ρ²: with y² + q²/r ≤ Q it gives 2u·Yf − u²Q ≤ c² + r p², the form of the input")


@claim.certify
def proof(p, _):
    """For a column f let c_m = Σ_{j≤m} f_j ρ^{m−j}. Then u = Yf = c_K A^K v + Σ_k c_{k−1} A^{k−1}x with the innovation x = v − ρAv, and
    f*[ρ^|j−k|]f = |c_K|² + (1 − ρ²) Σ_k |c_{k−1}|². Since A^K v v* A*^K + Σ_k A^{k−1}xx*A*^{k−1}/(1 − ρ²) ⪯ Q, completing the squares
    gives u*Q⁻¹u ≤ f*[ρ^|j−k|]f.
    """
    p.inhabited(n=1, K=0, rho=0, A=0, Q=1, v=1)
    room = p.squares(lt(0, 1 - rho), [(1, [p.given(2)], "", 1)])
    wide = p.squares(lt(0, 1 + rho), [(1, [], "", 1), (1, [p.given(1)], "", 1)])
    square = p.squares(lt(0, 1 - rho**2), [(1, [room, wide], "", 1)])
    proper = p.order("nonzero", ne(1 - rho**2, 0), square)
    right, *_ = inverse_of_definite(p, Q, p.given(3), n)
    inside = innovations_below(p, proper)
    with p.generalise({"f": mat(K)}, [], le(0, f.H @ (TOEPLITZ - Y.H @ inv(Q) @ Y) @ f)) as every:
        completed(p, right, inside, square, proper, every.shows[3])
    p.step("quadratic_form", RESULT, mode="semidefinite", **{"from": [every.fact]})


@explained
def innovations_below(p, proper):
    """A^K v v* A*^K + Σ_k A^{k−1}xx*A*^{k−1}/(1 − ρ²) ⪯ Q."""
    def partial(m):
        return le(past(m) + A**m @ Q @ (A**m).H, Q)
    with p.branch() as base:
        p.squares(partial(0))
    block = p.new_id()
    with p.branch() as step:
        p.squares(partial(m + 1), [(1, [], f"{block}.2", eye(n)), (1, [], p.given(4), (A**m).H)], nonzero=[proper])
    every = p.step("induction", forall({"m": "nat"}, [], partial(m)), block, base=base, step=step)
    last = A**K
    return p.squares(le(past(K) + last @ v @ v.H @ last.H, Q),
                     [(1, [], p.apply(every, partial(K), m=K), eye(n)), (1, [], p.given(5), last.H)])


@explained
def completed(p, right, inside, square, proper, goal):
    """The two sums of squares, and what is left of Q."""
    at = {"K": K, "rho": rho, "f": fn("j", weight("j"))}
    moves = p.use("uncertainty.ar_quadratic_form", forall({"m": "nat"}, [], eq(running(m + 1), rho * running(m) + weight(m + 1))), **at)
    total = Sum("j", 1, K, Sum("k", 1, K, conj(weight("j")) * weight("k") * rho ** Abs(j - k)))
    value = running(K)
    energy = conj(value) * value + (1 - rho**2) * Sum("k", 1, K, conj(running(k - 1)) * running(k - 1))
    form = p.use("uncertainty.ar_quadratic_form", eq(total, energy), **at)
    with p.branch() as base:
        p.operator(eq(states(0), spread(0)))
    block = p.new_id()
    with p.branch() as step:
        here = p.apply(moves, eq(running(m + 1), rho * running(m) + weight(m + 1)), m=m)
        p.operator(eq(states(m + 1), spread(m + 1)), [(f"{block}.2", 1), (here, -1, A ** (m + 1) @ v)])
    every = p.step("induction", forall({"m": "nat"}, [], eq(states(m), spread(m))), block, base=base, step=step)
    here = p.apply(every, eq(states(K), spread(K)), m=K)
    mirrored = p.step("congruence", eq(states(K).H, spread(K).H), equal=here, context=["fn", "m_", ["adj", "m_"]])
    column = p.entries(eq(Y @ f, states(K)))
    row = p.step("congruence", eq(f.H @ Y.H, states(K).H), equal=column, context=["fn", "m_", ["adj", "m_"]])
    toeplitz = p.entries(eq(f.H @ TOEPLITZ @ f, total))
    u, y = states(K), A**K @ v
    z = inv(Q) @ u
    i = names("i_")
    term = running(i - 1) - innovation(i).H @ z / (1 - rho**2)
    with p.generalise({"i_": "int"}, within(1, i, K), le(0, Abs(term) ** 2)) as each:
        p.squares(each.shows[3], [(1, [], "", term)], nonzero=[proper])
    parts = p.use("algebra.sum_nonnegative", le(0, Sum("i_", 1, K, Abs(term) ** 2)), n=K, f=fn("i_", Abs(term) ** 2))
    p.squares(goal, [(1, [], "", value - y.H @ z), (1, [square, parts], "", 1), (1, [], inside, z)],
              using=[(toeplitz, -1), (form, -1), (column, f.H @ Y.H @ inv(Q)), (row, 1, z),
                     (mirrored, 1, z), (here, z.H), (right, z.H, u)], nonzero=[proper])


claim.must_refuse(
    constant_improved=changed(le(Y.H @ inv(Q) @ Y, TOEPLITZ / 5)),
    sign_flipped=changed(le(TOEPLITZ, Y.H @ inv(Q) @ Y)),
    innovation_not_below=changed(given={4: None}),
    state_too_large=changed(given={5: None}),
)
ONE = {"n": 1, "K": 1, "Q": 1, "v": 1}
claim.refute("constant_improved")(fails_at(rho=T(1) / 2, A=T(1) / 2, **ONE))
claim.refute("sign_flipped")(fails_at(rho=T(1) / 2, A=T(1) / 2, **ONE))
claim.refute("innovation_not_below")(fails_at(rho=0, A=2, **ONE))
