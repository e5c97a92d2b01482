"""The Gram matrix is positive semidefinite for any poles in the disk: its quadratic form is an energy."""
from theory.claim import Claim
from theory.language import Abs, Sum, T, conj, entry, eq, fn, forall, le, mat, names, statement, sums, zero
from theory.papers.uncertainty import POLES, STABLE, WHERE_C, C, S, a, k
from theory.steps import no_unit_product, nonnegative

s, t, x = names("s t x")
FORM = Sum("s", 1, S, Sum("t", 1, S, conj(entry(x, s, 1)) * entry(x, t, 1) / (1 - a[s] * conj(a[t]))))

claim = Claim(
    title="The Gram matrix is positive semidefinite",
    says="For any poles in the open disk, repeated ones included, the matrix with entries 1/(1 − a_s ā_t) is positive semidefinite.",
    statement=statement(forall(POLES, [STABLE], le(zero(S, S), C)), [WHERE_C]),
    reference="Gram matrix of the impulse responses",
    hypotheses={"|a_s| < 1": "a = 2 gives the entry −1/3"},
)


def response(k):
    """x* v_k, the k-th sample of the filter with weights x̄."""
    return Sum("s", 1, S, conj(entry(x, s, 1)) * a[s] ** k)


def quadratic_form(p):
    """(x*Cx = FORM, Σ_k |x*v_k|² = FORM), inside a block with x in scope."""
    energy = p.use("uncertainty.filter_energy", sums("k", 0, Abs(response(k)) ** 2, FORM), S=S, a=a, b=fn("n", conj(entry(x, T("n"), 1))))
    return p.entries(eq(x.H @ C @ x, FORM)), energy


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("n", 0))
    no_unit_product(p, a, S, p.given(1))
    with p.generalise({"x": mat(S)}, [], le(0, x.H @ C @ x)) as form:
        value, energy = quadratic_form(p)
        sign = p.series("partial", le(0, FORM), energy, nonnegative(p, response(k), k, 0), K=-1)
        p.squares(le(0, x.H @ C @ x), [(1, [sign], "", 1)], using=[(value, -1)])
    p.step("quadratic_form", le(zero(S, S), C), mode="semidefinite", **{"from": [form]})
