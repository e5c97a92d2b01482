"""A statement of the kernel as plain text, for the terminal. It is printed from the kernel's own data, never typed beside it."""

from __future__ import annotations

from typing import Any

_LEVEL = {"=": 0, "!=": 0, "<=": 0, "<": 0, "+": 1, "-": 1, "*": 2, "/": 2, "^": 4}
_ATOM = 9
_SIGN = {"<=": "≤", "!=": "≠"}
_BIG = {"sum": "Σ", "prod": "Π", "series": "Σ"}
_TYPES = {"int": "ℤ", "nat": "ℕ", "real": "ℝ", "complex": "ℂ"}


def statement(data: dict) -> str:
    """The whole statement: the quantified formula, then the abbreviations it uses."""
    lines = [formula(data["holds"])]
    for name, parameters, body in data["where"]:
        lines.append(f"where {name}{'(' + ', '.join(parameters) + ')' if parameters else ''} = {term(body)}")
    return "\n".join(lines)


def formula(data: Any, inside: bool = False) -> str:
    """A formula; the outermost quantifier puts variables, hypotheses and conclusion on lines of their own."""
    if data[0] == "forall":
        return _quantified(data, inside)
    if data[0] == "and":
        return " and ".join(formula(item, True) for item in data[1:])
    if data[0] == "sums":
        return f"Σ_{{{data[1]}≥{term(data[2])}}} {term(data[3], 2)} converges absolutely to {term(data[4])}"
    return term(data)


def _quantified(data: list, inside: bool) -> str:
    variables = ", ".join(f"{name} ∈ {_type(kind)}" for name, kind in data[1])
    hypotheses = [formula(item, True) for item in data[2]]
    conclusion = formula(data[3], True)
    if inside:
        return f"(for all {variables}{' with ' if hypotheses else ''}{', '.join(hypotheses)}: {conclusion})"
    return "\n".join([f"for all {variables}", *(f"  with {item}" for item in hypotheses), f"  {conclusion}"])


def _type(kind: Any) -> str:
    if isinstance(kind, str):
        return _TYPES.get(kind, kind)
    if kind[0] == "mat":
        return f"ℂ^({term(kind[1])}×{term(kind[2])})"
    return f"sequences in {_type(kind[1])}"


def term(data: Any, above: int = 0) -> str:
    """A term, in parentheses when what stands above binds more tightly."""
    if not isinstance(data, list):
        text = str(data)
        return f"({text})" if text.startswith("-") and above > 1 else text
    head, *rest = data
    if head == "-" and len(rest) == 1:
        level, text = 1, f"−{term(rest[0], 2)}"
    elif head in _LEVEL:
        level, text = _LEVEL[head], _infix(head, rest, _LEVEL[head])
    elif head in _BIG:
        level, text = 1, _big(head, rest)
    else:
        level, text = _ATOM, _call(head, rest)
    return f"({text})" if level < above or level == above == 4 else text


def _infix(head: str, rest: list, level: int) -> str:
    """Operands with their sign between; the right of a difference, a quotient and a power binds one tighter."""
    tighter = level + 1 if head in "-/^" else level
    parts = [term(rest[0], level), *(term(item, tighter) for item in rest[1:])]
    sign = _SIGN.get(head, head)
    return sign.join(parts) if head in "^/*" else f" {sign} ".join(parts)


def _big(head: str, rest: list) -> str:
    index, low, *ends = rest
    if head == "series":
        return f"Σ_{{{index}≥{term(low)}}} {term(ends[0], 2)}"
    return f"{_BIG[head]}_{{{index}={term(low)}..{term(ends[0])}}} {term(ends[1], 2)}"


def _call(head: str, rest: list) -> str:
    """Constants, functions, and the matrix forms with their index ranges."""
    if head == "matrix":
        row, rows, column, columns, body = rest
        return f"[{term(body)}]_({row}≤{term(rows)}, {column}≤{term(columns)})"
    if head in ("diag", "vec"):
        return f"{head}[{term(rest[2])}]_({rest[0]}≤{term(rest[1])})"
    if head == "abs":
        return f"|{term(rest[0])}|"
    if head == "at":
        return f"{rest[0]}({term(rest[1])})"
    if not rest:
        return {"pi": "π"}.get(head, head)
    return f"{head}({', '.join(term(item) for item in rest)})"
