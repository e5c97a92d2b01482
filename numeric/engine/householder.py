"""Generalised Householder layers H ← H − β k (kᵀH) + v kᵀ, and the delta rule with k vᵀ in place of v kᵀ; real, batched, streaming.

Three multiplications per entry of H and step; H stays in the nearest cache up to about 70 × 70 doubles. Explicit fused operations and no
reassociation: chunks join bit for bit. Rounding (Frobenius norms, u the unit of the type, d rows):
    ‖error of one step‖ ≤ (γ_{d+4} + u)|β|‖k‖²‖H‖ + 2u‖H‖ + 3u‖v‖‖k‖,  and a step multiplies earlier errors by max(1, |1 − β‖k‖²|).
The product of k with kᵀH is bounded entry by entry, |k||k|ᵀ|H|, whose norm is at most ‖k‖²‖H‖.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from numeric.engine import bounds
from numeric.engine.api import Simulation
from numeric.engine.lanes import fma
from numeric.engine.plan import Plan
from numeric.engine.problem import LARGEST, TYPES, arrayed, check_finite, check_memory, choice, name_of
from numeric.engine.run import share
from numeric.errors import refusal

WHERE = "numeric.householder"


@njit(nogil=True, cache=True)
def _run(k, v, beta, q, H, y, states, outer_vk):
    """One row: k, q (T, d), v (T, e), beta (T,), H (d, e) in place, y (T, e) = Hᵀq, states (T, d, e) or (0, d, e)."""
    d, e = H.shape
    read, total = np.zeros(e, H.dtype), np.zeros(e, H.dtype)
    for n in range(len(k)):
        read[:] = 0
        total[:] = 0
        for i in range(d):
            for j in range(e):
                read[j] = fma(k[n, i], H[i, j], read[j])
        for j in range(e):
            read[j] = -(beta[n] * read[j])
        for i in range(d):
            left, right, ask = k[n, i], k[n] if outer_vk else v[n], q[n, i]
            write = v[n, i] if outer_vk else k[n, i]
            for j in range(e):
                H[i, j] = fma(write, right[j], fma(left, read[j], H[i, j]))
                total[j] = fma(ask, H[i, j], total[j])
        y[n] = total
        if len(states):
            states[n] = H


def _checked(what: str, values, shape: tuple, kind) -> np.ndarray:
    array = arrayed(what, values)
    if array.shape != shape or array.dtype.kind == "c":
        raise refusal(WHERE, what, f"{what} should be real and of shape {shape}", f"it is {array.dtype} of shape {array.shape}",
                      f"{what} has {array.size} entries", "batch first, time before the entries of a vector")
    check_finite(what, array)
    return array.astype(np.float64)


def householder(k, v, beta, queries=None, *, write="vk", state=None, output="y", return_state=False, dtype="float64", threads=1,
                error_bound=False):
    """y_n = H_nᵀ q_n for H_n = H_{n−1} − β_n k_n (k_nᵀ H_{n−1}) + v_n k_nᵀ; a `Simulation` if a state or a bound is asked for.

    k, queries (T, d) or (B, T, d); v (…, T, e); beta (…, T). write: "vk" as above (e = d), or "kv" for + k_n v_nᵀ (the delta rule takes
    β v for v). output: "y" (…, T, e), or "states" (…, T, d, e). state (…, d, e). The bound is of ‖H‖ (Frobenius) for states, of each
    entry of y otherwise, (…, T). A step with |1 − β‖k‖²| > 1 grows; what could leave the range of the type is refused."""
    name = choice("dtype", name_of(dtype), ("float64", "float32"))
    choice("write", write, ("vk", "kv"))
    choice("output", output, ("y", "states"))
    given = arrayed("k", k)
    if given.ndim not in (2, 3) or 0 in (given.shape[0] if given.ndim == 3 else 1, given.shape[-1]):
        raise refusal(WHERE, "k", "k should have shape (T, d) or (B, T, d)", f"it is {given.shape}", f"k.ndim = {given.ndim}",
                      "time before d")
    lead, (T, d) = given.shape[:-2], given.shape[-2:]
    e, kind = d if write == "vk" else np.shape(v)[-1] if np.ndim(v) else 0, np.dtype(TYPES[name])
    B = lead[0] if lead else 1
    check_memory(B * T * kind.itemsize * (d * e if output == "states" else e), f"B = {B}, T = {T}, H is {d} × {e}")
    if queries is None and output == "y":
        raise refusal(WHERE, "queries", "queries should be given for output='y'", "they are None", "queries=None", "output='states'")
    exact = [_checked("k", given, (*lead, T, d), kind).reshape(B, T, d), _checked("v", v, (*lead, T, e), kind).reshape(B, T, e),
             _checked("beta", beta, (*lead, T), kind).reshape(B, T),
             np.zeros((B, T, d)) if queries is None else _checked("queries", queries, (*lead, T, d), kind).reshape(B, T, d)]
    start = np.zeros((B, d, e)) if state is None else _checked("state", state, (*lead, d, e), kind).reshape(B, d, e)
    bound = _bound(*exact, start, name, output)
    held = [np.ascontiguousarray(array, dtype=kind) for array in exact]
    H, y = np.array(start, dtype=kind, order="C"), np.empty((B, T, e), kind)
    kept = np.empty((B, T if output == "states" else 0, d, e), kind)
    share(lambda i: _run(*(array[i] for array in held), H[i], y[i], kept[i], write == "vk"), range(B), threads)
    found = kept if output == "states" else y
    if not lead:
        found, H, bound = found[0], H[0], bound[0]
    if not (return_state or error_bound):
        return found
    return Simulation(found, H, bound if error_bound else None, Plan("householder", "one step after the other, H in cache", {}, threads))


def _bound(k, v, beta, q, start, name: str, output: str) -> np.ndarray:
    """(B, T); raises `Refused` where H could leave the range of the type."""
    u, (B, T, d) = bounds.UNIT[name], k.shape
    stored, tiny = 4 * u * (name == "float32"), bounds.TINY[name] * (d + v.shape[2]) ** 2 * 8
    out = np.empty((B, T))
    with np.errstate(over="ignore"):
        size_k, size_v, size_q = (np.sqrt(np.sum(array**2, axis=2)) * (1 + (d + v.shape[2]) * 2.0**-52) for array in (k, v, q))
        turn = np.abs(beta) * size_k**2
        grow = np.maximum(1, np.abs(1 - beta * size_k**2) + turn * (d + 8) * 2.0**-50)
        step = (bounds.gamma(d + 4, u) + u + stored) * turn + 2 * u
        for i in range(B):
            M = float(np.sqrt(np.sum(start[i] ** 2))) * (1 + 1e-12)
            E = stored * M
            for n in range(T):
                write = size_v[i, n] * size_k[i, n]
                E = (grow[i, n] + step[i, n]) * E + step[i, n] * M + (3 * u + stored) * write + tiny
                M = grow[i, n] * M + write
                out[i, n] = E if output == "states" else size_q[i, n] * (E + (bounds.gamma(d + 1, u) + stored) * (M + E)) + tiny
                if not math.isfinite(M) or math.log2(max(M, 1.0)) > LARGEST[name]:
                    raise refusal(WHERE, "range", f"no entry of H should be able to exceed 2^{LARGEST[name]:.0f} in {name}",
                                  f"‖H‖ may after {n + 1} steps", f"β‖k‖² = {beta[i, n] * size_k[i, n] ** 2!r} at step {n}",
                                  "0 ≤ β‖k‖² ≤ 2 keeps H bounded by what is written")
    return out * (1 + (T + 8) * 2.0**-48)
