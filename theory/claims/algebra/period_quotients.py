"""The geometric series over a period of roots of unity: what is left of it is one power."""
from theory.claim import Claim
from theory.language import Sum, T, both, delta, eq, fn, forall, le, lt, names, ne, statement, within
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_sharp import P, turn
from theory.proof import explained

m, j, k, s, z = names("m j k s z")
REGULAR = forall({"s": "int"}, [], ne(1 - z * turn(s), 0))


def over_period(term):
    return Sum("s", m, m + P - 1, term)


SUM = eq(over_period(turn(-j * s) / (1 - z * turn(s))), P * z**j / (1 - z**P))

claim = Claim(
    title="Quotients over a period of roots of unity",
    says="With ω = e^{2πi/P}, z^P ≠ 1 and 0 ≤ j < P: 1 − zω^s ≠ 0, and Σ ω^{−js}/(1 − zω^s) over any P consecutive s is P z^j/(1 − z^P).",
    statement=statement(forall({"P": "nat", "m": "int", "j": "int", "z": "complex"}, [*within(0, j, P - 1), ne(z**P, 1)],
                               both(REGULAR, SUM))),
    reference="elementary",
    hypotheses={"z^P ≠ 1": "a denominator is 0", "j < P": "for j = P the sum is that of j = 0", "j ≥ 0": "j = −1 is j = P − 1"},
    limits="Exactly one period. The left side has the period P in j, the right side has not.",
)


@claim.derive
def partial_fractions(step):
    import sympy

    from theory.identities import confirm, equal

    z, w = sympy.symbols("z w")
    n = sympy.symbols("n", integer=True, positive=True)
    partial = (1 - (z * w) ** n) / (1 - z * w)
    equal(step, "geometric sum", partial.subs(n, n + 1) - partial, (z * w) ** n,
          why="(1 − z^P)/(1 − zω^s) = Σ_{k<P} z^k ω^{sk}, because ω^P = 1")
    for period in (2, 3, 5):
        modulus = sympy.Poly(sympy.cyclotomic_poly(period, w), w)
        for j in (0, period - 1):
            total = sum(w ** (-j * s % period) * sum(z**k * w ** (s * k % period) for k in range(period)) for s in range(period))
            left = sympy.Poly(sympy.expand(total - period * z**j), w)
            confirm(step, f"P = {period}, j = {j}", [left.rem(modulus).as_expr()], why="Σ_s ω^{−js} Σ_k z^k ω^{sk} = P z^j")


@claim.certify
def proof(p, _):
    """Σ_s ω^{−js}/(1 − zω^s) = Σ_k z^k Σ_s ω^{s(k−j)}/(1 − z^P), and the inner sum is P for k = j and 0 for every other k."""
    p.inhabited(P=1, m=0, j=0, z=0)
    positive = p.squares(lt(0, P), [(1, [p.given(1)], "", 1), (1, [p.given(2)], "", 1), (1, [], "", 1)])
    proper = p.order("nonzero", ne(P, 0), positive)
    whole = p.order("nonzero", ne(1 - z**P, 0), p.given(3))
    regular = poles(p, proper, whole)
    powers = geometric(p, regular, proper, whole)
    picked = orthogonal(p, proper)
    summed = p.step("congruence", eq(over_period(turn(-j * s) / (1 - z * turn(s))), over_period(row(s) / (1 - z**P))), equal=powers)
    one = Sum("k", 1, P, delta(k, j + 1) * z ** (k - 1))
    columns = p.step("congruence", eq(Sum("k", 1, P, z ** (k - 1) * column(k)), Sum("k", 1, P, P * (delta(k, j + 1) * z ** (k - 1)))),
                     equal=picked)
    chosen = p.use("algebra.one_of_a_sum", eq(one, z**j), n=P, m=j + 1, g=fn("k", z ** (k - 1)))
    p.both(regular, p.identity(SUM, [(summed, 1), (columns, 1 / (1 - z**P)), (chosen, P / (1 - z**P))]))


def row(s):
    return Sum("k", 1, P, z ** (k - 1) * turn(s * (k - 1 - j)))


def column(k):
    return over_period(turn(s * (k - 1 - j)))


@explained
def poles(p, proper, whole):
    """zω^s = 1 would give z^P = 1."""
    with p.generalise({"s": "int"}, [], ne(1 - z * turn(s), 0)) as block, p.contradiction(ne(1 - z * turn(s), 0)) as absurd:
        unit = p.identity(eq(z * turn(s), 1), [(f"{absurd}.1", -1)])
        power = p.step("congruence", eq((z * turn(s)) ** P, T(1) ** P), equal=unit, context=fn("m_", T("m_") ** P))
        p.identity(eq(1, 0), [(power, -1 / (1 - z**P))], nonzero=[whole, proper])
    return block.fact


