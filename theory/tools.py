"""The tools behind `eigenproof loss`, `design`, `optimum` and `bench`: what was asked for, read strictly; answers as data and as text."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from theory.errors import MALFORMED, OK, REJECTED, UNDECIDED, USAGE, Fault

DIGITS_LIMIT = 4000  # Python reads and writes integers of at most 4300 digits


def fault_of(error: Exception, command: str) -> Fault | None:
    """A refusal of `numeric` in the form the user meets; None for any other error."""
    from numeric.errors import Malformed, PrecisionExhausted, Refused

    if isinstance(error, PrecisionExhausted):
        return Fault(UNDECIDED, "undecided", command, str(error))
    if not isinstance(error, Refused):
        return None
    code, kind = (MALFORMED, "malformed") if isinstance(error, Malformed) else (USAGE, "refused")
    fields = error.fields
    if not fields:
        return Fault(code, kind, command, str(error))
    subject = fields["where"] if isinstance(error, Malformed) else command
    return Fault(code, kind, subject, f"{fields['what']}: {fields['expected']}; here {fields['found']}", for_example=fields["instance"],
                 instead=fields["again"])


@contextmanager
def _reading(path: Path):
    try:
        yield
    except OSError as error:
        raise Fault(MALFORMED, "unreadable", str(path), error.strerror or str(error)) from None


@contextmanager
def _writing(path: Path):
    try:
        yield
    except OSError as error:
        where = "name a file in a folder that can be written to"
        raise Fault(USAGE, "unwritable", str(path), error.strerror or str(error), instead=where) from None


def writable(path: Path) -> None:
    """Refuse before the work is done what cannot be written after it."""
    with _writing(path):
        if path.is_dir():
            raise IsADirectoryError(21, "Is a directory")
        if not path.parent.is_dir():
            raise FileNotFoundError(2, "No such directory", str(path.parent))
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(13, "Permission denied")


def _chosen_poles(poles: Path | None, family: str | None, order: str | None, K: int, parameters: dict) -> tuple:
    """The poles asked for, and a word for them."""
    from numeric import families, polefile
    from numeric.errors import refusal
    from numeric.optimum import EVEN_LIMIT
    from numeric.written import rational, whole

    if (poles is None) == (family is None):
        raise refusal("loss", "poles", "exactly one of --poles, --family, --filter should be given", "none or several are", "no poles",
                      "eigenproof loss --family paper --order 129 --shift 2000")
    if poles is not None:
        with _reading(poles):
            return polefile.read(poles), str(poles)
    if order is None:
        raise refusal("loss", "order", "--family needs --order", "it is missing", f"--family {family}", f"--family {family} --order 129")
    S = whole("loss", "order", order, 1, EVEN_LIMIT)
    integers = {"period": 1, "seed": 0}
    given = {key: whole("loss", key, text, integers[key]) if key in integers else rational("loss", key, text)
             for key, text in parameters.items() if text is not None}
    return families.named(family, S, K, **given), f"{family}, S = {S}"


def _input(shift: str, rho: str, digits: str) -> tuple[int, Fraction, int]:
    from numeric.optimum import SHIFT_LIMIT, check_rho
    from numeric.written import rational, whole

    K, D = whole("loss", "shift", shift, 0, SHIFT_LIMIT), whole("loss", "digits", digits, 1, DIGITS_LIMIT)
    return K, check_rho("loss", rational("loss", "rho", rho)), D


def loss(*, poles: Path | None, family: str | None, order: str | None, shift: str, rho: str, digits: str, bits: str | None,
         against: str | None, **parameters: str | None) -> dict:
    """The least loss of poles, as `eigenproof loss` prints it."""
    from numeric import against as routes
    from numeric.balls import LIMIT
    from numeric.errors import refusal
    from numeric.floors import floor
    from numeric.optimum import optimum
    from numeric.written import enclosing, enclosing_complex, whole

    K, r, D = _input(shift, rho, digits)
    if against not in (None, "all"):
        raise refusal("loss", "against", "--against should be all", f"it is {against!r}", f"--against {against}", "--against all")
    limit = LIMIT if bits is None else whole("loss", "bits", bits, 2, LIMIT)
    chosen, name = _chosen_poles(poles, family, order, K, parameters)
    found = optimum(chosen, K, r, D, limit=limit)
    lower, upper = enclosing(found.loss, D)
    size = max((abs(b).upper() for b in found.weights), key=float)
    answer = {
        "poles": name, "order": len(found.poles), "repeated": found.repeated, "form": found.form, "shift": K, "rho": text(r), "digits": D,
        "loss": {"lower": lower, "upper": upper}, "bound": _bound(floor(len(found.poles), K, r), D),
        "weights": [enclosing_complex(b, D, size) for b in found.weights],
    }
    if against:
        answer["against"] = routes.compare(found.poles, K, r, D, Fraction(lower), Fraction(upper))
    return answer


def _bound(floor, digits: int) -> dict:
    """The bound below every filter of the order: as a quotient, and as a decimal rounded down."""
    return {"exact": text(floor.value), "lower": _down(floor.value, digits), "why": str(floor)}


def text(value: Fraction) -> str:
    """An integer or p/q, of any length."""
    from flint import fmpq

    return str(fmpq(value.numerator, value.denominator))


def _down(value: Fraction, digits: int) -> str:
    """A number in [0, 1] to so many decimals, rounded down."""
    text = str(value.numerator * 10**digits // value.denominator).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}"


def of_filter(path: Path, shift: str | None, rho: str | None, digits: str) -> dict:
    """The loss of a filter as written, and whether the certificate beside it says the same."""
    from numeric.design import enclosed_loss
    from numeric.errors import refusal
    from numeric.filterfile import load
    from numeric.floors import floor
    from numeric.written import enclosing

    with _reading(path):
        found = load(path)
    certificate = found.certificate or {}
    if shift is None and "shift" not in certificate:
        raise refusal("loss", "shift", "--shift should be given when no certificate lies beside the filter", "it is missing", str(path),
                      f"eigenproof loss --filter {path} --shift 2000")
    said = {"shift": str(certificate.get("shift")), "rho": str(certificate.get("rho", "0"))}
    K, r, D = _input(said["shift"] if shift is None else shift, said["rho"] if rho is None else rho, digits)
    lower, upper = enclosing(enclosed_loss(found.poles, found.weights, K, r, D), D)
    answer = {"filter": str(path), "order": len(found.poles), "shift": K, "rho": text(r), "digits": D,
              "loss": {"lower": lower, "upper": upper}, "bound": _bound(floor(len(found.poles), K, r), D)}
    if certificate and (str(K), text(r)) == (str(certificate.get("shift")), str(certificate.get("rho"))):
        answer["certificate"] = _agrees(path, certificate, Fraction(lower), Fraction(upper))
    return answer


def _agrees(path: Path, certificate: dict, lower: Fraction, upper: Fraction) -> str:
    """'repeated' when the interval of the certificate meets the one just found, 'contradicted' otherwise."""
    from numeric.errors import Malformed
    from numeric.written import rational

    said = certificate.get("loss")
    if not isinstance(said, dict):
        raise Fault(MALFORMED, "malformed", str(path), "its certificate has no loss")
    low, high = (rational(str(path), f"loss.{end}", said.get(end), Malformed) for end in ("lower", "upper"))
    return "repeated" if low <= upper and lower <= high else "contradicted"


def loss_code(answer: dict) -> int:
    """0; 1 when another route, or the certificate, lies outside."""
    outside = any(row["inside"] is False for row in answer.get("against", []))
    return REJECTED if outside or answer.get("certificate") == "contradicted" else OK


def print_loss(answer: dict) -> None:
    """The answer as text: enclosure, bound, first weights, comparison."""
    source = f"white input, ρ = {answer['rho']}" if answer["rho"] == "0" else f"AR(1) input, ρ = {answer['rho']}"
    print(f"{'LOSS':<10} {answer.get('poles') or answer['filter']}     order {answer['order']}, shift {answer['shift']}, {source}")
    bound = answer["bound"]
    rows = [("loss ≥", answer["loss"]["lower"]), ("loss ≤", answer["loss"]["upper"]), ("bound", f"{bound['lower']}   {bound['why']}")]
    if answer.get("repeated"):
        rows.append(("repeated", f"{answer['repeated']} poles left out: in a diagonal recurrence a repeated pole adds nothing"))
    if "form" in answer:
        rows.append(("form", {"even": "evenly spaced, one modulus: Toeplitz", "general": "general: Cauchy"}[answer["form"]]))
    if "certificate" in answer:
        rows.append(("certificate", answer["certificate"]))
    for s, weight in enumerate(answer.get("weights", [])[:3]):
        rows.append((f"b[{s}]", " + i ".join(f"[{weight[part]['lower']}, {weight[part]['upper']}]" for part in ("re", "im"))))
    if len(answer.get("weights", [])) > 3:
        rows.append(("", f"{len(answer['weights']) - 3} more weights with --json"))
    for label, text in rows:
        print(f"  {label:<12} {text}")
    for row in answer.get("against", []):
        word = {True: "inside", False: "OUTSIDE", None: "not decided" if row["value"] else row["note"]}[row["inside"]]
        print(f"  {row['route']:<12} {row['value'] or '':<{answer['digits'] + 8}} {word}   {row['seconds']:.2f} s")


PROVED = {True: 33, False: 3}  # largest order that the kernel evaluates in about a minute, by whether the input is white


def design(shift: str, order: str, rho: str, out: Path, prove: bool = False) -> dict:
    """Search, enclose, write; the certificate as data. With `prove` also a certificate for the kernel, and its answer."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices this small only wait for each other's threads
    from numeric import design as search
    from numeric import filterfile
    from numeric.balls import pack
    from numeric.errors import refusal
    from numeric.written import enclosing, rational, whole

    filterfile.check_suffix(out)
    K, S = whole("design", "shift", shift, 1, search.SHIFT_LIMIT), whole("design", "order", order, 1, search.ORDER_LIMIT)
    r = rational("design", "rho", rho)
    if not 0 <= r < 1:
        raise refusal("design", "rho", "rho should satisfy 0 ≤ rho < 1", f"it is {rho[:60]}", f"--rho {rho[:60]}", "--rho 3/10")
    if prove and PROVED[r == 0] < S:
        raise refusal("design", "prove", f"--prove takes orders up to {PROVED[r == 0]} for {'white' if r == 0 else 'AR(1)'} input",
                      f"order is {S}", f"--order {S}", "leave --prove out: the loss is enclosed in balls for any order")
    writable(out)
    found = search.design(S, K, r)
    digits = 30
    lower, upper = enclosing(found.loss, digits)
    theirs = dict(zip(("lower", "upper"), enclosing(found.paper, digits), strict=True))
    certificate = {
        "what": "loss Σ_{k,l} (c_k − 1{k=K}) conj(c_l − 1{l=K}) ρ^|k−l|, c_k = Σ_s b_s a_s^k, of the poles a and weights b as written",
        "shift": K, "order": S, "written_order": len(found.poles), "rho": text(r), "family": found.family,
        "loss": {"lower": lower, "upper": upper, "ball": [str(x) for x in pack(found.loss)], "ball_means": "m·2^e ± r·2^f, as m, e, r, f"},
        "bound": _bound(found.bound, digits),
        "gap": {"lower": text(Fraction(lower) - found.bound.value), "upper": text(Fraction(upper) - found.bound.value)},
        "paper": {"order": found.paper_order, "alpha": str(search.ALPHA), "loss": theirs, "no_worse": True},
        "poles": filterfile.pairs(found.poles), "weights": filterfile.pairs(found.weights),
        "repeat": f"eigenproof loss --filter {out.name} --digits {digits}",
    }
    with _writing(out):
        path, beside = filterfile.save(out, filterfile.Filter(found.poles, found.weights, certificate))
    short = {key: value for key, value in certificate.items() if key not in ("poles", "weights")}
    return {**short, "file": str(path), "certificate": str(beside), **({"kernel": _proved(found, path)} if prove else {})}


