"""Energy of the impulse response: the series that makes the Gram matrix the Gram matrix."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Sum, conj, forall, le, lt, names, statement, sums
from theory.papers.uncertainty import STABLE, WHERE_FILTER, S, a, b, c, k
from theory.steps import no_unit_product, product_in_disk

s, t = names("s t")
ENERGY = Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b[t]) / (1 - a[s] * conj(a[t]))))

claim = Claim(
    title="Energy of a filter",
    says="The energy of the impulse response c_k = Σ b_s a_s^k is Σ b_s b̄_t / (1 − a_s ā_t).",
    statement=statement(forall({"S": "nat", "a": SEQ, "b": SEQ}, [STABLE], sums("k", 0, Abs(c(k)) ** 2, ENERGY)), [WHERE_FILTER]),
    paper="UP", reference="Appendix A, proof of the lower bound", source="own",
    hypotheses={"|a_s| < 1": "the energy is infinite as soon as one pole that carries weight lies on the circle"},
    limits="Repeated and zero poles are allowed.",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=["fn", "n", 0], b=["fn", "n", 1])
    no_unit_product(p, a, S, p.given(1))
    z, w = a[s] * conj(a[t]), b[s] * conj(b[t])
    rows, columns = [le(1, s), le(s, S)], [le(1, t), le(t, S)]
    with p.generalise({"s": "int"}, rows, sums("k", 0, Sum("t", 1, S, w * z**k), Sum("t", 1, S, w / (1 - z)))) as row:
        with p.generalise({"t": "int"}, columns, sums("k", 0, w * z**k, w / (1 - z))) as cell:
            below = [p.apply(p.given(1), lt(Abs(a[n]), 1), s=n) for n in (s, t)]
            inside = product_in_disk(p, a[s], a[t], *below)
            power = p.series("geometric", sums("k", 0, z**k, 1 / (1 - z)), inside, z=z)
            p.series("linear", sums("k", 0, w * z**k, w / (1 - z)), using=[[power, w, 1]])
        p.series("exchange", sums("k", 0, Sum("t", 1, S, w * z**k), Sum("t", 1, S, w / (1 - z))), cell)
    p.series("exchange", sums("k", 0, Abs(c(k)) ** 2, ENERGY), row)
