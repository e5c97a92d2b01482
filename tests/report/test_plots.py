"""Plots drawn from measurements."""

import pytest

from theory import discovery
from theory.report import plots

CLAIMS = {name: claim for name, claim in discovery.every().items() if claim.page is not None}


def test_measurements_that_are_numbers_make_a_plot():
    items = [{"bound": "1/2", "measured": 0.25}, {"expected": 3, "measured": "3.0"}, {"expected": "1 + 2i", "measured": "1 + 2i"},
             {"bound": 0, "measured": 1}]
    assert plots.measured_pairs(items) == [(0.5, 0.25, True), (3.0, 3.0, False), (5**0.5, 5**0.5, False)]
    first, second = (plots.drawn(lambda figure: plots.against(figure, plots.measured_pairs(items)), "x") for _ in range(2))
    assert first == second
    assert first.lstrip().startswith("<svg")


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_every_claim_draws_its_plot(claim_id):
    assert "<svg" in plots.drawn(CLAIMS[claim_id].page, name=claim_id)
