"""The learning experiments at the paper's sizes: run at profile scale, resumed from build/experiments, drawn from the summary kept here."""
import json
from pathlib import Path

RESULTS, SUMMARY = Path("build") / "experiments", Path(__file__).with_suffix(".json")


def progress(name):
    """Reports on the error output, for runs that take minutes."""
    import sys

    return lambda done, total: print(f"{name} {done}/{total}", file=sys.stderr, flush=True) if done % 12 == 0 else None


def at_scale(name, **smaller):
    """Measurements: no filter is learned below the population optimum of its poles; the configuration is in the inputs."""
    from numeric import experiments
    from theory.papers.uncertainty_measurements import bounded

    grid, again = experiments.experiment(name, RESULTS, progress(name), **smaller)
    return [bounded("population loss of a learned filter", {"K": row["run"]["start"]["K"], "phases": row["run"]["start"]["kind"],
                    **{key: row["run"][key] for key in ("rho", "step", "batch", "seed")}}, row["loss"], row["optimum"],
                    inside=row["loss"] >= row["optimum"] - 1e-6) for row in [*grid, *again]]


def summary(name):
    """For each place on the axis: [place, kind, initial loss, losses of the seeds, optima of the seeds, step, batch]."""
    return json.loads(SUMMARY.read_text())[name]


def condense(name):
    """The summary of finished runs: the best configuration on the grid, and its losses with further seeds."""
    from numeric import experiments

    grid, again = experiments.experiment(name, RESULTS)
    def across(run):
        return (run["rho"] if name == "learning" else run["start"]["K"], run["start"]["kind"])
    out = []
    for place, row in sorted(experiments.best(grid, across).items()):
        rows = [other for other in again if across(other["run"]) == place]
        out.append([*place, round(row["initial"], 6), [round(r["loss"], 6) for r in rows], [round(r["optimum"], 6) for r in rows],
                    row["run"]["step"], row["run"]["batch"]])
    return out


def bands(axes, rows, label, colour, logarithmic=False):
    """Means over the seeds with 95 % intervals, and the population optima."""
    from numeric.experiments import band

    places = [row[0] for row in rows]
    found, optima = ([band(row[column]) for row in rows] for column in (3, 4))
    axes.errorbar(places, [mean for mean, _ in found], yerr=[half for _, half in found], fmt="o", ms=4, lw=1.2, color=colour,
                  label=f"{label}, learned (95 % band)")
    axes.plot(places, [mean for mean, _ in optima], "_", ms=11, color=colour, alpha=0.7, label=f"{label}, population optimum")
    if logarithmic:
        axes.set(xscale="log")
