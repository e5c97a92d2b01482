"""A filter as `numeric.design` writes it, in the kernel's language: its doubles as exact dyadic rationals, its loss as a series.

Order and lag are variables bounded by one number on both sides, and poles and weights are sequences with the given values: so the
kernel never writes a double sum or a power out before it evaluates.
"""
import math
from fractions import Fraction
from typing import NamedTuple

from theory.language import (
    IMAGINARY,
    PI,
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    eq,
    exp,
    fn,
    forall,
    le,
    lt,
    matrix,
    names,
    ne,
    re,
    statement,
    sums,
    vec,
    within,
)
from theory.papers.uncertainty import K, S, a, b, k, s
from theory.proof import Proof, explained
from theory.steps import at

t, h, g, j, m, n_ = names("t h g j m n_")
ALPHA = T(1) / 2  # of the paper's filter, as in numeric.design
PREC = 256  # bits
PLACES = 9  # of the decimals
VARIABLES = {"S": "nat", "K": "nat", "a": SEQ, "b": SEQ}
ROWS = within(1, s, S)


class Written(NamedTuple):
    """A written filter: order, lag, ρ; poles and weights [[re, im]] as integers in units of 2^−bits; decimals `most` and `gap`: its loss
    is at most the one, and at most the other above the lower bound."""

    order: int
    K: int
    rho: str
    bits: int
    poles: list
    weights: list
    most: str
    gap: str


def written(found) -> Written:
    """The record of a `numeric.design.Design`; the decimals are rounded up to the ninth place, and one unit is added."""
    from numeric.floors import in_the_trace

    values = [[Fraction(float(x)) for x in (z.real, z.imag)] for z in (*found.poles, *found.weights)]
    bits = max(x.denominator.bit_length() - 1 for pair in values for x in pair)
    whole = [[int(x * 2**bits) for x in pair] for pair in values]
    top = Fraction(math.ceil(Fraction(found.loss.upper().str(40, radius=False)) * 10**PLACES) + 1, 10**PLACES)
    order = len(found.poles)
    gap = Fraction(math.ceil((top - in_the_trace(order, found.K, found.rho).value) * 10**PLACES), 10**PLACES)
    return Written(order, found.K, str(found.rho), bits, whole[:order], whole[order:], str(top), str(gap))


def quotient(text):
    """A rational number as a term."""
    value = Fraction(text)
    return T(value.numerator) / T(value.denominator) if value.denominator > 1 else T(value.numerator)


def table(pairs, bits):
    """Σ_j v_j 1{n = j}, the body of an abbreviation with the parameter n."""
    whole = T(0)
    for j, (real, imaginary) in enumerate(pairs, 1):
        whole = whole + delta("n", j) * (T(real) + T(imaginary) * IMAGINARY)
    return whole / T(2**bits)


class White:
    """White input: L = Σ_k |c_k − 1{k=K}|², cells 1/(1 − xy), states z^K."""

    claim, values = "uncertainty.loss_in_gram_form", {}
    bound, bound_claim = 1 - S / (K + 1), "uncertainty.lower_bound_white"

    def term(self, x, y, size):
        return Abs(response(x, y, size)(k) - delta(k, K)) ** 2

    def loss(self, x, y, size):
        return Series("k", 0, self.term(x, y, size))

    def converges(self, x, y, size):
        return [sums("k", 0, self.term(x, y, size), self.loss(x, y, size))]

    def cell(self, x, y):
        return 1 / (1 - x * y)

    def proper(self, z):
        """What else than 1 − a_s ā_t must not be 0."""
        return []

    def state(self, z):
        return z**K

    def gram_form(self, p, x, y, size, at, proper):
        """(L in closed form, that its series converge)."""
        value = closed(self, x, y, size)
        total = p.use(self.claim, sums("k", 0, self.term(x, y, size), value), **at)
        exists = p.series("exists", self.converges(x, y, size)[0], total)
        return p.use(self.claim, eq(self.loss(x, y, size), value), **at), [exists]


