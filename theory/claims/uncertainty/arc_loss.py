"""The loss of any filter with poles on an arc, from its impulse response over one period of 2K lags."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    eq,
    exp,
    fn,
    forall,
    le,
    lt,
    names,
    ne,
    re,
    statement,
    sums,
    within,
)
from theory.mutations import changed, counterexample
from theory.papers.uncertainty_explicit import below_one, lag_facts
from theory.proof import explained

S, K, h, alpha, b, n, k, s, t = names("S K h alpha b n k s t")
a, c, lam, L = names("a c lam L")


def turn(m):
    return exp(IMAGINARY * PI * m / K)


TERM = Abs(c(k) - delta(k, K)) ** 2
ENERGY = Sum("k", 1, 2 * K, Abs(c(k - 1)) ** 2)
CLOSED = 1 + ENERGY / lam - 2 * re(c(K))
WHERE = [("a", ["n"], exp(-alpha / K) * turn(n - h)), ("lam", [], 1 - exp(-4 * alpha)),
         ("c", ["k"], Sum("n", 1, S, b[n] * a(n) ** k)), ("L", [], Series("k", 0, TERM))]

claim = Claim(
    title="Loss over one period",
    says="For poles e^{−α/K} e^{iπ(n−h)/K}, n = 1..S, and any weights, c_{k+2K} = e^{−2α} c_k; so the loss is "
         "1 + (1 − e^{−4α})^{−1} Σ_{k<2K} |c_k|² − 2 Re c_K.",
    statement=statement(forall({"S": "nat", "K": "nat", "h": "int", "alpha": "real", "b": SEQ}, [lt(0, alpha), le(1, K)],
                               both(sums("k", 0, TERM, L), eq(L, CLOSED))), WHERE),
    reference="own; UP.P15 for poles with equal 2K-th powers",
    hypotheses={"α > 0": "the loss is infinite on the circle", "K ≥ 1": "the angle π/K is not defined"},
    limits="Any S, so the poles may coincide (S > 2K).",
)


@claim.derive
def one_period(step):
    import sympy

    from theory.identities import confirm, equal

    alpha, lag = sympy.symbols("alpha K", positive=True)
    n = sympy.symbols("n", integer=True)
    equal(step, "a pole after 2K steps", sympy.exp(sympy.expand(2 * lag * (-alpha + sympy.I * sympy.pi * n) / lag)), sympy.exp(-2 * alpha),
          shown="a^{2K}", why="a = e^{(−α + iπn)/K}, and e^{2πin} = 1 for every integer n")
    r = sympy.symbols("r", positive=True)
    b = sympy.symbols("b1:4", real=True)
    for size, root in ((1, -1), (2, sympy.I)):
        poles = [r * root**j for j in range(3)]
        response = [sum(x * a**m for x, a in zip(b, poles, strict=True)) for m in range(2 * size)]
        once = sum(sympy.expand(c * sympy.conjugate(c)) for c in response) / (1 - r ** (4 * size))
        energy = sum(x * y / (1 - a * sympy.conjugate(c)) for x, a in zip(b, poles, strict=True) for y, c in zip(b, poles, strict=True))
        confirm(step, f"K = {size}: energy", [sympy.simplify(energy - once)],
                why="three poles r e^{iπ(n−h)/K}, one repeated when K = 1: the Gram form is one period over 1 − r^{4K}, r^{4K} = e^{−4α}")
    E, peak = sympy.symbols("E c_K", real=True)
    equal(step, "sample K replaced", E - peak**2 + (peak - 1) ** 2, 1 + E - 2 * peak, shown="L",
          why="the loss differs from the energy in one sample")


@claim.certify
def proof(p, _):
    p.inhabited(S=0, K=1, h=0, alpha=1, b=fn("k", 0))
    _, back = lag_facts(p, p.given(2))
    small, room = decays(p, back)
    with p.generalise({"s": "int"}, [le(1, s), le(s, S)], lt(Abs(a(s)), 1)):
        p.squares(lt(Abs(a(s)), 1), [(1, [small], "", 1)])
    regular = denominators(p, back)
    values = {"S": S, "K": K, "a": fn("k", a(k)), "b": b}
    gram = Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) / (1 - a(s) * conj(a(t)))))
    loss = p.use("uncertainty.loss_in_gram_form", eq(L, 1 + gram - 2 * re(c(K))), **values)
    exists = p.use("uncertainty.loss_in_gram_form", sums("k", 0, TERM, 1 + gram - 2 * re(c(K))), **values)
    energy = period(p, gram, regular, room)
    p.both(p.series("exists", sums("k", 0, TERM, L), exists), p.identity(eq(L, CLOSED), [(loss, 1), (energy, 1)]))


@explained
def decays(p, back):
    """|a_n| = e^{−α/K} < 1 and 1 − e^{−4α} ≠ 0."""
    small = below_one(p, -alpha / K, p.squares(lt(-alpha / K, 0), [(1, [p.given(1), back], "", 1)]))
    far = below_one(p, -4 * alpha, p.squares(lt(-4 * alpha, 0), [(4, [p.given(1)], "", 1)]))
    return small, p.order("nonzero", ne(lam, 0), far)


@explained
def denominators(p, back):
    """1 − a_s ā_t ≠ 0, as |1 − a_s ā_t|² = (1 − e^{−2α/K})² + e^{−2α/K} |e^{iπs/K} − e^{iπt/K}|²."""
    small = below_one(p, -2 * alpha / K, p.squares(lt(-2 * alpha / K, 0), [(2, [p.given(1), back], "", 1)]))
    size = p.order("basic", lt(0, exp(-2 * alpha / K)))
    with p.generalise({"s": "int", "t": "int"}, [], ne(1 - a(s) * conj(a(t)), 0)) as block, \
            p.contradiction(ne(1 - a(s) * conj(a(t)), 0)) as absurd:
        p.squares(lt(0, 0), [(1, [small, small], "", 1), (1, [size], "", turn(s) - turn(t))],
                  using=[(f"{absurd}.1", 1, 1 - conj(a(s)) * a(t))])
    return block.fact


@explained
def period(p, gram, regular, room):
    """(1 − z) Σ_{k<2K} z^k = 1 − z^{2K} = 1 − e^{−4α} for every z = a_s ā_t, summed with the weights b_s b̄_t."""
    z = a(s) * conj(a(t))

    def power(k):
        return exp(-2 * alpha * (k - 1) / K) * turn((s - t) * (k - 1))
    old = b[s] * conj(b[t]) / (1 - z)
    new = Sum("k", 1, 2 * K, b[s] * conj(b[t]) * power(k)) / lam
    with p.generalise({"s": "int"}, within(1, s, S), eq(Sum("t", 1, S, old), Sum("t", 1, S, new))) as outer:
        with p.generalise({"t": "int"}, within(1, t, S), eq(old, new)) as inner:
            proper = p.apply(regular, ne(1 - z, 0), s=s, t=t)
            total = p.step("telescoping", eq(Sum("k", 1, 2 * K, power(k)), lam / (1 - z)), T=fn("j_", -power(T("j_")) / (1 - z)),
                           nonzero=[proper])
            p.identity(eq(old, new), [(total, -b[s] * conj(b[t]) / lam)], nonzero=[proper, room])
        p.step("congruence", outer.shows[3], equal=inner)
    double = Sum("s", 1, S, Sum("t", 1, S, new))
    rewritten = p.step("congruence", eq(gram, double), equal=outer.fact)
    return p.identity(eq(gram, ENERGY / lam), [(rewritten, 1)])


@claim.oracle
def simulated():
    """Drawn weights: the loss by running the recurrence over 40 periods, against the energy of the first period alone, in 25 digits."""
    import random

    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import compared

    found, chance = [], random.Random(11)
    with mp.workdps(25):
        for order, lag, shift, rate in ((1, 1, 0, 1), (2, 3, 1, 1), (5, 4, 2, mpf(1) / 2), (9, 3, 4, 2)):
            poles = [mp.exp(mp.mpc(-rate, mp.pi * (m - shift)) / lag) for m in range(1, order + 1)]
            state = [mp.mpc(chance.uniform(-1, 1), chance.uniform(-1, 1)) / order for _ in poles]
            loss = first = peak = mpf(0)
            for step in range(80 * lag):
                here = sum(state)
                loss += abs(here - (step == lag)) ** 2
                first += abs(here) ** 2 if step < 2 * lag else 0
                peak = here if step == lag else peak
                state = [x * pole for x, pole in zip(state, poles, strict=True)]
            closed = 1 + first / (1 - mp.exp(-4 * rate)) - 2 * mp.re(peak)
            found.append(compared("loss", {"S": order, "K": lag, "h": shift}, mp.nstr(loss, 15), mp.nstr(closed, 15),
                                  abs(loss - closed) < mpf(10) ** -15))
    return found


claim.must_refuse(
    one_period_only=changed(eq(L, 1 + ENERGY - 2 * re(c(K)))),
    half_a_period=changed(eq(L, 1 + Sum("k", 1, K, Abs(c(k - 1)) ** 2) / lam - 2 * re(c(K)))),
    decay_halved=changed(eq(L, CLOSED), where={"lam": 1 - exp(-2 * alpha)}),
    on_the_circle=changed(given={1: le(0, alpha)}),
)


def one_pole(p):
    """S = 1, K = 1, b = 1, α = 1: the true value, and that it differs from the wrong one by more than the balls."""
    values = {"S": 1, "K": 1, "h": 0, "alpha": 1, "b": fn("k", 1)}
    here = counterexample(p, **values)
    wrong = T(p.statement["holds"][3][2])
    true = 1 + 1 / (1 - exp(T(-2))) + 2 * exp(T(-1))
    below_one(p, T(-1), p.step("instance", lt(-1, 0)))
    pole = fn("k", exp(T(-1)) * exp(IMAGINARY * PI * k))
    loss = p.use("uncertainty.loss_in_gram_form", eq(here(L), true), S=1, K=1, a=pole, b=fn("k", 1))
    apart = p.step("ball_bound", ne(true, here(wrong)), prec=100)
    with p.contradiction(ne(here(L), here(wrong))) as absurd:
        none = p.identity(eq(true, here(wrong)), [(f"{absurd}.1", 1), (loss, -1)])
        p.identity(eq(1, 0), [(none, -1 / (here(wrong) - true))], nonzero=[p.order("nonzero", ne(here(wrong) - true, 0), apart)])


for name in ("one_period_only", "half_a_period"):
    claim.refute(name)(one_pole)
