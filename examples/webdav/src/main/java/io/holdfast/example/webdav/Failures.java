package io.holdfast.example.webdav;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Turns a server's refusals, and a line's troubles, into failures that say what to do. */
final class Failures {

  private static final Set<Integer> BUSY = Set.of(408, 423, 425, 429, 502, 503, 504);

  private final String location;

  Failures(String location) {
    this.location = location;
  }

  /** True when the same request may succeed a moment later. */
  static boolean mayPass(int status) {
    return status == 500 || BUSY.contains(status);
  }

  StorageFailure notFound(String key) {
    return new StorageFailure(FailureKind.NOT_FOUND, "There is no " + key + " in " + location, "");
  }

  StorageFailure taken(String key) {
    return new StorageFailure(
        FailureKind.ALREADY_EXISTS, "There is a " + key + " in " + location + " already", "");
  }

  StorageFailure of(String what, String why, String hint) {
    return new StorageFailure(
        FailureKind.STORAGE, "Cannot " + what + " in " + location + ": " + why, hint);
  }

  StorageFailure temporary(String what, String why, String hint) {
    return new StorageFailure(
        FailureKind.STORAGE_UNREACHABLE, "Cannot " + what + " in " + location + ": " + why, hint);
  }

  /** A server's answer that is none of those that were hoped for. */
  StorageFailure of(String what, int status) {
    FailureKind kind = FailureKind.STORAGE;
    if (status == 507) {
      kind = FailureKind.STORAGE_FULL;
    } else if (BUSY.contains(status)) {
      kind = FailureKind.STORAGE_UNREACHABLE;
    }
    return new StorageFailure(
        kind,
        "Cannot " + what + " in " + location + ": " + meaning(status) + " (HTTP " + status + ")",
        hint(status));
  }

  /** A line that broke, or never was. */
  StorageFailure of(String what, IOException e) {
    Throwable root = e;
    while (root.getCause() != null && !(root instanceof SSLException)) {
      root = root.getCause();
    }
    if (root instanceof SSLException) {
      return new StorageFailure(
          FailureKind.STORAGE,
          "Cannot "
              + what
              + " in "
              + location
              + ": no trusted TLS connection: "
              + root.getMessage(),
          "Check the host's name and its certificate; name a private authority's certificate with"
              + " ca-certificates.",
          e);
    }
    String why = Optional.ofNullable(e.getMessage()).orElse(root.toString());
    String hint = "Is the server up, and the network? Try again later.";
    if (root instanceof UnresolvedAddressException) {
      why = "no such host";
      hint = "Check the host's name in the url.";
    } else if (e instanceof ConnectException) {
      why = "no connection";
      hint = "Check host and port in the url, and whether the server is up.";
    } else if (e instanceof HttpTimeoutException) {
      hint = "Is the server up? A slow one is given longer with timeout: 5m.";
    }
    return new StorageFailure(
        FailureKind.STORAGE_UNREACHABLE,
        "Cannot " + what + " in " + location + ": " + why,
        hint,
        e);
  }

  private static String meaning(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> "the server sends us elsewhere";
      case 401 -> "the server does not accept user and password, or token";
      case 403 -> "the server forbids it";
      case 404, 409 -> "the folder is not there";
      case 405, 501 -> "the server does not speak WebDAV there";
      case 411 -> "the server takes no upload whose length is not known";
      case 413 -> "the server takes no file that large";
      case 423 -> "it is locked by another client";
      case 429 -> "the server is asked too often";
      case 507 -> "no space is left";
      default -> status >= 500 ? "the server failed" : "the server refuses";
    };
  }

  private static String hint(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 ->
          "Put the right url into the configuration: another path, or webdavs.";
      case 401 ->
          "Check user and password. The server must offer Basic authentication (or take a token);"
              + " some want a password for applications.";
      case 403 -> "Give the user the right to read and write there.";
      case 404, 409, 405, 501 -> "Check the path in the url: it must lead to a WebDAV folder.";
      case 411 -> "Put no proxy in between that insists on a length.";
      case 413 -> "Raise the server's limit for uploads.";
      case 507 -> "Free space on the server, or raise the user's quota.";
      default -> BUSY.contains(status) ? "Try again later." : "See the server's log.";
    };
  }
}
