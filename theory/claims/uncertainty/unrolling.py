"""Unrolling a diagonal recurrence into a convolution (paper, Proposition 8)."""
from theory.claim import Claim
from theory.language import SEQ, Sum, conj, diag, eq, fn, forall, mat, names, statement, vec, within
from theory.mutations import changed, fails_at
from theory.proof import explained

S, a, b, w, u, x, n, s, k, j, m = names("S a b p u x n s k j m")
D, B, P, c = names("D B P c")
VARIABLES = {"S": "nat", "a": SEQ, "b": SEQ, "p": SEQ, "u": SEQ, "x": ["seq", mat(S)]}
START = eq(x[0], u[0] * B)
STEP = forall({"n": "nat"}, [], eq(x[n + 1], D @ x[n] + u[n + 1] * B))
COEFFICIENT = Sum("s", 1, S, a[s] ** k * b[s] * w[s])


def output(n):
    """pᵀx_n = Σ_{k≤n} c_k u_{n−k}."""
    return eq(P.H @ x[n], Sum("k", 0, n, c(k) * u[n - k]))


claim = Claim(
    title="A diagonal recurrence is a convolution",
    says="With x_{n+1} = diag(a) x_n + u_{n+1} b and x_0 = u_0 b, the output pᵀx_n is the convolution of u with "
         "c_k = Σ a_s^k b_s p_s.",
    statement=statement(
        forall(VARIABLES, [START, STEP], forall({"n": "nat"}, [], output(n))),
        [("D", [], diag("s", S, a[s])), ("B", [], vec("s", S, b[s])), ("P", [], vec("s", S, conj(w[s]))),
         ("c", ["k"], COEFFICIENT)]),
    paper="UP", dossier="UP.P8", reference="Proposition 8", source="text",
    hypotheses={"x_0 = u_0 b": "another start adds pᵀ diag(a)^n (x_0 − u_0 b)", "the recurrence": "it defines the states"},
    limits="No condition on the poles: the sums are finite. The matrix is diagonal.",
)


@claim.derive
def two_states(step):
    from sympy import expand, symbols

    from theory.papers.uncertainty_symbolic import confirm

    poles, into, out, u = symbols("a1:3"), symbols("b1:3"), symbols("p1:3"), symbols("u0:4")
    x, y = [0, 0], []
    for value in u:
        x = [pole * state + weight * value for pole, state, weight in zip(poles, x, into, strict=True)]
        y.append(sum(weight * state for weight, state in zip(out, x, strict=True)))
    step("fourth output", expand(y[3]), why="two states, four steps from rest")
    c = [sum(p * b * pole**k for p, b, pole in zip(out, into, poles, strict=True)) for k in range(4)]
    confirm(step, "convolution", [expand(y[n] - sum(c[k] * u[n - k] for k in range(n + 1))) for n in range(4)], why="c_k = Σ p_s b_s a_s^k")


@claim.certify
def proof(p, _):
    zero = fn("k", 0)
    p.inhabited(S=1, a=zero, b=zero, p=zero, u=zero, x=zero)
    states = states_unrolled(p)
    with p.generalise({"n": "nat"}, [], output(n)):
        here = p.apply(states, state(n), m=n)
        with p.generalise({"j": "int"}, within(0, j, n), eq(u[j] * response(n - j), u[j] * c(n - j))) as term:
            cell = p.entries(eq(response(n - j), c(n - j)))
            p.identity(eq(u[j] * response(n - j), u[j] * c(n - j)), [(cell, u[j])])
        spread = p.step("congruence", eq(Sum("j", 0, n, u[j] * response(n - j)), Sum("j", 0, n, u[j] * c(n - j))), equal=term)
        turned = p.use("algebra.sum_reversal", eq(Sum("k", 0, n, u[k] * c(n - k)), Sum("k", 0, n, u[n - k] * c(k))),
                       n=n, g=fn("k", u[k] * c(n - k)))
        p.operator(output(n), [(here, P.H), (spread, 1), (turned, 1)])


