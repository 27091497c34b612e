"""OGC API Features in time: an answer can be asked for again, pages hold still, tombstones are told."""

from __future__ import annotations

import pytest

from events.verbs.publishing import publish
from events.verbs.withdrawing import merge, retract
from tests.interop.conftest import pages
from tests.record.cast import actor, ambush

ITEMS = "/ogc/collections/incidents/items"


@pytest.fixture
def cast(database):
    army, rebels = actor("army", "state_force"), actor("rebels")
    return army, rebels


def published(cast, title):
    army, rebels = cast
    incident = ambush(army, rebels, title_en=title)
    publish([incident], [army, rebels], reason="A test")
    incident.refresh_from_db()
    return incident


def ids(page):
    return {feature["id"] for feature in page["features"]}


def test_an_answer_as_of_a_publication_stays_as_it_was(cast, client):
    published(cast, "First")
    before = client.get(f"{ITEMS}?as_of=1").content
    published(cast, "Second")
    assert client.get(f"{ITEMS}?as_of=1").content == before
    assert client.get(ITEMS).json()["numberMatched"] == 2


def test_as_of_on_the_landing_page_goes_with_every_link(cast, ask):
    published(cast, "First")
    published(cast, "Second")
    landing = {link["rel"]: link["href"] for link in ask("/ogc?as_of=1")["links"]}
    collection = ask(landing["data"])["collections"][0]
    items = next(link["href"] for link in collection["links"] if link["rel"] == "items")
    assert ask(items)["numberMatched"] == 1


def test_pages_hold_still_while_the_record_grows(cast, ask):
    first = {published(cast, f"Incident {number}").public_id for number in range(4)}
    reader = pages(ask, f"{ITEMS}?limit=2")
    seen = ids(next(reader))
    published(cast, "Newer")
    for page in reader:
        seen |= ids(page)
    assert seen == first


def test_an_etag_changes_with_the_record(cast, client):
    published(cast, "First")
    tag = client.get(ITEMS)["ETag"]
    published(cast, "Second")
    assert client.get(ITEMS, headers={"if-none-match": tag}).status_code == 200


def test_a_merged_id_leads_to_its_target(cast, client):
    one, two = published(cast, "One"), published(cast, "Two")
    merge(one, two, reason="The same")
    response = client.get(f"{ITEMS}/{one.public_id}?lang=fr")
    assert response.status_code == 308
    assert response["Location"] == f"{ITEMS}/{two.public_id}?lang=fr"
    assert client.get(ITEMS).json()["numberMatched"] == 1


def test_a_retracted_id_answers_410_with_its_reason(cast, refused):
    incident = published(cast, "One")
    retract(incident, code="error", reason="It happened elsewhere")
    assert "error" in refused(f"{ITEMS}/{incident.public_id}", 410)["featureId"]["valid"]


def test_an_empty_record_is_an_empty_collection(database, ask):
    page = ask(ITEMS)
    assert (page["numberMatched"], page["features"]) == (0, [])
    assert ask("/ogc/collections/incidents")["extent"]["temporal"]["interval"] == [[None, None]]
    assert ask("/ogc/collections/deployments/items")["features"] == []
