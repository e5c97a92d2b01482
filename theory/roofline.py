"""The roofline of `eigenproof bench`: what the machine can do, what `numeric.simulate` and the alternatives do, in one picture."""

from __future__ import annotations

import io

from theory.report.plots import COLOURS, INK, RULE, filled

MARKERS = {  # routine → colour, marker, label
    "simulate": (COLOURS[0], "o", "numeric.simulate"),
    "simulate into out": (COLOURS[0], "o", "numeric.simulate, output array given"),
    "oaconvolve, kernel given": (COLOURS[2], "D", "oaconvolve, kernel given"),
    "sosfilt bank": (COLOURS[1], "s", "sosfilt, one per mode"),
    "lfilter per mode": (COLOURS[1], "^", "lfilter, one per mode"),
    "jax.lax.scan": (COLOURS[3], "v", "jax.lax.scan"),
    "jax.lax.associative_scan": (COLOURS[3], "<", "jax.lax.associative_scan"),
    "torch loop": (COLOURS[4], "P", "PyTorch loop"),
    "NumPy loop": (COLOURS[4], "x", "NumPy loop"),
}
NOTE = """S modes, B rows; float64 unless said.
Columns of one intensity are moved apart.
Above the roof: an FFT or a matrix form
does fewer operations than the
recurrence; float32 has twice the peak."""


def ceilings(results: list[dict]) -> dict[str, float] | None:
    """Rates of the ceilings: FMA and dgemm in GFLOP/s, triad in GB/s; None when they were not measured."""
    for result in results:
        rates = {name: row["rate"]["value"] for name, row in result["seconds"].items() if "rate" in row}
        if "triad" in rates:
            peak = max(value for name, value in rates.items() if name.startswith("FMA"))
            return {"FMA": peak, "dgemm": rates["dgemm"], "triad": rates["triad"]}
    return None


def points(results: list[dict]) -> list[tuple[float, dict]]:
    """(operations a byte, result) of every regime that has a place on the roofline, by the first."""
    return sorted(((result["flops"] / result["bytes"], result) for result in results if result.get("flops")), key=lambda pair: pair[0])


def can_draw(results: list[dict]) -> bool:
    """Whether there are both ceilings and points."""
    return ceilings(results) is not None and bool(points(results))


def _beside(places: list[float], gap: float = 1.8) -> list[float]:
    """The places, moved apart to the right so that columns do not touch."""
    out: list[float] = []
    for place in places:
        out.append(max(place, gap * out[-1]) if out else place)
    return out


def draw(figure, results: list[dict]) -> None:
    """Nominal operations a second, those of the plain recurrence, over nominal operations a byte of input and output."""
    roof, placed = ceilings(results), points(results)
    figure.set_size_inches(8.8, 5.4)
    axes = figure.subplots()
    places = _beside([x for x, _ in placed])
    left, right, knee = places[0] / 2.2, places[-1] * 2.6, roof["FMA"] / roof["triad"]
    rates = [[result["flops"] / row["each_ns"] for name, row in result["seconds"].items() if name in MARKERS] for _, result in placed]
    bottom, top = min(map(min, rates)) / 12, 2.5 * max(*map(max, rates), roof["FMA"])
    axes.set(xscale="log", yscale="log", xlim=(left, right), ylim=(bottom, top))
    axes.plot([left, knee, right], [left * roof["triad"], roof["FMA"], roof["FMA"]], color=INK, lw=1.8)
    axes.plot([roof["dgemm"] / roof["triad"], right], [roof["dgemm"]] * 2, color=INK, lw=1, ls=(0, (5, 3)))
    for text, place, shift, more in (
            (f"multiply-add peak {roof['FMA']:.0f} GFLOP/s", (knee, roof["FMA"]), (2, 4), {}),
            (f"numpy dgemm {roof['dgemm']:.0f} GFLOP/s", (right, roof["dgemm"]), (-3, 3), {"ha": "right"}),
            (f"triad {roof['triad']:.0f} GB/s", (left, 4 * left * roof["triad"]), (4, 0), {})):
        axes.annotate(text, place, shift, textcoords="offset points", fontsize=9, color=INK, **more)
    for x, column, (_, result) in zip(places, rates, placed, strict=True):
        axes.plot([x, x], [min(column), max(column)], color=RULE, lw=1, zorder=1)
        axes.annotate(short(result["title"]), (x, 0.01), xycoords=("data", "axes fraction"), ha="center", va="bottom", fontsize=8,
                      color=INK)
    for name, (colour, marker, label) in MARKERS.items():
        rows = [(x, result["flops"] / result["seconds"][name]["each_ns"]) for x, (_, result) in zip(places, placed, strict=True)
                if name in result["seconds"]]
        if rows:
            ours = name == "simulate"
            axes.plot(*zip(*rows, strict=True), marker, color=colour, ms=8 if ours else 5.5, label=label, zorder=4 if ours else 3,
                      mfc=colour if ours or marker == "x" else "none")
    axes.set(xlabel="operations of the recurrence per byte of input and output",
             ylabel="operations of the recurrence per second, $10^9$")
    axes.set_title("numeric.simulate and what a user picks instead, one thread", fontsize=11, color=INK, loc="left")
    axes.legend(fontsize=8.5, loc="lower left", bbox_to_anchor=(1.01, 0.35))
    axes.annotate(NOTE, (1.03, 0.3), xycoords="axes fraction", fontsize=8.5, va="top", color=INK)


def short(title: str) -> str:
    """`simulate, S = 1, T = 1000000, B = 64, float64, …` in three short lines."""
    _, *parts = title.split(", ")
    lines = [parts[0], parts[2], *(["float32"] if "float32" in parts else [])]
    return "\n".join(lines)


def svg(results: list[dict]) -> str:
    """The picture as a document of its own on white."""
    buffer = io.StringIO()
    filled(lambda figure: draw(figure, results),
           lambda figure: figure.savefig(buffer, format="svg", facecolor="white", metadata={"Date": None, "Creator": None}))
    return buffer.getvalue()
