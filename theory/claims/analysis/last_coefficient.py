"""The last coefficient of a predictor is the product of its roots, up to the sign."""
from theory.claim import Claim
from theory.claims.algebra.product_of_distances import inside
from theory.language import SEQ, Abs, Prod, Sum, T, both, delta, eq, fn, forall, integral, integrates, le, lt, names, statement, within
from theory.mutations import changed, counterexample, fails_at
from theory.papers.circle import TURN, full_turn, wave, x
from theory.proof import explained
from theory.steps import at

q, phi, r, f, j, k, m = names("q phi r f j k m_")
DEGREE = q + 1
LINK = forall({"x": "real"}, [], eq(1 - Sum("j", 1, DEGREE, phi[j] * wave(-x * j)), Prod("j", 1, DEGREE, 1 - r[j] * wave(-x))))
SIZES = Prod("j", 1, DEGREE, Abs(r[j]))
RESULT = both(eq(Abs(phi[DEGREE]), SIZES), lt(SIZES, 1))

claim = Claim(
    title="The last coefficient of a predictor",
    says="If 1 − Σ φ_j e^{−ijx} = Π_{j=1}^p (1 − r_j e^{−ix}) for every x, p ≥ 1, and |r_j| < 1, then |φ_p| = Π|r_j| < 1.",
    statement=statement(forall({"q": "nat", "phi": SEQ, "r": SEQ}, [LINK, inside(r, DEGREE)], RESULT)),
    reference="Viète",
    hypotheses={"the roots": "φ_1 = 1 and r_1 = 0: the moduli differ", "|r_j| < 1": "r_1 = 1 = φ_1: the product is 1"},
    limits="p = q + 1; for p = 0 the product is 1, and there is no φ_p.",
)


def monic(count):
    return Prod("j", 1, count, wave(x) - r[j])


def constant_terms(count):
    """Π_{j≤m} (−r_j)."""
    return Prod("j", 1, count, -r[j])


@claim.derive
def three_roots(step):
    """p = 3, multiplied out."""
    import sympy

    from theory.identities import confirm

    z, *roots = sympy.symbols("z r1:4")
    product = sympy.expand(sympy.prod(1 - root * z for root in roots))
    last = step("φ_3", -product.coeff(z, 3), why="the coefficient of z³ with the sign turned")
    confirm(step, "the last coefficient", [sympy.expand(last - sympy.prod(roots))], why="is r_1 r_2 r_3; −Π(−r_j) in general")


@claim.certify
def proof(p, _):
    """Both sides times e^{ipx} are integrated over the circle: of Π(e^{ix} − r_j) the term Π(−r_j) stays, of e^{ipx} − Σ φ_j e^{i(p−j)x}
    the term −φ_p.
    """
    with p.inhabited_by(q=0, phi=fn("n", 0), r=fn("n", 0)):
        nothing(p)
    turn = p.step("ball_bound", lt(0, TURN), prec=64)
    left, right = by_coefficients(p), by_roots(p)
    last, known = phi[DEGREE], constant_terms(DEGREE)
    equation = p.identity(eq(last, -known), [(left, 1 / TURN), (right, -1 / TURN)], nonzero=[turn])
    size = p.step("congruence", eq(Abs(last), Abs(-known)), equal=equation, context=fn("m_", Abs("m_")))
    p.both(p.identity(eq(Abs(last), SIZES), [(size, 1), (sizes_multiply(p), 1)]), below_one(p))


def nothing(p):
    """φ = 0 and r = 0, p = 1."""
    with p.generalise({"x": "real"}, [], eq(1 - Sum("j", 1, 1, 0 * wave(-x * j)), Prod("j", 1, 1, 1 - 0 * wave(-x)))) as same:
        p.identity(same.shows[3])
    with p.generalise({"j": "int"}, within(1, j, 1), lt(Abs(T(0)), 1)) as small:
        p.squares(small.shows[3], [(1, [], "", 1)])


