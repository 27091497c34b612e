"""Violence that a sentence tells beside its incident: what an attack avenges, another attack of an earlier day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from events.ingest.extract.dated import Dated
from events.ingest.extract.event_words import EVENTS
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.words import one_of, wordset

# What follows went before, and is why the incident came about.
_MOTIVES = {
    "en": one_of(
        """in retaliation for, retaliation for, in revenge for, revenge for, in reprisal for, reprisal for, reprisals for
        in response to, a response to, to avenge, avenging, avenged"""
    ),
    "fr": one_of(
        """représailles à, représailles aux, représailles de, représailles contre, en réponse à, en réponse aux, une réponse à
        une réponse aux, pour venger, riposte à, riposte aux"""
    ),
}
_STOPS = wordset(", ; : -")
_OTHER = wordset("another other earlier previous separate autre autres precedent precedente")


def why_apart(sentence: Sentence, place: int, near: Sequence[Dated], main: Dated | None) -> str:
    """Why the figure at a place is of other violence than the incident; empty when it isn't."""
    if _is_motive(sentence, place):
        return "told as what the attack answers"
    days = [dated for dated in near if dated.precision in ("day", "days")]
    if main is None or not days:
        return ""
    closest = min(days, key=lambda dated: abs(dated.first - place))
    another = closest.end < main.begin and _tells_of_another(sentence)
    return "another attack" if another or _goes_back(sentence, closest, main) else ""


def _is_motive(sentence: Sentence, place: int) -> bool:
    """ "Reprisals for raids in which dozens had been killed": no comma stands between, so that it goes on to the figure."""
    ends = [after for _, after, _ in _MOTIVES[sentence.lang].find(sentence.words, sentence.first, place)]
    return bool(ends) and _STOPS.isdisjoint(sentence.words[ends[-1] : place])


def _goes_back(sentence: Sentence, day: Dated, main: Dated) -> bool:
    """ "Vendredi, ...", after what was told of Monday: a battle is told from its first day on, context goes back."""
    opens = sentence.number > 0 and day.first - sentence.first <= 1
    return opens and main.first < sentence.first and day.end < main.begin - timedelta(days=1)


def _tells_of_another(sentence: Sentence) -> bool:
    """ "in another ambush", "d'un autre assaut"."""
    return any(
        sentence.words[place - 1] in _OTHER and EVENTS[sentence.lang].at(sentence.words, place) is not None
        for place in range(sentence.first + 1, sentence.after)
    )
