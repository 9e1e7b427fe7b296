package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.domain.backup.SetLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.UUID;

/** Tries a target with a small blob: write, read back, list, delete. */
public final class TargetProbe {

  private static final long MEBIBYTE = 1 << 20;

  private final Target target;

  public TargetProbe(Target target) {
    this.target = target;
  }

  /** Whether the target takes a backup. */
  public Finding probe() {
    String subject = "target " + target.name();
    try {
      tryBlob(target.store());
      return new Finding(
          subject,
          Level.OK,
          target.store().location() + ": writes, reads, lists and deletes" + freeSpace(),
          "");
    } catch (StorageFailure failure) {
      return new Finding(subject, Level.FAILED, failure.getMessage(), failure.hint());
    }
  }

  private static void tryBlob(BlobStore store) {
    String mark = UUID.randomUUID().toString();
    BlobKey key = new BlobKey(SetLayout.CONTROL_FOLDER + "/probe/" + mark);
    byte[] written = mark.getBytes(StandardCharsets.UTF_8);
    boolean[] listed = {false};
    byte[] read;
    try (Leftover leftover = new Leftover(store, key)) {
      SmallBlob.write(store, leftover.key(), written);
      store.list(key.value(), blob -> listed[0] = true);
      read = SmallBlob.read(store, key).orElse(new byte[0]);
    }
    if (!listed[0] || !Arrays.equals(read, written)) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          store.location() + " does not give back what was written to it.",
          "Do not back up to it until that is mended.");
    }
  }

  private String freeSpace() {
    OptionalLong free = target.store().freeBytes();
    return free.isPresent() ? "; " + free.getAsLong() / MEBIBYTE + " MiB free" : "";
  }

  /** A blob that goes away however its trial ends. */
  private record Leftover(BlobStore store, BlobKey key) implements AutoCloseable {
    @Override
    public void close() {
      store.delete(key);
    }
  }
}
