"""The weighted energy Σ L|w_L|² as an integral of W' W̄ over the circle (paper, appendix A)."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    SEQ,
    Abs,
    Series,
    T,
    both,
    conj,
    delta,
    derivative,
    eq,
    exp,
    fn,
    forall,
    integral,
    integrates,
    le,
    lt,
    names,
    ne,
    statement,
    sums,
)
from theory.mutations import changed, counterexample
from theory.papers.circle import TURN, wave
from theory.proof import explained

w, k, j, x, t, A, W, V = names("w k j x t A W V")
TERM, CHANGE = w[k] * exp(-IMAGINARY * k * x), -IMAGINARY * k * w[k] * exp(-IMAGINARY * k * x)
WEIGHTED = k * Abs(w[k]) ** 2
CONVERGES = forall({"t": "real"}, [], both(sums("k", 0, w[k] * exp(-IMAGINARY * k * t), W(t)),
                                           sums("k", 0, -IMAGINARY * k * w[k] * exp(-IMAGINARY * k * t), V(t))))
SLOPE = forall({"t": "real"}, [], derivative("x", W(x), t, V(t)))
ENERGY = sums("k", 0, WEIGHTED, Series("k", 0, WEIGHTED))
VALUE = eq(Series("k", 0, WEIGHTED), IMAGINARY / (2 * PI) * integral("x", 0, TURN, V(x) * conj(W(x))))
WHERE = [("W", ["x"], Series("k", 0, TERM)), ("V", ["x"], Series("k", 0, CHANGE))]
VARIABLES, GIVEN = {"w": SEQ, "A": "real"}, [sums("k", 0, k * Abs(w[k]), A)]
SHARE = -IMAGINARY * k * Abs(w[k]) ** 2

claim = Claim(
    title="The mean lag as an integral",
    says="If Σ L|w_L| converges, W(ω) = Σ w_L e^{−iωL} has the derivative V(ω) = −i Σ L w_L e^{−iωL}, and "
         "Σ L|w_L|² = (i/2π) ∫ V W̄ dω over one turn.",
    statement=statement(forall(VARIABLES, GIVEN, both(CONVERGES, SLOPE, ENERGY, VALUE)), WHERE),
    paper="UP", dossier="UP.P12", reference="Proposition 12", source="text",
    hypotheses={"Σ L|w_L| converges": "W need not be differentiable"},
    limits="Causal sequences, L = 0, 1, 2, …; A names the value of Σ L|w_L| and does not occur in the conclusion.",
)


@claim.derive
def two_terms(step):
    """The integral for W = u + v e^{−iω} with symbolic u, v."""
    import sympy

    y = sympy.symbols("omega", real=True)
    u, v = sympy.symbols("u v")
    transform = u + v * sympy.exp(-sympy.I * y)
    conjugate = sympy.conjugate(u) + sympy.conjugate(v) * sympy.exp(sympy.I * y)
    value = sympy.I / (2 * sympy.pi) * sympy.integrate(sympy.expand(sympy.diff(transform, y) * conjugate), (y, 0, 2 * sympy.pi))
    step("w = (u, v)", sympy.simplify(value), why="only L = 1 counts, once")
    if sympy.simplify(value - v * sympy.conjugate(v)) != 0:
        raise ArithmeticError("the integral is not |v|²")


@claim.certify
def proof(p, _):
    with p.inhabited_by(w=fn("k", 0), A=0):
        p.series("linear", sums("k", 0, k * Abs(T(0)), 0), using=[])
    whole(p, p.given(1))


@explained
def whole(p, given):
    """The series may be differentiated and integrated term by term."""
    p.order("product", ne(2 * PI, 0), p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64)))
    total, size = summable(p, given)
    converges, changes = transforms(p, total, given)
    with p.generalise({"t": "real"}, [], CONVERGES.json[3]) as every:
        p.both(p.apply(converges, CONVERGES.json[3][1], t=t), p.apply(changes, CONVERGES.json[3][2], t=t))
    slope = differentiable(p, converges, given)
    p.both(every.fact, slope, *means(p, total, size, changes, given))


@explained
def summable(p, given):
    """Σ|w_L| converges, because |w_L| ≤ L|w_L| for L ≥ 1."""
    later = p.series("peel", sums("k", 1, k * Abs(w[k]), A), given)
    with p.generalise({"k": "int"}, [le(1, k)], le(Abs(Abs(w[k])), k * Abs(w[k]))) as below:
        p.squares(le(Abs(Abs(w[k])), k * Abs(w[k])), [(1, [below(1), p.order("basic", le(0, Abs(w[k])))], "", 1)])
    rest = Series("j", 1, Abs(w[j]))
    tail = p.series("compare", sums("k", 1, Abs(w[k]), rest), below.fact, later)
    size = rest + Abs(w[0])
    return p.series("peel", sums("k", 0, Abs(w[k]), size), tail), size


@explained
def transforms(p, total, given):
    """Both series converge absolutely: |w_L e^{−iωL}| = |w_L| and |L w_L e^{−iωL}| = L|w_L|."""
    facts = []
    for term, size, bound in ((CONVERGES.json[3][1], Abs(w[k]), total), (CONVERGES.json[3][2], k * Abs(w[k]), given)):
        with p.generalise({"t": "real"}, [], term) as block:
            with p.generalise({"k": "int"}, [le(0, k)], le(Abs(T(term[3])), size)) as below:
                p.squares(le(Abs(T(term[3])), size))
            p.series("compare", term, below.fact, bound)
        facts.append(block.fact)
    return facts


@explained
def differentiable(p, converges, given):
    """Term by term: the derivatives −iL w_L e^{−iωL} are dominated by L|w_L|."""
    change = -IMAGINARY * k * w[k] * exp(-IMAGINARY * k * t)
    with p.generalise({"k": "int", "t": "real"}, [le(0, k)], derivative("x", TERM, t, change)) as each:
        p.derivative(derivative("x", TERM, t, change))
    with p.generalise({"k": "int", "t": "real"}, [le(0, k)], le(Abs(change), k * Abs(w[k]))) as below:
        p.squares(le(Abs(change), k * Abs(w[k])))
    with p.generalise({"t": "real"}, [], derivative("x", W(x), t, V(t))) as slope:
        p.step("derivative", derivative("x", W(x), t, V(t)), mode="series", **{"from": [each.fact, below.fact, given, converges]})
    return slope.fact


@explained
def coefficient(p, total, size):
    """∫ e^{−iωL} W̄ dω = 2π w̄_L."""
    mirrored = Series("j", 0, conj(w[j]) * wave(x * j))
    goal = integrates("x", 0, TURN, wave(-x * k) * conj(W(x)), TURN * conj(w[k]))
    with p.generalise({"k": "int"}, [le(0, k)], goal) as block:
        with p.generalise({"j": "int"}, [le(0, j)], eq(Abs(w[j]), Abs(conj(w[j])))) as equal:
            p.identity(eq(Abs(w[j]), Abs(conj(w[j]))))
        p.series("equal", sums("j", 0, Abs(conj(w[j])), size), total, equal.fact)
        picked = Series("j", 0, conj(w[j]) * delta(k, j))
        mean = p.use("analysis.fourier_coefficient", integrates("x", 0, TURN, wave(-x * k) * mirrored, TURN * picked),
                     f=fn("j", conj(w[j])), n=fn("j", j), A=size, m=k)
        once = p.series("finite", sums("j", 0, delta(j, k) * conj(w[j]), conj(w[k])), K=k, g=fn("j", conj(w[j])))
        value = p.series("value", eq(picked, conj(w[k])), once)
        p.step("congruence", goal, equal=value, context=fn("m_", integrates("x", 0, TURN, wave(-x * k) * mirrored, TURN * names("m_"))),
               **{"from": mean})
    return block.fact


@explained
def means(p, total, size, changes, given):
    """V W̄ is integrated term by term: |L w_L e^{−iωL} W̄| ≤ L|w_L| Σ|w_M|, and each term gives −iL w_L · 2π w̄_L."""
    every = coefficient(p, total, size)
    part, value = CHANGE * conj(W(x)), TURN * SHARE
    with p.generalise({"k": "int"}, [le(0, k)], integrates("x", 0, TURN, part, value)) as each:
        one = p.apply(every, integrates("x", 0, TURN, wave(-x * k) * conj(W(x)), TURN * conj(w[k])), k=k)
        p.integral("linear", integrates("x", 0, TURN, part, value), using=[[one, -IMAGINARY * k * w[k], 1]])
    with p.generalise({"x": "real"}, [], le(Abs(conj(W(x))), size)) as height:
        term = conj(w[k]) * wave(x * k)
        with p.generalise({"k": "int"}, [le(0, k)], le(Abs(term), Abs(w[k]))) as below:
            p.squares(le(Abs(term), Abs(w[k])))
        sum_of = p.series("compare", sums("k", 0, term, Series("k", 0, term)), below.fact, total)
        p.series("triangle", le(Abs(conj(W(x))), size), sum_of, total, below.fact)
    with p.generalise({"k": "int", "x": "real"}, [le(0, k)], le(Abs(part), k * Abs(w[k]) * size)) as bound:
        top = p.apply(height.fact, le(Abs(conj(W(x))), size), x=x)
        p.squares(le(Abs(part), k * Abs(w[k]) * size), [(1, [bound(1), p.order("basic", le(0, Abs(w[k]))), top], "", 1)])
    scaled = p.series("linear", sums("k", 0, k * Abs(w[k]) * size, A * size), using=[[given, size, 1]])
    parts = (each.fact, bound.fact, scaled)
    area = p.integral("exchange", integrates("x", 0, TURN, Series("k", 0, part), Series("k", 0, value)), *parts)
    values = p.integral("exchange", sums("k", 0, value, Series("k", 0, value)), *parts)
    circle = p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64))
    energy = p.series("linear", sums("k", 0, WEIGHTED, IMAGINARY / TURN * Series("k", 0, value)), using=[[values, IMAGINARY / TURN, 1]])
    exists = p.series("exists", ENERGY, energy)
    same = p.series("value", eq(Series("k", 0, WEIGHTED), IMAGINARY / TURN * Series("k", 0, value)), energy)
    with p.generalise({"t": "real"}, [], eq(at_t(Series("k", 0, part)), V(t) * conj(W(t)))) as equal:
        here = p.apply(changes, CONVERGES.json[3][2], t=t)
        times = p.series("linear", sums("k", 0, at_t(part), V(t) * conj(W(t))), using=[[here, conj(W(t)), 1]])
        p.series("value", eq(at_t(Series("k", 0, part)), V(t) * conj(W(t))), times)
    area = p.integral("equal", integrates("x", 0, TURN, V(x) * conj(W(x)), Series("k", 0, value)), area, equal.fact)
    p.integral("exists", integrates("x", 0, TURN, V(x) * conj(W(x)), integral("x", 0, TURN, V(x) * conj(W(x)))), area)
    final = p.integral("value", eq(integral("x", 0, TURN, V(x) * conj(W(x))), Series("k", 0, value)), area)
    return exists, p.identity(VALUE, [(same, 1), (final, -IMAGINARY / TURN)], nonzero=[circle])


def at_t(term):
    """A term in x at t."""
    from theory.steps import at

    return at(term, "x", t)




def weighted(samples):
    """The formula: Σ L|w_L|²."""
    return sum(lag * abs(sample) ** 2 for lag, sample in enumerate(samples))


def sequences():
    """Finite and quickly decaying sequences."""
    from theory.papers.uncertainty_measurements import doubles, numbers

    drawn = doubles(numbers(9, 77))
    poles = doubles(numbers(2, 78, modulus=1)) * 0.8
    return {"drawn": drawn, "two poles": [sum(pole**lag for pole in poles) for lag in range(200)], "a pulse at 5": [0, 0, 0, 0, 0, 1]}


@claim.oracle
def differences():
    """The integral with W' by central differences of W at 4096 angles, no derivative of the series."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared

    found, angles, step = [], 2 * np.pi * np.arange(4096) / 4096, 1e-6
    for name, samples in sequences().items():
        w, lags = np.array(samples), np.arange(len(samples))

        def transform(shift, w=w, lags=lags):
            return np.exp(-1j * np.outer(angles + shift, lags)) @ w

        slope = (transform(step) - transform(-step)) / (2 * step)
        measured, expected = 1j * np.mean(slope * transform(0).conj()), weighted(samples)
        found.append(compared(f"{name}: (i/2π)∫W'W̄", {"samples": len(samples)}, str(complex(measured)), str(expected),
                              abs(measured - expected) < 1e-6 * (1 + expected)))
    return found


