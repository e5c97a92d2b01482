"""Peak and energy of a filter with evenly spaced phases and any window for its weights."""
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
    delta,
    eq,
    exp,
    fn,
    forall,
    im,
    le,
    lt,
    names,
    ne,
    statement,
    sums,
    within,
)
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_sharp import (
    GIVEN,
    SYMBOLS,
    VARIABLES,
    WHERE_A,
    WHERE_C,
    WHERE_D,
    WHERE_P,
    J,
    K,
    P,
    S,
    c,
    d,
    fade,
    k,
    lam,
    n,
    reciprocal,
    s,
    sizes,
    swing,
    turn,
    w,
)
from theory.proof import explained

REAL_SEQ = ["seq", "real"]
SQUARE = Abs(c(k)) ** 2
PERIOD = Sum("k", 1, P, Abs(c(k - 1)) ** 2)
LOST = 1 - exp(-2 * lam)
WINDOW, STEPS = Sum("s", 1, S, Abs(w[s]) ** 2), Sum("s", 1, S + 1, Abs(w[s] - w[s - 1]) ** 2)
MIXED = (1 + d**2) * WINDOW + exp(2 * lam) / (16 * d**2) * STEPS
ENERGY = Series("k", 0, SQUARE)
PEAK = eq(c(K), exp(-lam * K / P) * Sum("s", 1, S, w[s]))
BOUND = le(ENERGY, P * fade(K) / LOST * MIXED)
WHERE = [WHERE_P, WHERE_D, WHERE_A, ("b", ["n"], w[n] * turn(-n * K)), WHERE_C]

claim = Claim(
    title="Peak and energy of a windowed filter",
    says="For the poles e^{(−λ + 2πis)/P}, P = K + δ, and the weights w_s e^{−2πisK/P} with a complex window, w_0 = w_{S+1} = 0: "
         "c_K = e^{−λK/P} Σ w_s, and the energy is at most P e^{−2λK/P}/(1 − e^{−2λ}) · ((1 + d²) Σ |w_s|² + e^{2λ}/(16 d²) "
         "Σ |w_s − w_{s−1}|²), d = δ/P.",
    statement=statement(forall({**VARIABLES, "w": SEQ}, [*GIVEN, eq(w[0], 0), eq(w[S + 1], 0)],
                               both(PEAK, sums("k", 0, SQUARE, ENERGY), BOUND)), WHERE),
    reference="own",
    hypotheses={"λ > 0": "the energy is infinite", "δ ≥ 1": "with δ = 0 the lag K is a whole period, the bound has d = 0 below the line",
                "S ≤ K": "the S + 1 differences of the window must be orthogonal over the period P ≥ K + 1",
                "w_0 = w_{S+1} = 0": "the steps at the ends of the window would not be counted"},
    symbols=SYMBOLS,
    limits="The factor 1/(16 d²) comes from Jordan's inequality and could be nearly 1/(4π²d²).",
)


