"""The regimes speed is stated for, by name, with problems to run: what a bench calls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from numeric.engine.plan import ALGORITHMS


@dataclass(frozen=True)
class Sizes:
    """S modes, T steps, B rows; `target` nanoseconds per mode, step and row on one thread."""

    S: int
    T: int
    B: int
    dtype: str
    target: float


REGIMES = {
    "one mode, long": Sizes(1, 10**6, 1, "float64", 0.9),
    "one mode, batch": Sizes(1, 10**6, 64, "float64", 0.8),
    "sixteen modes, batch": Sizes(16, 10**4, 64, "float64", 0.15),
    "128 modes, long": Sizes(128, 10**6, 1, "float64", 0.12),
    "1024 modes, long": Sizes(1024, 10**6, 1, "float64", 0.017),
    "128 modes, single precision": Sizes(128, 10**6, 1, "float32", 0.06),
}


def problem(name: str, longest: float = 0.99, seed: int = 1) -> dict:
    """Arguments of `numeric.simulate` for a regime: real input, conjugate pairs, radii 0.9 … `longest`, an `out` that is there already."""
    sizes, rng = REGIMES[name], np.random.default_rng(seed)
    poles = rng.uniform(0.9, longest, sizes.S) * np.exp(1j * rng.uniform(-np.pi, np.pi, sizes.S))
    inputs = rng.normal(size=(sizes.B, sizes.T)).astype(sizes.dtype)
    return {"poles": poles, "weights": rng.normal(size=sizes.S) + 1j * rng.normal(size=sizes.S), "inputs": inputs, "form": "pairs",
            "dtype": sizes.dtype, "out": np.zeros_like(inputs)}


__all__ = ["ALGORITHMS", "REGIMES", "Sizes", "problem"]
