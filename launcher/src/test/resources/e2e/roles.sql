-- Roles of the database with everything: an owner, an application, a group, one with an odd name.
CREATE ROLE hf_owner LOGIN PASSWORD 'hf-e2e-owner-secret' CREATEDB CONNECTION LIMIT 20 VALID UNTIL '2099-01-01 00:00:00+00';
CREATE ROLE hf_readers NOLOGIN;
CREATE ROLE hf_app LOGIN PASSWORD 'hf-e2e-app-secret' IN ROLE hf_readers;
CREATE ROLE "hf ""odd"" rôle's" NOLOGIN BYPASSRLS;
GRANT hf_readers TO hf_owner WITH ADMIN OPTION;
ALTER ROLE hf_app SET statement_timeout = '77s';
COMMENT ON ROLE hf_app IS 'the application''s; "quoted"';
