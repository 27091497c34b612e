-- Which words occur in the record, and how they sound: what `q` finds spellings and typing errors with.
-- Derived from what is published, at the end of each publication; nothing is said here that a version does not say.

-- Lower case letters and digits, no accents, words parted by one blank; conflict/kit/text.py `parted` is the same in Python.
CREATE OR REPLACE FUNCTION record.fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN words IS NULL THEN ''
        WHEN octet_length(words) = length(words) THEN btrim(regexp_replace(lower(words), '[^a-z0-9]+', ' ', 'g'))
        ELSE btrim(regexp_replace(regexp_replace(
            replace(replace(replace(replace(replace(translate(lower(normalize(words, NFKD)),
                'ʻʼʾʿøłđıɓɗƙƴŋɛɔəǝħʔـ', '    oldibdkyneoeeh'), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'ɲ', 'ny'), 'ɣ', 'gh'),
            '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0\ufe20-\ufe2f]+', '', 'g'),
            '[^[:alnum:]]+', ' ', 'g'))
    END
$$;

-- The sound of one folded word; conflict/kit/text.py `sound` is the same in Python, and says what is made equal.
CREATE FUNCTION record.word_sound(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    heard text;
BEGIN
    IF word !~ '^[a-z0-9]*$' THEN
        heard := translate(word, 'ابتثجحخدذرزسشصضطظعغفقكلمنهويٱىةئؤگڤپچیکء', 'abttjhkddrzsxsdtzagfkklmnhuiaaaiugvpxik');
        IF heard = word THEN
            RETURN word;
        END IF;
        RETURN regexp_replace(replace(replace(heard, 'z', 's'), 'h', ''), '(.)\1+', '\1', 'g');
    END IF;
    heard := replace(word, 'x', 'ks');
    heard := regexp_replace(heard, 't?ch|sch|sh', 'x', 'g');
    heard := replace(heard, 'dj', 'j');
    heard := regexp_replace(heard, 'gh|rh|gu(?=[eiy])', 'g', 'g');
    heard := regexp_replace(heard, 'kh|qu|q|ck', 'k', 'g');
    heard := regexp_replace(heard, 'c(?=[eiy])', 's', 'g');
    heard := replace(replace(heard, 'c', 'k'), 'ph', 'f');
    heard := replace(regexp_replace(heard, '([dtb])h', '\1', 'g'), 'h', '');
    heard := regexp_replace(heard, 'ou|oo|w', 'u', 'g');
    heard := replace(replace(heard, 'o', 'u'), 'y', 'i');
    heard := regexp_replace(heard, '^(.{2,})e$', '\1');
    heard := replace(replace(heard, 'e', 'i'), 'z', 's');
    RETURN regexp_replace(heard, '(.)\1+', '\1', 'g');
END $$;

CREATE FUNCTION record.sound(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(record.word_sound(word), '' ORDER BY place), '')
    FROM unnest(string_to_array(record.fold(words), ' ')) WITH ORDINALITY AS part (word, place)
$$;

-- `words`: one word, or two or three neighbours in the name of a place or a unit; `since`: the first publication with it.
CREATE TABLE record.word (
    words text COLLATE "C" PRIMARY KEY,
    sound text COLLATE "C" NOT NULL,
    since integer NOT NULL
);
CREATE INDEX word_sound ON record.word (sound);
CREATE INDEX word_like ON record.word USING gin (sound public.gin_trgm_ops);

CREATE FUNCTION record.place_words(n integer) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT DISTINCT array_to_string(parts[start:start + size], ' ')
    FROM (SELECT DISTINCT string_to_array(record.fold(name), ' ') AS parts
          FROM (SELECT DISTINCT place, admin1_name, admin2_name FROM record.incident_version
                WHERE known_from = n OR n IS NULL) AS named,
               unnest(ARRAY[place, admin1_name, admin2_name]) AS name WHERE name IS NOT NULL) AS folded,
         generate_series(1, least(cardinality(parts), 20)) AS start, generate_series(1, 2) AS size
    WHERE start + size <= cardinality(parts)
$$;

-- The words of publication `n` that were not known before.
CREATE FUNCTION record.learn_words(n integer) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = record, public, pg_temp AS $$
    INSERT INTO record.word (words, sound, since)
    SELECT words, record.sound(words), n
    FROM (SELECT word AS words
          FROM ts_stat(format('SELECT search FROM record.incident_version WHERE known_from = %s', n))
          UNION SELECT record.place_words(n)) AS found
    WHERE length(words) BETWEEN 2 AND 60 AND NOT EXISTS (SELECT FROM record.word k WHERE k.words = found.words)
    ON CONFLICT DO NOTHING
$$;

-- After a redaction: what no version says any more is no word of the record.
CREATE FUNCTION record.forget_words() RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = record, public, pg_temp AS $$
    DELETE FROM record.word WHERE words NOT IN (
        SELECT word FROM ts_stat('SELECT search FROM record.incident_version') UNION SELECT record.place_words(NULL))
$$;

CREATE FUNCTION record.follow_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = record, public, pg_temp AS $$
BEGIN
    IF NEW.kind = 'redact' THEN
        PERFORM record.forget_words();
    END IF;
    PERFORM record.learn_words(NEW.number);
    RETURN NULL;
END $$;

CREATE TRIGGER words AFTER INSERT ON record.publication FOR EACH ROW EXECUTE FUNCTION record.follow_words();
SELECT record.learn_words(number) FROM record.publication ORDER BY number;
