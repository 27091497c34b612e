-- The rows that will be written, with the numbers of the dead by set of victims. Sets that are the same actors (both
-- sides unidentified, civilians as side B) are counted together, so that nobody contradicts himself.
CREATE TEMP TABLE ged_fresh ON COMMIT DROP AS
SELECT fate.line, fate.pair, fate.spot, fate.fate, fate.external_id, fate.hash,
       coalesce(fate.incident, nextval(pg_get_serial_sequence('events_incident', 'id'))) AS incident,
       NULL::text AS public_id, fate.country, fate.date_start,
       fate.low, fate.best, fate.high, fate.dead_a, fate.dead_b, fate.dead_civilians,
       greatest(fate.high, fate.best, fate.dead_a, fate.dead_b, fate.dead_civilians,
                CASE WHEN fate.a_b THEN fate.dead_a + fate.dead_b END,
                CASE WHEN fate.a_c THEN fate.dead_a + fate.dead_civilians END,
                CASE WHEN fate.b_c THEN fate.dead_b + fate.dead_civilians END,
                CASE WHEN fate.a_b AND fate.a_c AND fate.b_c
                     THEN fate.dead_a + fate.dead_b + fate.dead_civilians END) AS highest,
       left(concat_ws(' ',
           CASE WHEN fate.event_clarity = 2 THEN 'The dataset adds up several incidents here.' END,
           CASE WHEN fate.given_low > fate.given_high
                THEN format('The dataset gives low %%s and high %%s.', fate.given_low, fate.given_high) END,
           CASE WHEN fate.best NOT BETWEEN fate.low AND fate.high
                THEN 'The dataset''s best figure lies outside its low and high.' END,
           CASE WHEN fate.deaths_unknown > 0
                THEN format('Of the dead, the dataset assigns %%s to no side.', fate.deaths_unknown) END,
           CASE WHEN fate.code_status NOT IN ('', 'Clear')
                THEN format('The dataset marks the row “%%s”.', fate.code_status) END), 500) AS note
FROM (
    SELECT fate.*, row.date_start, row.event_clarity, row.deaths_unknown, row.code_status, spot.country,
           least(row.low, row.high) AS low, row.best, greatest(row.low, row.high) AS high,
           row.low AS given_low, row.high AS given_high,
           NOT who.a && who.b AS a_b, NOT who.a && civilians.only AS a_c, NOT who.b && civilians.only AS b_c,
           row.deaths_a + CASE WHEN who.b = who.a THEN row.deaths_b ELSE 0 END
                        + CASE WHEN civilians.only = who.a THEN row.deaths_civilians ELSE 0 END AS dead_a,
           CASE WHEN who.b = who.a THEN 0
                ELSE row.deaths_b + CASE WHEN civilians.only = who.b THEN row.deaths_civilians ELSE 0 END END AS dead_b,
           CASE WHEN civilians.only IN (who.a, who.b) THEN 0 ELSE row.deaths_civilians END AS dead_civilians
    FROM ged_fate fate
    JOIN ged_row row USING (line)
    JOIN ged_spot spot ON spot.spot = fate.spot
    JOIN ged_cast who ON who.pair = fate.pair
    CROSS JOIN (SELECT ARRAY[%(civilians)s]::bigint[] AS only) civilians
    ORDER BY spot.country, row.date_start, fate.external_id::bigint
) fate;
CREATE UNIQUE INDEX ON ged_fresh (incident);

-- Public ids: country, year, sequence; the counters' rows are locked until commit.
WITH wanted AS (
    SELECT country || '-' || extract(year FROM date_start)::text AS prefix, count(*)::integer AS many
    FROM ged_fresh WHERE fate = 'created' GROUP BY 1
), taken AS (
    INSERT INTO events_publicidcounter AS counter (prefix, last)
    SELECT prefix, many FROM wanted ORDER BY prefix
    ON CONFLICT (prefix) DO UPDATE SET last = counter.last + excluded.last
    RETURNING prefix, last
), numbered AS (
    SELECT incident, country || '-' || extract(year FROM date_start)::text AS prefix,
           row_number() OVER (PARTITION BY country, extract(year FROM date_start) ORDER BY incident) AS place
    FROM ged_fresh WHERE fate = 'created'
)
UPDATE ged_fresh SET public_id = numbered.prefix || '-' || lpad(sequence::text, greatest(5, length(sequence::text)), '0')
FROM numbered
JOIN wanted USING (prefix)
JOIN taken USING (prefix)
CROSS JOIN LATERAL (SELECT taken.last - wanted.many + numbered.place AS sequence) given
WHERE ged_fresh.incident = numbered.incident;
ANALYZE ged_fresh;

-- One claim by the dataset about the whole incident, and one about each set of victims of whom it gives dead.
CREATE TEMP TABLE ged_claim ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('events_claim', 'id')) AS claim, said.*
FROM (
    SELECT fresh.incident, fresh.fate, said.number, said.about, said.about_key, said.low, said.best, said.high, said.note,
           CASE WHEN said.best IS NULL OR (said.low = said.best AND said.best = said.high) THEN 'exact' ELSE 'between' END
               AS quantifier
    FROM ged_fresh fresh
    JOIN ged_cast who USING (pair)
    CROSS JOIN LATERAL (VALUES
        (1, '{}'::bigint[], '{}'::text[], fresh.low, fresh.best, fresh.high, fresh.note),
        (2, who.a, who.a_key, fresh.dead_a, NULL, fresh.dead_a, ''),
        (2 + (fresh.dead_a > 0)::integer, who.b, who.b_key, fresh.dead_b, NULL, fresh.dead_b, ''),
        (2 + (fresh.dead_a > 0)::integer + (fresh.dead_b > 0)::integer, ARRAY[%(civilians)s]::bigint[],
         ARRAY[%(civilians)s]::text[], fresh.dead_civilians, NULL, fresh.dead_civilians, '')
    ) said (number, about, about_key, low, best, high, note)
    WHERE said.number = 1 OR said.high > 0
    ORDER BY fresh.incident, said.number
) said;
ANALYZE ged_claim;
