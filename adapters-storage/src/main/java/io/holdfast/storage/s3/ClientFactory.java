package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.Secret;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes clients of the SDK as a target's settings ask for. */
final class ClientFactory {

  private static final int MOST_CONNECTIONS = 256;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** What other servers than Amazon's take for granted where nothing is said. */
  private static final String USUAL_REGION = "us-east-1";

  private final S3Settings settings;

  ClientFactory(S3Settings settings) {
    this.settings = settings;
  }

  /** The transport, which every client of a target shares. */
  SdkHttpClient transport() {
    Duration timeout = settings.timeout();
    Apache5HttpClient.Builder http =
        Apache5HttpClient.builder()
            .maxConnections(MOST_CONNECTIONS)
            .connectionTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
            .connectionAcquisitionTimeout(timeout)
            .tcpKeepAlive(true)
            // StallGuard is the one that ends a silence, of writes too.
            .socketTimeout(timeout.multipliedBy(StallGuard.LONG_WORK));
    settings
        .authorities()
        .ifPresent(file -> http.tlsTrustManagersProvider(() -> PrivateAuthorities.trusting(file)));
    return http.build();
  }

  /** A client. */
  S3Client client(SdkHttpClient transport, boolean checksums) {
    S3ClientBuilder client =
        S3Client.builder()
            .httpClient(transport)
            .forcePathStyle(settings.pathStyle())
            .requestChecksumCalculation(
                checksums
                    ? RequestChecksumCalculation.WHEN_SUPPORTED
                    : RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(
                checksums
                    ? ResponseChecksumValidation.WHEN_SUPPORTED
                    : ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    .chunkedEncodingEnabled(settings.chunkedEncoding())
                    .build())
            .credentialsProvider(credentials())
            .overrideConfiguration(
                override -> {
                  override.retryStrategy(new PatientOnceReached());
                  settings.profile().ifPresent(override::defaultProfileName);
                });
    settings.endpoint().ifPresent(client::endpointOverride);
    settings
        .region()
        .or(() -> settings.endpoint().map(server -> USUAL_REGION))
        .ifPresent(region -> client.region(Region.of(region)));
    return client.build();
  }

  private AwsCredentialsProvider credentials() {
    if (settings.keys().isPresent()) {
      return fixed(settings.keys().get());
    }
    if (settings.profile().isPresent()) {
      return ProfileCredentialsProvider.create(settings.profile().get());
    }
    return DefaultCredentialsProvider.builder().build();
  }

  private static AwsCredentialsProvider fixed(S3Settings.Keys keys) {
    return StaticCredentialsProvider.create(
        keys.session().isPresent()
            ? AwsSessionCredentials.create(
                text(keys.access()), text(keys.secret()), text(keys.session().get()))
            : AwsBasicCredentials.create(text(keys.access()), text(keys.secret())));
  }

  private static String text(Secret secret) {
    return secret.reveal(String::new);
  }
}
