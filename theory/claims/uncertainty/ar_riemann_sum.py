"""The spectral density of an AR(1) input at evenly spaced frequencies around 0 sums to at least its integral, up to its value at 0."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_spectrum_between import distance
from theory.language import PI, SEQ, Sum, T, atan, both, cos, eq, fn, forall, le, lt, names, ne, statement, tan
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_sharp import reciprocal
from theory.proof import explained

rho, S, P, s, n = names("rho S P s n")
density, area, kappa = names("G A kappa")
WHERE = [("G", ["x"], (1 - rho**2) / distance(T("x"))), ("kappa", [], (1 + rho) / (1 - rho)),
         ("A", ["x"], 2 * atan(kappa * tan(T("x") / 2)))]


def total(S):
    return Sum("s", 1, S, density(PI * (2 * s - S - 1) / P))


def bounded(S):
    return le(P / PI * area(PI * (S + 1) / P) - kappa, total(S))


claim = Claim(
    title="The spectral density at evenly spaced frequencies",
    says="For S + 1 < P: Σ_{s=1}^S Γ(π(2s − S − 1)/P) ≥ (P/π) A(π(S + 1)/P) − κ, with Γ(x) = (1 − ρ²)/(1 − 2ρ cos x + ρ²), "
         "A(x) = 2 arctan(κ tan(x/2)) and κ = (1 + ρ)/(1 − ρ).",
    statement=statement(forall({"rho": "real", "S": "nat", "P": "real"}, [le(0, rho), lt(rho, 1), lt(S + 1, P)], bounded(S)), WHERE),
    reference="own; a Riemann sum of a function that falls on both sides of 0",
    hypotheses={"0 ≤ ρ < 1": "the density falls away from 0", "S + 1 < P": "the tangent of π/2"},
    limits="The loss of κ is for the cell at 0, or for half a cell on both sides of it.",
)


@claim.derive
def one_more_pair(step):
    import sympy

    x, r = sympy.symbols("x rho", real=True)
    area = step("A", 2 * sympy.atan((1 + r) / (1 - r) * sympy.tan(x / 2)), why="the integral of the density from 0")
    density = step("Γ", (1 - r**2) / (1 - 2 * r * sympy.cos(x) + r**2), why="AR(1)")
    if sympy.simplify((sympy.diff(area, x) - density).rewrite(sympy.tan)) != 0:
        raise ArithmeticError("not an antiderivative")
    step("slope of Γ", sympy.factor(sympy.diff(density, x)), why="negative on (0, π): each Γ(x) is above its mean over the next 2π/P")


@claim.certify
def proof(p, _):
    """Two more frequencies, at ±π(S + 1)/P, add 2Γ(π(S + 1)/P), at least (P/π) times the integral over the next 2π/P. Induction from
    S = 0 and S = 1, in steps of two.
    """
    p.inhabited(rho=0, S=0, P=2)
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    circle, turn = reciprocal(p, PI, pi)
    period = p.squares(lt(0, P), [(1, [p.given(3)], "", 1), (1, [p.order("basic", le(0, S))], "", 1), (1, [], "", 1)])
    proper, back = reciprocal(p, P, period)
    known = {"pi": pi, "turn": turn, "back": back, "proper": [circle, proper], "period": period}
    room = p.squares(lt(0, 1 - rho), [(1, [p.given(2)], "", 1)])
    near = p.order("nonzero", ne(1 - rho, 0), room)
    square = p.order("nonzero", ne((1 - rho) ** 2, 0), p.squares(lt(0, (1 - rho) ** 2), [(1, [room, room], "", 1)]))
    known["peak"] = p.identity(eq(density(T(0)), kappa), nonzero=[near, square])
    p.squares(le(0, T(0)))
    u = names("u")
    distances = p.use("uncertainty.ar_spectrum_between", forall({"u": "real"}, [], lt(0, distance(u))), rho=rho, alpha=0, beta=0)
    angle = PI * (2 * s - S - 1) / P
    with p.generalise({"s": "int"}, [], ne(distance(angle), 0)):
        p.order("nonzero", ne(distance(angle), 0), p.apply(distances, lt(0, distance(angle)), u=angle))
    known["factor"] = p.squares(le(0, P / PI), [(1, [period, turn], "", 1)])
    first = peeled(p)

    def open_(n):
        return forall({}, [lt(n + 1, P)], bounded(n))
    with p.branch() as base:
        p.both(start(p, known, T(0)), start(p, known, T(1)))
    block = p.new_id()
    with p.branch() as step:
        old, kept = (p.part(f"{block}.2", open_(m)) for m in (n, n + 1))
        p.both(kept, further(p, known, first, old, f"{block}.1"))
    every = p.step("induction", forall({"n": "nat"}, [], both(open_(n), open_(n + 1))), block, base=base, step=step)
    here = p.part(p.apply(every, both(open_(S), open_(S + 1)), n=S), open_(S))
    count = p.squares(le(0, S + 1), [(1, [p.order("basic", le(0, S))], "", 1), (1, [], "", 1)])
    tangent(p, known, PI * (S + 1) / P, count, p.given(3))
    p.apply(here, bounded(S))


@explained
def peeled(p):
    """The first term of a sum, split off."""
    g, m = names("g m")

    def goal(m):
        return eq(Sum("s", 1, m + 1, g[s]), g[1] + Sum("s", 1, m, g[s + 1]))
    with p.generalise({"g": SEQ, "m": "nat"}, [], goal(m)) as block:
        with p.branch() as base:
            p.identity(goal(T(0)))
        inner, j = p.new_id(), names("j")
        with p.branch() as step:
            p.identity(goal(j + 1), [(f"{inner}.2", 1)])
        p.apply(p.step("induction", forall({"j": "nat"}, [], goal(j)), inner, base=base, step=step), goal(m), j=m)
    return block.fact


def tangent(p, known, edge, count, below):
    """0 ≤ π·count/P < π, and cos of half of it is not 0; `count` is the fact 0 ≤ count."""
    low = p.squares(le(0, edge), [(1, [known["pi"], known["back"], count], "", 1)])
    high = p.squares(lt(edge, PI), [(1, [known["pi"], known["back"], below], "", 1)], nonzero=known["proper"])
    start = p.squares(lt(-PI / 2, edge / 2), [(T(1) / 2, [low], "", 1), (T(1) / 2, [known["pi"]], "", 1)])
    end = p.squares(lt(edge / 2, PI / 2), [(T(1) / 2, [high], "", 1)])
    p.order("nonzero", ne(cos(edge / 2), 0), p.step("trigonometry", lt(0, cos(edge / 2)), mode="positive", **{"from": [start, end]}))


@explained
def further(p, known, first, old, sign):
    """From S = n to S = n + 2."""
    goal = bounded(n + 2)
    with p.generalise({}, [lt(n + 2 + 1, P)], goal) as block:
        less = p.squares(lt(n + 1, P), [(1, [block(1)], "", 1), (2, [], "", 1)])
        before = p.apply(old, bounded(n))
        near, far = PI * (n + 1) / P, PI * (n + 3) / P
        tangent(p, known, near, p.squares(le(0, n + 1), [(1, [sign], "", 1), (1, [], "", 1)]), less)
        tangent(p, known, far, p.squares(le(0, n + 3), [(1, [sign], "", 1), (3, [], "", 1)]),
                p.squares(lt(n + 3, P), [(1, [block(1)], "", 1)]))
        p.squares(le(near, far), [(2, [known["pi"], known["back"]], "", 1)])
        more = p.use("uncertainty.ar_spectrum_between", le(area(far) - area(near), density(near) * (far - near)), rho=rho,
                     alpha=near, beta=far)

        def term(s):
            return density(PI * (2 * s - (n + 2) - 1) / P)
        shifted = p.apply(first, eq(Sum("s", 1, n + 1, term(s)), term(T(1)) + Sum("s", 1, n, term(s + 1))), g=fn("s", term(s)), m=n)
        p.squares(goal, [(1, [before], "", 1), (1, [known["factor"], more], "", 1)], using=[(shifted, -1)], nonzero=known["proper"])
    return block.fact


def start(p, known, first):
    """The bound for S = 0 and S = 1, from A(x) ≤ κx."""
    goal = bounded(first)
    with p.generalise({}, [lt(first + 1, P)], goal) as block:
        edge = PI * (first + 1) / P
        p.squares(le(0, T(0)))
        tangent(p, known, edge, p.squares(le(0, first + 1), [(first + 1, [], "", 1)]), block(1))
        most = p.use("uncertainty.ar_spectrum_between", le(area(edge) - area(T(0)), density(T(0)) * edge), rho=rho, alpha=0, beta=edge)
        p.squares(goal, [(1, [known["factor"], most], "", 1)], using=[(known["peak"], 1)],
                  nonzero=known["proper"])
    return block.fact


def least(order, period, decay):
    """The formula, in doubles."""
    from math import atan, pi, tan

    ratio = (1 + decay) / (1 - decay)
    return 2 * period / pi * atan(ratio * tan(pi * (order + 1) / (2 * period))) - ratio


CASES = ((0, 1.5, 0.5), (1, 3.0, 0.8), (4, 9.0, 0.5), (7, 8.5, 0.3), (50, 400.0, 0.95), (101, 150.0, 0.0))


@claim.oracle
def summed():
    """The sum of (1 − ρ²)/|1 − ρe^{iω}|² in doubles."""
    import numpy as np

    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, period, decay in CASES:
        waves = np.exp(1j * np.pi * (2 * np.arange(1, order + 1) - order - 1) / period)
        total = float(np.sum((1 - decay**2) / abs(1 - decay * waves) ** 2))
        found.append(bounded("sum", {"S": order, "P": period, "rho": decay}, total, least(order, period, decay),
                             total >= least(order, period, decay) - 1e-9))
    return found


@claim.oracle
def series():
    """The same sum from the Fourier series of the density, 1 + 2Σρ^k cos kω, with the sums of cosines in closed form."""
    from math import fsum, pi, sin

    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, period, decay in CASES:
        total = order + fsum(2 * decay**k * sin(pi * k * order / period) / sin(pi * k / period) if sin(pi * k / period) ** 2 > 1e-20
                             else 2 * decay**k * order * (-1) ** (round(k / period) * (order - 1)) for k in range(1, 900))
        found.append(bounded("sum", {"S": order, "P": period, "rho": decay}, total, least(order, period, decay),
                             total >= least(order, period, decay) - 1e-9))
    return found


claim.must_refuse(
    nothing_lost=changed(le(P / PI * area(PI * (S + 1) / P), total(S))),
    sign_flipped=changed(le(total(S), P / PI * area(PI * (S + 1) / P) - kappa)),
    negative_correlation=changed(given={1: lt(-1, rho)}),
    whole_circle=changed(given={3: lt(S, P)}),
)
HALF = T(1) / 2
claim.refute("nothing_lost")(fails_in_balls(rho=HALF, S=0, P=2))
claim.refute("sign_flipped")(fails_in_balls(rho=HALF, S=1, P=4))
