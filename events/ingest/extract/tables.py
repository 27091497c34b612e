"""What extraction knows beside the text: actors with their dated names, relations and deployments, and places.

Built once per process from plain rows (of the desk's tables, or of the files that ship with the product) and
never changed afterwards, so that workers share the memory after a fork. No database, no network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import ahocorasick

from events.ingest.extract.words import fold_in_place


class NameRow(NamedTuple):
    """One name of an actor. `lang` is ISO 639-1 or empty, `kind` a NameKind code, dates are days or None."""

    slug: str
    text: str
    lang: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None


class ActorRow(NamedTuple):
    """An actor: ActorKind code, home country (ISO 3166-1 alpha-3 or empty), days of founding and end."""

    slug: str
    kind: str
    country: str = ""
    active_from: date | None = None
    active_to: date | None = None


class RelationRow(NamedTuple):
    """A directed, dated relation between two actors; `kind` is a RelationKind code."""

    slug: str
    kind: str
    other: str
    valid_from: date | None = None
    valid_to: date | None = None


class DeploymentRow(NamedTuple):
    """A foreign force in a host country (ISO alpha-3)."""

    slug: str
    host: str
    valid_from: date | None = None
    valid_to: date | None = None


class PlaceRow(NamedTuple):
    """A place or administrative unit. `level` is 0 (a place), 1, 2 or 3 (a unit); degrees WGS 84.

    `names` are further names; `key` is whatever finds the row again (p-code, gazetteer id); `admin1`, `admin2`
    are the codes of the units around it, or empty.
    """

    key: str
    name: str
    names: tuple[str, ...]
    country: str
    longitude: float
    latitude: float
    level: int = 0
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    feature: str = ""


@dataclass(slots=True)
class Tables:
    """Actors and places, indexed. Make one with `build_tables`."""

    actors: dict[str, ActorRow] = field(default_factory=dict)
    names: dict[str, list[NameRow]] = field(default_factory=dict)
    relations: dict[str, list[RelationRow]] = field(default_factory=dict)
    deployments: list[DeploymentRow] = field(default_factory=list)
    aliases: ahocorasick.Automaton = field(default_factory=ahocorasick.Automaton)
    places: dict[str, list[PlaceRow]] = field(default_factory=dict)
    units: dict[str, PlaceRow] = field(default_factory=dict)
    longest_place: int = 1
    state_forces: dict[str, str] = field(default_factory=dict)
    governments: dict[str, str] = field(default_factory=dict)
    foreign_forces: dict[str, str] = field(default_factory=dict)

    def active(self, slug: str, on: date | None) -> bool:
        """Whether the actor exists on a day; True when the day or its dates are unknown."""
        row = self.actors.get(slug)
        if row is None or on is None:
            return row is not None
        return (row.active_from is None or row.active_from <= on) and (
            row.active_to is None or on <= row.active_to
        )

    def of_kind(self, kind: str, country: str, on: date | None) -> list[str]:
        """Slugs of the actors of a kind and home country that exist on a day."""
        return [
            row.slug
            for row in self.actors.values()
            if row.kind == kind and row.country == country and self.active(row.slug, on)
        ]

    def guests(self, host: str, home: str, on: date | None) -> list[str]:
        """Foreign forces of a home country deployed in a host country on a day."""
        return [
            row.slug
            for row in self.deployments
            if row.host == host
            and self.actors[row.slug].country == home
            and (on is None or (row.valid_from or on) <= on <= (row.valid_to or on))
        ]

    def successors(self, slug: str, on: date | None) -> list[str]:
        """What an actor merged into, was renamed to or was followed by, as of a day; nearest first."""
        found = [
            row.other
            for row in self.relations.get(slug, [])
            if row.kind in ("merged_into", "renamed_to") and (on is None or (row.valid_from or on) <= on)
        ]
        found.extend(
            row.slug
            for rows in self.relations.values()
            for row in rows
            if row.kind == "successor_of" and row.other == slug and self.active(row.slug, on)
        )
        return found


def build_tables(
    actors: Iterable[ActorRow] = (),
    names: Iterable[NameRow] = (),
    relations: Iterable[RelationRow] = (),
    deployments: Iterable[DeploymentRow] = (),
    places: Iterable[PlaceRow] = (),
) -> Tables:
    """Index the rows. Names, relations and deployments of actors that are not listed are left out."""
    tables = Tables(actors={row.slug: row for row in actors})
    tables.names = _names_by_alias(row for row in names if row.slug in tables.actors)
    for alias, rows in tables.names.items():
        tables.aliases.add_word(alias, (len(alias), rows))
    tables.aliases.make_automaton()
    for relation in relations:
        if relation.slug in tables.actors and relation.other in tables.actors:
            tables.relations.setdefault(relation.slug, []).append(relation)
    tables.deployments = [row for row in deployments if row.slug in tables.actors]
    _index_places(tables, places)
    _index_states(tables)
    return tables


def _names_by_alias(names: Iterable[NameRow]) -> dict[str, list[NameRow]]:
    found: dict[str, list[NameRow]] = defaultdict(list)
    for row in names:
        alias = " ".join(fold_in_place(row.text).replace("-", " ").split())
        alias = alias.removeprefix("the ").strip()
        if len(alias) > 1 and all(known.slug != row.slug for known in found[alias]):
            found[alias].append(row)
    return dict(found)


def _index_places(tables: Tables, places: Iterable[PlaceRow]) -> None:
    for row in places:
        for name in _spellings(row):
            key = place_key(name)
            if len(key) > 1:
                rows = tables.places.setdefault(key, [])
                if row not in rows:
                    rows.append(row)
                tables.longest_place = max(tables.longest_place, key.count(" ") + 1)
        if row.level:
            tables.units[row.key] = row
    tables.longest_place = min(tables.longest_place, 6)


def _spellings(row: PlaceRow) -> set[str]:
    """The names of a place; of a region named by a direction also the English ones, which no list has."""
    names = {row.name, *row.names}
    if row.level != 1:
        return names
    if row.name == "Lac" and row.country == "TCD":
        return names | {"Lac Tchad", "Lake Chad"}
    folded = {name: [_ENGLISH_OF.get(part, "") for part in place_key(name).split()] for name in names}
    for parts in folded.values():
        if parts and all(parts):
            names |= {
                " ".join(parts),
                " ".join(parts).replace("centre", "center"),
                " ".join(parts).replace("centre", "central"),
            }
            names |= {" ".join(reversed(parts)).replace("centre", "central")}
    return names


_ENGLISH_OF = {"nord": "north", "sud": "south", "est": "east", "ouest": "west", "centre": "centre"}


def place_key(name: str) -> str:
    """A place name as the words of a text are compared with it."""
    return " ".join(fold_in_place(name).replace("-", " ").replace("'", " ").replace("/", " ").split())


def _index_states(tables: Tables) -> None:
    """The army and the government of each country, by the names they go by."""
    for alias, rows in tables.names.items():
        for row in rows:
            actor = tables.actors[row.slug]
            if actor.kind == "state_force" and alias.endswith(("armed forces", "army", "armees")):
                tables.state_forces.setdefault(actor.country, actor.slug)
            if actor.kind == "foreign_state_force" and alias.endswith(("armed forces", "army", "armees")):
                tables.foreign_forces.setdefault(actor.country, actor.slug)
            if actor.kind == "government" and alias.startswith("government of"):
                tables.governments.setdefault(actor.country, actor.slug)
