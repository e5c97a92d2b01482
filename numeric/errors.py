"""Errors of `numeric`: what was expected, what was found, the smallest instance, what to run instead."""


class Refused(ValueError):
    """An argument outside the stated domain. `fields`: where, what, expected, found, instance, again; empty for a plain message."""

    def __init__(self, message: str, **fields: str):
        super().__init__(message)
        self.fields = fields


class Malformed(Refused):
    """A file that is not what it says."""


class PrecisionExhausted(ArithmeticError):
    """The working precision reached its limit before the result was as sharp as asked for."""


def refusal(where: str, what: str, expected: str, found: str, instance: str, again: str, kind: type[Refused] = Refused) -> Refused:
    """The error to raise for one bad argument; every field is one line."""
    text = f"REFUSED   {where}     {what}\n  {expected}; here {found}\n  for example {instance}\n  instead     {again}"
    return kind(text, where=where, what=what, expected=expected, found=found, instance=instance, again=again)


def check_shift(where: str, K, least: int = 0) -> int:
    """The lag K as an integer ≥ `least`, or a refusal."""
    if isinstance(K, bool) or not hasattr(K, "__index__"):
        raise refusal(where, "shift", "K should be an integer", f"it is {K!r}", f"K = {K!r}", "pass a whole number of steps")
    if least > K:
        raise refusal(where, "shift", f"K should be ≥ {least}", f"it is {K}", f"K = {K}", f"pass a shift K ≥ {least}")
    return int(K)
