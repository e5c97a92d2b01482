"""The kernel's command line: `python -I -m proofs_check [options] CERT…` (LANGUAGE.md, Answer)."""
import json
import sys
import tomllib
from pathlib import Path

import flint

from .engine import Certificate, Verifier, strength
from .refusal import Malformed, Missing, Refusal, Undecided

HERE = Path(__file__).parent
OPTIONS = {"--ledger": str(HERE / "ledger.toml"), "--dir": None, "--step": None}
FLAGS = ("--json", "--verbose", "--serve")
CODES = {"accepted": 0, "rejected": 1, "undecided": 2, "malformed": 3, "missing": 4, "internal": 70}
ORDER = (70, 3, 4, 1, 2, 0)
BALLS = {"ball_bound", "box_cover", "gram", "sampling"}


def outcome(no):
    return {Undecided: "undecided", Malformed: "malformed", Missing: "missing"}.get(type(no), "rejected")


def text(value):
    """A term in a refusal, short enough to read."""
    if isinstance(value, tuple | list):
        whole = json.dumps(value, ensure_ascii=False, default=str)
        return whole if len(whole) <= 400 else whole[:400] + "…"
    return str(value)


def base(trace):
    """The trusted base: rules, back ends and classical theorems that a verdict rests on."""
    arithmetic = "rationals, Arb" if trace.rules & BALLS else "rationals"
    backends = ["python integers and fractions", f"python-flint {flint.__version__} ({arithmetic})"]
    trials = [f"sampler {n:x}: all its trials are in the certificate, drawn independently" for n in sorted(trace.samplers)]
    return [*(f"rule {r}" for r in sorted(trace.rules)), *backends, *(f"axiom {a}" for a in sorted(trace.axioms)), *trials]


def answer(name, path, verifier, certificate=None, refusal=None):
    row = {"id": name, "verdict": "undecided", "outcome": "accepted", "strength": None, "kind": None, "trusted_base": [], "axioms": [],
           "rules": [], "uses": [], "steps": 0, "digest": None, "sha256": None, "reason": None}
    try:
        if refusal:
            raise refusal
        row |= {"kind": certificate.data["kind"], "digest": certificate.digest, "sha256": certificate.sha256}
        cert, trace = verifier.verify(name, certificate)
        row |= {"verdict": "checked" if row["kind"] == "proof" else "refuted", "strength": strength(cert, trace.rules),
                "steps": len(trace.ids),
                "trusted_base": base(trace), "axioms": sorted(trace.axioms), "rules": sorted(trace.rules), "uses": sorted(trace.uses)}
    except Refusal as no:
        row |= {"outcome": outcome(no), "reason": reason(no, name, path)}
    except (RecursionError, MemoryError) as error:
        deep = Undecided("the certificate is too deep to check", "a smaller one", str(error))
        row |= {"outcome": "undecided", "reason": reason(deep, name, path)}
    except Exception as error:  # a defect of the kernel itself must never look like an answer
        row |= {"outcome": "internal", "reason": reason(Refusal("internal error, please report", found=repr(error)), name, path)}
    return row


def reason(no, name, path):
    again = f"python -I -m proofs_check {path or name} --verbose"
    return {"step": getattr(no, "step", None), "rule": getattr(no, "rule", None), "message": no.message, "expected": text(no.expected),
            "found": text(no.found), "instance": None if no.instance is None else text(no.instance), "file": str(path or name),
            "field": "steps" if getattr(no, "step", None) else None, "again": again}


def show(row, verbose):
    word = {"accepted": row["verdict"].upper()}.get(row["outcome"], row["outcome"].upper())
    print(f"{word:<10} {row['id']:<48} " + (f"{row['strength']}, {row['steps']} steps" if row["outcome"] == "accepted" else ""))
    if verbose and row["outcome"] == "accepted":
        print("  trusted base  " + "; ".join(row["trusted_base"]))
    if why := row["reason"]:
        place = f"step {why['step']}: {why['rule']}" if why["step"] else "certificate"
        print(f"  {place}: {why['message']}\n  expected  {why['expected']}\n  found     {why['found']}")
        if why["instance"]:
            print(f"  for example  {why['instance']}")
        print(f"  in  {why['file']}\n  again with  {why['again']}")


def usage(message):
    print(f"USAGE      {message}\n  python -I -m proofs_check [--json] [--ledger FILE|none] [--dir FOLDER] [--verbose] [--step ID] CERT…",
          file=sys.stderr)
    return 64


def arguments(argv):
    options, flags, names, rest = dict(OPTIONS), set(), [], list(argv)
    while rest:
        word = rest.pop(0)
        if word in OPTIONS and rest:
            options[word] = rest.pop(0)
        elif word in FLAGS:
            flags.add(word)
        elif word.startswith("-"):
            return None, None, word
        else:
            names.append(word)
    return options, flags, names


def judge(name, options, verifier):
    is_file = name.endswith(".json") or Path(name).is_file()
    path = Path(name) if is_file else Path(verifier.folder) / f"{name}.json"
    claim = path.name.removesuffix(".json") if is_file else name
    try:
        if not path.is_file():
            raise Missing("there is no such certificate", str(path), "no such file")
        certificate = Certificate(path.read_bytes())
        return answer(certificate.data["claim"] if is_file else claim, path, verifier, certificate)  # an id asked for is an id answered
    except Refusal as no:
        return answer(claim, path, verifier, refusal=no)
    except OSError as error:
        return answer(claim, path, verifier, refusal=Missing("the certificate cannot be read", str(path), error.strerror))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        return answer(claim, path, verifier, refusal=Malformed("not of the form of a certificate", "LANGUAGE.md", repr(error)[:200]))


def code(rows):
    codes = {1 if r["verdict"] == "refuted" else CODES[r["outcome"]] for r in rows}
    return next(code for code in ORDER if code in codes)


def read_ledger(options):
    return None if options["--ledger"] == "none" else tomllib.loads(Path(options["--ledger"]).read_text(encoding="utf-8"))


def serve(options):
    """Answers one line for each line of the standard input. What it accepted it remembers, as long as the ledger and those certificates
    stay as they were; what nothing pins is judged beside that memory, so that no later answer rests on it."""
    memory = Verifier(options["--dir"] or HERE / "certificates", read_ledger(options))
    for line in sys.stdin:
        request, ledger = json.loads(line), read_ledger(options)
        if ledger != memory.ledger or not memory.unchanged():
            memory = Verifier(memory.folder, ledger)
        rows = [judge(name, options, memory if request["pinned"] else memory.beside()) for name in request["certificates"]]
        print(json.dumps({"answers": rows, "code": code(rows)}, ensure_ascii=False), flush=True)
    return 0


def main(argv=None):
    sys.setrecursionlimit(20000)
    options, flags, names = arguments(sys.argv[1:] if argv is None else argv)
    if options is None or bool(names) == ("--serve" in flags):
        return usage(f"unknown option {names}" if options is None else "name at least one certificate or claim, with --serve none")
    try:
        ledger = read_ledger(options)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return usage(f"the ledger cannot be read: {options['--ledger']}: {error}")
    if "--serve" in flags:
        return serve(options)
    verifier = Verifier(options["--dir"] or HERE / "certificates", ledger)
    rows = []
    for name in names:
        rows.append(judge(name, options, verifier))
        if "--json" not in flags:
            show(rows[-1], "--verbose" in flags)
    if "--json" in flags:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    return code(rows)


if __name__ == "__main__":
    sys.exit(main())
