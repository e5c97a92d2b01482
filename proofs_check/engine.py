"""The checker: contexts, steps, blocks, whole certificates and their verdicts.

A certificate is a list of steps in natural deduction. A step names a rule and the formula it shows; the rule decides whether the formula
follows from the facts it cites. Facts are hypotheses of the enclosing blocks and formulas shown before, in the same block or around it.
"""
import hashlib
import importlib
import json
import pkgutil
from dataclasses import dataclass, field
from pathlib import Path

from . import rules
from .language import INFINITE, RECORD, RELATIONS, TYPES, binders, digest, free, freeze, obligations, read, read_where, substitute
from .normal import Scope, add, clear, fresh, integral, nf, scale, term_of
from .refusal import Malformed, Missing, Refusal, Rejected, Undecided
from .values import decide

RULES = {m.name: importlib.import_module(f"{rules.__name__}.{m.name}") for m in pkgutil.iter_modules(rules.__path__)}
FORMAT = "eigenproof-certificate/1"
FIELDS = {"format", "claim", "digest", "kind", "statement", "inhabited", "where", "steps", "at"}


@dataclass
class Trace:
    """What a certificate has used so far."""
    verifier: object
    rules: set = field(default_factory=set)
    axioms: set = field(default_factory=set)
    samplers: set = field(default_factory=set)
    uses: dict = field(default_factory=dict)
    ids: set = field(default_factory=set)


class Context:
    """The variables and facts that a step may use."""

    def __init__(self, trace, where, parent=None, variables=(), given=(), block=""):
        self.trace, self.where, self.block = trace, where, block
        self.facts = dict(parent.facts) if parent else {}
        self.scope = Scope(dict(variables), (), parent.scope if parent else None)
        for _, kind in variables:
            check_type(kind, self.scope)
        for j, fact in enumerate(given, 1):
            self.facts[f"{block}.{j}"] = fact
            check_formula(fact, self.scope)
            self.scope.learn(fact)

    @property
    def types(self):
        return self.scope.types

    def fact(self, name):
        if name not in self.facts:
            raise Missing("a step cites a fact that is not in sight", "a hypothesis or an earlier step", name)
        return self.facts[name]

    def read(self, data, names=()):
        return read(freeze(data), self.where, (*self.types, *names))

    def nf(self, term):
        return nf(term, self.scope)[0]

    def gap(self, formula):
        """right − left of an (in)equality as a polynomial."""
        return add(self.nf(formula[2]), scale(self.nf(formula[1]), -1))

    def vanishes(self, poly, nonzero=()):
        """Whether a polynomial is zero, given facts that certain terms are not zero."""
        return not clear(poly, self.nonzero(nonzero), self.scope)

    def nonzero(self, refs):
        """The scalars that cited facts show not to be zero."""
        facts = [self.expect(ref, "!=", "<") for ref in refs]
        if any(self.shape(fact[1]) != (1, 1) for fact in facts):
            raise Rejected("only scalars are cited as not zero", (1, 1), refs)
        return [self.gap(fact) for fact in facts]

    def shape(self, term):
        return nf(term, self.scope)[1:]

    def integral(self, term):
        return integral(term, self.scope)

    def real(self, term):
        return nf(("conj", term), self.scope)[0] == self.nf(term)

    def canonical(self, term):
        return term_of(*nf(term, self.scope), self.scope)

    def show(self, term, nonzero=()):
        """What is left of a term that should vanish, for a refusal."""
        rest = clear(self.nf(term), self.nonzero(nonzero), self.scope)
        return term_of(rest, *self.shape(term), self.scope)

    def established(self, formula, depth=2):
        """A fact in sight or an instance of one, an evident equation or integer inequality, or a closed formula decided exactly."""
        alike = [fact for fact in self.facts.values() if fact[0] == formula[0]]
        if formula in alike or any(self.same(formula, fact) for fact in alike):
            return True
        if formula[0] == "=" and not self.gap(formula):
            return True
        if formula[0] in ("<=", "<") and all(map(self.integral, formula[1:])) \
                and self.scope.nonneg(add(self.gap(formula), self.nf(-1)) if formula[0] == "<" else self.gap(formula)):
            return True
        if formula[0] == "!=" and all(map(self.integral, formula[1:])) \
                and any(self.scope.nonneg(add(scale(self.gap(formula), sign), self.nf(-1))) for sign in (1, -1)):
            return True
        if formula[0] == "forall":
            names = [next(fresh) for _ in formula[1]]
            kinds, given, goal = opened(formula, names)
            if Context(self.trace, self.where, self, tuple(zip(names, kinds, strict=True)), given, "open").established(goal):
                return True
        if depth and any(self.follows(fact, formula, depth) for fact in self.facts.values() if fact[0] == "forall"):
            return True
        try:
            return not free(formula) - set(TYPES) and decide(formula, {}, 0) is True
        except Refusal:  # improper, or a quantifier that is not finite: not decided by evaluation
            return False

    def follows(self, general, formula, depth):
        """Whether an instance of a general fact, found by matching its conclusion, is the formula and has its hypotheses established."""
        values = {}
        if not match(general[3], formula, {n for n, _ in general[1]}, values) or len(values) != len(general[1]):
            return False
        try:
            hyps, conclusion = self.instance(general, values)
        except Refusal:
            return False
        return self.same(conclusion, formula) and all(self.established(h, depth - 1) for h in hyps)

    def instance(self, formula, values):
        """(hypotheses, conclusion) of a forall at the given values."""
        names = [n for n, _ in formula[1]] if formula[0] == "forall" else []
        if (not names and formula[0] != "forall") or set(values) != set(names):
            raise Rejected("an instance gives one value to each variable", names or "forall", sorted(values))
        for name, kind in formula[1]:
            fits(values[name], substitute(kind, values) if isinstance(kind, tuple) else kind, self.scope)
        return tuple(substitute(h, values) for h in formula[2]), substitute(formula[3], values)

    def expect(self, ref, *ops):
        fact = self.fact(ref)
        if fact[0] not in ops:
            raise Rejected("a cited fact has the wrong form", " or ".join(ops), fact[0])
        return fact

    def same(self, p, q):
        return same(p, q, self.scope)

    def last(self, block, given, steps, variables=()):
        """What the last step of a block shows, under its variables and hypotheses."""
        if clash := {n for n, _ in variables} & set(self.types):
            raise Malformed("a block binds a name that is in scope", "new names", sorted(clash))
        return run(steps, Context(self.trace, self.where, self, variables, given, block))

    def child(self, block, variables, given, steps, goal):
        """Checks a block whose last step must show the goal."""
        shown = self.last(block, given, steps, variables)
        inner = Context(self.trace, self.where, self, variables, given, block)
        if not inner.same(shown, goal):
            raise Rejected("the last step of a block must show its goal", goal, shown)


