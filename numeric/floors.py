"""Numbers that no filter of order S has a loss below; each is a claim that the kernel checks.

    white input   1 − S/(K+1),  1 − (S − 1 + (K/(K+1))^{K+1})/K
    AR(1)         1 − (ρ²/(1−ρ²) + Sκ)/K,  1 − (2/π) arctan(κ tan(πS/2K)) − (κ + ρ²/(1−ρ²))/K for S < K,  κ = (1+ρ)/(1−ρ).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx, fmpq

DECIMALS, PRECISION = 20, 256  # of what is no rational number; in bits


@dataclass(frozen=True)
class Floor:
    """No filter of the order has a loss below `value`, by the formula `why` of the claim `claim`."""

    value: Fraction
    why: str
    claim: str

    def __str__(self) -> str:
        return f"{self.why}, below every filter of order S ({self.claim})"


def floor(S: int, K: int, rho: Fraction) -> Floor:
    """The largest of the numbers for S poles and the shift K ≥ 0; 0 ≤ ρ < 1."""
    return max(_white(S, K) if rho == 0 else _coloured(S, K, rho), key=lambda one: one.value)


def in_the_trace(S: int, K: int, rho: Fraction) -> Floor:
    """The rational one, or 0 where it says nothing."""
    if rho == 0:
        return Floor(max(Fraction(0), 1 - Fraction(S, K + 1)), "1 − S/(K+1)", "UP.T2")
    value = 1 - (rho**2 / (1 - rho**2) + S * (1 + rho) / (1 - rho)) / K if K else Fraction(0)
    return Floor(max(Fraction(0), value), "1 − (ρ²/(1−ρ²) + S(1+ρ)/(1−ρ))/K", "UP.T3b")


def _white(S: int, K: int) -> Iterator[Floor]:
    yield in_the_trace(S, K, Fraction(0))
    if K >= 1 and S >= 1:
        last = _above(lambda: arb(fmpq(K, K + 1)) ** (K + 1))
        yield Floor(1 - (S - 1 + last) / K, "1 − (S − 1 + (K/(K+1))^{K+1})/K", "UP.S1+")


def _coloured(S: int, K: int, rho: Fraction) -> Iterator[Floor]:
    yield in_the_trace(S, K, rho)
    kappa, memory = (1 + rho) / (1 - rho), rho**2 / (1 - rho**2)
    if 1 <= S < K:
        share = _above(lambda: 2 * (fmpq(kappa.numerator, kappa.denominator) * arb.tan_pi(arb(fmpq(S, 2 * K)))).atan() / arb.pi())
        yield Floor(1 - share - (kappa + memory) / K, "1 − (2/π) arctan(κ tan(πS/2K)) − (κ + ρ²/(1−ρ²))/K, κ = (1+ρ)/(1−ρ)", "UP.tightar+")


def _above(value) -> Fraction:
    """A decimal that a number in [0, 1] does not exceed."""
    with ctx.workprec(PRECISION):
        return Fraction(int((value() * 10**DECIMALS).upper().ceil().unique_fmpz()), 10**DECIMALS)
