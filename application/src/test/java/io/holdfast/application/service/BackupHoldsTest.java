package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.SetStatus;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers are held still while what they write to is read, and never longer. */
class BackupHoldsTest {

  private static final ArtifactId DB = ArtifactId.database("main", "app");

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final TestHost host = new TestHost();

  @Test
  void they_are_held_before_the_first_that_needs_it_and_released_after_the_last() {
    host.jobs(1)
        .storesOn("local", store)
        .with(FakeSource.cluster("main").has(FakeSource.spec(DB), logging("app")))
        .with(
            FakeSource.volumes()
                .has(held("wiki", "web", "cron"), logging("wiki"))
                .has(held("mail", "web"), logging("mail"))
                .has(FakeSource.spec(ArtifactId.volume("free")), logging("free")));

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
    assertThat(host.hold.log())
        .containsExactly(
            "hold cron", "hold web", "wiki", "mail", "release web", "release cron", "app", "free");
  }

  @Test
  void nothing_is_held_when_nothing_needs_it() {
    host.storesOn("local", store)
        .with(FakeSource.volumes().has(FakeSource.spec(ArtifactId.volume("free")), logging("f")));

    host.backup();

    assertThat(host.hold.log()).containsExactly("f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "bug", "cancel"})
  void they_are_released_when_a_held_artifact_fails(String how) {
    host.jobs(1)
        .storesOn("local", store)
        .with(
            FakeSource.volumes()
                .has(
                    held("wiki", "web"),
                    (sink, cancellation) -> {
                      sink.write(1);
                      if (how.equals("bug")) {
                        throw new IllegalStateException("a bug");
                      }
                      if (how.equals("cancel")) {
                        host.cancellation.cancel();
                        cancellation.throwIfCancelled();
                      }
                      throw FakeSource.failure("broke off");
                    })
                .has(held("mail", "web"), logging("mail")));

    try {
      assertThat(host.backup().manifest().status()).isEqualTo(SetStatus.PARTIAL);
    } catch (InterruptedFailure | IllegalStateException expected) {
      assertThat(how).isNotEqualTo("source");
    }

    assertThat(host.hold.log()).first().isEqualTo("hold web");
    assertThat(host.hold.log().stream().filter(entry -> entry.startsWith("release"))).hasSize(1);
    assertThat(host.hold.isHolding()).isFalse();
  }

  @Test
  void they_are_released_when_the_only_target_fails() {
    host.storesOn("local", new FaultyBlobStore(store, Fault.from(Operation.WRITE, 2)))
        .with(
            FakeSource.volumes()
                .has(held("wiki", "web"), logging("wiki"))
                .has(held("mail", "web"), logging("mail")));

    assertThatThrownBy(host::backup).isInstanceOf(StorageFailure.class);
    assertThat(host.hold.isHolding()).isFalse();
    assertThat(host.hold.log()).last().isEqualTo("release web");
  }

  @Test
  void what_needs_containers_that_cannot_be_held_fails_and_is_not_read() {
    host.hold.failToHold(FakeSource.failure("web does not answer"));
    host.jobs(1)
        .storesOn("local", store)
        .with(FakeSource.cluster("main").has(FakeSource.spec(DB), logging("app")))
        .with(FakeSource.volumes().has(held("wiki", "web"), logging("wiki")));

    CreateBackup.Result result = host.backup();

    assertThat(host.hold.log()).containsExactly("app");
    assertThat(result.manifest().stored().map(Artifact::id)).containsExactly(DB);
    assertThat(result.manifest().failed())
        .containsExactly(
            new FailedArtifact(
                ArtifactId.volume("wiki"),
                "its containers cannot be held still: web does not answer"));
  }

  @Test
  void those_that_are_held_go_on_when_another_cannot_be() {
    host.hold.whileHolding(
        container -> {
          if (container.equals("web")) {
            throw FakeSource.failure("web does not answer");
          }
        });
    host.jobs(1)
        .storesOn("local", store)
        .with(FakeSource.cluster("main").has(FakeSource.spec(DB), logging("app")))
        .with(FakeSource.volumes().has(held("wiki", "cron", "web"), logging("wiki")));

    CreateBackup.Result result = host.backup();

    assertThat(host.hold.log()).containsExactly("hold cron", "release cron", "app");
    assertThat(result.manifest().failed())
        .extracting(FailedArtifact::id)
        .containsExactly(ArtifactId.volume("wiki"));
    assertThat(result.manifest().cut().orElseThrow().held()).isEmpty();
  }

  @Test
  void all_that_needs_containers_which_cannot_be_held_is_no_set() {
    host.hold.failToHold(FakeSource.failure("web does not answer"));
    host.storesOn("local", store)
        .with(FakeSource.volumes().has(held("wiki", "web"), logging("wiki")));

    assertThatThrownBy(host::backup)
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("web does not answer");
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_container_that_does_not_go_on_makes_the_set_partial_and_is_named() {
    host.hold.failToRelease(FakeSource.failure("web stays paused"));
    host.storesOn("local", store)
        .with(FakeSource.volumes().has(held("wiki", "web"), logging("wiki")));

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().status()).isEqualTo(SetStatus.PARTIAL);
    assertThat(result.manifest().stored().map(Artifact::id))
        .containsExactly(ArtifactId.volume("wiki"));
    assertThat(result.manifest().failed())
        .containsExactly(
            new FailedArtifact(
                ArtifactId.container("web"), "could not be released: web stays paused"));
    assertThat(host.events.problems()).singleElement().asString().contains("web stays paused");
  }

  @Test
  void a_container_that_does_not_go_on_is_named_even_when_the_backup_fails() {
    host.hold.failToRelease(FakeSource.failure("web stays paused"));
    host.storesOn("local", new FaultyBlobStore(store, Fault.from(Operation.WRITE, 2)))
        .with(FakeSource.volumes().has(held("wiki", "web"), logging("wiki")));

    assertThatThrownBy(host::backup).isInstanceOf(Failure.class);
    assertThat(host.events.problems()).anyMatch(problem -> problem.contains("web stays paused"));
  }

  private static ArtifactSpec held(String volume, String... containers) {
    ArtifactSpec spec = FakeSource.heldSpec(ArtifactId.volume(volume), containers);
    return new ArtifactSpec(
        spec.id(), spec.encoding(), OptionalLong.of(containers.length), spec.holds());
  }

  private FakeSource.Export logging(String name) {
    return (sink, cancellation) -> {
      host.hold.log().add(name);
      sink.write(1);
      return FakeSource.report(1);
    };
  }
}
