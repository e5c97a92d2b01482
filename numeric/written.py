"""Exact numbers as people and files write them: strings read without rounding, balls printed as decimals that enclose."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from flint import acb, arb, ctx, fmpz

from numeric.errors import Refused, refusal

DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,5}))?")
QUOTIENT = re.compile(r"[+-]?\d+/\d+")
LONGEST, STEEPEST = 4000, 10_000  # characters; decimal exponent


def rational(where: str, what: str, text, kind: type[Refused] = Refused) -> Fraction:
    """The number a decimal ('-0.25', '1e-3') or quotient ('3/10') string names, exactly."""
    if not isinstance(text, str):
        raise refusal(where, what, "numbers should be strings, as in \"0.5\" or \"1/3\", so that nothing is rounded on the way",
                      f"it is {_shown(text)}", f"{what} = {_shown(text)}", "put it in quotes", kind)
    decimal = DECIMAL.fullmatch(text) if len(text) <= LONGEST else None
    if decimal and abs(int(decimal[1] or 0)) <= STEEPEST:
        return Fraction(text)
    if len(text) <= LONGEST and QUOTIENT.fullmatch(text) and int(text.split("/")[1]):
        return Fraction(text)
    raise refusal(where, what, f"{what} should be a decimal or a quotient of integers", f"it is {_shown(text)}", f"{what} = {_shown(text)}",
                  f"write it as 0.25, 1e-3 or 3/10, with at most {LONGEST} characters and exponents up to {STEEPEST}", kind)


def whole(where: str, what: str, text: str, least: int, most: int | None = None) -> int:
    """An integer in [least, most], written in decimal; 1e6 and 10^6 are understood."""
    plain = re.fullmatch(r"[+-]?\d{1,30}", text)
    power = re.fullmatch(r"(\d{1,15})(?:e|\^)(\d{1,2})", text)
    value = None
    if plain:
        value = int(text)
    elif power:
        value = int(power[1]) * 10 ** int(power[2]) if "e" in text else int(power[1]) ** int(power[2])
    if value is None or value < least or (most is not None and value > most):
        span = f"an integer ≥ {least}" if most is None else f"an integer from {least} to {most}"
        raise refusal(where, what, f"{what} should be {span}", f"it is {_shown(text)}", f"{what} = {_shown(text)}",
                      "pass a whole number in that range")
    return value


def _shown(value) -> str:
    """A value cut to fit a line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _power_of_ten(x: arb) -> int:
    """An integer near log₁₀|x|, x exact and not zero."""
    with ctx.workprec(64):
        return math.floor(float((abs(x).log() / arb(10).log()).mid()))


def _digits(n: int, shift: int) -> str:
    """n · 10^−shift, exactly, in positional notation where that is short, in scientific notation otherwise."""
    sign, text = "-" if n < 0 else "", str(abs(n))
    if n == 0:
        return "0"
    lead = len(text) - 1 - shift  # decimal exponent of the first digit
    if 0 <= shift <= len(text) + 12:
        text = text.rjust(shift + 1, "0")
        whole_part, part = text[:len(text) - shift], text[len(text) - shift:].rstrip("0")
        return sign + whole_part + ("." + part if part else "")
    part = text[1:].rstrip("0")
    return f"{sign}{text[0]}{'.' + part if part else ''}e{lead}"


def enclosing(x: arb, digits: int, size: arb | None = None) -> tuple[str, str]:
    """Decimal strings lower ≤ x ≤ upper, about `digits` digits of `size` (of x itself unless given), rounded outwards."""
    if not x.is_finite():
        raise Refused(f"only finite balls are written as decimals; here {x}")
    if x.is_exact() and x == 0:
        return "0", "0"
    with ctx.workprec(max(64, 4 * digits + 256)):
        scale = abs(x if size is None else size).upper()
        if (scale > 0) is not True:
            scale = x.rad()
        shift = digits + 2 - _power_of_ten(scale)
    with ctx.workprec(4 * digits + 320):
        scaled = x * arb(10) ** fmpz(shift)
        low, high = scaled.lower().floor().unique_fmpz(), scaled.upper().ceil().unique_fmpz()
    if low is None or high is None:
        raise Refused(f"a ball too wide to be written to {digits} digits: {x}")
    return _digits(int(low), shift), _digits(int(high), shift)


def enclosing_complex(z: acb, digits: int, size: arb | None = None) -> dict:
    """{"re": {"lower", "upper"}, "im": {…}}, as `enclosing`."""
    pairs = {"re": z.real, "im": z.imag}
    return {name: dict(zip(("lower", "upper"), enclosing(x, digits, size), strict=True)) for name, x in pairs.items()}
