package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeMoment;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.SteppingClock;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Cut;
import io.holdfast.domain.backup.Cut.ClusterCut;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.SetStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A set is of one moment: sources fix it while the containers are held, and no longer than that.
 */
@Timeout(30)
class BackupMomentTest {

  private static final ArtifactId APP = ArtifactId.database("main", "app");
  private static final ArtifactId WIKI = ArtifactId.volume("wiki");

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final SteppingClock clock = new SteppingClock(TestHost.NOW, Duration.ZERO);
  private final TestHost host = new TestHost().jobs(1).at(clock);
  private final List<String> log = host.hold.log();

  private FakeSource cluster() {
    return FakeSource.cluster("main")
        .has(FakeSource.spec(APP), logging("app"))
        .fixes(
            (artifacts, cancellation) -> {
              log.add("fix main");
              clock.pass(Duration.ofSeconds(1));
              return new FakeMoment(log).of("main", clock.instant(), "0/16B3748");
            });
  }

  private FakeSource volumes() {
    return FakeSource.volumes().has(FakeSource.heldSpec(WIKI, "web"), logging("wiki"));
  }

  private FakeSource.Export logging(String name) {
    return (sink, cancellation) -> {
      log.add(name);
      clock.pass(Duration.ofSeconds(10));
      sink.write(1);
      return FakeSource.report(1);
    };
  }

  private CreateBackup.Result backup(FakeSource... sources) {
    host.storesOn("local", store);
    List.of(sources).forEach(host::with);
    return host.backup();
  }

  private static Cut cutOf(CreateBackup.Result result) {
    return result.manifest().cut().orElseThrow();
  }

  @Test
  void databases_are_fixed_within_the_hold_and_dumped_after_it() {
    CreateBackup.Result result = backup(cluster(), volumes());

    assertThat(log).containsExactly("hold web", "fix main", "wiki", "release web", "app", "let go");
    assertThat(cutOf(result))
        .isEqualTo(
            new Cut(
                TestHost.NOW.plusSeconds(1),
                List.of(new ClusterCut("main", TestHost.NOW.plusSeconds(1), "0/16B3748")),
                List.of("web"),
                Duration.ofSeconds(11),
                Duration.ofSeconds(10),
                List.of("Read while it could change: database main/app.")));
  }

  @Test
  void there_is_no_skew_where_all_is_frozen_or_held() {
    CreateBackup.Result result =
        backup(
            cluster()
                .fixes(
                    (artifacts, cancellation) ->
                        new FakeMoment(log).of("main", clock.instant(), "0/1").frozen(APP)),
            volumes());

    assertThat(cutOf(result).skew()).isZero();
    assertThat(cutOf(result).hold()).isEqualTo(Duration.ofSeconds(10));
    assertThat(cutOf(result).remarks()).isEmpty();
    assertThat(result.isPlausible()).isTrue();
  }

  @Test
  void the_skew_begins_with_the_first_snapshot_of_a_cluster() {
    CreateBackup.Result result =
        backup(
            cluster()
                .fixes(
                    (artifacts, cancellation) ->
                        new FakeMoment(log)
                            .of("main", TestHost.NOW, "0/1")
                            .and(TestHost.NOW.plusSeconds(3), "0/2")
                            .frozen(APP)));

    assertThat(cutOf(result).skew()).isEqualTo(Duration.ofSeconds(3));
    assertThat(cutOf(result).at()).isEqualTo(TestHost.NOW.plusSeconds(3));
  }

