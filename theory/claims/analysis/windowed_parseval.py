"""Parseval's equation for a window and for its differences, at the lags of one period around K."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Sum, T, both, delta, eq, fn, forall, le, names, statement, within
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_sharp import J, K, P, S, k, s, swing, turn, w
from theory.proof import explained

WINDOW, STEPS = Sum("s", 1, S, Abs(w[s]) ** 2), Sum("s", 1, S + 1, Abs(w[s] - w[s - 1]) ** 2)
PLAIN = eq(Sum("k", 1, P, Abs(swing(J)) ** 2), P * WINDOW)
TURNED = eq(Sum("k", 1, P, Abs(1 - turn(J)) ** 2 * Abs(swing(J)) ** 2), P * STEPS)
A, B, g = names("A B g")
BELOW = forall({"k": "int"}, within(1, k, P), le(g[k], A + B * Abs(1 - turn(J)) ** 2))
WEIGHTED = le(Sum("k", 1, P, g[k] * Abs(swing(J)) ** 2), P * (A * WINDOW + B * STEPS))
MAJORISED = forall({"A": "real", "B": "real", "g": ["seq", "real"]}, [BELOW], WEIGHTED)
ENDS = [eq(w[0], 0), eq(w[S + 1], 0)]

claim = Claim(
    title="Parseval's equation for a window and its differences",
    says="For S + 1 ≤ P, a complex window w_1 … w_S with w_0 = w_{S+1} = 0 and V_j = Σ w_s e^{2πisj/P}: at the lags j = −K … P−1−K of "
         "one period Σ |V_j|² = P Σ |w_s|² and Σ |1 − e^{2πij/P}|² |V_j|² = P Σ |w_s − w_{s−1}|². So g ≤ A + B |1 − e^{2πij/P}|² gives "
         "Σ g |V_j|² ≤ P (A Σ |w_s|² + B Σ |w_s − w_{s−1}|²).",
    statement=statement(forall({"S": "nat", "K": "int", "P": "nat", "w": SEQ}, [le(S + 1, P), *ENDS],
                               both(PLAIN, TURNED, MAJORISED))),
    reference="the discrete Fourier transform is unitary up to a factor, and a difference is a factor 1 − e^{2πij/P}",
    hypotheses={"S + 1 ≤ P": "the S + 1 differences must be orthogonal over the period",
                "w_0 = w_{S+1} = 0": "the steps at the ends of the window would not be counted"},
    limits="Exactly one period.",
)


@claim.derive
def small_windows(step):
    import sympy

    from theory.identities import confirm, equal

    z = sympy.Symbol("z")
    for order in (1, 2, 3):
        w = [0, *sympy.symbols(f"w1:{order + 1}", real=True), 0]
        rise = sum((w[s] - w[s - 1]) * z**s for s in range(1, order + 2))
        swing = sum(w[s] * z**s for s in range(1, order + 1))
        equal(step, f"S = {order}: differences", rise, (1 - z) * swing, shown="Σ (w_s − w_{s−1}) z^s", why="the ends of the window vanish")
        root = {1: -1, 2: sympy.Rational(-1, 2) + sympy.sqrt(3) * sympy.I / 2, 3: sympy.I}[order]
        period = order + 1
        energy = sum(swing.subs(z, root**j) * sympy.conjugate(swing.subs(z, root**j)) for j in range(period))
        turned = sum(rise.subs(z, root**j) * sympy.conjugate(rise.subs(z, root**j)) for j in range(period))
        confirm(step, f"S = {order}, P = {period}: both energies",
                [sympy.expand(energy - period * sum(x**2 for x in w)),
                 sympy.expand(turned - period * sum((w[s] - w[s - 1]) ** 2 for s in range(1, order + 2)))],
                why="P Σ w_s² and P Σ (w_s − w_{s−1})²: the S + 1 differences just fit into the period P = S + 1")


@claim.certify
def proof(p, _):
    """Parseval's equation for w_s e^{−2πisK/P} and for the S + 1 differences;
    Σ (w_s − w_{s−1}) z^s = (1 − z) Σ w_s z^s as the ends vanish."""
    p.inhabited(S=0, K=0, P=1, w=fn("k", 0))
    p.squares(le(1, P), [(1, [p.given(1)], "", 1), (1, [p.order("basic", le(0, S))], "", 1)])
    p.squares(le(S, P), [(1, [p.given(1)], "", 1), (1, [], "", 1)])
    plain = p.identity(PLAIN, [(raw_energy(p, S, w[s]), 1)])
    steps = raw_energy(p, S + 1, w[s] - w[s - 1])
    turned = p.identity(TURNED, [(steps, 1), (differences(p), -1)])
    p.both(plain, turned, majorised(p, plain, turned))


@explained
def majorised(p, plain, turned):
    """(A + B|1 − z|² − g)|V|² ≥ 0, summed over the period."""
    rest = (A + B * Abs(1 - turn(J)) ** 2 - g[k]) * Abs(swing(J)) ** 2
    with p.generalise({"A": "real", "B": "real", "g": ["seq", "real"]}, [BELOW], WEIGHTED) as block:
        with p.generalise({"k": "int"}, within(1, k, P), le(0, rest)):
            below = p.apply(block(1), le(g[k], A + B * Abs(1 - turn(J)) ** 2), k=k)
            p.squares(le(0, rest), [(1, [below], "", swing(J))])
        total = p.use("algebra.sum_nonnegative", le(0, Sum("k", 1, P, rest)), n=P, f=fn("k", rest))
        p.squares(WEIGHTED, [(1, [total], "", 1)], using=[(plain, A), (turned, B)])
    return block.fact


def raw_energy(p, order, weight):
    """Parseval's equation for the weights times e^{−2πisK/P}."""
    body = Sum("s", 1, order, weight * turn(-s * K) * turn(s * (k - 1)))
    return p.use("analysis.periodic_parseval", eq(Sum("k", 1, P, Abs(body) ** 2), P * Sum("s", 1, order, Abs(weight * turn(-s * K)) ** 2)),
                 S=order, P=P, b=fn("s", weight * turn(-s * K)))


