"""`eigenproof sweep`: a quantity over a grid of families, orders, shifts, inputs and precisions, on any executor, into a store.

A cell is answered once: its row is stored under the cell and the digest of the code that computes it, and committed with the task it
came with. A kill at any moment loses the tasks in flight, which are at most two for each worker. Two stores are the same when they
hold the same rows: `Cells.digest` reads them in the order of their keys, byte for byte; no row holds a time, a date or a place.

The grid is walked lazily: what is in memory is one task to come, the tasks in flight, and nothing of what is done.
"""

from __future__ import annotations

import csv
import hashlib
import math
import multiprocessing
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice
from pathlib import Path

from numeric.cell import KINDS, QUANTITIES, Cell, Row, evaluate
from theory.claim import canonical
from theory.digests import numeric_code
from theory.errors import INTERNAL, OK, UNDECIDED, USAGE, Fault
from theory.store import Database

MOST_CELLS = 10**9
MOST_LISTED = 10**5  # values of an axis that is not one range of integers; those are kept one by one
MOST_DIGITS = 4000
TASK, LARGEST = 0.15, 4096  # seconds a task should take, so that few take less than 0.05; cells in a task
Report = Callable[[str, int, int], None]


# ---------------------------------------------------------------------------------------------------------------- the grid


@dataclass(frozen=True)
class Grid:
    """The product of five axes; walked with the precision turning fastest."""

    quantity: str
    families: Sequence[str]
    orders: Sequence[int]
    shifts: Sequence[int]
    rhos: Sequence[str]
    digits: Sequence[int]
    bits: int

    def count(self) -> int:
        """How many cells there are; `len` would overflow before they are refused."""
        return math.prod(map(len, (self.families, self.orders, self.shifts, self.rhos, self.digits)))

    def __iter__(self) -> Iterator[Cell]:
        for family in self.families:
            for order in self.orders:
                for shift in self.shifts:
                    for rho in self.rhos:
                        for digits in self.digits:
                            yield Cell(self.quantity, family, order, shift, rho, digits, self.bits)


def _refused(what: str, expected: str, found: str, instance: str, again: str) -> Exception:
    from numeric.errors import refusal

    return refusal("sweep", what, expected, found, instance, again)


def _span(what: str, part: str, read: Callable[[str], Fraction | int]) -> Sequence:
    """The values that `a`, `a..b`, `a..b:step` or `a..b*factor` stands for, all exact."""
    text = part if len(part) <= 60 else part[:57] + "…"
    low, dots, rest = part.partition("..")
    if not dots:
        return (read(part),)
    mark = next((sign for sign in ":*" if sign in rest), "")
    high, _, by = rest.partition(mark) if mark else (rest, "", "1")
    first, last = read(low), read(high)
    if mark == "*":
        factor = read(by)
        if not (factor > 1 and first > 0):
            raise _refused(what, "a..b*f needs a > 0 and f > 1", f"it is {text}", f"--{what} {text}", f"--{what} 1e3..1e6*10")
        values = []
        while first <= last and len(values) <= MOST_LISTED:
            values.append(first)
            first *= factor
    else:
        step = read(by)
        if step <= 0:
            raise _refused(what, "a..b:step needs step > 0", f"it is {text}", f"--{what} {text}", f"--{what} 1..64:2")
        if isinstance(first, int):
            values = range(first, last + 1, step)
        else:
            count = (last - first) // step + 1
            values = [first + j * step for j in range(min(max(0, count), MOST_LISTED + 1))]
    if not values:
        raise _refused(what, "a range should hold a value", f"{text} holds none", f"--{what} {text}", "put the smaller end first")
    return values


def axis(what: str, text: str, read: Callable[[str], Fraction | int]) -> Sequence:
    """The distinct values of a comma-separated list of values and ranges; one range of integers stays a `range`."""
    spans = [_span(what, part.strip(), read) for part in text.split(",")]
    if len(spans) == 1 and isinstance(spans[0], range):
        return spans[0]
    if sum(map(len, spans)) > MOST_LISTED:
        raise _refused(what, f"a list should have at most {MOST_LISTED} values", "it has more", f"--{what}",
                       "one range a..b:step of integers, which may be longer")
    return tuple(dict.fromkeys(chain.from_iterable(spans)))


