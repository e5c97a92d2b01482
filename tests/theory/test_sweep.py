"""`eigenproof sweep`: exact grids, rows that enclose, one store whatever was killed and wherever it ran, bounded memory."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import tracemalloc
from concurrent.futures import Executor, Future
from fractions import Fraction
from pathlib import Path

import pytest

from numeric import cell, reference
from numeric.cell import Cell, Row
from numeric.errors import Refused
from theory import cli, sweep
from theory.errors import Fault

ROOT = Path(__file__).parents[2]
NOTHING = {"quantity": "loss", "family": "paper", "order": "3", "shift": "10", "rho": "0", "digits": None, "bits": None}


class Here(Executor):
    """Runs a task when it is submitted, in this process."""

    def submit(self, function, *arguments):
        future = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


def swept(path, cells, workers=2):
    """The summary of a sweep in this process."""
    with sweep.Cells(path) as store:
        run = sweep.Sweep(store, cells, lambda *_: None)
        run.run(Here(), workers)
        return run.answer(0.0)


def lines(path):
    """All rows of a store, in order."""
    with sweep.Cells(path) as store:
        return list(store.rows())


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run `eigenproof sweep` in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments):
        code = cli.main(["sweep", *map(str, arguments)])
        return code, *capsys.readouterr()

    return command


@pytest.mark.parametrize(("text", "values"), [
    ("9", [9]), ("1..4", [1, 2, 3, 4]), ("1..9:3", [1, 4, 7]), ("1..40*3", [1, 3, 9, 27]),
    ("100,1e3..1e6*10", [100, 10**3, 10**4, 10**5, 10**6]), ("3, 1..4, 2", [3, 1, 2, 4]), ("10^3", [1000])])
def test_axes_of_integers(text, values):
    assert list(sweep.grid(**{**NOTHING, "shift": text}).shifts) == values


def test_axes_of_rationals_are_exact():
    assert sweep.grid(**{**NOTHING, "rho": "0, .5, 1/2, 1/10..3/10:0.1"}).rhos == ("0", "1/2", "1/10", "1/5", "3/10")
    assert sweep.grid(**{**NOTHING, "rho": "1/8..9/10*2"}).rhos == ("1/8", "1/4", "1/2")


def test_the_grid_is_lazy_and_ordered():
    cells = sweep.grid(**{**NOTHING, "order": "1..5:2", "shift": "1..100000000", "family": "sharp,paper", "digits": "20"})
    assert cells.count() == 6 * 10**8
    assert next(iter(cells)) == Cell("loss", "sharp", 1, 1, "0", 20, 1 << 20)


@pytest.mark.parametrize(("name", "text"), [
    *(("order", text) for text in ("0", "x", "", "1..", "..3", "5..1", "1..9:0", "1..9:-1", "1..9*1", "1..9:1:2", "1.5",
                                      "1..65537", "1,,2")),
    *(("shift", text) for text in ("0", "-1", "1e16", "1..10*1.5", "nan")),
    *(("rho", text) for text in ("1", "-1/2", "x", "0..1:1/2", "0..1/2*2", "0..1/2:1/1000000", "1/0", "inf")),
    *(("digits", text) for text in ("0", "4001", "x")), *(("bits", text) for text in ("1", "x", "2000000")),
    ("family", "papre"), ("family", ""), ("quantity", "energy"), ("shift", "1..2000000000"), ("shift", "1..200000,300000")])
def test_bad_axes_are_refused_in_words(run, name, text):
    with pytest.raises(Refused):
        sweep.grid(**{**NOTHING, name: text})
    given = {"order": "3", "shift": "10", name: text}
    code, out, err = run(*(word for key, value in given.items() for word in (f"--{key}={value}",)))
    assert code == 64 and not out and err.split()[0] == "REFUSED" and "instead" in err and "Traceback" not in err


@pytest.mark.parametrize("arguments", [
    (), ("--order", "3"), ("--shift", "3"), ("--order", "3", "--shift", "3", "--quantity", "float", "--digits", "5"),
    ("--order", "3", "--shift", "3", "--export", "absent/f.csv"), ("--order", "3", "--shift", "3", "--jobs", "0")])
def test_bad_combinations_of_options(run, arguments):
    code, out, err = run(*arguments)
    assert code == 64 and not out and "Traceback" not in err
    code, out, _ = run(*arguments, "--json")
    assert code == 64 and json.loads(out)["error"]["code"] == 64


def test_dask_is_named_when_it_is_missing(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, _, err = run("--order", "3", "--shift", "10", "--dask", "tcp://localhost:1")
    assert code == 64 and "dask is not installed" in err and "eigenproof[cluster]" in err


@pytest.mark.parametrize("rho", ["0", "1/3"])
def test_the_three_quantities_agree(rho):
    for family, S, K in (("hippo-legs", 3, 7), ("paper", 5, 40), ("lru-ring", 4, 6)):
        loss, captured = (cell.evaluate(Cell(quantity, family, S, K, rho, 25, 1 << 20)) for quantity in ("loss", "captured"))
        assert loss.kind == captured.kind == "certified"
        low, high = Fraction(loss.lower), Fraction(loss.upper)
        least, most = Fraction(captured.lower), Fraction(captured.upper)
        assert 0 < low <= high < 1 and 0 < least <= most and (high - low) < Fraction(1, 10**24)
        assert low <= 1 - least and 1 - most <= high  # both enclose
        doubles = cell.evaluate(Cell("float", family, S, K, rho, 0, 0))
        assert doubles.kind == "float" and abs(Fraction(doubles.value) - least) <= Fraction(doubles.error) + most - least


def test_a_cell_without_a_value_says_why():
    even = cell.evaluate(Cell("loss", "paper", 4, 10, "0", 30, 1 << 20))
    assert even == Row("refused", reason="S should be odd and positive, S = 2T+1; here S = 4")
    few = cell.evaluate(Cell("loss", "paper", 5, 10, "0", 30, 64))
    assert few.kind == "undecided" and few.reason.startswith("30 digits need more than 64 bits")
    close = cell.evaluate(Cell("float", "hippo-legs", 40, 100, "0", 0, 0))
    assert close.kind == "undecided" and "in balls, decides" in close.reason
    assert cell.evaluate(Cell("float", "lru-ring", 3, 10**6, "0", 0, 0)).reason.startswith("doubles give 0 with an error up to 1e-290")
    assert cell.evaluate(Cell("float", "hippo-legs", 4000, 10**6, "0", 0, 0)).kind == "refused"
    assert cell.evaluate(Cell("loss", "paper", "x", 10, "0", 30, 1 << 20)).kind == "failed"


def test_captured_is_as_sharp_relative_to_itself():
    row = cell.evaluate(Cell("captured", "lru-ring", 2, 10**6, "0", 20, 1 << 20))
    low, high = Fraction(row.lower), Fraction(row.upper)
    assert 0 < low < high < Fraction(1, 10**100) and (high - low) < low / 10**19


def test_the_command_says_what_is_certain(run, tmp_path):
    code, out, err = run("--order", "1..4", "--shift", "10,20", "--digits", "12", "--jobs", "1", "--export", "rows.csv")
    assert code == 0 and "certified    4 enclosed in balls" in out and "refused      4 there is no such filter" in out
    assert "[8/8]" in err
    with (tmp_path / "rows.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["order"], row["shift"], row["kind"]) for row in rows[:4]] == [
        ("1", "10", "certified"), ("1", "20", "certified"), ("2", "10", "refused"), ("2", "20", "refused")]
    exact = [Fraction(row["upper"]) - Fraction(row["lower"]) for row in rows if row["kind"] == "certified"]
    assert all(0 < width < Fraction(1, 10**11) for width in exact)
    code, out, _ = run("--order", "1..4", "--shift", "10,20", "--digits", "12", "--json")
    answer = json.loads(out)
    assert code == 0 and (answer["there"], answer["computed"], answer["certified"], answer["refused"]) == (8, 0, 4, 4)
    code, out, _ = run("--export", "all.csv", "--json")
    assert code == 0 and json.loads(out) == {"export": {"file": "all.csv", "rows": 8}}
    assert run("--order", "3", "--shift", "10", "--bits", "64", "--jobs", "1")[0] == 2  # undecided


def test_the_store_belongs_to_sweeps(run, tmp_path):
    with sqlite3.connect(tmp_path / "notes") as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    code, _, err = run("--order", "3", "--shift", "10", "--store", "notes")
    assert code == 64 and "not a store of sweeps" in err
    (tmp_path / "torn").write_bytes(b"torn" * 2000)
    code, out, err = run("--order", "3", "--shift", "10", "--store", "torn", "--jobs", "1")
    assert code == 0 and "moved aside" in err and "1 enclosed" in out


def test_what_failed_is_computed_again(tmp_path, monkeypatch):
    cells = sweep.grid(**{**NOTHING, "order": "1,3,5", "digits": "10"})
    broken = Row("failed", reason="MemoryError: ")
    monkeypatch.setattr(sweep, "evaluate", lambda asked: broken if asked.order == 3 else cell.evaluate(asked))
    first = swept(tmp_path / "s", cells)
    monkeypatch.undo()
    second = swept(tmp_path / "s", cells)
    assert (first["failed"], sweep.code_of(first)) == (1, 70)
    assert (second["there"], second["computed"], second["certified"], sweep.code_of(second)) == (2, 1, 3, 0)
    assert second["digest"] == swept(tmp_path / "other", cells)["digest"]


def test_other_code_is_neither_mixed_in_nor_read(tmp_path, monkeypatch):
    cells = sweep.grid(**NOTHING)
    swept(tmp_path / "s", cells)
    monkeypatch.setattr(sweep, "numeric_code", lambda: "another")
    answer = swept(tmp_path / "s", cells)
    assert (answer["there"], answer["computed"], answer["rows"]) == (0, 1, 2)
    with sweep.Cells(tmp_path / "t") as store:
        run = sweep.Sweep(store, cells, lambda *_: None)
        run.code = "here"
        with pytest.raises(Fault, match="a worker runs other code"):
            run.run(Here(), 1)


def test_a_worker_that_dies_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(sweep, "work", lambda cells: 1 / 0)
    with pytest.raises(Fault, match="a worker failed: ZeroDivisionError") as caught:
        swept(tmp_path / "s", sweep.grid(**NOTHING))
    assert caught.value.code == 70


@pytest.mark.parametrize(("size", "cells", "seconds", "wanted"), [
    (1, 1, 1e-5, 4), (4, 4, 0.3, 2), (100, 100, 0.1, 150), (7, 7, 60.0, 1), (4096, 4096, 0.01, 4096), (64, 3, 0.003, 150)])
def test_tasks_grow_to_more_than_fifty_milliseconds(size, cells, seconds, wanted):
    assert sweep.next_size(size, cells, seconds) == wanted


def steady(asked):
    """A row without arithmetic."""
    return Row("float", value=str(asked.shift), error="0")


def peak(path, cells, monkeypatch):
    """The most memory of a sweep whose cells cost nothing, and its summary."""
    monkeypatch.setattr(sweep, "evaluate", steady)
    tracemalloc.start()
    try:
        answer = swept(path, cells, workers=2)
        return tracemalloc.get_traced_memory()[1], answer
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("count", [pytest.param(8000, id="small"), pytest.param(10**6, id="million", marks=pytest.mark.slow)])
def test_memory_does_not_grow_with_the_cells(tmp_path, monkeypatch, count):
    """At most four tasks of at most 256 cells (4096 by default) are held, however many cells there are; a cell and its row take 1 kB."""
    monkeypatch.setattr(sweep, "LARGEST", 256)
    cells = sweep.grid(**{**NOTHING, "shift": f"1..{count}"})
    most, answer = peak(tmp_path / "s", cells, monkeypatch)
    assert answer["computed"] == answer["rows"] == count
    assert answer["tasks"]["most_cells_in_flight"] <= 4 * 256 and most < 4 * 256 * 1500
    most, answer = peak(tmp_path / "s", cells, monkeypatch)
    assert answer["there"] == count and most < 2**20


# Killed twice and resumed, on the pool and on Dask. 500 cells in balls; 10^5 in doubles.

SMALL = {"order": "9..18", "shift": "100..2500:100", "rho": "0,1/2", "family": "lru-ring", "quantity": "loss"}
LARGE = {"order": "1..99:2", "shift": "100..2090:10", "rho": "0,1/2", "family": "paper,sharp,lru-ring,s4d-lin,hippo-legs",
         "quantity": "float"}


@pytest.fixture
def dask():
    """The address of a Dask cluster of two workers."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        yield ("--dask", cluster.scheduler_address)


