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
from events.ingest.extract.materiel import find_losses
from events.ingest.extract.mentions import covered, find_mentions
from events.ingest.extract.nouns import Who
from events.ingest.extract.numbers import Quantity, quantities
from events.ingest.extract.places import Located, locate
from events.ingest.extract.resolve import Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.spots import WELL_KNOWN, Spot, find_spots
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
    work.country = main_country(text, named, _votes(text, spots)) or _country_of_actors(work) or home
    work.places = locate(spots, _weights(named, work.country))
    work.country = work.country or _country_of_places(work.places, len(text.sentences) > 1)
    work.headline = _is_headline(text)
    _make_sentences(work, frozenset(dated))
    spoken = {first for sentence in work.sentences for first in spoken_dates(sentence, work.dates)}
    spoken |= {dated.first for dated in work.dates if any(line.holds(dated.first) for line in work.datelines)}
    work.told = [found for found in work.dates if found.first not in spoken]
    work.told = [found for found in work.told if not _is_of_speaker(text, found, work.told)]
    work.main = main_day(work.told, work.sentences, work.published)
    work.frame = work.main or _week_before(work.published)
    work.many = _is_round_up(work)
    work.before = frozenset(_background(work))
    return work


def _background(work: Work) -> Iterator[int]:
    """Numbers of the sentences that are background, with those of the paragraph that go on from them."""
    going_on = -1
    for sentence in work.sentences:
        paragraph = work.text.paragraphs[sentence.number]
        if is_background(sentence, work.told, work.frame):
            going_on = paragraph if sentence.number > 0 and not work.many else -1
            yield sentence.number
        elif paragraph == going_on and not _has_own_day(work, sentence):
            yield sentence.number
        else:
            going_on = -1


def _has_own_day(work: Work, sentence: Sentence) -> bool:
    return any(sentence.first <= dated.first < sentence.after for dated in work.told)


def _is_of_speaker(text: Text, dated: Dated, told: Sequence[Dated]) -> bool:
    """ "this morning" in a quotation counts from the day of speaking, which the report tells of otherwise."""
    counted = dated.rule == "counted from publication" and text.quoted(dated.first)
    return counted and any(
        other.precision == "day" and other is not dated and not text.quoted(other.first) for other in told
    )


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
        countries = {row.country for row in spot.rows if spot.level is None or row.level == spot.level}
        countries = countries or {row.country for row in spot.rows}
        capital = text.words[spot.first] in SEATS
        # A lone headline has capitals everywhere, and some village has any name.
        known = len(text.sentences) > 1 or any(
            row.level == 1 or row.population >= WELL_KNOWN for row in spot.rows
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
    counted = [p for p in places if villages or p.row.level == 1 or p.row.population >= WELL_KNOWN]
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


def named_actors(work: Work) -> tuple[str, ...]:
    """Actors named in sentences that are no background, in order of first mention."""
    named: dict[str, None] = {}
    loose = Resolver(work.tables, work.country, work.main.begin if work.main else work.published)
    for sentence in work.sentences:
        if sentence.number in work.before or tells_of_networks(sentence):
            continue
        for first in range(sentence.first, sentence.after):
            who = work.people.get(first)
            if who is not None and who.names:
                named.update(dict.fromkeys(loose.meant(who).slugs))
    return tuple(named)


def hostile_groups(work: Work, resolver: Resolver) -> tuple[str, ...]:
    """Armed groups that the events are told of: with only one, "the assailants" are its people."""
    found: dict[str, None] = {}
    for sentence in work.sentences:
        if sentence.number in work.before or tells_of_networks(sentence):
            continue
        for place in range(sentence.first, sentence.after):
            who = work.people.get(place)
            for slug in resolver.meant(who).slugs if who and (who.names or who.network) else ():
                if slug in work.tables.actors and work.tables.actors[slug].kind in ("jihadist", "rebel"):
                    found[slug] = None
    return tuple(found)


def tells_of_networks(sentence: Sentence) -> bool:
    """ "Militants linked to al-Qaeda and Islamic State": who is at war in the country, not who did this."""
    words = set(sentence.words[sentence.first : sentence.after])
    state = bool(words & _ISIS) or {"islamic", "state"} <= words or {"etat", "islamique"} <= words
    several = bool(words & _AL_QAEDA) + state + ({"ansar", "dine"} <= words) + ({"boko", "haram"} <= words)
    return several > 1 and sentence.number > 1


def networks_told_of(sentence: Sentence, resolver: Resolver) -> set[str]:
    """The jihadist groups of a sentence that only says which networks fight in the country."""
    if not tells_of_networks(sentence):
        return set()
    here = [who for n in range(sentence.first, sentence.after) if (who := sentence.people.get(n))]
    slugs = {slug for who in here for slug in resolver.meant(who).slugs}
    return {
        slug
        for slug in slugs
        if slug in resolver.tables.actors and resolver.tables.actors[slug].kind == "jihadist"
    }


_AL_QAEDA = wordset("qaeda qaida jnim gsim aqmi aqim")
_ISIS = wordset("isis daech daesh isgs issp eigs")


def foreign_soldiers(work: Work) -> str:
    """The country of the soldiers told of first, where it is not the report's: "two French soldiers were killed in Mali"."""
    opening = work.sentences[min(len(work.sentences), 2) - 1].after if work.sentences else 0
    told = [who for who in work.people.values() if who.first < opening and who.kind == "soldier"]
    first = min(told, key=lambda who: who.first, default=None)
    return first.country if first and first.country not in ("", work.country) else ""
