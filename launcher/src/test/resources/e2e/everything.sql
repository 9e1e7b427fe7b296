-- One of everything that a schema can hold, so that a restore can be compared with it to the letter.
CREATE EXTENSION pgcrypto;
CREATE EXTENSION pg_trgm;
CREATE SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;

CREATE SCHEMA sales AUTHORIZATION hf_owner;
CREATE SCHEMA "odd ""schema"".with/all=of it's";
COMMENT ON SCHEMA sales IS 'Ünïcode ✓ comment; -- not a comment';

CREATE TYPE sales.mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE DOMAIN sales.positive AS numeric(12,3) DEFAULT 1 CONSTRAINT above_zero CHECK (VALUE > 0);
CREATE TYPE sales.address AS (street text, city text, tags text[]);
CREATE TYPE sales.span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE sales.shell;
DROP TYPE sales.shell;
CREATE COLLATION sales.german FROM "de_DE.utf8";
CREATE COLLATION sales.numeric_icu (provider = icu, locale = 'en-u-kn-true');
CREATE COLLATION sales.blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

CREATE FUNCTION sales.twice(i integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT i * 2 $$;
CREATE FUNCTION sales.stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = sales, pg_temp
  AS $body$ BEGIN NEW.changed := '2001-02-03'; RETURN NEW; END $body$;
CREATE FUNCTION sales.spread(VARIADIC a numeric[], OUT lowest numeric, OUT highest numeric) LANGUAGE sql
  BEGIN ATOMIC SELECT min(x), max(x) FROM unnest(a) AS x; END;
CREATE PROCEDURE sales.tidy(INOUT n integer DEFAULT 3) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$;
CREATE AGGREGATE sales.product(numeric) (sfunc = numeric_mul, stype = numeric, initcond = '1');
CREATE OPERATOR sales.=== (leftarg = integer, rightarg = integer, function = int4eq, commutator = OPERATOR(sales.===));
CREATE CAST (sales.mood AS integer) WITH INOUT;

CREATE TABLE sales.customer (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 7) PRIMARY KEY,
  name text COLLATE sales.german NOT NULL,
  feeling sales.mood DEFAULT 'happy',
  credit sales.positive,
  home sales.address,
  active sales.span,
  numbers integer[][],
  document jsonb,
  pairs ext.hstore,
  born date,
  seen timestamptz,
  address inet,
  raw bytea,
  shape polygon,
  doubled numeric GENERATED ALWAYS AS (credit * 2) STORED,
  changed date,
  UNIQUE NULLS NOT DISTINCT (name, born),
  EXCLUDE USING gist (active WITH &&)
);
ALTER TABLE sales.customer ALTER COLUMN document SET STORAGE EXTERNAL, ALTER COLUMN name SET STATISTICS 77;
ALTER TABLE sales.customer SET (fillfactor = 70, autovacuum_enabled = false);
CREATE INDEX customer_trigrams ON sales.customer USING gin (name gin_trgm_ops);
CREATE INDEX customer_lower ON sales.customer (lower(name) DESC NULLS LAST) INCLUDE (born) WHERE credit > 10;
CREATE STATISTICS sales.customer_dependence (dependencies, mcv) ON name, born FROM sales.customer;
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF name ON sales.customer FOR EACH ROW EXECUTE FUNCTION sales.stamp();
CREATE TRIGGER sleeping AFTER DELETE ON sales.customer FOR EACH ROW EXECUTE FUNCTION sales.stamp();
ALTER TABLE sales.customer DISABLE TRIGGER sleeping;

INSERT INTO sales.customer (name, feeling, credit, home, active, numbers, document, pairs, born, seen, address, raw, shape)
SELECT 'Käufer ' || i || E'\ttab\nline \\ backslash', (ARRAY['sad','it''s ok','happy']::sales.mood[])[1 + i % 3], i + 0.125,
  ROW('Straße ' || i, NULL, ARRAY['a,b', NULL, '{}'])::sales.address, sales.span(i, i + 0.5),
  ARRAY[[i, NULL], [3, 4]], jsonb_build_object('i', i, 'é', NULL), ext.hstore('k', i::text), date '1582-10-15' + i,
  timestamptz '2020-02-29 23:59:59.999999+14' + i * interval '1 hour', ('10.0.0.' || i)::inet, decode(md5(i::text), 'hex'),
  '((0,0),(1,1),(1,0))'
FROM generate_series(1, 200) AS i;
INSERT INTO sales.customer (name, born) VALUES ('', 'infinity'), (E'\\N', '-infinity'), ('\.', NULL);

