ANALYZE ged_cast, ged_spot;

-- Points for the spatial join of `placing.locate`.
CREATE TEMP TABLE spot ON COMMIT DROP AS
SELECT row_number() OVER () AS id, country, point
FROM (
    SELECT DISTINCT ged_spot.country,
           ST_SetSRID(ST_MakePoint(row.longitude, row.latitude), 4326)::geometry(Point, 4326) AS point
    FROM ged_fate fate JOIN ged_row row USING (line) JOIN ged_spot ON ged_spot.spot = fate.spot
    WHERE row.longitude IS NOT NULL AND row.latitude IS NOT NULL AND row.where_prec <= 4
) points;

-- Where no boundary covers a point (or none is loaded), the first-level unit by its name.
CREATE TEMP TABLE ged_named ON COMMIT DROP AS
SELECT DISTINCT ON (ged_spot.spot) ged_spot.spot, unit.pcode, unit.name, unit.vintage
FROM ged_spot
JOIN events_adminunit unit ON unit.level = 1 AND unit.country = ged_spot.country AND ged_spot.admin1_name <> ''
    AND record.fold(ged_spot.admin1_name) IN (record.fold(unit.name), record.fold(unit.name_fr))
ORDER BY ged_spot.spot, unit.pcode;
ANALYZE ged_named;
