package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPlacesTest {

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/{host},s3://bucket/,'',''",
    "s3://bucket/backups/{host}/,s3://bucket/backups,'',''",
    "s3://bucket/{host}/backups,s3://bucket/,'',/backups",
    "sftp://u@nas:22/srv/pre-{host}-x/a%20b,sftp://u@nas:22/srv,pre-,-x/a b",
    "file:///srv/%C3%BC/{host},file:///srv/%C3%BC,'',''"
  })
  void the_folder_above_the_hosts_and_what_stands_around_their_names(
      String url, String parent, String before, String after) {
    assertThat(HostPlaces.of(url)).contains(new HostPlaces(URI.create(parent), before, after));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/backups",
        "s3://{host}/backups",
        "sftp://{host}@nas/srv",
        "s3://b/{host}/{host}",
        "s3://{host}"
      })
  void a_url_without_one_place_in_its_path_has_none(String url) {
    assertThat(HostPlaces.of(url)).isEmpty();
  }

  @Test
  void what_cannot_be_a_url_has_no_place() {
    assertThat(HostPlaces.of("s3://bu cket/{host}")).isEmpty();
  }
}
