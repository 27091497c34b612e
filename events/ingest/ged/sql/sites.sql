-- Each spot of the file as incidents will show it, with its units; where no boundary covers the point (or none is
-- loaded), the first-level unit by its name.
CREATE TEMP TABLE ged_site ON COMMIT DROP AS
WITH region AS MATERIALIZED (
    SELECT DISTINCT ON (unit.country, spelt.key) unit.country, spelt.key, unit.pcode, unit.name, unit.vintage
    FROM events_adminunit unit
    CROSS JOIN LATERAL (VALUES (record.fold(unit.name)), (record.fold(unit.name_fr))) spelt (key)
    WHERE unit.level = 1 AND spelt.key <> ''
    ORDER BY unit.country, spelt.key, unit.pcode
)
SELECT place.*, {search_place} AS search_place
FROM (
    SELECT ged_spot.spot, ged_spot.country, ged_spot.place, ged_spot.where_en, ged_spot.where_fr, given.point,
           CASE WHEN given.point IS NULL THEN 'country'
                ELSE (ARRAY['exact', 'near', 'admin2', 'admin1', 'region', 'country', 'country'])[ged_spot.where_prec] END
               AS location_precision,
           coalesce(unit.admin1, named.pcode, '') AS admin1,
           CASE WHEN ged_spot.where_prec <= 3 THEN coalesce(unit.admin2, '') ELSE '' END AS admin2,
           CASE WHEN ged_spot.where_prec = 1 THEN coalesce(unit.admin3, '') ELSE '' END AS admin3,
           coalesce(unit.admin1_name, named.name, ged_spot.admin1_name) AS admin1_name,
           CASE WHEN unit.admin1 IS NULL THEN ged_spot.admin2_name
                WHEN ged_spot.where_prec <= 3 THEN coalesce(unit.admin2_name, '') ELSE '' END AS admin2_name,
           coalesce(unit.vintage, named.vintage, '') AS boundary_vintage
    FROM ged_spot
    CROSS JOIN LATERAL (
        SELECT ST_SetSRID(ST_MakePoint(ged_spot.longitude, ged_spot.latitude), 4326)::geometry(Point, 4326) AS point
    ) given
    LEFT JOIN located unit ON unit.point = given.point AND unit.country = ged_spot.country AND ged_spot.where_prec <= 4
    LEFT JOIN region named
        ON named.country = ged_spot.country AND named.key = record.fold(ged_spot.admin1_name) AND unit.admin1 IS NULL
) place
CROSS JOIN LATERAL (SELECT place.place || ' ' || place.admin1_name || ' ' || place.admin2_name AS search_place) new;
ANALYZE ged_site;

-- Each title once: who met whom, where.
CREATE TEMP TABLE ged_title ON COMMIT DROP AS
SELECT title.*, {search_title} AS search_title
FROM (
    SELECT pairs.pair, pairs.spot,
           left(ged_cast.lead_en || ' ' || ged_spot.where_en, 300) AS title_en,
           left(ged_cast.lead_fr || ' ' || ged_spot.where_fr, 300) AS title_fr
    FROM (SELECT DISTINCT pair, spot FROM ged_fate) pairs
    JOIN ged_cast USING (pair)
    JOIN ged_spot ON ged_spot.spot = pairs.spot
) title
CROSS JOIN LATERAL (SELECT title.title_en || ' ' || title.title_fr AS search_title) new;
ANALYZE ged_title;
