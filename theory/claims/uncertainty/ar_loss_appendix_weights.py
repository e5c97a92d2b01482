"""The AR(1) loss with the weights that the appendix prints (refuted)."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_loss_in_weights import GIVEN, LOSS, VARIABLES, in_weights, two_poles, w
from theory.language import eq, forall, statement
from theory.mutations import changed
from theory.papers.uncertainty import WHERE_FILTER, L, a, b, for_each_pole, s
from theory.papers.uncertainty_ar import WHERE_AR_LOSS, rho

PRINTED = for_each_pole(eq(w[s], b[s] / (a[s] - rho)))

claim = Claim(
    title="The AR(1) loss with the appendix's weights",
    says="As the appendix prints it: with w_s = b_s/(a_s − ρ), a_{S+1} = ρ and w_{S+1} = −ρ Σ w_s/a_s, the AR(1) loss is "
         "1 − 2(1 − ρ²) Re Σ w_s a_s^K/(1 − a_sρ) + (1 − ρ²) Σ w_s w̄_t/(1 − a_sā_t).",
    statement=statement(forall(VARIABLES, [*GIVEN[:6], PRINTED, GIVEN[7]], LOSS), [WHERE_FILTER, WHERE_AR_LOSS]),
    paper="UP", reference="Lemma 17, weights of the appendix (misprint)", source="own",
    hypotheses={"w_s = b_s/(a_s − ρ)": "the misprint: a factor a_s is missing"},
    limits="False; uncertainty.ar_loss_in_weights has the weights of the main text. Witness: S = 1, K = 0, a = 1/2, ρ = 1/4, b = 1.",
)


@claim.derive
def one_pole(step):
    import sympy

    from theory.identities import equal

    a, c, b, beta, rho = sympy.symbols("a abar b bbar rho")

    def energy(first, mirrored):
        """(1 − ρ²) Σ w_s w̄_t/(1 − a_s ā_t) over the poles a and ρ with w_2 = −ρ w_1/a."""
        last, other = -rho * first / a, -rho * mirrored / c
        mixed = first * other / (1 - a * rho) + last * mirrored / (1 - c * rho)
        return (1 - rho**2) * (first * mirrored / (1 - a * c) + mixed + last * other / (1 - rho**2))

    true = b * beta * (1 - rho**2 * a * c) / ((1 - a * c) * (1 - a * rho) * (1 - c * rho))
    equal(step, "energy, weights of the main text", sympy.factor(energy(b * a / (a - rho), beta * c / (c - rho))), true,
          why="w_1 = b a/(a − ρ): the Gram form for one pole")
    equal(step, "energy, weights of the appendix", sympy.factor(energy(b / (a - rho), beta / (c - rho))), true / (a * c),
          why="w_1 = b/(a − ρ): too large by the factor 1/|a|²")

    def response(weight, lag):
        return (1 - rho**2) * (weight * a**lag / (1 - a * rho) - rho * weight / a * rho**lag / (1 - rho**2))

    for lag in (0, 1, 2):
        inner = sum(a**m * rho ** (lag - m) for m in range(lag)) + a**lag / (1 - a * rho)
        equal(step, f"response, K = {lag}", response(b * a / (a - rho), lag), b * inner,
              why="b Σ_m a^m ρ^|K−m|: finitely many terms and a geometric series")
        equal(step, f"response as printed, K = {lag}", response(b / (a - rho), lag), b * inner / a, why="too large by the factor 1/a")
    half = {a: sympy.Rational(1, 2), c: sympy.Rational(1, 2), b: 1, beta: 1, rho: sympy.Rational(1, 4)}
    equal(step, "true loss of the witness", (1 + true - 2 * b / (1 - a * rho)).subs(half), sympy.Rational(3, 7), shown="L",
          why="a = 1/2, ρ = 1/4, b = 1, K = 0")
    equal(step, "printed loss", (1 + true / (a * c) - 2 * b / (a * (1 - a * rho))).subs(half), sympy.Rational(23, 7), shown="printed L",
          why="E/|a|² and R_0/a in the place of E and R_0")


@claim.certify(kind="refutation")
def proof(p, _):
    two_poles(LOSS, 2)(p)


claim.must_refuse(main_text_weights=changed(given={7: GIVEN[6]}), loss_itself=changed(eq(L, L)))


def printed(a, b, K, rho):
    """The printed formula, exactly."""
    from numeric import reference

    a, b, r = reference.column(a), reference.column(b), reference.gaussian(rho)
    found = [weight / (pole - r) for weight, pole in zip(b, a, strict=True)]
    last = -r * sum((weight / pole for weight, pole in zip(found, a, strict=True)), reference.ZERO)
    return in_weights([*a, r], [*found, last], K, rho)


@claim.oracle
def exact_recurrence():
    """Run the recurrences exactly: the printed formula is the loss of the weights b_s/a_s, another one than that of b_s."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, contradicted, numbers, poles

    results = []
    for order, lag, decay in ((1, 0, Fraction(1, 4)), (2, 3, Fraction(2, 3)), (3, 6, Fraction(1, 5))):
        drawn, chosen = numbers(order, order + 91), [pole for pole in poles(order + 1, order + 90) if any(pole)][:order]
        divided = [weight / pole for weight, pole in zip(reference.column(drawn), reference.column(chosen), strict=True)]
        own, other = (reference.ar_loss_by_recurrence(chosen, b, lag, decay) for b in (drawn, divided))
        expected = printed(chosen, drawn, lag, decay)
        results.append(compared(f"loss of the weights b_s/a_s; of b_s: {float(own):.6f}", {"S": order, "K": lag, "rho": str(decay)},
                                float(other), float(expected), inside=other == expected != own))
        results.append(contradicted("loss of the weights b_s", {"S": order, "K": lag, "rho": str(decay)}, float(own), float(expected),
                                    own != expected))
    return results
