"""Export formats: one small file each; `FORMATS` maps a suffix to the function that writes it.

A format is a module of this package with `SUFFIX` and `export(request, query) -> HttpResponse`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from events.query.incidents import BoundQuery

Export = Callable[[HttpRequest, BoundQuery], HttpResponseBase]


def found() -> dict[str, Export]:
    """Every format of this package by its suffix."""
    modules = [
        importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)
    ]
    return {module.SUFFIX: module.export for module in modules}


FORMATS = found()
