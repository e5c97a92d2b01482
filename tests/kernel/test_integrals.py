"""Integrals, derivatives and trigonometry: every mode accepts what is true and refuses its neighbours; attacks on the conventions."""
import pytest
from checking import proved

from proofs_check.language import freeze, obligations
from proofs_check.normal import Scope, nf
from proofs_check.refusal import Malformed
from theory.language import (
    IMAGINARY,
    PI,
    SEQ,
    Abs,
    Prod,
    Series,
    Sum,
    T,
    atan,
    conj,
    cos,
    derivative,
    eq,
    exp,
    fn,
    forall,
    integral,
    integrates,
    le,
    log,
    lt,
    names,
    ne,
    raw,
    sin,
    sqrt,
    statement,
    sums,
    tan,
    within,
)

x, y, t, a, k, n, c, f, z = names("x y t a k n c f z")


def slope(F, value, given=(), variables=None, witness=None, nonzero=()):
    """Whether the kernel accepts F′(t) = value for all real t that meet the hypotheses."""
    holds = forall({"t": "real", **(variables or {})}, list(given), derivative("x", F, t, value))

    def build(p):
        p.inhabited(**{"t": 1, **(witness or {})})
        p.derivative(holds.json[3], nonzero=[p.given(j) for j in nonzero])
    return proved(statement(holds), build)["outcome"] == "accepted"


SLOPES = [
    (x**3 - 2 * x, 3 * t**2 - 2), (exp(IMAGINARY * x), IMAGINARY * exp(IMAGINARY * t)), (sin(2 * x), 2 * cos(2 * t)),
    (cos(x**2), -2 * t * sin(t**2)), (conj(exp(IMAGINARY * x)), -IMAGINARY * exp(-IMAGINARY * t)),
    (x * exp(-x), exp(-t) - t * exp(-t)), (Abs(x + IMAGINARY) ** 2, 2 * t), (T(5), 0),
]


@pytest.mark.parametrize("number", range(len(SLOPES)))
def test_a_derivative_is_computed_again(number):
    F, value = SLOPES[number]
    assert slope(F, value)
    assert not slope(F, value + 1)
    assert not slope(F, -value - 1)


def test_conditions_of_a_derivative():
    assert slope(atan(3 * x), 3 / (1 + 9 * t**2), [ne(1 + 9 * t**2, 0)])
    assert not slope(atan(3 * x), 1 / (1 + 9 * t**2), [ne(1 + 9 * t**2, 0)])
    assert slope(1 / x, -(1 / t) ** 2, [ne(t, 0)], nonzero=[1])
    assert not slope(1 / x, -(1 / t) ** 2)
    assert not slope(x ** T(-2), -2 * t ** T(-3))
    assert not slope(log(x), 1 / t, [ne(t, 0)])
    assert slope(tan(x), (1 / cos(t)) ** 2 * (cos(t) ** 2 + sin(t) ** 2), [ne(cos(t), 0)], witness={"t": 0}, nonzero=[1])
    assert not slope(tan(x), (1 / cos(t)) ** 2 * (cos(t) ** 2 + sin(t) ** 2), witness={"t": 0})


@pytest.mark.parametrize("F", [Abs(x), sqrt(x), Series("k", 0, x**"k"), atan(IMAGINARY * x), log(x + IMAGINARY)])
def test_functions_that_are_not_differentiated(F):
    assert not slope(F, 0)
    assert not slope(F, 1)


