"""Lower bound on the loss under every stationary input, in eigenvalues of what cannot be foretold."""
from theory.claim import Claim
from theory.claims.uncertainty.consecutive_errors import (
    ABOVE,
    FORESEEN,
    INPUT,
    KEPT,
    POSITIVE,
    SILENCE,
    WHERE_CROSS,
    WHERE_LAGS,
    D,
    H,
    J,
    error,
    g,
    theta,
    white_noise,
)
from theory.language import (
    Abs,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    eq,
    eye,
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
from theory.papers.uncertainty_inputs import held_against, missed, unit
from theory.proof import explained
from theory.steps import at, modulus_of_nonnegative, not_one, positive_reciprocal

j, k, m, n, r, eps = names("j k m n r eps")
PAIR = (c(k) - delta(k, K)) * conj(c(m) - delta(m, K)) * g[k - m]
ROWS = forall({"k": "int"}, [le(0, k)], sums("m", 0, PAIR, Series("m", 0, PAIR)))
COLUMN = sums("k", 0, Series("m", 0, PAIR), L)
BOUND = le(KEPT / J, L)
GIVEN = [STABLE, le(1, J), POSITIVE, *ABOVE, FORESEEN]
WHERE = [WHERE_FILTER, WHERE_LAGS, WHERE_CROSS, ("L", [], Series("k", 0, Series("m", 0, PAIR)))]

claim = Claim(
    title="Lower bound under every stationary input",
    says="Under a stationary input with any autocorrelation γ, a filter with S poles misses the shift by K by at least "
         "(tr D − Sθ − tr H)/J, for every J ≥ 1, every D that is at most the covariance of the errors with which the J − 1 samples from "
         "K + 1 to K + J − 1 places ahead of the first foretell J consecutive samples linearly, and θ ≥ 0, H ⪰ 0 with D ⪯ θI + H. The "
         "greatest tr D − Sθ − tr H is the sum of the J − S smallest eigenvalues of that covariance, which is T_J − X*T⁻¹X if "
         "T = T_{J−1} is invertible.",
    statement=statement(forall({**FILTER, **INPUT}, GIVEN, both(ROWS, COLUMN, BOUND)), WHERE),
    paper="UP", dossier="UP.ar+", reference="stronger than Theorem 3: every stationary input",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "T_n ⪰ 0 for every n": "γ is no autocorrelation, and the loss may be "
                "negative", "J ≥ 1": "there is nothing to miss", "θ ≥ 0, H ⪰ 0, D ⪯ θI + H": "otherwise Sθ + tr H is no bound on what S "
                "functions capture", "D": "what is foretold need not be missed: γ(d) = (1 + (−1)^d)/2 and the filter 1 at lag 0, K = 2"},
    limits="No density is needed, and γ need not be summable. With c_k = Σ b_s a_s^k, so γ(d) is the mean of x_t x̄_{t+d}; poles may be 0. "
           "J from S + 1 to K + 1 is of use: for J ≤ S no eigenvalue is left, beyond K + 1 samples ahead are among those to be foretold. "
           "Where the samples ahead foretell all, as for a spectrum of fewer than J lines, D is 0 at most. White noise, J = K + 1, "
           "D = I: 1 − S/(K + 1). AR(1), J = K + 1: the matrix [ρ^|j−k| − ρ^{j+k}] with K + 1 rows. Not part of what is proved: that the "
           "best choices are sums of eigenvalues and T_J − X*T⁻¹X.",
    symbols={"g": "γ"},
)


