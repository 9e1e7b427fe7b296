package io.holdfast.postgres;

import io.holdfast.application.port.out.store.Secret;
import io.holdfast.domain.backup.NameGlob;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration says of one PostgreSQL cluster.
 *
 * @param name the cluster's name in the configuration
 * @param host a name, an address, or the folder of a unix socket, as the host sees it
 * @param port a TCP port, or the number in the unix socket's name
 * @param user the role to log in as; by default the name of the system's user
 * @param password its password; without one the rules of libpq hold ({@code ~/.pgpass})
 * @param maintenanceDatabase the database to connect to for what concerns the whole cluster
 * @param include globs of the databases to back up; a name without {@code *} and {@code ?} must be
 *     there
 * @param exclude globs of those that are left out
 * @param globals whether roles, memberships and tablespaces are backed up
 * @param compression how dumps are compressed
 * @param restoreJobs how many parallel jobs a pg_restore gets where it can use them; at least one
 * @param fingerprint how the fingerprints of its databases are taken
 */
public record ClusterSettings(
    String name,
    String host,
    int port,
    Optional<String> user,
    Optional<Secret> password,
    String maintenanceDatabase,
    List<String> include,
    List<String> exclude,
    boolean globals,
    Compression compression,
    int restoreJobs,
    FingerprintSettings fingerprint) {

  /** The maintenance database of a cluster that names none. */
  public static final String DEFAULT_MAINTENANCE_DATABASE = "postgres";

  public ClusterSettings {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    if (restoreJobs < 1) {
      throw new IllegalArgumentException("restoreJobs must be at least 1");
    }
  }

  /** With fingerprints as they are taken where nothing is said of them. */
  public ClusterSettings(
      String name,
      String host,
      int port,
      Optional<String> user,
      Optional<Secret> password,
      String maintenanceDatabase,
      List<String> include,
      List<String> exclude,
      boolean globals,
      Compression compression,
      int restoreJobs) {
    this(
        name,
        host,
        port,
        user,
        password,
        maintenanceDatabase,
        include,
        exclude,
        globals,
        compression,
        restoreJobs,
        FingerprintSettings.DEFAULT);
  }

  /** The role that everything logs in as, so that driver and tools agree on it. */
  String login() {
    return user.orElseGet(() -> System.getProperty("user.name", "postgres"));
  }

  /** For people: where it is and who we are there. */
  String describe() {
    String where = host.startsWith("/") ? host + " port " + port : host + ":" + port;
    return where + " as " + login();
  }

  /** True when the configuration means a database of this name. */
  boolean wants(String database) {
    return NameGlob.anyMatches(include, database) && !NameGlob.anyMatches(exclude, database);
  }
}
