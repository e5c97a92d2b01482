"""Lower bound on the loss under every stationary input, in eigenvalues of its Toeplitz matrix."""
from theory.claim import Claim
from theory.claims.uncertainty.consecutive_errors import (
    ABOVE,
    FORESEEN,
    INPUT,
    POSITIVE,
    SHARE,
    SILENCE,
    WHERE_CROSS,
    WHERE_LAGS,
    H,
    J,
    error,
    g,
    lags,
    theta,
    white_noise,
)
from theory.claims.uncertainty.consecutive_errors import P as PRICE
from theory.language import (
    Abs,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    eq,
    fn,
    forall,
    le,
    lt,
    matrix,
    names,
    ne,
    re,
    statement,
    sums,
    tends,
    tr,
    within,
    zero,
)
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b, c, s
from theory.proof import explained
from theory.steps import at, modulus_of_nonnegative, not_one, positive_reciprocal

j, k, m, n, r, eps = names("j k m n r eps")
PAIR = (c(k) - delta(k, K)) * conj(c(m) - delta(m, K)) * g[k - m]
ROWS = forall({"k": "int"}, [le(0, k)], sums("m", 0, PAIR, Series("m", 0, PAIR)))
COLUMN = sums("k", 0, Series("m", 0, PAIR), L)
BOUND = le(g[0] - SHARE / J, L)
GIVEN = [STABLE, le(1, J), POSITIVE, *ABOVE, FORESEEN]
WHERE = [WHERE_FILTER, WHERE_LAGS, WHERE_CROSS, ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every stationary input",
    says="Under a stationary input with any autocorrelation γ, a filter with S poles misses the shift by K by at least "
         "γ(0) − (Sθ + tr H + tr P)/J, for every J ≥ 1, θ ≥ 0 and H ⪰ 0 with [γ(k−j)] ⪯ θI + H, J rows, and every P that is at least the "
         "part of J consecutive samples that the J − 1 samples from K + 1 to K + J − 1 places ahead of the first foretell linearly. The "
         "least Sθ + tr H is the sum of the S largest eigenvalues of that Toeplitz matrix, and the least P is X*T⁻¹X with "
         "X = [γ(K + r − q)] and T = [γ(k−j)], J − 1 rows.",
    statement=statement(forall({**FILTER, **INPUT}, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every stationary input",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "[γ(k−j)] ⪰ 0 for any number of rows": "γ is no autocorrelation, and the "
                "loss may be negative", "J ≥ 1": "there is nothing to miss", "θ ≥ 0, H ⪰ 0, [γ(k−j)] ⪯ θI + H": "otherwise Sθ + tr H is no "
                "bound", "P": "γ(0) = 1, γ(±K) = 1/2: the filter 1/2 at lag 0 misses 3/4, at every K"},
    limits="Any poles: repeated or zero. No density is needed, and γ need not be summable: the input may be deterministic, but then the "
           "samples ahead foretell everything, P is no less than [γ(k−j)], and for large J the bound says nothing; J = 1 always gives "
           "γ(0) − S θ − tr H. White noise, J = K + 1: 1 − S/(K + 1). For AR(p) the bound of uncertainty.autoregressive_lower_bound is "
           "sharper when K is large. That the least Sθ + tr H is a sum of eigenvalues is not part of what is proved.",
)


@claim.derive
def white_and_moving_average(step):
    """Two inputs at which nothing is foretold."""
    import sympy

    from theory.identities import equal

    order, lag = sympy.symbols("S K", positive=True)
    weight = sympy.Symbol("h", real=True)
    equal(step, "white noise", (1 - order / sympy.Symbol("J")).subs(sympy.Symbol("J"), lag + 1), 1 - order / (lag + 1),
          shown="gamma(0) - S theta/J", why="θ = 1, H = P = 0, J = K + 1: UP.T2")
    top = step("sup Γ", (1 + weight) ** 2, why="MA(1): x_t = w_t + h w_{t−1}, γ(0) = 1 + h², γ(±1) = h, h ≥ 0")
    equal(step, "MA(1)", sympy.expand(1 + weight**2 - order * top / lag), sympy.expand(1 + weight**2 - order * (1 + 2 * weight + weight**2)
                                                                                     / lag),
          shown="gamma(0) - S theta/K", why="J = K: no lag in X is less than 2, so X = 0 and P = 0; also for h = 1, where Γ touches 0")


@claim.certify
def proof(p, _):
    """For every ε > 0 the error, moved along J places, leaves at least Jγ(0) − Sθ − tr H − tr P − εC of J samples, with a constant C for
    the energies of the S exponentials; and each moved error has the energy L, up to what is beyond the last sample.
    """
    with p.inhabited_by(**SILENCE):
        white_noise(p)
    sized, rows, column, above = summable(p)
    corner = p.squares(le(0, g[0]), [(1, [], p.apply(p.given(3), le(zero(1, 1), lags(1)), n=1), 1)])
    room = exponentials(p, corner)
    weakened = le(J * g[0] - SHARE, J * L + eps * Sum("s", 1, S, ROOM))
    with p.generalise({"eps": "real"}, [lt(0, eps)], weakened) as every:
        without_end(p, every, weakened, sized, above, room)
    whole = p.order("limit", le(J * g[0] - SHARE, J * L), every.fact)
    some = p.squares(lt(0, J), [(1, [], "", 1), (1, [p.given(2)], "", 1)])
    many = p.order("nonzero", ne(J, 0), some)
    bound = p.squares(BOUND, [(1, [positive_reciprocal(p, J, some, many), whole], "", 1)], nonzero=[many])
    p.both(rows, column, bound)


def energy(e, n):
    """The energy of e_0, …, e_n."""
    return Sum("k", 0, n, Sum("j", 0, n, e(k) * conj(e(j)) * g[k - j]))


def power(n):
    return a[s] ** n


def size(e):
    """Σ|e_k|."""
    return Series("k", 0, Abs(e(k)))


WHOLE = Series("k", 0, Series("j", 0, power(k) * conj(power(j)) * g[k - j]))
ROOM = WHOLE + 2 * size(power) * g[0] * size(power)
KEPT = Sum("k", 0, n, Abs(error(k)))
REST = size(error) - KEPT


@explained
def summable(p):
    """The error is summable, so the loss converges."""
    with p.generalise({"s": "int"}, within(1, s, S), sums("n", 0, b[s] * a[s] ** n, b[s] / (1 - a[s]))) as cell:
        below = p.apply(p.given(1), lt(Abs(a[s]), 1), s=s)
        not_one(p, a[s], below)
        plain = p.series("geometric", sums("n", 0, a[s] ** n, 1 / (1 - a[s])), below, z=a[s])
        p.series("linear", cell.shows[3], using=[[plain, b[s], 1]])
    total = Sum("s", 1, S, b[s] / (1 - a[s]))
    whole = p.series("exchange", sums("n", 0, c(n), total), cell.fact)
    pulse = p.series("finite", sums("n", 0, delta(n, K), 1), K=K, g=fn("n", 1))
    missed = p.series("linear", sums("n", 0, error(n), total - 1), using=[[whole, 1, 1], [pulse, -1, 1]])
    sized = p.series("absolute", sums("k", 0, Abs(error(k)), size(error)), missed)
    above = forall({"n": "nat", "m": "nat"}, [], le(energy(error, n + m), L + 2 * size(error) * g[0] * REST))
    return sized, *(p.use("analysis.stationary_form", shown, e=fn("k", error(k)), g=g, A=size(error)) for shown in (
        ROWS, COLUMN, above))


@explained
def exponentials(p, corner):
    """The energies of the beginnings of each exponential are bounded."""
    shown = forall({"m": "nat"}, [], le(energy(power, m), ROOM))
    with p.generalise({"s": "int"}, within(1, s, S), shown) as every:
        below = p.apply(p.given(1), lt(Abs(a[s]), 1), s=s)
        not_one(p, a[s], below)
        plain = p.series("geometric", sums("k", 0, a[s] ** k, 1 / (1 - a[s])), below, z=a[s])
        summed = p.series("absolute", sums("k", 0, Abs(power(k)), size(power)), plain)
        above = forall({"n": "nat", "m": "nat"}, [], le(energy(power, n + m), WHOLE + 2 * size(power) * g[0] * (
            size(power) - Sum("k", 0, n, Abs(power(k))))))
        general = p.use("analysis.stationary_form", above, e=fn("k", power(k)), g=g, A=size(power))
        start = p.series("partial", le(Sum("k", 0, 0, Abs(power(k))), size(power)), summed, moduli(p, power), K=0)
        with p.generalise({"m": "nat"}, [], le(energy(power, m), ROOM)) as each:
            here = p.apply(general, le(energy(power, m), WHOLE + 2 * size(power) * g[0] * (size(power) - 1)), n=0, m=m)
            p.squares(each.shows[3], [(1, [here], "", 1), (2, [start, corner], "", 1), (2, [corner], "", 1)])
    return every.fact


def moduli(p, e):
    """|e_k| ≥ 0."""
    with p.generalise({"k": "int"}, [le(0, k)], le(0, Abs(e(k)))) as positive:
        p.order("basic", positive.shows[3])
    return positive.fact


@explained
def without_end(p, small, weakened, sized, above, room):
    """The inequality for the samples up to n, and n → ∞."""
    spare = J * L + 2 * J * size(error) * g[0] * REST + eps * Sum("s", 1, S, ROOM) - J * g[0] + SHARE
    limit = J * L + eps * Sum("s", 1, S, ROOM) - J * g[0] + SHARE
    with p.generalise({"n": "int"}, [le(K, n)], le(0, spare)) as every:
        p.squares(le(0, n), [(1, [every(1)], "", 1), (1, [p.order("basic", le(0, K))], "", 1)])
        p.squares(le(K + J, n + J), [(1, [every(1)], "", 1)])
        p.squares(le(0, n + J), [(1, [every(1)], "", 1), *((1, [p.order("basic", le(0, x))], "", 1) for x in (K, J))])
        finite = p.use("uncertainty.consecutive_errors", le(J * g[0] - SHARE, Sum("r", 1, J, energy(error, n + J - r)) + eps * Sum(
            "s", 1, S, energy(power, n))), S=S, K=K, a=a, b=b, J=J, g=g, theta=theta, H=H, P=PRICE, N=n + J, eps=eps)
        high = L + 2 * size(error) * g[0] * REST
        with p.generalise({"r": "int"}, within(1, r, J), le(0, high - energy(error, n + J - r))) as each:
            p.squares(le(0, J - r), [(1, [each(2)], "", 1)])
            near = p.apply(above, le(energy(error, n + (J - r)), high), n=n, m=J - r)
            p.squares(each.shows[3], [(1, [near], "", 1)])
        errors = p.use("algebra.sum_nonnegative", le(0, Sum("r", 1, J, high - energy(error, n + J - r))), n=J,
                       f=fn("r", high - energy(error, n + J - r)))
        with p.generalise({"s": "int"}, within(1, s, S), le(0, ROOM - energy(power, n))) as own:
            kept = p.apply(room, forall({"m": "nat"}, [], le(energy(power, m), ROOM)), s=s)
            p.squares(own.shows[3], [(1, [p.apply(kept, le(energy(power, n), ROOM), m=n)], "", 1)])
        others = p.use("algebra.sum_nonnegative", le(0, Sum("s", 1, S, ROOM - energy(power, n))), n=S, f=fn("s", ROOM - energy(power, n)))
        p.squares(every.shows[3], [(1, [finite], "", 1), (1, [errors], "", 1), (1, [small(1), others], "", 1)])
    own = equal_to_modulus(p)
    with p.generalise({"n": "int"}, [le(K, n)], le(Abs(spare - 0), spare)) as tight:
        p.apply(every.fact, le(0, spare), n=n)
        p.squares(tight.shows[3], using=[(p.apply(own, eq(Abs(spare), spare), z_=spare), 1)])
    kept = p.step("limits", tends("n", 0, KEPT, size(error)), mode="partial_sums", **{"from": [sized]})
    towards = p.step("limits", tends("n", 0, spare, limit), mode="linear", using=[[kept, -2 * J * size(error) * g[0], 1]])
    below = p.step("limits", le(Abs(limit - 0), limit), mode="bound", c=0, lo=K, **{"from": [towards, towards, tight.fact]})
    p.squares(weakened, [(1, [below], "", 1), (1, [p.order("basic", le(0, Abs(limit)))], "", 1)])



def equal_to_modulus(p):
    """z ≥ 0 gives |z| = z."""
    z = names("z_")
    with p.generalise({"z_": "complex"}, [le(0, z)], eq(Abs(z), z)) as every:
        star = p.step("quadratic_form", eq(conj(z), z), mode="hermitian", **{"from": [every(1)]})
        real = p.identity(eq(re(z), z), [(star, T(1) / 2)])
        sign = p.squares(le(0, re(z)), [(1, [every(1)], "", 1)], using=[(real, -1)])
        size = modulus_of_nonnegative(p, re(z), sign)
        same = p.step("congruence", eq(Abs(re(z)), Abs(z)), equal=real, context=fn("m_", Abs("m_")))
        p.identity(every.shows[3], [(same, -1), (size, 1), (real, 1)])
    return every.fact


claim.must_refuse(
    price_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S * theta + tr(H)) / J, L))),
    without_the_trace=changed(both(ROWS, COLUMN, le(g[0] - (S * theta + tr(PRICE)) / J, L))),
    sign_flipped=changed(lt(L, g[0] - SHARE / J)),
    not_below=changed(given={6: None}),
    nothing_foretold=changed(BOUND, given={7: None}),
)