@claim.derive
def three_inputs(step):
    """What cannot be foretold of three inputs."""
    import sympy

    from theory.identities import confirm, equal

    order, lag = sympy.symbols("S K", positive=True)
    weight, decay = sympy.symbols("h rho", real=True)
    equal(step, "white noise", (sympy.Symbol("J") - order).subs(sympy.Symbol("J"), lag + 1) / (lag + 1), 1 - order / (lag + 1),
          shown="(tr(D) - S theta)/J", why="θ = 1, D = I, J = K + 1: UP.T2")
    top = step("sup Γ", (1 + weight) ** 2, why="MA(1): x_t = w_t + h w_{t−1}, γ(0) = 1 + h², γ(±1) = h, h ≥ 0")
    equal(step, "MA(1)", sympy.expand(1 + weight**2 - order * top / lag), sympy.expand(1 + weight**2 - order * (1 + 2 * weight + weight**2)
                                                                                     / lag),
          shown="gamma(0) - S theta/K", why="J = K: no lag in X is less than 2, so D = T_J will do; also for h = 1, where Γ touches 0")
    left = []
    for shift in (1, 2, 3):
        ahead = sympy.Matrix(shift, shift, lambda i, k: decay ** abs(i - k))
        cross = sympy.Matrix(shift, shift + 1, lambda i, k, shift=shift: decay ** (shift + k - i))
        own = sympy.Matrix(shift + 1, shift + 1, lambda i, k: decay ** abs(i - k))
        kept = own - cross.T * ahead.inv() * cross
        left += list((kept - sympy.Matrix(shift + 1, shift + 1, lambda i, k: decay ** abs(i - k) - decay ** (i + k + 2))).applyfunc(
            sympy.cancel))
    confirm(step, "AR(1)", left, why="K = 1, 2, 3 and J = K + 1: T_J − X*T⁻¹X = [ρ^|j−k| − ρ^{j+k}], j, k = 1..K + 1")


@claim.certify
def proof(p, _):
    """The error, moved along J places, leaves at least tr D − Sθ − tr H of J samples; and each moved error has the energy L, up to what is
    beyond the last sample.
    """
    with p.inhabited_by(**SILENCE):
        white_noise(p)
    sized, rows, column, above = summable(p)
    whole = without_end(p, sized, above)
    some = p.squares(lt(0, J), [(1, [], "", 1), (1, [p.given(2)], "", 1)])
    many = p.order("nonzero", ne(J, 0), some)
    bound = p.squares(BOUND, [(1, [positive_reciprocal(p, J, some, many), whole], "", 1)], nonzero=[many])
    p.both(rows, column, bound)


def energy(e, n):
    """The energy of e_0, …, e_n."""
    return Sum("k", 0, n, Sum("j", 0, n, e(k) * conj(e(j)) * g[k - j]))


def size(e):
    """Σ|e_k|."""
    return Series("k", 0, Abs(e(k)))


BEGINNING = Sum("k", 0, n, Abs(error(k)))
REST = size(error) - BEGINNING


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
def without_end(p, sized, above):
    """The inequality for the samples up to n, and n → ∞."""
    limit = J * L - KEPT
    spare = limit + 2 * J * size(error) * g[0] * REST
    with p.generalise({"n": "int"}, [le(K, n)], le(0, spare)) as every:
        p.squares(le(0, n), [(1, [every(1)], "", 1), (1, [p.order("basic", le(0, K))], "", 1)])
        p.squares(le(K + J, n + J), [(1, [every(1)], "", 1)])
        p.squares(le(0, n + J), [(1, [every(1)], "", 1), *((1, [p.order("basic", le(0, x))], "", 1) for x in (K, J))])
        finite = p.use("uncertainty.consecutive_errors", le(KEPT, Sum("r", 1, J, energy(error, n + J - r))), S=S, K=K, a=a, b=b, J=J, g=g,
                       theta=theta, H=H, D=D, N=n + J)
        high = L + 2 * size(error) * g[0] * REST
        with p.generalise({"r": "int"}, within(1, r, J), le(0, high - energy(error, n + J - r))) as each:
            p.squares(le(0, J - r), [(1, [each(2)], "", 1)])
            near = p.apply(above, le(energy(error, n + (J - r)), high), n=n, m=J - r)
            p.squares(each.shows[3], [(1, [near], "", 1)])
        errors = p.use("algebra.sum_nonnegative", le(0, Sum("r", 1, J, high - energy(error, n + J - r))), n=J,
                       f=fn("r", high - energy(error, n + J - r)))
        p.squares(every.shows[3], [(1, [finite], "", 1), (1, [errors], "", 1)])
    own = equal_to_modulus(p)
    with p.generalise({"n": "int"}, [le(K, n)], le(Abs(spare - 0), spare)) as tight:
        p.apply(every.fact, le(0, spare), n=n)
        p.squares(tight.shows[3], using=[(p.apply(own, eq(Abs(spare), spare), z_=spare), 1)])
    kept = p.step("limits", tends("n", 0, BEGINNING, size(error)), mode="partial_sums", **{"from": [sized]})
    towards = p.step("limits", tends("n", 0, spare, limit), mode="linear", using=[[kept, -2 * J * size(error) * g[0], 1]])
    below = p.step("limits", le(Abs(limit - 0), limit), mode="bound", c=0, lo=K, **{"from": [towards, towards, tight.fact]})
    return p.squares(le(KEPT, J * L), [(1, [below], "", 1), (1, [p.order("basic", le(0, Abs(limit)))], "", 1)])


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
    without_the_trace=changed(both(ROWS, COLUMN, le((tr(D) - S * theta) / J, L))),
    one_pole_less=changed(le((tr(D) - (S - 1) * theta - tr(H)) / J, L)),
    sign_flipped=changed(lt(L, KEPT / J)),
    not_below=changed(given={6: None}),
    nothing_foretold=changed(BOUND, given={7: None}),
)


