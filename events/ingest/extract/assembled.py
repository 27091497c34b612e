"""The proposed incidents of a report, put together from scenes, claims and parties."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from events.ingest.extract import incidents as events
from events.ingest.extract.dated import Dated
from events.ingest.extract.event_words import TYPE_OF
from events.ingest.extract.found import (
    ClaimFound,
    DateFound,
    Extraction,
    IncidentFound,
    PlaceFound,
)
from events.ingest.extract.parties import Parties
from events.ingest.extract.places import Located, kilometres
from events.ingest.extract.resolve import CIVILIANS, Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.sites import best_place, finer_place, with_twins
from events.ingest.extract.subtypes import subtype_of
from events.ingest.extract.words import Text, wordset
from events.ingest.extract.work import Work, tells_earlier_day


def propose_incidents(
    work: Work,
    resolver: Resolver,
    result: Extraction,
    told: list[events.Telling],
    at: list[int],
    parties: Parties,
) -> None:
    """Put the incidents of a report into `result`, and give each claim its scope."""
    best = finer_place(work, best_place(work))
    counted = {number for number, claim in zip(at, result.claims, strict=True) if claim.low is not None}
    found = events.scenes(told, work.sentences, work.main, best, counted)
    if not found and result.claims:
        found = [events.Scene(work.main, best, sentences=sorted(counted))]
    if len(found) == 1:
        coarse = work.unlisted and best is not None and best.level
        found[0].place = best if coarse else finer_place(work, found[0].place)
    found = with_twins(work, found)
    days = sorted(events.days_of(found))
    result.group = (
        len(found) > 1 and not work.many and events.within_one_battle(days) and events.near_each_other(found)
    )
    owners = [_scene_of(work, found, number, result.claims[n]) for n, number in enumerate(at)]
    if result.group:
        result.claims = [
            replace(claim, scope="group" if owners[n] is None else "incident")
            for n, claim in enumerate(result.claims)
        ]
    for number, scene in enumerate(found):
        mine = tuple(n for n, owner in enumerate(owners) if (owner if owner is not None else 0) == number)
        result.incidents.append(_incident(work, resolver, result, scene, number, mine, parties))
    _copy_to_twins(result, found)


def _copy_to_twins(result: Extraction, found: Sequence[events.Scene]) -> None:
    """Places attacked together had one kind of attack, by and against the same."""
    first = result.incidents[0] if result.incidents else None
    for number, scene in enumerate(found):
        if scene.twin and first:
            result.incidents[number] = replace(
                first, place=result.incidents[number].place, claims=(), follows=None, outcome=""
            )


def _scene_of(work: Work, found: Sequence[events.Scene], sentence: int, claim: ClaimFound) -> int | None:
    """The scene a claim belongs to: its sentence's; None when several could be meant."""
    own = [n for n, scene in enumerate(found) if sentence in scene.sentences]
    if len(own) == 1 and found[own[0]].own_day and _has_day(work, sentence):
        return own[0]
    if not _has_day(work, sentence) and _points_back(work, sentence):
        before = [n for n, scene in enumerate(found) if sentence - 1 in scene.sentences]
        if len(before) == 1 and found[before[0]].own_day:
            return before[0]
    return 0 if len(found) == 1 else own[0] if len(own) == 1 and not _one_battle(found) else None


def _points_back(work: Work, number: int) -> bool:
    """ "Le bilan de cette attaque est de 12 morts": the event of the sentence before."""
    sentence = work.sentences[number]
    words = sentence.words[sentence.first : sentence.after]
    return any(
        word in ("cette", "this", "that") and after in _ITS for word, after in itertools.pairwise(words)
    )


_ITS = wordset("attaque embuscade attack ambush incident assault assaut explosion raid incursion")


def _one_battle(found: Sequence[events.Scene]) -> bool:
    return (
        events.within_one_battle(sorted(events.days_of(found)))
        and len({s.place.row.key for s in found if s.place}) <= 1
    )


def _has_day(work: Work, number: int) -> bool:
    sentence = work.sentences[number]
    return any(
        sentence.first <= dated.first < sentence.after and dated.precision in ("day", "days")
        for dated in work.told
    )


