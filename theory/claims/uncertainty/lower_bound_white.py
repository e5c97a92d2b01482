"""The uncertainty principle under white noise (paper, Theorem 2), for every order, lag, pole set and weights."""
from theory.claim import Claim
from theory.claims.uncertainty.loss_in_gram_form import CLOSED, TERM
from theory.language import Abs, Sum, T, conj, diag, eq, eye, fn, forall, inv, le, lt, names, statement, sums, vec, within, zero
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import FILTER, GRAM, STABLE, WHERE_FILTER, WHERE_LOSS, C, D, K, L, S, a, b, e, for_each_pole, k
from theory.papers.uncertainty_steps import loss_as_quadratic_form, states_and_rest, states_below_gram
from theory.proof import explained
from theory.steps import divide_by_lags, inverse_of_definite, lag_count, modulus_square_below_one

s, t, j, n, eps = names("s t j n eps")
STATES = Sum("j", 0, k, D**j @ e @ e.H @ (D**j).H)


def draw(figure):
    """Shares captured by three families of poles, below the bound."""
    import numpy as np

    from numeric import families, gram, poles
    from theory.report.plots import lower_bound

    lags = [round(10 ** (x / 4)) for x in range(4, 17)]
    builders = {
        "paper's filter, $S=9$": (9, lambda lag: families.paper(9, lag)),
        "sharp family, $S=9$": (9, lambda lag: sharpened(9, lag)),
        "sharp family, $S=33$": (33, lambda lag: sharpened(33, lag)),
        "random poles, $S=33$": (33, lambda _: families.lru_ring(33, 0.9, 0.999)),
    }
    curves = []
    for label, (order, poles_at) in builders.items():
        shares = [gram.capture(np.array([poles.to_complex(pole) for pole in poles_at(lag)]), lag)[-1] for lag in lags]
        curves.append({"label": label, "order": order, "K": lags, "F": shares})
    lower_bound(figure, [9, 33], curves, lags)
    figure.axes[0].set(ylim=(1e-4, 2))


claim = Claim(
    title="Uncertainty principle under white noise",
    says="Whatever its poles and weights, a filter of order S misses the shift by K by at least 1 − S/(K+1).",
    statement=statement(forall(FILTER, [STABLE], le(1 - S / (K + 1), L)), [WHERE_FILTER, WHERE_LOSS]),
    paper="UP", dossier="UP.T2", reference="Theorem 2", source="text",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined"},
    limits="White noise only. Repeated and zero poles are allowed; S = 0 gives L = 1. Equality at S = 1, K = 0, a = 0.",
    page=draw,
)


@claim.derive
def small_orders(step):
    from theory.papers import uncertainty_symbolic as symbolic

    for order in symbolic.ORDERS:
        poles = symbolic.Poles(order)
        symbolic.inverse(step, poles)
        symbolic.energy_drop(step, poles)
        symbolic.energy_total(step, poles)


@claim.certify
def proof(p, _):
    """The loss is a quadratic function of the weights, L = 1 + w*Cw − 2 Re w*D^K e with w the conjugated weights, so L ≥ 1 − F_K, where
    F_K = (D^K e)* C⁻¹ D^K e is the energy of the shift that the S poles can capture at lag K.

    Two facts bound F_K. First C − DCD* = ee* ⪰ 0, so F_{K+1} ≤ F_K: a longer lag is never captured better. Second
    Σ_{k≤K} D^k e e* D*^k ⪯ C, so F_0 + … + F_K ≤ tr(C⁻¹C) = S: the lags share S units of energy. A decreasing sequence
    lies below its mean, so (K+1) F_K ≤ S.

    Poles may coincide or vanish, and then C is singular; the argument is made for Q = C + εI with ε > 0, which costs ε w*w
    in the loss, and ε → 0 at the end.
    """
    p.inhabited(S=1, K=0, a=fn("n", 0), b=fn("n", 1))
    p.abbreviate("C", [], GRAM)
    p.abbreviate("D", [], diag("s", S, a[s]))
    p.abbreviate("e", [], vec("s", S, 1))
    p.abbreviate("P", ["k"], STATES)
    p.abbreviate("w", [], vec("s", S, conj(b[s])))
    p.abbreviate("Q", ["eps"], C + eps * eye(S))
    p.abbreviate("F", ["eps", "k"], e.H @ (D**k).H @ inv(names("Q")(eps)) @ D**k @ e)
    w = names("w")
    lags = lag_count(p, K)
    loss = closed_loss(p)
    quadratic = loss_as_quadratic_form(p, loss, w, D**K @ e)
    semidefinite = p.use("uncertainty.gram_semidefinite", le(zero(S, S), C), S=S, a=a)
    stein = p.use("uncertainty.gram_stein", eq(C - D @ C @ D.H, e @ e.H), S=S, a=a)
    inner = inside_the_disk(p)
    dominated = states_below_gram(p, semidefinite, states_and_rest(p, stein, names("P")), names("P"), K)
    with p.generalise({"eps": "real"}, [lt(0, eps)], le(1 - S / (K + 1), L + eps * (w.H @ w))) as every:
        bound_with(p, every(1), w, quadratic, semidefinite, stein, inner, dominated, lags)
    p.order("limit", le(1 - S / (K + 1), L), every)


