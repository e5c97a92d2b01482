"""`numeric.simulate` against what a user would pick: complex modes, each with its conjugate, driven by real input; real output.

y_n = 2 Re Σ_s w_s x_n[s], x_n = diag(a) x_{n−1} + u_n. A unit is one mode, one step, one row of the batch. A slow routine does a part
of the modes or of the steps, to which its time is proportional; SciPy's are given their best form, and the convolution its kernel.
Times are wanted for `simulate into out`, where the output is there and its memory has been touched; ratios for `simulate`, which like the
others makes a new array: a large one costs as much again, since the system clears each page at the first touch. With S = 1 input and output
bound the time, so the bytes a second are told, to be held against the triad of the same run, on one thread and on two.
"""

from __future__ import annotations

import contextlib
import math
import os
from functools import partial

import numpy as np

from numeric import fast
from numeric.bench import Regime, Target

MEMORY = 10_000  # samples after which the slowest mode is below 2^−60
PART = 1_500_000  # units of a slow routine
UNIT = "mode·step·batch"
FLOPS = 11  # of the recurrence and the sum of the outputs: six multiplications and five additions; the input is real


def _filter(S: int) -> tuple[np.ndarray, np.ndarray]:
    """Poles with decay times between MEMORY/42 and a fifth of it, angles over half a turn; weights of modulus 1/S."""
    rng = np.random.default_rng(S)
    decay = 41.6 / MEMORY * rng.uniform(1, 5, S)
    decay[0] = 41.6 / MEMORY
    return np.exp(-decay + 1j * np.pi * rng.uniform(0.01, 0.99, S)), np.exp(2j * np.pi * rng.random(S)) / S


def _lfilter_per_mode(a, w, u, modes: int) -> np.ndarray:
    """scipy.signal.lfilter, one complex section for each of the first modes."""
    from scipy.signal import lfilter

    y, one = np.zeros(u.shape, u.dtype), np.result_type(u.dtype, np.complex64)
    for s in range(modes):
        y += 2 * lfilter(np.array([w[s]], one), np.array([1, -a[s]], one), u).real
    return y


def _sosfilt_bank(a, w, u, modes: int) -> np.ndarray:
    """scipy.signal.sosfilt, one real section of order two for each mode and its conjugate."""
    from scipy.signal import sosfilt

    y = np.zeros(u.shape, u.dtype)
    for s in range(modes):
        section = np.array([[2 * w[s].real, -2 * (w[s] * a[s].conjugate()).real, 0, 1, -2 * a[s].real, abs(a[s]) ** 2]], u.dtype)
        y += sosfilt(section, u)
    return y


def _kernel(a, w, N: int) -> np.ndarray:
    """2 Re Σ_s w_s a_s^k, k < N."""
    out = np.zeros(N)
    for s in range(0, len(a), 16):
        out += 2 * (w[s:s + 16] @ fast.vandermonde(a[s:s + 16], N)).real
    return out


def _oaconvolve(response, u) -> np.ndarray:
    """scipy.signal.oaconvolve with a kernel that is given."""
    from scipy.signal import oaconvolve

    return oaconvolve(u, response[None, :], axes=-1)[:, :u.shape[1]]


def _numpy_loop(a, w, u) -> np.ndarray:
    """One NumPy expression for each step."""
    y, x = np.empty(u.shape, u.dtype), np.zeros((len(u), len(a)), a.dtype)
    for n in range(u.shape[1]):
        x = x * a + u[:, n, None]
        y[:, n] = 2 * (x @ w).real
    return y


def _jax_forms(a, w, u) -> dict:
    """jax.lax.scan and jax.lax.associative_scan, compiled, on one thread."""
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    import jax

    jax.config.update("jax_enable_x64", True)
    from jax import lax
    from jax import numpy as jnp

    a, w, u = jnp.asarray(a), jnp.asarray(w), jnp.asarray(u)

    @jax.jit
    def scan(u):
        def step(x, v):
            x = x * a + v[:, None]
            return x, 2 * (x @ w).real
        return lax.scan(step, jnp.zeros((u.shape[0], a.shape[0]), a.dtype), u.T)[1].T

    @jax.jit
    def associative(u):
        def both(left, right):
            return left[0] * right[0], right[0] * left[1] + right[1]
        start = u.T[:, :, None].astype(a.dtype) * jnp.ones_like(a)
        return 2 * (lax.associative_scan(both, (jnp.broadcast_to(a, start.shape), start))[1] @ w).real.T

    return {"jax.lax.scan": lambda: np.asarray(scan(u)), "jax.lax.associative_scan": lambda: np.asarray(associative(u))}


def _torch_loop(a, w, u):
    """One PyTorch expression for each step, on one thread."""
    import torch

    torch.set_num_threads(1)
    a, w, u = torch.from_numpy(a), torch.from_numpy(w), torch.from_numpy(u)

    @torch.no_grad()
    def loop():
        y, x = torch.empty_like(u), torch.zeros((u.shape[0], a.shape[0]), dtype=a.dtype)
        for n in range(u.shape[1]):
            x = x * a + u[:, n, None]
            y[:, n] = 2 * (x @ w).real
        return y.numpy()

    return loop


