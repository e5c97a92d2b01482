"""The loss of given poles and weights in float64 by three routes that share no formula.

`closed`       1 + bᵀ C b̄ − 2 Re Σ b_s a_s^K, white noise (UP.P15)
`series`       Σ_{k,k'} e_k ē_{k'} ρ^{|k−k'|}, e = c − d, with c from the recurrence
`quadrature`   (1/2π)∫ |C(e^{iω}) − e^{−iKω}|² Γ(ω) dω by the trapezoid rule, C(e^{iω}) = Σ b_s/(1 − a_s e^{−iω}) (UP.E6)

The input is white (ρ = 0) or AR(1) with γ(k) = ρ^{|k|}, 0 ≤ ρ < 1. The last two stop where the tail is below 1e-17 relative to
(Σ|b_s|)²; poles that remember longer than `LONGEST` samples are refused.
"""

from __future__ import annotations

import math

import numpy as np

from numeric.errors import check_shift, refusal
from numeric.gram import gram
from numeric.recurrence import advance, check_poles, impulse_response

LONGEST = 10**7  # samples or grid points
TAIL = 1e-17
CHUNK = 1 << 14


def memory(where: str, a: np.ndarray, rho: float, tail: float = TAIL) -> int:
    """An m with Σ_{k≥m} r^k ≤ tail, r = max(|a_s|, ρ): samples older than m do not matter; raises `Refused` above `LONGEST`."""
    if not 0 <= rho < 1:
        raise refusal(where, "rho", "rho should satisfy 0 ≤ rho < 1", f"it is {rho}", f"rho = {rho}",
                      "pass the coefficient of a stationary AR(1) input")
    r = max(float(np.max(np.abs(a))), rho)
    m = 1 if r == 0 else math.ceil(2 + (math.log(tail) + math.log1p(-r)) / math.log(r))
    if m > LONGEST:
        raise refusal(where, "memory", f"the filter should forget within {LONGEST} samples", f"it needs {m}",
                      f"max(|a_s|, rho) = {r!r}", "multiprecision.loss or balls.loss, which take any pole")
    return m


def closed(a, b, K: int) -> float:
    """White-noise loss; rounding at most 8·eps·(S + K)·(1 + Σ|b_s||b_t|/|1 − a_s ā_t| + 2Σ|b_s|)."""
    a, b, K = check_poles("numeric.loss.closed", a), np.asarray(b, dtype=np.complex128), check_shift("numeric.loss.closed", K)
    return float(1 + (b @ gram(a) @ b.conj()).real - 2 * (b @ a**K).real)


def series(a, b, K: int, rho: float = 0.0) -> float:
    """Loss by running the recurrence; Σ_{k,k'} is taken in one pass through v_k = ρ v_{k−1} + e_k."""
    a, K = check_poles("numeric.loss.series", a), check_shift("numeric.loss.series", K)
    e = impulse_response(a, b, K + 1 + memory("numeric.loss.series", a, rho))
    e[K] -= 1
    v = e if rho == 0 else advance([rho], [1], e)[0]
    return float(np.sum(2 * (e.conj() * v).real - np.abs(e) ** 2))


def quadrature(a, b, K: int, rho: float = 0.0, points: int | None = None) -> float:
    """Loss by the trapezoid rule, spectrally accurate: the error is what aliases beyond `points`, chosen below 1e-17."""
    a, K = check_poles("numeric.loss.quadrature", a), check_shift("numeric.loss.quadrature", K)
    points = points or 2 * (K + memory("numeric.loss.quadrature", a, rho))
    total = 0.0
    for start in range(0, points, CHUNK):
        omega = 2 * np.pi * np.arange(start, min(start + CHUNK, points)) / points
        z = np.exp(-1j * omega)
        response = sum(weight / (1 - pole * z) for pole, weight in zip(a, b, strict=True))
        spectrum = (1 - rho**2) / np.abs(1 - rho * z) ** 2
        delay = np.exp(-2j * np.pi * (np.arange(start, start + len(z)) * K % points) / points)
        total += float(np.sum(np.abs(response - delay) ** 2 * spectrum))
    return total / points
