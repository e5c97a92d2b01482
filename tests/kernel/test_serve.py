"""The kernel that answers line by line says what a fresh one says: it remembers only what is pinned, accepted and unchanged."""

import json
import shutil
import subprocess
import sys

import pytest
from checking import CERTIFICATES

BASE, USER = "algebra.sum_reversal", "algebra.odd_sum"  # the second uses the first


@pytest.fixture
def folder(tmp_path):
    """A copy of two certificates and of the ledger that pins them."""
    for name in (BASE, USER):
        shutil.copy(CERTIFICATES / f"{name}.json", tmp_path)
    shutil.copy(CERTIFICATES.parent / "ledger.toml", tmp_path)
    return tmp_path


@pytest.fixture
def ask(folder):
    """ask(*names, pinned=…): the outcomes that the one process answers."""
    command = [sys.executable, "-I", "-m", "proofs_check", "--serve", "--dir", folder, "--ledger", folder / "ledger.toml"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask(*names, pinned=True):
            print(json.dumps({"certificates": [str(name) for name in names], "pinned": pinned}), file=process.stdin, flush=True)
            return [row["outcome"] for row in json.loads(process.stdout.readline())["answers"]]

        yield ask


def broken(path, to):
    """The certificate with its last step taken away, which leaves its conclusion unproved; returns the file."""
    data = json.loads(path.read_bytes())
    data["steps"].pop()
    to.write_text(json.dumps(data))
    return to


def test_the_same_answers_as_a_fresh_process(ask, folder):
    assert ask(BASE, USER) == ask(USER, USER) == ask(BASE, USER, pinned=False) == ["accepted", "accepted"]
    assert ask("algebra.nobody") == ["missing"]


def test_a_certificate_changed_on_the_disk_is_not_remembered(ask, folder):
    assert ask(USER) == ["accepted"]
    broken(folder / f"{BASE}.json", folder / f"{BASE}.json")
    assert ask(USER) == ["rejected"]
    shutil.copy(CERTIFICATES / f"{BASE}.json", folder)
    assert ask(USER) == ["accepted"]
    (folder / f"{BASE}.json").unlink()
    assert ask(USER) == ["missing"]


def test_a_ledger_that_changed_is_read_again(ask, folder):
    assert ask(USER) == ["accepted"]
    ledger = folder / "ledger.toml"
    ledger.write_text("\n".join(line for line in ledger.read_text().splitlines() if BASE not in line))
    assert ask(USER) == ["missing"]
    assert ask(USER, pinned=False) == ["accepted"]


def test_what_nothing_pins_is_not_remembered(ask, folder):
    """Another statement under the name of a claim, accepted because nothing pins it: the claims that use the name must not see it."""
    true = json.loads((folder / f"{USER}.json").read_bytes())
    other = folder / "other.json"
    other.write_text(json.dumps({**true, "claim": BASE}))
    assert ask(other, pinned=False) == ["rejected"]  # it would use itself
    cauchy = json.loads((CERTIFICATES / "algebra.cauchy_schwarz.json").read_bytes())
    other.write_text(json.dumps({**cauchy, "claim": BASE}))
    assert ask(other, pinned=False) == ["accepted"]
    assert ask(USER) == ["accepted"]
    (folder / f"{BASE}.json").unlink()
    assert ask(other, USER, pinned=False) == ["accepted", "missing"]


def test_a_refused_certificate_stays_refused(ask, folder):
    bad = broken(folder / f"{BASE}.json", folder / "bad.json")
    assert ask(BASE, bad, bad, BASE) == ["accepted", "rejected", "rejected", "accepted"]
    assert ask(bad, pinned=False) == ["rejected"]
    assert ask(USER) == ["accepted"]


def test_names_and_serving_do_not_go_together(folder):
    for words in (["--serve", BASE], []):
        run = subprocess.run([sys.executable, "-I", "-m", "proofs_check", *words], capture_output=True, text=True)
        assert run.returncode == 64
        assert "USAGE" in run.stderr