def grid(*, quantity: str, family: str, order: str, shift: str, rho: str, digits: str | None, bits: str | None) -> Grid:
    """The grid that the options name, read strictly; what a combination lacks is for its cell to say."""
    from numeric.balls import LIMIT
    from numeric.optimum import EVEN_LIMIT, SHIFT_LIMIT, check_rho
    from numeric.written import rational, whole

    if quantity not in QUANTITIES:
        raise _refused("quantity", f"the quantity should be one of {', '.join(QUANTITIES)}", f"it is {quantity[:60]!r}",
                       f"--quantity {quantity[:60]}", "--quantity loss")
    families = tuple(dict.fromkeys(name.strip() for name in family.split(",")))
    known = ("paper", "s4d-lin", "sharp", "lru-ring", "hippo-legs")
    if unknown := [name for name in families if name not in known]:
        raise _refused("family", f"a family should be one of {', '.join(known)}", f"it is {unknown[0][:60]!r}",
                       f"--family {unknown[0][:60]}", "--family paper,sharp")
    if quantity == "float" and (digits is not None or bits is not None):
        raise _refused("digits", "--digits and --bits are for balls", "the quantity is float", "--quantity float --digits 30",
                       "leave them out, or take --quantity captured")

    def integer(name: str, least: int, most: int) -> Callable[[str], int]:
        return lambda part: whole("sweep", name, part, least, most)

    listed = axis("rho", rho, lambda part: rational("sweep", "rho", part))  # the end of a range may be 1, its values may not
    rhos = tuple(str(check_rho("sweep", value)) for value in listed)
    floats = quantity == "float"
    found = Grid(quantity, families, axis("order", order, integer("order", 1, EVEN_LIMIT)),
                 axis("shift", shift, integer("shift", 1, SHIFT_LIMIT)), rhos,
                 (0,) if floats else axis("digits", digits or "30", integer("digits", 1, MOST_DIGITS)),
                 0 if floats else LIMIT if bits is None else whole("sweep", "bits", bits, 2, LIMIT))
    if found.count() > MOST_CELLS:
        raise _refused("grid", f"a sweep should have at most {MOST_CELLS} cells", f"it has {found.count()}", "--order, --shift, --rho, …",
                       "sweep it in parts, into one store")
    return found


# ---------------------------------------------------------------------------------------------------------------- the store

KEY = ("code", *Cell._fields)
COLUMNS = (*KEY, *Row._fields)
WHOLE = ("order", "shift", "digits", "bits")


class Cells(Database):
    """Rows by code and cell. Rows of a defect, `failed`, are kept but computed again."""

    HOLDS, APPLICATION, SCHEMA = "sweeps", 0x45505357, 1
    TABLES = f"""
CREATE TABLE cells ({', '.join(f'"{name}" {"INTEGER" if name in WHOLE else "TEXT"} NOT NULL' for name in COLUMNS)},
PRIMARY KEY ({', '.join(f'"{name}"' for name in KEY)})) WITHOUT ROWID;
"""
    _WHERE = " AND ".join(f'"{name}" = ?' for name in KEY)

    def kind(self, code: str, cell: Cell) -> str | None:
        """The kind of the row of a cell, None when there is none."""
        found = self._connection.execute(f"SELECT kind FROM cells WHERE {self._WHERE}", (code, *cell)).fetchone()
        return found[0] if found else None

    def get(self, code: str, cell: Cell) -> Row | None:
        """The row of a cell."""
        names = ", ".join(Row._fields)
        found = self._connection.execute(f"SELECT {names} FROM cells WHERE {self._WHERE}", (code, *cell)).fetchone()
        return Row(*found) if found else None

    def put(self, code: str, rows: Iterable[tuple[Cell, Row]]) -> None:
        """Store the rows of one task in one transaction."""
        places = ", ".join("?" * len(COLUMNS))
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(f"INSERT OR REPLACE INTO cells VALUES ({places})", [(code, *cell, *row) for cell, row in rows])
        self._connection.execute("COMMIT")

    def rows(self, code: str | None = None) -> Iterator[tuple]:
        """Every row, or those of one code, in the order of their keys."""
        chosen, given = ("", ()) if code is None else ("WHERE code = ?", (code,))
        order = ", ".join(f'"{name}"' for name in KEY)
        return iter(self._connection.execute(f"SELECT * FROM cells {chosen} ORDER BY {order}", given))

    def digest(self) -> str:
        """The sha256 of all rows in the order of their keys, one line of canonical JSON each: equal for equal stores."""
        total = hashlib.sha256()
        for row in self.rows():
            total.update(canonical(list(row)) + b"\n")
        return total.hexdigest()

    def count(self) -> int:
        """How many rows there are."""
        return self._connection.execute("SELECT count(*) FROM cells").fetchone()[0]


