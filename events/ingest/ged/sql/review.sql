-- Rows that changed under an incident which an editor had changed: the dataset's new figures wait as pending claims that
-- would replace its old ones, the new values stand in the note, and the incident shows as changed since it was published.
CREATE TEMP TABLE ged_new_claim ON COMMIT DROP AS
SELECT said.*, old.id AS supersedes
FROM ged_claim said
LEFT JOIN LATERAL (
    SELECT claim.id, claim.low, claim.best, claim.high
    FROM events_claim claim
    WHERE claim.incident_id = said.incident AND claim.claimant_source_id = %(dataset)s AND claim.measure = 'killed'
      AND claim.status <> 'set_aside'
      AND said.about = ARRAY(SELECT victim.actor_id FROM events_claim_about victim WHERE victim.claim_id = claim.id ORDER BY 1)
    ORDER BY claim.id DESC LIMIT 1
) old ON true
WHERE said.fate = 'held'
  AND (old.id IS NULL OR (old.low, old.best, old.high) IS DISTINCT FROM (said.low, said.best, said.high));

INSERT INTO events_claim (
    id, incident_id, claimant_source_id, relayed_by, stance, measure, item_class, quantifier, low, best, high, phrase,
    phrase_lang, scope, verification, status, set_aside_why, note, supersedes_id)
SELECT claim, incident, %(dataset)s, '', 'observation', 'killed', '', quantifier, low, best, high, '',
    '', 'incident', 'unverified', 'pending', '', note, supersedes
FROM ged_new_claim;
INSERT INTO events_claim_about (claim_id, actor_id)
SELECT said.claim, victim FROM ged_new_claim said CROSS JOIN LATERAL unnest(said.about) victim;

WITH said AS (
    SELECT incident.id, said.hash,
           jsonb_strip_nulls(jsonb_build_object(
               'date_start', CASE WHEN said.date_start <> incident.date_start THEN said.date_start END,
               'date_end', CASE WHEN said.date_end <> incident.date_end THEN said.date_end END,
               'event_type', CASE WHEN said.event_type <> incident.event_type THEN said.event_type END,
               'country', CASE WHEN said.country <> incident.country THEN said.country END,
               'place_name', CASE WHEN said.place_name <> incident.place_name THEN said.place_name END,
               'point', CASE WHEN said.point IS DISTINCT FROM incident.point THEN ST_AsText(said.point) END,
               'location_precision',
                   CASE WHEN said.location_precision <> incident.location_precision THEN said.location_precision END,
               'title_en', CASE WHEN said.title_en <> incident.title_en THEN said.title_en END,
               'sources', CASE WHEN said.source_list <> incident.source_list THEN said.source_list END)) AS differs
    FROM ({incident_values}) said
    JOIN events_incident incident ON incident.id = said.incident
    WHERE said.fate = 'held'
), marked AS (
    UPDATE events_incident incident SET
        dataset_hash = said.hash, dataset_release = %(release)s, revision = incident.revision + 1, updated_at = now(),
        internal_note = concat_ws(E'\n', nullif(incident.internal_note, ''), %(label)s || ' changed this row; an editor had '
            || 'changed the incident, so nothing was overwritten. Look at its pending claims. It now says: ' || said.differs::text)
    FROM said WHERE incident.id = said.id
)
INSERT INTO events_trace (at, role, verb, subject, reason, publication, change)
SELECT now(), %(role)s, 'hold', 'incident:' || id, %(label)s, NULL, jsonb_build_object('dataset', differs) FROM said;
