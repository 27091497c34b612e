"""Names in a report that may be places, and what the words around them say: lead, level, whether somebody spoke there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.ingest.extract.countries import DEMONYM
from events.ingest.extract.place_words import (
    AREA_NOUNS_AFTER,
    BEFORE,
    CARE,
    COMMON,
    LEVELS_AFTER,
    LEVELS_BEFORE,
    SMALL,
    SPEECH,
    WIDE,
)
from events.ingest.extract.speech_words import OFFICES
from events.ingest.extract.spellings import alike
from events.ingest.extract.tables import PlaceRow, Tables
from events.ingest.extract.words import Text, wordset

# Above this many people a town is known well enough to be meant by its bare name.
WELL_KNOWN = 10_000
# Above this many a city in which statements are made.
CITY = 100_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A name that may be a place: words [first, after), its rows, and what the words around it say.

    `lead` is at, near, far, route, between, border or empty; `weak` where a bare "of" leads ("the detachment of Koro");
    `level` what a noun beside it says, or None.
    """

    first: int
    after: int
    rows: tuple[PlaceRow, ...]
    lead: str = ""
    level: int | None = None
    weak: bool = False
    speech: bool = False
    office: bool = False
    misspelt: bool = False
    village: bool = False
    name: str = ""


def find_spots(text: Text, lang: str, tables: Tables, taken: set[int]) -> list[Spot]:
    """Names of the gazetteer written with a capital, longest first, that the words around allow to be places."""
    found: list[Spot] = []
    place, size = 0, len(text.words)
    while place < size:
        open_ = place not in taken
        hit = _name_at(text, tables, place, taken) if open_ and text.capital(place) else None
        hit = hit or (_small_unit_at(text, tables, place) if open_ else None)
        misspelt = _misspelt(text, lang, tables, place) if hit is None and open_ else None
        hit = hit or misspelt
        if hit is None:
            place += 1
            continue
        after, rows = hit
        name = text.quote(place, after)
        spot = _surrounded(text, lang, Spot(place, after, rows, name=name, misspelt=misspelt is not None))
        axis = _is_on_axis(text, tables, spot)
        if axis and not spot.lead:
            spot = replace(spot, lead="at")
        if axis or _is_place(text, spot) or _goes_on_list(text, found, spot):
            found.append(spot)
        place = after
    return _chained(text, found)


def names_unlisted_village(text: Text, tables: Tables) -> bool:
    """ "The village of Wiye", "Kalle, un village situé à 20 km de", where no gazetteer has it, and no other is listed, in the opening."""
    opening = text.sentences[min(len(text.sentences), 3) - 1][1] if text.sentences else 0
    called = [
        place
        for place, word in enumerate(text.words[:opening])
        if text.capital(place) and word.isalpha() and _is_village(text, place)
    ]
    return bool(called) and not any(_name_at(text, tables, place, set()) for place in called)


def _is_village(text: Text, place: int) -> bool:
    words = text.words
    before = words[max(0, place - 2) : place]
    if before[-1:] in (["of"], ["de"], ["d'"], ["du"]) and before[0] in _VILLAGES:
        return True
    return words[place + 1 : place + 2] in (["village"], ["community"]) or _is_village_after(words, place + 1)


def _is_village_after(words: Sequence[str], after: int) -> bool:
    """ "Zaongo, a village in the Centre-Nord"."""
    article = words[after : after + 2] in ([",", "un"], [",", "a"], [",", "une"])
    return article and bool(_SETTLED & set(words[after + 2 : after + 3]))


_SETTLED = wordset("village town hamlet localite ville bourgade hameau")


_VILLAGES = wordset("village localite hameau hamlet locality")


def _misspelt(text: Text, lang: str, tables: Tables, place: int) -> tuple[int, tuple[PlaceRow, ...]] | None:
    """A name that the gazetteer spells a little otherwise, where the words before it say that it is a place."""
    word = text.words[place]
    if (
        not (text.capital(place) and word.isalpha())
        or place in text.heads
        or word in tables.places
        or word in COMMON
    ):
        return None
    named = Spot(place, place + 1, ())
    led = _before(text.words, lang, place)[0] in ("at", "near", "between") or _is_called(text.words, place)
    if not led or _beside_a_name(text, named):
        return None
    rows = alike(tables, word)
    return (place + 1, rows) if rows else None


def _goes_on_list(text: Text, found: Sequence[Spot], spot: Spot) -> bool:
    """ "In Karou, Ouatagouna and Daoutegueft": a name that goes on a list of places is one."""
    last = found[-1] if found else None
    if last is None or last.lead not in ("at", "near", "between") or last.level:
        return False
    between = text.words[last.after : spot.first]
    name = " ".join(text.words[spot.first : spot.after])
    alone = not _capital_after(text, spot) and name not in COMMON
    return alone and len(name) > 3 and 0 < len(between) <= 2 and set(between) <= _LISTING


