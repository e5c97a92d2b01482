"""Lower bound on the loss under an autoregressive input, from a companion matrix of its predictor."""
from theory.claim import Claim
from theory.claims.uncertainty.autoregressive_steps import (
    ABOVE,
    BOUND,
    COLUMN,
    DENSITY,
    INPUT,
    PAIR,
    ROWS,
    SHARE,
    B,
    H,
    L,
    convergent,
    g,
    inhabited,
    p_,
    phi,
    spread,
    theta,
)
from theory.language import SEQ, Series, Sum, both, conj, delta, entry, eq, fn, forall, le, mat, matrix, names, statement, within, zero
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, S, a, b, c
from theory.proof import explained

i, j, r, x, y, F, M = names("i_ j r x y F M")
place = names("l")
VARIABLES = {**FILTER, "p": "nat", "phi": SEQ, "g": SEQ, "B": "real", "theta": "real", "H": mat(K + 1, K + 1),
             "F": mat(p_), "M": mat(p_, p_), "C": SEQ}
v = names("v_")
COLUMN_OF_PREDICTOR = forall({"j": "int"}, within(1, j, p_), eq(entry(F, j, 1), conj(phi[j])))
COMPANION = forall({"y": mat(p_), "j": "int"}, within(1, j, p_), eq(
    entry(M @ y, j, 1), Sum("v_", 1, p_, delta(j + 1, v) * entry(y, v, 1)) + conj(phi[j]) * Sum("v_", 1, p_, delta(v, 1) * entry(y, v, 1))))
