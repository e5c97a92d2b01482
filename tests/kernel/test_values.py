"""Values and the three-valued decision: exact against balls, against SymPy and mpmath, and attacks."""

from fractions import Fraction
from itertools import combinations
from pathlib import Path

import mpmath
import pytest
import sympy
from flint import acb, arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_check.refusal import Malformed, Rejected, Undecided
from proofs_check.values import Budget, Evaluator, G, NotExact, decide

X = ("matrix", "s", 3, "t", 3, ("/", 1, ("-", ("+", "s", "t"), 1)))  # the Hilbert matrix
HALF = ("/", 1, 2)


def exact(term, env=None):
    ev = Evaluator(Budget())
    return ev.value(term, env or {})


def ball(term, prec=200, env=None):
    with ctx.workprec(prec):
        return Evaluator(Budget(), False).value(term, env or {})


def scalar(term):
    z = exact(term).rows[0][0]
    return Fraction(int(z.real.p), int(z.real.q)), Fraction(int(z.imag.p), int(z.imag.q))


leaves = st.integers(-5, 5) | st.just(("i",))


def grow(inner):
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: ("+", *p)),
        pair.map(lambda p: ("-", *p)),
        pair.map(lambda p: ("*", *p)),
        pair.map(lambda p: ("/", *p)),
        inner.map(lambda p: ("conj", p)),
        inner.map(lambda p: ("-", p)),
        inner.map(lambda p: ("re", p)),
        inner.map(lambda p: ("im", p)),
        st.tuples(inner, st.integers(-3, 5)).map(lambda p: ("^", *p)),
    )


terms = st.recursive(leaves, grow, max_leaves=12)


def sympy_value(t):
    if isinstance(t, int):
        return sympy.Integer(t)
    op, args = t[0], [a if t[0] == "^" and j else sympy_value(a) for j, a in enumerate(t[1:])]
    if op == "i":
        return sympy.I
    if op == "-" and len(args) == 1:
        return -args[0]
    return sympy.expand_complex(
        {
            "+": lambda a, b: a + b,
            "-": lambda a, b: a - b,
            "*": lambda a, b: a * b,
            "/": lambda a, b: a / b,
            "^": lambda a, n: a**n if n or a else sympy.Integer(1),
            "conj": sympy.conjugate,
            "re": sympy.re,
            "im": sympy.im,
        }[op](*args)
    )


