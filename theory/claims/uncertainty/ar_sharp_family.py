"""An explicit family of filters under an AR(1) input: what they lose against the spectral density at their own phases."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_loss_without_transient import EXISTS
from theory.language import (
    IMAGINARY,
    PI,
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
from theory.papers.uncertainty import L
from theory.papers.uncertainty_ar import AR_INPUT, AR_ROWS, WHERE_AR_LOSS, rho
from theory.papers.uncertainty_explicit import below_one
from theory.papers.uncertainty_sharp import ETA, SYMBOLS, WHERE_D, WHERE_P, K, P, S, d, fade, gap, lam, n, reciprocal, s, sizes, turn
from theory.proof import explained
from theory.steps import at

a, w, v, kappa, slack, m, held, sigma = names("a w v kappa X mu A sigma")
k, t = names("k t")
RADIUS = exp(-lam / P)


def pole(n):
    return exp((IMAGINARY * PI * (2 * n - S - 1) - lam) / P)


def mode(n):
    """1/(1 − ρā_n)."""
    return 1 / (1 - rho * conj(pole(n)))


SCALE = (1 - ETA) * exp(lam * K / P) / P / m
WEIGHT = sigma * mode(n) * exp(-IMAGINARY * PI * (2 * n - S - 1) * K / P)
HELD = Sum("s", 1, S, (1 - rho**2) * mode(s) * conj(mode(s)))
SLACK = 2 + 4 * PI**2 * rho**2 / (1 - rho) ** 2 / P
FACTOR = 1 + d**2 + exp(2 * lam) * kappa**2 * slack / (16 * d**2) / S
BOUND = le(L, 1 - (1 - ETA) * held / P / m)
GIVEN = [lt(0, lam), le(1, gap), le(S, K), le(1, S), *AR_INPUT, eq(sigma, SCALE)]
VARIABLES = {"S": "nat", "K": "nat", "gap": "nat", "lam": "real", "rho": "real", "sigma": "real"}


def response(k):
    """The impulse response, with the direct term as 0^k."""
    x, y = pole(s), at(WEIGHT, "n", s)
    tap = rho * Sum("s", 1, S, y / x)
    return Sum("s", 1, S, y * (1 - rho / x) * x**k) + tap * T(0) ** k


WHERE = [WHERE_P, WHERE_D, ("kappa", [], (1 + rho) / (1 - rho)), ("X", [], SLACK), ("mu", [], FACTOR), ("A", [], HELD),
         ("c", ["k"], response(k)), WHERE_AR_LOSS]

claim = Claim(
    title="A sharp family of filters under an AR(1) input",
    says="For 1 ≤ S ≤ K, P = K + δ, d = δ/P, the filter with the poles a_s = e^{(−λ + iπ(2s − S − 1))/P}, a direct term and explicit "
         "weights loses at most 1 − (1 − e^{−2λ}) A/(Pμ), where A = Σ (1 − ρ²)/|1 − ρa_s|² and "
         "μ = 1 + d² + e^{2λ}κ²(2 + 4π²ρ²/((1 − ρ)²P))/(16 d²S).",
    statement=statement(forall(VARIABLES, GIVEN, both(AR_ROWS, EXISTS, BOUND)), WHERE),
    paper="UP", reference="own; the upper side of the limit for AR(1) input",
    hypotheses={"λ > 0": "the poles must lie in the disk", "δ ≥ 1": "d is below the line", "S ≤ K": "the phases must fit into one period",
                "S ≥ 1": "S is below the line", "0 ≤ ρ < 1": "κ is not defined at 1"},
    symbols=SYMBOLS,
    limits="An upper bound for every S ≤ K, P, λ and ρ, which says something when e^{−2λ}, d and e^{2λ}κ²/(d²S) are small together: the "
           "distance is then of the order S^{−1/4}, with constants that grow with κ. A/P is a Riemann sum of the spectral density, at "
           "the radius e^{−λ/P}; that it comes to (2/π) arctan(κ tan(πS/2K)) is the claim "
           "uncertainty.ar_limit_above.",
)


@claim.derive
def balance(step):
    """How far the bound stays from A/P, to first order: decay, period and the ends of the window."""
    import sympy

    eta, d, order, kappa = sympy.symbols("eta d S kappa", positive=True)
    ends = step("ends of the window", kappa**2 / (8 * d**2 * eta * order), why="μ − 1 − d² for large P, η = e^{−2λ}")
    total = step("losses", eta + d + ends, why="1 − η, P = K/(1 − d), and 1/μ")
    best = step("best d", sympy.solve(sympy.diff(total, d), d)[0], why="the derivative in d vanishes")
    step("best η", sympy.solve(sympy.diff(total, eta).subs(d, eta), eta)[0], why="with d = η up to a factor: a power −1/4 of S")
    return best


@claim.certify
def proof(p, _):
    """With the direct term the loss is 1 + σ²E − 2σe^{−λK/P} A, E the energy of the modes with the window (1 − ρ²)^{1/2}/(1 − ρā_s).
    That energy is at most P e^{−2λK/P}/(1 − e^{−2λ}) times (1 + d²)A plus a multiple of the squared steps of the window, of which only
    the two at its ends are not small.
    """
    p.inhabited(S=1, K=1, gap=1, lam=1, rho=0, sigma=at_witness())
    facts = sizes(p)
    known = numbers(p, facts)
    known |= modes(p, known)
    value, rows, exists = transient(p, known)
    energy = window_energy(p, known)
    terms, using, proper = final(p, facts, known, value, energy)
    p.both(rows, exists, p.squares(BOUND, terms, using=using, nonzero=proper))


def at_witness():
    """σ for S = K = δ = λ = 1 and ρ = 0."""
    half = T(1) / 2
    return (1 - exp(T(-2) * 1)) * exp(half) / 2 / (1 + half**2 + exp(T(2) * 1) * 2 / (16 * half**2))


@explained
def numbers(p, facts):
    """Signs of 1 − ρ, 1 + ρ, 1 − ρ², 1 − r and 1/(1 + ρ) for r = e^{−λ/P}."""
    known = dict(facts)
    known["room"] = p.squares(lt(0, 1 - rho), [(1, [p.given(6)], "", 1)])
    known["wide"] = p.squares(lt(0, 1 + rho), [(1, [], "", 1), (1, [p.given(5)], "", 1)])
    known["square"] = p.squares(lt(0, 1 - rho**2), [(1, [known["room"], known["wide"]], "", 1)])
    known["near"], known["nearest"] = reciprocal(p, 1 - rho, known["room"])
    p.order("product", ne((1 - rho) ** 2, 0), known["near"], known["near"])
    known["1+rho"], known["farthest"] = reciprocal(p, 1 + rho, known["wide"])
    known["radius"] = p.order("basic", lt(0, RADIUS))
    known["inside"] = below_one(p, -lam / P, p.squares(lt(-lam / P, 0), [(1, [p.given(1), known["back"]], "", 1)]))
    size = p.squares(lt(0, S), [(1, [p.given(4)], "", 1), (1, [], "", 1)])
    known["S"], known["share"] = reciprocal(p, S, size)
    return known


@explained
def modes(p, known):
    """(1 − ρ)² ≤ |1 − ρa_n|² ≤ (1 + ρ)², as |1 − ρa|² = (1 − ρr)² + ρr|1 − e|² = (1 + ρr)² − ρr|1 + e|² for a = re, |e| = 1."""
    e = exp(-IMAGINARY * PI * (2 * n - S - 1) / P)
    q = (1 - rho * pole(n)) * (1 - rho * conj(pole(n)))
    less = p.squares(le(0, 1 - RADIUS), [(1, [known["inside"]], "", 1)])
    small = p.squares(lt(0, 1 - rho * RADIUS), [(1, [known["room"]], "", 1), (1, [p.given(5), less], "", 1)])
    facts = {}
    with p.generalise({"n": "int"}, [], le((1 - rho) ** 2, q)) as low:
        p.squares(low.shows[3], [(1, [p.given(5), less, small], "", 1), (1, [p.given(5), less, known["room"]], "", 1),
                                 (1, [p.given(5), known["radius"]], "", 1 - e)])
    with p.generalise({"n": "int"}, [], le(q, (1 + rho) ** 2)) as high:
        p.squares(high.shows[3], [(2, [p.given(5), less], "", 1), (1, [p.given(5), p.given(5), less], "", 1),
                                  (1, [p.given(5), p.given(5), less, known["radius"]], "", 1),
                                  (1, [p.given(5), known["radius"]], "", 1 + e)])
    for name, z in (("right", pole(n)), ("left", conj(pole(n)))):
        with p.generalise({"n": "int"}, [], ne(1 - rho * z, 0)) as block:
            here = p.apply(low.fact, le((1 - rho) ** 2, q), n=n)
            with p.contradiction(ne(1 - rho * z, 0)) as absurd:
                other = 1 - rho * (conj(pole(n)) if name == "right" else pole(n))
                p.squares(lt(0, 0), [(1, [known["room"], known["room"]], "", 1), (1, [here], "", 1)], using=[(f"{absurd}.1", other)])
        facts[name] = block.fact
    return facts | {"low": low.fact, "high": high.fact}


def weight(n):
    return at(WEIGHT, "n", n)


@explained
def transient(p, known):
    """L = 1 + (1 − ρ²) Σ w_s w̄_t/(1 − a_sā_t) − 2(1 − ρ²) Re Σ w_s a_s^K/(1 − a_sρ) for these poles and weights."""
    with p.generalise({"s": "int"}, within(1, s, S), lt(Abs(pole(s)), 1)):
        p.squares(lt(Abs(pole(s)), 1), [(1, [known["inside"]], "", 1)])
    with p.generalise({"s": "int"}, within(1, s, S), ne(pole(s), 0)), p.contradiction(ne(pole(s), 0)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", 1 / pole(s))])
    values = {"S": S, "K": K, "a": fn("n", pole(n)), "w": fn("n", WEIGHT), "rho": rho}
    value = p.use("uncertainty.ar_loss_without_transient", eq(L, 1 + (1 - rho**2) * WHITE - 2 * (1 - rho**2) * re(PEAK)), **values)
    return value, *(p.use("uncertainty.ar_loss_without_transient", part, **values) for part in (AR_ROWS, EXISTS))


WHITE = Sum("s", 1, S, Sum("t", 1, S, weight(s) * conj(weight(t)) / (1 - pole(s) * conj(pole(t)))))
PEAK = Sum("s", 1, S, weight(s) * pole(s) ** K / (1 - pole(s) * rho))
EVEN = RADIUS * turn(n)


def window(n):
    """The window with zeros at 0 and S + 1."""
    return mode(n) * (1 - delta(n, 0)) * (1 - delta(n, S + 1))


WINDOW = Sum("s", 1, S, Abs(window(s)) ** 2)
STEPS = Sum("s", 1, S + 1, Abs(window(s) - window(s - 1)) ** 2)
GRAM = Sum("s", 1, S, Sum("t", 1, S, mode(s) * turn(-s * K) * conj(mode(t) * turn(-t * K))
                          / (1 - at(EVEN, "n", s) * conj(at(EVEN, "n", t)))))


@explained
def window_energy(p, known):
    """Σ_{s,t} of the window is the energy of an evenly spaced filter, and that is bounded by the window and its steps."""
    response = Sum("n", 1, S, window(n) * turn(-n * K) * EVEN**k)
    square = Abs(response) ** 2
    series = Series("k", 0, square)
    with p.generalise({"s": "int"}, within(1, s, S), lt(Abs(at(EVEN, "n", s)), 1)):
        p.squares(lt(Abs(at(EVEN, "n", s)), 1), [(1, [known["inside"]], "", 1)])
    for end in (T(0), S + 1):
        p.identity(eq(window(end), 0))
    values = {"S": S, "K": K, "gap": gap, "lam": lam, "w": fn("n", window(n))}
    mixed = (1 + d**2) * WINDOW + exp(2 * lam) / (16 * d**2) * STEPS
    bound = p.use("uncertainty.windowed_filter", le(series, P * fade(K) / (1 - ETA) * mixed), **values)
    total = p.use("uncertainty.filter_energy", sums("k", 0, square, GRAM), S=S, a=fn("n", EVEN), b=fn("n", window(n) * turn(-n * K)))
    value = p.series("value", eq(series, GRAM), total)
    return p.squares(le(GRAM, P * fade(K) / (1 - ETA) * mixed), [(1, [bound], "", 1)], using=[(value, -1)])


NEAREST, CHORD = 1 / (1 - rho), 2 * PI / P
SMALL = rho**2 * CHORD**2 * NEAREST**4


@explained
def heights(p, known):
    """(1 − ρ)/(1 + ρ) ≤ (1 − ρ²)/|1 − ρa_n|² and 1/|1 − ρa_n|² ≤ 1/(1 − ρ)²."""
    square = mode(n) * conj(mode(n))
    facts = []
    for goal, bound, ends in ((le((1 - rho) / (1 + rho), (1 - rho**2) * square), known["high"],
                               [known["square"], *[known["farthest"]] * 2]),
                              (le(square, NEAREST**2), known["low"], [known["nearest"]] * 2)):
        with p.generalise({"n": "int"}, [], goal) as block:
            q = (1 - rho * pole(n)) * (1 - rho * conj(pole(n)))
            here = p.apply(bound, le(q, (1 + rho) ** 2) if bound == known["high"] else le((1 - rho) ** 2, q), n=n)
            proper = [p.apply(known[name], ne(1 - rho * z, 0), n=n) for name, z in (("right", pole(n)), ("left", conj(pole(n))))]
            positive = p.squares(le(0, square), [(1, [], "", mode(n))], nonzero=proper)
            p.squares(goal, [(1, [*ends, positive, here], "", 1)], nonzero=[*proper, known["near"], known["1+rho"]])
        facts.append(block.fact)
    return facts


@explained
def small_step(p, known, top):
    """|1/(1 − ρā_n) − 1/(1 − ρā_{n−1})|² ≤ ρ²(2π/P)²/(1 − ρ)⁴: the difference is ρ(ā_n − ā_{n−1}) over the product of both."""
    goal = le(Abs(mode(n) - mode(n - 1)) ** 2, SMALL)
    e = exp(IMAGINARY * CHORD)
    less = p.squares(le(0, 1 - RADIUS), [(1, [known["inside"]], "", 1)])
    more = p.squares(le(0, 1 + RADIUS), [(1, [known["radius"]], "", 1), (1, [], "", 1)])
    chord = p.use("analysis.chord", le(Abs(1 - e) ** 2, CHORD**2), t=CHORD)
    level = p.squares(le(0, NEAREST**2), [(1, [], "", NEAREST)])
    with p.generalise({"n": "int"}, [], goal) as block:
        proper = [p.apply(known["left"], ne(1 - rho * conj(pole(j)), 0), n=j) for j in (n, n - 1)]
        product = rho * (conj(pole(n)) - conj(pole(n - 1))) * mode(n) * mode(n - 1)
        same = p.identity(eq(mode(n) - mode(n - 1), product), nonzero=proper)
        size = p.step("congruence", eq(Abs(mode(n) - mode(n - 1)) ** 2, Abs(product) ** 2), equal=same, context=fn("m_", Abs("m_") ** 2))
        first, second = (p.apply(top, le(mode(j) * conj(mode(j)), NEAREST**2), n=j) for j in (n, n - 1))
        sign = p.squares(le(0, mode(n) * conj(mode(n))), [(1, [], "", mode(n))])
        p.squares(goal, [(1, [chord], "", rho * NEAREST**2), (1, [less, more], "", rho * NEAREST**2 * (1 - e)),
                         (1, [level, first], "", rho * RADIUS * (1 - e)), (1, [sign, second], "", rho * RADIUS * (1 - e))],
                  using=[(size, 1)])
    return block.fact


@explained
def steps_bounded(p, known, top, small):
    """Σ |v_s − v_{s−1}|² ≤ (S + 1) ρ²(2π/P)²/(1 − ρ)⁴ + 2/(1 − ρ)², because v_0 = v_{S+1} = 0."""
    def most(s):
        return SMALL + (delta(s, 1) + delta(s, S + 1)) * NEAREST**2

    def step(s):
        return Abs(window(s) - window(s - 1)) ** 2
    floor = p.squares(le(0, SMALL), [(1, [], "", rho * CHORD * NEAREST**2)])
    i = names("i_")
    with p.generalise({"s": "int"}, within(1, s, S + 1), le(0, most(s) - step(s))) as each:
        outer, goal = p.new_id(), each.shows[3]
        with p.branch() as below:
            beyond = p.squares(lt(0, 0), [(1, [each(1)], "", 1), (1, [f"{outer}.less.1"], "", 1)])
            p.step("contradiction", goal, **{"from": beyond})
        ends = {}
        for name, place, inner in (("first", T(1), T(1)), ("last", S + 1, S)):
            with p.branch() as ends[name]:
                here = p.apply(top, le(mode(inner) * conj(mode(inner)), NEAREST**2), n=inner)
                value = p.squares(le(0, most(place) - step(place)), [(1, [here], "", 1), (1, [floor], "", 1)])
                back = p.identity(eq(place, s), [(f"{outer}.equal.1" if name == "first" else f"{outer}i.equal.1", -1)])
                p.step("congruence", goal, equal=back, context=fn("i_", le(0, most(i) - step(i))), **{"from": value})
        with p.branch() as above:
            p.order("gap", le(2, s), f"{outer}.greater.1")
            with p.branch() as between:
                p.order("gap", le(s + 1, S + 1), f"{outer}i.less.1")
                here = p.apply(small, le(Abs(mode(s) - mode(s - 1)) ** 2, SMALL), n=s)
                p.squares(goal, [(1, [here], "", 1)])
            with p.branch() as after:
                beyond = p.squares(lt(0, 0), [(1, [each(2)], "", 1), (1, [f"{outer}i.greater.1"], "", 1)])
                p.step("contradiction", goal, **{"from": beyond})
            p.step("cases", goal, f"{outer}i", on=[s, S + 1], less=between, equal=ends["last"], greater=after)
        p.step("cases", goal, outer, on=[s, 1], less=below, equal=ends["first"], greater=above)
    total = p.use("algebra.sum_nonnegative", le(0, Sum("s", 1, S + 1, most(s) - step(s))), n=S + 1, f=fn("s", most(s) - step(s)))
    j = names("j")

    def once(j):
        return eq(Sum("s", 1, j + 1, delta(s, 1)), 1)
    with p.branch() as base:
        p.identity(once(T(0)))
    block = p.new_id()
    with p.branch() as further:
        p.identity(once(j + 1), [(f"{block}.2", 1)])
    every = p.step("induction", forall({"j": "nat"}, [], once(j)), block, base=base, step=further)
    single = p.apply(every, once(S), j=S)
    return p.squares(le(STEPS, (S + 1) * SMALL + 2 * NEAREST**2), [(1, [total], "", 1)], using=[(single, NEAREST**2)])


@explained
def final(p, facts, known, value, energy):
    """(1 − ρ²) Σ|v_s − v_{s−1}|² ≤ κX ≤ κ²XA/S, so the energy is at most Pe^{−2λK/P}/(1 − e^{−2λ}) times μA; σ is chosen for that."""
    level, top = heights(p, known)
    steps = steps_bounded(p, known, top, small_step(p, known, top))
    kept = spread(p, known, level)
    peak = p.identity(eq((1 - rho**2) * PEAK, sigma * exp(-lam * K / P) * held))
    mirrored = p.step("congruence", eq(conj((1 - rho**2) * PEAK), conj(sigma * exp(-lam * K / P) * held)), equal=peak,
                      context=fn("m_", conj("m_")))
    white = p.identity(eq(WHITE, sigma**2 * GRAM))
    growth = p.order("basic", lt(0, exp(2 * lam)))
    ratio = p.squares(le(0, kappa), [(1, [known["wide"], known["nearest"]], "", 1)])
    period = p.squares(lt(0, P), [(1, [p.given(2)], "", 1), (1, [p.order("basic", le(0, K))], "", 1), (1, [], "", 1)])
    places = p.squares(le(S + 1, P), [(1, [p.given(2)], "", 1), (1, [p.given(3)], "", 1)])
    room = p.squares(le(0, slack), [(2, [], "", 1), (1, [period], "", 2 * PI * rho * NEAREST / P)], nonzero=[known["P"], known["near"]])
    regular = [known["P"], known["near"], known["1+rho"], known["S"], known["d"]]
    few = p.squares(le((1 - rho**2) * STEPS, kappa * slack),
                    [(1, [known["square"], steps], "", 1), (1, [ratio, places], "", rho * CHORD * NEAREST)], nonzero=regular)
    mixed = (1 + d**2) * WINDOW + exp(2 * lam) / (16 * d**2) * STEPS
    whole = p.squares(le((1 - rho**2) * mixed, m * held),
                      [(T(1) / 16, [growth, few], "", 1 / d),
                       (T(1) / 16, [growth, ratio, ratio, room, known["share"], kept], "", 1 / d)], nonzero=regular)
    positive = p.squares(lt(0, m), [(1, [], "", 1), (1, [], "", d), (T(1) / 16, [growth, room, known["share"]], "", kappa / d)])
    proper, _ = reciprocal(p, m, positive)
    lost, back = reciprocal(p, 1 - ETA, p.squares(lt(0, 1 - ETA), [(1, [facts["room"]], "", 1)]))
    return [(1, [known["square"], energy], "", sigma), (1, [period, p.order("basic", lt(0, fade(K))), back, whole], "", sigma)], \
        [(value, 1), (white, 1 - rho**2), (peak, -1), (mirrored, -1),
         (p.given(7), P * fade(K) / (1 - ETA) * m * held * (sigma - SCALE))], [proper, lost, known["P"]]


@explained
def spread(p, known, level):
    """S/κ ≤ A."""
    term = (1 - rho**2) * mode(s) * conj(mode(s)) - (1 - rho) / (1 + rho)
    with p.generalise({"s": "int"}, within(1, s, S), le(0, term)):
        here = p.apply(level, le((1 - rho) / (1 + rho), (1 - rho**2) * (mode(s) * conj(mode(s)))), n=s)
        p.squares(le(0, term), [(1, [here], "", 1)])
    total = p.use("algebra.sum_nonnegative", le(0, Sum("s", 1, S, term)), n=S, f=fn("s", term))
    return p.squares(le(S * ((1 - rho) / (1 + rho)), held), [(1, [total], "", 1)])


def bound(order, lag, wide, rate, decay):
    """The formula, in doubles."""
    import numpy as np

    period, share, kappa = lag + wide, wide / (lag + wide), (1 + decay) / (1 - decay)
    poles = np.exp((1j * np.pi * (2 * np.arange(1, order + 1) - order - 1) - rate) / period)
    most = 2 + 4 * np.pi**2 * decay**2 / (1 - decay) ** 2 / period
    factor = 1 + share**2 + np.exp(2 * rate) * kappa**2 * most / (16 * share**2) / order
    return 1 - (1 - np.exp(-2 * rate)) * float(np.sum((1 - decay**2) / abs(1 - decay * poles) ** 2)) / period / factor, factor


def written(order, lag, wide, rate, decay):
    """(poles with 0, weights with the direct term) in doubles."""
    import numpy as np

    from theory.claims.uncertainty.ar_loss_without_transient import with_tap

    period = lag + wide
    phases = 1j * np.pi * (2 * np.arange(1, order + 1) - order - 1) / period
    poles = np.exp(phases - rate / period)
    scale = (1 - np.exp(-2 * rate)) * np.exp(rate * lag / period) / period / bound(order, lag, wide, rate, decay)[1]
    weights = scale / (1 - decay * poles.conj()) * np.exp(-phases * lag)
    return tuple(np.array(values, dtype=complex) for values in with_tap(list(poles), list(weights), decay))


CASES = ((1, 1, 1, 1.0, 0.0), (4, 40, 15, 1.0, 0.5), (16, 64, 25, 0.8, 0.5), (64, 256, 90, 0.9, 0.8), (200, 400, 120, 0.7, 0.3))


def measure(name, loss):
    """Measurements of the loss of the filter: below the bound, and above the lower bound for every filter."""
    from theory.claims.uncertainty.ar_lower_bound_eigenvalues import eigenvalue_bound
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, lag, wide, rate, decay in CASES:
        value, most = loss(*written(order, lag, wide, rate, decay), lag, decay), bound(order, lag, wide, rate, decay)[0]
        found.append(bounded(name, {"S": order, "K": lag, "delta": wide, "lam": rate, "rho": decay}, value, most,
                             eigenvalue_bound(order, lag, decay) <= value <= most < 1))
    return found


@claim.oracle
def recurrences():
    """The filter run as a recurrence under the AR(1) weights, in doubles."""
    from numeric import loss as losses

    return measure("loss by recurrence", losses.series)


@claim.oracle
def spectra():
    """The loss as an integral over frequencies, by the trapezoid rule."""
    from numeric import loss as losses

    return measure("loss by quadrature", losses.quadrature)


def beaten(p, values):
    """A refutation in which balls decide, from the closed form of the loss at these values."""
    here = counterexample(p, **values)
    for part in (lt(Abs(pole(s)), 1), ne(pole(s), 0)):
        p.step("ball_bound", here(forall({"s": "int"}, within(1, s, S), part)), prec=64)
    closed = here(1 + (1 - rho**2) * WHITE - 2 * (1 - rho**2) * re(PEAK))
    value = p.use("uncertainty.ar_loss_without_transient", eq(here(L), closed), S=values["S"], K=values["K"], rho=values["rho"],
                  a=here(fn("n", pole(n))), w=here(fn("n", WEIGHT)))
    wrong = here(T(p.statement["holds"][3][2]))
    form = p.step("congruence", eq(re(here(L)), re(closed)), equal=value, context=fn("m_", re("m_")))
    away = p.step("ball_bound", lt(wrong, re(closed)), prec=100)
    p.squares(lt(wrong, here(L)), [(1, [away], "", 1)], using=[(form, -1)])


claim.must_refuse(
    gain_doubled=changed(le(L, 1 - 2 * (1 - ETA) * held / P / m)),
    ends_forgotten=changed(BOUND, where={"mu": 1 + d**2}),
    scale_free=changed(BOUND, given={7: None}),
    no_room=changed(BOUND, given={2: None}),
)


@claim.refute("gain_doubled")
def one_pole(p):
    """S = K = δ = λ = 1 and ρ = 0: the loss is 0.858…, and the edited bound 0.825…."""
    beaten(p, {"S": 1, "K": 1, "gap": 1, "lam": 1, "rho": 0, "sigma": at_witness()})
