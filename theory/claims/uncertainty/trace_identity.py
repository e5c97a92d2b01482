"""Three lines instead of an appendix: captured energies decrease and sum to the order (stronger than the paper)."""
import itertools
import math

from theory.claim import Claim
from theory.language import (
    Abs,
    Sum,
    T,
    both,
    conj,
    diag,
    entry,
    eq,
    eye,
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
    tr,
    vec,
    within,
    zero,
)
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import DISTINCT, NONZERO, POLES, STABLE, WHERE_C, WHERE_F, WHERE_POWER, C, D, F, S, a, e, for_each_pole, k, v
from theory.papers.uncertainty_steps import energies_agree, energy_bounds
from theory.proof import explained
from theory.steps import inverse_of_definite, no_unit_product, product_in_disk

s, t, K = names("s t K")
MONOTONE = forall({"k": "nat"}, [], le(F(k + 1), F(k)))
TOTAL = sums("k", 0, F(k), S)
BOUND = forall({"K": "nat"}, [], le((K + 1) * F(K), S))
STRICT = forall({"K": "nat"}, [le(1, S), NONZERO], lt((K + 1) * F(K), S))



def draw(figure):
    """Partial sums of the captured energies of three pole sets, which rise to the order S."""
    from numeric import gram

    axes, lags = figure.subplots(), range(121)
    for order, mark in ((1, "-"), (3, "--"), (6, ":")):
        drawn = [0.9 * complex(math.cos(2 * s), math.sin(2 * s)) for s in range(order)]
        axes.plot(lags, list(itertools.accumulate(map(float, gram.capture(drawn, 120)))), mark, label=f"$S = {order}$")
        axes.axhline(order, color="#9aa3ab", lw=0.8)
    axes.set(xlabel="lag $K$", ylabel=r"$F_0 + \cdots + F_K$")
    axes.legend(fontsize=9, loc="center right", bbox_to_anchor=(1, 0.72))


claim = Claim(
    page=draw,
    title="Captured energies decrease and sum to the order",
    says="F_{K+1} ≤ F_K and Σ_k F_k = S; hence (K+1) F_K ≤ S, strictly when no pole is zero.",
    statement=statement(forall(POLES, [STABLE, DISTINCT], both(MONOTONE, TOTAL, BOUND, STRICT)), [WHERE_C, WHERE_POWER, WHERE_F]),
    paper="UP", dossier="UP.short+", reference="stronger than the paper", source="own",
    hypotheses={"|a_s| < 1": "the series diverges", "distinct poles": "C is singular (UP.conf+ covers repeated poles)",
                "a_s ≠ 0 (strictness)": "S = 1, a = 0, K = 0 has F_0 = 1"},
    limits="Distinct poles; repeated poles are UP.conf+.",
)


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        poles = symbolic.Poles(order)
        symbolic.inverse(step, poles)
        symbolic.energy_total(step, poles)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("k", 0))
    no_unit_product(p, a, S, p.given(1))
    p.abbreviate("D", [], diag("s", S, a[s]))
    p.abbreviate("e", [], vec("s", S, 1))
    p.abbreviate("P", ["k"], Sum("j", 0, k, D ** "j" @ e @ e.H @ (D ** "j").H))
    stein = p.use("uncertainty.gram_stein", eq(C - D @ C @ D.H, e @ e.H), S=S, a=a)
    positive = p.use("uncertainty.gram_definite", lt(zero(S, S), C), S=S, a=a)
    p.step("invertible", invertible(C), mode="positive", **{"from": positive})
    right, left, *_ = inverse_of_definite(p, C, positive, S)
    total = energies_sum_to_order(p, left)
    bounds = energy_bounds(p, positive, stein, energies_agree(p))
    with p.generalise({"k": "nat"}, [], le(F(k + 1), F(k))) as monotone:
        p.apply(bounds, le(F(k + 1), F(k)), r=k)
    with p.generalise({"K": "nat"}, [], le((K + 1) * F(K), S)) as bound:
        p.apply(bounds, le((K + 1) * F(K), S), r=K)
    p.conclude(monotone.fact, total, bound.fact, strictness(p, positive, right, bounds))


@explained
def energies_sum_to_order(p, left):
    """Σ_k F_k = Σ_s Σ_t (C⁻¹)_st Σ_k (ā_s a_t)^k = Σ_s Σ_t (C⁻¹)_st C_ts = tr(C⁻¹C) = S."""
    Z, x, weight = inv(C), a[t] * conj(a[s]), entry(inv(C), s, t)
    rows, columns = within(1, s, S), within(1, t, S)
    with p.generalise({"s": "int"}, rows, sums("k", 0, Sum("t", 1, S, weight * x**k), Sum("t", 1, S, weight / (1 - x)))) as row:
        with p.generalise({"t": "int"}, columns, sums("k", 0, weight * x**k, weight / (1 - x))) as cell:
            below = [p.apply(p.given(1), lt(Abs(a[m]), 1), s=m) for m in (t, s)]
            inside = product_in_disk(p, a[t], a[s], *below)
            power = p.series("geometric", sums("k", 0, x**k, 1 / (1 - x)), inside, z=x)
            p.series("linear", sums("k", 0, weight * x**k, weight / (1 - x)), using=[[power, weight, 1]])
        p.series("exchange", sums("k", 0, Sum("t", 1, S, weight * x**k), Sum("t", 1, S, weight / (1 - x))), cell)
    expanded, value = Sum("s", 1, S, Sum("t", 1, S, weight * x**k)), Sum("s", 1, S, Sum("t", 1, S, weight / (1 - x)))
    series = p.series("exchange", sums("k", 0, expanded, value), row)
    with p.generalise({"k": "int"}, [le(0, k)], eq(expanded, F(k))) as form:
        p.entries(eq(expanded, F(k)))
    trace = p.entries(eq(tr(Z @ C), value))
    whole = p.step("congruence", eq(tr(Z @ C), tr(eye(S))), equal=left, context=["fn", "m_", ["tr", "m_"]])
    order = p.identity(eq(value, S), [(trace, -1), (whole, 1)])
    moved = p.step("congruence", sums("k", 0, expanded, S), equal=order, context=fn("m_", sums("k", 0, expanded, "m_")), **{"from": series})
    return p.series("equal", TOTAL, moved, form.fact)


