"""Infinite series: ["sums", k, lo, f, V] says that Σ_{k≥lo} f(k) converges absolutely to V.

`geometric` |z| < 1: Σ z^k = z^lo/(1−z), with the remainder after N terms z^N/(1−z). `finite` δ(k,K)·g(k) sums to g(K). `linear`
combinations with constants. `exchange` with a finite sum. `value` and `exists` pass between sums and the term series. `partial` for
non-negative terms: Σ_{k=lo}^{N} f ≤ V. `remainder` for non-negative terms: partial sums at most V, and (V − Σ_{k=lo}^{N} f)(N−lo+1) ≤ c.
`bounded` for non-negative terms: partial sums at most c, so the series converges. `vanishing` x ≤ f(k) from some k on gives x ≤ 0. `limit` partial
sums at most c give V ≤ c.
`compare` |f| ≤ g with Σg convergent. `order` f ≤ g gives V ≤ W. `equal` f = g for every k. `shift` renumbers, `peel` splits the first term off (or puts it back).
"""
from ..language import free, substitute
from ..normal import Scope, clear, fresh, nf
from ..refusal import Rejected

FIELDS = {"mode": "word", "from": "refs", "z": "term", "K": "term", "g": "fn", "using": "using", "by": "term", "c": "term"}


def at(k, body, n):
    return substitute(body, {k: n})


def equal(p, q, inner):
    return nf(("-", p, q), inner)[0] == {}


def unpack(formula, ctx):
    """(scope with a fresh index, index, lo, f(index), V) of a `sums` formula."""
    if formula[0] != "sums":
        raise Rejected("a sums fact is expected", "sums", formula[0])
    _, k, lo, f, V = formula
    n = next(fresh)
    return Scope({n: "int"}, [("<=", lo, n)], ctx.scope), n, lo, at(k, f, n), V


def every(k, lo, claim):
    return ("forall", ((k, "int"),), (("<=", lo, k),), claim)


def geometric(goal, facts, step, ctx):
    inner, n, lo, f, V = unpack(goal, ctx)
    z = step["z"]
    rest = ctx.nf(("-", V, ("/", ("^", z, lo), ("-", 1, z))))
    return ctx.scope.nonneg(ctx.nf(lo)) and ctx.same(facts[0], ("<", ("abs", z), 1)) and equal(f, ("^", z, n), inner) \
        and not clear(rest, [ctx.nf(("-", 1, z))], ctx.scope)


def finite(goal, facts, step, ctx):
    inner, n, lo, f, V = unpack(goal, ctx)
    _, k, g = step["g"]
    K = step["K"]
    return ctx.integral(K) and ctx.scope.nonneg(ctx.nf(("-", K, lo))) and equal(f, ("*", ("delta", n, K), at(k, g, n)), inner) \
        and equal(V, at(k, g, K), ctx.scope)


def linear(goal, facts, step, ctx):
    inner, n, lo, f, V = unpack(goal, ctx)
    for ref, c, _ in step["using"]:
        _, k, start, part, value = ctx.expect(ref, "sums")
        if not equal(start, lo, ctx.scope):
            return False
        f, V = ("-", f, ("*", c, at(k, part, n))), ("-", V, ("*", c, value))
    return equal(f, 0, inner) and equal(V, 0, ctx.scope)


def exchange(goal, facts, step, ctx):
    fact, = facts
    if fact[0] != "forall" or len(fact[1]) != 1 or fact[1][0][1] != "int" or fact[3][0] != "sums" or len(fact[2]) != 2:
        return False
    s, (low, high) = fact[1][0][0], fact[2]
    _, k, lo, f, V = fact[3]
    if low[0] != "<=" or low[2] != s or high[0] != "<=" or high[1] != s or s in free(lo) | free(low[1]) | free(high[2]):
        return False
    return ctx.same(goal, ("sums", k, lo, ("sum", s, low[1], high[2], f), ("sum", s, low[1], high[2], V)))


def value(goal, facts, step, ctx):
    f, = facts
    return f[0] == "sums" and ctx.same(goal, ("=", ("series", *f[1:4]), f[4]))


def exists(goal, facts, step, ctx):
    f, = facts
    return f[0] == "sums" and ctx.same(goal, (*f[:4], ("series", *f[1:4])))


def partial(goal, facts, step, ctx):
    f, sign = facts
    if f[0] != "sums" or not ctx.same(sign, every(f[1], f[2], ("<=", 0, f[3]))) or not ctx.integral(step["K"]):
        return False
    return ctx.same(goal, ("<=", ("sum", f[1], f[2], step["K"], f[3]), f[4]))