@settings(deadline=None, max_examples=200)
@given(terms)
def test_exact_agrees_with_sympy_and_lies_in_the_ball(term):
    try:
        z = exact(term).rows[0][0]
    except (Rejected, NotExact):
        return
    value = sympy_value(term)
    assert sympy.Rational(int(z.real.p), int(z.real.q)) == sympy.re(value)
    assert sympy.Rational(int(z.imag.p), int(z.imag.q)) == sympy.im(value)
    try:
        b = ball(term).rows[0][0]
    except Undecided:
        return
    with ctx.workprec(2000):
        assert b.contains(acb(z.real, z.imag))
    assert decide(("=", term, term)) is True
    assert decide(("!=", term, ("+", term, 1)), prec=64) is True


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["exp", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "sqrt", "log", "abs"]),
    st.fractions(-3, 3, max_denominator=50),
    st.fractions(-3, 3, max_denominator=50),
)
def test_functions_agree_with_mpmath(op, re, im):
    im = 0 if op == "atan" else im
    if op == "log" and not re and not im:
        return
    b = ball(
        (op, ("+", ("/", re.numerator, re.denominator), ("*", ("i",), ("/", Fraction(im).numerator, Fraction(im).denominator)))),
        400,
    ).rows[0][0]
    with mpmath.workdps(60):
        f = {
            "abs": abs,
            **{n: getattr(mpmath, n) for n in ("exp", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "sqrt", "log")},
        }[op]
        z = f(
            mpmath.mpc(mpmath.mpf(re.numerator) / re.denominator, mpmath.mpf(Fraction(im).numerator) / Fraction(im).denominator)
        )
        z = mpmath.mpc(z)
        with ctx.workprec(300):
            near = acb(arb(mpmath.nstr(z.real, 58)), arb(mpmath.nstr(z.imag, 58)))
            assert (abs(b - near) < arb("1e-50")) is True


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 4).flatmap(
        lambda n: st.lists(
            st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=n, max_size=n), min_size=n, max_size=n
        )
    )
)
def test_determinant_inverse_and_definiteness_agree_with_sympy(rows):
    n, table = len(rows), {(s + 1, t + 1): z for s, row in enumerate(rows) for t, z in enumerate(row)}
    body = (
        "+",
        *(("*", ("delta", "s", s), ("delta", "t", t), ("+", z[0], ("*", ("i",), z[1]))) for (s, t), z in table.items()),
        0,
    )
    M = ("matrix", "s", n, "t", n, body)
    S = sympy.Matrix(n, n, lambda s, t: rows[s][t][0] + sympy.I * rows[s][t][1])
    re, im = scalar(("det", M))
    det = sympy.expand(S.det()) if n else 1
    assert sympy.expand(det - sympy.Rational(re) - sympy.I * sympy.Rational(im)) == 0
    assert decide(("invertible", M)) is (det != 0)
    if det != 0:
        assert decide(("=", ("*", M, ("inv", M)), ("eye", n))) is True
        assert decide(("invertible", M), prec=100) is True
    else:
        with pytest.raises(Rejected):
            exact(("inv", M))
    H = ("*", ("adj", M), M)
    assert decide(("<=", ("zero", n, n), H)) is True
    assert decide(("<", ("zero", n, n), H)) is (det != 0)
    T = ("+", M, ("adj", M))
    minors = [sympy.expand((S + S.H)[:k, :k].det()) for k in range(1, n + 1)]
    assert decide(("<", ("zero", n, n), T)) is all(m > 0 for m in minors)
    symmetric = S + S.H
    principal = [
        sympy.expand(symmetric.extract(list(c), list(c)).det()) for k in range(1, n + 1) for c in combinations(range(n), k)
    ]
    assert decide(("<=", ("zero", n, n), T)) is all(m >= 0 for m in principal)


def test_hilbert_matrix():
    assert scalar(("det", X)) == (Fraction(1, 2160), 0)
    assert scalar(("entry", ("inv", X), 2, 2)) == (192, 0)
    assert scalar(("tr", X)) == (Fraction(23, 15), 0)
    assert decide(("=", ("*", ("adj", ("vec", "s", 3, 1)), ("inv", X), ("vec", "s", 3, 1)), 9)) is True


@pytest.mark.parametrize(
    "formula, answer",
    [
        (("=", ("^", 0, 0), 1), True),
        (("=", ("sum", "k", 1, 0, "k"), 0), True),
        (("=", ("prod", "k", 1, 0, "k"), 1), True),
        (("=", ("det", ("zero", 0, 0)), 1), True),
        (("<", ("zero", 0, 0), ("zero", 0, 0)), True),
        (("invertible", ("zero", 0, 0)), True),
        (("=", ("*", ("zero", 2, 0), ("zero", 0, 3)), ("zero", 2, 3)), True),
        (("=", ("tr", ("^", ("zero", 3, 3), 0)), 3), True),
        (("=", ("tr", ("prod", "k", 1, 0, ("eye", 3))), 3), True),
        (("=", ("tr", ("sum", "k", 1, 0, ("eye", 3))), 0), True),
        (("=", ("^", 2, -2), ("/", 1, 4)), True),
        (("=", ("sqrt", ("/", 4, 9)), ("/", 2, 3)), True),
        (("=", ("sqrt", -4), ("*", 2, ("i",))), True),
        (("=", ("abs", ("+", 3, ("*", 4, ("i",)))), 5), True),
        (("<=", 0, ("i",)), False),
        (("<", ("i",), ("+", ("i",), 1)), True),
        (("<=", ("i",), ("i",)), True),
        (("<", 0, 0), False),
        (("=", ("at", ("fn", "k", ("^", 2, "k")), 5), 32), True),
        (("=", ("^", ("i",), 10**12), 1), True),
        (("=", ("^", ("i",), -1), ("-", ("i",))), True),
        (("=", ("matrix", "s", 1, "t", 1, 7), 7), True),
        (("and", ("=", 1, 1), ("=", 1, 2)), False),
        (("=", ("vec", "s", 2, "s"), ("matrix", "s", 2, "t", 1, "s")), True),
        (("forall", (("k", "int"),), (("<=", 1, "k"), ("<=", "k", 9)), ("<=", ("^", "k", 2), 81)), True),
        (("forall", (("k", "int"),), (("<=", 1, "k"), ("<", "k", 9)), ("<=", ("^", "k", 2), 63)), False),
        (
            (
                "forall",
                (("k", "nat"), ("j", "int")),
                (("<=", "k", 4), ("<", "j", "k"), ("<", -1, "j"), ("!=", "j", 0)),
                ("=", ("/", "j", "j"), 1),
            ),
            True,
        ),
        (
            ("forall", (("k", "int"),), (("<=", HALF, "k"), ("<", "k", ("/", 7, 2))), ("and", ("<=", 1, "k"), ("<=", "k", 3))),
            True,
        ),
        (("sums", "k", 0, "k", 0), None),
    ],
)
def test_exact_decisions(formula, answer):
    assert decide(formula) is answer


