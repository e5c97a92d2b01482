"""The second case of Lemma 23 at Ω = T + 1: the sum of simple fractions does not tend to 0 there (refuted)."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, SEQ, Abs, Sum, T, conj, eq, fn, forall, le, lt, names, ne, re, statement, strays, tends
from theory.mutations import changed, counterexample, opposite
from theory.proof import explained
from theory.steps import conjugate_nonzero, root_order

alpha, h, j, k, m, n, s, top, y, z = names("alpha h j k m n s T y z")


def fraction(s):
    """(−1)^s/(α − iπ(s − Ω)) at Ω = T + 1."""
    return T(-1) ** s / (alpha - IMAGINARY * PI * (s - top - 1))


claim = Claim(
    title="Beyond the edge the sum tends to zero (at a fixed distance)",
    says="With |Ω| > T read as any Ω outside, such as Ω = T + 1: the sum of (−1)^s/(α − iπ(s − Ω)) over |s| ≤ T tends to 0 as T → ∞.",
    statement=statement(forall({"alpha": "real"}, [lt(0, alpha)], tends("T", 1, Sum("s", -top, top, fraction(s)), 0))),
    paper="UP", reference="Lemma 23, second case, read uniformly in Ω", source="own",
    hypotheses={"α > 0": "the filter does not decay"},
    limits="False: for α = 1 the modulus stays above Re(1/(1 + iπ)) − Re(1/(1 + 2iπ)) = 0.0673 or more, for every T ≥ 1. The second case "
           "needs |Ω| − T → ∞; uncertainty.transfer_two_cases has the end terms that remain.",
)


def part(j):
    """1/(1 + iπ(j + 1))."""
    return 1 / (1 + IMAGINARY * PI * (j + 1))


LEAST = re(part(T(0))) - re(part(T(1)))


def partial(m):
    return Sum("j", 0, 2 * m, T(-1) ** j * part(j))


@claim.derive
def end_terms(step):
    import sympy
    from mpmath import mp

    from theory.identities import below, equal, rounds

    n = sympy.Symbol("n", positive=True)
    real = equal(step, "real parts of the terms", sympy.re(1 / (1 + sympy.I * sympy.pi * n)), 1 / (1 + sympy.pi**2 * n**2),
                 shown="Re 1/(1 + iπn)", why="α = 1, n = j + 1 counted from the edge")
    equal(step, "they shrink", sympy.factor(real - real.subs(n, n + 1)),
          sympy.pi**2 * (2 * n + 1) / ((1 + sympy.pi**2 * n**2) * (1 + sympy.pi**2 * (n + 1) ** 2)), shown="difference of neighbours",
          why="positive: so the alternating sum stays above its first two terms")
    floor = equal(step, "first pair", real.subs(n, 1) - real.subs(n, 2), 3 * sympy.pi**2 / ((1 + sympy.pi**2) * (1 + 4 * sympy.pi**2)),
                  shown="floor", why="n = 1 less n = 2")
    rounds(step, "in numbers", floor, "0.0673", why="the modulus cannot fall below it")
    with mp.workdps(25):
        z = 1 + 1 / (1j * mp.pi)
        limit = (mp.digamma((z + 1) / 2) - mp.digamma(z / 2)) / (2j * mp.pi)
    below(step, "what it tends to", floor, sympy.Float(abs(limit), 15),
          why="|Σ_{j≥0} (−1)^j/(1 + iπ(j+1))| by the digamma function: the end terms of Lemma 23 at Ω = T + 1")


@claim.certify(kind="refutation")
def proof(p, _):
    """For α = 1: read from s = T downwards, (−1)^T times the sum is Σ_{j≤2T} (−1)^j/(1 + iπ(j+1)). The real parts of its terms alternate
    and shrink, so that the real part of the sum stays above the first two terms together.
    """
    here = counterexample(p, alpha=1)
    falling = shrinking(p)
    positive = p.step("ball_bound", lt(0, LEAST), prec=64)
    every, bounded_part = alternating(p, falling), real_part(p)
    whole = Sum("s", -m, m, T(-1) ** s / (1 - IMAGINARY * PI * (s - m - 1)))
    with p.generalise({"m": "int"}, [le(1, m)], le(LEAST, Abs(whole - 0))) as away:
        bound = p.apply(every, le(LEAST + re(part(2 * m)), re(partial(m))), m=m)
        g = fn("s", T(-1) ** s / (1 - IMAGINARY * PI * (s - m - 1)))
        low = Sum("j", 0, 2 * m, T(-1) ** (j - m) / (1 - IMAGINARY * PI * (j - m - m - 1)))
        turned = Sum("j", 0, 2 * m, T(-1) ** (m - j) / (1 - IMAGINARY * PI * (m - j - m - 1)))
        counted = p.use("algebra.sum_shift", eq(whole, low), n=2 * m, m=-m, g=g)
        backwards = p.use("algebra.sum_reversal", eq(low, turned), n=2 * m,
                          g=fn("s", T(-1) ** (s - m) / (1 - IMAGINARY * PI * (s - m - m - 1))))
        merged = p.apply(inside_a_sum(p), eq(T(-1) ** m * turned, partial(m)), n=2 * m, z=T(-1) ** m,
                         h=fn("s", T(-1) ** (m - s) / (1 - IMAGINARY * PI * (m - s - m - 1))))
        signed = p.identity(eq(T(-1) ** m * whole, partial(m)), [(counted, T(-1) ** m), (backwards, T(-1) ** m), (merged, 1)])
        modulus = p.step("congruence", eq(Abs(T(-1) ** m * whole), Abs(partial(m))), equal=signed, context=fn("m_", Abs("m_")))
        real = p.apply(bounded_part, le(re(partial(m)), Abs(partial(m))), z=partial(m))
        last = falling(2 * m)
        p.squares(le(LEAST, Abs(whole - 0)), [(1, [bound], "", 1), (1, [real], "", 1), (1, [last], "", 1)], using=[(modulus, -1)])
    p.step("limits", opposite(here(p.statement["holds"][3])), mode="apart", c=LEAST, lo=1, **{"from": [positive, away.fact]})


@explained
def inside_a_sum(p):
    """z Σ h_j = Σ z h_j, so that the sign (−1)^m can meet those of the terms."""
    goal = eq(z * Sum("k", 0, n, h[k]), Sum("k", 0, n, z * h[k]))
    with p.generalise({"n": "nat", "z": "complex", "h": SEQ}, [], goal) as block:
        p.identity(goal)
    return block.fact


@explained
def real_part(p):
    """Re z ≤ |z|: |z|² − (Re z)² = |(z − z̄)/2|²."""
    with p.generalise({"z": "complex"}, [], le(re(z), Abs(z))) as block:
        squared = p.squares(le(re(z) ** 2, Abs(z) ** 2), [(1, [], "", (z - conj(z)) / 2)])
        root_order(p, re(z), Abs(z), p.order("basic", le(0, Abs(z))), squared)
    return block.fact


@explained
def shrinking(p):
    """Re 1/(1 + iπ(j+1)) = |1/(1 + iπ(j+1))|² decreases with j, and is not negative."""
    with p.generalise({"y": "real"}, [], ne(1 + IMAGINARY * PI * y, 0)) as regular, \
            p.contradiction(ne(1 + IMAGINARY * PI * y, 0)) as absurd:
        star = p.step("congruence", eq(1 - IMAGINARY * PI * y, 0), equal=f"{absurd}.1", context=fn("m_", conj("m_")))
        p.identity(eq(1, 0), [(f"{absurd}.1", T(1) / 2), (star, T(1) / 2)])
    def nonzero(j):
        value = 1 + IMAGINARY * PI * (j + 1)
        proper = p.apply(regular.fact, ne(value, 0), y=j + 1)
        return [proper, conjugate_nonzero(p, value, proper)]
    goal = le(re(part(j + 1)), re(part(j)))
    with p.generalise({"j": "nat"}, [], goal) as falling:
        natural = p.order("basic", le(0, j))
        Y = PI * part(j) * part(j + 1)
        p.squares(goal, [(3, [], "", Y), (2, [natural], "", Y)], nonzero=[*nonzero(j), *nonzero(j + 1)])
    def sign(j):
        return p.squares(le(0, re(part(j))), [(1, [], "", part(j))], nonzero=nonzero(j))
    sign.falling = falling.fact
    return sign


@explained
def alternating(p, falling):
    """Each further pair of terms adds what is not negative: the real part is at least that of the first pair and of the last term."""
    def goal(m):
        return le(LEAST + re(part(2 * m)), re(partial(m)))
    with p.branch() as base:
        p.squares(goal(T(1)), [])
    block = p.new_id()
    with p.branch() as step:
        drop = p.apply(falling.falling, le(re(part(2 * m + 1)), re(part(2 * m))), j=2 * m)
        p.squares(goal(m + 1), [(1, [f"{block}.2"], "", 1), (1, [drop], "", 1)])
    return p.step("induction", forall({"m": "int"}, [le(1, m)], goal(m)), block, base=base, step=step)


def at_distance(top, step):
    """The sum at Ω = T + 1 + step for α = 1, from the last term on, at 30 digits."""
    from mpmath import fsum, mpc, mpf, pi

    return fsum((-1) ** (top - j) / mpc(mpf(1), pi * (j + 1 + step)) for j in range(2 * top + 1))


@claim.oracle
def values_beyond_the_edge():
    """Sums at Ω = T + 1 for growing T, against the end terms that stay."""
    from mpmath import mp, mpf, nstr, re

    from theory.papers.uncertainty_measurements import bounded, contradicted
    from theory.papers.uncertainty_transfer import summed

    found, earlier = [], None
    with mp.workdps(30):
        least = mpf(1) / (1 + mp.pi**2) - mpf(1) / (1 + 4 * mp.pi**2)
        for top in (1, 10, 100, 2000):
            value, other = at_distance(top, 0), summed(top, mpf(1), mpf(top + 1))
            close = abs(value - other) < mpf(10) ** -20
            found.append(bounded("modulus", {"T": top, "Ω": "T+1"}, nstr(abs(value), 8), nstr(least, 6),
                                 bool(close and abs(value) > least and (-1) ** top * re(value) > least)))
            if earlier is not None:
                found.append(contradicted("modulus", {"T": top, "Ω": "T+1"}, nstr(abs(value), 8),
                                          f"tends to 0; at T = {earlier[0]} it is {nstr(earlier[1], 8)}",
                                          bool(close and abs(value) > least and 2 * abs(value) > earlier[1])))
            earlier = top, abs(value)
    return found


claim.must_refuse(
    the_truth=changed(strays("T", 1, Sum("s", -top, top, fraction(s)), 0)),
    at_a_growing_distance=changed(tends("T", 1, T(1) / top, 0)),
)
