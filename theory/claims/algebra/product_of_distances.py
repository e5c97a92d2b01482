"""A polynomial with its roots outside the closed disk, bounded on that disk by the moduli of their reciprocals."""
from fractions import Fraction

from theory.claim import Claim
from theory.language import SEQ, Abs, Prod, T, both, fn, forall, le, lt, names, statement, within
from theory.mutations import changed, fails_at
from theory.proof import explained

n, r, z, f, m, j = names("n r z f m j")


def inside(r, n):
    return forall({"j": "int"}, within(1, j, n), lt(Abs(r[j]), 1))


def sizes(r, n):
    """Π(1 − |r_j|), |Π(1 − r_j z)|, Π(1 + |r_j|)."""
    return Prod("j", 1, n, 1 - Abs(r[j])), Abs(Prod("j", 1, n, 1 - r[j] * z)), Prod("j", 1, n, 1 + Abs(r[j]))


def result(r, n):
    low, size, high = sizes(r, n)
    return both(lt(0, low), le(low, size), le(size, high))


claim = Claim(
    title="A product of distances",
    says="If |r_j| < 1 for j = 1..n and |z| ≤ 1, then 0 < Π(1 − |r_j|) ≤ |Π(1 − r_j z)| ≤ Π(1 + |r_j|).",
    statement=statement(forall({"n": "nat", "r": SEQ, "z": "complex"}, [inside(r, n), le(Abs(z), 1)], result(r, n))),
    reference="elementary",
    hypotheses={"|r_j| < 1": "r = 1 and z = 1: both products are 0", "|z| ≤ 1": "r = 1/2 and z = 2: the middle is 0"},
    limits="Equality on the left where r_j z = |r_j| for every j, on the right where r_j z = −|r_j| for every j: roots on one ray.",
)


@claim.derive
def two_factors(step):
    """n = 2 at the z at which both ends are reached."""
    from sympy import symbols

    from theory.identities import equal

    s, t = symbols("s t", positive=True)
    for sign, word in ((1, "left"), (-1, "right")):
        equal(step, f"equality on the {word}", (1 - s * sign) * (1 - t * sign), 1 - sign * (s + t) + s * t,
              shown=f"(1 − r_1 z)(1 − r_2 z) at z = {sign}", why=f"r_1 = s, r_2 = t: the product of 1 {'−' if sign > 0 else '+'} |r_j|")


@claim.certify
def proof(p, _):
    """By induction, because 1 − |r| ≤ |1 − rz| ≤ 1 + |r|."""
    p.inhabited(n=1, r=fn("k", 0), z=1)

    def goal(m):
        return forall({"f": SEQ}, [inside(f, m)], result(f, m))
    with p.branch() as base, p.generalise({"f": SEQ}, [inside(f, 0)], result(f, 0)):
        low, size, high = sizes(f, 0)
        p.both(p.squares(lt(0, low), [(1, [], "", 1)]), p.squares(le(low, size)), p.squares(le(size, high)))
    block = p.new_id()
    with p.branch() as step, p.generalise({"f": SEQ}, [inside(f, m + 1)], result(f, m + 1)) as given:
        with p.generalise({"j": "int"}, within(1, j, m), lt(Abs(f[j]), 1)) as fewer:
            p.squares(le(j, m + 1), [(1, [fewer(2)], "", 1), (1, [], "", 1)])
            p.apply(given(1), lt(Abs(f[j]), 1), j=j)
        known = p.apply(f"{block}.2", result(f, m), f=f)
        one_more(p, [p.part(known, T(shown)) for shown in known.shows[1:]], p.apply(given(1), lt(Abs(f[m + 1]), 1), j=m + 1))
    induction = p.step("induction", forall({"m": "nat"}, [], goal(m)), block, base=base, step=step)
    p.apply(p.apply(induction, goal(n), m=n), result(r, n), f=r)


