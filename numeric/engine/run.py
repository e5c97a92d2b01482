"""Each algorithm on a checked problem: (problem, out, threads) → last state (B, S). Rows are shared among threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np

from numeric.engine import matrix, tiled
from numeric.engine.plan import rows_in_lanes
from numeric.engine.precise import powers
from numeric.engine.precise import run as precise_run
from numeric.engine.problem import Problem

PAST_CACHES = 1 << 25  # bytes from which an output is written past the caches, where it would not stay


def flat(array: np.ndarray) -> np.ndarray:
    """A contiguous real or complex array as a flat real view."""
    return array.reshape(-1).view(array.real.dtype)


def share(work, items, threads: int) -> None:
    """work(item) for each item, on up to `threads` threads."""
    items = list(items)
    rows = iter(items)  # shared: each thread takes the next one

    def some() -> None:
        for item in rows:
            work(item)

    others = [_others(threads - 1).submit(some) for _ in range(min(threads, len(items)) - 1)]
    some()
    for other in others:
        other.result()


@cache
def _others(threads: int) -> ThreadPoolExecutor:
    """The threads beside the caller's, kept: to start one takes as long as a small problem."""
    return ThreadPoolExecutor(threads)


def _layout(problem: Problem) -> tuple[int, int, np.dtype]:
    """C, W and the real type."""
    kind = problem.inputs.real.dtype
    return 1 if problem.real else 2, tiled.lanes_of(kind), kind


def tiles(problem: Problem, out: np.ndarray, threads: int) -> tuple[np.ndarray, float | None]:
    """The last state, and Σ|u| where the kernel adds it up."""
    (C, W, _), (B, _, S) = _layout(problem), problem.size
    return (_by_rows if rows_in_lanes(B, S, W, C) else _by_modes)(problem, out, threads)


def _by_modes(problem: Problem, out: np.ndarray, threads: int) -> tuple[np.ndarray, None]:
    C, W, kind = _layout(problem)
    B, T, S = problem.size
    coef, groups = tiled.pack_modes(problem.poles, problem.weights, kind)
    state, u, y = tiled.pack_state(problem.start, groups, kind), flat(problem.inputs), flat(out)
    share(lambda row: tiled.modes(C, W, coef, groups, state[row], u, row * C * T, y, row * C * T, T), range(B), threads)
    return tiled.unpack_state(state, groups, S), None


