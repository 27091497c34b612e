"""Word documents (Office Open XML): the paragraphs of the main part."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from lxml import etree

from events.ingest.documents import Unreadable, Written
from events.ingest.items import instant

FORMAT = "docx"
TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
ENDINGS = (".docx",)
BEGINNINGS = (b"pk\x03\x04",)
# Unpacked: a report of a hundred pages has about a megabyte of markup.
LARGEST_PART = 20_000_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CORE = "{http://purl.org/dc/elements/1.1/}title", "{http://purl.org/dc/terms/}created"


def read_words(content: bytes, content_type: str) -> Written:
    """Paragraphs, also those in tables. Raises Unreadable when it is no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body, about = part(archive, "word/document.xml"), properties(archive)
    except (
        zipfile.BadZipFile,
        KeyError,
        etree.XMLSyntaxError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as problem:
        raise Unreadable(f"the Word document cannot be read: {problem}") from problem
    paragraphs = ["".join(run.text or "" for run in p.iter(WORD + "t")) for p in body.iter(WORD + "p")]
    return Written("\n\n".join(filter(str.strip, paragraphs)), *about)


def part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """One part as a tree; never more than its limit is unpacked, whatever the archive declares."""
    with archive.open(name) as packed:
        markup = packed.read(LARGEST_PART + 1)
    if len(markup) > LARGEST_PART:
        raise Unreadable(f"the Word document unpacks to more than {LARGEST_PART:,} bytes")
    return etree.fromstring(markup, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def properties(archive: zipfile.ZipFile) -> tuple[str, datetime | None]:
    """Title and day of creation, where the document has them."""
    try:
        core = part(archive, "docProps/core.xml")
    except (KeyError, etree.XMLSyntaxError):
        return "", None
    title, created = (core.findtext(f".//{name}") or "" for name in CORE)
    return title[:500], instant(created)
