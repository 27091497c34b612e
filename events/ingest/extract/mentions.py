"""Who is mentioned where: names of the alias table, and nouns for people and forces with what belongs to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from events.ingest.extract.countries import COUNTRY_NAMES, DEMONYM, REGION, SEATS
from events.ingest.extract.nouns import OUTSIDERS, Who, find_nouns
from events.ingest.extract.people_words import FILLERS, OPEN, SIDES
from events.ingest.extract.tables import NameRow, Tables
from events.ingest.extract.words import Text, wordset

_OF = {
    "en": (
        "of",
        "from",
        "in",
        "belonging",
        "to",
        "affiliated",
        "with",
        "linked",
        "loyal",
        "allied",
        "the",
        "a",
        "an",
        "their",
        "its",
        "his",
    ),
    "fr": (
        "de",
        "du",
        "des",
        "d'",
        "la",
        "l'",
        "le",
        "les",
        "appartenant",
        "a",
        "au",
        "aux",
        "lies",
        "affilies",
        "un",
        "une",
    ),
}


_OF_FIRST = {
    "en": ("of", "from", "belonging", "affiliated", "linked", "loyal", "allied"),
    "fr": ("de", "du", "des", "d'", "appartenant", "lies", "affilies", "allies"),
}


_REACH = 6


def find_mentions(text: Text, lang: str, tables: Tables) -> list[Who]:
    """Mentions in order of place, without overlaps; `lang` is `en` or `fr`."""
    named = list(find_names(text, tables))
    nouns = list(find_nouns(text, lang, covered(named)))
    return sorted(_joined(text, lang, named, nouns), key=lambda who: who.first)


def covered(mentions: Iterable[Who]) -> set[int]:
    """The words that lie in some mention."""
    return {word for who in mentions for word in range(who.first, who.after)}


def find_names(text: Text, tables: Tables) -> Iterator[Who]:
    """Names of the alias table: whole words, longest first, capitals where the name has them."""
    if len(tables.aliases):
        yield from _longest(text, text.folded.replace("-", " ").replace("\n", " "), tables)


def _longest(text: Text, folded: str, tables: Tables) -> Iterator[Who]:
    found: list[tuple[int, int, tuple[NameRow, ...]]] = []
    for last, (length, rows) in tables.aliases.iter(folded):
        start, end = last + 1 - length, last + 1
        if (start and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()):
            continue
        fitting = tuple(row for row in rows if _written_as(text.raw[start:end], row, tables))
        if fitting:
            found.append((start, end, fitting))
    taken = -1
    for start, end, fitting in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if start >= taken:
            taken = end
            first, after = bisect_left(text.starts, start), bisect_left(text.starts, end)
            if first < after:
                yield Who(first, after, first, "name", fitting)


def _written_as(written: str, row: NameRow, tables: Tables) -> bool:
    """Acronyms and names with a capital are names only where they are written so ("FAN" is not "fan").

    French writes those of self-defence groups small: "trois koglweogo".
    """
    if len(written) >= 4 and row.kind != "acronym" and tables.actors[row.slug].kind == "self_defence_militia":
        return True
    if row.kind == "acronym" or row.text.isupper():
        return written.isupper() if len(written) <= 3 else written[0].isupper()
    return any(char.isupper() for char in written) or row.text.removeprefix("the ")[0].islower()


_SEATS = {"elysee": "FRA", "pentagon": "USA", "pentagone": "USA"}


def _joined(text: Text, lang: str, named: list[Who], nouns: list[Who]) -> Iterator[Who]:
    """Nouns joined with the names, demonyms and further nouns that say whose they are."""
    starts = {who.first: who for who in named}
    ends = {who.after: who for who in named}
    nouns_at = {who.first: who for who in nouns}
    used: set[int] = set()
    for noun in nouns:
        if noun.first in used:
            continue
        whole = _with_left(text, lang, noun, ends, used)
        whole = _with_right(text, lang, whole, starts, nouns_at, used)
        used.update(range(whole.first, whole.after))
        whole = replace(whole, kind="army") if _are_the_states(text, lang, whole) else whole
        seat = _SEATS.get(text.words[whole.head], "") or _seated(text, whole)
        yield replace(whole, country=seat) if seat else whole
    for name in named:
        if name.first not in used:
            yield _with_country(text, name)


def _are_the_states(text: Text, lang: str, who: Who) -> bool:
    """ "Forces kill 40 militants": forces of which no word says whose they are are the state's."""
    alone = who.kind == "body" and who.after - who.first == 1 and not (who.names or who.country)
    return (
        lang == "en"
        and alone
        and text.words[who.first] == "forces"
        and (who.first in text.heads or text.words[who.first - 1] in _OPENING)
    )


