"""Identities between matrices of any size: membership in a two-sided ideal of the free algebra.

Sound because the certificate gives cofactors and the kernel multiplies out: the difference of the two sides is the sum of
left·(equation)·right over equations already shown. Only laws that hold for all sizes enter (LANGUAGE.md); the sizes stay symbols.
"""
from .identity import FIELDS, check

__all__ = ["FIELDS", "check"]
