package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArtifactIdTest {

  @Test
  void answers_to_its_name_and_to_its_cluster_with_its_name() {
    ArtifactId database = ArtifactId.database("main", "app");

    assertThat(database.answersTo("app")).isTrue();
    assertThat(database.answersTo("main/app")).isTrue();
    assertThat(database.answersTo("main")).isFalse();
    assertThat(database.answersTo("other/app")).isFalse();
    assertThat(ArtifactId.volume("app").answersTo("app")).isTrue();
    assertThat(ArtifactId.volume("app").answersTo("main/app")).isFalse();
  }

  @Test
  void is_described_for_people() {
    assertThat(ArtifactId.database("main", "app").describe()).isEqualTo("database main/app");
    assertThat(new ArtifactId(ArtifactKind.DATABASE, Optional.empty(), "app").describe())
        .isEqualTo("database app");
    assertThat(ArtifactId.globals("main").describe()).isEqualTo("globals of cluster main");
    assertThat(new ArtifactId(ArtifactKind.GLOBALS, Optional.empty(), "globals").describe())
        .isEqualTo("globals");
    assertThat(ArtifactId.volume("data").describe()).isEqualTo("volume data");
    assertThat(ArtifactId.container("app").describe()).isEqualTo("container app");
  }

  @Test
  void the_same_name_of_another_kind_or_cluster_is_another_artifact() {
    assertThat(ArtifactId.database("main", "a"))
        .isNotEqualTo(ArtifactId.database("other", "a"))
        .isNotEqualTo(ArtifactId.volume("a"))
        .isEqualTo(ArtifactId.database("main", "a"));
    assertThat(ArtifactId.globals("main").name()).isEqualTo(ArtifactId.GLOBALS_NAME);
  }

  @Test
  void needs_a_name() {
    assertThatThrownBy(() -> ArtifactId.volume("")).isInstanceOf(IllegalArgumentException.class);
  }
}