@explained
def by_coefficients(p):
    """The integral of e^{ipx} − Σ φ_j e^{i(p−j)x} is −2πφ_p."""
    term, value = phi[j] * wave(x * (DEGREE - j)), phi[j] * TURN * delta(DEGREE - j, 0)
    with p.generalise({"j": "int"}, within(1, j, DEGREE), integrates("x", 0, TURN, term, value)) as each:
        one = p.use("analysis.circle_mean", integrates("x", 0, TURN, wave(x * (DEGREE - j)), TURN * delta(DEGREE - j, 0)), m=DEGREE - j)
        p.integral("linear", each.shows[3], using=[[one, phi[j], 1]])
    spread = p.integral("finite", integrates("x", 0, TURN, Sum("j", 1, DEGREE, term), Sum("j", 1, DEGREE, value)), each.fact, full_turn(p))
    first = p.use("analysis.circle_mean", integrates("x", 0, TURN, wave(x * DEGREE), TURN * delta(DEGREE, 0)), m=DEGREE)
    total = TURN * delta(DEGREE, 0) - Sum("j", 1, DEGREE, value)
    whole = p.integral("linear", integrates("x", 0, TURN, wave(x * DEGREE) - Sum("j", 1, DEGREE, term), total),
                       using=[[first, 1, 1], [spread, -1, 1]])
    with p.generalise({"x": "real"}, [], eq(wave(x * DEGREE) - Sum("j", 1, DEGREE, term), monic(DEGREE))) as same:
        p.identity(same.shows[3], [(p.apply(p.given(1), T(LINK.json[3]), x=x), wave(x * DEGREE))])
    moved = p.integral("equal", integrates("x", 0, TURN, monic(DEGREE), total), whole, same.fact)
    known = p.integral("value", eq(integral("x", 0, TURN, monic(DEGREE)), total), moved)
    return p.identity(eq(integral("x", 0, TURN, monic(DEGREE)), -TURN * phi[DEGREE]), [(known, 1)])


@explained
def by_roots(p):
    """The integral of e^{ikx}Π_{j≤m}(e^{ix} − r_j) is 2πΠ(−r_j) for k = 0 and 0 for k ≥ 1, by induction over m."""
    def goal(m):
        return forall({"k": "nat"}, [], integrates("x", 0, TURN, wave(x * k) * monic(m), TURN * delta(k, 0) * constant_terms(m)))
    with p.branch() as base, p.generalise({"k": "nat"}, [], T(goal(T(0)).json[3])):
        p.use("analysis.circle_mean", T(goal(T(0)).json[3]), m=k)
    block = p.new_id()
    with p.branch() as step, p.generalise({"k": "nat"}, [], T(goal(m + 1).json[3])) as more:
        p.squares(le(0, k + 1), [(1, [p.order("basic", le(0, k))], "", 1), (1, [], "", 1)])
        here, after = (p.apply(f"{block}.2", at(T(goal(m).json[3]), "k", place), k=place) for place in (k, k + 1))
        p.integral("linear", more.shows[3], using=[[after, 1, 1], [here, -r[m + 1], 1]])
    induction = p.step("induction", forall({"m_": "nat"}, [], goal(m)), block, base=base, step=step)
    whole = p.apply(induction, goal(DEGREE), m_=DEGREE)
    moved = p.apply(whole, integrates("x", 0, TURN, monic(DEGREE), TURN * constant_terms(DEGREE)), k=0)
    return p.integral("value", eq(integral("x", 0, TURN, monic(DEGREE)), TURN * constant_terms(DEGREE)), moved)


@explained
def sizes_multiply(p):
    """|Π r_j| = Π|r_j|."""
    def goal(m):
        return eq(Abs(Prod("j", 1, m, r[j])), Prod("j", 1, m, Abs(r[j])))
    with p.branch() as base:
        p.identity(goal(T(0)))
    block = p.new_id()
    with p.branch() as step:
        p.identity(goal(m + 1), [(f"{block}.2", Abs(r[m + 1]))])
    induction = p.step("induction", forall({"m_": "nat"}, [], goal(m)), block, base=base, step=step)
    return p.apply(induction, goal(DEGREE), m_=DEGREE)


