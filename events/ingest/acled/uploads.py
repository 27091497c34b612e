"""An export handed in at the desk: looked at as often as one likes, kept once."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import User

from conflict.kit.rejections import Rejections
from conflict.kit.textfiles import Limits
from events.ingest.acled.importer import PrivateRows, dataset, keep_export
from events.ingest.files import name_of
from events.models import TableUpload
from events.verbs.importing import Imported
from events.verbs.uploading import confirmed, keep_table

# Larger ones come in by import_acled, which has no request to answer in time.
MOST_ROWS = 100_000
UNPACKED = Limits(size=300_000_000)
# Letters of a name take at most four bytes, and names of files 255.
LONGEST_NAME = 60


@dataclass(frozen=True)
class Look:
    """What an export would do: the counts, the first rows of each kind, the first things wrong with it."""

    done: Imported
    rows: PrivateRows
    rejections: Rejections


def look(content: bytes, name: str, shown: int = 0) -> Look:
    """What the export would do; nothing is kept. Raises Refused for what is no ACLED export."""
    return brought(content, name, dry_run=True, shown=shown)


def hand_in(content: bytes, name: str, by: User) -> TableUpload:
    """Keep the file until somebody confirms it."""
    return keep_table(content, name, dataset(), by=by)


def confirm(upload: TableUpload, by: User) -> Look:
    """Keep its rows as reference events. Raises Refused when that was done already."""
    with confirmed(upload) as row:
        made = brought(bytes(row.content), row.name, by=by)
        row.run = made.done.run
    return made


def brought(
    content: bytes, name: str, *, by: User | None = None, dry_run: bool = False, shown: int = 0
) -> Look:
    """The importer reads files, so the bytes become one for as long as it reads."""
    rejections = Rejections(None, keep=shown)
    with tempfile.TemporaryDirectory(prefix="sahel-export-") as folder:
        path = Path(folder) / name_of(name)[-LONGEST_NAME:]
        path.write_bytes(content)
        done, rows = keep_export(
            path, name, rejections, by=by, dry_run=dry_run, limits=UNPACKED, most_rows=MOST_ROWS, shown=shown
        )
    return Look(done, rows, rejections)