  @Test
  void what_is_frozen_needs_no_hold() {
    CreateBackup.Result result =
        backup(
            cluster(),
            volumes()
                .fixes(
                    (artifacts, cancellation) -> {
                      log.add("freeze");
                      return new FakeMoment(log).frozen(WIKI);
                    }));

    assertThat(log).first().isEqualTo("hold web");
    assertThat(log.subList(1, 3)).containsExactlyInAnyOrder("fix main", "freeze");
    assertThat(log.subList(3, 6)).containsExactly("release web", "wiki", "app");
    assertThat(log.subList(6, 8)).containsExactly("let go", "let go");
    assertThat(cutOf(result).hold()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_volume_that_is_read_unheld_counts_into_the_skew() {
    CreateBackup.Result result =
        backup(
            cluster()
                .fixes(
                    (artifacts, cancellation) ->
                        new FakeMoment(log).of("main", clock.instant(), "0/1").frozen(APP)),
            FakeSource.volumes().has(FakeSource.spec(WIKI), logging("wiki")));

    assertThat(cutOf(result).held()).isEmpty();
    assertThat(cutOf(result).hold()).isZero();
    assertThat(cutOf(result).skew()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(20));
    assertThat(cutOf(result).remarks()).containsExactly("Read while it could change: volume wiki.");
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void a_source_that_cannot_fix_fails_its_artifacts_and_no_other() {
    CreateBackup.Result result =
        backup(
            cluster()
                .fixes(
                    (artifacts, cancellation) -> {
                      throw FakeSource.failure("nothing answers there.");
                    }),
            volumes().fixes((artifacts, cancellation) -> new FakeMoment(log)));

    assertThat(log).containsExactly("hold web", "wiki", "release web", "let go");
    assertThat(result.manifest().status()).isEqualTo(SetStatus.PARTIAL);
    assertThat(result.manifest().stored().map(Artifact::id)).containsExactly(WIKI);
    assertThat(result.manifest().failed())
        .containsExactly(new FailedArtifact(APP, "nothing answers there. Look at it."));
  }

  @Test
  void what_cannot_be_held_is_not_fixed_either() {
    host.hold.failToHold(FakeSource.failure("web does not answer"));
    List<ArtifactSpec> asked = new ArrayList<>();
    backup(
        cluster(),
        volumes()
            .has(FakeSource.spec(ArtifactId.volume("free")), logging("free"))
            .fixes(
                (artifacts, cancellation) -> {
                  asked.addAll(artifacts);
                  return FixedMoment.NONE;
                }));

    assertThat(asked).extracting(ArtifactSpec::id).containsExactly(ArtifactId.volume("free"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "bug"})
  void what_others_have_fixed_is_let_go_when_one_breaks_off(String how) {
    CountDownLatch fixed = new CountDownLatch(1);
    FakeSource breaking =
        volumes()
            .fixes(
                (artifacts, cancellation) -> {
                  await(fixed);
                  if (how.equals("bug")) {
                    throw new IllegalStateException("a bug");
                  }
                  host.cancellation.cancel();
                  cancellation.throwIfCancelled();
                  return FixedMoment.NONE;
                });
    FakeSource other =
        cluster()
            .fixes(
                (artifacts, cancellation) -> {
                  FixedMoment moment = new FakeMoment(log);
                  fixed.countDown();
                  return moment;
                });

    assertThatThrownBy(() -> backup(other, breaking))
        .isInstanceOfAny(InterruptedFailure.class, IllegalStateException.class);
    assertThat(log).containsExactly("hold web", "release web", "let go");
  }

  @Test
  void it_is_let_go_when_the_only_target_fails() {
    host.storesOn("local", new FaultyBlobStore(store, Fault.from(Operation.WRITE, 2)))
        .with(volumes().fixes((artifacts, cancellation) -> new FakeMoment(log)));

    assertThatThrownBy(host::backup).isInstanceOf(StorageFailure.class);
    assertThat(log).endsWith("release web", "let go");
  }

  @Test
  void a_hold_that_takes_too_long_ends_and_the_set_is_suspect() {
    host.longestHold(Duration.ofMillis(50));
    CreateBackup.Result result =
        backup(
            cluster(),
            FakeSource.volumes()
                .has(
                    FakeSource.heldSpec(WIKI, "web"),
                    (sink, cancellation) -> {
                      awaitRelease();
                      log.add("wiki");
                      sink.write(1);
                      return FakeSource.report(1);
                    }));

    assertThat(log).containsExactly("hold web", "fix main", "release web", "wiki", "app", "let go");
    assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
    assertThat(result.isPlausible()).isFalse();
    assertThat(result.doubts())
        .singleElement()
        .asString()
        .startsWith("The hold of web ended after")
        .contains("max-hold", "volume wiki");
    assertThat(result.warnings()).containsAll(result.doubts());
    assertThat(host.events.warnings()).containsAll(result.doubts());
    assertThat(cutOf(result).remarks()).containsAll(result.doubts());
  }

  @Test
  void a_container_that_takes_too_long_to_stop_keeps_no_other_waiting() {
    host.longestHold(Duration.ofMillis(50));
    host.hold.whileHolding(
        container -> {
          if (container.equals("web")) {
            awaitLogged("release app");
          }
        });
    CreateBackup.Result result =
        backup(
            cluster(),
            FakeSource.volumes()
                .has(FakeSource.heldSpec(WIKI, "app", "web", "zoo"), logging("wiki")));

    assertThat(log)
        .containsExactly(
            "hold app",
            "release app",
            "hold web",
            "release web",
            "fix main",
            "wiki",
            "app",
            "let go");
    assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
    assertThat(result.isPlausible()).isFalse();
    assertThat(result.doubts())
        .singleElement()
        .asString()
        .contains("max-hold", "before these were read: volume wiki");
    assertThat(cutOf(result).skew()).isPositive();
  }

  @Test
  void a_source_that_takes_too_long_to_fix_keeps_no_container_waiting() {
    host.longestHold(Duration.ofMillis(50));
    CreateBackup.Result result =
        backup(
            cluster()
                .fixes(
                    (artifacts, cancellation) -> {
                      awaitRelease();
                      return FixedMoment.NONE;
                    }),
            volumes());

    assertThat(log).containsExactly("hold web", "release web", "wiki", "app");
    assertThat(result.doubts()).hasSize(1);
  }

  @Test
  void what_makes_it_less_than_one_moment_is_a_warning_and_no_doubt() {
    CreateBackup.Result result =
        backup(
            cluster()
                .fixes(
                    (artifacts, cancellation) ->
                        new FakeMoment(log).remarking("Too few connections.")));

    assertThat(cutOf(result).remarks()).contains("Too few connections.");
    assertThat(result.warnings()).containsExactly("Too few connections.");
    assertThat(result.isPlausible()).isTrue();
  }

  @Test
  void what_a_moment_leaves_behind_is_told() {
    CreateBackup.Result result =
        backup(
            volumes()
                .fixes(
                    (artifacts, cancellation) ->
                        new FakeMoment(log).failsToClose(FakeSource.failure("A copy stays."))));

    assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
    assertThat(result.warnings()).containsExactly("A copy stays. Look at it.");
    assertThat(cutOf(result).remarks()).isEmpty();
  }

  private void awaitRelease() {
    awaitLogged("release web");
  }

  private void awaitLogged(String entry) {
    Cancellation never = new Cancellation();
    while (!log.contains(entry)) {
      never.awaitCancelled(5);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
