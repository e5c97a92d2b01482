"""Writing the kernel's statement language in Python: terms with operators, formulas, statements.

A `Term` holds the JSON that the kernel reads (proofs_check/LANGUAGE.md); nothing here decides anything.
"""
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Term:
    """A term of the statement language; `json` is what the kernel reads."""
    json: Any

    def __add__(self, other):
        return op("+", self, other)

    def __radd__(self, other):
        return op("+", other, self)

    def __sub__(self, other):
        return op("-", self, other)

    def __rsub__(self, other):
        return op("-", other, self)

    def __mul__(self, other):
        return op("*", self, other)

    def __rmul__(self, other):
        return op("*", other, self)

    __matmul__ = __mul__

    def __truediv__(self, other):
        return op("/", self, other)

    def __rtruediv__(self, other):
        return op("/", other, self)

    def __pow__(self, exponent):
        return op("^", self, exponent)

    def __neg__(self):
        return op("-", self)

    def __call__(self, *args):
        """A use of an abbreviation with parameters: F(k)."""
        return Term([self.json, *map(raw, args)])

    def __getitem__(self, n):
        """The n-th value of a sequence."""
        return Term(["at", self.json, raw(n)])

    @property
    def H(self):
        return op("adj", self)

    @property
    def bar(self):
        return op("conj", self)


def raw(x):
    """The JSON of a term, formula, integer, name or list of these."""
    if isinstance(x, Term):
        return x.json
    if isinstance(x, bool) or not isinstance(x, int | str | list | tuple | dict):
        raise TypeError(f"the statement language has integers, names and terms; got {x!r} (write rationals as T(1)/3)")
    if isinstance(x, dict):
        return {k: raw(v) for k, v in x.items()}
    return [raw(y) for y in x] if isinstance(x, list | tuple) else x


def op(name, *args):
    return Term([name, *map(raw, args)])


def T(x):
    """An integer or a name as a term."""
    return Term(raw(x))


def names(text):
    """Several variables at once: `S, K = names("S K")`."""
    out = tuple(map(T, text.split()))
    return out[0] if len(out) == 1 else out


def _unary(name):
    def make(x):
        return op(name, x)
    make.__name__ = name
    return make


conj, adj, inv, tr, det, Abs, re, im, sqrt, exp, log, sin, cos, tan, atan, eye = map(
    _unary, "conj adj inv tr det abs re im sqrt exp log sin cos tan atan eye".split())
IMAGINARY, PI = op("i"), op("pi")


def zero(m, n=1):
    return op("zero", m, n)


def Sum(k, lo, hi, body):
    return op("sum", k, lo, hi, body)


def Prod(k, lo, hi, body):
    return op("prod", k, lo, hi, body)


def Series(k, lo, body):
    return op("series", k, lo, body)


def integral(x, lo, hi, body):
    """The integral of a continuous function of a real variable."""
    return op("integral", x, lo, hi, body)


def delta(m, n):
    return op("delta", m, n)


def diag(s, n, body):
    return op("diag", s, n, body)


def vec(s, n, body):
    return op("vec", s, n, body)


def matrix(s, m, t, n, body):
    return op("matrix", s, m, t, n, body)


def entry(M, i, j):
    return op("entry", M, i, j)


def fn(k, body):
    return op("fn", k, body)


def eq(a, b):
    return op("=", a, b)


def ne(a, b):
    return op("!=", a, b)


def le(a, b):
    return op("<=", a, b)


def lt(a, b):
    return op("<", a, b)


def both(*parts):
    return op("and", *parts)


def sums(k, lo, f, value):
    return op("sums", k, lo, f, value)


def tends(n, lo, f, value):
    """f(n) → value as n → ∞, n ≥ lo."""
    return op("tends", n, lo, f, value)


def strays(n, lo, f, value):
    """f(n) does not tend to value."""
    return op("strays", n, lo, f, value)


def integrates(x, lo, hi, f, value):
    """f is continuous on [lo, hi] and has this integral there."""
    return op("integrates", x, lo, hi, f, value)


def derivative(x, F, a, value):
    """The function x ↦ F(x) of a real variable has this derivative at a."""
    return op("derivative", x, F, a, value)


def invertible(M):
    return op("invertible", M)


def likely(record, sampler, event, probability, confidence):
    """What the sampler of this number draws has the property `event` with at least this probability, at this confidence."""
    return op("likely", record, sampler, event, probability, confidence)


def forall(variables, given, holds):
    """`variables`: {"S": "nat", "a": SEQ}; `given`: list of hypotheses."""
    return op("forall", [[name, kind] for name, kind in variables.items()], list(given), holds)


def mat(m, n=1):
    return ["mat", raw(m), raw(n)]


SEQ = ["seq", "complex"]


def within(lo, k, hi):
    """The two hypotheses lo ≤ k ≤ hi."""
    return [le(lo, k), le(k, hi)]


def statement(holds, where=()):
    """A whole statement: `where` lists abbreviations (name, parameters, body)."""
    return {"where": [[name, list(params), raw(body)] for name, params, body in where], "holds": raw(holds)}