@claim.oracle
def exact_circle():
    """The same over Gaussian rationals at the four points of the circle that are powers of i, which is exact for up to 4 samples."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import compared, numbers

    found, unit = [], reference.gaussian((0, -1))
    for seed in (1, 2, 3):
        w = [reference.gaussian(value) for value in numbers(4, seed)]
        total = reference.ZERO
        for point in range(4):
            powers = [reference.ONE]
            for _ in range(point):
                powers.append(powers[-1] * unit)
            z = powers[-1]
            waves = [reference.ONE]
            for _ in range(3):
                waves.append(waves[-1] * z)
            transform = sum((w[lag] * waves[lag] for lag in range(4)), reference.ZERO)
            slope = sum((unit * reference.gaussian(lag) * w[lag] * waves[lag] for lag in range(4)), reference.ZERO)
            total = total + reference.gaussian((0, 1)) * slope * transform.conjugate()
        measured = total * reference.gaussian(Fraction(1, 4))
        expected = sum((Fraction(lag) * w[lag].abs2() for lag in range(4)), Fraction(0))
        found.append(compared("mean over the 4th roots of unity", {"seed": seed}, str(measured.re), str(expected),
                              measured.re == expected and measured.im == 0))
    return found


WHOLE = integral("x", 0, TURN, V(x) * conj(W(x)))
claim.must_refuse(
    sign_flipped=changed(both(CONVERGES, SLOPE, ENERGY, eq(Series("k", 0, WEIGHTED), -IMAGINARY / (2 * PI) * WHOLE))),
    conjugate_dropped=changed(both(CONVERGES, SLOPE, ENERGY, eq(
        Series("k", 0, WEIGHTED), IMAGINARY / (2 * PI) * integral("x", 0, TURN, V(x) * W(x))))),
    weight_lost=changed(both(CONVERGES, SLOPE, ENERGY, eq(Series("k", 0, Abs(w[k]) ** 2), IMAGINARY / (2 * PI) * WHOLE))),
    slope_flipped=changed(where={"V": Series("k", 0, -CHANGE)}),
    half_turn=changed(both(CONVERGES, SLOPE, ENERGY, eq(
        Series("k", 0, WEIGHTED), IMAGINARY / (2 * PI) * integral("x", 0, PI, V(x) * conj(W(x)))))),
    only_summable=changed(given={1: sums("k", 0, Abs(w[k]), A)}),
    sign_flipped_alone=changed(eq(Series("k", 0, WEIGHTED), -IMAGINARY / (2 * PI) * WHOLE)),
)


@claim.refute("sign_flipped_alone")
def pulse(p):
    """w = δ_1: both sides are 1 with the right sign."""
    one = fn("k", delta(k, 1))
    here = counterexample(p, w=one, A=1)
    with p.inhabited_by(w=one, A=1):
        p.series("finite", here(sums("k", 0, k * Abs(w[k]), 1)), K=1, g=fn("k", k))
    p.series("finite", here(sums("k", 0, k * Abs(w[k]), 1)), K=1, g=fn("k", k))
    with p.generalise(VARIABLES, GIVEN, both(CONVERGES, SLOPE, ENERGY, VALUE)) as block:
        whole(p, block(1))
    value = p.apply(block.fact, here(VALUE), w=one, A=1)
    single = p.series("finite", here(sums("k", 0, WEIGHTED, 1)), K=1, g=fn("k", k))
    one_side = p.series("value", here(eq(Series("k", 0, WEIGHTED), 1)), single)
    with p.contradiction(here(ne(Series("k", 0, WEIGHTED), -IMAGINARY / (2 * PI) * WHOLE))) as absurd:
        p.identity(eq(2, 0), [(value, 1), (one_side, -2), (f"{absurd}.1", 1)])
    return absurd
