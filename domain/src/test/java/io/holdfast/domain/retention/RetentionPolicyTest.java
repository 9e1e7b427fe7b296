package io.holdfast.domain.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
  private static final Instant NOW = Instant.parse("2025-10-26T12:00:00Z");

  @Test
  void a_reason_names_the_place_that_a_set_takes_of_each_rule() {
    assertThat(
            decided(
                policy(1, 0, 2, 1),
                complete("20251026_020000"),
                complete("20251025_220000"),
                complete("20251025_020000"),
                complete("20251024_020000")))
        .isEqualTo(
            Map.of(
                "20251026_020000",
                "keep: newest complete set, last 1 of 1, daily 1 of 2, weekly 1 of 1",
                "20251025_220000",
                // Past midnight in Zurich no more: the 26th there has been taken.
                "delete: no rule keeps it",
                "20251025_020000",
                "keep: daily 2 of 2",
                "20251024_020000",
                "delete: no rule keeps it"));
  }

  @Test
  void a_set_of_one_database_does_not_stand_for_the_day_of_a_set_of_all() {
    SetScope orders = new SetScope(Set.of(ArtifactKind.DATABASE), List.of("orders"));
    RetentionPolicy days = new RetentionPolicy(0, 0, 2, 0, 0, 0, ZURICH);

    assertThat(
            decided(
                days,
                of(orders, "20251026_090000"),
                complete("20251026_020000"),
                of(orders, "20251025_090000"),
                of(orders, "20251025_080000"),
                complete("20251025_020000"),
                of(orders, "20251024_090000"),
                complete("20251024_020000")))
        .isEqualTo(
            Map.of(
                "20251026_090000", "keep: newest complete set, daily 1 of 2",
                "20251026_020000", "keep: newest complete set, daily 1 of 2",
                "20251025_090000", "keep: daily 2 of 2",
                "20251025_080000", "delete: no rule keeps it",
                "20251025_020000", "keep: daily 2 of 2",
                "20251024_090000", "delete: no rule keeps it",
                "20251024_020000", "delete: no rule keeps it"));
  }

  @Test
  void a_set_of_all_makes_a_partial_one_of_a_database_dispensable_and_not_the_other_way() {
    SetScope orders = new SetScope(Set.of(ArtifactKind.DATABASE), List.of("orders"));
    KeptSet partial = partial(SetScope.WHOLE, "20251025_020000");

    assertThat(decided(policy(1, 0, 0, 0), complete("20251026_020000"), partial))
        .containsEntry("20251025_020000", "delete: PARTIAL: newer complete set 20251026_020000");
    assertThat(decided(policy(1, 0, 0, 0), of(orders, "20251026_020000"), partial))
        .containsEntry("20251025_020000", "keep: PARTIAL: no newer complete set");
    assertThat(
            decided(
                policy(1, 0, 0, 0),
                complete("20251026_020000"),
                partial(orders, "20251025_020000")))
        .containsEntry("20251025_020000", "delete: PARTIAL: newer complete set 20251026_020000");
  }

  @Test
  void the_hour_that_comes_twice_is_two_hours_and_its_day_is_one() {
    RetentionPolicy hours = new RetentionPolicy(0, 2, 0, 0, 0, 0, ZURICH);
    RetentionPolicy days = new RetentionPolicy(0, 0, 2, 0, 0, 0, ZURICH);
    KeptSet summer = complete("20251026_003000");
    KeptSet winter = complete("20251026_013000");

    assertThat(decided(hours, winter, summer))
        .containsEntry("20251026_013000", "keep: newest complete set, hourly 1 of 2")
        .containsEntry("20251026_003000", "keep: hourly 2 of 2");
    assertThat(decided(days, winter, summer))
        .containsEntry("20251026_003000", "delete: no rule keeps it");
  }

  @Test
  void a_day_that_clocks_show_once_more_after_midnight_has_one_set() {
    // At 00:01 on 29 October 2006 clocks in St John's were put back to 23:01 the day before.
    RetentionPolicy days = new RetentionPolicy(0, 0, 3, 0, 0, 0, ZoneId.of("America/St_Johns"));

    assertThat(
            decided(
                days,
                complete("20061029_040000"),
                complete("20061029_030000"),
                complete("20061029_023030"),
                complete("20061029_020000"),
                complete("20061028_020000")))
        .isEqualTo(
            Map.of(
                "20061029_040000", "keep: newest complete set, daily 1 of 3",
                "20061029_030000", "keep: daily 2 of 3",
                "20061029_023030", "delete: no rule keeps it",
                "20061029_020000", "delete: no rule keeps it",
                "20061028_020000", "keep: daily 3 of 3"));
  }

  @Test
  void weeks_begin_on_monday_and_belong_to_no_year() {
    RetentionPolicy weeks = new RetentionPolicy(0, 0, 0, 3, 0, 0, ZoneOffset.UTC);

    assertThat(
            decided(
                weeks,
                complete("20250105_100000"),
                complete("20241230_100000"),
                complete("20241229_100000"),
                complete("20241223_100000")))
        .containsEntry("20250105_100000", "keep: newest complete set, weekly 1 of 3")
        .containsEntry("20241230_100000", "delete: no rule keeps it")
        .containsEntry("20241229_100000", "keep: weekly 2 of 3")
        .containsEntry("20241223_100000", "delete: no rule keeps it");
  }

  @Test
  void months_and_years_count_as_calendars_do() {
    RetentionPolicy policy = new RetentionPolicy(0, 0, 0, 0, 2, 2, ZoneOffset.UTC);

    assertThat(
            decided(
                policy,
                complete("20240229_100000"),
                complete("20240201_100000"),
                complete("20240131_100000"),
                complete("20231231_235959"),
                complete("20221231_235959")))
        .isEqualTo(
            Map.of(
                "20240229_100000", "keep: newest complete set, monthly 1 of 2, yearly 1 of 2",
                "20240201_100000", "delete: no rule keeps it",
                "20240131_100000", "keep: monthly 2 of 2",
                "20231231_235959", "keep: yearly 2 of 2",
                "20221231_235959", "delete: no rule keeps it"));
  }

  @Test
  void the_newest_complete_set_stays_where_no_rule_keeps_any() {
    assertThat(
            decided(policy(0, 0, 0, 0), complete("20251026_020000"), complete("20251025_020000")))
        .isEqualTo(
            Map.of(
                "20251026_020000", "keep: newest complete set",
                "20251025_020000", "delete: no rule keeps it"));
  }

  @Test
  void pinned_sets_and_those_in_use_stay_with_all_their_reasons() {
    assertThat(
            decided(
                policy(0, 0, 0, 0),
                complete("20251026_020000"),
                set("20251025_020000", Standing.COMPLETE, true, false, false),
                set("20251024_020000", Standing.PARTIAL, false, true, false),
                set("20251023_020000", Standing.HALF_DELETED, true, true, false),
                set("20251022_020000", Standing.HANDMADE, true, false, false)))
        .containsEntry("20251025_020000", "keep: pinned")
        .containsEntry("20251024_020000", "keep: in use")
        .containsEntry("20251023_020000", "keep: pinned, in use")
        .containsEntry("20251022_020000", "keep: pinned, made by hand");
  }

  @Test
  void a_partial_set_goes_once_a_newer_complete_one_is_there_and_fills_no_place() {
    assertThat(
            decided(
                policy(1, 0, 1, 0),
                set("20251026_030000", Standing.PARTIAL, false, false, false),
                complete("20251025_020000"),
                set("20251025_010000", Standing.PARTIAL, false, false, false)))
        .isEqualTo(
            Map.of(
                "20251026_030000", "keep: PARTIAL: no newer complete set",
                "20251025_020000", "keep: newest complete set, last 1 of 1, daily 1 of 1",
                "20251025_010000", "delete: PARTIAL: newer complete set 20251025_020000"));
  }

  @Test
  void a_damaged_set_fills_no_place_and_makes_no_other_dispensable() {
    assertThat(
            decided(
                policy(0, 0, 1, 0),
                damaged("20251026_030000"),
                complete("20251025_020000"),
                set("20251025_230000", Standing.PARTIAL, false, false, false),
                damaged("20251024_020000")))
        .isEqualTo(
            Map.of(
                "20251026_030000", "keep: damaged: no newer complete set that is whole",
                "20251025_020000", "keep: newest complete set, daily 1 of 1",
                "20251025_230000", "keep: PARTIAL: no newer complete set",
                "20251024_020000",
                    "delete: damaged: no rule would keep it, newer complete set 20251025_020000"));
  }

  @Test
  void a_damaged_set_stays_for_as_long_as_it_would_whole() {
    assertThat(
            decided(
                policy(0, 0, 3, 0),
                complete("20251026_030000"),
                damaged("20251025_020000"),
                complete("20251024_020000"),
                damaged("20251023_020000"),
                complete("20251022_020000"),
                damaged("20251021_020000")))
        .isEqualTo(
            Map.of(
                "20251026_030000", "keep: newest complete set, daily 1 of 3",
                "20251025_020000", "keep: damaged; if it were whole: daily 2 of 3",
                "20251024_020000", "keep: daily 2 of 3",
                "20251023_020000", "keep: damaged; if it were whole: daily 3 of 3",
                "20251022_020000", "keep: daily 3 of 3",
                "20251021_020000",
                    "delete: damaged: no rule would keep it, newer complete set 20251026_030000"));
  }

  @Test
  void where_every_set_is_damaged_none_goes() {
    assertThat(
            decided(
                policy(0, 0, 0, 0),
                damaged("20251026_030000"),
                damaged("20251025_020000"),
                set("20251024_020000", Standing.PARTIAL, false, false, true)))
        .allSatisfy((id, what) -> assertThat(what).startsWith("keep: "));
  }

  @Test
  void what_is_not_ours_to_judge_is_left_alone() {
    assertThat(
            decided(
                policy(0, 0, 0, 0),
                complete("20251026_020000"),
                set("20251025_020000", Standing.HANDMADE, false, false, false),
                set("20251024_020000", Standing.UNREADABLE, false, false, true),
                set("20991023_020000", Standing.FOREIGN, false, false, false)))
        .containsEntry("20251025_020000", "keep: made by hand")
        .containsEntry("20251024_020000", "keep: its manifest cannot be read")
        .containsEntry("20991023_020000", "keep: another host's");
  }

  @Test
  void what_was_never_published_goes_when_it_is_a_day_old() {
    assertThat(
            decided(
                policy(0, 0, 0, 0),
                set("20251025_120000", Standing.INCOMPLETE, false, false, false),
                set("20251025_120001", Standing.INCOMPLETE, false, false, false),
                set("20251026_115959", Standing.HALF_DELETED, false, false, false)))
        .isEqualTo(
            Map.of(
                "20251025_120000", "delete: not published, and a day old",
                "20251025_120001",
                    "keep: not published; counts as abandoned from 2025-10-26T12:00:01Z on",
                "20251026_115959", "delete: its deletion was begun"));
  }

  @Test
  void a_set_dated_after_now_stops_everything() {
    RetentionPlan plan =
        policy(1, 0, 0, 0)
            .decide(
                List.of(
                    complete("20251026_120011"),
                    complete("20251026_120010"),
                    complete("20251025_020000")),
                NOW.plusMillis(900));

    assertThat(plan)
        .isEqualTo(new RetentionPlan.Refused(List.of(id("20251026_120011")), NOW.plusMillis(900)));
    assertThat(((RetentionPlan.Refused) plan).explanation())
        .isEqualTo(
            "Set 20251026_120011 is dated after this host's time, 2025-10-26T12:00:00Z: its clock"
                + " went back, or was ahead when the set was made. Nothing was deleted.");
  }

  @Test
  void a_refusal_names_the_newest_of_the_sets_that_are_dated_after_now() {
    RetentionPlan plan =
        policy(1, 0, 0, 0)
            .decide(
                List.of(
                    set("20251027_000000", Standing.HANDMADE, false, false, false),
                    set("20251028_000000", Standing.INCOMPLETE, false, false, false)),
                NOW);

    assertThat(((RetentionPlan.Refused) plan).explanation())
        .startsWith("2 sets are, the newest of them 20251028_000000, dated after");
  }

  @Test
  void a_set_whose_id_moved_on_by_a_few_seconds_is_not_in_the_future() {
    assertThat(decided(policy(1, 0, 0, 0), complete("20251026_120010")))
        .containsEntry("20251026_120010", "keep: newest complete set, last 1 of 1");
  }

  @Test
  void what_goes_goes_oldest_first() {
    RetentionPlan.Decided plan =
        (RetentionPlan.Decided)
            policy(1, 0, 0, 0)
                .decide(
                    List.of(
                        complete("20251025_020000"),
                        complete("20251026_020000"),
                        complete("20251024_020000")),
                    NOW);

    assertThat(plan.deletions())
        .extracting(each -> each.set().id().toString())
        .containsExactly("20251024_020000", "20251025_020000");
  }

  @Test
  void every_reason_has_a_word_of_its_own_for_programs() {
    Reason.Rule rule = new Reason.Rule(Period.WEEKLY, 1, 4);

    assertThat(
            Stream.concat(
                    Stream.of(Reason.Plain.values()),
                    Stream.of(
                        rule,
                        new Reason.IfWhole(rule),
                        new Reason.Superseded(id("20251025_020000"), true),
                        new Reason.Superseded(id("20251025_020000"), false),
                        new Reason.Unfinished(NOW)))
                .map(Reason::code))
        .doesNotHaveDuplicates()
        .contains(
            "WEEKLY",
            "DAMAGED_WEEKLY",
            "DAMAGED_SUPERSEDED",
            "PARTIAL_SUPERSEDED",
            "UNFINISHED",
            "PINNED");
  }

  @Test
  void a_damaged_set_that_goes_is_told_from_a_partial_one() {
    assertThat(new Reason.Superseded(id("20251025_020000"), true).code())
        .isEqualTo("DAMAGED_SUPERSEDED");
    assertThat(new Reason.Superseded(id("20251025_020000"), false).code())
        .isEqualTo("PARTIAL_SUPERSEDED");
  }

  @Test
  void the_usual_policy_is_a_week_of_days_a_month_of_weeks_and_a_year_of_months() {
    assertThat(RetentionPolicy.usual(ZURICH))
        .isEqualTo(new RetentionPolicy(0, 0, 7, 4, 12, 0, ZURICH));
  }

  private static RetentionPolicy policy(int last, int hourly, int daily, int weekly) {
    return new RetentionPolicy(last, hourly, daily, weekly, 0, 0, ZURICH);
  }

  private static Map<String, String> decided(RetentionPolicy policy, KeptSet... sets) {
    RetentionPlan.Decided plan = (RetentionPlan.Decided) policy.decide(List.of(sets), NOW);
    return plan.decisions().stream()
        .collect(
            Collectors.toMap(
                each -> each.set().id().toString(),
                each -> (each.kept() ? "keep: " : "delete: ") + each.why()));
  }

  private static KeptSet complete(String id) {
    return set(id, Standing.COMPLETE, false, false, false);
  }

  private static KeptSet of(SetScope scope, String id) {
    return new KeptSet(id(id), Standing.COMPLETE, false, false, false, 1, scope);
  }

  private static KeptSet partial(SetScope scope, String id) {
    return new KeptSet(id(id), Standing.PARTIAL, false, false, false, 1, scope);
  }

  private static KeptSet damaged(String id) {
    return set(id, Standing.COMPLETE, false, false, true);
  }

  private static KeptSet set(
      String id, Standing standing, boolean pinned, boolean inUse, boolean damaged) {
    return new KeptSet(id(id), standing, pinned, inUse, damaged, 1, SetScope.WHOLE);
  }

  private static SetId id(String text) {
    return SetId.parse(text).orElseThrow();
  }
}
