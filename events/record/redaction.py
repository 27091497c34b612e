"""Replacing words in published versions. Called by the verb `redact` alone, inside its transaction.

`record.redact_incident` keeps the digest that was published, writes the new one beside it and an entry into
`record.redaction`, which the publication of the redaction hashes: the chain still verifies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from events.record.ledger import SEARCH

# What a redaction may replace; record.redact_incident leaves every other column alone.
REDACTABLE = (
    "title_en",
    "title_fr",
    "place",
    "longitude",
    "latitude",
    "location_precision",
    "admin1",
    "admin2",
    "admin3",
    "admin1_name",
    "admin2_name",
    "participants",
    "actor_roles",
    "sources",
    "document",
)
VERSIONS = f"""
SELECT version_id, (SELECT row_to_json(kept) FROM (
    SELECT {", ".join("v." + name for name in REDACTABLE)}) AS kept)::text
FROM record.incident_version v WHERE id = %s ORDER BY version
"""
REPLACE = f"""
SELECT record.redact_incident(%s, %s, %s::jsonb || jsonb_build_object('search', ({SEARCH})::text), %s::text[], %s)
FROM (SELECT %s::text AS search_title, %s::text AS search_place, %s::text AS search_text) AS new
"""


def versions(public_id: str) -> list[tuple[int, dict[str, Any]]]:
    """(version id, its redactable columns) of every version of an incident, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [public_id])
        return [(row[0], json.loads(row[-1])) for row in cursor.fetchall()]


def replace(
    number: int, version_id: int, columns: Mapping[str, Any], changed: Sequence[str], reason_code: str
) -> None:
    """Write the columns of one version under the publication `number`; what search looks through follows them."""
    patch = json.dumps({name: columns[name] for name in changed})
    with connection.cursor() as cursor:
        cursor.execute(
            REPLACE, [number, version_id, patch, list(changed), reason_code, *search_texts(columns)]
        )


def search_texts(columns: Mapping[str, Any]) -> tuple[str, str, str]:
    """What search looks through, by weight, as the columns now say it."""
    labels = [part[2] for part in columns["participants"]]
    summaries = columns["document"].get("summaries", {}).values()
    place = [columns[name] for name in ("place", "admin1_name", "admin2_name")]
    return (
        f"{columns['title_en']} {columns['title_fr']}",
        " ".join(name for name in place if name),
        " ".join([*labels, *summaries]),
    )
