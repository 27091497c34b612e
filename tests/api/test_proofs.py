"""Outsiders can check every version against the chain with what the doors hand out, redacted ones too."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.test import Client

from events.record.known import query
from events.verbs.publishing import publish
from events.verbs.redacting import redact
from tests.record.cast import actor, ambush


def get(path: str) -> Any:
    response = Client(headers={"host": "localhost"}).get(f"/api/v1/{path}")
    assert response.status_code == 200, path
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return [json.loads(line) for line in body.splitlines()] if response.streaming else json.loads(body)


def content(lines: list[dict[str, Any]]) -> str:
    """The content digest, from the lines of a publication alone."""

    def joined(kind: str) -> bytes:
        return b"".join(bytes.fromhex(line["digest"]) for line in lines if line["kind"] == kind)

    redactions = b"".join(
        (line["id"] + line["reason_code"]).encode()
        + bytes.fromhex(line["digest"])
        + bytes.fromhex(line["new_digest"])
        for line in lines
        if line["kind"] == "redaction"
    )
    parts = joined("incident") + sha256(joined("actor")).digest() + sha256(redactions).digest()
    return sha256(parts).hexdigest()


def test_every_version_and_publication_can_be_checked_from_outside(database):
    army, rebels = actor("army", "state_force"), actor("rebels")
    incident = ambush(army, rebels, title_en="Convoy of Mister Example ambushed – « près d'Aguelhok »")
    publish([incident], [army, rebels], reason="First reports")
    incident.refresh_from_db()
    redact(incident, words=["Mister Example"], code="privacy", reason="Asked for")
    previous = sha256(b"Sahel Conflict Tracker").hexdigest()
    for number in range(1, query("SELECT max(number) FROM record.publication", [])[0][0] + 1):
        *lines, end = get(f"publications/{number}/contents")
        said = get(f"publications/{number}")
        assert content(lines) == said["content"] == end["end"]["content"]
        assert end["end"]["rows"] == len(lines)
        assert said["previous"] == previous
        chained = bytes.fromhex(previous) + bytes.fromhex(said["content"]) + said["sealed"].encode()
        previous = said["digest"]
        assert sha256(chained).hexdigest() == previous
    version = get(f"incidents/{incident.public_id}/versions/1")
    now = sha256(version["sealed"].encode()).hexdigest()
    assert now == version["redacted_digest"] != version["digest"]
    redaction = get(f"publications/{version['redacted_by']}/contents")[-2]
    assert (redaction["digest"], redaction["new_digest"]) == (version["digest"], now)
    assert "Mister" not in version["sealed"]
    listed = get(f"incidents/{incident.public_id}/versions")["data"][0]
    assert (listed["digest"], listed["redacted_by"]) == (version["digest"], version["redacted_by"])


def test_every_sealed_text_of_the_sample_has_its_digest(world):
    for public_id, version in query("SELECT id, version FROM record.incident_version", []):
        said = get(f"incidents/{public_id}/versions/{version}")
        assert sha256(said["sealed"].encode()).hexdigest() == said["digest"], public_id


def test_a_version_that_is_not_there_is_not_found(world):
    ask = Client(headers={"host": "localhost"}).get
    for path in ("incidents/MLI-2025-99999/versions/1", "publications/99/contents"):
        assert ask(f"/api/v1/{path}").status_code == 404
    (first,) = query("SELECT min(id) FROM record.incident_version", [])[0]
    assert ask(f"/api/v1/incidents/{first}/versions/99999999999999").status_code == 404
