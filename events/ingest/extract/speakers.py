"""Who says it: the speakers of a sentence, and which of its words are theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from events.ingest.extract.countries import COUNTRY_NAMES, DEMONYM
from events.ingest.extract.found import Claimant
from events.ingest.extract.mentions import Who
from events.ingest.extract.persons import Persons, government_label, person_at
from events.ingest.extract.resolve import CIVILIANS, UNIDENTIFIED, Resolver
from events.ingest.extract.speech_words import (
    ACCORDING,
    BACK,
    CARRIERS,
    CLAUSES,
    NOUN_BEFORE,
    ONLY_AT_START,
    ORGANISATIONS,
    PRONOUNS,
    ROLES,
    SOURCES,
    VERBS,
)
from events.ingest.extract.victims import Sentence
from events.ingest.extract.words import wordset

# Mentions of these classes speak; civilians do as "residents" (see SOURCES).
SPEAKING = wordset(
    "army government name rebel police gendarme jihadist peacekeeper militia volunteer mercenary body soldier"
)
_OBLIQUE = wordset(
    "for pour by in against from with on to of near between among after before than over towards into "
    "during that as at par dans contre avec sur a aux au de du des d' entre parmi apres avant chez "
    "vers lors en que qu' inside outside"
)
_FOR = wordset("for of from by in within du de des d' pour au aux chez")
_ARTICLES = wordset(
    "the a an la le l' les un une its their several two three some deux trois des plusieurs own local"
)
_AUXILIARY = {
    "en": wordset("has have had also later earlier since then already further separately meanwhile both"),
    "fr": wordset(
        "de son cote leur quant a ont avait avaient ayant aussi egalement ensuite avoir par ailleurs seulement notamment "
        "deja pour sa part"
    ),
}
_REACH = 34
OUTLET = Claimant("outlet")


class Candidate(NamedTuple):
    """A possible speaker at words [first, after)."""

    first: int
    after: int
    claimant: Claimant


@dataclass(frozen=True, slots=True)
class Speech:
    """A saying at words [first, after). What is said lies in words [begin, end); `subject` is where the speaker stands.

    `kind`: say, admit, deny, add, admitting, denying, according, claim. `behind`: what is said stands before it.
    """

    first: int
    after: int
    begin: int
    end: int
    subject: int
    claimant: Claimant
    kind: str
    behind: bool = False


@dataclass(slots=True)
class Speakers:
    """The speakers of one report, sentence by sentence; remembers who spoke last."""

    resolver: Resolver
    last: Claimant | None = None
    # Who issues "the statement": the last party or government that spoke.
    last_actor: Claimant | None = None
    persons: Persons = field(init=False)
    _sources: dict[int, tuple[int, int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.persons = Persons(self.resolver)

    def of_sentence(self, sentence: Sentence) -> list[Speech]:
        """The sayings of a sentence, in order."""
        self._sources = _source_spans(sentence)
        verbs = list(self._verbs(sentence))
        found = sorted([*verbs, *self._according(sentence, verbs)], key=lambda speech: speech.first)
        if not any(speech.kind != "claim" for speech in found):
            found.extend(self._suffix(sentence))
        found = _with_ends(found, sentence.first)
        actual = [speech for speech in found if speech.claimant.kind != "outlet"]
        if actual:
            self.last = actual[-1].claimant
            self.last_actor = next((s.claimant for s in reversed(actual) if s.claimant.slug), self.last_actor)
        elif self.last is None or not found:
            self._note_subject(sentence)
        return [speech for speech in found if speech.kind != "claim"]

    def _note_subject(self, sentence: Sentence) -> None:
        """A sentence that opens with an actor makes it the one whom "it said" in the next sentence means."""
        who = next(
            (
                sentence.people[n]
                for n in range(sentence.first, min(sentence.first + 4, sentence.after))
                if n in sentence.people
            ),
            None,
        )
        if (
            self.last is None
            and who is not None
            and who.kind in SPEAKING
            and who.first not in sentence.harmed_victims
            and who.first not in sentence.counted
        ):
            claimant = self._actor(sentence, who)
            self.last = claimant if claimant.slug and claimant.slug != UNIDENTIFIED else None

    # --- verbs of saying

    def _verbs(self, sentence: Sentence) -> Iterator[Speech]:
        here: Claimant | None = None
        taken = sentence.first
        for first, after, kind in VERBS[sentence.lang].find(sentence.words, sentence.first, sentence.after):
            start = self._verb_start(sentence, first)
            if first < taken or start is None:
                continue
            speech = self._speech(sentence, start, first, after, kind, here)
            if speech is not None:
                here = speech.claimant if speech.claimant.kind != "outlet" else here
                taken = max(after, speech.subject + 1)
                yield speech

    def _verb_start(self, sentence: Sentence, first: int) -> int | None:
        """Where the verb begins with its auxiliaries; None when the word is a noun here."""
        before = sentence.word(first - 1)
        if before in NOUN_BEFORE[sentence.lang] and not (before == "a" and sentence.lang == "fr"):
            return None
        start = first
        while start - 1 >= sentence.first and sentence.words[start - 1] in _AUXILIARY[sentence.lang]:
            start -= 1
        # "a-t-il ajouté": the pronoun stands inside the verb.
        if sentence.lang == "fr" and sentence.words[max(sentence.first, first - 3) : first - 1] in (
            ["a", "t"],
            ["ont", "t"],
        ):
            start = first - 3
        return start

    def _speech(
        self, sentence: Sentence, start: int, first: int, after: int, kind: str, here: Claimant | None
    ) -> Speech | None:
        begin, end = _segment(sentence, first)
        if kind in ("add", "admitting", "denying"):
            speaker = here or self.last
            own = self._left(sentence, begin, start) if here is None and kind == "add" else None
            if own is None and here is None and self._has_carrier(sentence, begin, start):
                speaker = None
            if own is None:
                good = speaker is not None and (kind != "add" or _goes_on(sentence, after))
                behind = start in sentence.text.closes or (
                    sentence.word(start - 1) == ","
                    and start - 1 > begin
                    and not _harmed(sentence, after, end)
                )
                return (
                    self._told(sentence, start, first, after, kind, speaker, (begin, end), behind)
                    if good and speaker
                    else None
                )
        pronoun = self._pronoun(sentence, start, first)
        if pronoun is not None:
            behind = (
                sentence.word(pronoun - 1) == "," or pronoun in sentence.text.closes
            ) and pronoun - 1 > begin
            return self._told(
                sentence, pronoun, first, after, kind, here or self.last or OUTLET, (begin, end), behind
            )
        inverted = self._inverted(sentence, start, after)
        if inverted:
            return Speech(first, after, begin, start, inverted.first, inverted.claimant, kind, behind=True)
        left = self._left(sentence, begin, start)
        if left is None:
            return None
        comma = self._said_before(sentence, left.first, begin, after, end)
        if comma is not None:
            return Speech(first, after, begin, comma, left.first, left.claimant, kind, behind=True)
        return Speech(first, after, after, end, left.first, left.claimant, kind)

    def _has_carrier(self, sentence: Sentence, begin: int, end: int) -> bool:
        """ "reports circulate, speaking of dozens killed": nobody of those who spoke before."""
        return any(begin <= place < end and source[2] in CARRIERS for place, source in self._sources.items())

    def _told(
        self,
        sentence: Sentence,
        subject: int,
        first: int,
        after: int,
        kind: str,
        claimant: Claimant,
        segment: tuple[int, int],
        behind: bool,
    ) -> Speech:
        if behind:
            return Speech(first, after, segment[0], subject, subject, claimant, kind, behind=True)
        return Speech(first, after, after, segment[1], subject, claimant, kind)

    def _pronoun(self, sentence: Sentence, start: int, first: int) -> int | None:
        """The place of "he" in "he said", "a-t-il" in "a-t-il ajouté"."""
        for place in range(first - 1, max(sentence.first, first - 4) - 1, -1):
            if sentence.words[place] in PRONOUNS[sentence.lang]:
                return min(place, start)
            if sentence.words[place] not in _AUXILIARY[sentence.lang] | {"t"}:
                return None
        return None

    def _inverted(self, sentence: Sentence, start: int, after: int) -> Candidate | None:
        """ ", a indiqué l'armée", '" said the spokesman': the speaker after the verb, what is said before it."""
        if start <= sentence.first or not (
            sentence.word(start - 1) in (",", "-", ")") or start in sentence.text.closes
        ):
            return None
        limit = min(after + 12, sentence.after)
        place = after
        while place < limit:
            word = sentence.words[place]
            if (
                word in (".", ";", "that", "que", "qu'", "avoir")
                or (word == "," and place > after)
                or place in sentence.text.opens
            ):
                return None
            found = self._candidate(sentence, place, limit)
            if found and found.claimant.kind != "carrier":
                return found
            if found:
                return self._carried(sentence, found, limit) or Candidate(found.first, found.after, OUTLET)
            place += 1
        return None

    def _left(self, sentence: Sentence, begin: int, verb: int) -> Candidate | None:
        """The subject of a verb: the nearest speaker to its left that stands in no prepositional phrase."""
        fallback: Candidate | None = None
        place = verb - 1
        while place >= max(begin, verb - _REACH):
            found = self._candidate(sentence, place, verb)
            if found is None or self._is_counted(sentence, found):
                place -= 1
                continue
            place = found.first - 1
            if sentence.word(place) == "(":
                continue
            if found.claimant.kind == "carrier":
                fallback = fallback or self._carried(sentence, found, verb)
            elif not self._is_oblique(sentence, found.first):
                return self._first_of_two(sentence, found, begin)
            else:
                owner = self._owner(sentence, found, begin)
                if owner:
                    return owner
        return fallback

    def _first_of_two(self, sentence: Sentence, found: Candidate, begin: int) -> Candidate:
        """ "the army and the rebels said": the first of them stands for the claim."""
        place = found.first - 1
        while sentence.word(place) in _ARTICLES:
            place -= 1
        if sentence.word(place) not in ("and", "et") or place - 1 < begin:
            return found
        other = self._candidate(sentence, place - 1, found.first)
        return (
            Candidate(other.first, found.after, other.claimant)
            if other and other.claimant.kind in ("actor", "source")
            else found
        )

    def _carried(self, sentence: Sentence, carrier: Candidate, limit: int) -> Candidate | None:
        """ "a statement from the army said", "le communiqué de l'état-major": whose it is, or whoever spoke last."""
        for here in range(carrier.after, min(carrier.after + 6, limit)):
            found = self._candidate(sentence, here, limit)
            if found and found.claimant.kind != "carrier":
                return Candidate(carrier.first, found.after, found.claimant)
            if sentence.words[here] in (",", "."):
                break
        issuer = self.last_actor or self.last
        return Candidate(carrier.first, carrier.after, issuer) if issuer else None

    def _is_counted(self, sentence: Sentence, found: Candidate) -> bool:
        """ "ten soldiers said" hardly occurs; "killed ten soldiers, the army said" does."""
        if found.claimant.kind == "source":
            return False
        inside = [v for v in sentence.victims if v.first <= found.first < v.after and v.quantity]
        return any(not v.quantity or not v.quantity.one or v.first in sentence.harmed_victims for v in inside)

    def _is_oblique(self, sentence: Sentence, first: int) -> bool:
        here = first - 1
        while sentence.word(here) in _ARTICLES and sentence.word(here) != "des":
            here -= 1
        if sentence.word(here) == "des":
            # "Des habitants disent" opens a clause, "le maire des habitants" does not.
            opened = here in sentence.text.opens | sentence.text.closes
            return (
                here > sentence.first
                and not opened
                and sentence.word(here - 1) not in (",", ":", "et", "que", "qu'")
            )
        return sentence.word(here) in _OBLIQUE

    def _owner(self, sentence: Sentence, found: Candidate, begin: int) -> Candidate | None:
        """A spokesperson or source of whom the mention is the affiliation: "a spokesman for the army", "une source de l'armée"."""
        for here in range(found.first - 1, max(begin, found.first - 7) - 1, -1):
            between = sentence.words[here + 1 : found.first]
            if "," in between:
                return None
            source = self._sources.get(here)
            if source and source[2] not in CARRIERS and _FOR & set(between):
                return self._source(sentence, source)
            role = ROLES[sentence.lang].at(sentence.words, here)
            if role and _FOR & set(between):
                return self._person(sentence, here, here + role[0])
        return None

    # --- according to

    def _according(self, sentence: Sentence, verbs: Sequence[Speech]) -> Iterator[Speech]:
        for first, after, _ in ACCORDING[sentence.lang].find(sentence.words, sentence.first, sentence.after):
            if sentence.words[first] in ONLY_AT_START and first != sentence.first:
                continue
            begin, end = _segment(sentence, first)
            earlier = [speech.claimant for speech in verbs if speech.first < first]
            claimant = self._after_according(
                sentence, first, after, end, earlier[-1] if earlier else self.last
            )
            if claimant is None:
                continue
            if sentence.word(after) in BACK and after < sentence.after:
                yield Speech(first, after, after, end, first, claimant, "according")
            elif first - sentence.first <= 2:
                yield Speech(first, after, after, sentence.after, first, claimant, "according")
            else:
                yield Speech(first, after, begin, end, first, claimant, "according", behind=True)

    def _after_according(
        self, sentence: Sentence, first: int, after: int, end: int, last: Claimant | None
    ) -> Claimant | None:
        if sentence.word(after) in BACK or {"same", "meme"} & set(sentence.words[after : after + 2]):
            return last
        carrier = False
        here = first + 1 if sentence.words[after - 1] in ("source", "sources") else after
        while here < min(after + 12, end):
            word = sentence.words[here]
            if word in (".", ";") or (word == "," and here > after):
                break
            found = self._candidate(sentence, here, end)
            if found and found.claimant.kind != "carrier":
                return found.claimant
            carrier = carrier or bool(found)
            here = found.after if found else here + 1
        return last if carrier else None

    def _suffix(self, sentence: Sentence) -> list[Speech]:
        """The speaker at the end of a headline: "... - army", "... (armée)", "...: police"."""
        if sentence.number or not (sentence.headline or sentence.after - sentence.first <= 20):
            return []
        for place in range(sentence.after - 1, max(sentence.first + 2, sentence.after - 8), -1):
            if sentence.words[place] not in ("-", ":", "(", "–"):
                continue
            for here in range(place + 1, min(place + 4, sentence.after)):
                found = self._candidate(sentence, here, sentence.after)
                if (
                    found
                    and found.claimant.kind in ("actor", "source")
                    and not _harmed(sentence, place, sentence.after)
                ):
                    return [
                        Speech(
                            place,
                            sentence.after,
                            sentence.first,
                            place,
                            place,
                            found.claimant,
                            "according",
                            behind=True,
                        )
                    ]
            return []
        return []

    # --- who can speak

    def _candidate(self, sentence: Sentence, place: int, limit: int) -> Candidate | None:
        """The speaker whose name or noun has a word here, told apart in this order: source, organisation, actor, person."""
        text = sentence.text
        source = self._sources.get(place)
        if source:
            return self._source(sentence, source)
        organisation = self._organisation(sentence, place)
        if organisation:
            return organisation
        who = _inside(sentence, place)
        source = (
            next((self._sources[n] for n in range(who.first, who.after) if n in self._sources), None)
            if who
            else None
        )
        if source and source[1] - source[0] > 1:
            return self._source(sentence, source)
        if who and _speaks(who):
            role = ROLES[sentence.lang].at(text.words, who.after) if who.after < limit else None
            if role:
                return self._person(sentence, who.after, who.after + role[0])
            return Candidate(who.first, who.after, self._actor(sentence, who))
        if who:
            return None
        state = self._state(sentence, place)
        if state:
            return state
        around = self._role_around(sentence, place)
        if around:
            return self._person(sentence, *around)
        return self._named(sentence, place)

    def _organisation(self, sentence: Sentence, place: int) -> Candidate | None:
        """An organisation or outlet that has a word here, unless it is the one who was told."""
        for first in range(place, max(sentence.first, place - 5) - 1, -1):
            found = ORGANISATIONS.at(sentence.words, first) if sentence.text.capital(first) else None
            if (
                found
                and first + found[0] > place
                and _as_written(sentence, first, found[0])
                and not _inside(sentence, first)
            ):
                if _is_told(sentence, first):
                    return None
                span = sentence.text.span(first, first + found[0])
                return Candidate(
                    first, first + found[0], Claimant("source", name=found[1], start=span[0], end=span[1])
                )
        return None

    def _source(self, sentence: Sentence, source: tuple[int, int, str]) -> Candidate:
        first, after, name = source
        span = sentence.text.span(first, after)
        before = sentence.word(first - 1)
        same = before in ("same", "meme", "cette", "this", "that", "ladite", "ce", "ces", "these")
        same = same or (
            before in ("the", "la", "notre")
            and sentence.words[first:after] == ["source"]
            and self.last is not None
        )
        kind = "carrier" if name in CARRIERS or same else "source"
        return Candidate(first, after, Claimant(kind, name=name, start=span[0], end=span[1]))

    def _state(self, sentence: Sentence, place: int) -> Candidate | None:
        """ "France says", "Mali a annoncé": a country speaks through its government."""
        for first in (place, place - 1):
            found = (
                COUNTRY_NAMES.at(sentence.words, first)
                if first >= sentence.first and sentence.text.capital(first)
                else None
            )
            opens = first == sentence.first or sentence.word(first - 1) in (",", "that", "que", "-", ":")
            if (
                found
                and opens
                and first + found[0] == place + 1
                and VERBS[sentence.lang].at(sentence.words, min(place + 1, sentence.after - 1))
            ):
                slug = self.resolver.tables.governments.get(found[1], "")
                span = sentence.text.span(first, place + 1)
                kind, name = ("actor", "") if slug else ("source", government_label(found[1]))
                return Candidate(
                    first, place + 1, Claimant(kind, slug=slug, name=name, start=span[0], end=span[1])
                )
        return None

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
                return self._person(sentence, first, first + size)
        known = self.persons.surname(sentence, place)
        return Candidate(place, place + 1, known) if known else None

    def _person(self, sentence: Sentence, first: int, after: int) -> Candidate:
        """A person with what stands right beside: name after role, role after name, up to a verb of saying or a quote."""
        begin, end = first, after
        while begin > sentence.first and first - begin < 9 and self._belongs(sentence, begin - 1):
            begin -= 1
        while end < sentence.after and end - after < 12 and self._belongs(sentence, end):
            end += 1
        while sentence.words[begin] in (",", "and", "et", *_FOR) and begin < first:
            begin += 1
        span = sentence.text.span(first, after)
        office = next(
            (
                self._sources[n][2]
                for n in range(begin, end)
                if n in self._sources and self._sources[n][2] not in CARRIERS
            ),
            "",
        )
        claimant = self.persons.speaker(sentence, begin, end, span, self.last, office)
        return Candidate(
            min(first, begin), after, claimant or Claimant("person", role=sentence.text.quote(first, after))
        )

    def _belongs(self, sentence: Sentence, place: int) -> bool:
        """Words that may stand between a name and a role: articles, "for the", commas, the names of actors."""
        word = sentence.words[place]
        if (
            place in sentence.people
            or _inside(sentence, place)
            or self._role_around(sentence, place)
            or place in self._sources
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
            or word
            in _ARTICLES | _FOR | {",", "'s", "general", "defence", "interior", "foreign", "and", "et"}
            or sentence.text.capital(place)
        )

    def _actor(self, sentence: Sentence, who: Who) -> Claimant:
        meant = self.resolver.meant(who)
        span = sentence.text.span(who.first, who.after)
        if meant.slugs and meant.slugs[0] not in (CIVILIANS, UNIDENTIFIED):
            return Claimant("actor", slug=meant.slugs[0], start=span[0], end=span[1])
        if who.kind == "government":
            return Claimant(
                "source",
                name=government_label(who.country or self.resolver.country),
                start=span[0],
                end=span[1],
            )
        return Claimant("source", name=sentence.text.quote(who.first, who.after), start=span[0], end=span[1])

    def _said_before(self, sentence: Sentence, subject: int, begin: int, after: int, end: int) -> int | None:
        """The comma before a speaker who stands behind what is said; None when it follows the verb."""
        for place in range(subject - 1, max(begin, subject - 9), -1):
            word, closed = sentence.words[place], place + 1 in sentence.text.closes
            if word in ("and", "et", "but", "mais") and sentence.words[place - 1] == ",":
                return None
            if word == "," or closed:
                told = _harmed(sentence, begin, place + 1) or (closed and place - begin > 3)
                more = _harmed(sentence, after, end) and place < subject - 2
                return place + closed if told and not more else None
            if place in sentence.harmed:
                return None
        return None


def _speaks(who: Who) -> bool:
    """Forces and groups speak; single people only as somebody's ("a VDP leader", "Malian soldiers")."""
    if who.kind in ("body", "soldier", "fighter"):
        return bool(who.names or who.country)
    return who.kind in SPEAKING


