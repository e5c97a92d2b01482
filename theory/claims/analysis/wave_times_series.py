"""A wave times a trigonometric series over all integers, split at 0 as the series is."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Series, T, both, delta, eq, fn, forall, le, names, ne, statement, sums
from theory.mutations import changed, counterexample
from theory.papers.circle import wave
from theory.proof import explained
from theory.steps import at

g, d, x, B, M, k, n, q = names("g d x B M k n q_")
G = names("G")


def halves(lag):
    """The terms of Σ_k g_{k−lag} e^{−ikx}: those of k ≥ 0, and those of −k for k ≥ 1."""
    return (0, g[k - lag] * wave(-x * k)), (1, g[-k - lag] * wave(x * k))


def result(lag):
    """Both halves converge, and their sum is the wave times the series."""
    parts = [Series("k", lo, term) for lo, term in halves(lag)]
    return both(*(sums("k", lo, term, part) for (lo, term), part in zip(halves(lag), parts, strict=True)),
                eq(wave(-x * lag) * G, parts[0] + parts[1]))


WHOLE = Series("k", 0, g[k] * wave(-x * k)) + Series("k", 1, g[-k] * wave(x * k))

claim = Claim(
    title="A wave times a trigonometric series",
    says="For summable g and G = Σ g_k e^{−ikx} over all integers k, e^{−idx}G = Σ g_{k−d} e^{−ikx} for every d = 0, 1, 2, …, with both "
         "series split at 0.",
    statement=statement(forall({"g": SEQ, "d": "nat", "x": "real", "B": "real", "M": "real"},
                               [sums("k", 0, Abs(g[k]), B), sums("k", 1, Abs(g[-k]), M)], result(d)), [("G", [], WHOLE)]),
    reference="elementary",
    hypotheses={"Σ|g_k| converges": "the series need not converge"},
    limits="The series over all integers is two halves, k ≥ 0 and k ≤ −1; d of them change sides.",
)


@claim.derive
def three_lags(step):
    """g_{−1}, g_0, g_1 and d = 2, coefficient by coefficient."""
    import sympy

    from theory.identities import confirm

    z = sympy.Symbol("z")
    lags = dict(zip((-1, 0, 1), sympy.symbols("h g0 g1"), strict=True))
    whole = step("G", sum(value * z**lag for lag, value in lags.items()), why="z = e^{−ix}")
    moved = sympy.expand(z**2 * whole)
    confirm(step, "coefficients", [moved.coeff(z, k) - lags.get(k - 2, 0) for k in range(-3, 5)], why="that of z^k is g_{k−2}: d = 2")


@claim.certify
def proof(p, _):
    """By induction over d: the term g_{−1−d} of the second half becomes the first term of the first half."""
    with p.inhabited_by(g=fn("n", 0), d=0, x=0, B=0, M=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        p.series("linear", sums("k", 1, Abs(T(0)), 0), using=[])
    first = converge(p)
    with p.branch() as base:
        p.both(*first, p.identity(T(result(T(0)).json[3])))
    block = p.new_id()
    with p.branch() as step:
        one_more(p, f"{block}.2")
    induction = p.step("induction", forall({"q_": "nat"}, [], result(q)), block, base=base, step=step)
    whole = p.apply(induction, result(d), q_=d)
    p.both(*(p.part(whole, T(part)) for part in result(d).json[1:]))


@explained
def converge(p):
    """Both halves converge, because |e^{−ikx}| = 1."""
    facts = []
    for number, (lo, term) in enumerate(halves(T(0)), 1):
        size = Abs(g[k] if lo == 0 else g[-k])
        with p.generalise({"k": "int"}, [le(lo, k)], le(Abs(term), size)) as below:
            p.squares(below.shows[3])
        facts.append(p.series("compare", sums("k", lo, term, Series("k", lo, term)), below.fact, p.given(number)))
    return facts


@explained
def one_more(p, known):
    """Both halves are multiplied by e^{−ix} and renumbered; the first gains the term k = 0, and the second loses it."""
    old = [p.part(known, T(part)) for part in result(q).json[1:]]
    (_, first), (_, second) = halves(q)
    sides = [Series("k", 0, first), Series("k", 1, second)]
    (_, later), (_, earlier) = halves(q + 1)
    turn, moved = wave(-x), g[-1 - q]
    times = p.series("linear", sums("k", 0, turn * first, turn * sides[0]), using=[[old[0], turn, 1]])
    up = p.series("shift", sums("k", 1, later, turn * sides[0]), times, by=-1)
    gained = p.series("peel", sums("k", 0, later, turn * sides[0] + moved), up)
    rest = p.series("peel", sums("k", 2, second, sides[1] - moved * wave(x)), old[1])
    down = p.series("shift", sums("k", 1, at(second, "k", k + 1), sides[1] - moved * wave(x)), rest, by=1)
    lost = p.series("linear", sums("k", 1, earlier, turn * sides[1] - moved), using=[[down, turn, 1]])
    found, values = [], []
    for lo, term, fact in ((0, later, gained), (1, earlier, lost)):
        found.append(p.series("exists", sums("k", lo, term, Series("k", lo, term)), fact))
        values.append(p.series("value", eq(Series("k", lo, term), fact.shows[4]), fact))
    p.both(*found, p.identity(T(result(q + 1).json[3]), [(old[2], turn), (values[0], -1), (values[1], -1)]))


EQUATION = T(result(d).json[3])
claim.must_refuse(
    turned_backwards=changed(both(*result(d).json[1:3], eq(wave(x * d) * G, EQUATION.json[2]))),
    moved_backwards=changed(both(*result(-d).json[1:3], eq(wave(-x * d) * G, result(-d).json[3][2]))),
    not_moved=changed(both(*result(0 * d).json[1:3], eq(wave(-x * d) * G, result(0 * d).json[3][2]))),
    one_half_only=changed(EQUATION, where={"G": Series("k", 0, g[k] * wave(-x * k))}),
    not_summable=changed(given={1: None}),
)


@claim.refute("one_half_only")
def term_that_changes_sides(p):
    """g = 1 at −1 alone, x = 0 and d = 1: the half with k ≥ 0 is 0 before and 1 after."""
    values = {"g": fn("n", delta(n, -1)), "d": 1, "x": 0, "B": 0, "M": 1}
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        pulse(p)
    pulse(p)
    goal = here(ne(EQUATION.json[1], EQUATION.json[2]))
    (_, later), (_, earlier) = halves(1)
    before, *after = (T(["series", "k", lo, here(term).json]) for lo, term in ((0, halves(0)[0][1]), (0, later), (1, earlier)))
    one = p.series("value", eq(after[0], 1), p.series("finite", sums("k", 0, after[0].json[3], 1), K=0, g=fn("k", 1)))
    none = [p.series("value", eq(part, 0), p.series("linear", sums("k", part.json[2], part.json[3], 0), using=[])) for part in
            (before, after[1])]
    with p.contradiction(goal) as absurd:
        p.identity(eq(1, 0), [(one, -1), (none[0], 1), (none[1], -1), (f"{absurd}.1", -1)])


def pulse(p):
    """g = 1 at −1 alone is summable."""
    p.series("linear", sums("k", 0, Abs(delta(k, -1)), 0), using=[])
    p.series("finite", sums("k", 1, Abs(delta(-k, -1)), 1), K=1, g=fn("k", 1))


def laurent(seed, width):
    """Coefficients at −width, …, width: drawn Gaussian rationals."""
    from theory.papers.uncertainty_measurements import doubles, numbers

    return dict(zip(range(-width, width + 1), doubles(numbers(2 * width + 1, seed)), strict=True))


def moved_halves(lags, moved, angle):
    """Both halves of the moved series, by Horner's rule."""
    import numpy as np

    reach, turn = max(lags) + moved, complex(np.cos(angle), -np.sin(angle))
    first = second = 0
    for place in range(reach, -1, -1):
        first = first * turn + lags.get(place - moved, 0)
    for place in range(-min(lags), 0, -1):
        second = (second + lags.get(-place - moved, 0)) / turn
    return first + second


@claim.oracle
def sampled_series():
    """A finite series at roots of unity by a discrete Fourier transform, turned and compared with the moved halves."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared

    results, count = [], 64
    for width, moved in ((1, 1), (3, 2), (6, 9)):
        lags = laurent(width, width)
        line = np.zeros(count, complex)
        for lag, value in lags.items():
            line[lag] = value
        for index, value in enumerate(np.fft.fft(line)):
            angle = 2 * np.pi * index / count
            if index % 13 == 0:
                expected = moved_halves(lags, moved, angle)
                turned = complex(value * np.exp(-1j * moved * angle))
                results.append(compared(f"sample {index}", {"d": moved}, turned, expected, abs(turned - expected) < 1e-12 * len(lags)))
    return results
