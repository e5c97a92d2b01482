"""Columns fitted by few columns under a positive form, after a part that is predicted has been taken off."""
from theory.claim import Claim
from theory.language import eye, forall, inv, le, lt, mat, names, statement, tr, zero
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import inverse_of_definite

S, n, N, T, Y, F, R, D, H, theta, eps = names("S n N T Y F R D H theta eps")
REST = Y - F @ R
RESULT = le(tr(D) - S * theta - tr(H), tr(REST.H @ T @ REST))
VARIABLES = {"S": "nat", "n": "nat", "N": "nat", "T": mat(N, N), "Y": mat(N, n), "F": mat(N, S), "R": mat(S, n), "D": mat(n, n),
             "H": mat(n, n), "theta": "real"}
GIVEN = [le(zero(N, N), T), le(0, theta), le(zero(n, n), H), le(D, theta * eye(n) + H), le(D, Y.H @ T @ Y)]

claim = Claim(
    title="Columns fitted by few columns under a positive form",
    says="Under a form T ⪰ 0, what S columns F leave of the columns of Y with the weights R has tr (Y − FR)*T(Y − FR) ≥ tr D − Sθ − tr H, "
         "if D ⪯ Y*TY and D ⪯ θI + H.",
    statement=statement(forall(VARIABLES, GIVEN, RESULT)),
    reference="the argument behind UP.ar+", source="own",
    hypotheses={"T ⪰ 0": "T = −1, Y = 0, F = R = 1: the right side is negative", "θ ≥ 0": "D = θ = −1, R = 0 and H = 0",
                "H ⪰ 0, D ⪯ θI + H": "D may be all of Y*TY, and F may capture it", "D ⪯ Y*TY": "Y = 0"},
    limits="With D = Y*TY this is Ky Fan's bound on what S columns capture. A smaller D serves where Y*TY is known from below only.",
)


@claim.derive
def one_column(step):
    """n = S = 1 and T = 1: the completed square, and what it leaves."""
    import sympy

    from theory.identities import confirm, equal, nonnegative

    y, f, r = sympy.symbols("y f r", real=True)
    small, level = sympy.symbols("epsilon theta", positive=True)
    inverse = step("J", 1 / (r**2 + small), why="(R*R + ε)⁻¹")
    more = step("C", f - y * inverse * r, why="F less the best column YJR*")
    confirm(step, "two squares are left", [sympy.cancel((y - f * r) ** 2 + small * f**2 - small * inverse * y**2 - (more * r) ** 2
                                                        - small * more**2)], why="(Y − FR)² + εF² − εJY²")
    spare = sympy.Symbol("u", nonnegative=True)
    equal(step, "what is spare", small * inverse * (level + spare) - (level - level),
          sympy.cancel(small * (level + spare) / (r**2 + small)),
          shown="epsilon*J*Y^2 - (D - theta)", why="D = θ, H = 0 and Y² = θ + u ≥ D")
    nonnegative(step, "it is not negative", small * (level + spare) / (r**2 + small), why="every part is")


@claim.certify
def proof(p, _):
    """For each ε > 0, with J = (R*R + εI)⁻¹ and C = F − YJR*: (Y − FR)(Y − FR)* + εFF* = εYJY* + CRR*C* + εCC*. Against T this gives at
    least ε tr JY*TY ≥ ε tr JD ≥ tr D − Sθ − tr H; and ε → 0.
    """
    p.inhabited(S=1, n=1, N=1, T=1, Y=1, F=1, R=1, D=1, H=0, theta=1)
    softened = le(tr(D) - S * theta - tr(H), tr(REST.H @ T @ REST) + eps * tr(F.H @ T @ F))
    with p.generalise({"eps": "real"}, [lt(0, eps)], softened) as every:
        small = every(1)
        whole = R.H @ R + eps * eye(n)
        definite = p.squares(lt(zero(n, n), whole), [(1, [], "", R), (1, [small], "", eye(n))])
        inverse = inverse_of_definite(p, whole, definite, n)
        fitted = completed(p, small, inverse)
        captured = p.step("trace", le(0, tr(inv(whole) @ (Y.H @ T @ Y - D))), of=[inverse[4], p.given(5)])
        p.squares(softened, [(1, [fitted], "", 1), (1, [small, captured], "", 1), (1, [ranked(p)], "", 1)])
    p.order("limit", RESULT, every.fact)