@claim.derive
def small_windows(step):
    import sympy

    from theory.identities import confirm, equal

    x, rate, width = sympy.symbols("x lambda d", positive=True)
    turned = 1 - sympy.exp(2 * sympy.pi * sympy.I * x)
    equal(step, "a difference as a sine", turned * turned.subs(sympy.I, -sympy.I), 4 * sympy.sin(sympy.pi * x) ** 2, why="|1 − e^{2πix}|²")
    for order, period in ((1, 2), (2, 3), (3, 4)):
        w = [0, *sympy.symbols(f"w1:{order + 1}", real=True), 0]
        root = sympy.exp(2 * sympy.pi * sympy.I / period)
        swing = [sum(w[s] * root ** (s * j) for s in range(1, order + 1)) for j in range(period)]
        squares = [sympy.expand(sympy.expand_complex(v * sympy.conjugate(v))) for v in swing]
        confirm(step, f"S = {order}, P = {period}: Parseval", [sympy.simplify(sum(squares) - period * sum(value**2 for value in w))],
                why="Σ |V_j|² = P Σ w_s² over a period")
        cut = [sympy.expand_complex((1 - root**j) * sympy.conjugate(1 - root**j)) for j in range(period)]
        steps = sum((w[s] - w[s - 1]) ** 2 for s in range(1, order + 2))
        confirm(step, f"S = {order}, P = {period}: differences",
                [sympy.simplify(sum(x * y for x, y in zip(cut, squares, strict=True)) - period * steps)],
                why="Σ |1 − e^{2πij/P}|² |V_j|² = P Σ (w_s − w_{s−1})²")
    j, period, lag = sympy.symbols("j P K", positive=True)
    decay = sympy.exp(-2 * rate * (lag + j) / period)
    equal(step, "later periods", decay.subs(j, j + period) / decay, sympy.exp(-2 * rate),
          why="so the energy is that of one period over 1 − e^{−2λ}")
    equal(step, "decay seen from K", decay, sympy.exp(-2 * rate * lag / period) * sympy.exp(2 * rate * (-j / period)),
          why="x = −j/P ≤ 1 − d over the period")
    room = 1 + width**2 + sympy.exp(2 * rate) * (2 * sympy.sin(sympy.pi * x)) ** 2 / (16 * width**2) - 1 - 2 * x * sympy.exp(rate)
    equal(step, "the majorant leaves a square", room.subs(sympy.sin(sympy.pi * x), 2 * x), (width - x * sympy.exp(rate) / width) ** 2,
          why="at Jordan's sin πx = 2x and convexity's e^{2λx} = 1 + 2x e^λ, 0 ≤ x ≤ 1/2")


@claim.certify
def proof(p, _):
    """Up to the decay e^{−λk/P}, the impulse response at lag k is V_{k−K} with V_j = Σ w_s e^{2πisj/P}, of period P, and its energy is
    that of one period over 1 − e^{−2λ}. The decay, e^{−2λK/P} e^{2λ(K−k)/P}, is the largest just after a period begins, where
    K − k ≤ P − δ; there e^{2λx} ≤ 1 + d² + e^{2λ} |1 − e^{2πix}|²/(16 d²) with x = (K − k)/P. By Parseval the first term gives P Σ |w_s|²;
    the factor 1 − e^{2πix} turns the window into its differences, and the second gives P Σ |w_s − w_{s−1}|².
    """
    p.inhabited(S=0, K=0, gap=1, lam=1, w=fn("k", 0))
    facts = sizes(p)
    added = one_period_bound(p, facts)
    lost = p.order("nonzero", ne(LOST, 0), facts["room"])
    response = one_period(p)
    share = reciprocal(p, LOST, p.squares(lt(0, LOST), [(1, [facts["room"]], "", 1)]))
    bound = p.squares(le(PERIOD, P * fade(K) * MIXED), [(1, [p.order("basic", lt(0, fade(K))), added], "", 1)],
                      using=[(response, 1)], nonzero=[facts["d"], facts["P"]])
    total = p.use("uncertainty.periodic_energy", sums("k", 0, SQUARE, PERIOD / LOST), S=S, P=P, lam=lam, b=fn("n", T("b")(n)))
    exists = p.series("exists", sums("k", 0, SQUARE, ENERGY), total)
    value = p.series("value", eq(ENERGY, PERIOD / LOST), total)
    peak = p.identity(PEAK)
    whole = p.squares(BOUND, [(1, [share[1], bound], "", 1)], using=[(value, 1)], nonzero=[lost, facts["d"]])
    p.both(peak, exists, whole)


