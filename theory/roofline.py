"""The roofline of `eigenproof bench`: what the machine can do, what `numeric.simulate` and the alternatives do, in one picture."""

from __future__ import annotations

import io

from theory.report.plots import COLOURS, INK, filled

MARKERS = {  # routine → colour, marker, label
    "simulate": (COLOURS[0], "o", "numeric.simulate"),
    "oaconvolve": (COLOURS[2], "D", "oaconvolve, kernel given"),
    "sosfilt bank": (COLOURS[1], "s", "sosfilt, one per mode"),
    "lfilter per mode": (COLOURS[1], "^", "lfilter, one per mode"),
    "jax.lax.scan": (COLOURS[3], "v", "jax.lax.scan"),
    "jax.lax.associative_scan": (COLOURS[3], "<", "jax.lax.associative_scan"),
    "torch loop": (COLOURS[4], "P", "PyTorch loop"),
    "NumPy loop": (COLOURS[4], "x", "NumPy loop"),
}


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


def draw(figure, results: list[dict]) -> None:
    """Nominal operations a second, those of the plain recurrence, over nominal operations a byte of input and output."""
    roof, placed = ceilings(results), points(results)
    figure.set_size_inches(8.4, 5.6)
    axes = figure.subplots()
    places: list[float] = []
    for x, _ in placed:  # regimes of one intensity stand side by side
        while any(abs(x / other - 1) < 0.3 for other in places):
            x *= 1.45
        places.append(x)
    left, right = min(places) / 2.2, max(places) * 2.6
    knee = roof["FMA"] / roof["triad"]
    axes.plot([left, knee, right], [left * roof["triad"], roof["FMA"], roof["FMA"]], color=INK, lw=1.8)
    axes.plot([max(left, roof["dgemm"] / roof["triad"]), right], [roof["dgemm"]] * 2, color=INK, lw=1, ls=(0, (5, 3)))
    axes.annotate(f"multiply-add peak {roof['FMA']:.0f} GFLOP/s", (right, roof["FMA"]), (-4, 4), textcoords="offset points", ha="right",
                  fontsize=9, color=INK)
    axes.annotate(f"numpy dgemm {roof['dgemm']:.0f}", (right, roof["dgemm"]), (-4, -12), textcoords="offset points", ha="right", fontsize=9,
                  color=INK)
    axes.annotate(f"triad {roof['triad']:.0f} GB/s", (left, left * roof["triad"]), (2, 10), textcoords="offset points", fontsize=9,
                  color=INK)
    for name, (colour, marker, label) in MARKERS.items():
        rows = [(x, result["flops"] / result["seconds"][name]["each_ns"]) for x, (_, result) in zip(places, placed, strict=True)
                if name in result["seconds"]]
        if rows:
            ours = name == "simulate"
            axes.plot(*zip(*rows, strict=True), marker, color=colour, ms=8 if ours else 5.5, label=label, zorder=4 if ours else 3,
                      mfc=colour if ours or marker == "x" else "none")
    axes.set(xscale="log", yscale="log", xlim=(left, right))
    tops = [result["flops"] / min(row["each_ns"] for row in result["seconds"].values()) for _, result in placed]
    bottoms = [result["flops"] / max(row["each_ns"] for row in result["seconds"].values()) for _, result in placed]
    axes.set_ylim(min(bottoms) / 6, 2.5 * max(*tops, roof["FMA"]))
    for x, bottom, (_, result) in zip(places, bottoms, placed, strict=True):
        axes.annotate(short(result["title"]), (x, bottom), (0, -10), textcoords="offset points", ha="center", va="top", fontsize=8,
                      color=INK)
    axes.set(xlabel="operations of the recurrence per byte of input and output",
             ylabel="operations of the recurrence per second, $10^9$")
    axes.legend(fontsize=8.5, loc="center left", bbox_to_anchor=(1.01, 0.5))


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
