"""Which algorithm a problem gets, and why: the cheapest by a model of nanoseconds that was fitted once; only its ratios matter."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

from numeric.engine.even import Spacing, spacing
from numeric.engine.problem import Problem

ALGORITHMS = {
    "tiled": "register-tiled recurrence: modes or rows in the lanes",
    "scan": "blocked scan: pieces of one row in the lanes, states carried between them",
    "matrix": "blocks of time as matrix products",
    "fft": "overlap-save convolution with the impulse response",
}
PIECE = 1024  # samples of one round of the blocked scan in doubles, twice as many in singles
WORTH_LOOKING = 1e6  # nanoseconds for the response from which the poles are looked at for even spacing
TARGET = 2.0**-60  # what the response may leave out, relative to Σ|w|; 2^−30 in float32


@dataclass(frozen=True)
class Plan:
    """algorithm, why in one sentence, predicted nanoseconds for each algorithm, threads, memory of the response used by `fft`, and how
    evenly the poles are spaced if the response comes from one FFT."""

    algorithm: str
    why: str
    predicted: dict[str, float] = field(default_factory=dict)
    threads: int = 1
    response: int = 0
    spaced: Spacing | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.algorithm}: {self.why}"


def response_length(problem: Problem) -> int:
    """L with |a|^L/(1 − |a|) below the target for the slowest pole, at most T."""
    _, T, _ = problem.size
    r, target = problem.radius, TARGET if problem.name != "float32" else 2.0**-30
    if r >= 1 or T == 0:
        return T
    if r == 0:
        return 1
    return max(1, min(T, math.ceil((math.log(target) + math.log1p(-r)) / math.log(r))))


def _modes_cost(B: int, S: int, W: int) -> float:
    """Nanoseconds per time step with modes in the lanes: the dependent chain bounds what has fewer than three vectors."""
    vectors = -(-S // W)
    return B * (max(vectors, 3) * W * 0.11 + 1.0)


def _rows_cost(B: int, S: int, W: int, C: int) -> float:
    """Nanoseconds per time step with W rows in the lanes: real input in strips of two modes at once, complex in tiles of up to four."""
    if C == 1:
        modes = S + S % 2 if S > 1 else 1
        return -(-B // W) * W * (modes * 0.1 + 0.2) * (1.3 if W > 8 else 1)  # squares of singles do not fit in the registers
    passes = -(-S // 4)
    modes = -(-S // passes)
    return -(-B // W) * W * (passes * max(modes, 2.5) * 0.11 + 0.6)


def rows_in_lanes(B: int, S: int, W: int, C: int) -> bool:
    """Whether rows go into the lanes; the same for every length, so that chunks join bit for bit."""
    return _rows_cost(B, S, W, C) < _modes_cost(B, S, W)


def adds_sizes(problem: Problem, algorithm: str) -> bool:
    """Whether the kernel adds up |u| on the way, so that a long input is read once."""
    B, T, S = problem.size
    if not problem.real or problem.output != "y" or T == 0 or problem.name == "double-double":
        return False
    return algorithm == "scan" or (algorithm == "tiled" and rows_in_lanes(B, S, 16 if problem.name == "float32" else 8, 1))


def _response_cost(S: int, L: int, C: int, half: float) -> float:
    """Nanoseconds for the response of any poles."""
    return L * S * 0.11 * C * half + 1.2e3 * S + 5 * S * math.isqrt(L // 48 + 1)


def spaced_for_fft(problem: Problem) -> tuple[Spacing | None, float]:
    """How the poles are spaced, if one FFT makes their response at less than half the cost, and that cost in nanoseconds. Looking for it
    takes as long as 10^6 products."""
    (_, T, S), L, C = problem.size, response_length(problem), 1 if problem.real else 2
    any_poles = _response_cost(S, L, C, 0.5 if problem.name == "float32" else 1.0)
    found = spacing(problem.poles) if any_poles > WORTH_LOOKING and T else None
    cost = any_poles if found is None else 1.5 * found.N * math.log2(found.N) + 8 * L + 4e4
    return (found, cost) if 2 * cost < any_poles else (None, any_poles)


def predictions(problem: Problem, keep_state: bool, make: float | None = None) -> dict[str, float]:
    """Nanoseconds by algorithm on one thread; an algorithm that cannot be used is left out. make: those for the response of the FFT."""
    L = response_length(problem) if problem.radius < 1 else None
    return dict(_predicted(*problem.size, 1 if problem.real else 2, problem.name, L, make, problem.fresh, keep_state))


@lru_cache(maxsize=256)  # a stream of chunks asks for the same again and again
def _predicted(B: int, T: int, S: int, C: int, name: str, L: int | None, make: float | None, fresh: bool,
               keep_state: bool) -> tuple[tuple[str, float], ...]:
    """L: samples of the response, or None if the FFT cannot be used."""
    half = 0.5 if name == "float32" else 1.0
    W, per_step = int(8 / half), (6 if C == 1 else 8) / 6
    found = {"tiled": min(_modes_cost(B, S, W), _rows_cost(B, S, W, C)) * half * per_step * T + 5e3}
    piece = PIECE * W // 8
    if piece <= T:
        rest = B * (T % piece) * _modes_cost(1, S, W) * half
        modes = S + S % 2 if S > 1 else 1
        each = (modes * 0.17 + 0.35) * (0.9 if half < 1 else 1) if C == 1 else (S * 0.24 + 0.9) * half * per_step + 2
        found["scan"] = B * T * each + rest * per_step + 3e4
    if T >= 64:
        from numeric.engine.matrix import block_length

        N = block_length(S, C)
        step = -(-S // W) * W * (0.078 + 0.3 / N) * C + C * C * N * 0.014 + 0.3
        found["matrix"] = B * T * step * half + 40 * S * N + 3e4
    if T and L is not None:
        from numeric.engine.fft import cost_per_sample, shapes

        any_poles = _response_cost(S, L, C, half)
        state = B * L * S * 0.1 * C * half if keep_state else 0
        convolve = B * T * cost_per_sample(shapes(L, T)) * C * (1.2 if half < 1 else 1)
        found["fft"] = convolve + (any_poles if make is None else make) + (0 if fresh else B * any_poles) + state + 3e5
    return tuple(found.items())


def plan(problem: Problem, algorithm: str, threads: int, keep_state: bool) -> Plan:
    """The algorithm asked for, or the cheapest."""
    B, T, S = problem.size
    L, shape = response_length(problem), f"B = {B}, T = {T}, S = {S}"
    if problem.name == "double-double":
        return Plan("reference", "double-double is there to measure the others against, one mode after the other")
    if problem.output == "states":
        return Plan("tiled", f"all states are asked for, so the recurrence runs and writing them bounds it ({shape})", {}, threads)
    spaced, make = spaced_for_fft(problem) if algorithm in ("auto", "fft") and problem.radius < 1 else (None, None)
    from_one = f"; its response from one FFT: {spaced}" if spaced else ""
    if algorithm != "auto":
        return Plan(algorithm, "asked for by name" + from_one, {}, threads, L, spaced)
    costs = predictions(problem, keep_state, make)
    best = min(costs, key=costs.get)
    others = ", ".join(f"{name} {costs[name] / costs[best]:.2g}×" for name in sorted(costs, key=costs.get) if name != best)
    why = f"{ALGORITHMS[best]}; predicted cheapest for {shape}, memory {L} samples ({others or 'no other applies'})"
    fft = best == "fft"
    return Plan(best, why + from_one * fft, costs, threads, L, spaced if fft else None)
