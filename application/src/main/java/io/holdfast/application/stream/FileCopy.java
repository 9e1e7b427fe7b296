package io.holdfast.application.stream;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.LongConsumer;

/** Copies a file of a stored set to another target, and verifies it on the way. */
public final class FileCopy {

  /** Large enough that a hash runs at its full speed. */
  private static final int BUFFER = 1 << 18;

  private FileCopy() {}

  /**
   * Copies it; what fails on its way leaves nothing.
   *
   * @param progress told how many more bytes were read
   * @throws IntegrityFailure when the file is missing or its checksum differs
   * @throws StorageFailure when it cannot be read; or when the target fails, which is then out of
   *     the run
   */
  public static void copy(
      StoredSet from,
      String path,
      Checksum checksum,
      TargetRun to,
      LongConsumer progress,
      Cancellation cancellation) {
    try (InputStream in = open(from, path, checksum, progress);
        FanOut fanOut = FanOut.begin(path, List.of(to), 1, cancellation)) {
      byte[] buffer = new byte[BUFFER];
      int read = in.read(buffer);
      while (read >= 0) {
        cancellation.throwIfCancelled();
        fanOut.body().write(buffer, 0, read);
        read = in.read(buffer);
      }
      fanOut.commit();
    } catch (AllTargetsFailedException e) {
      throw to.failure().orElseThrow();
    } catch (IOException e) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "Cannot read " + path + " at " + from.location() + ": " + e.getMessage(),
          "See holdfast check.",
          e);
    }
  }

  private static InputStream open(
      StoredSet from, String path, Checksum checksum, LongConsumer progress) {
    try {
      return StoredContent.openChecked(from, path, checksum, progress);
    } catch (StorageFailure failure) {
      if (failure.kind() != FailureKind.NOT_FOUND) {
        throw failure;
      }
      throw new IntegrityFailure(
          path + " of set " + from.name() + " is missing at " + from.location() + ".",
          "Choose another set, or another target that holds this one (--from).",
          failure);
    }
  }
}
