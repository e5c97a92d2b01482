"""The Gram matrix is positive definite when the poles are distinct."""
from theory.claim import Claim
from theory.claims.uncertainty.gram_semidefinite import FORM, quadratic_form, response
from theory.language import Abs, both, conj, entry, eq, fn, forall, invertible, le, lt, mat, names, statement, zero
from theory.papers.uncertainty import DISTINCT, POLES, STABLE, WHERE_C, C, K, S, a, k
from theory.steps import no_unit_product, term_below_total

s, x = names("s x")

claim = Claim(
    title="The Gram matrix is positive definite for distinct poles",
    says="For distinct poles in the open disk the Gram matrix is positive definite, hence invertible.",
    statement=statement(forall(POLES, [STABLE, DISTINCT], both(lt(zero(S, S), C), invertible(C))), [WHERE_C]),
    reference="stated in the setting of the paper",
    hypotheses={"|a_s| < 1": "a = 2 gives the entry −1/3", "distinct poles": "two equal poles give two equal rows"},
    limits="A pole at 0 is allowed.",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, a=fn("n", 0))
    no_unit_product(p, a, S, p.given(1))
    with p.generalise({"x": mat(S)}, [eq(C @ x, zero(S))], eq(x, zero(S))) as trivial:
        value, energy = quadratic_form(p)
        with p.generalise({"K": "nat"}, [], eq(response(K), 0)) as silent:
            below = term_below_total(p, energy, response, k, K, FORM)
            nothing = p.squares(le(Abs(response(K)) ** 2, 0), [(1, [below], "", 1)], using=[(trivial(1), x.H, 1), (value, -1)])
            p.order("vanish", eq(response(K), 0), nothing, Y=response(K))
        zeros = p.use("algebra.distinct_nodes", forall({"s": "int"}, [le(1, s), le(s, S)], eq(conj(entry(x, s, 1)), 0)),
                      S=S, z=a, x=fn("n", conj(entry(x, names("n"), 1))))
        with p.generalise({"s": "int"}, [le(1, s), le(s, S)], eq(entry(x, s, 1), entry(zero(S), s, 1))) as each:
            flipped = p.apply(zeros, eq(conj(entry(x, s, 1)), 0), s=s)
            p.step("congruence", eq(entry(x, s, 1), entry(zero(S), s, 1)), equal=flipped, context=fn("n", conj(names("n"))))
        p.entries(eq(x, zero(S)), each=each)
        assert silent
    regular = p.step("invertible", invertible(C), mode="kernel", **{"from": trivial})
    half = p.use("uncertainty.gram_semidefinite", le(zero(S, S), C), S=S, a=a)
    definite = p.step("quadratic_form", lt(zero(S, S), C), mode="definite", **{"from": [half, regular]})
    p.both(definite, regular)
