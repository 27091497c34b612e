"""The private PostgreSQL: no port, no root, every role with a password of its own."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from conflict.launch.accounts import Account, current, for_application, is_root
from conflict.launch.cluster import Cluster
from conflict.launch.passwords import ROLES
from conflict.launch.places import Places, remove
from conflict.launch.register import Register
from conflict.launch.services import Services
from conflict.launch.speech import Refusal
from conflict.launch.supervisor import Supervisor
from conflict.launch.surroundings import Surroundings


def test_postgresql_as_root_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="does not run as root"):
        Cluster(tmp_path, tmp_path, Account("root", 0, 0)).command()


def test_the_cluster_listens_on_no_port_and_real_data_is_durable(tmp_path: Path) -> None:
    real = Cluster(tmp_path, tmp_path, current()).settings()
    assert "listen_addresses = ''" in real
    assert "fsync" not in real
    assert "fsync = off" in Cluster(tmp_path, tmp_path, current(), durable=False).settings()


def test_an_address_keeps_the_sockets_folder_and_odd_passwords_whole() -> None:
    cluster = Cluster(Path("/data/postgres"), Path("/run/sahel/db"), current())
    assert (
        cluster.url("sahel_desk", "a/b@c:d") == "postgis://sahel_desk:a%2Fb%40c%3Ad@%2Frun%2Fsahel%2Fdb/sahel"
    )


def test_a_cluster_of_a_version_that_is_not_installed_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "main").mkdir()
    (tmp_path / "main" / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refusal, match="PostgreSQL 9 ") as refused:
        Cluster(tmp_path, tmp_path, current()).program("postgres")
    assert "postgresql-9-postgis-3" in refused.value.advice


@pytest.fixture(scope="module")
def services() -> Iterator[tuple[Cluster, Surroundings]]:
    """A cluster and a Redis of our own, started as ./run starts them, and started again."""
    # Not in pytest's own folders: they are closed to the accounts that root uses.
    data = Path(tempfile.mkdtemp(prefix="sahel-test-", dir="/tmp"))
    places = Places(data, {})
    opener = Services(places, {}, durable=False)
    first = Supervisor(places.logs, Register(places.register))
    opener.open(first)
    first.stop()
    second = Supervisor(places.logs, Register(places.register))
    found = opener.open(second, superuser=True)
    yield opener.cluster(), found
    second.stop()
    remove(data)


def ask(cluster: Cluster, url: str, sql: str) -> subprocess.CompletedProcess[str]:
    """One statement through psql, with the address as libpq writes it."""
    address = url.replace("postgis://", "postgresql://")
    command = [str(cluster.program("psql")), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", address, "-c", sql]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_role_connects_with_its_own_password(services: tuple[Cluster, Surroundings]) -> None:
    cluster, found = services
    told = found.databases
    names = [
        ask(cluster, url, "SELECT current_user").stdout.strip()
        for url in (told.owner, told.desk, told.worker, told.record)
    ]
    assert tuple(names) == ROLES


def test_no_role_of_the_application_is_superuser_and_only_the_owner_makes_databases(
    services: tuple[Cluster, Surroundings],
) -> None:
    cluster, found = services
    sql = "SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE rolname ~ '^sahel' AND {}"
    assert (
        ask(cluster, found.databases.superuser, sql.format("(rolsuper OR rolcreaterole)")).stdout.strip()
        == ""
    )
    assert ask(cluster, found.databases.superuser, sql.format("rolcreatedb")).stdout.strip() == "sahel_owner"


def test_a_wrong_password_is_refused(services: tuple[Cluster, Surroundings]) -> None:
    cluster, _ = services
    refused = ask(cluster, cluster.url("sahel_desk", "guess"), "SELECT 1")
    assert refused.returncode != 0
    assert "password authentication failed" in refused.stderr


@pytest.mark.skipif(
    not is_root(), reason="the application has an account of its own only when root starts it"
)
def test_the_applications_account_cannot_become_superuser(services: tuple[Cluster, Surroundings]) -> None:
    cluster, found = services
    address = found.databases.superuser.replace("postgis://", "postgresql://")
    assert not for_application().can([str(cluster.program("psql")), address, "-c", "SELECT 1"])
    assert for_application().can(
        [
            str(cluster.program("psql")),
            found.databases.desk.replace("postgis", "postgresql"),
            "-c",
            "SELECT 1",
        ]
    )


def test_databases_made_by_the_owner_have_the_extensions(services: tuple[Cluster, Surroundings]) -> None:
    cluster, found = services
    assert ask(cluster, found.databases.owner, "CREATE DATABASE another").returncode == 0
    another = found.databases.owner.removesuffix("/sahel") + "/another"
    extensions = ask(cluster, another, "SELECT extname FROM pg_extension").stdout.split()
    assert {"postgis", "pg_trgm", "unaccent", "btree_gist"} <= set(extensions)
    assert (
        ask(cluster, another, "SELECT ST_AsText(ST_Point(0.85, 19.46))").stdout.strip() == "POINT(0.85 19.46)"
    )
