"""Every package is pinned by version and hash, and no list names a registry."""

import json
import re
from pathlib import Path

import pytest

from conflict.launch import locks
from conflict.launch.places import ROOT

ENTRY = re.compile(r"^([a-z0-9][a-z0-9._-]*)(\[[a-z0-9,._-]+\])?==(\S+)", re.MULTILINE)


def pinned(file: Path) -> dict[str, str]:
    """Each pinned package with the text of its entry, hashes included."""
    text = file.read_text(encoding="utf-8")
    starts = [(found.group(1), found.start()) for found in ENTRY.finditer(text)]
    ends = [start for _, start in starts[1:]] + [len(text)]
    return {name: text[start:end] for (name, start), end in zip(starts, ends, strict=True)}


def wanted(file: Path) -> set[str]:
    """The names of the packages asked for by hand."""
    lines = [line.split("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines()]
    return {re.split(r"[\[<>=!~;\s]", line)[0].lower() for line in lines if line}


@pytest.mark.parametrize("source", locks.LISTS, ids=lambda path: path.name)
def test_everything_asked_for_is_pinned_by_hash(source: Path) -> None:
    entries = pinned(locks.LISTS[source])
    assert wanted(source) <= set(entries)
    assert [name for name, entry in entries.items() if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    "file", [*locks.LISTS.values(), ROOT / "package-lock.json"], ids=lambda path: path.name
)
def test_no_list_names_a_registry(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"https?://(?!github\.com|opencollective\.com|(www\.)?patreon\.com)", text)
    assert '"resolved"' not in text


def test_every_npm_package_is_locked_by_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, entry in packages.items() if name and not entry.get("integrity")] == []
