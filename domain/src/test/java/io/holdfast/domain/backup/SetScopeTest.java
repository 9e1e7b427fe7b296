package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SetScopeTest {

  private static final SetScope DATABASES = new SetScope(Set.of(ArtifactKind.DATABASE), List.of());
  private static final SetScope ONE =
      new SetScope(Set.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME), List.of("main/app"));

  @Test
  void globals_go_with_databases_and_containers_with_volumes() {
    assertThat(DATABASES.covers(ArtifactId.database("main", "app"))).isTrue();
    assertThat(DATABASES.covers(ArtifactId.globals("main"))).isTrue();
    assertThat(DATABASES.covers(ArtifactId.volume("data"))).isFalse();
    assertThat(DATABASES.covers(ArtifactId.container("web"))).isFalse();
    SetScope volumes = new SetScope(Set.of(ArtifactKind.VOLUME), List.of());
    assertThat(volumes.covers(ArtifactId.container("web"))).isTrue();
    assertThat(volumes.isWhole(ArtifactKind.VOLUME)).isTrue();
    assertThat(volumes.isWhole(ArtifactKind.GLOBALS)).isFalse();
  }

  @Test
  void names_cover_what_answers_to_them_and_nothing_whole() {
    assertThat(ONE.covers(ArtifactId.database("main", "app"))).isTrue();
    assertThat(ONE.covers(ArtifactId.database("other", "app"))).isFalse();
    assertThat(ONE.covers(ArtifactId.globals("main"))).isFalse();
    assertThat(ONE.isWhole(ArtifactKind.DATABASE)).isFalse();
    SetScope kindless = new SetScope(Set.of(ArtifactKind.VOLUME), List.of("main/app"));
    assertThat(kindless.covers(ArtifactId.database("main", "app"))).isFalse();
  }

  @Test
  void does_not_change_with_what_it_was_made_from() {
    Set<ArtifactKind> kinds = EnumSet.of(ArtifactKind.VOLUME);
    List<String> only = new ArrayList<>(List.of("a"));
    SetScope scope = new SetScope(kinds, only);
    kinds.clear();
    only.clear();
    assertThat(scope).isEqualTo(new SetScope(Set.of(ArtifactKind.VOLUME), List.of("a")));
  }
}
