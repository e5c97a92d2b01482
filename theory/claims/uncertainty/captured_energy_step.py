"""What is lost from one lag to the next, and the captured energy as a tail (paper, Appendix C, third step)."""
from theory.claim import Claim
from theory.language import Abs, Prod, Sum, T, both, conj, entry, eq, fn, forall, inv, le, names, statement, sums, within, zero
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import (
    DISTINCT,
    NONZERO,
    POLES,
    STABLE,
    WHERE_C,
    WHERE_D,
    WHERE_F,
    WHERE_ONE,
    WHERE_POWER,
    C,
    D,
    F,
    K,
    S,
    a,
    e,
    for_each_pole,
    v,
)
from theory.papers.uncertainty_steps import MODULI, energies_agree, energy, energy_bounds, gram_inverse, inverse_displacement
from theory.proof import explained

s, u, h, r, j, N, R = names("s u h r j N R")
STEP = forall({"K": "nat"}, [], eq(F(K) - F(K + 1), Abs(R(K + 1)) ** 2 / Prod("s", 1, S, Abs(a[s]) ** 2)))
TAIL = forall({"K": "nat"}, [], sums("j", K + 1, Abs(R(j)) ** 2 / Prod("s", 1, S, Abs(a[s]) ** 2), F(K)))
WHERE = [WHERE_C, WHERE_ONE, WHERE_POWER, WHERE_F, ("u", [], inv(C) @ e),
         ("R", ["k"], Sum("s", 1, S, conj(a[s]) ** "k" * entry(u, s, 1)))]

claim = Claim(
    title="Captured energy from one lag to the next",
    says="F_K − F_{K+1} = |Σ ā_s^{K+1} u_s|² / Π |a_s|², and F_K = Σ_{L>K} |Σ ā_s^L u_s|² / Π |a_s|².",
    statement=statement(forall(POLES, [STABLE, DISTINCT, NONZERO], both(STEP, TAIL)), WHERE),
    paper="UP", dossier="UP.C3", reference="Appendix C, third step", source="text",
    hypotheses={"|a_s| < 1": "F_K need not tend to 0", "distinct poles": "C is singular", "a_s ≠ 0": "division by Π |a_s|² = 0"},
    limits="With a zero pole F_K = 0 from some lag on, and the quotient has no meaning.",
)


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        poles = symbolic.Poles(order)
        symbolic.inverse(step, poles)
        symbolic.energy_drop(step, poles)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("k", ["/", 1, 2]))
    p.abbreviate("D", [], WHERE_D[2])
    p.abbreviate("h", [], inv(D.H) @ inv(C) @ inv(D) @ e)
    p.abbreviate("P", ["k"], Sum("j", 0, "k", D ** "j" @ e @ e.H @ (D ** "j").H))
    stein, inverse = gram_inverse(p)
    displaced, proportional, _ = inverse_displacement(p, stein, inverse)
    agree = energies_agree(p)
    with p.generalise({"K": "nat"}, [], STEP.json[3]) as step:
        lost_energy(p, displaced, proportional, inverse, agree)
    bounds = energy_bounds(p, inverse.positive, stein, agree)
    sign = p.squares(le(zero(S, S), inv(C)), [(1, [], inverse.positive, inv(C))], using=[(inverse.right, inv(C).H, 1)])
    with p.generalise({"K": "nat"}, [], TAIL.json[3]) as tail:
        energy_as_tail(p, step.fact, bounds, sign)
    p.conclude(step.fact, tail.fact)


@explained
def lost_energy(p, displaced, proportional, inverse, agree):
    """F_K = w*Hw and F_{K+1} = w*C⁻¹w for w = D^{K+1}1, and H − C⁻¹ = u u*/Π|a_s|²."""
    Z, H, w, scale = inv(C), inv(D.H) @ inv(C) @ inv(D), D ** (K + 1) @ e, 1 / MODULI
    here, after = (p.apply(agree, eq(energy(k), F(k)), k=k) for k in (K, K + 1))
    forward = p.identity(eq(energy(K), w.H @ H @ w),
                         [(inverse.adjoint_right, -(D**K @ e).H, Z @ inv(D) @ w), (inverse.pole_left, -(D**K @ e).H @ Z, D**K @ e)])
    mirrored = p.step("congruence", eq(h.H, scale * u.H), equal=proportional, context=["fn", "m_", ["adj", "m_"]])
    value = p.entries(eq(w.H @ u, R(K + 1)))
    flipped = p.step("congruence", eq(conj(w.H @ u), conj(R(K + 1))), equal=value, context=fn("m_", conj("m_")))
    p.identity(STEP.json[3], [(here, -1), (after, 1), (forward, 1), (displaced, w.H, w), (mirrored, w.H @ u, w),
                              (value, scale * conj(w.H @ u)), (flipped, scale * R(K + 1))])