@explained
def closed_loss(p):
    """The closed form of UP.P15, and the convergence of the series L."""
    values = {"S": S, "K": K, "a": a, "b": b}
    p.series("exists", sums("k", 0, TERM, L), p.use("uncertainty.loss_in_gram_form", sums("k", 0, TERM, CLOSED), **values))
    return p.use("uncertainty.loss_in_gram_form", eq(L, CLOSED), **values)


@explained
def inside_the_disk(p):
    """0 ⪯ I − D D*, because |a_s| < 1."""
    with p.generalise({"s": "int"}, within(1, s, S), le(0, 1 - a[s] * conj(a[s]))):
        room = modulus_square_below_one(p, a[s], p.apply(p.given(1), lt(Abs(a[s]), 1), s=s))
        p.squares(le(0, 1 - a[s] * conj(a[s])), [(1, [room], "", 1)])
    diagonal = p.use("algebra.diagonal_semidefinite", le(zero(S, S), diag("s", S, 1 - a[s] * conj(a[s]))),
                     n=S, d=fn("n", 1 - a[n] * conj(a[n])))
    same = p.entries(eq(diag("s", S, 1 - a[s] * conj(a[s])), eye(S) - D @ D.H))
    return p.squares(le(D @ D.H, eye(S)), [(1, [], diagonal, eye(S))], using=[(same, 1)])


@explained
def bound_with(p, positive, w, quadratic, semidefinite, stein, inner, dominated, lags):
    """For ε > 0 and Q = C + εI: complete the square, then apply the trace argument to Q."""
    Q, F, P = names("Q")(eps), names("F"), names("P")
    Z, v = inv(Q), D**K @ e
    definite = p.squares(lt(zero(S, S), Q), [(1, [], semidefinite, eye(S)), (1, [positive], "", eye(S))])
    p.squares(le(D @ Q @ D.H, Q), [(1, [], "", e.H), (1, [positive], inner, eye(S))], using=[(stein, -1)])
    p.squares(le(P(K), Q), [(1, [], dominated, eye(S)), (1, [positive], "", eye(S))])
    bound = p.use("uncertainty.captured_energy_bound", le((K + 1) * F(eps, K), S), S=S, K=K, A=D, Q=Q, b=e)
    right, _, star, adjoint_left, _ = inverse_of_definite(p, Q, definite, S)
    square = p.squares(le(1 - F(eps, K) - eps * (w.H @ w), L), [(1, [], definite, w - Z @ v)],
                       using=[(quadratic, -1), (right, -w.H, v), (adjoint_left, -v.H, w), (right, v.H @ Z.H, v), (star, v.H, v)])
    divide_by_lags(p, lags, bound, square, le(1 - S / (K + 1), L + eps * (w.H @ w)))


def bound(order, lag):
    """The formula: the least loss the theorem allows, 1 − S/(K+1)."""
    from fractions import Fraction

    return 1 - Fraction(order, lag + 1)


@claim.oracle
def two_precisions():
    """F_K by mpmath at 50 and 200 digits, from the closed form and from LU, each inside the Arb enclosure of the other route."""
    from flint import arb, ctx

    from numeric import balls, families, multiprecision
    from theory.papers.uncertainty_measurements import compared, evenly_spaced

    cases = {"paper": (families.paper(9, 1000), 1000), "ring": (families.lru_ring(8, 0.5, 0.99), 40),
             "evenly spaced": (evenly_spaced(16, 10**6), 10**6)}
    results = []
    for name, (poles, lag) in cases.items():
        for digits in (50, 200):
            for method, other in (("closed", "solve"), ("solve", "closed")):
                share = multiprecision.capture(poles, lag, digits, method=method)
                enclosure = balls.capture(poles, lag, digits + 10, method=other)
                with ctx.workprec(4 * digits + 100):
                    gap = abs(arb(str(share)) - enclosure)
                    inside = balls.less(gap, enclosure * arb(10) ** (2 - digits)) is True
                results.append(compared(f"{name}, F_K at {digits} digits, {method}", {"S": len(poles), "K": lag},
                                        str(share)[:24], enclosure.str(20), inside))
    return results


