"""Fourier coefficients of an absolutely convergent trigonometric series."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Series, T, both, conj, delta, eq, fn, forall, integrates, le, names, statement, sums
from theory.mutations import changed
from theory.papers.circle import TURN, wave, wave_series, x
from theory.proof import explained

f, n, k, m, A = names("f n k m A")
TERM = f[k] * wave(x * n[k])
PICKED = f[k] * delta(m, n[k])
VALUE = TURN * Series("k", 0, PICKED)
CONVERGES = forall({"x": "real"}, [], sums("k", 0, TERM, Series("k", 0, TERM)))
PICKS = sums("k", 0, PICKED, Series("k", 0, PICKED))
MEAN = integrates("x", 0, TURN, wave(-x * m) * Series("k", 0, TERM), VALUE)

claim = Claim(
    title="Fourier coefficients of an absolutely convergent series",
    says="If Σ|f_k| converges, the integral of e^{−imx} Σ f_k e^{ixn_k} over [0, 2π] is 2π times the sum of the f_k with n_k = m.",
    statement=statement(forall({"f": SEQ, "n": ["seq", "int"], "A": "real", "m": "int"}, [sums("k", 0, Abs(f[k]), A)],
                               both(CONVERGES, PICKS, MEAN))),
    source="own",
    hypotheses={"Σ|f_k| converges": "the series need not converge, nor may it be integrated term by term"},
    limits="The frequencies n_k are integers and may repeat; k = 0, 1, 2, …",
)


@claim.derive
def term_by_term(step):
    import sympy

    from theory.identities import equal

    x = sympy.symbols("x", real=True)
    n = sympy.symbols("n", integer=True, nonzero=True)
    equal(step, "a wave over the circle", sympy.Integral(sympy.exp(sympy.I * n * x), (x, 0, 2 * sympy.pi)), sympy.S.Zero, why="n ≠ 0")
    f = sympy.symbols("f0:3")
    frequencies, m = (1, 3, 1), 1
    series = sum(value * sympy.exp(sympy.I * x * k) for value, k in zip(f, frequencies, strict=True))
    circle = (x, 0, 2 * sympy.pi)
    found = sympy.integrate(sympy.expand(sympy.exp(-sympy.I * m * x) * series), circle)
    equal(step, "three terms, two of the same frequency", found, 2 * sympy.pi * (f[0] + f[2]),
          shown=sympy.Integral(sympy.exp(-sympy.I * m * x) * series, circle), why="n_k = 1, 3, 1 and m = 1: the coefficients with n_k = m")
    q = sympy.Rational(1, 2)
    kernel = 1 / (1 - q * sympy.exp(sympy.I * x))
    points = [2 * sympy.pi * sympy.Rational(j, 12) for j in range(12)]
    mean = sum(kernel.subs(x, point) * sympy.exp(-2 * sympy.I * point) for point in points) / 12
    equal(step, "an endless series", sympy.simplify(sympy.expand_complex(mean)), q**2 / (1 - q**12), shown="mean over 12 points",
          why="f_k = 2^{−k}, n_k = k, m = 2: sampling adds up the coefficients 2, 14, 26, …; the integral leaves the first")


@claim.certify
def proof(p, _):
    with p.inhabited_by(f=fn("k", 0), n=fn("k", T("k")), A=0, m=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
    total = p.given(1)
    converges = wave_series(p, (f[k], n[k]), k, total)
    lone, each = terms(p)
    with p.generalise({"k": "int", "x": "real"}, [le(0, k)], le(Abs(f[k] * wave(x * (n[k] - m))), Abs(f[k]))) as bound:
        p.squares(le(Abs(f[k] * wave(x * (n[k] - m))), Abs(f[k])))
    inner = Series("k", 0, f[k] * wave(x * (n[k] - m)))
    whole = p.integral("exchange", integrates("x", 0, TURN, inner, Series("k", 0, TURN * PICKED)), each, bound.fact, total)
    picks = picked(p, total, lone)
    moved = p.integral("equal", integrates("x", 0, TURN, wave(-x * m) * Series("k", 0, TERM), Series("k", 0, TURN * PICKED)), whole,
                       shifted(p, converges, inner))
    double = p.series("linear", sums("k", 0, TURN * PICKED, VALUE), using=[[picks, TURN, 1]])
    value = p.series("value", eq(Series("k", 0, TURN * PICKED), VALUE), double)
    mean = p.step("congruence", MEAN, equal=value, context=fn("m_", integrates("x", 0, TURN, wave(-x * m) * Series("k", 0, TERM), "m_")),
                  **{"from": moved})
    p.conclude(converges, picks, mean)


@explained
def terms(p):
    """Term by term: the integral of f_k e^{ix(n_k − m)} is 2π f_k for n_k = m and 0 otherwise."""
    with p.generalise({"k": "int"}, [le(0, k)], integrates("x", 0, TURN, f[k] * wave(x * (n[k] - m)), TURN * PICKED)) as each:
        one = p.use("analysis.circle_mean", integrates("x", 0, TURN, wave(x * (n[k] - m)), TURN * delta(n[k] - m, 0)), m=n[k] - m)
        p.integral("linear", integrates("x", 0, TURN, f[k] * wave(x * (n[k] - m)), TURN * PICKED), using=[[one, f[k], 1]])
    with p.generalise({"k": "int"}, [le(0, k)], le(Abs(PICKED), Abs(f[k]))) as lone:
        rest = 1 - delta(m, n[k])
        p.squares(le(Abs(PICKED), Abs(f[k])), [(1, [p.order("basic", le(0, Abs(f[k])))], "", rest)])
    return lone.fact, each.fact


@explained
def picked(p, total, below):
    """Σ f_k δ(m, n_k) converges: its terms are at most |f_k|."""
    return p.series("compare", PICKS, below, total)


@explained
def shifted(p, converges, inner):
    """e^{−imx} goes under the sum."""
    with p.generalise({"t_": "real"}, [], eq(part(inner), part(wave(-x * m) * Series("k", 0, TERM)))) as block:
        t = names("t_")
        here = f[k] * wave(t * n[k])
        this = p.apply(converges, sums("k", 0, here, Series("k", 0, here)), x=t)
        term = f[k] * wave(t * (n[k] - m))
        times = p.series("linear", sums("k", 0, term, wave(-t * m) * Series("k", 0, here)), using=[[this, wave(-t * m), 1]])
        p.series("value", eq(Series("k", 0, term), wave(-t * m) * Series("k", 0, here)), times)
    return block.fact


def part(term):
    """A term in x at t_."""
    from theory.steps import at

    return at(term, "x", names("t_"))


claim.must_refuse(
    length_lost=changed(both(CONVERGES, PICKS, integrates("x", 0, TURN, wave(-x * m) * Series("k", 0, TERM), Series("k", 0, PICKED)))),
    sign_of_frequency=changed(both(CONVERGES, PICKS, integrates("x", 0, TURN, wave(x * m) * Series("k", 0, TERM), VALUE))),
    conjugated=changed(both(CONVERGES, PICKS, integrates("x", 0, TURN, wave(-x * m) * conj(Series("k", 0, TERM)), VALUE))),
    not_summable=changed(given={1: None}),
)
