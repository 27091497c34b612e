"""Which addresses are public data: answered to any origin, compressed, counted against a quota."""

from __future__ import annotations

import re

DATA = r"^/(api|tiles|ogc|compat|feeds)(/|$)"
PARTNERS = "/api/v1/reports"
_DATA = re.compile(DATA)


def is_data(path: str) -> bool:
    """Whether a path is one of the public data doors."""
    return _DATA.match(path) is not None


def is_partners(path: str) -> bool:
    """Whether a path is of the doors for partners, whose answers are for one key alone."""
    return path == PARTNERS or path.startswith(PARTNERS + "/")
