"""The double series of two geometric sequences under the autocorrelation ρ^|n|."""
from theory.claim import Claim
from theory.language import Abs, Series, T, both, conj, eq, fn, forall, le, lt, names, ne, statement, sums
from theory.mutations import changed, counterexample, differs
from theory.papers.uncertainty_ar import AR_INPUT, correlation, m, modulus_of_correlation, pair, rho
from theory.proof import explained
from theory.steps import (
    modulus_square_below_one,
    nonnegative_power,
    not_one,
    positive_reciprocal,
    product_in_disk,
)

x, y, k, R, M, theta = names("x y k R M theta")
INNER = forall({"k": "nat"}, [], sums("m", 0, y**m * rho ** Abs(k - m), R(k)))
START = eq(R(0), 1 / (1 - y * rho))
NEXT = forall({"k": "nat"}, [], eq(R(k + 1), y * R(k) + rho ** (k + 1)))
OUTER = sums("k", 0, x**k * R(k), pair(x, y))

claim = Claim(
    title="Geometric sequences under an AR(1) autocorrelation",
    says="R_k = Σ_m y^m ρ^|k−m| has R_0 = 1/(1 − yρ) and R_{k+1} = y R_k + ρ^{k+1}, and Σ_k x^k R_k is "
         "(1 − ρ²xy)/((1 − xy)(1 − xρ)(1 − yρ)).",
    statement=statement(forall({"x": "complex", "y": "complex", "rho": "real"}, [lt(Abs(x), 1), lt(Abs(y), 1), *AR_INPUT],
                               both(INNER, START, NEXT, OUTER)), [("R", ["k"], correlation("y", k))]),
    paper="UP", reference="Appendix C, loss under an AR(1) input",
    hypotheses={"|x| < 1": "the outer series need not converge: x = 2, y = 0, ρ = 1/2 adds 1 for ever",
                "|y| < 1": "the series R_k need not converge", "ρ < 1": "ρ = 1 and y = 1 make R_0 infinite",
                "0 ≤ ρ": "the setting of the paper; only |ρ| < 1 is used"},
    limits="y = ρ is allowed, and x, y may be 0 (0⁰ = 1).",
)


@claim.derive
def double_series(step):
    import sympy

    from theory.identities import equal

    x, y, rho, total = sympy.symbols("x y rho T")
    start = 1 / (1 - y * rho)
    found = sympy.solve(sympy.Eq(total - start, x * y * total + x * rho / (1 - x * rho)), total)[0]
    equal(step, "the outer series", found, (1 - rho**2 * x * y) / ((1 - x * y) * (1 - x * rho) * (1 - y * rho)), shown="Σ x^k R_k",
          why="T − R_0 = xyT + xρ/(1 − xρ), from R_{k+1} = yR_k + ρ^{k+1}, solved for T")
    left, right = x * rho / (1 - x * rho), y * rho / (1 - y * rho)
    equal(step, "by the lag instead", (1 + left + right) / (1 - x * y),
          (1 - rho**2 * x * y) / ((1 - x * y) * (1 - x * rho) * (1 - y * rho)),
          why="k − m = n: the common part Σ (xy)^j times Σ_n ρ^|n| x^n (n ≥ 0) or y^{|n|} (n < 0)")
    size, decay, gap = sympy.symbols("R r theta", real=True)
    modulus = 1 - gap
    bound, first = sympy.symbols("M R_0", real=True)
    cross = sympy.symbols("p", real=True)
    equal(step, "the R_k stay bounded", ((1 + gap) * modulus * (bound - size**2) + (1 + 1 / gap) * (1 - decay**2) + gap**2 * first**2
                                        + gap * (modulus * size**2 - 2 * cross * decay / gap + decay**2 / gap**2)).subs(
          bound, (1 + 1 / gap) / gap**2 + first**2),
          ((1 + 1 / gap) / gap**2 + first**2) - (modulus * size**2 + 2 * cross * decay + decay**2), shown="M - |yR + r|^2",
          why="θ = 1 − |y|², p = Re yR, r = ρ^{k+1}: a sum of terms ≥ 0 as long as |R|² ≤ M = (1 + 1/θ)/θ² + |R_0|²")


@claim.certify
def proof(p, _):
    p.inhabited(x=0, y=0, rho=0)
    p.abbreviate("theta", [], 1 - y * conj(y))
    p.abbreviate("M", [], (1 + 1 / theta) / theta**2 + Abs(R(0)) ** 2)
    inner, start, recursion, proper = correlations(p, *map(p.given, (2, 3, 4)))
    p.both(inner, start, recursion, outer(p, recursion, start, proper))


