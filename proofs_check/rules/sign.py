"""p <= q or p < q for polynomials over ℚ in real variables: Sturm on an interval, Bernstein on a box.

Soundness, f = q − p. Sturm: f > 0 on an interval if f has no root there and is positive at one of its points. f ≥ 0 on it
if the product of the square-free factors of odd multiplicity has no root in its interior (so f does not change sign) and f
is positive at an interior point; the ends follow by continuity. Roots at the ends are divided out before the chain of
the square-free polynomial is evaluated, so that Sturm's theorem applies at both. Bernstein: f is a convex combination of
its Bernstein coefficients on a cell, so f ≥ 0 (f > 0) when all are; cells come from halving and cover the box. A negative
value at a vertex refutes (for an open box by continuity). Only rational bounds on the variables are read as hypotheses;
anything else, and an empty interval, is refused.
"""
from itertools import pairwise, product
from math import comb, prod

from flint import fmpq, fmpq_mpoly_ctx, fmpq_poly

from ..language import free
from ..refusal import Malformed, Rejected, Undecided
from ..values import Budget, Evaluator, NotExact

FIELDS = {"method": "word", "depth": "int"}

MOST_DEGREE = 1000


def rational(term):
    try:
        z = (ev := Evaluator(Budget())).scalar(ev.value(term, {}))
    except NotExact:
        z = None
    if z is None or z.imag:
        raise Rejected("a rational constant is expected", "a rational number", repr(term)[:80])
    return z.real


def real_box(shows):
    """(names, [low, open, high, open] per name with None for unbounded, conclusion) of forall reals within rational bounds."""
    if shows[0] != "forall" or not shows[1] or any(kind != "real" for _, kind in shows[1]):
        raise Rejected("not about all reals of a box", '["forall", [["x", "real"], …], [bounds], …]', repr(shows)[:80])
    box = {x: [None, False, None, False] for x, _ in shows[1]}
    for h in shows[2]:
        side = next((s for s in (1, 2) if h[0] in ("<=", "<") and h[s] in box and not free(h[3 - s])), None)
        if side is None:
            raise Rejected("a hypothesis is not a rational bound on one variable", '["<=", 0, "x"]', repr(h)[:80])
        b, old, end = rational(h[3 - side]), box[h[side]], 2 if side == 1 else 0
        if old[end] is None or (b < old[end] if end else b > old[end]) or (b == old[end] and h[0] == "<"):
            old[end:end + 2] = [b, h[0] == "<"]
    for x, (lo, _, hi, _) in box.items():
        if lo is not None and hi is not None and lo >= hi:
            raise Rejected("an empty interval, or a single point", "low < high", f"{x}: {lo} to {hi}")
    return tuple(box), list(box.values()), shows[3]


def fits(one, other):
    """True unless a product of polynomials of these degrees is too large."""
    degrees = [int(a) + int(b) for a, b in zip(one, other, strict=True)]
    if max(degrees) > MOST_DEGREE or prod(d + 1 for d in degrees if d > 0) > 200_000:
        raise Undecided("a polynomial is too large", f"degree at most {MOST_DEGREE}", str(degrees))
    return True


def polynomial(term, gens, ring):
    if not free(term) & gens.keys():
        return ring.constant(rational(term))
    if isinstance(term, str):
        return gens[term]
    op, args = term[0], term[1:]
    if op == "^" and isinstance(args[1], int) and 0 <= args[1] <= MOST_DEGREE:
        base = polynomial(args[0], gens, ring)
        return fits(base.degrees(), [d * args[1] for d in base.degrees()]) and base ** args[1]
    if op == "/" and not free(args[1]) and rational(args[1]):
        return polynomial(args[0], gens, ring) * (1 / rational(args[1]))
    if op not in ("+", "-", "*"):
        raise Rejected("not a polynomial with rational coefficients", "+ - * /constant ^natural", repr(term)[:80])
    parts = [polynomial(a, gens, ring) for a in args]
    total = -parts[0] if op == "-" and len(parts) == 1 else parts[0]
    for part in parts[1:]:
        if op == "*":
            fits(total.degrees(), part.degrees())
        total = total * part if op == "*" else total + part if op == "+" else total - part
    return total


def odd_part(f):
    """The product of the factors of odd multiplicity (Yun's algorithm)."""
    g = f.gcd(f.derivative())
    b, c, odd, j = f // g, f.derivative() // g, fmpq_poly([1]), 1
    while b.degree() > 0:
        d = c - b.derivative()
        a = b.gcd(d)
        odd, b, c, j = odd * a if j % 2 else odd, b // a, d // a, j + 1
    return odd


