"""Who says it: the speakers of a sentence, and which of its words are theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.ingest.extract.citing import Citing
from events.ingest.extract.found import Claimant
from events.ingest.extract.likeness import is_medium
from events.ingest.extract.organisations import organisation_spans
from events.ingest.extract.resolve import UNIDENTIFIED
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.sources import source_spans
from events.ingest.extract.speech import Speech, goes_on, harmed, is_helped, with_ends
from events.ingest.extract.speech_verbs import pronoun_follows, saying_verbs
from events.ingest.extract.speech_words import (
    AUXILIARY,
    CARRIERS,
    CLAUSES,
    NOUN_BEFORE,
    PRONOUNS,
    ROLES,
)
from events.ingest.extract.voices import ARTICLES, FOR, SPEAKING, Candidate
from events.ingest.extract.words import wordset

_OBLIQUE = wordset(
    "for pour by in against from with on to of near between among after before than over towards into "
    "during that as at alongside beside par dans contre avec sur a aux au de du des d' entre parmi apres avant chez "
    "vers lors en que qu' inside outside"
)


# Reports without an article are nobody's: "des informations circulent", "reports spoke of".
_LOOSE = wordset("informations reports rapports messages posts videos rumeurs rumours")
_DEFINITE = wordset("the its their his les ses leurs ces these those cette ce this")
_REACH = 34


OUTLET = Claimant("outlet")


@dataclass(slots=True)
class Speakers(Citing):
    """The speakers of one report, sentence by sentence."""

    def of_sentence(self, sentence: Sentence) -> list[Speech]:
        """The sayings of a sentence, in order."""
        self.listen(sentence)
        verbs = list(self._verbs(sentence))
        cited = list(self.according(sentence, verbs))
        verbs = [speech for speech in verbs if not _learns(sentence, speech, cited)]
        found = sorted([*verbs, *cited], key=lambda speech: speech.first)
        if not any(speech.kind != "claim" for speech in found):
            found.extend(self.suffix(sentence))
        found = with_ends(found, sentence.first)
        actual = [speech for speech in found if speech.claimant.kind != "outlet"]
        if actual:
            self.last = actual[-1].claimant
            self.last_source = next(
                (s.claimant for s in reversed(actual) if _is_unnamed(s.claimant)), self.last_source
            )
            self.last_actor = next((s.claimant for s in reversed(actual) if s.claimant.slug), self.last_actor)
        elif self.last is None or not found:
            self._note_subject(sentence)
        return [speech for speech in found if speech.kind != "claim"]

    def listen(self, sentence: Sentence) -> None:
        """Make a sentence the one whose speakers are asked for."""
        self.sources = source_spans(sentence)
        self.organisations = organisation_spans(sentence)

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
            claimant = self.actor(sentence, who)
            self.last = claimant if claimant.slug and claimant.slug != UNIDENTIFIED else None

    def _verbs(self, sentence: Sentence) -> Iterator[Speech]:
        here: Claimant | None = None
        taken = sentence.first
        for first, after, kind in saying_verbs(sentence):
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
        while start - 1 >= sentence.first and sentence.words[start - 1] in AUXILIARY[sentence.lang]:
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
        begin, end = sentence.clause(first)
        own: Candidate | None = None
        if kind in ("add", "admitting", "denying"):
            inverted = self._inverted(sentence, start, after) if kind == "add" else None
            if inverted and inverted.claimant.kind != "outlet":
                return Speech(
                    first, after, begin, start, inverted.first, inverted.claimant, kind, behind=True
                )
            cited = self.cited_before(sentence, begin, start)
            speaker = here or cited or self.last
            subject = cited is None or sentence.word(start - 1) != ","
            alone = here is None and subject and kind == "add"
            own = self._subject(sentence, begin, start) if alone else None
            if own is None and here is None and self._has_carrier(sentence, begin, start):
                speaker = None
            if own is None:
                good = speaker is not None and (kind != "add" or goes_on(sentence, after))
                behind = start in sentence.text.closes or (
                    sentence.word(start - 1) == "," and start - 1 > begin and not harmed(sentence, after, end)
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
        if pronoun_follows(sentence, after):
            if self.last is None:
                self._note_subject(sentence)
            told_by = here or self.last or OUTLET
            return Speech(first, after, begin, start, start, told_by, kind, behind=True)
        inverted = self._inverted(sentence, start, after)
        if inverted:
            return Speech(first, after, begin, start, inverted.first, inverted.claimant, kind, behind=True)
        left = own or self._left(sentence, begin, start)
        if left is None:
            return None
        told_after = kind == "add" and harmed(sentence, after, end)
        comma = None if told_after else self._said_before(sentence, left.first, begin, after, end)
        if comma is not None:
            return Speech(first, after, begin, comma, left.first, left.claimant, kind, behind=True)
        return Speech(first, after, after, end, left.first, left.claimant, kind)

    def _has_carrier(self, sentence: Sentence, begin: int, end: int) -> bool:
        """ "reports circulate, speaking of dozens killed": nobody of those who spoke before."""
        return any(begin <= place < end and source[2] in CARRIERS for place, source in self.sources.items())

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
            if sentence.words[place] not in AUXILIARY[sentence.lang] | {"t"}:
                return None
        return None

    def _inverted(self, sentence: Sentence, start: int, after: int) -> Candidate | None:
        """ ", a indiqué l'armée", '" said the spokesman': the speaker after the verb, what is said before it."""
        relative = sentence.word(start - 1) in ("que", "qu'", "l'") and bool(
            {"ce", "comme", "celui", "bilan"}
            & set(sentence.words[max(sentence.first, start - 3) : start - 1])
        )
        if start <= sentence.first or not (
            relative or sentence.word(start - 1) in (",", "-", ")") or start in sentence.text.closes
        ):
            return None
        limit = min(after + 12, sentence.after)
        suffering = {v.first for v in sentence.victims if v.first in sentence.harmed_victims}
        place = after
        while place < limit:
            word = sentence.words[place]
            if (
                word in (".", ";", "that", "que", "qu'", "avoir")
                or (word == "," and place > after)
                or place in sentence.text.opens
                or place in sentence.harmed
                or place in suffering
            ):
                return None
            found = self.candidate(sentence, place, limit)
            if found and found.claimant.kind != "carrier":
                return found
            if found:
                return self._carried(sentence, found, limit) or Candidate(found.first, found.after, OUTLET)
            place += 1
        return None

    def _left(self, sentence: Sentence, begin: int, verb: int) -> Candidate | None:
        """The subject of a verb: the nearest speaker to its left that stands in no prepositional phrase."""
        antecedent = self._antecedent(sentence, begin, verb)
        if antecedent:
            return antecedent
        fallback: Candidate | None = None
        place = verb - 1
        while place >= max(begin, verb - _REACH):
            found = self.candidate(sentence, place, verb)
            if found is None or self._is_counted(sentence, found):
                place -= 1
                continue
            # A name may begin behind its first word that speaks ("a local government official").
            place = min(place, found.first) - 1
            if sentence.word(place) == "(" or is_helped(sentence, found.first):
                continue
            if (
                found.claimant.kind == "carrier"
                and found.after == verb
                and not self._is_oblique(sentence, found.first)
            ):
                # "..., the statement said": whoever issued it, not those told of before.
                return self._carried(sentence, found, verb)
            if found.claimant.kind == "carrier":
                fallback = fallback or self._carried(sentence, found, verb)
            elif not self._is_oblique(sentence, found.first) or self._goes_on(sentence, found, verb):
                return self._first_of_two(sentence, found, begin)
            else:
                owner = self._owner(sentence, found, begin)
                if owner:
                    return owner
        return fallback

    def _goes_on(self, sentence: Sentence, found: Candidate, verb: int) -> bool:
        """ "according to an official, who called them bandits and said": a relative clause that is still open at the verb."""
        opened = sentence.words[found.after : found.after + 2]
        return (
            opened[1:] in (["who"], ["which"], ["qui"]) and "," not in sentence.words[found.after + 2 : verb]
        )

    def _subject(self, sentence: Sentence, begin: int, verb: int) -> Candidate | None:
        """Who goes on in ", saying that ...": the subject of the clause before the comma, else the nearest speaker."""
        place = begin
        while sentence.word(verb - 1) == "," and place < min(begin + 6, verb):
            found = self.candidate(sentence, place, verb)
            if found and found.claimant.kind != "carrier" and not self._is_counted(sentence, found):
                return (
                    found
                    if not self._is_oblique(sentence, found.first)
                    else self._left(sentence, begin, verb)
                )
            place += 1
        return self._left(sentence, begin, verb)

    def _first_of_two(self, sentence: Sentence, found: Candidate, begin: int) -> Candidate:
        """ "the army and the rebels said": the first of them stands for the claim."""
        place = found.first - 1
        while sentence.word(place) in ARTICLES:
            place -= 1
        if sentence.word(place) not in ("and", "et") or place - 1 < begin:
            return found
        other = self.candidate(sentence, place - 1, found.first)
        return (
            Candidate(other.first, found.after, other.claimant)
            if other and other.claimant.kind in ("actor", "source")
            else found
        )

    def _carried(self, sentence: Sentence, carrier: Candidate, limit: int) -> Candidate | None:
        """ "a statement from the army said", "le communiqué de l'état-major": whose it is, or whoever spoke last."""
        for here in range(carrier.after, min(carrier.after + 6, limit)):
            found = self.candidate(sentence, here, limit)
            if found and found.claimant.kind != "carrier":
                return Candidate(carrier.first, found.after, found.claimant)
            if sentence.words[here] in (",", ".") or CLAUSES[sentence.lang].at(sentence.words, here):
                break
        if sentence.words[carrier.first] in _LOOSE and sentence.word(carrier.first - 1) not in _DEFINITE:
            return None
        issuer = self.last_actor or self.last
        return Candidate(carrier.first, carrier.after, issuer) if issuer else None

    def _antecedent(self, sentence: Sentence, begin: int, verb: int) -> Candidate | None:
        """ "the accusations of HRW, which says": the speaker right before a relative pronoun."""
        place = verb - 1
        while sentence.word(place) in AUXILIARY[sentence.lang]:
            place -= 1
        if sentence.word(place) not in ("qui", "which", "who") or place - 1 < begin:
            return None
        place -= 2 if sentence.word(place - 1) == "," else 1
        found = self.candidate(sentence, place, verb) if place >= begin else None
        return (
            found
            if found and found.claimant.kind != "carrier" and not self._is_counted(sentence, found)
            else None
        )

    def _is_counted(self, sentence: Sentence, found: Candidate) -> bool:
        """ "ten soldiers said" hardly occurs; "killed ten soldiers, the army said" does."""
        if found.claimant.kind == "source":
            return False
        inside = [v for v in sentence.victims if v.first <= found.first < v.after and v.quantity]
        return any(not v.quantity or not v.quantity.one or v.first in sentence.harmed_victims for v in inside)

    def _is_oblique(self, sentence: Sentence, first: int) -> bool:
        here = first - 1
        if sentence.words[max(sentence.first, first - 3) : first] == ["one", "of", "the"] or (
            sentence.word(first - 1) in ("des", "d'", "eux") and sentence.word(first - 2) in ("un", "une")
        ):
            return False
        while sentence.word(here) in ARTICLES and sentence.word(here) != "des":
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
            source = self.sources.get(here)
            if source and source[2] not in CARRIERS and FOR & set(between):
                return self.source(sentence, source)
            role = ROLES[sentence.lang].at(sentence.words, here)
            if role and FOR & set(between):
                return self.person(sentence, here, here + role[0])
        return None

    def _said_before(self, sentence: Sentence, subject: int, begin: int, after: int, end: int) -> int | None:
        """The comma before a speaker who stands behind what is said; None when it follows the verb."""
        for place in range(subject - 1, max(begin, subject - 9), -1):
            word, closed = sentence.words[place], place + 1 in sentence.text.closes
            if word in ("and", "et", "but", "mais") and sentence.words[place - 1] == ",":
                return None
            if word == "," or closed:
                told = harmed(sentence, begin, place + 1) or (closed and place - begin > 3)
                more = harmed(sentence, after, end) and place < subject - 2
                return place + closed if told and not more else None
            if place in sentence.harmed:
                return None
        return None


def _is_unnamed(claimant: Claimant) -> bool:
    """A source without a name of its own: "a security source", "officials"."""
    return claimant.kind == "source" and claimant.name[:1].islower()


def _learns(sentence: Sentence, speech: Speech, cited: Sequence[Speech]) -> bool:
    """ "a appris l'AFP de sources sécuritaires", "AFP learned from residents": who told is cited after."""
    if not _LEARNING & set(sentence.words[speech.first : speech.after]):
        return False
    # Who learns of a death with sadness tells nobody of it.
    return not is_medium(speech.claimant) or any(0 < other.first - speech.after < 12 for other in cited)


_LEARNING = wordset("appris apprend learned learnt")
