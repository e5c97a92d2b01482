"""Loss of a windowed filter whose window balances its energy and that of its steps."""
from theory.claim import Claim
from theory.language import Abs, Series, Sum, T, both, conj, delta, eq, exp, fn, forall, le, names, ne, statement, sums
from theory.mutations import changed
from theory.papers.uncertainty_sharp import (
    ETA,
    GIVEN,
    SCALE,
    SHARE,
    SYMBOLS,
    TERM,
    VARIABLES,
    WHERE_A,
    WHERE_C,
    WHERE_D,
    WHERE_LOSS,
    WHERE_P,
    WHERE_SCALE,
    K,
    L,
    P,
    S,
    beaten,
    c,
    d,
    fade,
    k,
    lam,
    n,
    s,
    scales,
    sigma,
    sizes,
    weights,
)
from theory.proof import explained

w, r = names("w r")
WINDOW, STEPS = Sum("s", 1, S, w[s] ** 2), Sum("s", 1, S + 1, (w[s] - w[s - 1]) ** 2)
TOTAL = Sum("s", 1, S, w[s])
STIFF, BALANCED = le(exp(2 * lam), 16 * d**2 * r), le(WINDOW + r * STEPS, TOTAL)
BOUND = le(L, 1 - SHARE * TOTAL)
SQUARE = Abs(c(k)) ** 2
ENERGY = Series("k", 0, SQUARE)

claim = Claim(
    title="Loss of a filter with a balanced window",
    says="For a real window with w_0 = w_{S+1} = 0 and Σw_s² + r Σ(w_s − w_{s−1})² ≤ Σw_s, where r ≥ e^{2λ}/(16 d²), the filter with poles "
         "e^{(−λ + 2πis)/P} and weights σ w_s e^{−2πisK/P} loses at most 1 − (1 − e^{−2λ}) Σw_s/(P (1 + d²)); P = K + δ, d = δ/P.",
    statement=statement(
        forall({**VARIABLES, "w": ["seq", "real"], "r": "real"}, [*GIVEN, eq(w[0], 0), eq(w[S + 1], 0), STIFF, BALANCED],
               both(sums("k", 0, TERM, L), BOUND)),
        [WHERE_P, WHERE_D, WHERE_A, WHERE_SCALE, weights(w[n]), WHERE_C, WHERE_LOSS]),
    reference="own",
    hypotheses={"r ≥ e^{2λ}/(16 d²)": "a window without layers (r = 0, w = 1) would lose as little as the ideal one",
                "balance": "it fixes the height of the window; a window twice as high has twice the sum",
                "w_0 = w_{S+1} = 0": "the steps at the ends of the window would not be counted"},
    symbols=SYMBOLS,
    limits="The factor σ = (1 − e^{−2λ}) e^{λK/P}/(P (1 + d²)) is the best for the bound on the energy, not for the energy itself.",
)


@claim.derive
def best_factor(step):
    import sympy

    from theory.identities import define, equal

    sigma, period, lag, rate, width, total, mixed = sympy.symbols("sigma P K lambda d W M", positive=True)
    eta = sympy.exp(-2 * rate)
    energy = define(step, "bound on the energy", "E",
                    sigma**2 * period * sympy.exp(-2 * rate * lag / period) / (1 - eta) * (1 + width**2) * mixed,
                    why="of the window σw, with M = Σw² + r Σ(Δw)², r = e^{2λ}/(16 d²(1 + d²)) or more")
    peak = define(step, "response at K", "c_K", sigma * sympy.exp(-rate * lag / period) * total, why="W = Σ w_s, all phases agree at K")
    loss = (1 + energy - 2 * peak).subs(mixed, total)
    best = sympy.solve(sympy.diff(loss, sigma), sigma)[0]
    equal(step, "best factor", best, (1 - eta) * sympy.exp(rate * lag / period) / (period * (1 + width**2)), shown="sigma",
          why="for a balanced window, M ≤ W: the derivative in σ of 1 + E − 2c_K vanishes")
    equal(step, "there E is c_K", energy.subs(mixed, total).subs(sigma, best), (1 - eta) * total / (period * (1 + width**2)), shown="E",
          why="peak and energy agree, c_K = E; so the loss is at most 1 − c_K")
    equal(step, "the loss", loss.subs(sigma, best), 1 - (1 - eta) * total / (period * (1 + width**2)), shown="1 + E - 2c_K",
          why="the statement")
    height = sympy.symbols("h", positive=True)
    squares, steps, r = sympy.symbols("Q D r", positive=True)
    scaled = height**2 * (squares + r * steps) - height * total
    equal(step, "height of a balanced window", sympy.solve(scaled, height)[0], total / (squares + r * steps), shown="h",
          why="a window of any height balances after one scaling")


