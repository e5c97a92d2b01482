"""Columns fitted by few columns under a positive form, after a part that is predicted has been taken off."""
from theory.claim import Claim
from theory.language import eye, forall, inv, le, lt, mat, names, statement, tr, zero
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import inverse_of_definite

S, n, N, T, Y, F, R, G, H, theta, eps = names("S n N T Y F R G H theta eps")
P, J = names("P J")
REST = Y - F @ R
LEFT = tr(REST.H @ T @ REST) + eps * tr(F.H @ T @ F)
RESULT = le(tr(G) - S * theta - tr(H) - tr(P), LEFT)
VARIABLES = {"S": "nat", "n": "nat", "N": "nat", "T": mat(N, N), "Y": mat(N, n), "F": mat(N, S), "R": mat(S, n), "G": mat(n, n),
             "H": mat(n, n), "P": mat(n, n), "theta": "real", "eps": "real"}
GIVEN = [le(zero(N, N), T), lt(0, eps), le(0, theta), le(zero(n, n), H), le(G, theta * eye(n) + H), le(zero(n, n), P),
         le(G - P, Y.H @ T @ Y)]

claim = Claim(
    title="Columns fitted by few columns under a positive form",
    says="If the columns of Y have the Gram matrix Y*TY ⪰ G − P under a form T ⪰ 0, with P ⪰ 0 and G ⪯ θI + H, then what S columns F leave "
         "of them with the weights R has tr (Y − FR)*T(Y − FR) ≥ tr G − Sθ − tr H − tr P − ε tr F*TF, for every ε > 0.",
    statement=statement(forall(VARIABLES, GIVEN, RESULT)),
    reference="the argument behind UP.ar+", source="own",
    hypotheses={"T ⪰ 0": "T = −1, Y = 0, F = R = 1: the left side is negative", "ε > 0": "the inverse in the proof need not exist",
                "θ ≥ 0": "the S-th part of a matrix below −1", "H ⪰ 0, G ⪯ θI + H": "G may be anything",
                "P ⪰ 0": "P makes up for G only in the trace of a projection", "G − P ⪯ Y*TY": "Y = 0"},
    limits="With P = 0 and ε → 0 this is Ky Fan's bound on what S columns capture. P is the price of a part of Y that is not orthogonal to "
           "the rest.",
)


@claim.derive
def one_column(step):
    """n = S = 1 and T = 1: the completed square, and what it leaves."""
    import sympy

    from theory.identities import confirm, equal, nonnegative

    y, f, r = sympy.symbols("y f r", real=True)
    small, level = sympy.symbols("epsilon theta", positive=True)
    inverse = step("J", 1 / (r**2 + small), why="(R*R + ε)⁻¹")
    more = step("D", f - y * inverse * r, why="F less the best column YJR*")
    confirm(step, "two squares are left", [sympy.cancel((y - f * r) ** 2 + small * f**2 - small * inverse * y**2 - (more * r) ** 2
                                                        - small * more**2)], why="(Y − FR)² + εF² − εJY²")
    price, spare = sympy.symbols("P u", nonnegative=True)
    own = level + price - price + spare
    equal(step, "what is spare", small * inverse * own - (level - level - price),
          sympy.cancel(small * (level + spare) / (r**2 + small) + price),
          why="G = θ, H = 0 and Y² = θ + u ≥ G − P: εJY² less G − θ − P")
    nonnegative(step, "it is not negative", small * (level + spare) / (r**2 + small) + price, why="every part is")


@claim.certify
def proof(p, _):
    """With J = (R*R + εI)⁻¹ and D = F − YJR*: (Y − FR)(Y − FR)* + εFF* = εYJY* + DRR*D* + εDD*. Against T this gives at least
    ε tr JY*TY ≥ ε tr JG − ε tr JP, where ε tr JG ≥ tr G − Sθ − tr H, and ε tr JP ≤ tr P because εJ ⪯ I.
    """
    p.inhabited(S=1, n=1, N=1, T=1, Y=1, F=1, R=1, G=1, H=0, P=0, theta=1, eps=1)
    energy = p.squares(le(zero(n, n), R.H @ R), [(1, [], "", R)])
    whole = R.H @ R + eps * eye(n)
    definite = p.squares(lt(zero(n, n), whole), [(1, [], "", R), (1, [p.given(2)], "", eye(n))])
    inverse = inverse_of_definite(p, whole, definite, n)
    fitted = completed(p, inverse)
    ranked = weighed(p, energy, inverse)
    p.squares(RESULT, [(1, [fitted], "", 1), *((1, [p.given(2), fact] if scaled else [fact], "", 1) for fact, scaled in ranked)])


@explained
def completed(p, inverse):
    """The best columns are YJR*; what other columns leave is two squares more, and T weighs them."""
    right, left, star, *_ = inverse
    j = inv(R.H @ R + eps * eye(n))
    more = F - Y @ j @ R.H
    whole = R.H @ R + eps * eye(n)
    w = F @ R
    spare = REST @ REST.H + eps * F @ F.H - eps * Y @ j @ Y.H
    squares = p.squares(le(zero(N, N), spare), [(1, [], "", (more @ R).H), (1, [p.given(2)], "", more.H)],
                        using=[(left, -Y, w.H), (star, -w @ whole, Y.H), (right, -w, Y.H), (star, Y @ j @ R.H @ R @ whole, Y.H),
                               (right, Y @ j @ R.H @ R, Y.H), (left, Y, Y.H)])
    return p.step("trace", le(0, tr(T @ spare)), of=[p.given(1), squares])


