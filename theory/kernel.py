"""Ask the kernel: run it as a separate process, read its answer, and believe nothing that is not well formed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from theory.errors import INTERNAL, MALFORMED, MISSING, OK, REJECTED, UNDECIDED, Fault, worst

COMMAND = (sys.executable, "-I", "-m", "proofs_check")
VERDICTS = ("checked", "refuted", "undecided", "assumed")
OUTCOMES = ("accepted", "rejected", "undecided", "malformed", "missing", "internal")
OUTCOME_CODES = {"rejected": REJECTED, "undecided": UNDECIDED, "malformed": MALFORMED, "missing": MISSING, "internal": INTERNAL}
running: set[subprocess.Popen] = set()  # so that a worker whose parent has died can end what it started


def code_of(answer: dict) -> int:
    """Exit code of one answer: only an accepted certificate with the verdict `checked` is a success."""
    if answer["outcome"] == "accepted":
        return {"checked": OK, "refuted": REJECTED}.get(answer["verdict"], UNDECIDED)
    return OUTCOME_CODES[answer["outcome"]]


@dataclass(frozen=True)
class Kernel:
    """The kernel process: its command, its folder of certificates, its ledger, and the seconds one batch may take."""

    command: tuple[str, ...] = COMMAND
    directory: Path | None = None
    ledger: Path | None = None
    timeout: float = 900.0

    def check(self, certificates: Sequence[Path], *, pinned: bool = True) -> list[dict]:
        """Answers for a batch of certificate files, in order. `pinned=False` checks statements the ledger does not pin."""
        if not certificates:
            return []
        output = self._run(self._arguments(certificates, pinned))
        if output is None and len(certificates) > 1:  # one slow certificate must not cost the others their verdict
            return [answer for path in certificates for answer in self.check([path], pinned=pinned)]
        if output is None:
            return [self._timed_out(certificates[0])]
        return self._read(certificates, *output)

    def _arguments(self, certificates: Sequence[Path], pinned: bool) -> list[str]:
        where = ["--dir", str(self.directory)] if self.directory else []
        ledger = ["--ledger", str(self.ledger)] if self.ledger and pinned else []
        return [*self.command, "--json", *where, *(ledger if pinned else ["--ledger", "none"]), *map(str, certificates)]

    def _run(self, arguments: list[str]) -> tuple[int, str, str] | None:
        """Exit code and both outputs, or None when the time ran out."""
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        running.add(process)
        try:
            output, errors = process.communicate(timeout=self.timeout)
        except subprocess.TimeoutExpired:
            return None
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()
            running.discard(process)
        return process.returncode, output, errors

    def _read(self, certificates: Sequence[Path], code: int, output: str, errors: str) -> list[dict]:
        try:
            answers = json.loads(output)
        except ValueError:
            raise self._failure(certificates, f"the kernel gave no answer (exit {code})", errors) from None
        if not isinstance(answers, list) or len(answers) != len(certificates) or not all(map(_well_formed, answers)):
            raise self._failure(certificates, "the kernel's answer does not have the documented form", errors)
        if code != worst(map(code_of, answers)):
            raise self._failure(certificates, f"the kernel's exit code {code} contradicts its answer", errors)
        return answers

    def _failure(self, certificates: Sequence[Path], message: str, errors: str) -> Fault:
        last = errors.strip().splitlines()[-1:] or [""]
        again = " ".join(["python", *self.command[1:], str(certificates[0])])
        return Fault(INTERNAL, "internal", Path(certificates[0]).stem, message, kernel_said=last[0], again_with=again)

    def _timed_out(self, certificate: Path) -> dict:
        return blank(Path(certificate).stem, "undecided", f"the time budget of {self.timeout:g} s ran out", timed_out=True)


def blank(claim_id: str, outcome: str, message: str, **more) -> dict:
    """An answer for what the kernel never decided: always `undecided`, with the reason."""
    return {
        "id": claim_id,
        "verdict": "undecided",
        "outcome": outcome,
        "strength": None,
        "kind": None,
        "trusted_base": [],
        "axioms": [],
        "rules": [],
        "uses": [],
        "steps": 0,
        "digest": None,
        "sha256": None,
        "reason": {"message": message},
        **more,
    }


def _well_formed(answer: object) -> bool:
    """Every documented field is there, and an accepting verdict comes with an accepted outcome and a strength."""
    if not isinstance(answer, dict) or not set(blank("", "", "")) <= set(answer):
        return False
    if answer["verdict"] not in VERDICTS or answer["outcome"] not in OUTCOMES:
        return False
    decided = answer["verdict"] in ("checked", "refuted")
    return not decided or (answer["outcome"] == "accepted" and answer["strength"] in ("universal", "domain", "statistical"))
