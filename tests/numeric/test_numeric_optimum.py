"""Least loss and best weights as enclosures: exact rationals inside, the structured form against the general one, AR(1) against
the Gram matrix summed term by term, the five other routes inside the interval printed."""

from fractions import Fraction

import pytest
from flint import acb, arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from numeric_strategies import WEIGHTS, distinct_pole_lists, polar_poles, pole_lists
from test_numeric_balls import holds, narrow

from numeric import against, balls, cauchy, families, optimum, reference
from numeric.errors import PrecisionExhausted, Refused
from numeric.poles import Polar, exact
from numeric.reference import Gaussian
from numeric.written import enclosing

DIGITS = 25
RHO = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(9, 10)])
SHIFT = st.integers(0, 8)


def series(x: Gaussian) -> Gaussian:
    """Σ_{k≥0} x^k."""
    return reference.ONE / (reference.ONE - x)


def input_gram(a, rho: Fraction):
    """Σ_{k,l} a_s^k ā_t^l ρ^{|k−l|}: the terms k = l, k > l and k < l, each a product of geometric series."""
    def entry(s: Gaussian, t: Gaussian) -> Gaussian:
        r, bar = Gaussian(rho), t.conjugate()
        return series(s * bar) * (reference.ONE + s * r * series(s * r) + bar * r * series(bar * r))

    return [[entry(s, t) for t in a] for s in a]


def input_correlation(a, K: int, rho: Fraction):
    """Σ_k a_s^k ρ^{|k−K|}: the terms up to K one by one, the others as a geometric series."""
    out = []
    for pole in a:
        power, total = reference.ONE, reference.ZERO
        for k in range(K + 1):
            total = total + power * Gaussian(rho ** (K - k))
            power = power * pole
        out.append(total + power * Gaussian(rho) * series(pole * Gaussian(rho)))
    return out


def exact_optimum(a, K: int, rho: Fraction):
    """(loss, weights) by elimination over the rationals."""
    v = input_correlation(a, K, rho)
    solved = reference.solve(input_gram(a, rho), v)
    captured = sum(((x.conjugate() * y).re for x, y in zip(v, solved, strict=True)), Fraction(0))
    return 1 - captured, [x.conjugate() for x in solved]


@given(distinct_pole_lists(size=4), SHIFT, RHO)
def test_exact_values_are_inside(a, K, rho):
    loss, weights = exact_optimum(a, K, rho)
    found = optimum.optimum(a, K, rho, DIGITS)
    assert holds(found.loss, loss) and (loss == 0 or narrow(found.loss, DIGITS))
    assert (loss == 0) == (K == 0 and Gaussian() in a)
    for ball, value in zip(found.weights, weights, strict=True):
        assert holds(ball.real, value.re) and holds(ball.imag, value.im)


def test_what_is_wrong_is_outside():
    a, rho = [Gaussian(Fraction(1, 2)), Gaussian(Fraction(-1, 3), Fraction(1, 4))], Fraction(1, 3)
    found = optimum.optimum([(x.re, x.im) for x in a], 4, rho, DIGITS)
    assert holds(found.loss, exact_optimum(a, 4, rho)[0])
    for K, other in ((3, rho), (5, rho), (4, Fraction(0)), (4, Fraction(1, 3) + Fraction(1, 10**20))):
        assert not holds(found.loss, exact_optimum(a, K, other)[0])


@given(st.sampled_from(["1/3", "1/2", "9/10"]), SHIFT)
def test_a_pole_at_rho(rho, K):
    """The quotient by a − ρ has a limit there; Cartesian and polar data name the same pole."""
    others = [Gaussian(Fraction(-1, 4), Fraction(1, 3))]
    loss = exact_optimum([Gaussian(Fraction(rho)), *others], K, Fraction(rho))[0]
    for pole in (rho, Polar(0, base=Fraction(rho) ** 3, exponent=Fraction(1, 3))):
        found = optimum.optimum([pole, *others], K, rho, DIGITS)
        assert holds(found.loss, loss) and narrow(found.loss, DIGITS)


@given(pole_lists(size=3), SHIFT, RHO)
@settings(max_examples=25)
def test_a_repeated_pole_adds_nothing(a, K, rho):
    doubled = [*a, a[0]]
    found = optimum.optimum(doubled, K, rho, DIGITS)
    distinct = list(dict.fromkeys(a))
    assert found.repeated == len(doubled) - len(distinct) and len(found.weights) == len(distinct)
    assert holds(found.loss, exact_optimum(distinct, K, rho)[0])


