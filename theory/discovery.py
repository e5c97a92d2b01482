"""Find claims by walking the folder of claim files. Adding a claim edits no list."""

from __future__ import annotations

import difflib
import fnmatch
import importlib.util
import sys
from pathlib import Path

from theory.claim import Claim
from theory.errors import INTERNAL, MALFORMED, MISSING, Fault

CLAIMS = Path(__file__).resolve().parent / "claims"


def paths(folder: Path = CLAIMS) -> dict[str, Path]:
    """Claim ids and their files, in order of id. Names that start with an underscore are helpers, not claims."""
    found = {}
    for path in sorted(folder.glob("*/*.py")):
        if not any(part.startswith("_") for part in path.relative_to(folder).parts):
            found[f"{path.parent.name}.{path.stem}"] = path
    return dict(sorted(found.items()))


def load(claim_id: str, path: Path, folder: Path = CLAIMS) -> Claim:
    """The claim of one file, with its id set; a file that does not run is a fault that names the line."""
    name = f"theory.claims.{claim_id}" if folder == CLAIMS else f"_claims_of_{abs(hash(folder))}.{claim_id}"
    module = sys.modules.get(name) or _run_file(claim_id, name, path)
    claim = getattr(module, "claim", None)
    if not isinstance(claim, Claim):
        raise Fault(MALFORMED, "malformed", claim_id, "the file defines no `claim = Claim(...)`", file=path)
    claim.id = claim_id
    return claim


def _run_file(claim_id: str, name: str, path: Path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise Fault(
            INTERNAL, "broken", claim_id, f"{type(error).__name__}: {error}", file=f"{path}, line {_line(error, path)}"
        ) from error
    return module


def _line(error: Exception, path: Path) -> int:
    """The line of `path` an error came through; 0 when it did not pass there."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line or getattr(error, "lineno", 0) or 0


def every(folder: Path = CLAIMS) -> dict[str, Claim]:
    """All claims by id."""
    return {claim_id: load(claim_id, path, folder) for claim_id, path in paths(folder).items()}


def select(patterns: list[str], known: list[str]) -> list[str]:
    """The ids that ids and globs ask for, in order of id; all when there is no pattern; an unknown one is a fault."""
    if not patterns:
        return list(known)
    chosen: set[str] = set()
    for pattern in patterns:
        matches = fnmatch.filter(known, pattern)
        if not matches:
            raise unknown(pattern, known)
        chosen.update(matches)
    return [claim_id for claim_id in known if claim_id in chosen]


def unknown(claim_id: str, known: list[str]) -> Fault:
    """The fault for an id nobody has: with the closest ones."""
    close = difflib.get_close_matches(claim_id, known, n=3, cutoff=0.5)
    what = "no claim matches this pattern" if any(sign in claim_id for sign in "*?[") else "there is no claim with this id"
    return Fault(MISSING, "missing", claim_id, what, closest=", ".join(close), all_ids="eigenproof list")
