"""Run the suite: what the store already knows is read, the rest is examined on an executor, each row stored as it arrives."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from pathlib import Path

from theory.claim import Claim
from theory.digests import PROFILES, Keys, Suite
from theory.errors import INTERNAL, REJECTED, Fault, worst
from theory.examine import examine, untouched
from theory.kernel import code_of, running
from theory.store import Store

Report = Callable[[str, int, int], None]  # (claim id just finished, done, of how many)


def work(suite: Suite, claim_id: str, profile: str) -> tuple[dict, float]:
    """One task of the pool: the row of a claim and the seconds it took."""
    started = time.perf_counter()
    return examine(suite, claim_id, profile), time.perf_counter() - started


def follow_parent() -> None:
    """In a worker process: end, with every kernel started here, when told to or when the parent is gone, however it died."""
    parent = multiprocessing.parent_process()

    def end(*_) -> None:
        for process in list(running):
            process.kill()
        os._exit(1)

    def wait() -> None:
        parent.join()
        end()

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGTERM, end)
    threading.Thread(target=wait, daemon=True).start()


def pool(jobs: int) -> ProcessPoolExecutor:
    """The default executor: fresh processes, since precision and random state are global in some libraries."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=follow_parent)


def current(store: Store, keys: Keys, claim: Claim, profile: str = "quick") -> dict | None:
    """The stored row that is still valid for the claim, at this profile or a more thorough one, the thorough one first."""
    for name in reversed(PROFILES[PROFILES.index(profile) :]):
        row = store.get(keys.key(claim, name))
        if row is not None:
            return row
    return None


def rows(store: Store, suite: Suite) -> list[dict]:
    """One row for each claim of the suite, in order of id: what the store knows, or `undecided`."""
    keys = Keys(suite)
    claims = [suite.load(claim_id) for claim_id in suite.paths()]
    return [{**(current(store, keys, claim) or untouched(claim)), "seconds": _seconds(store, keys, claim)} for claim in claims]


def _seconds(store: Store, keys: Keys, claim: Claim) -> float | None:
    """How long the most thorough stored run of a claim took."""
    return next((t for name in reversed(PROFILES) if (t := store.seconds(keys.key(claim, name))) is not None), None)


def row_of(store: Store, suite: Suite, claim: Claim) -> dict:
    """The stored row that is still valid for one claim, or `undecided`."""
    return current(store, Keys(suite), claim) or untouched(claim)


def forget(store: Store, suite: Suite, ids: list[str]) -> None:
    """Drop the rows that would answer for these claims, so that they are verified afresh."""
    keys = Keys(suite)
    store.drop([keys.key(suite.load(claim_id), profile) for claim_id in ids for profile in PROFILES])


def ordered(suite: Suite, ids: list[str]) -> list[str]:
    """The ids, those with the largest certificates first: they take longest, and nobody should be left alone with one at the end."""
    def size(name: str) -> int:
        path = suite.certificate(name)
        return path.stat().st_size if path.exists() else 0

    return sorted(ids, key=lambda name: (-size(name), name))


def verify(
    store: Store, suite: Suite, ids: list[str], profile: str, executor: Executor | None, report: Report, jobs: int = 1
) -> list[dict]:
    """Rows of the claims asked for, in order of id. Without an executor, a local pool is made only when there is work."""
    keys = Keys(suite)
    done, todo = {}, {}
    for claim_id in ordered(suite, ids):
        claim = suite.load(claim_id)
        row = current(store, keys, claim, profile)
        if row is None:
            todo[claim_id] = keys.key(claim, profile)
        else:
            done[claim_id] = row
    if todo and executor is None:
        with pool(min(jobs, len(todo))) as own:
            done.update(_compute(store, suite, todo, profile, own, report))
    elif todo:
        done.update(_compute(store, suite, todo, profile, executor, report))
    return [done[claim_id] for claim_id in sorted(done)]


def _compute(
    store: Store, suite: Suite, todo: dict[str, str], profile: str, executor: Executor, report: Report
) -> Iterator[tuple[str, dict]]:
    futures = {executor.submit(work, suite, claim_id, profile): claim_id for claim_id in todo}
    try:
        for count, future in enumerate(as_completed(futures), 1):
            claim_id = futures[future]
            row, seconds = _result(future, suite, claim_id)
            if seconds is not None and not row["timed_out"]:  # what depends on the machine's speed is not kept
                store.put(todo[claim_id], row, seconds)
            report(claim_id, count, len(todo))
            yield claim_id, row
    except BaseException:
        for future in futures:
            future.cancel()
        for worker in multiprocessing.active_children():  # those of the local pool; any other executor ends in its own way
            worker.terminate()
        raise


def _result(future: Future, suite: Suite, claim_id: str) -> tuple[dict, float | None]:
    """A worker's row; when the worker died or the kernel broke, an undecided row that is not stored."""
    try:
        return future.result()
    except Fault as fault:
        message, kind = fault.render(), fault.kind
    except Exception as error:
        message, kind = f"the worker failed: {type(error).__name__}: {error}", "internal"
    row = untouched(suite.load(claim_id), message)
    return {**row, "timed_out": False, "failures": [{"kind": kind, "message": message}], "internal": True}, None


def exit_code(found: list[dict]) -> int:
    """The exit code of a run: the worst of its rows; a failure beside an accepted verdict is never a success."""
    return worst(_row_code(row) for row in found)


def _row_code(row: dict) -> int:
    if row.get("internal"):
        return INTERNAL
    return code_of(row) or (REJECTED if row["failures"] else 0)


def default_store() -> Path:
    """The embedded store, beside the report."""
    return Path("build") / "store.sqlite3"