def response(k):
    """pᵀ D^k b."""
    return P.H @ D**k @ B


def state(m):
    """x_m = Σ_{j≤m} u_j D^{m−j} b."""
    return eq(x[m], Sum("j", 0, m, u[j] * D ** (m - j) @ B))


@explained
def states_unrolled(p):
    """The states for every m, by induction."""
    with p.branch() as base:
        p.operator(state(0), [(p.given(1), 1)])
    block = p.new_id()
    with p.branch() as step:
        advance = p.apply(p.given(2), eq(x[m + 1], D @ x[m] + u[m + 1] * B), n=m)
        p.operator(state(m + 1), [(advance, 1), (f"{block}.2", D)])
    return p.step("induction", forall({"m": "nat"}, [], state(m)), block, base=base, step=step)


def convolution(a, b, p, u):
    """The formula, exactly: y_n = Σ_k c_k u_{n−k} with c_k = Σ a_s^k b_s p_s."""
    from numeric import reference

    weights = [x * y for x, y in zip(reference.column(b), reference.column(p), strict=True)]
    c = [reference.dot(weights, reference.powers(a, k)) for k in range(len(u))]
    signal = reference.column(u)
    return [reference.dot(c[:n + 1], signal[n::-1]) for n in range(len(u))]


@claim.oracle
def exact_recurrence():
    """Run the recurrence over Gaussian rationals, poles on and outside the circle included."""
    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, numbers, text

    results = []
    for order in (1, 2, 3, 5):
        a, b, p, signal = (numbers(count, seed) for count, seed in ((order, 1), (order, 2), (order, 3), (12, 4)))
        measured, expected = reference.run(a, b, signal, p), convolution(a, b, p, signal)
        results.append(compared(f"order {order}: last of 12 outputs, all compared", {"S": order, "N": 12}, text(measured[-1]),
                                text(expected[-1]), inside=measured == expected))
    return results


@claim.oracle
def compiled_recurrence():
    """Run the compiled recurrence on 2,000 samples; NumPy's convolution with the coefficients is the expected side."""
    import numpy as np

    from numeric import families, poles, recurrence
    from theory.papers.uncertainty_measurements import compared

    rng = np.random.default_rng(1)
    results = []
    for order, lag in ((3, 10), (31, 300)):
        a = np.array([poles.to_complex(pole) for pole in families.paper(order, lag)])
        b, u = rng.standard_normal(order) / order, rng.standard_normal(2_000)
        y = recurrence.run(a, b, u)
        expected = np.convolve(u, b @ a[:, None] ** np.arange(len(u)))[:len(u)]
        gap = float(np.max(np.abs(y - expected)))
        results.append(compared("largest gap over 2,000 samples", {"S": order, "K": lag}, gap, 0.0, inside=gap < 1e-10))
    return results


claim.must_refuse(
    input_not_reversed=changed(eq(P.H @ x[1], Sum("k", 0, 1, c(k) * u[k]))),
    current_input_lost=changed(eq(P.H @ x[0], Sum("k", 1, 0, c(k) * u[0 - k]))),
    one_sample_late=changed(forall({"n": "nat"}, [], eq(P.H @ x[n], Sum("k", 0, n, c(k + 1) * u[n - k])))),
    any_start=changed(given={1: None}),
    output_weights_conjugated=changed(where={"c": Sum("s", 1, S, a[s] ** k * b[s] * conj(w[s]))}),
)
ONE = fn("k", 1)
claim.refute("input_not_reversed")(fails_at(S=1, a=fn("k", 0), b=ONE, p=ONE, u=fn("k", k + 1), x=fn("k", k + 1)))
claim.refute("current_input_lost")(fails_at(S=1, a=fn("k", 0), b=ONE, p=ONE, u=ONE, x=ONE))
