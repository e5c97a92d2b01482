"""What `simulate` is asked for, checked once: shapes, finiteness, growth, memory; raises `Refused` with what to run instead."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from numeric.errors import refusal

WHERE = "numeric.simulate"
TYPES = {"float64": np.float64, "float32": np.float32, "double-double": np.float64}
SMALL = 1 << 28  # bytes that are taken without asking the system what is free
UNREAD = 4096  # real inputs from this size on are looked at by the algorithm itself, where it can
LARGEST = {"float64": 1000.0, "float32": 120.0, "double-double": 960.0}  # log₂ of what no intermediate number may exceed


class Unstable(UserWarning):
    """Some |a| ≥ 1: the state does not forget, and rounding errors do not either."""


@dataclass(frozen=True)
class Problem:
    """poles, weights (S,) complex doubles, weights with b and the factor 2 of a conjugate pair folded in; inputs (B, T) of the result
    type, C-contiguous; start (B, S) complex, or (2, B, S) in double-double; batched: whether the caller gave a batch axis; unread: the
    inputs have not been looked at, and `settle` is to be called when they have."""

    poles: np.ndarray
    weights: np.ndarray
    inputs: np.ndarray
    start: np.ndarray
    scale: np.ndarray | None
    form: str
    output: str
    name: str
    batched: bool
    fresh: bool
    stored: bool
    unread: bool = False

    @property
    def size(self) -> tuple[int, int, int]:
        """B, T, S."""
        return (*self.inputs.shape, len(self.poles))

    @property
    def real(self) -> bool:
        """Whether real parts of the output are enough."""
        return self.form == "pairs"

    @cached_property
    def worst(self) -> int:
        """The index of the largest pole."""
        return int(np.argmax(np.abs(self.poles)))

    @property
    def radius(self) -> float:
        return float(np.abs(self.poles[self.worst]))


def choice(what: str, value, among) -> str:
    if value not in among:
        raise refusal(WHERE, what, f"{what} should be one of {', '.join(among)}", f"it is {value!r}", f"{what}={value!r}",
                      "pass one of those")
    return value


def name_of(dtype) -> str:
    """float32, float64 or double-double, from a name or a numpy type."""
    name = dtype if isinstance(dtype, str) else getattr(np.dtype(dtype), "name", "") if dtype is not None else "float64"
    return choice("dtype", name, TYPES)


def arrayed(what: str, values) -> np.ndarray:
    """An array of numbers."""
    try:
        array = np.asarray(values)
        return array if array.dtype.kind in "iufcb" else array.astype(np.complex128)
    except (TypeError, ValueError):
        raise refusal(WHERE, what, f"{what} should be an array of numbers", f"it is {type(values).__name__}", f"{what} = {values!r}"[:120],
                      "pass a list or an array of ints, floats or complex numbers") from None


def check_finite(what: str, array: np.ndarray) -> None:
    if not math.isfinite(_sum_of_sizes(array)) and len(bad := np.argwhere(~np.isfinite(array))):
        index = ", ".join(str(i) for i in bad[0])
        raise refusal(WHERE, what, f"every entry of {what} should be finite", f"{len(bad)} of {array.size} are not",
                      f"{what}[{index}] = {array[tuple(bad[0])]}", "remove or replace those entries")


def numbers(what: str, values) -> np.ndarray:
    """An array of finite numbers."""
    array = arrayed(what, values)
    check_finite(what, array)
    return array


def settle(problem: Problem, total: float | None = None) -> None:
    """What the values of the inputs decide: refuse what is not finite or could leave the range. total: Σ|inputs|, if known."""
    if total is None or not math.isfinite(total):
        total = _sum_of_sizes(problem.inputs)
    if not math.isfinite(total):
        check_finite("inputs", problem.inputs if problem.batched else problem.inputs[0])
    check_growth(problem, total)


def held_as(given: np.ndarray, kind, name: str) -> tuple[np.ndarray, float]:
    """The inputs (B, T) contiguous and of type `kind`, and the sum of their sizes; all finite."""
    with np.errstate(over="ignore"):
        held = np.ascontiguousarray(given, dtype=kind)
    total = _sum_of_sizes(held)
    if not math.isfinite(total):
        check_finite("inputs", given if given.ndim == 1 or len(given) > 1 else given[0])
        if not np.all(np.isfinite(held)):
            raise refusal(WHERE, "inputs", f"every input should be within the range of {name}", "some are not",
                          f"max |inputs| = {np.max(np.abs(given))}", "scale the inputs, or use dtype='float64'")
    return held, total


def _sum_of_sizes(array: np.ndarray) -> float:
    """Σ|x| (of both parts) in one pass: finite only if every entry is, and never below the largest."""
    if array.dtype.kind == "c" and array.flags.c_contiguous:
        array = array.reshape(-1).view(array.real.dtype)
    if array.size < 4096 or array.dtype.kind != "f" or not array.flags.c_contiguous:
        with np.errstate(over="ignore", invalid="ignore"):
            return float(np.sum(np.abs(array), dtype=np.float64)) if array.size else 0.0
    from numeric.engine.tiled import sum_of_sizes

    return float(sum_of_sizes(array.reshape(-1)))


def vector(what: str, values, size: int | None = None) -> np.ndarray:
    """Complex doubles, (S,), not empty."""
    array = numbers(what, values)
    if array.ndim != 1 or array.size == 0 or size not in (None, array.size):
        expected = "a vector with at least one entry" if size is None else f"of shape ({size},), one entry per pole"
        raise refusal(WHERE, what, f"{what} should be {expected}", f"its shape is {array.shape}", f"{what} has {array.size} entries",
                      "pass one entry per mode")
    return array.astype(np.complex128)


def rows_of(values, real: bool) -> np.ndarray:
    """inputs as an array (T,) or (B, T); not looked at yet."""
    array = arrayed("inputs", values)
    if array.ndim not in (1, 2):
        raise refusal(WHERE, "inputs", "inputs should have shape (T,) or (B, T), time last", f"their shape is {array.shape}",
                      f"inputs.ndim = {array.ndim}", "reshape: time last, batch first")
    if array.ndim == 2 and not len(array):
        raise refusal(WHERE, "inputs", "a batch should have at least one row", f"its shape is {array.shape}", "B = 0",
                      "pass a row, or (T,)")
    if real and array.dtype.kind == "c":
        raise refusal(WHERE, "inputs", "with form='pairs' inputs should be real", "they are complex", f"inputs.dtype = {array.dtype}",
                      "pass real and imaginary part as two rows, or use form='complex' with both poles of each pair")
    return array


def log2_growth(radius: float, T: int) -> float:
    """log₂ of a bound of Σ_{k≤T} max(1, |a|^k), for the largest |a|."""
    r = radius * (1 + 2.0**-50)
    if r < 1:
        return math.log2(min(T + 1, 1 / (1 - r)))
    return math.log2(T + 1) + T * math.log2(r)


def check_growth(problem: Problem, total: float) -> None:
    """Refuse what could leave the range of the result type; warn where |a| ≥ 1."""
    T, worst, radius = problem.inputs.shape[1], problem.worst, problem.radius
    largest = max(total, 0.0 if problem.fresh else _sum_of_sizes(problem.start), 1e-300)
    weight = max(float(np.sum(np.abs(problem.weights))), 1.0)
    with np.errstate(over="ignore"):
        bits = log2_growth(radius, T) + sum(math.log2(x) if math.isfinite(x) else math.inf for x in (largest, weight))
    if bits > LARGEST[problem.name]:
        where = f"poles[{worst}] = {problem.poles[worst]}"
        raise refusal(WHERE, "range", f"no number should be able to exceed 2^{LARGEST[problem.name]:.0f} in {problem.name}",
                      f"T = {T} steps may reach 2^{bits:.0f}", f"{where}, |a| = {radius!r}",
                      "fewer steps, poles in the unit disk, smaller inputs, or numeric.reference.run, which is exact")
    if radius >= 1:
        warnings.warn(f"poles[{worst}] = {problem.poles[worst]} has |a| ≥ 1: the state does not forget, errors grow with it; "
                      f"no number can exceed 2^{bits:.0f}", Unstable, stacklevel=4)


def bytes_needed(B: int, T: int, S: int, output: str, name: str, real: bool, copies: int) -> int:
    """Bytes of the output and of `copies` numbers per sample that have to be made first."""
    word = TYPES[name](0).itemsize
    sample = 2 * S * word if output == "states" else word * (1 if real else 2)
    return B * T * (sample + copies * word)


def available() -> int | None:
    """Bytes of memory that can still be had, where the system tells."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            return next(1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration, ValueError):
        return None


