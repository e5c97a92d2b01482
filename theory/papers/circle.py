"""Integrals over the circle: steps that several claims share."""
from theory.language import IMAGINARY, PI, Abs, T, derivative, exp, fn, integrates, le, lt, names, sums
from theory.proof import explained
from theory.steps import at

x = names("x")
TURN = 2 * PI


def wave(angle):
    """e^{iθ}."""
    return exp(IMAGINARY * angle)


@explained
def full_turn(p):
    """0 ≤ 2π."""
    positive = p.step("ball_bound", lt(0, PI), prec=64)
    return p.squares(le(0, TURN), [(2, [positive], "", 1)])


@explained
def by_antiderivative(p, order, ends, F, f, change, given=(), nonzero=(), proper=None):
    """∫ f = F(hi) − F(lo): F has the derivative f, and f itself has a derivative, so it is continuous. All are terms in x.

    `proper(t)` shows, in a block at the point t, what the derivatives need.
    """
    lo, hi = ends
    facts, t = [], names("t_")
    for function, slope in ((F, f), (f, change)):
        with p.generalise({"t_": "real"}, given, derivative("x", function, t, at(slope, "x", t))) as block:
            extra = proper(block) if proper else []
            p.derivative(derivative("x", function, t, at(slope, "x", t)), nonzero=[*nonzero, *extra])
        facts.append(block.fact)
    value = at(F, "x", hi) - at(F, "x", lo)
    return p.integral("fundamental", integrates("x", lo, hi, f, value), order, *facts, F=fn("x", F))


@explained
def constant(p, order, ends, c):
    """The integral of a constant."""
    lo, hi = ends
    whole = by_antiderivative(p, order, ends, c * x, T(raw_one(c)), T(0))
    return p.integral("linear", integrates("x", lo, hi, c, c * (hi - lo)), using=[[whole, 1, 1]])


def raw_one(c):
    """A constant as a term."""
    return c.json if isinstance(c, T(0).__class__) else c


@explained
def replaced(p, fact, shows, context, equation):
    """The same formula with a value replaced by an equal one."""
    return p.step("congruence", shows, equal=equation, context=context, **{"from": fact})


@explained
def wave_series(p, terms, k, total):
    """∀x: Σ f_k e^{ixn_k} converges, because |f_k e^{ixn_k}| = |f_k|. `terms` is the pair (f_k, n_k)."""
    f, n = terms
    term = f * wave(x * n)
    with p.generalise({"x": "real"}, [], sums(k.json, 0, term, ["series", k.json, 0, term.json])) as block:
        with p.generalise({k.json: "int"}, [le(0, k)], le(Abs(term), Abs(f))) as below:
            p.squares(le(Abs(term), Abs(f)))
        p.series("compare", sums(k.json, 0, term, ["series", k.json, 0, term.json]), below.fact, total)
    return block.fact
