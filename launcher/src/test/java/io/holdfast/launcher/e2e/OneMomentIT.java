package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Sets of a host whose application writes pairs of a row and a file, restored: none is torn. What
 * is stopped is whole; what is paused is as after a power cut, with at most the one pair under way
 * of which the file is there and the row was not committed.
 */
class OneMomentIT {

  /** A release is tried with 20; these are what every run of the suite has time for. */
  private static final int SETS = Integer.getInteger("holdfast.e2e.sets", 4);

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
    Sets paused = sets("pause", PAUSED);
    Sets stopped = sets("stop", STOPPED);

    assertThat(Podman.state(writer)).isEqualTo("running");
    String told = Shell.bash("podman logs %s 2>&1".formatted(writer));
    assertThat(told).doesNotContain("ERROR", "recovered");
    assertThat(told.lines().filter(line -> line.startsWith("stopped at"))).hasSize(STOPPED);
    Shell.call("podman", "rm", "--force", "--time", "0", writer);

    List<Pairs> cutWhilePaused = restored(paused);
    assertThat(cutWhilePaused)
        .allSatisfy(
            set -> {
              assertThat(set.files).containsAll(set.rows);
              assertThat(set.files.size() - set.rows.size()).isBetween(0, 1);
              assertThat(set.files.headSet(set.rows.last(), true)).isEqualTo(set.rows);
            });
    assertThat(restored(stopped)).allSatisfy(set -> assertThat(set.files).isEqualTo(set.rows));
    long inFlight =
        cutWhilePaused.stream().filter(set -> set.files.size() > set.rows.size()).count();
    System.out.printf(
        "one moment: %d sets restored, %d of %d paused sets with the pair under way%n",
        SETS, inFlight, PAUSED);
  }

  private Sets sets(String hold, int count) {
    Operator operator =
        new Operator(folder.resolve(hold))
            .cluster("main", cluster, "databases: {include: [" + PairWriter.DATABASE + "]}")
            .volumes(volume)
            .volumeSetting("pause: [" + writer + "]")
            .volumeSetting("hold: " + hold);
    List<String> ids = new ArrayList<>();
    List<Double> holds = new ArrayList<>();
    int before = made();
    long begun = System.nanoTime();
    for (int i = 0; i < count; i++) {
      operator.holdfast("backup").ok().tells("Held " + writer + " for ");
      String id = operator.repository().newestSet();
      JsonNode cut = operator.repository().manifest(id).get("cut");
      assertThat(cut.get("skewSeconds").asDouble()).isZero();
      assertThat(cut.get("clusters").get(0).get("lsn").asString()).matches("[0-9A-F]+/[0-9A-F]+");
      holds.add(cut.get("holdSeconds").asDouble());
      ids.add(id);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "one moment: hold by %s for %s s, %.0f pairs a second%n",
        hold, holds, (made() - before) / seconds);
    return new Sets(operator, ids);
  }

  /** Each set in its turn brought back over what is there, and what both sides have then. */
  private List<Pairs> restored(Sets sets) {
    List<Pairs> pairs = new ArrayList<>();
    for (String id : sets.ids) {
      sets.operator
          .holdfast(
              "restore", "all", id, "--only", PairWriter.DATABASE, "--only", volume, "--force")
          .ok();
      pairs.add(
          new Pairs(
              rows(),
              numbers(Shell.bash("cat %s/pair-*".formatted(Podman.folder(volume))).lines())));
    }
    return pairs;
  }

  private int made() {
    return Integer.parseInt(
        cluster.query(PairWriter.DATABASE, "SELECT coalesce(max(n), 0) FROM pairs").get(0));
  }

  private NavigableSet<Integer> rows() {
    return numbers(cluster.query(PairWriter.DATABASE, "SELECT n FROM pairs").stream());
  }

  private static NavigableSet<Integer> numbers(Stream<String> lines) {
    NavigableSet<Integer> numbers =
        lines.map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
    assertThat(numbers).isNotEmpty();
    return numbers;
  }

  private record Sets(Operator operator, List<String> ids) {}

  /** The numbers on both sides of a restored set. */
  private record Pairs(NavigableSet<Integer> rows, NavigableSet<Integer> files) {}
}
