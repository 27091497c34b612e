-- The database roles of the design, the extensions and the database. Run by a superuser with psql, again at will;
-- passwords come from the environment: SAHEL_OWNER_PASSWORD, SAHEL_DESK_PASSWORD, SAHEL_WORKER_PASSWORD,
-- SAHEL_PUBLIC_PASSWORD. ./run does it for its private cluster, docker-compose.yml for its database container.
-- What each role may read and write is granted by the migrations (conflict/privileges.py).
\set ON_ERROR_STOP on
\getenv owner_password SAHEL_OWNER_PASSWORD
\getenv desk_password SAHEL_DESK_PASSWORD
\getenv worker_password SAHEL_WORKER_PASSWORD
\getenv public_password SAHEL_PUBLIC_PASSWORD

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['sahel_owner', 'sahel_desk', 'sahel_worker', 'sahel_public']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE sahel_owner CREATEDB PASSWORD :'owner_password';
ALTER ROLE sahel_desk PASSWORD :'desk_password';
ALTER ROLE sahel_worker PASSWORD :'worker_password';
ALTER ROLE sahel_public PASSWORD :'public_password';
ALTER ROLE sahel_public SET statement_timeout = '10s';

-- In template1, so that databases made by sahel_owner (the tests' too) have them: PostGIS needs a superuser.
\connect template1
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;

\connect postgres
SELECT 'CREATE DATABASE sahel OWNER sahel_owner TEMPLATE template1'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'sahel')
\gexec

-- Again in the database itself, for extensions that a later version of this file adds.
\connect sahel
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;
