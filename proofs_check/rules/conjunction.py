"""Both, or one of both: ∧ introduction from its parts, elimination to one of them."""
from ..refusal import Rejected

FIELDS = {"of": "refs", "part": "ref"}


def check(step, ctx):
    goal = step["shows"]
    if "part" in step:
        if not any(ctx.same(goal, p) for p in ctx.expect(step["part"], "and")[1:]):
            raise Rejected("not a part of that conjunction", ctx.fact(step["part"]), goal)
    elif not ctx.same(goal, ("and", *(ctx.fact(ref) for ref in step.get("of", [])))):
        raise Rejected("not the conjunction of those facts", step.get("of"), goal)
