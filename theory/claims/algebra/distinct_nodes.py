"""A combination of powers of distinct nodes that vanishes for every exponent is trivial (Vandermonde, by induction)."""
from theory.claim import Claim
from theory.language import SEQ, Sum, eq, fn, forall, le, lt, names, ne, statement, within
from theory.mutations import changed
from theory.proof import explained

S, s, t, k, n, z, x, y, w = names("S s t k n z x y w")


def distinct(z, S):
    return forall({"s": "int", "t": "int"}, [*within(1, s, S), *within(1, t, S), ne(s, t)], ne(z[s], z[t]))


def moments(z, x, S):
    return forall({"k": "nat"}, [], eq(Sum("s", 1, S, z[s] ** k * x[s]), 0))


def trivial(x, S):
    return forall({"s": "int"}, [le(1, s), le(s, S)], eq(x[s], 0))


claim = Claim(
    title="Powers of distinct nodes are independent",
    says="If Σ z_s^k x_s = 0 for every k ≥ 0 and the nodes z_1..z_S are distinct, then every x_s is 0.",
    statement=statement(forall({"S": "nat", "z": SEQ, "x": SEQ}, [distinct(z, S), moments(z, x, S)], trivial(x, S))),
    reference="Vandermonde determinant, proved here without determinants",
    limits="Finitely many nodes; all moments are used, although the first S would do.",
    hypotheses={"distinct nodes": "z_1 = z_2 allows x = (1, −1)", "every k ≥ 0": "without k = 0 a node at 0 leaves its x_s free"},
)


@claim.derive
def vandermonde(step):
    from math import prod

    import sympy

    from theory.identities import equal

    for size in (2, 3):
        z, x = sympy.symbols(f"z1:{size + 1}"), sympy.symbols(f"x1:{size + 1}")
        matrix = sympy.Matrix([[node**k for node in z] for k in range(size)])
        equal(step, f"S = {size}: determinant", sympy.expand(matrix.det()), prod(z[t] - z[s] for t in range(size) for s in range(t)),
              shown="det(z_s^k)", why="Vandermonde: not 0 for distinct nodes, so the first S moments decide")
        for k in (0, 2):
            moments = [sum(x[s] * z[s] ** (k + j) for s in range(size)) for j in (0, 1)]
            equal(step, f"S = {size}: one node less, moment {k}", moments[1] - z[-1] * moments[0],
                  sum((z[s] - z[-1]) * x[s] * z[s] ** k for s in range(size - 1)), shown="m_{k+1} - z_S m_k",
                  why="the last node drops out: the induction of the proof")


@claim.certify
def proof(p, _):
    p.inhabited(S=2, z=fn("k", "k"), x=fn("k", 0))

    def goal(S):
        return forall({"w": SEQ, "y": SEQ}, [distinct(w, S), moments(w, y, S)], trivial(y, S))
    none_given = [distinct(w, 0), moments(w, y, 0)]
    with p.branch() as base, p.generalise({"w": SEQ, "y": SEQ}, none_given, trivial(y, 0)), \
            p.generalise({"s": "int"}, [le(1, s), le(s, 0)], eq(y[s], 0)) as none:
        impossible = p.squares(le(1, 0), [(1, [none(1)], "", 1), (1, [none(2)], "", 1)])
        p.step("contradiction", eq(y[s], 0), **{"from": impossible})
    block = p.new_id()
    more_given = [distinct(w, n + 1), moments(w, y, n + 1)]
    with p.branch() as step, p.generalise({"w": SEQ, "y": SEQ}, more_given, trivial(y, n + 1)) as given:
        inductive_step(p, f"{block}.2", given)
    induction = p.step("induction", forall({"n": "nat"}, [], goal(n)), block, base=base, step=step)
    p.apply(p.apply(induction, goal(S), n=S), trivial(x, S), w=z, y=x)


@explained
def inductive_step(p, hypothesis, given):
    """Multiply x_s by z_s − z_{n+1}: the last term goes, the hypothesis applies to the rest."""
    last, cut = w[n + 1], fn("k", (w[k] - w[n + 1]) * y[k])

    def moment(k):
        return eq(Sum("s", 1, n + 1, w[s] ** k * y[s]), 0)
    with p.generalise({"k": "nat"}, [], eq(Sum("s", 1, n, w[s] ** k * ((w[s] - last) * y[s])), 0)):
        low, high = (p.apply(given(2), moment(e), k=e) for e in (k, k + 1))
        p.identity(eq(Sum("s", 1, n, w[s] ** k * ((w[s] - last) * y[s])), 0), [(high, 1), (low, -last)])
    with p.generalise({"s": "int", "t": "int"}, [*within(1, s, n), *within(1, t, n), ne(s, t)], ne(w[s], w[t])) as apart:
        for m, below in ((s, apart(2)), (t, apart(4))):
            p.squares(le(m, n + 1), [(1, [below], "", 1), (1, [], "", 1)])
        p.apply(given(1), ne(w[s], w[t]), s=s, t=t)
    rest = p.apply(hypothesis, forall({"s": "int"}, [le(1, s), le(s, n)], eq((w[s] - last) * y[s], 0)), w=w, y=cut)
    with p.generalise({"s": "int"}, [le(1, s), le(s, n)], eq(y[s], 0)) as small:
        zero = p.apply(rest, eq((w[s] - last) * y[s], 0), s=s)
        below = p.squares(lt(s, n + 1), [(1, [small(2)], "", 1), (1, [], "", 1)])
        p.order("nonzero", ne(s, n + 1), below)
        gap = p.apply(given(1), ne(w[s], last), s=s, t=n + 1)
        p.identity(eq(y[s], 0), [(zero, 1 / (w[s] - last))], nonzero=[gap])
    empty = p.step("congruence", eq(Sum("s", 1, n, y[s]), Sum("s", 1, n, 0)), equal=small)
    whole = p.apply(given(2), moment(0), k=0)
    top = p.identity(eq(y[n + 1], 0), [(whole, 1), (empty, -1)])
    with p.generalise({"s": "int"}, [le(1, s), le(s, n + 1)], eq(y[s], 0)) as every:
        split = p.new_id()
        with p.branch() as less:
            p.order("gap", le(s + 1, n + 1), f"{split}.less.1")
            p.apply(small, eq(y[s], 0), s=s)
        with p.branch() as equal:
            moved = p.step("congruence", eq(y[s], y[n + 1]), equal=f"{split}.equal.1", context=fn("m", y["m"]))
            p.identity(eq(y[s], 0), [(moved, 1), (top, 1)])
        with p.branch() as greater:
            beyond = p.squares(lt(0, 0), [(1, [every(2)], "", 1), (1, [f"{split}.greater.1"], "", 1)])
            p.step("contradiction", eq(y[s], 0), **{"from": beyond})
        p.step("cases", eq(y[s], 0), split, on=[s, n + 1], less=less, equal=equal, greater=greater)


claim.must_refuse(
    nodes_may_coincide=changed(given={1: None}),
    moment_zero_missing=changed(given={2: forall({"k": "nat"}, [], eq(Sum("s", 1, S, z[s] ** (k + 1) * x[s]), 0))}),
    one_index_further=changed(trivial(x, S + 1)),
)
