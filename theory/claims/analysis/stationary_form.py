"""The energy of a summable sequence under a stationary input: it is real, and the energies of its beginnings are hardly above it."""
from theory.claim import Claim
from theory.claims.analysis.bounded_form import COLUMN, LINE, PART, REST, ROWS, A, Q, e, g, k, m, n
from theory.claims.analysis.positive_lags import BOUNDED, HERMITIAN, POSITIVE
from theory.language import (
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    eq,
    eye,
    fn,
    forall,
    le,
    matrix,
    names,
    re,
    statement,
    sums,
    tends,
    vec,
    zero,
)
from theory.mutations import changed
from theory.proof import explained
from theory.steps import at

d, j, r = names("d j r")
REAL = eq(conj(Q), Q)


def energy(n):
    """The energy of the first n + 1 samples."""
    return Sum("k", 0, n, Sum("r", 0, n, e[k] * conj(e[r]) * g[k - r]))


def above(factor):
    """The energy of the first n + m + 1 samples."""
    return forall({"n": "nat", "m": "nat"}, [], le(energy(n + m), Q + factor * A * g[0] * REST))


claim = Claim(
    title="Energies under a stationary input",
    says="If [γ(k−j)] ⪰ 0 for every number of rows and Σ|e_k| = A, then Q = Σ e_k ē_m γ(k−m) converges and is real, and the energy of "
         "e_0, …, e_{n+m} is at most Q + 2Aγ(0) Σ_{k>n} |e_k|.",
    statement=statement(forall({"e": SEQ, "g": SEQ, "A": "real"}, [sums("k", 0, Abs(e[k]), A), POSITIVE],
                               both(ROWS, COLUMN, REAL, above(2))), [("Q", [], Series("k", 0, LINE))]),
    source="own",
    hypotheses={"Σ|e_k| = A": "the energy need not converge", "[γ(k−j)] ⪰ 0": "γ(0) = 0 and γ(±1) = 1, e = (1, −1): Q = −2"},
    limits="Any stationary input: γ need not be summable, and there need be no spectral density.",
    symbols={"g": "γ"},
)


@claim.derive
def two_samples(step):
    """e = (1, x) and lags up to 1."""
    import sympy

    from theory.identities import confirm

    x, level, lag = sympy.symbols("x gamma0 gamma1", real=True)
    energy = step("Q", level + level * x**2 + 2 * lag * x, why="two samples")
    confirm(step, "what the second sample adds", [sympy.expand(energy - level - (level * x**2 + 2 * lag * x))], why="n = 0")


