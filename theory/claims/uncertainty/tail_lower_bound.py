"""Lower bound on the loss under every stationary input, by the tail of its autocorrelation."""
from theory.claim import Claim
from theory.claims.uncertainty.consecutive_errors import CROSS, POSITIVE, SILENCE, WHERE_LAGS, H, J, g, lags, q, r, theta, white_noise
from theory.claims.uncertainty.stationary_lower_bound import (
    COLUMN,
    PAIR,
    ROWS,
    autocorrelation,
    best_rows,
    near,
    no_filter,
    nothing_is_foretold,
    toeplitz,
)
from theory.language import (
    SEQ,
    Abs,
    Series,
    Sum,
    both,
    eq,
    eye,
    forall,
    le,
    lt,
    mat,
    names,
    ne,
    statement,
    tr,
    zero,
)
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.papers.uncertainty_inputs import held_against, missed, unit
from theory.proof import explained
from theory.steps import positive_reciprocal

j, k, m, n, u, v, low = names("j k m n u v mu")
FLOOR = le(low * eye(J - 1), lags(J - 1))
TAIL = Sum("r", 1, J, Sum("q", 1, J - 1, Abs(g[K + r - q]) ** 2))
ABOVE = [le(0, theta), le(zero(J, J), H), le(lags(J) - CROSS.H @ CROSS / low, theta * eye(J) + H)]
BOUND = le(g[0] - (S * theta + tr(H) + TAIL / low) / J, L)
VARIABLES = {**FILTER, "J": "nat", "g": SEQ, "mu": "real", "theta": "real", "H": mat(J, J)}
WHERE = [WHERE_FILTER, WHERE_LAGS, ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound by the tail of the autocorrelation",
    says="Under a stationary input with T_{J−1} ⪰ μI, μ > 0, a filter with S poles misses the shift by K by at least "
         "γ(0) − (Sθ + tr H)/J − Σ_{r=1}^J Σ_{q=1}^{J−1} |γ(K + r − q)|²/(μJ), for θ ≥ 0 and H ⪰ 0 with T_J − X*X/μ ⪯ θI + H, "
         "X = [γ(K + r − q)].",
    statement=statement(forall(VARIABLES, [STABLE, le(1, J), lt(0, low), POSITIVE, FLOOR, *ABOVE], both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every stationary input, with an explicit constant",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "T_n ⪰ 0 for every n": "γ is no autocorrelation",
                "T_{J−1} ⪰ μI, μ > 0": "the samples ahead may foretell everything", "J ≥ 1": "there is nothing to miss",
                "θ ≥ 0, H ⪰ 0, T_J − X*X/μ ⪯ θI + H": "otherwise Sθ + tr H is no bound"},
    limits="μ is the least eigenvalue of T_{J−1} at best; a density Γ ≥ μ gives it for every J. A density that touches 0, or is 0 on an "
           "arc, has a positive one for each J, which falls as J grows. The lags in the tail run from |K + 2 − J| to K + J − 1, so for a γ "
           "that tends to 0 the bound tends to γ(0) − (Sθ + tr H)/J as K grows, with any J: no filter of a fixed order remembers such an "
           "input for ever. T_J ⪯ θI + H will do. White noise, J = K + 1: 1 − S/(K + 1).",
    symbols={"g": "γ"},
)


@claim.derive
def one_sample_ahead(step):
    """J = 2: one sample ahead and two samples."""
    import sympy

    from theory.identities import confirm

    level, first, second = sympy.symbols("gamma0 x1 x2", real=True)
    least = sympy.Symbol("mu", positive=True)
    z, v1, v2 = sympy.symbols("u v1 v2", real=True)
    form = level * z**2 + 2 * z * (first * v1 + second * v2) + (first * v1 + second * v2) ** 2 / least
    square = step("square", (z * least + first * v1 + second * v2) ** 2 / least, why="T_2 − D = X*X/μ with X = (x_1, x_2)")
    confirm(step, "what is left", [sympy.expand(form - square - (level - least) * z**2)], why="γ(0) ≥ μ")


@claim.certify
def proof(p, _):
    """D = T_J − X*X/μ will do: u*Tu + u*Xv + v*X*u + v*X*Xv/μ = u*(T − μI)u + |μu + Xv|²/μ."""
    with p.inhabited_by(**WHITE):
        white_noise(p)
    small = p.given(3)
    proper = p.order("nonzero", ne(low, 0), small)
    share = positive_reciprocal(p, low, small, proper)
    left = lags(J) - CROSS.H @ CROSS / low
    form = u.H @ lags(J - 1) @ u + u.H @ CROSS @ v + v.H @ CROSS.H @ u + v.H @ (lags(J) - left) @ v
    p.squares(le(0, J - 1), [(1, [p.given(2)], "", 1)])
    with p.generalise({"u": mat(J - 1), "v": mat(J)}, [], le(0, form)) as foretold:
        p.squares(foretold.shows[3], [(1, [], p.given(5), u), (1, [share], "", low * u + CROSS @ v)], nonzero=[proper])
    tail(p, left)


WHITE = {name: value for name, value in SILENCE.items() if name != "D"} | {"mu": 1}


@explained
def tail(p, left):
    """tr X*X is the sum of the squares of the lags in X."""
    size = p.entries(eq(tr(CROSS.H @ CROSS), TAIL))
    level = p.entries(eq(tr(lags(J)), J * g[0]))
    bound = le((tr(left) - S * theta - tr(H)) / J, L)
    facts = [p.use("uncertainty.stationary_lower_bound", shown, S=S, K=K, a=a, b=b, J=J, g=g, theta=theta, H=H, D=left)
             for shown in (ROWS, COLUMN, bound)]
    some = p.squares(lt(0, J), [(1, [], "", 1), (1, [p.given(2)], "", 1)])
    many = p.order("nonzero", ne(J, 0), some)
    p.both(*facts[:2], p.squares(BOUND, [(1, [facts[2]], "", 1)], using=[(size, 1 / (low * J)), (level, -1 / J)],
                                 nonzero=[many, "given.3"]))


claim.must_refuse(
    tail_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S * theta + tr(H)) / J, L))),
    one_pole_less=changed(le(g[0] - ((S - 1) * theta + tr(H) + TAIL / low) / J, L)),
    without_the_trace=changed(both(ROWS, COLUMN, le(g[0] - (S * theta + TAIL / low) / J, L))),
    sign_flipped=changed(lt(L, g[0] - (S * theta + tr(H) + TAIL / low) / J)),
    any_lags=changed(given={4: None}),
    all_is_foretold=changed(given={5: None}),
)

