package io.holdfast.domain.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Years of runs, decided about by the rules and by a slow reference. */
class RetentionPropertiesTest {

  @Property
  void what_is_kept_is_what_a_slow_reference_keeps(@ForAll long seed) {
    History history = History.of(new Random(seed), 100);
    SlowReference reference = new SlowReference(history.policy(), history.sets(), history.now());

    RetentionPlan plan = history.policy().decide(history.sets(), history.now());

    if (plan instanceof RetentionPlan.Decided decided) {
      assertThat(reference.future()).isEmpty();
      assertThat(decided.decisions().stream().map(Decision::set).toList())
          .isEqualTo(
              history.sets().stream()
                  .sorted(Comparator.comparing(KeptSet::id).reversed())
                  .toList());
      assertThat(decided.deletions().stream().map(Decision::set).toList())
          .isEqualTo(history.sets().stream().filter(reference::goes).toList());
      assertThat(decided.decisions().stream().map(RetentionPropertiesTest::rulesIn).toList())
          .isEqualTo(decided.decisions().stream().map(d -> reference.rulesOf(d.set())).toList());
    } else {
      assertThat(((RetentionPlan.Refused) plan).future())
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              reference.future().stream().map(KeptSet::id).toList());
    }
  }

  @Property
  void no_guard_is_ever_broken(@ForAll long seed) {
    History history = History.of(new Random(seed), 120);

    if (history.policy().decide(history.sets(), history.now())
        instanceof RetentionPlan.Decided decided) {
      List<KeptSet> gone = decided.deletions().stream().map(Decision::set).toList();
      assertThat(gone).noneMatch(KeptSet::pinned).noneMatch(KeptSet::inUse);
      assertThat(gone)
          .extracting(KeptSet::standing)
          .doesNotContain(Standing.HANDMADE, Standing.UNREADABLE, Standing.FOREIGN);
      Set<KeptSet> goneSet = Set.copyOf(gone);
      List<KeptSet> left = history.sets().stream().filter(set -> !goneSet.contains(set)).toList();
      for (SetScope scope : History.SCOPES) {
        assertThat(newestWhole(left, scope)).isEqualTo(newestWhole(history.sets(), scope));
      }
      assertThat(gone)
          .filteredOn(
              set -> set.standing() == Standing.COMPLETE || set.standing() == Standing.PARTIAL)
          .allMatch(
              set ->
                  newestWhole(left, set.scope()).stream()
                      .anyMatch(id -> id.compareTo(set.id()) > 0));
      assertThat(decided.decisions()).allMatch(each -> !each.reasons().isEmpty());
    }
  }

  @Property
  void damage_deletes_nothing_that_was_kept_before(@ForAll long seed) {
    Random random = new Random(seed);
    History history = History.of(random, 120);
    List<KeptSet> damaged =
        history.sets().stream().map(set -> random.nextInt(3) == 0 ? damaged(set) : set).toList();

    Set<SetId> before = gone(history.policy().decide(history.sets(), history.now()));
    Set<SetId> after = gone(history.policy().decide(damaged, history.now()));

    assertThat(before).containsAll(after);
  }

  @Property
  void a_second_prune_finds_nothing_more_to_do(@ForAll long seed) {
    History history = History.of(new Random(seed), 120);
    Set<SetId> gone = gone(history.policy().decide(history.sets(), history.now()));
    List<KeptSet> left = history.sets().stream().filter(set -> !gone.contains(set.id())).toList();

    assertThat(gone(history.policy().decide(left, history.now()))).isEmpty();
  }

  @Property(tries = 25)
  void a_prune_after_every_run_leaves_what_one_prune_at_the_end_does(@ForAll long seed) {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(History.ZONES.get(random.nextInt(History.ZONES.size())));
    RetentionPolicy policy = History.policy(random, zone);
    Duration step = random.nextBoolean() ? Duration.ofHours(1) : Duration.ofDays(1);
    Instant time = Instant.parse("1986-03-01T02:30:00Z").plusSeconds(random.nextInt(1_500_000_000));
    List<KeptSet> all = new ArrayList<>();
    List<KeptSet> left = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      time = time.plus(step.multipliedBy(random.nextInt(20) == 0 ? random.nextInt(30) + 1 : 1));
      KeptSet set =
          new KeptSet(new SetId(time), Standing.COMPLETE, false, false, false, 1, SetScope.WHOLE);
      all.add(set);
      left.add(set);
      Set<SetId> gone = gone(policy.decide(left, time));
      left.removeIf(each -> gone.contains(each.id()));
    }

    Set<SetId> goneAtOnce = gone(policy.decide(all, time));

    assertThat(left)
        .containsExactlyElementsOf(
            all.stream().filter(set -> !goneAtOnce.contains(set.id())).toList());
  }

  @Property
  void the_order_in_which_sets_are_listed_changes_nothing(@ForAll long seed) {
    History history = History.of(new Random(seed), 100);
    List<KeptSet> shuffled = new ArrayList<>(history.sets());
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(history.policy().decide(shuffled, history.now()))
        .isEqualTo(history.policy().decide(history.sets(), history.now()));
  }

  private static Set<String> rulesIn(Decision decision) {
    return decision.reasons().stream()
        .filter(Reason.Rule.class::isInstance)
        .map(Reason::describe)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<SetId> newestWhole(List<KeptSet> sets, SetScope scope) {
    return sets.stream()
        .filter(set -> set.standing() == Standing.COMPLETE && !set.damaged())
        .filter(set -> set.scope().covers(scope))
        .map(KeptSet::id)
        .max(Comparator.naturalOrder())
        .stream()
        .collect(Collectors.toSet());
  }

  private static Set<SetId> gone(RetentionPlan plan) {
    return plan instanceof RetentionPlan.Decided decided
        ? decided.deletions().stream().map(each -> each.set().id()).collect(Collectors.toSet())
        : Set.of();
  }

  private static KeptSet damaged(KeptSet set) {
    return new KeptSet(
        set.id(), set.standing(), set.pinned(), set.inUse(), true, set.bytes(), set.scope());
  }
}
