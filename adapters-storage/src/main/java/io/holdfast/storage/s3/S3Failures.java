package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells an operator what a server, or the way to it, said. */
final class S3Failures {

  private final S3Settings settings;
  private final AnswerFailures answers;
  private final WayFailures way;

  S3Failures(S3Settings settings) {
    this.settings = settings;
    this.answers = new AnswerFailures(settings);
    this.way = new WayFailures(settings);
  }

  /** The failure for an exception of the SDK. */
  StorageFailure of(String doing, SdkException e) {
    return e instanceof AwsServiceException answer ? answers.of(doing, answer) : way.of(doing, e);
  }

  /** The failure for a connection that broke. */
  StorageFailure of(String doing, IOException e) {
    return way.of(doing, e);
  }

  /** A failure that trying again will not mend. */
  StorageFailure permanent(String doing, String reason, String hint) {
    return new StorageFailure(FailureKind.STORAGE, settings.cannot(doing, reason), hint);
  }

  StorageFailure notFound(String key) {
    return new StorageFailure(
        FailureKind.NOT_FOUND, "There is no " + key + " in " + settings.location(), "");
  }

  StorageFailure alreadyExists(String key) {
    return new StorageFailure(
        FailureKind.ALREADY_EXISTS, key + " is there already in " + settings.location(), "");
  }

  /** A failure that time may mend. */
  StorageFailure busy(String doing, String reason) {
    return new StorageFailure(
        FailureKind.STORAGE_UNREACHABLE, settings.cannot(doing, reason), "Run once more later.");
  }

  StorageFailure interrupted(String doing, Exception e) {
    return way.interrupted(doing, e);
  }
}
