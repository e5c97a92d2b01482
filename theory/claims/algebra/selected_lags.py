"""Consecutive columns of the identity against a Toeplitz matrix."""
from theory.claim import Claim
from theory.language import SEQ, Sum, delta, entry, eq, fn, forall, le, matrix, names, statement, within
from theory.mutations import changed, fails_at

N, o, q, m, n, g, j, k, t = names("N o q m n g j k t")


def pulses(first, count):
    """The columns first + 1, …, first + count of the identity with N rows."""
    return matrix("t", N, "j", count, delta(t, first + names("j")))


LAGS = matrix("j", N, "k", N, g[k - j])


def selected(value):
    """The lags between the samples o + 1, …, o + m and q + 1, …, q + n."""
    return eq(pulses(o, m).H @ LAGS @ pulses(q, n), matrix("j", m, "k", n, value))


claim = Claim(
    title="A part of a Toeplitz matrix",
    says="The rows o + 1, …, o + m and the columns q + 1, …, q + n of [γ(k−j)] are [γ(q + k − o − j)].",
    statement=statement(forall({"N": "nat", "o": "nat", "q": "nat", "m": "nat", "n": "nat", "g": SEQ}, [le(o + m, N), le(q + n, N)],
                               selected(g[q + k - o - j]))),
    reference="elementary",
    hypotheses={"o + m ≤ N, q + n ≤ N": "there are N samples"},
    limits="Any sequence γ.",
)


@claim.derive
def four_samples(step):
    import sympy

    from theory.identities import confirm

    lags = {d: sympy.Symbol(f"g_{{{d}}}") for d in range(-3, 4)}
    whole = sympy.Matrix(4, 4, lambda i, c: lags[c - i])
    gaps = []
    for first, other in ((0, 1), (2, 0), (1, 2)):
        left, right = (sympy.Matrix(4, 2, lambda i, c, shift=shift: int(i == shift + c)) for shift in (first, other))
        gaps += list(left.T * whole * right - sympy.Matrix(2, 2, lambda i, c, a=first, b=other: lags[b + c - a - i]))
    confirm(step, "two rows and two columns", gaps, why="N = 4, m = n = 2 and three starts")


@claim.certify
def proof(p, _):
    """In each entry the two sums pick one term each."""
    p.inhabited(N=1, o=0, q=0, m=1, n=1, g=fn("k", 0))
    u, v, x = names("u_ v_ x_")
    product = pulses(o, m).H @ LAGS @ pulses(q, n)
    goal = eq(entry(product, u, v), g[q + v - o - u])
    with p.generalise({"u_": "int", "v_": "int"}, [*within(1, u, m), *within(1, v, n)], goal) as each:
        places = []
        for part, first, row in ((u, o, 1), (v, q, 3)):
            places.append((p.squares(le(1, first + part), [(1, [each(row)], "", 1), (1, [p.order("basic", le(0, first))], "", 1)]),
                           p.squares(le(first + part, N), [(1, [each(row + 1)], "", 1), (1, [p.given(1 if part is u else 2)], "", 1)])))
        with p.generalise({"x_": "int"}, within(1, x, N), eq(Sum("k", 1, N, g[k - x] * delta(k, q + v)), g[q + v - x])) as inner:
            p.use("algebra.one_of_a_sum", inner.shows[3], n=N, m=q + v, g=fn("k", g[k - x]))
        with p.generalise({"x_": "int"}, within(1, x, N), eq(delta(x, o + u) * Sum("k", 1, N, g[k - x] * delta(k, q + v)),
                                                             delta(x, o + u) * g[q + v - x])) as scaled:
            p.identity(scaled.shows[3], [(p.apply(inner.fact, inner.shows[3], x_=x), delta(x, o + u))])
        rows = p.step("congruence", eq(Sum("x_", 1, N, delta(x, o + u) * Sum("k", 1, N, g[k - x] * delta(k, q + v))),
                                       Sum("x_", 1, N, delta(x, o + u) * g[q + v - x])), equal=scaled.fact)
        outer = p.use("algebra.one_of_a_sum", eq(Sum("k", 1, N, delta(k, o + u) * g[q + v - k]), g[q + v - o - u]), n=N, m=o + u,
                      g=fn("k", g[q + v - k]))
        p.identity(goal, [(rows, 1), (outer, 1)])
    p.entries(selected(g[q + k - o - j]), each=each.fact)


claim.must_refuse(
    lag_flipped=changed(selected(g[o + j - q - k])),
    start_forgotten=changed(selected(g[k - j])),
    too_many_rows=changed(given={1: None}),
)
claim.refute("lag_flipped")(fails_at(N=2, o=0, q=1, m=1, n=1, g=fn("k", "k")))
claim.refute("start_forgotten")(fails_at(N=2, o=0, q=1, m=1, n=1, g=fn("k", "k")))
claim.refute("too_many_rows")(fails_at(N=1, o=1, q=0, m=1, n=1, g=fn("k", 1)))


def entry_of(lags, o, q, row, column):
    """The formula: γ(q + k − o − j)."""
    return lags[q + column - o - row]


@claim.oracle
def products():
    """The two products of matrices with rational entries, row by column."""
    from theory.claims.algebra.fit_under_form import product
    from theory.papers.uncertainty_measurements import compared, numbers

    size, results = 7, []
    lags = dict(zip(range(-size, size + 1), (re for re, _ in numbers(2 * size + 1, 6)), strict=True))
    whole = [[lags[column - row] for column in range(size)] for row in range(size)]
    for first, other in ((0, 3), (2, 2), (4, 1)):
        left, right = ([[int(place == start + index) for place in range(size)] for index in range(3)] for start in (first, other))
        found = product(product(left, whole), [list(row) for row in zip(*right, strict=True)])
        results += [compared("entry", {"N": size, "o": first, "q": other, "j": row, "k": column}, found[row - 1][column - 1],
                             entry_of(lags, first, other, row, column)) for row, column in ((1, 2), (3, 1))]
    return results
