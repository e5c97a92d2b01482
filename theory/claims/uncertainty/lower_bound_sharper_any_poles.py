"""The sharper lower bound under white noise for any poles in the disk, repeated ones included."""
from theory.claim import Claim
from theory.claims.uncertainty.captured_energy_sharper import share
from theory.claims.uncertainty.lower_bound_sharper import BOUND, LARGEST, SIMPLE, at_good_pole
from theory.claims.uncertainty.lower_bound_white import closed_loss
from theory.language import SEQ, Abs, Series, Sum, T, both, delta, eq, exp, fn, forall, le, lt, names, ne, statement, within
from theory.mutations import changed
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, WHERE_LOSS, K, L, S, a, b, for_each_pole, s
from theory.proof import explained
from theory.steps import positive_reciprocal

N, x, y, r, t, k, q, h, j, first = names("N x y r t k q h j first")

claim = Claim(
    title="The sharper lower bound for any poles",
    says="Whatever its poles and weights, a filter of order S ≥ 1 misses the shift by K ≥ 1 by at least 1 − (S − 1 + (K/(K+1))^{K+1})/K, "
         "hence by at least 1 − (S − 1 + 1/e)/K.",
    statement=statement(forall(FILTER, [STABLE, le(1, S), le(1, K)], both(BOUND, SIMPLE)), [WHERE_FILTER, WHERE_LOSS]),
    paper="UP", dossier="UP.S1+", reference="stronger than the paper", source="own",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined", "S ≥ 1": "S = 0 gives L = 1, below 1 + (1 − 1/e)/K",
                "K ≥ 1": "the bound divides by K; at K = 0 the pole 0 has the loss 0"},
    limits="White noise only. Sharp for S = 1 only. Repeated poles count as often as they occur, though a smaller S would do for them.",
)


def response(size, poles, weights, k):
    return Sum("s", 1, size, weights(s) * poles(s) ** k)


def loss(size, poles, weights):
    return Series("k", 0, Abs(response(size, poles, weights, k) - delta(k, K)) ** 2)


def reader(sequence):
    return lambda n: sequence[n]


def bounded_by_order(size, poles, weights):
    return le(K * (1 - loss(size, poles, weights)), size - 1 + LARGEST)


def stable(size, poles):
    return forall({"s": "int"}, within(1, s, size), lt(Abs(poles(s)), 1))


def apart(size):
    return forall({"s": "int", "t": "int"}, [*within(1, s, size), *within(1, t, size), ne(s, t)], ne(x[s], x[t]))


@claim.derive
def merged(step):
    """S = 3 with a_1 = a_2: the filter of the poles a_1, a_3 with the weights b_1 + b_2, b_3 has the same response."""
    import sympy

    one, last, *weights = sympy.symbols("a_1 a_3 b_1 b_2 b_3")
    for lag in range(5):
        three = step(f"c_{lag}, three poles", sum(w * z**lag for w, z in zip(weights, (one, one, last), strict=True)), why="a_2 = a_1")
        two = step(f"c_{lag}, two poles", (weights[0] + weights[1]) * one**lag + weights[2] * last**lag, why="a_3 takes the place of a_2")
        if sympy.expand(three - two) != 0:
            raise ValueError("the responses are not the same")


@claim.certify
def proof(p, _):
    """By induction on the order. If the poles are distinct the bound is known. If a_h = a_j for some h < j, the last pole takes the place
    of a_j, and the weight of a_j is added to that of a_h: the same filter with one pole less, whose bound is smaller.
    """
    p.inhabited(S=1, K=1, a=fn("n", 0), b=fn("n", 1))
    positive = p.squares(lt(0, K), [(1, [p.given(3)], "", 1), (1, [], "", 1)])
    proper = p.order("nonzero", ne(K, 0), positive)
    part = positive_reciprocal(p, K, positive, proper)
    closed_loss(p)
    once = picked_once(p)

    def every(size):
        return forall({"x": SEQ, "y": SEQ}, [stable(size, reader(x))], bounded_by_order(size, reader(x), reader(y)))
    with p.branch() as base, p.generalise({"x": SEQ, "y": SEQ}, [stable(1, reader(x))], bounded_by_order(1, reader(x), reader(y))):
        one_is_apart(p)
        distinct(p, T(1), positive, proper)
    block, size = p.new_id(), N + 1
    with p.branch() as step, p.generalise({"x": SEQ, "y": SEQ}, [stable(size, reader(x))],
                                          bounded_by_order(size, reader(x), reader(y))) as here:
        larger(p, here(1), f"{block}.2", once, (positive, proper))
    induction = p.step("induction", forall({"N": "int"}, [le(1, N)], every(N)), block, base=base, step=step)
    general = p.apply(induction, every(S), N=S)
    found = p.apply(general, bounded_by_order(S, reader(a), reader(b)), x=a, y=b)
    bound = p.squares(BOUND, [(1, [part, found], "", 1)], nonzero=[proper])
    limit = p.use("algebra.last_power", le(LARGEST, exp(-T(1))), K=K, m=K, x=0)
    p.both(bound, p.squares(SIMPLE, [(1, [bound], "", 1), (1, [part, limit], "", 1)]))


