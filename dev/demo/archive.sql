CREATE EXTENSION pg_trgm;
SET ROLE demo_owner;
CREATE SCHEMA archive;
CREATE TABLE archive.document (
    id integer PRIMARY KEY,
    title text NOT NULL,
    scan oid NOT NULL UNIQUE
);
CREATE INDEX document_by_title ON archive.document USING gin (title public.gin_trgm_ops);
-- The scans are large objects, 100 KiB each: they live outside the table, and a careless dump forgets them.
INSERT INTO archive.document
    SELECT n, 'Lieferschein Nr. ' || n,
           lo_from_bytea(0, decode(repeat(md5(n::text), 6400), 'hex'))
    FROM generate_series(1, 30) n;
COMMENT ON TABLE archive.document IS 'Scanned delivery notes';
GRANT SELECT ON archive.document TO demo_reader;