def sharpened(order, lag):
    """The sharp family with a period and radius near the best: P = K(1 + 2/S), r = 1/5, for odd S ≥ 3."""
    from fractions import Fraction

    from numeric import families

    return families.sharp(order, lag + 2 * lag // order, Fraction(1, 5))


@claim.oracle
def certified_grid():
    """Arb enclosures of the captured share F_K against S/(K+1), three-valued, for S up to 64 and K from S up to 10^12."""
    from numeric import balls, families
    from numeric.poles import rational_ball
    from theory.papers.uncertainty_measurements import bounded, evenly_spaced

    results = []
    for order in (1, 2, 3, 8, 21, 64):
        for lag in (order, 10 * order, 10**3, 10**6, 10**12):
            cases = {"evenly spaced": evenly_spaced(order, lag)}
            if order % 2 and 2 < order < lag:
                cases |= {"paper": families.paper(order, lag), "sharp": sharpened(order, lag)}
            if lag <= 1000:
                cases["ring"] = families.lru_ring(order, 0.5, 0.999, seed=order)
            for name, poles in cases.items():
                share, most = balls.capture(poles, lag, digits=20), 1 - bound(order, lag)
                results.append(bounded(name, {"S": order, "K": lag}, share.str(10), most,
                                       inside=balls.less(share, rational_ball(most)) is True))
    return results


@claim.oracle
def exact_optimum():
    """Run the recurrence at the best weights over Gaussian rationals: above the bound, which S = 1, K = 0, a = 0 attains."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, poles

    results = []
    cases = [(1, 0, [0]), *((order, lag, poles(order, 60 + order)) for order, lag in ((1, 4), (2, 3), (3, 6), (4, 5)))]
    for order, lag, drawn in cases:
        weights, most = reference.optimal_weights(drawn, lag), bound(order, lag)
        least = reference.loss_by_recurrence(reference.diagonal(drawn), weights, [reference.ONE] * order, lag)
        results.append(bounded("best weights", {"S": order, "K": lag}, least, most, inside=least >= most))
    return results


def exact_loss(poles, weights, lag):
    """The formula of UP.P15, enclosed."""
    from numeric import balls

    return balls.loss(poles, weights, lag)


def simulated(samples):
    """Best weights driven by white noise: the 99.9 % interval of the loss holds the exact loss, which is above the bound."""
    import numpy as np

    from numeric import balls, families, filters, multiprecision
    from numeric.poles import rational_ball, to_complex
    from theory.papers.uncertainty_measurements import compared

    results = []
    for order, lag, seed in ((3, 20, 1), (9, 40, 2), (31, 100, 3)):
        poles = families.paper(order, lag)
        weights = [complex(weight) for weight in multiprecision.optimal_weights(poles, lag, 20)]
        a, b = np.array([to_complex(pole) for pole in poles]), np.array(weights)
        found = filters.measure(a, b, lag, N=samples, seed=seed, level=0.999)
        exact = exact_loss(poles, weights, lag)
        inside = abs(found.estimate - float(exact)) <= found.half_width
        above = balls.less(rational_ball(bound(order, lag)), exact) is True
        results.append(compared(f"{found.samples} samples", {"S": order, "K": lag, "seed": seed},
                                f"{found.estimate:.6f} ± {found.half_width:.6f}", exact.str(10), inside and above))
    return results


@claim.oracle
def white_noise():
    """A million samples."""
    return simulated(10**6)


@claim.oracle(profile="scale")
def more_white_noise():
    """Ten million samples."""
    return simulated(10**7)


claim.must_refuse(
    constant_improved=changed(le(1 - S / (K + 2), L)),
    order_improved=changed(le(1 - (S - 1) / (K + 1), L)),
    strict=changed(lt(1 - S / (K + 1), L)),
    sign_flipped=changed(le(L, 1 - S / (K + 1))),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
    any_poles=changed(given={1: None}),
)


def at_pulse(opposite, room):
    """S = 1, K = 0, a = 0, b = 1: the filter is the pulse itself and the loss is 0, below 1 − S/(K+1) by the room stated."""

    def refutation(p):
        values = {"S": 1, "K": 0, "a": fn("n", 0), "b": fn("n", 1)}
        here = counterexample(p, **values)
        loss = p.use("uncertainty.loss_in_gram_form", here(eq(L, CLOSED)), **values)
        p.squares(here(opposite), [(room, [], "", 1)], using=[(loss, 1)])

    return refutation


claim.refute("constant_improved")(at_pulse(lt(L, 1 - S / (K + 2)), T(1) / 2))
claim.refute("order_improved")(at_pulse(lt(L, 1 - (S - 1) / (K + 1)), 1))
claim.refute("strict")(at_pulse(le(L, 1 - S / (K + 1)), 0))
