"""A request in UCDP's words, put into ours: Id, Country, Geography, StartDate, EndDate, TypeOfViolence, Actor; page, pagesize.

What UCDP has no word for may be asked in ours (`event_type`, `contested`, `admin1`, ...).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from conflict.kit.dates import read_date
from conflict.kit.numbers import read_int
from conflict.kit.problems import Problem, Refused, not_one_of, unknown_field
from events.claims.rules import REPORTED
from events.compat.ucdp.codes import COUNTRY_BY_NUMBER, ONE_SIDED, STATE_BASED
from events.query.filters import FILTERS
from events.query.incidents import ESTIMATE, IncidentQuery

Pair = tuple[str, str]
USUAL_SIZE, LARGEST_SIZE, LAST_PAGE = 100, 1000, 10_000_000
NUMBERS = {"Id": 10**16, "TypeOfViolence": ONE_SIDED, "Actor": 10**9}
OWN = ("pagesize", "page", "Id", "Country", "Geography", "StartDate", "EndDate", "TypeOfViolence", "Actor")
OURS = (*FILTERS, "lang")
GEOGRAPHY = "two corners 'lat lon,lat lon', south-west first, in degrees"
# Our filters that their parameters are put into.
THEIRS = {"country": "Country", "bbox": "Geography", "since": "StartDate", "until": "EndDate"}
RULES = f"{REPORTED}: deaths by side are stored by that rule alone; others on /api/v1/incidents"
DYADS = "left out: the record keeps no ids of dyads; ask for Actor"


@dataclass(frozen=True)
class Request:
    """What is asked; `page` counts from 0. `ids`, `types` and `actors` are UCDP's numbers, empty for any."""

    size: int
    page: int
    ids: tuple[int, ...]
    types: tuple[int, ...]
    actors: tuple[int, ...]
    query: IncidentQuery


def read_request(pairs: Sequence[Pair]) -> Request:
    """Read the pairs of an address. Raises Refused with all problems."""
    problems = [problem for name, text in pairs if (problem := refusal(name, text)) is not None]
    given = dict(pairs)
    problems += [
        Problem(name, given[name], "given once")
        for name in OWN
        if sum(other == name for other, _ in pairs) > 1
    ]
    whole = {
        "pagesize": read_int("pagesize", given.get("pagesize", str(USUAL_SIZE)), 1, LARGEST_SIZE),
        "page": read_int("page", given.get("page", "0"), 0, LAST_PAGE),
    }
    lists = {name: read_list(name, given[name], limit) for name, limit in NUMBERS.items() if name in given}
    problems += [value for value in (*whole.values(), *lists.values()) if isinstance(value, Problem)]
    query = in_our_words(pairs, problems)
    if problems:
        raise Refused(problems)
    return Request(
        size=whole["pagesize"],  # type: ignore[arg-type]
        page=whole["page"],  # type: ignore[arg-type]
        ids=lists.get("Id", ()),  # type: ignore[arg-type]
        types=lists.get("TypeOfViolence", ()),  # type: ignore[arg-type]
        actors=lists.get("Actor", ()),  # type: ignore[arg-type]
        query=query,
    )


def refusal(name: str, text: str) -> Problem | None:
    """What is wrong with a parameter's name."""
    if name == "Dyad":
        return Problem(name, text, DYADS)
    if name == ESTIMATE:
        return None if text == REPORTED else Problem(name, text, RULES)
    return None if name in (*OWN, *OURS) else unknown_field(name, text, [*OWN, *OURS])


def in_our_words(pairs: Sequence[Pair], problems: list[Problem]) -> IncidentQuery:
    """The rest as a query of ours, in order of date; what is wrong is added to the problems."""
    ours = [pair for pair in pairs if pair[0] in OURS]
    for name, text in pairs:
        if name in MEANINGS:
            meant = MEANINGS[name](name, text)
            if isinstance(meant, Problem):
                problems.append(meant)
            else:
                ours += meant
    try:
        return IncidentQuery.read([*ours, ("order", "date")])
    except Refused as refused:
        problems += [in_their_words(problem, dict(pairs)) for problem in refused.problems]
        return IncidentQuery.read([])


def in_their_words(problem: Problem, given: Mapping[str, str]) -> Problem:
    """A problem of ours, said of the parameter that it came from."""
    spoken = {ours: theirs for ours, theirs in THEIRS.items() if theirs in given and ours not in given}
    theirs = spoken.get(problem.field)
    if theirs is None:
        return problem
    valid = GEOGRAPHY if problem.field == "bbox" else problem.valid
    for ours, name in spoken.items():
        valid = valid.replace(f" {ours},", f" {name},")
    return Problem(theirs, given[theirs], valid)


def read_list(name: str, text: str, limit: int) -> tuple[int, ...] | Problem:
    """Whole numbers with commas between them."""
    low = STATE_BASED if name == "TypeOfViolence" else 0
    read = [read_int(name, part.strip(" "), low, limit) for part in text.split(",")]
    wrong = [value for value in read if isinstance(value, Problem)]
    return wrong[0] if wrong else tuple(value for value in read if isinstance(value, int))


def read_countries(name: str, text: str) -> list[Pair] | Problem:
    """Gleditsch-Ward numbers as countries."""
    numbers = [part.strip(" ") for part in text.split(",")]
    valid = {str(number): code for number, code in COUNTRY_BY_NUMBER.items()}
    wrong = [number for number in numbers if number not in valid]
    return not_one_of(name, wrong[0], valid) if wrong else [("country", valid[number]) for number in numbers]


def read_geography(name: str, text: str) -> list[Pair] | Problem:
    """Two corners, latitude first, as a box."""
    corners = [corner.split() for corner in text.split(",")]
    if [len(corner) for corner in corners] != [2, 2]:
        return Problem(name, text, GEOGRAPHY)
    (south, west), (north, east) = corners
    return [("bbox", f"{west},{south},{east},{north}")]


def read_day(ours: str) -> Callable[[str, str], list[Pair] | Problem]:
    """A day as the beginning or the end of the time asked for."""

    def read(name: str, text: str) -> list[Pair] | Problem:
        day = read_date(name, text)
        return day if isinstance(day, Problem) else [(ours, text)]

    return read


MEANINGS: dict[str, Callable[[str, str], list[Pair] | Problem]] = {
    "Country": read_countries,
    "Geography": read_geography,
    "StartDate": read_day("since"),
    "EndDate": read_day("until"),
}
