"""The loss of the explicit filter: 1 − κS/K with an error of the exact order 1/K (paper, theorem on the explicit filter)."""
from theory.claim import Claim
from theory.language import PI, Abs, Sum, T, both, conj, eq, exp, fn, forall, le, lt, ne, re, statement, sums, within
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_explicit import (
    GIVEN,
    LAG,
    LEADING,
    PERIOD,
    TERM,
    VARIABLES,
    WEIGHT,
    WHERE_A,
    WHERE_B,
    WHERE_KAPPA,
    WHERE_LOSS,
    WHERE_S,
    K,
    L,
    S,
    alpha,
    b,
    below_one,
    cosh,
    grow,
    k,
    kappa,
    kernel,
    lag_positive,
    response,
    sinh,
    top,
)
from theory.proof import explained

EDGE = kappa * sinh(2 * alpha) / (2 * K**2)
LOWER = le(LEADING + 4 * kappa * alpha**2 / (PI**2 * K) + EDGE, L)
UPPER = le(L, LEADING + kappa * (cosh(2 * alpha) - 1) / (2 * K) + EDGE)
WHERE = [WHERE_S, WHERE_A, WHERE_B, ("c", ["k"], response(b, k)), WHERE_KAPPA, WHERE_LOSS]
c, lam = T("c"), 2 * kappa
FALLING = Sum("k", 1, PERIOD, grow(-LAG) * Abs(kernel(LAG)) ** 2)

claim = Claim(
    title="The loss of the explicit filter",
    says="With κ = e^{−2α}(e^{2α} − e^{−2α})/2 and S = 2T + 1, the loss of the explicit filter is 1 − κS/K + E with "
         "4κα²/(π²K) ≤ E − κ sinh(2α)/(2K²) ≤ κ(cosh 2α − 1)/(2K), for all T ≥ 0, K > T, α > 0.",
    statement=statement(forall(VARIABLES, GIVEN, both(LOWER, UPPER)), WHERE),
    paper="UP", dossier="UP.T6.corrected", corrects="uncertainty.explicit_loss_as_printed", source="text",
    reference="Theorem 6 and its proof: “L ~ 1 − (e^{−2α}(e^{2α} − e^{−2α})/2) S/K”",
    hypotheses={"T < K": "the poles coincide when 2T + 1 > 2K", "α > 0": "the loss is infinite"},
    limits="The error is of the exact order 1/K whatever T is; it is not O(1/(TK)) as the appendix prints.",
)


@claim.derive
def leading_terms(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    alpha, lag, S = sympy.symbols("alpha K S", positive=True)
    size = sympy.exp(-alpha) * sympy.sinh(2 * alpha) / lag
    share = step("κS/K", sympy.exp(-2 * alpha) * sympy.sinh(2 * alpha) * S / lag, why="κ = e^{−2α} sinh 2α")
    response = step("Σ b_s a_s^K", S * size * sympy.exp(-alpha), why="b_s a_s^K = |b_s| e^{−α}")
    energy = step("energy, with e^{−2αk/K} frozen at k = K", size**2 * 2 * lag * S * sympy.exp(-2 * alpha) / (1 - sympy.exp(-4 * alpha)),
                  why="Parseval over a period of 2K samples, periods a geometric series of ratio e^{−4α}")
    parts = [sympy.simplify((part - share).rewrite(sympy.exp)) for part in (response, energy)]
    confirm(step, "both are κS/K", parts, why="so L ≈ 1 + κS/K − 2κS/K; the error is what freezing costs")


@claim.certify
def proof(p, _):
    """Over one period of 2K lags the impulse response is e^{−αk/K} times a periodic Dirichlet kernel D centred at k = K, and each
    period carries e^{−4α} times the energy of the one before. So the energy is a finite sum over one period, κ/(2K²) Σ_l
    e^{−2αl/K} D_l² with κ = (1 − e^{−4α})/2, while Σ_l D_l² = 2KS by Parseval's identity for roots of unity.

    Pairing l with −l leaves Σ_l (cosh(2αl/K) − 1) D_l². The factor lies between constants times 1 − cos(πl/K), and D_l² (2 − 2
    cos(πl/K)) = 2 − 2 cos(πSl/K) sums to 4K exactly. Hence the error is of the order 1/K, with explicit constants on both sides,
    for every T and every K > T.
    """
    p.inhabited(T=0, K=1, alpha=1)
    room, back = denominators(p)
    loss = closed(p, room)
    values = {"T": top, "K": K, "alpha": alpha}
    low = p.use("uncertainty.explicit_period_sums", le(PERIOD * S + 8 * alpha**2 * K / PI**2 + sinh(2 * alpha), FALLING), **values)
    high = p.use("uncertainty.explicit_period_sums", le(FALLING, PERIOD * S + K * (cosh(2 * alpha) - 1) + sinh(2 * alpha)), **values)
    lower = p.squares(LOWER, [(T(1) / 4, [room, back, back, low], "", 1)], using=[(loss, -1)])
    upper = p.squares(UPPER, [(T(1) / 4, [room, back, back, high], "", 1)], using=[(loss, 1)])
    p.both(lower, upper)


@explained
def denominators(p):
    """K ≠ 0, π²K ≠ 0, 1/K > 0 and 1 − e^{−4α} > 0."""
    proper, back = lag_positive(p, p.given(2))
    pi = p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=53))
    p.order("product", ne(PI**2 * K, 0), pi, pi, proper)
    p.order("product", ne(2 * K**2, 0), proper, proper)
    p.order("product", ne(2 * K, 0), proper)
    return below_one(p, -4 * alpha, p.squares(lt(-4 * alpha, 0), [(4, [p.given(1)], "", 1)])), back


