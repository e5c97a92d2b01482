"""The quadratic form of a summable sequence with bounded lags: it converges, and how far its partial sums are from it."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Series, Sum, T, both, conj, fn, forall, le, names, statement, sums, within
from theory.mutations import changed
from theory.proof import explained
from theory.steps import at

e, g, A, B, k, m, n, d, Q = names("e g A B k m n d Q")
PAIR = e[k] * conj(e[m]) * g[k - m]
LINE = Series("m", 0, PAIR)
BELOW = forall({"d": "int"}, [], le(Abs(g[d]), B))
ROWS = forall({"k": "int"}, [le(0, k)], sums("m", 0, PAIR, LINE))
COLUMN = sums("k", 0, LINE, Q)
PART = Sum("k", 0, n, Sum("m", 0, n, PAIR))
REST = A - Sum("k", 0, n, Abs(e[k]))


def close(factor):
    """What the first n + 1 samples leave."""
    return forall({"n": "nat"}, [], le(Abs(Q - PART), factor * A * B * REST))


claim = Claim(
    title="Quadratic forms with bounded lags",
    says="If Σ|e_k| = A and |γ(d)| ≤ B, then Q = Σ e_k ē_m γ(k−m) converges, and the part with k, m ≤ n differs from it by at most "
         "2AB Σ_{k>n} |e_k|.",
    statement=statement(forall({"e": SEQ, "g": SEQ, "A": "real", "B": "real"}, [sums("k", 0, Abs(e[k]), A), BELOW],
                               both(ROWS, COLUMN, close(2))), [("Q", [], Series("k", 0, LINE))]),
    source="own",
    hypotheses={"Σ|e_k| = A": "the form need not converge", "|γ(d)| ≤ B": "the rows need not converge"},
    limits="The lags need not be summable; for those of a spectral density B = γ(0).",
    symbols={"g": "γ"},
)


@claim.derive
def three_parts(step):
    """Samples 0..2 and n = 0: what is left of the form in two parts."""
    import sympy

    from theory.identities import confirm

    x, y = sympy.symbols("e0:3"), sympy.symbols("v0:3")
    lags = {shift: sympy.Symbol(f"gamma_{{{shift}}}") for shift in range(-2, 3)}
    whole = sum(x[i] * y[j] * lags[i - j] for i in range(3) for j in range(3))
    late = sum(x[i] * y[j] * lags[i - j] for i in (1, 2) for j in range(3))
    early = x[0] * sum(y[j] * lags[-j] for j in (1, 2))
    confirm(step, "two parts", [sympy.expand(whole - x[0] * y[0] * lags[0] - late - early)],
            why="rows after n, and what the rows up to n have after n; v stands for the conjugate of e")


@claim.certify
def proof(p, _):
    """|Σ_m e_k ē_m γ(k−m)| ≤ AB|e_k|, so the rows after n add up to ABτ at most, τ = Σ_{k>n}|e_k|; and the rows up to n have after n
    at most |e_k|Bτ each.
    """
    with p.inhabited_by(e=fn("k", 0), g=fn("k", 0), A=0, B=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        with p.generalise({"d": "int"}, [], le(Abs(T(0)), 0)) as small:
            p.squares(small.shows[3])
    rows, sizes, column = converging(p)
    p.both(rows, column, truncated(p, rows, sizes, column))


@explained
def converging(p):
    """Each row is compared with Σ|e_m|, and the rows with Σ|e_k|."""
    with p.generalise({"k": "int"}, [le(0, k)], both(ROWS.json[3], le(Abs(LINE), A * B * Abs(e[k])))) as block:
        scaled = p.series("linear", sums("m", 0, Abs(e[k]) * B * Abs(e[m]), Abs(e[k]) * B * A), using=[[p.given(1), Abs(e[k]) * B, 1]])
        small = pairs(p, 0)
        fact = p.series("compare", ROWS.json[3], small, scaled)
        p.both(fact, p.series("triangle", le(Abs(LINE), Abs(e[k]) * B * A), fact, scaled, small))
    facts = []
    for part in block.shows[3][1:]:
        with p.generalise({"k": "int"}, [le(0, k)], T(part)) as each:
            p.part(p.apply(block.fact, T(block.shows[3]), k=k), T(part))
        facts.append(each.fact)
    total = p.series("linear", sums("k", 0, A * B * Abs(e[k]), A * B * A), using=[[p.given(1), A * B, 1]])
    return *facts, p.series("compare", COLUMN, facts[1], total)


def pairs(p, start, k=k):
    """|e_k ē_m γ(k−m)| ≤ |e_k| B |e_m| from some m on."""
    with p.generalise({"m": "int"}, [le(start, m)], le(Abs(at(PAIR, "k", k)), Abs(e[k]) * B * Abs(e[m]))) as small:
        below = p.apply(p.given(2), le(Abs(g[k - m]), B), d=k - m)
        signs = [p.order("basic", le(0, Abs(x))) for x in (e[k], e[m])]
        p.squares(small.shows[3], [(1, [*signs, below], "", 1)])
    return small.fact


@explained
def truncated(p, rows, sizes, column):
    """The rows after n and the ends of the rows up to n."""
    early = Sum("m", 0, n, PAIR)
    with p.generalise({"n": "nat"}, [], T(close(2).json[3])) as every:
        tail = p.use("analysis.series_after", sums("k", n + 1, Abs(e[k]), REST), n=n, f=fn("k", Abs(e[k])), V=A)
        with p.generalise({"k": "int"}, [le(0, k)], le(0, Abs(e[k]))) as positive:
            p.order("basic", positive.shows[3])
        kept = p.series("partial", le(Sum("k", 0, n, Abs(e[k])), A), p.given(1), positive.fact, K=n)
        height = p.apply(p.given(2), le(Abs(g[0]), B), d=0)
        high = p.squares(le(0, B), [(1, [height], "", 1), (1, [p.order("basic", le(0, Abs(g[0])))], "", 1)])
        rest = p.squares(le(0, REST), [(1, [kept], "", 1)])
        later = p.use("analysis.series_after", sums("k", n + 1, LINE, Q - Sum("k", 0, n, LINE)), n=n, f=fn("k", LINE), V=Q)
        scaled = p.series("linear", sums("k", n + 1, A * B * Abs(e[k]), A * B * REST), using=[[tail, A * B, 1]])
        with p.generalise({"k": "int"}, [le(n + 1, k)], le(Abs(LINE), A * B * Abs(e[k]))) as small:
            p.squares(le(0, k), [(1, [small(1)], "", 1), (1, [p.order("basic", le(0, n))], "", 1), (1, [], "", 1)])
            p.apply(sizes, small.shows[3], k=k)
        after = p.series("triangle", le(Abs(Q - Sum("k", 0, n, LINE)), A * B * REST), later, scaled, small.fact)
        r = names("r_")
        line, left = at(LINE, "k", r), at(LINE - early, "k", r)
        with p.generalise({"r_": "int"}, within(0, r, n), le(Abs(left), Abs(e[r]) * B * REST)) as ends:
            p.apply(rows, sums("m", 0, at(PAIR, "k", r), line), k=r)
            end = p.use("analysis.series_after", sums("m", n + 1, at(PAIR, "k", r), left), n=n, f=fn("m", at(PAIR, "k", r)), V=line)
            sized = p.series("linear", sums("m", n + 1, Abs(e[r]) * B * Abs(e[m]), Abs(e[r]) * B * REST), using=[[tail, Abs(e[r]) * B, 1]])
            p.series("triangle", ends.shows[3], end, sized, pairs(p, n + 1, r))
        inside = p.use("algebra.triangle_sums", le(Abs(Sum("k", 0, n, LINE - early)), B * REST * Sum("k", 0, n, Abs(e[k]))), n=n,
                       f=fn("k", LINE - early), h=fn("r_", Abs(e[r]) * B * REST))
        first, second = Q - Sum("k", 0, n, LINE), Sum("k", 0, n, LINE - early)
        whole = p.use("algebra.triangle", le(Abs(first + second), Abs(first) + Abs(second)), x=first, y=second)
        p.squares(every.shows[3], [(1, [whole], "", 1), (1, [after], "", 1), (1, [inside], "", 1), (1, [kept, high, rest], "", 1)])
    return every.fact


claim.must_refuse(
    half=changed(both(ROWS, COLUMN, close(1))),
    index_lost=changed(both(ROWS, COLUMN, forall({"n": "nat"}, [], le(Abs(Q - PART), A * B * 0)))),
    any_lags=changed(given={2: None}),
)
