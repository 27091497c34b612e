"""Whose document a report is: the army's communiqué, an organisation's press release, a note of the United Nations.

In such a document what is said without a speaker is said by whoever issued it; in an outlet's report it is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.ingest.extract.found import Claimant
from events.ingest.extract.looking_back import Heard
from events.ingest.extract.speakers import Speakers
from events.ingest.extract.speech_words import CARRIERS, DOCUMENTS, SOURCES, TODAY
from events.ingest.extract.words import Text

# Sentences from the beginning in which an issuer makes itself known.
_HEAD = 4


def issuer_of(text: Text, heard: Sequence[Heard], speakers: Speakers) -> Claimant | None:
    """Who issued the document, or None for an outlet's report."""
    return _titled(text, heard, speakers) or _said_today(heard) or _sole_organisation(heard)


def _titled(text: Text, heard: Sequence[Heard], speakers: Speakers) -> Claimant | None:
    """ "Communiqué de l'état-major", "Note to correspondents": a title that is no news; its owner, or who speaks first."""
    if not heard or heard[0].tells:
        return None
    title = heard[0].sentence
    found = next(
        DOCUMENTS[title.lang].find(title.words, title.first, min(title.first + 4, title.after)), None
    )
    if found is None:
        return None
    for place in range(found[1], title.after):
        named = speakers.candidate(title, place, title.after)
        if named and named.claimant.kind in ("actor", "source") and named.claimant.name not in CARRIERS:
            return named.claimant
    return _first(heard[1:_HEAD])


def _said_today(heard: Sequence[Heard]) -> Claimant | None:
    """ "Human Rights Watch said today": only a release of one's own says today of one's own saying."""
    for one in heard[1:_HEAD]:
        for speech in one.speeches:
            near = one.sentence.words[speech.first : speech.after + 4]
            if (
                speech.claimant.kind == "source"
                and _is_organisation(one, speech.claimant)
                and TODAY & set(near)
            ):
                return speech.claimant
    return None


def _sole_organisation(heard: Sequence[Heard]) -> Claimant | None:
    """An organisation that speaks in the title and in the opening, and nobody beside it anywhere."""
    if not heard or not heard[0].speeches:
        return None
    names = {speech.claimant.name or speech.claimant.slug for one in heard for speech in one.speeches}
    first = heard[0].speeches[0].claimant
    opens = any(speech.claimant.name == first.name for one in heard[1:3] for speech in one.speeches)
    return first if len(names) == 1 and opens and _is_organisation(heard[0], first) else None


def _is_organisation(one: Heard, claimant: Claimant) -> bool:
    """Whether a source goes by a name of its own ("UNHCR"), not by a common noun ("residents")."""
    common = {
        name for _, _, name in SOURCES[one.sentence.lang].find(claimant.name.lower().split() or [""], 0, 1)
    }
    return claimant.kind == "source" and claimant.name[:1].isupper() and not common


def _first(heard: Sequence[Heard]) -> Claimant | None:
    return next(
        (s.claimant for one in heard for s in one.speeches if s.claimant.kind in ("actor", "source")), None
    )
