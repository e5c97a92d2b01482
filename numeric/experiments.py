"""Learning the sample u_{N−1−t} of an AR(1) sequence with the weights of a recurrence whose poles stay fixed.

The state at the last sample is a vector of features, so training the weights is least squares on them: AdamW on mini-batches from a
seeded start, every draw recorded by its seed. Poles come in conjugate pairs and one is real, so a filter of order 2T+1 has 2T+1 real
parameters: c_k = θ_0 r^k + Σ_s r^k (θ_s cos φ_s k + η_s sin φ_s k). `optimum` encloses the population optimum of the same least squares.
Results are appended to a file of JSON lines as they come; configurations found there are not run again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np
from numba import njit

from numeric.errors import refusal
from numeric.families import waste

BATCHES, STEPS, DECAY, EPOCHS, SAMPLES = (20, 50, 100), (1e-2, 5e-3, 1e-3, 1e-4), 1e-5, 60, 130_000
BETAS, TINY = (0.9, 0.999), 1e-8


@dataclass(frozen=True)
class Start:
    """Initialisation, by `kind`:

    `shift`   phases πs/K, radius e^{−α/K}, the closed-form weights of the paper;
    `random`  phases uniform in (0, π), the same radius, weights of the same modulus with random signs;
    `sharp`   phases 2πs/P with P = K + ⌈εK⌉, radius r^{1/P} with r² = ε, where ε = (2π²S)^{−1/3} and S = 2T+1; weights
              b_s = (1−ε)/P · r^{−K/P} e^{−2πisK/P}. In the form e^{(−α + iπβs)/K}: β = 2/(1+ε), α = log(1/ε)/(2(1+ε)), up to the
              rounding of P. Why this rule: `families.waste`."""

    kind: str
    K: int
    half: int = 63
    alpha: float = 1.0
    seed: int = 0

    def __post_init__(self):
        if self.kind not in ("shift", "random", "sharp"):
            raise refusal("numeric.experiments", "start", "the start should be shift, random or sharp", f"it is {self.kind!r}",
                          f"Start({self.kind!r}, {self.K})", f"Start('sharp', {self.K})")

    @property
    def period(self) -> int:
        """P of the sharp start."""
        return self.K + math.ceil(self.K * waste(2 * self.half + 1))

    def phases(self) -> np.ndarray:
        s = np.arange(1, self.half + 1)
        if self.kind == "random":
            return math.pi * np.random.default_rng([self.seed, 1]).random(self.half)
        return math.pi * s / self.K if self.kind == "shift" else 2 * math.pi * s / self.period

    def logarithms(self) -> list:
        """Balls around the logarithms of the real pole and of the upper poles: the closed forms above, random phases as the doubles
        they are, α as the double it is."""
        from flint import acb, arb

        s = range(1, self.half + 1)
        if self.kind == "sharp":
            log = (2 * arb.pi() ** 2 * (2 * self.half + 1)).log() / (6 * self.period)
            return [acb(-log)] + [acb(-log, arb.pi() * (2 * n) / self.period) for n in s]
        log = arb(self.alpha) / self.K
        phases = [arb.pi() * n / self.K for n in s] if self.kind == "shift" else [arb(float(phase)) for phase in self.phases()]
        return [acb(-log)] + [acb(-log, phase) for phase in phases]

    def weights(self) -> np.ndarray:
        """θ_0, then the θ_s, then the η_s."""
        if self.kind == "sharp":
            P, epsilon, turns = self.period, waste(2 * self.half + 1), self.K * self.phases()
            size = (1 - epsilon) / P * epsilon ** (-self.K / (2 * P))
            return size * np.concatenate([[1.0], 2 * np.cos(turns), 2 * np.sin(turns)])
        size = (math.exp(self.alpha) - math.exp(-3 * self.alpha)) / (2 * self.K)
        signs = np.where(np.arange(self.half + 1) % 2, -1.0, 1.0)
        if self.kind == "random":
            signs = np.random.default_rng([self.seed, 2]).choice([-1.0, 1.0], self.half + 1)
        return size * np.concatenate([signs[:1], 2 * signs[1:], np.zeros(self.half)])

    def basis(self, N: int) -> np.ndarray:
        """The N×(2T+1) matrix whose columns are the impulse responses of the parameters."""
        k = np.arange(N)[:, None]
        angles = k * self.phases()[None, :]
        size = waste(2 * self.half + 1) ** (k / (2 * self.period)) if self.kind == "sharp" else np.exp(-self.alpha * k / self.K)
        return size * np.concatenate([np.ones((N, 1)), np.cos(angles), np.sin(angles)], axis=1)


def autocorrelation(N: int, rho: float) -> np.ndarray:
    """The N×N matrix ρ^{|k−l|}; all ones for ρ = 1."""
    k = np.arange(N)
    return float(rho) ** np.abs(k[:, None] - k[None, :])


@dataclass(frozen=True)
class Population:
    """The expected squared error 1 − 2 gᵀθ + θᵀGθ."""

    G: np.ndarray
    g: np.ndarray

    def loss(self, theta: np.ndarray) -> float:
        return float(1 - 2 * self.g @ theta + theta @ self.G @ theta)

    def float_optimum(self) -> float:
        """The least value in float64 over the directions whose variance is above 10^−12 of the largest: a check, and for starts with
        K far above the window well over the least value of all, which `optimum` encloses."""
        return self.loss(np.linalg.lstsq(self.G, self.g, rcond=1e-12)[0])


def population(start: Start, N: int, delay: int, rho: float) -> Population:
    basis, gamma = start.basis(N), autocorrelation(N, rho)
    return Population(basis.T @ gamma @ basis, basis.T @ gamma[:, delay])


@lru_cache(maxsize=1024)
def optimum(start: Start, N: int, delay: int, rho: float, digits: int = 12) -> tuple[str, str]:
    """Decimals lower ≤ least population loss over all weights ≤ upper. ρ is the decimal its double is written as: 0.2 means 1/5."""
    from numeric.population import least_loss
    from numeric.written import enclosing

    return enclosing(least_loss(start.logarithms, N, delay, Fraction(repr(float(rho))), digits), digits)


@njit(nogil=True, cache=True)
def _colour(u, rho):
    scale = math.sqrt(max(0.0, 1 - rho * rho))
    for i in range(u.shape[0]):
        for n in range(1, u.shape[1]):
            u[i, n] = rho * u[i, n - 1] + scale * u[i, n]


def sequences(count: int, N: int, rho: float, rng: np.random.Generator) -> np.ndarray:
    """Stationary Gaussian AR(1) sequences of unit variance; column k is the sample k steps before the last."""
    u = rng.standard_normal((count, N), dtype=np.float32)
    _colour(u, np.float32(rho))
    return u  # a stationary AR(1) sequence read backwards has the same law


def features(starts: Iterable[Start], N: int, delay: int, rho: float, samples: int, seed: int):
    """([samples × (2T+1) features for each start], targets u_{N−1−delay}) from seeded sequences, by one product a batch and start."""
    starts, rng = list(starts), np.random.default_rng([seed, 3])
    bases = [start.basis(N).astype(np.float32) for start in starts]
    X, y = [np.empty((samples, basis.shape[1]), np.float32) for basis in bases], np.empty(samples, np.float32)
    for first in range(0, samples, 5000):
        u = sequences(min(5000, samples - first), N, rho, rng)
        y[first:first + len(u)] = u[:, delay]
        for part, basis in zip(X, bases, strict=True):  # one product for each start, so that its rounding does not depend on the others
            part[first:first + len(u)] = u @ basis
    return X, y


@njit(nogil=True, cache=True)
def _train(X, y, theta, step, batch, epochs, decay, seed, beta, beta2, tiny, curve):
    """AdamW with decoupled decay on mini-batches; `curve[e]` is the mean squared error seen during epoch e.

    The rows of a batch lie anywhere in X; they are fetched together first, since the machine then waits for
    several at a time."""
    np.random.seed(seed)
    n, d = X.shape
    order, m, v, gradient = np.arange(n), np.zeros(d), np.zeros(d), np.zeros(d)
    rows, targets = np.empty((batch, d), np.float32), np.empty(batch, np.float32)
    power, power2 = 1.0, 1.0
    weights = theta.astype(np.float32)
    for e in range(epochs):
        for i in range(n - 1, 0, -1):
            j = np.random.randint(0, i + 1)
            order[i], order[j] = order[j], order[i]
        total = 0.0
        for first in range(0, n - batch + 1, batch):
            gradient[:] = 0
            for i in range(batch):
                place = order[first + i]
                targets[i] = y[place]
                for s in range(d):
                    rows[i, s] = X[place, s]
            for i in range(batch):
                row = rows[i]
                error = np.dot(row, weights) - targets[i]
                total += error * error
                for s in range(d):
                    gradient[s] += error * row[s]
            power *= beta
            power2 *= beta2
            for s in range(d):
                slope = 2 * gradient[s] / batch
                m[s] = beta * m[s] + (1 - beta) * slope
                v[s] = beta2 * v[s] + (1 - beta2) * slope * slope
                theta[s] -= step * (m[s] / (1 - power) / (math.sqrt(v[s] / (1 - power2)) + tiny) + decay * theta[s])
                weights[s] = theta[s]
        curve[e] = total / (n // batch * batch)


def trained(X, y, start: Start, step: float, batch: int, epochs: int = EPOCHS, decay: float = DECAY, seed: int = 0):
    """(learned parameters, mean squared error seen in each epoch)."""
    theta, curve = start.weights(), np.empty(epochs)
    _train(X, y, theta, step, batch, epochs, decay, seed, *BETAS, TINY, curve)
    return theta, curve


@dataclass(frozen=True)
class Run:
    """One configuration of an experiment, and the key of its result."""

    N: int
    delay: int
    rho: float
    start: Start
    step: float
    batch: int
    epochs: int
    samples: int
    seed: int

    def key(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)


def known(path: Path) -> dict[str, dict]:
    """The results already in a file, by key; a last line cut short is dropped."""
    found = {}
    for line in path.read_text().splitlines() if path.exists() else ():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        found[json.dumps(row["run"], sort_keys=True)] = row
    return found


def perform(runs: Iterable[Run], path: Path, report: Callable[[int, int], None] = lambda done, total: None, threads: int = 2) -> list[dict]:
    """Results of all runs, those in the file first; new ones are appended as they come. `report(done, total)` tells the progress."""
    runs = list(runs)
    found = known(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    groups: dict = {}
    for run in runs:
        if run.key() not in found:
            groups.setdefault((run.N, run.delay, run.rho, run.samples, run.seed), []).append(run)
    done = len(runs) - sum(map(len, groups.values()))
    for (N, delay, rho, samples, seed), group in groups.items():
        starts = list(dict.fromkeys(run.start for run in group))
        matrices, y = features(starts, N, delay, rho, samples, seed)
        laws = {start: population(start, N, delay, rho) for start in starts}
        table = dict(zip(starts, matrices, strict=True))

        def one(run, table=table, laws=laws, y=y):
            theta, curve = trained(table[run.start], y, run.start, run.step, run.batch, run.epochs, seed=run.seed)
            law = laws[run.start]
            return {"run": asdict(run), "loss": law.loss(theta), "initial": law.loss(run.start.weights()),
                    "curve": [float(f"{value:.6g}") for value in curve]}

        with ThreadPoolExecutor(threads) as pool, path.open("a") as out:
            waiting = {pool.submit(one, run): run for run in group}
            for future in as_completed(waiting):
                row = future.result()
                found[waiting[future].key()] = row
                out.write(json.dumps(row) + "\n")
                out.flush()
                done += 1
                report(done, len(runs))
    return [found[run.key()] for run in runs]


def learning(rhos=(0, 0.2, 0.4, 0.6, 0.8, 1), N=1500, delay=200, half=63, samples=SAMPLES, epochs=EPOCHS, seed=0,
             steps=STEPS, batches=BATCHES) -> list[Run]:
    """UP.F3L: shift-K initialisation against random phases, and the sharp one."""
    return [Run(N, delay, float(rho), Start(kind, delay, half, 1.0, seed if kind == "random" else 0), step, batch, epochs, samples, seed)
            for rho in rhos for kind in ("shift", "random", "sharp") for step in steps for batch in batches]


def initial_lags(lags=(250, 500, 1000, 2000, 4000, 8000, 16000, 32000), N=2250, delay=250, rho=0.7, half=63, samples=SAMPLES, epochs=EPOCHS,
                 seed=0, steps=STEPS, batches=BATCHES) -> list[Run]:
    """UP.F3R: shift-K initialisations with other K than the delay to be learned, and sharp ones."""
    return [Run(N, delay, rho, Start(kind, K, half), step, batch, epochs, samples, seed)
            for K in lags for kind in ("shift", "sharp") for step in steps for batch in batches]


def best(rows: Iterable[dict], across: Callable[[dict], object]) -> dict:
    """The run with the least population loss for each value of `across(run)`; of losses equal up to rounding (10^−9) the last, which has
    the smallest step: for ρ = 1 many configurations reach 0, and with long steps a repetition may stop anywhere."""
    found: dict = {}
    for row in rows:
        place = across(row["run"])
        if place not in found or row["loss"] < found[place]["loss"] + 1e-9:
            found[place] = row
    return found


def repeated(chosen: dict, seeds: Iterable[int]) -> list[Run]:
    """The chosen runs again with other seeds, of the sequences, the mini-batches and the random phases."""
    runs = []
    for row in chosen.values():
        start = Start(**row["run"]["start"])
        for seed in seeds:
            again = Start(start.kind, start.K, start.half, start.alpha, seed if start.kind == "random" else 0)
            runs.append(Run(**{**row["run"], "start": again, "seed": seed}))
    return runs


def experiment(name: str, folder: Path, report=lambda done, total: None, seeds=(1, 2, 3, 4), **smaller) -> tuple[list[dict], list[dict]]:
    """(the grid, the best of it with further seeds) of `learning` or `initial_lags`, resumed from the file in `folder`."""
    plan, across = {"learning": (learning, lambda run: (run["rho"], run["start"]["kind"])),
                    "initial_lags": (initial_lags, lambda run: (run["start"]["K"], run["start"]["kind"]))}[name]
    path = folder / f"{name}.jsonl"
    grid = perform(plan(**smaller), path, report)
    return grid, perform(repeated(best(grid, across), seeds), path, report)


def band(values: Iterable[float]) -> tuple[float, float]:
    """(mean, half-width of the 95 % interval for it by Student's t)."""
    from scipy.stats import t

    values = np.array(list(values))
    if len(values) < 2:
        return float(values.mean()), math.inf
    return float(values.mean()), float(t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / math.sqrt(len(values)))


def trial(seed: int, half: int, delay: int, N: int, samples: int, epochs: int, step: float, batch: int, bits: int) -> list[int]:
    """One seeded trial of both initialisations on the same white-noise sequences, as integers.

    The record: the 2T+1 parameters learned from shift-K, those learned from random phases, both times 2^bits and rounded, then the T
    random phases as multiples of π/2^bits, rounded before the training."""
    shift, chance = Start("shift", delay, half), Rounded("random", delay, half, 1.0, seed, bits)
    (one, other), y = features([shift, chance], N, delay, 0.0, samples, seed)
    learned = [trained(X, y, start, step, batch, epochs, seed=seed)[0] for X, start in ((one, shift), (other, chance))]
    return [round(float(value) * 2**bits) for theta in learned for value in theta] + chance.turns()


def trial_lags(seed: int, half: int, delay: int, times: int, N: int, samples: int, epochs: int, step: float, batch: int,
               bits: int) -> list[int]:
    """The same for shift-K initialisations with K = delay and K = times·delay: the parameters learned from each."""
    starts = [Start("shift", delay, half), Start("shift", times * delay, half)]
    matrices, y = features(starts, N, delay, 0.0, samples, seed)
    learned = [trained(X, y, start, step, batch, epochs, seed=seed)[0] for X, start in zip(matrices, starts, strict=True)]
    return [round(float(value) * 2**bits) for theta in learned for value in theta]


@dataclass(frozen=True)
class Rounded(Start):
    """Random phases that are multiples of π/2^bits."""

    bits: int = 30

    def turns(self) -> list[int]:
        return [round(value * 2**self.bits) for value in np.random.default_rng([self.seed, 1]).random(self.half)]

    def phases(self) -> np.ndarray:
        return math.pi * np.array(self.turns()) / 2**self.bits

    def logarithms(self) -> list:
        from flint import acb, arb

        log = arb(self.alpha) / self.K
        return [acb(-log)] + [acb(-log, arb.pi() * arb(turn) / 2**self.bits) for turn in self.turns()]