@explained
def completed(p, small, inverse):
    """The best columns are YJR*; what other columns leave is two squares more, and T weighs them."""
    right, left, star, *_ = inverse
    whole, w = R.H @ R + eps * eye(n), F @ R
    j = inv(whole)
    more = F - Y @ j @ R.H
    spare = REST @ REST.H + eps * F @ F.H - eps * Y @ j @ Y.H
    squares = p.squares(le(zero(N, N), spare), [(1, [], "", (more @ R).H), (1, [small], "", more.H)],
                        using=[(left, -Y, w.H), (star, -w @ whole, Y.H), (right, -w, Y.H), (star, Y @ j @ R.H @ R @ whole, Y.H),
                               (right, Y @ j @ R.H @ R, Y.H), (left, Y, Y.H)])
    return p.step("trace", le(0, tr(T @ spare)), of=[p.given(1), squares])


@explained
def ranked(p):
    """0 ⪯ εJ ⪯ I, and the trace of I − εJ is at most S."""
    o, M, X = names("o_ M_ X_")
    above = [le(0, o), le(zero(n, n), M), le(X, o * eye(n) + M)]
    softened = inv(R.H @ R + zero(0, n).H @ zero(0, n) + eps * eye(n))
    trace = p.use("algebra.low_rank_fit", forall({"o_": "real", "M_": mat(n, n), "X_": mat(n, n)}, above,
                                                 le(tr(X) - S * o - tr(M), eps * tr(softened @ X))),
                  m=S, p=0, N=n, R=R, Z=zero(0, n), eps=eps)
    return p.apply(trace, le(tr(D) - S * theta - tr(H), eps * tr(inv(R.H @ R + eps * eye(n)) @ D)), o_=theta, M_=H, X_=D)


claim.must_refuse(
    one_column_less=changed(le(tr(D) - (S - 1) * theta - tr(H), tr(REST.H @ T @ REST))),
    trace_forgotten=changed(le(tr(D) - S * theta, tr(REST.H @ T @ REST))),
    any_form=changed(given={1: None}),
    any_level=changed(given={2: None}),
    not_below=changed(given={4: None}),
    any_gram_matrix=changed(given={5: None}),
)
claim.refute("one_column_less")(fails_at(S=1, n=1, N=1, T=1, Y=1, F=1, R=1, D=1, H=0, theta=1))
claim.refute("trace_forgotten")(fails_at(S=1, n=1, N=1, T=1, Y=1, F=1, R=1, D=1, H=1, theta=0))
claim.refute("any_form")(fails_at(S=1, n=1, N=1, T=-1, Y=0, F=1, R=1, D=0, H=0, theta=0))
claim.refute("any_level")(fails_at(S=2, n=1, N=1, T=1, Y=0, F=zero(1, 2), R=zero(2, 1), D=-1, H=0, theta=-1))
claim.refute("not_below")(fails_at(S=1, n=1, N=1, T=1, Y=1, F=1, R=1, D=1, H=0, theta=0))
claim.refute("any_gram_matrix")(fails_at(S=0, n=1, N=1, T=1, Y=0, F=zero(1, 0), R=zero(0, 1), D=1, H=0, theta=1))


@claim.oracle
def rational_matrices():
    """Rational matrices drawn near the identity; D is the Gram matrix less a square, θI + H is above it by its row sums."""
    from theory.papers.uncertainty_measurements import bounded, numbers

    results = []
    for seed, (rows, count, order) in enumerate(((3, 3, 1), (4, 3, 2), (6, 4, 2)), 5):
        drawn = iter(re for re, _ in numbers(rows * rows + rows * count + rows * order + order * count + count, seed))

        def matrix(height, width, drawn=drawn):
            return [[(row == column) + next(drawn) / 16 for column in range(width)] for row in range(height)]

        root, y, f, r = matrix(rows, rows), matrix(rows, count), matrix(rows, order), matrix(order, count)
        off = [next(drawn) / 16 for _ in range(count)]
        own = product(root, y)
        lower = [[sum(own[k][i] * own[k][j] for k in range(rows)) - off[i] * off[j] for j in range(count)] for i in range(count)]
        sums = [sum(map(abs, row)) for row in lower]
        level = sorted(sums)[count // 2]
        rest = product(root, [[a - b for a, b in zip(*pair, strict=True)] for pair in zip(y, product(f, r), strict=True)])
        least = sum(lower[i][i] for i in range(count)) - order * level - sum(max(value - level, 0) for value in sums)
        results.append(bounded("drawn", {"N": rows, "n": count, "S": order}, energy(rest), least, energy(rest) >= least))
    return results


def product(a, b):
    """A product of matrices, row by row."""
    return [[sum(x * y for x, y in zip(row, column, strict=True)) for column in zip(*b, strict=True)] for row in a]


def energy(matrix):
    """The sum of the squares of the entries."""
    return sum(value**2 for row in matrix for value in row)