def _proved(found, path: Path) -> dict:
    """The statement about the written filter as a certificate beside it, and what the kernel says of it."""
    from theory.digests import Suite
    from theory.papers.uncertainty_design import Instance, certificate, written
    from theory.proof import dump

    beside = path.with_name(path.name + ".proof.json")
    record = written(found)
    with _writing(beside):
        beside.write_bytes(dump(certificate(Instance(record, "1"))))
    answer = Suite().kernel().check([beside], pinned=False)[0]
    return {"file": str(beside), "verdict": answer["verdict"], "outcome": answer["outcome"], "loss_at_most": record.most,
            "above_bound_at_most": record.gap, "reason": answer["reason"],
            **{key: answer[key] for key in ("trusted_base", "axioms")}, "repeat": f"python -I -m proofs_check --ledger none {beside.name}"}


def design_code(answer: dict) -> int:
    """0, unless a proof was asked for and the kernel did not accept it."""
    kernel = answer.get("kernel", {"outcome": "accepted", "verdict": "checked"})
    if kernel["outcome"] == "rejected":
        return REJECTED
    return OK if (kernel["outcome"], kernel["verdict"]) == ("accepted", "checked") else UNDECIDED


def _short(quotient: str) -> str:
    from flint import arb, fmpq

    return arb(fmpq(*Fraction(quotient).as_integer_ratio())).str(12, radius=False)


