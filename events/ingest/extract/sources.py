"""Where the sources of a sentence stand: nouns for those who tell something without a name of their own."""

from __future__ import annotations

from events.ingest.extract.nouns import Who
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.source_kinds import kind_of_source
from events.ingest.extract.speech_words import SOURCES


def source_spans(sentence: Sentence) -> dict[int, tuple[int, int, str]]:
    """Each word of a noun for a source -> (first, after, name); nouns of victims are no sources."""
    spans: dict[int, tuple[int, int, str]] = {}
    suffering = {
        n
        for v in sentence.victims
        if v.first in sentence.harmed_victims and v.quantity and not v.quantity.one
        for n in range(v.first, v.after)
    }
    for first, after, name in SOURCES[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        inside = mention_over(sentence, first)
        if (
            inside
            and after - first == 1
            and (inside.names or inside.after - inside.first > 2)
            and name != "residents"
            and not _is_officer_of(sentence, first)
        ):
            continue
        if (
            name in ("residents", "security sources", "medical sources", "local officials", "experts")
            and after - first == 1
            and first in suffering
        ):
            continue
        ranks = sentence.words[first] in ("soldier", "soldiers", "officer")
        if ranks and sentence.word(after) not in _TELL and not _is_officer_of(sentence, first):
            continue
        name = kind_of_source(sentence, first, after, name)
        span = _with_first_of_two(sentence, first, after) or (first, after, name)
        spans.update(dict.fromkeys(range(span[0], after), span))
    return spans


_TELL = ("said", "told", "who")


def _is_officer_of(sentence: Sentence, place: int) -> bool:
    """ "an officer of the army": no name of a unit, but somebody of it."""
    return sentence.words[place] == "officer" and sentence.words[place + 1 : place + 3] == ["of", "the"]


def _with_first_of_two(sentence: Sentence, first: int, after: int) -> tuple[int, int, str] | None:
    """ "security and local sources": two kinds share the noun, and the first of them stands for the claim."""
    if sentence.word(first - 1) not in ("and", ",") or sentence.lang != "en" or after - first < 2:
        return None
    found = SOURCES["en"].at([sentence.word(first - 2), sentence.words[after - 1]], 0)
    return (first - 2, after, found[1]) if found and found[0] == 2 else None


def mention_over(sentence: Sentence, place: int) -> Who | None:
    """The mention that has a word here."""
    for first in range(place, max(sentence.first, place - 12) - 1, -1):
        who = sentence.people.get(first)
        if who is not None:
            return who if place < who.after else None
    return None
