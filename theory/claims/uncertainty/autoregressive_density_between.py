"""The spectral density of an autoregressive input between two bounds that are explicit in the roots of its predictor."""
from theory.claim import Claim
from theory.claims.algebra.product_of_distances import inside, sizes
from theory.claims.uncertainty.autoregressive_density import GIVEN as INPUT
from theory.claims.uncertainty.autoregressive_density import (
    INPUTS,
    PREDICTOR,
    B,
    G,
    V,
    coefficients,
    correlated,
    g,
    k,
    moved,
    n,
    p_,
    phi,
    variance,
    w,
)
from theory.claims.uncertainty.autoregressive_density import WHERE as DENSITY_AND_VARIANCE
from theory.claims.uncertainty.prediction_error import convergent
from theory.language import SEQ, Abs, Prod, Series, Sum, T, both, conj, delta, eq, fn, forall, le, lt, names, ne, statement, sums, within
from theory.mutations import changed, counterexample
from theory.papers.circle import wave
from theory.proof import explained
from theory.steps import at

r, j, x = names("r j x")
LEAST, _, MOST = sizes(r, p_)
FACTORS = Prod("j", 1, p_, 1 - r[j] * wave(-w))
LINK = forall({"x": "real"}, [], at(eq(PREDICTOR, FACTORS), "w", x))
GIVEN = [*INPUT, inside(r, p_), LINK, le(0, V)]
RESULT = both(le(0, V / MOST**2), le(V / MOST**2, G(w)), le(G(w), V / LEAST**2))

claim = Claim(
    title="Spectral density of an autoregressive input, by the roots of its predictor",
    says="If 1 − Σ φ_j e^{−iωj} = Π_{j=1}^p (1 − r_j e^{−iω}) with |r_j| < 1, and γ(k) = Σ φ_j γ(k−j) for k ≥ 1 with "
         "V = γ(0) − Σ φ_j γ(−j) ≥ 0, then 0 ≤ V/Π(1 + |r_j|)² ≤ Γ(ω) ≤ V/Π(1 − |r_j|)².",
    statement=statement(forall({"p": "nat", "phi": SEQ, "g": SEQ, "B": "real", "r": SEQ, "w": "real"}, GIVEN, RESULT),
                        DENSITY_AND_VARIANCE),
    paper="UP", reference="the argument behind UP.ar+, for every order of the input",
    hypotheses={"Σ|γ(k)| converges, γ(−k) = conj γ(k)": "the first follows from the rest, as |r_j| < 1, and is used in the "
                "proof; without the second the density need not be real",
                "Yule and Walker": "p = 0: γ(1) ≠ 0 makes Γ vary",
                "|r_j| < 1": "with r = 1 the upper bound would be V/0", "the roots": "with r = 0 the bounds would say that Γ is constant",
                "V ≥ 0": "γ = −δ"},
    limits="The bounds are reached, at ω = α + π and ω = α, when the roots lie on one ray, r_j = |r_j|e^{iα}: AR(1) has (1 − ρ)/(1 + ρ) "
           "and (1 + ρ)/(1 − ρ). For roots in several directions Γ stays between them. Γ ≥ 0 is a conclusion here, not a hypothesis.",
    symbols={"w": "ω", "g": "γ"},
)


@claim.derive
def first_order(step):
    """AR(1): both bounds, and where they are reached; a pair of roots."""
    from sympy import cancel, cos, simplify, symbols

    from theory.identities import equal

    rho, x = symbols("rho omega", positive=True)
    variance = step("V", 1 - rho**2, why="γ(k) = ρ^{|k|}")
    density = step("Γ", variance / (1 - 2 * rho * cos(x) + rho**2), why="UP.B4")
    equal(step, "upper bound", cancel(variance / (1 - rho) ** 2), (1 + rho) / (1 - rho), cancel(density.subs(cos(x), 1)),
          shown="V/(1 − ρ)²", why="the constant of UP.T3b, reached at ω = 0")
    equal(step, "lower bound", cancel(variance / (1 + rho) ** 2), (1 - rho) / (1 + rho), cancel(density.subs(cos(x), -1)),
          shown="V/(1 + ρ)²", why="reached at ω = π")
    size = (1 - 2 * rho * cos(x) + rho**2) * (1 + 2 * rho * cos(x) + rho**2)
    equal(step, "roots ±ρ", simplify(size), simplify((1 + rho**2) ** 2 - 4 * rho**2 * cos(x) ** 2), shown="|1 − ρ²e^{−2iω}|²",
          why="at least (1 − ρ²)², more than (1 − ρ)⁴: for roots in two directions the upper bound is not reached")


