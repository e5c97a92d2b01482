"""The white-noise bound again, for small orders and a few lags, by ball arithmetic alone, without the general proof."""
from theory.claim import Claim
from theory.language import (
    IMAGINARY,
    PI,
    Abs,
    T,
    adj,
    both,
    conj,
    exp,
    forall,
    inv,
    invertible,
    le,
    lt,
    matrix,
    names,
    ne,
    statement,
    vec,
    within,
)
from theory.mutations import changed, counterexample, opposite
from theory.proof import explained
from theory.steps import at

S, K, n, s, t = names("S K n s t")
C, F, pole, power = names("C F pole power")
LAGS = (10, 10**3, 10**6, 10**12)
MOST = 8
WHERE = [
    ("pole", ["s", "K"], exp((IMAGINARY * PI * s - 1) / (K + 1))),
    ("C", ["S", "K"], matrix("s", S, "t", S, 1 / (1 - pole(s, K) * conj(pole(t, K))))),
    ("power", ["S", "K"], vec("s", S, pole(s, K) ** K)),
    ("F", ["S", "K"], adj(power(S, K)) @ inv(C(S, K)) @ power(S, K)),
]


def share(S, lag):
    """|F_K| ≤ S/(K+1)."""
    return le(Abs(F(S, lag)), S / T(lag + 1))


claim = Claim(
    title="The white-noise bound at thirty-two pole sets",
    says="For S = 1..8, K in {10, 10^3, 10^6, 10^12} and the poles a_s = e^{(iπs − 1)/(K+1)}, s = 1..S, the captured share "
         "F_K = (a^K)* C⁻¹ a^K is at most S/(K+1).",
    statement=statement(forall({"S": "int"}, within(1, S, MOST), both(*(share(S, lag) for lag in LAGS))), WHERE),
    paper="UP", reference="cross-check of Theorem 2", source="own", strength="domain",
    hypotheses={"S ≤ 8": "a finite list; the general statement is lower_bound_white"},
    limits="Thirty-two instances and nothing between them. The bound is on |F_K|; that F_K is real is not shown here.",
)


def bits(lag):
    """Working precision: neighbouring poles differ by about 1/K, and solving with C loses some 4S log2(K) bits."""
    return 128 + 4 * MOST * (lag + 1).bit_length()


@claim.derive
def closed_inverse(step):
    import sympy
    from mpmath import mp

    from theory.identities import below
    from theory.papers import uncertainty_symbolic as symbolic

    for order in (2, 3):
        poles = symbolic.Poles(order)
        symbolic.inverse(step, poles)
        symbolic.energy_total(step, poles)
    for lag in LAGS:
        with mp.workdps(60 + 2 * MOST * len(str(lag))):
            found = []
            for order in range(1, MOST + 1):
                a = [mp.exp((1j * mp.pi * s - 1) / (lag + 1)) for s in range(1, order + 1)]
                w = [mp.fprod(1 - x * mp.conj(y) for y in a) / mp.fprod(x - y for y in a if y is not x) for x in a]
                q = [x * y**lag for x, y in zip(w, a, strict=True)]
                pairs = list(zip(q, a, strict=True))
                energy = mp.fsum(x * mp.conj(y) / (1 - u * mp.conj(v)) for x, u in pairs for y, v in pairs)
                found.append(energy.real * (lag + 1) / order)
            below(step, f"K = {lag}", sympy.Float(min(found), 12), sympy.Float(max(found), 12), sympy.S.One,
                  why="the smallest and the largest of (K+1) F_K/S for S = 1..8, from F_K = ΣΣ q_s q̄_t/(1 − a_s ā_t), q_s = w_s a_s^K")


@claim.certify
def proof(p, _):
    p.inhabited(S=1)
    p.both(*(at_lag(p, lag, part) for lag, part in zip(LAGS, p.statement["holds"][3][1:], strict=True)))


@explained
def at_lag(p, lag, part):
    """Denominators that are not 0, an invertible Gram matrix and the bound as stated, for every order by enumeration."""
    orders, cells = within(1, n, MOST), [*within(1, s, S), *within(1, t, S)]
    apart = ne(1 - pole(s, lag) * conj(pole(t, lag)), 0)
    every_cell = [*orders, *within(1, s, n), *within(1, t, n)]
    general = p.step("ball_bound", forall({"n": "int", "s": "int", "t": "int"}, every_cell, apart), prec=bits(lag))
    with p.generalise({"s": "int", "t": "int"}, cells, apart):
        p.apply(general, apart, n=S, s=s, t=t)
    p.step("ball_bound", forall({"n": "int"}, orders, invertible(C(n, lag))), prec=bits(lag))
    every = p.step("ball_bound", forall({"n": "int"}, orders, at(part, "S", n)), prec=bits(lag))
    return p.apply(every, part, n=S)


def captured(order, lag):
    """The measured side: an enclosure of F_K from the pole differences, by code the kernel does not use."""
    from numeric import balls
    from theory.papers.uncertainty_measurements import evenly_spaced

    return balls.capture(evenly_spaced(order, lag), lag, digits=20)


@claim.oracle
def enclosures():
    """The same shares from the closed form of the inverse, against S/(K+1)."""
    from fractions import Fraction

    from numeric import balls
    from numeric.poles import rational_ball
    from theory.papers.uncertainty_measurements import bounded

    results = []
    for lag in LAGS:
        for order in range(1, MOST + 1):
            share, most = captured(order, lag), Fraction(order, lag + 1)
            results.append(bounded("evenly spaced", {"S": order, "K": lag}, share.str(10), most,
                                   inside=balls.less(share, rational_ball(most)) is True))
    return results


def improved(S, lag):
    """|F_K| ≤ S/(3(K+1)), which S = 8 exceeds."""
    return le(Abs(F(S, lag)), S / T(3 * (lag + 1)))


claim.must_refuse(
    constant_improved=changed(both(*(improved(S, lag) for lag in LAGS))),
    constant_improved_at_one_lag=changed(improved(S, LAGS[1])),
    sign_flipped=changed(both(*(lt(S / T(lag + 1), Abs(F(S, lag))) for lag in LAGS))),
    any_order=changed(given={2: None}),
)


@claim.refute("constant_improved_at_one_lag")
def order_eight(p):
    here = counterexample(p, S=8)
    p.step("ball_bound", opposite(here(improved(S, LAGS[1]))), prec=bits(LAGS[1]))
