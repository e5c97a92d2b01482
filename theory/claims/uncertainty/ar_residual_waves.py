"""The Toeplitz matrix of an AR(1) input, less the pulse at 0, against standing waves: a bound for its largest eigenvalues."""
from theory.claim import Claim
from theory.claims.algebra.odd_frequencies import over_frequencies, over_places
from theory.language import (
    IMAGINARY,
    PI,
    SEQ,
    Abs,
    Sum,
    T,
    both,
    conj,
    cos,
    delta,
    entry,
    eq,
    exp,
    eye,
    fn,
    forall,
    im,
    le,
    lt,
    mat,
    matrix,
    names,
    ne,
    statement,
    tr,
    vec,
    within,
    zero,
)
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_sharp import reciprocal
from theory.proof import explained
from theory.steps import at, increasing

S, K, P, rho, j, k, s, t, l, m = names("S K P rho j k s t l m")  # noqa: E741
spectrum, q, M, r, e, mu, ratio = names("G q M r e mu kappa")


def wave(x):
    """e^{iπx/P}."""
    return exp(IMAGINARY * PI * x / P)


def angle(j):
    """φ_j = π(2j − 1)/(2K + 1)."""
    return PI * (2 * T(j) - 1) / P


def sine(j, s):
    """sin(sφ_j)."""
    odd, place = 2 * T(j) - 1, T(s)
    return (wave(odd * place) - wave(-odd * place)) / (2 * IMAGINARY)


RESIDUAL = matrix("u", K, "v", K, rho ** Abs(T("u") - "v") - rho ** (T("u") + "v"))
THETA = spectrum(S)
H = 4 / P * Sum("j", 1, S, (spectrum(j) - THETA) * q(j) @ q(j).H)
BELOW, POSITIVE = le(RESIDUAL, THETA * eye(K) + H), le(zero(K, K), H)
TOTAL = eq(S * THETA + tr(H), Sum("j", 1, S, spectrum(j)))
LEVEL = le(0, THETA)
REGULAR = forall({"j": "int"}, [], lt(0, 1 - 2 * rho * cos(angle("j")) + rho**2))
VARIABLES = {"S": "nat", "K": "nat", "P": "nat", "rho": "real"}
GIVEN = [eq(P, 2 * K + 1), le(1, S), le(S, K), le(0, rho), lt(rho, 1)]
WHERE = [("G", ["j"], (1 - rho**2) / (1 - 2 * rho * cos(angle("j")) + rho**2)), ("q", ["j"], vec("s", K, sine("j", "s")))]

claim = Claim(
    title="An AR(1) input against standing waves",
    says="With φ_j = π(2j − 1)/(2K + 1), the columns q_j = (sin sφ_j)_{s=1..K}, Γ_j = (1 − ρ²)/(1 − 2ρ cos φ_j + ρ²) and "
         "H = (4/(2K + 1)) Σ_{j≤S} (Γ_j − Γ_S) q_j q_j*: Γ_S ≥ 0, H ⪰ 0, [ρ^|j−k| − ρ^{j+k}] ⪯ Γ_S I + H, and SΓ_S + tr H = Γ_1 + … + Γ_S.",
    statement=statement(forall(VARIABLES, GIVEN, both(REGULAR, LEVEL, BELOW, POSITIVE, TOTAL)), WHERE),
    reference="own; the discrete Laplacian with a Dirichlet and a Neumann end",
    hypotheses={"P = 2K + 1": "the sines of other angles are not orthogonal", "S ≥ 1": "Γ_0 is not among the Γ_j",
                "S ≤ K": "φ_{K+1} = π has the column 0", "0 ≤ ρ < 1": "the setting; for ρ < 0 the Γ_j increase"},
    limits="The sum of the Γ_j is above that of the S largest eigenvalues, by less than Γ_1 all together: the matrix is the sum of the "
           "Γ_j q_j q_j*/|q_j|² less a matrix of rank one.",
)


