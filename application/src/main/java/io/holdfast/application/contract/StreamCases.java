package io.holdfast.application.contract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a blob is read. */
final class StreamCases {

  private static final long BYTES = 3 << 20;

  private StreamCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.full("two readers of a blob each get all of it", StreamCases::twoReaders),
        ContractCase.full(
            "a reader may stop early and be closed twice", StreamCases::stoppingEarly),
        ContractCase.full("the end of a blob stays its end", StreamCases::theEndStays),
        ContractCase.full(
            "a reader that was opened before a deletion never gets part of the blob",
            StreamCases::deletedMeanwhile),
        ContractCase.full("a local file is the blob itself", StreamCases::localFile));
  }

  private static void twoReaders(Trial trial) throws IOException {
    BlobKey key = new BlobKey("file");
    trial.write("file", BYTES);
    try (InputStream one = trial.store().open(key);
        InputStream other = trial.store().open(key)) {
      one.skipNBytes(1);
      trial.expectAll(other, "file", BYTES);
      long rest = rest(trial, one);
      trial.expect(rest == BYTES - 1, "the first reader got " + (rest + 1) + " of " + BYTES);
    }
  }

  private static void stoppingEarly(Trial trial) throws IOException {
    trial.write("file", BYTES);
    InputStream in = trial.store().open(new BlobKey("file"));
    try (in) {
      trial.expect(in.read() >= 0, "a blob of " + BYTES + " bytes has no first byte");
    }
    in.close();
    trial.expectWhole("file", BYTES);
  }

  private static void theEndStays(Trial trial) throws IOException {
    trial.write("file", 10);
    try (InputStream in = trial.store().open(new BlobKey("file"))) {
      trial.expectAll(in, "file", 10);
      trial.expect(in.read() < 0, "after the end there was another byte");
      trial.expect(in.read(new byte[8], 0, 8) < 0, "after the end there were more bytes");
    }
  }

  private static void deletedMeanwhile(Trial trial) throws IOException {
    trial.write("file", BYTES);
    try (InputStream in = trial.store().open(new BlobKey("file"))) {
      trial.store().delete(new BlobKey("file"));
      trial.expectAll(in, "file", BYTES);
    } catch (StorageFailure clean) {
      trial.expect(
          clean.kind() == FailureKind.NOT_FOUND,
          "reading on after the deletion is to end well or with NOT_FOUND, and "
              + Trial.describe(clean));
    }
  }

  private static void localFile(Trial trial) throws IOException {
    trial.write("set/file", 5000);
    trial.store().localFile(new BlobKey("set/file")).ifPresent(file -> readFile(trial, file));
    trial.expect(
        trial.store().localFile(new BlobKey("missing")).isEmpty(),
        "there is a local file for a blob that is missing");
    trial.expectKeys("", List.of("set/file"));
  }

  private static void readFile(Trial trial, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      trial.expectAll(in, file.toString(), 5000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long rest(Trial trial, InputStream in) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long total = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      trial.goOnUnlessCancelled();
      total += read;
    }
    return total;
  }
}
