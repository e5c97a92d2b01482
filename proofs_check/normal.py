"""Normal forms of terms: noncommutative polynomials over ℚ in atoms, valid for matrices of any size.

A polynomial is {monomial: Fraction}; a monomial is (scalars, word): commuting atoms with exponents, and a word of matrix letters with
exponents. Atoms are canonical terms, exponents canonical integer terms. Two terms with the same normal form are equal for every value of
their variables, under the total conventions of LANGUAGE.md; different normal forms prove nothing. Every rewriting below is an identity:
exp(iπn) = (−1)^n for integers n, |n| = ±n for integers n of known sign, |xy| = |x||y|, n·(1/n) = 1 for integers n known to be
at least 1, sin and atan are odd, cos is even, tan = sin/cos,
distributivity, x^m·x^n = x^(m+n) only where both exponents are known to be non-negative (or x is a non-zero constant or an exponential),
1/(xy) = 1/x·1/y with 1/0 = 0, a product split where the inner dimension is 1 commutes, (XY)* = Y*X*, finite sums are linear, tr is
linear and cyclic, det is multiplicative on square matrices.
"""
from fractions import Fraction
from itertools import count, permutations

from .language import UNARY, binders, free, rebuild, substitute
from .refusal import Malformed, Undecided

ONE = {((), ()): Fraction(1)}
EXPAND, TERMS = 200, 20000
PARITY = {"sin": -1, "atan": -1, "cos": 1}
fresh = (f"#{n}" for n in count())


class Scope:
    """Types of the variables in sight and the integer polynomials known to be non-negative there."""

    def __init__(self, types=None, facts=(), parent=None):
        self.types = {**(parent.types if parent else {}), **(types or {})}
        self.facts, self.memo, self.inner = [*parent.facts] if parent else [], {}, {}
        for fact in facts:
            self.learn(fact)

    def unused(self):
        """A name for an index that is not in sight; the same one each time, so that what was found under it is found again."""
        return next(name for n in count() if (name := f"#k{n}") not in self.types)

    def within(self, k, lo, hi=None):
        """The scope inside this one of an index k from lo to hi, or without end; nobody may teach it more."""
        if (k, lo, hi) not in self.inner:
            self.inner[k, lo, hi] = Scope({k: "int"}, [("<=", lo, k)] + ([("<=", k, hi)] if hi is not None else []), self)
        return self.inner[k, lo, hi]

    def learn(self, fact):
        """Notes an inequality between integers (used only to show that exponents, sizes and lengths are not negative)."""
        if fact[0] == "and":
            for part in fact[1:]:
                self.learn(part)
        elif fact[0] in ("<=", "<") and integral(fact[1], self) and integral(fact[2], self):
            p = add(nf(fact[2], self)[0], scale(nf(fact[1], self)[0], -1))
            self.facts.append(add(p, scale(ONE, -1)) if fact[0] == "<" else p)
            self.memo, self.inner = {}, {}

    def renamed(self, names, final):
        """This scope with the indices `names` under other names, too."""
        if (names, final) not in self.inner:
            table = dict(zip(names, final, strict=True))
            self.inner[names, final] = scope = Scope({table[old]: self.types[old] for old in names}, (), self)
            scope.facts = [rename(f, table, self, scope) if any(a in names for m in f for a, _ in m[0]) else f for f in self.facts]
        return self.inner[names, final]

    def nonneg(self, poly, depth=3):
        """Whether a polynomial is a sum of natural numbers, moduli and known facts: each fact taken mends the first term of open sign."""
        def signed(a):
            return self.types.get(a) != "nat" and not (isinstance(a, tuple) and a[0] == "abs")
        bad = next(((m, c) for m, c in poly.items() if c < 0 or m[1] or any(signed(a) for a, _ in m[0])), None)
        if bad is None:
            return True
        m, c = bad
        return depth > 0 and any(self.nonneg(add(poly, scale(f, -1)), depth - 1) for f in self.facts if f.get(m, 0) * c > 0)


def integral(t, scope):
    if isinstance(t, int):
        return True
    if isinstance(t, str):
        return scope.types.get(t) in ("int", "nat")
    if t[0] in ("+", "-", "*", "abs"):
        return all(integral(x, scope) for x in t[1:])
    if t[0] == "at":
        return scope.types.get(t[1]) == ("seq", "int")
    return t[0] == "delta" or (t[0] == "^" and isinstance(t[2], int) and t[2] >= 0 and integral(t[1], scope))


def accumulate(out, q):
    """Add q to the polynomial `out`, in place."""
    for m, c in q.items():
        if s := out.get(m, 0) + c:
            out[m] = s
        else:
            out.pop(m, None)


def add(p, q):
    out = dict(p)
    accumulate(out, q)
    return out


def scale(p, c):
    return {m: v * c for m, v in p.items()} if c else {}


def total(polys):
    out = {}
    for p in polys:
        accumulate(out, p)
    return out


def const(p):
    """The rational number a polynomial is, or None."""
    return Fraction(0) if not p else p[((), ())] if len(p) == 1 and ((), ()) in p else None


def unit(a):
    """Atoms that are never zero, so that exponents add without conditions."""
    return isinstance(a, int) or (isinstance(a, tuple) and a[0] in ("exp", "i", "pi"))


def canonical(t, scope):
    return term_of(*nf(t, scope), scope)


def dims(t, scope):
    return nf(t, scope)[1:]