def opened(formula, names):
    """(types, hypotheses, conclusion) of a forall with its variables renamed."""
    table = dict(zip([n for n, _ in formula[1]], names, strict=True))
    kinds = tuple(substitute(kind, table) if isinstance(kind, tuple) else kind for _, kind in formula[1])
    _, _, given, goal = substitute(("forall", (), *formula[2:]), table)
    return kinds, given, goal


def match(pattern, term, names, values):
    """One-sided matching of a term with a pattern whose free names may be replaced; fills `values`."""
    if isinstance(pattern, str) and pattern in names:
        return values.setdefault(pattern, term) == term
    if isinstance(pattern, int | str) or isinstance(term, int | str):
        return pattern == term
    return len(pattern) == len(term) and all(match(p, t, names, values) for p, t in zip(pattern, term, strict=True))


def check_type(kind, scope):
    if kind in ("int", "nat", "real", "complex"):
        return
    if isinstance(kind, tuple) and kind[0] == "mat" and len(kind) == 3:
        nf(("zero", *kind[1:]), scope)
    elif isinstance(kind, tuple) and kind[0] == "seq" and len(kind) == 2 and kind[1] != "nat" \
            and not (isinstance(kind[1], tuple) and kind[1][0] == "seq"):
        check_type(kind[1], scope)
    else:
        raise Malformed("unknown type", "int, nat, real, complex, [mat, m, n], [seq, type]", kind)


