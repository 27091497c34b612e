"""Administrative units as the public sees them: names by p-code, from the record's view."""

from __future__ import annotations

from functools import lru_cache

from events.record.known import query


def unit_name(pcode: str, lang: str) -> str:
    """The unit's name in `lang`, or the p-code itself while no boundaries are loaded that know it."""
    names = unit_names().get(pcode)
    return pcode if names is None else names[lang == "fr"] or names[0]


def unit_names() -> dict[str, tuple[str, str]]:
    """P-code -> (English or local name, French name). Read again when boundaries of another vintage are loaded."""
    stamp = query("SELECT count(*), max(vintage) FROM record.admin_unit", [])[0]
    return _names(stamp)


@lru_cache(maxsize=2)
def _names(stamp: tuple[int, str]) -> dict[str, tuple[str, str]]:
    return {
        pcode: (name, name_fr)
        for pcode, name, name_fr in query("SELECT pcode, name, name_fr FROM record.admin_unit", [])
    }
