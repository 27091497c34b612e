"""What each database role may do, granted again after every migration.

| role | may |
| --- | --- |
| owner | migrate |
| sahel_desk | read and write the desk; add to the record, close a version (`known_to`) |
| sahel_worker | read the desk; add and change feeds, reports, proposals, traces; nothing in the record |
| sahel_public | read schema `record`, nothing else |
"""

from __future__ import annotations

from typing import Any

from django.db import connections

ROLES = ("sahel_desk", "sahel_worker", "sahel_public")
WORKER_WRITES = (
    "events_feed",
    "events_report",
    "events_proposal",
    "events_trace",
    "django_celery_beat_crontabschedule",
    "django_celery_beat_intervalschedule",
    "django_celery_beat_solarschedule",
    "django_celery_beat_clockedschedule",
    "django_celery_beat_periodictask",
    "django_celery_beat_periodictasks",
)
# Drafts that the worker opens for editors; it can never set their state to published (a trigger refuses).
WORKER_PROPOSES = (
    "events_incident",
    "events_participation",
    "events_claim",
    "events_claim_about",
    "events_evidence",
)
# Voices and battles that a report names for the first time; the worker adds them and changes none.
WORKER_ADDS = ("events_source", "events_incidentgroup", "actors_person")
# When a key was used last: the worker learns it from the cache.
WORKER_NOTES = {"events_apikey": "last_used_at"}
# Private rows are reference material for editors; uploads hold them as bytes.
DESK_ONLY = ("auth_user", "django_session", "events_referenceevent", "events_tableupload")

GRANTS = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO sahel_desk, sahel_worker, sahel_public;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO sahel_desk;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO sahel_desk, sahel_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO sahel_worker;
GRANT USAGE ON SCHEMA record TO sahel_desk, sahel_worker, sahel_public;
GRANT SELECT ON ALL TABLES IN SCHEMA record TO sahel_desk, sahel_worker, sahel_public;
GRANT INSERT ON record.publication, record.incident_version, record.actor_version, record.release, record.redaction
  TO sahel_desk;
GRANT UPDATE (known_to) ON record.incident_version, record.actor_version TO sahel_desk;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA record TO sahel_desk;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA record FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA record TO sahel_desk;
GRANT EXECUTE ON FUNCTION record.fold, record.incident_digest, record.actor_digest, record.content_digest,
  record.publication_digest TO sahel_public, sahel_worker;
"""


def grant_after_migrate(using: str = "default", **kwargs: Any) -> None:
    """Grant the table of this module on the database `using`.

    Raises RuntimeError naming the missing role when the roles were never created.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('record.incident_version') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        refuse_missing_roles(cursor)
        cursor.execute(GRANTS)
        for statement in worker_grants():
            cursor.execute(statement)


def refuse_missing_roles(cursor: Any) -> None:
    """Say which roles must be created first."""
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)])
    missing = set(ROLES) - {name for (name,) in cursor.fetchall()}
    if missing:
        raise RuntimeError(
            f"Database roles missing: {', '.join(sorted(missing))}. Create them (CREATE ROLE … LOGIN) and migrate again; "
            "./run and deploy/roles.sql do it."
        )


def worker_grants() -> list[str]:
    """The worker's exceptions to reading only. Table names are constants of this module."""
    writes = [f"GRANT INSERT, UPDATE, DELETE ON {table} TO sahel_worker" for table in WORKER_WRITES]
    proposes = [f"GRANT INSERT, UPDATE ON {table} TO sahel_worker" for table in WORKER_PROPOSES]
    notes = [f"GRANT UPDATE ({column}) ON {table} TO sahel_worker" for table, column in WORKER_NOTES.items()]
    adds = [f"GRANT INSERT ON {table} TO sahel_worker" for table in WORKER_ADDS]
    hidden = [f"REVOKE ALL ON {table} FROM sahel_worker" for table in DESK_ONLY]
    return writes + proposes + notes + adds + hidden
