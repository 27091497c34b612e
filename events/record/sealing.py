"""What outsiders need to check the record themselves: the text that each version's digest is over, and what a publication hashes.

The functions of schema.sql hash the same texts; a test holds the two equal for every version.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from events.record.reading import STREAM_ROWS, dict_cursor, mappings

INCIDENT_PARTS = (
    *(
        "id",
        "version",
        "known_from",
        "state",
        "target",
        "event_type",
        "event_subtype",
        "date_start",
        "date_end",
    ),
    *("date_precision", "country", "admin1", "admin2", "admin3", "admin1_name", "admin2_name", "place"),
    *("longitude", "latitude", "location_precision", "participants", "actor_roles", "fatalities_low"),
    *(
        "fatalities_best",
        "fatalities_high",
        "open_ended",
        "contested",
        "claims",
        "claimants",
        "civilian_targeting",
    ),
    *(
        "verification",
        "dataset",
        "dataset_id",
        "sources",
        "part_of",
        "title_en",
        "title_fr",
        "search::text",
        "document",
    ),
)
SEALED = f"jsonb_build_array({', '.join(f'v.{part}' for part in INCIDENT_PARTS)})::text"
DIGESTS = (
    "encode(v.digest, 'hex') AS digest, v.redacted_by, encode(v.redacted_digest, 'hex') AS redacted_digest"
)
# In the order in which `record.content_digest` hashes them.
CONTENTS = """
SELECT 'incident' AS kind, id, version, encode(digest, 'hex') AS digest, NULL::text AS new_digest, NULL AS reason_code,
       1 AS part, version_id AS position FROM record.incident_version WHERE known_from = %s
UNION ALL
SELECT 'actor', slug, version, encode(digest, 'hex'), NULL, NULL, 2, version_id FROM record.actor_version WHERE known_from = %s
UNION ALL
SELECT 'redaction', subject || version_id, NULL, encode(old_digest, 'hex'), encode(new_digest, 'hex'), reason_code, 3, id
FROM record.redaction WHERE publication = %s
ORDER BY part, position
"""


def sealed(public_id: str, version: int, number: int) -> dict[str, Any] | None:
    """One version as it is hashed, if it was known at a publication; its digest is over `sealed` unless it was redacted."""
    found = mappings(
        f"SELECT v.id, v.version, v.known_from AS publication, v.state, {SEALED} AS sealed, {DIGESTS}"
        " FROM record.incident_version v WHERE v.id = %s AND v.version = %s AND v.known_from <= %s",
        [public_id, version, number],
    )
    return found[0] if found else None


def contents(number: int) -> Iterator[dict[str, Any]]:
    """What a publication hashes: its incident versions, its actor versions, its redactions, each in order."""
    with transaction.atomic("record"), dict_cursor(name="contents") as cursor:
        cursor.itersize = STREAM_ROWS
        yield from cursor.execute(CONTENTS, [number, number, number])
