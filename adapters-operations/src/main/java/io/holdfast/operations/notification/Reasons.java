package io.holdfast.operations.notification;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why something was not reached, in words. */
final class Reasons {

  private Reasons() {}

  static String of(Throwable error) {
    List<Throwable> causes = causesOf(error);
    for (Throwable cause : causes) {
      Optional<String> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    Throwable deepest = causes.get(causes.size() - 1);
    return Optional.ofNullable(deepest.getMessage())
        .map(Wording::oneLine)
        .orElse(deepest.getClass().getSimpleName());
  }

  /** True when a certificate or a protocol stands in the way, which no other try changes. */
  static boolean isTls(Throwable error) {
    return causesOf(error).stream().anyMatch(SSLException.class::isInstance);
  }

  private static Optional<String> known(Throwable cause) {
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return Optional.of("its name has no address");
    }
    if (cause instanceof ConnectException refused && !isTimeout(refused)) {
      return Optional.of("it refuses connections");
    }
    if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
      return Optional.of("it did not answer in time");
    }
    if (cause instanceof SSLException) {
      return Optional.of(
          "no trusted encryption came about (" + Wording.oneLine(cause.getMessage() + "") + ")");
    }
    if (cause instanceof NoSuchFileException) {
      return Optional.of("there is no such file");
    }
    return cause instanceof AccessDeniedException
        ? Optional.of("no right to read it")
        : Optional.empty();
  }

  private static boolean isTimeout(Throwable error) {
    return String.valueOf(error.getMessage()).contains("timed out");
  }

  private static List<Throwable> causesOf(Throwable error) {
    List<Throwable> causes = new ArrayList<>();
    Throwable at = error;
    while (at != null && !causes.contains(at)) {
      causes.add(at);
      at = at.getCause();
    }
    return causes;
  }
}
