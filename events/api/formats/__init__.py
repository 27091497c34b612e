"""Export formats: one small file each; `FORMATS` maps a suffix to its module.

A format is a module of this package with `SUFFIX`, `MEDIA_TYPE`, `OPTIONS` (names of yes-or-no parameters) and
`export(request, query, options)`.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from events.query.incidents import BoundQuery


class Format(Protocol):
    """What a module of this package offers."""

    SUFFIX: str
    MEDIA_TYPE: str
    OPTIONS: tuple[str, ...]

    def export(self, request: HttpRequest, query: BoundQuery, options: dict[str, bool]) -> HttpResponseBase:
        """Everything under the query."""
        ...


def found() -> dict[str, Format]:
    """Every format of this package by its suffix."""
    modules = [
        importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)
    ]
    return {module.SUFFIX: cast(Format, module) for module in modules}


FORMATS = found()
