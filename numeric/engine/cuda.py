"""The diagonal recurrence on an accelerator: pieces of time run from rest, states carried from piece to piece, pieces run again from there.

Three kernels, float64 or float32: `ends` and `outputs` have a thread for each row, piece of `PIECE` samples and (the first) block of
`MODES` modes kept in registers; `carry` one for each row and mode. Needs numba with CUDA; NUMBA_ENABLE_CUDASIM=1 runs it on a CPU, slowly.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numba import cuda, float32, float64

from numeric.engine.precise import powers
from numeric.engine.problem import WHERE, Problem
from numeric.errors import refusal

PIECE, MODES, THREADS = 256, 16, 128


@cache
def _kernels(name: str):
    """The three kernels for float64 or float32."""
    kind = float64 if name == "float64" else float32

    @cuda.jit
    def ends(ar, ai, u, C, out):
        """out (B, pieces, 2, S): the state at the end of each piece, from rest; S a multiple of MODES, u (B, C·T)."""
        B, pieces, S = out.shape[0], out.shape[1], out.shape[3]
        blocks, T = S // MODES, u.shape[1] // C
        at = cuda.grid(1)
        if at < B * pieces * blocks:
            row, piece, first = at // (pieces * blocks), at // blocks % pieces, at % blocks * MODES
            xr, xi = cuda.local.array(MODES, kind), cuda.local.array(MODES, kind)
            for s in range(MODES):
                xr[s], xi[s] = 0, 0
            for n in range(piece * PIECE, min(T, (piece + 1) * PIECE)):
                ur, ui = u[row, n * C], u[row, n * C + C - 1] if C == 2 else kind(0)
                for s in range(MODES):
                    a, b = ar[first + s], ai[first + s]
                    re = cuda.fma(a, xr[s], cuda.fma(-b, xi[s], ur))
                    xi[s] = cuda.fma(a, xi[s], cuda.fma(b, xr[s], ui))
                    xr[s] = re
            for s in range(MODES):
                out[row, piece, 0, first + s], out[row, piece, 1, first + s] = xr[s], xi[s]

    @cuda.jit
    def carry(jr, ji, ends, start):
        """Replace each piece's end by the state before that piece; start (B, 2, S) runs on to the last whole piece."""
        B, pieces, S = ends.shape[0], ends.shape[1], ends.shape[3]
        at = cuda.grid(1)
        if at < B * S:
            row, s = at // S, at % S
            re, im = start[row, 0, s], start[row, 1, s]
            for piece in range(pieces):
                er, ei = ends[row, piece, 0, s], ends[row, piece, 1, s]
                ends[row, piece, 0, s], ends[row, piece, 1, s] = re, im
                new = cuda.fma(jr[s], re, cuda.fma(-ji[s], im, er))
                im = cuda.fma(jr[s], im, cuda.fma(ji[s], re, ei))
                re = new

    @cuda.jit
    def outputs(ar, ai, wr, wi, u, C, begin, y, last):
        """y (B, C·T) from the states `begin` before each piece; last (B, 2, S) after the last sample."""
        B, pieces, S = begin.shape[0], begin.shape[1], begin.shape[3]
        T = u.shape[1] // C
        at = cuda.grid(1)
        if at < B * pieces:
            row, piece = at // pieces, at % pieces
            stop = min(T, (piece + 1) * PIECE)
            xr, xi = cuda.local.array(MODES, kind), cuda.local.array(MODES, kind)
            for first in range(0, S, MODES):
                for s in range(MODES):
                    xr[s], xi[s] = begin[row, piece, 0, first + s], begin[row, piece, 1, first + s]
                for n in range(piece * PIECE, stop):
                    ur, ui = u[row, n * C], u[row, n * C + C - 1] if C == 2 else kind(0)
                    yr = y[row, n * C] if first else kind(0)
                    yi = y[row, n * C + C - 1] if first else kind(0)
                    for s in range(MODES):
                        a, b = ar[first + s], ai[first + s]
                        re = cuda.fma(a, xr[s], cuda.fma(-b, xi[s], ur))
                        xi[s] = cuda.fma(a, xi[s], cuda.fma(b, xr[s], ui))
                        xr[s] = re
                        yr = cuda.fma(wr[first + s], re, cuda.fma(-wi[first + s], xi[s], yr))
                        if C == 2:
                            yi = cuda.fma(wr[first + s], xi[s], cuda.fma(wi[first + s], re, yi))
                    y[row, n * C] = yr
                    if C == 2:
                        y[row, n * C + 1] = yi
                if stop == T:
                    for s in range(MODES):
                        last[row, 0, first + s], last[row, 1, first + s] = xr[s], xi[s]

    return ends, carry, outputs


def available() -> bool:
    """Whether numba sees an accelerator, or its simulator is on."""
    return bool(cuda.is_available())


def run(problem: Problem, out: np.ndarray) -> np.ndarray:
    """y into out (B, T); the last state (B, S)."""
    if not available():
        raise refusal(WHERE, "backend", "backend='cuda' needs an accelerator that numba sees", "there is none", "backend='cuda'",
                      "backend='cpu'")
    if problem.output == "states" or problem.name == "double-double":
        raise refusal(WHERE, "backend", "backend='cuda' gives y in float64 or float32", "something else was asked for",
                      f"output={problem.output!r}, dtype={problem.name!r}", "backend='cpu'")
    (B, T, S), C, kind = problem.size, 1 if problem.real else 2, problem.inputs.real.dtype
    ends, carry, outputs = _kernels(kind.name)
    modes, pieces = -(-S // MODES) * MODES, -(-T // PIECE)

    def split(values):
        """Real and imaginary parts along the last axis but one, padded with zeros."""
        padded = np.zeros((*values.shape[:-1], 2, modes), kind)
        padded[..., 0, :S], padded[..., 1, :S] = values.real, values.imag
        return padded

    a, w, jump = (cuda.to_device(split(values)) for values in (problem.poles, problem.weights, powers(problem.poles, PIECE + 1)[PIECE]))
    u, state = cuda.to_device(problem.inputs.view(kind).reshape(B, C * T)), cuda.to_device(split(problem.start))
    kept, y = cuda.device_array((B, pieces, 2, modes), kind), cuda.device_array((B, C * T), kind)
    grid = lambda size: (-(-size // THREADS), THREADS)  # noqa: E731
    ends[grid(B * pieces * (modes // MODES))](a[0], a[1], u, C, kept)
    carry[grid(B * modes)](jump[0], jump[1], kept, state)
    outputs[grid(B * pieces)](a[0], a[1], w[0], w[1], u, C, kept, y, state)
    out.view(kind).reshape(B, C * T)[:] = y.copy_to_host()
    last = state.copy_to_host()
    return last[:, 0, :S] + 1j * last[:, 1, :S]
