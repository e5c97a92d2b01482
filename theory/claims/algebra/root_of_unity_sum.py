"""The sum of the powers of a P-th root of unity over a whole period is 0, for even and odd P."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Sum, T, both, eq, exp, fn, forall, im, le, lt, names, ne, statement
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_sharp import P, turn
from theory.proof import explained
from theory.steps import positive_quotient

m, k = names("m k")


def powers(sign):
    return eq(Sum("k", 1, P, turn(sign * m * (k - 1))), 0)


claim = Claim(
    title="The powers of a root of unity of any order sum to zero",
    says="For 0 < m < P, e^{2πim/P} ≠ 1, and its P powers sum to 0; likewise for −m.",
    statement=statement(forall({"P": "nat", "m": "int"}, [le(1, m), le(m + 1, P)],
                               both(ne(turn(m), 1), ne(turn(-m), 1), powers(1), powers(-1)))),
    reference="elementary; algebra.unit_root_sum is the case of an even period",
    hypotheses={"m ≥ 1": "m = 0 has the sum P", "m < P": "m = P has the sum P"},
    limits="Exactly one period of P terms.",
)


@claim.derive
def roots(step):
    import sympy

    from theory.identities import confirm, equal

    z, theta = sympy.symbols("z"), sympy.symbols("theta", real=True)
    n = sympy.symbols("n", integer=True, positive=True)
    partial = (z**n - 1) / (z - 1)
    equal(step, "geometric sum", partial.subs(n, n + 1) - partial, z**n, why="1 + z + … + z^{P−1} = (z^P − 1)/(z − 1)")
    turn = sympy.exp(sympy.I * theta)
    equal(step, "distance from 1", (turn - 1) * (1 / turn - 1), 4 * sympy.sin(theta / 2) ** 2,
          why="|z − 1|² for z = e^{iθ}: positive for 0 < θ < 2π")
    for period in (3, 5, 6):
        modulus = sympy.Poly(sympy.cyclotomic_poly(period, z), z)
        powers = sympy.Poly(sum(z**k for k in range(period)), z)
        confirm(step, f"P = {period}", [powers.rem(modulus).as_expr()], why="the cyclotomic polynomial divides 1 + z + … + z^{P−1}")


@claim.certify
def proof(p, _):
    """The root z = e^{2πim/P} is not 1 because |z − 1| = 2 sin(πm/P) > 0, and (z − 1)(1 + z + … + z^{P−1}) = z^P − 1 = 0."""
    p.inhabited(P=2, m=1)
    positive = p.squares(lt(0, P), [(1, [p.given(2)], "", 1), (1, [p.given(1)], "", 1), (2, [], "", 1)])
    proper = p.order("nonzero", ne(P, 0), positive)
    sine = angle(p, positive, proper)
    apart = [unlike_one(p, sine, sign) for sign in (1, -1)]
    regular = p.order("nonzero", ne(turn(m) - 1, 0), apart[0])
    sums = [p.step("telescoping", powers(sign), T=fn("j_", turn(sign * m * (T("j_") - 1)) / (turn(sign * m) - 1)), nonzero=[regular])
            for sign in (1, -1)]
    p.both(*apart, *sums)


@explained
def angle(p, positive, proper):
    """0 < πm/P < π, so its sine is positive."""
    u = PI * m / P
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    back = positive_quotient(p, P, positive, proper)
    low = p.squares(lt(0, u), [(1, [pi, back, p.given(1)], "", 1), (1, [pi, back], "", 1)])
    p.squares(lt(u, PI), [(1, [pi, back, p.given(2)], "", 1), (1, [pi, back], "", 1)], nonzero=[proper])
    p.squares(le(0, u), [(1, [low], "", 1)])
    sign = p.use("algebra.sine_bounds", forall({}, [lt(0, u), lt(u, PI)], lt(0, im(exp(IMAGINARY * u)))), u=u)
    return p.apply(sign, lt(0, im(exp(IMAGINARY * u))))


@explained
def unlike_one(p, sine, sign):
    """|e^{iθ} − 1|² = 4 sin²(θ/2) > 0."""
    with p.contradiction(ne(turn(sign * m), 1)) as absurd:
        p.squares(lt(0, 0), [(4, [sine, sine], "", 1)], using=[(f"{absurd}.1", turn(-sign * m) - 1)])
    return absurd.fact


@claim.oracle
def exact_powers():
    """The sum as a polynomial in z, reduced by z^P = 1 and then by the cyclotomic polynomial, exactly."""
    from theory.papers.uncertainty_measurements import compared

    found = []
    for period in (2, 3, 5, 6, 9, 16):
        for step in range(1, period):
            counts = [0] * period
            for j in range(period):
                counts[step * j % period] += 1
            remainder = reduced(counts, period)
            found.append(compared("sum of powers", {"P": period, "m": step}, str(remainder), "0"))
    return found


def reduced(coefficients, period):
    """Σ c_j z^j modulo the cyclotomic polynomial of that order."""
    import sympy

    z = sympy.symbols("z")
    return sympy.rem(sum(c * z**j for j, c in enumerate(coefficients)), sympy.cyclotomic_poly(period, z), z)


claim.must_refuse(
    whole_turn=changed(powers(1), given={2: le(m, P)}),
    step_zero=changed(powers(1), given={1: le(0, m)}),
    one_power_less=changed(eq(Sum("k", 1, P - 1, turn(m * (k - 1))), 0)),
    half_angle=changed(eq(Sum("k", 1, P, exp(IMAGINARY * PI * m * (k - 1) / P)), 0)),
)
claim.refute("whole_turn")(fails_in_balls(P=1, m=1))
claim.refute("step_zero")(fails_in_balls(P=2, m=0))
claim.refute("one_power_less")(fails_in_balls(P=3, m=1))
claim.refute("half_angle")(fails_in_balls(P=2, m=1))
