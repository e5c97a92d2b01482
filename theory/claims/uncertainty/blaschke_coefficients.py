"""Second view of the trace identity: captured energy is a tail of the Blaschke product, and the bound is Markov's inequality."""
from theory.claim import Claim
from theory.language import (
    Abs,
    Prod,
    Series,
    Sum,
    T,
    both,
    conj,
    delta,
    entry,
    eq,
    fn,
    forall,
    inv,
    invertible,
    le,
    lt,
    names,
    ne,
    statement,
    sums,
    within,
    zero,
)
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import DISTINCT, NONZERO, POLES, STABLE, WHERE_C, WHERE_F, WHERE_ONE, WHERE_POWER, C, F, S, a, e, v
from theory.proof import explained
from theory.steps import conjugate_nonzero, inverse_of_definite, no_unit_product

s, z, ell, u, m, k, K, M, N, beta, B, w = names("s z l u m k K M N beta B w")
ROOT = Prod("s", 1, S, conj(a[s]))
POWER_SERIES = forall({"z": "complex"}, [le(Abs(z), 1)], sums("l", 0, beta(ell) * z**ell, B(z)))
TAIL = forall({"K": "nat"}, [], sums("l", K + 1, Abs(beta(ell)) ** 2, F(K)))
MEAN = sums("l", 0, ell * Abs(beta(ell)) ** 2, S)
WHERE = [WHERE_C, WHERE_ONE, WHERE_POWER, WHERE_F, ("u", [], inv(C) @ e),
         ("B", ["z"], Prod("s", 1, S, (a[s] - z) / (1 - z * conj(a[s])))),
         ("beta", ["l"], (delta(ell, 0) - Sum("s", 1, S, conj(a[s]) ** ell * entry(u, s, 1))) / ROOT)]

claim = Claim(
    title="Captured energy as a tail of the Blaschke product",
    says="With B(z) = Π (a_s − z)/(1 − ā_s z) = Σ β_L z^L, F_K = Σ_{L>K} |β_L|² and Σ L |β_L|² = S.",
    statement=statement(forall(POLES, [STABLE, DISTINCT, NONZERO], both(POWER_SERIES, TAIL, MEAN)), WHERE),
    paper="UP", dossier="UP.short+", reference="stronger than the paper, second view", source="own",
    hypotheses={"|a_s| < 1": "B has poles in the disk", "distinct poles": "C is singular", "a_s ≠ 0": "β is defined by a quotient"},
    limits="Distinct, non-zero poles. That (K+1) Σ_{L>K} |β_L|² ≤ Σ L |β_L|² = S is Markov's inequality.",
)


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        poles = symbolic.Poles(order)
        for check in (symbolic.inverse, symbolic.product_coefficients, symbolic.energy_drop, symbolic.coefficient_mean):
            check(step, poles)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("k", ["/", 1, 2]))
    no_unit_product(p, a, S, p.given(1))
    definite = p.use("uncertainty.gram_definite", lt(zero(S, S), C), S=S, a=a)
    p.step("invertible", invertible(C), mode="positive", **{"from": definite})
    mirrored_nonzero(p)
    root = p.use("algebra.product_nonzero", ne(ROOT, 0), n=S, f=fn("k", conj(a[k])))
    regular_in_disk(p)
    with p.generalise({"z": "complex"}, [le(Abs(z), 1)], POWER_SERIES.json[3]) as series:
        power_series(p, series(1), root)
    tail = p.use("uncertainty.captured_energy_step", TAIL, S=S, a=a)
    p.conclude(series.fact, tail, mean(p, definite))


@explained
def mirrored_nonzero(p):
    """ā_s ≠ 0."""
    with p.generalise({"s": "int"}, within(1, s, S), ne(conj(a[s]), 0)):
        conjugate_nonzero(p, a[s], p.apply(p.given(3), ne(a[s], 0), s=s))


