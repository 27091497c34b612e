"""A folder on the server into which people put files: text, HTML, PDF, Word, messages of a mailbox."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from events.ingest.items import FeedUnreadable, Item, make_item

KIND = "folder"
LABEL = {"en": "Folder of files", "fr": "Dossier de fichiers"}


def read_feed(content: bytes, base_url: str) -> list[Item]:
    """Files in the order in which they came, from the listing that `events.ingest.drop` makes (a JSON list of names).

    Raises FeedUnreadable when the bytes are no such list.
    """
    try:
        names = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise FeedUnreadable(f"not a listing of a folder: {problem}") from problem
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise FeedUnreadable("not a listing of a folder: it is no list of names")
    read = (_item(name, base_url) for name in names)
    return [item for item in read if item]


def _item(name: str, base_url: str) -> Item | None:
    address = f"{base_url.rstrip('/')}/{name}"
    return make_item(address, PurePosixPath(name.partition("?")[0]).stem, None, "", address)
