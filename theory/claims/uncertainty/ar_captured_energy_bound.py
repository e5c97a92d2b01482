"""The trace argument with one direction split off, for any matrices: energy captured at lag K under an AR(1) input."""
from typing import NamedTuple

from theory.claim import Claim
from theory.language import Sum, T, both, eq, eye, forall, inv, le, lt, mat, names, ne, statement, tr, within, zero
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import contraction, inverse_of_definite, positive_reciprocal

n, K, rho, q, A, Q, v, e, j, k = names("n K rho q A Q v e j k")
G, M, Z, W, kappa, powers = names("G M Z W kappa powers")
INNOVATION = le(A @ Q @ A.H + (v - rho * A @ v) @ (v - rho * A @ v).H / (1 - rho**2), Q)
GIVEN = [le(0, rho), lt(rho, 1), lt(zero(n, n), Q), INNOVATION, le(v @ v.H, Q), eq(e.H @ A, rho * e.H), eq(e.H @ v, 1),
         eq(e.H @ Q @ e, q), le(1, q)]
BOUND = rho**2 / (1 - rho**2) + (n - 1) * (1 + rho) / (1 - rho)
MONOTONE = forall({"k": "nat"}, [], le(G(k + 1), G(k)))
SHARE, TOTAL = le(K * G(K), Sum("k", 1, K, G(k))), le(Sum("k", 1, K, G(k)), BOUND)
RESULT = le(K * G(K), BOUND)

claim = Claim(
    title="Captured energy under an AR(1) input",
    says="If Q dominates A Q A* and the innovation v − ρAv of v, if vv* ⪯ Q and e is a left eigenvector of A for ρ with e*v = 1, then "
         "K·v*A*^K Q⁻¹ A^K v ≤ ρ²/(1 − ρ²) + (n − 1)(1 + ρ)/(1 − ρ).",
    statement=statement(
        forall({"n": "nat", "K": "nat", "rho": "real", "q": "real", "A": mat(n, n), "Q": mat(n, n), "v": mat(n), "e": mat(n)}, GIVEN,
               both(MONOTONE, SHARE, TOTAL, RESULT)),
        [("G", ["k"], v.H @ (A**k).H @ inv(Q) @ A**k @ v)]),
    reference="the argument behind UP.T3b and UP.ar+",
    hypotheses={"0 ≤ ρ < 1": "the bound is negative or undefined", "0 ≺ Q": "G is not defined",
                "A Q A* + (v − ρAv)(v − ρAv)*/(1 − ρ²) ⪯ Q": "A = diag(1, ρ) would keep G above a positive number",
                "vv* ⪯ Q": "scaling v scales G",
                "e*A = ρe*, e*v = 1, 1 ≤ q = e*Qe": "without them the direction e takes more than its share"},
    limits="Any matrices that meet the hypotheses; the sum runs over the lags 1..K.",
)


@claim.derive
def decrease(step):
    import sympy

    from theory.identities import equal

    decay = sympy.symbols("rho", positive=True)
    v, y, V, Y = sympy.symbols("v y v_s y_s")  # v, Av and what stands for v*, (Av)*
    kappa = (1 + decay) / (1 - decay)
    innovation = (v - decay * y) * (V - decay * Y) / (1 - decay**2)
    equal(step, "each state is dominated by a decrease", kappa * innovation - decay / (1 - decay) * (v * V - y * Y) - v * V,
          decay * (v - y) * (V - Y) / (1 - decay) ** 2,
          why="y = Av; W = κQ − ρ/(1−ρ) vv*: W − AWA* − vv* is κ(Q − AQA* − innovation) plus the square on the right")
    n = sympy.symbols("n", integer=True, positive=True)
    partial = (decay**2 - decay ** (2 * n + 2)) / (1 - decay**2)
    equal(step, "first direction", partial.subs(n, n + 1) - partial, decay ** (2 * n + 2),
          why="Σ_{k≤n} ρ^{2k} by differences; it stays below ρ²/(1 − ρ²)")
    order = sympy.symbols("n", positive=True)
    equal(step, "the share at ρ = 0", sympy.limit(decay**2 / (1 - decay**2) + (order - 1) * kappa, decay, 0), order - 1, shown="bound",
          why="the white bound for the n − 1 poles besides the direct term")


