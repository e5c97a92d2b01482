"""The command line. Heavy libraries are imported inside the commands that need them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from theory.errors import INTERNAL, INTERRUPTED, USAGE, Fault

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A verifier for the theory of linear recurrent networks: claims, certificates, verdicts.",
    epilog="Exit codes: 0 all checked, 1 rejected or refuted, 2 undecided, 3 malformed, 4 missing, 64 usage, 70 internal.",
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
StoreFile = Annotated[Path | None, typer.Option("--store", metavar="FILE", help="The store of verdicts [build/store.sqlite3].")]
ClaimId = Annotated[str, typer.Argument(metavar="ID", help="The id of a claim, as in uncertainty.lower_bound_white.")]


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code. Every failure is printed in one form; a traceback is a defect."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = app(given, prog_name="eigenproof", standalone_mode=False) or 0  # typer answers Ctrl-C with 130
        return _stop("--json" in given) if code == INTERRUPTED else code
    except Fault as fault:
        return _complain(fault, "--json" in given)
    except (KeyboardInterrupt, typer.Abort):
        return _stop("--json" in given)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERNAL
    except Exception as error:
        return _complain(_fault_of(error, given), "--json" in given)


def _stop(as_json: bool) -> int:
    """After Ctrl-C: every finished claim is in the store."""
    return _complain(Fault(INTERRUPTED, "stopped", "", "what was finished is stored; the same command goes on"), as_json)


def _fault_of(error: Exception, given: list[str]) -> Fault:
    """A usage error of the command line, or an error nobody foresaw."""
    if hasattr(error, "format_message"):
        return Fault(USAGE, "usage", " ".join(["eigenproof", *given[:1]]), error.format_message(), see="eigenproof --help")
    from theory.tools import fault_of

    refused = fault_of(error, " ".join(["eigenproof", *given[:1]]))
    if refused is not None:
        return refused
    where = f"{type(error).__name__}: {error}"
    return Fault(INTERNAL, "internal", "eigenproof", where, again_with=f"python -X dev -m theory {' '.join(given)}")


def _complain(fault: Fault, as_json: bool) -> int:
    if as_json:
        print(json.dumps(fault.as_json(), indent=2, ensure_ascii=False))
    else:
        print(fault.render(), file=sys.stderr)
    return fault.code


def _print_json(data) -> None:
    print(json.dumps(data, indent=2, ensure_ascii=False))


def _open(path: Path | None, kind=None):
    """A store, of verdicts unless another kind is named; when it was damaged, say where the damaged file went."""
    from theory.runner import default_store
    from theory.store import Store

    store = (kind or Store)(path or default_store())
    if store.moved:
        message = f"the store was damaged; it was moved aside and a new one is begun. {store.HOLDS.capitalize()} are computed again"
        print(Fault(0, "corrupt", str(store.path), message, moved_to=str(store.moved)).render(), file=sys.stderr)
    return store


def _suite():
    from theory.digests import Suite

    return Suite()


@app.command()
def verify(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[ID|GLOB|FILE.toml]…", help="Which claims; all when left out.")
    ] = None,
    paper: Annotated[str | None, typer.Option(help="Only the claims of a paper, as in UP.")] = None,
    profile: Annotated[
        str, typer.Option(help="quick: kernel and mutations; full: also oracles; scale: also long simulations.")
    ] = "full",
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes.")] = os.cpu_count() or 1,
    cluster: Annotated[str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler to run on.")] = None,
    resume: Annotated[bool, typer.Option("--resume/--afresh", help="Go on from the store, or verify everything again.")] = True,
    report: Annotated[Path | None, typer.Option(metavar="DIR", help="Also write the report.")] = None,
    store: StoreFile = None,
    as_json: Json = False,
) -> int:
    """Verify claims: ask the kernel, attack each claim, measure it, and store the verdict."""
    from theory import screen

    suite, what = _suite(), what or []
    files = [name for name in what if name.endswith(".toml")]
    patterns = [name for name in what if name not in files]
    user = _user_claims(files)
    ids = _chosen(suite, patterns, paper) if patterns or not files else []
    rows = _run(suite, ids, _profile(profile), jobs, cluster, resume, store, quiet=as_json) + user
    _print_json(rows) if as_json else screen.verdicts(rows)
    if report is not None:
        _write_report(suite, store, report, quiet=as_json)
    from theory.runner import exit_code

    return exit_code(rows)


def _profile(name: str) -> str:
    from theory.digests import PROFILES

    if name not in PROFILES:
        raise Fault(USAGE, "usage", "eigenproof verify", f"there is no profile {name!r}", profiles=", ".join(PROFILES))
    return name


def _chosen(suite, patterns: list[str], paper: str | None) -> list[str]:
    from theory.discovery import select

    ids = select(patterns, list(suite.paths()))
    if paper is not None:
        ids = [name for name in ids if paper in (suite.load(name).paper, name.split(".")[0])]
    if not ids:
        raise Fault(USAGE, "usage", "eigenproof verify", "no claim is asked for", all_ids="eigenproof list")
    return ids


def _run(
    suite, ids: list[str], profile: str, jobs: int, cluster: str | None, resume: bool, path: Path | None, quiet: bool
) -> list[dict]:
    from theory import runner, screen

    if not ids:
        return []
    with _open(path) as store:
        if not resume:
            runner.forget(store, suite, ids)
        executor = _cluster(cluster) if cluster else None
        with screen.progress(quiet) as report:
            return runner.verify(store, suite, ids, profile, executor, report, jobs)


def _cluster(address: str):
    """The executor of a Dask scheduler."""
    return _client(address, "--cluster").get_executor()


def _client(address: str, option: str):
    """A client of a Dask scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise Fault(USAGE, "usage", option, "dask is not installed", install="pip install 'eigenproof[cluster]'") from None
    try:
        return Client(address, timeout=20)
    except (OSError, ValueError) as error:
        raise Fault(USAGE, "usage", option, f"no scheduler answers at {address}: {error}") from error


