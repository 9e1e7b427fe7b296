package io.holdfast.storage.s3;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Tells the SDK when to send a request again. A server that has never answered is given up within
 * seconds: its name is wrong, as a rule, and an operator waits. One that has answered is given the
 * better part of a minute to come back, since hours of work may hang on it; but only once.
 */
final class PatientOnceReached implements RetryStrategy {

  private static final BackoffStrategy AFTER_ERROR =
      BackoffStrategy.exponentialDelayHalfJitter(Duration.ofMillis(100), Duration.ofSeconds(10));
  private static final BackoffStrategy AFTER_THROTTLING =
      BackoffStrategy.exponentialDelayHalfJitter(Duration.ofMillis(500), Duration.ofSeconds(20));

  private final RetryStrategy brisk = strategy(4);

  /** The least that the pauses between twelve attempts last together is 26 seconds. */
  private final RetryStrategy patient = strategy(12);

  private volatile boolean reached;

  private static RetryStrategy strategy(int attempts) {
    StandardRetryStrategy.Builder builder =
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(attempts)
            .backoffStrategy(AFTER_ERROR)
            .throttlingBackoffStrategy(AFTER_THROTTLING)
            // Parts in parallel would use up each other's attempts.
            .circuitBreakerEnabled(false);
    return builder.build();
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return chosen().acquireInitialToken(request);
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    try {
      return chosen().refreshRetryToken(request);
    } catch (TokenAcquisitionFailedException givenUp) {
      // What follows is mostly cleaning up: a server that is gone is not waited for again and
      // again.
      reached &= request.failure() instanceof SdkServiceException;
      throw givenUp;
    }
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    RecordSuccessResponse response = chosen().recordSuccess(request);
    reached = true;
    return response;
  }

  @Override
  public int maxAttempts() {
    return patient.maxAttempts();
  }

  @Override
  public boolean useClientDefaults() {
    return false;
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return patient.toBuilder();
  }

  private RetryStrategy chosen() {
    return reached ? patient : brisk;
  }
}
