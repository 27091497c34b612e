"""import_ged: a file, an address or a release of UCDP GED becomes published incidents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from conflict.kit.problems import Problem, Refused
from conflict.kit.rejections import Rejections
from events.codes import SourceKind
from events.countries import COUNTRIES
from events.ingest.files import Progress, local_file
from events.ingest.ged.sides import Register
from events.ingest.ged.staging import Staging
from events.ingest.ged.steps import GedRows
from events.ingest.rowfiles import opened
from events.models import Source
from events.verbs.importing import Imported, Origin, Tell, import_rows

DOWNLOADS = "https://ucdp.uu.se/downloads"
RELEASE = re.compile(r"[0-9]{2}\.[0-9]{1,2}(\.[0-9]{1,2}){0,2}")
_IN_NAME = re.compile(r"(?:GEDEvent_v|ged)_?([0-9]{2}(?:_[0-9]{1,2}){1,3}|[0-9]{3})(?![0-9])", re.IGNORECASE)


def import_ged(
    address: str = "",
    release: str = "",
    *,
    countries: Iterable[str] = (),
    report: Path | None = None,
    by: User | None = None,
    dry_run: bool = False,
    tell: Tell = lambda step: None,
    progress: Progress = lambda rows: None,
) -> Imported:
    """Import the GED file at a path or http(s) address; without one, the published file of `release`.

    `report` receives the rows that could not be used. Raises Refused, with nothing changed, for what is no GED file,
    an unknown country or an impossible release.
    """
    wanted = frozenset(countries)
    refuse_unknown(wanted, release)
    address = address or official(release)
    with (
        local_file(address) as path,
        opened(path) as table,
        Rejections(report) as rejections,
        transaction.atomic(),
    ):
        origin = origin_of(path, release or release_in(path.name), wanted)
        staging = Staging(table, path.name, rejections, wanted, Register.load())
        return import_rows(GedRows(staging, origin, progress), origin, by=by, dry_run=dry_run, tell=tell)


def origin_of(path: Path, release: str, countries: frozenset[str]) -> Origin:
    """Where the rows come from, as the record will say."""
    only = next(iter(countries)) if len(countries) == 1 else ""
    return Origin(dataset(), f"UCDP GED {release}".strip(), release, path.name, sha256_of(path), only)


def official(release: str) -> str:
    """The address of a release: the yearly one is a zip, a candidate (monthly or of several months) a csv."""
    if not release:
        raise Refused(Problem("file", "", "a file, an address or a release of UCDP GED"))
    if release.count(".") == 1:
        return f"{DOWNLOADS}/ged/ged{release.replace('.', '')}-csv.zip"
    return f"{DOWNLOADS}/candidateged/GEDEvent_v{release.replace('.', '_')}.csv"


def refuse_unknown(countries: frozenset[str], release: str) -> None:
    """Countries are ISO 3166-1 alpha-3 codes of the record; releases look like 25.1 or 26.0.1."""
    for code in countries - set(COUNTRIES):
        raise Refused(Problem("country", code, "one of " + ", ".join(sorted(COUNTRIES))))
    if release and not RELEASE.fullmatch(release):
        raise Refused(
            Problem("release", release, "a release of UCDP GED as 25.1 (yearly) or 26.0.1 (monthly)")
        )


def release_in(name: str) -> str:
    """The release that a published file carries in its name (GEDEvent_v26_0_1.csv, ged251-csv.zip), or nothing."""
    found = _IN_NAME.search(name)
    if not found:
        return ""
    return found[1].replace("_", ".") if "_" in found[1] else f"{found[1][:2]}.{found[1][2]}"


def dataset() -> Source:
    """UCDP GED as a source; editors may grade it and correct its texts."""
    source, _ = Source.objects.get_or_create(
        slug="ucdp-ged",
        defaults={
            "name": "UCDP Georeferenced Event Dataset",
            "kind": SourceKind.DATASET,
            "language": "en",
            "url": f"{DOWNLOADS}/",
            "licence": "CC BY 4.0",
            "attribution": "Uppsala Conflict Data Program (UCDP), Georeferenced Event Dataset and Candidate Events Dataset, CC BY 4.0",
        },
    )
    return source


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
