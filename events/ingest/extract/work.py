"""One report under extraction: its mentions, numbers, dates, places and sentences, before anything is claimed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from events.ingest.extract.context import (
    is_background,
    main_day,
    spoken_dates,
)
from events.ingest.extract.countries import REGION, SEATS, countries_named, main_country
from events.ingest.extract.dated import Dated
from events.ingest.extract.dateline import Dateline, find_datelines, written_on
from events.ingest.extract.dates import find_dates
from events.ingest.extract.event_words import EVENTS, UNCLEAR
from events.ingest.extract.harm_words import HARM
from events.ingest.extract.materiel import find_losses
from events.ingest.extract.mentions import covered, find_mentions
from events.ingest.extract.nouns import Who
from events.ingest.extract.numbers import Quantity, quantities
from events.ingest.extract.places import Located, locate
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.spots import WELL_KNOWN, Spot, find_spots, names_unlisted_village
from events.ingest.extract.tables import Tables
from events.ingest.extract.triggers import find_triggers
from events.ingest.extract.victims import find_victims
from events.ingest.extract.words import Text, wordset


@dataclass(slots=True)
class Work:
    """One report under extraction."""

    text: Text
    lang: str
    tables: Tables
    published: date | None
    people: dict[int, Who] = field(default_factory=dict)
    counts: dict[int, Quantity] = field(default_factory=dict)
    dates: list[Dated] = field(default_factory=list)
    # Those on which something happened, not those on which it was said.
    told: list[Dated] = field(default_factory=list)
    places: list[Located] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    country: str = ""
    main: Dated | None = None
    # What counts as before: the main day, or the day of publication where no day is told.
    frame: Dated | None = None
    datelines: list[Dateline] = field(default_factory=list)
    headline: bool = False
    many: bool = False
    # The lead tells of several attacks, so that an earlier day may be one of them.
    several: bool = False
    # A village of which the report tells is not in the gazetteer.
    unlisted: bool = False
    # The report says that nobody knows who did it.
    unclear: bool = False
    # Places from which somebody spoke, or to which the wounded were brought.
    aside: frozenset[str] = frozenset()
    # Numbers of the sentences that tell what went before.
    before: frozenset[int] = frozenset()


def prepare(text: Text, lang: str, published: date | None, tables: Tables, home: str) -> Work:
    """Find mentions, numbers, dates, places and sentences of a text."""
    work = Work(text, lang, tables, published)
    counts = {quantity.first: quantity for quantity in quantities(text, lang)}
    work.dates = find_dates(text, lang, published, counts)
    work.datelines = find_datelines(text, work.dates)
    work.published = written_on(text, work.datelines, published)
    if work.published != published:
        work.dates = find_dates(text, lang, work.published, counts)
    dated = {word for found in work.dates for word in range(found.first, found.after)}
    work.counts = {first: quantity for first, quantity in counts.items() if first not in dated}
    mentions = find_mentions(text, lang, tables)
    work.people = {who.first: who for who in mentions}
    named = countries_named(text)
    taken = covered(mentions) | dated | {word for first, after, _ in named for word in range(first, after)}
    spots = find_spots(text, lang, tables, taken)
    lines = work.datelines
    told = [name for name in named if not any(line.holds(name[0]) for line in lines)]
    votes = _votes(text, [spot for spot in spots if not any(line.holds(spot.first) for line in lines)])
    work.country = (
        main_country(text, told, votes)
        or main_country(text, named, _votes(text, spots))
        or _country_of_actors(work)
        or home
    )
    work.places = locate(spots, _weights(named, work.country), _telling(text, lang, spots))
    work.unlisted = names_unlisted_village(text, tables)
    work.aside = frozenset(located.row.key for located in work.places if located.spot.speech)
    work.country = work.country or _country_of_places(work.places, len(text.sentences) > 1)
    work.headline = _is_headline(text)
    _make_sentences(work, frozenset(dated))
    spoken = {first for sentence in work.sentences for first in spoken_dates(sentence, work.dates)}
    spoken |= {dated.first for dated in work.dates if any(line.holds(dated.first) for line in work.datelines)}
    work.told = [found for found in work.dates if found.first not in spoken]
    work.told = [found for found in work.told if not _is_of_speaker(text, found, work.told)]
    work.told = [found for found in work.told if not _is_confirmed_then(text, lang, found, work.told)]
    work.main = main_day(work.told, work.sentences, work.published)
    work.frame = work.main or _week_before(work.published)
    work.many = _is_round_up(work)
    work.unclear = any(next(UNCLEAR.find(s.words, s.first, s.after), None) for s in work.sentences)
    work.several = work.many or _leads_with_several(work)
    work.before = frozenset(_background(work))
    return work


def _leads_with_several(work: Work) -> bool:
    """ "Two attacks", "une série d'attaques" in title or lead, or two days in one of its sentences."""
    for sentence in work.sentences[:3]:
        days = {
            d.begin for d in work.told if sentence.first <= d.first < sentence.after and d.precision == "day"
        }
        words = sentence.words[sentence.first : sentence.after]
        plural = any(
            word in _SEVERAL and _ATTACKS & set(words[n + 1 : n + 4]) for n, word in enumerate(words)
        )
        if plural or len(days) > 1:
            return True
    return False


_SEVERAL = wordset(
    "two three four five six several series separate twin double deux trois quatre cinq six plusieurs serie "
    "distinctes multiple multiples dual"
)
_ATTACKS = wordset(
    "attacks raids ambushes incidents clashes bombings explosions operations strikes assaults attaques embuscades accrochages attentats "
    "affrontements incursions frappes attacks villages places locations"
)


def _background(work: Work) -> Iterator[int]:
    """Numbers of the sentences that are background, with those of the paragraph that go on from them."""
    going_on = -1
    if len(work.sentences) == 1:
        # What a lone headline tells is no background to anything.
        return
    for sentence in work.sentences:
        paragraph = work.text.paragraphs[sentence.number]
        if is_background(sentence, work.told, work.frame) or (
            not work.several and tells_earlier_day(work, sentence)
        ):
            going_on = paragraph if sentence.number > 0 and not work.many else -1
            yield sentence.number
        elif paragraph == going_on and not _has_own_day(work, sentence):
            yield sentence.number
        else:
            going_on = -1


def tells_earlier_day(work: Work, sentence: Sentence) -> bool:
    """Whether a sentence further down tells a harm or an attack of a day before the report's."""
    if (
        sentence.number < 3
        or work.main is None
        or _ALSO & set(sentence.words[sentence.first : sentence.after])
    ):
        return False
    days = [
        d for d in work.told if sentence.first <= d.first < sentence.after and d.precision in ("day", "days")
    ]
    # The day before, told early, belongs to the same fighting.
    reach = work.main.begin - timedelta(days=0 if sentence.number > 5 else 1)
    return bool(days) and all(d.end < reach for d in days)


