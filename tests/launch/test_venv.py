"""The virtual environment is made once, made again when it is broken, and filled by pip when uv fails."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conflict.launch import stamps, venv
from conflict.launch.speech import Refusal


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, whose steps are recorded in `done` instead of carried out."""
    (tmp_path / "requirements.txt").write_text("django==5.2.19 --hash=sha256:00\n")
    (tmp_path / "uv.txt").write_text("uv==1 --hash=sha256:00\n")
    for name, value in {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "STAMP": tmp_path / ".venv" / "sahel.stamp",
        "UNFINISHED": tmp_path / ".venv" / "sahel.unfinished",
        "LOG": tmp_path / ".venv" / "sahel.log",
        "PYTHON": tmp_path / ".venv" / "bin" / "python",
        "REQUIREMENTS": tmp_path / "requirements.txt",
        "UV_REQUIREMENTS": tmp_path / "uv.txt",
    }.items():
        monkeypatch.setattr(venv, name, value)
    return tmp_path


@pytest.fixture
def done(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that were taken; making an environment here means linking the Python that runs this test."""
    steps: list[str] = []

    def make() -> None:
        steps.append("make")
        shutil.rmtree(checkout / ".venv", ignore_errors=True)
        (checkout / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        python = checkout / ".venv" / "bin" / "python"
        python.unlink(missing_ok=True)
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)

    monkeypatch.setattr(venv, "make", make)
    monkeypatch.setattr(venv, "install", lambda: steps.append("install"))
    return steps


def test_a_second_start_does_nothing(done: list[str]) -> None:
    venv.ensure()
    venv.ensure()
    assert done == ["make", "install"]


def test_changed_requirements_are_installed_again(done: list[str], checkout: Path) -> None:
    venv.ensure()
    (checkout / "requirements.txt").write_text("django==5.2.20 --hash=sha256:00\n")
    venv.ensure()
    assert done == ["make", "install", "install"]


def test_after_an_interrupted_installation_the_environment_is_made_anew(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(venv, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            venv.ensure()
    venv.ensure()
    assert done == ["make", "make", "install"]


def test_an_environment_without_pip_is_made_again(done: list[str], checkout: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(checkout / ".venv")], check=True)
    assert venv.works()
    assert not venv.works("pip")
    venv.ensure()
    assert done == ["make", "install"]


def test_an_environment_whose_python_is_gone_is_made_again(done: list[str], checkout: Path) -> None:
    venv.ensure()
    (checkout / ".venv" / "bin" / "python").write_text("#!/nonexistent\n")
    venv.ensure()
    assert done == ["make", "install", "make", "install"]


def test_pip_does_it_when_uv_cannot(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def run(command: list[str | Path], *rest: object, **options: object) -> None:
        tried.append(Path(command[-1]).name if "pip" in command[:3] and command[0] == venv.PIP[0] else "uv")
        if tried[-1] == "uv":
            raise Refusal("uv ended with code 2", "")

    monkeypatch.setattr(venv, "run_shown", run)
    venv.install()
    assert tried == ["uv.txt", "uv", "requirements.txt"]


def test_the_stamp_is_put_after_the_work(done: list[str], checkout: Path) -> None:
    venv.ensure()
    assert stamps.is_stamped(checkout / ".venv" / "sahel.stamp", venv.digest())
