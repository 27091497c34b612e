-- Public ids: country, year, sequence; the counters' rows are locked until commit.
CREATE TEMP TABLE ged_public ON COMMIT DROP AS
WITH numbered AS (
    SELECT fate.line, ged_spot.country || '-' || extract(year FROM row.date_start) AS prefix,
           row_number() OVER (PARTITION BY ged_spot.country || '-' || extract(year FROM row.date_start)
                              ORDER BY row.date_start, fate.external_id::bigint) AS place
    FROM ged_fate fate JOIN ged_row row USING (line) JOIN ged_spot ON ged_spot.spot = fate.spot
    WHERE fate.fate = 'created'
), taken AS (
    INSERT INTO events_publicidcounter AS counter (prefix, last)
    SELECT prefix, count(*)::integer FROM numbered GROUP BY prefix ORDER BY prefix
    ON CONFLICT (prefix) DO UPDATE SET last = counter.last + excluded.last
    RETURNING prefix, last
), before AS (
    SELECT taken.prefix, taken.last - count(*) AS last FROM taken JOIN numbered USING (prefix) GROUP BY taken.prefix, taken.last
)
SELECT numbered.line,
       numbered.prefix || '-' || lpad(sequence::text, greatest(5, length(sequence::text)), '0') AS public_id
FROM numbered JOIN before USING (prefix)
CROSS JOIN LATERAL (SELECT before.last + numbered.place AS sequence) given;
ANALYZE ged_public;

-- The rows that will be written, with the numbers of the dead by set of victims. Sets that are the same actors (both
-- sides unidentified, civilians as side B) are counted together, so that nobody contradicts himself. Incidents are numbered
-- in the order of the file: what follows then reads and writes its tables from front to back.
CREATE TEMP TABLE ged_fresh ON COMMIT DROP AS
SELECT fate.line, fate.pair, fate.spot, fate.fate, fate.external_id, fate.hash,
       coalesce(fate.incident, nextval(pg_get_serial_sequence('events_incident', 'id'))) AS incident,
       public.public_id,
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
    SELECT fate.*, row.event_clarity, row.deaths_unknown, row.code_status,
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
    JOIN ged_cast who ON who.pair = fate.pair
    CROSS JOIN (SELECT ARRAY[%(civilians)s]::bigint[] AS only) civilians
    ORDER BY fate.line
) fate
LEFT JOIN ged_public public USING (line);
CREATE UNIQUE INDEX ON ged_fresh (incident);
CREATE UNIQUE INDEX ON ged_row (line);
ANALYZE ged_fresh;

-- One claim by the dataset about the whole incident, and one about each set of victims of whom it gives dead, numbered in
-- the order in which a version lists sets of victims (by their ids as text), so that nothing is sorted later.
CREATE TEMP TABLE ged_claim ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('events_claim', 'id')) AS claim, said.*
FROM (
    SELECT fresh.incident, fresh.fate, said.number, said.about, said.low, said.best, said.high, said.note,
           CASE WHEN said.best IS NULL OR (said.low = said.best AND said.best = said.high) THEN 'exact' ELSE 'between' END
               AS quantifier
    FROM ged_fresh fresh
    JOIN ged_cast who USING (pair)
    CROSS JOIN (SELECT ARRAY[%(civilians)s]::bigint[] AS about, ARRAY[%(civilians)s]::text[] AS key) c
    CROSS JOIN LATERAL (VALUES
        (1, '{}'::bigint[], fresh.low, fresh.best, fresh.high, fresh.note),
        (2 + (fresh.dead_b > 0 AND who.b_key < who.a_key)::integer
           + (fresh.dead_civilians > 0 AND c.key < who.a_key)::integer,
         who.a, fresh.dead_a, NULL, fresh.dead_a, ''),
        (2 + (fresh.dead_a > 0 AND who.a_key < who.b_key)::integer
           + (fresh.dead_civilians > 0 AND c.key < who.b_key)::integer,
         who.b, fresh.dead_b, NULL, fresh.dead_b, ''),
        (2 + (fresh.dead_a > 0 AND who.a_key < c.key)::integer + (fresh.dead_b > 0 AND who.b_key < c.key)::integer,
         c.about, fresh.dead_civilians, NULL, fresh.dead_civilians, '')
    ) said (number, about, low, best, high, note)
    WHERE said.number = 1 OR said.high > 0
    ORDER BY fresh.incident, said.number
) said;
CREATE INDEX ON ged_claim (incident, number);
ANALYZE ged_claim;
