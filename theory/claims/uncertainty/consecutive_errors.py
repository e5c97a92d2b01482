"""One error of a filter, moved along J consecutive samples of a stationary input: what it leaves of them, for finitely many samples."""
from theory.claim import Claim
from theory.language import (
    SEQ,
    Sum,
    T,
    conj,
    delta,
    entry,
    eq,
    eye,
    fn,
    forall,
    le,
    lt,
    mat,
    matrix,
    names,
    statement,
    tr,
    vec,
    within,
    zero,
)
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import FILTER, WHERE_FILTER, K, S, a, b, c
from theory.proof import explained

J, N, g, theta, H, D = names("J N g theta H D")
q, j, k, m, n, r, t, u, v = names("q j k m n r t u v")


def lags(rows):
    """[γ(k−j)] with so many rows."""
    return T("T")(rows)


WHERE_LAGS = ("T", ["n"], matrix("j", n, "k", n, g[k - j]))
CROSS = matrix("q", J - 1, "r", J, g[K + r - q])
POSITIVE = forall({"n": "nat"}, [], le(zero(n, n), lags(n)))
ABOVE = [le(0, theta), le(zero(J, J), H), le(D, theta * eye(J) + H)]
X = names("X")
FORESEEN = forall({"u": mat(J - 1), "v": mat(J)}, [],
                  le(0, u.H @ lags(J - 1) @ u + u.H @ X @ v + v.H @ X.H @ u + v.H @ (lags(J) - D) @ v))
WHERE_CROSS = ("X", [], CROSS)
KEPT = tr(D) - S * theta - tr(H)
PART = ("E", ["n"], Sum("k", 0, n, Sum("m", 0, n, (c(k) - delta(k, K)) * conj(c(m) - delta(m, K)) * g[k - m])))
E = names("E")
INPUT = {"J": "nat", "g": SEQ, "theta": "real", "H": mat(J, J), "D": mat(J, J)}
RESULT = le(KEPT, Sum("r", 1, J, E(N - r)))
GIVEN = [le(1, J), le(K + J, N), POSITIVE, *ABOVE, FORESEEN]

claim = Claim(
    title="One error moved along consecutive samples",
    says="Let E(n) be the energy of the first n + 1 samples of the error c − δ_K under a stationary input with autocorrelation γ, and D at "
         "most the covariance of the errors with which J − 1 samples ahead foretell J consecutive samples. For every N ≥ K + J, "
         "E(N−1) + … + E(N−J) ≥ tr D − Sθ − tr H if D ⪯ θI + H.",
    statement=statement(forall({**FILTER, **INPUT, "N": "nat"}, GIVEN, RESULT), [WHERE_FILTER, WHERE_LAGS, WHERE_CROSS, PART]),
    reference="the argument behind UP.ar+", source="own",
    hypotheses={"T_n ⪰ 0 for every n": "the energies may be negative", "θ ≥ 0, H ⪰ 0, D ⪯ θI + H":
                "S functions may capture more than Sθ + tr H", "D": "samples ahead may foretell everything",
                "J ≥ 1, N ≥ K + J": "the samples must lie inside"},
    limits="Any poles and weights. No limit is taken.",
    symbols={"g": "γ"},
)


@claim.derive
def one_pole(step):
    """S = 1, K = 2, J = 2, N = 4: the errors at both places as one fit."""
    import sympy

    from theory.identities import confirm

    weight, pole = sympy.symbols("b a")
    taps = [weight * pole**index for index in range(4)]
    error = [tap - int(index == 2) for index, tap in enumerate(taps)]
    moved = sympy.Matrix(4, 2, lambda row, column: error[row - column] if row >= column else 0)
    pulses = sympy.Matrix(4, 2, lambda row, column: int(row == 2 + column))
    ahead = sympy.Matrix(4, 2, lambda row, column: taps[0] if (row, column) == (0, 0) else 0)
    exponential = sympy.Matrix([0, 1, pole, pole**2])
    confirm(step, "what is fitted", list((moved + pulses - ahead - exponential * sympy.Matrix([[weight * pole, weight]])).expand()),
            why="both columns: the pulse at the lag K, one sample ahead, and one exponential")


