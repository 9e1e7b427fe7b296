package io.holdfast.application.contract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;

/** One key, one writer that wins. */
final class ExclusivenessCases {

  private static final int CROWD = 8;
  private static final int RACE_BYTES = 100;

  private ExclusivenessCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.quick(
            "a second writer of a key is refused and changes nothing",
            ExclusivenessCases::aSecondWriterIsRefused),
        ContractCase.full(
            "of two open writers the first to commit wins, whoever began first",
            ExclusivenessCases::theFirstToCommitWins),
        ContractCase.full(
            "of two racing writers one wins with all its bytes", ExclusivenessCases::twoRace),
        ContractCase.full(
            "of a crowd of racing writers one wins with all its bytes",
            ExclusivenessCases::aCrowdRaces),
        ContractCase.full(
            "writers of different keys do not disturb each other",
            ExclusivenessCases::manyWriteAtOnce));
  }

  private static void aSecondWriterIsRefused(Trial trial) throws IOException {
    trial.write("set/file", 1000);
    refuseASecond(trial);
    trial.expectKeys("", List.of("set/file"));
    trial.expectWhole("set/file", 1000);
  }

  private static void refuseASecond(Trial trial) throws IOException {
    try (BlobWriter second = trial.store().create(new BlobKey("set/file"))) {
      second.body().write(new byte[5]);
      StorageFailure refused =
          trial.expectKind(
              FailureKind.ALREADY_EXISTS, "a second commit of set/file", second::commit);
      trial.expect(
          refused.getMessage().contains("set/file"),
          "the refusal does not say of which blob: " + refused.getMessage());
    }
  }

  private static void theFirstToCommitWins(Trial trial) throws IOException {
    try (BlobWriter early = trial.store().create(new BlobKey("set/file"))) {
      early.body().write(new byte[5]);
      trial.write(trial.another(), "set/file", 1000);
      trial.expectKind(
          FailureKind.ALREADY_EXISTS, "the commit of whoever came second", early::commit);
    }
    trial.expectWhole("set/file", 1000);
  }

  private static void twoRace(Trial trial) throws Exception {
    BlobStore other = trial.another();
    for (int round = 0; round < trial.limits().raceRounds(); round++) {
      race(trial, List.of(trial.store(), other), new BlobKey("race/" + round));
    }
    int won = trial.keys("race/").size();
    trial.expect(
        won == trial.limits().raceRounds(),
        "after " + trial.limits().raceRounds() + " races there are " + won + " blobs");
  }

  private static void aCrowdRaces(Trial trial) throws Exception {
    List<BlobStore> stores = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      stores.add(i % 2 == 0 ? trial.store() : trial.another());
    }
    for (int round = 0; round < Math.max(1, trial.limits().raceRounds() / CROWD); round++) {
      race(trial, stores, new BlobKey("crowd/" + round));
    }
  }

  /** Every writer is ready before one of them commits. */
  private static void race(Trial trial, List<BlobStore> stores, BlobKey key) throws Exception {
    trial.goOnUnlessCancelled();
    List<BlobWriter> writers = new ArrayList<>();
    try {
      for (int i = 0; i < stores.size(); i++) {
        writers.add(stores.get(i).create(key));
        new PatternBytes(i, RACE_BYTES).writeTo(writers.get(i).body());
      }
      List<Boolean> won = commitAtOnce(trial, writers);
      int winners = Collections.frequency(won, true);
      trial.expect(winners == 1, winners + " of " + won.size() + " commits succeeded");
      try (InputStream in = trial.store().open(key)) {
        trial.expect(
            new PatternBytes(won.indexOf(true), RACE_BYTES).firstDifference(in) == -1,
            "the blob is not what the winner wrote");
      }
    } finally {
      writers.forEach(BlobWriter::close);
    }
  }

  private static List<Boolean> commitAtOnce(Trial trial, List<BlobWriter> writers)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(writers.size());
    List<Callable<Boolean>> commits = new ArrayList<>();
    for (BlobWriter writer : writers) {
      commits.add(
          () -> {
            start.await();
            return commits(trial, writer);
          });
    }
    return trial.inParallel(commits);
  }

  private static boolean commits(Trial trial, BlobWriter writer) {
    try {
      writer.commit();
      return true;
    } catch (StorageFailure lost) {
      trial.expect(
          lost.kind() == FailureKind.ALREADY_EXISTS,
          "whoever lost the race was told otherwise: " + Trial.describe(lost));
      return false;
    }
  }

  private static void manyWriteAtOnce(Trial trial) throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int writer = 0; writer < 6; writer++) {
      String name = "w" + writer;
      writers.add(
          () -> {
            for (int round = 0; round < 25; round++) {
              String key = "shared/" + (round % 3) + "/" + name;
              writeAndDropAnother(trial, key, round * 1000L);
              trial.expectWhole(key, round * 1000L);
              trial.store().delete(new BlobKey(key));
            }
            return true;
          });
    }
    trial.inParallel(writers);
    trial.expectKeys("", List.of());
  }

  private static void writeAndDropAnother(Trial trial, String key, long bytes) throws IOException {
    try (BlobWriter dropped = trial.store().create(new BlobKey(key + ".dropped"))) {
      dropped.body().write(1);
      trial.write(key, bytes);
    }
  }
}