_LISTING = frozenset({",", "and", "et", "/"})


def _small_unit_at(text: Text, tables: Tables, place: int) -> tuple[int, tuple[PlaceRow, ...]] | None:
    """ "L'extrême-nord", "the far north": the unit, where the country has one of that name."""
    name = " ".join(text.words[place : place + 2])
    rows = [row for row in tables.places.get(name, []) if row.level] if name in SMALL else []
    return (place + 2, tuple(rows)) if rows else None


def _is_on_axis(text: Text, tables: Tables, spot: Spot) -> bool:
    """ "The Bourzanga-Kongoussi road": two names of the gazetteer tied by a hyphen."""
    after, before = spot.after, spot.first - 1
    if after < len(text.words) and text.joined(after) and text.capital(after):
        return text.words[after] in tables.places and text.words[after] not in COMMON
    tied = spot.first > 0 and text.joined(spot.first) and text.capital(before)
    return tied and text.words[before] in tables.places and text.words[before] not in COMMON


def _name_at(
    text: Text, tables: Tables, place: int, taken: set[int]
) -> tuple[int, tuple[PlaceRow, ...]] | None:
    words = text.words
    limit = min(place + tables.longest_place, len(words))
    end = place
    while end < limit and end not in taken and words[end][0].isalnum():
        end += 1
    for after in range(end, place, -1):
        if not text.capital(after - 1) and after - place == 1:
            return None
        split = after - place == 2 and (text.capital(place + 1) or text.joined(place + 1))
        rows = _rows_of(tables, words[place:after], split)
        if rows:
            return after, rows
    return None


def _rows_of(tables: Tables, words: Sequence[str], split: bool) -> tuple[PlaceRow, ...]:
    """The places of a name, also where the gazetteer writes in one what the report writes in two: "Bani-bangou"."""
    rows = tables.places.get(" ".join(words).replace("'", ""), [])
    if split:
        rows = [*rows, *(row for row in tables.places.get("".join(words), []) if row not in rows)]
    return tuple(rows)


def _surrounded(text: Text, lang: str, spot: Spot) -> Spot:
    words = text.words
    led = _led_from(text, spot.first)
    level = (
        _level_after(words, spot.after)
        if lang == "en" or words[spot.after : spot.after + 2] == [",", "region"]
        else None
    )
    before = _before(words, lang, led)
    lead, lead_level = before
    if level is None:
        level = lead_level
    office = _is_of_office(words, lang, spot.first)
    if lead in ("at", "near", "") and _is_far(words, spot.first):
        lead = "far"
    window = set(words[max(0, spot.first - 9) : spot.first])
    aside = (
        _is_speech(words, spot.first)
        or bool(CARE & window)
        or (bool(_HOSPITAL & window) and bool(_TAKEN & window))
    )
    aside = aside or _is_of_sources(words, spot)
    if lead == "at" and _is_on_the_way(text, spot.first):
        lead = "route"
    weak = lead == "at" and words[led - 1] in _OF and words[led - 2] not in SETTLEMENTS | _AROUND
    village = bool(_VILLAGES & set(words[max(0, led - 2) : led]))
    return replace(spot, lead=lead, level=level, weak=weak, speech=aside, office=office, village=village)


_OF = wordset("of de du d'")
_HOSPITAL = wordset("hospital hospitals hopital clinic clinique")
_TAKEN = wordset("taken to brought transported conduits vers amenes being")
_AROUND = wordset(
    "region zone secteur foret environs outskirts area district province cercle commune departement department "
    "state etat sector forest marche market axe route"
)


def _is_of_sources(words: Sequence[str], spot: Spot) -> bool:
    """ "Security sources in Niamey", "appris à Niamey": what is told in the capital happened elsewhere."""
    before = set(words[max(0, spot.first - 6) : spot.first])
    capital = any(row.feature == "national_capital" for row in spot.rows)
    city = any(row.population >= CITY or row.feature == "admin1_capital" for row in spot.rows)
    return bool((capital and _TOLD & before) or (city and _RELEASED & before))


_RELEASED = wordset("released disclosed publie")
_TOLD = wordset(
    "source sources appris official officials officiel officielles communique publie statement diplomat diplomats"
)


def _is_on_the_way(text: Text, first: int) -> bool:
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


def _led_from(text: Text, first: int) -> int:
    """ "near Manidjè/Kolongo", "the villages of Foo and Bar": what leads to a name that no gazetteer has leads to its twin."""
    words = text.words
    twin = first >= 2 and words[first - 1] in ("/", "and", "et") and text.capital(first - 2)
    return first - 2 if twin and words[first - 2].isalpha() else first