def check_formula(p, scope):
    """Every term type-checks, every relation compares equal shapes."""
    if isinstance(p, int | str):
        raise Malformed("a formula is expected", "a relation", p)
    if p[0] in RELATIONS:
        shape = nf(p[1], scope)[1:]
        if shape != nf(p[2], scope)[1:] or (p[0] in ("<=", "<") and shape[0] != shape[1]):
            raise Malformed("the two sides do not compare", shape, nf(p[2], scope)[1:])
    elif p[0] == "and":
        for part in p[1:]:
            check_formula(part, scope)
    elif p[0] == "invertible":
        nf(("inv", p[1]), scope)
    elif p[0] in INFINITE:
        nf(("series", *p[1:4]), scope)
        if nf(p[4], scope)[1:] != (1, 1):
            raise Malformed("a series or a limit is of scalars", "1×1", p[4])
    elif p[0] == "likely":
        if p[1] in scope.types or not isinstance(p[2], int) or any(nf(x, scope)[1:] != (1, 1) for x in p[4:]):
            raise Malformed("likely needs a new name, the number of a sampler, a probability and a confidence", "likely", p[2])
        check_formula(p[3], Scope({p[1]: RECORD}, (), scope))
    elif p[0] == "integrates":
        nf(("integral", *p[1:5]), scope)
        if nf(p[5], scope)[1:] != (1, 1):
            raise Malformed("an integral is of scalars", "1×1", p[5])
    elif p[0] == "derivative":
        nf(("integral", p[1], p[3], p[3], p[2]), scope)
        if nf(p[4], scope)[1:] != (1, 1):
            raise Malformed("a derivative is of scalars", "1×1", p[4])
    elif p[0] == "forall":
        if len({n for n, _ in p[1]}) != len(p[1]) or any(n in scope.types for n, _ in p[1]):
            raise Malformed("bound names must be new", "names not in scope", [n for n, _ in p[1]])
        inner = Scope(dict(p[1]), (), scope)
        for _, kind in p[1]:
            check_type(kind, inner)
        for part in (*p[2], p[3]):
            check_formula(part, inner)
            if part is not p[3]:
                inner.learn(part)
    else:
        raise Malformed("a formula is expected", "a relation", p[0])


def same(p, q, scope):
    """Whether two formulas agree up to bound names and normal forms."""
    if p[0] != q[0]:
        return False
    if p == q:
        return True
    if p[0] in RELATIONS:
        if nf(p[1], scope)[1:] != nf(q[1], scope)[1:]:
            return False
        left, right = (add(nf(x[2], scope)[0], scale(nf(x[1], scope)[0], -1)) for x in (p, q))
        return left == right or (p[0] in ("=", "!=") and left == scale(right, -1))
    if p[0] == "and":
        return len(p) == len(q) and all(same(x, y, scope) for x, y in zip(p[1:], q[1:], strict=True))
    if p[0] == "invertible":
        return nf(p[1], scope) == nf(q[1], scope)
    if p[0] in INFINITE:
        k = next(fresh)
        inner = Scope({k: "int"}, [("<=", p[2], k)], scope)
        return nf(p[2], scope) == nf(q[2], scope) and nf(p[4], scope) == nf(q[4], scope) \
            and nf(substitute(p[3], {p[1]: k}), inner) == nf(substitute(q[3], {q[1]: k}), inner)
    if p[0] == "likely":
        r = next(fresh)
        inner = Scope({r: RECORD}, (), scope)
        return p[2] == q[2] and all(nf(x, scope) == nf(y, scope) for x, y in zip(p[4:], q[4:], strict=True)) \
            and same(substitute(p[3], {p[1]: r}), substitute(q[3], {q[1]: r}), inner)
    if p[0] in ("integrates", "derivative"):
        x = next(fresh)
        inner = Scope({x: "real"}, (), scope)
        (_, here, (f,)), (_, there, (g,)) = binders(p), binders(q)
        return all(nf(s, scope) == nf(t, scope) for s, t in zip(here, there, strict=True)) \
            and nf(substitute(f, {p[1]: x}), inner) == nf(substitute(g, {q[1]: x}), inner)
    if len(p[1]) != len(q[1]) or [x[0] for x in (*p[2], p[3])] != [y[0] for y in (*q[2], q[3])]:
        return False
    names = [next(fresh) for _ in p[1]]
    (kinds, given, goal), (others, hyps, end) = opened(p, names), opened(q, names)
    inner = Scope(dict(zip(names, kinds, strict=True)), (), scope)
    if not all(same_type(s, t, inner) for s, t in zip(kinds, others, strict=True)):
        return False
    for x, y in zip(given, hyps, strict=True):
        if not same(x, y, inner):
            return False
        inner.learn(x)
    return same(goal, end, inner)


def same_type(s, t, scope):
    if isinstance(s, str) or isinstance(t, str) or s[0] != t[0]:
        return s == t
    return same_type(s[1], t[1], scope) if s[0] == "seq" else all(nf(x, scope) == nf(y, scope) for x, y in zip(s[1:], t[1:], strict=True))


