"""The sum of the powers of a root of unity over a whole period is 0."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Sum, T, both, eq, exp, fn, forall, im, le, lt, names, ne, statement
from theory.mutations import changed, fails_in_balls
from theory.proof import explained

K, m, k = names("K m k")


def root(n):
    return exp(IMAGINARY * PI * n / K)


def powers(sign):
    return eq(Sum("k", 1, 2 * K, root(sign * m * (k - 1))), 0)



claim = Claim(
    title="The powers of a root of unity sum to zero",
    says="For 0 < m < 2K, e^{iπm/K} ≠ 1, and the 2K powers of it sum to 0; likewise for −m.",
    statement=statement(forall({"K": "nat", "m": "int"}, [le(1, m), le(m + 1, 2 * K)],
                               both(ne(root(m), 1), ne(root(-m), 1), powers(1), powers(-1)))),
    reference="elementary",
    hypotheses={"m ≥ 1": "m = 0 has the sum 2K", "m < 2K": "m = 2K has the sum 2K"},
    limits="Exactly one period of 2K terms.",
)


@claim.derive
def roots(step):
    import sympy

    from theory.identities import confirm, equal

    z, theta = sympy.symbols("z"), sympy.symbols("theta", real=True)
    turn = sympy.exp(sympy.I * theta)
    equal(step, "distance from 1", (turn - 1) * (1 / turn - 1), 4 * sympy.sin(theta / 2) ** 2, why="θ = πm/K with 0 < m < 2K: positive")
    for lag in (1, 2, 3):
        powers = sum(z**k for k in range(2 * lag))
        equal(step, f"K = {lag}: geometric sum", (z - 1) * powers, z ** (2 * lag) - 1, why="0 at z = e^{iπm/K}, because e^{2πim} = 1")
        modulus = sympy.Poly(sympy.cyclotomic_poly(2 * lag, z), z)
        confirm(step, f"K = {lag}: primitive root", [sympy.Poly(powers, z).rem(modulus).as_expr()],
                why="the cyclotomic polynomial divides the sum")


@claim.certify
def proof(p, _):
    p.inhabited(K=1, m=1)
    positive = p.squares(lt(0, K), [(T(1) / 2, [p.given(2)], "", 1), (T(1) / 2, [p.given(1)], "", 1), (1, [], "", 1)])
    p.order("gap", le(1, K), positive)
    proper = p.order("nonzero", ne(K, 0), positive)
    sine = angle(p, positive, proper)
    apart = [unlike_one(p, sine, sign) for sign in (1, -1)]
    regular = p.order("nonzero", ne(root(m) - 1, 0), apart[0])
    sums = [p.step("telescoping", powers(sign), T=fn("j_", root(sign * m * (T("j_") - 1)) / (root(sign * m) - 1)), nonzero=[regular])
            for sign in (1, -1)]
    p.both(*apart, *sums)


@explained
def angle(p, positive, proper):
    """0 < πm/(2K) < π, so its sine is positive."""
    u = PI * m / (2 * K)
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    back = p.squares(lt(0, 1 / K), [(1, [positive], "", 1 / K)], nonzero=[proper, p.order("nonzero", ne(1 / K, 0), inverse(p, proper))])
    low = p.squares(lt(0, u), [(T(1) / 2, [pi, back, p.given(1)], "", 1), (T(1) / 2, [pi, back], "", 1)])
    p.squares(lt(u, PI), [(T(1) / 2, [pi, back, p.given(2)], "", 1), (T(1) / 2, [pi, back], "", 1)], nonzero=[proper])
    p.squares(le(0, u), [(1, [low], "", 1)])
    sign = p.use("algebra.sine_bounds", forall({}, [lt(0, u), lt(u, PI)], lt(0, im(exp(IMAGINARY * u)))), u=u)
    return p.apply(sign, lt(0, im(exp(IMAGINARY * u))))


@explained
def inverse(p, proper):
    """1/K ≠ 0."""
    with p.contradiction(ne(1 / K, 0)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", K)], nonzero=[proper])
    return absurd.fact


@explained
def unlike_one(p, sine, sign):
    """|e^{iθ} − 1|² = 4 sin²(θ/2) > 0."""
    with p.contradiction(ne(root(sign * m), 1)) as absurd:
        p.squares(lt(0, 0), [(4, [sine, sine], "", 1)], using=[(f"{absurd}.1", root(-sign * m) - 1)])
    return absurd.fact


@claim.oracle
def exact_powers():
    """The sum as a polynomial in z = e^{iπ/K} reduced by z^K = −1, then divided by the cyclotomic polynomial, exactly."""
    from theory.papers.uncertainty_measurements import compared

    found = []
    for half in (1, 2, 3, 5, 8):
        for step in range(1, 2 * half):
            total = [0] * half
            for k in range(2 * half):
                turns, place = divmod(step * k, half)
                total[place] += (-1) ** turns
            vanishes = cyclotomic_zero(total, half)
            found.append(compared("sum of powers", {"K": half, "m": step}, "0" if vanishes else str(total), "0"))
    return found


def cyclotomic_zero(coefficients, half):
    """Whether Σ c_j z^j, reduced by z^half = −1, vanishes at z = e^{iπ/half}: divisibility by the cyclotomic polynomial, exactly."""
    import sympy

    z = sympy.symbols("z")
    value = sum(c * z**j for j, c in enumerate(coefficients))
    return sympy.rem(value, sympy.cyclotomic_poly(2 * half, z), z) == 0


claim.must_refuse(
    whole_turn=changed(powers(1), given={2: le(m, 2 * K)}),
    step_zero=changed(powers(1), given={1: le(0, m)}),
    half_a_period=changed(eq(Sum("k", 1, K, root(m * (k - 1))), 0)),
)
claim.refute("whole_turn")(fails_in_balls(K=1, m=2))
claim.refute("step_zero")(fails_in_balls(K=1, m=0))
claim.refute("half_a_period")(fails_in_balls(K=1, m=1))
