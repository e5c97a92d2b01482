"""A small suite that needs neither the real claims nor the real kernel: the machinery is tested, not the mathematics."""

import sys
from pathlib import Path

import pytest

from theory.claim import digest
from theory.digests import Suite
from theory.proof import dump

FAKE_KERNEL = str(Path(__file__).with_name("fake_kernel.py"))
CLAIM = """
from theory.claim import Claim

claim = Claim(
    title="Squares",
    says="A square plus {number} is at least {number}.",
    statement={{"where": [], "holds": ["forall", [["x", "real"]], [], ["<=", {number}, ["+", {number}, ["^", "x", 2]]]]}},
    dossier="UP.X{number}",
    paper="UP",
    reference="Lemma {number}",
    source="text",
    limits="none",
)


@claim.derive
def steps(step):
    return step("square", "x^2", why="it is given")


@claim.oracle
def measured():
    return [{{"name": "at 3", "inputs": {{"x": 3}}, "measured": 9 + {number}, "bound": {number}, "inside": True, "detail": ""}}]


def sharper(statement):
    statement["holds"][3][1] = {number} + 1
    return statement


claim.must_refuse(constant_improved=sharper)
"""


def statement(number: int) -> dict:
    """The statement of fake claim `number`."""
    return {"where": [], "holds": ["forall", [["x", "real"]], [], ["<=", number, ["+", number, ["^", "x", 2]]]]}


def add_claim(suite: Suite, number: int, **certificate) -> str:
    """Add a claim and its committed certificate; returns the id."""
    claim_id = f"small.number_{number}"
    path = suite.claims / "small" / f"number_{number}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CLAIM.format(number=number))
    data = {"claim": claim_id, "kind": "proof", "digest": digest(statement(number)), "statement": statement(number), "steps": []}
    suite.certificates.mkdir(exist_ok=True)
    suite.certificate(claim_id).write_bytes(dump({**data, "true": digest(statement(number)), **certificate}))
    return claim_id


def fake_suite(folder: Path, claims: int, timeout: float = 60.0) -> Suite:
    """A suite of fake claims under a folder."""
    command = (sys.executable, "-I", FAKE_KERNEL)
    suite = Suite(folder / "claims", folder / "certificates", folder / "ledger.toml", command, timeout)
    suite.claims.mkdir()
    for number in range(claims):
        add_claim(suite, number)
    return suite


@pytest.fixture
def suite(tmp_path):
    """Three fake claims."""
    return fake_suite(tmp_path, 3)