def print_design(answer: dict) -> None:
    """What was written, what is certain about it, how to repeat it."""
    theirs, gap = answer["paper"], answer["gap"]
    print(f"{'DESIGN':<10} {answer['file']}     order {answer['order']}, shift {answer['shift']}, ρ = {answer['rho']}, {answer['family']}")
    rows = [
        ("loss ≥", answer["loss"]["lower"]), ("loss ≤", answer["loss"]["upper"]),
        ("bound", f"{answer['bound']['lower']}   {answer['bound']['why']}"),
        ("gap", f"between {_short(gap['lower'])} and {_short(gap['upper'])}"),
        ("paper", f"{theirs['loss']['lower']}   its filter of order {theirs['order']} is no better"),
        ("certificate", answer["certificate"]), ("repeat", answer["repeat"]),
    ]
    if kernel := answer.get("kernel"):
        most, gap = (f"{Decimal(top) / Decimal(bottom):f}" for top, bottom in (  # nine places, exactly
            Fraction(kernel[key]).as_integer_ratio() for key in ("loss_at_most", "above_bound_at_most")))
        rows += [("kernel", f"{kernel['verdict']}: loss ≤ {most}, not above the paper's, at most {gap} above the bound"),
                 ("proof", kernel["file"]), ("repeat", kernel["repeat"])]
    for label, line in rows:
        print(f"  {label:<12} {line}")


