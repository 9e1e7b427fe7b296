package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.in.SetSelector;
import io.holdfast.domain.backup.SetId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SetUrlTest {

  private static final SetSelector LATEST = new SetSelector.Latest(Optional.empty());

  @Test
  void aUrlEndsAtItsSetOrAtLatestOrAtTheFolderOfTheSets() {
    SetId id = SetId.parse("20251006_020000").orElseThrow();
    assertThat(SetUrl.parse("s3://bucket/prefix/20251006_020000"))
        .contains(new SetUrl("s3://bucket/prefix", new SetSelector.ById(id, Optional.empty())));
    assertThat(SetUrl.parse("s3://bucket/20251006_020000/"))
        .contains(new SetUrl("s3://bucket", new SetSelector.ById(id, Optional.empty())));
    assertThat(SetUrl.parse("sftp://me@nas:2222/srv/sets/latest"))
        .contains(new SetUrl("sftp://me@nas:2222/srv/sets", LATEST));
    assertThat(SetUrl.parse("file:///var/sets")).contains(new SetUrl("file:///var/sets", LATEST));
    assertThat(SetUrl.parse("s3://latest")).contains(new SetUrl("s3://latest", LATEST));
  }

  @Test
  void anIdAWordAndAPathAreNoUrls() {
    assertThat(SetUrl.parse("20251006_020000")).isEmpty();
    assertThat(SetUrl.parse("latest")).isEmpty();
    assertThat(SetUrl.parse("/var/sets/20251006_020000")).isEmpty();
  }
}
