"""A folder on the server as a feed: what lies in it is listed once it is settled, and nothing outside is reached."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from events.ingest.drop import SETTLED, fetch_drop
from events.ingest.feeds import read_feed
from events.ingest.fetch import FetchProblem, Limits, Refused
from events.ingest.items import Item


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "partners").mkdir()
    return tmp_path


def put(folder: Path, name: str, content: bytes, age: float) -> None:
    file = folder / name
    file.write_bytes(content)
    then = time.time() - age
    os.utime(file, (then, then))


def listed(root: Path) -> list[Item]:
    listing = fetch_drop("folder:partners", root)
    return read_feed("folder", listing.content, listing.final_url)


def test_settled_files_of_known_formats_are_items_in_the_order_they_came(root: Path) -> None:
    folder = root / "partners"
    put(folder, "later.txt", b"b", 60)
    put(folder, "Note de mai.pdf", b"a", 120)
    put(folder, "being-written.txt", b"c", SETTLED / 10)
    put(folder, "program.exe", b"d", 60)
    put(folder, ".hidden.txt", b"e", 60)
    assert [item.title for item in listed(root)] == ["Note de mai", "later"]


def test_an_item_is_taken_with_its_type(root: Path) -> None:
    put(root / "partners", "report.txt", "L'armée a annoncé la mort de dix soldats.".encode(), 60)
    (item,) = listed(root)
    taken = fetch_drop(item.url, root)
    assert taken.headers["content-type"] == "text/plain" and "armée" in taken.content.decode()


def test_a_replaced_file_is_a_new_item(root: Path) -> None:
    put(root / "partners", "report.txt", b"At least ten dead", 120)
    (before,) = listed(root)
    put(root / "partners", "report.txt", b"At least twelve dead", 60)
    (after,) = listed(root)
    assert before.guid != after.guid


@pytest.mark.parametrize(
    "address",
    ["folder:..", "folder:partners/../../etc/passwd", "folder:/etc/passwd", "folder:partners/..", "folder:"],
)
def test_addresses_that_lead_outside_are_refused(root: Path, address: str) -> None:
    with pytest.raises(Refused):
        fetch_drop(address, root)


def test_links_are_neither_listed_nor_followed(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    put(tmp_path, "secret.txt", b"not for the record", 60)
    (root / "partners" / "link.txt").symlink_to(secret)
    (root / "elsewhere").symlink_to(tmp_path)
    assert listed(root) == []
    for address in ("folder:partners/link.txt", "folder:elsewhere/secret.txt", "folder:elsewhere"):
        with pytest.raises(FetchProblem):
            fetch_drop(address, root)


def test_a_file_beyond_the_limit_is_not_taken(root: Path) -> None:
    put(root / "partners", "large.txt", b"x" * 101, 60)
    (item,) = listed(root)
    with pytest.raises(FetchProblem, match="more than 100 bytes"):
        fetch_drop(item.url, root, Limits(content=100))


def test_a_folder_that_is_not_there_says_so(root: Path) -> None:
    with pytest.raises(FetchProblem, match="there is no folder 'nobody'"):
        fetch_drop("folder:nobody", root)
