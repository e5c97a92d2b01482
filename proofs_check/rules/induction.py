"""Induction over the integers from a lower end.

Sound: φ(n₀), and φ(n) ⇒ φ(n+1) for every integer n ≥ n₀, give φ(n) for every integer n ≥ n₀.
"""
from ..language import free, substitute
from ..refusal import Rejected

FIELDS = {"base": "block", "step": "block"}


def check(step, ctx):
    goal = step["shows"]
    if goal[0] != "forall" or len(goal[1]) != 1 or goal[1][0][1] not in ("int", "nat") or len(goal[2]) != (goal[1][0][1] == "int"):
        raise Rejected("induction shows forall n int with n0 <= n, or forall n nat", "one integer variable", goal[:3])
    (n, kind), = goal[1]
    start = 0
    if kind == "int":
        (op, start, variable), = goal[2]
        if op != "<=" or variable != n or not ctx.integral(start) or n in free(start):
            raise Rejected("the hypothesis is start <= n", ("<=", start, n), goal[2][0])
    phi = goal[3]
    ctx.child(f"{step['id']}.base", (), (), step.get("base", []), substitute(phi, {n: start}))
    ctx.child(step["id"], ((n, "int"),), (("<=", start, n), phi), step.get("step", []), substitute(phi, {n: ("+", n, 1)}))