@pytest.mark.parametrize(
    "formula, prec, answer",
    [
        (("=", ("pi",), ("pi",)), 100, None),
        (("!=", ("pi",), ("pi",)), 100, None),
        (("<=", ("pi",), ("pi",)), 100, None),
        (("<", ("pi",), ("/", 22, 7)), 64, True),
        (("<", ("/", 22, 7), ("pi",)), 64, False),
        (("=", ("pi",), 3), 64, False),
        (("<=", 0, ("*", ("i",), ("pi",))), 64, False),
        (("=", ("^", ("exp", 1), 10**12), 0), 100, False),
        (("<", 0, ("^", ("/", ("pi",), 4), 10**12)), 200, True),
        (("=", ("abs", ("exp", ("i",))), 1), 100, None),
        (("<", 0, ("exp", ("*", ("i",), ("pi",)))), 100, False),
        (("<=", ("sqrt", 2), ("+", ("sqrt", 2), ("^", 10, -50))), 64, None),
        (("<=", ("sqrt", 2), ("+", ("sqrt", 2), ("^", 10, -50))), 400, True),
        (("<", ("pi",), ("/", 22, 7)), None, None),
        (("<", ("zero", 2, 2), ("*", ("pi",), ("eye", 2))), 64, True),
        (("<=", ("*", ("pi",), ("eye", 2)), ("zero", 2, 2)), 64, False),
        (("<=", ("zero", 2, 2), ("*", ("sin", ("pi",)), ("eye", 2))), 64, None),
        (("<", ("re", ("log", -1)), 1), 64, True),
        (("invertible", ("*", ("pi",), ("eye", 3))), 64, True),
    ],
)
def test_ball_decisions(formula, prec, answer):
    assert decide(formula, {}, prec) is answer
    assert ctx.prec == 53


@pytest.mark.parametrize(
    "term",
    [
        ("/", 1, 0),
        ("^", 0, -1),
        ("inv", ("matrix", "s", 2, "t", 2, 1)),
        ("log", 0),
        ("*", 0, ("/", 1, 0)),
        ("entry", ("eye", 2), 0, 1),
        ("entry", ("eye", 2), 1, 3),
        ("+", ("eye", 2), 1),
        ("inv", ("zero", 2, 3)),
        ("eye", -1),
        ("^", 2, HALF),
        ("sum", "k", 0, HALF, 1),
        ("exp", ("eye", 2)),
    ],
)
def test_improper_terms_are_rejected(term):
    with pytest.raises(Rejected):
        decide(("=", term, term))
    with pytest.raises((Rejected, Undecided)):
        decide(("=", ("+", ("*", ("pi",), term), term), 0), {}, 100)


def test_free_names_series_and_budgets():
    with pytest.raises(Malformed):
        decide(("=", "x", "x"))
    assert decide(("=", ("series", "k", 0, ("/", 1, ("^", 2, "k"))), 2)) is None
    with pytest.raises(Undecided):
        decide(("=", ("series", "k", 0, ("/", 1, ("^", 2, "k"))), 2), {}, 64)
    for too_long in (("sum", "k", 0, 10**12, 1), ("sum", "k", 1, 10**4, ("sum", "j", 1, 10**4, 1)), ("eye", 10**6)):
        with pytest.raises(Undecided):
            decide(("=", too_long, 0), budget=Budget(20_000))
    with pytest.raises(Undecided):
        decide(("forall", (("k", "int"),), (("<=", 0, "k"),), ("=", 0, 0)))
    with pytest.raises(Undecided):
        decide(("forall", (("x", "real"),), (("<=", 0, "x"), ("<=", "x", 1)), ("=", 0, 0)))
    assert decide(("=", ("^", 3, 10**12), 0)) is None
    assert decide(("!=", ("^", 3, 10**12), 0), {}, 64) is True


