CREATE TEMP TABLE ged_row (
    line integer NOT NULL,
    pair integer NOT NULL,
    spot integer NOT NULL,
    digest bytea NOT NULL,
    external_id text NOT NULL,
    event_clarity smallint NOT NULL,
    date_prec smallint NOT NULL,
    date_start date NOT NULL,
    date_end date NOT NULL,
    deaths_a integer NOT NULL,
    deaths_b integer NOT NULL,
    deaths_civilians integer NOT NULL,
    deaths_unknown integer NOT NULL,
    best integer NOT NULL,
    low integer NOT NULL,
    high integer NOT NULL,
    code_status text NOT NULL,
    source_article text NOT NULL,
    source_original text NOT NULL,
    described text NOT NULL
) ON COMMIT DROP;

CREATE TEMP TABLE ged_identity (
    pair integer PRIMARY KEY,
    identity text NOT NULL
) ON COMMIT DROP;

CREATE TEMP TABLE ged_cast (
    pair integer PRIMARY KEY,
    event_type text NOT NULL,
    event_subtype text NOT NULL,
    civilian_targeting boolean NOT NULL,
    lead_en text NOT NULL,
    lead_fr text NOT NULL,
    participants jsonb NOT NULL,
    actor_roles integer[] NOT NULL,
    labels text NOT NULL,
    a bigint[] NOT NULL,
    b bigint[] NOT NULL,
    a_key text[] COLLATE "C" NOT NULL,
    b_key text[] COLLATE "C" NOT NULL
) ON COMMIT DROP;

CREATE TEMP TABLE ged_spot (
    spot integer PRIMARY KEY,
    where_prec smallint NOT NULL,
    latitude float8,
    longitude float8,
    country text NOT NULL,
    place text NOT NULL,
    admin1_name text NOT NULL,
    admin2_name text NOT NULL,
    where_en text NOT NULL,
    where_fr text NOT NULL
) ON COMMIT DROP;
