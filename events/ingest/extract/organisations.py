"""Organisations that speak: those of the word list, and any that the words around show to be one.

Three signs need no list: a noun before the name ("the charity X", "l'ONG X"), a name that begins with such a noun ("Union
des transporteurs", "Collectif contre l'impunité"), and an acronym that is no actor's and no place's.
"""

from __future__ import annotations

from events.ingest.extract.countries import COUNTRY_NAMES, DEMONYM
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech_words import ORGANISATION_NOUNS, ORGANISATIONS, VERBS
from events.ingest.extract.words import wordset

# First word, word after the last, name under which claims are kept.
Span = tuple[int, int, str]
LONGEST = 10
_LINKS = wordset("of for the de du des d' la le l' les et and pour contre a au aux en sur pas & against in")
_STOPS = wordset(
    'a ont est sont avait avaient etait has have had was were is are said says qui que who which that , . ; : ( ) " - ! ? '
    "dans lors apres after during when lorsque quand mais but selon according"
)
# Capitals that are no organisations: ranks of armies' units, titles, units of currency and of time.
_NO_NAMES = wordset(
    "gmt utc fcfa usd eur pdf covid rpg ied ieds eei vbied sms tv fm vip dg km ak suv nb ps cas update urgent breaking"
)


def organisation_spans(sentence: Sentence) -> dict[int, Span]:
    """Each word of an organisation's name -> its span; words of actors, dates and places are left alone."""
    spans: dict[int, Span] = {}
    covered = {n for who in sentence.mentions for n in range(who.first, who.after)}
    named = {n for who in sentence.mentions if who.names for n in range(who.first, who.after)}
    nouns, place = ORGANISATION_NOUNS[sentence.lang], sentence.first
    while place < sentence.after:
        if not (sentence.text.capital(place) or nouns.begins(sentence.words[place])):
            place += 1
            continue
        found = _listed(sentence, place) if place not in named else None
        if found is None or (place in covered and found[1] - found[0] == 1):
            found = None if place in covered else found or _named(sentence, place, covered)
        if found:
            spans.update(dict.fromkeys(range(found[0], found[1]), found))
        place = found[1] if found else place + 1
    return spans


def _listed(sentence: Sentence, place: int) -> Span | None:
    found = ORGANISATIONS.at(sentence.words, place) if sentence.text.capital(place) else None
    if found is None or place + found[0] > sentence.after:
        return None
    written = sentence.text.quote(place, place + found[0])
    # "UN" speaks, French "Un" does not.
    as_written = len(written) > 4 or written.isupper() or "." in written
    return (place, place + found[0], found[1]) if as_written else None


def _named(sentence: Sentence, place: int, covered: set[int]) -> Span | None:
    noun = ORGANISATION_NOUNS[sentence.lang].at(sentence.words, place)
    if noun is not None:
        # "l'ONG X": an abbreviation introduces a name as a small noun does.
        own = sentence.text.capital(place) and not sentence.text.quote(place, place + noun[0]).isupper()
        return (
            _self_named(sentence, place, noun[0]) if own else _introduced(sentence, place, noun[0], covered)
        )
    return _acronym(sentence, place) or (_closed(sentence, place, covered) if sentence.lang == "en" else None)


def _closed(sentence: Sentence, place: int, covered: set[int]) -> Span | None:
    """ "National Emergency Agency": English names end with the noun that says what they are."""
    word = sentence.words[place]
    if not _is_capital(sentence, place) or place in sentence.placed or word in DEMONYM or word in _LINKS:
        return None
    after = place
    while (
        after < min(place + LONGEST, sentence.after) and _is_capital(sentence, after) and after not in covered
    ):
        after += 1
    noun = ORGANISATION_NOUNS["en"].at(sentence.words, after - 1)
    closed = noun is not None and noun[0] == 1 and after - place > 1
    return (place, after, sentence.text.quote(place, after)) if closed else None


def _introduced(sentence: Sentence, place: int, size: int, covered: set[int]) -> Span | None:
    """ "the charity Solidarity Now", "l'ONG Solidarité Sahel": the noun is small, the name has capitals."""
    begin = place + size
    if begin in covered or not _is_capital(sentence, begin) or sentence.words[begin] in DEMONYM:
        return None
    after = _capitals_end(sentence, begin)
    return place, after, sentence.text.quote(begin, after)


def _self_named(sentence: Sentence, place: int, size: int) -> Span | None:
    """ "Union des transporteurs du Mali": the name begins with the noun and goes on with what it is for."""
    after = place + size
    if sentence.word(after) not in _LINKS and not _is_capital(sentence, after):
        return None
    if sentence.lang == "fr":
        while after < min(place + LONGEST, sentence.after) and not _stops(sentence, after):
            after += 1
        while sentence.words[after - 1] in _LINKS:
            after -= 1
    else:
        after = _capitals_end(sentence, place)
    return (place, after, sentence.text.quote(place, after)) if after > place + size else None


def _capitals_end(sentence: Sentence, begin: int) -> int:
    """The word after a name with capitals, up to three small words within it."""
    after = begin + 1
    while after < min(begin + LONGEST, sentence.after):
        here = after
        while here < after + 3 and not _is_capital(sentence, here) and not _stops(sentence, here):
            here += 1
        if not _is_capital(sentence, here):
            break
        after = here + 1
    return after


def _acronym(sentence: Sentence, place: int) -> Span | None:
    """ "ACTED said", "selon le CISC": three or more capitals, in a sentence that is not written in capitals."""
    written = sentence.text.quote(place, place + 1)
    if (
        not 3 <= len(written) <= _LONGEST_ACRONYM
        or not written.isalpha()
        or not written.isupper()
        or sentence.words[place] in _NO_NAMES
    ):
        return None
    if place in sentence.placed or place in sentence.dated or COUNTRY_NAMES.at(sentence.words, place):
        return None
    beside = [n for n in (place - 1, place + 1) if sentence.word(n).isalpha() and len(sentence.word(n)) > 3]
    return (
        None if any(sentence.text.quote(n, n + 1).isupper() for n in beside) else (place, place + 1, written)
    )


# Beyond it a word in capitals is a letterhead's ("RÉPUBLIQUE").
_LONGEST_ACRONYM = 8


def _is_capital(sentence: Sentence, place: int) -> bool:
    return place < sentence.after and sentence.words[place][0].isalpha() and sentence.text.capital(place)


def _stops(sentence: Sentence, place: int) -> bool:
    """Whether a name ends before this word: punctuation, a verb, another clause."""
    word = sentence.word(place)
    if word == "a" and sentence.text.raw[sentence.text.starts[place]] == "à":
        return False
    if not word or word in _STOPS:
        return True
    return (
        VERBS[sentence.lang].at(sentence.words, place) is not None and sentence.words[place - 1] not in _LINKS
    )
