"""A-priori error bounds |computed y_n − exact y_n| for every algorithm, evaluated sample by sample.

Model: every operation of the result type returns the exact value times 1 + d, |d| ≤ u (2⁻⁵³ or 2⁻²⁴), plus at most `TINY` where it
underflows; fused multiply-add rounds once; nothing overflows (`problem` refuses what could). γ_n = n u/(1 − n u). Exact y belongs to the
numbers as given, before they are stored in the result type.

State. One step x ← a x + u, two roundings a component, is wrong by at most ε(|a x| + |u|) as a complex number, ε = 2√2·u(1 + u) < 3u; 2u
more where storing rounds poles or input. With M_n = |a| M_{n−1} + |u_n| ≥ |x_n| the error obeys
    E_n = |a|(1 + ε) E_{n−1} + ε(|a| M_{n−1} + |u_n|):    a sample k steps old has gone through at most k + 1 factors 1 + ε.
Algorithms that reach the state by other routes make at most `extra` more relative errors of ε on the way to any sample:
  tiled   0 (and with modes in lanes n_y is 2S/W + 4 only)
  scan    3: the sum into the carry, and one step of the carry with a rounded power, for each whole piece of ≥ 8 steps
  matrix  (N C + 8)√2/2: the product over a block in any order, γ_{NC+1}, then as for the scan
Output. y_n = Σ w x + …, with sums of at most n_y terms in any order: √2 γ_{n_y} Σ|w|(M + E), where for the matrix form n_y counts both
products, the kernel and the rounded tables: 2S + C N + 12.
Together  |ŷ_n − y_n| ≤ Σ_s |w_s| (E_n + κ (M_n + E_n)),   κ = extra·ε·(1 + ε)^extra + √2 γ_{n_y} + stored weights.

FFT. A transform of length F = 2^t: each result is a sum over paths of t butterflies, each perturbed by at most η = μ + γ_4(√2 + μ) relative
(Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., Theorem 24.2), with twiddles wrong by μ ≤ 8u. Assumed of pocketfft: powers
of two are split into butterflies of radix 2, 4 and 8, no more than these t levels, the real transforms being the complex ones with zeros
left out and one further level for their packing; and twiddles within 8u. With φ = (1 + η)^{t+1} − 1, response r and frame v:
    ‖error‖₂ ≤ ‖r‖₁ ‖v‖₂ ((1 + φ)³(1 + γ_{P+4}) − 1) for each part, parts and their roundings added;
to which come the tail beyond L and the error of the response, ((n_b + 12)u + √2 γ_{2S+8}) Σ|w| M_n,
where n_b counts the blocks it is made in: block j starts from a power that was rounded j times. Evenly spaced poles (`even`) are replaced
by q ζ^j, a relative error δ of each step, and their response is one transform of the weights: (φ + (n_b + 16)u) Σ|w| M_n instead, where a
butterfly of radix p perturbs a path by at most η_p = 16u + √2 γ_{2p+4}.

The bound itself is computed in doubles from sums of non-negative terms and raised by (1 + 2⁻⁵³)^(4(T + S) + 256) for its rounding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit

UNIT = {"float64": 2.0**-53, "float32": 2.0**-24}
TINY = {"float64": 2.0**-1070, "float32": 2.0**-145}


def gamma(n: float, u: float) -> float:
    """n u/(1 − n u), infinite where n u ≥ 1."""
    return n * u / (1 - n * u) if n * u < 1 else math.inf


@dataclass(frozen=True)
class Constants:
    """epsilon per step, kappa on Σ|w|(M + E), tiny per step and per sample; all relative to the model above."""

    epsilon: float
    kappa: float
    tiny: float
    tiny_out: float


def constants(algorithm: str, S: int, C: int, N: int, name: str, *, stored: bool, folded: bool, terms: int | None = None) -> Constants:
    """For one algorithm. stored: some number was rounded to the result type. folded: weights times b. terms: the longest sum, if known.

    N: block of the matrix form, or the number of blocks the FFT's response is made in."""
    if name == "double-double":
        u = 2.0**-106
        epsilon, kappa = 17 * u, (S + 2) * 24 * u + 2.0**-53
        return Constants(epsilon, kappa + 3 * 2.0**-53 * folded, TINY["float64"], (4 * S + 8) * TINY["float64"])
    u = UNIT[name]
    epsilon = 2 * math.sqrt(2) * u * (1 + u) * (1 + 1e-15) + 2 * u * stored
    terms = terms or {"tiled": 2 * S + 2, "scan": 4 * S + 4, "matrix": 2 * S + C * N + 12, "fft": 2 * S + 8, "cuda": 4 * S}[algorithm]
    extra = {"tiled": 0.0, "scan": 3.0, "matrix": (N * C + 8) * math.sqrt(2) / 2, "fft": 0.0, "cuda": 3.0}[algorithm]
    if algorithm == "cuda":
        epsilon *= 2  # in case a product and its addition are rounded apart
    kappa = math.expm1(extra * math.log1p(epsilon)) + math.sqrt(2) * gamma(terms, u) * (1 + u) + u * stored + 3 * 2.0**-53 * folded
    if algorithm == "fft":
        epsilon, kappa = 0.0, kappa + (N + 12 + 2 * stored) * u
    return Constants(epsilon, kappa * (1 + 1e-14), TINY[name], (4 * S + 4 * N + 64) * TINY[name])


