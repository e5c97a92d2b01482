"""Speed of the least loss: Cauchy's closed form in balls against elimination in mpmath and in Arb."""

from __future__ import annotations

import math
import random
from fractions import Fraction

from numeric import balls, multiprecision
from numeric.bench import Regime, Target
from numeric.families import paper
from numeric.optimum import optimum
from numeric.poles import Polar, exact

K = 10**6


SMALL = 8  # orders are divided by it for a quick run


def _general(S: int, seed: int = 1):
    """Poles that no structure fits: radii e^{−(0.5…2)/K}, angles 2πs/K moved at random by up to half a step."""
    draw, unit = random.Random(seed), 10**6 * K
    moved = [(draw.randrange(10**6), draw.randrange(500_000, 2_000_000)) for _ in range(S)]
    return exact(Polar(Fraction(2 * s, K) + Fraction(turn, unit), decay=Fraction(decay, unit)) for s, (turn, decay) in enumerate(moved))


def _even(S: int):
    return paper(S + 1 - S % 2, K)[:S]


def _closed(poles, digits: int):
    return lambda: optimum(poles, K, 0, digits, weights=False)


def _lu(poles, digits: int):
    """One elimination in mpmath with the guard digits that `balls` starts with; no second run to see whether digits agree."""
    guard = math.ceil(math.log10(K) + math.log10(len(poles))) + 10

    def once():
        mp = multiprecision._context(digits + guard)
        b = multiprecision._weights_solve(poles, K, mp)
        return 1 - mp.fsum(x * multiprecision.to_mpc(a, mp) ** K for x, a in zip(b, poles, strict=True)).real

    return once


def _solve(poles, digits: int):
    return lambda: balls.best_loss(poles, K, digits, "solve")


def order_64(quick: bool = False) -> Regime:
    """S = 64 to 200 digits, against mpmath and Arb."""
    S = 64 // SMALL if quick else 64
    general, even = _general(S), _even(S)
    routines = {
        "mpmath LU, general": _lu(general, 200), "Arb solve, general": _solve(general, 200), "general": _closed(general, 200),
        "mpmath LU, even": _lu(even, 200), "even": _closed(even, 200),
    }
    targets = (Target("general", "mpmath LU, general", 80), Target("even", "mpmath LU, even", 400),
               Target("general", "Arb solve, general", 1))
    return Regime(f"least loss, S = {S}, 200 digits, K = 10^6", routines, targets=targets)


def order_256(quick: bool = False) -> Regime:
    """S = 256 to 50 digits."""
    S = 256 // SMALL if quick else 256
    general, even = _general(S), _even(S)
    routines = {"Arb solve, general": _solve(general, 50), "general": _closed(general, 50), "even": _closed(even, 50)}
    targets = (Target("general", most=0.2), Target("general", "Arb solve, general", 1))
    return Regime(f"least loss, S = {S}, 50 digits, K = 10^6", routines, targets=targets)


def order_1024(quick: bool = False) -> Regime:
    """S = 1024 to 200 digits."""
    S = 1024 // SMALL if quick else 1024
    routines = {"general": _closed(_general(S), 200), "even": _closed(_even(S), 200)}
    return Regime(f"least loss, S = {S}, 200 digits, K = 10^6", routines,
                  targets=(Target("general", most=3.0), Target("even", most=0.1)))


def growth(quick: bool = False) -> Regime:
    """How the cost of general poles grows with S, at 50 digits."""
    sizes = {f"S = {S}": S for S in ((8, 16, 32) if quick else (32, 64, 128, 256, 512))}
    routines = {name: _closed(_general(S), 50) for name, S in sizes.items()}
    return Regime("growth of the general form, 50 digits, K = 10^6", routines, sizes=sizes, growth=2.2)