@claim.refute("sign_flipped")
def silence_is_no_shift(p):
    """No filter under white noise: the loss is 1, and so is the bound."""
    no_filter(p, BOUND, SILENCE, white_noise)


def no_filter(p, bound, values, hypotheses):
    """The loss of no filter under white noise is 1, and not less than the bound."""
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        hypotheses(p)
    hypotheses(p)
    row = Series("m", 0, delta(k, 0) * delta(m, 0) * delta(k - m, 0))
    with p.generalise({"k": "int"}, [le(0, k)], eq(row, delta(k, 0))) as rows:
        inner = p.series("finite", sums("m", 0, delta(m, 0) * delta(k, 0) * delta(k - m, 0), delta(k, 0)), K=0,
                         g=fn("m", delta(k, 0) * delta(k - m, 0)))
        p.series("value", rows.shows[3], inner)
    whole = p.step("congruence", eq(Series("k", 0, row), Series("k", 0, delta(k, 0))), equal=rows.fact)
    once = p.series("value", eq(Series("k", 0, delta(k, 0)), 1), p.series("finite", sums("k", 0, delta(k, 0), 1), K=0, g=fn("k", 1)))
    p.squares(here(bound), [], using=[(whole, -1), (once, -1)])


@claim.refute("nothing_foretold")
def input_of_period_two(p):
    """γ(d) = (1 + (−1)^d)/2: at K = 2 the filter 1 at lag 0 misses nothing, and with J = 2, θ = 1 and P = 0 the bound is 1/2."""
    here = counterexample(p, **PERIODIC, theta=1, H=zero(2, 2), P=zero(2, 2))
    with p.inhabited_by(**p.witness):
        alternating(p)
    alternating(p)
    p.squares(here(lt(L, T(BOUND.json[1]))), [(T(1) / 2, [], "", 1)], using=[(nothing_missed(p, here), 1)])


