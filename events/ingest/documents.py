"""What every document format hands over, and the list of formats: every module of `events.ingest.formats` is one."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol, cast

from events.ingest import formats as package


class Unreadable(ValueError):
    """No text can be had from the bytes; the message says why, for the editors' queue."""


@dataclass(frozen=True, slots=True)
class Written:
    """The words of a document: body with paragraphs parted by line feeds, title or empty, publication if it says."""

    body: str
    title: str = ""
    published: datetime | None = None


class DocumentFormat(Protocol):
    """What a module of `events.ingest.formats` offers."""

    FORMAT: str
    TYPES: tuple[str, ...]
    ENDINGS: tuple[str, ...]
    BEGINNINGS: tuple[bytes, ...]

    def read_words(self, content: bytes, content_type: str) -> Written:
        """The words of the document. Raises Unreadable when it has none or is of another format."""
        ...


@cache
def document_formats() -> dict[str, DocumentFormat]:
    """Every format by its code, in order of code."""
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return {module.FORMAT: cast(DocumentFormat, module) for module in modules if hasattr(module, "FORMAT")}


def format_of(content: bytes, content_type: str) -> DocumentFormat:
    """The format of some bytes: first by how they begin, since servers misname, then by type; Unreadable if unknown."""
    known = document_formats()
    head = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kind = content_type.partition(";")[0].strip().lower()
    for form in known.values():
        if head.startswith(form.BEGINNINGS):
            return form
    for form in known.values():
        if kind in form.TYPES:
            return form
    if not kind and b"\x00" not in content[:1_000]:
        return known["text"]
    valid = ", ".join(form.TYPES[0] for form in known.values())
    raise Unreadable(f"documents of type {kind or 'unknown'!r} cannot be read; valid are {valid}")


def type_of(name: str) -> str:
    """The content type that a file's name promises; empty when no format has that ending.

    >>> type_of("Communiqué.PDF")
    'application/pdf'
    """
    for form in document_formats().values():
        if name.lower().endswith(form.ENDINGS):
            return form.TYPES[0]
    return ""