def default_store() -> Path:
    """Beside the store of verdicts."""
    return Path("build") / "sweeps.sqlite3"


# ---------------------------------------------------------------------------------------------------------------- the work


def work(cells: Sequence[Cell]) -> tuple[list[Row], float, str]:
    """One task: the rows, the seconds they took, the code that computed them."""
    started = time.perf_counter()
    rows = [evaluate(cell) for cell in cells]
    return rows, time.perf_counter() - started, numeric_code()


def next_size(size: int, cells: int, seconds: float) -> int:
    """How many cells the next task should have, after one with so many took so long; it grows by four at most."""
    wanted = math.ceil(TASK * cells / max(seconds, 1e-9))
    return max(1, min(wanted, 4 * size, LARGEST))


class Sweep:
    """One run over a grid: which cells are to be computed, how large the tasks are, what was counted."""

    def __init__(self, store: Cells, cells: Grid, report: Report):
        self.store, self.grid, self.report, self.code = store, cells, report, numeric_code()
        self.there, self.found = 0, Counter()
        self.seconds: list[float] = []  # of the tasks; thinned out when there are very many
        self.tasks = self.computed = self.short = self.held = 0

    def missing(self) -> Iterator[Cell]:
        """The cells without a row that stands."""
        for cell in self.grid:
            kind = self.store.kind(self.code, cell)
            if kind in (None, "failed"):
                yield cell
            else:
                self.there += 1
                self.found[kind] += 1
                if self.there % 1024 == 0:
                    self._tell(cell)

    def _tell(self, cell: Cell) -> None:
        self.report(f"{cell.family} S={cell.order} K={cell.shift} ρ={cell.rho}", self.there + self.computed, self.grid.count())

    def run(self, executor: Executor, workers: int) -> None:
        """Keep two tasks for each worker in flight until no cell is missing."""
        todo, size, flying = self.missing(), 1, {}
        try:
            while True:
                while len(flying) < 2 * workers and (cells := list(islice(todo, size))):
                    flying[executor.submit(work, cells)] = cells
                    self.held = max(self.held, sum(map(len, flying.values())))
                if not flying:
                    return
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    cells = flying.pop(future)
                    size = next_size(size, len(cells), self._keep(cells, future))
        except BaseException:
            for future in flying:
                future.cancel()
            for worker in multiprocessing.active_children():  # those of the local pool; any other executor ends in its own way
                worker.terminate()
            raise

    def _keep(self, cells: Sequence[Cell], future: Future) -> float:
        """Store what a task found; the seconds it took."""
        again = {"again_with": "the same command; what was finished is stored"}
        try:
            rows, seconds, code = future.result()
        except Exception as error:
            message = f"a worker failed: {type(error).__name__}: {error}".partition("\n")[0]
            raise Fault(INTERNAL, "internal", "eigenproof sweep", message, **again) from error
        if code != self.code:
            message = f"a worker runs other code or other libraries ({code}) than this command ({self.code})"
            raise Fault(INTERNAL, "refused", "eigenproof sweep", message, instead="install the same eigenproof on every worker")
        self.store.put(self.code, zip(cells, rows, strict=True))
        self.found.update(row.kind for row in rows)
        self.tasks, self.computed, self.short = self.tasks + 1, self.computed + len(cells), self.short + (seconds < 0.05)
        self.seconds.append(seconds)
        if len(self.seconds) > 10_000:
            del self.seconds[::2]
        self._tell(cells[-1])
        return seconds

    def answer(self, elapsed: float) -> dict:
        """The summary."""
        kinds = {kind: self.found[kind] for kind in KINDS}
        return {"cells": self.grid.count(), "there": self.there, "computed": self.computed, **kinds, "seconds": round(elapsed, 3),
                "tasks": {"count": self.tasks, "median_seconds": statistics.median(self.seconds) if self.seconds else None,
                          "under_50_ms": self.short, "most_cells_in_flight": self.held},
                "code": self.code, "store": str(self.store.path), "rows": self.store.count(), "digest": self.store.digest()}


