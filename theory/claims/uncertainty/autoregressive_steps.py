"""Lower bound on the loss under an autoregressive input, from the direct terms that its predictor spreads."""
from theory.claim import Claim
from theory.claims.uncertainty.prediction_error import convergent
from theory.language import (
    IMAGINARY,
    SEQ,
    Abs,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    entry,
    eq,
    exp,
    eye,
    fn,
    forall,
    le,
    lt,
    mat,
    matrix,
    names,
    ne,
    re,
    statement,
    sums,
    tr,
    vec,
    within,
    zero,
)
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, K, L, S, a, b, c, s
from theory.proof import explained
from theory.steps import at, positive_reciprocal

p_, phi, g, B, theta, H, G = names("p phi g B theta H G")
j, k, m, n, r, x = names("j k m n r x")
LAGS = matrix("j", K + 1, "k", K + 1, g[k - j])
SUMMABLE = sums("k", 0, Abs(g[k]), B)
HERMITIAN = forall({"k": "int"}, [], eq(g[-k], conj(g[k])))
DENSITY = Series("k", 0, g[k] * exp(-IMAGINARY * k * x)) + Series("k", 1, g[-k] * exp(IMAGINARY * k * x))
POSITIVE = forall({"x": "real"}, [], le(0, G(x)))
YULE_WALKER = forall({"k": "int"}, [le(1, k)], eq(g[k], Sum("j", 1, p_, phi[j] * g[k - j])))
PAIR = (c(k) - delta(k, K)) * conj(c(m) - delta(m, K)) * g[k - m]
ROWS = forall({"k": "int"}, [le(0, k)], sums("m", 0, PAIR, Series("m", 0, PAIR)))
COLUMN = sums("k", 0, Series("m", 0, PAIR), L)
SHARE = (S + p_) * theta + tr(H)
BOUND = le(g[0] - SHARE / (K + 1), L)
Y, E = names("Y E")
VARIABLES = {**FILTER, "p": "nat", "phi": SEQ, "g": SEQ, "B": "real", "theta": "real", "H": mat(K + 1, K + 1), "Y": mat(p_, K + 1)}
INPUT = [SUMMABLE, HERMITIAN, POSITIVE, YULE_WALKER]
ABOVE = [le(0, theta), le(zero(K + 1, K + 1), H), le(LAGS, theta * eye(K + 1) + H)]
v = names("v_")
START = forall({"j": "int"}, within(1, j, p_), eq(entry(Y, j, K + 1), 0))


def spread(Y, r):
    """The direct terms one lag earlier: moved by one place, and what falls out goes to the predictor."""
    return Sum("v_", 1, p_, delta(j + 1, v) * entry(Y, v, r + 1)) + conj(phi[j]) * (
        Sum("v_", 1, p_, delta(v, 1) * entry(Y, v, r + 1)) + c(K - r))


SPREAD = forall({"j": "int", "r": "int"}, [*within(1, j, p_), *within(1, r, K)], eq(entry(Y, j, r), spread(Y, r)))
GIVEN = [STABLE, *INPUT, *ABOVE, START, SPREAD]

claim = Claim(
    title="Lower bound from the direct terms of a predictor",
    says="Let the columns of Y be the direct terms that p steps of prediction add to a filter when its error at the lag K is moved to the "
         "lags K − 1, …, 0. Then the loss under the AR(p) input is at least γ(0) − ((S + p)θ + tr H)/(K + 1), for θ ≥ 0 and H ⪰ 0 with "
         "[γ(k−j)] ⪯ θI + H.",
    statement=statement(forall(VARIABLES, GIVEN, both(ROWS, COLUMN, BOUND)),
                        [WHERE_FILTER, ("G", ["x"], DENSITY), ("L", [], Series("k", 0, Series("m", 0, PAIR)))]),
    reference="the argument behind UP.ar+",
    hypotheses={"the columns of Y": "they exist for every filter and predictor: see uncertainty.autoregressive_lower_bound",
                "the others": "see uncertainty.autoregressive_lower_bound"},
    limits="Y is a solution of a recurrence from its last column to its first; the bound does not depend on it.",
)


