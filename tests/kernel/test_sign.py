"""The rule `sign`, accepting and refusing, against SymPy's real roots."""

from itertools import pairwise

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_check.refusal import Malformed, Refusal, Rejected, Undecided
from proofs_check.rules import sign


def outcome(conclusion, bounds=(), names=("x",), **fields):
    fields = fields or {"method": "sturm"}
    step = {"shows": ("forall", tuple((x, "real") for x in names), tuple(bounds), conclusion), **fields}
    try:
        sign.check(step, None)
    except Refusal as no:
        return type(no)
    return True


def between(lo, hi, left="<=", right="<=", x="x"):
    return ((left, lo, x),) * (lo is not None) + ((right, x, hi),) * (hi is not None)


def poly(coeffs):
    return ("+", 0, *(("*", c, ("^", "x", j)) for j, c in enumerate(coeffs)))


DOUBLE = ("^", ("-", "x", ("/", 1, 2)), 2)


@pytest.mark.parametrize(
    "conclusion, bounds, answer",
    [
        (("<=", 0, DOUBLE), (), True),
        (("<", 0, DOUBLE), (), Rejected),
        (("<", 0, DOUBLE), between(("/", 1, 2), 1, "<"), True),
        (("<", 0, DOUBLE), between(("/", 1, 2), 1), Rejected),
        (("<", 0, DOUBLE), between(0, ("/", 1, 2), "<=", "<"), True),
        (("<", 0, "x"), between(0, None, "<"), True),
        (("<", 0, "x"), between(0, None), Rejected),
        (("<=", 0, "x"), between(0, None), True),
        (("<=", "x", 0), between(None, 0), True),
        (("<", "x", 0), between(None, 0, right="<"), True),
        (("<=", 0, "x"), (), Rejected),
        (("<=", ("*", "x", ("-", 1, "x")), ("/", 1, 4)), (), True),
        (("<", ("*", "x", ("-", 1, "x")), ("/", 1, 4)), (), Rejected),
        (("<=", ("*", "x", ("-", 1, "x")), ("/", 249, 1000)), between(0, 1), Rejected),
        (("<=", 0, ("*", "x", ("-", 1, "x"))), between(0, 1), True),
        (("<", 0, ("*", "x", ("-", 1, "x"))), between(0, 1, "<", "<"), True),
        (("<=", 0, ("^", "x", 3)), between(0, 1), True),
        (("<=", 0, ("^", "x", 3)), between(-1, 1), Rejected),
        (("<", 0, 1), (), True),
        (("<", 0, 0), (), Rejected),
        (("<=", 0, 0), (), True),
        (("<=", 1, 0), (), Rejected),
        (("<=", 0, ("*", ("^", "x", 2), ("^", ("-", "x", 1), 2))), (), True),
        (("<=", 0, ("*", ("^", "x", 2), ("-", "x", 1))), between(1, None), True),
        (("<=", 0, ("-", ("^", "x", 2), 2)), between(("/", 99, 70), 5), False),
        (("<=", ("^", "x", 101), 1), between(-1, 1), True),
        (("<=", 0, "x"), between(1, 0), Rejected),
        (("<=", 0, "x"), between(1, 1), Rejected),
        (("=", "x", "x"), (), Rejected),
        (("<=", 0, ("/", 1, "x")), between(1, 2), Rejected),
        (("<=", 0, ("exp", "x")), (), Rejected),
        (("<=", 0, ("*", ("i",), "x")), (), Rejected),
        (("<=", 0, ("*", ("pi",), "x")), between(0, 1), Rejected),
        (("<=", 0, "x"), (("<=", 0, ("^", "x", 3)),), Rejected),
        (("<=", 0, "x"), between(("pi",), None), Rejected),
        (("<=", 0, "x"), (("!=", "x", 1),), Rejected),
        (("<=", 0, "x"), (("<=", "x", "x"),), Rejected),
        (("<=", 0, ("^", "x", ("/", 4, 2))), (), Rejected),
        (("<=", 0, ("/", "x", 0)), (), Rejected),
        (("<=", 0, ("^", ("+", ("^", "x", 2), 1), 10**9)), (), Rejected),
        (("<=", 0, ("^", ("^", "x", 2), 900)), (), Undecided),
        (("<", 0, ("+", ("^", "x", 200), 1)), (), True),
        (("<=", ("*", ("^", "x", 200), ("-", 1, "x")), ("/", 1, 201)), between(0, 1), True),
    ],
)
def test_sturm(conclusion, bounds, answer):
    if answer is False:  # 99/70 < sqrt 2 is false: 99² = 9801 > 9800
        answer = True
    assert outcome(conclusion, bounds) is answer


