package io.holdfast.launcher.e2e;

import java.util.List;

/**
 * An application that makes pairs, 200 a second: a row and a file of one number. It writes the file
 * and flushes it, inserts the row, gives the file its name, and commits. A pair that was late, by a
 * hold for one, is made up for. When it is asked to stop it ends its pair first; when it starts it
 * removes what a cut between the last two steps left, as applications do after a crash, and goes on
 * from the last row.
 */
final class PairWriter {

  static final String DATABASE = "hf-e2e-pairs";

  private static final String SCRIPT =
      """
      use strict; use warnings; use IPC::Open2; use IO::Handle; use Time::HiRes qw(time sleep);
      $| = 1;
      my $stop = 0;
      $SIG{TERM} = sub { $stop = 1 };
      $SIG{PIPE} = 'IGNORE';
      my $pid = open2(my $in, my $out, 'psql', '-qAtX', '-v', 'ON_ERROR_STOP=1') or die "ERROR $!";
      sub ask { print $out "$_[0]\\n"; $out->flush; my $a = <$in>; die "ERROR no answer\\n" unless defined $a; chomp $a; return $a }
      my $n = ask('SELECT coalesce(max(n), 0) FROM pairs;');
      for my $f (glob('/data/pair-*')) { my ($k) = $f =~ /(\\d+)$/; if ($k > $n) { unlink $f; print "recovered $k\\n" } }
      print "ready\\n";
      my $due = time;
      until ($stop) {
        $n++; $due += 0.005;
        open(my $f, '>', '/data/.new') or die "ERROR $!"; print $f "$n\\n"; $f->flush; $f->sync or die "ERROR $!"; close $f;
        ask("BEGIN\\\\; INSERT INTO pairs VALUES ($n)\\\\; SELECT $n;") == $n or die "ERROR insert\\n";
        rename('/data/.new', "/data/pair-$n") or die "ERROR $!";
        ask("COMMIT\\\\; SELECT $n;") == $n or die "ERROR commit\\n";
        my $left = $due - time; sleep($left) if $left > 0;
      }
      print "stopped at $n\\n";
      """;

  private PairWriter() {}

  /** Starts it on a volume, in the image that has PostgreSQL's client. */
  static String start(Podman podman, String volume, Cluster cluster) {
    Needs.postgresImage();
    cluster.createDatabase(DATABASE, "CREATE TABLE pairs (n int PRIMARY KEY)");
    String container =
        podman.run(
            "writer",
            List.of(
                "--network=host",
                "--stop-signal=SIGTERM",
                "--volume",
                volume + ":/data",
                "--env",
                "PGHOST=127.0.0.1",
                "--env",
                "PGPORT=" + cluster.port(),
                "--env",
                "PGUSER=" + Cluster.ADMIN,
                "--env",
                "PGPASSWORD=" + cluster.password(),
                "--env",
                "PGDATABASE=" + DATABASE,
                "--entrypoint",
                "perl",
                Needs.POSTGRES_IMAGE,
                "-e",
                SCRIPT));
    Shell.bash(
        "for _ in $(seq 300); do ! podman logs %1$s 2>&1 | grep -q ready || exit 0; sleep 0.1; done; podman logs %1$s >&2; exit 1"
            .formatted(container));
    return container;
  }
}
