"""The diagonal recurrence x_n = diag(a) x_{n-1} + u_n b, y_n = Σ_s p_s x_n[s] in float64.

Real and imaginary parts lie in separate arrays, so that the loop over poles vectorises; fast-math is off, so that the
result is the same on every run. Rounding, eps = 2⁻⁵²: one step of one pole is wrong by at most 4·eps·(|a x| + |b u|), and
later steps scale that error by |a|, so |ŷ_n − y_n| ≤ 4·eps·Σ_s |p_s b_s| Σ_m (m + 2 + log₂S) |a_s|^m |u_{n-m}|.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numba import njit

from numeric.errors import refusal

LANES = 8  # poles are padded to whole groups of eight, one AVX-512 register of doubles


@njit(nogil=True, cache=True)
def _advance(ar, ai, br, bi, ur, ui, xr, xi, yr, yi, zr, zi):
    """One input row; x is updated in place, y is written, z is scratch. Lengths of a, b, x, z: one multiple of LANES."""
    S = ar.shape[0]
    for n in range(ur.shape[0]):
        vr, vi = ur[n], ui[n]
        for s in range(S):
            r = ar[s] * xr[s] - ai[s] * xi[s] + (br[s] * vr - bi[s] * vi)
            i = ar[s] * xi[s] + ai[s] * xr[s] + (br[s] * vi + bi[s] * vr)
            xr[s] = r
            xi[s] = i
            zr[s] = r
            zi[s] = i
        width = S
        while width > LANES:  # folding halves vectorises without reassociating a sum, and rounds like a balanced tree
            half = (width // LANES + 1) // 2 * LANES
            for s in range(width - half):
                zr[s] += zr[s + half]
                zi[s] += zi[s + half]
            width = half
        yr[n] = ((zr[0] + zr[1]) + (zr[2] + zr[3])) + ((zr[4] + zr[5]) + (zr[6] + zr[7]))
        yi[n] = ((zi[0] + zi[1]) + (zi[2] + zi[3])) + ((zi[4] + zi[5]) + (zi[6] + zi[7]))


@njit(nogil=True, cache=True)
def _states(a, b, u, x, out):
    """One input row; out has shape (N, S)."""
    for n in range(u.shape[0]):
        for s in range(a.shape[0]):
            x[s] = a[s] * x[s] + u[n] * b[s]
            out[n, s] = x[s]


def _vector(where: str, name: str, values, size: int | None = None) -> np.ndarray:
    """A contiguous complex vector, checked for shape and finiteness."""
    array = np.ascontiguousarray(values, dtype=np.complex128)
    if array.ndim != 1 or array.size == 0 or size not in (None, array.size):
        expected = "a non-empty vector" if size is None else f"shape ({size},), one entry per pole"
        raise refusal(where, name, f"{name} should be {expected}", f"its shape is {array.shape}",
                      f"{name} = {np.array2string(array.ravel()[:2])} …", f"pass {name} as a one-dimensional array")
    _finite(where, name, array)
    return array


def _finite(where: str, name: str, array: np.ndarray) -> None:
    bad = np.argwhere(~np.isfinite(array))
    if len(bad):
        index = ", ".join(str(i) for i in bad[0])
        raise refusal(where, name, f"every entry of {name} should be finite", f"{len(bad)} of {array.size} are not",
                      f"{name}[{index}] = {array[tuple(bad[0])]}", "remove or replace those samples")


def check_poles(where: str, a) -> np.ndarray:
    """The poles as a complex vector; raises `Refused` unless all |a_s| < 1."""
    a = _vector(where, "a", a)
    near = np.flatnonzero(np.abs(a) > 1 - 1e-15)  # where the rounded modulus cannot tell, exact rationals do
    outside = [s for s in near if Fraction(a[s].real) ** 2 + Fraction(a[s].imag) ** 2 >= 1]
    if len(outside):
        raise refusal(where, "poles", "every |a_s| should be < 1", f"{len(outside)} of {len(a)} are not",
                      f"a[{outside[0]}] = {a[outside[0]]}, |a| = {abs(a[outside[0]])!r}",
                      "scale the poles into the open disk; reference.run takes any pole, exactly")
    return a


def _inputs(where: str, u) -> np.ndarray:
    u = np.asarray(u)
    if u.ndim not in (1, 2):
        raise refusal(where, "input", "u should have shape (N,) or (batch, N)", f"its shape is {u.shape}",
                      f"u.ndim = {u.ndim}", "reshape u so that time is the last axis")
    _finite(where, "u", u)
    return u


def _padded(values: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Real and imaginary parts along the last axis, filled up with zeros."""
    out = np.zeros((2, *values.shape[:-1], size))
    out[0, ..., :values.shape[-1]], out[1, ..., :values.shape[-1]] = values.real, values.imag
    return out[0], out[1]


def advance(a, b, u, x=None) -> tuple[np.ndarray, np.ndarray]:
    """Run on from state x: returns (y, last state); feed the state back to go on with the next chunk.

    a, b: (S,). u: (N,) or (batch, N), real or complex. x: (S,) or (batch, S), zero unless given. y: complex, shape of u."""
    where = "numeric.recurrence.advance"
    a = check_poles(where, a)
    b, u = _vector(where, "b", b, len(a)), _inputs(where, u)
    rows = np.atleast_2d(u)
    start = np.zeros((len(rows), len(a))) if x is None else np.atleast_2d(x)
    if start.shape != (len(rows), len(a)):
        raise refusal(where, "state", f"x should have shape {(len(rows), len(a))} or its one row", f"it is {start.shape}",
                      f"x has {start.size} entries", "pass the state that the previous call returned")
    size = -(-len(a) // LANES) * LANES
    (ar, ai), (br, bi), (xr, xi) = _padded(a, size), _padded(b, size), _padded(start, size)
    ur, ui = _padded(rows, rows.shape[1])
    yr, yi, scratch = np.empty(rows.shape), np.empty(rows.shape), np.empty((2, size))
    for row in range(len(rows)):
        _advance(ar, ai, br, bi, ur[row], ui[row], xr[row], xi[row], yr[row], yi[row], *scratch)
    last = (xr + 1j * xi)[:, :len(a)]
    return (yr + 1j * yi).reshape(u.shape), last if u.ndim == 2 else last[0]


def run(a, b, u, *, p=None) -> np.ndarray:
    """y of the recurrence started at rest; complex, shape of u. p: (S,), all ones unless given (it is folded into b)."""
    if p is not None:
        where = "numeric.recurrence.run"
        b = _vector(where, "b", b)
        b = b * _vector(where, "p", p, len(b))
    return advance(a, b, u)[0]


def states(a, b, u) -> np.ndarray:
    """x_0 … x_{N-1} of the recurrence started at rest; shape (N, S) or (batch, N, S), complex."""
    where = "numeric.recurrence.states"
    a = check_poles(where, a)
    b, u = _vector(where, "b", b, len(a)), _inputs(where, u)
    rows = np.ascontiguousarray(np.atleast_2d(u), dtype=np.complex128)
    out = np.empty((*rows.shape, len(a)), dtype=np.complex128)
    for row, target in zip(rows, out, strict=True):
        _states(a, b, row, np.zeros(len(a), dtype=np.complex128), target)
    return out.reshape(*u.shape, len(a))


def impulse_response(a, b, N: int) -> np.ndarray:
    """c_0 … c_{N-1} by feeding the recurrence 1, 0, 0, …; complex."""
    u = np.zeros(N)
    u[:1] = 1
    return run(a, b, u)
