"""The rule `ball_bound`, accepting and refusing."""

import mpmath
import pytest
from checking import proved
from flint import ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_check.refusal import Malformed, Refusal, Rejected, Undecided
from proofs_check.rules import ball_bound
from theory.language import exp, forall, le, names, op, statement
from theory.mutations import fails_in_balls


def outcome(shows, prec=128):
    try:
        ball_bound.check({"shows": shows, "prec": prec}, None)
    except Refusal as no:
        return type(no)
    finally:
        assert ctx.prec == 53
    return True


PI = ("pi",)
LOOP = ("forall", (("n", "int"),), (("<=", 1, "n"), ("<=", "n", 20)))


@pytest.mark.parametrize(
    "shows, prec, answer",
    [
        (("<", PI, ("/", 355, 113)), 64, True),
        (("<", PI, ("/", 355, 113)), 10, Undecided),
        (("<", ("/", 355, 113), PI), 64, Rejected),
        (("<", ("exp", PI), ("^", PI, ("-", 4, 1))), 64, True),
        (("=", PI, PI), 64, Undecided),
        (("<=", PI, PI), 20000, Undecided),
        (("<", PI, 4), 0, Malformed),
        (("<", PI, 4), 20001, Malformed),
        (("<", PI, "x"), 64, Malformed),
        (("<", PI, ("*", 4, ("i",))), 64, Rejected),
        ((*LOOP, ("<", ("^", ("+", 1, ("/", 1, "n")), "n"), ("exp", 1))), 64, True),
        ((*LOOP, ("<", ("exp", 1), ("^", ("+", 1, ("/", 1, "n")), "n"))), 64, Rejected),
        ((*LOOP, ("<=", ("/", 7, 2), ("*", "n", ("sin", PI)))), 64, Rejected),
        (("<", ("^", ("-", 1, ("^", 10, -12)), 10**12), ("exp", -1)), 200, True),
        (("<", ("^", ("/", PI, 3), 10**30), 0), 64, Rejected),
        (("<", ("/", 1, ("sin", PI)), 0), 64, Undecided),
        (("<", ("/", PI, 0), 4), 64, Undecided),
        (("forall", (("x", "real"),), (("<=", 0, "x"), ("<=", "x", 1)), ("<", "x", PI)), 64, Undecided),
        (("<", 0, ("series", "k", 0, ("^", 2, ("-", "k")))), 64, Undecided),
    ],
)
def test_decisions(shows, prec, answer):
    got = outcome(shows, prec)
    assert got is answer or (answer is Rejected and shows[0] == "<" and shows[2] == 0 and got in (Rejected, Undecided))


def test_the_precision_is_needed_and_the_width_is_told():
    with pytest.raises(Malformed):
        ball_bound.check({"shows": ("<", PI, 4)}, None)
    with pytest.raises(Undecided) as no:
        ball_bound.check({"shows": ("<", PI, ("/", 355, 113)), "prec": 10}, None)
    assert "10 bits" in no.value.message and "+/-" in no.value.found
    with pytest.raises(Rejected) as no:
        ball_bound.check({"shows": (*LOOP, ("<", "n", PI)), "prec": 64}, None)
    assert no.value.instance == "n = 4"


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["exp", "sin", "cos", "tanh", "atan"]), st.fractions(-5, 5, max_denominator=9), st.integers(1, 25))
def test_rounded_mpmath_values_bound_on_the_right_side_only(name, x, digits):
    with mpmath.workdps(60):
        value = getattr(mpmath, name)(mpmath.mpf(x.numerator) / x.denominator)
        up, down = int(mpmath.floor(value * 10**digits)) + 1, int(mpmath.floor(value * 10**digits))
        clear = min(abs(value * 10**digits - down), abs(up - value * 10**digits)) > 1e-20
    term = (name, ("/", x.numerator, x.denominator))
    if clear:
        assert outcome(("<", term, ("/", up, 10**digits)), 300) is True
        assert outcome(("<", term, ("/", down, 10**digits)), 300) is Rejected
        assert outcome(("<", ("/", up, 10**digits), term), 300) is Rejected


@pytest.mark.parametrize(("place", "hypotheses", "answer"), [(3, [1], "refuted"), (4, [1], "undecided"), (3, [], "undecided")])
def test_a_refutation_needs_hypotheses_that_the_balls_decide(place, hypotheses, answer):
    x = names("x")
    claimed = statement(forall({"x": "real"}, [le(x, op("pi"))], le(exp(x), 2)))
    row = proved(claimed, fails_in_balls(given=hypotheses, x=place), "refutation")
    assert row["verdict"] == answer
