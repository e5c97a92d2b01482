"""Timed comparisons, in one process and interleaved, so that a busy machine slows all sides alike.

A regime is a public function in a file of this folder that takes `quick` (small sizes, for tests) and returns a `Regime`. Adding one
edits no list. Times are medians, after two calls that are not counted; targets are met or missed as measured, and no test asserts them.
The clock is the wall's, or the processor's (`cpu`): time of all threads of this process, which a busy machine inflates less, and which
cannot see that threads share work. Ratios are compared with those of the last stored run by the same clock (`regressions`): times of two
runs differ with the load of the machine, ratios of interleaved times hardly.
"""

from __future__ import annotations

import inspect
import math
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

WORSE = 0.75  # a ratio below this share of the stored one is a regression
TURN = 0.03  # seconds that a turn of a routine should last
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


@dataclass(frozen=True)
class Target:
    """`least` ≤ time of the fastest of `slow` / time of `fast`; or, without `slow`, time of `fast` ≤ `most`.

    Times are for one unit of work where the regime has units, and `most` is in nanoseconds then, in seconds otherwise. A ratio with
    `least` 0 is only reported. `shared`: threads share the work, which the processor's clock cannot see."""

    fast: str
    slow: str | tuple[str, ...] | None = None
    least: float = 0.0
    most: float = math.inf
    shared: bool = False


@dataclass(frozen=True)
class Regime:
    """title; routines by name, each called `rounds` times in turn, or as often as `slow` says; `targets`.

    sizes: for routines of one kind at growing size, their sizes; the exponent of the growth is then reported, wanted ≤ `growth`.
    work: units of work of one call of each routine, which need not be the same: a slow one may do a part. unit: what a unit is.
    rates: for ceilings, the name of 10^9 units a second. flops, bytes: of one unit, for the roofline; moves: routines for which the bytes
    a second are told, to compare with the triad's. note: a sentence to print."""

    title: str
    routines: dict[str, Callable[[], object]]
    rounds: int = 5
    slow: dict[str, int] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    sizes: dict[str, int] = field(default_factory=dict)
    growth: float = math.inf
    work: dict[str, float] = field(default_factory=dict)
    unit: str = ""
    rates: dict[str, str] = field(default_factory=dict)
    flops: float = 0.0
    bytes: float = 0.0
    moves: tuple[str, ...] = ()
    note: str = ""


def regimes() -> dict[str, Callable[..., Regime]]:
    """Every regime by name, `file.function`; the ceilings of the machine first."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("[!_]*.py"), key=lambda path: (path.stem != "machine", path.stem)):
        module = import_module(f"{__name__}.{path.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == module.__name__:
                found[f"{path.stem}.{name}"] = function
    return found


def _times(regime: Regime, clock: Callable[[], float]) -> dict[str, list[float]]:
    """Seconds a call, turn by turn. A short routine is called several times in its turn, so that what the one before left in the caches
    weighs on all alike."""
    times: dict[str, list[float]] = {name: [] for name in regime.routines}
    calls = {}
    for name, routine in regime.routines.items():
        routine()  # compiles what is compiled at the first call, and touches memory
        started = clock()
        routine()
        calls[name] = max(1, min(100, round(TURN / max(clock() - started, 1e-9))))
    for turn in range(regime.rounds):
        for name, routine in regime.routines.items():
            if turn < regime.slow.get(name, regime.rounds):
                started = clock()
                for _ in range(calls[name]):
                    routine()
                times[name].append(max(clock() - started, 1e-9) / calls[name])
    return times


def _judged(target: Target, medians: dict[str, float], unit: str = "", clock: str = "wall") -> dict:
    """What was wanted and what was measured; `met` is None where a side was not measured or nothing was wanted."""
    if target.slow is None:
        measured = medians[target.fast] * (1e9 if unit else 1)
        row = {"what": f"{target.fast} ≤ {target.most:g} {'ns' if unit else 's'}", "measured": measured, "unit": "ns" if unit else "s"}
        return {**row, "met": measured <= target.most}
    several = (target.slow,) if isinstance(target.slow, str) else target.slow
    there = [name for name in several if name in medians]
    name = " or ".join(several) + f" / {target.fast}"
    row = {"what": f"{name} ≥ {target.least:g}" if target.least else name, "unit": "×"}
    if not there or (target.shared and clock == "cpu"):
        return {**row, "measured": None, "met": None}
    ratio = min(medians[one] for one in there) / medians[target.fast]
    return {**row, "measured": ratio, "met": ratio >= target.least if target.least else None}


def exponent(sizes: list[int], times: list[float]) -> float:
    """Slope of log time against log size, least squares."""
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in times]
    return statistics.linear_regression(x, y).slope


def measure(name: str, regime: Regime, clock: str = "wall") -> dict:
    """One regime: medians, spread, targets."""
    started = time.perf_counter()
    times = _times(regime, CLOCKS[clock])
    medians = {key: statistics.median(values) for key, values in times.items()}
    each = {key: value / regime.work.get(key, 1.0) for key, value in medians.items()}
    rows = [_judged(target, each, regime.unit, clock) for target in regime.targets]
    rows += [{"what": f"{key}: input and output", "measured": regime.bytes / each[key] * 1e-9, "unit": "GB/s", "met": None}
             for key in regime.moves]
    if regime.sizes:
        slope = exponent(list(regime.sizes.values()), [medians[key] for key in regime.sizes])
        rows.append({"what": f"cost grows like S^p, p ≤ {regime.growth:g}", "measured": slope, "unit": "", "met": slope <= regime.growth})
    shown = {}
    for key, values in times.items():
        shown[key] = {"median": medians[key], "least": min(values), "most": max(values), "runs": len(values)}
        if regime.rates:
            shown[key]["rate"] = {"value": 1e-9 / each[key], "unit": regime.rates[key]}
        elif regime.unit:
            shown[key]["each_ns"] = each[key] * 1e9
    roof = {"flops": regime.flops, "bytes": regime.bytes} if regime.flops else {}
    return {"regime": name, "title": regime.title, "unit": regime.unit, "seconds": shown, "targets": rows, "note": regime.note, **roof,
            "clock": clock, "took": time.perf_counter() - started}


def run(names: list[str] | None = None, quick: bool = False, clock: str = "wall") -> Iterator[dict]:
    """The results of the regimes asked for (a name, or the start of one), one by one; all when none is named."""
    for name, build in regimes().items():
        if not names or any(name.startswith(wanted) for wanted in names):
            yield measure(name, build(quick), clock)


def ratios(results: list[dict]) -> dict[str, float]:
    """Every measured ratio by regime, clock and name."""
    return {f"{result['regime']} ({result['clock']} clock): {row['what']}": row["measured"]
            for result in results for row in result["targets"] if row["unit"] == "×" and row["measured"] is not None}


def regressions(old: list[dict], new: list[dict]) -> list[dict]:
    """The ratios of a run that are worse than those of an older one by more than a quarter."""
    before = ratios(old)
    return [{"what": name, "stored": before[name], "measured": value}
            for name, value in ratios(new).items() if name in before and value < WORSE * before[name]]


def measured_on() -> dict:
    """What the times were measured on, as far as it may be told."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"python": platform.python_version(), "processor": platform.machine(), "cores": os.cpu_count(), "load": load}
