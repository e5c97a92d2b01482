"""What a page shows about one claim, gathered from the store's row, the claim file and the committed certificate."""

import hashlib
import inspect
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATES = Path(__file__).resolve().parents[2] / "proofs_check" / "certificates"
ID = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(\.[A-Za-z0-9_+-]+)*")


@dataclass
class Record:
    """One claim. `data` has only what is known: whatever is missing is asked for with `get` and shown as not recorded."""

    id: str
    data: dict
    steps: list = field(default_factory=list)
    where: list = field(default_factory=list)
    """abbreviations that only the proof uses"""
    values: dict = field(default_factory=dict)
    """`inhabited` and, in a refutation, the witness `at`"""
    certificate: bytes | None = None
    certificate_note: str | None = None
    """why the steps of the certificate are not shown as what was checked"""
    plot: str | None = None

    def get(self, name, default=None):
        """A field, or `default` when it is absent or None."""
        value = self.data.get(name)
        return default if value is None else value

    @property
    def page(self):
        """The file name of the claim's page."""
        return f"{self.id}.html"

    @property
    def verdict(self):
        """The verdict, `undecided` when there is none: silence never counts as success."""
        return self.get("verdict", "undecided")


def gather(rows, claims, certificates=CERTIFICATES):
    """Records in order of id, one for every row and for every claim that has no row."""
    known = claims if isinstance(claims, dict) else {claim.id: claim for claim in claims or ()}
    by_id = {row["id"]: row for row in rows}
    return [_record(name, by_id.get(name, {}), known.get(name), certificates) for name in sorted({*by_id, *known})]


def _record(name, row, claim, certificates):
    if not ID.fullmatch(name) or name in ("index", "errata", "consequences"):
        raise ValueError(f"{name!r} cannot be the name of a page")
    data = {key: getattr(claim, key, None) for key in CLAIM_FIELDS} | {k: v for k, v in row.items() if v is not None}
    certifier = getattr(claim, "certifier", None)
    data["idea"] = certifier and inspect.getdoc(certifier)
    data["measurements"] = row.get("measurements", row.get("oracle"))
    if isinstance(data.get("statement"), str):
        data["statement"] = json.loads(data["statement"])
    record = Record(name, data, plot=row.get("plot") or _drawn(claim, row))
    if isinstance(row.get("steps"), list):
        record.steps = row["steps"]
    _read_certificate(record, certificates / f"{name}.json")
    if record.plot is None and record.steps:
        from theory.report import plots

        record.plot = plots.drawn(lambda figure: plots.by_rule(figure, record.steps), name=name)
    return record


CLAIM_FIELDS = ("title", "says", "dossier", "paper", "reference", "source", "limits", "hypotheses", "corrects", "symbols", "statement")


def _drawn(claim, row):
    """The claim's plot when its file draws one, else its measurements against what they are held to."""
    from theory.report import plots

    if claim is not None and getattr(claim, "page", None) is not None:
        return plots.drawn(claim.page, name=claim.id)
    pairs = plots.measured_pairs(row.get("oracle") or row.get("measurements") or [])
    return plots.drawn(lambda figure: plots.against(figure, pairs), name=row.get("id", "")) if pairs else None



def _read_certificate(record, path):
    """Take the steps from the committed certificate, but only from the very file that was checked."""
    try:
        blob = path.read_bytes()
        parsed = json.loads(blob)
    except FileNotFoundError:
        return
    except ValueError:
        record.certificate_note = "The committed certificate cannot be read."
        return
    if hashlib.sha256(blob).hexdigest() != record.get("sha256"):
        record.certificate_note = (
            "The committed certificate is not the file that this verdict is about, so its steps are not shown."
        )
        return
    record.certificate = blob
    record.steps = record.steps or parsed.get("steps", [])
    record.where = parsed.get("where", [])
    inhabited = {name: value for name, value in parsed.get("inhabited", {}).items() if name != "steps"}
    record.values = {name: found for name, found in (("inhabited", inhabited), ("at", parsed.get("at"))) if found}