@explained
def one_is_apart(p):
    """A single pole is distinct."""
    goal = ne(x[s], x[t])
    with p.generalise({"s": "int", "t": "int"}, [*within(1, s, 1), *within(1, t, 1), ne(s, t)], goal) as pair, p.contradiction(goal):
        first_one, other = (p.order("antisymmetric", eq(n, 1), pair(place), pair(place + 1)) for n, place in ((s, 1), (t, 3)))
        p.identity(eq(1, 0), [(first_one, 1 / (s - t)), (other, -1 / (s - t))], nonzero=[pair(5)])


def distinct(p, size, positive, proper):
    """The known bound, times K."""
    value = loss(size, reader(x), reader(y))
    known = p.use("uncertainty.lower_bound_sharper", le(1 - (size - 1 + LARGEST) / K, value), S=size, K=K, a=x, b=y)
    return p.squares(bounded_by_order(size, reader(x), reader(y)), [(1, [positive, known], "", 1)], nonzero=[proper])


@explained
def picked_once(p):
    """Σ_{r=1}^{n} δ(r, m) = 1 for 1 ≤ m ≤ n."""
    def total(q):
        return eq(Sum("r", 1, first + 1 + q, delta(r, first + 1)), 1)
    with p.generalise({"first": "nat"}, [], forall({"q": "nat"}, [], total(q))) as block:
        with p.branch() as base:
            p.identity(total(0))
        name = p.new_id()
        with p.branch() as step:
            p.identity(total(q + 1), [(f"{name}.2", 1)])
        p.step("induction", forall({"q": "nat"}, [], total(q)), name, base=base, step=step)
    return block.fact


@explained
def larger(p, inside, smaller, once, scale):
    """From N to N + 1: if the bound failed, the poles would be distinct, and then it does not fail."""
    goal = bounded_by_order(N + 1, reader(x), reader(y))
    value, name = loss(N + 1, reader(x), reader(y)), p.new_id()
    with p.branch() as less:
        p.squares(goal, [(1, [f"{name}.less.1"], "", 1)])
    with p.branch() as equal:
        p.squares(goal, using=[(f"{name}.equal.1", 1)])
    with p.branch() as greater:
        ordered = no_double_pole(p, inside, smaller, once, f"{name}.greater.1")
        with p.generalise({"s": "int", "t": "int"}, [*within(1, s, N + 1), *within(1, t, N + 1), ne(s, t)], ne(x[s], x[t])) as pair:
            split = p.new_id()
            with p.branch() as below:
                p.apply(ordered, ne(x[s], x[t]), h=s, j=t)
            with p.branch() as both_same:
                absurd = p.identity(eq(1, 0), [(f"{split}.equal.1", 1 / (s - t))], nonzero=[pair(5)])
                p.step("contradiction", ne(x[s], x[t]), **{"from": absurd})
            with p.branch() as above:
                p.order("nonzero", ne(x[s], x[t]), p.apply(ordered, ne(x[t], x[s]), h=t, j=s))
            p.step("cases", ne(x[s], x[t]), split, on=[s, t], less=below, equal=both_same, greater=above)
        distinct(p, N + 1, *scale)
    p.step("cases", goal, name, on=[K * (1 - value), N + LARGEST], less=less, equal=equal, greater=greater)