@explained
def inside(p, outer, index):
    """|z ā_s| < 1 from |z| ≤ 1: 1 − |z||a| = (1 − |a|) + |a|(1 − |z|)."""
    below = p.apply(p.given(1), lt(Abs(a[index]), 1), s=index)
    positive = p.order("basic", le(0, Abs(a[index])))
    return p.squares(lt(Abs(z * conj(a[index])), 1), [(1, [below], "", 1), (1, [positive, outer], "", 1)])


@explained
def regular_in_disk(p):
    """1 − z ā_s ≠ 0 for |z| ≤ 1."""
    with p.generalise({"z": "complex", "m": "int"}, [le(Abs(z), 1), *within(1, m, S)], ne(1 - z * conj(a[m]), 0)) as given:
        smaller = inside(p, given(1), m)
        with p.contradiction(ne(1 - z * conj(a[m]), 0)) as absurd:
            one = p.step("congruence", eq(Abs(z * conj(a[m])), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - names("m_"))))
            p.squares(lt(0, 0), [(1, [smaller], "", 1)], using=[(one, -1)])


@explained
def power_series(p, outer, root):
    """B(z) = (1 − Σ u_s/(1 − z ā_s))/Π ā_s, and each quotient is a geometric series."""
    x, weight = z * conj(a[s]), entry(u, s, 1)
    with p.generalise({"s": "int"}, within(1, s, S), sums("l", 0, weight * x**ell, weight / (1 - x))) as cell:
        power = p.series("geometric", sums("l", 0, x**ell, 1 / (1 - x)), inside(p, outer, s), z=x)
        p.series("linear", sums("l", 0, weight * x**ell, weight / (1 - x)), using=[[power, weight, 1]])
    quotients = Sum("s", 1, S, weight / (1 - x))
    column = p.series("exchange", sums("l", 0, Sum("s", 1, S, weight * x**ell), quotients), cell)
    once = p.series("finite", sums("l", 0, delta(ell, 0) * z**ell, 1), K=0, g=fn("l", z**ell))
    value = p.series("linear", sums("l", 0, beta(ell) * z**ell, (1 - quotients) / ROOT),
                     using=[[once, 1 / ROOT, 1], [column, -1 / ROOT, 1]])
    transformed = eq(Sum("s", 1, S, entry(u, s, 1) / (1 - w * conj(a[s]))), 1 - ROOT * B(w))
    regular = forall({"m": "int"}, within(1, m, S), ne(1 - w * conj(a[m]), 0))
    general = p.use("uncertainty.blaschke_sum", forall({"w": "complex"}, [regular], transformed), S=S, a=a)
    transform = p.apply(general, eq(quotients, 1 - ROOT * B(z)), w=z)
    total = p.identity(eq((1 - quotients) / ROOT, B(z)), [(transform, -1 / ROOT)], nonzero=[root])
    p.step("congruence", POWER_SERIES.json[3], equal=total, context=fn("m_", sums("l", 0, beta(ell) * z**ell, "m_")), **{"from": value})


@explained
def mean(p, definite):
    """Σ_{l≤N} l|β_l|² = Σ_{k≤N} F_k − (N+1) F_N by summation by parts; F is summable, so the limit is Σ F_k = S."""
    f, W = ell * Abs(beta(ell)) ** 2, Series("l", 0, ell * Abs(beta(ell)) ** 2)
    partial, captured = Sum("l", 0, N, f), Sum("k", 0, N, F(k))
    values = {"S": S, "a": a}
    step = p.use("uncertainty.captured_energy_step", forall({"K": "nat"}, [], eq(F(K) - F(K + 1), Abs(beta(K + 1)) ** 2)), **values)
    decreasing = p.use("uncertainty.trace_identity", forall({"K": "nat"}, [], le(F(K + 1), F(K))), **values)
    total = p.use("uncertainty.trace_identity", sums("k", 0, F(k), S), **values)
    positive = captured_positive(p, definite)
    parts = by_parts(p, step)
    with p.generalise({"l": "int"}, [le(0, ell)], le(0, f)) as nonneg:
        p.squares(le(0, f), [(1, [nonneg(1)], "", beta(ell))])
    with p.generalise({"N": "int"}, [le(0, N)], le(partial, S)) as below:
        all_of_it = p.series("partial", le(captured, S), total, positive, K=N)
        here = p.apply(positive, le(0, F(N)), k=N)
        count = p.squares(le(0, N + 1), [(1, [below(1)], "", 1), (1, [], "", 1)])
        equal = p.apply(parts, eq(partial, captured - (N + 1) * F(N)), n=N)
        p.squares(le(partial, S), [(1, [all_of_it], "", 1), (1, [count, here], "", 1)], using=[(equal, 1)])
    series = p.series("bounded", sums("l", 0, f, W), nonneg.fact, below.fact, c=S)
    upper = p.series("limit", le(W, S), series, below.fact, c=S)
    with p.generalise({"M": "int"}, [le(0, M)], le(Sum("k", 0, M, F(k)), W)) as reached:
        lower_partial(p, series, nonneg.fact, total, parts, decreasing, W)
    lower = p.series("limit", le(S, W), total, reached.fact, c=W)
    value = p.order("antisymmetric", eq(W, S), upper, lower)
    return p.step("congruence", MEAN, equal=value, context=fn("m_", sums("l", 0, f, "m_")), **{"from": series})


