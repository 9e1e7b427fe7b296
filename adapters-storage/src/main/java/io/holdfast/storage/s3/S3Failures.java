package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tells an operator what a server, or the way to it, said. */
final class S3Failures {

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

  S3Failures(S3Settings settings) {
    this.settings = settings;
  }

  /** The failure for an exception of the SDK. */
  StorageFailure of(String doing, SdkException e) {
    return e instanceof AwsServiceException answer ? ofAnswer(doing, answer) : ofWay(doing, e);
  }

  /** The failure for a connection that broke. */
  StorageFailure of(String doing, IOException e) {
    return unreachable(doing, reasonOf(e), e);
  }

  /** A failure that trying again will not mend. */
  StorageFailure permanent(String doing, String reason, String hint) {
    return new StorageFailure(FailureKind.STORAGE, text(doing, reason), hint);
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
        FailureKind.STORAGE_UNREACHABLE, text(doing, reason), "Run once more later.");
  }

  StorageFailure interrupted(String doing, Exception e) {
    return new StorageFailure(
        FailureKind.INTERRUPTED, text(doing, "the run was interrupted"), "", e);
  }

  static boolean isStatus(SdkException e, int status) {
    return e instanceof AwsServiceException answer && answer.statusCode() == status;
  }

  static boolean isCode(SdkException e, String code) {
    return e instanceof AwsServiceException answer && codeOf(answer).equals(code);
  }

  /** What the server calls the error; empty when it did not say. */
  static String codeOf(AwsServiceException e) {
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  /** True when the answer had no body that would say why. */
  static boolean saysNothing(S3Exception e) {
    String code = codeOf(e);
    return code.isEmpty() || code.matches("\\d{3}.*");
  }

  /** True when it is not known whether the server did what it was asked to. */
  static boolean isAmbiguous(SdkException e) {
    return !(e instanceof AwsServiceException answer) || answer.statusCode() >= 500;
  }

  private StorageFailure ofAnswer(String doing, AwsServiceException e) {
    String code = codeOf(e);
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
              "Correct " + setting("access-key") + ", or see that the key still exists.");
      case "SignatureDoesNotMatch" ->
          failure(
              FailureKind.STORAGE,
              doing,
              "the secret key is not that of the access key",
              e,
              "Correct " + setting("secret-key") + ".");
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
              "Make the bucket, or correct " + setting("url") + "; Holdfast makes none.");
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
              + setting("access-key")
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
        element(e, "RequestTime").or(() -> header(e, StallGuard.ASKED_AT)).orElse("unknown");
    String theirs = element(e, "ServerTime").or(() -> header(e, "Date")).orElse("unknown");
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
        header(e, "x-amz-bucket-region")
            .or(() -> element(e, "Region"))
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
            + setting("region")
            + right.map(region -> ": " + region).orElse("")
            + element(e, "Endpoint").map(host -> " (its server is " + host + ")").orElse(""));
  }

  private static Optional<String> expectedRegion(String message) {
    Matcher expected = EXPECTED_REGION.matcher(message);
    return expected.find() ? Optional.of(expected.group(1)) : Optional.empty();
  }

  private StorageFailure ofWay(String doing, SdkException e) {
    if (e instanceof AbortedException) {
      return interrupted(doing, e);
    }
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof PrivateAuthorities.UnusableCertificatesException unusable) {
        return new StorageFailure(
            FailureKind.STORAGE,
            text(doing, reasonOf(unusable)),
            "Correct " + setting("ca-certificates") + ": a PEM file.",
            e);
      }
      if (at instanceof UnknownHostException unknown) {
        return unreachable(doing, "there is no host " + reasonOf(unknown), e);
      }
      if (at instanceof SSLException tls) {
        return ofTls(doing, tls, e);
      }
      if (at instanceof ConnectException || at instanceof NoRouteToHostException) {
        return unreachable(doing, reasonOf(at), e);
      }
    }
    String said = reasonOf(e);
    if (said.contains("Unable to load region")) {
      return new StorageFailure(
          FailureKind.STORAGE,
          text(doing, "the region is not known"),
          "Set " + setting("region") + ", such as eu-central-1.",
          e);
    }
    if (said.contains("Unable to load credentials")
        || said.contains("Profile file contained no")
        || said.contains("credentials for profile")) {
      return new StorageFailure(
          FailureKind.STORAGE,
          text(doing, "there are no keys to sign with"),
          "Set "
              + setting("access-key")
              + " and secret-key, or give the SDK its own:"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile.",
          e);
    }
    if (said.contains("Data read has a different checksum")) {
      return new StorageFailure(
          FailureKind.STORAGE,
          text(doing, "what came does not match its checksum"),
          "Read it again; if it fails again the blob is damaged there.",
          e);
    }
    return unreachable(doing, deepest(e), e);
  }

  private StorageFailure ofTls(String doing, SSLException tls, SdkException e) {
    String reason = deepest(tls);
    boolean notTrusted =
        reason.contains("certification path")
            || reason.contains("subject alternative")
            || reason.contains("PKIX")
            || reason.contains("doesn't match");
    boolean plain = reason.contains("plaintext connection") || reason.contains("SSL/TLS record");
    if (notTrusted) {
      return new StorageFailure(
          FailureKind.STORAGE,
          text(doing, "the server's certificate is not trusted: " + reason),
          "Name the file of its authority in "
              + setting("ca-certificates")
              + ", or correct the host's name in the url.",
          e);
    }
    if (plain) {
      return new StorageFailure(
          FailureKind.STORAGE,
          text(doing, "the server does not speak TLS: " + reason),
          "Write http:// in " + setting("endpoint") + ".",
          e);
    }
    return unreachable(doing, "TLS failed: " + reason, e);
  }

  private StorageFailure unreachable(String doing, String reason, Exception e) {
    String server =
        settings.endpoint().map(url -> "Does " + url + " answer from here? ").orElse("");
    String style =
        settings.pathStyle()
            ? ""
            : "A server without a name for each bucket needs path-style:" + " true. ";
    return new StorageFailure(
        FailureKind.STORAGE_UNREACHABLE,
        text(doing, reason),
        (server + style + "Run once more when the way to it is open.").trim(),
        e);
  }

  private StorageFailure failure(
      FailureKind kind, String doing, String reason, AwsServiceException e, String hint) {
    String code = codeOf(e);
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    @Nullable String words = details == null ? null : details.errorMessage();
    String said =
        code.isEmpty() || code.startsWith(Integer.toString(e.statusCode()))
            ? Integer.toString(e.statusCode())
            : e.statusCode() + " " + code;
    String more = words == null || words.isBlank() ? "" : ": " + words.strip();
    return new StorageFailure(kind, text(doing, reason + " (" + said + more + ")"), hint, e);
  }

  private String text(String doing, String reason) {
    return "Cannot " + doing + " " + settings.location() + ": " + reason;
  }

  private String setting(String key) {
    return "storage." + settings.name() + "." + key;
  }

  private static Optional<String> header(AwsServiceException e, String name) {
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? Optional.empty()
        : details.sdkHttpResponse().firstMatchingHeader(name);
  }

  private static Optional<String> element(AwsServiceException e, String name) {
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    if (details == null || details.rawResponse() == null) {
      return Optional.empty();
    }
    Matcher found =
        Pattern.compile("<" + name + ">([^<]*)</" + name + ">")
            .matcher(details.rawResponse().asUtf8String());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static String deepest(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return reasonOf(at);
  }

  private static String reasonOf(Throwable e) {
    @Nullable String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
