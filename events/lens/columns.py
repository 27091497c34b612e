"""What the copy holds of each published version, and how it comes from the record.

Texts that repeat (units, types, verification …) are kept by combination: each combination that occurs has a number,
its `code`, and a version holds two such numbers, `unit` and `kind`, instead of eleven texts. So counts per country,
unit, type and the like are counts per number, added up afterwards; a filter on such a column is a list of numbers.
The array `actor_roles` is one number too, `casting`: few casts take part in many incidents. A public id is its
`series` (country, year and length) and its `sequence`. Codes are given as combinations arrive; nothing depends on the
code lists of today.
"""

from __future__ import annotations

from events.record.columns import CURRENT

# Combinations of text columns: the copy's column -> columns of the record.
COMBINED = {
    "unit": ("country", "admin1", "admin2", "admin3"),
    "kind": (
        "event_type",
        "event_subtype",
        "verification",
        "location_precision",
        "dataset",
        "contested",
        "civilian_targeting",
    ),
    "series": ("left(id, 9)", "length(id)"),
}
COMBINATION_OF = {column: name for name, columns in COMBINED.items() for column in columns}
# Between the texts of a combination, and in place of one that is missing: characters that no code contains.
BETWEEN, MISSING = "\x1f", "\x1e"

# Columns kept as they are: name -> (SQL in the record, type in the copy).
PLAIN = {
    "version_id": ("version_id", "BIGINT"),
    "sequence": ("substr(id, 10)", "INTEGER"),
    "known_from": ("known_from", "INTEGER"),
    "known_to": (f"nullif(known_to, {CURRENT})", "INTEGER"),
    "date_start": ("date_start", "DATE"),
    "date_end": ("date_end", "DATE"),
    "mx": ("mx", "INTEGER"),
    "my": ("my", "INTEGER"),
    "longitude": ("longitude", "DOUBLE"),
    "latitude": ("latitude", "DOUBLE"),
    "fatalities_low": ("fatalities_low", "INTEGER"),
    "fatalities_best": ("fatalities_best", "INTEGER"),
    "fatalities_high": ("fatalities_high", "INTEGER"),
}


def combined(columns: tuple[str, ...]) -> str:
    """The combination's text, in the record's SQL."""
    return f" || E'{BETWEEN}' || ".join(f"coalesce({column}::text, E'{MISSING}')" for column in columns)


# How a version travels: name -> (SQL in the record, type of the text's column).
ARRIVING = {
    **PLAIN,
    **{f"{name}_text": (combined(columns), "VARCHAR") for name, columns in COMBINED.items()},
    "roles_text": ("actor_roles", "VARCHAR"),
}

# The incidents are dealt out into so many shares by their public ids, the same ones in every copy: counting one share tells
# nearly how many there are. The letters and the year are counted in so that small countries are not left out together.
SHARES = 16
SHARE = (
    "(sequence + ascii(series_text) + 3 * ascii(substr(series_text, 2)) + 7 * ascii(substr(series_text, 3))"
    f" + 5 * ascii(substr(series_text, 8))) % {SHARES}"
)

TABLES = (
    "CREATE TABLE copy.version ("
    + ", ".join(f"{name} {kind}" for name, (_, kind) in PLAIN.items())
    # Months are counted from the year 0, so that years and quarters are whole divisions.
    + ", month USMALLINT, unit USMALLINT, kind USMALLINT, series USMALLINT, event_type UTINYINT, casting INTEGER,"
    " share UTINYINT)",
    "CREATE TABLE copy.series (series_text VARCHAR, series USMALLINT)",
    "CREATE TABLE copy.unit (unit_text VARCHAR, unit USMALLINT)",
    "CREATE TABLE copy.kind (kind_text VARCHAR, kind USMALLINT, event_type UTINYINT)",
    "CREATE TABLE copy.casting (roles_text VARCHAR, casting INTEGER)",
    "CREATE TABLE copy.casting_role (casting INTEGER, role INTEGER)",
)