def error(r, n):
    """The error at the lag r − 1: filters, direct terms, and the pulse."""
    return Sum("s", 1, S, b[s] * a[s] ** (K + 1 - r + n)) + Sum("j", 1, p_, entry(Y, j, r) * delta(n, j - 1)) - delta(n, r - 1)


def energy(r):
    return Series("n", 0, Series("m", 0, error(r, n) * conj(error(r, m)) * g[n - m]))


@claim.derive
def one_filter_two_terms(step):
    """S = 1, K = 2: the direct terms of a predictor of order 2 value by value; the energies for a predictor of order 1; the mean."""
    import sympy

    from theory.identities import confirm, equal

    lag, ring, b, a, d, c, phi, psi, psi2 = (2, *sympy.ring("b, a, d, c, phi, psi, psi2", sympy.QQ))

    def direct(predictor):
        columns = {lag + 1: [ring.zero] * len(predictor)}
        for place in range(lag, 0, -1):
            after = columns[place + 1]
            falls = after[0] + b * a ** (lag - place)
            columns[place] = [term + share * falls for term, share in zip([*after[1:], ring.zero], predictor, strict=True)]
        return columns

    def values(place, columns, count):
        terms = [*columns[place], *[ring.zero] * count]
        return [b * a ** (lag + 1 - place + n) + terms[n] - int(n == place - 1) for n in range(count)]

    predictor = [psi, psi2]
    columns, differences = direct(predictor), []
    for place in (1, 2):
        after, here = values(place + 1, columns, 6), values(place, columns, 5)
        differences += [here[n] - after[n + 1] - after[0] * (predictor[n] if n < 2 else 0) for n in range(5)]
    confirm(step, "direct terms", differences,
            why="p = 2, K = 2: the error at the lag r − 1 is the shift of the one at the lag r, and what falls out goes to the predictor; "
                "ψ_j stands for φ̄_j; five values at two lags")
    one = ring.to_field().one
    columns = direct([psi])

    def energy(place):
        power, pulses = a ** (lag + 1 - place), {0: columns[place][0]}
        pulses[place - 1] = pulses.get(place - 1, ring.zero) - 1
        mirror = {psi: phi, phi: psi, a: c, c: a, b: d, d: b}

        def bar(x):
            return x.compose(list(mirror.items()))

        def met(x, forwards, backwards, q):
            return sum((x**n * backwards ** (q - n) for n in range(q)), ring.zero) + one * x**q / (1 - x * forwards)
        total = one * b * power * bar(b * power) / (1 - a * c) * (one / (1 - a * phi) + one / (1 - c * psi) - 1)
        for q, x in pulses.items():
            total += b * power * bar(x) * met(a, phi, psi, q) + bar(b * power) * x * met(c, psi, phi, q)
            total += sum(x * bar(y) * (phi ** (q - m) if q >= m else psi ** (m - q)) for m, y in pulses.items())
        return total

    first = [b * a ** (lag - place) + columns[place + 1][0] for place in (1, 2)]
    mirrored_first = [x.compose([(psi, phi), (a, c), (b, d)]) for x in first]
    fallen = [energy(place + 1) - energy(place) - (1 - phi * psi) * x * y
              for place, x, y in zip((1, 2), first, mirrored_first, strict=True)]
    confirm(step, "energy of the error", fallen,
            why="p = 1, γ(k) = φ^k: at each step the error loses (γ(0) − φ̄γ(1))|e_0|², the variance of the prediction error times what "
                "falls out; c, d, ψ stand for the conjugates of a, b, φ")
    loss, level, trace, order, terms, last = sympy.symbols("L theta T S p K", positive=True)
    gamma = sympy.Symbol("gamma_0")
    share = (order + terms) * level + trace
    least = sympy.solve((last + 1) * loss - ((last + 1) * gamma - share), loss)[0]
    equal(step, "division by K + 1", least, gamma - share / (last + 1), shown="L",
          why="(K + 1)L ≥ Σ of the K + 1 errors ≥ (K + 1)γ(0) − (S + p)θ − tr H; T is tr H")
    equal(step, "white noise", least.subs({gamma: 1, terms: 0, level: 1, trace: 0}), 1 - order / (last + 1), shown="L",
          why="p = 0, θ = 1, H = 0: the bound UP.T2")


