"""The mean of a wave over the circle: the orthogonality behind every Fourier coefficient."""
from theory.claim import Claim
from theory.language import IMAGINARY, T, delta, eq, fn, forall, integrates, names, ne, statement
from theory.mutations import changed
from theory.papers.circle import TURN, by_antiderivative, full_turn, wave, x
from theory.proof import explained

m, t = names("m t_")
WHOLE = integrates("x", 0, TURN, wave(x * m), TURN * delta(m, 0))

claim = Claim(
    title="The mean of a wave",
    says="The integral of e^{imx} over [0, 2π] is 2π for m = 0 and 0 for every other integer m.",
    statement=statement(forall({"m": "int"}, [], WHOLE)),
    source="own",
    hypotheses={"m is an integer": "for other m the wave does not close after one turn"},
    limits="One full turn; over a part of the circle the waves are not orthogonal.",
)


@claim.derive
def antiderivative(step):
    import sympy

    y, j = sympy.symbols("x m", real=True, nonzero=True)
    F = step("antiderivative", sympy.exp(sympy.I * j * y) / (sympy.I * j), why="for m ≠ 0")
    if sympy.simplify(sympy.diff(F, y) - sympy.exp(sympy.I * j * y)) != 0:
        raise ArithmeticError("not an antiderivative")


@claim.certify
def proof(p, _):
    p.inhabited(m=1)
    order = full_turn(p)
    block = p.new_id()
    branches = {}
    for name in ("less", "equal", "greater"):
        with p.branch() as branches[name]:
            case = f"{block}.{name}.1"
            resting(p, order, case) if name == "equal" else turning(p, order, p.order("nonzero", ne(m, 0), case))
    p.step("cases", WHOLE, block, on=[m, 0], **branches)


@explained
def turning(p, order, proper):
    """For m ≠ 0 the wave e^{imx} has the antiderivative e^{imx}/(im), which takes the same value at 0 and at 2π."""
    return by_antiderivative(p, order, (T(0), TURN), wave(x * m) / (IMAGINARY * m), wave(x * m), IMAGINARY * m * wave(x * m),
                             nonzero=[proper])


@explained
def resting(p, order, zero):
    """For m = 0 the wave is the constant 1."""
    one = by_antiderivative(p, order, (T(0), TURN), x, T(1), T(0))
    with p.generalise({"t_": "real"}, [], eq(1, wave(t * m))) as still:
        p.step("congruence", eq(1, wave(t * m)), equal=zero, context=fn("m_", wave(t * names("m_"))))
    same = p.integral("equal", integrates("x", 0, TURN, wave(x * m), TURN), one, still.fact)
    value = p.step("congruence", eq(TURN, TURN * delta(m, 0)), equal=zero, context=fn("m_", TURN * delta(names("m_"), 0)))
    p.step("congruence", WHOLE, equal=value, context=fn("m_", integrates("x", 0, TURN, wave(x * m), "m_")), **{"from": same})


claim.must_refuse(
    length_lost=changed(integrates("x", 0, TURN, wave(x * m), delta(m, 0))),
    half_turn=changed(integrates("x", 0, TURN / 2, wave(x * m), TURN / 2 * delta(m, 0))),
    frequency_shifted=changed(integrates("x", 0, TURN, wave(x * m), TURN * delta(m, 1))),
)
