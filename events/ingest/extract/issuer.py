"""Whose document a report is: the army's communiqué, an organisation's press release, a note of the United Nations.

In such a document what is said without a speaker is said by whoever issued it; in an outlet's report it is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.ingest.extract.calendar_words import MONTHS
from events.ingest.extract.found import Claimant
from events.ingest.extract.resolve import Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speakers import Speakers
from events.ingest.extract.speech import Speech
from events.ingest.extract.speech_words import CARRIERS, DOCUMENTS, SOURCES, TODAY
from events.ingest.extract.words import wordset

# Sentences from the beginning in which an issuer makes itself known.
_HEAD = 4
# Words of a title in which it says what document it is.
_TITLE = 16
Heard = tuple[Sentence, list[Speech]]


def issuer_of(sentences: Sequence[Sentence], resolver: Resolver) -> Claimant | None:
    """Who issued the document, or None for an outlet's report."""
    if not sentences:
        return None
    speakers = Speakers(resolver)
    head = [(sentence, speakers.of_sentence(sentence)) for sentence in sentences[:_HEAD]]
    found = _titled(head, speakers) or _said_today(head) or _released(head, speakers)
    if found or not _speaks_in_title(head[0]):
        return found
    return _sole(head + [(sentence, speakers.of_sentence(sentence)) for sentence in sentences[_HEAD:]])


def _titled(head: Sequence[Heard], speakers: Speakers) -> Claimant | None:
    """ "Communiqué de l'état-major", "Note to correspondents": a title that is no news; its owner, or who speaks first."""
    title = head[0][0]
    found = next(
        DOCUMENTS[title.lang].find(title.words, title.first, min(title.first + _TITLE, title.after)), None
    )
    if found is None or title.harmed or (found[0] - title.first > 3 and not _is_letterhead(title, found[0])):
        return None
    speakers.listen(title)
    for place in (*range(found[1], title.after), *range(title.first, found[0])):
        named = speakers.candidate(title, place, title.after)
        if named and named.claimant.kind in ("actor", "source") and named.claimant.name not in CARRIERS:
            return named.claimant
    spoken = (speech.claimant for _, speeches in head[1:] for speech in speeches)
    return next((claimant for claimant in spoken if claimant.kind in ("actor", "source")), None)


def _is_letterhead(title: Sentence, document: int) -> bool:
    """ "ARMED FORCES GENERAL STAFF / PRESS RELEASE": names in capitals before what the document is called."""
    line = title.text.quote(title.first, document)
    return line.isupper() or line.istitle() or "\n" in line


def _said_today(head: Sequence[Heard]) -> Claimant | None:
    """ "Human Rights Watch said today": only a release of one's own says today of one's own saying."""
    for sentence, speeches in head:
        for speech in speeches:
            near = sentence.words[speech.first : speech.after + 4]
            if _is_organisation(sentence, speech.claimant) and TODAY & set(near):
                return speech.claimant
    return None


def _released(head: Sequence[Heard], speakers: Speakers) -> Claimant | None:
    """ "Bamako, 19 June 2022 - ...": no outlet dates its place by the year; who condemns or condoles there has issued it."""
    dated = next((sentence for sentence, _ in head[:2] if _is_dated_in_full(sentence)), None)
    if dated is None:
        return None
    for sentence, speeches in head:
        spoken = [
            speech.claimant for speech in speeches if speech.claimant.kind in ("actor", "source", "person")
        ]
        speakers.listen(sentence)
        feeling = next(
            (n for n in range(sentence.first, sentence.after) if sentence.words[n] in _FEELING), None
        )
        if feeling is None:
            continue
        named = (speakers.candidate(sentence, n, feeling) for n in range(feeling - 1, sentence.first - 1, -1))
        claimant = next((one.claimant for one in named if one), None) or next(iter(spoken), None)
        if claimant and (claimant.slug or _is_organisation(sentence, claimant)):
            return Claimant("actor", claimant.slug) if claimant.slug else claimant
    return None


# What an organisation says of itself in its own release.
_FEELING = wordset(
    "outraged indignee indigne condemns condamne saddened extends presente deplores deplore appalled consternee"
)


def _is_dated_in_full(sentence: Sentence) -> bool:
    """A dateline with a day, a month and a year, and no agency in brackets, closed by a dash."""
    words = sentence.words[sentence.first : min(sentence.first + 9, sentence.after)]
    if "-" not in words or "(" in words[: words.index("-")] or not sentence.text.capital(sentence.first):
        return False
    line = words[: words.index("-")]
    return any(word.isdigit() and len(word) == 4 for word in line) and bool(_MONTHS & set(line))


_MONTHS = frozenset(word for table in MONTHS.values() for word in table)


def _speaks_in_title(title: Heard) -> bool:
    return bool(title[1]) and _is_organisation(title[0], title[1][0].claimant)


def _sole(heard: Sequence[Heard]) -> Claimant | None:
    """An organisation that speaks in the title and in the opening, and nobody beside it anywhere."""
    names = {speech.claimant.name or speech.claimant.slug for _, speeches in heard for speech in speeches}
    opens = any(speeches for _, speeches in heard[1:3])
    return heard[0][1][0].claimant if len(names) == 1 and opens else None


def _is_organisation(sentence: Sentence, claimant: Claimant) -> bool:
    """Whether a source goes by a name of its own ("UNHCR"), not by a common noun ("residents")."""
    words = claimant.name.lower().split()
    common = bool(words) and SOURCES[sentence.lang].at(words, 0) is not None
    return claimant.kind == "source" and claimant.name[:1].isupper() and not common
