"""The loss of a filter measured on seeded noise: drives the recurrence, and never sees a formula for the loss.

Compare `measure(...).estimate ± half_width` with `loss.closed` or `balls.loss` yourself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from numeric.errors import refusal
from numeric.recurrence import advance, check_poles

CHUNK = 1 << 16
FORGOTTEN = 1e-12  # part of the start-up transient left after burn-in, as a share of the amplitude
SPACING = 20  # least length of a batch in correlation times: batch means are then independent to within about 1/20


@dataclass(frozen=True)
class Measurement:
    """estimate ± half_width at confidence `level` (Student, over batch means), and what is needed to repeat it."""

    estimate: float
    half_width: float
    level: float
    samples: int
    batches: int
    burn_in: int
    seed: int
    kind: str
    rho: float


def _noise(rng: np.random.Generator, kind: str, rho: float, N: int, state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """N samples with γ(k) = ρ^{|k|}, after the AR(1) state; returns (u, next state)."""
    u = rng.standard_normal(N)
    if kind == "circular":
        u = (u + 1j * rng.standard_normal(N)) * math.sqrt(0.5)
    if rho == 0:
        return u, state
    u, state = advance([rho], [math.sqrt(1 - rho**2)], u, state)
    return (u if kind == "circular" else u.real), state


def _squared_errors(a, b, K: int, lengths: Iterator[int], seed: int, kind: str, rho: float) -> Iterator[np.ndarray]:
    """|y_n − u_{n−K}|² in consecutive pieces of the lengths asked for; inputs before time 0 are zero."""
    rng = np.random.default_rng(seed)
    x, state, past = np.zeros(len(a), dtype=complex), np.zeros(1, dtype=complex), np.zeros(K)
    for length in lengths:
        u, state = _noise(rng, kind, rho, length, state)
        y, x = advance(a, b, u, x)
        line = np.concatenate([past, u])
        past = line[length:]
        error = y - line[:length]
        yield error.real**2 + error.imag**2


def _pieces(N: int) -> list[int]:
    return [CHUNK] * (N // CHUNK) + ([N % CHUNK] if N % CHUNK else [])


def _check(a: np.ndarray, K: int, N: int, batches: int, kind: str, rho: float) -> int:
    """Burn-in length; raises `Refused` when the run is too short for independent batches."""
    where = "numeric.filters.measure"
    if kind not in ("real", "circular") or not 0 <= rho < 1 or K < 0 or batches < 8:
        found = f"kind={kind!r}, rho={rho}, K={K}, batches={batches}"
        raise refusal(where, "arguments", "kind should be real or circular, 0 ≤ rho < 1, K ≥ 0, batches ≥ 8", found, found,
                      "measure(a, b, K, kind='real', rho=0.5, batches=64)")
    r = max(float(np.max(np.abs(a))), rho)
    correlation = K + math.ceil(1 / (1 - r))
    if N // batches < SPACING * correlation:
        raise refusal(where, "length", f"a batch should hold at least {SPACING} correlation times",
                      f"{N} samples in {batches} batches, correlation time {correlation}",
                      f"batch length {N // batches} < {SPACING * correlation}",
                      f"take N ≥ {SPACING * correlation * batches}, or fewer batches")
    return K + (math.ceil(math.log(FORGOTTEN) / math.log(r)) if r else 1)


def measure(a, b, K: int, *, N: int = 10**7, seed: int = 0, kind: str = "real", rho: float = 0.0,
            batches: int = 64, level: float = 0.99) -> Measurement:
    """Mean of |y_n − u_{n−K}|² over about N samples after burn-in.

    a, b: (S,). kind: `real` Gaussian or `circular` complex Gaussian noise of unit variance, AR(1) with coefficient rho.
    The interval comes from the spread of batch means, which carries the correlation inside a batch; what is left between
    neighbouring batches shortens it by a few per cent at most (see `SPACING`)."""
    from scipy.special import stdtrit

    a = check_poles("numeric.filters.measure", a)
    burn_in, size = _check(a, K, N, batches, kind, rho), N // batches
    pieces = _pieces(size)
    stream = _squared_errors(a, b, K, iter(_pieces(burn_in) + pieces * batches), seed, kind, rho)
    for _ in _pieces(burn_in):
        next(stream)
    means = np.array([sum(float(next(stream).sum()) for _ in pieces) / size for _ in range(batches)])
    half_width = float(stdtrit(batches - 1, (1 + level) / 2)) * float(means.std(ddof=1)) / math.sqrt(batches)
    return Measurement(float(means.mean()), half_width, level, size * batches, batches, burn_in, seed, kind, rho)
