package io.holdfast.application.contract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.util.List;

/** Who sees what, and when. */
final class VisibilityCases {

  private static final int ROUNDS = 20;
  private static final long MEBIBYTE = 1 << 20;

  private VisibilityCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.quick(
            "a place where nothing was written reads as empty",
            VisibilityCases::anEmptyPlaceReadsAsEmpty),
        ContractCase.quick(
            "what is not committed is invisible", VisibilityCases::uncommittedIsInvisible),
        ContractCase.full(
            "what a failing producer wrote is never seen", VisibilityCases::aProducerFails),
        ContractCase.full(
            "what was written before stays as it is beside a failing producer",
            VisibilityCases::aProducerFailsBesideOthers),
        ContractCase.full(
            "what was committed or deleted is seen so by everybody at once",
            VisibilityCases::everybodySeesAtOnce),
        ContractCase.full(
            "clearing keeps what was committed, and what dead writers left is never seen",
            VisibilityCases::clearingKeepsWhatWasCommitted));
  }

  private static void anEmptyPlaceReadsAsEmpty(Trial trial) {
    BlobStore store = trial.store();
    trial.expectKeys("", List.of());
    trial.expectMissing(store, "a/b");
    store.delete(new BlobKey("a/b"));
    trial.expect(store.freeBytes().orElse(1) >= 0, "fewer than no bytes are free");
  }

  private static void uncommittedIsInvisible(Trial trial) throws IOException {
    try (BlobWriter writer = trial.store().create(new BlobKey("set/file"))) {
      trial.bytes(MEBIBYTE).writeTo(writer.body());
      writer.body().flush();
      trial.expectKeys("", List.of());
      trial.expectMissing(trial.store(), "set/file");
      writer.body().close();
      trial.expectKeys("", List.of());
      trial.expectMissing(trial.store(), "set/file");
    }
    trial.expectKeys("", List.of());
    trial.expectMissing(trial.store(), "set/file");
  }

  private static void aProducerFails(Trial trial) throws IOException {
    IOException mine = new IOException("the producer failed");
    try (BlobWriter writer = trial.store().create(new BlobKey("set/deep/file"))) {
      trial.bytes(3 * MEBIBYTE).writeTo(writer.body());
      throw mine;
    } catch (IOException failure) {
      trial.expect(failure == mine, "closing the writer failed too: " + failure);
      trial.expect(
          failure.getSuppressed().length == 0,
          () -> "closing the writer failed: " + failure.getSuppressed()[0]);
    }
    trial.expectKeys("", List.of());
    trial.expectMissing(trial.store(), "set/deep/file");
    trial.write("set/deep/file", 10);
    trial.expectWhole("set/deep/file", 10);
  }

  private static void aProducerFailsBesideOthers(Trial trial) throws IOException {
    trial.write("set/kept", 10);
    try (BlobWriter writer = trial.store().create(new BlobKey("set/dropped"))) {
      writer.body().write(1);
      writer.body().close();
    }
    try (BlobWriter writer = trial.store().create(new BlobKey("set/kept"))) {
      writer.body().write(1);
    }
    trial.expectKeys("", List.of("set/kept"));
    trial.expectWhole("set/kept", 10);
  }

  private static void everybodySeesAtOnce(Trial trial) throws IOException {
    BlobStore other = trial.another();
    for (int round = 0; round < ROUNDS; round++) {
      BlobKey key = new BlobKey("set/" + round);
      trial.write(key.value(), round);
      long told = other.stat(key).bytes();
      trial.expect(
          told == round, "another store tells " + told + " bytes of a blob of " + round + " bytes");
      boolean[] listed = {false};
      other.list(key.value(), blob -> listed[0] |= blob.key().equals(key));
      trial.expect(listed[0], "another store does not list " + key + " right after its commit");
      trial.store().delete(key);
      trial.expectKind(
          FailureKind.NOT_FOUND, "telling of " + key + ", deleted,", () -> other.stat(key));
    }
  }

  private static void clearingKeepsWhatWasCommitted(Trial trial) throws IOException {
    trial.write("set/kept", 1000);
    BlobKey key = new BlobKey("set/dead");
    try (BlobWriter dead = trial.store().create(key)) {
      trial.bytes(7 * MEBIBYTE).writeTo(dead.body());
      dead.body().flush();
      trial.another().clearAbandoned();
      trial.expectKeys("", List.of("set/kept"));
    }
    trial.expectKeys("", List.of("set/kept"));
    trial.expectWhole("set/kept", 1000);
    trial.write("set/dead", 10);
    trial.expectWhole("set/dead", 10);
  }
}
