"""The one list of public fields of an incident: what each is called, means, and how it is written.

JSON, GeoJSON, CSV and every later format take their fields from `FIELDS`; `fields=` picks from the same names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conflict.kit.codes import Code
from events.codes import (
    RADIUS_KM,
    DatePrecision,
    EventSubtype,
    EventType,
    IncidentVerification,
    LocationPrecision,
)
from events.record.known import ActorBook

Row = Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """How rows are looked at: the actors known then, and the language of texts."""

    actors: ActorBook
    lang: str = "en"


@dataclass(frozen=True)
class Field:
    """One public field.

    `columns` are the record's columns it needs, `value` makes its JSON value, `cell` its text in tables (the JSON
    value where nothing else is given), `hxl` its hashtag. `sql` gives, for a language, the value as an expression of
    the record, so that exports are written by PostgreSQL; a field without it depends on the actors known then.
    """

    name: str
    kind: str
    meaning: str
    columns: tuple[str, ...]
    value: Callable[[Row, View], Any]
    cell: Callable[[Row, View], Any] | None = None
    hxl: str = ""
    nullable: bool = False
    codes: type[Code] | None = None
    sql: Callable[[str], str] | None = None

    def text(self, row: Row, view: View) -> Any:
        """The value as a table's cell."""
        return self.value(row, view) if self.cell is None else self.cell(row, view)


def plain(
    name: str, kind: str, meaning: str, hxl: str = "", nullable: bool = False, codes: type[Code] | None = None
) -> Field:
    """A column shown as it is; `nullable` where the record may not know it, `codes` where its values are a list."""
    cell = whole_without_point(name) if kind == "number" else None
    return Field(
        name,
        kind,
        meaning,
        (name,),
        lambda row, view: row[name],
        cell,
        hxl,
        nullable,
        codes,
        lambda lang: name,
    )


def whole_without_point(name: str) -> Callable[[Row, View], Any]:
    """A decimal number as a cell: without `.0` where it is whole, as PostgreSQL writes it."""

    def cell(row: Row, view: View) -> Any:
        value = row[name]
        return int(value) if value is not None and value == int(value) else value

    return cell


def day(name: str, meaning: str, hxl: str) -> Field:
    """A date column, written as ISO text."""
    return Field(
        name,
        "date",
        meaning,
        (name,),
        lambda row, view: row[name].isoformat(),
        hxl=hxl,
        sql=lambda lang: f"to_char({name}, 'YYYY-MM-DD')",
    )


def title(row: Row, view: View) -> str:
    """The title in the language asked, else in the other one."""
    return title_in(row, view.lang)


def title_in(row: Row, lang: str) -> str:
    """The title in `lang`, else in the other language."""
    return row[f"title_{lang}"] or row[other_title(lang)]


def other_title(lang: str) -> str:
    """The column of the title in the other language."""
    return "title_en" if lang == "fr" else "title_fr"


def title_lang(row: Row, view: View) -> str:
    """The language the title is really in."""
    return view.lang if row[f"title_{view.lang}"] else ("en" if view.lang == "fr" else "fr")


def actors(row: Row, view: View) -> list[dict[str, Any]]:
    """Everybody who took part, under the name known then."""
    return [actor_entry(part, view) for part in row["participants"]]


def actor_entry(part: Sequence[Any], view: View) -> dict[str, Any]:
    """One participant, from [actor id, role, label used, confidence]."""
    actor_id, role, label_used, confidence = part
    actor = view.actors.resolve(actor_id)
    return {
        "slug": actor.slug,
        "name": actor.name(view.lang),
        "kind": actor.kind,
        "role": role,
        "label_used": label_used,
        "confidence": confidence,
    }


def named(*roles: str) -> Callable[[Row, View], str]:
    """The names of those in these roles (all when none is given), joined by semicolons."""

    def names(row: Row, view: View) -> str:
        found = [
            view.actors.resolve(part[0]).name(view.lang)
            for part in row["participants"]
            if not roles or part[1] in roles
        ]
        return "; ".join(dict.fromkeys(found))

    return names


