"""Which administrative units a point lies in: one spatial join for any number of points.

Callers fill the temporary table `spot (id, country, point)`; `locate` answers in `located (id, country, point,
admin1, admin1_name, admin1_name_fr, admin2, ..., admin3, vintage)`. Units are those of the point's own country; a
point that lies in none of them but within about five kilometres (0.05 degrees) of one belongs to the nearest,
because shapes are simplified and towns lie on borders.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from conflict.kit.text import fold, sound
from events.codes import LocationPrecision, State
from events.models import Incident
from events.verbs.publishing import publish

# How many levels down a point of this precision can be trusted.
DEPTH = {
    LocationPrecision.EXACT: 3,
    LocationPrecision.NEAR: 2,
    LocationPrecision.ADMIN3: 3,
    LocationPrecision.ADMIN2: 2,
    LocationPrecision.ADMIN1: 1,
}
ROLE = "boundary loader"
_GENERIC_WORDS = """
region province state district department departement cercle commune county wilaya governorate prefecture
of the de la le du des d l
"""
GENERIC = frozenset(_GENERIC_WORDS.split())

WORKING = ("spot", "piece", "spot_unit", "lost", "located")

SPOTS_OF_INCIDENTS = """
CREATE TEMP TABLE spot ON COMMIT DROP AS
SELECT row_number() OVER () AS id, country, point FROM (
  SELECT DISTINCT country, point FROM events_incident
  WHERE point IS NOT NULL AND location_precision = ANY(%s)
) AS points
"""
SPOTS_OF_PLACES = """
CREATE TEMP TABLE spot ON COMMIT DROP AS
SELECT row_number() OVER () AS id, country, point
FROM (SELECT DISTINCT country, point FROM events_place) AS points
"""
# Shapes are cut into pieces of at most 64 vertices: a point is then tested against a small one (3 to 4 times faster).
LOCATE = """
CREATE INDEX ON spot USING gist (point);
ANALYZE spot;
CREATE TEMP TABLE piece ON COMMIT DROP AS
SELECT level, pcode, country, ST_Subdivide(geom, 64) AS shape FROM events_adminunit
WHERE level BETWEEN 1 AND 3 AND geom IS NOT NULL AND country IN (SELECT DISTINCT country FROM spot);
CREATE INDEX ON piece USING gist (shape);
ANALYZE piece;
CREATE TEMP TABLE spot_unit ON COMMIT DROP AS
SELECT DISTINCT ON (s.id, p.level) s.id, p.level, p.pcode
FROM piece p JOIN spot s ON s.country = p.country AND ST_Covers(p.shape, s.point)
ORDER BY s.id, p.level, p.pcode;
CREATE TEMP TABLE lost ON COMMIT DROP AS
SELECT s.id, l.level, s.country, s.point
FROM spot s JOIN (SELECT DISTINCT country, level FROM piece) AS l USING (country)
WHERE NOT EXISTS (SELECT FROM spot_unit f WHERE f.id = s.id AND f.level = l.level);
CREATE INDEX ON lost USING gist (point);
ANALYZE lost;
INSERT INTO spot_unit
SELECT DISTINCT ON (s.id, s.level) s.id, s.level, p.pcode
FROM lost s JOIN piece p ON p.country = s.country AND p.level = s.level AND ST_DWithin(p.shape, s.point, 0.05)
ORDER BY s.id, s.level, ST_Distance(p.shape, s.point), p.pcode;
ANALYZE spot_unit;
CREATE TEMP TABLE located ON COMMIT DROP AS
SELECT s.id, s.country, s.point,
  max(u.pcode) FILTER (WHERE u.level = 1) AS admin1, max(u.name) FILTER (WHERE u.level = 1) AS admin1_name,
  max(u.name_fr) FILTER (WHERE u.level = 1) AS admin1_name_fr,
  max(u.pcode) FILTER (WHERE u.level = 2) AS admin2, max(u.name) FILTER (WHERE u.level = 2) AS admin2_name,
  max(u.name_fr) FILTER (WHERE u.level = 2) AS admin2_name_fr,
  max(u.pcode) FILTER (WHERE u.level = 3) AS admin3, max(u.vintage) FILTER (WHERE u.level = 1) AS vintage
