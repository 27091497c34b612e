"""Where a report leaves its incident for what went before, and where it comes back.

An article closes with earlier attacks and with totals, and its sentences there lean on one another: the first has a date or
a word of background, those after it have neither. So background goes on until the day of the incident is named, or a
source speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.ingest.extract.context import has_main_date
from events.ingest.extract.countries import COUNTRY_NAMES, DEMONYM, REGION
from events.ingest.extract.dated import Dated
from events.ingest.extract.likeness import is_medium
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech import Speech
from events.ingest.extract.words import one_of

WHY = "told beside what went before"
_REMINDERS = {
    "en": one_of(
        "as a reminder, for the record, by way of reminder, in a previous, in an earlier, in another attack"
    ),
    "fr": one_of("pour rappel, pour mémoire, rappelons, il faut rappeler, à titre de rappel"),
}
# A title and a lead tell the incident, whatever words they use.
_LEAD = 2


@dataclass(slots=True)
class Digression:
    """Whether the report is telling what went before, sentence by sentence."""

    dates: Sequence[Dated]
    main: Dated | None
    # Numbers of the sentences that are background by themselves.
    before: frozenset[int]
    country: str
    away: bool = False

    def holds(self, sentence: Sentence, speeches: Sequence[Speech]) -> bool:
        """Whether figures of this sentence in nobody's voice are of what went before; to be asked of each in turn."""
        here = [dated for dated in self.dates if sentence.first <= dated.first < sentence.after]
        quoted = sentence.first in sentence.text.opens or sentence.text.quoted(sentence.first)
        voiced = quoted or any(_is_voice(speech) for speech in speeches)
        if sentence.number < _LEAD:
            self.away = sentence.number > 0 and self._reminds(sentence, here)
            return False
        earlier = _are_earlier(here, self.main)
        if self.away and earlier:
            return True
        if self._leaves(sentence, here) or self._is_abroad(sentence):
            self.away = True
        elif voiced and any(dated.precision == "year" for dated in here) and earlier:
            return False
        elif voiced or has_main_date(here, self.main):
            self.away = False
        return self.away and not voiced and not has_main_date(here, self.main)

    def _is_abroad(self, sentence: Sentence) -> bool:
        """ "The attack in Chad killed three": told of another country of the region, and not of this one."""
        named = list(COUNTRY_NAMES.find(sentence.words, sentence.first, sentence.after))
        inside = any(
            code in REGION and code != self.country and sentence.word(first - 1) in _IN
            for first, _, code in named
        )
        home = any(
            DEMONYM.get(word) == self.country for word in sentence.words[sentence.first : sentence.after]
        )
        return inside and not home and all(code != self.country for _, _, code in named)

    def _leaves(self, sentence: Sentence, here: Sequence[Dated]) -> bool:
        return sentence.number in self.before or self._reminds(sentence, here)

    def _reminds(self, sentence: Sentence, here: Sequence[Dated]) -> bool:
        """ "Pour rappel, ...", or an earlier day told in the pluperfect."""
        if _REMINDERS[sentence.lang].at(sentence.words, sentence.first):
            return True
        days = [dated for dated in here if dated.precision != "year"]
        closes = sentence.after == len(sentence.text.words) and sentence.number > _LEAD
        had = bool(_HAD & set(sentence.words[sentence.first : sentence.after]))
        return _are_earlier(days, self.main) and (had or closes)


def _are_earlier(days: Sequence[Dated], main: Dated | None) -> bool:
    return bool(days) and main is not None and all(dated.end < main.begin for dated in days)


_IN = frozenset({"in", "au", "en", "neighbouring", "neighboring"})
_HAD = frozenset({"had", "avait", "avaient"})


def _is_voice(speech: Speech) -> bool:
    own = speech.claimant.kind == "outlet" and speech.kind == "according"
    return own or (speech.claimant.kind != "outlet" and not is_medium(speech.claimant))
