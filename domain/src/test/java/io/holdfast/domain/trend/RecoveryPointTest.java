package io.holdfast.domain.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.trend.RecoveryPoint.Reached;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoveryPointTest {

  private static final StoredArtifact DATABASE = Sets.stored(ArtifactId.database("main", "app"));
  private static final StoredArtifact VOLUME = Sets.stored(ArtifactId.volume("data"));
  private static final SetScope DATABASES = new SetScope(Set.of(ArtifactKind.DATABASE), List.of());
  private static final SetScope VOLUMES = new SetScope(Set.of(ArtifactKind.VOLUME), List.of());
  private static final SetScope ALL =
      new SetScope(Set.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME), List.of());
  private static final SetScope ONE = new SetScope(ALL.kinds(), List.of("app"));

  @Test
  void it_is_the_newest_set_of_everything() {
    assertThat(RecoveryPoint.of(List.of(Sets.of(2, ALL, DATABASE), Sets.of(3, ALL, DATABASE))))
        .contains(Sets.id(3));
    assertThat(RecoveryPoint.of(List.of())).isEmpty();
  }

  @Test
  void where_databases_and_volumes_have_sets_of_their_own_the_older_newest_one_counts() {
    assertThat(
            RecoveryPoint.of(
                List.of(
                    Sets.of(5, DATABASES, DATABASE),
                    Sets.of(4, DATABASES, DATABASE),
                    Sets.of(2, VOLUMES, VOLUME),
                    Sets.of(1, VOLUMES, VOLUME))))
        .contains(Sets.id(2));
  }

  @Test
  void a_set_of_a_few_names_or_a_partial_one_brings_nobody_back() {
    assertThat(
            RecoveryPoint.of(
                List.of(
                    Sets.of(5, ONE, DATABASE),
                    Sets.of(4, ALL, DATABASE, new FailedArtifact(VOLUME.id(), "no")),
                    Sets.of(1, ALL, DATABASE, VOLUME))))
        .contains(Sets.id(1));
    assertThat(RecoveryPoint.of(List.of(Sets.of(5, ONE, DATABASE)))).isEmpty();
  }

  @Test
  void a_set_that_does_not_tell_its_scope_counts_for_what_is_in_it() {
    assertThat(RecoveryPoint.of(List.of(Sets.of(5, DATABASE), Sets.of(3, DATABASE, VOLUME))))
        .contains(Sets.id(3));
  }

  @Test
  void each_moment_that_the_host_could_once_be_brought_back_to_is_told() {
    assertThat(
            RecoveryPoint.all(
                List.of(
                    Sets.of(6, VOLUMES, VOLUME),
                    Sets.of(5, DATABASES, DATABASE),
                    Sets.of(4, DATABASES, DATABASE),
                    Sets.of(3, ALL, DATABASE, new FailedArtifact(VOLUME.id(), "no")),
                    Sets.of(2, ONE, DATABASE),
                    Sets.of(1, ALL, DATABASE, VOLUME))))
        .as("what needs a set of each kind is there once the later of them is")
        .containsExactly(
            new Reached(Sets.id(1), Sets.id(1).begun()),
            new Reached(Sets.id(5), Sets.id(6).begun()));
    assertThat(RecoveryPoint.all(List.of())).isEmpty();
  }

  @Test
  void a_set_counts_from_its_finish_and_one_that_was_overtaken_does_not() {
    Manifest slow = Sets.finished(Sets.of(1, ALL, DATABASE), Sets.id(4).begun());
    Manifest quick = Sets.finished(Sets.of(2, ALL, DATABASE), Sets.id(3).begun());
    Manifest odd = Sets.finished(Sets.of(6, ALL, DATABASE), Sets.id(5).begun());
    assertThat(RecoveryPoint.all(List.of(slow, quick, odd)))
        .containsExactly(
            new Reached(Sets.id(2), Sets.id(3).begun()),
            new Reached(Sets.id(6), Sets.id(6).begun()));
  }

  @Test
  void to_bring_the_host_back_as_much_is_read_as_the_newest_whole_sets_of_each_kind_have() {
    StoredArtifact database = Sets.stored(ArtifactId.database("main", "app"), 1000, 1);
    StoredArtifact roles = Sets.stored(ArtifactId.globals("main"), 10, 1);
    StoredArtifact volume = Sets.stored(ArtifactId.volume("data"), 200, 1);
    StoredArtifact container = Sets.stored(ArtifactId.container("web"), 7, 1);
    assertThat(RecoveryPoint.bytes(List.of())).isEmpty();
    assertThat(
            RecoveryPoint.bytes(
                List.of(
                    Sets.of(5, ONE, volume),
                    Sets.of(4, VOLUMES, volume, container),
                    Sets.of(3, DATABASES, database, roles),
                    Sets.of(2, ALL, database, roles, volume, volume, container))))
        .hasValue(1210);
    assertThat(RecoveryPoint.wholeBytes(Sets.of(2, DATABASES, database, roles, volume, container)))
        .containsExactly(Map.entry(ArtifactKind.DATABASE, 1010L));
    assertThat(RecoveryPoint.wholeBytes(Sets.of(2, ONE, database))).isEmpty();
  }
}