class Coloured:
    """AR(1) input: the double series with ρ^|k−m|; cells (1 − ρ²xy)/((1 − xy)(1 − xρ)(1 − yρ)), states
    (z^{K+1}(1 − ρ²) − ρ^{K+1}(1 − zρ))/((z − ρ)(1 − zρ))."""

    claim, bound_claim = "uncertainty.ar_loss", "uncertainty.ar_lower_bound"

    def __init__(self, rho):
        self.rho = r = quotient(rho)
        self.values = {"rho": r}
        self.bound = 1 - (r**2 / (1 - r**2) + S * (1 + r) / (1 - r)) / K

    def term(self, x, y, size):
        c = response(x, y, size)
        return (c(k) - delta(k, K)) * conj(c(m) - delta(m, K)) * self.rho ** Abs(k - m)

    def loss(self, x, y, size):
        return Series("k", 0, Series("m", 0, self.term(x, y, size)))

    def converges(self, x, y, size):
        row = Series("m", 0, self.term(x, y, size))
        return [forall({"k": "nat"}, [], sums("m", 0, self.term(x, y, size), row)), sums("k", 0, row, self.loss(x, y, size))]

    def cell(self, x, y):
        r = self.rho
        return (1 - r**2 * x * y) / (1 - x * y) / (1 - x * r) / (1 - y * r)

    def proper(self, z):
        return [z - self.rho, 1 - z * self.rho, 1 - conj(z) * self.rho]

    def state(self, z):
        r = self.rho
        return (z ** (K + 1) * (1 - r**2) - r ** (K + 1) * (1 - z * r)) / (z - r) / (1 - z * r)

    def correlation(self, z):
        return Series("m", 0, z**m * self.rho ** Abs(K - m))

    def gram_form(self, p, x, y, size, at, proper):
        """(L in closed form, that its series converge): the Gram form, and the closed form of Σ_m z^m ρ^|K−m|."""
        row, loss = Series("m", 0, self.term(x, y, size)), self.loss(x, y, size)
        first = closed(self, x, y, size, self.correlation)
        rows, whole = self.converges(x, y, size)
        exist = [p.use(self.claim, rows, **at)]
        exist.append(p.series("exists", whole, p.use(self.claim, sums("k", 0, row, first), **at)))
        value = p.use(self.claim, eq(loss, first), **at)
        sides = [y(s) * state(x(s)) for state in (self.correlation, self.state)]
        with p.generalise({"s": "int"}, within(1, s, size), eq(*sides)) as each:
            self.quotient(p, x(s), y(s), [p.apply(ref, ne(term, 0), s=s) for ref, term in zip(proper, self.proper(x(s)), strict=True)])
        sides = [Sum("s", 1, size, side) for side in sides]
        same = p.step("congruence", eq(*sides), equal=each.fact)
        mirrored = p.step("congruence", eq(*map(conj, sides)), equal=same, context=fn("m_", conj("m_")))
        return p.identity(eq(loss, closed(self, x, y, size)), [(value, 1), (same, -1), (mirrored, -1)]), exist

    def quotient(self, p, z, weight, proper):
        """R_K(z) = (z^{K+1}(1 − ρ²) − ρ^{K+1}(1 − zρ))/((z − ρ)(1 − zρ))."""
        r = self.rho

        def product(k):
            whole = Series("m", 0, z**m * r ** Abs(k - m))
            return eq((z - r) * (1 - z * r) * whole, z ** (k + 1) * (1 - r**2) - r ** (k + 1) * (1 - z * r))
        every = p.use("uncertainty.ar_correlation", forall({"k": "nat"}, [], product(k)), z=z, rho=r)
        p.identity(eq(weight * self.correlation(z), weight * self.state(z)),
                   [(p.apply(every, product(K), k=K), weight / (z - r) / (1 - z * r))], nonzero=proper[:2])


def response(x, y, size):
    """k ↦ c_k = Σ y_s x_s^k; x, y: index -> term."""
    return lambda k: Sum("s", 1, size, y(s) * x(s) ** k)


def closed(source, x, y, size, state=None):
    """The loss in Gram form."""
    energy = Sum("s", 1, size, Sum("t", 1, size, y(s) * conj(y(t)) * source.cell(x(s), conj(x(t)))))
    return 1 + energy - 2 * re(Sum("s", 1, size, y(s) * (state or source.state)(x(s))))


def pole(n):
    return a[n]


def weight(n):
    return b[n]