# "Another attack also took place": told as one more of the report's own.
_ALSO = wordset("also egalement aussi")


def _has_own_day(work: Work, sentence: Sentence) -> bool:
    """Whether a sentence names a day of the report's own events."""
    here = [dated for dated in work.told if sentence.first <= dated.first < sentence.after]
    return any(work.frame is None or dated.end >= work.frame.begin for dated in here)


def _telling(text: Text, lang: str, spots: Sequence[Spot]) -> set[int]:
    """First words of the spots in sentences with a word of harm."""
    ranges = (
        (first, after)
        for first, after in text.sentences
        if any(first <= spot.first < after for spot in spots)
    )
    told = [
        (first, after) for first, after in ranges if next(HARM[lang].find(text.words, first, after), None)
    ]
    return {spot.first for spot in spots if any(first <= spot.first < after for first, after in told)}


def _is_of_speaker(text: Text, dated: Dated, told: Sequence[Dated]) -> bool:
    """ "this morning" in a quotation counts from the day of speaking, which the report tells of otherwise."""
    counted = dated.rule == "counted from publication" and text.quoted(dated.first)
    return counted and any(
        other.precision == "day" and other is not dated and not text.quoted(other.first) for other in told
    )


def _is_confirmed_then(text: Text, lang: str, dated: Dated, told: Sequence[Dated]) -> bool:
    """ "The spokesman confirmed the attack on Sunday", where the report has told another day of it."""
    before = text.words[max(0, dated.first - 6) : dated.first]
    verb = next((n for n, word in enumerate(before) if word in _CONFIRMING), None)
    named = verb is not None and any(EVENTS[lang].at(before, n) for n in range(verb + 1, len(before)))
    return named and any(other.first < dated.first and other.precision == "day" for other in told)


