"""Claims refuse fields that contradict each other; measurements, mutations and derivations are taken at their word only."""

import pytest
from conftest import statement

from theory.claim import Claim, ClaimError, Recorder, canonical, digest

FIELDS = {"title": "T", "says": "It holds.", "statement": statement(1)}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("source", "rumour", "source is 'rumour'"),
        ("strength", "certain", "strength is 'certain'"),
        ("says", "No full stop", "ends with a full stop"),
        ("statement", {"holds": []}, "exactly the fields where and holds"),
        ("source", "text", "dossier and reference"),
    ],
)
def test_contradicting_fields_are_refused(field, value, message):
    with pytest.raises(ClaimError, match=message):
        Claim(**{**FIELDS, field: value})


def test_a_float_has_canonical_bytes_only_when_finite():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical([float("nan")])
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


def test_digest_does_not_depend_on_key_order():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 1, "b": 3})


def test_mutation_that_changes_nothing_is_an_error():
    claim = Claim(**FIELDS)
    claim.must_refuse(nothing=lambda data: data)
    with pytest.raises(ClaimError, match="leaves the statement as it is"):
        claim.mutated("nothing")


def test_mutation_does_not_touch_the_claim():
    claim = Claim(**FIELDS)
    claim.must_refuse(emptied=lambda data: data["holds"].clear() or data)
    assert claim.mutated("emptied")["holds"] == []
    assert claim.statement == statement(1)


@pytest.mark.parametrize(("inside", "expected"), [(True, True), (False, False), (None, False), ("unknown", False), (1, False)])
def test_a_measurement_is_inside_only_when_it_says_so(inside, expected):
    claim = Claim(**FIELDS)
    claim.oracle(lambda: [{"name": "m", "measured": 1, "bound": 2, "inside": inside}])
    assert claim.measure("full")[0]["inside"] is expected


def test_a_measurement_without_anything_to_compare_with_is_refused():
    claim = Claim(**FIELDS)
    claim.oracle(lambda: [{"name": "m", "measured": 1, "inside": True}])
    with pytest.raises(ClaimError, match="bound or expected"):
        claim.measure("full")


def test_long_simulations_run_at_scale_only():
    claim = Claim(**FIELDS)

    @claim.oracle(profile="scale")
    def long():
        return [{"name": "m", "measured": 1, "expected": 1, "inside": True}]

    assert claim.measure("full") == []
    assert len(claim.measure("scale")) == 1


def test_steps_are_recorded_under_distinct_names():
    step = Recorder()
    assert step("one", 5, why="counted") == 5
    with pytest.raises(ClaimError, match="two derivation steps"):
        step("one", 6)
    assert [(item.name, item.expr, item.why) for item in step.steps] == [("one", 5, "counted")]
