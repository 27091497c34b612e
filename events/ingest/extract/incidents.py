"""What happened: sentences that tell events, grouped by day and place into proposed incidents."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from events.ingest.extract.context import NEAR, background_words, dates_near, has_main_date, is_narrowed
from events.ingest.extract.dated import Dated
from events.ingest.extract.event_words import (
    ATTACK,
    BASES,
    CIVILIAN_TARGETS,
    CONVOYS,
    EVENTS,
    MILITARY,
    MILITARY_TARGETS,
    NO_EXPLOSIVE,
    ON_PATROL,
    PREVAILED,
    REPELLED,
    SHELTERS,
    SINCE,
    TYPE_OF,
    EventWord,
)
from events.ingest.extract.places import Located, kilometres
from events.ingest.extract.resolve import CIVILIANS, Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.subtypes import COMPANIONS, SPOILS
from events.ingest.extract.words import wordset

# Places nearer to each other than this, in kilometres, are one scene.
ONE_SCENE = 15
# "Near Timbuktu" may be this far from it.
NEAR_BY = 60
# Places farther apart than this are no scenes of one battle.
ONE_BATTLE = 80
# A place within this many kilometres of a unit's centre may lie in it.
UNIT_REACH = 200


@dataclass(slots=True)
class Scene:
    """One incident in the making: the sentences that tell it, its day, place, and votes for its subtype."""

    day: Dated | None
    place: Located | None
    sentences: list[int] = field(default_factory=list)
    votes: dict[str, float] = field(default_factory=dict)
    own_votes: dict[str, float] = field(default_factory=dict)
    strategic_at: set[int] = field(default_factory=set)
    outcome: str = ""
    own_day: bool = False
    own_place: bool = False
    # One of several places attacked together; the first tells the story.
    twin: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """An event word of a sentence at `word`, with the day and place that its clause names.

    `nearest`: of the event words of the clause it stands nearest to the day.
    """

    sentence: int
    word: int
    subtype: str
    weight: float
    day: Dated | None
    place: Located | None
    nearest: bool = True


def tellings(
    sentence: Sentence,
    dates: Sequence[Dated],
    places: Sequence[Located],
    main: Dated | None,
    many: bool,
    resolver: Resolver | None = None,
) -> list[Telling]:
    """The event words of a sentence that are not background, each with the day and place of its clause."""
    found = []
    for first, after, event in EVENTS[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        near = [d for d in dates_near(sentence, dates, first) if not _is_since(sentence, d, main)]
        if _is_background(sentence, first, near, main, many) or _is_negated(sentence, first):
            continue
        if event.subtype == "ied" and sentence.word(after) in NO_EXPLOSIVE:
            continue
        meant = _taken(sentence, first, after, event, resolver)
        if meant is None:
            continue
        day = _nearest_day(near, first)
        place = _nearest_place(
            [located for located in places if sentence.first <= located.first < sentence.after], first
        )
        found.append(Telling(sentence.number, first, meant.subtype, meant.weight, day, place))
    return [replace(telling, nearest=_is_nearest(telling, found)) for telling in found]


_BARE_TAKING = wordset("repris reprise reprendre")
_POSTS = wordset("camp base post poste barracks caserne outpost position garrison detachement detachment")
_AREAS = wordset(
    "ville village localite camp base controle position positions poste town city zone secteur region cercle"
)


def _taken(
    sentence: Sentence, first: int, after: int, event: EventWord, resolver: Resolver | None
) -> EventWord | None:
    """ "reprendre la route" takes no place; who "took control of a camp" attacked a base."""
    follows = sentence.words[after : after + 5]
    if after - first == 1 and sentence.words[first] in _BARE_TAKING:
        placed = any(after <= n < after + 4 for n in sentence.placed)
        return event if placed or _AREAS & set(follows[:3]) else None
    if event.subtype == "territory_captured" and _POSTS & set(follows):
        return EventWord("base_attack", event.weight)
    if event.subtype == "base_attack" and SHELTERS & set(follows[:3]):
        return EventWord(ATTACK, event.weight)
    if event.subtype == "base_attack" and _is_of_a_group(sentence, after, resolver):
        return EventWord("offensive", event.weight)
    return event


def _is_of_a_group(sentence: Sentence, after: int, resolver: Resolver | None) -> bool:
    """ "L'attaque d'une base de Boko Haram": who attacks it is the army."""
    here = [who for n in range(after, min(after + 3, sentence.after)) if (who := sentence.people.get(n))]
    return resolver is not None and bool(here) and resolver.is_no_state(here[0])


def silent_telling(sentence: Sentence, dates: Sequence[Dated], places: Sequence[Located]) -> list[Telling]:
    """A sentence with deaths, a day and a place of its own tells an event without naming it."""
    day = _nearest_day(
        [dated for dated in dates if sentence.first <= dated.first < sentence.after], sentence.first
    )
    place = _nearest_place(
        [located for located in places if sentence.first <= located.first < sentence.after], sentence.first
    )
    told = day and (place or sentence.number < 2)
    return [Telling(sentence.number, sentence.first, ATTACK, 0.5, day, place)] if told else []


def headline_telling(
    sentence: Sentence, resolver: Resolver, dates: Sequence[Dated], places: Sequence[Located]
) -> list[Telling]:
    """ "JNIM kills village chief": a headline with a harm and an armed party tells an event without a figure."""
    harmed = min(sentence.harmed, default=None) if sentence.headline else None
    slugs = {
        slug
        for n in range(sentence.first, sentence.after)
        if (who := sentence.people.get(n))
        for slug in resolver.meant(who).slugs
    }
    armed = {slug for slug in slugs if slug != CIVILIANS and resolver.fights(slug)}
    if harmed is None or not armed or background_words(sentence, harmed):
        return []
    near = [dated for dated in dates if sentence.first <= dated.first < sentence.after]
    here = [located for located in places if sentence.first <= located.first < sentence.after]
    subtype = "clash" if len(armed) > 1 and CIVILIANS not in slugs else ATTACK
    return [
        Telling(
            sentence.number, harmed, subtype, 0.5, _nearest_day(near, harmed), _nearest_place(here, harmed)
        )
    ]


def _is_nearest(telling: Telling, told: Sequence[Telling]) -> bool:
    day = telling.day
    if day is None:
        return True
    return all(
        abs(telling.word - day.first) <= abs(other.word - day.first) for other in told if other.day is day
    )


def _is_background(
    sentence: Sentence, place: int, near: Sequence[Dated], main: Dated | None, many: bool
) -> bool:
    if has_main_date(near, main):
        return False
    if background_words(sentence, place) and len(sentence.text.sentences) > 1:
        return True
    return main is not None and any(_is_early(sentence, dated, main, many) for dated in near)


def _is_early(sentence: Sentence, dated: Dated, main: Dated, many: bool) -> bool:
    """Whether a date beside an event word puts the event before what the report is about."""
    early = dated.end < (main.begin - NEAR if dated.precision in ("day", "days") else main.begin)
    since = any(sentence.word(dated.first - back) in SINCE[sentence.lang] for back in (1, 2, 3))
    return early and (since or dated.precision == "year" or not many)


def _is_since(sentence: Sentence, dated: Dated, main: Dated | None) -> bool:
    """ "Since 27 March", in a sentence on what happened yesterday: no day of an event."""
    since = any(sentence.word(dated.first - back) in SINCE[sentence.lang] for back in (1, 2, 3))
    return (
        since
        and main is not None
        and dated.end < main.begin
        and sentence.first <= main.first < sentence.after
    )


def _is_negated(sentence: Sentence, place: int) -> bool:
    if sentence.words[place].startswith("manifeste") and "s'" in sentence.words[place - 2 : place]:
        # "Aucun mouvement ne s'est manifesté".
        return True
    return sentence.word(place - 1) in (
        "no",
        "without",
        "anti",
        "against",
        "aucun",
        "aucune",
        "sans",
        "counter",
    )


def _nearest_day(near: Sequence[Dated], place: int) -> Dated | None:
    days = [dated for dated in near if dated.precision in ("day", "days", "week")]
    return min(days, key=lambda dated: abs(dated.first - place)) if days else None


def _nearest_place(places: Sequence[Located], word: int) -> Located | None:
    there = [
        located
        for located in places
        if located.spot.lead in ("at", "near", "between")
        and not located.spot.speech
        and not located.spot.office
    ]
    exact = [located for located in there if located.level == 0] or there
    exact = [located for located in exact if not located.spot.weak] or exact
    betweens = [located for located in exact if located.spot.lead == "between"]
    # "Between A and B" is one place, told by the first.
    exact = [located for located in exact if located not in betweens[1:]]
    return min(exact, key=lambda located: abs(located.first - word)) if exact else None


def scenes(
    told: Sequence[Telling],
    sentences: Sequence[Sentence],
    main: Dated | None,
    best: Located | None,
    tolls: set[int],
) -> list[Scene]:
    """Group tellings by day; a further place of its own on the same day, with figures of its own, is a further scene."""
    found: list[Scene] = []
    for telling in told:
        scene = _scene_of(found, telling, main, best, telling.sentence in tolls)
        if scene is None:
            scene = Scene(
                telling.day or (None if found else main),
                telling.place or best,
                own_day=telling.day is not None,
                own_place=telling.place is not None,
            )
            found.append(scene)
        _vote(scene, telling, sentences)
    for scene in found:
        scene.outcome = next((outcome for n in scene.sentences if (outcome := _outcome(sentences[n]))), "")
    return _kept(found, tolls)


def _scene_of(
    found: list[Scene], telling: Telling, main: Dated | None, best: Located | None, counted: bool
) -> Scene | None:
    if not found:
        return None
    day = telling.day
    same_day = [scene for scene in found if day is None or scene.day is None or _overlap(scene.day, day)]
    if day is not None and not same_day:
        return None
    if telling.place is not None and counted and telling.place.level == 0:
        here = [scene for scene in same_day if scene.place is None or _one_scene(scene.place, telling.place)]
        return here[0] if here else None
    last = [scene for scene in same_day if telling.sentence in scene.sentences]
    return (last or same_day or found)[0]


def _overlap(one: Dated, two: Dated) -> bool:
    return one.begin <= two.end and two.begin <= one.end


def _one_scene(one: Located, two: Located) -> bool:
    if one.row.level or two.row.level:
        unit, place = (one.row, two.row) if one.row.level else (two.row, one.row)
        if place.level or not {place.admin1, place.admin2} - {""}:
            return unit.country == place.country and kilometres(unit, place) <= UNIT_REACH
        return unit.key in (place.admin1, place.admin2) or kilometres(unit, place) <= UNIT_REACH / 2
    apart = kilometres(one.row, two.row)
    return one.row.key == two.row.key or apart <= (NEAR_BY if one.near or two.near else ONE_SCENE)


def _vote(scene: Scene, telling: Telling, sentences: Sequence[Sentence]) -> None:
    sentence = sentences[telling.sentence]
    subtype, weight = telling.subtype, telling.weight
    if subtype == ATTACK:
        subtype, weight = _attack(sentence), weight + 0.3
    position = 3.0 if telling.sentence == 0 else 2.0 if telling.sentence <= 2 else 1.0
    if TYPE_OF.get(subtype) == "strategic":
        scene.strategic_at.add(telling.sentence)
    scene.votes[subtype] = scene.votes.get(subtype, 0.0) + weight * position
    if telling.day is not None and telling.nearest:
        scene.own_votes[subtype] = scene.own_votes.get(subtype, 0.0) + weight * position
    if telling.sentence not in scene.sentences:
        scene.sentences.append(telling.sentence)
    if telling.day is not None and (scene.day is None or _is_truer(scene.day, telling.day)):
        scene.day, scene.own_day = telling.day, True
    if telling.place is not None and _is_finer(telling.place, scene.place):
        scene.place, scene.own_place = telling.place, True


def _is_truer(day: Dated, other: Dated) -> bool:
    """ "This week" and further down "on Thursday"; "on Wednesday" and "in the night from Wednesday to Thursday"."""
    return is_narrowed(day, [other]) or (
        day.begin == day.end
        and other.end - other.begin == timedelta(days=1)
        and other.begin <= day.begin <= other.end
        and other.precision == "days"
    )


def _is_finer(new: Located, old: Located | None) -> bool:
    if old is not None and old.level and new.level > old.level:
        return True
    return old is None or (old.level > 0 and new.level == 0 and not new.near)


def _attack(sentence: Sentence) -> str:
    """What a bare "attack" of a sentence was against: a base, a convoy, a village; or nothing said here."""
    words = set(sentence.words[sentence.first : sentence.after])
    if words & BASES[sentence.lang] and words & MILITARY and not words & SHELTERS:
        return "base_attack"
    if words & CONVOYS or words & ON_PATROL:
        return "ambush"
    if words & MILITARY_TARGETS[sentence.lang] and not words & CIVILIAN_TARGETS[sentence.lang]:
        return "base_attack" if words & BASES[sentence.lang] and not words & SHELTERS else "clash"
    return "attack" if words & CIVILIAN_TARGETS[sentence.lang] else ATTACK


def _outcome(sentence: Sentence) -> str:
    if background_words(sentence, sentence.first):
        return ""
    if next(REPELLED[sentence.lang].find(sentence.words, sentence.first, sentence.after), None):
        return "repelled"
    if next(PREVAILED[sentence.lang].find(sentence.words, sentence.first, sentence.after), None):
        return "attacker_prevailed"
    return ""


def _kept(found: list[Scene], tolls: set[int]) -> list[Scene]:
    """The first scene, and further ones with a toll, a place or an event of their own; the rest belongs to the first."""
    if len(found) < 2:
        return found
    kept = [
        scene
        for n, scene in enumerate(found)
        if n == 0
        or scene.own_place
        or tolls & set(scene.sentences)
        or scene.own_votes.keys() - COMPANIONS - SPOILS - {ATTACK, "attack"}
    ]
    return kept or found[:1]


def is_violent(telling: Telling) -> bool:
    """Whether the word tells violence: who is named beside an agreement or a withdrawal takes no part in a battle.

    Nor who has "operations" in the region.
    """
    return telling.subtype == ATTACK or (TYPE_OF[telling.subtype] != "strategic" and telling.weight > 1)


def within_one_battle(days: Sequence[date]) -> bool:
    """Whether consecutive days are near enough to be one battle."""
    return all(later - earlier <= timedelta(days=3) for earlier, later in itertools.pairwise(days))


def near_each_other(found: Sequence[Scene]) -> bool:
    """Whether the scenes lie within a day's fighting of each other: a battle moves, other attacks are elsewhere."""
    rows = [scene.place.row for scene in found if scene.place is not None and not scene.place.row.level]
    return all(kilometres(one, two) <= ONE_BATTLE for one in rows for two in rows)


def days_of(found: Sequence[Scene]) -> Iterator[date]:
    """First days of the scenes that have one."""
    for scene in found:
        if scene.day is not None:
            yield scene.day.begin
