"""GeoRSS feeds: valid, read by a real reader, newest publications first, under every filter."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest
from lxml import etree

from events.verbs.publishing import publish
from tests.record.cast import actor, ambush

SCHEMAS = Path(__file__).parent / "schemas"
FORMS = ("rss", "atom")
forms = pytest.mark.parametrize("form", FORMS)


def feed(client, form, query=""):
    response = client.get(f"/feeds/incidents.{form}{query}")
    assert response.status_code == 200, response.content[:500]
    valid(form, response.content)
    read = feedparser.parse(response.content)
    assert not read.bozo
    return read


def valid(form, content):
    schema = etree.RelaxNG(etree.parse(SCHEMAS / f"{form}.rng"))
    assert schema.validate(etree.fromstring(content)), schema.error_log


def linked(read, rel):
    return next((link["href"] for link in read.feed.links if link["rel"] == rel), "")


@forms
@pytest.mark.parametrize(
    "query", ["", "?limit=5", "?lang=fr&limit=1000", "?country=NER", "?until=1950-01-01"]
)
def test_feeds_are_valid_and_readable(world, client, form, query):
    feed(client, form, query)


@forms
def test_the_schemas_refuse_a_feed_with_anything_missing_or_more(world, client, form):
    schema = etree.RelaxNG(etree.parse(SCHEMAS / f"{form}.rng"))
    content = client.get(f"/feeds/incidents.{form}?limit=1").content
    optional = {"next", "license", "alternate", "self", "point", "radius"}
    for place, element in enumerate(etree.fromstring(content).iter()):
        if element.getparent() is None or {element.get("rel"), etree.QName(element).localname} & optional:
            continue
        whole = etree.fromstring(content)
        broken = list(whole.iter())[place]
        broken.getparent().remove(broken)
        if etree.QName(broken).localname not in ("item", "entry"):
            assert not schema.validate(whole), f"valid without {broken.tag}"
    whole = etree.fromstring(content)
    etree.SubElement(whole, "surprise")
    assert not schema.validate(whole)


@forms
def test_a_feed_holds_what_the_filters_find(world, client, ask, form):
    rows = ask("/api/v1/incidents?country=MLI&contested=true&limit=1000&order=-updated")["data"]
    read = feed(client, form, "?country=MLI&contested=true&limit=1000")
    assert [entry.title for entry in read.entries] == [row["title"] for row in rows] != []
    assert "in Mali" in read.feed.title
    points = [entry.where.coordinates if "where" in entry else None for entry in read.entries]
    assert points == [row["longitude"] and (row["longitude"], row["latitude"]) for row in rows]


@forms
def test_older_entries_are_behind_the_next_link(world, client, ask, form):
    rows = ask("/api/v1/incidents?limit=1000&order=-updated")["data"]
    read, found = feed(client, form, "?limit=20"), []
    while True:
        found += [entry.title for entry in read.entries]
        following = linked(read, "next")
        if not following:
            break
        read = feed(client, form, "?" + following.partition("?")[2])
    assert found == [row["title"] for row in rows]


@forms
def test_every_entry_leads_to_its_page(world, client, form):
    for entry in feed(client, form, "?limit=3").entries:
        assert entry.id == entry.link
        assert client.get(entry.link.replace("http://localhost", "")).status_code == 200


@pytest.fixture
def cast(database):
    return actor("army", "state_force"), actor("rebels")


@forms
def test_what_was_published_last_stands_first(cast, client, form):
    for title in ("First", "Second", "Third"):
        publish([ambush(*cast, title_en=title)], cast, reason="A test")
    assert [entry.title for entry in feed(client, form).entries] == ["Third", "Second", "First"]
    assert [entry.title for entry in feed(client, form, "?as_of=2").entries] == ["Second", "First"]


@forms
@pytest.mark.parametrize(
    "title",
    [
        "<b>bold</b> & \"quoted\" 'text'",
        "]]> end",
        "&amp; &lt;",
        "<!-- no comment -->",
        "تنزواتين é 🕊",
        "a\u0085b",
    ],
)
def test_hostile_titles_are_escaped(cast, client, form, title):
    publish([ambush(*cast, title_en=title, place_name=title)], cast, reason="A test")
    response = client.get(f"/feeds/incidents.{form}")
    valid(form, response.content)
    names = {
        etree.QName(element).localname: element.text for element in etree.fromstring(response.content).iter()
    }
    assert names["featurename"].startswith(title)
    titles = [element.text for element in etree.fromstring(response.content).iter("{*}title")]
    assert titles[-1] == title


@forms
def test_characters_that_xml_cannot_carry_are_left_out(cast, client, form):
    publish([ambush(*cast, title_en="a\x0bb\x1fc\ufffed")], cast, reason="A test")
    assert feed(client, form).entries[0].title == "abcd"


@forms
def test_an_incident_without_a_point_has_a_name_only(cast, client, form):
    publish([ambush(*cast, location_precision="country", point=None)], cast, reason="A test")
    entry = feed(client, form).entries[0]
    assert "where" not in entry
    assert entry.georss_featurename.endswith("Mali")


@forms
def test_an_empty_record_is_a_valid_feed(database, client, form):
    assert feed(client, form).entries == []


@forms
def test_an_unchanged_feed_is_not_sent_again(cast, client, form):
    publish([ambush(*cast)], cast, reason="A test")
    tag = client.get(f"/feeds/incidents.{form}")["ETag"]
    assert client.get(f"/feeds/incidents.{form}", headers={"if-none-match": tag}).status_code == 304
    publish([ambush(*cast)], cast, reason="A test")
    assert client.get(f"/feeds/incidents.{form}", headers={"if-none-match": tag}).status_code == 200


@forms
def test_a_feed_says_its_type_whatever_is_accepted(world, client, form):
    response = client.get(f"/feeds/incidents.{form}?limit=1", headers={"accept": f"application/{form}+xml"})
    assert response["Content-Type"] == f"application/{form}+xml; charset=utf-8"


@forms
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("contry=MLI", "contry"),
        ("order=date", "order"),
        ("fields=id", "fields"),
        ("as_of=99", "as_of"),
        ("limit=0", "limit"),
    ],
)
def test_what_is_wrong_is_named(world, refused, form, query, field):
    assert field in refused(f"/feeds/incidents.{form}?{query}")


@forms
def test_titles_and_figures_are_in_the_language_asked(world, client, form):
    texts = {
        lang: " ".join(entry.summary for entry in feed(client, form, f"?lang={lang}").entries)
        for lang in ("en", "fr")
    }
    assert "deaths claimed" in texts["en"] and "morts" not in texts["en"]
    assert "morts" in texts["fr"] and "deaths claimed" not in texts["fr"]