@explained
def correlations(p, pole, sign, small):
    """(∀k the series R_k converges, R_0 = 1/(1 − yρ), R_{k+1} = y R_k + ρ^{k+1}, 1 − yρ ≠ 0): moving k by one moves the series by one
    term."""
    below = modulus_of_correlation(p, sign, small)
    inside = product_in_disk(p, y, rho, pole, below)
    with p.branch() as base:
        first = p.series("geometric", sums("m", 0, (y * rho) ** m, 1 / (1 - y * rho)), inside, z=y * rho)
        p.series("exists", INNER_AT(0), p.series("linear", sums("m", 0, y**m * rho ** Abs(m), 1 / (1 - y * rho)), using=[[first, 1, 1]]))
    block = p.new_id()
    with p.branch() as step:
        p.series("exists", INNER_AT(k + 1), moved(p, f"{block}.2"))
    every = p.step("induction", INNER, block, base=base, step=step)
    first = p.series("geometric", sums("m", 0, (y * rho) ** m, 1 / (1 - y * rho)), inside, z=y * rho)
    start = p.series("value", START, p.series("linear", sums("m", 0, y**m * rho ** Abs(m), 1 / (1 - y * rho)), using=[[first, 1, 1]]))
    with p.generalise({"k": "nat"}, [], NEXT.json[3]) as recursion:
        p.series("value", NEXT.json[3], moved(p, p.apply(every, INNER_AT(k), k=k)))
    return every, start, recursion.fact, below


def INNER_AT(k):
    return sums("m", 0, y**m * rho ** Abs(k - m), R(k))


def moved(p, here):
    """From the series at k the series at k + 1, one term later."""
    scaled = p.series("linear", sums("m", 0, y ** (m + 1) * rho ** Abs(k - m), y * R(k)), using=[[here, y, 1]])
    later = p.series("shift", sums("m", 1, y**m * rho ** Abs(k + 1 - m), y * R(k)), scaled, by=-1)
    return p.series("peel", sums("m", 0, y**m * rho ** Abs(k + 1 - m), y * R(k) + rho ** (k + 1)), later)


@explained
def outer(p, recursion, start, below):
    """Σ_k x^k R_k converges because the R_k are bounded; moving it by one term gives T − R_0 = xyT + xρ/(1 − xρ) for its value T."""
    total = Series("k", 0, x**k * R(k))
    growth = (1 + M) / 2
    bound = bounded_correlations(p, recursion)
    positive = p.order("basic", le(0, Abs(x)))
    with p.generalise({"k": "int"}, [le(0, k)], le(Abs(x**k * R(k)), growth * Abs(x) ** k)) as dominated:
        here = p.apply(bound, le(Abs(R(k)) ** 2, M), k=k)
        sign = nonnegative_power(p, Abs(x), positive, k)
        p.squares(le(Abs(x**k * R(k)), growth * Abs(x) ** k), [(T(1) / 2, [sign, here], "", 1), (T(1) / 2, [sign], "", 1 - Abs(R(k)))])
    powers = p.series("geometric", sums("k", 0, Abs(x) ** k, 1 / (1 - Abs(x))), p.given(1), z=Abs(x))
    scaled = p.series("linear", sums("k", 0, growth * Abs(x) ** k, growth / (1 - Abs(x))), using=[[powers, growth, 1]])
    converges = p.series("compare", sums("k", 0, x**k * R(k), total), dominated.fact, scaled)
    return outer_value(p, converges, total, recursion, start, below)


@explained
def bounded_correlations(p, recursion):
    """|R_k|² ≤ M = (1 + 1/θ)/θ² + |R_0|² with θ = 1 − |y|²: M − |yR + r|² = (1+θ)|y|²(M − |R|²) + (1 + 1/θ)(1 − r²) + θ²|R_0|²
    + θ|yR − r/θ|²."""
    room = modulus_square_below_one(p, y, p.given(2))
    proper = p.order("nonzero", ne(theta, 0), room)
    share = positive_reciprocal(p, theta, room, proper)
    wide = p.squares(le(0, 1 + theta), [(1, [], "", 1), (1, [room], "", 1)])
    weight = p.squares(le(0, 1 + 1 / theta), [(1, [], "", 1), (1, [share], "", 1)])
    small = powers_below_one(p)
    with p.branch() as base:
        p.squares(le(Abs(R(0)) ** 2, M), [(1, [weight], "", 1 / theta)])
    block = p.new_id()
    with p.branch() as step:
        image, here = y * R(k) + rho ** (k + 1), p.apply(recursion, NEXT.json[3], k=k)
        mirrored = p.step("congruence", eq(conj(R(k + 1)), conj(image)), equal=here, context=fn("m_", conj("m_")))
        power = p.apply(small, le(rho ** (2 * (k + 1)), 1), k=k + 1)
        p.squares(le(Abs(R(k + 1)) ** 2, M),
                  [(1, [wide, f"{block}.2"], "", y), (1, [weight, power], "", 1), (1, [], "", theta * R(0)),
                   (1, [room], "", y * R(k) - rho ** (k + 1) / theta)],
                  using=[(here, conj(image)), (mirrored, R(k + 1))], nonzero=[proper])
    return p.step("induction", forall({"k": "nat"}, [], le(Abs(R(k)) ** 2, M)), block, base=base, step=step)


