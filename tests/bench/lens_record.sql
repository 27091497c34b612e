-- A record of {versions} versions, made up: 700 towns with incidents around them, 1990 to 2026, growing in number; 400
-- actors, few of them in most incidents; every tenth incident was corrected once, in one of 1,000 later publications.
-- The triggers that stamp and guard versions are off (session_replication_role): digests are not what is measured here,
-- and nothing but a benchmark's throwaway database may be filled like this.
SET session_replication_role = replica;
SET maintenance_work_mem = '512MB';
SELECT setseed(0.42);

INSERT INTO record.publication (number, at, kind, role, reason, versions, content, previous, digest)
SELECT n, timestamptz '2020-01-01' + n * interval '1 hour', 'import', 'benchmark', 'made up', 0,
       sha256(n::text::bytea), sha256((n - 1)::text::bytea), sha256((n + 1)::text::bytea)
FROM generate_series(1, 1001) AS n;

INSERT INTO record.actor_version (actor, slug, version, known_from, state, kind, name_en, name_fr, document, digest)
SELECT n, 'actor-' || n, 1, 1, 'published', (ARRAY['rebel', 'jihadist', 'state_force', 'self_defence_militia'])[1 + n % 4],
       'Actor ' || n, 'Acteur ' || n, '{{}}', sha256(n::text::bytea)
FROM generate_series(1, 400) AS n;

CREATE TEMP TABLE town AS
SELECT n AS town, -12 + 28 * random() AS longitude, 11 + 11 * random() AS latitude FROM generate_series(1, 700) AS n;

CREATE TEMP TABLE drawn AS
SELECT n, date '1990-01-01' + floor(13400 * power(random(), 0.6))::integer AS day,
       1 + floor(700 * random() * random())::integer AS town, random() AS type,
       1 + floor(400 * power(random(), 3))::integer AS one, 1 + floor(400 * power(random(), 3))::integer AS other,
       floor(20 * power(random(), 5))::integer AS low, (random() - 0.5) * power(random(), 3) AS east,
       (random() - 0.5) * power(random(), 3) AS north
FROM generate_series(1, {incidents}) AS n;

INSERT INTO record.incident_version (
    incident, id, version, known_from, known_to, state, event_type, event_subtype, date_start, date_end, date_precision,
    country, admin1, admin2, admin3, admin1_name, admin2_name, place, longitude, latitude, location_precision, participants,
    actor_roles, fatalities_low, fatalities_best, fatalities_high, contested, claims, claimants, civilian_targeting,
    verification, dataset, dataset_id, sources, title_en, title_fr, search, document, digest)
SELECT n, country || '-' || extract(year FROM day) || '-' || lpad(n::text, 8, '0'), version,
       CASE version WHEN 1 THEN 1 ELSE corrected END,
       CASE WHEN version = 1 AND n % 10 = 0 THEN corrected ELSE 2147483647 END, 'published',
       (ARRAY['battle', 'remote_violence', 'violence_against_civilians', 'coercion', 'unrest', 'strategic'])[1 + floor(6 * type * type)::integer],
       (ARRAY['clash', 'ambush', 'air_strike', 'ied', 'attack', 'massacre', 'abduction', 'blockade', 'protest', 'agreement'])[1 + floor(10 * type)::integer],
       day, day + floor(3 * power(random(), 4))::integer, 'day', country,
       unit || lpad((town % 30)::text, 2, '0'), unit || lpad((town % 150)::text, 4, '0'), unit || lpad((town % 600)::text, 6, '0'),
       'Region ' || town % 30, 'Cercle ' || town % 150, 'Town ' || town,
       round((longitude + east)::numeric, 4), round((latitude + north)::numeric, 4),
       (ARRAY['exact', 'near', 'admin2', 'admin1'])[1 + floor(4 * random() * random())::integer],
       '[[1, "side_a", "army", "high"], [2, "side_b", "rebels", "high"]]',
       ARRAY[one * 16, one * 16 + 1, other * 16, other * 16 + 2], low, low + floor(3 * random() * random())::integer,
       low + 3 + floor(12 * random() * random())::integer, random() < 0.05, 2, 1, random() < 0.3,
       (ARRAY['unverified', 'partially_verified', 'verified', 'disputed'])[1 + floor(4 * random() * random())::integer],
       CASE WHEN random() < 0.9 THEN 'ucdp-ged' END, n::text, ARRAY['Outlet ' || floor(200 * random() * random()), 'Wire'],
       'Clash at Town ' || town, '', '', jsonb_build_object('summaries', repeat('what happened ', 20)), ''
FROM drawn
JOIN town USING (town)
CROSS JOIN LATERAL (SELECT (ARRAY['MLI', 'BFA', 'NER'])[1 + town % 3] AS country, (ARRAY['ML', 'BF', 'NE'])[1 + town % 3] AS unit,
                           2 + n / 10 % 1000 AS corrected) AS where_and_when
CROSS JOIN generate_series(1, CASE WHEN n % 10 = 0 THEN 2 ELSE 1 END) AS version;
