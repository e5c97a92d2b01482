"""A closed formula in reals over a box with rational bounds, decided by balls on cells that cover the box.

Soundness: on a cell each variable is an exactly real ball that contains the cell's rational interval (the union of the
balls of both ends, rounded outwards), so that True holds at every point of the closed cell, and False at none. Cells
are either those listed, and then every elementary cell of the grid of all end points lies inside one of them, or the
halvings of the box made here. A strict bound is read as closed: the statement shown is the stronger one.
"""
from itertools import pairwise, product

from flint import acb, arb, fmpq
from flint import ctx as flint_ctx

from ..refusal import Malformed, Rejected, Undecided
from ..values import Budget, decide
from .ball_bound import bits
from .sign import rational, real_box

FIELDS = {"prec": "int", "cells": "cells", "depth": "int"}


def interval(lo, hi):
    return acb(arb(lo).union(arb(hi)))


def listed(cells, box, budget):
    """The cells of the certificate as rational intervals; refuses a list that does not cover the box."""
    if not isinstance(cells, tuple) or not all(
            isinstance(cell, tuple) and all(isinstance(side, tuple) and len(side) == 2 for side in cell) for cell in cells):
        raise Malformed("cells is a list of cells, each a list of [low, high]", "[[[0, 1]], …]", repr(cells)[:80])
    cells = [[tuple(map(rational, side)) for side in cell] for cell in cells]
    if any(len(cell) != len(box) or any(lo > hi for lo, hi in cell) for cell in cells):
        raise Rejected("a cell needs [low, high] with low ≤ high for each variable", f"{len(box)} intervals")
    grid = [sorted({lo, hi, *(e for c in cells for e in c[j] if lo < e < hi)}) for j, (lo, hi) in enumerate(box)]
    for piece in product(*(list(pairwise(g)) for g in grid)):
        budget.spend(len(cells))
        if not any(all(a <= lo and hi <= b for (lo, hi), (a, b) in zip(piece, c, strict=True)) for c in cells):
            raise Rejected("the cells do not cover the box", "every point in a cell", "a gap", str(piece))
    clipped = [[(max(a, lo), min(b, hi)) for (a, b), (lo, hi) in zip(c, box, strict=True)] for c in cells]
    return [c for c in clipped if all(a < b for a, b in c)]


def check(step, ctx):
    names, bounds, conclusion = real_box(step["shows"])
    prec, depth, budget = bits(step), step.get("depth", 0), Budget()
    if any(lo is None or hi is None for lo, _, hi, _ in bounds):
        raise Rejected("the box is not bounded", "two rational bounds for each variable")
    box = [(lo, hi) for lo, _, hi, _ in bounds]
    stack = [(cell, depth) for cell in (listed(step["cells"], box, budget) if "cells" in step else [box])]
    while stack:
        cell, left = stack.pop()
        budget.spend()
        with flint_ctx.workprec(prec):
            env, note = {x: interval(*side) for x, side in zip(names, cell, strict=True)}, []
        try:
            found = decide(conclusion, env, prec, budget, note)
        except Undecided as e:
            found, note = None, [e.message]
        where = ", ".join(f"{lo} ≤ {x} ≤ {hi}" for x, (lo, hi) in zip(names, cell, strict=True))
        if found is False:
            raise Rejected("false at every point of a cell", "the inequality holds", "; ".join(note), where)
        if found is None and left <= 0:
            raise Undecided("not decided on a cell; smaller cells or more bits may do", "a decision", "; ".join(note), where)
        if found is None:
            axis = max(range(len(cell)), key=lambda j: (cell[j][1] - cell[j][0]) / (box[j][1] - box[j][0]))
            (lo, hi), mid = cell[axis], sum(cell[axis], fmpq(0)) / 2
            stack += [([*cell[:axis], half, *cell[axis + 1:]], left - 1) for half in ((mid, hi), (lo, mid))]
