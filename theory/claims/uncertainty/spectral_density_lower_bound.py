"""Lower bound on the loss under every bounded spectral density that is given as a function of frequency."""
from theory.claim import Claim
from theory.claims.uncertainty.bounded_density_lower_bound import BOUND, D, high
from theory.claims.uncertainty.consecutive_errors import FORESEEN, SILENCE, WHERE_CROSS, WHERE_LAGS, J, g, lags, white_noise
from theory.claims.uncertainty.prediction_error import DENSITY, autocorrelation, convergent
from theory.claims.uncertainty.prediction_error import white_noise as with_density
from theory.claims.uncertainty.stationary_lower_bound import COLUMN, PAIR, ROWS, best_rows, no_filter, nothing_is_foretold, unforetold
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    T,
    both,
    conj,
    eq,
    exp,
    eye,
    fn,
    forall,
    le,
    lt,
    mat,
    matrix,
    names,
    statement,
    sums,
    tr,
    zero,
)
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.papers.uncertainty_inputs import held_against, missed_under
from theory.proof import explained

j, k, m, n, x, B, G = names("j k m n x B G")
POSITIVE = forall({"x": "real"}, [], le(0, G(x)))
BELOW = forall({"x": "real"}, [], le(G(x), high))
VARIABLES = {**FILTER, "J": "nat", "g": SEQ, "B": "real", "M": "real", "D": mat(J, J)}
GIVEN = [STABLE, le(1, J), *autocorrelation(g), POSITIVE, BELOW, FORESEEN]
WHERE = [WHERE_FILTER, WHERE_LAGS, WHERE_CROSS, ("G", ["x"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound by a spectral density",
    says="Under an input with the spectral density Γ(x) = Σ γ(k)e^{−ikx}, 0 ≤ Γ ≤ M and Σ|γ(k)| finite, a filter with S poles misses the "
         "shift by K by at least (tr D − SM)/J, for every J ≥ 1 and every D that is at most the covariance of the errors with which the "
         "J − 1 samples from K + 1 to K + J − 1 places ahead of the first foretell J consecutive samples linearly.",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every density with summable γ",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "J ≥ 1": "there is nothing to miss",
                "Σ|γ(k)| converges, γ(−k) = conj γ(k)": "the density need not be defined or real", "Γ ≥ 0": "γ is no autocorrelation",
                "Γ ≤ M": "a filter may capture more", "D": "what is foretold need not be missed"},
    limits="Γ may touch 0. For γ that is not summable see uncertainty.bounded_density_lower_bound.",
    symbols={"g": "γ"},
)


@claim.derive
def raised_cosine(step):
    """Γ = 1 + cos x, which is 0 at π."""
    import sympy

    from theory.identities import confirm

    w, u, v = sympy.symbols("x u v", real=True)
    density = step("Γ", 1 + sympy.cos(w), why="γ(0) = 1, γ(±1) = 1/2, M = 2")
    size = sympy.expand((u + v * sympy.cos(w)) ** 2 + (v * sympy.sin(w)) ** 2)
    mean = sympy.integrate(sympy.expand(size * density), (w, 0, 2 * sympy.pi)) / (2 * sympy.pi)
    confirm(step, "the form", [sympy.simplify(mean - (u**2 + u * v + v**2))], why="u*T_2 u; it lies between 0 and 2(u² + v²)")


@claim.certify
def proof(p, _):
    """The Toeplitz matrices lie between 0 and M·I, because Γ does: once for γ and M, once for −γ and 0."""
    with p.inhabited_by(**WHITE):
        white_density(p)
    with p.generalise({"n": "nat"}, [], le(lags(n), high * eye(n))) as below:
        p.use("uncertainty.toeplitz_below_density", below.shows[3], N=n, g=g, B=B, M=high)
    mirrored(p)
    with p.generalise({"n": "nat"}, [], le(zero(n, n), lags(n))) as positive:
        negative = matrix("j", n, "k", n, -g[k - j])
        turned = p.use("uncertainty.toeplitz_below_density", le(negative, 0 * eye(n)), N=n, g=fn("k", -g[k]), B=B, M=0)
        p.squares(positive.shows[3], [(1, [], turned, eye(n))], using=[(p.entries(eq(negative, -lags(n))), -1)])
    at = {"S": S, "K": K, "a": a, "b": b, "J": J, "g": g, "M": high, "D": D}
    p.both(*(p.use("uncertainty.bounded_density_lower_bound", shown, **at) for shown in (ROWS, COLUMN, BOUND)))


@explained
def mirrored(p):
    """−γ is summable and Hermitian, and its density is at most 0."""
    with p.generalise({"k": "int"}, [le(0, k)], eq(Abs(g[k]), Abs(-g[k]))) as same:
        p.identity(same.shows[3])
    p.series("equal", sums("k", 0, Abs(-g[k]), B), p.given(3), same.fact)
    with p.generalise({"k": "int"}, [], eq(-g[-k], conj(-g[k]))) as even:
        p.identity(even.shows[3], [(p.apply(p.given(4), eq(g[-k], conj(g[k])), k=k), -1)])
    rest = convergent(p, p.given(3), p.given(4))
    halves = [(lo, value * exp(sign * IMAGINARY * k * x)) for lo, value, sign in ((0, g[k], -1), (1, g[-k], 1))]
    whole = sum((Series("k", lo, -term) for lo, term in halves), T(0))
    with p.generalise({"x": "real"}, [], le(whole, 0)) as below:
        negated = []
        for (lo, term), value, sizes in zip(halves, (g[k], g[-k]), (p.given(3), rest), strict=True):
            with p.generalise({"k": "int"}, [le(lo, k)], le(Abs(term), Abs(value))) as small:
                p.squares(small.shows[3])
            plain = p.series("compare", sums("k", lo, term, Series("k", lo, term)), small.fact, sizes)
            turned = p.series("linear", sums("k", lo, -term, -Series("k", lo, term)), using=[[plain, -1, 1]])
            negated.append(p.series("value", eq(Series("k", lo, -term), -Series("k", lo, term)), turned))
        p.squares(below.shows[3], [(1, [p.apply(p.given(5), le(0, G(x)), x=x)], "", 1)], using=[(fact, 1) for fact in negated])


WHITE = {name: value for name, value in SILENCE.items() if name not in ("theta", "H")} | {"B": 1, "M": 1}


def white_density(p):
    """White noise: γ = δ has the density 1."""
    white_noise(p)
    with_density(p, below=True)


claim.must_refuse(
    one_pole_less=changed(le((tr(D) - (S - 1) * high) / J, L)),
    sign_flipped=changed(lt(L, (tr(D) - S * high) / J)),
    density_of_any_sign=changed(given={5: None}),
    density_not_bounded=changed(given={6: None}),
    nothing_foretold=changed(given={7: None}),
)
claim.refute("one_pole_less")(lambda p: nothing_is_foretold(p, (tr(D) - (S - 1) * high) / J, WHITE, white_density))
claim.refute("sign_flipped")(lambda p: no_filter(p, BOUND, WHITE, white_density))


def floor(order, density, lag, rows):
    """The formula with the greatest D, from the density on a grid of frequencies."""
    import numpy as np

    values = np.fft.ifft(density)
    left = unforetold(lambda d: complex(values[d]), lag, rows)
    return float(sum(left[index, index].real for index in range(rows)) - order * density.max()) / rows


@claim.oracle
def weighted_frequencies():
    """Least squares with the density as weight on a grid, for densities that touch 0 and one that does not."""
    import numpy as np

    w = 2 * np.pi * np.arange(4096) / 4096
    densities = {"1 + cos x": 1 + np.cos(w), "(1 − sin x)²·2/3": (1 - np.sin(w)) ** 2 * 2 / 3, "AR(1), ρ = 1/2": 0.75 / (1.25 - np.cos(w))}
    return held_against(((1, 6), (2, 14)), lambda _: densities, missed_under, best_rows(floor, lambda lag: (lag - 2, lag, lag + 1)))