@claim.derive
def by_images(step):
    """Why R is below the matrix M of the waves: the Green function by images, and what is left is of rank one."""
    import sympy

    r, k, l, N = sympy.symbols("rho k l N", positive=True)  # noqa: E741

    def mean(n):
        return (r**n - r ** (N - n)) / (1 + r**N)
    step("G(n), the mean of Γ(φ) cos nφ over the odd multiples of π/N", mean(sympy.Symbol("n")),
         why="Γ = Σ ρ^|m| e^{imφ}; images at n + tN with the sign (−1)^t")
    whole = step("M for l ≤ k", mean(k - l) - mean(k + l), why="4 sin kφ sin lφ = 2 cos (k − l)φ − 2 cos (k + l)φ, N = 2K + 1")
    rest = step("M − R", sympy.simplify(sympy.expand(whole - r ** (k - l) + r ** (k + l))), why="R = ρ^{k−l} − ρ^{k+l}")
    square = step("of rank one", r**N / (1 + r**N) * (r**-k - r**k) * (r**-l - r**l),
                  why="a positive multiple of v_k v_l, v_k = ρ^{−k} − ρ^k")
    if sympy.simplify(sympy.expand((rest - square) * (1 + r**N))) != 0:
        raise ArithmeticError("not of rank one")


@claim.certify
def proof(p, _):
    """The q_j are orthogonal with squares P/4, and R q_j = Γ_j (q_j − (ρ/(1 + ρ)) q_j(K) r) for the last column r of R. So R = M less a
    multiple of rr* with M = (4/P) ΣΓ_j q_j q_j*, and M ⪯ Γ_S I + H because the Γ_j decrease.
    """
    p.inhabited(S=1, K=1, P=3, rho=0)
    p.abbreviate("M", [], 4 / P * Sum("j", 1, K, spectrum(j) * q(j) @ q(j).H))
    p.abbreviate("e", [], vec("s", K, delta(s, K)))
    p.abbreviate("r", [], vec("s", K, rho ** (K - s) - rho ** (K + s)))
    p.abbreviate("mu", [], e.H @ M @ e)
    p.abbreviate("kappa", [], rho / (1 + rho))
    known = numbers(p)
    heights(p, known)
    spectra = decreasing(p, known)
    rows = images(p, known)
    frame = resolution(p, known)
    below = under_waves(p, known, rows, frame)
    level = p.apply(known["positive"], LEVEL, j=S)
    p.both(known["distance"], level, bounded(p, known, frame, below, spectra), clipped(p, known, spectra), total(p, known))


@explained
def numbers(p):
    """P, K > 0, 1 ± ρ > 0, and reciprocals."""
    known = {}
    odd = p.squares(lt(0, P), [(2, [p.given(2)], "", 1), (2, [p.given(3)], "", 1), (3, [], "", 1)], using=[(p.given(1), -1)])
    known["P"], known["back"] = reciprocal(p, P, odd)
    known["weight"] = p.squares(le(0, 4 / P), [(4, [known["back"]], "", 1)])
    known["one"] = p.squares(le(1, K), [(1, [p.given(2)], "", 1), (1, [p.given(3)], "", 1)])
    known["room"] = p.squares(lt(0, 1 - rho), [(1, [p.given(5)], "", 1)])
    known["wide"] = p.squares(lt(0, 1 + rho), [(1, [], "", 1), (1, [p.given(4)], "", 1)])
    known["square"] = p.squares(le(0, 1 - rho**2), [(1, [known["room"], known["wide"]], "", 1)])
    known["1+rho"], share = reciprocal(p, 1 + rho, known["wide"])
    known["ratio"] = p.squares(le(0, ratio), [(1, [p.given(4), share], "", 1)])
    return known


def distance(j):
    """|1 − ρe^{−iφ_j}|²."""
    return 1 - 2 * rho * cos(angle(j)) + rho**2


def euler_at(p, known, j):
    return p.apply(known["euler"], eq(cos(angle(j)), (wave(2 * T(j) - 1) + wave(1 - 2 * T(j))) / 2), j=j)


