"""Values of closed terms, and the three-valued decision of closed formulas.

Soundness. A value is a matrix; 1×1 is a scalar. Its entries are exact Gaussian rationals (`G`), equal to the value of
the term, or balls (`acb`) that contain it: every ball operation encloses, names stand for exact values or for balls
containing them, and sizes and indices are always exact. `decide` says True or False only when that holds at every point
of the balls; equality is never concluded from balls, and an order only when the difference is known to be real or
Hermitian, because its imaginary part is exactly 0 or `selfadjoint` shows it from the shape of the term. Improper terms
(x/0, the inverse of a singular matrix, log 0) are rejected, never given the total value 0. A budget bounds the work.
"""
from dataclasses import dataclass

from flint import acb, acb_mat, arb, ctx, fmpq

from .language import free
from .refusal import Malformed, Rejected, Undecided

AT_ZERO = {"exp": 1, "sin": 0, "cos": 1, "tan": 0, "atan": 0, "sinh": 0, "cosh": 1, "tanh": 0}
REAL_OF_REAL = {"+", "-", "/", "^", "inv", "adj", "conj", "tr", "det", *AT_ZERO}  # and Hermitian of Hermitian
MATRICES = {"matrix", "diag", "vec", "eye", "zero"}
POWER_BITS = 1 << 20


class NotExact(Exception):
    """Not a Gaussian rational, or too large to be written down as one."""


class Budget:
    def __init__(self, left=5_000_000, error=Undecided):
        self.left, self.error = left, error

    def spend(self, cost=1):
        self.left -= cost
        if self.left < 0:
            raise self.error("the budget of evaluated terms ran out")


@dataclass(slots=True)
class G:
    """A Gaussian rational."""
    real: fmpq
    imag: fmpq

    def __add__(self, o):
        return G(self.real + o.real, self.imag + o.imag)

    def __sub__(self, o):
        return G(self.real - o.real, self.imag - o.imag)

    def __mul__(self, o):
        return G(self.real * o.real - self.imag * o.imag, self.real * o.imag + self.imag * o.real)

    def conjugate(self):
        return G(self.real, -self.imag)

    def bits(self):
        return int(self.real.height_bits()) + int(self.imag.height_bits())


@dataclass(slots=True)
class Mat:
    m: int
    n: int
    rows: list

    def map(self, f):
        return Mat(self.m, self.n, [[f(x) for x in row] for row in self.rows])

    def adjoint(self):
        return Mat(self.n, self.m, [[row[j].conjugate() for row in self.rows] for j in range(self.n)])

    def entries(self):
        return [x for row in self.rows for x in row]

    def flint(self):
        return acb_mat(self.m, self.n, self.entries())


def positive(x):
    """Of a rational or a real ball: True or False when certain, else None."""
    return True if (x > 0) is True else False if (x <= 0) is True else None


def nonzero(z):
    """True or False when certain; never False of a ball, so that 0 is never concluded from one."""
    if isinstance(z, G):
        return bool(z.real) or bool(z.imag)
    return True if any(positive(x) is True for x in (z.real, -z.real, z.imag, -z.imag)) else None


def root(x):
    """The square root of a rational that is the square of one."""
    p, q = (x.p.isqrt(), x.q.isqrt()) if x >= 0 else (0, 1)
    if p * p != x.p or q * q != x.q:
        raise NotExact
    return fmpq(p, q)


def mentions(term, words):
    return term in words if not isinstance(term, tuple) else any(mentions(t, words) for t in term)


