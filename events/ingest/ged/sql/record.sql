-- Publishing, set-based: what `incident_row` builds for one incident, from the desk rows just written.
UPDATE record.incident_version SET known_to = %(number)s
WHERE known_to = {current} AND incident IN (SELECT incident FROM ged_fresh WHERE fate = 'changed');

INSERT INTO record.incident_version (version, known_from, search, {columns})
SELECT new.version, %(number)s, new.search_title || new.search_place || {search_text}, {new_columns}
FROM (
    SELECT incident.id AS incident, incident.public_id AS id, 'published' AS state, NULL::text AS target,
           CASE WHEN fresh.fate = 'created' THEN 1
                ELSE (SELECT max(old.version) + 1 FROM record.incident_version old WHERE old.id = incident.public_id)
                END AS version,
           incident.event_type, nullif(incident.event_subtype, '') AS event_subtype,
           incident.date_start, incident.date_end, incident.date_precision, incident.country,
           nullif(incident.admin1, '') AS admin1, nullif(incident.admin2, '') AS admin2, nullif(incident.admin3, '') AS admin3,
           nullif(incident.admin1_name, '') AS admin1_name, nullif(incident.admin2_name, '') AS admin2_name,
           nullif(incident.place_name, '') AS place,
           CASE WHEN incident.location_precision <> 'country' THEN ST_X(incident.point) END AS longitude,
           CASE WHEN incident.location_precision <> 'country' THEN ST_Y(incident.point) END AS latitude,
           incident.location_precision, who.participants, who.actor_roles,
           least(fresh.low, fresh.best) AS fatalities_low, fresh.best AS fatalities_best, fresh.highest AS fatalities_high,
           false AS open_ended, false AS contested, said.many AS claims, 1 AS claimants,
           incident.civilian_targeting, incident.verification, %(slug)s AS dataset, incident.external_id AS dataset_id,
           ARRAY(SELECT DISTINCT cited ->> 'outlet' COLLATE "C" FROM jsonb_array_elements(incident.source_list) cited ORDER BY 1)
               AS sources,
           NULL::text AS part_of, incident.title_en, incident.title_fr,
           jsonb_build_object(
               'titles', jsonb_build_object('en', incident.title_en, 'fr', incident.title_fr),
               'summaries', CASE WHEN incident.summary_en = '' THEN '{{}}'::jsonb
                                 ELSE jsonb_build_object('en', incident.summary_en) END,
               'outcome', NULL,
               'claims', said.claims,
               'estimates', jsonb_build_object('rule', %(rule)s::text, 'version', %(rule_version)s::text, 'victims', said.victims),
               'evidence', '[]'::jsonb,
               'sources', incident.source_list,
               'group', NULL,
               'follows', NULL,
               'dataset', jsonb_build_object('slug', %(slug)s::text, 'id', incident.external_id,
                                             'release', nullif(incident.dataset_release, ''),
                                             'licence', %(licence)s::text, 'attribution', %(attribution)s::text),
               'boundary_vintage', nullif(incident.boundary_vintage, '')) AS document,
           title.search_title, site.search_place, who.labels || ' ' || incident.summary_en AS search_text
    FROM ged_fresh fresh
    JOIN ged_cast who USING (pair)
    -- Row by row through the indexes: hashing half a million wide rows would write them to disk first.
    CROSS JOIN LATERAL (SELECT * FROM events_incident found WHERE found.id = fresh.incident OFFSET 0) incident
    JOIN ged_site site ON site.spot = fresh.spot
    JOIN ged_title title ON title.pair = fresh.pair AND title.spot = fresh.spot
    CROSS JOIN LATERAL (
        SELECT count(*) AS many,
               jsonb_agg(jsonb_build_object(
                   'id', claim.number, 'claimant', %(claimant)s::jsonb, 'relayed_by', NULL, 'stance', 'observation',
                   'measure', 'killed', 'item_class', NULL, 'about', to_jsonb(claim.about), 'quantifier', claim.quantifier,
                   'low', claim.low, 'best', claim.best, 'high', claim.high, 'phrase', '', 'phrase_lang', NULL,
                   'scope', 'incident', 'verification', 'unverified', 'supersedes', NULL, 'note', claim.note)) AS claims,
               jsonb_agg(jsonb_build_object(
                   'about', to_jsonb(claim.about), 'low', least(claim.low, claim.best),
                   'best', coalesce(claim.best, claim.low), 'high', greatest(claim.high, claim.best),
                   'open_ended', false, 'contested', false, 'basis', 'independent',
                   'claims', jsonb_build_array(claim.number))) AS victims
        FROM (SELECT * FROM ged_claim said WHERE said.incident = fresh.incident ORDER BY said.number) claim
    ) said
    WHERE fresh.fate <> 'held'
) new;
