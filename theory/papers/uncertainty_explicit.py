"""The explicit filter of the uncertainty-principle paper: poles on an arc, their Gram matrix over one period of 2K lags.

The index s = −T..T of the paper is n − T − 1 with n = 1..S, S = 2T + 1.
"""
from theory.language import IMAGINARY, PI, Abs, Series, Sum, T, delta, diag, eq, exp, eye, forall, le, lt, matrix, names, ne, vec
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
    """K ≠ 0 and 1/K > 0, because K ≥ T + 1 ≥ 1."""
    natural = p.order("basic", le(0, top))
    return lag_facts(p, p.squares(le(1, K), [(1, [below], "", 1), (1, [natural], "", 1)]))


@explained
def lag_facts(p, at_least_one):
    """K ≥ 1 gives K ≠ 0 and 1/K > 0."""
    positive = p.squares(lt(0, K), [(1, [at_least_one], "", 1), (1, [], "", 1)])
    proper = p.order("nonzero", ne(K, 0), positive)
    with p.contradiction(ne(1 / K, 0)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", K)], nonzero=[proper])
    return proper, p.squares(lt(0, 1 / K), [(1, [positive], "", 1 / K)], nonzero=[proper, absurd.fact])


@explained
def below_one(p, x, negative):
    """e^x < 1 for x < 0."""
    goal = lt(exp(x), 1)
    rule = p.use("algebra.exp_above_tangent", forall({}, [lt(x, 0)], goal), x=x)
    return p.apply(rule, goal)


# The loss --------------------------------------------------------------------------------------------------------------
KAPPA = (1 - exp(-4 * alpha)) / 2
WEIGHT = exp(-alpha) * (exp(2 * alpha) - exp(-2 * alpha)) / (2 * K)
WHERE_B = ("b", ["n"], WEIGHT * exp(IMAGINARY * PI * (n - top - 1)))
WHERE_KAPPA = ("kappa", [], KAPPA)
b, kappa, L = names("b kappa L")


def cosh(u):
    return (exp(u) + exp(-u)) / 2


def sinh(u):
    return (exp(u) - exp(-u)) / 2


def response(weight, k):
    """c_k = Σ b_n a_n^k."""
    return Sum("n", 1, S, weight(n) * a(n) ** k)


TERM = Abs(T("c")(k) - delta(k, K)) ** 2
WHERE_LOSS = ("L", [], Series("k", 0, TERM))
LEADING = 1 - kappa * S / K
LAG = k - 1 - K


def grow(n):
    """e^{2αn/K}."""
    return exp(2 * alpha * n / K)


def kernel(n):
    """D_n = Σ_{|s|≤T} e^{iπsn/K}."""
    return Sum("s", 1, S, turn((s - top - 1) * n))


@explained
def transformed(p):
    """(WW* = 2K·I, W*z = d, the adjoint of that) for z = ((−1)^s), whose transform over the period is the Dirichlet kernel."""
    frame = p.abbreviate("W_", [], matrix("s", S, "k", PERIOD, turn((s - top - 1) * (k - 1))))
    z = p.abbreviate("z_", [], vec("s", S, turn((s - top - 1) * K)))
    d = p.abbreviate("d_", [], vec("k", PERIOD, kernel(LAG).bar))
    orthogonal = p.use("uncertainty.explicit_gram", eq(frame @ frame.H, PERIOD * eye(S)), T=top, K=K, alpha=alpha)
    image = p.entries(eq(frame.H @ z, d))
    return (frame, z, d), orthogonal, image
