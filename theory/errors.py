"""Failures the user meets: one class, one shape of message, one exit code each."""

from __future__ import annotations

OK, REJECTED, UNDECIDED, MALFORMED, MISSING, USAGE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 64, 70, 130
WORST_FIRST = (INTERNAL, MALFORMED, MISSING, REJECTED, UNDECIDED, OK)
_WIDTH = 13


def worst(codes) -> int:
    """The exit code that wins among several; an empty collection is not a success."""
    present = set(codes)
    return next((code for code in WORST_FIRST if code in present), INTERNAL)


class Fault(Exception):
    """A failure with its kind, its subject, what is wrong, and labelled details (file, field, command to repeat)."""

    def __init__(self, code: int, kind: str, subject: str, message: str, **details: str):
        super().__init__(message)
        self.code, self.kind, self.subject, self.message = code, kind, subject, message
        self.details = {label.replace("_", " "): str(text) for label, text in details.items() if text}

    def __reduce__(self):
        return _rebuild, (self.code, self.kind, self.subject, self.message, self.details)

    def render(self) -> str:
        """The message as printed: a headline, what is wrong, then one line for each detail."""
        lines = [f"{self.kind.upper():<10} {self.subject}"]
        lines += [f"  {line}" for line in self.message.splitlines()]
        lines += [f"  {label:<{_WIDTH - 1}} {text}" for label, text in self.details.items()]
        return "\n".join(lines)

    def as_json(self) -> dict:
        """The same as data, for `--json`."""
        return {
            "error": {
                "kind": self.kind,
                "subject": self.subject,
                "message": self.message,
                "details": self.details,
                "code": self.code,
            }
        }


def _rebuild(code: int, kind: str, subject: str, message: str, details: dict[str, str]) -> Fault:
    """A fault that crossed from one process to another."""
    return Fault(code, kind, subject, message, **details)
