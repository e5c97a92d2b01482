"""The largest energy F_K = 1 − min L that S poles capture at lag K under white noise, enclosed: what is attained, and what no poles exceed.

lower: poles found by a search in floats, rounded to doubles, read back exactly, and their energy enclosed in balls. The search
proves nothing; a bad one makes the enclosure wide, not wrong.

upper: S > K: 1, approached by poles near 0. S = 1: K^K/(K+1)^{K+1} (UP.S1+). S = 2: all pairs of poles, by branch and bound
(`two_poles`). S ≥ 3: the smaller of S/(K+1) (UP.T2) and (S − 1 + (K/(K+1))^{K+1})/K (UP.S1+, claim
`uncertainty.lower_bound_sharper_any_poles`).

K = None is the limit of K F_K as K → ∞, for poles e^{λ_s/K}: v* G⁻¹ v with G = (−1/(λ_s + λ̄_t)), v = (e^{λ_s}).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import acb, acb_mat, arb, ctx, fmpq

from numeric import two_poles
from numeric.design import captured, dyadic, rounded
from numeric.errors import PrecisionExhausted, Refused, check_shift, refusal
from numeric.optimum import optimum
from numeric.poles import Cartesian

WHERE = "numeric.best"
ORDERS, SHIFTS, SHIFTS_OF_TWO = 8, 10**9, 10**6
BOXES, MOST_BOXES = 400_000, 10**7
DIGITS = 20
STARTS = 6  # of the search


@dataclass(frozen=True)
class Best:
    """lower ≤ sup F_K ≤ upper (K = None: of K F_K in the limit). poles: the witness, doubles (in the limit the λ_s); boxes: how many
    were needed, 0 where a theorem is used; reached: whether the gap asked for is; why: where the upper bound is from."""

    order: int
    K: int | None
    poles: np.ndarray
    lower: arb
    upper: arb
    boxes: int
    reached: bool
    why: str

    @property
    def gap(self) -> arb:
        """(upper − lower)/lower, rounded up."""
        return ((self.upper - self.lower) / self.lower).upper()


WHY = {
    "trivial": "no energy exceeds 1 (S > K)",
    "one": "K^K/(K+1)^(K+1), the optimum of one pole (UP.S1+)",
    "two": "branch and bound in balls over all pairs of poles (UP.S1+)",
    "trace": "S/(K+1), above every set of S poles (UP.T2)",
    "decay": "(S − 1 + (K/(K+1))^(K+1))/K, above every set of S poles (UP.S1+)",
}


def limit_height(lam: np.ndarray) -> float:
    """v* G⁻¹ v in float64; −∞ where G is singular to working precision."""
    G = -1 / (lam[:, None] + lam[None, :].conj())
    try:
        return float(np.sum(np.abs(np.linalg.solve(np.linalg.cholesky(G), np.exp(lam))) ** 2))
    except np.linalg.LinAlgError:
        return -math.inf


def limit_energy(lam) -> arb:
    """Enclosure of v* G⁻¹ v for exact doubles λ_s, distinct, Re λ_s < 0."""
    lam = [complex(z) for z in lam]
    if len(set(lam)) < len(lam) or any(z.real >= 0 for z in lam):
        raise Refused("the numbers should be distinct with negative real parts")
    for prec in (200, 400, 800, 1600):
        with ctx.workprec(prec):
            z = [acb(x.real, x.imag) for x in lam]
            try:
                v = [x.exp() for x in z]
                solved = acb_mat([[-1 / (x + y.conjugate()) for y in z] for x in z]).solve(acb_mat([[x] for x in v]))
            except ZeroDivisionError:
                continue
            value = sum((x.conjugate() * solved[s, 0] for s, x in enumerate(v)), acb(0)).real
            if value.is_finite() and (value.rad() * 10**DIGITS < value.abs_lower()) is True:
                return value
    raise PrecisionExhausted("the numbers are too close to each other: G could not be inverted at 1600 bits")


def energy(poles: np.ndarray, K: int) -> arb:
    """Enclosure of F_K of poles given as doubles, equal ones counted once."""
    return 1 - optimum([Cartesian(a) for a in dyadic(poles)], K, digits=DIGITS + 2 * math.ceil(math.log10(K + 1)), weights=False).loss


def symmetric(S: int, p: np.ndarray) -> np.ndarray:
    """λ: conjugate pairs −e^p ± iq, and a real one when S is odd."""
    half = S // 2
    pairs = -np.exp(p[:half]) + 1j * p[half:2 * half]
    return np.concatenate([pairs, pairs.conj(), [-math.exp(p[-1])] if S % 2 else []])


def searched(S: int, K: int | None, starts: int = STARTS) -> Iterator[np.ndarray]:
    """λ of local optima over conjugate pairs (and one real pole when S is odd), from several starts."""
    from scipy.optimize import minimize

    draw = np.random.default_rng(1000 * S + (K or 0) % 997)

    def height(p: np.ndarray) -> float:
        if not np.all(np.isfinite(p)) or np.any(np.abs(p[:S // 2]) > 6):
            return 0.0
        lam = symmetric(S, p)
        value = limit_height(lam) if K is None else captured(lam / K, K, 0.0) * K
        return -value if math.isfinite(value) and 0 <= value <= S + 1e-6 else 0.0

    half = S // 2
    for trial in range(starts):
        spread = (np.arange(half) + (1.0 if S % 2 else 0.5)) * math.pi * (0.9 + 0.15 * trial)
        real = np.log(0.7 + 0.3 * draw.random(half) + 0.1 * trial)
        start = np.concatenate([real, spread[:half], [math.log(0.6)] if S % 2 else []])
        with np.errstate(all="ignore"):
            for _ in range(2):
                start = minimize(height, start, method="L-BFGS-B", options={"maxiter": 300}).x
                start = minimize(height, start, method="Nelder-Mead",
                                 options={"maxfev": 400 * S, "xatol": 1e-9, "fatol": 1e-13, "adaptive": True}).x
        yield symmetric(S, start)


def near_zero(S: int) -> np.ndarray:
    """Poles 2^−30 e^{2πis/S}, rounded, in conjugate pairs: for S > K they capture almost everything."""
    turns = np.exp(2j * np.pi * (np.arange(S) + 0.25) / S)
    return 2.0**-30 * turns


def witness(S: int, K: int | None, starts: int = STARTS) -> tuple[np.ndarray, arb]:
    """(poles as doubles, lower end of their enclosed energy); in the limit (λ, lower end of K F_K)."""
    best = None
    tried = [near_zero(S)] if K is not None and S > K else searched(S, K, starts)
    for lam in tried:
        try:
            poles = lam if K is None or S > K else rounded(lam / K)
            value = limit_energy(poles) if K is None else energy(poles, K)
        except (Refused, PrecisionExhausted):
            continue  # a candidate that doubles cannot hold
        if best is None or (value.lower() > best[1]) is True:
            best = poles, value.lower()
    if best is None:
        raise PrecisionExhausted("no candidate can be written in doubles")
    return best


def largest(S: int, K: int | None, gap=Fraction(1, 1000), boxes: int = BOXES, report: Callable[[int, float], None] | None = None,
            starts: int = STARTS) -> Best:
    """sup F_K over S poles in the disk, between a witness and an upper bound; 1 ≤ S ≤ 8, 1 ≤ K ≤ 10^9 (10^6 for S = 2), or K = None.

    gap: relative width at which branch and bound (S = 2) stops; boxes: how many it may evaluate; starts: of the search for a witness."""
    if not 1 <= S <= ORDERS:
        raise refusal(WHERE, "order", f"S should be from 1 to {ORDERS}", f"it is {S}", f"S = {S}", "eigenproof design takes more poles")
    most = SHIFTS_OF_TWO if S == 2 else SHIFTS
    if K is not None and check_shift(WHERE, K, 1) > most:
        raise refusal(WHERE, "shift", f"K should be ≤ {most} for S = {S}", f"it is {K}", f"K = {K}", "take the limit K → ∞ of K F_K")
    if not gap > 0:
        raise refusal(WHERE, "gap", "the gap should be > 0", f"it is {gap}", f"gap = {gap}", "pass a relative width, as in 1/1000")
    if boxes < 1:
        raise refusal(WHERE, "boxes", "the limit should be ≥ 1", f"it is {boxes}", f"boxes = {boxes}", f"pass a limit, as in {BOXES}")
    poles, lower = witness(S, K, starts)
    with ctx.workprec(100):
        wanted, used = lower * (1 + arb(fmpq(*Fraction(gap).as_integer_ratio()))), 0
        upper, why = arb(S) if K is None else (arb(S) / (K + 1)).upper(), "trace"
        one = arb(-1).exp() if K is None else arb(fmpq(K, K + 1)) ** K / (K + 1)  # in the limit of K F_K
        later = (S - 1 + one if K is None else fmpq(S - 1, K) + one).upper()
        if (later < upper) is True:
            upper, why = later, "decay"
        if K is not None and S > K:
            upper, why = arb(1), "trivial"
        elif S == 1:
            upper, why = one.upper(), "one"
        elif S == 2:
            found = two_poles.cover(K, wanted, boxes, report)
            used = found.boxes
            if (found.upper < upper) is True:  # a few boxes say less than the theorem
                upper, why = found.upper, "two"
        if (upper < lower) is True:
            raise ArithmeticError(f"defect: no {S} poles exceed {upper.str(20)}, but {poles.tolist()} capture {lower.str(20)}")
        return Best(S, K, poles, lower, upper, used, (upper <= wanted) is True, WHY[why])
