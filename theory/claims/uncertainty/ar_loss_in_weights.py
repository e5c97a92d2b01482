"""The AR(1) loss after the change of weights (paper, main text, the lemma before Theorem 3)."""
from typing import NamedTuple

from theory.claim import Claim
from theory.claims.uncertainty.ar_loss import CLOSED
from theory.claims.uncertainty.ar_loss import ENERGY as ENERGY_IN_B
from theory.claims.uncertainty.ar_loss import RESPONSE as IN_B
from theory.language import SEQ, Abs, Sum, T, both, conj, delta, eq, fn, forall, le, lt, names, ne, re, statement, within
from theory.mutations import changed, counterexample, differs
from theory.papers.uncertainty import NONZERO, STABLE, WHERE_FILTER, K, L, S, a, b, for_each_pole, k
from theory.papers.uncertainty_ar import (
    AR_FILTER,
    AR_INPUT,
    WHERE_AR_LOSS,
    WHERE_CORRELATION,
    R,
    ar_loss,
    correlation_facts,
    for_last_too,
    modulus_of_correlation,
    one_pole_loss,
    pair,
    regular,
    rho,
)
from theory.proof import explained
from theory.steps import conjugate_nonzero, not_one, product_in_disk

s, t, w, V = names("s t w V")
LAST = S + 1
AWAY = for_each_pole(ne(a[s], rho))
WEIGHTS = for_each_pole(eq(w[s], b[s] * a[s] / (a[s] - rho)))
CONSTRAINED = eq(w[LAST], -rho * Sum("s", 1, S, w[s] / a[s]))
GIVEN = [STABLE, *AR_INPUT, NONZERO, AWAY, eq(a[LAST], rho), WEIGHTS, CONSTRAINED]
RESPONSE = Sum("s", 1, LAST, w[s] * a[s] ** K / (1 - a[s] * rho))
ENERGY = Sum("s", 1, LAST, Sum("t", 1, LAST, w[s] * conj(w[t]) / (1 - a[s] * conj(a[t]))))
LOSS = eq(L, 1 - 2 * (1 - rho**2) * re(RESPONSE) + (1 - rho**2) * ENERGY)
CONSTRAINT = forall({}, [lt(0, rho)], eq(Sum("s", 1, LAST, w[s] / a[s]), 0))
VARIABLES = {**AR_FILTER, "w": SEQ}

claim = Claim(
    title="The AR(1) loss with the input's pole among the poles",
    says="With w_s = b_s a_s/(a_s − ρ), a_{S+1} = ρ and w_{S+1} = −ρ Σ w_s/a_s, the AR(1) loss is "
         "1 − 2(1 − ρ²) Re Σ w_s a_s^K/(1 − a_sρ) + (1 − ρ²) Σ w_s w̄_t/(1 − a_sā_t), sums to S+1, and Σ w_s/a_s = 0.",
    statement=statement(forall(VARIABLES, GIVEN, both(LOSS, CONSTRAINT)), [WHERE_FILTER, WHERE_AR_LOSS]),
    paper="UP", dossier="UP.L17", reference="Lemma 17, weights of the main text", source="text",
    corrects="uncertainty.ar_loss_appendix_weights",
    hypotheses={"|a_s| < 1": "the loss is infinite", "a_s ≠ 0": "w_s/a_s has no meaning", "a_s ≠ ρ": "w_s has no meaning",
                "0 ≤ ρ < 1": "the setting", "Σ w_s/a_s = 0": "it defines w_{S+1}; without it the right side is another number"},
    limits="The appendix prints w_s = b_s/(a_s − ρ), which is false (ar_loss_appendix_weights), and in one place a_s^s for a_s^K. Repeated "
           "poles are allowed; for ρ = 0 the weight w_{S+1} is 0.",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, a=fn("n", delta("n", 1) / 2), b=fn("n", 1), rho=0, w=fn("n", delta("n", 1)))
    transformed(p, *(p.given(j) for j in range(1, 9)))


def response(x):
    """The response with the pole x in the last place."""
    return Sum("s", 1, S, w[s] * a[s] ** K / (1 - a[s] * rho)) + w[LAST] * x**K / (1 - x * rho)