@explained
def closed(p, room):
    """c_k is a multiple of e^{−αk/K} D_{k−K}; over one period the energy is the weighted energy of the Dirichlet kernel, and
    c_K = e^{−2α}(e^{2α} − e^{−2α}) S/(2K)."""
    values = {"S": S, "K": K, "h": top + 1, "alpha": alpha, "b": fn("n", b("n"))}
    form = eq(L, 1 + Sum("k", 1, PERIOD, Abs(c(k - 1)) ** 2) / lam - 2 * re(c(K)))
    loss = p.use("uncertainty.arc_loss", form, **values)
    p.use("uncertainty.arc_loss", sums("k", 0, TERM, L), **values)
    here = WEIGHT * exp(-alpha * (k - 1) / K) * kernel(LAG)
    weighted = WEIGHT**2 * exp(-2 * alpha) * grow(-LAG) * Abs(kernel(LAG)) ** 2
    with p.generalise({"k": "int"}, within(1, k, PERIOD), eq(Abs(c(k - 1)) ** 2, weighted)) as every:
        value = p.identity(eq(c(k - 1), here))
        p.step("congruence", eq(Abs(c(k - 1)) ** 2, Abs(here) ** 2), equal=value, context=fn("m_", Abs("m_") ** 2))
        p.identity(eq(Abs(c(k - 1)) ** 2, weighted), [(f"s{p.count}", 1)])
    energy = p.step("congruence", eq(Sum("k", 1, PERIOD, Abs(c(k - 1)) ** 2), Sum("k", 1, PERIOD, weighted)), equal=every.fact)
    peak = p.identity(eq(c(K), WEIGHT * exp(-alpha) * S))
    mirrored = p.step("congruence", eq(conj(c(K)), conj(WEIGHT * exp(-alpha) * S)), equal=peak, context=fn("m_", conj("m_")))
    return p.identity(eq(L, 1 + lam / (4 * K**2) * FALLING - lam * S / K),
                      [(loss, 1), (energy, 1 / lam), (peak, -1), (mirrored, -1)], nonzero=[room])


def draw(figure):
    """K (L − 1 + κS/K) for α = 1: between its two bounds, and not going to 0 as T grows."""
    import math

    axes, rate = figure.subplots(), 1.0
    share = (1 - math.exp(-4 * rate)) / 2
    for factor, marker in ((2, "o"), (10, "s"), (100, "^")):
        tops = [1, 2, 4, 8, 16, 32, 64, 128]
        errors = [lag * (loss - 1) + share * (2 * top_ + 1) for top_ in tops for lag in [factor * top_]
                  for loss in [float(loss_by_differences(top_, lag, rate))]]
        axes.plot(tops, errors, marker, ms=5, mfc="white", label=f"$K = {factor}T$")
    axes.axhline(4 * share * rate**2 / math.pi**2, lw=1, color="0.5")
    axes.axhline(share * (math.cosh(2 * rate) - 1) / 2, lw=1, color="0.5")
    axes.set(xscale="log", xlabel="$T$", ylabel=r"$K (L - 1 + \kappa S/K)$", ylim=(0, None))
    axes.legend(fontsize=9)


claim.page = draw