def _by_rows(problem: Problem, out: np.ndarray, threads: int) -> tuple[np.ndarray, float | None]:
    C, W, kind = _layout(problem)
    B, T, S = problem.size
    P = -(-S // -(-S // 4)) if C == 2 else min(S, 2)
    passes, groups = -(-S // P), -(-B // W)
    coef, begin = np.zeros((4, passes * P)), np.zeros((2, groups * W, passes * P))
    for row, values in zip(coef, (problem.poles.real, problem.poles.imag, problem.weights.real, problem.weights.imag), strict=True):
        row[:S] = values
    packed = np.ascontiguousarray(coef.reshape(4, passes, P).swapaxes(0, 1), dtype=kind).ravel()
    if not problem.fresh:
        begin[0, :B, :S], begin[1, :B, :S] = problem.start.real, problem.start.imag
    parts = begin.reshape(2, groups, W, passes, P).transpose(1, 3, 0, 4, 2)  # group, pass, part, mode, lane
    state, sizes = np.ascontiguousarray(parts, dtype=kind), []
    x, u, y, head = state.reshape(-1), flat(problem.inputs), flat(out), _head(out) if C == 1 else -1
    each = groups if threads == 1 else -(-groups // (2 * threads))
    share(lambda first: sizes.append(tiled.rows(C, W, P, packed, passes, x, u, y, first, min(first + each, groups), B, T, head)),
          range(0, groups, each), threads)
    last = np.empty((B, S), np.result_type(kind, np.complex64))  # by parts: no arithmetic with what may not be finite
    last.real, last.imag = state.transpose(2, 0, 4, 1, 3).reshape(2, groups * W, passes * P)[:, :B, :S]
    return last, sum(sizes) if C == 1 else None


def _head(out: np.ndarray) -> int:
    """Steps before each row of a large real output is at a multiple of 64 bytes; −1 if it is small or rows are not alike."""
    word = out.itemsize
    if out.nbytes < PAST_CACHES or out.shape[-1] * word % 64 or out.ctypes.data % word:
        return -1
    return -(out.ctypes.data // word) % (64 // word)


def scanned(problem: Problem, out: np.ndarray, threads: int) -> tuple[np.ndarray, float | None]:
    """The last state, and Σ|u| for real input."""
    C, W, kind = _layout(problem)
    B, T, S = problem.size
    piece = tiled.BLOCK * tiled.R * W
    blocks, P, u, y = T // piece, min(S, 2) if C == 1 else 1, flat(problem.inputs), flat(out)
    modes, sizes = -(-S // P) * P, []
    a, w, x = np.zeros(modes, complex), np.zeros(modes, complex), np.zeros((B, modes), np.result_type(kind, np.complex64))
    a[:S], w[:S], x[:, :S] = problem.poles, problem.weights, problem.start
    power = powers(a, tiled.BLOCK + 1)
    leap, carried = flat(power[tiled.BLOCK].copy()).astype(kind), flat(x).reshape(B, 2 * modes)
    added = np.ascontiguousarray((power[1:] * w).T)  # modes, BLOCK
    coef = np.stack([a.real, a.imag, w.real, w.imag], axis=1).reshape(-1, P, 4).transpose(0, 2, 1).astype(kind).ravel()
    if C == 1:
        table = np.stack([added.real, added.imag], axis=1).astype(kind).ravel()

        def row(i):
            at, rest = i * T, (i * T + blocks * piece, (i + 1) * T)
            sizes.append(tiled.scan(W, P, coef, modes // P, table, leap, carried[i], u, at, y, at, blocks)
                         + tiled.sum_of_sizes(u[slice(*rest)]))
    else:
        table = flat(added).astype(kind)

        def row(i):
            tiled.complex_scan(W, coef, table, leap, carried[i], u, i * 2 * T, y, i * 2 * T, blocks)

    share(row, range(B), threads)
    return _tail(problem, x[:, :S], out, blocks * piece, threads), sum(sizes) if C == 1 else None


def _tail(problem: Problem, state: np.ndarray, out: np.ndarray, done: int, threads: int) -> np.ndarray:
    """The samples from `done` on, by the recurrence itself."""
    C, W, kind = _layout(problem)
    B, T, S = problem.size
    if done == T:
        return state
    coef, groups = tiled.pack_modes(problem.poles, problem.weights, kind)
    packed, u, y = tiled.pack_state(state, groups, kind), flat(problem.inputs), flat(out)

    def row(i):
        at = (i * T + done) * C
        tiled.modes(C, W, coef, groups, packed[i], u, at, y, at, T - done)

    share(row, range(B), threads)
    return tiled.unpack_state(packed, groups, S)


def blocked(problem: Problem, out: np.ndarray, threads: int) -> np.ndarray:
    C, W, kind = _layout(problem)
    B, T, S = problem.size
    t = matrix.tables(problem.poles, problem.weights, C, matrix.block_length(S, C), kind)
    blocks, x = T // t.N, np.zeros((B, 2, t.modes), kind)
    x[:, 0, :S], x[:, 1, :S] = problem.start.real, problem.start.imag
    u, y = flat(problem.inputs), flat(out)

    def row(i):
        at = i * C * T
        matrix.blocks_of(W, C * t.N, t.modes, t.enter, t.leave, t.toeplitz, t.jump, x[i].reshape(-1), u, at, y, at, blocks)

    share(row, range(B), threads)
    return _tail(problem, x[:, 0, :S] + 1j * x[:, 1, :S], out, blocks * t.N, threads)


def response_of(problem: Problem, L: int, spaced) -> np.ndarray:
    """c_k for k < L: real parts or complex, in the result type. spaced: how evenly the poles are, if that is to be used."""
    from numeric.engine import even, fft

    C, _, kind = _layout(problem)
    if spaced is not None:
        found = even.response(spaced, problem.weights, L, C, kind)
    else:
        found = fft.free_response(problem.poles, problem.weights, np.ones(len(problem.poles)), L, C, kind, 0)
    return found if C == 1 else found.view(np.result_type(kind, np.complex64))


def convolved(problem: Problem, out: np.ndarray, threads: int, L: int, response: np.ndarray) -> None:
    """Without the last state, which `last_state` finds when it is wanted."""
    from numeric.engine import fft

    C, _, kind = _layout(problem)
    B, T, _ = problem.size
    shape = fft.shapes(L, T)
    spectrum = fft.spectrum_of(shape, response)

    def some(item):
        i, part = item
        fft.convolve(shape, spectrum, problem.inputs[i], out[i], part)

    def started(i):
        free = fft.free_response(problem.poles, problem.weights, problem.start[i], L, C, kind, 1)
        out[i, :L] += free if C == 1 else free.view(out.dtype)

    share(some, [(i, part) for i in range(B) for part in fft.pieces(shape, T, -(-threads // B))], threads)
    if not problem.fresh:
        share(started, range(B), threads)


def last_state(problem: Problem, L: int, threads: int) -> np.ndarray:
    """The state after the last sample from the last L samples, by the matrix form; older samples have been forgotten."""
    T = problem.size[1]
    begin = problem.start if L >= T else np.zeros_like(problem.start)
    short = replace(problem, inputs=np.ascontiguousarray(problem.inputs[:, T - L:]), start=begin)
    return blocked(short, np.empty_like(short.inputs), threads)


def all_states(problem: Problem, out: np.ndarray, threads: int) -> np.ndarray:
    """x_0 … x_{T−1} into out (B, T, S)."""
    C, _, kind = _layout(problem)
    B, T, S = problem.size
    ar, ai = (np.ascontiguousarray(part, dtype=kind) for part in (problem.poles.real, problem.poles.imag))
    x = np.ascontiguousarray(np.stack([problem.start.real, problem.start.imag], axis=1), dtype=kind).reshape(B, 2 * S)
    u, y = flat(problem.inputs), flat(out)
    share(lambda row: tiled.states(C, ar, ai, x[row], u, row * C * T, y, row * 2 * S * T, T), range(B), threads)
    return x[:, :S] + 1j * x[:, S:]


def reference(problem: Problem, out: np.ndarray, threads: int) -> np.ndarray:
    """In double-double, rounded once; the state as (2, B, S), high and low parts."""
    B, T, S = problem.size
    x = np.zeros((B, S, 4))
    x[..., 0], x[..., 1], x[..., 2], x[..., 3] = (part for half in ("real", "imag") for part in getattr(problem.start, half))

    def row(i):
        y = np.empty((T, 4))
        precise_run(problem.poles, problem.weights, problem.inputs[i].astype(complex), x[i], y)
        out[i] = y[:, 0] if problem.real else y[:, 0] + 1j * y[:, 2]

    share(row, range(B), threads)
    return np.stack([x[..., 0] + 1j * x[..., 2], x[..., 1] + 1j * x[..., 3]])