@explained
def heights(p, known):
    """1 − 2ρ cos φ + ρ² = (1 − ρ)² + ρ|1 − e^{iφ}|² > 0; so Γ_j ≥ 0."""
    with p.generalise({"j": "int"}, [], eq(cos(angle(j)), (wave(2 * j - 1) + wave(1 - 2 * j)) / 2)) as euler:
        p.step("trigonometry", euler.shows[3], mode="euler")
    known["euler"] = euler.fact
    with p.generalise({"j": "int"}, [], lt(0, distance(j))) as block:
        p.squares(lt(0, distance(j)), [(1, [known["room"], known["room"]], "", 1), (1, [p.given(4)], "", 1 - wave(2 * j - 1))],
                  using=[(euler_at(p, known, j), 2 * rho)])
    with p.generalise({"j": "int"}, [], ne(distance(j), 0)) as regular:
        p.order("nonzero", ne(distance(j), 0), p.apply(block.fact, lt(0, distance(j)), j=j))
    with p.generalise({"j": "int"}, [], le(0, spectrum(j))) as positive:
        here = p.apply(block.fact, lt(0, distance(j)), j=j)
        proper = p.apply(regular.fact, ne(distance(j), 0), j=j)
        p.squares(le(0, spectrum(j)), [(1, [known["square"], here], "", 1 / distance(j))], nonzero=[proper])
    known |= {"distance": block.fact, "regular": regular.fact, "positive": positive.fact}


@explained
def decreasing(p, known):
    """∀j, S ≤ j ≤ K: Γ_j ≤ Γ_S; and ∀j, 1 ≤ j ≤ S: Γ_S ≤ Γ_j. The cosine decreases on [0, π]."""
    facts = []
    for low, high, span in ((S, j, [le(S, j), le(j, K)]), (j, S, [le(1, j), le(j, S)])):
        with p.generalise({"j": "int"}, span, le(spectrum(high), spectrum(low))) as block:
            compared(p, known, low, high, block)
        facts.append(block.fact)
    return facts


def compared(p, known, low, high, block):
    """Γ_high ≤ Γ_low from 1 ≤ low ≤ high ≤ K."""
    pi = p.step("ball_bound", lt(0, PI), prec=53)
    first, last = (p.given(2), block(2)) if low is S else (block(1), p.given(3))
    between = block(1 if low is S else 2)
    order = p.squares(le(angle(low), angle(high)), [(2, [pi, known["back"], between], "", 1)])
    x = names("x_")
    with p.generalise({"x_": "real"}, within(angle(low), x, angle(high)), le(0, im(exp(IMAGINARY * x)))) as rising:
        p.squares(le(0, x), [(1, [rising(1)], "", 1), (2, [pi, known["back"], first], "", 1), (1, [pi, known["back"]], "", 1)])
        p.squares(le(x, PI), [(1, [rising(2)], "", 1), (2, [pi, known["back"], last], "", 1), (2, [pi, known["back"]], "", 1)],
                        using=[(p.given(1), -PI / P)], nonzero=[known["P"]])
        sign = p.use("algebra.sine_bounds", forall({}, [le(x, PI)], le(0, im(exp(IMAGINARY * x)))), u=x)
        p.apply(sign, le(0, im(exp(IMAGINARY * x))))

    def falling(x):
        return -(exp(IMAGINARY * x) + exp(-IMAGINARY * x)) / 2
    cosine = increasing(p, falling, angle(low), angle(high), rising.fact, order)
    more = p.squares(le(distance(low), distance(high)), [(2, [p.given(4), cosine], "", 1)],
                     using=[(euler_at(p, known, high), 2 * rho), (euler_at(p, known, low), -2 * rho)])
    inverse, proper = [], []
    for place in (low, high):
        here = p.apply(known["distance"], lt(0, distance(place)), j=place)
        one, back = reciprocal(p, distance(place), here)
        proper.append(one)
        inverse.append(back)
    p.squares(le(spectrum(high), spectrum(low)), [(1, [known["square"], *inverse, more], "", 1)], nonzero=proper)


