"""The benchmarks measure what they say: routines agree, ratios are per unit of work, ceilings and regressions are seen."""

import json
import math

import numpy as np
import pytest

from numeric import bench, recurrence
from numeric.bench import Regime, Target, simulate
from theory import cli, roofline


@pytest.fixture(autouse=True)
def _short_turns(monkeypatch):
    monkeypatch.setattr(bench, "TURN", 0.002)


@pytest.fixture
def filtered():
    """Poles, weights, input (3, 400) and the output 2 Re Σ w x of the plain recurrence."""
    a, w = simulate._filter(5)
    u = np.random.default_rng(2).standard_normal((3, 400))
    return a, w, u, 2 * recurrence.run(a, w, u).real


def close(y, expected):
    """Both in doubles; Σ|w| Σ_k |a|^k |u| is below 400."""
    return np.abs(np.asarray(y) - expected).max() < 1e-11


@pytest.mark.parametrize("routine", [
    lambda a, w, u: simulate._lfilter_per_mode(a, w, u, len(a)), lambda a, w, u: simulate._sosfilt_bank(a, w, u, len(a)),
    lambda a, w, u: simulate._oaconvolve(simulate._kernel(a, w, u.shape[1]), u), simulate._numpy_loop])
def test_what_is_timed_gives_one_output(filtered, routine):
    a, w, u, expected = filtered
    assert close(routine(a, w, u), expected)
    assert not close(routine(a, w * 1.001, u), expected)


def test_jax_gives_it_too(filtered):
    pytest.importorskip("jax")
    a, w, u, expected = filtered
    forms = simulate._jax_forms(a, w, u)
    assert len(forms) == 2 and all(close(form(), expected) for form in forms.values())


def test_torch_gives_it_too(filtered):
    pytest.importorskip("torch")
    a, w, u, expected = filtered
    assert close(simulate._torch_loop(a, w, u)(), expected)


def spin(count):
    """A routine whose time is about proportional to `count`."""
    return lambda: sum(range(count))


def test_ratios_are_for_a_unit_of_work():
    """`part` does a tenth of the work in a tenth of the time: the ratio of units is about 1, and far from 1/10."""
    regime = Regime("t", {"all": spin(400_000), "part": spin(40_000)}, work={"all": 10.0, "part": 1.0}, unit="step",
                    targets=(Target("all", "part"), Target("all", most=1e12), Target("part", most=0.0), Target("all", "absent", 2)))
    result = bench.measure("t", regime, "cpu")
    info, met, missed, absent = result["targets"]
    assert 0.4 < info["measured"] < 2.5 and info["met"] is None
    assert (met["met"], missed["met"], absent["met"], absent["measured"]) == (True, False, None, None)
    assert result["seconds"]["all"]["each_ns"] == pytest.approx(result["seconds"]["all"]["median"] * 1e8)
    assert result["seconds"]["all"]["runs"] == 5


def test_the_fastest_of_several_counts_and_threads_need_the_wall_clock():
    regime = Regime("t", {"a": spin(100_000), "b": spin(200_000), "c": spin(1000)},
                    targets=(Target("c", ("a", "b"), 2), Target("a", "b", 1, shared=True)))
    several, shared = bench.measure("t", regime, "cpu")["targets"]
    assert several["what"] == "a or b / c ≥ 2" and 20 < several["measured"] < 500
    assert shared["met"] is None and bench.measure("t", regime, "wall")["targets"][1]["met"] is not None


def test_bytes_a_second_are_told_for_those_that_are_bound_by_them():
    regime = Regime("t", {"a": spin(100_000), "b": spin(1000)}, work={"a": 10.0, "b": 10.0}, unit="step", bytes=24.0, moves=("a",))
    result = bench.measure("t", regime)
    (row,) = result["targets"]
    assert (row["what"], row["unit"], row["met"]) == ("a: input and output", "GB/s", None)
    assert row["measured"] == pytest.approx(24.0 / result["seconds"]["a"]["each_ns"])
    assert bench.ratios([result]) == {}


def test_one_regime_has_evenly_spaced_poles():
    """One FFT makes their response, and not that of the poles of which one was moved."""
    regime = simulate.s1024_even(True)
    assert list(regime.routines) == ["evenly spaced", "one moved"] and "from one FFT" in regime.note
    assert "from one FFT" not in str(regime.routines["one moved"](explain=True).plan)


def result_with(ratio, clock="wall"):
    """A result with one ratio."""
    rows = [{"what": "slow / fast ≥ 2", "unit": "×", "measured": ratio}, {"what": "x", "unit": "s", "measured": 1}]
    return {"regime": "t.one", "clock": clock, "targets": rows}


def test_a_ratio_worse_by_more_than_a_quarter_is_a_regression():
    old = [result_with(8.0)]
    assert bench.regressions(old, [result_with(6.1)]) == []
    (row,) = bench.regressions(old, [result_with(5.9)])
    assert (row["stored"], row["measured"]) == (8.0, 5.9) and "slow / fast" in row["what"]
    assert bench.regressions(old, [result_with(1.0, "cpu")]) == []  # another clock is no comparison
    assert bench.regressions(old, [result_with(None)]) == []


