package io.holdfast.postgres;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactOrigin;

/**
 * The schema that every new database has. Who drops it gets no trace of that into a dump, so it is
 * looked for at the source and dropped after a restore.
 */
final class PublicSchema {

  static final String DROP = "DROP SCHEMA public";

  private static final String LOOK =
      "SELECT count(*) > 0 FROM pg_catalog.pg_namespace WHERE nspname = 'public'";

  private PublicSchema() {}

  static boolean isIn(Session session) {
    return session
        .first(
            "look for the schema public of '" + session.database() + "'",
            LOOK,
            row -> row.getBoolean(1))
        .orElse(true);
  }

  static boolean isIn(Connections connections, String database, Cancellation cancellation) {
    try (Session session = connections.open(database, cancellation)) {
      return isIn(session);
    }
  }

  /** True when the source is known to have had none. */
  static boolean lacked(ArtifactOrigin origin) {
    return origin instanceof ArtifactOrigin.FromPostgres postgres && !postgres.publicSchema();
  }
}
