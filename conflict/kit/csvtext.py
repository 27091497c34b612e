"""CSV as RFC 4180 has it (comma, CRLF, doubled quotes), every text cell made harmless to spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from conflict.kit.cells import neutral

_QUOTED = frozenset(',"\r\n')


def csv_line(values: Iterable[object]) -> str:
    """One record with its line end. None is an empty cell, True and False are `true` and `false`."""
    return ",".join(_cell(value) for value in values) + "\r\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = neutral(value) if isinstance(value, str) else str(value)
    if _QUOTED.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'
