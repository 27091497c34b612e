"""A private ACLED export: on the desk to be looked at, and whatever anybody does, never in the record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from conflict.kit.problems import Refused
from events.ingest.acled.importer import dataset, import_acled
from events.models import Claim, ImportRun, Incident, ReferenceEvent, Source, Trace
from events.verbs.editing import approve, revise, submit
from events.verbs.importing import Origin, import_rows
from events.verbs.publishing import publish
from events.verbs.redacting import redact
from events.verbs.referencing import keep_reference
from events.verbs.releasing import release
from events.verbs.withdrawing import merge, retract
from tests.conftest import address
from tests.desk.browsing import Desk
from tests.importers.acled_rows import COLUMNS, MARK, row, write
from tests.record.cast import actor, ambush, person
from tests.record.cast import dataset as other_dataset


@pytest.fixture(autouse=True)
def quick_passwords(settings, tmp_path) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def kept(database, tmp_path) -> ReferenceEvent:
    """Three private rows on the desk, and one incident of our own in the record."""
    import_acled(str(write(tmp_path / "export.csv", [row(1), row(2), row(3)])))
    army, rebels = actor("army", "state_force"), actor("rebels")
    publish([ambush(army, rebels, title_en="Ours")], [army, rebels], reason="First reports")
    return ReferenceEvent.objects.get(external_id="ZZT1")


def load(path, **options: object) -> str:
    said = StringIO()
    call_command("import_acled", str(path), stdout=said, **options)
    return said.getvalue()


def test_every_row_is_accounted_for_and_loading_again_changes_nothing(database, tmp_path):
    path = write(tmp_path / "export.csv", [row(1), row(2), row(3, latitude="far"), row(2, fatalities="9")])
    report = tmp_path / "rejected.csv"
    assert "4 rows read = 2 created + 0 changed + 0 unchanged + 2 rejected" in load(path, report=report)
    lines = {(line["line"], line["column"]) for line in csv.DictReader(report.open(encoding="utf-8"))}
    assert lines == {("4", "latitude"), ("3", "event_id_cnty")}
    assert "4 rows read = 0 created + 0 changed + 2 unchanged + 2 rejected" in load(path)
    assert ReferenceEvent.objects.get(external_id="ZZT2").fatalities == 9
    assert ImportRun.objects.get().publication is None


def test_a_later_export_changes_the_rows_that_changed(database, tmp_path):
    load(write(tmp_path / "a.csv", [row(1), row(2)]))
    said = load(write(tmp_path / "b.csv", [row(1, event_date="03 February 2019"), row(2, fatalities="8")]))
    assert "2 rows read = 0 created + 2 changed + 0 unchanged + 0 rejected" in said
    event = ReferenceEvent.objects.get(external_id="ZZT1")
    assert (event.day.isoformat(), event.row["event_date"]) == ("2019-02-03", "03 February 2019")


def test_a_dry_run_keeps_nothing(database, tmp_path):
    assert "1 created" in load(write(tmp_path / "a.csv", [row(1)]), dry_run=True)
    assert (ReferenceEvent.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_semicolons_and_a_mark_at_the_beginning_are_read(database, tmp_path):
    assert "1 created" in load(write(tmp_path / "a.csv", [row(1)], delimiter=";"))


def test_a_file_of_another_kind_is_refused_naming_the_missing_columns(database, tmp_path):
    with pytest.raises(CommandError, match=r"missing: .*sub_event_type"):
        load(write(tmp_path / "a.csv", [row(1)], COLUMNS[:5]))


def test_rows_can_be_deleted_when_the_licence_ends(kept):
    with pytest.raises(CommandError, match="file"):
        load("")
    assert "3 reference events deleted" in load("", forget="The licence has ended")
    assert ReferenceEvent.objects.count() == 0
    trace = Trace.objects.get(verb="forget")
    assert (trace.reason, trace.change) == ("The licence has ended", {"rows": 3, "files": 0})


def test_no_verb_publishes_a_reference_event(kept):
    before = record_as_text()
    chief = person("chantal", "chief editor")
    # A verb that is handed the row itself looks for an incident by its key: give it one that no incident has.
    kept.pk = 987_654
    attempts = [
        lambda: publish([kept], by=chief, reason="Try"),
        lambda: publish(actors=[kept], by=chief, reason="Try"),
        lambda: retract(kept, code="error", reason="Try"),
        lambda: merge(kept, Incident.objects.get(), reason="Try"),
        lambda: merge(Incident.objects.get(), kept, reason="Try"),
        lambda: redact(kept, words=[MARK], withhold=[], code="legal", reason="Try"),
        lambda: submit(kept, by=chief, reason="Try"),
        lambda: approve(kept, by=chief, reason="Try"),
        lambda: revise(kept, by=chief, reason="Try"),
        lambda: import_rows(None, Origin(dataset(), "ACLED", "", "a.csv", "")),  # type: ignore[arg-type]
    ]
    for attempt in attempts:
        with pytest.raises((Refused, TypeError, AttributeError)):
            attempt()
    assert record_as_text() == before
    release("everything", title="A release", reason="Try")
    assert MARK not in record_as_text()


def test_an_incident_that_bears_the_dataset_is_refused_by_verb_and_by_database(kept, superuser_connection):
    army, rebels = actor("army2", "state_force"), actor("rebels2")
    copied = ambush(army, rebels, dataset=dataset(), external_id="ZZT1", title_en=f"{MARK} clash")
    with pytest.raises(Refused, match="licence"):
        publish([copied], [army, rebels], reason="Try")
    copied.dataset = None
    copied.external_id = ""
    with pytest.raises(Refused, match="private dataset"):
        revise(copied, reason="Taken off by an editor")
    with pytest.raises(IntegrityError, match="stays with it"), transaction.atomic():
        Incident.objects.filter(pk=copied.pk).update(dataset=None, external_id="")
    assert MARK not in record_as_text()


def test_the_database_refuses_the_version_even_when_the_rule_of_the_verb_is_gone(kept, monkeypatch):
    army, rebels = actor("army2", "state_force"), actor("rebels2")
    copied = ambush(army, rebels, dataset=dataset(), external_id="ZZT1", title_en=f"{MARK} clash")
    monkeypatch.setattr("events.verbs.publishing.unready", lambda incident, by: [])
    with pytest.raises(IntegrityError, match="not redistributable"):
        publish([copied], [army, rebels], reason="Try")
    voiced = ambush(army, rebels, title_en=f"{MARK} by claim")
    Claim.objects.create(
        incident=voiced, claimant_source=dataset(), measure="killed", low=7, high=7, status="accepted"
    )
    with pytest.raises(IntegrityError, match="not redistributable"):
        publish([voiced], [army, rebels], reason="Try")
    assert MARK not in record_as_text()


def test_a_claim_by_a_private_dataset_keeps_its_incident_from_being_published(kept):
    incident = ambush(actor("army2", "state_force"), actor("rebels2"))
    Claim.objects.create(
        incident=incident, claimant_source=dataset(), measure="killed", low=7, high=7, status="accepted"
    )
    with pytest.raises(Refused, match="licence forbids"):
        publish([incident], [part.actor for part in incident.participations.all()], reason="Try")


def test_the_dataset_cannot_be_opened_by_an_editor_nor_by_the_databases_owner(kept):
    source = dataset()
    source.redistributable = True
    with pytest.raises(Refused, match="terms forbid"):
        revise(source, reason="Open it")
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(redistributable=True, slug="renamed")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceEvent.objects.filter(pk=kept.pk).update(dataset=other_dataset("open"))
    with pytest.raises(Refused, match="not redistributable"):
        keep_reference(None, Origin(other_dataset("open2"), "Open", "", "a.csv", ""))  # type: ignore[arg-type]


@pytest.mark.parametrize("table", ["events_referenceevent", "events_tableupload"])
@pytest.mark.parametrize("role", ["WORKER_DATABASE_URL", "RECORD_DATABASE_URL"])
def test_neither_the_worker_nor_the_public_role_can_read_them(kept, role, table):
    with (
        psycopg.connect(**address(role)) as other,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        other.execute(f"SELECT * FROM public.{table}")


def test_nothing_of_them_shows_at_any_public_door(kept):
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    asked = [*public_addresses(), *searches()]
    assert len(asked) > 30
    found = {address for address in asked if MARK.encode() in whole(client.get(address))}
    assert found == set()
    # The same question about our own incident shows that these doors do answer.
    assert b"Ours" in whole(client.get("/api/v1/incidents"))


def test_editors_look_at_them_and_nobody_else_knows_of_them(kept, as_role):
    with as_role("DESK_DATABASE_URL"):
        page = Desk(person("aminata", "editor")).open(f"events/referenceevent/{kept.pk}/change/")
        assert page.status_code == 200 and MARK in page.content.decode()
        assert b'type="submit"' not in page.content.split(b"content-main")[1].split(b"footer")[0]
        for name, role in (("moussa", "contributor"), ("tiemoko", "technical admin")):
            desk = Desk(person(name, role))
            assert desk.open(f"events/referenceevent/{kept.pk}/change/").status_code == 404
            assert desk.open("events/referenceevent/").status_code == 404
        listed = Desk(person("chantal", "chief editor")).open("events/referenceevent/?q=ZZT2")
        assert "ZZT2" in listed.content.decode() and "ZZT3" not in listed.content.decode()


def record_as_text() -> str:
    """Every row of every table of the record, and the public ids given out."""
    said = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'record' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT coalesce(string_agg(r::text, ' ' ORDER BY r::text), '') FROM record.{table} r"
            )
            said.append(cursor.fetchone()[0])
    return "\n".join(said)


def whole(response) -> bytes:
    """All bytes of an answer."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def public_addresses() -> Iterator[str]:
    """Every public address that needs nothing filled in, and tiles and details of what is there."""
    yield from (path for path in walked(get_resolver().url_patterns, "/") if not path.startswith("/admin"))
    incident = Incident.objects.exclude(public_id=None).get().public_id
    yield from (f"/api/v1/incidents/{incident}", f"/incidents/{incident}/", "/tiles/incidents/3/3/3.mvt")
    yield from ("/compat/ucdp/gedevents/25.1", "/ogc/collections/incidents/items")


def walked(patterns, before: str) -> Iterator[str]:
    """The addresses of a list of patterns."""
    for one in patterns:
        route = str(one.pattern).lstrip("^").rstrip("$\\Z")
        if isinstance(one, URLResolver):
            yield from walked(one.url_patterns, before + route)
        elif isinstance(one, URLPattern) and not set("<(?\\") & set(route):
            yield before + route


def searches() -> Iterator[str]:
    """Questions that would find them if anything could."""
    for question in (
        "q=imaginary",
        "bbox=-1.6,15.4,-1.4,15.6",
        "since=2019-02-03&until=2019-02-03",
        "source=acled",
    ):
        yield f"/api/v1/incidents?{question}"
        yield f"/api/v1/incidents.geojson?{question}"
        yield f"/?{question}"
    yield f"/compat/acled/read?location={MARK}%20village"
