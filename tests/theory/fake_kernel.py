"""Stands in for the kernel: a statement is "true" when its digest is the one the certificate's field `true` names.

A certificate's field `do` makes it misbehave: sleep, crash, lie, refute.
"""

import hashlib
import json
import os
import sys
import time
from pathlib import Path

CODES = {"accepted": 0, "rejected": 1, "malformed": 3, "missing": 4}


def answer(path: Path) -> dict:
    base = {"id": path.stem, "verdict": "undecided", "strength": None, "kind": "proof", "trusted_base": [], "axioms": []}
    base |= {"rules": [], "uses": [], "steps": 0, "digest": None, "sha256": None, "reason": None}
    if not path.exists():
        return base | {"outcome": "missing", "reason": {"message": "no such certificate", "file": str(path)}}
    try:
        data = json.loads(path.read_bytes())
    except ValueError as error:
        return base | {"outcome": "malformed", "reason": {"message": f"not JSON: {error}", "file": str(path)}}
    misbehave(data.get("do"))
    text = json.dumps(data["statement"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    base |= {"digest": hashlib.sha256(text.encode()).hexdigest(), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    if base["digest"] != data["true"]:
        return base | {"outcome": "rejected", "reason": {"step": "s1", "rule": "fake", "message": "not true", "file": str(path)}}
    verdict = "refuted" if data["kind"] == "refutation" else "checked"
    found = {"verdict": verdict, "outcome": "accepted", "strength": data.get("strength", "universal"), "trusted_base": ["fake"]}
    return base | found


def misbehave(how):
    if how == "sleep":
        time.sleep(30)
    if how == "crash":
        os.abort()
    if how == "lie":
        print('{"answers": [], "code": 0}', flush=True)
        sys.exit(0)
    if how == "silence":
        sys.exit(3)


def main():
    for line in sys.stdin:
        files = [Path(name) for name in json.loads(line)["certificates"]]
        answers = [answer(path) for path in files]
        codes = {CODES[item["outcome"]] or (1 if item["verdict"] == "refuted" else 0) for item in answers}
        code = next(code for code in (3, 4, 1, 2, 0) if code in codes)
        wrong = any(path.exists() and b'"wrong code"' in path.read_bytes() for path in files)
        print(json.dumps({"answers": answers, "code": code + wrong}), flush=True)


if __name__ == "__main__":
    main()
