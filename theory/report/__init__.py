"""The report: every claim as a page a referee can read, with its mathematics drawn from the kernel's own statement."""

from theory.report.pages import write

__all__ = ["write"]
