UPDATE events_incident incident SET
    title_en = said.title_en, title_fr = said.title_fr, summary_en = said.summary_en, event_type = said.event_type,
    event_subtype = said.event_subtype, date_start = said.date_start, date_end = said.date_end,
    date_precision = said.date_precision, country = said.country, place_name = said.place_name, point = said.point,
    location_precision = said.location_precision, admin1 = said.admin1, admin2 = said.admin2, admin3 = said.admin3,
    admin1_name = said.admin1_name, admin2_name = said.admin2_name, boundary_vintage = said.boundary_vintage,
    civilian_targeting = said.civilian_targeting, dataset_release = %(release)s, dataset_hash = said.hash,
    source_list = said.source_list, revision = incident.revision + 1, published_revision = incident.revision + 1,
    updated_at = now()
FROM ({incident_values}) said
WHERE said.fate = 'changed' AND incident.id = said.incident;

-- What hangs on a changed incident is written anew; pending claims of reports stay.
CREATE TEMP TABLE ged_old_claim ON COMMIT DROP AS
SELECT claim.id FROM events_claim claim
JOIN ged_fresh fresh ON fresh.incident = claim.incident_id AND fresh.fate = 'changed'
WHERE claim.claimant_source_id = %(dataset)s;
UPDATE events_claim SET supersedes_id = NULL WHERE supersedes_id IN (SELECT id FROM ged_old_claim);
DELETE FROM events_claim_about WHERE claim_id IN (SELECT id FROM ged_old_claim);
DELETE FROM events_claim WHERE id IN (SELECT id FROM ged_old_claim);
DELETE FROM events_participation
WHERE incident_id IN (SELECT incident FROM ged_fresh WHERE fate = 'changed');