@explained
def one_period_bound(p, facts):
    """The majorant at every lag of the period, and Parseval's equation for the window and its differences."""
    x, weight = (1 + K - k) / P, exp(2 * lam) / (16 * d**2)
    below = le(fade(J), 1 + d**2 + weight * Abs(1 - turn(J)) ** 2)
    with p.generalise({"k": "int"}, within(1, k, P), below) as block:
        p.squares(le(x, 1 - d), [(1, [facts["back"], block(1)], "", 1)], nonzero=[facts["P"]])
        p.squares(le(0, lam), [(1, [p.given(1)], "", 1)])
        sine = im(exp(IMAGINARY * PI * x))
        curve = le(exp(2 * lam * x), 1 + d**2 + exp(2 * lam) * (sine / (2 * d)) ** 2)
        curve = p.use("analysis.exponential_below_sine", curve, lam=lam, d=d, x=x)
        p.squares(below, [(1, [curve], "", 1)], nonzero=[facts["d"], facts["P"]])
    total = le(Sum("k", 1, P, fade(J) * Abs(swing(J)) ** 2), P * MIXED)
    r, t, g = names("r_ t_ g_")
    under = forall({"k": "int"}, within(1, k, P), le(g[k], r + t * Abs(1 - turn(J)) ** 2))
    general = forall({"r_": "real", "t_": "real", "g_": REAL_SEQ}, [under],
                     le(Sum("k", 1, P, g[k] * Abs(swing(J)) ** 2), P * (r * WINDOW + t * STEPS)))
    rule = p.use("analysis.windowed_parseval", general, S=S, K=K, P=P, w=w)
    return p.apply(rule, total, r_=1 + d**2, t_=weight, g_=fn("k", fade(J)))


@explained
def one_period(p):
    """|c_k|² = e^{−2λk/P} |V_{k−K}|²."""
    return p.identity(eq(PERIOD, fade(K) * Sum("k", 1, P, fade(J) * Abs(swing(J)) ** 2)))


@claim.oracle
def recurrences():
    """Layered and drawn windows: the energy over 40 periods and the value at lag K by the recurrence, in 25 digits."""
    from mpmath import mp

    from theory.papers.uncertainty_measurements import bounded, compared, numbers
    from theory.papers.uncertainty_sharp_measured import CASES, layered, simulated

    found = []
    with mp.workdps(25):
        for order, lag, wide, rate in CASES:
            drawn = [mp.mpf(x.numerator) / x.denominator for x, _ in numbers(order, order + 70)]
            for name, window in (("layered", layered(order, mp.mpf(1))), ("drawn", drawn)):
                energy, peak = simulated(window, lag, wide, rate)
                inputs = {"window": name, "S": order, "K": lag, "delta": wide, "lam": rate}
                found.append(compared("value at the lag", inputs, mp.nstr(peak, 12), mp.nstr(mp.fsum(window), 12) + " e^{-lam K/P}",
                                      abs(peak - mp.exp(-mp.mpf(rate) * lag / (lag + wide)) * mp.fsum(window)) < mp.mpf(10) ** -15))
                most = energy_bound(window, lag, wide, rate)
                found.append(bounded("energy", inputs, mp.nstr(energy, 12), mp.nstr(most, 12), energy <= most))
    return found


def energy_bound(window, lag, wide, rate):
    """The formula."""
    from itertools import pairwise

    from mpmath import mp

    share = mp.mpf(wide) / (lag + wide)
    padded = [0, *window, 0]
    steps = mp.fsum((y - x) ** 2 for x, y in pairwise(padded))
    mixed = (1 + share**2) * mp.fsum(x * x for x in window) + mp.exp(2 * rate) / (16 * share**2) * steps
    return (lag + wide) * mp.exp(-2 * rate * mp.mpf(lag) / (lag + wide)) / (1 - mp.exp(-2 * rate)) * mixed


ONE_STEP = {"S": 1, "K": 1, "gap": 1, "lam": 1, "w": fn("k", delta(k, 1))}
claim.must_refuse(
    peak_doubled=changed(eq(c(K), 2 * exp(-lam * K / P) * Sum("s", 1, S, w[s]))),
    peak_not_turned=changed(PEAK, where={"b": w[n]}),
    steps_forgotten=changed(le(ENERGY, P * fade(K) / LOST * (1 + d**2) * WINDOW)),
    half_turns=changed(BOUND, where={"a": exp(-lam / P) * exp(IMAGINARY * PI * n / P), "b": w[n] * exp(-IMAGINARY * PI * n * K / P)}),
    no_room=changed(BOUND, given={2: None}),
    window_fills_the_period=changed(BOUND, given={3: le(S, P)}),
    open_at_the_end=changed(BOUND, given={5: None}),
)
claim.refute("peak_doubled")(fails_in_balls(**ONE_STEP))
claim.refute("peak_not_turned")(fails_in_balls(**ONE_STEP))