@given(st.lists(WEIGHTS, min_size=1, max_size=3), SHIFT, RHO, st.data())
@settings(max_examples=40)
def test_the_loss_of_given_weights(weights, K, rho, data):
    """Against 1 + bᵀ G b̄ − 2 Re Σ b v with G and v summed term by term; poles may repeat."""
    a = data.draw(st.lists(st.sampled_from([Gaussian(Fraction(1, 2)), Gaussian(), Gaussian(Fraction(1, 3), Fraction(-3, 5))]),
                           min_size=len(weights), max_size=len(weights)))
    G, v = input_gram(a, rho), input_correlation(a, K, rho)
    energy = reference.dot(weights, [reference.dot(row, [b.conjugate() for b in weights]) for row in G])
    value = 1 + energy.re - 2 * reference.dot(weights, v).re
    if value:
        ball = optimum.loss_of([(x.re, x.im) for x in a], weights, K, rho, DIGITS)
        assert holds(ball, value) and narrow(ball, DIGITS)


@st.composite
def even_poles(draw):
    """Evenly spaced poles of one modulus; steps from 10^−9 to nearly a full turn, of either sign."""
    S = draw(st.integers(2, 9))
    step = Fraction(draw(st.integers(-190, 190).filter(bool)), 100 * S) * draw(st.sampled_from([1, Fraction(1, 10**9)]))
    start, decay = Fraction(draw(st.integers(-50, 50)), 37), Fraction(draw(st.integers(1, 300)), 100)
    radius = draw(st.sampled_from([(1, 0), ("1/2", "1/3")]))
    return exact(Polar(start + s * step, decay * abs(step), *radius) for s in range(S))


@given(even_poles(), st.integers(0, 10**12), RHO)
@settings(max_examples=40)
def test_the_structured_form_agrees_with_the_general_one(a, K, rho):
    assert cauchy.spacing(a) is not None
    found = optimum.optimum(a, K, rho, DIGITS)
    assert found.form == "even" and narrow(found.loss, DIGITS)
    shuffled = (*a[1:], a[0])  # the same poles, no longer in order unless there are two
    other = optimum.optimum(shuffled, K, rho, DIGITS)
    assert other.form == ("even" if len(a) == 2 else "general")
    assert found.loss.overlaps(other.loss)
    for left, right in zip(found.weights, [other.weights[-1], *other.weights[:-1]], strict=True):
        assert left.overlaps(right)


def test_spacing_is_decided_by_exact_data():
    even = families.paper(7, 20)
    assert cauchy.spacing(even) is not None
    moved = (*even[:3], Polar(even[3].half_turns + Fraction(1, 10**40), even[3].decay), *even[4:])
    assert cauchy.spacing(moved) is None
    assert cauchy.spacing((*even[:6], Polar(even[6].half_turns, even[6].decay * 2))) is None
    assert cauchy.spacing(exact(["1/2", "1/3"])) is None
    assert cauchy.spacing(families.hippo_legs(3, "1/5")) is None


@given(polar_poles(size=4), st.integers(0, 10**15), RHO)
@settings(max_examples=30)
def test_any_shift_against_elimination(a, K, rho):
    """The verified solve of the Gram matrix shares no formula with Cauchy's inverse."""
    found = optimum.optimum(a, K, rho, DIGITS)
    problem = against.Problem(a, K, rho, 2 * DIGITS)
    with ctx.workprec(problem.bits + 400):
        assert against.arb_solve(problem).overlaps(found.loss)
    assert narrow(found.loss, DIGITS)


def test_prefixes_and_powers():
    values = [acb(s + 1, s) for s in range(11)]
    total = acb(1)
    for value, prefix in zip(values, cauchy.prefixes(values), strict=True):
        total *= value
        assert prefix.overlaps(total)
    for n, power in enumerate(cauchy.geometric(acb(2, 1), 13)):
        assert power.is_exact() and power.overlaps(acb(2, 1) ** n)


CASES = {
    "paper": (families.paper(5, 12), 12),
    "free": (exact([("0.5", "0.3"), ("-0.4", "0.2"), ("0.3", "0"), ("0", "0")]), 5),
    "at rho": (exact([("3/10", "0"), ("1/5", "-1/2")]), 4),
    "clustered": (exact([("0.5", "0"), ("0.50001", "0"), ("0.5", "0.00001")]), 3),
    "hippo": (families.hippo_legs(3, Fraction(1, 8)), 6),
}


@pytest.mark.parametrize("rho", [Fraction(0), Fraction(3, 10)])
@pytest.mark.parametrize("case", CASES)
def test_five_routes_lie_inside_the_interval_printed(case, rho):
    poles, K = CASES[case]
    lower, upper = map(Fraction, enclosing(optimum.optimum(poles, K, rho, 12).loss, 12))
    rows = {row["route"]: row for row in against.compare(poles, K, rho, 12, lower, upper)}
    assert {name: row["inside"] for name, row in rows.items()} == dict.fromkeys(against.ROUTES, True)
    assert len(rows) == 5
    wrong = against.compare(poles, K, rho, 12, lower + Fraction(1, 10**6), upper + Fraction(1, 10**6))
    assert {row["inside"] for row in wrong} == {False}


