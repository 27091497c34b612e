"""Releases: a name and a title on a publication, as a tag is on a commit.

A release's digest is the digest of its publication, which is chained to every publication before: whoever cites the
release fixes the whole record up to there.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from events.record.reading import mappings

SHOWN = "r.name, r.title, r.publication, r.at, encode(r.digest, 'hex') AS digest, p.at AS published_at"


def add(name: str, number: int, title: str) -> str | None:
    """Name a publication, on the desk's connection; its digest, or None when the name is taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO record.release (name, publication, title, digest)"
            " SELECT %s, number, %s, digest FROM record.publication WHERE number = %s"
            " ON CONFLICT (name) DO NOTHING RETURNING encode(digest, 'hex')",
            [name, title, number],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def newest_publication() -> int:
    """The newest publication as the desk sees it; 0 when nothing has been published."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM record.publication")
        return cursor.fetchone()[0]


def releases(number: int) -> list[dict[str, Any]]:
    """Every release of publications up to `number`, newest publication first."""
    return mappings(
        f"SELECT {SHOWN} FROM record.release r JOIN record.publication p ON p.number = r.publication"
        " WHERE r.publication <= %s ORDER BY r.publication DESC, r.at DESC",
        [number],
    )


def release_named(name: str) -> dict[str, Any] | None:
    """One release."""
    found = mappings(
        f"SELECT {SHOWN} FROM record.release r JOIN record.publication p ON p.number = r.publication WHERE r.name = %s",
        [name],
    )
    return found[0] if found else None
