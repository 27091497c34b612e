"""./run in words: help, refusals and documents name every command."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conflict.launch import testing
from conflict.launch.__main__ import main
from conflict.launch.commands import COMMANDS
from conflict.launch.places import ROOT
from conflict.launch.speech import Refusal


def test_help_names_every_command() -> None:
    done = subprocess.run(
        ["sh", str(ROOT / "run"), "--help"], capture_output=True, text=True, check=True, cwd="/"
    )
    assert [name for name in COMMANDS if f"./run {name}" not in done.stdout] == []


def test_the_operations_page_names_every_command() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"./run {name}" not in page and name != "start"] == []


def test_the_operations_page_names_every_variable_that_the_launcher_reads() -> None:
    sources = [*(ROOT / "conflict" / "launch").glob("*.py"), ROOT / "deploy" / "gunicorn.conf.py"]
    pattern = re.compile(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"")
    read = {name for source in sources for name in pattern.findall(source.read_text(encoding="utf-8"))}
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {"PORT", "WEB_THREADS"} <= read
    assert [name for name in sorted(read - {"HOME", "PATH"}) if f"`{name}`" not in page] == []


def test_an_unknown_command_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["strat"]) == 2
    assert "./run start" in capsys.readouterr().err


def test_a_refusal_says_what_to_do_and_shows_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert main([]) == 1
    said = capsys.readouterr().err
    assert "PORT is 'eighty'" in said
    assert "What to do:" in said
    assert "Traceback" not in said


def test_the_launcher_starts_on_a_bare_python_without_packages() -> None:
    command = [sys.executable, "-S", "-m", "conflict.launch", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_status_of_a_copy_that_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHEL_DATA", str(tmp_path / "data"))
    assert main(["status"]) == 3
    assert main(["stop"]) == 0


def test_reset_without_a_terminal_needs_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHEL_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "stdin", open("/dev/null"))  # noqa: SIM115
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secrets.json").write_text("{}")
    assert main(["reset"]) == 1
    assert (tmp_path / "data" / "secrets.json").exists()
    assert main(["reset", "--yes"]) == 0
    assert not (tmp_path / "data" / "secrets.json").exists()


def test_reset_leaves_what_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHEL_DATA", str(tmp_path))
    (tmp_path / "thesis.txt").write_text("mine")
    assert main(["reset", "--yes"]) == 0
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_an_unknown_benchmark_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "BENCHES", tmp_path)
    (tmp_path / "bench_import.py").touch()
    with pytest.raises(Refusal) as refused:
        testing.bench({}, ["imports"])
    assert "import" in refused.value.advice


def test_a_commands_exit_code_is_passed_on() -> None:
    assert testing.run_attached([sys.executable, "-c", "raise SystemExit(7)"], {}) == 7