def optimum(order: str, shift: str, gap: str | None, boxes: str | None, report: Callable[[int, float], None] | None = None) -> dict:
    """The largest energy that so many poles capture, between a witness and an upper bound over all poles; `shift` may be 'limit'."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from numeric import best, filterfile
    from numeric.errors import refusal
    from numeric.written import enclosing, rational, whole

    S = whole("optimum", "order", order, 1, best.ORDERS)
    K = None if shift == "limit" else whole("optimum", "shift", shift, 1, best.SHIFTS_OF_TWO if S == 2 else best.SHIFTS)
    width = rational("optimum", "gap", "1/1000" if gap is None else gap)
    if width <= 0:
        raise refusal("optimum", "gap", "the gap should be > 0", f"it is {gap[:60]}", f"--gap {gap[:60]}", "--gap 1e-3")
    most = best.BOXES if boxes is None else whole("optimum", "boxes", boxes, 1, best.MOST_BOXES)
    found = best.largest(S, K, width, most, report)
    low, high = enclosing(found.lower, best.DIGITS)[0], enclosing(found.upper, best.DIGITS)[1]
    answer = {
        "order": S, "shift": "limit" if K is None else K,
        "what": "the supremum over the poles of the energy F_K = 1 − (least loss), white input" if K is not None else
                "the supremum over λ, Re λ < 0, of the limit of K F_K as K → ∞, poles e^{λ/K}",
        "energy": {"lower": low, "upper": high},
        "gap": {"asked": text(width), "found": enclosing(found.gap, 6)[1]}, "reached": found.reached,
        "asked": gap is not None or S == 2, "boxes": found.boxes, "limit": most, "why": found.why, "poles": filterfile.pairs(found.poles),
    }
    if K is not None:
        answer["loss"] = {"lower": text(1 - Fraction(high)), "upper": text(1 - Fraction(low))}
    return answer


def optimum_code(answer: dict) -> int:
    """0; 2 when a gap was asked for and not reached."""
    return OK if answer["reached"] or not answer["asked"] else UNDECIDED


def print_optimum(answer: dict) -> None:
    """What is attained, what is not exceeded, how wide that is, and where it is attained."""
    limit = answer["shift"] == "limit"
    print(f"{'OPTIMUM':<10} order {answer['order']}, {'shift K → ∞' if limit else 'shift ' + str(answer['shift'])}, white input")
    name, gap = "K F_K" if limit else "energy", answer["gap"]
    reached = "" if answer["reached"] else f"   {gap['asked']} was asked for" if answer["asked"] else ""
    if answer["boxes"] and not answer["reached"]:
        reached += f", the limit of {answer['limit']} boxes ended the search"
    rows = [(f"{name} ≥", f"{answer['energy']['lower']}   captured by the poles below"),
            (f"{name} ≤", f"{answer['energy']['upper']}   {answer['why']}"), ("gap", f"{gap['found']} of the lower value{reached}")]
    if not limit:
        rows.append(("least loss", f"between {_short(answer['loss']['lower'])} and {_short(answer['loss']['upper'])}"))
    if answer["boxes"]:
        rows.append(("boxes", str(answer["boxes"])))
    rows += [(f"{'λ' if limit else 'a'}[{s}]", f"{a[0]} + i {a[1]}") for s, a in enumerate(answer["poles"])]
    for label, line in rows:
        print(f"  {label:<12} {line}")


def counting(quiet: bool) -> Callable[[int, float], None] | None:
    """Tell on a terminal how far branch and bound is."""
    if quiet or not sys.stderr.isatty():
        return None
    return lambda count, upper: print(f"\r{count} boxes, ≤ {upper:.10g}   ", end="", file=sys.stderr, flush=True)


def bench(names: list[str], out: Path | None, tell: Callable[[str], None], *, quick: bool = False, clock: str = "wall",
          roofline: Path | None = None, history: Path | None = None) -> dict:
    """Run the regimes, telling each as it ends; hold the ratios against the last stored run, write JSON and the roofline.

    A quick run measures too little to be stored or compared."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from numeric import bench as timed
    from numeric.errors import refusal
    from theory import roofline as picture

    known = list(timed.regimes())
    for name in names:
        if not any(regime.startswith(name) for regime in known):
            raise refusal("bench", "regime", f"a regime should be one of {', '.join(known)}", f"it is {name!r}", name, known[0])
    if clock not in timed.CLOCKS:
        raise refusal("bench", "clock", "the clock should be wall or cpu", f"it is {clock[:60]!r}", f"--clock {clock[:60]}",
                      "--clock wall")
    for path in filter(None, (out, roofline)):
        writable(path)
    history = Path("build") / "bench.json" if history is None else history
    stored = [] if quick else _stored(history, tell)
    results = []
    for result in timed.run(names, quick, clock):
        results.append(result)
        tell(regime_text(result))
    answer = {"machine": timed.measured_on(), "quick": quick, "clock": clock, "regimes": results,
              "regressions": timed.regressions(stored, results)}
    tell(closing_text(answer, bool(stored)))
    if roofline is None and not quick and picture.can_draw(results):
        roofline = history.with_name("roofline.svg")
    if roofline is not None:
        if not picture.can_draw(results):
            raise refusal("bench", "roofline", "a roofline needs the ceilings and the simulation", f"only {', '.join(names)} was measured",
                          f"--roofline {roofline}", "eigenproof bench machine simulate --roofline FILE.svg")
        _replace(roofline, picture.svg(results))
        answer["roofline"] = str(roofline)
        tell(f"roofline   {roofline}")
    if out is not None:
        _replace(out, _as_text(answer))
    if not quick:
        new = {result["regime"]: result for result in [*stored, *results]}
        _replace(history, _as_text({**answer, "regimes": list(new.values())}))
    return answer


