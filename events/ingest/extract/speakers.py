"""Who says it: speakers, the persons who speak for them, and which words of a sentence are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from events.ingest.extract.found import Claimant, PersonFound
from events.ingest.extract.mentions import Who
from events.ingest.extract.resolve import Resolver
from events.ingest.extract.speech_words import (
    ACCORDING,
    CARRIERS,
    CLAUSES,
    ORGANISATIONS,
    PRONOUNS,
    SOURCES,
    SPOKESPERSON,
    VERBS,
)
from events.ingest.extract.victims import Sentence

# Mentions of these classes speak; civilians do as "residents" (see SOURCES).
SPEAKING = frozenset("army government name rebel police jihadist peacekeeper militia volunteer mercenary body soldier".split())
_OBLIQUE = frozenset(
    (
        "for pour by in against from with on to of near between among after before than over towards into during that as "
        "par dans contre avec sur a aux au de des du d' entre parmi apres avant chez vers lors en que qu'"
    ).split()
)
_FOR = frozenset("for of from by in within du de des d' pour au aux chez a".split())
_REACH = 32
OUTLET = Claimant("outlet")


@dataclass(frozen=True, slots=True)
class Speech:
    """A saying at words [first, after). What is said lies in words [begin, end); `subject` is where the speaker stands.

    `kind`: say, admit, deny, add, admitting, denying, according. `behind`: what is said stands before the speaker.
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
    """Speakers of one report, sentence by sentence; remembers who spoke last."""

    resolver: Resolver
    last: Claimant | None = None
    persons: dict[str, PersonFound] = field(default_factory=dict)

    def of_sentence(self, sentence: Sentence) -> list[Speech]:
        """The sayings of a sentence, in order."""
        found = sorted([*self._verbs(sentence), *self._according(sentence)], key=lambda speech: speech.first)
        suffix = self._suffix(sentence) if not found else None
        found = [*found, suffix] if suffix else found
        found = _with_ends(found)
        actual = [speech for speech in found if speech.claimant.kind != "outlet"]
        if actual:
            self.last = actual[-1].claimant
        return found

    def _verbs(self, sentence: Sentence) -> Iterator[Speech]:
        last = self.last
        taken = sentence.first
        for first, after, kind in VERBS[sentence.lang].find(sentence.words, sentence.first, sentence.after):
            if first < taken:
                continue
            segment = _segment(sentence, first)
            speech = self._speech(sentence, first, after, kind, segment, last)
            if speech is not None:
                last = speech.claimant
                taken = max(after, speech.subject + 1)
                yield speech

    def _speech(
        self, sentence: Sentence, first: int, after: int, kind: str, segment: tuple[int, int], last: Claimant | None
    ) -> Speech | None:
        start = segment[0]
        if kind in ("add", "admitting", "denying") and not self._left(sentence, max(start, first - 6), first):
            if last is None or (kind == "add" and not _goes_on(sentence, after)):
                return None
            return Speech(first, after, after, segment[1], first, last, kind)
        if sentence.word(first - 1) in PRONOUNS[sentence.lang] and sentence.word(first - 1) not in ("who", "qui"):
            claimant = last or OUTLET
            return Speech(first, after, after, segment[1], first - 1, claimant, kind, _is_incise(sentence, first - 1))
        inverted = self._inverted(sentence, first, after)
        if inverted:
            return Speech(first, after, start, first, inverted[0], inverted[1], kind, behind=True)
        left = self._left(sentence, start, first)
        if left is None:
            return None
        behind = _is_incise(sentence, left[0])
        return Speech(first, after, start if behind else after, left[0] if behind else segment[1], left[0], left[1], kind, behind)

    def _inverted(self, sentence: Sentence, first: int, after: int) -> tuple[int, Claimant] | None:
        """", a indiqué l'armée", '" said the spokesman': the speaker after the verb, what is said before it."""
        if first == sentence.first or sentence.word(first - 1) not in (",", '"', "-"):
            return None
        limit = min(after + 12, sentence.after)
        for place in range(after, limit):
            if sentence.words[place] in (".", ";", '"', "that", "que"):
                break
            found = self._source_at(sentence, place, limit)
            if found:
                return place, found
            if sentence.words[place] == ",":
                break
        return None

    def _left(self, sentence: Sentence, start: int, verb: int) -> tuple[int, Claimant] | None:
        """The subject of a verb: the nearest speaker to its left that stands in no prepositional phrase."""
        fallback: tuple[int, Claimant] | None = None
        place = verb - 1
        while place >= max(start, verb - _REACH):
            found = self._source_at(sentence, place, verb)
            if found is None or self._is_counted(sentence, place):
                place -= 1
                continue
            if found.kind == "carrier":
                fallback = fallback or self._carried(sentence, place, verb)
                place -= 1
                continue
            if not self._is_oblique(sentence, place):
                whole = self._with_role(sentence, place, start, verb, found)
                return whole
            owner = self._role_before(sentence, place, start)
            if owner is not None:
                return owner, self._person(sentence, owner, verb, found)
            place -= 1
        return fallback

    def _carried(self, sentence: Sentence, place: int, verb: int) -> tuple[int, Claimant] | None:
        """"a statement from the army said", "le communiqué de l'état-major": whose it is, or whoever spoke last."""
        for here in range(place + 1, verb):
            found = self._source_at(sentence, here, verb)
            if found and found.kind != "carrier":
                return place, found
        return (place, self.last) if self.last else None

    def _is_counted(self, sentence: Sentence, place: int) -> bool:
        """"ten soldiers said" hardly occurs; "killed ten soldiers, the army said" does."""
        return any(
            victims.first <= place < victims.after and victims.quantity and not victims.quantity.one for victims in sentence.victims
        )

    def _is_oblique(self, sentence: Sentence, place: int) -> bool:
        here = place - 1
        while sentence.word(here) in ("the", "a", "an", "la", "le", "l'", "les", "un", "une", "local", "its", "their", "several", "two"):
            here -= 1
        return sentence.word(here) in _OBLIQUE and (sentence.word(here) != "a" or sentence.lang == "fr")

    def _role_before(self, sentence: Sentence, place: int, start: int) -> int | None:
        """A spokesperson or source of whom the mention is the affiliation: "a spokesman for the army", "une source de l'armée"."""
        for here in range(place - 1, max(start, place - 7) - 1, -1):
            if SPOKESPERSON[sentence.lang].at(sentence.words, here) or _source_name(sentence, here):
                between = sentence.words[here + 1 : place]
                return here if _FOR & set(between) and "," not in between else None
        return None

    def _with_role(self, sentence: Sentence, place: int, start: int, verb: int, found: Claimant) -> tuple[int, Claimant]:
        first = self.start_of(sentence, place)
        if found.kind == "person":
            return first, self._person(sentence, place, verb, found)
        role = next((n for n in range(place, verb) if SPOKESPERSON[sentence.lang].at(sentence.words, n)), None)
        return (first, self._person(sentence, role, verb, found)) if role is not None else (first, found)

    def start_of(self, sentence: Sentence, place: int) -> int:
        who = next((who for who in sentence.people.values() if who.first <= place < who.after), None)
        first = who.first if who else place
        while sentence.word(first - 1) in ("the", "a", "an", "la", "le", "l'", "les", "un", "une", "some", "several", "des", "local", "two"):
            first -= 1
        return first

    def _source_at(self, sentence: Sentence, place: int, limit: int) -> Claimant | None:
        """The speaker whose name or noun begins at this word (or ends in it, for mentions of several words)."""
        text = sentence.text
        source = _source_name(sentence, place)
        if source:
            span = text.span(place, place + source[0])
            if source[1] in CARRIERS:
                return Claimant("carrier", name=source[1], start=span[0], end=span[1])
            return Claimant("source", name=source[1], start=span[0], end=span[1])
        organisation = ORGANISATIONS.at(text.words, place) if text.raw[text.starts[place]].isupper() else None
        if organisation and not _is_told(sentence, place):
            span = text.span(place, place + organisation[0])
            return Claimant("source", name=organisation[1], start=span[0], end=span[1])
        who = sentence.people.get(place)
        if who and who.kind in SPEAKING and (who.kind not in ("body", "soldier") or who.names or who.country):
            return self._actor(sentence, who)
        spokes = SPOKESPERSON[sentence.lang].at(text.words, place)
        if spokes:
            span = text.span(place, place + spokes[0])
            return Claimant("person", role=text.quote(place, place + spokes[0]), start=span[0], end=span[1])
        size = person_at(sentence, place)
        if size and place + size <= limit:
            span = text.span(place, place + size)
            return Claimant("person", name=text.quote(place, place + size), start=span[0], end=span[1])
        return None

    def _actor(self, sentence: Sentence, who: Who) -> Claimant:
        meant = self.resolver.meant(who)
        span = sentence.text.span(who.first, who.after)
        label = sentence.text.quote(who.first, who.after)
        if meant.slugs:
            return Claimant("actor", slug=meant.slugs[0], start=span[0], end=span[1])
        return Claimant("source", name=label, start=span[0], end=span[1])

    def _person(self, sentence: Sentence, place: int, verb: int, found: Claimant) -> Claimant:
        """A person with the role and affiliation told beside the name: before or after it, up to the verb."""
        first, after = max(sentence.first, place - 10), min(max(verb, place + 14), sentence.after)
        name, role, slug = found.name, found.role, found.slug if found.kind == "actor" else ""
        for here in range(first, after):
            size = person_at(sentence, here)
            spokes = SPOKESPERSON[sentence.lang].at(sentence.words, here)
            who = sentence.people.get(here)
            if size and not name:
                name = sentence.text.quote(here, here + size)
            elif spokes and not role:
                role = sentence.text.quote(here, here + spokes[0])
                slug = slug or self._of_role(sentence, here, here + spokes[0])
            elif who and who.kind in SPEAKING and not slug and role and not self._is_counted(sentence, here):
                slug = slug or self._actor(sentence, who).slug
        if not role:
            source = next((s[1] for n in range(first, after) if (s := _source_name(sentence, n)) and s[1] not in CARRIERS), "")
            if source and not slug:
                return self._note(sentence, replace(found, kind="source" if not name else "person", name=name or source, role=source))
        if not slug and role:
            slug = self._default_affiliation(role)
        return self._note(sentence, replace(found, kind="person" if name or not slug else "actor", name=name, role=role, slug=slug))

    def _of_role(self, sentence: Sentence, first: int, after: int) -> str:
        """"army spokesman", "spokesman for the Azawad separatists", "porte-parole du FLA"."""
        for who in sentence.people.values():
            if who.kind in SPEAKING and (0 <= who.first - after <= 3 or 0 <= first - who.after <= 1):
                return self._actor(sentence, who).slug
        return ""

    def _default_affiliation(self, role: str) -> str:
        """Ministers and presidents without more are the government's; generals and chiefs of staff the army's."""
        folded = role.lower()
        country = self.resolver.country
        if any(word in folded for word in ("minist", "presid", "présid")):
            return self.resolver.tables.governments.get(country, "")
        if any(word in folded for word in ("general", "général", "colonel", "chief of staff", "état-major")):
            return self.resolver.tables.state_forces.get(country, "")
        if "spoke" in folded or "porte" in folded:
            return self.last.slug if self.last else ""
        return ""

    def _note(self, sentence: Sentence, claimant: Claimant) -> Claimant:
        if claimant.kind == "person" and claimant.name and claimant.name not in self.persons:
            start = sentence.text.raw.find(claimant.name)
            self.persons[claimant.name] = PersonFound(
                claimant.name, claimant.role, claimant.slug, start, start + len(claimant.name), "person quoted", 0.8
            )
        return claimant

    def _according(self, sentence: Sentence) -> Iterator[Speech]:
        for first, after, _ in ACCORDING[sentence.lang].find(sentence.words, sentence.first, sentence.after):
            begin, end = _segment(sentence, first)
            claimant = self._after_according(sentence, first, after, end)
            if claimant is None:
                continue
            if first - sentence.first <= 2:
                yield Speech(first, after, after, sentence.after, first, claimant, "according")
            else:
                yield Speech(first, after, begin, end, first, claimant, "according", behind=True)

    def _after_according(self, sentence: Sentence, first: int, after: int, end: int) -> Claimant | None:
        carrier = False
        here = first if sentence.words[after - 1] in ("source", "sources") else after
        while here < min(after + 10, end):
            if sentence.words[here] in (",", ".", ";") and here > after:
                break
            if here == first and sentence.words[first] == "de":
                here += 1
            found = self._source_at(sentence, here, end)
            if found and found.kind == "carrier":
                carrier = True
            elif found:
                if found.kind == "person":
                    return self._person(sentence, here, min(here + 14, end), found)
                return found
            here += 1
        return self.last if carrier else None

    def _suffix(self, sentence: Sentence) -> Speech | None:
        """The speaker at the end of a headline: "... - army", "... (armée)", "...: police"."""
        if sentence.number:
            return None
        for place in range(sentence.after - 1, max(sentence.first + 2, sentence.after - 8), -1):
            if sentence.words[place] in ("-", ":", "("):
                for here in range(place + 1, sentence.after):
                    found = self._source_at(sentence, here, sentence.after)
                    if found and found.kind in ("actor", "source") and here - place <= 3:
                        return Speech(place, sentence.after, sentence.first, place, place, found, "according", behind=True)
                return None
        return None


