"""Timed comparisons, in one process and interleaved, so that a busy machine slows all sides alike.

A regime is a public function without arguments in a file of this folder; it returns a `Regime`. Adding one edits no list.
Times are medians of wall clock; targets are met or missed as measured, and no test asserts them.
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


@dataclass(frozen=True)
class Target:
    """`least` ≤ time of `slow` / time of `fast`; or, without `slow`, time of `fast` ≤ `most` seconds."""

    fast: str
    slow: str | None = None
    least: float = 0.0
    most: float = math.inf


@dataclass(frozen=True)
class Regime:
    """title; routines by name, each called `rounds` times in turn, or as often as `slow` says; `targets`.

    sizes: for routines of one kind at growing size, their sizes; the exponent of the growth is then reported, wanted ≤ `growth`."""

    title: str
    routines: dict[str, Callable[[], object]]
    rounds: int = 5
    slow: dict[str, int] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    sizes: dict[str, int] = field(default_factory=dict)
    growth: float = math.inf


def regimes() -> dict[str, Callable[[], Regime]]:
    """Every regime by name, `file.function`."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
        module = import_module(f"{__name__}.{path.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == module.__name__:
                found[f"{path.stem}.{name}"] = function
    return found


def _times(regime: Regime) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in regime.routines}
    for turn in range(regime.rounds):
        for name, routine in regime.routines.items():
            if turn < regime.slow.get(name, regime.rounds):
                started = time.perf_counter()
                routine()
                times[name].append(time.perf_counter() - started)
    return times


def _judged(target: Target, medians: dict[str, float]) -> dict:
    if target.slow is None:
        row = {"what": f"{target.fast} ≤ {target.most:g} s", "measured": medians[target.fast], "unit": "s"}
        return {**row, "met": medians[target.fast] <= target.most}
    ratio = medians[target.slow] / medians[target.fast]
    return {"what": f"{target.slow} / {target.fast} ≥ {target.least:g}", "measured": ratio, "unit": "×", "met": ratio >= target.least}


def exponent(sizes: list[int], times: list[float]) -> float:
    """Slope of log time against log size, least squares."""
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in times]
    return statistics.linear_regression(x, y).slope


def measure(name: str, regime: Regime) -> dict:
    """One regime: medians, spread, targets."""
    times = _times(regime)
    medians = {key: statistics.median(values) for key, values in times.items()}
    rows = [_judged(target, medians) for target in regime.targets]
    if regime.sizes:
        slope = exponent(list(regime.sizes.values()), [medians[key] for key in regime.sizes])
        rows.append({"what": f"cost grows like S^p, p ≤ {regime.growth:g}", "measured": slope, "unit": "", "met": slope <= regime.growth})
    shown = {key: {"median": medians[key], "least": min(values), "most": max(values), "runs": len(values)} for key, values in times.items()}
    return {"regime": name, "title": regime.title, "seconds": shown, "targets": rows}


def run(names: list[str] | None = None) -> Iterator[dict]:
    """The results of the regimes asked for (a name, or the start of one), one by one; all when none is named."""
    for name, build in regimes().items():
        if not names or any(name.startswith(wanted) for wanted in names):
            yield measure(name, build())


def machine() -> dict:
    """What the times were measured on, as far as it may be told."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"python": platform.python_version(), "processor": platform.machine(), "cores": os.cpu_count(), "load": load}