@explained
def images(p, known):
    """∀j: R q_j = Γ_j (q_j − (ρ/(1 + ρ)) q_j(K) r)."""
    closed = rows(p)
    i = names("i_")
    left, right = RESIDUAL @ q(j), spectrum(j) * (q(j) - ratio * sine(j, K) * r)
    with p.generalise({"j": "int"}, within(1, j, K), eq(left, right)) as block:
        proper = p.apply(known["regular"], ne(distance(j), 0), j=j)
        with p.generalise({"i_": "int"}, within(1, i, K), eq(entry(left, i, 1), entry(right, i, 1))) as each:
            whole = p.apply(closed, row(i, K), j=j, k=i)
            p.identity(each.shows[3], [(whole, 1 / distance(j)), (euler_at(p, known, j), -2 * rho * terms(i, K) / distance(j))],
                       nonzero=[proper, known["1+rho"]])
        p.entries(eq(left, right), each=each.fact)
    return block.fact


def square(j):
    """The same in exponentials."""
    return Abs(1 - rho * wave(1 - 2 * j)) ** 2


def terms(i, m):
    """Σ_{l≤m} (ρ^|i−l| − ρ^{i+l}) sin(lφ_j)."""
    return Sum("l", 1, m, rho ** Abs(i - l) * sine(j, l)) - Sum("l", 1, m, rho ** (i + l) * sine(j, l))


def row(i, m):
    """The row i of R q_j, times |1 − ρe^{−iφ_j}|²."""
    return eq(square(j) * terms(i, K), (1 - rho**2) * sine(j, i) - rho * (1 - rho) * (rho ** (K - i) - rho ** (K + i)) * sine(j, K))


@explained
def rows(p):
    """Three geometric sums by induction: over l ≤ m of ρ^{m−l} sin lφ, of ρ^l sin lφ, and of ρ^|k−l| sin lφ for m ≥ k. At the end K the
    wave is flat, sin (K+1)φ = sin Kφ.
    """
    h, n = names("h n")
    with p.generalise({"h": SEQ, "m": "nat", "n": "nat"}, [], eq(Sum("l", 1, m, rho**n * h[l]), rho**n * Sum("l", 1, m, h[l]))) as scaled:
        p.identity(scaled.shows[3])
    term = rho ** (m - l) * sine(j, l)

    def left(m):
        return eq(square(j) * Sum("l", 1, m, rho ** (m - l) * sine(j, l)), sine(j, m) - rho * sine(j, m + 1) + rho ** (m + 1) * sine(j, 1))

    def right(m):
        return eq(square(j) * Sum("l", 1, m, rho**l * sine(j, l)),
                  rho * sine(j, 1) - rho ** (m + 1) * sine(j, m + 1) + rho ** (m + 2) * sine(j, m))

    def across(m):
        return eq(square(j) * Sum("l", 1, m, rho ** Abs(k - l) * sine(j, l)),
                  (1 - rho**2) * sine(j, k) + rho ** (k + 1) * sine(j, 1) - rho ** (m - k + 1) * (sine(j, m + 1) - rho * sine(j, m)))
    with p.generalise({"j": "int", "k": "int"}, within(1, k, K), row(k, K)) as block:
        found = []
        for shape in (left, right):
            with p.branch() as base:
                p.identity(shape(T(0)))
            inner = p.new_id()
            with p.branch() as step:
                if shape is left:
                    moved = p.apply(scaled.fact, eq(Sum("l", 1, m, rho * term), rho * Sum("l", 1, m, term)), h=fn("l", term), m=m, n=1)
                    p.identity(shape(m + 1), [(f"{inner}.2", rho), (moved, square(j))])
                else:
                    p.identity(shape(m + 1), [(f"{inner}.2", 1)])
            found.append(p.step("induction", forall({"m": "nat"}, [], shape(m)), inner, base=base, step=step))
        first = p.apply(found[0], left(k), m=k)
        with p.branch() as base:
            p.identity(across(k), [(first, 1)])
        inner = p.new_id()
        with p.branch() as step:
            p.identity(across(m + 1), [(f"{inner}.2", 1)])
        every = p.step("induction", forall({"m": "int"}, [le(k, m)], across(m)), inner, base=base, step=step)
        last = p.apply(every, across(K), m=K)
        other = p.apply(found[1], right(K), m=K)
        flat = flat_end(p)
        wave_ = rho**l * sine(j, l)
        out = p.apply(scaled.fact, eq(Sum("l", 1, K, rho**k * wave_), rho**k * Sum("l", 1, K, wave_)), h=fn("l", wave_), m=K, n=k)
        p.identity(row(k, K), [(last, 1), (other, -(rho**k)), (out, -square(j)), (flat, -(rho ** (K - k + 1)) + rho ** (K + k + 1))])
    return block.fact


