"""From the sides that UCDP names to our actors: by its id, the country and the day; joint sides name by name.

The table of identifiers (`ActorIdentifier`, scheme `ucdp`) decides; what it does not know becomes an actor of kind
unidentified under the name in the file. A joint side ("Government of Mali, Government of Russia (Soviet Union)") has one
id of its own; unless editors mapped that id, each name in it is looked up by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from actors.codes import ActorKind
from actors.models import Actor, ActorIdentifier
from conflict.kit.text import slug as slug_of
from events.countries import COUNTRIES
from events.ingest.ged.values import COUNTRY_BY_NUMBER

SCHEME = "ucdp"
CIVILIANS = "civilians"
# Not inside brackets: "FARC dissidents (10th Front, 28th Front)" would be one name.
_BETWEEN_NAMES = re.compile(r",\s+(?![^(]*\))")
_DUMMY = re.compile(r"XXX([0-9]{1,3})")
LONGEST_SLUG = 70


class Side(NamedTuple):
    """One side as UCDP names it."""

    id: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One row of the identifier table. `actor` is the primary key, 0 while the actor is only planned."""

    slug: str
    actor: int
    label: str
    country: str = ""
    starts: date | None = None
    ends: date | None = None
    confidence: str = "high"

    def fits(self, country: str, day: date) -> bool:
        """Whether the entry speaks of that country and day."""
        return self.country in ("", country) and (self.starts or day) <= day <= (self.ends or day)

    def distance(self, day: date) -> int:
        """Days from the entry's period to `day`."""
        ahead = (self.starts - day).days if self.starts else 0
        behind = (day - self.ends).days if self.ends else 0
        return max(ahead, behind, 0)

    @property
    def narrowness(self) -> tuple[bool, bool, date]:
        """A country narrows more than a period; of two periods the later one counts."""
        return bool(self.country), bool(self.starts or self.ends), self.starts or date.min


@dataclass(frozen=True)
class Part:
    """One actor on a side."""

    slug: str
    label: str
    confidence: str


@dataclass(frozen=True)
class Planned:
    """An actor to be made: names, kind, and the id by which the dataset knows it."""

    slug: str
    kind: str
    name_en: str
    name_fr: str
    label: str
    external_id: str


@dataclass
class Register:
    """The identifier table in memory, and what must be added to it."""

    entries: dict[str, list[Entry]]
    slugs: set[str]
    planned: dict[str, Planned] = field(default_factory=dict)
    further: list[tuple[str, str, str]] = field(default_factory=list)
    """(slug, external id, label): ids that turned out to belong to an actor known by a joint side's name."""

    def __post_init__(self) -> None:
        self.by_label = {
            entry.label: known for known, rows in self.entries.items() for entry in rows if entry.label
        }
        starts = {entry.starts for rows in self.entries.values() for entry in rows if entry.starts}
        ends = {
            entry.ends + timedelta(days=1) for rows in self.entries.values() for entry in rows if entry.ends
        }
        self.turns = sorted(day.isoformat() for day in starts | ends)

    @classmethod
    def load(cls) -> Register:
        """Read the table. Entries of a merged actor stand for the actor it was merged into."""
        entries: dict[str, list[Entry]] = {}
        rows = ActorIdentifier.objects.filter(scheme=SCHEME).select_related("actor").order_by("pk")
        for row in rows:
            pk = row.actor.merged_into_id or row.actor_id
            entries.setdefault(row.external_id, []).append(
                Entry(row.actor.slug, pk, row.label, row.country, row.starts, row.ends, row.confidence)
            )
        return cls(entries, set(Actor.objects.values_list("slug", flat=True)))

    def era(self, day: str) -> int:
        """The number of the span of days within which no identifier begins or ends."""
        return bisect_right(self.turns, day)

    def resolve(self, side: Side, country: str, day: str) -> tuple[Part, ...]:
        """The actors of a side, each once. What nobody knows is planned."""
        when = date.fromisoformat(day)
        known_as = side.id or self.by_label.get(side.label) or side.label[:40]
        names = _BETWEEN_NAMES.split(side.label)
        if known_as in self.entries or len(names) == 1:
            parts = [self.part(known_as, side.label, country, when)]
        else:
            ids = [
                self.by_label.get(name) or f"{known_as}/{place}" for place, name in enumerate(names, start=1)
            ]
            parts = [self.part(one, name, country, when) for one, name in zip(ids, names, strict=True)]
        return tuple({part.slug: part for part in parts}.values())

    def part(self, known_as: str, label: str, country: str, day: date) -> Part:
        """The actor behind one id: the narrowest entry that fits; outside every period the nearest, with low confidence."""
        entries = self.entries.get(known_as, [])
        fitting = [entry for entry in entries if entry.fits(country, day)]
        if fitting:
            best = max(fitting, key=lambda entry: entry.narrowness)
            return Part(best.slug, label, best.confidence)
        general = [entry for entry in entries if not entry.country]
        if general:
            return Part(min(general, key=lambda entry: entry.distance(day)).slug, label, "low")
        return Part(self.plan(known_as, label), label, "high")

    def plan(self, known_as: str, label: str) -> str:
        """Plan an actor, or give a further id to the one that a joint side already named so; return its slug."""
        earlier = self.by_label.get(label)
        if earlier and "/" in earlier and self.entries[earlier]:
            entry = self.entries[earlier][0]
            self.further.append((entry.slug, known_as, label))
        else:
            entry = Entry(self.planned_actor(known_as, label), 0, label)
        self.entries.setdefault(known_as, []).append(entry)
        self.by_label.setdefault(label, known_as)
        return entry.slug

    def planned_actor(self, known_as: str, label: str) -> str:
        """Describe the new actor; return its slug."""
        if label == "Civilians":
            actor = Planned(CIVILIANS, ActorKind.CIVILIANS, "Civilians", "Civils", label, known_as)
        else:
            en, fr = full_names(label)
            actor = Planned(self.free_slug(en, known_as), ActorKind.UNIDENTIFIED, en, fr, label, known_as)
        self.slugs.add(actor.slug)
        self.planned[actor.slug] = actor
        return actor.slug

    def free_slug(self, name: str, known_as: str) -> str:
        """A slug nobody has: a registry actor of the same name is for editors to map, not for us to guess."""
        slug = slug_of(name, LONGEST_SLUG) or f"ucdp-{known_as.replace('/', '-')}"
        return f"{slug[:60]}-ucdp-{known_as.replace('/', '-')}"[:80] if slug in self.slugs else slug