def run(store: Cells, cells: Grid, report: Report, jobs: int, client=None) -> dict:
    """Compute what is missing, on a pool of processes or on a Dask client; the summary."""
    from theory.runner import pool

    sweep, started = Sweep(store, cells, report), time.perf_counter()
    if client is None:
        with pool(jobs) as executor:
            sweep.run(executor, jobs)
    else:
        workers = sum(client.nthreads().values())
        if not workers:
            raise Fault(USAGE, "usage", "--dask", "the scheduler has no workers", instead="dask worker ADDRESS, once for each machine")
        sweep.run(client.get_executor(), workers)
    return sweep.answer(time.perf_counter() - started)


def code_of(answer: dict) -> int:
    """0; 2 when a cell is undecided; 70 when one met a defect. A combination that cannot be is an answer."""
    return INTERNAL if answer.get("failed") else UNDECIDED if answer.get("undecided") else OK


# ---------------------------------------------------------------------------------------------------------------- what is seen


def export(store: Cells, path: Path, cells: Grid | None) -> int:
    """Write the rows of a grid, in its order, or of the whole store as CSV, next to the file first and then in its place; how many."""
    if cells is None:
        rows = store.rows()
    else:
        code = numeric_code()
        rows = ((code, *cell, *row) for cell in cells if (row := store.get(code, cell)))
    count, beside = 0, path.with_name(path.name + ".part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for row in rows:
            out.writerow(row)
            count += 1
    os.replace(beside, path)
    return count


WORDS = {"certified": "enclosed in balls: lower ≤ value ≤ upper", "float": "doubles with a first-order bound of their rounding error",
         "refused": "there is no such filter", "undecided": "the precision did not suffice", "failed": "a defect; the row has the reason"}


def shown(answer: dict) -> str:
    """The summary as text."""
    lines = []
    if "cells" in answer:
        tasks = answer["tasks"]
        lines += [("there", f"{answer['there']} were in the store"), ("computed", f"{answer['computed']}")]
        if answer["computed"]:
            lines.append(("tasks", f"{tasks['count']}, median {tasks['median_seconds']:.2f} s, {tasks['under_50_ms']} under 0.05 s, "
                                   f"at most {tasks['most_cells_in_flight']} cells in flight"))
        lines += [(kind, f"{answer[kind]} {WORDS[kind]}") for kind in KINDS if answer[kind]]
        lines += [("store", f"{answer['store']}, {answer['rows']} rows"), ("digest", answer["digest"])]
    if "export" in answer:
        lines.append(("export", f"{answer['export']['file']}, {answer['export']['rows']} rows"))
    head = f"{answer['cells']} cells in {answer['seconds']:.1f} s" if "cells" in answer else "export"
    return "\n".join([f"{'SWEEP':<10} {head}", *(f"  {label:<12} {text}" for label, text in lines)])