def flat_end(p):
    """sin (K+1)φ_j = sin Kφ_j, because (2K+1)φ_j = π(2j − 1)."""
    period = names("P_")
    turned = p.step("congruence", eq(wave((2 * j - 1) * (2 * K + 1)), wave((2 * j - 1) * P)),
                    equal=p.identity(eq(2 * K + 1, P), [(p.given(1), -1)]), context=fn("P_", wave((2 * j - 1) * period)))
    mirrored = p.step("congruence", eq(conj(wave((2 * j - 1) * (2 * K + 1))), conj(wave((2 * j - 1) * P))), equal=turned,
                      context=fn("P_", conj(period)))
    half, back = wave((2 * j - 1) * K), wave(-(2 * j - 1) * K)
    return p.identity(eq(sine(j, K + 1), sine(j, K)), [(turned, back / (2 * IMAGINARY)), (mirrored, -half / (2 * IMAGINARY))])


@explained
def resolution(p, known):
    """Σ_j q_j q_j* = (P/4) I: 4 sin kφ sin lφ = 2 cos (k−l)φ − 2 cos (k+l)φ, and both cosines sum to −(−1)^{k+l}/2."""
    c, f = names("c_ f_")
    whole = Sum("j", 1, K, q(j) @ q(j).H)
    with p.generalise({"c_": "int", "f_": "int"}, [*within(1, c, K), *within(1, f, K)],
                      eq(entry(whole, c, f), entry(P / 4 * eye(K), c, f))) as each:
        split, goal = p.new_id(), each.shows[3]
        branches = {}
        for name, low, high in (("less", c, f), ("equal", c, c), ("greater", f, c)):
            with p.branch() as branches[name]:
                here = f"{split}.{name}.1"
                if name == "equal":
                    double = waves(p, 2 * c, [(2, [each(1)]), (1, [])], [(2, [each(2)])])
                    value = p.identity(eq(entry(whole, c, c), P / 4), [(double, -T(1) / 4), (p.given(1), -T(1) / 4)])
                    p.step("congruence", goal, equal=here, context=fn("m_", eq(entry(whole, c, "m_"), entry(P / 4 * eye(K), c, "m_"))),
                           **{"from": value})
                    continue
                gap = p.order("gap", le(low + 1, high), here)
                first, last = {c: each(1), f: each(3)}, {c: each(2), f: each(4)}
                apart = waves(p, high - low, [(1, [gap])], [(1, [last[high]]), (1, [known["one"]]), (1, [first[low]]), (2, [])])
                both_ = waves(p, high + low, [(1, [first[c]]), (1, [first[f]]), (1, [])], [(1, [last[c]]), (1, [last[f]])])
                p.identity(goal, [(apart, T(1) / 4), (both_, -T(1) / 4)])
        p.step("cases", goal, split, on=[c, f], **branches)
    return p.entries(eq(whole, P / 4 * eye(K)), each=each.fact)


