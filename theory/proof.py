"""Building certificates: a `Proof` collects steps; every method adds one step and returns its id.

Nothing here is trusted. A builder only writes down what the kernel will be asked; what it gets wrong the kernel refuses.
"""
import functools
import json
from contextlib import contextmanager

from proofs_check.language import digest

from .language import Term, both, forall, raw

FORMAT = "eigenproof-certificate/1"


def explained(function):
    """A group of steps: the first sentence of the function's docstring becomes the remark on the first step that it makes."""
    @functools.wraps(function)
    def with_remark(proof, *args, **values):
        proof.remark = " ".join([proof.remark, *function.__doc__.split()]).strip()
        return function(proof, *args, **values)
    return with_remark


class Fact(str):
    """The id of a fact, with the formula it stands for."""

    def __new__(cls, name, shows=None):
        self = super().__new__(cls, name)
        self.shows = shows
        return self


class Proof:
    """A certificate under construction.

    claim: the claim's id; statement: {"where": …, "holds": …}.
    `given(j)` is the j-th hypothesis. Steps go to the innermost open block.
    """

    def __init__(self, claim, statement, kind="proof"):
        self.claim, self.statement, self.kind = claim, statement, kind
        self.steps, self.count = [], 0
        self.remark = ""
        self.witness, self.witness_steps, self.at, self.where, self.uses = {}, [], {}, [], []

    def abbreviate(self, name, params, body):
        """A further abbreviation for the steps (not part of the statement)."""
        self.where.append([name, list(params), raw(body)])
        return Term(name)

    def inhabited(self, **values):
        """Closed values at which every hypothesis of the statement holds."""
        self.witness = {name: raw(v) for name, v in values.items()}

    @contextmanager
    def inhabited_by(self, **values):
        """The same, with steps (inside the block) that show the hypotheses the kernel cannot decide by evaluation."""
        self.inhabited(**values)
        saved, self.steps = self.steps, self.witness_steps
        yield self
        self.steps = saved

    def given(self, j):
        return Fact(f"given.{j}", self.statement["holds"][2][j - 1])

    def step(self, rule, shows, name=None, **fields):
        """One step of any rule; returns its id."""
        self.count += 1
        name = name or f"s{self.count}"
        self._append(name, rule, shows, fields)
        return Fact(name, raw(shows))

    def _append(self, name, rule, shows, fields, remark=None):
        note = self._taken() if remark is None else remark
        self.steps.append({"id": name, "rule": rule, "shows": raw(shows), **{k: _field(v) for k, v in fields.items()},
                           **({"note": note} if note else {})})

    def _taken(self):
        note, self.remark = self.remark, ""
        return note

    # blocks --------------------------------------------------------------------------------------------------------
    @contextmanager
    def _block(self, rule, shows, key, name=None, **fields):
        self.count += 1
        block = Block(name or f"s{self.count}", raw(shows))
        outer, self.steps, remark = self.steps, [], self._taken()
        try:
            yield block
        finally:
            body, self.steps = self.steps, outer
        self._append(str(block), rule, shows, {key: body, **fields}, remark)

    def generalise(self, variables, given, holds, name=None):
        """`with proof.generalise({"x": "complex"}, [hyp], goal) as h:` … the last step shows goal; h(1) is the first hypothesis."""
        return self._block("generalise", forall(variables, given, holds), "steps", name)

    def contradiction(self, shows, name=None):
        return self._block("contradiction", shows, "steps", name)

    @contextmanager
    def branch(self):
        """Collects the steps of one branch of a rule with several blocks."""
        outer, self.steps = self.steps, []
        body = []
        try:
            yield body
        finally:
            body += self.steps
            self.steps = outer

    def new_id(self, name=None):
        self.count += 1
        return name or f"s{self.count}"

    # rules ---------------------------------------------------------------------------------------------------------
    def identity(self, shows, using=(), nonzero=(), name=None):
        """A scalar identity; using: (ref, cofactor) or (ref, left, right)."""
        return self.step("identity", shows, name, **_given(using, nonzero))

    def operator(self, shows, using=(), nonzero=(), name=None):
        """An identity between matrices of any size; using: (ref, left, right)."""
        return self.step("operator_identity", shows, name, **_given(using, nonzero))

    def squares(self, shows, terms=(), using=(), nonzero=(), name=None):
        """right − left = Σ c·h₁⋯·Y*MY; terms: (c, [refs], middle ref or "", Y)."""
        return self.step("hermitian_square", shows, name, terms=[[raw(c), list(refs), mid, raw(Y)] for c, refs, mid, Y in terms],
                         **_given(using, nonzero))

    def apply(self, of, shows, name=None, **at):
        return self.step("apply", shows, name, of=of, at=at)

    def use(self, claim, shows, name=None, **at):
        """The conclusion of another claim at the given values of its variables."""
        self.uses.append(claim)
        return self.step("use", shows, name, claim=claim, at=at)

    def axiom(self, axiom, shows):
        """A classical theorem by its name in axioms.toml."""
        step = self.new_id()
        self._append(step, "axiom", shows, {"name": axiom})
        return Fact(step, raw(shows))

    def order(self, mode, shows, *refs, name=None, **fields):
        return self.step("order", shows, name, mode=mode, **{"from": list(refs)}, **fields)

    def series(self, mode, shows, *refs, name=None, **fields):
        return self.step("series_tail", shows, name, mode=mode, **{"from": list(refs)}, **fields)

    def integral(self, mode, shows, *refs, name=None, **fields):
        return self.step("integral", shows, name, mode=mode, **{"from": list(refs)}, **fields)

    def derivative(self, shows, nonzero=(), name=None):
        """The derivative of a term, which the kernel computes again."""
        return self.step("derivative", shows, name, mode="term", **_given((), nonzero))

    def entries(self, shows, each=None, nonzero=(), name=None):
        return self.step("entries", shows, name, **({"each": each} if each else {}), **_given((), nonzero))

    def both(self, *refs, name=None):
        return self.step("conjunction", both(*(Term(r.shows) for r in refs)), name, of=list(refs))

    def conclude(self, *refs):
        """The conclusion of the statement, as the conjunction of the facts."""
        return self.step("conjunction", self.statement["holds"][3], of=list(refs))

    def part(self, ref, shows, name=None):
        return self.step("conjunction", shows, name, part=ref)

    def certificate(self):
        """The certificate as the kernel reads it."""
        inhabited = dict(self.witness) | ({"steps": self.witness_steps} if self.witness_steps else {})
        out = {"format": FORMAT, "claim": self.claim, "digest": digest(self.statement), "kind": self.kind, "statement": self.statement,
               "inhabited": inhabited, "steps": self.steps}
        return out | ({"where": self.where} if self.where else {}) | ({"at": self.at} if self.kind == "refutation" else {})


class Block(str):
    """The id of an open block; calling it gives the id of its j-th hypothesis."""

    def __new__(cls, name, shows=None):
        self = super().__new__(cls, name)
        self.shows = shows
        return self

    def __call__(self, j):
        return Fact(f"{self}.{j}", self.shows[2][j - 1] if self.shows and self.shows[0] == "forall" else None)

    @property
    def fact(self):
        return Fact(self, self.shows)


def _field(value):
    return value if isinstance(value, str) and not isinstance(value, Term) else raw(value)


def _given(using, nonzero):
    out = {}
    if using:
        out["using"] = [[u[0], raw(u[1]), raw(u[2]) if len(u) > 2 else 1] for u in using]
    if nonzero:
        out["nonzero"] = list(nonzero)
    return out


def dump(certificate):
    """The bytes of a certificate file: stable order, one line a top-level field, so that a diff shows what changed."""
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False, separators=(',', ':'))}" for k, v in certificate.items() if k != "steps"]
    steps = ",\n  ".join(json.dumps(s, ensure_ascii=False, separators=(",", ":")) for s in certificate["steps"])
    return ("{" + ",\n ".join(lines) + ',\n "steps": [\n  ' + steps + "\n ]}\n").encode()
