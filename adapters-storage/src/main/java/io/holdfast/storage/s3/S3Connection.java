package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.StorageFailure;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The way to one target's server. The SDK is loaded and its client made at the first request. A
 * thread that comes with its interrupt flag up is served none the less, and leaves with it up; an
 * interrupt that arrives during a request ends that.
 */
final class S3Connection implements AutoCloseable {

  /** How servers say that they cannot read the SDK's trailing checksums. */
  private static final Set<String> REFUSALS =
      Set.of(
          "XAmzContentSHA256Mismatch",
          "NotImplemented",
          "InvalidArgument",
          "InvalidRequest",
          "BadRequest",
          "MalformedTrailerError",
          "MissingContentLength");

  private final S3Settings settings;
  private final S3Failures failures;
  private final ClientFactory factory;
  private @Nullable StallGuard transport;
  private volatile @Nullable S3Client client;
  private volatile boolean checksums;
  private volatile boolean bucketSeen;
  private boolean closed;

  S3Connection(S3Settings settings) {
    this.settings = settings;
    this.failures = new S3Failures(settings);
    this.factory = new ClientFactory(settings);
    this.checksums = settings.checksums() != S3Settings.Checksums.WHEN_REQUIRED;
  }

  S3Settings settings() {
    return settings;
  }

  S3Failures failures() {
    return failures;
  }

  String bucket() {
    return settings.location().bucket();
  }

  /** Whether requests carry checksums of their own. */
  boolean checksums() {
    return checksums;
  }

  /**
   * Sends a request.
   *
   * @param doing for the failure: {@code read a/b from}
   */
  <T> T call(String doing, Function<S3Client, T> request) {
    try {
      return send(request);
    } catch (SdkException e) {
      throw failed(doing, e);
    }
  }

  /** Sends a request, and lets the SDK's own exceptions through. */
  <T> T send(Function<S3Client, T> request) {
    boolean interrupted = Thread.interrupted();
    try {
      T answer = sendWithChecksums(request);
      bucketSeen = true;
      return answer;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Sends a request that cleans up: an interrupt during it does not keep it from its end. */
  <T> T sendToTheEnd(Function<S3Client, T> request) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return send(request);
        } catch (AbortedException e) {
          if (!Thread.interrupted()) {
            throw e;
          }
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** True for an answer that an object is not there; fails when it is the bucket that is not. */
  boolean meansNotFound(String doing, SdkException e) {
    if (!ServerAnswer.isStatus(e, 404) || ServerAnswer.isCode(e, "NoSuchUpload")) {
      return false;
    }
    // An answer to HEAD has no body that would say what is missing.
    if (ServerAnswer.isCode(e, "NoSuchBucket")) {
      throw failures.of(doing, e);
    }
    if (!bucketSeen) {
      seeBucket(doing);
    }
    return true;
  }

  /** The failure for an exception; asks further where the answer had no body to say why. */
  StorageFailure failed(String doing, SdkException e) {
    if (e instanceof S3Exception answer && ServerAnswer.saysNothing(answer)) {
      try {
        seeBucket(doing);
      } catch (StorageFailure told) {
        told.addSuppressed(e);
        return told;
      }
    }
    return failures.of(doing, e);
  }

  /** Ends what a thread is sending. */
  synchronized void abortRequestsOf(Thread thread) {
    if (transport != null) {
      transport.abortRequestsOf(thread);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.close();
      client = null;
    }
    if (transport != null) {
      transport.close();
      transport = null;
    }
  }

  private void seeBucket(String doing) {
    try {
      send(
          s3 ->
              s3.listObjectsV2(
                  list -> list.bucket(bucket()).prefix(settings.location().prefix()).maxKeys(1)));
    } catch (SdkException e) {
      throw failures.of(doing, e);
    }
  }

  private <T> T sendWithChecksums(Function<S3Client, T> request) {
    S3Client used = client();
    try {
      return request.apply(used);
    } catch (S3Exception e) {
      if (settings.checksums() != S3Settings.Checksums.UNTIL_REFUSED
          || !checksums
          || !isRefusal(e)) {
        throw e;
      }
      return sendWithout(request, e);
    }
  }

  private <T> T sendWithout(Function<S3Client, T> request, S3Exception refusal) {
    S3Client plain = factory.client(transport(), false);
    try {
      T answer = request.apply(plain);
      adopt(plain);
      return answer;
    } catch (S3Exception otherReason) {
      plain.close();
      refusal.addSuppressed(otherReason);
      throw refusal;
    }
  }

  private synchronized void adopt(S3Client plain) {
    // The one before may still be in use by other threads; it holds nothing but the shared
    // transport.
    checksums = false;
    client = plain;
  }

  private static boolean isRefusal(S3Exception e) {
    return (e.statusCode() == 400 || e.statusCode() == 411 || e.statusCode() == 501)
        && (ServerAnswer.saysNothing(e) || REFUSALS.contains(ServerAnswer.codeOf(e)));
  }

  private S3Client client() {
    S3Client made = client;
    return made == null ? makeClient() : made;
  }

  private synchronized S3Client makeClient() {
    S3Client made = client;
    if (made == null) {
      made = factory.client(transport(), checksums);
      client = made;
    }
    return made;
  }

  private synchronized StallGuard transport() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    StallGuard made = transport;
    if (made == null) {
      made = new StallGuard(factory.transport(), settings.timeout());
      transport = made;
    }
    return made;
  }
}