def _goes_on(sentence: Sentence, after: int) -> bool:
    """"adding that ten were killed", but not "adding to the tension"."""
    word, before = sentence.word(after), sentence.word(after - 1)
    return word in ("that", "que", "qu'", ":", '"') or (before not in ("adding", "adds", "added") and word not in ("to", "the", "a"))


def _source_name(sentence: Sentence, place: int) -> tuple[int, str] | None:
    found = SOURCES[sentence.lang].at(sentence.words, place)
    if found is None or place + found[0] > sentence.after:
        return None
    return found


def _is_told(sentence: Sentence, place: int) -> bool:
    """"told AFP", "à l'AFP": the outlet is who was told."""
    before = [sentence.word(place - 1), sentence.word(place - 2)]
    return "told" in before or "tells" in before or (before[0] == "l'" and before[1] in ("a", "par", "aupres")) or before[0] in ("to", "via")


def person_at(sentence: Sentence, place: int) -> int:
    """Number of words of a person's name that begins here: two to four words with capitals that are nothing else."""
    text = sentence.text
    if not text.raw[text.starts[place]].isupper() or not text.words[place].isalpha() or text.raw[text.starts[place] : text.ends[place]].isupper():
        return 0
    if place in sentence.people or place in sentence.counts or (place > sentence.first and _is_name_word(sentence, place - 1)):
        return 0
    size = 0
    while place + size < sentence.after and size < 5 and _is_name_word(sentence, place + size):
        size += 1
    while size and text.words[place + size - 1] in _PARTICLES:
        size -= 1
    known = place == sentence.first and text.words[place] in _STARTERS
    return size if size >= 2 and not known and text.words[place] not in _NO_NAMES else 0


