package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.BlobKey;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Gives a blob its name: at once, and never over another one. Asks the server afterwards what is
 * there, and believes that alone; also when an answer got lost, or when a refusal may be that of a
 * second try whose first one had succeeded.
 */
final class Publisher {

  private static final int ATTEMPTS = 6;

  private final S3Connection connection;
  private final Writes writes;
  private final ServerTraits traits;
  private final Claims claims;

  Publisher(S3Connection connection) {
    this.connection = connection;
    this.writes = new Writes(connection);
    this.traits = new ServerTraits(connection, writes);
    this.claims = new Claims(connection, writes);
  }

  ServerTraits traits() {
    return traits;
  }

  /** Publishes a blob that is sent whole. */
  void publish(BlobKey key, String mark, Payload content) {
    // Of a small and a large writer that race for one key, the large one may win on a server that
    // overlooks the header on parts alone; Holdfast writes no key both ways.
    publish(
        new Publication(key, mark, content.size()),
        traits.refusesToReplaceOnPut(),
        ifNoneMatch ->
            writes.put(objectOf(key), mark, content, ifNoneMatch).serverSideEncryptionAsString());
  }

  /** Publishes a blob whose parts are all there. */
  void publish(BlobKey key, String mark, MultipartUpload upload, long bytes) {
    publish(
        new Publication(key, mark, bytes),
        traits.refusesToReplaceOnComplete(),
        ifNoneMatch -> {
          upload.complete(ifNoneMatch);
          // What the server said when the upload began holds for all of it.
          return connection
              .settings()
              .encryption()
              .map(S3Settings.Encryption::algorithm)
              .orElse("");
        });
  }

  private void publish(Publication publication, boolean serverRefuses, Act act) {
    if (serverRefuses) {
      verify(publication, settle(publication, act, true));
      return;
    }
    claims.hold(
        publication.doing(),
        objectOf(publication.key()),
        () -> {
          if (find(publication).isPresent()) {
            throw connection.failures().alreadyExists(publication.key().value());
          }
          verify(publication, settle(publication, act, false));
        });
  }

  /** Acts, and finds out what came of it where the answer does not tell. */
  private String settle(Publication publication, Act act, boolean ifNoneMatch) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Optional.ofNullable(act.go(ifNoneMatch)).orElse("");
      } catch (SdkException e) {
        boolean conflict = ServerAnswer.isStatus(e, 412) || ServerAnswer.isStatus(e, 409);
        if (!conflict && !ServerAnswer.isStatus(e, 404) && !ServerAnswer.isAmbiguous(e)) {
          throw connection.failed(publication.doing(), e);
        }
        Optional<Stored> there = findAfter(publication, e);
        if (there.isPresent()) {
          if (publication.isOurs(there.get())) {
            return there.get().encryption();
          }
          throw connection.failures().alreadyExists(publication.key().value());
        }
        if (!conflict || attempt == ATTEMPTS) {
          throw connection.failed(publication.doing(), e);
        }
        pause(publication, attempt);
      }
    }
  }

  private Optional<Stored> findAfter(Publication publication, SdkException e) {
    try {
      return find(publication);
    } catch (RuntimeException alsoFailed) {
      alsoFailed.addSuppressed(e);
      throw alsoFailed;
    }
  }

  private void verify(Publication publication, String encryption) {
    Stored stored =
        find(publication)
            .orElseThrow(
                () ->
                    connection
                        .failures()
                        .permanent(
                            publication.doing(),
                            "the server said that it is done, and has no such object",
                            "This server does not keep to S3's rules; use another one."));
    if (!stored.mark().isEmpty() && !publication.isOurs(stored)) {
      throw connection
          .failures()
          .permanent(
              publication.doing(),
              "another writer has replaced it",
              "Let nothing else write below this prefix.");
    }
    if (stored.bytes() != publication.bytes()) {
      withdraw(publication);
      throw connection
          .failures()
          .permanent(
              publication.doing(),
              "the server has " + stored.bytes() + " bytes of " + publication.bytes(),
              "This server does not keep what it is sent; use another one.");
    }
    if (!writes.isEncrypted(encryption) && !writes.isEncrypted(stored.encryption())) {
      withdraw(publication);
      throw writes.notEncrypted(publication.doing());
    }
  }

  private void withdraw(Publication publication) {
    try {
      writes.delete(objectOf(publication.key()));
    } catch (SdkException e) {
      throw connection.failed("take back", e);
    }
  }

  private Optional<Stored> find(Publication publication) {
    return Stored.find(connection, publication.doing(), objectOf(publication.key()));
  }

  private String objectOf(BlobKey key) {
    return connection.settings().location().objectOf(key);
  }

  private void pause(Publication publication, int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(20, 100 << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw connection.failures().interrupted(publication.doing(), e);
    }
  }

  /** A blob that is about to be there. */
  private record Publication(BlobKey key, String mark, long bytes) {
    String doing() {
      return "write " + key + " to";
    }

    boolean isOurs(Stored there) {
      return there.mark().equals(mark);
    }
  }

  /** Makes the object; says how the server encrypted it. */
  @FunctionalInterface
  private interface Act {
    @Nullable String go(boolean ifNoneMatch);
  }
}
