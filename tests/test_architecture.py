"""Trust at the bottom: what each package may import, how large the kernel may grow, what committed files may hold.

Each gate is first shown planted violations, so that a gate that cannot close is noticed.
"""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from theory.proof import dump

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("proofs_check", "numeric", "theory")
NUMBERS = {"numpy", "scipy", "numba", "mpmath", "flint"}
KERNEL_OPEN = {"proofs_check.language"}  # what the other packages may import of the kernel: words, no rules, no verdicts
FLINT = {
    "proofs_check/values.py",  # balls and exact numbers for the rules
    "proofs_check/__main__.py",  # prints its version in the trusted base
}
ARRAYS = {  # optional libraries, and the files that hand arrays to them
    "numeric/filterfile.py": {"torch", "jax"},
    "numeric/bench/simulate.py": {"torch", "jax"},  # is timed against them
}
OUTSIDE = "(outside the project)"
KERNEL_LINES, RULE_LINES = 3000, 140  # lines of code: without blank lines, comments and docstrings

# Where code may be loaded by a computed name, and why.
DYNAMIC = {
    "proofs_check/command.py": "asks whether the package theory is installed",
    "theory/discovery.py": "loads the claim files of a folder",
}
FORBIDDEN_CALLS = {"__import__", "import_module", "exec", "eval", "compile", "run_path", "run_module", "sympify", "parse_expr"}
FORBIDDEN_MODULES = {"importlib", "runpy", "pickle", "marshal", "shelve", "ctypes", "code", "imp", "builtins"}


def allowed(place: str, module: str) -> bool:
    """Whether the file at `place` may import `module`."""
    package, top = place.split("/")[0], module.split(".")[0]
    if top in sys.stdlib_module_names or top == package:
        return True
    if top == OUTSIDE:
        return False
    if top in PACKAGES:
        return module in KERNEL_OPEN if top == "proofs_check" else package == "theory"
    if package == "proofs_check":
        return top == "flint" and (place.startswith("proofs_check/rules/") or place in FLINT)
    return package == "theory" or top in NUMBERS or top in ARRAYS.get(place, ())


