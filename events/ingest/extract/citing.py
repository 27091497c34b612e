"""Who is cited without a verb: "according to the mayor", "selon une source", the speaker at the end of a headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.ingest.extract.found import Claimant
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech import Speech, harmed
from events.ingest.extract.speech_words import ACCORDING, BACK, ONLY_AT_START
from events.ingest.extract.voices import Voices
from events.ingest.extract.words import wordset


@dataclass(slots=True)
class Citing(Voices):
    """Those whom one report cites, sentence by sentence."""

    def according(self, sentence: Sentence, verbs: Sequence[Speech]) -> Iterator[Speech]:
        """The sayings that an "according to" leads to; `verbs` are those by verbs."""
        for first, after, _ in ACCORDING[sentence.lang].find(sentence.words, sentence.first, sentence.after):
            if sentence.words[first] in ONLY_AT_START and first != sentence.first:
                continue
            begin, end = sentence.clause(first)
            earlier = [speech.claimant for speech in verbs if speech.first < first]
            claimant = self._after_according(
                sentence, first, after, end, earlier[-1] if earlier else self.last
            )
            if sentence.word(after) in ("nos", "our") and sentence.word(after + 1) in _OWN_NEWS:
                claimant = Claimant("outlet")
            if claimant is None:
                continue
            back = sentence.word(after) in BACK
            if back and sentence.word(after + 1) in (".", ";", "") and first - sentence.first > 2:
                yield Speech(first, after, begin, first, first, claimant, "according", behind=True)
            elif back and after < sentence.after:
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
            found = self.candidate(sentence, here, end)
            if found and found.claimant.kind != "carrier":
                return found.claimant
            carrier = carrier or bool(found)
            here = found.after if found else here + 1
        return last if carrier else None

    def cited_before(self, sentence: Sentence, begin: int, verb: int) -> Claimant | None:
        """ "confirmed by a medical source, adding that ...": who was cited in the clause goes on speaking."""
        found = list(ACCORDING[sentence.lang].find(sentence.words, begin, verb))
        cited = self._after_according(sentence, found[-1][0], found[-1][1], verb, None) if found else None
        return cited if cited and found[-1][0] not in ONLY_AT_START else None

    def suffix(self, sentence: Sentence) -> list[Speech]:
        """The speaker at the end of a headline: "... - army", "... (armée)", "...: police"."""
        if sentence.number or not (sentence.headline or sentence.after - sentence.first <= 20):
            return []
        for place in range(sentence.after - 1, max(sentence.first + 2, sentence.after - 8), -1):
            if sentence.words[place] not in ("-", ":", "(", "–"):
                continue
            for here in range(place + 1, min(place + 4, sentence.after)):
                found = self.candidate(sentence, here, sentence.after)
                if (
                    found
                    and found.claimant.kind in ("actor", "source")
                    and not harmed(sentence, place, sentence.after)
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


# "selon nos informations": the report's own voice, whoever spoke before.
_OWN_NEWS = wordset("informations information correspondant correspondante reporter correspondent")
