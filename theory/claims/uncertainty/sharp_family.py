"""An explicit family of filters whose loss comes as close to the lower bound as one likes, for every lag."""
from theory.claim import Claim
from theory.language import Sum, T, both, eq, exp, fn, forall, le, lt, ne, statement, sums
from theory.mutations import changed
from theory.papers.uncertainty_sharp import (
    GIVEN,
    SCALE,
    SHARE,
    SYMBOLS,
    TERM,
    VARIABLES,
    WHERE_A,
    WHERE_C,
    WHERE_D,
    WHERE_LAYER,
    WHERE_LOSS,
    WHERE_P,
    WHERE_SCALE,
    WHERE_WINDOW,
    K,
    L,
    P,
    S,
    beaten,
    d,
    gap,
    lam,
    layer,
    n,
    q,
    s,
    scales,
    sigma,
    sizes,
    turn,
    weights,
    window,
)
from theory.steps import nonnegative_power

STIFF = le(exp(2 * lam), 16 * d**2 * (layer * (layer + 1)))
BOUND = le(L, 1 - SHARE * (S - 2 * layer))
WINDOW, STEPS = Sum("s", 1, S, window(s) ** 2), Sum("s", 1, S + 1, (window(s) - window(s - 1)) ** 2)
TOTAL = Sum("s", 1, S, window(s))

claim = Claim(
    title="A sharp family of filters",
    says="For S ≤ K, P = K + δ, d = δ/P and h = q/(1 − q) with h(h+1) ≥ e^{2λ}/(16 d²), the filter with poles e^{(−λ + 2πis)/P} and "
         "weights σ w_s e^{−2πisK/P}, w_s = 1 − (q^s + q^{S+1−s})/(1 + q^{S+1}), loses at most 1 − (1 − e^{−2λ})(S − 2h)/(P(1 + d²)).",
    statement=statement(forall({**VARIABLES, "q": "real"}, [*GIVEN, lt(0, q), lt(q, 1), STIFF], both(sums("k", 0, TERM, L), BOUND)),
                        [WHERE_P, WHERE_D, WHERE_A, WHERE_LAYER, WHERE_WINDOW, WHERE_SCALE, weights(window(n)), WHERE_C, WHERE_LOSS]),
    paper="UP", dossier="UP.tight+", reference="own; the family behind the sharpness of Theorem 2", source="own",
    hypotheses={"h(h+1) ≥ e^{2λ}/(16 d²)": "a window without layers has steps 1 at its ends, which are not free"},
    symbols=SYMBOLS,
    limits="An upper bound for every S ≤ K; it says something when e^{−2λ}, d and h/S are small together.",
)


@claim.derive
def window_with_layers(step):
    from itertools import pairwise

    import sympy

    from theory.identities import equal

    q, s, order = sympy.symbols("q s S", positive=True)
    layer = q / (1 - q)
    wave = q**s + q ** (order + 1 - s)
    equal(step, "second difference of the layers", (wave.subs(s, s + 1) - 2 * wave + wave.subs(s, s - 1)) / wave, (1 - q) ** 2 / q,
          why="an eigenvector with this eigenvalue")
    equal(step, "stiffness", layer * (layer + 1), q / (1 - q) ** 2, shown="h(h+1)",
          why="h = q/(1 − q): so w − h(h+1) Δ²w = 1 and Σw² + h(h+1) Σ(Δw)² = Σw")
    for number in (1, 2, 3):
        room = 1 + q ** (number + 1)
        window = [0, *(1 - wave.subs({order: number, s: j}) / room for j in range(1, number + 1)), 0]
        squares, steps = sum(x**2 for x in window), sum((y - x) ** 2 for x, y in pairwise(window))
        equal(step, f"S = {number}: balance", squares + layer * (layer + 1) * steps, sum(window), shown="Σw² + h(h+1) Σ(Δw)²",
              why="both energies against the sum")
        total = equal(step, f"S = {number}: sum", sum(window), number - 2 * layer * (1 - q**number) / room, shown="Σw",
                      why="geometric series")
        equal(step, f"S = {number}: above S − 2h", total - number + 2 * layer, 2 * layer * q**number * (1 + q) / room, shown="Σw − S + 2h",
              why="positive")
    rate, period, width, weight = sympy.symbols("lambda P d W", positive=True)
    eta = sympy.exp(-2 * rate)
    scale = (1 - eta) / (period * (1 + width**2))
    equal(step, "loss", 1 + scale * weight - 2 * scale * weight, 1 - (1 - eta) * weight / (period * (1 + width**2)), shown="1 + E - 2c_K",
          why="for the balanced window W = Σw, E = c_K; W ≥ S − 2h gives the statement")


