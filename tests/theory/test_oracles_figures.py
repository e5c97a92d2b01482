"""The oracles of figures, designed filters and learning experiments are shown planted errors; experiments are resumed."""

from dataclasses import asdict
from fractions import Fraction

import numpy as np
import pytest
from planting import notices, oracles_of

from numeric import experiments
from theory.papers import uncertainty_learning as learning


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


@pytest.mark.parametrize(("name", "oracle", "where", "wrong"), PLANTED, ids=[f"{row[0]}-{row[1]}" for row in PLANTED])
def test_an_oracle_accepts_the_truth_and_notices_a_planted_error(name, oracle, where, wrong, monkeypatch):
    notices(f"uncertainty.{name}", oracle, where, wrong, monkeypatch)


def test_every_oracle_of_these_claims_is_shown_an_error():
    shown = {(f"uncertainty.{name}", oracle) for name, oracle, *_ in PLANTED}
    assert shown == oracles_of({claim for claim, _ in shown}, "full")


SMALL = {"N": 40, "delay": 6, "half": 2, "samples": 400, "epochs": 2, "steps": (1e-3,), "batches": (20,)}


def test_an_experiment_is_resumed_from_its_file_and_repeats_itself(tmp_path):
    told = []
    small = {"seeds": (1, 2), "rhos": (0, 0.5), **SMALL}
    grid, again = experiments.experiment("learning", tmp_path, lambda done, total: told.append((done, total)), **small)
    assert (len(grid), len(again)) == (6, 12)
    assert told[-1] == (12, 12)
    path = tmp_path / "learning.jsonl"
    lines = path.read_text().splitlines()
    assert len(lines) == 18
    path.write_text("\n".join([*lines[:5], lines[5][:40]]) + "\n")  # killed while it wrote
    assert experiments.experiment("learning", tmp_path, **small) == (grid, again)
    assert len(path.read_text().splitlines()) == 19


def test_the_population_loss_is_that_of_fresh_sequences_and_least_at_the_optimum():
    start, delay, N, rho = experiments.Start("shift", 6, 2), 6, 40, 0.5
    law = experiments.population(start, N, delay, rho)
    u = experiments.sequences(40000, N, rho, np.random.default_rng(5))
    squares = (u @ (start.basis(N) @ start.weights()) - u[:, delay]) ** 2
    assert abs(squares.mean() - law.loss(start.weights())) < 5 * squares.std() / 200
    assert abs((u[:, :-3] * u[:, 3:]).mean() - rho**3) < 0.01
    upper = float(experiments.optimum(start, N, delay, rho)[1])
    for shift in np.random.default_rng(6).standard_normal((20, 5)):
        assert law.loss(start.weights() + shift) > upper


def test_training_approaches_the_optimum():
    for begin in (experiments.Start("shift", 6, 2), experiments.Start("random", 6, 2, seed=3), experiments.Start("sharp", 6, 2)):
        (X,), y = experiments.features([begin], 40, 6, 0.0, 4000, 1)
        theta, curve = experiments.trained(X, y, begin, 1e-3, 20, epochs=30)
        law = experiments.population(begin, 40, 6, 0.0)
        lower, upper = map(float, experiments.optimum(begin, 40, 6, 0.0))
        assert lower <= law.loss(theta) < upper + 0.02
        assert abs(curve[-1] - law.loss(theta)) < 0.1


def test_the_last_of_equal_runs_is_the_best():
    """For ρ = 1 the losses of several configurations are zero up to rounding, and the rounding must not choose."""
    rows = [{"run": {"place": 0, "step": step}, "loss": loss} for step, loss in ((1, 0.5), (2, 1e-15), (3, -1e-15), (4, 1e-12))]
    assert experiments.best(rows, lambda run: run["place"])[0]["run"]["step"] == 4
    assert experiments.best([rows[0], {**rows[1], "loss": 0.4}], lambda run: run["place"])[0]["run"]["step"] == 2