@explained
def energy_as_tail(p, step, bounds, sign):
    """Partial sums telescope to F_K − F_N, and (N+1) F_N ≤ S."""
    term, root = Abs(R(j)) ** 2 / MODULI, Prod("m_", 1, S, a["m_"])
    with p.generalise({"j": "int"}, [le(K + 1, j)], le(0, term)) as positive:
        p.squares(le(0, term), [(1, [], "", R(j) / root)])
    partial, reached = Sum("j", K + 1, N, term), F(K) - F(N)
    with p.generalise({"N": "int"}, [le(K + 1, N)], both(eq(partial, reached), le(0, F(N)), le((N + 1) * F(N), S))) as every:
        with p.generalise({"j": "int"}, within(K + 1, j, N), eq(term, F(j - 1) - F(j))) as difference:
            lost = p.apply(step, eq(F(j - 1) - F(j), term), K=j - 1)
            p.identity(eq(term, F(j - 1) - F(j)), [(lost, -1)])
        differences = Sum("j", K + 1, N, F(j - 1) - F(j))
        same = p.step("congruence", eq(partial, differences), equal=difference)
        telescoped = p.step("telescoping", eq(differences, reached), T=fn("r", -F(r - 1)))
        p.both(p.identity(eq(partial, reached), [(same, 1), (telescoped, 1)]), p.squares(le(0, F(N)), [(1, [], sign, v(N))]),
               p.apply(bounds, le((N + 1) * F(N), S), r=N))
    with p.generalise({"N": "int"}, [le(K + 1, N)], le(partial, F(K))) as below:
        facts = every_at(p, every, partial, reached)
        p.squares(le(partial, F(K)), [(1, [facts[1]], "", 1)], using=[(facts[0], 1)])
    with p.generalise({"N": "int"}, [le(K + 1, N)], le((F(K) - partial) * (N - (K + 1) + 1), S)) as close:
        facts = every_at(p, every, partial, reached)
        early = p.squares(le(0, K + 1), [(1, [p.order("basic", le(0, K))], "", 1), (1, [], "", 1)])
        p.squares(le((F(K) - partial) * (N - (K + 1) + 1), S), [(1, [facts[2]], "", 1), (1, [early, facts[1]], "", 1)],
                  using=[(facts[0], K - N)])
    p.series("remainder", TAIL.json[3], positive, below, close, c=S)


def every_at(p, every, partial, reached):
    """The three facts about F_N at a given N."""
    return [p.apply(every, shows, N=N) for shows in (eq(partial, reached), le(0, F(N)), le((N + 1) * F(N), S))]


LOST = F(0) - F(1)
claim.must_refuse(
    without_product=changed(eq(LOST, Abs(R(1)) ** 2)),
    product_not_squared=changed(eq(LOST, Abs(R(1)) ** 2 / Prod("s", 1, S, Abs(a[s])))),
    lag_shifted=changed(eq(LOST, Abs(R(0)) ** 2 / MODULI)),
    sign_flipped=changed(eq(F(1) - F(0), Abs(R(1)) ** 2 / MODULI)),
    tail_from_K=changed(both(STEP, forall({"K": "nat"}, [], sums("j", K, Abs(R(j)) ** 2 / MODULI, F(K))))),
    zero_poles=changed(given={3: None}),
    poles_may_coincide=changed(given={2: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)
for wrong in ("without_product", "product_not_squared", "lag_shifted", "sign_flipped"):
    claim.refute(wrong)(fails_at(S=1, a=fn("n", T(1) / 2)))


def quotient(a, u, lag):
    """The formula, exactly: |Σ ā_s^lag u_s|²/Π |a_s|²."""
    from math import prod

    from numeric import reference

    mirrored = [value.conjugate() for value in reference.powers(a, lag)]
    return reference.dot(mirrored, u).abs2() / prod(pole.abs2() for pole in reference.column(a))


@claim.oracle
def exact_losses():
    """F_K from the exact Gramian X = D X D* + 1 1ᵀ at successive lags, against the quotient with X u = 1."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, pole_sets

    results = []
    for order, lag in ((1, 0), (2, 1), (3, 4), (4, 7)):
        for kind, drawn in pole_sets(order, order + 40).items():
            A, ones = reference.diagonal(drawn), [reference.ONE] * order
            u = reference.solve(reference.stein(A, reference.outer(ones)), ones)
            measured = reference.capture_dense(A, ones, lag) - reference.capture_dense(A, ones, lag + 1)
            expected = quotient(drawn, u, lag + 1)
            results.append(compared(f"{kind} poles, F_K − F_(K+1)", {"S": order, "K": lag}, float(measured), float(expected),
                                    inside=measured == expected))
    return results


@claim.oracle
def tails():
    """F_K of the float64 cascade, less what is left after 20 000 more lags, against that many terms of the series; S up to 16."""
    import numpy as np

    from numeric import gram
    from theory.papers.uncertainty_measurements import compared

    results, terms = [], 20_000
    for order, radius, lag in ((2, 0.5, 0), (8, 0.99, 30), (16, 0.9999, 1000)):
        roots = radius * np.exp(2j * np.pi * (np.arange(order) + 0.3) / order)
        energies = gram.capture(roots, lag + terms)
        u = np.linalg.solve(gram.gram(roots), np.ones(order))
        powers = np.exp(np.outer(np.arange(lag + 1, lag + terms + 1), np.log(roots.conj())))
        expected = float(np.sum(np.abs(powers @ u) ** 2)) / float(np.prod(np.abs(roots) ** 2))
        measured = float(energies[lag] - energies[lag + terms])
        results.append(compared(f"radius {radius}", {"S": order, "K": lag}, measured, expected, abs(measured - expected) < 1e-10))
    return results
