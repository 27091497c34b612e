-- What is known now, as one plain table with the indexes that each peer's manual advises: the peers' whole database.
DROP SCHEMA IF EXISTS peer CASCADE;
CREATE SCHEMA peer;
CREATE TABLE peer.event AS
SELECT incident AS id, id AS public_id, event_type, event_subtype, date_start AS event_date, date_end, date_precision,
       country, admin1_name AS admin1, admin2_name AS admin2, place, longitude, latitude, location_precision,
       fatalities_low, fatalities_best, fatalities_high, contested, verification, dataset, dataset_id, title_en AS title,
       array_to_string(sources, '; ') AS sources, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) AS geom
FROM record.incident_version
WHERE known_to = 2147483647 AND state = 'published' AND longitude IS NOT NULL;
ALTER TABLE peer.event ALTER COLUMN geom TYPE geometry(Point, 4326);
ALTER TABLE peer.event ADD PRIMARY KEY (id);
CREATE INDEX ON peer.event USING gist (geom);
CREATE INDEX ON peer.event (event_date DESC, id DESC);
CREATE INDEX ON peer.event (event_type, event_date);
CREATE INDEX ON peer.event (country);
VACUUM ANALYZE peer.event;
