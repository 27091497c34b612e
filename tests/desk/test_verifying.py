"""Whoever tampers with the record, as the database's superuser too, is found out, and the first bad publication named."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from events.record.verifying import verify
from events.verbs.publishing import publish
from events.verbs.redacting import redact
from tests.record.cast import ambush


@pytest.fixture
def record(published, people, army, rebels):
    """Five publications: the actors, an incident, another, a correction of the first, a redaction."""
    publish([ambush(army, rebels, title_en="Second")], reason="Second")
    published.title_en = "Convoy attacked"
    published.revision += 1
    published.save()
    publish([published], reason="Corrected")
    redact(published, words=["convoy"], code="legal", reason="A word")
    assert verify().misfit is None
    return published


TAMPERING = {
    "a value": ("UPDATE record.incident_version SET fatalities_low = 1 WHERE title_en = 'Second'", 3),
    "a document": (
        "UPDATE record.incident_version SET document = document || '{\"x\": 1}' WHERE title_en = 'Second'",
        3,
    ),
    "a redacted value": ("UPDATE record.incident_version SET title_en = 'Other' WHERE known_from = 2", 2),
    "an actor": ("UPDATE record.actor_version SET name_en = 'Nobody' WHERE slug = 'army'", 1),
    "a value with its digest": (
        "UPDATE record.incident_version SET fatalities_low = 1 WHERE title_en = 'Second';"
        "UPDATE record.incident_version v SET digest = record.incident_digest(v) WHERE title_en = 'Second'",
        3,
    ),
    "a value with every digest of its publication": (
        "UPDATE record.incident_version SET fatalities_low = 1 WHERE title_en = 'Second';"
        "UPDATE record.incident_version v SET digest = record.incident_digest(v) WHERE title_en = 'Second';"
        "UPDATE record.publication SET content = record.content_digest(number) WHERE number = 3;"
        "UPDATE record.publication p SET digest = record.publication_digest(p) WHERE number = 3",
        4,
    ),
    "a deleted version": ("DELETE FROM record.incident_version WHERE title_en = 'Second'", 3),
    "an added version": (
        "INSERT INTO record.actor_version (actor, slug, version, known_from, state, kind, name_en, name_fr, document,"
        " digest) VALUES (77, 'ghost', 1, 2, 'published', 'rebel', 'Ghost', 'Ghost', '{}', '');"
        "UPDATE record.actor_version v SET digest = record.actor_digest(v) WHERE slug = 'ghost'",
        2,
    ),
    "a reason": ("UPDATE record.publication SET reason = 'Nothing' WHERE number = 4", 4),
    "a deleted publication": (
        "DELETE FROM record.incident_version WHERE known_from = 3; DELETE FROM record.publication WHERE number = 3",
        3,
    ),
    "a period": ("UPDATE record.incident_version SET known_to = 5 WHERE known_from = 2", 2),
    "a hidden incident": ("UPDATE record.incident_version SET known_to = 4 WHERE title_en = 'Second'", 3),
    "a redaction's note": ("DELETE FROM record.redaction WHERE publication = 5", 2),
    "a redaction undone": (
        "UPDATE record.incident_version SET redacted_by = NULL, redacted_digest = NULL WHERE known_from = 2",
        2,
    ),
    "a redaction made up": (
        "UPDATE record.incident_version SET title_en = 'Made up', redacted_by = 5 WHERE title_en = 'Second';"
        "UPDATE record.incident_version v SET redacted_digest = record.incident_digest(v) WHERE title_en = 'Made up'",
        3,
    ),
    "publications cut off whose versions stayed": ("DELETE FROM record.publication WHERE number > 3", 4),
    "a cut-off end": (
        "DELETE FROM record.redaction; DELETE FROM record.publication WHERE number = 5",
        2,
    ),
}


def tamper(connection, sql: str) -> None:
    """As only a superuser could, with every trigger and check asleep."""
    connection.execute("SET session_replication_role = replica")
    connection.execute(sql)


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found_and_the_first_bad_publication_named(kind, record, superuser_connection):
    sql, publication = TAMPERING[kind]
    tamper(superuser_connection, sql)
    misfit = verify().misfit
    assert misfit is not None, kind
    assert misfit.publication == publication, misfit
    with pytest.raises(CommandError, match=f"does not fit: {publication} "):
        call_command("verify_record", stdout=StringIO())


def test_a_whole_tail_that_was_cut_off_is_found_by_what_was_written_down(record, superuser_connection):
    said = StringIO()
    call_command("verify_record", stdout=said)
    kept = said.getvalue().split()[-1]
    tamper(
        superuser_connection,
        "DELETE FROM record.incident_version; DELETE FROM record.redaction;"
        "DELETE FROM record.publication WHERE number > 1",
    )
    call_command("verify_record", stdout=StringIO())
    with pytest.raises(CommandError, match=r"does not fit: 5 .*missing"):
        call_command("verify_record", "--expect", kept, stdout=StringIO())


def test_a_checkpoint_that_fits_is_accepted_and_nonsense_refused(record):
    said = StringIO()
    call_command("verify_record", stdout=said)
    call_command("verify_record", "--expect", said.getvalue().split()[-1], stdout=StringIO())
    with pytest.raises(CommandError, match="NUMBER:DIGEST"):
        call_command("verify_record", "--expect", "five", stdout=StringIO())


def test_anybody_who_may_read_the_record_can_verify_it(record):
    assert (verify("record").publications, verify("default").digest) == (5, verify("record").digest)
