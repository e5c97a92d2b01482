"""The set-up script: what it runs, when it installs, and how it fails."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def script(tmp_path, monkeypatch):
    """The module `run.py`, moved to a folder of its own."""
    spec = importlib.util.spec_from_file_location("run_script", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in module.PINS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    for name, place in {
        "ROOT": "",
        "VENV": ".venv",
        "PYTHON": ".venv/python",
        "STAMP": ".venv/stamp",
        "LOG": "build/log",
    }.items():
        monkeypatch.setattr(module, name, tmp_path / place)
    return module


def test_commands(script):
    python = str(script.PYTHON)
    assert script.command(["verify", "--jobs", "1"]) == [
        *[python, "-m", "theory", "verify", "--report", "build/report"],
        *["--jobs", "1"],
    ]
    assert script.command(["test", "-x"])[-2:] == ["not slow and not gpu and not scale", "-x"]


@pytest.mark.parametrize("arguments", [[], ["frobnicate"]])
def test_wrong_usage(script, capsys, arguments):
    assert script.main(arguments) == 64
    assert capsys.readouterr().err.startswith("usage: python3 run.py verify")


def test_the_stamp_follows_every_pin(script):
    seen = {script.stamp_text()}
    for name in script.PINS:
        (script.ROOT / name).write_text("changed")
        seen.add(script.stamp_text())
    assert len(seen) == 1 + len(script.PINS)


def test_ready_only_with_python_and_the_present_stamp(script):
    assert not script.is_ready()
    script.VENV.mkdir()
    script.STAMP.write_text(script.stamp_text())
    assert not script.is_ready()
    script.PYTHON.write_text("")
    assert script.is_ready()
    (script.ROOT / "constraints.txt").write_text("changed")
    assert not script.is_ready()


def test_a_failing_step_shows_the_end_of_its_output(script, capsys):
    script.LOG.parent.mkdir()
    with pytest.raises(script.SetupError, match=r"(?s)making tea failed; the last lines of build/log:.*no kettle"):
        script.step("making tea", [sys.executable, "-c", "import sys; sys.exit('no kettle')"])
    assert "making tea ... failed" in capsys.readouterr().err
    assert not script.step("making tea", [sys.executable, "-c", "raise SystemExit(1)"], fatal=False)


def test_pip_takes_over_when_the_fast_installer_cannot_be_had(script, monkeypatch):
    steps = []
    monkeypatch.setattr(script, "step", lambda what, arguments, fatal=True: steps.append(what) or fatal)
    script.install()
    assert steps == ["fetching the installer", "installing the pinned dependencies with pip"]


def test_it_needs_only_the_standard_library():
    code = f"import runpy; runpy.run_path({str(ROOT / 'run.py')!r}, run_name='probe')"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, timeout=60)
