"""The form of a Toeplitz matrix as a double sum counted from zero."""
from theory.claim import Claim
from theory.language import SEQ, Sum, conj, eq, fn, forall, matrix, names, statement, vec, within
from theory.mutations import changed, fails_at
from theory.proof import explained

n, x, g, j, k, m = names("n x g j k m")
COLUMN = vec("k", n + 1, x[k - 1])
LAGS = matrix("j", n + 1, "k", n + 1, g[k - j])


def form(lag):
    """x*[γ(k−j)]x as a double sum."""
    return eq(COLUMN.H @ LAGS @ COLUMN, Sum("k", 0, n, Sum("m", 0, n, x[k] * conj(x[m]) * g[lag])))


claim = Claim(
    title="A form of lags as a double sum",
    says="With the column (x_0, …, x_n) the form of [γ(k−j)] is Σ x_k x̄_m γ(k−m) over k, m = 0..n.",
    statement=statement(forall({"n": "nat", "x": SEQ, "g": SEQ}, [], form(k - m))),
    reference="elementary",
    limits="Finite sums.",
)


@claim.derive
def two_samples(step):
    import sympy

    from theory.identities import confirm

    values, conjugates = sympy.Matrix(sympy.symbols("x0 x1")), sympy.Matrix([sympy.symbols("y0 y1")])
    lags = {d: sympy.Symbol(f"g_{{{d}}}") for d in (-1, 0, 1)}
    whole = (conjugates * sympy.Matrix(2, 2, lambda i, o: lags[o - i]) * values)[0]
    confirm(step, "n = 1", [sympy.expand(whole - sum(values[i] * conjugates[o] * lags[i - o] for i in range(2) for o in range(2)))],
            why="y stands for the conjugate of x")


@claim.certify
@explained
def proof(p, _):
    """The products are written out, and both indices counted from zero."""
    p.inhabited(n=0, x=fn("k", 0), g=fn("k", 0))
    u, v = names("u_ v_")
    inner = Sum("m", 1, n + 1, x[v - 1] * conj(x[m - 1]) * g[v - m])
    plain = p.entries(eq(COLUMN.H @ LAGS @ COLUMN, Sum("v_", 1, n + 1, inner)))
    moved = Sum("v_", 0, n, Sum("m", 1, n + 1, x[v] * conj(x[m - 1]) * g[v + 1 - m]))
    outer = p.use("algebra.sum_shift", eq(Sum("v_", 1, 1 + n, inner), moved), n=n, m=1, g=fn("v_", inner))
    with p.generalise({"u_": "int"}, within(0, u, n), eq(Sum("m", 1, n + 1, x[u] * conj(x[m - 1]) * g[u + 1 - m]),
                                                         Sum("m", 0, n, x[u] * conj(x[m]) * g[u - m]))) as row:
        p.use("algebra.sum_shift", row.shows[3], n=n, m=1, g=fn("m", x[u] * conj(x[m - 1]) * g[u + 1 - m]))
    rows = p.step("congruence", eq(moved, Sum("v_", 0, n, Sum("m", 0, n, x[v] * conj(x[m]) * g[v - m]))), equal=row.fact)
    p.identity(form(k - m), [(plain, 1), (outer, 1), (rows, 1)])


claim.must_refuse(
    lag_flipped=changed(form(m - k)),
    last_sample_lost=changed(eq(COLUMN.H @ LAGS @ COLUMN, Sum("k", 0, n - 1, Sum("m", 0, n - 1, x[k] * conj(x[m]) * g[k - m])))),
)
claim.refute("lag_flipped")(fails_at(n=1, x=fn("k", ["+", 1, ["*", "k", ["i"]]]), g=fn("k", ["*", "k", ["i"]])))
claim.refute("last_sample_lost")(fails_at(n=0, x=fn("k", 1), g=fn("k", 1)))


def double(values, lags):
    """The double sum of the statement."""
    from numeric.reference import Gaussian

    places = range(len(values))
    return sum((values[k] * values[m].conjugate() * lags[k - m] for k in places for m in places), Gaussian())


@claim.oracle
def products():
    """Gaussian rationals: the column times the matrix, row by row, against the double sum."""
    from numeric.reference import Gaussian, gaussian
    from theory.papers.uncertainty_measurements import compared, numbers

    values, lags = [gaussian(v) for v in numbers(5, 2)], dict(zip(range(-4, 5), map(gaussian, numbers(9, 3)), strict=True))
    rows = [sum((lags[column - row] * values[column] for column in range(5)), Gaussian()) for row in range(5)]
    whole, expected = sum((value.conjugate() * row for value, row in zip(values, rows, strict=True)), Gaussian()), double(values, lags)
    return [compared(part, {"n": 4}, getattr(whole, part), getattr(expected, part)) for part in ("re", "im")]
