"""The energy of a filter whose poles are P-th roots of one number, from one period of its impulse response."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, SEQ, Abs, Series, Sum, T, conj, eq, exp, fn, forall, le, lt, names, ne, statement, sums, within
from theory.mutations import changed, counterexample
from theory.papers.uncertainty_explicit import below_one
from theory.papers.uncertainty_sharp import P, S, counted, fade, lam, pole, reciprocal, turn
from theory.proof import explained

b, k, n, s, t, a, c, lost = names("b k n s t a c lost")
SQUARE = Abs(c(k)) ** 2
PERIOD = Sum("k", 1, P, Abs(c(k - 1)) ** 2)
TOTAL = sums("k", 0, SQUARE, PERIOD / lost)
WHERE = [("a", ["n"], pole(n)), ("lost", [], 1 - exp(-2 * lam)), ("c", ["k"], Sum("n", 1, S, b[n] * a(n) ** k))]

claim = Claim(
    title="Energy from one period",
    says="For poles e^{(−λ + 2πin)/P}, n = 1..S, and any weights, |c_{k+P}|² = e^{−2λ} |c_k|²; so the energy of the impulse response is "
         "that of its first P samples over 1 − e^{−2λ}.",
    statement=statement(forall({"S": "nat", "P": "nat", "lam": "real", "b": SEQ}, [lt(0, lam), le(1, P)], TOTAL), WHERE),
    reference="own; the energy of a filter whose poles have equal P-th powers",
    hypotheses={"λ > 0": "the energy is infinite on the circle", "P ≥ 1": "the angle 2π/P is not defined"},
    limits="Any S, so the poles may coincide (S > P). The period may be odd, and no lag is singled out.",
)


@claim.derive
def small_periods(step):
    import sympy

    from theory.identities import confirm, equal

    z, n = sympy.Symbol("z"), sympy.symbols("n", integer=True, positive=True)
    partial = (1 - z**n) / (1 - z)
    equal(step, "geometric sum", partial.subs(n, n + 1) - partial, z**n, why="1 + z + … + z^{P−1} = (1 − z^P)/(1 − z)")
    r = sympy.symbols("r", positive=True)
    roots = {1: 1, 2: -1, 3: sympy.Rational(-1, 2) + sympy.sqrt(3) * sympy.I / 2, 4: sympy.I}
    for period, root in roots.items():
        poles = [r * root, r * root**2]
        confirm(step, f"P = {period}: all powers agree",
                [sympy.expand((x * sympy.conjugate(y)) ** period) - r ** (2 * period) for x in poles for y in poles],
                why="z^P = e^{−2λ} for z = a_s ā_t, with r = e^{−λ/P}")
        b = sympy.symbols("b1:3", real=True)
        response = [sum(x * a**k for x, a in zip(b, poles, strict=True)) for k in range(period)]
        once = sum(sympy.expand(c * sympy.conjugate(c)) for c in response) / (1 - r ** (2 * period))
        energy = sum(x * y / (1 - a * sympy.conjugate(c)) for x, a in zip(b, poles, strict=True) for y, c in zip(b, poles, strict=True))
        equal(step, f"P = {period}: energy", sympy.simplify(energy - once), sympy.S.Zero, shown="E - Q/(1 - e^{-2\\lambda})",
              why="E = Σ b_s b̄_t/(1 − a_s ā_t), Q the energy of the first P samples")


@claim.certify
def proof(p, _):
    """The energy is Σ b_s b̄_t/(1 − z) over pairs, z = a_s ā_t, and z^P = e^{−2λ} for each, so that
    1/(1 − z) = (1 + z + … + z^{P−1})/(1 − e^{−2λ}).
    """
    p.inhabited(S=0, P=1, lam=1, b=fn("k", 0))
    _, back = reciprocal(p, P, counted(p, P, p.given(2)))
    room = decays(p, back)
    regular = denominators(p, back)
    gram = Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) / (1 - a(s) * conj(a(t)))))
    energy = p.use("uncertainty.filter_energy", sums("k", 0, SQUARE, gram), S=S, a=fn("k", a(k)), b=b)
    value = periods(p, gram, regular, room)
    p.step("congruence", TOTAL, equal=value, context=fn("m_", sums("k", 0, SQUARE, "m_")), **{"from": energy})


@explained
def decays(p, back):
    """|a_n| = e^{−λ/P} < 1 and 1 − e^{−2λ} ≠ 0."""
    small = below_one(p, -lam / P, p.squares(lt(-lam / P, 0), [(1, [p.given(1), back], "", 1)]))
    with p.generalise({"s": "int"}, within(1, s, S), lt(Abs(a(s)), 1)):
        p.squares(lt(Abs(a(s)), 1), [(1, [small], "", 1)])
    far = below_one(p, -2 * lam, p.squares(lt(-2 * lam, 0), [(2, [p.given(1)], "", 1)]))
    return p.order("nonzero", ne(lost, 0), far)


@explained
def denominators(p, back):
    """1 − a_s ā_t ≠ 0, as |1 − a_s ā_t|² = (1 − e^{−2λ/P})² + e^{−2λ/P} |e^{2πis/P} − e^{2πit/P}|²."""
    small = below_one(p, -2 * lam / P, p.squares(lt(-2 * lam / P, 0), [(2, [p.given(1), back], "", 1)]))
    size = p.order("basic", lt(0, exp(-2 * lam / P)))
    with p.generalise({"s": "int", "t": "int"}, [], ne(1 - a(s) * conj(a(t)), 0)) as block, \
            p.contradiction(ne(1 - a(s) * conj(a(t)), 0)) as absurd:
        p.squares(lt(0, 0), [(1, [small, small], "", 1), (1, [size], "", turn(s) - turn(t))],
                  using=[(f"{absurd}.1", 1, 1 - conj(a(s)) * a(t))])
    return block.fact


@explained
def periods(p, gram, regular, room):
    """(1 − z) Σ_{k<P} z^k = 1 − z^P = 1 − e^{−2λ} for every z = a_s ā_t, summed with the weights b_s b̄_t."""
    z = a(s) * conj(a(t))

    def power(k):
        return fade(k - 1) * turn((s - t) * (k - 1))
    old = b[s] * conj(b[t]) / (1 - z)
    new = Sum("k", 1, P, b[s] * conj(b[t]) * power(k)) / lost
    with p.generalise({"s": "int"}, within(1, s, S), eq(Sum("t", 1, S, old), Sum("t", 1, S, new))) as outer:
        with p.generalise({"t": "int"}, within(1, t, S), eq(old, new)) as inner:
            proper = p.apply(regular, ne(1 - z, 0), s=s, t=t)
            total = p.step("telescoping", eq(Sum("k", 1, P, power(k)), lost / (1 - z)), T=fn("j_", -power(T("j_")) / (1 - z)),
                           nonzero=[proper])
            p.identity(eq(old, new), [(total, -b[s] * conj(b[t]) / lost)], nonzero=[proper, room])
        p.step("congruence", outer.shows[3], equal=inner)
    rewritten = p.step("congruence", eq(gram, Sum("s", 1, S, Sum("t", 1, S, new))), equal=outer.fact)
    return p.identity(eq(gram, PERIOD / lost), [(rewritten, 1)])


def from_one_period(first, rate):
    """The formula: the energy of one period over 1 − e^{−2λ}."""
    from mpmath import mp

    return first / (1 - mp.exp(-2 * rate))


@claim.oracle
def simulated():
    """Drawn weights: the energy by running the recurrence over 60 periods, against the formula, in 25 digits."""
    import random

    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import compared

    found, chance = [], random.Random(12)
    with mp.workdps(25):
        for order, period, rate in ((1, 1, 1), (2, 3, 1), (5, 4, mpf(2) / 3), (9, 15, 2)):
            poles = [mp.exp(mp.mpc(-rate, 2 * mp.pi * m) / period) for m in range(1, order + 1)]
            state = [mp.mpc(chance.uniform(-1, 1), chance.uniform(-1, 1)) / order for _ in poles]
            energy = first = mpf(0)
            for step in range(60 * period):
                here = abs(mp.fsum(state)) ** 2
                energy += here
                first += here if step < period else 0
                state = [x * pole for x, pole in zip(state, poles, strict=True)]
            closed = from_one_period(first, rate)
            found.append(compared("energy", {"S": order, "P": period}, mp.nstr(energy, 15), mp.nstr(closed, 15),
                                  abs(energy - closed) < mpf(10) ** -15))
    return found


claim.must_refuse(
    one_period_only=changed(eq(Series("k", 0, SQUARE), PERIOD)),
    decay_doubled=changed(TOTAL, where={"lost": 1 - exp(-4 * lam)}),
    period_cut=changed(sums("k", 0, SQUARE, Sum("k", 1, P - 1, Abs(c(k - 1)) ** 2) / lost)),
    on_the_circle=changed(given={1: le(0, lam)}),
)


@claim.refute("one_period_only")
def one_pole(p):
    """S = 1, P = 1, λ = 1, b = 1: the energy is 1/(1 − e^{−2}), that of the first sample 1."""
    values = {"S": 1, "P": 1, "lam": 1, "b": fn("k", 1)}
    here = counterexample(p, **values)
    true, wrong = 1 / (1 - exp(T(-2))), here(PERIOD)
    below_one(p, T(-1), p.step("instance", lt(-1, 0)))
    below_one(p, T(-2), p.step("instance", lt(-2, 0)))
    pole_at = fn("k", exp(T(-1)) * exp(2 * IMAGINARY * PI * k))
    total = p.use("uncertainty.filter_energy", here(sums("k", 0, SQUARE, true)), S=1, a=pole_at, b=fn("k", 1))
    energy = p.series("value", eq(here(Series("k", 0, SQUARE)), true), total)
    apart = p.step("ball_bound", ne(true, wrong), prec=100)
    with p.contradiction(ne(here(Series("k", 0, SQUARE)), wrong)) as absurd:
        none = p.identity(eq(true, wrong), [(f"{absurd}.1", 1), (energy, -1)])
        p.identity(eq(1, 0), [(none, 1 / (true - wrong))], nonzero=[p.order("nonzero", ne(true - wrong, 0), apart)])
