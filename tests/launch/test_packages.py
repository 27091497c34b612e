"""System packages: nothing is installed when nothing is missing, and what cannot be installed is named."""

import os
import subprocess
from pathlib import Path

import pytest

from conflict.launch import packages
from conflict.launch.packages import Need
from conflict.launch.places import ROOT
from conflict.launch.speech import Refusal


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Records the calls of the installing script, which here installs nothing and answers 77."""
    made: list[list[str]] = []

    def record(command: list[str], log: Path, **options: object) -> tuple[int, list[str]]:
        made.append(command)
        return packages.CANNOT_INSTALL, ["apt-get install --no-install-recommends database-package"]

    monkeypatch.setattr(packages, "run_logged", record)
    return made


def need(name: str, met: bool) -> Need:
    return Need(name, lambda: met, lambda: [f"{name}-package"])


def test_nothing_is_called_when_everything_is_there(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages, "NEEDS", {"redis": need("redis", met=True)})
    packages.ensure(("redis",))
    assert calls == []
    assert "all here" in capsys.readouterr().out


def test_only_what_is_missing_is_installed(calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        packages, "NEEDS", {"redis": need("redis", met=True), "database": need("database", met=False)}
    )
    with pytest.raises(Refusal, match="apt-get install --no-install-recommends database-package"):
        packages.ensure(("redis", "database"))
    assert [call[2:] for call in calls] == [["database-package"]]


def test_postgis_comes_for_the_server_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "SERVERS", tmp_path)
    assert packages.database_packages() == ["postgresql-postgis"]
    for version in ("9", "16"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "postgres").touch()
    assert packages.database_packages() == ["postgresql-16-postgis-3"]


def test_a_server_without_postgis_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "SERVERS", tmp_path / "lib")
    monkeypatch.setattr(packages, "SHARED", tmp_path / "share")
    monkeypatch.setattr(packages, "elsewhere", lambda major: None)
    for version in ("15", "16"):
        (tmp_path / "lib" / version / "bin").mkdir(parents=True)
        (tmp_path / "lib" / version / "bin" / "postgres").touch()
        (tmp_path / "share" / version / "extension").mkdir(parents=True)
    for name in packages.EXTENSIONS:
        (tmp_path / "share" / "15" / "extension" / f"{name}.control").touch()
    assert packages.server_programs() == tmp_path / "lib" / "15" / "bin"
    assert packages.server_programs("16") is None


def test_without_the_right_to_install_the_exact_line_is_printed(tmp_path: Path) -> None:
    programs = {"id": "echo 1000", "apt-get": "exit 99"}
    for name, script in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    script = ROOT / "conflict" / "launch" / "install.sh"
    done = subprocess.run(
        ["/bin/sh", str(script), "redis-server", "postgresql-postgis"],
        env={"PATH": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == packages.CANNOT_INSTALL
    assert "apt-get install --no-install-recommends redis-server postgresql-postgis" in done.stderr


def test_without_apt_the_packages_are_named(tmp_path: Path) -> None:
    script = ROOT / "conflict" / "launch" / "install.sh"
    done = subprocess.run(
        ["/bin/sh", str(script), "redis-server"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == packages.CANNOT_INSTALL
    assert "redis-server" in done.stderr


def test_a_chosen_browser_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = tmp_path / "my-chromium"
    chosen.write_text("#!/bin/sh\n")
    chosen.chmod(0o755)
    monkeypatch.setitem(os.environ, "CHROMIUM", str(chosen))
    assert packages.browser() == str(chosen)
