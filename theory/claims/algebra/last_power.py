"""(m/(m+1))^{m+1}: what m x^m (1 − x) does not exceed, growing with m towards 1/e."""
from theory.claim import Claim
from theory.language import T, both, eq, exp, fn, forall, le, lt, names, ne, statement
from theory.mutations import changed, fails_at, fails_in_balls
from theory.proof import explained
from theory.steps import positive_reciprocal

K, m, n, x = names("K m n x")


def last(n):
    return (n / (n + 1)) ** (n + 1)


SHARE, GROWS, LIMIT = le(m * x**m * (1 - x), last(m)), le(last(m), last(K)), le(last(K), exp(-T(1)))

claim = Claim(
    title="The largest value of m x^m (1 − x)",
    says="For x ≥ 0 and natural numbers m ≤ K: m x^m (1 − x) ≤ (m/(m+1))^{m+1} ≤ (K/(K+1))^{K+1} ≤ 1/e.",
    statement=statement(forall({"K": "nat", "m": "nat", "x": "real"}, [le(0, x), le(m, K)], both(SHARE, GROWS, LIMIT))),
    reference="arithmetic and geometric mean",
    hypotheses={"x ≥ 0": "m = 2, x = −1 gives 4 ≤ 8/27", "m ≤ K": "m = 1, K = 0"},
    limits="Equality in the first at x = m/(m+1); 1/e is only approached.",
)


@claim.derive
def stationary(step):
    """The derivative of m x^m (1 − x) vanishes at m/(m+1); the limit of the value there is 1/e."""
    import sympy

    y, k = sympy.symbols("x m", positive=True)
    share = k * y**k * (1 - y)
    place = step("stationary point", k / (k + 1), why="d/dx m x^m (1 − x) = 0 there")
    if sympy.simplify(sympy.diff(share, y).subs(y, place)) != 0:
        raise ValueError("the derivative does not vanish at m/(m+1)")
    value = step("largest value", sympy.powsimp(sympy.simplify(share.subs(y, place)), force=True), why="m x^m (1 − x) there")
    step("limit", sympy.limit(value, k, sympy.oo), why="m → ∞")


@claim.certify
def proof(p, _):
    p.inhabited(K=2, m=1, x=1)
    sign, order = p.given(1), p.given(2)
    parts = {}

    def with_count(n, positive):
        """n + 1 ≠ 0, 0 ≤ 1/(n+1) and 0 ≤ n/(n+1)."""
        count = p.squares(lt(0, n + 1), [(1, [], "", 1), (1, [positive], "", 1)])
        proper = p.order("nonzero", ne(n + 1, 0), count)
        half = positive_reciprocal(p, n + 1, count, proper)
        ratio = p.squares(le(0, n / (n + 1)), [(1, [positive, half], "", 1)])
        return proper, half, ratio
    for value in (m, K):
        parts[value.json] = with_count(value, p.order("basic", le(0, value)))
    proper, _, ratio = parts["m"]
    share = mean_at(p, m, x, m / (m + 1), sign, ratio, SHARE, [proper])
    growing = grows(p, with_count)
    p.squares(le(0, K - m), [(1, [order], "", 1)])
    later = p.apply(growing, le(last(m), last(m + (K - m))), n=K - m)
    grown = p.squares(GROWS, [(1, [later], "", 1)])
    limit = below_inverse(p, parts["K"])
    p.both(share, grown, limit)


def mean_at(p, n, u, w, sign_u, sign_w, goal, proper):
    """(n+1) u^n w ≤ w^{n+1} + n u^{n+1}, rewritten as the goal."""
    means = p.use("algebra.weighted_mean", le((n + 1) * u**n * w, w ** (n + 1) + n * u ** (n + 1)), K=n, u=u, w=w)
    return p.squares(goal, [(1, [means], "", 1)], nonzero=proper)


@explained
def grows(p, with_count):
    """(j/(j+1))^{j+1} ≤ ((j+1)/(j+2))^{j+2}: weighted means of u = j/(j+1) and w = (j+1)/(j+2)."""
    with p.branch() as base:
        p.squares(le(last(m), last(m + 0)))
    block = p.new_id()
    with p.branch() as step:
        start = p.squares(le(0, m + n), [(1, [p.order("basic", le(0, m))], "", 1), (1, [f"{block}.1"], "", 1)])
        after = p.squares(le(0, m + n + 1), [(1, [start], "", 1), (1, [], "", 1)])
        first, second = with_count(m + n, start), with_count(m + n + 1, after)
        j = m + n
        next_one = mean_at(p, j + 1, j / (j + 1), (j + 1) / (j + 2), first[2], second[2], le(last(j), last(j + 1)), [first[0], second[0]])
        p.squares(le(last(m), last(m + n + 1)), [(1, [f"{block}.2"], "", 1), (1, [next_one], "", 1)])
    return p.step("induction", forall({"n": "nat"}, [], le(last(m), last(m + n))), block, base=base, step=step)


