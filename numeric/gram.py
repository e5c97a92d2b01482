"""Gram matrix and captured energy F_K in float64, accurate next to the unit circle and for repeated poles.

1 − a_s ā_t is formed from exact products (Dekker splitting), so that its relative error is a few eps however close the
poles are to the circle. F_K comes from the Takenaka–Malmquist basis (Takenaka 1925, Malmquist 1926), orthonormal in ℓ²:
    φ_s(z) = √(1−|a_s|²)/(1−a_s z) · Π_{j<s} (z − ā_j)/(1 − a_j z),   F_K = ‖P e_K‖² = Σ_s |φ_s[K]|².
No Gram matrix is inverted: clustered and repeated poles cost no accuracy.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from numeric.errors import check_shift
from numeric.recurrence import check_poles


@njit(nogil=True, cache=True)
def _product(x, y):
    """x·y as an unevaluated sum of two doubles, exactly (Dekker 1971; no overflow, |x|, |y| ≤ 1)."""
    p = x * y
    xh = 134217729.0 * x
    xh = xh - (xh - x)
    yh = 134217729.0 * y
    yh = yh - (yh - y)
    xl, yl = x - xh, y - yh
    return p, ((xh * yh - p) + xh * yl + xl * yh) + xl * yl


@njit(nogil=True, cache=True)
def _sum(x, y):
    """x + y as an unevaluated sum of two doubles, exactly (Knuth)."""
    s = x + y
    t = s - x
    return s, (x - (s - t)) + (y - t)


@njit(nogil=True, cache=True)
def _defect(a, c):
    """1 − a c̄ with relative error a few eps unless real and imaginary part both cancel below 1e-30."""
    p, pe = _product(a.real, c.real)
    q, qe = _product(a.imag, c.imag)
    s, se = _sum(1.0, -p)
    t, te = _sum(s, -q)
    u, ue = _product(a.imag, c.real)
    v, ve = _product(a.real, c.imag)
    w, we = _sum(v, -u)
    return complex(t + (te + se - pe - qe), w + (we + ve - ue))


@njit(nogil=True, cache=True)
def _gram(a, C):
    for s in range(a.shape[0]):
        for t in range(a.shape[0]):
            C[s, t] = 1.0 / _defect(a[s], a[t])


@njit(nogil=True, cache=True)
def _cascade(a, F):
    """F_k = |x|² while a unit impulse passes through the sections; each section is the rotation [[a, d], [d, −ā]]."""
    S = a.shape[0]
    d = np.empty(S)
    for s in range(S):
        d[s] = np.sqrt(_defect(a[s], a[s]).real)
    x = np.zeros(S, dtype=np.complex128)
    for k in range(F.shape[0]):
        v = 1.0 + 0.0j if k == 0 else 0.0 + 0.0j
        total = 0.0
        for s in range(S):
            before = x[s]
            x[s] = a[s] * before + d[s] * v
            v = d[s] * before - a[s].conjugate() * v
            total += x[s].real * x[s].real + x[s].imag * x[s].imag
        F[k] = total


def gram(a) -> np.ndarray:
    """C_{st} = 1/(1 − a_s ā_t), S×S complex; entrywise relative error at most 8 eps."""
    a = check_poles("numeric.gram.gram", a)
    C = np.empty((len(a), len(a)), dtype=np.complex128)
    _gram(a, C)
    return C


def capture(a, K: int) -> np.ndarray:
    """F_0 … F_K, shape (K+1,), for the poles read as exact doubles, repeated poles included; O(S·K) time.

    Error: every step is a product of S rotations, so the state norm never grows and each step adds at most 8·eps·S times it:
    |F̂_k − F_k| ≤ 16·eps·S·(k+1)·F_0 + O(eps²), and F_0 ≤ 1. For K beyond 1e8 use `multiprecision.capture`."""
    a = check_poles("numeric.gram.capture", a)
    K = check_shift("numeric.gram.capture", K)
    F = np.empty(K + 1)
    _cascade(a, F)
    return F