def _source_spans(sentence: Sentence) -> dict[int, tuple[int, int, str]]:
    """Each word of a noun for a source -> (first, after, name); nouns of victims counted are no sources."""
    spans: dict[int, tuple[int, int, str]] = {}
    counted = {
        n
        for v in sentence.victims
        if v.quantity and not v.quantity.one and v.who
        for n in range(v.first, v.after)
    }
    for first, after, name in SOURCES[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        inside = _inside(sentence, first)
        if (
            inside
            and after - first == 1
            and (inside.names or inside.after - inside.first > 2)
            and name != "residents"
        ):
            continue
        if (
            name in ("residents", "security sources", "medical sources", "local officials", "experts")
            and after - first == 1
            and first in counted
        ):
            continue
        if sentence.words[first] in ("soldier", "soldiers", "officer") and sentence.word(after) not in (
            "said",
            "told",
            "who",
        ):
            continue
        spans.update(dict.fromkeys(range(first, after), (first, after, name)))
    return spans


def _inside(sentence: Sentence, place: int) -> Who | None:
    """The mention that has a word here."""
    for first in range(place, max(sentence.first, place - 12) - 1, -1):
        who = sentence.people.get(first)
        if who is not None:
            return who if place < who.after else None
    return None


def _harmed(sentence: Sentence, begin: int, end: int) -> bool:
    return any(begin <= place < end for place in sentence.harmed)


def _as_written(sentence: Sentence, place: int, size: int) -> bool:
    """Short names are acronyms: "UN" speaks, French "Un" does not."""
    written = sentence.text.quote(place, place + size)
    return len(written) > 4 or written.isupper() or "." in written


def _is_told(sentence: Sentence, place: int) -> bool:
    """ "told AFP", "à l'AFP": the outlet is who was told."""
    one, two, three = sentence.word(place - 1), sentence.word(place - 2), sentence.word(place - 3)
    if one in ("told", "tells", "to", "via", "inform", "and") or two in ("told", "tells"):
        return True
    return (
        (one == "l'" and two in ("a", "par", "aupres", "de"))
        or (one in ("a", "le") and two in ("a", "declare", "confie"))
        or three == "told"
    )


def _goes_on(sentence: Sentence, after: int) -> bool:
    """ "adding that ten were killed", but not "adding to the tension"."""
    word, before = sentence.word(after), sentence.word(after - 1)
    return (
        after in sentence.text.opens
        or word in ("that", "que", "qu'", ":", "avoir")
        or (before not in ("adding", "adds", "added") and word not in ("to", "the", "a"))
    )


def _segment(sentence: Sentence, place: int) -> tuple[int, int]:
    """The clause around a word, cut at "while", "but", "tandis que" and semicolons."""
    begin, end = sentence.first, sentence.after
    for first, after, _ in CLAUSES[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        if after <= place:
            begin = after
        elif first > place:
            return begin, first
    return begin, end


def _with_ends(speeches: Sequence[Speech], start: int) -> list[Speech]:
    """What one speaker says ends where the next speaker stands; sorted by place."""
    ordered = sorted(speeches, key=lambda speech: speech.first)
    done: list[Speech] = []
    if len([speech for speech in ordered if speech.kind != "claim"]) == 1:
        # The one speaker of a sentence, named at its end, says all of it.
        ordered = [replace(one, begin=min(one.begin, start)) if one.behind else one for one in ordered]
    for number, speech in enumerate(ordered):
        later = next(
            (one for one in ordered[number + 1 :] if one.subject > speech.after and not one.behind), None
        )
        if later and not speech.behind and later.subject < speech.end and later.kind != "according":
            speech = replace(speech, end=later.subject)
        if (
            later
            and not speech.behind
            and later.kind == "according"
            and sentence_back(later)
            and later.first < speech.end
        ):
            speech = replace(speech, end=later.first)
        done.append(speech)
    return done


def sentence_back(speech: Speech) -> bool:
    """Whether what an "according to" leads to stands after it, as in "selon lequel"."""
    return not speech.behind


def speaker_of(speeches: Sequence[Speech], place: int, sentence: Sentence) -> Speech | None:
    """The saying that a word of a sentence belongs to, or None for the report's own voice."""
    ahead = [speech for speech in speeches if not speech.behind and speech.begin <= place < speech.end]
    if ahead:
        return max(ahead, key=lambda speech: speech.first)
    behind = [speech for speech in speeches if speech.behind and speech.begin <= place < speech.end]
    cited = [speech for speech in behind if sentence.words[speech.first] in ("citing", "citant", "quoting")]
    if cited:
        return cited[0]
    if behind:
        return min(behind, key=lambda speech: (speech.first < place, speech.first))
    alone = [speech for speech in speeches if speech.kind != "claim"]
    if len(alone) == 1 and alone[0].behind and place >= alone[0].after:
        return alone[0]
    # A further clause without a speaker of its own goes on with what the speaker before it says.
    earlier = [
        speech
        for speech in speeches
        if not speech.behind and speech.end <= place and speech.kind != "according"
    ]
    begin = _segment(sentence, place)[0]
    return earlier[-1] if earlier and earlier[-1].end + 3 >= begin and begin > sentence.first else None
