"""docker-compose.yml and Dockerfile: valid by the compose specification, and as closed as the design says.

The schema is the compose specification's own, as the package check-jsonschema carries it. No Docker engine is
run: what is checked is what is written, not that containers start.
"""

from __future__ import annotations

import copy
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from conflict.environment import VARIABLES
from conflict.launch import packages, processes
from conflict.launch.accounts import current
from conflict.launch.places import ROOT
from conflict.launch.surroundings import Databases, Queues, Surroundings
from events.contract.reports import LARGEST_BODY
from events.ingest.tables.sheets import MOST_BYTES
from events.verbs.entering import LARGEST_FILE

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "desk", "worker", "beat")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
# Read by gunicorn.conf.py, the proxy and the images of others; not by Django.
OTHER_VARIABLES = {
    "BIND",
    "PROXY_ADDRESSES",
    "SITE_NAME",
    "DESK_NETWORKS",
    "POSTGRES_PASSWORD",
    "REDISCLI_AUTH",
}


@pytest.fixture(scope="module")
def schema() -> Any:
    """A validator for the compose specification."""
    text = (files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json").read_text("utf-8")
    return jsonschema.validators.validator_for(json.loads(text))(json.loads(text))


def environ(service: str) -> dict[str, str]:
    found: dict[str, str] = SERVICES[service].get("environment", {})
    return found


def test_the_file_is_valid_by_the_compose_specification(schema: Any) -> None:
    assert [f"{list(error.path)}: {error.message}" for error in schema.iter_errors(COMPOSE)] == []


@pytest.mark.parametrize(
    ("service", "key", "value"),
    [
        ("web", "imagee", "x"),
        ("web", "restart", 3),
        ("database", "volumes", "database:/x"),
        ("web", "ports", "80:80"),
    ],
)
def test_the_schema_refuses_mistakes(schema: Any, service: str, key: str, value: object) -> None:
    broken = copy.deepcopy(COMPOSE)
    broken["services"][service][key] = value
    assert not schema.is_valid(broken)


def test_the_parts_of_the_plan_are_there_and_nothing_else() -> None:
    assert set(SERVICES) == {"database", "redis", "counters", *OURS, "proxy"}


def test_the_public_doors_have_the_record_role_alone() -> None:
    told = environ("web")
    assert told["DOORS"] == "public"
    assert "sahel_public:" in told["RECORD_DATABASE_URL"]
    assert not {"DATABASE_URL", "REDIS_URL", "BROKER_URL"} & set(told)
    assert "REDIS_PASSWORD" not in " ".join(told.values())


def test_all_count_requests_in_one_place() -> None:
    counting = {environ(name)["QUOTA_REDIS_URL"] for name in ("web", "desk", "worker")}
    assert len(counting) == 1 and "@counters/" in counting.pop()


def test_partners_reach_the_desk_for_their_reports_alone() -> None:
    text = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    doors = re.findall(r"@(\w+) path (.*)", text)
    assert dict(doors) == {"desk": "/admin /admin/*", "partners": "/api/v1/reports /api/v1/reports/*"}


@pytest.mark.parametrize(
    ("service", "role"),
    [
        ("migrate", "sahel_owner"),
        ("desk", "sahel_desk"),
        ("worker", "sahel_worker"),
        ("beat", "sahel_worker"),
    ],
)
def test_each_process_has_its_own_role(service: str, role: str) -> None:
    assert environ(service)["DATABASE_URL"].startswith(f"postgis://{role}:")


@pytest.mark.parametrize("service", SERVICES)
def test_nothing_runs_as_root(service: str) -> None:
    user = str(SERVICES[service].get("user", ""))
    assert user
    assert user.split(":")[0] not in ("0", "root")
    assert not SERVICES[service].get("privileged")
    assert "no-new-privileges:true" in SERVICES[service]["security_opt"]


def test_the_images_user_is_the_composes_user() -> None:
    assert re.findall(r"--uid (\d+)", DOCKERFILE) == ["10001"]
    assert {SERVICES[name]["user"] for name in OURS} == {"10001:10001"}


@pytest.mark.parametrize("service", [name for name in SERVICES if name not in ("migrate", "beat")])
def test_every_lasting_service_has_a_health_check(service: str) -> None:
    check = SERVICES[service]["healthcheck"]
    assert check["test"]
    assert check["timeout"]


def test_there_is_one_scheduler() -> None:
    beats = [name for name, service in SERVICES.items() if "beat" in service.get("command", [])]
    assert beats == ["beat"]
    assert SERVICES["beat"]["scale"] == 1


def test_everything_waits_for_the_migration() -> None:
    waits = {name: SERVICES[name]["depends_on"]["migrate"]["condition"] for name in OURS if name != "migrate"}
    assert set(waits.values()) == {"service_completed_successfully"}


def test_only_the_proxy_is_reached_from_outside_and_only_worker_and_proxy_reach_out() -> None:
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]
    assert COMPOSE["networks"]["front"]["internal"] is COMPOSE["networks"]["back"]["internal"] is True
    out = [name for name, service in SERVICES.items() if "outside" in service["networks"]]
    assert out == ["worker", "proxy"]
    assert "back" not in SERVICES["proxy"]["networks"]


