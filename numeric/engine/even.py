"""Evenly spaced poles, a_s = q ζ^{j_s} with ζ = e^{2πi/N}: Σ_s w_s a_s^k = q^k W_k, W of period N from one FFT of the weights.

The poles of the theory's families are of this form: `families.paper` with N = 2K, `families.sharp` with N = P. Poles given as doubles are
so only nearly: `spacing` measures how nearly, |a_s − q ζ^{j_s}| ≤ δ|a_s|, and δ enters the error bound as a relative error of each step.
Assumed: numpy's cosine and sine are within four units in the last place; of the transform what `bounds` says, for lengths
with no prime factor above 11, which pocketfft splits into butterflies of those radices.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

LEAST = 16  # poles from which a structure is looked for
LONGEST = 1 << 22  # period
NEAR = 2.0**-45  # the largest δ that counts as evenly spaced
POWERS = 2048  # powers of q that are made one after the other


@dataclass(frozen=True)
class Spacing:
    """Period N, places j_s in 0 … N − 1 (distinct), q, and δ as above."""

    N: int
    places: np.ndarray
    q: complex
    delta: float

    def __str__(self) -> str:
        return f"poles q·exp(2πi j/{self.N}) within {self.delta:.1e}"


def factors(N: int) -> list[int]:
    """Prime factors of N up to 11, with repetition; and what is left, if it is not 1."""
    out = []
    for p in (2, 3, 5, 7, 11):
        while N % p == 0:
            N, out = N // p, [*out, p]
    return out if N == 1 else [*out, N]


def roots(j, N: int) -> np.ndarray:
    """e^{2πi j/N} for integers j, each within 11·2⁻⁵³: the angle is reduced to an eighth of a turn exactly."""
    quarter, m = np.divmod(4 * np.asarray(j, dtype=np.int64) + N // 2, N)  # 4j = quarter·N + m − N//2
    t = 2 * math.pi * ((m - N // 2) / (4 * N))
    return np.exp(0.5j * math.pi * np.arange(4)).round()[quarter % 4] * (np.cos(t) + 1j * np.sin(t))


def spacing(a) -> Spacing | None:
    """How the poles (S,) are spaced, or None: too few, repeated, not evenly spaced, a long period, or one with a large prime factor."""
    size = np.abs(a)
    if len(a) < LEAST or not np.ptp(size) <= NEAR * size[0]:
        return None
    gap = float(np.min(np.diff(np.sort(np.angle(a)))))
    N = round(2 * math.pi / gap) if gap > math.pi / LONGEST else 0
    if not len(a) <= N <= LONGEST or factors(N)[-1] > 11:
        return None
    places = np.rint(np.angle(a * a[0].conj()) * (N / (2 * math.pi))).astype(np.int64) % N
    if len(np.unique(places)) < len(a):
        return None
    z = roots(places, N)
    q = complex(np.mean(a * z.conj()))
    off = float(np.max(np.abs(a - q * z) / size)) * (1 + 2.0**-40) + 16 * 2.0**-53  # roots 11, product 3, rest 2
    return Spacing(N, places, q, off) if off <= NEAR else None


def blocks(L: int) -> int:
    """How often the powers of q start from a rounded one."""
    return -(-L // POWERS)


def response(spaced: Spacing, w, L: int, C: int, dtype) -> np.ndarray:
    """Σ_s w_s a_s^k for k < L: real part (L,) if C = 1, interleaved (2L,) if C = 2.

    Beside δ a step, relative to Σ|w||a|^k, the error is φ of the transform and (blocks + 16)·2⁻⁵³, and one rounding to the type."""
    from scipy import fft as transforms

    from numeric.engine.precise import powers

    scattered = np.zeros(spaced.N, complex)
    scattered[spaced.places] = w
    periodic = transforms.ifft(scattered, norm="forward", overwrite_x=True)
    fine = powers([spaced.q], POWERS + 1)[:, 0]
    coarse = powers(fine[POWERS:], blocks(L))[:, 0]
    grown = (coarse[:, None] * fine[None, :POWERS]).reshape(-1)[:L]
    whole = grown * (periodic[:L] if L <= spaced.N else np.resize(periodic, L))
    return whole.real.astype(dtype) if C == 1 else whole.view(np.float64).astype(dtype)
