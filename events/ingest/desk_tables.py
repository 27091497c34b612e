"""The tables that extraction looks names up in, built from the desk: actors with dated names, places, units.

Built once per process and again when the desk's registry or gazetteer has changed.
"""

from __future__ import annotations

import gc
import time
from functools import lru_cache
from typing import Any

import structlog
from django.db import DatabaseError, connection, connections

from actors.models import Actor, ActorName, ActorRelation, Deployment
from events.ingest.extract.shipped import gazetteer_places
from events.ingest.extract.tables import (
    ActorRow,
    DeploymentRow,
    NameRow,
    PlaceRow,
    RelationRow,
    Tables,
    build_tables,
)
from events.models import AdminUnit, Place

log = structlog.get_logger(__name__)


def tables() -> Tables:
    """The tables as the desk stands now."""
    return _built(stamp())


def warm_up() -> None:
    """Read the tables before this process forks: its children share the memory, and none begins with a wait.

    A desk that cannot be reached yet is no reason not to start: each child reads for itself then.
    """
    try:
        tables()
    except DatabaseError as problem:
        log.warning("the tables are read later", problem=repr(problem))
    finally:
        # A connection must not be shared across a fork, and what is frozen is not copied by the garbage collector.
        connections.close_all()
        gc.collect()
        gc.freeze()


# Counting a hundred thousand places for every report would take longer than matching it. PostgreSQL counts changes; asked
# by its functions, since the view over them takes three times as long as everything else here.
STAMP = """
SELECT (SELECT count(*) FROM actors_actor), (SELECT max(updated_at) FROM actors_actor),
       (SELECT count(*) FROM actors_actorname), (SELECT max(id) FROM actors_actorname),
       (SELECT count(*) FROM actors_actorrelation), (SELECT max(id) FROM actors_actorrelation),
       (SELECT count(*) FROM actors_deployment), (SELECT max(id) FROM actors_deployment),
       (SELECT max(id) FROM events_place), (SELECT max(id) FROM events_adminunit),
       (SELECT sum(pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid) + pg_stat_get_tuples_deleted(oid))
        FROM pg_class WHERE oid IN ('public.events_place'::regclass, 'public.events_adminunit'::regclass))
"""


def stamp() -> tuple[Any, ...]:
    """What changes when actors, names, relations, deployments or places do (places: within a second or so)."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return tuple(cursor.fetchone())


@lru_cache(maxsize=1)
def _built(stamp: tuple[Any, ...]) -> Tables:
    begun = time.perf_counter()
    built = _build()
    log.info("tables built", places=len(built.places), seconds=round(time.perf_counter() - begun, 1))
    return built


def _build() -> Tables:
    live = Actor.objects.filter(merged_into__isnull=True)
    return build_tables(
        actors=[ActorRow(a.slug, a.kind, a.country, a.founded, a.dissolved) for a in live],
        names=[
            NameRow(name.actor.slug, name.text, name.lang, name.kind, name.starts, name.ends)
            for name in ActorName.objects.select_related("actor").filter(actor__merged_into__isnull=True)
        ],
        relations=[
            RelationRow(r.subject.slug, r.kind, r.object.slug, r.starts, r.ends)
            for r in ActorRelation.objects.select_related("subject", "object")
        ],
        deployments=[
            DeploymentRow(d.force.slug, d.host, d.starts, d.ends)
            for d in Deployment.objects.select_related("force")
        ],
        places=desk_places() or list(gazetteer_places()),
    )


def desk_places() -> list[PlaceRow]:
    """Places and units as they were loaded; empty when none were (the shipped gazetteer serves then)."""
    places = [
        PlaceRow(
            key=f"place:{place.pk}",
            name=place.name,
            names=tuple(filter(None, (place.name_fr, *place.alternates))),
            country=place.country,
            longitude=place.point.x,
            latitude=place.point.y,
            admin1=place.admin1,
            admin2=place.admin2,
            population=place.population or 0,
            feature=place.feature,
        )
        for place in Place.objects.iterator()
    ]
    return places and places + [
        unit_row(unit) for unit in AdminUnit.objects.filter(level__gte=1).defer("geom")
    ]


def unit_row(unit: AdminUnit) -> PlaceRow:
    """An administrative unit as a place that can be named."""
    return PlaceRow(
        key=unit.pcode,
        name=unit.name,
        names=tuple(filter(None, (unit.name_fr,))),
        country=unit.country,
        longitude=unit.centre.x,
        latitude=unit.centre.y,
        level=unit.level,
        admin1=unit.pcode if unit.level == 1 else unit.parent if unit.level == 2 else "",
        admin2=unit.pcode if unit.level == 2 else "",
    )