def even_constants(one_by_one: Constants, primes, blocks: int, delta: float, name: str, *, fresh: bool) -> Constants:
    """For the FFT with the response of evenly spaced poles; primes: those of the period. one_by_one: what a start is still made by.

    Eight units of the result type are room for the response, the input and the weights rounded to it, and for weights times b."""
    u = UNIT["float64"]
    phi = math.expm1(sum(math.log1p(16 * u + math.sqrt(2) * gamma(2 * p + 4, u)) for p in primes))
    kappa = (phi + (blocks + 16) * u + 8 * UNIT[name]) * (1 + 1e-12) + (0.0 if fresh else one_by_one.kappa)
    return Constants(delta * (1 + 1e-12), kappa, one_by_one.tiny, one_by_one.tiny_out)


@njit(nogil=True, cache=True, fastmath={"reassoc", "contract"})  # sums of non-negative terms in any order: covered by the final factor
def _run(rho, weight, size, M, E, epsilon, kappa, tiny, tiny_out, out):
    """out[n] += Σ_s weight(E + κ(M + E)) + tiny_out; M, E (S,) run on."""
    for n in range(len(size)):
        total, sample = 0.0, size[n]
        for s in range(len(rho)):
            step = rho[s] * M[s] + sample
            error = rho[s] * (1 + epsilon) * E[s] + epsilon * step + 4 * tiny
            M[s], E[s] = step, error
            total += weight[s] * (error + kappa * (step + error))
        out[n] += total + tiny_out


def _raise(values, T: int, S: int):
    """Room for the rounding of the bound itself."""
    return values * (1 + (4.0 * (T + S) + 256) * 2.0**-53 * 1.01)


def modulus(values) -> np.ndarray:
    """An upper bound of |z| for each complex z."""
    return np.abs(np.asarray(values, dtype=np.complex128)) * (1 + 2.0**-50) + 2.0**-1074


def recurrence_bound(a, w, u, x, k: Constants) -> np.ndarray:
    """The bound for each row and sample, (B, T). a, w (S,), u (B, T), x (B, S)."""
    rho, weight, size = modulus(a), modulus(w), modulus(u)
    rho[np.asarray(a) == 0] = 0
    out = np.zeros(size.shape)
    for row, start, target in zip(size, modulus(x), out, strict=True):
        _run(rho, weight, row, start, k.epsilon * start, k.epsilon, k.kappa, k.tiny, k.tiny_out, target)
    return _raise(out, size.shape[1], len(rho))


def tail_bound(a, w, u, x, L: int) -> np.ndarray:
    """What samples ≥ L steps old, and the state from then on, can add: Σ|w||a|^L M_{n−L}, (B, T)."""
    rho, weight = modulus(a), modulus(w)
    size, out = modulus(u), np.zeros(np.shape(u))
    if size.shape[1] > L:
        with np.errstate(under="ignore"):
            late = weight * rho**L * (1 + L * 2.0**-50)
        for row, start, target in zip(size, modulus(x), out, strict=True):
            _run(rho, late, row[:-L], start, np.zeros(len(rho)), 0.0, 1.0, 0.0, 2.0**-1060, target[L:])
    return _raise(out, size.shape[1], len(rho))


def growth(levels: int, u: float) -> float:
    """φ for a transform of 2^levels numbers."""
    eta = 8 * u + gamma(4, u) * (math.sqrt(2) + 8 * u)
    return math.expm1((levels + 1) * math.log1p(eta))


def transform_bound(shape, response, u, name: str) -> np.ndarray:
    """The part of the FFT's bound that comes from the transforms, (B, T)."""
    unit, blocks = UNIT[name], -(-u.shape[1] // shape.N)
    phi = growth(int(math.log2(shape.F)), unit)
    factor = math.expm1(3 * math.log1p(phi) + math.log1p(gamma(shape.P + 4, unit))) * (1 + 1e-12)
    length = shape.N if shape.P > 1 else shape.L
    parts = [float(np.sum(np.abs(response[p * length:(p + 1) * length]))) for p in range(shape.P)]
    out = np.empty(u.shape)
    for row, target in zip(u, out, strict=True):
        padded = np.zeros(shape.F - shape.N + blocks * shape.N)
        padded[shape.F - shape.N:][:len(row)] = modulus(row)
        frames = np.lib.stride_tricks.sliding_window_view(padded, shape.F)[::shape.N]
        norms = np.sqrt(np.einsum("ij,ij->i", frames, frames))
        total = np.zeros(blocks)
        for p, size in enumerate(parts):
            total[p:] += size * norms[:blocks - p]
        target[:] = np.repeat(factor * total, shape.N)[:len(row)]
    return out * (1 + 1e-9 + 4 * unit) + shape.F**2 * 16 * TINY[name] * (1 + max(parts))
