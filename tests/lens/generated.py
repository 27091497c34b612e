"""A record of several thousand versions with everything that makes counting hard, drawn by a seeded generator.

Corrections that move an incident, change its type or its cast; retractions; merged incidents; merged actors; redactions;
incidents without a place, without figures, on the very edge of boxes; places where hundreds lie on one point.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from events.claims.rules import estimate
from events.codes import SUBTYPES, EventType, IncidentVerification, LocationPrecision, Role
from events.query.estimating import FIGURES, rule_claims, said
from events.record import ledger
from events.record.columns import actor_roles
from events.record.known import ActorBook, KnownActor

FIRST_DAY = date(2012, 1, 1)
DAYS = 5000
ACTORS = 24
KINDS = ("rebel", "jihadist", "state_force", "self_defence_militia", "private_military", "civilians")
# Units by country: (p-code, name); each has two second-level units, each of these two of the third level.
UNITS = {
    "MLI": [("ML08", "Kidal"), ("ML07", "Gao"), ("ML05", "Mopti")],
    "BFA": [("BF56", "Sahel"), ("BF54", "Nord")],
    "NER": [("NE06", "Tillabéri")],
}
PLACES = ("Aguelhok", "Gossi", "Ménaka", "Djibo", "Téra", "Inatès", "Boni")
DATASET = {"kind": "dataset", "slug": "ucdp-ged", "name": "UCDP GED", "grade": "B"}
SOURCES = tuple({"kind": "source", "slug": slug, "name": slug, "grade": None} for slug in ("wire", "radio"))
OUTLETS = ("Wire", "Radio Nord", "Le Journal", "Observatory")
EVERYBODY = ActorBook(
    KnownActor(one, f"actor-{one:02d}", "", "", KINDS[one % len(KINDS)], None, one, ())
    for one in range(1, ACTORS + 1)
)
FIRST_IMPORTS, PER_IMPORT, CORRECTIONS = 5, 600, 16


class Generator:
    """Publishes a record, publication by publication; `after` is called after each."""

    def __init__(self, seed: int, after: Callable[[], object] = lambda: None) -> None:
        self.chance, self.after = random.Random(seed), after
        self.incidents: dict[str, dict[str, Any]] = {}
        self.gone: set[str] = set()
        self.spots = [self.spot() for _ in range(40)]

    def run(self) -> None:
        """Publish everything."""
        self.publish(lambda number: ledger.add_actors(number, [actor(one) for one in range(1, ACTORS + 1)]))
        for _ in range(FIRST_IMPORTS):
            self.publish(lambda number: ledger.add_incidents(number, list(self.new_incidents(PER_IMPORT))))
        for step in range(CORRECTIONS):
            self.step(step)

    def step(self, step: int) -> None:
        """One later publication: mostly corrections, now and then something rarer."""
        acts = {3: self.retract, 7: self.merge, 5: self.merge_actors, 10: self.merge_actors, 12: self.redact}
        self.publish(acts.get(step, self.correct))

    def publish(self, act: Any) -> int:
        """One publication with what `act(number)` adds."""
        with transaction.atomic():
            number = ledger.opened()
            act(number)
            ledger.sealed(number, "correct", "editor", "Generated")
        self.after()
        return number

    def new_incidents(self, many: int) -> Iterator[dict[str, Any]]:
        """Incidents published for the first time."""
        for _ in range(many):
            row = self.incident(len(self.incidents) + 1)
            self.incidents[row["id"]] = row
            yield row

    def correct(self, number: int) -> None:
        """New versions of some incidents, and some new ones; retracted ones may come back."""
        chosen = self.chance.sample(sorted(self.incidents), 90)
        rows = []
        for public_id in chosen:
            old = self.incidents[public_id]
            row = {**self.incident(old["incident"]), "id": public_id}
            kept = self.chance.sample(sorted(row), 20)
            rows.append({**row, **{name: old[name] for name in kept if name not in ENTANGLED}})
            self.incidents[public_id] = rows[-1]
        self.gone.difference_update(chosen)
        ledger.add_incidents(number, [*rows, *self.new_incidents(25)])

    def present(self, many: int) -> list[str]:
        """Incidents that are neither retracted nor merged."""
        return self.chance.sample(sorted(set(self.incidents) - self.gone), many)

    def retract(self, number: int) -> None:
        """Withdraw some incidents."""
        for public_id in self.present(40):
            ledger.tombstone(number, public_id, "retracted", None, {"reason_code": "error"})
            self.gone.add(public_id)

    def merge(self, number: int) -> None:
        """Merge some incidents into others."""
        chosen = self.present(40)
        for public_id, target in zip(chosen[:20], chosen[20:], strict=True):
            ledger.tombstone(number, public_id, "merged", target, {"merged_into": target})
            self.gone.add(public_id)

    def merge_actors(self, number: int) -> None:
        """Merge two actors into a third: incidents may name several of them."""
        target = number % 4 + 1
        rows = [{**actor(one), "state": "merged", "target": target} for one in (target + 8, target + 16)]
        ledger.add_actors(number, rows)

    def redact(self, number: int) -> None:
        """Take place and cast out of every version of some incidents."""
        withheld = {
            "longitude": None,
            "latitude": None,
            "location_precision": "country",
            "admin1": None,
            "admin2": None,
            "admin3": None,
            "place": None,
            "actor_roles": [],
            "participants": [],
        }
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT record.redact_incident(%s, version_id, %s::jsonb, %s, 'safety')"
                " FROM record.incident_version WHERE id = ANY(%s) AND state = 'published'",
                [number, json.dumps(withheld), sorted(withheld), self.present(30)],
            )

    def spot(self) -> tuple[float, float]:
        """(longitude, latitude) of a public point; many lie on quarter degrees, where boxes have their edges."""
        if self.chance.random() < 0.5:
            return self.chance.randint(-20, 20) / 4, self.chance.randint(44, 80) / 4
        return round(self.chance.uniform(-5, 5), 4), round(self.chance.uniform(11, 20), 4)

    def incident(self, number: int) -> dict[str, Any]:
        """All columns of a version, and the texts that search looks through."""
        day = FIRST_DAY + timedelta(self.chance.randrange(DAYS))
        event_type = self.chance.choice(list(EventType))
        parts = self.cast()
        place = self.place()
        dataset = self.chance.choice([None, "ucdp-ged", "sample"])
        claims = self.claims(dataset, sorted({one for one, _ in parts}))
        return {
            "incident": number,
            "id": f"{place['country']}-{day.year}-{number:05d}",
            "state": "published",
            "target": None,
            "event_type": event_type,
            "event_subtype": self.chance.choice([None, *SUBTYPES[event_type]]),
            "date_start": day.isoformat(),
            "date_end": (day + timedelta(self.chance.choice([0, 0, 0, 1, 9]))).isoformat(),
            "date_precision": "day",
            **place,
            "participants": [[one, role, "label", "high"] for one, role in parts],
            "actor_roles": actor_roles(parts),
            **said(estimate(rule_claims(claims, [], EVERYBODY)))._asdict(),
            "civilian_targeting": self.chance.random() < 0.3,
            "verification": self.chance.choice(list(IncidentVerification)),
            "dataset": dataset,
            "dataset_id": None,
            "sources": sorted(self.chance.sample(OUTLETS, self.chance.randrange(3))),
            "part_of": self.chance.choice([None] * 8 + ["MLI-G-00001", "MLI-G-00002"]),
            "title_en": f"Clash near {place['place']}",
            "title_fr": "",
            "document": {"claims": claims},
            "search_title": f"Clash near {place['place']}",
            "search_place": place["place"] or "",
            "search_text": "convoy" if number % 3 else "patrol",
        }

    def claims(self, dataset: str | None, actors: list[int]) -> list[dict[str, Any]]:
        """Who says how many were killed: nobody, one dataset ready made, or several voices that disagree."""
        if dataset == "ucdp-ged" and self.chance.random() < 0.8:
            low, best, high = sorted(self.chance.randrange(30) for _ in range(3))
            one = claim(1, DATASET, low, high)
            sides = (
                [claim(2, DATASET, best, best, actors[:1])] if actors and self.chance.random() < 0.5 else []
            )
            return [{**one, "best": best}, *sides]
        voices = [DATASET, *SOURCES, *({"kind": "actor", "actor": actor} for actor in actors)]
        return [
            self.voiced(number, voices, actors) for number in range(1, self.chance.choice([1, 1, 2, 3, 4]))
        ]

    def voiced(self, number: int, voices: list[dict[str, Any]], actors: list[int]) -> dict[str, Any]:
        """One claim of anybody about anybody; an end may be left open."""
        low = self.chance.randrange(20)
        high = self.chance.choice([None, low, low + self.chance.randrange(9)])
        about = self.chance.sample(actors, min(len(actors), self.chance.randrange(3)))
        stance = self.chance.choice(["allegation", "allegation", "admission", "denial"])
        return {**claim(number, self.chance.choice(voices), low, high, about), "stance": stance}

    def cast(self) -> list[tuple[int, str]]:
        """(actor, role) pairs; some incidents have nobody, some many."""
        many = self.chance.choice([0, 1, 2, 2, 2, 5])
        return [(self.chance.randint(1, ACTORS), self.chance.choice(list(Role)).value) for _ in range(many)]

    def place(self) -> dict[str, Any]:
        """Country, units and point; some of it unknown."""
        country = self.chance.choice(list(UNITS))
        code, name = self.chance.choice(UNITS[country])
        depth = self.chance.randrange(4)
        second = f"{code}0{self.chance.randint(1, 2)}"
        point = self.chance.choice(self.spots) if self.chance.random() < 0.4 else self.spot()
        longitude, latitude = point if self.chance.random() < 0.95 else (None, None)
        return {
            "country": country,
            "admin1": code if depth else None,
            "admin2": second if depth > 1 else None,
            "admin3": f"{second}0{self.chance.randint(1, 2)}" if depth > 2 else None,
            "admin1_name": name if depth else None,
            "admin2_name": f"Cercle {second}" if depth > 1 else None,
            "place": self.chance.choice(PLACES),
            "longitude": longitude,
            "latitude": latitude,
            "location_precision": self.chance.choice(list(LocationPrecision)),
        }


def claim(
    number: int, claimant: dict[str, Any], low: int | None, high: int | None, about: Sequence[int] = ()
) -> dict[str, Any]:
    """A claim as a version's document keeps it."""
    return {
        "id": number,
        "claimant": claimant,
        "stance": "observation",
        "measure": "killed",
        "about": sorted(about),
        "quantifier": "between",
        "low": low,
        "high": high,
        "best": None,
        "verification": "unverified",
        "scope": "incident",
        "item_class": None,
        "supersedes": None,
    }


# Columns that belong together: a correction keeps all of a group or none.
ENTANGLED = {
    *FIGURES,
    "dataset",
    "document",
    "date_start",
    "date_end",
    "longitude",
    "latitude",
    "actor_roles",
    "participants",
    "event_type",
    "event_subtype",
}


def actor(one: int) -> dict[str, Any]:
    """The columns of an actor's version; some are parts or successors of others."""
    relations: list[dict[str, Any]] = []
    if one % 5 == 0:
        relations.append({"kind": "component_of", "actor": one - 4, "from": "2014", "to": "2019-06"})
    if one % 7 == 0:
        relations.append({"kind": "successor_of", "actor": one - 1, "from": "2020-02-03"})
    if one % 11 == 0:
        relations.append({"kind": "split_from", "actor": one - 3, "from": "2018"})
    return {
        "actor": one,
        "slug": f"actor-{one:02d}",
        "state": "published",
        "target": None,
        "kind": KINDS[one % len(KINDS)],
        "country": None,
        "name_en": f"Actor {one}",
        "name_fr": f"Acteur {one}",
        "document": {"relations": relations},
    }
