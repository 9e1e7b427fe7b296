package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Tells an operator what a server has answered, and what to do about it. */
final class AnswerFailures {

  private static final Set<String> FULL =
      Set.of(
          "XMinioStorageFull",
          "QuotaExceeded",
          "XMinioAdminBucketQuotaExceeded",
          "InsufficientStorage",
          "InsufficientCapacity",
          "StorageFull",
          "EntityTooLarge",
          "ServiceQuotaExceededException");
  private static final Set<String> THROTTLED =
      Set.of(
          "SlowDown",
          "SlowDownRead",
          "SlowDownWrite",
          "RequestLimitExceeded",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "BandwidthLimitExceeded");
  private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([^']+)'");

  private final S3Settings settings;

  AnswerFailures(S3Settings settings) {
    this.settings = settings;
  }

  StorageFailure of(String doing, AwsServiceException e) {
    String code = ServerAnswer.codeOf(e);
    int status = e.statusCode();
    if (FULL.contains(code) || status == 507) {
      return failure(
          FailureKind.STORAGE_FULL,
          doing,
          "there is no room left",
          e,
          "Free some space there, or raise the quota.");
    }
    if (THROTTLED.contains(code) || status == 429) {
      return failure(
          FailureKind.STORAGE_UNREACHABLE,
          doing,
          "the server is too busy",
          e,
          "It said so again and again. Run once more later, or lower the target's uploads.");
    }
    return switch (code) {
      case "InvalidAccessKeyId" ->
          failure(
              FailureKind.STORAGE,
              doing,
              "the server does not know the access key",
              e,
              "Correct " + settings.key("access-key") + ", or see that the key still exists.");
      case "SignatureDoesNotMatch" ->
          failure(
              FailureKind.STORAGE,
              doing,
              "the secret key is not that of the access key",
              e,
              "Correct " + settings.key("secret-key") + ".");
      case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
          failure(
              FailureKind.STORAGE,
              doing,
              "the session token is not valid, or not any more",
              e,
              "Get new session keys, and run again.");
      case "NoSuchBucket" ->
          failure(
              FailureKind.STORAGE,
              doing,
              "there is no bucket " + settings.location().bucket(),
              e,
              "Make the bucket, or correct " + settings.key("url") + "; Holdfast makes none.");
      case "RequestTimeTooSkewed", "RequestInTheFuture" -> skewed(doing, e);
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "Redirect" ->
          wrongRegion(doing, e);
      case "InvalidObjectState" ->
          failure(
              FailureKind.STORAGE,
              doing,
              "it is archived",
              e,
              "Bring it back to a storage class that can be read, then run again.");
      case "MethodNotAllowed", "ObjectLockConfigurationNotFoundError" -> refused(doing, e);
      default -> byStatus(doing, e);
    };
  }

  private StorageFailure byStatus(String doing, AwsServiceException e) {
    int status = e.statusCode();
    if (status == 301 || status == 307) {
      return wrongRegion(doing, e);
    }
    if (status == 401 || status == 403) {
      return failure(
          FailureKind.STORAGE,
          doing,
          "the server denies it",
          e,
          "Give the key of "
              + settings.key("access-key")
              + " the rights s3:ListBucket, s3:GetObject,"
              + " s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload and"
              + " s3:ListBucketMultipartUploads on the bucket.");
    }
    boolean later = (status >= 500 && status != 501) || status == 408 || status == 409;
    return later
        ? failure(
            FailureKind.STORAGE_UNREACHABLE,
            doing,
            "the server failed",
            e,
            "Is the server well? Run once more later.")
        : refused(doing, e);
  }

  private StorageFailure refused(String doing, AwsServiceException e) {
    return failure(
        FailureKind.STORAGE,
        doing,
        "the server refused it",
        e,
        "A server that does not know all of S3 may need other settings: checksums:"
            + " when-required, chunked-encoding: false, conditional-create: never.");
  }

  private StorageFailure skewed(String doing, AwsServiceException e) {
    String ours =
        ServerAnswer.element(e, "RequestTime")
            .or(() -> ServerAnswer.header(e, StallGuard.ASKED_AT))
            .orElse("unknown");
    String theirs =
        ServerAnswer.element(e, "ServerTime")
            .or(() -> ServerAnswer.header(e, "Date"))
            .orElse("unknown");
    return failure(
        FailureKind.STORAGE,
        doing,
        "the clocks differ too much: this host's request"
            + " says "
            + ours
            + ", the server says "
            + theirs,
        e,
        "Set the clock of the one that is wrong, by NTP as a rule.");
  }

  private StorageFailure wrongRegion(String doing, AwsServiceException e) {
    Optional<String> right =
        ServerAnswer.header(e, "x-amz-bucket-region")
            .or(() -> ServerAnswer.element(e, "Region"))
            .or(() -> expectedRegion(String.valueOf(e.getMessage())));
    String asked = settings.region().map(region -> ", not in " + region).orElse("");
    return failure(
        FailureKind.STORAGE,
        doing,
        right
            .map(region -> "the bucket is in region " + region + asked)
            .orElse("the bucket is in another region" + asked),
        e,
        "Set "
            + settings.key("region")
            + right.map(region -> ": " + region).orElse("")
            + ServerAnswer.element(e, "Endpoint")
                .map(host -> " (its server is " + host + ")")
                .orElse(""));
  }

  private static Optional<String> expectedRegion(String message) {
    Matcher expected = EXPECTED_REGION.matcher(message);
    return expected.find() ? Optional.of(expected.group(1)) : Optional.empty();
  }

  private StorageFailure failure(
      FailureKind kind, String doing, String reason, AwsServiceException e, String hint) {
    String code = ServerAnswer.codeOf(e);
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    @Nullable String words = details == null ? null : details.errorMessage();
    String said =
        code.isEmpty() || code.startsWith(Integer.toString(e.statusCode()))
            ? Integer.toString(e.statusCode())
            : e.statusCode() + " " + code;
    String more = words == null || words.isBlank() ? "" : ": " + words.strip();
    return new StorageFailure(
        kind, settings.cannot(doing, reason + " (" + said + more + ")"), hint, e);
  }
}