def alternating_lag(d):
    """The autocorrelation of an input of period 2."""
    return (1 + T(-1) ** d) / 2


PERIODIC = {"S": 1, "K": 2, "a": fn("n", 0), "b": fn("n", 1), "J": 2, "g": fn("n", alternating_lag(n))}


def alternating(p):
    """2[γ(k−j)] is the sum of the products of two columns: 1, 1, … and 1, −1, …."""
    rows = matrix("j", n, "k", n, alternating_lag(k - j))
    with p.generalise({"n": "nat"}, [], le(zero(n, n), rows)) as every:
        first, second = matrix("u_", 1, "k", n, 1), matrix("u_", 1, "k", n, T(-1) ** k)
        half = T(1) / 2
        same = p.entries(eq(rows, half * first.H @ first + half * second.H @ second))
        p.squares(every.shows[3], [(half, [], "", first), (half, [], "", second)], using=[(same, -1)])


def nothing_missed(p, here):
    """The loss is 0: 0^n is the pulse at 0, and γ(k) = γ(k − 2)."""
    power = pulse(p)

    def error(n):
        return delta(n, 0) - delta(n, 2)

    def plain(n):
        return T(0) ** n - delta(n, 2)
    old, new = (e(k) * conj(e(m)) * alternating_lag(k - m) for e in (plain, error))
    with p.generalise({"k": "int"}, [le(0, k)], eq(Series("m", 0, old), 0)) as lines:
        with p.generalise({"m": "int"}, [le(0, m)], eq(old, new)) as cells:
            first, second = (p.apply(power, eq(T(0) ** q, delta(q, 0)), n=q) for q in (k, m))
            mirror = p.step("congruence", eq(conj(T(0) ** m), conj(delta(m, 0))), equal=second, context=fn("m_", conj("m_")))
            p.identity(cells.shows[3], [(first, conj(plain(m)) * alternating_lag(k - m)), (mirror, error(k) * alternating_lag(k - m))])
        same = p.step("congruence", eq(Series("m", 0, old), Series("m", 0, new)), equal=cells.fact)
        picks = []
        for place in (0, 2):
            term = error(k) * alternating_lag(k - m)
            picks.append(p.series("finite", sums("m", 0, delta(m, place) * term, at(term, "m", place)), K=place, g=fn("m", term)))
        none = p.series("value", eq(Series("m", 0, new), 0), p.series("linear", sums("m", 0, new, 0), using=[[picks[0], 1, 1],
                                                                                                         [picks[1], -1, 1]]))
        p.identity(lines.shows[3], [(same, 1), (none, 1)])
    whole = p.step("congruence", eq(Series("k", 0, Series("m", 0, old)), Series("k", 0, T(0))), equal=lines.fact)
    empty = p.series("value", eq(Series("k", 0, T(0)), 0), p.series("linear", sums("k", 0, T(0), 0), using=[]))
    return p.identity(eq(here(L), 0), [(whole, 1), (empty, 1)])