def test_a_wide_ball_is_not_inside():
    assert against.inside(arb(0.5, 0.4), Fraction(1, 4), Fraction(3, 4)) is None
    assert against.inside(arb(0.5, 0.1), Fraction(1, 4), Fraction(3, 4)) is True
    assert against.inside(arb(0.5, 0.1), Fraction(3, 4), Fraction(1)) is False


def test_a_route_that_would_take_too_long_says_so():
    poles, K = families.paper(33, 10**9), 10**9
    lower, upper = map(Fraction, enclosing(optimum.optimum(poles, K, 0, 12).loss, 12))
    rows = {row["route"]: row for row in against.compare(poles, K, Fraction(0), 12, lower, upper)}
    assert rows["arb_solve"]["inside"] is True
    assert [row["note"].startswith("not run: ") for row in rows.values()] == [False, False, True, True, True]


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: optimum.optimum(["1/2"], 10**15 + 1), "10\\^15"),
        (lambda: optimum.optimum(["1/2"], -1), "K should be ≥ 0"),
        (lambda: optimum.optimum(["1/2"], 3, 1), "rho < 1"),
        (lambda: optimum.optimum(["1/2"], 3, Fraction(-1, 2)), "rho < 1"),
        (lambda: optimum.optimum([("3/5", "4/5")], 3), "should be < 1"),
        (lambda: optimum.optimum([Polar(Fraction(s, 5000), 1 + Fraction(s, 9)) for s in range(2049)], 3), "S should be ≤ 2048"),
        (lambda: families.named("papre", 3, 5), "one of paper"),
        (lambda: families.named("paper", 3, 0), "K should be ≥ 1"),
        (lambda: families.named("paper", 3, 5, step=Fraction(1)), "leave it out"),
        (lambda: families.named("paper", 3, 5, alpha=Fraction(0)), "positive"),
        (lambda: families.named("lru-ring", 3, 5, r_min=Fraction(1)), "r_min < r_max"),
        (lambda: families.named("sharp", 3, 5, radius=Fraction(2)), "radius < 1"),
    ],
)
def test_refusals(call, text):
    with pytest.raises(Refused, match=text):
        call()


@pytest.mark.parametrize("name", ["paper", "s4d-lin", "sharp", "lru-ring", "hippo-legs"])
def test_every_family_by_name(name):
    """At order 3 and shift 10, against elimination."""
    poles = families.named(name, 3, 10)
    found = optimum.optimum(poles, 10, 0, DIGITS)
    assert found.loss.overlaps(balls.best_loss(poles, 10, DIGITS, "solve")) and narrow(found.loss, DIGITS)


def test_precision_that_cannot_decide_says_what_would_do():
    close = [Fraction(1, 2), Fraction(1, 2) + Fraction(1, 10**60)]
    with pytest.raises(PrecisionExhausted, match="nothing was tried"):
        optimum.optimum(close, 3, 0, 20, limit=64)
    with pytest.raises(PrecisionExhausted, match=r"below 150 bits"):
        optimum.optimum(close, 3, 0, 20, limit=150)
    with pytest.raises(PrecisionExhausted, match=r"at \d+ bits it has \d+, and \d+ bits would do") as caught:
        optimum.optimum([Fraction(1, 2), Fraction(1, 2) + Fraction(1, 10**9)], 3, 0, 20, limit=120)
    enough = int(str(caught.value).split(" bits would do")[0].split()[-1])
    assert narrow(optimum.optimum([Fraction(1, 2), Fraction(1, 2) + Fraction(1, 10**9)], 3, 0, 20, limit=2 * enough).loss, 20)


@pytest.mark.parametrize("rho", [Fraction(0), Fraction(1, 3), Fraction(1, 10**2000), 1 - Fraction(1, 10**25)])
@pytest.mark.parametrize("gap", [Fraction(1, 10**20), Fraction(1, 10**77), Fraction(1, 10**400)])
def test_no_route_is_wrong_about_poles_that_nearly_agree(gap, rho):
    """Elimination that has lost all its digits must say nothing: at two precisions it once agreed on the answer for one pole."""
    poles = exact([Fraction(1, 2), Fraction(1, 2) + gap])
    lower, upper = map(Fraction, enclosing(optimum.optimum(poles, 3, rho, 10).loss, 10))
    rows = against.compare(poles, 3, rho, 10, lower, upper)
    assert False not in [row["inside"] for row in rows]
    assert all(row["note"] for row in rows if row["inside"] is None)
