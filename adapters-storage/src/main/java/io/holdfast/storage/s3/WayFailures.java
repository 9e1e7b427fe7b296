package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells an operator what is wrong with the way to a server: names, routes, TLS, and keys. */
final class WayFailures {

  private final S3Settings settings;

  WayFailures(S3Settings settings) {
    this.settings = settings;
  }

  /** The failure for a connection that broke. */
  StorageFailure of(String doing, IOException e) {
    return unreachable(doing, reasonOf(e), e);
  }

  StorageFailure interrupted(String doing, Exception e) {
    return new StorageFailure(
        FailureKind.INTERRUPTED, settings.cannot(doing, "the run was interrupted"), "", e);
  }

  StorageFailure of(String doing, SdkException e) {
    if (e instanceof AbortedException) {
      return interrupted(doing, e);
    }
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof PrivateAuthorities.UnusableCertificatesException unusable) {
        return new StorageFailure(
            FailureKind.STORAGE,
            settings.cannot(doing, reasonOf(unusable)),
            "Correct " + settings.key("ca-certificates") + ": a PEM file.",
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
          settings.cannot(doing, "the region is not known"),
          "Set " + settings.key("region") + ", such as eu-central-1.",
          e);
    }
    if (said.contains("Unable to load credentials")
        || said.contains("Profile file contained no")
        || said.contains("credentials for profile")) {
      return new StorageFailure(
          FailureKind.STORAGE,
          settings.cannot(doing, "there are no keys to sign with"),
          "Set "
              + settings.key("access-key")
              + " and secret-key, or give the SDK its own:"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile.",
          e);
    }
    if (said.contains("Data read has a different checksum")) {
      return new StorageFailure(
          FailureKind.STORAGE,
          settings.cannot(doing, "what came does not match its checksum"),
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
          settings.cannot(doing, "the server's certificate is not trusted: " + reason),
          "Name the file of its authority in "
              + settings.key("ca-certificates")
              + ", or correct the host's name in the url.",
          e);
    }
    if (plain) {
      return new StorageFailure(
          FailureKind.STORAGE,
          settings.cannot(doing, "the server does not speak TLS: " + reason),
          "Write http:// in " + settings.key("endpoint") + ".",
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
        settings.cannot(doing, reason),
        (server + style + "Run once more when the way to it is open.").trim(),
        e);
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