@explained
def geometric(p, regular, proper, whole):
    """(1 − z^P)/(1 − zω^s) = Σ_{k<P} z^k ω^{sk}."""
    goal = eq(turn(-j * s) / (1 - z * turn(s)), row(s) / (1 - z**P))
    with p.generalise({"s": "int"}, within(m, s, m + P - 1), goal) as block:
        pole = p.apply(regular, ne(1 - z * turn(s), 0), s=s)
        total = p.step("telescoping", eq(Sum("k", 1, P, z ** (k - 1) * turn(s * (k - 1))), (1 - z**P) / (1 - z * turn(s))),
                       nonzero=[pole, proper], T=fn("j_", -(z ** (T("j_") - 1)) * turn(s * (T("j_") - 1)) / (1 - z * turn(s))))
        p.identity(goal, [(total, -turn(-j * s) / (1 - z**P))], nonzero=[whole, proper])
    return block.fact


@explained
def orthogonal(p, proper):
    """Σ ω^{sl} over a period is 0 for 0 < |l| < P: it telescopes, and ω^{lP} = 1."""
    goal = eq(z ** (k - 1) * column(k), P * (delta(k, j + 1) * z ** (k - 1)))
    with p.generalise({"k": "int"}, within(1, k, P), goal) as block:
        name, branches = p.new_id(), {}
        for side in ("less", "equal", "greater"):
            with p.branch() as branches[side]:
                here = f"{name}.{side}.1"
                if side == "equal":
                    p.step("congruence", eq(column(k), P * delta(k, j + 1)), equal=here,
                           context=fn("m_", over_period(turn(s * (T("m_") - 1 - j))) - P * delta("m_", j + 1)))
                else:
                    vanishing(p, side, here, proper)
        one = p.step("cases", eq(column(k), P * delta(k, j + 1)), name, on=[k, j + 1], **branches)
        p.identity(goal, [(one, z ** (k - 1))])
    return block.fact


def vanishing(p, side, here, proper):
    """The column of k ≠ j + 1."""
    lag, sign = (j + 1 - k, -1) if side == "less" else (k - 1 - j, 1)
    p.order("gap", le(1, lag), p.squares(lt(0, lag), [(1, [here], "", 1)]))
    apart = p.use("algebra.root_of_unity_sum", ne(turn(sign * lag), 1), P=P, m=lag)
    regular = p.order("nonzero", ne(turn(k - 1 - j) - 1, 0), apart)
    p.step("telescoping", eq(column(k), P * delta(k, j + 1)), nonzero=[regular, proper],
           T=fn("j_", turn((k - 1 - j) * T("j_")) / (turn(k - 1 - j) - 1)))


claim.must_refuse(
    next_power=changed(SUM, given={2: le(j, P)}),
    sign_of_the_frequency=changed(eq(over_period(turn(j * s) / (1 - z * turn(s))), P * z**j / (1 - z**P))),
    factor_lost=changed(eq(over_period(turn(-j * s) / (1 - z * turn(s))), z**j / (1 - z**P))),
    one_term_more=changed(eq(Sum("s", m, m + P, turn(-j * s) / (1 - z * turn(s))), P * z**j / (1 - z**P))),
    pole_on_the_circle=changed(REGULAR, given={3: None}),
)
claim.refute("factor_lost")(fails_in_balls(P=2, m=0, j=0, z=0))
claim.refute("one_term_more")(fails_in_balls(P=1, m=0, j=0, z=0))
claim.refute("next_power")(fails_in_balls(P=2, m=0, j=2, z=T(1) / 2))
claim.refute("sign_of_the_frequency")(fails_in_balls(P=3, m=0, j=1, z=T(1) / 2))


@claim.oracle
def sums():
    """The quotients themselves at 30 digits, against a geometric series summed to the end: Σ of z^n over n ≥ 0 with n ≡ j modulo P."""
    import mpmath

    from theory.papers.uncertainty_measurements import compared

    found = []
    with mpmath.workdps(30):
        for period, start, power, z in ((1, 0, 0, "0.5"), (3, -1, 2, "-0.4"), (4, 5, 1, "0.3+0.6j"), (7, -3, 3, "0.8j")):
            point = mpmath.mpmathify(complex(z))
            roots = [mpmath.expjpi(mpmath.mpf(2 * s) / period) for s in range(start, start + period)]
            total = mpmath.fsum(w**-power / (1 - point * w) for w in roots)
            series = period * mpmath.fsum(point**n for n in range(power, 800, period))
            found.append(compared("sum of the quotients", {"P": period, "m": start, "j": power, "z": z}, mpmath.nstr(total, 12),
                                  mpmath.nstr(series, 12), bool(abs(total - series) < mpmath.mpf(10) ** -20)))
    return found