def _user_claims(files: list[str]) -> list[dict]:
    """Rows of claims from TOML files. They are read and stated; a certificate for them is not searched for yet."""
    from theory import grammar
    from theory.claim import digest
    from theory.kernel import blank
    from theory.report import text as rendered

    rows = []
    for claim in [claim for name in files for claim in grammar.read(Path(name))]:
        answer = blank(claim.id, "undecided", "the claim is well formed; no certificate for it can be found automatically yet")
        text = {"says": claim.says, "statement": rendered.statement(claim.statement)}
        rows.append({**answer, **text, "digest": digest(claim.statement), "dossier": None, "paper": "own", "failures": []})
    return rows


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def check(context: typer.Context) -> int:
    """Check certificates with the kernel alone."""
    import subprocess

    from theory.kernel import COMMAND

    return subprocess.run([*COMMAND, *context.args], check=False).returncode


@app.command()
def show(claim_id: ClaimId, store: StoreFile = None, as_json: Json = False) -> int:
    """Show a claim: statement, verdict, strength, trusted base, how to repeat."""
    from theory import runner, screen

    suite = _suite()
    claim = suite.load(claim_id)
    with _open(store) as opened:
        row = runner.row_of(opened, suite, claim)
    shown = {**row, "statement": claim.statement}
    _print_json(shown) if as_json else screen.claim(shown)
    return 0


@app.command("list")
def list_claims(store: StoreFile = None, as_json: Json = False) -> int:
    """List every claim with its verdict; a claim that was never verified is undecided."""
    from theory import runner, screen

    with _open(store) as opened:
        rows = runner.rows(opened, _suite())
    _print_json(rows) if as_json else screen.verdicts(rows, reasons=False)
    return 0


@app.command()
def report(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the pages go.")] = Path("build") / "report",
    store: StoreFile = None,
    as_json: Json = False,
) -> int:
    """Write the report from what the store knows."""
    page = _write_report(_suite(), store, out, quiet=as_json)
    if as_json:
        _print_json({"index": str(page)})
    return 0


def _write_report(suite, path: Path | None, out: Path, quiet: bool) -> Path:
    from theory import discovery, runner
    from theory import report as pages

    with _open(path) as opened:
        rows = runner.rows(opened, suite)
    page = pages.write(rows, discovery.every(suite.claims), out)
    if not quiet:
        print(f"report  {page}")
    return page


@app.command()
def new(claim_id: ClaimId, as_json: Json = False) -> int:
    """Write the skeleton of a claim file."""
    from theory import authoring

    path = authoring.new(_suite(), claim_id)
    if as_json:
        _print_json({"id": claim_id, "file": str(path)})
    else:
        print(f"{path}\nedit it, then   eigenproof accept {claim_id}")
    return 0


