"""Proof steps that several claims of the uncertainty-principle paper share, in the paper's notation (theory.papers.uncertainty)."""
from typing import NamedTuple

from theory.language import (
    Abs,
    Prod,
    Sum,
    T,
    both,
    conj,
    diag,
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
    raw,
    re,
    within,
    zero,
)
from theory.papers.uncertainty import C, D, F, K, L, S, a, b, e, k, s, t, v
from theory.proof import explained
from theory.steps import conjugate_nonzero, diagonal_inverse, inverse_of_definite, no_unit_product

n, u, h = names("n u h")
MODULI = Prod("m_", 1, S, Abs(a["m_"]) ** 2)


@explained
def power_column(p, k):
    """D^k 1 = a^k."""
    return p.entries(eq(D**k @ e, v(k)))


@explained
def loss_as_quadratic_form(p, loss, w, state):
    """L = 1 + w*Cw − 2 Re w*x with w = b̄ and the state x = a^K, from the closed form `loss` of UP.P15."""
    energy = p.entries(eq(w.H @ C @ w, Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) / (1 - a[s] * conj(a[t]))))))
    response = p.entries(eq(w.H @ state, Sum("s", 1, S, b[s] * a[s] ** K)))
    mirrored = p.step("congruence", eq(conj(w.H @ state), conj(Sum("s", 1, S, b[s] * a[s] ** K))), equal=response,
                      context=fn("m_", conj("m_")))
    return p.identity(eq(L, 1 + w.H @ C @ w - 2 * re(w.H @ state)), [(loss, 1), (energy, -1), (response, 1), (mirrored, 1)])


@explained
def states_and_rest(p, stein, P):
    """For every m: C − Σ_{j≤m} D^j e e* D*^j = D^{m+1} C D*^{m+1}; P(k) names the sum."""
    m = names("m")

    def rest(m):
        return eq(C - P(m), D ** (m + 1) @ C @ (D ** (m + 1)).H)
    with p.branch() as base:
        p.operator(rest(0), [(stein, 1)])
    block = p.new_id()
    with p.branch() as step:
        p.operator(rest(m + 1), [(f"{block}.2", 1), (stein, D ** (m + 1), (D ** (m + 1)).H)])
    return p.step("induction", forall({"m": "nat"}, [], rest(m)), block, base=base, step=step)


@explained
def states_below_gram(p, semidefinite, rest, P, k):
    """Σ_{j≤k} D^j e e* D*^j ⪯ C, because the rest is D^{k+1} C D*^{k+1}."""
    tail = p.apply(rest, eq(C - P(k), D ** (k + 1) @ C @ (D ** (k + 1)).H), m=k)
    return p.squares(le(P(k), C), [(1, [], semidefinite, (D ** (k + 1)).H)], using=[(tail, -1)])


class Inverse(NamedTuple):
    """Facts about Z = C⁻¹ and D⁻¹: Z C = I, C Z = I, Z* = Z, D⁻¹ D = I, D D⁻¹ = I, D*⁻¹ D* = I, D* D*⁻¹ = I, (D⁻¹, D*⁻¹ are diagonal)."""
    left: str
    right: str
    star: str
    pole_left: str
    pole_right: str
    adjoint_left: str
    adjoint_right: str
    diagonal: tuple
    positive: str


@explained
def gram_inverse(p):
    """(C − D C D* = 1 1ᵀ, facts about C⁻¹ and D⁻¹) for distinct non-zero poles in the disk: hypotheses 1, 2, 3 of the claim."""
    no_unit_product(p, a, S, p.given(1))
    stein = p.use("uncertainty.gram_stein", eq(C - D @ C @ D.H, e @ e.H), S=S, a=a)
    positive = p.use("uncertainty.gram_definite", lt(zero(S, S), C), S=S, a=a)
    p.step("invertible", invertible(C), mode="positive", **{"from": positive})
    right, left, star, _, _ = inverse_of_definite(p, C, positive, S)
    pole = inverse_of_diagonal(p, a[s], p.given(3))
    with p.generalise({"s": "int"}, within(1, s, S), ne(conj(a[s]), 0)) as mirrored:
        conjugate_nonzero(p, a[s], p.apply(p.given(3), ne(a[s], 0), s=s))
    adjoint = inverse_of_diagonal(p, conj(a[s]), mirrored.fact)
    return stein, Inverse(left, right, star, *pole[:2], *adjoint[:2], (pole[2], adjoint[2]), positive)


@explained
def inverse_of_diagonal(p, d, proper):
    """(M⁻¹ M = I, M M⁻¹ = I, M⁻¹ = diag(1/d)) for M = diag(d) with every d_s ≠ 0."""
    M, R = diag("s", S, d), diag("s", S, 1 / d)
    product = diagonal_inverse(p, S, d, proper, R @ M)
    regular = p.step("invertible", invertible(M), mode="left", **{"from": product})
    left, right = (p.step("invertible", eq(x, eye(S)), mode="inverse", **{"from": regular}) for x in (inv(M) @ M, M @ inv(M)))
    return left, right, p.operator(eq(inv(M), R), [(product, -1, inv(M)), (right, R, 1)])


