"""Ask the kernel: run it as a separate process, read its answer, and believe nothing that is not well formed."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from theory.errors import INTERNAL, MALFORMED, MISSING, OK, REJECTED, UNDECIDED, Fault, worst

COMMAND = (sys.executable, "-I", "-m", "proofs_check")
VERDICTS = ("checked", "refuted", "undecided", "assumed")
OUTCOMES = ("accepted", "rejected", "undecided", "malformed", "missing", "internal")
OUTCOME_CODES = {"rejected": REJECTED, "undecided": UNDECIDED, "malformed": MALFORMED, "missing": MISSING, "internal": INTERNAL}
running: set[subprocess.Popen] = set()  # so that a worker whose parent has died can end what it started
_own = threading.local()


def code_of(answer: dict) -> int:
    """Exit code of one answer: only an accepted certificate with the verdict `checked` is a success."""
    if answer["outcome"] == "accepted":
        return {"checked": OK, "refuted": REJECTED}.get(answer["verdict"], UNDECIDED)
    return OUTCOME_CODES[answer["outcome"]]


class Process:
    """A kernel process that answers line by line; it ends with its standard input, when time runs out, or with this process."""

    def __init__(self, command: tuple[str, ...]):
        self.command = command
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        self.popen = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said)
        running.add(self.popen)
        atexit.register(self.end)

    def ask(self, request: dict, timeout: float) -> tuple[str, str]:
        """The line answered, shorter when the process ended before it did, and what it wrote to standard error. Raises TimeoutError."""
        deadline, answered = time.monotonic() + timeout, b""
        with contextlib.suppress(BrokenPipeError):  # then it has ended, and reading finds that
            self.popen.stdin.write(json.dumps(request).encode() + b"\n")
            self.popen.stdin.flush()
        try:
            while not answered.endswith(b"\n"):
                if not select.select([self.popen.stdout], [], [], max(0, deadline - time.monotonic()))[0]:
                    raise TimeoutError
                if not (more := os.read(self.popen.stdout.fileno(), 1 << 16)):
                    self.popen.kill()
                    self.popen.wait()
                    break
                answered += more
        except BaseException:  # of a half-read answer nothing may be left for the next request
            self.end()
            raise
        self._said.seek(0)
        return answered.decode(errors="replace"), self._said.read().decode(errors="replace")

    def end(self) -> None:
        """Kill it if it still runs."""
        atexit.unregister(self.end)
        running.discard(self.popen)
        if self.popen.poll() is None:
            self.popen.kill()
        self.popen.wait()
        for stream in (self.popen.stdin, self.popen.stdout, self._said):
            with contextlib.suppress(BrokenPipeError):
                stream.close()


@dataclass(frozen=True)
class Kernel:
    """The kernel process: its command, its folder of certificates, its ledger, and the seconds one batch may take. Each thread keeps one
    process, which remembers what it accepted: certificates that many others use are checked once."""

    command: tuple[str, ...] = COMMAND
    directory: Path | None = None
    ledger: Path | None = None
    timeout: float = 900.0

    def check(self, certificates: Sequence[Path], *, pinned: bool = True) -> list[dict]:
        """Answers for a batch of certificate files, in order. `pinned=False` checks statements the ledger does not pin."""
        if not certificates:
            return []
        try:
            output, errors = self._process().ask({"certificates": list(map(str, certificates)), "pinned": pinned}, self.timeout)
        except TimeoutError:
            if len(certificates) > 1:  # one slow certificate must not cost the others their verdict
                return [answer for path in certificates for answer in self.check([path], pinned=pinned)]
            return [self._timed_out(certificates[0])]
        return self._read(certificates, output, errors)

    def _process(self) -> Process:
        """This thread's kernel process, begun anew when it has ended or is another kernel's."""
        where = ["--dir", str(self.directory)] if self.directory else []
        ledger = ["--ledger", str(self.ledger)] if self.ledger else []
        command = (*self.command, "--serve", *where, *ledger)
        mine = getattr(_own, "process", None)
        if mine is None or mine.command != command or mine.popen.poll() is not None:
            if mine is not None:
                mine.end()
            _own.process = mine = Process(command)
        return mine

    def _read(self, certificates: Sequence[Path], output: str, errors: str) -> list[dict]:
        try:
            reply = json.loads(output)
        except ValueError:
            raise self._failure(certificates, "the kernel gave no answer", errors) from None
        answers = reply.get("answers") if isinstance(reply, dict) else None
        if not isinstance(answers, list) or len(answers) != len(certificates) or not all(map(_well_formed, answers)):
            raise self._failure(certificates, "the kernel's answer does not have the documented form", errors)
        if reply.get("code") != worst(map(code_of, answers)):
            raise self._failure(certificates, f"the kernel's exit code {reply.get('code')} contradicts its answer", errors)
        return answers

    def _failure(self, certificates: Sequence[Path], message: str, errors: str) -> Fault:
        _own.process.end()  # a process that failed once is not asked again
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
