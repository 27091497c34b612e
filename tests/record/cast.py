"""The small cast of the record's tests, built through the verbs: an army, rebels, one ambush."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.contrib.gis.geos import Point

from actors.models import Actor, ActorName
from events.models import Claim, Incident, Participation, Source
from events.verbs.accounts import open_account


def actor(slug: str, kind: str = "rebel", name: str = "") -> Actor:
    """An actor with one official name."""
    made = Actor.objects.create(slug=slug, kind=kind)
    ActorName.objects.create(actor=made, text=name or slug.title(), lang="en", kind="official")
    return made


def ambush(army: Actor, rebels: Actor, **changes: object) -> Incident:
    """A draft: an ambush near Aguelhok with one citation and two claims that disagree."""
    fields = {
        "title_en": "Convoy ambushed near Aguelhok",
        "event_type": "battle",
        "event_subtype": "ambush",
        "date_start": date(2025, 6, 13),
        "date_end": date(2025, 6, 13),
        "country": "MLI",
        "place_name": "Aguelhok",
        "point": Point(0.8589, 19.4613, srid=4326),
        "location_precision": "near",
        "source_list": [
            {"key": "s1", "outlet": "Example Wire", "date": "2025-06-14", "url": "https://example.org/1"}
        ],
    }
    incident = Incident.objects.create(**{**fields, **changes})
    Participation.objects.create(incident=incident, actor=army, role="side_a", label_used="Malian army")
    Participation.objects.create(incident=incident, actor=rebels, role="side_b", label_used="separatists")
    claim(incident, army, rebels, low=10, quantifier="at_least")
    claim(incident, rebels, rebels, low=3, high=3, quantifier="exact", stance="admission")
    return incident


def claim(incident: Incident, by: Actor, about: Actor, **fields: object) -> Claim:
    """An accepted claim on deaths."""
    made = Claim.objects.create(
        **{"incident": incident, "claimant_actor": by, "measure": "killed", "status": "accepted", **fields}
    )
    made.about.set([about])
    return made


def dataset(slug: str, **fields: object) -> Source:
    """A dataset as a source."""
    return Source.objects.create(slug=slug, name=slug, kind="dataset", **fields)


def person(name: str, role: str) -> User:
    """Somebody with an account on the desk."""
    return open_account(name, role, "not a real password", reason="Cast of the tests")
