"""The uncertainty principle under white noise (paper, Theorem 2), for every order, lag, pole set and weights."""
from theory.claim import Claim
from theory.claims.uncertainty.loss_in_gram_form import CLOSED, TERM
from theory.language import Abs, Sum, both, conj, delta, diag, eq, eye, fn, forall, inv, le, lt, names, ne, re, statement, sums, vec, zero
from theory.papers.uncertainty import FILTER, STABLE, WHERE_FILTER, WHERE_LOSS, C, D, GRAM, K, L, S, a, b, c, e, k
from theory.papers.uncertainty_steps import loss_as_quadratic_form, states_and_rest, states_below_gram
from theory.steps import divide_by_lags, inverse_of_definite, lag_count, modulus_square_below_one

s, t, j, n, eps = names("s t j n eps")
STATES = Sum("j", 0, k, D**j @ e @ e.H @ (D**j).H)

claim = Claim(
    title="Uncertainty principle under white noise",
    says="Whatever its poles and weights, a filter of order S misses the shift by K by at least 1 − S/(K+1).",
    statement=statement(forall(FILTER, [STABLE], le(1 - S / (K + 1), L)), [WHERE_FILTER, WHERE_LOSS]),
    paper="UP", dossier="UP.T2", reference="Theorem 2", source="text",
    hypotheses={"|a_s| < 1": "the loss is infinite or undefined"},
    limits="Repeated and zero poles are allowed; S = 0 gives L = 1. The constant cannot be improved (UP.tight+).",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=0, a=fn("n", 0), b=fn("n", 1))
    p.abbreviate("C", [], GRAM)
    p.abbreviate("D", [], diag("s", S, a[s]))
    p.abbreviate("e", [], vec("s", S, 1))
    p.abbreviate("P", ["k"], STATES)
    p.abbreviate("w", [], vec("s", S, conj(b[s])))
    p.abbreviate("Q", ["eps"], C + eps * eye(S))
    p.abbreviate("F", ["eps", "k"], e.H @ (D**k).H @ inv(names("Q")(eps)) @ D**k @ e)
    w = names("w")
    lags = lag_count(p, K)
    loss = closed_loss(p)
    quadratic = loss_as_quadratic_form(p, loss, w, D**K @ e)
    semidefinite = p.use("uncertainty.gram_semidefinite", le(zero(S, S), C), S=S, a=a)
    stein = p.use("uncertainty.gram_stein", eq(C - D @ C @ D.H, e @ e.H), S=S, a=a)
    inner = inside_the_disk(p)
    dominated = states_below_gram(p, semidefinite, states_and_rest(p, stein, names("P")), names("P"), K)
    with p.generalise({"eps": "real"}, [lt(0, eps)], le(1 - S / (K + 1), L + eps * (w.H @ w))) as every:
        bound_with(p, every(1), w, quadratic, semidefinite, stein, inner, dominated, lags)
    p.order("limit", le(1 - S / (K + 1), L), every)


def closed_loss(p):
    """The closed form of UP.P15, and the convergence of the series L."""
    values = {"S": S, "K": K, "a": a, "b": b}
    p.series("exists", sums("k", 0, TERM, L), p.use("uncertainty.loss_in_gram_form", sums("k", 0, TERM, CLOSED), **values))
    return p.use("uncertainty.loss_in_gram_form", eq(L, CLOSED), **values)


def inside_the_disk(p):
    """0 ⪯ I − D D*, because |a_s| < 1."""
    with p.generalise({"s": "int"}, [le(1, s), le(s, S)], le(0, 1 - a[s] * conj(a[s]))):
        room = modulus_square_below_one(p, a[s], p.apply(p.given(1), lt(Abs(a[s]), 1), s=s))
        p.squares(le(0, 1 - a[s] * conj(a[s])), [(1, [room], "", 1)])
    diagonal = p.use("algebra.diagonal_semidefinite", le(zero(S, S), diag("s", S, 1 - a[s] * conj(a[s]))),
                     n=S, d=fn("n", 1 - a[n] * conj(a[n])))
    same = p.entries(eq(diag("s", S, 1 - a[s] * conj(a[s])), eye(S) - D @ D.H))
    return p.squares(le(D @ D.H, eye(S)), [(1, [], diagonal, eye(S))], using=[(same, 1)])


def bound_with(p, positive, w, quadratic, semidefinite, stein, inner, dominated, lags):
    """For ε > 0 and Q = C + εI: complete the square, then apply the trace argument to Q."""
    Q, F, P = names("Q")(eps), names("F"), names("P")
    Z, v = inv(Q), D**K @ e
    definite = p.squares(lt(zero(S, S), Q), [(1, [], semidefinite, eye(S)), (1, [positive], "", eye(S))])
    p.squares(le(D @ Q @ D.H, Q), [(1, [], "", e.H), (1, [positive], inner, eye(S))], using=[(stein, -1)])
    p.squares(le(P(K), Q), [(1, [], dominated, eye(S)), (1, [positive], "", eye(S))])
    bound = p.use("uncertainty.captured_energy_bound", le((K + 1) * F(eps, K), S), S=S, K=K, A=D, Q=Q, b=e)
    right, _, star, adjoint_left, _ = inverse_of_definite(p, Q, definite, S)
    square = p.squares(le(1 - F(eps, K) - eps * (w.H @ w), L), [(1, [], definite, w - Z @ v)],
                       using=[(quadratic, -1), (right, -w.H, v), (adjoint_left, -v.H, w), (right, v.H @ Z.H, v), (star, v.H, v)])
    divide_by_lags(p, lags, bound, square, le(1 - S / (K + 1), L + eps * (w.H @ w)))
