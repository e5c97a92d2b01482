"""The uncertainty principle under an AR(1) input (paper, Theorem 3), for every order, lag, correlation, pole set and weights."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_lower_bound_with_tap import SHARE
from theory.claims.uncertainty.ar_loss import CLOSED
from theory.language import Abs, T, both, delta, eq, fn, forall, le, lt, names, ne, statement, within
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import STABLE, WHERE_FILTER, K, L, S, a, b, c, for_each_pole, k, s
from theory.papers.uncertainty_ar import AR_FILTER, AR_INPUT, LAST, WHERE_AR_LOSS, WHERE_CORRELATION, ar_loss, error, rho
from theory.proof import explained
from theory.steps import positive_reciprocal

GIVEN = [le(1, S), le(1, K), STABLE, *AR_INPUT]
SHARP, PRINTED, POSITIVE = le(1 - SHARE / K, L), le(1 - 3 * S / (K * (1 - rho)), L), le(0, L)

claim = Claim(
    title="Uncertainty principle under an AR(1) input",
    says="Under the autocorrelation ρ^|n| a filter of order S ≥ 1 misses the shift by K ≥ 1 by at least 1 − 3S/(K(1 − ρ)), and by at "
         "least 1 − (1/K)(ρ²/(1 − ρ²) + S(1 + ρ)/(1 − ρ)); the loss is not negative.",
    statement=statement(forall(AR_FILTER, GIVEN, both(PRINTED, SHARP, POSITIVE)), [WHERE_FILTER, WHERE_AR_LOSS]),
    paper="UP", dossier="UP.T3", reference="Theorem 3", source="text",
    hypotheses={"S ≥ 1": "S = 0, K = 1 has L = 1, which is the printed bound; the proof compares ρ² with S",
                "K ≥ 1": "the bound divides by K", "|a_s| < 1": "the loss is infinite or undefined",
                "0 ≤ ρ < 1": "the bound is not defined at ρ = 1"},
    limits="Any poles: repeated, zero or equal to ρ. The constant is not sharp: as ρ → 0 the second bound tends to 1 − S/K.",
)


@claim.certify
def proof(p, _):
    p.inhabited(S=1, K=1, a=fn("n", 0), b=fn("n", 1), rho=0)
    p.abbreviate(*WHERE_CORRELATION)
    ar_loss(p, CLOSED)
    sharp, positive = without_tap(p)
    p.both(printed(p, sharp), sharp, positive)


@explained
def without_tap(p):
    """A filter of order S is one with S + 1 poles, the last of them 0 with weight 0."""
    pole = (1 - delta(s, LAST)) * a[s]
    with p.generalise({"s": "int"}, within(1, s, LAST), lt(Abs(pole), 1)) as stable:
        split, goal = p.new_id(), lt(Abs(pole), 1)
        with p.branch() as less:
            p.order("gap", le(s + 1, LAST), f"{split}.less.1")
            p.apply(p.given(3), lt(Abs(a[s]), 1), s=s)
        with p.branch() as equal:
            none = p.step("congruence", eq(0, pole), equal=f"{split}.equal.1", context=fn("m_", (1 - delta("m_", LAST)) * a["m_"]))
            p.step("congruence", goal, equal=none, context=fn("m_", lt(Abs("m_"), 1)), **{"from": p.squares(lt(0, 1), [(1, [], "", 1)])})
        with p.branch() as greater:
            beyond = p.squares(lt(0, 0), [(1, [stable(2)], "", 1), (1, [f"{split}.greater.1"], "", 1)])
            p.step("contradiction", goal, **{"from": beyond})
        p.step("cases", goal, split, on=[s, LAST], less=less, equal=equal, greater=greater)
    at = {"S": S, "K": K, "a": fn("n", (1 - delta("n", LAST)) * a["n"]), "b": fn("n", (1 - delta("n", LAST)) * b["n"]), "rho": rho}
    return [p.use("uncertainty.ar_lower_bound_with_tap", goal, **at) for goal in (SHARP, POSITIVE)]


@explained
def printed(p, sharp):
    """3S/(1 − ρ) − S(1 + ρ)/(1 − ρ) − ρ²/(1 − ρ²) = (S − 1)/(1 − ρ) + (S − 1) + 2 + ρ/(1 − ρ²) ≥ 0 for S ≥ 1."""
    lags = p.squares(lt(0, K), [(1, [], "", 1), (1, [p.given(2)], "", 1)])
    room = p.squares(lt(0, 1 - rho), [(1, [p.given(5)], "", 1)])
    wide = p.squares(lt(0, 1 + rho), [(1, [], "", 1), (1, [p.given(4)], "", 1)])
    proper = [p.order("nonzero", ne(x, 0), ref) for x, ref in ((K, lags), (1 - rho, room), (1 + rho, wide))]
    square = p.order("product", ne(1 - rho**2, 0), proper[1], proper[2])
    p.order("product", ne(K * (1 - rho), 0), proper[0], proper[1])
    share, inverse, less = (positive_reciprocal(p, x, ref, regular)
                            for x, ref, regular in zip((K, 1 - rho, 1 + rho), (lags, room, wide), proper, strict=True))
    excess = p.squares(le(SHARE, 3 * S / (1 - rho)),
                       [(1, [inverse, p.given(1)], "", 1), (1, [p.given(1)], "", 1), (2, [], "", 1), (1, [inverse, less, p.given(4)], "", 1)],
                       nonzero=[*proper, square])
    return p.squares(PRINTED, [(1, [sharp], "", 1), (1, [share, excess], "", 1)], nonzero=proper)