def slugs(row: Row, view: View) -> str:
    """The slugs of everybody who took part, joined by semicolons."""
    return "; ".join(dict.fromkeys(view.actors.resolve(part[0]).slug for part in row["participants"]))


def listed(name: str) -> Callable[[Row, View], str]:
    """A list column joined by semicolons."""
    return lambda row, view: "; ".join(row[name])


def radius(row: Row, view: View) -> int:
    """The radius a map draws around the point, in kilometres."""
    return RADIUS_KM[LocationPrecision(row["location_precision"])]


RADII = " ".join(f"WHEN '{precision}' THEN {km}" for precision, km in RADIUS_KM.items())
PARTS = ("participants",)
TITLES = ("title_en", "title_fr")
FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        plain("id", "string", "Public id, stable for ever.", "#event+id"),
        Field(
            "title",
            "string",
            "Sentence of fact, in the language asked if there is one.",
            TITLES,
            title,
            hxl="#event+name",
            sql=lambda lang: f"coalesce(nullif(title_{lang}, ''), {other_title(lang)})",
        ),
        Field(
            "title_lang",
            "string",
            "Language the title is in.",
            TITLES,
            title_lang,
            hxl="#meta+lang",
            sql=lambda lang: (
                f"CASE WHEN title_{lang} <> '' THEN '{lang}' ELSE '{other_title(lang)[-2:]}' END"
            ),
        ),
        plain("event_type", "string", "Event type.", "#event+type", codes=EventType),
        plain(
            "event_subtype", "string", "Event sub-type.", "#event+subtype", nullable=True, codes=EventSubtype
        ),
        day("date_start", "First day.", "#date+start"),
        day("date_end", "Last day, included.", "#date+end"),
        plain(
            "date_precision",
            "string",
            "How precisely the date is known.",
            "#date+precision",
            codes=DatePrecision,
        ),
        plain("country", "string", "ISO 3166-1 alpha-3.", "#country+code+v_iso3"),
        plain("admin1", "string", "First-level unit, p-code.", "#adm1+code", nullable=True),
        plain("admin1_name", "string", "First-level unit, name.", "#adm1+name", nullable=True),
        plain("admin2", "string", "Second-level unit, p-code.", "#adm2+code", nullable=True),
        plain("admin2_name", "string", "Second-level unit, name.", "#adm2+name", nullable=True),
        plain("admin3", "string", "Third-level unit, p-code.", "#adm3+code", nullable=True),
        plain("place", "string", "Name of the place.", "#loc+name", nullable=True),
        plain("longitude", "number", "Degrees east (WGS 84) of the public point.", "#geo+lon", nullable=True),
        plain("latitude", "number", "Degrees north (WGS 84) of the public point.", "#geo+lat", nullable=True),
        plain(
            "location_precision",
            "string",
            "How precisely the place is known.",
            "#geo+precision",
            codes=LocationPrecision,
        ),
        Field(
            "radius_km",
            "integer",
            "Radius to draw for a place known roughly.",
            ("location_precision",),
            radius,
            hxl="#geo+radius",
            sql=lambda lang: f"CASE location_precision {RADII} END",
        ),
        Field(
            "actors",
            "array",
            "Everybody who took part, with role and the label the source used.",
            PARTS,
            actors,
            named(),
            "#group+name+all",
        ),
        Field(
            "side_a", "string", "Names on side A.", PARTS, named("side_a", "ally_a"), hxl="#group+name+first"
        ),
        Field(
            "side_b", "string", "Names on side B.", PARTS, named("side_b", "ally_b"), hxl="#group+name+second"
        ),
        Field("actor_slugs", "string", "Slugs of everybody who took part.", PARTS, slugs, hxl="#group+code"),
        plain(
            "fatalities_low",
            "integer",
            "Deaths, lowest claim (rule `reported`).",
            "#affected+killed+min",
            nullable=True,
        ),
        plain(
            "fatalities_best",
            "integer",
            "Deaths, best figure (rule `reported`).",
            "#affected+killed",
            nullable=True,
        ),
        plain(
            "fatalities_high",
            "integer",
            "Deaths, highest claim (rule `reported`).",
            "#affected+killed+max",
            nullable=True,
        ),
        plain(
            "open_ended",
            "boolean",
            "Somebody leaves the upper end open (“at least”).",
            "#affected+killed+open",
        ),
        plain("contested", "boolean", "Claimants' figures contradict each other.", "#status+contested"),
        plain("claims", "integer", "Claims on deaths.", "#meta+claims"),
        plain("claimants", "integer", "Different voices among them.", "#meta+claimants"),
        plain("civilian_targeting", "boolean", "Civilians were the target.", "#event+civilians"),
        plain(
            "verification",
            "string",
            "How far the incident is verified.",
            "#status+verification",
            codes=IncidentVerification,
        ),
        Field(
            "sources",
            "array",
            "Outlets cited.",
            ("sources",),
            lambda row, view: row["sources"],
            listed("sources"),
            "#meta+source",
            sql=lambda lang: "sources",
        ),
        plain("dataset", "string", "Dataset the incident came from.", "#meta+dataset", nullable=True),
        plain("dataset_id", "string", "Its id there.", "#meta+id", nullable=True),
        plain("part_of", "string", "Battle the incident belongs to.", "#event+group", nullable=True),
        plain("version", "integer", "Version of this incident.", "#meta+version"),
        plain("known_from", "integer", "Publication that published this version.", "#meta+publication"),
    )
}


