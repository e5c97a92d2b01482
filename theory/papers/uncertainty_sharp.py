"""Filters whose phases are evenly spaced by 2π/P, P = K + δ: the family that shows that the constant of the bound is sharp."""
from theory.language import IMAGINARY, PI, Abs, Series, Sum, T, delta, exp, fn, le, lt, names, ne
from theory.mutations import counterexample
from theory.papers.uncertainty_explicit import below_one
from theory.proof import explained
from theory.steps import positive_quotient

S, K, gap, P, lam, n, k, s, t = names("S K gap P lam n k s t")


def turn(m, period=P):
    """e^{2πim/P}."""
    return exp(2 * IMAGINARY * PI * m / period)


def fade(k, period=P):
    """e^{−2λk/P}, the squared modulus of the k-th power of a pole."""
    return exp(-2 * lam * k / period)


def pole(n):
    return exp(-lam / P) * turn(n)


@explained
def reciprocal(p, x, positive):
    """0 < x gives (x ≠ 0, 0 < 1/x)."""
    proper = p.order("nonzero", ne(x, 0), positive)
    return proper, positive_quotient(p, x, positive, proper)


def counted(p, x, at_least_one):
    """1 ≤ x gives 0 < x."""
    return p.squares(lt(0, x), [(1, [at_least_one], "", 1), (1, [], "", 1)])


# The window: 1 inside, falling to 0 in layers of width h at both ends
q, layer, window = names("q h w")
WHERE_LAYER = ("h", [], q / (1 - q))
WHERE_WINDOW = ("w", ["s"], 1 - (q**s + q ** (S + 1 - s)) / (1 + q ** (S + 1)))

# The filter: P = K + δ, d = δ/P
a, c, d = names("a c d")
VARIABLES = {"S": "nat", "K": "nat", "gap": "nat", "lam": "real"}
GIVEN = [lt(0, lam), le(1, gap), le(S, K)]
SYMBOLS = {"gap": "δ, so that the period is P = K + δ"}
WHERE_P = ("P", [], K + gap)
WHERE_D = ("d", [], gap / P)
WHERE_A = ("a", ["n"], pole(n))
WHERE_C = ("c", ["k"], Sum("n", 1, S, T("b")(n) * T("a")(n) ** k))

# The impulse response over one period, apart from its decay, with j = k − 1 − K
w, J = names("w"), k - 1 - K


def swing(j):
    """V_j = Σ w_s e^{2πisj/P}."""
    return Sum("s", 1, S, w[s] * turn(s * j))


# The loss of the filter with the weights scaled to the peak
ETA = exp(-2 * lam)
SCALE = (1 - ETA) * exp(lam * K / P) / (P * (1 + d**2))
SHARE = (1 - ETA) / (P * (1 + d**2))
L, sigma = names("L sigma")
TERM = Abs(c(k) - delta(k, K)) ** 2
WHERE_SCALE = ("sigma", [], SCALE)
WHERE_LOSS = ("L", [], Series("k", 0, TERM))


def weights(window):
    """The weights σ w_n e^{−2πinK/P}."""
    return ("b", ["n"], T("sigma") * window * turn(-n * K))


@explained
def sizes(p, rate=None):
    """P ≥ 1, S + 1 ≤ P, d > 0, e^{−2λ} < 1: the facts (P ≠ 0, 1/P > 0, d > 0, d ≠ 0, e^{−2λ} < 1) by name."""
    natural = p.order("basic", le(0, K))
    period = p.squares(le(1, P), [(1, [natural], "", 1), (1, [p.given(2)], "", 1)])
    wide = p.squares(le(S + 1, P), [(1, [p.given(2)], "", 1), (1, [p.given(3)], "", 1)])
    p.squares(le(S, P), [(1, [wide], "", 1), (1, [], "", 1)])
    proper, back = reciprocal(p, P, counted(p, P, period))
    start = counted(p, gap, p.given(2))
    positive = p.squares(lt(0, d), [(1, [start, back], "", 1)])
    regular = p.order("nonzero", ne(d, 0), positive)
    p.order("product", ne(16 * d**2, 0), regular, regular)
    room = below_one(p, -2 * lam, p.squares(lt(-2 * lam, 0), [(2, [rate or p.given(1)], "", 1)]))
    return {"P": proper, "back": back, "positive": positive, "d": regular, "room": room}


@explained
def scales(p, facts):
    """1 + d² > 0 and 1/(P(1 + d²)) > 0, so the factor (1 − η)/(P(1 + d²)) is not negative."""
    above = p.squares(lt(0, 1 + d**2), [(1, [], "", 1), (1, [], "", d)])
    rest = reciprocal(p, 1 + d**2, above)
    whole = p.order("product", ne(P * (1 + d**2), 0), facts["P"], rest[0])
    regular = [facts["P"], facts["d"], rest[0], whole]
    return rest, regular, p.squares(le(0, SHARE), [(1, [facts["room"], facts["back"], rest[1]], "", 1)], nonzero=regular)


def beaten(p, values, hypotheses):
    """A refutation by the lower bound: here L ≥ 1 − S/(K+1) and the bound that the edited claim states is smaller; `hypotheses(p)`
    shows those that the kernel does not decide."""
    with p.inhabited_by(**values):
        hypotheses(p)
    here = counterexample(p, **values)
    hypotheses(p)
    below_one(p, here(-lam / P), p.step("instance", here(lt(-lam / P, 0))))
    order, lag = values["S"], values["K"]
    least = 1 - T(order) / (lag + 1)
    bound = p.use("uncertainty.lower_bound_white", le(least, here(L)), S=order, K=lag, a=here(fn("n", a(n))), b=here(fn("n", T("b")(n))))
    wrong = T(p.statement["holds"][3][2])
    small = p.step("ball_bound", lt(here(wrong), least), prec=100)
    p.squares(lt(here(wrong), here(L)), [(1, [bound], "", 1), (1, [small], "", 1)])
