"""Case distinction: a < b, a = b, a > b for real numbers or integers, or a = b, a ≠ b for any scalars; each block shows the same goal."""
from ..refusal import Rejected

FIELDS = {"on": "data", "less": "block", "equal": "block", "greater": "block", "unequal": "block"}


def check(step, ctx):
    if not isinstance(step.get("on"), tuple) or len(step["on"]) != 2:
        raise Rejected("cases are on two terms", "[a, b]", step.get("on"))
    a, b = (ctx.read(t) for t in step["on"])
    if ctx.shape(a) != (1, 1) or ctx.shape(b) != (1, 1):
        raise Rejected("cases are on scalars", (1, 1), (ctx.shape(a), ctx.shape(b)))
    names = {"equal": ("=", a, b), "unequal": ("!=", a, b)}
    if "unequal" not in step:
        if not all(ctx.real(x) for x in (a, b)):
            raise Rejected("only real numbers are ordered", "real terms", (a, b))
        names = {"less": ("<", a, b), "equal": ("=", a, b), "greater": ("<", b, a)}
    for name, hypothesis in names.items():
        ctx.child(f"{step['id']}.{name}", (), (hypothesis,), step.get(name, []), step["shows"])