_CONFIRMING = wordset("confirmed condemned confirme condamne denounced denonce decried mourned")


def _week_before(day: date | None) -> Dated | None:
    return Dated(0, 0, day - timedelta(days=7), day, "days", "published", 0.1) if day else None


def _is_headline(text: Text) -> bool:
    """Whether the first sentence is a headline: a short paragraph of its own without a full stop at its end."""
    if not text.sentences:
        return False
    first, after = text.sentences[0]
    alone = len(text.sentences) == 1 or text.paragraphs[1] != text.paragraphs[0]
    return alone and after - first <= 30 and text.words[after - 1] != "."


def _votes(text: Text, spots: Sequence[Spot]) -> Counter[str]:
    """Votes for the countries of places whose name is of one country only; units count more, borders nothing."""
    votes: Counter[str] = Counter()
    for spot in spots:
        # "In Borno": the state, not the village of that name without a known size elsewhere.
        well = [row for row in spot.rows if row.level == 1 or row.population >= WELL_KNOWN]
        rows = well or spot.rows
        countries = {row.country for row in rows if spot.level is None or row.level == spot.level}
        countries = countries or {row.country for row in spot.rows}
        capital = text.words[spot.first] in SEATS
        # A lone headline has capitals everywhere, and some village has any name.
        known = len(text.sentences) > 1 or any(
            row.level == 1 or row.population >= WELL_KNOWN or (row.level == 2 and spot.title)
            for row in spot.rows
        )
        there = capital or spot.lead not in ("border", "route")
        if len(countries) == 1 and known and there and not spot.speech:
            votes[countries.pop()] += 4 if spot.level == 1 else 2 if spot.lead else 1
    return votes


def _weights(named: Sequence[tuple[int, int, str]], main: str) -> dict[str, float]:
    weights = {code: 0.5 for _, _, code in named if code in REGION}
    return {**weights, main: 1.0} if main else weights


def _country_of_places(places: Sequence[Located], villages: bool) -> str:
    """The country of most places; of a lone headline (`villages` is false) only places known well count."""
    counted = [
        p
        for p in places
        if villages
        or p.row.level == 1
        or p.row.population >= WELL_KNOWN
        or (p.row.level == 2 and p.spot.title)
    ]
    votes = Counter(located.row.country for located in counted)
    return votes.most_common(1)[0][0] if votes else ""


def _country_of_actors(work: Work) -> str:
    homes = [work.tables.actors[row.slug].country for who in work.people.values() for row in who.names]
    votes = Counter(home for home in homes if home in REGION)
    return votes.most_common(1)[0][0] if votes else ""


def _make_sentences(work: Work, dated: frozenset[int]) -> None:
    placed = frozenset(
        word for located in work.places for word in range(located.spot.first, located.spot.after)
    )
    for number, (first, after) in enumerate(work.text.sentences):
        sentence = Sentence(
            work.text, work.lang, first, after, work.counts, work.people, number, dated=dated, placed=placed
        )
        sentence.headline = number == 0 and work.headline
        sentence.victims = find_victims(sentence)
        sentence.counted = frozenset(who.first for v in sentence.victims if v.quantity for who in v.who)
        told = {trigger.first for trigger in find_triggers(sentence)}
        sentence.harmed = frozenset(told | {loss.verb for loss in find_losses(sentence)})
        work.sentences.append(sentence)


def _is_round_up(work: Work) -> bool:
    """Several days, each opening a sentence with figures of its own: a bulletin of several incidents."""
    days: set[date] = set()
    opening = 0
    for dated in work.told:
        sentence = next((s for s in work.sentences if s.first <= dated.first < s.after), None)
        if (
            sentence is None
            or dated.precision not in ("day", "days")
            or not sentence.harmed
            or _looks_back(sentence)
        ):
            continue
        opening += dated.begin not in days and dated.first - sentence.first <= 4
        days.add(dated.begin)
    return len(days) >= 3 and opening >= 2 and (max(days) - min(days)).days <= 45


def _looks_back(sentence: Sentence) -> bool:
    """Pluperfect: told as what went before."""
    return bool({"had", "avait", "avaient"} & set(sentence.words[sentence.first : sentence.after]))
