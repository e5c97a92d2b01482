"""Displacement of the Gram matrix: the Stein equation that every later argument starts from."""
from theory.claim import Claim
from theory.language import conj, entry, eq, forall, le, lt, names, ne, statement
from theory.papers.uncertainty import POLES, STABLE, WHERE_C, WHERE_D, WHERE_ONE, C, D, S, a, e
from theory.steps import no_unit_product

claim = Claim(
    title="Stein equation of the Gram matrix",
    says="The Gram matrix of the impulse responses of the poles satisfies C − D C D* = 1 1ᵀ.",
    statement=statement(forall(POLES, [STABLE], eq(C - D @ C @ D.H, e @ e.H)), [WHERE_C, WHERE_D, WHERE_ONE]),
    paper="UP", dossier="UP.C1", reference="Appendix C, first displacement identity", source="text",
    hypotheses={"|a_s| < 1": "the entries 1/(1 − a_s ā_t) may be undefined"},
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=["fn", "k", 0])
    regular = no_unit_product(p, a, S, p.given(1))
    i, j = names("m n")
    with p.generalise({"m": "int", "n": "int"}, [le(1, i), le(i, S), le(1, j), le(j, S)],
                      eq(entry(C - D @ C @ D.H, i, j), entry(e @ e.H, i, j))) as h:
        proper = p.apply(regular, ne(1 - a[i] * conj(a[j]), 0), s=i, t=j)
        p.identity(eq(entry(C - D @ C @ D.H, i, j), entry(e @ e.H, i, j)), nonzero=[proper])
    p.entries(eq(C - D @ C @ D.H, e @ e.H), each=h)


claim.must_refuse(
    sign_flipped=lambda s: replace_holds(s, eq(C + D @ C @ D.H, e @ e.H)),
    domain_reaches_circle=lambda s: with_given(s, [forall({"s": "int"}, [le(1, "s"), le("s", S)], le(("abs", a["s"]), 1))]),
)


def replace_holds(s, conclusion):
    from theory.language import raw
    s["holds"][3] = raw(conclusion)
    return s


def with_given(s, given):
    from theory.language import raw
    s["holds"][2] = raw(given)
    return s


assert lt
