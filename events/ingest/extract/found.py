"""What extraction hands over. Every value has the span it came from (characters of the report's text, end
excluded), the rule that made it, and a confidence from 0 to 1.

Codes are those of `events.codes` and `events.claims.codes`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ActorFound:
    """An actor named or meant. `slug` is empty when the label cannot be resolved to one.

    `role` is a Role code, or `mentioned` when the actor has no part in an incident of this report. `note` warns,
    as when a name was no longer in use on the day.
    """

    slug: str
    label: str
    role: str
    start: int
    end: int
    rule: str
    confidence: float
    note: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place: `key` of its PlaceRow, `level` 0 to 3 (or -1 for a country), `precision` a LocationPrecision code.

    Coordinates are degrees WGS 84, None for a country.
    """

    key: str
    name: str
    country: str
    level: int
    precision: str
    longitude: float | None
    latitude: float | None
    admin1: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class DateFound:
    """Days `first` to `last`, both included; `precision` is a DatePrecision code."""

    first: date
    last: date
    precision: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says it. `kind`: actor, person, source, or outlet (the report's own voice).

    `slug` is the actor, for a person the actor they speak for; `name` is a person's name or the source in words.
    """

    kind: str
    slug: str = ""
    name: str = ""
    role: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ClaimFound:
    """One statement. `about` are slugs jointly, empty for everybody; `label` is whom the report calls so.

    `low` and `high` are numbers of people or items, None where open. `part_of` is the index of the claim whose
    figure contains this one. `quote` are the characters of the clause that carries the claim; `start`, `end` those of
    `phrase`.
    """

    claimant: Claimant
    stance: str
    measure: str
    about: tuple[str, ...]
    label: str
    quantifier: str
    low: int | None
    high: int | None
    phrase: str
    start: int
    end: int
    quote: tuple[int, int]
    rule: str
    confidence: float
    item_class: str = ""
    scope: str = "incident"
    verification: str = "unverified"
    hearsay: bool = False
    part_of: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A figure that was seen and not taken, and why, so that the editor can take it after all."""

    start: int
    end: int
    phrase: str
    why: str


@dataclass(frozen=True, slots=True)
class StrengthFound:
    """How many of one or several forces jointly are in a country."""

    actors: tuple[str, ...]
    country: str
    quantifier: str
    low: int | None
    high: int | None
    split_unknown: bool
    phrase: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class MilestoneFound:
    """A dated fact about an actor or agreement: `kind` is a MilestoneKind code, `what` a short code of the fact."""

    actors: tuple[str, ...]
    kind: str
    what: str
    when: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """Media that the report speaks of, whether it is verified, and who showed it."""

    kind: str
    verification: str
    shown_by: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person quoted: name, role as the report gives it, slug of the actor they speak for."""

    name: str
    role: str
    affiliation: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class IncidentFound:
    """One proposed incident. `actors` are (slug, role); `claims` are indexes into the extraction's claims.

    `follows` is the index of the incident it came after in the same battle; `outcome` an Outcome code or empty.
    """

    event_type: str
    event_subtype: str
    date: DateFound | None
    place: PlaceFound | None
    actors: tuple[tuple[str, str], ...]
    claims: tuple[int, ...]
    outcome: str
    follows: int | None
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(slots=True)
class Extraction:
    """Everything found in one report. `group` is true when the incidents belong to one battle."""

    lang: str
    country: str
    actors: list[ActorFound] = field(default_factory=list)
    places: list[PlaceFound] = field(default_factory=list)
    dates: list[DateFound] = field(default_factory=list)
    claims: list[ClaimFound] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    strength: list[StrengthFound] = field(default_factory=list)
    milestones: list[MilestoneFound] = field(default_factory=list)
    evidence: list[EvidenceFound] = field(default_factory=list)
    persons: list[PersonFound] = field(default_factory=list)
    incidents: list[IncidentFound] = field(default_factory=list)
    group: bool = False

    @property
    def event_type(self) -> str:
        """Type of the first incident, empty without one."""
        return self.incidents[0].event_type if self.incidents else ""

    def as_json(self) -> dict[str, Any]:
        """Plain lists and dicts; dates as ISO text."""
        plain: dict[str, Any] = _plain(self)
        return plain


def _plain(value: Any) -> Any:
    # Most values are texts and numbers. (`dataclasses.asdict` makes a deep copy of each, which takes three times as long.)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
