package io.holdfast.storage.s3;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * What the server says of an object.
 *
 * @param bytes its length
 * @param modified when it was written, by the server's clock
 * @param mark what its writer marked it with; empty when nothing, or when the server dropped it
 * @param encryption the server-side encryption, as the header says it; empty for none
 */
record Stored(long bytes, Instant modified, String mark, String encryption) {

  /** The user metadata that a writer knows its own object by. */
  static final String MARK = "holdfast-write";

  /** Asks; empty when there is no such object. */
  static Optional<Stored> find(S3Connection connection, String doing, String object) {
    try {
      return Optional.of(
          of(
              connection.send(
                  s3 -> s3.headObject(head -> head.bucket(connection.bucket()).key(object)))));
    } catch (SdkException e) {
      if (connection.meansNotFound(doing, e)) {
        return Optional.empty();
      }
      throw connection.failed(doing, e);
    }
  }

  private static Stored of(HeadObjectResponse head) {
    return new Stored(
        Optional.ofNullable(head.contentLength()).orElse(0L),
        Optional.ofNullable(head.lastModified()).orElse(Instant.EPOCH),
        head.metadata().entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(MARK))
            .map(java.util.Map.Entry::getValue)
            .findFirst()
            .orElse(""),
        Optional.ofNullable(head.serverSideEncryptionAsString()).orElse(""));
  }
}