@claim.certify
def proof(p, _):
    """With the bound E on the energy of σc the loss is 1 + ‖c‖² − 2c_K ≤ 1 + E − 2c_K, and σ makes E = c_K."""
    with p.inhabited_by(S=0, K=0, gap=1, lam=1, w=fn("k", 0), r=1):
        p.step("ball_bound", le(exp(T(2) * 1), 16 * (T(1) / (T(0) + 1)) ** 2), prec=53)
    facts = sizes(p)
    rest, regular, share = scales(p, facts)
    p.identity(eq(sigma * w[0], 0), [(p.given(4), sigma)])
    p.identity(eq(sigma * w[S + 1], 0), [(p.given(5), sigma)])
    energy, bound = scaled_filter(p)
    loss = expand(p, energy)
    final(p, facts, (rest, regular), (share, bound, loss))


@explained
def scaled_filter(p):
    """The energy for the window σw."""
    values = {"S": S, "K": K, "gap": names("gap"), "lam": lam, "w": fn("s", sigma * w[s])}
    square = Sum("s", 1, S, (sigma * w[s]) ** 2)
    steps = Sum("s", 1, S + 1, (sigma * w[s] - sigma * w[s - 1]) ** 2)
    energy = p.use("uncertainty.windowed_filter", sums("k", 0, SQUARE, ENERGY), **values)
    bound = le(ENERGY, P * fade(K) / (1 - ETA) * ((1 + d**2) * square + exp(2 * lam) / (16 * d**2) * steps))
    return energy, p.use("uncertainty.windowed_filter", bound, **values)


@explained
def expand(p, energy):
    """|c − δ|² = |c|² − δc − δc̄ + δ, summed term by term."""
    pulse = delta(k, K)
    closed = 1 + ENERGY - c(K) - conj(c(K))
    hits = [p.series("finite", sums("k", 0, pulse * x, y), K=K, g=fn("k", x))
            for x, y in ((c(k), c(K)), (conj(c(k)), conj(c(K))))]
    once = p.series("finite", sums("k", 0, pulse, 1), K=K, g=fn("k", 1))
    square = p.series("linear", sums("k", 0, SQUARE - pulse * c(k) - pulse * conj(c(k)) + pulse, closed),
                      using=[[energy, 1, 1], [hits[0], -1, 1], [hits[1], -1, 1], [once, 1, 1]])
    total = p.series("linear", sums("k", 0, TERM, closed), using=[[square, 1, 1]])
    return p.series("exists", sums("k", 0, TERM, L), total), p.series("value", eq(L, closed), total)


