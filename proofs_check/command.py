"""The command `eigenproof`: `check` is the kernel; every other command belongs to the package `theory`, if it is there."""

import importlib.util
import subprocess
import sys


def main() -> int:
    """Run the kernel, or hand the command over; return the exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["check"]:
        return _run("-I", "-m", "proofs_check", *arguments[1:])
    if importlib.util.find_spec("theory") is not None:
        return _run("-m", "theory", *arguments)
    print(
        f"USAGE      eigenproof {' '.join(arguments[:1])}\n"
        "  only the kernel is installed here, and it has one command\n"
        "  usage        eigenproof check CERT…",
        file=sys.stderr,
    )
    return 64


def _run(*arguments: str) -> int:
    """A process of its own: nothing of this one can reach into the kernel."""
    try:
        return subprocess.run([sys.executable, *arguments], check=False).returncode
    except KeyboardInterrupt:
        return 130
