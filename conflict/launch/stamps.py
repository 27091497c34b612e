"""Stamps: a step leaves a digest of what it was done from, and is skipped while that has not changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

SKIPPED_FOLDERS = {"__pycache__", "node_modules", "build", ".git", ".venv"}


def digest_of(paths: Iterable[Path], *words: str) -> str:
    """SHA-256 over files (folders: all files in them) and words; names count, times do not."""
    total = hashlib.sha256()
    for word in words:
        total.update(word.encode() + b"\0")
    for path in paths:
        for file in files_in(path):
            total.update(str(file).encode() + b"\0")
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def files_in(path: Path) -> list[Path]:
    """The file itself, or the files below a folder, sorted, without what is generated there."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        return []
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file() and not SKIPPED_FOLDERS.intersection(file.relative_to(path).parts[:-1])
    )


def is_stamped(stamp: Path, digest: str) -> bool:
    """Whether the step that left `stamp` was done from the same things."""
    try:
        return stamp.read_text(encoding="ascii").strip() == digest
    except (OSError, UnicodeDecodeError):
        return False


def put(stamp: Path, digest: str) -> None:
    """Leave the stamp, after the work."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest + "\n", encoding="ascii")


def drop(stamp: Path) -> None:
    """Take the stamp away before the work, so that a half-done step is done again."""
    stamp.unlink(missing_ok=True)