@claim.refute("sign_flipped")
def silence_is_no_shift(p):
    """No filter under white noise: the loss is 1, and so is the bound."""
    no_filter(p, BOUND, SILENCE, white_noise)


def no_filter(p, shown, values, hypotheses, room=0, level=1):
    """Without a filter the loss under γ = level·δ is the level; `shown` says something of it, with so much room."""
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        hypotheses(p)
    hypotheses(p)
    row = Series("m", 0, level * delta(k, 0) * delta(m, 0) * delta(k - m, 0))
    with p.generalise({"k": "int"}, [le(0, k)], eq(row, level * delta(k, 0))) as rows:
        inner = p.series("finite", sums("m", 0, level * delta(m, 0) * delta(k, 0) * delta(k - m, 0), level * delta(k, 0)), K=0,
                         g=fn("m", level * delta(k, 0) * delta(k - m, 0)))
        p.series("value", rows.shows[3], inner)
    whole = p.step("congruence", eq(Series("k", 0, row), Series("k", 0, level * delta(k, 0))), equal=rows.fact)
    once = p.series("value", eq(Series("k", 0, level * delta(k, 0)), level), p.series(
        "finite", sums("k", 0, level * delta(k, 0), level), K=0, g=fn("k", level)))
    sign = 1 if shown.json[1] == L.json else -1
    p.squares(here(shown), [(room, [], "", 1)] if room else [], using=[(whole, sign), (once, sign)])


@claim.refute("nothing_foretold")
def input_of_period_two(p):
    """γ(d) = (1 + (−1)^d)/2: at K = 2 the filter 1 at lag 0 misses nothing, and with J = 2, θ = 1 and D = T_2 = I the bound is 1/2."""
    here = counterexample(p, **PERIODIC, theta=1, H=zero(2, 2), D=eye(2))
    with p.inhabited_by(**p.witness):
        alternating(p)
    alternating(p)
    p.squares(here(lt(L, T(BOUND.json[1]))), [(T(1) / 2, [], "", 1)], using=[(nothing_missed(p, here, 2, alternating_lag), 1)])


claim.refute("one_pole_less")(lambda p: nothing_is_foretold(p, (tr(D) - (S - 1) * theta - tr(H)) / J, SILENCE, white_noise))


def nothing_is_foretold(p, bound, values, hypotheses):
    """White noise and K = 0: the filter 1 at lag 0 misses nothing, and the bound is 1."""
    here = counterexample(p, **values | {"S": 1, "b": fn("n", 1)})
    with p.inhabited_by(**p.witness):
        hypotheses(p)
    hypotheses(p)
    p.squares(here(lt(L, bound)), [(1, [], "", 1)], using=[(nothing_missed(p, here, 0, lambda d: delta(d, 0)), 1)])


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


