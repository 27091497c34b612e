"""Each process gets the one database role it needs, and nothing that could lead it elsewhere."""

from pathlib import Path

import pytest

from conflict.launch.speech import Refusal
from conflict.launch.surroundings import (
    Databases,
    Queues,
    Surroundings,
    allowed_hosts,
    given_databases,
    given_queues,
)

DATABASES = Databases(
    "postgis://owner", "postgis://desk", "postgis://worker", "postgis://record", "postgis://super"
)
QUEUES = Queues("redis+socket:///q", "unix:///q")


def surroundings(**caller: str) -> Surroundings:
    return Surroundings(caller, DATABASES, QUEUES, "key", Path("/data/files"))


def test_the_web_process_has_the_desk_role_and_the_record_role_only() -> None:
    told = surroundings().for_web("127.0.0.1", 8000)
    assert told["DATABASE_URL"] == "postgis://desk"
    assert told["RECORD_DATABASE_URL"] == "postgis://record"
    assert not {"postgis://owner", "postgis://worker", "postgis://super"} & set(told.values())


def test_a_public_web_process_has_the_record_role_alone() -> None:
    told = surroundings(DOORS="public").for_web("127.0.0.1", 8000)
    assert "DATABASE_URL" not in told
    assert told["RECORD_DATABASE_URL"] == "postgis://record"


def test_worker_and_beat_have_the_worker_role() -> None:
    told = surroundings().for_worker()
    assert told["DATABASE_URL"] == "postgis://worker"
    assert not {"postgis://owner", "postgis://desk", "postgis://super"} & set(told.values())


def test_management_commands_have_the_owner_role() -> None:
    assert surroundings(DOORS="public").for_manage()["DATABASE_URL"] == "postgis://owner"


def test_tests_have_every_role_by_name() -> None:
    told = surroundings().for_tests()
    names = ("DATABASE_URL", "DESK_DATABASE_URL", "WORKER_DATABASE_URL", "RECORD_DATABASE_URL")
    assert [told[name] for name in names] == [
        f"postgis://{role}" for role in ("owner", "desk", "worker", "record")
    ]
    assert told["SUPERUSER_DATABASE_URL"] == "postgis://super"


def test_the_callers_own_postgres_and_python_settings_are_not_handed_on() -> None:
    told = surroundings(
        PGHOST="elsewhere", PYTHONPATH="/elsewhere", DATABASE_URL="postgis://x", TILE_URL="t"
    ).common()
    assert "PGHOST" not in told
    assert "DATABASE_URL" not in told
    assert "/elsewhere" not in told["PYTHONPATH"]
    assert told["TILE_URL"] == "t"


def test_an_ipv6_host_is_bound_in_brackets() -> None:
    assert surroundings().for_web("::1", 8000)["BIND"] == "[::1]:8000"


def test_a_chosen_host_is_an_allowed_host_unless_hosts_are_chosen() -> None:
    assert "192.0.2.7" in allowed_hosts("192.0.2.7").split(",")
    assert (
        surroundings(ALLOWED_HOSTS="example.org").for_web("192.0.2.7", 80)["ALLOWED_HOSTS"] == "example.org"
    )


def test_existing_servers_are_used_when_both_addresses_are_set() -> None:
    found = given_databases({"DATABASE_URL": "a", "RECORD_DATABASE_URL": "b", "WORKER_DATABASE_URL": "c"})
    assert found == Databases("a", "a", "c", "b", private=False)
    assert given_queues({"BROKER_URL": "a", "REDIS_URL": "b"}) == Queues("a", "b", private=False)
    assert given_databases({}) is None
    assert given_queues({}) is None


@pytest.mark.parametrize("alone", ["DATABASE_URL", "RECORD_DATABASE_URL"])
def test_one_database_address_alone_is_refused(alone: str) -> None:
    with pytest.raises(Refusal, match=f"{alone} is set"):
        given_databases({alone: "postgis://a"})


@pytest.mark.parametrize("alone", ["BROKER_URL", "REDIS_URL"])
def test_one_redis_address_alone_is_refused(alone: str) -> None:
    with pytest.raises(Refusal, match=f"{alone} is set"):
        given_queues({alone: "redis://a"})