def energy(x):
    """The energy with the pole x in the last place."""
    rows = Sum("s", 1, S, Sum("t", 1, S, w[s] * conj(w[t]) / (1 - a[s] * conj(a[t]))))
    sides = w[LAST] * Sum("t", 1, S, conj(w[t]) / (1 - x * conj(a[t]))) + Sum("s", 1, S, w[s] / (1 - a[s] * conj(x))) * conj(w[LAST])
    return rows + sides + w[LAST] * conj(w[LAST]) / (1 - x * conj(x))


@explained
def transformed(p, stable, sign, below, nonzero, away, last, weights, constrained):
    """Write v_s = b_s/(a_s − ρ) = w_s/a_s and V = Σ v_s, so that w_{S+1} = −ρV; compare with the loss in the weights b term by term."""
    p.abbreviate("V", [], Sum("s", 1, S, v(s)))
    p.abbreviate(*WHERE_CORRELATION)
    proper = denominators(p, stable, sign, below, away, last)
    loss = ar_loss(p, CLOSED)
    total, shift, added = weights_by_pole(p, nonzero, weights, constrained)
    linear = response_by_pole(p, stable, shift, added, last, proper)
    mirrored = p.step("congruence", eq(conj((1 - rho**2) * RESPONSE), conj(IN_B)), equal=linear, context=fn("m_", conj("m_")))
    quadratic = energy_by_pole(p, shift, added, last, proper)
    value = p.identity(LOSS, [(loss, 1), (linear, 1), (mirrored, 1), (quadratic, -1)])
    p.both(value, constraint(p, nonzero, last, total, added))


def v(n):
    """v_n = b_n/(a_n − ρ)."""
    return b[n] / (a[n] - rho)


class Proper(NamedTuple):
    """Facts: a_s − ρ ≠ 0 for s ≤ S, 1 − ρ² ≠ 0, and for s, t ≤ S + 1: 1 − a_sā_t, 1 − a_sρ, 1 − ā_tρ ≠ 0."""
    apart: str
    square: str
    products: str
    inside: str
    mirrored: str

    def at(self, p, s):
        """The two denominators of the pole s."""
        return [p.apply(self.apart, ne(a[s] - rho, 0), s=s), p.apply(self.inside, ne(1 - a[s] * rho, 0), s=s)]


@explained
def denominators(p, stable, sign, below, away, last):
    """a_s − ρ, 1 − ρ² and, for the poles 1..S + 1, 1 − a_sρ and 1 − a_sā_t are not zero."""
    disk = modulus_of_correlation(p, sign, below)
    same = p.identity(eq(rho, a[LAST]), [(last, -1)])
    end = p.step("congruence", lt(Abs(a[LAST]), 1), equal=same, context=fn("m_", lt(Abs("m_"), 1)), **{"from": disk})
    found = regular(p, for_last_too(p, stable, end, lambda x: lt(Abs(x), 1)), sign, below, LAST)
    with p.generalise({"s": "int"}, within(1, s, S), ne(a[s] - rho, 0)) as apart:
        p.order("product", ne(a[s] - rho, 0), p.apply(away, ne(a[s], rho), s=s))
    square = not_one(p, rho * rho, product_in_disk(p, rho, rho, disk, disk))
    return Proper(apart.fact, square, *found)


@explained
def weights_by_pole(p, nonzero, weights, constrained):
    """(Σ w_s/a_s = V, ∀s: w_s = a_s v_s, w_{S+1} = −ρV)."""
    with p.generalise({"s": "int"}, within(1, s, S), eq(w[s], a[s] * v(s))) as shift:
        p.identity(eq(w[s], a[s] * v(s)), [(p.apply(weights, eq(w[s], b[s] * a[s] / (a[s] - rho)), s=s), 1)])
    with p.generalise({"s": "int"}, within(1, s, S), eq(w[s] / a[s], v(s))) as ratio:
        here, proper = p.apply(shift.fact, eq(w[s], a[s] * v(s)), s=s), p.apply(nonzero, ne(a[s], 0), s=s)
        p.identity(eq(w[s] / a[s], v(s)), [(here, 1 / a[s])], nonzero=[proper])
    total = p.step("congruence", eq(Sum("s", 1, S, w[s] / a[s]), V), equal=ratio.fact)
    return total, shift.fact, p.identity(eq(w[LAST], -rho * V), [(constrained, 1), (total, -rho)])


