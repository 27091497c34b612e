"""System packages: what is needed, what of it is there, and the one call that installs the rest.

A need is met by what is found on the machine, however it came there; apt is called for missing ones alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from conflict.launch import venv
from conflict.launch.places import ROOT
from conflict.launch.speech import Refusal, run_logged, step, up_to_date

SERVERS = Path("/usr/lib/postgresql")
SHARED = Path("/usr/share/postgresql")
EXTENSIONS = ("postgis", "pg_trgm", "unaccent", "btree_gist")
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FONTS = Path("/usr/share/fonts/truetype")
INSTALL = ROOT / "conflict" / "launch" / "install.sh"
CANNOT_INSTALL = 77
ADVICE = "Often it is the network, a full disk, or another apt at work; then call ./run again."


@dataclass(frozen=True)
class Need:
    """Something the machine must have: how to see that it is there, which packages bring it."""

    name: str
    is_met: Callable[[], bool]
    packages: Callable[[], list[str]]


def server_programs(major: str | None = None) -> Path | None:
    """The folder of PostgreSQL's programs: of version `major`, or the newest that has all our extensions."""
    for folder in sorted(SERVERS.glob("*/bin"), key=version_of, reverse=True):
        if (
            (folder / "postgres").exists()
            and (major in (None, str(version_of(folder))))
            and has_extensions(folder)
        ):
            return folder
    return elsewhere(major)


def version_of(folder: Path) -> int:
    """Major version of a Debian program folder such as /usr/lib/postgresql/15/bin; 0 if it names none."""
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def has_extensions(folder: Path, shared: Path | None = None) -> bool:
    """Whether PostGIS and the contributed extensions are installed for the server in `folder`."""
    shared = shared or SHARED / folder.parent.name
    return all((shared / "extension" / f"{name}.control").exists() for name in EXTENSIONS)


def elsewhere(major: str | None) -> Path | None:
    """A server outside Debian's folders, as told by pg_config."""
    try:
        said = subprocess.run(["pg_config"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    told = dict(line.split(" = ", 1) for line in said.splitlines() if " = " in line)
    folder, shared = Path(told.get("BINDIR", "/")), Path(told.get("SHAREDIR", "/"))
    found = re.search(r"\d+", told.get("VERSION", ""))
    right = found is not None and major in (None, found.group())
    return folder if right and (folder / "postgres").exists() and has_extensions(folder, shared) else None


def database_packages() -> list[str]:
    """PostGIS for the newest PostgreSQL server that is installed, else the distribution's own pair."""
    installed = [version_of(path.parent) for path in SERVERS.glob("*/bin/postgres")]
    return [f"postgresql-{max(installed)}-postgis-3"] if any(installed) else ["postgresql-postgis"]


def redis_program() -> str | None:
    """Path of the Redis server (or Valkey, which answers alike)."""
    return shutil.which("redis-server", path=wide_path()) or shutil.which("valkey-server", path=wide_path())


def browser() -> str | None:
    """Path of a Chromium: CHROMIUM from the environment, else the first found."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    return next((path for name in BROWSERS if (path := shutil.which(name, path=wide_path()))), None)


def wide_path() -> str:
    """PATH with the administrators' folders, which ordinary accounts may lack."""
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/bin", "/usr/bin", "/usr/sbin", "/sbin"])


def has_fonts() -> bool:
    """Whether any TrueType font is there: Chromium shows empty boxes without."""
    return FONTS.is_dir() and any(FONTS.rglob("*.ttf"))


NEEDS = {
    need.name: need
    for need in (
        Need("python", lambda: venv.interpreter() is not None, lambda: ["python3", "python3-venv"]),
        Need("database", lambda: server_programs() is not None, database_packages),
        Need("redis", lambda: redis_program() is not None, lambda: ["redis-server"]),
        Need("browser", lambda: browser() is not None, lambda: ["chromium"]),
        Need("fonts", has_fonts, lambda: ["fonts-dejavu-core"]),
        Need("gdal", lambda: shutil.which("ogr2ogr", path=wide_path()) is not None, lambda: ["gdal-bin"]),
    )
}
TO_RUN = ("python", "database", "redis")
# GDAL is a client of ours there, as QGIS and ogr2ogr are; the product itself needs none of it.
TO_TEST = (*TO_RUN, "browser", "fonts", "gdal")


def missing(names: tuple[str, ...]) -> list[Need]:
    """The needs that nothing on this machine meets."""
    return [NEEDS[name] for name in names if not NEEDS[name].is_met()]


def named(needs: list[Need]) -> str:
    """Needs in words."""
    return ", ".join(need.name for need in needs) or "nothing"


def ensure(names: tuple[str, ...]) -> None:
    """Install the packages for what is missing; no call of apt when nothing is.

    Raises Refusal when they cannot be installed by this account, or are not there after it.
    """
    absent = missing(names)
    if not absent:
        up_to_date("System packages", f"all here ({', '.join(names)})")
        return
    wanted = [package for need in absent for package in need.packages()]
    with step("System packages", f"installing {' '.join(wanted)}"):
        install(wanted)
    still = missing(names)
    if still:
        raise Refusal(f"After installing {' '.join(wanted)}, these are missing: {named(still)}.", ADVICE)


def install(wanted: list[str]) -> None:
    """Call the installing script. Raises Refusal when it may not or cannot."""
    handle, log = tempfile.mkstemp(prefix="sahel-apt-", suffix=".log")
    os.close(handle)
    code, lines = run_logged(["sh", str(INSTALL), *wanted], Path(log), attached=True)
    said = "".join(f"\n    {line}" for line in lines)
    if code in (0, CANNOT_INSTALL):
        os.unlink(log)
    if code == CANNOT_INSTALL:
        raise Refusal(
            f"Packages are missing, and this account cannot install them.{said}", "Then call ./run again."
        )
    if code != 0:
        raise Refusal(f"Installing packages ended with code {code}:{said}\n  All it said: {log}", ADVICE)
