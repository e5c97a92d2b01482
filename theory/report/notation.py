"""The kernel's statement language walked once, for every back end that prints it.

`Walk` turns terms and formulas (JSON, see proofs_check/LANGUAGE.md) into notation: precedence, parentheses, shapes, chains of
inequalities and quantifiers are decided here. A back end only says what a fraction or a subscript looks like in its medium.
Whatever the language does not define is refused with `NotationError`: a page never shows a guess at a formula.
"""

import re
from dataclasses import dataclass, field
from math import prod
from typing import ClassVar

ADD, MUL, POW, ATOM = range(1, 5)
"""How tightly a piece holds together: a sum, a product, a power, something closed."""

GREEK_NAMES = (
    "alpha beta gamma delta epsilon eps zeta eta theta iota kappa lam lambda mu nu xi omicron rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
GREEK = dict(zip(GREEK_NAMES.split(), "αβγδεεζηθικλλμνξορστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True))

NUMBERS = {"int": "ℤ", "nat": "ℕ", "real": "ℝ", "complex": "ℂ"}

COMPOUND = {"+", "-", "*", "/", "sum", "prod", "series", "integral", "inv", "tr", "det"}
FUNCTIONS = {
    "re": "Re",
    "im": "Im",
    "exp": "exp",
    "log": "log",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "atan": "arctan",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "tr": "tr",
    "det": "det",
}

INDEX_LETTERS = set("hijklmnpqrstHIJKLMNPQRST")
"""A parameter with such a name is an index: its abbreviation is written F_K; with any other name it is written B(z)."""

RELATIONS = {"=": "=", "!=": "≠", "<=": "≤", "<": "<"}
LIMITS = {"tends": "→", "strays": "↛"}
LOEWNER = {"<=": "⪯", "<": "≺"}
FLIPPED = {"≤": "≥", "<": ">", "⪯": "⪰", "≺": "≻"}


class NotationError(ValueError):
    """The formula is not in the statement language, so nothing may be shown for it."""


@dataclass(frozen=True)
class Scope:
    """What a name stands for: a variable with its type, or an abbreviation `(parameters, body)` together with its own scope."""

    types: dict = field(default_factory=dict)
    abbreviations: dict = field(default_factory=dict)

    def bind(self, *pairs):
        """The scope with the variables `(name, type)` added."""
        return Scope({**self.types, **dict(pairs)}, {k: v for k, v in self.abbreviations.items() if k not in dict(pairs)})

    def define(self, entries):
        """The scope with the `where` entries `[name, parameters, body]` added, each able to use the earlier ones."""
        scope = self
        for entry in entries:
            if not (isinstance(entry, list) and len(entry) == 3 and isinstance(entry[1], list)):
                raise NotationError(f"an abbreviation is [name, parameters, body], not {brief(entry)}")
            name, parameters, body = entry
            meaning = (tuple(parameters), body, scope.bind(*((p, "complex") for p in parameters)))
            scope = Scope(scope.types, {**scope.abbreviations, name: meaning})
        return scope

    @classmethod
    def of(cls, statement):
        """The scope in which the statement's conclusion is read: the outermost variables and the abbreviations."""
        holds = statement["holds"]
        outer = holds[1] if isinstance(holds, list) and holds[:1] == ["forall"] else []
        return cls().bind(*outer).define(statement.get("where", []))


@dataclass(frozen=True)
class Piece:
    """Printed notation with what its neighbours must know about it."""

    out: str
    level: int = ATOM
    numeric: bool = False
    """begins with a digit or a fraction, so a dot is needed after another number"""
    trailing: bool = False
    """ends in the body of a big operator, which would swallow what follows"""
    fraction: bool = False
    """written on one line with a slash, so a further factor needs parentheses"""
    negated: "Piece | None" = None
    """what a leading minus sign applies to"""
    base: str = ""
    sub: str = ""
    """an indexed letter, kept apart so that an exponent lands above its index"""


@dataclass(frozen=True)
class Reading:
    """A formula in reading order; every entry is printed notation."""

    variables: list
    hypotheses: list
    conclusions: list
    displays: list
    """the conclusions again, as `Display`s"""


@dataclass(frozen=True)
class Display:
    """A conclusion for a page of any width: lines of pieces between which a line may be broken, and where it holds."""

    lines: list
    tail: list


def brief(term, limit=80):
    """The beginning of a term, for messages."""
    shown = repr(term)
    return shown if len(shown) <= limit else shown[:limit] + "…"


def split_name(name):
    """A name as `(letters, [subscripts])`: `lam_max` is λ with "max", `a1` is a with "1"."""
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise NotationError(f"not a name: {brief(name)}")
    head, *subs = [part for part in name.split("_") if part]
    letters, digits = re.fullmatch(r"([A-Za-z]+)(.*)", head).groups()
    subs = ([digits] if digits else []) + subs
    return GREEK.get(letters, letters), [GREEK.get(s, s) for s in subs]


def shape(term, scope):
    """`(rows, columns)` of a matrix-valued term, None of a scalar; a 1×1 matrix is a scalar."""
    size = _shape(term, scope)
    return None if size in (None, (1, 1)) else size


def _shape(term, scope):
    if isinstance(term, (int, str)):
        return _name_shape(term, scope)
    op, *rest = term if isinstance(term, list) and term else [None]
    if op in ("+", "-", "^", "/", "conj", "re", "im", "inv", "at"):
        sizes = [shape(t, scope) for t in (rest[:1] if op in ("^", "/", "at") else rest)]
        return next((s for s in sizes if s), None)
    if op == "adj":
        size = shape(rest[0], scope)
        return size and (size[1], size[0])
    if op == "*":
        return _product_shape(rest, scope)
    if op in ("sum", "prod", "series"):
        return shape(rest[-1], scope.bind((rest[0], "int")))
    return _built_shape(op, rest, scope)


def _name_shape(term, scope):
    if isinstance(term, int):
        return None
    if term in scope.abbreviations:
        _, body, inside = scope.abbreviations[term]
        return shape(body, inside)
    if term not in scope.types:
        raise NotationError(f"the name {term!r} is not bound here")
    kind = scope.types[term]
    while isinstance(kind, list) and kind[0] == "seq":  # a sequence of matrices is printed like its values
        kind = kind[1]
    return (kind[1], kind[2]) if isinstance(kind, list) and kind[0] == "mat" else None


def _product_shape(factors, scope):
    size = None
    for factor in factors:
        right = shape(factor, scope)
        if right is not None:
            size = right if size is None else (size[0], right[1])
            size = None if size == (1, 1) else size
    return size


def _built_shape(op, rest, scope):
    if op == "eye":
        return rest[0], rest[0]
    if op == "zero":
        return tuple(rest)
    if op == "matrix":
        return rest[1], rest[3]
    if op in ("diag", "vec"):
        return rest[1], (rest[1] if op == "diag" else 1)
    return _name_shape(op, scope) if isinstance(op, str) and op in scope.abbreviations else None


def tidy(term):
    """The term without neutral elements, −(a − b) as b − a, and 2·(x/2) as x, and (eᵘ ± e⁻ᵘ)/2 as cosh u or sinh u; nothing else."""
    match term:
        case ["+", *parts] if 0 in [x for x in parts if isinstance(x, int)]:
            kept = [x for x in parts if isinstance(x, bool) or x != 0]
            return tidy(kept[0]) if len(kept) == 1 else ["+", *kept] if kept else 0
        case ["-", left, 0]:
            return tidy(left)
        case ["-", ["-", left, right]]:
            return tidy(["-", right, left])
        case ["*", *factors] if len(factors) > 1 and any(isinstance(x, int) and abs(x) == 1 for x in factors):
            negative = sum(x == -1 for x in factors if isinstance(x, int)) % 2
            kept = [x for x in factors if not (isinstance(x, int) and abs(x) == 1)]
            product = tidy(kept[0]) if len(kept) == 1 else ["*", *kept] if kept else 1
            return ["-", product] if negative else product
        case ["*", int(factor), ["/", above, int(below)]] if abs(factor) == below:
            return tidy(above if factor > 0 else ["-", above])
        case ["/" | "^", base, 1]:
            return tidy(base)
        case ["/", [("+" | "-") as sign, ["exp", up], ["exp", down]], 2] if _opposite(up, down):
            return ["cosh" if sign == "+" else "sinh", up]
    return term


def _opposite(up, down):
    """Whether `down` is written as minus `up`."""
    match up, down:
        case int(), int():
            return up == -down
        case ["*", int(left), *rest], ["*", int(right), *others]:
            return left == -right and rest == others
    return down in (["-", up], ["*", -1, up])


def finite(variables, hypotheses):
    """({name: its values}, the other hypotheses) for the integers that the hypotheses bound by numbers to at most `LISTED` values.

    Read as such: L ≤ n, n ≤ U, and a product of factors n − c that is 0.
    """
    values, used = {}, []
    for name, kind in variables:
        if kind not in ("int", "nat"):
            continue
        lows = [h for h in hypotheses if h[0] == "<=" and h[2] == name and isinstance(h[1], int)]
        highs = [h for h in hypotheses if h[0] == "<=" and h[1] == name and isinstance(h[2], int)]
        roots = [h for h in hypotheses if h[0] == "=" and h[2] == 0 and _roots(h[1], name)]
        if not (lows and highs):
            continue
        low, high = max(h[1] for h in lows), min(h[2] for h in highs)
        low = max(low, 0) if kind == "nat" else low
        allowed = set.intersection(*(_roots(h[1], name) for h in roots)) if roots else range(low, min(high, low + LISTED) + 1)
        listed = sorted(n for n in allowed if low <= n <= high)
        if 0 < len(listed) <= LISTED:
            values[name] = listed
            used += [*lows, *highs, *roots]
    return values, [h for h in hypotheses if h not in used]


LISTED = 6


def _roots(product, name):
    """The c of a product of factors `name − c`; empty when it is anything else."""
    match product:
        case ["*", *factors]:
            each = [_roots(factor, name) for factor in factors if factor != 1]
            return set().union(*each) if each and all(each) else set()
        case ["-", left, int(root)] if left == name:
            return {root}
    return set()


class Pattern:
    """Formulas that differ only in what stands in some places, as one formula with names in these places.

    A name is that of the parameter of an abbreviation whose argument the place is; what stands there is built from numbers and
    variables. So `|G(T, 0)| ≤ 1/T` and `|G(T, 1/2)| ≤ 1/T` are `|G(T, x)| ≤ 1/T` at x = 0, 1/2.
    """

    def __init__(self, rows, scope):
        self.rows, self.scope, self.places = rows, scope, {}
        self._arguments(rows)
        self.common = self._merged(rows)
        fresh = not set(self.places) & set(scope.types)
        self.names = list(self.places) if self.common is not None and fresh and 0 < len(self.places) <= 2 else None

    def _alike(self, parts):
        first = parts[0]
        return isinstance(first, list) and bool(first) and all(
            isinstance(part, list) and len(part) == len(first) and part[0] == first[0] for part in parts)

    def _arguments(self, parts):
        """Find the places: arguments of abbreviations that differ."""
        if all(part == parts[0] for part in parts) or not self._alike(parts):
            return
        head, *columns = zip(*parts, strict=True)
        parameters = self.scope.abbreviations[head[0]][0] if isinstance(head[0], str) and head[0] in self.scope.abbreviations else ()
        for number, column in enumerate(columns):
            differ = any(value != column[0] for value in column)
            if number < len(parameters) and differ and all(_plain(value, self.scope) for value in column):
                self.places.setdefault(parameters[number], column)
            else:
                self._arguments(column)

    def _merged(self, parts):
        """The formula with names in the places; None when something else differs too."""
        if all(part == parts[0] for part in parts):
            return parts[0]
        for name, column in self.places.items():
            if tuple(parts) == column:
                return name
        if not self._alike(parts):
            return None
        merged = [self._merged(column) for column in zip(*parts, strict=True)]
        return None if None in merged else merged


def _plain(term, scope):
    """Whether a term is built from numbers and variables by + − · / and powers."""
    if isinstance(term, list):
        return bool(term) and term[0] in ("+", "-", "*", "/", "^") and all(_plain(part, scope) for part in term[1:])
    return isinstance(term, int) or term in scope.types


class Walk:
    """One traversal for all media; `pen` is the back end that draws."""

    def __init__(self, pen):
        self.pen = pen

    # --- terms -------------------------------------------------------------------------------------------------------------

    def term(self, term, scope):
        """The `Piece` for a term."""
        term = tidy(term)
        if isinstance(term, bool) or not isinstance(term, (int, str, list)) or term == []:
            raise NotationError(f"not a term: {brief(term)}")
        if isinstance(term, int):
            return self._integer(term)
        if isinstance(term, str):
            return self._name(term, scope)
        op, *rest = term
        if isinstance(op, str) and op in scope.abbreviations and rest:
            return self._application(op, rest, scope)
        if op not in self.TERMS:
            raise NotationError(f"unknown operation {op!r} in {brief(term)}")
        method, low, high = self.TERMS[op]
        if not low <= len(rest) <= high:
            raise NotationError(f"{op!r} takes {low} to {high} arguments, not {len(rest)}, in {brief(term)}")
        return method(self, op, rest, scope)

    def _integer(self, n):
        if n < 0:
            inner = Piece(self.pen.number(-n), numeric=True)
            return Piece(self.pen.row([self.pen.minus(), inner.out]), ADD, negated=inner)
        return Piece(self.pen.number(n), numeric=True)

    def _name(self, name, scope):
        letters, subs = split_name(name)
        base = self.pen.letters(letters, bold=shape(name, scope) is not None)
        if not subs:
            return Piece(base)
        sub = self.pen.commas([self.pen.number(s) if s.isdigit() else self.pen.letters(s) for s in subs])
        return Piece(self.pen.sub(base, sub), base=base, sub=sub)

    def _application(self, name, arguments, scope):
        parameters = scope.abbreviations[name][0]
        if len(parameters) != len(arguments):
            raise NotationError(f"{name!r} takes {len(parameters)} arguments, not {len(arguments)}")
        printed = self.pen.commas([self.term(a, scope).out for a in arguments])
        head = self._name(name, scope)
        if all(p in INDEX_LETTERS for p in parameters):
            return self._indexed(head, printed)
        return Piece(self.pen.row([head.out, self.pen.paren(printed)]))

    def _indexed(self, head, index):
        base = head.out if head.level == ATOM and not head.sub else self.pen.paren(head.out)
        return Piece(self.pen.sub(base, index), base=base, sub=index)

    def _least(self, piece, level):
        """The piece, in parentheses when it binds less tightly than `level`."""
        return piece.out if piece.level >= level else self.pen.paren(piece.out)

    def summands(self, term, scope):
        """A term as printed parts that side by side are the term; a line may be broken between them."""
        term = tidy(term)
        match term:
            case ["+", first, *others]:
                pieces = [self.term(t, scope) for t in others]
                signed = [(piece.negated or piece, "−" if piece.negated else "+") for piece in pieces]
            case ["-", first, other]:
                signed = [(self.term(other, scope), "−")]
            case _:
                return [self.term(term, scope).out]
        parts = [self.pen.row([self.pen.infix(sign), self._least(piece, MUL) if sign == "−" else piece.out]) for piece, sign in signed]
        return [*self.summands(first, scope), *parts]

    def _plus(self, op, rest, scope):
        first, *others = [self.term(t, scope) for t in rest]
        out = [first.out]
        for piece in others:
            sign = self.pen.infix("−" if piece.negated else "+")
            out += [sign, self._least(piece.negated, MUL) if piece.negated else piece.out]
        return Piece(self.pen.row(out), ADD, numeric=first.numeric, trailing=piece.trailing)

    def _minus(self, op, rest, scope):
        pieces = [self.term(t, scope) for t in rest]
        if len(pieces) == 1:
            return Piece(self.pen.row([self.pen.minus(), self._least(pieces[0], MUL)]), ADD, negated=pieces[0])
        left, right = pieces
        return Piece(
            self.pen.row([left.out, self.pen.infix("−"), self._least(right, MUL)]),
            ADD,
            numeric=left.numeric,
            trailing=right.trailing,
        )

    def _times(self, op, rest, scope):
        pieces = [self.term(t, scope) for t in rest]
        leading_minus = rest[0] if isinstance(rest[0], int) and rest[0] < 0 else None
        out = []
        for position, piece in enumerate(pieces):
            last = position == len(pieces) - 1
            bare = piece.level >= MUL and not piece.fraction and (last or not piece.trailing)
            if out:
                out.append(self.pen.dot() if piece.numeric and bare else self.pen.juxtapose())
            out.append(piece.out if bare or (position == 0 and leading_minus is not None) else self.pen.paren(piece.out))
        if leading_minus is None:
            return Piece(self.pen.row(out), MUL, numeric=pieces[0].numeric, trailing=pieces[-1].trailing)
        positive = Piece(self.pen.row([pieces[0].negated.out, *out[1:]]), MUL, numeric=True, trailing=pieces[-1].trailing)
        return Piece(self.pen.row(out), ADD, negated=positive, trailing=pieces[-1].trailing)

    def _over(self, op, rest, scope):
        above, below = (self.term(t, scope) for t in rest)
        return self.pen.fraction(above, below, self._least)

    def _power(self, op, rest, scope):
        base, exponent = self.term(rest[0], scope), self.term(rest[1], scope).out
        if base.sub:
            return Piece(self.pen.subsup(base.base, base.sub, exponent), POW)
        return Piece(self.pen.sup(self._least(base, ATOM), exponent), POW, numeric=base.numeric)

    def _raised(self, op, rest, scope):
        mark = self.pen.row([self.pen.minus(), self.pen.number(1)]) if op == "inv" else self.pen.star()
        base = self.term(rest[0], scope)
        if base.sub:
            return Piece(self.pen.subsup(base.base, base.sub, mark), POW)
        return Piece(self.pen.sup(self._least(base, ATOM), mark), POW)

    def _constant(self, op, rest, scope):
        clash = op == "i" and "i" in {**scope.types, **scope.abbreviations}
        return Piece(self.pen.constant("π" if op == "pi" else "i", clash))

    def _call(self, op, rest, scope):
        return Piece(self.pen.row([self.pen.upright(FUNCTIONS[op]), self.pen.paren(self.term(rest[0], scope).out)]))

    def _conjugate(self, op, rest, scope):
        piece = self.term(rest[0], scope)
        if isinstance(rest[0], list) and rest[0][0] in COMPOUND:  # a short bar over a long term would be misread
            return Piece(self.pen.row([self.pen.upright("conj"), self.pen.paren(piece.out)]))
        if piece.sub:
            base = self.pen.bar(piece.base)
            return Piece(self.pen.sub(base, piece.sub), base=base, sub=piece.sub)
        return Piece(self.pen.bar(piece.out))

    def _abs(self, op, rest, scope):
        return Piece(self.pen.modulus(self.term(rest[0], scope).out))

    def _sqrt(self, op, rest, scope):
        return Piece(self.pen.root(self.term(rest[0], scope).out))

    def _at(self, op, rest, scope):
        return self._indexed(self.term(rest[0], scope), self.term(rest[1], scope).out)

    def _delta(self, op, rest, scope):
        return self._indexed(Piece(self.pen.letters("δ")), self.pen.commas([self.term(t, scope).out for t in rest]))

    def _big(self, op, rest, scope):
        variable, low, *high, body = rest
        top = self.term(high[0], scope).out if high else self.pen.number("∞")
        inside = scope.bind((variable, "int"))
        start = self.pen.row([self._name(variable, inside).out, self.pen.infix("="), self.term(low, scope).out])
        operator = self.pen.big("∏" if op == "prod" else "Σ", start, top)
        piece = self.term(body, inside)
        return Piece(self.pen.row([operator, self._least(piece, MUL)]), MUL, trailing=True)

    def _integral(self, op, rest, scope):
        variable, low, high, body = rest
        inside = scope.bind((variable, "real"))
        operator = self.pen.big("∫", self.term(low, scope).out, self.term(high, scope).out)
        element = [self.pen.juxtapose(), self.pen.upright("d"), self._name(variable, inside).out]
        return Piece(self.pen.row([operator, self._least(self.term(body, inside), MUL), *element]), MUL)

    def _function(self, op, rest, scope):
        variable, body = rest
        inside = scope.bind((variable, "int"))
        return Piece(self.pen.row([self._name(variable, inside).out, self.pen.infix("↦"), self.term(body, inside).out]), 0)

    def _identity(self, op, rest, scope):
        sizes = [self.term(t, scope).out for t in rest]
        base = self.pen.letters("I", bold=True) if op == "eye" else self.pen.bold_zero()
        sub = sizes[0] if op == "eye" else self.pen.row([sizes[0], self.pen.infix("×"), sizes[1]])
        return Piece(self.pen.sub(base, sub), base=base, sub=sub)

    def _range(self, names, size, scope):
        inside = scope.bind(*((n, "int") for n in names))
        between = self.pen.commas([self._name(n, inside).out for n in names])
        return self.pen.row([self.pen.number(1), self.pen.infix("≤"), between, self.pen.infix("≤"), self.term(size, scope).out])

    def _matrix(self, op, rest, scope):
        row, height, column, width, body = rest
        where = (
            self._range([row, column], height, scope)
            if height == width
            else self.pen.commas([self._range([row], height, scope), self._range([column], width, scope)])
        )
        entry = self.term(body, scope.bind((row, "int"), (column, "int"))).out
        base = self.pen.bracket(entry)
        return Piece(self.pen.sub(base, where), base=base, sub=where)

    def _line(self, op, rest, scope):
        index, size, body = rest
        where, entry = self._range([index], size, scope), self.term(body, scope.bind((index, "int"))).out
        if op == "diag":
            return Piece(self.pen.row([self.pen.sub(self.pen.upright("diag"), where), self.pen.paren(entry)]))
        base = self.pen.bracket(entry)
        return Piece(self.pen.sub(base, where), base=base, sub=where)

    def _entry(self, op, rest, scope):
        matrix, *indices = rest
        return self._indexed(self.term(matrix, scope), self.pen.commas([self.term(t, scope).out for t in indices]))

    MANY = 1 << 30
    TERMS: ClassVar = {
        "+": (_plus, 2, MANY),
        "-": (_minus, 1, 2),
        "*": (_times, 2, MANY),
        "/": (_over, 2, 2),
        "^": (_power, 2, 2),
        "pi": (_constant, 0, 0),
        "i": (_constant, 0, 0),
        "conj": (_conjugate, 1, 1),
        "abs": (_abs, 1, 1),
        "sqrt": (_sqrt, 1, 1),
        "at": (_at, 2, 2),
        "delta": (_delta, 2, 2),
        "sum": (_big, 4, 4),
        "prod": (_big, 4, 4),
        "series": (_big, 3, 3),
        "integral": (_integral, 4, 4),
        "eye": (_identity, 1, 1),
        "zero": (_identity, 2, 2),
        "adj": (_raised, 1, 1),
        "inv": (_raised, 1, 1),
        "matrix": (_matrix, 5, 5),
        "diag": (_line, 3, 3),
        "vec": (_line, 3, 3),
        "entry": (_entry, 3, 3),
        "fn": (_function, 2, 2),
        **dict.fromkeys(FUNCTIONS, (_call, 1, 1)),
    }

    # --- formulas ----------------------------------------------------------------------------------------------------------

    def formula(self, formula, scope):
        """The formula on one line, quantifiers in words."""
        op, rest = self._head(formula)
        if op in RELATIONS:
            return self._relation(op, *self._exactly(2, formula), scope)
        if op == "and":
            parts = [self._grouped(p, scope, ("forall",)) for p in rest]
            return self.pen.row([x for p in parts for x in (self.pen.word(" and "), p)][1:])
        if op == "forall":
            return self._quantified(*self._exactly(3, formula), scope)
        if op == "sums":
            variable, low, body, value = self._exactly(4, formula)
            series = self.term(["series", variable, low, body], scope).out
            return self.pen.row(
                [series, self.pen.infix("="), self.term(value, scope).out, self.pen.word(" (absolutely convergent)")]
            )
        if op in LIMITS:
            return self._limit(LIMITS[op], *self._exactly(4, formula), scope)
        if op == "integrates":
            *integral, value = self._exactly(5, formula)
            shown = self.term(["integral", *integral], scope).out
            return self.pen.row(
                [shown, self.pen.infix("="), self.term(value, scope).out, self.pen.word(" (continuous integrand)")]
            )
        if op == "derivative":
            variable, body, place, value = self._exactly(4, formula)
            inside = scope.bind((variable, "real"))
            function = [self._name(variable, inside).out, self.pen.infix("↦"), self.term(body, inside).out]
            slope = [self.pen.paren(self.pen.row(function)), self.pen.upright("′"), self.pen.paren(self.term(place, scope).out)]
            return self.pen.row([*slope, self.pen.infix("="), self.term(value, scope).out])
        if op == "invertible":
            return self.pen.row([self.term(self._exactly(1, formula)[0], scope).out, self.pen.word(" is invertible")])
        if op == "likely":
            record, sampler, body, least, level = self._exactly(5, formula)
            event = self.formula(body, scope.bind((record, ["seq", "int"])))
            bound, sure = (self.term(x, scope).out for x in (least, level))
            return self.pen.row([self.pen.word("with probability at least "), bound, self.pen.word(", at confidence "), sure,
                                 self.pen.word(f", a record {record} of the sampler {sampler:x} has "), event])
        raise NotationError(f"unknown formula {op!r} in {brief(formula)}")

    def _limit(self, arrow, variable, low, body, value, scope):
        """f(n) → V as n → ∞."""
        inner = scope.bind((variable, "int"))
        index = self.term(variable, inner).out
        approach = [self.pen.word(" as "), index, self.pen.infix("→"), self.pen.number("∞")]
        return self.pen.row([self.term(body, inner).out, self.pen.infix(arrow), self.term(value, scope).out, *approach])

    @staticmethod
    def _head(formula):
        if not isinstance(formula, list) or not formula or not isinstance(formula[0], str):
            raise NotationError(f"not a formula: {brief(formula)}")
        return formula[0], formula[1:]

    @staticmethod
    def _exactly(count, formula):
        if len(formula) != count + 1:
            raise NotationError(f"{formula[0]!r} takes {count} parts, not {len(formula) - 1}, in {brief(formula)}")
        return formula[1:]

    def _grouped(self, formula, scope, heads):
        printed = self.formula(formula, scope)
        return self.pen.paren(printed) if self._head(formula)[0] in heads else printed

    def _symbol(self, op, left, right, scope):
        matrices = shape(left, scope) is not None or shape(right, scope) is not None
        return LOEWNER[op] if matrices and op in LOEWNER else RELATIONS[op]

    def _relation(self, op, left, right, scope):
        left, symbol, right = self._oriented(op, left, right, scope)
        return self.pen.row([self.term(left, scope).out, self.pen.infix(symbol), self.term(right, scope).out])

    def _oriented(self, op, left, right, scope):
        """The two sides and the symbol between: "1 ≤ S" is read more easily as "S ≥ 1"."""
        symbol = self._symbol(op, left, right, scope)
        if symbol in FLIPPED and isinstance(left, int) and not isinstance(right, int):
            return right, FLIPPED[symbol], left
        return left, symbol, right

    def _equated(self, left, symbol, right, scope):
        """The pieces of a relation: the sign begins a piece, so that a broken line begins with it."""
        first, *others = self.summands(right, scope)
        return [*left, self.pen.row([self.pen.infix(symbol), first]), *others]

    def lines(self, formula, scope):
        """The formula in lines, each in pieces: conjuncts on lines of their own, breaks before relations, + and −."""
        op, rest = self._head(formula)
        if op == "and":
            return [line for part in rest for line in self.lines(part, scope)]
        if op in RELATIONS:
            left, symbol, right = self._oriented(op, *self._exactly(2, formula), scope)
            return [self._equated(self.summands(left, scope), symbol, right, scope)]
        if op == "sums":
            variable, low, body, value = self._exactly(4, formula)
            series = self.term(["series", variable, low, body], scope).out
            return [[*self._equated([series], "=", value, scope), self.pen.word(" (absolutely convergent)")]]
        return [[self.formula(formula, scope)]]

    def displays(self, formula, scope):
        """The conjuncts, those together that differ only in the argument of an abbreviation."""
        parts = formula[1:] if self._head(formula)[0] == "and" else [formula]
        if len(parts) > 1 and all(self._head(part)[0] == "forall" for part in parts):
            return self._grid(parts, scope)
        return [self._display(part, scope) for part in parts]

    def _display(self, formula, scope, at=()):
        op, _ = self._head(formula)
        if op != "forall":
            return Display(self.lines(formula, scope), [])
        variables, hypotheses, conclusion = self._exactly(3, formula)
        inside = scope.bind(*map(tuple, variables))
        return Display(self.lines(conclusion, inside), [*self._range_of(variables, hypotheses, scope), *at])

    def _range_of(self, variables, hypotheses, scope):
        inside = scope.bind(*map(tuple, variables))
        counted = self._counted(variables, hypotheses)
        if counted:
            name, low, high = counted
            return [self.pen.row([self.pen.word("for "), *self._listing(name, low, high, inside)])]
        values, others = finite(variables, hypotheses)
        declared = self.pen.commas(self._declarations(variables, values, scope))
        given = [self.pen.row([self.pen.word(word), h]) for word, h in
                 zip(["with ", *["and "] * len(others)], self.hypotheses(others, inside), strict=False)]
        return [self.pen.row([self.pen.word("for " if values else "for all "), declared]), *given]

    def _grid(self, parts, scope):
        """Quantified formulas one after another; neighbours of one pattern on the same range are shown as one."""
        groups = []
        for part in parts:
            variables, hypotheses, holds = self._exactly(3, part)
            inside = scope.bind(*map(tuple, variables))
            if groups and groups[-1][0] == (variables, hypotheses) and Pattern([*groups[-1][1], holds], inside).names:
                groups[-1][1].append(holds)
            else:
                groups.append([(variables, hypotheses), [holds]])
        return [self._of_pattern(*quantifier, rows, scope) for quantifier, rows in groups]

    def _of_pattern(self, variables, hypotheses, rows, scope):
        inside = scope.bind(*map(tuple, variables))
        if len(rows) == 1:
            return self._display(["forall", variables, hypotheses, rows[0]], scope)
        pattern = Pattern(rows, inside)
        named = inside.bind(*((name, "complex") for name in pattern.names))
        inner = Display(self.lines(pattern.common, named), [])
        return Display(inner.lines, [*self._range_of(variables, hypotheses, scope), *self._values(pattern, inside, named)])

    def _values(self, pattern, inside, named):
        """What stands in the places: sets where they vary independently of each other, else the set of pairs."""
        columns = [[self.term(value, inside).out for value in parts] for parts in pattern.places.values()]
        rows, sets = list(zip(*columns, strict=True)), [list(dict.fromkeys(column)) for column in columns]
        if len(set(rows)) == len(rows) == prod(map(len, sets)):
            return [self._among(name, values, named) for name, values in zip(pattern.names, sets, strict=True)]
        names = self.pen.paren(self.pen.commas([self._name(name, named).out for name in pattern.names]))
        listed = self.pen.commas([self.pen.paren(self.pen.commas(list(row))) for row in rows])
        return [self.pen.row([names, self.pen.infix("∈"), self.pen.braces(listed)])]

    def _among(self, name, values, scope):
        if len(values) == 1:
            return self.pen.row([self._name(name, scope).out, self.pen.infix("="), *values])
        return self.pen.row([self._name(name, scope).out, self.pen.infix("∈"), self.pen.braces(self.pen.commas(values))])

    def _listing(self, name, low, high, inside):
        listed = self.pen.commas([self.term(low, inside).out, self.pen.number("…"), self.term(high, inside).out])
        return [self._name(name, inside).out, self.pen.infix("="), listed]

    def hypotheses(self, formulas, scope):
        """Hypotheses one by one, with `0 ≤ x` and `x ≤ 1` side by side joined to `0 ≤ x ≤ 1`."""
        chains = []
        for each in formulas:
            if chains and self._chains(chains[-1][-1], each):
                chains[-1].append(each)
            else:
                chains.append([each])
        return [self._chain(chain, scope) if len(chain) > 1 else self.formula(chain[0], scope) for chain in chains]

    def _chains(self, first, second):
        orders = ("<=", "<")
        return all(isinstance(f, list) and len(f) == 3 and f[0] in orders for f in (first, second)) and first[2] == second[1]

    def _chain(self, chain, scope):
        out = [self.term(chain[0][1], scope).out]
        for op, left, right in chain:
            out += [self.pen.infix(self._symbol(op, left, right, scope)), self.term(right, scope).out]
        return self.pen.row(out)

    def _quantified(self, variables, hypotheses, conclusion, scope):
        inside = scope.bind(*map(tuple, variables))
        body = self._grouped(conclusion, inside, ("and", "forall"))
        counted = self._counted(variables, hypotheses)
        if counted:
            return self.pen.row([body, self.pen.word(" for "), *self._listing(*counted, inside)])
        values, hypotheses = finite(variables, hypotheses)
        declared = self.pen.commas(self._declarations(variables, values, scope))
        out = [body, self.pen.word(" for " if values else " for all "), declared]
        if hypotheses:
            given = [x for h in self.hypotheses(hypotheses, inside) for x in (self.pen.word(" and "), h)][1:]
            out += [self.pen.word(" with "), *given]
        return self.pen.row(out)

    @staticmethod
    def _counted(variables, hypotheses):
        """`(s, lo, hi)` when the quantifier is exactly "integer s with lo ≤ s and s ≤ hi"."""
        if len(variables) != 1 or variables[0][1] != "int" or len(hypotheses) != 2:
            return None
        name, (lower, upper) = variables[0][0], hypotheses
        fits = lower[0] == upper[0] == "<=" and lower[2] == upper[1] == name
        return (name, lower[1], upper[2]) if fits else None

    def _declarations(self, variables, values, scope):
        """The quantified variables, those of finitely many values with these."""
        inside = scope.bind(*map(tuple, variables))
        listed = [self._among(name, [self.pen.number(v) if v >= 0 else self.term(v, inside).out for v in values[name]], inside)
                  for name, _ in variables if name in values]
        return [*self.variables([pair for pair in variables if pair[0] not in values], scope, inside), *listed]

    def variables(self, variables, scope, inside=None):
        """The quantified variables with their domains, neighbours of one type together: `S, K ∈ ℕ`."""
        inside = inside or scope.bind(*map(tuple, variables))
        groups = []
        for name, kind in variables:
            if groups and groups[-1][1] == kind:
                groups[-1][0].append(name)
            else:
                groups.append(([name], kind))
        return [self._declared(names, kind, inside) for names, kind in groups]

    def _declared(self, names, kind, scope):
        listed = self.pen.commas([self._name(n, scope).out for n in names])
        if isinstance(kind, list) and len(kind) == 2 and kind[0] == "seq":
            arrow = [self.pen.infix(":"), self._set("int"), self.pen.infix("→"), self._domain(kind[1], scope)]
            return self.pen.row([listed, *arrow])
        return self.pen.row([listed, self.pen.infix("∈"), self._domain(kind, scope)])

    def _set(self, kind):
        return self.pen.upright(NUMBERS[kind])

    def _domain(self, kind, scope):
        if isinstance(kind, str) and kind in NUMBERS:
            return self._set(kind)
        if isinstance(kind, list) and len(kind) == 3 and kind[0] == "mat":
            rows, columns = (self._least(self.term(t, scope), POW) for t in kind[1:])
            return self.pen.sup(self._set("complex"), self.pen.row([rows, self.pen.infix("×"), columns]))
        raise NotationError(f"unknown type {brief(kind)}")

    def reading(self, formula, scope):
        """The formula in reading order: variables, hypotheses, conclusions."""
        op, _ = self._head(formula)
        if op == "forall":
            variables, hypotheses, conclusion = self._exactly(3, formula)
            inside = scope.bind(*map(tuple, variables))
            values, hypotheses = finite(variables, hypotheses)
            return Reading(
                self._declarations(variables, values, scope), self.hypotheses(hypotheses, inside),
                self._conjuncts(conclusion, inside), self.displays(conclusion, inside),
            )
        return Reading([], [], self._conjuncts(formula, scope), self.displays(formula, scope))

    def _conjuncts(self, formula, scope):
        parts = formula[1:] if self._head(formula)[0] == "and" else [formula]
        return [self.formula(p, scope) for p in parts]

    def definition(self, entry, scope):
        """An abbreviation as an equation, `F_k = …`; `scope` already defines it."""
        name, parameters, body = entry
        inside = scope.bind(*((p, "complex") for p in parameters))
        left = self._application(name, parameters, inside).out if parameters else self._name(name, scope).out
        return self.pen.row([left, self.pen.infix("="), self.term(body, inside).out])

    def defined(self, entry, scope):
        """An abbreviation as pieces of a line."""
        name, parameters, body = entry
        inside = scope.bind(*((p, "complex") for p in parameters))
        left = self._application(name, parameters, inside).out if parameters else self._name(name, scope).out
        return self._equated([left], "=", body, inside)


NOTES = {
    "nat": "ℕ = {0, 1, 2, …}",
    "series": "an infinite Σ converges absolutely; that it does is part of what was checked",
    "integral": "the integrand is continuous; that it is, is part of what was checked",
    "integrates": "“continuous integrand” is part of the statement",
    "derivative": "(x ↦ F)′(a) is the derivative at a of a function of a real variable; that it exists is part of the statement",
    "adj": "* is the conjugate transpose",
    "conj": "a bar is the complex conjugate, entry by entry on matrices",
    "delta": "δ is 1 when its two indices agree and 0 otherwise",
    "order": "⪯ and ≺ compare Hermitian matrices: the difference is positive semidefinite, positive definite",
    "^": "0⁰ = 1",
    "eye": "I is the identity matrix of the size shown",
    "hyperbolic": "sinh u = (exp(u) − exp(−u))/2 and cosh u = (exp(u) + exp(−u))/2, which is how the statement has them",
    "i": "the upright i is the imaginary unit",
}


def notes(statement):
    """Sentences that explain the notation this statement uses, and no other."""
    words = set()
    _collect([statement["holds"], statement.get("where", [])], words)
    if _has_order(statement["holds"], Scope.of(statement)):
        words.add("order")
    return [text for word, text in NOTES.items() if word in words]


def _collect(node, words):
    """Heads of all lists, and the type names."""
    if isinstance(node, list):
        words.update(x for x in node[:1] if isinstance(x, str))
        shown = tidy(node) if node[:1] == ["/"] else None
        words.update({"hyperbolic"} if isinstance(shown, list) and shown[0] in ("sinh", "cosh") else ())
        words.update(x for x in node if x == "nat")
        for child in node:
            _collect(child, words)


def _has_order(formula, scope):
    """Whether a matrix inequality occurs in the formula."""
    op, *rest = formula
    if op == "forall":
        inside = scope.bind(*map(tuple, rest[0]))
        return any(_has_order(f, inside) for f in [*rest[1], rest[2]])
    if op == "and":
        return any(_has_order(f, scope) for f in rest)
    return op in LOEWNER and any(shape(t, scope) is not None for t in rest)