@claim.certify
def proof(p, _):
    """|γ| ≤ γ(0), so the energies of the beginnings tend to Q. They are values of the forms [γ(k−j)], hence real; and so is Q."""
    with p.inhabited_by(e=fn("k", 0), g=fn("k", delta(k, 0)), A=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        toeplitz_identity(p)
    level = bounded_lags(p)
    values = {"e": e, "g": g, "A": A, "B": re(g[0])}
    rows, column = (p.use("analysis.bounded_form", shown, **values) for shown in (ROWS, COLUMN))
    close = p.use("analysis.bounded_form", forall({"n": "nat"}, [], le(Abs(Q - PART), 2 * A * re(g[0]) * REST)), **values)
    own = energies(p)
    real = limit_is_real(p, close, own)
    p.both(rows, column, real, beginnings(p, close, own, real, level))


def toeplitz_identity(p):
    """[δ(k−j)] = I ⪰ 0."""
    white = matrix("j", n, "k", n, delta(k - j, 0))
    with p.generalise({"n": "nat"}, [], le(zero(n, n), white)) as every:
        p.squares(every.shows[3], [(1, [], "", eye(n))], using=[(p.entries(eq(white, eye(n))), -1)])


@explained
def bounded_lags(p):
    """γ(0) is real, and no |γ(d)| is larger."""
    mirrored = p.use("analysis.positive_lags", HERMITIAN, g=g)
    below = p.use("analysis.positive_lags", BOUNDED, g=g)
    star = p.apply(mirrored, eq(g[0], conj(g[0])), d=0)
    level = p.identity(eq(re(g[0]), g[0]), [(star, -T(1) / 2)])
    with p.generalise({"d": "int"}, [], le(Abs(g[d]), re(g[0]))) as each:
        p.squares(each.shows[3], [(1, [p.apply(below, le(Abs(g[d]), g[0]), d=d)], "", 1)], using=[(level, -1)])
    return level


@explained
def energies(p):
    """The energy of a beginning is a value of a form that is not negative."""
    rows, column = matrix("j", n + 1, "k", n + 1, g[k - j]), vec("k", n + 1, e[k - 1])
    with p.generalise({"n": "nat"}, [], le(0, PART)) as every:
        positive = p.apply(p.given(2), le(zero(n + 1, n + 1), rows), n=n + 1)
        form = p.use("algebra.lag_form", eq(column.H @ rows @ column, PART), n=n, x=fn("k", e[k]), g=g)
        p.squares(every.shows[3], [(1, [], positive, column)], using=[(form, 1)])
    return every.fact


@explained
def limit_is_real(p, close, own):
    """The energies of the beginnings tend to Q and to its conjugate."""
    part, kept = at(PART, "n", d), Sum("k", 0, d, Abs(e[k]))
    sums_ = p.step("limits", tends("d", 0, kept, A), mode="partial_sums", **{"from": [p.given(1)]})
    rest = 2 * A * re(g[0]) * (A - kept)
    nothing = p.step("limits", tends("d", 0, rest, 0), mode="linear", using=[[sums_, -2 * A * re(g[0]), 1]])
    with p.generalise({"z_": "complex"}, [], eq(Abs(conj("z_")), Abs("z_"))) as mirror:
        p.identity(mirror.shows[3])
    facts = []
    for value in (Q, conj(Q)):
        with p.generalise({"d": "int"}, [le(0, d)], le(Abs(part - value), rest)) as near:
            here = p.apply(close, le(Abs(Q - part), rest), n=d)
            if value is Q:
                p.squares(near.shows[3], [(1, [here], "", 1)])
            else:
                sign = p.apply(own, le(0, part), n=d)
                star = p.step("quadratic_form", eq(conj(part), part), mode="hermitian", **{"from": [sign]})
                same = p.step("congruence", eq(Abs(conj(part) - conj(Q)), Abs(part - conj(Q))), equal=star,
                              context=fn("m_", Abs("m_" - conj(Q))))
                turned = p.apply(mirror.fact, eq(Abs(conj(part - Q)), Abs(part - Q)), z_=part - Q)
                p.squares(near.shows[3], [(1, [here], "", 1)], using=[(same, -1), (turned, 1)])
        facts.append(p.step("limits", tends("d", 0, part, value), mode="squeeze", lo=0, **{"from": [near.fact, nothing]}))
    return p.step("limits", REAL, mode="unique", **{"from": facts[::-1]})


@explained
def beginnings(p, close, own, real, level):
    """Re(x − Q) ≤ |x − Q| for the energy x of a beginning, and a longer beginning is closer."""
    with p.generalise({"n": "nat", "m": "nat"}, [], T(above(2).json[3])) as every:
        part, kept, more = energy(n + m), Sum("k", 0, n, Abs(e[k])), Sum("k", 0, n + m, Abs(e[k]))
        p.squares(le(0, n + m), [(1, [p.order("basic", le(0, n))], "", 1), (1, [p.order("basic", le(0, m))], "", 1)])
        near = p.apply(close, le(Abs(Q - part), 2 * A * re(g[0]) * (A - more)), n=n + m)
        ahead = p.use("algebra.triangle", le(re(part - Q), Abs(part - Q)), x=part - Q, y=0)
        sign = p.apply(own, le(0, part), n=n + m)
        star = p.step("quadratic_form", eq(conj(part), part), mode="hermitian", **{"from": [sign]})
        with p.generalise({"k": "int"}, [le(0, k)], le(0, Abs(e[k]))) as positive:
            p.order("basic", positive.shows[3])
        grows = p.use("algebra.partial_sums_grow", le(kept, more), n=n, m=m, f=fn("k", Abs(e[k])))
        below = p.series("partial", le(Sum("k", 0, 0, Abs(e[k])), A), p.given(1), positive.fact, K=0)
        corner = p.squares(le(0, g[0]), [(1, [], p.apply(p.given(2), le(zero(1, 1), matrix("j", 1, "k", 1, g[k - j])), n=1), 1)])
        size = p.squares(le(0, A), [(1, [p.order("basic", le(0, Abs(e[0])))], "", 1), (1, [below], "", 1)])
        p.squares(every.shows[3], [(1, [ahead], "", 1), (1, [near], "", 1), (2, [size, corner, grows], "", 1)],
                  using=[(star, -T(1) / 2), (real, T(1) / 2), (level, 2 * A * (A - more))])
    return every.fact


claim.must_refuse(
    no_room=changed(both(ROWS, COLUMN, REAL, above(0))),
    imaginary=changed(both(ROWS, COLUMN, eq(conj(Q), -Q), above(2))),
    any_lags=changed(given={2: None}),
)


def allowed(ratio, lag, count):
    """Q + 2Aγ(0) Σ_{k≥count} r^k for e_k = r^k and γ(d) = ρ^|d|, with Q in closed form."""
    whole = (1 + ratio * lag) / ((1 - ratio**2) * (1 - ratio * lag))
    return whole + 2 * ratio**count / (1 - ratio) ** 2


@claim.oracle
def geometric_sequences():
    """Exact energies of the beginnings of r^k under AR(1) lags, against the closed form of the whole."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import bounded

    results = []
    for ratio, lag in ((Fraction(1, 2), Fraction(1, 3)), (Fraction(4, 5), Fraction(-1, 2)), (Fraction(-1, 3), Fraction(9, 10))):
        for count in (1, 3, 12):
            part = sum(ratio ** (i + j_) * lag ** abs(i - j_) for i in range(count) for j_ in range(count))
            most = allowed(abs(ratio), lag if ratio > 0 else -lag, count)
            results.append(bounded("energy of a beginning", {"n": count - 1}, most, part, most >= part))
    return results