class Instance:
    """What is stated of one written filter; `mark` numbers its abbreviations A, B (its poles and weights), X, Y (the paper's)."""

    def __init__(self, filter, mark):
        self.filter, (self.A, self.B, self.X, self.Y) = filter, names(" ".join(f"{letter}{mark}" for letter in "ABXY"))
        self.source = White() if Fraction(filter.rho) == 0 else Coloured(filter.rho)
        half = (filter.order - 1) // 2
        turn = IMAGINARY * PI * (T("n") - half - 1)
        self.where = [
            (self.A.json, ["n"], table(filter.poles, filter.bits)), (self.B.json, ["n"], table(filter.weights, filter.bits)),
            (self.X.json, ["n"], exp((turn - ALPHA) / filter.K)),
            (self.Y.json, ["n"], exp(turn) * (exp(ALPHA) - exp(-3 * ALPHA)) / (2 * T(filter.K))),
        ]
        self.theirs = S if filter.order % 2 else S - 1  # the paper's filter has odd order
        self.given = [*within(filter.order, S, filter.order), *within(filter.K, K, filter.K),
                      *(forall({"s": "int"}, ROWS, eq(seq[s], values(s))) for seq, values in ((a, self.A), (b, self.B)))]

    def holds(self, most=None):
        """The poles lie in the disk; bound ≤ L ≤ most, L ≤ bound + gap, L ≤ the loss of the paper's filter."""
        L, bound, other = self.source.loss(pole, weight, S), self.source.bound, self.source.loss(self.X, self.Y, self.theirs)
        return both(forall({"s": "int"}, ROWS, lt(Abs(a[s]), 1)), le(bound, L), le(L, quotient(most or self.filter.most)),
                    le(L, bound + quotient(self.filter.gap)), le(L, other))

    def states(self, **changes):
        return forall(VARIABLES, self.given, self.holds(**changes))

    def converges(self):
        """That the series in it converge."""
        return [*self.source.converges(pole, weight, S), *self.source.converges(self.X, self.Y, self.theirs)]

    def inhabits(self):
        """Values at which the hypotheses hold."""
        return {"S": self.filter.order, "K": self.filter.K, "a": fn("n_", self.A(n_)), "b": fn("n_", self.B(n_))}

    def by_balls(self, p, part):
        """The formula `part` about S and K, by ball arithmetic at the numbers that they are."""
        fixed = [*within(self.filter.order, h, self.filter.order), *within(self.filter.K, g, self.filter.K)]
        every = p.step("ball_bound", forall({"h": "int", "g": "int"}, fixed, at(at(part, "S", h), "K", g)), prec=PREC)
        return p.apply(every, part, h=S, g=K)


def shown(p, instance):
    """The statement about one written filter, and that the series in it converge."""
    parts = [instance.holds(), *instance.converges()]
    with p.generalise(VARIABLES, instance.given, both(*parts)) as block:
        stable, tied, exist = evaluated(p, instance, [block(j) for j in range(1, 7)])
        theirs, exist_too = paper_loss(p, instance)
        p.both(p.both(stable, *compared(p, instance, tied, theirs)), *exist, *exist_too)
    return separated(p, instance, block.fact, parts)


def certificate(instance):
    """The certificate of the statement about one written filter."""
    p = Proof("design.filter", statement(forall({}, [], instance.states()), instance.where))
    p.inhabited()
    shown(p, instance)
    return p.certificate()


@explained
def separated(p, instance, whole, parts):
    """Each part on its own, the first one last."""
    for part in reversed(parts):
        rows = part.json[0] == "forall"  # ∀k the inner series converges
        row = at(part.json[3], "k", j) if rows else part
        with p.generalise({**VARIABLES, **({"j": "int"} if rows else {})}, [*instance.given, *([le(0, j)] if rows else [])], row) as block:
            here = p.part(p.apply(whole, both(*parts), S=S, K=K, a=a, b=b), part)
            if rows:
                p.apply(here, row, k=j)
    return block.fact


def above(p, instance):
    """bound < L: the loss of a written filter is above the lower bound."""
    source, L = instance.source, instance.source.loss(pole, weight, S)
    with p.generalise(VARIABLES, instance.given, lt(source.bound, L)) as block:
        _, tied, _ = evaluated(p, instance, [block(j) for j in range(1, 7)])
        _, real = bounded_below(p, source, L, S, a, b)
        apart = instance.by_balls(p, lt(source.bound, ours(instance)))
        p.squares(lt(source.bound, L), [(1, [apart], "", 1)], using=[(tied, -1), (real, T(1) / 2)])
    return block.fact


