"""The columns of UCDP GED: their order in the published files, their other names, and which of them a file must have.

Sources: the header of GEDEvent_v26_0_1.csv (49 columns); the `_est` names of UCDP's web export; the extra columns of
the HDX export (an unnamed index, start_year, end_year, iso3), which are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from conflict.kit.problems import Problem, Refused

STANDARD = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
OTHER_NAMES = {"best_est": "best", "high_est": "high", "low_est": "low"}
REQUIRED = [
    "id",
    "type_of_violence",
    "side_a",
    "side_b",
    "where_prec",
    "latitude",
    "longitude",
    "country",
    "country_id",
    "date_start",
    "date_end",
    "best",
    "high",
    "low",
]
# What a row must look like under a right reading of the header; tells whether an index column has no name.
SIGNS = {
    "id": re.compile(r"[0-9]+(\.0+)?"),
    "type_of_violence": re.compile(r"[123](\.0+)?"),
    "date_start": re.compile(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}.*"),
}

Positions = dict[str, int]


def named(header: Sequence[str]) -> Positions:
    """Column name -> position, other names made standard; of two columns with one name the first counts."""
    positions: Positions = {}
    for position, cell in enumerate(header):
        name = cell.strip().strip('"').lower()
        positions.setdefault(OTHER_NAMES.get(name, name), position)
    return positions


def refuse_wrong_file(header: Sequence[str]) -> None:
    """Raise Refused naming the missing columns when this is not the header of a GED file."""
    positions = named(header)
    missing = [name for name in REQUIRED if name not in positions]
    if missing:
        found = ", ".join(list(header)[:12])
        raise Refused(
            Problem("columns", found, f"a UCDP GED file; these columns are missing: {', '.join(missing)}")
        )


def aligned(header: Sequence[str], first: Sequence[str]) -> Positions:
    """Column name -> position in the rows, of which `first` is the first.

    Some exports write a row number before each row and no name for it in the header; then every name stands too far left.
    """
    positions = named(header)
    for shift in range(max(len(first) - len(header), 0) + 1):
        if all(sign.fullmatch(first[positions[name] + shift].strip()) for name, sign in SIGNS.items()):
            return {name: position + shift for name, position in positions.items()}
    return positions


def is_hashtags(row: Sequence[str], positions: Positions) -> bool:
    """Whether this is the line of HXL hashtags that HDX writes under the header."""
    tags = sum(cell.lstrip().startswith("#") for cell in row)
    return tags > 2 and not SIGNS["id"].fullmatch(
        row[positions["id"]].strip() if positions["id"] < len(row) else ""
    )
