"""The AR(1) loss minimised over all weights of the poles and of the input's pole (paper, Appendix C)."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_loss_in_weights import ENERGY, RESPONSE
from theory.language import (
    SEQ,
    Abs,
    Prod,
    Sum,
    T,
    both,
    conj,
    delta,
    diag,
    entry,
    eq,
    fn,
    forall,
    inv,
    invertible,
    le,
    lt,
    matrix,
    names,
    ne,
    raw,
    re,
    statement,
    vec,
    within,
    zero,
)
from theory.mutations import changed, fails_at
from theory.papers.uncertainty import NONZERO, STABLE, K, a, for_each_pole
from theory.papers.uncertainty_ar import AR_INPUT, LAST, for_last_too, input_variance, regular, rho, stable_with_input_pole
from theory.proof import explained
from theory.steps import at, conjugate_nonzero, inverse_of_definite

s, t, k, w, C, v, H, u, z, D = names("s t k w C v H u z D")
DISTINCT = forall({"s": "int", "t": "int"}, [*within(1, s, LAST), *within(1, t, LAST), ne(s, t)], ne(a[s], a[t]))
WHERE_LARGER_GRAM = ("C", [], matrix("s", LAST, "t", LAST, 1 / (1 - a[s] * conj(a[t]))))
WHERE_STATE = ("v", ["k"], vec("s", LAST, a[s] ** "k" / (1 - a[s] * rho)))
WHERE_MINIMUM = ("H", ["k"], 1 - (1 - rho**2) * (v(k).H @ inv(C) @ v(k)))
VALUE = 1 - 2 * (1 - rho**2) * re(RESPONSE) + (1 - rho**2) * ENERGY
BEST = forall({"s": "int"}, within(1, s, LAST), eq(conj(w[s]), entry(inv(C) @ v(K), s, 1)))
MINIMUM, ATTAINED = le(H(K), VALUE), forall({}, [BEST], eq(VALUE, H(K)))
READ = Sum("s", 1, LAST, conj(a[s] ** (k + 1) / (1 - a[s] * rho)) * entry(u, s, 1))
STEP = forall({"k": "nat"}, [lt(0, rho), NONZERO],
              eq(H(k + 1) - H(k), (1 - rho**2) * Abs(READ) ** 2 / Prod("s", 1, LAST, Abs(a[s]) ** 2)))
MODULI = Prod("s", 1, LAST, Abs(a[s]) ** 2)
GIVEN = [STABLE, *AR_INPUT, eq(a[LAST], rho), DISTINCT]

claim = Claim(
    title="The unconstrained minimum under an AR(1) input",
    says="With a_{S+1} = ρ, v_K = (a_s^K/(1 − a_sρ)) and C the Gram matrix of the S + 1 poles, the loss in the weights w has the minimum "
         "H_K = 1 − (1 − ρ²) v_K*C⁻¹v_K, reached at w̄ = C⁻¹v_K, and H_{K+1} − H_K = (1 − ρ²)|v_{K+1}*C⁻¹1|²/Π|a_s|².",
    statement=statement(forall({"S": "nat", "K": "nat", "a": SEQ, "w": SEQ, "rho": "real"}, GIVEN, both(MINIMUM, ATTAINED, STEP)),
                        [WHERE_LARGER_GRAM, WHERE_STATE, WHERE_MINIMUM, ("u", [], inv(C) @ vec("s", LAST, 1))]),
    paper="UP", dossier="UP.T3a", reference="Appendix C, proof of Theorem 3, the minimum without the constraint", source="reconstructed",
    hypotheses={"|a_s| < 1": "the sums of the loss diverge", "0 ≤ ρ < 1": "the setting", "distinct poles, ρ among them": "C is singular",
                "ρ > 0 and a_s ≠ 0 (last part)": "division by Π |a_s|² = 0"},
    limits="All weights w_1..w_{S+1} are free; the weights of a filter satisfy Σ w_s/a_s = 0 besides, so its loss is at least H_K.",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, a=fn("n", delta("n", 1) / 2), w=fn("n", 0), rho=0)
    p.abbreviate("z", [], vec("s", LAST, conj(w[s])))
    p.abbreviate("D", [], diag("s", LAST, a[s]))
    stable, _ = stable_with_input_pole(p, p.given(1), p.given(2), p.given(3), p.given(4))
    regular(p, stable, p.given(2), p.given(3), LAST)
    positive = p.use("uncertainty.gram_definite", lt(zero(LAST, LAST), C), S=LAST, a=a)
    p.step("invertible", invertible(C), mode="positive", **{"from": positive})
    minimum, attained = least_value(p, positive)
    p.both(minimum, attained, telescoping(p))


@explained
def least_value(p, positive):
    """With z = w̄ the loss is H_K + (1 − ρ²)(z − C⁻¹v_K)*C(z − C⁻¹v_K)."""
    weak, *_ = input_variance(p, p.given(2), p.given(3))
    right, _, star, adjoint_left, _ = inverse_of_definite(p, C, positive, LAST)
    energy, response = p.entries(eq(z.H @ C @ z, ENERGY)), p.entries(eq(z.H @ v(K), RESPONSE))
    mirrored = p.step("congruence", eq(conj(z.H @ v(K)), conj(RESPONSE)), equal=response, context=fn("m_", conj("m_")))
    Z, offset, scale = inv(C), z - inv(C) @ v(K), 1 - rho**2
    square = p.identity(eq(VALUE, H(K) + scale * (offset.H @ C @ offset)),
                        [(energy, -scale), (response, scale), (mirrored, scale), (right, scale * z.H, v(K)),
                         (adjoint_left, scale * v(K).H, z),
                         (right, -scale * v(K).H @ Z.H, v(K)), (star, -scale * v(K).H, v(K))])
    minimum = p.squares(MINIMUM, [(1, [weak], positive, offset)], using=[(square, -1)])
    with p.generalise({}, [BEST], eq(VALUE, H(K))) as best:
        matched = p.entries(eq(z, Z @ v(K)), each=best(1))
        p.identity(eq(VALUE, H(K)), [(square, 1), (matched, scale * offset.H @ C)])
    return minimum, best.fact


@explained
def telescoping(p):
    """v_{k+1} = D v_k, and v_k*C⁻¹v_k − (Dv_k)*C⁻¹(Dv_k) = |(Dv_k)*u|²/Π|a_s|²."""
    hypotheses = STEP.json[2]
    with p.generalise({"k": "nat"}, hypotheses, ne(MODULI, 0)) as proper:
        poles = nonzero_poles(p, proper)
        with p.generalise({"s": "int"}, within(1, s, LAST), ne(Abs(a[s]) ** 2, 0)):
            pole = p.apply(poles, ne(a[s], 0), s=s)
            p.order("product", ne(Abs(a[s]) ** 2, 0), pole, conjugate_nonzero(p, a[s], pole))
        p.use("algebra.product_nonzero", ne(MODULI, 0), n=LAST, f=fn("n", Abs(a["n"]) ** 2))
    with p.generalise({"k": "nat"}, hypotheses, STEP.json[3]) as step:
        nonzero_poles(p, step)
        x, later = v(k), D @ v(k)
        drop = p.use("uncertainty.gram_inverse_step",
                     eq(x.H @ inv(C) @ x - later.H @ inv(C) @ later, Abs(later.H @ u) ** 2 / MODULI), S=LAST, a=a, x=x)
        moved = p.entries(eq(later, v(k + 1)))
        energy = p.step("congruence", eq(later.H @ inv(C) @ later, v(k + 1).H @ inv(C) @ v(k + 1)), equal=moved,
                        context=["fn", "m_", raw(T("m_").H @ inv(C) @ "m_")])
        read = p.entries(eq(later.H @ u, READ))
        square = p.step("congruence", eq(Abs(later.H @ u) ** 2, Abs(READ) ** 2), equal=read, context=fn("m_", Abs("m_") ** 2))
        scale = 1 - rho**2
        p.identity(STEP.json[3], [(drop, scale), (energy, scale), (square, scale / MODULI)])
    return step.fact


def nonzero_poles(p, block):
    """All poles 1..S + 1 are non-zero, inside a block whose hypotheses are 0 < ρ and that the first S are."""
    same = p.identity(eq(rho, a[LAST]), [(p.given(4), -1)])
    positive = p.order("nonzero", ne(rho, 0), block(1))
    end = p.step("congruence", ne(a[LAST], 0), equal=same, context=fn("m_", ne("m_", 0)), **{"from": positive})
    return for_last_too(p, block(2), end, lambda x: ne(x, 0))


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        poles = symbolic.Poles(order)
        symbolic.inverse(step, poles)
        symbolic.displacement(step, poles)
        symbolic.inverse_displacement(step, poles)


claim.must_refuse(
    strict=changed(lt(H(K), VALUE)),
    sign_flipped=changed(le(VALUE, H(K))),
    any_weights=changed(eq(VALUE, H(K))),
    step_without_variance=changed(eq(H(K + 1) - H(K), Abs(at(READ, "k", K)) ** 2 / MODULI)),
    minimum_falls=changed(le(H(K + 1), H(K))),
    poles_may_coincide=changed(given={5: None}),
    last_pole_free=changed(given={4: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)
ALONE = {"S": 0, "a": fn("n", T(1) / 2), "rho": T(1) / 2}
claim.refute("strict")(fails_at(K=1, w=fn("n", T(1) / 2), **ALONE))
for name in ("sign_flipped", "any_weights", "step_without_variance", "minimum_falls"):
    claim.refute(name)(fails_at(K=1, w=fn("n", 0), **ALONE))


def least(a, lag, rho):
    """The formula in float64: H_K."""
    import numpy as np

    state = a**lag / (1 - a * rho)
    gram = 1 / (1 - a[:, None] * a.conj())
    return 1 - (1 - rho**2) * float((state.conj() @ np.linalg.solve(gram, state)).real)


@claim.oracle
def least_squares():
    """Fit the whitened pulse by the responses a_s^j and ρ^j, as a least-squares problem that knows no Gram matrix: the residual is H_K."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared, doubles, numbers

    results = []
    for order, lag, decay in ((1, 3, 0.5), (3, 10, 0.8), (5, 25, 0.3)):
        a = np.append(0.95 * doubles(numbers(order, order + 130, modulus=1)), decay)
        j = np.arange(1500)
        root = np.sqrt(1 - decay**2)
        target = np.where(j >= lag, decay ** np.maximum(j - lag, 0), 0) * root
        responses = root * np.power(a, j[:, None])
        found = np.linalg.lstsq(responses, target.astype(complex), rcond=None)[0]
        measured, expected = float(np.sum(np.abs(responses @ found - target) ** 2)), least(a, lag, decay)
        results.append(compared("residual", {"S": order, "K": lag, "rho": decay}, measured, expected, abs(measured - expected) < 1e-9))
    return results