@explained
def below_inverse(p, parts):
    """K/(K+1) e^{1/(K+1)} ≤ 1, because 1 − y ≤ e^{−y}; so are its powers, and the power K+1 is e (K/(K+1))^{K+1}."""
    proper, _, ratio = parts
    t, y = K / (K + 1), 1 / (K + 1)
    tangent = p.use("algebra.exp_above_tangent", le(1 - y, exp(-y)), x=-y)
    positive = p.order("basic", lt(0, exp(y)))
    one = p.squares(le(t * exp(y), 1), [(1, [positive, tangent], "", 1)], nonzero=[proper])
    least = p.squares(le(0, t * exp(y)), [(1, [ratio, positive], "", 1)])

    def power(n):
        return le(t**n * exp(n * y), 1)
    with p.branch() as base:
        p.squares(power(0))
    block = p.new_id()
    with p.branch() as step:
        p.squares(power(n + 1), [(1, [one], "", 1), (1, [least, f"{block}.2"], "", 1)])
    induction = p.step("induction", forall({"n": "nat"}, [], power(n)), block, base=base, step=step)
    whole = p.apply(induction, power(K + 1), n=K + 1)
    one_more = p.identity(eq((K + 1) * y, 1), nonzero=[proper])
    turned = p.step("congruence", eq(exp((K + 1) * y), exp(T(1))), equal=one_more, context=fn("m_", exp("m_")))
    inverse = p.order("basic", lt(0, exp(-T(1))))
    return p.squares(LIMIT, [(1, [inverse, whole], "", 1)], using=[(turned, -(t ** (K + 1)) * exp(-T(1)))], nonzero=[proper])


@claim.oracle
def on_a_grid():
    """m x^m (1 − x) over rational x, and the values at m/(m+1), exactly; e as a partial sum of its series."""
    from fractions import Fraction
    from math import factorial

    from theory.papers.uncertainty_measurements import bounded

    results, inverse = [], sum(Fraction((-1) ** j, factorial(j)) for j in range(31))  # ends above 1/e, by less than 1/31!
    for size in (1, 2, 5, 20):
        top = bound(size)
        values = [size * Fraction(j, 60) ** size * (1 - Fraction(j, 60)) for j in range(90)]
        results.append(bounded("largest m x^m (1 − x), x = j/60", {"m": size}, float(max(values)), float(top), max(values) <= top))
        results.append(bounded("(m/(m+1))^{m+1}, below the next", {"m": size}, float(top), float(inverse),
                               top <= bound(size + 1) <= inverse))
    return results


def bound(size):
    """The formula: (m/(m+1))^{m+1}."""
    from fractions import Fraction

    return Fraction(size, size + 1) ** (size + 1)


@claim.oracle
def stationary_values():
    """The largest m x^m (1 − x) by the roots of its derivative, in 40 digits: equal to the bound."""
    from mpmath import findroot, mp, mpf

    from theory.papers.uncertainty_measurements import compared

    results = []
    with mp.workdps(40):
        for size in (1, 3, 10, 300):
            place = findroot(lambda t, size=size: size * t ** (size - 1) * (1 - t) - t**size, 1 - mpf(1) / (size + 2))
            value = size * place**size * (1 - place)
            top = bound(size)
            exact = mpf(top.numerator) / top.denominator
            results.append(compared("m x^m (1 − x) where its derivative is 0", {"m": size}, mp.nstr(value, 20), mp.nstr(exact, 20),
                                    abs(value - exact) < mpf(10) ** -30))
    return results


claim.must_refuse(
    share_improved=changed(le((m + 1) * x**m * (1 - x), last(m))),
    strict=changed(lt(m * x**m * (1 - x), last(m))),
    falls=changed(le(last(K), last(m))),
    limit_improved=changed(le(last(K), T(9) / 10 * exp(-T(1)))),
    order_dropped=changed(GROWS, given={2: None}),
    sign_dropped=changed(SHARE, given={1: None}),
)
claim.refute("share_improved")(fails_at(K=1, m=1, x=T(1) / 2))
claim.refute("strict")(fails_at(K=1, m=1, x=T(1) / 2))
claim.refute("falls")(fails_at(K=1, m=0, x=0))
claim.refute("order_dropped")(fails_at(K=0, m=1, x=0))
claim.refute("sign_dropped")(fails_at(K=2, m=2, x=-1))
claim.refute("limit_improved")(fails_in_balls(K=40, m=0, x=0))
