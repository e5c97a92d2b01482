"""Filters that come to the limit for AR(1) input, for every order and lag: the limit from above."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_sharp_family import BOUND as FAMILY
from theory.claims.uncertainty.ar_sharp_family import (
    ETA,
    EXISTS,
    RADIUS,
    SCALE,
    VARIABLES,
    K,
    P,
    S,
    beaten,
    d,
    gap,
    held,
    kappa,
    lam,
    m,
    mode,
    numbers,
    pole,
    rho,
    s,
    sigma,
    slack,
)
from theory.claims.uncertainty.ar_sharp_family import WHERE as WHERE_FAMILY
from theory.claims.uncertainty.ar_spectrum_between import distance
from theory.language import IMAGINARY, PI, Sum, T, atan, both, conj, cos, eq, exp, forall, le, lt, names, ne, statement, tan, within
from theory.language import fn as function
from theory.mutations import changed
from theory.papers.uncertainty import L
from theory.papers.uncertainty_ar import AR_INPUT, AR_ROWS
from theory.papers.uncertainty_explicit import below_one
from theory.papers.uncertainty_sharp import SYMBOLS, reciprocal
from theory.proof import explained

growth = names("g")
INSIDE = 2 / PI * atan(kappa * tan(PI * S / (2 * K)))
BOUND = le(L, 1 - (1 - ETA) / m / growth**2 * ((1 - d) * INSIDE - kappa / P))
GIVEN = [lt(0, lam), le(1, gap), le(S + 1, K), le(1, S), *AR_INPUT, eq(sigma, SCALE)]
WHERE = [*WHERE_FAMILY, ("g", [], 1 + rho * lam / (1 - rho) / P)]

def draw(figure):
    """The bound of this claim, with λ and δ tuned, the lower bound for every filter and the limit, against S at K = 4S."""
    import numpy as np

    from theory.claims.uncertainty.ar_lower_bound_window import bound as least
    from theory.claims.uncertainty.ar_lower_bound_window import limit

    axes, orders = figure.subplots(), [10**index for index in range(1, 11)]
    for decay, colour in ((0.0, "#1f4e79"), (0.5, "#a5501d"), (0.8, "#3d6b35")):
        most = [min(bound(order, 4 * order, max(1, round(4 * order * wide)), rate, decay) for wide in np.geomspace(0.002, 2, 40)
                    for rate in np.linspace(0.2, 4, 40)) for order in orders]
        axes.plot(orders, most, "o-", ms=3, lw=1, color=colour, label=f"some filter is below, $\\rho = {decay:g}$")
        axes.plot(orders, [least(order, 4 * order, decay) for order in orders], "v--", ms=3, lw=1, color=colour, label="no filter is below")
        axes.axhline(limit(1, 4, decay), color=colour, lw=0.8, alpha=0.5)
    axes.set(xscale="log", xlabel="order $S$, lag $K = 4S$", ylabel="loss", ylim=(-0.02, 1.02))
    axes.legend(fontsize=7, ncols=3, loc="lower right")


claim = Claim(
    title="The limit for AR(1) input, from above",
    says="For 1 ≤ S < K, P = K + δ, d = δ/P and λ > 0 an explicit filter with S poles e^{(−λ + iπ(2s − S − 1))/P} and a direct term loses "
         "at most 1 − ((1 − e^{−2λ})/(μg²)) ((1 − d) (2/π) arctan(κ tan(πS/2K)) − κ/P), with κ = (1 + ρ)/(1 − ρ), g = 1 + ρλ/((1 − ρ)P) "
         "and μ = 1 + d² + e^{2λ}κ²(2 + 4π²ρ²/((1 − ρ)²P))/(16 d²S).",
    statement=statement(forall(VARIABLES, GIVEN, both(AR_ROWS, EXISTS, BOUND)), WHERE),
    paper="UP", dossier="UP.tightar+", reference="own; the upper side of the limit for AR(1) input",
    hypotheses={"λ > 0": "the poles must lie in the disk", "δ ≥ 1": "d is below the line", "S < K": "the tangent of π/2",
                "S ≥ 1": "S is below the line", "0 ≤ ρ < 1": "κ is not defined at 1"},
    page=draw,
    symbols=SYMBOLS,
    limits="With e^{−2λ} and d of the order S^{−1/4} the factors are 1 − O(S^{−1/4}) for a fixed ρ, and κ/P is O(1/K): as S → ∞ this is "
           "the limit 1 − (2/π) arctan(κ tan(πS/2K)), with S/K fixed or → 0; uncertainty.ar_limit_reached chooses λ and δ. The filter has "
           "a direct term; the lower side holds with it too (uncertainty.ar_lower_bound_window). With S − 1 in the place of S it is a "
           "filter of order S, one of its poles 0.",
)


def density(x):
    return (1 - rho**2) / distance(x)


def area(x):
    """The integral of the density from 0 to x."""
    return 2 * atan(kappa * tan(x / 2))


TOTAL = Sum("s", 1, S, density(PI * (2 * s - S - 1) / P))
FIRST, NEXT, EDGE = PI * S / P, PI * (S + 1) / P, PI * S / K


@claim.derive
def factors(step):
    """The factors in front of the limit for e^{−2λ} = d = tS^{−1/4}, and their limit for P → ∞."""
    import sympy

    t, kappa, root = sympy.symbols("t kappa q", positive=True)  # root: S^{−1/4}
    eta = step("η = d", t * root, why="S = q^{−4}")
    ends = step("μ for large P", 1 + eta**2 + kappa**2 / (8 * eta**3) * root**4, why="X → 2, e^{2λ} = 1/η")
    whole = step("(1 − η)(1 − d)/μ", (1 - eta) * (1 - eta) / ends, why="g → 1")
    first = step("to first order", sympy.series(whole, root, 0, 2).removeO(), why="1 − O(S^{−1/4})")
    best = step("best t", sympy.solve(sympy.diff(first, t), t)[0], why="the first-order term is least there")
    if sympy.simplify(best**4 - 3 * kappa**2 / 16) != 0:
        raise ArithmeticError("another balance")


def witness():
    """σ for S = 1, K = 2, δ = λ = 1 and ρ = 0."""
    third = T(1) / 3
    return (1 - exp(T(-2) * 1)) * exp(2 * third) / 3 / (1 + third**2 + exp(T(2) * 1) * 2 / (16 * third**2))


@claim.certify
def proof(p, _):
    """The share A of the sharp family is a Riemann sum of the density at a slightly smaller radius: at least 1/g² of the sum at radius 1,
    which is at least (P/π) times the integral up to πS/P, less κ. The integral is concave: up to πS/P it is at least K/P of that up to
    πS/K.
    """
    p.inhabited(S=1, K=2, gap=1, lam=1, rho=0, sigma=witness())
    facts = sizes(p)
    known = numbers(p, facts)
    values = {"S": S, "K": K, "gap": gap, "lam": lam, "rho": rho, "sigma": sigma}
    proper, scale = factor(p, known)
    rows, exists, loss = (p.use("uncertainty.ar_sharp_family", part, **values) for part in (AR_ROWS, EXISTS, FAMILY))
    share = at_smaller_radius(p, known)
    sum_ = p.use("uncertainty.ar_riemann_sum", le(P / PI * area(NEXT) - kappa, TOTAL), rho=rho, S=S, P=P)
    more, scaled = concave(p, known)
    parts = [known["room_eta"], scale]
    bound = p.squares(BOUND, [(1, [loss], "", 1), (1, [*parts, known["back"], share], "", 1 / growth),
                              (1, [*parts, known["back"], sum_], "", 1 / growth), (1, [*parts, known["turn"], more], "", 1 / growth),
                              (1, [*parts, known["turn"], known["back"], scaled], "", 1 / growth)],
                      nonzero=[known["g"], known["P"], known["circle"], proper])
    p.both(rows, exists, bound)


@explained
def factor(p, known):
    """μ > 0."""
    grown = p.order("basic", lt(0, exp(2 * lam)))
    room = p.squares(le(0, slack), [(2, [], "", 1), (1, [known["period"]], "", 2 * PI * rho / (1 - rho) / P)],
                     nonzero=[known["P"], known["near"]])
    positive = p.squares(lt(0, m), [(1, [], "", 1), (1, [], "", d), (T(1) / 16, [grown, room, known["share"]], "", kappa / d)])
    return reciprocal(p, m, positive)


@explained
def sizes(p):
    """P > 0, S + 1 < P, d > 0, e^{−2λ} < 1, S ≤ K."""
    period = p.squares(lt(0, P), [(1, [p.given(2)], "", 1), (1, [p.order("basic", le(0, K))], "", 1), (1, [], "", 1)])
    proper, back = reciprocal(p, P, period)
    p.squares(le(S, K), [(1, [p.given(3)], "", 1), (1, [], "", 1)])
    p.squares(lt(S + 1, P), [(1, [p.given(2)], "", 1), (1, [p.given(3)], "", 1), (1, [], "", 1)])
    start = p.squares(lt(0, gap), [(1, [p.given(2)], "", 1), (1, [], "", 1)])
    positive = p.squares(lt(0, d), [(1, [start, back], "", 1)])
    regular = p.order("nonzero", ne(d, 0), positive)
    p.order("product", ne(16 * d**2, 0), regular, regular)
    room = below_one(p, -2 * lam, p.squares(lt(-2 * lam, 0), [(2, [p.given(1)], "", 1)]))
    lags = p.squares(lt(0, K), [(1, [p.given(3)], "", 1), (1, [p.given(4)], "", 1), (2, [], "", 1)])
    nonzero, inverse = reciprocal(p, K, lags)
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    circle, turn = reciprocal(p, PI, pi)
    p.order("product", ne(2 * K, 0), nonzero)
    return {"P": proper, "back": back, "period": period, "d": regular, "room_eta": room, "K": nonzero, "lag": inverse, "lags": lags,
            "pi": pi, "circle": circle, "turn": turn}


@explained
def at_smaller_radius(p, known):
    """Σ Γ(ω_s) ≤ g² A, because |1 − ρre|² ≤ g²|1 − ρe|² for |e| = 1: 1 − ρr ≤ g(1 − ρ), as 1 − r ≤ λ/P, and ρr ≤ g²ρ."""
    omega = PI * (2 * s - S - 1) / P
    e = exp(IMAGINARY * omega)
    q = (1 - rho * pole(s)) * (1 - rho * conj(pole(s)))
    p.squares(le(0, T(0)))
    u = names("u")
    distances = p.use("uncertainty.ar_spectrum_between", forall({"u": "real"}, [], lt(0, distance(u))), rho=rho, alpha=0, beta=0)
    tangent = p.use("algebra.exp_above_tangent", le(1 - lam / P, RADIUS), x=-lam / P)
    less = p.squares(le(0, 1 - RADIUS), [(1, [known["inside"]], "", 1)])
    small = p.squares(lt(0, 1 - rho * RADIUS), [(1, [known["room"]], "", 1), (1, [p.given(5), less], "", 1)])
    over = p.squares(le(0, growth - 1), [(1, [p.given(5), p.given(1), known["nearest"], known["back"]], "", 1)])
    first = p.squares(le(1 - rho * RADIUS, growth * (1 - rho)), [(1, [p.given(5), tangent], "", 1)], nonzero=[known["near"]])
    bulk = p.squares(lt(0, growth), [(1, [over], "", 1), (1, [], "", 1)])
    known["g"] = p.order("nonzero", ne(growth, 0), bulk)
    p.order("product", ne(growth**2, 0), known["g"], known["g"])
    with p.generalise({"s": "int"}, within(1, s, S), ne(1 - rho * conj(pole(s)), 0)):
        apart(p, conj(pole(s)), small, known)
    with p.generalise({"s": "int"}, within(1, s, S), ne(pole(s), 0)), p.contradiction(ne(pole(s), 0)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", 1 / pole(s))])
    term = growth**2 * (1 - rho**2) * mode(s) * conj(mode(s)) - density(omega)
    with p.generalise({"s": "int"}, within(1, s, S), le(0, term)):
        euler = p.step("trigonometry", eq(cos(omega), (e + conj(e)) / 2), mode="euler")
        wide = p.squares(le(q, growth**2 * distance(omega)),
                         [(1, [first, first], "", 1), (2, [first, small], "", 1), (2, [p.given(5), over], "", 1 - e),
                          (1, [p.given(5), over, over], "", 1 - e), (1, [p.given(5), less], "", 1 - e)],
                         using=[(euler, 2 * rho * growth**2)])
        far, back = reciprocal(p, distance(omega), p.apply(distances, lt(0, distance(omega)), u=omega))
        proper = [far]
        for z in (pole(s), conj(pole(s))):
            proper.append(apart(p, z, small, known))
        sign = p.squares(le(0, mode(s) * conj(mode(s))), [(1, [], "", mode(s))])
        p.squares(le(0, term), [(1, [known["square"], back, sign, wide], "", 1)], nonzero=proper)
    total = p.use("algebra.sum_nonnegative", le(0, Sum("s", 1, S, term)), n=S, f=function("s", term))
    return p.squares(le(TOTAL, growth**2 * held), [(1, [total], "", 1)])


def apart(p, z, small, known):
    """1 − ρz ≠ 0, because |1 − ρz|² = (1 − ρr)² + ρr|1 − e|² > 0."""
    e = exp(IMAGINARY * PI * (2 * s - S - 1) / P)
    with p.contradiction(ne(1 - rho * z, 0)) as absurd:
        p.squares(lt(0, 0), [(1, [small, small], "", 1), (1, [p.given(5), known["radius"]], "", 1 - e)],
                  using=[(f"{absurd}.1", 1 - rho * conj(z))])
    return str(absurd)


@explained
def concave(p, known):
    """A(π(S + 1)/P) ≥ A(x) and P A(x) ≥ K A(y) for x = πS/P and y = πS/K: A(y) − A(x) ≤ Γ(x)(y − x) and xΓ(x) ≤ A(x)."""
    def between(shows, low, high):
        return p.use("uncertainty.ar_spectrum_between", shows, rho=rho, alpha=low, beta=high)
    natural = p.order("basic", le(0, S))
    p.squares(le(0, T(0)))
    p.squares(le(0, FIRST), [(1, [known["pi"], known["back"], natural], "", 1)])
    p.squares(le(FIRST, NEXT), [(1, [known["pi"], known["back"]], "", 1)])
    room = p.squares(lt(0, P - S - 1), [(1, [p.given(2)], "", 1), (1, [p.given(3)], "", 1), (1, [], "", 1)])
    p.squares(lt(NEXT, PI), [(1, [known["pi"], known["back"], room], "", 1)], nonzero=[known["P"]])
    p.squares(lt(FIRST, PI), [(1, [known["pi"], known["back"], room], "", 1), (1, [known["pi"], known["back"]], "", 1)],
              nonzero=[known["P"]])
    low = p.squares(le(0, EDGE), [(1, [known["pi"], known["lag"], natural], "", 1)])
    high = p.squares(lt(EDGE, PI), [(1, [known["pi"], known["lag"], p.given(3)], "", 1), (1, [known["pi"], known["lag"]], "", 1)],
                     nonzero=[known["K"]])
    wide = p.squares(le(0, gap), [(1, [p.order("basic", le(0, gap))], "", 1)])
    p.squares(le(FIRST, EDGE), [(1, [known["pi"], natural, known["lag"], known["back"], wide], "", 1)], nonzero=[known["P"], known["K"]])
    step = between(le(density(NEXT) * (NEXT - FIRST), area(NEXT) - area(FIRST)), FIRST, NEXT)
    positive = between(lt(0, density(NEXT)), FIRST, NEXT)
    more = p.squares(le(area(FIRST), area(NEXT)), [(1, [step], "", 1), (1, [positive, known["pi"], known["back"]], "", 1)])
    tail = between(le(area(EDGE) - area(FIRST), density(FIRST) * (EDGE - FIRST)), FIRST, EDGE)
    head = between(le(density(FIRST) * FIRST, area(FIRST) - area(T(0))), T(0), FIRST)
    scaled = p.squares(le(K * area(EDGE), P * area(FIRST)), [(1, [known["lags"], tail], "", 1), (1, [wide, head], "", 1)],
                       nonzero=[known["P"], known["K"]])
    start = p.squares(lt(-PI / 2, EDGE / 2), [(T(1) / 2, [low], "", 1), (T(1) / 2, [known["pi"]], "", 1)])
    end = p.squares(lt(EDGE / 2, PI / 2), [(T(1) / 2, [high], "", 1)])
    p.order("nonzero", ne(cos(EDGE / 2), 0), p.step("trigonometry", lt(0, cos(EDGE / 2)), mode="positive", **{"from": [start, end]}))
    return more, scaled


def bound(order, lag, wide, rate, decay):
    """The formula, in doubles."""
    from math import atan, exp, pi, tan

    period, share, ratio = lag + wide, wide / (lag + wide), (1 + decay) / (1 - decay)
    most = 2 + 4 * pi**2 * decay**2 / (1 - decay) ** 2 / period
    factor = 1 + share**2 + exp(2 * rate) * ratio**2 * most / (16 * share**2) / order
    inside = 2 / pi * atan(ratio * tan(pi * order / (2 * lag)))
    return 1 - (1 - exp(-2 * rate)) / factor / (1 + decay * rate / (1 - decay) / period) ** 2 * ((1 - share) * inside - ratio / period)


CASES = ((1, 2, 1, 1.0, 0.0), (16, 64, 25, 0.8, 0.5), (64, 256, 90, 0.9, 0.8), (200, 400, 120, 0.7, 0.3), (300, 3000, 700, 0.9, 0.5))


def measure(name, loss):
    """Measurements of the loss of the filter: below the bound, and above the lower bound for every filter."""
    from theory.claims.uncertainty.ar_lower_bound_window import bound as least
    from theory.claims.uncertainty.ar_sharp_family import written
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, lag, wide, rate, decay in CASES:
        value, most = loss(*written(order, lag, wide, rate, decay), lag, decay), bound(order, lag, wide, rate, decay)
        found.append(bounded(name, {"S": order, "K": lag, "delta": wide, "lam": rate, "rho": decay}, value, most,
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
def comes_to_the_limit():
    """For e^{−2λ} and δ/K of the order S^{−1/4} the bound falls to the limit as S grows; the last one is within a tenth of what is held."""
    from math import log

    from theory.claims.uncertainty.ar_lower_bound_window import limit
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for decay in (0.0, 0.5, 0.8):
        last = 1.0
        for order in (10**3, 10**5, 10**7, 10**9, 10**11):
            eta = ((1 + decay) / (1 - decay)) ** 0.5 * order**-0.25
            most, goal = bound(order, 4 * order, round(4 * order * eta), -log(min(eta, 0.9)) / 2, decay), limit(1, 4, decay)
            found.append(bounded("upper bound", {"S": order, "K": 4 * order, "rho": decay}, most, goal,
                                 goal < most < last and (order < 10**11 or most - goal < (1 - goal) / 10)))
            last = most
    return found


claim.must_refuse(
    decay_free=changed(le(L, 1 - 1 / m / growth**2 * ((1 - d) * INSIDE - kappa / P))),
    ends_forgotten=changed(BOUND, where={"mu": 1 + d**2}),
    no_room=changed(BOUND, given={2: None}),
    gain_doubled=changed(le(L, 1 - 2 * (1 - ETA) / m / growth**2 * (1 - d) * INSIDE)),
)


@claim.refute("gain_doubled")
def one_pole(p):
    """S = 1, K = 2, δ = λ = 1 and ρ = 0: the loss is 0.946…, and the edited bound 0.938…."""
    beaten(p, {"S": 1, "K": 2, "gap": 1, "lam": 1, "rho": 0, "sigma": witness()})
