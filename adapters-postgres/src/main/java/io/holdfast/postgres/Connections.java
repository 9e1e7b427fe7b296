package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Connects to the databases of one cluster. */
final class Connections {

  static final String APPLICATION_NAME = "holdfast";

  /** What a role's or a database's own settings must not do to us. */
  static final String SESSION_OPTIONS =
      "-c default_transaction_read_only=off -c statement_timeout=0 -c lock_timeout=0";

  private static final String FALLBACK_DATABASE = "template1";
  private static final int CONNECT_SECONDS = 10;
  private static final String UNIX_SOCKETS = "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg";

  private final ClusterSettings settings;

  Connections(ClusterSettings settings) {
    this.settings = settings;
  }

  /** Connects to a database. */
  Session open(String database, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    try {
      Connection connection = new Driver().connect(url(database), properties());
      if (connection == null) {
        throw new IllegalStateException("the driver does not know its own url");
      }
      return new Session(connection, settings, database, cancellation);
    } catch (SQLException e) {
      throw SqlErrors.connecting(settings, database, e);
    }
  }

  /**
   * Connects for what concerns the whole cluster: to the maintenance database, or to template1
   * where that one is gone or is itself being restored.
   *
   * @param avoid databases that are about to be renamed or dropped
   */
  Session openAdmin(Set<String> avoid, Cancellation cancellation) {
    Set<String> candidates = new LinkedHashSet<>();
    candidates.add(settings.maintenanceDatabase());
    candidates.add(FALLBACK_DATABASE);
    candidates.removeAll(avoid);
    Failure missing = null;
    for (String candidate : candidates) {
      try {
        return open(candidate, cancellation);
      } catch (SourceFailure e) {
        if (!SqlErrors.isState(e, SqlErrors.NO_SUCH_DATABASE)) {
          throw e;
        }
        missing = missing == null ? e : missing;
      }
    }
    if (missing != null) {
      throw missing;
    }
    throw new SourceFailure(
        FailureKind.SOURCE,
        "Cluster " + settings.name() + ": no database is left to connect to.",
        "Set the cluster's maintenance database to one that is not being restored.");
  }

  private String url(String database) {
    String host = settings.host();
    String authority = host.startsWith("/") ? "localhost" : bracketed(host);
    return "jdbc:postgresql://"
        + authority
        + ":"
        + settings.port()
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private Properties properties() {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, settings.login());
    PGProperty.APPLICATION_NAME.set(properties, APPLICATION_NAME);
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    // A server that takes the connection and then says nothing is none.
    PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.OPTIONS.set(properties, SESSION_OPTIONS);
    if (settings.host().startsWith("/")) {
      PGProperty.SOCKET_FACTORY.set(properties, UNIX_SOCKETS);
      PGProperty.SOCKET_FACTORY_ARG.set(
          properties, settings.host() + "/.s.PGSQL." + settings.port());
      PGProperty.SSL_MODE.set(properties, "disable");
    }
    // The driver takes its password as a String only; this one lives as long as the call.
    settings
        .password()
        .ifPresent(
            secret ->
                secret.reveal(
                    characters -> properties.put("password", String.valueOf(characters))));
    return properties;
  }
}
