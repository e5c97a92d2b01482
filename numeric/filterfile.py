"""Filters on disk: .json (exact rationals), .npz and .safetensors (float64), each with its certificate beside it.

Arrays: `poles`, `weights` (S,) complex, in safetensors (S, 2) real and imaginary parts; and the real form, in which a conjugate
pair a = x ± iy is the rotation [[x, −y], [y, x]]: `rotations` (P, 2, 2), `rotation_in` (P, 2), `rotation_out` (P, 2) for the pairs and
`real_poles`, `real_in`, `real_out` (R,) for the real ones. Both forms are the same numbers, none is rounded twice:

    complex  x ← diag(poles) x + weights u,  y = Σ x;     real  z ← rotation z + in u,  y = out · z, in = (Re b, Im b), out = (2, 0).

The safetensors layout (length, JSON header, bytes) is written and read here; PyTorch and JAX are imported only when asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from numeric.errors import Malformed, Refused, refusal
from numeric.polefile import numbers, read_json
from numeric.reference import gaussian

SUFFIXES = (".json", ".npz", ".safetensors")
CERTIFICATE = ".certificate.json"
HEADER_LIMIT = 1 << 24
NAMES = ("poles", "weights", "rotations", "rotation_in", "rotation_out", "real_poles", "real_in", "real_out")


@dataclass(frozen=True)
class Filter:
    """A linear recurrence with diagonal `poles` and input weights `weights`, complex128 (S,); `certificate` as written, or None."""

    poles: np.ndarray
    weights: np.ndarray
    certificate: dict | None = None

    def arrays(self) -> dict[str, np.ndarray]:
        """Everything a file holds, by name; refuses poles or weights that are not closed under conjugation."""
        a, b = self.poles, self.weights
        upper, lone = a.imag > 0, a.imag == 0
        both = sorted((x.real, x.imag, y.real, y.imag) for x, y in zip(a, b, strict=True))
        mirrored = sorted((x.real, -x.imag, y.real, -y.imag) for x, y in zip(a, b, strict=True))
        if both != mirrored:
            raise refusal("numeric.filterfile", "filter", "poles and weights should come in conjugate pairs", "they do not",
                          f"a[0] = {a[0]}", "use the complex form of a filter that is not real")
        x, y = a[upper].real, a[upper].imag
        rotations = np.stack([np.stack([x, -y], -1), np.stack([y, x], -1)], -2)
        incoming = np.stack([b[upper].real, b[upper].imag], -1)
        outgoing = np.tile([2.0, 0.0], (len(x), 1))
        return dict(zip(NAMES, (a, b, rotations, incoming, outgoing, a[lone].real, b[lone].real, np.ones(int(lone.sum()))), strict=True))

    def complex_form(self, to: str = "numpy"):
        """(a, b, c): x ← a x + b u, y = Σ c x; vectors of numpy, torch or jax."""
        return tuple(map(converter(to), (self.poles, self.weights, np.ones(len(self.poles), dtype=complex))))

    def real_form(self, to: str = "numpy"):
        """(A, b, c): z ← A z + b u, y = c · z with A block diagonal (S, S), real; of numpy, torch or jax."""
        data = self.arrays()
        pairs, S = len(data["rotations"]), len(self.poles)
        A = np.zeros((S, S))
        for j, block in enumerate(data["rotations"]):
            A[2 * j:2 * j + 2, 2 * j:2 * j + 2] = block
        A[range(2 * pairs, S), range(2 * pairs, S)] = data["real_poles"]
        b = np.concatenate([data["rotation_in"].ravel(), data["real_in"]])
        c = np.concatenate([data["rotation_out"].ravel(), data["real_out"]])
        return tuple(map(converter(to), (A, b, c)))


def copied(values: np.ndarray) -> np.ndarray:
    """The same numbers in memory of their own: contiguous, writable, in the byte order of the machine, as PyTorch asks for."""
    return np.array(values, dtype=np.asarray(values).dtype.newbyteorder("="), order="C")


def converter(to: str) -> Callable:
    """From NumPy arrays to the arrays of a library; raises `Refused` when it is not known or not installed.

    Nothing is shared with the filter: training in place on what is handed out does not change the poles its certificate is about."""
    try:
        if to == "numpy":
            return copied
        if to == "torch":
            import torch

            return lambda values: torch.from_numpy(copied(values))
        if to == "jax":
            import jax

            if not jax.config.jax_enable_x64:
                raise refusal("numeric.filterfile", "jax", "jax should keep doubles", "jax_enable_x64 is off, which rounds them to 32 bits",
                              'converter("jax")', 'jax.config.update("jax_enable_x64", True)')
            return lambda values: jax.numpy.asarray(copied(values))
    except ImportError:
        raise refusal("numeric.filterfile", "library", f"{to} should be installed", "it is not", f'converter("{to}")',
                      f"pip install 'eigenproof[{to}]'") from None
    raise refusal("numeric.filterfile", "library", "the library should be numpy, torch or jax", f"it is {to!r}", f"converter({to!r})",
                  'load_filter(path).complex_form("torch")')


def check_suffix(path: Path) -> str:
    """The suffix of a filter file, or a refusal."""
    if path.suffix not in SUFFIXES:
        raise refusal("numeric.filterfile", "suffix", f"the file should end in {', '.join(SUFFIXES)}",
                      f"it ends in {path.suffix or 'nothing'}", str(path), f"{path.stem or 'filter'}.npz")
    return path.suffix


def certificate_path(path: Path) -> Path:
    """Where the certificate of a filter file lies: its full name with `.certificate.json` added."""
    return path.with_name(path.name + CERTIFICATE)


def quotient(x: float) -> str:
    """The double, exactly, as an integer or p/q."""
    return str(Fraction(float(x)))


def pairs(values: np.ndarray) -> list[list[str]]:
    """Complex doubles as exact [re, im] strings."""
    return [[quotient(z.real), quotient(z.imag)] for z in values]


def _json_bytes(data: dict[str, np.ndarray]) -> bytes:
    plain = {name: pairs(data[name]) for name in ("poles", "weights")}
    return (json.dumps(plain, indent=1) + "\n").encode()


def _npz_bytes(data: dict[str, np.ndarray]) -> bytes:
    import io

    buffer = io.BytesIO()
    np.savez(buffer, **data)
    return buffer.getvalue()


def _safetensors_bytes(data: dict[str, np.ndarray]) -> bytes:
    header, blocks, offset = {"__metadata__": {"format": "eigenproof filter"}}, [], 0
    for name, array in data.items():
        real = np.stack([array.real, array.imag], -1) if np.iscomplexobj(array) else array
        block = np.ascontiguousarray(real, dtype="<f8").tobytes()
        header[name] = {"dtype": "F64", "shape": list(real.shape), "data_offsets": [offset, offset + len(block)]}
        blocks.append(block)
        offset += len(block)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(blocks)


WRITERS = {".json": _json_bytes, ".npz": _npz_bytes, ".safetensors": _safetensors_bytes}


def save(path: Path, filtered: Filter) -> tuple[Path, Path]:
    """Write the file and its certificate; (file, certificate). Each appears whole or not at all. Raises OSError."""
    data = WRITERS[check_suffix(path)](filtered.arrays())
    certificate = {**(filtered.certificate or {}), "file": path.name, "sha256": hashlib.sha256(data).hexdigest()}
    text = (json.dumps(certificate, indent=1, ensure_ascii=False) + "\n").encode()
    beside = certificate_path(path)
    for target, content in ((path, data), (beside, text)):
        draft = target.with_name(target.name + ".part")
        try:
            draft.write_bytes(content)
            os.replace(draft, target)
        except OSError:
            draft.unlink(missing_ok=True) if draft.parent.is_dir() else None
            raise
    return path, beside


def _bad(path: Path, found: str) -> Malformed:
    return refusal(str(path), "file", f"the file should hold a filter as {path.suffix[1:]}", found, str(path),
                   "write one with eigenproof design", Malformed)


def _read_json(path: Path) -> tuple[np.ndarray, np.ndarray]:
    data = read_json(path)
    poles, weights = ([*numbers(str(path), data, kind)] for kind in ("poles", "weights"))
    arrays = tuple(np.array([complex(float(z.re), float(z.im)) for z in values]) for values in (poles, weights))
    if any(gaussian(complex(x)) != z for array, values in zip(arrays, (poles, weights)) for x, z in zip(array, values)):
        raise _bad(path, "it holds a number that is not a double")
    return arrays


def _read_npz(path: Path) -> tuple[np.ndarray, np.ndarray]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            return data["poles"], data["weights"]
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, AttributeError, TypeError) as error:
        raise _bad(path, f"it does not: {str(error)[:100]}") from None


def _read_safetensors(path: Path) -> tuple[np.ndarray, np.ndarray]:
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    try:
        if size > min(HEADER_LIMIT, len(raw) - 8):
            raise ValueError("the header is longer than the file")
        header, body, out = json.loads(raw[8:8 + size]), raw[8 + size:], []
        if len(body) != max(entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"):
            raise ValueError("the file is cut short, or longer than its header says")
        for name in ("poles", "weights"):
            entry = header[name]
            low, high = entry["data_offsets"]
            if entry["dtype"] != "F64" or not 0 <= low <= high <= len(body):
                raise ValueError(f"{name} should be F64 within the file")
            values = np.frombuffer(body[low:high], dtype="<f8").reshape(entry["shape"])
            out.append(values[:, 0] + 1j * values[:, 1])
        return out[0], out[1]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, AttributeError) as error:
        raise _bad(path, f"it does not: {type(error).__name__} {str(error)[:100]}") from None


READERS = {".json": _read_json, ".npz": _read_npz, ".safetensors": _read_safetensors}


def load(path) -> Filter:
    """The filter in a file, with its certificate when that lies beside it; raises `Malformed`, `Refused` or OSError."""
    path = Path(path)
    poles, weights = READERS[check_suffix(path)](path)
    for name, values in (("poles", poles), ("weights", weights)):
        plain = values.ndim == 1 and len(values) and values.shape == poles.shape and values.dtype.kind in "fc"
        if not plain or not np.isfinite(values).all():
            raise _bad(path, f"{name} have shape {values.shape} and type {values.dtype}, or are not finite")
    beside, certificate = certificate_path(path), None
    if beside.is_file():
        certificate = read_json(beside, integers=True)
        if not isinstance(certificate, dict):
            raise _bad(path, "its certificate is not an object")
        if certificate.get("sha256") != hashlib.sha256(path.read_bytes()).hexdigest():
            raise Refused(f"the certificate {beside} is of another file: its sha256 differs")
    return Filter(np.asarray(poles, dtype=complex), np.asarray(weights, dtype=complex), certificate)
