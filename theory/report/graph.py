"""The dependency graph of the claims as one inline SVG, laid out in layers: what is used stands above what uses it."""

from graphlib import CycleError, TopologicalSorter
from html import escape

ROW, GAP, HEIGHT, MARGIN, CHARACTER = 74, 18, 30, 10, 7.2
TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0L8 4L0 8z"/></marker></defs>'
)
WRAP = 8
"""A layer wider than this many nodes continues on a further row."""


def edges(records):
    """`{claim: claims it uses}`, among the claims of the report."""
    known = {record.id for record in records}
    return {r.id: [u for u in r.get("uses", []) if u in known and u != r.id] for r in records}


def direct(uses):
    """The edges that do not already follow from a longer path."""
    beyond = {}

    def reach(claim):
        if claim not in beyond:
            beyond[claim] = set().union(*({u} | reach(u) for u in uses[claim]))
        return beyond[claim]

    return {claim: [u for u in used if not any(u in reach(v) for v in used if v != u)] for claim, used in uses.items()}


def layers(uses):
    """Claims that use or are used, in layers; None when the edges run in a circle."""
    linked = {claim for claim, used in uses.items() if used} | {u for used in uses.values() for u in used}
    depth = {}
    try:
        for claim in TopologicalSorter(uses).static_order():
            depth[claim] = 1 + max((depth[u] for u in uses[claim]), default=-1)
    except CycleError:
        return None
    return [sorted(c for c in linked if depth[c] == d) for d in range(1 + max((depth[c] for c in linked), default=-1))]


def _ordered(levels, uses):
    """Each layer sorted by where the claims it uses stand, so that fewer edges cross."""
    place, out = {}, []
    for level in levels:

        def weight(claim):
            used = [place[u] for u in uses[claim] if u in place]
            return (sum(used) / len(used) if used else 0.5, claim)

        level = sorted(level, key=weight)
        place.update({claim: (k + 0.5) / len(level) for k, claim in enumerate(level)})
        out += [level[k : k + WRAP] for k in range(0, len(level), WRAP)]
    return out


def _positions(rows, labels):
    """`{claim: (x, y, width)}` with every row centred, and the size of the drawing."""
    widths = {claim: CHARACTER * len(labels[claim]) + 22 for row in rows for claim in row}
    lengths = [sum(widths[c] for c in row) + GAP * (len(row) - 1) for row in rows]
    full, spots = max(lengths) + 2 * MARGIN, {}
    for number, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        x = (full - length) / 2
        for claim in row:
            spots[claim] = (x, MARGIN + number * ROW, widths[claim])
            x += widths[claim] + GAP
    return spots, full, 2 * MARGIN + (len(rows) - 1) * ROW + HEIGHT


def _edge(source, target):
    """A curve from below one node to above another; one that passes over a layer swings out, past the nodes between."""
    (x, y, w), (u, v, z) = source, target
    x, y, u, v = x + w / 2, y + HEIGHT, u + z / 2, v - 4
    bow, middle = (90 if v - y > ROW else 0), (y + v) / 2
    curve = f"M{x:.1f} {y:.1f}C{x + bow:.1f} {middle:.1f} {u + bow:.1f} {middle:.1f} {u:.1f} {v:.1f}"
    return f'<path d="{curve}" marker-end="url(#tip)"/>'


def _node(record, label, spot):
    x, y, width = spot
    return (
        f'<a href="{escape(record.page)}"><title>{escape(record.id)}: {escape(record.verdict)}</title>'
        f'<rect class="node {escape(record.verdict)}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{HEIGHT}" rx="4"/>'
        f'<text x="{x + width / 2:.1f}" y="{y + HEIGHT / 2 + 4:.1f}">{escape(label)}</text></a>'
    )


def svg(records):
    """The graph, or a sentence where there is nothing to draw."""
    uses = edges(records)
    levels = layers(uses)
    if levels is None:
        return '<p class="alarm">The recorded uses run in a circle, so no graph is drawn.</p>'
    if not levels:
        return '<p class="absent">No claim uses another one.</p>'
    shown = direct(uses)
    labels = {r.id: r.get("dossier") or r.id for r in records}
    spots, width, height = _positions(_ordered(levels, uses), labels)
    by_id = {r.id: r for r in records}
    lines = "".join(_edge(spots[u], spots[c]) for c in sorted(spots) for u in sorted(shown[c]))
    nodes = "".join(_node(by_id[c], labels[c], spots[c]) for c in sorted(spots))
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    alone = f"{len(records) - len(spots)} of {len(records)} claims stand alone."
    return (
        f'<div class="wide"><svg class="graph" role="img" aria-label="Which claim uses which" {size}>{TIP}'
        f'<g class="edges">{lines}</g>{nodes}</svg></div>'
        '<p class="note">An arrow leads from a claim to one that uses it; arrows that follow from others are left out. '
        f"{alone}</p>"
    )