def rank_one(a, lag, rho):
    """The formula for H_{K+1} − H_K, exactly, from u = C⁻¹1."""
    from math import prod

    from numeric import reference

    u = reference.solve(reference.gram(a), [reference.ONE] * len(a))
    r = reference.gaussian(rho)
    later = [power / (reference.ONE - pole * r) for pole, power in zip(reference.column(a), reference.powers(a, lag + 1), strict=True)]
    moduli = prod(pole.abs2() for pole in reference.column(a))
    return (1 - rho**2) * reference.dot([value.conjugate() for value in later], u).abs2() / moduli


@claim.oracle
def exact_steps():
    """H_{K+1} − H_K over the rationals, with C the exact solution of X = D X D* + 1 1ᵀ."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, pole_sets

    results = []
    for order, lag, decay in ((1, 0, Fraction(1, 2)), (2, 3, Fraction(4, 5)), (3, 2, Fraction(1, 7))):
        for kind, drawn in pole_sets(order, order + 140).items():
            a, r, one = [*drawn, (decay, 0)], reference.gaussian(decay), reference.ONE
            X = reference.stein(reference.diagonal(a), reference.outer([one] * len(a)))
            values = []
            for k in (lag, lag + 1):
                state = [power / (one - pole * r) for pole, power in zip(reference.column(a), reference.powers(a, k), strict=True)]
                values.append(1 - (1 - decay**2) * reference.dot([value.conjugate() for value in state], reference.solve(X, state)).re)
            measured, expected = values[1] - values[0], rank_one(a, lag, decay)
            results.append(compared(f"{kind} poles", {"S": order, "K": lag, "rho": str(decay)}, float(measured), float(expected),
                                    inside=measured == expected))
    return results