def term_of(p, rows, cols, scope):
    """The canonical term of a polynomial."""
    parts = []
    for (scalars, word), c in sorted(p.items(), key=repr):
        factors = [x if e == 1 else ("^", x, e) for x, e in scalars] + [x[0] if x[1] == 1 else ("^", x[0], x[1]) for x in word]
        if not word and (rows, cols) != (1, 1):
            factors.append(("eye", rows))
        if c != 1 or not factors:
            factors.insert(0, int(c) if c.denominator == 1 else ("/", c.numerator, c.denominator))
        parts.append(factors[0] if len(factors) == 1 else ("*", *factors))
    if not parts:
        return 0 if (rows, cols) == (1, 1) else ("zero", rows, cols)
    return parts[0] if len(parts) == 1 else ("+", *parts)


def atom(a, e=1):
    return {(((a, e),), ()): Fraction(1)}


def exponent(e, scope):
    """(polynomial, its constant part) of an integer exponent."""
    p = nf(e, scope)[0]
    return p, p.get(((), ()), Fraction(0))


def tidy(powers, word, c, scope):
    """Product c·Π atom^exponent·word as a polynomial: exponents of i, |x|, √x and constants are reduced."""
    rest, extra, exponents = [], [], {}
    for a, e in cancelled(powers, scope).items():
        if e == 0:
            continue
        if a == ("i",) and isinstance(e, int):
            e %= 4
            c, e = (-c, e - 2) if e >= 2 else (c, e)
            if e == 0:
                continue
        elif isinstance(a, int):
            p, k = exponent(e, scope)
            if k:
                c, e = c * Fraction(a) ** int(k), term_of(add(p, scale(ONE, -k)), 1, 1, scope)
            if a == -1 and e != 0:
                e = term_of({m: v % 2 for m, v in nf(e, scope)[0].items() if v % 2}, 1, 1, scope)
            if e == 0:
                continue
        elif isinstance(a, tuple) and a[0] == "exp":
            for m, v in scalar(a[1] if isinstance(e, int) else ("*", a[1], e), scope).items():
                exponents[m] = exponents.get(m, 0) + v * (e if isinstance(e, int) else 1)
            continue
        elif isinstance(a, tuple) and a[0] == "delta":
            e = 1 if isinstance(e, int) else e
        elif isinstance(a, tuple) and a[0] in ("abs", "sqrt"):
            p = nf(e, scope)[0]
            if p and all(v % 2 == 0 for v in p.values()):
                square = a[1] if a[0] == "sqrt" else ("*", a[1], ("conj", a[1]))
                extra.append(nf(("^", square, term_of(scale(p, Fraction(1, 2)), 1, 1, scope)), scope)[0])
                continue
            if isinstance(e, int) and e > 2:
                square = a[1] if a[0] == "sqrt" else ("*", a[1], ("conj", a[1]))
                extra.append(nf(("^", square, e // 2), scope)[0])
                e = 1
        rest.append((a, e))
    for m, v in exponents.items():
        turn = half_turns(m, v, scope)
        if turn is not None:
            extra.append(turn)
        elif v:
            rest.append((("exp", term_of({m: Fraction(1, v.denominator)}, 1, 1, scope)), v.numerator))
    out = {(tuple(sorted(rest, key=repr)), word): c}
    for p in extra:
        out = mul(out, p, scope)
    return out


def cancelled(powers, scope):
    """The same product, n·(1/n) left out for integers n known to be at least 1."""
    pairs = [a for a in powers if isinstance(a, tuple) and a[0] == "/" and isinstance(a[2], str) and a[2] in powers]
    for a in pairs:
        common = min(powers[a], powers[a[2]]) if isinstance(powers[a], int) and isinstance(powers[a[2]], int) else 0
        if common > 0 and integral(a[2], scope) and scope.nonneg(add(atom(a[2]), scale(ONE, -1))):
            powers = {**powers, a: powers[a] - common, a[2]: powers[a[2]] - common}
    return powers


def half_turns(m, v, scope):
    """exp(v·m) = (−1)^n where v·m = iπn for an integer n, or ±i where n is half an odd number; None otherwise."""
    rest = dict(m[0])
    if (rest.pop(("i",), 0), rest.pop(("pi",), 0)) != (1, 1):
        return None
    whole = term_of({(tuple(rest.items()), ()): Fraction(v.numerator)}, 1, 1, scope)
    if not integral(whole, scope) or v.denominator > 2 or (rest and v.denominator == 2):
        return None
    return scalar(("^", -1, whole) if v.denominator == 1 else ("^", ("i",), whole % 4), scope)


def mul(p, q, scope):
    if len(p) * len(q) > TERMS:
        raise Undecided("a product of polynomials is too large", f"at most {TERMS} terms", len(p) * len(q))
    out = {}
    for (s1, w1), c1 in p.items():
        for (s2, w2), c2 in q.items():
            powers = dict(s1)
            for a, e in s2:
                powers[a] = e if a not in powers else powers[a] + e if isinstance(e, int) and isinstance(powers[a], int) \
                    else canonical(("+", powers[a], e), scope)
            part = joined(w1, w2, scope) if w1 and w2 else {((), w1 or w2): Fraction(1)}
            for (s3, w3), c3 in part.items():
                if s3:
                    accumulate(out, mul(tidy(powers, (), c1 * c2 * c3, scope), {(s3, w3): Fraction(1)}, scope))
                else:
                    accumulate(out, tidy(powers, w3, c1 * c2 * c3, scope))
    return out


def joined(w1, w2, scope):
    """Product of two words: sums swallow their neighbours, equal letters merge, inner dimension 1 splits off commuting scalars."""
    letters = list(w1)
    for x in w2:
        if letters and letters[-1][0] == x[0]:
            letters[-1] = (x[0], canonical(("+", letters[-1][1], x[1]), scope), *x[2:])
        else:
            letters.append(x)
    for j, x in enumerate(letters):
        if isinstance(x[0], tuple) and x[0][0] == "sum" and x[1] == 1 and len(letters) > 1:
            _, k, lo, hi, body = x[0]
            around = [[y[0] if y[1] == 1 else ("^", y[0], y[1]) for y in part] for part in (letters[:j], letters[j + 1:])]
            new = next(fresh)
            return nf(("sum", new, lo, hi, ("*", *around[0], substitute(body, {k: new}), *around[1])), scope)[0]
    pieces, start = [], 0
    for j in range(1, len(letters) + 1):
        if j == len(letters) or letters[j][2] == 1:
            pieces.append(letters[start:j])
            start = j
    scalars, word = {}, []
    for piece in pieces:
        if piece[0][2] == 1 and piece[-1][3] == 1:
            a = ("*", *(x[0] if x[1] == 1 else ("^", x[0], x[1]) for x in piece))
            scalars[a] = scalars.get(a, 0) + 1
        else:
            word += piece
    return {(tuple(sorted(scalars.items(), key=repr)), tuple(word)): Fraction(1)}


def letter(t, rows, cols):
    return {((), ((t, 1, rows, cols),)): Fraction(1)}, rows, cols


def power(p, e, rows, cols, scope):
    """p^e for a canonical integer term e."""
    square = (rows, cols) != (1, 1)
    if isinstance(e, int):
        if e < 0:
            p, e = inverse(p, rows, cols, scope), -e
        if len(p) > 1 and e > 64:
            raise Undecided("a power of a sum is too large to expand", "exponent at most 64", e)
        if len(p) == 1 and e > 1 and (not square or len(next(iter(p))[1]) <= 1):
            return power_of_monomial(p, e, scope)
        out = ONE
        for _ in range(e):
            out = mul(out, p, scope)
        return out
    if not p:
        return atom(("^", 0, e))
    ep, k = exponent(e, scope)
    m = next(iter(p)) if len(p) == 1 else None
    safe = scope.nonneg(ep)
    if m and len(m[1]) <= 1 and (safe or (all(unit(a) for a, _ in m[0]) and not m[1])):
        return power_of_monomial(p, e, scope)
    if safe and not square:
        common, p = content(p)
        if common != ONE:
            return mul(power(common, e, 1, 1, scope), power(p, e, 1, 1, scope), scope)
    base = term_of(p, rows, cols, scope)
    rest = add(ep, scale(ONE, -k))
    if safe and k > 0 and scope.nonneg(rest):
        return mul(power(p, term_of(rest, 1, 1, scope), rows, cols, scope), power(p, int(k), rows, cols, scope), scope)
    if square:
        return {((), ((base, e, rows, cols),)): Fraction(1)} if safe else letter(("^", base, e), rows, cols)[0]
    return atom(base, e) if safe else atom(("^", base, e))


def power_of_monomial(p, e, scope):
    (scalars, word), c = next(iter(p.items()))

    def times(f):
        return e if f == 1 else f * e if isinstance(f, int) and isinstance(e, int) else canonical(("*", f, e), scope)
    powers = {a: times(f) for a, f in scalars}
    for base, sign in ((abs(c.numerator), 1), (c.denominator, -1), (-1 if c < 0 else 1, 1)):
        if base != 1:
            powers[base] = canonical(("+", powers.get(base, 0), ("*", sign, e)), scope)
    return tidy(powers, tuple((x[0], times(x[1]), *x[2:]) for x in word), Fraction(1), scope)


def inverse(p, rows, cols, scope):
    """1/p or the inverse matrix, 0 where there is none."""
    if not p:
        return {}
    if (rows, cols) != (1, 1):
        m = next(iter(p))
        if len(p) == 1 and not m[1]:
            return inverse(p, 1, 1, scope)
        return letter(("inv", term_of(p, rows, cols, scope)), rows, cols)[0]
    if len(p) == 1:
        (scalars, _), c = next(iter(p.items()))
        out = scale(ONE, 1 / c)
        for a, e in scalars:
            if unit(a):
                out = mul(out, atom(a, canonical(("-", e), scope)), scope)
            else:
                back = isinstance(a, tuple) and a[0] == "/"
                out = mul(out, nf(("^", a[2], e), scope)[0] if back else atom(("/", 1, a), e), scope)
        return out
    common, p = content(p)
    return mul(inverse(common, 1, 1, scope), atom(("/", 1, term_of(p, 1, 1, scope))), scope)


def content(p):
    """(common, rest) with p = common·rest for a sum of scalars: the atoms that every term has, and the first coefficient.

    Of an exponential, which may have a negative exponent, the least one counts: rest has none and is the same for p and p·e^x.
    """
    powers = {a: [dict(m[0]).get(a, 0) for m in p] for a in sorted({a for m in p for a, _ in m[0]}, key=repr)}
    least = {a: e[0] if len(set(e)) == 1 else min(e) if all(isinstance(x, int) for x in e) else 0 for a, e in powers.items()}
    least = {a: e for a, e in least.items() if e != 0}
    rest = {}
    for (scalars, word), c in p.items():
        own = dict(scalars)
        own |= {a: own.get(a, 0) - e if isinstance(e, int) else 0 for a, e in least.items()}
        rest[(tuple(sorted(((a, e) for a, e in own.items() if e != 0), key=repr)), word)] = c
    lead = rest[min(rest, key=repr)]
    return {(tuple(sorted(least.items(), key=repr)), ()): lead}, scale(rest, 1 / lead)


def conj_atom(a, scope):
    if isinstance(a, int) or a in (("pi",),) or (isinstance(a, tuple) and a[0] in ("abs", "delta")):
        return a
    if isinstance(a, str):
        return ("conj", a) if scope.types[a] == "complex" else a
    op = a[0]
    if op == "i":
        return ("-", a)
    if op == "conj":
        return a[1]
    if op == "at":
        return ("conj", a) if scope.types[a[1]] == ("seq", "complex") else a
    if op in ("sum", "prod", "series", "integral"):
        return (*a[:-1], ("conj", a[-1]))
    if op == "atan" and real(a[1], scope):
        return a
    if op == "*":
        return ("*", *(("adj", x) for x in a[:0:-1]))
    if op == "entry" and isinstance(a[1], tuple) and a[1][0] == "inv":
        return ("entry", ("adj", a[1]), a[3], a[2])
    if op in ("+", "exp", "sin", "cos", "sinh", "cosh", "det"):
        return (op, *(("conj", x) for x in a[1:]))
    if op == "/" or op == "^":
        return (op, *(("conj", x) if j == (op == "/") else x for j, x in enumerate(a[1:])))
    return ("tr", ("adj", a[1])) if op == "tr" else ("conj", a)


def conj_letter(t, scope):
    if isinstance(t, str) or t[0] in ("at", "^"):
        return ("conj", t)
    if t[0] == "conj":
        return t[1]
    if t[0] in ("sum", "matrix", "diag", "vec"):
        return (*t[:-1], ("conj", t[-1]))
    return (t[0], *(("conj", x) for x in t[1:]))


def star_letter(t, scope):
    if isinstance(t, str) or t[0] in ("at", "vec", "conj", "^"):
        return ("adj", t)
    if t[0] == "adj":
        return t[1]
    if t[0] == "matrix":
        return ("matrix", t[3], t[4], t[1], t[2], ("conj", t[5]))
    if t[0] == "diag":
        return conj_letter(t, scope)
    if t[0] == "sum":
        return (*t[:-1], ("adj", t[-1]))
    return ("+", *(("adj", x) for x in t[1:])) if t[0] == "+" else ("*", *(("adj", x) for x in t[:0:-1])) if t[0] == "*" \
        else ("inv", ("adj", t[1]))


def flip(p, scope, reverse):
    """Entrywise conjugate, or conjugate transpose, of a polynomial."""
    out = {}
    for (scalars, word), c in p.items():
        q = scale(ONE, c)
        for a, e in scalars:
            b = conj_atom(a, scope)
            q = mul(q, atom(a, e) if b == a else atom(b, e) if b == ("conj", a) or a == ("conj", b) else nf(("^", b, e), scope)[0], scope)
        for t, e, r, k in reversed(word) if reverse else word:
            image = star_letter(t, scope) if reverse else conj_letter(t, scope)
            shape = (k, r) if reverse else (r, k)
            simple = image in (("adj", t), ("conj", t)) or t in (("adj", image), ("conj", image))
            q = mul(q, {((), ((image, e, *shape),)): Fraction(1)} if simple else nf(image if e == 1 else ("^", image, e), scope)[0], scope)
        out = add(out, q)
    return out


def nf(t, scope):
    """(polynomial, rows, columns) of a term; a term that does not type-check is malformed."""
    if t not in scope.memo:
        scope.memo[t] = build(t, scope)
    return scope.memo[t]


def scalar(t, scope):
    p, r, c = nf(t, scope)
    if (r, c) != (1, 1):
        raise Malformed("a scalar is expected", "1×1", f"{r}×{c}")
    return p


def build(t, scope):
    if isinstance(t, int):
        return scale(ONE, Fraction(t)), 1, 1
    if isinstance(t, str):
        kind = scope.types.get(t)
        if isinstance(kind, tuple) and kind[0] == "mat":
            return shaped(t, kind, scope)
        if not isinstance(kind, str):
            raise Malformed("unknown variable, or a sequence without index", "a variable in scope", t)
        return atom(t), 1, 1
    op, args = t[0], t[1:]
    if op in ("+", "-"):
        parts = [nf(x, scope) for x in args]
        if any(p[1:] != parts[0][1:] for p in parts):
            raise Malformed("shapes do not fit in a sum", parts[0][1:], [p[1:] for p in parts])
        signs = [1] + [-1 if op == "-" else 1] * len(args) if len(args) > 1 or op == "+" else [-1]
        return total(scale(p[0], s) for p, s in zip(parts, signs, strict=False)), *parts[0][1:]
    if op == "*":
        out, rows, cols = ONE, 1, 1
        for x in args:
            p, r, c = nf(x, scope)
            if (rows, cols) == (1, 1):
                rows, cols = r, c
            elif (r, c) != (1, 1):
                if cols != r:
                    raise Malformed("shapes do not fit in a product", f"{cols} rows", f"{r} rows")
                cols = c
            out = mul(out, p, scope)
        return out, rows, cols
    if op == "/":
        p, r, c = nf(args[0], scope)
        if isinstance(args[1], tuple) and args[1][0] == "^" and len(scalar(args[1][1], scope)) > 1:  # 1/x^n = (1/x)^n
            return mul(p, scalar(("^", ("/", 1, args[1][1]), args[1][2]), scope), scope), r, c
        return mul(p, inverse(scalar(args[1], scope), 1, 1, scope), scope), r, c
    if op == "^":
        p, r, c = nf(args[0], scope)
        if r != c or not integral(args[1], scope):
            raise Malformed("powers are of square matrices, with integer exponents", "n×n, integer", (r, c, args[1]))
        return power(p, canonical(args[1], scope), r, c, scope), r, c
    if op in ("i", "pi"):
        return atom(t), 1, 1
    if op in ("conj", "adj"):
        p, r, c = nf(args[0], scope)
        return (flip(p, scope, True), c, r) if op == "adj" else (flip(p, scope, False), r, c)
    if op in ("re", "im"):
        p = scalar(args[0], scope)
        q = scale(add(p, scale(flip(p, scope, False), 1 if op == "re" else -1)), Fraction(1, 2))
        return q if op == "re" else mul(q, scale(atom(("i",)), -1), scope), 1, 1
    if op == "abs" and integral(args[0], scope):  # |n| is n or −n where the sign is known, and |−n| = |n|
        p = scalar(args[0], scope)
        both = p, scale(p, -1)
        known = next((q for q in both if scope.nonneg(q)), None)
        return function(op, max(both, key=lambda q: q[min(q, key=repr)]), scope) if known is None else known, 1, 1
    if op in UNARY:
        return function(op, scalar(args[0], scope), scope), 1, 1
    if op == "at":
        kind = scope.types.get(args[0])
        if not isinstance(kind, tuple) or kind[0] != "seq" or not integral(args[1], scope):
            raise Malformed("at needs a sequence and an integer", "[at, sequence, n]", t)
        x = ("at", args[0], canonical(args[1], scope))
        return shaped(x, kind[1], scope) if isinstance(kind[1], tuple) else (atom(x), 1, 1)
    if op == "delta":
        p = add(scalar(args[0], scope), scale(scalar(args[1], scope), -1))
        ends = [{m: c for m, c in scale(p, sign).items() if c > 0} for sign in (1, -1)]
        if not all(integral(x, scope) for x in args):
            raise Malformed("delta compares integers", "integers", t)
        gap = const(p)
        if gap is not None or scope.nonneg(add(p, scale(ONE, -1))) or scope.nonneg(add(scale(p, -1), scale(ONE, -1))):
            return (ONE if gap == 0 else {}), 1, 1
        return atom(("delta", *sorted((term_of(q, 1, 1, scope) for q in ends), key=repr))), 1, 1
    if op in ("eye", "zero"):
        n = [size(x, scope) for x in args]
        return (ONE, n[0], n[0]) if op == "eye" else ({}, *n)
    if op == "inv":
        p, r, c = nf(args[0], scope)
        if r != c:
            raise Malformed("only square matrices are inverted", "n×n", (r, c))
        return inverse(p, r, c, scope), r, c
    if op in ("tr", "det"):
        p, r, c = nf(args[0], scope)
        if r != c:
            raise Malformed(f"{op} needs a square matrix", "n×n", (r, c))
        return p if r == 1 else trace(p, r, scope) if op == "tr" else determinant(p, r, scope), 1, 1
    if op in ("matrix", "diag", "vec"):
        return lambda_matrix(t, scope)
    if op == "entry":
        return entry(*args, scope), 1, 1
    if op in BINDER:
        return BINDER[op](t, scope)
    if op in ("#abs", "#entry"):
        return atom((op[1:], *args[:1], *(canonical(x, scope) for x in args[1:]))), 1, 1
    raise Malformed("not a term", "a term of LANGUAGE.md", op)


def shaped(x, kind, scope):
    rows, cols = (size(d, scope) for d in kind[1:])
    return letter(x, rows, cols) if (rows, cols) != (1, 1) else (atom(("entry", x, 1, 1)), 1, 1)


def size(t, scope):
    if not integral(t, scope) or not scope.nonneg(scalar(t, scope)):
        raise Malformed("a size must be an integer that is known not to be negative", "0 <= size", t)
    return canonical(t, scope)


def function(op, p, scope):
    c = const(p)
    if op == "exp":
        out = ONE
        for m, v in p.items():
            root = ("exp", term_of({m: Fraction(1, v.denominator)}, 1, 1, scope))
            turn = half_turns(m, v, scope)
            out = mul(out, atom(root, v.numerator) if turn is None else turn, scope)
        return out
    if c == 0:
        return ONE if op in ("cos", "cosh") else atom((op, 0)) if op == "log" else {}
    if op == "abs":
        common, rest = (p, ONE) if len(p) == 1 else content(p)
        ((scalars, _), c), = common.items()
        out = scale(ONE if rest == ONE else atom(("abs", term_of(rest, 1, 1, scope))), abs(c))
        for a, e in scalars:
            out = mul(out, nf(("^", modulus(a, scope), e), scope)[0], scope)
        return out
    if op == "tan":
        return mul(function("sin", p, scope), inverse(function("cos", p, scope), 1, 1, scope), scope)
    if op in PARITY and p[min(p, key=repr)] < 0:
        return scale(function(op, scale(p, -1), scope), PARITY[op])
    return atom((op, term_of(p, 1, 1, scope)))


def real(t, scope):
    """Whether the normal form shows that a scalar is real."""
    return nf(("conj", t), scope) == nf(t, scope)


def modulus(a, scope):
    """|atom| as a term: of an exponential, a constant, a natural number, or of the lesser of the atom and its conjugate."""
    if a in (("i",), -1):
        return 1
    if isinstance(a, int) or a == ("pi",) or (integral(a, scope) and scope.nonneg(atom(a))):
        return a
    if isinstance(a, tuple) and a[0] in ("abs", "delta", "exp"):
        return ("exp", ("re", a[1])) if a[0] == "exp" else a
    return ("#abs", a[1] if isinstance(a, tuple) and a[0] == "conj" else a)


def lambda_matrix(t, scope):
    names, closed, (body,) = binders(t)
    sizes = [size(n, scope) for n in closed]
    rows, cols = sizes if t[0] == "matrix" else (sizes[0], 1 if t[0] == "vec" else sizes[0])
    if rows == cols == 1:
        return scalar(substitute(body, dict.fromkeys(names, 1)), scope), 1, 1
    new = [next(fresh) for _ in names]
    inner = Scope(dict.fromkeys(new, "int"), [f for v, n in zip(new, sizes, strict=True) for f in (("<=", 1, v), ("<=", v, n))], scope)
    body = term_of(scalar(substitute(body, dict(zip(names, new, strict=True))), inner), 1, 1, inner)
    return letter(settled(rebuild(t, tuple(new), tuple(sizes), (body,)), inner), rows, cols)


def height(t):
    if isinstance(t, int | str):
        return 0
    return len(binders(t)[0]) + max((height(x) for x in t[1:]), default=0)


def settled(t, inner):
    """A binder term with its fresh names replaced by names that depend on nothing but what is inside, and that occur nowhere inside."""
    names, closed, (body,) = binders(t)
    base, taken = height(body), free(t)
    while True:
        final = tuple(f"#b{base + j}" for j in range(len(names)))
        if not taken & set(final):
            table = dict(zip(names, final, strict=True))
            inside = canonical(substitute(body, table), inner.renamed(tuple(names), final))
            if height(inside) <= base:
                return rebuild(t, final, closed, (inside,))
        base += 1


def rename(p, table, old, new):
    return nf(substitute(term_of(p, 1, 1, old), table), new)[0]


def proper(a, e, scope):
    """Whether a^e is a power in this scope: n^(n−1) is none where n may be 0, though it is one inside a sum over 1..n."""
    return isinstance(e, int) or unit(a) or scope.nonneg(nf(e, scope)[0])


def stays(k, a, e, scope):
    """Whether a^e may not leave a sum or product over k, which may be empty: n·n^(n−1) would be n^n."""
    return k in free(a) | free(e) or not proper(a, e, scope)


def split(m, k, scope):
    """A monomial's scalars that may leave a sum or product over k, and those that stay; x^(d+e) = x^d·x^e for an integer x other than 0."""
    out, dep = [], []
    for a, e in m[0]:
        terms = e[1:] if isinstance(a, int) and isinstance(e, tuple) and e[0] == "+" else (e,)
        for side, inside in ((out, False), (dep, True)):
            if part := tuple(t for t in terms if stays(k, a, t, scope) is inside):
                side.append((a, part[0] if len(part) == 1 else ("+", *part)))
    return tuple(out), tuple(dep)


def ranged(t, scope):
    """A sum or product over a known or partly known range: (explicit values, remaining (lo, hi) or None)."""
    lo, hi = t[2:4]
    if not integral(lo, scope) or not integral(hi, scope):
        raise Malformed("bounds of a sum are integers", "integer bounds", (lo, hi))
    low, high = scalar(lo, scope), scalar(hi, scope)
    length = const(add(high, scale(low, -1)))
    if length is not None and length <= EXPAND:
        return [canonical(("+", lo, j), scope) for j in range(int(length) + 1)], None
    c = high.get(((), ()), Fraction(0))
    base = add(high, scale(ONE, -c))
    if 0 < c <= EXPAND and scope.nonneg(add(add(base, scale(low, -1)), ONE)):
        top = term_of(base, 1, 1, scope)
        return [canonical(("+", top, j), scope) for j in range(1, int(c) + 1)], (canonical(lo, scope), top)
    return [], (canonical(lo, scope), canonical(hi, scope))


def bound_body(t, lo, hi, scope):
    k, new = t[1], scope.unused()
    inner = scope.within(new, lo, hi)
    return new, inner, nf(substitute(t[-1], {k: new}), inner)


def finite_sum(t, scope):
    values, rest = ranged(t, scope)
    parts = [nf(substitute(t[4], {t[1]: v}), scope) for v in values]
    lo, hi = rest or t[2:4]
    k, inner, (body, rows, cols) = bound_body(t, lo, hi, scope)
    if k in free(rows) | free(cols) or any(p[1:] != (rows, cols) for p in parts):
        raise Malformed("the terms of a sum have one shape", (rows, cols), [p[1:] for p in parts])
    out = total(p[0] for p in parts)
    if rest is None:
        return out, rows, cols
    for m, c in body.items():
        outside, dep = split(m, k, scope)
        moving = any(stays(k, *x[:2], scope) for x in m[1])
        if not dep and not moving:
            length = nf(("+", ("-", hi, lo), 1), scope)[0]
            n = length if scope.nonneg(length) else atom(("sum", "#b0", lo, hi, 1))
            piece = mul(n, {((), m[1]): Fraction(1)}, scope)
        else:
            piece = sum_atom([(k, lo, hi)], dep, *((m[1], rows, cols) if moving else ((), 1, 1)), inner, scope)
            piece = mul(piece, {((), () if moving else m[1]): Fraction(1)}, scope)
        out = add(out, mul({(outside, ()): c}, piece, scope))
    return out, rows, cols


def sum_atom(ranges, dep, word, rows, cols, inner, scope):
    """Sum of one monomial that depends on the index; nested independent ranges are put in one order.

    `inner` knows of an index in every range; a sum inside another knows only of those around it, for its own range may be empty.
    """
    for j, (a, e) in enumerate(dep):
        if not word and e == 1 and isinstance(a, tuple) and a[0] == "sum" and not {r[0] for r in ranges} & (free(a[2]) | free(a[3])):
            new = inner.unused()
            deeper = inner.within(new, a[2], a[3])
            body = nf(substitute(a[4], {a[1]: new}), deeper)[0]
            if len(body) == 1:
                (s, _), c = next(iter(body.items()))
                merged = mul({(dep[:j] + dep[j + 1:], ()): c}, {(s, ()): Fraction(1)}, deeper)
                if len(merged) == 1:
                    (s, _), c = next(iter(merged.items()))
                    return scale(sum_atom([*ranges, (new, a[2], a[3])], s, (), rows, cols, deeper, scope), c)
    best = None
    for order in permutations(ranges) if len(ranges) <= 4 else (ranges,):
        t, around = term_of({(dep, word): Fraction(1)}, rows, cols, inner), [scope]
        for k, lo, hi in order:
            around.append(around[-1].within(k, lo, hi))
        for k, lo, hi in reversed(order):
            t = settled(("sum", k, lo, hi, t), around.pop())
        if best is None or repr(t) < repr(best):
            best = t
    return letter(best, rows, cols)[0] if word else atom(best)


def finite_product(t, scope):
    values, rest = ranged(t, scope)
    out = ONE
    for v in values:
        out = mul(out, scalar(substitute(t[4], {t[1]: v}), scope), scope)
    if rest is None:
        return out, 1, 1
    lo, hi = rest
    k, inner, (body, rows, cols) = bound_body(t, lo, hi, scope)
    if (rows, cols) != (1, 1):
        raise Malformed("products are of scalars", "1×1", (rows, cols))
    length = nf(("+", ("-", hi, lo), 1), scope)[0]
    if not body or not scope.nonneg(length):
        return mul(out, atom(settled(("prod", k, lo, hi, term_of(body, 1, 1, inner)), inner)), scope), 1, 1
    if len(body) > 1:
        body, rest = content(body)
        out = mul(out, atom(settled(("prod", k, lo, hi, term_of(rest, 1, 1, inner)), inner)), scope)
    m, c = next(iter(body.items()))
    outside, dep = split(m, k, scope)
    out = mul(out, power({(outside, ()): c}, term_of(length, 1, 1, scope), 1, 1, scope), scope)
    for a, e in dep:
        whole, e = (a, e) if k not in free(e) and proper(a, e, scope) else (("^", a, e), 1)
        inverted = isinstance(whole, tuple) and whole[0] == "/"
        x = settled(("prod", k, lo, hi, whole[2] if inverted else whole), inner)
        out = mul(out, atom(("/", 1, x) if inverted else x, e), scope)
    return out, 1, 1


def infinite_sum(t, scope):
    lo = t[2]
    if not integral(lo, scope):
        raise Malformed("a series starts at an integer", "integer", lo)
    new, inner, (p, rows, cols) = bound_body(t, lo, None, scope)
    if (rows, cols) != (1, 1):
        raise Malformed("a series is of scalars", "1×1", (rows, cols))
    return atom(settled(("series", new, canonical(lo, scope), term_of(p, 1, 1, inner)), inner)), 1, 1


def definite_integral(t, scope):
    """An integral is one atom; the integrand is kept in normal form."""
    x, lo, hi, body = t[1:]
    if not all(dims(end, scope) == (1, 1) and real(end, scope) for end in (lo, hi)):
        raise Malformed("bounds of an integral are real", "real bounds", (lo, hi))
    new = next(fresh)
    inner = Scope({new: "real"}, (), scope)
    p = scalar(substitute(body, {x: new}), inner)
    return atom(settled(("integral", new, *(canonical(end, scope) for end in (lo, hi)), term_of(p, 1, 1, inner)), inner)), 1, 1


BINDER = {"sum": finite_sum, "prod": finite_product, "series": infinite_sum, "integral": definite_integral}


def trace(p, n, scope):
    out = {}
    for (scalars, word), c in p.items():
        if not word:
            part = nf(n, scope)[0]
        elif len(word) == 1 and isinstance(word[0][0], tuple) and word[0][0][0] == "sum" and word[0][1] == 1:
            part = nf((*word[0][0][:4], ("tr", word[0][0][4])), scope)[0]
        else:
            letters = [x[0] if x[1] == 1 else ("^", x[0], x[1]) for x in word]
            cut = next((j for j in range(1, len(word)) if word[j][2] == 1), None)
            cut = cut or next((j for j in range(1, len(word)) if word[0][0] == word[-1][0] and word[j][0] != word[0][0]), None)
            if cut:
                turned, r, k = nf(("*", *letters[cut:], *letters[:cut]), scope)
                part = turned if (r, k) == (1, 1) else trace(turned, r, scope)
            else:
                turns = [tuple(letters[j:] + letters[:j]) for j in range(len(letters))]
                best = min(turns, key=repr)
                part = atom(("tr", best[0] if len(best) == 1 else ("*", *best)))
        out = add(out, mul({(scalars, ()): c}, part, scope))
    return out


def determinant(p, n, scope):
    whole = atom(("det", term_of(p, n, n, scope)))
    if len(p) != 1:
        return whole if p else power({}, n, 1, 1, scope)
    (scalars, word), c = next(iter(p.items()))
    if any((r, k) != (n, n) for _, _, r, k in word):
        return whole
    out = power({(scalars, ()): c}, n, 1, 1, scope)
    for x, e, _, _ in word:
        if isinstance(x, tuple) and x[0] == "diag":
            d = nf(("prod", x[1], 1, x[2], x[3]), scope)[0]
        elif isinstance(x, tuple) and x[0] == "inv":
            d = nf(("/", 1, ("det", x[1])), scope)[0]
        elif isinstance(x, tuple) and x[0] == "adj":
            d = nf(("conj", ("det", x[1])), scope)[0]
        else:
            d = atom(("det", x))
        out = mul(out, power(d, e, 1, 1, scope), scope)
    return out


def entry(M, i, j, scope):
    """Entry (i, j) of a matrix term; products unfold to sums where the indices are known to lie inside."""
    p, rows, cols = nf(M, scope)
    if not integral(i, scope) or not integral(j, scope):
        raise Malformed("indices of an entry are integers", "integers", (i, j))
    ranges = ((("-", i, 1), ("-", rows, i)), (("-", j, 1), ("-", cols, j)))
    if not all(scope.nonneg(nf(x, scope)[0]) for pair in ranges for x in pair):
        return atom(("entry", term_of(p, rows, cols, scope), canonical(i, scope), canonical(j, scope)))
    out = {}
    for (scalars, word), c in p.items():
        out = add(out, mul({(scalars, ()): c}, nf(word_entry(list(word), i, j, scope), scope)[0], scope))
    return out


def word_entry(word, i, j, scope):
    """The entry of a word of letters as a term."""
    if not word:
        return ("delta", i, j)
    (x, e, rows, cols), rest = word[0], word[1:]
    if isinstance(e, int) and e > 1:
        rest, e = [(x, e - 1, rows, cols), *rest] if not (isinstance(x, tuple) and x[0] == "diag") else rest, \
            e if isinstance(x, tuple) and x[0] == "diag" else 1
    if isinstance(x, tuple) and x[0] == "diag":
        return ("*", ("^", substitute(x[3], {x[1]: i}), e), word_entry(rest, i, j, scope))
    if rest:
        last = rest[-1]
        if isinstance(last[0], tuple) and last[0][0] == "diag":
            return ("*", word_entry([(x, e, rows, cols), *rest[:-1]], i, j, scope), ("^", substitute(last[0][3], {last[0][1]: j}), last[1]))
        k = next(fresh)
        inner = Scope({k: "int"}, [("<=", 1, k), ("<=", k, cols)], scope)
        return ("sum", k, 1, cols, ("*", word_entry([(x, e, rows, cols)], i, k, inner), word_entry(rest, k, j, inner)))
    if e != 1:
        return ("#entry", ("^", x, e), i, j)
    if isinstance(x, tuple) and x[0] == "matrix":
        return substitute(x[5], {x[1]: i, x[3]: j})
    if isinstance(x, tuple) and x[0] == "vec":
        return substitute(x[3], {x[1]: i})
    if isinstance(x, tuple) and x[0] == "adj":
        return ("conj", word_entry([(x[1], 1, cols, rows)], j, i, scope))
    if isinstance(x, tuple) and x[0] == "conj":
        return ("conj", word_entry([(x[1], 1, rows, cols)], i, j, scope))
    if isinstance(x, tuple) and x[0] == "sum":
        k = next(fresh)
        return ("sum", k, *x[2:4], ("entry", substitute(x[4], {x[1]: k}), i, j))
    return ("#entry", x, i, j)


def clear(p, nonzero, scope):
    """p times powers of polynomials that are not zero, so that their reciprocals vanish: the result is zero exactly when p is."""
    single, whole = set(), {}
    for q in nonzero:
        if len(q) == 1:
            (scalars, word), _ = next(iter(q.items()))
            single |= {a[2] if isinstance(a, tuple) and a[0] == "/" else a for a, e in scalars if isinstance(e, int)} if not word else set()
        elif q and all(not w for _, w in q):
            _, q = content(q)
            whole[("/", 1, term_of(q, 1, 1, scope))] = q
    for r in sorted(whole, key=lambda r: -len(repr(r))):
        p = total(symbolic(m, c, r, scope) for m, c in p.items())
        powers = [e for m in p for a, e in m[0] if a == r]
        if not powers or not all(isinstance(e, int) for e in powers):
            continue
        top, out = max(powers), {}
        for (scalars, word), c in p.items():
            j = dict(scalars).get(r, 0)
            rest = {(tuple(x for x in scalars if x[0] != r), word): c}
            out = add(out, mul(power(whole[r], top - j, 1, 1, scope), rest, scope))
        p = out
    out = {}
    for (scalars, word), c in p.items():
        powers = dict(scalars)
        for a in single & {x[2] for x in powers if isinstance(x, tuple) and x[0] == "/"}:
            e = canonical(("-", powers.get(a, 0), powers.pop(("/", 1, a))), scope)
            powers[a] = e
        out = add(out, {(tuple(sorted(((a, e) for a, e in powers.items() if e != 0), key=repr)), word): c})
    return out


def symbolic(m, c, r, scope):
    """A term in which a reciprocal 1/q of some q ≠ 0 keeps the constant part of its exponent; the rest goes to q as q^(−rest)."""
    powers = dict(m[0])
    e = powers.get(r, 0)
    if not isinstance(e, int):
        p, k = exponent(e, scope)
        powers[r] = int(k)
        powers[r[2]] = canonical(("-", powers.get(r[2], 0), term_of(add(p, scale(ONE, -k)), 1, 1, scope)), scope)
    return {(tuple(sorted(((a, e) for a, e in powers.items() if e != 0), key=repr)), m[1]): c}


def unfold(t, scope):
    """A scalar term with its products row·…·column and its traces written as the sums that define them."""
    p, parts = scalar(t, scope), []
    for (scalars, _), c in p.items():
        factors = [c.numerator, ("/", 1, c.denominator)]
        for a, e in scalars:
            if isinstance(a, tuple) and a[0] == "tr":
                k = next(fresh)
                a = ("sum", k, 1, dims(a[1], scope)[0], ("entry", a[1], k, k))
            elif isinstance(a, tuple) and a[0] == "*":
                letters = [(x[1], x[2], *dims(x, scope)) if isinstance(x, tuple) and x[0] == "^" and scope.nonneg(nf(x[2], scope)[0])
                           else (x, 1, *dims(x, scope)) for x in a[1:]]
                a = word_entry(letters, 1, 1, scope)
            factors.append(("^", a, e))
        parts.append(("*", *factors))
    return ("+", *parts) if parts else 0
