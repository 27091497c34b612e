"""Sitemaps of articles (sitemaps.org), with the news extension where a site uses it."""

from __future__ import annotations

from lxml import etree

from events.ingest.items import FeedUnreadable, Item, instant, make_item, web_address
from events.ingest.xmltext import child_texts, local, parse_xml, plain

KIND = "sitemap"
LABEL = {"en": "Sitemap", "fr": "Plan de site"}


def read_feed(content: bytes, base_url: str) -> list[Item]:
    """The pages listed, newest first where dates are given.

    Raises FeedUnreadable for another root; an index of sitemaps is refused with the addresses it lists, because
    the desk must choose the one that carries articles.
    """
    root = parse_xml(content)
    if local(root) == "sitemapindex":
        listed = ", ".join(child_texts(part).get("loc", "") for part in root[:5])
        raise FeedUnreadable(f"this is an index of sitemaps; use one of those it lists: {listed}")
    if local(root) != "urlset":
        raise FeedUnreadable(f"the root element is {local(root)!r}, not urlset")
    read = [item for page in root if local(page) == "url" if (item := _item(page, base_url))]
    return sorted(read, key=lambda item: item.published.timestamp() if item.published else 0.0, reverse=True)


def _item(page: etree._Element, base_url: str) -> Item | None:
    texts = child_texts(page)
    news = next((child_texts(child) for child in page if local(child) == "news"), {})
    url = web_address(texts.get("loc", ""), base_url)
    published = instant(news.get("publication_date") or texts.get("lastmod") or "")
    updated = instant(texts.get("lastmod", ""))
    return make_item(url, plain(news.get("title", "")), published, "", url, updated) if url else None
