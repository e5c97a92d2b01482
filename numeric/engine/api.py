"""`simulate`: one entry point for x_n = diag(a) x_{n−1} + u_n b, y_n = Σ_s w_s x_n[s]."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from numeric.engine.plan import ALGORITHMS, Plan, adds_sizes, plan, rows_in_lanes
from numeric.engine.problem import TYPES, WHERE, Problem, choice, problem, settle
from numeric.errors import refusal


class Simulation(NamedTuple):
    """output (T,) or (B, T), with S last for states; state to go on from; bound of |output − exact| or None; plan."""

    output: np.ndarray
    state: np.ndarray | None
    bound: np.ndarray | None
    plan: Plan


def simulate(poles, weights, inputs, *, b=None, output="y", form="complex", state=None, return_state=False, dtype="float64", threads=1,
             backend="cpu", algorithm="auto", explain=False, error_bound=False, out=None):
    """Run diagonal recurrences; the output alone, or a `Simulation` if a state, a plan or a bound is asked for.

    poles a, weights w, b (S,); inputs (T,) or (B, T), real or complex, time last; state (S,) or (B, S), as returned. Poles of shape (T, S)
    or (B, T, S) change with time: see `numeric.engine.varying`.
    form: "complex", y = Σ w x, complex; "pairs", each mode stands for itself and its conjugate, real input, y = 2 Re Σ w x, real.
    output: "y", or "states" for x_n, (…, T, S). state is that of the recurrence with b = 1 whatever b is.
    dtype: float64, float32 (rounding 2⁻²⁴), or double-double (a slow reference, rounded once at the end; its state is (2, …, S)).
    algorithm: auto, tiled, scan, matrix, fft. Chunks join bit for bit with tiled at any length, with matrix and scan at multiples of
    their block (`explain=True` names it); fft forgets what its bound says.
    error_bound: the a-priori bound of `numeric.engine.bounds`, for each sample (of each state's modulus if output="states").
    threads: rows of the batch are shared out, and the frames of one row with fft. backend: "cpu", or "cuda". out: an array to write into.
    Raises `Refused`, and what `out` holds then is undefined; warns `Unstable` where some |a| ≥ 1."""
    if np.ndim(poles) in (2, 3):
        from numeric.engine.varying import simulate_varying

        return simulate_varying(poles, weights, inputs, b=b, output=output, form=form, state=state, return_state=return_state, dtype=dtype,
                                threads=threads, explain=explain, error_bound=error_bound)
    choice("backend", backend, ("cpu", "cuda"))
    choice("algorithm", algorithm, ("auto", *ALGORITHMS))
    _count("threads", threads)
    asked = problem(poles, weights, inputs, b, output, form, state, dtype)
    chosen = _chosen(asked, algorithm, threads, return_state, backend)
    target = _target(asked, out)
    later = asked.unread and adds_sizes(asked, chosen.algorithm)
    if asked.unread and not later:
        settle(asked)
    last, response, total = _run(asked, chosen, target, return_state)
    if later:
        settle(asked, total)
    bound = _bound(asked, chosen, response) if error_bound else None
    if asked.output == "states" and asked.scale is not None:
        target *= asked.scale
    single = (lambda array: array) if asked.batched else (lambda array: None if array is None else array[..., 0, :])
    shown = target if asked.batched else target[0]
    if not (return_state or explain or error_bound):
        return shown
    return Simulation(shown, single(last), bound if asked.batched or bound is None else bound[0], chosen)


def _count(what: str, value) -> None:
    if isinstance(value, bool) or not hasattr(value, "__index__") or value < 1:
        raise refusal(WHERE, what, f"{what} should be a whole number ≥ 1", f"it is {value!r}", f"{what}={value!r}", f"pass {what}=1")


def _chosen(asked: Problem, algorithm: str, threads: int, keep_state: bool, backend: str) -> Plan:
    if backend == "cuda":
        return Plan("cuda", "backend='cuda' was asked for: pieces of time from rest, states carried, corrected")
    if algorithm == "fft" and asked.radius >= 1:
        raise refusal(WHERE, "algorithm", "fft needs every |a| < 1", f"the largest is {asked.radius!r}", "algorithm='fft'",
                      "algorithm='tiled'")
    if algorithm != "auto" and asked.output == "states" and algorithm != "tiled":
        raise refusal(WHERE, "algorithm", "output='states' is made by 'tiled' alone", f"{algorithm} was asked for",
                      f"algorithm={algorithm!r}", "algorithm='auto'")
    return plan(asked, algorithm, threads, keep_state)


def _target(asked: Problem, out) -> np.ndarray:
    """Where the output goes, (B, T) or (B, T, S)."""
    B, T, S = asked.size
    kind = np.dtype(TYPES[asked.name])
    shape, kind = ((B, T, S), np.result_type(kind, np.complex64)) if asked.output == "states" else (
        (B, T), kind if asked.real else np.result_type(kind, np.complex64))
    if out is None:
        return np.empty(shape, dtype=kind)
    own = shape if asked.batched else shape[1:]
    if not isinstance(out, np.ndarray) or out.shape != own or out.dtype != kind or not out.flags.c_contiguous or not out.flags.writeable:
        raise refusal(WHERE, "out", f"out should be a contiguous array of shape {own} and type {kind}",
                      f"it has shape {np.shape(out)} and type {getattr(out, 'dtype', type(out).__name__)}", "out=…", "leave out away")
    if np.may_share_memory(out, asked.inputs):
        raise refusal(WHERE, "out", "out should not overlap the inputs", "it does", "out=inputs", "pass another array")
    return out.reshape(shape)


def _run(asked: Problem, chosen: Plan, target: np.ndarray, keep_state: bool):
    """(last state or None, impulse response if one was made, Σ|u| if it was added up)."""
    if asked.size[1] == 0:
        return asked.start, None, None
    if chosen.algorithm == "cuda":
        from numeric.engine import cuda

        return cuda.run(asked, target), None, None
    from numeric.engine import run

    if chosen.algorithm == "reference":
        if asked.output == "states":
            raise refusal(WHERE, "dtype", "double-double gives y alone", "output='states'", "dtype='double-double'", "dtype='float64'")
        return run.reference(asked, target, chosen.threads), None, None
    if asked.output == "states":
        return run.all_states(asked, target, chosen.threads), None, None
    if chosen.algorithm == "fft":
        response = run.response_of(asked, chosen.response, chosen.spaced)
        run.convolved(asked, target, chosen.threads, chosen.response, response)
        return run.last_state(asked, chosen.response, chosen.threads) if keep_state else None, response, None
    if chosen.algorithm == "matrix":
        return run.blocked(asked, target, chosen.threads), None, None
    state, total = (run.tiles if chosen.algorithm == "tiled" else run.scanned)(asked, target, chosen.threads)
    return state, None, total


def _bound(asked: Problem, chosen: Plan, response) -> np.ndarray:
    from numeric.engine import bounds

    B, T, S = asked.size
    C, N, start = 1 if asked.real else 2, 0, asked.start if asked.name != "double-double" else asked.start.sum(axis=0)
    algorithm = "tiled" if chosen.algorithm == "reference" else chosen.algorithm
    if T == 0:
        return np.zeros((B, 0) if asked.output == "y" else (B, 0, S))
    if algorithm == "matrix":
        from numeric.engine.matrix import block_length

        N = block_length(S, C)
    elif algorithm == "fft":
        from numeric.engine.fft import response_blocks

        N = response_blocks(chosen.response, C, TYPES[asked.name])[1]
    W = 64 // np.dtype(TYPES[asked.name]).itemsize
    short = chosen.algorithm == "tiled" and not rows_in_lanes(B, S, W, C)
    k = bounds.constants(algorithm, S, C, N, asked.name, stored=asked.stored, folded=asked.scale is not None,
                         terms=2 * -(-S // W) + 4 if short else None)
    if chosen.spaced is not None:
        from numeric.engine import even

        k = bounds.even_constants(k, even.factors(chosen.spaced.N), even.blocks(chosen.response), chosen.spaced.delta, asked.name,
                                  fresh=asked.fresh)
    if asked.output == "states":
        scale = np.ones(S) if asked.scale is None else asked.scale
        one = [bounds.recurrence_bound(asked.poles[s:s + 1], scale[s:s + 1], asked.inputs, start[:, s:s + 1], k) for s in range(S)]
        return np.stack(one, axis=-1)
    total = bounds.recurrence_bound(asked.poles, asked.weights, asked.inputs, start, k)
    if algorithm == "fft":
        from numeric.engine.fft import shapes

        total += bounds.tail_bound(asked.poles, asked.weights, asked.inputs, start, chosen.response)
        total += bounds.transform_bound(shapes(chosen.response, T), response, asked.inputs, asked.name)
    return total * (1 + 2.0**-40)