def _regime(S: int, T: int, B: int, dtype: str, targets: tuple[Target, ...], threads: tuple[int, ...] = (), quick: bool = False) -> Regime:
    from numeric import simulate

    T = min(T, 3000) if quick else T
    part = PART // 50 if quick else PART
    wide = np.dtype(dtype)
    a, w = _filter(S)
    u = np.random.default_rng(1).standard_normal((B, T)).astype(wide)
    a, w = a.astype(np.result_type(wide, np.complex64)), w.astype(np.result_type(wide, np.complex64))
    run = partial(simulate, a, w, u, form="pairs", dtype=dtype)
    rows = max(1, min(B, part // T))
    modes, steps = min(S, math.ceil(part / (T * rows))), min(T, max(100, part // (40 * B)))
    short, some = (np.ascontiguousarray(u[:, :most]) for most in (steps, max(256, 2 * part // (S * B))))
    routines, work = {"simulate": run}, {"simulate": float(S * T * B)}

    def add(name: str, routine, amount: int) -> None:
        routines[name], work[name] = routine, float(amount)

    add("simulate into out", partial(run, out=np.zeros_like(u)), S * T * B)
    for count in threads:
        add(f"simulate, {count} threads", partial(run, threads=count), S * T * B)
        add(f"simulate into out, {count} threads", partial(run, out=np.zeros_like(u), threads=count), S * T * B)
    add("lfilter per mode", partial(_lfilter_per_mode, a, w, u[:rows], modes), modes * T * rows)
    add("sosfilt bank", partial(_sosfilt_bank, a, w, u[:rows], modes), modes * T * rows)
    response = _kernel(a.astype(complex), w.astype(complex), min(T, MEMORY)).astype(wide)
    add("oaconvolve, kernel given", partial(_oaconvolve, response, u[:rows]), S * T * rows)
    add("NumPy loop", partial(_numpy_loop, a, w, short), S * short.size)
    with contextlib.suppress(ImportError):
        for name, routine in _jax_forms(a, w, some).items():
            add(name, routine, S * some.size)
    with contextlib.suppress(ImportError):
        add("torch loop", _torch_loop(a, w, short), S * short.size)
    named = {target.slow for target in targets}
    targets += tuple(Target("simulate into out", target.slow) for target in targets if target.slow and target.fast == "simulate")
    targets += tuple(Target("simulate", name) for name in routines if not name.startswith("simulate") and name not in named)
    plan = run(explain=True).plan
    return Regime(f"simulate, S = {S}, T = {T}, B = {B}, {dtype}, memory {MEMORY} samples", routines, work=work, unit=UNIT, targets=targets,
                  flops=FLOPS, bytes=2 * wide.itemsize / S, note=f"{plan}",
                  moves=tuple(name for name in routines if S == 1 and "into out" in name))


JAX = ("jax.lax.scan", "jax.lax.associative_scan")
THREADS = (Target("simulate, 2 threads", "simulate", 1.8, shared=True),
           Target("simulate into out, 2 threads", "simulate into out", 1.8, shared=True))


def s1(quick: bool = False) -> Regime:
    """One mode, one long row."""
    return _regime(1, 10**6, 1, "float64", (Target("simulate into out", most=0.9),), quick=quick)


def s1_batch(quick: bool = False) -> Regime:
    """One mode, 64 long rows."""
    targets = (Target("simulate into out", most=0.8), *THREADS)
    return _regime(1, 10**6, 64, "float64", targets, (2,), quick)


def s16_batch(quick: bool = False) -> Regime:
    """Sixteen modes, 64 rows."""
    targets = (Target("simulate into out", most=0.15), Target("simulate", "lfilter per mode", 70), Target("simulate", "sosfilt bank", 33),
               Target("simulate", JAX, 8), *THREADS)
    return _regime(16, 10**4, 64, "float64", targets, (2,), quick)


def s128(quick: bool = False) -> Regime:
    """128 modes, one long row."""
    targets = (Target("simulate into out", most=0.12), Target("simulate", "lfilter per mode", 95), Target("simulate", JAX, 8))
    return _regime(128, 10**6, 1, "float64", targets, quick=quick)


def s1024(quick: bool = False) -> Regime:
    """1024 modes, one long row."""
    targets = (Target("simulate into out", most=0.017), Target("simulate", "lfilter per mode", 600), Target("simulate", JAX, 8))
    return _regime(1024, 10**6, 1, "float64", targets, quick=quick)


def s128_single(quick: bool = False) -> Regime:
    """128 modes, one long row, single precision."""
    return _regime(128, 10**6, 1, "float32", (Target("simulate into out", most=0.06), Target("simulate", JAX, 8)), quick=quick)


def s1024_even(quick: bool = False) -> Regime:
    """1024 evenly spaced modes, whose response comes from one FFT; and with one of them moved by 10^-9, when it does not."""
    from numeric import simulate

    S, T = 1024, 3000 if quick else 10**5
    a = np.exp(-41.6 / MEMORY + 1j * np.pi * (np.arange(S) + 0.5) / S)
    w, u = np.exp(2j * np.pi * np.random.default_rng(S).random(S)) / S, np.random.default_rng(1).standard_normal((1, T))
    run = partial(simulate, weights=w, inputs=u, form="pairs", algorithm="fft", out=np.zeros_like(u))
    moved = a * np.where(np.arange(S) == S // 2, 1 - 1e-9, 1)
    routines = {"evenly spaced": partial(run, a), "one moved": partial(run, moved)}
    return Regime(f"simulate, S = {S} evenly spaced, T = {T}, B = 1, float64, memory {MEMORY} samples", routines, unit=UNIT,
                  work=dict.fromkeys(routines, float(S * T)), targets=(Target("evenly spaced", "one moved"),),
                  note=f"{run(a, explain=True).plan}")
