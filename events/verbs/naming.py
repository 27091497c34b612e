"""Which actor, source or place an editor means by what they typed: a slug, a number after #, or a whole name."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.db.models import Q

from actors.models import Actor
from conflict.kit.problems import Problem, nearest_name
from events.codes import LocationPrecision
from events.countries import COUNTRIES
from events.models import AdminUnit, Place, Source
from events.policy import readable_sources
from events.verbs.proposed import Entry

MOST_NAMED = 8
NUMBERED = re.compile(r"#([0-9]{1,9})\s*$")
CODED = re.compile(r"#([A-Za-z]{2}[A-Za-z0-9]{1,18})\s*$")
UNIT_PRECISION = {1: LocationPrecision.ADMIN1, 2: LocationPrecision.ADMIN2, 3: LocationPrecision.ADMIN3}


def actor_named(field: str, text: str) -> Actor | Problem:
    """The actor with this slug or name in any language, letters' case aside."""
    name = text.strip()
    live = Actor.objects.filter(merged_into__isnull=True)
    found = list(live.filter(Q(slug=name.lower()) | Q(names__text__iexact=name)).distinct()[: MOST_NAMED + 1])
    if len(found) == 1:
        return found[0]
    if found:
        return Problem(field, name, "one of " + ", ".join(actor.slug for actor in found))
    slugs = list(live.values_list("slug", flat=True))
    return Problem(field, name, "the slug or name of an actor of the registry", nearest_name(name, slugs))


def source_named(field: str, text: str, by: User | None) -> Source | Problem:
    """The source with this slug or name, if the person may know of it."""
    known = Source.objects.filter(Q(slug=text.lower()) | Q(name__iexact=text))
    found = known.filter(readable_sources(by)).first() if by else known.first()
    return found or Problem(field, text, "an actor's or a source's slug or name, or “outlet”")


def place_named(field: str, text: str, country: str) -> Entry | Problem:
    """The place that is meant, in the shape of a proposal.

    `#123` is a place of the gazetteer, `#ML07` an administrative unit, `MLI` a country alone; a name must mean one
    place of `country` (ISO alpha-3), or one place at all.
    """
    name = text.strip()
    if name in COUNTRIES:
        return country_alone(name)
    if number := NUMBERED.search(name):
        return of_place(Place.objects.filter(pk=number[1]).first()) or unknown_place(field, name)
    if code := CODED.search(name):
        return of_unit(AdminUnit.objects.filter(pcode=code[1].upper()).first()) or unknown_place(field, name)
    found = places_named(name, country) or places_named(name, "")
    if len(found) == 1:
        return of_place(found[0]) or unknown_place(field, name)
    if found:
        return Problem(field, name, "one of " + "; ".join(label(place) for place in found))
    return unknown_place(field, name)


def unknown_place(field: str, name: str) -> Problem:
    """Nothing of that name."""
    return Problem(
        field,
        name,
        "a name of the gazetteer, #number of a place, #p-code of a unit, or a country such as MLI",
    )


def places_named(name: str, country: str, most: int = MOST_NAMED) -> list[Place]:
    """Places with exactly this name, letters' case aside, the largest first."""
    rows = Place.objects.filter(
        Q(name__iexact=name) | Q(name_fr__iexact=name) | Q(alternates__contains=[name])
    )
    rows = rows.filter(country=country) if country else rows
    return list(rows.order_by("-population", "pk")[:most])


def suggested(text: str, country: str, most: int = MOST_NAMED) -> list[str]:
    """Places whose name has these letters, as a form takes them; those of the country first."""
    rows = Place.objects.filter(name__icontains=text.strip()[:80]).order_by("-population", "pk")
    here = list(rows.filter(country=country)[:most])
    return [label(place) for place in [*here, *rows.exclude(country=country)[: most - len(here)]]]


def label(place: Place) -> str:
    """A place as a form shows and takes it."""
    return f"{place.name}, {' '.join(filter(None, (place.admin1, place.country)))} #{place.pk}"


def of_place(place: Place | None) -> Entry | None:
    """A place of the gazetteer as a proposal has it."""
    if place is None:
        return None
    return {
        "key": f"place:{place.pk}",
        "name": place.name,
        "country": place.country,
        "level": 0,
        "precision": LocationPrecision.NEAR.value,
        "longitude": place.point.x,
        "latitude": place.point.y,
        "admin1": place.admin1,
    }


def of_unit(unit: AdminUnit | None) -> Entry | None:
    """An administrative unit as a proposal has it: its centre, with its own precision."""
    if unit is None or unit.level not in UNIT_PRECISION:
        return None
    return {
        "key": unit.pcode,
        "name": unit.name,
        "country": unit.country,
        "level": unit.level,
        "precision": UNIT_PRECISION[unit.level].value,
        "longitude": unit.centre.x,
        "latitude": unit.centre.y,
        "admin1": unit.pcode if unit.level == 1 else unit.parent if unit.level == 2 else "",
    }


def country_alone(code: str) -> Entry:
    """Only the country is known."""
    nowhere = {"key": code, "name": "", "country": code, "level": -1, "admin1": ""}
    return {**nowhere, "precision": LocationPrecision.COUNTRY.value, "longitude": None, "latitude": None}
