"""Plots drawn from measurements."""

from theory.report import plots


def test_measurements_that_are_numbers_make_a_plot():
    items = [{"bound": "1/2", "measured": 0.25}, {"expected": 3, "measured": "3.0"}, {"expected": "1 + 2i", "measured": "1 + 2i"},
             {"bound": 0, "measured": 1}]
    assert plots.measured_pairs(items) == [(0.5, 0.25, True), (3.0, 3.0, False), (5**0.5, 5**0.5, False)]
    first, second = (plots.drawn(lambda figure: plots.against(figure, plots.measured_pairs(items)), "x") for _ in range(2))
    assert first == second
    assert first.lstrip().startswith("<svg")