class Evaluator:
    """Evaluates terms exactly or, inside `ctx.workprec`, in balls; `known` holds terms proven to equal their adjoint."""

    def __init__(self, budget, exact=True, known=frozenset()):
        self.budget, self.exact, self.known = budget, exact, known

    def number(self, re, im=0):
        if self.exact:
            return G(fmpq(re), fmpq(im))
        return acb(re) if isinstance(re, arb) else acb(fmpq(re), fmpq(im))

    def lift(self, v):
        """The value of what a name stands for: an integer, a rational, a number, a matrix or a closed term."""
        if isinstance(v, int):
            return Mat(1, 1, [[G(fmpq(v), fmpq(0)) if self.exact else acb(v)]])
        if isinstance(v, Mat):
            return v.map(lambda x: self.lift(x).rows[0][0])
        if isinstance(v, tuple):
            return self.value(v, {})
        if isinstance(v, acb) and self.exact:
            raise NotExact
        if not isinstance(v, acb):
            v = self.number(v.real, v.imag) if isinstance(v, G) else self.number(fmpq(v.numerator, v.denominator))
        return Mat(1, 1, [[v]])

    def integer(self, term, env):
        n = env.get(term) if isinstance(term, str) else term
        if isinstance(n, int):
            return n
        try:
            v = Evaluator(self.budget).value(term, env)
        except NotExact:
            raise (NotExact if self.exact else Undecided)("a size or an index is not exact") from None
        z = self.scalar(v)
        if z.imag or z.real.q != 1:
            raise Rejected("a size or an index is not an integer", "an integer", f"{z.real} + {z.imag} i")
        return int(z.real.p)

    def scalar(self, v):
        if (v.m, v.n) != (1, 1):
            raise Rejected("a scalar is expected", "1×1", f"{v.m}×{v.n}")
        return v.rows[0][0]

    def square(self, v):
        if v.m != v.n:
            raise Rejected("a square matrix is expected", "n×n", f"{v.m}×{v.n}")
        return v

    def table(self, m, n, f):
        self.budget.spend(max(m, 0) * max(n, 0))
        if m < 0 or n < 0:
            raise Rejected("a negative size", "≥ 0", f"{m}×{n}")
        return Mat(m, n, [[f(s, t) for t in range(1, n + 1)] for s in range(1, m + 1)])

    def eye(self, n):
        return self.table(n, n, lambda s, t: self.number(int(s == t)))

    def value(self, term, env):
        self.budget.spend()
        if isinstance(term, int):
            return self.lift(term)
        if isinstance(term, str):
            if term not in env:
                raise Malformed("a name is free where the formula has to be closed", "a closed formula", term)
            return self.lift(env[term])
        op, args = term[0], term[1:]
        if op in ("*", "sum", "prod"):
            return self.product(args, env) if op == "*" else self.fold(*term, env)
        if op == "matrix":
            m, n = self.integer(args[1], env), self.integer(args[3], env)
            return self.table(m, n, lambda s, t: self.scalar(self.value(args[4], {**env, args[0]: s, args[2]: t})))
        if op in ("diag", "vec"):
            n, zero = self.integer(args[1], env), self.number(0)
            return self.table(n, n if op == "diag" else 1, lambda s, t: zero if op == "diag" and s != t else
                              self.scalar(self.value(args[2], {**env, args[0]: s})))
        if op in ("eye", "zero", "delta"):
            m, n = self.integer(args[0], env), self.integer(args[-1], env)
            return self.lift(int(m == n)) if op == "delta" else self.eye(n) if op == "eye" else \
                self.table(m, n, lambda s, t: self.number(0))
        if op == "^":
            return self.power(self.square(self.value(args[0], env)), self.integer(args[1], env))
        if op == "at":
            n, f = self.integer(args[1], env), env.get(args[0]) if isinstance(args[0], str) else args[0]
            if callable(f):
                return self.lift(f(n))
            if not isinstance(f, tuple) or f[0] != "fn":
                raise Malformed("not a sequence", '["fn", k, body]', repr(args[0]))
            return self.value(f[2], {**(env if f is args[0] else {}), f[1]: n})
        if op == "i" or (op == "pi" and not self.exact):
            return self.lift(self.number(0, 1) if op == "i" else acb.pi())
        if op in ("pi", "series", "integral"):
            raise NotExact if self.exact else Undecided(f"{op} is not evaluated")
        v = self.value(args[0], env)
        if op == "entry":
            s, t = self.integer(args[1], env), self.integer(args[2], env)
            if not (1 <= s <= v.m and 1 <= t <= v.n):
                raise Rejected("an index lies outside the matrix", f"1..{v.m}, 1..{v.n}", f"{s}, {t}")
            return self.lift(v.rows[s - 1][t - 1])
        if op in ("+", "-"):
            v = self.add(v.map(lambda x: x - x), v, -1) if op == "-" and len(args) == 1 else v
            for w in args[1:]:
                v = self.add(v, self.value(w, env), -1 if op == "-" else 1)
            return v
        if op == "/":
            w = self.value(args[1], env)
            return self.multiply(self.solve(self.lift(self.scalar(w)), self.eye(1)), v)
        if op in ("adj", "conj"):
            return v.adjoint() if op == "adj" else v.map(lambda x: x.conjugate())
        if op in ("inv", "det"):
            return self.solve(v, self.eye(v.m)) if op == "inv" else self.lift(self.determinant(self.square(v)))
        if op == "tr":
            return self.lift(sum((row[j] for j, row in enumerate(self.square(v).rows)), self.number(0)))
        return self.lift(self.function(op, self.scalar(v)))

    def function(self, op, z):
        if op in ("re", "im"):
            return self.number(z.real if op == "re" else z.imag)
        if op not in AT_ZERO and op not in ("abs", "sqrt", "log"):
            raise Malformed("not a term", "a term of LANGUAGE.md", op)
        if not self.exact:
            if op == "atan" and not z.imag.is_zero():
                raise Undecided("atan is evaluated at real arguments only", "an imaginary part that is exactly 0")
            return acb(abs(z)) if op == "abs" else getattr(z, op)()
        if op == "abs":
            return self.number(root(z.real * z.real + z.imag * z.imag))
        if op == "sqrt" and not z.imag:
            return self.number(root(z.real)) if z.real >= 0 else self.number(0, root(-z.real))
        if op == "log" and not nonzero(z):
            raise Rejected("improper: log 0")
        if (op in AT_ZERO and not nonzero(z)) or (op == "log" and z == self.number(1)):
            return self.number(AT_ZERO.get(op, 0))
        raise NotExact

    def add(self, a, b, sign=1):
        if (a.m, a.n) != (b.m, b.n):
            raise Rejected("the sizes do not fit", f"{a.m}×{a.n}", f"{b.m}×{b.n}")
        if a.m == a.n == 1:
            return Mat(1, 1, [[a.rows[0][0] + b.rows[0][0] if sign > 0 else a.rows[0][0] - b.rows[0][0]]])
        return Mat(a.m, a.n, [[x + y if sign > 0 else x - y for x, y in zip(r, q, strict=True)]
                              for r, q in zip(a.rows, b.rows, strict=True)])

    def multiply(self, a, b):
        if a.m == a.n == 1 or b.m == b.n == 1:
            a, b = (a, b) if a.m == a.n == 1 else (b, a)
            v = b.map(lambda x: a.rows[0][0] * x)
        elif a.n != b.m:
            raise Rejected("the sizes do not fit", f"{a.n} rows", f"{b.m} rows")
        else:
            self.budget.spend(a.m * a.n * b.n)
            columns = [[row[j] for row in b.rows] for j in range(b.n)]
            v = self.table(a.m, b.n, lambda s, t: sum((x * y for x, y in zip(a.rows[s - 1], columns[t - 1], strict=True)),
                                                      self.number(0)))
        self.budget.spend(1 + (sum(x.bits() for x in v.entries()) // 256 if self.exact else 0))
        return v

    def product(self, factors, env):
        """From the right, so that inv(M) x is one solve; when sizes fit, the order of multiplying does not matter."""
        v = None
        for f in reversed(factors):
            if v is not None and isinstance(f, tuple) and f[0] == "inv":
                a = self.value(f[1], env)
                v = self.solve(a, v) if a.m == v.m else self.multiply(self.solve(a, self.eye(a.m)), v)
            else:
                v = self.value(f, env) if v is None else self.multiply(self.value(f, env), v)
        return v

    def power(self, v, n):
        v, n = (v, n) if n >= 0 else (self.solve(v, self.eye(v.m)), -n)
        if v.m == 1 and not self.exact:
            return self.lift(self.scalar(v) ** n if n else self.number(1))
        if self.exact and v.m == 1 and all(abs(x) in (0, 1) for x in (v.rows[0][0].real, v.rows[0][0].imag)):
            n = (n - 1) % 4 + 1 if n and not v.rows[0][0].real * v.rows[0][0].imag else n  # 0, ±1, ±i
        if self.exact and n * max((x.bits() for x in v.entries()), default=0) > POWER_BITS:
            raise NotExact
        result = self.eye(v.m)
        while n:
            result, v, n = self.multiply(v, result) if n & 1 else result, self.multiply(v, v) if n > 1 else v, n >> 1
        return result

    def fold(self, op, k, lo, hi, body, env):
        lo, hi = self.integer(lo, env), self.integer(hi, env)
        if hi < lo:
            plain = not mentions(body, MATRICES | {x for x, v in env.items() if isinstance(v, Mat | tuple)})
            v = self.eye(1) if plain else self.value(body, {**env, k: lo})  # for its size only
            return self.eye(self.square(v).m) if op == "prod" else self.table(v.m, v.n, lambda s, t: self.number(0))
        if hi - lo >= self.budget.left:
            raise self.budget.error("a sum or product is too long for the budget")
        v = self.value(body, {**env, k: lo})
        for j in range(lo + 1, hi + 1):
            w = self.value(body, {**env, k: j})
            v = self.add(v, w) if op == "sum" else self.multiply(v, w)
            self.budget.spend(sum(x.bits() for x in v.entries()) // 256 if self.exact else 1)
        return v

    def solve(self, a, b):
        """inv(a) b."""
        if self.square(a).m != b.m:
            raise Rejected("the sizes do not fit", f"{a.m} rows", f"{b.m} rows")
        if self.exact:
            det, rows = self.eliminate(a, b)
            if not nonzero(det):
                raise Rejected("improper: division by 0 or the inverse of a singular matrix", "an invertible denominator")
            return Mat(b.m, b.n, rows)
        self.budget.spend(a.m * a.m * (a.m + b.n))
        if a.m == b.n == 1 and nonzero(a.rows[0][0]):
            return Mat(1, 1, [[b.rows[0][0] / a.rows[0][0]]])
        try:
            return Mat(b.m, b.n, a.flint().solve(b.flint()).tolist()) if b.m and b.n else b
        except ZeroDivisionError:
            raise Undecided("precision: a denominator could not be told from 0, or a matrix from a singular one") from None

    def determinant(self, a):
        self.budget.spend(a.m ** 3)
        return self.eliminate(a, Mat(a.m, 0, [[] for _ in a.rows]))[0] if self.exact else a.flint().det() if a.m else acb(1)

    def eliminate(self, a, b):
        """(det a, rows of inv(a) b) by Gauss-Jordan over the Gaussian rationals; (0, None) when a is singular."""
        rows, det = [r + q for r, q in zip(a.rows, b.rows, strict=True)], self.number(1)
        for k in range(a.m):
            p = next((i for i in range(k, a.m) if nonzero(rows[i][k])), None)
            if p is None:
                return self.number(0), None
            if p != k:
                rows[p], rows[k], det = rows[k], rows[p], det * self.number(-1)
            det, norm = det * rows[k][k], rows[k][k] * rows[k][k].conjugate()
            self.budget.spend((a.m + b.n - k) * a.m * (1 + det.bits() // 512))
            inverse = rows[k][k].conjugate() * self.number(1 / norm.real)
            rows[k] = rows[k][:k] + [x * inverse for x in rows[k][k:]]
            for i in range(a.m):
                if i != k and nonzero(rows[i][k]):
                    rows[i] = rows[i][:k] + [x - rows[i][k] * y for x, y in zip(rows[i][k:], rows[k][k:], strict=True)]
        return det, [row[a.m:] for row in rows]

    def definite(self, a, strict):
        """Whether a matrix known to be Hermitian is positive (semi)definite, by LDL* on the upper triangle."""
        rows = [row[:] for row in a.rows]
        for k in range(a.m):
            p = rows[k][k].real
            if positive(p) is not True:
                if positive(-p) is True or (self.exact and (strict or any(nonzero(x) for x in rows[k][k + 1:]))):
                    return False
                if not self.exact and (strict or k + 1 < a.m or (p >= 0) is not True):
                    return None
                continue  # a zero row and column of the Schur complement, or a last pivot ≥ 0
            self.budget.spend((a.m - k) ** 2)
            inverse = self.number(1 / p)
            for i in range(k + 1, a.m):
                f = rows[k][i].conjugate() * inverse
                rows[i][i:] = [x - f * y for x, y in zip(rows[i][i:], rows[k][i:], strict=True)]
        return True

    def selfadjoint(self, term, env):
        """True when the term equals its own adjoint (a scalar: is real), by its exact value or by its shape."""
        try:
            v = Evaluator(Budget(self.budget.left // 4, NotExact)).value(term, env)
            return v == v.adjoint()
        except NotExact:
            pass
        if term in self.known or (("conj", term) in self.known and self.value(term, env).m == 1):
            return True
        if isinstance(term, str):
            return isinstance(env[term], acb) and env[term].imag.is_zero()
        op, args = term[0], term[1:]
        if op in REAL_OF_REAL:
            return all(self.selfadjoint(a, env) for a in args)
        if op == "sum":
            ks = range(self.integer(args[1], env), self.integer(args[2], env) + 1)
            return bool(ks) and all(self.selfadjoint(args[3], {**env, args[0]: k}) for k in ks)
        if op != "*":
            return op in ("pi", "re", "im", "abs")

        def scalar(f):
            return (v := self.value(f, env)).m == v.n == 1

        def palindrome(fs):
            return all(a == ("adj", b) or b == ("adj", a) or (a == b and self.selfadjoint(a, env))
                       or ((a == ("conj", b) or b == ("conj", a)) and scalar(a)) for a, b in zip(fs, fs[::-1], strict=True))
        # real scalars commute, so they may be left out
        return palindrome(args) or palindrome([f for f in args if not (scalar(f) and self.selfadjoint(f, env))])


def atom(ev, formula, env, note):
    op, a = formula[0], formula[1]
    if op == "invertible":
        v = ev.square(ev.value(a, env))
        return nonzero(ev.determinant(v)) if ev.exact else ev.solve(v, ev.eye(v.m)) is not None
    d = ev.add(ev.value(formula[2], env), ev.value(a, env), -1)
    if op in ("=", "!="):
        apart = {nonzero(x) for x in d.entries()}
        differ = True if True in apart else None if None in apart else False
        found = differ if op == "!=" or differ is None else not differ
    else:
        star = ev.square(d).adjoint()
        if ev.exact:
            found = d == star and ev.definite(d, op == "<")
        elif any(nonzero(x) for x in ev.add(d, star, -1).entries()):
            found = False
        elif (d.m == 1 and d.rows[0][0].imag.is_zero()) or ev.selfadjoint(("-", formula[2], a), env):
            found = ev.definite(d, op == "<")
        else:
            found = False if d.m == 1 and positive(-d.rows[0][0].real) else None
            note.append("the difference is not known to be real or Hermitian")
    if found is not True:
        note.append(f"difference {' '.join(str(x) for x in d.entries()[:4])}")
    return found


def instances(names, hyps, env, budget):
    """All values of `names` within the closed integer bounds that the hypotheses state."""
    if not names:
        yield env
        return
    (x, kind), later, lows, highs = names[0], {n for n, _ in names}, [], []
    for h in (*hyps, ("<=", 0, x)) if kind == "nat" else hyps if kind == "int" else ():
        if h[0] in ("<=", "<") and x in h[1:] and not free(bound := h[2] if h[1] == x else h[1]) & later:
            try:
                z = (ev := Evaluator(budget)).scalar(ev.value(bound, env))
            except NotExact:
                continue
            if z.imag:
                continue
            if h[1] == x:
                highs.append(int(z.real.ceil()) - 1 if h[0] == "<" else int(z.real.floor()))
            else:
                lows.append(int(z.real.floor()) + 1 if h[0] == "<" else int(z.real.ceil()))
    if not lows or not highs:
        raise Undecided("a quantifier does not range over finitely many integers", "an integer bounded on both sides", x)
    for k in range(max(lows), min(highs) + 1):
        budget.spend()
        yield from instances(names[1:], hyps, {**env, x: k}, budget)


def every(answers):
    """Three-valued `and`; stops at the first False."""
    found = True
    for answer in answers:
        if answer is False:
            return False
        found = found if answer is True else None
    return found


def decide(formula, env=None, prec=None, budget=None, note=None, known=frozenset()):
    """True, False or None: exactly, else in balls at `prec` bits if that is given and not 0; `note` collects what was not shown.

    Raises Rejected where a term is improper and Undecided where a budget or the precision of a denominator runs out.
    """
    env, budget, note = env or {}, budget or Budget(), [] if note is None else note
    op = formula[0]
    if op == "and":
        return every(decide(f, env, prec, budget, note, known) for f in formula[1:])
    if op == "forall":
        def at(e):
            given = every(decide(h, e, prec, budget, [], known) for h in formula[2])
            found = True if given is False else decide(formula[3], e, prec, budget, note, known)
            if found is not True:
                note.append(", ".join(f"{x} = {e[x]}" for x, _ in formula[1]))
            return found if found is True or given is True else None
        return every(at(e) for e in instances(formula[1], formula[2], env, budget))
    if op not in ("=", "!=", "<=", "<", "invertible"):
        note.append("only integers bounded on both sides are enumerated" if op == "forall" else f"{op} is not evaluated")
        return None
    try:
        return atom(Evaluator(Budget(budget.left // 4, NotExact) if prec else budget), formula, env, note)
    except NotExact:
        if not prec:
            note.append("not a statement about Gaussian rationals: balls need a precision")
            return None
    with ctx.workprec(prec):
        return atom(Evaluator(budget, False, known), formula, env, note)


def settle(found, note, prec=None):
    """None if shown, else the refusal."""
    if found is not True:
        at, note = f"in balls at {prec} bits" if prec else "exactly", [*note, ""]
        kind, message = (Rejected, f"false, decided {at}") if found is False else (Undecided, f"not decided {at}")
        raise kind(message, "the formula holds", note[0], "; ".join(filter(None, note[1:])))
