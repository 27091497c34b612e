"""The file that an importer was pointed at: on this machine, or fetched through the guard."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings

from conflict.kit.problems import Problem, Refused
from events.ingest.fetch import FetchProblem, Limits, fetch

Progress = Callable[[int], None]
# Whole datasets, not feed items: larger and slower. Their packing is limited again where they are unpacked.
LIMITS = Limits(content=200_000_000, read=60.0, whole=900.0)


@contextmanager
def local_file(address: str) -> Iterator[Path]:
    """The path of a file, or of a copy of what an http(s) address answers that lasts as long as the context.

    Raises Refused when the address cannot be fetched.
    """
    if not address.lower().startswith(("http://", "https://")):
        yield Path(address)
        return
    with tempfile.TemporaryDirectory(prefix="sahel-import-") as folder:
        path = Path(folder) / name_of(address)
        path.write_bytes(fetched(address))
        yield path


def name_of(address: str) -> str:
    """The file name at the end of a path or address; `download` when there is none."""
    path = urlsplit(address).path if "://" in address else address
    return PurePosixPath(unquote(path)).name[-100:].replace("\0", "") or "download"


def fetched(address: str) -> bytes:
    """The bytes behind an address. Raises Refused with the reason of the guard or the network."""
    try:
        return fetch(address, allowed_hosts=settings.FEED_ALLOWED_HOSTS, limits=LIMITS).content
    except FetchProblem as problem:
        raise Refused(Problem("address", address, f"an address that can be fetched ({problem})")) from problem
