"""["integrates", x, lo, hi, f, V]: lo ≤ hi are real, x ↦ f(x) is continuous on [lo, hi] and its Riemann integral there is V.

`fundamental`, from lo ≤ hi, ∀t: F has the derivative f(t) at t, and ∀t: f is differentiable at t (so continuous): V = F(hi) − F(lo).
`linear` combinations with constants. `finite` exchanges with a finite sum. `exchange` with a series, from ∀k≥lo: f_k integrates to V_k;
|f_k(x)| ≤ M_k on [lo, hi]; ΣM_k converges: Σf_k converges uniformly, so it is continuous and integrates to ΣV_k, which converges
absolutely (either is shown). `value` and `exists` pass between integrates and the term integral. `equal` f = g on [lo, hi].
`order` f ≤ g on [lo, hi] gives V ≤ W. Facts about every t may be about all real t, or about lo ≤ t ≤ hi only.
"""
from ..language import free, substitute
from ..normal import Scope, fresh, nf
from ..refusal import Rejected

FIELDS = {"mode": "word", "from": "refs", "F": "fn", "using": "using"}


def parts(formula, x):
    """(lo, hi, f(x), V) of an `integrates` formula; x is a name that occurs nowhere else."""
    if formula[0] != "integrates":
        raise Rejected("an integrates fact is expected", "integrates", formula[0])
    _, y, lo, hi, f, V = formula
    return lo, hi, substitute(f, {y: x}), V


def everywhere(fact, t, ends, claim, ctx):
    """Whether a fact says the claim for every real t, or for every t of the interval."""
    lo, hi = ends
    return any(ctx.same(fact, ("forall", ((t, "real"),), given, claim)) for given in ((("<=", lo, t), ("<=", t, hi)), ()))


def fundamental(goal, facts, step, ctx):
    t, x = next(fresh), next(fresh)
    lo, hi, f, V = parts(goal, t)
    (_, y, F), (order, slope, smooth) = step["F"], facts
    if smooth[0] != "forall" or len(smooth[1]) != 1 or smooth[3][0] != "derivative":
        return False
    change = substitute(smooth[3][4], {smooth[1][0][0]: t})
    return ctx.same(order, ("<=", lo, hi)) \
        and everywhere(slope, t, (lo, hi), ("derivative", x, substitute(F, {y: x}), t, f), ctx) \
        and everywhere(smooth, t, (lo, hi), ("derivative", x, substitute(f, {t: x}), t, change), ctx) \
        and ctx.same(("=", V, ("-", substitute(F, {y: hi}), substitute(F, {y: lo}))), ("=", 0, 0))


def linear(goal, facts, step, ctx):
    x = next(fresh)
    lo, hi, f, V = parts(goal, x)
    for ref, c, _ in step["using"]:
        low, high, part, value = parts(ctx.fact(ref), x)
        if ctx.nf(low) != ctx.nf(lo) or ctx.nf(high) != ctx.nf(hi):
            return False
        f, V = ("-", f, ("*", c, part)), ("-", V, ("*", c, value))
    return bool(step["using"]) and not nf(f, Scope({x: "real"}, (), ctx.scope))[0] and not ctx.nf(V)


def ranged(fact, hypotheses):
    """(name, hypotheses, integrates formula) of a fact about every integer in a range."""
    if fact[0] != "forall" or [kind for _, kind in fact[1]] != ["int"] or len(fact[2]) != hypotheses or fact[3][0] != "integrates":
        raise Rejected("a fact about the integral of every term is expected", "forall k int: integrates", fact)
    return fact[1][0][0], fact[2], fact[3]


def finite(goal, facts, step, ctx):
    s, ((low, high), claim), x, n = *(lambda r: (r[0], r[1:]))(ranged(facts[0], 2)), next(fresh), next(fresh)
    lo, hi, f, V = parts(substitute(claim, {s: n}), x)
    first, last = low[1], high[2]
    return low == ("<=", first, s) and high == ("<=", s, last) and s not in free(first) | free(last) | free(claim[2]) | free(claim[3]) \
        and ctx.same(facts[1], ("<=", lo, hi)) \
        and ctx.same(goal, ("integrates", x, lo, hi, ("sum", n, first, last, f), ("sum", n, first, last, V)))


def exchange(goal, facts, step, ctx):
    (k, (start,), claim), x, n = ranged(facts[0], 1), next(fresh), next(fresh)
    lo, hi, f, V = parts(substitute(claim, {k: n}), x)
    first, total = start[1], facts[2]
    if start != ("<=", first, k) or k in free(first) | free(claim[2]) | free(claim[3]) or total[0] != "sums":
        return False
    bounds = [("forall", ((n, "int"), (x, "real")), (("<=", first, n), *inside), ("<=", ("abs", f), substitute(total[3], {total[1]: n})))
              for inside in ((("<=", lo, x), ("<=", x, hi)), ())]
    results = (("integrates", x, lo, hi, ("series", n, first, f), ("series", n, first, V)), ("sums", n, first, V, ("series", n, first, V)))
    return ctx.nf(total[2]) == ctx.nf(first) and any(ctx.same(facts[1], b) for b in bounds) and any(ctx.same(goal, r) for r in results)


def value(goal, facts, step, ctx):
    f, = facts
    return f[0] == "integrates" and ctx.same(goal, ("=", ("integral", *f[1:5]), f[5]))


def exists(goal, facts, step, ctx):
    f, = facts
    return f[0] == "integrates" and ctx.same(goal, (*f[:5], ("integral", *f[1:5])))


def equal(goal, facts, step, ctx):
    x = next(fresh)
    (lo, hi, f, V), (*_, g, _) = parts(facts[0], x), parts(goal, x)
    return everywhere(facts[1], x, (lo, hi), ("=", f, g), ctx) and ctx.same(goal, ("integrates", x, lo, hi, g, V))


def order(goal, facts, step, ctx):
    x = next(fresh)
    (lo, hi, f, V), (low, high, g, W) = parts(facts[0], x), parts(facts[1], x)
    return ctx.nf(low) == ctx.nf(lo) and ctx.nf(high) == ctx.nf(hi) and everywhere(facts[2], x, (lo, hi), ("<=", f, g), ctx) \
        and ctx.same(goal, ("<=", V, W))


MODES = {m.__name__: (m, needs, count) for m, needs, count in (
    (fundamental, {"F"}, 3), (linear, {"using"}, 0), (finite, set(), 2), (exchange, set(), 3), (value, set(), 1), (exists, set(), 1),
    (equal, set(), 2), (order, set(), 3))}


def check(step, ctx):
    mode, needs, count = MODES.get(step.get("mode"), (None, set(), 0))
    refs = step.get("from", [])
    if mode is None or not needs <= set(step) or len(refs) != count:
        raise Rejected("unknown mode, a field is missing, or the wrong number of facts", sorted(MODES), step.get("mode"))
    if not mode(step["shows"], [ctx.fact(r) for r in refs], step, ctx):
        raise Rejected(f"{step['mode']} does not show this", [ctx.fact(r) for r in refs], step["shows"])