def test_sums_and_products_are_differentiated_term_by_term():
    variables, witness = {"n": "nat", "a": SEQ}, {"n": 1, "a": fn("k", 3)}
    assert slope(Sum("k", 1, n, a[k] * x**k), Sum("k", 1, n, k * a[k] * t ** (k - 1)), variables=variables, witness=witness)
    assert not slope(Sum("k", 1, n, a[k] * x**k), Sum("k", 1, n, a[k] * t ** (k - 1)), variables=variables, witness=witness)
    product, value = Prod("k", 1, n, a[k] + x), Prod("k", 1, n, a[k] + t) * Sum("k", 1, n, 1 / (a[k] + t))
    regular = forall({"k": "int"}, within(1, k, n), ne(a[k] + t, 0))
    holds = forall({"t": "real", **variables}, [regular], derivative("x", product, t, value))

    def build(p):
        p.inhabited(t=1, **witness)
        p.derivative(holds.json[3])
    assert proved(statement(holds), build)["outcome"] == "accepted"
    assert not slope(product, value, variables=variables, witness=witness)


ONE = T(1)


def area(value, *, F=x**2 / 2, function=x, change=ONE, lo=0, hi=2, order=True, at=t):
    """Whether ∫ x dx = value over [0, 2] is accepted, with a certificate that may be wrong in one place."""
    holds = forall({"y": "real"}, [], integrates("x", lo, hi, function, value))

    def build(p):
        p.inhabited(y=0)
        start = p.squares(le(lo, hi), [(2, [], "", 1)]) if order else p.squares(le(0, 0))
        facts = []
        for g, d in ((F, function), (function, change)):
            with p.generalise({"t": "real"}, [], derivative("x", g, at, replaced(d))) as block:
                p.derivative(derivative("x", g, at, replaced(d)))
            facts.append(block.fact)
        p.integral("fundamental", holds.json[3], start, *facts, F=fn("x", F))
    return proved(statement(holds), build)["outcome"] == "accepted"


def replaced(term):
    from theory.steps import at

    return at(term, "x", t)


def test_fundamental_theorem():
    assert area(2)
    assert not area(3)
    assert not area(T(1) / 2 * 4 + PI)
    assert not area(-2, lo=2, hi=0, order=False)
    assert not area(2, change=T(2))
    assert not area(2, F=x**2)
    assert not area(0, F=-1 / x, function=1 / x**2, change=-2 / x**3)
    assert not area(2, at=2 * t)


def test_no_continuity_no_integral():
    """F′ = f without a derivative of f: the second fact is about another function."""
    holds = forall({"y": "real"}, [], integrates("x", 0, 1, x, T(1) / 2))

    def build(p):
        p.inhabited(y=0)
        start = p.squares(le(0, 1), [(1, [], "", 1)])
        with p.generalise({"t": "real"}, [], derivative("x", x**2 / 2, t, t)) as rise:
            p.derivative(derivative("x", x**2 / 2, t, t))
        p.integral("fundamental", holds.json[3], start, rise.fact, rise.fact, F=fn("x", x**2 / 2))
    assert proved(statement(holds), build)["outcome"] != "accepted"


UNIT = [integrates("x", 0, 1, x, T(1) / 2), integrates("x", 0, 1, x**2, T(1) / 3)]


def from_units(goal, mode, *refs, given=(), **fields):
    """Whether a mode shows the goal from ∫x = 1/2 and ∫x² = 1/3 (hypotheses 1 and 2) and further hypotheses."""
    holds = forall({"c": "real"}, [*UNIT, *given], goal)

    def build(p):
        with p.inhabited_by(c=0):
            start = p.squares(le(0, 1), [(1, [], "", 1)])
            for power in (1, 2):
                for g, d in ((x ** (power + 1) / (power + 1), t**power), (x**power, power * t ** (power - 1))):
                    with p.generalise({"t": "real"}, [], derivative("x", g, t, d)):
                        p.derivative(derivative("x", g, t, d))
                last = [f"s{p.count - 3}", f"s{p.count - 1}"]
                p.integral("fundamental", UNIT[power - 1], start, *last, F=fn("x", x ** (power + 1) / (power + 1)))
        for unit in UNIT:
            p.integral("exists", integrates(*unit.json[1:5], integral(*unit.json[1:5])), p.given(UNIT.index(unit) + 1))
        p.integral(mode, goal, *(p.given(j) for j in refs), **fields)
    return proved(statement(holds), build)