CREATE TABLE sales.visit (id integer, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE sales.visit_2024 PARTITION OF sales.visit FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY HASH (id);
CREATE TABLE sales.visit_2024_0 PARTITION OF sales.visit_2024 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE sales.visit_2024_1 PARTITION OF sales.visit_2024 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE sales.visit_rest PARTITION OF sales.visit DEFAULT;
CREATE INDEX ON sales.visit (id, at);
INSERT INTO sales.visit SELECT i, date '2023-12-01' + i, 'visit ' || i FROM generate_series(1, 400) AS i;

CREATE TABLE sales.parent (a integer CHECK (a > 0), b text);
CREATE TABLE sales.child (c integer DEFAULT 5) INHERITS (sales.parent);
INSERT INTO sales.child VALUES (1, 'from a child', 9);
CREATE TABLE sales.line (
  customer bigint REFERENCES sales.customer ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  amount numeric, CONSTRAINT sane CHECK (amount < 1e9) NOT VALID);
INSERT INTO sales.line SELECT id, id FROM sales.customer;
SET CONSTRAINTS ALL IMMEDIATE;
CREATE UNLOGGED TABLE sales.scratch (x xml, t tsvector, u uuid, m money, b bit varying(9));
INSERT INTO sales.scratch VALUES ('<a>é</a>', 'a:1 b:2', '00000000-0000-0000-0000-00000000000a', 12.34, B'101');
CREATE TABLE sales.nothing ();
CREATE TABLE "odd ""schema"".with/all=of it's"."tab ""le""
with a line.and/a=slash" ("col ""umn"".x y" text, "ÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßabc" integer);
INSERT INTO "odd ""schema"".with/all=of it's"."tab ""le""
with a line.and/a=slash" VALUES ('x', 1);

CREATE SEQUENCE sales.counter AS smallint INCREMENT BY -3 MINVALUE -300 MAXVALUE 30 START 9 CYCLE CACHE 4;
SELECT nextval('sales.counter'), nextval('sales.counter');
CREATE SEQUENCE sales.untouched OWNED BY sales.parent.a;
SELECT setval('sales.untouched', 4711, false);

CREATE VIEW sales.happy WITH (security_barrier) AS
  SELECT id, name, document FROM sales.customer WHERE feeling = 'happy' WITH CASCADED CHECK OPTION;
CREATE RECURSIVE VIEW sales.countdown (n) AS VALUES (5) UNION ALL SELECT n - 1 FROM countdown WHERE n > 0;
CREATE MATERIALIZED VIEW sales.totals AS SELECT feeling, sum(credit) AS total FROM sales.customer GROUP BY feeling ORDER BY feeling;
CREATE UNIQUE INDEX ON sales.totals (feeling);
CREATE MATERIALIZED VIEW sales.unfilled AS SELECT 1 AS one WITH NO DATA;
CREATE RULE keep AS ON DELETE TO sales.line WHERE (OLD.amount > 10) DO INSTEAD NOTHING;
CREATE FUNCTION sales.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE EVENT TRIGGER hf_watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION sales.watch();

ALTER TABLE sales.customer ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.customer FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON sales.customer AS RESTRICTIVE FOR SELECT TO hf_app USING (name <> '') ;
CREATE POLICY any_rows ON sales.customer TO hf_readers USING (true) WITH CHECK (credit > 0);

CREATE TEXT SEARCH CONFIGURATION sales.plain (COPY = simple);
CREATE FOREIGN DATA WRAPPER hf_wrapper OPTIONS (debug 'true');
CREATE SERVER hf_server FOREIGN DATA WRAPPER hf_wrapper OPTIONS (host 'nowhere');
CREATE FOREIGN TABLE sales.far (a integer OPTIONS (col 'b')) SERVER hf_server;
CREATE PUBLICATION hf_some FOR TABLE sales.customer (id, name) WHERE (id > 3), sales.line WITH (publish = 'insert, delete');
CREATE PUBLICATION hf_schema FOR TABLES IN SCHEMA "odd ""schema"".with/all=of it's";

GRANT USAGE ON SCHEMA sales TO hf_readers, "hf ""odd"" rôle's";
GRANT SELECT ON ALL TABLES IN SCHEMA sales TO hf_readers;
GRANT INSERT (name, credit), UPDATE (name) ON sales.customer TO hf_app WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION sales.twice(integer) TO hf_app;
REVOKE EXECUTE ON FUNCTION sales.twice(integer) FROM PUBLIC;
GRANT USAGE ON SEQUENCE sales.counter TO hf_app;
ALTER DEFAULT PRIVILEGES FOR ROLE hf_owner IN SCHEMA sales GRANT SELECT ON TABLES TO hf_readers;
ALTER DEFAULT PRIVILEGES FOR ROLE hf_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER TABLE sales.line OWNER TO hf_owner;
ALTER TABLE sales.parent OWNER TO "hf ""odd"" rôle's";
ALTER VIEW sales.happy OWNER TO hf_app;
COMMENT ON COLUMN sales.customer.name IS 'a name; it''s "odd"';
COMMENT ON TYPE sales.mood IS 'moods';
COMMENT ON TRIGGER stamp ON sales.customer IS 'stamps';

-- Large objects: content, an owner, a grant, a comment, one that is empty, one beyond a page of pg_largeobject.
SELECT lo_from_bytea(70001, 'a large object, with a zero \000 in it'::bytea);
SELECT lo_from_bytea(70002, decode(repeat('00ff10', 300000), 'hex'));
SELECT lo_from_bytea(70003, '');
ALTER LARGE OBJECT 70001 OWNER TO hf_owner;
GRANT SELECT ON LARGE OBJECT 70001 TO hf_app;
COMMENT ON LARGE OBJECT 70002 IS 'a picture';
REFRESH MATERIALIZED VIEW sales.totals;
