"""Documents that people put into a folder of the server: listed and taken as a fetch would.

Addresses are `folder:NAME` for a folder below the drop root and `folder:NAME/FILE?VERSION` for a file in it; the
version is the file's time and size, so that a file which was replaced is a new capture.
"""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path

from events.ingest.documents import type_of
from events.ingest.fetch import Fetched, FetchProblem, Limits, Refused

SCHEME = "folder:"
LISTING = "application/json"
MOST_FILES = 1_000
# Seconds without a change before a file counts as completely written.
SETTLED = 5.0
_NAME = re.compile(r"[^\W.][\w .()'+,@-]{0,199}")


def fetch_drop(address: str, root: Path, limits: Limits | None = None) -> Fetched:
    """The listing of a folder (JSON), or one file of it.

    Raises Refused for an address that leads outside of the root, FetchProblem when nothing is there.
    """
    folder, _, file = address.removeprefix(SCHEME).partition("?")[0].partition("/")
    inside = _inside(root, folder)
    return _taken(address, inside / _named(file), limits or Limits()) if file else _listed(address, inside)


def _inside(root: Path, folder: str) -> Path:
    path = root / _named(folder)
    if path.is_symlink() or not path.is_dir():
        raise FetchProblem("missing", f"there is no folder {folder!r} in {root}")
    return path


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Refused(f"{name!r} is no name of a folder or file: no slashes, no dot at the beginning")
    return name


def _listed(address: str, folder: Path) -> Fetched:
    files = sorted((file for file in folder.iterdir() if _readable(file)), key=_version)
    names = [f"{file.name}?{_version(file)}" for file in files[-MOST_FILES:]]
    return _fetched(address, json.dumps(names).encode(), LISTING)


def _readable(file: Path) -> bool:
    known = bool(_NAME.fullmatch(file.name)) and bool(type_of(file.name)) and not file.is_symlink()
    return known and file.is_file() and time.time() - file.stat().st_mtime >= SETTLED


def _version(file: Path) -> str:
    told = file.stat()
    return f"{told.st_mtime_ns // 1_000_000:015d}-{told.st_size}"


def _taken(address: str, file: Path, limits: Limits) -> Fetched:
    if file.is_symlink() or not file.is_file():
        raise FetchProblem("missing", f"the file {file.name!r} is gone")
    if file.stat().st_size > limits.content:
        raise FetchProblem("too_large", f"the file {file.name!r} has more than {limits.content:,} bytes")
    return _fetched(address, file.read_bytes(), type_of(file.name))


def _fetched(address: str, content: bytes, kind: str) -> Fetched:
    return Fetched(address, address, 200, content, {"content-type": kind}, datetime.now(UTC), 0.0)
