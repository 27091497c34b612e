-- What was used although it is odd, counted: in words, how many rows.
SELECT odd.what, count(*)
FROM ged_fresh fresh
JOIN ged_row row USING (line)
JOIN ged_spot ON ged_spot.spot = fresh.spot
CROSS JOIN LATERAL (VALUES
    (row.best NOT BETWEEN row.low AND row.high, 'best outside low and high: kept as given, the range widened to all three'),
    (ged_spot.latitude IS NULL OR ged_spot.longitude IS NULL, 'without coordinates: shown by country only'),
    (row.date_prec NOT BETWEEN 1 AND 5, 'without a valid date_prec: read from the length of the event')
) odd (is_odd, what)
WHERE odd.is_odd
GROUP BY odd.what
ORDER BY count(*) DESC