def waves(p, n, above, below):
    """2 Σ_j cos nφ_j = −(−1)^n, with the terms of 0 ≤ n − 1 and of 0 ≤ 2K − n."""
    p.squares(le(1, n), [(c, refs, "", 1) for c, refs in above])
    p.squares(le(n, 2 * K), [(c, refs, "", 1) for c, refs in below])
    return p.use("algebra.odd_frequencies", over_frequencies(n), K=K, P=P, n=n)


@explained
def under_waves(p, known, rows, frame):
    """R ⪯ M. Multiplied by q_j* and summed, the rows give R = M − κre*M with κ = ρ/(1 + ρ); so r = Re = Me/(1 + κμ), and
    M − R = κ(1 + κμ) rr*.
    """
    h = names("h")
    with p.generalise({"h": SEQ, "m": "nat"}, [], eq(Sum("s", 1, m + 1, delta(s, m + 1) * h[s]), h[m + 1])) as single:
        p.identity(single.shows[3])

    def picked(f):
        """Σ_s δ_{sK} f(s) = f(K)."""
        return p.apply(single.fact, eq(Sum("s", 1, K, delta(s, K) * f), at(f, "s", K)), h=fn("s", f), m=K - 1)
    left, right = RESIDUAL @ q(j) @ q(j).H, spectrum(j) * q(j) @ q(j).H - ratio * spectrum(j) * r @ e.H @ q(j) @ q(j).H
    with p.generalise({"j": "int"}, within(1, j, K), eq(left, right)) as each:
        here = p.apply(rows, eq(RESIDUAL @ q(j), spectrum(j) * (q(j) - ratio * sine(j, K) * r)), j=j)
        spelled = p.entries(eq(e.H @ q(j), Sum("s", 1, K, delta(s, K) * sine(j, s))))
        last = p.identity(eq(e.H @ q(j), sine(j, K)), [(spelled, 1), (picked(sine(j, s)), 1)])
        p.operator(eq(left, right), [(here, 1, q(j).H), (last, ratio * spectrum(j) * r, q(j).H)])
    summed = p.step("congruence", eq(Sum("j", 1, K, left), Sum("j", 1, K, right)), equal=each.fact)
    image = p.operator(eq(RESIDUAL, M - ratio * r @ e.H @ M), [(summed, 4 / P), (frame, -4 / P * RESIDUAL)], nonzero=[known["P"]])
    c = names("c_")
    with p.generalise({"c_": "int"}, within(1, c, K), eq(entry(RESIDUAL @ e, c, 1), entry(r, c, 1))) as each:
        p.identity(each.shows[3], [(picked(rho ** Abs(c - s) - rho ** (c + s)), 1)])
    column = p.entries(eq(RESIDUAL @ e, r), each=each.fact)
    scale = 1 + ratio * mu
    seen = p.operator(eq(M @ e, scale * r), [(image, -1, e), (column, 1)])
    mirrored = p.step("congruence", eq((M @ e).H, (scale * r).H), equal=seen, context=fn("m_", T("m_").H))
    with p.generalise({"j": "int"}, within(1, j, K), le(0, spectrum(j) * Abs(e.H @ q(j)) ** 2)):
        sign = p.apply(known["positive"], le(0, spectrum(j)), j=j)
        p.squares(le(0, spectrum(j) * Abs(e.H @ q(j)) ** 2), [(1, [sign], "", e.H @ q(j))])
    term = spectrum(j) * Abs(e.H @ q(j)) ** 2
    parts = p.use("algebra.sum_nonnegative", le(0, Sum("j", 1, K, term)), n=K, f=fn("j", term))
    height = p.squares(le(0, mu), [(1, [known["weight"], parts], "", 1)])
    return p.squares(le(RESIDUAL, M), [(1, [known["ratio"]], "", r.H), (1, [known["ratio"], known["ratio"], height], "", r.H)],
                     using=[(image, 1), (mirrored, -ratio * r)])