_OPENING = wordset("the says say said that as by : , ; -")


def _seated(text: Text, who: Who) -> str:
    """ "l'état-major à Paris", "officials in Washington": the country whose capital stands right after."""
    follows = text.words[who.after : who.after + 2]
    if (
        who.country
        or len(follows) < 2
        or follows[0] not in ("a", "in")
        or who.kind not in ("army", "government")
    ):
        return ""
    return SEATS.get(follows[1], "") if SEATS.get(follows[1], "") not in REGION else ""


def _with_country(text: Text, name: Who) -> Who:
    return replace(
        name,
        country=next((DEMONYM[word] for word in text.words[name.first : name.after] if word in DEMONYM), ""),
    )


def _with_left(text: Text, lang: str, noun: Who, ends: dict[int, Who], used: set[int]) -> Who:
    first, who = noun.first, noun
    while first > 0 and noun.first - first < _REACH and first - 1 not in used:
        name = ends.get(first)
        if name is not None:
            if noun.kind not in OUTSIDERS and not who.names:
                who = replace(who, names=name.names)
                first = name.first
                continue
            break
        step = _left_word(text, lang, first - 1, who)
        if step is None:
            break
        who, first = step
    return replace(who, first=first) if first != noun.first else who


def _left_word(text: Text, lang: str, place: int, who: Who) -> tuple[Who, int] | None:
    """One modifier to the left, or None where the mention begins."""
    word = text.words[place]
    if word in DEMONYM and lang == "en":
        return replace(who, country=DEMONYM[word]), place
    if word == "'s" and place > 0:
        country = _country_ending_at(text, place)
        return (replace(who, country=country[1]), country[0]) if country else None
    if lang == "en" and who.kind in _OF_STATES and not who.country:
        country = _country_ending_at(text, place + 1)
        if country and country[0] + 2 > place:
            return replace(who, country=country[1]), country[0]
    if word in ("suspected", "alleged", "presumed", "presumes", "presume", "suspected"):
        return replace(who, suspected=True), place
    if word in ("qaeda", "qaida") or (word == "al" and who.network):
        return replace(who, network="alqaeda"), place
    if place > 0 and text.words[place - 1] in ("anti", "counter"):
        return (replace(who, kind="soldier"), place - 1) if who.kind in OPEN else None
    side = SIDES[lang].at(text.words, place)
    if side and side[0] == 1 and lang == "en":
        return _sided(who, side[1]), place
    return (who, place) if lang == "en" and word in FILLERS["en"] else None


# "Mali army", "Burkina forces", "Niger junta": headlines put the country where a demonym belongs.
_OF_STATES = frozenset({"army", "soldier", "police", "gendarme", "government", "body"})


def _sided(who: Who, side: str) -> Who:
    if who.kind in OPEN or (
        who.kind in ("soldier", "army", "gunman") and side in ("jihadist", "rebel", "militia", "mercenary")
    ):
        return replace(who, kind=side if side != "army" or who.kind == "body" else "soldier")
    return who


def _country_ending_at(text: Text, place: int) -> tuple[int, str] | None:
    for first in (place - 2, place - 1):
        if first >= 0 and text.capital(first):
            found = COUNTRY_NAMES.at(text.words, first)
            if found and first + found[0] == place:
                return first, found[1]
    return None


def _with_right(
    text: Text, lang: str, who: Who, starts: dict[int, Who], nouns_at: dict[int, Who], used: set[int]
) -> Who:
    after = who.after
    while after < len(text.words) and after - who.head < 2 * _REACH:
        step = _right_word(text, lang, after, who)
        if step is None:
            break
        who, after = step
    who = replace(who, after=after)
    inner = _belonging(text, lang, after, starts, nouns_at)
    if inner is None:
        return who
    return _belongs(who, inner)


