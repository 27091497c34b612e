"""Scoring of extraction against labelled reports: precision, recall and F1 per field, and figures that nobody gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from events.ingest.extract.found import ClaimFound, Extraction
from events.ingest.extract.report import extract
from events.ingest.extract.tables import Tables, place_key

SET = Path(__file__).parent / "evaluation"
FIELDS = ("actors", "place", "date", "type", "claims")
ClaimKey = tuple[str, str, frozenset[str], int | None, int | None]


@dataclass
class Score:
    """Counts of one field: found and right, found and wrong, not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)

    def add(self, found: Iterable[object], wanted: Iterable[object]) -> tuple[list[object], list[object]]:
        """Count; answer what was wrong and what was missed."""
        left, wrong = list(wanted), []
        for one in found:
            if one in left:
                left.remove(one)
                self.right += 1
            else:
                wrong.append(one)
        self.wrong += len(wrong)
        self.missed += len(left)
        return wrong, left


@dataclass
class Result:
    """Scores by field, figures invented, and the faults in words."""

    scores: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in FIELDS})
    invented: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    reports: int = 0


def load(part: str) -> list[dict[str, Any]]:
    """The labelled reports of a part ("develop", "formerly_held_out"), both languages."""
    paths = [path for lang in ("en", "fr") for path in sorted(SET.glob(f"{part}*_{lang}.yaml"))]
    return [
        {**entry, "lang": path.stem[-2:]}
        for path in paths
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def score(reports: Sequence[dict[str, Any]], tables: Tables) -> Result:
    """Extract every report and count."""
    result = Result()
    for entry in reports:
        found = extract(entry["text"].strip(), entry["lang"], _day(entry["published"]), tables)
        result.reports += 1
        _score_one(entry, found, result, tables)
    return result


def _score_one(entry: dict[str, Any], found: Extraction, result: Result, tables: Tables) -> None:
    pairs = {
        "actors": (_actors(found), list(entry["actors"])),
        "claims": (
            [claim_key(claim) for claim in found.claims],
            [wanted_claim(text) for text in entry["claims"]],
        ),
        "date": (_dates(found), _wanted_dates(entry)),
        "type": _types(entry, found),
    }
    places = _wanted_places(entry, tables)
    if places is not None:
        named = [_one_of(place, places) for place in _places(found)]
        wanted = [next((p for p in places if p in named), places[0])] if entry.get("place_any") else places
        pairs["place"] = (named[:1] if entry.get("place_any") else named, wanted)
    for name, (mine, wanted) in pairs.items():
        wrong, missed = result.scores[name].add(mine, wanted)
        result.faults += [f"{entry['id']}: {name} wrong {_shown(one)}" for one in wrong]
        result.faults += [f"{entry['id']}: {name} missed {_shown(one)}" for one in missed]
    _invented(entry, found, result)


def _invented(entry: dict[str, Any], found: Extraction, result: Result) -> None:
    """Figures of claims that no claim of the report has, whoever made it about whomever."""
    known = {(low, high) for _, _, _, low, high in map(wanted_claim, entry["claims"])}
    numbers = {number for pair in known for number in pair if number is not None}
    for claim in found.claims:
        figures = {number for number in (claim.low, claim.high) if number is not None}
        if figures and not figures & numbers:
            result.invented.append(f"{entry['id']}: {claim.measure} {claim.phrase!r}")


def _actors(found: Extraction) -> list[str]:
    return [actor.slug for actor in found.actors if actor.role not in ("mentioned", "observer")]


def claim_key(claim: ClaimFound) -> ClaimKey:
    """What must be right: claimant, measure with item class, about, range."""
    claimant = claim.claimant
    who = claimant.slug or (
        claimant.name if claimant.kind == "source" else "person" if claimant.kind == "person" else "outlet"
    )
    measure = f"{claim.measure}:{claim.item_class}" if claim.item_class else claim.measure
    return who, measure, frozenset(claim.about), claim.low, claim.high


def wanted_claim(text: str) -> ClaimKey:
    """A labelled claim, `claimant | measure | about+about | figure`, as it is compared."""
    who, measure, about, figure = (part.strip() for part in text.split("|"))
    low, high = _figure(figure)
    return who, measure, frozenset(about.split("+")) - {""}, low, high


def _figure(text: str) -> tuple[int | None, int | None]:
    if text == "?":
        return None, None
    low, dots, high = text.partition("..")
    if not dots:
        return int(low), int(low)
    return (int(low) if low else None), (int(high) if high else None)


def _dates(found: Extraction) -> list[tuple[date, date]]:
    days = [(incident.date.first, incident.date.last) for incident in found.incidents if incident.date]
    return list(dict.fromkeys(days))


def _wanted_dates(entry: dict[str, Any]) -> list[tuple[date, date]]:
    texts = entry["date"] if isinstance(entry["date"], list) else [entry["date"]]
    days = []
    for text in texts:
        first, _, last = str(text).partition("/")
        days.append((date.fromisoformat(first), date.fromisoformat(last or first)))
    return days


Place = frozenset[tuple[str, bool]]


def _types(entry: dict[str, Any], found: Extraction) -> tuple[list[str], list[str]]:
    """The sub-type of the first incident; the label may allow several ("attack|massacre")."""
    mine = [found.incidents[0].event_subtype] if found.incidents else []
    allowed = entry["type"].split("|")
    return mine, mine if mine and mine[0] in allowed else allowed[:1]


def _places(found: Extraction) -> list[Place]:
    """Each incident's place as (key of the gazetteer, whether it is meant as a unit)."""
    places = [incident.place for incident in found.incidents if incident.place and incident.place.level >= 0]
    named = [frozenset({(place.key, place.precision.startswith("admin"))}) for place in places]
    return list(dict.fromkeys(named))


def _one_of(place: Place, wanted: Sequence[Place]) -> Place:
    """The wanted place that this is one spelling of, else the place itself."""
    return next((one for one in wanted if place <= one), place)


def _wanted_places(entry: dict[str, Any], tables: Tables) -> list[Place] | None:
    place = entry.get("place")
    if entry.get("place_none"):
        return []
    if place is None:
        return None
    if isinstance(place, list):
        return [_rows(tables, name, entry.get("country", ""), False) for name in place]
    name, country, *level = (part.strip() for part in place.split(","))
    return [_rows(tables, name, country, bool(level and level[0] != "0"))]


def _rows(tables: Tables, name: str, country: str, unit: bool) -> Place:
    """Every row of the gazetteer that has this name in this country; for a unit also a place known only as its seat."""
    rows = [row for row in tables.places.get(place_key(name), []) if not country or row.country == country]
    return frozenset((row.key, unit) for row in rows) or frozenset({(name, unit)})


def _day(text: object) -> date:
    return text if isinstance(text, date) else date.fromisoformat(str(text))


def _shown(one: object) -> str:
    if isinstance(one, tuple):
        return " | ".join(
            "+".join(sorted(part)) if isinstance(part, frozenset) else str(part) for part in one
        )
    return str(one)