def pulses(first, count):
    """The columns first + 1, …, first + count of the identity."""
    return matrix("t_", N, "j_", count, delta("t_", first + names("j_")))


def error(n):
    """What the filter misses at the sample n."""
    return c(n) - delta(n, K)


n_, q_, r_, s_ = names("n_ q_ r_ s_")
AHEAD = matrix("q_", J - 1, "r_", J, Sum("n_", 1, J - r_, delta(q_, r_ - 1 + n_) * c(n_ - 1)))
POWERS = matrix("n_", N - J + 1, "s_", S, a[s_] ** (n_ - 1))
WEIGHTS = matrix("s_", S, "r_", J, b[s_] * a[s_] ** (J - r_))
WANTED = pulses(K, J) - pulses(0, J - 1) @ AHEAD
FILTERS = pulses(J - 1, N - J + 1) @ POWERS
REST = WANTED - FILTERS @ WEIGHTS


@claim.certify
def proof(p, _):
    """Moved by r − 1 samples, r = 1..J, the error is −1 times a pulse at the lag K + r − 1 less samples ahead of the place J and less a
    combination of the S exponentials from there on. So J columns are fitted by S columns, and the moved errors keep their energy. What is
    left of the pulses when the samples ahead are taken off has a Gram matrix of at least D.
    """
    with p.inhabited_by(**SILENCE, N=1):
        white_noise(p)
    below(p)
    positive = p.apply(p.given(3), le(zero(N, N), lags(N)), n=N)
    columns(p, positive)
    fit = p.use("algebra.fit_under_form", le(KEPT, tr(REST.H @ lags(N) @ REST)), S=S, n=J, N=N, T=lags(N), Y=WANTED, F=FILTERS, R=WEIGHTS,
                D=D, H=H, theta=theta)
    p.squares(RESULT, [(1, [fit], "", 1)], using=[(energies(p), 1)])


SILENCE = {"S": 0, "K": 0, "a": fn("n", 0), "b": fn("n", 0), "J": 1, "g": fn("n", delta(n, 0)), "theta": 1, "H": 0, "D": 1}


def white_noise(p):
    """No filter under white noise, J = 1: the hypotheses on γ and on what is foretold."""
    with p.generalise({"n": "nat"}, [], le(zero(n, n), matrix("j", n, "k", n, delta(k - j, 0)))) as every:
        unit = p.entries(eq(matrix("j", n, "k", n, delta(k - j, 0)), eye(n)))
        p.squares(every.shows[3], [(1, [], "", eye(n))], using=[(unit, -1)])
    none, cross = matrix("j", 0, "k", 0, delta(k - j, 0)), matrix("q", 0, "r", 1, delta(r - q, 0))
    form = u.H @ none @ u + u.H @ cross @ v + v.H @ cross.H @ u + (1 - T(1)) * v.H @ v
    with p.generalise({"u": mat(0), "v": mat(1)}, [], le(0, form)) as nothing:
        p.squares(nothing.shows[3], using=[(p.entries(eq(form, 0)), -1)])


@explained
def below(p):
    """The places of the samples."""
    p.squares(le(0, N - J), [(1, [p.given(2)], "", 1), (1, [p.order("basic", le(0, K))], "", 1)])
    p.squares(le(0, J - 1), [(1, [p.given(1)], "", 1)])


