"""No filter of a fixed order remembers an input that decorrelates: an explicit bound."""
from theory.claim import Claim
from theory.claims.uncertainty.bounded_density_lower_bound import BELOW, below_one, ends, high
from theory.claims.uncertainty.consecutive_errors import CROSS, POSITIVE, SILENCE, WHERE_LAGS, J, g, lags, q, r
from theory.claims.uncertainty.stationary_lower_bound import COLUMN, PAIR, ROWS, autocorrelation, best_rows, no_filter, nothing_is_foretold
from theory.claims.uncertainty.stationary_lower_bound import toeplitz as rows_of
from theory.claims.uncertainty.tail_lower_bound import FLOOR, TAIL, low
from theory.language import SEQ, Abs, Series, Sum, both, delta, eye, fn, forall, le, lt, names, ne, statement, tr, within, zero
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.papers.uncertainty_inputs import held_against, missed, unit
from theory.proof import explained
from theory.steps import positive_reciprocal

d, k, m, eta = names("d k m eta")
DECAYED = forall({"d": "int"}, [le(K + 2 - J, d)], le(Abs(g[d]), eta))
BOUND = le(g[0] - S * high / J - (J - 1) * eta**2 / low, L)
GIVEN = [STABLE, le(1, J), lt(0, low), POSITIVE, BELOW, FLOOR, DECAYED]
VARIABLES = {**FILTER, "J": "nat", "g": SEQ, "M": "real", "mu": "real", "eta": "real"}
WHERE = [WHERE_FILTER, WHERE_LAGS, ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under an input that decorrelates",
    says="Under an input with a density of at most M and |γ(d)| ≤ η from the lag K + 2 − J on, where T_{J−1} ⪰ μI and μ > 0, a filter with "
         "S poles misses the shift by K by at least γ(0) − SM/J − (J − 1)η²/μ.",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every bounded density, for long shifts",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "0 ⪯ T_n ⪯ M·I for every n": "γ is no autocorrelation, or M no bound",
                "T_{J−1} ⪰ μI, μ > 0": "the samples ahead may foretell everything: a sinusoid", "|γ(d)| ≤ η for d ≥ K + 2 − J":
                "γ(0) = 1, γ(±K) = 1/2: the filter 1/2 at lag 0 misses 3/4, at every K", "J ≥ 1": "there is nothing to miss"},
    limits="For an input whose autocorrelation tends to 0, as that of every density does (Riemann and Lebesgue; not used), η tends to 0 as "
           "K grows, with any J: the loss of S poles tends to γ(0). How fast depends on γ and on the least eigenvalue μ of T_{J−1}, which "
           "for a density that touches 0 falls as J grows.",
    symbols={"g": "γ"},
)


@claim.derive
def raised_cosine(step):
    """γ(0) = 1, γ(±1) = 1/2: no lag from 2 on."""
    import sympy

    from theory.identities import equal

    order, rows, lag = sympy.symbols("S J K", positive=True)
    bound = step("bound", 1 - 2 * order / rows, why="M = 2, and η = 0 for J ≤ K")
    equal(step, "J = K", bound.subs(rows, lag), 1 - 2 * order / lag, shown="1 - S M/J", why="as for a moving average with q = 1")


@claim.certify
def proof(p, _):
    """The tail has J(J − 1) squares of at most η²; θ = M and H = 0."""
    with p.inhabited_by(**WHITE):
        white(p)
    level = p.apply(p.given(5), le(lags(J), high * eye(J)), n=J)
    first = p.squares(le(0, g[0]), [(1, [], p.apply(p.given(4), le(zero(1, 1), lags(1)), n=1), 1)])
    p.squares(le(0, high), [(1, [first], "", 1), (1, [], p.apply(p.given(5), le(lags(1), high * eye(1)), n=1), 1)])
    p.squares(le(zero(J, J), zero(J, J)))
    proper = p.order("nonzero", ne(low, 0), p.given(3))
    share = positive_reciprocal(p, low, p.given(3), proper)
    p.squares(le(lags(J) - CROSS.H @ CROSS / low, high * eye(J) + zero(J, J)), [(1, [], level, eye(J)), (1, [share], "", CROSS)],
              nonzero=[proper])
    bounded(p, share, proper)


