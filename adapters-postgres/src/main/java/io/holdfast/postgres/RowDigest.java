package io.holdfast.postgres;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The digest of a table's rows, whatever their order: the sum of one 64-bit number a row, a hash of
 * the row's text. The text is that of {@code ROW(columns)}, the columns in the order of their
 * names, since a restore may change the order of inherited ones.
 *
 * <p>What it costs, in time of the server, seen on three tables of 164 MB of text together
 * (PostgreSQL 15 on x86-64): with {@code hashtextextended} 0.8 times what adding up the lengths of
 * the texts takes, with {@code md5} 2.2 times that. {@code sha256} costs about as much as {@code
 * md5}.
 */
enum RowDigest {
  /**
   * PostgreSQL's own hash, which partitions go by and which therefore stays as it is. On another
   * byte order it gives other numbers.
   */
  HASH64("rows-hash64sum-1") {
    private static final String WORD = "holdfast";
    private static final String ITS_NUMBER = "1940128942939898253";

    @Override
    String number(String text) {
      return "hashtextextended(" + text + " COLLATE \"C\", 0)";
    }

    @Override
    String chosen(String key, long share) {
      return number(key) + " & " + (share - 1) + " = 0";
    }

    @Override
    boolean isWhatGives(List<String> number) {
      return number.equals(List.of(ITS_NUMBER));
    }

    @Override
    String trial() {
      return "SELECT " + number("text '" + WORD + "'") + "::text";
    }
  },
  /** What every server has on every platform, unless its OpenSSL is confined to FIPS 140. */
  MD5("rows-md5sum-1") {
    @Override
    String number(String text) {
      return firstOf("md5(" + text + ")");
    }

    @Override
    String chosen(String key, long share) {
      return startsWithZeros("md5(" + key + ")", share);
    }
  },
  /** For where there is no {@code md5}. */
  SHA256("rows-sha256sum-1") {
    @Override
    String number(String text) {
      return firstOf(sha256(text));
    }

    @Override
    String chosen(String key, long share) {
      return startsWithZeros(sha256(key), share);
    }

    private static String sha256(String text) {
      return "encode(sha256(convert_to(" + text + ", 'UTF8')), 'hex')";
    }
  };

  /** Shares are powers of it: one more zero at the head of a hexadecimal hash. */
  static final int SHARE_STEP = 16;

  private final String method;

  RowDigest(String method) {
    this.method = method;
  }

  /** The name that a fingerprint gives it. */
  String method() {
    return method;
  }

  /** The 64-bit number of a text, in SQL. */
  abstract String number(String text);

  /** True for one of {@code share} rows, in SQL, by the text of their keys. */
  abstract String chosen(String key, long share);

  /** The digest of all rows of a query's that pass, in SQL. */
  String sum(String text) {
    return "sum(" + number(text) + ")";
  }

  /** A query that fails where a server does not have it. */
  String trial() {
    return "SELECT " + number("text ''") + "::text";
  }

  /** Whether what the trial returned is what this digest gives everywhere. */
  boolean isWhatGives(List<String> number) {
    return number.size() == 1;
  }

  /** Within a transaction: whether a server gives the numbers that all others give. */
  boolean fits(Session session) {
    String doing = "try " + method;
    boolean[] same = {false};
    session.attempt(doing, () -> same[0] = isWhatGives(session.names(doing, trial())));
    return same[0];
  }

  static Optional<RowDigest> ofMethod(String method) {
    return Stream.of(values()).filter(digest -> digest.method.equals(method)).findFirst();
  }

  /** Within a transaction: the cheapest that a server is fit for. */
  static RowDigest fitFor(Session session) {
    return Stream.of(HASH64, MD5).filter(digest -> digest.fits(session)).findFirst().orElse(SHA256);
  }

  private static String firstOf(String hash) {
    return "('x' || left(" + hash + ", 16))::bit(64)::bigint";
  }

  private static String startsWithZeros(String hash, long share) {
    int zeros = 0;
    for (long left = share; left > 1; left /= SHARE_STEP) {
      zeros++;
    }
    return "left(" + hash + ", " + zeros + ") = '" + "0".repeat(zeros) + "'";
  }
}
