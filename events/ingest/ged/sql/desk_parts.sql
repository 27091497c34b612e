INSERT INTO events_participation (incident_id, actor_id, role, label_used, confidence)
SELECT fresh.incident, (part.said ->> 0)::bigint, part.said ->> 1, part.said ->> 2, part.said ->> 3
FROM ged_fresh fresh
JOIN ged_cast who USING (pair)
CROSS JOIN LATERAL jsonb_array_elements(who.participants) WITH ORDINALITY part (said, place)
WHERE fresh.fate <> 'held'
ORDER BY fresh.incident, part.place;

INSERT INTO events_claim (
    id, incident_id, claimant_source_id, relayed_by, stance, measure, item_class, quantifier, low, best, high, phrase,
    phrase_lang, scope, verification, status, set_aside_why, note)
SELECT claim, incident, %(dataset)s, '', 'observation', 'killed', '', quantifier, low, best, high, '',
    '', 'incident', 'unverified', 'accepted', '', note
FROM ged_claim WHERE fate <> 'held';

INSERT INTO events_claim_about (claim_id, actor_id)
SELECT said.claim, victim
FROM ged_claim said CROSS JOIN LATERAL unnest(said.about) victim
WHERE said.fate <> 'held';