def _is_of_office(words: Sequence[str], lang: str, first: int) -> bool:
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


def _is_far(words: Sequence[str], first: int) -> bool:
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


def _level_after(words: Sequence[str], after: int) -> int | None:
    if after >= len(words):
        return None
    here = after + 1 if words[after] in ("'s", ",") and after + 1 < len(words) else after
    found = LEVELS_AFTER.at(words, here)
    return found[1] if found else None


def _before(words: Sequence[str], lang: str, first: int) -> tuple[str, int | None]:
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


def _is_speech(words: Sequence[str], first: int) -> bool:
    """Whether the place is where somebody spoke: "said by telephone from Djibo"."""
    before = words[max(0, first - 4) : first]
    return bool(before) and before[-1] in ("from", "depuis", "a", "in") and bool(SPEECH & set(before[:-1]))


def _is_place(text: Text, spot: Spot) -> bool:
    """Whether the words allow the name to be a place: not part of a person's name, not a common word."""
    words = text.words
    name = " ".join(words[spot.first : spot.after])
    # "the village of Karma" is a place whatever else the word means.
    settled = spot.level == 0 and _is_called(words, spot.first)
    if name in COMMON and not settled and not (spot.level and any(row.level for row in spot.rows)):
        return False
    if name in WIDE and not WIDE[name] & set(words[max(0, spot.first - 4) : spot.first]):
        return False
    known = any(row.level in (1, 2) or row.population >= WELL_KNOWN for row in spot.rows)
    led = bool(spot.lead) or spot.level is not None or _area_noun_follows(words, spot.after)
    led = led or _is_village_after(words, spot.after)
    if _beside_a_name(text, spot):
        return led and known and spot.after - spot.first > 0 and not _capital_after(text, spot)
    if len(name) <= 3 and not led:
        return False
    return led or known


def _is_called(words: Sequence[str], first: int) -> bool:
    """ "village de X", "the town of X"."""
    return bool(SETTLEMENTS & set(words[max(0, first - 3) : first]))


SETTLEMENTS = wordset("village ville localite town city hamlet hameau commune")


def _area_noun_follows(words: Sequence[str], after: int) -> bool:
    return after < len(words) and words[after] in AREA_NOUNS_AFTER


def _beside_a_name(text: Text, spot: Spot) -> bool:
    """A capital word right before or after, as in a person's name; headlines with capitals throughout are excused."""
    if _all_capitals(text, spot):
        return False
    before = (
        spot.first > 0
        and spot.first not in text.heads
        and text.capital(spot.first - 1)
        and text.words[spot.first - 1].isalpha()
    )
    if before and spot.first - 1 in text.heads:
        before = len(text.words[spot.first - 1]) > 3 and text.words[spot.first - 1] not in BEFORE_AT_START
    return (before and text.words[spot.first - 1] not in BEFORE_AT_START) or _capital_after(text, spot)


BEFORE_AT_START = wordset(
    "in at near a au en dans pres nord sud est ouest north south east west northern southern region "
    "province eastern western central town village ville le la the mali niger burkina cercle commune"
)  # fmt: skip


def _capital_after(text: Text, spot: Spot) -> bool:
    if spot.after >= len(text.words) or not text.words[spot.after].isalpha() or spot.after in text.heads:
        return False
    # "Gao-based": the words are joined, and the second has no capital.
    return (
        text.capital(spot.after)
        and LEVELS_AFTER.at(text.words, spot.after) is None
        and not _area_noun_follows(text.words, spot.after)
    )


def _all_capitals(text: Text, spot: Spot) -> bool:
    """A headline in which most longer words have a capital."""
    number = next((n for n, (first, after) in enumerate(text.sentences) if first <= spot.first < after), None)
    if number is None or number > 1:
        return False
    first, after = text.sentences[number]
    longer = [
        place for place in range(first, after) if len(text.words[place]) > 3 and text.words[place].isalpha()
    ]
    return bool(longer) and sum(text.capital(place) for place in longer) > 0.7 * len(longer)


def _chained(text: Text, spots: list[Spot]) -> list[Spot]:
    """In "between A and B", "A, B and C" the later names are led by what leads the first."""
    done: list[Spot] = []
    for spot in spots:
        previous = done[-1] if done else None
        between = text.words[previous.after : spot.first] if previous else []
        tied = previous is not None and previous.after == spot.first and text.joined(spot.first)
        led = previous is not None and previous.lead in ("between", "at", "near")
        chained = led and (tied or (bool(between) and set(between) <= _LINKS))
        if previous and chained and (not spot.lead or spot.lead == "route"):
            spot = replace(spot, lead=previous.lead)
        done.append(spot)
    return done


_LINKS = frozenset({",", "/", "and", "et", "a", "the", "le", "or", "ou", "in", "dans", "-"})
