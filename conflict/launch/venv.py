"""The virtual environment `.venv`: packages pinned by version and hash, installed by uv or pip."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from conflict.launch import stamps
from conflict.launch.accounts import is_root
from conflict.launch.places import ROOT, VENV
from conflict.launch.speech import Refusal, run_shown, step, up_to_date, warn

REQUIREMENTS = ROOT / "requirements.txt"
UV_REQUIREMENTS = ROOT / "conflict" / "launch" / "uv.txt"
STAMP = VENV / "sahel.stamp"
# There while something is being installed. Found at a start, it means that a package may be there in part, which
# neither pip nor uv would notice: then the environment is made anew.
UNFINISHED = VENV / "sahel.unfinished"
LOG = VENV / "sahel.log"
PYTHON = VENV / "bin" / "python"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
PIP: list[str | Path] = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
UV: list[str | Path] = [VENV / "bin" / "uv", "pip", "install", "--python", PYTHON, "--require-hashes"]
MANAGE = [str(PYTHON), str(ROOT / "manage.py")]
CHECK = "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))"
NETWORK = (
    "Usually the network or the package registry: try again, or set PIP_INDEX_URL to a mirror you can reach."
)


def interpreter() -> str | None:
    """The Python that makes the environment, or None when none here can.

    Root takes the system's: one below /root could not be started by the account that the application runs as.
    """
    here = getattr(sys, "_base_executable", sys.executable)
    candidates = ["/usr/bin/python3", here] if is_root() else [here, "/usr/bin/python3"]
    return next((path for path in candidates if makes_environments(path)), None)


def makes_environments(path: str) -> bool:
    """Whether a Python is new enough and has venv with pip."""
    return succeeds([path, "-c", CHECK])


def digest() -> str:
    """What the environment is made from."""
    return stamps.digest_of([REQUIREMENTS, UV_REQUIREMENTS])


def ensure() -> None:
    """Make `.venv` and install the pinned packages, unless it is up to date."""
    if works() and stamps.is_stamped(STAMP, digest()):
        up_to_date("Python packages")
        return
    refuse_foreign_checkout()
    if UNFINISHED.exists() or not works("pip"):
        make()
    stamps.drop(STAMP)
    UNFINISHED.touch()
    with step("Python packages", f"installing {count()} packages, pinned by hash, into .venv"):
        install()
    stamps.put(STAMP, digest())
    UNFINISHED.unlink()


def ensure_quietly() -> None:
    """The same, silent when there is nothing to do, for commands whose output is read by programs."""
    if not (works() and stamps.is_stamped(STAMP, digest())):
        ensure()


def refuse_foreign_checkout() -> None:
    """Say early that the checkout cannot be written to."""
    if not os.access(ROOT, os.W_OK) or (VENV.exists() and not os.access(VENV, os.W_OK)):
        raise Refusal(
            f"{ROOT} is not writable for this account.", "Use a checkout of your own: git clone it again."
        )


def works(module: str = "sys") -> bool:
    """Whether the environment's Python starts (after an upgrade of the system it may not) and has `module`."""
    return succeeds([str(PYTHON), "-c", f"import sys, {module}; sys.exit(sys.version_info < (3, 11))"])


def succeeds(command: list[str]) -> bool:
    """Whether a command starts and ends well."""
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def make() -> None:
    """Make a new environment with pip in it."""
    python = interpreter()
    if python is None:
        raise Refusal(
            "No Python here can make virtual environments.", "Install python3-venv (Debian, Ubuntu)."
        )
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    with step("Virtual environment", f"making .venv with {python}"):
        run_shown(
            [python, "-m", "venv", VENV],
            LOG,
            "Is the disk full? Remove .venv and try again.",
        )


def count() -> int:
    """How many packages are pinned."""
    return sum(
        1
        for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()
        if "==" in line and line[0] not in " #"
    )


def install() -> None:
    """Install with uv; if uv cannot, with pip, which reads the same file and is slower."""
    environ = index_settings(os.environ)
    try:
        run_shown([*PIP, "-r", UV_REQUIREMENTS], LOG, NETWORK, env=environ)
        run_shown([*UV, "-r", REQUIREMENTS], LOG, NETWORK, env=environ)
    except Refusal:
        warn(f"uv did not do it (why: {LOG}); trying pip, which takes longer.")
        run_shown([*PIP, "-r", REQUIREMENTS], LOG, NETWORK, env=environ)


def index_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """Tell uv what pip was told (the index, a proxy's certificates), and to trust what the system trusts."""
    told = {**environ, "UV_NO_PROGRESS": "1"}
    if CERTIFICATES.exists():
        told.setdefault("UV_NATIVE_TLS", "true")
    for ours, pips in (("UV_DEFAULT_INDEX", "PIP_INDEX_URL"), ("SSL_CERT_FILE", "PIP_CERT")):
        if environ.get(pips) and not environ.get(ours):
            told[ours] = environ[pips]
    return told


def program(name: str) -> Path:
    """A program that a package brought."""
    return VENV / "bin" / name