_PARTICLES = frozenset("ag ould el al ben bin de la du".split())
_NO_NAMES = frozenset("original source several recent current human minister president general colonel spokesman".split())
_STARTERS = frozenset("the in on at le la les dans un une il elle this selon au en des after a".split())


def _is_name_word(sentence: Sentence, place: int) -> bool:
    text = sentence.text
    word = text.words[place]
    if place in sentence.people or not word.isalpha() or place in sentence.dated:
        return False
    if word in _PARTICLES:
        return place > sentence.first and text.raw[text.starts[place - 1]].isupper()
    written = text.raw[text.starts[place] : text.ends[place]]
    return written[0].isupper() and not written.isupper() and place not in sentence.placed


def _segment(sentence: Sentence, place: int) -> tuple[int, int]:
    """The clause around a word, cut at "while", "but", "tandis que" and semicolons."""
    begin, end = sentence.first, sentence.after
    for first, after, _ in CLAUSES[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        if after <= place:
            begin = after
        elif first > place:
            return begin, first
    return begin, end


def _is_incise(sentence: Sentence, subject: int) -> bool:
    """Whether the speaker stands behind what is said: after a comma or a closing quote, in mid-sentence."""
    return subject - 1 > sentence.first and sentence.word(subject - 1) in (",", '"') and _something_said(sentence, subject - 1)


def _something_said(sentence: Sentence, comma: int) -> bool:
    """"In a statement on Monday, the army said": what stands before the comma is no saying."""
    before = range(sentence.first, comma)
    return any(place in sentence.harmed for place in before) or (comma - sentence.first > 12 and sentence.word(sentence.first) not in ("in", "on", "dans"))


def _with_ends(speeches: list[Speech]) -> list[Speech]:
    """What one speaker says ends where the next speaker stands."""
    done: list[Speech] = []
    for number, speech in enumerate(speeches):
        following = next((later for later in speeches[number + 1 :] if later.subject > speech.after and not later.behind), None)
        if following and not speech.behind and following.subject < speech.end:
            speech = replace(speech, end=following.subject)
        done.append(speech)
    return done


def speaker_of(speeches: list[Speech], place: int, sentence: Sentence) -> Speech | None:
    """The saying that a word of a sentence belongs to, or None for the report's own voice."""
    ahead = [speech for speech in speeches if not speech.behind and speech.begin <= place < speech.end]
    if ahead:
        return max(ahead, key=lambda speech: speech.first)
    behind = [speech for speech in speeches if speech.behind and speech.begin <= place < speech.end]
    if behind:
        return min(behind, key=lambda speech: speech.first)
    # A further clause without a speaker of its own goes on with what the speaker before it says.
    earlier = [speech for speech in speeches if not speech.behind and speech.end <= place and speech.kind != "according"]
    begin = _segment(sentence, place)[0]
    return earlier[-1] if earlier and earlier[-1].end + 3 >= begin and begin > sentence.first else None
