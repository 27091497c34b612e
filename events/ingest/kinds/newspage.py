"""A page that lists articles, for outlets without a feed: its links that look like articles."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree, html

from events.ingest.decoding import decoded
from events.ingest.items import FeedUnreadable, Item, make_item, web_address

KIND = "newspage"
LABEL = {"en": "News page", "fr": "Page d'actualités"}

# Headlines have at least this many words; menus, tags and buttons have fewer.
FEWEST_WORDS = 5
LONGEST_PAGE = 5_000_000
_NO_ARTICLE = re.compile(
    r"/(?:tag|tags|category|categorie|author|auteur|page|search|login|contact)(?:/|$)", re.IGNORECASE
)


def read_feed(content: bytes, base_url: str) -> list[Item]:
    """Links on the page's own site whose words read like a headline, in page order, each address once.

    Raises FeedUnreadable when the bytes hold no HTML element.
    """
    try:
        # lxml would take bytes that declare nothing for Latin-1.
        page = decoded(content[:LONGEST_PAGE]).encode()
        root = html.document_fromstring(page, parser=html.HTMLParser(huge_tree=False, encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise FeedUnreadable(f"not HTML: {problem}") from problem
    found: dict[str, Item] = {}
    for link in root.iter("a"):
        item = _item(link, base_url)
        if item:
            found.setdefault(item.url, item)
    return list(found.values())


def _item(link: etree._Element, base_url: str) -> Item | None:
    words = " ".join(str(piece) for piece in link.itertext())[:2_000].split()
    url = web_address(link.get("href", ""), base_url).partition("#")[0]
    same_site = urlsplit(url).hostname == urlsplit(base_url).hostname
    if len(words) < FEWEST_WORDS or not same_site or _NO_ARTICLE.search(url):
        return None
    return make_item(url, " ".join(words), None, "", url)
