"""The figure of Appendix D with a filter of order 101 at the delay 10 000: impulse response and poles."""
from theory.claim import Claim
from theory.language import Abs, T, both, eq, exp, forall, le, lt, names, re, statement, within
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_figures import WHERE_RESPONSE, by_balls, filter_of, half, order, pole, response
from theory.proof import explained

HALF, LAG, PLACES = 50, 10000, 12
SIZE = 2 * HALF + 1
FOUND = {  # k: c_k in units of 10^−12
    0: 133424738,
    5000: -80926194,
    9000: -54246450,
    9604: -516161,
    9703: -1084230445,
    9802: 505796,
    9901: 3187893613,
    9950: 4476073667,
    10000: 4957506024,
    10050: 4431535990,
    10099: 3125394106,
    10198: 486158,
    10297: -1021702617,
    10396: -476858,
    11000: -44413237,
    15000: -29771083,
    20000: 18057075,
}
c, s = names("c s")


def enclosure(delay, value):
    """|c_k − v| ≤ 10^−12."""
    return le(Abs(c(half, LAG, delay) - T(value) / 10**PLACES), T(1) / 10**PLACES)


def conclusion(found=None, decay=1, arc=158):
    modulus = forall({"s": "int"}, within(-half, s, half), eq(Abs(pole(s, LAG)), exp(-T(decay) / LAG)))
    narrow = forall({"s": "int"}, within(-half, s, half), lt(Abs(pole(s, LAG) - 1), T(arc) / 10000))
    return both(modulus, narrow, *(enclosure(delay, value) for delay, value in (found or FOUND).items()))


def draw(figure):
    """The response around its peak with the certified samples; the poles, with an eighth of the unit circle for scale."""
    import numpy as np

    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    delays = np.arange(8800, 11201)
    left.plot(delays, 1e3 * response(SIZE, LAG, delays).real, lw=1)
    near = {delay: value for delay, value in FOUND.items() if 8800 <= delay <= 11200}
    left.plot(list(near), [value / 10**9 for value in near.values()], "o", ms=3.5, color="#22262b", label="certified to $10^{-12}$")
    left.set(xlabel="$k$", ylabel="$10^3\\,c_k$")
    left.legend(fontsize=8, loc="upper left")
    poles = filter_of(SIZE, LAG)[0]
    angle = np.linspace(-0.02, 0.02, 200)
    right.plot(1e4 * (np.cos(angle) - 1), 1e2 * np.sin(angle), color="#9aa3ab", lw=0.8, label="unit circle")
    right.plot(1e4 * (poles.real - 1), 1e2 * poles.imag, ".", ms=3, label="101 poles")
    right.set(xlabel="$10^4\\,(\\mathrm{Re}\\,a-1)$", ylabel="$10^2\\,\\mathrm{Im}\\,a$")
    right.legend(fontsize=8, loc="center left")


claim = Claim(
    title="A filter of order 101 for the delay 10 000",
    says="For S = 101, K = 10 000, α = 1 every pole has modulus e^{−1/K} and lies within 0.0158 of 1, and the response is enclosed within "
         "10^{−12} at seventeen samples, 0.004957506024 at its peak k = K.",
    statement=statement(forall({"T": "int"}, order(HALF), conclusion()), [WHERE_RESPONSE]),
    paper="UP", dossier="UP.FD1", reference="Appendix D, the figure of one long filter", source="text", strength="domain",
    limits="The caption's S = 100 cannot be 2T+1: T = 50, S = 101 is taken; no α is given: α = 1. Seventeen samples, nothing between.",
    page=draw,
)


@claim.derive
def dirichlet_kernel(step):
    import sympy
    from mpmath import mp

    from theory.identities import below, confirm, define, equal, predicts
    from theory.papers.uncertainty_predicted import response as predicted

    size, lag, k, angle = sympy.symbols("S K k theta", positive=True)
    closed = define(step, "response", "c_k", sympy.exp(-1 - k / lag) * sympy.sinh(2) / lag * sympy.sin(size * angle) / sympy.sin(angle),
                    why="θ = π(k − K)/(2K): geometric sum over the poles, α = 1")
    equal(step, "peak", sympy.limit(closed.subs(k, lag), angle, 0), size * (1 - sympy.exp(-4)) / (2 * lag), why="k = K")
    zeros = [closed.subs({size: SIZE, angle: sympy.pi * n / SIZE}) for n in (1, 2, 3, -1, -2, -4)]
    confirm(step, "zeros", zeros, why="at k = K (1 ± 2n/S), n = 1, 2, …: near 10 000 ± 198 n")
    with mp.workdps(30):
        predicts(step, "samples", FOUND, lambda delay: predicted(HALF, LAG, delay), PLACES,
                 why="the closed form at the delays of the statement")
    s = sympy.symbols("s", real=True)
    square = define(step, "distance of a pole from 1", "|a_s − 1|²",
                    1 - 2 * sympy.exp(-1 / lag) * sympy.cos(sympy.pi * s / lag) + sympy.exp(-2 / lag),
                    why="it grows with |s| as long as |s| < K")
    equal(step, "expanded", square, (1 - sympy.exp(-1 / lag)) ** 2 + 4 * sympy.exp(-1 / lag) * sympy.sin(sympy.pi * s / (2 * lag)) ** 2,
          why="1 − cos x = 2 sin²(x/2)")
    below(step, "the farthest pole", sympy.sqrt(square.subs({s: HALF, lag: LAG})), sympy.Rational(158, 10000), why="s = ±50")


@claim.certify
def proof(p, _):
    p.inhabited(T=HALF)
    modulus, narrow, *others = map(T, p.statement["holds"][3][1:])
    with p.generalise({"s": "int"}, within(-half, s, half), modulus.json[3]) as every:
        p.identity(modulus.json[3])
    p.conclude(every.fact, by_balls(p, narrow, HALF), *(samples(p, other) for other in others))


@explained
def samples(p, part):
    """A sum over the 101 poles in ball arithmetic."""
    return by_balls(p, part, HALF, prec=128)


@claim.oracle
def recurrence():
    """The certified samples from the recurrence in doubles; its rounding is below 10^−12 here, a unit of the last place shown is added."""
    from numeric import recurrence
    from theory.papers.uncertainty_measurements import compared

    run = recurrence.impulse_response(*filter_of(SIZE, LAG), max(FOUND) + 1)
    held = {delay: value / 10**PLACES for delay, value in FOUND.items()}
    return [compared("c_k", {"k": delay}, f"{run[delay].real:.12f}", f"{value:.12f}", abs(run[delay] - value) < 2e-12)
            for delay, value in held.items()]


HIGHER = lt(T(5) / 1000, re(c(half, LAG, LAG)))
claim.must_refuse(
    value_moved=changed(conclusion(found={**FOUND, LAG: FOUND[LAG] + 10})),
    poles_nearer_to_the_circle=changed(conclusion(decay=0)),
    arc_halved=changed(conclusion(arc=79)),
    peak_higher=changed(HIGHER),
)


@claim.refute("peak_higher")
def peak(p):
    """The peak is below 0.005."""
    here = counterexample(p, T=HALF)
    p.step("ball_bound", opposite(here(HIGHER)), prec=96)