@explained
def weighed(p, energy, inverse):
    """0 ⪯ εJ ⪯ I, and the trace of I − εJ is at most S."""
    right, _left, star, adjoint_left, sign = inverse
    j = inv(R.H @ R + eps * eye(n))
    captured = p.step("trace", le(0, tr(j @ (Y.H @ T @ Y - G + P))), of=[sign, p.given(7)])
    projection = p.squares(le(zero(n, n), eye(n) - eps * j), [(1, [], "", R.H @ R @ j), (1, [p.given(2)], energy, j)],
                           using=[(right, j.H @ R.H @ R), (adjoint_left, 1), (star, -eps)])
    price = p.step("trace", le(0, tr((eye(n) - eps * j) @ P)), of=[projection, p.given(6)])
    o, M, X = names("o_ M_ X_")
    above = [le(0, o), le(zero(n, n), M), le(X, o * eye(n) + M)]
    softened = inv(R.H @ R + zero(0, n).H @ zero(0, n) + eps * eye(n))
    trace = p.use("algebra.low_rank_fit", forall({"o_": "real", "M_": mat(n, n), "X_": mat(n, n)}, above,
                                                 le(tr(X) - S * o - tr(M), eps * tr(softened @ X))),
                  m=S, p=0, N=n, R=R, Z=zero(0, n), eps=eps)
    ranked = p.apply(trace, le(tr(G) - S * theta - tr(H), eps * tr(j @ G)), o_=theta, M_=H, X_=G)
    return [(captured, True), (price, False), (ranked, False)]


claim.must_refuse(
    one_column_less=changed(le(tr(G) - (S - 1) * theta - tr(H) - tr(P), LEFT)),
    price_forgotten=changed(le(tr(G) - S * theta - tr(H), LEFT)),
    trace_forgotten=changed(le(tr(G) - S * theta - tr(P), LEFT)),
    any_form=changed(given={1: None}),
    any_gram_matrix=changed(given={7: None}),
)
claim.refute("one_column_less")(fails_at(S=1, n=1, N=1, T=1, Y=1, F=1, R=1, G=1, H=0, P=0, theta=1, eps=["/", 1, 2]))
claim.refute("price_forgotten")(fails_at(S=0, n=1, N=1, T=1, Y=0, F=zero(1, 0), R=zero(0, 1), G=1, H=0, P=1, theta=1, eps=1))
claim.refute("trace_forgotten")(fails_at(S=1, n=1, N=1, T=1, Y=1, F=1, R=1, G=1, H=1, P=0, theta=0, eps=["/", 1, 2]))
claim.refute("any_form")(fails_at(S=1, n=1, N=1, T=-1, Y=0, F=1, R=1, G=0, H=0, P=0, theta=0, eps=1))
claim.refute("any_gram_matrix")(fails_at(S=0, n=1, N=1, T=1, Y=0, F=zero(1, 0), R=zero(0, 1), G=1, H=0, P=0, theta=1, eps=1))


@claim.oracle
def rational_matrices():
    """Rational matrices drawn near the identity; θI + H above G from its row sums."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import bounded, numbers

    results = []
    for seed, (rows, count, order) in enumerate(((3, 3, 1), (4, 3, 2), (6, 4, 2)), 5):
        drawn = iter(re for re, _ in numbers(rows * rows + rows * count + rows * order + order * count + count, seed))

        def matrix(height, width, drawn=drawn):
            return [[(row == column) + next(drawn) / 16 for column in range(width)] for row in range(height)]

        root, y, f, r, (price,) = matrix(rows, rows), matrix(rows, count), matrix(rows, order), matrix(order, count), matrix(1, count)
        own = product(root, y)
        gram = [[sum(own[k][i] * own[k][j] for k in range(rows)) + price[i] * price[j] for j in range(count)] for i in range(count)]
        sums = [sum(map(abs, row)) for row in gram]
        level = sorted(sums)[count // 2]
        rest = product(root, [[a - b for a, b in zip(*pair, strict=True)] for pair in zip(y, product(f, r), strict=True)])
        small = Fraction(1, 100)
        measured = energy(rest) + small * energy(product(root, f))
        least = sum(gram[i][i] for i in range(count)) - order * level - sum(max(value - level, 0) for value in sums) - energy([price])
        results.append(bounded("drawn", {"N": rows, "n": count, "S": order}, measured, least, measured >= least))
    return results


def product(a, b):
    """A product of matrices, row by row."""
    return [[sum(x * y for x, y in zip(row, column, strict=True)) for column in zip(*b, strict=True)] for row in a]


def energy(matrix):
    """The sum of the squares of the entries."""
    return sum(value**2 for row in matrix for value in row)
