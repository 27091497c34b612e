"""How our record is said in UCDP's codes (codebook of GED): types of violence, precisions, ids, grid cells."""

from __future__ import annotations

import math
import re

from actors.codes import ActorKind
from events.codes import DatePrecision, EventType, LocationPrecision
from events.countries import COUNTRIES

DATASET = "ucdp-ged"
SCHEME = "ucdp"
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
# What UCDP counts as violence; coercion, unrest and strategic developments are none of its events.
VIOLENT = (EventType.BATTLE, EventType.REMOTE_VIOLENCE, EventType.VIOLENCE_AGAINST_CIVILIANS)
STATES = frozenset({ActorKind.STATE_FORCE, ActorKind.GOVERNMENT, ActorKind.FOREIGN_STATE_FORCE})
WHERE_PREC: dict[LocationPrecision, int] = {
    LocationPrecision.EXACT: 1,
    LocationPrecision.NEAR: 2,
    LocationPrecision.ADMIN3: 3,
    LocationPrecision.ADMIN2: 3,
    LocationPrecision.ADMIN1: 4,
    LocationPrecision.REGION: 5,
    LocationPrecision.COUNTRY: 6,
}
DATE_PREC: dict[DatePrecision, int] = {
    DatePrecision.DAY: 1,
    DatePrecision.DAYS: 2,
    DatePrecision.WEEK: 3,
    DatePrecision.MONTH: 4,
    DatePrecision.LONGER: 5,
}
COUNTRY_BY_NUMBER = {country.gw: code for code, country in COUNTRIES.items()}
# Our ids as numbers: country's Gleditsch-Ward number, year, eight digits of sequence; far above UCDP's own ids.
OWN_ID = re.compile(r"([A-Z]{3})-([0-9]{4})-([0-9]{5,8})")
YEARS, SEQUENCES = 10**4, 10**8
FIRST_OWN = YEARS * SEQUENCES
# PRIO-GRID: cells of half a degree, 720 to a row, counted from 1 at the south-west corner of the world.
CELLS_PER_DEGREE, CELLS_PER_ROW = 2, 720


def number_of(public_id: str) -> int:
    """`MLI-2025-00042` -> 432202500000042, for scripts that want numbers."""
    match = OWN_ID.fullmatch(public_id)
    assert match is not None, public_id
    return (COUNTRIES[match[1]].gw * YEARS + int(match[2])) * SEQUENCES + int(match[3])


def public_id_of(number: int) -> str | None:
    """The inverse; None for a number that is no id of ours."""
    front, sequence = divmod(number, SEQUENCES)
    country, year = divmod(front, YEARS)
    code = COUNTRY_BY_NUMBER.get(country)
    return f"{code}-{year:04d}-{sequence:05d}" if code and number >= FIRST_OWN else None


def priogrid(longitude: float, latitude: float) -> int:
    """The PRIO-GRID cell of a point in degrees."""
    row = math.floor((latitude + 90) * CELLS_PER_DEGREE)
    column = math.floor((longitude + 180) * CELLS_PER_DEGREE)
    return row * CELLS_PER_ROW + column + 1
