"""Lower bound on the AR(1) loss in closed form: what an ideal window of the width of S phases loses, up to a multiple of 1/K."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_loss import ENERGY, RESPONSE
from theory.claims.uncertainty.ar_lower_bound_frequencies import BOUND as BY_FREQUENCIES
from theory.claims.uncertainty.ar_lower_bound_frequencies import PULSE, WHERE_PERIOD
from theory.claims.uncertainty.ar_lower_bound_with_tap import LAST, STABLE, WHERE_TAP, widened
from theory.claims.uncertainty.ar_spectrum_between import distance
from theory.language import PI, Abs, Sum, T, atan, both, cos, eq, fn, forall, le, lt, names, ne, re, statement, tan
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty import K, L, S, a, b
from theory.papers.uncertainty_ar import AR_FILTER, AR_INPUT, WHERE_AR_LOSS, WHERE_CORRELATION, ar_loss, regular, rho
from theory.papers.uncertainty_sharp import reciprocal
from theory.proof import explained

P, kappa, j, m, spectrum, area, density = names("P kappa j m G A Gamma")
PULSES = rho**2 / (1 - rho**2)


def angle(j):
    """φ_j."""
    return PI * (2 * T(j) - 1) / P


def window(x):
    """2 arctan(κ tan(x/2)), the integral of the spectral density over [0, x]."""
    return 2 * atan(kappa * tan(x / 2))


LIMIT = 1 - 2 / PI * atan(kappa * tan(PI * S / (2 * K)))
SHARP = le(1 - (P / (2 * PI) * window(angle(S)) + kappa / 2 + PULSES) / K, L)
CLOSED = le(LIMIT - (kappa + PULSES) / K, L)
GIVEN = [le(1, S), le(S + 1, K), STABLE, *AR_INPUT, eq(a[LAST], 0)]
WHERE_KAPPA = ("kappa", [], (1 + rho) / (1 - rho))

claim = Claim(
    title="Lower bound under an AR(1) input, by the ideal window",
    says="For 1 ≤ S < K a filter with S poles and a direct term misses the shift by K, under an AR(1) input, by at least "
         "1 − (2/π) arctan(κ tan(πS/2K)) − (κ + ρ²/(1 − ρ²))/K, where κ = (1 + ρ)/(1 − ρ): the limit for S, K → ∞, from below; and by at "
         "least 1 − (2/π)(1 + 1/2K) arctan(κ tan(π(2S − 1)/(4K + 2))) − (κ/2 + ρ²/(1 − ρ²))/K.",
    statement=statement(forall(AR_FILTER, GIVEN, both(SHARP, CLOSED)), [WHERE_PERIOD, WHERE_KAPPA, WHERE_TAP, WHERE_AR_LOSS]),
    paper="UP", reference="own; the lower side of the limit for AR(1) input",
    hypotheses={"S ≥ 1": "without poles the direct term alone is not covered", "S < K": "the tangent of π/2",
                "|a_s| < 1": "the loss is infinite or undefined",
                "0 ≤ ρ < 1": "κ is not defined at 1; for ρ < 0 high frequencies are stronger",
                "a_{S+1} = 0": "S + 1 poles need S + 1 in the place of S"},
    limits="Every filter, every S < K and every ρ. The error term is of the order 1/K for a fixed ρ, with a constant that grows like "
           "1/(1 − ρ); it is the lower side only.",
)


@claim.derive
def comparison(step):
    """The error term: the first half step, and 2K + 1 in the place of 2K."""
    import sympy

    lag, r, A = sympy.symbols("K rho A", positive=True)
    kappa, pulses = (1 + r) / (1 - r), r**2 / (1 - r**2)
    period = 2 * lag + 1
    held = step("Σ Γ(φ_j) at most", kappa / 2 + period / (2 * sympy.pi) * A,
                why="Γ falls; half of Γ(φ_1) ≤ κ is paid by [0, φ_1]; A = A(φ_S)")
    sharp = step("K (1 − L) at most", pulses + held, why="and the pulse at 0 brings Σ ρ^{2k} ≤ ρ²/(1 − ρ²)")
    rest = step("more than K A/π", sympy.simplify(sharp - lag * A / sympy.pi), why="A/π is the energy inside the window")
    most = step("with A ≤ κπ", sympy.factor(rest.subs(A, kappa * sympy.pi)), why="Γ ≤ κ, and the window ends before π")
    if sympy.simplify(most - kappa - pulses) != 0:
        raise ArithmeticError("another error term")


@claim.certify
def proof(p, _):
    """Each Γ(φ_j) is at most (P/2π) times the integral of Γ over the 2π/P before φ_j, and Γ(φ_1) at most κ/2 more than what is left of
    that interval, [0, φ_1], brings. So Γ(φ_1) + … + Γ(φ_S) ≤ κ/2 + (P/2π) A(φ_S), with A the integral of Γ from 0.
    """
    p.inhabited(S=1, K=2, a=fn("n", 0), b=fn("n", 1), rho=0)
    p.abbreviate(*WHERE_CORRELATION)
    p.abbreviate("Gamma", ["x"], (1 - rho**2) / distance(T("x")))
    p.abbreviate("G", ["j"], density(angle("j")))
    converges(p)
    known = numbers(p)
    held = by_induction(p, known)
    bound = p.use("uncertainty.ar_lower_bound_frequencies", BY_FREQUENCIES, S=S, K=K, a=a, b=b, rho=rho)
    pulses = geometric(p, known)
    share = known["lags"]
    sharp = p.squares(SHARP, [(1, [bound], "", 1), (1, [share, held], "", 1), (1, [share, pulses], "", 1)],
                      nonzero=known["proper"])
    p.both(sharp, p.squares(CLOSED, *widen(p, known, sharp), nonzero=known["proper"]))


@explained
def converges(p):
    """The double series of the loss converges."""
    regular(p, p.given(3), p.given(4), p.given(5), LAST)
    ar_loss(p, widened(1 + ENERGY - 2 * re(RESPONSE)), LAST)


@explained
def numbers(p):
    """K, P, π, 1 − ρ, 1 − ρ² are positive; S ≤ K."""
    known = {}
    lags = p.squares(lt(0, K), [(1, [p.given(1)], "", 1), (1, [p.given(2)], "", 1), (2, [], "", 1)])
    p.squares(le(S, K), [(1, [p.given(2)], "", 1), (1, [], "", 1)])
    known["circle"] = p.step("ball_bound", lt(0, PI), prec=64)
    period = p.squares(lt(0, P), [(2, [lags], "", 1), (1, [], "", 1)])
    room = p.squares(lt(0, 1 - rho), [(1, [p.given(5)], "", 1)])
    wide = p.squares(lt(0, 1 + rho), [(1, [], "", 1), (1, [p.given(4)], "", 1)])
    square = p.squares(lt(0, 1 - rho**2), [(1, [room, wide], "", 1)])
    proper = []
    for name, x, fact in (("lags", K, lags), ("back", P, period), ("turn", PI, known["circle"]), ("near", 1 - rho, room),
                          ("rest", 1 - rho**2, square)):
        one, known[name] = reciprocal(p, x, fact)
        proper.append(one)
    p.order("product", ne(2 * K, 0), proper[0])
    p.order("product", ne(2 * PI, 0), proper[2])
    known |= {"proper": proper, "period": period, "square": square, "room": room}
    known["ratio"] = p.squares(le(0, kappa), [(1, [known["near"]], "", 1), (1, [p.given(4), known["near"]], "", 1)])
    return known


def between(p, shows, low, high):
    """A fact about the spectral density between two frequencies."""
    return p.use("uncertainty.ar_spectrum_between", shows, rho=rho, alpha=low, beta=high)


@explained
def by_induction(p, known):
    """Σ_{j≤m} Γ(φ_j) ≤ κ/2 + (P/2π) A(φ_m) for 1 ≤ m ≤ K, by induction on m."""
    def bounded(m):
        return forall({}, [le(m, K)], le(Sum("j", 1, m, spectrum(j)), kappa / 2 + P / (2 * PI) * window(angle(m))))
    factor = p.squares(lt(0, P / (2 * PI)), [(T(1) / 2, [known["period"], known["turn"]], "", 1)])
    p.squares(le(1, K), [(1, [p.given(1)], "", 1), (1, [p.given(2)], "", 1), (1, [], "", 1)])
    with p.branch() as base, p.generalise({}, [le(1, K)], bounded(T(1)).json[3]):
        p.squares(le(0, T(0)))
        p.squares(le(0, angle(1)), [(1, [known["circle"], known["back"]], "", 1)])
        below(p, known, 1, p.squares(le(1, K), [(1, [p.given(1)], "", 1), (1, [p.given(2)], "", 1), (1, [], "", 1)]))
        first = between(p, le(density(angle(1)) * angle(1), window(angle(1)) - window(T(0))), T(0), angle(1))
        p.squares(le(angle(1), angle(1)))
        top = between(p, le(density(angle(1)), kappa), angle(1), angle(1))
        p.squares(bounded(T(1)).json[3], [(1, [factor, first], "", 1), (T(1) / 2, [top], "", 1)], nonzero=known["proper"])
    block = p.new_id()
    with p.branch() as step, p.generalise({}, [le(m + 1, K)], bounded(m + 1).json[3]) as room:
        p.squares(le(m, K), [(1, [room(1)], "", 1), (1, [], "", 1)])
        before = p.apply(f"{block}.2", bounded(m).json[3])
        p.squares(le(0, angle(m)), [(2, [known["circle"], known["back"], f"{block}.1"], "", 1),
                                            (1, [known["circle"], known["back"]], "", 1)])
        p.squares(le(angle(m), angle(m + 1)), [(2, [known["circle"], known["back"]], "", 1)])
        below(p, known, m + 1, room(1))
        more = between(p, le(density(angle(m + 1)) * (angle(m + 1) - angle(m)), window(angle(m + 1)) - window(angle(m))),
                       angle(m), angle(m + 1))
        p.squares(bounded(m + 1).json[3], [(1, [before], "", 1), (1, [factor, more], "", 1)], nonzero=known["proper"])
    every = p.step("induction", forall({"m": "int"}, [le(1, m)], bounded(m)), block, base=base, step=step)
    below(p, known, S, p.squares(le(S, K), [(1, [p.given(2)], "", 1), (1, [], "", 1)]))
    return p.apply(p.apply(every, bounded(S), m=S), bounded(S).json[3])


def below(p, known, j, inside):
    """φ_j < π, because π − φ_j = 2π(K − j + 1)/P."""
    return p.squares(lt(angle(j), PI), [(2, [known["circle"], known["back"], inside], "", 1), (2, [known["circle"], known["back"]], "", 1)],
                     nonzero=known["proper"])


@explained
def geometric(p, known):
    """Σ_{k=1}^K ρ^{2k} = (ρ² − ρ^{2K+2})/(1 − ρ²)."""
    i = names("i_")
    total = p.step("telescoping", eq(PULSE, (rho**2 - rho ** (2 * K + 2)) / (1 - rho**2)), T=fn("i_", -(rho ** (2 * i)) / (1 - rho**2)),
                   nonzero=known["proper"])
    return p.squares(le(PULSE, PULSES), [(1, [known["rest"]], "", rho ** (K + 1))], using=[(total, 1)], nonzero=known["proper"])


@explained
def widen(p, known, sharp):
    """A(φ_S) ≤ A(πS/K) ≤ κπ, as φ_S ≤ πS/K < π."""
    edge, places = PI * S / K, [known["circle"], known["lags"]]
    start = p.squares(le(0, angle(S)), [(2, [known["circle"], known["back"], p.given(1)], "", 1),
                                        (1, [known["circle"], known["back"]], "", 1)])
    order = p.squares(le(angle(S), edge), [(1, [*places, known["back"], p.order("basic", le(0, S))], "", 1),
                                           (1, [known["circle"], known["back"]], "", 1)], nonzero=known["proper"])
    low = p.squares(le(0, edge), [(1, [*places, p.order("basic", le(0, S))], "", 1)])
    high = p.squares(lt(edge, PI), [(1, [*places, p.given(2)], "", 1), (1, places, "", 1)], nonzero=known["proper"])
    rise = between(p, le(density(edge) * (edge - angle(S)), window(edge) - window(angle(S))), angle(S), edge)
    positive = between(p, lt(0, density(edge)), angle(S), edge)
    p.squares(le(0, T(0)))
    most = between(p, le(window(edge) - window(T(0)), density(T(0)) * edge), T(0), edge)
    here = p.order("nonzero", ne((1 - rho) ** 2, 0), p.squares(lt(0, (1 - rho) ** 2), [(1, [known["room"]] * 2, "", 1)]))
    peak = p.identity(eq(density(T(0)), kappa), nonzero=[here, *known["proper"]])
    most = p.squares(le(window(edge), kappa * edge), [(1, [most], "", 1)], using=[(peak, edge)])
    half_angle(p, edge, low, high, known)
    half_angle(p, angle(S), start, p.squares(lt(angle(S), PI), [(1, [order], "", 1), (1, [high], "", 1)]), known)
    factor = p.squares(le(0, P / (2 * PI) / K), [(T(1) / 2, [known["period"], known["turn"], known["lags"]], "", 1)])
    part = p.squares(le(0, 1 / (2 * PI) / K), [(T(1) / 2, [known["turn"], known["lags"]], "", 1)])
    near = p.squares(le(edge, PI), [(1, [high], "", 1)])
    return [(1, [sharp], "", 1), (1, [factor, rise], "", 1), (1, [factor, positive, order], "", 1), (1, [part, most], "", 1),
            (1, [part, known["ratio"], near], "", 1)],


def half_angle(p, z, low, high, known):
    """cos(z/2) > 0 for 0 ≤ z < π."""
    first = p.squares(lt(-PI / 2, z / 2), [(T(1) / 2, [low], "", 1), (T(1) / 2, [known["circle"]], "", 1)])
    last = p.squares(lt(z / 2, PI / 2), [(T(1) / 2, [high], "", 1)])
    return p.order("nonzero", ne(cos(z / 2), 0), p.step("trigonometry", lt(0, cos(z / 2)), mode="positive", **{"from": [first, last]}))


def limit(order, lag, decay):
    """1 − (2/π) arctan(κ tan(πS/2K)), in doubles."""
    from math import atan, pi, tan

    return 1 - 2 / pi * atan((1 + decay) / (1 - decay) * tan(pi * order / (2 * lag)))


def bound(order, lag, decay):
    """The formula in closed form."""
    return limit(order, lag, decay) - ((1 + decay) / (1 - decay) + decay**2 / (1 - decay**2)) / lag


def sharper_bound(order, lag, decay):
    """The formula with π(2S − 1)/(4K + 2)."""
    from math import atan, pi, tan

    ratio = (1 + decay) / (1 - decay)
    held = (2 + 1 / lag) / pi * atan(ratio * tan(pi * (2 * order - 1) / (4 * lag + 2)))
    return 1 - held - (ratio / 2 + decay**2 / (1 - decay**2)) / lag


@claim.oracle
def designed_filters():
    """The certified loss of designed filters without a direct term: above both bounds."""
    from fractions import Fraction

    from numeric import design
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, lag, decay in ((1, 10, Fraction(1, 2)), (3, 40, Fraction(1, 2)), (5, 100, Fraction(4, 5)), (10, 20, Fraction(1, 2)),
                              (9, 300, Fraction(0))):
        loss, least = design.design(order, lag, decay).loss, sharper_bound(order, lag, float(decay))
        found.append(bounded("designed filter", {"S": order, "K": lag, "rho": str(decay)}, float(loss.mid()), least,
                             float(loss.lower()) >= least >= bound(order, lag, float(decay))))
    return found


@claim.oracle
def eigenvalues():
    """The bound in eigenvalues of a numerical library, from which this one is at most 2(κ + 1)/K away."""
    from theory.claims.uncertainty.ar_lower_bound_eigenvalues import eigenvalue_bound
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, lag, decay in ((1, 2, 0.5), (4, 40, 0.5), (20, 40, 0.5), (10, 100, 0.8), (100, 400, 0.8), (399, 400, 0.2)):
        more, least = eigenvalue_bound(order, lag, decay), bound(order, lag, decay)
        close = more - 2 * (1 + (1 + decay) / (1 - decay)) / lag
        found.append(bounded("bound", {"S": order, "K": lag, "rho": decay}, least, more,
                             close < least <= sharper_bound(order, lag, decay) < more + 1e-12))
    return found


claim.must_refuse(
    without_error=changed(le(LIMIT, L)),
    sign_flipped=changed(le(L, LIMIT - (kappa + PULSES) / K)),
    above_one=changed(lt(1, L)),
    window_halved=changed(le(1 - 2 / PI * atan(kappa * tan(PI * S / (4 * K))) - (kappa + PULSES) / K, L)),
    ratio_inverted=changed(le(1 - 2 / PI * atan(tan(PI * S / (2 * K)) / kappa) - (kappa + PULSES) / K, L)),
    tap_not_free=changed(given={6: None}),
    domain_reaches_circle=changed(given={3: forall({"s": "int"}, [le(1, "s"), le("s", LAST)], le(Abs(a["s"]), 1))}),
)


def no_filter(p):
    """S = 1, K = 2, ρ = 1/2 and no weights at all: the loss is 1."""
    here = counterexample(p, S=1, K=2, a=fn("n", 0), b=fn("n", 0), rho=T(1) / 2)
    loss = p.use("uncertainty.ar_loss", eq(here(L), 1), S=2, K=2, a=here(fn("n", 0)), b=here(fn("n", 0)), rho=T(1) / 2)
    name, left, right = p.statement["holds"][3]
    sides = [T(1) if part == "L" else here(T(part)) for part in (right, left)]
    away = p.step("ball_bound", (lt if name == "<=" else le)(*sides), prec=100)
    p.squares(opposite(here(p.statement["holds"][3])), [(1, [away], "", 1)], using=[(loss, 1 if right == "L" else -1)])


claim.refute("sign_flipped")(no_filter)
claim.refute("above_one")(no_filter)
