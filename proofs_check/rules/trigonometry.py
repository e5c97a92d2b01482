"""Sine, cosine and tangent. `euler`: an equation that is an identity once sin z = (e^{iz} − e^{−iz})/2i, cos z = (e^{iz} + e^{−iz})/2 and
tan z = sin z/cos z are put in, which holds for every complex z. `positive`: −π/2 < t < π/2 gives 0 < cos t.
"""
from ..refusal import Rejected

FIELDS = {"mode": "word", "from": "refs", "nonzero": "refs"}


def exponentials(t):
    """A term with sin, cos and tan written in exponentials."""
    if not isinstance(t, tuple):
        return t
    t = tuple(map(exponentials, t))
    if t[0] == "tan":
        return ("/", exponentials(("sin", t[1])), exponentials(("cos", t[1])))
    if t[0] not in ("sin", "cos"):
        return t
    turn = ("exp", ("*", ("i",), t[1]))
    back = ("exp", ("-", ("*", ("i",), t[1])))
    return ("/", ("-", turn, back), ("*", 2, ("i",))) if t[0] == "sin" else ("/", ("+", turn, back), 2)


def check(step, ctx):
    goal, refs = step["shows"], step.get("from", [])
    if step.get("mode") == "euler" and goal[0] == "=" and ctx.shape(goal[1]) == (1, 1):
        gap = ("-", exponentials(goal[2]), exponentials(goal[1]))
        if not ctx.vanishes(ctx.nf(gap), step.get("nonzero", ())):
            raise Rejected("not an identity between exponentials", 0, ctx.show(gap, step.get("nonzero", ())))
        return
    if step.get("mode") != "positive" or len(refs) != 2 or goal[0] != "<" or not isinstance(goal[2], tuple) or goal[2][0] != "cos":
        raise Rejected("euler shows an equation of scalars, positive shows 0 < cos t from two facts", ["euler", "positive"], goal)
    t, quarter = goal[2][1], ("/", ("pi",), 2)
    wanted = (("<", ("-", quarter), t), ("<", t, quarter), ("<", 0, goal[2]))
    for found, want in zip((*map(ctx.fact, refs), goal), wanted, strict=True):
        if not ctx.same(found, want):
            raise Rejected("the argument must lie between −π/2 and π/2", want, found)
