"""F_K of given poles in float64 in O(S²), with a first-order bound of its rounding error, and its gradient; white or AR(1) input.

Poles are given by their logarithms, in which 1 − a_s ā_t and a_s − a_t are formed by expm1 and lose nothing next to the circle. With

    v_s = Π_k (1 − a_s ā_k) / Π_{k≠s} (1 − a_k/a_s),   w_s = v_s a_s^{−(S−1)},   q = w y,   ⟨y, C⁻¹ y⟩ = Σ q_s q̄_t / (1 − a_s ā_t)

(Cauchy; `cauchy` is the same in balls, `multiprecision` in mpmath) and y, σ as in `optimum`. Close poles make the terms large
against their sum; the error bound says so, and `captured` is then worth nothing: take balls.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numba import njit

from numeric.errors import refusal
from numeric.poles import Polar, Pole

U = 2.0**-53
MOST = 2048  # poles; two S×S arrays are kept
TINY = 1e-290  # what may be lost where products underflow


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


def _checked(logs) -> np.ndarray:
    logs = np.ascontiguousarray(logs, dtype=np.complex128)
    if logs.ndim != 1 or not 1 <= len(logs) <= MOST:
        raise refusal("numeric.fast", "order", f"there should be 1 to {MOST} poles in doubles", f"the shape is {logs.shape}",
                      f"shape {logs.shape}", "balls, for evenly spaced poles")
    if not np.all(logs.real < 0):
        s = int(np.flatnonzero(~(logs.real < 0))[0])
        raise refusal("numeric.fast", "poles", "every |a_s| should be < 1", f"Re log a[{s}] = {logs.real[s]}", f"a[{s}]",
                      "scale the poles into the open disk")
    return logs


class _Solved:
    """v, q and h of given poles and input, with bounds of relative errors; names as in the head of this file."""

    def __init__(self, logs: np.ndarray, K: int, rho: float, powers: Callable[[int], np.ndarray]):
        S, self.rho, size = len(logs), rho, np.abs(logs.real) + np.abs(logs.imag)
        self.h, self.eh = np.empty((S, S), dtype=np.complex128), np.empty((S, S))
        v, ev = _products(logs.real.copy(), logs.imag.copy(), self.h, self.eh)
        self.w = v * np.exp(powers(1 - S))
        if rho == 0:
            self.y = np.exp(powers(K))
            self.q, self.eq = v * np.exp(powers(K - S + 1)), ev + 4 * U * (2 + abs(K - S + 1) * size)
        else:
            a, top = np.exp(logs), np.exp(powers(K + 1))
            gap, low = a - rho, rho ** (K + 1) * (1 - a * rho)
            self.y = ((1 - rho**2) * top - low) / gap
            lost = (np.abs(top) + np.abs(low)) / np.abs(gap) * (8 + 4 * (K + 1) * (size - math.log(rho)))
            lost += np.abs(self.y) * 8 * (1 + 1 / np.abs(gap))
            self.q, self.eq = self.w * self.y, ev + 4 * U * (2 + S * size) + U * lost / np.abs(self.y)
        self.value, self.error = _form(self.q, self.eq, self.h, self.eh)
        if rho:
            self.others = np.exp(np.sum(logs) - logs)  # Π_{k≠s} a_k
            parts = self.others * self.q
            self.sigma = np.sum(parts)  # up to the sign (−1)^{S−1}
            slack = float(np.sum(np.abs(parts) * (self.eq + 4 * U * (S + np.sum(size)))))
            self.share = rho**2 / (1 - rho**2 + rho**2 * -math.expm1(2 * np.sum(logs.real)))
            white, least, size = 1 - rho**2, self.share * abs(self.sigma) ** 2, abs(self.sigma)
            self.error = (self.error + self.share * (2 * size + slack) * slack + 8 * U * (self.value + least)) / white**2
            self.value = (self.value - least) / white

    def best(self) -> np.ndarray:
        """β, the best weights b_s over 1 − a_s ρ."""
        sums = self.h @ self.q.conj()
        if not self.rho:
            return self.w * sums
        return self.w * (sums - self.sigma.conjugate() * self.share * self.others) / (1 - self.rho**2)


def captured(logs, K: int, rho: float = 0.0, powers: Callable[[int], np.ndarray] | None = None) -> tuple[float, float]:
    """(1 − min L, a bound of its rounding error to first order); NaN or infinite where doubles overflow or two poles coincide.

    logs: log a_s, Re < 0. powers(n): n·log a_s where that is known better than by multiplication (`logarithms`)."""
    logs = _checked(logs)
    with np.errstate(all="ignore"):
        found = _Solved(logs, K, rho, powers or (lambda n: n * logs))
        return float(found.value), float(found.error + TINY)


def gradient(logs, K: int, rho: float = 0.0) -> tuple[float, np.ndarray]:
    """F = 1 − min L and its derivatives g_s = ∂F/∂(log a_s): a step dℓ changes F by 2 Re Σ g_s dℓ_s. O(S²).

    F is a maximum over the weights, so only what the poles do at the best weights counts (the envelope theorem). With the filters
    (1 − a_s ρ) a_s^k and their best weights β,

        g_s = a_s β_s (y_s′ − (1−ρ²) Σ_t β̄_t ā_t/(1 − a_s ā_t)²),   y_s′ = ∂y_s/∂a_s,   K a_s^{K−1} for white input."""
    logs = _checked(logs)
    with np.errstate(all="ignore"):
        found = _Solved(logs, K, rho, lambda n: n * logs)
        a, beta = np.exp(logs), found.best()
        energy = (found.h**2) @ (beta * a).conj()
        if rho == 0:
            return float(found.value), beta * (K * found.y - a * energy)
        slope = ((K + 1) * (1 - rho**2) * np.exp(K * logs) + rho ** (K + 2) - found.y) / (a - rho)
        return float(found.value), a * beta * (slope - (1 - rho**2) * energy)


def vandermonde(a, N: int) -> np.ndarray:
    """a_s^k for k < N, shape (S, N), by doubling: a power is at most log₂ N + 1 products deep, relative error ≤ 3(log₂ N + 1)·2^−52."""
    a = np.asarray(a, dtype=np.complex128)
    out = np.empty((len(a), N), dtype=np.complex128)
    out[:, :1] = 1
    done, jump = 1, a[:, None].copy()
    while done < N:
        more = min(done, N - done)
        np.multiply(out[:, :more], jump, out=out[:, done:done + more])
        done, jump = done + more, jump * jump
    return out
