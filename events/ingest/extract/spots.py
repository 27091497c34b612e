"""Names in a report that may be places, and what the words around them say: lead, level, whether somebody spoke there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.ingest.extract.leads import (
    AROUND,
    HOSPITAL,
    OF,
    RELEASED,
    SETTLEMENTS,
    TAKEN,
    TOLD,
    VILLAGES,
    area_noun_follows,
    is_called,
    is_far,
    is_of_office,
    is_on_the_way,
    is_speech,
    is_village,
    is_village_after,
    lead_before,
    level_after,
)
from events.ingest.extract.place_words import (
    CARE,
    COMMON,
    LEVELS_AFTER,
    SMALL,
    WIDE,
)
from events.ingest.extract.spellings import alike
from events.ingest.extract.tables import PlaceRow, Tables, place_key
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
    title: bool = False
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
        spot = _with_unit(tables, spot)
        axis = _is_on_axis(text, tables, spot)
        if axis and not spot.lead:
            spot = replace(spot, lead="at")
        listed = _goes_on_list(text, found, spot)
        if listed and spot.lead in ("", "route"):
            spot = replace(spot, lead=found[-1].lead)
        if axis or listed or _is_place(text, spot):
            found.append(spot)
        place = after
    return _chained(text, found)


def names_unlisted_village(text: Text, tables: Tables) -> bool:
    """ "The village of Wiye", "Kalle, un village situé à 20 km de", where no gazetteer has it, and no other is listed, in the opening."""
    opening = text.sentences[min(len(text.sentences), 3) - 1][1] if text.sentences else 0
    called = [
        place
        for place, word in enumerate(text.words[:opening])
        if text.capital(place) and word.isalpha() and is_village(text, place)
    ]
    return bool(called) and not any(_name_at(text, tables, place, set()) for place in called)


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
    led = lead_before(text.words, lang, place)[0] in ("at", "near", "between") or is_called(text.words, place)
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


def _with_unit(tables: Tables, spot: Spot) -> Spot:
    """ "La région de Tillabéri" where the units have it as Tillabery."""
    if not spot.level or any(row.level == spot.level for row in spot.rows):
        return spot
    units = [row for row in alike(tables, place_key(spot.name), spot.level) if row.level == spot.level]
    return replace(spot, rows=(*spot.rows, *units))


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
        level_after(words, spot.after)
        if lang == "en" or words[spot.after : spot.after + 2] == [",", "region"]
        else None
    )
    before = lead_before(words, lang, led)
    lead, lead_level = before
    if level is None:
        level = lead_level
    if (
        level is None
        and words[spot.after : spot.after + 1] == [","]
        and _DESCRIBING & set(words[spot.after + 1 : spot.after + 2])
    ):
        # "In Kidal, northern Mali": the town.
        level = 0
    office = is_of_office(words, lang, spot.first)
    if lead in ("at", "near", "") and is_far(words, spot.first):
        lead = "far"
    window = set(words[max(0, spot.first - 9) : spot.first])
    aside = (
        is_speech(words, spot.first)
        or bool(CARE & window)
        or (bool(HOSPITAL & window) and bool(TAKEN & window))
    )
    aside = aside or _is_of_sources(words, spot)
    if lead == "at" and is_on_the_way(text, spot.first):
        lead = "route"
    weak = lead == "at" and words[led - 1] in OF and words[led - 2] not in SETTLEMENTS | AROUND
    village = bool(VILLAGES & set(words[max(0, led - 2) : led]))
    # "Kossi : une dizaine de terroristes neutralisés"
    title = spot.first == 0 and (words[spot.after : spot.after + 1] == [":"] or level is not None)
    return replace(
        spot, lead=lead, level=level, weak=weak, speech=aside, office=office, village=village, title=title
    )


_DESCRIBING = wordset(
    "northern southern eastern western central northeastern northwestern southeastern southwestern north-eastern"
)


def _is_of_sources(words: Sequence[str], spot: Spot) -> bool:
    """ "Security sources in Niamey", "appris à Niamey": what is told in the capital happened elsewhere."""
    before = set(words[max(0, spot.first - 6) : spot.first])
    capital = any(row.feature == "national_capital" for row in spot.rows)
    city = any(row.population >= CITY or row.feature == "admin1_capital" for row in spot.rows)
    return bool((capital and TOLD & before) or (city and RELEASED & before))


def _led_from(text: Text, first: int) -> int:
    """ "near Manidjè/Kolongo", "the villages of Foo and Bar": what leads to a name that no gazetteer has leads to its twin."""
    words = text.words
    twin = first >= 2 and words[first - 1] in ("/", "and", "et") and text.capital(first - 2)
    return first - 2 if twin and words[first - 2].isalpha() else first


def _is_place(text: Text, spot: Spot) -> bool:
    """Whether the words allow the name to be a place: not part of a person's name, not a common word."""
    words = text.words
    name = " ".join(words[spot.first : spot.after])
    # "the village of Karma" is a place whatever else the word means.
    settled = spot.level == 0 and is_called(words, spot.first)
    if name in COMMON and not settled and not (spot.level and any(row.level for row in spot.rows)):
        return False
    if name in WIDE and not WIDE[name] & set(words[max(0, spot.first - 4) : spot.first]):
        return False
    known = any(row.level in (1, 2) or row.population >= WELL_KNOWN for row in spot.rows)
    led = bool(spot.lead) or spot.level is not None or area_noun_follows(words, spot.after)
    led = led or is_village_after(words, spot.after)
    if _beside_a_name(text, spot):
        return led and known and spot.after - spot.first > 0 and not _capital_after(text, spot)
    if len(name) <= 3 and not led:
        return False
    return led or known


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
        and not area_noun_follows(text.words, spot.after)
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
