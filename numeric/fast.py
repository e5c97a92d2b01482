"""F_K of given poles in float64 in O(S²), with a first-order bound of its rounding error; white or AR(1) input.

Poles are given by their logarithms, in which 1 − a_s ā_t and a_s − a_t are formed by expm1 and lose nothing next to the circle. With

    v_s = Π_k (1 − a_s ā_k) / Π_{k≠s} (1 − a_k/a_s),   w_s = v_s a_s^{−(S−1)},   q = w y,   ⟨y, C⁻¹ y⟩ = Σ q_s q̄_t / (1 − a_s ā_t)

(Cauchy; `cauchy` is the same in balls, `multiprecision` in mpmath) and y, σ as in `optimum`. Close poles make the terms large
against their sum; the error bound says so, and `captured` is then worth nothing: take balls.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numba import njit

from numeric.errors import refusal
from numeric.poles import Polar, Pole

U = 2.0**-53
MOST = 2048  # poles: two S×S arrays are kept


@njit(nogil=True, cache=True)
def _one_less_exp(x, y):
    """1 − e^{x+iy}, to a few roundings of its modulus."""
    half = math.sin(0.5 * y)
    return complex(2 * half * half - math.expm1(x) * math.cos(y), -math.exp(x) * math.sin(y))


@njit(nogil=True, cache=True)
def _products(x, y, h, eh):
    """v, bounds of its relative errors; fills h_{st} = 1/(1 − a_s ā_t) and the bounds eh of its relative errors."""
    S = x.shape[0]
    v, error = np.ones(S, dtype=np.complex128), np.zeros(S)
    for s in range(S):
        for t in range(s, S):
            moved = 3 * U * (abs(x[s]) + abs(x[t]) + abs(y[s]) + abs(y[t]))  # of the exponents: their data and their difference
            top = _one_less_exp(x[s] + x[t], y[s] - y[t])
            e = 6 * U + moved * math.exp(x[s] + x[t]) / abs(top)
            h[s, t], eh[s, t] = 1 / top, e
            h[t, s], eh[t, s] = np.conj(h[s, t]), e
            if s == t:
                v[s] *= top.real
                error[s] += e
                continue
            turn = complex(math.cos(y[t] - y[s]), math.sin(y[t] - y[s]))
            ratio = math.exp(x[t] - x[s]) * turn  # a_t/a_s
            low = _one_less_exp(x[t] - x[s], y[t] - y[s])
            size = abs(low)
            if size == 0:
                v[s], v[t] = complex(np.inf), complex(np.inf)
                continue
            v[s] *= top / low
            v[t] *= np.conj(top) * ratio / -low
            e += 12 * U + moved * (1 + max(1.0, abs(ratio)) / size)
            error[s] += e
            error[t] += e
    return v, error


@njit(nogil=True, cache=True)
def _form(q, eq, h, eh):
    """Σ q_s q̄_t h_st and a bound of its error; eq bounds the relative errors of q."""
    S = q.shape[0]
    total = error = 0.0
    for s in range(S):
        row, slack = 0.0, 0.0
        for t in range(S):
            term = q[s] * np.conj(q[t]) * h[s, t]
            row += term.real
            slack += abs(term) * (eq[s] + eq[t] + eh[s, t] + (2 * S + 8) * U)
        total += row
        error += slack
    return total, error


def logarithms(poles: Sequence[Pole], n: int = 1) -> np.ndarray:
    """n·log a_s, the angle reduced exactly to (−π, π] before it is rounded; polar poles, relative error of each part a few eps."""
    out = np.empty(len(poles), dtype=np.complex128)
    for s, pole in enumerate(poles):
        if not isinstance(pole, Polar):
            raise TypeError("logarithms are known of polar poles; take numpy.log of doubles, which is rounded")
        top, bottom = pole.half_turns.as_integer_ratio()
        turn = (n * top) % (2 * bottom)
        size = -float(pole.decay) + (float(pole.exponent) * math.log(pole.base) if pole.exponent else 0.0)
        out[s] = complex(n * size, math.pi * ((turn if turn <= bottom else turn - 2 * bottom) / bottom))
    return out


def captured(logs, K: int, rho: float = 0.0, powers=None) -> tuple[float, float]:
    """(1 − min L, a bound of its rounding error to first order); NaN or infinite where doubles overflow or two poles coincide.

    logs: log a_s, Re < 0. powers(n): n·log a_s where that is known better than by multiplication (`logarithms`)."""
    logs = np.ascontiguousarray(logs, dtype=np.complex128)
    powers = powers or (lambda n: n * logs)
    S = len(logs)
    if S > MOST:
        raise refusal("numeric.fast", "order", f"S should be ≤ {MOST} in doubles", f"there are {S}", f"S = {S}",
                      "balls, for evenly spaced poles")
    h, eh = np.empty((S, S), dtype=np.complex128), np.empty((S, S))
    with np.errstate(all="ignore"):
        v, ev = _products(logs.real.copy(), logs.imag.copy(), h, eh)
        last = K if rho == 0 else K + 1
        size = np.abs(logs.real) + np.abs(logs.imag)
        if rho == 0:
            q = v * np.exp(powers(K - S + 1))
            return _form(q, ev + 4 * U * (2 + abs(K - S + 1) * size), h, eh)
        a, down, top = np.exp(logs), np.exp(powers(1 - S)), np.exp(powers(last))
        gap, low = a - rho, rho**last * (1 - a * rho)
        y = ((1 - rho**2) * top - low) / gap
        lost = (np.abs(top) + np.abs(low)) / np.abs(gap) * (8 + 4 * last * (size - math.log(rho))) + np.abs(y) * 8 * (1 + 1 / np.abs(gap))
        q, eq = v * down * y, ev + 4 * U * (2 + S * size) + U * lost / np.abs(y)
        white, error = _form(q, eq, h, eh)
        others = np.exp(np.sum(logs) - logs) * q  # Π_{k≠s} a_k times q_s
        sigma, slack = abs(np.sum(others)), np.sum(np.abs(others) * (eq + 4 * U * (S + np.sum(size))))
        share = rho**2 / (1 - rho**2 + rho**2 * -math.expm1(2 * np.sum(logs.real)))
        value = (white - share * sigma**2) / (1 - rho**2)
        return float(value), float((error + share * (2 * sigma + slack) * slack + 8 * U * (white + share * sigma**2)) / (1 - rho**2) ** 2)
