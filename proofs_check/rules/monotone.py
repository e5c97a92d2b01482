"""Monotone functions: f′ ≥ 0 on [lo, hi] and lo ≤ hi give f(lo) ≤ f(hi).

`from` names two facts: ∀ x real, lo ≤ x, x ≤ hi: 0 ≤ f′(x), and lo ≤ hi. The kernel differentiates f itself.

Sound because f is built from x, terms without x, sums, products, quotients by terms without x, powers of scalars with exponents 1, 2, …,
conjugates, real and imaginary parts and entire functions, so that it is continuously differentiable on the line and
f(hi) − f(lo) = ∫ f′(x) dx over [lo, hi], which is real and not negative when f′ is; f itself need not be known to be real. The ends must be
real terms: for others the quantified fact may be about no x at all. Powers of matrices are refused, because (M²)′ is not 2MM′.
"""
from ..language import free, substitute
from ..normal import Scope, fresh, nf
from ..refusal import Rejected

FIELDS = {"f": "fn", "lo": "term", "hi": "term", "from": "refs"}
CHAIN = {"exp": lambda u: ("exp", u), "sin": lambda u: ("cos", u), "cos": lambda u: ("-", ("sin", u)),
         "sinh": lambda u: ("cosh", u), "cosh": lambda u: ("sinh", u)}


def derivative(t, x, scope):
    """The derivative of a term with respect to the real variable x."""
    if x not in free(t):
        return 0
    if t == x:
        return 1
    op, args = t[0], t[1:]
    if op in ("+", "-", "conj", "re", "im"):
        return (op, *(derivative(a, x, scope) for a in args))
    if op == "*":
        return ("+", *(("*", *args[:j], derivative(a, x, scope), *args[j + 1:]) for j, a in enumerate(args)))
    if op == "/" and x not in free(args[1]):
        return ("/", derivative(args[0], x, scope), args[1])
    if op == "^" and isinstance(args[1], int) and args[1] >= 1 and nf(args[0], scope)[1:] == (1, 1):
        return ("*", args[1], ("^", args[0], args[1] - 1), derivative(args[0], x, scope))
    if op in CHAIN:
        return ("*", CHAIN[op](args[0]), derivative(args[0], x, scope))
    raise Rejected("this is not differentiated", "+ - * ^natural /constant conj re im exp sin cos sinh cosh", repr(t)[:80])


def check(step, ctx):
    goal, refs, n = step["shows"], step.get("from", []), next(fresh)
    if not {"f", "lo", "hi"} <= set(step) or len(refs) != 2:
        raise Rejected("a monotone function needs f, lo, hi and two facts", "f′ ≥ 0 on [lo, hi]; lo ≤ hi", refs)
    (_, x, body), lo, hi = step["f"], step["lo"], step["hi"]
    if not all(ctx.shape(end) == (1, 1) and ctx.real(end) for end in (lo, hi)):
        raise Rejected("the ends of the interval are real terms", "real lo and hi", (lo, hi))
    body, scope = substitute(body, {x: n}), Scope({n: "real"}, (), ctx.scope)
    slope = ("forall", ((n, "real"),), (("<=", lo, n), ("<=", n, hi)), ("<=", 0, derivative(body, n, scope)))
    for ref, want in zip(refs, (slope, ("<=", lo, hi)), strict=True):
        if not ctx.same(ctx.fact(ref), want):
            raise Rejected("a fact that the rule rests on says something else", want, ctx.fact(ref))
    ends = [substitute(body, {n: end}) for end in (lo, hi)]
    if ctx.shape(ends[0]) != (1, 1) or not ctx.same(goal, ("<=", *ends)):
        raise Rejected("f(lo) ≤ f(hi) is something else", ("<=", *ends), goal)