@claim.certify
def proof(p, _):
    """A* Q⁻¹ A ⪯ Q⁻¹, so G_k = (A^k v)* Q⁻¹ A^k v does not increase and K G_K ≤ G_1 + … + G_K = tr(Q⁻¹ M) with M = Σ_{k=1}^K A^k v v* A*^k.

    Split Q⁻¹ = ee*/q + Z with q = e*Qe, where Z ⪰ 0 by Cauchy and Schwarz and tr(ZQ) = n − 1. The first part sums ρ^{2k}, because
    e*A^k v = ρ^k, so it gives at most ρ²/(1 − ρ²). For the second M ⪯ (1 + ρ)/(1 − ρ) Q, from the innovations v − ρAv.
    """
    p.inhabited(n=1, K=0, rho=0, q=1, A=0, Q=1, v=1, e=1)
    p.abbreviate("M", ["k"], Sum("j", 1, "k", A ** "j" @ v @ v.H @ (A ** "j").H))
    p.abbreviate("kappa", [], (1 + rho) / (1 - rho))
    p.abbreviate("Z", [], inv(Q) - e @ e.H / q)
    p.abbreviate("W", [], kappa * Q - rho / (1 - rho) * v @ v.H)
    p.abbreviate("powers", [], Sum("k", 1, K, rho ** (2 * k)))
    known = numbers(p)
    inverse = inverse_of_definite(p, Q, p.given(3), n)
    monotone = decreasing(p, known, inverse)
    share = share_of_sum(p, monotone)
    total = sum_of_energies(p, states_below(p, known), known, inverse)
    p.both(monotone, share, total, p.squares(RESULT, [(1, [share], "", 1), (1, [total], "", 1)]))


class Numbers(NamedTuple):
    """1/(1 − ρ), 1/(1 − ρ²), κ = (1 + ρ)/(1 − ρ) and 1/q are not negative; 1 − ρ, 1 − ρ² and q are not zero."""
    room: str
    square: str
    kappa: str
    size: str
    proper: list


@explained
def numbers(p):
    """1 − ρ, 1 − ρ² and q are positive."""
    room = p.squares(lt(0, 1 - rho), [(1, [p.given(2)], "", 1)])
    wide = p.squares(lt(0, 1 + rho), [(1, [], "", 1), (1, [p.given(1)], "", 1)])
    square = p.squares(lt(0, 1 - rho**2), [(1, [room, wide], "", 1)])
    size = p.squares(lt(0, q), [(1, [], "", 1), (1, [p.given(9)], "", 1)])
    proper = [p.order("nonzero", ne(x, 0), ref) for x, ref in ((1 - rho, room), (1 - rho**2, square), (q, size))]
    room, square, size = (positive_reciprocal(p, x, ref, regular)
                          for x, ref, regular in zip((1 - rho, 1 - rho**2, q), (room, square, size), proper, strict=True))
    return Numbers(room, square, p.squares(le(0, kappa), [(1, [wide, room], "", 1)]), size, proper)


@explained
def decreasing(p, known, inverse):
    """A Q A* ⪯ Q gives G_{k+1} ≤ G_k."""
    reduced = p.squares(le(A @ Q @ A.H, Q), [(1, [], p.given(4), eye(n)), (1, [known.square], "", (v - rho * A @ v).H)])
    shrinks = contraction(p, A, Q, (p.given(3), reduced), inverse)
    with p.generalise({"k": "nat"}, [], le(G(k + 1), G(k))) as monotone:
        p.squares(le(G(k + 1), G(k)), [(1, [], shrinks, A**k @ v)])
    return monotone.fact


@explained
def share_of_sum(p, monotone):
    """K G_K ≤ Σ_{k=1}^{K} G_k, because G decreases."""
    m = names("m")

    def share(m):
        return le(m * G(m), Sum("k", 1, m, G(k)))
    with p.branch() as base:
        p.squares(share(0))
    block = p.new_id()
    with p.branch() as step:
        drop = p.apply(monotone, le(G(m + 1), G(m)), k=m)
        p.squares(share(m + 1), [(1, [f"{block}.2"], "", 1), (1, [f"{block}.1", drop], "", 1)])
    return p.apply(p.step("induction", forall({"m": "nat"}, [], share(m)), block, base=base, step=step), share(K), m=K)


