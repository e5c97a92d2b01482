"""The consequences page: its numbers follow what is stored and computed, its verdicts the records."""

import cmath
import math
import re
from fractions import Fraction

import numpy as np
import pytest
from test_pages import Page

from numeric import experiments, families, gram
from numeric.poles import to_complex
from theory.papers import uncertainty_consequences as found
from theory.papers import uncertainty_learning as learning
from theory.report.consequences import consequences_page
from theory.report.record import Record

CITED = (found.BOUND, found.HALF, found.S4D, found.PHASES, found.LAGS, *found.FLOORS)


def text(page):
    page = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def records(verdict):
    return [Record(name, {"verdict": verdict}) for name in CITED]


def test_verdicts_and_links_come_from_the_records():
    bare, checked, refuted = consequences_page([]), consequences_page(records("checked")), consequences_page(records("refuted"))
    for page in (bare, checked, refuted):
        Page(page)
    for name in CITED:
        assert f'href="{name}.html"' in checked and f'href="{name}.html"' not in bare
    assert bare.count('verdict undecided">') == len(CITED) and "verdict checked" not in bare
    assert checked.count('verdict checked">') == len(CITED) and refuted.count('verdict refuted">') == len(CITED)


def test_the_tables_show_what_is_stored():
    page = text(consequences_page([]))
    for name in ("learning", "initial_lags"):
        for row in learning.summary(name):
            mean, half = experiments.band(row[3])
            assert f"{mean:.4f} ± {half:.4f}" in page
            if row[1] != "random":
                assert all(f"{math.floor(Fraction(low) * 10**7) / 10**7:.7f}" in page for low, _ in row[4])


def test_the_page_follows_other_results(monkeypatch):
    """With sharp and shift-K exchanged the page says the opposite: what it tells is not typed."""
    true = text(consequences_page([]))
    swap = {"sharp": "shift", "shift": "sharp", "random": "random"}
    stored = learning.summary
    monkeypatch.setattr(learning, "summary", lambda name: [[row[0], swap[row[1]], *row[2:]] for row in stored(name)])
    wrong = text(consequences_page([]))
    assert "at ρ = 0, 0.2, 0.4, 0.6, 0.8; higher at none; not told apart at 1." in true
    assert "at ρ = none; higher at 0, 0.2, 0.4, 0.6, 0.8; not told apart at 1." in wrong
    moved = [[*row[:3], [x + 1 for x in row[3]], *row[4:]] for row in stored("learning")]
    monkeypatch.setattr(learning, "summary", lambda name: moved if name == "learning" else stored(name))
    mean, _ = experiments.band(moved[0][3])
    assert f"{mean:.4f} ±" in text(consequences_page([])) and f"{mean:.4f} ±" not in true


def test_what_the_bands_say():
    assert found.verdicts({1: (0.2, 0.1), 2: (-0.2, 0.1), 3: (0.05, 0.1), 4: (-0.05, 0.1), 5: (0.0, 0.0)}) == ([1], [2], [3, 4, 5])


def test_differences_are_taken_seed_by_seed(monkeypatch):
    rows = [[0.5, "shift", 1, [1.0, 2.0, 3.0, 4.0], []], [0.5, "sharp", 1, [0.9, 1.9, 2.9, 3.9], []]]
    monkeypatch.setattr(learning, "summary", lambda name: rows)
    mean, half = found.paired("learning")[0.5]
    assert abs(mean - 0.1) < 1e-12 and half < 1e-12
    rows[1][3].pop()
    with pytest.raises(ValueError):
        found.paired("learning")


def test_shares_of_the_bound_by_another_program():
    """Gram matrix in doubles; the order of the two columns; every share below 1."""
    for S, K, bound, paper, sharp in found.captured():
        assert bound == S / (K + 1) and float(paper[1]) < 0.5 < float(sharp[0]) and float(sharp[1]) < 1
        if S * K <= 33 * 1000:
            for name, (low, high) in (("s4d-lin", paper), ("sharp", sharp)):
                a = np.array([to_complex(pole) for pole in families.named(name, S, K)])
                value = gram.capture(a, K)[-1]
                assert float(low) - 1e-6 < float(value) / bound < float(high) + 1e-6
                assert not float(low) - 1e-6 < 1.01 * float(value) / bound < float(high) + 1e-6


def test_the_typeset_rule_is_the_start_of_the_experiments():
    """a_s and b_s by the constants of the page, where (1+ε)K is nearly a whole number, against `Start('sharp')`."""
    S, K = 127, 10**6
    epsilon, alpha, beta = found.constants(S)
    start = experiments.Start("sharp", K, S // 2)
    poles = [complex(log.exp()) for log in start.logarithms()]
    theta = start.weights()
    for s in (0, 1, 5, 63):
        assert abs(cmath.exp((-alpha + 1j * math.pi * beta * s) / K) - poles[s]) < 1e-9
        b = (1 - epsilon) / ((1 + epsilon) * K) * cmath.exp(alpha - 1j * math.pi * beta * s)
        ours = theta[0] if s == 0 else (theta[s] - 1j * theta[S // 2 + s]) / 2
        assert abs(b - ours) < 1e-3 * abs(b)
    low, high = map(float, found.half_turn_share())
    assert low < (1 - math.exp(-2)) / 2 < high < low + 1e-5


def test_a_smaller_waste_is_told_with_its_sign():
    gains = dict(found.narrower())
    assert gains[9] < 0 < gains[127] < 0.1 and f"{gains[9]:+.3f} at S = 9" in text(consequences_page([]))