SIZES = {"learning": (1500, 200, 6 * 3), "initial_lags": (2250, 250, 8 * 2)}
QUICK = 2000  # beyond, an enclosure takes a second or more


def summary_rows(name, quick):
    rows = learning.summary(name)
    assert len(rows) == SIZES[name][2] and len({tuple(row[:2]) for row in rows}) == len(rows)
    return [row for row in rows if name == "learning" or (row[0] <= QUICK) == quick]


def recomputed(name, row):
    """The enclosures of a row of the summary, from its place and kind alone; the seeds of the repetitions are 1 to 4."""
    N, delay, _ = SIZES[name]
    place, kind = row[:2]
    K, rho = (delay, place) if name == "learning" else (place, 0.7)
    return [experiments.optimum(experiments.Start(kind, K, seed=seed if kind == "random" else 0), N, delay, rho) for seed in (1, 2, 3, 4)]


def check_row(row, fresh):
    """Stored optima meet fresh ones, and no learned loss is below its optimum."""
    assert len(row[3]) == len(row[4]) == len(fresh) == 4
    for loss, (low, high), (again_low, again_high) in zip(row[3], row[4], fresh, strict=True):
        assert Fraction(low) <= Fraction(again_high) and Fraction(again_low) <= Fraction(high)
        assert Fraction(high) - Fraction(low) <= Fraction(1, 10**11)
        assert Fraction(str(loss)) + Fraction(1, 10**6) > Fraction(low)  # losses are kept to six decimals


@pytest.mark.parametrize("name", SIZES)
def test_the_stored_optima_are_those_of_the_experiment(name):
    for row in summary_rows(name, quick=True):
        check_row(row, recomputed(name, row))


@pytest.mark.slow
def test_the_stored_optima_of_short_windows_are_those_of_the_experiment():
    for row in summary_rows("initial_lags", quick=False):
        check_row(row, recomputed("initial_lags", row))


def test_a_wrong_row_of_the_summary_is_noticed():
    row = next(row for row in learning.summary("learning") if row[:2] == [0.4, "sharp"])
    fresh = recomputed("learning", row)
    check_row(row, fresh)
    place, kind, initial, losses, optima, *rest = row
    below = [losses[0], float(optima[1][0]) - 1e-5, *losses[2:]]
    moved = [[str(Fraction(x) - Fraction(1, 10**8)) for x in pair] for pair in optima]
    wide = [[low, str(Fraction(high) + 1)] for low, high in optima]
    for wrong in ([place, kind, initial, below, optima, *rest], [place, kind, initial, losses, moved, *rest],
                  [place, kind, initial, losses, wide, *rest]):
        with pytest.raises(AssertionError):
            check_row(wrong, fresh)
    with pytest.raises(AssertionError):
        check_row(row, recomputed("learning", [0.4, "shift"]))


def test_a_loss_below_the_enclosed_optimum_is_outside(monkeypatch):
    run = experiments.Run(40, 6, 0.5, experiments.Start("sharp", 6, 2), 1e-3, 20, 2, 400, 0)
    low, high = map(float, experiments.optimum(run.start, 40, 6, 0.5))

    def told(loss):
        row = {"run": asdict(run), "loss": loss, "initial": 1.0, "curve": []}
        monkeypatch.setattr(experiments, "experiment", lambda *values, **named: ([row], []))
        return [item["inside"] for item in learning.at_scale("learning")]

    assert told(high + 1e-6) == [True] and told(low - 1e-6) == [False]


def test_the_summary_of_a_small_experiment(tmp_path):
    rows = learning.condense("learning", tmp_path, rhos=(0.5,), seeds=(1, 2), **SMALL)
    assert [row[:2] for row in rows] == [[0.5, "random"], [0.5, "sharp"], [0.5, "shift"]]
    for _, kind, _, losses, optima, *_ in rows:
        assert len(losses) == 2 and all(loss > float(low) for loss, (low, _) in zip(losses, optima, strict=True))
        assert (optima[0] == optima[1]) == (kind != "random")