def nothing_missed(p, here, lag, gamma):
    """The loss of the filter 1 at lag 0 is 0: 0^n is the pulse at 0, and γ(k) = γ(k − K)."""
    power = pulse(p)

    def error(n):
        return delta(n, 0) - delta(n, lag)

    def plain(n):
        return T(0) ** n - delta(n, lag)
    old, new = (e(k) * conj(e(m)) * gamma(k - m) for e in (plain, error))
    with p.generalise({"k": "int"}, [le(0, k)], eq(Series("m", 0, old), 0)) as lines:
        with p.generalise({"m": "int"}, [le(0, m)], eq(old, new)) as cells:
            first, second = (p.apply(power, eq(T(0) ** q, delta(q, 0)), n=q) for q in (k, m))
            mirror = p.step("congruence", eq(conj(T(0) ** m), conj(delta(m, 0))), equal=second, context=fn("m_", conj("m_")))
            p.identity(cells.shows[3], [(first, conj(plain(m)) * gamma(k - m)), (mirror, error(k) * gamma(k - m))])
        same = p.step("congruence", eq(Series("m", 0, old), Series("m", 0, new)), equal=cells.fact)
        picks = []
        for place in (0, lag):
            term = error(k) * gamma(k - m)
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


def unforetold(gamma, lag, rows):
    """The greatest D: T_J − X*T⁻¹X."""
    from mpmath import inverse
    from mpmath import matrix as table

    if rows == 1:
        return toeplitz(gamma, 1)
    cross = table([[gamma(lag + column - row) for column in range(1, rows + 1)] for row in range(1, rows)])
    return toeplitz(gamma, rows) - cross.H * inverse(toeplitz(gamma, rows - 1)) * cross


def least_loss(order, gamma, lag, rows):
    """The formula at its best: the sum of the J − S smallest eigenvalues, over J."""
    from mpmath import eighe

    return sum(sorted(eighe(unforetold(gamma, lag, rows), eigvals_only=True))[:max(rows - order, 0)]) / rows


def moving_averages(lag):
    """Responses of finite length, one with a density that touches 0, one complex, one with a correlation at the lag itself."""
    return {"white noise": [1], "MA(1), Γ touches 0": [1, -1], "MA(2)": [2, 1, -1], "MA(1), complex": [1, 0.5j],
            "an echo at the lag": [1.0] + [0.0] * (lag - 1) + [0.4], "a complex echo": [1.0] + [0.0] * (lag - 1) + [0.3 + 0.3j]}


def autocorrelation(response):
    """γ of white noise through a response of finite length, by the sum that defines it, as a function of the lag."""
    from mpmath import mpc, mpf

    def gamma(d):
        pairs = [(response[n + abs(d)], response[n]) for n in range(len(response) - abs(d))]
        value = sum((mpc(later) * mpc(now).conjugate() for later, now in pairs), mpc(0))
        return value if d >= 0 else value.conjugate()
    return lambda d: gamma(d) / mpf(sum(abs(value) ** 2 for value in response))


def best_rows(least, choices):
    """The bound at the best of some numbers of rows."""
    return lambda order, given, lag: max(float(least(order, given, lag, rows)) for rows in choices(lag))


def near(lag):
    """Numbers of rows about K."""
    return lag - 1, lag, lag + 1


@claim.oracle
def simulated_recurrences():
    """The best weights by least squares on simulated responses to moving averages, for several numbers of rows."""
    return held_against(((1, 4), (2, 9)), moving_averages, lambda given, poles, lag: missed(unit(given), poles, lag),
                        best_rows(lambda order, given, lag, rows: least_loss(order, autocorrelation(given), lag, rows), near))


@claim.oracle
def band_limited_noise():
    """Γ constant on an arc and 0 beside it, so that γ is not summable: normal equations with integrals over the arc."""
    from mpmath import exp, linspace, lu_solve, matrix, mpf, pi, quad, sinc, workdps

    from theory.papers.uncertainty_inputs import pole_choices
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
