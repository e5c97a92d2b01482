"""The oracles about the sharper bound on captured energy can fail, each at a wrong formula; so can its derivations."""

from fractions import Fraction

import pytest
from planting import SUITE, notices, oracles_of

from theory.claim import Recorder

# (claim, oracle, where the wrong value comes in: module:function, what is wrong about it); an empty module is the claim file
PLANTED = [
    ("algebra.last_power", "on_a_grid", ":bound", lambda value: value - Fraction(1, 100)),
    ("algebra.last_power", "stationary_values", ":bound", lambda value: value + Fraction(1, 10**12)),
    ("algebra.late_value", "greatest_last_value", ":allowed", lambda value: value + Fraction(1, 10**12)),
    ("algebra.late_value", "searched", ":allowed", lambda value: value - Fraction(1, 10)),
    ("uncertainty.captured_energy_tradeoff", "exact_energies", ":allowed", lambda value: value - Fraction(1, 10**9)),
    ("uncertainty.captured_energy_tradeoff", "exact_energies", ":energies", lambda found: [value * 11 / 10 for value in found]),
    ("uncertainty.captured_energy_tradeoff", "long_recurrence", ":allowed", lambda value: 0.99 * value),
    ("uncertainty.captured_energy_tradeoff", "long_recurrence", "numpy:cumsum", lambda values: values / 3),
    ("uncertainty.captured_energy_sharper", "exact_energies", ":share", lambda value: value + Fraction(1, 10**9)),
    ("uncertainty.captured_energy_sharper", "enclosures", ":share", lambda value: value - 1),
    ("uncertainty.lower_bound_sharper", "exact_optimum", ":bound", lambda value: value - Fraction(1, 10**9)),
    ("uncertainty.lower_bound_sharper", "certified_grid", ":asked", lambda value: (3 + value) / 4),
    ("uncertainty.lower_bound_sharper", "white_noise", ":bound", lambda value: (1 + value) / 2),
    ("uncertainty.lower_bound_sharper_any_poles", "exact_copies", ":bound", lambda value: value - Fraction(1, 10**9)),
    ("uncertainty.lower_bound_sharper_any_poles", "least_squares", ":bound", lambda value: (7 + value) / 8),
]


@pytest.mark.parametrize(("name", "oracle", "where", "wrong"), PLANTED, ids=["-".join(row[:3]) for row in PLANTED])
def test_an_oracle_accepts_the_truth_and_notices_a_planted_error(name, oracle, where, wrong, monkeypatch):
    notices(name, oracle, where, wrong, monkeypatch)


def test_every_oracle_of_these_claims_is_shown_an_error():
    assert oracles_of({row[0] for row in PLANTED}) == {row[:2] for row in PLANTED}


@pytest.mark.parametrize(("name", "function"), [("algebra.last_power", "diff"),
                                                ("uncertainty.captured_energy_tradeoff", "factor"),
                                                ("uncertainty.captured_energy_sharper", "diff"),
                                                ("uncertainty.lower_bound_sharper", "factor"),
                                                ("uncertainty.lower_bound_sharper_any_poles", "expand")])
def test_a_derivation_stops_at_a_wrong_expression(name, function, monkeypatch):
    import sympy

    derivation = SUITE.load(name).derivation
    derivation(Recorder())
    right = getattr(sympy, function)
    x = sympy.Symbol("x_planted")
    monkeypatch.setattr(sympy, function, lambda *values: right(*values) + x)
    with pytest.raises(ValueError, match=r"\bnot\b"):
        derivation(Recorder())
