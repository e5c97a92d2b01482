"""The loss against a shift-K filter under white noise, in closed form (paper, Appendix A)."""
from theory.claim import Claim
from theory.language import Abs, Sum, both, conj, delta, eq, fn, forall, names, re, statement, sums
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, WHERE_LOSS, K, L, S, a, b, c, k
from theory.steps import no_unit_product

s, t = names("s t")
ENERGY = Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) / (1 - a[s] * conj(a[t]))))
CLOSED = 1 + ENERGY - 2 * re(Sum("s", 1, S, b[s] * a[s] ** K))
TERM = Abs(c(k) - delta(k, K)) ** 2

claim = Claim(
    title="The white-noise loss in Gram form",
    says="The squared distance of the impulse response to the unit pulse at K is 1 + Σ b_s b̄_t/(1 − a_s ā_t) − 2 Re Σ b_s a_s^K.",
    statement=statement(forall(FILTER, [STABLE], both(sums("k", 0, TERM, CLOSED), eq(L, CLOSED))), [WHERE_FILTER, WHERE_LOSS]),
    paper="UP", dossier="UP.P15", reference="Proposition 15", source="text",
    hypotheses={"|a_s| < 1": "otherwise the loss is infinite or the geometric sums do not exist"},
    limits="Repeated and zero poles are allowed; 0⁰ = 1.",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, a=["fn", "n", 0], b=["fn", "n", 1])
    no_unit_product(p, a, S, p.given(1))
    energy = p.use("uncertainty.filter_energy", sums("k", 0, Abs(c(k)) ** 2, ENERGY), S=S, a=a, b=b)
    pulse = delta(k, K)
    hits = [p.series("finite", sums("k", 0, pulse * x, y), K=K, g=fn("k", x))
            for x, y in ((c(k), c(K)), (conj(c(k)), conj(c(K))))]
    once = p.series("finite", sums("k", 0, pulse, 1), K=K, g=fn("k", 1))
    square = p.series("linear", sums("k", 0, Abs(c(k)) ** 2 - pulse * c(k) - pulse * conj(c(k)) + pulse, CLOSED),
                      using=[[energy, 1, 1], [hits[0], -1, 1], [hits[1], -1, 1], [once, 1, 1]])
    value = p.series("linear", sums("k", 0, TERM, CLOSED), using=[[square, 1, 1]])
    p.series("exists", sums("k", 0, TERM, L), value)
    p.both(value, p.series("value", eq(L, CLOSED), value))
