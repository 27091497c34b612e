"""Sets of version ids that PostgreSQL chooses where the copy cannot: shapes, full text, folded names, outlets.

A set is kept while it is likely to be asked again: a map, its timeline and its facets all ask under the same filter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from events.lens.remembered import Remembered
from events.query.conditions import Condition
from events.record.known import Known, query

Ids = np.ndarray[Any, np.dtype[np.int64]]
# Bytes of all kept sets of a process together, at 8 a version id.
KEPT: Remembered[Ids] = Remembered(32 * 2**20, lambda ids: ids.nbytes)


def chosen(known: Known, condition: Condition) -> Ids:
    """The ids of the published versions known then that fulfil a condition."""
    key = (known.number, known.stamp, condition.sql, repr(condition.params))
    return KEPT.get(key, lambda: ask(known, condition))


def ask(known: Known, condition: Condition) -> Ids:
    """Ask the record; all ids travel as one value, so that a large set costs no loop."""
    sent = query(
        "SELECT string_agg(int8send(version_id), ''::bytea) FROM record.incident_version"
        f" WHERE known_from <= %s AND known_to > %s AND state = 'published' AND ({condition.sql})",
        [known.number, known.number, *condition.params],
    )[0][0]
    return np.frombuffer(sent or b"", dtype=">i8").astype(np.int64)
