"""Cauchy–Schwarz in the Loewner order."""
from theory.claim import Claim
from theory.language import T, eq, eye, forall, le, lt, mat, matrix, names, statement, zero
from theory.mutations import changed, fails_at

n, v = names("n v")
GOAL = le(v @ v.H, (v.H @ v) * eye(n))

claim = Claim(
    title="Cauchy–Schwarz in the Loewner order",
    says="For every column v, the matrix (v*v) I − v v* is positive semidefinite.",
    statement=statement(forall({"n": "nat", "v": mat(n)}, [], GOAL)),
    reference="elementary",
    limits="Columns of finite length; equality on the line of v.",
)


@claim.derive
def lagrange(step):
    import sympy

    from theory.identities import confirm, equal

    v, x = sympy.symbols("v1:4", real=True), sympy.symbols("x1:4", real=True)
    form = sum(a**2 for a in v) * sum(b**2 for b in x) - sum(a * b for a, b in zip(v, x, strict=True)) ** 2
    equal(step, "Lagrange's identity", sympy.expand(form), sum((v[s] * x[t] - v[t] * x[s]) ** 2 for s in range(3) for t in range(s)),
          shown="x^*((v^*v)I - vv^*)x", why="three real entries: a sum of squares, 0 on the line of v")
    square = sum(a**2 for a in v)
    projector = sympy.eye(3) - sympy.Matrix(3, 3, lambda i, j: v[i] * v[j] / square)
    confirm(step, "as one square", [sympy.cancel(x) for x in square * projector**2 - square * projector],
            why="(v*v) P² = (v*v) P = (v*v) I − vv* with the projector P = I − vv*/(v*v), where v ≠ 0")


@claim.certify
def proof(p, _):
    p.inhabited(n=2, v=matrix("s", 2, "t", 1, 1))
    square, projector = v.H @ v, eye(n) - (1 / (v.H @ v)) * (v @ v.H)
    sign = p.squares(le(0, square), [(1, [], "", v)])
    split = p.new_id()
    with p.branch() as equal:
        none = p.squares(le(square, 0), using=[(f"{split}.equal.1", 1)])
        null = p.order("vanish", eq(v, zero(n)), none, Y=v)
        p.squares(GOAL, using=[(f"{split}.equal.1", -1, eye(n)), (null, 1, v.H)])
    with p.branch() as unequal:
        p.squares(GOAL, [(1, [sign], "", projector)], nonzero=[f"{split}.unequal.1"])
    p.step("cases", GOAL, split, on=[square, 0], equal=equal, unequal=unequal)


claim.must_refuse(
    constant_improved=changed(le(v @ v.H, (T(99) / 100 * (v.H @ v)) * eye(n))),
    strict=changed(lt(v @ v.H, (v.H @ v) * eye(n))),
    sign_flipped=changed(le((v.H @ v) * eye(n), v @ v.H)),
)
claim.refute("constant_improved")(fails_at(n=1, v=matrix("s", 1, "t", 1, 1)))
