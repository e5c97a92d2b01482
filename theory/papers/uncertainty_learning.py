"""The learning experiments at the paper's sizes: run at profile scale, resumed from build/experiments, drawn from the summary kept here."""
import json
from pathlib import Path

RESULTS, SUMMARY = Path("build") / "experiments", Path(__file__).with_suffix(".json")


def progress(name):
    """Reports on the error output, for runs that take minutes."""
    import sys

    return lambda done, total: print(f"{name} {done}/{total}", file=sys.stderr, flush=True) if done % 12 == 0 else None


ROUNDING = 1e-9
"""More than float64 loses in a population loss: some 10^5 products of size below 10."""


def optimum(run):
    """Decimals around the least population loss of the filters with the poles of a run."""
    from numeric import experiments

    return experiments.optimum(experiments.Start(**run["start"]), run["N"], run["delay"], run["rho"])


def at_scale(name, **smaller):
    """Measurements: no filter is learned below the enclosed population optimum of its poles; the configuration is in the inputs."""
    from numeric import experiments
    from theory.papers.uncertainty_measurements import bounded

    grid, again = experiments.experiment(name, RESULTS, progress(name), **smaller)
    found = []
    for row in [*grid, *again]:
        run, (lower, _) = row["run"], optimum(row["run"])
        inputs = {"K": run["start"]["K"], "phases": run["start"]["kind"], **{key: run[key] for key in ("rho", "step", "batch", "seed")}}
        found.append(bounded("population loss of a learned filter", inputs, row["loss"], lower,
                             inside=row["loss"] >= float(lower) - ROUNDING))
    return found


def summary(name):
    """For each place on the axis: [place, kind, initial loss, losses of the seeds, optima of the seeds as decimals [lower, upper],
    step, batch]."""
    return json.loads(SUMMARY.read_text())[name]


def across(name):
    """What tells the curves and the places on the axis of an experiment apart, of a run."""
    return lambda run: (run["rho"] if name == "learning" else run["start"]["K"], run["start"]["kind"])


def condense(name, folder=RESULTS, **smaller):
    """The summary of finished runs: the best configuration on the grid, and its losses with further seeds."""
    from numeric import experiments

    grid, again = experiments.experiment(name, folder, progress(name), **smaller)
    out = []
    for place, row in sorted(experiments.best(grid, across(name)).items()):
        rows = [other for other in again if across(name)(other["run"]) == place]
        out.append([*place, round(row["initial"], 6), [round(r["loss"], 6) for r in rows], [optimum(r["run"]) for r in rows],
                    row["run"]["step"], row["run"]["batch"]])
    return out


def write_summary():
    """Write the summary of both experiments anew from their finished runs, one curve point a line."""
    parts = (f"{json.dumps(name)}: [\n" + ",\n".join(map(json.dumps, condense(name))) + "\n]" for name in ("learning", "initial_lags"))
    SUMMARY.write_text("{" + ",\n".join(parts) + "}\n")


CURVES = {"random": ("random", "#a5501d", "s"), "shift": ("shift-$K$", "#1f4e79", "o"), "sharp": ("sharp", "#009e73", "^")}
"""Label, colour and marker of each kind of start; told apart by the marker where colours are not."""


def middle(decimals):
    """The middle of an enclosure written as decimals, in a double, to draw."""
    return sum(map(float, decimals)) / 2


def bands(axes, rows, kind, logarithmic=False):
    """Means over the seeds with 95 % intervals, and the enclosed population optima; curves stand side by side where they would overlap."""
    from numeric.experiments import band

    label, colour, marker = CURVES[kind]
    aside = {"random": 0, "shift": -1, "sharp": 1}[kind]
    rows = [row for row in rows if row[1] == kind]
    places = [row[0] * 1.06**aside if logarithmic else row[0] + 0.015 * aside for row in rows]
    found, optima = [band(row[3]) for row in rows], [band(map(middle, row[4])) for row in rows]
    axes.errorbar(places, [mean for mean, _ in found], yerr=[half for _, half in found], fmt=marker, ms=4.5, mfc="none", lw=1.2,
                  color=colour, label=f"{label}, learned (95 % band)")
    axes.plot(places, [mean for mean, _ in optima], "_", ms=11, mew=1.6, color=colour, label=f"{label}, population optimum")
    if logarithmic:
        axes.set(xscale="log")


def phases_panel(axes, legend=7):
    """UP.F3L at the paper's sizes."""
    for kind in ("random", "shift", "sharp"):
        bands(axes, summary("learning"), kind)
    axes.set(xlabel="$\\rho$\n(S = 127, $t^*=200$, N = 1500)", ylabel="population loss", ylim=(-0.05, 1.5))
    axes.legend(fontsize=legend)


def lags_panel(axes, legend=7):
    """UP.F3R at the paper's sizes."""
    for kind in ("shift", "sharp"):
        bands(axes, summary("initial_lags"), kind, logarithmic=True)
    axes.set(xlabel="$K$ of the start\n(S = 127, $t^*=250$, $\\rho=0.7$)", ylabel="population loss", ylim=(0, 1.25))
    axes.legend(fontsize=legend, loc="lower right")
