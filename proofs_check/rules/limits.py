"""Limits: ["tends", n, lo, f, V] says that f(n) → V as n → ∞ through the integers n ≥ lo, ["strays", …] that it does not.

`reciprocal` c/n → 0 for any number c. `squeeze` |f(n) − V| ≤ g(n) from some n on and g → 0 give f → V. `linear` combinations with
constants, and a constant. `equal` f = h. `partial_sums` of a convergent series tend to its value. `unique` one sequence has one limit.
`bound` |f(n) − c| ≤ h(n) from some n on, f → V and h → H give |V − c| ≤ H. `apart` 0 < c ≤ |f(n) − V| from some n on gives that f
strays from V. `later` a limit does not depend on where the sequence starts. Bound names are replaced by names that occur nowhere else
before formulas are compared.
"""
from ..normal import Scope, fresh
from ..refusal import Rejected
from .series_tail import at, equal, every
from .series_tail import parts as series_parts

FIELDS = {"mode": "word", "from": "refs", "c": "term", "lo": "term", "using": "using"}


def parts(formula, n, op="tends"):
    """(lo, f(n), V) of a limit."""
    if formula[0] != op:
        raise Rejected("a limit is expected", op, formula[0])
    _, k, lo, f, V = formula
    return lo, at(k, f, n), V


def index(goal, ctx):
    """A fresh index n ≥ lo of the limit in the goal, and its scope."""
    n = next(fresh)
    return n, Scope({n: "int"}, [("<=", parts(goal, n)[0], n)], ctx.scope)


def reciprocal(goal, facts, step, ctx):
    n, inner = index(goal, ctx)
    _, f, V = parts(goal, n)
    return ctx.shape(step["c"]) == (1, 1) and equal(f, ("/", step["c"], n), inner) and equal(V, 0, ctx.scope)


def squeeze(goal, facts, step, ctx):
    n, start = next(fresh), step["lo"]
    (_, f, V), (_, g, zero) = parts(goal, n), parts(facts[1], n)
    return ctx.integral(start) and equal(zero, 0, ctx.scope) \
        and ctx.same(facts[0], every(n, start, ("<=", ("abs", ("-", f, V)), g)))


def linear(goal, facts, step, ctx):
    n, inner = index(goal, ctx)
    lo, f, V = parts(goal, n)
    for ref, c, _ in step["using"]:
        start, part, value = parts(ctx.expect(ref, "tends"), n)
        if not equal(start, lo, ctx.scope):
            return False
        f, V = ("-", f, ("*", c, part)), ("-", V, ("*", c, value))
    return equal(f, V, inner)


def equal_terms(goal, facts, step, ctx):
    n = next(fresh)
    (lo, f, V), (_, h, W) = parts(facts[0], n), parts(goal, n)
    return ctx.same(facts[1], every(n, lo, ("=", f, h))) and equal(V, W, ctx.scope)


def partial_sums(goal, facts, step, ctx):
    n, k = next(fresh), next(fresh)
    lo, f, V = series_parts(facts[0], k)
    return ctx.same(goal, ("tends", n, lo, ("sum", k, lo, n, f), V))


def unique(goal, facts, step, ctx):
    n = next(fresh)
    (lo, f, V), (start, g, W) = (parts(fact, n) for fact in facts)
    return ctx.same(("tends", n, lo, f, V), ("tends", n, start, g, V)) and ctx.same(goal, ("=", V, W))


def bound(goal, facts, step, ctx):
    n, start, c = next(fresh), step["lo"], step["c"]
    (_, f, V), (_, h, H) = parts(facts[0], n), parts(facts[1], n)
    return ctx.integral(start) and ctx.shape(c) == (1, 1) and ctx.same(goal, ("<=", ("abs", ("-", V, c)), H)) \
        and ctx.same(facts[2], every(n, start, ("<=", ("abs", ("-", f, c)), h)))


def apart(goal, facts, step, ctx):
    n, start = next(fresh), step["lo"]
    _, f, V = parts(goal, n, "strays")
    return ctx.integral(start) and ctx.same(facts[0], ("<", 0, step["c"])) \
        and ctx.same(facts[1], every(n, start, ("<=", step["c"], ("abs", ("-", f, V)))))


def later(goal, facts, step, ctx):
    n = next(fresh)
    (_, f, V), (lo, _, W) = parts(facts[0], n), parts(goal, n)
    return ctx.same(goal, ("tends", n, lo, f, V)) and equal(V, W, ctx.scope)


MODES = {m.__name__.removesuffix("_terms"): (m, needs, count) for m, needs, count in (
    (reciprocal, {"c"}, 0), (squeeze, {"lo"}, 2), (linear, {"using"}, 0), (unique, set(), 2), (apart, {"c", "lo"}, 2), (later, set(), 1),
    (partial_sums, set(), 1), (bound, {"c", "lo"}, 3), (equal_terms, set(), 2))}


def check(step, ctx):
    mode, needs, count = MODES.get(step.get("mode"), (None, set(), 0))
    refs = step.get("from", [])
    if mode is None or not needs <= set(step) or len(refs) != count:
        raise Rejected("unknown mode, a field is missing, or the wrong number of facts", sorted(MODES), step.get("mode"))
    if not mode(step["shows"], [ctx.fact(r) for r in refs], step, ctx):
        raise Rejected(f"{step['mode']} does not show this", [ctx.fact(r) for r in refs], step["shows"])
