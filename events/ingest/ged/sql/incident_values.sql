-- What the desk's incident says, from a row of the file; used for new and for changed incidents alike.
SELECT fresh.incident, fresh.fate, fresh.public_id, fresh.external_id, fresh.hash,
       left(who.lead_en || ' ' || spot.where_en, 300) AS title_en,
       left(who.lead_fr || ' ' || spot.where_fr, 300) AS title_fr,
       concat_ws(' ',
           CASE WHEN row.described <> '' THEN format('Place as the dataset describes it: “%%s”.', row.described) END,
           CASE WHEN row.source_original <> '' THEN format('Original source as the dataset names it: “%%s”.', row.source_original) END
       ) AS summary_en,
       who.event_type, who.event_subtype, who.civilian_targeting,
       row.date_start, row.date_end,
       coalesce((ARRAY['day', 'days', 'week', 'month', 'longer'])[row.date_prec],
           CASE WHEN row.date_end = row.date_start THEN 'day' WHEN row.date_end - row.date_start < 6 THEN 'days'
                WHEN row.date_end - row.date_start < 7 THEN 'week' WHEN row.date_end - row.date_start <= 31 THEN 'month'
                ELSE 'longer' END) AS date_precision,
       spot.country, spot.place AS place_name,
       ST_SetSRID(ST_MakePoint(row.longitude, row.latitude), 4326) AS point,
       CASE WHEN row.longitude IS NULL OR row.latitude IS NULL THEN 'country'
            ELSE (ARRAY['exact', 'near', 'admin2', 'admin1', 'region', 'country', 'country'])[row.where_prec] END
           AS location_precision,
       coalesce(unit.admin1, named.pcode, '') AS admin1,
       CASE WHEN row.where_prec <= 3 THEN coalesce(unit.admin2, '') ELSE '' END AS admin2,
       CASE WHEN row.where_prec = 1 THEN coalesce(unit.admin3, '') ELSE '' END AS admin3,
       coalesce(unit.admin1_name, named.name, spot.admin1_name) AS admin1_name,
       CASE WHEN unit.admin1 IS NULL THEN spot.admin2_name
            WHEN row.where_prec <= 3 THEN coalesce(unit.admin2_name, '') ELSE '' END AS admin2_name,
       coalesce(unit.vintage, named.vintage, '') AS boundary_vintage,
       cited.source_list
FROM ged_fresh fresh
JOIN ged_row row USING (line)
JOIN ged_spot spot ON spot.spot = fresh.spot
JOIN ged_cast who ON who.pair = fresh.pair
LEFT JOIN located unit
    ON unit.point = ST_SetSRID(ST_MakePoint(row.longitude, row.latitude), 4326) AND unit.country = spot.country
    AND row.where_prec <= 4
LEFT JOIN ged_named named ON named.spot = fresh.spot
-- "Outlet,2026-01-08,Headline";"Outlet,2026-01-12,Headline"; older rows hold free text, which stays one citation with
-- the words before the first figure, bracket or quotation mark as its outlet.
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'key', 's' || piece.number,
               'outlet', coalesce(part.found[1], 'UCDP GED'), 'date', part.found[2],
               'title', left(coalesce(part.found[3], piece.text), 500))) ORDER BY piece.number),
           jsonb_build_array(jsonb_build_object('key', 's1', 'outlet', 'UCDP GED', 'title', 'Event ' || fresh.external_id)))
        AS source_list
    FROM (
        SELECT first.standard, split.text, split.number
        FROM (SELECT row.source_article ~ '^"[^,"]+,[0-9]{4}-[0-9]{2}-[0-9]{2},' AS standard) first
        CROSS JOIN LATERAL regexp_split_to_table(
            btrim(row.source_article, '" '), CASE WHEN first.standard THEN '"; ?"' ELSE '$' END)
            WITH ORDINALITY split (text, number)
        WHERE split.text <> ''
    ) piece
    CROSS JOIN LATERAL (
        SELECT CASE WHEN piece.standard
            THEN regexp_match(piece.text, '^([^,]{1,200}?),\s*([0-9]{4}-[0-9]{2}-[0-9]{2}),\s*(.*)$')
            ELSE ARRAY[nullif(rtrim(substring(piece.text FROM '^[^0-9"“(\[]{2,60}(?=[0-9"“(\[]|$)'), ' ,.:;-'), ''), NULL, NULL]
        END AS found
    ) part
) cited
