"""Pinned lists: requirements.txt and its two small companions by uv, package-lock.json by npm.

Lists name packages, versions and hashes, and no registry: whoever installs says where from.
"""

from __future__ import annotations

import os
from pathlib import Path

from conflict.launch import frontend, venv
from conflict.launch.places import ROOT
from conflict.launch.speech import run_shown, step

OLDEST_PYTHON = "3.11"
NPM_LOCK = ("install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
UV_LOCK = ("--universal", "--generate-hashes", "--upgrade", "--no-emit-index-url", "--quiet")
LISTS = {
    ROOT / "requirements.in": venv.REQUIREMENTS,
    ROOT / "conflict" / "launch" / "uv.in": venv.UV_REQUIREMENTS,
    ROOT / "conflict" / "launch" / "node.in": frontend.NODE_REQUIREMENTS,
}


def compile_all() -> None:
    """Compile every list."""
    for source, target in LISTS.items():
        compile_list(source, target)
    chosen = frontend.node()
    with step("Front-end packages", "locking package-lock.json"):
        command = [*chosen.npm, *NPM_LOCK]
        run_shown(command, venv.LOG, venv.NETWORK, env=chosen.environ(), cwd=ROOT)


def compile_list(source: Path, target: Path) -> None:
    """Pin one list for every supported Python and platform, with the hash of every file."""
    said = ["--python-version", OLDEST_PYTHON, "--custom-compile-command", "./run lock"]
    named: list[str | Path] = [source.relative_to(ROOT), "-o", target.relative_to(ROOT)]
    with step("Python packages", f"pinning {target.relative_to(ROOT)}"):
        environ = venv.index_settings(os.environ)
        command = [venv.program("uv"), "pip", "compile", *UV_LOCK, *said, *named]
        run_shown(command, venv.LOG, venv.NETWORK, env=environ, cwd=ROOT)
