"""The shapes of answers, by name: what `events.rows`, `events.answers.details`, `events.lens` and the doors send, as schemas.

`SHAPES` become the document's components. They are open (more fields may come); the tests hold every answer to them
closed, so that a field that is sent and not described here fails.
"""

from __future__ import annotations

from actors.codes import ActorKind
from conflict.kit.codes import Code
from events.answers.details import EXPORT_ONLY
from events.codes import (
    Confidence,
    EventSubtype,
    EventType,
    Outcome,
    PublicationKind,
    Role,
)
from events.contract.actor_shapes import ACTOR_SHAPES
from events.contract.claim_shapes import CLAIM_SHAPES
from events.contract.claim_table import claim_table_shapes
from events.contract.estimates import ESTIMATE_SHAPES
from events.contract.history_shapes import HISTORY_SHAPES
from events.contract.network_shapes import network_shapes
from events.contract.reports import REPORT_SHAPES
from events.contract.schemas import (
    STATED,
    Schema,
    address,
    by_name,
    code,
    codes_schema,
    day,
    decimal,
    flag,
    instant,
    list_of,
    nullable,
    shape,
    text,
    thing,
    whole,
)
from events.rows import FIELDS, Field

LANGUAGE = text("`en` or `fr`.", enum=["en", "fr"])
TEXTS = by_name(text(), "By language.")
DEATHS = {
    "fatalities_low": whole("Sum of the incidents' lowest claims."),
    "fatalities_best": whole("Sum of the incidents' best figures."),
    "fatalities_high": whole("Sum of the incidents' highest claims."),
}
# What the lists among the fields hold.
ITEMS: dict[str, Schema] = {"actors": shape("Participant"), "sources": text()}
KINDS = {"string": text, "integer": whole, "number": decimal, "date": day}


def field_schema(field: Field) -> Schema:
    """A public field of an incident."""
    if field.kind == "array":
        schema = list_of(ITEMS[field.name], field.meaning)
    elif field.kind == "boolean":
        schema = flag(field.meaning)
    elif field.codes:
        schema = code(field.codes, field.meaning)
    else:
        schema = KINDS[field.kind](field.meaning)
    return nullable(schema) if field.nullable else schema


INCIDENT_FIELDS = {field.name: field_schema(field) for field in FIELDS.values()}
DETAIL_FIELDS = {name: schema for name, schema in INCIDENT_FIELDS.items() if name not in EXPORT_ONLY}
# What every answer under the query language says beside its data.
ENVELOPE = {**STATED, "query": text("The question in words.")}
# What every export says of itself.
ABOUT = {
    "citation": text("How to cite the export."),
    "estimate": shape("EstimateRule"),
    "datasets": list_of(
        thing(
            "Incidents that came from one dataset; null: from none.",
            {"dataset": nullable(text()), "incidents": whole(), "attribution": text("Whom to name.")},
        )
    ),
    **ENVELOPE,
}
CITED = {
    "outlet": text("Who published it."),
    "title": text(),
    "url": address(),
    "date": text("Day of publication, as far as it is known."),
    "language": text("ISO 639-1."),
    "retrieved": text("Day on which it was read, for pages that change."),
}

