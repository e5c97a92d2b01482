"""Infinite series: ["sums", k, lo, f, V] says that Σ_{k≥lo} f(k) converges absolutely to V.

`geometric` |z| < 1: Σ z^k = z^lo/(1−z). `finite` δ(k,K)·g(k) sums to g(K). `linear` combinations with constants. `exchange` with a finite
sum. `value` and `exists` pass between sums and the term series. `partial` for non-negative terms: Σ_{k=lo}^{N} f ≤ V. `remainder` for
non-negative terms: partial sums at most V, and (V − Σ_{k=lo}^{N} f)(N−lo+1) ≤ c. `bounded` for non-negative terms: partial sums at most
c, so the series converges. `limit` partial sums at most c give V ≤ c. `vanishing` x ≤ f(k) from some k on gives x ≤ 0. `compare` |f| ≤ g
with Σg convergent. `absolute` Σ|f| converges too. `triangle` |f| ≤ g gives |V| ≤ W. `order` f ≤ g gives V ≤ W. `equal` f = g for every k.
`shift` renumbers, `peel` splits the first term off (or puts it back). Bound names are replaced by names that occur nowhere else before
formulas are compared.
"""
from ..language import free, substitute
from ..normal import Scope, clear, fresh, nf
from ..refusal import Rejected

FIELDS = {"mode": "word", "from": "refs", "z": "term", "K": "term", "g": "fn", "using": "using", "by": "term", "c": "term"}


def at(k, body, n):
    return substitute(body, {k: n})


def equal(p, q, scope):
    return nf(("-", p, q), scope)[0] == {}


def parts(formula, n):
    """(lo, f(n), V) of a `sums` formula; n is a name that occurs nowhere else, so nothing is captured."""
    if formula[0] != "sums":
        raise Rejected("a sums fact is expected", "sums", formula[0])
    _, k, lo, f, V = formula
    return lo, at(k, f, n), V


def index(goal, ctx):
    """A fresh index n ≥ lo of the series in the goal, and its scope."""
    n = next(fresh)
    return n, Scope({n: "int"}, [("<=", parts(goal, n)[0], n)], ctx.scope)


def every(n, lo, claim):
    return ("forall", ((n, "int"),), (("<=", lo, n),), claim)


def partial_sum(f, n, lo, hi):
    return ("sum", n, lo, hi, f)


def geometric(goal, facts, step, ctx):
    n, inner = index(goal, ctx)
    lo, f, V = parts(goal, n)
    z = step["z"]
    rest = ctx.nf(("-", V, ("/", ("^", z, lo), ("-", 1, z))))
    return ctx.scope.nonneg(ctx.nf(lo)) and ctx.same(facts[0], ("<", ("abs", z), 1)) and equal(f, ("^", z, n), inner) \
        and not clear(rest, [ctx.nf(("-", 1, z))], ctx.scope)


def finite(goal, facts, step, ctx):
    n, inner = index(goal, ctx)
    lo, f, V = parts(goal, n)
    (_, k, g), K = step["g"], step["K"]
    return ctx.integral(K) and ctx.scope.nonneg(ctx.nf(("-", K, lo))) and equal(f, ("*", ("delta", n, K), at(k, g, n)), inner) \
        and equal(V, at(k, g, K), ctx.scope)


def linear(goal, facts, step, ctx):
    n, inner = index(goal, ctx)
    lo, f, V = parts(goal, n)
    for ref, c, _ in step["using"]:
        start, part, value = parts(ctx.expect(ref, "sums"), n)
        if not equal(start, lo, ctx.scope):
            return False
        f, V = ("-", f, ("*", c, part)), ("-", V, ("*", c, value))
    return equal(f, 0, inner) and equal(V, 0, ctx.scope)


def exchange(goal, facts, step, ctx):
    fact, = facts
    if fact[0] != "forall" or len(fact[1]) != 1 or fact[1][0][1] != "int" or fact[3][0] != "sums" or len(fact[2]) != 2:
        return False
    s, n, (low, high) = next(fresh), next(fresh), fact[2]
    name = fact[1][0][0]
    if low[0] != "<=" or low[2] != name or high[0] != "<=" or high[1] != name or name in free(fact[3][2]) | free(low[1]) | free(high[2]):
        return False
    lo, f, V = parts(at(name, fact[3], s), n)
    return ctx.same(goal, ("sums", n, lo, ("sum", s, low[1], high[2], f), ("sum", s, low[1], high[2], V)))


def value(goal, facts, step, ctx):
    f, = facts
    return f[0] == "sums" and ctx.same(goal, ("=", ("series", *f[1:4]), f[4]))


def exists(goal, facts, step, ctx):
    f, = facts
    return f[0] == "sums" and ctx.same(goal, (*f[:4], ("series", *f[1:4])))


def partial(goal, facts, step, ctx):
    n = next(fresh)
    lo, f, V = parts(facts[0], n)
    return ctx.integral(step["K"]) and ctx.same(facts[1], every(n, lo, ("<=", 0, f))) \
        and ctx.same(goal, ("<=", partial_sum(f, n, lo, step["K"]), V))


