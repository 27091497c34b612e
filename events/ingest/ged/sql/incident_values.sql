-- What the desk's incident says, from a row of the file; used for new and for changed incidents alike.
SELECT fresh.incident, fresh.fate, fresh.public_id, fresh.external_id, fresh.hash, title.title_en, title.title_fr,
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
       site.country, site.place AS place_name, site.point, site.location_precision, site.admin1, site.admin2, site.admin3,
       site.admin1_name, site.admin2_name, site.boundary_vintage, cited.source_list
FROM ged_fresh fresh
JOIN ged_row row USING (line)
JOIN ged_cast who ON who.pair = fresh.pair
JOIN ged_site site ON site.spot = fresh.spot
JOIN ged_title title ON title.pair = fresh.pair AND title.spot = fresh.spot
-- "Outlet,2026-01-08,Headline";"Outlet,2026-01-12,Headline"; older rows hold free text, which stays one citation with
-- the words before the first figure, bracket or quotation mark as its outlet.
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'key', 's' || piece.number,
               'outlet', coalesce(nullif(left(btrim(part.found[1]), 200), ''), 'UCDP GED'),
               'date', part.found[2],
               'title', left(btrim(part.found[3]), 500))) ORDER BY piece.number),
           jsonb_build_array(jsonb_build_object('key', 's1', 'outlet', 'UCDP GED', 'title', 'Event ' || fresh.external_id)))
        AS source_list
    FROM string_to_table(
        btrim(replace(row.source_article, '"; "', '";"'), '" '),
        CASE WHEN row.source_article LIKE '"%%' THEN '";"' ELSE chr(1) END) WITH ORDINALITY piece (text, number)
    CROSS JOIN LATERAL (
        -- An outlet without a comma is by far the commonest; a regular expression for all costs ten times as much.
        SELECT CASE
            WHEN row.source_article NOT LIKE '"%%' THEN ARRAY[
                CASE WHEN length(words.first) BETWEEN 2 AND 60 AND words.first NOT LIKE '%%://%%'
                     THEN rtrim(regexp_replace(words.first, ' +(January|February|March|April|May|June|July|August|September|October|November|December) *$', ''), ' ,.:;-') END, NULL, piece.text]
            WHEN split_part(piece.text, ',', 2) ~ '^[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$' THEN ARRAY[
                split_part(piece.text, ',', 1), split_part(piece.text, ',', 2),
                substr(piece.text, length(split_part(piece.text, ',', 1)) + 13)]
            ELSE coalesce(regexp_match(piece.text, '^(.+?),([12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])),(.*)$'), ARRAY[NULL, NULL, piece.text]) END AS found
        FROM (SELECT substring(piece.text FROM '^[^0-9;"“(\[]+') AS first) words
    ) part
    WHERE piece.text <> ''
) cited
