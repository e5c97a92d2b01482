"""Poles given exactly, with their values in float64, mpmath and Arb.

A pole is `Cartesian`, a Gaussian rational, or `Polar`, base^exponent · e^{−decay} · e^{iπ·half_turns} with rational data. The
differences 1 − a c̄ and a − c are formed from the exact data, never from rounded values: next to the unit circle and between
close poles the leading digits cancel before anything is rounded.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from numeric.errors import Refused, refusal
from numeric.reference import Gaussian, gaussian


@dataclass(frozen=True)
class Cartesian:
    """The pole `value`, an exact complex rational."""

    value: Gaussian

    def inside(self) -> bool:
        return self.value.abs2() < 1


@dataclass(frozen=True)
class Polar:
    """base^exponent · e^{−decay} · e^{iπ·half_turns}; half_turns is kept in (−1, 1]."""

    half_turns: Fraction
    decay: Fraction = Fraction(0)
    base: Fraction = Fraction(1)
    exponent: Fraction = Fraction(0)

    def __post_init__(self):
        for name in ("half_turns", "decay", "base", "exponent"):
            object.__setattr__(self, name, Fraction(getattr(self, name)))
        object.__setattr__(self, "half_turns", 1 - (1 - self.half_turns) % 2)
        if self.base <= 0:
            raise Refused(f"the base of a polar pole should be positive; here it is {self.base}")

    def inside(self) -> bool:
        """True when |a| < 1 follows from signs alone: decay ≥ 0 and base^exponent ≤ 1, not both with equality."""
        growth = (self.base - 1) * self.exponent
        return self.decay >= 0 and growth <= 0 and (self.decay > 0 or growth < 0)

    @cached_property
    def data(self):
        """(half_turns, decay, base, exponent) as `fmpq`, whose arithmetic is ten times faster than that of `Fraction`."""
        from flint import fmpq

        return tuple(fmpq(x.numerator, x.denominator) for x in (self.half_turns, self.decay, self.base, self.exponent))

    @cached_property
    def reflection(self) -> Polar:
        """1/ā, the mirror image in the unit circle, exactly."""
        return Polar(self.half_turns, -self.decay, self.base, -self.exponent)


Pole = Cartesian | Polar


def pole(value) -> Pole:
    """A pole from a `Pole`, or from anything `reference.gaussian` reads (a float means that double exactly)."""
    return value if isinstance(value, Cartesian | Polar) else Cartesian(gaussian(value))


def shown(value) -> str:
    """A number or a pole, on one line of bounded length."""
    if isinstance(value, Polar):
        parts = {name: getattr(value, name) for name in ("half_turns", "decay", "base", "exponent")}
        return "polar " + ", ".join(f"{name} {shown(part)}" for name, part in parts.items())
    if isinstance(value, Cartesian):
        return f"{shown(value.value.re)} + {shown(value.value.im)}i"
    whole = max(abs(value.numerator), value.denominator)
    return str(value) if whole < 10**30 else f"a quotient of {whole.bit_length() * 3 // 10} digits"


def exact(values: Iterable) -> tuple[Pole, ...]:
    """Poles, all shown to lie in the open unit disk; raises `Refused` otherwise."""
    poles = tuple(pole(value) for value in values)
    outside = [s for s, a in enumerate(poles) if not a.inside()]
    if outside or not poles:
        found = f"{len(outside)} of {len(poles)} are not" if poles else "there are none"
        instance = f"a[{outside[0]}] = {shown(poles[outside[0]])}" if outside else "an empty list"
        raise refusal("numeric.poles.exact", "poles", "every |a_s| should be < 1", found, instance,
                      "scale the poles into the open disk (for a polar pole: decay > 0, or base < 1 and exponent > 0)")
    return poles


def _quarter(half_turns: Fraction) -> tuple[int, Fraction]:
    """(q, t) with half_turns = q/2 + t and |t| ≤ 1/4: sine and cosine of πt are accurate, i^q is exact."""
    q = round(2 * half_turns)
    return q % 4, half_turns - Fraction(q, 2)


def to_complex(a: Pole) -> complex:
    """Double value, relative error at most (4 + |log|a||)·eps."""
    if isinstance(a, Cartesian):
        return complex(float(a.value.re), float(a.value.im))
    q, t = _quarter(a.half_turns)
    size = math.exp(float(a.exponent) * math.log(a.base) - float(a.decay))
    return (1, 1j, -1, -1j)[q] * cmath.rect(size, math.pi * float(t))


def to_mpc(a: Pole, mp):
    """Value at the working precision of the mpmath context mp."""
    def number(x: Fraction):
        return mp.mpf(x.numerator) / x.denominator

    if isinstance(a, Cartesian):
        return mp.mpc(number(a.value.re), number(a.value.im))
    size = mp.exp(number(a.exponent) * mp.log(number(a.base)) - number(a.decay))
    return mp.mpc(size * mp.cospi(number(a.half_turns)), size * mp.sinpi(number(a.half_turns)))


def rational_ball(x: Fraction):
    """Enclosure of a rational at the working precision."""
    from flint import arb, fmpq

    return arb(fmpq(x.numerator, x.denominator))


def cartesian_ball(z: Gaussian):
    """Enclosure of a Gaussian rational at the working precision."""
    from flint import acb

    return acb(rational_ball(z.re), rational_ball(z.im))


def log_quotient(a: Polar, c: Polar):
    """Enclosure of log(a/c): rational parts are combined exactly first, and the angle is reduced to [−π, π]."""
    from flint import acb, arb

    (turns, decay, base, exponent), (other_turns, other_decay, other_base, other_exponent) = a.data, c.data
    angle, size = turns - other_turns, arb(other_decay - decay)
    if abs(angle) > 1:
        angle -= 2 if angle > 0 else -2
    same = [(base, exponent - other_exponent)]
    for root, times in same if base == other_base else [(base, exponent), (other_base, -other_exponent)]:
        if times and root != 1:
            size += arb(times) * arb(root).log()
    return acb(size, arb(angle) * arb.pi())


UNIT = Polar(Fraction(0))


def power(a: Polar, K: int) -> Polar:
    """a^K, exactly; the angle is reduced modulo a full turn."""
    return Polar(K * a.half_turns, K * a.decay, a.base, K * a.exponent)


def to_acb(a: Pole):
    """Enclosure at the working precision."""
    return cartesian_ball(a.value) if isinstance(a, Cartesian) else log_quotient(a, UNIT).exp()


def power_ball(a: Pole, K: int):
    """Enclosure of a^K, K ≥ 0, any size; 0^0 = 1."""
    if isinstance(a, Polar):
        return log_quotient(power(a, K), UNIT).exp()
    value = to_acb(a)
    return (value.log() * K).exp() if K > 64 and a.value else value**K


def defect_ball(a: Pole, c: Pole):
    """Enclosure of 1 − a c̄."""
    if isinstance(a, Polar) and isinstance(c, Polar):
        return -log_quotient(a, c.reflection).expm1()
    if isinstance(a, Cartesian) and isinstance(c, Cartesian):
        return cartesian_ball(Gaussian(Fraction(1)) - a.value * c.value.conjugate())
    return 1 - to_acb(a) * to_acb(c).conjugate()


def difference_ball(a: Pole, c: Pole):
    """Enclosure of a − c."""
    if isinstance(a, Polar) and isinstance(c, Polar):
        return to_acb(c) * log_quotient(a, c).expm1()
    if isinstance(a, Cartesian) and isinstance(c, Cartesian):
        return cartesian_ball(a.value - c.value)
    return to_acb(a) - to_acb(c)