def test_every_secret_comes_from_the_environment_and_must_be_set() -> None:
    for service in SERVICES:
        for name, value in environ(service).items():
            for secret in re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)([^}]*)\}", str(value)):
                assert secret[1].startswith(":?"), (service, name)
            if name.endswith(("_PASSWORD", "SECRET_KEY", "_AUTH")):
                assert str(value).startswith("${"), (service, name)
            assert not re.search(r"://[^:@]*:[^$@][^@]*@", str(value)), (service, name)


def test_the_example_names_every_variable() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", text))
    told = set(
        re.findall(
            r"^(\w+)=", (ROOT / "deploy" / "environment.example").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    assert used == told


def test_every_variable_is_one_that_somebody_reads() -> None:
    known = {variable.name for variable in VARIABLES} | OTHER_VARIABLES
    known |= {f"SAHEL_{role}_PASSWORD" for role in ("OWNER", "DESK", "WORKER", "PUBLIC")} | {
        "REDIS_PASSWORD",
        "COUNTERS_PASSWORD",
    }
    assert {name for service in SERVICES for name in environ(service)} <= known


def test_the_roles_script_reads_the_passwords_that_are_set() -> None:
    script = (ROOT / "deploy" / "roles.sql").read_text(encoding="utf-8")
    read = set(re.findall(r"\\getenv \w+ (\w+)", script))
    assert read == {name for name in environ("database") if name.startswith("SAHEL_")}


def arguments(command: list[str]) -> list[str]:
    """A command by its program's name."""
    return [Path(command[0]).name, *(word.removeprefix(f"{ROOT}/") for word in command[1:])]


def test_containers_run_what_run_runs() -> None:
    databases, queues = Databases("o", "d", "w", "r"), Queues("q", "c")
    around = Surroundings({}, databases, queues, "key", ROOT)
    ours = {
        "web": processes.web(around, current(), "127.0.0.1", 8000),
        "worker": processes.worker(around, current()),
        "beat": processes.beat(around, current()),
    }
    assert {name: arguments(process.command) for name, process in ours.items()} == {
        name: SERVICES[name]["command"] for name in ours
    }
    assert SERVICES["desk"]["command"] == SERVICES["web"]["command"]


def test_the_image_is_built_with_runs_own_steps() -> None:
    steps = re.findall(r"\./run (\w+)", DOCKERFILE)
    assert steps == ["venv", "frontend"]
    assert not re.search(r"pip install|npm (ci|install)|apt-get", DOCKERFILE)


def test_the_image_copies_what_the_first_step_needs() -> None:
    before = DOCKERFILE.split("RUN ./run venv")[0]
    for needed in ("run", "requirements.txt", "conflict/__init__.py", "conflict/launch"):
        assert (ROOT / needed).exists()
        assert re.search(rf"COPY .*\b{re.escape(needed)}", before), needed


def test_the_last_user_of_every_stage_that_runs_is_not_root() -> None:
    stages = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    users = {
        re.search(r"AS (\w+)", stage)[1]: re.findall(r"^USER (\S+)", stage, re.MULTILINE) for stage in stages
    }  # type: ignore[index]
    assert users == {"build": [], "app": ["sahel"], "proxy": ["10001:10001"]}


def test_images_are_named_by_version_and_by_no_registry() -> None:
    named = [service["image"] for service in SERVICES.values()] + re.findall(
        r"^FROM (\S+)", DOCKERFILE, re.MULTILINE
    )
    for image in named:
        name, _, tag = image.partition(":")
        assert tag
        assert tag != "latest"
        assert "." not in name.split("/")[0]


def test_nothing_that_is_made_or_secret_goes_into_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".env", ".venv", "node_modules", "static/build", "data"} <= set(ignored)


def test_the_database_image_has_a_supported_version() -> None:
    version = re.search(r":(\d+)-", SERVICES["database"]["image"])
    assert version is not None
    assert int(version[1]) >= 15
    assert set(packages.EXTENSIONS) == set(
        re.findall(r"EXTENSION IF NOT EXISTS (\w+)", (ROOT / "deploy" / "roles.sql").read_text())
    )


def blocks_of(caddyfile: str) -> dict[str, str]:
    """What stands in each `handle`, by its matcher."""
    found = re.findall(r"^\thandle ?(@?\w*) ?\{\n(.*?)^\t\}", caddyfile, re.MULTILINE | re.DOTALL)
    return dict(found)


def test_the_proxy_lets_through_what_the_desk_takes_and_no_more_elsewhere():
    caddyfile = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    limits = {
        name: int(re.search(r"request_body \{\s+max_size (\d+)MB", block)[1])
        for name, block in blocks_of(caddyfile).items()
    }
    # A limit outside of the handles would hold for all of them.
    assert caddyfile.count("request_body") == len(limits) == 3
    # A table comes with a second file of claims.
    assert limits["@desk"] * 1_000_000 >= 2 * MOST_BYTES + 1_000_000 > LARGEST_FILE
    assert limits["@partners"] * 1_000_000 >= 4 * LARGEST_BODY and limits[""] <= 6
