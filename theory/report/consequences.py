"""The consequences page: what the theory changes for those who use it. Its numbers are computed when the page is written, none is typed."""

from functools import cache
from html import escape

from theory.papers import uncertainty_consequences as found
from theory.report import mathml, plots
from theory.report import pages as page
from theory.report.notation import Scope

LEAD = (
    "To hold the past K steps in S modes, space the phases by nearly 2π/K, not by π/K. At Δ = 1/K the phases of S4D-Lin are spaced by "
    "π/K: the filter repeats itself after 2K steps instead of K, and holds about half of what S modes can hold."
)


def consequences_page(records):
    """The page; verdicts and links come from the records, and a claim without a record is undecided."""
    known = {each.id: each for each in records}
    body = "".join(page.section(title, inner, name) for title, inner, name in (
        ("What to use instead", _rule(known), "rule"),
        ("What the poles can hold", _captured(known), "captured"),
        ("What no poles can do", _floors(known), "floors"),
        ("On the paper's learning task", _learning(known), "learning"),
        ("When it does not matter", _limits(), "limits"),
    ))
    head = '<header class="top"><a href="index.html">All claims</a></header>'
    return page.document("Consequences for users · eigenproof",
                         f'{head}<main><h1>Consequences for users</h1><p class="lead">{LEAD}</p>{body}</main>')


def _cited(name, known):
    """A claim with its verdict; linked when it has a page."""
    if name not in known:
        return f'{escape(name)} <span class="verdict undecided">undecided</span>'
    return f"{page.listing([name], known)} {page.verdict(known[name])}"


def _interval(decimals):
    return "[" + ", ".join(decimals) + "]" if decimals[0] != decimals[1] else decimals[0]


def _rule(known):
    lead = (f"<p>With Δ = 1/K the poles of S4D-Lin, exp(−Δ/2 + iπsΔ), are those of the paper with α = 1/2: {_cited(found.S4D, known)}. "
            "Instead take, for s = −T, …, T and S = 2T + 1, the poles a and to start from the weights b:</p>")
    rule = found.rule()
    rows = [(str(S), *(f"{value:.4f}" for value in found.constants(S))) for S in found.ORDERS]
    note = ('<p class="note">P may be rounded to a whole number; the experiments below take ⌈εK⌉ + K. For a layer that keeps one of each '
            "conjugate pair, s = 0, …, T.</p>")
    return lead + mathml.definitions(rule["where"], Scope.of(rule)) + note + page.table(("S", "ε", "α", "β"), rows)


def _captured(known):
    rows = found.captured()
    span = [[min(float(row[column][0]) for row in rows), max(float(row[column][1]) for row in rows)] for column in (3, 4)]
    lead = (
        f"<p>No filter of order S captures more than S/(K+1) of white noise: {_cited(found.BOUND, known)}. With phases πs/K and "
        f"decay 1/2, whatever the weights, no more than κS/K up to O(1/K), κ in {_interval(found.half_turn_share())}, and below one half "
        f"for every decay: {_cited(found.HALF, known)}. In the table S4D-Lin's poles reach between {span[0][0]:.4f} and {span[0][1]:.4f} "
        f"of the bound, the sharp ones between {span[1][0]:.4f} and {span[1][1]:.4f}, more with growing S.</p>"
    )
    body = [(str(S), str(K), f"{bound:.4g}", *(page.mono(_interval(part)) for part in shares)) for S, K, bound, *shares in rows]
    return lead + page.table(("S", "K", "bound S/(K+1)", "S4D-Lin, share of the bound", "sharp, share of the bound"), body) + (
        '<p class="note">Best weights, white noise; intervals enclose.</p>')


def _floors(known):
    """What the claims say, for every choice of poles and weights; a claim without a record is only named."""
    rows = [(_cited(name, known), page.prose(known[name].get("says", "")) if name in known else "") for name in found.FLOORS]
    return "<p>For every choice of poles and weights, white noise first and correlated inputs below:</p>" + page.table(
        ("claim", "what it says"), rows)


@cache
def _figure(name):
    draw = {"phases": found.draw_phases, "lags": found.draw_lags}[name]
    return f"<figure>{plots.drawn(draw, name=f'consequences, {name}')}</figure>"


