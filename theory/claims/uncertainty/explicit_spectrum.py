"""The impulse response and the transfer function of the explicit filter in closed form."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Abs, Sum, T, both, eq, exp, fn, forall, im, le, lt, names, ne, statement, sums, within
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_explicit import (
    GIVEN,
    VARIABLES,
    WEIGHT,
    WHERE_A,
    WHERE_B,
    WHERE_S,
    K,
    S,
    a,
    alpha,
    b,
    below_one,
    j,
    k,
    kernel,
    lag_positive,
    n,
    response,
    s,
    top,
    turn,
)
from theory.proof import explained

omega, c = names("omega c")


def sin(u):
    """sin u for real u."""
    return im(exp(IMAGINARY * u))


def falling(k):
    """e^{−αk/K} times the common weight."""
    return WEIGHT * exp(-alpha * k / K)


SUM = forall({"k": "nat"}, [], eq(c(k), falling(k) * kernel(k - K)))
HALF = PI * (k - K) / (2 * K)
RATIO = forall({"k": "nat"}, [], eq(c(k) * sin(HALF), falling(k) * sin(S * HALF)))
PEAKS = forall({"j": "nat"}, [], eq(c(K + 2 * K * j), falling(K + 2 * K * j) * S))
WAVE = exp(-IMAGINARY * omega)
TRANSFER = forall({"omega": "real"}, [],
                  sums("k", 0, c(k) * exp(-IMAGINARY * omega * k), Sum("n", 1, S, b(n) / (1 - a(n) * WAVE))))

claim = Claim(
    title="Spectral representation of the explicit filter",
    says="The explicit filter has c_k = (e^{−α}(e^{2α} − e^{−2α})/(2K)) e^{−αk/K} sin(πS(k−K)/(2K))/sin(π(k−K)/(2K)), the quotient being S "
         "at k ≡ K mod 2K, and the transfer function Σ_k c_k e^{−iωk} = Σ_s b_s/(1 − a_s e^{−iω}).",
    statement=statement(forall(VARIABLES, GIVEN, both(SUM, RATIO, PEAKS, TRANSFER)),
                        [WHERE_S, WHERE_A, WHERE_B, ("c", ["k"], response(b, k))]),
    paper="UP", dossier="UP.L5", reference="Lemma 5: spectral representation of the explicit filter", source="reconstructed",
    hypotheses={"α > 0": "the series of the transfer function diverges", "T < K": "for T ≥ K poles coincide; the formulas stay"},
    limits="The quotient is stated as a product, so that no lag is left out. The wording of the paper was not at hand.",
)


@claim.derive
def dirichlet(step):
    from sympy import expand, symbols

    from theory.papers.uncertainty_symbolic import confirm

    z = step("z", symbols("z"), why="z = e^{iπ(k−K)/(2K)}, so (−1)^s e^{iπsk/K} = z^{2s}")
    sums = [expand(sum(z ** (2 * s) for s in range(-T, T + 1)) * (z - 1 / z) - (z ** (2 * T + 1) - z ** -(2 * T + 1))) for T in range(6)]
    confirm(step, "Σ z^{2s} (z − 1/z) = z^S − z^{−S}", sums, why="T = 0..5; both sides are 2i times sines")


@claim.certify
def proof(p, _):
    p.inhabited(T=0, K=1, alpha=1)
    proper, back = lag_positive(p, p.given(2))
    p.order("product", ne(2 * K, 0), proper)
    with p.generalise({"k": "nat"}, [], SUM.json[3]) as plain:
        p.identity(SUM.json[3])
    with p.generalise({"k": "nat"}, [], RATIO.json[3]) as ratio:
        closed(p, plain.fact)
    with p.generalise({"j": "nat"}, [], PEAKS.json[3]) as peaks:
        p.order("basic", le(0, j))
        p.identity(PEAKS.json[3])
    small = below_one(p, -alpha / K, p.squares(lt(-alpha / K, 0), [(1, [p.given(1), back], "", 1)]))
    regular(p, small)
    with p.generalise({"omega": "real"}, [], TRANSFER.json[3]) as transfer:
        spectrum(p, small)
    p.both(plain.fact, ratio.fact, peaks.fact, transfer.fact)


@explained
def closed(p, plain):
    """D_l (e^{iπl/K} − 1) = e^{iπ(T+1)l/K} − e^{−iπTl/K}, the sum of a geometric progression, with l = k − K."""
    lag = k - K
    difference = Sum("s", 1, S, turn((s - top) * lag) - turn((s - top - 1) * lag))
    steps = p.step("telescoping", eq(difference, turn((top + 1) * lag) - turn(-top * lag)), T=fn("j_", turn((T("j_") - top - 1) * lag)))
    value = p.apply(plain, SUM.json[3], k=k)
    half = -IMAGINARY / 2 * exp(-IMAGINARY * PI * lag / (2 * K))
    p.identity(RATIO.json[3], [(value, sin(PI * lag / (2 * K))), (steps, falling(k) * half)])


@explained
def regular(p, small):
    """|a_n e^{−iω}| = e^{−α/K} < 1, so 1 − a_n e^{−iω} ≠ 0."""
    ratio = a(n) * WAVE
    with p.generalise({"omega": "real", "n": "int"}, within(1, n, S), ne(1 - ratio, 0)), p.contradiction(ne(1 - ratio, 0)) as absurd:
        modulus = p.step("congruence", eq(Abs(ratio), 1), equal=f"{absurd}.1", context=fn("m_", Abs(1 - T("m_"))))
        p.squares(lt(0, 0), [(1, [small], "", 1)], using=[(modulus, -1)])


@explained
def spectrum(p, small):
    """Geometric series of ratio a_n e^{−iω}, of modulus e^{−α/K} < 1, summed over the poles."""
    ratio = a(n) * WAVE
    with p.generalise({"n": "int"}, within(1, n, S), sums("k", 0, b(n) * ratio**k, b(n) / (1 - ratio))) as each:
        below = p.squares(lt(Abs(ratio), 1), [(1, [small], "", 1)])
        power = p.series("geometric", sums("k", 0, ratio**k, 1 / (1 - ratio)), below, z=ratio)
        p.series("linear", sums("k", 0, b(n) * ratio**k, b(n) / (1 - ratio)), using=[[power, b(n), 1]])
    value = Sum("n", 1, S, b(n) / (1 - ratio))
    whole = p.series("exchange", sums("k", 0, Sum("n", 1, S, b(n) * ratio**k), value), each.fact)
    p.series("linear", TRANSFER.json[3], using=[[whole, 1, 1]])


@claim.oracle
def by_recurrence():
    """The impulse response from the recurrence x ← a x, against the quotient of sines, in 30 digits."""
    from mpmath import mp

    from theory.papers.uncertainty_measurements import compared

    found = []
    with mp.workdps(30):
        for half, lag, rate in ((0, 1, 1), (2, 5, 1), (4, 9, 2)):
            poles = [mp.exp(mp.mpc(-rate, mp.pi * m) / lag) for m in range(-half, half + 1)]
            common = mp.exp(-rate) * (mp.exp(2 * rate) - mp.exp(-2 * rate)) / (2 * lag)
            state, worst = [common * (-1) ** (m % 2) for m in range(-half, half + 1)], mp.mpf(0)
            for at in range(6 * lag):
                turn_ = mp.pi * (at - lag) / (2 * lag)
                quotient = 2 * half + 1 if (at - lag) % (2 * lag) == 0 else mp.sin((2 * half + 1) * turn_) / mp.sin(turn_)
                worst = max(worst, abs(sum(state) - common * mp.exp(-rate * mp.mpf(at) / lag) * quotient))
                state = [x * pole for x, pole in zip(state, poles, strict=True)]
            inputs = {"T": half, "K": lag, "alpha": rate}
            found.append(compared("largest difference over 3 periods", inputs, float(worst), 0.0, worst < 1e-25))
    return found


@claim.oracle
def by_transform():
    """The transfer function: 60 periods of the impulse response times e^{−iωk}, against the sum over the poles."""
    from mpmath import mp

    from theory.papers.uncertainty_measurements import compared

    found = []
    with mp.workdps(30):
        for half, lag, angle in ((1, 3, mp.mpf(3) / 10), (2, 5, mp.mpf(2)), (3, 4, -mp.mpf(11) / 10)):
            poles = [mp.exp(mp.mpc(-1, mp.pi * m) / lag) for m in range(-half, half + 1)]
            weights = [mp.exp(-1) * mp.sinh(2) / lag * (-1) ** (m % 2) for m in range(-half, half + 1)]
            state, total = list(weights), mp.mpc(0)
            for at in range(60 * lag):
                total += sum(state) * mp.expj(-angle * at)
                state = [x * pole for x, pole in zip(state, poles, strict=True)]
            closed = sum(w / (1 - pole * mp.expj(-angle)) for w, pole in zip(weights, poles, strict=True))
            inputs = {"T": half, "K": lag, "omega": float(angle)}
            found.append(compared("transfer function", inputs, mp.nstr(total, 12), mp.nstr(closed, 12), abs(total - closed) < 1e-20))
    return found


claim.must_refuse(
    peak_shifted=changed(forall({"j": "nat"}, [], eq(c(K + 2 * K * j + 1), falling(K + 2 * K * j + 1) * S))),
    decay_dropped=changed(forall({"j": "nat"}, [], eq(c(K + 2 * K * j), WEIGHT * S))),
    signs_dropped=changed(where={"b": WEIGHT}),
    peak_at_K_wrong=changed(eq(c(K), WEIGHT * S)),
    wave_conjugated=changed(forall({"omega": "real"}, [], sums("k", 0, c(k) * exp(IMAGINARY * omega * k),
                                                               Sum("n", 1, S, b(n) / (1 - a(n) * WAVE))))),
)
claim.refute("peak_at_K_wrong")(fails_in_balls(T=0, K=1, alpha=1))