def _incident(
    work: Work,
    resolver: Resolver,
    result: Extraction,
    scene: events.Scene,
    number: int,
    mine: tuple[int, ...],
    parties: Parties,
) -> IncidentFound:
    about = {slug for n in mine for slug in result.claims[n].about if result.claims[n].stance != "denial"}
    people = any(result.claims[n].measure in _HARMS and not result.claims[n].about for n in mine)
    kinds = {"civilians" if slug == CIVILIANS else "armed" for slug in about}
    subtype = subtype_of(scene, kinds, result.group, people)
    first = work.sentences[min(scene.sentences)] if scene.sentences else work.sentences[0]
    start, end = work.text.span(first.first, first.after)
    day = scene.day or work.main
    return IncidentFound(
        event_type=TYPE_OF[subtype],
        event_subtype=subtype,
        date=date_found(work.text, day) if day else _day_of_statement(work),
        place=place_found(work.text, scene.place) if scene.place else None,
        actors=tuple(parties.roles(resolver, subtype, about, people)),
        claims=mine,
        outcome=scene.outcome,
        follows=number - 1 if result.group and number else None,
        start=start,
        end=end,
        rule="event words of one day and place",
        confidence=0.75 if scene.own_day else 0.6,
    )


_HARMS = frozenset({"killed", "wounded", "abducted"})


def _day_of_statement(work: Work) -> DateFound | None:
    """Where no day of the event is told, the day on which it was first told, as a guess."""
    spoken = [d for d in work.dates if d not in work.told and d.precision in ("day", "days")]
    early = [
        d
        for d in spoken
        if work.published is None or timedelta(0) <= work.published - d.begin <= timedelta(days=10)
    ]
    if not early:
        return None
    found = date_found(work.text, early[0])
    return replace(found, rule="day of the statement; the day of the event is not told", confidence=0.35)


def earlier_elsewhere(work: Work, sentence: Sentence) -> str:
    """Why a sentence tells another incident: an earlier day further down, or at places far from the report's own."""
    if not work.several and tells_earlier_day(work, sentence):
        return "an earlier incident"
    if sentence.number < 2 or work.main is None or not sentence.placed:
        return ""
    days = [
        dated
        for dated in work.told
        if sentence.first <= dated.first < sentence.after and dated.precision == "day"
    ]
    here = [
        located
        for located in work.places
        if sentence.first <= located.first < sentence.after
        and not located.spot.speech
        and not located.spot.office
    ]
    early = bool(days) and all(dated.end < work.main.begin for dated in days)
    best = best_place(work) if early and here else None
    nearest = 0.0 if sentence.after == len(sentence.text.words) else events.ONE_BATTLE
    far = best is not None and all(kilometres(located.row, best.row) > nearest for located in here)
    return "an earlier incident elsewhere" if far else ""


def unique_places(places: Sequence[Located]) -> list[Located]:
    """Each row of the gazetteer once, by its surest mention."""
    best: dict[str, Located] = {}
    for located in places:
        old = best.get(located.row.key)
        if old is None or located.confidence > old.confidence:
            best[located.row.key] = located
    return list(best.values())


def place_found(text: Text, located: Located) -> PlaceFound:
    """A place as it is proposed, with its precision."""
    row = located.row
    # "Bandiagara region" where the gazetteer knows only the town: the region is what is known.
    level = located.level
    here = "region" if located.spot.lead == "far" else "near" if located.near else "exact"
    precision = {1: "admin1", 2: "admin2", 3: "admin3"}.get(level, here)
    start, end = text.span(located.spot.first, located.spot.after)
    return PlaceFound(
        row.key, row.name, row.country, row.level, precision, row.longitude, row.latitude, row.admin1, start, end,
        f"gazetteer name after a word for {located.spot.lead or 'no'} place", located.confidence,
    )  # fmt: skip


def date_found(text: Text, dated: Dated) -> DateFound:
    """A date as it is proposed."""
    start, end = text.span(dated.first, dated.after)
    precision = dated.precision if dated.precision != "year" else "longer"
    return DateFound(dated.begin, dated.end, precision, start, end, dated.rule, dated.confidence)
