"""Asking the kernel about a certificate built in a test."""
import json
from pathlib import Path

from proofs_check.__main__ import answer
from proofs_check.engine import Certificate, Verifier
from proofs_check.refusal import Refusal
from theory.proof import Proof, dump

CERTIFICATES = Path(__file__).resolve().parents[2] / "proofs_check" / "certificates"


def ask(data, folder=CERTIFICATES, ledger=None):
    """The kernel's row for a certificate given as data or bytes; the ledger is not consulted unless one is given."""
    blob = data if isinstance(data, bytes) else json.dumps(data).encode()
    verifier = Verifier(folder, ledger)
    try:
        certificate = Certificate(blob)
    except Refusal as no:
        return answer("test.claim", None, verifier, refusal=no)
    return answer(certificate.data["claim"], None, verifier, certificate)


def proved(statement, build, kind="proof", name="test.claim"):
    """The row for the certificate that `build(proof)` makes."""
    proof = Proof(name, statement, kind=kind)
    build(proof)
    return ask(dump(proof.certificate()))
