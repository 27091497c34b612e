"""What the words beside a name say of it: that it is a place, how it lies, of what level it is, whose office it names."""

from __future__ import annotations

from collections.abc import Sequence

from events.ingest.extract.countries import DEMONYM
from events.ingest.extract.place_words import AREA_NOUNS_AFTER, BEFORE, LEVELS_AFTER, LEVELS_BEFORE, SPEECH
from events.ingest.extract.speech_words import OFFICES
from events.ingest.extract.words import Text, wordset


def is_village(text: Text, place: int) -> bool:
    """ "The village of X", "X village", "X, a village"."""
    words = text.words
    before = words[max(0, place - 2) : place]
    if before[-1:] in (["of"], ["de"], ["d'"], ["du"]) and before[0] in VILLAGES:
        return True
    return words[place + 1 : place + 2] in (["village"], ["community"]) or is_village_after(words, place + 1)


def is_village_after(words: Sequence[str], after: int) -> bool:
    """ "Zaongo, a village in the Centre-Nord"."""
    article = words[after : after + 2] in ([",", "un"], [",", "a"], [",", "une"])
    return article and bool(_SETTLED & set(words[after + 2 : after + 3]))


_SETTLED = wordset("village town hamlet localite ville bourgade hameau")
VILLAGES = wordset("village localite hameau hamlet locality")
OF = wordset("of de du d'")
HOSPITAL = wordset("hospital hospitals hopital clinic clinique")
TAKEN = wordset("taken to brought transported conduits vers amenes being")
AROUND = wordset(
    "region zone secteur foret environs outskirts area district province cercle commune departement department "
    "state etat sector forest marche market axe route villages towns villes localites hameaux communities"
)
RELEASED = wordset("released disclosed publie media journalists reporters newsmen")
TOLD = wordset(
    "source sources appris official officials officiel officielles communique publie statement diplomat diplomats"
)


def is_on_the_way(text: Text, first: int) -> bool:
    """ "Back from a supply mission to Fada", "de retour d'une mission à Fada": where they came from or went."""
    here = first - 1
    while here > max(first - 9, 0) and text.words[here] not in (",", ";", ".", "("):
        if text.words[here] in _MOTION:
            return True
        here -= 1
    return False


_MOTION = wordset(
    "rejoint rejoindre regagne regagner returned retour revenait revenaient revenant returning escorte escort "
    "escorting ravitaillement resupply mission rentrait rentraient"
)


def is_of_office(words: Sequence[str], lang: str, first: int) -> bool:
    """ "the mayor of Koro", "residents of Djibo": the place says whose mayor, not where; "a chief, in Koro" says where."""
    here = first - 1
    while here > 0 and words[here] in (
        "the",
        "la",
        "le",
        "les",
        "l'",
        "town",
        "city",
        "ville",
        "region",
        "village",
        "commune",
    ):
        here -= 1
    if here < 1 or words[here] not in ("of", "de", "du", "d'", "des", "from"):
        return False
    return bool(OFFICES[lang] & set(words[max(0, here - 2) : here]))


def is_far(words: Sequence[str], first: int) -> bool:
    """ "160 kilometres (100 miles) southeast of the city of": farther than 25 km from the place that is named."""
    for place in range(first - 1, max(first - 14, 0), -1):
        word = words[place]
        if word in _UNITS_OF_LENGTH:
            number = words[place - 1]
            factor = 1.6 if word.startswith("mile") else 1.0
            digits = number.replace(",", ".")
            return float(digits) * factor > 25 if digits.replace(".", "", 1).isdigit() else number not in _FEW
        if not (word in _BETWEEN_FAR or word.isdigit()):
            return False
    return False


_UNITS_OF_LENGTH = wordset("km kms kilometres kilometers kilometre kilometer miles mile")
_FEW = wordset(
    "few quelques several one two three four five six seven eight nine ten un deux trois "
    "quatre cinq six sept huit neuf dix quinze douze dizaine a"
)
_BETWEEN_FAR = wordset(
    "of from the de du d' des la le l' a au aux en ( ) , miles kilometers about some "
    "north south east west northeast northwest southeast southwest "
    "northern southern eastern western central capital city town regional nord sud est "
    "ouest ville capitale chef lieu environ region away - and km"
)


def level_after(words: Sequence[str], after: int) -> int | None:
    """The level that a noun after a name says: "Kayes region", "Bankass's cercle"."""
    if after >= len(words):
        return None
    here = after + 1 if words[after] in ("'s", ",") and after + 1 < len(words) else after
    found = LEVELS_AFTER.at(words, here)
    return found[1] if found else None


def lead_before(words: Sequence[str], lang: str, first: int) -> tuple[str, int | None]:
    """(lead, level) of the words before a name; English may put a direction or an article between."""
    level: int | None = None
    start = first
    while start > 0 and words[start - 1] in _BETWEEN[lang]:
        start -= 1
    for size in (4, 3, 2, 1):
        if level is None and first >= size:
            noun = LEVELS_BEFORE.at(words, first - size)
            if noun and noun[0] == size:
                level = noun[1]
    if level is None and first >= 3 and words[first - 2] in DEMONYM:
        # "Le district nigérien de Banibangou".
        noun = LEVELS_BEFORE.at([words[first - 3], words[first - 1]], 0)
        level = noun[1] if noun and noun[0] == 2 else None
    for end in dict.fromkeys((first, start)):
        for size in (5, 4, 3, 2, 1):
            found = BEFORE[lang].at(words, end - size) if end >= size else None
            if found and found[0] == size:
                return found[1], level
    return "", level


_BETWEEN = {
    "en": wordset(
        "the northern southern eastern western central north south east west northeastern "
        "northwestern southeastern southwestern of nearby town village city region far remote restive "
        "border volatile"
    ),
    "fr": wordset(
        "le la l' les region province ville lundi mardi mercredi jeudi vendredi samedi dimanche matin soir midi apres nuit hier dernier"
    ),
}  # fmt: skip


def is_speech(words: Sequence[str], first: int) -> bool:
    """Whether the place is where somebody spoke: "said by telephone from Djibo"."""
    before = words[max(0, first - 4) : first]
    return bool(before) and before[-1] in ("from", "depuis", "a", "in") and bool(SPEECH & set(before[:-1]))


def is_called(words: Sequence[str], first: int) -> bool:
    """ "village de X", "the town of X"."""
    return bool(SETTLEMENTS & set(words[max(0, first - 3) : first]))


SETTLEMENTS = wordset("village ville localite town city hamlet hameau commune")


def area_noun_follows(words: Sequence[str], after: int) -> bool:
    """ "The Boni sector", "Gossi camp"."""
    return after < len(words) and words[after] in AREA_NOUNS_AFTER
