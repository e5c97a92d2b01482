"""Limits: every mode of the rule shows what it should and refuses what is false."""
import pytest
from checking import proved

from proofs_check.rules import limits
from theory.language import Abs, T, eq, forall, le, lt, names, statement, strays, tends

n, k, c, V, W = names("n k c V W")
HALF = T(1) / 2
SEQUENCE = {"u": ["seq", "complex"], "g": ["seq", "real"], "V": "complex", "W": "complex"}
u, g = names("u g")


def zero(p):
    """u = 0 tends to 0, and so does g = 0."""
    with p.inhabited_by(u=["fn", "k", 0], g=["fn", "k", 0], V=0, W=0):
        p.step("limits", tends("n", 0, T(0), 0), mode="reciprocal", c=0)


def reciprocal(goal, number=3):
    def build(p):
        p.inhabited(c=1)
        p.step("limits", goal, mode="reciprocal", c=number)
    return statement(forall({"c": "complex"}, [], goal)), build


def squeezed(goal, start=1, value=0):
    """u(n) is within g(n) of V."""
    near = forall({"n": "int"}, [le(start, n)], le(Abs(u[n] - V), g[n]))

    def build(p):
        zero(p)
        p.step("limits", goal, mode="squeeze", lo=start, **{"from": [p.given(1), p.given(2)]})
    return statement(forall(SEQUENCE, [near, tends("n", 0, g[n], value)], goal)), build


def combined(goal, factor=2):
    def build(p):
        zero(p)
        p.step("limits", goal, mode="linear", using=[["given.1", factor, 1]], **{"from": []})
    return statement(forall(SEQUENCE, [tends("n", 0, u[n], V)], goal)), build


def two(goal, second=u[k]):
    def build(p):
        zero(p)
        p.step("limits", goal, mode="unique", **{"from": [p.given(1), p.given(2)]})
    return statement(forall(SEQUENCE, [tends("n", 0, u[n], V), tends("k", 0, second, W)], goal)), build


def apart(goal, least=HALF):
    far = forall({"n": "int"}, [le(2, n)], le(least, Abs(u[n] - V)))

    def build(p):
        p.inhabited(u=["fn", "k", 1], g=["fn", "k", 0], V=0, W=0)
        positive = p.squares(lt(0, HALF), [(HALF, [], "", 1)])
        p.step("limits", goal, mode="apart", c=HALF, lo=2, **{"from": [positive, p.given(1)]})
    return statement(forall(SEQUENCE, [far], goal)), build


def later(goal):
    def build(p):
        zero(p)
        p.step("limits", goal, mode="later", **{"from": [p.given(1)]})
    return statement(forall(SEQUENCE, [tends("n", 0, u[n], V)], goal)), build


CASES = [
    ("reciprocal", reciprocal(tends("n", 1, T(3) / n, 0)), True),
    ("reciprocal", reciprocal(tends("n", 1, c / n, 0), c), True),
    ("reciprocal", reciprocal(tends("n", 1, T(3) / n, 1)), False),
    ("reciprocal", reciprocal(tends("n", 1, T(4) / n, 0)), False),
    ("reciprocal", reciprocal(tends("n", 1, n, 0), n), False),
    ("squeeze", squeezed(tends("n", 1, u[n], V)), True),
    ("squeeze", squeezed(tends("n", 1, u[n], V), start=50), True),
    ("squeeze", squeezed(tends("n", 1, u[n], V), value=W), False),
    ("squeeze", squeezed(tends("n", 1, u[n], W)), False),
    ("squeeze", squeezed(strays("n", 1, u[n], V)), False),
    ("linear", combined(tends("n", 0, 2 * u[n], 2 * V)), True),
    ("linear", combined(tends("n", 0, 2 * u[n] + 1, 2 * V)), False),
    ("linear", combined(tends("n", 0, 2 * u[n], V)), False),
    ("linear", combined(tends("n", 0, n * u[n], n), n), False),
    ("unique", two(eq(V, W)), True),
    ("unique", two(eq(V, W), u[k + 1]), False),
    ("unique", two(eq(V, 0)), False),
    ("apart", apart(strays("n", 0, u[n], V)), True),
    ("apart", apart(strays("n", 0, u[n], V), least=T(0)), False),
    ("apart", apart(strays("n", 0, u[n], W)), False),
    ("apart", apart(tends("n", 0, u[n], V)), False),
    ("later", later(tends("k", 7, u[k], V)), True),
    ("later", later(tends("n", 7, u[n], W)), False),
    ("later", later(tends("n", 7, u[n + 1], V)), False),
]


@pytest.mark.parametrize(("mode", "case", "good"), CASES)
def test_limits(mode, case, good):
    row = proved(*case)
    assert (row["outcome"] == "accepted") is good, row["reason"]


def test_every_mode_has_cases_of_both_kinds():
    assert {(mode, good) for mode, _, good in CASES} == {(mode, good) for mode in limits.MODES for good in (True, False)}


ALTERNATES = statement(forall({"V": "real"}, [le(V, 0)], tends("n", 0, T(-1) ** (2 * n), V)))


@pytest.mark.parametrize("shown, verdict", [(strays("n", 0, T(-1) ** (2 * n), 0), "refuted"), (strays("n", 0, T(-1) ** n, 0), "undecided")])
def test_a_limit_is_refuted_by_a_sequence_that_strays(shown, verdict):
    def build(p):
        p.inhabited(V=0)
        p.at = {"V": 0}
        positive = p.squares(lt(0, 1), [(1, [], "", 1)])
        with p.generalise({"n": "int"}, [le(0, n)], le(1, Abs(T(shown.json[3]) - 0))) as far:
            p.squares(le(1, Abs(T(shown.json[3]) - 0)), [(1, [], "", 0)])
        p.step("limits", shown, mode="apart", c=1, lo=0, **{"from": [positive, far.fact]})
    assert proved(ALTERNATES, build, kind="refutation")["verdict"] == verdict