@explained
def bounded(p, share, proper):
    """Each square is at most η²: η² − |x|² = (η − |x|)² + 2|x|(η − |x|)."""
    p.squares(le(0, J - 1), [(1, [p.given(2)], "", 1)])
    square = Abs(g[K + r - q]) ** 2
    row = (J - 1) * eta**2 - Sum("q", 1, J - 1, square)
    with p.generalise({"r": "int"}, within(1, r, J), le(0, row)) as rows:
        with p.generalise({"q": "int"}, within(1, q, J - 1), le(0, eta**2 - square)) as each:
            p.squares(le(K + 2 - J, K + r - q), [(1, [rows(1)], "", 1), (1, [each(2)], "", 1)])
            below = p.apply(p.given(7), le(Abs(g[K + r - q]), eta), d=K + r - q)
            sign = p.order("basic", le(0, Abs(g[K + r - q])))
            p.squares(each.shows[3], [(1, [below, below], "", 1), (2, [sign, below], "", 1)])
        total = p.use("algebra.sum_nonnegative", le(0, Sum("q", 1, J - 1, eta**2 - square)), n=J - 1, f=fn("q", eta**2 - square))
        p.squares(rows.shows[3], [(1, [total], "", 1)])
    tail = p.use("algebra.sum_nonnegative", le(0, Sum("r", 1, J, row)), n=J, f=fn("r", row))
    bound = le(g[0] - (S * high + tr(zero(J, J)) + TAIL / low) / J, L)
    facts = [p.use("uncertainty.tail_lower_bound", shown, S=S, K=K, a=a, b=b, J=J, g=g, mu=low, theta=high, H=zero(J, J))
             for shown in (ROWS, COLUMN, bound)]
    some = p.squares(lt(0, J), [(1, [], "", 1), (1, [p.given(2)], "", 1)])
    many = p.order("nonzero", ne(J, 0), some)
    part = positive_reciprocal(p, J, some, many)
    p.both(*facts[:2], p.squares(BOUND, [(1, [facts[2]], "", 1), (1, [share, part, tail], "", 1)], nonzero=[proper, many]))


WHITE = {name: value for name, value in SILENCE.items() if name not in ("theta", "H", "D")} | {"M": 1, "mu": 1, "eta": 1}


def white(p):
    """White noise is below 1 at every lag."""
    below_one(p)
    with p.generalise({"d": "int"}, [le(1, d)], le(Abs(delta(d, 0)), 1)) as near:
        p.squares(near.shows[3], [(1, [], "", 1)])


claim.must_refuse(
    tail_forgotten=changed(both(ROWS, COLUMN, le(g[0] - S * high / J, L))),
    one_pole_less=changed(le(g[0] - (S - 1) * high / J - (J - 1) * eta**2 / low, L)),
    sign_flipped=changed(lt(L, g[0] - S * high / J - (J - 1) * eta**2 / low)),
    density_not_bounded=changed(given={5: None}),
    not_decayed=changed(given={7: None}),
)
claim.refute("one_pole_less")(lambda p: nothing_is_foretold(p, g[0] - (S - 1) * high / J - (J - 1) * eta**2 / low, WHITE, white))
claim.refute("sign_flipped")(lambda p: no_filter(p, BOUND, WHITE, white))


def floor(order, response, lag, rows):
    """The formula with the least μ and η."""
    from mpmath import eighe

    gamma = autocorrelation(response)
    least = min(eighe(rows_of(gamma, rows - 1), eigvals_only=True))
    last = max(abs(gamma(shift)) for shift in range(abs(lag + 2 - rows), lag + rows + len(response)))
    return 1 - order * ends(response)[1] / rows - float((rows - 1) * last**2 / least)


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses that fade, for several J."""
    def inputs(lag):
        return {"geometric": [0.5**n for n in range(12)], "Γ touches 0": [1, 0, -1], "complex": [(0.5j) ** n for n in range(9)]}
    return held_against(((1, 20), (2, 40)), inputs, lambda given, poles, lag: missed(unit(given), poles, lag),
                        best_rows(floor, lambda lag: (lag // 4, lag // 2, 2 * lag // 3)))
