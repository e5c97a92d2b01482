"""The explicit filter of the uncertainty-principle paper: poles on an arc, their Gram matrix over one period of 2K lags.

The index s = −T..T of the paper is n − T − 1 with n = 1..S, S = 2T + 1.
"""
from theory.language import IMAGINARY, PI, T, diag, eq, exp, eye, forall, le, lt, matrix, names, ne
from theory.proof import explained

top, K, alpha, n, s, t, k, j = names("T K alpha n s t k j")
VARIABLES = {"T": "nat", "K": "nat", "alpha": "real"}
GIVEN = [lt(0, alpha), le(top + 1, K)]
S, SIZE = names("S"), 2 * top + 1
PERIOD = 2 * K


def turn(m):
    """e^{iπm/K}."""
    return exp(IMAGINARY * PI * m / K)


def pole(n):
    return exp(-alpha / K) * turn(n - top - 1)


def decay(k):
    """e^{−2αk/K}."""
    return exp(-2 * alpha * k / K)


WHERE_S = ("S", [], SIZE)
WHERE_A = ("a", ["n"], pole(n))
WHERE_LOST = ("lam", [], 1 - exp(-4 * alpha))
WHERE_C = ("C", [], matrix("s", S, "t", S, 1 / (1 - T("a")(s) * T("a")(t).bar)))
WHERE_W = ("W", [], matrix("s", S, "k", PERIOD, turn((s - top - 1) * (k - 1))))
WHERE_DECAY = ("Q", [], diag("k", PERIOD, decay(k - 1)))
a, lam, C, W, Q = names("a lam C W Q")
ORTHOGONAL = eq(W @ W.H, PERIOD * eye(S))
FACTORED = eq(lam * C, W @ Q @ W.H)
BELOW = le((PERIOD * exp(-4 * alpha)) * eye(S), lam * C)
ABOVE = le(lam * C, PERIOD * eye(S))


@explained
def lag_positive(p, below):
    """K ≥ 1, so that K ≠ 0 and 1/K > 0; `below` says T + 1 ≤ K."""
    natural = p.order("basic", le(0, top))
    p.squares(le(1, K), [(1, [below], "", 1), (1, [natural], "", 1)])
    positive = p.squares(lt(0, K), [(1, [below], "", 1), (1, [natural], "", 1), (1, [], "", 1)])
    proper = p.order("nonzero", ne(K, 0), positive)
    with p.contradiction(ne(1 / K, 0)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", K)], nonzero=[proper])
    back = p.squares(lt(0, 1 / K), [(1, [positive], "", 1 / K)], nonzero=[proper, absurd.fact])
    return positive, proper, back


@explained
def below_one(p, x, negative):
    """e^x < 1 for x < 0."""
    goal = lt(exp(x), 1)
    rule = p.use("algebra.exp_above_tangent", forall({}, [lt(x, 0)], goal), x=x)
    return p.apply(rule, goal)