claim.refute("one_pole_less")(lambda p: nothing_is_foretold(p, g[0] - ((S - 1) * theta + tr(H) + TAIL / low) / J, WHITE, white_noise))
claim.refute("sign_flipped")(lambda p: no_filter(p, BOUND, WHITE, white_noise))


def floor(order, response, lag, rows):
    """The formula at its best θ and H."""
    from mpmath import eighe, matrix

    if rows == 1:
        return 1 - order
    gamma = autocorrelation(response)
    least = min(eighe(toeplitz(gamma, rows - 1), eigvals_only=True))
    cross = matrix([[gamma(lag + column - row) for column in range(1, rows + 1)] for row in range(1, rows)])
    left = toeplitz(gamma, rows) - cross.H * cross / least
    return float(sum(sorted(eighe(left, eigvals_only=True))[:rows - order])) / rows


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on responses to moving averages, one with a density that touches 0, for several J."""
    def inputs(lag):
        return {"white noise": [1], "MA(1), Γ touches 0": [1, -1], "MA(2), complex": [1, 0.3j, -0.2],
                "an echo at the lag": [1.0] + [0.0] * (lag - 1) + [0.1]}
    return held_against(((1, 6), (2, 12)), inputs, lambda given, poles, lag: missed(unit(given), poles, lag),
                        best_rows(floor, lambda lag: (lag // 2, *near(lag))))
