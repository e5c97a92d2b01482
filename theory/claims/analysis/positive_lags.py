"""What positive semidefinite Toeplitz matrices say of the sequence that they are made of."""
from theory.claim import Claim
from theory.language import SEQ, Abs, T, adj, both, conj, delta, entry, eq, fn, forall, le, lt, matrix, names, re, statement, zero
from theory.mutations import changed, fails_at
from theory.proof import explained

g, d, j, k, n = names("g d j k n")
POSITIVE = forall({"n": "nat"}, [], le(zero(n, n), matrix("j", n, "k", n, g[k - j])))
HERMITIAN = forall({"d": "int"}, [], eq(g[-d], conj(g[d])))
BOUNDED = forall({"d": "int"}, [], le(Abs(g[d]), g[0]))

claim = Claim(
    title="Sequences with positive Toeplitz matrices",
    says="If [γ(k−j)] ⪰ 0 for every number of rows, then γ(−d) = conj γ(d) and |γ(d)| ≤ γ(0) for every lag d.",
    statement=statement(forall({"g": SEQ}, [POSITIVE], both(HERMITIAN, BOUNDED))),
    reference="Herglotz (1911), the elementary part",
    hypotheses={"[γ(k−j)] ⪰ 0": "γ(1) = 2γ(0) > 0"},
    limits="That γ then is the sequence of Fourier coefficients of a positive measure (Herglotz) is not used.",
    symbols={"g": "γ"},
)


@claim.derive
def two_rows(step):
    """Rows 1 and d + 1 with the weights x and −|x|, x = γ(d)."""
    import sympy

    from theory.identities import equal

    size, level = sympy.symbols("g gamma0", nonnegative=True)
    value = sympy.Symbol("x")
    form = level * (value * sympy.Symbol("y") + size**2) - 2 * size * value * sympy.Symbol("y")
    equal(step, "the form", sympy.expand(form.subs(sympy.Symbol("y"), size**2 / value)), 2 * size**2 * (level - size),
          why="y stands for the conjugate of x, g for |x|: 2g²(γ(0) − g) ≥ 0")


@claim.certify
def proof(p, _):
    """The matrix with |d| + 1 rows is Hermitian, and its form at (γ(d), 0, …, 0, −|γ(d)|) is 2|γ(d)|²(γ(0) − |γ(d)|)."""
    with p.inhabited_by(g=fn("n", 0)), p.generalise({"n": "nat"}, [], le(zero(n, n), matrix("j", n, "k", n, 0))) as every:
        none = p.entries(eq(matrix("j", n, "k", n, 0), zero(n, n)))
        p.squares(every.shows[3], using=[(none, -1)])
    each, ahead = mirrored(p)
    p.both(each, bounded(p, each, ahead))


def pulses(rows, first, count):
    """The columns first + 1, …, first + count of the identity."""
    return matrix("t", rows, "j", count, delta("t", first + j))


def rows(count):
    return matrix("j", count, "k", count, g[k - j])


@explained
def mirrored(p):
    """The matrices are Hermitian: their first rows give γ(−d) for d ≥ 0, their first columns for d ≤ 0."""
    with p.generalise({"d": "int"}, [le(0, d)], eq(g[-d], conj(g[d]))) as ahead:
        positive = p.apply(p.given(1), le(zero(d + 1, d + 1), rows(d + 1)), n=d + 1)
        star = p.step("quadratic_form", eq(adj(rows(d + 1)), rows(d + 1)), mode="hermitian", **{"from": [positive]})
        corner = p.step("congruence", eq(entry(adj(rows(d + 1)), d + 1, 1), entry(rows(d + 1), d + 1, 1)), equal=star,
                        context=fn("m_", entry("m_", d + 1, 1)))
        p.identity(ahead.shows[3], [(corner, -1)])
    block = p.new_id()
    with p.generalise({"d": "int"}, [], T(HERMITIAN.json[3])) as every:
        with p.branch() as less:
            p.squares(le(0, -d), [(1, [f"{block}.less.1"], "", 1)])
            other = p.apply(ahead.fact, eq(g[d], conj(g[-d])), d=-d)
            star = p.step("congruence", eq(conj(g[d]), g[-d]), equal=other, context=fn("m_", conj("m_")))
            p.identity(every.shows[3], [(star, -1)])
        with p.branch() as equal:
            p.squares(le(0, d), using=[(f"{block}.equal.1", -1)])
            p.apply(ahead.fact, T(HERMITIAN.json[3]), d=d)
        with p.branch() as greater:
            p.squares(le(0, d), [(1, [f"{block}.greater.1"], "", 1)])
            p.apply(ahead.fact, T(HERMITIAN.json[3]), d=d)
        p.step("cases", T(HERMITIAN.json[3]), block, on=[d, 0], less=less, equal=equal, greater=greater)
    return every.fact, ahead.fact


