package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {

  @ParameterizedTest
  @CsvSource({
    "path-style, yes",
    "checksums, never",
    "chunked-encoding, on",
    "conditional-create, perhaps",
    "server-side-encryption, aes",
    "kms-key-id, abc",
    "storage-class, GLACIER",
    "part-size, 4MiB",
    "part-size, 16",
    "uploads, 0",
    "uploads, 100",
    "timeout, 0s",
    "timeout, soon",
    "endpoint, 127.0.0.1:9000",
    "endpoint, ftp://host",
    "endpoint, http://host/path",
    "region, eu central",
    "ca-certificates, /no/such/file",
    "access-key, in-the-open"
  })
  void a_wrong_value_is_refused_by_its_key(String key, String value) {
    ConfigurationFailure refused =
        catchThrowableOfType(
            ConfigurationFailure.class, () -> read("s3://bucket/a", Map.of(key, value)));

    assertThat(refused).hasMessageContaining(key).hasMessageContaining("cloud");
    assertThat(refused.hint()).contains("storage.cloud." + key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3:///a", "s3://key:word@bucket/a", "s3://b/a//b", "s3://b/a?x", "s3://b/../a"})
  void a_wrong_url_is_refused(String url) {
    assertThat(catchThrowableOfType(ConfigurationFailure.class, () -> read(url, Map.of())))
        .hasMessageContaining("cloud")
        .hasMessageNotContaining("word");
  }

  @Test
  void without_an_endpoint_it_is_amazon_that_is_spoken_to() {
    S3Settings settings = read("s3://bucket/a/b/", Map.of());

    assertThat(settings.location().prefix()).isEqualTo("a/b/");
    assertThat(settings.pathStyle()).isFalse();
    assertThat(settings.chunkedEncoding()).isTrue();
    assertThat(settings.checksums()).isEqualTo(S3Settings.Checksums.UNTIL_REFUSED);
    assertThat(settings.conditionalCreate()).isEqualTo(S3Settings.ConditionalCreate.ALWAYS);
  }

  @Test
  void with_an_endpoint_nothing_is_taken_for_granted() {
    S3Settings settings = read("s3://bucket", Map.of("endpoint", "http://127.0.0.1:9000"));

    assertThat(settings.location()).hasToString("s3://bucket on 127.0.0.1:9000");
    assertThat(settings.pathStyle()).isTrue();
    assertThat(settings.chunkedEncoding()).isFalse();
    assertThat(settings.checksums()).isEqualTo(S3Settings.Checksums.WHEN_REQUIRED);
    assertThat(settings.conditionalCreate()).isEqualTo(S3Settings.ConditionalCreate.PROBED);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 8, 64, 1024})
  void five_terabytes_fit_into_ten_thousand_parts_that_s3_takes(long mebibytes) {
    PartPlan plan = PartPlan.of(mebibytes << 20);

    assertThat(plan.capacity()).isGreaterThanOrEqualTo(5L << 40);
    assertThat(plan.segmentBytes() + plan.partBytes()).isLessThanOrEqualTo(5L << 30);
    assertThat(plan.segmentBytes() / SettingsReader.LEAST_PART).isLessThan(PartPlan.MOST_PARTS);
  }

  @Test
  void parts_are_as_small_as_the_memory_for_them_asks() {
    SlabPool pool = SlabPool.ofHeap(128 << 20);

    assertThat(pool.partBytes(8 << 20)).isEqualTo(8 << 20);
    assertThat(pool.partBytes(64 << 20)).isEqualTo(8 << 20);
    assertThat(SlabPool.ofHeap(32 << 20).partBytes(8 << 20)).isEqualTo(5 << 20);
  }

  private static S3Settings read(String url, Map<String, String> values) {
    return SettingsReader.read(new Settings("cloud", URI.create(url), values, Map.of()));
  }
}