C = names("C")
RESPONSE = forall({"l": "int"}, [le(0, place)], eq(C[place], c(place)))
GIVEN = [STABLE, *INPUT, *ABOVE, COLUMN_OF_PREDICTOR, COMPANION, RESPONSE]
WHERE = [WHERE_FILTER, ("G", ["x"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound from a companion matrix",
    says="If F is the column of the predictor's coefficients and M its companion matrix, the loss under the AR(p) input is at least "
         "γ(0) − ((S + p)θ + tr H)/(K + 1), for θ ≥ 0 and H ⪰ 0 with [γ(k−j)] ⪯ θI + H.",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    reference="the argument behind UP.ar+",
    hypotheses={"F and M": "they exist: see uncertainty.autoregressive_lower_bound", "the others": "see there"},
    limits="F and M are determined by the predictor; they do not occur in the bound.",
)


@claim.derive
def companion_of_two(step):
    """p = 2: the matrix of the rule, its polynomial, and the columns that the sum gives, three steps back; p = 1 in closed form."""
    import sympy

    from theory.identities import confirm, equal

    coefficients, top = sympy.symbols("psi1 psi2"), 3
    column_of, rows_of = sympy.Matrix(coefficients), sympy.symbols("y1 y2")
    companion = sympy.Matrix([[coefficients[0], 1], [coefficients[1], 0]])
    rule = [rows_of[1] + coefficients[0] * rows_of[0], coefficients[1] * rows_of[0]]
    confirm(step, "the matrix of the rule", list((companion * sympy.Matrix(rows_of) - sympy.Matrix(rule)).expand()),
            why="p = 2: (My)_j = y_{j+1} + ψ_j y_1; ψ_j stands for φ̄_j")
    root = sympy.Symbol("lambda")
    equal(step, "its polynomial", (root * sympy.eye(2) - companion).det(), root**2 - coefficients[0] * root - coefficients[1],
          shown="det(lambda - M)", why="the conjugated polynomial of the predictor")
    response_ = sympy.symbols("c0:4")

    def spread_after(i):
        return sum((response_[l_] * companion ** (i - l_) * column_of for l_ in range(i + 1)), sympy.zeros(2, 1))

    columns = {r_: spread_after(top - r_) for r_ in range(1, top + 2)}
    confirm(step, "no direct terms at the lag K", list(columns[top + 1]), why="K = 3: the sum for the column K + 1 is empty")
    differences = []
    for r_ in range(1, top + 1):
        after, falls = columns[r_ + 1], columns[r_ + 1][0] + response_[top - r_]
        differences += [columns[r_][0] - after[1] - coefficients[0] * falls, columns[r_][1] - coefficients[1] * falls]
    confirm(step, "the recurrence of the columns", map(sympy.expand, differences),
            why="K = 3: the column r is Σ_{l≤K−r} c_l M^{K−r−l}F, spread from the column r + 1 and c_{K−r}")
    weight, pole, psi = sympy.symbols("b a psi")
    summed = sum(weight * pole**l_ * psi ** (top - l_) * psi for l_ in range(top + 1))
    equal(step, "one term, one pole", summed, weight * psi * (psi ** (top + 1) - pole ** (top + 1)) / (psi - pole), shown="Y",
          why="p = 1 and c_l = b a^l, after four steps")


def taps(i):
    """What the predictor has spread after i + 1 steps."""
    return Sum("l", 0, i, C[place] * M ** (i - place) @ F)


row, column = names("row column")
DIRECT = matrix("row", p_, "column", K + 1, entry(taps(K - column), row, 1))


@claim.certify
def proof(p, _):
    """The direct terms after i steps are Σ_{l<i} c_l M^{i−1−l}F: they follow the recurrence Y ↦ MY + c_i F."""
    inhabited(p, H=0, F=zero(0, 1), M=zero(0, 0), C=fn("n", 0))
    convergent(p, p.given(2), p.given(3))
    recurrence(p)
    at = {"S": S, "K": K, "a": a, "b": b, "p": p_, "phi": phi, "g": g, "B": B, "theta": theta, "H": H, "Y": DIRECT}
    whole = p.use("uncertainty.autoregressive_steps", both(ROWS, COLUMN, BOUND), **at)
    p.both(*(p.part(whole, shown) for shown in (ROWS, COLUMN, BOUND)))


@explained
def recurrence(p):
    """No direct terms at the lag K, and one more step is Y ↦ MY + c_i F."""
    with p.generalise({"j": "int"}, within(1, j, p_), eq(entry(DIRECT, j, K + 1), 0)) as start:
        p.identity(start.shows[3])
    with p.generalise({"i_": "int"}, [le(-1, i)], eq(taps(i + 1), M @ taps(i) + C[i + 1] * F)) as step:
        p.operator(step.shows[3])
    z = names("z")

    def spelled_out(y, value):
        return Sum("v_", 1, p_, delta(j + 1, v) * entry(y, v, 1)) + conj(phi[j]) * (Sum("v_", 1, p_, delta(v, 1) * entry(y, v, 1)) + value)
    given = [*within(1, j, p_), eq(z, M @ y + x * F)]
    with p.generalise({"x": "complex", "y": mat(p_), "z": mat(p_), "j": "int"}, given, eq(entry(z, j, 1), spelled_out(y, x))) as spelled:
        read = p.step("congruence", eq(entry(z, j, 1), entry(M @ y + x * F, j, 1)), equal=spelled(3),
                      context=["fn", "m_", ["entry", "m_", "j", 1]])
        moved = p.apply(p.given(10), eq(entry(M @ y, j, 1), spelled_out(y, 0)), y=y, j=j)
        own = p.apply(p.given(9), eq(entry(F, j, 1), conj(phi[j])), j=j)
        p.identity(eq(entry(z, j, 1), spelled_out(y, x)), [(read, 1), (moved, 1), (own, x)])
    with p.generalise({"j": "int", "r": "int"}, [*within(1, j, p_), *within(1, r, K)],
                      eq(entry(DIRECT, j, r), spread(DIRECT, r))):
        before, here = taps(K - r - 1), C[K - r]
        p.apply(step.fact, eq(taps(K - r), M @ before + here * F), i_=K - r - 1)
        moved = p.apply(spelled.fact, eq(entry(taps(K - r), j, 1), spelled_out(before, here)), x=here, y=before, z=taps(K - r), j=j)
        response = p.apply(p.given(11), eq(here, c(K - r)), l=K - r)
        y_, z_ = names("Y_ Z_")
        with p.generalise({"Y_": mat(p_), "Z_": mat(p_)}, [eq(entry(z_, j, 1), spelled_out(y_, here))],
                          eq(entry(z_, j, 1), spelled_out(y_, c(K - r)))) as read:
            p.identity(eq(entry(z_, j, 1), spelled_out(y_, c(K - r))), [(read(1), 1), (response, conj(phi[j]))])
        p.apply(read.fact, eq(entry(taps(K - r), j, 1), spelled_out(before, c(K - r))), Y_=before, Z_=taps(K - r))


claim.must_refuse(
    one_lag_more=changed(both(ROWS, COLUMN, le(g[0] - SHARE / (K + 2), L))),
    any_column=changed(given={9: None}),
    any_matrix=changed(given={10: None}),
)