@claim.certify
def proof(p, _):
    """The shift that predicts does not increase the norm of the input, and it turns the error at the lag k + 1 into one at the lag k, by a
    filter with the same poles and p direct terms. So the K + 1 errors at the lags K, …, 0 add up to at most (K + 1)L, while S + p
    functions can fit K + 1 pulses only to tr[γ(k−j)] − (S + p)θ − tr H.
    """
    inhabited(p, H=0, Y=zero(0, 1))
    turned = mirrored(p)
    start = last_lag(p, turned)
    every = all_steps(p, one_step_back(p, turned), start[2])
    p.both(*start[:2], fitted(p, turned, every))


def inhabited(p, **more):
    """No filter, no input. θ = 0 and what else is given, or the bound M = 0 where H is None."""
    limit = more.get("H", 0) is None
    more = {"M": 0} if limit else {"theta": 0, **more}
    with p.inhabited_by(S=0, K=0, a=fn("n", 0), b=fn("n", 0), p=0, phi=fn("n", 0), g=fn("n", 0), B=0, **more):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        with p.generalise({"k": "int"}, [], eq(T(0), conj(T(0)))):
            p.identity(eq(T(0), conj(T(0))))
        with p.generalise({"k": "int"}, [le(1, k)], eq(T(0), Sum("j", 1, 0, T(0)))):
            p.identity(eq(T(0), Sum("j", 1, 0, T(0))))
        goal = le(0, Series("k", 0, 0 * exp(-IMAGINARY * k * x)) + Series("k", 1, 0 * exp(IMAGINARY * k * x)))
        with p.generalise({"x": "real"}, [], goal):
            nothing = [p.series("value", eq(Series("k", lo, 0 * exp(sign * IMAGINARY * k * x)), 0), p.series(
                "linear", sums("k", lo, 0 * exp(sign * IMAGINARY * k * x), 0), using=[])) for lo, sign in ((0, -1), (1, 1))]
            p.squares(goal, [], using=[(fact, -1) for fact in nothing])
        if limit:
            other = le(T(goal.json[2]), 0)
            with p.generalise({"x": "real"}, [], other):
                nothing = [p.series("value", eq(Series("k", lo, 0 * exp(sign * IMAGINARY * k * x)), 0), p.series(
                    "linear", sums("k", lo, 0 * exp(sign * IMAGINARY * k * x), 0), using=[])) for lo, sign in ((0, -1), (1, 1))]
                p.squares(other, [], using=[(fact, 1) for fact in nothing])


