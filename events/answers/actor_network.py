"""Who an actor has to do with: dated relations that the record declares, and sides taken in the same incidents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from events.query.incidents import BoundQuery
from events.record import actors as sides
from events.record.known import ActorBook, KnownActor

OPPONENT, ALLY = "opponent_in", "ally_in"


def network(actor: KnownActor, documents: Iterable[Mapping[str, Any]], query: BoundQuery) -> dict[str, Any]:
    """Nodes and edges around one actor. `relations` are declared, with sources; `shared` follow from incidents."""
    book, where = query.known.actors, query.where()
    declared = declared_edges(actor.id, documents, book)
    shared = shared_edges(actor, sides.beside(book.members[actor.id], where.sql, where.params), book)
    names = {slug for edge in [*declared, *shared] for slug in (edge["from_actor"], edge["to_actor"])}
    nodes = sorted({actor.slug, *names})
    lang = query.asked.lang
    return {
        "nodes": [node(book.by_name_of(slug), lang) for slug in nodes],
        "relations": declared,
        "shared": shared,
    }


def node(actor: KnownActor, lang: str) -> dict[str, Any]:
    """One actor."""
    return {"slug": actor.slug, "name": actor.name(lang), "kind": actor.kind, "country": actor.country}


def declared_edges(
    actor: int, documents: Iterable[Mapping[str, Any]], book: ActorBook
) -> list[dict[str, Any]]:
    """The relations from and to the actor, by kind and start."""
    found = []
    for row in documents:
        for entry in row["document"]["relations"]:
            if entry["actor"] not in book.by_id:
                continue
            ends = book.resolve(row["actor"]), book.resolve(entry["actor"])
            if actor in (ends[0].id, ends[1].id):
                edge = {name: entry[name] for name in ("kind", "from", "to", "note", "sources")}
                found.append({"from_actor": ends[0].slug, "to_actor": ends[1].slug, **edge})
    return sorted(
        found, key=lambda edge: (edge["kind"], edge["from"] or "", edge["from_actor"], edge["to_actor"])
    )


def shared_edges(
    actor: KnownActor, rows: Iterable[Mapping[str, Any]], book: ActorBook
) -> list[dict[str, Any]]:
    """With whom it stood on one side or on opposite sides, most incidents first; merged actors count as one."""
    counted: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        other = book.resolve(row["actor"]).slug
        counted.setdefault((other, ALLY if row["same_side"] else OPPONENT), []).append(row)
    edges = [
        {
            "kind": kind,
            "from_actor": actor.slug,
            "to_actor": other,
            "incidents": len({version for row in group for version in row["incidents"]}),
            "first": min(row["first"] for row in group).isoformat(),
            "last": max(row["last"] for row in group).isoformat(),
        }
        for (other, kind), group in counted.items()
    ]
    return sorted(edges, key=lambda edge: (-edge["incidents"], edge["kind"], edge["to_actor"]))
