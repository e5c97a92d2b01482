"""A claim: its statement, its words, and the functions that derive, certify, measure and attack it.

One file `theory/claims/<paper>/<name>.py` holds one `claim = Claim(...)`; its id is `<paper>.<name>`.
Nothing here decides anything. Whatever a derivation finds is a hint for the certificate, and the kernel decides.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

SOURCES = ("text", "reconstructed", "own")
STRENGTHS = ("statistical", "domain", "universal")
MEASUREMENT_FIELDS = {"name", "inputs", "measured", "bound", "expected", "printed", "inside", "detail"}

Statement = dict[str, Any]
Mutation = Callable[[Statement], Statement]


class ClaimError(ValueError):
    """A claim file whose fields contradict each other; the message names the field."""


def canonical(data: Any) -> bytes:
    """Canonical bytes of JSON data: UTF-8, keys sorted, no spaces; a non-finite number is an error."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(data: Any) -> str:
    """The sha256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()


@dataclass(frozen=True)
class Step:
    """One named step of a derivation: an expression (SymPy or anything printable) and why it follows."""

    name: str
    expr: Any
    why: str = ""


class Recorder:
    """Handed to a derivation as `step`: `step(name, expr, why=...)` records the step and returns `expr`."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def __call__(self, name: str, expr: Any, why: str = "") -> Any:
        if any(step.name == name for step in self.steps):
            raise ClaimError(f"two derivation steps are named {name!r}")
        self.steps.append(Step(name, expr, why))
        return expr


@dataclass(frozen=True)
class Oracle:
    """An independent measurement; `profile` is the cheapest profile that runs it."""

    run: Callable[[], list[dict]]
    profile: str = "full"