@explained
def columns(p, positive):
    """The Gram matrix of the pulses, of the samples ahead, and between them."""
    big = lags(N)
    star = p.step("quadratic_form", eq(big.H, big), mode="hermitian", **{"from": [positive]})
    first, ahead = pulses(K, J), pulses(0, J - 1)
    own = p.use("algebra.selected_lags", eq(first.H @ big @ first, lags(J)), N=N, o=K, q=K, m=J, n=J, g=g)
    past = p.use("algebra.selected_lags", eq(ahead.H @ big @ ahead, lags(J - 1)), N=N, o=0, q=0, m=J - 1, n=J - 1, g=g)
    cross = p.use("algebra.selected_lags", eq(ahead.H @ big @ first, CROSS), N=N, o=0, q=K, m=J - 1, n=J, g=g)
    x = names("x_")
    mirrored = p.step("congruence", eq((ahead.H @ big @ first).H, CROSS.H), equal=cross, context=fn("M_", T("M_").H))
    Z = AHEAD
    with p.generalise({"x_": mat(J)}, [], le(0, x.H @ (WANTED.H @ big @ WANTED - D) @ x)) as every:
        foretold = p.apply(p.given(7), le(0, (-Z @ x).H @ lags(J - 1) @ (-Z @ x) + (-Z @ x).H @ CROSS @ x + x.H @ CROSS.H @ (-Z @ x)
                                          + x.H @ (lags(J) - D) @ x), u=-Z @ x, v=x)
        p.squares(every.shows[3], [(1, [foretold], "", 1)],
                  using=[(own, -x.H, x), (past, -(Z @ x).H, Z @ x), (cross, (Z @ x).H, x), (mirrored, x.H, Z @ x),
                         (star, -x.H @ first.H, ahead @ Z @ x)])
    return p.step("quadratic_form", le(D, WANTED.H @ big @ WANTED), mode="semidefinite", **{"from": [every.fact]})


def column(W):
    """The column r of a matrix."""
    return vec("x_", N, entry(W, "x_", r))


def error_from(start):
    """(the columns that put it there, the error's first samples, which end at the place N)."""
    return pulses(start - 1, N - start + 1), vec("k", N - start + 1, error(k - 1))


@explained
def energies(p):
    """Columns that are errors moved by 0, …, J − 1 samples have their energies on the diagonal of the Gram matrix."""
    big, W = lags(N), names("W_")
    there, size = error_from(r)
    given = forall({"r": "int"}, within(1, r, J), eq(column(W), -there @ size))
    with p.generalise({"W_": mat(N, J)}, [given], eq(tr(W.H @ big @ W), Sum("r", 1, J, E(N - r)))) as every:
        with p.generalise({"r": "int"}, within(1, r, J), eq(entry(W.H @ big @ W, r, r), E(N - r))) as each:
            inside(p, each)
            own = p.entries(eq(entry(W.H @ big @ W, r, r), column(W).H @ big @ column(W)))
            same = p.apply(every(1), eq(column(W), -there @ size), r=r)
            star = p.step("congruence", eq(column(W).H, (-there @ size).H), equal=same, context=fn("M_", T("M_").H))
            part = p.use("algebra.selected_lags", eq(there.H @ big @ there, lags(N - r + 1)), N=N, o=r - 1, q=r - 1, m=N - r + 1,
                         n=N - r + 1, g=g)
            form = p.use("algebra.lag_form", eq(size.H @ lags(N - r + 1) @ size, E(N - r)), n=N - r, x=fn("k", error(k)), g=g)
            p.operator(each.shows[3], [(own, 1), (same, column(W).H @ big), (star, 1, -big @ there @ size), (part, size.H, size),
                                       (form, 1)])
        total = p.step("congruence", eq(Sum("r", 1, J, entry(W.H @ big @ W, r, r)), Sum("r", 1, J, E(N - r))), equal=each.fact)
        whole = p.entries(eq(tr(W.H @ big @ W), Sum("r", 1, J, entry(W.H @ big @ W, r, r))))
        p.identity(every.shows[3], [(whole, 1), (total, 1)])
    with p.generalise({"r": "int"}, within(1, r, J), eq(column(REST), -there @ size)) as moved:
        inside(p, moved)
        p.entries(moved.shows[3], each=place_by_place(p, moved, column(REST), there @ size))
    return p.apply(every.fact, eq(tr(REST.H @ big @ REST), Sum("r", 1, J, E(N - r))), W_=REST)


def inside(p, block):
    """1 ≤ r ≤ J ≤ N."""
    p.squares(le(0, r - 1), [(1, [block(1)], "", 1)])
    p.squares(le(0, J - r), [(1, [block(2)], "", 1)])
    p.squares(le(0, N - r), [(1, [block(2)], "", 1), (1, [p.given(2)], "", 1), (1, [p.order("basic", le(0, K))], "", 1)])