@explained
def one_more(p, known, below):
    """The triangle inequality for 1 = (1 − rz) + rz and for 1 − rz, with |rz| ≤ |r|."""
    last = f[m + 1]
    factor, size = Abs(1 - last * z), Abs(last)
    sign = p.order("basic", le(0, size))
    away = p.use("algebra.triangle", le(1, factor + Abs(last * z)), x=1 - last * z, y=last * z)
    near = p.use("algebra.triangle", le(factor, 1 + Abs(last * z)), x=1, y=-last * z)
    above = p.squares(le(1 - size, factor), [(1, [away], "", 1), (1, [sign, p.given(2)], "", 1)])
    under = p.squares(le(factor, 1 + size), [(1, [near], "", 1), (1, [sign, p.given(2)], "", 1)])
    positive, left, right = known
    long = p.order("basic", le(0, factor))
    whole = p.order("basic", le(0, sizes(f, m)[1]))
    low, middle, high = sizes(f, m + 1)
    p.both(p.squares(lt(0, low), [(1, [positive, below], "", 1)]),
           p.squares(le(low, middle), [(1, [left, long], "", 1), (1, [positive, above], "", 1)]),
           p.squares(le(middle, high), [(1, [right, sign], "", 1), (1, [right], "", 1), (1, [whole, under], "", 1)]))


LOW, SIZE, HIGH = sizes(r, n)
claim.must_refuse(
    strict=changed(lt(LOW, SIZE)),
    ends_swapped=changed(le(HIGH, SIZE)),
    on_the_circle=changed(lt(0, LOW), given={1: forall({"j": "int"}, within(1, j, n), le(Abs(r[j]), 1))}),
    outside_the_disk=changed(le(LOW, SIZE), given={2: le(Abs(z), 2)}),
    any_roots=changed(given={1: None}),
)
claim.refute("strict")(fails_at(n=1, r=fn("k", 0), z=1))
claim.refute("ends_swapped")(fails_at(n=1, r=fn("k", T(1) / 2), z=1))
claim.refute("on_the_circle")(fails_at(n=1, r=fn("k", 1), z=1))
claim.refute("outside_the_disk")(fails_at(n=1, r=fn("k", T(1) / 2), z=2))


def multiplied_out(roots, z):
    """Π(1 − r_j z) by its coefficients and Horner's rule, in pairs of fractions."""
    line = [(Fraction(1), Fraction(0))]
    for root in roots:
        steps = [times(root, value) for value in line]
        line = [(a[0] - b[0], a[1] - b[1]) for a, b in zip([*line, (0, 0)], [(0, 0), *steps], strict=True)]
    total = (Fraction(0), Fraction(0))
    for value in reversed(line):
        total = times(total, z)
        total = (total[0] + value[0], total[1] + value[1])
    return total


def times(x, y):
    return x[0] * y[0] - x[1] * y[1], x[0] * y[1] + x[1] * y[0]


@claim.oracle
def exact_polynomials():
    """Polynomials multiplied out, at drawn points of the disk: moduli to 40 digits of exact squares."""
    import mpmath

    from theory.papers.uncertainty_measurements import bounded, numbers

    results = []
    with mpmath.workdps(40):
        def modulus(x):
            square = x[0] * x[0] + x[1] * x[1]
            return mpmath.sqrt(mpmath.mpf(square.numerator) / square.denominator)
        for degree in (1, 2, 5):
            roots = numbers(degree, degree, modulus=1)
            for z in [(Fraction(1), Fraction(0)), (Fraction(-3, 5), Fraction(4, 5)), *numbers(3, 40 + degree, modulus=1)]:
                size = modulus(multiplied_out(roots, z))
                low, high = (mpmath.fprod(1 + sign * modulus(root) for root in roots) for sign in (-1, 1))
                inputs = {"n": degree, "z": f"{z[0]} + {z[1]}i"}
                results.append(bounded("below", inputs, mpmath.nstr(size, 30), mpmath.nstr(low, 30), low <= size))
                results.append(bounded("above", inputs, mpmath.nstr(size, 30), mpmath.nstr(high, 30), size <= high))
    return results
