"""A general fact, or a part of it, at particular values.

Sound because the values have the right types and every hypothesis is among the facts.
"""
from ..refusal import Rejected

FIELDS = {"of": "ref", "at": "values"}


def conclude(general, step, ctx):
    hyps, conclusion = ctx.instance(general, step.get("at", {}))
    for h in hyps:
        if not ctx.established(h):
            raise Rejected("a hypothesis of the applied fact is not among the facts", h, "not shown")
    parts = conclusion[1:] if conclusion[0] == "and" else ()
    if not any(ctx.same(step["shows"], part) for part in (conclusion, *parts)):
        raise Rejected("the applied fact says something else", conclusion, step["shows"])


def check(step, ctx):
    conclude(ctx.expect(step.get("of"), "forall"), step, ctx)
