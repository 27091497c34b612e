"""draft: entries of a table become drafts on the desk, many in few statements; nothing here publishes.

An entry is what `events.ingest.tables.entries` describes. What a person has worked on since is never overwritten: the new
row is held, as a trace that an editor reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.contrib.gis.geos import Point
from django.utils import timezone

from actors.models import Actor, Person
from conflict.kit.text import slug as slug_of
from events.models import Claim, ImportRun, Incident, Participation, Source, TableRow, Trace
from events.policy import shown_role
from events.verbs.differences import changed_fields
from events.verbs.tracing import subject_of

Entry = Mapping[str, Any]
SLICE = 2_000
CLAIM_COLUMNS = ("stance", "measure", "item_class", "quantifier", "low", "high", "phrase", "phrase_lang",
                 "verification", "scope", "status", "note", "relayed_by")  # fmt: skip
WRITTEN = ("title_en", "title_fr", "summary_en", "summary_fr", "event_type", "event_subtype", "date_start", "date_end",
           "date_precision", "country", "place_name", "point", "location_precision", "admin1", "admin1_name", "admin2",
           "admin2_name", "admin3", "boundary_vintage", "sensitivity", "civilian_targeting", "verification", "outcome",
           "source_list", "internal_note", "revision", "updated_at")  # fmt: skip


@dataclass(frozen=True)
class Drafted:
    """One row of the table on its way.

    Its entry, digest and line; the administrative units at its point, as columns of `Incident`; what to note for
    colleagues; the row known before.
    """

    entry: Entry
    digest: bytes
    line: int
    units: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    known: TableRow | None = None


@dataclass
class Drafting:
    """One run: whose table, by whom, under which import run."""

    source: Source
    run: ImportRun
    by: User | None
    file: str
    actors: dict[str, Actor] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    people: dict[tuple[str, str], Person] = field(default_factory=dict)

    def open(self, rows: Sequence[Drafted]) -> None:
        """New drafts."""
        for some in sliced(rows):
            drafts = [incident_of(row.entry, Incident(author=self.by), row) for row in some]
            Incident.objects.bulk_create(drafts)
            self.write_parts(drafts, some)
            TableRow.objects.bulk_create(
                TableRow(source=self.source, key=row.entry["key"], incident=draft, digest=row.digest)
                for row, draft in zip(some, drafts, strict=True)
            )
            self.trace(
                "open", zip(drafts, some, [changed_fields(None, draft) for draft in drafts], strict=True)
            )

    def change(self, rows: Sequence[Drafted]) -> None:
        """Drafts that nobody has touched since the table brought them: written anew, with what was there in the trace."""
        for some in sliced(rows):
            old = Incident.objects.in_bulk([known_of(row).incident_id for row in some])
            new = [incident_of(row.entry, copied(old[known_of(row).incident_id]), row) for row in some]
            for draft in new:
                draft.revision += 1
                draft.updated_at = timezone.now()
            told = [changed_fields(old[draft.pk], draft) for draft in new]
            Participation.objects.filter(incident__in=new).delete()
            Claim.objects.filter(incident__in=new).delete()
            Incident.objects.bulk_update(new, WRITTEN, batch_size=500)
            self.write_parts(new, some)
            self.remember(some, {draft.pk: draft.revision for draft in new})
            self.trace("revise", zip(new, some, told, strict=True))

    def hold(self, rows: Sequence[Drafted]) -> None:
        """Rows whose incident people have worked on: their work stays, what the row says now stands in a trace."""
        for some in sliced(rows):
            kept = Incident.objects.in_bulk([known_of(row).incident_id for row in some])
            now = [kept[known_of(row).incident_id] for row in some]
            told = [
                changed_fields(incident, incident_of(row.entry, copied(incident), row))
                for row, incident in zip(some, now, strict=True)
            ]
            self.remember(some, {})
            self.trace("hold", zip(now, some, told, strict=True))

    def remember(self, rows: Sequence[Drafted], revisions: Mapping[int, int]) -> None:
        """Which digest was seen last."""
        known = [known_of(row) for row in rows]
        for one, row in zip(known, rows, strict=True):
            one.digest = row.digest
            one.revision = revisions.get(one.incident_id, one.revision)
        TableRow.objects.bulk_update(known, ["digest", "revision"], batch_size=500)

    def trace(self, verb: str, rows: Iterable[tuple[Incident, Drafted, dict[str, Any]]]) -> None:
        """One trace per incident."""
        role = shown_role(self.by) if self.by else "importer"
        Trace.objects.bulk_create(
            (
                Trace(
                    verb=verb,
                    subject=subject_of(incident),
                    by=self.by,
                    role=role,
                    reason=f"Table {self.file}, row {row.entry['key']}, line {row.line}",
                    change={"fields": fields, "revision": incident.revision, "run": self.run.pk}
                    | ({"table": row.entry} if verb == "hold" else {}),
                )
                for incident, row, fields in rows
            ),
            batch_size=1_000,
        )

    def write_parts(self, drafts: Sequence[Incident], rows: Sequence[Drafted]) -> None:
        """Participants and claims."""
        self.meet([row.entry for row in rows])
        pairs = list(zip(drafts, rows, strict=True))
        Participation.objects.bulk_create(
            Participation(**{**part, "incident": draft, "actor": self.actors[part["actor"]]})
            for draft, row in pairs
            for part in row.entry["participants"]
        )
        said = [(self.claim(draft, one), one) for draft, row in pairs for one in row.entry["claims"]]
        Claim.objects.bulk_create([claim for claim, _ in said])
        through = Claim.about.through
        through.objects.bulk_create(
            through(claim=claim, actor=self.actors[slug]) for claim, one in said for slug in one["about"]
        )

    def claim(self, draft: Incident, entry: Entry) -> Claim:
        """One claim, not yet saved."""
        columns = {name: entry[name] for name in CLAIM_COLUMNS}
        aside = entry["note"][:300] if entry["status"] == "set_aside" else ""
        return Claim(incident=draft, set_aside_why=aside, **columns, **self.voice(entry["claimant"]))

    def voice(self, entry: Entry) -> dict[str, Any]:
        """Who makes a claim."""
        if entry["kind"] == "actor":
            return {"claimant_actor": self.actors[entry["name"]]}
        if entry["kind"] == "source":
            return {"claimant_source": self.heard(entry["name"])}
        key = (entry["name"], entry["affiliation"])
        if key not in self.people:
            whom = self.actors.get(entry["affiliation"])
            self.people[key], _ = Person.objects.get_or_create(name=entry["name"], affiliation=whom)
        return {"claimant_person": self.people[key]}

    def heard(self, name: str) -> Source:
        """The source of that name, made if it is new."""
        if name not in self.sources:
            self.sources[name], _ = Source.objects.get_or_create(slug=slug_of(name), defaults={"name": name})
        return self.sources[name]

    def meet(self, entries: Iterable[Entry]) -> None:
        """Read the actors that the entries name and that this run has not met."""
        slugs = {slug for entry in entries for slug in slugs_of(entry)} - set(self.actors)
        self.actors |= {actor.slug: actor for actor in Actor.objects.filter(slug__in=slugs)}


def slugs_of(entry: Entry) -> set[str]:
    """Every actor that an entry names."""
    found = {part["actor"] for part in entry["participants"]}
    for said in entry["claims"]:
        found |= {*said["about"], said["claimant"]["affiliation"]}
        if said["claimant"]["kind"] == "actor":
            found.add(said["claimant"]["name"])
    return found - {""}


def known_of(row: Drafted) -> TableRow:
    """The row known before of one that is changed or held."""
    assert row.known is not None
    return row.known


def sliced(rows: Sequence[Drafted]) -> Iterable[Sequence[Drafted]]:
    """In slices that fit into memory and one statement."""
    return (rows[start : start + SLICE] for start in range(0, len(rows), SLICE))


def copied(row: Incident) -> Incident:
    """A copy of an incident that can be changed without changing this one."""
    columns = {column.attname: getattr(row, column.attname) for column in Incident._meta.concrete_fields}
    return Incident(**columns)


NO_UNITS = dict.fromkeys(("admin1", "admin1_name", "admin2", "admin2_name", "admin3", "boundary_vintage"), "")


def incident_of(entry: Entry, row: Incident, drafted: Drafted | None = None) -> Incident:
    """`row` with an entry's values, and with the units and the note that come with it."""
    units, note = (drafted.units, drafted.note) if drafted else ({}, "")
    fields = {**NO_UNITS, **units, **entry["fields"]}
    point = fields.pop("point")
    for name, value in fields.items():
        setattr(row, name, Incident._meta.get_field(name).to_python(value))
    row.point = Point(*point, srid=4326) if point else None
    row.internal_note = "\n".join(filter(None, (entry["fields"]["internal_note"], note)))
    return row
