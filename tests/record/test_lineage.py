"""Whose incidents count with an actor's: `lineage=true` follows the record's dated relations."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from actors.models import Actor, ActorRelation
from events.models import Incident, Participation
from events.verbs.publishing import publish
from tests.record.cast import actor

pytestmark = pytest.mark.usefixtures("database")
WHOLE, PART, RIVAL, OLD, HEIR = "whole", "part", "rival", "old", "heir"
DAYS = ("2010-06-01", "2015-06-01", "2018-12-31", "2019-06-01", "2025-06-01")


@pytest.fixture
def record() -> None:
    """A part belongs to the whole from 2015 to 2018 and a rival splits from it in June 2015; the whole comes of the old
    one, which it split from in 2012, and has an heir. Each of them has an incident on every one of `DAYS`."""
    cast = {slug: actor(slug) for slug in (WHOLE, PART, RIVAL, OLD, HEIR)}
    relate(cast[PART], "component_of", cast[WHOLE], (2015, "year"), (2018, "year"))
    relate(cast[RIVAL], "split_from", cast[PART], (2015, "year"))
    relate(cast[WHOLE], "split_from", cast[OLD], (2012, "year"))
    relate(cast[HEIR], "successor_of", cast[WHOLE], (2018, "year"))
    incidents = [clash(one, day) for one in cast.values() for day in DAYS]
    publish(incidents, list(cast.values()), reason="All of them")


def relate(
    one: Actor, kind: str, other: Actor, since: tuple[int, str], until: tuple[int, str] | None = None
) -> None:
    dates = {"starts": date(since[0], 1, 1), "starts_precision": since[1]}
    if until:
        dates |= {"ends": date(until[0], 1, 1), "ends_precision": until[1]}
    ActorRelation.objects.create(subject=one, kind=kind, object=other, **dates)


def clash(who: Actor, day: str) -> Incident:
    made = Incident.objects.create(
        title_en=f"Clash of {who.slug}",
        event_type="battle",
        event_subtype="clash",
        date_start=date.fromisoformat(day),
        date_end=date.fromisoformat(day),
        country="MLI",
        location_precision="country",
        source_list=[{"key": "s1", "outlet": "Example Wire", "date": day, "url": "https://example.org/1"}],
    )
    Participation.objects.create(incident=made, actor=who, role="side_a", label_used=who.slug)
    return made


def kin_of(slug: str, more: str = "") -> dict[str, list[str]]:
    """Actor -> the days of its incidents that are found."""
    asked = f"/api/v1/incidents?actor={slug}&lineage=true&order=date{more}"
    found: dict[str, list[str]] = {}
    for row in Client(headers={"host": "localhost"}).get(asked).json()["data"]:
        found.setdefault(row["actor_slugs"], []).append(row["date_start"])
    return found


def test_kin_counts_in_the_days_that_the_relations_say(record):
    assert kin_of(WHOLE) == {
        WHOLE: list(DAYS),
        PART: ["2015-06-01", "2018-12-31"],
        OLD: ["2010-06-01"],
        HEIR: list(DAYS),
    }


def test_what_came_of_a_part_later_is_no_kin_of_the_whole_and_a_part_is_not_asked_for_its_whole(record):
    assert kin_of(PART) == {PART: list(DAYS), RIVAL: ["2015-06-01", "2018-12-31", "2019-06-01", "2025-06-01"]}
    assert kin_of(HEIR).keys() == {HEIR, WHOLE, OLD}
    assert kin_of(OLD).keys() == {OLD, WHOLE, HEIR}


def test_other_filters_narrow_kin_too(record):
    assert kin_of(WHOLE, "&since=2018-01-01&until=2019-12-31") == {
        WHOLE: ["2018-12-31", "2019-06-01"],
        PART: ["2018-12-31"],
        HEIR: ["2018-12-31", "2019-06-01"],
    }
    assert kin_of(WHOLE, "&role=side_b") == {}
