"""Export formats: one small file each; `FORMATS` maps a suffix to its module.

A format is a module of this package with `SUFFIX`, `MEDIA_TYPE`, `OPTIONS` (names of yes-or-no parameters), `MOST_ROWS`
(None: no bound), `LOCATED` (only tables whose rows have a point) and `write(table, about, options)`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, cast

from events.answers.exports import Table


class Format(Protocol):
    """What a module of this package offers."""

    SUFFIX: str
    MEDIA_TYPE: str
    OPTIONS: tuple[str, ...]
    MOST_ROWS: int | None
    LOCATED: bool

    def write(self, table: Table, about: Mapping[str, Any], options: Mapping[str, bool]) -> Iterator[bytes]:
        """Every row of the table, with what the export says of itself where the format has room for it."""
        ...


def found() -> dict[str, Format]:
    """Every format of this package by its suffix."""
    modules = [
        importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)
    ]
    return {module.SUFFIX: cast(Format, module) for module in modules}


FORMATS = found()
