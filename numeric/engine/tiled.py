"""The recurrence itself, tile by tile in registers: modes in lanes (few rows), rows in lanes (many rows), and the blocked scan.

All arrays are flat and of one float type; complex ones are views with interleaved parts. C = 1: real input, y = Re Σ w x;
C = 2: complex input and output. Every kernel works on whole rows, releases the interpreter lock and allocates scratch of fixed size.
Each step rounds as in `bounds`: x ← fl(fl(u − a_i x_i) + a_r x_r) and so on, two roundings a component, whatever the tiling.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from numeric.engine.lanes import advance, correct, fma, fold, soon_read, soon_written, transpose
from numeric.engine.strips import finish, strip

STEPS = 128  # time steps of a tile: its scratch stays in the nearest cache
BLOCK = 32  # samples per lane in the blocked scan: inputs, outputs and scratch of a round stay in the nearest cache
R = 4  # registers of pieces in a round of the blocked scan

_m11, _m21, _m31, _m41 = (advance(p, 1, 1, modes_in_lanes=True) for p in (1, 2, 3, 4))
_m12, _m22, _m32, _m42 = (advance(p, 1, 2, modes_in_lanes=True) for p in (1, 2, 3, 4))
_r11, _r21, _r31, _r41 = (advance(p, 1, 1, modes_in_lanes=False) for p in (1, 2, 3, 4))
_r12, _r22, _r32, _r42 = (advance(p, 1, 2, modes_in_lanes=False) for p in (1, 2, 3, 4))
_w42, _c42 = advance(1, R, 2, modes_in_lanes=False), correct(R, 2)
_s1, _sp1 = (strip(1, alone=True, past_caches=past_caches) for past_caches in (False, True))
_s2, _sp2 = (strip(2, alone=False, past_caches=past_caches) for past_caches in (False, True))
_n1, _n2 = (strip(P, alone=P == 1, ahead=BLOCK * R, fetch_y=False) for P in (1, 2))  # asks for the next block
_f4, _f2 = finish(BLOCK // 8), finish(BLOCK // 16)


def lanes_of(dtype) -> int:
    """Numbers in one register: 8 doubles or 16 singles."""
    return 64 // np.dtype(dtype).itemsize


def groups_of(S: int, W: int) -> list[int]:
    """Vectors of modes per register tile: as few tiles of ≤ 4 as possible, evenly filled."""
    vectors = -(-S // W)
    tiles = -(-vectors // 4)
    return [vectors // tiles + (g < vectors % tiles) for g in range(tiles)]


def pack_modes(a, w, dtype) -> tuple[np.ndarray, np.ndarray]:
    """coef and group sizes for modes in lanes; a, w complex (S,)."""
    W = lanes_of(dtype)
    groups, parts, start = groups_of(len(a), W), [], 0
    for P in groups:
        part = np.zeros((4, P * W))
        piece = slice(start, min(start + P * W, len(a)))
        for k, values in enumerate((a.real, a.imag, w.real, w.imag)):
            part[k, :piece.stop - piece.start] = values[piece]
        parts.append(part.ravel())
        start += P * W
    return np.concatenate(parts).astype(dtype), np.array(groups)


def pack_state(x, groups, dtype) -> np.ndarray:
    """x complex (B, S) as (B, 2·modes) in the order of the tiles; `unpack_state` turns it back."""
    W, start = lanes_of(dtype), 0
    parts = []
    for P in groups:
        part = np.zeros((len(x), 2, P * W))
        piece = x[:, start:start + P * W]
        part[:, 0, :piece.shape[1]], part[:, 1, :piece.shape[1]] = piece.real, piece.imag
        parts.append(part.reshape(len(x), -1))
        start += P * W
    return np.ascontiguousarray(np.concatenate(parts, axis=1), dtype=dtype)


def unpack_state(packed, groups, S: int) -> np.ndarray:
    """The complex (B, S) state from the order of the tiles."""
    W, start, parts = lanes_of(packed.dtype), 0, []
    for P in groups:
        parts.append(packed[:, start:start + 2 * P * W].reshape(len(packed), 2, P * W))
        start += 2 * P * W
    both = np.concatenate(parts, axis=2)[:, :, :S]
    out = np.empty(both[:, 0].shape, np.result_type(packed.dtype, np.complex64))
    out.real, out.imag = both[:, 0], both[:, 1]
    return out


@njit(nogil=True, cache=True)
def _modes_tile(C, P, coef, c0, x, x0, u, u0, y, steps):
    if C == 1:
        if P == 4:
            _m41(coef, c0, x, x0, u, u0, y, 0, steps)
        elif P == 3:
            _m31(coef, c0, x, x0, u, u0, y, 0, steps)
        elif P == 2:
            _m21(coef, c0, x, x0, u, u0, y, 0, steps)
        else:
            _m11(coef, c0, x, x0, u, u0, y, 0, steps)
    elif P == 4:
        _m42(coef, c0, x, x0, u, u0, y, 0, steps)
    elif P == 3:
        _m32(coef, c0, x, x0, u, u0, y, 0, steps)
    elif P == 2:
        _m22(coef, c0, x, x0, u, u0, y, 0, steps)
    else:
        _m12(coef, c0, x, x0, u, u0, y, 0, steps)


@njit(nogil=True, cache=True)
def modes(C, W, coef, groups, x, u, u0, y, y0, T):
    """One input row u[u0 : u0 + C·T] into y[y0 : y0 + C·T]; x is the packed state, updated in place."""
    sums = np.zeros((STEPS + W) * C * W, coef.dtype)
    rest = np.zeros(W, coef.dtype)
    for start in range(0, T, STEPS):
        steps = min(STEPS, T - start)
        sums[:steps * C * W] = 0
        at = 0
        for P in groups:
            _modes_tile(C, P, coef, 4 * at, x, 2 * at, u, u0 + start * C, sums, steps)
            at += P * W
        done = steps * C // W * W
        for n in range(0, done, W):
            fold(sums, n * W, W, y, y0 + start * C + n)
        if done < steps * C:
            fold(sums, done * W, W, rest, 0)
            for i in range(steps * C - done):
                y[y0 + start * C + done + i] = rest[i]


@njit(nogil=True, cache=True)
def _gather(C, W, R, u, u0, row, rows, steps, tile):
    """tile[steps][C][R·W] from rows of `row` numbers each that start at u0; rows beyond `rows` are left alone."""
    if C == 1 and rows == R * W:
        whole = steps // W * W
        for r in range(R):
            for n in range(0, whole, W):
                transpose(u, u0 + r * W * row + n, row, tile, n * R * W + r * W, R * W)
        for i in range(rows):
            for n in range(whole, steps):
                tile[n * R * W + i] = u[u0 + i * row + n]
    else:
        for i in range(rows):
            for n in range(steps * C):
                tile[n * R * W + i] = u[u0 + i * row + n]


@njit(nogil=True, cache=True)
def _scatter(C, W, R, tile, rows, steps, y, y0, row):
    """The inverse of `_gather`."""
    if C == 1 and rows == R * W:
        whole = steps // W * W
        for r in range(R):
            for n in range(0, whole, W):
                transpose(tile, n * R * W + r * W, R * W, y, y0 + r * W * row + n, row)
        for i in range(rows):
            for n in range(whole, steps):
                y[y0 + i * row + n] = tile[n * R * W + i]
    else:
        for i in range(rows):
            for n in range(steps * C):
                y[y0 + i * row + n] = tile[n * R * W + i]


@njit(nogil=True, cache=True)
def _rows_tile(C, P, coef, c0, x, x0, u, y, steps):
    if C == 1:
        if P == 4:
            _r41(coef, c0, x, x0, u, 0, y, 0, steps)
        elif P == 3:
            _r31(coef, c0, x, x0, u, 0, y, 0, steps)
        elif P == 2:
            _r21(coef, c0, x, x0, u, 0, y, 0, steps)
        else:
            _r11(coef, c0, x, x0, u, 0, y, 0, steps)
    elif P == 4:
        _r42(coef, c0, x, x0, u, 0, y, 0, steps)
    elif P == 3:
        _r32(coef, c0, x, x0, u, 0, y, 0, steps)
    elif P == 2:
        _r22(coef, c0, x, x0, u, 0, y, 0, steps)
    else:
        _r12(coef, c0, x, x0, u, 0, y, 0, steps)


@njit(nogil=True, cache=True, fastmath={"reassoc"})  # a sum of sizes may be added in any order: only its finiteness and scale are used
def sum_of_sizes(values):
    """Σ|x| over a flat array."""
    total = 0.0
    for i in range(len(values)):
        total += abs(values[i])
    return total


@njit(nogil=True, cache=True)
def _rows_between(C, W, P, coef, passes, x, x0, u, y, row0, count, T, start, stop, tile, sums):
    """Steps start … stop of rows row0 … row0 + count ≤ W, tile by tile."""
    for begin in range(start, stop, STEPS):
        steps = min(STEPS, stop - begin)
        _gather(C, W, 1, u, (row0 * T + begin) * C, C * T, count, steps, tile)
        sums[:steps * C * W] = 0
        for s in range(passes):
            _rows_tile(C, P, coef, 4 * P * s, x, x0 + 2 * P * W * s, tile, sums, steps)
        _scatter(C, W, 1, sums, count, steps, y, (row0 * T + begin) * C, C * T)


@njit(nogil=True, cache=True)
def _strip(P, passes, coef, x, x0, u, y, at, T, count, squares, past_caches):
    """Whole squares of `count` rows from number `at` on; Σ|u|."""
    if passes > 1:
        if past_caches:
            return _sp2(coef, 0, x, x0, passes, u, at, y, at, T, count, squares)
        return _s2(coef, 0, x, x0, passes, u, at, y, at, T, count, squares)
    if past_caches:
        if P == 1:
            return _sp1(coef, 0, x, x0, 1, u, at, y, at, T, count, squares)
        return _sp2(coef, 0, x, x0, 1, u, at, y, at, T, count, squares)
    if P == 1:
        return _s1(coef, 0, x, x0, 1, u, at, y, at, T, count, squares)
    return _s2(coef, 0, x, x0, 1, u, at, y, at, T, count, squares)


@njit(nogil=True, cache=True)
def rows(C, W, P, coef, passes, x, u, y, first, last, B, T, head):
    """Groups first … last of W rows of u, y (each of the B rows C·T numbers); coef[passes][4][P], x[groups][passes][2][P][W] updated in
    place. Real input runs in strips, with P ≤ 2 (one pass if P = 1); Σ|u| of it is returned, or 0 for complex input.

    head ≥ 0: after that many steps every row of y is at a multiple of 64 bytes, and y is to be written past the caches."""
    tile, sums, total = np.zeros(STEPS * C * W, coef.dtype), np.zeros(STEPS * C * W, coef.dtype), 0.0
    for group in range(first, last):
        row0, x0, start, stop = group * W, group * passes * 2 * P * W, 0, 0
        count = min(W, B - row0)
        past_caches = head >= 0 and count == W
        if C == 1:
            start = min(head, T) if past_caches else 0
            squares = (T - start) // W
            stop = start + squares * W
            _rows_between(C, W, P, coef, passes, x, x0, u, y, row0, count, T, 0, start, tile, sums)
            total += _strip(P, passes, coef, x, x0, u, y, row0 * T + start, T, count, squares, past_caches)
            for i in range(row0, row0 + count):
                total += sum_of_sizes(u[i * T:i * T + start]) + sum_of_sizes(u[i * T + stop:(i + 1) * T])
        _rows_between(C, W, P, coef, passes, x, x0, u, y, row0, count, T, stop, T, tile, sums)
    return total


@njit(nogil=True, cache=True)
def _carry(W, P, passes, jump, x, state, start):
    """From piece to piece: x ← a^BLOCK x + end of the piece from rest; start[modes][2][R·W] is what each piece begins with.

    state[R][passes][2][P][W]; jump, x[modes][2], x runs on."""
    pieces, size = R * W, passes * 2 * P * W
    for m in range(passes * P):
        re, im, ar, ai = x[2 * m], x[2 * m + 1], jump[2 * m], jump[2 * m + 1]
        for r in range(R):
            at, to = r * size + m // P * 2 * P * W + m % P * W, 2 * m * pieces + r * W
            for i in range(W):
                start[to + i], start[to + pieces + i] = re, im
                end_re = fma(ar, re, fma(-ai, im, state[at + i]))
                im = fma(ar, im, fma(ai, re, state[at + P * W + i]))
                re = end_re
        x[2 * m], x[2 * m + 1] = re, im


@njit(nogil=True, cache=True)
def scan(W, P, coef, passes, power, jump, x, u, u0, y, y0, blocks):
    """One real row in blocks of R·W pieces of BLOCK samples, one piece per lane: run all pieces from rest, carry the states from piece to
    piece with a^BLOCK, then add Re w a^{n+1} x of what each piece began with. Σ|u|.

    coef[passes][4][P], P ≤ 2 (one pass if P = 1); power[modes][2][BLOCK] = w a^{n+1}; jump[modes][2] = a^BLOCK; x[modes][2] runs on."""
    pieces, states, total = R * W, passes * 2 * P * W, 0.0
    size = BLOCK * pieces
    sums, state, start = np.zeros(size, coef.dtype), np.zeros(R * states, coef.dtype), np.zeros(2 * passes * P * pieces, coef.dtype)
    for block in range(blocks):
        base = block * size
        state[:] = 0
        for r in range(R):
            at = r * W * BLOCK
            if passes > 1:
                total += _n2(coef, 0, state, r * states, passes, u, u0 + base + at, sums, at, BLOCK, W, BLOCK // W)
            elif P == 1:
                total += _n1(coef, 0, state, r * states, 1, u, u0 + base + at, sums, at, BLOCK, W, BLOCK // W)
            else:
                total += _n2(coef, 0, state, r * states, 1, u, u0 + base + at, sums, at, BLOCK, W, BLOCK // W)
        _carry(W, P, passes, jump, x, state, start)
        if W == 8:
            _f4(power, start, pieces, passes * P, sums, 0, y, y0 + base, pieces)
        else:
            _f2(power, start, pieces, passes * P, sums, 0, y, y0 + base, pieces)
    return total


@njit(nogil=True, cache=True)
def complex_scan(W, coef, power, jump, x, u, u0, y, y0, blocks):
    """As `scan`, for a complex row and one mode after the other: coef[S][4]; power[S][BLOCK][2]; jump, x[S][2]."""
    pieces, size = R * W, BLOCK * 2
    tile, sums = np.zeros(size * pieces, coef.dtype), np.zeros(size * pieces, coef.dtype)
    state, start = np.zeros(2 * pieces, coef.dtype), np.zeros(2 * pieces, coef.dtype)
    for block in range(blocks):
        base = block * size * pieces
        _gather(2, W, R, u, u0 + base, size, pieces, BLOCK, tile)
        for n in range(0, size * pieces, W):
            soon_written(y, y0 + base + n)
            soon_read(u, u0 + base + size * pieces + n)
        sums[:] = 0
        for s in range(len(jump) // 2):
            state[:] = 0
            _w42(coef, 4 * s, state, 0, tile, 0, sums, 0, BLOCK)
            re, im, ar, ai = x[2 * s], x[2 * s + 1], jump[2 * s], jump[2 * s + 1]
            for i in range(pieces):
                start[i], start[pieces + i] = re, im
                end_re = fma(ar, re, fma(-ai, im, state[i]))
                im = fma(ar, im, fma(ai, re, state[pieces + i]))
                re = end_re
            x[2 * s], x[2 * s + 1] = re, im
            _c42(power, s * 2 * BLOCK, start, 0, sums, 0, BLOCK)
        _scatter(2, W, R, sums, pieces, BLOCK, y, y0 + base, size)


@njit(nogil=True, cache=True)
def states(C, ar, ai, x, u, u0, out, o0, T):
    """x_0 … x_{T−1} of one row, interleaved, into out[o0 : o0 + 2·S·T]; the same roundings as the tiles. x[2][S] updated in place."""
    S, zero = len(ar), np.zeros(1, ar.dtype)[0]
    for n in range(T):
        ur, ui = u[u0 + n * C], u[u0 + n * C + 1] if C == 2 else zero
        at = o0 + 2 * S * n
        for s in range(S):
            re = fma(ar[s], x[s], fma(-ai[s], x[S + s], ur))
            im = fma(ar[s], x[S + s], fma(ai[s], x[s], ui))
            x[s], x[S + s] = re, im
            out[at + 2 * s], out[at + 2 * s + 1] = re, im