@explained
def bounded(p, each, ahead):
    """Two rows of the matrix with |d| + 1 rows."""
    goal = le(Abs(g[d]), g[0])
    with p.generalise({"d": "int"}, [le(0, d)], goal) as later:
        positive = p.apply(p.given(1), le(zero(d + 1, d + 1), rows(d + 1)), n=d + 1)
        size, first, last = Abs(g[d]), pulses(d + 1, 0, 1), pulses(d + 1, d, 1)
        parts = [(p.use("algebra.selected_lags", eq(x.H @ rows(d + 1) @ y, g[lag]), N=d + 1, o=start, q=stop, m=1, n=1, g=g), factor)
                 for x, y, start, stop, lag, factor in ((first, first, 0, 0, 0, size**2), (last, last, d, d, 0, size**2),
                                                        (first, last, 0, d, d, -size * conj(g[d])), (last, first, d, 0, -d, -size * g[d]))]
        star = p.apply(each, eq(g[-d], conj(g[d])), d=d)
        spare = p.squares(le(0, size**2 * (g[0] - size)), [(T(1) / 2, [], positive, g[d] * first - size * last)],
                          using=[*((part, factor / 2) for part, factor in parts), (star, -size * g[d] / 2)])
        below(p, goal, spare, size)
    block = p.new_id()
    with p.generalise({"d": "int"}, [], goal) as every:
        with p.branch() as less:
            p.squares(le(0, -d), [(1, [f"{block}.less.1"], "", 1)])
            other = p.apply(later.fact, le(Abs(g[-d]), g[0]), d=-d)
            star = p.apply(each, eq(g[-d], conj(g[d])), d=d)
            same = p.step("congruence", eq(Abs(g[-d]), Abs(g[d])), equal=star, context=fn("m_", Abs("m_")))
            p.squares(goal, [(1, [other], "", 1)], using=[(same, -1)])
        with p.branch() as equal:
            p.squares(le(0, d), using=[(f"{block}.equal.1", -1)])
            p.apply(later.fact, goal, d=d)
        with p.branch() as greater:
            p.squares(le(0, d), [(1, [f"{block}.greater.1"], "", 1)])
            p.apply(later.fact, goal, d=d)
        p.step("cases", goal, block, on=[d, 0], less=less, equal=equal, greater=greater)
    return every.fact


def below(p, goal, spare, size):
    """0 ≤ |x|²(γ(0) − |x|) and γ(0) ≥ 0 give |x| ≤ γ(0)."""
    name = p.new_id()
    first = p.apply(p.given(1), le(zero(1, 1), rows(1)), n=1)
    corner = p.squares(le(0, g[0]), [(1, [], first, 1)])
    star = p.step("quadratic_form", eq(conj(g[0]), g[0]), mode="hermitian", **{"from": [corner]})
    real = p.identity(eq(re(g[0]), g[0]), [(star, T(1) / 2)])
    with p.branch() as less:
        p.squares(goal, [(1, [f"{name}.less.1"], "", 1)], using=[(real, 1)])
    with p.branch() as equal:
        p.squares(goal, [], using=[(f"{name}.equal.1", 1), (real, 1)])
    with p.branch() as greater:
        above = p.squares(lt(g[0], size), [(1, [f"{name}.greater.1"], "", 1)], using=[(real, -1)])
        strict = p.squares(lt(0, size), [(1, [above], "", 1), (1, [corner], "", 1)])
        absurd = p.squares(lt(0, 0), [(1, [strict, strict, above], "", 1), (1, [spare], "", 1)])
        p.step("contradiction", goal, **{"from": absurd})
    p.step("cases", goal, name, on=[size, re(g[0])], less=less, equal=equal, greater=greater)


claim.must_refuse(
    sign_of_the_lag=changed(both(forall({"d": "int"}, [], eq(g[-d], g[d])), BOUNDED)),
    half_the_bound=changed(both(HERMITIAN, forall({"d": "int"}, [], le(2 * Abs(g[d]), g[0])))),
    from_below=changed(both(HERMITIAN, forall({"d": "int"}, [], le(g[0], Abs(g[d]))))),
    any_sequence=changed(le(Abs(g[1]), g[0]), given={1: None}),
)
claim.refute("any_sequence")(fails_at(g=fn("k", names("k"))))
