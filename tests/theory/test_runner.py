"""The runner: verdicts are the kernel's, failures never improve one, nothing is verified twice, a kill loses nothing stored."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import add_claim, fake_suite

from theory import runner
from theory.digests import Keys
from theory.errors import Fault
from theory.store import Store

HERE = Path(__file__).parent


def run(suite, path, profile="full", ids=None):
    """Verify on threads; returns the rows and the ids that had to be worked on."""
    worked = []
    with Store(path) as store, ThreadPoolExecutor(2) as executor:
        ids = ids or list(suite.paths())
        rows = runner.verify(store, suite, ids, profile, executor, lambda claim_id, done, total: worked.append(claim_id))
    return rows, sorted(worked)


def test_a_row_says_everything(suite, tmp_path):
    rows, worked = run(suite, tmp_path / "s")
    assert worked == [f"small.number_{number}" for number in range(3)]
    row = rows[1]
    assert (row["id"], row["dossier"], row["paper"]) == ("small.number_1", "UP.X1", "UP")
    assert (row["verdict"], row["strength"], row["trusted_base"]) == ("checked", "universal", ["fake"])
    assert [(item["name"], item["outcome"], item["refused"]) for item in row["mutations"]] == [
        ("constant_improved", "rejected", True)
    ]
    assert row["oracle"][0]["measured"] == 10
    assert row["derivation"] == [{"name": "square", "why": "it is given", "text": "x^2", "latex": None}]
    assert row["failures"] == []
    assert runner.exit_code(rows) == 0


def test_nothing_is_verified_twice(suite, tmp_path):
    first, _ = run(suite, tmp_path / "s")
    second, worked = run(suite, tmp_path / "s")
    assert (second, worked) == (first, [])


def test_a_more_thorough_row_answers_for_a_quick_one_but_not_the_other_way(suite, tmp_path):
    run(suite, tmp_path / "s", "full")
    assert run(suite, tmp_path / "s", "quick")[1] == []
    assert len(run(suite, tmp_path / "s", "scale")[1]) == 3


@pytest.mark.parametrize("what", ["claim", "certificate", "ledger", "helper"])
def test_what_a_verdict_depends_on_makes_it_new(suite, tmp_path, what):
    run(suite, tmp_path / "s")
    if what == "claim":
        path = suite.paths()["small.number_1"]
        path.write_text(path.read_text() + "\n# changed\n")
    elif what == "certificate":
        add_claim(suite, 1, note="changed")
    elif what == "ledger":
        suite.ledger.write_text('[statements]\n"small.number_1" = "changed"')
    else:
        (suite.claims / "small" / "_shared.py").write_text("")
    assert len(run(suite, tmp_path / "s")[1]) == (3 if what == "helper" else 1)


def test_a_changed_certificate_reaches_the_claims_that_use_it(suite, tmp_path):
    add_claim(suite, 2, steps=[{"uses": "small.number_1"}])
    run(suite, tmp_path / "s")
    add_claim(suite, 1, note="changed")
    assert sorted(run(suite, tmp_path / "s")[1]) == ["small.number_1", "small.number_2"]


def test_the_largest_certificate_goes_first(suite):
    add_claim(suite, 2, note="x" * 1000)
    assert runner.ordered(suite, ["small.number_1", "small.number_2"]) == ["small.number_2", "small.number_1"]
    assert runner.ordered(suite, ["small.number_1", "small.absent"]) == ["small.number_1", "small.absent"]


def test_a_circle_of_certificates_does_not_stop_the_runner(suite):
    add_claim(suite, 1, note="small.number_2")
    add_claim(suite, 2, note="small.number_1")
    assert Keys(suite).needed("small.number_1") == ["small.number_1", "small.number_2"]


def test_a_mutation_the_kernel_accepts_is_a_failure_beside_the_verdict(suite, tmp_path):
    kernel = tmp_path / "yes.py"
    kernel.write_text(Path(suite.command[-1]).read_text().replace('if base["digest"] != data["true"]', "if False"))
    suite = type(suite)(suite.claims, suite.certificates, suite.ledger, (*suite.command[:-1], str(kernel)))
    rows, _ = run(suite, tmp_path / "s", ids=["small.number_1"])
    assert rows[0]["verdict"] == "checked"
    assert any("the kernel must refuse this mutation" in failure["message"] for failure in rows[0]["failures"])
    assert runner.exit_code(rows) == 1


def test_a_measurement_outside_is_a_failure_beside_the_verdict(suite, tmp_path):
    path = suite.paths()["small.number_1"]
    path.write_text(path.read_text().replace('"inside": True', '"inside": False'))
    rows, _ = run(suite, tmp_path / "s", ids=["small.number_1"])
    assert rows[0]["verdict"] == "checked"
    assert [failure["kind"] for failure in rows[0]["failures"]] == ["oracle"]
    assert runner.exit_code(rows) == 1


def test_a_strength_declared_too_high_is_a_failure(suite, tmp_path):
    add_claim(suite, 1, strength="domain")
    rows, _ = run(suite, tmp_path / "s", ids=["small.number_1"])
    assert rows[0]["strength"] == "domain"
    assert rows[0]["failures"] == [
        {"kind": "strength", "message": "the claim file declares universal, the kernel reached domain"}
    ]


def test_an_oracle_that_raises_is_a_failure_of_its_claim_alone(suite, tmp_path):
    path = suite.paths()["small.number_1"]
    path.write_text(path.read_text().replace("return [{", "return 1 // 0 or [{"))
    rows, _ = run(suite, tmp_path / "s")
    assert [bool(row["failures"]) for row in rows] == [False, True, False]
    assert rows[1]["failures"][0]["message"].startswith("ZeroDivisionError")


def test_a_certificate_for_another_statement_is_rejected(suite, tmp_path):
    suite.certificate("small.number_1").write_bytes(suite.certificate("small.number_2").read_bytes())
    rows, _ = run(suite, tmp_path / "s", ids=["small.number_1"])
    assert (rows[0]["verdict"], rows[0]["outcome"]) == ("undecided", "rejected")
    assert "another statement" in rows[0]["reason"]["message"]
    assert runner.exit_code(rows) == 1


@pytest.mark.parametrize(("damage", "outcome", "code"), [("truncate", "malformed", 3), ("remove", "undecided", 2)])
def test_a_certificate_that_cannot_be_read(suite, tmp_path, damage, outcome, code):
    path = suite.certificate("small.number_1")
    path.write_bytes(path.read_bytes()[:50]) if damage == "truncate" else path.unlink()
    rows, _ = run(suite, tmp_path / "s", ids=["small.number_1"])
    assert (rows[0]["verdict"], rows[0]["outcome"], runner.exit_code(rows)) == ("undecided", outcome, code)


@pytest.mark.parametrize("how", ["crash", "lie"])
def test_a_broken_kernel_is_internal_and_not_stored(suite, tmp_path, how):
    add_claim(suite, 1, do=how)
    rows, _ = run(suite, tmp_path / "s")
    assert [row["verdict"] for row in rows] == ["checked", "undecided", "checked"]
    assert runner.exit_code(rows) == 70
    assert run(suite, tmp_path / "s")[1] == ["small.number_1"]


def test_a_timeout_is_undecided_and_not_stored(tmp_path):
    suite = fake_suite(tmp_path, 2, timeout=1.0)
    add_claim(suite, 1, do="sleep")
    rows, _ = run(suite, tmp_path / "s")
    assert [row["verdict"] for row in rows] == ["checked", "undecided"]
    assert runner.exit_code(rows) == 2
    assert run(suite, tmp_path / "s")[1] == ["small.number_1"]


def test_a_new_file_is_a_new_claim(suite, tmp_path):
    add_claim(suite, 5)
    with Store(tmp_path / "s") as store:
        assert [row["id"] for row in runner.rows(store, suite)][-1] == "small.number_5"


def test_a_claim_never_verified_is_undecided_without_strength(suite, tmp_path):
    with Store(tmp_path / "s") as store:
        row = runner.rows(store, suite)[0]
    assert (row["verdict"], row["strength"], row["trusted_base"], row["dossier"]) == ("undecided", None, [], "UP.X0")


def test_forgetting_makes_it_new(suite, tmp_path):
    run(suite, tmp_path / "s")
    with Store(tmp_path / "s") as store:
        runner.forget(store, suite, ["small.number_2"])
    assert run(suite, tmp_path / "s")[1] == ["small.number_2"]


def test_a_file_that_does_not_run_is_named_with_its_line(suite, tmp_path):
    suite.paths()["small.number_1"].write_text("\n\nraise RuntimeError('no')\n")
    with pytest.raises(Fault, match="RuntimeError: no") as caught:
        run(suite, tmp_path / "s")
    assert caught.value.details["file"].endswith("number_1.py, line 3")


def driver(folder: Path, path: Path, pool: str) -> list[str]:
    """The command line of a process that verifies the fake suite under `folder`."""
    code = (HERE / "driver.py").read_text()
    return [sys.executable, "-c", code, str(HERE), str(folder), str(path), pool]


def snapshot(path: Path) -> str:
    with Store(path) as store:
        assert store.moved is None
        return store.snapshot()


def test_ten_kills_and_a_resume_give_the_store_of_an_undisturbed_run(tmp_path):
    fake_suite(tmp_path, 16)
    subprocess.run(driver(tmp_path, tmp_path / "calm", "threads"), check=True, timeout=120)
    chance, counts = random.Random(20260101), []
    for _ in range(10):
        process = subprocess.Popen(driver(tmp_path, tmp_path / "killed", "threads"), stdout=subprocess.PIPE, text=True)
        process.stdout.readline()  # it has begun
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        counts.append(snapshot(tmp_path / "killed").count("\n"))
    subprocess.run(driver(tmp_path, tmp_path / "killed", "threads"), check=True, timeout=120)
    assert counts == sorted(counts)
    assert snapshot(tmp_path / "killed") == snapshot(tmp_path / "calm")
    assert snapshot(tmp_path / "calm").count("\n") == 15


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
def test_workers_end_with_a_killed_parent(tmp_path):
    suite = fake_suite(tmp_path, 2)
    for number in range(2):
        add_claim(suite, number, do="sleep")
    process = subprocess.Popen(driver(tmp_path, tmp_path / "s", "processes"), stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    below = wait_for(lambda: len(descendants(process.pid)) >= 4 and descendants(process.pid))
    process.kill()
    process.communicate()
    wait_for(lambda: not any(alive(pid) for pid in below))


def test_an_interrupt_ends_at_once_and_keeps_what_was_finished(tmp_path):
    suite = fake_suite(tmp_path, 4)
    add_claim(suite, 3, do="sleep")
    arguments = driver(tmp_path, tmp_path / "s", "command")
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not process.stderr.readline().startswith("[3/4]"):
        pass
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=15)
    assert (process.returncode, errors) == (130, "STOPPED    \n  what was finished is stored; the same command goes on\n")
    assert snapshot(tmp_path / "s").count("\n") == 2


def wait_for(condition, seconds=30.0):
    """Poll until the condition holds; its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def descendants(pid: int) -> list[int]:
    found = []
    for child in children(pid):
        found += [child, *descendants(child)]
    return found


def children(pid: int) -> list[int]:
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        return [int(child) for task in tasks for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()]
    except OSError:
        return []


def alive(pid: int) -> bool:
    """Whether a process runs; one that has died and that nobody has collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
