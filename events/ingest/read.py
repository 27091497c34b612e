"""Bytes of a report -> its text, title, language and date.

Pure: no network, no database. Documents from outside are read through `events.ingest.sandbox`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from events.ingest.documents import Unreadable, format_of
from events.ingest.language import language_of

__all__ = ["Reading", "Unreadable", "clean", "read", "reading"]

# A long round-up has some 60,000 characters; what lies beyond the limit is not an article.
LONGEST_TEXT = 200_000
SHORTEST_TEXT = 20
# A first line in a paragraph of its own is a headline when it is no longer than this and no single word.
LONGEST_HEADLINE = 200
FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report says. `text` begins with the title on a line of its own, when there is one.

    Spans of extracted values count characters of `text`. `lang` is ISO 639-1 or empty; `published` has a time
    zone, or is None when the document does not say.
    """

    text: str
    title: str
    lang: str
    published: datetime | None


def read(content: bytes, content_type: str = "", title: str = "") -> Reading:
    """Read a document of a known format, told apart by first bytes and content type.

    `title` is used when the document has none. Raises Unreadable for other types and for documents without text.
    """
    written = format_of(content, content_type).read_words(content, content_type)
    return reading(written.body, written.title or title, written.published)


def reading(body: str, title: str = "", published: datetime | None = None) -> Reading:
    """A Reading of text that is already text (pasted, from a feed's own content, handed in over the API).

    Raises Unreadable when there are fewer than 20 characters of it.
    """
    title, body = clean(title).replace("\n", " ").strip(), clean(body)
    title = title or headline(body)
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}".strip()
    text = text[:LONGEST_TEXT]
    if len(text) < SHORTEST_TEXT:
        raise Unreadable(
            f"only {len(text)} characters of text were found; at least {SHORTEST_TEXT} are needed"
        )
    return Reading(text, title, language_of(text), published)


def headline(body: str) -> str:
    """The first line of a text that brings no other title, when it stands alone and ends no sentence; else nothing.

    >>> headline("Convoy ambushed near Gao\\n\\nAn army convoy was ambushed on Friday.")
    'Convoy ambushed near Gao'
    """
    line, _, rest = body.partition("\n\n")
    alone = bool(rest) and "\n" not in line and len(line) <= LONGEST_HEADLINE
    return line if alone and len(line.split()) >= FEWEST_WORDS and line[-1] not in ".:;,…" else ""


def clean(text: str) -> str:
    """NFC, one kind of line end, no control characters or marks that hide or reorder text, no runs of blanks."""
    text = unicodedata.normalize("NFC", text[: 2 * LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text
    )
    text = re.sub(r"[ \t]+", " ", text)
    return re.sub(r" ?\n ?(?:\n ?)+", "\n\n", text).strip()