FROM spot s JOIN spot_unit f USING (id) JOIN events_adminunit u ON u.level = f.level AND u.pcode = f.pcode
GROUP BY s.id, s.country, s.point HAVING bool_or(u.level = 1);
ANALYZE located;
"""
# A row that no spatial join has touched carries units that somebody gave: they stay, counted where they differ.
PLACED = """
CREATE TEMP TABLE placed ON COMMIT DROP AS
SELECT i.id, i.boundary_vintage = '' AS fresh, i.state = %s AND i.revision = i.published_revision AS clean,
  i.admin1 AS given1, i.admin1_name AS given_name1, i.admin2_name AS given_name2,
  l.admin1, l.admin1_name, l.admin1_name_fr,
  CASE WHEN d.depth > 1 THEN coalesce(l.admin2, '') ELSE '' END AS admin2,
  CASE WHEN d.depth > 1 THEN coalesce(l.admin2_name, '') ELSE '' END AS admin2_name,
  coalesce(l.admin2_name_fr, '') AS admin2_name_fr,
  CASE WHEN d.depth > 2 THEN coalesce(l.admin3, '') ELSE '' END AS admin3, l.vintage
FROM events_incident i JOIN located l ON l.country = i.country AND l.point = i.point
JOIN unnest(%s::text[], %s::int[]) AS d (precision, depth) ON d.precision = i.location_precision
"""
KEPT = "DELETE FROM placed WHERE fresh AND given1 NOT IN ('', admin1)"
ASSIGN = """
WITH old AS (
  SELECT i.id, jsonb_build_object('admin1', i.admin1, 'admin2', i.admin2, 'admin3', i.admin3,
    'boundary_vintage', i.boundary_vintage) AS before
  FROM events_incident i JOIN placed p USING (id)
  WHERE (i.admin1, i.admin2, i.admin3, i.admin1_name, i.admin2_name, i.boundary_vintage)
    IS DISTINCT FROM (p.admin1, p.admin2, p.admin3, p.admin1_name, p.admin2_name, p.vintage)
), changed AS (
  UPDATE events_incident i SET admin1 = p.admin1, admin2 = p.admin2, admin3 = p.admin3,
    admin1_name = p.admin1_name, admin2_name = p.admin2_name, boundary_vintage = p.vintage,
    revision = i.revision + 1, updated_at = now()
  FROM placed p, old WHERE p.id = i.id AND old.id = i.id
  RETURNING i.id, p.clean, jsonb_build_object('before', old.before, 'after', jsonb_build_object(
    'admin1', p.admin1, 'admin2', p.admin2, 'admin3', p.admin3, 'boundary_vintage', p.vintage)) AS change
), traced AS (
  INSERT INTO events_trace (at, role, verb, subject, reason, change)
  SELECT now(), %s, 'place', 'incident:' || id, 'Administrative units from the point, by spatial join', change
  FROM changed
)
SELECT id, clean FROM changed ORDER BY id
"""
PLACES = """
UPDATE events_place p
SET admin1 = l.admin1, admin2 = coalesce(l.admin2, ''), admin3 = coalesce(l.admin3, '')
FROM located l WHERE l.country = p.country AND l.point = p.point
  AND (p.admin1, p.admin2, p.admin3) IS DISTINCT FROM (l.admin1, coalesce(l.admin2, ''), coalesce(l.admin3, ''))
