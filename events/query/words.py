"""A query in words, English and French: the heading of the page, the `query` of every answer.

Each part carries the parameter it comes from, so that a page can make it a handle for changing or dropping it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from actors.codes import ActorKind
from conflict.kit.dates import PartialDate
from events.claims.rules import REPORTED
from events.codes import EventSubtype, EventType, IncidentVerification, Role
from events.countries import country_name
from events.query.incidents import ESTIMATE, BoundQuery
from events.record.units import unit_name


@dataclass(frozen=True)
class Part:
    """A piece of the sentence and the parameters it speaks of (empty: none)."""

    text: str
    names: tuple[str, ...] = ()


PLURALS = {
    EventType.BATTLE: ("battles", "combats"),
    EventType.REMOTE_VIOLENCE: ("remote violence", "violences à distance"),
    EventType.VIOLENCE_AGAINST_CIVILIANS: ("violence against civilians", "violences contre des civils"),
    EventType.COERCION: ("coercion", "faits de coercition"),
    EventType.UNREST: ("unrest", "troubles"),
    EventType.STRATEGIC: ("strategic developments", "faits stratégiques"),
}


def in_words(query: BoundQuery, lang: str = "en") -> str:
    """The whole sentence, without a full stop: "Battles in Mali involving Africa Corps since 1 June 2025"."""
    return sentence(parts(query, lang))


def sentence(found: Sequence[Part]) -> str:
    """Parts joined to a sentence; the first letter is a capital."""
    text = "".join(part.text if part.text.startswith(",") else f" {part.text}" for part in found).strip()
    return text[:1].upper() + text[1:]


def parts(query: BoundQuery, lang: str = "en") -> list[Part]:
    """The sentence in parts, in the order in which they are said."""
    writer = Writer(query, lang)
    found = [writer.what(), *(say(writer) for say in SAYINGS), writer.by_rule(), writer.as_known()]
    return [part for part in found if part.text]


class Writer:
    """Says the parts of one query in one language."""

    def __init__(self, query: BoundQuery, lang: str) -> None:
        self.query, self.values, self.lang = query, query.values, lang
        self.french = lang == "fr"

    def either(self, en: str, fr: str) -> str:
        """The text in the language asked."""
        return fr if self.french else en

    def listed(self, words: Sequence[str]) -> str:
        """`a, b or c`."""
        if len(words) < 2:
            return "".join(words)
        return ", ".join(words[:-1]) + self.either(" or ", " ou ") + words[-1]

    def day(self, when: date) -> str:
        """A day in words."""
        return PartialDate.of(when).in_words(self.lang)

    def both(self, words: Sequence[str]) -> str:
        """`a and b`: different filters hold together."""
        return self.either(" and ", " et ").join(words)

    def what(self) -> Part:
        """Kinds of incidents."""
        kinds = [PLURALS[EventType.of(code)][self.french] for code in self.values.get("event_type", ())]
        text = self.listed(kinds) or "incidents"
        if "event_subtype" in self.values:
            labels = [EventSubtype.of(code).label_in(self.lang) for code in self.values["event_subtype"]]
            text += self.either(" of the kind ", " de type ") + self.listed(labels).lower()
        return Part(text, self.given("event_type", "event_subtype"))

    def given(self, *names: str) -> tuple[str, ...]:
        """Those of the filters that are asked for."""
        return tuple(name for name in names if name in self.values)

    def where(self) -> Part:
        """Place, units and countries, the narrowest first: each holds within the next."""
        levels = (
            [self.values["place"]] if "place" in self.values else [],
            *(
                [unit_name(code, self.lang) for code in self.values.get(level, ())]
                for level in ("admin3", "admin2", "admin1")
            ),
            [country_name(code, self.lang) for code in self.values.get("country", ())],
        )
        said = ", ".join(self.listed(names) for names in levels if names)
        names = self.given("country", "admin1", "admin2", "admin3", "place")
        return Part(self.either("in ", "à ") + said if said else "", names)

    def inside(self) -> Part:
        """A box, a circle and an area."""
        found = []
        if "near" in self.values:
            near = self.values["near"]
            km = self.values.get("within_km", near.km)
            found.append(
                self.either(
                    f"within {km:g} km of {near.lon:g}, {near.lat:g}",
                    f"à moins de {km:g} km de {near.lon:g}, {near.lat:g}",
                )
            )
        if "polygon" in self.values:
            found.append(self.either("inside the drawn area", "dans la zone dessinée"))
        if "bbox" in self.values:
            edges = ", ".join(f"{edge:g}" for edge in self.values["bbox"])
            found.append(self.either("inside the box ", "dans le cadre ") + edges)
        return Part(self.both(found), self.given("near", "within_km", "polygon", "bbox"))

    def who(self) -> Part:
        """Actors, their kinds and roles."""
        book = self.query.known.actors
        names = [book.by_name_of(slug).name(self.lang) for slug in self.values.get("actor", ())]
        kinds = [ActorKind.of(kind).label_in(self.lang).lower() for kind in self.values.get("actor_kind", ())]
        if not names and not kinds:
            return self.any_role()
        kin = self.either(" and its kin", " et sa filiation") if self.values.get("lineage") else ""
        said = self.both([words for words in (self.listed(names) + kin, self.listed(kinds)) if words])
        return Part(
            self.either("involving ", "impliquant ") + said + self.role(),
            ("actor", "lineage", "actor_kind", "role"),
        )

    def role(self) -> str:
        """The roles that narrow the actors."""
        if "role" not in self.values:
            return ""
        labels = [Role.of(role).label_in(self.lang).lower() for role in self.values["role"]]
        return self.either(" as ", " comme ") + self.listed(labels)

    def any_role(self) -> Part:
        """Roles without actors."""
        if "role" not in self.values:
            return Part("")
        return Part(self.either("with somebody", "avec quelqu'un") + self.role(), ("role",))

    def when(self) -> Part:
        """The range of dates."""
        since, until = self.values.get("since"), self.values.get("until")
        if since and until:
            return Part(f", {self.day(since)} – {self.day(until)}", ("since", "until"))
        if since:
            return Part(self.either("since ", "depuis le ") + self.day(since), ("since",))
        return Part(self.either("until ", "jusqu'au ") + self.day(until), ("until",)) if until else Part("")

    def deaths(self) -> Part:
        """Bounds on deaths."""
        low, high = self.values.get("fatalities_min"), self.values.get("fatalities_max")
        if low is not None and high is not None:
            return Part(
                self.either(f"with {low} to {high} deaths", f"avec {low} à {high} morts"),
                ("fatalities_min", "fatalities_max"),
            )
        if low is not None:
            return Part(
                self.either(f"with at least {low} deaths", f"avec au moins {low} morts"), ("fatalities_min",)
            )
        return (
            Part(
                self.either(f"with at most {high} deaths", f"avec au plus {high} morts"), ("fatalities_max",)
            )
            if high is not None
            else Part("")
        )

    def standing(self) -> Part:
        """Verification, contested, civilian targeting."""
        words = [
            IncidentVerification.of(code).label_in(self.lang).lower()
            for code in self.values.get("verification", ())
        ]
        found = [self.listed(words)] if words else []
        for name, yes, no in (
            ("contested", ("contested", "contestés"), ("not contested", "non contestés")),
            (
                "civilian_targeting",
                ("targeting civilians", "visant des civils"),
                ("not targeting civilians", "ne visant pas des civils"),
            ),
        ):
            if name in self.values:
                found.append((yes if self.values[name] else no)[self.french])
        names = self.given("verification", "contested", "civilian_targeting")
        return Part(", " + ", ".join(found) if found else "", names)

    def told(self) -> Part:
        """Sources, words searched, ids, battle, updates."""
        found = []
        if "source" in self.values:
            found.append(self.either("reported by ", "rapportés par ") + self.listed(self.values["source"]))
        if "q" in self.values:
            found.append(self.either(f"matching “{self.values['q']}”", f"contenant « {self.values['q']} »"))
        if "id" in self.values:
            found.append(self.either("with id ", "d'identifiant ") + self.listed(self.values["id"]))
        if "part_of" in self.values:
            found.append(self.either("part of ", "faisant partie de ") + self.listed(self.values["part_of"]))
        if "updated_since" in self.values:
            found.append(
                self.either("published since ", "publiés depuis le ") + self.day(self.values["updated_since"])
            )
        names = self.given("source", "q", "id", "part_of", "updated_since")
        return Part(" ".join(found), names)

    def by_rule(self) -> Part:
        """The rule of the figures, when it is not the usual one."""
        rule = self.query.asked.estimate
        if rule == REPORTED:
            return Part("")
        return Part(
            self.either(f", figures by the rule “{rule}”", f", chiffres selon la règle « {rule} »"),
            (ESTIMATE,),
        )

    def as_known(self) -> Part:
        """The rewound record."""
        if not self.query.asked.as_of:
            return Part("")
        when = f" ({self.day(self.query.known.at.date())})" if self.query.known.at else ""
        number = self.query.known.number
        return Part(
            self.either(
                f", as known at publication {number}{when}", f", selon la publication {number}{when}"
            ),
            ("as_of",),
        )


SAYINGS: tuple[Callable[[Writer], Part], ...] = (
    Writer.where,
    Writer.inside,
    Writer.who,
    Writer.when,
    Writer.deaths,
    Writer.standing,
    Writer.told,
)
