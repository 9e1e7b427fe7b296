package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SetLayoutTest {

  @Test
  void every_kind_has_its_place() {
    assertThat(path(ArtifactId.database("main", "app"), Encoding.NONE))
        .isEqualTo("databases/app.dump");
    assertThat(path(ArtifactId.globals("main"), Encoding.NONE)).isEqualTo("databases/globals.sql");
    assertThat(path(ArtifactId.volume("data"), Encoding.NONE)).isEqualTo("volumes/data.tar");
    assertThat(path(ArtifactId.volume("data"), Encoding.GZIP)).isEqualTo("volumes/data.tar.gz");
    assertThat(path(ArtifactId.volume("data"), Encoding.ZSTD)).isEqualTo("volumes/data.tar.zst");
    assertThat(path(ArtifactId.container("app"), Encoding.NONE)).isEqualTo("containers/app.json");
  }

  @Test
  void clusters_get_folders_where_there_are_several() {
    assertThat(SetLayout.pathOf(ArtifactId.database("ma/in", "a/b"), Encoding.NONE, true))
        .isEqualTo("databases/ma%2Fin/a%2Fb.dump");
    assertThat(SetLayout.pathOf(ArtifactId.globals("main"), Encoding.NONE, true))
        .isEqualTo("databases/main/globals.sql");
    assertThat(SetLayout.pathOf(ArtifactId.volume("data"), Encoding.NONE, true))
        .isEqualTo("volumes/data.tar");
  }

  @Test
  void a_database_of_no_known_cluster_lies_beside_the_folders() {
    ArtifactId handmade = new ArtifactId(ArtifactKind.DATABASE, Optional.empty(), "app");

    assertThat(SetLayout.pathOf(handmade, Encoding.NONE, true)).isEqualTo("databases/app.dump");
  }

  private static String path(ArtifactId id, Encoding encoding) {
    return SetLayout.pathOf(id, encoding, false);
  }
}
