"""A quadratic form of a summable sequence as an integral against a spectral density."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    T,
    both,
    conj,
    delta,
    eq,
    exp,
    fn,
    forall,
    integrates,
    le,
    lt,
    names,
    statement,
    sums,
)
from theory.mutations import changed
from theory.papers.circle import TURN, wave
from theory.proof import explained

e, g, k, j, m, n, x, A, B, M = names("e g k j m n x A B M")
E, G, Q = names("E G Q")
FIRST, SECOND = g[k] * exp(-IMAGINARY * k * x), g[-k] * exp(IMAGINARY * k * x)
PAIR = e[k] * conj(e[j]) * g[j - k]
ROWS = forall({"k": "int"}, [le(0, k)], sums("j", 0, PAIR, Series("j", 0, PAIR)))
COLUMN = sums("k", 0, Series("j", 0, PAIR), Q)
CONVERGES = forall({"x": "real"}, [], both(sums("k", 0, e[k] * exp(-IMAGINARY * k * x), E(x)), sums("k", 0, FIRST, Series("k", 0, FIRST)),
                                           sums("k", 1, SECOND, Series("k", 1, SECOND))))
MEAN = integrates("x", 0, TURN, Abs(E(x)) ** 2 * G(x), TURN * Q)
WHERE = [("E", ["x"], Series("k", 0, e[k] * exp(-IMAGINARY * k * x))), ("G", ["x"], Series("k", 0, FIRST) + Series("k", 1, SECOND)),
         ("Q", [], Series("k", 0, Series("j", 0, PAIR)))]
VARIABLES = {"e": SEQ, "g": SEQ, "A": "real", "B": "real", "M": "real"}
GIVEN = [sums("k", 0, Abs(e[k]), A), sums("k", 0, Abs(g[k]), B), sums("k", 1, Abs(g[-k]), M)]

claim = Claim(
    title="A quadratic form as an integral against a spectral density",
    says="For summable e and g, with E(x) = Σ e_k e^{−ikx} and G(x) = Σ g_k e^{−ikx} over all integers k, the integral of |E|²G over "
         "one turn is 2π Σ_{k,j} e_k ē_j g_{j−k}.",
    statement=statement(forall(VARIABLES, GIVEN, both(CONVERGES, ROWS, COLUMN, MEAN)), WHERE),
    source="own",
    hypotheses={"Σ|e_k| and Σ|g_k| converge": "the series need not converge"},
    limits="The index of g is j − k, not k − j: for g that is not even the two differ. The series over all integers is two halves.",
)


@claim.derive
def three_lags(step):
    import sympy

    from theory.identities import confirm, equal

    omega = sympy.symbols("omega", real=True)
    e, v = sympy.symbols("e0:3"), sympy.symbols("v0:3")
    g = {0: sympy.Symbol("gamma0"), 1: sympy.Symbol("gamma1"), -1: sympy.Symbol("gammabar1")}
    turn = sympy.exp(-sympy.I * omega)
    wave, mirrored = sum(x * turn**k for k, x in enumerate(e)), sum(x * turn**-k for k, x in enumerate(v))
    density = sum(value * turn**k for k, value in g.items())
    integrand = sympy.expand(wave * mirrored * density)
    mean = sum(term.as_independent(omega)[0] for term in integrand.as_ordered_terms() if not term.has(omega))
    integral = sympy.integrate(sum(term for term in integrand.as_ordered_terms() if term.has(omega)), (omega, 0, 2 * sympy.pi))
    equal(step, "waves integrate to 0", sympy.simplify(integral), sympy.S.Zero, shown="∫ of the terms with ω", why="over the whole circle")
    form = sum(e[k] * v[j] * g[j - k] for j in range(3) for k in range(3) if abs(j - k) < 2)
    confirm(step, "what stays", [sympy.expand(mean - form)],
            why="(1/2π) ∫ |E|²Γ = Σ e_k ē_j γ(j − k): three samples, lags up to 1, v_j for ē_j")


@claim.certify
def proof(p, _):
    with p.inhabited_by(e=fn("n", 0), g=fn("n", 0), A=0, B=0, M=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        p.series("linear", sums("k", 1, Abs(T(0)), 0), using=[])
    converges, height = transforms(p)
    single = coefficient(p)
    rows, row_mean = row(p, converges, height, single)
    p.conclude(converges, rows, *whole(p, converges, height, rows, row_mean))


def bounded_series(p, lo, term, size, total):
    """Σ term converges and |Σ term| ≤ total, from |term| ≤ size."""
    with p.generalise({"k": "int"}, [le(lo, k)], le(Abs(term), size)) as below:
        p.squares(le(Abs(term), size))
    fact = p.series("compare", sums("k", lo, term, Series("k", lo, term)), below.fact, total)
    return fact, p.series("triangle", le(Abs(Series("k", lo, term)), total.shows[4]), fact, total, below.fact)


@explained
def transforms(p):
    """All series converge, because |e^{−ikx}| = 1; |E| ≤ A and |G| ≤ B + M."""
    parts = ((0, e[k] * exp(-IMAGINARY * k * x), Abs(e[k])), (0, FIRST, Abs(g[k])), (1, SECOND, Abs(g[-k])))
    with p.generalise({"x": "real"}, [], CONVERGES.json[3]) as block:
        p.both(*(bounded_series(p, *part, p.given(number))[0] for number, part in enumerate(parts, 1)))
    for shown in CONVERGES.json[3][1:]:
        with p.generalise({"x": "real"}, [], T(shown)):
            p.part(p.apply(block.fact, T(CONVERGES.json[3]), x=x), T(shown))
    high = both(le(Abs(conj(E(x))), A), le(Abs(G(x)), B + M))
    with p.generalise({"x": "real"}, [], high) as top:
        mirrored = conj(e[k]) * exp(IMAGINARY * k * x)
        first = bounded_series(p, 0, mirrored, Abs(e[k]), p.given(1))[1]
        halves = [bounded_series(p, *part, p.given(number))[1] for number, part in enumerate(parts[1:], 2)]
        sizes = (Series("k", 0, FIRST), Series("k", 1, SECOND))
        sum_of = p.use("algebra.triangle", le(Abs(G(x)), Abs(sizes[0]) + Abs(sizes[1])), x=sizes[0], y=sizes[1])
        p.both(first, p.squares(le(Abs(G(x)), B + M), [(1, [sum_of], "", 1), *((1, [half], "", 1) for half in halves)]))
    return block.fact, top.fact


@explained
def coefficient(p, tail=None):
    """∫ e^{−imx} G dx = 2π g_{−m}: one of the two halves has the frequency m, the other has not."""
    tail = tail or p.given(3)
    goal = integrates("x", 0, TURN, wave(-x * m) * G(x), TURN * g[-m])
    with p.generalise({"m": "int"}, [], goal) as block:
        p.series("shift", sums("k", 0, Abs(g[-k - 1]), M), tail, by=1)
        values = ({"f": fn("n", g[n]), "n": fn("n", -n), "A": B}, {"f": fn("n", g[-n - 1]), "n": fn("n", n + 1), "A": M})
        terms = ((g[k], -k), (g[-k - 1], k + 1))
        picks = [Series("k", 0, f * delta(m, at)) for f, at in terms]
        halves = [Series("k", 0, f * wave(x * at)) for f, at in terms]
        means = [p.use("analysis.fourier_coefficient", integrates("x", 0, TURN, wave(-x * m) * half, TURN * pick), m=m, **value)
                 for half, pick, value in zip(halves, picks, values, strict=True)]
        total = p.integral("linear", integrates("x", 0, TURN, wave(-x * m) * (halves[0] + halves[1]), TURN * (picks[0] + picks[1])),
                           using=[[mean, 1, 1] for mean in means])
        chosen = which(p, terms, picks)
        moved = p.step("congruence", integrates("x", 0, TURN, wave(-x * m) * (halves[0] + halves[1]), TURN * g[-m]), equal=chosen,
                       context=fn("m_", integrates("x", 0, TURN, wave(-x * m) * (halves[0] + halves[1]), TURN * names("m_"))),
                       **{"from": total})
        with p.generalise({"n": "real"}, [], eq(wave(-n * m) * at_n(halves[0] + halves[1]), wave(-n * m) * G(n))) as equal:
            renumbered(p, halves[1], m, tail)
        p.integral("equal", goal, moved, equal.fact)
    return block.fact


def at_n(term):
    """A term in x at n."""
    from theory.steps import at

    return at(term, "x", n)


@explained
def renumbered(p, half, m, tail):
    """The half with k ≥ 1, numbered from 0."""
    term = g[-k] * exp(IMAGINARY * k * n)
    with p.generalise({"k": "int"}, [le(1, k)], le(Abs(term), Abs(g[-k]))) as below:
        p.squares(le(Abs(term), Abs(g[-k])))
    fact = p.series("compare", sums("k", 1, term, Series("k", 1, term)), below.fact, tail)
    shifted = p.series("shift", sums("k", 0, g[-k - 1] * exp(IMAGINARY * (k + 1) * n), Series("k", 1, term)), fact, by=1)
    value = p.series("value", eq(at_n(half), Series("k", 1, term)), shifted)
    first = at_n(Series("k", 0, FIRST))
    p.identity(eq(wave(-n * m) * (first + at_n(half)), wave(-n * m) * G(n)), [(value, wave(-n * m))])


@explained
def which(p, terms, picks):
    """For m ≤ 0 the first half has the frequency m, for m ≥ 1 the second."""
    goal = eq(picks[0] + picks[1], g[-m])
    block, branches = p.new_id(), {}
    for name in ("less", "equal", "greater"):
        with p.branch() as branches[name]:
            hit = name == "greater"
            facts = []
            if name == "equal":
                p.squares(le(m, 0), using=[(f"{block}.equal.1", 1)])
                p.squares(le(0, m), using=[(f"{block}.equal.1", -1)])
            for number, (f, at) in enumerate(terms):
                if number == hit:
                    place = m - 1 if hit else -m
                    lone = p.series("finite", sums("k", 0, delta(k, place) * f, g[-m]), K=place, g=fn("k", f))
                    facts.append(p.series("value", eq(picks[number], g[-m]), lone))
                else:
                    none = p.series("linear", sums("k", 0, f * delta(m, at), 0), using=[])
                    facts.append(p.series("value", eq(picks[number], 0), none))
            p.identity(goal, [(fact, 1) for fact in facts])
    return p.step("cases", goal, block, on=[m, 0], **branches)


@explained
def row(p, converges, height, single):
    """For each k, e^{−ikx} Ē G is integrated term by term: |ē_j e^{ijx} e^{−ikx} G| ≤ |e_j| (B + M)."""
    part, value = conj(e[j]) * wave(x * j) * wave(-x * k) * G(x), TURN * conj(e[j]) * g[j - k]
    inner = wave(-x * k) * conj(E(x)) * G(x)
    goal = both(integrates("x", 0, TURN, inner, TURN * Series("j", 0, conj(e[j]) * g[j - k])),
                sums("j", 0, conj(e[j]) * g[j - k], Series("j", 0, conj(e[j]) * g[j - k])))
    with p.generalise({"k": "int"}, [le(0, k)], goal) as block:
        with p.generalise({"j": "int"}, [le(0, j)], integrates("x", 0, TURN, part, value)) as each:
            one = p.apply(single, integrates("x", 0, TURN, wave(-x * (k - j)) * G(x), TURN * g[j - k]), m=k - j)
            p.integral("linear", integrates("x", 0, TURN, part, value), using=[[one, conj(e[j]), 1]])
        with p.generalise({"j": "int", "x": "real"}, [le(0, j)], le(Abs(part), Abs(e[j]) * (B + M))) as bound:
            top = p.part(p.apply(height, both(le(Abs(conj(E(x))), A), le(Abs(G(x)), B + M)), x=x), le(Abs(G(x)), B + M))
            p.squares(le(Abs(part), Abs(e[j]) * (B + M)), [(1, [p.order("basic", le(0, Abs(e[j]))), top], "", 1)])
        scaled = p.series("linear", sums("j", 0, Abs(e[j]) * (B + M), A * (B + M)), using=[[p.given(1), B + M, 1]])
        parts = (each.fact, bound.fact, scaled)
        area = p.integral("exchange", integrates("x", 0, TURN, Series("j", 0, part), Series("j", 0, value)), *parts)
        values = p.integral("exchange", sums("j", 0, value, Series("j", 0, value)), *parts)
        with p.generalise({"n": "real"}, [], eq(at_n(Series("j", 0, part)), at_n(inner))) as equal:
            term = conj(e[j]) * wave(n * j)
            with p.generalise({"j": "int"}, [le(0, j)], le(Abs(term), Abs(e[j]))) as below:
                p.squares(le(Abs(term), Abs(e[j])))
            here = p.series("compare", sums("j", 0, term, conj(E(n))), below.fact, p.given(1))
            times = p.series("linear", sums("j", 0, at_n(part), at_n(inner)), using=[[here, wave(-n * k) * G(n), 1]])
            p.series("value", eq(at_n(Series("j", 0, part)), at_n(inner)), times)
        moved = p.integral("equal", integrates("x", 0, TURN, inner, Series("j", 0, value)), area, equal.fact)
        single_row = Series("j", 0, conj(e[j]) * g[j - k])
        circle = p.step("ball_bound", lt(0, TURN), prec=64)
        unscaled = p.series("linear", sums("j", 0, conj(e[j]) * g[j - k], Series("j", 0, value) / TURN), using=[[values, 1 / TURN, 1]])
        named = p.series("value", eq(single_row, Series("j", 0, value) / TURN), unscaled)
        exists = p.series("exists", sums("j", 0, conj(e[j]) * g[j - k], single_row), unscaled)
        same = p.identity(eq(Series("j", 0, value), TURN * single_row), [(named, -TURN)], nonzero=[circle])
        p.both(p.step("congruence", T(goal.json[1]), equal=same, context=fn("m_", integrates("x", 0, TURN, inner, "m_")),
                      **{"from": moved}), exists)
    with p.generalise({"k": "int"}, [le(0, k)], ROWS.json[3]) as rows:
        exists = p.part(p.apply(block.fact, goal, k=k), T(goal.json[2]))
        scaled = p.series("linear", sums("j", 0, PAIR, e[k] * Series("j", 0, conj(e[j]) * g[j - k])), using=[[exists, e[k], 1]])
        p.series("exists", ROWS.json[3], scaled)
    return rows.fact, (block.fact, goal)


@explained
def whole(p, converges, height, rows, row_mean):
    """|E|²G is integrated term by term over k: |e_k e^{−ikx} Ē G| ≤ |e_k| A (B + M)."""
    every, goal = row_mean
    part = e[k] * wave(-x * k) * conj(E(x)) * G(x)
    line, inner = Series("j", 0, PAIR), Series("j", 0, conj(e[j]) * g[j - k])
    with p.generalise({"k": "int"}, [le(0, k)], integrates("x", 0, TURN, part, TURN * line)) as each:
        facts = p.apply(every, goal, k=k)
        one, exists = p.part(facts, T(goal.json[1])), p.part(facts, T(goal.json[2]))
        scaled = p.series("linear", sums("j", 0, PAIR, e[k] * inner), using=[[exists, e[k], 1]])
        value = p.series("value", eq(line, e[k] * inner), scaled)
        area = p.integral("linear", integrates("x", 0, TURN, part, TURN * e[k] * inner), using=[[one, e[k], 1]])
        back = p.identity(eq(e[k] * inner, line), [(value, -1)])
        p.step("congruence", integrates("x", 0, TURN, part, TURN * line), equal=back,
               context=fn("m_", integrates("x", 0, TURN, part, TURN * names("m_"))), **{"from": area})
    with p.generalise({"k": "int", "x": "real"}, [le(0, k)], le(Abs(part), Abs(e[k]) * A * (B + M))) as bound:
        top = p.apply(height, both(le(Abs(conj(E(x))), A), le(Abs(G(x)), B + M)), x=x)
        left, right = p.part(top, le(Abs(conj(E(x))), A)), p.part(top, le(Abs(G(x)), B + M))
        sizes = [p.order("basic", le(0, Abs(z))) for z in (e[k], G(x))]
        start = p.squares(le(0, A), [(1, [left], "", 1), (1, [p.order("basic", le(0, Abs(conj(E(x)))))], "", 1)])
        p.squares(le(Abs(part), Abs(e[k]) * A * (B + M)), [(1, [sizes[0], left, sizes[1]], "", 1), (1, [sizes[0], start, right], "", 1)])
    scaled = p.series("linear", sums("k", 0, Abs(e[k]) * A * (B + M), A * A * (B + M)), using=[[p.given(1), A * (B + M), 1]])
    parts = (each.fact, bound.fact, scaled)
    area = p.integral("exchange", integrates("x", 0, TURN, Series("k", 0, part), Series("k", 0, TURN * line)), *parts)
    values = p.integral("exchange", sums("k", 0, TURN * line, Series("k", 0, TURN * line)), *parts)
    with p.generalise({"n": "real"}, [], eq(at_n(Series("k", 0, part)), Abs(E(n)) ** 2 * G(n))) as equal:
        term = e[k] * exp(-IMAGINARY * k * n)
        facts = p.apply(converges, at_n(T(CONVERGES.json[3])), x=n)
        here = p.part(facts, sums("k", 0, term, E(n)))
        times = p.series("linear", sums("k", 0, at_n(part), Abs(E(n)) ** 2 * G(n)), using=[[here, conj(E(n)) * G(n), 1]])
        p.series("value", eq(at_n(Series("k", 0, part)), Abs(E(n)) ** 2 * G(n)), times)
    moved = p.integral("equal", integrates("x", 0, TURN, Abs(E(x)) ** 2 * G(x), Series("k", 0, TURN * line)), area, equal.fact)
    circle = p.step("ball_bound", lt(0, TURN), prec=64)
    unscaled = p.series("linear", sums("k", 0, line, Series("k", 0, TURN * line) / TURN), using=[[values, 1 / TURN, 1]])
    named = p.series("value", eq(Q, Series("k", 0, TURN * line) / TURN), unscaled)
    same = p.identity(eq(Series("k", 0, TURN * line), TURN * Q), [(named, -TURN)], nonzero=[circle])
    mean = p.step("congruence", MEAN, equal=same, context=fn("m_", integrates("x", 0, TURN, Abs(E(x)) ** 2 * G(x), "m_")),
                  **{"from": moved})
    return p.series("exists", COLUMN, unscaled), mean


claim.must_refuse(
    index_flipped=changed(where={"Q": Series("k", 0, Series("j", 0, e[k] * conj(e[j]) * g[k - j]))}),
    conjugate_dropped=changed(where={"Q": Series("k", 0, Series("j", 0, e[k] * e[j] * g[j - k]))}),
    length_lost=changed(both(CONVERGES, ROWS, COLUMN, integrates("x", 0, TURN, Abs(E(x)) ** 2 * G(x), Q))),
    one_half_only=changed(where={"G": Series("k", 0, FIRST)}),
    not_summable=changed(given={2: None}),
)
