-- The record: what has been published. Append-only; every public door reads this schema and nothing else.
-- A version is known from publication `known_from` until just before `known_to`; 2147483647 means current.

CREATE SCHEMA record;

CREATE TABLE record.publication (
    number integer PRIMARY KEY CHECK (number > 0),
    at timestamptz NOT NULL,
    kind text NOT NULL CHECK (kind IN ('publish', 'correct', 'retract', 'merge', 'redact', 'import')),
    role text NOT NULL CHECK (role <> ''),
    reason text NOT NULL CHECK (reason <> ''),
    versions integer NOT NULL CHECK (versions >= 0),
    content bytea NOT NULL CHECK (length(content) = 32),
    previous bytea NOT NULL CHECK (length(previous) = 32),
    digest bytea NOT NULL UNIQUE CHECK (length(digest) = 32)
);

CREATE TABLE record.incident_version (
    version_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incident bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    known_from integer NOT NULL,
    known_to integer NOT NULL DEFAULT 2147483647 CHECK (known_to > known_from),
    state text COLLATE "C" NOT NULL CHECK (state IN ('published', 'retracted', 'merged')),
    target text COLLATE "C",
    event_type text COLLATE "C" NOT NULL,
    event_subtype text COLLATE "C",
    date_start date NOT NULL,
    date_end date NOT NULL,
    date_precision text COLLATE "C" NOT NULL,
    country text COLLATE "C" NOT NULL,
    admin1 text COLLATE "C",
    admin2 text COLLATE "C",
    admin3 text COLLATE "C",
    admin1_name text,
    admin2_name text,
    place text,
    longitude float8,
    latitude float8,
    location_precision text COLLATE "C" NOT NULL,
    geom geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)) STORED,
    -- Web mercator in 30 bits, as conflict/kit/mercator.py defines it.
    mx integer GENERATED ALWAYS AS (floor((longitude + 180) / 360 * 1073741824)) STORED,
    my integer GENERATED ALWAYS AS (floor(
        (1 - ln(tan(radians(latitude)) + 1 / cos(radians(latitude))) / pi()) / 2 * 1073741824)) STORED,
    participants jsonb NOT NULL,          -- [[actor id, role, label used, confidence], ...]
    actor_roles integer[] NOT NULL,       -- actor id * 16 (any role) and actor id * 16 + 1 + position of the role
    fatalities_low integer,
    fatalities_best integer,
    fatalities_high integer,
    open_ended boolean NOT NULL DEFAULT false,
    contested boolean NOT NULL DEFAULT false,
    claims smallint NOT NULL DEFAULT 0,
    claimants smallint NOT NULL DEFAULT 0,
    civilian_targeting boolean NOT NULL,
    verification text COLLATE "C" NOT NULL,
    dataset text COLLATE "C",
    dataset_id text COLLATE "C",
    sources text[] NOT NULL,
    part_of text COLLATE "C",
    title_en text NOT NULL,
    title_fr text NOT NULL,
    search tsvector NOT NULL,
    document jsonb NOT NULL,
    digest bytea NOT NULL,
    redacted_by integer,
    redacted_digest bytea,
    UNIQUE (id, version),
    CHECK (date_end >= date_start),
    CHECK ((longitude IS NULL) = (latitude IS NULL)),
    CHECK ((state = 'merged') = (target IS NOT NULL))
);

CREATE TABLE record.actor_version (
    version_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor bigint NOT NULL,
    slug text COLLATE "C" NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    known_from integer NOT NULL,
    known_to integer NOT NULL DEFAULT 2147483647 CHECK (known_to > known_from),
    state text COLLATE "C" NOT NULL CHECK (state IN ('published', 'retracted', 'merged')),
    target bigint,
    kind text COLLATE "C" NOT NULL,
    country text COLLATE "C",
    name_en text NOT NULL,
    name_fr text NOT NULL,
    document jsonb NOT NULL,
    digest bytea NOT NULL,
    redacted_by integer,
    redacted_digest bytea,
    UNIQUE (actor, version),
    CHECK ((state = 'merged') = (target IS NOT NULL))
);

CREATE TABLE record.release (
    name text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9.-]{0,39}$'),
    publication integer NOT NULL REFERENCES record.publication,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    title text NOT NULL,
    digest bytea NOT NULL
);

CREATE TABLE record.redaction (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    publication integer NOT NULL,
    subject text NOT NULL CHECK (subject IN ('incident', 'actor')),
    version_id bigint NOT NULL,
    fields text[] NOT NULL,
    reason_code text NOT NULL,
    old_digest bytea NOT NULL,
    new_digest bytea NOT NULL
);

