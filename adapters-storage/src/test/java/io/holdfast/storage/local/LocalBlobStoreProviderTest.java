package io.holdfast.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalBlobStoreProviderTest {

  private final LocalBlobStoreProvider provider = new LocalBlobStoreProvider();

  @Test
  void every_built_in_plugin_is_found_as_a_service_for_one_scheme() {
    assertThat(ServiceLoader.load(BlobStoreProvider.class))
        .hasAtLeastOneElementOfType(LocalBlobStoreProvider.class)
        .satisfies(
            all ->
                assertThat(all)
                    .extracting(BlobStoreProvider::scheme)
                    .containsExactlyInAnyOrder("file", "sftp", "s3"))
        .allSatisfy(
            found -> assertThat(found.spiVersion()).isEqualTo(BlobStoreProvider.SPI_VERSION));
  }

  @ParameterizedTest
  @CsvSource({
    "file:///var/backups/holdfast, /var/backups/holdfast",
    "file:/var/backups/holdfast, /var/backups/holdfast",
    "file://localhost/var/backups, /var/backups",
    "file:///var/backups/, /var/backups",
    "file:///srv/my%20disk/100%25/%C3%BC%23, /srv/my disk/100%/\u00fc#",
    "file:///srv/a/../b, /srv/b",
  })
  void an_absolute_url_names_its_folder(String url, String folder) {
    try (BlobStore store = open(url)) {
      assertThat(store.location()).isEqualTo(folder);
      assertThat(store.toString()).contains(folder);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:backups",
        "file://var/backups",
        "file://nas.example/backups",
        "file:///",
        "file:///..",
        "file:///srv/a?x=1",
        "file:///srv/a#b",
        "file:///srv/%ff",
        "file:///srv/a%00b",
      })
  void any_other_url_is_refused_with_the_remedy(String url) {
    ConfigurationFailure refused =
        catchThrowableOfType(ConfigurationFailure.class, () -> open(url).close());

    assertThat(refused).hasMessageContaining("target disk").hasMessageContaining(url);
  }

  @Test
  void two_slashes_too_few_are_explained() {
    assertThat(
            catchThrowableOfType(
                    ConfigurationFailure.class, () -> open("file://var/backups").close())
                .hint())
        .contains("file:///");
  }

  @Test
  void a_password_in_a_url_is_not_told() {
    assertThat(
            catchThrowableOfType(
                ConfigurationFailure.class, () -> open("file://me:pl4nted@nas/backups").close()))
        .hasMessageContaining("file://nas/backups")
        .hasMessageNotContaining("pl4nted");
  }

  @Test
  void an_unknown_setting_is_refused() {
    Settings settings =
        new Settings("disk", URI.create("file:///srv"), Map.of("ulr", "x"), Map.of());

    ConfigurationFailure refused =
        catchThrowableOfType(ConfigurationFailure.class, () -> provider.open(settings).close());

    assertThat(refused).hasMessageContaining("disk").hasMessageContaining("ulr");
    assertThat(refused.hint()).contains("url");
  }

  private BlobStore open(String url) {
    return provider.open(new Settings("disk", URI.create(url), Map.of(), Map.of()));
  }
}