@pytest.fixture
def local():
    """Options of the pool of processes."""
    return ("--jobs", "2")


def started(path, grid, where):
    options = [f"--{name}={text}" for name, text in grid.items()]
    command = [sys.executable, "-m", "theory", "sweep", *options, *where, "--store", str(path), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)


def stored(path):
    """How many rows a store has, seen from outside; none before it is made."""
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    except sqlite3.OperationalError:
        return 0
    try:
        return connection.execute("SELECT count(*) FROM cells").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def killed_twice(path, grid, where, more):
    """Kill when so many rows more are there, twice, then let it end; the summary, and what was there after each kill."""
    left = []
    for _ in range(2):
        process = started(path, grid, where)
        while stored(path) < sum(left[-1:]) + more:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        left.append(stored(path))
    process = started(path, grid, where)
    out, _ = process.communicate()
    return json.loads(out), left


@pytest.mark.parametrize("where", ["local", "dask"])
@pytest.mark.parametrize(("grid", "count", "more"), [
    pytest.param(SMALL, 500, 1, id="small"),
    pytest.param(LARGE, 100_000, 25_000, id="large", marks=[pytest.mark.slow])])
def test_killed_twice_and_resumed_gives_the_store_of_a_calm_run(tmp_path, request, where, grid, count, more):
    options = request.getfixturevalue(where)
    answer, left = killed_twice(tmp_path / "killed", grid, options, more)
    calm = swept(tmp_path / "calm", sweep.grid(**{**NOTHING, **grid}))
    assert 0 < left[0] < left[1] < count
    assert (answer["there"], answer["there"] + answer["computed"]) == (left[1], count)  # nothing that was stored is lost or done again
    assert (calm["computed"], calm["rows"], answer["rows"]) == (count, count, count)
    assert answer["digest"] == calm["digest"]
    assert lines(tmp_path / "killed") == lines(tmp_path / "calm")


def test_a_changed_row_changes_the_digest(tmp_path):
    cells = sweep.grid(**{**NOTHING, "order": "1,3"})
    answer = swept(tmp_path / "s", cells)
    with sweep.Cells(tmp_path / "s") as store:
        asked = next(iter(cells))
        row = store.get(answer["code"], asked)
        store.put(answer["code"], [(asked, row._replace(upper=row.upper + "1"))])
        assert store.digest() != answer["digest"]
        store.put(answer["code"], [(asked, row)])
        assert store.digest() == answer["digest"]


def test_an_exact_loss_lies_in_its_row():
    """One pole e^{−1/K}: the exact reference on a rational within 1e-30 of it."""
    row = cell.evaluate(Cell("captured", "hippo-legs", 1, 5, "0", 30, 1 << 20))
    assert Fraction(row.lower) <= Fraction(row.upper)
    near = reference.capture([Fraction("0.818730753077981858669935508619")], 5)  # e^{−1/5} to 30 digits
    assert abs(Fraction(row.lower) - near) < Fraction(1, 10**28)
