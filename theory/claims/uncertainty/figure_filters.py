"""Figure 1: three filters of the explicit family, their peaks and their widths."""
from fractions import Fraction

from theory.claim import Claim
from theory.language import IMAGINARY, PI, Sum, T, both, eq, exp, fn, forall, lt, names, ne, re, statement, within
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_figures import WHERE_RESPONSE, by_balls, filter_of, half, order, response, waves
from theory.proof import explained

HALF, LAGS = 125, (500, 750, 1000)
ORDER = 2 * HALF + 1
ABOVE = {500: (498, 502), 750: (747, 753), 1000: (996, 1004)}
EARLY, LATE = (Fraction(121025, 10**5), Fraction(121026, 10**5)), (Fraction(120317, 10**5), Fraction(120318, 10**5))
c, K, k, y, m_ = names("c K k y m_")
PEAK = forall({"K": "real"}, [lt(0, K)], eq(c(half, K, K), (2 * half + 1) * (1 - exp(-4)) / (2 * K)))
SHAPE = forall({"K": "real", "y": "real"}, [lt(0, K)], eq(c(half, K, K * y), c(half, 1, y) / K))


def above(lag, ends):
    """Inside the ends c is above half its value at K, and below that value except at K."""
    near = within(ends[0], k, ends[1])
    return both(forall({"k": "int"}, near, lt(re(c(half, lag, lag)), 2 * re(c(half, lag, k)))),
                forall({"k": "int"}, [*near, ne(k, lag)], lt(re(c(half, lag, k)), re(c(half, lag, lag)))))


def below(lag, first, last):
    """c is below half its value at K at every sample from first to last."""
    return forall({"k": "int"}, within(first, k, last), lt(2 * re(c(half, lag, k)), re(c(half, lag, lag))))


def crossings(early=EARLY, late=LATE):
    """c(K, x) passes half its value at K for x/K between the two numbers 1 − e/S, and again between the two numbers 1 + l/S."""
    def at(shift):
        return re(c(half, 1, 1 + T(shift.numerator) / (shift.denominator * ORDER)))

    peak = re(c(half, 1, 1))
    return both(lt(2 * at(-early[1]), peak), lt(peak, 2 * at(-early[0])), lt(peak, 2 * at(late[0])), lt(2 * at(late[1]), peak))


def conclusion(ends=ABOVE, cross=None):
    outside = [below(lag, *side) for lag in LAGS for side in ((0, ends[lag][0] - 1), (ends[lag][1] + 1, 2 * lag))]
    return both(PEAK, SHAPE, cross or crossings(), *(above(lag, ends[lag]) for lag in LAGS), *outside)


def draw(figure):
    """The three impulse responses; the certified samples above half height are filled, the certified crossings are bars."""
    axes = figure.subplots()
    for lag, marker in zip(LAGS, "os^", strict=True):
        reach = range(lag - 45, lag + 46)
        values = response(ORDER, lag, reach).real
        line, = axes.plot(reach, values, lw=1, label=f"$K={lag}$: peak $251(1-e^{{-4}})/{2 * lag}$")
        inside = range(ABOVE[lag][0], ABOVE[lag][1] + 1)
        axes.plot(inside, response(ORDER, lag, inside).real, marker, ms=3.5, color=line.get_color())
        peak = response(ORDER, lag, [lag]).real[0]
        ends = [lag - float(EARLY[0]) * lag / ORDER, lag + float(LATE[0]) * lag / ORDER]
        axes.plot(ends, [peak / 2] * 2, "|-", color="#22262b", lw=0.9, ms=7)
        width = f"{float(EARLY[0] + LATE[0]):.4f}$\\,K/S$"
        axes.annotate(width, (ends[1], peak / 2), xytext=(7, -3), textcoords="offset points", fontsize=9)
    axes.set(xlabel="sample $k$", ylabel="$c_k$", xlim=(430, 1070))
    axes.legend(fontsize=9)


claim = Claim(
    title="Figure 1: peaks and widths of three filters",
    says="For S = 251 and α = 1 the explicit filter peaks at k = K, with the value S(1 − e^{−4})/(2K); its half-height width is "
         "2.4134 K/S up to 2·10^{−5} K/S for every K, and 5, 7 and 9 samples are above half height for K = 500, 750, 1000.",
    statement=statement(forall({"T": "int"}, order(HALF), conclusion()), [WHERE_RESPONSE]),
    paper="UP", dossier="UP.F1", reference="Figure 1", source="text", strength="domain",
    limits="The caption's S = 250 cannot be of the form S = 2T+1 that the filter has; T = 125, S = 251 is taken. The caption gives no α; "
           "α = 1. The peak is the largest value among 0 ≤ k ≤ 2K. The width is between crossings of c at real delays, which exist by "
           "continuity where the inequalities stated change sense; that there are no further ones is shown at the samples only.",
    page=draw,
)


