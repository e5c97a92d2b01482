"""Convolution with the impulse response c_k = Σ w a^k, k < L, by overlap-save; the response in P parts when it is long.

A frame of F samples (a power of two) gives N = F − L + 1 new ones if P = 1, and N = F/2 if the response is cut into P parts of N. The
cost per sample does not depend on S, but making c does: two multiplications per mode and sample of c, as one matrix product.
What is left out beyond L is in the error bound. The transforms are those of scipy (pocketfft); see `bounds` for what is assumed of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numba import njit
from scipy import fft as transforms

from numeric.engine import matrix
from numeric.engine.precise import powers
from numeric.engine.tiled import lanes_of

CHUNK = 1 << 16  # numbers in the frames transformed together


@dataclass(frozen=True)
class Shape:
    """L samples of response in P parts; frames of F samples that bring N new ones."""

    L: int
    P: int
    F: int
    N: int


def cost_of_transform(F: int) -> float:
    """Nanoseconds per sample for a real transform of length F and its inverse, as measured."""
    return 6.5 if F <= 1 << 15 else 10.0 if F <= 1 << 17 else 40.0


def cost_per_sample(shape: Shape) -> float:
    """Nanoseconds per new sample, doubles, real input."""
    return shape.F / shape.N * (cost_of_transform(shape.F) + 1.0 * shape.P)


@lru_cache(maxsize=1024)
def shapes(L: int, T: int) -> Shape:
    """The cheapest frames for a response of L and T samples."""
    found = []
    for t in range(6, 21):
        F = 1 << t
        if F >= L + 32:
            found.append(Shape(L, 1, F, F - L + 1))
        elif F // 2 < L:
            found.append(Shape(L, -(-L // (F // 2)), F, F // 2))
    return min(found, key=lambda shape: (-(-T // shape.N) * shape.N * cost_per_sample(shape), shape.F))


@njit(nogil=True, cache=True)
def _free(W, size, modes, leave, coarse, fine, y, blocks):
    """y[j] = (a^{jN} x)·leave for `blocks` blocks of `size` numbers; a^{jN} x = coarse[j // F]·fine[j % F], F = len(fine)."""
    F = len(fine)
    grown = np.zeros((matrix.BLOCKS, 2, modes), leave.dtype)
    flat = grown.reshape(-1)
    for first in range(0, blocks, matrix.BLOCKS):
        M = min(matrix.BLOCKS, blocks - first)
        for m in range(M):
            big, small = coarse[(first + m) // F], fine[(first + m) % F]
            for s in range(len(big)):
                grown[m, 0, s] = big[s].real * small[s].real - big[s].imag * small[s].imag
                grown[m, 1, s] = big[s].real * small[s].imag + big[s].imag * small[s].real
        matrix.multiply(W, flat, 0, M, 2 * modes, leave, size, y, first * size, False)


def response_blocks(L: int, C: int, dtype) -> tuple[int, int]:
    """Samples in a block of the response, and their number."""
    N = 6 * lanes_of(dtype) // C
    return N, -(-L // N)


def free_response(a, w, x, L: int, C: int, dtype, late: int) -> np.ndarray:
    """Σ_s w_s a_s^{k+late} x_s for k < L: real part (L,) if C = 1, interleaved (2L,) if C = 2; relative to Σ|w||a|^k|x|, the error is
    at most (blocks + 12)u from the factors and √2 γ of 2S + 8 from the sum."""
    W, S = lanes_of(dtype), len(a)
    N, blocks = response_blocks(L, C, dtype)
    modes = -(-S // W) * W
    power, leave = powers(a, N + 1), np.zeros((2, modes, N, C))
    out = (power[late:late + N] * w).T
    leave[0, :S, :, 0], leave[1, :S, :, 0] = out.real, -out.imag
    if C == 2:
        leave[0, :S, :, 1], leave[1, :S, :, 1] = out.imag, out.real
    few = max(1, math.isqrt(blocks))
    fine = powers(power[N], few + 1)
    coarse = powers(fine[few], -(-blocks // few), x)
    y = np.zeros(blocks * N * C, dtype)
    _free(W, N * C, modes, matrix.packed(leave.reshape(-1, N * C), dtype), coarse, fine[:few], y, blocks)
    return y[:L * C]


@njit(nogil=True, cache=True)
def _mix(spectra, response, first, out):
    """out[j] = Σ_p response[p]·spectra[first + j − p]."""
    for j in range(out.shape[0]):
        for p in range(response.shape[0]):
            left, right = response[p], spectra[first + j - p]
            if p == 0:
                for k in range(out.shape[1]):
                    out[j, k] = left[k] * right[k]
            else:
                for k in range(out.shape[1]):
                    out[j, k] += left[k] * right[k]


def spectrum_of(shape: Shape, response) -> np.ndarray:
    """The transforms of the parts of the response, (P, …)."""
    parts = np.zeros((shape.P, shape.F), response.dtype)
    for p in range(shape.P):
        part = response[p * shape.N:(p + 1) * shape.N] if shape.P > 1 else response
        parts[p, :len(part)] = part
    return (transforms.rfft if np.isrealobj(response) else transforms.fft)(parts)


def pieces(shape: Shape, T: int, count: int) -> list[tuple[int, int]]:
    """Ranges of blocks for up to `count` threads to share a row: whole chunks, so that the numbers stay the same. Each transforms the
    P − 1 frames before it again, so that short ranges do not pay."""
    blocks, together = -(-T // shape.N), max(1, CHUNK // shape.F)
    each = -(-max(-(-blocks // count), 2 * shape.P - 2) // together) * together
    return [(first, min(first + each, blocks)) for first in range(0, blocks, each)]


def convolve(shape: Shape, spectrum, u, out, part: tuple[int, int]) -> None:
    """Blocks part[0] … part[1] − 1 of one row: out[n] = Σ_{k<L} response[k] u[n−k]; both real or both complex."""
    forward, back = (transforms.rfft, transforms.irfft) if np.isrealobj(u) else (transforms.fft, transforms.ifft)
    P, F, N = shape.P, shape.F, shape.N
    (start, blocks), together = part, max(1, CHUNK // F)
    before = -(-(P - 1) // together) * together
    kept = np.zeros((P - 1 + together, spectrum.shape[1]), spectrum.dtype)
    mixed = np.empty((together, spectrum.shape[1]), spectrum.dtype)
    for first in range(max(0, start - before), blocks, together):
        count = min(together, blocks - first)
        kept[:P - 1] = kept[together:]
        kept[P - 1:P - 1 + count] = forward(_frames(u, first, count, F, N))
        if first < start:
            continue
        _mix(kept, spectrum, P - 1, mixed[:count])
        fresh = back(mixed[:count], F)[:, F - N:].reshape(-1)
        rest = out[first * N:(first + count) * N]
        rest[:] = fresh[:len(rest)]


def _frames(u, first: int, count: int, F: int, N: int) -> np.ndarray:
    """Frames first … first + count, (count, F); frame j ends with sample (j + 1)N − 1. Zeros before the start and after the end."""
    start, stop = first * N - (F - N), (first + count) * N
    if start >= 0 and stop <= len(u):
        piece = u[start:stop]
    else:
        piece = np.zeros(stop - start, u.dtype)
        low, high = max(start, 0), min(stop, len(u))
        piece[low - start:high - start] = u[low:high]
    return np.lib.stride_tricks.sliding_window_view(piece, F)[::N]
