-- Values and definitions whose text depends on settings, or that a server writes anew in other
-- words when it reads its own text. Run after everything.sql, in the same database.
\encoding UTF8
SET client_min_messages = warning;
SELECT current_database() AS db \gset
ALTER DATABASE :"db" SET TimeZone = 'Pacific/Chatham';
ALTER DATABASE :"db" SET DateStyle = 'German, DMY';
ALTER DATABASE :"db" SET IntervalStyle = 'sql_standard';
ALTER DATABASE :"db" SET extra_float_digits = -10;
ALTER DATABASE :"db" SET bytea_output = 'escape';
SET search_path = app, public;
SET DateStyle = 'ISO, YMD';

CREATE TABLE "Odd Values" (
  "Number" bigserial PRIMARY KEY,
  d double precision, r real, n numeric, m money, b bytea, bits varbit,
  day date, at timestamptz, local timestamp, clock timetz, span interval,
  doc xml, js json, jb jsonb, words tsvector, asked tsquery, spot point, net inet,
  ranges int4multirange, letters char(5), flags "char", class regclass, nested text[][], who address
);
INSERT INTO "Odd Values" (d, r, n, m, b, bits, day, at, local, clock, span, doc, js, jb, words, asked,
                          spot, net, ranges, letters, flags, class, nested, who) VALUES
  ('NaN', 'NaN', 'NaN', '-12.34', '\x00ff5c27', B'101', '0044-03-15 BC', '-infinity', 'infinity',
   '12:34:56.789+05:45', '-1 year 2 mons -3 days 04:05:06.789', '<a b="c">&amp;</a>', '{"b": 1,  "a":2}',
   '{"b": 1,  "a":2}', 'a:1A b:2', 'a & !b', '(1e-300,-0)', '10.1.2.3/24', '{[1,3),[5,9)}', 'ab', 'x',
   'app.person', '{{a,NULL},{"","c\"d"}}', ROW('x, y', 3, NULL)),
  ('-0', '-0', '-0.00', '92233720368547758.07', '', B'', 'infinity', '0001-01-01 00:00:00+00 BC',
   '294276-12-31 23:59:59.999999', '00:00:00-12', '0', '', 'null', 'null', '', '', '(NaN,Infinity)', '::1',
   '{}', '', '', 'pg_class', '{}', NULL),
  (4.9406564584124654e-324, 1.4e-45, 1e-1000, 0, '\x01', B'0', '5874897-12-31', '2024-06-01 12:00:00+12:45',
   '4713-01-01 00:00:00 BC', '23:59:60+00', '178000000 years', NULL, '[]', '{"n": 1e400}', NULL, NULL,
   '(0,0)', '0.0.0.0/0', NULL, NULL, NULL, NULL, NULL, ROW(NULL, 4, NULL)),
  (0.1::double precision + 0.2, 0.1::real + 0.2::real, 12345678901234567890.123456789012345678901234567890,
   NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
   NULL, NULL, NULL, NULL);

-- The server writes such a list in other words once it has read it back.
CREATE TABLE status_list (
  status varchar(20) DEFAULT 'new' CHECK (status IN ('new', 'open', 'it''s done')),
  code char(3) CHECK (code NOT IN ('abc', 'def')),
  amount numeric(10, 2) DEFAULT -1 CHECK (amount BETWEEN -5 AND 100.50),
  at timestamp(3) without time zone DEFAULT (now() AT TIME ZONE 'UTC'),
  EXCLUDE USING btree (status WITH =) WHERE (status IN ('new', 'open'))
);
CREATE INDEX status_some ON status_list ((lower(status))) WHERE status IN ('new', 'open') AND amount > -1;
CREATE VIEW of_status AS
  SELECT *, CASE WHEN status IN ('new', 'open') THEN 'a'::varchar(3) ELSE code END AS kind
    FROM status_list WHERE status IN ('new', 'it''s done') OR (code LIKE 'a%' AND NOT amount = ANY ('{1,2}'));
CREATE MATERIALIZED VIEW open_ones AS SELECT status, count(*) FROM of_status WHERE status IN ('open', 'x') GROUP BY 1;
CREATE DOMAIN short_status AS varchar(4) CHECK (VALUE IN ('new', 'old'));
CREATE POLICY some_only ON status_list USING (status IN ('new', 'open'));
CREATE FUNCTION on_status() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER on_status BEFORE UPDATE ON status_list FOR EACH ROW
  WHEN (NEW.status IN ('new', 'open')) EXECUTE FUNCTION on_status();
INSERT INTO status_list VALUES ('new', 'xyz', 1), ('open', NULL, NULL);

-- A dump puts inherited columns in another order.
CREATE TABLE late_parent (a integer);
CREATE TABLE late_child (b integer, z text) INHERITS (late_parent);
ALTER TABLE late_parent ADD COLUMN c integer DEFAULT 7;
ALTER TABLE late_parent ADD CONSTRAINT a_positive CHECK (a > 0);
INSERT INTO late_child VALUES (1, 2, 'z', 3);
CREATE TABLE swapped (place text, at date NOT NULL, gone integer, value numeric);
ALTER TABLE swapped DROP COLUMN gone;
ALTER TABLE measurement ATTACH PARTITION swapped FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE TABLE to_partitioned (id integer PRIMARY KEY, at date);
CREATE TABLE parted (id integer, ref integer REFERENCES to_partitioned, PRIMARY KEY (id)) PARTITION BY HASH (id);
CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE refers (id integer REFERENCES parted);
CREATE TRIGGER of_parts BEFORE INSERT ON parted FOR EACH ROW EXECUTE FUNCTION on_status();
ALTER TABLE parted_1 DISABLE TRIGGER of_parts;
CREATE INDEX ON parted (ref);
COMMENT ON INDEX status_some IS 'some';
COMMENT ON CONSTRAINT a_positive ON late_parent IS 'above zero';
REVOKE ALL ON status_list FROM CURRENT_USER;

-- More than one piece, with a hole.
SELECT lo_from_bytea(424244, decode(repeat('0123456789abcdef', 200000), 'hex'));
SELECT lo_put(424245, 3000000, 'end') FROM lo_create(424245);
SELECT setval('never_called', 9, false);