@explained
def differences(p):
    """(w_s − w_{s−1}) z^s − (1 − z) w_s z^s = w_s z^{s+1} − w_{s−1} z^s telescopes."""
    z = turn(J)
    rise = Sum("s", 1, S + 1, (w[s] - w[s - 1]) * turn(s * J))

    def before(j):
        return w[j - 1] * turn(j * J)
    with p.generalise({"k": "int"}, within(1, k, P), eq(Abs(rise) ** 2, Abs((1 - z) * swing(J)) ** 2)) as each:
        steps = p.step("telescoping", eq(Sum("s", 1, S + 1, (w[s] - w[s - 1]) * turn(s * J) - (1 - z) * w[s] * turn(s * J)),
                                         before(S + 2) - before(T(1))), T=fn("j_", before(T("j_"))))
        equal = p.identity(eq(rise, (1 - z) * swing(J)), [(steps, 1), (p.given(3), turn((S + 1) * J)), (p.given(2), -turn(J))])
        p.step("congruence", eq(Abs(rise) ** 2, Abs((1 - z) * swing(J)) ** 2), equal=equal, context=fn("m_", Abs("m_") ** 2))
    return p.step("congruence", eq(Sum("k", 1, P, Abs(rise) ** 2), Sum("k", 1, P, Abs((1 - z) * swing(J)) ** 2)), equal=each.fact)


@claim.oracle
def summed():
    """Drawn windows: both sums over a period in 30 digits, by cosines and sines, against exact rational energies."""
    from itertools import pairwise

    from mpmath import mp

    from theory.papers.uncertainty_measurements import compared, numbers

    found = []
    with mp.workdps(30):
        for order, lag, period in ((1, 0, 2), (3, 5, 4), (4, 7, 11), (9, 20, 23)):
            drawn = numbers(order, order + 90)
            window = [mp.mpc(*(mp.mpf(x.numerator) / x.denominator for x in pair)) for pair in drawn]
            plain = turned = mp.mpf(0)
            for j in range(-lag, period - lag):
                angle = 2 * mp.pi * j / period
                size = abs(mp.fsum(x * mp.mpc(mp.cos(s * angle), mp.sin(s * angle)) for s, x in enumerate(window, 1))) ** 2
                plain, turned = plain + size, turned + (2 - 2 * mp.cos(angle)) * size
            padded = [(0, 0), *drawn, (0, 0)]
            exact = [period * sum(x * x + y * y for x, y in drawn),
                     period * sum((y[0] - x[0]) ** 2 + (y[1] - x[1]) ** 2 for x, y in pairwise(padded))]
            for name, value, energy in zip(("window", "differences"), (plain, turned), exact, strict=True):
                expected = mp.mpf(energy.numerator) / energy.denominator
                found.append(compared(name, {"S": order, "K": lag, "P": period}, mp.nstr(value, 20), mp.nstr(expected, 20),
                                      abs(value - expected) < mp.mpf(10) ** -22))
    return found


claim.must_refuse(
    open_at_the_end=changed(TURNED, given={3: None}),
    majorant_without_steps=changed(forall({"A": "real", "B": "real", "g": ["seq", "real"]}, [BELOW],
                                           le(Sum("k", 1, P, g[k] * Abs(swing(J)) ** 2), P * A * WINDOW))),
    factor_two=changed(eq(TURNED.json[1], 2 * P * STEPS)),
    window_fills_the_period=changed(TURNED, given={1: le(S, P)}),
)
claim.refute("open_at_the_end")(fails_in_balls(S=0, K=0, P=1, w=fn("k", delta(k, 1))))
claim.refute("factor_two")(fails_in_balls(S=1, K=0, P=2, w=fn("k", delta(k, 1))))
claim.refute("window_fills_the_period")(fails_in_balls(S=1, K=0, P=1, w=fn("k", delta(k, 1))))