@explained
def powers_below_one(p):
    """ρ^{2k} ≤ 1: 1 − ρ^{2k+2} = (1 − ρ²) + ρ²(1 − ρ^{2k})."""
    square = p.squares(le(rho**2, 1), [(1, [p.given(4)], "", 1), (1, [p.given(3), p.given(4)], "", 1)])
    with p.branch() as base:
        p.squares(le(rho**0, 1))
    block = p.new_id()
    with p.branch() as step:
        p.squares(le(rho ** (2 * (k + 1)), 1), [(1, [square], "", 1), (1, [f"{block}.2"], "", rho)])
    return p.step("induction", forall({"k": "nat"}, [], le(rho ** (2 * k), 1)), block, base=base, step=step)


@explained
def outer_value(p, converges, total, recursion, start, below):
    """T − R_0 = xyT + xρ/(1 − xρ)."""
    later = p.series("shift", sums("k", 0, x ** (k + 1) * R(k + 1), total - R(0)), p.series("peel", sums("k", 1, x**k * R(k), total - R(0)),
                                                                                             converges), by=1)
    inside = product_in_disk(p, x, rho, p.given(1), below)
    powers = p.series("geometric", sums("k", 0, (x * rho) ** k, 1 / (1 - x * rho)), inside, z=x * rho)
    value = x * y * total + x * rho / (1 - x * rho)
    split = p.series("linear", sums("k", 0, x ** (k + 1) * (y * R(k) + rho ** (k + 1)), value),
                     using=[[converges, x * y, 1], [powers, x * rho, 1]])
    with p.generalise({"k": "int"}, [le(0, k)], eq(x ** (k + 1) * (y * R(k) + rho ** (k + 1)), x ** (k + 1) * R(k + 1))) as each:
        here = p.apply(recursion, NEXT.json[3], k=k)
        p.identity(each.shows[3], [(here, -(x ** (k + 1)))])
    again = p.series("equal", sums("k", 0, x ** (k + 1) * R(k + 1), value), split, each.fact)
    shifted = Series("k", 0, x ** (k + 1) * R(k + 1))
    first, second = (p.series("value", eq(shifted, v), ref) for v, ref in ((total - R(0), later), (value, again)))
    proper = [not_one(p, x * y, product_in_disk(p, x, conj(y), p.given(1), p.given(2))), not_one(p, x * rho, inside),
              not_one(p, y * rho, product_in_disk(p, y, rho, p.given(2), below))]
    cofactor = 1 / (1 - x * y)
    closed = p.identity(eq(total, pair(x, y)), [(first, -cofactor), (second, cofactor), (start, cofactor)], nonzero=proper)
    return p.step("congruence", OUTER, equal=closed, context=fn("m_", sums("k", 0, x**k * R(k), "m_")), **{"from": converges})


claim.must_refuse(
    sign_flipped=changed(eq(R(0), 1 / (1 + y * rho))),
    pulse_forgotten=changed(forall({"k": "nat"}, [], eq(R(k + 1), y * R(k)))),
    white_noise=changed(sums("k", 0, x**k * R(k), 1 / (1 - x * y))),
    pole_on_circle=changed(given={2: le(Abs(y), 1)}),
    correlation_reaches_one=changed(given={4: le(rho, 1)}),
)


@claim.refute("sign_flipped")
def at_half(p):
    """y = ρ = 1/2: R_0 is 4/3, not 4/5."""
    values = {"x": 0, "y": T(1) / 2, "rho": T(1) / 2}
    here = counterexample(p, **values)
    with p.generalise({"x": "complex", "y": "complex", "rho": "real"}, [lt(Abs(x), 1), lt(Abs(y), 1), *AR_INPUT], START) as block:
        p.identity(START, [(correlations(p, *map(block, (2, 3, 4)))[1], 1)])
    start = p.apply(block.fact, here(START), **values)
    differs(p, start, here(1 / (1 + y * rho)))


def closed_pair(x, y, rho):
    """The formula for Σ_k Σ_m x^k y^m ρ^|k−m|."""
    return (1 - rho**2 * x * y) / ((1 - x * y) * (1 - x * rho) * (1 - y * rho))


@claim.oracle
def truncated_double_sum():
    """The double sum over 0 ≤ k, m < 600 in float64, y = ρ among the cases."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared

    results, n = [], np.arange(600)
    for x, y, decay in ((0.5 + 0.3j, -0.2 + 0.6j, 0.7), (0.9j, 0.4, 0.4), (0, 0.8, 0.9), (0.6, 0, 0), (-0.9, 0.9j, 0.95)):
        toeplitz = float(decay) ** np.abs(n[:, None] - n)
        measured = complex(np.power(complex(x), n) @ toeplitz @ np.power(complex(y), n))
        expected = complex(closed_pair(x, y, decay))
        results.append(compared("double sum", {"x": x, "y": y, "rho": decay}, measured, expected, abs(measured - expected) < 1e-10))
    return results