def remainder(goal, facts, step, ctx):
    n, N = next(fresh), next(fresh)
    lo, f, V = parts(goal, n)
    part = partial_sum(f, n, lo, N)
    want = (every(n, lo, ("<=", 0, f)), every(N, lo, ("<=", part, V)),
            every(N, lo, ("<=", ("*", ("-", V, part), ("+", ("-", N, lo), 1)), step["c"])))
    return all(ctx.same(fact, w) for fact, w in zip(facts, want, strict=True))


def bounded(goal, facts, step, ctx):
    n, N = next(fresh), next(fresh)
    lo, f, V = parts(goal, n)
    want = (every(n, lo, ("<=", 0, f)), every(N, lo, ("<=", partial_sum(f, n, lo, N), step["c"])))
    return equal(V, ("series", n, lo, f), ctx.scope) and all(ctx.same(fact, w) for fact, w in zip(facts, want, strict=True))


def vanishing(goal, facts, step, ctx):
    n, below = next(fresh), facts[1]
    _, f, _ = parts(facts[0], n)
    if goal[0] != "<=" or goal[2] != 0 or below[0] != "forall" or len(below[1]) != 1 or len(below[2]) != 1:
        return False
    start = below[2][0][1]
    return ctx.integral(start) and below[1][0][0] not in free(start) and ctx.same(below, every(n, start, ("<=", goal[1], f)))


def limit(goal, facts, step, ctx):
    n, N = next(fresh), next(fresh)
    lo, f, V = parts(facts[0], n)
    return ctx.same(goal, ("<=", V, step["c"])) and ctx.same(facts[1], every(N, lo, ("<=", partial_sum(f, n, lo, N), step["c"])))


def compare(goal, facts, step, ctx):
    n = next(fresh)
    (lo, f, V), (start, g, _) = parts(goal, n), parts(facts[1], n)
    return equal(V, ("series", n, lo, f), ctx.scope) and equal(lo, start, ctx.scope) \
        and ctx.same(facts[0], every(n, lo, ("<=", ("abs", f), g)))


def absolute(goal, facts, step, ctx):
    n = next(fresh)
    lo, f, _ = parts(facts[0], n)
    return ctx.same(goal, ("sums", n, lo, ("abs", f), ("series", n, lo, ("abs", f))))


def triangle(goal, facts, step, ctx):
    n = next(fresh)
    (lo, f, V), (start, g, W) = parts(facts[0], n), parts(facts[1], n)
    return equal(lo, start, ctx.scope) and ctx.same(facts[2], every(n, lo, ("<=", ("abs", f), g))) \
        and ctx.same(goal, ("<=", ("abs", V), W))


def order(goal, facts, step, ctx):
    n = next(fresh)
    (lo, f, V), (start, g, W) = parts(facts[0], n), parts(facts[1], n)
    return equal(lo, start, ctx.scope) and ctx.same(facts[2], every(n, lo, ("<=", f, g))) and ctx.same(goal, ("<=", V, W))


def equal_terms(goal, facts, step, ctx):
    n = next(fresh)
    (lo, f, V), (start, g, W) = parts(facts[0], n), parts(goal, n)
    return equal(lo, start, ctx.scope) and equal(V, W, ctx.scope) and ctx.same(facts[1], every(n, lo, ("=", f, g)))


def shift(goal, facts, step, ctx):
    n, by = next(fresh), step["by"]
    lo, f, V = parts(facts[0], n)
    return ctx.integral(by) and ctx.same(goal, ("sums", n, ("-", lo, by), at(n, f, ("+", n, by)), V))


def peel(goal, facts, step, ctx):
    def without_first(formula):
        n = next(fresh)
        lo, f, V = parts(formula, n)
        return ("sums", n, ("+", lo, 1), f, ("-", V, at(n, f, lo)))
    f, = facts
    return ctx.same(goal, without_first(f)) or ctx.same(f, without_first(goal))


MODES = {m.__name__.removesuffix("_terms"): (m, needs, count) for m, needs, count in (
    (geometric, {"z"}, 1), (finite, {"K", "g"}, 0), (linear, {"using"}, 0), (exchange, set(), 1), (value, set(), 1), (exists, set(), 1),
    (partial, {"K"}, 2), (remainder, {"c"}, 3), (bounded, {"c"}, 2), (vanishing, set(), 2), (limit, {"c"}, 2),
    (compare, set(), 2), (absolute, set(), 1), (triangle, set(), 3), (order, set(), 3), (equal_terms, set(), 2),
    (shift, {"by"}, 1), (peel, set(), 1))}


def check(step, ctx):
    mode, needs, count = MODES.get(step.get("mode"), (None, set(), 0))
    refs = step.get("from", [])
    if mode is None or not needs <= set(step) or len(refs) != count:
        raise Rejected("unknown mode, a field is missing, or the wrong number of facts", sorted(MODES), step.get("mode"))
    if not mode(step["shows"], [ctx.fact(r) for r in refs], step, ctx):
        raise Rejected(f"{step['mode']} does not show this", [ctx.fact(r) for r in refs], step["shows"])