@explained
def final(p, facts, scale, known):
    """L ≤ 1 + E − 2c_K with E ≤ (1 − η)/(P(1 + d²)) (Σw² + e^{2λ}Σ(Δw)²/(16d²(1 + d²))), where r may stand for e^{2λ}/(16d²)."""
    rest, regular = scale
    share, bound, (exists, value) = known
    lost = p.order("nonzero", ne(1 - ETA, 0), facts["room"])
    small = p.squares(le(exp(2 * lam), 16 * d**2 * r * (1 + d**2)),
                      [(1, [p.given(6)], "", 1), (1, [p.given(6)], "", d), (1, [], "", exp(lam) * d)])
    steps = nonnegative_steps(p)
    regular = [*regular, lost]
    mixed = (1 + d**2) * WINDOW + exp(2 * lam) / (16 * d**2) * STEPS
    less = p.squares(le(mixed, (1 + d**2) * TOTAL),
                     [(1, [p.given(7)], "", 1), (1, [p.given(7)], "", d), (T(1) / 16, [small, steps], "", 1 / d)],
                     nonzero=regular)
    scaled = p.squares(le(P * fade(K) / (1 - ETA) * sigma**2 * mixed, SHARE * TOTAL),
                       [(1, [share, rest[1], less], "", 1)], nonzero=regular)
    goal = p.squares(BOUND, [(1, [bound], "", 1), (1, [scaled], "", 1)], using=[(value, 1)], nonzero=regular)
    p.both(exists, goal)


@explained
def nonnegative_steps(p):
    """Σ(w_s − w_{s−1})² ≥ 0."""
    with p.generalise({"s": "int"}, [le(1, s), le(s, S + 1)], le(0, (w[s] - w[s - 1]) ** 2)):
        p.squares(le(0, (w[s] - w[s - 1]) ** 2), [(1, [], "", w[s] - w[s - 1])])
    return p.use("algebra.sum_nonnegative", le(0, STEPS), n=S + 1, f=fn("s", (w[s] - w[s - 1]) ** 2))


def balanced(order, wide, lag, rate):
    """A balanced window, with r = e^{2λ}/(16d²) = h(h+1) for a real h."""
    from mpmath import mp

    from theory.papers.uncertainty_sharp_measured import layered

    r = mp.exp(2 * rate) / (16 * (mp.mpf(wide) / (lag + wide)) ** 2)
    return layered(order, (mp.sqrt(1 + 4 * r) - 1) / 2)


def loss_bound(window, lag, wide, rate):
    """The formula."""
    from mpmath import mp

    period, share = lag + wide, mp.mpf(wide) / (lag + wide)
    return 1 - (1 - mp.exp(-2 * rate)) * mp.fsum(window) / (period * (1 + share**2))


@claim.oracle
def recurrences():
    """The scaled filter by the recurrence over 40 periods, in 25 digits: its loss is below the bound."""
    from mpmath import mp

    from theory.papers.uncertainty_measurements import bounded
    from theory.papers.uncertainty_sharp_measured import CASES, simulated

    found = []
    with mp.workdps(25):
        for order, lag, wide, rate in CASES:
            window, share = balanced(order, wide, lag, rate), mp.mpf(wide) / (lag + wide)
            factor = (1 - mp.exp(-2 * rate)) * mp.exp(mp.mpf(rate) * lag / (lag + wide)) / ((lag + wide) * (1 + share**2))
            energy, peak = simulated([factor * x for x in window], lag, wide, rate)
            loss, most = energy + 1 - 2 * mp.re(peak), loss_bound(window, lag, wide, rate)
            found.append(bounded("loss", {"S": order, "K": lag, "delta": wide, "lam": rate}, mp.nstr(loss, 12), mp.nstr(most, 12),
                                 loss <= most))
    return found


claim.must_refuse(
    balance_dropped=changed(BOUND, given={7: None}),
    layers_free=changed(BOUND, given={6: None}),
    weights_doubled=changed(BOUND, where={"sigma": 2 * SCALE}),
    square_share_forgotten=changed(le(L, 1 - (1 - ETA) / P * TOTAL)),
    share_eightfold=changed(le(L, 1 - 8 * SHARE * TOTAL)),
)


def one_pole(height):
    """S = K = δ = λ = 1 and w_1 of this height, r = 2."""

    def refutation(p):
        values = {"S": 1, "K": 1, "gap": 1, "lam": 1, "w": fn("k", height * delta(k, 1)), "r": 2}
        beaten(p, values, lambda p: p.step("ball_bound", le(exp(T(2) * 1), 8), prec=53))

    return refutation


claim.refute("balance_dropped")(one_pole(10))
claim.refute("share_eightfold")(one_pole(T(1) / 5))