INCIDENT_SHAPES: dict[str, Schema] = {
    "License": thing("The licence of the data.", {"name": text(), "url": address()}),
    "Participant": thing(
        "Somebody who took part.",
        {
            "slug": text("The actor's slug."),
            "name": text("Its name, as known then."),
            "kind": code(ActorKind),
            "role": code(Role),
            "label_used": text("What the source called it."),
            "confidence": code(Confidence, "How sure it is that the label means this actor."),
        },
    ),
    # Every field may be left out with `fields`.
    "Incident": thing("An incident in a list.", INCIDENT_FIELDS, tuple(INCIDENT_FIELDS)),
    "Page": thing(
        "A page of incidents.",
        {
            "data": list_of(shape("Incident")),
            "next": nullable(address("The next page; null on the last one.")),
            "count": thing(
                "How many incidents there are in all. From about 10,000 on `exact` is false: nearly so many, reckoned from a"
                " sixteenth of them, or, where only the database can tell, at least so many. Facets have exact totals.",
                {"value": whole(), "exact": flag()},
            ),
            "estimate": shape("EstimateRule"),
            **ENVELOPE,
        },
    ),
    "Feature": thing(
        "An incident as a GeoJSON feature (RFC 7946).",
        {
            "type": {"const": "Feature"},
            "id": text("Public id."),
            "geometry": nullable(
                thing(
                    "Its public point; null where only the country is known.",
                    {
                        "type": {"const": "Point"},
                        "coordinates": list_of(decimal(), "Longitude, latitude.", minItems=2, maxItems=2),
                    },
                )
            ),
            "properties": shape("Incident"),
        },
    ),
    "FeatureCollection": thing(
        "Incidents as GeoJSON (RFC 7946). A file that was cut off is no JSON.",
        {
            "type": {"const": "FeatureCollection"},
            **ABOUT,
            "features": list_of(shape("Feature")),
            "rows": whole("How many features there are."),
            "sha256": text("Digest of every byte before the end of `features`.", pattern="^[0-9a-f]{64}$"),
        },
    ),
    "Manifest": thing(
        "What an export is: with its length and digest a download can be checked.",
        {
            "file": text("Its name."),
            "media_type": text(),
            "rows": whole("Rows of data; headers and what stands around them do not count."),
            "bytes": whole("Length, uncompressed."),
            "sha256": text("Digest of every byte.", pattern="^[0-9a-f]{64}$"),
            **ABOUT,
        },
    ),
    "Source": thing(
        "A source that is cited.", {"key": text("Its key in this incident."), **CITED}, ("key", *CITED)
    ),
    "Version": thing(
        "One version of an incident.",
        {
            "version": whole(),
            "state": text("What it became.", enum=["published", "retracted", "merged"]),
            "publication": whole("The publication that brought it."),
            "at": instant(),
            "kind": code(PublicationKind),
            "reason": text(),
        },
    ),
    "BattleIncident": thing(
        "One incident of a battle.",
        {
            "id": text(),
            "title": text(),
            "date_start": day(),
            "date_end": day(),
            "event_type": code(EventType),
            "event_subtype": nullable(code(EventSubtype)),
            "follows": nullable(text("Id of the incident before it.")),
        },
    ),
    "Battle": thing(
        "The battle that an incident belongs to.",
        {"id": text(), "title": text(), "summary": text(), "incidents": list_of(shape("BattleIncident"))},
    ),
    "DatasetDetail": thing(
        "The dataset an incident came from.",
        {
            "slug": text(),
            "id": text("Id of the incident there."),
            "release": nullable(text()),
            "licence": text(),
            "attribution": text(),
        },
    ),
    "IncidentDetail": thing(
        "One incident in full.",
        {
            **DETAIL_FIELDS,
            "titles": TEXTS,
            "summary": text(),
            "summaries": TEXTS,
            "outcome": nullable(code(Outcome, "How a battle ended.")),
            "claim_list": list_of(shape("Claim"), "Every claim that counts, side by side."),
            "estimates": list_of(shape("Estimate"), "Ranges of deaths, by victims."),
            "rule": text("The rule that made the ranges, with its version."),
            "evidence": list_of(shape("Evidence")),
            "source_list": list_of(shape("Source")),
            "group": nullable(shape("Battle")),
            "follows": nullable(text("Id of the incident before it in its battle.")),
            "dataset_detail": nullable(shape("DatasetDetail")),
            "boundary_vintage": nullable(text("Boundaries by which the units were found.")),
            "versions": list_of(shape("Version")),
            **STATED,
        },
    ),
    "TimelineRow": thing(
        "Sums of one interval and one value of `by`.",
        {
            "period": day("First day of the interval."),
            "key": nullable(text("Value of `by`.")),
            "incidents": whole(),
            **DEATHS,
        },
        optional=("incidents", *DEATHS),
    ),
    "Timeline": thing(
        "Incidents and deaths over time.",
        {
            "data": list_of(shape("TimelineRow")),
            "interval": text(),
            "by": text(),
            "measure": text(),
            "estimate": shape("EstimateRule"),
            **ENVELOPE,
        },
    ),
    "FacetValue": thing(
        "How many incidents have this value under the other filters.",
        {"value": text(), "label": text("What it is called, in the language asked."), "incidents": whole()},
    ),
    "Totals": thing(
        "Sums under the whole query.",
        {
            "incidents": whole(),
            **DEATHS,
            "located": whole("Incidents with a point."),
            "first": nullable(day("First day of the first incident.")),
            "last": nullable(day("Last day of the last incident.")),
        },
    ),
    "Facets": thing(
        "Counts per filter value.",
        {
            "data": by_name(list_of(shape("FacetValue")), "By filter."),
            "totals": shape("Totals"),
            "estimate": shape("EstimateRule"),
            **ENVELOPE,
        },
    ),
    "TileJSON": thing(
        "TileJSON 3.0.0 of the vector tiles.",
        {
            "tilejson": {"const": "3.0.0"},
            "name": text(),
            "tiles": list_of(text("Address of a tile, with {z}, {x} and {y}.")),
            "minzoom": whole(),
            "maxzoom": whole(),
            "bounds": list_of(decimal(), "West, south, east, north.", minItems=4, maxItems=4),
            "attribution": text(),
            "estimate": shape("EstimateRule"),
            "vector_layers": list_of(
                thing("One layer.", {"id": text(), "fields": by_name(text(), "What each property is.")})
            ),
        },
    ),
}
PLACE_SHAPES: dict[str, Schema] = {
    "Places": thing(
        "Administrative units.",
        {
            "data": list_of(
                thing(
                    "A unit.",
                    {
                        "pcode": text(),
                        "name": text("Local or English name."),
                        "name_fr": text("French name, empty where it is the same."),
                        "level": whole("0 a country, 1 to 3 downwards.", minimum=0, maximum=3),
                        "country": text("ISO 3166-1 alpha-3."),
                        "parent": nullable(text("P-code of the unit above.")),
                        "longitude": nullable(decimal("Of its centre.")),
                        "latitude": nullable(decimal("Of its centre.")),
                        "vintage": text("Which boundaries it is from."),
                        "source": text("Whose boundaries they are."),
                    },
                )
            ),
            "next": nullable(address("The next page.")),
            "url": STATED["url"],
            "attribution": list_of(text(), "Whom to name for the boundaries."),
        },
    ),
    "Outlets": thing(
        "Outlets that published incidents cite.",
        {
            "data": list_of(
                thing(
                    "An outlet.",
                    {
                        "name": text("As incidents cite it, and as `source` takes it."),
                        "since": whole("The publication that first cites it."),
                        "incidents": address("The incidents that cite it."),
                    },
                )
            ),
            "next": nullable(address("The next page.")),
            **STATED,
        },
    ),
}
PROBLEM_SHAPES: dict[str, Schema] = {
    "Problem": thing(
        "One thing wrong.",
        {
            "field": text("The parameter, header or member."),
            "value": {"description": "What was given.", "type": ["string", "number", "boolean", "null"]},
            "valid": text("What is valid there."),
            "nearest": text("The valid name that was probably meant."),
        },
        ("nearest",),
    ),
    "Refusal": thing(
        "A problem document (RFC 9457) with everything that is wrong.",
        {
            "type": text(),
            "title": text(),
            "status": whole(),
            "detail": text("The problems in one sentence."),
            "problems": list_of(shape("Problem")),
        },
    ),
    "Tombstone": thing(
        "What remains of a retracted incident.",
        {
            "type": text(),
            "title": text(),
            "status": whole(),
            "id": text(),
            "publication": whole("The publication that retracted it."),
            "at": instant("When it was made."),
            "reason_code": nullable(text()),
        },
    ),
}
SHAPES = {
    **PROBLEM_SHAPES,
    **INCIDENT_SHAPES,
    **HISTORY_SHAPES,
    **CLAIM_SHAPES,
    **claim_table_shapes(ENVELOPE),
    **ESTIMATE_SHAPES,
    **ACTOR_SHAPES,
    **network_shapes(ENVELOPE),
    **REPORT_SHAPES,
    **PLACE_SHAPES,
}


def code_lists(schema: object) -> set[type[Code]]:
    """The code lists that a schema refers to."""
    names = {codes.__name__: codes for codes in Code.__subclasses__()}
    if isinstance(schema, dict):
        found = {
            names[name] for value in [schema.get("$ref", "")] if (name := value.rpartition("/")[2]) in names
        }
        return found.union(*(code_lists(value) for value in schema.values()))
    return set().union(*map(code_lists, schema)) if isinstance(schema, list | tuple) else set()


COMPONENTS: dict[str, Schema] = {
    **SHAPES,
    **{codes.__name__: codes_schema(codes) for codes in sorted(code_lists(SHAPES), key=lambda c: c.__name__)},
}
