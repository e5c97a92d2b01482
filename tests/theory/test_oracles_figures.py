"""The oracles of figures, designed filters and learning experiments are shown planted errors; experiments are resumed."""

import sys

import numpy as np
import pytest

from numeric import experiments
from theory.claim import _measurement
from theory.digests import Suite

SUITE = Suite()


def moved(values):
    return {key: value + 1e-8 for key, value in values.items()}


PLANTED = [
    ("figure_filters", "recurrence", "numeric.recurrence:impulse_response", lambda y: np.roll(y, 1)),
    ("figure_filters", "interpolated", ":response", lambda y: y + 2e-7),
    ("figure_transfer", "recurrence", ":values", moved),
    ("figure_long_filter", "recurrence", "numeric.recurrence:impulse_response", lambda y: y * (1 + 1e-8)),
    ("figure_ratio", "recurrence", ":values", moved),
    ("figure_ratio", "best_recurrence", ":values", moved),
    ("figure_spectra", "autocorrelation", ":closed_end", lambda value: value * (1 + 1e-8)),
    ("learning_from_phases", "again", "numeric.experiments:trial", lambda record: [value + 2000 for value in record]),
    ("learning_from_phases", "fresh_sequences", ":curves", lambda losses: losses + 0.1),
    ("learning_initial_lag", "again", "numeric.experiments:trial_lags", lambda record: [value + 2000 for value in record]),
    ("learning_initial_lag", "fresh_sequences", ":curves", lambda losses: losses + 0.1),
    ("designed_filters", "recurrences", "numeric.loss:series", lambda value: value + 1e-8),
    ("designed_filters", "spectra", ":doubles", lambda pair: (pair[0], pair[1] * 1.01)),
    ("designed_filters", "designed_again", ":quotient_of", lambda value: value + value / 1000),
    ("ar_correlation", "truncated_sums", ":quotient", lambda value: value * (1 + 1e-9)),
]


def inside(claim, oracle):
    return [_measurement(oracle, item)["inside"] for item in claim.oracles[oracle].run()]


@pytest.mark.parametrize(("name", "oracle", "where", "wrong"), PLANTED, ids=[f"{row[0]}-{row[1]}" for row in PLANTED])
def test_an_oracle_accepts_the_truth_and_notices_a_planted_error(name, oracle, where, wrong, monkeypatch):
    claim = SUITE.load(f"uncertainty.{name}")
    truth = inside(claim, oracle)
    assert truth and all(truth)
    module, function = where.split(":")
    place = sys.modules[module or f"theory.claims.uncertainty.{name}"]
    right = getattr(place, function)
    monkeypatch.setattr(place, function, lambda *values, **named: wrong(right(*values, **named)))
    assert not all(inside(claim, oracle))


def test_every_oracle_of_these_claims_is_shown_an_error():
    names = {row[0] for row in PLANTED}
    oracles = {(name, oracle) for name in names for oracle, found in SUITE.load(f"uncertainty.{name}").oracles.items()
               if found.profile == "full"}
    assert oracles == {row[:2] for row in PLANTED}


SMALL = {"N": 40, "delay": 6, "half": 2, "samples": 400, "epochs": 2, "steps": (1e-3,), "batches": (20,)}


def test_an_experiment_is_resumed_from_its_file_and_repeats_itself(tmp_path):
    told = []
    small = {"seeds": (1, 2), "rhos": (0, 0.5), **SMALL}
    grid, again = experiments.experiment("learning", tmp_path, lambda done, total: told.append((done, total)), **small)
    assert (len(grid), len(again)) == (4, 8)
    assert told[-1] == (8, 8)
    path = tmp_path / "learning.jsonl"
    lines = path.read_text().splitlines()
    assert len(lines) == 12
    path.write_text("\n".join([*lines[:5], lines[5][:40]]) + "\n")  # killed while it wrote
    assert experiments.experiment("learning", tmp_path, **small) == (grid, again)
    assert len(path.read_text().splitlines()) == 13


def test_the_population_loss_is_that_of_fresh_sequences_and_least_at_the_optimum():
    start, delay, N, rho = experiments.Start("shift", 6, 2), 6, 40, 0.5
    law = experiments.population(start, N, delay, rho)
    u = experiments.sequences(40000, N, rho, np.random.default_rng(5))
    squares = (u @ (start.basis(N) @ start.weights()) - u[:, delay]) ** 2
    assert abs(squares.mean() - law.loss(start.weights())) < 5 * squares.std() / 200
    assert abs((u[:, :-3] * u[:, 3:]).mean() - rho**3) < 0.01
    for shift in np.random.default_rng(6).standard_normal((20, 5)):
        assert law.loss(start.weights() + shift) > law.optimum()


def test_training_approaches_the_optimum():
    start, chance = experiments.Start("shift", 6, 2), experiments.Start("random", 6, 2, seed=3)
    for begin in (start, chance):
        (X,), y = experiments.features([begin], 40, 6, 0.0, 4000, 1)
        theta, curve = experiments.trained(X, y, begin, 1e-3, 20, epochs=30)
        law = experiments.population(begin, 40, 6, 0.0)
        assert law.optimum() <= law.loss(theta) < law.optimum() + 0.02
        assert abs(curve[-1] - law.loss(theta)) < 0.1
