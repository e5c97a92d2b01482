"""The pages: complete, honest about what is missing, closed under links, the same bytes every time, at home in a browser."""

import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
import report_sample as sample

from theory import discovery
from theory.report import graph, plots, record, write
from theory.report.pages import agreement, claim_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --virtual-time-budget=9000"
).split()
VOID = {"meta", "link", "input", "br"}
BOUND = "uncertainty.lower_bound_white"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    return write(sample.rows(), {}, out, certificates=out / "none").parent


def test_the_list_begins_with_what_the_dossier_asks_for(site):
    cells = re.findall(r'data-name="dossier">([^<]*)<', (site / "index.html").read_text(encoding="utf-8"))
    asked = [cell != "–" for cell in cells]
    assert asked == sorted(asked, reverse=True) and len(set(asked)) == 2


class Page(HTMLParser):
    """Ids, links and balance of one page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.open = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src", "xlink:href") if name in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_claim_has_a_page_and_every_page_is_balanced(site):
    pages = {path.name: Page(path.read_text()) for path in site.glob("*.html")}
    assert set(pages) == {"index.html", "errata.html", "consequences.html"} | {f"{row['id']}.html" for row in sample.rows()}
    for page in pages.values():
        assert len(page.ids) == len(set(page.ids))


def test_every_link_resolves_and_none_leaves_the_folder(site):
    pages = {path.name: Page(path.read_text()) for path in site.glob("*.html")}
    for name, page in pages.items():
        for link in page.links:
            if link == "data:,":
                continue
            file, _, anchor = link.partition("#")
            assert ":" not in file, link
            assert (site / (file or name)).exists(), f"{name} links to {link}"
            assert not anchor or anchor in pages[file or name].ids, f"{name} links to {link}"


def test_the_page_of_a_claim_shows_everything(site):
    page = (site / f"{BOUND}.html").read_text()
    for part in (
        "No linear recurrence", "universal", "UP.T2", "text seen", "Poles on or outside", "not square summable",
        "operator_identity", 'id="step-falls"', 'href="#step-gram"', "3.1", "8 steps inside",
        ">3.2.2<",
        "what the certificate hands to the rule", "Gram matrix",
        "[0.36787944, 0.36787945]", "0.8412 ± 0.0009", "bound 0.8095", "<svg", "constant improved", "S/(K+2) is not reached",
        "python-flint", "9f" * 32, f"python -I -m proofs_check {BOUND} --verbose", "0.812 s", "uncertainty.short_proof",
    ):  # fmt: skip
        assert part in page, part


def test_what_is_missing_is_named(site):
    page = (site / "mine.bare.html").read_text()
    assert page.count("not recorded") > 10
    assert "undecided" in page
    assert "checked<" not in page


def test_a_statement_outside_the_language_is_shown_as_data_only(site):
    page = (site / "uncertainty.width.html").read_text()
    assert "could not be typeset" in page
    assert "unknown formula" in page
    statement = page.split('id="statement"')[1].split("</section>")[0]
    assert "<math" not in statement


def test_failures_and_refutations_stand_out(site):
    assert "measured 3 against 4" in (site / "uncertainty.width.html").read_text()
    assert "left −1/4, right 1/4" in (site / "uncertainty.alternating_tail.html").read_text()
    assert "1 claim has failures" in (site / "index.html").read_text()


def test_the_errata_page_sets_print_and_truth_side_by_side(site):
    page = (site / "errata.html").read_text()
    Page(page)
    entry = page.split('<section id="uncertainty.alternating_tail">')[1].split("</section>")[0]
    printed, true, witness, effect = (entry.split(f"<h3>{head}</h3>")[1] for head in
                                      ("As printed", "True", "Witness", "Size of the effect"))
    assert "<math" in printed.split("<h3>")[0]
    assert "The tail begins with the same sign." in true.split("<h3>")[0]
    assert "no witness recorded" in witness.split("<h3>")[0]
    assert effect.index("contradicts the print") < effect.index("does not")
    assert "uncertainty.alternating_tail_corrected.html" in entry
    assert 'href="errata.html#uncertainty.alternating_tail"' in (site / "uncertainty.alternating_tail.html").read_text()
    assert 'href="errata.html"' in (site / "index.html").read_text()


def test_an_erratum_says_what_is_missing(tmp_path):
    write([{"id": "x.y", "verdict": "refuted"}], {}, tmp_path)
    page = (tmp_path / "errata.html").read_text()
    for text in ("no corrected statement", "no witness recorded", "rests on the kernel alone"):
        assert text in page


def test_no_errata_is_said(tmp_path):
    write([{"id": "x.y", "verdict": "checked"}], {}, tmp_path)
    assert "No claim is refuted" in (tmp_path / "errata.html").read_text()


def test_an_accepted_mutation_is_an_alarm(tmp_path):
    row = {"id": "x.y", "mutations": [{"name": "bad", "outcome": "accepted", "refused": False, "message": None}]}
    write([row], {}, tmp_path)
    assert '<span class="bad">accepted: must not happen' in (tmp_path / "x.y.html").read_text()


def test_text_cannot_become_markup(tmp_path):
    write([{"id": "x.y", "title": "<script>alert(1)</script>", "says": "a < b", "failures": ["<b>"]}], {}, tmp_path)
    for path in tmp_path.glob("*.html"):
        assert "<script>alert" not in path.read_text()


def test_an_id_that_is_no_file_name_is_refused(tmp_path):
    for name in ("../x", "a/b", "index", "errata", "consequences", ""):
        with pytest.raises(ValueError, match="name of a page"):
            write([{"id": name}], {}, tmp_path)


def test_the_report_is_the_same_every_time(site, tmp_path):
    write(list(reversed(sample.plain_copy(sample.rows()))), {}, tmp_path, certificates=tmp_path / "none")
    for path in sorted(site.glob("*.*")):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_steps_come_from_the_certificate_that_was_checked(tmp_path):
    blob = json.dumps(
        {
            "statement": sample.DISPLACEMENT, "steps": sample.STEPS[:2], "where": [["H", [], ["inv", "C"]]],
            "inhabited": {"S": 1, "a": ["fn", "k", ["/", 1, 2]]},
        }
    ).encode()  # fmt: skip
    (tmp_path / "x.y.json").write_bytes(blob)
    row = {
        "id": "x.y",
        "statement": sample.DISPLACEMENT,
        "steps": 2,
        "sha256": hashlib.sha256(blob).hexdigest(),
        "verdict": "checked",
    }
    write([row], {}, tmp_path / "good", certificates=tmp_path)
    page = (tmp_path / "good" / "x.y.html").read_text()
    assert 'id="step-falls"' in page
    assert "The hypotheses hold together" in page
    assert (tmp_path / "good" / "certificates" / "x.y.json").read_bytes() == blob
    write([{**row, "sha256": "0" * 64}], {}, tmp_path / "other", certificates=tmp_path)
    page = (tmp_path / "other" / "x.y.html").read_text()
    assert 'id="step-falls"' not in page
    assert "not the file that this verdict is about" in page


def test_a_certificate_that_cannot_be_typeset_still_gives_a_page(tmp_path):
    blob = json.dumps({"steps": [{"id": "s", "rule": "r", "shows": ["odd"]}], "where": ["odd"], "at": {"q": ["odd"]}}).encode()
    (tmp_path / "x.y.json").write_bytes(blob)
    row = {"id": "x.y", "statement": sample.LOWER_BOUND, "sha256": hashlib.sha256(blob).hexdigest(), "verdict": "refuted"}
    write([row], {}, tmp_path, certificates=tmp_path)
    assert (tmp_path / "x.y.html").read_text().count("could not be typeset") >= 1


def test_the_claim_file_fills_in_what_the_row_lacks(tmp_path):
    class Stub:
        """The attributes of a claim that the report reads."""

        id, title, says, statement = "x.y", "A title", "A sentence.", sample.LOWER_BOUND

        @staticmethod
        def page(figure):
            figure.subplots().plot([1, 2], [1, 2])

    write([{"id": "x.y", "oracle": [{"oracle": "o", "measured": 1, "expected": 1, "inside": False}]}], {"x.y": Stub()}, tmp_path)
    page = (tmp_path / "x.y.html").read_text()
    assert "A title" in page
    assert "<math" in page
    assert 'class="plot"' in page
    assert "outside" in page


@pytest.mark.parametrize(
    ("lower", "upper", "printed", "answer"),
    [
        ("0.36787944", "0.36787945", "0.3679", "yes"),
        ("0.36787944", "0.36787945", "0.3678", "no"),
        ("1/4", "1/4", "1/4", "yes"),
        ("1/4", "1/4", "1/3", "no"),
        ("2", "1", "1.5", "no"),
        ("0", "1", None, "not compared"),
        ("nan", "1", "1", "not compared"),
    ],
)
def test_a_printed_constant_is_compared_with_its_enclosure(lower, upper, printed, answer):
    assert f">{answer}<" in agreement(lower, upper, printed)


def test_plots_have_the_same_bytes_and_no_date():
    one, two = (plots.drawn(sample.demonstration, "x.y") for _ in range(2))
    assert one == two
    assert "<metadata" not in one
    assert not re.search(r"20\d\d-\d\d-\d\d", one)


def test_a_circle_of_uses_is_reported_not_drawn(tmp_path):
    index = write([{"id": "a.a", "uses": ["b.b"]}, {"id": "b.b", "uses": ["a.a"]}], {}, tmp_path)
    assert "run in a circle" in index.read_text()


def test_only_direct_uses_are_drawn():
    assert graph.direct({"a": [], "b": ["a"], "c": ["a", "b"]}) == {"a": [], "b": ["a"], "c": ["b"]}


PROBE = """<script>
addEventListener('error', e => document.title = 'ERROR ' + e.message);
addEventListener('load', async () => {
  await document.fonts.ready;
  const tall = [...document.querySelectorAll('math')].filter(m => m.getBoundingClientRect().height > 5).length;
  const form = document.querySelector('form.filter');
  let found = '';
  if (form) {
    form.search.value = 'tail SERIES';
    form.dispatchEvent(new Event('input'));
    found = document.querySelector('#seen').textContent;
  }
  const wide = document.documentElement.scrollWidth > innerWidth;
  const fonts = [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family).join();
  const all = document.querySelectorAll('math').length;
  document.documentElement.setAttribute('data-probe', JSON.stringify({tall, all, found, wide, fonts}));
});
</script>"""


def opened(page, width, profile, probe=PROBE):
    """What a real browser makes of a page, after a probe was added to a copy of it."""
    copy = page.with_name("probe-" + page.name)
    copy.write_text(page.read_text().replace("</head>", probe + "</head>"))
    command = [CHROMIUM, *QUIET, f"--user-data-dir={profile}", f"--window-size={width},900", "--dump-dom", copy.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    copy.unlink()
    assert "ERROR" not in re.search(r"<title>(.*?)</title>", dom).group(1)
    return json.loads(re.search(r'data-probe="([^"]*)"', dom).group(1).replace("&quot;", '"'))


WIDE = """<script>
addEventListener('load', async () => {
  await document.fonts.ready;
  document.querySelectorAll('details').forEach(each => each.open = true);
  const cut = [...document.querySelectorAll('main *')].filter(e => !e.closest('svg'))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.textContent.trim().slice(0, 60));
  document.documentElement.setAttribute('data-probe', JSON.stringify({cut}));
});
</script>"""
PAPER = 718
"""The width in pixels of A4 within the margins of a browser."""


def real_pages(folder):
    """Pages of claims with wide formulas, from the claim files and the committed certificates, under the rules for print."""
    names = ("uncertainty.transfer_limit", "uncertainty.explicit_loss", "uncertainty.explicit_loss_as_printed")
    claims = {name: discovery.every()[name] for name in names}
    hashes = {name: hashlib.sha256((record.CERTIFICATES / f"{name}.json").read_bytes()).hexdigest() for name in names}
    write([{"id": name, "verdict": "checked", "sha256": sha} for name, sha in hashes.items()], claims, folder)
    style = folder / "style.css"
    style.write_text(style.read_text().replace("@media print", "@media all"))
    return [folder / f"{name}.html" for name in names]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_nothing_is_cut_off_on_paper(tmp_path):
    for page in real_pages(tmp_path / "site"):
        assert opened(page, PAPER, tmp_path / "profile", WIDE)["cut"] == [], page.name
    planted = tmp_path / "site" / "uncertainty.transfer_limit.html"
    planted.write_text(planted.read_text().replace("</main>", '<p style="width: 900px">too wide</p></main>'))
    assert opened(planted, PAPER, tmp_path / "profile", WIDE)["cut"] == ["too wide"]


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("width", [1200, 500])
def test_pages_open_in_a_real_browser(site, tmp_path, width):
    claim = opened(site / f"{BOUND}.html", width, tmp_path / "a")
    assert claim["all"] > 15
    assert claim["tall"] >= claim["all"] - 8, "formulas outside folded blocks must have a height"
    assert "STIX Two Math" in claim["fonts"]
    assert not claim["wide"], "the page must not scroll sideways"
    index = opened(site / "index.html", width, tmp_path / "b")
    assert index["found"] == "2 of 8 shown"
    assert not index["wide"]
    errata = opened(site / "errata.html", width, tmp_path / "c")
    assert errata["tall"] == errata["all"] > 2
    assert not errata["wide"]
    users = opened(site / "consequences.html", width, tmp_path / "d")
    assert users["tall"] == users["all"] > 5
    assert not users["wide"]


def test_every_formula_of_every_committed_certificate_is_typeset():
    from theory.digests import Suite

    suite = Suite()
    claims = {name: suite.load(name) for name in suite.paths()}
    digests = {name: hashlib.sha256(suite.certificate(name).read_bytes()).hexdigest() for name in claims}
    rows = [{"id": name, "sha256": digest, "verdict": "checked", "plot": "<svg></svg>"} for name, digest in digests.items()]
    records = record.gather(rows, claims)
    known = {each.id: each for each in records}
    assert len(records) > 100 and all(each.steps for each in records)
    wrong = {each.id: re.findall(r"could not be typeset: [^<]*", claim_page(each, [], known)) for each in records}
    assert not {name: found[:2] for name, found in wrong.items() if found}
