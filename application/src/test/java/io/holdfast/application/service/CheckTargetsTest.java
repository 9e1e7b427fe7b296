package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.SetId;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} does with targets. */
class CheckTargetsTest {

  private static final Clock CLOCK = Clock.fixed(TestHost.NOW, ZoneOffset.UTC);
  private static final String SET = "20251005_020000/";
  private static final String LOCK = ".holdfast/locks/repository";

  private final InMemoryBlobStore memory = new InMemoryBlobStore(CLOCK);
  private final TestHost host = new TestHost();

  @Test
  void a_ready_target_is_told_with_its_room_and_what_it_can() {
    host.storesOn(
        "nas",
        new ForwardingBlobStore(memory) {
          @Override
          public OptionalLong freeBytes() {
            return OptionalLong.of(5L << 20);
          }
        });

    assertThat(look())
        .singleElement()
        .isEqualTo(
            new Finding(
                "target nas",
                Level.OK,
                "memory: writes, reads, lists, refuses to replace, and deletes; 5 MiB free; forgets"
                    + " when the process ends",
                ""));
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void what_a_killed_backup_left_goes_and_is_told() {
    killBackup("umig-dev", 4711);
    TestHost.put(memory, SET + "databases/a.dump", "half");
    TestHost.put(memory, SET + "manifest.json", "{}");
    BlobWriter dead = memory.create(new BlobKey(SET + "volumes/v.tar"));
    TestHost.put(memory, ".holdfast/contract/4711-ab-cd/part0/a", "trial");
    host.storesOn("nas", memory);

    List<Finding> findings = look();

    assertThat(memory.contents()).isEmpty();
    assertThat(findings)
        .extracting(Finding::level)
        .containsExactly(Level.WARNING, Level.WARNING, Level.WARNING, Level.OK);
    assertThat(findings.get(0).detail()).contains("holdfast backup", "4711");
    assertThat(findings.get(1).detail()).contains("unfinished set 20251005_020000");
    assertThat(findings.get(2).detail()).contains("trial");
    dead.close();
  }

  @Test
  void a_published_set_of_a_killed_backup_stays() {
    killBackup("umig-dev", 4711);
    TestHost.put(memory, SET + "checksums.sha256", "all of it");
    host.storesOn("nas", memory);

    assertThat(look())
        .extracting(Finding::detail)
        .anyMatch(detail -> detail.contains("4711"))
        .noneMatch(detail -> detail.contains("unfinished"));
    assertThat(memory.contents()).containsExactly(SET + "checksums.sha256");
  }

  @Test
  void a_run_that_is_at_work_is_left_alone_and_the_target_is_tried_all_the_same() {
    killBackup("another-host", 12);
    TestHost.put(memory, SET + "databases/a.dump", "half");
    BlobWriter alive = memory.create(new BlobKey(SET + "volumes/v.tar"));
    host.storesOn("nas", memory);

    List<Finding> findings = look();

    assertThat(findings).extracting(Finding::level).containsExactly(Level.WARNING, Level.OK);
    assertThat(findings.get(0).detail()).contains("another-host", "12", "left alone");
    assertThat(memory.contents())
        .containsExactlyInAnyOrder("(" + SET + "volumes/v.tar)", LOCK, SET + "databases/a.dump");
    alive.close();
  }

  @Test
  void the_lock_is_held_for_tidying_alone() {
    ObservedBlobStore observed = new ObservedBlobStore(memory);
    host.storesOn("nas", observed);

    look();

    List<String> calls = observed.calls();
    assertThat(calls.indexOf("clear"))
        .isBetween(calls.indexOf("commit " + LOCK), calls.indexOf("delete " + LOCK));
    assertThat(calls.subList(0, calls.indexOf("delete " + LOCK)))
        .noneMatch(call -> call.startsWith("commit .holdfast/contract/"));
    assertThat(calls).filteredOn(call -> call.equals("clear")).hasSize(1);
  }

  @Test
  void a_target_that_replaces_is_told_with_what_was_promised_and_seen() {
    host.storesOn("nas", replacing(memory));

    List<Finding> findings = look();

    assertThat(findings).extracting(Finding::level).containsOnly(Level.FAILED);
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.detail())
                  .contains("a second writer of a key is refused", "seen:", "did not fail");
              assertThat(finding.hint()).contains("holdfast target verify nas");
            });
    assertThat(memory.contents()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-7205, the target's clock is 2 h 0 min behind this host's",
    "200, the target's clock is 3 min 20 s ahead of this host's",
  })
  void a_clock_that_differs_is_told_with_how_much(long seconds, String told) {
    host.storesOn("nas", new InMemoryBlobStore(Clock.offset(CLOCK, Duration.ofSeconds(seconds))));

    assertThat(look())
        .extracting(Finding::level, Finding::detail)
        .contains(tuple(Level.WARNING, told));
  }

  @ParameterizedTest
  @CsvSource({"-60", "0", "60"})
  void a_clock_that_hardly_differs_is_not_told(long seconds) {
    host.storesOn("nas", new InMemoryBlobStore(Clock.offset(CLOCK, Duration.ofSeconds(seconds))));

    assertThat(look()).extracting(Finding::level).containsExactly(Level.OK);
  }

  private List<Finding> look() {
    return host.useCases().oversight().checkHost().check(host.cancellation).get(2).findings();
  }

  /** Leaves the lock of a backup whose process is not there, or on another host. */
  private void killBackup(String where, long pid) {
    LockHolder dead =
        new LockHolder(
            "token-of-the-dead",
            where,
            pid,
            "mark",
            TestHost.NOW,
            "backup",
            Optional.of(SetId.parse("20251005_020000").orElseThrow()));
    new RepositoryLock(new Target("nas", memory), host.codec, host.processes).acquire(dead);
  }

  private static BlobStore replacing(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public BlobWriter create(BlobKey key) {
        BlobWriter honest = super.create(key);
        return new BlobWriter() {
          @Override
          public OutputStream body() {
            return honest.body();
          }

          @Override
          public void commit() {
            memory.delete(key);
            honest.commit();
          }

          @Override
          public void close() {
            honest.close();
          }
        };
      }
    };
  }
}
