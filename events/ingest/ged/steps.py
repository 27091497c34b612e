"""The steps of a GED import, one set-based statement (or few) each; the SQL stands in `sql/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from actors.models import Actor
from conflict.kit.problems import Problem
from events.claims.rules import REPORTED, VERSION
from events.ingest.files import Progress
from events.ingest.ged.pairs import cast_rows, make_actors
from events.ingest.ged.staging import Staging, copy_rows
from events.ingest.placing import Agreement, locate, same_unit
from events.record.columns import CURRENT, INCIDENT_COLUMNS
from events.record.ledger import weighed
from events.verbs.importing import ROLE, Counts, Origin, Tell

SQL = Path(__file__).parent / "sql"


def statement(name: str, **parts: str) -> str:
    """The text of a step, with constants of this package put in."""
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    return text.format(**parts) if parts else text


class GedRows:
    """The rows of one GED file on their way to desk and record (`verbs.importing.Incoming`)."""

    def __init__(self, staging: Staging, origin: Origin, progress: Progress) -> None:
        self.staging = staging
        self.progress = progress
        self.said: list[str] = []
        self.params: dict[str, Any] = {
            "dataset": origin.dataset.pk,
            "slug": origin.dataset.slug,
            "licence": origin.dataset.licence,
            "attribution": origin.dataset.attribution,
            "claimant": json.dumps(claimant(origin)),
            "release": origin.release,
            "label": origin.label,
            "role": ROLE,
            "rule": REPORTED,
            "rule_version": VERSION,
        }

    def run(self, name: str, **parts: str) -> None:
        """Run one step."""
        with connection.cursor() as cursor:
            cursor.execute(statement(name, **parts), self.params)

    def ask(self, sql: str) -> list[Any]:
        """Ask a temporary table."""
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def sort(self, tell: Tell) -> Counts:
        """Read the file, resolve who met whom, compare with the desk."""
        self.run("staging")
        tell("reading the file")
        self.staging.copy(self.progress)
        tell("comparing with the desk")
        self.casts = self.staging.pairs.resolved()
        copy_rows("ged_identity", ((number, cast.identity) for number, cast in enumerate(self.casts)))
        self.run("sort")
        self.reject_repeated()
        return self.counts(dict(self.ask("SELECT fate, count(*) FROM ged_fate GROUP BY fate")))

    def counts(self, fates: Mapping[str, int]) -> Counts:
        """The sum of the run so far."""
        created, held = fates.get("created", 0), fates.get("held", 0)
        return Counts(
            self.staging.read, created, fates.get("changed", 0) + held, self.staging.rejections.count, held
        )

    def reject_repeated(self) -> None:
        """Report rows whose id stands again further down."""
        for line, row_id, last in self.ask("SELECT line, external_id, last FROM ged_again ORDER BY line"):
            self.staging.reject(
                line, Problem("id", row_id, f"an id that stands once; line {last} has it again and counts")
            )

    def write_desk(self, tell: Tell) -> set[int]:
        """Actors, incidents, participations and claims; return the actors that are named."""
        tell("making actors and places")
        self.cast_actors()
        self.run("places")
        with connection.cursor() as cursor:
            locate(cursor)
        self.run("sites", search_title=weighed("title"), search_place=weighed("place"))
        self.run("fresh")
        values = statement("incident_values")
        tell("writing incidents")
        self.run("desk_new", incident_values=values)
        if self.ask("SELECT FROM ged_fresh WHERE fate = 'changed' LIMIT 1"):
            self.run("desk_changed", incident_values=values)
        if self.ask("SELECT FROM ged_fresh WHERE fate = 'held' LIMIT 1"):
            self.run("review", incident_values=values)
        tell("writing participations and claims")
        self.run("desk_parts")
        self.said = [*self.oddities(), *self.unit_names()]
        return self.named_actors()

    def cast_actors(self) -> None:
        """Make the actors that the rows to be written need, and say to the SQL who they are."""
        pairs = {pair for (pair,) in self.ask("SELECT DISTINCT pair FROM ged_fate")}
        spots = {spot for (spot,) in self.ask("SELECT DISTINCT spot FROM ged_fate")}
        civilians = self.staging.pairs.civilians.slug
        make_actors(
            self.staging.pairs.register,
            {civilians} | {part.slug for one in pairs for part, _ in self.casts[one].parts},
        )
        actor = Actor.objects.get(slug=civilians)
        self.params["civilians"] = actor.merged_into_id or actor.pk
        copy_rows("ged_cast", cast_rows(self.casts, pairs))
        copy_rows("ged_spot", self.staging.spots.rows(spots))

    def named_actors(self) -> set[int]:
        """The actors that the versions of this run carry."""
        rows = self.ask(
            "SELECT DISTINCT (part ->> 0)::bigint FROM ged_cast JOIN ged_fresh USING (pair), jsonb_array_elements(participants) part"
            " WHERE fate <> 'held' UNION SELECT DISTINCT unnest(about) FROM ged_claim WHERE fate <> 'held'"
        )
        return {actor for (actor,) in rows}

    def oddities(self) -> list[str]:
        """What was used although it is odd."""
        return [f"{count} rows {what}" for what, count in self.ask(statement("remarks"))]

    def unit_names(self) -> list[str]:
        """How the file's names of units agree with the boundaries; nothing where none are loaded."""
        names = Agreement()
        for level, given, found, found_fr, count in self.ask(statement("names")):
            same = same_unit(given, found) or same_unit(given, found_fr)
            (names.agree if same else names.disagree)[level] += count
        return [
            f"names of level {level} against the boundaries: {names.agree[level]} agree, {names.disagree[level]} differ"
            for level in (1, 2)
            if names.agree[level] or names.disagree[level]
        ]

    def write_record(self, number: int, tell: Tell) -> int:
        """The versions."""
        tell("publishing")
        self.params["number"] = number
        names = list(INCIDENT_COLUMNS)
        self.run(
            "record",
            current=str(CURRENT),
            columns=", ".join(names),
            new_columns=", ".join(f"new.{name}" for name in names),
            search_text=weighed("text"),
        )
        return int(self.ask("SELECT count(*) FROM ged_fresh WHERE fate <> 'held'")[0][0])

    def report_file(self) -> str:
        """The report's name, empty when no row was rejected."""
        path = self.staging.rejections.path
        return path.name if path and self.staging.rejections.count else ""

    def remarks(self) -> list[str]:
        """What the summary says besides the counts."""
        return self.said


def claimant(origin: Origin) -> dict[str, Any]:
    """The dataset as the claimant of its figures, in the shape of `documents.claimant_entry`."""
    source = origin.dataset
    return {"kind": "dataset", "name": source.name, "slug": source.slug, "grade": source.grade or None}