def modules_of(node: ast.AST, place: str) -> list[str]:
    """The modules an import statement names; a relative one is resolved first, and `from a import b` names `a.b` too."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        folders = place.split("/")[:-1]
        kept = folders[: len(folders) - (node.level - 1)]
        if node.level > len(folders):
            return [OUTSIDE]
        base = ".".join([*kept, *filter(None, [base])])
    if base == "proofs_check":
        return [f"{base}.{alias.name}" for alias in node.names]
    return [base]


def violations(place: str, source: str) -> list[str]:
    """Every forbidden import and every way around imports in one file, each as `place:line: what`."""
    found, tree = [], ast.parse(source)
    own = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and loads_own_module(node)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = modules_of(node, place)
            found += [f"{place}:{node.lineno}: imports {name}" for name in names if not allowed(place, name)]
            if place not in DYNAMIC and not is_plain_importlib(node):
                found += [f"{place}:{node.lineno}: uses {name}" for name in names if name.split(".")[0] in FORBIDDEN_MODULES]
        elif place not in DYNAMIC and id(node) not in own and (name := named(node)) in FORBIDDEN_CALLS:
            found.append(f"{place}:{node.lineno}: mentions {name}")
    return found


def is_plain_importlib(node: ast.Import | ast.ImportFrom) -> bool:
    """`import importlib` or `from importlib import import_module` under their own names, where every use is then looked at,
    or `importlib.metadata`, which loads no code."""
    if isinstance(node, ast.ImportFrom) and node.module == "importlib.metadata":
        return True
    plain = "import_module" if isinstance(node, ast.ImportFrom) and node.module == "importlib" else "importlib"
    return all(alias.name == plain and alias.asname is None for alias in node.names)


def loads_own_module(call: ast.Call) -> bool:
    """Whether a call is `import_module(f"{__name__}.…")` or the same of a package imported here: it can only reach below that."""
    if named(call.func) != "import_module" or len(call.args) != 1 or call.keywords or not isinstance(call.args[0], ast.JoinedStr):
        return False
    first, *rest = call.args[0].values
    starts = isinstance(first, ast.FormattedValue) and named(first.value) == "__name__"
    return starts and bool(rest) and isinstance(rest[0], ast.Constant) and str(rest[0].value).startswith(".")


def named(node: ast.AST) -> str | None:
    """The name a node mentions: bare, as an attribute (except `re.compile`), or spelt out for getattr."""
    if isinstance(node, ast.Attribute):
        return None if node.attr == "compile" and isinstance(node.value, ast.Name) and node.value.id == "re" else node.attr
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant) and node.value in ("__import__", "import_module"):
        return node.value
    return None


def sources(*packages: str) -> list[str]:
    """The Python files of packages, as paths from the root."""
    files = [path.relative_to(ROOT).as_posix() for package in packages for path in (ROOT / package).rglob("*.py")]
    return sorted(place for place in files if not place.startswith("proofs_check/build/"))


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("proofs_check/engine.py", "import numpy"),
        ("proofs_check/engine.py", "import theory.claim"),
        ("proofs_check/engine.py", "from numeric import oracle"),
        ("proofs_check/engine.py", "import flint"),
        ("proofs_check/rules/sign.py", "import sympy"),
        ("proofs_check/rules/sign.py", "from ...theory import claim"),
        ("proofs_check/rules/sign.py", "__import__('sympy')"),
        ("proofs_check/rules/sign.py", "from importlib import import_module\nimport_module('sympy')"),
        ("proofs_check/rules/sign.py", "from importlib import import_module as load\nload('sympy')"),
        ("proofs_check/rules/sign.py", "import importlib as i\ni.import_module('sympy')"),
        ("proofs_check/rules/sign.py", "from importlib import import_module\nimport_module(f'{name}.sympy')"),
        ("proofs_check/rules/sign.py", "from importlib import import_module\nimport_module(f'sympy.{__name__}')"),
        ("proofs_check/rules/sign.py", "from importlib import import_module\nload = import_module"),
        ("proofs_check/rules/sign.py", "import importlib\nimportlib.import_module('sympy')"),
        ("proofs_check/rules/sign.py", "import importlib.util"),
        ("proofs_check/rules/sign.py", "getattr(x, '__import__')('sympy')"),
        ("proofs_check/rules/sign.py", "eval('1')"),
        ("proofs_check/rules/sign.py", "exec('import sympy')"),
        ("proofs_check/rules/sign.py", "compile('1', '', 'eval')"),
        ("proofs_check/rules/sign.py", "import builtins"),
        ("proofs_check/rules/sign.py", "import pickle"),
        ("proofs_check/rules/sign.py", "def late():\n    import mpmath"),
        ("proofs_check/command.py", "import theory"),
        ("numeric/gram.py", "import sympy"),
        ("numeric/gram.py", "import torch"),
        ("numeric/filterfile.py", "import sympy"),
        ("numeric/gram.py", "from theory import claim"),
        ("numeric/gram.py", "from ..theory import claim"),
        ("numeric/gram.py", "from proofs_check import engine"),
        ("numeric/gram.py", "import runpy\nrunpy.run_module('theory')"),
        ("theory/runner.py", "import proofs_check"),
        ("theory/runner.py", "import proofs_check.engine"),
        ("theory/runner.py", "from proofs_check import engine"),
        ("theory/runner.py", "from proofs_check.rules import sign"),
        ("theory/runner.py", "from proofs_check.rules.sign import check"),
        ("theory/runner.py", "from importlib import import_module\nimport_module('proofs_check.engine')"),
        ("theory/claims/uncertainty/one.py", "from ....proofs_check import engine"),
        ("theory/claims/uncertainty/one.py", "import sympy\nsympy.sympify('x')"),
    ],
)
def test_planted_violations_are_seen(place, source):
    assert violations(place, source)


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("proofs_check/rules/sign.py", "from flint import arb\nfrom ..language import free\nfrom . import gram"),
        ("proofs_check/engine.py", "import json\nfrom . import rules"),
        ("proofs_check/engine.py", "import importlib\nfrom . import rules\nimportlib.import_module(f'{rules.__name__}.sign')"),
        ("numeric/__init__.py", "from importlib import import_module\nimport_module(f'{__name__}.{part}')"),
        ("numeric/gram.py", "import numpy, flint\nfrom proofs_check.language import free\nfrom proofs_check import language"),
        ("theory/claims/uncertainty/one.py", "import sympy, numeric.gram\nfrom theory.claim import Claim"),
        ("theory/report/pages.py", "import re\nre.compile('x')\nfrom importlib.metadata import version"),
    ],
)
def test_what_is_allowed_is_not_reported(place, source):
    assert violations(place, source) == []


def test_imports_point_downwards():
    places = sources(*PACKAGES)
    assert len(places) > 10
    assert [line for place in places for line in violations(place, (ROOT / place).read_text())] == []


def test_the_exceptions_are_files():
    assert [place for place in [*DYNAMIC, *ARRAYS] if not (ROOT / place).is_file()] == []


def code_lines(source):
    """How many lines hold code: not blank, not a comment, not within a docstring."""
    documented = set()
    for node in ast.walk(ast.parse(source)):
        first = node.body[0] if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            documented |= set(range(first.lineno, first.end_lineno + 1))
    text = enumerate(source.splitlines(), 1)
    return sum(1 for number, line in text if number not in documented and line.strip() and not line.strip().startswith("#"))


def test_code_lines_are_counted():
    assert code_lines('"""Doc\nstring."""\n\n# comment\nx = """\ntext"""\n\ndef f():\n    "doc"\n    return x\n') == 4


def test_the_kernel_stays_small():
    lines = {place: code_lines((ROOT / place).read_text()) for place in sources("proofs_check")}
    long = {place: count for place, count in lines.items() if "/rules/" in place and count > RULE_LINES}
    assert long == {}
    assert sum(lines.values()) <= KERNEL_LINES, lines


def test_the_kernel_has_no_assert():
    """An assert vanishes under `python -O`; no verdict may hang on one."""
    trees = {place: ast.parse((ROOT / place).read_text()) for place in sources("proofs_check")}
    assert [place for place, tree in trees.items() if any(isinstance(node, ast.Assert) for node in ast.walk(tree))] == []


def test_every_module_and_rule_says_what_it_is():
    bare = [place for place in sources(*PACKAGES) if not place.endswith("__init__.py") and not _docstring(place)]
    assert bare == []


def _docstring(place: str) -> str | None:
    return ast.get_docstring(ast.parse((ROOT / place).read_text()))


ADDRESS = re.compile(
    r"\b(?:https?|ftp|ssh|git|file)://(?!www\.w3\.org/|doi\.org/|arxiv\.org/)[\w/]|\b\d{1,3}(?:\.\d{1,3}){3}:\d+"
)
MACHINE = re.compile(r"(?<![\w.$~}<])/(?:home|root|work|Users|opt|mnt|srv)/\w|(?<![\w.$~}<])/(?:tmp|var)/\w")
THIRD_PARTY = {"OFL.txt"}  # licence texts are kept as their authors wrote them


def told(text: str) -> list[str]:
    """Network addresses and machine paths in a text."""
    return [match.group() for pattern in (ADDRESS, MACHINE) for match in pattern.finditer(text)]


@pytest.mark.parametrize(
    "parts", [("http:", "//registry.example"), ("see /ho", "me/someone"), ("= '/wo", "rk/main'"), ("10.0.0.1", ":80")]
)
def test_planted_addresses_are_seen(parts):
    assert told("".join(parts))


def test_committed_files_hold_no_addresses_and_no_machine_paths():
    texts = {name: _text(ROOT / name) for name in committed() if Path(name).name not in THIRD_PARTY}
    assert len(texts) > 10
    assert {name: hits for name, text in texts.items() if (hits := told(text))} == {}


def committed() -> list[str]:
    """The files that are or would be committed."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listing.stdout.splitlines() if (ROOT / name).is_file()]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # a font or an image
        return ""


def no_float(text: str):
    raise ValueError(f"a float in a certificate: {text}")


def test_a_planted_float_is_seen():
    with pytest.raises(ValueError, match=r"a float in a certificate: 0\.5"):
        json.loads('{"a": [0.5]}', parse_float=no_float)


def test_certificates_are_as_written_and_hold_no_float():
    for path in sorted((ROOT / "proofs_check" / "certificates").glob("*.json")):
        data = json.loads(path.read_text(), parse_float=no_float, parse_constant=no_float)
        assert path.read_bytes() == dump(data), path.name
        assert data["claim"] == path.stem