def _learning(known):
    out = [f"<p>The tasks of {_cited(found.PHASES, known)} and {_cited(found.LAGS, known)} at the paper's sizes, poles fixed, weights "
           "trained. Shift-K is the paper's start (phases πs/K, α = 1), sharp the one above. Best configuration of the same grid for every "
           "start, then four further seeds; bands are 95 % intervals for the mean by Student's t. Optimum is the least population loss "
           "over all weights, enclosed.</p>"]
    for name, figure, place in (("learning", "phases", "ρ"), ("initial_lags", "lags", "K of the start")):
        data, apart, rows = found.measured(name), found.paired(name), []
        kinds = [kind for kind in ("random", "shift", "sharp") if kind in next(iter(data.values()))]
        for at, by_kind in sorted(data.items()):
            learned = [f"{by_kind[kind][0]:.4f} ± {by_kind[kind][1]:.4f}" for kind in kinds]
            optima = [page.mono(_hull(by_kind[kind][3])) for kind in ("shift", "sharp")]
            rows.append((f"{at:g}", *learned, f"{apart[at][0]:+.4f} ± {apart[at][1]:.4f}", *optima))
        heads = (place, *(f"{LABELS[kind]}, learned" for kind in kinds), "shift-K − sharp", "optimum, shift-K", "optimum, sharp")
        out += [_figure(figure), page.table(heads, rows), _told(place, apart)]
    return "".join(out)


LABELS = {"random": "random", "shift": "shift-K", "sharp": "sharp"}


def _hull(optima):
    """One interval around all of them, to seven digits."""
    from fractions import Fraction
    from math import ceil, floor

    low, high = min(Fraction(low) for low, _ in optima), max(Fraction(high) for _, high in optima)
    return _interval([f"{number / 10**7:.7f}" for number in (floor(low * 10**7), ceil(high * 10**7))])


def _named(places):
    return ", ".join(f"{place:g}" for place in places) or "none"


def _told(place, apart):
    lower, higher, neither = found.verdicts(apart)
    return (f"<p>Sharp ends lower than shift-K, beyond the 95 % band of the difference, at {place} = {_named(lower)}; higher at "
            f"{_named(higher)}; not told apart at {_named(neither)}.</p>")


def _limits():
    rows, phases, lags = found.captured(), found.paired("learning"), found.paired("initial_lags")
    starts = found.measured("initial_lags")
    least = min(rows, key=lambda row: row[2])
    gain = least[2] * (float(least[4][0]) - float(least[3][1]))
    below = [rho for rho in phases if rho < 1]
    most, last = max(below, key=lambda rho: phases[rho][0]), max(below)
    worse = [at for at, kinds in starts.items() if kinds["sharp"][2] > kinds["shift"][2]]
    moved = ", ".join(f"{gain:+.3f} at S = {S}" for S, gain in found.narrower())
    items = [
        f"When S is small against K, both lose nearly everything: at S = {least[0]}, K = {least[1]} the bound on what is captured is "
        f"{least[2]:.2g}, and sharp poles gain {gain:.2g} of the energy.",
        "When the input is strongly correlated, low frequencies carry it and both starts have them: the difference of the learned losses "
        f"is {phases[most][0]:.4f} at ρ = {most:g} and {phases[last][0]:.4f} at ρ = {last:g}. For ρ = 1 the input is constant and every "
        "start with a real pole learns it: the optimum is 0.",
        "When the lag is not known: started for a lag far from the one to be learned, both are near a loss of 1 or above it. Before "
        f"training sharp is worse than shift-K at K = {_named(worse)}; after it they are not told apart at "
        f"K = {_named(found.verdicts(lags)[2])}. The optima of a long K lie in directions of the weights that training does not reach.",
        "When more than the weights is trained, or Δ differs from 1/K, as in most channels of a layer of S4D: not measured here.",
        "The rule is made for white noise and for the weights above. With the best weights a third of ε adds to the share of the bound: "
        f"{moved} (K = {found.SHIFTS[0]}). `eigenproof design` searches for better poles, and encloses the loss of those it finds.",
    ]
    return "<ul>" + "".join(f"<li>{page.prose(item)}</li>" for item in items) + "</ul>"
