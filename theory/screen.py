"""What the commands print: tables, one claim, a progress bar."""

from __future__ import annotations

import contextlib
import math
import sys
import time
from collections.abc import Iterator

from theory.report import text as rendered

_STYLE = {"checked": "green", "refuted": "red", "undecided": "yellow", "assumed": "magenta"}


def verdicts(rows: list[dict], reasons: bool = True) -> None:
    """The table of verdicts, one line for each claim, then, unless it is not wanted, what went wrong in full."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("claim", "dossier", "verdict", "strength", "trusted base"):
        table.add_column(name, no_wrap=name != "trusted base", overflow="fold")
    for row in rows:
        verdict = f"[{_STYLE[row['verdict']]}]{row['verdict']}[/]" + (" [red]![/]" if row["failures"] else "")
        table.add_row(row["id"], row["dossier"] or "–", verdict, row["strength"] or "–", _base(row))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    console.print(table)
    print(_summary(rows))
    for row in rows if reasons else ():
        for line in _troubles(row):
            print(line)


def _base(row: dict) -> str:
    """The trusted base in a few words: classical theorems by name, rules by number. `eigenproof show` prints it whole."""
    if not row["trusted_base"]:
        return "–"
    axioms = ", ".join(row["axioms"]) or "no classical theorem"
    return f"{axioms}; {len(row['rules'])} rules"


def _summary(rows: list[dict]) -> str:
    counts = {name: sum(row["verdict"] == name for row in rows) for name in _STYLE}
    text = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    failed = sum(bool(row["failures"]) for row in rows)
    return f"{len(rows)} claims: {text or 'none'}" + (f"; {failed} with failures" if failed else "")


def _troubles(row: dict) -> Iterator[str]:
    """Why a claim is not checked, and its failures, in the form of every other refusal."""
    reason = row["reason"]
    if row["verdict"] != "checked" and reason:
        headline = {"accepted": row["verdict"], "missing": "undecided"}.get(row["outcome"], row["outcome"])
        yield f"\n{headline.upper():<10} {row['id']}" + (f"     {reason['step']}: {reason['rule']}" if reason.get("step") else "")
        yield f"  {reason['message']}"
        for name in ("expected", "found", "instance", "file", "field", "again"):
            if reason.get(name):
                yield f"  {'again with' if name == 'again' else name:<12} {reason[name]}"
    for failure in row["failures"]:
        yield f"\nFAILED     {row['id']}     {failure['kind']}\n  {failure['message']}"
        yield f"  {'again with':<12} eigenproof verify {row['id']}"


def claim(row: dict) -> None:
    """One claim: words, statement, verdict and what it rests on, attacks, measurements, how to repeat."""
    print(f"{row['id']}   {row['title']}\n  {row['says']}\n")
    for line in rendered.statement(row["statement"]).splitlines():
        print(f"  {line}")
    print()
    for name, text in _facts(row):
        print(f"  {name:<14} {text}")
    for line in _troubles(row):
        print(line)


def _facts(row: dict) -> Iterator[tuple[str, str]]:
    yield "verdict", row["verdict"]
    yield "strength", row["strength"] or "–"
    yield "trusted base", ", ".join(row["trusted_base"]) or "–"
    if row["axioms"]:
        yield "modulo", ", ".join(row["axioms"])
    if row["uses"]:
        yield "uses", ", ".join(row["uses"])
    yield "source", f"{row['dossier'] or row['paper']} ({row['source']})" + (f", {row['reference']}" if row["reference"] else "")
    for name in ("limits", "corrects"):
        if row[name]:
            yield name, row[name]
    for hypothesis, breaks in row["hypotheses"].items():
        yield "hypothesis", f"{hypothesis}: {breaks}"
    refused = [item["name"] for item in row["mutations"] if item["refused"]]
    if refused:
        yield "refused", ", ".join(dict.fromkeys(refused))
    yield from _measured(row["oracle"])
    yield "statement", row["digest"] or "–"
    yield "certificate", row["sha256"] or "–"
    yield "repeat", f"python -I -m proofs_check {row['id']} --verbose"


FOLDED = 8
"""More measurements than this are counted instead of listed; `--json` and the report have them all."""


def _measured(items: list[dict]) -> Iterator[tuple[str, str]]:
    outside = [item for item in items if item["inside"] is not True]
    if len(items) > FOLDED:
        verdict = f"{len(outside)} outside" if outside else "all inside"
        yield "measured", f"{len(items)} times, {verdict}; eigenproof report and --json list them"
    for item in outside if len(items) > FOLDED else items:
        against = item.get("bound", item.get("expected"))
        yield "measured", f"{item.get('name', item['oracle'])}: {item['measured']} against {against}"


@contextlib.contextmanager
def progress(quiet: bool, doing: str = "verifying", every: float = 0.0):
    """A progress bar on the terminal, or when nobody watches a line for each item, at most one in `every` seconds and always the last;
    gives `report(item, done, total)`."""
    if quiet:
        yield lambda item, done, total: None
    elif not sys.stderr.isatty():
        told = [-math.inf]

        def line(item: str, done: int, total: int) -> None:
            if done == total or time.monotonic() - told[0] >= every:
                told[0] = time.monotonic()
                print(f"[{done}/{total}] {item}", file=sys.stderr, flush=True)

        yield line
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn(doing),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda item, done, total: bar.update(task, completed=done, total=total, description=item)
