"""Files of poles: {"poles": [["re", "im"], …]}, every number a string, read without rounding."""

from __future__ import annotations

import json
from pathlib import Path

from numeric.errors import Malformed, refusal
from numeric.poles import Pole, exact
from numeric.reference import Gaussian
from numeric.written import rational

LARGEST = 1 << 26  # bytes
SHAPE = '{"poles": [["1/2", "0.25"], …]}'


class _Number:
    """A bare number of the file, kept as text so that it can be named in the refusal."""

    def __init__(self, text: str):
        self.text = text

    def __repr__(self) -> str:
        return f"the number {self.text}"


def _once(pairs: list) -> dict:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a key appears twice")
    return data


def _bad(name: str, expected: str, found: str, instance: str, again: str = f"write {SHAPE}") -> Malformed:
    return refusal(name, "file", expected, found, instance, again, Malformed)


def read_json(path: Path):
    """The data of a strict JSON file: keys unique, bare numbers marked, no NaN; raises `Malformed` or OSError."""
    name, data = str(path), path.read_bytes()
    if len(data) > LARGEST:
        raise _bad(name, f"the file should hold at most {LARGEST} bytes", f"it holds {len(data)}", f"{name}, {len(data)} bytes")
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_float=_Number, parse_int=_Number, parse_constant=_Number)
    except (ValueError, RecursionError) as error:
        raise _bad(name, "the file should be JSON", f"it is not: {str(error)[:120]}", name) from None


def _pair(name: str, j: int, entry, kind: str) -> tuple:
    if not isinstance(entry, list) or len(entry) != 2:
        raise _bad(name, f"every entry of {kind} should be a pair [\"re\", \"im\"]", f"entry {j} is {repr(entry)[:60]}",
                   f"{kind}[{j}] = {repr(entry)[:60]}")
    return tuple(rational(name, f"{kind}[{j}].{part}", text, Malformed) for part, text in zip(("re", "im"), entry, strict=True))


def numbers(name: str, data: dict, kind: str) -> list[Gaussian]:
    """The list of pairs under a key, as exact complex rationals."""
    if not isinstance(data, dict) or kind not in data:
        found = f"it has {', '.join(map(repr, data)) or 'no key'}" if isinstance(data, dict) else f"it is {repr(data)[:60]}"
        raise _bad(name, f"the file should be an object with the key \"{kind}\"", found, repr(data)[:60])
    entries = data[kind]
    if not isinstance(entries, list) or not entries:
        raise _bad(name, f"\"{kind}\" should be a list of one pair or more", f"it is {repr(entries)[:60]}", repr(entries)[:60])
    return [Gaussian(*_pair(name, j, entry, kind)) for j, entry in enumerate(entries)]


def read(path: Path) -> tuple[Pole, ...]:
    """The poles of a file, all in the open disk; raises `Malformed`, `Refused` (a pole outside) or OSError (no such file)."""
    data = read_json(path)
    poles = numbers(str(path), data, "poles")
    extra = [key for key in data if key != "poles"]
    if extra:
        raise _bad(str(path), "the file should have the one key \"poles\"", f"it also has {', '.join(map(repr, extra))}", repr(extra[0]))
    return exact(poles)