@app.command()
def accept(
    what: Annotated[list[str], typer.Argument(metavar="ID|GLOB…", help="Which claims.")],
    yes: Annotated[bool, typer.Option("--yes", help="Pin a changed statement without asking.")] = False,
    as_json: Json = False,
) -> int:
    """Write the certificate a claim file builds, once the kernel accepts it, and pin its statement in the ledger."""
    from theory import authoring
    from theory.discovery import select

    suite = _suite()
    results = authoring.accept(suite, select(what, list(suite.paths())), lambda change: yes or _confirm(change))
    if as_json:
        _print_json(results)
    else:
        for result in results:
            print(f"{result['certificate']:<10} {result['id']}")
            print(f"  pinned      {result['old'] or 'nothing'}\n  now         {result['new']}")
    return 0


def _confirm(change: dict) -> bool:
    """Ask at a terminal whether a changed statement may be pinned; without one the answer is no."""
    if not sys.stdin.isatty():
        return False
    print(f"{change['id']}: the statement changes\n  pinned      {change['old']}\n  now         {change['new']}")
    return typer.confirm("pin the new statement?")


Number = Annotated[str | None, typer.Option(metavar="X", help="A parameter of the family, exact: 0.5 or 1/2.")]


@app.command()
def loss(
    poles: Annotated[Path | None, typer.Option(metavar="FILE", help='{"poles": [["re", "im"], …]}, exact strings.')] = None,
    family: Annotated[str | None, typer.Option(metavar="NAME", help="paper, s4d-lin, sharp, lru-ring, hippo-legs.")] = None,
    filter_file: Annotated[Path | None, typer.Option("--filter", metavar="FILE", help="A filter as written by design.")] = None,
    order: Annotated[str | None, typer.Option(metavar="S", help="How many poles of the family.")] = None,
    shift: Annotated[str | None, typer.Option("--shift", metavar="K", help="The lag of the target, 0 to 10^15.")] = None,
    rho: Annotated[str | None, typer.Option("--rho", metavar="R", help="AR(1) input: a rational in [0, 1); 0 is white.")] = None,
    digits: Annotated[str, typer.Option(metavar="D", help="How many digits of the loss to enclose.")] = "30",
    bits: Annotated[str | None, typer.Option(metavar="N", help="The limit of the working precision.")] = None,
    against: Annotated[str | None, typer.Option(metavar="all", help="Compare with five other routes.")] = None,
    alpha: Number = None,
    step: Number = None,
    period: Number = None,
    radius: Number = None,
    r_min: Number = None,
    r_max: Number = None,
    seed: Number = None,
    as_json: Json = False,
) -> int:
    """Enclose the least loss over the weights of given poles, and the best weights."""
    from theory import tools

    if filter_file is not None and poles is None and family is None:
        answer = tools.of_filter(filter_file, shift, rho, digits)
    elif shift is None:
        raise Fault(USAGE, "usage", "eigenproof loss", "--shift is missing", see="eigenproof loss --help")
    else:
        both = family if filter_file is None else None  # with --filter as well, nothing is chosen and the refusal says so
        named = {"alpha": alpha, "step": step, "period": period, "radius": radius, "r_min": r_min, "r_max": r_max, "seed": seed}
        answer = tools.loss(poles=None if filter_file else poles, family=both, order=order, shift=shift, rho="0" if rho is None else rho,
                            digits=digits, bits=bits, against=against, **named)
    _print_json(answer) if as_json else tools.print_loss(answer)
    return tools.loss_code(answer)


@app.command()
def design(
    shift: Annotated[str, typer.Option("--shift", metavar="K", help="The lag of the target, 1 to 10^12.")],
    order: Annotated[str, typer.Option("--order", metavar="S", help="The number of poles, 1 to 1024.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The filter: .json, .npz or .safetensors.")],
    rho: Annotated[str, typer.Option("--rho", metavar="R", help="AR(1) input: a rational in [0, 1); 0 is white.")] = "0",
    prove: Annotated[bool, typer.Option("--prove", help="Also write a certificate for the kernel and have it checked.")] = False,
    as_json: Json = False,
) -> int:
    """Find a filter, write it, and enclose its loss as written; never worse than the paper's filter."""
    from theory import tools

    answer = tools.design(shift, order, rho, out, prove)
    _print_json(answer) if as_json else tools.print_design(answer)
    return tools.design_code(answer)


@app.command()
def optimum(
    order: Annotated[str, typer.Option("--order", metavar="S", help="The number of poles, 1 to 8.")],
    shift: Annotated[str, typer.Option("--shift", metavar="K", help="The lag of the target, from 1; or the word limit for K → ∞.")],
    gap: Annotated[str | None, typer.Option("--gap", metavar="X", help="The relative width to reach [1e-3 for two poles].")] = None,
    boxes: Annotated[str | None, typer.Option("--boxes", metavar="N", help="The most boxes to look at [400000].")] = None,
    as_json: Json = False,
) -> int:
    """Enclose the least loss over all poles: a witness below, and a bound that no poles exceed."""
    from theory import tools

    answer = tools.optimum(order, shift, gap, boxes, tools.counting(quiet=as_json))
    _print_json(answer) if as_json else tools.print_optimum(answer)
    return tools.optimum_code(answer)


