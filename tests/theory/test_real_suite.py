"""The real suite: claim files are sound, committed certificates are what they build, and a kill loses nothing."""

import random
import signal
import subprocess
import sys
import time

import pytest

from theory import discovery
from theory.authoring import read_ledger
from theory.digests import Suite
from theory.store import Store

SUITE = Suite()


@pytest.mark.parametrize("claim_id", list(SUITE.paths()))
def test_a_claim_file_is_complete(claim_id):
    claim = SUITE.load(claim_id)
    assert claim.certifier is not None
    assert claim.mutations, "every claim names mutations of itself that must be refused"
    assert claim.limits, "every claim says what it does not cover"


def test_every_certificate_has_its_claim_and_its_pin():
    certificates = {path.stem for path in SUITE.certificates.glob("*.json")}
    assert certificates <= set(SUITE.paths())
    assert [certificates] * 2 == [set(pins) for pins in read_ledger(SUITE.ledger).values()]


def test_corrected_claims_name_what_they_correct():
    claims = discovery.every()
    wrong = [name for name, claim in claims.items() if claim.corrects and claim.corrects not in claims]
    twins = [name for name, claim in claims.items() if (claim.dossier or "").endswith(".corrected") and not claim.corrects]
    assert wrong + twins == []


def command(store) -> list[str]:
    return [sys.executable, "-m", "theory", "verify", "--profile", "quick", "--jobs", "2", "--store", str(store)]


def snapshot(path) -> str:
    with Store(path) as store:
        assert store.moved is None
        return store.snapshot()


@pytest.mark.slow
@pytest.mark.skipif(not SUITE.paths(), reason="there are no claims")
def test_ten_kills_of_the_real_suite(tmp_path):
    started = time.monotonic()
    subprocess.run(command(tmp_path / "calm"), capture_output=True, cwd=tmp_path, timeout=900)
    whole = time.monotonic() - started
    chance = random.Random(20260102)
    for _ in range(10):
        with (tmp_path / "output").open("ab") as output:
            process = subprocess.Popen(command(tmp_path / "killed"), stdout=output, stderr=output, cwd=tmp_path)
        time.sleep(chance.uniform(0, 0.5 * whole))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(command(tmp_path / "killed"), capture_output=True, cwd=tmp_path, timeout=900)
    assert snapshot(tmp_path / "killed") == snapshot(tmp_path / "calm") != ""
