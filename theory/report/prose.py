"""Sentences as HTML: `code` in backquotes, and exponents and indices written with ^ and _ set as such."""

import re
from html import escape

GROUP = r"(?:\{[^{}]*\}|\|[^|]*\||[−-]?\w+)"
RAISED = re.compile(rf"(?<=[\w)\]|>])\^({GROUP})")
LOWERED = re.compile(r"(?<![A-Za-z_])([A-Za-zα-ωΑ-Ωāēīōū]\u0304?|\))_(\{[^{}]*\}|\d+|[A-Za-z](?![A-Za-z_]))")


def prose(text):
    """Text with `code` in backquotes, e^{−α} and a_s set with exponent and index."""
    parts = str(text).split("`")
    return "".join(
        f"<code>{escape(p)}</code>" if k % 2 and k < len(parts) - 1 else _set(escape(p, quote=False)) for k, p in enumerate(parts)
    )


def _set(text):
    text = LOWERED.sub(lambda found: f"{found[1]}<sub>{_inner(found[2])}</sub>", text)
    return RAISED.sub(lambda found: f"<sup>{_inner(found[1])}</sup>", text)


def _inner(group):
    return group[1:-1] if group.startswith("{") else group
