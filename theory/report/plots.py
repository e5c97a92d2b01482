"""Plots as SVG, the same bytes on every run: fixed hash salt, no date, letters as outlines."""

import io
import math
import re
from fractions import Fraction

SALT = "eigenproof"
INK, RULE = "#22262b", "#c9cdd2"
COLOURS = ("#1f4e79", "#a5501d", "#3d6b35", "#6b3d78", "#8a7a1f")
STYLE = {
    "svg.hashsalt": SALT,
    "svg.fonttype": "path",
    "font.family": "STIXGeneral",
    "mathtext.fontset": "stix",
    "font.size": 11,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#eceef0",
    "grid.linewidth": 0.7,
    "lines.linewidth": 1.5,
    "legend.frameon": False,
    "errorbar.capsize": 2.5,
}


WIDTH, HEIGHT, ROW_HEIGHT = 6.4, 3.6, 2.6


def filled(draw, use):
    """`use(figure)` of the figure that `draw(figure)` fills, in the style of the report; with rows of panels it is higher."""
    from cycler import cycler
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE), rc_context({"axes.prop_cycle": cycler(color=COLOURS)}):
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
        draw(figure)
        rows = max((axes.get_subplotspec().get_gridspec().nrows for axes in figure.axes if axes.get_subplotspec()), default=1)
        if rows > 1:
            figure.set_size_inches(WIDTH, ROW_HEIGHT * rows)
        return use(figure)


def drawn(draw, name):
    """The SVG text of the figure that `draw(figure)` fills; `name` is what a screen reader says."""
    buffer = io.StringIO()
    filled(draw, lambda figure: figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None}))
    return inline(buffer.getvalue(), name)


def inline(svg, name):
    """An SVG document as an element inside HTML: no prologue, no metadata, a width that follows the page, its own ids."""
    from html import escape

    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    prefix = re.sub(r"[^A-Za-z0-9]+", "-", name)
    svg = re.sub(r'(id="|url\(#|href="#)', rf"\g<1>{prefix}-", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="Plot for {escape(name)}" class="plot" ', 1)


def lower_bound(figure, orders, curves, shares):
    """UP.T2: the most that order S may capture, S/(K+1), as lines over K; what families capture, F_K, as points.

    `shares` are the delays K at which the lines are drawn. A curve is a dict with label, order, K, F and, where the F
    were measured, error (half-widths of their intervals).
    """
    axes = figure.subplots()
    colour = {order: COLOURS[k % len(COLOURS)] for k, order in enumerate(orders)}
    for order in orders:
        axes.plot(shares, [min(1.0, order / (K + 1)) for K in shares], color=colour[order], label=f"bound $S/(K+1)$, $S={order}$")
    for curve, marker in zip(curves, "os^Dv<>p" * len(curves), strict=False):
        axes.errorbar(
            curve["K"],
            curve["F"],
            yerr=curve.get("error"),
            fmt=marker,
            ms=4,
            mfc="white",
            lw=1,
            color=colour[curve["order"]],
            label=curve["label"],
        )
    axes.set(xscale="log", yscale="log", xlabel="delay $K$", ylabel="share captured $F_K$")
    axes.legend(fontsize=9)


def size(value):
    """A number as a float, a complex one written a + bi as its modulus, a ball [m +/- r] as its midpoint."""
    text = str(value).strip()
    if parts := re.fullmatch(r"(\S+) \+ (\S+)i", text):
        return math.hypot(*(float(Fraction(part)) for part in parts.groups()))
    if ball := re.fullmatch(r"\[(\S+) \+/- \S+\]", text):
        text = ball.group(1)
    return float(Fraction(text))


def measured_pairs(items):
    """(held to, measured, whether it is a bound) of the measurements that are positive numbers or have a positive modulus."""
    found = []
    for item in items:
        held = item.get("bound", item.get("expected"))
        try:
            pair = tuple(map(size, (held, item.get("measured"))))
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if min(pair) > 0:
            found.append((*pair, "bound" in item))
    return found


def against(figure, pairs):
    """Measured values against bounds or expected values, on logarithmic axes, with the line of equality."""
    axes = figure.subplots()
    for bound, marker, label in ((True, "o", "held to a bound"), (False, "x", "expected to be equal")):
        chosen = [pair for pair in pairs if pair[2] is bound]
        if chosen:
            axes.plot([pair[0] for pair in chosen], [pair[1] for pair in chosen], marker, ms=5, mfc="none", label=label)
    ends = [min(min(pair[:2]) for pair in pairs) / 2, max(max(pair[:2]) for pair in pairs) * 2]
    axes.plot(ends, ends, color="#9aa3ab", lw=0.8, label="equality")
    axes.set(xscale="log", yscale="log", xlabel="bound or expected value", ylabel="measured")
    axes.legend(fontsize=9)


def by_rule(figure, steps):
    """How many steps of a proof each rule takes: the picture of a claim about which nothing is measured."""
    counts, waiting = {}, list(steps)
    while waiting:
        step = waiting.pop()
        counts[step.get("rule", "?")] = counts.get(step.get("rule", "?"), 0) + 1
        waiting += [inner for value in step.values() if isinstance(value, list) for inner in value if isinstance(inner, dict)]
    rules = sorted(counts, key=lambda rule: (counts[rule], rule))
    axes = figure.subplots()
    axes.barh(rules, [counts[rule] for rule in rules], color=COLOURS[0])
    axes.set(xlabel="steps of the proof")
