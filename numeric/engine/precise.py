"""Double-double arithmetic (106 bits) for reference runs and for tables of powers that are rounded once.

A number is an unevaluated sum high + low. Relative errors, u = 2⁻⁵³ (Joldes, Muller, Popescu, ACM TOMS 44, 2017): `add` 3u² + 13u³
(their AccurateDWPlusDW), `times` 4u² (DWTimesDW3), barring underflow. One step of the recurrence is then wrong by at most
16u²(|a x| + |u|) as a complex number. No fast-math: an error-free transformation would be simplified away.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from numeric.engine.lanes import fma


@njit(nogil=True, cache=True)
def two_sum(a, b):
    """a + b exactly."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


@njit(nogil=True, cache=True)
def fast_two_sum(a, b):
    """a + b exactly for |a| ≥ |b|."""
    s = a + b
    return s, b - (s - a)


@njit(nogil=True, cache=True)
def add(ah, al, bh, bl):
    sh, sl = two_sum(ah, bh)
    th, tl = two_sum(al, bl)
    vh, vl = fast_two_sum(sh, sl + th)
    return fast_two_sum(vh, tl + vl)


@njit(nogil=True, cache=True)
def times(ah, al, bh, bl):
    ch = ah * bh
    low = fma(ah, bh, -ch)
    return fast_two_sum(ch, low + fma(al, bh, fma(ah, bl, al * bl)))


@njit(nogil=True, cache=True)
def step(a, x, u, out):
    """out ← a x + u for complex numbers [re high, re low, im high, im low]."""
    ph, pl = times(a[0], a[1], x[0], x[1])
    qh, ql = times(-a[2], -a[3], x[2], x[3])
    qh, ql = add(qh, ql, u[0], u[1])
    rh, rl = add(ph, pl, qh, ql)
    ph, pl = times(a[0], a[1], x[2], x[3])
    qh, ql = times(a[2], a[3], x[0], x[1])
    qh, ql = add(qh, ql, u[2], u[3])
    ih, il = add(ph, pl, qh, ql)
    out[0], out[1], out[2], out[3] = rh, rl, ih, il


@njit(nogil=True, cache=True)
def _powers(a_re, a_im, x, out_re, out_im):
    """out[k, s] = x[s]·a[s]^k, high parts; x (4, S) = re high, re low, im high, im low runs on. The loop over s vectorises."""
    for k in range(out_re.shape[0]):
        for s in range(len(a_re)):
            rh, rl, ih, il = x[0, s], x[1, s], x[2, s], x[3, s]
            out_re[k, s], out_im[k, s] = rh, ih
            ph, pl = times(a_re[s], 0.0, rh, rl)
            qh, ql = times(-a_im[s], 0.0, ih, il)
            sh, sl = times(a_re[s], 0.0, ih, il)
            th, tl = times(a_im[s], 0.0, rh, rl)
            x[0, s], x[1, s] = add(ph, pl, qh, ql)
            x[2, s], x[3, s] = add(sh, sl, th, tl)


def powers(a, K: int, start=None) -> np.ndarray:
    """start·a^k for k < K, (K, S), complex doubles: the exact value times 1 + d, |d| ≤ u(1 + 2⁻²⁰) for K ≤ 2²⁶, plus underflow."""
    a = np.asarray(a, dtype=np.complex128)
    x, re, im = np.zeros((4, len(a))), np.empty((K, len(a))), np.empty((K, len(a)))
    x[0], x[2] = (1, 0) if start is None else (np.real(start), np.imag(start))
    _powers(np.ascontiguousarray(a.real), np.ascontiguousarray(a.imag), x, re, im)
    return re + 1j * im


@njit(nogil=True, cache=True)
def run(a, w, u, x, y):
    """One row: u complex (T,), x (S, 4) updated in place, y (T, 4) = Σ w x in double-double."""
    pole, weight, sample, zero, product = np.zeros(4), np.zeros(4), np.zeros(4), np.zeros(4), np.zeros(4)
    y[:] = 0.0
    for s in range(len(a)):
        pole[0], pole[2], weight[0], weight[2] = a[s].real, a[s].imag, w[s].real, w[s].imag
        for n in range(len(u)):
            sample[0], sample[2] = u[n].real, u[n].imag
            step(pole, x[s], sample, x[s])
            step(weight, x[s], zero, product)
            y[n, 0], y[n, 1] = add(y[n, 0], y[n, 1], product[0], product[1])
            y[n, 2], y[n, 3] = add(y[n, 2], y[n, 3], product[2], product[3])
