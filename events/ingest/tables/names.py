"""Names in a table to what the desk knows: actors by slug, or by a name they bore on that day; first-level units."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from actors.models import Actor, ActorName
from conflict.kit.problems import Problem, nearest_name
from conflict.kit.text import fold
from events.codes import Confidence
from events.models import AdminUnit

VALID = "the slug or name of an actor of the registry"


class Found(NamedTuple):
    """An actor: its slug, the label in the table, and how sure the reading is."""

    slug: str
    label: str
    confidence: str


class Borne(NamedTuple):
    """Who bears or bore a name, and when."""

    slug: str
    starts: date | None
    ends: date | None

    def on(self, day: date) -> bool:
        """Whether the name was borne that day, as far as is known."""
        return (self.starts or day) <= day <= (self.ends or day)


@dataclass
class Names:
    """The registry's names in memory."""

    slugs: set[str]
    names: dict[str, list[Borne]]
    units: dict[tuple[str, str], tuple[str, str, str]]
    nearest: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Names:
        """Read actors that are not merged, their names, and first-level units."""
        names: dict[str, list[Borne]] = {}
        rows = ActorName.objects.filter(actor__merged_into__isnull=True).select_related("actor")
        for row in rows.order_by("pk"):
            names.setdefault(fold(row.text), []).append(Borne(row.actor.slug, row.starts, row.ends))
        slugs = set(Actor.objects.filter(merged_into__isnull=True).values_list("slug", flat=True))
        units: dict[tuple[str, str], tuple[str, str, str]] = {}
        for unit in AdminUnit.objects.filter(level=1).defer("geom").order_by("pcode"):
            for spelling in (unit.pcode, unit.name, unit.name_fr):
                if spelling:
                    units.setdefault((unit.country, fold(spelling)), (unit.pcode, unit.name, unit.vintage))
        return cls(slugs, names, units)

    def actor(self, column: str, label: str, day: date) -> Found | Problem:
        """The actor of a slug or name on a day."""
        if label in self.slugs:
            return Found(label, "", Confidence.HIGH)
        known = self.names.get(fold(label), [])
        then = {borne.slug for borne in known if borne.on(day)}
        if len(then) == 1:
            return Found(then.pop(), label[:300], Confidence.HIGH)
        ever = {borne.slug for borne in known}
        if len(ever) == 1:
            return Found(ever.pop(), label[:300], Confidence.LOW)
        if ever:
            slugs = ", ".join(sorted(then or ever))
            return Problem(column, label, f"a slug: several actors bear this name on {day}: {slugs}")
        return Problem(column, label, VALID, self.near(label))

    def near(self, label: str) -> str:
        """The slug or name most like a label that nobody bears; looked for once."""
        if label not in self.nearest:
            slug = nearest_name(label, self.slugs)
            borne = nearest_name(fold(label), self.names)
            self.nearest[label] = slug or (self.names[borne][0].slug if borne else "")
        return self.nearest[label]

    def actors(self, column: str, text: str, day: date) -> list[Found | Problem]:
        """The actors of a cell that names several, parted by semicolons."""
        return [self.actor(column, label.strip(), day) for label in text.split(";") if label.strip()]

    def unit(self, column: str, text: str, country: str) -> tuple[str, str, str] | Problem:
        """(p-code, name, vintage) of a first-level unit."""
        found = self.units.get((country, fold(text)))
        if found:
            return found
        there = sorted({unit[1] for (of, _), unit in self.units.items() if of == country})
        valid = (
            "one of " + ", ".join(there) if there else "empty, because no units of this country are loaded"
        )
        return Problem(column, text, valid, nearest_name(text, there))
