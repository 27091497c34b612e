"""OGC API Features' own parameters, put into the words of the query language.

`datetime` becomes `since` and `until`; a `bbox` of six numbers loses its heights, one across the antimeridian becomes a
`polygon`; a `limit` above the largest is the largest, as the standard wants it; `crs` and `bbox-crs` take CRS 84 only.
Everything else is the query language's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from conflict.kit.dates import read_date, read_instant
from conflict.kit.geometry import read_box
from conflict.kit.problems import Problem, Refused
from events.ogc.collections import CRS84
from events.query.filters import FILTERS
from events.query.incidents import LARGEST_LIMIT, SETTINGS, WITH_ESTIMATE, IncidentQuery
from events.query.readers import FLAG

Pair = tuple[str, str]
DATETIME = (
    "a day or an RFC 3339 instant, or an interval of two of them: a/b, a/.. or ../b, years 1900 to 2100"
)
BOX = "minx,miny,maxx,maxy in degrees (CRS 84), or six numbers with heights, which are ignored"
OPEN = ("", "..")
MOMENT = ("as_of", "lang", "crs")


def read_parameters(
    pairs: Sequence[Pair], fields: Sequence[str] = (), settings: Sequence[str] = SETTINGS
) -> IncidentQuery:
    """The query that the parameters of an items request mean. Raises Refused with everything that is wrong."""
    problems: list[Problem] = []
    plain: list[Pair] = []
    for name, text in pairs:
        meant = MEANINGS.get(name, as_it_is)(name, text)
        if isinstance(meant, Problem):
            problems.append(meant)
        else:
            plain += meant
    problems += doubled(pairs)
    try:
        query = IncidentQuery.read(plain, fields=fields, settings=settings)
    except Refused as refused:
        raise Refused([*problems, *refused.problems]) from None
    if problems:
        raise Refused(problems)
    return query


def doubled(pairs: Sequence[Pair]) -> list[Problem]:
    """A parameter of the standard that is given twice, or says again what another one says already."""
    given = [name for name, _ in pairs]
    problems = [
        Problem(name, ", ".join(text for other, text in pairs if other == name), "given once")
        for name in OWN
        if given.count(name) > 1
    ]
    if "datetime" in given and {"since", "until"} & set(given):
        problems.append(Problem("datetime", dict(pairs)["datetime"], "either datetime, or since and until"))
    return problems


def as_it_is(name: str, text: str) -> list[Pair]:
    """A parameter that the query language knows by the same name, or refuses."""
    return [(name, text)]


def read_limit(name: str, text: str) -> list[Pair]:
    """A number above the largest asks for the largest page there is."""
    if text.isascii() and text.isdigit() and len(text) < 19:
        return [(name, str(min(int(text), LARGEST_LIMIT)))]
    return [(name, text)]


def read_bbox(name: str, text: str) -> list[Pair] | Problem:
    """A box with or without heights; one across the antimeridian is an area of two boxes."""
    parts = [part.strip(" ") for part in text.split(",")]
    if len(parts) == 6:
        del parts[5], parts[2]
    if len(parts) != 4:
        return Problem(name, text, BOX)
    west, south, east, north = parts
    around = read_box(name, f"{west},{south},180,{north}"), read_box(name, f"-180,{south},{east},{north}")
    if any(isinstance(box, Problem) for box in around) or float(west) <= float(east):
        return [(name, ",".join(parts))]
    return [
        (
            "polygon",
            f"MULTIPOLYGON({rectangle(west, south, '180', north)},{rectangle('-180', south, east, north)})",
        )
    ]


def rectangle(west: str, south: str, east: str, north: str) -> str:
    """The rings of a rectangle in WKT."""
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return "((" + ",".join(f"{lon} {lat}" for lon, lat in corners) + "))"


def read_datetime(name: str, text: str) -> list[Pair] | Problem:
    """An instant or an interval, in days of UTC; incidents that touch it are found."""
    first, slash, last = text.partition("/")
    if not slash:
        last = first
    ends = [None if slash and end in OPEN else day_of(name, end) for end in (first, last)]
    since, until = ends
    if isinstance(since, Problem) or isinstance(until, Problem) or (since is None and until is None):
        return Problem(name, text, DATETIME)
    if since and until and since > until:
        return Problem(name, text, "an interval that does not end before it begins")
    found = (("since", since), ("until", until))
    return [(end, day.isoformat()) for end, day in found if day is not None]


def day_of(name: str, text: str) -> date | Problem:
    """The day (UTC) of a day or an instant. GDAL writes a day as `2024-01-01T`."""
    day = read_date(name, text.removesuffix("T"))
    if not isinstance(day, Problem):
        return day
    instant = read_instant(name, text)
    return instant if isinstance(instant, Problem) else instant.date()


def read_flag(name: str, text: str) -> list[Pair]:
    """True and false as the query language writes them; GDAL writes the values of a yes-or-no field as 1 and 0."""
    return [(name, {"1": "true", "0": "false"}.get(text, text))]


def read_crs(name: str, text: str) -> list[Pair] | Problem:
    """Only longitude and latitude on WGS 84, which says nothing new."""
    return [] if text == CRS84 else Problem(name, text, CRS84)


MEANINGS: dict[str, Callable[[str, str], list[Pair] | Problem]] = {
    "limit": read_limit,
    "bbox": read_bbox,
    "datetime": read_datetime,
    "crs": read_crs,
    "bbox-crs": read_crs,
    **{item.name: read_flag for item in FILTERS.values() if item.read.schema == FLAG.schema},
}
# Those that stand for something else; the query language itself refuses its own when they are given twice.
OWN = ("datetime", "crs", "bbox-crs")


def read_moment(pairs: Sequence[Pair], valid: Sequence[str] = MOMENT) -> IncidentQuery:
    """What one feature takes: `as_of`, `lang`, `crs`, one with figures `estimate` too. Raises Refused."""
    wrong = [
        Problem(name, text, f"only {', '.join(valid)} here") for name, text in pairs if name not in valid
    ]
    if wrong:
        raise Refused(wrong)
    return read_parameters(pairs, settings=WITH_ESTIMATE)
