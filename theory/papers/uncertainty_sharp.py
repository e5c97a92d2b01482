"""Filters whose phases are evenly spaced by 2π/P, P = K + δ: the family that shows that the constant of the bound is sharp."""
from theory.language import IMAGINARY, PI, Sum, T, exp, le, lt, names, ne
from theory.proof import explained
from theory.steps import positive_quotient

S, K, gap, P, lam, n, k, s, t = names("S K gap P lam n k s t")


def turn(m, period=P):
    """e^{2πim/P}."""
    return exp(2 * IMAGINARY * PI * m / period)


def fade(k, period=P):
    """e^{−2λk/P}, the squared modulus of the k-th power of a pole."""
    return exp(-2 * lam * k / period)


def pole(n):
    return exp(-lam / P) * turn(n)


@explained
def reciprocal(p, x, positive):
    """0 < x gives (x ≠ 0, 0 < 1/x)."""
    proper = p.order("nonzero", ne(x, 0), positive)
    return proper, positive_quotient(p, x, positive, proper)


def counted(p, x, at_least_one):
    """1 ≤ x gives 0 < x."""
    return p.squares(lt(0, x), [(1, [at_least_one], "", 1), (1, [], "", 1)])


# The window: 1 inside, falling to 0 in layers of width h at both ends
q, layer, window = names("q h w")
WHERE_LAYER = ("h", [], q / (1 - q))
WHERE_WINDOW = ("w", ["s"], 1 - (q**s + q ** (S + 1 - s)) / (1 + q ** (S + 1)))

# The filter: P = K + δ, d = δ/P
a, c, d = names("a c d")
VARIABLES = {"S": "nat", "K": "nat", "gap": "nat", "lam": "real"}
GIVEN = [lt(0, lam), le(1, gap), le(S, K)]
WHERE_P = ("P", [], K + gap)
WHERE_D = ("d", [], gap / P)
WHERE_A = ("a", ["n"], pole(n))
WHERE_C = ("c", ["k"], Sum("n", 1, S, T("b")(n) * T("a")(n) ** k))
