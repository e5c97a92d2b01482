"""Matrices agree when their entries do; a 1×1 product is the sum that defines it.

Sound by definition of the product: (MN)(i,j) = Σ_k M(i,k) N(k,j). With `each` (∀ i, j in range: left(i,j) = right(i,j); a dimension 1 has
no index) the equation of matrices follows; without it both sides are unfolded at fresh indices, or at (1, 1) for scalars, and must agree.
"""
from ..normal import Scope, fresh, nf, unfold
from ..refusal import Rejected

FIELDS = {"each": "ref", "nonzero": "refs"}


def check(step, ctx):
    goal = step["shows"]
    if goal[0] != "=":
        raise Rejected("this rule shows an equation", "=", goal[0])
    rows, cols = ctx.shape(goal[1])
    if (rows, cols) == (1, 1):
        left, right = (unfold(t, ctx.scope) for t in goal[1:])
        if not ctx.vanishes(ctx.nf(("-", left, right)), step.get("nonzero", ())):
            raise Rejected("the unfolded products differ", left, right)
        return
    names = [1 if size == 1 else next(fresh) for size in (rows, cols)]
    free_names = [(n, size) for n, size in zip(names, (rows, cols), strict=True) if n != 1]
    hyps = tuple(h for n, size in free_names for h in (("<=", 1, n), ("<=", n, size)))
    inner = Scope({n: "int" for n, _ in free_names}, hyps, ctx.scope)
    want = ("=", *(("entry", t, *names) for t in goal[1:]))
    if "each" not in step:
        if nf(want[1], inner)[0] != nf(want[2], inner)[0]:
            raise Rejected("the entries differ", want[1], want[2])
    elif not ctx.same(("forall", tuple((n, "int") for n, _ in free_names), hyps, want), ctx.expect(step["each"], "forall")):
        raise Rejected("the entrywise fact runs over all rows and columns and is about these entries", want, ctx.fact(step["each"]))
