"""What counts: totals, timeline, facets and tiles under any filter and any `as_of`.

Every door that shows an aggregate asks here, and here alone. docs/lens.md says how it works.
"""

from events.lens.answers import MEASURES, TIMELINE_BY, VALUES
from events.lens.counts import INTERVALS
from events.lens.following import begin, follow, state, stop
from events.lens.questions import count, datasets, facets, size, tile, timeline, totals

__all__ = [
    "INTERVALS",
    "MEASURES",
    "TIMELINE_BY",
    "VALUES",
    "begin",
    "count",
    "datasets",
    "facets",
    "follow",
    "size",
    "state",
    "stop",
    "tile",
    "timeline",
    "totals",
]
