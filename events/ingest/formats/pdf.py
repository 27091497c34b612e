"""PDF with a text layer: statements, situation reports. Scanned pages have no text and say so."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

from events.ingest.documents import Unreadable, Written

FORMAT = "pdf"
TYPES = ("application/pdf",)
ENDINGS = (".pdf",)
BEGINNINGS = (b"%pdf-",)
MOST_PAGES = 100


def read_words(content: bytes, content_type: str) -> Written:
    """Text of the first 100 pages. Raises Unreadable when it is encrypted, broken or has no text layer."""
    # Loaded on first need: few reports are PDF.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        pages = [page.extract_text() for page in reader.pages[:MOST_PAGES]]
        about = reader.metadata
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as problem:
        raise Unreadable(f"the PDF cannot be read: {problem}") from problem
    if not any(page.strip() for page in pages):
        raise Unreadable("the PDF has no text, only pictures of pages; paste its text instead")
    return Written("\n\n".join(map(flowing, pages)), _title(about), _created(about))


def flowing(page: str) -> str:
    """Lines of a page joined to paragraphs: a line that ends no sentence goes on in the next.

    >>> flowing("At least ten sol-\\ndiers were killed\\nnear Gao.\\nThe army said so.")
    'At least ten soldiers were killed near Gao.\\nThe army said so.'
    """
    page = re.sub(r"[ \t]+\n", "\n", page)
    page = re.sub(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])", "", page)
    return re.sub(r"(?<![.!?:»”\"\n])\n(?!\n)", " ", page)


def _title(about: Any) -> str:
    title = str((about or {}).get("/Title", "") or "")
    # Word processors put the file's name there.
    return "" if re.search(r"\.\w{3,4}$|^Microsoft|^untitled", title, re.IGNORECASE) else title[:500]


def _created(about: Any) -> datetime | None:
    try:
        found = about.creation_date if about else None
    except (ValueError, AttributeError, TypeError):
        return None
    return found if not found or found.tzinfo else found.replace(tzinfo=UTC)
