"""Named families of poles, exact; `poles.to_complex`, `to_mpc`, `to_acb` give their values.

`paper`      François, Orvieto, Bach (COLT 2025): a_s = e^{−α/K} e^{iπs/K}, s = −T..T, S = 2T+1
`s4d_lin`    Gu et al. (NeurIPS 2022), S4D-Lin: a_s = e^{−Δ/2 + iπsΔ}, conjugate pairs listed, s = −T..T
`sharp`      evenly spaced by 2π/P at radius r^{1/P}, s = −T..T
`lru_ring`   Orvieto et al. (ICML 2023): |a|² uniform between r_min² and r_max², phase uniform; seeded
`hippo_legs` Gu et al. (NeurIPS 2020), HiPPO-LegS: a_n = e^{−Δn}, n = 1..S, the eigenvalues −n of its matrix, held for a step Δ
`single`     one pole re + i·im
"""

from __future__ import annotations

import math
import random
from fractions import Fraction

from numeric.errors import Refused, check_shift, refusal
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


def waste(S: int) -> float:
    """ε = (2π²S)^{−1/3}, near which the period P = K(1 + ε) and the radius r² = ε of the sharp family capture most at the lag K.

    With weights b_s = (1−r²)/P · r^{−K/P} e^{−2πisK/P} the response is a Dirichlet kernel around k = K, K+P, …, scaled by r^{k/P}. Of
    S/K it captures about 1 − x − r² − 1/(2π²S x r²), x = P/K − 1: a longer period, the peaks after K, and the tail at k ≥ 0 of the peak
    before 0, averaged over its waves. At x = r² = ε the three are equal and their sum is least, 3ε. The tail decays over a period, so the
    share is more, below 1 − 2ε for S = 9, 33, 127. The best weights do better still, and from about S = 33 on prefer a smaller ε."""
    return (2 * math.pi**2 * S) ** (-1 / 3)


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


def _step(given: dict, K: int) -> Fraction:
    return given["step"] if given.get("step") is not None else Fraction(1, K)


def named(name: str, S: int, K: int, **given) -> tuple[Pole, ...]:
    """A family at shift K ≥ 1 with the parameters given and, for the others, these defaults.

    paper: alpha 1/2. s4d-lin, hippo-legs: step 1/K. sharp: period K + ⌈εK⌉, radius^2 near ε = (2π²S)^{−1/3} (`waste`).
    lru-ring: r_min 9/10, r_max 999/1000, seed 0."""
    where, name = "numeric.families", name.replace("_", "-")
    known = ("paper", "s4d-lin", "sharp", "lru-ring", "hippo-legs")
    taken = {"paper": ("alpha",), "s4d-lin": ("step",), "hippo-legs": ("step",), "sharp": ("period", "radius"),
             "lru-ring": ("r_min", "r_max", "seed")}
    if name not in known:
        raise refusal(where, "family", f"the family should be one of {', '.join(known)}", f"it is {name!r}", f"--family {name}",
                      "give the poles in a file with --poles")
    given = {key: value for key, value in given.items() if value is not None}
    if extra := [key for key in given if key not in taken[name]]:
        raise refusal(where, "parameter", f"{name} takes {', '.join(taken[name])}", f"{extra[0]} is given",
                      f"--{extra[0].replace('_', '-')}", "leave it out")
    K = check_shift(where, K, least=1)
    if name == "paper":
        return paper(S, K, _positive("alpha", given.get("alpha", Fraction(1, 2))))
    if name == "s4d-lin":
        return s4d_lin(S, _positive("step", _step(given, K)))
    if name == "hippo-legs":
        return hippo_legs(S, _positive("step", _step(given, K)))
    if name == "lru-ring":
        low, high = given.get("r_min", Fraction(9, 10)), given.get("r_max", Fraction(999, 1000))
        if not 0 <= low < high <= 1:
            raise refusal(where, "radii", "lru-ring needs 0 ≤ r_min < r_max ≤ 1", f"they are {low} and {high}", f"r_min = {low}",
                          "--r-min 0.9 --r-max 0.999")
        return lru_ring(S, low, high, given.get("seed", 0))
    tuned = Fraction(round(10**6 * math.sqrt(waste(S))), 10**6)
    period, radius = given.get("period", K + math.ceil(K * waste(S))), given.get("radius", tuned)
    if period < S or not 0 < radius < 1:
        raise refusal(where, "parameter", "sharp needs period ≥ S and 0 < radius < 1", f"period = {period}, radius = {radius}",
                      f"S = {S}", "leave both out")
    return sharp(S, period, radius)


def _positive(what: str, value: Fraction) -> Fraction:
    if value <= 0:
        raise refusal("numeric.families", what, f"{what} should be positive", f"it is {value}", f"{what} = {value}", f"{what} = 1/2")
    return value