@explained
def no_double_pole(p, inside, smaller, once, fails):
    """a_h = a_j with h < j gives a filter with N poles and the same response, against the bound for N."""
    def pole(n):
        return x[n] + delta(n, j) * (x[N + 1] - x[j])

    def weight(n):
        return y[n] + delta(n, j) * (y[N + 1] - y[j]) + delta(n, h) * y[j]

    with p.generalise({"h": "int", "j": "int"}, [le(1, h), lt(h, j), le(j, N + 1)], ne(x[h], x[j])) as pair:
        p.squares(le(h, N), [(1, [p.order("gap", le(h + 1, j), pair(2))], "", 1), (1, [pair(3)], "", 1)])
        with p.contradiction(ne(x[h], x[j])) as double:
            poles_inside(p, inside, pole)
            values = same_response(p, f"{double}.1", once, pole, weight, pair)
            equal = p.step("congruence", eq(loss(N, pole, weight), loss(N + 1, reader(x), reader(y))), equal=values)
            n = names("n")
            known = p.apply(smaller, bounded_by_order(N, pole, weight), x=fn("n", pole(n)), y=fn("n", weight(n)))
            p.squares(lt(0, 0), [(1, [fails], "", 1), (1, [known], "", 1), (1, [], "", 1)], using=[(equal, K)])
    return pair.fact


@explained
def poles_inside(p, inside, pole):
    """The new poles are poles."""
    with p.generalise({"r": "int"}, within(1, r, N), lt(Abs(pole(r)), 1)) as block:
        name, goal = p.new_id(), lt(Abs(pole(r)), 1)
        with p.branch() as less:
            p.apply(inside, goal, s=r)
        with p.branch() as equal:
            last = p.apply(inside, lt(Abs(x[N + 1]), 1), s=N + 1)
            back = p.identity(eq(j, r), [(f"{name}.equal.1", -1)])
            p.step("congruence", goal, equal=back, context=fn("m_", lt(Abs(pole(T("m_"))), 1)), **{"from": last})
        with p.branch() as greater:
            p.apply(inside, goal, s=r)
        p.step("cases", goal, name, on=[r, j], less=less, equal=equal, greater=greater)
    return block.fact


@explained
def same_response(p, double, once, pole, weight, pair):
    """The response is the same, hence each term of the loss."""
    old, new = response(N + 1, reader(x), reader(y), k), response(N, pole, weight, k)
    term = Abs(names("m_") - delta(k, K)) ** 2
    with p.generalise({"k": "int"}, [le(0, k)], eq(Abs(new - delta(k, K)) ** 2, Abs(old - delta(k, K)) ** 2)) as block:
        change = y[N + 1] * x[N + 1] ** k - y[j] * x[j] ** k

        def moved(n):
            return y[n] * x[n] ** k + delta(n, j) * change + delta(n, h) * y[j] * x[j] ** k

        def one(n):
            return eq(weight(n) * pole(n) ** k, moved(n))
        powers = p.step("congruence", eq(x[h] ** k, x[j] ** k), equal=double, context=fn("m_", T("m_") ** k))
        with p.generalise({"r": "int"}, within(1, r, N), one(r)) as each:
            each_term(p, one, powers)
        total = p.step("congruence", eq(new, Sum("r", 1, N, moved(r))), equal=each.fact)
        at_s = p.apply(p.apply(once, forall({"q": "nat"}, [], eq(Sum("r", 1, h + q, delta(r, h)), 1)), first=h - 1),
                       eq(Sum("r", 1, N, delta(r, h)), 1), q=N - h)
        at_t = last_or_not(p, once, change, pair(3))
        response_equal = p.identity(eq(new, old), [(total, 1), (at_s, y[j] * x[j] ** k), (at_t, 1)])
        p.step("congruence", eq(Abs(new - delta(k, K)) ** 2, Abs(old - delta(k, K)) ** 2),
               equal=response_equal, context=fn("m_", term))
    return block.fact


@explained
def each_term(p, one, powers):
    """The term of each pole: away from h and j it is the same, at h it gains y_j x_j^k, at j it is that of the last pole."""
    name, inner = p.new_id(), p.new_id()
    with p.branch() as less:
        with p.branch() as below:
            p.identity(one(r))
        with p.branch() as at_s:
            transferred(p, one, h, f"{inner}.equal.1", p.identity(one(h), [(powers, y[j])]))
        with p.branch() as between:
            p.identity(one(r))
        p.step("cases", one(r), inner, on=[r, h], less=below, equal=at_s, greater=between)
    with p.branch() as equal:
        transferred(p, one, j, f"{name}.equal.1", p.identity(one(j)))
    with p.branch() as greater:
        p.identity(one(r))
    return p.step("cases", one(r), name, on=[r, j], less=less, equal=equal, greater=greater)


def transferred(p, one, place, same, known):
    """The equation at r from the equation at the place that r is."""
    back = p.identity(eq(place, r), [(same, -1)])
    return p.step("congruence", one(r), equal=back, context=fn("m_", one(T("m_"))), **{"from": known})


