"""Unrolling a diagonal recurrence into a convolution (paper, Proposition 8)."""
from theory.claim import Claim
from theory.language import SEQ, Sum, conj, diag, eq, fn, forall, mat, names, statement, vec, zero

S, a, b, w, u, x, n, s, k, j = names("S a b p u x n s k j")
D, B, P, c = names("D B P c")
VARIABLES = {"S": "nat", "a": SEQ, "b": SEQ, "p": SEQ, "u": SEQ, "x": ["seq", mat(S)]}
START = eq(x[0], u[0] * B)
STEP = forall({"n": "nat"}, [], eq(x[n + 1], D @ x[n] + u[n + 1] * B))
OUTPUT = Sum("s", 1, S, w[s] * names("x_s")) if False else P.H @ x[n]

claim = Claim(
    title="A diagonal recurrence is a convolution",
    says="With x_{n+1} = diag(a) x_n + u_{n+1} b and x_0 = u_0 b, the output pᵀx_n is the convolution of u with c_k = Σ a_s^k b_s p_s.",
    statement=statement(
        forall(VARIABLES, [START, STEP], forall({"n": "nat"}, [], eq(P.H @ x[n], Sum("k", 0, n, c(k) * u[n - k])))),
        [("D", [], diag("s", S, a[s])), ("B", [], vec("s", S, b[s])), ("P", [], vec("s", S, conj(w[s]))),
         ("c", ["k"], Sum("s", 1, S, a[s] ** k * b[s] * w[s]))]),
    paper="UP", dossier="UP.P8", reference="Proposition 8", source="text",
    limits="No condition on the poles: the sums are finite.",
)


@claim.certify
def proof(p, _):
    with p.inhabited_by(S=1, a=fn("k", 0), b=fn("k", 0), p=fn("k", 0), u=fn("k", 0), x=fn("k", 0)):
        pass
    m = names("m")

    def state(m):
        return eq(x[m], Sum("j", 0, m, u[j] * D ** (m - j) @ B))
    with p.branch() as base:
        p.operator(state(0), [(p.given(1), 1)])
    block = p.new_id()
    with p.branch() as step:
        advance = p.apply(p.given(2), eq(x[m + 1], D @ x[m] + u[m + 1] * B), n=m)
        p.operator(state(m + 1), [(advance, 1), (f"{block}.2", D)])
    closed = p.step("induction", forall({"m": "nat"}, [], state(m)), block, base=base, step=step)
    with p.generalise({"n": "nat"}, [], eq(P.H @ x[n], Sum("k", 0, n, c(k) * u[n - k]))):
        here = p.apply(closed, state(n), m=n)
        with p.generalise({"j": "int"}, [["<=", 0, "j"], ["<=", "j", "n"]], eq(u[j] * (P.H @ D ** (n - j) @ B), u[j] * c(n - j))) as term:
            cell = p.entries(eq(P.H @ D ** (n - j) @ B, c(n - j)))
            p.identity(eq(u[j] * (P.H @ D ** (n - j) @ B), u[j] * c(n - j)), [(cell, u[j])])
        spread = p.step("congruence", eq(Sum("j", 0, n, u[j] * (P.H @ D ** (n - j) @ B)), Sum("j", 0, n, u[j] * c(n - j))), equal=term)
        turned = p.use("algebra.sum_reversal", eq(Sum("k", 0, n, u[k] * c(n - k)), Sum("k", 0, n, u[n - k] * c(k))), n=n, g=fn("k", u[k] * c(n - k)))
        p.operator(eq(P.H @ x[n], Sum("k", 0, n, c(k) * u[n - k])), [(here, P.H), (spread, 1), (turned, 1)])


assert zero
