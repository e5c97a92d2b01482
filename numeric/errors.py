"""Errors of `numeric`: what was expected, what was found, the smallest instance, what to run instead."""


class Refused(ValueError):
    """An argument outside the stated domain."""


class PrecisionExhausted(ArithmeticError):
    """The working precision reached its limit before the result was as sharp as asked for."""


def refusal(where: str, what: str, expected: str, found: str, instance: str, again: str) -> Refused:
    """The error to raise for one bad argument; every field is one line."""
    return Refused(f"REFUSED   {where}     {what}\n  {expected}; here {found}\n  for example {instance}\n  instead     {again}")