def pulse(p):
    """0^n = δ(n, 0) for n ≥ 0."""
    with p.generalise({"n": "int"}, [le(0, n)], eq(T(0) ** n, delta(n, 0))) as power:
        split, branches = p.new_id(), {}
        for name in ("less", "equal", "greater"):
            with p.branch() as branches[name]:
                case = f"{split}.{name}.1"
                if name == "equal":
                    one = p.step("congruence", eq(T(0) ** n, 1), equal=case, context=fn("m_", T(0) ** T("m_")))
                    two = p.step("congruence", eq(delta(n, 0), 1), equal=case, context=fn("m_", delta("m_", 0)))
                    p.identity(power.shows[3], [(one, 1), (two, -1)])
                elif name == "less":
                    p.step("contradiction", power.shows[3], **{"from": p.squares(lt(0, 0), [(1, [case], "", 1), (1, [power(1)], "", 1)])})
                else:
                    p.order("gap", le(1, n), case)
                    z = names("z_")
                    with p.generalise({"z_": "complex"}, [], eq(z**n, z * z ** (n - 1))) as every:
                        p.identity(every.shows[3])
                    p.identity(power.shows[3], [(p.apply(every.fact, eq(T(0) ** n, 0), z_=0), 1)])
        p.step("cases", power.shows[3], split, on=[n, 0], **branches)
    return power.fact


