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