def full_names(label: str) -> tuple[str, str]:
    """(English, French) name of a new actor. `XXX436` is UCDP's code for whoever it could not identify in country 436."""
    dummy = _DUMMY.fullmatch(label)
    code = COUNTRY_BY_NUMBER.get(dummy[1]) if dummy else None
    if code is None:
        return label, label
    country = COUNTRIES[code]
    return (
        f"Unidentified armed actors, {country.en} (UCDP {label})",
        f"Acteurs armés non identifiés, {country.fr} (UCDP {label})",
    )


# "of" with the article that French wants, for the governments that fight in the region.
GOVERNMENTS_FR = {
    "Algeria": "d'Algérie",
    "Benin": "du Bénin",
    "Burkina Faso": "du Burkina Faso",
    "Cameroon": "du Cameroun",
    "Central African Republic": "de la République centrafricaine",
    "Chad": "du Tchad",
    "France": "de la France",
    "Gambia": "de la Gambie",
    "Ghana": "du Ghana",
    "Guinea": "de la Guinée",
    "Ivory Coast": "de la Côte d'Ivoire",
    "Libya": "de la Libye",
    "Mali": "du Mali",
    "Mauritania": "de la Mauritanie",
    "Niger": "du Niger",
    "Nigeria": "du Nigéria",
    "Russia": "de la Russie",
    "Senegal": "du Sénégal",
    "Sudan": "du Soudan",
    "Togo": "du Togo",
}
_GOVERNMENT = re.compile(r"Government of (.+?)(?: \(.+\))?")


def spoken(label: str, lang: str) -> str:
    """A side as a title says it."""
    if _DUMMY.fullmatch(label):
        return "unidentified armed actors" if lang == "en" else "des acteurs armés non identifiés"
    government = _GOVERNMENT.fullmatch(label)
    if government is None:
        return label
    if lang == "fr" and government[1] in GOVERNMENTS_FR:
        return f"le gouvernement {GOVERNMENTS_FR[government[1]]}"
    return f"Government of {government[1]}"


def spoken_side(parts: Iterable[Part], lang: str) -> str:
    """All actors of a side as a title says them."""
    names = list(dict.fromkeys(spoken(part.label, lang) for part in parts))
    joint = " and " if lang == "en" else " et "
    return joint.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
