package io.holdfast.domain.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.backup.StoredArtifact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SetComparisonTest {

  private static final long KIB = 1024;
  private static final ArtifactId APP = ArtifactId.database("main", "app");
  private static final ArtifactId OLD = ArtifactId.database("main", "old");
  private static final ArtifactId GLOBALS = ArtifactId.globals("main");
  private static final ArtifactId DATA = ArtifactId.volume("data");
  private static final ArtifactId WEB = ArtifactId.container("web");
  private static final SetScope ALL =
      new SetScope(Set.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME), List.of());

  private static SetComparison compare(Manifest set, Manifest... others) {
    return SetComparison.of(set, List.of(others), id -> true);
  }

  private static Manifest[] dumps(long... sizes) {
    return IntStream.range(0, sizes.length)
        .mapToObj(day -> Sets.of(day, Sets.stored(APP, sizes[day], 1)))
        .toArray(Manifest[]::new);
  }

  private static Manifest dump(long size) {
    return Sets.of(20, Sets.stored(APP, size, 1));
  }

  @Test
  void a_dump_below_half_of_the_median_is_suspect() {
    Manifest[] before = dumps(100 * KIB, 90 * KIB, 200 * KIB);
    SetComparison small = compare(dump(50 * KIB - 1), before);
    assertThat(small.suspects())
        .containsExactly(
            new ArtifactTrend(
                Sets.stored(APP, 50 * KIB - 1, 1), 50 * KIB - 1, OptionalLong.of(100 * KIB), 3));
    assertThat(small.isPlausible()).isFalse();
    SetComparison half = compare(dump(50 * KIB), before);
    assertThat(half.suspects()).isEmpty();
    assertThat(half.isPlausible()).isTrue();
    assertThat(half.artifacts()).extracting(ArtifactTrend::bytes).containsExactly(50 * KIB);
  }

  @Test
  void what_has_lost_next_to_nothing_is_not_suspect() {
    assertThat(compare(dump(400), dumps(900, 900, 900)).suspects()).isEmpty();
    assertThat(compare(dump(0), dumps(16 * KIB - 1, 16 * KIB - 1, 16 * KIB - 1)).suspects())
        .isEmpty();
    assertThat(compare(dump(1), dumps(16 * KIB, 16 * KIB, 16 * KIB)).suspects()).isEmpty();
    assertThat(compare(dump(0), dumps(16 * KIB, 16 * KIB, 16 * KIB)).suspects()).hasSize(1);
  }

  @Test
  void two_sets_before_say_nothing_and_the_eighth_is_forgotten() {
    long big = 1000 * KIB;
    SetComparison two = compare(dump(1), dumps(big, big));
    assertThat(two.suspects()).isEmpty();
    assertThat(two.artifacts().get(0).usual()).isEmpty();
    assertThat(two.artifacts().get(0).sets()).isEqualTo(2);
    SetComparison many = compare(dump(1), dumps(big, big, big, big, big, 2, 2, 2, 2));
    assertThat(many.artifacts().get(0).usual()).hasValue(2);
    assertThat(many.artifacts().get(0).sets()).isEqualTo(7);
  }

  @Test
  void a_median_of_an_even_number_lies_between_the_two_in_the_middle() {
    assertThat(compare(dump(1), dumps(10, 20, 40, 90)).artifacts().get(0).usual()).hasValue(30);
  }

  @Test
  void a_volume_is_measured_by_its_plain_tar_and_a_container_not_at_all() {
    Manifest[] before =
        IntStream.range(0, 3)
            .mapToObj(
                day ->
                    Sets.of(
                        day,
                        Sets.stored(DATA, 1, 100 * KIB),
                        Sets.stored(WEB, 100 * KIB, 100 * KIB)))
            .toArray(Manifest[]::new);
    SetComparison packed =
        compare(Sets.of(9, Sets.stored(DATA, 0, 100 * KIB), Sets.stored(WEB, 1, 1)), before);
    assertThat(packed.suspects()).isEmpty();
    SetComparison shrunk =
        compare(Sets.of(9, Sets.stored(DATA, 100 * KIB, 1), Sets.stored(WEB, 1, 1)), before);
    assertThat(shrunk.suspects()).extracting(each -> each.artifact().id()).containsExactly(DATA);
  }

  @Test
  void only_older_complete_sets_count() {
    FailedArtifact failed = new FailedArtifact(OLD, "refused");
    StoredArtifact big = Sets.stored(APP, 1000 * KIB, 1);
    Manifest set = Sets.of(3, Sets.stored(APP, 1, 1));
    SetComparison seen =
        compare(
            set,
            Sets.of(0, big),
            Sets.of(1, big, Sets.stored(DATA), failed),
            Sets.of(2, big),
            Sets.of(3, big, Sets.stored(OLD)),
            Sets.of(4, big));
    assertThat(seen.artifacts().get(0).sets()).isEqualTo(2);
    assertThat(seen.vanished()).isEmpty();
  }

  @Test
  void what_was_asked_for_and_is_gone_has_vanished() {
    Manifest before =
        Sets.of(0, Sets.stored(APP), Sets.stored(OLD), Sets.stored(GLOBALS), Sets.stored(DATA));
    Manifest later = Sets.of(1, Sets.stored(APP), Sets.stored(OLD));
    Manifest set = Sets.of(2, ALL, Sets.stored(APP));
    SetComparison seen = compare(set, before, later);
    assertThat(seen.vanished())
        .containsExactlyInAnyOrder(
            new Vanished(OLD, Sets.id(1)),
            new Vanished(GLOBALS, Sets.id(0)),
            new Vanished(DATA, Sets.id(0)));
    assertThat(seen.suspects()).isEmpty();
    assertThat(seen.isPlausible()).isFalse();
  }

  @Test
  void what_is_excluded_now_has_not_vanished() {
    Manifest before = Sets.of(0, Sets.stored(APP), Sets.stored(OLD));
    Manifest set = Sets.of(2, ALL, Sets.stored(APP));
    assertThat(SetComparison.of(set, List.of(before), id -> !id.equals(OLD)).isPlausible())
        .isTrue();
  }

  @Test
  void what_was_not_asked_for_has_not_vanished() {
    Manifest before = Sets.of(0, Sets.stored(APP), Sets.stored(GLOBALS), Sets.stored(DATA));
    SetScope databases = new SetScope(Set.of(ArtifactKind.DATABASE), List.of());
    SetScope one = new SetScope(ALL.kinds(), List.of("data"));
    assertThat(compare(Sets.of(1, databases, Sets.stored(GLOBALS)), before).vanished())
        .extracting(Vanished::id)
        .containsExactly(APP);
    assertThat(compare(Sets.of(1, one, Sets.stored(DATA)), before).vanished()).isEmpty();
  }

  @Test
  void a_set_that_does_not_tell_its_scope_must_have_half_as_many_of_the_sort() {
    StoredArtifact other = Sets.stored(ArtifactId.database("other", "x"));
    ArtifactId[] ids =
        Stream.of("a", "b", "c", "d")
            .map(name -> ArtifactId.database("main", name))
            .toArray(ArtifactId[]::new);
    Manifest before =
        Sets.of(
            0,
            Sets.stored(ids[0]),
            Sets.stored(ids[1]),
            Sets.stored(ids[2]),
            Sets.stored(ids[3]),
            Sets.stored(DATA),
            other);
    assertThat(compare(Sets.of(1, Sets.stored(ids[0]), Sets.stored(ids[2])), before).vanished())
        .extracting(Vanished::id)
        .containsExactlyInAnyOrder(ids[1], ids[3]);
    assertThat(compare(Sets.of(1, Sets.stored(ids[0]), other), before).vanished()).isEmpty();
    assertThat(compare(Sets.of(1, other), before).vanished()).isEmpty();
    Manifest two = Sets.of(0, Sets.stored(GLOBALS), Sets.stored(APP));
    assertThat(compare(Sets.of(1, Sets.stored(APP)), two).vanished())
        .extracting(Vanished::id)
        .containsExactly(GLOBALS);
  }

  @Test
  void a_sort_that_the_set_before_had_none_of_is_not_missed() {
    Manifest first = Sets.of(0, Sets.stored(APP), Sets.stored(DATA));
    Manifest second = Sets.of(1, Sets.stored(APP));
    assertThat(compare(Sets.of(2, Sets.stored(APP)), first, second).vanished()).isEmpty();
  }

  @Test
  void what_failed_has_not_vanished_be_it_alone_or_with_its_whole_source() {
    Manifest before =
        Sets.of(0, Sets.stored(APP), Sets.stored(OLD), Sets.stored(GLOBALS), Sets.stored(DATA));
    Manifest alone =
        Sets.of(
            1, ALL, new FailedArtifact(APP, "refused"), Sets.stored(DATA), Sets.stored(GLOBALS));
    assertThat(compare(alone, before).vanished()).extracting(Vanished::id).containsExactly(OLD);
    Manifest whole = Sets.of(1, ALL, new FailedArtifact(ArtifactId.database("main", "*"), "down"));
    assertThat(compare(whole, before).vanished()).extracting(Vanished::id).containsExactly(DATA);
  }

  @Test
  void a_container_is_missed_once_it_had_come_to_stay() {
    Manifest set = Sets.of(9, ALL, Sets.stored(DATA));
    Manifest[] often =
        IntStream.range(0, 3)
            .mapToObj(day -> Sets.of(day, Sets.stored(DATA), Sets.stored(WEB)))
            .toArray(Manifest[]::new);
    assertThat(compare(set, often).vanished()).containsExactly(new Vanished(WEB, Sets.id(2)));
    assertThat(compare(set, often[0], often[1]).vanished()).isEmpty();
  }

  @Test
  void what_vanished_longer_ago_than_the_window_is_forgotten() {
    List<Manifest> sets = new ArrayList<>();
    sets.add(Sets.of(0, Sets.stored(APP), Sets.stored(OLD)));
    for (int day = 1; day < 7; day++) {
      sets.add(Sets.of(day, Sets.stored(APP)));
    }
    Manifest set = Sets.of(9, ALL, Sets.stored(APP));
    assertThat(SetComparison.of(set, sets, id -> true).vanished()).hasSize(1);
    sets.add(Sets.of(7, Sets.stored(APP)));
    assertThat(SetComparison.of(set, sets, id -> true).vanished()).isEmpty();
  }

  @Test
  void a_first_set_is_plausible() {
    assertThat(compare(dump(1)).isPlausible()).isTrue();
    assertThat(SetComparison.NONE.isPlausible()).isTrue();
  }

  @Property
  void suspicion_does_not_depend_on_the_order_and_follows_its_definition(
      @ForAll @Size(min = 3, max = 7) List<@LongRange(max = 1L << 40) Long> sizes,
      @ForAll @LongRange(max = 1L << 40) long now) {
    List<Manifest> before = new ArrayList<>();
    for (int day = 0; day < sizes.size(); day++) {
      before.add(Sets.of(day, Sets.stored(APP, sizes.get(day), 7)));
    }
    Collections.shuffle(before);
    List<Long> sorted = sizes.stream().sorted().toList();
    int n = sorted.size();
    long median = (sorted.get(n / 2) + sorted.get((n - 1) / 2)) / 2;
    boolean expected = 2 * now < median && median - now >= 16 * KIB;
    Artifact small = Sets.stored(APP, now, 9);
    assertThat(SetComparison.of(Sets.of(20, small), before, id -> true).suspects())
        .hasSize(expected ? 1 : 0);
  }
}
