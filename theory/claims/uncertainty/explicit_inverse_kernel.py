"""The kernel that inverts the Gram matrix over a whole period decays away from the diagonal."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Abs, Sum, T, conj, eq, exp, fn, forall, im, le, lt, names, ne, statement, within
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_explicit import PERIOD, K, alpha, grow, k, lag_facts, turn
from theory.proof import explained
from theory.steps import positive_quotient

c, r, m, d, j, E = names("c r m d j E")
WHERE_E = ("E", ["d"], Sum("k", 1, PERIOD, grow(k - 1) * turn(-d * (k - 1))))
GAIN = exp(4 * alpha) - 1
TOTAL = Sum("j", 1, r, Abs(E(c + j)) ** 2)
BOUND = le(m * TOTAL, K**2 * GAIN**2)
GIVEN = [le(0, alpha), le(1, K), le(1, m), le(m, c + 1), le(c + r + m, PERIOD)]

claim = Claim(
    title="The inverse kernel over a period decays",
    says="E(d) = Σ_{k<2K} e^{2αk/K} e^{−iπdk/K} has Σ |E(d)|² ≤ K²(e^{4α} − 1)²/m over any d = c+1..c+r with distance at least m "
         "to the multiples 0 and 2K of the period.",
    statement=statement(forall({"K": "nat", "alpha": "real", "c": "int", "r": "nat", "m": "int"}, GIVEN, BOUND), [WHERE_E]),
    reference="own",
    hypotheses={"m ≤ c + 1": "|E(0)| is of the order K", "c + r + m ≤ 2K": "E has the period 2K", "α ≥ 0": "used for |Rw − 1| ≥ |w − 1|"},
    limits="Of the right order in m and K; the constant is not the best one.",
)


def pair(n):
    """2 − 2 cos(πn/K)."""
    return 2 - turn(n) - turn(-n)


@claim.derive
def closed_form(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    x, d = sympy.symbols("x d", positive=True)
    sums = [sympy.expand((x - 1) * sum(x**k for k in range(2 * lag)) - (x ** (2 * lag) - 1)) for lag in range(1, 6)]
    confirm(step, "(x − 1) E = x^{2K} − 1", sums, why="x = e^{2α/K} e^{−iπd/K}, so x^{2K} = e^{4α}")
    R, w = sympy.symbols("R w", positive=True)
    square = sympy.expand((R * w - 1) * (R / w - 1) - (R - 1) ** 2 - R * (w - 1) * (1 / w - 1))
    confirm(step, "|Rw − 1|² = (R − 1)² + R |w − 1|²", [square], why="1/w stands for w̄")
    gap = sympy.simplify(2 / (2 * d - 1) - 2 / (2 * d + 1) - 4 / (4 * d**2 - 1))
    confirm(step, "4/(4d² − 1) telescopes", [gap], why="and is at least 1/d²")


@claim.certify
def proof(p, _):
    """(e^{2α/K} e^{−iπd/K} − 1) E(d) = e^{4α} − 1, and |e^{iπd/K} − 1| is at least 2/K times the distance of d to 0 and 2K."""
    p.inhabited(K=1, alpha=1, c=0, r=1, m=1)
    lag = lag_facts(p, p.given(2))
    chord = jordan(p, lag)
    size = closed(p, lag)
    body = pointwise(p, chord, size)
    natural = p.squares(le(0, m), [(1, [p.given(3)], "", 1), (1, [], "", 1)])
    quarter = p.squares(le(0, QUARTER), [(1, [], "", K * GAIN / 2)])
    count = p.order("basic", le(0, r))
    first = p.squares(le(m, c + 1), [(1, [p.given(4)], "", 1)])
    last = p.squares(le(m, PERIOD - c - r), [(1, [p.given(5)], "", 1)])
    one, ends = p.given(3), []
    for x, more in ((c + 1, []), (PERIOD - c - r, []), (c + r + 1, [count]), (PERIOD - c, [count])):
        far = last if x.json[0] == "-" else first
        least = p.squares(le(m, x), [(1, [far], "", 1), *((1, [ref], "", 1) for ref in more)])
        ends.append((least, *odd(p, x, p.squares(le(1, x), [(1, [least], "", 1), (1, [one], "", 1)]), -1)))
    proper = [end[1] for end in ends]
    whole, near, far = summed(p, body)
    terms = [(4, [quarter, least, positive], "", 1) for least, _, positive in ends[:2]]
    terms += [(2, [quarter, one, positive], "", 1) for _, _, positive in ends[:2]]
    terms += [(2, [quarter, natural, positive], "", 1) for _, _, positive in ends[2:]]
    p.squares(BOUND, [(1, [natural, whole], "", 1), *terms], using=[(near, m * QUARTER), (far, m * QUARTER)], nonzero=proper)


@explained
def jordan(p, lag):
    """4d² ≤ K² |e^{iπd/K} − 1|² for 0 ≤ d ≤ K, because sin(πx/2) ≥ x for 0 ≤ x ≤ 1."""
    proper, back = lag
    goal, x = le(4 * d**2, K**2 * pair(d)), d / K
    height = im(exp(IMAGINARY * (x * (PI / 2))))
    with p.generalise({"d": "int"}, within(0, d, K), goal) as block:
        low = p.squares(le(0, x), [(1, [block(1), back], "", 1)])
        p.squares(le(x, 1), [(1, [block(2), back], "", 1)], nonzero=[proper])
        p.step("ball_bound", lt(0, PI), prec=53)
        quarter = p.squares(le(0, PI / 2), [(T(1) / 2, [f"s{p.count}"], "", 1)])
        p.squares(le(PI / 2, PI), [(1, [quarter], "", 1)])
        rule = p.use("algebra.part_of_an_angle", forall({}, [le(PI / 2, PI)], le(x * im(exp(IMAGINARY * (PI / 2))), height)), x=x, t=PI / 2)
        above = p.apply(rule, le(x * im(exp(IMAGINARY * (PI / 2))), height))
        here = p.squares(le(x, height), [(1, [above], "", 1)])
        p.squares(goal, [(4, [here, here], "", K), (8, [low, here], "", K)], nonzero=[proper])
    return block.fact


@explained
def closed(p, lag):
    """|E(d)|² |e^{iπd/K} − 1|² ≤ (e^{4α} − 1)²: the geometric sum, and |Rw − 1|² = (R − 1)² + R |w − 1|² with R = e^{2α/K} ≥ 1."""
    _, back = lag
    R = grow(1)
    rate = p.squares(le(0, 2 * alpha / K), [(2, [p.given(1), back], "", 1)])
    tangent = p.use("algebra.exp_above_tangent", le(1 + 2 * alpha / K, R), x=2 * alpha / K)
    above = p.squares(le(1, R), [(1, [rate], "", 1), (1, [tangent], "", 1)])
    p.squares(le(0, PERIOD), [(2, [p.given(2)], "", 1), (2, [], "", 1)])
    goal = le(Abs(E(d)) ** 2 * pair(d), GAIN**2)
    with p.generalise({"d": "int"}, [], goal) as block:
        def powers(k):
            return grow(k - 1) * turn(-d * (k - 1))
        steps = p.step("telescoping", eq(Sum("k", 1, PERIOD, powers(k + 1) - powers(k)), GAIN), T=fn("j_", powers(T("j_"))))
        total = p.identity(eq((R * turn(-d) - 1) * E(d), GAIN), [(steps, 1)])
        mirrored = p.step("congruence", eq(conj((R * turn(-d) - 1) * E(d)), conj(GAIN)), equal=total, context=fn("m_", conj("m_")))
        p.squares(goal, [(1, [], "", E(d) * (R - 1)), (1, [above], "", E(d) * (turn(-d) - 1))],
                  using=[(total, 1, conj((R * turn(-d) - 1) * E(d))), (mirrored, GAIN)])
    return block.fact


NEAR, FAR = c + j, PERIOD - c - j
QUARTER = K**2 * GAIN**2 / 4


def drop(x):
    """2/(2x − 1) − 2/(2x + 1) = 4/(4x² − 1)."""
    return 2 / (2 * x - 1) - 2 / (2 * x + 1)


def odd(p, x, at_least_one, e):
    """(2x + e ≠ 0, 1/(2x + e) > 0) for x ≥ 1 and e = ±1."""
    positive = p.squares(lt(0, 2 * x + e), [(2, [at_least_one], "", 1), (2 + e, [], "", 1)])
    proper = p.order("nonzero", ne(2 * x + e, 0), positive)
    return proper, positive_quotient(p, 2 * x + e, positive, proper)


def distances(p, every):
    """d ≥ 1 and 2K − d ≥ 1."""
    return (p.squares(le(1, NEAR), [(1, [p.given(3)], "", 1), (1, [p.given(4)], "", 1), (1, [every(1)], "", 1)]),
            p.squares(le(1, FAR), [(1, [p.given(3)], "", 1), (1, [p.given(5)], "", 1), (1, [every(2)], "", 1)]))


@explained
def pointwise(p, chord, size):
    """|E(d)|² ≤ ¼K²(e^{4α} − 1)² (t(d) + t(2K − d)) with t(x) = 2/(2x − 1) − 2/(2x + 1) = 4/(4x² − 1) > 0: if x is the smaller one of d
    and 2K − d, then 4x²|E|² ≤ K²(e^{4α} − 1)²."""
    for side, x in enumerate((NEAR, FAR)):
        for e in (-1, 1):
            with p.generalise({"j": "int"}, within(1, j, r), ne(2 * x + e, 0)) as every:
                positive = p.squares(lt(0, 2 * x + e), [(2, [distances(p, every)[side]], "", 1), (2 + e, [], "", 1)])
                p.order("nonzero", ne(2 * x + e, 0), positive)
    body = QUARTER * (drop(NEAR) + drop(FAR)) - Abs(E(NEAR)) ** 2
    with p.generalise({"j": "int"}, within(1, j, r), le(0, body)) as every:
        both_sides = distances(p, every)
        square = p.apply(size, le(Abs(E(NEAR)) ** 2 * pair(NEAR), GAIN**2), d=NEAR)
        odds = [odd(p, x, one, e) for x, one in zip((NEAR, FAR), both_sides, strict=True) for e in (-1, 1)]
        proper = [one for one, _ in odds]
        split, branches = p.new_id(), {}
        for name in ("less", "equal", "greater"):
            with p.branch() as branches[name]:
                smaller(p, f"{split}.{name}.1", name, both_sides, chord, square, odds, proper, le(0, body))
        p.step("cases", le(0, body), split, on=[NEAR, K], **branches)
    return body


def smaller(p, case, name, both_sides, chord, square, odds, proper, goal):
    """The smaller one of the two distances."""
    side = 1 if name == "greater" else 0
    x = (NEAR, FAR)[side]
    p.squares(le(0, x), [(1, [both_sides[side]], "", 1), (1, [], "", 1)])
    if name == "equal":
        p.squares(le(x, K), using=[(case, 1)])
    else:
        p.squares(le(x, K), [(1, [case], "", 1)])
    far = p.apply(chord, le(4 * x**2, K**2 * pair(x)), d=x)
    mine, other = odds[2 * side: 2 * side + 2], odds[2 - 2 * side: 4 - 2 * side]
    positive = [one for _, one in mine]
    p.squares(goal, [(1, [*positive, far], "", E(NEAR)), (1, [*positive, square], "", K), (1, positive, "", E(NEAR)),
                     (4, [one for _, one in other], "", K * GAIN / 2)], nonzero=proper)


@explained
def summed(p, body):
    """The bound telescopes: Σ t(c + j) = 2/(2c + 1) − 2/(2(c + r) + 1), and the other one likewise from the other end."""
    whole = p.use("algebra.sum_nonnegative", le(0, Sum("j", 1, r, body)), n=r, f=fn("j", body))
    p.order("basic", le(0, r))
    near = p.step("telescoping", eq(Sum("j", 1, r, drop(NEAR)), 2 / (2 * c + 1) - 2 / (2 * (c + r) + 1)),
                  T=fn("j_", -2 / (2 * (c + T("j_")) - 1)))
    rest = PERIOD - c
    far = p.step("telescoping", eq(Sum("j", 1, r, drop(FAR)), 2 / (2 * (rest - r) - 1) - 2 / (2 * rest - 1)),
                 T=fn("j_", 2 / (2 * (rest - T("j_")) + 1)))
    return whole, near, far


claim.must_refuse(
    on_the_diagonal=changed(given={4: None}),
    past_the_period=changed(given={5: None}),
    far_less=changed(le(10 * m * TOTAL, K**2 * GAIN**2)),
    lag_dropped=changed(le(m * TOTAL, K * GAIN**2 / 10)),
)
claim.refute("on_the_diagonal")(fails_in_balls(K=8, alpha=T(1) / 2, c=-1, r=1, m=8))
claim.refute("past_the_period")(fails_in_balls(K=8, alpha=T(1) / 2, c=15, r=1, m=8))
claim.refute("far_less")(fails_in_balls(K=1, alpha=T(1) / 10, c=0, r=1, m=1))


POINTS = ((1, 1, 0, 1), (4, 0.5, 2, 3), (12, 1, 0, 23), (12, 2, 5, 9), (40, 1, 9, 60), (40, 0.1, 39, 2))


def size(lag, rate):
    """K²(e^{4α} − 1)²."""
    import math

    return lag**2 * math.expm1(4 * rate) ** 2


@claim.oracle
def summed_terms():
    """The kernel term by term in 30 digits; m is the distance to the ends of the period."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(30):
        for lag, rate, c_, r_ in POINTS:
            m_ = min(c_ + 1, 2 * lag - c_ - r_)
            energy = sum(abs(sum(mp.exp(mp.mpc(2 * mpf(rate), -mp.pi * d_) * k_ / lag) for k_ in range(2 * lag))) ** 2
                         for d_ in range(c_ + 1, c_ + r_ + 1))
            found.append(bounded("m Σ|E|²", {"K": lag, "alpha": rate, "c": c_, "r": r_}, float(m_ * energy), size(lag, rate),
                                 m_ * energy <= size(lag, rate)))
    return found


@claim.oracle
def transformed():
    """The kernel as a discrete Fourier transform in doubles."""
    import numpy

    from theory.papers.uncertainty_measurements import bounded

    found = []
    for lag, rate, c_, r_ in (*POINTS, (5000, 1, 99, 7000)):
        m_ = min(c_ + 1, 2 * lag - c_ - r_)
        kernel = numpy.fft.fft(numpy.exp(2 * rate * numpy.arange(2 * lag) / lag))
        energy = m_ * float((abs(kernel[c_ + 1:c_ + r_ + 1]) ** 2).sum())
        found.append(bounded("m Σ|E|²", {"K": lag, "alpha": rate, "c": c_, "r": r_}, energy, size(lag, rate), energy <= size(lag, rate)))
    return found
