INSERT INTO events_incident (
    id, public_id, state, title_en, title_fr, summary_en, summary_fr, event_type, event_subtype, date_start, date_end,
    date_precision, country, place_name, point, location_precision, admin1, admin2, admin3, admin1_name, admin2_name,
    boundary_vintage, sensitivity, civilian_targeting, verification, outcome, dataset_id, external_id, dataset_release,
    dataset_hash, source_list, internal_note, revision, published_revision, created_at, updated_at)
SELECT incident, public_id, 'published', title_en, title_fr, summary_en, '', event_type, event_subtype, date_start, date_end,
    date_precision, country, place_name, point, location_precision, admin1, admin2, admin3, admin1_name, admin2_name,
    boundary_vintage, 'ordinary', civilian_targeting, 'unverified', '', %(dataset)s, external_id, %(release)s,
    hash, source_list, '', 1, 1, now(), now()
FROM ({incident_values}) now_said
WHERE fate = 'created';
