"""The explicit filter of the uncertainty-principle paper as printed: poles e^{−α/K} e^{iπs/K} and weights, s = −T..T."""
from theory.language import IMAGINARY, PI, Sum, T, exp, le, lt, names

top, K, alpha, s, k = names("T K alpha s k")
VARIABLES = {"T": "nat", "K": "nat", "alpha": "real"}
GIVEN = [lt(0, alpha), le(1, K)]
SPREAD = exp(2 * alpha) - exp(-2 * alpha)


def pole(s):
    return exp(-alpha / K) * exp(IMAGINARY * PI * s / K)


WHERE_A = ("a", ["s"], pole(s))
WHERE_B = ("b", ["s"], T(-1) ** s * exp(-alpha) * SPREAD / (2 * K))
WHERE_FILTER = ("c", ["k"], Sum("s", -top, top, T("b")(s) * T("a")(s) ** k))
a, b, c = names("a b c")