@explained
def strictness(p, positive, right, bounds):
    """(K+1) F_K ≤ Σ_{k≤K} F_k < Σ_{k≤K+1} F_k ≤ S, because a^{K+1} ≠ 0."""
    Z, partial = inv(C), Sum("k", 0, K, F(k))
    regular = p.step("invertible", invertible(Z), mode="left", **{"from": right})
    definite = p.squares(lt(zero(S, S), Z), [(1, [], positive, Z)], using=[(right, Z.H, 1)], nonzero=[regular])
    with p.generalise({"K": "nat"}, [le(1, S), NONZERO], lt((K + 1) * F(K), S)) as block:
        first = p.apply(block(2), ne(a[1], 0), s=1)
        with p.contradiction(ne(v(K + 1), zero(S))) as absurd:
            power = p.step("congruence", eq(a[1] ** (K + 1), 0), equal=f"{absurd}.1", context=fn("m_", entry("m_", 1, 1)))
            p.identity(eq(1, 0), [(power, (1 / a[1]) ** (K + 1))], nonzero=[first])
        fresh = p.step("quadratic_form", lt(0, F(K + 1)), mode="positive", **{"from": [definite, str(absurd)]})
        share = p.apply(bounds, le((K + 1) * F(K), partial), r=K)
        total = p.apply(bounds, le(Sum("k", 0, K + 1, F(k)), S), r=K + 1)
        p.squares(lt((K + 1) * F(K), S), [(1, [fresh], "", 1), (1, [share], "", 1), (1, [total], "", 1)])
    return block.fact


claim.must_refuse(
    constant_improved=changed(le(2 * F(0), S)),
    strict_with_zero_poles=changed(lt(F(0), S)),
    sign_flipped=changed(le(F(0), F(1))),
    decays_slowly=changed(le(F(0) / 2, F(1))),
    total_improved=changed(both(MONOTONE, sums("k", 0, F(k), S - 1), BOUND, STRICT)),
    zero_poles=changed(both(MONOTONE, TOTAL, BOUND, forall({"K": "nat"}, [le(1, S)], lt((K + 1) * F(K), S)))),
    poles_may_coincide=changed(given={2: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)
claim.refute("constant_improved")(fails_at(S=1, a=fn("n", 0)))
claim.refute("strict_with_zero_poles")(fails_at(S=1, a=fn("n", 0)))
claim.refute("sign_flipped")(fails_at(S=1, a=fn("n", T(1) / 2)))
claim.refute("decays_slowly")(fails_at(S=1, a=fn("n", T(1) / 2)))


def total(order):
    """The formula: Σ_k F_k = S."""
    return order


@claim.oracle
def exact_energies():
    """F_0 … F_7 from the exact Gramian X: decreasing, (K+1) F_K < S, and S is their sum with tr(X⁻¹ D⁸ X D*⁸) for the rest."""
    from itertools import pairwise

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, compared, pole_sets

    results, lags = [], range(8)
    for order in (1, 2, 3, 4):
        for kind, drawn in pole_sets(order, order + 60).items():
            A, ones, rows = reference.diagonal(drawn), [reference.ONE] * order, range(order)
            energies = [reference.capture_dense(A, ones, lag) for lag in lags]
            X, shift = reference.stein(A, reference.outer(ones)), reference.powers(drawn, len(lags))
            columns = [reference.solve(X, [shift[s] * X[s][t] * shift[t].conjugate() for s in rows]) for t in rows]
            rest = sum((columns[t][t] for t in rows), reference.ZERO)
            results.append(compared(f"{kind} poles, sum of all F_k", {"S": order}, sum(energies) + rest.re, total(order)))
            worst = max(lags, key=lambda lag: (lag + 1) * energies[lag])
            share, decreasing = (worst + 1) * energies[worst], all(later <= earlier for earlier, later in pairwise(energies))
            results.append(bounded(f"{kind} poles, largest (K+1) F_K", {"S": order, "K": worst}, float(share), total(order),
                                   inside=decreasing and share < total(order)))
    return results


@claim.oracle
def cascade():
    """The all-pass cascade in float64, S up to 8: the sum of the energies reaches S once the poles have decayed."""
    import numpy as np

    from numeric import gram
    from theory.papers.uncertainty_measurements import compared, doubles, pole_sets

    results = []
    for order in (1, 2, 5, 8):
        for kind, drawn in pole_sets(order, order + 64).items():
            poles, lags = doubles(drawn), 40_000
            poles *= min(1, 0.999 / np.abs(poles).max())
            energies = gram.capture(poles, lags)
            decreasing = bool(np.all(np.diff(energies) <= 1e-14))
            measured = float(energies.sum())
            results.append(compared(f"{kind} poles, sum of F_0 … F_{lags}", {"S": order}, measured, total(order),
                                    inside=decreasing and abs(measured - total(order)) < 1e-9))
    return results
