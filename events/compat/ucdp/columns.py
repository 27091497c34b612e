"""UCDP GED's columns in their order, filled from our record. What the record does not say is null, never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actors.codes import ActorKind
from events.codes import DatePrecision, EventType, LocationPrecision, Role
from events.compat.ucdp import codes
from events.countries import COUNTRIES, country_name
from events.record.known import ActorBook, KnownActor
from events.rows import Row

SIDE_A, SIDE_B = (Role.SIDE_A, Role.ALLY_A), (Role.SIDE_B, Role.ALLY_B)
VICTIMS = (Role.VICTIM,)
SIDES = (*SIDE_A, *SIDE_B, *VICTIMS)
NEEDS = (
    "id",
    "dataset",
    "dataset_id",
    "event_type",
    "civilian_targeting",
    "participants",
    "date_start",
    "date_end",
    "date_precision",
    "country",
    "admin1_name",
    "admin2_name",
    "place",
    "longitude",
    "latitude",
    "location_precision",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "document -> 'sources' AS cited",
    "document #> '{estimates,victims}' AS victims",
)


@dataclass(frozen=True)
class Viewed:
    """The actors known then, their UCDP ids, and the language of names."""

    actors: ActorBook
    ids: Mapping[int, str]
    lang: str


def event(row: Row, viewed: Viewed) -> dict[str, Any]:
    """One incident as an event of GED."""
    a = side(row, viewed.actors, SIDE_A)
    b = side(row, viewed.actors, SIDE_B) or side(row, viewed.actors, VICTIMS)
    return {
        **identity(row, viewed.actors),
        **dyad(a, b, viewed),
        **sources(row["cited"]),
        **place(row),
        "event_clarity": None,
        "date_prec": codes.DATE_PREC[DatePrecision(row["date_precision"])],
        "date_start": f"{row['date_start'].isoformat()}T00:00:00",
        "date_end": f"{row['date_end'].isoformat()}T00:00:00",
        **deaths(row, viewed.actors),
        "gwnoa": state_number(a),
        "gwnob": state_number(b),
    }


def side(row: Row, book: ActorBook, roles: Sequence[Role]) -> list[KnownActor]:
    """Who stands in these roles, leaders before allies."""
    return [book.resolve(part[0]) for role in roles for part in row["participants"] if part[1] == role]


def identity(row: Row, book: ActorBook) -> dict[str, Any]:
    """The event's id and kind. An event that came from GED keeps its number there."""
    imported = row["dataset"] == codes.DATASET and (row["dataset_id"] or "").isdecimal()
    return {
        "id": int(row["dataset_id"]) if imported else codes.number_of(row["id"]),
        "relid": row["id"],
        "year": row["date_start"].year,
        "active_year": None,
        "code_status": None,
        "type_of_violence": type_of_violence(row, book),
    }


def type_of_violence(row: Row, book: ActorBook) -> int:
    """One-sided where civilians are the target, else state-based where a state takes part, else non-state."""
    if row["civilian_targeting"] or row["event_type"] == EventType.VIOLENCE_AGAINST_CIVILIANS:
        return codes.ONE_SIDED
    states = any(actor.kind in codes.STATES for actor in side(row, book, SIDES))
    return codes.STATE_BASED if states else codes.NON_STATE


def dyad(a: Sequence[KnownActor], b: Sequence[KnownActor], viewed: Viewed) -> dict[str, Any]:
    """The sides by name and by UCDP's ids of actors; conflicts and dyads of UCDP are not kept in the record."""
    names = [", ".join(dict.fromkeys(actor.name(viewed.lang) for actor in actors)) for actors in (a, b)]
    ids = [number(viewed.ids.get(actors[0].id)) if len(actors) == 1 else None for actors in (a, b)]
    return {
        "conflict_dset_id": None,
        "conflict_new_id": None,
        "conflict_name": None,
        "dyad_dset_id": None,
        "dyad_new_id": None,
        "dyad_name": " - ".join(names) if all(names) else None,
        "side_a_dset_id": ids[0],
        "side_a_new_id": ids[0],
        "side_a": names[0] or None,
        "side_b_dset_id": ids[1],
        "side_b_new_id": ids[1],
        "side_b": names[1] or None,
    }


def number(text: str | None) -> int | None:
    """An id of UCDP; they are numbers."""
    return int(text) if text and text.isdecimal() else None


def sources(cited: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is cited, in the order of the record, joined by semicolons."""

    def every(key: str) -> str | None:
        return "; ".join(str(source.get(key) or "") for source in cited) or None

    articles = [
        ",".join(f'"{source[key]}"' for key in ("outlet", "date", "title") if source.get(key))
        for source in cited
    ]
    return {
        "number_of_sources": len(cited),
        "source_article": ";".join(articles) or None,
        "source_office": every("outlet"),
        "source_date": every("date"),
        "source_headline": every("title"),
        "source_original": None,
    }


def place(row: Row) -> dict[str, Any]:
    """Where; the point is the public one."""
    lon, lat = row["longitude"], row["latitude"]
    located = lon is not None
    return {
        "where_prec": codes.WHERE_PREC[LocationPrecision(row["location_precision"])],
        "where_coordinates": row["place"],
        "where_description": row["place"],
        "adm_1": row["admin1_name"],
        "adm_2": row["admin2_name"],
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})" if located else None,
        "priogrid_gid": codes.priogrid(lon, lat) if located else None,
        "country": country_name(row["country"], "en"),
        "country_id": COUNTRIES[row["country"]].gw,
        "region": "Africa",
    }


def deaths(row: Row, book: ActorBook) -> dict[str, Any]:
    """Deaths by side where the best figures per victim add up to the incident's own; else only that one."""
    parts = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), 0)
    for victims in row["victims"]:
        parts[whose(victims["about"], row, book)] += victims["best"] or 0
    best = row["fatalities_best"]
    whole = best is not None and sum(parts.values()) == best
    return {
        **(parts if whole else dict.fromkeys(parts)),
        "best": best,
        "high": row["fatalities_high"],
        "low": row["fatalities_low"],
    }


def whose(about: Sequence[int], row: Row, book: ActorBook) -> str:
    """The column of deaths that figures about these actors belong in."""
    if about and all(book.resolve(actor).kind == ActorKind.CIVILIANS for actor in about):
        return "deaths_civilians"
    for name, roles in (("deaths_a", SIDE_A), ("deaths_b", SIDE_B)):
        if about and set(about) <= {part[0] for part in row["participants"] if part[1] in roles}:
            return name
    return "deaths_unknown"


def state_number(actors: Sequence[KnownActor]) -> int | None:
    """The Gleditsch-Ward number of the first state on a side, where it is one of the record's countries."""
    for actor in actors:
        if actor.kind in codes.STATES and actor.country in COUNTRIES:
            return COUNTRIES[actor.country].gw
    return None
