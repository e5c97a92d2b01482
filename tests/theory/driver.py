"""Run by the kill tests as `python -c`: verify a fake suite on threads, on the default pool, or as the command does."""

import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

here, folder, path, pool = sys.argv[1:]

from theory import cli, runner  # noqa: E402
from theory.digests import Suite  # noqa: E402
from theory.store import Store  # noqa: E402

folder = Path(folder)
command = (sys.executable, "-I", str(Path(here) / "fake_kernel.py"))
suite = Suite(folder / "claims", folder / "certificates", folder / "ledger.toml", command)
if pool == "command":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may start its background jobs with SIGINT ignored
    cli._suite = lambda: suite
    print("begun", flush=True)
    sys.exit(cli.main(["verify", "--jobs", "2", "--store", path]))
with Store(Path(path)) as store:
    print("begun", flush=True)
    executor = ThreadPoolExecutor(2) if pool == "threads" else None
    runner.verify(store, suite, list(suite.paths()), "full", executor, lambda *_: None, jobs=2)