def evaluated(p, instance, facts):
    """(the poles lie in the disk, Re L as a quadratic form with the numbers in it, its series converge)."""
    poles, weights, source = *facts[4:], instance.source
    stable, proper = inside(p, instance, poles)
    value, exist = source.gram_form(p, pole, weight, S, {"S": S, "K": K, "a": a, "b": b, **source.values}, proper)
    return stable, tabulated(p, instance, poles, weights, value), exist


def ours(instance):
    """The real part of the quadratic form with the numbers in it."""
    return re(quadratic(column(instance.B), gram(instance.source, instance.A), states(instance.source, instance.A)))


@explained
def inside(p, instance, poles):
    """The poles lie in the disk, and no denominator vanishes: by ball arithmetic for the numbers, so for what equals them."""
    A, cells = instance.A, [*ROWS, *within(1, t, S)]

    def carried(claim):
        every = instance.by_balls(p, forall({"s": "int"}, ROWS, claim(A(s))))
        with p.generalise({"s": "int"}, ROWS, claim(a[s])) as block:
            moved(p, poles, A, s, claim, p.apply(every, claim(A(s)), s=s))
        return block.fact
    stable = carried(lambda z: lt(Abs(z), 1))
    facts = [carried(lambda z, i=i: ne(instance.source.proper(z)[i], 0)) for i in range(len(instance.source.proper(a[s])))]
    every = instance.by_balls(p, forall({"s": "int", "t": "int"}, cells, ne(1 - A(s) * conj(A(t)), 0)))
    with p.generalise({"s": "int", "t": "int"}, cells, ne(1 - a[s] * conj(a[t]), 0)):
        half = moved(p, poles, A, s, lambda z: ne(1 - z * conj(A(t)), 0), p.apply(every, ne(1 - A(s) * conj(A(t)), 0), s=s, t=t))
        moved(p, poles, A, t, lambda z: ne(1 - a[s] * conj(z), 0), half)
    return stable, facts


def moved(p, poles, A, n, claim, fact):
    """From the claim about A_n the claim about a_n = A_n."""
    back = p.identity(eq(A(n), a[n]), [(p.apply(poles, eq(a[n], A(n)), s=n), -1)])
    return p.step("congruence", claim(a[n]), equal=back, context=fn("m_", claim(T("m_"))), **{"from": fact})


@explained
def paper_loss(p, instance):
    """The loss of the paper's filter in closed form; its poles lie in the disk."""
    size, X, source = instance.theirs, instance.X, instance.source
    rows = within(1, s, size)
    for claim in (forall({"s": "int"}, rows, lt(Abs(X(s)), 1)),
                  forall({"s": "int", "t": "int"}, [*rows, *within(1, t, size)], ne(1 - X(s) * conj(X(t)), 0))):
        instance.by_balls(p, claim)
    proper = [instance.by_balls(p, forall({"s": "int"}, rows, ne(term, 0))) for term in source.proper(X(s))]
    at = {"S": size, "K": K, "a": fn("n_", X(n_)), "b": fn("n_", instance.Y(n_)), **source.values}
    return source.gram_form(p, X, instance.Y, size, at, proper)


def quadratic(w, C, x):
    """1 + w*Cw − 2 Re w*x."""
    return 1 + w.H @ C @ w - 2 * re(w.H @ x)


def column(y):
    return vec("s", S, conj(y(s)))


def gram(source, x):
    return matrix("s", S, "t", S, source.cell(x(s), conj(x(t))))


def states(source, x):
    return vec("s", S, source.state(x(s)))


@explained
def tabulated(p, instance, poles, weights, value):
    """Re L as a quadratic form in which poles and weights are replaced by their values, place by place."""
    source, A, B, L = instance.source, instance.A, instance.B, instance.source.loss(pole, weight, S)

    def column_equal(f, x, values, given):
        with p.generalise({"s": "int"}, ROWS, eq(f(x(s)), f(values(s)))) as each:
            p.step("congruence", each.shows[3], equal=p.apply(given, eq(x(s), values(s)), s=s), context=fn("m_", f(T("m_"))))
        return p.step("congruence", eq(vec("s", S, f(x(s))), vec("s", S, f(values(s)))), equal=each.fact)
    changes = [column_equal(conj, weight, B, weights), gram_equal(p, instance, poles), column_equal(source.state, pole, A, poles)]
    now, form = [column(weight), gram(source, pole), states(source, pole)], quadratic_form(p, source, value)
    for j, (change, new) in enumerate(zip(changes, (column(B), gram(source, A), states(source, A)), strict=True)):
        held = quadratic(*(T("m_") if i == j else x for i, x in enumerate(now)))
        now[j] = new
        form = p.step("congruence", eq(re(L), re(quadratic(*now))), equal=change, context=fn("m_", eq(re(L), re(held))), **{"from": form})
    return form


