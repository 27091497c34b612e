"""Feed kinds: each reads its own form, refuses the others, and lets nothing hostile through."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import UTC, datetime

import pytest

from events.ingest.feeds import feed_kinds, read_feed
from events.ingest.items import FeedUnreadable

BASE = "https://news.example/feed"

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>News</title><link>https://news.example/</link>
<item><title>Arm&eacute;e : l&apos;attaque de Gao &amp; Bourem</title><link>/a/1</link><guid isPermaLink="false">one</guid>
<pubDate>Fri, 13 Jun 2025 08:30:00 +0100</pubDate><description>&lt;p&gt;Trois &lt;b&gt;soldats&lt;/b&gt;&lt;/p&gt;</description></item>
<item><title>Second</title><link>https://news.example/a/2</link><dc:date>2025-06-12T10:00:00Z</dc:date></item>
<item><title>Again</title><link>https://news.example/a/1b</link><guid>one</guid></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><id>urn:1</id><title type="html">Clash near &lt;i&gt;Kidal&lt;/i&gt;</title><updated>2025-06-14T00:00:00Z</updated>
<published>2025-06-13T00:00:00Z</published><link rel="self" href="https://news.example/self"/>
<link href="https://news.example/kidal"/><summary>Two days of fighting</summary></entry></feed>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": 7,
                "url": "https://news.example/j",
                "title": "Patrol ambushed near Djibo",
                "content_html": "<p>On Monday</p>",
                "date_published": "2025-06-13T07:00:00+02:00",
            }
        ],
    }
).encode()

SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/old</loc><lastmod>2025-06-01</lastmod></url>
<url><loc>https://news.example/new</loc><n:news><n:publication_date>2025-06-13T09:00:00Z</n:publication_date>
<n:title>Base attacked</n:title></n:news></url></urlset>"""

PAGE = b"""<html><body><a href="/tag/mali/x">All the news about Mali and Niger</a><a href="/menu">Home</a>
<a href="/2025/06/13/kidal">Army convoy ambushed near Kidal in northern Mali</a>
<a href="/2025/06/13/kidal#comments">Army convoy ambushed near Kidal in northern Mali</a>
<a href="https://elsewhere.example/x">An advertisement with rather many words in it</a></body></html>"""

SAMPLES = {"rss": RSS, "atom": ATOM, "jsonfeed": JSON, "sitemap": SITEMAP, "newspage": PAGE}


def test_the_kinds_are_the_files_of_the_package() -> None:
    assert set(SAMPLES) <= set(feed_kinds())


def test_rss_gives_title_link_date_and_text_without_markup() -> None:
    first, second = read_feed("rss", RSS, BASE)
    assert first.title == "Armée : l'attaque de Gao & Bourem"
    assert (first.url, first.guid, first.summary) == ("https://news.example/a/1", "one", "Trois soldats")
    assert first.published == datetime(2025, 6, 13, 7, 30, tzinfo=UTC)
    assert second.published == datetime(2025, 6, 12, 10, tzinfo=UTC)


def test_an_item_given_twice_counts_once() -> None:
    assert [item.guid for item in read_feed("rss", RSS, BASE)] == ["one", "https://news.example/a/2"]


def test_atom_takes_the_alternate_link_and_the_first_publication() -> None:
    [entry] = read_feed("atom", ATOM, BASE)
    assert (entry.url, entry.title, entry.guid) == ("https://news.example/kidal", "Clash near Kidal", "urn:1")
    assert entry.published == datetime(2025, 6, 13, tzinfo=UTC)


def test_json_feed_is_read() -> None:
    [item] = read_feed("jsonfeed", JSON, BASE)
    assert (item.guid, item.summary) == ("7", "On Monday")
    assert item.published == datetime(2025, 6, 13, 5, tzinfo=UTC)


def test_a_sitemap_lists_the_newest_first() -> None:
    assert [item.title for item in read_feed("sitemap", SITEMAP, BASE)] == ["Base attacked", ""]


def test_a_news_page_gives_its_own_headlines_once() -> None:
    assert [item.url for item in read_feed("newspage", PAGE, BASE)] == [
        "https://news.example/2025/06/13/kidal"
    ]


@pytest.mark.parametrize("kind", ["rss", "atom", "jsonfeed", "sitemap"])
def test_each_kind_refuses_the_bytes_of_the_others(kind: str) -> None:
    for other, sample in SAMPLES.items():
        if other != kind:
            with pytest.raises(FeedUnreadable):
                read_feed(kind, sample, BASE)


@pytest.mark.parametrize("kind", sorted(SAMPLES))
@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"<", b"not a feed", b"[" * 100_000])
def test_rubbish_is_refused_or_empty_never_a_crash(kind: str, content: bytes) -> None:
    with contextlib.suppress(FeedUnreadable):
        assert read_feed(kind, content, BASE) == []


def test_an_unknown_kind_names_the_valid_ones() -> None:
    with pytest.raises(FeedUnreadable, match="atom, "):
        read_feed("rsss", RSS, BASE)


def test_declared_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    with pytest.raises(FeedUnreadable, match="entities"):
        read_feed("rss", bomb, BASE)


def test_links_that_are_not_http_are_dropped() -> None:
    hostile = RSS.replace(b"/a/1<", b"javascript:alert(1)<")
    assert read_feed("rss", hostile, BASE)[0].url == ""
    assert (
        read_feed("atom", ATOM.replace(b"https://news.example/kidal", b"data:text/html,x"), BASE)[0].url == ""
    )


def test_an_author_field_of_64_kilobytes_costs_nothing() -> None:
    author = b"<author>" + b"a@" * 32_000 + b"</author>"
    begun = time.monotonic()
    assert len(read_feed("rss", RSS.replace(b"<pubDate>", author + b"<pubDate>", 1), BASE)) == 2
    assert time.monotonic() - begun < 0.5


def test_a_huge_title_is_cut() -> None:
    long = RSS.replace(b"Second", b"very long " * 100_000)
    assert len(read_feed("rss", long, BASE)[1].title) <= 500


def test_a_broken_feed_gives_what_is_whole() -> None:
    assert read_feed("rss", RSS[: RSS.index(b"<item><title>Again")], BASE)[0].guid == "one"


def test_a_news_page_that_declares_no_encoding_is_read_as_utf8() -> None:
    page = '<html><body><a href="/a">Armée : un convoi attaqué près de Ménaka</a></body></html>'
    assert [item.title for item in read_feed("newspage", page.encode(), BASE)] == [
        "Armée : un convoi attaqué près de Ménaka"
    ]
    assert "Ménaka" in read_feed("newspage", page.encode("cp1252"), BASE)[0].title
