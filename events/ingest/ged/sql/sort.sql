ANALYZE ged_row, ged_identity;

-- What becomes of each row: created, changed or unchanged. Of rows with one id the last in the file counts.
CREATE TEMP TABLE ged_again ON COMMIT DROP AS
SELECT row.line, row.external_id, last.line AS last
FROM ged_row row
JOIN (SELECT external_id, max(line) AS line FROM ged_row GROUP BY external_id HAVING count(*) > 1) last USING (external_id)
WHERE row.line < last.line;

CREATE TEMP TABLE ged_fate ON COMMIT DROP AS
SELECT found.line, found.external_id, found.pair, found.spot, found.hash, found.incident,
       CASE WHEN found.incident IS NULL THEN 'created' ELSE 'changed' END AS fate
FROM (
    SELECT row.line, row.external_id, row.pair, row.spot, incident.id AS incident, incident.dataset_hash,
           sha256(row.digest || convert_to(identity.identity, 'UTF8')) AS hash
    FROM ged_row row
    JOIN ged_identity identity USING (pair)
    LEFT JOIN events_incident incident
        ON incident.dataset_id = %(dataset)s AND incident.external_id <> '' AND incident.external_id = row.external_id
    WHERE NOT EXISTS (SELECT FROM ged_again again WHERE again.line = row.line)
) found
WHERE found.dataset_hash IS DISTINCT FROM found.hash;

-- Changed rows whose incident a person has had in hand: edited, grouped, withdrew or redacted it, or accepted a claim.
-- They are held for an editor. (The boundary loader's trace `place` is no person's.)
UPDATE ged_fate SET fate = 'held'
FROM events_incident incident
WHERE ged_fate.fate = 'changed' AND incident.id = ged_fate.incident AND (
    incident.state <> 'published'
    OR (incident.revision IS DISTINCT FROM incident.published_revision
        AND NOT EXISTS (SELECT FROM events_trace trace WHERE trace.subject = 'incident:' || incident.id AND trace.verb = 'place'))
    OR incident.group_id IS NOT NULL OR incident.follows_id IS NOT NULL OR incident.outcome <> ''
    OR incident.sensitivity <> 'ordinary'
    OR EXISTS (SELECT FROM events_trace trace WHERE trace.subject = 'incident:' || incident.id 
               AND (trace.by_id IS NOT NULL OR trace.verb IN ('open', 'revise', 'hold')))
    OR EXISTS (SELECT FROM events_evidence evidence WHERE evidence.incident_id = incident.id)
    OR EXISTS (SELECT FROM events_claim claim WHERE claim.incident_id = incident.id AND claim.status <> 'pending'
               AND (claim.claimant_source_id IS DISTINCT FROM %(dataset)s OR claim.status <> 'accepted'))
    OR EXISTS (SELECT FROM record.incident_version version
               WHERE version.id = incident.public_id AND version.redacted_by IS NOT NULL)
);
ANALYZE ged_fate;