@claim.certify
def proof(p, _):
    """Γ|φ|² = V, and |φ| = Π|1 − r_j e^{−iω}| lies between Π(1 − |r_j|) > 0 and Π(1 + |r_j|)."""
    values = {"p": 0, "phi": fn("n", 0), "g": fn("n", 0), "B": 0, "r": fn("n", 0), "w": 0}
    with p.inhabited_by(**values):
        admitted(p, T(0), 0)
    convergent(p, p.given(1), p.given(2), "x_")
    here = p.use("analysis.wave_times_series", moved(T(0)), g=g, d=0, x=w, B=B, M=B - Abs(g[0]))
    for half in moved(T(0)).json[1:3]:
        p.part(here, T(half))
    product = p.use("uncertainty.autoregressive_density", eq(G(w) * Abs(PREDICTOR) ** 2, V), p=p_, phi=phi, g=g, B=B, w=w)
    roots = p.apply(p.given(5), eq(PREDICTOR, FACTORS), x=w)
    size = Abs(FACTORS)
    same = p.step("congruence", eq(Abs(PREDICTOR) ** 2, size**2), equal=roots, context=fn("m_", Abs("m_") ** 2))
    p.identity(eq(G(w) * size**2, V), [(product, 1), (same, -G(w))])
    p.squares(le(Abs(wave(-w)), 1))
    known = p.use("algebra.product_of_distances", both(lt(0, LEAST), le(LEAST, size), le(size, MOST)), n=p_, r=r, z=wave(-w))
    positive, left, right = (p.part(known, T(shown)) for shown in known.shows[1:])
    middle = p.squares(lt(0, size), [(1, [positive], "", 1), (1, [left], "", 1)])
    top = p.squares(lt(0, MOST), [(1, [middle], "", 1), (1, [right], "", 1)])
    for end, fact in ((LEAST, positive), (MOST, top)):
        proper = p.order("nonzero", ne(end, 0), fact)
        p.order("product", ne(end**2, 0), proper, proper)
    p.apply(between(p), RESULT, low_=LEAST, mid_=size, high_=MOST)


@explained
def between(p):
    """If q ≤ |φ| with q > 0, V/q² − Γ = Γ(|φ|² − q²)/q² ≥ 0, and likewise with q ≥ |φ|."""
    low, mid, high = names("low_ mid_ high_")
    given = [lt(0, low), le(low, mid), le(mid, high), eq(G(w) * mid**2, V)]
    goal = both(le(0, V / high**2), le(V / high**2, G(w)), le(G(w), V / low**2))
    with p.generalise({"low_": "real", "mid_": "real", "high_": "real"}, given, goal) as block:
        positive, left, right, value = (block(number) for number in range(1, 5))
        middle = p.squares(lt(0, mid), [(1, [positive], "", 1), (1, [left], "", 1)])
        top = p.squares(lt(0, high), [(1, [middle], "", 1), (1, [right], "", 1)])
        proper = [p.order("nonzero", ne(what, 0), fact) for what, fact in ((low, positive), (mid, middle), (high, top))]
        density = p.squares(le(0, G(w)), [(1, [p.given(6)], "", 1 / mid)], using=[(value, -1 / mid**2)], nonzero=proper)
        above = [p.squares(lt(0, mid + end), [(1, [middle], "", 1), (1, [fact], "", 1)]) for end, fact in ((low, positive), (high, top))]
        p.both(p.squares(le(0, V / high**2), [(1, [p.given(6)], "", 1 / high)]),
               p.squares(le(V / high**2, G(w)), [(1, [density, right, above[1]], "", 1 / high)], using=[(value, -1 / high**2)],
                         nonzero=proper),
               p.squares(le(G(w), V / low**2), [(1, [density, left, above[0]], "", 1 / low)], using=[(value, 1 / low**2)],
                         nonzero=proper))
    return block.fact


def admitted(p, level, order):
    """γ = level·δ meets the hypotheses, with φ = 0 and r = 0."""
    gamma = level * delta(k, 0)
    p.series("finite", sums("k", 0, Abs(gamma), Abs(level)), K=0, g=fn("k", Abs(level)))
    with p.generalise({"k": "int"}, [], eq(level * delta(-k, 0), conj(gamma))) as even:
        p.identity(even.shows[3])
    with p.generalise({"k": "int"}, [le(1, k)], eq(gamma, Sum("j", 1, order, 0 * level * delta(k - j, 0)))) as predicted:
        p.identity(predicted.shows[3])
    with p.generalise({"j": "int"}, within(1, j, order), lt(Abs(T(0)), 1)) as small:
        p.squares(small.shows[3], [(1, [], "", 1)])
    with p.generalise({"x": "real"}, [], eq(1 - Sum("j", 1, order, 0 * wave(-x * j)), Prod("j", 1, order, 1 - 0 * wave(-x)))) as roots:
        p.identity(roots.shows[3])


