"""Named families of poles, exact; `poles.to_complex`, `to_mpc`, `to_acb` give their values.

`paper`      François, Orvieto, Bach (COLT 2025): a_s = e^{−α/K} e^{iπs/K}, s = −T..T, S = 2T+1
`s4d_lin`    Gu et al. (NeurIPS 2022), S4D-Lin: a_s = e^{−Δ/2 + iπsΔ}, conjugate pairs listed, s = −T..T
`sharp`      evenly spaced by 2π/P at radius r^{1/P}, s = −T..T
`lru_ring`   Orvieto et al. (ICML 2023): |a|² uniform between r_min² and r_max², phase uniform; seeded
`hippo_legs` Gu et al. (NeurIPS 2020), HiPPO-LegS: a_n = e^{−Δn}, n = 1..S, the eigenvalues −n of its matrix, held for a step Δ
`single`     one pole re + i·im
"""

from __future__ import annotations

import random
from fractions import Fraction

from numeric.errors import Refused, check_shift
from numeric.poles import Polar, Pole, exact


def centred(S: int) -> range:
    """−T..T for S = 2T+1; raises `Refused` when S is even or not positive."""
    if S < 1 or S % 2 == 0:
        raise Refused(f"S should be odd and positive, S = 2T+1; here S = {S}")
    return range(-(S // 2), S // 2 + 1)


def paper(S: int, K: int, alpha=Fraction(1, 2)) -> tuple[Pole, ...]:
    K = check_shift("numeric.families.paper", K, least=1)
    return exact(Polar(Fraction(s, K), decay=Fraction(alpha) / K) for s in centred(S))


def paper_weights(S: int, K: int, alpha, exp) -> list:
    """b_s = (−1)^s e^{−α}(e^{2α} − e^{−2α})/(2K), real, in the field of `alpha`; exp is that field's exponential.

    `paper_weights(S, K, 0.5, math.exp)` in doubles, `paper_weights(S, K, arb("0.5"), arb.exp)` in balls."""
    size = (exp(alpha) - exp(-3 * alpha)) / (2 * K)
    return [-size if s % 2 else size for s in centred(S)]


def s4d_lin(S: int, step) -> tuple[Pole, ...]:
    step = Fraction(step)
    return exact(Polar(s * step, decay=step / 2) for s in centred(S))


def sharp(S: int, P: int, r) -> tuple[Pole, ...]:
    return exact(Polar(Fraction(2 * s, P), base=r, exponent=Fraction(1, P)) for s in centred(S))


def lru_ring(S: int, r_min, r_max, seed: int = 0) -> tuple[Pole, ...]:
    """Radii and phases are dyadic draws of 53 bits, so the poles are exact."""
    draw, low, high = random.Random(seed), Fraction(r_min) ** 2, Fraction(r_max) ** 2
    squares = [low + (high - low) * Fraction(draw.random()) for _ in range(S)]
    return exact(Polar(2 * Fraction(draw.random()), base=square, exponent=Fraction(1, 2)) for square in squares)


def hippo_legs(S: int, step) -> tuple[Pole, ...]:
    """The HiPPO-LegS matrix is triangular with diagonal −1 … −S, so its poles are real and known exactly."""
    return exact(Polar(Fraction(0), decay=n * Fraction(step)) for n in range(1, S + 1))


def single(re, im=0) -> tuple[Pole, ...]:
    return exact([(re, im)])


BY_NAME = {family.__name__: family for family in (paper, s4d_lin, sharp, lru_ring, hippo_legs, single)}


def family(name: str, **parameters) -> tuple[Pole, ...]:
    """Poles of a family by name; '-' and '_' are the same."""
    builder = BY_NAME.get(name.replace("-", "_"))
    if builder is None:
        raise Refused(f"no family is called {name!r}; there are {', '.join(BY_NAME)}")
    return builder(**parameters)