@explained
def states_below(p, known):
    """Σ_{j=1}^{K} A^j v v* A*^j ⪯ κQ. With W = κQ − (ρ/(1 − ρ)) vv* each state is dominated by a decrease, vv* ⪯ W − A W A*, because the
    difference is κ times what the hypothesis leaves and ρ (v − Av)(v − Av)*/(1 − ρ)²; and W ⪰ 0 because vv* ⪯ Q."""
    m = names("m")
    once = p.squares(le(v @ v.H, W - A @ W @ A.H),
                     [(1, [known.kappa], p.given(4), eye(n)), (1, [p.given(1)], "", (v - A @ v).H / (1 - rho))], nonzero=known.proper)

    def partial(m):
        return le(M(m), A @ W @ A.H - A ** (m + 1) @ W @ (A ** (m + 1)).H)
    with p.branch() as base:
        p.squares(partial(0))
    block = p.new_id()
    with p.branch() as step:
        p.squares(partial(m + 1), [(1, [], f"{block}.2", eye(n)), (1, [], once, (A ** (m + 1)).H)])
    every = p.step("induction", forall({"m": "nat"}, [], partial(m)), block, base=base, step=step)
    here, last = p.apply(every, partial(K), m=K), A ** (K + 1)
    return p.squares(le(M(K), kappa * Q),
                     [(1, [], here, eye(n)), (1, [], once, eye(n)), (1, [p.given(1), known.room], "", v.H), (1, [], "", v.H),
                      (1, [known.kappa], p.given(5), last.H),
                      (1, [known.room], "", (last @ v).H)], nonzero=known.proper)


@explained
def sum_of_energies(p, states, known, inverse):
    """Σ_{k=1}^{K} G_k = tr(Q⁻¹ Σ v_k v_k*) with Q⁻¹ = ee*/q + Z and Z ⪰ 0: the first part is Σ ρ^{2k}/q ≤ ρ²/(1 − ρ²), the second at most
    κ tr(ZQ) = κ(n − 1)."""
    right, left, _, adjoint_left, _ = inverse
    split = e @ e.H / q
    rest = p.squares(le(zero(n, n), Z), [(1, [], p.given(3), Z)],
                     using=[(adjoint_left, 1, inv(Q)), (adjoint_left, -1, split), (right, -split), (p.given(8), split / q)],
                     nonzero=known.proper)
    trace = p.step("trace", le(0, tr(Z @ (kappa * Q - M(K)))), of=[rest, states])
    whole = p.step("congruence", eq(tr(inv(Q) @ Q), tr(eye(n))), equal=left, context=["fn", "m_", ["tr", "m_"]])
    first = first_direction(p)
    limit, sign = geometric(p, known)
    beyond = p.squares(le(0, 1 - 1 / q), [(1, [p.given(9), known.size], "", 1)], nonzero=known.proper)
    return p.squares(TOTAL, [(1, [trace], "", 1), (1, [sign, beyond], "", 1), (1, [limit], "", 1)],
                     using=[(whole, kappa), (p.given(8), -kappa / q), (first, 1 / q)], nonzero=known.proper)


@explained
def first_direction(p):
    """Σ_{k=1}^{K} |e*A^k v|² = Σ ρ^{2k}, because e*A^k = ρ^k e*."""
    with p.branch() as base:
        p.operator(eq(e.H @ A**0, rho**0 * e.H))
    block = p.new_id()
    with p.branch() as step:
        p.operator(eq(e.H @ A ** (k + 1), rho ** (k + 1) * e.H), [(f"{block}.2", 1, A), (p.given(6), rho**k)])
    every = p.step("induction", forall({"k": "nat"}, [], eq(e.H @ A**k, rho**k * e.H)), block, base=base, step=step)
    here = e.H @ A**k @ v
    with p.generalise({"k": "int"}, within(1, k, K), eq(here.H @ here, rho ** (2 * k))) as each:
        row = p.apply(every, eq(e.H @ A**k, rho**k * e.H), k=k)
        value = p.identity(eq(here, rho**k), [(row, 1, v), (p.given(7), rho**k)])
        mirrored = p.step("congruence", eq(here.H, rho**k), equal=value, context=["fn", "m_", ["adj", "m_"]])
        p.identity(each.shows[3], [(value, here.H), (mirrored, rho**k)])
    return p.step("congruence", eq(Sum("k", 1, K, here.H @ here), powers), equal=each.fact)