def chosen(names: Sequence[str]) -> list[Field]:
    """The fields asked for, or all."""
    return [FIELDS[name] for name in names] if names else list(FIELDS.values())


def columns_of(fields: Sequence[Field]) -> list[str]:
    """The record's columns that these fields need."""
    return list(dict.fromkeys(column for field in fields for column in field.columns))


def json_row(row: Row, fields: Sequence[Field], view: View) -> dict[str, Any]:
    """One incident as JSON."""
    return {field.name: field.value(row, view) for field in fields}


class JsonPage:
    """Incidents of a page as JSON: what PostgreSQL can write it writes; fields that depend on the actors are put in here.

    `columns` is the select list whose rows `finished` takes. Dates are left to the writer of JSON: an alias in their
    stead would be what ORDER BY sorts by.
    """

    HIDDEN = "_participants"

    def __init__(self, fields: Sequence[Field], view: View) -> None:
        self.view = view
        self.names = [field.name for field in fields]
        self.own = [field for field in fields if field.sql is None]
        self.columns = [self.selected(field) for field in fields]
        if self.own:
            self.columns.append(f"participants::text AS {self.HIDDEN}")
        self.written: dict[str, dict[str, Any]] = {}

    def selected(self, field: Field) -> str:
        """One column of the select list."""
        if field.sql is None:
            return f"NULL AS {field.name}"
        plain = field.kind == "date" or field.columns == (field.name,)
        return field.name if plain else f"{field.sql(self.view.lang)} AS {field.name}"

    def finished(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row as JSON: the fields in their order, whatever else was read beside them."""
        if self.own:
            row.update(self.of_actors(row[self.HIDDEN]))
        return {name: row[name] for name in self.names}

    def of_actors(self, participants: str) -> dict[str, Any]:
        """The fields that depend on the actors, made once for each list of participants."""
        found = self.written.get(participants)
        if found is None:
            row = {"participants": json.loads(participants)}
            found = self.written[participants] = {
                field.name: field.value(row, self.view) for field in self.own
            }
        return found


def feature(row: Row, fields: Sequence[Field], view: View) -> dict[str, Any]:
    """One incident as a GeoJSON feature (RFC 7946); geometry is null where only the country is known."""
    located = row["longitude"] is not None
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
        if located
        else None,
        "properties": json_row(row, fields, view),
    }


def cells(row: Row, fields: Sequence[Field], view: View) -> list[Any]:
    """One incident as a line of a table."""
    return [field.text(row, view) for field in fields]