@explained
def captured_positive(p, definite):
    """0 ≤ F_k."""
    right, *_ = inverse_of_definite(p, C, definite, S)
    sign = p.squares(le(zero(S, S), inv(C)), [(1, [], definite, inv(C))], using=[(right, inv(C), 1)])
    with p.generalise({"k": "int"}, [le(0, k)], le(0, F(k))) as positive:
        p.squares(le(0, F(k)), [(1, [], sign, v(k))])
    return positive.fact


@explained
def by_parts(p, step):
    """∀n: Σ_{l≤n} l|β_l|² = Σ_{k≤n} F_k − (n+1) F_n."""
    n = names("n")

    def goal(n):
        return eq(Sum("l", 0, n, ell * Abs(beta(ell)) ** 2), Sum("k", 0, n, F(k)) - (n + 1) * F(n))
    with p.branch() as base:
        p.identity(goal(0))
    block = p.new_id()
    with p.branch() as body:
        lost = p.apply(step, eq(F(n) - F(n + 1), Abs(beta(n + 1)) ** 2), K=n)
        p.identity(goal(n + 1), [(f"{block}.2", 1), (lost, -(n + 1))])
    return p.step("induction", forall({"n": "nat"}, [], goal(n)), block, base=base, step=body)


@explained
def lower_partial(p, series, nonneg, total, parts, decreasing, W):
    """Σ_{k≤M} F_k − W ≤ (M+1) F_N for every N ≥ M, and F_N tends to 0."""
    target, n = Sum("k", 0, M, F(k)), names("n")

    def grows(n):
        return le(target - (M + 1) * F(n), Sum("k", 0, n, F(k)) - (n + 1) * F(n))
    with p.branch() as base:
        p.squares(grows(M))
    block = p.new_id()
    with p.branch() as body:
        apart = p.squares(le(0, n - M), [(1, [f"{block}.1"], "", 1)])
        drop = p.apply(decreasing, le(F(n + 1), F(n)), K=n)
        p.squares(grows(n + 1), [(1, [f"{block}.2"], "", 1), (1, [apart, drop], "", 1)])
    growth = p.step("induction", forall({"n": "int"}, [le(M, n)], grows(n)), block, base=base, step=body)
    with p.generalise({"N": "int"}, [le(M, N)], le(target - W, (M + 1) * F(N))) as every:
        part = p.series("partial", le(Sum("l", 0, N, ell * Abs(beta(ell)) ** 2), W), series, nonneg, K=N)
        equal = p.apply(parts, eq(Sum("l", 0, N, ell * Abs(beta(ell)) ** 2), Sum("k", 0, N, F(k)) - (N + 1) * F(N)), n=N)
        more = p.apply(growth, grows(N), n=N)
        p.squares(le(target - W, (M + 1) * F(N)), [(1, [part], "", 1), (1, [more], "", 1)], using=[(equal, -1)])
    fading = p.series("linear", sums("k", 0, (M + 1) * F(k), (M + 1) * S), using=[[total, M + 1, 1]])
    gone = p.series("vanishing", le(target - W, 0), fading, every)
    return p.squares(le(target, W), [(1, [gone], "", 1)])