def roots(g, lo, hi):
    """The number of roots of a square-free g in the open interval; None is infinite."""
    for end in (lo, hi):
        while end is not None and g(end) == 0:
            g = g // fmpq_poly([-end, 1])
    chain = [g, g.derivative()]
    while chain[-1].degree() > 0:
        rest = -(chain[-2] % chain[-1])
        chain.append(rest if rest == 0 else rest * (1 / abs(rest[rest.degree()])))

    def changes(at, side):
        signs = [h(at) if at is not None else h[h.degree()] * side ** h.degree() for h in chain if h != 0]
        signs = [v > 0 for v in signs if v != 0]
        return sum(a != b for a, b in pairwise(signs))
    return changes(lo, -1) - changes(hi, 1)


def sturm(f, box, strict):
    lo, lo_open, hi, hi_open = box
    if f.degree() <= 0:
        bad = f[0] <= 0 if strict else f[0] < 0
        return Rejected("the difference is a constant of the wrong sign", "> 0" if strict else "≥ 0", str(f[0])) if bad else None
    a, b = (hi - 2 if hi is not None else fmpq(-1)) if lo is None else lo, hi
    b = a + 2 if b is None else b
    points = [a + (b - a) * fmpq(j, f.degree() + 2) for j in range(1, f.degree() + 2)]
    points += [e for e, is_open in ((lo, lo_open), (hi, hi_open)) if e is not None and not is_open]
    wrong = next((x for x in points if f(x) < 0 or (strict and f(x) == 0)), None)
    if wrong is not None:
        return Rejected("the inequality fails", "> 0" if strict else "≥ 0", f"difference {f(wrong)}", f"at {wrong}")
    if count := roots(f // f.gcd(f.derivative()) if strict else odd_part(f), lo, hi):
        return Rejected("the difference vanishes" if strict else "the difference changes sign", "no such root", f"{count} inside")
    return None


def coefficients(f, budget):
    """The Bernstein coefficients of f on [0, 1]^n, by index."""
    degrees = [max(int(d), 0) for d in f.degrees()]  # of the zero polynomial they are negative
    budget.spend(prod(d + 1 for d in degrees))
    table = dict.fromkeys(product(*(range(d + 1) for d in degrees)), fmpq(0))
    table.update({tuple(map(int, e)): c for e, c in f.to_dict().items()})
    for axis, d in enumerate(degrees):
        budget.spend((d + 1) * len(table))
        table = {j: sum((table[(*j[:axis], k, *j[axis + 1:])] * fmpq(comb(j[axis], k), comb(d, k)) for k in range(j[axis] + 1)),
                        fmpq(0)) for j in table}
    return table, degrees


def bernstein(f, box, gens, strict, depth):
    cells, budget = [([(lo, hi) for lo, _, hi, _ in box], 0)], Budget()
    while cells:
        cell, level = cells.pop()
        here = f.compose(*(g * (hi - lo) + lo for g, (lo, hi) in zip(gens, cell, strict=True)))
        table, degrees = coefficients(here, budget)
        for j in product(*({0, d} for d in degrees)):
            at = [lo if k == 0 else hi for k, (lo, hi) in zip(j, cell, strict=True)]
            inside = all((b[0] < x or not b[1]) and (x < b[2] or not b[3]) for x, b in zip(at, box, strict=True))
            if table[j] < 0 or (strict and inside and table[j] == 0):
                return Rejected("the inequality fails", "> 0" if strict else "≥ 0", f"difference {table[j]}", f"at or near {at}")
        if (least := min(table.values())) < 0 or (strict and least == 0):
            if level >= depth:
                return Undecided(f"a negative Bernstein coefficient after {depth} halvings", "> 0", str(least), str(cell))
            axis = level % len(cell)
            lo, hi = cell[axis]
            mid = (lo + hi) / 2
            cells += [([*cell[:axis], half, *cell[axis + 1:]], level + 1) for half in ((lo, mid), (mid, hi))]
    return None


def check(step, ctx):
    names, box, conclusion = real_box(step["shows"])
    if conclusion[0] not in ("<=", "<"):
        raise Rejected("not an inequality", "<= or <", str(conclusion[0]))
    ring, strict = fmpq_mpoly_ctx.get(names, "lex"), conclusion[0] == "<"
    gens = dict(zip(names, ring.gens(), strict=True))
    f = polynomial(conclusion[2], gens, ring) - polynomial(conclusion[1], gens, ring)
    if step.get("method") == "sturm" and len(names) == 1:
        terms = {int(e[0]): c for e, c in f.to_dict().items()}
        bad = sturm(fmpq_poly([terms.get(j, 0) for j in range(max(terms, default=0) + 1)]), box[0], strict)
    elif step.get("method") == "bernstein" and all(b[0] is not None and b[2] is not None for b in box):
        bad = bernstein(f, box, ring.gens(), strict, step.get("depth", 0))
    else:
        raise Malformed("the method does not fit", "sturm: one variable; bernstein: a bounded box", step.get("method"))
    if bad:
        raise bad