def fits(value, kind, scope):
    """Refuses a value that is not of the type of the variable it replaces."""
    if isinstance(kind, tuple) and kind[0] == "seq":
        if isinstance(value, str):
            ok = scope.types.get(value) == kind or same_type(scope.types.get(value, "?"), kind, scope)
        elif ok := isinstance(value, tuple) and value[0] == "fn":
            k = next(fresh)
            fits(substitute(value[2], {value[1]: k}), kind[1], Scope({k: "int"}, (), scope))
    elif isinstance(kind, tuple):
        ok = nf(value, scope)[1:] == nf(("zero", *kind[1:]), scope)[1:]
    else:
        p, r, c = nf(value, scope)
        ok = (r, c) == (1, 1) and (kind == "complex" or (kind == "real" and nf(("conj", value), scope)[0] == p)
                                   or (kind in ("int", "nat") and integral(value, scope) and (kind == "int" or scope.nonneg(p))))
    if not ok:
        raise Rejected("a value does not have the type of its variable", kind, value)


def parsed(kind, data, ctx):
    """A field of a step, read according to its kind."""
    if kind == "block" or kind == "steps":
        ok = isinstance(data, list)
        value = data
    elif kind in ("term", "formula"):
        return ctx.read(data)
    elif kind == "fn":
        value = ctx.read(data)
        ok = isinstance(value, tuple) and value[0] == "fn"
    elif kind == "values":
        ok = isinstance(data, dict)
        value = {name: ctx.read(v) for name, v in data.items()} if ok else None
    elif kind == "using":
        ok = isinstance(data, list) and all(isinstance(x, list) and len(x) == 3 and isinstance(x[0], str) for x in data)
        value = [(ref, ctx.read(left), ctx.read(right)) for ref, left, right in data] if ok else None
    elif kind == "squares":
        ok = isinstance(data, list) and all(isinstance(x, list) and len(x) == 4 and isinstance(x[1], list)
                                            and all(isinstance(ref, str) for ref in (*x[1], x[2])) for x in data)
        value = [(ctx.read(c), refs, mid, ctx.read(Y)) for c, refs, mid, Y in data] if ok else None
    elif kind == "refs":
        ok, value = isinstance(data, list) and all(isinstance(x, str) for x in data), data
    elif kind in ("ref", "word"):
        ok, value = isinstance(data, str), data
    elif kind == "int":
        ok, value = isinstance(data, int) and not isinstance(data, bool), data
    else:
        ok, value = True, freeze(data)
    if not ok:
        raise Malformed("a field has the wrong form", kind, json.dumps(data)[:80])
    return value


def run(steps, ctx):
    """Checks steps in order; returns what the last one shows."""
    shown = None
    for raw in steps:
        try:
            shown = step(raw, ctx)
        except Refusal as no:
            if not hasattr(no, "step"):
                no.step, no.rule = (raw.get("id"), raw.get("rule")) if isinstance(raw, dict) else (None, None)
            raise
    if shown is None:
        raise Malformed("an empty list of steps shows nothing", "at least one step", 0)
    return shown


def step(raw, ctx):
    if not isinstance(raw, dict) or not all(isinstance(raw.get(k), str) for k in ("id", "rule")) or "shows" not in raw:
        raise Malformed("a step has id, rule and shows", ["id", "rule", "shows"], str(raw)[:80])
    rule = RULES.get(raw["rule"])
    if rule is None:
        raise Malformed("unknown rule", sorted(RULES), raw["rule"])
    if not isinstance(raw.get("note", ""), str):
        raise Malformed("a note is a remark in words", "a string", str(raw["note"])[:80])
    if extra := set(raw) - {"id", "rule", "shows", "note"} - set(rule.FIELDS):
        raise Malformed(f"unknown field for rule {raw['rule']}", sorted(rule.FIELDS), sorted(extra))
    if raw["id"] in ctx.trace.ids or "." in raw["id"]:
        raise Malformed("step ids are unique and hold no dot", "a new id", raw["id"])
    ctx.trace.ids.add(raw["id"])
    shows = ctx.read(raw["shows"])
    check_formula(shows, ctx.scope)
    data = {name: parsed(kind, raw[name], ctx) for name, kind in rule.FIELDS.items() if name in raw}
    rule.check({"id": raw["id"], "rule": raw["rule"], "shows": shows, **data}, ctx)
    ctx.trace.rules.add(raw["rule"])
    ctx.facts[raw["id"]] = shows
    ctx.scope.learn(shows)
    return shows


