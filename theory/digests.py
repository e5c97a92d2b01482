"""The key of a verdict: the digest of everything it depends on, so that nothing is verified twice and nothing goes stale."""

from __future__ import annotations

import hashlib
import json
import platform
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from theory import discovery
from theory.claim import Claim, canonical
from theory.kernel import COMMAND, Kernel

ROOT = Path(__file__).resolve().parent.parent
PROFILES = ("quick", "full", "scale")
LIBRARIES = {
    "quick": ("python-flint", "sympy", "mpmath"),
    "full": ("python-flint", "sympy", "mpmath", "numpy", "scipy", "numba"),
    "scale": ("python-flint", "sympy", "mpmath", "numpy", "scipy", "numba"),
}
# Of the package `theory`, what cannot change a row; everything else there is part of the key.
OUTSIDE_THE_KEY = (
    "claims",
    "report",
    "__main__.py",
    "authoring.py",
    "cli.py",
    "grammar.py",
    "runner.py",
    "screen.py",
    "store.py",
    "sweep.py",
)


@dataclass(frozen=True)
class Suite:
    """Where claims, certificates and ledger are, and how the kernel is run."""

    claims: Path = discovery.CLAIMS
    certificates: Path = ROOT / "proofs_check" / "certificates"
    ledger: Path = ROOT / "proofs_check" / "ledger.toml"
    command: tuple[str, ...] = COMMAND
    timeout: float = 900.0

    def kernel(self) -> Kernel:
        """The kernel process for this suite."""
        return Kernel(self.command, self.certificates, self.ledger, self.timeout)

    def certificate(self, claim_id: str) -> Path:
        """The file of a claim's committed certificate."""
        return self.certificates / f"{claim_id}.json"

    def paths(self) -> dict[str, Path]:
        """Claim ids and files."""
        return discovery.paths(self.claims)

    def load(self, claim_id: str) -> Claim:
        """One claim by id."""
        known = self.paths()
        if claim_id not in known:
            raise discovery.unknown(claim_id, list(known))
        return discovery.load(claim_id, known[claim_id], self.claims)


class Keys:
    """Keys of verdicts for one state of the files."""

    def __init__(self, suite: Suite):
        self._suite = suite
        self._known = set(suite.paths())
        self._pins = _pins(suite.ledger)
        self._shared = {profile: self._code(profile) for profile in PROFILES}

    def key(self, claim: Claim, profile: str) -> str:
        """Digest of statement, certificates (through dependencies), claim file, code and versions."""
        needed = self.needed(claim.id)
        parts = {
            "profile": profile,
            "statement": claim.digest,
            "file": _file(self._suite.paths()[claim.id]),
            "certificates": {name: _file(self._suite.certificate(name)) for name in needed},
            "pins": {name: [self._pins.get(section, {}).get(name) for section in ("statements", "certificates")] for name in needed},
            "shared": self._shared[profile],
        }
        return hashlib.sha256(canonical(parts)).hexdigest()

    def needed(self, claim_id: str) -> list[str]:
        """The claim itself and every claim its certificate names, through dependencies: more than it uses, never fewer."""
        seen, waiting = set(), [claim_id]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += named(self._suite.certificate(name), self._known)
        return sorted(seen)

    def _code(self, profile: str) -> dict:
        kernel = [*list(_sources(ROOT / "proofs_check")), ROOT / "proofs_check" / "axioms.toml"]
        helpers = list(self._suite.claims.rglob("_*.py"))
        theory = ROOT / "theory"
        builders = [path for path in _sources(theory) if path.relative_to(theory).parts[0] not in OUTSIDE_THE_KEY]
        numeric = [] if profile == "quick" else numeric_sources()
        files = {str(path): _file(path) for path in [*kernel, *helpers, *builders, *numeric]}
        return {"files": sorted(filter(None, files.values())), "command": self._suite.command[1:], "versions": versions(profile)}


def numeric_sources() -> list[Path]:
    """The files of `numeric` that can change a number; the benchmarks cannot."""
    return [path for path in _sources(ROOT / "numeric") if path.parent.name != "bench"]


@cache
def numeric_code() -> str:
    """Sixteen hexadecimal digits for the code of `numeric` and the versions it runs on: what a number of a sweep depends on."""
    parts = {"files": [_file(path) for path in numeric_sources()], "versions": versions("full")}
    return hashlib.sha256(canonical(parts)).hexdigest()[:16]


def named(certificate: Path, known: set[str]) -> list[str]:
    """The known claim ids that occur as strings in a certificate; none when it cannot be read."""
    try:
        data = json.loads(certificate.read_bytes())
    except (OSError, ValueError):
        return []
    return sorted(known & set(strings(data)))


def _pins(ledger: Path) -> dict[str, str]:
    """The pinned digests; none when there is no ledger or it cannot be read, which the kernel then says."""
    try:
        return tomllib.loads(ledger.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def strings(data) -> Iterator[str]:
    """Every string value inside JSON data."""
    waiting = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            waiting += item.values()


@cache
def versions(profile: str = "scale") -> dict[str, str]:
    """Versions of Python and of the libraries a profile relies on."""
    return {"python": platform.python_version(), **{name: _version(name) for name in LIBRARIES[profile]}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _sources(folder: Path) -> Iterator[Path]:
    return iter(sorted(path for path in folder.rglob("*.py") if "build" not in path.relative_to(folder).parts))


def _file(path: Path) -> str | None:
    """The sha256 of a file's bytes; None when there is no such file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
