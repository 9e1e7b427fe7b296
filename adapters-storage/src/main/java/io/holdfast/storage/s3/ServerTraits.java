package io.holdfast.storage.s3;

import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What the server does with {@code If-None-Match: *}, which servers may honour, refuse or overlook,
 * and differently for an object that is put whole and one that is put together of parts. Tried out
 * once for each, when it is first needed, on an object of the store's own that goes away again.
 */
final class ServerTraits {

  private final S3Connection connection;
  private final Writes writes;
  private Optional<Boolean> onPut = Optional.empty();
  private Optional<Boolean> onComplete = Optional.empty();

  ServerTraits(S3Connection connection, Writes writes) {
    this.connection = connection;
    this.writes = writes;
  }

  /** True when an object that is put whole never replaces another. */
  synchronized boolean refusesToReplaceOnPut() {
    if (onPut.isEmpty()) {
      onPut = Optional.of(tried("try out a write to", this::tryPut));
    }
    return onPut.get();
  }

  /** True when an object that is put together of parts never replaces another. */
  synchronized boolean refusesToReplaceOnComplete() {
    if (onComplete.isEmpty()) {
      onComplete =
          switch (connection.settings().conditionalCreate()) {
            case ALWAYS -> Optional.of(true);
            case NEVER -> Optional.of(false);
            case PROBED -> Optional.of(tried("try out an upload to", this::tryComplete));
          };
    }
    return onComplete.get();
  }

  /** Whoever writes for the first time learns here what the server cannot do, before it matters. */
  void learn() {
    boolean unused = refusesToReplaceOnPut();
  }

  private boolean tryPut(String object) {
    S3Settings.ConditionalCreate asked = connection.settings().conditionalCreate();
    boolean nothingToLearn =
        asked != S3Settings.ConditionalCreate.PROBED
            && connection.settings().encryption().isEmpty()
            && connection.settings().checksums() != S3Settings.Checksums.UNTIL_REFUSED;
    if (!nothingToLearn) {
      PutObjectResponse first = writes.putOwn(object, false);
      requireEncryption(first, object);
    }
    return switch (asked) {
      case ALWAYS -> true;
      case NEVER -> false;
      case PROBED -> isRefused(() -> writes.putOwn(object, true));
    };
  }

  private void requireEncryption(PutObjectResponse answer, String object) {
    String doing = "write to";
    boolean encrypted =
        writes.isEncrypted(answer.serverSideEncryptionAsString())
            || Stored.find(connection, doing, object)
                .filter(there -> writes.isEncrypted(there.encryption()))
                .isPresent();
    if (!encrypted) {
      throw writes.notEncrypted(doing);
    }
  }

  private boolean tryComplete(String object) {
    writes.putOwn(object, false);
    String upload = writes.beginUpload("try out an upload to", object, "own");
    try {
      RequestBody one = RequestBody.fromBytes(new byte[1]);
      CompletedPart part =
          connection.send(
              s3 -> {
                var answer =
                    s3.uploadPart(
                        p ->
                            p.bucket(connection.bucket())
                                .key(object)
                                .uploadId(upload)
                                .partNumber(1),
                        one);
                return CompletedPart.builder()
                    .partNumber(1)
                    .eTag(answer.eTag())
                    .checksumCRC32(answer.checksumCRC32())
                    .build();
              });
      return isRefused(
          () ->
              connection.send(
                  s3 ->
                      s3.completeMultipartUpload(
                          c ->
                              c.bucket(connection.bucket())
                                  .key(object)
                                  .uploadId(upload)
                                  .ifNoneMatch("*")
                                  .multipartUpload(all -> all.parts(part)))));
    } finally {
      writes.abortUpload(object, upload);
    }
  }

  private static boolean isRefused(Runnable secondWrite) {
    try {
      secondWrite.run();
      return false;
    } catch (SdkException e) {
      if (ServerAnswer.isStatus(e, 412)) {
        return true;
      }
      boolean unknownHeader = ServerAnswer.isStatus(e, 501) || ServerAnswer.isStatus(e, 400);
      if (unknownHeader) {
        return false;
      }
      throw e;
    }
  }

  private boolean tried(String doing, Predicate<String> trial) {
    String object =
        connection.settings().location().own(S3Location.TEMPORARY + "probe-" + Marks.next());
    try {
      return trial.test(object);
    } catch (SdkException e) {
      throw connection.failed(doing, e);
    } finally {
      remove(object);
    }
  }

  private void remove(String object) {
    try {
      writes.delete(object);
    } catch (SdkException left) {
      // A key that may not delete leaves it to clearAbandoned, or to the bucket's rules.
      return;
    }
  }
}