def test_the_ceilings_are_in_order():
    """Wider registers are not much slower, and every rate is one that a machine can have."""
    result = bench.measure("machine.ceilings", bench.regimes()["machine.ceilings"](True), "cpu")
    rates = {name: row["rate"]["value"] for name, row in result["seconds"].items()}
    assert all(0.01 < rate < 10_000 for rate in rates.values())
    assert result["seconds"]["triad"]["rate"]["unit"] == "GB/s"
    top = roofline.ceilings([result])
    assert top["FMA"] == max(rates["FMA, 256 bits"], rates["FMA, 512 bits"]) and top["triad"] == rates["triad"]


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """`eigenproof bench` in an empty folder, with two small regimes that have a place on the roofline."""
    monkeypatch.chdir(tmp_path)
    units = {"simulate": 1.0, "sosfilt bank": 1.0}
    made = {
        "machine.ceilings": lambda quick: Regime("c", {"dgemm": spin(10), "FMA, 512 bits": spin(10), "triad": spin(10)},
                                                 work=dict.fromkeys(("dgemm", "FMA, 512 bits", "triad"), 1e5),
                                                 rates={"dgemm": "GFLOP/s", "FMA, 512 bits": "GFLOP/s", "triad": "GB/s"}),
        "simulate.one": lambda quick: Regime("simulate, S = 4, T = 9, B = 2, float64, memory 9", {"simulate": spin(100),
                                             "sosfilt bank": spin(10_000)}, work=units, unit="mode", flops=11, bytes=4,
                                             targets=(Target("simulate", "sosfilt bank", 2),)),
    }
    monkeypatch.setattr(bench, "regimes", lambda: made)

    def command(*arguments):
        code = cli.main(["bench", *arguments])
        return code, *capsys.readouterr()

    return command


def test_a_run_is_stored_compared_and_drawn(run, tmp_path):
    code, out, _ = run("--clock", "cpu")
    assert code == 0 and "targets    1 of 1 met" in out and "roofline   build/roofline.svg" in out and "compared" not in out
    assert (tmp_path / "build" / "roofline.svg").read_text().rstrip().endswith("</svg>")
    history = tmp_path / "build" / "bench.json"
    stored = json.loads(history.read_text())
    stored["regimes"][1]["targets"][0]["measured"] = 1e9
    history.write_text(json.dumps(stored))
    code, out, _ = run("simulate", "--clock", "cpu")
    assert code == 0 and "REGRESSED  simulate.one (cpu clock): sosfilt bank / simulate ≥ 2" in out
    assert [row["regime"] for row in json.loads(history.read_text())["regimes"]] == ["machine.ceilings", "simulate.one"]  # both are kept
    code, out, _ = run("simulate", "--clock", "cpu")
    assert "compared   no ratio is worse" in out


def test_a_quick_run_leaves_no_trace(run, tmp_path):
    code, out, _ = run("--quick", "--out", "b.json", "--roofline", "r.svg")
    assert code == 0 and "a quick run says nothing about them" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.json", "r.svg"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"regimes": [1]}', '{"regimes": [{"regime": "x"}]}'])
def test_an_unreadable_history_is_told(run, tmp_path, text):
    (tmp_path / "h.json").write_text(text)
    code, out, _ = run("simulate", "--history", "h.json")
    assert code == 0 and "no comparison: h.json cannot be read" in out
    assert run("simulate", "--history", "h.json")[1].count("no comparison") == 0  # replaced by this run


@pytest.mark.parametrize("arguments", [("--clock", "sun"), ("nothing",), ("machine", "--roofline", "r.svg"),
                                       ("--roofline", "absent/r.svg"), ("--out", "absent/b.json")])
def test_bad_options_are_refused_in_words(run, arguments):
    code, _, err = run(*arguments)
    assert code == 64 and err.split()[0] in {"REFUSED", "UNWRITABLE"}


def test_the_roofline_is_the_same_on_every_run():
    rates = {"dgemm": 60.0, "FMA, 512 bits": 120.0, "triad": 30.0}
    top = {"regime": "machine.ceilings", "seconds": {name: {"rate": {"value": rate}} for name, rate in rates.items()}}
    rows = [{"regime": f"simulate.{S}", "title": f"simulate, S = {S}, T = 9, B = {B}, float64, memory 9", "flops": 11, "bytes": 16 / S,
             "seconds": {"simulate": {"each_ns": 0.2}, "sosfilt bank": {"each_ns": 5.0}}} for S, B in ((1, 1), (1, 64), (64, 1))]
    assert not roofline.can_draw(rows) and not roofline.can_draw([top]) and roofline.can_draw([top, *rows])
    assert roofline.svg([top, *rows]) == roofline.svg([top, *rows])
    assert roofline._beside([1.0, 1.0, 100.0]) == [1.0, 1.8, 100.0]
    assert math.isclose(roofline.points([top, *rows])[-1][0], 44)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(bench.regimes()))
def test_every_regime_runs_quickly(name):
    result = bench.measure(name, bench.regimes()[name](True))
    assert all(row["median"] > 0 and row["runs"] >= 5 for row in result["seconds"].values())
