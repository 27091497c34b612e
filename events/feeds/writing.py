"""Feeds as XML: RSS 2.0 and Atom 1.0 (RFC 4287), places as GeoRSS Simple, older entries by `next` (RFC 5005)."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime
from io import StringIO

from django.utils.xmlutils import SimplerXMLGenerator

from events.answers.envelope import LICENCE, OWN_ATTRIBUTION
from events.feeds.entries import Entry, Feed

ATOM, GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
RSS_TYPE, ATOM_TYPE = "application/rss+xml", "application/atom+xml"


class Xml:
    """Writes elements; text and attributes are escaped by the generator."""

    def __init__(self) -> None:
        self.text = StringIO()
        self.out = SimplerXMLGenerator(self.text, "utf-8", short_empty_elements=True)
        self.out.startDocument()

    def begin(self, name: str, **attributes: str) -> None:
        """Open an element."""
        self.out.startElement(name, attributes)

    def end(self, name: str) -> None:
        """Close it."""
        self.out.endElement(name)

    def put(self, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> None:
        """A whole element."""
        self.out.addQuickElement(name, text, dict(attributes or {}))

    def bytes(self) -> bytes:
        """The document."""
        self.out.endDocument()
        return self.text.getvalue().encode()


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0."""
    xml = Xml()
    xml.begin("rss", version="2.0", **{"xmlns:atom": ATOM, "xmlns:georss": GEORSS})
    xml.begin("channel")
    for name, text in (
        ("title", feed.title),
        ("link", feed.page),
        ("description", feed.title),
        ("language", feed.lang),
        ("copyright", feed.rights),
        ("lastBuildDate", format_datetime(feed.updated)),
    ):
        xml.put(name, text)
    links(xml, "atom:link", feed, RSS_TYPE)
    for entry in feed.entries:
        item(xml, entry)
    xml.end("channel")
    xml.end("rss")
    return xml.bytes()


def item(xml: Xml, entry: Entry) -> None:
    """One incident in RSS; its page is its identity."""
    xml.begin("item")
    xml.put("title", entry.title)
    xml.put("link", entry.address)
    xml.put("guid", entry.address, {"isPermaLink": "true"})
    xml.put("pubDate", format_datetime(entry.published))
    xml.put("category", entry.label, {"domain": "event_type"})
    xml.put("description", entry.text)
    georss(xml, entry)
    xml.end("item")


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    xml = Xml()
    xml.begin("feed", **{"xmlns": ATOM, "xmlns:georss": GEORSS, "xml:lang": feed.lang})
    xml.put("id", feed.first)
    xml.put("title", feed.title)
    xml.put("updated", feed.updated.isoformat())
    xml.begin("author")
    xml.put("name", OWN_ATTRIBUTION)
    xml.end("author")
    xml.put("rights", feed.rights)
    xml.put("link", "", {"rel": "alternate", "href": feed.page, "type": "text/html"})
    links(xml, "link", feed, ATOM_TYPE)
    for entry in feed.entries:
        atom_entry(xml, entry)
    xml.end("feed")
    return xml.bytes()


def atom_entry(xml: Xml, entry: Entry) -> None:
    """One incident in Atom."""
    xml.begin("entry")
    xml.put("id", entry.address)
    xml.put("title", entry.title)
    xml.put("updated", entry.published.isoformat())
    xml.put("link", "", {"rel": "alternate", "href": entry.address, "type": "text/html"})
    xml.put("category", "", {"term": entry.kind.value, "label": entry.label})
    xml.put("summary", entry.text, {"type": "text"})
    georss(xml, entry)
    xml.end("entry")


def links(xml: Xml, name: str, feed: Feed, media_type: str) -> None:
    """The feed itself, its licence, and its older entries."""
    xml.put(name, "", {"rel": "self", "href": feed.here, "type": media_type})
    xml.put(name, "", {"rel": "license", "href": LICENCE["url"]})
    if feed.following:
        xml.put(name, "", {"rel": "next", "href": feed.following, "type": media_type})


def georss(xml: Xml, entry: Entry) -> None:
    """Where: latitude before longitude, as GeoRSS writes them; the radius says how roughly the place is known."""
    xml.put("georss:featurename", entry.place)
    if entry.point:
        longitude, latitude = entry.point
        xml.put("georss:point", f"{latitude} {longitude}")
        if entry.radius:
            xml.put("georss:radius", str(entry.radius))
