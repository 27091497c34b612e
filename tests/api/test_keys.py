"""API keys: shown once, kept as a digest, refused from the moment they are revoked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.db import connections

from conflict.kit.problems import Refused
from conflict.public import keys as public_keys
from events.models import ApiKey, Trace
from events.verbs.keys import issue_key, note_uses, revoke_key
from tests.api.keys import client, issued

pytestmark = pytest.mark.usefixtures("database")
LIST = "/api/v1/incidents"


def test_a_key_opens_the_door_by_either_header():
    _, token = issued()
    assert client(token).get(LIST).status_code == 200
    assert client(x_api_key=token).get(LIST).status_code == 200


def test_what_is_kept_is_not_the_key():
    key, token = issued()
    kept = str(ApiKey.objects.filter(pk=key.pk).values().get()) + str(list(Trace.objects.values()))
    secret = token.rpartition("_")[2] if len(token.rpartition("_")[2]) > 20 else token[15:]
    assert len(token) - len("sct_") - 11 == 43, "43 letters of base64 are 32 bytes"
    assert secret not in kept
    assert token not in kept


def test_no_two_keys_are_alike():
    assert len({issued()[1] for _ in range(20)}) == 20


@pytest.mark.parametrize(
    "spoil",
    [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: t + "x", lambda t: t[:14], str.upper],
)
def test_a_key_that_is_not_quite_right_is_refused_in_words(spoil):
    _, token = issued()
    response = client(spoil(token)).get(LIST)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert token[15:] not in response.content.decode()


@pytest.mark.parametrize(
    "headers", [{"authorization": "Basic dXNlcjpwYXNz"}, {"authorization": "Bearer"}, {"x_api_key": ""}]
)
def test_other_ways_to_say_who_one_is_are_refused(headers):
    assert client(**headers).get(LIST).status_code == 401


def test_two_different_keys_at_once_are_refused():
    (_, one), (_, other) = issued(), issued()
    assert client(one, x_api_key=other).get(LIST).status_code == 401
    assert client(one, x_api_key=one).get(LIST).status_code == 200


def test_a_key_in_the_address_is_refused():
    _, token = issued()
    assert client().get(LIST, {"key": token}).status_code == 400


def test_a_revoked_key_is_refused_from_the_next_request_on():
    key, token = issued()
    someone = client(token)
    assert someone.get(LIST).status_code == 200
    assert revoke_key(key, reason="Left the project")
    assert someone.get(LIST).status_code == 401
    assert not revoke_key(key, reason="Again")
    assert [trace.verb for trace in Trace.objects.order_by("id")] == ["issue_key", "revoke_key"]


def test_the_public_role_sees_of_keys_what_it_needs_and_nothing_else():
    issued()
    with connections["record"].cursor() as cursor:
        cursor.execute("SELECT * FROM record.api_key")
        assert [column.name for column in cursor.description] == ["prefix", "digest", "scopes", "active"]
        with pytest.raises(Exception, match="permission denied"):
            cursor.execute("SELECT holder FROM public.events_apikey")


def test_an_answer_to_a_key_is_for_no_shared_cache():
    _, token = issued()
    keyed, anonymous = client(token).get(LIST), client().get(LIST)
    assert "private" in keyed["Cache-Control"]
    assert "public" not in keyed["Cache-Control"]
    assert "public" in anonymous["Cache-Control"]
    for response in (keyed, anonymous):
        assert {"Authorization", "X-API-Key"} <= set(response["Vary"].split(", "))
    assert keyed.content == anonymous.content


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"scopes": ["write"]}, "scopes"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["reports:write"]}, "source"),
        ({"scopes": ["read"], "holder": " "}, "holder"),
        ({"scopes": ["read"], "reason": ""}, "reason"),
    ],
)
def test_a_key_that_makes_no_sense_is_not_issued(asked, field):
    with pytest.raises(Refused) as refused:
        issue_key(**{"holder": "Example Aid", "reason": "Test", **asked})
    assert refused.value.problems[0].field == field
    assert not ApiKey.objects.exists()


def test_the_last_use_travels_from_the_cache_to_the_desk(as_role):
    from events.tasks import note_key_uses

    key, token = issued()
    public_keys.noted.clear()
    client(token).get(LIST)
    with as_role("WORKER_DATABASE_URL"):
        assert note_key_uses() == 1
    key.refresh_from_db()
    assert (datetime.now(UTC) - key.last_used_at).total_seconds() < 60
    assert note_uses({key.prefix: datetime(2020, 1, 1, tzinfo=UTC)}) == 0, "an older use changes nothing"
    caches["quotas"].clear()