@explained
def bounded(p, known, frame, below, spectra):
    """x*(Γ_S I + H − M)x = (4/P) Σ_{j>S} (Γ_S − Γ_j)|q_j*x|²."""
    x, f = names("x f")
    with p.generalise({"f": SEQ, "m": "nat"}, [], eq(Sum("j", 1, S + m, f[j]), Sum("j", 1, S, f[j]) + Sum("t", 1, m, f[S + t]))) as split:
        with p.branch() as base:
            p.identity(eq(Sum("j", 1, S + 0, f[j]), Sum("j", 1, S, f[j]) + Sum("t", 1, 0, f[S + t])))
        inner, n = p.new_id(), names("n")
        with p.branch() as step:
            p.identity(eq(Sum("j", 1, S + n + 1, f[j]), Sum("j", 1, S, f[j]) + Sum("t", 1, n + 1, f[S + t])), [(f"{inner}.2", 1)])
        every = p.step("induction", forall({"n": "nat"}, [], eq(Sum("j", 1, S + n, f[j]), Sum("j", 1, S, f[j]) + Sum("t", 1, n, f[S + t]))),
                       inner, base=base, step=step)
        p.apply(every, split.shows[3], n=m)
    more = THETA * eye(K) + H
    with p.generalise({"x": mat(K)}, [], le(0, x.H @ (more - M) @ x)) as form:
        def room(j):
            return (THETA - spectrum(j)) * Abs(q(j).H @ x) ** 2
        cut = p.apply(split.fact, eq(Sum("j", 1, K, room(j)), Sum("j", 1, S, room(j)) + Sum("t", 1, K - S, room(S + t))),
                      f=fn("j", room(j)), m=K - S)
        with p.generalise({"t": "int"}, within(1, t, K - S), le(0, room(S + t))) as each:
            p.squares(le(S, S + t), [(1, [each(1)], "", 1), (1, [], "", 1)])
            p.squares(le(S + t, K), [(1, [each(2)], "", 1)])
            fall = p.apply(spectra[0], le(spectrum(S + t), THETA), j=S + t)
            p.squares(le(0, room(S + t)), [(1, [fall], "", q(S + t).H @ x)])
        rest = p.use("algebra.sum_nonnegative", le(0, Sum("t", 1, K - S, room(S + t))), n=K - S, f=fn("t", room(S + t)))
        p.squares(form.shows[3], [(1, [known["weight"], rest], "", 1)], using=[(cut, -4 / P), (frame, 4 / P * THETA * x.H, x)],
                  nonzero=[known["P"]])
    under = p.step("quadratic_form", le(M, more), mode="semidefinite", **{"from": [form.fact]})
    return p.squares(BELOW, [(1, [], below, eye(K)), (1, [], under, eye(K))])


@explained
def clipped(p, known, spectra):
    """x*Hx = (4/P) Σ_{j≤S} (Γ_j − Γ_S)|q_j*x|²."""
    x = names("x")
    with p.generalise({"x": mat(K)}, [], le(0, x.H @ H @ x)) as form:
        term = (spectrum(j) - THETA) * Abs(q(j).H @ x) ** 2
        with p.generalise({"j": "int"}, within(1, j, S), le(0, term)):
            fall = p.apply(spectra[1], le(THETA, spectrum(j)), j=j)
            p.squares(le(0, term), [(1, [fall], "", q(j).H @ x)])
        parts = p.use("algebra.sum_nonnegative", le(0, Sum("j", 1, S, term)), n=S, f=fn("j", term))
        p.squares(form.shows[3], [(1, [known["weight"], parts], "", 1)])
    return p.step("quadratic_form", POSITIVE, mode="semidefinite", **{"from": [form.fact]})