@claim.certify
def proof(p, _):
    """The window solves w − h(h+1)Δ²w = 1 with zero ends, so Σw² + h(h+1)Σ(Δw)² = Σw ≥ S − 2h: it is balanced with r = h(h+1)."""
    with p.inhabited_by(S=0, K=0, gap=1, lam=1, q=T(1) / 2):
        p.step("ball_bound", le(exp(T(2) * 1), 16 * (T(1) / (T(0) + 1)) ** 2 * 2), prec=53)
    facts = sizes(p)
    _, regular, share = scales(p, facts)
    p.order("nonzero", ne(1 - q, 0), p.squares(lt(0, 1 - q), [(1, [p.given(5)], "", 1)]))
    power = nonnegative_power(p, q, p.squares(le(0, q), [(1, [p.given(4)], "", 1)]), S + 1)
    p.order("nonzero", ne(1 + q ** (S + 1), 0), p.squares(lt(0, 1 + q ** (S + 1)), [(1, [power], "", 1), (1, [], "", 1)]))
    inner = {"S": S, "q": q}
    for goal in (eq(window(0), 0), eq(window(S + 1), 0)):
        p.use("algebra.boundary_layer", goal, **inner)
    green = p.use("algebra.boundary_layer", eq(WINDOW + layer * (layer + 1) * STEPS, TOTAL), **inner)
    area = p.use("algebra.boundary_layer", le(S - 2 * layer, TOTAL), **inner)
    p.squares(le(WINDOW + layer * (layer + 1) * STEPS, TOTAL), [], using=[(green, 1)])
    outer = {"S": S, "K": K, "gap": gap, "lam": lam, "w": fn("s", window(s)), "r": layer * (layer + 1)}
    exists = p.use("uncertainty.windowed_loss", sums("k", 0, TERM, L), **outer)
    bound = p.use("uncertainty.windowed_loss", le(L, 1 - SHARE * TOTAL), **outer)
    p.both(exists, p.squares(BOUND, [(1, [bound], "", 1), (1, [share, area], "", 1)], nonzero=regular))


def loss_bound(order, lag, wide, rate, ratio):
    """The formula."""
    from mpmath import mp

    period, share, width = lag + wide, mp.mpf(wide) / (lag + wide), ratio / (1 - ratio)
    return 1 - (1 - mp.exp(-2 * rate)) * (order - 2 * width) / (period * (1 + share**2))


@claim.oracle
def best_weights():
    """1 − F_K for these poles, enclosed in balls from the exact poles: below the bound, and above 1 − S/(K+1)."""
    from fractions import Fraction

    from mpmath import mp

    from numeric import balls
    from numeric.poles import Polar, exact, rational_ball
    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(25):
        for order, lag, wide, rate in ((4, 4, 2, 1), (8, 30, 6, 1), (20, 20, 5, 1), (33, 400, 90, 1), (64, 10**6, 10**5, 2)):
            poles = exact(Polar(Fraction(2 * s, lag + wide), decay=Fraction(rate, lag + wide)) for s in range(1, order + 1))
            least = balls.best_loss(poles, lag, 20)
            stiff = mp.exp(2 * rate) / (16 * (mp.mpf(wide) / (lag + wide)) ** 2)
            width = (mp.sqrt(1 + 4 * stiff) - 1) / 2
            most = loss_bound(order, lag, wide, rate, width / (1 + width))
            inside = float(least) <= most and balls.less(rational_ball(1 - Fraction(order, lag + 1)), least) is True
            inputs = {"S": order, "K": lag, "delta": wide, "lam": rate}
            found.append(bounded("least loss", inputs, least.str(12), mp.nstr(most, 12), inside))
    return found


@claim.oracle
def recurrences():
    """The filter itself by the recurrence over 40 periods, in 25 digits."""
    from mpmath import mp

    from theory.papers.uncertainty_measurements import bounded
    from theory.papers.uncertainty_sharp_measured import CASES, simulated

    found = []
    with mp.workdps(25):
        for order, lag, wide, rate in CASES:
            share = mp.mpf(wide) / (lag + wide)
            width = (mp.sqrt(1 + mp.exp(2 * rate) / (4 * share**2)) - 1) / 2
            ratio = width / (1 + width)
            factor = (1 - mp.exp(-2 * rate)) * mp.exp(mp.mpf(rate) * lag / (lag + wide)) / ((lag + wide) * (1 + share**2))
            window = [factor * (1 - (ratio**s + ratio ** (order + 1 - s)) / (1 + ratio ** (order + 1))) for s in range(1, order + 1)]
            energy, peak = simulated(window, lag, wide, rate)
            loss, most = energy + 1 - 2 * mp.re(peak), loss_bound(order, lag, wide, rate, ratio)
            found.append(bounded("loss", {"S": order, "K": lag, "delta": wide, "lam": rate}, mp.nstr(loss, 12), mp.nstr(most, 12),
                                 loss <= most))
    return found


claim.must_refuse(
    layers_gain=changed(le(L, 1 - SHARE * (S + 2 * layer))),
    layers_free=changed(BOUND, given={6: None}),
    one_layer_only=changed(le(L, 1 - SHARE * (S - layer))),
    no_window=changed(BOUND, where={"w": 1}),
    half_turns=changed(BOUND, where={"a": exp(-lam / P) * turn(n / 2), "b": sigma * window(n) * turn(-n * K / 2)}),
    weights_doubled=changed(BOUND, where={"sigma": 2 * SCALE}),
)


@claim.refute("layers_gain")
def thick_layers(p):
    """S = K = δ = λ = 1 and h = 99: the edited bound is below 0."""
    def hypotheses(p):
        p.step("ball_bound", le(exp(T(2) * 1), T(4) * 99 * 100), prec=53)
    beaten(p, {"S": 1, "K": 1, "gap": 1, "lam": 1, "q": T(99) / 100}, hypotheses)
