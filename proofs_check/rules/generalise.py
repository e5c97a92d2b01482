"""For all: what is shown of fresh variables under hypotheses holds for every value that meets them (∀ and ⇒ introduction)."""
from ..refusal import Rejected

FIELDS = {"steps": "block"}


def check(step, ctx):
    goal = step["shows"]
    if goal[0] != "forall":
        raise Rejected("this rule shows a forall", "forall", goal[0])
    ctx.child(step["id"], goal[1], goal[2], step.get("steps", []), goal[3])
