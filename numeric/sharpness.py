"""How close families of poles come to the bound F_K ≤ S/(K+1): the share F_K (K+1)/S, enclosed.

The poles e^{(−λ + 2πis)/P} with P = K + δ are known to reach the share 1 − 5η, η = e^{−2λ}, when (8S)^{−2/5} ≤ η ≤ 1/5 and
2ηK ≤ δ ≤ 2ηK + 1. For S/K → 0 their share is near (1 − d)(1 − η)(1 − (λ/(πS)) cot(πd)), d = δ/P, which is used to tune
them, not to judge them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction

from flint import arb

from numeric import families
from numeric.optimum import optimum
from numeric.poles import rational_ball

GRID = 10**4
LEAST = 7  # the smallest order with (8S)^{−2/5} < 1/5


def settings(S: int, K: int) -> tuple[Fraction, int]:
    """(e^{−λ}, δ): the least multiple of 1/10000 with e^{−5λ} ≥ 1/(8S), and the least δ ≥ 2ηK."""
    r = Fraction(math.ceil(GRID * (8 * S) ** -0.2), GRID)
    while r**5 * 8 * S < 1:
        r += Fraction(1, GRID)
    return r, max(1, math.ceil(2 * r * r * K))


def tuned(S: int, K: int) -> tuple[Fraction, int]:
    """(e^{−λ}, δ) with the largest share by the law for S/K → 0, on a grid."""
    def law(rate, d):
        return (1 - d) * (1 - math.exp(-2 * rate)) * (1 - rate / (math.pi * S) / math.tan(math.pi * d))
    rate, d = max(((x / 40, y / 800) for x in range(4, 240) for y in range(1, 400)), key=lambda pair: law(*pair))
    return Fraction(round(GRID * math.exp(-rate)), GRID), max(1, round(K * d / (1 - d)))


def share(poles, K: int, digits: int = 12) -> arb:
    """F_K (K+1)/S, enclosed."""
    return (1 - optimum(poles, K, digits=digits, weights=False).loss) * (K + 1) / len(poles)


def proved(S: int, K: int) -> Fraction:
    """The share that the settings above are known to reach: 1 − 5η."""
    return 1 - 5 * settings(S, K)[0] ** 2


def rows(orders: Iterable[int], lags: int = 10) -> Iterator[tuple[int, int, arb, arb, arb, arb]]:
    """(S, K, share of the paper's poles, of the sharp family, of the tuned one, proved share) for odd orders S and K = lags · S."""
    for S in orders:
        K = lags * S
        (r, delta), (best, wide) = settings(S, K), tuned(S, K)
        reached = [share(poles, K) for poles in (families.paper(S, K), families.sharp(S, K + delta, r), families.sharp(S, K + wide, best))]
        yield S, K, *reached, rational_ball(proved(S, K))