@explained
def response_by_pole(p, stable, shift, added, last, proper):
    """R_K(a_s) = (1 − ρ²) a_s^{K+1}/((a_s − ρ)(1 − a_sρ)) − ρ^{K+1}/(a_s − ρ) by induction;
    so Σ b_s R_K(a_s) is (1 − ρ²) times the response."""
    def closed(k):
        return (1 - rho**2) * a[s] ** (k + 1) / (a[s] - rho) / (1 - a[s] * rho) - rho ** (k + 1) / (a[s] - rho)
    term = (1 - rho**2) * w[s] * a[s] ** K / (1 - a[s] * rho) - rho ** (K + 1) * v(s)
    with p.generalise({"s": "int"}, within(1, s, S), eq(b[s] * R(a[s], K), term)) as each:
        p.apply(stable, lt(Abs(a[s]), 1), s=s)
        start, step = correlation_facts(p, a[s])
        here_proper = proper.at(p, s)
        with p.branch() as base:
            p.identity(eq(R(a[s], 0), closed(0)), [(start, 1)], nonzero=here_proper)
        block = p.new_id()
        with p.branch() as onwards:
            here = p.apply(step, eq(R(a[s], k + 1), a[s] * R(a[s], k) + rho ** (k + 1)), n=k)
            p.identity(eq(R(a[s], k + 1), closed(k + 1)), [(here, 1), (f"{block}.2", a[s])], nonzero=here_proper)
        every = p.step("induction", forall({"k": "nat"}, [], eq(R(a[s], k), closed(k))), block, base=base, step=onwards)
        value = p.apply(every, eq(R(a[s], K), closed(K)), k=K)
        weight = p.apply(shift, eq(w[s], a[s] * v(s)), s=s)
        p.identity(eq(b[s] * R(a[s], K), term), [(value, b[s]), (weight, -(1 - rho**2) * a[s] ** K / (1 - a[s] * rho))],
                   nonzero=here_proper)
    total = p.step("congruence", eq(IN_B, Sum("s", 1, S, term)), equal=each.fact)
    ended = p.step("congruence", eq(response(a[LAST]), response(rho)), equal=last, context=fn("m_", response(T("m_"))))
    return p.identity(eq((1 - rho**2) * RESPONSE, IN_B), [(ended, 1 - rho**2), (total, -1), (added, rho**K)], nonzero=[proper.square])


@explained
def energy_by_pole(p, shift, added, last, proper):
    """(1 − ρ²) Σ w_s w̄_t/(1 − a_sā_t) over S + 1 poles, sorted by pairs s, t ≤ S, is the energy in the weights b."""
    conjugates = p.step("congruence", eq(conj(w[LAST]), -rho * conj(V)), equal=added, context=fn("m_", conj("m_")))
    side, moved_side = Sum("s", 1, S, w[s] / (1 - a[s] * rho)), Sum("s", 1, S, a[s] * v(s) / (1 - a[s] * rho))
    with p.generalise({"s": "int"}, within(1, s, S), eq(w[s] / (1 - a[s] * rho), a[s] * v(s) / (1 - a[s] * rho))) as each:
        p.identity(each.shows[3], [(p.apply(shift, eq(w[s], a[s] * v(s)), s=s), 1 / (1 - a[s] * rho))])
    first = p.step("congruence", eq(side, moved_side), equal=each.fact)
    flipped = p.step("congruence", eq(conj(side), conj(moved_side)), equal=first, context=fn("m_", conj("m_")))

    outer, inner = 1 / (1 - a[s] * conj(a[t])), v(s) * conj(v(t))
    substituted = double_sum(p, w[s] * conj(w[t]) * outer, a[s] * conj(a[t]) * inner * outer, both_weights, shift)
    merged = (1 - rho**2) * (a[s] * conj(a[t]) * outer - rho * a[s] / (1 - a[s] * rho) - rho * conj(a[t]) / (1 - conj(a[t]) * rho)) + rho**2
    matched = double_sum(p, inner * merged, b[s] * conj(b[t]) * pair(a[s], conj(a[t])), same_pair, proper)
    ended = p.step("congruence", eq(energy(a[LAST]), energy(rho)), equal=last, context=fn("m_", energy(T("m_"))))
    return p.identity(eq((1 - rho**2) * ENERGY, ENERGY_IN_B),
                      [(ended, 1 - rho**2), (substituted, 1 - rho**2), (matched, 1),
                       (first, (1 - rho**2) * conj(w[LAST])), (conjugates, (1 - rho**2) * moved_side),
                       (flipped, (1 - rho**2) * w[LAST]), (added, (1 - rho**2) * conj(moved_side)),
                       (added, conj(w[LAST])), (conjugates, -rho * V)], nonzero=[proper.square])


