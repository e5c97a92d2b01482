"""The triangle inequality for complex numbers."""
from theory.claim import Claim
from theory.language import Abs, T, both, conj, forall, im, le, lt, names, re, statement
from theory.mutations import changed, fails_at
from theory.steps import root_order

x, y = names("x y")
PROJECTION = le(re(x), Abs(x))
TRIANGLE = le(Abs(x + y), Abs(x) + Abs(y))

claim = Claim(
    title="Triangle inequality",
    says="Re x ≤ |x| and |x + y| ≤ |x| + |y| for complex x and y.",
    statement=statement(forall({"x": "complex", "y": "complex"}, [], both(PROJECTION, TRIANGLE))),
    reference="elementary",
    limits="Two numbers; finite sums follow by induction.",
)


@claim.derive
def squares(step):
    import sympy

    from theory.identities import equal

    a, b, c, d = sympy.symbols("a b c d", real=True)
    x, y = a + sympy.I * b, c + sympy.I * d
    equal(step, "modulus of the mixed term", (a**2 + b**2) * (c**2 + d**2), (a * c + b * d) ** 2 + (b * c - a * d) ** 2,
          why="|xȳ|² = (Re xȳ)² + (Im xȳ)²")
    sizes = sympy.symbols("p q", nonnegative=True)
    equal(step, "square of the sum", sympy.expand((x + y) * sympy.conjugate(x + y)), (a**2 + b**2) + (c**2 + d**2) + 2 * (a * c + b * d),
          shown="|x + y|^2", why="so (|x| + |y|)² − |x + y|² = 2(|x||y| − Re xȳ) ≥ 0")
    equal(step, "the other square", sizes[0] ** 2 + sizes[1] ** 2 + 2 * sizes[0] * sizes[1], (sizes[0] + sizes[1]) ** 2,
          why="p = |x|, q = |y|")


@claim.certify
def proof(p, _):
    """(Re z)² ≤ |z|², and (|x| + |y|)² − |x + y|² = 2(|xȳ| − Re xȳ)."""
    p.inhabited(x=0, y=0)
    projection = real_part(p, x)
    mixed = real_part(p, x * conj(y))
    sizes = [p.order("basic", le(0, Abs(z))) for z in (x, y)]
    total = p.squares(le(0, Abs(x) + Abs(y)), [(1, [size], "", 1) for size in sizes])
    squared = p.squares(le(Abs(x + y) ** 2, (Abs(x) + Abs(y)) ** 2), [(2, [mixed], "", 1)])
    p.both(projection, root_order(p, Abs(x + y), Abs(x) + Abs(y), total, squared))


def real_part(p, z):
    """Re z ≤ |z|, because (Re z)² = |z|² − (Im z)²."""
    size = p.order("basic", le(0, Abs(z)))
    squared = p.squares(le(re(z) ** 2, Abs(z) ** 2), [(1, [], "", im(z))])
    return root_order(p, re(z), Abs(z), size, squared)


claim.must_refuse(
    sign_flipped=changed(le(Abs(x), re(x))),
    strict=changed(lt(re(x), Abs(x))),
    difference=changed(le(Abs(x + y), Abs(x) - Abs(y))),
    constant_improved=changed(le(Abs(x + y), (Abs(x) + Abs(y)) / 2)),
)
claim.refute("sign_flipped")(fails_at(x=-1, y=0))
claim.refute("strict")(fails_at(x=1, y=0))
claim.refute("difference")(fails_at(x=0, y=1))
claim.refute("constant_improved")(fails_at(x=1, y=T(1)))


@claim.oracle
def lengths():
    """Lengths of drawn complex numbers at 40 digits."""
    import mpmath

    from theory.papers.uncertainty_measurements import bounded, numbers

    found = []
    with mpmath.workdps(40):
        drawn = [mpmath.mpc(mpmath.mpf(re.numerator) / re.denominator, mpmath.mpf(im.numerator) / im.denominator)
                 for re, im in numbers(8, 3)]
        for u, v in zip(drawn[::2], drawn[1::2], strict=True):
            whole, parts = mpmath.hypot((u + v).real, (u + v).imag), mpmath.hypot(u.real, u.imag) + mpmath.hypot(v.real, v.imag)
            found.append(bounded("|x + y|", {"x": mpmath.nstr(u, 5), "y": mpmath.nstr(v, 5)}, mpmath.nstr(whole, 12),
                                 mpmath.nstr(parts, 12), bool(whole <= parts)))
    return found
