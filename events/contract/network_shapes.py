"""The shapes of an actor's years, its network, and names resolved."""

from __future__ import annotations

from actors.codes import ActorKind, RelationKind
from events.answers.actor_names import WORDS
from events.answers.actor_network import ALLY, OPPONENT
from events.contract.schemas import (
    STATED,
    Schema,
    code,
    day,
    decimal,
    list_of,
    nullable,
    partial_day,
    shape,
    text,
    thing,
    whole,
)

ENDS = {"from_actor": text("Slug."), "to_actor": text("Slug.")}


def network_shapes(envelope: dict[str, Schema]) -> dict[str, Schema]:
    """The shapes, with the envelope of every answer under the query language."""
    network = thing(
        "Nodes and edges around one actor.",
        {
            "nodes": list_of(shape("NetworkNode")),
            "relations": list_of(shape("DeclaredEdge"), "Declared in the record."),
            "shared": list_of(shape("SharedEdge"), "Follow from incidents, most first."),
        },
    )
    return {**SHAPES, "Network": thing("An actor's network.", {"data": network, **envelope})}


SHAPES: dict[str, Schema] = {
    "YearOfActor": thing(
        "The incidents that an actor took part in, and all deaths in them, by year of the first day.",
        {
            "year": whole(),
            "incidents": whole(),
            "fatalities_low": whole(),
            "fatalities_best": whole(),
            "fatalities_high": whole(),
        },
    ),
    "NetworkNode": thing(
        "An actor.",
        {"slug": text(), "name": text(), "kind": code(ActorKind), "country": nullable(text())},
    ),
    "DeclaredEdge": thing(
        "A dated relation.",
        {
            **ENDS,
            "kind": code(RelationKind),
            "from": nullable(partial_day()),
            "to": nullable(partial_day()),
            "note": text(),
            "sources": list_of(shape("Source")),
        },
    ),
    "SharedEdge": thing(
        "Sides taken in the same incidents.",
        {
            **ENDS,
            "kind": text(enum=[OPPONENT, ALLY]),
            "incidents": whole(),
            "first": day("First day of the first of them."),
            "last": day("First day of the last of them."),
        },
    ),
    "Candidate": thing(
        "An actor that a name may mean.",
        {
            "slug": text(),
            "name": text(),
            "kind": code(ActorKind),
            "score": decimal("From 0 to 1; it orders candidates.", minimum=0, maximum=1),
            "matched": nullable(shape("NameEntry")),
            "warnings": list_of(shape("NameWarning")),
        },
    ),
    "NameWarning": thing(
        "Why a candidate may be wrong.",
        {
            "code": text(enum=list(WORDS["en"])),
            "text": text(),
            "actor": nullable(shape("ActorName")),
        },
    ),
    "Resolved": thing(
        "Which actor a name means on a day.",
        {
            "data": list_of(shape("Candidate")),
            "name": text("As asked."),
            "on": nullable(day("As asked.")),
            **STATED,
        },
    ),
}
