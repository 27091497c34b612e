-- Which outlets the record cites: what /api/v1/sources lists and `source` may be. Derived from what is published, at the
-- end of each publication; nothing is said here that a version does not say.

-- `since`: the first publication with it.
CREATE TABLE record.outlet (
    name text COLLATE "C" PRIMARY KEY,
    folded text NOT NULL,
    since integer NOT NULL
);

-- The outlets of publication `n` that were not known before.
CREATE FUNCTION record.learn_outlets(n integer) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = record, public, pg_temp AS $$
    INSERT INTO record.outlet (name, folded, since)
    SELECT cited, record.fold(cited), n
    FROM (SELECT DISTINCT unnest(sources) AS cited FROM record.incident_version WHERE known_from = n) AS found
    WHERE NOT EXISTS (SELECT FROM record.outlet WHERE name = cited)
    ON CONFLICT DO NOTHING
$$;

-- All of them anew: a redaction takes names out of old versions, and may leave others in their place.
CREATE FUNCTION record.relearn_outlets() RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = record, public, pg_temp AS $$
    DELETE FROM record.outlet;
    INSERT INTO record.outlet (name, folded, since)
    SELECT cited, record.fold(cited), min(known_from)
    FROM record.incident_version, unnest(sources) AS cited GROUP BY cited
$$;

CREATE FUNCTION record.follow_outlets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = record, public, pg_temp AS $$
BEGIN
    IF NEW.kind = 'redact' THEN
        PERFORM record.relearn_outlets();
    ELSE
        PERFORM record.learn_outlets(NEW.number);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER outlets AFTER INSERT ON record.publication FOR EACH ROW EXECUTE FUNCTION record.follow_outlets();
SELECT record.relearn_outlets();