def double_sum(p, left, right, term, known):
    """ΣΣ left = ΣΣ right over s, t ≤ S, because `term` shows that the terms agree."""
    with p.generalise({"s": "int"}, within(1, s, S), eq(Sum("t", 1, S, left), Sum("t", 1, S, right))) as row:
        with p.generalise({"t": "int"}, within(1, t, S), eq(left, right)) as cell:
            term(p, cell.shows[3], known)
        p.step("congruence", row.shows[3], equal=cell.fact)
    return p.step("congruence", eq(Sum("s", 1, S, Sum("t", 1, S, left)), Sum("s", 1, S, Sum("t", 1, S, right))), equal=row.fact)


def both_weights(p, goal, shift):
    """w_s w̄_t = a_s v_s ā_t v̄_t."""
    here, other = (p.apply(shift, eq(w[n], a[n] * v(n)), s=n) for n in (s, t))
    mirrored = p.step("congruence", eq(conj(w[t]), conj(a[t] * v(t))), equal=other, context=fn("m_", conj("m_")))
    outer = 1 / (1 - a[s] * conj(a[t]))
    p.identity(goal, [(here, conj(w[t]) * outer), (mirrored, a[s] * v(s) * outer)])


def same_pair(p, goal, proper):
    """v_s v̄_t (a_s − ρ)(ā_t − ρ) = b_s b̄_t, and the bracket is (a_s − ρ)(ā_t − ρ) times the closed form of the pair."""
    mirrored = conjugate_nonzero(p, a[t] - rho, p.apply(proper.apart, ne(a[t] - rho, 0), s=t))
    p.identity(goal, nonzero=[*proper.at(p, s), mirrored, p.apply(proper.mirrored, ne(1 - conj(a[t]) * rho, 0), t=t),
                              p.apply(proper.products, ne(1 - a[s] * conj(a[t]), 0), s=s, t=t)])


@explained
def constraint(p, nonzero, last, total, added):
    """For ρ > 0 the pole a_{S+1} = ρ is not zero, and w_{S+1}/ρ = −V."""
    n = names("n")
    with p.generalise({"n": "int"}, [lt(0, rho), *within(1, n, LAST)], ne(a[n], 0)) as block:
        same = p.identity(eq(rho, a[LAST]), [(last, -1)])
        positive = p.order("nonzero", ne(rho, 0), block(1))
        end = p.step("congruence", ne(a[LAST], 0), equal=same, context=fn("m_", ne("m_", 0)), **{"from": positive})
        p.apply(for_last_too(p, nonzero, end, lambda x: ne(x, 0)), ne(a[n], 0), s=n)
    with p.generalise({}, [lt(0, rho)], CONSTRAINT.json[3]) as block:
        positive = p.order("nonzero", ne(rho, 0), block(1))
        ended = p.step("congruence", eq(w[LAST] / a[LAST], w[LAST] / rho), equal=last, context=fn("m_", w[LAST] / T("m_")))
        p.identity(CONSTRAINT.json[3], [(total, 1), (ended, 1), (added, 1 / rho)], nonzero=[positive])
    return block.fact


@claim.derive
def one_pair(step):
    """One pair of poles in both forms of the energy, with a, c for a_s, ā_t and r for ρ."""
    from sympy import Symbol, cancel, factor

    from theory.papers.uncertainty_symbolic import confirm

    x, y, r = Symbol("a"), Symbol("c"), Symbol("r")
    bracket = (1 - r**2) * (x * y / (1 - x * y) - r * x / (1 - x * r) - r * y / (1 - y * r)) + r**2
    step("bracket", factor(bracket), why="what v_s v̄_t is multiplied by once w_s = a_s v_s and w_{S+1} = −ρ Σ v_s are put in")
    closed = (x - r) * (y - r) * (1 - r**2 * x * y) / (1 - x * y) / (1 - x * r) / (1 - y * r)
    confirm(step, "pair", [cancel(bracket - closed)], "the double series of a_s^k and ā_t^k, with b_s = (a_s − ρ) v_s")