@dataclass(kw_only=True)
class Claim:
    """A statement with explicit quantifiers and domains, its source, and what backs or attacks it.

    `statement` is the kernel's JSON statement, `{"where": [...], "holds": [...]}`; `says` is one sentence;
    `strength` is the strength the certificate is meant to reach (the kernel computes the real one);
    `hypotheses` maps each hypothesis to what breaks without it; `corrects` is the id of the claim this one mends;
    `symbols` says what the letters of the statement are where the paper writes them otherwise;
    `page` draws the plot of the report page: it takes a matplotlib figure and fills it.
    """

    title: str
    says: str
    statement: Statement
    dossier: str | None = None
    paper: str = "own"
    reference: str = ""
    source: str = "own"
    strength: str = "universal"
    limits: str = ""
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    corrects: str | None = None
    symbols: Mapping[str, str] = field(default_factory=dict)
    page: Callable | None = None
    id: str = ""  # set by discovery from the path

    def __post_init__(self) -> None:
        self.derivation: Callable | None = None
        self.certifier: Callable | None = None
        self.kind = "proof"
        self.oracles: dict[str, Oracle] = {}
        self.mutations: dict[str, Mutation] = {}
        self.refuters: dict[str, Callable] = {}
        self._check_fields()

    def _check_fields(self) -> None:
        for name, allowed in (("source", SOURCES), ("strength", STRENGTHS)):
            if getattr(self, name) not in allowed:
                raise ClaimError(f"{name} is {getattr(self, name)!r}; it must be one of {', '.join(allowed)}")
        if not self.title.strip() or not self.says.strip().endswith("."):
            raise ClaimError("title must not be empty, and says must be a sentence that ends with a full stop")
        if not isinstance(self.statement, dict) or set(self.statement) != {"where", "holds"}:
            raise ClaimError("statement must be an object with exactly the fields where and holds")
        if self.source != "own" and not (self.dossier and self.reference):
            raise ClaimError(f"source is {self.source!r}, so dossier and reference must say where it stands")

    # What a claim file hangs on its claim -----------------------------------------------------------------------

    def derive(self, function: Callable) -> Callable:
        """Register the derivation `function(step)`; what it returns is handed to `certify`."""
        if self.derivation is not None:
            raise ClaimError("a claim has one derivation; use named steps inside it")
        self.derivation = function
        return function

    def certify(self, function: Callable | None = None, *, kind: str = "proof") -> Callable:
        """Register `function(proof, derived)`, which drives the certificate builder; `kind="refutation"` for a false claim."""
        if function is None:
            return lambda given: self.certify(given, kind=kind)
        if self.certifier is not None:
            raise ClaimError("a claim has one certificate")
        if kind not in ("proof", "refutation"):
            raise ClaimError(f"kind is {kind!r}; it must be proof or refutation")
        self.certifier, self.kind = function, kind
        return function

    def oracle(self, function: Callable | None = None, *, profile: str = "full") -> Callable:
        """Register `function() -> [measurement, ...]`; `profile="scale"` for the long simulations."""
        if function is None:
            return lambda given: self.oracle(given, profile=profile)
        if function.__name__ in self.oracles:
            raise ClaimError(f"two oracles are named {function.__name__!r}")
        if profile not in ("full", "scale"):
            raise ClaimError(f"an oracle's profile is {profile!r}; it must be full or scale")
        self.oracles[function.__name__] = Oracle(function, profile)
        return function

    def must_refuse(self, **mutations: Mutation) -> None:
        """Register mutations `name=function(statement) -> statement`, each of which the kernel must not accept."""
        repeated = set(mutations) & set(self.mutations)
        if repeated:
            raise ClaimError(f"two mutations are named {min(repeated)!r}")
        self.mutations.update(mutations)

    def refute(self, name: str) -> Callable:
        """Register `function(proof)`, which builds a refutation of the mutation `name`; its verdict must be `refuted`."""
        if name not in self.mutations:
            raise ClaimError(f"there is no mutation named {name!r} to refute")

        def register(function: Callable) -> Callable:
            self.refuters[name] = function
            return function

        return register

    # What the runner asks of it ---------------------------------------------------------------------------------

    @property
    def digest(self) -> str:
        """Digest of the statement, as the certificate and the ledger name it."""
        return digest(self.statement)

    def mutated(self, name: str) -> Statement:
        """The statement under the mutation `name`; a mutation that changes nothing is an error."""
        from theory.language import raw

        changed = raw(self.mutations[name](copy.deepcopy(self.statement)))
        if changed == self.statement:
            raise ClaimError(f"the mutation {name!r} leaves the statement as it is")
        return changed

    def derived(self) -> tuple[Any, list[Step]]:
        """Run the derivation: what it found, and its steps."""
        if self.derivation is None:
            return None, []
        step = Recorder()
        return self.derivation(step), step.steps

    def certificate(self, found: Any, statement: Statement | None = None) -> dict:
        """The certificate the claim file builds for its statement, or for another one in its place."""
        from theory.proof import Proof

        proof = Proof(self.id, self.statement if statement is None else statement, kind=self.kind)
        self.certifier(proof, found)
        return proof.certificate()

    def refutation(self, name: str) -> dict:
        """The refutation the claim file builds for its mutation `name`."""
        from theory.proof import Proof

        proof = Proof(self.id, self.mutated(name), kind="refutation")
        self.refuters[name](proof)
        return proof.certificate()

    def measure(self, profile: str) -> list[dict]:
        """Run the oracles of a profile; each measurement is checked for its fields and carries its oracle's name."""
        results = []
        for name, oracle in sorted(self.oracles.items()):
            if profile == "scale" or oracle.profile == profile:
                results += [_measurement(name, item) for item in oracle.run()]
        return results


def _measurement(oracle: str, item: dict) -> dict:
    """One measurement with plain fields; `inside` must be a truth value, never a missing or undecided one."""
    unknown = set(item) - MEASUREMENT_FIELDS
    if unknown or "measured" not in item or not {"bound", "expected", "printed"} & set(item):
        raise ClaimError(
            f"oracle {oracle}: a measurement needs name, inputs, measured, bound or expected or printed, inside; got {sorted(item)}"
        )
    plain = {key: _plain(value) for key, value in item.items()}
    return {**plain, "oracle": oracle, "inside": bool(item["inside"] is True or str(item["inside"]) == "True")}


def _plain(value: Any) -> Any:
    """JSON data for a measured value: numbers as they are when JSON has them, everything else as its text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return repr(value) if type(value) is float else str(value)
