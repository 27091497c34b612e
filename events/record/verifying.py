"""Does the record still say what was published? Walks the hash chain and names the first publication that does not fit.

Every version is hashed again, redacted ones against what their redaction wrote down; every publication's content
and own digest are computed again; every version must end where the next one begins. Whoever changes a row, as the
database's superuser too, has to change every digest after it, and then the last one no longer is the one that others
wrote down: hand those in as `expected`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from events.record.columns import CURRENT

VERSIONS_AT_ONCE = 10_000
GENESIS = "sha256('Sahel Conflict Tracker'::bytea)"
TABLES = {"incident": "id", "actor": "actor"}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Misfit:
    """A publication that does not fit, and why, in words."""

    publication: int
    what: str


@dataclass(frozen=True)
class Verdict:
    """What was looked at; `misfit` is the first publication that does not fit, None when all do."""

    publications: int
    versions: int
    digest: str
    misfit: Misfit | None


def verify(
    alias: str = "record", expected: Mapping[int, str] | None = None, progress: Progress | None = None
) -> Verdict:
    """Verify the whole record through the database connection `alias`; any role that may read it can.

    `expected`: publication number -> digest (hexadecimal) written down elsewhere earlier. `progress` is called with
    (versions hashed, versions in all).
    """
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        publications, versions, digest = summary(cursor)
        found = [
            *chain(cursor),
            *unpublished(cursor),
            *contents(cursor),
            *periods(cursor),
            *hashes(cursor, versions, progress or (lambda done, total: None)),
            *checkpoints(cursor, expected or {}),
        ]
    return Verdict(
        publications, versions, digest, min(found, key=lambda misfit: misfit.publication, default=None)
    )


def summary(cursor: Any) -> tuple[int, int, str]:
    """(publications, versions, digest of the last publication)."""
    cursor.execute(
        "SELECT (SELECT count(*) FROM record.publication),"
        " (SELECT count(*) FROM record.incident_version) + (SELECT count(*) FROM record.actor_version),"
        " coalesce((SELECT encode(digest, 'hex') FROM record.publication ORDER BY number DESC LIMIT 1), '')"
    )
    publications, versions, digest = cursor.fetchone()
    return publications, versions, digest


def first(cursor: Any, sql: str, what: str) -> Iterator[Misfit]:
    """The first row of a query that returns (publication, details ...), as a misfit; `what` takes the details."""
    cursor.execute(f"SELECT * FROM ({sql}) AS found ORDER BY 1 LIMIT 1")
    for publication, *details in cursor.fetchall():
        yield Misfit(publication, what.format(*details))


def chain(cursor: Any) -> Iterator[Misfit]:
    """Numbers without gaps, each publication on the digest of the one before, each with its own digest."""
    pairs = "record.publication p LEFT JOIN record.publication b ON b.number = p.number - 1"
    yield from first(
        cursor, f"SELECT p.number - 1 FROM {pairs} WHERE p.number > 1 AND b.number IS NULL", "it is missing"
    )
    yield from first(
        cursor,
        f"SELECT p.number FROM {pairs} WHERE (p.number = 1 OR b.number IS NOT NULL)"
        f" AND p.previous <> coalesce(b.digest, {GENESIS})",
        "it was not published upon the publication that stands before it now",
    )
    yield from first(
        cursor,
        "SELECT p.number FROM record.publication p WHERE p.digest <> record.publication_digest(p)",
        "its time, kind, role, reason or content digest was changed",
    )


def unpublished(cursor: Any) -> Iterator[Misfit]:
    """Versions and redactions whose publication is gone."""
    columns = {"incident_version": "known_from", "actor_version": "known_from", "redaction": "publication"}
    for table, column in columns.items():
        yield from first(
            cursor,
            f"SELECT t.{column} FROM record.{table} t"
            f" WHERE NOT EXISTS (SELECT FROM record.publication p WHERE p.number = t.{column})",
            f"it is missing, and rows of {table} came with it",
        )


def contents(cursor: Any) -> Iterator[Misfit]:
    """What a publication contains is what it was sealed with."""
    yield from first(
        cursor,
        "SELECT p.number FROM record.publication p WHERE p.content <> record.content_digest(p.number)",
        "versions were added, removed or replaced in it",
    )


def periods(cursor: Any) -> Iterator[Misfit]:
    """Versions are numbered from 1, and each is known until the next one is."""
    for kind, key in TABLES.items():
        yield from first(
            cursor,
            f"SELECT known_from, {key}::text, version FROM (SELECT known_from, known_to, {key}, version,"
            f" lead(known_from) OVER each AS next, row_number() OVER each AS position FROM record.{kind}_version"
            f" WINDOW each AS (PARTITION BY {key} ORDER BY version)) AS v"
            f" WHERE known_to <> coalesce(next, {CURRENT}) OR version <> position",
            f"version {{1}} of {kind} {{0}} does not end where the next one begins",
        )


def hashes(cursor: Any, total: int, progress: Progress) -> Iterator[Misfit]:
    """Every version hashed again, some thousands at a time."""
    done = 0
    for kind, key in TABLES.items():
        cursor.execute(f"SELECT coalesce(max(version_id), 0) FROM record.{kind}_version")
        for start in range(0, cursor.fetchone()[0] + 1, VERSIONS_AT_ONCE):
            yield from first(cursor, changed(kind, key, start), f"version {{1}} of {kind} {{0}} was changed")
            done = min(done + VERSIONS_AT_ONCE, total)
            progress(done, total)


def changed(kind: str, key: str, start: int) -> str:
    """Versions of one range of ids that no longer hash to what was published, or to what their redaction left."""
    redaction = (
        f"SELECT FROM record.redaction r WHERE r.subject = '{kind}' AND r.version_id = v.version_id"
        " AND r.publication = v.redacted_by AND r.old_digest = v.digest AND r.new_digest = v.redacted_digest"
    )
    return (
        f"SELECT v.known_from, v.{key}::text, v.version FROM record.{kind}_version v"
        f" WHERE v.version_id >= {start:d} AND v.version_id < {start + VERSIONS_AT_ONCE:d} AND CASE"
        f" WHEN v.redacted_by IS NULL THEN record.{kind}_digest(v) <> v.digest"
        f" ELSE record.{kind}_digest(v) IS DISTINCT FROM v.redacted_digest OR NOT EXISTS ({redaction}) END"
    )


def checkpoints(cursor: Any, expected: Mapping[int, str]) -> Iterator[Misfit]:
    """Digests that were written down elsewhere are still those of the record; a cut-off end shows here alone."""
    for number, digest in sorted(expected.items()):
        cursor.execute("SELECT encode(digest, 'hex') FROM record.publication WHERE number = %s", [number])
        row = cursor.fetchone()
        if row is None:
            yield Misfit(number, "it is missing, though its digest was written down")
        elif not digest or not row[0].startswith(digest.lower()):
            yield Misfit(number, f"its digest is {row[0]}, not the {digest} that was written down")
