"""Examine one claim: build its certificate again, ask the kernel, attack it, measure it. Returns one row of the store."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from theory.claim import STRENGTHS, Claim, digest
from theory.digests import Suite
from theory.errors import Fault
from theory.kernel import blank
from theory.proof import dump

ANSWER_FIELDS = (
    "verdict",
    "outcome",
    "strength",
    "kind",
    "trusted_base",
    "axioms",
    "rules",
    "uses",
    "steps",
    "digest",
    "sha256",
    "reason",
)
CLAIM_FIELDS = ("id", "title", "says", "dossier", "paper", "reference", "source", "limits", "corrects")


def examine(suite: Suite, claim_id: str, profile: str) -> dict:
    """Everything the suite can say about one claim. The verdict is the kernel's; `failures` can only add doubt to it."""
    claim = suite.load(claim_id)
    failures: list[dict] = []
    found, steps = _guarded(failures, "derivation", claim.derived, (None, []))
    fresh = _guarded(failures, "certificate", lambda: _build(claim, found), None)
    answer = committed(suite, claim, fresh, failures)
    row = {**describe(claim), "profile": profile, **{name: answer.get(name) for name in ANSWER_FIELDS}}
    row["reason"] = _portable(row["reason"], suite)
    _compare_strength(claim, answer, failures)
    row["mutations"] = _guarded(failures, "mutation", lambda: attack(suite, claim, found, answer, failures), [])
    row["oracle"] = [] if profile == "quick" else _guarded(failures, "oracle", lambda: _measure(claim, profile, failures), [])
    row["derivation"] = [] if profile == "quick" else [_step(step) for step in steps]
    row["timed_out"] = bool(answer.get("timed_out")) or any(item["timed_out"] for item in row["mutations"])
    return {**row, "failures": failures}


def describe(claim: Claim) -> dict:
    """The claim's own fields, as rows and lists show them."""
    return {
        **{name: getattr(claim, name) for name in CLAIM_FIELDS},
        "declared": claim.strength,
        "hypotheses": dict(claim.hypotheses),
    }


def untouched(claim: Claim, message: str = "not verified yet, or changed since") -> dict:
    """The row of a claim the store has no verdict for."""
    answer = blank(claim.id, "missing", message)
    empty = {"mutations": [], "oracle": [], "derivation": [], "failures": []}
    return {**describe(claim), "profile": None, **{name: answer[name] for name in ANSWER_FIELDS}, **empty}


def _guarded(failures: list[dict], kind: str, work, otherwise):
    """Run a part of a claim file; an error in it becomes a failure of the claim, not of the suite."""
    try:
        return work()
    except Fault:
        raise
    except Exception as error:
        failures.append({"kind": kind, "message": f"{type(error).__name__}: {error}"})
        return otherwise


def _build(claim: Claim, found) -> dict | None:
    return None if claim.certifier is None else claim.certificate(found)


def committed(suite: Suite, claim: Claim, fresh: dict | None, failures: list[dict]) -> dict:
    """The kernel's answer on the committed certificate; a failure when the claim file now builds another one."""
    path = suite.certificate(claim.id)
    accept = f"eigenproof accept {claim.id}"
    if not path.exists():
        if fresh is None:
            return blank(claim.id, "undecided", "the claim has no certificate: nobody has written its `certify` yet")
        return blank(claim.id, "missing", f"no committed certificate; run {accept}")
    if fresh is not None and path.read_bytes() != dump(fresh):
        failures.append(
            {"kind": "stale", "message": f"the claim file builds another certificate than the committed one; run {accept}"}
        )
    answer = suite.kernel().check([path])[0]
    if answer["outcome"] == "accepted" and answer["digest"] != claim.digest:
        message = f"the certificate proves another statement than the claim file makes; run {accept}"
        return blank(claim.id, "rejected", message, sha256=answer["sha256"])
    return answer


def _compare_strength(claim: Claim, answer: dict, failures: list[dict]) -> None:
    """A claim must not declare more than the kernel found. A refutation is one exact witness and has no strength to miss."""
    reached = answer["strength"]
    if answer["verdict"] == "checked" and STRENGTHS.index(claim.strength) > STRENGTHS.index(reached):
        failures.append(
            {"kind": "strength", "message": f"the claim file declares {claim.strength}, the kernel reached {reached}"}
        )


def _measure(claim: Claim, profile: str, failures: list[dict]) -> list[dict]:
    measurements = claim.measure(profile)
    for item in measurements:
        if not item["inside"]:
            against = item.get("bound", item.get("expected", item.get("printed")))
            message = (
                f"{item['oracle']}: {item.get('name', '')} measured {item['measured']} against {against} at {item.get('inputs')}"
            )
            failures.append({"kind": "oracle", "message": message})
    return measurements


