"""Write claims: a new claim file, an accepted certificate with its pinned statement, and a look at the installation."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

from theory.digests import Suite, strings, versions
from theory.errors import MALFORMED, MISSING, REJECTED, USAGE, Fault
from theory.kernel import code_of
from theory.proof import dump

SKELETON = '''"""{title}."""

from theory.claim import Claim

claim = Claim(
    title="{title}",
    says="Say in one sentence what holds, and for which values.",
    statement={{"where": [], "holds": ["forall", [["x", "real"]], [], ["<=", 0, ["^", "x", 2]]]}},
    source="own",
    strength="universal",
    limits="Say what the statement does not cover.",
)

# Until a certificate is built here, the claim is undecided:
#
# @claim.certify
# def certificate(proof, derived):
#     ...
#
# claim.must_refuse(...)
'''
_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
SECTIONS = ("statements", "certificates")


def new(suite: Suite, claim_id: str) -> Path:
    """Write the skeleton of a claim file; an existing file is never overwritten."""
    if not _ID.fullmatch(claim_id):
        raise Fault(USAGE, "usage", claim_id, "an id reads paper.name, in lower-case letters, digits and underscores")
    paper, name = claim_id.split(".")
    path = suite.claims / paper / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(SKELETON.format(title=name.replace("_", " ").capitalize()))
    except FileExistsError:
        raise Fault(USAGE, "usage", claim_id, "this claim exists, and an id is never used again", file=str(path)) from None
    return path


def accept(suite: Suite, ids: list[str], agree: Callable[[dict], bool]) -> list[dict]:
    """Accept the certificates the claim files build, used claims first, those nobody accepted yet among them.

    A certificate the kernel rejects is not written; what was accepted before it stays.
    """
    built, waiting = {}, list(ids)
    while waiting:
        claim_id = waiting.pop()
        if claim_id not in built:
            built[claim_id] = _build(suite, claim_id)
            waiting += [name for name in built[claim_id][1] if not suite.certificate(name).exists()]
    return [_accept(suite, claim_id, built[claim_id][0], agree) for claim_id in _users_last(built)]


def _build(suite: Suite, claim_id: str) -> tuple[dict, set[str]]:
    """The certificate of a claim file and the ids it names."""
    claim = suite.load(claim_id)
    if claim.certifier is None:
        raise Fault(MISSING, "missing", claim_id, "the claim file has no `certify` yet", file=str(suite.paths()[claim_id]))
    certificate = claim.certificate(claim.derived()[0])
    return certificate, set(suite.paths()) & set(strings(certificate)) - {claim_id}


def _users_last(built: dict[str, tuple[dict, set[str]]]) -> list[str]:
    from graphlib import CycleError, TopologicalSorter

    graph = {claim_id: sorted(uses & set(built)) for claim_id, (_, uses) in sorted(built.items())}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise Fault(
            REJECTED, "rejected", error.args[1][0], "claims use each other in a circle", circle=" → ".join(error.args[1])
        ) from None


def _accept(suite: Suite, claim_id: str, certificate: dict, agree: Callable[[dict], bool]) -> dict:
    _must_be_accepted(suite, claim_id, certificate)
    pins = read_ledger(suite.ledger)
    change = {"id": claim_id, "old": pins["statements"].get(claim_id), "new": certificate["digest"]}
    if change["old"] not in (None, change["new"]) and not agree(change):
        message = f"the statement has changed\npinned  {change['old']}\nnow     {change['new']}"
        raise Fault(USAGE, "refused", claim_id, message, to_pin_it=f"eigenproof accept {claim_id} --yes")
    path, data = suite.certificate(claim_id), dump(certificate)
    same = path.exists() and path.read_bytes() == data
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, data)
    pins["statements"][claim_id], pins["certificates"][claim_id] = change["new"], hashlib.sha256(data).hexdigest()
    write_ledger(suite.ledger, pins)
    return {**change, "certificate": "unchanged" if same else "written"}


def _must_be_accepted(suite: Suite, claim_id: str, certificate: dict) -> None:
    """Ask the kernel about a certificate that is not committed yet."""
    with tempfile.TemporaryDirectory(prefix="eigenproof-") as folder:
        path = Path(folder) / f"{claim_id}.json"
        path.write_bytes(dump(certificate))
        answer = suite.kernel().check([path], pinned=False)[0]
    if answer["outcome"] != "accepted":
        reason = {
            name: str(answer["reason"].get(name) or "") for name in ("step", "rule", "expected", "found", "instance", "field")
        }
        raise Fault(code_of(answer), answer["outcome"], claim_id, answer["reason"]["message"], **reason)


def read_ledger(path: Path) -> dict[str, dict[str, str]]:
    """The pins: {"statements": {id: digest}, "certificates": {id: sha256}}; an absent ledger pins nothing."""
    try:
        pins = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        pins = {}
    except ValueError as error:
        raise Fault(MALFORMED, "malformed", path.name, f"this is not TOML: {error}", file=str(path)) from error
    return {section: dict(pins.get(section, {})) for section in SECTIONS}


def write_ledger(path: Path, pins: dict[str, dict[str, str]]) -> None:
    """Write the ledger, one line for each pin in order of id; comments at its head stay."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    body = [line for line in lines if line.startswith("#")]
    for section in SECTIONS:
        body += ["", f"[{section}]", *(f'"{claim_id}" = "{digest}"' for claim_id, digest in sorted(pins[section].items()))]
    replace(path, ("\n".join(body).lstrip("\n") + "\n").encode())


def replace(path: Path, data: bytes) -> None:
    """Write a file so that a kill leaves the old or the new one, never half of one."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(data)
    beside.replace(path)


def doctor(suite: Suite, open_store: Callable) -> list[dict]:
    """What works here, what is broken, and which optional tools are missing."""
    findings = [_finding(name, text != "not installed", text) for name, text in versions().items()]
    findings.append(_kernel(suite))
    with open_store() as store:
        health = store.health()
    findings.append(_finding("store", health["quick_check"] == "ok", f"{health['rows']} rows, {health['bytes']} bytes"))
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return [*findings, _finding("chromium", browser is not None, browser or "page tests are skipped", optional=True)]


def _kernel(suite: Suite) -> dict:
    """Whether the kernel answers: a certificate that does not exist must come back as missing."""
    try:
        answer = suite.kernel().check([suite.certificates / "no.such_claim.json"])[0]
    except (Fault, OSError) as error:
        return _finding("kernel", False, str(error))
    return _finding("kernel", answer["outcome"] == "missing", f"answers; a certificate that is not there is {answer['outcome']}")


def _finding(what: str, ok: bool, detail: str, optional: bool = False) -> dict:
    return {"what": what, "ok": ok, "optional": optional, "detail": detail}
