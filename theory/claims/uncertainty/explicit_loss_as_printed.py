"""The appendix's error term O(1/(TK)) of the loss of the explicit filter (refuted)."""
from theory.claim import Claim
from theory.claims.uncertainty.explicit_loss import loss_by_differences
from theory.language import IMAGINARY, PI, Abs, Series, Sum, T, delta, exp, forall, le, lt, names, ne, statement, strays, tends
from theory.mutations import changed, counterexample
from theory.proof import explained

alpha, m, n, k, r = names("alpha m n k r")
a, b, c, L, kappa = names("a b c L kappa")


def lag(m):
    return (m + 1) ** 2


POLE = exp(-alpha / lag(m)) * exp(IMAGINARY * PI * (n - m - 1) / lag(m))
WEIGHT = exp(-alpha) * (exp(2 * alpha) - exp(-2 * alpha)) / (2 * lag(m)) * exp(IMAGINARY * PI * (n - m - 1))
WHERE = [("a", ["m", "n"], POLE), ("b", ["m", "n"], WEIGHT), ("c", ["m", "k"], Sum("n", 1, 2 * m + 1, b(m, n) * a(m, n) ** k)),
         ("kappa", [], (1 - exp(-4 * alpha)) / 2), ("L", ["m"], Series("k", 0, Abs(c(m, k) - delta(k, lag(m))) ** 2))]


def scaled(m):
    """K times the error of 1 − κS/K, for T = m and K = (m+1)²."""
    return lag(m) * (L(m) - 1 + kappa * (2 * m + 1) / lag(m))


claim = Claim(
    title="The error term of the explicit filter's loss, as printed",
    says="As the appendix prints it, L = 1 − κS/K + O(1/(TK)), whatever α > 0 is: then K (L − 1 + κS/K) → 0 as T → ∞ with K = (T+1)².",
    statement=statement(forall({"alpha": "real"}, [lt(0, alpha)], tends("m", 1, scaled(m), 0)), WHERE),
    paper="UP", dossier="UP.T6", reference="proof of Theorem 6, last line: error term O(1/(TK))", source="text",
    hypotheses={"α > 0": "the loss is infinite"},
    limits="False for every α > 0; refuted at α = 1, where the sequence stays above 4κ/π² = 0.198… . The true order is 1/K.",
)


@claim.derive
def order_of_the_error(step):
    import sympy
    from mpmath import mp

    from theory.identities import below, define, equal

    alpha, x, size = sympy.symbols("alpha x S", positive=True)
    mean = sympy.Limit(sympy.Integral(sympy.sin(size * x) ** 2, (x, 0, 1)), size, sympy.oo)
    equal(step, "mean of the fast factor", mean, sympy.Rational(1, 2),
          why="D_l² = sin²(πSl/2K)/sin²(πl/2K): as S grows the numerator averages to ½")
    kappa = (1 - sympy.exp(-4 * alpha)) / 2
    density = (sympy.cosh(2 * alpha * x) - 1) / (2 * sympy.sin(sympy.pi * x / 2) ** 2)
    define(step, "density of the error", "f(x)", density, why="(cosh(2αl/K) − 1) D_l² at x = l/K, the numerator averaged")
    define(step, "limit of K (L − 1 + κS/K)", "E", kappa * sympy.Integral(sympy.Function("f")(x), (x, 0, 1)),
           why="L = 1 + (κ/2K²) Σ_l e^{−2αl/K} D_l² − 2κS/K, Σ D_l² = 2KS, and l = Kx, −l and l together; E does not vanish")
    equal(step, "from below", sympy.Limit(density, x, 0), 4 * alpha**2 / sympy.pi**2,
          why="(cosh 2αx − 1)/(1 − cos πx) grows with x, from this value")
    equal(step, "from above", density.subs(x, 1), (sympy.cosh(2 * alpha) - 1) / 2, shown="f(1)", why="to this one at x = 1")
    with mp.workdps(25):
        weight = (1 - mp.exp(-4)) / 2
        limit = weight * mp.quad(lambda y: (mp.cosh(2 * y) - 1) / (2 * mp.sin(mp.pi * y / 2) ** 2), [0, 1])
        for last in (5, 20):
            lag, order = (last + 1) ** 2, 2 * last + 1
            energy = mp.mpf(0)
            for j in range(-lag, lag):
                kernel = mp.sinpi(mp.mpf(order * j) / (2 * lag)) / mp.sinpi(mp.mpf(j) / (2 * lag)) if j else order
                energy += weight / (2 * lag**2) * mp.exp(-2 * mp.mpf(j) / lag) * kernel**2
            error = lag * (energy - weight * order / lag)
            below(step, f"α = 1, T = {last}, K = {lag}", sympy.Float(4 * weight / mp.pi**2, 15), sympy.Float(error, 15),
                  sympy.Float(weight * (mp.cosh(2) - 1) / 2 + weight * mp.sinh(2) / (2 * lag), 15),
                  why="lower bound, K times the error, upper bound; O(1/(TK)) would make the middle tend to 0")
    below(step, "distance from the limit", sympy.Float(abs(error / limit - 1), 10), sympy.Rational(1, 50), why=f"relative, at T = {last}")