@explained
def geometric(p, known):
    """0 ≤ Σ_{k=1}^{K} ρ^{2k} = (ρ² − ρ^{2K+2})/(1 − ρ²) ≤ ρ²/(1 − ρ²)."""
    m, facts = names("m"), []
    whole = rho**2 / (1 - rho**2)
    for claim_at, base_terms, terms in (
            (lambda m: le(Sum("k", 1, m, rho ** (2 * k)), whole - rho ** (2 * m + 2) / (1 - rho**2)), [], []),
            (lambda m: le(0, Sum("k", 1, m, rho ** (2 * k))), [], [(1, [], "", rho ** (m + 1))])):
        with p.branch() as base:
            p.squares(claim_at(0), base_terms)
        block = p.new_id()
        with p.branch() as step:
            p.squares(claim_at(m + 1), [(1, [f"{block}.2"], "", 1), *terms], nonzero=known.proper)
        facts.append(p.apply(p.step("induction", forall({"m": "nat"}, [], claim_at(m)), block, base=base, step=step), claim_at(K), m=K))
    limit = p.squares(le(powers, whole), [(1, [facts[0]], "", 1), (1, [known.square], "", rho ** (K + 1))])
    return limit, facts[1]


claim.must_refuse(
    without_the_input=changed(le(K * G(K), (n - 1) * (1 + rho) / (1 - rho))),
    energy_grows=changed(le(G(K), G(K + 1))),
    strict=changed(lt(K * G(K), BOUND)),
    white_noise_constant=changed(le(K * G(K), rho**2 / (1 - rho**2) + n - 1)),
    not_dominated=changed(RESULT, given={4: None}),
    state_too_large=changed(RESULT, given={5: None}),
    no_eigenvector=changed(RESULT, given={6: None}),
    only_semidefinite=changed(given={3: le(zero(n, n), Q)}),
)
ONE = {"n": 1, "q": 1, "Q": 1, "v": 1, "e": 1}
claim.refute("without_the_input")(fails_at(K=1, rho=T(1) / 2, A=T(1) / 2, **ONE))
claim.refute("energy_grows")(fails_at(K=0, rho=T(1) / 2, A=T(1) / 2, **ONE))
claim.refute("strict")(fails_at(K=0, rho=0, A=0, **ONE))


def share(order, rho):
    """The formula: ρ²/(1 − ρ²) + (n − 1)(1 + ρ)/(1 − ρ)."""
    return rho**2 / (1 - rho**2) + (order - 1) * (1 + rho) / (1 - rho)


@claim.oracle
def exact_energies():
    """A = diag(a) with ρ the last pole, Q the exact solution of X = A X A* + 1 1ᵀ over 1 − ρ²: G decreases and K G_K is below the bound."""
    from fractions import Fraction
    from itertools import pairwise

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, pole_sets

    results = []
    for order, decay in ((2, Fraction(1, 2)), (3, Fraction(4, 5)), (4, Fraction(1, 7))):
        for kind, drawn in pole_sets(order - 1, order + 70).items():
            a, r, one = reference.column([*drawn, (decay, 0)]), reference.gaussian(decay), reference.ONE
            X = reference.stein(reference.diagonal(a), reference.outer([one] * order))
            state, energies = [one / (one - pole * r) for pole in a], []
            for _ in range(9):
                energy = reference.dot([value.conjugate() for value in state], reference.solve(X, state)).re
                energies.append((1 - decay**2) * energy)
                state = [pole * value for pole, value in zip(a, state, strict=True)]
            worst = max(range(9), key=lambda lag: lag * energies[lag])
            decreasing = all(later <= earlier for earlier, later in pairwise(energies))
            results.append(bounded(f"{kind} poles, largest K G_K", {"n": order, "K": worst, "rho": str(decay)},
                                   float(worst * energies[worst]),
                                   float(share(order, decay)), inside=decreasing and worst * energies[worst] <= share(order, decay)))
    return results
