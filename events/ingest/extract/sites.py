"""Where it happened: the report's own place, a finer one told of further down, and places attacked together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from events.ingest.extract.context import background_words
from events.ingest.extract.incidents import UNIT_REACH, Scene
from events.ingest.extract.places import Located, kilometres
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.words import wordset
from events.ingest.extract.work import Work


def best_place(work: Work) -> Located | None:
    """The place of the report: named early, where something is said to be, a place rather than a unit."""
    ranked = sorted(work.places, key=lambda located: -_weight(work, located))
    return ranked[0] if ranked and _weight(work, ranked[0]) > 0 else None


def finer_place(work: Work, best: Located | None) -> Located | None:
    """A village told of further down, where the opening names only its region or the region's capital."""
    named = best is None or best.spot.level == 0 or best.spot.lead == "between"
    seat = best is not None and (
        best.row.feature == "admin1_capital" or (best.near and best.row.feature == "national_capital")
    )
    if best is None or named or work.unlisted or (best.level == 0 and not seat):
        return best
    closer = [located for located in work.places if _is_told_of(work, located) and _is_within(located, best)]
    ranked = sorted(closer, key=lambda located: -_weight(work, located))
    return ranked[0] if ranked and _weight(work, ranked[0]) > _weight(work, best) - 1.2 else best


def _is_told_of(work: Work, located: Located) -> bool:
    spot = located.spot
    sentence = next(s for s in work.sentences if s.first <= located.first < s.after)
    aside = spot.speech or spot.office or spot.weak or sentence.number in work.before
    return not aside and spot.lead in ("at", "near", "between") and sentence.number < 7


def _is_within(located: Located, unit: Located) -> bool:
    row = located.row
    coarser = row.level == 1 or (unit.level == 2 and row.level == 2)
    if coarser or row.feature in ("admin1_capital", "national_capital") or row.country != unit.row.country:
        return False
    return kilometres(row, unit.row) <= UNIT_REACH


def _weight(work: Work, located: Located) -> float:
    number = next(s.number for s in work.sentences if s.first <= located.first < s.after)
    sentence = work.sentences[number]
    weight = {0: 3.0, 1: 3.0, 2: 2.2, 3: 1.6}.get(number, 1.0)
    weight += {"at": 1.2, "near": 1.0, "between": 0.8, "border": -1.5, "route": -0.6, "far": -2.5}.get(
        located.spot.lead, -0.3
    )
    weight -= 0.5 * located.spot.weak
    level = located.level
    # "The village of Wiye" is where it was.
    weight += 0.8 * located.spot.village
    if work.unlisted and level == 0 and located.spot.level != 0:
        # A village that no gazetteer has lies in the unit, near the town or not.
        weight -= 2.5
    weight += 1.5 if level == 0 else 0.4 if level > 1 else 0.0
    if located.spot.speech:
        weight -= 6
    elif located.row.key in work.aside:
        weight -= 2
    if located.spot.office or background_words(sentence, located.first):
        # "The governor of the Far North" says where, if nothing else does.
        weight -= 1.5 if located.row.level == 1 else 3
    if located.row.feature == "national_capital":
        # "Bamako accuses", "sources in Bamako": the capital stands for the state.
        weight -= 1.6 if located.spot.lead else 6
    if located.row.country != work.country:
        weight -= 2 if number < 4 else 4
    if number > 1 and _is_of_earlier_day(work, sentence):
        weight -= 3
    if any(line.holds(located.first) for line in work.datelines):
        weight -= 6
    return weight + (0.8 if sentence.harmed else 0.0)


def _is_of_earlier_day(work: Work, sentence: Sentence) -> bool:
    """Whether all days that a sentence names lie before the report's."""
    here = [dated for dated in work.told if sentence.first <= dated.first < sentence.after]
    return bool(here) and work.main is not None and all(dated.end < work.main.begin for dated in here)


def with_twins(work: Work, scenes: list[Scene]) -> list[Scene]:
    """ "Attacks on the villages of Yoro and Gangafani": one scene becomes one for each place named together."""
    if len(scenes) != 1 or scenes[0].place is None or scenes[0].place.level:
        return scenes
    scene = scenes[0]
    return [
        scene,
        *(replace(scene, place=twin, sentences=[], twin=True) for twin in _twins(work, scenes[0].place)),
    ]


def _twins(work: Work, place: Located) -> Iterator[Located]:
    opening = work.text.words[: work.sentences[min(len(work.sentences), 4) - 1].after]
    if not _ATTACKED_TOGETHER & set(opening):
        return
    seen = {place.row.key}
    for sentence in work.sentences[:8]:
        here = [located for located in work.places if sentence.first <= located.first < sentence.after]
        if sentence.number in work.before:
            continue
        chain = _chain_of(sentence, here, place.row.key)
        for located in chain:
            if located.row.key not in seen and kilometres(located.row, place.row) <= _TOGETHER:
                seen.add(located.row.key)
                yield located


def _chain_of(sentence: Sentence, here: Sequence[Located], key: str) -> list[Located]:
    """The places named in one breath with this one."""
    chains: list[list[Located]] = []
    for located in here:
        if (
            located.level
            or located.spot.speech
            or located.spot.office
            or located.spot.lead not in ("at", "near")
        ):
            continue
        last = chains[-1][-1] if chains else None
        between = sentence.words[last.spot.after : located.first] if last else []
        joining = {word for word in between if not word.isdigit()}
        if last and len(between) <= 6 and {"and", "et", ","} & joining and joining <= _JOINING:
            chains[-1].append(located)
        else:
            chains.append([located])
    return next((chain for chain in chains if any(located.row.key == key for located in chain)), [])


# Places attacked on one day lie within this many kilometres.
_TOGETHER = 250
_ATTACKED_TOGETHER = wordset(
    "villages towns camps bases posts localities communities attacks raids localites postes attaques positions hameaux "
    "hamlets villes markets outposts"
)
_JOINING = wordset(
    "and et , de du d' a au the of in at le la les poste camp village base town g5 sahel fama militaire"
)
