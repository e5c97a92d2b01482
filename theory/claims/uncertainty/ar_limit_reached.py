"""The limit for AR(1) input is reached: the explicit filters with their period and decay chosen, and explicit constants."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_limit_above import BOUND as ABOVE
from theory.claims.uncertainty.ar_limit_above import GIVEN as GIVEN_ABOVE
from theory.claims.uncertainty.ar_limit_above import INSIDE, apart, area, density, factor, growth, sizes
from theory.claims.uncertainty.ar_limit_above import WHERE as WHERE_ABOVE
from theory.claims.uncertainty.ar_lower_bound_window import half_angle
from theory.claims.uncertainty.ar_sharp_family import (
    ETA,
    EXISTS,
    RADIUS,
    VARIABLES,
    K,
    P,
    S,
    beaten,
    d,
    gap,
    kappa,
    lam,
    m,
    numbers,
    pole,
    rho,
    s,
    sigma,
    slack,
)
from theory.language import PI, T, both, conj, eq, exp, forall, le, lt, names, ne, statement, within
from theory.mutations import changed
from theory.papers.uncertainty import L
from theory.papers.uncertainty_ar import AR_ROWS
from theory.papers.uncertainty_sharp import SYMBOLS, reciprocal
from theory.proof import explained

n, constant = names("n C")
BOUND = le(L, 1 - (1 - constant / n) * INSIDE + kappa / K)
CONSTANT = T(5) / 2 + kappa**2 / 2 + kappa**2 * (kappa - 1) ** 2 / 7
GIVEN = [*GIVEN_ABOVE, le(2, n), le(n**4, S), le(K, n * gap), le(n * (gap - 1), K), le(n, exp(2 * lam)), le(exp(2 * lam), n + 1)]
WHERE = [*WHERE_ABOVE, ("C", [], CONSTANT)]
TWO, POWER, WIDE, NARROW, SLOW, FAST = range(8, 14)

claim = Claim(
    title="The limit for AR(1) input is reached",
    says="For n ≥ 2, n⁴ ≤ S < K, a natural δ with K ≤ nδ ≤ K + n and λ with n ≤ e^{2λ} ≤ n + 1, the explicit filter with the S poles "
         "e^{(−λ + iπ(2s − S − 1))/(K + δ)} and a direct term loses at most 1 − (1 − C/n) (2/π) arctan(κ tan(πS/2K)) + κ/K, with "
         "κ = (1 + ρ)/(1 − ρ) and C = 5/2 + κ²/2 + κ²(κ − 1)²/7.",
    statement=statement(forall({**VARIABLES, "n": "nat"}, GIVEN, both(AR_ROWS, EXISTS, BOUND)), WHERE),
    paper="UP", dossier="UP.tightar+", reference="own; the upper side of the limit for AR(1) input, with its free numbers chosen",
    hypotheses={"n⁴ ≤ S": "the ends of the window cost more than 1/n", "K ≤ nδ": "the ends of the window cost more than 1/n",
                "nδ ≤ K + n": "the share δ/P of the period is lost", "e^{2λ} ≥ n": "the share e^{−2λ} is lost to decay",
                "e^{2λ} ≤ n + 1": "the ends of the window cost more than 1/n", "S < K": "the tangent of π/2",
                "0 ≤ ρ < 1": "κ is not defined at 1"},
    symbols=SYMBOLS,
    limits="δ = ⌈K/n⌉ and λ = (log n)/2 fit, and with n = ⌊S^{1/4}⌋ it is 1/n ≤ (3/2)S^{−1/4}: for every S ≥ 16, K > S and fixed ρ the "
           "optimum with a direct term lies between 1 − (2/π) arctan(κ tan(πS/2K)) − O(1/K) (uncertainty.ar_lower_bound_window) and the "
           "same limit + O(S^{−1/4}) + O(1/K), constants explicit. C grows like κ⁴ and is not the best one: where C ≥ n the bound is "
           "above 1 and says nothing.",
)


@claim.derive
def constants(step):
    """Where each part of C comes from, at the worst n = 2 and with π² ≤ 10."""
    import sympy

    from theory.identities import below, equal, nonnegative

    n, kappa, r = sympy.symbols("n kappa rho", positive=True)
    t = sympy.Symbol("t", nonnegative=True)  # n = 2 + t
    share = sympy.Rational(3, 2) * n * (sympy.Rational(3, 2) * n) ** 2 / n**4
    equal(step, "e^{2λ}/(d²S)", share, sympy.Rational(27, 8) / n, shown=r"\frac{3n}{2} \left(\frac{3n}{2}\right)^2 \frac{1}{n^4}",
          why="e^{2λ} ≤ n + 1 ≤ 3n/2, 1/d ≤ n + 1 ≤ 3n/2, S ≥ n⁴")
    equal(step, "the slope of the window", 4 * (r / (1 - r)) ** 2, ((1 + r) / (1 - r) - 1) ** 2, why="2ρ/(1 − ρ) = κ − 1")
    most = 2 + sympy.Rational(10, 16) * (kappa - 1) ** 2
    ends = kappa**2 * most * sympy.Rational(27, 128)
    equal(step, "ends of the window, times n", ends, sympy.Rational(27, 64) * kappa**2
          + sympy.Rational(135, 1024) * kappa**2 * (kappa - 1) ** 2, why="X ≤ 2 + π²(κ − 1)²/P, P ≥ 16")
    below(step, "π²", sympy.pi**2, 10, why="rounded up")
    below(step, "rounded up", sympy.Rational(135, 1024), sympy.Rational(1, 7), why="the third part of C")
    nonnegative(step, "1/(2n) − 1/n²", ((1 / (2 * n) - 1 / n**2) * n**2).subs(n, 2 + t).expand(), why="d² ≤ 1/n² ≤ 1/(2n), times n²")
    nonnegative(step, "1/(8n) − 1/(2n³)", ((1 / (8 * n) - 1 / (2 * n**3)) * n**3).subs(n, 2 + t).expand(),
                why="λ/P ≤ n/(2n⁴) ≤ 1/(8n), times n³: g ≤ 1 + (κ − 1)/(16n)")
    equal(step, "what g takes", kappa**2 / 2 - sympy.Rational(27, 64) * kappa**2 - (kappa - 1) / 8,
          sympy.Rational(5, 64) * (kappa - sympy.Rational(4, 5)) ** 2 + sympy.Rational(3, 40), why="it fits into κ²/2")
    x = sympy.Symbol("x", positive=True)
    equal(step, "1/g² above its tangent", 1 / x**2 - 3 + 2 * x, (x - 1) ** 2 * (2 * x + 1) / x**2, why="x = g")


def instance(n, order, lag, wide, rate):
    """Values of all the variables, with ρ = 0 and the σ that belongs to them."""
    whole, share = lag + wide, T(wide) / (lag + wide)
    factor = 1 + share**2 + exp(2 * rate) * 2 / (16 * share**2) / order
    scale = (1 - exp(-2 * rate)) * exp(rate * lag / whole) / whole / factor
    return {"S": order, "K": lag, "gap": wide, "lam": rate, "rho": 0, "sigma": scale, "n": n}


WITNESS = instance(2, 16, 17, 9, T(1) / 2)


def decays(p, values):
    """n ≤ e^{2λ} ≤ n + 1 at these values."""
    grown = exp(2 * values["lam"])
    p.step("ball_bound", le(values["n"], grown), prec=53)
    p.step("ball_bound", le(grown, T(values["n"]) + 1), prec=53)


@claim.certify
def proof(p, _):
    """With d ≤ 1/n, e^{−2λ} ≤ 1/n, μ ≤ 1 + O(1/n) and g ≤ 1 + O(1/n) all the factors of uncertainty.ar_limit_above are 1 − O(1/n), and a
    product of such factors is at least 1 less the sum of what they lack.
    """
    with p.inhabited_by(**WITNESS):
        decays(p, WITNESS)
    known = numbers(p, sizes(p))
    tangents(p, known)
    poles(p, known)
    scales(p, known)
    period(p, known)
    ends(p, known)
    radius(p, known)
    values = {"S": S, "K": K, "gap": gap, "lam": lam, "rho": rho, "sigma": sigma}
    rows, exists, loss = (p.use("uncertainty.ar_limit_above", part, **values) for part in (AR_ROWS, EXISTS, ABOVE))
    whole, lacks = product(p, known)
    held = share_held(p, known)
    back = [known["kappa"], known["back"]]
    wide = p.squares(le(0, gap), [(1, [p.order("basic", le(0, gap))], "", 1)])
    bound = p.squares(BOUND, [(1, [loss], "", 1), (1, [whole, held], "", 1), (1, [*back, wide, known["lag"]], "", 1),
                              *((1, [*back, *part], "", 1) for part in lacks)],
                      nonzero=[known[name] for name in ("n", "P", "K", "g", "mu", "circle", "near")])
    p.both(rows, exists, bound)


@explained
def tangents(p, known):
    """The tangent of πS/2K is proper: 0 ≤ πS/K < π."""
    edge, natural = PI * S / K, p.order("basic", le(0, S))
    known["low"] = p.squares(le(0, edge), [(1, [known["pi"], known["lag"], natural], "", 1)])
    known["high"] = p.squares(lt(edge, PI), [(1, [known["pi"], known["lag"], p.given(3)], "", 1), (1, [known["pi"], known["lag"]], "", 1)],
                              nonzero=[known["K"]])
    half_angle(p, edge, known["low"], known["high"], {"circle": known["pi"]})


@explained
def poles(p, known):
    """a_s ≠ 0 and 1 − ρā_s ≠ 0."""
    less = p.squares(le(0, 1 - RADIUS), [(1, [known["inside"]], "", 1)])
    small = p.squares(lt(0, 1 - rho * RADIUS), [(1, [known["room"]], "", 1), (1, [p.given(5), less], "", 1)])
    with p.generalise({"s": "int"}, within(1, s, S), ne(1 - rho * conj(pole(s)), 0)):
        apart(p, conj(pole(s)), small, known)
    with p.generalise({"s": "int"}, within(1, s, S), ne(pole(s), 0)), p.contradiction(ne(pole(s), 0)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", 1 / pole(s))])


@explained
def scales(p, known):
    """1/n ≤ 1/2, 1/S ≤ 1/n⁴, 1/P ≤ 1/n⁴, 1/P ≤ 1/16, e^{−2λ} ≤ 1/n, κ ≥ 1 and λ ≤ n/2, the last one because 1 + 2λ ≤ e^{2λ} ≤ n + 1."""
    two = p.given(TWO)
    known["size"] = p.squares(lt(0, n), [(1, [two], "", 1), (2, [], "", 1)])
    known["n"], known["part"] = reciprocal(p, n, known["size"])
    part, proper = known["part"], known["n"]
    known["half"] = p.squares(le(1 / n, T(1) / 2), [(T(1) / 2, [two, part], "", 1)], nonzero=[proper])
    known["order"] = p.squares(le(1 / S, (1 / n) ** 4), [(1, [p.given(POWER), known["share"], part, part, part, part], "", 1)],
                               nonzero=[proper, known["S"]])
    long = p.squares(le(n**4, P), [(1, [p.given(POWER)], "", 1), (1, [p.given(3)], "", 1), (1, [p.given(2)], "", 1), (2, [], "", 1)])
    known["periods"] = p.squares(le(1 / P, (1 / n) ** 4), [(1, [long, known["back"], part, part, part, part], "", 1)],
                                 nonzero=[proper, known["P"]])
    known["sixteenth"] = p.squares(le(1 / P, T(1) / 16),
                                   [(T(factor) / 16, [known["back"], *[two] * power], "", 1)
                                    for factor, power in ((1, 4), (8, 3), (24, 2), (32, 1))] + [(T(1) / 16, [known["back"], long], "", 1)],
                                   nonzero=[known["P"]])
    known["eta"] = p.order("basic", lt(0, ETA))
    known["grown"] = p.order("basic", lt(0, exp(2 * lam)))
    known["decay"] = p.squares(le(ETA, 1 / n), [(1, [part, known["eta"], p.given(SLOW)], "", 1)], nonzero=[proper])
    known["above"] = p.squares(le(1, kappa), [(2, [p.given(5), known["nearest"]], "", 1)], nonzero=[known["near"]])
    known["kappa"] = p.squares(le(0, kappa), [(1, [known["above"]], "", 1), (1, [], "", 1)])
    tangent = p.use("algebra.exp_above_tangent", le(1 + 2 * lam, exp(2 * lam)), x=2 * lam)
    known["rate"] = p.squares(le(lam, n / 2), [(T(1) / 2, [tangent], "", 1), (T(1) / 2, [p.given(FAST)], "", 1)])


@explained
def period(p, known):
    """d ≤ 1/n because nδ ≤ K + n ≤ K + δ, and 1/d ≤ n + 1 ≤ 3n/2 because P ≤ (n + 1)δ."""
    two, part, size = p.given(TWO), known["part"], known["size"]
    late = p.squares(le(n, gap), [(1, [part, p.given(WIDE)], "", 1), (1, [part, p.given(3)], "", 1), (1, [part, p.given(POWER)], "", 1),
                                  (1, [part], "", 1), (1, [size, two, two], "", 1), (4, [size, two], "", 1), (3, [size], "", 1)],
                     nonzero=[known["n"]])
    known["d<"] = p.squares(le(d, 1 / n), [(1, [p.given(NARROW), part, known["back"]], "", 1), (1, [late, part, known["back"]], "", 1)],
                            nonzero=[known["n"], known["P"]])
    start = p.squares(lt(0, gap), [(1, [p.given(2)], "", 1), (1, [], "", 1)])
    known["d>"] = p.squares(lt(0, d), [(1, [start, known["back"]], "", 1)])
    known["1/d"] = p.squares(le(0, 1 / d), [(1, [known["d>"]], "", 1 / d)], nonzero=[known["d"], known["P"]])
    known["d<1"] = p.squares(le(d, 1), [(1, [known["d<"]], "", 1), (1, [known["half"]], "", 1), (T(1) / 2, [], "", 1)])
    known["steep"] = p.squares(le(1 / d, 3 * n / 2), [(1, [known["1/d"], p.given(WIDE), known["back"]], "", 1), (T(1) / 2, [two], "", 1)],
                               nonzero=[known["d"], known["P"]])


ENDS = exp(2 * lam) / d**2 / S
MOST = T(1) / 2 + T(27) / 64 * kappa**2 + kappa**2 * (kappa - 1) ** 2 / 7


@explained
def ends(p, known):
    """μ ≤ 1 + (1/2 + 27κ²/64 + κ²(κ − 1)²/7)/n: d² ≤ 1/(2n), e^{2λ}/(d²S) ≤ 27/(8n) and X ≤ 2 + (5/8)(κ − 1)²."""
    two, part, size = p.given(TWO), known["part"], known["size"]
    known["mu"], known["1/mu"] = factor(p, known)
    square = p.squares(le(d**2, 1 / n / 2), [(1, [known["d<"], part], "", 1), (1, [known["d<"], known["d>"]], "", 1),
                                             (1, [part, known["half"]], "", 1)])
    fast = p.squares(le(exp(2 * lam), 3 * n / 2), [(1, [p.given(FAST)], "", 1), (T(1) / 2, [two], "", 1)])
    chord = p.squares(le(1 / d**2, 9 * n**2 / 4), [(T(3) / 2, [known["steep"], size], "", 1), (1, [known["steep"], known["1/d"]], "", 1)])
    whole = p.squares(le(ENDS, 27 / (8 * n)),
                      [(1, [fast, known["1/d"], known["1/d"], known["share"]], "", 1), (T(3) / 2, [size, chord, known["share"]], "", 1),
                       (T(27) / 8, [size, size, size, known["order"]], "", 1)], nonzero=[known["n"]])
    room = p.squares(le(0, slack), [(2, [], "", 1), (1, [known["period"]], "", 2 * PI * rho / (1 - rho) / P)],
                     nonzero=[known["P"], known["near"]])
    ten = p.step("ball_bound", le(PI**2, T(10)), prec=53)
    top = p.squares(le(slack, 2 + T(5) / 8 * (kappa - 1) ** 2),
                    [(T(1) / 16, [ten], "", kappa - 1), (1, [known["sixteenth"]], "", PI * (kappa - 1))], nonzero=[known["near"]])
    known["mu<"] = p.squares(le(m, 1 + MOST / n),
                             [(1, [square], "", 1), (T(1) / 16, [whole, room], "", kappa), (T(27) / 128, [part, top], "", kappa),
                              (T(79) / 7168, [part], "", kappa * (kappa - 1))])
    known["mu>"] = p.squares(le(1, m), [(1, [], "", d), (T(1) / 16, [known["grown"], room, known["share"]], "", kappa / d)])


@explained
def radius(p, known):
    """1 ≤ g ≤ 1 + (κ − 1)/(16n): λ/P ≤ n/(2n⁴) ≤ 1/(8n)."""
    part, half = known["part"], known["half"]
    ratio = p.squares(le(lam / P, 1 / n / 8),
                      [(1, [known["rate"], known["back"]], "", 1), (T(1) / 2, [known["size"], known["periods"]], "", 1),
                       (T(1) / 4, [part, half], "", 1), (T(1) / 2, [part, half, part], "", 1)], nonzero=[known["n"]])
    known["g<"] = p.squares(le(growth, 1 + (kappa - 1) / 16 / n), [(T(1) / 2, [known["above"], ratio], "", 1)], nonzero=[known["near"]])
    known["g>"] = p.squares(le(1, growth), [(1, [p.given(5), p.given(1), known["nearest"], known["back"]], "", 1)])
    bulk = p.squares(lt(0, growth), [(1, [known["g>"]], "", 1), (1, [], "", 1)])
    known["g"], known["1/g"] = reciprocal(p, growth, bulk)
    p.order("product", ne(growth**2, 0), known["g"], known["g"])
    known["bulk"] = bulk


WHOLE = (1 - ETA) * (1 - d) / m / growth**2


@explained
def product(p, known):
    """1/μ and 1/g² lie above their tangents at 1, and a product of numbers in [0, 1] is at least 1 less the sum of what they lack."""
    mu, g, inverse = known["mu"], known["g"], known["1/g"]
    up = p.squares(le(1 / m, 1), [(1, [known["mu>"], known["1/mu"]], "", 1)], nonzero=[mu])
    down = p.squares(le(1 - MOST / n, 1 / m), [(1, [known["1/mu"]], "", m - 1), (1, [known["mu<"]], "", 1)], nonzero=[mu])
    over = p.squares(le(1 / growth**2, 1), [(1, [known["g>"], inverse], "", 1), (1, [known["g>"], inverse, inverse], "", 1)], nonzero=[g])
    under = p.squares(le(1 - (kappa - 1) / 8 / n, 1 / growth**2),
                      [(2, [known["bulk"], inverse, inverse], "", growth - 1), (1, [inverse, inverse], "", growth - 1),
                       (2, [known["g<"]], "", 1)], nonzero=[g])
    room, eta, wide, part = known["room_eta"], known["eta"], known["d>"], known["part"]
    lacks = [[eta], [room, up], [room, known["1/mu"], over]]
    whole = p.squares(le(1 - constant / n, WHOLE),
                      [(1, [eta, wide], "", 1), (1, [eta, up], "", 1), (1, [room, wide, up], "", 1), (1, [eta, over], "", 1),
                       (1, [room, wide, over], "", 1), (1, [room, known["d<1"], up, over], "", 1), (1, [known["decay"]], "", 1),
                       (1, [known["d<"]], "", 1), (1, [down], "", 1), (1, [under], "", 1),
                       (T(5) / 64, [part], "", kappa - T(4) / 5), (T(3) / 40, [part], "", 1)])
    return whole, lacks


@explained
def share_held(p, known):
    """0 ≤ (2/π) arctan(κ tan(πS/2K)): the integral of a positive density."""
    def between(shows):
        return p.use("uncertainty.ar_spectrum_between", shows, rho=rho, alpha=0, beta=edge)
    edge = PI * S / K
    p.squares(le(0, T(0)))
    positive = between(lt(0, density(edge)))
    rise = between(le(density(edge) * (edge - 0), area(edge) - area(T(0))))
    return p.squares(le(0, INSIDE), [(1, [known["turn"], rise], "", 1), (1, [known["turn"], positive, known["low"]], "", 1)])


def formula(n, order, lag, decay):
    """The bound, in doubles."""
    from theory.claims.uncertainty.ar_lower_bound_window import limit

    ratio = (1 + decay) / (1 - decay)
    most = 5 / 2 + ratio**2 / 2 + ratio**2 * (ratio - 1) ** 2 / 7
    return 1 - (1 - most / n) * (1 - limit(order, lag, decay)) + ratio / lag


CASES = ((2, 20, 40, 0.3), (3, 81, 200, 0.5), (4, 256, 300, 0.0), (5, 625, 640, 0.1), (6, 1296, 1400, 0.05))


def measure(name, loss):
    """Measurements of the loss of the filter for the longest and the shortest period and the slowest and the fastest decay: below the
    bound and above the lower bound for every filter."""
    from math import log

    from theory.claims.uncertainty.ar_lower_bound_window import bound as least
    from theory.claims.uncertainty.ar_sharp_family import written
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for n, order, lag, decay in CASES:
        for wide, rate in ((-(-lag // n), log(n) / 2), (lag // n + 1, log(n + 1) / 2)):
            value, most = loss(*written(order, lag, wide, rate, decay), lag, decay), formula(n, order, lag, decay)
            found.append(bounded(name, {"n": n, "S": order, "K": lag, "delta": wide, "rho": decay}, value, most,
                                 least(order, lag, decay) <= value <= most))
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


@claim.oracle
def long_filters():
    """The bound with all its factors, for n up to 10⁴ and at both ends of what is free: between the limit and this bound."""
    from math import log

    from theory.claims.uncertainty.ar_limit_above import bound
    from theory.claims.uncertainty.ar_lower_bound_window import limit
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for n in (2, 3, 10, 100, 10**4):
        for order, lag in ((n**4, n**4 + 1), (n**4, 10 * n**4), (3 * n**4, 5 * n**4)):
            for decay in (0.0, 0.5, 0.9):
                for wide, rate in ((-(-lag // n), log(n) / 2), (lag // n + 1, log(n + 1) / 2)):
                    value, most = bound(order, lag, wide, rate, decay), formula(n, order, lag, decay)
                    found.append(bounded("upper bound", {"n": n, "S": order, "K": lag, "rho": decay}, value, most,
                                         limit(order, lag, decay) < value < most))
    return found


claim.must_refuse(
    nothing_lost=changed(le(L, 1 - INSIDE)),
    gain_doubled=changed(le(L, 1 - (1 + constant / n) * INSIDE + kappa / K)),
    few_poles=changed(BOUND, given={POWER: None}),
    short_period=changed(BOUND, given={WIDE: None}),
    long_period=changed(BOUND, given={NARROW: None}),
    any_decay=changed(BOUND, given={SLOW: None}),
    constant_halved=changed(BOUND, where={"C": CONSTANT / 2}),
)


def counter(values):
    """A refutation in which balls decide the hypotheses about the decay and the loss."""
    def refutation(p):
        with p.inhabited_by(**values):
            decays(p, values)
        decays(p, values)
        beaten(p, values)

    return refutation


claim.refute("nothing_lost")(counter(WITNESS))
claim.refute("gain_doubled")(counter(WITNESS))
claim.refute("few_poles")(counter(instance(1000, 2, 3, 1, T(1727) / 500)))
