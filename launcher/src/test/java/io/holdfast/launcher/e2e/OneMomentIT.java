package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Sets of a host whose application writes pairs of a row and a file: none is torn. What is stopped
 * is whole; what is paused is as after a power cut, with at most the one pair under way of which
 * the file is there and the row was not committed.
 */
class OneMomentIT {

  /** A release is tried with 20; these are what every run of the suite has time for. */
  private static final int SETS = Integer.getInteger("holdfast.e2e.sets", 6);

  private static final int STOPPED = Math.max(1, SETS / 3);
  private static final int PAUSED = SETS - STOPPED;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Cluster cluster;
  private String volume;
  private String writer;

  @BeforeEach
  void begin() {
    podman = new Podman();
    cluster = HostServer.start();
    volume = podman.volume("pairs");
    writer = PairWriter.start(podman, volume, cluster);
  }

  @AfterEach
  void end() {
    podman.close();
    cluster.close();
  }

  @Test
  void under_load_no_set_is_torn_and_the_load_sees_no_error() {
    long begun = System.nanoTime();
    List<Pairs> paused = sets("paused", "pause", PAUSED);
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<Pairs> stopped = sets("stopped", "stop", STOPPED);

    assertThat(paused)
        .allSatisfy(
            set -> {
              assertThat(set.files).containsAll(set.rows);
              assertThat(set.files.size() - set.rows.size()).isBetween(0, 1);
              assertThat(set.files.headSet(set.rows.last(), true)).isEqualTo(set.rows);
            });
    assertThat(stopped).allSatisfy(set -> assertThat(set.files).isEqualTo(set.rows));
    long inFlight = paused.stream().filter(set -> set.files.size() > set.rows.size()).count();
    assertThat(Podman.state(writer)).isEqualTo("running");
    String told = Shell.bash("podman logs %s 2>&1".formatted(writer));
    assertThat(told).doesNotContain("ERROR", "recovered");
    assertThat(told.lines().filter(line -> line.startsWith("stopped at"))).hasSize(STOPPED);
    System.out.printf(
        "one moment: %d sets, %.0f pairs a second, %d of %d paused sets with the pair under way%n",
        SETS, paused.get(PAUSED - 1).rows.last() / seconds, inFlight, PAUSED);
  }

  private List<Pairs> sets(String name, String hold, int count) {
    Operator operator =
        new Operator(folder.resolve(name))
            .cluster("main", cluster, "databases: {include: [" + PairWriter.DATABASE + "]}")
            .volumes(volume)
            .volumeSetting("pause: [" + writer + "]")
            .volumeSetting("hold: " + hold);
    List<Pairs> sets = new ArrayList<>();
    List<Double> holds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      operator.holdfast("backup").ok().tells("Held " + writer + " for ");
      String id = operator.repository().newestSet();
      JsonNode cut = operator.repository().manifest(id).get("cut");
      assertThat(cut.get("skewSeconds").asDouble()).isZero();
      assertThat(cut.get("clusters").get(0).get("lsn").asString()).matches("[0-9A-F]+/[0-9A-F]+");
      holds.add(cut.get("holdSeconds").asDouble());
      sets.add(Pairs.of(operator.repository().set(id), volume));
    }
    System.out.println("one moment: hold by " + hold + ", seconds: " + holds);
    return sets;
  }

  /** The numbers on both sides of a set, restored by hand. */
  private record Pairs(TreeSet<Integer> rows, TreeSet<Integer> files) {

    static Pairs of(Path set, String volume) {
      return new Pairs(
          numbers(
              "%s/pg_restore --data-only --table=pairs -f - %s/databases/%s.dump | grep -E '^[0-9]+$'"
                  .formatted(Needs.PROGRAMS, set, PairWriter.DATABASE)),
          numbers("tar -xzOf %s/volumes/%s.tar.gz --wildcards './pair-*'".formatted(set, volume)));
    }

    private static TreeSet<Integer> numbers(String script) {
      TreeSet<Integer> numbers = new TreeSet<>();
      Shell.bash(script).lines().map(Integer::valueOf).forEach(numbers::add);
      assertThat(numbers).isNotEmpty();
      return numbers;
    }
  }
}