claim.must_refuse(
    sign_flipped=changed(eq(beta(0), -B(0))),
    tail_shifted=changed(eq(F(0) - F(1), Abs(beta(0)) ** 2)),
    mean_improved=changed(both(POWER_SERIES, TAIL, sums("l", 0, ell * Abs(beta(ell)) ** 2, S - 1))),
    outside_the_disk=changed(both(forall({"z": "complex"}, [], sums("l", 0, beta(ell) * z**ell, B(z))), TAIL, MEAN)),
    zero_poles=changed(given={3: None}),
    poles_may_coincide=changed(given={2: None}),
)
for wrong in ("sign_flipped", "tail_shifted"):
    claim.refute(wrong)(fails_at(S=1, a=fn("n", T(1) / 2)))


def coefficients(a, u, count):
    """The formula, exactly: β_L = (δ_L − Σ ā_s^L u_s)/Π ā_s."""
    from math import prod

    from numeric import reference

    mirrored = [[power.conjugate() for power in reference.powers(a, n)] for n in range(count)]
    root = prod((pole.conjugate() for pole in reference.column(a)), start=reference.ONE)
    return [((reference.ZERO if n else reference.ONE) - reference.dot(mirrored[n], u)) / root for n in range(count)]


def product_series(a, count):
    """Π (a_s − z)/(1 − ā_s z) as a power series, exactly: multiply by a_s − z, then divide by 1 − ā_s z, one pole after another."""
    from numeric import reference

    series = [reference.ONE] + [reference.ZERO] * (count - 1)
    for pole in reference.column(a):
        lifted = [pole * now - before for before, now in zip([reference.ZERO, *series], series, strict=False)]
        for n in range(1, count):
            lifted[n] = lifted[n] + pole.conjugate() * lifted[n - 1]
        series = lifted
    return series


@claim.oracle
def exact_series():
    """β_0 … β_9 from the power series of the product and from u with X u = 1; 1 − Σ_{L≤K}|β_L|² against F_K from the exact Gramian."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, pole_sets

    results, count = [], 10
    for order in (1, 2, 3, 4):
        for kind, drawn in pole_sets(order, order + 70).items():
            A, ones, inputs = reference.diagonal(drawn), [reference.ONE] * order, {"S": order}
            series = product_series(drawn, count)
            formula = coefficients(drawn, reference.solve(reference.stein(A, reference.outer(ones)), ones), count)
            agree = sum(x == y for x, y in zip(series, formula, strict=True))
            results.append(compared(f"{kind} poles, coefficients that agree", inputs, agree, count))
            for lag in (0, 4, 9):
                rest, share = 1 - sum(value.abs2() for value in series[: lag + 1]), reference.capture_dense(A, ones, lag)
                results.append(compared(f"{kind} poles, F_K", inputs | {"K": lag}, float(share), float(rest), inside=share == rest))
    return results


@claim.oracle
def winding():
    """Σ L |β_L|² by a discrete transform of the product on the unit circle, S up to 8; all energies decay within the transform."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared, doubles, pole_sets

    results, points = [], 2**16
    circle = np.exp(2j * np.pi * np.arange(points) / points)
    for order in (1, 2, 4, 8):
        for kind, drawn in pole_sets(order, order + 74).items():
            poles = doubles(drawn)
            poles *= min(1, 0.999 / np.abs(poles).max())  # 0.999^65536 < 1e-28
            product = np.prod((poles[:, None] - circle) / (1 - poles.conj()[:, None] * circle), axis=0)
            energies = np.abs(np.fft.fft(product) / points) ** 2
            mean = float(np.arange(points) @ energies)
            results.append(compared(f"{kind} poles, Σ L|β_L|²", {"S": order}, mean, order, abs(mean - order) < 1e-9))
    return results
