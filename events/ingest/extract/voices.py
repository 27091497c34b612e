"""Who can speak at a word of a sentence: sources, organisations, actors, states, persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from events.ingest.extract.countries import COUNTRY_NAMES, DEMONYM, SEATS
from events.ingest.extract.found import Claimant
from events.ingest.extract.nouns import OUTSIDERS, Who
from events.ingest.extract.organisations import Span
from events.ingest.extract.persons import Persons, government_label, person_at
from events.ingest.extract.resolve import CIVILIANS, UNIDENTIFIED, Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.source_kinds import TERRITORY, is_of_territory
from events.ingest.extract.sources import mention_over
from events.ingest.extract.speech_words import (
    CARRIERS,
    ROLES,
    VERBS,
)
from events.ingest.extract.words import wordset

# Mentions of these classes speak; civilians do as "residents" (see SOURCES).
SPEAKING = wordset(
    "army government name rebel police gendarme jihadist peacekeeper militia volunteer mercenary body soldier"
)
FOR = wordset("for of from by in within du de des d' pour au aux chez")
ARTICLES = wordset(
    "the a an la le l' les un une its their several two three some deux trois des plusieurs own local another autre"
)


_UNITS = wordset(
    "region province state department departement cercle commune district county prefecture circonscription neighbouring neighboring "
    "voisine voisin localite municipality town village ville eastern western northern southern central est ouest nord sud centre"
)


_GROUPS = frozenset({"group", "movement", "groupe", "mouvement"})
DEFINITE = frozenset({"the", "la", "le", "notre", "one"})


# An office is told by its title, whatever organisation is named beside it.
_OFFICES = frozenset({"local officials", "security sources", "medical sources", "officials"})


class Candidate(NamedTuple):
    """A possible speaker at words [first, after)."""

    first: int
    after: int
    claimant: Claimant


@dataclass(slots=True)
class Voices:
    """Those who may speak in one report; remembers who spoke last."""

    resolver: Resolver
    last: Claimant | None = None
    # Who issues "the statement": the last party or government that spoke.
    last_actor: Claimant | None = None
    # Whom "the source" and "the official" mean: the last source without a name of its own.
    last_source: Claimant | None = None
    persons: Persons = field(init=False)
    sources: dict[int, tuple[int, int, str]] = field(default_factory=dict)
    organisations: dict[int, Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.persons = Persons(self.resolver)

    def offices(self) -> set[int]:
        """Words of the sources of the sentence at hand, residents apart."""
        return {place for place, (_, _, name) in self.sources.items() if name != "residents"}

    def candidate(self, sentence: Sentence, place: int, limit: int) -> Candidate | None:
        """The speaker whose name or noun has a word here, told apart in this order: source, organisation, actor, person."""
        text = sentence.text
        organisation = self.organisations.get(place)
        if organisation:
            return self._organisation(sentence, organisation)
        source = self.sources.get(place)
        if source:
            return self.source(sentence, source)
        who = mention_over(sentence, place)
        source = (
            next((self.sources[n] for n in range(who.first, who.after) if n in self.sources), None)
            if who
            else None
        )
        if source and source[1] - source[0] > 1:
            return self.source(sentence, source)
        group = self._group(sentence, who) if who else None
        if group:
            return group
        if who and _speaks(who):
            role = ROLES[sentence.lang].at(text.words, who.after) if who.after < limit else None
            if role:
                return self.person(sentence, who.after, who.after + role[0])
            return Candidate(who.first, who.after, self.actor(sentence, who))
        if who:
            return None
        state = self._state(sentence, place)
        if state:
            return state
        around = self._role_around(sentence, place)
        if around:
            return self.person(sentence, *around)
        return self._named(sentence, place)

    def _group(self, sentence: Sentence, who: Who) -> Candidate | None:
        """ "the group claimed": the armed group that spoke last, or the only one of the report."""
        definite = sentence.word(who.first - 1) in ("the", "le")
        if not definite or who.names or who.country or sentence.words[who.head] not in _GROUPS:
            return None
        last = self.last_actor.slug if self.last_actor else ""
        armed = last in self.resolver.hostile or not self.resolver.hostile
        slug = (
            last if last and armed else (self.resolver.hostile[0] if len(self.resolver.hostile) == 1 else "")
        )
        span = sentence.text.span(who.first, who.after)
        return (
            Candidate(who.first, who.after, Claimant("actor", slug, start=span[0], end=span[1]))
            if slug
            else None
        )

    def _organisation(self, sentence: Sentence, organisation: Span) -> Candidate | None:
        """An organisation or outlet, unless it is the one who was told."""
        first, after, name = organisation
        if _is_told(sentence, first):
            return None
        span = sentence.text.span(first, after)
        return Candidate(first, after, Claimant("source", name=name, start=span[0], end=span[1]))

    def source(self, sentence: Sentence, source: tuple[int, int, str]) -> Candidate:
        """A source of the word lists as a speaker; "the same source" is whoever spoke last."""
        first, after, name = source
        span = sentence.text.span(first, after)
        before = sentence.word(first - 1)
        same = before in ("same", "meme", "cette", "this", "that", "ladite", "ce", "ces", "these")
        if (same or before in DEFINITE) and name in ("sources", "officials") and self.last_source:
            return Candidate(first, after, self.last_source)
        same = same or (
            before in ("the", "la", "notre")
            and sentence.words[first:after] == ["source"]
            and self.last is not None
        )
        if name == "mission":
            return self._mission(sentence, first, after)
        if (
            name == "civil society"
            and before in ("the", "l'")
            and after - first == 1
            and self._is_named(self.last)
        ):
            return Candidate(first, after, self.last or Claimant("carrier"))
        kind = "carrier" if name in CARRIERS or same else "source"
        return Candidate(first, after, Claimant(kind, name=name, start=span[0], end=span[1]))

    def _is_named(self, last: Claimant | None) -> bool:
        """Whether an organisation with a name of its own spoke last: "the organisation" is that one."""
        return last is not None and last.kind == "source" and last.name[:1].isupper()

    def _mission(self, sentence: Sentence, first: int, after: int) -> Candidate:
        """ "the mission said": the peacekeepers where there are any, else whoever spoke last."""
        meant = self.resolver.meant(Who(first, after, first, "peacekeeper"))
        span = sentence.text.span(first, after)
        kind = "actor" if meant.slugs else "carrier"
        return Candidate(
            first,
            after,
            Claimant(kind, slug=meant.slugs[0] if meant.slugs else "", start=span[0], end=span[1]),
        )

    def _state(self, sentence: Sentence, place: int) -> Candidate | None:
        """ "France says", "Mali a annoncé": a country speaks through its government."""
        seat = SEATS.get(sentence.words[place], "") if sentence.text.capital(place) else ""
        for first in (place, place - 1):
            found = ((1, seat) if seat and first == place else None) or (
                COUNTRY_NAMES.at(sentence.words, first)
                if first >= sentence.first and sentence.text.capital(first)
                else None
            )
            opens = first == sentence.first or sentence.word(first - 1) in (
                ",",
                "that",
                "que",
                "qu'",
                "-",
                ":",
                "and",
                "et",
                "while",
            )
            if (
                found
                and opens
                and first + found[0] == place + 1
                and self._goes_on_to_say(sentence, place + 1)
            ):
                slug = self.resolver.tables.governments.get(found[1], "")
                span = sentence.text.span(first, place + 1)
                kind, name = ("actor", "") if slug else ("source", government_label(found[1]))
                return Candidate(
                    first, place + 1, Claimant(kind, slug=slug, name=name, start=span[0], end=span[1])
                )
        return None

    def _goes_on_to_say(self, sentence: Sentence, place: int) -> bool:
        while sentence.word(place) in (
            "a",
            "ont",
            "has",
            "have",
            "had",
            "avait",
            "en",
            "n'",
            "ne",
            "also",
            "aussi",
            "egalement",
        ):
            place += 1
        return place < sentence.after and VERBS[sentence.lang].at(sentence.words, place) is not None

    def _role_around(self, sentence: Sentence, place: int) -> tuple[int, int] | None:
        for first in range(place, max(sentence.first, place - 3) - 1, -1):
            role = ROLES[sentence.lang].at(sentence.words, first)
            if role and first <= place < first + role[0]:
                return first, first + role[0]
        return None

    def _named(self, sentence: Sentence, place: int) -> Candidate | None:
        for first in range(place, max(sentence.first, place - 4) - 1, -1):
            size = person_at(sentence, first)
            if size and first <= place < first + size:
                return self.person(sentence, first, first + size)
        known = self.persons.surname(sentence, place)
        return Candidate(place, place + 1, known) if known else None

    def person(self, sentence: Sentence, first: int, after: int) -> Candidate:
        """A person with what stands right beside: name after role, role after name, up to a verb of saying or a quote."""
        begin, end = first, after
        while begin > sentence.first and first - begin < 16 and self._belongs(sentence, begin - 1):
            begin -= 1
        while end < sentence.after and end - after < 12 and self._belongs(sentence, end):
            end += 1
        while sentence.words[begin] in (",", "and", "et", *FOR) and begin < first:
            begin += 1
        span = sentence.text.span(first, after)
        office = next(
            (
                self.sources[n][2]
                for n in range(begin, end)
                if n in self.sources and self.sources[n][2] not in CARRIERS
            ),
            "local officials" if self._is_of_territory(sentence, begin, after, end) else "",
        )
        office = office or self._of_police(sentence, begin, end)
        claimant = self.persons.speaker(sentence, begin, end, span, self.last, office)
        if claimant and not claimant.slug and office not in _OFFICES:
            claimant = self._for_organisation(sentence, begin, end, claimant)
        return Candidate(
            min(first, begin), after, claimant or Claimant("person", role=sentence.text.quote(first, after))
        )

    def _of_police(self, sentence: Sentence, begin: int, end: int) -> str:
        """A spokesperson of a police that is no actor speaks as a security source."""
        police = (sentence.people[n] for n in range(begin, end) if n in sentence.people)
        noted = any(who.kind in ("police", "gendarme") and self.resolver.meant(who).note for who in police)
        return "security sources" if noted else ""

    def _is_of_territory(self, sentence: Sentence, begin: int, after: int, end: int) -> bool:
        """Whether the role told with a person is one of a province or a state."""
        roles = ROLES[sentence.lang].find(sentence.words, begin, end)
        return any(is_of_territory(sentence, place) for place in (after, *(role[1] for role in roles)))

    def _for_organisation(self, sentence: Sentence, begin: int, end: int, claimant: Claimant) -> Claimant:
        """ "the UN coordinator, Alain N.": the person speaks for the organisation named in the title."""
        named = next(
            (
                self.organisations[n]
                for n in range(begin, end)
                if n in self.organisations and not _is_told(sentence, n)
            ),
            None,
        )
        return (
            Claimant("source", "", named[2], claimant.name, claimant.start, claimant.end)
            if named
            else claimant
        )

    def _belongs(self, sentence: Sentence, place: int) -> bool:
        """Words that may stand between a name and a role: articles, "for the", commas, the names of actors."""
        word = sentence.words[place]
        who = mention_over(sentence, place)
        if who is not None and who.kind in OUTSIDERS and place not in self.sources:
            return False
        if (
            who is not None
            or self._role_around(sentence, place)
            or place in self.sources
            or place in self.organisations
        ):
            return True
        if (
            VERBS[sentence.lang].at(sentence.words, place)
            or place in sentence.harmed
            or place in sentence.dated
        ):
            return False
        return (
            word in DEMONYM
            or word in _UNITS | TERRITORY
            or place in sentence.placed
            or word in ARTICLES | FOR | {",", "'s", "general", "defence", "interior", "foreign", "and", "et"}
            or sentence.text.capital(place)
        )

    def actor(self, sentence: Sentence, who: Who) -> Claimant:
        """An actor that a mention stands for as a speaker."""
        meant = self.resolver.meant(who)
        span = sentence.text.span(who.first, who.after)
        if who.kind in ("police", "gendarme") and meant.note:
            # Police without an actor of their own are no army when they speak.
            return Claimant("source", name="security sources", start=span[0], end=span[1])
        if meant.slugs and meant.slugs[0] not in (CIVILIANS, UNIDENTIFIED):
            return Claimant("actor", slug=meant.slugs[0], start=span[0], end=span[1])
        if who.kind == "government":
            return Claimant(
                "source",
                name=government_label(who.country or self.resolver.seat),
                start=span[0],
                end=span[1],
            )
        return Claimant("source", name=sentence.text.quote(who.first, who.after), start=span[0], end=span[1])


def _speaks(who: Who) -> bool:
    """Forces and groups speak; single people only as somebody's ("a VDP leader", "Malian soldiers")."""
    if who.kind in ("body", "soldier", "fighter"):
        return bool(who.names or who.country)
    return who.kind in SPEAKING


def _is_told(sentence: Sentence, place: int) -> bool:
    """ "told AFP", "à l'AFP": the outlet is who was told."""
    one, two, three = sentence.word(place - 1), sentence.word(place - 2), sentence.word(place - 3)
    if one == "to" and two in ("according", "attributed"):
        return False
    if one in ("told", "tells", "to", "via", "inform", "and") or two in ("told", "tells"):
        return True
    return (
        (one == "l'" and two in ("a", "par", "aupres", "de"))
        or (one in ("a", "le") and two in ("a", "declare", "confie"))
        or three == "told"
    )