@explained
def gram_equal(p, instance, poles):
    """The Gram matrix of the poles is that of their values, entry by entry."""
    cell, A = instance.source.cell, instance.A
    with p.generalise({"s": "int", "t": "int"}, [*ROWS, *within(1, t, S)], eq(cell(a[s], conj(a[t])), cell(A(s), conj(A(t))))) as each:
        here, there = (p.apply(poles, eq(a[n], A(n)), s=n) for n in (s, t))
        first = p.step("congruence", eq(cell(a[s], conj(a[t])), cell(A(s), conj(a[t]))), equal=here,
                       context=fn("m_", cell(T("m_"), conj(a[t]))))
        p.step("congruence", each.shows[3], equal=there, context=fn("m_", eq(cell(a[s], conj(a[t])), cell(A(s), conj(T("m_"))))),
               **{"from": first})
    return p.entries(eq(gram(instance.source, pole), gram(instance.source, A)), each=each.fact)


@explained
def quadratic_form(p, source, value):
    """Re L = Re(1 + w*Cw − 2 Re w*x)."""
    w, C, x, L = column(weight), gram(source, pole), states(source, pole), source.loss(pole, weight, S)
    energy = p.entries(eq(w.H @ C @ w, Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) * source.cell(a[s], conj(a[t]))))))
    answer = Sum("s", 1, S, b[s] * source.state(a[s]))
    direct = p.entries(eq(w.H @ x, answer))
    mirrored = p.step("congruence", eq(conj(w.H @ x), conj(answer)), equal=direct, context=fn("m_", conj("m_")))
    form = p.identity(eq(L, quadratic(w, C, x)), [(value, 1), (energy, -1), (direct, 1), (mirrored, 1)])
    return p.step("congruence", eq(re(L), re(quadratic(w, C, x))), equal=form, context=fn("m_", re("m_")))


@explained
def compared(p, instance, tied, theirs):
    """The uncertainty principle from below; from above the enclosure of both losses."""
    source, L = instance.source, instance.source.loss(pole, weight, S)
    paper, paper_closed = source.loss(instance.X, instance.Y, instance.theirs), closed(source, instance.X, instance.Y, instance.theirs)
    bound, real = bounded_below(p, source, L, S, a, b)
    _, paper_real = bounded_below(p, source, paper, instance.theirs, *(fn("n_", f(n_)) for f in (instance.X, instance.Y)))
    half = T(1) / 2
    tops = [p.squares(le(L, top), [(1, [instance.by_balls(p, le(ours(instance), top))], "", 1)], using=[(tied, 1), (real, -half)])
            for top in (quotient(instance.filter.most), source.bound + quotient(instance.filter.gap))]
    parts = p.step("congruence", eq(re(paper), re(paper_closed)), equal=theirs, context=fn("m_", re("m_")))
    better = p.squares(le(L, paper), [(1, [instance.by_balls(p, le(ours(instance), re(paper_closed)))], "", 1)],
                       using=[(tied, 1), (real, -half), (parts, -1), (paper_real, half)])
    return bound, *tops, better


@explained
def bounded_below(p, source, L, size, poles, weights):
    """(bound ≤ L, conj L = L): what has a lower bound is real."""
    bound = T(source.bound) if size is S else at(source.bound, "S", size)
    fact = p.use(source.bound_claim, le(bound, L), S=size, K=K, a=poles, b=weights, **source.values)
    above = p.squares(le(0, L - bound), [(1, [fact], "", 1)])
    mirrored = p.step("quadratic_form", eq(conj(L - bound), L - bound), mode="hermitian", **{"from": [above]})
    return fact, p.identity(eq(conj(L), L), [(mirrored, 1)])