claim.must_refuse(
    below_the_upper_bound=changed(lt(G(w), V / LEAST**2)),
    above_the_lower_bound=changed(lt(V / MOST**2, G(w))),
    square_forgotten=changed(both(le(0, V / MOST), le(V / MOST, G(w)), le(G(w), V / LEAST))),
    roots_of_another=changed(given={5: None}),
    of_any_sign=changed(given={6: None}),
    not_predicted=changed(given={3: None}),
)


def white_noise(p, shown):
    """γ = δ with p = 0: Γ = V = 1."""
    values = {"p": 0, "phi": fn("n", 0), "g": fn("n", delta(n, 0)), "B": 1, "r": fn("n", 0), "w": 0}
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        admitted(p, T(1), 0)
    admitted(p, T(1), 0)
    first, second = delta(k, 0) * wave(-k * T(0)), delta(-k, 0) * wave(k * T(0))
    one = p.series("value", eq(Series("k", 0, first), 1), p.series("finite", sums("k", 0, first, 1), K=0, g=fn("k", 1)))
    none = p.series("value", eq(Series("k", 1, second), 0), p.series("linear", sums("k", 1, second, 0), using=[]))
    left, right = shown.json[1:]
    sign = 1 if "series" in str(here(right).json) else -1
    p.squares(here(le(right, left)), [], using=[(one, sign), (none, sign)])


@claim.refute("below_the_upper_bound")
def flat_below(p):
    """White noise has a constant density."""
    white_noise(p, lt(G(w), V / LEAST**2))


@claim.refute("above_the_lower_bound")
def flat_above(p):
    """White noise has a constant density."""
    white_noise(p, lt(V / MOST**2, G(w)))


def ends(decays, scale):
    """V/Π(1 + |r_j|)² and V/Π(1 − |r_j|)²."""
    from math import prod

    return tuple(scale / prod((1 + sign * abs(decay)) ** 2 for decay in decays) for sign in (1, -1))


@claim.oracle
def simulated_recurrences():
    """Γ as the discrete Fourier transform of the correlations of a simulated response of 3000 samples."""
    import numpy as np

    from theory.papers.uncertainty_measurements import bounded

    results, size = [], 1 << 13
    for name, decays in INPUTS.items():
        predictor, own = coefficients(decays), [1.0]
        for index in range(1, 3000):
            own.append(sum(value * own[index - lag] for lag, value in enumerate(predictor[:index], 1)))
        lags = correlated(np.array(own) / np.linalg.norm(own), 1200)
        line = np.zeros(size, complex)
        line[:1200], line[-1199:] = lags, np.conj(lags[:0:-1])
        density = np.fft.fft(line).real
        scale = variance(predictor, lambda place, lags=lags: lags[place] if place >= 0 else np.conj(lags[-place])).real
        low, high = ends(decays, scale)
        for kind, found in (("least", density.min()), ("largest", density.max())):
            results.append(bounded(f"{name}, {kind}", {}, float(found), [float(low), float(high)], low - 1e-9 <= found <= high + 1e-9))
    return results


@claim.oracle
def roots_on_one_ray():
    """Roots on one ray reach both ends: AR(2) with γ from its partial fractions, summed in closed form at 40 digits."""
    import mpmath

    from theory.papers.uncertainty_measurements import compared

    results = []
    with mpmath.workdps(40):
        for first, second, turn in (("0.5", "0.25", "0"), ("0.8", "0.3", "0.7")):
            angle = mpmath.mpf(turn)
            sizes_ = [mpmath.mpf(value) for value in (first, second)]
            roots = [value * mpmath.expj(angle) for value in sizes_]
            shares = [roots[0] / (roots[0] - roots[1]), roots[1] / (roots[1] - roots[0])]
            lags = [sum(shares[a] * mpmath.conj(shares[b]) * roots[a] ** lag / (1 - roots[a] * mpmath.conj(roots[b]))
                        for a in (0, 1) for b in (0, 1)) for lag in range(600)]
            scale = variance(coefficients(roots), lambda place, lags=lags: lags[place] if place >= 0 else mpmath.conj(lags[-place]))
            for place, end in zip((angle + mpmath.pi, angle), ends(sizes_, scale.real), strict=True):
                found = lags[0].real + 2 * sum((value * mpmath.expj(-lag * place)).real for lag, value in enumerate(lags) if lag)
                results.append(compared("end", {"roots": [first, second], "angle": turn}, mpmath.nstr(found, 30), mpmath.nstr(end, 30),
                                        abs(found - end) < mpmath.mpf(10) ** -30))
    return results