@explained
def inverse_displacement(p, stein, known):
    """(H − Z = u h*, h = u/Π|a_s|²) for Z = C⁻¹, H = D*⁻¹C⁻¹D⁻¹, u = Z1, h = H1, and Π|a_s|² ≠ 0.

    H − Z = Z (C − D C D*) H, and u = h (1 − 1ᵀC⁻¹1) because H − Z is also h u*.
    """
    Z, Di, H = inv(C), inv(D), inv(D.H) @ inv(C) @ inv(D)
    displaced = p.operator(eq(H - Z, u @ h.H), [(stein, Z, H), (known.left, -1, H), (known.adjoint_right, Z @ D @ C, Z @ Di),
                                                (known.right, Z @ D, Di), (known.pole_right, Z, 1)])
    transposed = p.step("congruence", eq(H - Z, h @ u.H), equal=displaced, context=["fn", "m_", ["adj", "m_"]])
    share = p.use("uncertainty.blaschke_sum", eq(1 - e.H @ Z @ e, MODULI), S=S, a=a)
    proper = moduli_nonzero(p)
    proportional = p.operator(eq(h, (1 / MODULI) * u), [(transposed, 1 / MODULI, e), (share, -(1 / MODULI), h)], nonzero=[proper])
    return displaced, proportional, proper


@explained
def moduli_nonzero(p):
    """Π |a_s|² ≠ 0 for non-zero poles."""
    with p.generalise({"s": "int"}, within(1, s, S), ne(Abs(a[s]) ** 2, 0)):
        pole = p.apply(p.given(3), ne(a[s], 0), s=s)
        p.order("product", ne(Abs(a[s]) ** 2, 0), pole, conjugate_nonzero(p, a[s], pole))
    return p.use("algebra.product_nonzero", ne(MODULI, 0), n=S, f=fn("n", Abs(a[n]) ** 2))


def energy(k):
    """F_k with the state written D^k 1."""
    return (D**k @ e).H @ inv(C) @ D**k @ e


@explained
def energies_agree(p):
    """∀k: (D^k 1)* C⁻¹ (D^k 1) = F_k."""
    with p.generalise({"k": "nat"}, [], eq(energy(k), F(k))) as agree:
        p.step("congruence", eq(energy(k), F(k)), equal=power_column(p, k), context=["fn", "m_", raw(T("m_").H @ inv(C) @ T("m_"))])
    return agree.fact


@explained
def energy_bounds(p, positive, stein, agree):
    """∀k: F_{k+1} ≤ F_k, (k+1) F_k ≤ Σ_{j≤k} F_j ≤ S and (k+1) F_k ≤ S, with a^k for the state, from 0 ≺ C and the Stein equation."""
    P, r = names("P"), names("r")
    semidefinite = p.squares(le(zero(S, S), C), [(1, [], positive, eye(S))])
    p.squares(le(D @ C @ D.H, C), [(1, [], "", e.H)], using=[(stein, -1)])
    rest = states_and_rest(p, stein, P)
    with p.generalise({"k": "int"}, [le(0, k)], eq(energy(k), F(k))) as terms:
        p.apply(agree, eq(energy(k), F(k)), k=k)
    partial = Sum("k", 0, r, F(k))
    claims = [le(F(r + 1), F(r)), le((r + 1) * F(r), partial), le(partial, S), le((r + 1) * F(r), S)]
    with p.generalise({"r": "nat"}, [], both(*claims)) as every:
        states_below_gram(p, semidefinite, rest, P, r)
        at = {"S": S, "K": r, "A": D, "Q": C, "b": e}
        this, following = (p.apply(agree, eq(energy(m), F(m)), k=m) for m in (r, r + 1))
        added = p.step("congruence", eq(Sum("k", 0, r, energy(k)), partial), equal=upto(p, terms.fact, r))
        old = p.use("uncertainty.captured_energy_bound", forall({"k": "nat"}, [], le(energy(k + 1), energy(k))), **at)
        step = p.apply(old, le(energy(r + 1), energy(r)), k=r)
        share = p.use("uncertainty.captured_energy_bound", le((r + 1) * energy(r), Sum("k", 0, r, energy(k))), **at)
        total = p.use("uncertainty.captured_energy_bound", le(Sum("k", 0, r, energy(k)), S), **at)
        p.both(p.squares(claims[0], [(1, [step], "", 1)], using=[(this, 1), (following, -1)]),
               p.squares(claims[1], [(1, [share], "", 1)], using=[(this, -(r + 1)), (added, 1)]),
               p.squares(claims[2], [(1, [total], "", 1)], using=[(added, -1)]),
               p.squares(claims[3], [(1, [share], "", 1), (1, [total], "", 1)], using=[(this, -(r + 1))]))
    return every.fact


@explained
def upto(p, terms, r):
    """The equation of terms for 0 ≤ k ≤ r."""
    with p.generalise({"k": "int"}, within(0, k, r), eq(energy(k), F(k))) as block:
        p.apply(terms, eq(energy(k), F(k)), k=k)
    return block.fact
