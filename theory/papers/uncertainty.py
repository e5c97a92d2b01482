"""Setting of the uncertainty-principle paper (François, Orvieto, Bach, COLT 2025): poles, Gram matrix, loss.

Sequences `a` (poles) and `b` (weights) are read at 1..S; every definition unfolds to sums and matrices of the kernel's language.
"""
from theory.language import SEQ, Abs, Series, Sum, T, conj, delta, diag, forall, inv, le, lt, matrix, names, ne, vec, within

S, K, a, b, s, t, k = names("S K a b s t k")
POLES = {"S": "nat", "a": SEQ}
FILTER = {"S": "nat", "K": "nat", "a": SEQ, "b": SEQ}


def for_each_pole(claim, index=s):
    """The claim for s = 1..S."""
    return forall({index.json: "int"}, [le(1, index), le(index, S)], claim)


STABLE = for_each_pole(lt(Abs(a[s]), 1))
NONZERO = for_each_pole(ne(a[s], 0))
DISTINCT = forall({"s": "int", "t": "int"}, [*within(1, s, S), *within(1, t, S), ne(s, t)], ne(a[s], a[t]))

GRAM = matrix("s", S, "t", S, 1 / (1 - a[s] * conj(a[t])))
COEFFICIENT = Sum("s", 1, S, b[s] * a[s] ** k)
LOSS = Series("k", 0, Abs(T("c")(k) - delta(k, K)) ** 2)

WHERE_C = ("C", [], GRAM)
WHERE_D = ("D", [], diag("s", S, a[s]))
WHERE_ONE = ("e", [], vec("s", S, 1))
WHERE_POWER = ("v", ["k"], vec("s", S, a[s] ** k))
WHERE_F = ("F", ["k"], T("v")(k).H @ inv(T("C")) @ T("v")(k))
WHERE_FILTER = ("c", ["k"], COEFFICIENT)
WHERE_LOSS = ("L", [], LOSS)

C, D, e, v, F, c, L = names("C D e v F c L")
