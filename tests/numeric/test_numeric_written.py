"""Numbers as written: read exactly, printed so that they enclose; files of poles that are not what they say are refused."""

import json
from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from numeric import polefile, written
from numeric.balls import unpack
from numeric.errors import Malformed, Refused
from numeric.poles import Cartesian
from numeric.reference import Gaussian


@given(st.integers(-(10**40), 10**40), st.integers(-400, 300), st.integers(0, 2**29 - 1), st.integers(-420, 100), st.integers(1, 40))
def test_decimals_enclose(m, e, r, f, digits):
    """The strings, read as exact rationals, lie outside the ball and within a unit of the last digit asked for."""
    ball = unpack(m, e, r, f)
    middle, radius = Fraction(m) * Fraction(2) ** e, Fraction(r) * Fraction(2) ** f
    low, high = middle - radius, middle + radius
    lower, upper = map(Fraction, written.enclosing(ball, digits))
    assert lower <= low and high <= upper
    slack = max(abs(low), abs(high)) / 10**digits + radius / 2**25  # a radius has 30 bits and grows when it is scaled
    assert low - lower <= slack and upper - high <= slack


def test_decimals_of_plain_values():
    assert written.enclosing(arb(0), 5) == ("0", "0")
    assert written.enclosing(arb("0.5"), 3) == ("0.5", "0.5")
    assert written.enclosing(arb(-12), 3) == ("-12", "-12")
    with ctx.workprec(100):
        assert written.enclosing(arb(1) / 3, 4) == ("0.3333333", "0.3333334")
        assert written.enclosing(-(arb(10) ** -50) / 3, 3) == ("-3.33334e-51", "-3.33333e-51")
        assert written.enclosing((arb(10) ** -50) / 3, 3, arb(1)) == ("0", "0.00001")
    with pytest.raises(Refused, match="finite"):
        written.enclosing(arb("nan"), 3)


@given(st.fractions(), st.integers(-50, 50))
def test_numbers_are_read_exactly(x, exponent):
    assert written.rational("t", "x", str(x)) == x
    assert written.rational("t", "x", f"{x.numerator}e{exponent}") == x.numerator * Fraction(10) ** exponent


STRANGE = ["", "x", "1/0", "0x10", "1_0", " 1", "nan", "inf", "1e", "1e2001", "1e100000", "1" * 2001, "1/2/3", "½", "٣"]


@pytest.mark.parametrize("text", STRANGE)
def test_what_is_not_a_number(text):
    with pytest.raises(Refused, match="decimal or a quotient"):
        written.rational("t", "x", text)


@pytest.mark.parametrize("text", ["", "x", "-1", "101", "1.0", "1e9", "2^99", "9" * 40])
def test_what_is_not_a_whole_number(text):
    with pytest.raises(Refused, match="should be an integer from 0 to 100"):
        written.whole("t", "x", text, 0, 100)


def test_whole_numbers():
    assert [written.whole("t", "x", text, 0) for text in ("7", "1e6", "10^15")] == [7, 10**6, 10**15]


GOOD = {"poles": [["1/2", "0.25"], ["-1e-3", "0"]]}
BAD = {
    "empty": "",
    "not JSON": "poles: 1",
    "not text": b"\xff\xfe\x00",
    "truncated": '{"poles": [["1/2"',
    "deep": "[" * 100_000,
    "a list": "[]",
    "a number": "3",
    "missing key": '{"pole": []}',
    "no poles": '{"poles": []}',
    "poles an object": '{"poles": {}}',
    "flat": '{"poles": ["1/2", "0"]}',
    "nested": '{"poles": [[["1/2", "0"]]]}',
    "triple": '{"poles": [["1/2", "0", "0"]]}',
    "float": '{"poles": [[0.5, "0"]]}',
    "integer": '{"poles": [[0, "0"]]}',
    "NaN": '{"poles": [[NaN, "0"]]}',
    "null": '{"poles": [[null, "0"]]}',
    "long integer": '{"poles": [[' + "1" * 5000 + ', "0"]]}',
    "not a number": '{"poles": [["half", "0"]]}',
    "extra key": '{"poles": [["1/2", "0"]], "weights": []}',
    "key twice": '{"poles": [["1/2", "0"]], "poles": [["1/3", "0"]]}',
}


def test_poles_are_read(tmp_path):
    path = tmp_path / "poles.json"
    path.write_text(json.dumps(GOOD))
    assert polefile.read(path) == (Cartesian(Gaussian(Fraction(1, 2), Fraction(1, 4))), Cartesian(Gaussian(Fraction(-1, 1000))))


@pytest.mark.parametrize("name", BAD)
def test_files_that_are_not_what_they_say(name, tmp_path):
    path = tmp_path / "poles.json"
    path.write_bytes(BAD[name] if isinstance(BAD[name], bytes) else BAD[name].encode())
    with pytest.raises(Malformed, match=r"poles\.json"):
        polefile.read(path)


@pytest.mark.parametrize("pole", [["1", "0"], ["3/5", "4/5"], ["2", "0"], ["0.8", "0.7"]])
def test_poles_on_or_outside_the_circle(pole, tmp_path):
    path = tmp_path / "poles.json"
    path.write_text(json.dumps({"poles": [["0", "0"], pole]}))
    with pytest.raises(Refused, match="should be < 1"):
        polefile.read(path)