ALTER TABLE record.incident_version
    ADD FOREIGN KEY (known_from) REFERENCES record.publication DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE record.actor_version
    ADD FOREIGN KEY (known_from) REFERENCES record.publication DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE record.redaction
    ADD FOREIGN KEY (publication) REFERENCES record.publication DEFERRABLE INITIALLY DEFERRED;

CREATE UNIQUE INDEX incident_version_current ON record.incident_version (id) WHERE known_to = 2147483647;
CREATE UNIQUE INDEX incident_version_desk ON record.incident_version (incident) WHERE known_to = 2147483647;
CREATE INDEX incident_version_date ON record.incident_version (date_start DESC, id DESC);
CREATE INDEX incident_version_type ON record.incident_version (event_type, date_start DESC, id DESC);
CREATE INDEX incident_version_country ON record.incident_version (country, date_start DESC, id DESC);
CREATE INDEX incident_version_fatalities ON record.incident_version ((coalesce(fatalities_best, -1)) DESC, id DESC);
CREATE INDEX incident_version_geom ON record.incident_version USING gist (geom);
CREATE INDEX incident_version_actors ON record.incident_version USING gin (actor_roles);
CREATE INDEX incident_version_search ON record.incident_version USING gin (search);
CREATE INDEX incident_version_known_from ON record.incident_version (known_from);
CREATE INDEX incident_version_known_to ON record.incident_version (known_to) WHERE known_to < 2147483647;
CREATE INDEX incident_version_part_of ON record.incident_version (part_of) WHERE part_of IS NOT NULL;
CREATE UNIQUE INDEX actor_version_current ON record.actor_version (actor) WHERE known_to = 2147483647;
CREATE UNIQUE INDEX actor_version_slug ON record.actor_version (slug) WHERE known_to = 2147483647;
CREATE INDEX actor_version_known_from ON record.actor_version (known_from);
CREATE INDEX redaction_publication ON record.redaction (publication);

-- How words are folded for search: lower case, no accents, no apostrophes; the query folds with the same function.
CREATE FUNCTION record.fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(public.unaccent('public.unaccent'::regdictionary, lower(coalesce(words, ''))),
                          '[^[:alnum:]]+', ' ', 'g')
$$;

-- Everything a version says, in one unambiguous text; what is hashed.
CREATE FUNCTION record.incident_digest(v record.incident_version) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        v.id, v.version, v.known_from, v.state, v.target, v.event_type, v.event_subtype, v.date_start,
        v.date_end, v.date_precision, v.country, v.admin1, v.admin2, v.admin3, v.admin1_name, v.admin2_name, v.place,
        v.longitude, v.latitude, v.location_precision, v.participants, v.actor_roles, v.fatalities_low,
        v.fatalities_best, v.fatalities_high, v.open_ended, v.contested, v.claims, v.claimants, v.civilian_targeting,
        v.verification, v.dataset, v.dataset_id, v.sources, v.part_of, v.title_en, v.title_fr, v.search::text,
        v.document)::text, 'UTF8'))
$$;

CREATE FUNCTION record.actor_digest(v record.actor_version) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        v.actor, v.slug, v.version, v.known_from, v.state, v.target, v.kind, v.country, v.name_en, v.name_fr,
        v.document)::text, 'UTF8'))
$$;

CREATE FUNCTION record.stamp_incident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.digest := record.incident_digest(NEW);
    RETURN NEW;
END $$;

CREATE FUNCTION record.stamp_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.digest := record.actor_digest(NEW);
    RETURN NEW;
END $$;

CREATE TRIGGER stamp BEFORE INSERT ON record.incident_version FOR EACH ROW EXECUTE FUNCTION record.stamp_incident();
CREATE TRIGGER stamp BEFORE INSERT ON record.actor_version FOR EACH ROW EXECUTE FUNCTION record.stamp_actor();

