"""Selective recurrences: x_n = diag(a_n) x_{n−1} + b_n u_n, y_n = Σ_s w_n[s] x_n[s], with poles, weights and b that change with time.

The cost is that of reading the poles once, 16 bytes per mode and step; the recurrence itself hides behind it. Rounding as in `bounds`, with
one difference: the product b u adds as much again to each step, so that ε is doubled. Sums over modes may be added in any order
(fast-math `reassoc` and `contract`, for that sum alone); the state is made of explicit fused operations, and chunks join bit for bit.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from numeric.engine import bounds
from numeric.engine.api import Simulation
from numeric.engine.lanes import fma
from numeric.engine.plan import Plan
from numeric.engine.problem import LARGEST, TYPES, WHERE, arrayed, bytes_needed, check_finite, check_memory, choice, name_of, rows_of
from numeric.engine.run import share
from numeric.errors import refusal


@njit(nogil=True, cache=True)
def _step(a, b, ur, ui, x):
    """One step for all modes; a, b (2S,) interleaved, x (2, S)."""
    for s in range(x.shape[1]):
        ar, ai, br, bi = a[2 * s], a[2 * s + 1], b[2 * s], b[2 * s + 1]
        vr, vi = fma(br, ur, -(bi * ui)), fma(br, ui, bi * ur)
        re = fma(ar, x[0, s], fma(-ai, x[1, s], vr))
        x[1, s] = fma(ar, x[1, s], fma(ai, x[0, s], vi))
        x[0, s] = re


@njit(nogil=True, cache=True, fastmath={"reassoc", "contract"})
def _sum(w, x):
    re = im = x[0, 0] * 0
    for s in range(x.shape[1]):
        re += w[2 * s] * x[0, s] - w[2 * s + 1] * x[1, s]
        im += w[2 * s] * x[1, s] + w[2 * s + 1] * x[0, s]
    return re, im


@njit(nogil=True, cache=True)
def _run(a, b, w, u, x, y, states):
    """One row: a, b, w (T, 2S) or one row of them; u, y (T, 2); states (T, 2S), or (0, 2S) if they are not wanted."""
    for n in range(len(u)):
        _step(a[n % len(a)], b[n % len(b)], u[n, 0], u[n, 1], x)
        if len(states):
            for s in range(x.shape[1]):
                states[n, 2 * s], states[n, 2 * s + 1] = x[0, s], x[1, s]
        else:
            y[n, 0], y[n, 1] = _sum(w[n % len(w)], x)


@njit(nogil=True, cache=True)
def _bound(a, b, w, u, M, E, epsilon, kappa, tiny, out):
    """out[n] = Σ w(E + κ(M + E)) for moduli a, b, w (T or 1, S) and u (T,); out[n, s] without the sum if it has a column for each mode."""
    for n in range(len(u)):
        for s in range(len(M)):
            step = a[n % len(a), s] * M[s] + b[n % len(b), s] * u[n]
            E[s] = a[n % len(a), s] * (1 + epsilon) * E[s] + epsilon * step + 8 * tiny
            M[s] = step
            out[n, s % out.shape[1]] += w[n % len(w), s] * (E[s] + kappa * (M[s] + E[s])) + 8 * tiny


@njit(nogil=True, cache=True)
def _growth(a):
    """The largest Σ_n log₂ max(1, |a_n|) of a mode; a complex (T, S)."""
    total = np.zeros(a.shape[1])
    for n in range(a.shape[0]):
        for s in range(a.shape[1]):
            size = a[n, s].real ** 2 + a[n, s].imag ** 2
            if not size <= 1:
                total[s] += 0.5 * math.log2(size) if size < math.inf else math.inf
    return np.max(total)


def _table(what: str, values, shape: tuple[int, int, int]) -> np.ndarray:
    """(B or 1, T or 1, S) complex doubles, finite; one entry per mode, per step and mode, or per row, step and mode."""
    array, (B, T, S) = arrayed(what, values), shape
    fits = [(S,), (T, S), (B, T, S), (1, S), (1, T, S), (B, 1, S), (1, 1, S)]
    if array.shape not in fits:
        raise refusal(WHERE, what, f"{what} should have shape ({S},), ({T}, {S}) or ({B}, {T}, {S})", f"it is {array.shape}",
                      f"{what} has {array.size} entries", "mode last, time before it, batch first")
    check_finite(what, array)
    return array.reshape((1,) * (3 - array.ndim) + array.shape).astype(np.complex128, order="C", copy=False)


def _check_range(a, b, w, u, x, name: str) -> None:
    """Refuse what could leave the range of the result type."""
    with np.errstate(over="ignore"):
        steps = max(_growth(table) for table in a) * (u.shape[1] if a.shape[1] == 1 else 1)
        size = max(float(np.max(np.abs(x), initial=0)), float(np.max(np.abs(u))) * float(np.max(np.abs(b))), 1e-300)
        weight = max(float(np.max(np.abs(w))), 1.0)
        parts = (size, weight, a.shape[2] * (u.shape[1] + 1.0))
        bits = steps + sum(math.log2(p) if math.isfinite(p) else math.inf for p in parts)
    if bits > LARGEST[name]:
        raise refusal(WHERE, "range", f"no number should be able to exceed 2^{LARGEST[name]:.0f} in {name}", f"it may reach 2^{bits:.0f}",
                      f"T = {u.shape[1]}, max |a| = {np.max(np.abs(a))!r}", "fewer steps, smaller inputs, or poles in the unit disk")


def simulate_varying(poles, weights, inputs, *, b=None, output="y", form="complex", state=None, return_state=False, dtype="float64",
                     threads=1, explain=False, error_bound=False):
    """As `numeric.simulate`, for poles of shape (T, S) or (B, T, S); weights and b (S,), (T, S) or (B, T, S). No double-double."""
    name = choice("dtype", name_of(dtype), ("float64", "float32"))
    choice("output", output, ("y", "states"))
    choice("form", form, ("complex", "pairs"))
    given = rows_of(inputs, form == "pairs")
    poles = arrayed("poles", poles)
    S, (B, T) = poles.shape[-1], given.shape if given.ndim == 2 else (1, len(given))
    if S == 0 or (weights is None and output == "y"):
        raise refusal(WHERE, "weights", "there should be at least one mode, and weights for output='y'", f"poles have shape {poles.shape}",
                      f"weights={weights!r}"[:60], "pass one weight per mode")
    kind, pair = np.dtype(TYPES[name]), np.result_type(TYPES[name], np.complex64)
    check_memory(bytes_needed(B, T, S, output, name, False, 2) + 3 * poles.size * 16, f"B = {B}, T = {T}, S = {S}")
    exact = [_table("poles", poles, (B, T, S)), _table("b", np.ones(S) if b is None else b, (B, T, S)),
             _table("weights", np.zeros(S) if weights is None else weights, (B, T, S))]
    exact[2] = 2 * exact[2] if form == "pairs" else exact[2]
    check_finite("inputs", given)
    start = np.zeros((B, S), complex) if state is None else arrayed("state", state).astype(complex)
    if start.shape not in ((B, S), (S,)[: given.ndim]):
        raise refusal(WHERE, "state", f"state should have shape {(B, S) if given.ndim == 2 else (S,)}", f"it is {start.shape}",
                      f"state has {start.size} entries", "pass the state that the previous call returned")
    check_finite("state", start)
    start, u = start.reshape(B, S), given.reshape(B, T).astype(complex)
    if T:
        _check_range(*exact, u, start, name)
    a, c, w = (np.ascontiguousarray(table, dtype=pair).view(kind) for table in exact)
    samples = np.ascontiguousarray(u.astype(pair)).view(kind).reshape(B, T, 2)
    x = np.ascontiguousarray(np.stack([start.real, start.imag], axis=1), dtype=kind)
    y, kept = np.empty((B, T, 2), kind), np.empty((B, T if output == "states" else 0, 2 * S), kind)
    share(lambda i: _run(a[i % len(a)], c[i % len(c)], w[i % len(w)], samples[i], x[i], y[i], kept[i]), range(B) if T else (), threads)
    shown = kept.view(pair) if output == "states" else y[..., 0].copy() if form == "pairs" else y.view(pair)[..., 0]
    bound = _bounds(exact, u, start, name, output) if error_bound else None
    last = x[:, 0] + 1j * x[:, 1]
    if given.ndim == 1:
        shown, last, bound = shown[0], last[0], None if bound is None else bound[0]
    if not (return_state or explain or error_bound):
        return shown
    return Simulation(shown, last, bound, Plan("varying", "the poles change with time, so the recurrence runs as it stands", {}, threads))


def _bounds(exact, u, start, name: str, output: str) -> np.ndarray:
    """(B, T), or (B, T, S) for states."""
    (B, T), S = u.shape, start.shape[1]
    k = bounds.constants("tiled", S, 2, 0, name, stored=name == "float32", folded=False)
    a, b, w = (bounds.modulus(table) for table in exact)
    if output == "states":
        w, k = np.ones_like(w), bounds.constants("tiled", 1, 2, 0, name, stored=name == "float32", folded=False)
    out = np.zeros((B, T, S if output == "states" else 1))
    for i in range(B):
        M = bounds.modulus(start[i])
        _bound(a[i % len(a)], b[i % len(b)], w[i % len(w)], bounds.modulus(u[i]), M, k.epsilon * M, 2 * k.epsilon, k.kappa, k.tiny, out[i])
    raised = out * (1 + (8.0 * (T + S) + 256) * 2.0**-53)
    return raised if output == "states" else raised[..., 0]