@explained
def mirrored(p):
    """The same autocorrelation read backwards, γ(−k): it is summable, Hermitian, and has the density Γ(−x); the predictor is conjugated."""
    convergent(p, p.given(2), p.given(3))
    p.series("peel", sums("k", 1, Abs(g[k]), B - Abs(g[0])), p.given(2))
    with p.generalise({"k": "int"}, [le(0, k)], eq(Abs(g[k]), Abs(g[-k]))) as same:
        back = p.apply(p.given(3), eq(g[-k], conj(g[k])), k=k)
        size = p.step("congruence", eq(Abs(g[-k]), Abs(conj(g[k]))), equal=back, context=fn("m_", Abs("m_")))
        p.identity(same.shows[3], [(size, -1)])
    p.series("equal", sums("k", 0, Abs(g[-k]), B), p.given(2), same.fact)
    with p.generalise({"k": "int"}, [], eq(g[k], conj(g[-k]))):
        p.apply(p.given(3), eq(g[k], conj(g[-k])), k=-k)
    with p.generalise({"k": "int"}, [le(1, k)], eq(g[-k], Sum("j", 1, p_, conj(phi[j]) * g[j - k]))) as predicted:
        here = p.apply(p.given(5), eq(g[k], Sum("j", 1, p_, phi[j] * g[k - j])), k=k)
        mirror = p.step("congruence", eq(conj(g[k]), conj(Sum("j", 1, p_, phi[j] * g[k - j]))), equal=here, context=fn("m_", conj("m_")))
        with p.generalise({"j": "int"}, within(1, j, p_), eq(conj(phi[j]) * g[j - k], conj(phi[j]) * conj(g[k - j]))) as each:
            p.identity(each.shows[3], [(p.apply(p.given(3), eq(g[j - k], conj(g[k - j])), k=k - j), conj(phi[j]))])
        spelled = p.step("congruence", eq(Sum("j", 1, p_, conj(phi[j]) * g[j - k]), Sum("j", 1, p_, conj(phi[j]) * conj(g[k - j]))),
                         equal=each.fact)
        own = p.apply(p.given(3), eq(g[-k], conj(g[k])), k=k)
        p.identity(predicted.shows[3], [(own, 1), (mirror, 1), (spelled, -1)])
    backwards = Series("k", 0, g[-k] * exp(-IMAGINARY * k * x)) + Series("k", 1, g[k] * exp(IMAGINARY * k * x))
    with p.generalise({"x": "real"}, [], le(0, backwards)):
        sign = p.apply(p.given(4), le(0, G(-x)), x=-x)
        real = p.step("quadratic_form", eq(conj(G(-x)), G(-x)), mode="hermitian", **{"from": [sign]})
        parts = []
        for lo, value, phase in ((0, g[k], -1), (1, g[-k], 1)):
            wave, other = exp(phase * IMAGINARY * k * x), conj(value)
            new = g[-k] if lo == 0 else g[k]
            with p.generalise({"k": "int"}, [le(lo, k)], eq(new * wave, other * wave)) as each:
                p.identity(each.shows[3], [(p.apply(p.given(3), eq(new, other), k=k if lo == 0 else -k), wave)])
            parts.append(p.step("congruence", eq(Series("k", lo, new * wave), Series("k", lo, other * wave)), equal=each.fact))
        p.squares(le(0, backwards), [(1, [sign], "", 1)], using=[(real, -1), *((part, -1) for part in parts)])
    values = {"p": p_, "f": fn("n", conj(phi[n])), "g": fn("n", g[-n]), "B": B}
    error_variance = p.use("uncertainty.prediction_error", le(0, g[0] - Sum("j", 1, p_, conj(phi[j]) * g[j])), **values)
    return values, error_variance


@explained
def summable(p, r):
    """The error at the lag r − 1 is summable."""
    def power(s):
        return b[s] * a[s] ** (K + 1 - r)
    with p.generalise({"s": "int"}, within(1, s, S), sums("n", 0, power(s) * a[s] ** n, power(s) / (1 - a[s]))) as cell:
        below = p.apply(p.given(1), lt(Abs(a[s]), 1), s=s)
        with p.contradiction(ne(1 - a[s], 0)) as absurd:
            one = p.step("congruence", eq(Abs(a[s]), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - T("m_"))))
            p.squares(lt(0, 0), [(1, [below], "", 1)], using=[(one, -1)])
        plain = p.series("geometric", sums("n", 0, a[s] ** n, 1 / (1 - a[s])), below, z=a[s])
        p.series("linear", cell.shows[3], using=[[plain, power(s), 1]])
    filters = p.series("exchange", sums("n", 0, Sum("s", 1, S, power(s) * a[s] ** n), Sum("s", 1, S, power(s) / (1 - a[s]))), cell.fact)
    with p.generalise({"j": "int"}, within(1, j, p_), sums("n", 0, entry(Y, j, r) * delta(n, j - 1), entry(Y, j, r))) as tap:
        p.series("finite", tap.shows[3], K=j - 1, g=fn("n", entry(Y, j, r)))
    direct = p.series("exchange", sums("n", 0, Sum("j", 1, p_, entry(Y, j, r) * delta(n, j - 1)), Sum("j", 1, p_, entry(Y, j, r))),
        tap.fact)
    pulse = p.series("finite", sums("n", 0, delta(n, r - 1), 1), K=r - 1, g=fn("n", 1))
    total = Sum("s", 1, S, power(s) / (1 - a[s])) + Sum("j", 1, p_, entry(Y, j, r)) - 1
    whole = p.series("linear", sums("n", 0, error(r, n), total), using=[[filters, 1, 1], [direct, 1, 1], [pulse, -1, 1]])
    size = Series("n", 0, Abs(error(r, n)))
    p.series("absolute", sums("n", 0, Abs(error(r, n)), size), whole)
    return size