@claim.derive
def dirichlet_kernel(step):
    import sympy
    from mpmath import mp

    from theory.identities import below, define, equal, rounds
    from theory.papers.uncertainty_predicted import response as predicted

    t, size, lag = sympy.symbols("t S K", positive=True)
    z, gone = sympy.symbols("z", nonzero=True), sympy.symbols("s", integer=True)
    for last in (1, 2, 3):
        equal(step, f"the sum over the poles, T = {last}", (z - 1 / z) * sympy.Sum(z ** (2 * gone), (gone, -last, last)),
              z ** (2 * last + 1) - z ** -(2 * last + 1),
              why="z = e^{iπ(k−K)/(2K)}: the signs (−1)^s of the weights turn a_s^k into z^{2s}, centred at k = K")
    kernel = define(step, "response", "c",
                    sympy.exp(-2 - t / size) * sympy.sinh(2) / lag * sympy.sin(sympy.pi * t / 2) / sympy.sin(sympy.pi * t / (2 * size)),
                    why="so the response at k = K (1 + t/S) is a decaying exponential times a Dirichlet kernel; α = 1")
    peak = (sympy.E - sympy.exp(-3)) * sympy.exp(-1) * size / (2 * lag)
    equal(step, "peak", sympy.Limit(kernel, t, 0), peak, why="S equal terms")
    sinc = define(step, "limiting kernel", "r", sympy.sin(sympy.pi * t / 2) / (sympy.pi * t / 2),
                  why="c over its peak as S → ∞, with t fixed")
    equal(step, "it is the limit", sympy.Limit(kernel / peak, size, sympy.oo), sinc, why="S → ∞")
    half_place = sympy.nsolve(sinc - sympy.Rational(1, 2), t, 1.2, prec=40)
    rounds(step, "width of the limiting kernel", 2 * half_place, "2.41342", why="twice the root of sin(πt/2) = πt/4, in units of K/S",
           shown="2t")
    slope = sympy.diff(sympy.log(sinc), t).subs(t, half_place)
    shift = sympy.N(-half_place / (slope * ORDER), 20)
    rounds(step, "shift by the decay", shift, "0.00354",
           why="e^{−t/S} moves both crossings to earlier delays, by −t/(S (log r)′) to first order", shown="shift")
    with mp.workdps(30):
        def over_half(shift):
            return 2 * predicted(HALF, 1, 1 + shift / ORDER) - predicted(HALF, 1, 1)

        found = [sympy.Float(mp.findroot(over_half, start), 25) for start in (-1.21, 1.203)]
    for name, (low, high), root in (("first crossing", EARLY, -found[0]), ("second crossing", LATE, found[1])):
        below(step, name, sympy.Rational(low), root, sympy.Rational(high), why="root of c = ½ c_K in closed form, in units of K/S from K")
    rounds(step, "width for S = 251", found[1] - found[0], "2.4134", why="sum of both", shown="width")


@claim.certify
def proof(p, _):
    parts = p.statement["holds"][3][1:]
    p.inhabited(T=HALF)
    laws(p, *parts[:2])
    found = [*parts[:2], *(pieces(p, part) for part in parts[2:3 + len(LAGS)])]
    outside = [beyond(p, part) for part in parts[3 + len(LAGS):]]
    p.conclude("peak", "shape", *found[2:], *outside)


@explained
def laws(p, peak, shape):
    """For K > 0 the weights are proper; at k = K all terms of the sum are equal; and c(K, Ky) depends on K through 1/K alone."""
    with p.generalise({"K": "real"}, [lt(0, K)], ne(2 * K, 0)) as h:
        p.order("nonzero", ne(2 * K, 0), p.squares(lt(0, 2 * K), [(2, [h(1)], "", 1)]))
    with p.generalise({"K": "real"}, [lt(0, K)], ne(K, 0)) as h:
        p.order("nonzero", ne(K, 0), h(1))
    for name, part in (("peak", peak), ("shape", shape)):
        _, variables, given, holds = part
        with p.generalise(dict(variables), given, holds, name) as h:
            proper = p.order("nonzero", ne(K, 0), h(1))
            delay = 1 if name == "peak" else y
            reduced = p.identity(eq(K * delay / K, delay), nonzero=[proper])
            moved = p.step("congruence", eq(waves(half, K, K * delay / K), waves(half, K, delay)), equal=reduced,
                           context=fn("m_", waves(half, K, m_)))
            p.identity(holds, [(moved, 1)], nonzero=[proper])


@explained
def pieces(p, part):
    """Sums of 251 exponentials in ball arithmetic."""
    return p.both(*(by_balls(p, T(each), HALF) for each in part[1:]))


def closed(lag):
    """The geometric sum over s: with w = iπ(1 + k/K), (e − e^{−3})/(2K) e^{−k/K} (e^{(T+1)w} − e^{−Tw})/(e^w − 1)."""
    w = IMAGINARY * PI * (1 + k / T(lag))
    return (exp(1) - exp(-3)) / T(2 * lag) * exp(-k / T(lag)) * (exp(w * (half + 1)) - exp(-w * half)) / (exp(w) - 1), w