def check_memory(needed: int, what: str) -> None:
    """Refuse before allocating what cannot fit."""
    free = available() if needed > SMALL else None
    if free is not None and needed > 0.9 * free:
        raise refusal(WHERE, "memory", "output and copies should fit into memory",
                      f"they need {needed / 1e9:.1f} GB of {free / 1e9:.1f} GB free", what,
                      "run in chunks: return_state=True gives the state, state= takes it; or output='y'")


def _start(state, B: int, S: int, name: str, batched: bool) -> np.ndarray:
    lead = (2,) if name == "double-double" else ()
    shape = (*lead, B, S)
    if state is None:
        return np.zeros(shape, dtype=np.complex128)
    array = numbers("state", state).astype(np.complex128)
    own = shape if batched else (*lead, S)
    if array.shape != own:
        raise refusal(WHERE, "state", f"state should have shape {own}", f"it is {array.shape}", f"state has {array.size} entries",
                      "pass the state that the previous call returned")
    return array.reshape(shape)


def problem(poles, weights, inputs, b, output, form, state, dtype) -> Problem:
    """Everything checked, but for large real inputs what their values decide (`unread`): an algorithm may look at them as it goes, and
    then it is `settle` that refuses. Nothing larger than the inputs is allocated."""
    name = name_of(dtype)
    choice("output", output, ("y", "states"))
    choice("form", form, ("complex", "pairs"))
    poles = vector("poles", poles)
    if weights is None and output == "y":
        raise refusal(WHERE, "weights", "weights should be given for output='y'", "they are None", "weights=None",
                      "pass one weight per pole, or output='states'")
    weights = np.zeros(len(poles), complex) if weights is None else vector("weights", weights, len(poles))
    scale = None if b is None else vector("b", b, len(poles))
    weights = weights if scale is None else weights * scale
    given = rows_of(inputs, form == "pairs")
    batched, kind = given.ndim == 2, TYPES[name]
    B, T = given.shape if batched else (1, len(given))
    real = form == "pairs"
    word = np.result_type(kind, np.complex64) if not real else np.dtype(kind)
    as_is = given.dtype == word and given.flags.c_contiguous
    copies = 0 if as_is else 1 if real else 2
    check_memory(bytes_needed(B, T, len(poles), output, name, real, copies), f"B = {B}, T = {T}, S = {len(poles)}")
    unread = as_is and real and B * T >= UNREAD and bool(np.max(np.abs(poles)) < 1)
    held, total = (given.reshape(B, T), 0.0) if unread else held_as(given.reshape(B, T), word, name)
    exact = name != "float32" and (given.dtype.kind not in "iu" or np.array_equal(held, given.reshape(B, T)))
    start = _start(state, B, len(poles), name, batched)
    weights = 2 * weights if real else weights
    made = Problem(poles, weights, held, start, scale, form, output, name, batched, state is None, not exact, unread)
    if not unread:
        check_growth(made, total)
    return made
