package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup that holds, freezes and takes snapshots, killed in each of its phases: the next command
 * leaves nothing held, no frozen copy and no transaction.
 */
class KilledHoldIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Cluster cluster;
  private ReflinkVolume reflinks;
  private Path volume;
  private String container;
  private Operator operator;

  @BeforeEach
  void begin() {
    podman = new Podman();
    cluster = HostServer.start();
    reflinks = ReflinkVolume.make(podman, "xfs", folder);
    String plain = podman.volume("plain");
    volume = Podman.folder(plain);
    Shell.bash("head -c 30000000 /dev/urandom > %s/big".formatted(volume));
    Shell.bash(
        "cd %s; for i in $(seq 500); do echo $i > f$i; done"
            .formatted(Podman.folder(reflinks.name())));
    container = podman.app("app", plain, "--volume", reflinks.name() + ":/xfs");
    cluster.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 1 AS i");
    operator =
        new Operator(folder)
            .cluster("main", cluster, "databases: {include: [\"hf-e2e-*\"]}")
            .volumes(plain, reflinks.name())
            .volumeSetting("pause: [" + container + "]");
  }

  @AfterEach
  void end() {
    Shell.bash("podman rm --force --time 0 %s".formatted(container));
    reflinks.close();
    podman.close();
    cluster.close();
  }

  @Test
  void in_every_phase_leaves_nothing_behind_after_the_next_command() {
    killOnce("written down", run -> hasIntent());
    killOnce("held", run -> Podman.state(container).equals("paused"));
    if (reflinks.isReal()) {
      killOnce("frozen", run -> !reflinks.frozen().isEmpty());
    }
    killOnce("fixed", run -> !idle().isEmpty());
    killOnce("reading a volume", this::readsTheVolume);
    try (TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t")) {
      killOnce(
          "dumping",
          run ->
              !cluster
                  .query(
                      "postgres",
                      "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LOCK TABLE%' AND"
                          + " wait_event_type = 'Lock'")
                  .isEmpty());
      assertThat(lock.cluster()).isSameAs(cluster);
    }
    killOnce("publishing", run -> isPublishing());
    Outcome whole = operator.holdfast("backup").ok();
    whole.tells("Held " + container);
    assertThat(reflinks.frozen()).isEmpty();
    assertThat(idle()).isEmpty();
  }

  private boolean hasIntent() {
    String[] intents = operator.state().resolve("intents").toFile().list();
    return intents != null && intents.length > 0;
  }

  private boolean readsTheVolume(Running run) {
    return run.session().stream()
        .anyMatch(process -> process.contains("tar ") && process.contains(volume.toString()));
  }

  /** A set's guide is written; whether its checksums are is seen after the kill. */
  private boolean isPublishing() {
    Repository repository = operator.repository();
    return repository.folders().stream()
        .anyMatch(id -> Files.exists(repository.set(id).resolve("RESTORE.md")));
  }

  private void killOnce(String phase, Predicate<Running> reached) {
    try (Running run = operator.start("backup")) {
      while (!reached.test(run)) {
        assertThat(run.isAlive()).as(phase).isTrue();
        LockSupport.parkNanos(2_000_000);
      }
      run.signalGroup("KILL");
      run.await();
    }
    operator.holdfast("check").ok();

    assertThat(Podman.state(container)).as(phase).isEqualTo("running");
    assertThat(reflinks.frozen()).as(phase).isEmpty();
    assertThat(idle()).as(phase).isEmpty();
    operator.repository().published().forEach(operator.repository()::assertWhole);
  }

  /** Transactions of ours in which nothing happens. */
  private String idle() {
    return String.join(
        ",",
        cluster.query(
            "postgres",
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'holdfast' AND"
                + " state LIKE 'idle in transaction%'"));
  }
}