def loss_by_differences(half, lag, rate):
    """The Gram form of the loss, grouped by the difference of two indices: C_{st} = 1/(1 − e^{−2α/K} e^{iπ(s−t)/K})."""
    from mpmath import mp, mpf

    with mp.workdps(40):
        weight = mp.exp(-rate) * (mp.exp(2 * rate) - mp.exp(-2 * rate)) / (2 * lag)
        energy = mpf(0)
        for m in range(-2 * half, 2 * half + 1):
            energy += (2 * half + 1 - abs(m)) * (-1) ** (m % 2) / (1 - mp.exp(mp.mpc(-2 * rate, mp.pi * m) / lag))
        return mp.re(1 + weight**2 * energy - 2 * weight * mp.exp(-rate) * (2 * half + 1))


def between(name, inputs, measured, rate):
    """The measured loss against both bounds, with the slack of 30 digits."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    with mp.workdps(40):
        half, lag, rate = inputs["T"], inputs["K"], mpf(rate)
        share = (1 - mp.exp(-4 * rate)) / 2
        start = 1 - share * (2 * half + 1) / lag + share * mp.sinh(2 * rate) / (2 * lag**2)
        low, high = start + 4 * share * rate**2 / (mp.pi**2 * lag), start + share * (mp.cosh(2 * rate) - 1) / (2 * lag)
        return bounded(name, inputs, mp.nstr(measured, 15), mp.nstr(high, 15), low - mpf(10) ** -25 <= measured <= high + mpf(10) ** -25)


@claim.oracle
def gram_sums():
    """The loss from the Gram matrix, grouped by differences, up to T = 1600 and K = 10⁶."""
    points = [(0, 1, 1), (1, 2, 1), (15, 16, 2), (40, 4000, 0.5), (1600, 10**6, 1), (1600, 1601, 1)]
    return [between("loss", {"T": half, "K": lag, "alpha": rate}, loss_by_differences(half, lag, rate), rate) for half, lag, rate in points]


@claim.oracle
def simulated():
    """The loss from the recurrence x ← a x run over 40 periods, in 30 digits."""
    from mpmath import mp, mpf

    found = []
    with mp.workdps(30):
        for half, lag, rate in ((0, 3, 1), (2, 7, 1), (4, 20, 2)):
            angles = range(-half, half + 1)
            poles = [mp.exp(mp.mpc(-rate, mp.pi * m) / lag) for m in angles]
            weight = mp.exp(-rate) * (mp.exp(2 * rate) - mp.exp(-2 * rate)) / (2 * lag)
            state, loss = [weight * (-1) ** (m % 2) for m in angles], mpf(0)
            for k_ in range(80 * lag):
                loss += abs(sum(state) - (k_ == lag)) ** 2
                state = [x * pole for x, pole in zip(state, poles, strict=True)]
            found.append(between("loss", {"T": half, "K": lag, "alpha": rate}, loss, rate))
    return found


claim.must_refuse(
    error_of_order_one_over_TK=changed(le(L, LEADING + kappa * (cosh(2 * alpha) - 1) / (2 * (top + 1) * K) + EDGE)),
    error_free=changed(le(L, LEADING)),
    lower_raised=changed(le(LEADING + 5 * kappa * alpha**2 / (PI**2 * K) + EDGE, L)),
    leading_doubled=changed(le(L, 1 - 2 * kappa * S / K)),
    sign_of_weights_dropped=changed(UPPER, where={"b": WEIGHT}),
    poles_coincide=changed(UPPER, given={2: le(1, K)}),
)


def at_one_and_two(p):
    """T = 1, K = 2, α = 1, by the loss over one period and balls: the loss is 0.722… ."""
    here = counterexample(p, T=1, K=2, alpha=1)
    form = 1 + Sum("k", 1, PERIOD, Abs(c(k - 1)) ** 2) / (1 - exp(-4 * alpha)) - 2 * re(c(K))
    loss = p.use("uncertainty.arc_loss", here(eq(L, form)), S=3, K=2, h=2, alpha=1, b=here(fn("n", b("n"))))
    _, wrong, _ = opposite(p.statement["holds"][3]).json
    goal = here(lt(wrong, L))
    value = p.step("ball_bound", here(lt(wrong, form)), prec=200)
    p.squares(goal, [(1, [value], "", 1)], using=[(loss, -1)])


for name in ("error_of_order_one_over_TK", "error_free", "leading_doubled"):
    claim.refute(name)(at_one_and_two)