@app.command()
def sweep(
    order: Annotated[str | None, typer.Option("--order", metavar="S…", help="Orders: 9 or 1,3 or 1..64 or 1..64:2 or 1..64*2.")] = None,
    shift: Annotated[str | None, typer.Option("--shift", metavar="K…", help="Lags of the target, 1 to 10^15: 100,1e3..1e6*10.")] = None,
    rho: Annotated[str, typer.Option("--rho", metavar="R…", help="AR(1) inputs: 0,1/2 or 0..9/10:1/10.")] = "0",
    family: Annotated[str, typer.Option("--family", metavar="NAME…", help="paper, s4d-lin, sharp, lru-ring, hippo-legs.")] = "paper",
    digits: Annotated[str | None, typer.Option("--digits", metavar="D…", help="Digits to enclose [30].")] = None,
    quantity: Annotated[str, typer.Option(help="loss, captured (both in balls), or float: captured in doubles.")] = "loss",
    bits: Annotated[str | None, typer.Option(metavar="N", help="The limit of the working precision.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes.")] = os.cpu_count() or 1,
    dask: Annotated[str | None, typer.Option("--dask", metavar="ADDRESS", help="A Dask scheduler to run on.")] = None,
    export: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the rows as CSV; without a grid, all of the store.")] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="FILE", help="The store of sweeps [build/sweeps.sqlite3].")] = None,
    as_json: Json = False,
) -> int:
    """Evaluate a grid of filters, in parallel, into a store; the same command goes on where a killed one stopped."""
    from theory import screen, tools
    from theory import sweep as sweeps

    with_grid = order is not None or shift is not None
    if (order is None or shift is None) and (with_grid or export is None):
        missing = "--order" if order is None else "--shift"
        raise Fault(USAGE, "usage", "eigenproof sweep", f"{missing} is missing", see="eigenproof sweep --help")
    grid = sweeps.grid(quantity=quantity, family=family, order=order, shift=shift, rho=rho, digits=digits, bits=bits) if with_grid else None
    if export is not None:
        tools.writable(export)
    with _open(store or sweeps.default_store(), sweeps.Cells) as opened:
        answer = {}
        if grid is not None:
            client = _client(dask, "--dask") if dask else None
            with screen.progress(as_json, "sweeping", every=2.0) as report:
                answer = sweeps.run(opened, grid, report, jobs, client)
        if export is not None:
            answer["export"] = {"file": str(export), "rows": sweeps.export(opened, export, grid)}
    _print_json(answer) if as_json else print(sweeps.shown(answer))
    return sweeps.code_of(answer)


@app.command()
def bench(
    regimes: Annotated[
        list[str] | None, typer.Argument(metavar="[WHAT]…", help="Regimes, or the start of their names; all when left out.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Also write the results as JSON.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Small sizes; nothing is stored or compared.")] = False,
    clock: Annotated[str, typer.Option(help="wall; or cpu, the processor's time of all threads, for a busy machine.")] = "wall",
    roofline: Annotated[Path | None, typer.Option(metavar="FILE.svg", help="Where to draw it [build/roofline.svg].")] = None,
    history: Annotated[Path | None, typer.Option(metavar="FILE", help="The last stored run [build/bench.json].")] = None,
    as_json: Json = False,
) -> int:
    """Time the tools against other libraries, interleaved in one run; targets are met or missed as measured."""
    from theory import tools

    answer = tools.bench(regimes or [], out, tools.tell(quiet=as_json), quick=quick, clock=clock, roofline=roofline, history=history)
    if as_json:
        _print_json(answer)
    return 0


@app.command()
def doctor(store: StoreFile = None, as_json: Json = False) -> int:
    """Look at the installation: versions, kernel, store, optional tools."""
    from theory import authoring

    findings = authoring.doctor(_suite(), lambda: _open(store))
    if as_json:
        _print_json(findings)
    else:
        for item in findings:
            print(f"{'ok' if item['ok'] else 'missing' if item['optional'] else 'BROKEN':<8} {item['what']:<22} {item['detail']}")
    return 0 if all(item["ok"] or item["optional"] for item in findings) else INTERNAL
