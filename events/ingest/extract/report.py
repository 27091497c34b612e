"""`extract`: one report's text in, everything that can be proposed from it out. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from events.ingest.extract import incidents as events
from events.ingest.extract.casualties import Toll, find_tolls, find_triggers
from events.ingest.extract.claims import Said, claims_of_sentence, merged
from events.ingest.extract.context import (
    background_words,
    is_background,
    main_day,
    spoken_dates,
    why_background,
)
from events.ingest.extract.countries import REGION, countries_named, main_country
from events.ingest.extract.dateline import Dateline, find_datelines, written_on
from events.ingest.extract.dates import Dated, find_dates
from events.ingest.extract.event_words import TYPE_OF
from events.ingest.extract.facts import find_evidence, find_milestones, find_strength
from events.ingest.extract.found import (
    Claimant,
    ClaimFound,
    DateFound,
    Extraction,
    IncidentFound,
    PlaceFound,
)
from events.ingest.extract.looking_back import Heard, attributed
from events.ingest.extract.materiel import find_losses, materiel_claims
from events.ingest.extract.mentions import Who, covered, find_mentions, find_names
from events.ingest.extract.numbers import Quantity, quantities
from events.ingest.extract.parties import Parties, actors_found
from events.ingest.extract.places import Located, find_places
from events.ingest.extract.resolve import CIVILIANS, Resolver
from events.ingest.extract.speakers import Speakers, Speech
from events.ingest.extract.tables import Tables
from events.ingest.extract.victims import Sentence, find_victims
from events.ingest.extract.words import Text, split_text, wordset

LANGUAGES = ("en", "fr")
# What lies beyond is never an article; a cut keeps the time of hostile texts in bounds.
LONGEST_TEXT = 60_000


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


def extract(text: str, lang: str, published: date | None, tables: Tables, home: str = "") -> Extraction:
    """Everything found in `text` (title first). `home` is the feed's country, used when the text names none.

    Languages other than English and French give the named actors only.
    """
    cut = split_text(text[:LONGEST_TEXT])
    if lang not in LANGUAGES:
        return _names_only(cut, lang, tables, home)
    work = _prepare(cut, lang, published, tables, home)
    resolver = Resolver(tables, work.country, work.main.begin if work.main else work.published, _named(work))
    resolver.hostile = _hostile(work, resolver)
    return _extraction(work, resolver)


def _names_only(text: Text, lang: str, tables: Tables, home: str) -> Extraction:
    resolver = Resolver(tables, home, None)
    people = {who.first: who for who in find_names(text, tables)}
    return Extraction(lang, home, actors=actors_found(text, people, resolver, Parties(), {}))


def _prepare(text: Text, lang: str, published: date | None, tables: Tables, home: str) -> Work:
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
    work.country = main_country(text, named) or _country_of_actors(work) or home
    taken = covered(mentions) | dated | {word for first, after, _ in named for word in range(first, after)}
    work.places = find_places(text, lang, tables, taken, _weights(named, work.country))
    work.country = work.country or _country_of_places(work.places)
    work.headline = _is_headline(text)
    _make_sentences(work, frozenset(dated))
    spoken = {first for sentence in work.sentences for first in spoken_dates(sentence, work.dates)}
    spoken |= {dated.first for dated in work.dates if any(line.holds(dated.first) for line in work.datelines)}
    work.told = [found for found in work.dates if found.first not in spoken]
    work.told = [found for found in work.told if not _is_of_speaker(text, found, work.told)]
    work.main = main_day(work.told, work.sentences, work.published)
    work.frame = work.main or _week_before(work.published)
    work.many = _is_round_up(work)
    return work


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


def _weights(named: Sequence[tuple[int, int, str]], main: str) -> dict[str, float]:
    weights = {code: 0.5 for _, _, code in named if code in REGION}
    return {**weights, main: 1.0} if main else weights


def _country_of_places(places: Sequence[Located]) -> str:
    votes = Counter(located.row.country for located in places)
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


def _named(work: Work) -> tuple[str, ...]:
    """Actors named in sentences that are no background, in order of first mention."""
    named: dict[str, None] = {}
    loose = Resolver(work.tables, work.country, work.main.begin if work.main else work.published)
    for sentence in work.sentences:
        if is_background(sentence, work.told, work.frame):
            continue
        for first in range(sentence.first, sentence.after):
            who = work.people.get(first)
            if who is not None and who.names:
                named.update(dict.fromkeys(loose.meant(who).slugs))
    return tuple(named)


def _hostile(work: Work, resolver: Resolver) -> tuple[str, ...]:
    """Armed groups meant in sentences that are no background: with only one, "the assailants" are its people."""
    found: dict[str, None] = {}
    for sentence in work.sentences:
        if is_background(sentence, work.told, work.frame):
            continue
        for place in range(sentence.first, sentence.after):
            who = work.people.get(place)
            for slug in resolver.meant(who).slugs if who and (who.names or who.network) else ():
                if slug in work.tables.actors and work.tables.actors[slug].kind in ("jihadist", "rebel"):
                    found[slug] = None
    return tuple(found)


def _extraction(work: Work, resolver: Resolver) -> Extraction:
    result = Extraction(work.lang, work.country)
    speakers = Speakers(resolver)
    said: list[Said] = []
    heard: list[Heard] = []
    things: list[tuple[int, ClaimFound]] = []
    told: list[events.Telling] = []
    parties = Parties()
    for sentence in work.sentences:
        current = _current(sentence, speakers)
        tolls = find_tolls(sentence)
        sentence.harmed_victims = frozenset(toll.victims.first for toll in tolls)
        speeches = speakers.of_sentence(sentence)
        why = _reasons(work, sentence, tolls)
        claims, aside = claims_of_sentence(sentence, tolls, speeches, resolver, current, why)
        said.extend(claims)
        heard.append(Heard(sentence, work.text.paragraphs[sentence.number], tuple(speeches), bool(tolls)))
        result.set_aside.extend(aside)
        tellings = events.tellings(sentence, work.told, work.places, work.frame, work.many)
        if not tellings and any(one.claim.measure == "killed" for one in claims):
            tellings = events.silent_telling(sentence, work.told, work.places)
        told.extend(tellings)
        eventful = bool(claims) or any(events.is_violent(telling) for telling in tellings)
        apart = {
            slug for milestone in find_milestones(sentence, resolver, work.dates) for slug in milestone.actors
        }
        if not is_background(sentence, work.told, work.frame):
            parties.note(sentence, resolver, speeches, eventful, apart)
        things.extend(
            (sentence.number, claim)
            for claim in _materiel(work, sentence, speeches, resolver, current, parties)
        )
        _facts(work, sentence, resolver, speakers, result)
    claims_made, aside, places_of = merged(attributed(said, heard, resolver), work.headline)
    result.set_aside.extend(aside)
    result.claims = [*claims_made, *(claim for _, claim in _distinct(things, claims_made))]
    at = [*places_of, *(number for number, _ in _distinct(things, claims_made))]
    result.persons = list(speakers.persons.found.values())
    _incidents(work, resolver, result, told, at, parties)
    roles = {slug: role for incident in reversed(result.incidents) for slug, role in incident.actors}
    result.actors = actors_found(work.text, work.people, resolver, parties, roles)
    result.places = [_place(work.text, located) for located in _unique_places(work.places)]
    result.dates = [_date(work.text, dated) for dated in work.dates if dated.precision != "year"]
    return result


def _current(sentence: Sentence, speakers: Speakers) -> Claimant | None:
    """Who goes on speaking where a sentence names no speaker for what it quotes."""
    return (
        speakers.last
        if any(sentence.first <= n < sentence.after for n in sentence.text.opens)
        or sentence.text.quoted(sentence.first)
        else None
    )


def _reasons(work: Work, sentence: Sentence, tolls: Sequence[Toll]) -> dict[int, str]:
    return {
        toll.victims.first: reason
        for toll in tolls
        if (reason := why_background(sentence, toll, work.told, work.frame, work.many))
    }


def _materiel(
    work: Work,
    sentence: Sentence,
    speeches: list[Speech],
    resolver: Resolver,
    current: Claimant | None,
    parties: Parties,
) -> list[ClaimFound]:
    if background_words(sentence, sentence.first) or _shows_media(work, sentence):
        return []
    return materiel_claims(sentence, find_losses(sentence), speeches, resolver, current, parties.sides())


def _shows_media(work: Work, sentence: Sentence) -> bool:
    """A sentence that describes a video claims nothing about numbers of things."""
    return any(find_evidence(sentence, None, None))


def _distinct(things: list[tuple[int, ClaimFound]], claims: list[ClaimFound]) -> list[tuple[int, ClaimFound]]:
    """Materiel claims once each: same fate, class and figure by the same voice; a count replaces a bare mention."""
    kept: list[tuple[int, ClaimFound]] = []
    for number, claim in things:
        same = [
            n
            for n, (_, other) in enumerate(kept)
            if (other.measure, other.item_class) == (claim.measure, claim.item_class)
        ]
        if not same:
            kept.append((number, claim))
            continue
        old = kept[same[0]][1]
        if claim.low is None or (old.low == claim.low and old.claimant.kind != "outlet"):
            continue
        if old.low is None or old.low == claim.low:
            kept[same[0]] = (number, claim)
        else:
            kept.append((number, claim))
    return kept


def _facts(
    work: Work, sentence: Sentence, resolver: Resolver, speakers: Speakers, result: Extraction
) -> None:
    following = work.sentences[sentence.number + 1] if sentence.number + 1 < len(work.sentences) else None
    words = (
        work.text.folded[work.text.starts[following.first] : work.text.ends[following.after - 1]]
        if following
        else ""
    )
    result.strength.extend(find_strength(sentence, resolver, words, work.country))
    known = {(milestone.what, milestone.actors) for milestone in result.milestones}
    result.milestones.extend(
        m for m in find_milestones(sentence, resolver, work.dates) if (m.what, m.actors) not in known
    )
    shown_by = _shown_by(sentence, resolver) or speakers.last
    seen = {evidence.kind for evidence in result.evidence}
    result.evidence.extend(e for e in find_evidence(sentence, following, shown_by) if e.kind not in seen)


def _shown_by(sentence: Sentence, resolver: Resolver) -> Claimant | None:
    """The first actor of the sentence: "the separatists shared videos"."""
    first = next(
        (who for n in range(sentence.first, sentence.after) if (who := sentence.people.get(n))), None
    )
    meant = resolver.meant(first) if first else None
    return (
        Claimant("actor", slug=meant.slugs[0])
        if meant and meant.slugs and meant.slugs[0] != CIVILIANS
        else None
    )


def _incidents(
    work: Work,
    resolver: Resolver,
    result: Extraction,
    told: list[events.Telling],
    at: list[int],
    parties: Parties,
) -> None:
    best = _best_place(work)
    counted = {number for number, claim in zip(at, result.claims, strict=True) if claim.low is not None}
    found = events.scenes(told, work.sentences, work.main, best, counted)
    if not found and result.claims:
        found = [events.Scene(work.main, best, sentences=sorted(counted))]
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
        word in ("cette", "this", "that") and after in _ITS
        for word, after in zip(words, words[1:], strict=False)
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
    kinds = {"civilians" if slug == CIVILIANS else "armed" for slug in about}
    subtype = events.subtype_of(scene, kinds, result.group)
    first = work.sentences[min(scene.sentences)] if scene.sentences else work.sentences[0]
    start, end = work.text.span(first.first, first.after)
    day = scene.day or work.main
    return IncidentFound(
        event_type=TYPE_OF[subtype],
        event_subtype=subtype,
        date=_date(work.text, day) if day else _day_of_statement(work),
        place=_place(work.text, scene.place) if scene.place else None,
        actors=tuple(parties.roles(resolver, subtype, about)),
        claims=mine,
        outcome=scene.outcome,
        follows=number - 1 if result.group and number else None,
        start=start,
        end=end,
        rule="event words of one day and place",
        confidence=0.75 if scene.own_day else 0.6,
    )


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
    found = _date(work.text, early[0])
    return replace(found, rule="day of the statement; the day of the event is not told", confidence=0.35)


def _best_place(work: Work) -> Located | None:
    """The place of the report: named early, where something is said to be, a place rather than a unit."""
    ranked = sorted(work.places, key=lambda located: -_weight(work, located))
    return ranked[0] if ranked and _weight(work, ranked[0]) > 0 else None


def _weight(work: Work, located: Located) -> float:
    number = next(s.number for s in work.sentences if s.first <= located.first < s.after)
    sentence = work.sentences[number]
    weight = {0: 3.0, 1: 3.0, 2: 2.2, 3: 1.6}.get(number, 1.0)
    weight += {"at": 1.2, "near": 1.0, "between": 0.8, "border": -1.5, "route": -0.6, "far": -2.5}.get(
        located.spot.lead, -0.3
    )
    level = located.row.level or located.spot.level or 0
    weight += 1.5 if level == 0 else 0.4 if level > 1 else 0.0
    if located.spot.speech or located.spot.office or background_words(sentence, located.first):
        weight -= 3
    if located.row.country != work.country:
        weight -= 2
    if any(line.holds(located.first) for line in work.datelines):
        weight -= 4
    return weight + (0.8 if sentence.harmed else 0.0)


def _unique_places(places: Sequence[Located]) -> list[Located]:
    best: dict[str, Located] = {}
    for located in places:
        old = best.get(located.row.key)
        if old is None or located.confidence > old.confidence:
            best[located.row.key] = located
    return list(best.values())


def _place(text: Text, located: Located) -> PlaceFound:
    row = located.row
    # "Bandiagara region" where the gazetteer knows only the town: the region is what is known.
    level = row.level or located.spot.level or 0
    here = "region" if located.spot.lead == "far" else "near" if located.near else "exact"
    precision = {1: "admin1", 2: "admin2", 3: "admin3"}.get(level, here)
    start, end = text.span(located.spot.first, located.spot.after)
    return PlaceFound(
        row.key, row.name, row.country, row.level, precision, row.longitude, row.latitude, row.admin1, start, end,
        f"gazetteer name after a word for {located.spot.lead or 'no'} place", located.confidence,
    )  # fmt: skip


def _date(text: Text, dated: Dated) -> DateFound:
    start, end = text.span(dated.first, dated.after)
    precision = dated.precision if dated.precision != "year" else "longer"
    return DateFound(dated.begin, dated.end, precision, start, end, dated.rule, dated.confidence)
