ANALYZE ged_cast, ged_spot;

-- Points for the spatial join of `placing.locate`; a wider area or a whole country lies in no one unit.
CREATE TEMP TABLE spot ON COMMIT DROP AS
SELECT row_number() OVER () AS id, country, point
FROM (
    SELECT DISTINCT country, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geometry(Point, 4326) AS point
    FROM ged_spot
    WHERE longitude IS NOT NULL AND latitude IS NOT NULL AND where_prec <= 4
) points;
