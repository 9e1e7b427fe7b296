package io.holdfast.application.contract;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What closing and committing mean. */
final class WriterCases {

  private WriterCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.quick("closing without a commit publishes nothing", WriterCases::closing),
        ContractCase.full("closing a writer twice is harmless", WriterCases::closingTwice),
        ContractCase.full(
            "a blob may be committed after its body was closed", WriterCases::committingLate),
        ContractCase.full("a closed body takes no more bytes", WriterCases::writingToAClosedBody),
        ContractCase.full("a closed writer commits no more", WriterCases::committingTooLate));
  }

  private static void closing(Trial trial) throws IOException {
    try (BlobWriter writer = trial.store().create(new BlobKey("file"))) {
      trial.bytes(1000).writeTo(writer.body());
      writer.body().close();
    }
    trial.expectKeys("", List.of());
    trial.expectMissing(trial.store(), "file");
  }

  private static void closingTwice(Trial trial) throws IOException {
    BlobWriter aborted = trial.store().create(new BlobKey("aborted"));
    aborted.close();
    aborted.close();
    BlobWriter kept = trial.store().create(new BlobKey("kept"));
    trial.bytes(10).writeTo(kept.body());
    kept.body().close();
    kept.body().close();
    kept.commit();
    kept.close();
    kept.close();
    trial.expectKeys("", List.of("kept"));
    trial.expectWhole("kept", 10);
  }

  private static void committingLate(Trial trial) throws IOException {
    try (BlobWriter writer = trial.store().create(new BlobKey("file"))) {
      try (OutputStream body = writer.body()) {
        trial.bytes(100_000).writeTo(body);
      }
      trial.expectKeys("", List.of());
      writer.commit();
    }
    trial.expectWhole("file", 100_000);
  }

  private static void writingToAClosedBody(Trial trial) throws IOException {
    try (BlobWriter writer = trial.store().create(new BlobKey("file"))) {
      trial.bytes(1).writeTo(writer.body());
      writer.body().close();
      trial.expect(
          trial.thrownBy(() -> writer.body().write(2)) instanceof IOException,
          "a byte written after closing the body was no IOException");
      writer.commit();
    }
    trial.expectWhole("file", 1);
  }

  private static void committingTooLate(Trial trial) {
    BlobWriter writer = trial.store().create(new BlobKey("file"));
    writer.close();
    trial.expect(
        trial.thrownBy(writer::commit) instanceof IllegalStateException,
        "committing a writer that was closed was no IllegalStateException");
    trial.expectKeys("", List.of());
  }
}
