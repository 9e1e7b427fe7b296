package io.holdfast.launcher.e2e;

/** The database with everything in it, and the roles that it needs. */
final class Everything {

  private static final String ODD_ROLE = "\"hf \"\"odd\"\" rôle's\"";

  private Everything() {}

  static void createRoles(Cluster cluster) {
    cluster.sql("postgres", Resources.text("roles.sql"));
  }

  /** Drops the roles, once no database has anything of theirs. */
  static void dropRoles(Cluster cluster) {
    cluster.sql("postgres", "DROP ROLE IF EXISTS hf_app, hf_owner, hf_readers, " + ODD_ROLE);
  }

  static void create(Cluster cluster, String name, String kind) {
    String database = Cluster.identifier(name);
    cluster.sql(
        "postgres",
        "CREATE DATABASE " + database + " TEMPLATE template0 OWNER hf_owner " + kind,
        "ALTER DATABASE " + database + " SET statement_timeout = '55min'",
        "GRANT CONNECT ON DATABASE " + database + " TO hf_app",
        "COMMENT ON DATABASE " + database + " IS 'everything; it''s all here'");
    cluster.sql(name, Resources.text("everything.sql"));
  }
}