@explained
def below_one(p):
    """Π|r_j| ≤ 1 by induction, and the last factor is below 1."""
    def sizes(f, m):
        return Prod("j", 1, m, Abs(f[j]))

    def goal(m):
        return forall({"f": SEQ}, [inside(f, m)], both(le(0, sizes(f, m)), le(sizes(f, m), 1)))
    with p.branch() as base, p.generalise({"f": SEQ}, [inside(f, 0)], T(goal(T(0)).json[3])):
        p.both(p.squares(le(0, sizes(f, 0)), [(1, [], "", 1)]), p.squares(le(sizes(f, 0), 1)))
    block = p.new_id()

    def fewer(given, f, m):
        with p.generalise({"j": "int"}, within(1, j, m), lt(Abs(f[j]), 1)) as each:
            p.squares(le(j, m + 1), [(1, [each(2)], "", 1), (1, [], "", 1)])
            p.apply(given, lt(Abs(f[j]), 1), j=j)

    def last_factor(given, f, m, known):
        below = p.apply(given, lt(Abs(f[m + 1]), 1), j=m + 1)
        sign = p.order("basic", le(0, Abs(f[m + 1])))
        return below, sign, p.part(known, le(sizes(f, m), 1)), p.part(known, le(0, sizes(f, m)))
    with p.branch() as step, p.generalise({"f": SEQ}, [inside(f, m + 1)], T(goal(m + 1).json[3])) as given:
        fewer(given(1), f, m)
        below, sign, most, least = last_factor(given(1), f, m, p.apply(f"{block}.2", T(goal(m).json[3]), f=f))
        p.both(p.squares(le(0, sizes(f, m + 1)), [(1, [least, sign], "", 1)]),
               p.squares(le(sizes(f, m + 1), 1), [(1, [below], "", 1), (1, [sign, most], "", 1)]))
    induction = p.step("induction", forall({"m_": "nat"}, [], goal(m)), block, base=base, step=step)
    fewer(p.given(2), r, q)
    here = p.apply(p.apply(induction, goal(q), m_=q), both(le(0, sizes(r, q)), le(sizes(r, q), 1)), f=r)
    below, sign, most, _ = last_factor(p.given(2), r, q, here)
    return p.squares(lt(SIZES, 1), [(1, [below], "", 1), (1, [sign, most], "", 1)])


claim.must_refuse(
    first_coefficient=changed(eq(Abs(phi[1]), SIZES)),
    sum_of_sizes=changed(eq(Abs(phi[DEGREE]), Sum("j", 1, DEGREE, Abs(r[j])))),
    roots_of_another=changed(eq(Abs(phi[DEGREE]), SIZES), given={1: None}),
    on_the_circle=changed(lt(SIZES, 1), given={2: forall({"j": "int"}, within(1, j, DEGREE), le(Abs(r[j]), 1))}),
)
claim.refute("roots_of_another")(fails_at(q=0, phi=fn("n", 1), r=fn("n", 0)))


@claim.refute("on_the_circle")
def unit_root(p):
    """p = 1 and φ_1 = r_1 = 1."""
    values = {"q": 0, "phi": fn("n", 1), "r": fn("n", 1)}
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        walk(p)
    walk(p)
    p.step("instance", here(le(1, SIZES)))


def walk(p):
    """1 − e^{−ix} has the root 1."""
    with p.generalise({"x": "real"}, [], eq(1 - Sum("j", 1, 1, 1 * wave(-x * j)), Prod("j", 1, 1, 1 - 1 * wave(-x)))) as same:
        p.identity(same.shows[3])
    with p.generalise({"j": "int"}, within(1, j, 1), le(Abs(T(1)), 1)) as small:
        p.squares(small.shows[3])


def expanded(roots):
    """φ_1, …, φ_p of Π(1 − r_j z) = 1 − Σ φ_j z^j by the elementary symmetric functions of the roots."""
    from itertools import combinations

    line = []
    for count in range(1, len(roots) + 1):
        total = 0
        for chosen in combinations(roots, count):
            term = 1
            for root in chosen:
                term *= root
            total += term
        line.append(total * (-1) ** (count + 1))
    return line


@claim.oracle
def numerical_roots():
    """Roots of the polynomial with the expanded coefficients, found by NumPy, against the last coefficient."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared, doubles, numbers

    results = []
    for degree in (1, 2, 4, 6):
        predictor = expanded(list(doubles(numbers(degree, degree, modulus=1))))
        found = float(np.prod(np.abs(np.roots([1, *(-value for value in predictor)]))))
        last = float(abs(predictor[-1]))
        results.append(compared(f"degree {degree}", {}, found, last, abs(found - last) < 1e-9 and last < 1))
    return results
