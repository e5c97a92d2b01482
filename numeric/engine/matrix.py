"""Time in blocks of N samples: y = Toeplitz·u + (powers of the poles)·state, two matrix products and one short recurrence over blocks.

With x the state before a block u_0 … u_{N−1} and c_k = Σ w a^k:
    x′ = a^N x + Σ_i a^{N−1−i} u_i,    y_n = Σ_s w_s a_s^{n+1} x_s + Σ_{i≤n} c_{n−i} u_i.
Four multiplications per mode and sample and N/S more for the triangle, against six for the recurrence. The tables come from double-double
powers; products add in order of the inner index, so that chunks of whole blocks join bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from numeric.engine.lanes import fma, product
from numeric.engine.precise import powers
from numeric.engine.tiled import lanes_of

BLOCKS = 64  # blocks treated together
ROWS = 8

_p83, _p82, _p81, _p13, _p12, _p11 = (product(rows, vectors) for rows in (8, 1) for vectors in (3, 2, 1))


@dataclass(frozen=True)
class Tables:
    """Flat tables of one float type: `enter` (C·N, 2·Sp), `leave` (2·Sp, C·N), `toeplitz` (C·N, C·N), packed; `jump` (2, Sp)."""

    N: int
    modes: int
    enter: np.ndarray
    leave: np.ndarray
    toeplitz: np.ndarray
    jump: np.ndarray


def block_length(S: int, C: int) -> int:
    """Samples in a block: C·N = 48, or 96 where the triangle weighs little, as measured; whole register tiles either way."""
    return 48 * (2 if S * C >= 100 else 1) // C


def packed(table, dtype) -> np.ndarray:
    """A table (K, columns) flat, in panels of 3·W columns (the last one narrower), each (K, width): a product reads it in sequence."""
    width = 3 * lanes_of(dtype)
    return np.concatenate([table[:, j:j + width].ravel() for j in range(0, table.shape[1], width)]).astype(dtype)


def tables(a, w, C: int, N: int, dtype) -> Tables:
    """The four tables for poles and weights (S,)."""
    W, S = lanes_of(dtype), len(a)
    modes = -(-S // W) * W
    power, end = powers(a, N + 1), np.zeros((2, modes))
    end[0, :S], end[1, :S] = power[N].real, power[N].imag
    out = (power * w).T
    kernel = np.sum(out[:, :N], axis=0)
    enter, leave, toeplitz = np.zeros((N, C, 2, modes)), np.zeros((2, modes, N, C)), np.zeros((N, C, N, C))
    back = power[N - 1::-1]
    enter[:, 0, 0, :S], enter[:, 0, 1, :S] = back.real, back.imag
    leave[0, :S, :, 0], leave[1, :S, :, 0] = out[:, 1:].real, -out[:, 1:].imag
    for i in range(N):
        toeplitz[i, 0, i:, 0] = kernel[:N - i].real
    if C == 2:
        enter[:, 1, 0, :S], enter[:, 1, 1, :S] = -back.imag, back.real
        leave[0, :S, :, 1], leave[1, :S, :, 1] = out[:, 1:].imag, out[:, 1:].real
        for i in range(N):
            toeplitz[i, 0, i:, 1], toeplitz[i, 1, i:, 0] = kernel[:N - i].imag, -kernel[:N - i].imag
            toeplitz[i, 1, i:, 1] = kernel[:N - i].real
    flat = [packed(table.reshape(-1, size), dtype) for table, size in ((enter, 2 * modes), (leave, N * C), (toeplitz, N * C))]
    return Tables(N, modes, *flat, end.astype(dtype).ravel())


@njit(nogil=True, cache=True)
def multiply(W, A, a0, M, K, B, columns, C, c0, triangle):
    """C += A·B, A (M, K) and C (M, columns) contiguous, B packed, columns a multiple of W; sums in the order of K.

    triangle: row k of B is zero left of column k, so that a panel needs no rows beyond its last column."""
    wide, whole = columns // (3 * W) * 3 * W, M // ROWS * ROWS
    for j in range(0, wide, 3 * W):
        inner = min(K, j + 3 * W) if triangle else K
        for i in range(0, whole, ROWS):
            _p83(A, a0 + i * K, K, B, j * K, 3 * W, inner, C, c0 + i * columns + j, columns)
        for i in range(whole, M):
            _p13(A, a0 + i * K, K, B, j * K, 3 * W, inner, C, c0 + i * columns + j, columns)
    left = (columns - wide) // W
    for i in range(0, whole, ROWS):
        if left == 2:
            _p82(A, a0 + i * K, K, B, wide * K, 2 * W, K, C, c0 + i * columns + wide, columns)
        elif left == 1:
            _p81(A, a0 + i * K, K, B, wide * K, W, K, C, c0 + i * columns + wide, columns)
    for i in range(whole, M):
        if left == 2:
            _p12(A, a0 + i * K, K, B, wide * K, 2 * W, K, C, c0 + i * columns + wide, columns)
        elif left == 1:
            _p11(A, a0 + i * K, K, B, wide * K, W, K, C, c0 + i * columns + wide, columns)


@njit(nogil=True, cache=True)
def _carry(jump, x, entered, blocks, modes):
    """Replace each block's entered sum by the state before that block; x[2][modes] runs on to the end."""
    for j in range(blocks):
        at = 2 * j * modes
        for s in range(modes):
            re, im = x[s], x[modes + s]
            x[s] = fma(jump[s], re, fma(-jump[modes + s], im, entered[at + s]))
            x[modes + s] = fma(jump[s], im, fma(jump[modes + s], re, entered[at + modes + s]))
            entered[at + s], entered[at + modes + s] = re, im


@njit(nogil=True, cache=True)
def blocks_of(W, size, modes, enter, leave, toeplitz, jump, x, u, u0, y, y0, blocks):
    """`blocks` blocks of `size` = C·N numbers of one row; x[2][modes] is updated in place."""
    entered = np.zeros(BLOCKS * 2 * modes, jump.dtype)
    for first in range(0, blocks, BLOCKS):
        M = min(BLOCKS, blocks - first)
        at = first * size
        entered[:] = 0
        y[y0 + at:y0 + at + M * size] = 0
        multiply(W, u, u0 + at, M, size, enter, 2 * modes, entered, 0, False)
        _carry(jump, x, entered, M, modes)
        multiply(W, entered, 0, M, 2 * modes, leave, size, y, y0 + at, False)
        multiply(W, u, u0 + at, M, size, toeplitz, size, y, y0 + at, True)
