"""Elementary facts of order and of modulus; each mode is one line of school algebra.

`basic` 0 ≤ |x|, 0 ≤ x̄x, 0 ≤ n for natural n, 0 < e^x for real x. `nonzero` from a < b: a ≠ b. `square` from x ≠ 0: 0 < x̄x.
`product` from factors that are not zero: their product is not. `antisymmetric` from a ≤ b ≤ a: a = b. `vanish` from Y*Y ⪯ 0: Y = 0.
`separate` from a ≤ b and a ≠ b: a < b. `gap` from a < b in the integers: a + 1 ≤ b. `limit` from a ≤ b + εc for every real ε > 0: a ≤ b.
"""
from ..language import free, substitute
from ..normal import Scope, add, fresh, nf, scale
from ..refusal import Rejected

FIELDS = {"mode": "word", "from": "refs", "Y": "term"}


def basic(goal, facts, step, ctx):
    p = ctx.gap(goal)
    if goal[0] not in ("<=", "<") or len(p) != 1 or ctx.shape(goal[1]) != (1, 1):
        return False
    (scalars, word), c = next(iter(p.items()))
    kinds = [isinstance(a, tuple) and a[0] == "exp" and ctx.real(a) for a, _ in scalars]
    rest = {(tuple(x for x, strict in zip(scalars, kinds, strict=True) if not strict), word): c}
    if goal[0] == "<":
        return all(kinds) and c > 0
    if c < 0:
        return False
    known = all(ctx.types.get(a) == "nat" or (isinstance(a, int) and a > 0) or (isinstance(a, tuple) and a[0] == "abs") for a, _ in
                next(iter(rest))[0])
    return known or ("Y" in step and ctx.nf(("*", ("conj", step["Y"]), step["Y"])) == p)


def nonzero(goal, facts, step, ctx):
    f, = facts
    return goal[0] == "!=" and f[0] in ("<", "!=") and ctx.shape(f[1]) == ctx.shape(goal[1]) == (1, 1) \
        and ctx.gap(goal) in (ctx.gap(f), scale(ctx.gap(f), -1))


def square(goal, facts, step, ctx):
    f, = facts
    x = ("-", f[2], f[1])
    return goal[0] == "<" and f[0] == "!=" and ctx.shape(f[1]) == (1, 1) and ctx.gap(goal) == ctx.nf(("*", x, ("conj", x)))


def product(goal, facts, step, ctx):
    if goal[0] != "!=" or not facts or any(f[0] not in ("!=", "<") or ctx.shape(f[1]) != (1, 1) for f in (goal, *facts)):
        return False
    p = ctx.nf(("*", *(("-", f[2], f[1]) for f in facts)))
    whole = ctx.gap(goal)
    return bool(p) and bool(whole) and scale(whole, 1 / whole[min(whole, key=repr)]) == scale(p, 1 / p[min(p, key=repr)])


def antisymmetric(goal, facts, step, ctx):
    f, g = facts
    return goal[0] == "=" and f[0] == g[0] == "<=" and ctx.shape(f[1]) == ctx.shape(g[1]) == ctx.shape(goal[1]) \
        and ctx.gap(f) == scale(ctx.gap(g), -1) and ctx.gap(goal) in (ctx.gap(f), ctx.gap(g))


def vanish(goal, facts, step, ctx):
    f, Y = facts[0], step["Y"]
    return goal[0] == "=" and f[0] == "<=" and ctx.shape(goal[1]) == ctx.shape(Y) and ctx.gap(f) == ctx.nf(("-", ("*", ("adj", Y), Y))) \
        and ctx.shape(f[1]) == ctx.shape(("*", ("adj", Y), Y)) and ctx.gap(goal) in (ctx.nf(Y), ctx.nf(("-", Y)))


def separate(goal, facts, step, ctx):
    f, g = facts
    return goal[0] == "<" and f[0] == "<=" and g[0] == "!=" and ctx.shape(f[1]) == (1, 1) \
        and ctx.gap(f) == ctx.gap(goal) and ctx.gap(g) in (ctx.gap(f), scale(ctx.gap(f), -1))


def gap(goal, facts, step, ctx):
    f, = facts
    return goal[0] == "<=" and f[0] == "<" and ctx.integral(f[1]) and ctx.integral(f[2]) \
        and add(ctx.gap(goal), ctx.nf(1)) == ctx.gap(f)


def limit(goal, facts, step, ctx):
    f, = facts
    if goal[0] != "<=" or f[0] != "forall" or len(f[1]) != 1 or f[1][0][1] != "real" or f[2] != (("<", 0, f[1][0][0]),) or f[3][0] != "<=":
        return False
    e = next(fresh)
    inner = Scope({e: "real"}, (), ctx.scope)
    p, *shape = nf(substitute(("-", f[3][2], f[3][1]), {f[1][0][0]: e}), inner)
    rest = add(p, scale(ctx.gap(goal), -1))
    linear = all(dict(m[0]).get(e) == 1 and not any(e in free(a) for a, _ in m[0] if a != e) and not m[1] for m in rest)
    return linear and (*shape, *ctx.shape(goal[1])) == (1, 1, 1, 1)


MODES = {f.__name__: f for f in (basic, nonzero, square, product, antisymmetric, vanish, separate, gap, limit)}
COUNT = {"basic": 0, "antisymmetric": 2, "separate": 2, "product": None}


def check(step, ctx):
    mode, goal = MODES.get(step.get("mode")), step["shows"]
    refs = step.get("from", [])
    if mode is None or COUNT.get(step["mode"], 1) not in (None, len(refs)) or (step["mode"] == "vanish" and "Y" not in step):
        raise Rejected("unknown mode, or the wrong number of facts", sorted(MODES), step.get("mode"))
    if not mode(goal, [ctx.fact(r) for r in refs], step, ctx):
        raise Rejected(f"{step['mode']} does not show this", [ctx.fact(r) for r in refs], goal)