@explained
def place_by_place(p, block, here, moved):
    """A pulse, the samples ahead of the place J, and the exponentials from there on: the error at every place t."""
    with p.generalise({"t": "int"}, within(1, t, N), eq(entry(here, t, 1), entry(-moved, t, 1))) as every:
        found, picked = Sum("q", 1, J - 1, delta(q, r - 1 + n) * delta(t, q)), delta(t, r - 1 + n)
        with p.generalise({"n": "int"}, within(1, n, J - r), eq(c(n - 1) * found, c(n - 1) * picked)) as each:
            p.squares(le(1, r - 1 + n), [(1, [each(1)], "", 1), (1, [block(1)], "", 1)])
            p.squares(le(r - 1 + n, J - 1), [(1, [each(2)], "", 1)])
            one = p.use("algebra.one_of_a_sum", eq(found, picked), n=J - 1, m=r - 1 + n, g=fn("k", delta(t, k)))
            p.identity(each.shows[3], [(one, c(n - 1))])
        ahead = p.step("congruence", eq(Sum("n", 1, J - r, c(n - 1) * found), Sum("n", 1, J - r, c(n - 1) * picked)), equal=each.fact)
        p.squares(le(1, K + 1), [(1, [p.order("basic", le(0, K))], "", 1)])
        p.squares(le(K + 1, N - r + 1), [(1, [p.given(2)], "", 1), (1, [block(2)], "", 1)])
        pulse = p.use("algebra.one_of_a_sum", eq(Sum("k", 1, N - r + 1, delta(k, K + 1) * delta(t, r - 1 + k)), delta(t, K + r)),
                      n=N - r + 1, m=K + 1, g=fn("k", delta(t, r - 1 + k)))
        term = c(k - 1) * delta(t, r - 1 + k)
        parts = p.use("algebra.sum_split", eq(Sum("k", 1, J - r + (N - J + 1), term), Sum("k", 1, J - r, term) + Sum(
            "k", 1, N - J + 1, c(J - r + k - 1) * delta(t, J - 1 + k))), n=J - r, m=N - J + 1, g=fn("k", term))
        p.identity(every.shows[3], [(ahead, -1), (pulse, -1), (parts, 1)])
    return every.fact


claim.must_refuse(
    trace_forgotten=changed(le(tr(D) - S * theta, Sum("r", 1, J, E(N - r)))),
    one_pole_less=changed(le(tr(D) - (S - 1) * theta - tr(H), Sum("r", 1, J, E(N - r)))),
    any_lags=changed(given={3: None}),
    not_below=changed(given={6: None}),
    nothing_foretold=changed(given={7: None}),
)


@claim.refute("one_pole_less")
def one_sample(p):
    """White noise, K = 0, J = N = 1 and the filter 1 at lag 0: nothing is missed, and with D = θ = 1 the claim would be 1 ≤ 0."""
    here = counterexample(p, **SILENCE | {"S": 1, "b": fn("n", 1)}, N=1)
    with p.inhabited_by(**p.witness):
        white_noise(p)
    white_noise(p)
    p.squares(here(lt(Sum("r", 1, J, E(N - r)), tr(D) - (S - 1) * theta - tr(H))), [(1, [], "", 1)])


def least_total(order, level, foretold):
    """The formula with J = 2 and H = 0: D = I − P and Sθ, γ(0) = 1."""
    return 2 - order * level - foretold


@claim.oracle
def exact_energies():
    """Rational filters under MA(1) lags at two places, the energies summed without rounding; D = I − X*X."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import bounded

    results = []
    for lag in (1, 2, 4):
        for weight, pole in ((Fraction(1, 3), Fraction(1, 2)), (Fraction(2, 5), Fraction(-2, 3)), (Fraction(1, 7), Fraction(9, 10))):
            near = Fraction(2, 5)
            gamma = {0: Fraction(1), 1: near, -1: near}

            def form(x, gamma=gamma):
                return sum(p * other * gamma.get(i - o, 0) for i, p in enumerate(x) for o, other in enumerate(x))
            last = lag + 8
            missing = [weight * pole**n - (n == lag) for n in range(last)]
            measured = form(missing) + form(missing[:-1])
            price = sum(gamma.get(lag + column - 1, 0) ** 2 for column in (1, 2))
            least = least_total(1, 1 + near, price)
            results.append(bounded("two places", {"K": lag, "a": pole}, measured, least, measured >= least))
    return results