@explained
def beyond(p, part):
    """The sum over s is geometric; its closed form, evaluated at every sample."""
    lag = next(lag for lag in LAGS if below(lag, *ends_of(part)).json == part)
    value, w = closed(lag)
    given = part[2]
    apart = p.step("ball_bound", forall({"k": "int"}, given, ne(exp(w) - 1, 0)), prec=96)
    top = (2 * half + 1) * (1 - exp(-4)) / T(2 * lag)
    small = by_balls(p, forall({"k": "int"}, given, lt(2 * re(value), top)), HALF)
    peak = p.apply("peak", eq(c(half, lag, lag), top), K=lag)
    peak = p.step("congruence", eq(re(c(half, lag, lag)), re(top)), equal=peak, context=fn("m_", re(m_)))
    with p.generalise({"k": "int"}, given, part[3]) as every:
        proper = p.apply(apart, ne(exp(w) - 1, 0), k=k)
        here = p.apply(small, lt(2 * re(value), top), k=k)
        total = Sum("s", -half, half, exp(w * names("s")))
        summed = p.step("telescoping", eq(total, (exp(w * (half + 1)) - exp(-w * half)) / (exp(w) - 1)),
                        T=fn("n_", exp(w * names("n_")) / (exp(w) - 1)), nonzero=[proper])
        same = p.identity(eq(c(half, lag, k), value), [(summed, (exp(1) - exp(-3)) / T(2 * lag) * exp(-k / T(lag)))], nonzero=[proper])
        real = p.step("congruence", eq(re(c(half, lag, k)), re(value)), equal=same, context=fn("m_", re(m_)))
        p.squares(part[3], [(1, [here], "", 1)], using=[(real, 2), (peak, -1)])
    return every.fact


def ends_of(part):
    low, high = part[2]
    return low[1], high[2]


@claim.oracle
def recurrence():
    """The recurrence in doubles: the largest sample is at K, and the samples above half of it are those stated."""
    import numpy as np

    from numeric import recurrence as runner
    from theory.papers.uncertainty_measurements import compared

    found = []
    for lag in LAGS:
        run = runner.impulse_response(*filter_of(ORDER, lag), 2 * lag + 1).real
        high = np.flatnonzero(2 * run > run.max())
        found.append(compared("place of the largest sample", {"K": lag}, int(run.argmax()), lag))
        found.append(compared("first and last sample above half height", {"K": lag}, (int(high[0]), int(high[-1])), ABOVE[lag]))
        found.append(compared("samples above half height", {"K": lag}, len(high), ABOVE[lag][1] - ABOVE[lag][0] + 1))
    return found


@claim.oracle
def interpolated():
    """The width between crossings at K = 10^5, where samples are dense, interpolated linearly, in units of K/S."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared

    lag, width = 10**5, float(EARLY[0] + LATE[0])
    delays = np.arange(lag - 600, lag + 601)
    run = response(ORDER, lag, delays).real - response(ORDER, lag, [lag]).real[0] / 2
    places = [place for place in range(len(run) - 1) if (run[place] < 0) != (run[place + 1] < 0)]
    ends = [delays[place] + run[place] / (run[place] - run[place + 1]) for place in (places[0], places[-1])]
    measured = (ends[1] - ends[0]) * ORDER / lag
    return [compared("half-height width in K/S", {"K": lag}, f"{measured:.5f}", f"{width:.5f}", abs(measured - width) < 3e-5)]


WIDER = {lag: (ends[0] - 1, ends[1] + 1) for lag, ends in ABOVE.items()}
NARROWER = {lag: (ends[0] + 1, ends[1] - 1) for lag, ends in ABOVE.items()}
EARLIER_PEAK = lt(re(c(half, 500, 500)), re(c(half, 500, 499)))
claim.must_refuse(
    more_samples_above=changed(conclusion(ends=WIDER)),
    fewer_samples_above=changed(conclusion(ends=NARROWER)),
    crossing_moved=changed(conclusion(cross=crossings(late=(LATE[1], LATE[1] + Fraction(1, 10**5))))),
    width_independent_of_K=changed(forall({"K": "real", "y": "real"}, [lt(0, K)], eq(c(half, K, K * y), c(half, 1, y)))),
    peak_too_low=changed(forall({"K": "real"}, [lt(0, K)], eq(c(half, K, K), 2 * half * (1 - exp(-4)) / (2 * K)))),
    peak_earlier=changed(EARLIER_PEAK),
)


@claim.refute("peak_earlier")
def later(p):
    """c_499 < c_500 for K = 500."""
    here = counterexample(p, T=HALF)
    p.step("ball_bound", opposite(here(EARLIER_PEAK)), prec=96)
