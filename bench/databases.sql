-- One database of the benchmark: text as applications keep it, a table of numbers and a table of JSON. Every value is
-- computed from its row's number, so that each run measures the same bytes. `scale` is the size, in thousands of rows.
CREATE TABLE vocabulary (id integer PRIMARY KEY, word text NOT NULL);
-- Words of 3 to 11 letters. Half of a text is made of a few of them, as in a language.
INSERT INTO vocabulary
    SELECT n, translate(substr(md5('word' || n), 1, 3 + n % 9), '0123456789abcdef', 'etaoinshrdlucmfw')
    FROM generate_series(0, 2047) n;

CREATE FUNCTION pick(seed integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN seed & 1 = 0 THEN (seed >> 1) & 63 ELSE (seed >> 1) & 2047 END
$$;

CREATE TABLE page (
    id integer PRIMARY KEY,
    space integer NOT NULL,
    title text NOT NULL,
    changed timestamptz NOT NULL,
    body text NOT NULL
);
INSERT INTO page
    SELECT n, n % 40, 'Page ' || n, timestamptz '2020-01-01 00:00:00+00' + n * interval '97 seconds', text.body
    FROM generate_series(1, :scale * 1000) n
    CROSS JOIN LATERAL (
        SELECT string_agg(w.word, ' ' ORDER BY i) AS body
        FROM generate_series(1, 60) i
        JOIN vocabulary w ON w.id = pick(hashint4(n * 60 + i))
    ) text;
CREATE INDEX page_by_space ON page (space, changed);

CREATE TABLE reading (
    sensor integer NOT NULL,
    taken timestamptz NOT NULL,
    celsius numeric(6, 3) NOT NULL,
    checked boolean NOT NULL
);
INSERT INTO reading
    SELECT n % 50, timestamptz '2024-01-01 00:00:00+00' + n * interval '1 second',
           (hashint4(n) & 65535) / 1000.0, n % 7 = 0
    FROM generate_series(1, :scale * 5000) n;

CREATE TABLE event (id bigint PRIMARY KEY, payload jsonb NOT NULL);
INSERT INTO event
    SELECT n, jsonb_build_object('user', 'user' || n % 900, 'action', (ARRAY['view', 'edit', 'save', 'delete'])[1 + n % 4],
                                 'session', md5((n / 20)::text), 'milliseconds', hashint4(n) & 4095)
    FROM generate_series(1, :scale * 2000) n;
DROP FUNCTION pick;
