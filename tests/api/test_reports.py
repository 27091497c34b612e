"""Partners hand in reports: kept as sent, once for each idempotency key, told what becomes of them."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from events.codes import HandedInState, ReportState
from events.contract.reports import EXAMPLE, LARGEST_BODY
from events.models import HandedIn, Report, Trace
from events.verbs.handing_in import TOLD
from events.verbs.keys import revoke_key
from tests.api.keys import client, issued

pytestmark = pytest.mark.usefixtures("database")
REPORTS = "/api/v1/reports"
BOTH = ("read", "reports:write")


def hand_in(token: str, body: Any = EXAMPLE, key: str = "note-0001", **headers: str) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"idempotency_key": key, **headers} if key else headers
    kind = sent.pop("content_type", "application/json")
    return client(token, **sent).post(REPORTS, raw, content_type=kind)


def test_a_report_is_kept_as_it_was_sent_and_its_state_can_be_asked_for():
    key, token = issued(*BOTH)
    response = hand_in(token)
    assert response.status_code == 202, response.content
    report = Report.objects.get()
    assert bytes(report.content).decode() == EXAMPLE["content"]
    assert (report.source, report.title, report.url) == (key.source, EXAMPLE["title"], EXAMPLE["url"])
    assert report.published_at.isoformat() == "2025-06-14T08:00:00+00:00"
    told = response.json()
    assert told["sha256"] == hashlib.sha256(EXAMPLE["content"].encode()).hexdigest()
    assert (told["state"], told["url"]) == ("received", response["Location"])
    assert client(token).get(response["Location"]).json() == told
    assert list(Trace.objects.filter(verb="keep_report").values_list("role", flat=True)) == ["partner"]


def test_sent_again_it_has_no_second_effect():
    _, token = issued(*BOTH)
    first, again = hand_in(token), hand_in(token)
    assert (again.status_code, again.json()) == (202, first.json())
    assert (Report.objects.count(), HandedIn.objects.count()) == (1, 1)


def test_an_idempotency_key_is_good_for_one_body():
    _, token = issued(*BOTH)
    assert hand_in(token).status_code == 202
    other = hand_in(token, {**EXAMPLE, "title": "Another title"})
    assert other.status_code == 422
    assert other.json()["problems"][0]["field"] == "Idempotency-Key"
    assert Report.objects.count() == 1


def test_sent_twice_at_once_it_is_kept_once():
    _, token = issued(*BOTH)

    def send(_: int) -> tuple[int, str]:
        try:
            response = hand_in(token)
            return response.status_code, response.json()["id"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        answers = set(pool.map(send, range(6)))
    assert len(answers) == 1 and answers.pop()[0] == 202
    assert (Report.objects.count(), HandedIn.objects.count()) == (1, 1)


def test_two_partners_may_use_the_same_idempotency_key():
    (_, one), (_, other) = issued(*BOTH), issued(*BOTH)
    assert hand_in(one).status_code == hand_in(other, {**EXAMPLE, "title": "Other"}).status_code == 202
    assert HandedIn.objects.count() == 2


def test_nobody_else_can_ask_what_became_of_it():
    (_, one), (_, other) = issued(*BOTH), issued(*BOTH)
    address = hand_in(one).json()["url"]
    assert client(other).get(address).status_code == 404
    assert client().get(address).status_code == 401


def test_a_key_without_the_scope_is_refused():
    _, token = issued("read")
    response = hand_in(token)
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    assert not Report.objects.exists()


def test_nobody_hands_in_without_a_key_or_with_a_revoked_one():
    key, token = issued(*BOTH)
    revoke_key(key, reason="Left")
    for response in (hand_in(""), hand_in(token)):
        assert response.status_code == 401
        assert "Bearer" in response["WWW-Authenticate"]
    assert not Report.objects.exists()


@pytest.mark.parametrize("key", ["", "short", "with blank", "ü" * 9, "x" * 101])
def test_an_idempotency_key_is_needed_and_has_a_form(key):
    response = hand_in(issued(*BOTH)[1], key=key)
    assert response.status_code == 400
    assert response.json()["problems"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"content": "too short"}, "content"),
        ({"content": "x" * 200_001}, "content"),
        ({"content": "a report with a NUL \x00 in it"}, "content"),
        ({"content": 17}, "content"),
        ({"content_type": "application/pdf"}, "content_type"),
        ({"title": "x" * 501}, "title"),
        ({"title": ["x"]}, "title"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://"}, "url"),
        ({"url": "http://[::1"}, "url"),
        ({"published_at": "yesterday"}, "published_at"),
        ({"publishd_at": "2025-06-14T08:00:00Z"}, "publishd_at"),
    ],
)
def test_what_is_wrong_is_named(change, field):
    response = hand_in(issued(*BOTH)[1], {**EXAMPLE, **change})
    assert response.status_code == 400, response.content
    assert [problem["field"] for problem in response.json()["problems"]] == [field]
    assert not Report.objects.exists()


def test_everything_wrong_is_said_at_once_with_the_nearest_name():
    response = hand_in(issued(*BOTH)[1], {"contnt": "x", "url": "ftp://example.org"})
    problems = {problem["field"]: problem for problem in response.json()["problems"]}
    assert set(problems) == {"contnt", "content", "url"}
    assert problems["contnt"]["nearest"] == "content"


@pytest.mark.parametrize(
    "body",
    [b" ", b"[]", b"null", b"{", b'{"content": NaN}', b"\xff", b'{"content": "\xed\xa0\x80"}', b"[" * 3000],
)
def test_a_body_that_is_no_object_is_refused(body):
    response = hand_in(issued(*BOTH)[1], body)
    assert (response.status_code, response.json()["problems"][0]["field"]) == (400, "body")


def test_a_body_that_is_too_large_is_not_read():
    response = hand_in(issued(*BOTH)[1], b" " * (LARGEST_BODY + 1))
    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")


def test_a_body_of_another_type_is_refused():
    assert hand_in(issued(*BOTH)[1], content_type="text/plain").status_code == 415


def test_a_parameter_in_the_address_is_refused():
    _, token = issued(*BOTH)
    response = client(token, idempotency_key="note-0001").post(
        REPORTS + "?dry=1", json.dumps(EXAMPLE), content_type="application/json"
    )
    assert response.status_code == 400


def test_what_a_partner_is_told_is_never_compressed_or_kept():
    _, token = issued(*BOTH)
    response = client(token, accept_encoding="gzip").get(hand_in(token).json()["url"])
    assert not response.has_header("Content-Encoding")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("state", ReportState)
def test_every_state_of_a_report_is_told_in_words_for_partners(state):
    _, token = issued(*BOTH)
    address = hand_in(token).json()["url"]
    Report.objects.update(state=state.value, problem="an inner detail")
    told = client(token).get(address)
    assert told.json()["state"] == TOLD[state].value in HandedInState.values()
    assert "inner detail" not in told.content.decode()


def test_the_desks_role_can_take_reports_in(as_role):
    _, token = issued(*BOTH)
    with as_role("DESK_DATABASE_URL"):
        assert hand_in(token).status_code == 202
