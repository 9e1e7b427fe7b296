package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.postgres.Compression;
import io.holdfast.postgres.FingerprintSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedTest {

  private static final HoldfastConfig NONE =
      HoldfastConfig.none(TestSurroundings.of(Path.of("/"), Map.of()));

  private static Wanted wanted(Optional<VolumesConfig> volumes, ClusterConfig... clusters) {
    return new Wanted(
        new HoldfastConfig(
            Optional.empty(),
            "umig",
            List.of(clusters),
            volumes,
            List.of(),
            1,
            1,
            NONE.lifecycle(),
            List.of()));
  }

  private static ClusterConfig cluster(String name, boolean globals, NamePatterns databases) {
    return new ClusterConfig(
        name,
        "127.0.0.1",
        5432,
        Optional.empty(),
        Optional.empty(),
        new Tools.OnHost(),
        databases,
        globals,
        new Compression.Auto(),
        FingerprintSettings.DEFAULT,
        true);
  }

  @Test
  void a_database_is_wanted_where_its_cluster_includes_and_does_not_exclude_it() {
    Wanted wanted =
        wanted(
            Optional.empty(),
            cluster("main", true, new NamePatterns(List.of("app*"), List.of("app_old"))),
            cluster("bare", false, NamePatterns.everything()));
    assertThat(wanted.test(ArtifactId.database("main", "app"))).isTrue();
    assertThat(wanted.test(ArtifactId.database("main", "app_old"))).isFalse();
    assertThat(wanted.test(ArtifactId.database("main", "other"))).isFalse();
    assertThat(wanted.test(ArtifactId.database("gone", "app"))).isFalse();
    assertThat(wanted.test(ArtifactId.globals("main"))).isTrue();
    assertThat(wanted.test(ArtifactId.globals("bare"))).isFalse();
  }

  @Test
  void volumes_and_containers_are_wanted_where_volumes_are_backed_up() {
    Wanted none = wanted(Optional.empty());
    assertThat(none.test(ArtifactId.volume("data"))).isFalse();
    assertThat(none.test(ArtifactId.container("web"))).isFalse();
    Wanted some = wanted(Optional.of(VolumesConfig.everything()));
    assertThat(some.test(ArtifactId.volume("data"))).isTrue();
    assertThat(some.test(ArtifactId.container("web"))).isTrue();
  }
}
