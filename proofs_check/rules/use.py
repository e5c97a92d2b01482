"""The statement of another claim at particular values of its variables.

Sound because that claim's certificate is checked first, against the digest that the ledger pins, the values have the right types and every
hypothesis is among the facts.
"""
from ..refusal import Rejected
from .apply import conclude

FIELDS = {"claim": "word", "at": "values"}


def check(step, ctx):
    cert, trace = ctx.trace.verifier.verify(step.get("claim"))
    if cert.data["kind"] != "proof":
        raise Rejected("a refuted statement cannot be used", "proof", cert.data["kind"])
    conclude(cert.holds, step, ctx)
    ctx.trace.uses[step["claim"]] = cert.digest
    ctx.trace.rules |= trace.rules
    ctx.trace.axioms |= trace.axioms
    ctx.trace.samplers |= trace.samplers
