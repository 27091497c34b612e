"""The one table of settings that come from the environment: name, type, default, meaning.

`settings.py` reads them, `checks.py` refuses wrong ones with a hint, `manage.py reference` writes
them into docs/reference.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

DOORS = ("all", "public", "desk")
LENSES = ("auto", "off")


def flag(text: str) -> bool:
    """Read `true`/`false` (also 1/0, yes/no, on/off)."""
    words = {
        "true": True,
        "1": True,
        "yes": True,
        "on": True,
        "false": False,
        "0": False,
        "no": False,
        "off": False,
    }
    if text.strip().lower() not in words:
        raise ValueError("true or false")
    return words[text.strip().lower()]


def whole(text: str) -> int:
    """Read a whole number of at least 0, in ASCII digits."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError("a whole number of at least 0")
    return int(text)


def names(text: str) -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in text.split(",") if word.strip()]


def database(text: str) -> str:
    """Accept a PostGIS address, `postgis://user:password@host/name`, socket folders percent-encoded as host."""
    if text and not text.startswith("postgis://"):
        raise ValueError(
            "an address of the form postgis://user:password@host/name (host: a name or %2Fsocket%2Ffolder)"
        )
    return text


def doors(text: str) -> str:
    """Which doors a web process opens."""
    if text not in DOORS:
        raise ValueError("one of " + ", ".join(DOORS))
    return text


def service(text: str) -> str:
    """The base address of a service of the operator's own choice."""
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("an address that begins with http:// or https:// and ends in /v1, or nothing")
    return text


def lens(text: str) -> str:
    """Whether counts come from a copy in memory."""
    if text not in LENSES:
        raise ValueError("one of " + ", ".join(LENSES))
    return text


@dataclass(frozen=True)
class Variable:
    """One environment variable: how to read it, what it is when unset (as text), what it means."""

    name: str
    read: Callable[[str], Any]
    default: str
    meaning: str
    kind: str = "text"


VARIABLES = (
    Variable(
        "DATABASE_URL",
        database,
        "",
        "The desk's database, with the role of this process. Unset only where DOORS=public.",
        "PostGIS address",
    ),
    Variable(
        "RECORD_DATABASE_URL",
        database,
        "",
        "The record's database (may be a replica), with the read-only role `sahel_public`.",
        "PostGIS address",
    ),
    Variable("REDIS_URL", str, "", "Redis for the cache and the worker's heartbeat.", "Redis address"),
    Variable(
        "QUOTA_REDIS_URL",
        str,
        "",
        "Redis that counts requests for quotas, where the public doors have one of their own. Default: REDIS_URL.",
        "Redis address",
    ),
    Variable("BROKER_URL", str, "", "Redis as Celery's broker.", "Redis address"),
    Variable(
        "SECRET_KEY", str, "", "Signs sessions and cursors; at least 50 characters in production.", "text"
    ),
    Variable("DEBUG", flag, "false", "Django's debug pages. Never in production.", "true/false"),
    Variable(
        "DOORS",
        doors,
        "all",
        "`public`: pages, API, tiles, with the record role alone; `desk`: the admin; `all`: both.",
        "all/public/desk",
    ),
    Variable("ALLOWED_HOSTS", names, "localhost,127.0.0.1,[::1]", "Host names the site answers to.", "list"),
    Variable(
        "CSRF_TRUSTED_ORIGINS",
        names,
        "",
        "Origins (with https://) behind a proxy whose forms are trusted.",
        "list",
    ),
    Variable(
        "HTTPS",
        flag,
        "false",
        "Served over https: secure cookies, HSTS, redirects. True in production.",
        "true/false",
    ),
    Variable(
        "SAHEL_DATA",
        str,
        "",
        "Folder for what this machine keeps: database cluster, Redis, secrets, import reports.",
        "folder",
    ),
    Variable(
        "TILE_URL",
        str,
        "",
        "Raster base layer, for example https://tile.example.org/{z}/{x}/{y}.png. Unset: Natural Earth shapes, offline.",
        "address",
    ),
    Variable("TILE_ATTRIBUTION", str, "", "Credit line shown for TILE_URL.", "text"),
    Variable(
        "FEED_ALLOWED_HOSTS",
        names,
        "",
        "Hosts on private networks that feeds may be fetched from. Empty in production.",
        "list",
    ),
    Variable(
        "EXTRACTION_ENDPOINT",
        service,
        "",
        "OpenAI-compatible endpoint (its base, which ends in /v1) that reads reports beside the rules. Unset: off. "
        "Texts of reports are sent to it.",
        "address",
    ),
    Variable("EXTRACTION_MODEL", str, "", "The model that EXTRACTION_ENDPOINT is asked for.", "text"),
    Variable("EXTRACTION_KEY", str, "", "The key that EXTRACTION_ENDPOINT wants, if any.", "text"),
    Variable(
        "EXTRACTION_SECONDS",
        whole,
        "30",
        "How long EXTRACTION_ENDPOINT may take for one report before the rules stand alone.",
        "whole number",
    ),
    Variable(
        "RECORD_TIMEOUT_MS",
        whole,
        "2000",
        "Statement timeout of public queries, in milliseconds.",
        "whole number",
    ),
    Variable(
        "LENS",
        lens,
        "auto",
        "`auto`: each web process counts on its own columnar copy of the record, in memory; `off`: always in SQL.",
        "auto/off",
    ),
    Variable(
        "RECORD_TIMEOUT_KEY_MS",
        whole,
        "10000",
        "The same for callers with an API key.",
        "whole number",
    ),
    Variable(
        "QUOTA_ANONYMOUS",
        whole,
        "1200",
        "Requests a minute to the API from one address without a key; 0: no limit.",
        "whole number",
    ),
    Variable(
        "QUOTA_TILES",
        whole,
        "6000",
        "Map tiles a minute from one address without a key; 0: no limit.",
        "whole number",
    ),
    Variable("QUOTA_KEY", whole, "6000", "Requests a minute with one API key; 0: no limit.", "whole number"),
    Variable(
        "PROXY_ADDRESSES",
        names,
        "127.0.0.1,::1",
        "Proxies of ours, whose X-Forwarded-For names the caller; `*` when nobody else can reach the process.",
        "list",
    ),
    Variable("CONN_MAX_AGE", whole, "600", "Seconds a database connection is kept.", "whole number"),
    Variable("LOG_LEVEL", str, "INFO", "DEBUG, INFO, WARNING or ERROR.", "text"),
)


@dataclass(frozen=True)
class WrongVariable:
    """A variable whose value cannot be used."""

    name: str
    value: str
    valid: str


def read_environment(environ: Mapping[str, str] | None = None) -> tuple[dict[str, Any], list[WrongVariable]]:
    """Read every variable; wrong ones fall back to their default and are listed, so that checks can name them all."""
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    wrong: list[WrongVariable] = []
    for variable in VARIABLES:
        text = environ.get(variable.name, variable.default)
        try:
            values[variable.name] = variable.read(text)
        except ValueError as error:
            values[variable.name] = variable.read(variable.default)
            wrong.append(WrongVariable(variable.name, text, str(error)))
    return values, wrong
