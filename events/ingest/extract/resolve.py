"""Which actors a mention means, by name and date, by country, and by who else the report names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from events.ingest.extract.nouns import Who
from events.ingest.extract.tables import NameRow, Tables

CIVILIANS = "civilians"
VOLUNTEERS = "volunteers-for-the-defence-of-the-homeland"
UNIDENTIFIED = "unidentified-armed-group"
CIVILIAN_FORCE = "civilian-joint-task-force"
# Who "al-Qaeda-linked" and "Islamic State" fighters are, by country and first day; the last row that fits counts.
NETWORKS = {
    "alqaeda": [
        ("MLI BFA NER BEN TGO CIV GHA MRT SEN", date(2017, 3, 2), "jamaat-nusrat-al-islam-wal-muslimin"),
        ("MLI NER DZA MRT BFA", date(2007, 1, 1), "al-qaeda-in-the-islamic-maghreb"),
    ],
    "islamic-state": [
        ("MLI BFA NER BEN", date(2015, 5, 1), "islamic-state-sahel-province"),
        ("NGA TCD CMR", date(2015, 3, 1), "islamic-state-west-africa-province"),
    ],
}


@dataclass(frozen=True, slots=True)
class Meant:
    """Actors a mention stands for; `slugs` empty when none can be named. `note` warns the editor."""

    slugs: tuple[str, ...]
    rule: str
    confidence: float
    note: str = ""


_FIGHTING = frozenset(
    {
        "state_force", "foreign_state_force", "private_military", "multinational_force", "rebel", "jihadist", "alliance",
        "self_defence_militia", "communal_militia", "unidentified",
    }
)  # fmt: skip
NOBODY = Meant((), "unresolved", 0.3)


@dataclass(slots=True)
class Resolver:
    """Resolution within one report: its country, its day, and the groups it names, in order of mention."""

    tables: Tables
    country: str
    on: date | None
    named: tuple[str, ...] = ()
    hostile: tuple[str, ...] = ()
    # Whether nouns for jihadists are used in the report.
    islamists: bool = False
    # The force from abroad that "soldiers" are of, where the report opens with its soldiers and names no army of the country.
    guests: str = ""
    _known_guests: dict[str, list[str]] = field(default_factory=dict)

    def meant(self, who: Who) -> Meant:
        """The actors of a mention."""
        if who.names:
            return self._by_name(who.names)
        by_class = {
            "army": self._soldiers,
            "soldier": self._soldiers,
            "police": self._police,
            "gendarme": self._gendarmes,
            "government": self._government,
            "rebel": self._rebels,
            "jihadist": self._jihadists,
            "mercenary": self._mercenaries,
            "peacekeeper": self._peacekeepers,
            "volunteer": self._volunteers,
            "militia": self._militia,
            "national": self._nationals,
        }
        if who.kind == "civilian":
            return Meant((CIVILIANS,), "noun for civilians", 0.85)
        if who.kind == "gunman":
            if len(self.hostile) == 1:
                return Meant(self.hostile, "the one armed group of the report", 0.5)
            return Meant((UNIDENTIFIED,), "noun for unknown armed people", 0.6)
        if who.kind in ("fighter", "body"):
            return self._open(who)
        return by_class[who.kind](who) if who.kind in by_class else NOBODY

    def fights(self, slug: str) -> bool:
        """Whether an actor is an armed one: no government, no crowd."""
        row = self.tables.actors.get(slug)
        return row is not None and row.kind in _FIGHTING

    @property
    def seat(self) -> str:
        """Whose government "the ministry" is: that of the foreign force the report is about, else the country's own."""
        force = self.tables.actors.get(self.guests)
        return force.country if force and force.kind == "foreign_state_force" else self.country

    def is_no_state(self, who: Who) -> bool:
        """Whether a mention is of an armed group rather than of a state's forces."""
        rows = [row for slug in self.meant(who).slugs if (row := self.tables.actors.get(slug))]
        return bool(rows) and all(
            row.kind in ("jihadist", "rebel", "unidentified", "alliance") for row in rows
        )

    def fighters_of(self, slug: str) -> str:
        """Whose soldiers die when an actor says "our men": a government's are its army's."""
        row = self.tables.actors.get(slug)
        return (
            self.tables.state_forces.get(row.country, slug)
            if row is not None and row.kind == "government"
            else slug
        )

    def _by_name(self, rows: Sequence[NameRow]) -> Meant:
        slugs = {row.slug for row in rows}
        if slugs == {"islamic-state"}:
            province = self._network("islamic-state")
            return (
                Meant((province,), "Islamic State, by country and date", 0.75)
                if province
                else Meant(("islamic-state",), "name", 0.8)
            )
        fitting = [row for row in rows if self._in_use(row)]
        chosen = self._chosen(fitting or list(rows))
        rule = "acronym" if chosen.kind == "acronym" else "name"
        if fitting:
            return Meant((chosen.slug,), rule, 0.95 if len({row.slug for row in fitting}) == 1 else 0.6)
        return Meant((chosen.slug,), rule, 0.4, self._warning(chosen))

    def _chosen(self, rows: Sequence[NameRow]) -> NameRow:
        """Among actors of one name: one deployed or at home in the report's country, else the first listed."""
        if len(rows) == 1:
            return rows[0]
        home = [row for row in rows if self.tables.actors[row.slug].country == self.country]
        guests = [row for row in rows if row.slug in self._guests("RUS")]
        return (home or guests or list(rows))[0]

    def _in_use(self, row: NameRow) -> bool:
        day = self.on
        if day is None:
            return True
        named = (row.valid_from is None or row.valid_from <= day) and (
            row.valid_to is None or day <= row.valid_to
        )
        return named and self.tables.active(row.slug, day)

    def _warning(self, row: NameRow) -> str:
        ended = row.valid_to or self.tables.actors[row.slug].active_to
        when = f"ended {ended}" if ended and self.on and ended < self.on else "was not in use on that day"
        heirs = self._heirs(row.slug)
        return f"{row.text} {when}; probably {heirs[-1]}" if heirs else f"{row.text} {when}"

    def _heirs(self, slug: str) -> list[str]:
        chain: list[str] = []
        here = slug
        while len(chain) < 5:
            following = [heir for heir in self.tables.successors(here, self.on) if heir not in chain]
            if not following:
                return chain
            here = following[0]
            chain.append(here)
        return chain

    def _network(self, network: str) -> str:
        for countries, since, slug in NETWORKS[network]:
            here = self.country in countries.split()
            if here and slug in self.tables.actors and (self.on is None or since <= self.on):
                return slug
        return ""

    def _soldiers(self, who: Who) -> Meant:
        if self.guests and who.kind == "soldier" and not who.country:
            return Meant((self.guests,), "the one force whose soldiers the report tells of", 0.6)
        country = who.country or self.country
        if country in self.tables.state_forces:
            rule, sure = ("army of a country", 0.9) if who.country else ("army of the report's country", 0.75)
            return Meant((self.tables.state_forces[country],), rule, sure)
        if who.kind == "army" and who.country in self.tables.foreign_forces:
            return Meant((self.tables.foreign_forces[who.country],), "army of a foreign country", 0.7)
        return self._foreign(country)

    def _foreign(self, country: str) -> Meant:
        guests = self._guests(country)
        near = [slug for slug in self.named if slug in guests]
        if near:
            return Meant((near[0],), "foreign mission named in the report", 0.6)
        operations = [slug for slug in guests if slug != self.tables.foreign_forces.get(country)]
        if len(operations) == 1:
            return Meant((operations[0],), "foreign operation in the country on the day", 0.65)
        if country in self.tables.foreign_forces:
            return Meant((self.tables.foreign_forces[country],), "force of a foreign country", 0.7)
        return Meant((guests[0],), "foreign force in the country on the day", 0.5) if guests else NOBODY

    def _guests(self, home: str) -> list[str]:
        known = self._known_guests.get(home)
        if known is None:
            known = self.tables.guests(self.country, home, self.on) if self.country else []
            self._known_guests[home] = known
        return known

    def _police(self, who: Who) -> Meant:
        return self._corps(who.country or self.country, "police")

    def _gendarmes(self, who: Who) -> Meant:
        return self._corps(who.country or self.country, "gendarmerie")

    def _corps(self, country: str, name: str) -> Meant:
        """The police or gendarmerie of a country; where the registry has none, its armed forces, with a note."""
        wanted = [
            row.slug
            for row in self.tables.actors.values()
            if row.kind == "state_force" and row.country == country and name in row.slug
        ]
        if wanted:
            return Meant((wanted[0],), f"{name} of a country", 0.7)
        if country in self.tables.state_forces:
            return Meant(
                (self.tables.state_forces[country],),
                "force of a country",
                0.4,
                f"{name}: no actor of its own in the registry",
            )
        return NOBODY

    def _government(self, who: Who) -> Meant:
        slug = self.tables.governments.get(who.country or self.seat)
        return Meant((slug,), "government of a country", 0.7) if slug else NOBODY

    def _rebels(self, who: Who) -> Meant:
        near = [slug for slug in self.named if self.tables.actors[slug].kind == "rebel"]
        if near:
            return Meant((near[0],), "rebels named in the report", 0.8)
        if self.hostile and all(self.tables.actors[slug].kind == "jihadist" for slug in self.hostile):
            return Meant((self.hostile[0],), "the one armed group of the report", 0.5)
        if self.islamists:
            return Meant((UNIDENTIFIED,), "rebels of a report on jihadists", 0.4)
        active = self.tables.of_kind("rebel", who.country or self.country, self.on)
        heads = [slug for slug in active if not self._is_component(slug)]
        if not heads or self.on is None:
            return Meant((UNIDENTIFIED,), "noun for rebels", 0.4)
        heads.sort(key=lambda slug: -self._weight(slug))
        return Meant((heads[0],), "rebels active on the day", 0.65)

    def _is_component(self, slug: str) -> bool:
        return any(
            row.kind == "component_of"
            and (row.valid_from is None or self.on is None or row.valid_from <= self.on)
            and (row.valid_to is None or self.on is None or self.on <= row.valid_to)
            for row in self.tables.relations.get(slug, [])
        )

    def _weight(self, slug: str) -> int:
        """How many others it is made of: the umbrella is meant rather than a splinter."""
        return sum(
            row.other == slug and row.kind in ("component_of", "merged_into", "renamed_to")
            for rows in self.tables.relations.values()
            for row in rows
        )

    def _jihadists(self, who: Who) -> Meant:
        if who.network:
            slug = self._network(who.network)
            return Meant((slug,), "al-Qaeda's group of the region", 0.65) if slug else NOBODY
        near = {slug for slug in (*self.named, *self.hostile) if self.tables.actors[slug].kind == "jihadist"}
        if len(near) == 1:
            return Meant(tuple(near), "the one jihadist group named", 0.6)
        return Meant((UNIDENTIFIED,), "noun for jihadists", 0.5)

    def _mercenaries(self, who: Who) -> Meant:
        named = [slug for slug in self.named if self.tables.actors[slug].kind == "private_military"]
        guests = self._guests("RUS")
        active = [slug for slug in named if slug in guests] or guests or named
        if not active or (self.country == "NER" and not named and who.country != "RUS"):
            # Niger's government calls jihadists mercenaries.
            return NOBODY
        if len(active) > 1:
            return Meant(
                (active[-1],), "Russian force in the country on the day", 0.5, "two Russian forces were there"
            )
        return Meant((active[0],), "Russian force in the country on the day", 0.7)

    def _peacekeepers(self, who: Who) -> Meant:
        active = (
            self.country == "MLI"
            and "minusma" in self.tables.actors
            and self.tables.active("minusma", self.on)
        )
        return Meant(("minusma",), "peacekeepers in Mali", 0.8) if active else NOBODY

    def _volunteers(self, who: Who) -> Meant:
        if self._has_volunteers():
            return Meant((VOLUNTEERS,), "army auxiliaries in Burkina Faso", 0.8)
        return self._militia(who)

    def _militia(self, who: Who) -> Meant:
        near = {
            s
            for s in self.named
            if self.tables.actors[s].kind in ("self_defence_militia", "communal_militia")
        }
        if len(near) == 1:
            return Meant(tuple(near), "the one militia named", 0.6)
        if self._has_volunteers():
            return Meant((VOLUNTEERS,), "militia beside the army in Burkina Faso", 0.45)
        beside = self.country == "NGA" and CIVILIAN_FORCE in self.tables.actors
        return Meant((CIVILIAN_FORCE,), "militia beside the army in Nigeria", 0.45) if beside else NOBODY

    def _has_volunteers(self) -> bool:
        return (
            self.country == "BFA"
            and VOLUNTEERS in self.tables.actors
            and self.tables.active(VOLUNTEERS, self.on)
        )

    def _nationals(self, who: Who) -> Meant:
        """ "two Americans", "fifty Russians": Russians in the region are those of the force that is there."""
        return self._mercenaries(who) if who.country == "RUS" else NOBODY

    def force_of(self, country: str) -> Meant:
        """The army of a country, at home or abroad."""
        return self._soldiers(Who(0, 0, 0, "soldier", country=country))

    def _open(self, who: Who) -> Meant:
        if who.network:
            return self._jihadists(who)
        if who.kind == "body" and who.country == "RUS":
            return self._mercenaries(who)
        return self._soldiers(who) if who.kind == "body" and who.country else NOBODY