-- Append-only: a version may be closed once; inside record.redact() its words may be replaced; nothing else.
CREATE FUNCTION record.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_LEVEL = 'ROW' AND TG_TABLE_NAME IN ('incident_version', 'actor_version') THEN
        IF current_setting('record.redacting', true) = NEW.version_id::text THEN
            RETURN NEW;
        END IF;
        IF OLD.known_to = 2147483647 AND NEW.known_to < 2147483647
           -- Generated columns are not computed yet when this trigger looks at NEW.
           AND to_jsonb(NEW) - '{known_to,geom,mx,my}'::text[] = to_jsonb(OLD) - '{known_to,geom,mx,my}'::text[] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'record.% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON record.publication
    FOR EACH ROW EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON record.incident_version
    FOR EACH ROW EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON record.actor_version
    FOR EACH ROW EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON record.release
    FOR EACH ROW EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON record.redaction
    FOR EACH ROW EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON record.publication EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON record.incident_version EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON record.actor_version EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON record.release EXECUTE FUNCTION record.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON record.redaction EXECUTE FUNCTION record.refuse_change();

-- One publication at a time: takes the lock until commit and returns the number this transaction publishes under.
CREATE FUNCTION record.open_publication() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7243210, 1);
    RETURN (SELECT coalesce(max(number), 0) + 1 FROM record.publication);
END $$;

-- What publication `n` contains, as one hash: its incident versions, actor versions and redactions in order.
CREATE FUNCTION record.content_digest(n integer) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(
        coalesce((SELECT string_agg(digest, ''::bytea ORDER BY version_id)
                  FROM record.incident_version WHERE known_from = n), ''::bytea)
     || sha256(coalesce((SELECT string_agg(digest, ''::bytea ORDER BY version_id)
                  FROM record.actor_version WHERE known_from = n), ''::bytea))
     || sha256(coalesce((SELECT string_agg(convert_to(subject || version_id || reason_code, 'UTF8')
                                           || old_digest || new_digest, ''::bytea ORDER BY id)
                  FROM record.redaction WHERE publication = n), ''::bytea)))
$$;

CREATE FUNCTION record.publication_digest(p record.publication) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(p.previous || p.content || convert_to(jsonb_build_array(
        p.number, to_char(p.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), p.kind, p.role, p.reason,
        p.versions)::text, 'UTF8'))
$$;

-- Closes publication `n`: hashes its content, chains it to the one before, writes its row.
CREATE FUNCTION record.seal_publication(n integer, kind text, role text, reason text)
RETURNS record.publication LANGUAGE plpgsql AS $$
DECLARE
    p record.publication;
    last record.publication;
BEGIN
    SELECT * INTO last FROM record.publication WHERE number = n - 1;
    p.number := n;
    p.at := greatest(clock_timestamp(), last.at + interval '1 microsecond');
    p.kind := kind;
    p.role := role;
    p.reason := reason;
    p.versions := (SELECT count(*) FROM record.incident_version WHERE known_from = n)
                + (SELECT count(*) FROM record.actor_version WHERE known_from = n);
    p.content := record.content_digest(n);
    p.previous := coalesce(last.digest, sha256('Sahel Conflict Tracker'::bytea));
    p.digest := record.publication_digest(p);
    INSERT INTO record.publication SELECT p.*;
    RETURN p;
END $$;

-- Replaces values in one version. `patch` names columns of the version; the stored digest stays as it was
-- published, so that the chain still verifies, and the new one is kept beside it.
CREATE FUNCTION record.redact_incident(n integer, which bigint, patch jsonb, named text[], code text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = record, public, pg_temp AS $$
DECLARE
    v record.incident_version;
    r record.incident_version;
BEGIN
    SELECT * INTO STRICT v FROM record.incident_version WHERE version_id = which FOR UPDATE;
    r := jsonb_populate_record(v, patch - '{version_id,incident,id,version,known_from,known_to,state,target,digest}'::text[]);
    PERFORM set_config('record.redacting', which::text, true);
    UPDATE record.incident_version SET
        title_en = r.title_en, title_fr = r.title_fr, place = r.place, longitude = r.longitude, latitude = r.latitude,
        location_precision = r.location_precision, admin1 = r.admin1, admin2 = r.admin2, admin3 = r.admin3,
        admin1_name = r.admin1_name, admin2_name = r.admin2_name, participants = r.participants,
        actor_roles = r.actor_roles, sources = r.sources, search = r.search, document = r.document,
        redacted_by = n, redacted_digest = record.incident_digest(r)
    WHERE version_id = which;
    PERFORM set_config('record.redacting', '', true);
    INSERT INTO record.redaction (publication, subject, version_id, fields, reason_code, old_digest, new_digest)
    VALUES (n, 'incident', which, named, code, v.digest, record.incident_digest(r));
END $$;

-- Reference data that public doors need for names and shapes of administrative units.
CREATE VIEW record.admin_unit AS
    SELECT pcode, level, country, name, name_fr, parent, vintage, source, centre, geom FROM public.events_adminunit;