def refused_where_it_stands(row):
    return row["outcome"] != "accepted" and row["reason"]["rule"] == "integral"


def using(*pairs):
    return {"using": [[f"given.{ref}", raw(factor), 1] for ref, factor in pairs]}


def test_linear_combinations():
    good, pairs = integrates("x", 0, 1, c * x + x**2, c / 2 + T(1) / 3), ((1, c), (2, T(1)))
    assert from_units(good, "linear", **using(*pairs))["outcome"] == "accepted"
    assert refused_where_it_stands(from_units(integrates("x", 0, 1, c * x + x**2, c / 2), "linear", **using(*pairs)))
    assert refused_where_it_stands(from_units(integrates("x", 0, 2, c * x + x**2, c / 2 + T(1) / 3), "linear", **using(*pairs)))
    assert refused_where_it_stands(from_units(integrates("x", 1, 0, 0, 0), "linear", using=[]))
    assert from_units(integrates("x", 0, 1, x**2, T(1) / 2), "linear", using=[["given.1", "x", 1]])["outcome"] == "malformed"


def test_value_exists_order_and_equal():
    assert from_units(eq(integral("x", 0, 1, x), T(1) / 2), "value", 1)["outcome"] == "accepted"
    assert refused_where_it_stands(from_units(eq(integral("x", 0, 2, x), T(1) / 2), "value", 1))
    assert from_units(integrates("x", 0, 1, x, integral("x", 0, 1, x)), "exists", 1)["outcome"] == "accepted"
    assert refused_where_it_stands(from_units(integrates("x", 0, 1, x, integral("x", 0, 1, x**2)), "exists", 1))
    cases = (le(T(1) / 3, T(1) / 2), "order", le(t**2, t)), (integrates("x", 0, 1, x, T(1) / 3), "equal", eq(t**2, t))
    for conclusion, mode, relation in cases:
        inside = forall({"t": "real"}, [le(0, t), le(t, 1)], relation)
        elsewhere = forall({"t": "real"}, [le(2, t), le(t, 3)], relation)
        refs = (2, 1, 3) if mode == "order" else (2, 3)
        row = from_units(conclusion, mode, *refs, given=[inside])
        assert row["reason"] is None or row["reason"]["rule"] != "integral", row["reason"]  # only the made-up hypothesis may be refused
        assert "inhabited" in row["reason"]["message"]
        assert "inhabited" in from_units(conclusion, mode, *refs, given=[elsewhere])["reason"]["message"]


def geometric(bound, goal, mode="exchange"):
    """Σ ∫ (x/2)^k over [0, 1], with the bound on the terms as given."""
    term, value = (x / 2) ** k, (T(1) / 2) ** k / (k + 1)
    each = forall({"k": "int"}, [le(0, k)], integrates("x", 0, 1, term, value))
    holds = forall({"y": "real"}, [each], goal)

    def build(p):
        p.inhabited(y=0)
        half = p.squares(lt(Abs(T(1) / 2), 1), [(T(1) / 2, [], "", 1)])
        power = p.series("geometric", sums("k", 0, (T(1) / 2) ** k, 2), half, z=T(1) / 2)
        with p.generalise({"k": "int"}, [le(0, k)], le(Abs(k), bound(k))) as block:
            p.squares(le(Abs(k), bound(k)), [(1, [], "", 1)])
        p.integral(mode, goal, p.given(1), block.fact, power)
    return proved(statement(holds), build)


def test_a_series_is_integrated_only_under_a_bound_on_its_terms():
    term, value = (x / 2) ** k, (T(1) / 2) ** k / (k + 1)
    row = geometric(lambda k: k + 1, integrates("x", 0, 1, Series("k", 0, term), Series("k", 0, value)))
    assert row["outcome"] != "accepted"


