"""Plain text, in the encoding that is declared, else UTF-8, else Windows-1252."""

from __future__ import annotations

from events.ingest.decoding import decoded
from events.ingest.documents import Unreadable, Written

FORMAT = "text"
TYPES = ("text/plain", "text/markdown")
ENDINGS = (".txt", ".md", ".text")
BEGINNINGS: tuple[bytes, ...] = ()


def read_words(content: bytes, content_type: str) -> Written:
    """The text itself. Raises Unreadable for binary content."""
    if b"\x00" in content[:1_000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the document is binary although it is called text")
    return Written(decoded(content, content_type))