def toeplitz(gamma, rows):
    """[γ(k−j)] in high precision; γ is a function of the lag."""
    from mpmath import matrix as table

    return table([[gamma(column - row) for column in range(rows)] for row in range(rows)])


def foretold(gamma, lag, rows):
    """The least trace of P: tr X*T⁻¹X."""
    from mpmath import inverse
    from mpmath import matrix as table

    if rows == 1:
        return 0
    cross = table([[gamma(lag + column - row) for column in range(1, rows + 1)] for row in range(1, rows)])
    explained_ = cross.H * inverse(toeplitz(gamma, rows - 1)) * cross
    return sum(explained_[index, index].real for index in range(rows))


def captured(order, gamma, rows):
    """The least Sθ + tr H: the sum of the S largest eigenvalues."""
    from mpmath import eighe

    values = sorted(eighe(toeplitz(gamma, rows), eigvals_only=True))
    return sum(values[-min(order, rows):]) if order else 0


def least_loss(order, gamma, lag, rows):
    """The formula at its best θ, H and P."""
    return gamma(0).real - (captured(order, gamma, rows) + foretold(gamma, lag, rows)) / rows


def moving_averages(lag):
    """Responses of finite length, one with a density that touches 0, one complex, one with a correlation at the lag itself."""
    return {"white noise": [1], "MA(1), Γ touches 0": [1, -1], "MA(2)": [2, 1, -1], "MA(1), complex": [1, 0.5j],
            "an echo at the lag": [1.0] + [0.0] * (lag - 1) + [0.4]}


