"""Bytes of text -> characters."""

from __future__ import annotations

import re

LONGEST_MARKUP = 8_000_000


def decoded(content: bytes, content_type: str = "") -> str:
    """Characters in the first encoding that fits: byte order mark, declared, UTF-8, Windows-1252. Never raises."""
    content = content[:LONGEST_MARKUP]
    for encoding in filter(None, (marked(content), declared(content, content_type), "utf-8", "cp1252")):
        try:
            return content.decode(encoding)
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def marked(content: bytes) -> str:
    """The encoding that a byte order mark names."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    return "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ""


def declared(content: bytes, content_type: str) -> str:
    """The encoding that the header or a meta element names."""
    named = re.search(r"charset=[\"']?([\w-]{2,20})", content_type, re.IGNORECASE) or re.search(
        r"<meta[^>]{0,100}charset=[\"']?([\w-]{2,20})", content[:2_000].decode("latin-1"), re.IGNORECASE
    )
    return named[1] if named else ""