"""


@dataclass
class Agreement:
    """Names that a source gave, beside the units that the points lie in: incidents by level (1, 2)."""

    agree: Counter[int] = field(default_factory=Counter)
    disagree: Counter[int] = field(default_factory=Counter)
    examples: list[tuple[int, str, str, int]] = field(default_factory=list)


@dataclass
class Placed:
    """What became of the incidents.

    `kept` have the unit that somebody gave, `outside` lie in no unit, `waiting` are published and changed since.
    """

    changed: int = 0
    kept: int = 0
    outside: int = 0
    waiting: int = 0
    published: int = 0
    names: Agreement = field(default_factory=Agreement)


def locate(cursor: Any) -> None:
    """Fill `located` from `spot`; both are temporary tables of the transaction."""
    cursor.execute(LOCATE)


@transaction.atomic
def place_incidents(republish: bool = False) -> Placed:
    """Give every incident with a point its units, each changed one with its trace.

    Published incidents are changed on the desk; `republish` publishes those that had no other change waiting, as one
    publication. Levels below what the location's precision can bear stay empty.
    """
    placed = Placed()
    with connection.cursor() as cursor:
        cursor.execute(SPOTS_OF_INCIDENTS, [list(DEPTH)])
        locate(cursor)
        cursor.execute(PLACED, [State.PUBLISHED, list(DEPTH), list(DEPTH.values())])
        placed.names = names_agree(cursor)
        placed.outside = count_outside(cursor)
        cursor.execute(KEPT)
        placed.kept = cursor.rowcount
        cursor.execute(ASSIGN, [ROLE])
        rows = cursor.fetchall()
        forget(cursor, *WORKING, "placed")
    placed.changed = len(rows)
    clean = [pk for pk, is_clean in rows if is_clean]
    if republish and clean:
        reason = "Administrative units assigned from the boundaries in use"
        publish(Incident.objects.filter(pk__in=clean), role=ROLE, reason=reason)
        placed.published = len(clean)
    placed.waiting = len(clean) - placed.published
    return placed


@transaction.atomic
def place_places() -> int:
    """Give every place of the gazetteer its units; returns how many changed."""
    with connection.cursor() as cursor:
        cursor.execute(SPOTS_OF_PLACES)
        locate(cursor)
        cursor.execute(PLACES)
        changed: int = cursor.rowcount
        forget(cursor, *WORKING)
    return changed


def forget(cursor: Any, *tables: str) -> None:
    """Drop temporary tables, so that the same transaction may place again."""
    for table in tables:
        cursor.execute(f"DROP TABLE {table}")


def count_outside(cursor: Any) -> int:
    """Incidents whose point lies in no unit of their country, though that country's units are known."""
    cursor.execute(
        "SELECT count(*) FROM events_incident i WHERE point IS NOT NULL AND location_precision = ANY(%s)"
        " AND NOT EXISTS (SELECT FROM located l WHERE l.country = i.country AND l.point = i.point)"
        " AND EXISTS (SELECT FROM events_adminunit u"
        " WHERE u.country = i.country AND u.level = 1 AND u.geom IS NOT NULL)",
        [list(DEPTH)],
    )
    count: int = cursor.fetchone()[0]
    return count


def names_agree(cursor: Any) -> Agreement:
    """Compare the names that sources gave with the names of the units; each distinct pair is looked at once."""
    found = Agreement()
    for level in (1, 2):
        cursor.execute(
            f"SELECT given_name{level}, admin{level}_name, admin{level}_name_fr, count(*) FROM placed"
            f" WHERE fresh AND given_name{level} <> '' AND admin{level} <> ''"
            " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2"
        )
        for given, name, name_fr, count in cursor.fetchall():
            same = same_unit(given, name) or same_unit(given, name_fr)
            (found.agree if same else found.disagree)[level] += count
            if not same:
                found.examples.append((level, given, name, count))
    return found


def same_unit(given: str, name: str) -> bool:
    """Whether two names mean one unit: accents, spelling and words such as region or province do not matter."""
    one, other = (key_of(text) for text in (given, name))
    return bool(one) and one == other


def key_of(name: str) -> str:
    """The sound of a unit's own name, without the words that only say what kind of unit it is."""
    words = fold(name).split()
    own = [word for word in words if word not in GENERIC]
    return sound(" ".join(own or words))