def negation(p):
    """A formula that contradicts p for numbers known to be real or for equations."""
    return {"=": ("!=", *p[1:]), "!=": ("=", *p[1:]), "<=": ("<", p[2], p[1]), "<": ("<=", p[2], p[1]),
            "tends": ("strays", *p[1:]), "strays": ("tends", *p[1:])}.get(p[0])


class Certificate:
    """A certificate file, read strictly."""

    def __init__(self, blob):
        self.sha256 = hashlib.sha256(blob).hexdigest()
        self.data = strict_json(blob)
        if not isinstance(self.data, dict) or self.data.get("format") != FORMAT:
            raise Malformed("not a certificate", FORMAT, str(self.data)[:60])
        if extra := set(self.data) - FIELDS:
            raise Malformed("unknown field in a certificate", sorted(FIELDS), sorted(extra))
        for key, kind in (("claim", str), ("digest", str), ("kind", str), ("statement", dict), ("inhabited", dict), ("steps", list)):
            if not isinstance(self.data.get(key), kind):
                raise Malformed(f"field {key} is missing or has the wrong form", kind.__name__, str(self.data.get(key))[:60])
        if not isinstance(self.data["inhabited"].get("steps", []), list) or not isinstance(self.data.get("where", []), list) \
                or not isinstance(self.data.get("at", {}), dict) or ("at" in self.data and self.data["kind"] != "refutation"):
            raise Malformed("steps and where are lists; at is an object, in refutations only", sorted(FIELDS), sorted(self.data))
        if self.data["kind"] not in ("proof", "refutation"):
            raise Malformed("a certificate is a proof or a refutation", "proof or refutation", self.data["kind"])
        statement = self.data["statement"]
        if set(statement) != {"where", "holds"} or not isinstance(statement["where"], list):
            raise Malformed("a statement has where and holds", ["holds", "where"], sorted(statement))
        self.digest = digest(statement)
        if self.digest != self.data["digest"]:
            raise Rejected("the certificate is for another statement", self.digest, self.data["digest"])
        holds = freeze(statement["holds"])
        if not isinstance(holds, tuple) or holds[:1] != ("forall",) or len(holds) != 4 or isinstance(holds[1], str):
            raise Malformed("a statement says for which values it holds", "forall", str(holds)[:60])
        names = tuple(v[0] for v in holds[1] if isinstance(v, tuple))
        self.where = read_where(freeze(statement["where"]), names)
        self.holds = read(holds, self.where)
        self.where = read_where(freeze(statement["where"]) + freeze(self.data.get("where", [])), names)
        if free(self.holds) - set(TYPES):
            raise Malformed("a statement has no free variables", "closed", sorted(free(self.holds)))


def strict_json(blob):
    def pairs(items):
        if len({k for k, _ in items}) != len(items):
            raise Malformed("a field appears twice", "each field once", [k for k, _ in items])
        return dict(items)

    def no(text):
        raise Malformed("a number is written as a float", "integers only", text)
    try:
        return json.loads(blob.decode(), object_pairs_hook=pairs, parse_float=no, parse_constant=no)
    except (ValueError, RecursionError) as error:  # bytes that are not UTF-8, text that is not JSON, numbers or nesting without end
        raise Malformed("not readable as JSON (truncated?)", "a whole JSON document", str(error)) from None


