#!/usr/bin/env python3
"""Set up and run: `python3 run.py verify [...]` and `python3 run.py test [pytest arguments]`.

Standard library only. Makes `.venv`, installs the pinned dependencies once, then hands over to the tool.
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "stamp"
LOG = ROOT / "build" / "setup.log"
PINS = ("constraints.txt", "pyproject.toml", "proofs_check/pyproject.toml")
FAST = ("-n", "2", "-m", "not slow and not gpu and not scale")
INSTALL = ("-c", "constraints.txt", "-e", ".[dev]")
USAGE = """usage: python3 run.py verify [ID|GLOB|FILE.toml ...] [options of eigenproof verify]
       python3 run.py test [pytest arguments]"""


class SetupError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def stamp_text() -> str:
    """Digest of what the environment is made from; a different one means: install again."""
    digest = hashlib.sha256(sys.version.encode())
    for name in PINS:
        digest.update(b"\0" + (ROOT / name).read_bytes())
    return digest.hexdigest()


def is_ready() -> bool:
    """Whether `.venv` is complete and made from the present pins."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text().strip() == stamp_text()


def command(arguments: list) -> list:
    """The command line that `verify` or `test` stands for."""
    if arguments[:1] == ["verify"]:
        return [str(PYTHON), "-m", "theory", "verify", "--report", "build/report", *arguments[1:]]
    if arguments[:1] == ["test"]:
        return [str(PYTHON), "-m", "pytest", *FAST, *arguments[1:]]
    raise SetupError(USAGE)


def step(what: str, arguments: list, fatal: bool = True) -> bool:
    """Run one step of the set-up with its output in the log; tell what runs and how long it took."""
    started = time.monotonic()
    print(f"set-up  {what} ...", end="", flush=True, file=sys.stderr)
    with LOG.open("ab") as log:
        code = subprocess.run(arguments, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT).returncode
    print(f" {'done' if code == 0 else 'failed'} ({time.monotonic() - started:.0f} s)", flush=True, file=sys.stderr)
    if code and fatal:
        last = LOG.read_text(errors="replace").strip().splitlines()[-12:]
        raise SetupError(f"{what} failed; the last lines of {LOG.relative_to(ROOT)}:\n  " + "\n  ".join(last))
    return code == 0


def make_environment() -> None:
    """A fresh `.venv`; one that was left half made is made again."""
    step("making .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])


def install() -> None:
    """The pinned dependencies: with uv when pip can fetch it, since it is several times faster, else with pip."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    fast = step("fetching the installer", [*pip, "-c", "constraints.txt", "uv"], fatal=False)
    if fast:
        with_uv = [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON), *INSTALL]
        fast = step("installing the pinned dependencies", with_uv, fatal=False)
    if not fast:
        step("installing the pinned dependencies with pip", [*pip, *INSTALL])


def set_up() -> None:
    """Make the environment unless it is ready. The stamp is written last, so a broken set-up is begun again."""
    if is_ready():
        return
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_bytes(b"")
    make_environment()
    install()
    STAMP.write_text(stamp_text() + "\n")


def hand_over(arguments: list) -> int:
    """Become the tool; on Windows, where that is not possible, run it."""
    os.chdir(ROOT)
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":
        return subprocess.run(arguments).returncode
    return os.execv(arguments[0], arguments)


def main(arguments: list) -> int:
    """Check the request, set up, hand over."""
    if sys.version_info < (3, 11):
        print("python3 is %d.%d; eigenproof needs Python 3.11 or newer" % sys.version_info[:2], file=sys.stderr)
        return 64
    if arguments[:1] in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    try:
        line = command(arguments)
        set_up()
        return hand_over(line)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 64 if str(error) == USAGE else 70
    except OSError as error:
        print(f"set-up failed: {error}", file=sys.stderr)
        return 70
    except KeyboardInterrupt:
        print("\nstopped; run the same command again", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