def same_energy(p, agree, first, second):
    """Equal sequences have equal energies."""
    old, new = (e(n) * conj(e(m)) * g[n - m] for e in (first, second))
    with p.generalise({"n": "int"}, [le(0, n)], eq(Series("m", 0, old), Series("m", 0, new))) as lines:
        with p.generalise({"m": "int"}, [le(0, m)], eq(old, new)) as cells:
            here, there = (p.apply(agree, eq(first(q), second(q)), n=q) for q in (n, m))
            mirror = p.step("congruence", eq(conj(first(m)), conj(second(m))), equal=there, context=fn("m_", conj("m_")))
            p.identity(cells.shows[3], [(here, conj(first(m)) * g[n - m]), (mirror, second(n) * g[n - m])])
        p.step("congruence", lines.shows[3], equal=cells.fact)
    return p.step("congruence", eq(Series("n", 0, Series("m", 0, old)), Series("n", 0, Series("m", 0, new))), equal=lines.fact)


@explained
def last_lag(p, turned):
    """At the lag K there are no direct terms: the energy of the error is the loss."""
    values, _ = turned

    def plain(n):
        return c(n) - delta(n, K)
    with p.generalise({"n": "int"}, [le(0, n)], eq(error(K + 1, n), plain(n))) as agree:
        with p.generalise({"j": "int"}, within(1, j, p_), eq(entry(Y, j, K + 1) * delta(n, j - 1), 0)) as each:
            p.identity(each.shows[3], [(p.apply(p.given(9), eq(entry(Y, j, K + 1), 0), j=j), delta(n, j - 1))])
        none = p.step("congruence", eq(Sum("j", 1, p_, entry(Y, j, K + 1) * delta(n, j - 1)), Sum("j", 1, p_, T(0))), equal=each.fact)
        p.identity(agree.shows[3], [(none, 1)])
    own = summable(p, K + 1)
    with p.generalise({"k": "int"}, [le(0, k)], eq(Abs(error(K + 1, k)), Abs(plain(k)))) as sizes:
        here = p.apply(agree.fact, eq(error(K + 1, k), plain(k)), n=k)
        p.step("congruence", sizes.shows[3], equal=here, context=fn("m_", Abs("m_")))
    p.series("equal", sums("k", 0, Abs(plain(k)), own), f"s{p.count - 3}", sizes.fact)
    start = {**values, "x": fn("n", plain(n)), "A": own}
    found = [p.use("uncertainty.predicted_shift", shown, **start) for shown in (ROWS, COLUMN)]
    return *found, same_energy(p, agree.fact, lambda q: error(K + 1, q), plain)


@explained
def one_step_back(p, turned):
    """The shift that predicts takes the error at the lag r to the one at the lag r − 1, and its energy does not grow."""
    values, variance = turned
    with p.generalise({"r": "int"}, within(1, r, K), le(energy(r), energy(r + 1))) as block:
        size = summable(p, r + 1)

        def own(n):
            return error(r + 1, n)

        def moved(n):
            return own(n + 1) + own(T(0)) * Sum("j", 1, p_, conj(phi[j]) * delta(n, j - 1))
        left = Series("n", 0, Series("m", 0, moved(n) * conj(moved(m)) * g[n - m]))
        lost = (g[0] - Sum("j", 1, p_, conj(phi[j]) * g[j])) * Abs(own(T(0))) ** 2
        identity = p.use("uncertainty.predicted_shift", eq(left, energy(r + 1) - lost), **values, x=fn("n", own(n)), A=size)
        whole = same_energy(p, value_by_value(p, moved), moved, lambda q: error(r, q))
        p.squares(block.shows[3], [(1, [variance], "", own(T(0)))], using=[(identity, 1), (whole, -1)])
    return block.fact


