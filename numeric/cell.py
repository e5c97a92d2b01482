"""One cell of a sweep: a family of poles, order, shift, input and precision in; a row of text out. It never raises.

quantity     row       meaning
`loss`       certified the least loss over the weights, lower ≤ loss ≤ upper, in balls (`optimum`)
`captured`   certified the energy captured, 1 − least loss, relative to itself
`float`      float     the energy captured in doubles, and a first-order bound of its rounding error (`fast`)

A row without a value says why: `refused` (there is no such filter), `undecided` (the precision did not suffice), `failed` (a defect).
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from numeric import optimum
from numeric.errors import PrecisionExhausted, Refused
from numeric.families import named
from numeric.poles import Pole
from numeric.written import enclosing

QUANTITIES = ("loss", "captured", "float")


class Cell(NamedTuple):
    """What is asked; `rho` is exact text, as in 1/2. `digits` and `bits` are 0 for doubles."""

    quantity: str
    family: str
    order: int
    shift: int
    rho: str
    digits: int
    bits: int


class Row(NamedTuple):
    """What was found; the fields that do not apply are empty."""

    kind: str
    lower: str = ""
    upper: str = ""
    value: str = ""
    error: str = ""
    reason: str = ""


KINDS = ("certified", "float", "refused", "undecided", "failed")


@lru_cache(maxsize=2)
def _poles(family: str, S: int, K: int) -> tuple[Pole, ...]:
    return named(family, S, K)


def _float(cell: Cell, poles: tuple[Pole, ...]) -> Row:
    from numeric import fast

    value, error = fast.captured(fast.logarithms(poles), cell.shift, float(Fraction(cell.rho)), lambda n: fast.logarithms(poles, n))
    if not (math.isfinite(value) and 2 * error < value):
        return Row("undecided", reason=f"doubles give {value:.3g} with an error up to {error:.3g}; captured, in balls, decides")
    return Row("float", value=repr(value), error=f"{error:.3g}")


def _certified(cell: Cell, poles: tuple[Pole, ...]) -> Row:
    rho = Fraction(cell.rho)
    if cell.quantity == "loss":
        ball = optimum.optimum(poles, cell.shift, rho, cell.digits, weights=False, limit=cell.bits).loss
    else:
        ball = optimum.captured(poles, cell.shift, rho, cell.digits, limit=cell.bits)
    return Row("certified", *enclosing(ball, cell.digits))


def evaluate(cell: Cell) -> Row:
    """The row of a cell; whatever goes wrong is in its `reason`, on one line."""
    try:
        poles = _poles(cell.family, cell.order, cell.shift)
        return _float(cell, poles) if cell.quantity == "float" else _certified(cell, poles)
    except Refused as error:
        fields = error.fields
        return Row("refused", reason=f"{fields['what']}: {fields['expected']}; here {fields['found']}" if fields else str(error))
    except PrecisionExhausted as error:
        return Row("undecided", reason=str(error))
    except Exception as error:
        return Row("failed", reason=f"{type(error).__name__}: {error}".partition("\n")[0])