@claim.certify(kind="refutation")
def proof(p, _):
    """At α = 1 the two-sided bound of the loss gives K (L − 1 + κS/K) ≥ 4κ/π² for every T."""
    here = counterexample(p, alpha=1)
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    proper = p.order("nonzero", ne(PI, 0), pi)
    square = p.order("product", ne(PI**2, 0), proper, proper)
    floor = here(4 * kappa / PI**2)
    positive = p.step("ball_bound", lt(0, floor), prec=53)
    with p.generalise({"r": "int"}, [le(1, r)], le(floor, Abs(here(scaled(r)) - 0))) as every:
        away(p, every, here, floor, positive, square)
    p.step("limits", here(strays("m", 1, scaled(m), 0)), mode="apart", c=floor, lo=1, **{"from": [positive, every.fact]})


@explained
def away(p, every, here, floor, positive, square):
    """K (L − 1 + κS/K) = 4κ/π² + κ sinh(2)/(2K) + something not negative, with S = 2T + 1 and K = (T+1)² ≥ T + 1."""
    size = lag(r)
    start = p.squares(le(0, r), [(1, [every(1)], "", 1), (1, [], "", 1)])
    p.squares(le(0, r**2), [(1, [], "", r)])
    p.squares(le(r + 1, size), [(1, [], "", r), (1, [start], "", 1)])
    step = p.squares(lt(0, r + 1), [(1, [start], "", 1), (1, [], "", 1)])
    proper = p.order("nonzero", ne(r + 1, 0), step)
    known = [p.order("product", ne(denominator, 0), *[proper] * times, *rest)
             for denominator, times, rest in ((size, 2, []), (2 * size, 2, []), (2 * size**2, 4, []), (PI**2 * size, 2, [square]))]
    back = p.squares(le(0, 1 / size), [(1, [], "", 1 / (r + 1))])
    room = p.squares(le(0, size), [(1, [], "", r + 1)])
    rate = here(kappa)
    sinh = (exp(T(2)) - exp(T(-2))) / 2
    edge = p.step("ball_bound", lt(0, rate * sinh / 2), prec=53)
    lower = le(1 - rate * (2 * r + 1) / size + 4 * rate / (PI**2 * size) + rate * sinh / (2 * size**2), here(L(r)))
    bound = p.use("uncertainty.explicit_loss", lower, T=r, K=size, alpha=1)
    p.squares(le(floor, here(scaled(r))), [(1, [room, bound], "", 1), (1, [edge, back], "", 1)], nonzero=[proper, *known])
    p.use("algebra.modulus_above", le(floor, Abs(here(scaled(r)))), c=floor, x=here(scaled(r)))


@claim.oracle
def scaled_errors():
    """T K (L − 1 + κS/K) at α = 1, from the Gram sums: it doubles with T, where the print has it bounded."""
    from mpmath import mp

    from theory.papers.uncertainty_measurements import contradicted

    found = []
    with mp.workdps(40):
        share = (1 - mp.exp(-4)) / 2
        for half in (10, 40, 160, 640):
            errors = [(size + 1) ** 2 * (loss_by_differences(size, (size + 1) ** 2, 1) - 1) + share * (2 * size + 1)
                      for size in (half, 2 * half)]
            found.append(contradicted("T K (L − 1 + κS/K)", {"T": 2 * half, "K": (2 * half + 1) ** 2}, float(2 * half * errors[1]),
                                      f"bounded; at T = {half} it is {float(half * errors[0]):.4f}", errors[1] > 0.9 * errors[0] > 0.2))
    return found


claim.must_refuse(
    error_of_order_one_over_K=changed(tends("m", 1, scaled(m) / lag(m), 0)),
    does_not_tend=changed(strays("m", 1, scaled(m), 0)),
)