def test_a_ball_that_touches_zero_is_no_denominator_and_nan_decides_nothing():
    with pytest.raises(Undecided):
        decide(("<", ("/", 1, ("sin", ("pi",))), 0), {}, 100)
    nan = ("log", ("sin", ("pi",)))
    for op in ("=", "!=", "<", "<="):
        assert decide((op, nan, 0), {}, 64) is None
    with pytest.raises(Undecided):
        decide(("invertible", nan), {}, 64)
    assert decide(("<", ("zero", 2, 2), ("*", ("re", nan), ("eye", 2))), {}, 64) is None


def test_reality_comes_from_the_shape():
    v = ("vec", "s", 3, ("exp", ("*", ("i",), "s")))
    form = ("*", ("adj", v), ("inv", X), v)
    assert ball(form, 100).rows[0][0].imag.is_zero() is False
    assert decide(("<", 0, form), {}, 100) is True
    assert decide(("<", 0, ("*", ("adj", v), ("inv", X), ("vec", "s", 3, ("exp", "s")))), {}, 100) in (None, False)
    z = ("exp", ("i",))
    assert decide(("<", 0, ("*", z, ("conj", z))), {}, 100) is True
    assert decide(("<", 0, ("*", z, 2, ("conj", z))), {}, 100) is True
    assert decide(("<", 0, ("*", z, ("exp", ("-", ("i",))))), {}, 100) is None  # real, but not by its shape
    skew = ("matrix", "s", 2, "t", 2, ("-", "s", "t"))
    assert decide(("<=", ("*", ("pi",), skew), ("zero", 2, 2)), {}, 100) is False
    assert decide(("<", 0, ("sum", "k", 1, 3, ("*", z, "k", ("conj", z)))), {}, 100) is True


def test_environment():
    env = {"n": 3, "u": ("fn", "k", ("/", 1, "k")), "w": lambda k: fmpq(k, 2), "z": G(fmpq(1), fmpq(1)), "c": ("+", 1, 1)}
    assert decide(("=", ("at", "u", "n"), ("/", 1, 3)), env) is True
    assert decide(("=", ("at", "w", "n"), ("/", 3, 2)), env) is True
    assert decide(("=", ("*", "z", ("conj", "z")), "c"), env) is True
    assert decide(("<", "x", 1), {"x": acb(arb(0, 0.25))}, 64) is True
    assert decide(("=", "x", "x"), {"x": acb(arb(0, 0.25))}, 64) is None
    assert decide(("<=", ("-", "x", "x"), 0), {"x": acb(arb(0, 0.25))}, 64) is None


def test_no_float_and_no_assert_in_these_files():
    import ast

    import proofs_check.values as values

    folder = Path(values.__file__).parent
    for name in ("values.py", "refusal.py", "rules/sign.py", "rules/ball_bound.py", "rules/box_cover.py", "rules/gram.py"):
        for node in ast.walk(ast.parse((folder / name).read_text())):
            assert not isinstance(node, ast.Assert)
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float | complex))
            assert not (isinstance(node, ast.Name) and node.id in ("float", "complex", "eval", "exec", "round"))


def test_atan_off_the_real_line_and_undecided_hypotheses():
    with pytest.raises(Undecided):
        decide(("<", 0, ("re", ("atan", ("+", 1, ("i",))))), {}, 100)
    bounds = (("<=", 1, "n"), ("<=", "n", 3), ("<=", ("pi",), ("pi",)))
    assert decide(("forall", (("n", "int"),), bounds, ("<", "n", 0)), {}, 64) is None
    assert decide(("forall", (("n", "int"),), bounds, ("<", 0, "n")), {}, 64) is True
    assert decide(("forall", (("n", "int"),), (*bounds[:2], ("<", ("pi",), 3)), ("<", "n", 0)), {}, 64) is True
