"""Every page of the desk opens, with a number of queries that does not grow with the rows."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.admin.site import desk as site
from events.admin.urls import urlpatterns
from tests.desk.browsing import errors
from tests.record.cast import actor, ambush, claim, dataset

TABLES = sorted(model._meta.label_lower for model in site._registry)


@pytest.mark.parametrize("table", TABLES)
def test_every_list_and_form_opens(table, at, published):
    app, model = table.split(".")
    desk = at("tiemoko" if model == "user" else "chantal")
    assert urlpatterns
    assert desk.open(f"{app}/{model}/").status_code == 200
    assert desk.open(f"{app}/{model}/?q=a").status_code == 200
    assert desk.open(f"{app}/{model}/add/").status_code in (200, 404)
    row = site._registry[site_model(table)].model.objects.first()
    if row is not None:
        assert desk.open(f"{app}/{model}/{row.pk}/change/").status_code == 200
        assert desk.open(f"{app}/{model}/{row.pk}/history/").status_code == 200


def site_model(table: str):
    return next(model for model in site._registry if model._meta.label_lower == table)


@pytest.mark.parametrize(
    "path", ["", "publications/", "publications/?before=2", "publications/?before=x", "password_change/"]
)
def test_the_other_pages_open(path, at, published):
    assert at("moussa").open(path).status_code == 200


def test_the_list_of_incidents_asks_as_much_for_many_rows_as_for_one(at, published, people, army, rebels):
    desk = at("chantal")
    desk.open("events/incident/")
    with CaptureQueriesContext(connection) as few:
        desk.open("events/incident/")
    for number in range(12):
        ambush(army, rebels, author=people.aminata, title_en=f"Ambush {number}")
    with CaptureQueriesContext(connection) as many:
        desk.open("events/incident/")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("aguelhok", True),
        ("AGUELHOK conv", True),
        ("MLI-2025-00001", True),
        ("mli-2025", True),
        ("separatists", True),
        ("draftword", True),
        ("hidden label", True),
        ("aguelhok nothing", False),
        ("'; DROP TABLE", False),
        ("& | ! :*", False),
    ],
)
def test_search_finds_titles_places_ids_and_labels(term, found, at, published, people, army, rebels):
    draft = ambush(army, rebels, author=people.aminata, title_en="A draftword of its own", place_name="Gao")
    draft.participations.update(label_used="a hidden label")
    page = at("chantal").open(f"events/incident/?q={quote(term)}").content.decode()
    assert ("0 results" not in page) == found


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "state__exact=nothing",
        "date_start__year=x",
        "country=XXX",
        "p=99",
        "o=99",
        "publication=never&mine=author",
    ],
)
def test_no_query_breaks_the_list(query, at, published):
    assert at("chantal").open(f"events/incident/?{query}").status_code in (200, 302)


@pytest.mark.parametrize("ids", ["", "x", "999", "1,999", "-1", "1;2"])
def test_acts_on_rows_that_are_not_there_are_not_found(ids, at, published):
    assert at("chantal").open(f"events/incident/acts/publish/?ids={ids}").status_code == 404


def test_an_act_that_does_not_exist_is_not_found(at, published):
    assert at("chantal").open(f"events/incident/acts/vanish/?ids={published.pk}").status_code == 404


def test_several_are_published_as_one_publication_and_never_more_than_fifty(
    at, people, published, army, rebels
):
    rows = [ambush(army, rebels, author=people.aminata, state="approved") for _ in range(51)]
    chosen = {"action": "publish", "_selected_action": [str(row.pk) for row in rows]}
    desk = at("chantal")
    refused = desk.client.post(reverse("admin:events_incident_changelist") + "?all=", chosen, follow=True)
    assert "At most 50 at once" in refused.content.decode()
    assert desk.act("publish", *rows[:50]).status_code == 302
    assert {row.state for row in type(published).objects.filter(pk__in=[row.pk for row in rows[:50]])} == {
        "published"
    }


def test_of_several_rows_chosen_all_are_open_to_the_act_or_nothing_is_done(
    at, people, published, army, rebels
):
    ready = ambush(army, rebels, author=people.aminata, state="approved")
    page = at("chantal").client.get(
        f"/admin/events/incident/acts/publish/?ids={ready.pk},{published.pk}", follow=True
    )
    assert "1 of the 2 rows chosen are not open to this" in page.content.decode()


def test_scripts_and_styles_run_under_the_strict_policy(at, published):
    page = at("chantal").open(f"events/incident/{published.pk}/change/")
    policy = page.headers["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    text = page.content.decode()
    assert "unsafe-inline" not in policy
    assert text.count(f'<script nonce="{nonce}"') == text.count("<script nonce=") > 0
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick=" not in text


@pytest.mark.parametrize(
    ("page", "form", "missing"),
    [
        ("events/feed/add/", "feed_form", "Source: nothing was given; valid: one of the choices."),
        ("events/feed/add/", "feed_form", "Reason for this change: nothing was given; valid: a text."),
        ("events/report/add/", "entry", "Source: nothing was given; valid: one of the choices."),
        ("tables/", "hand_in_form", "Table: nothing was given; valid: a file."),
        ("private-exports/", "hand_in_form", "We may use this export: nothing was given; valid: ticked."),
    ],
)
def test_what_is_missing_is_named_with_what_is_valid(at, page, form, missing):
    assert missing in errors(at("chantal").form(page, form).send())


def test_the_desk_speaks_one_language_whatever_the_browser_asks_for(at):
    chantal = at("chantal")
    for page in ("", "events/feed/add/", "events/incident/"):
        answer = chantal.client.get(f"/admin/{page}", headers={"accept-language": "fr"})
        assert 'lang="en' in answer.content.decode() and "Ajouter" not in answer.content.decode()
    chantal.client.logout()
    login = chantal.client.get("/admin/login/", headers={"accept-language": "fr"}).content.decode()
    assert "Log in" in login and "Connexion" not in login


def test_datasets_without_incidents_are_no_filter_of_incidents(at):
    dataset("empty-dataset")
    incident = ambush(actor("army"), actor("rebels"), dataset=dataset("full-dataset"), external_id="1")
    assert incident.pk
    text = at("chantal").open("events/incident/").content.decode()
    assert "full-dataset" in text and "empty-dataset" not in text


def test_the_form_of_an_incident_asks_no_more_for_eight_claims_than_for_three(at, army, rebels):
    chantal, few = at("chantal"), ambush(army, rebels)
    many = ambush(army, rebels, title_en="Many voices")
    for incident, number in [(few, 9), *((many, number) for number in range(6))]:
        voice, victim = actor(f"voice-{number}"), actor(f"victim-{number}")
        claim(incident, voice, victim, low=number, high=number, quantifier="exact")
    counted = []
    for incident in (few, many):
        chantal.open(f"events/incident/{incident.pk}/change/")
        with CaptureQueriesContext(connection) as queries:
            page = chantal.open(f"events/incident/{incident.pk}/change/").content.decode()
        counted.append(len(queries))
    assert "Voice-5" in page and "Victim-5" in page
    assert counted[0] == counted[1] < 50, counted