def _as_text(data) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _replace(path: Path, text: str) -> None:
    """Write next to a file first, then in its place."""
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".part")
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)


def _stored(history: Path, tell: Callable[[str], None]) -> list[dict]:
    """The regimes of the last stored run; none when there is none, or when it cannot be read, which is told."""
    try:
        found = json.loads(history.read_text(encoding="utf-8"))["regimes"]
        for result in found:
            result["regime"], result["clock"], [(row["what"], row["unit"], row["measured"]) for row in result["targets"]]
        return found
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        tell(f"no comparison: {history} cannot be read ({type(error).__name__})")
        return []


def regime_text(result: dict) -> str:
    """One regime as a table."""
    lines = [f"{result['regime']}     {result['title']}     {result['took']:.1f} s"]
    if result["note"]:
        lines.append(f"  {result['note']}")
    for name, row in result["seconds"].items():
        each = f"{row['rate']['value']:>10.1f} {row['rate']['unit']:<8}" if "rate" in row else ""
        if "each_ns" in row:
            each = f"{row['each_ns']:>10.4g} ns/{result['unit']}   "
        lines.append(f"  {name:<25}{each} {row['median'] * 1e3:>10.2f} ms   median of {row['runs']}, "
                     f"{row['least'] * 1e3:.2f} … {row['most'] * 1e3:.2f}")
    for row in result["targets"]:
        word = {True: "met", False: "MISSED", None: ""}[row["met"]]
        measured = "not measured" if row["measured"] is None else f"{row['measured']:.3g}{row['unit'] and ' ' + row['unit']}"
        lines.append(f"  {word:<7} {row['what']:<58} {measured}")
    return "\n".join(lines)


def closing_text(answer: dict, compared: bool) -> str:
    """Load, targets missed, regressions."""
    load, cores = answer["machine"]["load"], answer["machine"]["cores"]
    busy = load is not None and cores and load > cores / 2 + 1
    rows = [row for result in answer["regimes"] for row in result["targets"] if row["met"] is not None]
    lines = [f"targets    {sum(row['met'] for row in rows)} of {len(rows)} met"
             + ("; a quick run says nothing about them" if answer["quick"] else "")]
    if busy:
        lines.append(f"busy       load {load:.1f} on {cores} cores: times are too long and ratios noisy"
                     + ("; --clock cpu counts the processor's time" if answer["clock"] == "wall" else ""))
    lines += [f"REGRESSED  {row['what']}: {row['measured']:.3g} ×, {row['stored']:.3g} × in the last stored run"
              for row in answer["regressions"]]
    if compared and not answer["regressions"]:
        lines.append("compared   no ratio is worse than three quarters of that in the last stored run")
    return "\n".join(lines)


def tell(quiet: bool) -> Callable[[str], None]:
    """Print as it comes, or nothing."""
    return (lambda text: None) if quiet else (lambda text: print(text, file=sys.stdout, flush=True))
