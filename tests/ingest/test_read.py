"""Reading: HTML and plain text become text, title, language and date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from events.ingest.language import language_of
from events.ingest.read import Unreadable, clean, read, reading

PARAGRAPHS = [
    "An army convoy was ambushed near Aguelhok on Friday, two local officials and a resident said.",
    "The army said in a statement that it repelled the attack and that ten fighters were killed.",
    "A spokesman for the separatists said that they had taken twelve trucks and two fuel tankers.",
]
PAGE = f"""<!doctype html><html lang="en"><head><title>Convoy ambushed | Outlet</title>
<meta property="og:title" content="Convoy ambushed near Aguelhok">
<meta property="article:published_time" content="2025-06-14T09:30:00+01:00"></head><body>
<nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>Convoy ambushed near Aguelhok</h1>{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</article>
<footer><p>All rights reserved. Subscribe to our newsletter.</p></footer></body></html>"""


def test_html_gives_title_article_language_and_date() -> None:
    got = read(PAGE.encode(), "text/html; charset=utf-8")
    assert got.text.startswith("Convoy ambushed near Aguelhok\n\n" + PARAGRAPHS[0])
    assert all(text in got.text for text in PARAGRAPHS) and "Subscribe" not in got.text
    assert (got.title, got.lang) == ("Convoy ambushed near Aguelhok", "en")
    assert got.published == datetime(2025, 6, 14, 8, 30, tzinfo=UTC)


def test_the_date_is_found_in_linked_data_too() -> None:
    linked = (
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2025-06-13"}]}</script></head>'
    )
    page = PAGE.replace("article:published_time", "x").replace("</head>", linked)
    assert read(page.encode(), "text/html").published == datetime(2025, 6, 13, tzinfo=UTC)


def test_html_is_recognised_without_a_content_type() -> None:
    assert read(PAGE.encode()).title == "Convoy ambushed near Aguelhok"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_an_undeclared_encoding_is_found(encoding: str) -> None:
    text = "Des soldats ont été tués près de Ménaka, a annoncé l’armée."
    assert read(text.encode(encoding), "text/plain").text == text


def test_a_declared_encoding_that_is_wrong_does_not_lose_the_text() -> None:
    assert "été" in read("Ils ont été attaqués à l'aube.".encode("latin-1"), "text/plain; charset=utf-8").text


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"", ""), (b"short", "text/plain"), (b"%PDF-1.7 ....", "image/png"), (b"<html></html>", "text/html")],
)
def test_what_has_no_text_is_unreadable_and_says_why(content: bytes, kind: str) -> None:
    with pytest.raises(Unreadable):
        read(content, kind)


def test_marks_that_hide_or_reorder_text_are_removed() -> None:
    assert clean("ten\u202e sol\u200bdiers\x07\r\n\r\n\r\nwere") == "ten soldiers\n\nwere"


def test_a_title_is_not_repeated() -> None:
    assert reading("A title here\n\nand a body of text", "A title here").text.count("A title") == 1


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Gunmen killed five soldiers in an attack on a base in the north of the country", "en"),
        ("Burkina: deux soldats tués dans l'explosion d'un engin artisanal dans le nord", "fr"),
        ("قتل عشرة جنود ماليين في كمين شمال البلاد", "ar"),
        ("", ""),
    ],
)
def test_the_language_is_named(text: str, lang: str) -> None:
    assert language_of(text) == lang


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Convoy ambushed near Gao\n\nAn army convoy was ambushed on Friday.", "Convoy ambushed near Gao"),
        ("GAO, Mali - A convoy was ambushed on Friday.\n\nThe army confirmed it.", ""),
        ("Convoy ambushed\nnear Gao\n\nAn army convoy was ambushed on Friday.", ""),
        ("Mali\n\nAn army convoy was ambushed on Friday.", ""),
        ("Only a headline without a text", ""),
    ],
)
def test_a_headline_that_stands_alone_is_the_title_of_a_text_that_brings_no_other(text, title):
    assert read(text.encode(), "text/plain").title == title


def test_a_title_that_was_given_counts_before_the_first_line():
    text = "Convoy ambushed near Gao\n\nAn army convoy was ambushed on Friday."
    assert read(text.encode(), "text/plain", title="From the wire").title == "From the wire"