@explained
def value_by_value(p, moved):
    """The direct terms follow their recurrence, because Σ_j δ(n, j − 1)δ(j + 1, v) = δ(n + 1, v − 1) for 1 ≤ v ≤ p."""
    with p.generalise({"n": "int"}, [le(0, n)], eq(moved(n), error(r, n))) as block:
        pick = Sum("j", 1, p_, delta(n, j - 1) * delta(j + 1, v))
        tap = entry(Y, v, r + 1)
        with p.generalise({"v_": "int"}, within(1, v, p_), eq(tap * pick, tap * delta(n + 1, v - 1))) as each:
            split, branches = p.new_id(), {}
            for name in ("less", "equal", "greater"):
                with p.branch() as branches[name]:
                    picked(p, name, f"{split}.{name}.1", each.shows[3], tap)
            p.step("cases", each.shows[3], split, on=[v, n + 2], **branches)
        total = p.step("congruence", eq(Sum("v_", 1, p_, tap * pick), Sum("v_", 1, p_, tap * delta(n + 1, v - 1))), equal=each.fact)
        with p.generalise({"j": "int"}, within(1, j, p_), eq(entry(Y, j, r) * delta(n, j - 1), spread(Y, r) * delta(n, j - 1))) as rule:
            p.identity(rule.shows[3], [(p.apply(p.given(10), eq(entry(Y, j, r), spread(Y, r)), j=j, r=r), delta(n, j - 1))])
        spelled = p.step("congruence", eq(Sum("j", 1, p_, entry(Y, j, r) * delta(n, j - 1)), Sum("j", 1, p_, spread(Y, r) * delta(n,
            j - 1))),
                         equal=rule.fact)
        p.identity(block.shows[3], [(total, -1), (spelled, -1)])
    return block.fact


def both_ways(p, case, left, right):
    """An equation of integers as two inequalities."""
    p.squares(le(left, right), using=[(case, 1)])
    p.squares(le(right, left), using=[(case, -1)])


def picked(p, name, case, goal, tap):
    """One of the cases v < n + 2, v = n + 2, v > n + 2."""
    term, value = delta(n, j - 1) * delta(j + 1, v), delta(j, v - 1) if name == "equal" else T(0)
    if name == "equal":
        both_ways(p, case, v, n + 2)
    with p.generalise({"j": "int"}, within(1, j, p_), eq(term, value)) as each:
        split, branches = p.new_id(), {}
        for inner in ("less", "equal", "greater"):
            with p.branch() as branches[inner]:
                using = []
                if inner == "equal":
                    both_ways(p, f"{split}.{inner}.1", j, n + 1)
                    hit = p.step("congruence", eq(delta(j, n + 1), 1), equal=f"{split}.{inner}.1", context=fn("m_", delta("m_", n + 1)))
                    using = [(hit, delta(j + 1, v))] if name == "equal" else []
                p.identity(eq(term, value), using)
        p.step("cases", eq(term, value), split, on=[j, n + 1], **branches)
    same = p.step("congruence", eq(Sum("j", 1, p_, term), Sum("j", 1, p_, value)), equal=each.fact)
    using = [(same, tap)]
    if name == "equal":
        ones, place = vec("k", p_, 1), v - 1
        unit = p.entries(eq(matrix("j", p_, "k", p_, delta(j, k)), eye(p_)))
        once = p.step("congruence", eq(Sum("j", 1, p_, delta(j, place)), 1), equal=unit, context=fn("m_", entry(T("m_") @ ones, place, 1)))
        here = p.step("congruence", eq(delta(v, n + 2), 1), equal=case, context=fn("m_", delta("m_", n + 2)))
        using += [(once, tap), (here, -tap)]
    p.identity(goal, using)


