"""Sums of waves at the frequencies π(2j − 1)/(2K + 1), over the frequencies and over the places."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Sum, T, both, eq, exp, fn, forall, le, names, ne, statement
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_sharp import turn
from theory.proof import explained

n, j, s, K, P = names("n j s K P")


def wave(x):
    """e^{iπx/P}."""
    return exp(IMAGINARY * PI * x / P)


def over_frequencies(n):
    return eq(Sum("j", 1, K, wave(n * (2 * j - 1)) + wave(-n * (2 * j - 1))), -T(-1) ** n)


def over_places(n):
    return eq(Sum("s", 1, K, wave(2 * n * s) + wave(-2 * n * s)), -1)


VARIABLES, GIVEN = {"K": "nat", "P": "nat", "n": "int"}, [eq(P, 2 * K + 1), le(1, n), le(n, 2 * K)]

claim = Claim(
    title="Waves at odd frequencies",
    says="For P = 2K + 1 and 0 < n < P: 2 Σ_{j=1}^K cos(πn(2j − 1)/P) = −(−1)^n and 2 Σ_{s=1}^K cos(2πns/P) = −1.",
    statement=statement(forall(VARIABLES, GIVEN, both(over_frequencies(n), over_places(n)))),
    reference="elementary; geometric sums",
    hypotheses={"P = 2K + 1": "P = 2K has another first sum", "n ≥ 1": "n = 0 sums to 2K", "n ≤ 2K": "n = P sums to −2K and 2K"},
    limits="A step n on either side of 0 gives the same sums. The cosines are written as pairs of exponentials.",
)


@claim.derive
def geometric(step):
    import sympy

    z, Z, t, sign = sympy.symbols("z Z t e")
    first = step("over frequencies", (Z - 1 / Z) / (z - 1 / z), why="Σ z^{2j−1} over j = 1..K and the same for 1/z; Z = z^{2K}")
    odd = step("with Z = e/z", sympy.cancel(first.subs(Z, sign / z)), why="z^{2K+1} = e, and e = (−1)^n")
    second = step("over places", (Z * t**2 - 1 / Z) / (t**2 - 1) - 1,
                  why="the powers of t² = e^{2πin/P} from −K to K, less the term 1; Z = t^{2K}")
    even = step("with Z = 1/t", sympy.cancel(second.subs(Z, 1 / t)), why="t^{2K+1} = 1 for one of the roots t")
    if even != -1 or any(sympy.cancel(odd.subs(sign, e)) != -e for e in (1, -1)):
        raise ArithmeticError("the sums are other ones")


@claim.certify
def proof(p, _):
    """Both are geometric; their ratio e^{2πin/P} is not 1."""
    p.inhabited(K=1, P=3, n=1)
    p.squares(le(1, P), [(2, [p.order("basic", le(0, K))], "", 1)], using=[(p.given(1), -1)])
    p.squares(le(n + 1, P), [(1, [p.given(3)], "", 1)], using=[(p.given(1), -1)])
    apart = p.use("algebra.root_of_unity_sum", ne(turn(n), 1), P=P, m=n)
    regular = p.order("nonzero", ne(turn(n) - 1, 0), apart)
    p.both(frequencies(p, regular), places(p, regular))


@explained
def frequencies(p, regular):
    """Σ (z^{2j−1} + z^{1−2j}) = (z^{2K} − z^{−2K})/(z − 1/z) with z^{2K} = (−1)^n/z."""
    i = names("i_")

    def before(i):
        return (wave(n * (2 * i - 1)) - wave(-n * (2 * i - 3))) / (turn(n) - 1)
    last = T("K_")
    total = p.step("telescoping", eq(Sum("j", 1, K, wave(n * (2 * j - 1)) + wave(-n * (2 * j - 1))), before(K + 1) - before(1)),
                   T=fn("i_", before(i)), nonzero=[regular])
    ends = p.step("congruence", eq(wave(n * (2 * K + 1)) - wave(-n * (2 * K + 1)) * wave(2 * n), wave(n * P) - wave(-n * P) * wave(2 * n)),
                  equal=p.identity(eq(2 * K + 1, P), [(p.given(1), -1)]), context=fn("K_", wave(n * last) - wave(-n * last) * wave(2 * n)))
    return p.identity(over_frequencies(n), [(total, 1), (ends, 1 / (turn(n) - 1))], nonzero=[regular])


@explained
def places(p, regular):
    """Σ (z^s + z^{−s}) = (z^{K+1} − z^{−K})/(z − 1) − 1, and z^{K+1} = z^{−K}."""
    i, last = names("i_ K_")

    def before(i):
        return (wave(2 * n * i) - wave(-2 * n * (i - 1))) / (turn(n) - 1)
    total = p.step("telescoping", eq(Sum("s", 1, K, wave(2 * n * s) + wave(-2 * n * s)), before(K + 1) - before(1)),
                   T=fn("i_", before(i)), nonzero=[regular])
    ends = p.step("congruence", eq(wave(2 * n * (2 * K + 1)) * wave(-2 * n * K), wave(2 * n * P) * wave(-2 * n * K)),
                  equal=p.identity(eq(2 * K + 1, P), [(p.given(1), -1)]), context=fn("K_", wave(2 * n * last) * wave(-2 * n * K)))
    return p.identity(over_places(n), [(total, 1), (ends, 1 / (turn(n) - 1))], nonzero=[regular])


def exact_cosines(steps, period):
    """Σ 2 cos(πm/P) over the given m, as a polynomial in z = e^{iπ/P} reduced by the cyclotomic polynomial of order 2P."""
    from theory.claims.algebra.root_of_unity_sum import reduced

    counts = [0] * (2 * period)
    for m in steps:
        counts[m % (2 * period)] += 1
        counts[-m % (2 * period)] += 1
    return reduced(counts, 2 * period)


@claim.oracle
def exact_roots():
    """Both sums as polynomials in a root of unity, reduced by its cyclotomic polynomial: exact."""
    from theory.papers.uncertainty_measurements import compared

    found = []
    for size in (1, 2, 4, 7):
        period = 2 * size + 1
        for n in range(1, 2 * size + 1):
            inputs = {"K": size, "n": n}
            odd = exact_cosines([n * (2 * j - 1) for j in range(1, size + 1)], period)
            even = exact_cosines([2 * n * s for s in range(1, size + 1)], period)
            found += [compared("over frequencies", inputs, str(odd), str(-((-1) ** n))), compared("over places", inputs, str(even), "-1")]
    return found


@claim.oracle
def cosines():
    """Both sums with the cosine of a numerical library."""
    import math

    from theory.papers.uncertainty_measurements import compared

    found = []
    for size, n in ((1, 2), (5, 3), (40, 7), (300, 600)):
        odd = 2 * math.fsum(math.cos(math.pi * n * (2 * j - 1) / (2 * size + 1)) for j in range(1, size + 1))
        even = 2 * math.fsum(math.cos(2 * math.pi * n * s / (2 * size + 1)) for s in range(1, size + 1))
        for name, value, expected in (("over frequencies", odd, 1 if n % 2 else -1), ("over places", even, -1)):
            found.append(compared(name, {"K": size, "n": n}, value, expected, abs(value - expected) < 1e-9))
    return found


claim.must_refuse(
    sign_dropped=changed(eq(over_frequencies(n).json[1], -1)),
    even_period=changed(over_frequencies(n), given={1: eq(P, 2 * K)}),
    no_step=changed(over_places(n), given={2: le(0, n)}),
    whole_period=changed(over_places(n), given={3: le(n, 2 * K + 1)}),
    one_place_less=changed(eq(Sum("s", 1, K - 1, wave(2 * n * s) + wave(-2 * n * s)), -1)),
)
claim.refute("sign_dropped")(fails_in_balls(K=1, P=3, n=1))
claim.refute("even_period")(fails_in_balls(K=1, P=2, n=1))
claim.refute("no_step")(fails_in_balls(K=1, P=3, n=0))
claim.refute("whole_period")(fails_in_balls(K=1, P=3, n=3))