def attack(suite: Suite, claim: Claim, found, answer: dict, failures: list[dict]) -> list[dict]:
    """Offer the kernel each mutation of the statement, next to the untouched control; none may be accepted."""
    if answer["outcome"] != "accepted" or not claim.mutations:
        return []
    original = json.loads(suite.certificate(claim.id).read_bytes())
    offers = [("control", original)]
    for name in sorted(claim.mutations):
        offers += [(name, offer) for offer in _offers(claim, name, found, original)]
    answers = _ask(suite, claim.id, [offer for _, offer in offers])
    if answers[0]["outcome"] != "accepted":
        failures.append({"kind": "mutation", "message": "the control was refused, so the refusals beside it show nothing"})
    results = [_refusal(claim, name, offer, reply) for (name, offer), reply in zip(offers[1:], answers[1:], strict=True)]
    failures += _accepted(results) + _vacuous(results)
    return results


def _offers(claim: Claim, name: str, found, original: dict) -> list[dict]:
    """Certificates for a mutation: the old steps with the new conclusion, what the claim file makes of it where that is more than the
    old steps with the old conclusion, its refutation."""
    statement = claim.mutated(name)
    steps = _replaced(original.get("steps", []), original["statement"]["holds"][-1], statement["holds"][-1])
    offers = [{**original, "steps": steps, "statement": statement, "digest": digest(statement)}]
    try:
        rebuilt = claim.certificate(found, statement) if claim.certifier else offers[0]
    except Exception:  # a builder may well refuse a false statement; the kernel still sees the old steps
        rebuilt = offers[0]
    same = all(rebuilt.get(key) == original.get(key) for key in original.keys() - {"statement", "digest"})
    if rebuilt != offers[0] and not same:
        offers.append(rebuilt)
    return offers + ([claim.refutation(name)] if name in claim.refuters else [])


def _replaced(data, old, new):
    """JSON data with every part equal to `old` replaced by `new`."""
    if data == old:
        return new
    if isinstance(data, dict):
        return {key: _replaced(value, old, new) for key, value in data.items()}
    return [_replaced(item, old, new) for item in data] if isinstance(data, list) else data


def _ask(suite: Suite, claim_id: str, certificates: list[dict]) -> list[dict]:
    with tempfile.TemporaryDirectory(prefix="eigenproof-") as folder:
        files = []
        for number, certificate in enumerate(certificates):
            files.append(Path(folder) / str(number) / f"{claim_id}.json")
            files[-1].parent.mkdir()
            files[-1].write_bytes(dump(certificate))
        return suite.kernel().check(files, pinned=False)


def _refusal(claim: Claim, name: str, offer: dict, reply: dict) -> dict:
    """What became of one offer. A refutation the claim file brings must be accepted as one; anything else must be refused."""
    refuting = offer["kind"] != claim.kind
    refused = reply["verdict"] == "refuted" if refuting else reply["outcome"] not in ("accepted", "internal")
    reason = reply["reason"] or {}
    result = {"name": name, "kind": offer["kind"], "outcome": reply["outcome"], "verdict": reply["verdict"], "refused": refused}
    return {**result, "step": reason.get("step"), "message": reason.get("message"), "timed_out": bool(reply.get("timed_out"))}


def _accepted(results: list[dict]) -> list[dict]:
    text = "{name}: the kernel must refuse this mutation; offered a {kind}, it answered {outcome} ({verdict}): {message}"
    return [{"kind": "mutation", "message": text.format(**result)} for result in results if not result["refused"]]


def _vacuous(results: list[dict]) -> list[dict]:
    """Mutations refused for their form alone: the kernel never got as far as the mathematics, so that shows nothing."""
    reached = {
        item["name"] for item in results if item["outcome"] in ("accepted", "rejected", "undecided", "internal") or item["step"]
    }
    text = "{name}: refused for its form alone, which shows nothing: {message}"
    return [{"kind": "mutation", "message": text.format(**result)} for result in results if result["name"] not in reached]


def _step(step) -> dict:
    """A derivation step as text and, when it is a SymPy expression, as LaTeX."""
    latex = None
    if hasattr(step.expr, "free_symbols"):
        from sympy import latex as render

        latex = render(step.expr)
    return {"name": step.name, "why": step.why, "text": str(step.expr), "latex": latex}


def _portable(reason: dict | None, suite: Suite) -> dict | None:
    """The reason with file names relative to the certificates, so that a row does not depend on where it was computed."""
    if reason is None:
        return None
    prefix = f"{suite.certificates}/"
    return {name: text.replace(prefix, "") if isinstance(text, str) else text for name, text in reason.items()}
