"""Lower bound on the loss under every moving average, also where its spectral density touches 0."""
from theory.claim import Claim
from theory.claims.uncertainty.bounded_density_lower_bound import BELOW, WHITE, below_one, ends, high
from theory.claims.uncertainty.consecutive_errors import CROSS, POSITIVE, WHERE_LAGS, g, lags, q, r
from theory.claims.uncertainty.stationary_lower_bound import COLUMN, PAIR, ROWS, no_filter, nothing_is_foretold
from theory.language import SEQ, Series, both, delta, eq, forall, le, lt, mat, names, ne, statement, tr, within, zero
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b
from theory.papers.uncertainty_inputs import held_against, missed, unit
from theory.proof import explained
from theory.steps import at

d, k, m, o, u, v = names("d k m o u v")
ROOM = K + 1 - o
FINITE = forall({"d": "int"}, [le(o + 1, d)], eq(g[d], 0))
BOUND = le(g[0] - S * high / ROOM, L)
VARIABLES = {**FILTER, "o": "nat", "g": SEQ, "M": "real"}
WHERE = [WHERE_FILTER, WHERE_LAGS, ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every moving average",
    says="Under an input whose autocorrelation vanishes beyond the lag q ≤ K and whose spectral density is at most M, a filter with S "
         "poles misses the shift by K by at least γ(0) − SM/(K + 1 − q).",
    statement=statement(forall(VARIABLES, [STABLE, le(o, K), POSITIVE, BELOW, FINITE], both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every moving average",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "q ≤ K": "samples nearer than q may be foretold",
                "0 ⪯ T_n ⪯ M·I for every n": "γ is no autocorrelation, or M no bound of its density",
                "γ(d) = 0 for d > q": "γ(0) = 1, γ(±K) = 1/2: the filter 1/2 at lag 0 misses 3/4, at every K"},
    limits="The density may touch 0: x_t = w_t − w_{t−1} has γ(0) = 2 and M = 4. For q = 0 this is UP.T2. The letter o stands for q.",
    symbols={"g": "γ"},
)


@claim.derive
def one_lag(step):
    """MA(1) in closed form."""
    import sympy

    from theory.identities import equal

    weight, order, lag = sympy.symbols("h S K", positive=True)
    density = step("sup Γ", 1 + 2 * weight + weight**2, why="Γ = 1 + h² + 2h cos x at x = 0")
    equal(step, "h = 1", (1 + weight**2 - order * density / lag).subs(weight, 1), 2 - 4 * order / lag, shown="gamma(0) - S M/K",
          why="q = 1; Γ(π) = 0")


@claim.certify
def proof(p, _):
    """Of K + 1 − q consecutive samples nothing is foretold by those more than q places ahead: X = 0, and D = T_J will do."""
    with p.inhabited_by(**NOISE):
        no_lags(p)
    nothing(p)


NOISE = {name: value for name, value in WHITE.items() if name not in ("J", "D")} | {"o": 0}


def no_lags(p):
    """White noise: q = 0 and M = 1."""
    below_one(p)
    with p.generalise({"d": "int"}, [le(0 + 1, d)], eq(delta(d, 0), 0)) as none:
        p.identity(none.shows[3])


@explained
def nothing(p):
    """X has no lag below q + 1."""
    cross, rows = at(CROSS, "J", ROOM), lags(ROOM - 1)
    p.squares(le(1, ROOM), [(1, [p.given(2)], "", 1)])
    p.squares(le(0, ROOM), [(1, [p.given(2)], "", 1), (1, [], "", 1)])
    p.squares(le(0, ROOM - 1), [(1, [p.given(2)], "", 1)])
    with p.generalise({"q": "int", "r": "int"}, [*within(1, q, ROOM - 1), *within(1, r, ROOM)], eq(g[K + r - q], 0)) as each:
        p.squares(le(o + 1, K + r - q), [(1, [each(2)], "", 1), (1, [each(3)], "", 1)])
        p.apply(p.given(5), each.shows[3], d=K + r - q)
    none = p.entries(eq(cross, zero(ROOM - 1, ROOM)), each=each.fact)
    form = u.H @ rows @ u + u.H @ cross @ v + v.H @ cross.H @ u + v.H @ (lags(ROOM) - lags(ROOM)) @ v
    turned = p.step("congruence", eq(cross.H, zero(ROOM, ROOM - 1)), equal=none, context=["fn", "M_", ["adj", "M_"]])
    with p.generalise({"u": mat(ROOM - 1), "v": mat(ROOM)}, [], le(0, form)) as foretold:
        positive = p.apply(p.given(3), le(zero(ROOM - 1, ROOM - 1), rows), n=ROOM - 1)
        p.squares(foretold.shows[3], [(1, [], positive, u)], using=[(none, -u.H, v), (turned, -v.H, u)])
    at_room = {"S": S, "K": K, "a": a, "b": b, "J": ROOM, "g": g, "M": high, "D": lags(ROOM)}
    size = p.entries(eq(tr(lags(ROOM)), ROOM * g[0]))
    trace = le((tr(lags(ROOM)) - S * high) / ROOM, L)
    facts = [p.use("uncertainty.bounded_density_lower_bound", shown, **at_room) for shown in (ROWS, COLUMN, trace)]
    some = p.squares(lt(0, ROOM), [(1, [p.given(2)], "", 1), (1, [], "", 1)])
    many = p.order("nonzero", ne(ROOM, 0), some)
    p.both(*facts[:2], p.squares(BOUND, [(1, [facts[2]], "", 1)], using=[(size, -1 / ROOM)], nonzero=[many]))


claim.must_refuse(
    one_pole_less=changed(le(g[0] - (S - 1) * high / ROOM, L)),
    lag_forgotten=changed(both(ROWS, COLUMN, le(g[0] - S * high / (K + 1), L))),
    sign_flipped=changed(lt(L, g[0] - S * high / ROOM)),
    density_not_bounded=changed(given={4: None}),
    any_tail=changed(given={5: None}),
)

claim.refute("one_pole_less")(lambda p: nothing_is_foretold(p, g[0] - (S - 1) * high / ROOM, NOISE, no_lags))
claim.refute("sign_flipped")(lambda p: no_filter(p, BOUND, NOISE, no_lags))


def floor(order, response, lag):
    """The formula: 1 − SM/(K + 1 − q)."""
    return 1 - order * ends(response)[1] / (lag + 2 - len(response))


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses to moving averages, one of them with a density that touches 0."""
    def inputs(lag):
        return {"white noise": [1], "Γ touches 0": [1, -1], "MA(2)": [2, 1, -1], "MA(1), complex": [1, 0.5j]}
    return held_against(((1, 6), (2, 12)), inputs, lambda given, poles, lag: missed(unit(given), poles, lag),
                        floor)