def test_only_real_variables_and_known_methods():
    step = {"shows": ("forall", (("x", "complex"),), (), ("<=", 0, ("^", "x", 2))), "method": "sturm"}
    with pytest.raises(Rejected):
        sign.check(step, None)
    with pytest.raises(Malformed):
        sign.check({**step, "shows": ("forall", (("x", "real"),), (), ("<=", 0, 1))} | {"method": "luck"}, None)
    with pytest.raises(Rejected):
        sign.check({"shows": ("<=", 0, 1), "method": "sturm"}, None)
    assert outcome(("<=", 0, ("+", ("^", "x", 2), ("^", "y", 2))), (), ("x", "y")) is Malformed
    assert outcome(("<=", 0, "x"), between(0, None), method="bernstein") is Malformed
    assert outcome(("<=", 0, "free"), between(0, None)) is Malformed


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.fractions(-2, 2, max_denominator=3), st.integers(1, 3)), max_size=3),
    st.sampled_from([1, -1]),
    st.lists(st.integers(-3, 3), max_size=3),
    st.none() | st.fractions(-2, 2, max_denominator=3),
    st.none() | st.fractions(-2, 2, max_denominator=3),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_sturm_agrees_with_sympy(factors, unit, extra, lo, hi, lo_open, hi_open, strict):
    if lo is not None and hi is not None and lo >= hi:
        return
    x = sympy.Symbol("x", real=True)
    p = sympy.Integer(unit)
    for r, m in factors:
        p *= (x - sympy.Rational(r)) ** m
    p *= 1 + sum(c * x**j for j, c in enumerate(extra, 1))
    p = sympy.Poly(sympy.expand(p), x)
    coeffs = [("/", int(c.p), int(c.q)) for c in reversed(p.all_coeffs())]

    def rat(q):
        return None if q is None else ("/", q.numerator, q.denominator)

    bounds = between(rat(lo), rat(hi), "<" if lo_open else "<=", "<" if hi_open else "<=")
    answer = outcome(("<" if strict else "<=", 0, poly(coeffs)), bounds)
    inside = sympy.real_roots(p) if p.degree() > 0 else []
    lo_, hi_ = (None if e is None else sympy.Rational(e) for e in (lo, hi))
    marks = sorted({r for r in inside if (lo_ is None or r > lo_) and (hi_ is None or r < hi_)})
    ends = [
        lo_ if lo_ is not None else min([*marks, hi_ or 0]) - 2,
        *marks,
        hi_ if hi_ is not None else max([*marks, lo_ or 0]) + 2,
    ]
    samples = [sympy.nsimplify(sympy.N(sympy.sympify(a + b) / 2, 30), rational=True) for a, b in pairwise(ends)]
    truth = all(p.eval(s) > 0 if strict else p.eval(s) >= 0 for s in samples)
    if strict:
        closed = [e for e, is_open in ((lo_, lo_open), (hi_, hi_open)) if e is not None and not is_open]
        truth = truth and not marks and all(p.eval(e) > 0 for e in closed) and not p.is_zero
    assert answer is (True if truth else Rejected)


SQUARE = (*between(0, 1), *between(0, 1, x="y"))


@pytest.mark.parametrize(
    "conclusion, depth, answer",
    [
        (("<=", 0, ("*", "x", ("-", 1, "y"))), 0, True),
        (("<", 0, ("+", 1, ("*", "x", "y"))), 0, True),
        (("<", ("*", "x", "y"), 1), 8, Rejected),
        (("<=", ("*", "x", "y"), 1), 0, True),
        (("<", 0, ("+", ("/", 1, 10), ("^", ("-", "x", "y"), 2))), 0, Undecided),
        (("<", 0, ("+", ("/", 1, 10), ("^", ("-", "x", "y"), 2))), 8, True),
        (("<=", ("/", 1, 10), ("^", ("-", "x", "y"), 2)), 6, Rejected),
        (("<=", 0, ("^", ("-", "x", ("/", "y", 3)), 2)), 6, Undecided),
        (("<=", 0, 0), 0, True),
        (("<", 0, 0), 3, Rejected),
        (("<=", 1, 0), 3, Rejected),
        (("<", 0, 2), 0, True),
    ],
)
def test_bernstein(conclusion, depth, answer):
    assert outcome(conclusion, SQUARE, ("x", "y"), method="bernstein", depth=depth) is answer


def test_bernstein_at_an_open_corner_and_on_an_empty_box():
    box = (*between(0, 1, "<"), *between(0, 1, x="y"))
    assert outcome(("<", 0, "x"), box, ("x", "y"), method="bernstein", depth=3) is Undecided
    assert outcome(("<", 0, "x"), SQUARE, ("x", "y"), method="bernstein", depth=3) is Rejected
    assert outcome(("<=", 0, "x"), (*between(1, 0), *between(0, 1, x="y")), ("x", "y"), method="bernstein") is Rejected


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-4, 4), min_size=9, max_size=9), st.integers(0, 3))
def test_bernstein_never_accepts_what_a_grid_refutes(c, depth):
    p = ("+", 0, *(("*", c[3 * i + j], ("^", "x", i), ("^", "y", j)) for i in range(3) for j in range(3)))
    box = (*between(("-", 1), 1), *between(0, 2, x="y"))
    answer = outcome(("<=", 0, p), box, ("x", "y"), method="bernstein", depth=depth)
    low = min(
        sum(c[3 * i + j] * sympy.Rational(a, 6) ** i * sympy.Rational(b, 6) ** j for i in range(3) for j in range(3))
        for a in range(-6, 7)
        for b in range(13)
    )
    assert answer in ((Rejected, Undecided) if low < 0 else (True, Undecided, Rejected))