@explained
def all_steps(p, falls, start):
    """The energy of the error at every lag below K is at most L, by induction from K downwards."""
    q = names("q_")
    given = [*within(1, r, K + 1), le(K + 1 - q, r)]

    def last(case):
        energies = p.step("congruence", eq(energy(r), energy(K + 1)), equal=case, context=["fn", "m_", energy(T("m_")).json])
        return p.squares(le(energy(r), L), [], using=[(energies, 1), (start, 1)])
    with p.branch() as base, p.generalise({"r": "int"}, at(T(given), "q_", 0).json, le(energy(r), L)) as block:
        last(p.order("antisymmetric", eq(r, K + 1), block(2), p.squares(le(K + 1, r), [(1, [block(3)], "", 1)])))
    induction = p.new_id()
    with p.branch() as step, p.generalise({"r": "int"}, at(T(given), "q_", q + 1).json, le(energy(r), L)) as block:
        split, branches = p.new_id(), {}
        for name in ("less", "equal", "greater"):
            with p.branch() as branches[name]:
                case = f"{split}.{name}.1"
                if name == "less":
                    p.squares(le(K + 1 - q, r + 1), [(1, [block(3)], "", 1)])
                    p.order("gap", le(r + 1, K + 1), case)
                    p.squares(le(r, K), [(1, [f"s{p.count}"], "", 1)])
                    fall = p.apply(falls, le(energy(r), energy(r + 1)), r=r)
                    after = p.apply(f"{induction}.2", le(energy(r + 1), L), r=r + 1)
                    p.squares(le(energy(r), L), [(1, [fall], "", 1), (1, [after], "", 1)])
                elif name == "equal":
                    last(case)
                else:
                    beyond = p.squares(lt(0, 0), [(1, [block(2)], "", 1), (1, [case], "", 1)])
                    p.step("contradiction", le(energy(r), L), **{"from": beyond})
        p.step("cases", le(energy(r), L), split, on=[r, K + 1], **branches)
    every = p.step("induction", forall({"q_": "nat"}, [], forall({"r": "int"}, given, le(energy(r), L))), induction, base=base, step=step)
    whole = p.apply(every, forall({"r": "int"}, at(T(given), "q_", K).json, le(energy(r), L)), q_=K)
    with p.generalise({"r": "int"}, within(1, r, K + 1), le(energy(r), L)) as block:
        p.squares(le(K + 1 - K, r), [(1, [block(1)], "", 1)])
        p.apply(whole, le(energy(r), L), r=r)
    return block.fact


@explained
def fitted(p, turned, every):
    """The errors at the lags 0..K against what S + p functions leave of K + 1 pulses; division by K + 1."""
    values, _ = turned
    count = K + 1
    fit = p.use("uncertainty.spectral_fit", le(count * g[0] - SHARE, Sum("r", 1, count, energy(r))), S=S, p=p_, N=count, d=-1, a=a,
                R=matrix("s", S, "r", count, b[s] * a[s] ** (count - r)), Z=Y, g=values["g"], B=B, M=B - Abs(g[0]), theta=theta, H=H)
    room = L - energy(r)
    facts = []
    for shown in (le(0, re(room)), eq(re(room), room)):
        with p.generalise({"r": "int"}, within(1, r, count), shown) as each:
            here = p.squares(le(0, room), [(1, [p.apply(every, le(energy(r), L), r=r)], "", 1)])
            real = p.step("quadratic_form", eq(conj(room), room), mode="hermitian", **{"from": [here]})
            if shown.json[0] == "=":
                p.identity(shown, [(real, T(1) / 2)])
            else:
                p.squares(shown, [(1, [here], "", 1)], using=[(real, -T(1) / 2)])
        facts.append(each.fact)
    sums_up = p.use("algebra.sum_nonnegative", le(0, Sum("r", 1, count, re(room))), n=count, f=fn("r", re(room)))
    same = p.step("congruence", eq(Sum("r", 1, count, re(room)), Sum("r", 1, count, room)), equal=facts[1])
    total = p.squares(le(0, Sum("r", 1, count, room)), [(1, [sums_up], "", 1)], using=[(same, 1)])
    lags = p.squares(lt(0, count), [(1, [], "", 1), (1, [p.order("basic", le(0, K))], "", 1)])
    proper = p.order("nonzero", ne(count, 0), lags)
    share = positive_reciprocal(p, count, lags, proper)
    return p.squares(BOUND, [(1, [share, fit], "", 1), (1, [share, total], "", 1)], nonzero=[proper])


claim.must_refuse(
    order_of_the_input_forgotten=changed(both(ROWS, COLUMN, le(g[0] - (S * theta + tr(H)) / (K + 1), L))),
    one_lag_more=changed(both(ROWS, COLUMN, le(g[0] - SHARE / (K + 2), L))),
    columns_free=changed(given={10: None}),
    direct_terms_at_the_last_lag=changed(given={9: None}),
)