def autocorrelation(response):
    """γ of white noise through a response of finite length, by the sum that defines it, as a function of the lag."""
    from mpmath import mpc, mpf

    def gamma(d):
        pairs = [(response[n + abs(d)], response[n]) for n in range(len(response) - abs(d))]
        value = sum((mpc(later) * mpc(now).conjugate() for later, now in pairs), mpc(0))
        return value if d >= 0 else value.conjugate()
    return lambda d: gamma(d) / mpf(sum(abs(value) ** 2 for value in response))


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses to moving averages, for several numbers of rows."""
    import numpy as np

    from theory.claims.uncertainty.autoregressive_lower_bound import pole_choices
    from theory.papers.uncertainty_measurements import bounded

    results, count = [], 1500
    for order, lag in ((1, 4), (2, 9)):
        for name, response in moving_averages(lag).items():
            own = np.concatenate([np.array(response, complex) / np.linalg.norm(response), np.zeros(count - len(response))])
            least = max(least_loss(order, autocorrelation(response), lag, rows) for rows in (lag - 1, lag, lag + 1))
            for kind, poles in pole_choices(order, lag).items():
                measured = missed(own, poles, lag)
                results.append(bounded(f"{name}, {kind} poles", {"S": order, "K": lag}, measured, float(least), measured >= least - 1e-9))
    return results


def missed(own, poles, lag):
    """What the best weights miss: the recurrences are driven by the response of the input."""
    import numpy as np

    state, driven = np.zeros(len(poles), complex), np.zeros((len(own), len(poles)), complex)
    for index, value in enumerate(own):
        state = poles * state + value
        driven[index] = state
    target = np.concatenate([np.zeros(lag), own[:len(own) - lag]])
    weights, *_ = np.linalg.lstsq(driven, target, rcond=None)
    return float(np.linalg.norm(driven @ weights - target) ** 2)


@claim.oracle
def band_limited_noise():
    """Γ constant on an arc and 0 beside it, so that γ is not summable: normal equations with integrals over the arc."""
    from mpmath import exp, linspace, lu_solve, matrix, mpf, pi, quad, sinc, workdps

    from theory.claims.uncertainty.autoregressive_lower_bound import pole_choices
    from theory.papers.uncertainty_measurements import bounded

    results = []
    with workdps(30):
        for order, lag, edge in ((1, 3, mpf(5) / 2), (2, 6, mpf(3))):
            arc = linspace(-edge, edge, 9)

            def gamma(d, edge=edge):
                return sinc(edge * d) + 0j
            least = max(least_loss(order, gamma, lag, rows) for rows in (1, 2, lag, lag + 1))
            for kind, poles in pole_choices(order, lag).items():
                def mean(f, arc=arc, edge=edge):
                    return quad(f, arc) / (2 * edge)
                filters = [lambda x, pole=complex(pole): 1 / (1 - pole * exp(-1j * x)) for pole in poles]
                gram = matrix([[mean(lambda x, u=u, v=v: u(x).conjugate() * v(x)) for v in filters] for u in filters])
                aim = matrix([mean(lambda x, u=u, lag=lag: u(x).conjugate() * exp(-1j * lag * x)) for u in filters])
                measured = 1 - (aim.H * lu_solve(gram, aim))[0].real
                results.append(bounded(f"{kind} poles, edge {float(edge / pi):.2f} π", {"S": order, "K": lag}, float(measured),
                                       float(least), measured >= least))
    return results
