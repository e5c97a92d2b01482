"""The steps of derivations can fail: each helper records what is right and refuses what is wrong."""

from fractions import Fraction

import pytest
import sympy
from planting import SUITE

from theory import identities
from theory.claim import Recorder

x, y = sympy.symbols("x y", positive=True)
n = sympy.symbols("n", integer=True)
WHY = {"why": "for a reason"}
SUM = sympy.Sum(n, (n, 1, 4))

RIGHT_AND_WRONG = [
    ("equal", ((x + 1) ** 2, x**2 + 2 * x + 1), ((x + 1) ** 2, x**2 + 2 * x)),
    ("equal", (sympy.sin(x) ** 2, 1 - sympy.cos(x) ** 2), (sympy.sin(x) ** 2, 1 + sympy.cos(x) ** 2)),
    ("equal", (SUM, sympy.Integer(10)), (SUM, sympy.Integer(11))),
    ("equal", (x, sympy.sqrt(x**2), sympy.exp(sympy.log(x), evaluate=False)), (sympy.sqrt(x**4), x**2 + 0 * x, x**2 + y)),
    ("equal", (sympy.Limit(sympy.sin(x) / x, x, 0), sympy.S.One), (sympy.Limit(sympy.sin(x) / x, x, 0), sympy.S.Zero)),
    ("nonnegative", ((x - y) ** 2,), (x - y,)),
    ("rounds", (sympy.pi, "3.14159"), (sympy.pi, "3.14160")),
    ("below", (sympy.Integer(3), sympy.pi, sympy.Integer(4)), (sympy.Integer(3), sympy.pi, sympy.pi)),
    ("confirm", ([0, x - x],), ([0, x - y],)),
    ("confirm", ([0],), ([],)),
    ("predicts", ({1: 141421}, lambda k: sympy.sqrt(2).evalf(20) * k, 5), ({1: 141424}, lambda k: sympy.sqrt(2).evalf(20) * k, 5)),
    ("predicts", ({1: (0, 100000)}, lambda k: 1j * k, 5), ({}, lambda k: k, 5)),
]


@pytest.mark.parametrize(("helper", "right", "wrong"), RIGHT_AND_WRONG, ids=[f"{row[0]}-{j}" for j, row in enumerate(RIGHT_AND_WRONG)])
def test_a_step_is_recorded_when_right_and_raises_when_wrong(helper, right, wrong):
    step, named = Recorder(), {"shown": "left"} if helper == "equal" else {}
    getattr(identities, helper)(step, "name", *right, **WHY, **named)
    assert [found.name for found in step.steps] == ["name"]
    other = Recorder()
    with pytest.raises(ArithmeticError):
        getattr(identities, helper)(other, "name", *wrong, **WHY, **named)
    assert not other.steps


def test_two_sides_that_look_alike_say_nothing():
    with pytest.raises(ValueError, match="both sides read"):
        identities.equal(Recorder(), "name", x + y, y + x, **WHY)


def test_the_binomial_tail_decides():
    step = Recorder()
    identities.binomial_tail(step, 150, 150, (96, 100), (99, 100))
    tail = Fraction(96, 100) ** 150
    assert str(round(float(tail), 5)) in str(step.steps[0].expr)
    with pytest.raises(ArithmeticError):
        identities.binomial_tail(Recorder(), 149, 150, (96, 100), (99, 100))


def test_a_formula_reads_as_text_and_as_latex():
    formula = identities.Formula(x / y, ("=", y), ("≤", sympy.Integer(2)), ("≈", sympy.Symbol("1.5")))
    assert str(formula) == "x/y = y ≤ 2 ≈ 1.5"
    assert sympy.latex(formula) == r"\frac{x}{y} = y \le 2 \approx 1.5"


def test_words_in_the_place_of_an_expression_are_set_upright():
    step = Recorder()
    identities.equal(step, "name", x - x, sympy.S.Zero, shown="the true loss", **WHY)
    identities.equal(step, "other", x - x, sympy.S.Zero, shown="c_K", **WHY)
    assert [sympy.latex(found.expr) for found in step.steps] == [r"\text{the true loss} = 0", "c_{K} = 0"]


def test_every_claim_has_a_derivation():
    assert not [claim_id for claim_id in SUITE.paths() if SUITE.load(claim_id).derivation is None]


@pytest.mark.slow
@pytest.mark.parametrize("claim_id", sorted(SUITE.paths()))
def test_a_derivation_runs_and_says_something(claim_id):
    _, steps = SUITE.load(claim_id).derived()
    assert steps and all(step.why for step in steps)