claim.must_refuse(
    sign_flipped=changed(eq(L, 1 + 2 * (1 - rho**2) * re(RESPONSE) + (1 - rho**2) * ENERGY)),
    factor_dropped=changed(eq(L, 1 - 2 * re(RESPONSE) + ENERGY)),
    lag_shifted=changed(eq(L, 1 - 2 * (1 - rho**2) * re(Sum("s", 1, LAST,
                                                            w[s] * a[s] ** (K + 1) / (1 - a[s] * rho))) + (1 - rho**2) * ENERGY)),
    pole_as_its_own_power=changed(eq(L, 1 - 2 * (1 - rho**2) * re(Sum("s", 1, LAST, w[s] * a[s] ** s / (1 - a[s] * rho)))
                                     + (1 - rho**2) * ENERGY)),
    appendix_weights=changed(LOSS, given={7: for_each_pole(eq(w[s], b[s] / (a[s] - rho)))}),
    unconstrained=changed(LOSS, given={8: None}),
    domain_reaches_circle=changed(given={1: for_each_pole(le(Abs(a[s]), 1))}),
)


def two_poles(wrong, slope):
    """S = 1, K = 0, a = 1/2, b = 1, ρ = 1/4; the weights are w_1 = 2·slope and w_2 = −slope."""

    def refutation(p):
        here = counterexample(p, S=1, K=0, a=fn("n", (T(1) / 2) ** T("n")), b=fn("n", 1), rho=T(1) / 4, w=fn("n", slope * (5 - 3 * T("n"))))
        loss, _ = one_pole_loss(p, here, T(1) / 2, 1, 0, T(1) / 4)
        differs(p, loss, here(wrong.json[2]))

    return refutation


for name in ("sign_flipped", "factor_dropped", "lag_shifted", "pole_as_its_own_power"):
    claim.refute(name)(two_poles(T(claim.mutated(name)["holds"][3]), 1))
claim.refute("appendix_weights")(two_poles(LOSS, 2))


def in_weights(a, w, K, rho):
    """The formula, exactly, for S + 1 poles and weights."""
    from numeric import reference

    a, w, r, one = reference.column(a), reference.column(w), reference.gaussian(rho), reference.ONE
    response = sum((weight * power / (one - pole * r) for weight, power, pole in zip(w, reference.powers(a, K), a, strict=True)),
                   reference.ZERO)
    energy = reference.dot(w, [reference.dot(row, [weight.conjugate() for weight in w]) for row in reference.gram(a)])
    return 1 + (1 - rho**2) * (energy.re - 2 * response.re)


def weights(a, b, rho):
    """w_1 … w_{S+1} of the statement."""
    from numeric import reference

    a, b, r = reference.column(a), reference.column(b), reference.gaussian(rho)
    changed_ones = [weight * pole / (pole - r) for weight, pole in zip(b, a, strict=True)]
    return [*changed_ones, -r * sum((weight / pole for weight, pole in zip(changed_ones, a, strict=True)), reference.ZERO)]


@claim.oracle
def exact_recurrence():
    """Run the filter and the AR(1) recurrence over Gaussian rationals, tail included, for poles of three kinds."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, numbers, pole_sets

    results = []
    for order, lag, decay in ((1, 0, Fraction(1, 4)), (2, 3, Fraction(2, 3)), (3, 6, Fraction(1, 5)), (4, 4, Fraction(0))):
        for kind, poles in pole_sets(order, order + 90).items():
            drawn = numbers(order, order + 91)
            measured = reference.ar_loss_by_recurrence(poles, drawn, lag, decay)
            expected = in_weights([*poles, (decay, 0)], weights(poles, drawn, decay), lag, decay)
            results.append(compared(f"{kind} poles", {"S": order, "K": lag, "rho": str(decay)}, float(measured), float(expected),
                                    inside=measured == expected))
    return results
