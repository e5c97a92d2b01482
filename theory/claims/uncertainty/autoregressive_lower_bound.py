"""Lower bound on the loss under every autoregressive input, in the eigenvalues of a Toeplitz matrix."""
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
    theta,
)
from theory.language import SEQ, Series, Sum, both, conj, delta, entry, eq, fn, forall, le, mat, matrix, names, statement, tr, vec, within
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, S, a, b, c
from theory.proof import explained

j, l, n, y = names("j l n y")
VARIABLES = {**FILTER, "p": "nat", "phi": SEQ, "g": SEQ, "B": "real", "theta": "real", "H": mat(K + 1, K + 1)}
GIVEN = [STABLE, *INPUT, *ABOVE]
WHERE = [WHERE_FILTER, ("G", ["x"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every autoregressive input",
    says="Under an AR(p) input, γ(k) = Σ_{j=1}^p φ_j γ(k−j) for k ≥ 1, a filter with S poles misses the shift by K by at least "
         "γ(0) − ((S + p)θ + tr H)/(K + 1) whenever θ ≥ 0, H ⪰ 0 and [γ(k−j)] ⪯ θI + H; the least (S + p)θ + tr H is the sum of the S + p "
         "largest eigenvalues of that Toeplitz matrix of K + 1 rows.",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", reference="stronger than Theorem 3: every order of the input",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "Σ|γ(k)| converges, γ(−k) = conj γ(k)": "the loss need not be defined or "
                "real", "Γ ≥ 0": "γ is no autocorrelation, and the loss may be negative",
                "Yule and Walker": "γ(0) = 1 and γ(±K) = 1/4: the filter 1/4 at lag 0 captures 1/16, at every K",
                "θ ≥ 0, H ⪰ 0, [γ(k−j)] ⪯ θI + H": "otherwise (S + p)θ + tr H is no bound for sums of eigenvalues"},
    limits="Any poles: repeated, zero or those of the input. Complex inputs too. That the least (S + p)θ + tr H is a sum of eigenvalues is "
           "not part of what is proved. For p = 1 the bounds of UP.T3b are better by a constant over K.",
)


@claim.certify
def proof(p, _):
    """The shift that predicts does not increase the norm of the input, and it turns the error at the lag k + 1 into one at the lag k, by a
    filter with the same poles and p direct terms. So the K + 1 errors at the lags K, …, 0 add up to at most (K + 1)L, while S + p
    functions can fit K + 1 pulses only to tr[γ(k−j)] − (S + p)θ − tr H.
    """
    inhabited(p, H=0)
    convergent(p, p.given(2), p.given(3))
    column, companion = predictor(p)
    with p.generalise({"l": "int"}, [le(0, l)], eq(c(l), c(l))):
        p.identity(eq(c(l), c(l)))
    at = {"S": S, "K": K, "a": a, "b": b, "p": p_, "phi": phi, "g": g, "B": B, "theta": theta, "H": H, "F": column, "M": companion, "C": fn("n", c(n))}
    whole = p.use("uncertainty.autoregressive_companion", both(ROWS, COLUMN, BOUND), **at)
    p.both(*(p.part(whole, shown) for shown in (ROWS, COLUMN, BOUND)))


@explained
def predictor(p):
    """The column of the coefficients of the predictor and its companion matrix."""
    row, place, v = names("row place v_")
    column = vec("row", p_, conj(phi[row]))
    companion = matrix("row", p_, "place", p_, delta(row + 1, place) + conj(phi[row]) * delta(place, 1))
    with p.generalise({"j": "int"}, within(1, j, p_), eq(entry(column, j, 1), conj(phi[j]))) as first:
        p.identity(first.shows[3])
    moved = Sum("v_", 1, p_, delta(j + 1, v) * entry(y, v, 1)) + conj(phi[j]) * Sum("v_", 1, p_, delta(v, 1) * entry(y, v, 1))
    with p.generalise({"y": mat(p_), "j": "int"}, within(1, j, p_), eq(entry(companion @ y, j, 1), moved)) as second:
        p.identity(second.shows[3])
    return column, companion


claim.must_refuse(
    order_of_the_input_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S * theta + tr(H)) / (K + 1), L))),
    one_direction_less=changed(both(ROWS, COLUMN, le(g[0] - ((S + p_ - 1) * theta + tr(H)) / (K + 1), L))),
    one_lag_more=changed(both(ROWS, COLUMN, le(g[0] - SHARE / (K + 2), L))),
    without_the_trace=changed(both(ROWS, COLUMN, le(g[0] - (S + p_) * theta / (K + 1), L))),
    not_predicted=changed(given={5: None}),
    density_of_any_sign=changed(given={4: None}),
    not_below=changed(given={8: None}),
)
