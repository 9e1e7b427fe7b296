package io.holdfast.postgres;

/**
 * Reads large objects piece by piece, never a whole one at a time, in the server alone. A piece's
 * hash goes with the object's number and its place, so that the order does not matter.
 */
final class LargeObjectDigest {

  private static final int PIECE = 1 << 20;

  private LargeObjectDigest() {}

  static long count(Session session) {
    return session
        .first(
            "count the large objects",
            "SELECT count(*) FROM pg_largeobject_metadata",
            row -> row.getLong(1))
        .orElse(0L);
  }

  static String content(Session session, RowDigest digest) {
    String sql =
        """
        WITH RECURSIVE piece(oid, place, hash, bytes) AS (
          SELECT m.oid, 0::bigint, HASH, length(d.data)
            FROM pg_largeobject_metadata m,
                 LATERAL (SELECT lo_get(m.oid, 0, PIECE) AS data OFFSET 0) AS d
          UNION ALL
          SELECT p.oid, p.place + 1, HASH, length(d.data)
            FROM piece p, LATERAL (SELECT lo_get(p.oid, (p.place + 1) * PIECE, PIECE) AS data
                                   OFFSET 0) AS d
           WHERE p.bytes = PIECE)
        SELECT coalesce(SUM, 0)::text FROM piece
        """
            .replace("HASH", "encode(sha256(d.data), 'hex')")
            .replace("PIECE", Integer.toString(PIECE))
            .replace("SUM", digest.sum("ROW(oid, place, hash)::text"));
    return session.names("read the large objects of '" + session.database() + "'", sql).get(0);
  }
}