def _right_word(text: Text, lang: str, place: int, who: Who) -> tuple[Who, int] | None:
    """One modifier to the right (French puts them there), or None."""
    word = text.words[place]
    if lang == "en":
        return None
    if word in DEMONYM:
        return replace(who, country=DEMONYM[word]), place + 1
    if word in ("presumes", "presume", "presumees", "suspects", "supposes"):
        return replace(who, suspected=True), place + 1
    side = SIDES["fr"].at(text.words, place)
    if side:
        return _sided(who, side[1]), place + side[0]
    return (who, place + 1) if word in ("locaux", "etrangers", "desarmes", "innocents") else None


def _belonging(
    text: Text, lang: str, place: int, starts: dict[int, Who], nouns_at: dict[int, Who]
) -> Who | None:
    """The name, noun or country after "of the", "du", "linked to"; also al-Qaeda, which is no actor of its own."""
    words = text.words
    if place >= len(words):
        return None
    if lang == "fr" and place in starts:
        return starts[place]
    if words[place] not in _OF_FIRST[lang]:
        return None
    linked = words[place] in ("linked", "affiliated", "loyal", "lies", "affilies", "allied", "allies")
    here = place + 1
    while here < len(words) and here - place < 5 and words[here] in _OF[lang]:
        here += 1
    if words[here : here + 1] == ["al"] and words[here + 1 : here + 2] in (["qaeda"], ["qaida"]):
        return Who(place, here + 2, here, "body", network="alqaeda") if here not in starts else starts[here]
    country = ""
    while (
        here < len(words)
        and here - place < 8
        and here not in starts
        and here not in nouns_at
        and _describes(text, lang, here)
    ):
        country = DEMONYM.get(words[here], country)
        here += 1
    if here >= len(words):
        return None
    if country and here in nouns_at and nouns_at[here].kind not in OUTSIDERS:
        return replace(_with_right(text, lang, nouns_at[here], starts, {}, set()), country=country)
    if here in starts:
        return _with_group(starts[here], nouns_at)
    if here in nouns_at and not linked and nouns_at[here].kind not in OUTSIDERS:
        return _with_right(text, lang, nouns_at[here], starts, {}, set())
    named = COUNTRY_NAMES.at(words, here) if text.raw[text.starts[here]].isupper() else None
    if named is None or linked:
        return None
    after = here + named[0]
    if after < len(words) and words[after] == "'s":
        owned = starts.get(after + 1) or nouns_at.get(after + 1)
        if owned is None or owned.kind in OUTSIDERS:
            return None
        return replace(_with_group(owned, nouns_at), country=named[1])
    return Who(here, after, here, "country", country=named[1])


def _describes(text: Text, lang: str, place: int) -> bool:
    word = text.words[place]
    return word in DEMONYM or word in FILLERS[lang] or SIDES[lang].at(text.words, place) is not None


def _with_group(name: Who, nouns_at: dict[int, Who]) -> Who:
    """ "the Islamic State group": the noun after the name belongs to it."""
    noun = nouns_at.get(name.after)
    return replace(name, after=noun.after) if noun and noun.kind == "body" else name


def _belongs(who: Who, inner: Who) -> Who:
    """A noun with the name, force or country it belongs to."""
    if inner.kind == "country":
        return (
            replace(who, country=who.country or inner.country, after=inner.after)
            if who.kind != "people"
            else who
        )
    if inner.network:
        return replace(who, network=inner.network, after=inner.after)
    if who.kind in OUTSIDERS:
        return who
    if inner.names:
        return replace(
            who, names=who.names or inner.names, after=inner.after, country=who.country or inner.country
        )
    if who.kind in OPEN or (
        who.kind in ("soldier", "army") and inner.kind in ("army", "police", "gendarme", "government")
    ):
        kind = {"army": "soldier", "body": who.kind}.get(inner.kind, inner.kind)
        return replace(who, kind=kind, country=who.country or inner.country, after=inner.after)
    return who
