package io.holdfast.postgres;

import java.util.Locale;
import java.util.Map;

/** Tells which package brings an extension. */
final class Extensions {

  /** Where Debian's package is not called after the extension. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "vector", "pgvector",
          "postgis", "postgis-3",
          "postgis_raster", "postgis-3",
          "postgis_topology", "postgis-3",
          "pg_cron", "cron",
          "pg_partman", "partman",
          "pg_repack", "repack",
          "timescaledb", "timescaledb");

  private Extensions() {}

  static String packageHint(String extension, int serverMajor) {
    String part =
        PACKAGES.getOrDefault(extension, extension.toLowerCase(Locale.ROOT).replace('_', '-'));
    return "Install it where the server runs (on Debian postgresql-"
        + serverMajor
        + "-"
        + part
        + ", or postgresql-contrib), then try again.";
  }
}