@explained
def last_or_not(p, once, change, most):
    """Σ_{r=1}^{N} δ(r, j) is 1, unless j = N + 1, where nothing is to be moved."""
    goal, name = eq(Sum("r", 1, N, delta(r, j)) * change, change), p.new_id()
    with p.branch() as less:
        p.order("gap", le(j + 1, N + 1), f"{name}.less.1")
        found = p.apply(p.apply(once, forall({"q": "nat"}, [], eq(Sum("r", 1, j + q, delta(r, j)), 1)), first=j - 1),
                        eq(Sum("r", 1, N, delta(r, j)), 1), q=N - j)
        p.identity(goal, [(found, change)])
    with p.branch() as equal:
        m = T("m_")
        flat = p.step("congruence", eq(y[j] * x[j] ** k, y[N + 1] * x[N + 1] ** k), equal=f"{name}.equal.1",
                      context=fn("m_", y[m] * x[m] ** k))
        p.identity(goal, [(flat, 1 - Sum("r", 1, N, delta(r, j)))])
    with p.branch() as greater:
        absurd = p.squares(lt(0, 0), [(1, [f"{name}.greater.1"], "", 1), (1, [most], "", 1)])
        p.step("contradiction", goal, **{"from": absurd})
    return p.step("cases", goal, name, on=[j, N + 1], less=less, equal=equal, greater=greater)


def bound(order, lag):
    """The formula: 1 − (S − 1 + (K/(K+1))^{K+1})/K."""
    return 1 - share(order, lag) / lag


@claim.oracle
def exact_copies():
    """Run the recurrence over Gaussian rationals with each pole written several times and its best weight split among the copies."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, poles

    results = []
    for copies in (1, 2, 3):
        cases = [("best pole", [(Fraction(n * n, n * n + 1), Fraction(n, n * n + 1))], n * n) for n in (1, 2)]
        cases += [("drawn poles and 0", [*poles(order, 70 + order), 0], lag) for order, lag in ((1, 5), (2, 8))]
        for kind, given, lag in cases:
            drawn = reference.column(given)
            weights = [weight / reference.gaussian(copies) for weight in reference.optimal_weights(drawn, lag) for _ in range(copies)]
            repeated = [pole for pole in drawn for _ in range(copies)]
            loss = reference.loss_by_recurrence(reference.diagonal(repeated), weights, [reference.ONE] * len(repeated), lag)
            least = bound(len(repeated), lag)
            results.append(bounded(f"{kind}, {copies} of each", {"S": len(repeated), "K": lag}, float(loss), float(least),
                                   inside=loss == least if kind == "best pole" and copies == 1 else loss >= least))
    return results


@claim.oracle
def least_squares():
    """Float64: the responses of repeated poles fitted to the pulse by least squares over 4000 samples; no weights do better."""
    import numpy as np

    from theory.papers.uncertainty_measurements import bounded

    results, lags = [], np.arange(4000)
    for seed, order, lag in ((1, 1, 20), (2, 2, 20), (3, 4, 40)):
        chance = np.random.default_rng(seed)
        modulus = np.sqrt(lag / (lag + 1))  # 4000 samples leave less than 1e-40 of the energy
        drawn = np.tile(modulus * np.exp(1j * np.pi / lag * np.arange(order) * chance.uniform(0.9, 1.1)), 2)
        responses, pulse = drawn[None, :] ** lags[:, None], (lags == lag) + 0j
        weights = np.linalg.lstsq(responses, pulse, rcond=1e-12)[0]
        loss, least = float(np.sum(np.abs(responses @ weights - pulse) ** 2)), float(bound(2 * order, lag))
        results.append(bounded("repeated poles, best weights", {"S": 2 * order, "K": lag}, loss, least, inside=loss >= least))
    return results


claim.must_refuse(
    constant_improved=changed(le(1 - (S - 1 + LARGEST / 2) / K, L)),
    order_improved=changed(le(1 - (S - 2 + LARGEST) / K, L)),
    sign_flipped=changed(le(L, 1 - (S - 1 + LARGEST) / K)),
    no_states=changed(BOUND, given={2: None}),
    lag_zero=changed(given={3: None}),
    any_poles=changed(given={1: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)
claim.refute("constant_improved")(at_good_pole(lt(L, 1 - (S - 1 + LARGEST / 2) / K), T(527) / 5000))
claim.refute("order_improved")(at_good_pole(lt(L, 1 - (S - 2 + LARGEST) / K), T(2451) / 2500))
claim.refute("no_states")(at_good_pole(lt(L, 1 - (S - 1 + LARGEST) / K), T(3) / 4, order=0))
