-- Names of units in the file beside those of the units that the points lie in.
SELECT level.level, level.given, level.found, level.found_fr, count(*)
FROM ged_fresh fresh
JOIN ged_spot ON ged_spot.spot = fresh.spot
JOIN located ON located.country = ged_spot.country
    AND located.point = ST_SetSRID(ST_MakePoint(ged_spot.longitude, ged_spot.latitude), 4326)
CROSS JOIN LATERAL (VALUES
    (1, ged_spot.admin1_name, located.admin1_name, located.admin1_name_fr, 4),
    (2, ged_spot.admin2_name, located.admin2_name, located.admin2_name_fr, 3)
) level (level, given, found, found_fr, precise)
WHERE ged_spot.where_prec <= level.precise AND level.given <> '' AND level.found <> ''
GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 2, 3