def remainder(goal, facts, step, ctx):
    _, k, lo, f, V = goal if goal[0] == "sums" else (None,) * 5
    if k is None:
        return False
    N = k + "'"
    part = ("sum", k, lo, N, f)
    want = (every(k, lo, ("<=", 0, f)), every(N, lo, ("<=", part, V)),
            every(N, lo, ("<=", ("*", ("-", V, part), ("+", ("-", N, lo), 1)), step["c"])))
    return all(ctx.same(fact, w) for fact, w in zip(facts, want, strict=True))


def bounded(goal, facts, step, ctx):
    if goal[0] != "sums" or not ctx.same(goal, (*goal[:4], ("series", *goal[1:4]))):
        return False
    _, k, lo, f, _ = goal
    want = (every(k, lo, ("<=", 0, f)), every(k + "'", lo, ("<=", ("sum", k, lo, k + "'", f), step["c"])))
    return all(ctx.same(fact, w) for fact, w in zip(facts, want, strict=True))


def vanishing(goal, facts, step, ctx):
    f, below = facts
    if f[0] != "sums" or goal[0] != "<=" or goal[2] != 0 or below[0] != "forall" or len(below[2]) != 1:
        return False
    return ctx.same(below, every(f[1], below[2][0][1], ("<=", goal[1], f[3])))


def limit(goal, facts, step, ctx):
    f, below = facts
    if f[0] != "sums" or goal[0] != "<=":
        return False
    _, k, lo, g, V = f
    return ctx.same(goal, ("<=", V, step["c"])) and ctx.same(below, every(k + "'", lo, ("<=", ("sum", k, lo, k + "'", g), step["c"])))


def compare(goal, facts, step, ctx):
    bound, major = facts
    if goal[0] != "sums" or major[0] != "sums" or not ctx.same(goal, (*goal[:4], ("series", *goal[1:4]))):
        return False
    g = at(major[1], major[3], goal[1])
    return equal(goal[2], major[2], ctx.scope) and ctx.same(bound, every(goal[1], goal[2], ("<=", ("abs", goal[3]), g)))


def order(goal, facts, step, ctx):
    small, large, bound = facts
    if small[0] != "sums" or large[0] != "sums" or not equal(small[2], large[2], ctx.scope):
        return False
    g = at(large[1], large[3], small[1])
    return ctx.same(bound, every(small[1], small[2], ("<=", small[3], g))) and ctx.same(goal, ("<=", small[4], large[4]))


def equal_terms(goal, facts, step, ctx):
    old, equation = facts
    if old[0] != "sums" or goal[0] != "sums" or not equal(old[2], goal[2], ctx.scope) or not equal(old[4], goal[4], ctx.scope):
        return False
    return ctx.same(equation, every(old[1], old[2], ("=", old[3], at(goal[1], goal[3], old[1]))))


def shift(goal, facts, step, ctx):
    f, by = facts[0], step["by"]
    if f[0] != "sums" or not ctx.integral(by):
        return False
    return ctx.same(goal, ("sums", f[1], ("-", f[2], by), at(f[1], f[3], ("+", f[1], by)), f[4]))


def peel(goal, facts, step, ctx):
    def without_first(f):
        return ("sums", f[1], ("+", f[2], 1), f[3], ("-", f[4], at(f[1], f[3], f[2])))
    f, = facts
    return f[0] == goal[0] == "sums" and (ctx.same(goal, without_first(f)) or ctx.same(f, without_first(goal)))


MODES = {m.__name__.removesuffix("_terms"): (m, needs, count) for m, needs, count in (
    (geometric, {"z"}, 1), (finite, {"K", "g"}, 0), (linear, {"using"}, 0), (exchange, set(), 1), (value, set(), 1), (exists, set(), 1),
    (partial, {"K"}, 2), (remainder, {"c"}, 3), (bounded, {"c"}, 2), (vanishing, set(), 2), (limit, {"c"}, 2),
    (compare, set(), 2), (order, set(), 3), (equal_terms, set(), 2),
    (shift, {"by"}, 1), (peel, set(), 1))}


def check(step, ctx):
    mode, needs, count = MODES.get(step.get("mode"), (None, set(), 0))
    refs = step.get("from", [])
    if mode is None or not needs <= set(step) or len(refs) != count:
        raise Rejected("unknown mode, a field is missing, or the wrong number of facts", sorted(MODES), step.get("mode"))
    if not mode(step["shows"], [ctx.fact(r) for r in refs], step, ctx):
        raise Rejected(f"{step['mode']} does not show this", [ctx.fact(r) for r in refs], step["shows"])
