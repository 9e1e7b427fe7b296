package io.holdfast.postgres;

import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Finds what would make a restore fail, before anything is touched. */
final class RestoreObstacles {

  private static final int LONGEST_NAME = 63;

  private final Session session;
  private final ServerFacts server;
  private final List<Obstacle> obstacles = new ArrayList<>();

  RestoreObstacles(Session session, ServerFacts server) {
    this.session = session;
    this.server = server;
  }

  List<Obstacle> list() {
    return obstacles;
  }

  void target(String target, boolean replace) {
    if (target.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      add(
          "The name " + target + " is longer than " + LONGEST_NAME + " bytes.",
          "Choose a shorter one.");
    }
    if (!server.databases().contains(target)) {
      return;
    }
    if (!replace) {
      add("Database " + target + " exists.", "--force replaces it; --as NEW restores beside it.");
      return;
    }
    if (target.equals("template0") || target.equals("template1")) {
      add("Database " + target + " is the server's own template.", "Restore --as another name.");
    }
    prepared(target);
    subscribed(target);
  }

  /** Tables may come into a new schema of a database that is there. */
  void sideSchema(
      String target, String schema, Set<DumpedTable> tables, Supplier<Session> database) {
    if (!server.databases().contains(target)) {
      add(
          "There is no database " + target + " that a schema could be added to.",
          "--as NEW restores the tables into a database of their own.");
      return;
    }
    if (schema.startsWith("pg_") || schema.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      add("No schema can be called " + schema + ".", "Choose another name.");
    }
    Set<String> names = new HashSet<>();
    for (DumpedTable table : tables) {
      if (!names.add(table.name())) {
        add(
            "Two of the tables are called " + table.name() + ", and go to one schema.",
            "Restore one after the other.");
      }
    }
    try (Session session = database.get()) {
      boolean present =
          session
              .first(
                  "look for schema " + schema,
                  "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?",
                  row -> true,
                  schema)
              .isPresent();
      if (present) {
        add(
            "Database " + target + " has a schema " + schema + " already.",
            "Choose another name, or drop that schema.");
      }
    }
  }

  private void prepared(String target) {
    List<String> ids =
        session.names(
            "look for prepared transactions",
            "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = ?",
            target);
    if (!ids.isEmpty()) {
      add(
          "Database " + target + " has prepared transactions: " + String.join(", ", ids) + ".",
          "COMMIT PREPARED or ROLLBACK PREPARED each in it.");
    }
  }

  private void subscribed(String target) {
    List<String> names =
        session.names(
            "look for subscriptions",
            "SELECT s.subname FROM pg_catalog.pg_subscription s"
                + " JOIN pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = ?",
            target);
    if (!names.isEmpty()) {
      add(
          "Database " + target + " has subscriptions: " + String.join(", ", names) + ".",
          "DROP SUBSCRIPTION each in it; PostgreSQL drops no database that has one.");
    }
  }

  void rights() {
    boolean creates =
        session
            .first(
                "look at the rights of this role",
                "SELECT rolsuper OR rolcreatedb FROM pg_catalog.pg_roles"
                    + " WHERE rolname = current_user",
                row -> row.getBoolean(1))
            .orElse(false);
    if (!creates) {
      add("The cluster's user may not create databases.", "Use a superuser to restore.");
    }
  }

  void extensions(Set<String> needed) {
    for (String extension : needed) {
      if (!server.extensions().contains(extension)) {
        add(
            "The dump needs extension " + extension + ", which the server does not have.",
            Extensions.packageHint(extension, server.version().major()));
      }
    }
  }

  /** Roles that neither the server has nor the set's globals can create. */
  void roles(Set<String> needed, Set<String> creatable) {
    Set<String> missing = new TreeSet<>(needed);
    missing.removeAll(server.roles());
    missing.removeAll(creatable);
    if (!missing.isEmpty()) {
      add(
          "The dump needs roles that are neither on the server nor in the set's globals: "
              + String.join(", ", missing)
              + ".",
          missing.stream()
              .map(role -> "CREATE ROLE " + Quoting.identifier(role) + ";")
              .collect(Collectors.joining(" ")));
    }
  }

  /** Tries each locale on a parameter that takes those of the server's system alone. */
  void locales(DatabaseScript script) {
    Set<String> locales = new LinkedHashSet<>();
    for (String key : List.of("LOCALE", "LC_COLLATE", "LC_CTYPE")) {
      script.option(key).filter(locale -> !isBuiltIn(locale)).ifPresent(locales::add);
    }
    for (String locale : locales) {
      boolean known = session.takes("SELECT pg_catalog.set_config('lc_monetary', ?, true)", locale);
      if (!known) {
        add(
            "The source had locale " + locale + ", which the server's system does not have.",
            "Add it there (on Debian: dpkg-reconfigure locales), restart the server, try again.");
      }
    }
  }

  private static boolean isBuiltIn(String locale) {
    return locale.equals("C") || locale.equals("POSIX");
  }

  void toolTooOld(ToolVersion tool, ArchiveHeader header) {
    int needed = firstReaderOf(header.minorVersion());
    if (tool.major() < needed) {
      add(
          "The dump was written by pg_dump "
              + header.toolVersion()
              + "; pg_restore "
              + tool.text()
              + " cannot read it.",
          "Install postgresql-client-" + needed + " or later, or set the cluster's tools.");
    }
  }

  /** The first PostgreSQL whose pg_restore reads an archive version. */
  private static int firstReaderOf(int archiveMinor) {
    if (archiveMinor >= 16) {
      return 17;
    }
    if (archiveMinor == 15) {
      return 16;
    }
    return archiveMinor == 14 ? 12 : 9;
  }

  private void add(String problem, String remedy) {
    obstacles.add(new Obstacle(problem, remedy));
  }
}
