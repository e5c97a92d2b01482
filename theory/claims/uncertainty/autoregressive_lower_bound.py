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
    spread,
    theta,
)
from theory.language import SEQ, Series, Sum, both, conj, delta, entry, eq, fn, forall, le, mat, matrix, names, statement, tr, vec, within
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, S, a, b, c
from theory.proof import explained

i, j, l, r, y, F, M = names("i_ j l r y F M")
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


def taps(i):
    """What the predictor has spread after i steps."""
    return Sum("l", 1, i, c(l - 1) * M ** (i - l) @ F)


row, column = names("row column")
DIRECT = matrix("row", p_, "column", K + 1, entry(taps(K + 1 - column), row, 1))


@claim.certify
def proof(p, _):
    """The shift that predicts does not increase the norm of the input, and it turns the error at the lag k + 1 into one at the lag k, by a
    filter with the same poles and p direct terms. So the K + 1 errors at the lags K, …, 0 add up to at most (K + 1)L, while S + p
    functions can fit K + 1 pulses only to tr[γ(k−j)] − (S + p)θ − tr H. The direct terms after i steps are Σ_{l=1}^i c_{l−1} M^{i−l}F with the
    companion matrix M of the predictor and its coefficients F.
    """
    inhabited(p, H=0)
    p.abbreviate("F", [], vec("row", p_, conj(phi[row])))
    p.abbreviate("M", [], matrix("row", p_, "column", p_, delta(row + 1, column) + conj(phi[row]) * delta(column, 1)))
    convergent(p, p.given(2), p.given(3))
    recurrence(p)
    at = {"S": S, "K": K, "a": a, "b": b, "p": p_, "phi": phi, "g": g, "B": B, "theta": theta, "H": H, "Y": DIRECT}
    p.both(*(p.use("uncertainty.autoregressive_steps", shown, **at) for shown in (ROWS, COLUMN, BOUND)))


@explained
def recurrence(p):
    """No direct terms at the lag K, and one more step is Y ↦ MY + c_i F."""
    with p.generalise({"j": "int"}, within(1, j, p_), eq(entry(DIRECT, j, K + 1), 0)) as start:
        p.identity(start.shows[3])
    with p.generalise({"i_": "nat"}, [], eq(taps(i + 1), M @ taps(i) + c(i) * F)) as step:
        p.operator(step.shows[3])
    v = names("v_")
    spelled_out = Sum("v_", 1, p_, delta(j + 1, v) * entry(y, v, 1)) + conj(phi[j]) * (Sum("v_", 1, p_, delta(v, 1) * entry(y, v, 1)) + c(i))
    z = names("z")
    given = [*within(1, j, p_), eq(z, M @ y + c(i) * F)]
    with p.generalise({"i_": "nat", "y": mat(p_), "z": mat(p_), "j": "int"}, given, eq(entry(z, j, 1), spelled_out)) as spelled:
        read = p.step("congruence", eq(entry(z, j, 1), entry(M @ y + c(i) * F, j, 1)), equal=spelled(3),
                      context=["fn", "m_", ["entry", "m_", "j", 1]])
        p.identity(eq(entry(z, j, 1), spelled_out), [(read, 1)])
    with p.generalise({"j": "int", "r": "int"}, [*within(1, j, p_), *within(1, r, K)],
                      eq(entry(DIRECT, j, r), spread(DIRECT, r))) as each:
        before = taps(K - r)
        p.apply(step.fact, eq(taps(K - r + 1), M @ before + c(K - r) * F), i_=K - r)
        here = Sum("v_", 1, p_, delta(j + 1, v) * entry(before, v, 1)) + conj(phi[j]) * (
            Sum("v_", 1, p_, delta(v, 1) * entry(before, v, 1)) + c(K - r))
        p.apply(spelled.fact, eq(entry(taps(K - r + 1), j, 1), here), i_=K - r, y=before, z=taps(K - r + 1), j=j)


claim.must_refuse(
    order_of_the_input_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S * theta + tr(H)) / (K + 1), L))),
    one_direction_less=changed(both(ROWS, COLUMN, le(g[0] - ((S + p_ - 1) * theta + tr(H)) / (K + 1), L))),
    one_lag_more=changed(both(ROWS, COLUMN, le(g[0] - SHARE / (K + 2), L))),
    without_the_trace=changed(both(ROWS, COLUMN, le(g[0] - (S + p_) * theta / (K + 1), L))),
    not_predicted=changed(given={5: None}),
    density_of_any_sign=changed(given={4: None}),
    not_below=changed(given={8: None}),
)