def test_bounds_of_an_integral_are_real():
    scope = Scope({"z": "complex", "y": "real"})
    with pytest.raises(Malformed):
        nf(("integral", "x", 0, "z", "x"), scope)
    assert nf(("integral", "x", 0, "y", "x"), scope)[0]


def test_an_integral_of_a_sum_is_not_split_by_the_normal_form():
    """1/x − 1/x is 0 and continuous, 1/x is not: linearity is a rule with conditions."""
    scope = Scope({})
    whole, parts = (nf(freeze(raw(each)), scope)[0] for each in (integral("x", -1, 1, x + x**2),
                                                                 integral("x", -1, 1, x) + integral("x", -1, 1, x**2)))
    assert whole != parts


def test_obligations_of_integrals_derivatives_and_tangents():
    needs = list(obligations(freeze(raw(eq(integral("x", 0, 1, 1 / x), tan(T(1)))))))
    assert ("forall", (("x", "real"),), (("<=", 0, "x"), ("<=", "x", 1)), ("!=", "x", 0)) in needs
    assert any(need[3][0] == "integrates" for need in needs)
    assert ("forall", (), (), ("!=", ("cos", 1), 0)) in needs
    local = list(obligations(freeze(raw(derivative("x", 1 / x, T(1), -T(1))))))
    assert ("forall", (), (), ("!=", 1, 0)) in local
    rough = list(obligations(freeze(raw(derivative("x", log(x), T(1), 1)))))
    assert rough == [("forall", (("x", "real"),), (), ("!=", "x", 0))]


@pytest.mark.parametrize(("goal", "good"), [
    (eq(sin(y) ** 2 + cos(y) ** 2, 1), True), (eq(sin(2 * y), 2 * sin(y) * cos(y)), True), (eq(cos(2 * y), 1 - 2 * sin(y) ** 2), True),
    (eq(sin(y) ** 2 + cos(y) ** 2, 2), False), (eq(sin(2 * y), 2 * sin(y)), False), (eq(cos(y), sin(y)), False),
    (le(sin(y), 1), False), (eq(tan(y) * cos(y), sin(y)), False)])
def test_euler(goal, good):
    def build(p):
        p.inhabited(y=0)
        p.step("trigonometry", goal, mode="euler")
    assert (proved(statement(forall({"y": "real"}, [], goal)), build)["outcome"] == "accepted") is good


@pytest.mark.parametrize(("low", "high", "good"), [(-PI / 2, PI / 2, True), (-PI, PI / 2, False), (-PI / 2, PI, False)])
def test_cosine_is_positive_between_its_zeros(low, high, good):
    def build(p):
        with p.inhabited_by(y=0):
            for relation in (lt(low, 0), lt(0, high)):
                p.step("ball_bound", relation, prec=64)
        p.step("trigonometry", lt(0, cos(y)), mode="positive", **{"from": [p.given(1), p.given(2)]})
    row = proved(statement(forall({"y": "real"}, [lt(low, y), lt(y, high)], lt(0, cos(y)))), build)
    assert (row["outcome"] == "accepted") is good


def test_the_terms_of_a_series_may_not_change_with_the_point():
    """d/dx (x·t·2^{−k}) at t with t in the function itself says nothing about one function."""
    term = x * t * (T(1) / 2) ** k
    goal = derivative("x", Series("k", 0, x * y * (T(1) / 2) ** k), y, Series("k", 0, y * (T(1) / 2) ** k))

    def build(p):
        p.inhabited(y=0)
        with p.generalise({"k": "int", "t": "real"}, [le(0, k)], derivative("x", term, t, t * (T(1) / 2) ** k)) as each:
            p.derivative(derivative("x", term, t, t * (T(1) / 2) ** k))
        p.step("derivative", goal, mode="series", **{"from": [each.fact] * 4})
    assert proved(statement(forall({"y": "real"}, [], goal)), build)["outcome"] != "accepted"
