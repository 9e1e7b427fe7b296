SET ROLE demo_owner;
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('open', 'paid', 'sent');
CREATE TABLE shop.customer (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE shop.purchase (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer integer NOT NULL REFERENCES shop.customer,
    state shop.state NOT NULL,
    cents integer NOT NULL CHECK (cents > 0),
    note text
);
INSERT INTO shop.customer (name) SELECT 'Customer ' || n FROM generate_series(1, 500) n;
INSERT INTO shop.purchase (customer, state, cents, note)
    SELECT 1 + n % 500, (enum_range(NULL::shop.state))[1 + n % 3], 100 + n * 7 % 9900, repeat(md5(n::text), 3)
    FROM generate_series(1, 20000) n;
CREATE INDEX purchase_by_customer ON shop.purchase (customer, state);
CREATE VIEW shop.turnover AS
    SELECT customer, sum(cents) AS cents FROM shop.purchase WHERE state <> 'open' GROUP BY customer;
GRANT USAGE ON SCHEMA shop TO demo_reader;
GRANT SELECT ON shop.turnover TO demo_reader;
