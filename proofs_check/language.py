"""The statement language: reading, substitution, comparison up to bound names, and the obligations of a statement.

Terms and formulas are the JSON of LANGUAGE.md with lists turned into tuples. Nothing here is known by name: an
abbreviation from `where` is expanded when it is read.
"""
import hashlib
import json

from .refusal import Malformed

UNARY = ("conj", "re", "im", "abs", "sqrt", "exp", "log", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh")
ARITY = {"/": 2, "^": 2, "pi": 0, "i": 0, "at": 2, "delta": 2, "sum": 4, "prod": 4, "series": 3, "eye": 1, "zero": 2,
         "adj": 1, "inv": 1, "tr": 1, "det": 1, "matrix": 5, "diag": 3, "vec": 3, "entry": 3, "fn": 2,
         "integral": 4, "=": 2, "!=": 2, "<=": 2, "<": 2, "sums": 4, "tends": 4, "strays": 4, "integrates": 5, "derivative": 4,
         "invertible": 1, "forall": 3, "likely": 5, **dict.fromkeys(UNARY, 1)}
BINDS = {"sum": 1, "prod": 1, "series": 1, "diag": 1, "vec": 1, "sums": 1, "tends": 1, "strays": 1, "fn": 1, "likely": 1, "matrix": 2,
         "integral": 1, "integrates": 1, "derivative": 1}
ROUGH = {"series", "integral", "sqrt", "log", "atan"}  # near a point where these are proper they may be improper, or jump
REAL = ("integral", "integrates", "derivative")  # what they bind is a real number, elsewhere an integer
TYPES = ("int", "nat", "real", "complex")
RESERVED = frozenset((*ARITY, *TYPES, "+", "*", "-", "and", "mat", "seq"))
RELATIONS = ("=", "!=", "<=", "<")
INFINITE = ("sums", "tends", "strays")
RECORD = ("seq", "int")  # what a trial of a sampler leaves behind


def canonical(data):
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(data):
    return hashlib.sha256(canonical(data)).hexdigest()


def binders(term):
    """(names, closed, scoped): the names a node binds, the subterms outside their scope, the subterms inside."""
    op = term[0]
    if op == "matrix":
        return (term[1], term[3]), (term[2], term[4]), (term[5],)
    if op in (*INFINITE, "integrates"):
        return (term[1],), (*term[2:-2], term[-1]), (term[-2],)
    if op == "derivative":
        return (term[1],), term[3:], (term[2],)
    if op == "likely":
        return (term[1],), (term[2], term[4], term[5]), (term[3],)
    if op in BINDS:
        return (term[1],), term[2:-1], term[-1:]
    if op == "forall":
        return tuple(name for name, _ in term[1]), (), tuple(kind for _, kind in term[1]) + term[2] + (term[3],)
    return (), term[1:], ()


def rebuild(term, names, closed, scoped):
    op = term[0]
    if op == "matrix":
        return (op, names[0], closed[0], names[1], closed[1], scoped[0])
    if op in (*INFINITE, "integrates"):
        return (op, names[0], *closed[:-1], scoped[0], closed[-1])
    if op == "derivative":
        return (op, names[0], scoped[0], *closed)
    if op == "likely":
        return (op, names[0], closed[0], scoped[0], *closed[1:])
    if op in BINDS:
        return (op, names[0], *closed, *scoped)
    if op == "forall":
        n = len(names)
        return (op, tuple(zip(names, scoped[:n], strict=True)), scoped[n:-1], scoped[-1])
    return (op, *closed)


def freeze(data):
    """Parsed JSON with lists as tuples; whatever is not an integer, a string or a list is refused."""
    if isinstance(data, list | tuple):
        return tuple(map(freeze, data))
    if isinstance(data, bool) or not isinstance(data, int | str):
        raise Malformed("a statement holds integers, names and lists only", "a JSON integer, string or list", repr(data))
    return data


def word(name):
    """Whether something is a name that a file may use: other strings are kept for names made here, and no two names look alike."""
    return isinstance(name, str) and name.isascii() and name.isidentifier()


def read(data, where=None, scope=()):
    """The term, formula or type that frozen JSON `data` stands for, abbreviations expanded; refuses whatever is not of the language."""
    where = where or {}
    if isinstance(data, int):
        return data
    if isinstance(data, str) or (data and isinstance(data[0], str) and data[0] in where):
        name, args = (data, ()) if isinstance(data, str) else (data[0], data[1:])
        if name not in where or name in scope:
            if not isinstance(data, str) or not word(name) or name in ARITY:
                raise Malformed("a name is expected", "a variable", repr(data))
            return data
        params, body = where[name]
        if len(params) != len(args):
            raise Malformed(f"{name} takes {len(params)} arguments", len(params), len(args))
        values = [read(arg, where, scope) for arg in args]
        return substitute(body, dict(zip(params, values, strict=True)))
    if not data or not isinstance(data[0], str):
        raise Malformed("a list starts with an operator", "[operator, …]", repr(data)[:80])
    op, n = data[0], len(data) - 1
    if op in ("mat", "seq"):
        return (op, *(read(d, where, scope) for d in data[1:]))
    if (op in ("+", "*", "and") and n < 1) or (op == "-" and n not in (1, 2)) or (op in ARITY and ARITY[op] != n) \
            or (op not in ARITY and op not in ("+", "*", "-", "and")):
        raise Malformed("unknown operator or wrong number of arguments", "LANGUAGE.md", f"{op} with {n}")
    if op == "forall" and not (isinstance(data[1], tuple) and isinstance(data[2], tuple)
                               and all(isinstance(v, tuple) and len(v) == 2 for v in data[1])):
        raise Malformed("forall needs [[name, type], …], [hypothesis, …], conclusion", "forall", repr(data)[:80])
    bound, closed, scoped = binders(data)
    for j, name in enumerate(bound):
        if not word(name) or name in RESERVED or name in where or name in (*scope, *bound[:j]):
            raise Malformed("a bound name must be new and no operator", "a name not in scope", repr(name))
    inner = (*scope, *bound)
    return rebuild(data, bound, tuple(read(d, where, scope) for d in closed), tuple(read(d, where, inner) for d in scoped))


def read_where(entries, scope):
    """The table of abbreviations; later entries may use earlier ones, `scope` holds the outermost variables."""
    table = {}
    for entry in entries:
        if not isinstance(entry, tuple) or len(entry) != 3 or not isinstance(entry[1], tuple) or not all(map(word, (entry[0], *entry[1]))) \
                or entry[0] in (*table, *scope) or RESERVED & {entry[0], *entry[1]} or len(set(entry[1])) != len(entry[1]):
            raise Malformed("an abbreviation is [new name, [parameters], body]", "where entry", repr(entry)[:80])
        body = read(entry[2], table, entry[1])
        if stray := free(body) - {*entry[1], *scope, *TYPES}:
            raise Malformed(f"abbreviation {entry[0]} mentions unknown names", "its parameters and the outermost variables", sorted(stray))
        table[entry[0]] = (entry[1], body)
    return table


def free(term):
    if isinstance(term, int):
        return frozenset()
    if isinstance(term, str):
        return frozenset((term,))
    names, closed, scoped = binders(term)
    inside = frozenset().union(*map(free, scoped)) - frozenset(names)
    return inside.union(*map(free, closed))


def substitute(term, values):
    """Capture-avoiding substitution of terms (or ("fn", k, body) for a sequence) for names."""
    if not values or isinstance(term, int):
        return term
    if isinstance(term, str):
        return values.get(term, term)
    if term[0] == "at" and isinstance(term[1], str) and isinstance(values.get(term[1]), tuple) and values[term[1]][0] == "fn":
        _, k, body = values[term[1]]
        return substitute(body, {k: substitute(term[2], values)})
    names, closed, scoped = binders(term)
    inner = {k: v for k, v in values.items() if k not in names}
    clash = frozenset().union(*(free(v) for v in inner.values())) if names else frozenset()
    fresh = []
    for name in names:
        new = name
        while new in clash or new in fresh or (new != name and (new in names or any(new in free(t) for t in scoped))):
            new += "'"
        if new != name:
            inner[name] = new
        fresh.append(new)
    return rebuild(term, tuple(fresh), tuple(substitute(t, values) for t in closed), tuple(substitute(t, inner) for t in scoped))


def alpha(term, depth=0):
    """The term with bound names replaced by their depth, so that equal up to renaming means equal."""
    if isinstance(term, int | str):
        return term
    names, closed, scoped = binders(term)
    new = tuple(f"?{depth + j}" for j in range(len(names)))
    table = dict(zip(names, new, strict=True))
    inside = tuple(alpha(substitute(t, table), depth + len(names)) for t in scoped)
    return rebuild(term, new, tuple(alpha(t, depth) for t in closed), inside)


def heads(term):
    """All operators of a term."""
    return {term[0]}.union(*map(heads, term[1:])) if isinstance(term, tuple) else set()


def obligations(formula, variables=(), given=()):
    """What must hold for every denominator, inverse, power, logarithm and series in `formula` to be proper."""
    def close(goal):
        return ("forall", variables, given, goal)

    if isinstance(formula, int | str):
        return
    op = formula[0]
    if op == "/":
        yield close(("!=", formula[2], 0))
    elif op == "inv":
        yield close(("invertible", formula[1]))
    elif op == "log":
        yield close(("!=", formula[1], 0))
    elif op == "^" and not (isinstance(formula[2], int) and formula[2] >= 0) and not (isinstance(formula[1], int) and formula[1]):
        yield close(("!=", ("det", formula[1]), 0) if isinstance(formula[2], int) else ("<=", 0, formula[2]))
    elif op == "series":
        yield close(("sums", *formula[1:], formula))
    elif op == "integral":
        yield close(("integrates", *formula[1:], formula))
    elif op == "tan":
        yield close(("!=", ("cos", formula[1]), 0))
    names, closed, scoped = binders(formula)
    if taken := {n for n, _ in variables} & set(names):  # an abbreviation may bind a name again: rename it
        new = {n: n + "'" * (1 + max(len(v) for v, _ in variables)) for n in taken}
        formula = rebuild(formula, tuple(new.get(n, n) for n in names), closed, tuple(substitute(t, new) for t in scoped))
    if op == "forall":
        inner = (*variables, *formula[1])
        for j, part in enumerate((*formula[2], formula[3])):
            yield from obligations(part, inner, (*given, *formula[2][:j]))
        return
    names, closed, scoped = binders(formula)
    if op == "derivative" and not ROUGH & heads(formula[2]):  # built from what is continuous: proper at the point, so proper near it
        scoped = ()
        yield from obligations(substitute(formula[2], {names[0]: formula[3]}), variables, given)
    for part in closed:
        yield from obligations(part, variables, given)
    if names:
        ranges = {"sum": 1, "prod": 1, "diag": 1, "vec": 1, "matrix": 2}
        kinds = tuple((n, RECORD if op == "likely" else "real" if op in REAL else "int") for n in names)
        hyps = []
        if op in ("sum", "prod", "integral", "integrates"):
            hyps = [("<=", formula[2], names[0]), ("<=", names[0], formula[3])]
        elif op == "series" or op in INFINITE:
            hyps = [("<=", formula[2], names[0])]
        elif op in ranges:
            hyps = [h for n, size in zip(names, closed, strict=True) for h in (("<=", 1, n), ("<=", n, size))]
        for part in scoped:
            yield from obligations(part, (*variables, *kinds), (*given, *hyps))
