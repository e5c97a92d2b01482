"""Equals for equals: in a place of a formula, under a sum, product, series or in the entries of a matrix.

`context` ["fn", x, φ(x)] with an equation a = b: φ(a) gives φ(b); without `from`, the context is a term t(x) and t(a) = t(b) is shown.
Without context: ∀k in the range f(k) = g(k) gives Σf = Σg, Πf = Πg, equal series, diagonal matrices, columns. Sound because bound
names cannot be captured (substitution renames) and the values of these terms depend on f in the range only.
"""
from ..language import substitute
from ..normal import fresh
from ..refusal import Rejected

FIELDS = {"equal": "ref", "context": "data", "from": "ref"}
RANGE = {"sum": lambda t: (t[2], t[3]), "prod": lambda t: (t[2], t[3]), "series": lambda t: (t[2], None),
         "diag": lambda t: (1, t[2]), "vec": lambda t: (1, t[2])}


def under_binder(goal, fact, ctx):
    _, f, g = goal
    if not isinstance(f, tuple) or not isinstance(g, tuple) or f[0] != g[0] or f[0] not in RANGE:
        return False
    (lo, hi), other = RANGE[f[0]](f), RANGE[g[0]](g)
    if any(x is not None and ctx.nf(x) != ctx.nf(y) for x, y in zip((lo, hi), other, strict=True)):
        return False
    k = next(fresh)
    hyps = (("<=", lo, k),) + ((("<=", k, hi),) if hi is not None else ())
    want = ("=", substitute(f[-1], {f[1]: k}), substitute(g[-1], {g[1]: k}))
    return ctx.same(("forall", ((k, "int"),), hyps, want), fact)


def check(step, ctx):
    goal = step["shows"]
    if "context" not in step:
        if goal[0] != "=" or not under_binder(goal, ctx.expect(step.get("equal"), "forall"), ctx):
            raise Rejected("the equation under the binder does not give this", step.get("equal"), goal)
        return
    hole = step["context"]
    if not isinstance(hole, tuple) or len(hole) != 3 or hole[0] != "fn" or not isinstance(hole[1], str):
        raise Rejected("a context is [fn, x, …]", "fn", hole)
    (_, a, b), x = ctx.expect(step.get("equal"), "="), hole[1]
    body = ctx.read(hole[2], (x,))
    here, there = substitute(body, {x: a}), substitute(body, {x: b})
    if not (ctx.same(ctx.fact(step["from"]), here) and ctx.same(goal, there) if "from" in step else ctx.same(goal, ("=", here, there))):
        raise Rejected("replacing equals by equals does not give this", (here, there), goal)
