"""Claims written as TOML: a closed grammar from text to the kernel's statement language. Nothing is ever evaluated.

relation  := sum (("<=" | "<" | ">=" | ">" | "=" | "!=") sum)+ , joined by "and"
sum       := product (("+" | "-") product)*
product   := unary (("*" | "/") unary)*
unary     := "-" unary | power
power     := atom ("^" unary)?
atom      := number | name | function "(" sum ")" | ("sum" | "prod") "(" name "," sum "," sum "," sum ")" | "(" sum ")"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from theory.errors import MALFORMED, Fault

FUNCTIONS = frozenset("sqrt exp log sin cos tan atan sinh cosh tanh abs re im conj".split())
CONSTANTS = {"pi": ["pi"], "i": ["i"]}
RELATIONS = {"<=": "<=", "<": "<", ">=": "<=", ">": "<", "=": "=", "!=": "!="}
RESERVED = FUNCTIONS | set(CONSTANTS) | {"sum", "prod", "and"}
DEPTH = 60
FIELDS = {"id", "says", "for_all", "claim"}
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|!=|[-+*/^(),<>=]))")
_ID = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")


class GrammarError(ValueError):
    """Text outside the grammar: what is wrong and at which column, counted from 1."""

    def __init__(self, message: str, column: int):
        super().__init__(f"column {column}: {message}")


@dataclass(frozen=True)
class UserClaim:
    """A claim read from a TOML file."""

    id: str
    says: str
    statement: dict


class _Parser:
    def __init__(self, text: str, names: set[str]):
        self._tokens = _tokens(text)
        self._names = set(names)
        self._place = 0
        self._depth = 0

    def _peek(self) -> str:
        return self._tokens[self._place][0]

    def fail(self, message: str) -> GrammarError:
        return GrammarError(message, self._tokens[self._place][1])

    def _take(self, *allowed: str) -> str | None:
        token = self._peek()
        if token in allowed:
            self._place += 1
            return token
        return None

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise self.fail(f"expected {token!r}, found {self._peek() or 'the end'!r}")

    def end(self) -> None:
        """Nothing may follow."""
        if self._peek():
            raise self.fail(f"unexpected {self._peek()!r}")

    def formula(self) -> list:
        """Relations joined by `and`."""
        parts = self._chain()
        while self._take("and"):
            parts += self._chain()
        return parts[0] if len(parts) == 1 else ["and", *parts]

    def _chain(self) -> list:
        left, parts = self.sum(), []
        while sign := self._take(*RELATIONS):
            right = self.sum()
            parts.append([RELATIONS[sign], right, left] if sign in (">", ">=") else [RELATIONS[sign], left, right])
            left = right
        if not parts:
            raise self.fail("expected one of <= < >= > = !=")
        return parts

    def sum(self) -> Any:
        """Sums and differences."""
        self._depth += 1
        if self._depth > DEPTH:
            raise self.fail(f"nested deeper than {DEPTH}")
        term = self._product()
        while sign := self._take("+", "-"):
            term = [sign, term, self._product()]
        self._depth -= 1
        return term

    def _product(self) -> Any:
        term = self._unary()
        while sign := self._take("*", "/"):
            term = [sign, term, self._unary()]
        return term

    def _unary(self) -> Any:
        signs = 0
        while self._take("-"):
            signs += 1
        term = self._power()
        return ["-", term] if signs % 2 else term

    def _power(self) -> Any:
        base = self._atom()
        if not self._take("^"):
            return base
        self._depth += 1
        if self._depth > DEPTH:
            raise self.fail(f"nested deeper than {DEPTH}")
        exponent = self._unary()
        self._depth -= 1
        return ["^", base, exponent]

    def _atom(self) -> Any:
        if self._take("("):
            term = self.sum()
            self._expect(")")
            return term
        token = self._peek()
        if token[:1].isdigit():
            self._place += 1
            return number(token)
        if token in ("sum", "prod"):
            return self._big()
        if token in FUNCTIONS:
            self._place += 1
            return [token, self._argument()]
        return self._name()

    def _argument(self) -> Any:
        self._expect("(")
        term = self.sum()
        self._expect(")")
        return term

    def _big(self) -> list:
        """`sum(k, lo, hi, body)`: the index is bound in the body alone."""
        kind = self._take("sum", "prod")
        self._expect("(")
        index = self._peek()
        if not index.isidentifier() or index in RESERVED or index in self._names:
            raise self.fail(f"{index!r} cannot be an index: it must be a new name")
        self._place += 1
        self._expect(",")
        low = self.sum()
        self._expect(",")
        high = self.sum()
        self._expect(",")
        self._names.add(index)
        body = self.sum()
        self._names.discard(index)
        self._expect(")")
        return [kind, index, low, high, body]

    def _name(self) -> Any:
        token = self._peek()
        if token in CONSTANTS:
            self._place += 1
            return list(CONSTANTS[token])
        if token in self._names:
            self._place += 1
            return token
        if token.isidentifier():
            raise self.fail(f"unknown name {token!r}: for_all declares {', '.join(sorted(self._names)) or 'nothing'}")
        raise self.fail(f"unexpected {token or 'end'!r}")


def _tokens(text: str) -> list[tuple[str, int]]:
    found, place = [], 0
    end = len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if not match:
            raise GrammarError(f"unexpected {text[place:].strip()[:1]!r}", place + 1)
        token = next(filter(None, match.groups()))
        found.append((token, match.end() - len(token) + 1))
        place = match.end()
    return [*found, ("", end + 1)]


def number(text: str) -> Any:
    """An integer, or the exact fraction a decimal stands for."""
    value = Fraction(text)
    return value.numerator if value.denominator == 1 else ["/", value.numerator, value.denominator]


def formula(text: str, names: set[str]) -> list:
    """The formula a text stands for, over the declared names."""
    parser = _Parser(text, names)
    result = parser.formula()
    parser.end()
    return result


def constant(text: str) -> Any:
    """A term without variables."""
    parser = _Parser(text, set())
    result = parser.sum()
    parser.end()
    return result


def domain(name: str, text: str) -> tuple[Any, list]:
    """The type and the hypotheses of a domain: `real [LO HI]`, `integer [LO [HI]]`, `complex`, `disk` (open, |z| < 1)."""
    kind, *ends = text.split()
    if kind in ("complex", "disk") and not ends:
        return "complex", [["<", ["abs", name], 1]] if kind == "disk" else []
    if (kind == "real" and len(ends) in (0, 2)) or (kind == "integer" and len(ends) <= 2):
        terms = [constant(end) for end in ends]
        if len(ends) == 2 and _certainly_empty(kind, *terms):
            raise GrammarError(f"the domain of {name} is empty: nothing lies between {ends[0]} and {ends[1]}", 1)
        bounds = [["<=", terms[0], name]] if terms else []
        return {"real": "real", "integer": "int"}[kind], bounds + ([["<=", name, terms[1]]] if len(terms) == 2 else [])
    raise GrammarError(f"{text!r} is no domain; write real LO HI, integer LO HI, integer LO, complex or disk", 1)


def _certainly_empty(kind: str, low: Any, high: Any) -> bool:
    """Whether rational ends enclose nothing; ends that are not rational are left to the kernel's obligation."""
    ends = _rational(low), _rational(high)
    if None in ends:
        return False
    return ends[0] > ends[1] or (kind == "integer" and -(-ends[0] // 1) > ends[1] // 1)


def _rational(term: Any) -> Fraction | None:
    """The value of a number, a negated number or a quotient of numbers."""
    if isinstance(term, int):
        return Fraction(term)
    if term[0] == "-" and len(term) == 2:
        inner = _rational(term[1])
        return None if inner is None else -inner
    if term[0] == "/" and None not in (parts := (_rational(term[1]), _rational(term[2]))) and parts[1] != 0:
        return parts[0] / parts[1]
    return None


def read(path: Path) -> list[UserClaim]:
    """The claims of a TOML file; anything outside the documented form is a fault that names the claim and the field."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Fault(MALFORMED, "unreadable", str(path), error.strerror or str(error)) from error
    except ValueError as error:
        raise Fault(MALFORMED, "malformed", str(path), f"this is not TOML: {error}") from error
    entries = data.get("claim")
    if set(data) != {"claim"} or not isinstance(entries, list) or not entries:
        raise Fault(MALFORMED, "malformed", str(path), "expected one or more [[claim]] tables and nothing else", file=path)
    claims = [_entry(path, place, entry) for place, entry in enumerate(entries, 1)]
    if len({claim.id for claim in claims}) < len(claims):
        raise Fault(MALFORMED, "malformed", str(path), "two claims have the same id", file=path, field="id")
    return claims


def _entry(path: Path, place: int, entry: Any) -> UserClaim:
    subject = f"claim {place} of {path.name}"
    if not isinstance(entry, dict) or set(entry) != FIELDS:
        found = ", ".join(sorted(entry)) if isinstance(entry, dict) else type(entry).__name__
        raise Fault(
            MALFORMED,
            "malformed",
            subject,
            f"a claim has exactly the fields {', '.join(sorted(FIELDS))}; here: {found}",
            file=path,
        )
    for name in ("id", "says", "claim"):
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise Fault(MALFORMED, "malformed", subject, f"{name} must be text that is not empty", file=path, field=name)
    if not _ID.fullmatch(entry["id"]):
        raise Fault(MALFORMED, "malformed", subject, "id must read like mine.single_pole", file=path, field="id")
    return UserClaim(entry["id"], entry["says"], _statement(path, entry))


def _statement(path: Path, entry: dict) -> dict:
    """The statement of one table, or the fault for the field that cannot be read."""
    variables, hypotheses, text, place = [], [], "", "for_all"
    domains = entry["for_all"] if isinstance(entry["for_all"], dict) else {}
    try:
        for name, text in domains.items():
            place = f"for_all.{name}"
            if not name.isidentifier() or name in RESERVED or not isinstance(text, str) or not text.strip():
                raise GrammarError("a variable needs a name of its own and a domain written as text", 1)
            kind, bounds = domain(name, text)
            variables.append([name, kind])
            hypotheses += bounds
        if not variables:
            raise GrammarError('for_all must declare at least one variable, as in { x = "real 0 1" }', 1)
        place, text = "claim", entry["claim"]
        conclusion = formula(text, set(domains))
    except GrammarError as error:
        raise Fault(MALFORMED, "malformed", entry["id"], str(error), found=str(text), file=path, field=place) from error
    return {"where": [], "holds": ["forall", variables, hypotheses, conclusion]}
