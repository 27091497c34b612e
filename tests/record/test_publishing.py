"""The desk and the record: what is published, what it says on which day, and that it can't be changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, connections
from django.test import Client

from conflict.kit.problems import Refused
from events.models import Incident, Trace
from events.verbs.publishing import publish
from events.verbs.withdrawing import merge, merge_actors, retract
from tests.record.cast import actor, ambush, claim, dataset, person

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def army():
    return actor("army", "state_force", "Malian Armed Forces")


@pytest.fixture
def rebels():
    return actor("rebels", "rebel", "Azawad Liberation Front")


@pytest.fixture
def published(army, rebels) -> Iterator[Incident]:
    incident = ambush(army, rebels)
    publish([incident], [army, rebels], reason="First reports")
    incident.refresh_from_db()
    return incident


def get(path: str) -> dict:
    response = Client(headers={"host": "localhost"}).get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return response.json()


def status(path: str) -> int:
    return Client(headers={"host": "localhost"}).get(f"/api/v1/{path}").status_code


def edit(incident: Incident, **changes: object) -> Incident:
    Incident.objects.filter(pk=incident.pk).update(revision=incident.revision + 1, **changes)
    incident.refresh_from_db()
    return incident


def test_a_draft_is_nowhere_in_public_and_its_publication_is_everywhere(army, rebels):
    incident = ambush(army, rebels)
    assert get("incidents")["count"]["value"] == 0
    publication = publish([incident], [army, rebels], reason="First reports")
    row = get("incidents")["data"][0]
    assert (publication.number, publication.versions) == (1, 3)
    assert (row["id"], row["version"], row["known_from"]) == ("MLI-2025-00001", 1, 1)
    assert (row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]) == (3, 3, 10)
    assert row["contested"] is True and row["open_ended"] is True


def test_the_public_point_is_a_grid_cell_and_never_the_exact_point(published):
    row = get("incidents")["data"][0]
    assert (row["longitude"], row["latitude"]) == (0.86, 19.46)
    edit(published, sensitivity="sensitive")
    publish([published], reason="A source is near")
    row = get("incidents")["data"][0]
    assert (row["longitude"], row["latitude"]) == (0.9, 19.5)


def test_a_correction_is_a_new_version_and_the_past_still_reads_as_it_was(published, army):
    edit(published, title_en="Convoy attacked near Aguelhok", event_subtype="clash")
    publish([published], reason="The army speaks of a clash")
    now, then = get("incidents")["data"][0], get("incidents?as_of=1")["data"][0]
    assert (now["title"], now["event_subtype"], now["version"]) == (
        "Convoy attacked near Aguelhok",
        "clash",
        2,
    )
    assert (then["title"], then["event_subtype"], then["version"]) == (
        "Convoy ambushed near Aguelhok",
        "ambush",
        1,
    )
    assert get("incidents?as_of=1&event_subtype=clash")["data"] == []
    reasons = [version["reason"] for version in get(f"incidents/{published.public_id}/versions")["data"]]
    assert reasons == ["First reports", "The army speaks of a clash"]


def test_the_same_question_as_of_the_same_publication_has_the_same_bytes_for_ever(published, army, rebels):
    client = Client(headers={"host": "localhost"})
    paths = [
        "incidents?as_of=1",
        "incidents.csv?as_of=1",
        "facets?as_of=1",
        "timeline?as_of=1",
        "incidents.geojson?as_of=1",
    ]

    def answers() -> list[bytes]:
        found = [client.get(f"/api/v1/{path}") for path in paths]
        return [b"".join(one.streaming_content) if one.streaming else one.content for one in found]

    before = answers()
    publish([ambush(army, rebels, title_en="Another one")], reason="More")
    edit(published, title_en="Changed")
    publish([published], reason="Changed")
    assert answers() == before


def test_a_renamed_actor_shows_everywhere_at_once_and_the_past_keeps_the_old_name(published, rebels):
    rebels.names.update(text="Front of the North")
    publish(actors=[rebels], reason="Renamed")
    names = {part["slug"]: part["name"] for part in get("incidents")["data"][0]["actors"]}
    assert names["rebels"] == "Front of the North"
    old = {part["slug"]: part["name"] for part in get("incidents?as_of=1")["data"][0]["actors"]}
    assert old["rebels"] == "Azawad Liberation Front"
    assert get("incidents")["data"][0]["version"] == 1


def test_a_merged_actor_is_found_under_its_target_and_the_past_is_untouched(published, rebels):
    target = actor("front", "rebel", "The Front")
    publish(actors=[target], reason="New actor")
    merge_actors(rebels, target, reason="The same group")
    assert [row["id"] for row in get("incidents?actor=front")["data"]] == [published.public_id]
    assert get("incidents?actor=front")["data"][0]["actors"][1]["slug"] == "front"
    assert get("incidents?actor=front&as_of=2")["data"] == []
    assert get("facets")["data"]["actor"][0]["incidents"] == 1


def test_a_retracted_incident_leaves_a_tombstone(published):
    retract(published, code="error", reason="It happened elsewhere")
    response = Client(headers={"host": "localhost"}).get(f"/api/v1/incidents/{published.public_id}")
    assert (response.status_code, response.json()["reason_code"]) == (410, "error")
    assert get("incidents")["data"] == []
    assert get("incidents?as_of=1")["data"][0]["id"] == published.public_id
    changes = get("changes?subject=incident")["data"]
    assert [change["change"] for change in changes] == ["created", "retracted"]


def test_a_merged_incident_leads_to_its_target(published, army, rebels):
    other = ambush(army, rebels, title_en="The same ambush")
    publish([other], reason="Another report")
    other.refresh_from_db()
    merge(other, published, reason="One incident told twice")
    response = Client(headers={"host": "localhost"}).get(f"/api/v1/incidents/{other.public_id}")
    assert response.status_code == 308
    assert response["Location"].endswith(f"/api/v1/incidents/{published.public_id}")
    assert [row["id"] for row in get("incidents")["data"]] == [published.public_id]


def test_an_incident_with_an_unpublished_actor_is_refused_and_nothing_is_written(army, rebels):
    incident = ambush(army, rebels)
    with pytest.raises(Refused, match="rebels"):
        publish([incident], [army], reason="First reports")
    assert get("publications")["data"] == []
    assert not Trace.objects.exists()
    incident.refresh_from_db()
    assert (incident.state, incident.public_id) == ("draft", None)


def test_an_incident_of_a_dataset_that_may_not_be_passed_on_is_refused(army, rebels):
    private = dataset("acled-private", redistributable=False)
    incident = ambush(army, rebels, dataset=private, external_id="X1")
    with pytest.raises(Refused, match="dataset"):
        publish([incident], [army, rebels], reason="Try")


def test_the_author_of_a_change_does_not_publish_it_alone(published):
    aminata, bakary = (person(name, "chief editor") for name in ("aminata", "bakary"))
    edit(published, author=aminata)
    with pytest.raises(Refused, match="somebody other than the author"):
        publish([published], by=aminata, reason="My own change")
    assert publish([published], by=bakary, reason="Read by a second person").number == 2


def test_nobody_publishes_over_a_change_they_have_not_seen(published):
    with pytest.raises(Refused) as refusal:
        publish([published], reason="Looks good", seen={published.pk: published.revision - 1})
    assert refusal.value.status == 409


def test_publishing_without_a_reason_is_refused(published):
    with pytest.raises(Refused, match="reason"):
        publish([published], reason="  ")


def test_pending_and_set_aside_claims_never_reach_the_record(published, army, rebels):
    claim(published, rebels, army, low=500, high=500, quantifier="exact", status="pending")
    claim(
        published,
        rebels,
        army,
        low=600,
        high=600,
        quantifier="exact",
        status="set_aside",
        set_aside_why="rumour",
    )
    edit(published)
    publish([published], reason="Looked at again")
    detail = get(f"incidents/{published.public_id}")
    assert (detail["fatalities_high"], len(detail["claim_list"])) == (10, 2)


def test_every_act_leaves_one_trace_in_its_own_transaction(published):
    assert list(Trace.objects.order_by("pk").values_list("verb", "subject", "publication")) == [
        ("publish", f"incident:{published.pk}", 1),
        ("publish", "actor:1", 1),
        ("publish", "actor:2", 1),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record.incident_version SET title_en = 'x'",
        "UPDATE record.incident_version SET fatalities_best = 0, known_to = 9",
        "DELETE FROM record.incident_version",
        "TRUNCATE record.incident_version",
        "UPDATE record.publication SET reason = 'x'",
        "DELETE FROM record.publication",
        "TRUNCATE record.publication CASCADE",
    ],
)
@pytest.mark.parametrize("role", ["DATABASE_URL", "DESK_DATABASE_URL", "WORKER_DATABASE_URL"])
def test_no_role_changes_what_was_published(published, as_role, role, statement):
    with (
        as_role(role),
        connection.cursor() as cursor,
        pytest.raises(Exception, match=r"append-only|permission denied"),
    ):
        cursor.execute(statement)


def test_the_public_role_sees_the_record_and_nothing_else(published):
    with connections["record"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("sahel_public",)
        cursor.execute("SELECT count(*) FROM record.incident_version")
        assert cursor.fetchone() == (1,)
    for table in ("events_incident", "events_claim", "events_report", "actors_actor", "auth_user"):
        with connections["record"].cursor() as cursor, pytest.raises(Exception, match="permission denied"):
            cursor.execute(f"SELECT 1 FROM {table}")


def test_the_desk_role_publishes_and_the_worker_role_cannot(army, rebels, as_role):
    first, second = ambush(army, rebels), ambush(army, rebels, title_en="Second")
    with as_role("DESK_DATABASE_URL"):
        assert publish([first], [army, rebels], reason="As the desk").number == 1
    with (
        as_role("WORKER_DATABASE_URL"),
        pytest.raises(Exception, match=r"permission denied|may only write drafts"),
    ):
        publish([second], reason="As a machine")
    assert get("incidents")["count"]["value"] == 1


def test_publications_made_at_once_are_numbered_without_gap_or_double(army, rebels):
    publish(actors=[army, rebels], reason="Actors")
    drafts = [ambush(army, rebels, title_en=f"Number {number}") for number in range(6)]
    failures: list[BaseException] = []

    def one(draft: Incident) -> None:
        try:
            publish([draft], reason="At once")
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [row["number"] for row in get("publications")["data"]] == [7, 6, 5, 4, 3, 2, 1]
    assert sorted(row["id"] for row in get("incidents")["data"]) == [f"MLI-2025-{n:05d}" for n in range(1, 7)]


def test_the_chain_is_recomputed_from_what_is_stored(published, superuser_connection: psycopg.Connection):
    sound = "SELECT bool_and(content = record.content_digest(number) AND digest = record.publication_digest(p)) FROM record.publication p"
    assert superuser_connection.execute(sound).fetchone() == (True,)
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute("UPDATE record.incident_version SET digest = sha256('forged')")
    assert superuser_connection.execute(sound).fetchone() == (False,)
