"""The explicit filter: real impulse response, value of its modes at the lag K, stability (paper, equation 13)."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Abs, Sum, T, both, eq, exp, fn, forall, im, le, lt, names, ne, statement
from theory.mutations import changed, counterexample, fails_in_balls, opposite
from theory.papers.uncertainty_arc import GIVEN, SPREAD, VARIABLES, WHERE_A, WHERE_B, WHERE_FILTER, K, a, alpha, b, c, k, s, top
from theory.papers.uncertainty_explicit import below_one
from theory.proof import explained

j = names("j")
REAL = forall({"k": "nat"}, [], eq(im(c(k)), 0))
AT_LAG = forall({"s": "int"}, [], eq(a(s) ** K, T(-1) ** s * exp(-alpha)))
STABLE = forall({"s": "int"}, [], lt(Abs(a(s)), 1))
WHERE = [WHERE_A, WHERE_B, WHERE_FILTER]

claim = Claim(
    title="The explicit filter",
    says="With poles a_s = e^{−α/K} e^{iπs/K} and weights b_s = (−1)^s e^{−α} (e^{2α} − e^{−2α})/(2K), s = −T..T, the impulse response is "
         "real, every mode has the value (−1)^s e^{−α} at lag K, and |a_s| < 1.",
    statement=statement(forall(VARIABLES, GIVEN, both(REAL, AT_LAG, STABLE)), WHERE),
    paper="UP", dossier="UP.E13", reference="equation (13)", source="text",
    hypotheses={"α > 0": "the poles lie on or outside the unit circle", "K ≥ 1": "the poles are not defined"},
    limits="The order is S = 2T + 1; nothing is said about an even S.",
)


@claim.derive
def symbolic_pairs(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    alpha, lag = sympy.symbols("alpha K", positive=True)
    s, k = sympy.symbols("s k", integer=True)
    pole = step("pole", sympy.exp((sympy.I * sympy.pi * s - alpha) / lag), why="definition")
    wave = sympy.exp(sympy.I * sympy.pi * s * k / lag)
    both = wave + wave.subs(s, -s)
    confirm(step, "a pair is real", [sympy.simplify((both - 2 * sympy.cos(sympy.pi * s * k / lag)).rewrite(sympy.exp))],
            why="b_s = b_{−s}, and e^{ix} + e^{−ix} = 2 cos x")
    exponent = sympy.expand(lag * pole.args[0])
    confirm(step, "a^K", [sympy.simplify(sympy.exp(exponent) - (-1) ** s * sympy.exp(-alpha))], why="e^{iπs} = (−1)^s")


@claim.certify
def proof(p, _):
    """The poles and weights at s and −s are conjugate, so the sum over s = −T..T equals its own conjugate. At the lag K the phase πs/K has
    become πs. The modulus is e^{−α/K} < 1.
    """
    p.inhabited(T=0, K=1, alpha=1)
    positive = p.squares(lt(0, K), [(1, [p.given(2)], "", 1), (1, [], "", 1)])
    proper = p.order("nonzero", ne(K, 0), positive)
    p.order("nonzero", ne(2 * K, 0), p.squares(lt(0, 2 * K), [(2, [positive], "", 1)]))
    with p.generalise({"k": "nat"}, [], eq(im(c(k)), 0)) as real:
        conjugate_pairs(p)
    with p.generalise({"s": "int"}, [], eq(a(s) ** K, T(-1) ** s * exp(-alpha))) as lag:
        p.identity(eq(a(s) ** K, T(-1) ** s * exp(-alpha)))
    with p.generalise({"s": "int"}, [], lt(Abs(a(s)), 1)) as stable:
        inside(p, positive, proper)
    p.conclude(real.fact, lag.fact, stable.fact)


@explained
def conjugate_pairs(p):
    """Read from −T and read backwards, the sum is the conjugate of itself."""
    mode = b(s) * a(s) ** k
    low = Sum("j", 0, 2 * top, b(j - top) * a(j - top) ** k)
    turned = Sum("j", 0, 2 * top, b(top - j) * a(top - j) ** k)
    counted = p.use("algebra.sum_shift", eq(c(k), low), n=2 * top, m=-top, g=fn("s", mode))
    backwards = p.use("algebra.sum_reversal", eq(low, turned), n=2 * top, g=fn("s", b(s - top) * a(s - top) ** k))
    starred = p.step("congruence", eq(c(k).bar, low.bar), equal=counted, context=fn("m_", names("m_").bar))
    p.identity(eq(im(c(k)), 0), [(counted, -IMAGINARY / 2), (starred, IMAGINARY / 2), (backwards, -IMAGINARY / 2)])


@explained
def inside(p, positive, proper):
    """|a_s| = e^{−α/K}, and −α/K < 0."""
    with p.contradiction(ne(1 / K, 0)) as absurd:
        p.identity(eq(1, 0), [(f"{absurd}.1", K)], nonzero=[proper])
    back = p.squares(lt(0, 1 / K), [(1, [positive], "", 1 / K)], nonzero=[proper, absurd.fact])
    negative = p.squares(lt(-alpha / K, 0), [(1, [p.given(1), back], "", 1)])
    less = below_one(p, -alpha / K, negative)
    p.squares(lt(Abs(a(s)), 1), [(1, [less], "", 1)])


SHIFTED = eq(a(1) ** (K + 1), -exp(-alpha))
claim.must_refuse(
    alternation_lost=changed(eq(a(1) ** K, exp(-alpha))),
    lag_shifted=changed(SHIFTED),
    one_sided=changed(REAL, where={"c": Sum("s", 0, top, b(s) * a(s) ** k)}),
    one_sided_at_one=changed(eq(im(c(1)), 0), where={"c": Sum("s", 0, top, b(s) * a(s) ** k)}),
    weights_rotate=changed(REAL, where={"b": IMAGINARY**s * exp(-alpha) * SPREAD / (2 * K)}),
    grows=changed(STABLE, where={"a": exp(alpha / K) * exp(IMAGINARY * PI * s / K)}),
    decay_may_vanish=changed(lt(Abs(a(1)), 1), given={1: le(0, alpha)}),
    decay_forgotten=changed(given={1: None}),
)
for wrong in ("alternation_lost", "lag_shifted"):
    claim.refute(wrong)(fails_in_balls(T=1, K=1, alpha=1))
claim.refute("one_sided_at_one")(fails_in_balls(T=1, K=2, alpha=1))


@claim.refute("decay_may_vanish")
def on_the_circle(p):
    """α = 0: the modulus is 1."""
    here = counterexample(p, T=0, K=1, alpha=0)
    p.squares(opposite(here(lt(Abs(a(1)), 1))), [(1, [], "", 0)])


@claim.oracle
def response():
    """Imaginary parts of impulse responses at 60 digits, with roots of unity by repeated multiplication."""
    import mpmath

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mpmath.workdps(60):
        for order, lag, decay in ((0, 1, "0.3"), (1, 2, "1"), (5, 7, "0.5"), (12, 40, "2")):
            rate = mpmath.mpf(decay)
            root, shrink = mpmath.expjpi(mpmath.mpf(1) / lag), mpmath.exp(-rate / lag)
            poles = [shrink * (root**s if s >= 0 else mpmath.conj(root) ** -s) for s in range(-order, order + 1)]
            size = mpmath.exp(-rate) * mpmath.sinh(2 * rate) / lag
            state = [(-1) ** s * size for s in range(-order, order + 1)]
            largest = mpmath.mpf(0)
            for _ in range(3 * lag):
                largest = max(largest, abs(mpmath.im(mpmath.fsum(state))))
                state = [z * pole for z, pole in zip(state, poles, strict=True)]
            found.append(bounded("largest imaginary part", {"T": order, "K": lag, "α": decay}, mpmath.nstr(largest, 5), "1e-55",
                                 bool(largest < mpmath.mpf("1e-55"))))
    return found


@claim.oracle
def modes_at_the_lag():
    """a^K by K multiplications in balls, against e^{−α} with alternating sign."""
    from flint import acb, arb, ctx

    from theory.papers.uncertainty_measurements import compared

    found = []
    with ctx.workprec(200):
        for s, lag in ((0, 3), (1, 5), (-2, 8), (7, 20)):
            pole, power = acb(arb(-1) / lag).exp() * acb(arb(s) / lag).exp_pi_i(), acb(1)
            for _ in range(lag):
                power *= pole
            expected = arb(-1).exp() * (-1) ** (s % 2)
            found.append(compared("a^K", {"s": s, "K": lag, "α": 1}, power.str(12), expected.str(12), bool(power.overlaps(acb(expected)))))
    return found