@explained
def total(p, known):
    """q_j*q_j = P/4, because 4 sin² sφ = 2 − 2 cos 2sφ and the cosines sum to −1/2 over s."""
    left, right = (spectrum(j) - THETA) * tr(q(j) @ q(j).H), (spectrum(j) - THETA) * P / 4
    with p.generalise({"j": "int"}, within(1, j, S), eq(left, right)) as each:
        odd = 2 * j - 1
        p.squares(le(1, odd), [(2, [each(1)], "", 1)])
        p.squares(le(odd, 2 * K), [(2, [each(2)], "", 1), (2, [p.given(3)], "", 1), (1, [], "", 1)])
        waves = p.use("algebra.odd_frequencies", over_places(odd), K=K, P=P, n=odd)
        size = p.entries(eq(q(j).H @ q(j), Sum("s", 1, K, conj(sine(j, s)) * sine(j, s))))
        rise = spectrum(j) - THETA
        p.identity(eq(left, right), [(size, rise), (waves, -rise / 4), (p.given(1), -rise / 4)])
    summed = p.step("congruence", eq(Sum("j", 1, S, left), Sum("j", 1, S, right)), equal=each.fact)
    return p.identity(TOTAL, [(summed, 4 / P)], nonzero=[known["P"]])


def heights_at(order, lag, decay):
    """The formula: Γ_1 … Γ_S in doubles."""
    import numpy as np

    angles = np.pi * (2 * np.arange(1, order + 1) - 1) / (2 * lag + 1)
    return (1 - decay**2) / (1 - 2 * decay * np.cos(angles) + decay**2)


def residual(lag, decay):
    """[ρ^|j−k| − ρ^{j+k}] in doubles."""
    import numpy as np

    lags = np.arange(1, lag + 1)
    return decay ** np.abs(lags[:, None] - lags) - decay ** (lags[:, None] + lags)


CASES = ((1, 1, 0.5), (1, 6, 0.2), (3, 8, 0.8), (8, 8, 0.5), (5, 40, 0.95), (60, 200, 0.0), (20, 200, 0.7))


@claim.oracle
def least_eigenvalues():
    """The least eigenvalues of Γ_S I + H − R and of H, and the trace, by a numerical library."""
    import numpy as np

    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, lag, decay in CASES:
        heights, places = heights_at(order, lag, decay), np.arange(1, lag + 1)
        sines = np.sin(places[:, None] * np.pi * (2 * np.arange(1, order + 1) - 1) / (2 * lag + 1))
        more = 4 / (2 * lag + 1) * (sines * (heights - heights[-1])) @ sines.T
        least = min(np.linalg.eigvalsh(heights[-1] * np.eye(lag) + more - residual(lag, decay))[0], np.linalg.eigvalsh(more)[0])
        total = order * heights[-1] + np.trace(more) - heights.sum()
        found.append(bounded("least eigenvalue", {"S": order, "K": lag, "rho": decay}, float(least), 0,
                             least > -1e-11 and abs(total) < 1e-9))
    return found


@claim.oracle
def largest_eigenvalues():
    """The sum of the S largest eigenvalues of R is below Γ_1 + … + Γ_S and less than Γ_1 away from it; H plays no part."""
    import numpy as np

    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order, lag, decay in CASES:
        heights = heights_at(order, lag, decay)
        total = np.sort(np.linalg.eigvalsh(residual(lag, decay)))[lag - order:].sum()
        found.append(bounded("sum of eigenvalues", {"S": order, "K": lag, "rho": decay}, float(total), float(heights.sum()),
                             heights.sum() - heights[0] < total < heights.sum() + 1e-9))
    return found


claim.must_refuse(
    level_lowered=changed(le(RESIDUAL, THETA / 2 * eye(K) + H)),
    waves_forgotten=changed(le(RESIDUAL, THETA * eye(K))),
    trace_halved=changed(eq(S * THETA + tr(H) / 2, Sum("j", 1, S, spectrum(j)))),
    even_period=changed(TOTAL, given={1: eq(P, 2 * K)}),
    order_free=changed(BELOW, given={3: None}),
    sign_of_rho=changed(BELOW, given={4: lt(-1, rho)}),
)
HALF = T(1) / 2
claim.refute("even_period")(fails_in_balls(S=2, K=2, P=4, rho=HALF))
claim.refute("trace_halved")(fails_in_balls(S=2, K=2, P=5, rho=HALF))
