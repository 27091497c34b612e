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
           -- Written as text and read once: building nested jsonb copies every level again.
           format($json${{
               "titles": {{"en": %%s, "fr": %%s}}, "summaries": {{%%s}}, "outcome": null, "claims": [%%s],
               "estimates": {{"rule": %%s, "version": %%s, "victims": [%%s]}}, "evidence": [], "sources": %%s, "group": null,
               "follows": null, "boundary_vintage": %%s,
               "dataset": {{"slug": %%s, "id": %%s, "release": %%s, "licence": %%s, "attribution": %%s}}}}$json$,
               to_json(incident.title_en), to_json(incident.title_fr),
               CASE WHEN incident.summary_en <> '' THEN '"en": ' || to_json(incident.summary_en) END,
               said.claims, to_json(%(rule)s::text), to_json(%(rule_version)s::text), said.victims, incident.source_list,
               coalesce(to_json(nullif(incident.boundary_vintage, '')), 'null'),
               to_json(%(slug)s::text), to_json(incident.external_id),
               coalesce(to_json(nullif(incident.dataset_release, '')), 'null'),
               to_json(%(licence)s::text), to_json(%(attribution)s::text))::jsonb AS document,
           title.search_title, site.search_place, who.labels || ' ' || incident.summary_en AS search_text
    FROM ged_fresh fresh
    JOIN ged_cast who USING (pair)
    -- Row by row through the indexes: hashing half a million wide rows would write them to disk first.
    CROSS JOIN LATERAL (SELECT * FROM events_incident found WHERE found.id = fresh.incident OFFSET 0) incident
    JOIN ged_site site ON site.spot = fresh.spot
    JOIN ged_title title ON title.pair = fresh.pair AND title.spot = fresh.spot
    CROSS JOIN LATERAL (
        SELECT count(*) AS many,
               string_agg(format($json${{
                   "id": %%s, "claimant": %%s, "relayed_by": null, "stance": "observation", "measure": "killed",
                   "item_class": null, "about": [%%s], "quantifier": "%%s", "low": %%s, "best": %%s, "high": %%s, "phrase": "",
                   "phrase_lang": null, "scope": "incident", "verification": "unverified", "supersedes": null,
                   "note": %%s}}$json$,
                   claim.number, %(claimant)s, array_to_string(claim.about, ','), claim.quantifier, claim.low,
                   coalesce(claim.best::text, 'null'), claim.high, to_json(claim.note)), ',') AS claims,
               string_agg(format($json${{
                   "about": [%%s], "low": %%s, "best": %%s, "high": %%s, "open_ended": false, "contested": false,
                   "basis": "independent", "claims": [%%s]}}$json$,
                   array_to_string(claim.about, ','), least(claim.low, claim.best), coalesce(claim.best, claim.low),
                   greatest(claim.high, claim.best), claim.number), ',') AS victims
        FROM (SELECT * FROM ged_claim said WHERE said.incident = fresh.incident ORDER BY said.number) claim
    ) said
    WHERE fresh.fate <> 'held'
) new;
