"""Parseval's equation for a trigonometric sum of at most P frequencies, over P lags."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Sum, T, entry, eq, eye, fn, forall, le, matrix, names, statement, vec, within
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_sharp import P, S, turn
from theory.proof import explained

b, k, s, h, q, r = names("b k s h q r")
W, v, d = names("W_ v_ d_")
SUM = Sum("s", 1, S, b[s] * turn(s * (k - 1)))
ENERGY = Sum("s", 1, S, Abs(b[s]) ** 2)
GOAL = eq(Sum("k", 1, P, Abs(SUM) ** 2), P * ENERGY)

claim = Claim(
    title="Parseval's equation over a period",
    says="For S ≤ P numbers b_s, the P values Σ_s b_s e^{2πisk/P}, k = 0..P−1, have the energy P Σ|b_s|².",
    statement=statement(forall({"S": "nat", "P": "nat", "b": SEQ}, [le(1, P), le(S, P)], GOAL)),
    reference="the discrete Fourier transform is unitary up to a factor",
    hypotheses={"S ≤ P": "with S = 2, P = 1 and b = 1 the left side is 4 and the right side 2", "P ≥ 1": "the angle 2π/P is not defined"},
    limits="Frequencies 1..S; a shift of all of them changes no modulus.",
)


@claim.derive
def small_periods(step):
    import sympy

    from theory.identities import confirm, equal

    roots = {2: -1, 3: sympy.Rational(-1, 2) + sympy.sqrt(3) * sympy.I / 2, 4: sympy.I}
    for period, root in roots.items():
        for order in range(1, period + 1):
            b, c = sympy.symbols(f"b1:{order + 1}"), sympy.symbols(f"c1:{order + 1}")
            waves = [[sum(x * turn ** (k * s) for s, x in enumerate(weights, 1)) for k in range(period)]
                     for weights, turn in ((b, root), (c, sympy.conjugate(root)))]
            total = sum(x * y for x, y in zip(*waves, strict=True))
            confirm(step, f"S = {order}, P = {period}", [sympy.expand(total - period * sum(x * y for x, y in zip(b, c, strict=True)))],
                    why="Σ_k |Σ b_s e^{2πisk/P}|² = P Σ |b_s|², with c_s for the conjugate of b_s")
    b = sympy.symbols("b1:3", real=True)
    equal(step, "S = 2, P = 1", (b[0] + b[1]) ** 2, sum(x**2 for x in b) + 2 * b[0] * b[1],
          why="more frequencies than lags: the mixed term stays")


@claim.certify
def proof(p, _):
    """The S rows e^{2πisk/P} of a matrix W are orthogonal, WW* = P·I, and the values are the entries of Wᵀb."""
    p.inhabited(S=0, P=1, b=fn("k", 0))
    p.abbreviate("W_", [], matrix("s", S, "k", P, turn(s * (k - 1))))
    p.abbreviate("v_", [], vec("s", S, b[s].bar))
    p.abbreviate("d_", [], vec("k", P, SUM.bar))
    orthogonal = p.entries(eq(W @ W.H, P * eye(S)), each=characters(p))
    transform = p.entries(eq(W.H @ v, d))
    starred = p.step("congruence", eq(v.H @ W, d.H), equal=transform, context=fn("m_", T("m_").H))
    framed = p.operator(eq(d.H @ d, P * v.H @ v), [(orthogonal, v.H, v), (transform, -v.H @ W, 1), (starred, -1, d)])
    left = p.entries(eq(d.H @ d, Sum("k", 1, P, Abs(SUM) ** 2)))
    right = p.entries(eq(v.H @ v, ENERGY))
    p.identity(GOAL, [(framed, 1), (left, -1), (right, P)])


@explained
def characters(p):
    """A row times another row is the sum of the powers of a root of unity other than 1 over a period."""
    goal = eq(entry(W @ W.H, q, r), entry(P * eye(S), q, r))
    with p.generalise({"q": "int", "r": "int"}, [*within(1, q, S), *within(1, r, S)], goal) as block:
        split = p.new_id()
        with p.branch() as less:
            vanishing(p, goal, -1, r - q, p.order("gap", le(q + 1, r), f"{split}.less.1"), (block(4), block(1)))
        with p.branch() as equal:
            own = p.identity(eq(entry(W @ W.H, r, r), entry(P * eye(S), r, r)))
            back = p.identity(eq(T("r"), T("q")), [(f"{split}.equal.1", -1)])
            p.step("congruence", goal, equal=back, context=fn("m_", eq(entry(W @ W.H, "m_", r), entry(P * eye(S), "m_", r))),
                   **{"from": own})
        with p.branch() as greater:
            vanishing(p, goal, 1, q - r, p.order("gap", le(r + 1, q), f"{split}.greater.1"), (block(2), block(3)))
        p.step("cases", goal, split, on=[q, r], less=less, equal=equal, greater=greater)
    return block.fact


def vanishing(p, goal, sign, m, far, ends):
    """Σ_k e^{±2πimk/P} = 0 for 1 ≤ m < P."""
    p.squares(le(1, m), [(1, [far], "", 1)])
    p.squares(le(m + 1, P), [(1, [end], "", 1) for end in (*ends, p.given(2))])
    total = p.use("algebra.root_of_unity_sum", eq(Sum("k", 1, P, turn(sign * m * (k - 1))), 0), P=P, m=m)
    p.identity(goal, [(total, 1)])


def direct(weights, period):
    """Σ_k |Σ_s b_s e^{2πisk/P}|² by the two-term recurrence of each phase."""
    from mpmath import mp

    phases = [mp.expjpi(mp.mpf(2) * (s + 1) / period) for s in range(len(weights))]
    state, total = list(weights), mp.mpf(0)
    for _ in range(period):
        total += abs(mp.fsum(state)) ** 2
        state = [x * phase for x, phase in zip(state, phases, strict=True)]
    return total


@claim.oracle
def recurrence():
    """Drawn weights, run for one period in 30 digits."""
    from mpmath import mp

    from theory.papers.uncertainty_measurements import compared, numbers

    found = []
    with mp.workdps(30):
        for order, period in ((1, 1), (2, 3), (5, 5), (6, 20), (11, 17)):
            drawn = numbers(order, order)
            exact = period * sum(x * x + y * y for x, y in drawn)
            energy = direct([mp.mpc(mp.mpf(x.numerator) / x.denominator, mp.mpf(y.numerator) / y.denominator) for x, y in drawn], period)
            expected = mp.mpf(exact.numerator) / exact.denominator
            found.append(compared("energy of a period", {"S": order, "P": period}, mp.nstr(energy, 20), mp.nstr(expected, 20),
                                  abs(energy - expected) < mp.mpf(10) ** -20))
    return found


claim.must_refuse(
    more_frequencies=changed(given={2: le(S, P + 1)}),
    factor_lost=changed(eq(Sum("k", 1, P, Abs(SUM) ** 2), ENERGY)),
    one_lag_more=changed(eq(Sum("k", 1, P + 1, Abs(SUM) ** 2), P * ENERGY)),
)
claim.refute("more_frequencies")(fails_in_balls(S=2, P=1, b=fn("k", 1)))
claim.refute("factor_lost")(fails_in_balls(S=1, P=2, b=fn("k", 1)))
claim.refute("one_lag_more")(fails_in_balls(S=1, P=1, b=fn("k", 1)))
