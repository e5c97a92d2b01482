"""["derivative", x, F, a, d]: the function x ↦ F(x) of a real variable is differentiable at the real number a, with derivative d.

`term`: the kernel differentiates the normal form of F, which is the same function, by the rules of school calculus (sum, product, quotient,
power, exp, sin, cos, atan and log of real functions, conjugate, finite sums and products) and compares with d. Every quotient, negative
power, product and logarithm on the way leaves a condition at a, which must be among the facts; a function that is not zero at a is not zero
near a, so the conventions for 1/0 play no part.
`series`, from ∀k≥lo ∀t∈ℝ: f_k has the derivative g_k at t; |g_k(t)| ≤ M_k; ΣM_k converges; ∀t Σf_k(t) converges: Σf_k has the derivative
Σg_k(a) at a. Sound: Σg_k converges uniformly and Σf_k at a point, so Σf_k is differentiable term by term (Rudin, theorem 7.17).
"""
from ..language import free, substitute
from ..normal import Scope, canonical, dims, fresh, nf, real, unit
from ..refusal import Rejected

FIELDS = {"mode": "word", "from": "refs", "nonzero": "refs"}
OUTER = {"exp": lambda u: ("exp", u), "sin": lambda u: ("cos", u), "cos": lambda u: ("-", ("sin", u)),
         "sinh": lambda u: ("cosh", u), "cosh": lambda u: ("sinh", u),
         "atan": lambda u: ("/", 1, ("+", 1, ("^", u, 2))), "log": lambda u: ("/", 1, u)}


def slope(t, x, scope, needs, around=()):
    """The derivative of a canonical scalar term in the real variable x; `needs` collects what must hold for it."""
    def inner(u):
        return slope(u, x, scope, needs, around)

    def need(condition):
        for k, lo, hi in reversed(around):
            condition = ("forall", ((k, "int"),), (("<=", lo, k), ("<=", k, hi)), condition)
        needs.append(condition)

    if t == x or x not in free(t):
        return int(t == x)
    op, args = t[0], t[1:]
    if any(dims(u, scope) != (1, 1) for u in args if op in ("+", "-", "*")):
        raise Rejected("only scalar functions are differentiated", (1, 1), t)
    if op in ("+", "-", "conj"):
        return (op, *map(inner, args))
    if op == "*":
        return ("+", *(("*", *args[:j], inner(u), *args[j + 1:]) for j, u in enumerate(args)))
    if op == "/":
        need(("!=", args[1], 0))
        return ("/", ("-", ("*", inner(args[0]), args[1]), ("*", args[0], inner(args[1]))), ("^", args[1], 2))
    if op == "^":
        if not unit(args[0]) and not scope.nonneg(nf(args[1], scope)[0]):
            need(("!=", args[0], 0))
        return ("*", args[1], ("^", args[0], ("-", args[1], 1)), inner(args[0]))
    if op in OUTER:
        if op in ("atan", "log") and not real(args[0], scope):
            raise Rejected(f"{op} is differentiated at real functions only", "a real argument", args[0])
        if op == "log":
            need(("<", 0, args[0]))
        return ("*", OUTER[op](args[0]), inner(args[0]))
    if op in ("sum", "prod") and x not in free(args[1]) | free(args[2]):
        k, lo, hi, body = args
        within = Scope({k: "int"}, [("<=", lo, k), ("<=", k, hi)], scope)
        change = slope(body, x, within, needs, (*around, (k, lo, hi)))
        if op == "sum":
            return ("sum", k, lo, hi, change)
        around = (*around, (k, lo, hi))
        need(("!=", body, 0))
        return ("*", t, ("sum", k, lo, hi, ("/", change, body)))
    raise Rejected("this function is not differentiated here", "LANGUAGE.md, derivative", t)


def term(goal, facts, ctx, nonzero):
    _, x, F, a, d = goal
    new, needs = next(fresh), []
    inner = Scope({new: "real"}, (), ctx.scope)
    value = slope(canonical(substitute(F, {x: new}), inner), new, inner, needs)
    for condition in (substitute(condition, {new: a}) for condition in needs):
        proper = condition[0] == "!=" and ctx.vanishes(ctx.nf(("-", ("/", condition[1], condition[1]), 1)), nonzero)  # q/q = 1, so q ≠ 0
        if not proper and not ctx.established(condition):
            raise Rejected("the derivative needs a condition that is not among the facts", condition, "not shown")
    if not ctx.vanishes(ctx.nf(("-", d, substitute(value, {new: a}))), nonzero):
        raise Rejected("the derivative is another one", ctx.canonical(substitute(value, {new: a})), ctx.canonical(d))


def series(goal, facts, ctx, nonzero):
    each, _, total, _ = facts
    if each[0] != "forall" or len(each[1]) != 2 or each[3][0] != "derivative" or total[0] != "sums":
        raise Rejected("the facts are: derivative of every term, its bound, the sum of the bounds, convergence", "forall k t", each)
    ((k, _), (t, _)), (_, x, f, _, g), (_, j, lo, M, _) = each[1], each[3], total
    n, s, y = next(fresh), next(fresh), next(fresh)
    if t in free(f):
        raise Rejected("the functions differ from point to point", "f without the point", f)

    def F(at):
        return substitute(f, {k: n, x: at})

    def G(at):
        return substitute(g, {k: n, t: at})
    index, point, start = (n, "int"), (s, "real"), ("<=", lo, n)
    wanted = (("forall", (index, point), (start,), ("derivative", y, F(y), s, G(s))),
              ("forall", (index, point), (start,), ("<=", ("abs", G(s)), substitute(M, {j: n}))), total,
              ("forall", (point,), (), ("sums", n, lo, F(s), ("series", n, lo, F(s)))))
    result = ("derivative", y, ("series", n, lo, F(y)), goal[3], ("series", n, lo, G(goal[3])))
    for found, want in (*zip(facts, wanted, strict=True), (goal, result)):
        if not ctx.same(found, want):
            raise Rejected("a fact, or the result, has another form", want, found)


MODES = {"term": (term, 0), "series": (series, 4)}


def check(step, ctx):
    mode, count = MODES.get(step.get("mode"), (None, 0))
    refs, goal = step.get("from", []), step["shows"]
    if mode is None or len(refs) != count or goal[0] != "derivative" or not ctx.real(goal[3]):
        raise Rejected("unknown mode, the wrong number of facts, or not a derivative at a real number", sorted(MODES), step.get("mode"))
    mode(goal, [ctx.fact(ref) for ref in refs], ctx, step.get("nonzero", ()))
