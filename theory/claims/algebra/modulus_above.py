"""A real number that is at least c > 0 has a modulus of at least c."""
from theory.claim import Claim
from theory.language import Abs, forall, le, lt, names, ne, statement
from theory.mutations import changed, fails_at
from theory.steps import positive_reciprocal

c, x = names("c x")

claim = Claim(
    title="The modulus of a positive number",
    says="If 0 < c ≤ x, then c ≤ |x|.",
    statement=statement(forall({"c": "real", "x": "real"}, [lt(0, c), le(c, x)], le(c, Abs(x)))),
    reference="elementary",
    hypotheses={"c ≤ x": "x = 0 has modulus 0", "c > 0": "kept for the proof, which divides by c + |x|"},
    limits="Real numbers.",
)


@claim.derive
def difference_of_squares(step):
    import sympy

    from theory.identities import equal

    x, c, size = sympy.symbols("x c m", real=True)
    equal(step, "product", (size - c) * (size + c), (size**2 - x**2) + (x - c) ** 2 + 2 * c * (x - c),
          why="m = |x| with m² = x²: so (m − c)(m + c) ≥ 0 when x ≥ c > 0, and m + c > 0")


@claim.certify
def proof(p, _):
    """|x|² = x², so (|x| − c)(|x| + c) = (x − c)² + 2c(x − c) ≥ 0, and |x| + c > 0."""
    p.inhabited(c=1, x=1)
    total = p.squares(lt(0, Abs(x) + c), [(1, [p.given(1)], "", 1), (1, [p.order("basic", le(0, Abs(x)))], "", 1)])
    proper = p.order("nonzero", ne(Abs(x) + c, 0), total)
    share = positive_reciprocal(p, Abs(x) + c, total, proper)
    p.squares(le(c, Abs(x)), [(1, [share], "", x - c), (2, [share, p.given(1), p.given(2)], "", 1)], nonzero=[proper])


@claim.oracle
def rationals():
    """Drawn rational numbers."""
    from theory.papers.uncertainty_measurements import bounded, numbers

    found = []
    for low, gap in numbers(6, 3):
        low, value = abs(low) + 1, abs(low) + 1 + abs(gap)
        found.append(bounded("modulus", {"c": str(low)}, abs(value), low, abs(value) >= low))
    return found


claim.must_refuse(
    strict=changed(lt(c, Abs(x))),
    any_number=changed(given={2: None}),
    doubled=changed(le(2 * c, Abs(x))),
)
claim.refute("strict")(fails_at(c=1, x=1))
claim.refute("any_number")(fails_at(c=1, x=0))
claim.refute("doubled")(fails_at(c=1, x=1))
