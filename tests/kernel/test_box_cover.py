"""The rule `box_cover`, accepting and refusing."""

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_check.refusal import Malformed, Refusal, Rejected, Undecided
from proofs_check.rules import box_cover


def outcome(conclusion, bounds, names=("x",), prec=64, **fields):
    step = {"shows": ("forall", tuple((x, "real") for x in names), tuple(bounds), conclusion), "prec": prec, **fields}
    try:
        box_cover.check(step, None)
    except Refusal as no:
        return type(no)
    finally:
        assert ctx.prec == 53
    return True


UNIT = (("<=", 0, "x"), ("<=", "x", 1))
SQUARE = (*UNIT, ("<=", 0, "y"), ("<=", "y", 1))
BELOW_THREE = ("<", ("exp", "x"), 3)
H = ("/", 1, 2)


def cells(*list_):
    return tuple(tuple((lo, hi) for lo, hi in cell) for cell in list_)


@pytest.mark.parametrize(
    "conclusion, bounds, fields, answer",
    [
        (BELOW_THREE, UNIT, {"depth": 6}, True),
        (("<", ("-", ("exp", "x"), "x"), ("/", 172, 100)), UNIT, {}, Undecided),
        (("<", ("exp", "x"), ("/", 272, 100)), UNIT, {"depth": 14}, True),
        (("<", ("exp", "x"), ("/", 271, 100)), UNIT, {"depth": 14}, Undecided),
        (("<", ("exp", "x"), ("/", 9, 10)), UNIT, {"depth": 14}, Rejected),
        (BELOW_THREE, UNIT, {"cells": cells([(0, H)], [(H, ("/", 3, 4))], [(("/", 3, 4), 1)]), "depth": 4}, True),
        (BELOW_THREE, UNIT, {"cells": cells([(H, 1)], [(0, H)]), "depth": 6}, True),
        (BELOW_THREE, UNIT, {"cells": cells([(0, H)], [(("/", 501, 1000), 1)]), "depth": 6}, Rejected),
        (BELOW_THREE, UNIT, {"cells": cells([(0, H)]), "depth": 6}, Rejected),
        (BELOW_THREE, UNIT, {"cells": (), "depth": 6}, Rejected),
        (BELOW_THREE, UNIT, {"cells": cells([(-1, H)], [(("/", 1, 4), 1)]), "depth": 6}, True),
        (BELOW_THREE, UNIT, {"cells": cells([(1, 0)]), "depth": 6}, Rejected),
        (BELOW_THREE, UNIT, {"cells": (0, 1), "depth": 6}, Malformed),
        (BELOW_THREE, UNIT, {"cells": cells([(0, ("pi",))])}, Rejected),
        (BELOW_THREE, UNIT, {"cells": cells([(0, 1), (0, 1)])}, Rejected),
        (BELOW_THREE, (("<=", 1, "x"), ("<=", "x", 0)), {}, Rejected),
        (BELOW_THREE, (("<=", 1, "x"), ("<=", "x", 1)), {}, Rejected),
        (BELOW_THREE, (("<=", 0, "x"),), {}, Rejected),
        (BELOW_THREE, (*UNIT, ("!=", "x", 0)), {}, Rejected),
        (("<=", "x", "x"), UNIT, {"depth": 5}, Undecided),
        (("=", "x", "x"), UNIT, {"depth": 5}, Undecided),
        (("<=", 0, "x"), UNIT, {"depth": 8}, Undecided),
        (("<", 0, ("/", 1, "x")), UNIT, {"depth": 8}, Undecided),
        (("<", 0, ("/", 1, ("+", "x", ("/", 1, 9)))), UNIT, {"depth": 8}, True),
        (("<", 0, ("exp", ("*", ("i",), "x"))), (("<=", 1, "x"), ("<=", "x", 2)), {"depth": 5}, Rejected),
        (("<", 0, ("sqrt", "x")), (("<=", ("/", 1, 9), "x"), ("<=", "x", 1)), {"depth": 4}, True),
        (("<", ("log", "x"), 0), (("<=", -1, "x"), ("<=", "x", ("/", 1, 2))), {"depth": 4}, Rejected),
        (("<", ("exp", ("exp", ("exp", ("*", 99, "x")))), 1), UNIT, {"depth": 2}, Undecided),
        (BELOW_THREE, (("<", 0, "x"), ("<", "x", 1)), {"depth": 6}, True),
        (("<", "y", 3), UNIT, {"depth": 1}, Malformed),
        (("and", BELOW_THREE, ("<", ("sin", "x"), "x")), (("<=", H, "x"), ("<=", "x", 1)), {"depth": 8}, True),
        (("<", ("sin", "x"), "x"), UNIT, {"depth": 9}, Undecided),
        (BELOW_THREE, UNIT, {"prec": 1}, Malformed),
    ],
)
def test_decisions(conclusion, bounds, fields, answer):
    assert outcome(conclusion, bounds, **fields) is answer


def test_two_variables():
    claim = ("<", ("*", ("exp", "x"), ("cos", "y")), 3)
    assert outcome(claim, SQUARE, ("x", "y"), depth=12) is True
    four = cells([(0, H), (0, H)], [(H, 1), (0, H)], [(0, H), (H, 1)], [(H, 1), (H, 1)])
    assert outcome(claim, SQUARE, ("x", "y"), depth=12, cells=four) is True
    for missing in range(4):
        assert outcome(claim, SQUARE, ("x", "y"), depth=12, cells=four[:missing] + four[missing + 1 :]) is Rejected
    pinwheel = cells([(0, 1), (0, H)], [(0, H), (H, 1)])  # the last quarter is not covered
    assert outcome(claim, SQUARE, ("x", "y"), depth=12, cells=pinwheel) is Rejected


def test_a_cell_outside_the_box_refutes_nothing():
    outside = cells([(0, 1)], [(-9, -8)], [(-9, 0)])
    assert outcome(("<", 0, ("exp", "x")), UNIT, depth=3, cells=outside) is True
    assert outcome(("<", ("/", -1, 2), "x"), UNIT, depth=3, cells=outside) is True


def test_the_worst_cell_is_named():
    with pytest.raises(Undecided) as no:
        box_cover.check({"shows": ("forall", (("x", "real"),), UNIT, ("<", ("sin", "x"), "x")), "prec": 64, "depth": 3}, None)
    assert no.value.instance == "0 ≤ x ≤ 1/8"


@settings(deadline=None)
@given(st.fractions(-9, 9), st.fractions(0, 9), st.fractions(0, 1), st.integers(2, 80))
def test_an_interval_contains_its_rationals(lo, width, share, prec):
    q = [fmpq(f.numerator, f.denominator) for f in (lo, lo + width, lo + share * width)]
    with ctx.workprec(prec):
        ball = box_cover.interval(q[0], q[1])
    with ctx.workprec(4000):
        assert ball.imag.is_zero()
        middle, radius = ball.real.mid(), ball.real.rad()
        assert all((abs(arb(p) - middle) <= radius + arb(fmpq(1, 2**3000))) is True for p in q)
