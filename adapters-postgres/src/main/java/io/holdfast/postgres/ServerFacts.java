package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cluster's shared catalogs say.
 *
 * @param version the server's, as {@code SHOW server_version} gives it
 * @param databases every database's name
 * @param roles every role's name
 * @param tablespaces every tablespace's name
 * @param extensions the extensions that could be created
 */
record ServerFacts(
    ToolVersion version,
    Set<String> databases,
    Set<String> roles,
    Set<String> tablespaces,
    Set<String> extensions) {

  static ServerFacts read(Session session) {
    return new ServerFacts(
        version(session),
        names(session, "SELECT datname FROM pg_catalog.pg_database"),
        names(session, "SELECT rolname FROM pg_catalog.pg_roles"),
        names(session, "SELECT spcname FROM pg_catalog.pg_tablespace"),
        names(session, "SELECT name FROM pg_catalog.pg_available_extensions"));
  }

  static ToolVersion version(Session session) {
    String text = session.names("read the server's version", "SHOW server_version").get(0);
    String number = text.split(" ", 2)[0];
    return ToolVersion.parse(number)
        .map(parsed -> new ToolVersion(parsed.major(), text))
        .orElseThrow(
            () ->
                new SourceFailure(
                    FailureKind.SOURCE,
                    "The server says that its version is '" + text + "'.",
                    "Is it a PostgreSQL server?"));
  }

  private static Set<String> names(Session session, String sql) {
    List<String> names = session.names("read the catalogs", sql);
    return new TreeSet<>(names);
  }
}
