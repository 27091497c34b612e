"""An estimate in words, English and French: every sentence says who or what a figure rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from events.claims.codes import ItemClass, Measure
from events.claims.figures import Clause, Estimate, VictimRange
from events.claims.overlap import apart


class Words(NamedTuple):
    """The sentences of one language."""

    total: str
    nothing: str
    heard: str
    about: str
    no_number: str
    jointly: str
    whole: str
    and_: str
    contested: str
    denied: str
    open_ended: str
    overlap: str
    range_: str
    or_more: str
    at_most: str
    unknown: str
    thousands: str


WORDS = {
    "en": Words(
        total="{measure}: {range}; best figure {best}, by rule “{rule}”, version {version}.",
        nothing="{measure}: nobody has given a number.",
        heard="Accepted claims: {claims}, claimants: {claimants}.",
        about="About {victims}: {range}; best figure {best}: {clause}.",
        no_number="About {victims}: {range}.",
        jointly="{names} (jointly)",
        whole="the whole incident (victims not specified)",
        and_="and",
        contested="The claimants contradict each other about {victims}.",
        denied="Losses are denied for {victims}.",
        open_ended="At least one claimant leaves the upper end open: the highest number is not a limit.",
        overlap="Some claims speak of the same victims; they are not added up twice.",
        range_="{low} to {high}",
        or_more="{number} or more",
        at_most="at most {number}",
        unknown="number unknown",
        thousands=",",
    ),
    "fr": Words(
        total="{measure} : {range} ; meilleur chiffre {best}, selon la règle « {rule} », version {version}.",
        nothing="{measure} : personne n'a donné de nombre.",
        heard="Affirmations acceptées : {claims}, auteurs : {claimants}.",
        about="Au sujet de {victims} : {range} ; meilleur chiffre {best} : {clause}.",
        no_number="Au sujet de {victims} : {range}.",
        jointly="{names} (ensemble)",
        whole="l'ensemble de l'incident (victimes non précisées)",
        and_="et",
        contested="Les affirmations se contredisent au sujet de {victims}.",
        denied="Les pertes sont démenties au sujet de {victims}.",
        open_ended="Au moins un auteur laisse la borne haute ouverte : le nombre le plus élevé n'est pas une limite.",
        overlap="Certaines affirmations portent sur les mêmes victimes ; elles ne sont pas additionnées deux fois.",
        range_="{low} à {high}",
        or_more="{number} ou plus",
        at_most="au plus {number}",
        unknown="nombre inconnu",
        thousands="\N{NARROW NO-BREAK SPACE}",
    ),
}

_MEASURES = {measure.value: measure for measure in Measure}
_ITEMS = {item.value: item for item in ItemClass}


def explain(estimate: Estimate, lang: str = "en", names: Mapping[str, str] | None = None) -> list[str]:
    """Say in sentences how the estimate came about; `names` gives the victims' names by key.

    Raises ValueError for a language other than `en` and `fr`.
    """
    if lang not in WORDS:
        raise ValueError(f"lang: {lang!r} is not valid; valid is one of {', '.join(WORDS)}")
    words, names = WORDS[lang], names or {}
    heard = words.heard.format(claims=estimate.claims, claimants=estimate.claimants)
    said = [_total(estimate, words, lang), heard]
    for found in estimate.victims:
        said += _about(found, words, lang, names)
    if estimate.open_ended:
        said.append(words.open_ended)
    if not apart(frozenset(found.about) for found in estimate.victims):
        said.append(words.overlap)
    return said


def _total(estimate: Estimate, words: Words, lang: str) -> str:
    measure = _MEASURES[estimate.measure].label_in(lang)
    if estimate.item_class:
        measure += f" ({_ITEMS[estimate.item_class].label_in(lang).lower()})"
    if estimate.high is None:
        return words.nothing.format(measure=measure)
    return words.total.format(
        measure=measure,
        range=_range(estimate, words),
        best=_number(estimate.best, words),
        rule=estimate.rule,
        version=estimate.version,
    )


def _about(found: VictimRange, words: Words, lang: str, names: Mapping[str, str]) -> list[str]:
    victims = _victims(found.about, words, names)
    sentence = words.no_number if found.basis.clause == Clause.NO_NUMBER else words.about
    said = [
        sentence.format(
            victims=victims,
            range=_range(found, words),
            best=_number(found.best, words),
            clause=found.basis.clause.label_in(lang),
        )
    ]
    if found.denied:
        said.append(words.denied.format(victims=victims))
    elif found.contested:
        said.append(words.contested.format(victims=victims))
    return said


def _victims(about: tuple[str, ...], words: Words, names: Mapping[str, str]) -> str:
    known = [names.get(key, key) for key in about]
    if not known:
        return words.whole
    if len(known) == 1:
        return known[0]
    return words.jointly.format(names=f"{', '.join(known[:-1])} {words.and_} {known[-1]}")


def _range(found: Estimate | VictimRange, words: Words) -> str:
    low, high = _number(found.low, words), _number(found.high, words)
    if found.high is None:
        return words.unknown
    if found.low is None:
        return words.at_most.format(number=high)
    span = low if found.low == found.high else words.range_.format(low=low, high=high)
    return words.or_more.format(number=span) if found.open_ended else span


def _number(number: int | None, words: Words) -> str:
    return words.unknown if number is None else f"{number:,}".replace(",", words.thousands)