class Verifier:
    """Checks certificates and, first, those that they use."""

    def __init__(self, folder, ledger):
        self.folder, self.ledger, self.done, self.busy = Path(folder), ledger, {}, []

    def load(self, name):
        path = self.folder / f"{name}.json"
        if not path.is_file():
            raise Missing(f"there is no certificate for {name}", str(path), "no such file")
        return Certificate(path.read_bytes())

    def unchanged(self):
        """Whether the files of all that is remembered still hold what was accepted."""
        files = {self.folder / f"{name}.json": cert.sha256 for name, (cert, _) in self.done.items()}
        return all(path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == found for path, found in files.items())

    def beside(self):
        """A verifier that nothing pins and that remembers what this one accepted; what it accepts it keeps to itself."""
        other = Verifier(self.folder, None)
        other.done = dict(self.done)
        return other

    def pinned(self, name, section, found):
        """Refuses a statement, or the bytes of a certificate, other than what ledger.toml pins for the claim."""
        if self.ledger is not None and (want := self.ledger.get(section, {}).get(name)) != found:
            raise (Rejected if want else Missing)(f"ledger.toml, section {section}, does not pin this for {name}",
                                                  want or f"a line for {name}", found)

    def verify(self, name, certificate=None):
        """(certificate, trace) of an accepted certificate; raises a Refusal otherwise."""
        if name in self.busy:
            raise Rejected("certificates use each other in a circle", "no circle", [*self.busy, name])
        if name not in self.done or certificate is not None:
            cert = certificate or self.load(name)
            if cert.data["claim"] != name:
                raise Rejected("the certificate is for another claim", name, cert.data["claim"])
            self.pinned(name, "statements", cert.digest)
            self.busy.append(name)
            try:
                trace = prove(cert, self)
                self.pinned(name, "certificates", cert.sha256)
                self.done[name] = (cert, trace)
            except Refusal as no:
                if len(self.busy) > 1:
                    no.message = f"the certificate of {name} that this rests on: {no.message}"
                raise
            finally:
                self.busy.pop()
        return self.done[name]


def prove(cert, verifier):
    trace = Trace(verifier)
    root = Context(trace, cert.where)
    _, variables, given, goal = cert.holds
    check_formula(cert.holds, root.scope)
    here = Context(trace, cert.where, root, variables, given, "given") if cert.data["kind"] == "proof" else root
    steps = cert.data["steps"]
    witness(cert, root)
    shown = run(steps, here)
    if cert.data["kind"] == "refutation":
        values = {n: root.read(v) for n, v in cert.data.get("at", {}).items()}
        hyps, end = root.instance(cert.holds, values)
        opposite = negation(end)
        exact = opposite and end[0] not in ("<=", "<")  # 0 ≺ 0 and 0 ⪯ 0 both hold for matrices of size 0
        if not (exact or (opposite and root.shape(end[1]) == (1, 1))) or not all(map(root.established, (*hyps, opposite))):
            raise Rejected("a refutation shows every hypothesis and the opposite of the conclusion", opposite, shown)
        return trace
    if not here.same(shown, goal):
        raise Rejected("the last step must show the statement's conclusion", goal, shown)
    for need in obligations(cert.holds):
        shared = next((j for j, (x, y) in enumerate(zip(need[2], given, strict=False)) if x != y), min(len(need[2]), len(given)))
        local = ("forall", need[1][len(variables):], need[2][shared:], need[3])
        need_here = local if local[1] or local[2] else local[3]
        if not here.established(need_here):
            raise Rejected("an obligation of the statement was not shown", need_here, "no such step")
    return trace


def witness(cert, root):
    """The hypotheses can be met: at closed values each is decided, or shown by a step of the `inhabited` block."""
    data = dict(cert.data["inhabited"])
    steps = data.pop("steps", [])
    values = {n: root.read(v) for n, v in data.items()}
    hyps, _ = root.instance(cert.holds, values)
    inner = Context(root.trace, root.where, root)
    if steps:
        run(steps, inner)
    for h in hyps:
        if not inner.established(h):
            raise Rejected("the domain is not shown to be inhabited: a hypothesis fails, or is not decided, at the witness", h, data)


def strength(cert, rules_used):
    """universal, domain (finite grids, boxes, single instances) or statistical."""
    _, variables, given, _ = cert.holds
    parts = [q for h in given for q in (h[1:] if h[0] == "and" else (h,)) if q[0] in ("<=", "<", "=")]
    scope = Scope(dict(variables), given)
    gaps = [(q[0], add(nf(q[2], scope)[0], scale(nf(q[1], scope)[0], -1))) for q in parts]

    def bounded(n, op, gap):  # c − d·n ≥ 0 with a closed c, however it is written
        d, c = gap.get((((n, 1),), ()), 0), {m: v for m, v in gap.items() if m != (((n, 1),), ())}
        return (d < 0 or (d and op == "=")) and not free(term_of(c, 1, 1, scope))
    boxed = any(k in ("int", "nat") and any(bounded(n, *gap) for gap in gaps) for n, k in variables)
    if "sampling" in rules_used:
        return "statistical"
    return "domain" if not variables or boxed or "box_cover" in rules_used else "universal"


def undecided_or_rejected(no):
    return {Undecided: "undecided", Malformed: "malformed", Missing: "missing"}.get(type(no), "rejected")
