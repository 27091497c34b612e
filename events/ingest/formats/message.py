"""A message as a mailbox keeps it (RFC 5322): its subject, date and readable part."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from events.ingest.documents import Unreadable, Written
from events.ingest.formats.page import article
from events.ingest.items import instant

FORMAT = "message"
TYPES = ("message/rfc822",)
ENDINGS = (".eml",)
BEGINNINGS = (b"return-path:", b"received:", b"delivered-to:", b"message-id:", b"mime-version:")


def read_words(content: bytes, content_type: str) -> Written:
    """The text part, else the HTML part; attachments are reports of their own and are not read here."""
    message = cast(EmailMessage, message_from_bytes(content, policy=policy.default))
    body = message.get_body(("plain", "html"))
    if body is None:
        raise Unreadable("the message has no text")
    try:
        words = str(body.get_content())
    except (LookupError, ValueError) as problem:
        raise Unreadable(f"the message cannot be decoded: {problem}") from problem
    if body.get_content_type() == "text/html":
        words = article(words).body
    return Written(words, str(message["subject"] or "")[:500], instant(str(message["date"] or "")))
