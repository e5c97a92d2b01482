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


def troubles(figure):
    """Labels that overlap another panel's labels or leave the figure, and legends on top of drawn points."""
    figure.draw_without_rendering()
    found, labels = [], []
    for number, axes in enumerate(figure.axes):
        shown = [axes.xaxis.label, axes.yaxis.label, axes.title, *axes.texts]
        labels += [(number, text.get_text(), text.get_window_extent()) for text in shown if text.get_visible() and text.get_text()]
        labels.append((number, f"panel {number}", axes.get_window_extent()))
        legend = axes.get_legend()
        box = legend and legend.get_window_extent()
        for line in axes.lines if legend else ():
            points = line.get_transform().transform(line.get_xydata())
            covered = sum(bool(box.contains(x, y)) for x, y in points)
            if covered:
                found.append(f"the legend covers {covered} points of {line.get_label()}")
    labels = [(number, text, box.padded(2)) for number, text, box in labels]
    for k, (number, text, box) in enumerate(labels):
        box = box.padded(-2)
        if not (figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 and figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1):
            found.append(f"{text!r} leaves the figure")
        found += [f"{text!r} overlaps {other!r}" for panel, other, second in labels[:k] if panel != number and box.overlaps(second)]
    return found


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_no_label_overlaps_or_is_cut_off_and_no_legend_covers_points(claim_id):
    assert plots.filled(CLAIMS[claim_id].page, troubles) == []


def test_overlapping_labels_are_seen():
    def draw(figure):
        for axes in figure.subplots(1, 2):
            axes.plot([0, 1], [0, 1], "o", label="points")
            axes.set(xlabel="a label that is far too long for the half of the figure that it has")
            axes.legend(loc="lower left")

    found = plots.filled(draw, troubles)
    assert any("overlaps" in each for each in found)
    assert any("leaves the figure" in each for each in found)
    assert any("the legend covers 1 points" in each for each in found)
