package io.holdfast.launcher.e2e;

/** Starts PostgreSQL servers of the host's own programs, each in a temporary folder of its own. */
final class HostServer {

  private HostServer() {}

  /** Data of a server that was never started: made once, as it takes far longer than to copy it. */
  private static final class Template {
    static final String PASSWORD = Cluster.newPassword();
    static final String FOLDER = make();

    private static String make() {
      String folder = Shell.scratchFolder("template");
      run(
          """
          printf '%s\\n' "$PASSWORD" > $F/password
          chown -R postgres: $F
          runuser -u postgres -- $BIN/initdb --no-sync --auth=scram-sha-256 --username=$ADMIN --pwfile=$F/password --encoding=UTF8 --locale=C.UTF-8 -D $F/data >/dev/null
          cat >>$F/data/postgresql.conf <<END
          listen_addresses = '127.0.0.1'
          fsync = off
          wal_level = logical
          max_connections = 40
          END
          """
              .replace("$PASSWORD", PASSWORD)
              .replace("$ADMIN", Cluster.ADMIN),
          folder);
      return folder;
    }
  }

  /** Starts one; closing the cluster stops it and takes its folder away. */
  static Cluster start() {
    Needs.postgresServer();
    String folder = Shell.scratchFolder("server");
    int port = Cluster.freePort();
    Runnable end =
        () ->
            run(
                """
                runuser -u postgres -- $BIN/pg_ctl -D $F/data -m immediate -w stop >/dev/null || true
                rm -rf $F
                """,
                folder);
    Cluster cluster = new Cluster(port, Template.PASSWORD, end);
    try {
      run(
          """
          chown postgres: $F
          cp -a $TEMPLATE/data $F/data
          runuser -u postgres -- $BIN/pg_ctl -D $F/data -w -l $F/log -o "-p $PORT -k $F" start >/dev/null || { cat $F/log >&2; exit 1; }
          """
              .replace("$TEMPLATE", Template.FOLDER)
              .replace("$PORT", Integer.toString(port)),
          folder);
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private static void run(String script, String folder) {
    Shell.bash(
        "cd /\numask 077\n"
            + script.replace("$BIN", Needs.PROGRAMS.toString()).replace("$F", folder));
  }
}
